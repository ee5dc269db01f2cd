//! Targets over facts, at the end of each day.

use std::collections::HashMap;

use super::daily::{Daily, Only, Request, daily};
use super::definition::Target;
use super::goal::{Baseline, Limit};
use super::pace::Records;
use super::result::{Adds, Rules, Sums, TargetResult, Track};
use super::validate::Earlier;
use super::weights::{DayWeights, Elapsed};
use crate::calendar::{Calendar, Date, Period};
use crate::error::{Error, ErrorKind};
use crate::facts::{Facts, Rolled, Selection};
use crate::kpi::{Frames, KpiSet, OnZero, Program, Shape, Surroundings, check_schema};
use crate::number::{Rational, Reason, Value};

impl Target {
    /// Where the target stands at the end of each day of its period up to `as_of`, that day
    /// included. Facts after `as_of` are not looked at.
    ///
    /// A metric that adds up over days (a sum of flows, times or over constants) has the pace of a
    /// flow, or of a budget; a sum of stocks that of a stock; a quotient of two metrics that add up,
    /// times or over constants other than zero, that of a ratio. They cost one pass over the facts.
    /// Any other metric is evaluated for each day anew and has no pace. In it, `prior` means the
    /// baseline where the goal has a period for one, half way through only as many of its days;
    /// without one, the period of as many days right before. The calendar says where the quarters and
    /// years of `to_date` begin.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with everything that is wrong with the target: an unknown metric or
    /// dimension, a period of more than 7,305 days, a range upside down, a baseline that is not over
    /// before the target begins, a mode of attainment, tolerance or volume that does not go with the
    /// goal, weights that do not go with the period, versions and tiers out of order, bands that never
    /// hold, more than 1,024 versions, tiers or bands. [`ErrorKind::Shape`] for facts of another schema,
    /// [`ErrorKind::Capacity`] where it would go on for too long, as
    /// [`Query::run`](crate::Query::run), or for more than 2,147,483,648 rows times days of a metric
    /// that is evaluated for each day anew.
    pub fn assess(
        &self,
        set: &KpiSet,
        facts: &Facts<'_>,
        calendar: Calendar,
        as_of: Date,
    ) -> Result<TargetResult, Error> {
        let problems = self.problems(set, &Earlier::default(), true);
        if let Some(error) = Error::all(&format!("target \"{}\"", self.name), problems) {
            return Err(error);
        }
        check_schema(set, facts)?;
        let results = assess(std::slice::from_ref(self), set, facts, calendar, as_of);
        let results = results.map_err(|(_, error)| error)?;
        let none = || Error::new(ErrorKind::Shape, "a target without a result");
        results.into_iter().next().ok_or_else(none)
    }

    /// The same for many targets, in their order. A change may start from the limit of one that
    /// stands earlier in the list. Targets of one metric and period that each look at one value of the
    /// same dimensions, one for each seller, say, share one pass over the facts; the results are those
    /// of each alone.
    ///
    /// ```
    /// use yardstick::target::{Baseline, Change, ChangeMode, Goal, Limit, Target};
    /// use yardstick::{Calendar, Column, Date, Facts, KpiSet, Measure, Period, Schema, Value};
    ///
    /// let schema = Schema::new(["seller"], [Measure::flow("revenue", "EUR".parse()?)])?;
    /// let set = KpiSet::new(schema, [])?;
    /// let day = Date::new(2011, 12, 5)?;
    /// let facts = Facts::builder(set.schema())
    ///     .dates(&[day, day])
    ///     .dimension("seller", &["ann", "bob"])
    ///     .measure("revenue", Column::integers(&[60, 40]))
    ///     .build()?;
    /// let period = Period::day(day);
    /// let ann = Target::new("ann", "revenue", period, Goal::AtLeast(Limit::Fixed(50.into())))
    ///     .only("seller", ["ann"]);
    /// // A tenth less than Ann.
    /// let change = Change {
    ///     by: "-0.1".parse()?,
    ///     mode: ChangeMode::Relative,
    ///     baseline: Baseline::Target("ann".into()),
    /// };
    /// let bob = Target::new("bob", "revenue", period, Goal::AtLeast(Limit::Change(change)))
    ///     .only("seller", ["bob"]);
    /// let results = Target::assess_all(&[ann, bob], &set, &facts, Calendar::default(), day)?;
    /// assert_eq!(results[0].current().gap, Value::Defined(10.into()));
    /// assert_eq!(results[1].current().gap, Value::Defined((-5).into())); // 40 of 45
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`assess`](Self::assess), with all problems of all targets at once, each with the place of
    /// its target in the list.
    pub fn assess_all(
        targets: &[Self],
        set: &KpiSet,
        facts: &Facts<'_>,
        calendar: Calendar,
        as_of: Date,
    ) -> Result<Vec<TargetResult>, Error> {
        let mut earlier = Earlier::default();
        let mut problems = Vec::new();
        for (i, target) in targets.iter().enumerate() {
            let found = target.problems(set, &earlier, true).into_iter();
            problems.extend(found.map(|error| error.at_path(format!("targets[{i}]"))));
            earlier.add(target);
        }
        if let Some(error) = Error::all("targets", problems) {
            return Err(error);
        }
        check_schema(set, facts)?;
        assess(targets, set, facts, calendar, as_of)
            .map_err(|(i, error)| error.at_path(format!("targets[{i}]")))
    }
}

