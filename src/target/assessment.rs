//! A target over facts, at the end of each day.

use super::bands::{BandBasis, Bands};
use super::goal::{Attainment, Goal, Limit, Resolved};
use super::pace::{self, FlowPace, Pace, RatioPace, Remaining, Volume};
use crate::calendar::{Date, Period};
use crate::error::{Error, ErrorKind};
use crate::facts::{Facts, Groups};
use crate::kpi::{Bounds, Frames, KpiSet, OnZero, Program, Shape, check_schema, total};
use crate::named::named;
use crate::number::{Rational, Reason, Value};
use crate::owner::Owner;
use crate::unit::Unit;

/// The longest period of a target, in days: twenty years. Its state is computed for each day.
const MOST_DAYS: u32 = 7_305;

/// What is to be reached by a metric in a period.
///
/// ```
/// use yardstick::target::{Goal, Limit, State, Target};
/// use yardstick::{Column, Date, Facts, KpiSet, Measure, Period, Rational, Schema, Value};
///
/// let schema = Schema::new(Vec::<String>::new(), [Measure::flow("revenue", "EUR".parse()?)])?;
/// let set = KpiSet::new(schema, [])?;
/// let week = Period::inclusive(Date::new(2011, 12, 5)?, Date::new(2011, 12, 9)?)?;
/// let days: Vec<_> = week.iter().take(2).collect();
/// let facts = Facts::builder(set.schema())
///     .dates(&days)
///     .measure("revenue", Column::integers(&[30, 10]))
///     .build()?;
///
/// let goal = Goal::AtLeast(Limit::Fixed(Rational::from(100)));
/// let result = Target::new("week", "revenue", week, goal).assess(&set, &facts, days[1])?;
/// let now = result.current();
/// assert_eq!(now.actual, Value::Defined(40.into()));
/// assert_eq!(now.gap, Value::Defined((-60).into()));
/// assert_eq!(now.state, State::Ahead); // 40 were expected by now
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub(crate) name: String,
    pub(crate) metric: String,
    pub(crate) owner: Option<Owner>,
    pub(crate) period: Period,
    pub(crate) filters: Vec<(String, Vec<String>)>,
    pub(crate) goal: Goal,
    pub(crate) attainment: Attainment,
    pub(crate) tolerance: Option<Rational>,
    pub(crate) volume: Volume,
    pub(crate) bands: Option<Bands>,
}

