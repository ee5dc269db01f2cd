//! How much a value changed, and a value changed by so much.

use super::arithmetic::minus;
use crate::named::named;
use crate::number::{Rational, Reason, Value};

named! {
    /// What a change from a base `b` is counted in: the change itself, and a base so changed.
    #[non_exhaustive]
    ChangeMode "mode of change" {
        /// `b (1 + r)`.
        Relative = "relative",
        /// `b + p`, in the unit of the metric: percentage points for a rate.
        Points = "points",
        /// `b + |b| r`: a relative change that goes up for positive `r` even from a negative `b`.
        Magnitude = "magnitude",
    }
}

impl ChangeMode {
    /// The base changed by so much, in its unit. A relative change (of either mode) of zero is
    /// [`Reason::NoBase`]: twenty percent more than nothing is nothing to aim at. An undefined base
    /// leaves the result undefined for the same reason.
    ///
    /// ```
    /// use yardstick::Value;
    /// use yardstick::explain::ChangeMode;
    ///
    /// let (rate, tenth) = (Value::Defined("0.20".parse()?), "0.10".parse()?);
    /// assert_eq!(ChangeMode::Relative.apply(&rate, &tenth), Value::Defined("0.22".parse()?));
    /// assert_eq!(ChangeMode::Points.apply(&rate, &tenth), Value::Defined("0.30".parse()?));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn apply(self, base: &Value, by: &Rational) -> Value {
        let Value::Defined(b) = base else {
            return base.clone();
        };
        match self {
            Self::Points => Value::Defined(b + by),
            _ if b.is_zero() => Value::Undefined(Reason::NoBase),
            Self::Relative => Value::Defined(b + b * by),
            Self::Magnitude => Value::Defined(b + b.abs() * by),
        }
    }
}

/// A value before and after.
///
/// ```
/// use yardstick::explain::{Change, ChangeMode};
/// use yardstick::{Rational, Reason, Sense, Value};
///
/// // From 40 % to 44 %: four percentage points, a tenth more.
/// let change = Change::between(&Value::Defined("0.40".parse()?), &Value::Defined("0.44".parse()?));
/// assert_eq!(change.absolute(), Value::Defined("0.04".parse()?));
/// assert_eq!(change.relative(), Value::Defined("0.1".parse()?));
///
/// // From a loss of 50 to one of 40.
/// let change = Change::between(&Value::Defined((-50).into()), &Value::Defined((-40).into()));
/// assert_eq!(change.relative(), Value::Defined("-0.2".parse()?)); // a fifth of the loss less
/// assert_eq!(change.relative_to_magnitude(), Value::Defined("0.2".parse()?));
/// assert_eq!(change.by(ChangeMode::Points), Value::Defined(10.into()));
///
/// let change = Change::between(&Value::Defined(Rational::ZERO), &Value::Defined(5.into()));
/// assert_eq!(change.relative(), Value::Undefined(Reason::Unbounded(Sense::Neutral)));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The base.
    pub before: Value,
    /// What it became.
    pub after: Value,
}

impl Change {
    /// From one value to another.
    #[must_use]
    pub fn between(before: &Value, after: &Value) -> Self {
        Self { before: before.clone(), after: after.clone() }
    }

    /// `after - before`, in the unit of the values; for a rate 0.04 is four percentage points.
    /// Undefined where one of them is, for the reason that comes first.
    #[must_use]
    pub fn absolute(&self) -> Value {
        minus(&self.after, &self.before)
    }

    /// `(after - before) / before`, a pure number: 0.1 is ten percent more. It is negative where a
    /// negative base rises; [`relative_to_magnitude`](Change::relative_to_magnitude) is not.
    /// From zero it is [`Reason::NoBase`] where it stayed zero, else [`Reason::Unbounded`];
    /// undefined where one of the values is.
    #[must_use]
    pub fn relative(&self) -> Value {
        self.absolute().quotient(&self.before)
    }

    /// `(after - before) / |before|`, a pure number: positive for any rise, from a negative base too.
    /// Undefined as [`relative`](Change::relative) is.
    #[must_use]
    pub fn relative_to_magnitude(&self) -> Value {
        self.absolute().quotient(&self.before.as_ref().map(Rational::abs))
    }

    /// The change counted in this mode. [`ChangeMode::apply`] leads from the base back to what it
    /// became, wherever this is defined.
    #[must_use]
    pub fn by(&self, mode: ChangeMode) -> Value {
        match mode {
            ChangeMode::Relative => self.relative(),
            ChangeMode::Points => self.absolute(),
            ChangeMode::Magnitude => self.relative_to_magnitude(),
        }
    }
}
