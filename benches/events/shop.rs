//! Events of a shop: visits to purchases of many, over ninety days.

use std::hint::black_box;

use yardstick::events::{EventFunnel, Events, Length, Masks, Retention, days};
use yardstick::funnel::TimeUnit;

use crate::harness::{Group, Numbers};

pub(crate) const STEPS: u32 = 5;
const NINETY_DAYS: u64 = 90 * 86_400_000;
/// Since 1970, in milliseconds.
const BEGIN: i64 = 1_700_000_000_000;

/// Rows of entity, time and mask.
pub(crate) struct Log(Vec<(u64, i64, u8)>);

impl Log {
    /// Ten events an entity on average, by entity and time. Further steps are rarer, and one event in
    /// ten is of no step.
    pub(crate) fn new(entities: u64) -> Self {
        let mut numbers = Numbers(5);
        let mut rows = Vec::with_capacity(10 * entities as usize);
        for entity in 0..entities {
            let begin = rows.len();
            for _ in 0..=numbers.below(19) {
                let mask = match numbers.below(100) {
                    0..35 => 1,
                    35..60 => 1 << 1,
                    60..75 => 1 << 2,
                    75..85 => 1 << 3,
                    85..90 => 1 << 4,
                    _ => 0,
                };
                // To two numbers of 32 bits, so that all milliseconds occur.
                let time = numbers.below(NINETY_DAYS >> 8) << 8 | numbers.below(256);
                rows.push((entity, BEGIN + time as i64, mask));
            }
            rows[begin..].sort_unstable();
        }
        Self(rows)
    }

    pub(crate) fn shuffled(&self) -> Self {
        let (mut rows, mut numbers) = (self.0.clone(), Numbers(6));
        for last in (1..rows.len()).rev() {
            rows.swap(last, numbers.below(last as u64 + 1) as usize);
        }
        Self(rows)
    }

    pub(crate) fn by_time(&self) -> Self {
        let mut rows = self.0.clone();
        rows.sort_unstable_by_key(|(entity, time, _)| (*time, *entity));
        Self(rows)
    }

    pub(crate) fn columns<E: TryFrom<u64>>(
        &self,
        name: &'static str,
        entity: impl Fn(u64) -> Result<E, E::Error>,
    ) -> Columns<E> {
        Columns {
            name,
            entities: self.0.iter().filter_map(|row| entity(row.0).ok()).collect(),
            times: self.0.iter().map(|row| row.1).collect(),
            masks: self.0.iter().map(|row| row.2).collect(),
        }
    }
}

/// Different 64-bit numbers for different ones: the finisher of splitmix64.
pub(crate) fn spread(entity: u64) -> Result<u64, std::convert::Infallible> {
    let x = entity.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    Ok(x ^ (x >> 31))
}

pub(crate) struct Columns<E> {
    name: &'static str,
    entities: Vec<E>,
    times: Vec<i64>,
    masks: Vec<u8>,
}

/// As slices of entities are given.
pub(crate) trait Cells: Copy + Into<u64> + Sync {
    fn of(cells: &[Self]) -> yardstick::events::Entities<'_>;
}

impl Cells for u32 {
    fn of(cells: &[Self]) -> yardstick::events::Entities<'_> {
        cells.into()
    }
}

impl Cells for u64 {
    fn of(cells: &[Self]) -> yardstick::events::Entities<'_> {
        cells.into()
    }
}

fn counts(events: &Events<'_>) -> Vec<u64> {
    let query: EventFunnel = EventFunnel::builder(STEPS).window(days(7)).build().unwrap();
    let result = query.compute(black_box(events)).unwrap();
    let total = result.total();
    [&[total.entities()], total.counts()].concat()
}

#[cfg(feature = "parallel")]
fn pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
}

impl<E: Cells> Columns<E> {
    fn masks(&self) -> Masks<'_> {
        (&self.masks).into()
    }

    fn read(&self) -> u64 {
        let rows = self.entities.iter().zip(&self.times).zip(&self.masks);
        rows.fold(0_u64, |sum, ((entity, time), mask)| {
            sum.wrapping_add((*entity).into())
                .wrapping_add(*time as u64)
                .wrapping_add(u64::from(*mask))
        })
    }

    fn events_sorted(&self) -> Events<'_> {
        let events = Events::sorted(E::of(&self.entities), &self.times, self.masks()).unwrap();
        events.unit(TimeUnit::Millisecond)
    }

    fn events_unsorted(&self) -> Events<'_> {
        let events = Events::unsorted(E::of(&self.entities), &self.times, self.masks()).unwrap();
        events.unit(TimeUnit::Millisecond)
    }

    fn events_by_time(&self) -> Events<'_> {
        let events = Events::by_time(E::of(&self.entities), &self.times, self.masks()).unwrap();
        events.unit(TimeUnit::Millisecond)
    }

    pub(crate) fn sorted(&self) -> Vec<u64> {
        counts(&self.events_sorted())
    }

    pub(crate) fn unsorted(&self) -> Vec<u64> {
        counts(&self.events_unsorted())
    }

    pub(crate) fn by_time(&self) -> Vec<u64> {
        counts(&self.events_by_time())
    }

    pub(crate) fn group_sorted(&self) -> Group<'_> {
        self.group(self.events_sorted())
            .with("columns checked and counted", || self.sorted())
            .with("weekly retention", {
                let (events, query) = (self.events_sorted(), retention());
                move || query.compute(black_box(&events)).unwrap().never_started()
            })
            .with("the chains of the same, each by the general way", || {
                chains(&self.events_sorted())
            })
    }

    pub(crate) fn group_unsorted(&self) -> Group<'_> {
        self.group(self.events_unsorted())
            .with("the chains of the same, each by the general way", || {
                chains(&self.events_unsorted())
            })
    }

    pub(crate) fn group_by_time(&self) -> Group<'_> {
        self.group(self.events_by_time())
    }

    /// A read, the counts, and the counts on two threads.
    fn group<'c>(&'c self, events: Events<'c>) -> Group<'c> {
        let group = Group::new(self.name).with("read only", || self.read());
        #[cfg(feature = "parallel")]
        let group = {
            let (one, two, of_two) = (pool(1), pool(2), events.clone());
            assert_eq!(one.install(|| counts(&events)), two.install(|| counts(&events)));
            group
                .with("counts, two threads", move || two.install(|| counts(&of_two)))
                .with("counts", move || one.install(|| counts(&events)))
        };
        #[cfg(not(feature = "parallel"))]
        let group = group.with("counts", move || counts(&events));
        group
    }
}

/// Who comes back in each of twelve weeks.
fn retention() -> Retention {
    Retention::builder().every(days(7)).intervals(12).on().start(0).returns(0).build().unwrap()
}

/// Time from first step to last takes chains.
fn chains(events: &Events<'_>) -> u64 {
    let query = EventFunnel::builder(STEPS).window(days(7)).time_between(0, STEPS - 1);
    query.build().unwrap().compute(black_box(events)).unwrap().total().entities()
}

/// A length of the unit that the columns of a bench are in.
pub(crate) fn milliseconds(amount: u64) -> Length {
    Length::new(amount, TimeUnit::Millisecond)
}
