//! The retention matrix.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::clock::{AnyClock, Periods};
use super::query::{Interval, Retention};
use super::state::{RetentionState, Sums};
use super::tally::Key;
use crate::calendar::Period;
use crate::number::{Rational, Reason, Value};

/// Entities that started together, and who of them came back.
///
/// Columns count from 0. A column that is not mature, or that is not there, is none, and as a value
/// [`Reason::Missing`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    period: Option<Period>,
    number: Option<i64>,
    segment: Option<u32>,
    size: u64,
    counts: Vec<Option<u64>>,
    amounts: Vec<Option<Rational>>,
}

/// Cohorts in rows, intervals in columns.
///
/// See [`Retention`] for how it comes about. All values are exact. Cohorts without an entity are not
/// there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionMatrix {
    columns: Vec<RangeInclusive<u32>>,
    never_started: u64,
    cohorts: Vec<Cohort>,
}

impl Cohort {
    fn of(
        query: &Retention,
        clock: AnyClock,
        periods: &Periods,
        cohort: (&Key, &Sums),
        until: Option<i64>,
    ) -> Self {
        let (key, sums) = cohort;
        let over = until.map_or(u64::MAX, |last| clock.over(sums.latest, last));
        let width = query.width();
        let counts = sums.counts(&query.kind, width).into_iter().enumerate();
        let amounts = match query.amounts {
            true => sums.amounts(&query.kind, width),
            false => Vec::new(),
        };
        let amounts = amounts.into_iter().enumerate();
        let date = periods.date(sums.latest);
        let bucket = match query.cohorts {
            Some(Interval::By(grain)) => date.map(|date| query.calendar.bucket(date, grain)),
            _ => None,
        };
        Self {
            period: bucket,
            number: matches!(query.cohorts, Some(Interval::Every(_))).then_some(key.period),
            segment: query.segments.then_some(key.segment),
            size: sums.size,
            counts: counts
                .map(|(column, count)| (query.needs(column) <= over).then_some(count))
                .collect(),
            amounts: amounts
                .map(|(column, sum)| (query.needs_for_amount(column) <= over).then_some(sum))
                .collect(),
        }
    }

    /// The days in which its starts lie, where cohorts go by the calendar.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        self.period
    }

    /// The number n of its period, where they go by a length: from n times the length on, to before
    /// n + 1 times.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        self.number
    }

    /// Its segment, where they go by segments.
    #[must_use]
    pub fn segment(&self) -> Option<u32> {
        self.segment
    }

    /// How many entities it has, at least 1.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// How many entities came back.
    #[must_use]
    pub fn count(&self, column: usize) -> Option<u64> {
        self.counts.get(column).copied().flatten()
    }

    /// The share of entities that came back, count / size.
    #[must_use]
    pub fn rate(&self, column: usize) -> Value {
        match self.count(column) {
            Some(count) => Value::share(count, self.size),
            None => Value::Undefined(Reason::Missing),
        }
    }

    /// The sum of the values of the returns; none too where the query does not ask for it.
    #[must_use]
    pub fn amount(&self, column: usize) -> Option<&Rational> {
        self.amounts.get(column)?.as_ref()
    }

    /// Amount / size.
    #[must_use]
    pub fn amount_per_entity(&self, column: usize) -> Value {
        match self.amount(column) {
            Some(amount) => Value::Defined(amount.clone()).quotient(&self.whole()),
            None => Value::Undefined(Reason::Missing),
        }
    }

    fn whole(&self) -> Value {
        Value::Defined(self.size.into())
    }
}

impl RetentionMatrix {
    pub(super) fn of(state: &RetentionState) -> Self {
        let query = &state.query;
        // The state was made with both, so that neither is refused.
        let clock = AnyClock::new(query.interval, query.calendar, query.offset_minutes, state.unit);
        let cohorts = match (clock, query.periods(state.unit)) {
            (Ok(clock), Ok(periods)) => state
                .cohorts
                .iter()
                .map(|cohort| Cohort::of(query, clock, &periods, cohort, state.observed_until))
                .collect(),
            _ => Vec::new(),
        };
        Self { columns: query.columns(), never_started: state.never, cohorts }
    }

