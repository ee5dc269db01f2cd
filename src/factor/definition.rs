//! What a factor is, and its evaluation.

use super::result::{FactorResult, Strategy, rank};
use crate::calendar::{Calendar, Date, Period};
use crate::error::{Error, ErrorKind};
use crate::facts::{Facts, Selection};
use crate::kpi::{Aggregation, KpiSet, Query, Table};
use crate::number::{Reason, Sense, Value};

/// A key success factor: the KPIs in which it shows, and the dimension of the strategies behind it.
///
/// ```
/// use yardstick::{
///     Calendar, Column, Facts, Factor, Kpi, KpiSet, Measure, Schema, Value,
/// };
///
/// let schema = Schema::new(
///     ["event"],
///     [
///         Measure::flow("new_business", "EUR".parse()?),
///         Measure::flow("event_cost", "EUR".parse()?),
///         Measure::flow("customers", "customer".parse()?),
///     ],
/// )?;
/// let set = KpiSet::new(schema, [Kpi::new("cac", "event_cost / customers".parse()?)])?;
/// let day = "2011-12-07".parse()?;
/// let facts = Facts::builder(set.schema())
///     .dates(&[day, day])
///     .dimension("event", &["fair", "roadshow"])
///     .measure("new_business", Column::integers(&[900, 600]))
///     .measure("event_cost", Column::integers(&[300, 100]))
///     .measure("customers", Column::integers(&[6, 4]))
///     .build()?;
/// let factor = Factor::new("face to face", "event", "new_business").cost("event_cost").shows_in(["cac"]);
/// let result = factor.run(&set, &facts, Calendar::default())?;
/// let [fair, roadshow] = &result.strategies[..] else { panic!() };
/// assert_eq!(fair.contribution, Value::Defined(600.into()));
/// assert_eq!(roadshow.return_on_cost, Value::Defined(5.into())); // (600 - 100) / 100
/// assert_eq!(fair.share, Value::Defined("0.6".parse()?));
/// assert_eq!((fair.ranks.share, fair.ranks.return_on_cost), (Some(1), Some(2)));
/// assert_eq!(fair.metrics, [Value::Defined(50.into())]);
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    pub(crate) name: String,
    pub(crate) strategy: String,
    pub(crate) gain: String,
    pub(crate) cost: Option<String>,
    pub(crate) occasions: Option<String>,
    pub(crate) metrics: Vec<String>,
    pub(crate) selection: Selection,
    pub(crate) period: Option<Period>,
}

