//! What a number counts, and how it is shown.
//!
//! A [`Unit`] is a product of currencies, counted nouns and units of time with integer exponents:
//! `EUR/order`, `lead`, `1/day`. Products and quotients of units are exact, and so are conversions
//! among nanoseconds to seconds, minutes, hours, days and weeks. Nothing else converts: currencies need a rate, and
//! months, quarters and years a declared literal.
//!
//! A [`Display`] is separate from the unit. It is the last step before a reader: plain, percent or
//! per mille, one [`Rounding`](crate::Rounding), groups of three. It changes no value.

mod display;
mod text;
#[expect(clippy::module_inception, reason = "the idea of the folder, in a file of its own")]
mod unit;

pub use self::display::{Display, Style};
pub use self::unit::Unit;

/// The names of the units of time.
pub(crate) fn time_names() -> impl Iterator<Item = &'static str> {
    self::unit::Time::ALL.into_iter().map(self::unit::Time::name)
}
