//! Counts who came back: one pass over the rows of each entity.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::clock::{AnyClock, Clock, Periods};
use super::flat::Flat;
use super::query::{Kind, Retention};
use crate::error::{Error, ErrorKind};
use crate::events::arranged::Arranged;
use crate::events::columns::{Arrangement, Entities, Events, Masks};
use crate::number::{Stored, WideSum};

/// The most cells of all cohorts together.
const MOST_CELLS: usize = 1 << 26;

/// What makes a cohort: its period's number, and its segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    pub(super) period: i64,
    pub(super) segment: u32,
}

/// What is known of a cohort, so that sums over entities are sums of these.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    pub(super) size: u64,
    /// The latest start.
    pub(super) latest: i64,
    /// On: who came in each interval, and last who came beyond. On or after: whose last return lies in
    /// it. Streak: who came in so many intervals from 0 on. Brackets: who came in each bracket.
    pub(super) counts: Vec<u64>,
    /// The values in each interval, and last those beyond; in each bracket.
    pub(super) sums: Vec<WideSum>,
    /// Entities of large cohorts, not in the counts yet: how many have each byte of the bits of the
    /// intervals in which they came, 256 for the lowest byte, then 256 for the next.
    bytes: Vec<u64>,
}

/// The size from which a cohort has room for [`bytes`](Counted::bytes).
const LARGE: u64 = 1_024;

impl Counted {
    /// Counts an entity of kind on in each interval that has a bit. By whole bytes of bits there is
    /// no branch to mispredict.
    #[inline(always)]
    fn count_on(&mut self, came: u64) {
        if self.bytes.is_empty() {
            return self.count_few(came);
        }
        let mut rest = came;
        for table in self.bytes.chunks_exact_mut(256) {
            table[(rest % 256) as usize] += 1;
            rest >>= 8;
        }
    }

    fn count_few(&mut self, came: u64) {
        Bits(came).for_each(|interval| self.counts[interval as usize] += 1);
        if self.size >= LARGE {
            self.bytes = vec![0; self.counts.len().div_ceil(8) * 256];
        }
    }

    /// Adds counts alone, all brought in.
    fn merge(&mut self, other: Self) {
        self.size += other.size;
        self.latest = self.latest.max(other.latest);
        self.counts.iter_mut().zip(other.counts).for_each(|(own, more)| *own += more);
    }

    /// Brings what was counted by bytes into the counts.
    fn settle(mut self) -> Self {
        for (place, many) in std::mem::take(&mut self.bytes).into_iter().enumerate() {
            for bit in Bits(place as u64 % 256).filter(|_| many > 0) {
                self.counts[place / 256 * 8 + bit as usize] += many;
            }
        }
        self
    }
}

/// Refuses more cells than are kept.
pub(super) fn check_cells(query: &Retention, cohorts: usize) -> Result<(), Error> {
    let width = query.width() + 1;
    if cohorts <= MOST_CELLS / width {
        return Ok(());
    }
    let message = format!(
        "{cohorts} cohorts of {width} cells and more; a matrix has at most {MOST_CELLS} cells, so take longer periods or fewer intervals"
    );
    Err(Error::new(ErrorKind::Capacity, message))
}

