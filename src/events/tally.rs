//! Counting: chain after chain into the counts of all, of a segment and of a period.

use std::sync::Arc;

use super::chain::{Chain, Timeline};
use super::event_counts::{EventCounts, Shape};
use super::stopped::Stopped;
use crate::number::{Rational, Stored, WideSum};

/// What is known of a unit besides its chains.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted<T> {
    /// Which one it is, in the order in which they come, from 1.
    pub(super) number: u64,
    pub(super) events: T,
    /// The bits of all its events together.
    pub(super) bits: u64,
}

/// Counts in the making.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    counts: EventCounts,
    /// How many chains have come so many steps far, of those that skip none.
    lengths: Vec<u64>,
    /// How many of the others have each step.
    others: Vec<u64>,
    sums: Vec<WideSum>,
    /// The number of the last unit that was counted.
    last: u64,
}

impl Tally {
    pub(super) fn new(shape: &Arc<Shape>) -> Self {
        let lengths = vec![0; shape.steps() + 1];
        let sums = if shape.values { vec![WideSum::default(); shape.steps()] } else { Vec::new() };
        let others = vec![0; shape.steps()];
        Self { counts: EventCounts::none(Arc::clone(shape)), lengths, others, sums, last: 0 }
    }

    /// One more entity that has come so far, and nothing else to count of it.
    pub(super) fn add_depth(&mut self, depth: usize) {
        self.counts.numbers[0] += 1;
        self.lengths[depth] += 1;
    }

    /// So many entities by how far they have come, and nothing else to count of them.
    pub(super) fn add_depths(&mut self, entities: &[u64]) {
        self.counts.numbers[0] += entities.iter().sum::<u64>();
        self.lengths.iter_mut().zip(entities).for_each(|(own, more)| *own += more);
    }

    /// A chain of a unit, or the lack of one.
    pub(super) fn add(
        &mut self,
        unit: Counted<impl Timeline>,
        chain: &Chain,
        values: Option<&Stored<'_>>,
    ) {
        if self.last != unit.number {
            self.last = unit.number;
            self.counts.numbers[0] += 1;
        }
        if chain.dropped {
            self.counts.numbers[2] += 1;
            return;
        }
        let Self {
            counts: EventCounts { shape, numbers, between, .. }, lengths, others, sums, ..
        } = self;
        if chain.steps.len() == chain.next {
            lengths[chain.next] += 1;
        } else {
            numbers[1] += 1;
            numbers[3] += 1;
            chain.steps.iter().for_each(|step| others[*step] += 1);
        }
        let event = |place: usize| unit.events.event(place);
        if let Some(values) = values {
            for (step, place) in chain.steps.iter().zip(&chain.places) {
                let row = event(*place).row;
                if values.is_valid(row) {
                    sums[*step].add(values.values.get(row));
                }
            }
        }
        for ((from, to), durations) in shape.between.iter().zip(between) {
            if let (Some(from), Some(to)) = (chain.place(*from), chain.place(*to)) {
                durations.push(event(to).time.wrapping_sub(event(from).time) as u64);
            }
        }
        let complete = chain.next == shape.steps();
        for (i, bit) in shape.correlated.iter().enumerate() {
            if unit.bits >> bit & 1 == 1 {
                numbers[shape.correlations() + 2 * i + usize::from(!complete)] += 1;
            }
        }
        if let (true, false, Some(reason)) = (shape.reasons, complete, chain.stopped) {
            numbers[shape.stops() + chain.next * Stopped::ALL.len() + reason as usize] += 1;
        }
    }

    /// The counts, of values of this scale.
    pub(super) fn finish(self, scale: u8) -> EventCounts {
        let Self { mut counts, lengths, others, sums, .. } = self;
        counts.numbers[1] += lengths.iter().sum::<u64>();
        counts.numbers[3] += lengths.iter().skip(1).sum::<u64>();
        let mut reached = 0;
        for (i, count) in lengths.iter().enumerate().skip(1).rev() {
            reached += count;
            counts.numbers[Shape::COUNTS + i - 1] = reached + others[i - 1];
        }
        if !sums.is_empty() {
            counts.values = sums.iter().map(|sum| sum.at_scale(scale)).collect::<Vec<Rational>>();
        }
        for durations in &mut counts.between {
            durations.sort();
        }
        counts
    }
}
