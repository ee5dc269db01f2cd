//! Sums over entities that lie in one part each.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bytes::{Kind, Reader, Writer, unlike};
use super::common::Common;
use crate::calendar::{Calendar, Date, Grain};
use crate::error::{Error, ErrorKind};
use crate::events::columns::Events;
use crate::events::event_counts::{EventCounts, Shape};
use crate::events::query::{Counting, EventFunnel};
use crate::events::result::{Cells, EventFunnelResult};
use crate::events::stopped::Stopped;
use crate::funnel::Durations;
use crate::number::Rational;

/// The counts of some of the entities, to be merged with those of others.
///
/// It is right where each entity has all its events in one part: parts by the entity, or by what it
/// determines. Then states merged in any order give the same result as one pass over all, bit for bit;
/// an entity with events in two parts would be counted in both, which is what an
/// [`OpenEventState`](super::OpenEventState) is for.
///
/// It takes memory, and [bytes](Self::to_bytes), by the number of steps, segments and periods, not by
/// that of entities; but eight bytes, or as few as the difference to the next needs, for each time
/// between steps that is kept. Merging takes time by the size of both.
///
/// ```
/// use yardstick::events::{EventFunnel, EventState, Events};
///
/// let query = EventFunnel::builder(2).build()?;
/// let mut state = query.state(&Events::sorted(&[1_u32, 1], &[0, 5], &[0b01_u8, 0b10])?)?;
/// let other = query.state(&Events::sorted(&[2_u32], &[3], &[0b01_u8])?)?;
/// // From elsewhere, as bytes.
/// state.merge(&EventState::from_bytes(&query, &other.to_bytes())?)?;
/// assert_eq!(state.finish().total().counts(), [2, 1]);
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventState {
    common: Common,
    cells: Cells,
}

impl EventFunnel {
    /// Counts the events of some entities, as a state that merges with those of others.
    ///
    /// # Errors
    ///
    /// As [`compute`](Self::compute).
    pub fn state(&self, events: &Events<'_>) -> Result<EventState, Error> {
        let cells = self.cells(events, true)?;
        Ok(EventState { common: Common::of(self, events), cells })
    }
}

impl EventState {
    /// Adds the counts of other entities.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] for a state of another query, another unit of time, another end of
    /// observation, or one of the two without values; [`ErrorKind::Overflow`] for a count beyond 64
    /// bits. The state is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.common.check(&other.common)?;
        if self.common.observed_until != other.common.observed_until {
            let message = "states that were observed until different times; count all until the last of them, or keep open states";
            return Err(Error::new(ErrorKind::Shape, message));
        }
        if !self.cells.adds(&other.cells) {
            let message = format!("a count of more than {}; keep such states apart", u64::MAX);
            return Err(Error::new(ErrorKind::Overflow, message));
        }
        self.cells.add(&other.cells);
        Ok(())
    }

    /// The result, of all that was merged.
    #[must_use]
    pub fn finish(&self) -> EventFunnelResult {
        EventFunnelResult { cells: self.cells.clone() }
    }

    /// The state as bytes, for [`from_bytes`](Self::from_bytes) on any platform. The same state gives
    /// the same bytes, in whatever order it was merged.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut to = self.common.writer(Kind::Closed);
        let Cells { total, segments, periods } = &self.cells;
        write(&mut to, total);
        to.number(segments.len() as u64);
        for (code, counts) in segments {
            to.number((*code).into());
            write(&mut to, counts);
        }
        to.number(periods.len() as u64);
        for (period, counts) in periods {
            to.signed(period.first().number().into());
            write(&mut to, counts);
        }
        to.finish()
    }

    /// The state that became these bytes.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Syntax`] for bytes that are no state, not all of one, or damaged;
    /// [`ErrorKind::Unknown`] for another version, [`ErrorKind::Type`] for an open state,
    /// [`ErrorKind::Shape`] for the state of another query. Memory is taken by the number of bytes.
    pub fn from_bytes(query: &EventFunnel, bytes: &[u8]) -> Result<Self, Error> {
        let (common, mut from) = Common::read(query, bytes, Kind::Closed)?;
        let shape = Arc::new(Shape::new(query, common.unit, common.values));
        let total = read(&mut from, &shape, query)?;
        let mut segments = BTreeMap::new();
        for _ in 0..from.count()? {
            let code = u32::try_from(from.number()?).map_err(|_| unlike("a segment"))?;
            let behind = segments.last_key_value().is_none_or(|(last, _)| *last < code);
            if !behind || query.segments.is_none() {
                return Err(unlike("a segment"));
            }
            segments.insert(code, read(&mut from, &shape, query)?);
        }
        let mut periods = BTreeMap::new();
        for _ in 0..from.count()? {
            let first = i32::try_from(from.signed()?).ok();
            let first = first.and_then(|number| Date::from_number(number).ok());
            let bucket = |grain: Grain| {
                let first = first?;
                let period = Calendar::default().bucket(first, grain);
                (period.first() == first).then_some(period)
            };
            let period = query.trend.and_then(bucket).ok_or_else(|| unlike("a period"))?;
            if periods.last_key_value().is_some_and(|(last, _)| *last >= period) {
                return Err(unlike("a period"));
            }
            periods.insert(period, read(&mut from, &shape, query)?);
        }
        from.finish()?;
        Ok(Self { common, cells: Cells { total, segments, periods } })
    }
}

