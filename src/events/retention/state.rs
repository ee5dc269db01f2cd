//! States of retention, which add up.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::clock::{AnyClock, Periods};
use super::matrix::RetentionMatrix;
use super::query::{Kind, Retention};
use super::tally::{Counted, Key, Tally, check_cells};
use crate::error::{Error, ErrorKind};
use crate::events::Events;
use crate::funnel::TimeUnit;
use crate::number::Rational;

/// The most rows that states together have, so that no count overflows.
const MOST_ROWS: u64 = u64::MAX >> 1;

/// What is known of retention from some entities; with that from others it adds up.
///
/// All events of an entity go into one state. Merged in any order and grouping, states give the
/// matrix of all events together, bit for bit. A state holds a few numbers for each cohort and
/// interval, and nothing for each entity.
///
/// ```
/// use yardstick::events::{Events, Retention};
///
/// let retention = Retention::builder().intervals(2).build()?;
/// let (first, second) = ([0, 86_400], [5, 9]);
/// let mut state = retention.state(&Events::sorted(&[1_u32, 1], &first, &[1_u8, 1])?)?;
/// state.merge(&retention.state(&Events::sorted(&[2_u32, 3], &second, &[1_u8, 1])?)?)?;
/// let matrix = state.finish();
/// let cohort = &matrix.cohorts()[0];
/// assert_eq!((cohort.count(0), cohort.count(1)), (Some(3), Some(1)));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionState {
    pub(super) query: Retention,
    pub(super) unit: TimeUnit,
    pub(super) observed_until: Option<i64>,
    pub(super) rows: u64,
    pub(super) never: u64,
    pub(super) cohorts: BTreeMap<Key, Sums>,
}

/// As [`Counted`], with amounts of any scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) size: u64,
    pub(super) latest: i64,
    pub(super) counts: Vec<u64>,
    pub(super) amounts: Vec<Rational>,
}

impl Sums {
    fn add(&mut self, other: &Self) {
        self.size += other.size;
        self.latest = self.latest.max(other.latest);
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        for (amount, more) in self.amounts.iter_mut().zip(&other.amounts) {
            *amount = &*amount + more;
        }
    }
}

impl Retention {
    /// The matrix of events.
    ///
    /// Sorted events take one pass, and nothing for each entity where there are at most 63 intervals
    /// and no amounts.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Missing`] where events have no segments or values and the query asks for them,
    /// [`ErrorKind::Inexact`] for a length that is no whole number of the events' unit,
    /// [`ErrorKind::Date`] for the first event outside the years 1 to 9999 where something goes by the
    /// calendar, and [`ErrorKind::Capacity`] beyond 2^26 cells.
    pub fn compute(&self, events: &Events<'_>) -> Result<RetentionMatrix, Error> {
        Ok(self.state(events)?.finish())
    }

    /// The state of events, to be merged with that of other entities.
    ///
    /// # Errors
    ///
    /// As [`compute`](Self::compute).
    pub fn state(&self, events: &Events<'_>) -> Result<RetentionState, Error> {
        let clock = AnyClock::new(self.interval, self.calendar, self.offset_minutes, events.unit)?;
        let periods = self.periods(events.unit)?;
        // Both have the same, where they have any.
        if let Some((first, last)) = clock.bounds().or(periods.bounds()) {
            let span = last.wrapping_sub(first) as u64;
            let outside = |time: &i64| time.wrapping_sub(first) as u64 > span;
            if let Some(row) = events.times.iter().position(outside) {
                let time = events.times[row];
                let message = format!(
                    "an event at {time}, outside the years 1 to 9999; take lengths in place of the calendar, or leave it out"
                );
                return Err(Error::new(ErrorKind::Date, message).at_row(row).at_column("time"));
            }
        }
        let mut tally = Tally::new(self, events, periods)?;
        tally.run(clock)?;
        let never = tally.never;
        let (scale, counted) = tally.finish();
        let sums = |counted: Counted| Sums {
            size: counted.size,
            latest: counted.latest,
            counts: counted.counts,
            amounts: counted.sums.into_iter().map(|sum| sum.at_scale(scale)).collect(),
        };
        Ok(RetentionState {
            query: self.clone(),
            unit: events.unit,
            observed_until: events.observed_until,
            rows: events.len() as u64,
            never,
            cohorts: counted.map(|(key, counted)| (key, sums(counted))).collect(),
        })
    }

    pub(super) fn periods(&self, unit: TimeUnit) -> Result<Periods, Error> {
        Periods::new(self.cohorts, self.calendar, self.offset_minutes, unit)
    }
}

impl RetentionState {
    /// Adds what is known of other entities. Where it is refused, nothing is added.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] for a state of another query, of times in another unit or observed until
    /// another time; [`ErrorKind::Capacity`] beyond 2^26 cells or 2^63 events.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let differ = |what: &str| {
            let message = format!("states of {what} do not add up; make both the same way");
            Err(Error::new(ErrorKind::Shape, message))
        };
        if self.query != other.query {
            return differ("different queries");
        }
        if self.unit != other.unit {
            return differ("times in different units");
        }
        if self.observed_until != other.observed_until {
            return differ("events observed until different times");
        }
        let new = other.cohorts.keys().filter(|key| !self.cohorts.contains_key(key)).count();
        check_cells(&self.query, self.cohorts.len() + new)?;
        let rows = self.rows.checked_add(other.rows).filter(|rows| *rows <= MOST_ROWS);
        let Some(rows) = rows else {
            let message = format!("more than {MOST_ROWS} events in all; merge fewer states");
            return Err(Error::new(ErrorKind::Capacity, message));
        };
        self.rows = rows;
        self.never += other.never;
        for (key, sums) in &other.cohorts {
            match self.cohorts.entry(*key) {
                Entry::Occupied(mut own) => own.get_mut().add(sums),
                Entry::Vacant(vacant) => _ = vacant.insert(sums.clone()),
            }
        }
        Ok(())
    }

    /// The matrix of what was merged.
    #[must_use]
    pub fn finish(&self) -> RetentionMatrix {
        RetentionMatrix::of(self)
    }
}

impl Sums {
    /// The count of each column.
    pub(super) fn counts(&self, kind: &Kind, width: usize) -> Vec<u64> {
        match kind {
            Kind::On | Kind::Brackets(_) => self.counts[..width].to_vec(),
            Kind::OnOrAfter => onward(&self.counts, width, |a, b| a + b),
            // Who came in more than k intervals from 0 on came in interval k.
            Kind::Streak => onward(&self.counts[1..], width, |a, b| a + b),
        }
    }

    /// The amount of each column.
    pub(super) fn amounts(&self, kind: &Kind, width: usize) -> Vec<Rational> {
        match kind {
            Kind::On | Kind::Brackets(_) | Kind::Streak => self.amounts[..width].to_vec(),
            Kind::OnOrAfter => onward(&self.amounts, width, |a, b| a + b),
        }
    }
}

/// The sums from each place to the end, of the first `width` places.
fn onward<T: Clone>(cells: &[T], width: usize, plus: impl Fn(&T, &T) -> T) -> Vec<T> {
    let mut sums: Vec<T> = Vec::with_capacity(cells.len());
    for cell in cells.iter().rev() {
        let sum = sums.last().map_or_else(|| cell.clone(), |sum| plus(sum, cell));
        sums.push(sum);
    }
    sums.reverse();
    sums.truncate(width);
    sums
}
