//! KPIs: by formula, from the catalog, or as a conversion of a funnel.

use super::display::own_display;
use super::section::{description, text};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::funnel::FunnelDefinition;
use crate::kpi::catalog::FunnelStage;
use crate::kpi::{Kpi, catalog};
use crate::model::read::{Field, Object};
use crate::owner::Owner;
use crate::unit::{Display, Style, Unit};

pub(super) fn kpi(
    object: &mut Object<'_>,
    base: Display,
    units: &[(String, Unit)],
    funnels: &[FunnelDefinition],
) -> Option<Kpi> {
    description(object);
    let display = own_display(object, base);
    let name = text(object.need("name"));
    let formula = object.get("formula");
    let entry = object.get("catalog");
    let inputs = object.get("inputs");
    let unit = object.get("unit").map(|field| field.parsed::<Unit>());
    let direction = object.get("direction").map(|field| field.parsed());
    let owner = object.get("owner").map(|field| field.parsed::<Owner>());
    let stage = object.get("stage").map(|field| field.parsed::<FunnelStage>());
    let conversion = object.get("conversion");
    let bounds = object.get("bounds").map(|field| {
        field.object(|object| {
            let mut end = |name| match object.get(name) {
                Some(field) => field.number().map(Some),
                None => Some(None),
            };
            let (low, high) = (end("low"), end("high"));
            Some((low?, high?))
        })
    });
    let zero = object.get("zero_denominator").map(|field| field.parsed());
    let name = name?;
    if let (Some(inputs), Some(_)) = (&inputs, &conversion) {
        let message = "\"inputs\" goes with \"catalog\"; a conversion has its stages";
        inputs.refuse(Error::new(ErrorKind::Domain, message));
    }
    let mut kpi = match (&formula, &entry) {
        (None, None) if conversion.is_some() => {
            let field = conversion?;
            let kpi = field.object(|object| {
                let funnel = text(object.need("funnel"));
                let (from, to) = (text(object.need("from")), text(object.need("to")));
                Some((funnel?, from?, to?))
            });
            let (title, from, to) = kpi?;
            let titles = || funnels.iter().map(|funnel| funnel.name());
            let known = funnels.iter().find(|funnel| funnel.name() == title);
            let funnel = known.ok_or_else(|| {
                let remedy = did_you_mean(&title, titles());
                let message = format!("unknown funnel \"{title}\"; {remedy}");
                Error::new(ErrorKind::Unknown, message)
            });
            let kpi = funnel.and_then(|funnel| Kpi::conversion(&name, funnel, &from, &to));
            let kpi = field.checked(kpi)?;
            kpi.display(Display::percent(base.rounding()))
        }
        _ if conversion.is_some() => {
            let message = "\"conversion\" beside \"formula\" or \"catalog\"; keep one";
            object.refuse(Error::new(ErrorKind::Duplicate, message));
            return None;
        }
        (Some(field), None) => {
            if let Some(inputs) = &inputs {
                let message =
                    "\"inputs\" goes with \"catalog\"; a formula names its measures itself";
                inputs.refuse(Error::new(ErrorKind::Domain, message));
            }
            let formula = field.text()?.parse();
            let formula = formula.map_err(|error: Error| error.within(format!("kpi \"{name}\"")));
            Kpi::new(name, field.checked(formula)?)
        }
        (None, Some(field)) => from_catalog(field, inputs.as_ref(), &name, units, base)?,
        (None, None) => {
            let message = "neither \"formula\" nor \"catalog\" nor \"conversion\"; add one";
            object.refuse(Error::new(ErrorKind::Missing, message));
            return None;
        }
        (Some(_), Some(_)) => {
            let message = "both \"formula\" and \"catalog\"; keep one";
            object.refuse(Error::new(ErrorKind::Duplicate, message));
            return None;
        }
    };
    if let Some(unit) = unit {
        kpi = kpi.unit(unit?);
    }
    if let Some(direction) = direction {
        kpi = kpi.direction(direction?);
    }
    if let Some(owner) = owner {
        kpi = kpi.owner(owner?);
    }
    if let Some(stage) = stage {
        kpi = kpi.stage(stage?);
    }
    if let Some(bounds) = bounds {
        let (low, high) = bounds?;
        if let (Some(low), Some(high)) = (&low, &high) {
            if low > high {
                let message = format!("bounds from {low} to {high}; swap them");
                object.refuse(Error::new(ErrorKind::Domain, message));
            }
        }
        kpi = kpi.bounds(low, high);
    }
    if let Some(zero) = zero {
        kpi = kpi.zero_base(zero?);
    }
    // The catalog says how, the model with which rounding.
    kpi.display = display.or(kpi.display);
    Some(kpi)
}

fn from_catalog(
    field: &Field<'_>,
    inputs: Option<&Field<'_>>,
    name: &str,
    units: &[(String, Unit)],
    base: Display,
) -> Option<Kpi> {
    let entry = field.checked(catalog::find(field.text()?))?;
    let mut given: Vec<(&str, &str)> = Vec::new();
    for (input, field) in inputs.map(|field| field.entries()).unwrap_or(Some(Vec::new()))? {
        given.push((input, field.text()?));
    }
    let kpi = field.checked(entry.kpi(name, &given))?;
    // Measures that are not there are told with the formula.
    let mut known: Vec<(&str, &Unit)> = Vec::new();
    for input in entry.inputs {
        let measure = given.iter().find(|(name, _)| *name == input.name);
        let measure = measure.map_or(input.name, |(_, measure)| *measure);
        let unit = units.iter().find(|(name, _)| name == measure);
        known.extend(unit.map(|(_, unit)| (input.name, unit)));
    }
    let checked = entry.check_inputs(&known);
    let checked = checked.map_err(|error| error.within(format!("kpi \"{name}\"")));
    inputs.unwrap_or(field).checked(checked)?;
    let kpi = match entry.shown_as {
        Style::Plain => kpi,
        Style::Percent => kpi.display(Display::percent(base.rounding())),
        Style::PerMille => kpi.display(Display::per_mille(base.rounding())),
    };
    Some(kpi)
}
