//! What is still to come, and what it must bring.

use super::goal::Resolved;
use crate::calendar::Date;
use crate::kpi::Bounds;
use crate::number::{Rational, Reason, Value};

/// The pace of a target; its kind follows from the metric's formula.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pace {
    /// For a metric that adds up over days.
    Flow(FlowPace),
    /// For a quotient of two such metrics.
    Ratio(RatioPace),
}

/// The pace of a flow, every day of the period weighing the same. With limit `t` and actual `a`; all
/// but attainment and the days is in the metric's unit. Undefined where the limit or the actual value
/// is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FlowPace {
    /// Days up to and including the day of the assessment.
    pub elapsed_days: u32,
    /// Days after it.
    pub remaining_days: u32,
    /// `t * elapsed / days`.
    pub expected: Value,
    /// `a - expected`, or `expected - a` where lower is better: below zero is behind.
    pub gap: Value,
    /// `a / expected`; `2 - a / expected` where lower is better. [`Reason::NoBase`] where what is
    /// expected is zero or less: the gap still says ahead or behind.
    pub attainment: Value,
    /// `(t - a) / remaining`; [`Reason::NoBase`] where no day remains. If each remaining day brings
    /// exactly this, the whole comes out at the limit. Where lower is better it is what each
    /// remaining day may bring. Zero or less where the limit is reached already.
    pub required_per_day: Value,
    /// `a * days / elapsed`: the whole, if it goes on as so far.
    pub projection: Value,
    /// The best day of the baseline period and of this one so far, and what it brought: the largest
    /// day, or the smallest where lower is better; the earliest of equals. A day without a row counts
    /// as the measure says, so where lower is better a day on which nothing happened is a best one.
    pub best_day: Option<(Date, Rational)>,
    /// Whether more is required of each remaining day than any of those days brought (less, where
    /// lower is better). No where nothing is required, as at the end.
    pub beyond_best: bool,
}

/// Which total volume (denominator) the whole period is expected to have, in the unit of the
/// denominator as it stands in the formula.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Volume {
    /// The volume so far, carried on evenly: `d * days / elapsed`. Zero where there was none so far.
    #[default]
    Projected,
    /// The volume of the baseline period.
    Baseline,
    /// This volume, above zero.
    Expected(Rational),
}

/// The pace of a ratio `n / d`, at an expected total volume `D`. The numerator holds all constant
/// factors, so that `n / d` is the metric in its unit: for `1000 * spend / impressions` it is a
/// thousand times the spend.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RatioPace {
    /// `n` so far.
    pub numerator: Value,
    /// `d` so far.
    pub denominator: Value,
    /// `D`.
    pub expected_volume: Value,
    /// What the remaining volume must reach; undefined where the limit, `n`, `d` or `D` is.
    pub remaining: Value<Remaining>,
}

/// What the remaining volume must reach for the whole to come out at the limit: a ratio in the
/// metric's unit. Where higher is better it is the least that will do, where lower is better the
/// most.
///
/// Whether that is secured or unreachable is said only against bounds that the KPI declares. Secured
/// is a requirement at or below the lower bound, unreachable one above the upper; where lower is
/// better, one at or above the upper bound, and one below the lower.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remaining {
    /// This ratio: `(t D - n) / (D - d)`.
    Required(Rational),
    /// Any ratio within the metric's bounds will do.
    Secured(Rational),
    /// No ratio within the metric's bounds suffices.
    Unreachable(Rational),
    /// No volume remains, because the period is over or `D <= d`: `n / d` decides.
    Decided,
}

impl Remaining {
    /// The ratio `(t D - n) / (D - d)`, where volume remains.
    #[must_use]
    pub fn ratio(&self) -> Option<&Rational> {
        match self {
            Self::Required(r) | Self::Secured(r) | Self::Unreachable(r) => Some(r),
            Self::Decided => None,
        }
    }

    /// `required`, `secured`, `unreachable` or `decided`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Required(_) => "required",
            Self::Secured(_) => "secured",
            Self::Unreachable(_) => "unreachable",
            Self::Decided => "decided",
        }
    }
}