impl Target {
    /// A target of a metric (a KPI or a measure) in a period. Attainment is counted as a ratio for
    /// at least, `lower_linear` for at most, and needs a tolerance for a range.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        metric: impl Into<String>,
        period: Period,
        goal: Goal,
    ) -> Self {
        let attainment = match goal {
            Goal::AtLeast(_) => Attainment::Ratio,
            Goal::AtMost(_) => Attainment::LowerLinear,
            Goal::Range { .. } => Attainment::Range,
        };
        Self {
            name: name.into(),
            metric: metric.into(),
            owner: None,
            period,
            filters: Vec::new(),
            goal,
            attainment,
            tolerance: None,
            volume: Volume::default(),
            bands: None,
        }
    }

    /// The same with an owner.
    #[must_use]
    pub fn owner(self, owner: Owner) -> Self {
        Self { owner: Some(owner), ..self }
    }

    /// The same for those rows only whose `dimension` has one of these values; several calls must all
    /// hold. The baseline is that of the same rows.
    #[must_use]
    pub fn only<S: Into<String>>(
        mut self,
        dimension: impl Into<String>,
        values: impl IntoIterator<Item = S>,
    ) -> Self {
        self.filters.push((dimension.into(), values.into_iter().map(Into::into).collect()));
        self
    }

    /// The same with attainment counted in another mode. At least takes `ratio` and `progress`, at
    /// most all but `range`, and a range only `range`; see [`assess`](Target::assess).
    #[must_use]
    pub fn attainment(self, attainment: Attainment) -> Self {
        Self { attainment, ..self }
    }

    /// The same with a tolerance, for a range: the distance at which attainment is 0, above zero.
    #[must_use]
    pub fn tolerance(self, tolerance: Rational) -> Self {
        Self { tolerance: Some(tolerance), ..self }
    }

    /// The same with another expected volume, for a ratio. Other metrics do not look at it.
    #[must_use]
    pub fn volume(self, volume: Volume) -> Self {
        Self { volume, ..self }
    }

    /// The same with bands.
    #[must_use]
    pub fn bands(self, bands: Bands) -> Self {
        Self { bands: Some(bands), ..self }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is wrong with the target by itself, each with its path; beside names, which need a set.
    pub(crate) fn problems(&self, set: &KpiSet) -> Vec<Error> {
        let mut problems = Vec::new();
        let mut refuse = |kind, path: &str, message: String| {
            problems.push(Error::new(kind, message).at_path(path));
        };
        if let Err(error) = set.resolve(&self.metric) {
            refuse(error.kind(), "metric", error.message().to_owned());
        }
        for (path, period) in [("period", Some(self.period)), ("goal", self.goal.baseline())] {
            let days = period.map_or(0, Period::days);
            if days > MOST_DAYS {
                let message = format!(
                    "a period of {days} days; the most is {MOST_DAYS}, so set a target for each year"
                );
                refuse(ErrorKind::Capacity, path, message);
            }
        }
        for (dimension, _) in &self.filters {
            if let Err(error) = set.schema().dimension_index(dimension) {
                refuse(error.kind(), "where", error.message().to_owned());
            }
        }
        if let Goal::Range { low, high } = &self.goal {
            if low > high {
                let message = format!("the low end {low} is above the high end {high}; swap them");
                refuse(ErrorKind::Domain, "goal.range", message);
            }
        }
        if let Some(baseline) = self.goal.baseline() {
            if baseline.last() >= self.period.first() {
                let first = self.period.first();
                let message = format!(
                    "the baseline {baseline} is not over before the target begins on {first}; take an earlier period"
                );
                refuse(ErrorKind::Date, "goal", message);
            }
        }
        let is_range = matches!(self.goal, Goal::Range { .. });
        let fits = match (&self.goal, self.attainment) {
            (Goal::Range { .. }, attainment) => attainment == Attainment::Range,
            (Goal::AtLeast(_), attainment) => {
                matches!(attainment, Attainment::Ratio | Attainment::Progress)
            }
            (Goal::AtMost(_), attainment) => attainment != Attainment::Range,
        };
        if !fits {
            let takes = match &self.goal {
                Goal::Range { .. } => "a range takes \"range\"",
                Goal::AtLeast(_) => "at least takes \"ratio\" or \"progress\"",
                Goal::AtMost(_) => {
                    "at most takes \"lower_linear\", \"lower_inverse\", \"ratio\" or \"progress\""
                }
            };
            let message =
                format!("attainment \"{}\" does not go with this goal; {takes}", self.attainment);
            refuse(ErrorKind::Domain, "attainment", message);
        } else if self.attainment == Attainment::Progress && self.goal.baseline().is_none() {
            let message = "attainment \"progress\" needs a goal with a baseline; make it a change, or take another mode";
            refuse(ErrorKind::Domain, "attainment", message.to_owned());
        }
        match &self.tolerance {
            None if is_range => {
                let message = "a range needs a tolerance, the distance at which attainment is 0";
                refuse(ErrorKind::Missing, "tolerance", message.to_owned());
            }
            Some(tolerance) if is_range && !tolerance.is_positive() => {
                let message = format!(
                    "tolerance {tolerance} is not above zero; give the distance at which attainment is 0"
                );
                refuse(ErrorKind::Domain, "tolerance", message);
            }
            Some(_) if !is_range => {
                let message = "a tolerance goes with a range only; remove it".to_owned();
                refuse(ErrorKind::Domain, "tolerance", message);
            }
            _ => {}
        }
        if self.volume == Volume::Baseline && self.goal.baseline().is_none() {
            let message = "the volume of the baseline needs a goal with a baseline; make it a change, or give the volume that is expected".to_owned();
            refuse(ErrorKind::Domain, "volume", message);
        }
        if let Volume::Expected(volume) = &self.volume {
            if !volume.is_positive() {
                let message = format!(
                    "an expected volume of {volume} is not above zero; give the total of the denominator"
                );
                refuse(ErrorKind::Domain, "volume", message);
            }
        }
        if let Some(bands) = &self.bands {
            let mut above: Option<&Rational> = None;
            for (i, band) in bands.list.iter().enumerate() {
                let last = i + 1 == bands.list.len();
                let name = &band.name;
                match (&band.from, above) {
                    (None, _) if !last => {
                        let message = format!(
                            "band \"{name}\" takes everything, so the bands behind it never hold; give it a threshold or put it last"
                        );
                        refuse(ErrorKind::Domain, &format!("bands.list[{i}]"), message);
                    }
                    (Some(from), Some(above)) if from >= above => {
                        let message = format!(
                            "the threshold {from} of band \"{name}\" is not below {above}, the one before it; order bands from the highest"
                        );
                        refuse(ErrorKind::Domain, &format!("bands.list[{i}].from"), message);
                    }
                    _ => {}
                }
                above = band.from.as_ref().or(above);
            }
        }
        problems
    }

    /// Where the target stands at the end of each day of its period up to `as_of`, that day
    /// included. Facts after `as_of` are not looked at.
    ///
    /// A metric that adds up over days (a sum of flows, times or over constants) has the pace of a
    /// flow; a quotient of two such metrics, times or over constants, that of a ratio; both cost one
    /// pass over the facts. Any other metric is evaluated for each day anew and has no pace. In it,
    /// `prior` means the baseline where the goal has one, half way through only as many of its days;
    /// without one, the period of as many days right before.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with everything that is wrong with the target: an unknown metric or
    /// dimension, a period of more than 7,305 days, a range upside down, a baseline that is not over
    /// before the target begins, a mode of attainment, tolerance or volume that does not go with the
    /// goal, bands that never hold. [`ErrorKind::Shape`] for facts of another schema,
    /// [`ErrorKind::Date`] where `prior` reaches before year 1.
    pub fn assess(
        &self,
        set: &KpiSet,
        facts: &Facts<'_>,
        as_of: Date,
    ) -> Result<TargetResult, Error> {
        if let Some(error) = Error::all(&format!("target \"{}\"", self.name), self.problems(set)) {
            return Err(error);
        }
        check_schema(set, facts)?;
        let source = Source::new(self, set, facts)?;
        let baseline = match self.goal.baseline() {
            Some(period) => Some(source.value(period.until(as_of), None)?),
            None => None,
        };
        let goal = self.goal.resolve(baseline);
        let mut days = Vec::new();
        if let Some(elapsed) = self.period.until(as_of) {
            let context = Context {
                target: self,
                goal: &goal,
                bounds: source.bounds(),
                observed_from: facts.first_day_within(self.period),
            };
            match &source.kind {
                SourceKind::Flow(program) => {
                    source.flow_days(program, &context, elapsed, &mut days)
                }
                SourceKind::Ratio(program, on_zero) => {
                    source.ratio_days(program, *on_zero, &context, elapsed, &mut days);
                }
                SourceKind::Other => {
                    for day in elapsed.iter() {
                        let so_far = Period::inclusive(elapsed.first(), day)?;
                        let like_for_like =
                            |baseline: Period| baseline.as_far_as(so_far, self.period);
                        let prior = self.goal.baseline().map(like_for_like);
                        let actual = source.value(Some(so_far), prior)?;
                        days.push(context.assess(day, actual, None));
                    }
                }
            }
        }
        let not_started = Assessment {
            as_of,
            actual: Value::Undefined(Reason::Missing),
            met: Value::Undefined(Reason::Missing),
            gap: Value::Undefined(Reason::Missing),
            attainment: Value::Undefined(Reason::Missing),
            state: State::NotStarted,
            band: None,
            pace: None,
        };
        Ok(TargetResult {
            name: self.name.clone(),
            metric: self.metric.clone(),
            unit: set.unit(&self.metric)?.clone(),
            owner: self.owner,
            period: self.period,
            goal,
            days,
            not_started,
        })
    }
}