/// How the numbers of a metric come about.
struct Metric {
    program: Program,
    kind: Kind,
}

enum Kind {
    Flow,
    Stock,
    /// Numerator and denominator, and what a numerator over zero means.
    Ratio(Program, OnZero),
    Other,
}

impl Metric {
    fn new(set: &KpiSet, name: &str) -> Result<Self, Error> {
        let metric = set.resolve(name)?;
        let kind = match set.shape(metric) {
            Shape::Flow => Kind::Flow,
            Shape::Ratio(n, d, on_zero) => Kind::Ratio(set.compile_ratio(metric, &n, &d)?, on_zero),
            Shape::Constant(..) => Kind::Other,
            Shape::Other if set.is_stock(metric) => Kind::Stock,
            Shape::Other => Kind::Other,
        };
        Ok(Self { program: set.compile(&[metric])?, kind })
    }

    /// What is computed for each day, where that is enough.
    fn daily(&self) -> Option<&Program> {
        match &self.kind {
            Kind::Flow | Kind::Stock => Some(&self.program),
            Kind::Ratio(parts, _) => Some(parts),
            Kind::Other => None,
        }
    }
}

/// What a target asks of the facts, as places in the list of requests.
struct Asked<'a> {
    metric: usize,
    /// Its period so far.
    elapsed: Option<Period>,
    /// Each day of it.
    days: Option<usize>,
    /// Its days in the past period whose shape it takes.
    shape: Option<usize>,
    /// The level on the day before it.
    from: Option<usize>,
    /// Its baselines that have days, and the request for those of each.
    baselines: Vec<(&'a Baseline, Option<usize>)>,
}

/// Assesses targets without problems; an error has the place of its target.
fn assess(
    targets: &[Target],
    set: &KpiSet,
    facts: &Facts<'_>,
    calendar: Calendar,
    as_of: Date,
) -> Result<Vec<TargetResult>, (usize, Error)> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut metrics: Vec<Metric> = Vec::new();
    let mut metric_of = Vec::with_capacity(targets.len());
    for (i, target) in targets.iter().enumerate() {
        let place = match places.get(target.metric.as_str()) {
            Some(place) => *place,
            None => {
                metrics.push(Metric::new(set, &target.metric).map_err(|error| (i, error))?);
                places.insert(&target.metric, metrics.len() - 1);
                metrics.len() - 1
            }
        };
        metric_of.push(place);
    }
    let mut requests = Requests { as_of, list: Vec::new(), targets: Vec::new() };
    let mut asked = Vec::with_capacity(targets.len());
    for (i, target) in targets.iter().enumerate() {
        asked.push(requests.ask(i, target, metric_of[i], &metrics));
    }
    let answers = daily(&requests.list, facts, as_of);
    let answers = answers.map_err(|(request, error)| (requests.targets[request], error))?;
    let mut desk = Desk { set, facts, calendar, as_of, answers, observed: HashMap::new() };
    let mut results: Vec<TargetResult> = Vec::with_capacity(targets.len());
    let mut earlier: HashMap<&str, usize> = HashMap::new();
    for (i, (target, asked)) in targets.iter().zip(asked).enumerate() {
        let limit_of = |name: &str| {
            let result: Option<&TargetResult> = earlier.get(name).map(|i| &results[*i]);
            let limit = result.and_then(|result| result.goal().limit());
            limit.cloned().unwrap_or(Value::Undefined(Reason::NoBase))
        };
        let result = desk.result(target, asked, &metrics, limit_of);
        results.push(result.map_err(|error| (i, error))?);
        earlier.entry(&target.name).or_insert(i);
    }
    Ok(results)
}

