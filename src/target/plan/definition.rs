//! A plan of a model: over a funnel of the model, with rates that may come from its targets.

use std::collections::HashSet;

use crate::calendar::{Grain, Period};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::facts::{Measure, Schema};
use crate::funnel::FunnelDefinition;
use crate::number::{Rational, Value};
use crate::target::Target;
use crate::target::lever::{Curve, Levers, LeversBuilder, quantum_problem};

use super::needs::{PlanGoal, shifted};
use super::stages::{MOST_STAGES, Plan, PlanBuilder, place};
use super::whole::check_amount;

/// A plan of a model, for a funnel of the model. Stages are named as there, and a step by the stage
/// that it leads to. Each rate, and the value of an entity, is that of the funnel in the report,
/// unless another takes its place.
///
/// ```
/// use yardstick::target::{PlanDefinition, PlanGoal};
/// use yardstick::Rational;
///
/// let plan = PlanDefinition::new("spring", "lead to deal", PlanGoal::Wins(40.into()))
///     .rate("deal", Rational::new(1, 8)?)
///     .lead_days("deal", 30)
///     .capacity("lead", 500);
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDefinition {
    pub(crate) name: String,
    pub(crate) funnel: String,
    pub(crate) goal: PlanGoal,
    pub(crate) rates: Vec<(String, PlanRate)>,
    pub(crate) lead_days: Vec<(String, u32)>,
    pub(crate) capacity: Vec<(String, Rational)>,
    pub(crate) period: Option<Period>,
    pub(crate) grain: Option<Grain>,
    pub(crate) open: Vec<(String, PlanOpen)>,
    pub(crate) entries: Option<Rational>,
    pub(crate) segments: Option<PlanWeights>,
    pub(crate) levers: Vec<PlanLever>,
    pub(crate) budget: Option<Rational>,
    pub(crate) quantum: Option<Rational>,
}

/// Where a rate comes from that is not the funnel's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PlanRate {
    Given(Rational),
    /// The limit of a target of this name.
    Target(String),
}

/// How many stand open at a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PlanOpen {
    Given(Rational),
    /// By a measure of this name.
    Measure(String),
}

/// The part of each segment in the goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PlanWeights {
    /// As many of the goal's stage as it had in the funnel.
    Counts,
    Given(Vec<(Vec<String>, Rational)>),
}

/// A stage at which more can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlanLever {
    pub(crate) stage: String,
    pub(crate) at_most: Option<Rational>,
    pub(crate) curve: Option<Curve>,
}

impl PlanDefinition {
    /// A plan for a funnel of the model.
    #[must_use]
    pub fn new(name: impl Into<String>, funnel: impl Into<String>, goal: PlanGoal) -> Self {
        Self {
            name: name.into(),
            funnel: funnel.into(),
            goal,
            rates: Vec::new(),
            lead_days: Vec::new(),
            capacity: Vec::new(),
            period: None,
            grain: None,
            open: Vec::new(),
            entries: None,
            segments: None,
            levers: Vec::new(),
            budget: None,
            quantum: None,
        }
    }

    /// Another rate for the step that leads to a stage.
    #[must_use]
    pub fn rate(mut self, stage: impl Into<String>, rate: impl Into<Rational>) -> Self {
        self.rates.push((stage.into(), PlanRate::Given(rate.into())));
        self
    }

    /// As the rate of the step that leads to a stage, the limit of a target of the model; missing where
    /// that has not one limit.
    #[must_use]
    pub fn rate_of_target(mut self, stage: impl Into<String>, target: impl Into<String>) -> Self {
        self.rates.push((stage.into(), PlanRate::Target(target.into())));
        self
    }

    /// How many days lie between the stage before and this one; without it none.
    #[must_use]
    pub fn lead_days(mut self, stage: impl Into<String>, days: u32) -> Self {
        self.lead_days.push((stage.into(), days));
        self
    }

    /// The most entities that a stage can handle in the period of the goal; without it any number.
    #[must_use]
    pub fn capacity(mut self, stage: impl Into<String>, most: impl Into<Rational>) -> Self {
        self.capacity.push((stage.into(), most.into()));
        self
    }

