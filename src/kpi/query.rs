//! Asking for metrics by groups, at a grain, within a period.

use super::frames::{Frames, Surroundings};
use super::set::KpiSet;
use crate::calendar::{Bucket, Calendar, Date, Grain, Period};
use crate::error::{Error, ErrorKind};
use crate::facts::{Facts, Schema, Selection};
use crate::number::Value;
use crate::unit::Unit;

/// The most cells (rows times metrics, and times the measures that they read) of a result.
pub(crate) const MOST_CELLS: usize = 1 << 24;

/// Which metrics, by which dimensions, at which grain, within which period, where what.
///
/// A metric is a KPI or a measure by its name; where both have the name it is the measure, and
/// `kpi.name` the KPI.
///
/// ```
/// use yardstick::{Calendar, Column, Date, Facts, Grain, Kpi, KpiSet, Measure, Query, Schema, Value};
///
/// let schema = Schema::new(
///     ["country"],
///     [Measure::flow("revenue", "EUR".parse()?), Measure::flow("orders", "order".parse()?)],
/// )?;
/// let set = KpiSet::new(schema, [Kpi::new("aov", "revenue / orders".parse()?)])?;
/// let (monday, tuesday) = (Date::new(2011, 12, 5)?, Date::new(2011, 12, 6)?);
/// let facts = Facts::builder(set.schema())
///     .dates(&[monday, monday, tuesday])
///     .dimension("country", &["DE", "FR", "DE"])
///     .measure("revenue", Column::integers(&[10, 99, 40]))
///     .measure("orders", Column::integers(&[1, 3, 3]))
///     .build()?;
/// let table = Query::of(["aov"]).by("country").run(&set, &facts, Calendar::default())?;
/// // (10 + 40) / (1 + 3), not the mean of 10 and 40/3.
/// assert_eq!(table.rows[0].key, ["DE"]);
/// assert_eq!(table.columns[0].values[0], Value::Defined("12.5".parse()?));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    pub(crate) metrics: Vec<String>,
    pub(crate) selection: Selection,
    pub(crate) grain: Option<Grain>,
    pub(crate) period: Option<Period>,
    pub(crate) compare: Option<Period>,
    pub(crate) reported: bool,
}

