//! Exact numbers.
//!
//! A [`Rational`] is exact and stays exact; a [`Decimal`] is what goes in and what comes out. Between
//! the two stands [`Rounding`]: a scale, a [`Mode`], and a step if one is wanted. A result that may
//! not exist is a [`Value`], undefined with a [`Reason`]. A result that is no fraction, a root or a
//! logarithm, is a [`Real`]: the end of a calculation, which is only rounded, and correctly.
//!
//! `Decimal` is `rust_decimal`'s type, used as a container only: its own arithmetic rounds silently
//! and is not called here. [`parse_decimal`] reads it strictly, [`plain`] and [`grouped`] write it.

mod elementary;
mod growth;
mod logarithm;
mod power;
mod rational;
mod real;
mod root;
mod round;
mod rounding;
mod text;
mod tier;
mod value;
mod wide;

pub use rust_decimal::Decimal;

pub use self::growth::{annual_growth_rate, decay, growth_rate};
pub(crate) use self::rational::CAPACITY_BITS;
pub use self::rational::Rational;
pub use self::real::Real;
pub use self::rounding::{Mode, Rounding};
pub use self::text::{grouped, parse_decimal, plain};
pub(crate) use self::text::{parse_scaled, plain_scaled};
pub use self::tier::Tier;
pub use self::value::{Reason, Sense, Value};