/// Where the numbers of a target come from.
struct Source<'a> {
    set: &'a KpiSet,
    facts: &'a Facts<'a>,
    groups: Groups,
    target: &'a Target,
    /// The metric itself.
    program: Program,
    kind: SourceKind,
}

enum SourceKind {
    Flow(Program),
    /// With numerator and denominator as its results, and what a numerator over zero means.
    Ratio(Program, OnZero),
    Other,
}

impl<'a> Source<'a> {
    fn new(target: &'a Target, set: &'a KpiSet, facts: &'a Facts<'a>) -> Result<Self, Error> {
        let metric = set.resolve(&target.metric)?;
        let program = set.compile(&[metric])?;
        let kind = match set.shape(metric) {
            Shape::Flow => SourceKind::Flow(program.clone()),
            Shape::Ratio(n, d, on_zero) => {
                SourceKind::Ratio(set.compile_ratio(metric, &n, &d)?, on_zero)
            }
            Shape::Constant(..) | Shape::Other => SourceKind::Other,
        };
        let groups = total(facts, &target.filters)?;
        Ok(Self { set, facts, groups, target, program, kind })
    }

    fn bounds(&self) -> Bounds {
        self.set.kpi(&self.target.metric).map(|kpi| kpi.bounds.clone()).unwrap_or_default()
    }

