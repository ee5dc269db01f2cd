//! Funnels.

use super::display::own_display;
use super::section::{description, filters, optional, period, text};
use crate::calendar::Calendar;
use crate::facts::Selection;
use crate::funnel::FunnelDefinition;
use crate::model::read::{Field, Object};
use crate::owner::Owner;
use crate::unit::Display;

pub(super) fn funnel(
    object: &mut Object<'_>,
    calendar: Calendar,
    base: Display,
) -> Option<FunnelDefinition> {
    description(object);
    let name = text(object.need("name"));
    let basis = object.need("basis").and_then(|field| field.parsed());
    let rates = Display::percent(base.rounding());
    let display = own_display(object, rates);
    let stages = object.need("stages").and_then(|field| field.list());
    // Each is read, so that each problem is told.
    let stages: Option<Vec<_>> = stages.map(|stages| stages.iter().map(stage).collect());
    let by = optional(object.get("by"), |field| field.texts());
    let within = optional(object.get("period"), |field| period(&field, calendar));
    let compare = optional(object.get("compare"), |field| period(&field, calendar));
    let filters = filters(object);
    let mut funnel = FunnelDefinition::new(name?, basis?);
    for stage in stages? {
        let (name, owner, count, value) = stage?;
        funnel = funnel.stage(name, owner, count);
        if let Some(value) = value {
            funnel = funnel.worth(value);
        }
    }
    funnel.selection = Selection { by: by?.unwrap_or_default(), only: filters? };
    funnel.period = within?;
    funnel.compare = compare?;
    funnel.display = display;
    Some(funnel)
}

/// Name, owner, and the measures for count and value.
fn stage(field: &Field<'_>) -> Option<(String, Owner, String, Option<String>)> {
    field.object(|object| {
        let name = text(object.need("name"));
        let owner = object.need("owner").and_then(|field| field.parsed());
        let count = text(object.need("count"));
        let value = optional(object.get("value"), |field| text(Some(field)));
        Some((name?, owner?, count?, value?))
    })
}
