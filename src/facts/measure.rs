//! What is observed, and how it adds up on each axis.

use std::collections::HashMap;

use super::computed;
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::formula::Formula;
use crate::named::named;
use crate::unit::{Display, Unit};

named! {
    /// How the days of a period become one number.
    #[non_exhaustive]
    OverTime "rule over time" {
        /// The sum of the days: a flow, such as revenue.
        Sum = "sum",
        /// The first day's value: the opening balance, what stood at the end of that day.
        First = "first",
        /// The last day's value: a closing balance.
        Last = "last",
        /// The smallest day.
        Min = "min",
        /// The largest day.
        Max = "max",
    }
}

named! {
    /// How the combinations of dimension values become one number.
    #[non_exhaustive]
    Across "rule across dimensions" {
        /// Their sum.
        Sum = "sum",
        /// The smallest.
        Min = "min",
        /// The largest.
        Max = "max",
        /// Not at all: defined only where a single combination counts, and
        /// [`NotAdditive`](crate::Reason::NotAdditive) for several, whatever they hold.
        None = "none",
    }
}

named! {
    /// What a day without a row, or with an empty cell, means. It goes for every day of every
    /// combination of dimension values that occurs in the facts, also before the first row and
    /// after the last.
    #[non_exhaustive]
    MissingDay "rule for a missing day" {
        /// Nothing happened: zero.
        Zero = "zero",
        /// Nothing changed: the last value before it. A combination counts from its first
        /// observation on; before that it is absent, not zero. One that begins within a period is
        /// no part of its opening balance, and where no combination is there yet the result is
        /// [`Missing`](crate::Reason::Missing).
        Carry = "carry",
        /// Not known: every result that needs the day is [`Missing`](crate::Reason::Missing). A sum,
        /// the smallest and the largest need every day, the first and the last only their own.
        Unknown = "unknown",
    }
}

/// An observed quantity: its name, its unit, and how it adds up.
///
/// ```
/// use yardstick::{Measure, OverTime, MissingDay, Across};
///
/// let revenue = Measure::flow("revenue", "EUR".parse()?);
/// let customers = Measure::stock("customers", "customer".parse()?);
/// let opening = Measure::stock("opening_customers", "customer".parse()?).over_time(OverTime::First);
/// let visitors = Measure::distinct("visitors", "visitor".parse()?);
/// assert!(revenue.adds_over_time());
/// assert!(!customers.adds_over_time() && !opening.adds_over_time() && !visitors.adds_over_time());
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub(crate) name: String,
    pub(crate) unit: Unit,
    pub(crate) over_time: OverTime,
    pub(crate) across: Across,
    pub(crate) missing: MissingDay,
    pub(crate) distinct: bool,
    pub(crate) formula: Option<Formula>,
    /// Only combinations with one of these values count, by dimension.
    pub(crate) only: Vec<(String, Vec<String>)>,
    pub(crate) display: Option<Display>,
}

impl Measure {
    /// A quantity that happens: sums over time and across, and a missing day is zero.
    #[must_use]
    pub fn flow(name: impl Into<String>, unit: Unit) -> Self {
        Self {
            name: name.into(),
            unit,
            over_time: OverTime::Sum,
            across: Across::Sum,
            missing: MissingDay::Zero,
            distinct: false,
            formula: None,
            only: Vec::new(),
            display: None,
        }
    }

    /// A quantity that stands: the last day's value over time, the sum across, and a missing day
    /// carries the value before it.
    #[must_use]
    pub fn stock(name: impl Into<String>, unit: Unit) -> Self {
        Self { over_time: OverTime::Last, missing: MissingDay::Carry, ..Self::flow(name, unit) }
    }

    /// A count of different things, such as visitors: it never adds up. It is defined where it was
    /// supplied, and elsewhere [`NotAdditive`](crate::Reason::NotAdditive): for one day of one
    /// combination of dimension values, by the rows of the facts; for the periods and dimensions of a
    /// [`DistinctTable`](crate::DistinctTable), by that. Its rules over time and across play no part;
    /// the one for a missing day, zero unless set, does.
    #[must_use]
    pub fn distinct(name: impl Into<String>, unit: Unit) -> Self {
        Self { distinct: true, ..Self::flow(name, unit) }
    }