    /// The metric over a period; missing where there is none. `prior` means the period given, or
    /// else the one of as many days right before.
    fn value(&self, period: Option<Period>, prior: Option<Period>) -> Result<Value, Error> {
        let Some(period) = period else {
            return Ok(Value::Undefined(Reason::Missing));
        };
        let mut frames = vec![vec![period]];
        for frame in 1..self.program.frames() {
            let before = match prior {
                Some(prior) if frame == 1 => prior,
                _ => frames[frame - 1][0].preceding()?,
            };
            frames.push(vec![before]);
        }
        let results = self.program.run(self.facts, &self.groups, &Frames(frames));
        Ok(first(results, 0))
    }

    /// The results of a program for each day.
    fn daily(&self, program: &Program, period: Period) -> Vec<Vec<Value>> {
        let days = period.iter().map(Period::day).collect();
        program.run(self.facts, &self.groups, &Frames(vec![days]))
    }

    fn flow_days(
        &self,
        program: &Program,
        context: &Context<'_>,
        elapsed: Period,
        days: &mut Vec<Assessment>,
    ) {
        let higher = context.goal.higher_is_better();
        let mut best = None;
        if let Some(baseline) = self.target.goal.baseline() {
            for (day, value) in baseline.iter().zip(single(self.daily(program, baseline))) {
                best = pace::better(best, day, &value, higher);
            }
        }
        let mut actual = Value::Defined(Rational::ZERO);
        let total = self.target.period.days();
        let values = single(self.daily(program, elapsed));
        for (i, (day, value)) in elapsed.iter().zip(values).enumerate() {
            best = pace::better(best, day, &value, higher);
            actual = actual.zip(value, |sum, value| sum + value);
            let elapsed_days = i as u32 + 1;
            // A range has no single limit to pace towards.
            let pace = context.goal.limit().map(|limit| {
                let remaining = total - elapsed_days;
                pace::flow(context.goal, limit, &actual, elapsed_days, remaining, best.clone())
            });
            days.push(context.assess(day, actual.clone(), pace.map(Pace::Flow)));
        }
    }

