//! The order of events that tie: by what they hold.

use std::cmp::Ordering;

use crate::error::Error;
use crate::events::columns::Events;
use crate::events::query::EventFunnel;
use crate::number::Stored;

/// What tells events of one entity and time apart.
pub(super) struct Ties<'e> {
    events: &'e Events<'e>,
    segments: Option<&'e [u32]>,
    held: Option<&'e [u64]>,
    values: Option<Stored<'e>>,
}

impl<'e> Ties<'e> {
    /// By the columns that the query asks for.
    pub(super) fn of(events: &'e Events<'e>, query: &EventFunnel) -> Result<Self, Error> {
        let values = events.values.as_ref().map(|values| values.checked()).transpose()?;
        let segments = events.segments.filter(|_| query.segments.is_some());
        let held = events.held.filter(|_| query.holds);
        Ok(Self { events, segments: segments.map(|(codes, _)| codes), held, values })
    }

    /// By mask, segment, value (none before any) and held key.
    pub(super) fn compare(&self, a: usize, b: usize) -> Ordering {
        let events = self.events;
        let segment = |row: usize| self.segments.map(|codes| codes[row]);
        let held = |row: usize| self.held.map(|keys| keys[row]);
        let masks = events.masks.at(a).cmp(&events.masks.at(b));
        masks
            .then_with(|| segment(a).cmp(&segment(b)))
            .then_with(|| self.value(a).cmp(&self.value(b)))
            .then_with(|| held(a).cmp(&held(b)))
    }

    fn value(&self, row: usize) -> Option<i128> {
        let values = self.values.as_ref()?;
        values.is_valid(row).then(|| values.values.get(row))
    }
}
