//! Backwards: what each stage needs for a goal, and which capacity binds.

use crate::calendar::{Date, Period};
use crate::error::{Error, ErrorKind};
use crate::number::{Rational, Reason, Value};
use crate::owner::Owner;

use super::stages::Plan;
use super::whole::{bounded, check_amount, needed, reached, unreachable_at_zero};

/// What a plan is to reach.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlanGoal {
    /// So many entities of the last stage, zero or more; a part of one counts as one.
    Wins(Rational),
    /// So much revenue, zero or more, of the entities of the last stage: `ceil(revenue / value)` of
    /// them.
    Revenue {
        /// The revenue.
        revenue: Rational,
        /// What one entity of the last stage is worth; without it as the plan says.
        value: Option<Rational>,
    },
    /// So many entities of some stage, zero or more; a part of one counts as one.
    Stage {
        /// The name of the stage.
        stage: String,
        /// How many.
        count: Rational,
    },
}

impl PlanGoal {
    /// What is wrong with it by itself, each with its path.
    pub(super) fn problems(&self) -> Vec<Error> {
        let amount = |path: &str, what: &str, number: &Rational| {
            check_amount(what, number).map(|error| error.at_path(path))
        };
        match self {
            Self::Wins(wins) => amount("wins", "a goal", wins).into_iter().collect(),
            Self::Stage { count, .. } => amount("count", "a goal", count).into_iter().collect(),
            Self::Revenue { revenue, value } => {
                let value = value.as_ref().and_then(|value| {
                    let zero = value.is_zero().then(|| {
                        let message = "a value of 0 for an entity; give one above zero";
                        Error::new(ErrorKind::Domain, message).at_path("value")
                    });
                    zero.or_else(|| amount("value", "a value", value))
                });
                amount("revenue", "a goal", revenue).into_iter().chain(value).collect()
            }
        }
    }
}

/// Why no number of entities reaches a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreachable {
    /// The stage that the step leads to whose rate is at fault, by its place: the last such step
    /// before the goal. None where it is the value of an entity.
    pub stage: Option<usize>,
    /// [`Unbounded`](Reason::Unbounded), bad, for a rate of zero, or a value that is not above zero;
    /// [`Capacity`](Reason::Capacity) for a need beyond 16,384 bits; else why the rate is undefined.
    pub reason: Reason,
}

/// What a stage needs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StageNeed {
    /// How many entities of the stage the goal needs, whole: `ceil(need of the next stage / rate)`.
    /// None behind the stage of the goal. Undefined where no number suffices.
    pub need: Option<Value>,
    /// How many arrive where the first stage has just what it needs, whole:
    /// `floor(arriving at the stage before * rate)`. At least the need, up to the stage of the goal;
    /// undefined where no number suffices.
    pub reach: Value,
    /// How many days before the goal the entities are due: the lead times from here to the stage of
    /// the goal. None behind it.
    pub days_ahead: Option<u64>,
    /// The most that the stage can handle, where that was said.
    pub capacity: Option<Rational>,
    /// Whether the need is more than that.
    pub exceeds: bool,
    /// How many of the stage of the goal come out where this one is filled to its capacity. None
    /// without a capacity, and behind the stage of the goal.
    pub yields: Option<Value>,
}

impl StageNeed {
    /// The days on which a goal for a period needs the entities here: as many days, earlier by
    /// [`days_ahead`](StageNeed::days_ahead); the period itself behind the stage of the goal.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Date`] where they would begin before year 1.
    pub fn due(&self, period: Period) -> Result<Period, Error> {
        shifted(period, self.days_ahead.unwrap_or(0))
    }
}

/// A period so many days earlier.
pub(super) fn shifted(period: Period, days: u64) -> Result<Period, Error> {
    let earlier = |day: Date| {
        let days = i64::try_from(days).unwrap_or(i64::MAX);
        let number = i64::from(day.number()).saturating_sub(days);
        i32::try_from(number).ok().and_then(|number| Date::from_number(number).ok())
    };
    match (earlier(period.first()), earlier(period.last())) {
        (Some(first), Some(last)) => Period::inclusive(first, last),
        _ => Err(Error::new(
            ErrorKind::Date,
            format!("{days} days before {period} is before year 1; shorten the lead times"),
        )),
    }
}

/// What the stages of an owner need together, which is what its last stage needs: those before it
/// lead there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnerNeed {
    /// The owner.
    pub owner: Owner,
    /// The last of its stages up to that of the goal, by its place.
    pub stage: usize,
    /// How many of that stage it has to bring.
    pub need: Value,
}

