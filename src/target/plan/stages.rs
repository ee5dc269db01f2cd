//! The stages of a plan and the rates between them.

use crate::error::{Error, ErrorKind, did_you_mean};
use crate::funnel::{Funnel, hand_off};
use crate::number::{Rational, Value, shown};
use crate::owner::Owner;

use super::whole::check_amount;

/// The most stages of a plan.
pub(super) const MOST_STAGES: usize = 64;

/// A stage of a plan, and the step that leads to it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanStage {
    /// Its name.
    pub name: String,
    /// Who owns it.
    pub owner: Owner,
    /// How many come out for one of the stage before, zero or more and often below 1; none for the
    /// first stage.
    pub rate: Option<Value>,
    /// How many days lie between the stage before and this one; zero for the first stage.
    pub lead_days: u32,
    /// The most entities that it can handle in the period of a goal, a whole number.
    pub capacity: Option<Rational>,
}

/// The stages of a funnel with the rate of each step, as a plan assumes them.
///
/// ```
/// use yardstick::target::{Plan, PlanGoal};
/// use yardstick::{Owner, Rational, Value};
///
/// let plan = Plan::builder()
///     .stage("lead", Owner::Marketing)
///     .stage("opportunity", Owner::Sales)
///     .stage("deal", Owner::Sales)
///     .rate("opportunity", Rational::new(3, 10)?)
///     .rate("deal", Rational::new(1, 4)?)
///     .build()?;
/// let needs = plan.needs(&PlanGoal::Wins(10.into()))?;
/// // 10 / 0.25 = 40, and 40 / 0.3 = 133.3 rounded up.
/// assert_eq!(needs.stages[1].need, Some(Value::Defined(40.into())));
/// assert_eq!(needs.stages[0].need, Some(Value::Defined(134.into())));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    stages: Vec<PlanStage>,
    pub(super) value: Option<Value>,
}

/// Collects the stages of a [`Plan`] in order, and then what is known of each.
#[derive(Debug, Clone, Default)]
pub struct PlanBuilder {
    stages: Vec<(String, Owner)>,
    rates: Vec<(String, Value)>,
    lead_days: Vec<(String, u32)>,
    capacities: Vec<(String, Rational)>,
    value: Option<Value>,
}

impl PlanBuilder {
    /// One more stage.
    #[must_use]
    pub fn stage(mut self, name: impl Into<String>, owner: Owner) -> Self {
        self.stages.push((name.into(), owner));
        self
    }

    /// The rate of the step that leads to a stage: how many come out for one of the stage before. It
    /// takes the place of one that was there, so that a plan from a funnel can assume another rate
    /// for one step.
    #[must_use]
    pub fn rate(mut self, stage: impl Into<String>, rate: impl Into<Value>) -> Self {
        self.rates.push((stage.into(), rate.into()));
        self
    }

    /// How many days lie between the stage before and this one; without it none.
    #[must_use]
    pub fn lead_days(mut self, stage: impl Into<String>, days: u32) -> Self {
        self.lead_days.push((stage.into(), days));
        self
    }

    /// The most entities that a stage can handle in the period of a goal; without it any number.
    #[must_use]
    pub fn capacity(mut self, stage: impl Into<String>, most: impl Into<Rational>) -> Self {
        self.capacities.push((stage.into(), most.into()));
        self
    }

    /// What one entity of the last stage is worth.
    #[must_use]
    pub fn value(self, value: impl Into<Value>) -> Self {
        Self { value: Some(value.into()), ..self }
    }

    /// What is wrong, each with its path.
    pub(super) fn problems(&self) -> Vec<Error> {
        let mut problems = Vec::new();
        let mut refuse = |error: Error, path: String| problems.push(error.at_path(path));
        let count = self.stages.len();
        if count < 2 {
            let message = format!("a plan of {count} stages; it needs at least 2");
            refuse(Error::new(ErrorKind::Shape, message), "stages".to_owned());
        }
        if count > MOST_STAGES {
            let message = format!("a plan of {count} stages; the most is {MOST_STAGES}");
            refuse(Error::new(ErrorKind::Capacity, message), "stages".to_owned());
        }
        for (i, (name, _)) in self.stages.iter().enumerate().take(MOST_STAGES) {
            if self.stages[..i].iter().any(|(other, _)| other == name) {
                let message = format!("stage \"{name}\" is there twice; rename or remove one");
                refuse(Error::new(ErrorKind::Duplicate, message), format!("stages[{i}]"));
            }
        }
        for (i, (name, _)) in self.stages.iter().enumerate().skip(1).take(MOST_STAGES) {
            if !self.rates.iter().any(|(stage, _)| stage == name) {
                let message = format!("no rate leads to stage \"{name}\"; give one");
                refuse(Error::new(ErrorKind::Missing, message), format!("stages[{i}]"));
            }
        }
        for (name, rate) in &self.rates {
            let wrong = self.step_problem(name);
            let wrong = wrong.or_else(|| check_amount("a rate", rate.as_ref().defined()?));
            wrong.into_iter().for_each(|error| refuse(error, format!("rates.{name}")));
        }
        for (name, _) in &self.lead_days {
            let wrong = self.step_problem(name);
            wrong.into_iter().for_each(|error| refuse(error, format!("lead_days.{name}")));
        }
        for (name, most) in &self.capacities {
            let wrong = self.place(name).err().or_else(|| check_amount("a capacity", most));
            let wrong = wrong.or_else(|| {
                let message = format!("a capacity of {} is no whole number; give one", shown(most));
                (!most.is_integer()).then(|| Error::new(ErrorKind::Domain, message))
            });
            wrong.into_iter().for_each(|error| refuse(error, format!("capacity.{name}")));
        }
        if let Some(Value::Defined(value)) = &self.value {
            // Below zero is no mistake: sales may have been returned.
            let wrong = check_amount("a value", &value.abs());
            wrong.into_iter().for_each(|error| refuse(error, "value".to_owned()));
        }
        problems
    }

