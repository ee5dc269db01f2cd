//! Sums in integers that cannot overflow, however many rows a column has.
//!
//! The digits of a sum have 64 bits and stand in 128, so that up to 2^64 terms are added without a
//! carry. Carries are settled once, at the end.

use std::cmp::Ordering;

use dashu_int::IBig;

use super::Rational;
use super::wide;

const LOW: u128 = u64::MAX as u128;

/// A sum of up to 2^32 integers of 128 bits, a multiple of days each: `high * 2^64 + low`, which
/// cannot overflow.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WideSum {
    high: i128,
    low: u128,
}

impl WideSum {
    #[inline]
    pub(crate) fn add(&mut self, value: i128) {
        self.high += value >> 64;
        self.low += value as u128 & LOW;
    }

    pub(crate) fn add_times(&mut self, value: i128, times: u32) {
        self.high += (value >> 64) * i128::from(times);
        self.low += u128::from(value as u64) * u128::from(times);
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        let (a, b) = (self.carried(), other.carried());
        Self { high: a.high + b.high, low: a.low + b.low }
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        let (a, b) = (self.carried(), other.carried());
        // A borrow of one upper unit keeps the lower half from falling below zero.
        Self { high: a.high - b.high - 1, low: a.low + (1 << 64) - b.low }
    }

    /// The same with a lower half below 2^64.
    fn carried(self) -> Self {
        let low = u128::from(self.low as u64);
        Self { high: self.high + (self.low >> 64) as i128, low }
    }

    pub(crate) fn at_scale(self, scale: u8) -> Rational {
        match Rational::from_halves(self.high, self.low) {
            Ok(sum) => Rational::from_scaled(sum, scale),
            Err(sum) => sum * Rational::from_scaled(1, scale),
        }
    }
}

impl From<i128> for WideSum {
    fn from(value: i128) -> Self {
        let mut sum = Self::default();
        sum.add_times(value, 1);
        sum
    }
}

impl PartialEq for WideSum {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for WideSum {}

impl PartialOrd for WideSum {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for WideSum {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (self.carried(), other.carried());
        (a.high, a.low).cmp(&(b.high, b.low))
    }
}

/// A sum of up to 2^64 products of two magnitudes of 128 bits: digits of 64 bits, the lowest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ProductSum([u128; 4]);

impl ProductSum {
    /// Adds `a * b`.
    pub(crate) fn add(&mut self, a: u128, b: u128) {
        let (high, low) = wide::mul(a, b);
        for (digits, half) in self.0.chunks_exact_mut(2).zip([low, high]) {
            digits[0] += half & LOW;
            digits[1] += half >> 64;
        }
    }

    /// Adds what was summed already.
    #[inline]
    pub(crate) fn add_sum(&mut self, sum: u128) {
        self.0[0] += sum & LOW;
        self.0[1] += sum >> 64;
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        let (a, b) = (self.carried(), other.carried());
        Self(std::array::from_fn(|i| a.0[i] + b.0[i]))
    }

    /// The same with all digits but the highest below 2^64.
    fn carried(mut self) -> Self {
        let mut carry = 0;
        let (last, rest) = (3, 0..3);
        for i in rest {
            let digit = self.0[i] + carry;
            self.0[i] = digit & LOW;
            carry = digit >> 64;
        }
        self.0[last] += carry;
        self
    }

    /// The sum over `10^scale`.
    pub(crate) fn at_scale(self, scale: u8) -> Rational {
        let digits = self.0.iter().rev();
        let sum = digits.fold(IBig::ZERO, |sum, digit| (sum << 64) + IBig::from(*digit));
        Rational::from_integer(sum) * Rational::from_scaled(1, scale)
    }
}
