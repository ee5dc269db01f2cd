//! Targets, against a model that looks at every day anew.

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::{Signed, Zero};
use proptest::prelude::*;
use yardstick::target::{
    Attainment, Band, BandBasis, Bands, BestDay, Change, ChangeMode, DayWeights, FlowPace, Goal,
    Limit, Pace, State, Target, TargetResult, Volume,
};
use yardstick::{
    Across, Assessment, Bounds, Calendar, Column, Date, Direction, ErrorKind, Facts, Kpi, KpiSet,
    Measure, MissingDay, OverTime, Owner, Period, Query, Rational, Reason, Rounding, Schema, Sense,
    Unit, Value, ZeroBase,
};

type Exact<T = BigRational> = Result<T, Reason>;

fn big(value: &Rational) -> BigRational {
    value.to_string().parse().unwrap()
}

fn int(value: impl Into<i64>) -> BigRational {
    BigRational::from_integer(value.into().into())
}

fn exact(value: &Value) -> Exact {
    match value {
        Value::Defined(value) => Ok(big(value)),
        Value::Undefined(reason) => Err(*reason),
    }
}

/// Two values, or the reason that comes first.
fn both<A: Clone, B: Clone>(a: &Exact<A>, b: &Exact<B>) -> Exact<(A, B)> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a.clone(), b.clone())),
        (Err(a), Err(b)) => Err(*a.min(b)),
        (Err(reason), _) | (_, Err(reason)) => Err(*reason),
    }
}

fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

fn unit(text: &str) -> Unit {
    text.parse().unwrap()
}

fn day(number: i32) -> Date {
    Date::new(2011, 12, 1).unwrap().plus_days(number).unwrap()
}

fn days(first: i32, last: i32) -> Period {
    Period::inclusive(day(first), day(last)).unwrap()
}

/// Days as numbers, both ends included.
type Days = (i32, i32);

// The columns of a row.
const SPEND: usize = 0;
const LEADS: usize = 1;
const DEALS: usize = 2;
const MINUTES: usize = 3;
const WORKED: usize = 4;
const CUSTOMERS: usize = 5;
const COLUMNS: [&str; 6] = ["spend", "leads", "deals", "minutes", "worked", "customers"];
const COUNTRIES: [&str; 3] = ["DE", "FR", "IT"];

/// Rows by day and country; spend is in cents.
type Rows = BTreeMap<(i32, usize), [i64; 6]>;

fn set() -> KpiSet {
    let schema = Schema::new(
        ["country"],
        [
            Measure::flow("spend", unit("EUR")),
            Measure::flow("leads", unit("lead")),
            Measure::flow("deals", unit("deal")),
            Measure::flow("minutes", unit("minute")),
            Measure::flow("worked", unit("day")),
            Measure::stock("customers", unit("customer")),
        ],
    );
    let kpi = |name: &str, formula: &str| Kpi::new(name, formula.parse().unwrap());
    let kpis = [
        kpi("net", "spend - spend * 2 / 3"),
        kpi("conversion", "deals / leads")
            .direction(Direction::Higher)
            .zero_base(ZeroBase::Inconsistent)
            .bounds(Some(0.into()), Some(1.into())),
        kpi("cpm", "1000 * spend / leads")
            .direction(Direction::Lower)
            .bounds(Some(0.into()), Some(4_000.into())),
        kpi("cpm_after", "spend / leads * 1000").bounds(Some(rational("-50")), None),
        kpi("cpl", "spend / leads").direction(Direction::Lower),
        kpi("dear", "kpi.cpl * 2").direction(Direction::Higher),
        kpi("relief", "-cpl / 0.5").bounds(None, Some(0.into())),
        kpi("handling", "minutes / deals").unit(unit("hour/deal")),
        kpi("use", "minutes / worked"),
        kpi("growth", "leads / prior(leads) - 1"),
        kpi("product", "leads * deals"),
    ];
    KpiSet::new(schema.unwrap(), kpis).unwrap()
}

fn facts(set: &KpiSet, rows: &Rows) -> Facts<'static> {
    let dates: Vec<_> = rows.keys().map(|(number, _)| day(*number)).collect();
    let countries: Vec<_> = rows.keys().map(|(_, country)| COUNTRIES[*country]).collect();
    let mut builder = Facts::builder(set.schema()).dates(&dates).dimension("country", &countries);
    for (i, name) in COLUMNS.iter().enumerate() {
        let exponent = if i == SPEND { "e-2" } else { "" };
        let cells: Vec<_> = rows.values().map(|row| format!("{}{exponent}", row[i])).collect();
        builder = builder.measure(name, Column::text(&cells));
    }
    builder.build().unwrap()
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Flow,
    Ratio,
    Stock,
    Other,
}

const METRICS: [(&str, Shape); 15] = [
    ("spend", Shape::Flow),
    ("net", Shape::Flow),
    ("leads", Shape::Flow),
    ("conversion", Shape::Ratio),
    ("cpm", Shape::Ratio),
    ("cpm_after", Shape::Ratio),
    ("cpl", Shape::Ratio),
    ("kpi.cpl", Shape::Ratio),
    ("dear", Shape::Ratio),
    ("relief", Shape::Ratio),
    ("handling", Shape::Ratio),
    ("use", Shape::Ratio),
    ("customers", Shape::Stock),
    ("growth", Shape::Other),
    ("product", Shape::Other),
];

/// What there is to know about a target, beside its KPIs.
#[derive(Debug, Clone)]
struct Case {
    rows: Rows,
    /// The countries that count.
    only: Option<Vec<usize>>,
    period: Days,
    goal: Goal,
    baseline: Option<Days>,
    attainment: Attainment,
    tolerance: Option<Rational>,
    volume: Volume,
    bands: Bands,
    /// For a shape, where the past period begins.
    weights: Weights,
    /// Of one day, for flows.
    daily: Bounds,
    /// The tolerance of a budget, for flows that are to be at most so much.
    budget: Option<Rational>,
    /// From the easiest.
    tiers: Vec<Rational>,
    /// A later limit, and the day of the period from which it holds.
    version: Option<(i32, Rational)>,
}

#[derive(Debug, Clone)]
enum Weights {
    Even,
    /// Monday to Sunday, and days off.
    Weekdays([i64; 7], Vec<i32>),
    /// Halves.
    Explicit(Vec<i64>),
    /// Where the past period begins.
    Shape(i32),
}

impl Case {
    fn target(&self, metric: &str, shape: Shape) -> Target {
        let period = days(self.period.0, self.period.1);
        let mut target = Target::new("t", metric, period, self.goal.clone())
            .attainment(self.attainment)
            .volume(self.volume.clone())
            .bands(self.bands.clone());
        if let Some(tolerance) = &self.tolerance {
            target = target.tolerance(tolerance.clone());
        }
        if let Some(only) = &self.only {
            target = target.only("country", only.iter().map(|i| COUNTRIES[*i]));
        }
        let half = |n: &i64| Rational::new(*n, 2).unwrap();
        target = target.weights(match &self.weights {
            Weights::Even => DayWeights::Even,
            Weights::Weekdays(weights, off) => {
                DayWeights::weekdays(weights.map(Rational::from), off.iter().map(|k| day(*k)))
            }
            Weights::Explicit(halves) => DayWeights::Explicit(halves.iter().map(half).collect()),
            Weights::Shape(_) if !matches!(shape, Shape::Flow | Shape::Ratio) => DayWeights::Even,
            Weights::Shape(first) => {
                DayWeights::Shape(days(*first, first + self.period.1 - self.period.0))
            }
        });
        if shape == Shape::Flow && self.daily != Bounds::default() {
            target = target.daily(self.daily.clone());
        }
        if let (Shape::Flow, Goal::AtMost(_), Some(budget)) = (shape, &self.goal, &self.budget) {
            target = target.budget(budget.clone());
        }
        for (i, limit) in self.tiers.iter().enumerate() {
            target = target.tier(format!("tier {i}"), limit.clone());
        }
        if let Some((from, limit)) = &self.version {
            let later = match self.goal {
                Goal::AtLeast(_) => Goal::AtLeast(limit.clone().into()),
                _ => Goal::AtMost(limit.clone().into()),
            };
            target = target.revised(day(*from), later);
        }
        target
    }

    /// The weight of a day of the period.
    fn weight(&self, metric: &str, shape: Shape, k: i32) -> BigRational {
        match &self.weights {
            Weights::Even => int(1),
            // 1 December 2011 was a Thursday.
            Weights::Weekdays(_, off) if off.contains(&k) => int(0),
            Weights::Weekdays(weights, _) => int(weights[(k + 3).rem_euclid(7) as usize]),
            Weights::Explicit(halves) => int(halves[(k - self.period.0) as usize]) / int(2),
            Weights::Shape(_) if !matches!(shape, Shape::Flow | Shape::Ratio) => int(1),
            Weights::Shape(first) => {
                let past = first + k - self.period.0;
                match shape {
                    Shape::Flow => self.metric(metric, (past, past), (0, 0)).unwrap(),
                    _ => self.parts(metric, (past, past)).1,
                }
            }
        }
    }

    /// The weight of the days of the period up to one.
    fn weight_to(&self, metric: &str, shape: Shape, k: i32) -> BigRational {
        (self.period.0..=k).map(|k| self.weight(metric, shape, k)).sum()
    }

    /// The weight of all days, where it is above zero.
    fn total(&self, metric: &str, shape: Shape) -> Exact {
        let total = self.weight_to(metric, shape, self.period.1);
        if total.is_positive() { Ok(total) } else { Err(Reason::NoBase) }
    }

    fn share(&self, metric: &str, shape: Shape, k: i32) -> Exact {
        let total = self.total(metric, shape)?;
        Ok(self.weight_to(metric, shape, k) / total)
    }

    /// `part / share`.
    fn whole(&self, part: &Exact, metric: &str, shape: Shape, k: i32) -> Exact {
        let (part, total) = both(part, &self.total(metric, shape))?;
        let elapsed = self.weight_to(metric, shape, k);
        match (part.is_zero(), elapsed.is_zero()) {
            (true, true) => Err(Reason::NoBase),
            (false, true) => Err(Reason::Unbounded(Sense::Neutral)),
            _ => Ok(part * total / elapsed),
        }
    }