impl Cells {
    /// Whether no number gets too large in adding others.
    fn adds(&self, other: &Self) -> bool {
        fn all<K: Ord>(own: &BTreeMap<K, EventCounts>, other: &BTreeMap<K, EventCounts>) -> bool {
            other.iter().all(|(key, more)| own.get(key).is_none_or(|own| own.adds(more)))
        }
        self.total.adds(&other.total)
            && all(&self.segments, &other.segments)
            && all(&self.periods, &other.periods)
    }

    fn add(&mut self, other: &Self) {
        fn all<K: Ord + Copy>(
            own: &mut BTreeMap<K, EventCounts>,
            other: &BTreeMap<K, EventCounts>,
        ) {
            for (key, more) in other {
                match own.get_mut(key) {
                    Some(own) => own.add(more),
                    None => _ = own.insert(*key, more.clone()),
                }
            }
        }
        self.total.add(&other.total);
        all(&mut self.segments, &other.segments);
        all(&mut self.periods, &other.periods);
    }
}

fn write(to: &mut Writer, counts: &EventCounts) {
    counts.numbers.iter().for_each(|number| to.number(*number));
    counts.values.iter().for_each(|value| to.text(&value.to_string()));
    for durations in &counts.between {
        to.number(durations.count());
        let mut before = 0;
        for duration in durations.sorted() {
            to.number(duration - before);
            before = *duration;
        }
    }
}

fn read(
    from: &mut Reader<'_>,
    shape: &Arc<Shape>,
    query: &EventFunnel,
) -> Result<EventCounts, Error> {
    let skips = query.skips();
    let mut counts = EventCounts::none(Arc::clone(shape));
    for number in &mut counts.numbers {
        *number = from.number()?;
    }
    if !sound(&counts, query) {
        return Err(unlike("a count"));
    }
    for value in &mut counts.values {
        let text = from.text()?;
        let read: Option<Rational> = text.parse().ok();
        *value = read.filter(|value| value.to_string() == text).ok_or_else(|| unlike("a value"))?;
    }
    let least = |to: u32| if skips { 0 } else { counts.counts()[to as usize] };
    let mut between = Vec::with_capacity(shape.between.len());
    for (_, to) in &shape.between {
        let (mut durations, mut duration) = (Durations::none(shape.unit), 0_u64);
        let count = from.count()? as u64;
        if !(least(*to)..=counts.counts()[*to as usize]).contains(&count) {
            return Err(unlike("a count"));
        }
        for _ in 0..count {
            let more = from.number()?;
            duration = duration.checked_add(more).ok_or_else(|| unlike("a duration"))?;
            durations.push(duration);
        }
        between.push(durations);
    }
    counts.between = between;
    Ok(counts)
}

/// Whether the numbers can be those of a state.
fn sound(counts: &EventCounts, query: &EventFunnel) -> bool {
    let (shape, numbers) = (&counts.shape, &counts.numbers);
    let [entities, chains, dropped, entered] = [0, 1, 2, 3].map(|i| numbers[i]);
    let Some(all) = chains.checked_add(dropped) else { return false };
    let one_each = entities == all || (query.counting == Counting::Totals && entities <= all);
    let steps = counts.counts();
    let complete = steps.last().copied().unwrap_or(0);
    let goes_down = [&[entered], steps].concat().windows(2).all(|pair| pair[0] >= pair[1]);
    let reached = match query.skips() {
        true => entered <= chains && steps.iter().all(|count| *count <= entered),
        false => entered <= chains && goes_down && steps[0] == entered,
    };
    if !one_each || !reached {
        return false;
    }
    let with_bits = numbers[shape.correlations()..shape.stops()].chunks_exact(2);
    let mut with_bits = with_bits.map(|with| (with[0], with[1]));
    let with_bits =
        with_bits.all(|(with, without)| with <= complete && without <= chains - complete);
    let stops = &numbers[shape.stops()..];
    let stopped = |stops: &[u64]| stops.iter().try_fold(0_u64, |sum, stop| sum.checked_add(*stop));
    // Who did not come to a step stopped before it.
    let before = [&[chains], steps].concat();
    let mut each = stops.chunks_exact(Stopped::ALL.len()).zip(before.windows(2));
    let each = query.skips() || each.all(|(stops, pair)| stopped(stops) == Some(pair[0] - pair[1]));
    with_bits && each && (!shape.reasons || stopped(stops) == Some(chains - complete))
}
