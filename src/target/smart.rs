//! Whether a target is specific, measurable, achievable, relevant and time-bound.

use super::definition::Target;
use super::goal::Resolved;
use super::result::TargetResult;
use crate::calendar::{Calendar, Date, Period};
use crate::error::Error;
use crate::facts::{Facts, Selection};
use crate::kpi::{Aggregation, Bounds, Frames, KpiSet, Shape, Surroundings, check_schema};
use crate::number::{Rational, Value};

/// The most earlier periods that are looked at.
const MOST_WINDOWS: usize = 64;

/// The most earlier days that are looked at: twenty years.
const MOST_DAYS: u32 = 7_305;

/// A target held against the five words of SMART: a finding for each.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Smart {
    /// It has a unit and a scope, and somebody owns it.
    pub specific: SmartFinding,
    /// It can be computed from declared measures, for its whole period, and its goal is a number.
    pub measurable: SmartFinding,
    /// Capacity allows for it, and it was reached before.
    pub achievable: SmartFinding,
    /// It serves a key success factor, or is part of another target.
    pub relevant: SmartFinding,
    /// It has a start and an end.
    pub time_bound: SmartFinding,
    /// How often it was reached before.
    pub history: History,
}

/// What was found for one of the five.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SmartFinding {
    /// What there is, in words.
    pub found: String,
    /// What is missing, in words; nothing where it holds.
    pub missing: Vec<String>,
}

impl SmartFinding {
    /// Whether nothing is missing.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.missing.is_empty()
    }
}

/// How often the goal was reached before the period began, in the same rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct History {
    /// In periods of as many days, one right before the other, from the day before this one begins
    /// back to the first day of the facts; at most 64, and none that is not over on the day of the
    /// assessment.
    pub periods: Reached,
    /// On single days, at most 7,305 of them: for a flow the rate that its limit asks of a day, on
    /// average by its weight, for a ratio the limit itself. A day without a row counts as the measure
    /// says. None counted for other metrics, ranges, and
    /// weights that only the target's own period has.
    pub days: Reached,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reached {
    /// How many reached it.
    pub reached: u32,
    /// How many there were whose value is defined.
    pub of: u32,
}

impl Reached {
    fn see(&mut self, met: &Value<bool>) {
        if let Value::Defined(met) = met {
            self.of += 1;
            self.reached += u32::from(*met);
        }
    }
}

