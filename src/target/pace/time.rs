//! How much of a period has passed at the end of a day.

use std::num::NonZero;

use crate::calendar::{Date, Period};
use crate::number::{Rational, Reason, Sense, Value};
use crate::target::attainment::no_base;
use crate::target::weights::{Elapsed, Passed};

/// The end of a day of a period.
pub(in crate::target) struct Time<'a> {
    period: Period,
    weights: &'a Elapsed,
    /// Days up to and including this one, at least one.
    pub(super) elapsed_days: u32,
    /// Days after it.
    pub(in crate::target) remaining_days: u32,
    /// The weight of the days so far, and of all.
    passed: Passed,
}

impl<'a> Time<'a> {
    pub(in crate::target) fn new(period: Period, weights: &'a Elapsed, elapsed_days: u32) -> Self {
        Self {
            period,
            weights,
            elapsed_days,
            remaining_days: period.days() - elapsed_days,
            passed: weights.passed(elapsed_days),
        }
    }

    pub(in crate::target) fn remain(&self) -> bool {
        self.remaining_days > 0
    }

    /// The weight of the days so far over that of all.
    pub(super) fn share(&self) -> Value {
        self.part(&Value::Defined(Rational::ONE))
    }

    /// `whole * share`.
    pub(super) fn part(&self, whole: &Value) -> Value {
        match &self.passed {
            Passed::Whole(passed, total) => match NonZero::new(*total) {
                Some(total) => whole.scaled(*passed, total),
                None => no_base(whole),
            },
            Passed::Exact(passed, total) => whole.times(passed).quotient(total),
        }
    }

    /// `part / share`: the whole, if it goes on as so far.
    pub(in crate::target) fn whole(&self, part: &Value) -> Value {
        match &self.passed {
            Passed::Whole(_, 0) => no_base(part),
            Passed::Whole(passed, total) => match (NonZero::new(*passed), part) {
                (Some(passed), part) => part.scaled(*total, passed),
                (None, Value::Defined(part)) if !part.is_zero() => {
                    Value::Undefined(Reason::Unbounded(Sense::Neutral))
                }
                (None, part) => no_base(part),
            },
            Passed::Exact(passed, total) => part.times(total).quotient(passed),
        }
    }

    /// What is missing for each unit of the weight that remains, for each day that remains, and for
    /// the next day.
    #[inline]
    pub(super) fn required(&self, missing: &Value) -> Required {
        let Some(days) = NonZero::new(self.remaining_days) else {
            let none = || no_base(missing);
            return Required { per_weight: none(), per_day: none(), next_day: none() };
        };
        let per_day = missing.scaled(1, days);
        if self.weights.counts_days() {
            return Required { per_weight: per_day.clone(), next_day: per_day.clone(), per_day };
        }
        let (per_weight, next_day) =
            match (&self.passed, self.weights.passed(self.elapsed_days + 1)) {
                (Passed::Whole(passed, total), Passed::Whole(next, _)) => {
                    match NonZero::new(total - passed) {
                        Some(left) => {
                            (missing.scaled(1, left), missing.scaled(next - passed, left))
                        }
                        None => (no_base(missing), no_base(missing)),
                    }
                }
                (Passed::Exact(passed, total), Passed::Exact(next, _)) => {
                    let left = match total.minus(passed) {
                        Value::Defined(left) if !left.is_positive() => {
                            Value::Undefined(Reason::NoBase)
                        }
                        left => left,
                    };
                    let per_weight = missing.quotient(&left);
                    let weight = next.minus(passed);
                    let next_day = per_weight.times(&weight);
                    (per_weight, next_day)
                }
                _ => (no_base(missing), no_base(missing)),
            };
        Required { per_weight, per_day, next_day }
    }

    /// The first day from this one on at whose end `way` is covered, where `done` of it is covered so
    /// far and it goes on like that; none where that is not within the period. `missing` is the way
    /// that is left.
    #[inline]
    pub(super) fn reached_on(&self, way: &Value, done: &Value, missing: &Value) -> Option<Date> {
        let (Value::Defined(way), Value::Defined(done), Value::Defined(missing)) =
            (way, done, missing)
        else {
            return None;
        };
        // Both the other way round where it leads down.
        let days = match (way.is_negative(), done.is_negative()) {
            (false, false) if !missing.is_positive() => self.elapsed_days,
            (true, true) if !missing.is_negative() => self.elapsed_days,
            (false, false) | (true, true) if !done.is_zero() => {
                let way = match &self.passed {
                    Passed::Whole(passed, _) => way.scaled(*passed, NonZero::<u32>::MIN),
                    Passed::Exact(passed, _) => way * passed.as_ref().defined()?,
                };
                let weight = way.checked_div(done).ok()?;
                // Without a weight so far there is no rate to go on at.
                if !weight.is_positive() {
                    return None;
                }
                self.weights.days_to(&weight)?.max(self.elapsed_days)
            }
            _ => return None,
        };
        self.period.first().plus_days(days as i32 - 1).ok()
    }
}

/// What is missing, spread over what remains.
pub(super) struct Required {
    pub(super) per_weight: Value,
    pub(super) per_day: Value,
    pub(super) next_day: Value,
}
