//! Queries.

use super::section::{description, filters, optional, period, text};
use crate::calendar::Calendar;
use crate::facts::Selection;
use crate::kpi::Query;
use crate::model::read::Object;

pub(super) fn query(object: &mut Object<'_>, calendar: Calendar) -> Option<(String, Query)> {
    description(object);
    let name = text(object.need("name"));
    let metrics = object.need("metrics").and_then(|field| field.texts());
    let by = optional(object.get("by"), |field| field.texts());
    let grain = optional(object.get("grain"), |field| field.parsed());
    let within = optional(object.get("period"), |field| period(&field, calendar));
    let compare = optional(object.get("compare"), |field| period(&field, calendar));
    let reported = optional(object.get("reported"), |field| field.flag());
    let filters = filters(object);
    let query = Query {
        metrics: metrics?,
        selection: Selection { by: by?.unwrap_or_default(), only: filters? },
        grain: grain?,
        period: within?,
        compare: compare?,
        reported: reported?.unwrap_or(false),
    };
    Some((name?, query))
}