impl Factor {
    /// A factor whose strategies are the values of a dimension, and whose gain is a metric that adds
    /// up: new business in money, or new customers.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        strategy: impl Into<String>,
        gain: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            strategy: strategy.into(),
            gain: gain.into(),
            cost: None,
            occasions: None,
            metrics: Vec::new(),
            selection: Selection::default(),
            period: None,
        }
    }

    /// The same with a metric that adds up for what strategies cost.
    #[must_use]
    pub fn cost(self, metric: impl Into<String>) -> Self {
        Self { cost: Some(metric.into()), ..self }
    }

    /// The same with a metric that adds up for how often a strategy was used: events held, campaigns
    /// run.
    #[must_use]
    pub fn occasions(self, metric: impl Into<String>) -> Self {
        Self { occasions: Some(metric.into()), ..self }
    }

    /// The same with the KPIs in which the factor shows.
    #[must_use]
    pub fn shows_in<S: Into<String>>(self, metrics: impl IntoIterator<Item = S>) -> Self {
        Self { metrics: metrics.into_iter().map(Into::into).collect(), ..self }
    }

    /// The same over the days of a period only.
    #[must_use]
    pub fn within(self, period: Period) -> Self {
        Self { period: Some(period), ..self }
    }

    /// The same over rows whose `dimension` has one of these values; several calls must all hold.
    #[must_use]
    pub fn only<S: Into<String>>(
        mut self,
        dimension: impl Into<String>,
        values: impl IntoIterator<Item = S>,
    ) -> Self {
        self.selection.only(dimension, values);
        self
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What each strategy brought about.
    ///
    /// With gain g, cost c and occasions e of a strategy, and G the gain of all:
    ///
    /// | | | undefined |
    /// |---|---|---|
    /// | contribution | g - c | as g and c; in another unit than gain: not there |
    /// | return | (g - c) / c | without a cost unbounded, good for a gain |
    /// | share | g / G | where all gained nothing |
    /// | cost of a gain | c / g | unbounded, bad, where nothing was gained |
    /// | per occasion | g / e, c / e | where there was none |
    ///
    /// Everything is exact. Strategies are ranked by contribution (by gain, where there is none),
    /// return and share from the highest; equal ones have the same rank. A return that is unbounded
    /// comes first where it is good and last where it is bad; other undefined values have no rank.
    /// The strategies are in order of contribution, then of their names.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with everything that is wrong: a metric or dimension that is not there,
    /// a gain, cost or count of occasions that does not add up, or is there twice; as
    /// [`Query::run`].
    pub fn run(
        &self,
        set: &KpiSet,
        facts: &Facts<'_>,
        calendar: Calendar,
    ) -> Result<FactorResult, Error> {
        self.run_until(set, facts, calendar, None)
    }

    pub(crate) fn run_until(
        &self,
        set: &KpiSet,
        facts: &Facts<'_>,
        calendar: Calendar,
        as_of: Option<Date>,
    ) -> Result<FactorResult, Error> {
        if let Some(error) = Error::all(&format!("factor \"{}\"", self.name), self.problems(set)) {
            return Err(error);
        }
        let total = self.query();
        let by = total.clone().by(&self.strategy);
        let total = total.run_until(set, facts, calendar, as_of)?;
        let by = by.run_until(set, facts, calendar, as_of)?;
        let comparable = match &self.cost {
            Some(cost) => set.unit(cost)? == set.unit(&self.gain)?,
            None => false,
        };
        let gained = total.columns.first().and_then(|column| column.values.first()).cloned();
        let gained = gained.unwrap_or(Value::Undefined(Reason::Missing));
        let read = |table: &Table, row: usize, name: String| {
            let mut values =
                table.columns.iter().filter_map(|column| column.values.get(row).cloned());
            let gain = values.next().unwrap_or(Value::Undefined(Reason::Missing));
            let cost = self.cost.as_ref().and_then(|_| values.next());
            let occasions = self.occasions.as_ref().and_then(|_| values.next());
            Strategy::new(name, gain, cost, occasions, comparable, &gained, values.collect())
        };
        let strategies = by
            .rows
            .iter()
            .enumerate()
            .map(|(row, place)| read(&by, row, place.key.first().cloned().unwrap_or_default()));
        let mut strategies: Vec<Strategy> = strategies.collect();
        rank(&mut strategies);
        Ok(FactorResult {
            name: self.name.clone(),
            dimension: self.strategy.clone(),
            total: read(&total, 0, String::new()),
            strategies,
        })
    }

    /// Gain, cost, occasions and the metrics in one query.
    fn query(&self) -> Query {
        let parts = [Some(&self.gain), self.cost.as_ref(), self.occasions.as_ref()];
        let metrics = parts.into_iter().flatten().chain(&self.metrics).cloned();
        let mut query = Query::of(metrics);
        query.selection = self.selection.in_total();
        query.period = self.period;
        query
    }

    /// What is wrong with it for these KPIs, each with its path.
    pub(crate) fn problems(&self, set: &KpiSet) -> Vec<Error> {
        let mut problems = Vec::new();
        let parts = [
            ("gain", Some(&self.gain)),
            ("cost", self.cost.as_ref()),
            ("occasions", self.occasions.as_ref()),
        ];
        for (field, metric) in parts {
            let Some(metric) = metric else { continue };
            match set.aggregation(metric) {
                Err(error) => problems.push(error.at_path(field)),
                Ok(Aggregation::Additive) => {}
                Ok(other) => {
                    let message = format!(
                        "{metric} is {other}, and does not add up over strategies; name a sum of flows"
                    );
                    problems.push(Error::new(ErrorKind::Domain, message).at_path(field));
                }
            }
        }
        for (i, metric) in self.metrics.iter().enumerate() {
            if let Err(error) = set.resolve(metric) {
                problems.push(error.at_path(format!("metrics[{i}]")));
            }
        }
        if let Err(error) = set.schema().dimension_index(&self.strategy) {
            problems.push(error.at_path("strategy"));
        }
        problems.extend(self.selection.problems(set.schema()));
        problems
    }
}

/// A gain over no cost.
pub(super) const fn unbounded(negative: bool) -> Reason {
    Reason::Unbounded(if negative { Sense::Bad } else { Sense::Good })
}
