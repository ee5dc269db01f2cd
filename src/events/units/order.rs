//! Rows by entity and time.

use crate::events::columns::{Arrangement, Entities, Events};

/// About how many rows are put in order at a time.
const PART: usize = 1 << 14;
/// More parts are slower to write to than they save.
const MOST_PARTS_LOG: u32 = 11;

/// The rows of events by entity, within each by time, and those that tie as they stand; none where
/// they are arranged so already.
pub(in crate::events) fn rows_by_entity(events: &Events<'_>) -> Option<Vec<usize>> {
    match (events.arrangement, events.entities) {
        (Arrangement::Sorted, _) => None,
        (_, Entities::U32(entities)) => Some(by_entity(entities, events.times)),
        (_, Entities::U64(entities)) => Some(by_entity(entities, events.times)),
    }
}

/// First into parts by the upper bits of what entities are apart from the least.
fn by_entity<E: Copy + Ord + Into<u64>>(entities: &[E], times: &[i64]) -> Vec<usize> {
    let wide = || entities.iter().map(|entity| (*entity).into());
    let (least, most): (u64, u64) =
        wide().fold((u64::MAX, 0), |(least, most), entity| (least.min(entity), most.max(entity)));
    let range = most.saturating_sub(least);
    let parts_log = bits_of((entities.len() / PART) as u64).min(MOST_PARTS_LOG);
    let shift = bits_of(range).saturating_sub(parts_log);
    let part = |entity: u64| (entity - least).checked_shr(shift).unwrap_or(0) as usize;
    let mut next = vec![0; range.checked_shr(shift).unwrap_or(0) as usize + 2];
    for entity in wide() {
        next[part(entity) + 1] += 1;
    }
    let mut sum = 0;
    for start in &mut next {
        sum += *start;
        *start = sum;
    }
    let mut keys = vec![(0, 0, 0); entities.len()];
    for (row, (entity, time)) in wide().zip(times).enumerate() {
        let place = &mut next[part(entity)];
        keys[*place] = (entity, *time, row);
        *place += 1;
    }
    let mut start = 0;
    for end in next {
        if start < end {
            keys[start..end].sort_unstable();
            start = end;
        }
    }
    keys.into_iter().map(|(_, _, row)| row).collect()
}

fn bits_of(most: u64) -> u32 {
    64 - most.leading_zeros()
}