impl Target {
    /// Holds the target against the five words. `result` is what [`assess`](Self::assess) gave for it:
    /// the goal in force on its last day, or before the period the first one, is what is asked. Days
    /// from the first of the period on, and those after the day of the assessment, play no part in
    /// what was reached before.
    ///
    /// # Errors
    ///
    /// As [`assess`](Self::assess), for the periods before.
    ///
    /// ```
    /// use yardstick::target::{Goal, Target};
    /// use yardstick::{Calendar, Column, Date, Facts, KpiSet, Measure, Owner, Period, Rational, Schema};
    ///
    /// let schema = Schema::new(Vec::<String>::new(), [Measure::flow("revenue", "EUR".parse()?)])?;
    /// let set = KpiSet::new(schema, [])?;
    /// let days: Vec<Date> = (1..=4).map(|day| Date::new(2011, 12, day)).collect::<Result<_, _>>()?;
    /// let facts = Facts::builder(set.schema())
    ///     .dates(&days)
    ///     .measure("revenue", Column::integers(&[30, 50, 10, 20]))
    ///     .build()?;
    /// // Two days that are to bring 60. Two days brought 80 before, and one of them 50, more than 30.
    /// let period = Period::inclusive(days[2], days[3])?;
    /// let target = Target::new("close", "revenue", period, Goal::AtLeast(Rational::from(60).into()))
    ///     .owner(Owner::Sales);
    /// let result = target.assess(&set, &facts, Calendar::default(), days[3])?;
    /// let smart = target.smart(&result, &set, &facts, Calendar::default())?;
    /// assert_eq!((smart.history.periods.reached, smart.history.periods.of), (1, 1));
    /// assert_eq!((smart.history.days.reached, smart.history.days.of), (2, 2));
    /// assert!(smart.achievable.holds());
    /// assert_eq!(smart.relevant.missing, ["a key success factor that it serves, or a target that it is part of"]);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn smart(
        &self,
        result: &TargetResult,
        set: &KpiSet,
        facts: &Facts<'_>,
        calendar: Calendar,
    ) -> Result<Smart, Error> {
        check_schema(set, facts)?;
        let goal = result.goal();
        let history = self.history(result, set, facts, calendar)?;
        Ok(Smart {
            specific: self.specific(set)?,
            measurable: self.measurable(set, goal)?,
            achievable: self.achievable(result, goal, history),
            relevant: self.relevant(),
            time_bound: SmartFinding {
                found: format!("from {} to {}", self.period.first(), self.period.last()),
                missing: Vec::new(),
            },
            history,
        })
    }

    fn specific(&self, set: &KpiSet) -> Result<SmartFinding, Error> {
        let unit = set.unit(&self.metric)?;
        let mut found = format!("{} in {unit}", self.metric);
        for (dimension, values) in &self.selection.only {
            found += &format!(", {dimension} {}", values.join(" or "));
        }
        let of_kpi = set.kpi(&self.metric).and_then(crate::kpi::Kpi::owned_by);
        let mut missing = Vec::new();
        match self.owner.or(of_kpi) {
            Some(owner) => found += &format!(", owned by {owner}"),
            None => missing.push("an owner".to_owned()),
        }
        Ok(SmartFinding { found, missing })
    }

    fn measurable(&self, set: &KpiSet, goal: &Resolved) -> Result<SmartFinding, Error> {
        let measures = set.schema().measures();
        let read = set.measures_below(set.resolve(&self.metric)?);
        let names: Vec<&str> = read.iter().map(|index| measures[*index].name()).collect();
        let mut missing = Vec::new();
        if set.aggregation(&self.metric)? == Aggregation::NotAdditive && self.period.days() > 1 {
            missing.push(format!(
                "a value for more than a day: {} reads distinct counts, which do not add up",
                self.metric
            ));
        }
        for limit in goal.low.iter().chain(&goal.high) {
            if let Value::Undefined(reason) = limit {
                missing.push(format!("a goal that is a number; it is undefined ({reason})"));
            }
        }
        let found = match names.as_slice() {
            [] => "computed from no measure".to_owned(),
            names => format!("computed from {}", names.join(", ")),
        };
        Ok(SmartFinding { found, missing })
    }

    fn relevant(&self) -> SmartFinding {
        let factor = self.factor.iter().map(|factor| format!("serves \"{factor}\""));
        let parent = self.parent.iter().map(|parent| format!("is part of \"{parent}\""));
        let found = factor.chain(parent).collect::<Vec<_>>().join(", ");
        let missing = match found.is_empty() {
            true => {
                vec!["a key success factor that it serves, or a target that it is part of".into()]
            }
            false => Vec::new(),
        };
        SmartFinding { found, missing }
    }

    fn achievable(&self, result: &TargetResult, goal: &Resolved, history: History) -> SmartFinding {
        let History { periods, days } = history;
        let mut found = match periods.of {
            0 => "no earlier period of as many days".to_owned(),
            of => format!("reached in {} of {of} earlier periods of as many days", periods.reached),
        };
        if days.of > 0 {
            found += &format!(", its daily rate on {} of {} earlier days", days.reached, days.of);
        }
        let mut missing = Vec::new();
        match periods {
            Reached { of: 0, .. } => missing.push("a period before to compare with".to_owned()),
            Reached { reached: 0, of } => {
                missing.push(format!("a period that reached it; none of {of} did"));
            }
            _ => {}
        }
        missing.extend(self.beyond_capacity(result, goal));
        SmartFinding { found, missing }
    }

    /// Where the declared bounds do not let it be reached.
    fn beyond_capacity(&self, result: &TargetResult, goal: &Resolved) -> Option<String> {
        let Bounds { low, high } = result.bounds();
        let days = match result.adds_up() {
            true => Rational::from(self.period.days()),
            false => Rational::ONE,
        };
        let end = |bound: &Option<Rational>| bound.as_ref().map(|bound| bound * &days);
        let lower = goal.low.as_ref().and_then(|limit| limit.as_ref().defined());
        let upper = goal.high.as_ref().and_then(|limit| limit.as_ref().defined());
        match (lower, end(high), upper, end(low)) {
            (Some(limit), Some(most), _, _) if most < *limit => {
                Some(format!("capacity: at most {most} within the declared bounds"))
            }
            (_, _, Some(limit), Some(least)) if least > *limit => {
                Some(format!("capacity: at least {least} within the declared bounds"))
            }
            _ => None,
        }
    }

    fn history(
        &self,
        result: &TargetResult,
        set: &KpiSet,
        facts: &Facts<'_>,
        calendar: Calendar,
    ) -> Result<History, Error> {
        let mut history = History::default();
        let goal = result.goal();
        let start = facts.period().first();
        let Ok(eve) = self.period.first().plus_days(-1) else { return Ok(history) };
        // Of a target that is still to begin, not all days before it are known.
        let eve = eve.min(result.as_of);
        if eve < start {
            return Ok(history);
        }
        let mut windows = Vec::new();
        let mut window = self.period.preceding().ok();
        while let Some(period) = window.filter(|period| period.first() >= start) {
            if period.last() <= eve {
                windows.push(period);
            }
            window = period.preceding().ok().filter(|_| windows.len() < MOST_WINDOWS);
        }
        let metric = set.resolve(&self.metric)?;
        let program = set.compile(&[metric])?;
        let selection = Selection { by: Vec::new(), only: self.selection.only.clone() };
        let groups = facts.groups(&selection, Some(eve))?;
        let cost = |periods: usize| {
            let measures = program.inputs.iter().map(|(measure, _)| *measure);
            facts.check_cost(measures, &groups, periods)
        };
        cost(windows.len())?;
        let around = |grain| Surroundings {
            context: set.context(),
            calendar,
            grain,
            compare: None,
            as_of: Some(eve),
            start,
        };
        let frames = Frames::new(&windows, &program.frames, &around(None));
        let values = program.run(facts, &groups, &frames)?;
        for (value, window) in values.iter().flatten().zip(&windows) {
            // Without any row a goal of at most is not met, however little there is.
            if facts.first_day_within(*window).is_some() {
                history.periods.see(&goal.is_met(value));
            }
        }
        let Some(needed) = result.needed_each_day(goal) else { return Ok(history) };
        let earliest =
            eve.plus_days(1 - MOST_DAYS as i32).map_or(start, |day: Date| day.max(start));
        let before = Period::inclusive(earliest, eve)?;
        let weights = match set.shape(metric) {
            Shape::Flow => self.weights.elsewhere(before),
            Shape::Ratio(..) => Some(vec![Rational::ONE; before.days() as usize]),
            _ => None,
        };
        let Some(weights) = weights else { return Ok(history) };
        cost(before.days() as usize)?;
        let days: Vec<Period> = before.iter().map(Period::day).collect();
        let frames = Frames::new(&days, &program.frames, &around(None));
        let values = program.run(facts, &groups, &frames)?;
        for (value, weight) in values.iter().flatten().zip(&weights) {
            if !weight.is_positive() {
                continue;
            }
            let due = needed.as_ref().map(|needed| needed * weight);
            let due = match goal.higher_is_better() {
                true => Resolved { low: Some(due), high: None, baseline: None },
                false => Resolved { low: None, high: Some(due), baseline: None },
            };
            history.days.see(&due.is_met(value));
        }
        Ok(history)
    }
}