    /// What is missing for each unit of weight, for each day, and on the next day.
    fn required(&self, missing: &Exact, metric: &str, shape: Shape, k: i32) -> [Exact; 3] {
        let days = self.period.1 - k;
        let per_day = match days {
            0 => both(missing, &Err(Reason::NoBase)).map(|(m, _): (_, BigRational)| m),
            _ => missing.clone().map(|m| m / int(days)),
        };
        let left = match self.total(metric, shape) {
            _ if days == 0 => Err(Reason::NoBase),
            Ok(total) => {
                let left = total - self.weight_to(metric, shape, k);
                if left.is_positive() { Ok(left) } else { Err(Reason::NoBase) }
            }
            Err(reason) => Err(reason),
        };
        let per_weight = both(missing, &left).map(|(missing, left)| missing / left);
        let next = match days {
            0 => per_weight.clone(),
            _ => per_weight.clone().map(|per| per * self.weight(metric, shape, k + 1)),
        };
        [per_weight, per_day, next]
    }

    /// The first day, from `k` on, on which `way` is covered if it goes on like `done` by day `k`.
    fn reached(
        &self,
        way: &Exact,
        done: &Exact,
        metric: &str,
        shape: Shape,
        k: i32,
    ) -> Option<Date> {
        let (Ok(way), Ok(done)) = (way, done) else { return None };
        if way.is_negative() != done.is_negative() {
            return None;
        }
        let (way, done) = (way.abs(), done.abs());
        if done >= way {
            return Some(day(k));
        }
        let elapsed = self.weight_to(metric, shape, k);
        let (first, last) = self.period;
        let negative = (first..=last).any(|k| self.weight(metric, shape, k).is_negative());
        if done.is_zero() || !elapsed.is_positive() || negative {
            return None;
        }
        let reaches = |j: &i32| &done * self.weight_to(metric, shape, *j) / &elapsed >= way;
        (k..=last).find(reaches).map(day)
    }

