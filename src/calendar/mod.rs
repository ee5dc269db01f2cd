//! Days, periods of days, and the grains that cut a period into buckets.
//!
//! Only civil dates: no time of day, no time zone, no clock. Whoever embeds the library says which
//! day it is. A [`Date`] is a day of the Gregorian calendar from year 1 to 9999, a [`Period`] a
//! half-open range of days, a [`Grain`] one of day, week (ISO 8601), month, quarter and year, a
//! [`Span`] a number of them, and a [`Calendar`] says with which month the year begins.

mod date;
mod grain;
mod period;
mod span;

pub use self::date::Date;
pub use self::grain::{Bucket, Calendar, Grain};
pub use self::period::Period;
pub use self::span::Span;
pub(crate) use self::span::unit_named;
