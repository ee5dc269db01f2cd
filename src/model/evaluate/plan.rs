//! Plans over funnels and targets that were evaluated before.

use std::collections::{HashMap, HashSet};

use crate::calendar::Date;
use crate::error::{Error, did_you_mean};
use crate::facts::Facts;
use crate::funnel::Funnel;
use crate::model::Model;
use crate::model::report::{Finding, FindingKind, FunnelReport, PlanReport, TargetReport};
use crate::number::{Rational, Reason, Value};
use crate::target::{
    Forecast, Plan, PlanDefinition, PlanOpen, PlanRate, PlanSegment, PlanWeights, SegmentNeeds,
    Shortfall,
};

/// The one limit that a target sets; missing where it does not set one.
fn limit(target: &TargetReport) -> Value {
    target.result.goal().limit().cloned().unwrap_or(Value::Undefined(Reason::Missing))
}

/// What a report already has.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    pub(super) funnels: &'a [FunnelReport],
    pub(super) targets: &'a [TargetReport],
}

impl Model {
    pub(super) fn plan_report(
        &self,
        definition: &PlanDefinition,
        facts: &Facts<'_>,
        as_of: Date,
        before: Before<'_>,
        findings: &mut Vec<Finding>,
    ) -> Result<PlanReport, Error> {
        let index = self.funnels.iter().position(|funnel| funnel.name() == definition.funnel);
        let found = index.and_then(|i| before.funnels.get(i).zip(self.funnels.get(i)));
        // Whoever built the model saw to it that the funnel is there.
        let (funnel, of) = found.ok_or_else(|| {
            let message = format!("unknown funnel \"{}\"", definition.funnel);
            Error::new(crate::ErrorKind::Unknown, message).at_path("funnel")
        })?;
        findings.extend(unknown_segments(definition, funnel));
        let rates = rates(definition, before.targets);
        let total = funnel.segments.first().map(|segment| &segment.funnel);
        let plan = match total {
            Some(total) => planned(definition, total, true, &rates)?,
            None => {
                let missing = Value::Undefined(Reason::Missing);
                let stage = |stage: &crate::funnel::StageDefinition| {
                    let value = stage.value.as_ref().map(|_| missing.clone());
                    crate::Stage::new(stage.name.clone(), stage.owner, missing.clone(), value)
                };
                let stages = of.stages.iter().map(stage).collect();
                planned(definition, &Funnel::new(of.basis, stages)?, true, &rates)?
            }
        };
        let volume = total.and_then(|total| total.stages().first());
        let volume = volume.map_or(Value::Undefined(Reason::Missing), |stage| stage.count.clone());
        let needs = plan.needs(&definition.goal)?;
        let schedule = match (definition.period, definition.grain) {
            (Some(period), Some(grain)) => {
                let goals = [(period, definition.goal.clone())];
                Some(plan.schedule(&goals, self.calendar, grain)?)
            }
            _ => None,
        };
        let levers = definition.levers(&plan, volume).build()?;
        let split = match (&definition.budget, &definition.quantum) {
            (Some(budget), Some(quantum)) => Some(levers.split(budget, quantum)?),
            _ => None,
        };
        let due =
            needs.stages.iter().map(|need| definition.period.map(|p| need.due(p)).transpose());
        Ok(PlanReport {
            name: definition.name.clone(),
            funnel: definition.funnel.clone(),
            period: definition.period,
            due: due.collect::<Result<_, _>>()?,
            buckets: schedule.map(|schedule| schedule.buckets).unwrap_or_default(),
            forecast: self.plan_forecast(definition, &plan, facts, as_of)?,
            segments: plan_segments(definition, &plan, funnel, &rates)?,
            effects: levers.effects(),
            split,
            needs,
            counts: funnel.counts.clone(),
            rates: funnel.rates,
            value: funnel.values.last().copied().unwrap_or(self.display),
            plain: self.display,
            plan,
        })
    }

