//! The pace of a level: a pipeline, a balance, recurring revenue.

use super::time::{Required, Time};
use crate::calendar::Date;
use crate::number::Value;
use crate::target::attainment::no_base;

/// The pace of a stock, with limit `t`, actual `a` and the level `b` that it starts from; all but
/// attainment, share and days is in the metric's unit. Undefined where one of them that it takes is;
/// what goes by weights is [`NoBase`](crate::Reason::NoBase) where those of the period are not above zero in all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StockPace {
    /// Days up to and including the day of the assessment.
    pub elapsed_days: u32,
    /// Days after it.
    pub remaining_days: u32,
    /// The weight of the days so far over the weight of all.
    pub share: Value,
    /// `b`: the baseline of the goal, or else the level on the day before the period.
    pub from: Value,
    /// `b + (t - b) * share`; at the end of the last day `t`.
    pub expected: Value,
    /// `a - expected`, or `expected - a` where lower is better: below zero is behind.
    pub gap: Value,
    /// `(a - b) / (expected - b)`: how much of the way that was to be made by now.
    /// [`NoBase`](crate::Reason::NoBase) where there was none to be made.
    pub attainment: Value,
    /// `(t - a) / days after this one`: by how much the level has to change each day.
    /// [`NoBase`](crate::Reason::NoBase) where no day is left.
    pub required_per_day: Value,
    /// `(t - a) / weight of the days after this one`; [`NoBase`](crate::Reason::NoBase) where that is not above zero.
    pub required_per_weight: Value,
    /// The same for the next day: times its weight.
    pub required_next_day: Value,
    /// `b + (a - b) / share`: the level at the end, if it goes on as so far; on the last day `a`.
    /// [`NoBase`](crate::Reason::NoBase) or [`Unbounded`](crate::Reason::Unbounded) as long as no weight has passed.
    pub projection: Value,
    /// The first day from this one on at whose end the limit is reached, if it goes on as so far:
    /// where `t` is `b` or above it, the first at or above the limit, else the first at or below it.
    /// None where that is after the period; and for a day to come where a day of the period weighs
    /// less than nothing, or no weight above zero has passed.
    pub reached_on: Option<Date>,
}

impl StockPace {
    pub(in crate::target) fn new(
        limit: &Value,
        actual: &Value,
        from: &Value,
        higher: bool,
        time: &Time<'_>,
    ) -> Self {
        let (way, done) = (limit.minus(from), actual.minus(from));
        let due = time.part(&way);
        let expected = from.plus(&due);
        let missing = limit.minus(actual);
        let Required { per_weight, per_day, next_day } = time.required(&missing);
        Self {
            elapsed_days: time.elapsed_days,
            remaining_days: time.remaining_days,
            share: time.share(),
            gap: match higher {
                true => actual.minus(&expected),
                false => expected.minus(actual),
            },
            attainment: match &due {
                Value::Defined(due) if due.is_zero() => no_base(&done),
                _ => done.quotient(&due),
            },
            required_per_day: per_day,
            required_per_weight: per_weight,
            required_next_day: next_day,
            projection: from.plus(&time.whole(&done)),
            reached_on: time.reached_on(&way, &done, &missing),
            from: from.clone(),
            expected,
        }
    }
}