    /// The intervals of each column, from the first to the last: one, but for brackets.
    #[must_use]
    pub fn columns(&self) -> &[RangeInclusive<u32>] {
        &self.columns
    }

    /// The cohorts by period, and within each by segment.
    #[must_use]
    pub fn cohorts(&self) -> &[Cohort] {
        &self.cohorts
    }

    /// How many entities have events, but none with the start bit. They are in no cohort.
    #[must_use]
    pub fn never_started(&self) -> u64 {
        self.never_started
    }

    /// The rate of all entities whose cell is mature: the sum of their counts over the sum of their
    /// sizes. [`Reason::Missing`] where no cell is.
    ///
    /// ```
    /// use yardstick::events::{Events, Retention};
    /// use yardstick::{Rational, Value};
    ///
    /// // Segment 0: one entity, that comes back. Segment 1: three, of which none does.
    /// let events = Events::sorted(&[1_u32, 1, 2, 3, 4], &[0, 86_400, 0, 0, 0], &[1_u8; 5])?
    ///     .segments(&[0, 0, 1, 1, 1], 2)?;
    /// let matrix = Retention::builder().intervals(2).by_segment().build()?.compute(&events)?;
    /// assert_eq!(matrix.weighted_rate(1), Value::Defined(Rational::new(1, 4)?));
    /// assert_eq!(matrix.mean_rate(1), Value::Defined(Rational::new(1, 2)?));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn weighted_rate(&self, column: usize) -> Value {
        weighted(self.counts(column))
    }

    /// The mean of the rates of the cohorts whose cell is mature, each of the same weight however large
    /// it is. [`Reason::Missing`] where no cell is.
    #[must_use]
    pub fn mean_rate(&self, column: usize) -> Value {
        mean(self.counts(column))
    }

    /// The amount per entity of all entities whose cell is mature; as
    /// [`weighted_rate`](Self::weighted_rate).
    #[must_use]
    pub fn weighted_amount(&self, column: usize) -> Value {
        weighted(self.amounts(column))
    }

    /// The mean of the amounts per entity; as [`mean_rate`](Self::mean_rate).
    #[must_use]
    pub fn mean_amount(&self, column: usize) -> Value {
        mean(self.amounts(column))
    }

    fn counts(&self, column: usize) -> impl Iterator<Item = (Rational, u64)> {
        self.cohorts
            .iter()
            .filter_map(move |cohort| Some((cohort.count(column)?.into(), cohort.size)))
    }

    fn amounts(&self, column: usize) -> impl Iterator<Item = (Rational, u64)> {
        self.cohorts
            .iter()
            .filter_map(move |cohort| Some((cohort.amount(column)?.clone(), cohort.size)))
    }
}

fn weighted(cells: impl Iterator<Item = (Rational, u64)>) -> Value {
    let add = |(part, whole): (Rational, u128), (cell, size): (Rational, u64)| {
        (part + cell, whole + u128::from(size))
    };
    let (part, whole) = cells.fold((Rational::ZERO, 0), add);
    over(part, whole)
}

fn mean(cells: impl Iterator<Item = (Rational, u64)>) -> Value {
    // Those of one size first, so that few fractions differ in their denominators.
    let mut parts: BTreeMap<u64, Rational> = BTreeMap::new();
    let mut many = 0_u128;
    for (cell, size) in cells {
        let part = parts.entry(size).or_insert(Rational::ZERO);
        *part = &*part + cell;
        many += 1;
    }
    let rates = parts.into_iter().map(|(size, part)| over(part, size.into()));
    let sum = rates.filter_map(Value::defined).fold(Rational::ZERO, |sum, rate| sum + rate);
    over(sum, many)
}

fn over(part: Rational, whole: u128) -> Value {
    match whole {
        0 => Value::Undefined(Reason::Missing),
        _ => Value::Defined(part).quotient(&Value::Defined(whole.into())),
    }
}
