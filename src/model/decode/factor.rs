//! Key success factors.

use super::section::{description, filters, optional, period, text};
use crate::calendar::Calendar;
use crate::factor::Factor;
use crate::model::read::Object;

pub(super) fn factor(object: &mut Object<'_>, calendar: Calendar) -> Option<Factor> {
    description(object);
    let name = text(object.need("name"));
    let strategy = text(object.need("strategy"));
    let gain = text(object.need("gain"));
    let cost = optional(object.get("cost"), |field| text(Some(field)));
    let occasions = optional(object.get("occasions"), |field| text(Some(field)));
    let metrics = optional(object.get("metrics"), |field| field.texts());
    let within = optional(object.get("period"), |field| period(&field, calendar));
    let filters = filters(object);
    let mut factor = Factor::new(name?, strategy?, gain?).shows_in(metrics?.unwrap_or_default());
    factor.cost = cost?;
    factor.occasions = occasions?;
    factor.period = within?;
    factor.selection.only = filters?;
    Some(factor)
}
