//! Exact numbers.
//!
//! A [`Rational`] is exact and stays exact; a [`Decimal`] is what goes in and what comes out. Between
//! the two stands [`Rounding`]: a scale, a [`Mode`], and a step if one is wanted. A result that may
//! not exist is a [`Value`], undefined with a [`Reason`]. A result that is no fraction, a root or a
//! logarithm, is a [`Real`]: the end of a calculation, which is only rounded, and correctly. Many
//! numbers of one scale are a [`Column`].
//!
//! `Decimal` is `rust_decimal`'s type, used as a container only: its own arithmetic rounds silently
//! and is not called here. [`parse_decimal`] reads it strictly, [`Format`] writes it. Floats have two
//! doors, [`Rational::from_f64_exact`] and [`Rational::from_f64_shortest`], and are nowhere else.
//!
//! # Widths
//!
//! The bits that a result needs at most before it is rounded, with the 96 bits and 28 places of a
//! decimal (10^28 has 94 bits). What needs less takes less: a fraction begins in 128 bits and a rounding
//! in 64, and amounts of money never leave those. [`Tier`] names what decided a rounding.
//!
//! | what | bits | because |
//! |---|---|---|
//! | [`quotient`] | 192 | a quotient of 96 bits times a divisor of 96; past that it overflows |
//! | [`quotient_of_products`] of n over m | 96 max(n, m) + 94 | mantissas, and the scale |
//! | a sum of n decimals | 190 + log2 n | each raised to 28 places |
//! | a sum of n squares | 380 + log2 n | twice that, 56 places |
//! | a mean or a ratio of two sums, rounded | 284 + log2 n | the sum, and the scale |
//! | a variance, rounded | 474 + 2 log2 n | n times the sum of squares |
//! | a standard deviation | 570 + 2 log2 n | a variance at twice the scale, before its root |
//! | a root of degree k | 97 k + bits of the number | the power of 2 * 10^28, see [`Rational::root`] |
//! | a Wilson bound for z of b bits | 196 + 8 b + 4 log2 n | a square over the square of `n + z^2` |
//! | exp, ln, powers | 12 + 95, then doubled | as many as decide the rounding |
//!
//! Past 128 bits the integers are `dashu-int`'s. It was measured against `num-bigint` at the widths
//! above: its greatest common divisor took an eighth to a tenth of the time and the sum of two
//! reduced fractions about a seventh; `ruint` has one fixed width, which a sum of fractions does not.
//!
//! [`ErrorKind::Capacity`](crate::ErrorKind::Capacity) happens at the doors only: text beyond 4,096
//! digits or an exponent beyond ±4,096, [`Rational::checked_pow`] and [`allocate`] beyond 16,384 bits of
//! a reduced result. Sums, products, quotients and everything that is rounded have no limit of their
//! own.

mod allocate;
mod column;
mod elementary;
mod float;
mod format;
mod growth;
mod logarithm;
mod power;
mod quotient;
mod rational;
mod real;
mod root;
mod round;
mod rounding;
#[cfg(feature = "serde")]
mod serde;
mod shares;
mod text;
mod tier;
mod value;
mod wide;
mod wide_sum;

pub use rust_decimal::Decimal;

pub use self::allocate::{allocate, allocate_cumulative};
pub(crate) use self::column::{BLOCK, Present, Room, Stored};
pub use self::column::{Cells, Column};
pub use self::format::{Format, grouped, plain};
pub use self::growth::{annual_growth_rate, decay, growth_rate};
pub use self::quotient::{quotient, quotient_of_products, ratio};
pub(crate) use self::rational::CAPACITY_BITS;
pub use self::rational::Rational;
pub use self::real::Real;
pub use self::rounding::{Mode, Rounding};
#[cfg(feature = "serde")]
pub(crate) use self::serde::{JSON_NUMBER, integer, refused_float};
pub(crate) use self::shares::{Weights, shown};
pub use self::text::parse_decimal;
pub use self::tier::Tier;
pub use self::value::{Reason, Sense, Value};
pub(crate) use self::wide_sum::{ProductSum, WideSum};
