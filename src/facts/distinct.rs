//! Distinct counts at the grains at which they were supplied.

use std::collections::{BTreeMap, BTreeSet};

use super::groups::Groups;
use super::measure::{Measure, MissingDay, Schema};
use crate::calendar::Period;
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::number::{Column, Rational, Reason, Stored, Value};

/// Counts of different things for whole periods and some dimensions: monthly visitors by country,
/// say, or yearly ones in total.
///
/// One row for each period and combination of values of its dimensions. A query whose row is such a
/// period, and whose dimensions (those it groups by, and those it fixes to one value) are those of
/// the table, has its count; in a period that the table knows, a combination without a row means what
/// the measure says of a missing day.
///
/// ```
/// use yardstick::{
///     Calendar, Column, DistinctTable, Facts, Grain, KpiSet, Measure, Query, Reason, Schema, Value,
/// };
///
/// let visitors = Measure::distinct("visitors", "visitor".parse()?);
/// let schema = Schema::new(["country"], [Measure::flow("visits", "visit".parse()?), visitors])?;
/// let set = KpiSet::new(schema, [])?;
/// let calendar = Calendar::default();
/// let (november, december) = (calendar.period("2011-11")?, calendar.period("2011-12")?);
/// let facts = Facts::builder(set.schema())
///     .dates(&["2011-11-05".parse()?, "2011-12-07".parse()?])
///     .dimension("country", &["DE", "DE"])
///     .measure("visits", Column::integers(&[10, 20]))
///     .distinct(
///         DistinctTable::over(&[november, december]).measure("visitors", Column::integers(&[7, 9])),
///     )
///     .build()?;
/// let query = Query::of(["visitors"]).within(calendar.period("2011-Q4")?);
/// let monthly = query.clone().grain(Grain::Month).run(&set, &facts, calendar)?;
/// assert_eq!(monthly.get("visitors", Some("2011-12"), &[]), Some(&Value::Defined(9.into())));
/// // 7 and 9 may be the same people: nothing was supplied for the quarter.
/// let total = query.run(&set, &facts, calendar)?;
/// assert_eq!(total.columns[0].values[0], Value::Undefined(Reason::NotAdditive));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct DistinctTable<'a> {
    periods: Vec<Period>,
    dimensions: Vec<(String, Vec<String>)>,
    measures: Vec<(String, Column<'a>)>,
}

impl<'a> DistinctTable<'a> {
    /// A table with one period for each row.
    #[must_use]
    pub fn over(periods: &[Period]) -> Self {
        Self { periods: periods.to_vec(), dimensions: Vec::new(), measures: Vec::new() }
    }

    /// The values of a dimension, one for each row.
    #[must_use]
    pub fn dimension<S: AsRef<str>>(mut self, name: &str, values: &[S]) -> Self {
        let values = values.iter().map(|value| value.as_ref().to_owned()).collect();
        self.dimensions.push((name.to_owned(), values));
        self
    }

    /// The counts of a distinct measure, one for each row.
    #[must_use]
    pub fn measure(mut self, name: &str, counts: Column<'a>) -> Self {
        self.measures.push((name.to_owned(), counts));
        self
    }

    /// The table checked, and what is wrong with it.
    pub(super) fn check(self, schema: &Schema) -> Result<Supplied<'a>, Vec<Error>> {
        let mut problems = Vec::new();
        let rows = self.periods.len();
        let mut dimensions: Vec<(usize, Vec<String>)> = Vec::new();
        for (name, values) in self.dimensions {
            let count = values.len();
            match schema.dimension_index(&name) {
                Err(error) => problems.push(error),
                Ok(index) if dimensions.iter().any(|(known, _)| *known == index) => {
                    let message = format!("dimension \"{name}\" is given twice; give it once");
                    problems.push(Error::new(ErrorKind::Duplicate, message));
                }
                Ok(_) if count != rows => {
                    let message =
                        format!("{count} values for {rows} periods; give one for each row");
                    problems.push(Error::new(ErrorKind::Shape, message).at_column(name));
                }
                Ok(index) => dimensions.push((index, values)),
            }
        }
        dimensions.sort_by_key(|(index, _)| *index);
        let mut columns: Vec<(usize, Stored<'a>)> = Vec::new();
        for (name, column) in self.measures {
            let index = schema.measure_index(&name);
            let is_distinct = |index: &usize| schema.measures()[*index].distinct;
            let Some(index) = index.filter(is_distinct) else {
                let distinct = schema.measures().iter().filter(|measure| measure.distinct);
                let remedy = did_you_mean(&name, distinct.map(Measure::name));
                let message = format!("unknown distinct measure \"{name}\"; {remedy}");
                problems.push(Error::new(ErrorKind::Unknown, message));
                continue;
            };
            match column.store(rows) {
                Ok(_) if columns.iter().any(|(known, _)| *known == index) => {
                    let message = format!("measure \"{name}\" is given twice; give it once");
                    problems.push(Error::new(ErrorKind::Duplicate, message));
                }
                Ok(column) => columns.push((index, column)),
                Err(error) => problems.push(error.at_column(name)),
            }
        }
        if problems.is_empty() {
            let mut places: BTreeMap<(Period, Vec<String>), usize> = BTreeMap::new();
            for (row, period) in self.periods.iter().enumerate() {
                let key: Vec<_> =
                    dimensions.iter().map(|(_, values)| values[row].clone()).collect();
                if let Some(first) = places.insert((*period, key.clone()), row) {
                    let key: String = key.iter().map(|value| format!(", \"{value}\"")).collect();
                    let message = format!(
                        "{period}{key} is already in row {first}; give each one row, or the dimension that tells them apart"
                    );
                    problems.push(Error::new(ErrorKind::Duplicate, message).at_row(row));
                }
            }
            if problems.is_empty() {
                let dimensions = dimensions.into_iter().map(|(index, _)| index).collect();
                let periods = self.periods.into_iter().collect();
                return Ok(Supplied { dimensions, periods, places, columns });
            }
        }
        Err(problems)
    }
}

/// A table of distinct counts, checked.
#[derive(Debug, Clone)]
pub(super) struct Supplied<'a> {
    /// In the order of the schema.
    dimensions: Vec<usize>,
    periods: BTreeSet<Period>,
    /// The row of each period and key.
    places: BTreeMap<(Period, Vec<String>), usize>,
    columns: Vec<(usize, Stored<'a>)>,
}

impl Supplied<'_> {
    pub(super) fn has(&self, measure: usize) -> bool {
        self.columns.iter().any(|(known, _)| *known == measure)
    }

    /// The counts of a measure for a period by group, where the table answers for such groups.
    pub(super) fn counts(
        &self,
        index: usize,
        measure: &Measure,
        groups: &Groups,
        period: Period,
    ) -> Option<Vec<Value>> {
        let (_, column) = self.columns.iter().find(|(known, _)| *known == index)?;
        if groups.dimensions() != self.dimensions || !self.periods.contains(&period) {
            return None;
        }
        let nothing = || match measure.missing {
            MissingDay::Zero => Value::Defined(Rational::ZERO),
            MissingDay::Carry | MissingDay::Unknown => Value::Undefined(Reason::Missing),
        };
        let count = |group: usize| {
            let key = groups.values(group)?;
            let row = self.places.get(&(period, key)).filter(|row| column.is_valid(**row));
            let value = |row: &usize| Rational::from_scaled(column.values.get(*row), column.scale);
            Some(row.map_or_else(nothing, |row| Value::Defined(value(row))))
        };
        (0..groups.keys.len()).map(count).collect()
    }
}
