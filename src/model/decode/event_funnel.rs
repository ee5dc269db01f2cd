//! Queries over events, which are documents of their own.

use std::cell::RefCell;

use serde::de::{Deserialize, Deserializer, Error as _};

use super::section::{each, optional};
use crate::error::{Error, ErrorKind};
use crate::events::{Attribution, EventFunnel, EventFunnelBuilder, Length, MOST_STEPS};
use crate::model::node::Node;
use crate::model::read::{Field, Object};
use crate::owner::Owner;

impl EventFunnel {
    /// Reads a query from a JSON document; see [`document`](crate::events::document).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Syntax`] where the text is not JSON, else [`ErrorKind::Invalid`] with
    /// everything that is wrong, each with its path.
    ///
    /// ```
    /// use yardstick::events::{EventFunnel, days};
    ///
    /// let query = EventFunnel::from_json(r#"{"steps": [{}, {}], "window": "7 days"}"#)?;
    /// assert_eq!(query, EventFunnel::builder(2).window(days(7)).build()?);
    /// let error = EventFunnel::from_json(r#"{"steps": [{}, {"at_most": "1 day"}]}"#).unwrap_err();
    /// assert_eq!(error.problems()[0].path(), Some("steps[1]"));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[cfg(feature = "json")]
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let node: Node = serde_json::from_str(text).map_err(|error| {
            Error::new(ErrorKind::Syntax, format!("the document is not JSON: {error}"))
        })?;
        Self::from_node(&node)
    }

    fn from_node(node: &Node) -> Result<Self, Error> {
        let problems = RefCell::new(Vec::new());
        let builder = Field::root(node, &problems).object(query);
        let mut problems = problems.into_inner();
        let query = builder.map(|builder| {
            let (query, more) = builder.checked();
            // What could not be read is told once: what is then missing is no problem of its own.
            if problems.is_empty() {
                problems.extend(more);
            }
            query
        });
        match (query, Error::all("funnel of events", problems)) {
            (Some(query), None) => Ok(query),
            (_, Some(error)) => Err(error),
            (None, None) => Err(Error::new(ErrorKind::Syntax, "an empty document")),
        }
    }
}

impl<'de> Deserialize<'de> for EventFunnel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::deserialize(deserializer)?;
        // The format puts its own place behind the text, where nothing may be drawn.
        Self::from_node(&node).map_err(|error| D::Error::custom(format_args!("{error:#}")))
    }
}

/// What a step says of itself.
struct Step {
    name: Option<String>,
    owner: Option<Owner>,
    least: Option<Length>,
    most: Option<Length>,
    optional: bool,
}

fn query(object: &mut Object<'_>) -> Option<EventFunnelBuilder> {
    let steps = object.need("steps").and_then(|field| steps(&field));
    let window = optional(object.get("window"), |field| field.parsed::<Length>());
    let anchor = optional(object.get("anchor"), |field| field.parsed());
    let order = optional(object.get("order"), |field| field.parsed());
    let strict_times = flag(object.get("strict_times"));
    let entry = optional(object.get("entry"), |field| field.parsed());
    let open_entry = flag(object.get("open_entry"));
    let counting = optional(object.get("counting"), |field| field.parsed());
    let exclusions = optional(object.get("exclusions"), |field| {
        each(&field, |field| {
            field.object(|object| {
                let (from, to) = (count(object, "from"), count(object, "to"));
                let bit = count(object, "bit");
                Some((from?, to?, bit?))
            })
        })
    });
    let effect = optional(object.get("effect"), |field| field.parsed());
    let held = flag(object.get("held"));
    let by_segment = optional(object.get("by_segment"), |field| by_segment(&field));
    let trend = optional(object.get("trend"), |field| field.parsed());
    let time_between = optional(object.get("time_between"), |field| {
        each(&field, |field| {
            field.object(|object| {
                let (from, to) = (count(object, "from"), count(object, "to"));
                Some((from?, to?))
            })
        })
    });
    let reasons = flag(object.get("reasons"));
    let correlate = optional(object.get("correlate"), |field| each(&field, |field| field.count()));

    let mut query = with_steps(steps?);
    query = set(query, window?, EventFunnelBuilder::window);
    query = set(query, anchor?, EventFunnelBuilder::anchor);
    query = set(query, order?, EventFunnelBuilder::order);
    query = set(query, strict_times?, |query, ()| query.strict_times());
    query = set(query, entry?, EventFunnelBuilder::entry);
    query = set(query, open_entry?, |query, ()| query.open_entry());
    query = set(query, counting?, EventFunnelBuilder::counting);
    for (from, to, bit) in exclusions?.unwrap_or_default() {
        query = query.exclude(from, to, bit);
    }
    query = set(query, effect?, EventFunnelBuilder::effect);
    query = set(query, held?, |query, ()| query.held());
    query = set(query, by_segment?, |query, (by, step)| match step {
        Some(step) => query.by_segment_at(step),
        None => query.by_segment(by),
    });
    query = set(query, trend?, EventFunnelBuilder::trend);
    for (from, to) in time_between?.unwrap_or_default() {
        query = query.time_between(from, to);
    }
    query = set(query, reasons?, |query, ()| query.reasons());
    Some(correlate?.unwrap_or_default().into_iter().fold(query, EventFunnelBuilder::correlate))
}

