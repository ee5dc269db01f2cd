//! Sums over periods that overlap.
//!
//! Trailing periods share most of their days. Their ends cut time into pieces that do not overlap;
//! rows are summed into pieces once, and a period is the difference of two running sums, which is
//! exact in integers.

use crate::calendar::{Date, Period};
use crate::number::WideSum;

/// Periods in order, and the pieces that they are made of.
pub(super) struct Pieces {
    /// In order, without overlap.
    pub(super) pieces: Vec<Period>,
    /// For each period, which pieces.
    ranges: Vec<(usize, usize)>,
}

impl Pieces {
    pub(super) fn new(periods: &[Period]) -> Self {
        let ends = periods.iter().flat_map(|p| [p.first().number(), p.last().number() + 1]);
        let mut cuts: Vec<i32> = ends.collect();
        cuts.sort_unstable();
        cuts.dedup();
        let piece = |pair: &[i32]| {
            let (first, last) = (Date::from_number(pair[0]), Date::from_number(pair[1] - 1));
            Period::inclusive(first.ok()?, last.ok()?).ok()
        };
        let pieces = cuts.windows(2).filter_map(piece).collect();
        let place = |day: i32| cuts.partition_point(|cut| *cut < day);
        let ranges =
            periods.iter().map(|p| (place(p.first().number()), place(p.last().number() + 1)));
        Self { pieces, ranges: ranges.collect() }
    }

    /// The sums of the periods from those of the pieces, both at `period * groups + group`.
    pub(super) fn gather(&self, sums: Vec<WideSum>, groups: usize) -> Vec<WideSum> {
        let mut running = sums;
        running.splice(0..0, (0..groups).map(|_| WideSum::default()));
        for cell in groups..running.len() {
            running[cell] = running[cell].plus(running[cell - groups]);
        }
        let of = |(from, to): &(usize, usize)| {
            let (from, to, running) = (from * groups, to * groups, &running);
            (0..groups).map(move |group| running[to + group].minus(running[from + group]))
        };
        self.ranges.iter().flat_map(of).collect()
    }
}
