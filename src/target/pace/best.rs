//! The best rate of a day that was seen.

use crate::calendar::Date;
use crate::number::{Rational, Value};

/// A day that brought more than any before it, or less where lower is better; the earliest of equals.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BestDay {
    /// The day.
    pub day: Date,
    /// What it brought: the metric on that day alone.
    pub value: Rational,
    /// For each unit of its weight; the same as the value where all days weigh the same, and for
    /// ratios.
    pub rate: Rational,
}

/// The best days in their order, each better than the one before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::target) struct Records(Vec<BestDay>);

/// How many of the records there were by the end of a day.
pub(in crate::target) type Record = u32;

impl Records {
    /// Looks at one more day. Without a value, or with a weight that is not above zero, it has no
    /// rate and is no record.
    pub(in crate::target) fn see(
        &mut self,
        day: Date,
        value: &Value,
        weight: &Rational,
        higher: bool,
    ) -> Record {
        let Value::Defined(value) = value else { return self.0.len() as Record };
        let is_better = || match self.0.last() {
            None => true,
            // `value / weight > rate`, without a division.
            Some(held) if higher => *value > &held.rate * weight,
            Some(held) => *value < &held.rate * weight,
        };
        if weight.is_positive() && is_better() {
            if let Ok(rate) = value.checked_div(weight) {
                self.0.push(BestDay { day, value: value.clone(), rate });
            }
        }
        self.0.len() as Record
    }

    /// The best of so many records.
    pub(in crate::target) fn best(&self, record: Record) -> Option<&BestDay> {
        self.0.get((record as usize).checked_sub(1)?)
    }
}

impl BestDay {
    /// Whether more than its rate is required, or less where lower is better.
    pub(super) fn is_beaten_by(&self, required: &Rational, higher: bool) -> bool {
        match higher {
            true => *required > self.rate,
            false => *required < self.rate,
        }
    }
}
