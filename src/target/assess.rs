//! A target over facts, at the end of each day.

use super::assessment::{Assessment, State, TargetResult};
use super::bands::BandBasis;
use super::definition::Target;
use super::goal::Resolved;
use super::pace::{self, Pace, Remaining, Volume};
use crate::calendar::{Calendar, Date, Period};
use crate::error::{Error, ErrorKind};
use crate::facts::{Facts, Groups};
use crate::kpi::{Bounds, Frames, KpiSet, OnZero, Program, Shape, Surroundings, check_schema};
use crate::number::{Rational, Reason, Value};

impl Target {
    /// Where the target stands at the end of each day of its period up to `as_of`, that day
    /// included. Facts after `as_of` are not looked at.
    ///
    /// A metric that adds up over days (a sum of flows, times or over constants) has the pace of a
    /// flow; a quotient of two such metrics, times or over constants other than zero, that of a
    /// ratio; both cost one pass over the facts. Any other metric is evaluated for each day anew and
    /// has no pace. In it, `prior` means the baseline where the goal has one, half way through only
    /// as many of its days; without one, the period of as many days right before. The calendar says
    /// where the quarters and years of `to_date` begin.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with everything that is wrong with the target: an unknown metric or
    /// dimension, a period of more than 7,305 days, a range upside down, a baseline that is not over
    /// before the target begins, a mode of attainment, tolerance or volume that does not go with the
    /// goal, bands that never hold. [`ErrorKind::Shape`] for facts of another schema,
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
        if let Some(error) = Error::all(&format!("target \"{}\"", self.name), self.problems(set)) {
            return Err(error);
        }
        check_schema(set, facts)?;
        let source = Source::new(self, set, facts, calendar, as_of)?;
        let baseline = match self.goal.baseline() {
            Some(period) => Some(source.value(period.until(as_of), None)?),
            None => None,
        };
        let goal = self.goal.resolve(baseline);
        let mut days = Vec::new();
        if let Some(elapsed) = self.period.until(as_of) {
            source.check_cost(elapsed.days() as usize)?;
            let context = Context {
                target: self,
                goal: &goal,
                bounds: source.bounds(),
                observed_from: facts.first_day_within(self.period),
            };
            match &source.kind {
                SourceKind::Flow(program) => {
                    source.flow_days(program, &context, elapsed, &mut days)?;
                }
                SourceKind::Ratio(program, on_zero) => {
                    source.ratio_days(program, *on_zero, &context, elapsed, &mut days)?;
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
    calendar: Calendar,
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
    fn new(
        target: &'a Target,
        set: &'a KpiSet,
        facts: &'a Facts<'a>,
        calendar: Calendar,
        as_of: Date,
    ) -> Result<Self, Error> {
        let metric = set.resolve(&target.metric)?;
        let program = set.compile(&[metric])?;
        let kind = match set.shape(metric) {
            Shape::Flow => SourceKind::Flow(program.clone()),
            Shape::Ratio(n, d, on_zero) => {
                SourceKind::Ratio(set.compile_ratio(metric, &n, &d)?, on_zero)
            }
            Shape::Constant(..) | Shape::Other => SourceKind::Other,
        };
        let groups = facts.groups(&target.selection, Some(as_of))?;
        Ok(Self { set, facts, groups, target, calendar, program, kind })
    }

    /// Refuses an assessment of so many days that it would go on for too long.
    fn check_cost(&self, days: usize) -> Result<(), Error> {
        /// Rows times days, for metrics that are evaluated for each day anew.
        const MOST: u64 = 1 << 31;
        let measures = self.program.inputs.iter().map(|(measure, _)| *measure);
        self.facts.check_cost(measures, &self.groups, days)?;
        let rows = self.facts.rows();
        let steps = (rows as u64).saturating_mul(days as u64);
        if matches!(self.kind, SourceKind::Other) && steps > MOST {
            let name = &self.target.metric;
            let message = format!(
                "{name} neither adds up over days nor is a quotient of such, and is evaluated for each of {days} days over {rows} rows; the most is {MOST} in all, so set a target for a shorter period"
            );
            return Err(Error::new(ErrorKind::Capacity, message));
        }
        Ok(())
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
        let around = Surroundings {
            context: self.set.context(),
            calendar: self.calendar,
            grain: None,
            compare: prior.map(Some),
            as_of: Some(period.last()),
            start: self.facts.period().first(),
        };
        let frames = Frames::new(&[period], &self.program.frames, &around);
        let results = self.program.run(self.facts, &self.groups, &frames)?;
        Ok(first(results, 0))
    }

    /// The results of a program for each day.
    fn daily(&self, program: &Program, period: Period) -> Result<Vec<Vec<Value>>, Error> {
        let days = Frames::plain(period.iter().map(Period::day));
        program.run(self.facts, &self.groups, &days)
    }

    fn flow_days(
        &self,
        program: &Program,
        context: &Context<'_>,
        elapsed: Period,
        days: &mut Vec<Assessment>,
    ) -> Result<(), Error> {
        let higher = context.goal.higher_is_better();
        let mut best = None;
        if let Some(baseline) = self.target.goal.baseline() {
            for (day, value) in baseline.iter().zip(single(self.daily(program, baseline)?)) {
                best = pace::better(best, day, &value, higher);
            }
        }
        let mut actual = Value::Defined(Rational::ZERO);
        let total = self.target.period.days();
        let values = single(self.daily(program, elapsed)?);
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
        Ok(())
    }

    fn ratio_days(
        &self,
        program: &Program,
        on_zero: OnZero,
        context: &Context<'_>,
        elapsed: Period,
        days: &mut Vec<Assessment>,
    ) -> Result<(), Error> {
        let sum_of = |results: Vec<Vec<Value>>, which: usize| -> Value {
            let values = results.into_iter().nth(which).unwrap_or_default();
            let zero = Value::Defined(Rational::ZERO);
            values.into_iter().fold(zero, |sum, value| sum.zip(value, |a, b| a + b))
        };
        let baseline_volume = match (&self.target.volume, self.target.goal.baseline()) {
            (Volume::Baseline, Some(baseline)) => Some(sum_of(self.daily(program, baseline)?, 1)),
            _ => None,
        };
        let total = self.target.period.days();
        let results = self.daily(program, elapsed)?;
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
        Ok(())
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
        // Without any data a goal of at most is not met, however little there is.
        let met = match self.is_unobserved(as_of) {
            true => Value::Undefined(Reason::Missing),
            false => self.goal.is_met(&actual),
        };
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
