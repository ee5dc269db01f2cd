//! Patterns in the events of an entity: who has one, how often, and where.

mod builder;
mod entity;
mod locate;
mod machine;
mod next;
mod parse;
mod parts;

pub use self::builder::PatternBuilder;
pub use self::next::{Base, Direction, NextCounts, NextEvent, NextEventBuilder};
pub use self::parts::TimeComparison;

use self::entity::{for_each_entity, sort_ties};
use self::locate::first_match;
use self::machine::{Machine, Run};
use self::parts::Part;
use super::chain::Event;
use super::columns::Events;
use crate::error::Error;
use crate::number::Value;

/// A pattern of events, to be looked for among those of each entity.
///
/// It is built, or read from text:
///
/// | part | matches |
/// |---|---|
/// | `(?1)` | an event of step 1: one with bit 0 of its mask; `(?2)` one with bit 1, to `(?64)` |
/// | `.` | any event, also one that matches no step |
/// | `(?1){3}` `{2,5}` `{2,}` | three such events one directly after another; from 2 to 5; 2 or more |
/// | `(?1)+` `(?1)*` `(?1)?` | 1 or more; none or more; none or one |
/// | `.*` | any number of any events: what follows need not come directly |
/// | `(?t<=10)` | the same, and at most 10 from the event before to the one after; `<`, `>=`, `>` and `==` as well |
/// | `(?t<=10 minutes)` | the same in minutes, or `nanoseconds` to `days`; without a unit in that of the events |
///
/// Parts one after another match events one directly after another: `(?1)(?2)` is an event of step 2
/// right after one of step 1. All events of the entity count, whatever their session or segment, so
/// give those too that match no step. A time is measured between events that are matched: the last of
/// those before it and the first of those after it. Several in one place have to hold together. Spaces
/// between parts do not matter; `.*` before the first step, after the last, or beside a time says
/// nothing more.
///
/// Events of one time are taken in the order of their masks as numbers, of which only the bits count
/// that the pattern has: first those of no step, then those of step 1 alone, of step 2 alone, of both.
/// So `(?1)(?2)` can match at one time, and `(?2)(?1)` cannot. The order of rows never counts.
///
/// A match is a run of distinct events that the parts match, and it ends as soon as it can: what may
/// follow or not, as in `(?1)(?2)*`, adds nothing at the end. Of matches that end with the same event,
/// the first is the one that begins first, and so on with each of its events.
///
/// Time is linear in events for a given pattern, whatever the events are: nothing is tried twice. With
/// `(?t>=10)` the times of the last 10 that could be followed are remembered;
/// [`locate`](Pattern::locate) keeps 8 bytes for each event up to the end of the first match.
///
/// ```
/// use yardstick::events::{Events, Pattern};
///
/// // Two visits within an hour, and later a purchase. Times are in minutes.
/// let pattern: Pattern = "(?1)(?t<=60)(?1).*(?2)".parse()?;
/// let entity = [7_u32, 7, 7, 7, 8, 8, 8];
/// let time = [0, 90, 100, 500, 0, 90, 100];
/// let mask = [1_u8, 1, 1, 2, 1, 1, 2];
/// let events = Events::sorted(&entity, &time, &mask)?;
///
/// assert_eq!(pattern.matches(&events)?.matching, 1);
/// let found = pattern.locate(&events)?;
/// assert_eq!((found[0].entity, found[0].times.as_slice()), (7, [90, 100, 500].as_slice()));
/// assert_eq!(found[0].rows, [1, 2, 3]);
/// # Ok::<(), yardstick::Error>(())
/// ```
///
/// An error shows the place:
///
/// ```
/// # use yardstick::events::Pattern;
/// let error = "(?1)(?t<=10 minuts)(?2)".parse::<Pattern>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "at 12: unknown unit \"minuts\"; did you mean \"minute\"?
///     (?1)(?t<=10 minuts)(?2)
///                 ^^^^^^"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    parts: Vec<Part>,
}

/// Who has a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PatternMatches {
    /// How many entities there are.
    pub entities: u64,
    /// How many of them have it at least once.
    pub matching: u64,
}

impl PatternMatches {
    /// `matching / entities`; without any entity it has [no base](crate::Reason::NoBase).
    #[must_use]
    pub fn rate(&self) -> Value {
        Value::share(self.matching, self.entities)
    }
}

/// How often an entity has a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct EntityMatches {
    /// Who.
    pub entity: u64,
    /// How many matches there are one after another.
    pub matches: u64,
}

