//! Rows by entity and time: nothing to put in order, and nothing to keep but the counts.

use std::ops::Range;

use super::kernel::{Kernel, Run};
use super::{Cell, Spec, Tally, Typed};
use crate::statistics::split::split_by;

pub(super) fn tally<E: Cell, M: Cell>(columns: &Typed<'_, E, M>, spec: &Spec) -> Tally {
    let part = |rows| part(columns, spec, rows);
    split_by(0, 0..columns.entities.len(), &part, &Tally::merge)
}

/// Of the entities whose first row is among these.
fn part<E: Cell, M: Cell>(columns: &Typed<'_, E, M>, spec: &Spec, rows: Range<usize>) -> Tally {
    let Typed { entities, times, masks } = *columns;
    // As is known, but not to the compiler.
    let (times, masks) = (&times[..entities.len()], &masks[..entities.len()]);
    let mut start = match rows.start.checked_sub(1) {
        Some(before) => {
            let last = entities[before];
            rows.start + entities[rows.start..].partition_point(|entity| *entity <= last)
        }
        None => 0,
    };
    let (mut kernel, mut tally) = (Kernel::new(spec), Tally::new());
    while start < rows.end {
        let run = OfEntity { entity: entities[start], entities, times, masks };
        let (depth, end) = kernel.depth(spec.steps, &run, start);
        tally.add(depth);
        start = end;
    }
    tally
}

struct OfEntity<'e, E, M> {
    entity: E,
    entities: &'e [E],
    times: &'e [i64],
    masks: &'e [M],
}

impl<E: Cell, M: Cell> Run for OfEntity<'_, E, M> {
    fn time(&self, place: usize) -> i64 {
        self.times[place]
    }

    fn mask(&self, place: usize) -> u64 {
        self.masks[place].into()
    }

    fn goes_on(&self, place: usize) -> bool {
        self.entities.get(place) == Some(&self.entity)
    }
}