    fn ratio_days(
        &self,
        program: &Program,
        on_zero: OnZero,
        context: &Context<'_>,
        elapsed: Period,
        days: &mut Vec<Assessment>,
    ) {
        let sum_of = |results: Vec<Vec<Value>>, which: usize| -> Value {
            let values = results.into_iter().nth(which).unwrap_or_default();
            let zero = Value::Defined(Rational::ZERO);
            values.into_iter().fold(zero, |sum, value| sum.zip(value, |a, b| a + b))
        };
        let baseline_volume = match (&self.target.volume, self.target.goal.baseline()) {
            (Volume::Baseline, Some(baseline)) => Some(sum_of(self.daily(program, baseline), 1)),
            _ => None,
        };
        let total = self.target.period.days();
        let results = self.daily(program, elapsed);
        let mut parts = results.into_iter();
        let numerators = parts.next().unwrap_or_default();
        let denominators = parts.next().unwrap_or_default();
        let zero = || Value::Defined(Rational::ZERO);
        let (mut n, mut d) = (zero(), zero());
        for (i, (day, (n_day, d_day))) in
            elapsed.iter().zip(numerators.into_iter().zip(denominators)).enumerate()
        {
            n = n.zip(n_day, |a, b| a + b);
            d = d.zip(d_day, |a, b| a + b);
            let elapsed_days = i as u32 + 1;
            let volume = match (&self.target.volume, &baseline_volume) {
                (Volume::Expected(volume), _) => Value::Defined(volume.clone()),
                (_, Some(volume)) => volume.clone(),
                _ => {
                    let whole = d.as_ref().map(|d| d * Rational::from(total));
                    whole.quotient(&Value::Defined(elapsed_days.into()))
                }
            };
            let actual = on_zero.quotient(&n, &d);
            let pace = context.goal.limit().map(|limit| {
                let remain = elapsed_days < total;
                let (n, d, goal) = (n.clone(), d.clone(), context.goal);
                pace::ratio(goal, limit, n, d, volume, remain, &context.bounds)
            });
            days.push(context.assess(day, actual, pace.map(Pace::Ratio)));
        }
    }
}

fn single(results: Vec<Vec<Value>>) -> Vec<Value> {
    results.into_iter().next().unwrap_or_default()
}

fn first(results: Vec<Vec<Value>>, cell: usize) -> Value {
    single(results).into_iter().nth(cell).unwrap_or(Value::Undefined(Reason::Missing))
}

/// What every assessment of a target has in common.
struct Context<'a> {
    target: &'a Target,
    goal: &'a Resolved,
    bounds: Bounds,
    /// The first day of the target's period that has facts, if any has.
    observed_from: Option<Date>,
}

impl Context<'_> {
    /// Whether the facts have no day of the period up to this one.
    fn is_unobserved(&self, as_of: Date) -> bool {
        self.observed_from.is_none_or(|first| first > as_of)
    }

    fn assess(&self, as_of: Date, actual: Value, pace: Option<Pace>) -> Assessment {
        let target = self.target;
        let gap = self.goal.gap(&actual);
        let met = self.goal.is_met(&actual);
        let attainment =
            self.goal.attainment(&actual, target.attainment, target.tolerance.as_ref());
        let over = as_of >= target.period.last();
        let ahead = |value: &Value| match value {
            Value::Defined(gap) if gap.is_negative() => State::Behind,
            Value::Defined(_) => State::Ahead,
            Value::Undefined(_) => State::Undefined,
        };
        let state = match (&met, &pace) {
            _ if self.is_unobserved(as_of) => State::NoData,
            (Value::Undefined(_), _) => State::Undefined,
            (Value::Defined(true), _) if over => State::Met,
            (Value::Defined(false), _) if over => State::Missed,
            (_, Some(Pace::Flow(flow))) => ahead(&flow.gap),
            (_, Some(Pace::Ratio(ratio))) => match &ratio.remaining {
                Value::Defined(Remaining::Secured(_)) => State::Secured,
                Value::Defined(Remaining::Unreachable(_)) => State::Unreachable,
                _ => ahead(&gap),
            },
            (_, None) => ahead(&gap),
        };
        let band = target.bands.as_ref().and_then(|bands| {
            let value = match (bands.on, &pace) {
                (BandBasis::Attainment, _) => &attainment,
                (BandBasis::Actual, _) => &actual,
                (BandBasis::Pace, Some(Pace::Flow(flow))) => &flow.attainment,
                (BandBasis::Pace, _) => &attainment,
            };
            let named = state != State::NoData && state != State::Undefined;
            bands.name(value).filter(|_| named).map(str::to_owned)
        });
        Assessment { as_of, actual, met, gap, attainment, state, band, pace }
    }
}