    fn place(&self, name: &str) -> Result<usize, Error> {
        place(self.stages.iter().map(|(name, _)| name.as_str()), name)
    }

    /// What is wrong with a step to that stage.
    fn step_problem(&self, name: &str) -> Option<Error> {
        match self.place(name) {
            Ok(0) => {
                let message = format!(
                    "no step leads to \"{name}\", the first stage; a step is named by the stage that it leads to"
                );
                Some(Error::new(ErrorKind::Domain, message))
            }
            Ok(_) => None,
            Err(error) => Some(error),
        }
    }

    /// The plan.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with everything that is wrong: fewer than two stages, more than 64, a
    /// name there twice, a step without a rate, a name that is no stage, a rate or lead time of the
    /// first stage, a rate or capacity below zero, a capacity that is no whole number, a number
    /// beyond 16,384 bits.
    pub fn build(self) -> Result<Plan, Error> {
        if let Some(error) = Error::all("plan", self.problems()) {
            return Err(error);
        }
        let stages = self.stages.iter().map(|(name, owner)| PlanStage {
            name: name.clone(),
            owner: *owner,
            rate: last_of(&self.rates, name).cloned(),
            lead_days: last_of(&self.lead_days, name).copied().unwrap_or(0),
            capacity: last_of(&self.capacities, name).cloned(),
        });
        Ok(Plan { stages: stages.collect(), value: self.value })
    }
}

/// What was said last of a name.
fn last_of<'a, T>(said: &'a [(String, T)], name: &str) -> Option<&'a T> {
    said.iter().rev().find(|(other, _)| other == name).map(|(_, what)| what)
}

/// The place of a name among stages.
pub(in crate::target) fn place<'a>(
    stages: impl Iterator<Item = &'a str> + Clone,
    name: &str,
) -> Result<usize, Error> {
    stages.clone().position(|stage| stage == name).ok_or_else(|| {
        let remedy = did_you_mean(name, stages);
        Error::new(ErrorKind::Unknown, format!("unknown stage \"{name}\"; {remedy}"))
    })
}

impl Plan {
    /// Begins a plan.
    #[must_use]
    pub fn builder() -> PlanBuilder {
        PlanBuilder::default()
    }

    /// Begins a plan with the stages, owners and step rates of a funnel, and what one entity of its
    /// last stage is worth where that is measured. A rate that is undefined there stays so, unless
    /// another takes its place.
    ///
    /// ```
    /// use yardstick::target::{Plan, PlanGoal};
    /// use yardstick::{Funnel, Owner, Value};
    ///
    /// let funnel = Funnel::builder()
    ///     .stage("lead", Owner::Marketing, 8_000)
    ///     .stage("deal", Owner::Sales, 842)
    ///     .build()?;
    /// let plan = Plan::from_funnel(&funnel).build()?;
    /// let needs = plan.needs(&PlanGoal::Wins(1_000.into()))?;
    /// assert_eq!(needs.stages[0].need, Some(Value::Defined(9_502.into()))); // 9501.2 rounded up
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn from_funnel(funnel: &Funnel) -> PlanBuilder {
        let stages = funnel.stages();
        let rates = stages.iter().skip(1).zip(funnel.steps());
        PlanBuilder {
            stages: stages.iter().map(|stage| (stage.name.clone(), stage.owner)).collect(),
            rates: rates.map(|(stage, step)| (stage.name.clone(), step.rate)).collect(),
            value: stages.last().and_then(crate::funnel::Stage::value_per_entity),
            ..PlanBuilder::default()
        }
    }

    /// The stages in order, 2 to 64.
    #[must_use]
    pub fn stages(&self) -> &[PlanStage] {
        &self.stages
    }

    /// What one entity of the last stage is worth, where that was said.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }

    /// The stage from which marketing hands over, by its place; see [`Funnel::hand_off`].
    #[must_use]
    pub fn hand_off(&self) -> Option<usize> {
        hand_off(self.stages.iter().map(|stage| stage.owner))
    }

    /// The place of a stage.
    pub(super) fn place(&self, name: &str) -> Result<usize, Error> {
        place(self.stages.iter().map(|stage| stage.name.as_str()), name)
    }

    /// The steps, each by the place of the stage that it leads to, and its rate.
    pub(super) fn steps(&self) -> impl DoubleEndedIterator<Item = (usize, &Value)> {
        let stages = self.stages.iter().enumerate();
        stages.filter_map(|(i, stage)| Some((i, stage.rate.as_ref()?)))
    }
}
