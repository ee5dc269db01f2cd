//! Exact sums by cell, of many columns in one pass over the rows.
//!
//! Values are added as 64-bit integers, wrapping, while their bits are collected. After each block
//! of rows the bits say how large its values can have been at most; where a sum might not have
//! fitted, the block is taken back, which is exact, and added in more bits. So there is one pass
//! over the memory, and the result is that of integers without limit, in any order of rows.

use std::array;
use std::ops::Range;

use super::rolled::Totals;
use crate::number::{BLOCK, Stored, WideSum};
use crate::statistics::split;

/// What is added up for each row.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// The value, where there is one.
    Values(&'a Stored<'a>),
    /// One where there is a value.
    Presence(&'a Stored<'a>),
    /// One.
    Rows,
}

/// The sums of each source, by cell. `fill` says the cells of some rows; those in the cell `count`
/// are left out. The rows are shared out among the threads of the caller's pool, if there is one.
pub(super) fn sums(
    sources: &[Source<'_>],
    rows: usize,
    count: usize,
    fill: impl Fn(Range<usize>, &mut [u32]) + Sync,
) -> Vec<Totals> {
    let pass = |sources: &[Source<'_>]| match sources {
        [a] => pass([*a], rows, count, &fill),
        [a, b] => pass([*a, *b], rows, count, &fill),
        [a, b, c] => pass([*a, *b, *c], rows, count, &fill),
        [a, b, c, d] => pass([*a, *b, *c, *d], rows, count, &fill),
        [a, b, c, d, e] => pass([*a, *b, *c, *d, *e], rows, count, &fill),
        [a, b, c, d, e, f] => pass([*a, *b, *c, *d, *e, *f], rows, count, &fill),
        _ => Vec::new(),
    };
    sources.chunks(6).flat_map(pass).collect()
}

fn pass<const N: usize>(
    sources: [Source<'_>; N],
    rows: usize,
    count: usize,
    fill: &(impl Fn(Range<usize>, &mut [u32]) + Sync),
) -> Vec<Totals> {
    /// Each part has sums of its own, which must not cost more than its rows.
    const ROWS_OF_A_CELL: usize = 16;
    let of = |rows: Range<usize>| {
        let mut sums = Sums::new(count);
        let mut cells = [0; BLOCK];
        let mut rooms = [[0; BLOCK]; N];
        for block in split::blocks(rows) {
            let cells = &mut cells[..block.len()];
            fill(block.clone(), cells);
            sums.add(cells, &sources, block, &mut rooms);
        }
        sums.totals()
    };
    let merge = |a: Vec<Totals>, b: Vec<Totals>| {
        a.into_iter().zip(b).map(|(a, b)| a.plus(b)).collect::<Vec<_>>()
    };
    split::split_by(count.saturating_mul(ROWS_OF_A_CELL), 0..rows, &of, &merge)
}

/// The sums of `N` sources.
struct Sums<const N: usize> {
    count: usize,
    /// By cell; twice where there are few cells, so that rows can take turns and an addition need
    /// not wait for the one before.
    narrow: Vec<[i64; N]>,
    /// Where the second half begins; 0 where there is none.
    second: usize,
    /// What each may still take.
    room: [u64; N],
    /// How often each was emptied into wide sums.
    emptied: [usize; N],
    /// Those that are only added wide, since emptying so often would cost more than the rows.
    large: [bool; N],
    /// Empty until they are needed.
    wide: [Vec<WideSum>; N],
}

const ROOM: u64 = i64::MAX as u64;
/// How many cells may be emptied beyond the number of rows.
const PATIENCE: usize = 1 << 16;
const ZEROS: [i64; BLOCK] = [0; BLOCK];

impl<const N: usize> Sums<N> {
    fn new(count: usize) -> Self {
        /// Up to this many cells, twice the sums stay in the cache.
        const FEW: usize = 1024;
        let cells = count + 1;
        let second = if cells <= FEW { cells } else { 0 };
        Self {
            count,
            narrow: vec![[0; N]; cells + second],
            second,
            room: [ROOM; N],
            emptied: [0; N],
            large: [false; N],
            wide: array::from_fn(|_| Vec::new()),
        }
    }

    /// Adds the rows of a block; `rooms` take values that are not there as 64-bit integers.
    fn add(
        &mut self,
        cells: &[u32],
        sources: &[Source<'_>; N],
        rows: Range<usize>,
        rooms: &mut [[i64; BLOCK]; N],
    ) {
        let mut rooms = rooms.iter_mut();
        let values: [Option<&[i64]>; N] = array::from_fn(|i| {
            let room = rooms.next().filter(|_| !self.large[i])?;
            sources[i].read(rows.clone(), &mut room[..cells.len()])
        });
        let columns = values.map(|values| values.unwrap_or(&ZEROS[..cells.len()]));
        let bits = self.add_narrow(cells, columns);
        for i in 0..N {
            // Above every magnitude: `-x - 1` has the bits of `x` inverted.
            let most = (bits[i] as u64 + 1).saturating_mul(cells.len() as u64);
            let fits = most <= self.room[i];
            if fits {
                self.room[i] -= most;
            } else {
                self.take_back(cells, columns[i], i);
                self.empty(i);
                self.emptied[i] += 1;
                self.large[i] = self.emptied[i] * self.narrow.len() > rows.end + PATIENCE;
            }
            if !fits || values[i].is_none() {
                self.add_wide(cells, sources[i], rows.clone(), i);
            }
        }
    }

    /// Adds, and returns the bits that occur in the magnitudes of each column.
    fn add_narrow(&mut self, cells: &[u32], columns: [&[i64]; N]) -> [i64; N] {
        let columns = columns.map(|column| &column[..cells.len()]);
        let mut bits = [0; N];
        for (row, cell) in cells.iter().enumerate() {
            let sums = &mut self.narrow[*cell as usize + (row % 2) * self.second];
            for i in 0..N {
                let value = columns[i][row];
                bits[i] |= value ^ (value >> 63);
                sums[i] = sums[i].wrapping_add(value);
            }
        }
        bits
    }

    /// Undoes `add_narrow` for one column.
    fn take_back(&mut self, cells: &[u32], column: &[i64], i: usize) {
        for (row, (cell, value)) in cells.iter().zip(column).enumerate() {
            let sums = &mut self.narrow[*cell as usize + (row % 2) * self.second];
            sums[i] = sums[i].wrapping_sub(*value);
        }
    }

    fn add_wide(&mut self, cells: &[u32], source: Source<'_>, rows: Range<usize>, i: usize) {
        self.wide[i].resize(self.count + 1, WideSum::default());
        for (cell, row) in cells.iter().zip(rows) {
            self.wide[i][*cell as usize].add_times(source.get(row), 1);
        }
    }

    /// Moves the narrow sums of one column into its wide ones.
    fn empty(&mut self, i: usize) {
        self.wide[i].resize(self.count + 1, WideSum::default());
        for half in self.narrow.chunks_mut(self.count + 1) {
            for (wide, narrow) in self.wide[i].iter_mut().zip(half) {
                wide.add_times(i128::from(std::mem::take(&mut narrow[i])), 1);
            }
        }
        self.room[i] = ROOM;
    }

    fn totals(mut self) -> Vec<Totals> {
        let total = |i: usize| {
            // What was never emptied fits, both halves together.
            if self.wide[i].is_empty() {
                let half = |start: usize| &self.narrow[start..start + self.count];
                return Totals::Narrow(match self.second {
                    0 => half(0).iter().map(|sums| sums[i]).collect(),
                    second => {
                        let both = half(0).iter().zip(half(second));
                        both.map(|(a, b)| a[i] + b[i]).collect()
                    }
                });
            }
            self.empty(i);
            let mut wide = std::mem::take(&mut self.wide[i]);
            wide.truncate(self.count);
            Totals::Wide(wide)
        };
        (0..N).map(total).collect()
    }
}

impl Source<'_> {
    /// The values of some rows, zero where there is none; `None` where one needs 128 bits.
    fn read<'b>(&'b self, rows: Range<usize>, room: &'b mut [i64]) -> Option<&'b [i64]> {
        let column = match self {
            Self::Values(column) => column,
            Self::Presence(column) => {
                for (value, row) in room.iter_mut().zip(rows) {
                    *value = i64::from(column.is_valid(row));
                }
                return Some(room);
            }
            Self::Rows => {
                room.fill(1);
                return Some(room);
            }
        };
        column.filled(rows, room)
    }

    fn get(&self, row: usize) -> i128 {
        match self {
            Self::Values(column) if column.is_valid(row) => column.values.get(row),
            Self::Values(_) => 0,
            Self::Presence(column) => i128::from(column.is_valid(row)),
            Self::Rows => 1,
        }
    }
}