/// What all targets ask for.
struct Requests<'a> {
    as_of: Date,
    list: Vec<Request<'a>>,
    /// The target of each.
    targets: Vec<usize>,
}

impl<'a> Requests<'a> {
    fn ask(
        &mut self,
        place: usize,
        target: &'a Target,
        metric: usize,
        metrics: &'a [Metric],
    ) -> Asked<'a> {
        let own = target.selection.only.as_slice();
        let elapsed = target.period.until(self.as_of);
        let kind = &metrics[metric].kind;
        let mut request = |only: &'a Only, period: Option<Period>| {
            let (program, period) = (metrics[metric].daily()?, period?);
            self.list.push(Request { metric, program, only, period });
            self.targets.push(place);
            Some(self.list.len() - 1)
        };
        let days = request(own, elapsed);
        let shape = match &target.weights {
            DayWeights::Shape(past) => request(own, elapsed.map(|_| *past)),
            _ => None,
        };
        let before = target.period.first().plus_days(-1).ok();
        let from = match kind {
            Kind::Stock => request(own, elapsed.and(before).map(Period::day)),
            _ => None,
        };
        let mut baselines: Vec<(&Baseline, Option<usize>)> = Vec::new();
        for baseline in target.baselines() {
            let (only, period) = match baseline {
                Baseline::Period(period) => (own, period),
                Baseline::Segment { period, only } => (only.as_slice(), period),
                Baseline::Target(_) | Baseline::Value(_) => continue,
            };
            if baselines.iter().all(|(known, _)| *known != baseline) {
                let period = period.until(self.as_of).map(|period| match kind {
                    // A level is that of the last day.
                    Kind::Stock => Period::day(period.last()),
                    _ => period,
                });
                baselines.push((baseline, request(only, period)));
            }
        }
        Asked { metric, elapsed, days, shape, from, baselines }
    }
}

/// What was answered, and where the rest is found.
struct Desk<'a> {
    set: &'a KpiSet,
    facts: &'a Facts<'a>,
    calendar: Calendar,
    as_of: Date,
    answers: Vec<Daily>,
    /// The first day with facts of each period.
    observed: HashMap<Period, Option<Date>>,
}

