//! Why a metric moved between two periods, over facts.

use super::arithmetic::{is_zero, sum, zero};
use super::change::Change;
use super::contribution::{Amount, Contributions};
use super::convention::Convention;
use super::drivers::{DriverShares, check_count};
use super::price_volume::{PriceVolumeMix, Product, Sales};
use super::rate_mix::{RateMix, RatioSegment, Sums};
use crate::calendar::{Calendar, Date, Period};
use crate::error::{Error, ErrorKind};
use crate::facts::{Facts, Selection};
use crate::kpi::{Frames, KpiSet, OnZero, Program, Query, Shape, check_schema};
use crate::number::{Rational, Reason, Value};
use crate::unit::Unit;

/// Asks why a metric moved between two periods.
///
/// With dimensions, over their segments: a metric that adds up over segments is explained by
/// [`Contributions`], a quotient of two such metrics by [`RateMix`], and revenue by
/// [`PriceVolumeMix`] where a quantity is named. Whether it is the one or the other is said by its
/// formula: `1000 * spend / impressions` is a quotient of sums, and so is revenue over a stock of
/// customers. Without dimensions, a KPI is explained by the metrics that its own formula names, by
/// [`DriverShares`].
///
/// ```
/// use yardstick::explain::{Cause, Explain};
/// use yardstick::{
///     Calendar, Column, Date, Facts, Kpi, KpiSet, Measure, Period, Schema, Value,
/// };
///
/// let schema = Schema::new(
///     ["channel"],
///     [Measure::flow("orders", "order".parse()?), Measure::flow("visits", "visit".parse()?)],
/// )?;
/// let set = KpiSet::new(schema, [Kpi::new("conversion", "orders / visits".parse()?)])?;
/// let (monday, tuesday) = (Date::new(2011, 12, 5)?, Date::new(2011, 12, 6)?);
/// let facts = Facts::builder(set.schema())
///     .dates(&[monday, monday, tuesday, tuesday])
///     .dimension("channel", &["paid", "search", "paid", "search"])
///     .measure("orders", Column::integers(&[2, 30, 9, 11]))
///     .measure("visits", Column::integers(&[100, 300, 300, 100]))
///     .build()?;
/// let explanation = Explain::of("conversion")
///     .by("channel")
///     .between(Period::day(monday), Period::day(tuesday))
///     .run(&set, &facts, Calendar::default())?;
/// assert_eq!(explanation.change.absolute(), Value::Defined("-0.03".parse()?));
/// let Cause::RateMix(causes) = explanation.cause else { panic!() };
/// assert_eq!(causes.rate, Value::Defined("0.01".parse()?));
/// assert_eq!(causes.mix, Value::Defined("-0.04".parse()?));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explain {
    pub(crate) metric: String,
    pub(crate) selection: Selection,
    pub(crate) periods: Option<(Period, Period)>,
    pub(crate) convention: Convention,
    pub(crate) quantity: Option<String>,
    pub(crate) cost: Option<String>,
}

/// Why a metric moved.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The metric as it was asked for.
    pub metric: String,
    /// The unit of the change and of all effects.
    pub unit: Unit,
    /// The dimensions whose values make the keys of segments.
    pub dimensions: Vec<String>,
    /// The days before.
    pub before: Period,
    /// The days after.
    pub after: Period,
    /// Of the number that is explained: the metric, or with costs revenue less cost. The effects
    /// sum to its absolute change.
    pub change: Change,
    /// What it is made of.
    pub cause: Cause,
}

/// What a change is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// Of a metric that adds up over segments.
    Contributions(Contributions),
    /// Of a quotient of two such metrics.
    RateMix(Box<RateMix>),
    /// Of revenue and quantity.
    PriceVolumeMix(Box<PriceVolumeMix>),
    /// Of a formula over other metrics.
    Drivers(DriverShares),
}

impl Cause {
    /// `contributions`, `rate_mix`, `price_volume_mix` or `drivers`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Contributions(_) => "contributions",
            Self::RateMix(_) => "rate_mix",
            Self::PriceVolumeMix(_) => "price_volume_mix",
            Self::Drivers(_) => "drivers",
        }
    }
}

impl Explain {
    /// Asks about this metric: a KPI or a measure, by its name as in a [`Query`].
    #[must_use]
    pub fn of(metric: impl Into<String>) -> Self {
        Self {
            metric: metric.into(),
            selection: Selection::default(),
            periods: None,
            convention: Convention::default(),
            quantity: None,
            cost: None,
        }
    }

