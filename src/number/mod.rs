//! Exact numbers.
//!
//! A [`Rational`] is exact and stays exact; a [`Decimal`] is what goes in and what comes out. Between
//! the two stands [`Rounding`]: a scale, a [`Mode`], and a step if one is wanted. A result that may
//! not exist is a [`Value`], undefined with a [`Reason`].
//!
//! `Decimal` is `rust_decimal`'s type, used as a container only: its own arithmetic rounds silently
//! and is not called here. [`parse_decimal`] reads it strictly, [`plain`] and [`grouped`] write it.

mod allocate;
mod float;
mod format;
mod rational;
mod round;
mod rounding;
#[cfg(feature = "serde")]
mod serde;
mod text;
mod value;
mod wide;

pub use rust_decimal::Decimal;

pub use self::allocate::{allocate, allocate_cumulative};
pub(crate) use self::format::plain_scaled;
pub use self::format::{Format, grouped, plain};
pub(crate) use self::rational::CAPACITY_BITS;
pub use self::rational::Rational;
pub use self::rounding::{Mode, Rounding};
#[cfg(feature = "serde")]
pub(crate) use self::serde::{JSON_NUMBER, integer, refused_float};
pub use self::text::parse_decimal;
pub(crate) use self::text::parse_scaled;
pub use self::value::{Reason, Sense, Value};