    fn plan_forecast(
        &self,
        definition: &PlanDefinition,
        plan: &Plan,
        facts: &Facts<'_>,
        as_of: Date,
    ) -> Result<Option<(Forecast, Shortfall)>, Error> {
        if definition.open.is_empty() && definition.entries.is_none() {
            return Ok(None);
        }
        let funnel = self.funnels.iter().find(|funnel| funnel.name() == definition.funnel);
        let mut open = Vec::new();
        for (stage, count) in &definition.open {
            let count = match count {
                PlanOpen::Given(count) => Value::Defined(count.clone()),
                PlanOpen::Measure(name) => {
                    let selection = funnel.map(|f| f.selection.in_total()).unwrap_or_default();
                    let groups = facts.groups(&selection, Some(as_of))?;
                    let index = self.schema().measure_index(name);
                    let period = facts.period_until(as_of);
                    let values = index
                        .zip(period)
                        .map(|(index, period)| facts.roll_up(&[index], &groups, &[Some(period)]));
                    let value = values.and_then(|values| values.first()?.first().cloned());
                    value.unwrap_or(Value::Undefined(Reason::Missing))
                }
            };
            open.push((stage, count));
        }
        let entries = definition.entries.clone().unwrap_or(Rational::ZERO);
        let forecast = plan.forecast(open, entries).map_err(|error| error.at_path("open"))?;
        let shortfall = plan.shortfall(&forecast, &definition.goal)?;
        Ok(Some((forecast, shortfall)))
    }
}

/// The rates that take the place of the funnel's.
fn rates<'a>(definition: &'a PlanDefinition, targets: &[TargetReport]) -> Vec<(&'a str, Value)> {
    let rate = |rate: &PlanRate| match rate {
        PlanRate::Given(rate) => Value::Defined(rate.clone()),
        PlanRate::Target(name) => {
            let target = targets.iter().find(|target| target.result.name == *name);
            target.map_or(Value::Undefined(Reason::Missing), limit)
        }
    };
    definition.rates.iter().map(|(stage, given)| (stage.as_str(), rate(given))).collect()
}

/// A funnel with what the definition assumes.
fn planned(
    definition: &PlanDefinition,
    funnel: &Funnel,
    is_total: bool,
    rates: &[(&str, Value)],
) -> Result<Plan, Error> {
    let mut plan = definition.over(Plan::from_funnel(funnel), is_total);
    for (stage, rate) in rates {
        plan = plan.rate(*stage, rate.clone());
    }
    plan.build()
}

/// Segments that have a part in the goal, and no row; none where the funnel has not begun.
fn unknown_segments(definition: &PlanDefinition, funnel: &FunnelReport) -> Vec<Finding> {
    let (Some(PlanWeights::Given(given)), Some(_)) = (&definition.segments, funnel.period) else {
        return Vec::new();
    };
    let segments = || funnel.segments.iter().map(|segment| &segment.key);
    let known: HashSet<&Vec<String>> = segments().collect();
    let unknown = given.iter().filter(|(key, weight)| weight.is_positive() && !known.contains(key));
    let finding = |(key, _): &(Vec<String>, Rational)| {
        let names: Vec<String> =
            segments().filter(|key| !key.is_empty()).map(|key| key.join(", ")).collect();
        let key = key.join(", ");
        let remedy = did_you_mean(&key, names.iter().map(String::as_str));
        let of = &definition.funnel;
        let message = format!(
            "no row of funnel \"{of}\" is in segment \"{key}\", which has no part in the goal then; {remedy}"
        );
        let place = format!("plan \"{}\"", definition.name);
        Finding::new(FindingKind::ValueNotInFacts, place, message)
    };
    unknown.map(finding).collect()
}

/// What the segments need that have a part in the goal.
fn plan_segments(
    definition: &PlanDefinition,
    plan: &Plan,
    funnel: &FunnelReport,
    rates: &[(&str, Value)],
) -> Result<Option<SegmentNeeds>, Error> {
    let Some(weights) = &definition.segments else { return Ok(None) };
    let goal_stage = plan.needs(&definition.goal)?.goal_stage;
    let given: HashMap<&[String], &Rational> = match weights {
        PlanWeights::Counts => HashMap::new(),
        PlanWeights::Given(given) => given.iter().map(|(key, w)| (key.as_slice(), w)).collect(),
    };
    let mut segments = Vec::new();
    for segment in funnel.segments.iter().filter(|segment| !segment.key.is_empty()) {
        let count = segment.funnel.stages().get(goal_stage).map(|stage| stage.count.as_ref());
        let weight = match weights {
            PlanWeights::Counts => count.and_then(Value::defined),
            PlanWeights::Given(_) => given.get(segment.key.as_slice()).copied(),
        };
        let Some(weight) = weight.filter(|weight| weight.is_positive()) else { continue };
        let plan = planned(definition, &segment.funnel, false, rates)?;
        segments.push(PlanSegment::new(&segment.key, weight.clone(), plan));
    }
    match segments.is_empty() {
        true => Ok(None),
        false => plan.needs_by_segment(&definition.goal, &segments).map(Some),
    }
}