    /// By the segments of this dimension; may be called for several, and then a segment is a
    /// combination of their values that occurs.
    #[must_use]
    pub fn by(mut self, dimension: impl Into<String>) -> Self {
        self.selection.by.push(dimension.into());
        self
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

    /// From this period to that one.
    #[must_use]
    pub fn between(self, before: Period, after: Period) -> Self {
        Self { periods: Some((before, after)), ..self }
    }

    /// The same with effects counted so; without it, [`Convention::Symmetric`]. Contributions and
    /// drivers have no convention.
    #[must_use]
    pub fn convention(self, convention: Convention) -> Self {
        Self { convention, ..self }
    }

    /// Price, volume and mix of the metric, which is revenue; this metric is the quantity sold.
    /// Segments are the products.
    #[must_use]
    pub fn quantity(self, metric: impl Into<String>) -> Self {
        Self { quantity: Some(metric.into()), ..self }
    }

    /// With a quantity: this metric is the variable cost, and what is explained is revenue less
    /// cost. It has the unit of the revenue.
    #[must_use]
    pub fn cost(self, metric: impl Into<String>) -> Self {
        Self { cost: Some(metric.into()), ..self }
    }

    /// Explains the change.
    ///
    /// A segment is a combination of values that occurs in the facts, on any day, and passes the
    /// filters; segments are in alphabetical order. The order of rows in the facts plays no part. A
    /// segment of a stock that was never observed up to a period is not there in it, and has zero.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with everything that is wrong with the question: an unknown metric or
    /// dimension, no periods, a metric that neither adds up over segments nor is a quotient of two
    /// that do, a measure without dimensions, a formula of more than 12 names or one that reads
    /// other periods. [`ErrorKind::Shape`] for facts of another schema, and as [`Query::run`].
    pub fn run(
        &self,
        set: &KpiSet,
        facts: &Facts<'_>,
        calendar: Calendar,
    ) -> Result<Explanation, Error> {
        self.run_until(set, facts, calendar, None)
    }

    /// The same without a look at what comes after `as_of`.
    pub(crate) fn run_until(
        &self,
        set: &KpiSet,
        facts: &Facts<'_>,
        calendar: Calendar,
        as_of: Option<Date>,
    ) -> Result<Explanation, Error> {
        check_schema(set, facts)?;
        if let Some(error) = Error::all("explanation", self.problems(set)) {
            return Err(error);
        }
        let Some(periods) = self.periods else { return Err(self.no_periods()) };
        let source = Source { explain: self, set, facts, calendar, as_of, periods };
        let (change, cause) = match (self.selection.by.is_empty(), &self.quantity) {
            (true, _) => source.drivers()?,
            (false, Some(quantity)) => source.price_volume_mix(quantity)?,
            (false, None) => match set.shape_across(set.resolve(&self.metric)?) {
                Shape::Ratio(n, d, on_zero) => {
                    let program = set.compile_ratio(set.resolve(&self.metric)?, &n, &d)?;
                    source.rate_mix(&program, on_zero)?
                }
                _ => source.contributions()?,
            },
        };
        Ok(Explanation {
            metric: self.metric.clone(),
            unit: set.unit(&self.metric)?.clone(),
            dimensions: self.selection.by.clone(),
            before: periods.0,
            after: periods.1,
            change,
            cause,
        })
    }

    fn no_periods(&self) -> Error {
        let message = format!("no periods between which {} moved; give two", self.metric);
        Error::new(ErrorKind::Missing, message).at_path("between")
    }

    /// What is wrong with the question for these KPIs, each with its path.
    pub(crate) fn problems(&self, set: &KpiSet) -> Vec<Error> {
        let mut problems = Vec::new();
        if self.periods.is_none() {
            problems.push(self.no_periods());
        }
        problems.extend(self.selection.problems(set.schema()));
        let revenue = self.quantity.is_some();
        let shape = self.shape(set, "metric", &self.metric, revenue);
        problems.extend(shape.err());
        let named = [("quantity", &self.quantity), ("cost", &self.cost)];
        for (path, metric) in named.iter().filter_map(|(path, m)| Some((path, m.as_ref()?))) {
            problems.extend(self.shape(set, path, metric, true).err());
        }
        let mut refuse = |kind, path: &str, message: String| {
            problems.push(Error::new(kind, message).at_path(path));
        };
        if revenue && self.selection.by.is_empty() {
            let message = "a quantity without products; name the dimension that has them";
            refuse(ErrorKind::Missing, "by", message.to_owned());
        }
        if let (Some(cost), false) = (&self.cost, revenue) {
            let message = format!("cost {cost} without a quantity; name the quantity sold too");
            refuse(ErrorKind::Missing, "quantity", message);
        }
        if let Some(cost) = &self.cost {
            if let (Ok(due), Ok(given)) = (set.unit(&self.metric), set.unit(cost)) {
                if due != given {
                    let message = format!(
                        "{cost} in {given} cannot be taken from {} in {due}; take a cost in {due}",
                        self.metric
                    );
                    refuse(ErrorKind::Unit, "cost", message);
                }
            }
        }
        problems
    }

    /// Whether a metric can be explained, or take part in it.
    fn shape(
        &self,
        set: &KpiSet,
        path: &str,
        metric: &str,
        has_to_add_up: bool,
    ) -> Result<(), Error> {
        let explained = || {
            let resolved = set.resolve(metric)?;
            let refuse = |message: String| Err(Error::new(ErrorKind::Domain, message));
            match (self.selection.by.is_empty(), set.shape_across(resolved)) {
                (true, _) if path == "metric" => {
                    let open = set.substitution(metric)?;
                    check_count(open.names().len())
                }
                (true, _) | (_, Shape::Flow) => Ok(()),
                (_, Shape::Ratio(..)) if !has_to_add_up => Ok(()),
                _ if has_to_add_up => refuse(format!(
                    "{metric} does not add up over segments; take a sum of measures that do"
                )),
                _ => refuse(format!(
                    "{metric} neither adds up over segments nor is a quotient of two metrics that do; leave the dimensions out to explain it by what its formula names"
                )),
            }
        };
        explained().map_err(|error: Error| error.at_path(path))
    }
}

/// Keys, and for each metric a value for each key.
type Columns = (Vec<Vec<String>>, Vec<Vec<Value>>);

/// A value for each segment, in two periods.
struct Segments {
    keys: Vec<Vec<String>>,
    before: Vec<Value>,
    after: Vec<Value>,
}

/// Where the numbers come from.
struct Source<'a> {
    explain: &'a Explain,
    set: &'a KpiSet,
    facts: &'a Facts<'a>,
    calendar: Calendar,
    as_of: Option<Date>,
    periods: (Period, Period),
}

