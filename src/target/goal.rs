//! What is to be reached.

use crate::calendar::Period;
use crate::explain::ChangeMode;
use crate::number::{Rational, Reason, Value};

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
    /// The actual value lies between the two, both included. Where changes bring the lower end above
    /// the upper, nothing does, and the gap is below zero whatever the actual value is.
    Range {
        /// The lower end.
        low: Limit,
        /// The upper end.
        high: Limit,
    },
}

/// A number, or a change from a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// This number.
    Fixed(Rational),
    /// The value of a baseline, changed.
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
    /// From what.
    pub baseline: Baseline,
}

/// What a change starts from: a value in the unit of the metric.
///
/// Periods have to be over before that of the target begins. One that is not over on the day of an
/// assessment counts up to that day; one that has not begun is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Baseline {
    /// The metric's own value in a period, over the same rows.
    Period(Period),
    /// Its value in a period for other rows, those that `only` takes instead of the target's: a peer.
    Segment {
        /// The period.
        period: Period,
        /// For each dimension named, the values to take.
        only: Vec<(String, Vec<String>)>,
    },
    /// The limit of an earlier target: one that stands before this one in the list that is assessed
    /// together, and has one limit. Of several versions it is the one in force on the last day that
    /// is assessed.
    Target(String),
    /// A number from outside: a benchmark.
    Value(Rational),
}

// A period is the common case and should read so.
impl From<Period> for Baseline {
    fn from(period: Period) -> Self {
        Self::Period(period)
    }
}

impl Baseline {
    /// Its days, where it has some.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        match self {
            Self::Period(period) | Self::Segment { period, .. } => Some(*period),
            Self::Target(_) | Self::Value(_) => None,
        }
    }
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
    ///     Ok(Change { by: "0.2".parse()?, mode, baseline: baseline.into() })
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

/// A goal with its limits as numbers, in the metric's unit. A limit is undefined where the baseline
/// leaves it so, for the reason that says why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolved {
    /// The lower limit, for at least and ranges.
    pub low: Option<Value>,
    /// The upper limit, for at most and ranges.
    pub high: Option<Value>,
    /// The value of the baseline, for goals that are a change from one; for a range that of the lower
    /// end, or else of the upper, whichever is a change.
    pub baseline: Option<Value>,
}

impl Goal {
    /// The lower and the upper limit, each where there is one.
    pub(crate) fn limits(&self) -> (Option<&Limit>, Option<&Limit>) {
        match self {
            Self::AtLeast(low) => (Some(low), None),
            Self::AtMost(high) => (None, Some(high)),
            Self::Range { low, high } => (Some(low), Some(high)),
        }
    }

    /// The baseline of the first limit that is a change from one.
    #[must_use]
    pub fn baseline(&self) -> Option<&Baseline> {
        let (low, high) = self.limits();
        low.into_iter().chain(high).find_map(Limit::baseline)
    }

    /// The period in which the metric's own value is the baseline.
    pub(crate) fn own_baseline(&self) -> Option<Period> {
        match self.baseline() {
            Some(Baseline::Period(period)) => Some(*period),
            _ => None,
        }
    }

    /// Whether the other is at least, at most or a range as this one is.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// The goal for the values of its baselines.
    pub(crate) fn resolve(&self, mut value: impl FnMut(&Baseline) -> Value) -> Resolved {
        let mut baseline = None;
        let mut limit = |limit: &Limit| match limit {
            Limit::Fixed(number) => Value::Defined(number.clone()),
            Limit::Change(change) => {
                let base = value(&change.baseline);
                let limit = change.limit(&base);
                baseline.get_or_insert(base);
                limit
            }
        };
        let (low, high) = self.limits();
        let (low, high) = (low.map(&mut limit), high.map(&mut limit));
        Resolved { low, high, baseline }
    }
}

impl Limit {
    /// The baseline, of one that is a change.
    #[must_use]
    pub fn baseline(&self) -> Option<&Baseline> {
        match self {
            Self::Fixed(_) => None,
            Self::Change(change) => Some(&change.baseline),
        }
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
        match (&self.low, &self.high) {
            (Some(low), None) => actual.minus(low),
            (None, Some(high)) => high.minus(actual),
            (Some(low), Some(high)) => actual.minus(low).zip(high.minus(actual), Ord::min),
            (None, None) => Value::Undefined(Reason::NoBase),
        }
    }

    /// Whether the goal is met, decided on exact values: 99.996 of 100 is not, though it shows as
    /// 100.00 %. Undefined where the actual value or a limit is.
    #[must_use]
    pub fn is_met(&self, actual: &Value) -> Value<bool> {
        self.gap(actual).map(|gap| !gap.is_negative())
    }
}
