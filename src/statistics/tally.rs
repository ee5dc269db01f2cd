//! What one pass over a column adds up: count, sum, sum of squares, minimum and maximum.
//!
//! In a block of values `x` with `-2^31 <= x < 2^31`, `y = x + 2^31` fits 32 bits and its square 64.
//! The upper and the lower half of each square are added apart, so that nothing overflows, and with
//! n values
//!
//! ```text
//! sum x^2 = sum y^2 - 2^32 sum y + 2^62 n
//! ```
//!
//! Whether a block is of this kind is known after it, from the bits of `y` that were seen; if it is
//! not, it is added again, value by value. All is integers, so order and partition do not show.

use std::ops::Range;

use super::split::blocks;
use super::sum;
use crate::number::{Present, ProductSum, Room, Stored, WideSum};

#[derive(Clone, Copy)]
pub(super) struct Tally {
    pub(super) count: u64,
    pub(super) sum: WideSum,
    pub(super) squares: ProductSum,
    /// Above `most` where there is none.
    pub(super) least: i128,
    pub(super) most: i128,
}

impl Tally {
    /// Of some rows, of which the first is a multiple of [`BLOCK`](crate::number::BLOCK).
    pub(super) fn of(column: &Stored<'_>, rows: Range<usize>) -> Self {
        let mut room = Room::new();
        let mut tally = Self {
            count: 0,
            sum: WideSum::default(),
            squares: ProductSum::default(),
            least: i128::MAX,
            most: i128::MIN,
        };
        for block in blocks(rows) {
            match column.present(block, &mut room) {
                Present::Narrow(values) => tally.add_narrow(values),
                Present::Wide(values) => tally.add_wide(values),
            }
        }
        tally
    }

    pub(super) fn merge(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            sum: self.sum.plus(other.sum),
            squares: self.squares.plus(other.squares),
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }

    fn add_narrow(&mut self, values: &[i64]) {
        const RAISE: u64 = 1 << 31;
        const LOW: u64 = u32::MAX as u64;
        let (mut bits, mut sum, mut low, mut high) = (0, 0_u64, 0_u64, 0_u64);
        let (mut least, mut most) = (i32::MAX, i32::MIN);
        for value in values {
            let raised = (*value as u64).wrapping_add(RAISE);
            bits |= raised;
            sum = sum.wrapping_add(raised);
            let square = (raised & LOW) * (raised & LOW);
            low += square & LOW;
            high += square >> 32;
            least = least.min(*value as i32);
            most = most.max(*value as i32);
        }
        if bits > LOW {
            return self.add_large(values);
        }
        let count = values.len() as u64;
        // At most 2^74, so that none of these overflows.
        let squares = (u128::from(high) << 32) + u128::from(low) + (u128::from(count) << 62)
            - (u128::from(sum) << 32);
        self.squares.add_sum(squares);
        self.sum.add(i128::from(sum) - i128::from(RAISE * count));
        self.seen(count, least.into(), most.into());
    }

    /// Values of 64 bits.
    fn add_large(&mut self, values: &[i64]) {
        let (mut least, mut most) = (i64::MAX, i64::MIN);
        for value in values {
            let magnitude = u128::from(value.unsigned_abs());
            self.squares.add_sum(magnitude * magnitude);
            least = least.min(*value);
            most = most.max(*value);
        }
        self.sum.add(sum::of_block(values));
        self.seen(values.len() as u64, least.into(), most.into());
    }

    fn add_wide(&mut self, values: &[i128]) {
        for value in values {
            let magnitude = value.unsigned_abs();
            self.squares.add(magnitude, magnitude);
            self.sum.add(*value);
            self.seen(1, *value, *value);
        }
    }

    /// Of no values, nothing.
    fn seen(&mut self, count: u64, least: i128, most: i128) {
        if count > 0 {
            self.count += count;
            self.least = self.least.min(least);
            self.most = self.most.max(most);
        }
    }
}
