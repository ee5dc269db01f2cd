//! Measures.

use super::display::own_display;
use super::section::{description, filters, text};
use crate::error::{Error, ErrorKind};
use crate::facts::{Measure, MissingDay, OverTime};
use crate::formula::Formula;
use crate::model::read::Object;
use crate::unit::{Display, Unit};

pub(super) fn measure(object: &mut Object<'_>, base: Display) -> Option<Measure> {
    description(object);
    let display = own_display(object, base);
    let name = text(object.need("name"));
    let unit = object.need("unit").and_then(|field| field.parsed::<Unit>());
    let kind = object.get("kind");
    let over_time = object.get("over_time").map(|field| field.parsed());
    let across = object.get("across").map(|field| field.parsed());
    let missing = object.get("missing").map(|field| field.parsed());
    let formula = object.get("formula");
    let formula = formula.map(|field| field.checked(field.text()?.parse::<Formula>()));
    let filters = filters(object);
    let (name, unit) = (name?, unit?);
    let mut measure = match &kind {
        None => Measure::flow(name, unit),
        Some(field) => {
            type Begin = fn(String, Unit) -> Measure;
            let kinds: [(_, Begin); 3] = [
                ("flow", Measure::flow),
                ("stock", Measure::stock),
                ("distinct", Measure::distinct),
            ];
            field.one_of("kind of measure", kinds)?(name, unit)
        }
    };
    if measure.distinct && (over_time.is_some() || across.is_some()) {
        let message = "a distinct measure never adds up; remove \"over_time\" and \"across\"";
        object.refuse(Error::new(ErrorKind::Domain, message));
    }
    if let Some(over_time) = over_time {
        // A day that is missing is no zero for a stock, however its days are reduced.
        if kind.is_none() && over_time != Some(OverTime::Sum) && missing.is_none() {
            let message =
                "\"missing\" is missing; say what a missing day means: zero, carry or unknown";
            object.refuse(Error::new(ErrorKind::Missing, message));
        }
        measure = measure.over_time(over_time?);
    }
    if let Some(across) = across {
        measure = measure.across(across?);
    }
    if let Some(missing) = missing {
        let missing: MissingDay = missing?;
        if measure.distinct && missing == MissingDay::Carry {
            let message = "a distinct count does not carry over; say zero or unknown";
            object.refuse(Error::new(ErrorKind::Domain, message));
        }
        measure = measure.missing(missing);
    }
    if let Some(formula) = formula {
        measure = measure.computed(formula?);
    }
    measure.only = filters?;
    measure.display = display;
    Some(measure)
}