    fn counts(&self, country: usize) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&country))
    }

    fn sum(&self, column: usize, (first, last): Days) -> BigRational {
        let mut sum = BigRational::zero();
        for ((number, country), row) in &self.rows {
            if first <= *number && *number <= last && self.counts(*country) {
                sum += int(row[column]);
            }
        }
        sum / int(if column == SPEND { 100 } else { 1 })
    }

    /// Numerator, denominator, and what this numerator over zero means.
    fn parts(&self, metric: &str, period: Days) -> (BigRational, BigRational, Reason) {
        let sum = |column| self.sum(column, period);
        let spend = sum(SPEND);
        let bad = match spend.is_negative() {
            true => Reason::Unbounded(Sense::Good),
            false => Reason::Unbounded(Sense::Bad),
        };
        let neutral = Reason::Unbounded(Sense::Neutral);
        match metric {
            "conversion" => (sum(DEALS), sum(LEADS), Reason::Inconsistent),
            "cpm" => (spend * int(1000), sum(LEADS), bad),
            "cpm_after" => (spend * int(1000), sum(LEADS), neutral),
            "cpl" | "kpi.cpl" => (spend, sum(LEADS), bad),
            "dear" => (spend * int(2), sum(LEADS), bad),
            "relief" => (spend * int(-2), sum(LEADS), bad),
            "handling" => (sum(MINUTES) / int(60), sum(DEALS), neutral),
            "use" => (sum(MINUTES) / int(24 * 60), sum(WORKED), neutral),
            other => panic!("{other} is no ratio"),
        }
    }

    fn bounds(metric: &str) -> (Option<BigRational>, Option<BigRational>) {
        match metric {
            "conversion" => (Some(int(0)), Some(int(1))),
            "cpm" => (Some(int(0)), Some(int(4000))),
            "cpm_after" => (Some(int(-50)), None),
            "relief" => (None, Some(int(0))),
            _ => (None, None),
        }
    }

    /// The metric over a period. `prior` is what the formula means by it.
    fn metric(&self, metric: &str, period: Days, prior: Days) -> Exact {
        let sum = |column| self.sum(column, period);
        match metric {
            "spend" => Ok(sum(SPEND)),
            "leads" => Ok(sum(LEADS)),
            "net" => Ok(sum(SPEND) / int(3)),
            "product" => Ok(sum(LEADS) * sum(DEALS)),
            "growth" => {
                let (now, before) = (sum(LEADS), self.sum(LEADS, prior));
                match (now.is_zero(), before.is_zero()) {
                    (true, true) => Err(Reason::NoBase),
                    (false, true) => Err(Reason::Unbounded(Sense::Neutral)),
                    _ => Ok(now / before - int(1)),
                }
            }
            "customers" => {
                let held = |country: &usize| {
                    let mut known = self.rows.iter().filter(|(key, _)| key.1 == *country);
                    known.rfind(|(key, _)| key.0 <= period.1).map(|(_, row)| row[CUSTOMERS])
                };
                let held: Vec<_> = (0..3)
                    .filter(|country| self.counts(*country))
                    .filter_map(|c| held(&c))
                    .collect();
                match held.is_empty() {
                    true => Err(Reason::Missing),
                    false => Ok(held.into_iter().map(int).sum()),
                }
            }
            ratio => {
                let (n, d, unbounded) = self.parts(ratio, period);
                match (n.is_zero(), d.is_zero()) {
                    (true, true) => Err(Reason::NoBase),
                    (false, true) => Err(unbounded),
                    _ => Ok(n / d),
                }
            }
        }
    }

    fn baseline_value(&self, metric: &str) -> Option<Exact> {
        let (first, last) = self.baseline?;
        let before = (first - (last - first + 1), first - 1);
        Some(self.metric(metric, (first, last), before))
    }

    fn limits(&self, metric: &str, k: i32) -> (Option<Exact>, Option<Exact>) {
        if let Some((from, limit)) = &self.version {
            if *from <= k {
                let limit = Some(Ok(big(limit)));
                return match self.goal {
                    Goal::AtLeast(_) => (limit, None),
                    _ => (None, limit),
                };
            }
        }
        let limit = |limit: &Limit| match limit {
            Limit::Fixed(limit) => Ok(big(limit)),
            Limit::Change(change) => {
                let b = self.baseline_value(metric).unwrap()?;
                let by = big(&change.by);
                match change.mode.name() {
                    "points" => Ok(b + by),
                    _ if b.is_zero() => Err(Reason::NoBase),
                    "relative" => Ok(b * (int(1) + by)),
                    _ if b.is_negative() => Ok(b.clone() - b * by),
                    _ => Ok(b.clone() + b * by),
                }
            }
        };
        match &self.goal {
            Goal::AtLeast(low) => (Some(limit(low)), None),
            Goal::AtMost(high) => (None, Some(limit(high))),
            Goal::Range { low: Limit::Fixed(low), high: Limit::Fixed(high) } => {
                (Some(Ok(big(low))), Some(Ok(big(high))))
            }
            Goal::Range { .. } => panic!("ranges are numbers here"),
        }
    }

    /// The one assessment at the end of day `k` of the period.
    fn assess(&self, metric: &str, shape: Shape, k: i32) -> Expected {
        let (first, last) = self.period;
        let so_far = (first, k);
        let length = k - first + 1;
        let prior = match self.baseline {
            None => (first - length, first - 1),
            Some(baseline) if k == last => baseline,
            // As many days as have passed.
            Some((begin, end)) => (begin, end.min(begin + length - 1)),
        };
        let actual = self.metric(metric, so_far, prior);
        let (low, high) = self.limits(metric, k);
        let higher = high.is_none();
        let beyond = |actual: &Exact, limit: &Exact| {
            both(actual, limit).map(|(a, t)| if higher { a - t } else { t - a })
        };
        let limit = match &self.goal {
            Goal::Range { .. } => None,
            _ => low.clone().or(high.clone()),
        };
        let gap = match &limit {
            Some(limit) => beyond(&actual, limit),
            None => actual.clone().map(|a| {
                let (low, high) = (low.clone().unwrap().unwrap(), high.clone().unwrap().unwrap());
                (a.clone() - low).min(high - a)
            }),
        };
        let attainment = self.attainment(metric, &actual, limit.as_ref(), &gap);
        // A version is a number, so it starts from no baseline.
        let baseline = match &self.version {
            Some((from, _)) if *from <= k => None,
            _ => self.baseline_value(metric),
        };
        let pace = match (&limit, shape) {
            (Some(limit), Shape::Flow) if !higher && self.budget.is_some() => {
                let tolerance = big(self.budget.as_ref().unwrap());
                let share = self.share(metric, shape, k);
                let expected = both(limit, &share).map(|(t, share)| t * share);
                let ends = [-tolerance.clone(), tolerance]
                    .map(|tolerance| expected.clone().map(|e| e.clone() + e.abs() * tolerance));
                Some(self.budget_pace(metric, &actual, limit, &expected, ends, k))
            }
            (Some(limit), Shape::Flow) => Some(self.flow_pace(metric, &actual, limit, higher, k)),
            (None, Shape::Flow) => {
                let share = self.share(metric, shape, k);
                let [low, high] = [&low, &high].map(|end| end.clone().unwrap());
                let ends = [&low, &high].map(|end| both(end, &share).map(|(t, share)| t * share));
                let planned = ends[1].clone();
                let ends = match &share {
                    Ok(share) if share.is_negative() => {
                        let [low, high] = ends;
                        [high, low]
                    }
                    _ => ends,
                };
                Some(self.budget_pace(metric, &actual, &high, &planned, ends, k))
            }
            (Some(limit), Shape::Ratio) => Some(self.ratio_pace(metric, limit, higher, k)),
            (Some(limit), Shape::Stock) => {
                let opening = || self.metric(metric, (first - 1, first - 1), (0, 0));
                let from = baseline.clone().unwrap_or_else(opening);
                Some(self.stock_pace(metric, &actual, limit, &from, higher, k))
            }
            _ => None,
        };
        let observed = self.rows.keys().any(|(number, _)| first <= *number && *number <= k);
        let ahead = |gap: &BigRational| match gap.is_negative() {
            true => State::Behind,
            false => State::Ahead,
        };
        let bounded = match shape {
            Shape::Flow => self.outlook(&actual, &low, &high, last - k),
            _ => None,
        };
        let state = match (&gap, &pace) {
            _ if !observed => State::NoData,
            (Err(_), _) => State::Undefined,
            (Ok(gap), _) if k == last && gap.is_negative() => State::Missed,
            _ if k == last => State::Met,
            _ if bounded.is_some() => bounded.unwrap(),
            (_, Some(ExpectedPace::Flow { gap, .. } | ExpectedPace::Stock { gap, .. })) => {
                gap.as_ref().map_or(State::Undefined, ahead)
            }
            (_, Some(ExpectedPace::Budget { over, under, .. })) => match both(over, under) {
                Err(_) => State::Undefined,
                Ok((over, _)) if !over.is_zero() => State::Over,
                Ok((_, under)) if !under.is_zero() => State::Under,
                Ok(_) => State::OnPace,
            },
            (_, Some(ExpectedPace::Ratio { remaining: Ok(("secured", _)), .. })) => State::Secured,
            (_, Some(ExpectedPace::Ratio { remaining: Ok(("unreachable", _)), .. })) => {
                State::Unreachable
            }
            (Ok(gap), _) => ahead(gap),
        };
        let looked_at = match (self.bands.on.name(), &pace) {
            ("actual", _) => &actual,
            (
                "pace",
                Some(
                    ExpectedPace::Flow { attainment, .. }
                    | ExpectedPace::Stock { attainment, .. }
                    | ExpectedPace::Budget { attainment, .. },
                ),
            ) => attainment,
            _ => &attainment,
        };
        let mut tier = None;
        if let (Ok(actual), true) = (&actual, observed) {
            for (i, limit) in self.tiers.iter().enumerate() {
                let limit = big(limit);
                if if higher { *actual >= limit } else { *actual <= limit } {
                    tier = Some(format!("tier {i}"));
                }
            }
        }
        let mut band = None;
        if let (Ok(value), true) = (looked_at, observed && state != State::Undefined) {
            for candidate in self.bands.list.iter().rev() {
                if candidate.from.as_ref().is_none_or(|from| big(from) <= *value) {
                    band = Some(candidate.name.clone());
                }
            }
        }
        Expected {
            as_of: day(k),
            met: match observed {
                true => gap.as_ref().map(|gap| !gap.is_negative()).map_err(|reason| *reason),
                false => Err(Reason::Missing),
            },
            actual,
            gap,
            attainment,
            state,
            band,
            tier,
            pace,
        }
    }

    /// What is certain whatever the remaining days bring within their bounds.
    fn outlook(
        &self,
        actual: &Exact,
        low: &Option<Exact>,
        high: &Option<Exact>,
        remaining: i32,
    ) -> Option<State> {
        let actual = actual.as_ref().ok()?;
        let number = |end: &Option<Exact>| end.as_ref().map(|end| end.clone().ok());
        let meets = |end: &BigRational| {
            let above = number(low).is_none_or(|low| low.is_some_and(|low| *end >= low));
            let below = number(high).is_none_or(|high| high.is_some_and(|high| *end <= high));
            above && below
        };
        let end = |bound: &Option<Rational>| {
            bound.as_ref().map(|bound| actual + big(bound) * int(remaining))
        };
        let (least, most) = (end(&self.daily.low), end(&self.daily.high));
        if let (Some(most), Some(Some(low))) = (&most, number(low)) {
            if *most < low {
                return Some(State::Unreachable);
            }
        }
        if let (Some(least), Some(Some(high))) = (&least, number(high)) {
            if *least > high {
                return Some(State::Unreachable);
            }
        }
        let certain = match (low.is_some(), high.is_some()) {
            (true, false) => least.is_some_and(|least| meets(&least)),
            (false, true) => most.is_some_and(|most| meets(&most)),
            _ => match (least, most) {
                (Some(least), Some(most)) => meets(&least) && meets(&most),
                _ => false,
            },
        };
        certain.then_some(State::Secured)
    }

    fn attainment(
        &self,
        metric: &str,
        actual: &Exact,
        limit: Option<&Exact>,
        gap: &Exact,
    ) -> Exact {
        let above_zero = |limit: &Exact| match limit {
            Ok(limit) if !limit.is_positive() => Err(Reason::NoBase),
            other => other.clone(),
        };
        match (self.attainment.name(), limit) {
            ("ratio", Some(limit)) => both(actual, &above_zero(limit)).map(|(a, t)| a / t),
            ("lower_linear", Some(limit)) => {
                both(actual, &above_zero(limit)).map(|(a, t)| int(2) - a / t)
            }
            ("lower_inverse", Some(limit)) => {
                let (a, t) = both(actual, &above_zero(limit))?;
                match () {
                    () if a.is_negative() => Err(Reason::NoBase),
                    () if a.is_zero() => Err(Reason::Unbounded(Sense::Good)),
                    () => Ok(t / a),
                }
            }
            ("progress", Some(limit)) => {
                let b = self.baseline_value(metric).unwrap();
                let ((a, t), b) = both(&both(actual, limit), &b)?;
                match t == b {
                    true => Err(Reason::NoBase),
                    false => Ok((a - &b) / (t - b)),
                }
            }
            ("range", None) => {
                let distance = (-gap.clone()?).max(int(0));
                Ok(int(1) - distance / big(self.tolerance.as_ref().unwrap()))
            }
            other => panic!("{other:?}"),
        }
    }

    fn flow_pace(
        &self,
        metric: &str,
        actual: &Exact,
        limit: &Exact,
        higher: bool,
        k: i32,
    ) -> ExpectedPace {
        let shape = Shape::Flow;
        let (first, last) = self.period;
        let share = self.share(metric, shape, k);
        let expected = both(limit, &share).map(|(t, share)| t * share);
        let mut best: Option<(Date, BigRational, BigRational)> = None;
        let mut see = |number: i32, weight: BigRational| {
            let brought = self.metric(metric, (number, number), (0, 0)).unwrap();
            if !weight.is_positive() {
                return;
            }
            let rate = &brought / weight;
            let is_better = match &best {
                None => true,
                Some((_, _, held)) if higher => rate > *held,
                Some((_, _, held)) => rate < *held,
            };
            if is_better {
                best = Some((day(number), brought, rate));
            }
        };
        if matches!(self.weights, Weights::Even | Weights::Weekdays(..)) {
            for number in self.baseline.map(|(first, last)| first..=last).into_iter().flatten() {
                see(number, self.weight(metric, shape, number));
            }
        }
        (first..=k).for_each(|number| see(number, self.weight(metric, shape, number)));
        let missing = both(limit, actual).map(|(t, a)| t - a);
        let required = self.required(&missing, metric, shape, k);
        let beyond = match (&required[0], &best) {
            (Ok(required), Some((_, _, held))) if higher => required > held,
            (Ok(required), Some((_, _, held))) => required < held,
            _ => false,
        };
        let gap = both(actual, &expected).map(|(a, e)| if higher { a - e } else { e - a });
        let attainment = both(actual, &expected).and_then(|(a, e)| match e.is_positive() {
            false => Err(Reason::NoBase),
            true if higher => Ok(a / e),
            true => Ok(int(2) - a / e),
        });
        ExpectedPace::Flow {
            days: (k - first + 1, last - k),
            share,
            gap,
            attainment,
            required,
            projection: self.whole(actual, metric, shape, k),
            reached: self.reached(limit, actual, metric, shape, k),
            expected,
            best,
            beyond,
        }
    }

    fn budget_pace(
        &self,
        metric: &str,
        actual: &Exact,
        limit: &Exact,
        planned: &Exact,
        ends: [Exact; 2],
        k: i32,
    ) -> ExpectedPace {
        let shape = Shape::Flow;
        let more = |a: &Exact, b: &Exact| both(a, b).map(|(a, b)| (a - b).max(int(0)));
        let left = both(limit, actual).map(|(t, a)| t - a);
        ExpectedPace::Budget {
            days: (k - self.period.0 + 1, self.period.1 - k),
            share: self.share(metric, shape, k),
            over: more(actual, &ends[1]),
            under: more(&ends[0], actual),
            ends,
            attainment: both(actual, planned).and_then(|(a, e)| match e.is_positive() {
                false => Err(Reason::NoBase),
                true => Ok(a / e),
            }),
            required: self.required(&left, metric, shape, k),
            left,
            projection: self.whole(actual, metric, shape, k),
            reached: self.reached(limit, actual, metric, shape, k),
        }
    }

    fn stock_pace(
        &self,
        metric: &str,
        actual: &Exact,
        limit: &Exact,
        from: &Exact,
        higher: bool,
        k: i32,
    ) -> ExpectedPace {
        let shape = Shape::Stock;
        let minus = |a: &Exact, b: &Exact| both(a, b).map(|(a, b)| a - b);
        let (way, done) = (minus(limit, from), minus(actual, from));
        let share = self.share(metric, shape, k);
        let due = both(&way, &share).map(|(way, share)| way * share);
        let expected = both(from, &due).map(|(b, due)| b + due);
        let whole = self.whole(&done, metric, shape, k);
        ExpectedPace::Stock {
            days: (k - self.period.0 + 1, self.period.1 - k),
            share,
            from: from.clone(),
            gap: if higher { minus(actual, &expected) } else { minus(&expected, actual) },
            attainment: both(&done, &due).and_then(|(done, due)| match due.is_zero() {
                true => Err(Reason::NoBase),
                false => Ok(done / due),
            }),
            expected,
            required: self.required(&minus(limit, actual), metric, shape, k),
            projection: both(from, &whole).map(|(b, whole)| b + whole),
            reached: self.reached(&way, &done, metric, shape, k),
        }
    }

    fn ratio_pace(&self, metric: &str, limit: &Exact, higher: bool, k: i32) -> ExpectedPace {
        let (first, last) = self.period;
        let (n, d, _) = self.parts(metric, (first, k));
        let volume = match &self.volume {
            Volume::Expected(volume) => Ok(big(volume)),
            Volume::Baseline => Ok(self.parts(metric, self.baseline.unwrap()).1),
            _ => self.whole(&Ok(d.clone()), metric, Shape::Ratio, k),
        };
        let mut best: Option<(Date, BigRational, BigRational)> = None;
        let before = self.baseline.map(|(first, last)| first..=last);
        for number in before.into_iter().flatten().chain(first..=k) {
            let Ok(rate) = self.metric(metric, (number, number), (0, 0)) else { continue };
            let is_better = match &best {
                None => true,
                Some((_, _, held)) if higher => rate > *held,
                Some((_, _, held)) => rate < *held,
            };
            if is_better {
                best = Some((day(number), rate.clone(), rate));
            }
        }
        let remaining = both(limit, &volume).map(|(t, volume)| {
            if k == last || volume <= d {
                return ("decided", None);
            }
            let rest = &volume - &d;
            // What the whole comes to if the rest is at a bound.
            let meets = |bound: &BigRational| {
                let whole = (&n + bound * &rest) / &volume;
                if higher { whole >= t } else { whole <= t }
            };
            let (low, high) = Self::bounds(metric);
            let (worst, best) = if higher { (low, high) } else { (high, low) };
            let word = match (worst, best) {
                (Some(worst), _) if meets(&worst) => "secured",
                (_, Some(best)) if !meets(&best) => "unreachable",
                _ => "required",
            };
            (word, Some((&t * &volume - &n) / rest))
        });
        let beyond = match (&remaining, &best) {
            (Ok((_, Some(required))), Some((_, _, held))) if higher => required > held,
            (Ok((_, Some(required))), Some((_, _, held))) => required < held,
            _ => false,
        };
        ExpectedPace::Ratio { n: Ok(n), d: Ok(d), volume, remaining, best, beyond }
    }
}

