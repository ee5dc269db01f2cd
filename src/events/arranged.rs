//! The rows of each entity by time, however they were given.

use std::ops::Range;

use super::columns::Events;
use super::units::rows_by_entity;

/// Rows by entity, and within each by time.
#[derive(Debug)]
pub(super) struct Arranged {
    rows: usize,
    /// None where they are arranged so already.
    order: Option<Vec<usize>>,
}

impl Arranged {
    pub(super) fn of(events: &Events<'_>) -> Self {
        let rows = events.len();
        let order = rows_by_entity(events);
        Self { rows, order }
    }

    /// The row at a place.
    #[inline]
    pub(super) fn row(&self, place: usize) -> usize {
        self.order.as_ref().map_or(place, |order| order[place])
    }

    /// The places of each entity.
    pub(super) fn entities<'a>(
        &'a self,
        events: &'a Events<'_>,
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        let who = |place: usize| events.entities.at(self.row(place));
        let mut begin = 0;
        std::iter::from_fn(move || {
            if begin == self.rows {
                return None;
            }
            let start = begin;
            let entity = who(start);
            begin += 1;
            while begin < self.rows && who(begin) == entity {
                begin += 1;
            }
            Some(start..begin)
        })
    }
}
