//! Forwards: what stands open yields, and what is lacking to a goal.

use crate::error::{Error, ErrorKind};
use crate::number::{Rational, Value};

use super::needs::PlanGoal;
use super::stages::Plan;
use super::whole::{bounded, check_amount, needed, reached, times};

/// What a stage has, and what arrives there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StageForecast {
    /// How many stand open here, whole; at the last stage how many there already are. At the first
    /// stage new ones are counted too.
    pub open: Value,
    /// How many arrive from the stage before: `floor(total there * rate)`; zero at the first stage.
    pub arriving: Value,
    /// Both together.
    pub total: Value,
}

/// What today's volumes yield.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Forecast {
    /// For each stage.
    pub stages: Vec<StageForecast>,
    /// What the last stage is worth: its total times what one entity is worth, where the plan says
    /// that.
    pub value: Option<Value>,
}

impl Forecast {
    /// How many of the last stage there will be.
    #[must_use]
    pub fn result(&self) -> &Value {
        const NOTHING: &Value = &Value::Defined(Rational::ZERO);
        self.stages.last().map_or(NOTHING, |stage| &stage.total)
    }
}

/// What is lacking to a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shortfall {
    /// The stage of the goal, by its place.
    pub goal_stage: usize,
    /// How many of it, whole.
    pub goal: Value,
    /// How many are lacking: `max(0, goal - total)`.
    pub lacking: Value,
    /// For each stage the least number of entities that would close the gap if they came on top there
    /// and nowhere else; none behind the stage of the goal. Undefined where no number does.
    pub more: Vec<Option<Value>>,
}

impl Plan {
    /// What those yield that stand open at the stages, and `entries` that are still to come at the
    /// first, without regard to how long it takes.
    ///
    /// Stage by stage `total = open + arriving`, and `arriving = floor(total before * rate)`. A stage
    /// that is not named has none; a part of an entity does not count. Of nothing comes nothing,
    /// whatever the rate; behind an undefined rate all is undefined for its reason.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`] for a stage that is not there, [`ErrorKind::Duplicate`] for one that is
    /// named twice, [`ErrorKind::Domain`] for a number below zero, [`ErrorKind::Capacity`] for one
    /// beyond 16,384 bits.
    ///
    /// ```
    /// use yardstick::target::{Plan, PlanGoal};
    /// use yardstick::{Owner, Rational, Value};
    ///
    /// let plan = Plan::builder()
    ///     .stage("lead", Owner::Marketing)
    ///     .stage("demo", Owner::Sales)
    ///     .stage("deal", Owner::Sales)
    ///     .rate("demo", Rational::new(1, 5)?)
    ///     .rate("deal", Rational::new(1, 4)?)
    ///     .build()?;
    /// let open = [("lead", Rational::from(64)), ("demo", 11.into()), ("deal", 3.into())];
    /// let forecast = plan.forecast(open, Rational::from(20))?;
    /// // 84 leads give 16 demos; with 11 it is 27, and 6 deals; with 3 it is 9.
    /// assert_eq!(forecast.result(), &Value::Defined(9.into()));
    /// let lacking = plan.shortfall(&forecast, &PlanGoal::Wins(11.into()))?;
    /// assert_eq!(lacking.lacking, Value::Defined(2.into()));
    /// // 8 deals need 32 demos, 21 beside the open ones, and those 105 leads.
    /// let more: Vec<_> = lacking.more.into_iter().flatten().collect();
    /// assert_eq!(more, [21, 5, 2].map(|more| Value::Defined(Rational::from(more))));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn forecast<S: AsRef<str>, V: Into<Value>>(
        &self,
        open: impl IntoIterator<Item = (S, V)>,
        entries: impl Into<Value>,
    ) -> Result<Forecast, Error> {
        let mut counts: Vec<Option<Value>> = vec![None; self.stages().len()];
        for (stage, count) in open {
            let (stage, count) = (stage.as_ref(), count.into());
            let cell = &mut counts[self.place(stage)?];
            if cell.is_some() {
                let message = format!("stage \"{stage}\" is named twice; name it once");
                return Err(Error::new(ErrorKind::Duplicate, message));
            }
            *cell = Some(whole(&format!("stage \"{stage}\": a number"), count)?);
        }
        let entries = whole("new entries: a number", entries.into())?;
        let open = |i: usize| {
            let open = counts[i].clone().unwrap_or(Value::Defined(Rational::ZERO));
            if i == 0 { plus(&open, &entries) } else { open }
        };
        let none = Value::Defined(Rational::ZERO);
        let mut stages = vec![StageForecast { open: open(0), arriving: none, total: open(0) }];
        for (to, rate) in self.steps() {
            let arriving = reached(&stages[to - 1].total, rate);
            let total = plus(&open(to), &arriving);
            stages.push(StageForecast { open: open(to), arriving, total });
        }
        let total = stages.last().map(|stage| &stage.total);
        let value = self.value.as_ref().zip(total).map(|(value, total)| times(value, total));
        Ok(Forecast { stages, value })
    }

    /// What a forecast of this plan lacks to a goal, and how many more at any one stage would close
    /// the gap.
    ///
    /// Backwards with what stands open: a stage has to have `max(0, what the next one has to have -
    /// what stands open there)` over the rate, rounded up. It is exact: so many more lead to the goal
    /// when each stage is rounded down, and one less does not.
    ///
    /// # Errors
    ///
    /// As [`needs`](Plan::needs); [`ErrorKind::Shape`] for a forecast of another plan's stages.
    pub fn shortfall(&self, forecast: &Forecast, goal: &PlanGoal) -> Result<Shortfall, Error> {
        let (goal_stage, goal) = self.goal(goal)?;
        let stages = &forecast.stages;
        if stages.len() != self.stages().len() {
            let message = format!(
                "a forecast of {} stages for a plan of {}; take one of this plan",
                stages.len(),
                self.stages().len()
            );
            return Err(Error::new(ErrorKind::Shape, message));
        }
        let lacking = |due: &Value, stage: usize| minus(due, &stages[stage].total);
        let mut more: Vec<Option<Value>> = vec![None; stages.len()];
        let mut due = goal.clone();
        more[goal_stage] = Some(lacking(&due, goal_stage));
        for (to, rate) in self.steps().rev().filter(|(to, _)| *to <= goal_stage) {
            due = needed(&minus(&due, &stages[to].open), rate);
            more[to - 1] = Some(lacking(&due, to - 1));
        }
        Ok(Shortfall { lacking: lacking(&goal, goal_stage), goal_stage, goal, more })
    }
}

/// How many whole entities there are.
fn whole(what: &str, count: Value) -> Result<Value, Error> {
    if let Value::Defined(count) = &count {
        if let Some(error) = check_amount(what, count) {
            return Err(error);
        }
    }
    Ok(count.map(|count| count.floor()))
}

fn plus(a: &Value, b: &Value) -> Value {
    bounded(a.as_ref().zip(b.as_ref(), |a, b| a + b))
}

/// The difference, or zero where it is below.
fn minus(a: &Value, b: &Value) -> Value {
    a.as_ref().zip(b.as_ref(), |a, b| (a - b).max(Rational::ZERO))
}