/// An assessment in big fractions.
#[derive(Debug, Clone, PartialEq)]
struct Expected {
    as_of: Date,
    actual: Exact,
    met: Exact<bool>,
    gap: Exact,
    attainment: Exact,
    state: State,
    band: Option<String>,
    tier: Option<String>,
    pace: Option<ExpectedPace>,
}

/// A day, what it brought, and for each unit of its weight.
type Best = Option<(Date, BigRational, BigRational)>;

#[derive(Debug, Clone, PartialEq)]
enum ExpectedPace {
    Flow {
        days: (i32, i32),
        share: Exact,
        expected: Exact,
        gap: Exact,
        attainment: Exact,
        /// For each unit of weight, each day, the next day.
        required: [Exact; 3],
        projection: Exact,
        reached: Option<Date>,
        best: Best,
        beyond: bool,
    },
    Stock {
        days: (i32, i32),
        share: Exact,
        from: Exact,
        expected: Exact,
        gap: Exact,
        attainment: Exact,
        required: [Exact; 3],
        projection: Exact,
        reached: Option<Date>,
    },
    Budget {
        days: (i32, i32),
        share: Exact,
        ends: [Exact; 2],
        over: Exact,
        under: Exact,
        attainment: Exact,
        left: Exact,
        required: [Exact; 3],
        projection: Exact,
        reached: Option<Date>,
    },
    Ratio {
        n: Exact,
        d: Exact,
        volume: Exact,
        remaining: Exact<(&'static str, Option<BigRational>)>,
        best: Best,
        beyond: bool,
    },
}

fn best(found: Option<&BestDay>) -> Best {
    found.map(|best| (best.day, big(&best.value), big(&best.rate)))
}

fn best_day(flow: &FlowPace<'_>) -> Option<(Date, Rational)> {
    flow.best_day.map(|best| (best.day, best.value.clone()))
}

fn seen(found: &Assessment<'_>) -> Expected {
    let days = |elapsed: u32, remaining: u32| (elapsed as i32, remaining as i32);
    let pace = found.pace.as_ref().map(|pace| match pace {
        Pace::Flow(flow) => ExpectedPace::Flow {
            days: days(flow.elapsed_days, flow.remaining_days),
            share: exact(&flow.share),
            expected: exact(&flow.expected),
            gap: exact(&flow.gap),
            attainment: exact(&flow.attainment),
            required: [&flow.required_per_weight, &flow.required_per_day, &flow.required_next_day]
                .map(exact),
            projection: exact(&flow.projection),
            reached: flow.reached_on,
            best: best(flow.best_day),
            beyond: flow.beyond_best,
        },
        Pace::Stock(stock) => ExpectedPace::Stock {
            days: days(stock.elapsed_days, stock.remaining_days),
            share: exact(&stock.share),
            from: exact(&stock.from),
            expected: exact(&stock.expected),
            gap: exact(&stock.gap),
            attainment: exact(&stock.attainment),
            required: [
                &stock.required_per_weight,
                &stock.required_per_day,
                &stock.required_next_day,
            ]
            .map(exact),
            projection: exact(&stock.projection),
            reached: stock.reached_on,
        },
        Pace::Budget(budget) => ExpectedPace::Budget {
            days: days(budget.elapsed_days, budget.remaining_days),
            share: exact(&budget.share),
            ends: [&budget.expected_low, &budget.expected_high].map(exact),
            over: exact(&budget.over),
            under: exact(&budget.under),
            attainment: exact(&budget.attainment),
            left: exact(&budget.left),
            required: [&budget.left_per_weight, &budget.left_per_day, &budget.left_next_day]
                .map(exact),
            projection: exact(&budget.projection),
            reached: budget.reached_on,
        },
        Pace::Ratio(ratio) => ExpectedPace::Ratio {
            n: exact(&ratio.numerator),
            d: exact(&ratio.denominator),
            volume: exact(&ratio.expected_volume),
            remaining: match &ratio.remaining {
                Value::Defined(found) => Ok((found.name(), found.ratio().map(big))),
                Value::Undefined(reason) => Err(*reason),
            },
            best: best(ratio.best_day),
            beyond: ratio.beyond_best,
        },
        other => panic!("{other:?}"),
    });
    Expected {
        as_of: found.as_of,
        actual: exact(&found.actual),
        met: match found.met {
            Value::Defined(met) => Ok(met),
            Value::Undefined(reason) => Err(reason),
        },
        gap: exact(&found.gap),
        attainment: exact(&found.attainment),
        state: found.state,
        band: found.band.map(str::to_owned),
        tier: found.tier.map(str::to_owned),
        pace,
    }
}

fn any_rational() -> impl Strategy<Value = Rational> {
    prop_oneof![
        4 => (-8_i64..60, 1_i64..5).prop_map(|(n, d)| Rational::new(n, d).unwrap()),
        1 => Just(Rational::ZERO),
        1 => (-2_000_i64..9_000).prop_map(Rational::from),
    ]
}

fn any_rows() -> impl Strategy<Value = Rows> {
    let row = (-300_i64..900, 0_i64..5, 0_i64..4, 0_i64..200, 0_i64..3, 0_i64..50);
    let row = row.prop_map(|(a, b, c, d, e, f)| [a, b, c, d, e, f]);
    prop::collection::btree_map((-9_i32..14, 0_usize..3), row, 1..25)
}

fn any_bands() -> impl Strategy<Value = Bands> {
    let thresholds = prop::collection::vec(any_rational(), 0..4);
    let on = prop::sample::select(vec![BandBasis::Attainment, BandBasis::Pace, BandBasis::Actual]);
    (on, thresholds, any::<bool>()).prop_map(|(on, mut thresholds, open)| {
        thresholds.sort();
        thresholds.reverse();
        thresholds.dedup();
        let mut list: Vec<_> = thresholds.into_iter().map(Some).collect();
        list.extend(open.then_some(None));
        let list = list.into_iter().enumerate();
        let list = list.map(|(i, from)| Band { name: format!("band {i}"), from }).collect();
        Bands { on, list }
    })
}

/// A goal, its baseline, a mode of attainment that goes with it, and a volume.
fn any_goal(first: i32) -> impl Strategy<Value = Case> {
    let modes = vec![ChangeMode::Relative, ChangeMode::Points, ChangeMode::Magnitude];
    let change = (any_rational(), prop::sample::select(modes), 1_i32..4, 0_i32..6);
    let limit = prop::option::of(change);
    let fields = (0_usize..5, limit, any_rational(), any_rational(), 0_usize..4, 0_usize..3);
    fields.prop_map(move |(which, change, number, other, mode, volume)| {
        let (limit, baseline) = match change {
            Some((by, mode, away, length)) => {
                let baseline = (first - away - length, first - away);
                // Small steps, so that limits lie among the values.
                let by = by.checked_div(&10.into()).unwrap();
                let change = Change { by, mode, baseline: days(baseline.0, baseline.1).into() };
                (Limit::Change(change), Some(baseline))
            }
            None => (Limit::Fixed(number.clone()), None),
        };
        let (goal, baseline, modes): (_, _, &[_]) = match which {
            0 | 1 => (Goal::AtLeast(limit), baseline, &[Attainment::Ratio, Attainment::Progress]),
            2 | 3 => {
                let modes = &[
                    Attainment::LowerLinear,
                    Attainment::LowerInverse,
                    Attainment::Ratio,
                    Attainment::Progress,
                ];
                (Goal::AtMost(limit), baseline, modes)
            }
            _ => {
                let low = number.clone().min(other.clone());
                let high = number.clone().max(other.clone());
                (Goal::Range { low: low.into(), high: high.into() }, None, &[Attainment::Range])
            }
        };
        let attainment = match modes[mode % modes.len()] {
            Attainment::Progress if baseline.is_none() => modes[0],
            attainment => attainment,
        };
        let volume = match volume {
            0 => Volume::Expected(number.abs() + Rational::ONE),
            1 if baseline.is_some() => Volume::Baseline,
            _ => Volume::Projected,
        };
        let tolerance = matches!(goal, Goal::Range { .. }).then(|| other.abs() + rational("0.5"));
        Case {
            rows: Rows::new(),
            only: None,
            period: (0, 0),
            goal,
            baseline,
            attainment,
            tolerance,
            volume,
            bands: Bands { on: BandBasis::Actual, list: Vec::new() },
            weights: Weights::Even,
            daily: Bounds::default(),
            budget: None,
            tiers: Vec::new(),
            version: None,
        }
    })
}

fn any_weights(first: i32, length: i32) -> impl Strategy<Value = Weights> {
    let days = (length + 1) as usize;
    prop_oneof![
        2 => Just(Weights::Even),
        1 => (prop::array::uniform7(0_i64..3), prop::collection::vec(-6_i32..14, 0..3))
            .prop_map(|(weights, off)| Weights::Weekdays(weights, off)),
        1 => prop::collection::vec(0_i64..4, days..=days).prop_map(Weights::Explicit),
        1 => (1_i32..4).prop_map(move |away| Weights::Shape(first - length - away)),
    ]
}

/// What a day is like: bounds, the tolerance of a budget, tiers, and a later limit.
type Extras = (Bounds, Option<Rational>, Vec<Rational>, Option<(i32, Rational)>);

fn any_extras(first: i32, length: i32) -> impl Strategy<Value = Extras> {
    let bound = || prop::option::of((-4_i64..30).prop_map(Rational::from));
    let tolerance = prop::option::of((0_i64..8).prop_map(|n| Rational::new(n, 10).unwrap()));
    let tiers = prop::collection::vec(any_rational(), 0..3);
    let version = prop::option::of((1..=length.max(1), any_rational()));
    (bound(), bound(), tolerance, tiers, version).prop_map(
        move |(low, high, tolerance, mut tiers, version)| {
            let (low, high) = match (low, high) {
                (Some(low), Some(high)) if low > high => (Some(high), Some(low)),
                ends => ends,
            };
            tiers.sort();
            tiers.dedup();
            let version = version.filter(|_| length > 0);
            let version = version.map(|(after, limit)| (first + after, limit));
            (Bounds { low, high }, tolerance, tiers, version)
        },
    )
}

fn any_case() -> impl Strategy<Value = Case> {
    let only = prop::option::of(prop::collection::vec(0_usize..3, 0..3));
    (-1_i32..5, 0_i32..8).prop_flat_map(move |(first, length)| {
        let weights = any_weights(first, length);
        let extras = any_extras(first, length);
        (any_rows(), only.clone(), any_goal(first), any_bands(), weights, extras).prop_map(
            move |(rows, only, goal, bands, weights, extras)| {
                let (daily, budget, mut tiers, version) = extras;
                match goal.goal {
                    Goal::AtLeast(_) => {}
                    Goal::AtMost(_) => tiers.reverse(),
                    Goal::Range { .. } => tiers.clear(),
                }
                // The way from a baseline needs one in every version.
                let is_number = goal.attainment != Attainment::Progress;
                let is_limit = !matches!(goal.goal, Goal::Range { .. });
                Case {
                    rows,
                    only,
                    period: (first, first + length),
                    bands,
                    weights,
                    daily,
                    budget,
                    tiers,
                    version: version.filter(|_| is_number && is_limit),
                    ..goal
                }
            },
        )
    })
}

proptest! {
    #[test]
    fn every_day_is_as_a_model_has_it(case in any_case(), after in 0_i32..10) {
        let set = set();
        let facts = facts(&set, &case.rows);
        let (first, last) = case.period;
        let as_of = first + after;
        for (metric, shape) in METRICS {
            let found = case.target(metric, shape).assess(&set, &facts, Calendar::default(), day(as_of)).unwrap();
            let found: Vec<_> = found.days().map(|day| seen(&day)).collect();
            let expected: Vec<_> =
                (first..=last.min(as_of)).map(|k| case.assess(metric, shape, k)).collect();
            prop_assert_eq!(found, expected, "{}", metric);
        }
    }

    #[test]
    fn a_day_of_the_series_is_the_target_asked_on_that_day(case in any_case()) {
        let set = set();
        let facts = facts(&set, &case.rows);
        let (first, last) = case.period;
        for (metric, shape) in METRICS {
            let target = case.target(metric, shape);
            let whole = target.assess(&set, &facts, Calendar::default(), day(last + 3)).unwrap();
            for k in first..=last {
                let single = target.assess(&set, &facts, Calendar::default(), day(k)).unwrap();
                prop_assert_eq!(single.goal(), whole.on(day(k)).unwrap().goal);
                let length = (k - first + 1).unsigned_abs() as usize;
                prop_assert!(single.days().eq(whole.days().take(length)), "{}", metric);
                prop_assert_eq!(Some(single.current()), whole.on(day(k)));
            }
        }
    }

    #[test]
    fn facts_after_the_day_play_no_part(case in any_case(), as_of in -9_i32..14) {
        let set = set();
        let whole = facts(&set, &case.rows);
        let mut rows = case.rows.clone();
        rows.retain(|(number, _), _| *number <= as_of);
        prop_assume!(!rows.is_empty());
        let known = facts(&set, &rows);
        for (metric, shape) in METRICS {
            let target = case.target(metric, shape);
            let then = target.assess(&set, &known, Calendar::default(), day(as_of)).unwrap();
            let now = target.assess(&set, &whole, Calendar::default(), day(as_of)).unwrap();
            prop_assert_eq!(now, then, "{}", metric);
        }
    }

    /// What is required of each remaining day is brought, and a second time a little less.
    #[test]
    fn a_flow_that_gets_what_is_required_comes_out_at_the_limit(
        cents in prop::collection::vec(-500_i64..5_000, 1..9),
        remaining in prop::sample::select(vec![1_i32, 2, 4, 5, 8, 10]),
        limit in -100_i64..100, higher in any::<bool>(),
    ) {
        let elapsed = cents.len() as i32;
        let period = days(0, elapsed + remaining - 1);
        let goal = goal(higher, Rational::from(limit));
        let target = Target::new("t", "spend", period, goal);
        let set = spend_set();
        let mut spend: Vec<_> = cents.iter().map(|cents| Rational::from_scaled((*cents).into(), 2)).collect();
        let so_far = target.assess(&set, &spend_facts(&set, &spend), Calendar::default(), day(elapsed - 1)).unwrap();
        let required = so_far.current().flow().unwrap().required_per_day.clone().defined().unwrap();
        spend.extend(std::iter::repeat_n(required, remaining.unsigned_abs() as usize));
        let end = target.assess(&set, &spend_facts(&set, &spend), Calendar::default(), period.last()).unwrap();
        prop_assert_eq!(&end.current().actual, &Value::Defined(limit.into()));
        prop_assert_eq!(&end.current().gap, &Value::Defined(0.into()));
        prop_assert_eq!(end.current().state, State::Met);
        let short = match higher {
            true => rational("-1e-20"),
            false => rational("1e-20"),
        };
        let last = spend.pop().unwrap();
        spend.push(last + short);
        let end = target.assess(&set, &spend_facts(&set, &spend), Calendar::default(), period.last()).unwrap();
        prop_assert_eq!(end.current().state, State::Missed);
    }

    /// The remaining volume reaches the required ratio, and a second time is a little short of it.
    #[test]
    fn a_ratio_that_gets_what_is_required_comes_out_at_the_limit(
        past in prop::collection::vec((0_i64..500, 0_i64..20), 1..6),
        limit in 0_i64..400, higher in any::<bool>(), more in 1_i64..90, remaining in 1_i32..4,
    ) {
        let elapsed = past.len() as i32;
        let period = days(0, elapsed + remaining - 1);
        let d: i64 = past.iter().map(|(_, leads)| leads).sum();
        let limit = Rational::from_scaled(limit.into(), 2);
        let target = Target::new("t", "cpl", period, goal(higher, limit.clone()))
            .volume(Volume::Expected((d + more).into()));
        let set = spend_set();
        let mut rows: Vec<_> =
            past.iter().map(|(cents, leads)| (Rational::from_scaled((*cents).into(), 2), *leads)).collect();
        let so_far = target.assess(&set, &lead_facts(&set, &rows), Calendar::default(), day(elapsed - 1)).unwrap();
        let now = so_far.current();
        let pace = now.ratio().unwrap();
        // Without a lead the ratio is undefined, and what is required of the rest is not.
        let remaining_ratio = pace.remaining.clone().defined().unwrap();
        let required = remaining_ratio.ratio().unwrap();
        // All of the remaining volume on the last day.
        rows.resize(period.days() as usize, (Rational::ZERO, 0));
        rows.pop();
        rows.push((required * &Rational::from(more), more));
        let end = target.assess(&set, &lead_facts(&set, &rows), Calendar::default(), period.last()).unwrap();
        prop_assert_eq!(&end.current().actual, &Value::Defined(limit));
        prop_assert_eq!(end.current().state, State::Met);
        let (spend, leads) = rows.pop().unwrap();
        let short = match higher {
            true => rational("-1e-9"),
            false => rational("1e-9"),
        };
        rows.push((spend + short, leads));
        let end = target.assess(&set, &lead_facts(&set, &rows), Calendar::default(), period.last()).unwrap();
        prop_assert_eq!(end.current().state, State::Missed);
    }

    /// Whatever a measure does over time and across, the target has what a query has.
    #[test]
    fn the_actual_value_is_that_of_a_query(
        cells in prop::collection::btree_map(
            (0_i32..9, 0_usize..3), (prop::option::of(-3_i64..9), 0_i64..3), 1..20,
        ),
        over_time in prop::sample::select(vec![
            OverTime::Sum, OverTime::Sum, OverTime::First, OverTime::Last, OverTime::Min, OverTime::Max,
        ]),
        across in prop::sample::select(vec![Across::Sum, Across::Min, Across::Max, Across::None]),
        missing in prop::sample::select(vec![MissingDay::Zero, MissingDay::Carry, MissingDay::Unknown]),
        first in -1_i32..5, length in 0_i32..6,
        only in prop::option::of(0_usize..3),
    ) {
        let measure = Measure::flow("m", unit("EUR"));
        let measure = measure.over_time(over_time).across(across).missing(missing);
        let leads = Measure::flow("leads", unit("lead"));
        let formulas = [
            "m", "leads", "m / leads", "-(m / leads)", "kpi.k2 * -3", "m / 2 + m", "leads / m",
            "m - m / 3", "m / leads / -2", "m / leads * 0", "m * 0", "m / 0", "2 / 3 + 1", "m ^ 1",
            "(m / leads) ^ 1", "m * m", "abs(m)", "max(m, 1 [EUR])", "kpi.k2 + 1 [EUR/lead]",
            "if_undefined(m / leads, 1 [EUR/lead])", "m / leads / 0", "kpi.k3 * (1 - 2)", "m / (1 [day] - 24 [hour])", "m * (1 - 0.2)", "m / -(1 [day] / 2 [hour])",
        ];
        let kpis: Vec<_> = formulas
            .iter()
            .enumerate()
            .map(|(i, formula)| {
                let direction = [Direction::Higher, Direction::Lower, Direction::Neutral][i % 3];
                Kpi::new(format!("k{i}"), formula.parse().unwrap()).direction(direction)
            })
            .collect();
        let set = KpiSet::new(Schema::new(["country"], [measure, leads]).unwrap(), kpis).unwrap();
        // What comes later, combinations too, is no part of the target and would be one of the query.
        let mut cells = cells;
        cells.retain(|(number, _), _| *number <= first + length);
        prop_assume!(!cells.is_empty());
        let dates: Vec<_> = cells.keys().map(|(number, _)| day(*number)).collect();
        let countries: Vec<_> = cells.keys().map(|(_, country)| COUNTRIES[*country]).collect();
        let m: Vec<_> = cells.values().map(|(m, _)| m.map(|m| m.to_string())).collect();
        let leads: Vec<_> = cells.values().map(|(_, leads)| *leads).collect();
        let facts = Facts::builder(set.schema())
            .dates(&dates)
            .dimension("country", &countries)
            .measure("m", Column::optional_text(&m))
            .measure("leads", Column::integers(&leads))
            .build()
            .unwrap();
        for (i, formula) in formulas.iter().enumerate() {
            let name = format!("k{i}");
            let mut target =
                Target::new("t", &name, days(first, first + length), goal(true, 1.into()));
            let mut query = Query::of([&name]);
            if let Some(country) = only {
                target = target.only("country", [COUNTRIES[country]]);
                query = query.only("country", [COUNTRIES[country]]);
            }
            let found = target.assess(&set, &facts, Calendar::default(), day(first + length)).unwrap();
            for found in found.days() {
                let so_far = Period::inclusive(day(first), found.as_of).unwrap();
                let table = query.clone().within(so_far).run(&set, &facts, Calendar::default());
                let expected = &table.unwrap().columns[0].values[0];
                prop_assert_eq!(&found.actual, expected, "{} on {}", formula, found.as_of);
            }
        }
    }
}

fn goal(higher: bool, limit: Rational) -> Goal {
    match higher {
        true => Goal::AtLeast(limit.into()),
        false => Goal::AtMost(limit.into()),
    }
}

/// Spend and leads, one row a day from day 0 on, without dimensions.
fn spend_set() -> KpiSet {
    let measures = [Measure::flow("spend", unit("EUR")), Measure::flow("leads", unit("lead"))];
    let cpl = Kpi::new("cpl", "spend / leads".parse().unwrap());
    KpiSet::new(Schema::new(Vec::<String>::new(), measures).unwrap(), [cpl]).unwrap()
}

fn lead_facts(set: &KpiSet, rows: &[(Rational, i64)]) -> Facts<'static> {
    let dates: Vec<_> = (0..rows.len() as i32).map(day).collect();
    let spend: Vec<_> =
        rows.iter().map(|(spend, _)| spend.to_decimal().unwrap().to_string()).collect();
    let leads: Vec<_> = rows.iter().map(|(_, leads)| leads.to_string()).collect();
    Facts::builder(set.schema())
        .dates(&dates)
        .measure("spend", Column::text(&spend))
        .measure("leads", Column::text(&leads))
        .build()
        .unwrap()
}

