//! Cascades.

use super::display::own_display;
use super::section::{description, optional, period, text};
use crate::calendar::{Calendar, Date, Grain, Period};
use crate::error::{Error, ErrorKind};
use crate::model::read::{Field, Object};
use crate::number::{Mode, Rational};
use crate::target::DayWeights;
use crate::target::cascade::{CascadeDefinition, MOST_LEVELS, Node, Ramp};
use crate::unit::{Display, Unit};

pub(super) fn cascade(
    object: &mut Object<'_>,
    calendar: Calendar,
    base: Display,
) -> Option<CascadeDefinition> {
    description(object);
    let name = text(object.need("name"));
    let (amount, ratio) = (object.get("amount"), object.get("ratio"));
    let is_ratio = match (&amount, &ratio) {
        (Some(_), None) => Some(false),
        (None, Some(_)) => Some(true),
        _ => {
            let message = "what goes down is an \"amount\" or a \"ratio\"; give one of them";
            object.refuse(Error::new(ErrorKind::Shape, message));
            None
        }
    };
    let mut target = None;
    let total = amount.or(ratio).and_then(|field| {
        if !field.is_object() {
            return field.number();
        }
        target = field.object(|object| text(object.need("target")));
        target.as_ref().map(|_| Rational::ZERO)
    });
    let quantum = match is_ratio {
        Some(false) => object.need("quantum").map(|field| field.number()),
        _ => object.get("quantum").map(|field| field.number()),
    };
    let within = optional(object.get("period"), |field| period(&field, calendar));
    let (tree, grains) = (object.get("tree"), object.get("grains"));
    let weights = object.get("weights");
    let root = match (tree, grains) {
        (Some(tree), None) => {
            if let Some(weights) = weights {
                let message = "weights of days go with \"grains\"; nodes have their own";
                weights.refuse(Error::new(ErrorKind::Shape, message));
            }
            node(&tree, within, 1).map(|root| (root, None))
        }
        (None, Some(grains)) => match (is_ratio, within) {
            (Some(true), _) => {
                let message = "a ratio goes down a tree with denominators; give \"tree\"";
                grains.refuse(Error::new(ErrorKind::Shape, message));
                None
            }
            (_, Some(None)) => {
                object.need("period");
                None
            }
            (_, within) => {
                let days = within.flatten();
                let read = over_time(object, name.as_deref(), days, calendar, (&grains, weights));
                read.map(|root| (root, Some("weights")))
            }
        },
        _ => {
            let message =
                "a cascade goes down a \"tree\", or a period cut by \"grains\"; give one of them";
            object.refuse(Error::new(ErrorKind::Shape, message));
            None
        }
    };
    let unit = optional(object.get("unit"), |field| field.parsed::<Unit>());
    let display = own_display(object, base);
    let (root, made_of) = root?;
    let mut cascade = match is_ratio? {
        true => CascadeDefinition::of_ratio(
            name?,
            total?,
            quantum.map_or(Some(None), |q| q.map(Some))?,
            root,
        ),
        false => CascadeDefinition::of_amount(name?, total?, quantum??, root),
    };
    cascade.unit = unit?;
    cascade.target = target;
    cascade.display = display;
    cascade.made_of = made_of;
    Some(cascade)
}

/// A node and all below it; `level` is its own, counted from 1. The period is that of the cascade,
/// which may be absent, or could not be read.
fn node(field: &Field<'_>, within: Option<Option<Period>>, level: usize) -> Option<Node> {
    if level > MOST_LEVELS {
        let message =
            format!("a tree of more than {MOST_LEVELS} levels; cascade its branches one by one");
        field.refuse(Error::new(ErrorKind::Capacity, message));
        return None;
    }
    field.object(|object| {
        description(object);
        let name = text(object.need("name"));
        let weight = optional(object.get("weight"), |field| field.number());
        let floor = optional(object.get("floor"), |field| field.number());
        let ceiling = optional(object.get("ceiling"), |field| field.number());
        let denominator = optional(object.get("denominator"), |field| field.number());
        let over = optional(object.get("over_assignment"), |field| {
            field.object(|object| {
                let factor = object.need("factor").and_then(|field| field.number());
                let mode = object.need("mode").and_then(|field| field.parsed::<Mode>());
                Some((factor?, mode?))
            })
        });
        let ramp = optional(object.get("ramp"), |field| {
            let (start, ramp) = field.object(|object| ramp(object))?;
            if within == Some(None) {
                let message = "a ramp counts over the period of its cascade; give \"period\"";
                field.refuse(Error::new(ErrorKind::Missing, message));
            }
            Some((start, ramp, within??))
        });
        let children = optional(object.get("children"), |field| {
            let read = |field: &Field<'_>| node(field, within, level + 1);
            let read: Vec<_> = field.list()?.iter().map(read).collect();
            read.into_iter().collect::<Option<Vec<Node>>>()
        });
        let mut node = Node::new(name?).children(children?.unwrap_or_default());
        if let Some(weight) = weight? {
            node = node.weight(weight);
        }
        if let Some(floor) = floor? {
            node = node.floor(floor);
        }
        if let Some(ceiling) = ceiling? {
            node = node.ceiling(ceiling);
        }
        if let Some(denominator) = denominator? {
            node = node.denominator(denominator);
        }
        if let Some((factor, mode)) = over? {
            node = node.over_assign(factor, mode);
        }
        if let Some((start, ramp, period)) = ramp? {
            node = node.ramp(&ramp, start, period);
        }
        Some(node)
    })
}

fn ramp(object: &mut Object<'_>) -> Option<(Date, Ramp)> {
    let start = object.need("start").and_then(|field| field.parsed::<Date>());
    let steps = object.need("steps").and_then(|field| {
        let step = |field: &Field<'_>| {
            field.object(|object| {
                let after = object.need("after").and_then(|field| field.count());
                let share = object.need("share").and_then(|field| field.number());
                Some((after?, share?))
            })
        };
        let read: Vec<_> = field.list()?.iter().map(step).collect();
        read.into_iter().collect::<Option<Vec<_>>>()
    });
    let ramp = Ramp::new(steps?).map_err(|error| object.refuse(error)).ok();
    Some((start?, ramp?))
}

fn over_time(
    object: &Object<'_>,
    name: Option<&str>,
    within: Option<Period>,
    calendar: Calendar,
    (grains, weights): (&Field<'_>, Option<Field<'_>>),
) -> Option<Node> {
    let read: Option<Vec<Grain>> = grains.list().and_then(|fields| {
        let read: Vec<_> = fields.iter().map(|field| field.parsed()).collect();
        read.into_iter().collect()
    });
    let weights = match weights {
        Some(field) => {
            let weights = super::weights::weights(&field, calendar)?;
            let problems = weights.problems(within?);
            if !problems.is_empty() {
                problems.into_iter().for_each(|error| field.refuse(error));
                return None;
            }
            field.checked(weights.over(within?))?
        }
        None => DayWeights::Even.over(within?).ok()?,
    };
    let root = Node::over_days(name?, within?, &read?, calendar, &weights);
    root.map_err(|error| object.refuse(error)).ok()
}