    /// The same with another rule over time.
    #[must_use]
    pub fn over_time(self, over_time: OverTime) -> Self {
        Self { over_time, ..self }
    }

    /// The same with another rule across dimensions.
    #[must_use]
    pub fn across(self, across: Across) -> Self {
        Self { across, ..self }
    }

    /// The same with another rule for a missing day.
    #[must_use]
    pub fn missing(self, missing: MissingDay) -> Self {
        Self { missing, ..self }
    }

    /// The same, computed for each row from other measures of the row, before anything adds up. It
    /// has no column of its own.
    ///
    /// The formula has numbers, names of measures that are not computed themselves, `+ - *`, `^` with
    /// an integer from 0 on, `min`, `max`, `abs` and `if_undefined` (for empty cells). Its unit must be
    /// that of the measure, and nothing is converted. A row that lacks a value is an empty cell. What
    /// divides is a KPI, since a sum of quotients is not the quotient of sums.
    ///
    /// ```
    /// use yardstick::{Calendar, Column, Facts, KpiSet, Measure, Query, Schema, Value};
    ///
    /// let schema = Schema::new(
    ///     ["deal"],
    ///     [
    ///         Measure::flow("value", "EUR".parse()?),
    ///         Measure::flow("probability", "1".parse()?),
    ///         Measure::flow("weighted", "EUR".parse()?).computed("value * probability".parse()?),
    ///     ],
    /// )?;
    /// let set = KpiSet::new(schema, [])?;
    /// let day = "2011-12-07".parse()?;
    /// let facts = Facts::builder(set.schema())
    ///     .dates(&[day, day])
    ///     .dimension("deal", &["a", "b"])
    ///     .measure("value", Column::integers(&[1_000, 400]))
    ///     .measure("probability", Column::scaled(&[25, 50], 2))
    ///     .build()?;
    /// let table = Query::of(["weighted"]).run(&set, &facts, Calendar::default())?;
    /// assert_eq!(table.columns[0].values[0], Value::Defined(450.into())); // 250 + 200
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn computed(self, formula: Formula) -> Self {
        Self { formula: Some(formula), ..self }
    }

    /// The same of only those combinations whose `dimension` has one of these values; several calls
    /// must all hold. Others count as if they were not there: with
    /// [`computed`](Measure::computed) by the name of another measure, `deals_won` may be those of
    /// `deals` whose status is `won`.
    #[must_use]
    pub fn only<S: Into<String>>(
        mut self,
        dimension: impl Into<String>,
        values: impl IntoIterator<Item = S>,
    ) -> Self {
        self.only.push((dimension.into(), values.into_iter().map(Into::into).collect()));
        self
    }

    /// The same with a way to show it.
    #[must_use]
    pub fn display(self, display: Display) -> Self {
        Self { display: Some(display), ..self }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it counts.
    #[must_use]
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// The formula by which it is computed for each row; none for one that has a column.
    #[must_use]
    pub fn formula(&self) -> Option<&Formula> {
        self.formula.as_ref()
    }

    /// Whether its value over a period is always the sum of its values over the days.
    ///
    /// It is not where a smallest or largest is taken across, since that of the sums is not the sum
    /// of those of the days; nor where days carry, since days before the first observation are no
    /// part of a period that goes on, and missing by themselves.
    #[must_use]
    pub fn adds_over_time(&self) -> bool {
        self.over_time == OverTime::Sum
            && !self.distinct
            && matches!(self.across, Across::Sum | Across::None)
            && self.missing != MissingDay::Carry
    }

    /// Whether sums over time and across can be taken in any order in one pass.
    pub(crate) fn is_plain_sum(&self) -> bool {
        self.adds_over_time() && self.across == Across::Sum
    }
}

/// The dimensions and measures that facts have, in their order.
///
/// ```
/// use yardstick::{Measure, Schema};
///
/// let schema = Schema::new(["country"], [Measure::flow("revenue", "EUR".parse()?)])?;
/// assert_eq!(schema.measure("revenue").unwrap().unit().to_string(), "EUR");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schema {
    dimensions: Vec<String>,
    measures: Vec<Measure>,
}

