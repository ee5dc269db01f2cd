//! What comes of an event funnel.

use std::collections::BTreeMap;

use super::event_counts::EventCounts;
use super::stopped::Stopped;
use crate::calendar::Period;

/// The chain of an entity, or of a session of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EntityChain {
    /// Whose it is.
    pub entity: u64,
    /// Which session it is in, where sessions are counted.
    pub session: Option<u64>,
    /// The rows of its events, step by step; in any order, by time. None for who never entered.
    pub rows: Vec<usize>,
    /// The times of its events.
    pub times: Vec<i64>,
    /// The steps of its events: all up to the last, but for optional ones and open entry. In any
    /// order, the how manieth each is.
    pub steps: Vec<u32>,
    /// An excluded event lies in it, so that the entity is left out.
    pub dropped: bool,
    /// Why it came no further; nothing where it is complete, dropped, or reasons were not asked for.
    pub stopped: Option<Stopped>,
}

/// The counts of all, and of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cells {
    pub(super) total: EventCounts,
    pub(super) segments: BTreeMap<u32, EventCounts>,
    pub(super) periods: BTreeMap<Period, EventCounts>,
}

/// The counts of an event funnel: of all entities, by segment, and by the period of entry.
///
/// ```
/// use yardstick::events::{Attribution, EventFunnel, Events};
/// use yardstick::funnel::TimeUnit;
/// use yardstick::Grain;
///
/// let (entity, mask) = ([1_u32, 1, 2, 3], [0b01_u8, 0b10, 0b01, 0b10]);
/// let (day, country) = ([0, 40, 31, 5], [4, 2, 4, 4]);
/// let events = Events::sorted(&entity, &day, &mask)?.unit(TimeUnit::Day).segments(&country, 5)?;
/// let query = EventFunnel::builder(2).by_segment(Attribution::First).trend(Grain::Month).build()?;
/// let result = query.compute(&events)?;
/// assert_eq!((result.total().entities(), result.total().counts()), (3, &[2, 1][..]));
/// let of_4 = result.segment(4).unwrap(); // 1 and 2 entered there, and 3 nowhere
/// assert_eq!((of_4.entities(), of_4.counts()), (2, &[2, 1][..]));
/// let months: Vec<_> = result.periods().map(|(month, of)| (month.to_string(), of.counts()[0])).collect();
/// assert_eq!(months[0], ("1970-01-01 to 1970-01-31".to_owned(), 1));
/// assert_eq!(months[1].1, 1);
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventFunnelResult {
    pub(super) cells: Cells,
}

impl EventFunnelResult {
    /// All entities.
    #[must_use]
    pub fn total(&self) -> &EventCounts {
        &self.cells.total
    }

    /// The entities of each segment that some count in, in the order of their codes; nothing where they
    /// were not asked for.
    ///
    /// By the segment of an event of the chain, who never entered counts in none. Where each segment is
    /// for itself ([`Attribution::All`](super::Attribution::All)), an entity counts in each that it has
    /// events in, whether it entered there or not, and the segments sum to no less than all entities.
    pub fn segments(&self) -> impl Iterator<Item = (u32, &EventCounts)> {
        self.cells.segments.iter().map(|(code, counts)| (*code, counts))
    }

    /// The entities of this segment, if any count there.
    #[must_use]
    pub fn segment(&self, code: u32) -> Option<&EventCounts> {
        self.cells.segments.get(&code)
    }

    /// The entities whose chain begins in each period of the trend, in order; nothing where it was not
    /// asked for. A period in which none begins is not there, and who never entered is in none.
    pub fn periods(&self) -> impl Iterator<Item = (Period, &EventCounts)> {
        self.cells.periods.iter().map(|(period, counts)| (*period, counts))
    }
}
