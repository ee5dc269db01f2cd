//! Putting facts together from columns, and checking them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::coded::Coded;
use super::computed;
use super::distinct::{DistinctTable, Supplied};
use super::measure::{Measure, Schema};
use super::table::{Facts, Leaves, Series};
use crate::calendar::{Date, Period};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::number::{Column, Stored};

/// Collects the columns of a table; see [`Facts`]. Every dimension and measure of the schema needs
/// one column.
#[derive(Debug)]
pub struct FactsBuilder<'a> {
    schema: Schema,
    days: Result<Cow<'a, [i32]>, Error>,
    dimensions: Vec<(String, Result<Coded<'a>, Error>)>,
    measures: Vec<(String, Column<'a>)>,
    distinct: Vec<DistinctTable<'a>>,
}

impl<'a> Facts<'a> {
    /// Begins a table for this schema.
    #[must_use]
    pub fn builder(schema: &Schema) -> FactsBuilder<'a> {
        FactsBuilder {
            schema: schema.clone(),
            days: Ok(Cow::Borrowed(&[])),
            dimensions: Vec::new(),
            measures: Vec::new(),
            distinct: Vec::new(),
        }
    }
}

impl<'a> FactsBuilder<'a> {
    /// The day of each row.
    #[must_use]
    pub fn dates(self, dates: &[Date]) -> Self {
        self.owned_dates(dates)
    }

    pub(super) fn owned_dates(mut self, dates: &[Date]) -> Self {
        self.days = Ok(Cow::Owned(dates.iter().map(|date| date.number()).collect()));
        self
    }

    /// The day of each row as days since 1970-01-01, borrowed: the values of an Arrow `date32`
    /// column.
    #[must_use]
    pub fn day_numbers(mut self, days: &'a [i32]) -> Self {
        let range = Date::MIN.number()..=Date::MAX.number();
        let bad = days.iter().position(|day| !range.contains(day));
        self.days = match bad.map(|row| (row, Date::from_number(days[row]))) {
            Some((row, Err(error))) => Err(error.at_row(row).at_column("date")),
            _ => Ok(Cow::Borrowed(days)),
        };
        self
    }

    /// The values of a dimension as text, one for each row.
    #[must_use]
    pub fn dimension<S: AsRef<str>>(mut self, name: &str, values: &[S]) -> Self {
        let coded = Coded::of_texts(values);
        self.dimensions.push((name.to_owned(), Ok(coded)));
        self
    }

    /// The values of a dimension as codes into a dictionary, borrowed.
    #[must_use]
    pub fn dimension_codes<S: AsRef<str>>(
        mut self,
        name: &str,
        codes: &'a [u32],
        dictionary: &[S],
    ) -> Self {
        let coded = Coded::of_codes(codes, dictionary);
        self.dimensions.push((name.to_owned(), coded));
        self
    }

    /// The values of a measure, one for each row.
    #[must_use]
    pub fn measure(mut self, name: &str, column: Column<'a>) -> Self {
        self.measures.push((name.to_owned(), column));
        self
    }

    /// Distinct counts at a grain of their own; may be called for several. A distinct measure that has
    /// such a table needs no column.
    #[must_use]
    pub fn distinct(mut self, table: DistinctTable<'a>) -> Self {
        self.distinct.push(table);
        self
    }

    /// Checks everything and builds the table.
    ///
    /// # Errors
    ///
    /// All problems at once: a column that the schema does not have ([`ErrorKind::Unknown`]), one
    /// that is absent ([`ErrorKind::Missing`]) or there twice ([`ErrorKind::Duplicate`]), lengths
    /// that differ ([`ErrorKind::Shape`]), text that is not a number, a number or day that does not
    /// fit, no rows at all ([`ErrorKind::Missing`]); then two rows for the same day and dimension
    /// values ([`ErrorKind::Duplicate`]). Each names its row (from 0) and column.
    pub fn build(self) -> Result<Facts<'a>, Error> {
        let schema = self.schema;
        let mut problems = Vec::new();
        let days = self.days.unwrap_or_else(|error| {
            problems.push(error);
            Cow::Borrowed(&[])
        });
        if problems.is_empty() && days.is_empty() {
            problems.push(Error::new(
                ErrorKind::Missing,
                "the table has no rows; give at least one day of facts",
            ));
        }
        if u32::try_from(days.len()).is_err() {
            let (rows, most) = (days.len(), u32::MAX);
            problems
                .push(Error::new(ErrorKind::Capacity, format!("{rows} rows; the most is {most}")));
        }
        // Without days there is no length to compare with; their problem says so.
        let rows = problems.is_empty().then_some(days.len());

