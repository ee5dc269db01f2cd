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
    let mut start = match rows.start.checked_sub(1) {
        Some(before) => {
            let last = entities[before];
            rows.start + entities[rows.start..].partition_point(|entity| *entity <= last)
        }
        None => 0,
    };
    let (mut kernel, mut tally) = (Kernel::new(spec), Tally::new());
    while start < rows.end {
        let entity = entities[start];
        let next = entities[start..].iter().position(|other| *other != entity);
        let end = next.map_or(entities.len(), |next| start + next);
        let run = Columns { times: &times[start..end], masks: &masks[start..end] };
        tally.add(kernel.depth(spec.steps, &run));
        start = end;
    }
    tally
}

struct Columns<'e, M> {
    times: &'e [i64],
    masks: &'e [M],
}

impl<M: Cell> Run for Columns<'_, M> {
    fn len(&self) -> usize {
        self.times.len().min(self.masks.len())
    }

    fn time(&self, place: usize) -> i64 {
        self.times[place]
    }

    fn mask(&self, place: usize) -> u64 {
        self.masks[place].into()
    }
}