    /// The period of the goal: needs are due so many days before it as there are lead days.
    #[must_use]
    pub fn period(self, period: Period) -> Self {
        Self { period: Some(period), ..self }
    }

    /// With a period, what is due in each bucket of a grain; see [`Plan::schedule`].
    #[must_use]
    pub fn grain(self, grain: Grain) -> Self {
        Self { grain: Some(grain), ..self }
    }

    /// How many stand open at a stage, or are there already, for the last; see [`Plan::forecast`].
    #[must_use]
    pub fn open(mut self, stage: impl Into<String>, count: impl Into<Rational>) -> Self {
        self.open.push((stage.into(), PlanOpen::Given(count.into())));
        self
    }

    /// The same by a measure, over the days of the facts up to that of the report: of a stock the
    /// last.
    #[must_use]
    pub fn open_measure(mut self, stage: impl Into<String>, measure: impl Into<String>) -> Self {
        self.open.push((stage.into(), PlanOpen::Measure(measure.into())));
        self
    }

    /// How many are still to come at the first stage; see [`Plan::forecast`].
    #[must_use]
    pub fn entries(self, entries: impl Into<Rational>) -> Self {
        Self { entries: Some(entries.into()), ..self }
    }

    /// The goal split over the segments of the funnel, by how many of the goal's stage each had; see
    /// [`Plan::needs_by_segment`].
    #[must_use]
    pub fn by_counts(self) -> Self {
        Self { segments: Some(PlanWeights::Counts), ..self }
    }

    /// One more segment of the funnel that has a part in the goal, with its weight.
    #[must_use]
    pub fn segment<S: Into<String>>(
        mut self,
        key: impl IntoIterator<Item = S>,
        weight: impl Into<Rational>,
    ) -> Self {
        let segment = (key.into_iter().map(Into::into).collect(), weight.into());
        match &mut self.segments {
            Some(PlanWeights::Given(segments)) => segments.push(segment),
            _ => self.segments = Some(PlanWeights::Given(vec![segment])),
        }
        self
    }

    /// The most that the factor of a stage can be, and what spending does to it, where these are
    /// known; see [`Levers`].
    #[must_use]
    pub fn lever(
        mut self,
        stage: impl Into<String>,
        at_most: Option<Rational>,
        curve: Option<Curve>,
    ) -> Self {
        self.levers.push(PlanLever { stage: stage.into(), at_most, curve });
        self
    }

