//! A target over facts: what each day has, and where it stands at the end of one.

use super::assessment::{Assessment, State};
use super::attainment::Attainment;
use super::bands::{BandBasis, Bands};
use super::goal::Resolved;
use super::pace::{
    BudgetPace, FlowPace, Pace, RatioPace, Record, Records, Remaining, StockPace, Time, Volume,
};
use super::weights::Elapsed;
use crate::calendar::{Date, Period};
use crate::kpi::{Bounds, OnZero};
use crate::number::{Rational, Reason, Value};
use crate::owner::Owner;
use crate::unit::Unit;

/// A target over facts: the goal in numbers and the state at the end of each day.
///
/// What a day has is kept in a few numbers; each [`Assessment`] is computed where it is asked for, in
/// time that does not depend on how many days there are.
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
    /// The day that was asked for.
    pub(super) as_of: Date,
    pub(super) kind: Adds,
    pub(super) rules: Rules,
    pub(super) track: Track,
    pub(super) records: Records,
    /// The first day of its period so far that has facts, if any has.
    pub(super) observed_from: Option<Date>,
}

/// How the metric adds up over days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Adds {
    /// The sum of its days.
    Sum,
    /// The quotient of two such sums.
    Quotient,
    No,
}

/// By what each day is assessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rules {
    /// The first goal in numbers.
    pub(super) goal: Resolved,
    /// Later ones, and the day from which each holds.
    pub(super) versions: Vec<(Date, Resolved)>,
    /// Names and limits, from the easiest.
    pub(super) tiers: Vec<(String, Value)>,
    pub(super) attainment: Attainment,
    pub(super) tolerance: Option<Rational>,
    pub(super) volume: Volume,
    pub(super) budget: Option<Rational>,
    pub(super) bands: Option<Bands>,
    pub(super) bounds: Bounds,
    pub(super) elapsed: Elapsed,
}

/// What each day has, from the first of the period on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Track {
    /// Running sums, and how many records there were.
    Flow { sums: Sums, records: Vec<Record> },
    /// Levels, and the one that it starts from.
    Stock { levels: Vec<Value>, from: Value },
    /// Running sums of numerator and denominator, how many records there were, and the denominator of
    /// the baseline.
    Ratio {
        sums: Vec<(Value, Value)>,
        records: Vec<Record>,
        on_zero: OnZero,
        baseline_volume: Option<Value>,
    },
    /// Values from the first day of the period to each.
    Other(Vec<Value>),
}

/// Running sums. Equal by their values.
#[derive(Debug, Clone)]
pub(super) enum Sums {
    /// Each over ten to the power of the scale.
    Scaled(Vec<i128>, u8),
    Values(Vec<Value>),
}

impl PartialEq for Sums {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && (0..self.len()).all(|place| self.at(place) == other.at(place))
    }
}

impl Eq for Sums {}

impl Sums {
    fn len(&self) -> usize {
        match self {
            Self::Scaled(sums, _) => sums.len(),
            Self::Values(sums) => sums.len(),
        }
    }

    fn at(&self, place: usize) -> Value {
        match self {
            Self::Scaled(sums, scale) => Value::Defined(Rational::from_scaled(sums[place], *scale)),
            Self::Values(sums) => sums[place].clone(),
        }
    }
}

impl Track {
    fn len(&self) -> usize {
        match self {
            Self::Flow { sums, .. } => sums.len(),
            Self::Ratio { sums, .. } => sums.len(),
            Self::Stock { levels: values, .. } | Self::Other(values) => values.len(),
        }
    }
}

