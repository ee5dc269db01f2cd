//! The pace of a metric that adds up over days.

use super::best::BestDay;
use super::time::{Required, Time};
use crate::calendar::Date;
use crate::number::{Rational, Value};
use crate::target::attainment::over_positive;

/// The pace of a flow, with limit `t` and actual `a`; all but attainment, share and days is in the
/// metric's unit. Undefined where the limit or the actual value is; what goes by weights is
/// [`NoBase`](crate::Reason::NoBase) where those of the period are not above zero in all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FlowPace<'a> {
    /// Days up to and including the day of the assessment.
    pub elapsed_days: u32,
    /// Days after it.
    pub remaining_days: u32,
    /// The weight of the days so far over the weight of all.
    pub share: Value,
    /// `t * share`; at the end of the last day `t`.
    pub expected: Value,
    /// `a - expected`, or `expected - a` where lower is better: below zero is behind.
    pub gap: Value,
    /// `a / expected`; `2 - a / expected` where lower is better. [`NoBase`](crate::Reason::NoBase) where what is
    /// expected is zero or less: the gap still says ahead or behind.
    pub attainment: Value,
    /// `(t - a) / days after this one`; [`NoBase`](crate::Reason::NoBase) where none is left. Where lower is better
    /// it is what each may bring. Zero or less where the limit is reached already.
    pub required_per_day: Value,
    /// `(t - a) / weight of the days after this one`. If each day brings that times its weight, the
    /// whole comes out at the limit. [`NoBase`](crate::Reason::NoBase) where the weight left is not above zero.
    pub required_per_weight: Value,
    /// The same for the next day: times its weight.
    pub required_next_day: Value,
    /// `a / share`: the whole, if it goes on as so far; at the end of the last day `a`.
    /// [`NoBase`](crate::Reason::NoBase) or [`Unbounded`](crate::Reason::Unbounded) as long as no weight has passed.
    pub projection: Value,
    /// The first day from this one on at whose end the limit is reached, if it goes on as so far: the
    /// day on which the goal is met, or used up where lower is better. A limit of zero or more is
    /// reached at or above it, one below zero at or below it, whichever is better. None where that is
    /// after the period; and for a day to come where a day of the period weighs less than nothing, or
    /// no weight above zero has passed.
    pub reached_on: Option<Date>,
    /// The best day of the baseline period and of this one so far, for its weight. A day without a row
    /// counts as the measure says, so where lower is better a day on which nothing happened is a best
    /// one. A day whose weight is not above zero is none. Weights that only the target's own period
    /// has leave the baseline out.
    pub best_day: Option<&'a BestDay>,
    /// Whether more is required for each unit of weight than the best day brought (less, where lower
    /// is better). No where nothing is required, as at the end.
    pub beyond_best: bool,
}

impl<'a> FlowPace<'a> {
    /// `gap` is by how much `actual` is above the limit, below it where lower is better.
    #[inline(always)]
    pub(in crate::target) fn new(
        limit: &Value,
        (actual, gap): (&Value, &Value),
        higher: bool,
        time: &Time<'_>,
        best_day: Option<&'a BestDay>,
    ) -> Self {
        let expected = time.part(limit);
        let missing = match higher {
            true => gap.as_ref().map(|gap| -gap),
            false => gap.clone(),
        };
        let Required { per_weight, per_day, next_day } = time.required(&missing);
        let beyond = |best: &BestDay| match &per_weight {
            Value::Defined(required) => best.is_beaten_by(required, higher),
            Value::Undefined(_) => false,
        };
        Self {
            elapsed_days: time.elapsed_days,
            remaining_days: time.remaining_days,
            share: time.share(),
            gap: if higher { actual.minus(&expected) } else { expected.minus(actual) },
            attainment: over_positive(actual, &expected).map(|ratio| match higher {
                true => ratio,
                false => Rational::from(2) - ratio,
            }),
            beyond_best: best_day.is_some_and(beyond),
            required_per_day: per_day,
            required_per_weight: per_weight,
            required_next_day: next_day,
            projection: time.whole(actual),
            reached_on: time.reached_on(limit, actual, &missing),
            best_day,
            expected,
        }
    }
}
