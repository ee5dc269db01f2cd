//! The events of each entity.

use crate::error::Error;
use crate::events::chain::Event;
use crate::events::columns::Events;
use crate::events::query::{EventFunnel, Order};
use crate::events::units::for_each_unit;

/// Calls `each` for every entity, ascending, with all its events by time; those that tie by mask, then
/// by whatever else they hold, and last by row.
pub(super) fn for_each_entity(
    events: &Events<'_>,
    mut each: impl FnMut(u64, &mut [Event]),
) -> Result<(), Error> {
    // Strict order is what leaves no event out.
    let all = EventFunnel::builder(1).order(Order::Strict).build()?;
    let mut of_entity = Vec::new();
    for_each_unit(events, &all, |unit| {
        of_entity.clear();
        of_entity.extend_from_slice(unit.events);
        each(unit.entity, &mut of_entity);
        Ok(())
    })
}

/// Puts events of one time in order; those of which it says nothing stay as they are.
pub(super) fn sort_ties<K: Ord>(events: &mut [Event], key: impl Fn(&Event) -> K) {
    for tied in events.chunk_by_mut(|a, b| a.time == b.time) {
        if tied.len() > 1 {
            tied.sort_by_key(&key);
        }
    }
}
