//! Targets.

use super::section::{description, each, filters, optional, period, text};
use super::weights::weights;
use crate::calendar::{Calendar, Date};
use crate::error::{Error, ErrorKind};
use crate::kpi::Bounds;
use crate::model::read::{Field, Object};
use crate::owner::Owner;
use crate::target::{
    Attainment, Band, BandBasis, Bands, Baseline, Change, ChangeMode, Goal, Limit, Target, Tier,
    Volume,
};

fn limit(field: &Field<'_>, calendar: Calendar) -> Option<Limit> {
    if !field.is_object() {
        return field.number().map(Limit::Fixed);
    }
    field.object(|object| {
        let by = object.need("change").and_then(|field| field.number());
        let mode = object.need("mode").and_then(|field| field.parsed::<ChangeMode>());
        let baseline = object.need("baseline").and_then(|field| baseline(&field, calendar));
        Some(Limit::Change(Change { by: by?, mode: mode?, baseline: baseline? }))
    })
}

fn baseline(field: &Field<'_>, calendar: Calendar) -> Option<Baseline> {
    if !field.has("target") && !field.has("value") && !field.has("where") {
        return period(field, calendar).map(Baseline::Period);
    }
    field.object(|object| {
        let (target, value) = (object.get("target"), object.get("value"));
        if target.is_some() && value.is_some() {
            let message = "a baseline is \"target\" or \"value\", and here are both; give one";
            object.refuse(Error::new(ErrorKind::Shape, message));
            return None;
        }
        if let Some(field) = target {
            return text(Some(field)).map(Baseline::Target);
        }
        if let Some(field) = value {
            return field.number().map(Baseline::Value);
        }
        let period = object.need("period").and_then(|field| period(&field, calendar));
        let only = filters(object);
        Some(Baseline::Segment { period: period?, only: only? })
    })
}

fn goal(object: &mut Object<'_>, calendar: Calendar) -> Option<Goal> {
    let at_least = object.get("at_least");
    let at_most = object.get("at_most");
    let range = object.get("range");
    match (at_least, at_most, range) {
        (Some(field), None, None) => limit(&field, calendar).map(Goal::AtLeast),
        (None, Some(field), None) => limit(&field, calendar).map(Goal::AtMost),
        (None, None, Some(field)) => field.object(|object| {
            let mut end = |name| object.need(name).and_then(|field| limit(&field, calendar));
            let (low, high) = (end("low"), end("high"));
            Some(Goal::Range { low: low?, high: high? })
        }),
        _ => {
            let message =
                "a goal is one of \"at_least\", \"at_most\" and \"range\"; give exactly one";
            object.refuse(Error::new(ErrorKind::Shape, message));
            None
        }
    }
}

fn bounds(field: &Field<'_>) -> Option<Bounds> {
    field.object(|object| {
        let mut end = |name| optional(object.get(name), |field| field.number());
        let (low, high) = (end("low"), end("high"));
        Some(Bounds { low: low?, high: high? })
    })
}

fn version(field: &Field<'_>, calendar: Calendar) -> Option<(Date, Goal)> {
    field.object(|object| {
        let from = object.need("from").and_then(|field| field.parsed());
        let revised = object.need("goal");
        let revised = revised.and_then(|field| field.object(|object| goal(object, calendar)));
        Some((from?, revised?))
    })
}

fn tier(field: &Field<'_>, calendar: Calendar) -> Option<Tier> {
    field.object(|object| {
        let name = text(object.need("name"));
        let limit = object.need("limit").and_then(|field| limit(&field, calendar));
        Some(Tier { name: name?, limit: limit? })
    })
}

fn volume(field: &Field<'_>) -> Option<Volume> {
    if field.is_object() {
        return field.object(|object| object.need("expected")?.number().map(Volume::Expected));
    }
    field.one_of("volume", [("projected", Volume::Projected), ("baseline", Volume::Baseline)])
}

fn bands(object: &mut Object<'_>) -> Option<Bands> {
    let on = object.need("on").and_then(|field| field.parsed::<BandBasis>());
    let list = object.need("list").and_then(|field| field.list())?;
    let band = |field: &Field<'_>| {
        field.object(|object| {
            let name = text(object.need("name"));
            let from = optional(object.get("from"), |field| field.number());
            Some(Band { name: name?, from: from? })
        })
    };
    let read: Vec<_> = list.iter().map(band).collect();
    Some(Bands { on: on?, list: read.into_iter().collect::<Option<_>>()? })
}

pub(super) fn target(object: &mut Object<'_>, calendar: Calendar) -> Option<Target> {
    description(object);
    let name = text(object.need("name"));
    let metric = text(object.need("metric"));
    let within = object.need("period").and_then(|field| period(&field, calendar));
    let goal = object.need("goal").and_then(|field| field.object(|object| goal(object, calendar)));
    let owner = optional(object.get("owner"), |field| field.parsed::<Owner>());
    let filters = filters(object);
    let attainment = optional(object.get("attainment"), |field| field.parsed::<Attainment>());
    let tolerance = optional(object.get("tolerance"), |field| field.number());
    let volume = optional(object.get("volume"), |field| volume(&field));
    let bands = optional(object.get("bands"), |field| field.object(bands));
    let weights = optional(object.get("weights"), |field| weights(&field, calendar));
    let daily = optional(object.get("daily"), |field| bounds(&field));
    let budget = optional(object.get("budget"), |field| {
        field.object(|object| object.need("tolerance")?.number())
    });
    let versions = optional(object.get("versions"), |field| each(&field, |f| version(f, calendar)));
    let tiers = optional(object.get("tiers"), |field| each(&field, |f| tier(f, calendar)));
    let factor = optional(object.get("factor"), |field| text(Some(field)));
    let parent = optional(object.get("part_of"), |field| text(Some(field)));
    let checked = optional(object.get("smart"), |field| field.flag());
    let mut target = Target::new(name?, metric?, within?, goal?);
    target.selection.only = filters?;
    target.owner = owner?;
    target.attainment = attainment?.unwrap_or(target.attainment);
    target.tolerance = tolerance?;
    target.volume = volume?.unwrap_or_default();
    target.bands = bands?;
    target.weights = weights?.unwrap_or_default();
    target.daily = daily?;
    target.budget = budget?;
    target.versions = versions?.unwrap_or_default();
    target.tiers = tiers?.unwrap_or_default();
    target.factor = factor?;
    target.parent = parent?;
    target.checked = checked?.unwrap_or(false);
    Some(target)
}
