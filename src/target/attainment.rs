//! How far along an actual value is, as one number.

use super::goal::Resolved;
use crate::named::named;
use crate::number::{Rational, Reason, Sense, Value};

named! {
    /// How attainment is counted, with actual `a`, limit `t` and baseline `b`. Nothing is clamped:
    /// 1.2 is 120 %.
    #[non_exhaustive]
    Attainment "attainment" {
        /// `a / t`, for `t > 0`. With an upper limit it is how much of it is used: above 1 is over.
        Ratio = "ratio",
        /// `2 - a / t`, for `t > 0`: 10 % over an upper limit is 0.9. Not for at least.
        LowerLinear = "lower_linear",
        /// `t / a`, for `t > 0` and `a > 0`: twice an upper limit is 0.5. Not for at least.
        LowerInverse = "lower_inverse",
        /// `(a - b) / (t - b)`, for `t` other than `b`: the way from the baseline. Needs a goal
        /// relative to one.
        Progress = "progress",
        /// `1 - distance / tolerance`, the distance being that to the nearer end of the range: 1
        /// inside, 0 at the tolerance. Needs a range and a tolerance.
        Range = "range",
    }
}

impl Resolved {
    /// The attainment, a pure number.
    ///
    /// Undefined where the limit or the actual value is; [`Reason::NoBase`] where a limit that must
    /// be above zero is not, where there is no way from the baseline, where the mode needs what the
    /// goal does not have, and in the inverse mode for an actual value below zero. An actual zero in
    /// that mode is [`Reason::Unbounded`], and good.
    #[must_use]
    pub fn attainment(
        &self,
        actual: &Value,
        mode: Attainment,
        tolerance: Option<&Rational>,
    ) -> Value {
        let positive = |limit: &Value| match limit {
            Value::Defined(limit) if !limit.is_positive() => Value::Undefined(Reason::NoBase),
            other => other.clone(),
        };
        let none = Value::Undefined(Reason::NoBase);
        match (mode, self.limit()) {
            (Attainment::Ratio, Some(limit)) => over_positive(actual, limit),
            (Attainment::LowerLinear, Some(limit)) => {
                over_positive(actual, limit).map(|ratio| Rational::from(2) - ratio)
            }
            (Attainment::LowerInverse, Some(limit)) => match (positive(limit), actual) {
                (Value::Defined(_), Value::Defined(a)) if a.is_negative() => none,
                (Value::Defined(_), Value::Defined(a)) if a.is_zero() => {
                    Value::Undefined(Reason::Unbounded(Sense::Good))
                }
                (limit, actual) => limit.quotient(actual),
            },
            (Attainment::Progress, Some(limit)) => {
                let Some(baseline) = &self.baseline else { return none };
                let from = |value: &Value| value.minus(baseline);
                match from(limit) {
                    Value::Defined(way) if way.is_zero() => from(actual).zip(none, |_, none| none),
                    way => from(actual).quotient(&way),
                }
            }
            (Attainment::Range, _) => {
                let Some(tolerance) = tolerance else { return none };
                let distance = self.gap(actual).map(|gap| (-gap).max(Rational::ZERO));
                distance
                    .quotient(&Value::Defined(tolerance.clone()))
                    .map(|share| Rational::ONE - share)
            }
            (_, None) => none,
        }
    }
}

/// `actual / limit`, where the limit is above zero; else without a base.
pub(super) fn over_positive(actual: &Value, limit: &Value) -> Value {
    match limit {
        Value::Defined(limit) if !limit.is_positive() => no_base(actual),
        _ => actual.quotient(limit),
    }
}

/// Without a base; a value that is undefined before that stays so.
pub(super) fn no_base(value: &Value) -> Value {
    let reason = value.reason().map_or(Reason::NoBase, |reason| reason.min(Reason::NoBase));
    Value::Undefined(reason)
}

/// A view of attainment that is cut off at its ends. Nothing is decided by it: whether a goal is met,
/// bands and states look at what it is.
///
/// ```
/// use yardstick::target::Clamp;
/// use yardstick::{Rational, Value};
///
/// let clamp = Clamp { low: Some(Rational::ZERO), high: Some("1.5".parse()?) };
/// assert_eq!(clamp.view(&Value::Defined(2.into())), Value::Defined("1.5".parse()?));
/// assert_eq!(clamp.view(&Value::Defined((-1).into())), Value::Defined(0.into()));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clamp {
    /// The lowest that is shown.
    pub low: Option<Rational>,
    /// The highest that is shown.
    pub high: Option<Rational>,
}

impl Clamp {
    /// The value, or the end that it lies beyond; an undefined one stays as it is. Where the low end
    /// is above the high one, the high end.
    #[must_use]
    pub fn view(&self, value: &Value) -> Value {
        value.as_ref().map(|value| {
            let raised = self.low.as_ref().map_or(value, |low| low.max(value));
            self.high.as_ref().map_or(raised, |high| high.min(raised)).clone()
        })
    }
}