/// The first match of an entity, event by event.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FoundPattern {
    /// Whose.
    pub entity: u64,
    /// The row of each event. Of events that are alike in all their columns, the first row.
    pub rows: Vec<usize>,
    /// The time of each.
    pub times: Vec<i64>,
    /// The bit by which each is matched; none where any event does. Where an event can be that of
    /// several parts, it is that of the first.
    pub bits: Vec<Option<u32>>,
}

impl Pattern {
    /// Begins a pattern.
    pub fn builder() -> PatternBuilder {
        PatternBuilder::default()
    }

    /// How many entities have the pattern. Events after the first match of an entity are not looked at.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Inexact`](crate::ErrorKind::Inexact) where a time is no whole number of what the
    /// events count in.
    pub fn matches(&self, events: &Events<'_>) -> Result<PatternMatches, Error> {
        let machine = self.machine(events)?;
        let mut run = Run::new(&machine);
        let mut counts = PatternMatches { entities: 0, matching: 0 };
        for_each_entity(events, |_, events| {
            in_order(&machine, events);
            run.clear();
            counts.entities += 1;
            counts.matching += u64::from(ends(&machine, &mut run, events).next().is_some());
        })?;
        Ok(counts)
    }

    /// How many matches all entities have together, as [`counts`](Pattern::counts) has them.
    ///
    /// # Errors
    ///
    /// As [`matches`](Pattern::matches).
    pub fn count(&self, events: &Events<'_>) -> Result<u64, Error> {
        let mut all = 0;
        self.count_each(events, |_, matches| all += matches)?;
        Ok(all)
    }

    /// How often each entity has the pattern, ascending by entity, with those that do not have it.
    ///
    /// The next match begins after the last event of the one before. As each ends as soon as it can,
    /// there is no way to find more of them one after another.
    ///
    /// ```
    /// use yardstick::events::{Events, Pattern};
    ///
    /// // The first to the third event, and the fourth to the sixth.
    /// let pattern: Pattern = "(?1).*(?2)".parse()?;
    /// let mask = [0b01_u8, 0b01, 0b10, 0b01, 0b00, 0b10, 0b10];
    /// let events = Events::sorted(&[7_u32; 7], &[0, 1, 2, 3, 4, 5, 6], &mask)?;
    /// assert_eq!(pattern.counts(&events)?[0].matches, 2);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`matches`](Pattern::matches).
    pub fn counts(&self, events: &Events<'_>) -> Result<Vec<EntityMatches>, Error> {
        let mut counts = Vec::new();
        self.count_each(events, |entity, matches| counts.push(EntityMatches { entity, matches }))?;
        Ok(counts)
    }

    /// The first match of each entity that has one, ascending by entity: the one that ends first; of
    /// these the one that begins first, and so on with each event.
    ///
    /// # Errors
    ///
    /// As [`matches`](Pattern::matches).
    pub fn locate(&self, events: &Events<'_>) -> Result<Vec<FoundPattern>, Error> {
        let machine = self.machine(events)?;
        let reversed = machine.reversed();
        let mut found = Vec::new();
        for_each_entity(events, |entity, events| {
            in_order(&machine, events);
            let first = first_match(&machine, &reversed, events);
            if !first.is_empty() {
                let of = |(event, _): &(usize, usize)| events[*event];
                found.push(FoundPattern {
                    entity,
                    rows: first.iter().map(|found| of(found).row).collect(),
                    times: first.iter().map(|found| of(found).time).collect(),
                    bits: first.iter().map(|(_, place)| machine.bit_of[*place]).collect(),
                });
            }
        })?;
        Ok(found)
    }

    fn count_each(&self, events: &Events<'_>, mut each: impl FnMut(u64, u64)) -> Result<(), Error> {
        let machine = self.machine(events)?;
        let mut run = Run::new(&machine);
        for_each_entity(events, |entity, events| {
            in_order(&machine, events);
            run.clear();
            each(entity, ends(&machine, &mut run, events).count() as u64);
        })?;
        Ok(())
    }

    fn machine(&self, events: &Events<'_>) -> Result<Machine, Error> {
        Machine::new(&self.parts, events.unit)
    }
}

/// Puts events that tie in the order in which the pattern takes them.
fn in_order(machine: &Machine, events: &mut [Event]) {
    sort_ties(events, |event| event.mask & machine.asked);
}

/// The events with which a match ends, each of which begins after the one before.
fn ends<'r>(
    machine: &'r Machine,
    run: &'r mut Run<'_>,
    events: &'r [Event],
) -> impl Iterator<Item = usize> + 'r {
    events.iter().enumerate().filter_map(move |(i, event)| {
        let ends = run.take(event.mask, event.time, machine.first) & machine.last != 0;
        if ends {
            run.clear();
        }
        ends.then_some(i)
    })
}