#[derive(Clone)]
pub(super) struct Tally<'a> {
    query: &'a Retention,
    events: &'a Events<'a>,
    periods: Periods,
    amounts: Option<Stored<'a>>,
    pub(super) never: u64,
    places: BTreeMap<Key, usize>,
    counted: Vec<Counted>,
    /// Places that were looked up last, by a few bits of their keys.
    recent: Vec<Option<(Key, usize)>>,
    last: Option<(Key, usize)>,
    full: Option<Error>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(
        query: &'a Retention,
        events: &'a Events<'a>,
        periods: Periods,
    ) -> Result<Self, Error> {
        let lacks = |what: &str| {
            let message = format!("retention by {what}, and events without; give them a column");
            Err(Error::new(ErrorKind::Missing, message).at_column(what))
        };
        if query.segments && events.segments.is_none() {
            return lacks("segment");
        }
        let amounts = match (query.amounts, &events.values) {
            (false, _) => None,
            (true, Some(values)) => Some(values.checked()?),
            (true, None) => return lacks("value"),
        };
        Ok(Self {
            query,
            events,
            periods,
            amounts,
            never: 0,
            places: BTreeMap::new(),
            counted: Vec::new(),
            recent: vec![None; 256],
            last: None,
            full: None,
        })
    }

    pub(super) fn run(&mut self, clock: AnyClock) -> Result<(), Error> {
        match (Flat::of(self.query, self.events, clock), clock) {
            (Some(flat), _) => flat.count(self),
            (None, AnyClock::Even(clock)) => self.run_by(clock),
            (None, AnyClock::Calendar(clock)) => self.run_by(clock),
        }
        self.full.take().map_or(Ok(()), Err)
    }

    /// Adds what was counted of other entities, without amounts.
    pub(super) fn merge(&mut self, other: Self) {
        self.never += other.never;
        self.full = self.full.take().or(other.full);
        let mut others: Vec<Option<Counted>> =
            other.counted.into_iter().map(|counted| Some(counted.settle())).collect();
        for (key, place) in other.places {
            if let (Some(own), Some(other)) = (self.find(key), others[place].take()) {
                self.counted[own].merge(other);
            }
        }
    }

    /// The scale of the amounts, and each cohort.
    pub(super) fn finish(self) -> (u8, impl Iterator<Item = (Key, Counted)>) {
        let scale = self.amounts.map_or(0, |values| values.scale);
        let mut counted: Vec<Option<Counted>> =
            self.counted.into_iter().map(|counted| Some(counted.settle())).collect();
        let taken = move |(key, place): (Key, usize)| Some((key, counted[place].take()?));
        (scale, self.places.into_iter().filter_map(taken))
    }

    fn run_by<C: Clock>(&mut self, clock: C) {
        let few = self.query.most < u64::BITS && self.amounts.is_none();
        if !few || self.events.arrangement != Arrangement::Sorted {
            return self.by_runs(clock);
        }
        match (self.events.entities, self.events.masks) {
            (Entities::U32(entities), Masks::U8(masks)) => self.sorted(entities, masks, clock),
            (Entities::U32(entities), Masks::U16(masks)) => self.sorted(entities, masks, clock),
            (Entities::U32(entities), Masks::U32(masks)) => self.sorted(entities, masks, clock),
            (Entities::U32(entities), Masks::U64(masks)) => self.sorted(entities, masks, clock),
            (Entities::U64(entities), Masks::U8(masks)) => self.sorted(entities, masks, clock),
            (Entities::U64(entities), Masks::U16(masks)) => self.sorted(entities, masks, clock),
            (Entities::U64(entities), Masks::U32(masks)) => self.sorted(entities, masks, clock),
            (Entities::U64(entities), Masks::U64(masks)) => self.sorted(entities, masks, clock),
        }
    }

    /// The same of other intervals and by segment, of up to 63 intervals: a bit for each interval in which the entity came, and the
    /// next one for those beyond.
    fn sorted<E, M, C>(&mut self, entities: &[E], masks: &[M], clock: C)
    where
        E: Copy + Eq,
        M: Copy + Into<u64>,
        C: Clock,
    {
        let events = self.events;
        let (rows, times) = (entities.len(), events.times);
        // Cut to one length, so that no access is checked.
        let (times, masks) = (&times[..rows], &masks[..rows]);
        let most = u64::from(self.query.most);
        let (start, returns) = (self.query.start, self.query.returns);
        let bit = |row: usize, bit: u32| -> u64 { masks[row].into() >> bit & 1 };
        let mut row = 0;
        while row < rows {
            let (who, begin) = (entities[row], row);
            while row < rows && entities[row] == who && bit(row, start) == 0 {
                row += 1;
            }
            if row == rows || entities[row] != who {
                self.never += 1;
                continue;
            }
            let (first, time) = (row, times[row]);
            let since = clock.start(time);
            // Returns that tie with the start and come before it.
            let tied = (begin..first).rev().take_while(|row| times[*row] == time);
            let mut came = tied.fold(0, |came, row| came | bit(row, returns));
            while row < rows && entities[row] == who {
                let interval = clock.between(since, times[row]).min(most);
                came |= bit(row, returns) << interval;
                row += 1;
            }
            let segment = match self.query.segments {
                false => 0,
                true => self.segment((first..row).take_while(|row| times[*row] == time)),
            };
            self.add(time, segment, came);
        }
    }

    /// Any number of intervals, amounts, and any arrangement.
    fn by_runs<C: Clock>(&mut self, clock: C) {
        let events = self.events;
        let arranged = Arranged::of(events);
        let bit = |row: usize, bit: u32| events.masks.at(row) >> bit & 1 == 1;
        let most = u64::from(self.query.most);
        // The intervals of an entity's returns, and their rows.
        let mut returns: Vec<(u32, usize)> = Vec::new();
        let mut intervals: Vec<u32> = Vec::new();
        for run in arranged.entities(events) {
            let rows = run.map(|place| arranged.row(place));
            let Some(first) = rows.clone().find(|row| bit(*row, self.query.start)) else {
                self.never += 1;
                continue;
            };
            let time = events.times[first];
            let start = clock.start(time);
            let since = rows.skip_while(|row| events.times[*row] < time);
            returns.clear();
            returns.extend(since.clone().filter(|row| bit(*row, self.query.returns)).map(|row| {
                let interval = clock.between(start, events.times[row]);
                (interval.min(most) as u32, row)
            }));
            intervals.clear();
            intervals.extend(returns.iter().map(|(interval, _)| *interval));
            intervals.dedup();
            let segment = match self.query.segments {
                false => 0,
                true => self.segment(since.take_while(|row| events.times[*row] == time)),
            };
            if let Some(place) = self.place(time, segment) {
                let counted = &mut self.counted[place];
                count(&self.query.kind, counted, intervals.iter().copied());
                if let Some(values) = &self.amounts {
                    add(&self.query.kind, counted, &intervals, &returns, values);
                }
            }
        }
    }

    /// The lowest segment of the starts among these rows.
    fn segment(&self, rows: impl Iterator<Item = usize>) -> u32 {
        let starts = rows.filter(|row| self.events.masks.at(*row) >> self.query.start & 1 == 1);
        let codes = self.events.segments.map_or(&[][..], |(codes, _)| codes);
        starts.filter_map(|row| codes.get(row)).copied().min().unwrap_or(0)
    }

    /// One more entity of a cohort, from whose start on it came in the intervals that have a bit.
    #[inline(always)]
    pub(super) fn add(&mut self, time: i64, segment: u32, came: u64) {
        if let Some(place) = self.place(time, segment) {
            let counted = &mut self.counted[place];
            match &self.query.kind {
                Kind::On => counted.count_on(came),
                kind => count(kind, counted, Bits(came)),
            }
        }
    }

    /// The place of the cohort of a start, with one more in it.
    #[inline(always)]
    fn place(&mut self, time: i64, segment: u32) -> Option<usize> {
        let key = Key { period: self.periods.number(time), segment };
        let place = match self.last {
            Some((last, place)) if last == key => place,
            _ => self.recent(key)?,
        };
        let counted = &mut self.counted[place];
        counted.size += 1;
        counted.latest = counted.latest.max(time);
        Some(place)
    }

    fn recent(&mut self, key: Key) -> Option<usize> {
        let Key { period, segment } = key;
        let bits = (period as usize).wrapping_add((segment as usize).wrapping_mul(37)) % 256;
        let place = match self.recent[bits] {
            Some((recent, place)) if recent == key => place,
            _ => self.find(key)?,
        };
        self.recent[bits] = Some((key, place));
        self.last = self.recent[bits];
        Some(place)
    }

    fn find(&mut self, key: Key) -> Option<usize> {
        let next = self.counted.len();
        match self.places.entry(key) {
            Entry::Occupied(place) => Some(*place.get()),
            Entry::Vacant(_) if self.full.is_some() => None,
            Entry::Vacant(vacant) => {
                if let Err(full) = check_cells(self.query, next + 1) {
                    self.full = Some(full);
                    return None;
                }
                vacant.insert(next);
                let cells = match &self.query.kind {
                    Kind::On | Kind::OnOrAfter | Kind::Streak => self.query.width() + 1,
                    Kind::Brackets(brackets) => brackets.len(),
                };
                let sums = if self.amounts.is_some() { cells } else { 0 };
                self.counted.push(Counted {
                    size: 0,
                    latest: i64::MIN,
                    counts: vec![0; cells],
                    sums: vec![WideSum::default(); sums],
                    bytes: Vec::new(),
                });
                Some(next)
            }
        }
    }
}