named! {
    /// Where a target stands.
    #[non_exhaustive]
    State "state" {
        /// Its period has not begun.
        NotStarted = "not_started",
        /// The facts have no row, for whatever dimension values, of its period so far. Its numbers
        /// are those of no facts, zero for flows.
        NoData = "no_data",
        /// The actual value or the goal is undefined.
        Undefined = "undefined",
        /// Days remain, and it is at or beyond what was expected by now: for a flow its share of the
        /// limit, for all else the goal itself.
        Ahead = "ahead",
        /// Days remain, and it is short of what was expected by now.
        Behind = "behind",
        /// Days remain, and no ratio within the metric's bounds can spoil it, at the expected
        /// volume.
        Secured = "secured",
        /// Days remain, and no ratio within the metric's bounds suffices, at the expected volume.
        Unreachable = "unreachable",
        /// The period is over and the goal was met.
        Met = "met",
        /// The period is over and the goal was not met.
        Missed = "missed",
    }
}

/// Where a target stands at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assessment {
    /// The day, included.
    pub as_of: Date,
    /// The metric from the first day of the period to this one, in its unit.
    pub actual: Value,
    /// Whether the actual value meets the goal now, compared exactly. A flow below an upper limit
    /// meets it until it no longer does; the state says whether the period is over.
    pub met: Value<bool>,
    /// How far beyond the goal; below zero is short by so much. See [`Resolved::gap`].
    pub gap: Value,
    /// In the target's mode; not clamped.
    pub attainment: Value,
    /// The state.
    pub state: State,
    /// The name of the band, where bands were given and one holds; none in the states `NotStarted`,
    /// `NoData` and `Undefined`.
    pub band: Option<String>,
    /// What is still to come; none for ranges and for metrics that neither add up nor are a
    /// quotient of such.
    pub pace: Option<Pace>,
}

impl Assessment {
    /// The pace of a flow, if that is what it is.
    #[must_use]
    pub fn flow(&self) -> Option<&FlowPace> {
        match &self.pace {
            Some(Pace::Flow(flow)) => Some(flow),
            _ => None,
        }
    }

    /// The pace of a ratio, if that is what it is.
    #[must_use]
    pub fn ratio(&self) -> Option<&RatioPace> {
        match &self.pace {
            Some(Pace::Ratio(ratio)) => Some(ratio),
            _ => None,
        }
    }

    /// Whether the goal is met now; no where that is undefined.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.met == Value::Defined(true)
    }
}

/// A target over facts: the goal in numbers and the state at the end of each day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TargetResult {
    /// The target's name.
    pub name: String,
    /// Its metric.
    pub metric: String,
    /// The unit of actual value, limits and gap.
    pub unit: Unit,
    /// Who owns it.
    pub owner: Option<Owner>,
    /// Its period.
    pub period: Period,
    /// The goal in numbers.
    pub goal: Resolved,
    /// One for each day of the period up to the day asked for; empty before it begins.
    pub days: Vec<Assessment>,
    not_started: Assessment,
}

impl TargetResult {
    /// The state as of the day asked for, or the last day of the period where that came first. Before
    /// the period begins it is [`State::NotStarted`], and all its values are missing.
    #[must_use]
    pub fn current(&self) -> &Assessment {
        self.days.last().unwrap_or(&self.not_started)
    }

    /// The first day at whose end more was required of each remaining day than any day so far had
    /// brought (less, where lower is better), if there was one; see [`FlowPace::beyond_best`].
    #[must_use]
    pub fn first_beyond_best(&self) -> Option<Date> {
        let beyond = |day: &&Assessment| day.flow().is_some_and(|flow| flow.beyond_best);
        self.days.iter().find(beyond).map(|day| day.as_of)
    }
}

// A fixed limit is the common case and should read so.
impl From<Rational> for Limit {
    fn from(limit: Rational) -> Self {
        Self::Fixed(limit)
    }
}