impl Desk<'_> {
    fn result(
        &mut self,
        target: &Target,
        asked: Asked<'_>,
        metrics: &[Metric],
        limit_of: impl Fn(&str) -> Value,
    ) -> Result<TargetResult, Error> {
        let metric = &metrics[asked.metric];
        let mut values = Vec::with_capacity(asked.baselines.len());
        for (baseline, request) in &asked.baselines {
            values.push((*baseline, self.baseline(target, metric, baseline, *request)?));
        }
        let value = |baseline: &Baseline| match baseline {
            Baseline::Value(number) => Value::Defined(number.clone()),
            Baseline::Target(name) => limit_of(name),
            _ => {
                let found = values.iter().find(|(known, _)| *known == baseline);
                found.map_or(MISSING, |(_, value)| value.clone())
            }
        };
        let goal = target.goal.resolve(value);
        let versions = target.versions.iter().map(|(from, goal)| (*from, goal.resolve(value)));
        let tier = |limit: &Limit| match limit {
            Limit::Fixed(limit) => Value::Defined(limit.clone()),
            Limit::Change(change) => change.limit(&value(&change.baseline)),
        };
        let tiers = target.tiers.iter().map(|t| (t.name.clone(), tier(&t.limit)));
        let past = asked.shape.map(|request| self.last(request));
        let elapsed = Elapsed::new(&target.weights, target.period, past);
        let own_bounds =
            || self.set.kpi(&target.metric).map(|kpi| kpi.bounds.clone()).unwrap_or_default();
        let rules = Rules {
            versions: versions.collect(),
            tiers: tiers.collect(),
            attainment: target.attainment,
            tolerance: target.tolerance.clone(),
            volume: target.volume.clone(),
            budget: target.budget.clone(),
            bands: target.bands.clone(),
            bounds: target.daily.clone().unwrap_or_else(own_bounds),
            elapsed,
            goal,
        };
        let mut records = Records::default();
        let track = self.track(target, &asked, metric, &rules, &mut records)?;
        Ok(TargetResult {
            name: target.name.clone(),
            metric: target.metric.clone(),
            unit: self.set.unit(&target.metric)?.clone(),
            owner: target.owner,
            period: target.period,
            // What is later than the period makes no difference.
            as_of: self.as_of.min(target.period.last()),
            observed_from: asked.elapsed.and_then(|elapsed| self.observed_from(elapsed)),
            kind: match metric.kind {
                Kind::Flow => Adds::Sum,
                Kind::Ratio(..) => Adds::Quotient,
                Kind::Stock | Kind::Other => Adds::No,
            },
            rules,
            track,
            records,
        })
    }

    fn observed_from(&mut self, period: Period) -> Option<Date> {
        let facts = self.facts;
        *self.observed.entry(period).or_insert_with(|| facts.first_day_within(period))
    }

    /// The values of the last result for each day: the metric, or its denominator.
    fn last(&self, request: usize) -> Vec<Value> {
        self.answers[request].last().cloned().map(Rolled::into_values).unwrap_or_default()
    }

    /// The metric over a baseline of days.
    fn baseline(
        &self,
        target: &Target,
        metric: &Metric,
        baseline: &Baseline,
        request: Option<usize>,
    ) -> Result<Value, Error> {
        let period = baseline.period().and_then(|period| period.until(self.as_of));
        let Some(period) = period else { return Ok(MISSING) };
        Ok(match (&metric.kind, request.map(|request| self.answers[request].as_slice())) {
            (Kind::Flow, Some([days])) => sum(days),
            // Of one day.
            (Kind::Stock, Some([day])) => {
                day.clone().into_values().into_iter().next().unwrap_or(MISSING)
            }
            (Kind::Ratio(_, on_zero), Some([n, d])) => on_zero.quotient(&sum(n), &sum(d)),
            _ => {
                let only = match baseline {
                    Baseline::Segment { only, .. } => only,
                    _ => &target.selection.only,
                };
                let values = self.alone(&metric.program, only, &[(period, None)])?;
                values.into_iter().next().unwrap_or(MISSING)
            }
        })
    }

    /// The metric over periods that are evaluated one by one. `prior` means the period given, or
    /// else the one of as many days right before. As many values as periods.
    fn alone(
        &self,
        program: &Program,
        only: &Only,
        periods: &[(Period, Option<Period>)],
    ) -> Result<Vec<Value>, Error> {
        let selection = Selection { by: Vec::new(), only: only.to_vec() };
        let groups = self.facts.groups(&selection, Some(self.as_of))?;
        let measures = program.inputs.iter().map(|(measure, _)| *measure);
        self.facts.check_cost(measures, &groups, periods.len())?;
        let each = periods.iter().map(|(period, prior)| {
            let around = Surroundings {
                context: self.set.context(),
                calendar: self.calendar,
                grain: None,
                compare: prior.map(Some),
                as_of: Some(period.last()),
                start: self.facts.period().first(),
            };
            let frames = Frames::new(&[*period], &program.frames, &around);
            let mut results = program.run(self.facts, &groups, &frames)?;
            let value = results.first_mut().and_then(Vec::pop);
            Ok(value.unwrap_or(MISSING))
        });
        each.collect()
    }

    fn track(
        &mut self,
        target: &Target,
        asked: &Asked<'_>,
        metric: &Metric,
        rules: &Rules,
        records: &mut Records,
    ) -> Result<Track, Error> {
        let Some(elapsed) = asked.elapsed else { return Ok(Track::Other(Vec::new())) };
        let higher = rules.goal.higher_is_better();
        let mut take = |request: Option<usize>| {
            request.map(|request| std::mem::take(&mut self.answers[request])).unwrap_or_default()
        };
        let own = target.goal.own_baseline();
        let is_own =
            |baseline: &Baseline| own.is_some_and(|own| *baseline == Baseline::Period(own));
        let before = asked.baselines.iter().find(|(baseline, _)| is_own(baseline));
        let before = own.into_iter().zip(before.map(|(_, request)| take(*request))).next();
        let mut daily = take(asked.days).into_iter();
        Ok(match &metric.kind {
            Kind::Flow => {
                if let Some((period, days)) = before {
                    let weights = target.weights.elsewhere(period).unwrap_or_default();
                    let days = days.into_iter().flat_map(Rolled::into_values);
                    for ((day, value), weight) in period.iter().zip(days).zip(weights) {
                        records.see(day, &value, &weight, higher);
                    }
                }
                let see = |i: u32, value: &Value| {
                    let day = elapsed.first().plus_days(i as i32).unwrap_or(elapsed.first());
                    records.see(day, value, &rules.elapsed.of_day(i), higher)
                };
                let (sums, records) = Sums::of(daily.next(), see);
                Track::Flow { sums, records }
            }
            Kind::Ratio(_, on_zero) => {
                let mut next = || daily.next().map(Rolled::into_values).unwrap_or_default();
                let (mut n, mut d) = (next(), next());
                let mut baseline_volume = None;
                if let Some((period, days)) = before {
                    let mut days = days.into_iter().map(Rolled::into_values);
                    let (n, d) = (days.next().unwrap_or_default(), days.next().unwrap_or_default());
                    for (day, (n, d)) in period.iter().zip(n.iter().zip(&d)) {
                        records.see(day, &on_zero.quotient(n, d), &Rational::ONE, higher);
                    }
                    baseline_volume = Some(sum(&Rolled::Values(d)));
                }
                let see = |(day, (n, d)): (Date, (&Value, &Value))| {
                    records.see(day, &on_zero.quotient(n, d), &Rational::ONE, higher)
                };
                let records = elapsed.iter().zip(n.iter().zip(&d)).map(see).collect();
                add_up(&mut n);
                add_up(&mut d);
                let sums = n.into_iter().zip(d).collect();
                Track::Ratio { sums, records, on_zero: *on_zero, baseline_volume }
            }
            Kind::Stock => {
                let from = take(asked.from).into_iter().flat_map(Rolled::into_values).next();
                let levels = daily.next().map(Rolled::into_values).unwrap_or_default();
                Track::Stock { levels, from: from.unwrap_or(MISSING) }
            }
            Kind::Other => Track::Other(self.each_day(target, metric, elapsed)?),
        })
    }

    /// A metric without parts that add up, from the first day of the period to each.
    fn each_day(
        &self,
        target: &Target,
        metric: &Metric,
        elapsed: Period,
    ) -> Result<Vec<Value>, Error> {
        /// Rows times days.
        const MOST: u64 = 1 << 31;
        let (rows, days) = (self.facts.rows(), elapsed.days());
        if (rows as u64).saturating_mul(days.into()) > MOST {
            let name = &target.metric;
            let message = format!(
                "{name} neither adds up over days nor is a quotient of such, and is evaluated for each of {days} days over {rows} rows; the most is {MOST} in all, so set a target for a shorter period"
            );
            return Err(Error::new(ErrorKind::Capacity, message));
        }
        let so_far = |day| {
            let so_far = Period::inclusive(elapsed.first(), day)?;
            let like_for_like = |baseline: Period| baseline.as_far_as(so_far, target.period);
            Ok((so_far, target.goal.own_baseline().map(like_for_like)))
        };
        let periods = elapsed.iter().map(so_far).collect::<Result<Vec<_>, Error>>()?;
        self.alone(&metric.program, &target.selection.only, &periods)
    }
}