fn set<T>(
    query: EventFunnelBuilder,
    value: Option<T>,
    setting: impl FnOnce(EventFunnelBuilder, T) -> EventFunnelBuilder,
) -> EventFunnelBuilder {
    match value {
        Some(value) => setting(query, value),
        None => query,
    }
}

/// Something where it says true, nothing where it says false or nothing.
fn flag(field: Option<Field<'_>>) -> Option<Option<()>> {
    let flag = optional(field, |field| field.flag())?;
    Some(flag.filter(|flag| *flag).map(|_| ()))
}

fn count(object: &mut Object<'_>, name: &'static str) -> Option<u32> {
    object.need(name).and_then(|field| field.count())
}

fn steps(field: &Field<'_>) -> Option<Vec<Step>> {
    let count = field.list()?.len();
    if !(1..=MOST_STEPS as usize).contains(&count) {
        let message = format!("{count} steps; a funnel of events has 1 to {MOST_STEPS}");
        field.refuse(Error::new(ErrorKind::Shape, message));
        return None;
    }
    each(field, |field| {
        field.object(|object| {
            let name = optional(object.get("name"), |field| field.text().map(str::to_owned));
            let owner = optional(object.get("owner"), |field| field.parsed());
            let least = optional(object.get("at_least_after"), |field| field.parsed());
            let most = optional(object.get("at_most_after"), |field| field.parsed());
            let skipped = flag(object.get("optional"));
            Some(Step {
                name: name?,
                owner: owner?,
                least: least?,
                most: most?,
                optional: skipped?.is_some(),
            })
        })
    })
}

fn with_steps(steps: Vec<Step>) -> EventFunnelBuilder {
    let mut query = EventFunnel::builder(steps.len() as u32);
    for (i, step) in (0..).zip(steps) {
        let name = step.name.unwrap_or_else(|| format!("step {}", i + 1));
        query = query.name(i, name, step.owner.unwrap_or(Owner::Both));
        query = set(query, step.least, |query, least| query.at_least_after(i, least));
        query = set(query, step.most, |query, most| query.at_most_after(i, most));
        if step.optional {
            query = query.optional(i);
        }
    }
    query
}

/// By which event, and of which step where it says one.
fn by_segment(field: &Field<'_>) -> Option<(Attribution, Option<u32>)> {
    if field.is_object() {
        let step = field.object(|object| count(object, "step"))?;
        return Some((Attribution::Step, Some(step)));
    }
    let choices = [Attribution::First, Attribution::Last, Attribution::All];
    let by = field.one_of("attribution", choices.map(|by| (by.name(), by)))?;
    Some((by, None))
}
