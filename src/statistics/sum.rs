//! The sum of a column, at about the speed at which memory is read.
//!
//! A block of values is added as 64-bit integers, wrapping, each raised by 2^52, while the bits of
//! the raised values are collected. Where no bit above the 53rd was seen, every value lay between
//! -2^52 and 2^52, so that no sum of a block wrapped. Otherwise the block is added again, the upper
//! and the lower half of each value apart, which fits whatever the values are. Both are simple
//! enough that compilers make vector instructions of them.

use std::ops::Range;

use super::split::{blocks, split};
use crate::error::Error;
use crate::number::{BLOCK, Column, Rational, Stored, WideSum};

/// The sum of a column, exactly. Empty cells are left out, and the sum of nothing is 0.
///
/// Any order and any partition of the rows has the same sum. It cannot overflow.
///
/// # Errors
///
/// As [`Column::check`].
///
/// ```
/// use yardstick::{Column, statistics};
///
/// let revenue = Column::scaled(&[19_99, 5_00, 0_01], 2);
/// assert_eq!(statistics::sum(&revenue)?, "25.00".parse()?);
/// # Ok::<(), yardstick::Error>(())
/// ```
pub fn sum(column: &Column<'_>) -> Result<Rational, Error> {
    let stored = column.checked()?;
    let total = split(0..column.len(), &|rows| of_rows(&stored, rows), &WideSum::plus);
    Ok(total.at_scale(stored.scale))
}

fn of_rows(column: &Stored<'_>, rows: Range<usize>) -> WideSum {
    let mut room = [0; BLOCK];
    let mut total = WideSum::default();
    for block in blocks(rows) {
        match column.filled(block.clone(), &mut room[..block.len()]) {
            Some(values) => total.add(of_block(values)),
            None => block
                .filter(|row| column.is_valid(*row))
                .for_each(|row| total.add(column.values.get(row))),
        }
    }
    total
}

/// The sum of at most [`BLOCK`] values.
pub(super) fn of_block(values: &[i64]) -> i128 {
    const RAISE: u64 = 1 << 52;
    let (mut bits, mut sum) = (0, 0_u64);
    for value in values {
        let raised = (*value as u64).wrapping_add(RAISE);
        bits |= raised;
        sum = sum.wrapping_add(raised);
    }
    match bits < 2 * RAISE {
        true => i128::from(sum.wrapping_sub(RAISE * values.len() as u64) as i64),
        false => by_halves(values),
    }
}

fn by_halves(values: &[i64]) -> i128 {
    let (mut high, mut low) = (0, 0);
    for value in values {
        high += value >> 32;
        low += value & i64::from(u32::MAX);
    }
    (i128::from(high) << 32) + i128::from(low)
}