/// The places of the bits that are set, from the lowest on.
#[derive(Debug, Clone)]
struct Bits(u64);

impl Iterator for Bits {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let place = self.0.trailing_zeros();
        self.0 &= self.0.wrapping_sub(1);
        (place < u64::BITS).then_some(place)
    }
}

/// Counts an entity by the intervals in which it came, in ascending order, each once.
#[inline]
fn count(kind: &Kind, counted: &mut Counted, came: impl Iterator<Item = u32> + Clone) {
    let counts = &mut counted.counts;
    match kind {
        Kind::On => came.for_each(|interval| counts[interval as usize] += 1),
        Kind::OnOrAfter => {
            if let Some(last) = came.last() {
                counts[last as usize] += 1;
            }
        }
        Kind::Streak => {
            let most = counts.len() - 1;
            counts[streak(came).min(most)] += 1;
        }
        Kind::Brackets(brackets) => {
            for ((first, last), count) in brackets.iter().zip(counts) {
                let inside = |interval: u32| (*first..=*last).contains(&interval);
                *count += u64::from(came.clone().any(inside));
            }
        }
    }
}

/// How many of the intervals come one after another from 0 on.
fn streak(came: impl Iterator<Item = u32>) -> usize {
    (0..).zip(came).take_while(|(place, interval)| place == interval).count()
}

/// Adds the values of an entity's returns.
fn add(
    kind: &Kind,
    counted: &mut Counted,
    intervals: &[u32],
    returns: &[(u32, usize)],
    values: &Stored<'_>,
) {
    let within = match kind {
        Kind::Streak => streak(intervals.iter().copied()),
        Kind::On | Kind::OnOrAfter | Kind::Brackets(_) => usize::MAX,
    };
    for (interval, row) in returns.iter().filter(|(_, row)| values.is_valid(*row)) {
        let value = values.values.get(*row);
        match kind {
            Kind::On | Kind::OnOrAfter | Kind::Streak => {
                if (*interval as usize) < within {
                    counted.sums[*interval as usize].add(value);
                }
            }
            Kind::Brackets(brackets) => {
                for ((first, last), sum) in brackets.iter().zip(&mut counted.sums) {
                    if (*first..=*last).contains(interval) {
                        sum.add(value);
                    }
                }
            }
        }
    }
}
