//! What KPIs share beside measures: named periods and a reporting currency.

use super::definition::Kpi;
use super::set::KpiSet;
use crate::calendar::Period;
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::facts::{Measure, Schema, check_names};
use crate::unit::Unit;

/// What `baseline` and `reported` in formulas refer to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Context {
    pub(crate) baselines: Vec<(String, Period)>,
    pub(crate) reporting: Option<Reporting>,
}

/// The currency of a report, and the measures that convert to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reporting {
    pub(crate) currency: String,
    /// A currency, and the measure that is its rate.
    pub(crate) rates: Vec<(String, String)>,
}

impl Reporting {
    pub(crate) fn new<C: Into<String>, M: Into<String>>(
        currency: impl Into<String>,
        rates: impl IntoIterator<Item = (C, M)>,
    ) -> Self {
        let rates = rates.into_iter().map(|(from, rate)| (from.into(), rate.into()));
        Self { currency: currency.into(), rates: rates.collect() }
    }
}

impl Context {
    /// The measures by which an amount in this unit is multiplied to be in the reporting currency,
    /// and to which power.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Missing`] without a reporting currency, or without a rate.
    pub(super) fn rates(&self, unit: &Unit) -> Result<Vec<(&str, i32)>, Error> {
        let Some(reporting) = &self.reporting else {
            let message = "no reporting currency; declare one, with its rates";
            return Err(Error::new(ErrorKind::Missing, message));
        };
        let foreign = unit.currencies().filter(|(currency, _)| *currency != reporting.currency);
        let rate = |(currency, exponent): (&str, i32)| {
            let rate = reporting.rates.iter().find(|(from, _)| from == currency);
            rate.map(|(_, rate)| (rate.as_str(), exponent)).ok_or_else(|| {
                let to = &reporting.currency;
                let message =
                    format!("no rate from {currency} to {to}; declare the measure that is one");
                Error::new(ErrorKind::Missing, message)
            })
        };
        foreign.map(rate).collect()
    }

    /// What is wrong with it, each with its path.
    pub(super) fn problems(&self, schema: &Schema) -> Vec<Error> {
        let mut problems = Vec::new();
        check_names(
            "baselines",
            self.baselines.iter().map(|(name, _)| name.as_str()),
            &mut problems,
        );
        let Some(reporting) = &self.reporting else { return problems };
        let place = |error: Error, field: &str| error.at_path(format!("reporting.{field}"));
        let currency = match Unit::currency(&reporting.currency) {
            Ok(currency) => Some(currency),
            Err(error) => {
                problems.push(place(error, "currency"));
                None
            }
        };
        for (i, (from, rate)) in reporting.rates.iter().enumerate() {
            let field = format!("rates.{from}");
            if reporting.rates[..i].iter().any(|(other, _)| other == from) {
                let message = format!("the rate of {from} is there twice; keep one");
                problems.push(place(Error::new(ErrorKind::Duplicate, message), &field));
            }
            let from = match Unit::currency(from) {
                Ok(unit) => unit,
                Err(error) => {
                    problems.push(place(error, &field));
                    continue;
                }
            };
            let Some(measure) = schema.measure(rate) else {
                let remedy = did_you_mean(rate, schema.measures().iter().map(Measure::name));
                let message = format!("unknown measure \"{rate}\"; {remedy}");
                problems.push(place(Error::new(ErrorKind::Unknown, message), &field));
                continue;
            };
            let Some(due) = currency.as_ref().and_then(|currency| currency.over(&from).ok()) else {
                continue;
            };
            if measure.unit() != &due.0 {
                let message = format!(
                    "measure \"{rate}\" is in {}; a rate from {from} is in {}",
                    measure.unit(),
                    due.0
                );
                problems.push(place(Error::new(ErrorKind::Unit, message), &field));
            }
        }
        problems
    }
}

/// Collects KPIs, the periods that `baseline` names in formulas, and the currency of `reported`.
///
/// ```
/// use yardstick::{
///     Calendar, Column, Facts, Kpi, KpiSet, Measure, OverTime, MissingDay, Query, Schema, Value,
/// };
///
/// let rate = Measure::stock("usd_per_eur", "USD/EUR".parse()?);
/// let schema = Schema::new(Vec::<String>::new(), [Measure::flow("revenue", "EUR".parse()?), rate])?;
/// let year = Calendar::default();
/// let set = KpiSet::builder(schema)
///     .baseline("last_season", year.period("2010-12")?)
///     .reporting("USD", [("EUR", "usd_per_eur")])
///     .kpi(Kpi::new("lift", "revenue / baseline(revenue, last_season) - 1".parse()?))
///     .kpi(Kpi::new("global_revenue", "reported(revenue)".parse()?))
///     .build()?;
/// assert_eq!(set.unit("global_revenue")?.to_string(), "USD");
///
/// let facts = Facts::builder(set.schema())
///     .dates(&["2010-12-07".parse()?, "2011-12-07".parse()?])
///     .measure("revenue", Column::integers(&[100, 120]))
///     .measure("usd_per_eur", Column::scaled(&[132, 134], 2))
///     .build()?;
/// let query = Query::of(["lift", "global_revenue"]).within(year.period("2011-12")?);
/// let table = query.run(&set, &facts, year)?;
/// assert_eq!(table.columns[0].values, [Value::Defined("0.2".parse()?)]);
/// assert_eq!(table.columns[1].values, [Value::Defined("160.8".parse()?)]); // 120 * 1.34
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct KpiSetBuilder {
    schema: Schema,
    context: Context,
    kpis: Vec<Kpi>,
}

impl KpiSetBuilder {
    pub(super) fn new(schema: Schema) -> Self {
        Self { schema, context: Context::default(), kpis: Vec::new() }
    }

    /// One more KPI.
    #[must_use]
    pub fn kpi(mut self, kpi: Kpi) -> Self {
        self.kpis.push(kpi);
        self
    }

    /// More KPIs.
    #[must_use]
    pub fn kpis(mut self, kpis: impl IntoIterator<Item = Kpi>) -> Self {
        self.kpis.extend(kpis);
        self
    }

    /// A period with a name, for `baseline(x, name)` in formulas. It is the same whole period for
    /// every row of a query; a report looks at its days up to the day of the report.
    #[must_use]
    pub fn baseline(mut self, name: impl Into<String>, period: Period) -> Self {
        self.context.baselines.push((name.into(), period));
        self
    }

    /// The currency of `reported(x)` in formulas, and of queries that ask for it, with the measure
    /// that is the rate of each other currency: from EUR to USD one in `USD/EUR`. An amount of a
    /// period is converted at the rate of that period, as the rate measure rolls up: the closing
    /// rate, for a stock. To convert day by day, declare a measure that is computed for each row.
    #[must_use]
    pub fn reporting<C: Into<String>, M: Into<String>>(
        mut self,
        currency: impl Into<String>,
        rates: impl IntoIterator<Item = (C, M)>,
    ) -> Self {
        self.context.reporting = Some(Reporting::new(currency, rates));
        self
    }

    /// Checks everything.
    ///
    /// # Errors
    ///
    /// As [`KpiSet::new`], and for a baseline whose name is no name or there twice, a reporting
    /// currency that is none, and a rate that is no measure or not in the unit of a rate.
    pub fn build(self) -> Result<KpiSet, Error> {
        let (set, problems) = KpiSet::checked(self.schema, self.context, self.kpis);
        match Error::all("KPIs", problems) {
            Some(error) => Err(error),
            None => Ok(set),
        }
    }
}
