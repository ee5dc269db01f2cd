//! The pace of a budget: neither faster nor slower than planned.

use super::time::{Required, Time};
use crate::calendar::Date;
use crate::number::{Rational, Value};
use crate::target::attainment::over_positive;

/// The pace of a flow that is to come out between two limits, with actual `a`; all but attainment,
/// share and days is in the metric's unit. Over and under are kept apart. Undefined where a limit or the
/// actual value is; what goes by weights is [`NoBase`](crate::Reason::NoBase) where those of the period
/// are not above zero in all.
///
/// The limits are those of a range, times the share. For a goal of at most `t` that is declared a budget, they are off
/// what was expected by its tolerance, `t * share * (1 - tolerance)` and `t * share * (1 + tolerance)`;
/// A share below zero turns the two round.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BudgetPace {
    /// Days up to and including the day of the assessment.
    pub elapsed_days: u32,
    /// Days after it.
    pub remaining_days: u32,
    /// The weight of the days so far over the weight of all.
    pub share: Value,
    /// The lower limit times the share, or that of a budget.
    pub expected_low: Value,
    /// The upper limit times the share, or that of a budget.
    pub expected_high: Value,
    /// How much more than the upper: `a - expected high`, and zero where that is below zero.
    pub over: Value,
    /// How much less than the lower: `expected low - a`, and zero where that is below zero.
    pub under: Value,
    /// `a / (t * share)`, with the upper end for `t` of a range: 1 is as planned, more is faster.
    /// [`NoBase`](crate::Reason::NoBase) where what was planned by now is zero or less.
    pub attainment: Value,
    /// `t - a`, with the upper end for `t` of a range.
    pub left: Value,
    /// `(t - a) / days after this one`: what each may take. [`NoBase`](crate::Reason::NoBase) where
    /// none is left.
    pub left_per_day: Value,
    /// `(t - a) / weight of the days after this one`; [`NoBase`](crate::Reason::NoBase) where that is
    /// not above zero.
    pub left_per_weight: Value,
    /// The same for the next day: times its weight.
    pub left_next_day: Value,
    /// `a / share`: the whole, if it goes on as so far; at the end of the last day `a`. As long as no
    /// weight has passed as [`FlowPace::projection`](super::FlowPace::projection).
    pub projection: Value,
    /// The first day from this one on at whose end `t` is used up, if it goes on as so far; with the
    /// rules of [`FlowPace::reached_on`](super::FlowPace::reached_on).
    pub reached_on: Option<Date>,
}

impl BudgetPace {
    /// For a range.
    pub(in crate::target) fn of_range(
        low: &Value,
        high: &Value,
        actual: &Value,
        time: &Time<'_>,
    ) -> Self {
        let (expected_low, expected_high) = (time.part(low), time.part(high));
        let attainment = over_positive(actual, &expected_high);
        // A share below zero turns them round.
        let (expected_low, expected_high) = match time.share() {
            Value::Defined(share) if share.is_negative() => (expected_high, expected_low),
            _ => (expected_low, expected_high),
        };
        Self::new(high, expected_low, expected_high, attainment, actual, time)
    }

    /// For a budget that may be off what was expected by a tolerance.
    pub(in crate::target) fn of_limit(
        limit: &Value,
        tolerance: &Rational,
        actual: &Value,
        time: &Time<'_>,
    ) -> Self {
        let expected = time.part(limit);
        let off = expected.as_ref().map(|e| e.abs() * tolerance);
        let low = expected.minus(&off);
        let high = expected.plus(&off);
        Self::new(limit, low, high, over_positive(actual, &expected), actual, time)
    }

    fn new(
        limit: &Value,
        expected_low: Value,
        expected_high: Value,
        attainment: Value,
        actual: &Value,
        time: &Time<'_>,
    ) -> Self {
        let beyond = |a: &Value, b: &Value| a.minus(b).map(|more| more.max(Rational::ZERO));
        let left = limit.minus(actual);
        let Required { per_weight, per_day, next_day } = time.required(&left);
        Self {
            elapsed_days: time.elapsed_days,
            remaining_days: time.remaining_days,
            share: time.share(),
            over: beyond(actual, &expected_high),
            under: beyond(&expected_low, actual),
            attainment,
            left_per_day: per_day,
            left_per_weight: per_weight,
            left_next_day: next_day,
            projection: time.whole(actual),
            reached_on: time.reached_on(limit, actual, &left),
            left,
            expected_low,
            expected_high,
        }
    }
}
