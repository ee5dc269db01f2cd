//! A result that may be undefined, with the reason.

use std::fmt;
use std::num::NonZero;

use rust_decimal::Decimal;

use super::{Rational, Real, Rounding};
use crate::error::Error;

/// Why a value is undefined.
///
/// The order is the precedence: where two undefined values meet in a sum, a product or a quotient,
/// the result has the reason that stands first here, whichever side it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// Nothing was observed, and the measure says that a day without an observation is unknown.
    Missing,
    /// A measure that does not add up (distinct counts, for example) was asked for at a grain or
    /// group at which it was not supplied.
    NotAdditive,
    /// A non-zero numerator over a zero denominator that it cannot exist without: deals without
    /// leads. The data contradict themselves.
    Inconsistent,
    /// A non-zero numerator over zero.
    Unbounded(Sense),
    /// Zero over zero: nothing to measure against.
    NoBase,
    /// An exact value beyond the internal limit on size (see [`Rational`]).
    Capacity,
}

/// What an unbounded value says to the one who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sense {
    /// Better than any finite value: revenue without cost.
    Good,
    /// Worse than any finite value: cost without a lead.
    Bad,
    /// Not said: a formula outside a KPI has no direction.
    Neutral,
}

impl Reason {
    /// The reason as one word, as reports print it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotAdditive => "not_additive",
            Self::Inconsistent => "inconsistent",
            Self::Unbounded(Sense::Good) => "unbounded_good",
            Self::Unbounded(Sense::Bad) => "unbounded_bad",
            Self::Unbounded(Sense::Neutral) => "unbounded",
            Self::NoBase => "no_base",
            Self::Capacity => "capacity",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A value, or the reason why there is none. Undefined is neither zero nor an error.
///
/// ```
/// use yardstick::{Rational, Reason, Rounding, Value};
///
/// let deals = Value::Defined(Rational::from(3));
/// let leads = Value::Defined(Rational::from(0));
/// let rate = Value::Defined(Rational::from(0)).quotient(&leads);
/// assert_eq!(rate, Value::Undefined(Reason::NoBase));
/// assert_eq!(rate.round(Rounding::half_even(2))?, Value::Undefined(Reason::NoBase));
/// assert!(deals.quotient(&leads).is_undefined());
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Value<T = Rational> {
    /// There is a value.
    Defined(T),
    /// There is none, for this reason.
    Undefined(Reason),
}

impl<T> Value<T> {
    /// The value, where there is one.
    #[must_use]
    pub fn defined(self) -> Option<T> {
        match self {
            Self::Defined(value) => Some(value),
            Self::Undefined(_) => None,
        }
    }

    /// The reason, where there is no value.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Self::Defined(_) => None,
            Self::Undefined(reason) => Some(*reason),
        }
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_undefined(&self) -> bool {
        matches!(self, Self::Undefined(_))
    }

    /// The same by reference.
    #[must_use]
    pub fn as_ref(&self) -> Value<&T> {
        match self {
            Self::Defined(value) => Value::Defined(value),
            Self::Undefined(reason) => Value::Undefined(*reason),
        }
    }

    /// Applies `f` to the value; an undefined one stays as it is.
    #[must_use]
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Value<U> {
        match self {
            Self::Defined(value) => Value::Defined(f(value)),
            Self::Undefined(reason) => Value::Undefined(reason),
        }
    }

    /// Combines two values; where one or both are undefined, the result has the [`Reason`] that
    /// comes first.
    #[must_use]
    pub fn zip<U, V>(self, other: Value<U>, f: impl FnOnce(T, U) -> V) -> Value<V> {
        match (self, other) {
            (Self::Defined(a), Value::Defined(b)) => Value::Defined(f(a, b)),
            (Self::Undefined(a), Value::Undefined(b)) => Value::Undefined(a.min(b)),
            (Self::Undefined(reason), _) | (_, Value::Undefined(reason)) => {
                Value::Undefined(reason)
            }
        }
    }
}

impl<T> From<T> for Value<T> {
    fn from(value: T) -> Self {
        Self::Defined(value)
    }
}

impl Value<Rational> {
    /// Rounds a defined value once; an undefined one stays undefined.
    ///
    /// # Errors
    ///
    /// As [`Rational::round`].
    pub fn round(&self, rounding: Rounding) -> Result<Value<Decimal>, Error> {
        match self {
            Self::Defined(value) => value.round(rounding).map(Value::Defined),
            Self::Undefined(reason) => Ok(Value::Undefined(*reason)),
        }
    }

    /// `part / whole` of counts.
    pub(crate) fn share(part: u64, whole: u64) -> Self {
        Self::Defined(part.into()).quotient(&Self::Defined(whole.into()))
    }

    /// `self / divisor`, exactly. Zero over zero is [`Reason::NoBase`], anything else over zero
    /// [`Reason::Unbounded`] with no sense attached.
    #[must_use]
    pub fn quotient(&self, divisor: &Self) -> Self {
        match (self, divisor) {
            (Self::Defined(a), Self::Defined(b)) => match a.quotient(b) {
                Some(quotient) => Self::Defined(quotient),
                None if a.is_zero() => Self::Undefined(Reason::NoBase),
                None => Self::Undefined(Reason::Unbounded(Sense::Neutral)),
            },
            (Self::Undefined(a), Self::Undefined(b)) => Self::Undefined(*a.min(b)),
            (Self::Undefined(reason), _) | (_, Self::Undefined(reason)) => Self::Undefined(*reason),
        }
    }

    /// `self + other`, undefined where one of them is, as [`zip`](Self::zip).
    #[inline]
    pub(crate) fn plus(&self, other: &Self) -> Self {
        self.with(other, |a, b| a + b)
    }

    /// `self - other`.
    #[inline]
    pub(crate) fn minus(&self, other: &Self) -> Self {
        self.with(other, |a, b| a - b)
    }

    /// `self * other`.
    #[inline]
    pub(crate) fn times(&self, other: &Self) -> Self {
        self.with(other, |a, b| a * b)
    }

    #[inline(always)]
    fn with(&self, other: &Self, f: impl FnOnce(&Rational, &Rational) -> Rational) -> Self {
        match (self, other) {
            (Self::Defined(a), Self::Defined(b)) => Self::Defined(f(a, b)),
            _ => self.as_ref().zip(other.as_ref(), f),
        }
    }

    /// `self * times / over`, where `over` is not zero.
    #[inline]
    pub(crate) fn scaled(&self, times: u32, over: NonZero<u32>) -> Self {
        match self {
            Self::Defined(value) => Self::Defined(value.scaled(times, over)),
            Self::Undefined(reason) => Self::Undefined(*reason),
        }
    }
}

impl Value<Real> {
    /// Rounds a defined value once; an undefined one stays undefined.
    ///
    /// # Errors
    ///
    /// As [`Real::round`].
    pub fn round(&self, rounding: Rounding) -> Result<Value<Decimal>, Error> {
        match self {
            Self::Defined(value) => value.round(rounding).map(Value::Defined),
            Self::Undefined(reason) => Ok(Value::Undefined(*reason)),
        }
    }
}

impl<T: fmt::Display> fmt::Display for Value<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Defined(value) => value.fmt(f),
            Self::Undefined(reason) => write!(f, "undefined ({reason})"),
        }
    }
}
