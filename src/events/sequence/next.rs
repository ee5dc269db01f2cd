//! What follows a chain of labels, or precedes it.

use super::entity::{for_each_entity, sort_ties};
use super::parts::BITS;
use crate::error::{Error, ErrorKind};
use crate::events::chain::Event;
use crate::events::columns::Events;
use crate::named::named;
use crate::number::Value;

named! {
    /// Which way events are read.
    #[derive(PartialOrd, Ord)]
    Direction "direction" {
        /// By time: what comes after.
        Next = "next",
        /// Against time: what came before.
        Previous = "previous",
    }
}

named! {
    /// Which event of an entity the chain begins with.
    #[derive(PartialOrd, Ord)]
    Base "base" {
        /// The first event of all, if the chain is there.
        Head = "head",
        /// The last of all, if the chain is there.
        Tail = "tail",
        /// The first, by time, with which the chain is there.
        First = "first",
        /// The last.
        Last = "last",
    }
}

/// The most labels that are counted.
const MOST_LABELS: u32 = 1 << 26;

/// Which event comes directly after a chain of labels, or before it: of each entity one.
///
/// Labels are codes of what an event is: a page, a screen, a channel. The chain is read from its base
/// on in the direction asked for, event by event without any between: with
/// [`Previous`](Direction::Previous) the chain `[B, A]` is a B and directly before it an A, and the
/// answer is what came directly before that A. Without labels the answer is the base itself. Where a
/// condition is given, only an event with that bit is a base.
///
/// Events of one time are taken by label, then those without the bit of the condition before those
/// with it. All events of the entity count; one without a label is left out by the caller.
///
/// Time is linear in events for a given chain.
///
/// ```
/// use yardstick::events::{Base, Events, NextEvent};
///
/// // Pages: 0 home, 1 list, 2 cart. Where do people go from home to the list and then?
/// let query = NextEvent::builder([0, 1]).base(Base::First).build()?;
/// let entity = [7_u32, 7, 7, 7, 8, 8, 9];
/// let time = [0, 1, 2, 3, 0, 1, 0];
/// let page = [0, 0, 1, 2, 0, 1, 2];
/// let events = Events::sorted(&entity, &time, &[0_u8; 7])?;
/// let counts = query.compute(&events, &page, 3)?;
/// assert_eq!(counts.labels(), [0, 0, 1]);
/// assert_eq!((counts.entities(), counts.none(), counts.unmatched()), (3, 1, 1));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NextEvent {
    labels: Vec<u32>,
    direction: Direction,
    base: Base,
    condition: Option<u32>,
}

/// Collects the settings of a [`NextEvent`].
#[derive(Debug, Clone)]
#[must_use]
pub struct NextEventBuilder {
    query: NextEvent,
}

impl NextEvent {
    /// Begins a query for what follows the first match of these labels.
    pub fn builder(labels: impl Into<Vec<u32>>) -> NextEventBuilder {
        let labels = labels.into();
        let (direction, base) = (Direction::Next, Base::First);
        NextEventBuilder { query: Self { labels, direction, base, condition: None } }
    }

    /// How many entities have each label next. The label of each event is a code below `count`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] where there is not a label for each event, [`ErrorKind::Domain`] for the
    /// first that is not below `count`, [`ErrorKind::Capacity`] for more than 2^26 labels, since there is
    /// a number for each.
    pub fn compute(
        &self,
        events: &Events<'_>,
        labels: &[u32],
        count: u32,
    ) -> Result<NextCounts, Error> {
        if labels.len() != events.len() {
            let message = format!(
                "{} rows of label, and {} of entity; give one for each event",
                labels.len(),
                events.len()
            );
            return Err(Error::new(ErrorKind::Shape, message).at_column("label"));
        }
        if let Some(row) = labels.iter().position(|label| *label >= count) {
            let message = format!(
                "label {} is not below {count}, the number of labels; give a code from 0 on",
                labels[row]
            );
            return Err(Error::new(ErrorKind::Domain, message).at_row(row).at_column("label"));
        }
        if count > MOST_LABELS {
            let message = format!(
                "{count} labels; there is a number for each, of at most {MOST_LABELS}: give codes to those that occur"
            );
            return Err(Error::new(ErrorKind::Capacity, message).at_column("label"));
        }
        let labels_of = vec![0; count as usize];
        let mut counts = NextCounts { labels: labels_of, entities: 0, none: 0, unmatched: 0 };
        let condition = self.condition.map_or(0, |bit| 1 << bit);
        for_each_entity(events, |_, events| {
            sort_ties(events, |event| (labels[event.row], event.mask & condition));
            counts.entities += 1;
            match self.answer(events, labels) {
                None => counts.unmatched += 1,
                Some(None) => counts.none += 1,
                Some(Some(label)) => counts.labels[label as usize] += 1,
            }
        })?;
        Ok(counts)
    }