impl Schema {
    /// A schema of these dimensions and measures.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Syntax`] for a name that is not a name (a letter or `_`, then letters, digits
    /// and `_`; ASCII), [`ErrorKind::Duplicate`] for one that is there twice; all at once.
    pub fn new<D: Into<String>>(
        dimensions: impl IntoIterator<Item = D>,
        measures: impl IntoIterator<Item = Measure>,
    ) -> Result<Self, Error> {
        let schema = Self {
            dimensions: dimensions.into_iter().map(Into::into).collect(),
            measures: measures.into_iter().collect(),
        };
        match Error::all("schema", schema.problems()) {
            Some(error) => Err(error),
            None => Ok(schema),
        }
    }

    /// Without a check; for those who check and report by themselves.
    #[cfg(feature = "serde")]
    pub(crate) fn unchecked(dimensions: Vec<String>, measures: Vec<Measure>) -> Self {
        Self { dimensions, measures }
    }

    pub(crate) fn problems(&self) -> Vec<Error> {
        let mut problems = Vec::new();
        let dimensions = self.dimensions.iter().map(String::as_str);
        let measures = self.measures.iter().map(Measure::name);
        check_names("dimensions", dimensions, &mut problems);
        check_names("measures", measures, &mut problems);
        for (i, measure) in self.measures.iter().enumerate() {
            let mut found = Vec::new();
            if let Some(formula) = &measure.formula {
                found.extend(computed::problem(measure, formula, self));
            }
            for (name, _) in &measure.only {
                if let Err(error) = self.dimension_index(name) {
                    found.push(error.at_path("where"));
                }
            }
            if measure.distinct && (measure.formula.is_some() || !measure.only.is_empty()) {
                let message =
                    "a distinct count cannot be computed from rows; supply it at its grain";
                found.push(Error::new(ErrorKind::Domain, message));
            }
            let place = |error: Error| error.at_path(format!("measures[{i}]"));
            problems.extend(found.into_iter().map(place));
        }
        problems
    }

    /// The names of the dimensions.
    #[must_use]
    pub fn dimensions(&self) -> &[String] {
        &self.dimensions
    }

    /// The measures.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// The measure of this name.
    #[must_use]
    pub fn measure(&self, name: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.name == name)
    }

    pub(crate) fn measure_index(&self, name: &str) -> Option<usize> {
        self.measures.iter().position(|measure| measure.name == name)
    }

    pub(crate) fn dimension_index(&self, name: &str) -> Result<usize, Error> {
        self.dimensions.iter().position(|dimension| dimension == name).ok_or_else(|| {
            let remedy = did_you_mean(name, self.dimensions.iter().map(String::as_str));
            Error::new(ErrorKind::Unknown, format!("unknown dimension \"{name}\"; {remedy}"))
        })
    }
}

/// Whether a text can stand in a formula as a name.
pub(crate) fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Checks that names are names and are there once; problems are at `list[i].name`.
pub(crate) fn check_names<'a>(
    list: &str,
    names: impl Iterator<Item = &'a str>,
    problems: &mut Vec<Error>,
) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (i, name) in names.enumerate() {
        let place = || match list {
            "dimensions" => format!("{list}[{i}]"),
            _ => format!("{list}[{i}].name"),
        };
        if !is_name(name) {
            problems.push(
                Error::new(
                    ErrorKind::Syntax,
                    format!("\"{name}\" is not a name; use letters, digits and _, and begin with a letter"),
                )
                .at_path(place()),
            );
        }
        let first = *seen.entry(name).or_insert(i);
        if first != i {
            problems.push(
                Error::new(
                    ErrorKind::Duplicate,
                    format!(
                        "\"{name}\" is there twice, first at {list}[{first}]; rename or remove one"
                    ),
                )
                .at_path(place()),
            );
        }
    }
}