impl Source<'_> {
    /// Metrics over a period by the dimensions, or in total, a list for each; missing where the
    /// period has not begun.
    fn values(
        &self,
        metrics: &[String],
        selection: &Selection,
        period: Period,
    ) -> Result<Columns, Error> {
        let begun = match self.as_of {
            Some(as_of) => period.until(as_of),
            None => Some(period),
        };
        let mut query = Query::of(metrics.iter().cloned()).within(begun.unwrap_or(period));
        for dimension in &selection.by {
            query = query.by(dimension);
        }
        for (dimension, values) in &selection.only {
            query = query.only(dimension, values.iter().cloned());
        }
        let table = query.run_until(self.set, self.facts, self.calendar, self.as_of)?;
        let keys: Vec<_> = table.rows.into_iter().map(|row| row.key).collect();
        let values = table.columns.into_iter().map(|column| match begun {
            Some(_) => column.values,
            None => vec![Value::Undefined(Reason::Missing); keys.len()],
        });
        let values = values.collect();
        Ok((keys, values))
    }

    /// A metric in total.
    fn total(&self, metric: &str) -> Result<Change, Error> {
        let selection = self.explain.selection.in_total();
        let value = |period| -> Result<Value, Error> {
            let (_, values) = self.values(&[metric.to_owned()], &selection, period)?;
            Ok(first(values))
        };
        Ok(Change { before: value(self.periods.0)?, after: value(self.periods.1)? })
    }

    /// A metric that adds up, by segment, with the total that it adds up to.
    fn segments(&self, metric: &str) -> Result<(Segments, Change), Error> {
        let total = self.total(metric)?;
        let of = |period, total: &Value| -> Result<_, Error> {
            let metrics = [metric.to_owned()];
            let (keys, values) = self.values(&metrics, &self.explain.selection, period)?;
            let values = values.into_iter().next().unwrap_or_default();
            Ok((keys, closed(values, total)))
        };
        let (keys, before) = of(self.periods.0, &total.before)?;
        let (_, after) = of(self.periods.1, &total.after)?;
        Ok((Segments { keys, before, after }, total))
    }

    fn contributions(&self) -> Result<(Change, Cause), Error> {
        let (segments, total) = self.segments(&self.explain.metric)?;
        let values = segments.before.into_iter().zip(segments.after);
        let parts = segments.keys.into_iter().zip(values);
        let parts = parts.map(|(key, (before, after))| Amount { key, before, after });
        let mut causes = Contributions::of(parts)?;
        // Where nothing passes a filter, a stock is missing and not zero.
        causes.change = total.clone();
        Ok((total, Cause::Contributions(causes)))
    }

    fn rate_mix(&self, program: &Program, on_zero: OnZero) -> Result<(Change, Cause), Error> {
        let (keys, before) = self.sums(program, self.periods.0)?;
        let (_, after) = self.sums(program, self.periods.1)?;
        let segments = keys.into_iter().zip(before.into_iter().zip(after));
        let segments =
            segments.map(|(key, (before, after))| RatioSegment { key, before, after }).collect();
        let quotient = |n: &Value, d: &Value| on_zero.quotient(n, d);
        let causes = RateMix::with(segments, self.explain.convention, &quotient)?;
        Ok((causes.change.clone(), Cause::RateMix(Box::new(causes))))
    }

    /// Numerator and denominator of each segment.
    fn sums(
        &self,
        program: &Program,
        period: Period,
    ) -> Result<(Vec<Vec<String>>, Vec<Sums>), Error> {
        let period = match self.as_of {
            Some(as_of) => period.until(as_of),
            None => Some(period),
        };
        let run = |selection: &Selection| -> Result<_, Error> {
            let groups = self.facts.groups(selection, self.as_of)?;
            let measures = program.inputs.iter().map(|(measure, _)| *measure);
            self.facts.check_cost(measures, &groups, 1)?;
            let parts = match period {
                Some(period) => program.run(self.facts, &groups, &Frames::plain([period]))?,
                None => vec![vec![Value::Undefined(Reason::Missing); groups.keys.len()]; 2],
            };
            let mut parts = parts.into_iter();
            let numerators = parts.next().unwrap_or_default();
            Ok((groups.keys, numerators, parts.next().unwrap_or_default()))
        };
        let (_, n, d) = run(&self.explain.selection.in_total())?;
        let (keys, numerators, denominators) = run(&self.explain.selection)?;
        let numerators = closed(numerators, &first(vec![n]));
        let denominators = closed(denominators, &first(vec![d]));
        let sums = numerators.into_iter().zip(denominators);
        let sums = sums.map(|(numerator, denominator)| Sums { numerator, denominator });
        Ok((keys, sums.collect()))
    }

    fn price_volume_mix(&self, quantity: &str) -> Result<(Change, Cause), Error> {
        let (revenue, _) = self.segments(&self.explain.metric)?;
        let (quantity, _) = self.segments(quantity)?;
        let cost = match &self.explain.cost {
            Some(cost) => Some(self.segments(cost)?.0),
            None => None,
        };
        let sales = |i: usize, of: fn(&Segments) -> &Vec<Value>| {
            let at = |segments: &Segments| {
                of(segments).get(i).cloned().unwrap_or(Value::Undefined(Reason::Missing))
            };
            Sales {
                quantity: at(&quantity),
                revenue: at(&revenue),
                cost: cost.as_ref().map_or(zero(), at),
            }
        };
        let products = revenue.keys.iter().enumerate().map(|(i, key)| Product {
            key: key.clone(),
            before: sales(i, |segments| &segments.before),
            after: sales(i, |segments| &segments.after),
        });
        let causes = PriceVolumeMix::of(products, self.explain.convention)?;
        Ok((causes.change.clone(), Cause::PriceVolumeMix(Box::new(causes))))
    }

    fn drivers(&self) -> Result<(Change, Cause), Error> {
        let open = self.set.substitution(&self.explain.metric)?;
        let selection = self.explain.selection.in_total();
        let of = |period| -> Result<Vec<Value>, Error> {
            if open.names().is_empty() {
                return Ok(Vec::new());
            }
            let (_, values) = self.values(open.names(), &selection, period)?;
            Ok(values.into_iter().map(|values| first(vec![values])).collect())
        };
        let values = of(self.periods.0)?.into_iter().zip(of(self.periods.1)?);
        let drivers = open.names().iter().cloned().zip(values);
        let drivers = drivers.map(|(name, (before, after))| (name, Change { before, after }));
        let causes = DriverShares::with(drivers.collect(), |values| Ok(open.evaluate(values)))?;
        Ok((causes.change.clone(), Cause::Drivers(causes)))
    }
}

fn first(values: Vec<Vec<Value>>) -> Value {
    let value = values.into_iter().next().and_then(|values| values.into_iter().next());
    value.unwrap_or(Value::Undefined(Reason::Missing))
}

/// The values of segments that add up to a total. A segment that is missing where the total is not
/// is no part of it, and has zero, where the others add up to the total without it.
fn closed(values: Vec<Value>, total: &Value) -> Vec<Value> {
    let missing = |value: &Value| *value == Value::Undefined(Reason::Missing);
    if total.is_undefined() || !values.iter().any(missing) {
        return values;
    }
    let without: Vec<Value> =
        values.iter().map(|value| if missing(value) { zero() } else { value.clone() }).collect();
    let difference = sum(&without).zip(total.as_ref(), |sum, total: &Rational| sum - total);
    if is_zero(&difference) { without } else { values }
}
