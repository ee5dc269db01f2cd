//! What sections have in common: text, days, filters, fields that may be absent.

use crate::calendar::{Calendar, Date, Period};
use crate::model::read::{Field, Object};

pub(super) fn text(field: Option<Field<'_>>) -> Option<String> {
    field?.text().map(str::to_owned)
}

/// Any text, for people; only its type is looked at.
pub(super) fn description(object: &mut Object<'_>) {
    let _ = object.get("description").map(|field| field.text());
}

pub(super) fn period(field: &Field<'_>, calendar: Calendar) -> Option<Period> {
    if field.is_text() {
        return field.checked(calendar.period(field.text()?));
    }
    field.object(|object| {
        let mut day = |name| object.need(name).and_then(|field| field.parsed::<Date>());
        let (first, last) = (day("first"), day("last"));
        field.checked(Period::inclusive(first?, last?))
    })
}

pub(super) fn filters(object: &mut Object<'_>) -> Option<Vec<(String, Vec<String>)>> {
    let Some(field) = object.get("where") else {
        return Some(Vec::new());
    };
    let entries = field.entries()?;
    entries.iter().map(|(name, field)| Some(((*name).to_owned(), field.texts()?))).collect()
}

/// A field that may be absent, and must be right where it is there.
pub(super) fn optional<T>(
    field: Option<Field<'_>>,
    read: impl FnOnce(Field<'_>) -> Option<T>,
) -> Option<Option<T>> {
    match field {
        Some(field) => read(field).map(Some),
        None => Some(None),
    }
}

/// Each of a list, so that each problem is told.
pub(super) fn each<T>(field: &Field<'_>, read: impl Fn(&Field<'_>) -> Option<T>) -> Option<Vec<T>> {
    let read: Vec<Option<T>> = field.list()?.iter().map(read).collect();
    read.into_iter().collect()
}
