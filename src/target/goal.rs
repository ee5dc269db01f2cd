//! What is to be reached, and how far along an actual value is.

use crate::calendar::Period;
use crate::explain::ChangeMode;
use crate::named::named;
use crate::number::{Rational, Reason, Sense, Value};

/// What is to be reached.
///
/// ```
/// use yardstick::target::{Goal, Limit};
/// use yardstick::Rational;
///
/// let goal = Goal::AtLeast(Limit::Fixed(Rational::from(500)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// The actual value is the limit or more; higher is better.
    AtLeast(Limit),
    /// The actual value is the limit or less; lower is better.
    AtMost(Limit),
    /// The actual value lies between the two, both included.
    Range {
        /// The lower end.
        low: Rational,
        /// The upper end.
        high: Rational,
    },
}

/// A number, or a change from a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// This number.
    Fixed(Rational),
    /// The metric's own value in the baseline period, changed.
    Change(Change),
}

// A fixed limit is the common case and should read so.
impl From<Rational> for Limit {
    fn from(limit: Rational) -> Self {
        Self::Fixed(limit)
    }
}

/// A change from a baseline period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// How much; 0.2 is twenty percent, or 0.2 in the metric's unit.
    pub by: Rational,
    /// What `by` is counted in.
    pub mode: ChangeMode,
    /// The period whose value is the baseline. It has to be over before the target's period begins.
    pub baseline: Period,
}

impl Change {
    /// The limit for a baseline value, in the metric's unit. A relative change (of either mode) of
    /// zero is [`Reason::NoBase`]: twenty percent more than nothing is nothing to aim at. An
    /// undefined baseline leaves the limit undefined for the same reason.
    ///
    /// ```
    /// use yardstick::target::{Change, ChangeMode};
    /// use yardstick::{Calendar, Value};
    ///
    /// let change = |mode| -> Result<_, yardstick::Error> {
    ///     let baseline = Calendar::default().period("2010-12")?;
    ///     Ok(Change { by: "0.2".parse()?, mode, baseline })
    /// };
    /// let before = Value::Defined((-50).into());
    /// assert_eq!(change(ChangeMode::Relative)?.limit(&before), Value::Defined((-60).into()));
    /// assert_eq!(change(ChangeMode::Magnitude)?.limit(&before), Value::Defined((-40).into()));
    /// assert_eq!(change(ChangeMode::Points)?.limit(&before), Value::Defined("-49.8".parse()?));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn limit(&self, baseline: &Value) -> Value {
        self.mode.apply(baseline, &self.by)
    }
}

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

/// A goal with its limits as numbers, in the metric's unit. A limit is undefined where the baseline
/// leaves it so, for the reason that says why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolved {
    /// The lower limit, for at least and ranges.
    pub low: Option<Value>,
    /// The upper limit, for at most and ranges.
    pub high: Option<Value>,
    /// The value in the baseline period, for goals that are a change from one.
    pub baseline: Option<Value>,
}

impl Goal {
    /// The period of the baseline, for goals that are a change from one.
    #[must_use]
    pub fn baseline(&self) -> Option<Period> {
        match self {
            Self::AtLeast(Limit::Change(change)) | Self::AtMost(Limit::Change(change)) => {
                Some(change.baseline)
            }
            _ => None,
        }
    }

    /// The goal for a baseline value.
    #[must_use]
    pub(crate) fn resolve(&self, baseline: Option<Value>) -> Resolved {
        let limit = |limit: &Limit| match (limit, &baseline) {
            (Limit::Fixed(number), _) => Value::Defined(number.clone()),
            (Limit::Change(change), Some(baseline)) => change.limit(baseline),
            (Limit::Change(_), None) => Value::Undefined(Reason::NoBase),
        };
        let (low, high) = match self {
            Self::AtLeast(at_least) => (Some(limit(at_least)), None),
            Self::AtMost(at_most) => (None, Some(limit(at_most))),
            Self::Range { low, high } => {
                (Some(Value::Defined(low.clone())), Some(Value::Defined(high.clone())))
            }
        };
        Resolved { low, high, baseline }
    }
}

impl Resolved {
    /// The one limit of a goal that is not a range.
    #[must_use]
    pub fn limit(&self) -> Option<&Value> {
        match (&self.low, &self.high) {
            (Some(limit), None) | (None, Some(limit)) => Some(limit),
            _ => None,
        }
    }

    /// Whether higher is better; nothing that a range could say.
    pub(crate) fn higher_is_better(&self) -> bool {
        self.high.is_none()
    }

    /// How far beyond the limit, in the sense of the goal and the metric's unit: `a - t` for at
    /// least, `t - a` for at most, and the smaller of the two for a range. Zero or more is met,
    /// below zero is short by so much. Undefined where the actual value or a limit is.
    #[must_use]
    pub fn gap(&self, actual: &Value) -> Value {
        let above = self.low.as_ref().map(|low| actual.as_ref().zip(low.as_ref(), |a, t| a - t));
        let below = self.high.as_ref().map(|high| high.as_ref().zip(actual.as_ref(), |t, a| t - a));
        match (above, below) {
            (Some(above), Some(below)) => above.zip(below, Ord::min),
            (Some(gap), None) | (None, Some(gap)) => gap,
            (None, None) => Value::Undefined(Reason::NoBase),
        }
    }

    /// Whether the goal is met, decided on exact values: 99.996 of 100 is not, though it shows as
    /// 100.00 %. Undefined where the actual value or a limit is.
    #[must_use]
    pub fn is_met(&self, actual: &Value) -> Value<bool> {
        self.gap(actual).map(|gap| !gap.is_negative())
    }

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
            (Attainment::Ratio, Some(limit)) => actual.quotient(&positive(limit)),
            (Attainment::LowerLinear, Some(limit)) => {
                actual.quotient(&positive(limit)).map(|ratio| Rational::from(2) - ratio)
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
                let from = |value: &Value| value.as_ref().zip(baseline.as_ref(), |v, b| v - b);
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