        let names: Vec<_> = schema.dimensions().iter().map(String::as_str).collect();
        let dimensions = place("dimension", &names, self.dimensions, &mut problems, |coded| {
            let coded = coded?;
            match rows {
                Some(rows) if coded.codes.len() != rows => {
                    let count = coded.codes.len();
                    Err(Error::new(
                        ErrorKind::Shape,
                        format!("{count} values for {rows} dates; give one for each row"),
                    ))
                }
                _ => Ok(coded),
            }
        });
        let mut supplied = Vec::new();
        for (i, table) in self.distinct.into_iter().enumerate() {
            match table.check(&schema) {
                Ok(table) => supplied.push(table),
                Err(found) => {
                    let place = |error: Error| error.at_path(format!("distinct[{i}]"));
                    problems.extend(found.into_iter().map(place));
                }
            }
        }
        let needs_column = |(index, measure): &(usize, &Measure)| {
            let elsewhere = || supplied.iter().any(|table: &Supplied<'_>| table.has(*index));
            measure.formula.is_none() && !(measure.distinct && elsewhere())
        };
        let is_computed = |name: &str| schema.measure(name).is_some_and(|m| m.formula.is_some());
        let (extra, columns): (Vec<_>, Vec<_>) =
            self.measures.into_iter().partition(|(name, _)| is_computed(name));
        for (name, _) in extra {
            let message = format!("measure \"{name}\" is computed from others; give it no column");
            problems.push(Error::new(ErrorKind::Domain, message));
        }
        let given: HashSet<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        let measures = || schema.measures().iter().enumerate();
        let placed: Vec<usize> = measures()
            .filter(|place| {
                needs_column(place) || place.1.distinct && given.contains(place.1.name())
            })
            .map(|(index, _)| index)
            .collect();
        let names: Vec<_> = placed.iter().map(|index| schema.measures()[*index].name()).collect();
        let columns = place("measure", &names, columns, &mut problems, |column| match rows {
            Some(rows) => column.store(rows).map(Some),
            None => column.readable().map(|_| None),
        });
        if let Some(error) = Error::all("facts", problems) {
            return Err(error);
        }

        let dimensions: Vec<_> = dimensions.into_iter().flatten().collect();
        let mut stored: Vec<Option<Stored<'a>>> = measures().map(|_| None).collect();
        for (index, column) in placed.iter().zip(columns.into_iter().map(Option::flatten)) {
            stored[*index] = column;
        }
        let columns = compute(&schema, stored, days.len())?;
        let (leaf, leaves) = index_leaves(&dimensions, days.len());
        let dictionaries: Vec<_> = dimensions.into_iter().map(|coded| coded.dictionary).collect();
        let (first, last) = days
            .iter()
            .fold((i32::MAX, i32::MIN), |(first, last), day| (first.min(*day), last.max(*day)));
        let period = Period::inclusive(Date::from_number(first)?, Date::from_number(last)?)?;
        let needs_series = schema.measures().iter().any(|measure| !measure.is_plain_sum());
        let series = match needs_series {
            true => Series::new(&days, &leaf, leaves.len()),
            false => Series::default(),
        };
        let facts =
            Facts { schema, days, leaf, leaves, dictionaries, columns, supplied, series, period };
        facts.refuse_duplicates()?;
        Ok(facts)
    }
}

/// Adds the columns of computed measures.
fn compute<'a>(
    schema: &Schema,
    given: Vec<Option<Stored<'a>>>,
    rows: usize,
) -> Result<Vec<Option<Stored<'a>>>, Error> {
    let mut problems = Vec::new();
    let mut computed = Vec::new();
    for (index, measure) in schema.measures().iter().enumerate() {
        let Some(formula) = &measure.formula else { continue };
        match computed::column(formula, schema, &given, rows) {
            Ok(column) => computed.push((index, column)),
            Err(error) => problems.push(error.at_column(measure.name())),
        }
    }
    let mut columns = given;
    for (index, column) in computed {
        columns[index] = Some(column);
    }
    match Error::all("facts", problems) {
        Some(error) => Err(error),
        None => Ok(columns),
    }
}

