//! Plans.

use super::section::{description, optional, period, text};
use crate::calendar::{Calendar, Grain};
use crate::error::{Error, ErrorKind};
use crate::model::read::{Field, Object};
use crate::number::Rational;
use crate::target::{Curve, PlanDefinition, PlanGoal, PlanOpen, PlanRate, PlanWeights};

pub(super) fn plan(object: &mut Object<'_>, calendar: Calendar) -> Option<PlanDefinition> {
    description(object);
    let name = text(object.need("name"));
    let funnel = text(object.need("funnel"));
    let goal = object.need("goal").and_then(|field| field.object(goal));
    let rates = by_stage(object.get("rates"), rate);
    let lead_days = by_stage(object.get("lead_days"), |field| field.count());
    let capacity = by_stage(object.get("capacity"), |field| field.number());
    let within = optional(object.get("period"), |field| period(&field, calendar));
    let grain = optional(object.get("grain"), |field| field.parsed::<Grain>());
    let open = by_stage(object.get("open"), open);
    let entries = optional(object.get("entries"), |field| field.number());
    let segments = optional(object.get("segments"), |field| weights(&field));
    let levers = optional(object.get("levers"), |field| {
        // Each is read, so that each problem is told.
        let read: Vec<_> = field.list()?.iter().map(|field| field.object(lever)).collect();
        read.into_iter().collect::<Option<Vec<_>>>()
    });
    let budget = optional(object.get("budget"), |field| field.number());
    let quantum = optional(object.get("quantum"), |field| field.number());
    let mut plan = PlanDefinition::new(name?, funnel?, goal?);
    plan.rates = rates?;
    plan.lead_days = lead_days?;
    plan.capacity = capacity?;
    plan.period = within?;
    plan.grain = grain?;
    plan.open = open?;
    plan.entries = entries?;
    plan.segments = segments?;
    plan.budget = budget?;
    plan.quantum = quantum?;
    for (stage, at_most, curve) in levers?.unwrap_or_default() {
        plan = plan.lever(stage, at_most, curve);
    }
    Some(plan)
}

fn goal(object: &mut Object<'_>) -> Option<PlanGoal> {
    let wins = object.get("wins");
    let revenue = object.get("revenue");
    let value = object.get("value");
    let stage = object.get("stage");
    let count = object.get("count");
    match (wins, revenue, value, stage, count) {
        (Some(wins), None, None, None, None) => wins.number().map(PlanGoal::Wins),
        (None, Some(revenue), value, None, None) => {
            let revenue = revenue.number();
            let value = optional(value, |field| field.number());
            Some(PlanGoal::Revenue { revenue: revenue?, value: value? })
        }
        (None, None, None, Some(stage), Some(count)) => {
            let (stage, count) = (text(Some(stage)), count.number());
            Some(PlanGoal::Stage { stage: stage?, count: count? })
        }
        _ => {
            let message = "a goal is \"wins\", or \"revenue\" with or without \"value\", or \"stage\" and \"count\"; give one of these";
            object.refuse(Error::new(ErrorKind::Shape, message));
            None
        }
    }
}

/// An object with a field for some stages.
fn by_stage<T>(
    field: Option<Field<'_>>,
    read: impl Fn(&Field<'_>) -> Option<T>,
) -> Option<Vec<(String, T)>> {
    let Some(field) = field else { return Some(Vec::new()) };
    let entries = field.entries()?;
    let read: Vec<_> =
        entries.iter().map(|(stage, field)| Some(((*stage).to_owned(), read(field)?))).collect();
    read.into_iter().collect()
}

fn rate(field: &Field<'_>) -> Option<PlanRate> {
    match field.is_object() {
        true => field.object(|object| text(object.need("target")).map(PlanRate::Target)),
        false => field.number().map(PlanRate::Given),
    }
}

fn open(field: &Field<'_>) -> Option<PlanOpen> {
    match field.is_object() {
        true => field.object(|object| text(object.need("measure")).map(PlanOpen::Measure)),
        false => field.number().map(PlanOpen::Given),
    }
}

fn weights(field: &Field<'_>) -> Option<PlanWeights> {
    if field.is_text() {
        return field.one_of("weights of segments", [("counts", PlanWeights::Counts)]);
    }
    let segment = |field: &Field<'_>| {
        field.object(|object| {
            let key = object.need("key").and_then(|field| field.texts());
            let weight = object.need("weight").and_then(|field| field.number());
            Some((key?, weight?))
        })
    };
    let read: Vec<_> = field.list()?.iter().map(segment).collect();
    read.into_iter().collect::<Option<_>>().map(PlanWeights::Given)
}

/// Its stage, the most that its factor can be, and what spending does to it.
fn lever(object: &mut Object<'_>) -> Option<(String, Option<Rational>, Option<Curve>)> {
    let stage = text(object.need("stage"));
    let at_most = optional(object.get("at_most"), |field| field.number());
    let curve = optional(object.get("curve"), |field| curve(&field));
    Some((stage?, at_most?, curve?))
}

/// Pairs of budget and factor.
fn curve(field: &Field<'_>) -> Option<Curve> {
    let point = |field: &Field<'_>| -> Option<(Rational, Rational)> {
        match &field.list()?[..] {
            [budget, factor] => {
                let (budget, factor) = (budget.number(), factor.number());
                Some((budget?, factor?))
            }
            other => {
                let message =
                    format!("a list of {} where a budget and a factor are due", other.len());
                field.refuse(Error::new(ErrorKind::Shape, message));
                None
            }
        }
    };
    let points: Vec<_> = field.list()?.iter().map(point).collect();
    let curve = Curve::new(points.into_iter().collect::<Option<Vec<_>>>()?);
    let refuse =
        |error: Error| error.problems().iter().for_each(|error| field.refuse(error.clone()));
    curve.map_err(refuse).ok()
}
