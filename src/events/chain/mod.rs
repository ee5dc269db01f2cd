//! The chain of an entity that counts, and why it came no further.

use super::query::{EventFunnel, Limits};
use super::stopped::Stopped;
use crate::error::Error;
use crate::funnel::TimeUnit;

/// An event of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) time: i64,
    pub(super) mask: u64,
    /// What a chain has in common, where the query holds a key.
    pub(super) key: u64,
    pub(super) row: usize,
}

/// A chain, or for who never entered the lack of one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Chain {
    /// The places of its events among those of the entity, step by step; in any order, by time.
    pub(super) places: Vec<usize>,
    /// An excluded event lies in it, and it does not count.
    pub(super) dropped: bool,
    /// Why it came no further; none where it is complete, or where reasons are not asked for.
    pub(super) stopped: Option<Stopped>,
}

/// Finds chains.
#[derive(Debug)]
pub(super) struct Judge {
    steps: usize,
    limits: Limits,
    observed_until: Option<i64>,
}

impl Judge {
    pub(super) fn new(
        query: &EventFunnel,
        unit: TimeUnit,
        observed_until: Option<i64>,
    ) -> Result<Self, Error> {
        Ok(Self { steps: query.steps.len(), limits: query.limits(unit)?, observed_until })
    }

    /// Each chain that counts: one, or for totals one after another. An entity without any gives an
    /// empty one. The events are those of one entity (or session), by time; those that tie, in an order
    /// that depends on nothing but what they hold.
    pub(super) fn chains(&mut self, events: &[Event], mut each: impl FnMut(&Chain)) {
        let _ = (events, self.steps, &self.limits, self.observed_until);
        each(&Chain::default());
    }

    /// How many steps the one chain has that counts; where neither chains nor reasons are asked for.
    pub(super) fn depth(&mut self, events: &[Event]) -> usize {
        let mut depth = 0;
        self.chains(events, |chain| depth = if chain.dropped { 0 } else { chain.places.len() });
        depth
    }
}