const MISSING: Value = Value::Undefined(Reason::Missing);

/// Of all days.
fn sum(days: &Rolled) -> Value {
    match days {
        Rolled::Scaled(days, scale) => {
            let sum: i128 = days.iter().copied().map(i128::from).sum();
            Value::Defined(Rational::from_scaled(sum, *scale))
        }
        Rolled::Values(days) => {
            let zero = Value::Defined(Rational::ZERO);
            days.iter().fold(zero, |sum, value| sum.plus(value))
        }
    }
}

impl Sums {
    /// The running sums of days, each of which is shown to `see` first.
    fn of<T>(days: Option<Rolled>, mut see: impl FnMut(u32, &Value) -> T) -> (Self, Vec<T>) {
        let mut seen = Vec::new();
        match days.unwrap_or(Rolled::Values(Vec::new())) {
            Rolled::Scaled(days, scale) => {
                seen.reserve(days.len());
                let mut sum = 0_i128;
                let mut add = |(i, day): (usize, i64)| {
                    let day = i128::from(day);
                    seen.push(see(i as u32, &Value::Defined(Rational::from_scaled(day, scale))));
                    sum += day;
                    sum
                };
                let sums = days.into_iter().enumerate().map(&mut add).collect();
                (Self::Scaled(sums, scale), seen)
            }
            Rolled::Values(mut days) => {
                seen.extend(days.iter().enumerate().map(|(i, day)| see(i as u32, day)));
                add_up(&mut days);
                (Self::Values(days), seen)
            }
        }
    }
}

/// Makes each value the sum of those up to it.
fn add_up(values: &mut [Value]) {
    for i in 1..values.len() {
        let (before, rest) = values.split_at_mut(i);
        rest[0] = before[i - 1].plus(&rest[0]);
    }
}