/// Puts given columns in the order of `names`, and notes what is unknown, absent, twice or bad.
fn place<T, U>(
    what: &str,
    names: &[&str],
    given: Vec<(String, T)>,
    problems: &mut Vec<Error>,
    check: impl Fn(T) -> Result<U, Error>,
) -> Vec<Option<U>> {
    let mut placed: Vec<Option<U>> = names.iter().map(|_| None).collect();
    let mut seen = vec![false; names.len()];
    for (name, column) in given {
        let Some(index) = names.iter().position(|known| *known == name) else {
            let remedy = did_you_mean(&name, names.iter().copied());
            let message = format!("unknown {what} \"{name}\"; {remedy}");
            problems.push(Error::new(ErrorKind::Unknown, message));
            continue;
        };
        if std::mem::replace(&mut seen[index], true) {
            let message = format!("{what} \"{name}\" is given twice; give it once");
            problems.push(Error::new(ErrorKind::Duplicate, message));
            continue;
        }
        match check(column) {
            Ok(column) => placed[index] = Some(column),
            Err(error) => problems.push(error.at_column(name)),
        }
    }
    for (name, _) in names.iter().zip(&seen).filter(|(_, seen)| !**seen) {
        let message =
            format!("{what} \"{name}\" has no column; add one, or remove it from the schema");
        problems.push(Error::new(ErrorKind::Missing, message));
    }
    placed
}

/// Numbers the combinations of codes that occur, in the order of their first row.
fn index_leaves(dimensions: &[Coded<'_>], rows: usize) -> (Vec<u32>, Leaves) {
    /// Up to this many pairs a plain table is kept instead of a hash map.
    const TABLE: usize = 1 << 22;
    let mut leaf = vec![0_u32; rows];
    let mut codes: Vec<Vec<u32>> = vec![Vec::new()];
    for coded in dimensions {
        let size = coded.dictionary.len().max(1);
        let mut next: Vec<Vec<u32>> = Vec::new();
        let number = |leaf: u32, code: u32, next: &mut Vec<Vec<u32>>| {
            let mut combined = codes[leaf as usize].clone();
            combined.push(code);
            next.push(combined);
            next.len() as u32 - 1
        };
        if codes.len().saturating_mul(size) <= TABLE {
            let mut table = vec![u32::MAX; codes.len() * size];
            for (leaf, code) in leaf.iter_mut().zip(coded.codes.iter()) {
                let entry = &mut table[*leaf as usize * size + *code as usize];
                if *entry == u32::MAX {
                    *entry = number(*leaf, *code, &mut next);
                }
                *leaf = *entry;
            }
        } else {
            let mut table = HashMap::new();
            for (leaf, code) in leaf.iter_mut().zip(coded.codes.iter()) {
                *leaf =
                    *table.entry((*leaf, *code)).or_insert_with(|| number(*leaf, *code, &mut next));
            }
        }
        codes = next;
    }
    let leaves = Leaves { count: codes.len(), dimensions: dimensions.len(), codes: codes.concat() };
    (leaf, leaves)
}

impl Facts<'_> {
    /// One row for each day and leaf, or an error that names two that are the same.
    fn refuse_duplicates(&self) -> Result<(), Error> {
        let first = self.period.first().number();
        let span = u64::from(self.period.days());
        let key = |row: usize| {
            u64::from(self.leaf[row]) * span + u64::from(self.days[row].abs_diff(first))
        };
        let cells = (self.leaves.len() as u64).saturating_mul(span);
        let bound = (self.rows() as u64 * 64).max(1 << 20);
        let twice = if cells <= bound {
            let mut seen = vec![0_u64; (cells as usize).div_ceil(64)];
            (0..self.rows()).find(|row| {
                let (word, bit) = ((key(*row) / 64) as usize, 1_u64 << (key(*row) % 64));
                let found = seen[word] & bit != 0;
                seen[word] |= bit;
                found
            })
        } else {
            let mut keys: Vec<_> = (0..self.rows()).map(|row| (key(row), row)).collect();
            keys.sort_unstable();
            keys.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[1].1).min()
        };
        let Some(second) = twice else { return Ok(()) };
        let first = (0..second).find(|row| key(*row) == key(second)).unwrap_or(second);
        let day = Date::from_number(self.days[second])?;
        let values: Vec<_> = self
            .leaves
            .codes(self.leaf[second] as usize)
            .iter()
            .enumerate()
            .map(|(dimension, code)| {
                let name = &self.schema.dimensions()[dimension];
                format!(", {name} \"{}\"", self.dictionaries[dimension][*code as usize])
            })
            .collect();
        let values = values.concat();
        Err(Error::new(
            ErrorKind::Duplicate,
            format!("{day}{values} is already in row {first}; add such rows up, or add the dimension that tells them apart"),
        )
        .at_row(second))
    }
}