/// The best day so far, in the sense of the goal.
pub(super) fn better(
    best: Option<(Date, Rational)>,
    day: Date,
    value: &Value,
    higher: bool,
) -> Option<(Date, Rational)> {
    let Value::Defined(value) = value else { return best };
    match best {
        Some((_, held)) if (higher && *value > held) || (!higher && *value < held) => {
            Some((day, value.clone()))
        }
        None => Some((day, value.clone())),
        held => held,
    }
}

/// The pace of a flow at the end of a day.
pub(super) fn flow(
    goal: &Resolved,
    limit: &Value,
    actual: &Value,
    elapsed_days: u32,
    remaining_days: u32,
    best_day: Option<(Date, Rational)>,
) -> FlowPace {
    let days = Rational::from(elapsed_days + remaining_days);
    let (elapsed, remaining) = (Rational::from(elapsed_days), Rational::from(remaining_days));
    let per = |value: Value, days: &Rational| value.quotient(&Value::Defined(days.clone()));
    let expected = per(limit.as_ref().map(|t| t * &elapsed), &days);
    let expected_goal = match goal.higher_is_better() {
        true => Resolved { low: Some(expected.clone()), high: None, baseline: None },
        false => Resolved { low: None, high: Some(expected.clone()), baseline: None },
    };
    let mode = match goal.higher_is_better() {
        true => super::Attainment::Ratio,
        false => super::Attainment::LowerLinear,
    };
    let required_per_day = match remaining_days {
        0 => Value::Undefined(Reason::NoBase),
        _ => per(limit.as_ref().zip(actual.as_ref(), |t, a| t - a), &remaining),
    };
    let beyond_best = match (&required_per_day, &best_day) {
        (Value::Defined(required), Some((_, best))) => match goal.higher_is_better() {
            true => required > best,
            false => required < best,
        },
        _ => false,
    };
    FlowPace {
        elapsed_days,
        remaining_days,
        gap: expected_goal.gap(actual),
        attainment: expected_goal.attainment(actual, mode, None),
        expected,
        required_per_day,
        projection: per(actual.as_ref().map(|a| a * &days), &elapsed),
        best_day,
        beyond_best,
    }
}

/// The pace of a ratio at the end of a day.
pub(super) fn ratio(
    goal: &Resolved,
    limit: &Value,
    numerator: Value,
    denominator: Value,
    expected_volume: Value,
    days_remain: bool,
    bounds: &Bounds,
) -> RatioPace {
    let parts = numerator
        .as_ref()
        .zip(denominator.as_ref(), |n, d| (n, d))
        .zip(expected_volume.as_ref(), |(n, d), volume| (n, d, volume))
        .zip(limit.as_ref(), |(n, d, volume), t| (n, d, volume, t));
    let remaining = parts.map(|(n, d, volume, t)| {
        if !days_remain || volume <= d {
            return Remaining::Decided;
        }
        let missing = t * volume - n;
        let Ok(required) = missing.checked_div(&(volume - d)) else {
            return Remaining::Decided;
        };
        let above = |bound: &Option<Rational>| bound.as_ref().is_some_and(|high| required > *high);
        let at_or_above =
            |bound: &Option<Rational>| bound.as_ref().is_some_and(|high| required >= *high);
        let below = |bound: &Option<Rational>| bound.as_ref().is_some_and(|low| required < *low);
        let at_or_below =
            |bound: &Option<Rational>| bound.as_ref().is_some_and(|low| required <= *low);
        let (secured, unreachable) = match goal.higher_is_better() {
            true => (at_or_below(&bounds.low), above(&bounds.high)),
            false => (at_or_above(&bounds.high), below(&bounds.low)),
        };
        match (secured, unreachable) {
            (true, _) => Remaining::Secured(required),
            (_, true) => Remaining::Unreachable(required),
            _ => Remaining::Required(required),
        }
    });
    RatioPace { numerator, denominator, expected_volume, remaining }
}