impl TargetResult {
    /// Where it stands at the end of each day of its period up to the day asked for; none before it
    /// begins. One pass over them takes time in proportion to their number.
    pub fn days(&self) -> impl DoubleEndedIterator<Item = Assessment<'_>> + ExactSizeIterator {
        (0..self.track.len()).map(|place| self.at(place))
    }

    /// Where it stands at the end of a day; none for a day that was not assessed.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<Assessment<'_>> {
        let place = usize::try_from(day.number() - self.period.first().number()).ok()?;
        (place < self.track.len()).then(|| self.at(place))
    }

    /// The state as of the day asked for, or the last day of the period where that came first. Before
    /// the period begins it is [`State::NotStarted`], and all its values are missing.
    #[must_use]
    pub fn current(&self) -> Assessment<'_> {
        match self.track.len().checked_sub(1) {
            Some(place) => self.at(place),
            None => Assessment {
                as_of: self.as_of,
                goal: &self.rules.goal,
                actual: Value::Undefined(Reason::Missing),
                met: Value::Undefined(Reason::Missing),
                gap: Value::Undefined(Reason::Missing),
                attainment: Value::Undefined(Reason::Missing),
                state: State::NotStarted,
                band: None,
                tier: None,
                pace: None,
            },
        }
    }

    /// The goal in numbers that is in force on the last day that was assessed; the first one before
    /// the period begins.
    #[must_use]
    pub fn goal(&self) -> &Resolved {
        match self.track.len().checked_sub(1) {
            Some(place) => self.goal_on(self.day(place)),
            None => &self.rules.goal,
        }
    }

    /// The tiers with their limits in numbers, from the easiest.
    #[must_use]
    pub fn tiers(&self) -> &[(String, Value)] {
        &self.rules.tiers
    }

    /// The first day at whose end more was required of what remained than any day so far had brought
    /// (less, where lower is better), if there was one; see [`Assessment::is_beyond_best`].
    #[must_use]
    pub fn first_beyond_best(&self) -> Option<Date> {
        self.milestones().beyond_best
    }

    /// The bounds by which it is secured or unreachable.
    pub(super) fn bounds(&self) -> &Bounds {
        &self.rules.bounds
    }

    /// Whether the metric adds up over days.
    pub(super) fn adds_up(&self) -> bool {
        self.kind == Adds::Sum
    }

    /// What the limit asks of each unit of weight of a flow, or of the ratio of each day; none for
    /// ranges and other metrics.
    pub(super) fn needed_each_day(&self, goal: &Resolved) -> Option<Value> {
        let limit = goal.limit()?;
        match self.kind {
            Adds::Sum => Some(self.rules.elapsed.per_weight(limit)),
            Adds::Quotient => Some(limit.clone()),
            Adds::No => None,
        }
    }

    fn day(&self, place: usize) -> Date {
        let first = self.period.first();
        first.plus_days(place as i32).unwrap_or(first)
    }

    fn goal_on(&self, day: Date) -> &Resolved {
        let versions = &self.rules.versions;
        let begun = versions.partition_point(|(from, _)| *from <= day);
        begun.checked_sub(1).map_or(&self.rules.goal, |i| &versions[i].1)
    }

    /// Whether the facts have no day of the period up to this one.
    fn is_unobserved(&self, as_of: Date) -> bool {
        self.observed_from.is_none_or(|first| first > as_of)
    }

    fn at(&self, place: usize) -> Assessment<'_> {
        let as_of = self.day(place);
        let goal = self.goal_on(as_of);
        let time = Time::new(self.period, &self.rules.elapsed, place as u32 + 1);
        let actual = self.actual(place);
        let gap = goal.gap(&actual);
        let pace = self.pace(place, goal, &actual, &gap, &time);
        let unobserved = self.is_unobserved(as_of);
        // Without any data a goal of at most is not met, however little there is.
        let met = match &gap {
            _ if unobserved => Value::Undefined(Reason::Missing),
            gap => gap.as_ref().map(|gap| !gap.is_negative()),
        };
        let rules = &self.rules;
        let attainment = goal.attainment(&actual, rules.attainment, rules.tolerance.as_ref());
        let state = match &met {
            _ if unobserved => State::NoData,
            Value::Undefined(_) => State::Undefined,
            Value::Defined(true) if !time.remain() => State::Met,
            Value::Defined(false) if !time.remain() => State::Missed,
            Value::Defined(_) => self.standing(goal, &actual, &gap, pace.as_ref(), &time),
        };
        let band = rules.bands.as_ref().and_then(|bands| {
            let value = match (bands.on, &pace) {
                (BandBasis::Attainment, _) => &attainment,
                (BandBasis::Actual, _) => &actual,
                (BandBasis::Pace, Some(Pace::Flow(flow))) => &flow.attainment,
                (BandBasis::Pace, Some(Pace::Stock(stock))) => &stock.attainment,
                (BandBasis::Pace, Some(Pace::Budget(budget))) => &budget.attainment,
                (BandBasis::Pace, _) => &attainment,
            };
            let named = state != State::NoData && state != State::Undefined;
            bands.name(value).filter(|_| named)
        });
        let tier = match &actual {
            Value::Defined(actual) if !unobserved => self.tier(goal, actual),
            _ => None,
        };
        Assessment { as_of, goal, actual, met, gap, attainment, state, band, tier, pace }
    }

    /// The hardest tier that is reached, compared exactly.
    fn tier(&self, goal: &Resolved, actual: &Rational) -> Option<&str> {
        let reached = |limit: &Rational| match goal.higher_is_better() {
            true => actual >= limit,
            false => actual <= limit,
        };
        let mut tiers = self.rules.tiers.iter().rev();
        let tier = tiers.find(|(_, limit)| limit.as_ref().defined().is_some_and(reached))?;
        Some(&tier.0)
    }

    fn actual(&self, place: usize) -> Value {
        match &self.track {
            Track::Flow { sums, .. } => sums.at(place),
            Track::Stock { levels: values, .. } | Track::Other(values) => values[place].clone(),
            Track::Ratio { sums, on_zero, .. } => on_zero.quotient(&sums[place].0, &sums[place].1),
        }
    }

    /// What is still to come.
    #[inline(always)]
    fn pace(
        &self,
        place: usize,
        goal: &Resolved,
        actual: &Value,
        gap: &Value,
        time: &Time<'_>,
    ) -> Option<Pace<'_>> {
        let higher = goal.higher_is_better();
        let rules = &self.rules;
        match &self.track {
            Track::Flow { records, .. } => {
                Some(match (goal.limit(), &goal.low, &goal.high, &rules.budget) {
                    (Some(limit), _, _, Some(tolerance)) => {
                        Pace::Budget(BudgetPace::of_limit(limit, tolerance, actual, time))
                    }
                    (Some(limit), ..) => {
                        let best = self.records.best(records[place]);
                        Pace::Flow(FlowPace::new(limit, (actual, gap), higher, time, best))
                    }
                    (None, Some(low), Some(high), _) => {
                        Pace::Budget(BudgetPace::of_range(low, high, actual, time))
                    }
                    _ => return None,
                })
            }
            Track::Stock { from, .. } => {
                let from = goal.baseline.as_ref().unwrap_or(from);
                let pace = |limit| Pace::Stock(StockPace::new(limit, actual, from, higher, time));
                goal.limit().map(pace)
            }
            Track::Ratio { sums, records, baseline_volume, .. } => {
                let (n, d) = &sums[place];
                let pace = |limit| {
                    let volume = match (&rules.volume, baseline_volume) {
                        (Volume::Expected(volume), _) => Value::Defined(volume.clone()),
                        (Volume::Baseline, Some(volume)) => volume.clone(),
                        _ => time.whole(d),
                    };
                    let best = self.records.best(records[place]);
                    let bounds = &rules.bounds;
                    Pace::Ratio(RatioPace::new(limit, (n, d), volume, higher, bounds, time, best))
                };
                goal.limit().map(pace)
            }
            Track::Other(_) => None,
        }
    }

    /// The state while days remain and the gap is defined.
    fn standing(
        &self,
        goal: &Resolved,
        actual: &Value,
        gap: &Value,
        pace: Option<&Pace<'_>>,
        time: &Time<'_>,
    ) -> State {
        let ahead = |value: &Value| match value {
            Value::Defined(gap) if gap.is_negative() => State::Behind,
            Value::Defined(_) => State::Ahead,
            Value::Undefined(_) => State::Undefined,
        };
        let outlook = || self.outlook(goal, actual, time.remaining_days);
        match pace {
            Some(Pace::Flow(flow)) => outlook().unwrap_or_else(|| ahead(&flow.gap)),
            Some(Pace::Budget(budget)) => outlook().unwrap_or_else(|| {
                match budget.over.as_ref().zip(budget.under.as_ref(), |over, under| {
                    (over.is_positive(), under.is_positive())
                }) {
                    Value::Defined((true, _)) => State::Over,
                    Value::Defined((_, true)) => State::Under,
                    Value::Defined(_) => State::OnPace,
                    Value::Undefined(_) => State::Undefined,
                }
            }),
            Some(Pace::Stock(stock)) => ahead(&stock.gap),
            Some(Pace::Ratio(ratio)) => match &ratio.remaining {
                Value::Defined(Remaining::Secured(_)) => State::Secured,
                Value::Defined(Remaining::Unreachable(_)) => State::Unreachable,
                _ => ahead(gap),
            },
            None => ahead(gap),
        }
    }

    /// Whether a flow is secured or unreachable, whatever the days that remain bring within their
    /// bounds.
    fn outlook(&self, goal: &Resolved, actual: &Value, remaining_days: u32) -> Option<State> {
        let Bounds { low, high } = &self.rules.bounds;
        if low.is_none() && high.is_none() {
            return None;
        }
        let Value::Defined(actual) = actual else { return None };
        let days = Rational::from(remaining_days);
        let end = |bound: &Option<Rational>| bound.as_ref().map(|bound| actual + bound * &days);
        let (least, most) = (end(low), end(high));
        fn limit(limit: &Option<Value>) -> Option<&Rational> {
            limit.as_ref()?.as_ref().defined()
        }
        // Where a limit is not asked for, nothing can break it.
        let holds =
            |end: &Option<Rational>, limit: Option<&Rational>, above: bool| match (end, limit) {
                (_, None) => true,
                (None, _) => false,
                (Some(end), Some(limit)) => {
                    if above {
                        end >= limit
                    } else {
                        end <= limit
                    }
                }
            };
        let breaks =
            |end: &Option<Rational>, limit: Option<&Rational>, below: bool| match (end, limit) {
                (Some(end), Some(limit)) => {
                    if below {
                        end < limit
                    } else {
                        end > limit
                    }
                }
                _ => false,
            };
        let (lower, upper) = (limit(&goal.low), limit(&goal.high));
        if breaks(&most, lower, true) || breaks(&least, upper, false) {
            return Some(State::Unreachable);
        }
        (holds(&least, lower, true) && holds(&most, upper, false)).then_some(State::Secured)
    }
}
