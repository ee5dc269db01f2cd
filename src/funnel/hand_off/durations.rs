//! How long leads took, or whatever else goes from one moment to another.

use super::time::TimeUnit;
use crate::number::{Column, Rational, Value};
use crate::statistics::Quantiles;

/// Durations of leads, or between the steps of an event funnel: none below zero, each in whole units of
/// time.
///
/// It has one answer for any order of leads. It holds all durations, in 64 bits each: eight bytes for
/// each. All values are in [`unit`](Durations::unit), and exact.
///
/// ```
/// use yardstick::funnel::{HandOff, Leads, Outcome, TimeUnit};
/// use yardstick::statistics::QuantileType;
/// use yardstick::{Column, Rational};
///
/// let leads = Leads::new(TimeUnit::Hour, Column::integers(&[0, 0, 10]), &[Outcome::Accepted; 3])
///     .responded(Column::integers(&[1, 2, 19]));
/// let hand_off = HandOff::of(&leads, 20)?;
/// let response = hand_off.total().response_times(); // 1, 2 and 9 hours
/// assert_eq!(response.mean(), Rational::from(4).into());
/// assert_eq!(response.max(), Rational::from(9).into());
/// let median = response.quantiles().quantile(&Rational::new(1, 2)?, QuantileType::Linear)?;
/// assert_eq!(median, Rational::from(2).into());
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Durations {
    unit: TimeUnit,
    /// In ascending order, but while leads are being added.
    sorted: Vec<u64>,
}

impl Durations {
    pub(crate) fn none(unit: TimeUnit) -> Self {
        Self { unit, sorted: Vec::new() }
    }

    /// Adds one; [`sort`](Self::sort) has to follow the last.
    pub(crate) fn push(&mut self, duration: u64) {
        self.sorted.push(duration);
    }

    pub(crate) fn sort(&mut self) {
        self.sorted.sort_unstable();
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.sorted.extend_from_slice(&other.sorted);
        // The stable sort finds the two ascending runs, and merges them.
        self.sorted.sort();
    }

    /// From the shortest to the longest.
    pub(crate) fn sorted(&self) -> &[u64] {
        &self.sorted
    }

    /// What they are counted in.
    #[must_use]
    pub fn unit(&self) -> TimeUnit {
        self.unit
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.sorted.len() as u64
    }

    /// How many are at most this long; the limit may be in another unit.
    ///
    /// ```
    /// use yardstick::Column;
    /// use yardstick::funnel::{HandOff, Leads, Outcome, TimeUnit};
    ///
    /// let leads = Leads::new(TimeUnit::Minute, Column::integers(&[0, 0]), &[Outcome::Accepted; 2])
    ///     .responded(Column::integers(&[60, 61]));
    /// let hand_off = HandOff::of(&leads, 100)?;
    /// assert_eq!(hand_off.total().response_times().count_within(1, TimeUnit::Hour), 1);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn count_within(&self, limit: u64, unit: TimeUnit) -> u64 {
        let limit = u128::from(limit) * u128::from(unit.nanoseconds());
        let length = u128::from(self.unit.nanoseconds());
        self.sorted.partition_point(|duration| u128::from(*duration) * length <= limit) as u64
    }

    /// Their sum; 0 for none.
    #[must_use]
    pub fn total(&self) -> Rational {
        // Fewer than 2^64 numbers below 2^64.
        self.sorted.iter().map(|duration| u128::from(*duration)).sum::<u128>().into()
    }

    /// The arithmetic mean, `total / count`; [`Reason::NoBase`](crate::Reason::NoBase) for none.
    #[must_use]
    pub fn mean(&self) -> Value {
        Value::Defined(self.total()).quotient(&Rational::from(self.count()).into())
    }

    /// The shortest; [`Reason::NoBase`](crate::Reason::NoBase) for none.
    #[must_use]
    pub fn min(&self) -> Value {
        one(self.sorted.first())
    }

    /// The longest; [`Reason::NoBase`](crate::Reason::NoBase) for none.
    #[must_use]
    pub fn max(&self) -> Value {
        one(self.sorted.last())
    }

    /// The same durations as a state from which every quantile is read, of all nine types. Takes
    /// time by their count, so keep it where you read several.
    #[must_use]
    pub fn quantiles(&self) -> Quantiles {
        let values = self.sorted.iter().map(|duration| i128::from(*duration)).collect();
        // A column of integers without empty cells has nothing to refuse.
        Quantiles::of(&Column::owned(values, 0)).unwrap_or_default()
    }
}

fn one(duration: Option<&u64>) -> Value {
    match duration {
        Some(duration) => Value::Defined(Rational::from(*duration)),
        None => Value::share(0, 0),
    }
}