fn spend_facts(set: &KpiSet, spend: &[Rational]) -> Facts<'static> {
    let rows: Vec<_> = spend.iter().map(|spend| (spend.clone(), 1)).collect();
    lead_facts(set, &rows)
}

/// A target of spend over ten days with these days known.
fn spend_target(goal: Goal, spend: &[i64], as_of: i32) -> TargetResult {
    let set = spend_set();
    let spend: Vec<_> = spend.iter().map(|spend| Rational::from(*spend)).collect();
    let target = Target::new("t", "spend", days(0, 9), goal);
    target.assess(&set, &spend_facts(&set, &spend), Calendar::default(), day(as_of)).unwrap()
}

fn defined(text: &str) -> Value {
    Value::Defined(rational(text))
}

#[test]
fn what_shows_as_all_of_the_target_is_not_all_of_it() {
    let set = spend_set();
    let facts = spend_facts(&set, &[rational("99.996")]);
    let target = Target::new("t", "spend", days(0, 0), goal(true, 100.into()));
    let result = target.assess(&set, &facts, Calendar::default(), day(0)).unwrap();
    let now = result.current();
    let percent = now.attainment.clone().map(|share| share * Rational::from(100));
    assert_eq!(percent.round(Rounding::half_even(2)).unwrap().to_string(), "100.00");
    assert!(!now.is_met());
    assert_eq!((now.state, &now.gap), (State::Missed, &defined("-0.004")));
    let facts = spend_facts(&set, &[rational("100")]);
    assert!(target.assess(&set, &facts, Calendar::default(), day(0)).unwrap().current().is_met());
}

