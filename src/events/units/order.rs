//! Rows by entity and time.

use crate::events::columns::{Arrangement, Entities, Events};

/// The rows of events by entity, and within each by time.
pub(super) enum Rows {
    /// As they are.
    Given(usize),
    Sorted(Vec<usize>),
}

impl Rows {
    pub(super) fn of(events: &Events<'_>) -> Self {
        match (events.arrangement, events.entities) {
            (Arrangement::Sorted, _) => Self::Given(events.len()),
            (_, Entities::U32(entities)) => Self::Sorted(by_entity(entities, events.times)),
            (_, Entities::U64(entities)) => Self::Sorted(by_entity(entities, events.times)),
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Given(rows) => *rows,
            Self::Sorted(rows) => rows.len(),
        }
    }

    pub(super) fn at(&self, place: usize) -> usize {
        match self {
            Self::Given(_) => place,
            Self::Sorted(rows) => rows[place],
        }
    }
}

fn by_entity<E: Copy + Ord>(entities: &[E], times: &[i64]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..entities.len()).collect();
    rows.sort_unstable_by_key(|row| (entities[*row], times[*row], *row));
    rows
}
