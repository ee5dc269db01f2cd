//! The table of facts.

use std::borrow::Cow;

use super::distinct::Supplied;
use super::measure::Schema;
use crate::calendar::{Date, Period};
use crate::error::Error;
use crate::number::Stored;

/// Measures by day and dimensions: one row for each day and combination of dimension values.
///
/// Days without a row, and empty cells, mean what each measure says they mean. Rows may come in any
/// order. Numbers are borrowed where they come as integers.
///
/// ```
/// use yardstick::{Column, Date, Facts, Measure, Schema};
///
/// let schema = Schema::new(
///     ["country"],
///     [Measure::flow("revenue", "EUR".parse()?), Measure::flow("orders", "order".parse()?)],
/// )?;
/// let facts = Facts::builder(&schema)
///     .dates(&[Date::new(2011, 12, 1)?, Date::new(2011, 12, 1)?, Date::new(2011, 12, 2)?])
///     .dimension("country", &["DE", "FR", "DE"])
///     .measure("revenue", Column::scaled(&[1_999, 500, 2_050], 2))
///     .measure("orders", Column::integers(&[1, 1, 2]))
///     .build()?;
/// assert_eq!(facts.rows(), 3);
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    pub(super) schema: Schema,
    /// Day numbers, one a row.
    pub(super) days: Cow<'a, [i32]>,
    /// Which leaf each row belongs to.
    pub(super) leaf: Vec<u32>,
    /// The codes of each leaf, one for each dimension.
    pub(super) leaves: Leaves,
    /// The texts behind the codes of each dimension.
    pub(super) dictionaries: Vec<Vec<String>>,
    /// One for each measure of the schema; none for a distinct one that only tables of their own have.
    pub(super) columns: Vec<Option<Stored<'a>>>,
    pub(super) supplied: Vec<Supplied<'a>>,
    /// Rows by leaf and day, where a measure needs series; else empty.
    pub(super) series: Series,
    pub(super) period: Period,
}

/// The combinations of dimension values that occur.
#[derive(Debug, Clone, Default)]
pub(super) struct Leaves {
    pub(super) codes: Vec<u32>,
    pub(super) dimensions: usize,
    pub(super) count: usize,
}

impl Leaves {
    pub(super) fn len(&self) -> usize {
        self.count
    }

    pub(super) fn codes(&self, leaf: usize) -> &[u32] {
        &self.codes[leaf * self.dimensions..(leaf + 1) * self.dimensions]
    }
}

/// Row numbers ordered by leaf, then day, and the days in that order.
#[derive(Debug, Clone, Default)]
pub(super) struct Series {
    days: Vec<i32>,
    rows: Vec<u32>,
    starts: Vec<usize>,
}

impl Series {
    pub(super) fn new(days: &[i32], leaf: &[u32], leaves: usize) -> Self {
        let mut starts = vec![0_usize; leaves + 1];
        for leaf in leaf {
            starts[*leaf as usize + 1] += 1;
        }
        for i in 0..leaves {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut series = Self { days: vec![0; days.len()], rows: vec![0; days.len()], starts };
        for (row, (leaf, day)) in leaf.iter().zip(days).enumerate() {
            let place = &mut next[*leaf as usize];
            (series.days[*place], series.rows[*place]) = (*day, row as u32);
            *place += 1;
        }
        for pair in series.starts.windows(2) {
            let (leaf, rows) =
                (&mut series.days[pair[0]..pair[1]], &mut series.rows[pair[0]..pair[1]]);
            // Rows mostly come in order of days.
            if !leaf.is_sorted() {
                rows.sort_unstable_by_key(|row| days[*row as usize]);
                leaf.sort_unstable();
            }
        }
        series
    }

    /// The days and rows of a leaf, in order of days.
    pub(super) fn of(&self, leaf: usize) -> (&[i32], &[u32]) {
        let range = self.starts[leaf]..self.starts[leaf + 1];
        (&self.days[range.clone()], &self.rows[range])
    }
}

impl<'a> Facts<'a> {
    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.days.len()
    }

    /// From the first day with a row to the last.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// From the first day with a row to the last one up to `as_of`; none where there is none.
    pub(crate) fn period_until(&self, as_of: Date) -> Option<Period> {
        if self.period.last() <= as_of {
            return Some(self.period);
        }
        let last = self.days.iter().filter(|day| **day <= as_of.number()).max()?;
        Period::inclusive(self.period.first(), Date::from_number(*last).ok()?).ok()
    }

    /// The first day of a period that has a row, if any has.
    pub(crate) fn first_day_within(&self, period: Period) -> Option<Date> {
        let (first, last) = (period.first().number(), period.last().number());
        let inside = self.days.iter().filter(|day| (first..=last).contains(*day));
        inside.min().and_then(|day| Date::from_number(*day).ok())
    }

    /// The dimensions and measures.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The values that occur in a dimension, in alphabetical order.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`](crate::ErrorKind::Unknown) for a dimension that is not in the schema.
    pub fn values_of(&self, dimension: &str) -> Result<Vec<&str>, Error> {
        let index = self.schema.dimension_index(dimension)?;
        // A dictionary that was given may hold more than occurs.
        let mut occurs = vec![false; self.dictionaries[index].len()];
        for leaf in 0..self.leaves.len() {
            occurs[self.leaves.codes(leaf)[index] as usize] = true;
        }
        let values = self.dictionaries[index].iter().zip(occurs).filter(|(_, occurs)| *occurs);
        let mut values: Vec<_> = values.map(|(text, _)| text.as_str()).collect();
        values.sort_unstable();
        Ok(values)
    }
}
