//! Targets.

use super::section::{description, filters, optional, period, text};
use crate::calendar::Calendar;
use crate::error::{Error, ErrorKind};
use crate::model::read::{Field, Object};
use crate::owner::Owner;
use crate::target::{
    Attainment, Band, BandBasis, Bands, Change, ChangeMode, Goal, Limit, Target, Volume,
};

fn limit(field: &Field<'_>, calendar: Calendar) -> Option<Limit> {
    if !field.is_object() {
        return field.number().map(Limit::Fixed);
    }
    field.object(|object| {
        let by = object.need("change").and_then(|field| field.number());
        let mode = object.need("mode").and_then(|field| field.parsed::<ChangeMode>());
        let baseline = object.need("baseline").and_then(|field| period(&field, calendar));
        Some(Limit::Change(Change { by: by?, mode: mode?, baseline: baseline? }))
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
            let mut end = |name| object.need(name).and_then(|field| field.number());
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
    let mut target = Target::new(name?, metric?, within?, goal?);
    target.selection.only = filters?;
    target.owner = owner?;
    target.attainment = attainment?.unwrap_or(target.attainment);
    target.tolerance = tolerance?;
    target.volume = volume?.unwrap_or_default();
    target.bands = bands?;
    Some(target)
}
