//! Scorecards.

use super::section::{description, each, optional, text};
use crate::model::read::{Field, Object};
use crate::scorecard::{Entry, OnUndefined, Scorecard};
use crate::target::Clamp;

pub(super) fn scorecard(object: &mut Object<'_>) -> Option<Scorecard> {
    description(object);
    let name = text(object.need("name"));
    let entries = object.need("entries").and_then(|field| each(&field, entry));
    let by = optional(object.get("by"), |field| field.texts());
    let on_undefined = optional(object.get("undefined"), |field| field.parsed::<OnUndefined>());
    let clamp = optional(object.get("clamp"), |field| clamp(&field));
    let mut scorecard = Scorecard::new(name?);
    scorecard.entries = entries?;
    scorecard.by = by?.unwrap_or_default();
    scorecard.on_undefined = on_undefined?.unwrap_or_default();
    scorecard.clamp = clamp?;
    Some(scorecard)
}

fn entry(field: &Field<'_>) -> Option<Entry> {
    field.object(|object| {
        let target = text(object.need("target"));
        let weight = object.need("weight").and_then(|field| field.number());
        let labels = optional(object.get("labels"), |field| labels(&field));
        Some(Entry { target: target?, weight: weight?, labels: labels?.unwrap_or_default() })
    })
}

fn labels(field: &Field<'_>) -> Option<Vec<(String, String)>> {
    let label =
        |(name, field): &(&str, Field<'_>)| Some(((*name).to_owned(), field.text()?.to_owned()));
    let read: Vec<_> = field.entries()?.iter().map(label).collect();
    read.into_iter().collect()
}

fn clamp(field: &Field<'_>) -> Option<Clamp> {
    field.object(|object| {
        let low = optional(object.get("low"), |field| field.number());
        let high = optional(object.get("high"), |field| field.number());
        Some(Clamp { low: low?, high: high? })
    })
}
