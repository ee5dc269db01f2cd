//! How many came how far, where nothing but that is asked for: one pass over the columns as they are.

mod group;
mod kernel;
mod part;
mod scattered;
mod sorted;
#[cfg(test)]
mod tests;

use super::columns::{Arrangement, Entities, Events, Masks};
use super::query::{Anchor, Counting, Entry, EventFunnel, Order};
use crate::error::Error;

/// How many entities came so far, by the number of steps from 0 on; none where the query asks for what
/// takes chains, or sets what takes the general way.
///
/// # Errors
///
/// Where the window is no whole number in the unit of the events.
pub(super) fn quick(events: &Events<'_>, query: &EventFunnel) -> Result<Option<Vec<u64>>, Error> {
    let simple = query.order == Order::Ordered
        && (query.anchor == Anchor::Start || query.window.is_none())
        && query.entry == Entry::Best
        && query.counting == Counting::Uniques
        && query.steps.iter().all(|step| step.least.is_none() && step.most.is_none())
        && query.exclusions.is_empty()
        && !query.skips()
        && query.between.is_empty()
        && query.correlated.is_empty()
        && query.segments.is_none()
        && query.trend.is_none()
        && events.values.is_none()
        && !query.holds
        && !query.reasons
        // What puts rows in order numbers entities with 32 bits.
        && (events.arrangement == Arrangement::Sorted || u32::try_from(events.len()).is_ok());
    if !simple {
        return Ok(None);
    }
    let window = query.limits(events.unit)?.window;
    let spec = Spec { steps: query.steps.len(), window, strict: query.strict_times };
    let tally = match events.entities {
        Entities::U32(entities) => spec.tally(events, entities),
        Entities::U64(entities) => spec.tally(events, entities),
    };
    Ok(Some(tally.0[..=spec.steps].to_vec()))
}

/// What a chain is.
#[derive(Debug, Clone, Copy)]
struct Spec {
    steps: usize,
    window: u64,
    /// Each step later than the one before.
    strict: bool,
}

/// A cell of a column: an entity or a mask.
trait Cell: Copy + Ord + Into<u64> + Send + Sync {}

impl<T: Copy + Ord + Into<u64> + Send + Sync> Cell for T {}

impl Spec {
    fn tally<E: Cell>(&self, events: &Events<'_>, entities: &[E]) -> Tally {
        match events.masks {
            Masks::U8(masks) => self.tally_of(events, entities, masks),
            Masks::U16(masks) => self.tally_of(events, entities, masks),
            Masks::U32(masks) => self.tally_of(events, entities, masks),
            Masks::U64(masks) => self.tally_of(events, entities, masks),
        }
    }

    fn tally_of<E: Cell, M: Cell>(
        &self,
        events: &Events<'_>,
        entities: &[E],
        masks: &[M],
    ) -> Tally {
        let columns = Typed { entities, times: events.times, masks };
        match events.arrangement {
            Arrangement::Sorted => sorted::tally(&columns, self),
            Arrangement::ByTime | Arrangement::Unsorted => scattered::tally(&columns, self),
        }
    }
}

/// Columns of known types.
#[derive(Clone, Copy)]
struct Typed<'e, E, M> {
    entities: &'e [E],
    times: &'e [i64],
    masks: &'e [M],
}

/// How many entities came so far, by the number of steps.
#[derive(Debug, Clone)]
struct Tally([u64; 65]);

impl Tally {
    fn new() -> Self {
        Self([0; 65])
    }

    fn add(&mut self, depth: usize) {
        self.0[depth] += 1;
    }

    fn merge(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own += other);
        self
    }
}
