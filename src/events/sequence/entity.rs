//! The events of each entity.

use crate::events::chain::Event;
use crate::events::columns::{Arrangement, Events};

/// Calls `each` for every entity, ascending, with its events by time; those that tie by mask, and last
/// by row.
pub(super) fn for_each_entity(events: &Events<'_>, mut each: impl FnMut(u64, &mut [Event])) {
    let entity = |row: &usize| events.entities.at(*row);
    let mut rows: Vec<usize> = (0..events.len()).collect();
    if events.arrangement != Arrangement::Sorted {
        rows.sort_unstable_by_key(|row| (entity(row), events.times[*row], *row));
    }
    let mut of_entity = Vec::new();
    for rows in rows.chunk_by(|a, b| entity(a) == entity(b)) {
        of_entity.clear();
        of_entity.extend(rows.iter().copied().map(|row| {
            let (time, mask) = (events.times[row], events.masks.at(row));
            Event { time, mask, key: 0, row }
        }));
        sort_ties(&mut of_entity, |event| (event.mask, event.row));
        each(entity(&rows[0]), &mut of_entity);
    }
}

/// Puts events of one time in order; those of which it says nothing stay as they are.
pub(super) fn sort_ties<K: Ord>(events: &mut [Event], key: impl Fn(&Event) -> K) {
    for tied in events.chunk_by_mut(|a, b| a.time == b.time) {
        if tied.len() > 1 {
            tied.sort_by_key(&key);
        }
    }
}