#[test]
fn pace_of_a_flow_by_hand() {
    let result = spend_target(goal(true, 100.into()), &[5, 30, 10, 7], 3);
    let now = result.current();
    let flow = now.flow().unwrap();
    assert_eq!((flow.elapsed_days, flow.remaining_days), (4, 6));
    assert_eq!(flow.expected, defined("40"));
    assert_eq!(flow.gap, defined("12"));
    assert_eq!(flow.attainment, defined("1.3"));
    assert_eq!(flow.required_per_day, defined("8"));
    assert_eq!(flow.projection, defined("130"));
    assert_eq!(best_day(flow), Some((day(1), 30.into())));
    assert!(!flow.beyond_best);
    // On the first day 5 were the best, and 95/9 a day were left to do.
    assert_eq!(result.first_beyond_best(), Some(day(0)));
    let last = spend_target(goal(true, 100.into()), &[5, 30, 10, 7], 9);
    let now = last.current();
    let flow = now.flow().unwrap();
    assert_eq!(flow.required_per_day, Value::Undefined(Reason::NoBase));
    assert_eq!((flow.projection.clone(), flow.beyond_best), (defined("52"), false));
    assert_eq!(last.current().state, State::Missed);
}

#[test]
fn beyond_best_turns_round_where_lower_is_better() {
    // 82 may still be spent in 6 days, and every day so far took less.
    let easy = spend_target(goal(false, 100.into()), &[4, 5, 3, 6], 3);
    let now = easy.current();
    let flow = now.flow().unwrap();
    assert_eq!(flow.required_per_day, defined("41/3"));
    assert_eq!(best_day(flow), Some((day(2), 3.into())));
    assert!(!flow.beyond_best);
    // 4 in 6 days: less each day than the least of them.
    let hard = spend_target(goal(false, 100.into()), &[30, 31, 20, 15], 3);
    let now = hard.current();
    let flow = now.flow().unwrap();
    assert_eq!(flow.required_per_day, defined("2/3"));
    assert_eq!(best_day(flow), Some((day(3), 15.into())));
    assert!(flow.beyond_best);
    assert_eq!(hard.first_beyond_best(), Some(day(0)));
    // As much as the best day is not beyond it.
    let even = spend_target(goal(false, 30.into()), &[3, 3, 3, 3, 3], 4);
    assert!(!even.current().flow().unwrap().beyond_best);
    // A day without a row brought nothing, which nothing can be better than but a refund.
    let gone = spend_target(goal(false, 30.into()), &[9, 9, 9], 3);
    let now = gone.current();
    let flow = now.flow().unwrap();
    assert_eq!(best_day(flow), Some((day(3), 0.into())));
    assert!(!flow.beyond_best);
}

#[test]
fn a_limit_of_zero_or_less_has_a_gap_but_no_attainment() {
    for higher in [true, false] {
        for limit in [0, -50] {
            let result = spend_target(goal(higher, limit.into()), &[-3, 1], 1);
            let now = result.current();
            let flow = now.flow().unwrap();
            assert_eq!(now.attainment, Value::Undefined(Reason::NoBase));
            assert_eq!(flow.attainment, Value::Undefined(Reason::NoBase));
            let expected = Rational::new(limit, 5).unwrap();
            let gap = Rational::from(-2) - &expected;
            assert_eq!(flow.expected, Value::Defined(expected));
            let gap = if higher { gap } else { -gap };
            let state = if gap.is_negative() { State::Behind } else { State::Ahead };
            assert_eq!((&flow.gap, now.state), (&Value::Defined(gap), state));
        }
    }
}

#[test]
fn states_without_a_band() {
    let everything =
        Bands { on: BandBasis::Actual, list: vec![Band { name: "any".into(), from: None }] };
    let assess = |metric: &str, rows: &Rows, as_of: i32| {
        let set = set();
        let target = Target::new("t", metric, days(0, 4), goal(true, 1.into()));
        let result = target.bands(everything.clone()).assess(
            &set,
            &facts(&set, rows),
            Calendar::default(),
            day(as_of),
        );
        let result = result.unwrap();
        (result.current().state, result.current().band.map(str::to_owned))
    };
    let any = Some("any".to_owned());
    let rows: Rows = [((-5, 0), [100; 6]), ((9, 0), [100; 6])].into();
    assert_eq!(assess("spend", &rows, -1), (State::NotStarted, None));
    // Facts before and after, none inside.
    assert_eq!(assess("spend", &rows, 2), (State::NoData, None));
    assert_eq!(assess("customers", &rows, 2), (State::NoData, None));
    assert_eq!(assess("spend", &rows, 9), (State::NoData, None));
    let rows: Rows = [((1, 0), [100, 0, 1, 1, 1, 1])].into();
    assert_eq!(assess("spend", &rows, 0), (State::NoData, None));
    assert_eq!(assess("spend", &rows, 1), (State::Ahead, any.clone()));
    assert_eq!(assess("cpl", &rows, 1), (State::Undefined, None));
    assert_eq!(assess("deals", &rows, 4), (State::Met, any.clone()));
    assert_eq!(assess("conversion", &rows, 4), (State::Undefined, None));
    assert_eq!(assess("net", &rows, 4), (State::Missed, any));
}

