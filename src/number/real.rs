//! Real numbers that are not fractions: known exactly by what they are, and only ever rounded.

use std::fmt;

use rust_decimal::Decimal;

use super::elementary::{Elementary, Function};
use super::root::Root;
use super::tier::{Tier, Trace};
use super::{Rational, Rounding, round};
use crate::error::Error;

/// An exact real number: a fraction, a root, a power, an exponential or a logarithm of one.
///
/// It is the end of a calculation. Nothing can be added to it or taken from it; it becomes digits by
/// [`round`](Real::round), once and correctly in every mode, however near to a tie it lies. So there
/// is no precision to choose and no error to carry along.
///
/// Two are equal where they were made alike; values are not compared: the square root of 9 is not
/// equal to `Real::from(Rational::from(3))`. Round both to compare them.
///
/// Made by [`Rational::sqrt`], [`root`](Rational::root), [`power`](Rational::power),
/// [`exp`](Rational::exp), [`ln`](Rational::ln), [`log10`](Rational::log10),
/// [`growth_rate`](super::growth_rate), [`decay`](super::decay).
///
/// ```
/// use yardstick::{Rational, Rounding};
///
/// let two = Rational::from(2).sqrt()?;
/// assert_eq!(two.round(Rounding::half_even(4))?.to_string(), "1.4142");
/// assert_eq!(two.round(Rounding::ceil(4))?.to_string(), "1.4143");
/// assert_eq!(Rational::from(9).sqrt()?.round(Rounding::exact(0))?.to_string(), "3");
/// assert!(two.round(Rounding::exact(28)).is_err());
/// # Ok::<(), yardstick::Error>(())
/// ```
///
/// **Cost.** Bounded by the length of what it was made of. A root takes one root of an integer of
/// about `k (96 + bits)` bits. The others take an interval of some 200 bits, and of twice as many
/// each time that the rounding is not decided; an argument of `n` bits can be made so that about `n`
/// bits are needed, and nothing longer than that has ever been seen. For all that text can hold that
/// is well below a second; for numbers that a program grows to 100,000 bits and more it can be some.
/// [`ErrorKind::Capacity`] cannot happen here.
///
/// [`ErrorKind::Capacity`]: crate::ErrorKind::Capacity
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Real(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Rational(Rational),
    Root(Root),
    Elementary(Elementary),
}

impl Real {
    /// `offset + radicand^(1/degree)`, or minus the root where `negative`.
    pub(crate) fn from_root(
        offset: Rational,
        negative: bool,
        radicand: Rational,
        degree: u32,
    ) -> Self {
        Self(Repr::Root(Root { offset, negative, radicand, degree }))
    }

    pub(super) fn negated(self) -> Self {
        Self(match self.0 {
            Repr::Rational(value) => Repr::Rational(-value),
            Repr::Root(root) => {
                Repr::Root(Root { offset: -root.offset, negative: !root.negative, ..root })
            }
            Repr::Elementary(value) => {
                Repr::Elementary(Elementary { negative: !value.negative, ..value })
            }
        })
    }

    pub(super) fn minus_one(self) -> Self {
        Self(match self.0 {
            Repr::Rational(value) => Repr::Rational(value - Rational::ONE),
            Repr::Root(root) => Repr::Root(Root { offset: root.offset - Rational::ONE, ..root }),
            Repr::Elementary(value) => Repr::Elementary(Elementary { minus_one: true, ..value }),
        })
    }

    /// The value rounded once, with exactly `rounding.scale()` decimals.
    ///
    /// # Errors
    ///
    /// As [`Rational::round`]: [`ErrorKind::Overflow`](crate::ErrorKind::Overflow) where the rounded
    /// value does not fit 96 bits at the scale, [`ErrorKind::Inexact`](crate::ErrorKind::Inexact)
    /// with [`Mode::Exact`](super::Mode::Exact) where digits would be lost,
    /// [`ErrorKind::Domain`](crate::ErrorKind::Domain) for a scale above 28.
    pub fn round(&self, rounding: Rounding) -> Result<Decimal, Error> {
        self.round_with(rounding, &mut ())
    }

    /// The same, and which arithmetic decided it; `None` where none was needed.
    ///
    /// For those who check the library: a test can show with it that every [`Tier`] was reached.
    ///
    /// ```
    /// use yardstick::number::{Real, Tier};
    /// use yardstick::{Rational, Rounding};
    ///
    /// let price = Real::from(Rational::new(2_995, 1_000)?);
    /// let (rounded, tier) = price.round_traced(Rounding::half_even(2));
    /// assert_eq!((rounded?.to_string().as_str(), tier), ("3.00", Some(Tier::Word)));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn round_traced(&self, rounding: Rounding) -> (Result<Decimal, Error>, Option<Tier>) {
        let mut tier = None;
        let result = self.round_with(rounding, &mut tier);
        (result, tier)
    }

    fn round_with(&self, rounding: Rounding, trace: &mut impl Trace) -> Result<Decimal, Error> {
        let mantissa = match &self.0 {
            Repr::Rational(value) => value.mantissa(rounding, trace),
            Repr::Root(root) => root.mantissa(rounding, trace),
            Repr::Elementary(value) => value.mantissa(rounding, trace),
        };
        round::decimal(mantissa?, rounding)
    }
}

impl From<Function> for Real {
    fn from(function: Function) -> Self {
        Self(Repr::Elementary(function.into()))
    }
}

impl From<Rational> for Real {
    fn from(value: Rational) -> Self {
        Self(Repr::Rational(value))
    }
}

/// What it is, not its digits: `-1 + (1331/1000)^(1/3)`, `(2)^(1/2)`.
impl fmt::Display for Real {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Rational(value) => value.fmt(f),
            Repr::Root(root) => root.fmt(f),
            Repr::Elementary(value) => value.fmt(f),
        }
    }
}

impl fmt::Debug for Real {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