    /// The budget that is split over the levers with a curve, in multiples of a quantum; see
    /// [`Levers::split`].
    #[must_use]
    pub fn budget(self, budget: impl Into<Rational>, quantum: impl Into<Rational>) -> Self {
        Self { budget: Some(budget.into()), quantum: Some(quantum.into()), ..self }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A plan with what does not hang on facts: lead times, and capacities where they are those of all
    /// segments together.
    pub(crate) fn over(&self, mut plan: PlanBuilder, is_total: bool) -> PlanBuilder {
        for (stage, days) in &self.lead_days {
            plan = plan.lead_days(stage, *days);
        }
        for (stage, most) in self.capacity.iter().filter(|_| is_total) {
            plan = plan.capacity(stage, most.clone());
        }
        plan
    }

    /// The levers of a plan, with what is known of them.
    pub(crate) fn levers(&self, plan: &Plan, volume: Value) -> LeversBuilder {
        let mut builder = Levers::builder(plan, volume);
        for lever in &self.levers {
            if let Some(most) = &lever.at_most {
                builder = builder.at_most(&lever.stage, most.clone());
            }
            if let Some(curve) = &lever.curve {
                builder = builder.curve(&lever.stage, curve.clone());
            }
        }
        match &self.quantum {
            Some(quantum) => builder.quantum(quantum.clone()),
            None => builder,
        }
    }

    /// What is wrong with it, each with its path.
    pub(crate) fn problems(
        &self,
        schema: &Schema,
        funnels: &[FunnelDefinition],
        targets: &[Target],
    ) -> Vec<Error> {
        let mut problems = Vec::new();
        for (stage, rate) in &self.rates {
            let PlanRate::Target(name) = rate else { continue };
            let names = targets.iter().map(Target::name);
            if !names.clone().any(|target| target == name) {
                let message = format!("unknown target \"{name}\"; {}", did_you_mean(name, names));
                let error = Error::new(ErrorKind::Unknown, message);
                problems.push(error.at_path(format!("rates.{stage}.target")));
            }
        }
        problems.extend(self.goal.problems().into_iter().map(|error| error.at_path("goal")));
        if self.grain.is_some() && self.period.is_none() {
            let message =
                "a grain cuts the days on which needs are due, and there is no period; give one";
            problems.push(Error::new(ErrorKind::Missing, message).at_path("grain"));
        }
        let entries = self.entries.as_ref().and_then(|n| check_amount("a number", n));
        problems.extend(entries.map(|error| error.at_path("entries")));
        let Some(funnel) = funnels.iter().find(|funnel| funnel.name() == self.funnel) else {
            let names = funnels.iter().map(FunnelDefinition::name);
            let message = format!(
                "unknown funnel \"{}\"; {}",
                self.funnel,
                did_you_mean(&self.funnel, names)
            );
            problems.push(Error::new(ErrorKind::Unknown, message).at_path("funnel"));
            return problems;
        };
        let names = || funnel.stages.iter().map(|stage| stage.name.as_str());
        if names().count() > MOST_STAGES {
            let message = format!("a funnel of more than {MOST_STAGES} stages; plan a part of it");
            problems.push(Error::new(ErrorKind::Capacity, message).at_path("funnel"));
            return problems;
        }
        // With rates of 1, to see what else is wrong.
        let mut plan = Plan::builder();
        for stage in &funnel.stages {
            plan = plan.stage(&stage.name, stage.owner);
        }
        for stage in funnel.stages.iter().skip(1) {
            plan = plan.rate(&stage.name, Rational::ONE);
        }
        let bare = plan.clone().build().ok();
        for (stage, rate) in &self.rates {
            plan = plan.rate(
                stage,
                match rate {
                    PlanRate::Given(rate) => rate.clone(),
                    PlanRate::Target(_) => Rational::ONE,
                },
            );
        }
        let found = self.over(plan, true).problems();
        let of_funnel = |error: &Error| error.path().is_some_and(|path| path.starts_with("stages"));
        problems.extend(found.into_iter().filter(|error| !of_funnel(error)));
        if let PlanGoal::Stage { stage, .. } = &self.goal {
            let wrong = place(names(), stage).err();
            problems.extend(wrong.map(|error| error.at_path("goal.stage")));
        }
        let is_worth = funnel.stages.last().is_some_and(|stage| stage.value.is_some());
        if matches!(&self.goal, PlanGoal::Revenue { value: None, .. }) && !is_worth {
            let message = "nothing says what an entity of the last stage is worth; give a value, or measure it in the funnel";
            problems.push(Error::new(ErrorKind::Missing, message).at_path("goal.value"));
        }
        if let Some(period) = self.period {
            let days = self.lead_days.iter().map(|(_, days)| u64::from(*days)).sum();
            let wrong = shifted(period, days).err();
            problems.extend(wrong.map(|error| error.at_path("lead_days")));
        }
        problems.extend(self.open_problems(schema, funnel));
        problems.extend(self.segment_problems(funnel));
        problems.extend(self.lever_problems(funnel, bare));
        problems
    }

    fn open_problems(&self, schema: &Schema, funnel: &FunnelDefinition) -> Vec<Error> {
        let mut problems = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        for (stage, open) in &self.open {
            let names = funnel.stages.iter().map(|stage| stage.name.as_str());
            let twice = !seen.insert(stage);
            let wrong = match (place(names, stage), open) {
                (Err(error), _) => Some(error),
                (Ok(_), _) if twice => {
                    let message = format!("stage \"{stage}\" is named twice; name it once");
                    Some(Error::new(ErrorKind::Duplicate, message))
                }
                (Ok(_), PlanOpen::Given(count)) => check_amount("a number", count),
                (Ok(_), PlanOpen::Measure(name)) if schema.measure(name).is_none() => {
                    let known = schema.measures().iter().map(Measure::name);
                    let message =
                        format!("unknown measure \"{name}\"; {}", did_you_mean(name, known));
                    Some(Error::new(ErrorKind::Unknown, message).at_path("measure"))
                }
                _ => None,
            };
            problems.extend(wrong.map(|error| error.at_path(format!("open.{stage}"))));
        }
        problems
    }

    fn segment_problems(&self, funnel: &FunnelDefinition) -> Vec<Error> {
        let Some(weights) = &self.segments else { return Vec::new() };
        let dimensions = funnel.selection.by.len();
        if dimensions == 0 {
            let message = format!("funnel \"{}\" has no segments; give it \"by\"", funnel.name());
            return vec![Error::new(ErrorKind::Missing, message).at_path("segments")];
        }
        let mut problems = Vec::new();
        let PlanWeights::Given(segments) = weights else { return problems };
        let mut seen: HashSet<&[String]> = HashSet::new();
        for (i, (key, weight)) in segments.iter().enumerate() {
            let mut refuse = |error: Error, field: &str| {
                problems.push(error.at_path(format!("segments[{i}].{field}")));
            };
            if key.len() != dimensions {
                let message = format!(
                    "a key of {} values for {dimensions} dimensions, {}; give one for each",
                    key.len(),
                    funnel.selection.by.join(", ")
                );
                refuse(Error::new(ErrorKind::Shape, message), "key");
            }
            if !seen.insert(key) {
                let message = format!("segment \"{}\" is there twice; keep one", key.join(", "));
                refuse(Error::new(ErrorKind::Duplicate, message), "key");
            }
            if let Some(error) = check_amount("a weight", weight) {
                refuse(error, "weight");
            }
        }
        if segments.iter().all(|(_, weight)| weight.is_zero()) {
            let message = "weights that are all zero; give one above zero";
            problems.push(Error::new(ErrorKind::Domain, message).at_path("segments"));
        }
        problems
    }

    /// `bare` is the plan without anything that this definition says.
    fn lever_problems(&self, funnel: &FunnelDefinition, bare: Option<Plan>) -> Vec<Error> {
        let mut problems = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        for (i, lever) in self.levers.iter().enumerate() {
            let stage = &lever.stage;
            let names = funnel.stages.iter().map(|stage| stage.name.as_str());
            if let Err(error) = place(names, stage) {
                problems.push(error.at_path(format!("levers[{i}].stage")));
            } else if !seen.insert(stage) {
                let message = format!("stage \"{stage}\" has two levers; keep one");
                let error = Error::new(ErrorKind::Duplicate, message);
                problems.push(error.at_path(format!("levers[{i}].stage")));
            }
            let wrong = lever.at_most.as_ref().and_then(|most| check_amount("a bound", most));
            problems.extend(wrong.map(|error| error.at_path(format!("levers[{i}].at_most"))));
        }
        let wrong = self.quantum.as_ref().and_then(quantum_problem);
        let quantum_is_sound = wrong.is_none();
        problems.extend(wrong.map(|error| error.at_path("quantum")));
        match (&self.budget, &self.quantum) {
            (Some(_), None) => {
                let message = "a budget is split in multiples of a quantum; give one";
                problems.push(Error::new(ErrorKind::Missing, message).at_path("quantum"));
            }
            (Some(budget), Some(quantum)) if quantum_is_sound => {
                let levers = bare.map(|plan| self.levers(&plan, Value::Defined(Rational::ONE)));
                let levers = levers.and_then(|levers| levers.build().ok());
                let wrong = levers.and_then(|levers| levers.quanta(budget, quantum).err());
                problems.extend(wrong.map(|error| error.at_path("budget")));
            }
            _ => {}
        }
        problems
    }
}