    /// What comes after the chain, if the chain is there.
    fn answer(&self, events: &[Event], labels: &[u32]) -> Option<Option<u32>> {
        let condition = self.condition.map_or(0, |bit| 1 << bit);
        let label = |place: usize| events.get(place).map(|event| labels[event.row]);
        // The event so many after a base; none where there is no such event.
        let from = |base: usize, steps: usize| match self.direction {
            Direction::Next => label(base + steps),
            Direction::Previous => base.checked_sub(steps).and_then(label),
        };
        let is_base = |base: &usize| {
            events[*base].mask & condition == condition
                && self.labels.iter().enumerate().all(|(i, wanted)| from(*base, i) == Some(*wanted))
        };
        let last = events.len().checked_sub(1)?;
        let base = match self.base {
            Base::Head => Some(0).filter(is_base),
            Base::Tail => Some(last).filter(is_base),
            Base::First => (0..=last).find(is_base),
            Base::Last => (0..=last).rev().find(is_base),
        };
        base.map(|base| from(base, self.labels.len()))
    }
}

impl NextEventBuilder {
    /// Which way; without it, what comes after.
    pub fn direction(mut self, direction: Direction) -> Self {
        self.query.direction = direction;
        self
    }

    /// Where the chain begins; without it, at its first match.
    pub fn base(mut self, base: Base) -> Self {
        self.query.base = base;
        self
    }

    /// Only an event with this bit of its mask is a base.
    pub fn condition(mut self, bit: u32) -> Self {
        self.query.condition = Some(bit);
        self
    }

    /// The query.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for a condition that is no bit of a mask, and where a chain of several
    /// labels or what comes after it cannot be: before the head, after the tail.
    pub fn build(self) -> Result<NextEvent, Error> {
        let query = self.query;
        if let Some(bit) = query.condition.filter(|bit| *bit >= BITS) {
            let message =
                format!("a condition by bit {bit}, which is none of a mask; give one below {BITS}");
            return Err(Error::new(ErrorKind::Domain, message));
        }
        let message = match (query.direction, query.base) {
            (Direction::Previous, Base::Head) => {
                "what came before the head, which is the first event; ask for the next, or begin at the tail"
            }
            (Direction::Next, Base::Tail) => {
                "what comes after the tail, which is the last event; ask for the previous, or begin at the head"
            }
            _ => return Ok(query),
        };
        Err(Error::new(ErrorKind::Domain, message))
    }
}

/// How many entities have which label next.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NextCounts {
    labels: Vec<u64>,
    entities: u64,
    none: u64,
    unmatched: u64,
}

impl NextCounts {
    /// How many have each label next, by code.
    #[must_use]
    pub fn labels(&self) -> &[u64] {
        &self.labels
    }

    /// How many have the chain and nothing after it.
    #[must_use]
    pub fn none(&self) -> u64 {
        self.none
    }

    /// How many do not have the chain.
    #[must_use]
    pub fn unmatched(&self) -> u64 {
        self.unmatched
    }

    /// How many entities there are: those of each label, of none, and unmatched.
    #[must_use]
    pub fn entities(&self) -> u64 {
        self.entities
    }

    /// The share of a label among the entities that have the chain; without any of these it has
    /// [no base](crate::Reason::NoBase). A code that is not there has none of them.
    #[must_use]
    pub fn share(&self, label: u32) -> Value {
        let next = self.labels.get(label as usize).copied().unwrap_or(0);
        Value::share(next, self.entities - self.unmatched)
    }
}
