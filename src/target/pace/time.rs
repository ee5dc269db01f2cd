//! How much of a period has passed at the end of a day.

use crate::calendar::{Date, Period};
use crate::number::{Rational, Reason, Value};
use crate::target::weights::Elapsed;

/// The end of a day of a period.
pub(in crate::target) struct Time<'a> {
    period: Period,
    weights: &'a Elapsed,
    /// Days up to and including this one, at least one.
    pub(super) elapsed_days: u32,
    /// Days after it.
    pub(in crate::target) remaining_days: u32,
    /// The weight of the days so far.
    pub(super) elapsed: Value,
    /// The weight of all days, where it is above zero.
    pub(super) total: Value,
}

impl<'a> Time<'a> {
    pub(in crate::target) fn new(period: Period, weights: &'a Elapsed, elapsed_days: u32) -> Self {
        Self {
            period,
            weights,
            elapsed_days,
            remaining_days: period.days() - elapsed_days,
            elapsed: weights.of_first(elapsed_days),
            total: weights.total(),
        }
    }

    pub(in crate::target) fn remain(&self) -> bool {
        self.remaining_days > 0
    }

    /// The weight of the days so far over that of all.
    pub(super) fn share(&self) -> Value {
        self.elapsed.quotient(&self.total)
    }

    /// `whole * share`.
    pub(super) fn part(&self, whole: &Value) -> Value {
        whole.as_ref().zip(self.elapsed.as_ref(), |w, e| w * e).quotient(&self.total)
    }

    /// `part / share`: the whole, if it goes on as so far.
    pub(in crate::target) fn whole(&self, part: &Value) -> Value {
        // In this order an undefined share tells its own reason.
        let scaled = part.as_ref().zip(self.total.as_ref(), |p, total| p * total);
        scaled.quotient(&self.elapsed)
    }

    /// What is missing for each unit of the weight that remains, for each day that remains, and for
    /// the next day.
    pub(super) fn required(&self, missing: Value) -> Required {
        if !self.remain() {
            let none = || {
                missing.as_ref().zip(Value::<()>::Undefined(Reason::NoBase), |_, ()| Rational::ZERO)
            };
            return Required { per_weight: none(), per_day: none(), next_day: none() };
        }
        let per_day = missing.quotient(&Value::Defined(self.remaining_days.into()));
        if self.weights.counts_days() {
            return Required { per_weight: per_day.clone(), next_day: per_day.clone(), per_day };
        }
        let remaining = self.total.as_ref().zip(self.elapsed.as_ref(), |total, e| total - e);
        let remaining = match remaining {
            Value::Defined(remaining) if !remaining.is_positive() => {
                Value::Undefined(Reason::NoBase)
            }
            other => other,
        };
        let per_weight = missing.quotient(&remaining);
        let next = self.weights.of_first(self.elapsed_days + 1);
        let next = next.as_ref().zip(self.elapsed.as_ref(), |next, e| next - e);
        let next_day = per_weight.as_ref().zip(next.as_ref(), |per, weight| per * weight);
        Required { per_weight, per_day, next_day }
    }

    /// The first day from this one on at whose end `way` is covered, where `done` of it is covered so
    /// far and it goes on like that; none where that is not within the period.
    pub(super) fn reached_on(&self, way: &Value, done: &Value) -> Option<Date> {
        let (Value::Defined(way), Value::Defined(done)) = (way, done) else { return None };
        // Both the other way round where it leads down.
        let days = match (way.is_negative(), done.is_negative()) {
            (false, false) if done >= way => self.elapsed_days,
            (true, true) if done <= way => self.elapsed_days,
            (false, false) | (true, true) if !done.is_zero() => {
                let Value::Defined(elapsed) = &self.elapsed else { return None };
                // Without a weight so far there is no rate to go on at.
                if !elapsed.is_positive() {
                    return None;
                }
                let weight = (way * elapsed).checked_div(done).ok()?;
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