#[test]
fn before_the_period_everything_is_missing() {
    let result = spend_target(goal(true, 1.into()), &[5], -1);
    assert!(result.days().next().is_none());
    let now = result.current();
    assert_eq!((now.as_of, now.state), (day(-1), State::NotStarted));
    assert_eq!(now.actual, Value::Undefined(Reason::Missing));
    assert_eq!(now.met, Value::Undefined(Reason::Missing));
    assert!(!now.is_met() && now.pace.is_none() && now.band.is_none());
    assert_eq!(result.first_beyond_best(), None);
}

#[test]
fn an_unknown_day_leaves_the_rest_undefined() {
    let measure = Measure::flow("spend", unit("EUR")).missing(MissingDay::Unknown);
    let schema = Schema::new(Vec::<String>::new(), [measure]).unwrap();
    let set = KpiSet::new(schema, []).unwrap();
    let facts = Facts::builder(set.schema())
        .dates(&[day(0), day(2), day(3)])
        .measure("spend", Column::integers(&[7, 1, 1]))
        .build()
        .unwrap();
    let bands =
        Bands { on: BandBasis::Attainment, list: vec![Band { name: "any".into(), from: None }] };
    let target = Target::new("t", "spend", days(0, 3), goal(true, 4.into())).bands(bands);
    let result = target.assess(&set, &facts, Calendar::default(), day(3)).unwrap();
    let states: Vec<_> = result.days().map(|day| day.state).collect();
    assert_eq!(states, [State::Ahead, State::Undefined, State::Undefined, State::Undefined]);
    assert_eq!(result.current().actual, Value::Undefined(Reason::Missing));
    assert_eq!(result.current().band, None);
    let second = result.days().nth(1).unwrap();
    let flow = second.flow().unwrap();
    assert_eq!(flow.required_per_day, Value::Undefined(Reason::Missing));
    assert_eq!(best_day(flow), Some((day(0), 7.into())));
    assert!(!flow.beyond_best);
    // A baseline that is not known leaves the goal undefined, and the actual value as it is.
    let change =
        Change { by: Rational::ZERO, mode: ChangeMode::Points, baseline: days(0, 1).into() };
    let target = Target::new("t", "spend", days(2, 3), Goal::AtLeast(Limit::Change(change)));
    let result = target.assess(&set, &facts, Calendar::default(), day(2)).unwrap();
    assert_eq!(result.goal().limit(), Some(&Value::Undefined(Reason::Missing)));
    assert_eq!(result.current().state, State::Undefined);
    assert_eq!(result.current().actual, defined("1"));
}

#[test]
fn a_baseline_of_zero_gives_points_but_no_relative_change() {
    let set = spend_set();
    let facts = spend_facts(&set, &[0.into(), 3.into()]);
    let assess = |mode| {
        let change = Change { by: rational("0.2"), mode, baseline: days(0, 0).into() };
        let goal = Goal::AtLeast(Limit::Change(change));
        let target = Target::new("t", "spend", days(1, 1), goal);
        target.assess(&set, &facts, Calendar::default(), day(1)).unwrap()
    };
    assert_eq!(assess(ChangeMode::Points).goal().limit(), Some(&defined("0.2")));
    assert_eq!(assess(ChangeMode::Points).current().state, State::Met);
    for mode in [ChangeMode::Relative, ChangeMode::Magnitude] {
        let result = assess(mode);
        assert_eq!(result.goal().limit(), Some(&Value::Undefined(Reason::NoBase)));
        assert_eq!(result.goal().baseline, Some(defined("0")));
        assert_eq!(result.current().met, Value::Undefined(Reason::NoBase));
        assert_eq!(result.current().state, State::Undefined);
    }
}

#[test]
fn a_baseline_that_still_runs_counts_its_days_so_far() {
    let set = set();
    let rows: Rows = (0..6).map(|i| ((i, 0), [100, i64::from(i) + 1, 0, 0, 0, 0])).collect();
    let change =
        Change { by: Rational::ZERO, mode: ChangeMode::Points, baseline: days(2, 4).into() };
    let goal = Goal::AtLeast(Limit::Change(change));
    let target = Target::new("t", "growth", days(6, 8), goal);
    let result = target.assess(&set, &facts(&set, &rows), Calendar::default(), day(3)).unwrap();
    // 3 + 4 on the two days so far, against 1 + 2 on the two before.
    assert_eq!(result.goal().baseline, Some(defined("4/3")));
    assert_eq!(result.current().state, State::NotStarted);
    let change =
        Change { by: Rational::ZERO, mode: ChangeMode::Points, baseline: days(4, 5).into() };
    let target = Target::new("t", "growth", days(6, 8), Goal::AtLeast(Limit::Change(change)));
    let result = target.assess(&set, &facts(&set, &rows), Calendar::default(), day(3)).unwrap();
    assert_eq!(result.goal().baseline, Some(Value::Undefined(Reason::Missing)));
}

#[test]
fn remaining_volume_by_hand() {
    let set = set();
    // 3 of 10 after two of four days.
    let rows: Rows = [((0, 0), [0, 4, 1, 0, 0, 0]), ((1, 0), [0, 6, 2, 0, 0, 0])].into();
    let assess = |higher: bool, limit: &str, volume: i64| {
        let target = Target::new("t", "conversion", days(0, 3), goal(higher, rational(limit)))
            .volume(Volume::Expected(volume.into()));
        let result = target.assess(&set, &facts(&set, &rows), Calendar::default(), day(1)).unwrap();
        let remaining = result.current().ratio().unwrap().remaining.clone().defined().unwrap();
        (remaining.name(), remaining.ratio().map(ToString::to_string), result.current().state)
    };
    let ratio = |text: &str| Some(text.to_owned());
    // (0.25 * 20 - 3) / 10.
    assert_eq!(assess(true, "0.25", 20), ("required", ratio("1/5"), State::Ahead));
    assert_eq!(assess(true, "0.4", 20), ("required", ratio("1/2"), State::Behind));
    assert_eq!(assess(true, "0.15", 20), ("secured", ratio("0"), State::Secured));
    assert_eq!(assess(true, "0.65", 20), ("required", ratio("1"), State::Behind));
    assert_eq!(assess(true, "0.66", 20), ("unreachable", ratio("51/50"), State::Unreachable));
    // Where lower is better, the upper bound secures and the lower one does not suffice.
    assert_eq!(assess(false, "0.65", 20), ("secured", ratio("1"), State::Secured));
    assert_eq!(assess(false, "0.64", 20), ("required", ratio("49/50"), State::Ahead));
    assert_eq!(assess(false, "0.15", 20), ("required", ratio("0"), State::Behind));
    assert_eq!(assess(false, "0.1", 20), ("unreachable", ratio("-1/10"), State::Unreachable));
    // Nothing remains.
    assert_eq!(assess(true, "0.3", 10), ("decided", None, State::Ahead));
    assert_eq!(assess(true, "0.31", 3), ("decided", None, State::Behind));
    // Without bounds nothing is secured.
    let target = Target::new("t", "cpl", days(0, 3), goal(true, rational("-9")));
    let result = target.assess(&set, &facts(&set, &rows), Calendar::default(), day(1)).unwrap();
    let remaining = result.current().ratio().unwrap().remaining.clone();
    assert_eq!(remaining.as_ref().map(|r| r.name()), Value::Defined("required"));
}

#[test]
fn at_the_end_a_ratio_is_decided_whatever_volume_was_expected() {
    let set = set();
    let rows: Rows = [((0, 0), [0, 4, 1, 0, 0, 0]), ((1, 0), [0, 6, 2, 0, 0, 0])].into();
    for volume in [1, 10, 1_000] {
        let target = Target::new("t", "conversion", days(0, 1), goal(true, rational("0.3")))
            .volume(Volume::Expected(volume.into()));
        let result = target.assess(&set, &facts(&set, &rows), Calendar::default(), day(9)).unwrap();
        let remaining = result.current().ratio().unwrap().remaining.clone();
        assert_eq!(remaining.as_ref().map(|r| r.name()), Value::Defined("decided"));
        assert_eq!((result.current().as_of, result.current().state), (day(1), State::Met));
    }
}

#[test]
fn a_name_used_often_is_looked_at_once() {
    let kpi = |i: usize, formula: String| Kpi::new(format!("k{i}"), formula.parse().unwrap());
    let chain = |first: &str, operator: &str| {
        let doubled = |i: usize| kpi(i, format!("k{} {operator} k{}", i - 1, i - 1));
        let kpis = [kpi(0, first.to_owned())].into_iter().chain((1..60).map(doubled));
        let kpis: Vec<_> = kpis.chain([kpi(60, "spend * k59".to_owned())]).collect();
        let set = spend_set();
        let schema = set.schema().clone();
        let set = KpiSet::new(schema, kpis).unwrap();
        let target = |metric| Target::new("t", metric, days(0, 1), goal(true, 1.into()));
        let facts = spend_facts(&set, &[1.into(), 2.into()]);
        let assess =
            |metric| target(metric).assess(&set, &facts, Calendar::default(), day(1)).unwrap();
        (assess("k59"), assess("k60"))
    };
    let (sum, product) = chain("spend", "+");
    assert_eq!(sum.current().actual, Value::Defined((3 * (1_i64 << 59)).into()));
    assert!(sum.current().flow().is_some());
    assert!(product.current().pace.is_none());
    // Squares of squares soon outgrow any number.
    let (square, product) = chain("2", "*");
    assert_eq!(square.current().actual, Value::Undefined(Reason::Capacity));
    assert_eq!(product.current().actual, Value::Undefined(Reason::Capacity));
}

