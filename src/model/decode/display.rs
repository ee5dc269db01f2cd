//! How numbers are shown.

use crate::model::read::{Field, Object};
use crate::number::{Mode, Rounding};
use crate::unit::Display;

/// A display, with what it does not say taken from `base`.
pub(super) fn display(
    object: &mut Object<'_>,
    scale: Option<Field<'_>>,
    mode: Option<Field<'_>>,
    base: Option<Display>,
) -> Option<Display> {
    let base_rounding = base.map(|base| base.rounding());
    let style = object.get("as");
    let step = object.get("step");
    let grouped = object.get("grouped").and_then(|field| field.flag()).unwrap_or(false);
    let scale_of = |field: Field<'_>| {
        let scale = field.count()?;
        field.checked(Rounding::new(scale, Mode::Exact).check().map(|()| scale))
    };
    let scale = match scale {
        Some(field) => scale_of(field)?,
        None => base_rounding?.scale(),
    };
    let mode = match mode {
        Some(field) => field.parsed::<Mode>()?,
        None => base_rounding?.mode(),
    };
    let mut rounding = Rounding::new(scale, mode);
    if let Some(field) = step {
        rounding = field.checked(rounding.with_step(field.number()?))?;
    }
    let style = match &style {
        Some(field) => {
            type Begin = fn(Rounding) -> Display;
            let styles: [(_, Begin); 3] = [
                ("plain", Display::plain),
                ("percent", Display::percent),
                ("per_mille", Display::per_mille),
            ];
            field.one_of("display", styles)?(rounding)
        }
        None => Display::plain(rounding),
    };
    Some(if grouped { style.grouped() } else { style })
}

pub(super) fn own_display(object: &mut Object<'_>, base: Display) -> Option<Display> {
    object.get("display")?.object(|object| {
        let (scale, mode) = (object.get("scale"), object.get("mode"));
        display(object, scale, mode, Some(base))
    })
}
