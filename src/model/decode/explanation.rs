//! Questions why a metric moved.

use super::section::{description, filters, optional, period, text};
use crate::calendar::Calendar;
use crate::explain::{Convention, Explain};
use crate::facts::Selection;
use crate::model::read::Object;

pub(super) fn explanation(
    object: &mut Object<'_>,
    calendar: Calendar,
) -> Option<(String, Explain)> {
    description(object);
    let name = text(object.need("name"));
    let metric = text(object.need("metric"));
    let before = object.need("before").and_then(|field| period(&field, calendar));
    let after = object.need("after").and_then(|field| period(&field, calendar));
    let by = optional(object.get("by"), |field| field.texts());
    let convention = optional(object.get("convention"), |field| field.parsed::<Convention>());
    let quantity = optional(object.get("quantity"), |field| text(Some(field)));
    let cost = optional(object.get("cost"), |field| text(Some(field)));
    let filters = filters(object);
    let mut explain = Explain::of(metric?).between(before?, after?);
    explain.convention = convention?.unwrap_or_default();
    explain.quantity = quantity?;
    explain.cost = cost?;
    explain.selection = Selection { by: by?.unwrap_or_default(), only: filters? };
    Some((name?, explain))
}