fn refused(target: Target) -> String {
    let set = set();
    let rows: Rows = [((0, 0), [0; 6])].into();
    let error = target.assess(&set, &facts(&set, &rows), Calendar::default(), day(0)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    error.to_string()
}

#[test]
fn all_problems_are_told_at_once() {
    let band =
        |name: &str, from: Option<i64>| Band { name: name.into(), from: from.map(Into::into) };
    let bands = Bands {
        on: BandBasis::Attainment,
        list: vec![band("a", Some(1)), band("b", Some(1)), band("c", None), band("d", Some(0))],
    };
    let change = Change { by: 1.into(), mode: ChangeMode::Points, baseline: days(-3, 0).into() };
    let target =
        Target::new("bad", "conversions", days(0, 1), Goal::AtLeast(Limit::Change(change)))
            .only("contry", ["DE"])
            .attainment(Attainment::LowerLinear)
            .tolerance(1.into())
            .volume(Volume::Expected(0.into()))
            .bands(bands);
    assert_eq!(
        refused(target),
        r#"8 problems in the target "bad"
  metric: unknown metric "conversions"; did you mean "conversion"?
  where: unknown dimension "contry"; did you mean "country"?
  goal: the baseline 2011-11-28 to 2011-12-01 is not over before the target begins on 2011-12-01; take an earlier period
  attainment: attainment "lower_linear" does not go with this goal; at least takes "ratio" or "progress"
  tolerance: a tolerance goes with a range only; remove it
  volume: an expected volume of 0 is not above zero; give the total of the denominator
  bands.list[1].from: the threshold 1 of band "b" is not below 1, the one before it; order bands from the highest
  bands.list[2]: band "c" takes everything, so the bands behind it never hold; give it a threshold or put it last"#
    );
}

#[test]
fn each_problem_says_what_would_be_right() {
    let period = days(0, 1);
    let end = |limit: i64| Limit::Fixed(limit.into());
    let range = |low, high| Goal::Range { low: end(low), high: end(high) };
    let single = |target: Target| {
        let text = refused(target);
        text.strip_prefix("1 problem in the target \"t\"\n  ").unwrap_or(&text).to_owned()
    };
    let fixed = |higher| Target::new("t", "cpl", period, goal(higher, 1.into()));
    assert_eq!(
        single(Target::new("t", "cpl", period, range(2, 1)).tolerance(1.into())),
        "goal.range: the low end 2 is above the high end 1; swap them"
    );
    assert_eq!(
        single(Target::new("t", "cpl", period, range(1, 1))),
        "tolerance: a range needs a tolerance, the distance at which attainment is 0"
    );
    assert_eq!(
        single(Target::new("t", "cpl", period, range(1, 1)).tolerance(0.into())),
        "tolerance: tolerance 0 is not above zero; give the distance at which attainment is 0"
    );
    let ranged = Target::new("t", "cpl", period, range(1, 1)).tolerance(1.into());
    assert_eq!(
        single(ranged.attainment(Attainment::Progress)),
        r#"attainment: attainment "progress" does not go with this goal; a range takes "range""#
    );
    assert_eq!(
        single(fixed(false).attainment(Attainment::Range)),
        r#"attainment: attainment "range" does not go with this goal; at most takes "lower_linear", "lower_inverse", "ratio" or "progress""#
    );
    assert_eq!(
        single(fixed(true).attainment(Attainment::Progress)),
        r#"attainment: attainment "progress" needs a goal with a baseline; make it a change, or take another mode"#
    );
    assert_eq!(
        single(fixed(true).volume(Volume::Baseline)),
        "volume: the volume of the baseline needs a goal with a period as its baseline; make it a change from one, or give the volume that is expected"
    );
    assert_eq!(
        single(fixed(true).volume(Volume::Expected(rational("-1/3")))),
        "volume: an expected volume of -1/3 is not above zero; give the total of the denominator"
    );
    let long = Target::new("t", "cpl", days(0, 7_305), goal(true, 1.into()));
    assert_eq!(
        single(long),
        "period: a period of 7306 days; the most is 7305, so set a target for each year"
    );
    assert_eq!(
        single(Target::new("t", "kpi.spend", period, goal(true, 1.into()))),
        r#"metric: unknown metric "kpi.spend"; did you mean "spend"?"#
    );
}

#[test]
fn facts_of_another_schema_are_refused() {
    let set = set();
    let other = spend_set();
    let target = Target::new("t", "spend", days(0, 1), goal(true, 1.into()));
    let error = target
        .assess(&set, &spend_facts(&other, &[1.into()]), Calendar::default(), day(0))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Shape);
    assert_eq!(
        error.to_string(),
        "the facts were built for another schema, with dimensions () where (country) are due; build them with the schema of the KPIs"
    );
}

#[test]
fn a_prior_before_the_first_year_is_missing() {
    let set = set();
    let rows: Rows = [((0, 0), [0; 6])].into();
    let period = Period::inclusive(Date::MIN, Date::MIN.plus_days(1).unwrap()).unwrap();
    let target = Target::new("t", "growth", period, goal(true, 1.into()));
    let facts = facts(&set, &rows);
    let result = target.assess(&set, &facts, Calendar::default(), Date::MIN).unwrap();
    assert_eq!(result.current().actual, Value::Undefined(Reason::Missing));
}

#[test]
fn names_are_those_of_documents() {
    let result = Target::new("week", "handling", days(0, 1), goal(false, 1.into()))
        .owner(Owner::Sales)
        .assess(
            &set(),
            &facts(&set(), &[((0, 0), [0, 0, 3, 60, 0, 0])].into()),
            Calendar::default(),
            day(0),
        )
        .unwrap();
    assert_eq!((result.name.as_str(), result.metric.as_str()), ("week", "handling"));
    assert_eq!((result.owner, result.period), (Some(Owner::Sales), days(0, 1)));
    // 60 minutes are one hour.
    assert_eq!(
        (result.unit.clone(), &result.current().actual),
        (unit("hour/deal"), &defined("1/3"))
    );
    assert_eq!(result.current().ratio().unwrap().numerator, defined("1"));
    for state in ["not_started", "no_data", "undefined", "ahead", "behind", "secured"] {
        assert_eq!(state.parse::<State>().unwrap().to_string(), state);
    }
    let error = "aheed".parse::<State>().unwrap_err();
    assert_eq!(error.to_string(), r#"unknown state "aheed"; did you mean "ahead"?"#);
    let error = "absolute".parse::<ChangeMode>().unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"unknown mode of change "absolute"; known are relative, points, magnitude"#
    );
}

#[test]
fn the_kind_of_pace_is_what_the_formula_says() {
    let kinds = [
        ("spend + spend", "flow"),
        ("-(spend / 4) * (1 - 0.2)", "flow"),
        ("spend / (1 / 3)", "flow"),
        ("spend ^ 1", "flow"),
        ("minutes + worked", "flow"),
        ("1000 * spend / leads", "ratio"),
        ("spend / leads * 1000", "ratio"),
        ("(spend - spend / 2) / (leads + 2 * leads)", "ratio"),
        ("-(minutes / worked) / 2 ^ 3", "ratio"),
        ("base / leads", "ratio"),
        ("kpi.base * 1 / leads", "ratio"),
        ("spend + 1 [EUR]", "none"),
        ("1 - deals / leads * 1 [lead/deal]", "none"),
        ("spend / 0", "none"),
        ("spend / leads * 0", "none"),
        ("leads / customers", "none"),
        ("customers", "none"),
        ("spend * leads / leads", "none"),
        ("spend / leads / leads", "none"),
        ("prior(spend)", "none"),
        ("max(spend, 0)", "none"),
        ("if_undefined(spend, 0)", "none"),
        ("2 * 3", "none"),
    ];
    let base = set();
    let kpis = kinds
        .iter()
        .enumerate()
        .map(|(i, (formula, _))| Kpi::new(format!("k{i}"), formula.parse().unwrap()));
    let kpis = kpis.chain([Kpi::new("base", "spend * 3".parse().unwrap())]);
    let set = KpiSet::new(base.schema().clone(), kpis).unwrap();
    let facts = facts(&set, &[((0, 0), [1; 6])].into());
    for (i, (formula, kind)) in kinds.iter().enumerate() {
        let target = Target::new("t", format!("k{i}"), days(0, 1), goal(true, 1.into()));
        let result = target.assess(&set, &facts, Calendar::default(), day(0)).unwrap();
        let found = match &result.current().pace {
            Some(Pace::Flow(_)) => "flow",
            Some(Pace::Ratio(_)) => "ratio",
            _ => "none",
        };
        assert_eq!(found, *kind, "{formula}");
    }
}

#[test]
fn what_does_not_add_up_over_days_is_no_flow() {
    let rules = [
        ("largest", Across::Max, MissingDay::Zero),
        ("least", Across::Min, MissingDay::Zero),
        ("carried", Across::Sum, MissingDay::Carry),
        ("single", Across::None, MissingDay::Zero),
        ("known", Across::Sum, MissingDay::Unknown),
    ];
    let measures = rules.map(|(name, across, missing)| {
        Measure::flow(name, unit("EUR")).across(across).missing(missing)
    });
    let set = KpiSet::new(Schema::new(["country"], measures).unwrap(), []).unwrap();
    // Nothing on day 0; then 5 and 1, and 2 and 9.
    let mut builder = Facts::builder(set.schema())
        .dates(&[day(1), day(1), day(2), day(2)])
        .dimension("country", &["DE", "FR", "DE", "FR"]);
    for (name, ..) in rules {
        builder = builder.measure(name, Column::integers(&[5, 1, 2, 9]));
    }
    let facts = builder.build().unwrap();
    let assess = |metric| {
        let target = Target::new("t", metric, days(0, 2), goal(true, 1.into()));
        let result = target.assess(&set, &facts, Calendar::default(), day(2)).unwrap();
        (result.current().actual.clone(), result.current().pace.is_some())
    };
    // The larger of 7 and 10, not 5 + 9.
    assert_eq!(assess("largest"), (defined("10"), false));
    assert_eq!(assess("least"), (defined("7"), false));
    assert_eq!(assess("carried"), (defined("17"), false));
    assert_eq!(assess("single"), (Value::Undefined(Reason::NotAdditive), true));
    assert_eq!(assess("known"), (Value::Undefined(Reason::Missing), true));
}