impl Query {
    /// Asks for these metrics, in total, over all days that the facts have.
    #[must_use]
    pub fn of<S: Into<String>>(metrics: impl IntoIterator<Item = S>) -> Self {
        Self { metrics: metrics.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// One row for each value of this dimension; may be called for several.
    #[must_use]
    pub fn by(mut self, dimension: impl Into<String>) -> Self {
        self.selection.by.push(dimension.into());
        self
    }

    /// One row for each bucket of this grain.
    #[must_use]
    pub fn grain(self, grain: Grain) -> Self {
        Self { grain: Some(grain), ..self }
    }

    /// Only the days of this period.
    #[must_use]
    pub fn within(self, period: Period) -> Self {
        Self { period: Some(period), ..self }
    }

    /// Only rows whose `dimension` has one of these values; several calls must all hold.
    #[must_use]
    pub fn only<S: Into<String>>(
        mut self,
        dimension: impl Into<String>,
        values: impl IntoIterator<Item = S>,
    ) -> Self {
        self.selection.only(dimension, values);
        self
    }

    /// The period that `prior` means. Without it, and with a grain, `prior` means the whole bucket
    /// before, also where the bucket itself is cut by the period; without a grain, the period of as
    /// many days right before. `prior` inside `prior` goes one bucket, or as many days, further back
    /// from there; inside `trailing` and the like, it is as many days right before, unless what it
    /// stands in is a whole bucket.
    #[must_use]
    pub fn compare(self, period: Period) -> Self {
        Self { compare: Some(period), ..self }
    }

    /// All metrics in the reporting currency of the KPIs: the global view of the same definitions.
    /// What holds no money is not changed.
    #[must_use]
    pub fn reported(self) -> Self {
        Self { reported: true, ..self }
    }

    /// Evaluates the query.
    ///
    /// A group is a combination of values that occurs in the facts, on any day, and passes the
    /// filters; a filter that nothing passes leaves no groups, or an empty total. In an empty total a
    /// measure that is summed across dimensions, and for which a missing day is zero, is zero; any
    /// other is [`Missing`](crate::Reason::Missing). Rows are in order of time, then of the values
    /// alphabetically. The order of rows in the facts plays no part.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with everything that is wrong with the query: a metric or dimension
    /// that is not there, a dimension named twice, a comparison period together with a grain;
    /// [`ErrorKind::Shape`] for facts of another schema, [`ErrorKind::Capacity`] for more
    /// than 16,777,216 cells, or more than 268,435,456 combinations times periods of measures that do
    /// not simply add up (stocks, for example), or more than 2,147,483,648 rows of such measures that
    /// overlapping periods read again, or where very long numbers would take too long.
    pub fn run(&self, set: &KpiSet, facts: &Facts<'_>, calendar: Calendar) -> Result<Table, Error> {
        self.run_until(set, facts, calendar, None)
    }

    /// The same without a look at combinations and comparison days that come after `as_of`.
    pub(crate) fn run_until(
        &self,
        set: &KpiSet,
        facts: &Facts<'_>,
        calendar: Calendar,
        as_of: Option<Date>,
    ) -> Result<Table, Error> {
        check_schema(set, facts)?;
        if let Some(error) = Error::all("query", self.problems(set)) {
            return Err(error);
        }
        let metrics =
            self.metrics.iter().map(|name| set.resolve(name)).collect::<Result<Vec<_>, _>>()?;
        let mut groups = facts.groups(&self.selection, as_of)?;
        let period = self.period.unwrap_or(facts.period());
        let (program, units) = set.compile_in(&metrics, self.reported)?;
        let (count, width) = (groups.keys.len(), metrics.len() + program.inputs.len());
        let most = MOST_CELLS / count.saturating_mul(width).max(1);
        let buckets: Vec<Option<Bucket>> = match self.grain {
            None => vec![None],
            // One more than there may be is enough to see that there are too many.
            Some(grain) => calendar.cut(period, grain).take(most + 1).map(Some).collect(),
        };
        if buckets.len() > most {
            return Err(Error::new(
                ErrorKind::Capacity,
                format!(
                    "{width} metrics and measures for {count} groups and more than {most} buckets of time; the most is {MOST_CELLS} cells, so take a coarser grain or fewer dimensions"
                ),
            ));
        }
        let measures = program.inputs.iter().map(|(measure, _)| *measure);
        facts.check_cost(measures, &groups, buckets.len())?;
        let periods: Vec<Period> =
            buckets.iter().map(|bucket| bucket.as_ref().map_or(period, |b| b.period)).collect();
        let compare = self.compare.map(|compare| match as_of {
            Some(as_of) => compare.until(as_of),
            None => Some(compare),
        });
        let start = facts.period().first();
        let context = &set.context;
        let around = Surroundings { context, calendar, grain: self.grain, compare, as_of, start };
        let frames = Frames::new(&periods, &program.frames, &around);
        let inputs = program.inputs.iter();
        let periods_of = |frame: usize| frames.0.get(frame).map_or(&[][..], Vec::as_slice);
        facts.check_overlap(inputs.map(|(measure, frame)| (*measure, periods_of(*frame))))?;
        let values = program.run(facts, &groups, &frames)?;
        let columns = self
            .metrics
            .iter()
            .zip(values)
            .zip(units)
            .map(|((name, values), unit)| TableColumn { metric: name.clone(), unit, values })
            .collect();
        let mut rows = Vec::with_capacity(buckets.len() * count);
        let mut left = buckets.len();
        for (bucket, period) in buckets.into_iter().zip(periods) {
            left -= 1;
            // The last may keep what the others copy.
            let keys = match left {
                0 => std::mem::take(&mut groups.keys),
                _ => groups.keys.clone(),
            };
            let label = bucket.map(|bucket| bucket.label);
            let row = |key| TableRow { bucket: label.clone(), period, key };
            rows.extend(keys.into_iter().map(row));
        }
        Ok(Table { dimensions: self.selection.by.clone(), rows, columns })
    }

    /// What is wrong with the query for these KPIs, each with its path.
    pub(crate) fn problems(&self, set: &KpiSet) -> Vec<Error> {
        let mut problems = Vec::new();
        if self.metrics.is_empty() {
            let error = Error::new(ErrorKind::Missing, "no metrics; name at least one");
            problems.push(error.at_path("metrics"));
        }
        for (i, name) in self.metrics.iter().enumerate() {
            let metric = set.resolve(name);
            let metric = metric.and_then(|_| match self.reported {
                true => set.context.rates(set.unit(name)?).map(|_| ()),
                false => Ok(()),
            });
            if let Err(error) = metric {
                problems.push(error.at_path(format!("metrics[{i}]")));
            }
        }
        problems.extend(self.selection.problems(set.schema()));
        if self.compare.is_some() && self.grain.is_some() {
            let message = "a comparison period together with a grain; leave one out, since with a grain prior means the bucket before";
            problems.push(Error::new(ErrorKind::Domain, message).at_path("compare"));
        }
        problems
    }
}

/// Facts must have been built for the schema that the KPIs were checked against.
pub(crate) fn check_schema(set: &KpiSet, facts: &Facts<'_>) -> Result<(), Error> {
    let (due, given) = (set.schema(), facts.schema());
    if due == given {
        return Ok(());
    }
    let (measures, others) = (due.measures(), given.measures());
    let unlike = measures.iter().zip(others).find(|(due, given)| due != given);
    let difference = match unlike {
        _ if due.dimensions() != given.dimensions() => {
            let list = |schema: &Schema| schema.dimensions().join(", ");
            format!("dimensions ({}) where ({}) are due", list(given), list(due))
        }
        Some((due, given)) if due.name() != given.name() => {
            format!("measure \"{}\" where \"{}\" is due", given.name(), due.name())
        }
        Some((due, _)) => format!("measure \"{}\" with another unit or rule", due.name()),
        None => format!("{} measures where {} are due", others.len(), measures.len()),
    };
    Err(Error::new(
        ErrorKind::Shape,
        format!(
            "the facts were built for another schema, with {difference}; build them with the schema of the KPIs"
        ),
    ))
}

/// The result of a [`Query`]: rows of keys, and a column of values for each metric.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Table {
    /// The dimensions whose values make the keys.
    pub dimensions: Vec<String>,
    /// One for each bucket and group.
    pub rows: Vec<TableRow>,
    /// One for each metric, in the order asked for.
    pub columns: Vec<TableColumn>,
}

/// What a row of a [`Table`] stands for.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TableRow {
    /// The name of the bucket, where a grain was asked for.
    pub bucket: Option<String>,
    /// The days.
    pub period: Period,
    /// A value for each dimension.
    pub key: Vec<String>,
}

/// A metric's values in a [`Table`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TableColumn {
    /// The metric as it was asked for.
    pub metric: String,
    /// Its unit.
    pub unit: Unit,
    /// One for each row.
    pub values: Vec<Value>,
}

impl Table {
    /// The value of a metric in the row with this bucket and key; `None` where there is no such row
    /// or metric.
    #[must_use]
    pub fn get(&self, metric: &str, bucket: Option<&str>, key: &[&str]) -> Option<&Value> {
        let column = self.columns.iter().find(|column| column.metric == metric)?;
        let row = self.rows.iter().position(|row| {
            row.bucket.as_deref() == bucket
                && row.key.iter().map(String::as_str).eq(key.iter().copied())
        })?;
        column.values.get(row)
    }
}