/// What each stage needs for a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Needs {
    /// The stage of the goal, by its place.
    pub goal_stage: usize,
    /// How many of it, whole. Undefined where a revenue has no value of an entity above zero.
    pub goal: Value,
    /// For each stage.
    pub stages: Vec<StageNeed>,
    /// Why the goal is out of reach whatever arrives, if it is.
    pub unreachable: Option<Unreachable>,
    /// For each owner of a stage up to that of the goal, in their order in the funnel: so what
    /// marketing has to bring is the need of its last stage.
    pub owners: Vec<OwnerNeed>,
    /// The stage from which marketing hands over, by its place, where it lies before that of the
    /// goal; what it needs is handed over. See [`Funnel::hand_off`](crate::Funnel::hand_off).
    pub hand_off: Option<usize>,
    /// The stage that binds, by its place: of those with a capacity the one that yields least, the
    /// earlier of equals; none where every one yields the goal.
    pub binding: Option<usize>,
    /// How many of the stage of the goal can be had: the goal, or what the stage that binds yields.
    /// Zero behind a rate of zero, else undefined where the goal is out of reach.
    pub attainable: Value,
}

impl Plan {
    /// What each stage needs for a goal, in whole entities.
    ///
    /// `need = ceil(need of the next stage / rate)`, from the stage of the goal back to the first.
    /// It is exact: from any stage, as many as it needs lead to the goal when each stage forwards is
    /// rounded down, and one less does not. A goal of zero needs nothing. A goal above zero behind a
    /// rate of zero, or an undefined one, is [`Unreachable`], and what stands before that rate
    /// undefined. Sizes are limited to 16,384 bits; beyond, a need is
    /// [`Capacity`](Reason::Capacity).
    ///
    /// Capacities are those of stages up to that of the goal.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] for a goal, or a value of an entity in it, below zero or beyond 16,384
    /// bits, [`ErrorKind::Unknown`] for a stage that is not there, [`ErrorKind::Missing`] for a
    /// revenue where neither goal nor plan say what an entity is worth.
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
    ///     .capacity("demo", 30)
    ///     .build()?;
    /// let revenue = PlanGoal::Revenue { revenue: 9_500.into(), value: Some(1_000.into()) };
    /// let needs = plan.needs(&revenue)?;
    /// assert_eq!(needs.goal, Value::Defined(10.into()));
    /// assert_eq!(needs.stages[0].need, Some(Value::Defined(200.into())));
    /// // 30 of the 40 demos give 7 deals.
    /// assert!(needs.stages[1].exceeds);
    /// assert_eq!(needs.binding, Some(1));
    /// assert_eq!(needs.attainable, Value::Defined(7.into()));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn needs(&self, goal: &PlanGoal) -> Result<Needs, Error> {
        let (stage, count) = self.goal(goal)?;
        Ok(self.needs_for(stage, count))
    }

    /// The stage of a goal, and how many of it.
    pub(super) fn goal(&self, goal: &PlanGoal) -> Result<(usize, Value), Error> {
        if let Some(error) = Error::all("goal", goal.problems()) {
            return Err(error);
        }
        let last = self.stages().len() - 1;
        Ok(match goal {
            PlanGoal::Wins(wins) => (last, Value::Defined(wins.ceil())),
            PlanGoal::Stage { stage, count } => (self.place(stage)?, Value::Defined(count.ceil())),
            PlanGoal::Revenue { revenue, value } => {
                let value = value.clone().map(Value::Defined).or_else(|| self.value.clone());
                let value = value.ok_or_else(|| {
                    let message = "a revenue, and nothing says what an entity of the last stage is worth; give a value";
                    Error::new(ErrorKind::Missing, message)
                })?;
                (last, wins(revenue, &value))
            }
        })
    }

    /// What each stage needs for so many of one.
    pub(super) fn needs_for(&self, goal_stage: usize, goal: Value) -> Needs {
        let stages = self.stages();
        let mut needs: Vec<Option<Value>> = vec![None; stages.len()];
        let mut unreachable = goal.reason().map(|reason| Unreachable { stage: None, reason });
        let mut next = goal.clone();
        if let Some(need) = needs.get_mut(goal_stage) {
            *need = Some(goal.clone());
        }
        for (to, rate) in self.steps().rev().filter(|(to, _)| *to <= goal_stage) {
            next = needed(&next, rate);
            let broken = next.reason().map(|reason| Unreachable { stage: Some(to), reason });
            unreachable = unreachable.or(broken);
            needs[to - 1] = Some(next.clone());
        }
        let mut reach = vec![next];
        for (to, rate) in self.steps() {
            let arriving = reached(&reach[to - 1], rate);
            reach.push(arriving);
        }
        let mut days: Vec<Option<u64>> = vec![None; stages.len()];
        let mut ahead = 0_u64;
        for (i, stage) in stages.iter().enumerate().take(goal_stage + 1).rev() {
            days[i] = Some(ahead);
            ahead = ahead.saturating_add(u64::from(stage.lead_days));
        }
        let stages = stages.iter().zip(needs).zip(reach).zip(days).enumerate();
        let stages = stages.map(|(i, (((stage, need), reach), days_ahead))| {
            let most = stage.capacity.as_ref();
            let over = |need: &Value, most: &Rational| match need {
                Value::Defined(need) => need > most,
                Value::Undefined(_) => false,
            };
            let most_here = most.filter(|_| i <= goal_stage);
            StageNeed {
                exceeds: need.as_ref().zip(most).is_some_and(|(need, most)| over(need, most)),
                yields: most_here.map(|most| self.forwards(i, most, goal_stage)),
                capacity: most.cloned(),
                need,
                reach,
                days_ahead,
            }
        });
        let stages: Vec<StageNeed> = stages.collect();
        let (binding, attainable) = self.attainable(goal_stage, &goal, unreachable, &stages);
        Needs {
            owners: self.owners(goal_stage, &stages),
            hand_off: self.hand_off().filter(|from| *from < goal_stage),
            goal_stage,
            goal,
            stages,
            unreachable,
            binding,
            attainable,
        }
    }

    /// How many come out at a later stage of so many at one, each stage rounded down.
    fn forwards(&self, from: usize, count: &Rational, to: usize) -> Value {
        let steps = self.steps().filter(|(stage, _)| from < *stage && *stage <= to);
        steps.fold(Value::Defined(count.clone()), |count, (_, rate)| reached(&count, rate))
    }

    /// The stage that binds, and what can be had.
    fn attainable(
        &self,
        goal_stage: usize,
        goal: &Value,
        unreachable: Option<Unreachable>,
        stages: &[StageNeed],
    ) -> (Option<usize>, Value) {
        let Value::Defined(count) = goal else { return (None, goal.clone()) };
        let yields = stages.iter().enumerate().filter_map(|(i, stage)| {
            Some((i, stage.yields.as_ref()?.as_ref().defined()?)).filter(|(_, most)| *most < count)
        });
        let least = yields.reduce(|least, next| if next.1 < least.1 { next } else { least });
        let blocked = unreachable.and_then(|unreachable| {
            let rates = || self.steps().filter(|(to, _)| *to <= goal_stage).map(|(_, rate)| rate);
            let zero = Value::Defined(Rational::ZERO);
            match rates().any(|rate| *rate == zero) {
                true => Some(zero),
                // With rates that are all defined it is only the size of a need.
                false => (least.is_none() || rates().any(Value::is_undefined))
                    .then_some(Value::Undefined(unreachable.reason)),
            }
        });
        let least_yield = least.map(|(_, most)| Value::Defined(most.clone()));
        let attainable = blocked.or(least_yield).unwrap_or_else(|| goal.clone());
        (least.map(|(i, _)| i), attainable)
    }

    fn owners(&self, goal_stage: usize, stages: &[StageNeed]) -> Vec<OwnerNeed> {
        let mut owners: Vec<OwnerNeed> = Vec::new();
        for (i, stage) in self.stages().iter().enumerate().take(goal_stage + 1) {
            let Some(need) = stages[i].need.clone() else { continue };
            match owners.iter_mut().find(|known| known.owner == stage.owner) {
                Some(known) => (known.stage, known.need) = (i, need),
                None => owners.push(OwnerNeed { owner: stage.owner, stage: i, need }),
            }
        }
        owners
    }
}

/// How many entities bring a revenue, whole.
fn wins(revenue: &Rational, value: &Value) -> Value {
    if !revenue.is_positive() {
        return Value::Defined(Rational::ZERO);
    }
    // Entities that cost something never bring a revenue, however many they are.
    let value = value.as_ref().map(|value| value.clone().max(Rational::ZERO));
    let exact = unreachable_at_zero(Value::Defined(revenue.clone()).quotient(&value));
    bounded(exact.map(|exact| exact.ceil()))
}
