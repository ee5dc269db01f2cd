//! Reading a model from its document: one file for each of its sections.

mod agreement;
mod cascade;
mod display;
mod event_funnel;
mod explanation;
mod factor;
mod funnel;
mod kpi;
mod measure;
mod plan;
mod query;
mod scorecard;
mod section;
mod target;
mod weights;

use std::cell::RefCell;
use std::collections::HashSet;

use serde::de::{Deserialize, Deserializer, Error as _};

use self::agreement::agreement;
use self::cascade::cascade;
use self::display::display;
use self::explanation::explanation;
use self::factor::factor;
use self::funnel::funnel;
use self::kpi::kpi;
use self::measure::measure;
use self::plan::plan;
use self::query::query;
use self::scorecard::scorecard;
use self::section::{description, period, text};
use self::target::target;
use super::definition::Model;
use super::node::Node;
use super::read::{Field, Object};
use super::unread::Unread;
use crate::calendar::{Calendar, Period};
use crate::error::{Error, ErrorKind};
use crate::facts::Schema;
use crate::number::Rounding;
use crate::unit::{Display, Unit};

/// The version of the document that is read here.
const VERSION: u32 = 1;

impl Model {
    /// Reads a model from a JSON document; see [`document`](crate::model::document).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Syntax`] where the text is not JSON, else [`ErrorKind::Invalid`] with
    /// everything that is wrong, each with its path.
    #[cfg(feature = "json")]
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let node: Node = serde_json::from_str(text).map_err(|error| {
            Error::new(ErrorKind::Syntax, format!("the document is not JSON: {error}"))
        })?;
        Self::from_node(&node)
    }

    fn from_node(node: &Node) -> Result<Self, Error> {
        let problems = RefCell::new(Vec::new());
        let model = Field::root(node, &problems).object(|object| Some(document(object)));
        let mut problems = problems.into_inner();
        if let Some(Some((model, more, parts))) = model {
            // What could not be read is told once, not again as missing.
            let paths = problems.iter().filter_map(|error| error.path().map(str::to_owned));
            let unread: HashSet<String> = paths.collect();
            let is_new = |error: &Error| error.path().is_none_or(|path| !unread.contains(path));
            let more = more.into_iter().map(|error| parts.placed(error));
            problems.extend(more.filter(is_new));
            problems.retain(|error| !parts.explains(error));
            problems.sort_by_key(place);
            return match Error::all("model", problems) {
                Some(error) => Err(error),
                None => Ok(model),
            };
        }
        Err(Error::all("model", problems)
            .unwrap_or_else(|| Error::new(ErrorKind::Syntax, "an empty document")))
    }
}

/// Where in a document a problem stands: the field and the place in its list.
fn place(error: &Error) -> (usize, usize) {
    const ORDER: [&str; 18] = [
        "yardstick",
        "name",
        "display",
        "calendar",
        "dimensions",
        "measures",
        "baselines",
        "reporting",
        "kpis",
        "queries",
        "funnels",
        "factors",
        "explanations",
        "targets",
        "plans",
        "cascades",
        "agreements",
        "scorecards",
    ];
    let path = error.path().unwrap_or_default();
    let (field, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
    let index = rest.strip_prefix('[').and_then(|rest| rest.split(']').next()?.parse().ok());
    let field = ORDER.iter().position(|known| *known == field);
    (field.unwrap_or(ORDER.len()), index.unwrap_or(0))
}

impl<'de> Deserialize<'de> for Model {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::deserialize(deserializer)?;
        // The format puts its own place behind the text, where nothing may be drawn.
        Self::from_node(&node).map_err(|error| D::Error::custom(format_args!("{error:#}")))
    }
}

/// The model and the problems of its parts together; none where it cannot be put together.
fn document(object: &mut Object<'_>) -> Option<(Model, Vec<Error>, Unread)> {
    if let Some(field) = object.need("yardstick") {
        if let Some(version) = field.count().filter(|version| *version != VERSION) {
            let message =
                format!("version {version} of the document; this library reads {VERSION}");
            field.refuse(Error::new(ErrorKind::Domain, message));
        }
    }
    let name = object.need("name").and_then(|field| field.text()).unwrap_or("");
    let calendar = object.get("calendar").and_then(|field| {
        field.object(|object| {
            let field = object.need("year_begins")?;
            field.checked(Calendar::fiscal(field.count()?))
        })
    });
    let calendar = calendar.unwrap_or_default();
    let own = object.need("display").and_then(|field| {
        field.object(|object| {
            let scale = object.need("scale");
            let mode = object.need("mode");
            display(object, scale, mode, None)
        })
    });
    // Only to go on looking for problems: without a display there is no model.
    let shown = own.unwrap_or(Display::plain(Rounding::exact(0)));
    let mut unread = Unread::default();
    let dimensions = object.get("dimensions").and_then(|field| field.texts());
    let measures = unread.list(object, "measures", |object| measure(object, shown));
    let units: Vec<(String, Unit)> =
        measures.iter().map(|m| (m.name().to_owned(), m.unit().clone())).collect();
    let schema = Schema::unchecked(dimensions.unwrap_or_default(), measures);
    let mut builder = Model::builder(name, schema, shown).calendar(calendar);
    for (name, period) in unread.list(object, "baselines", |object| baseline(object, calendar)) {
        builder = builder.baseline(name, period);
    }
    if let Some(Some((currency, rates))) = object.get("reporting").map(|f| f.object(reporting)) {
        builder = builder.reporting(currency, rates);
    }
    let funnels = unread.list(object, "funnels", |object| funnel(object, calendar, shown));
    for kpi in unread.list(object, "kpis", |object| kpi(object, shown, &units, &funnels)) {
        builder = builder.kpi(kpi);
    }
    for (name, query) in unread.list(object, "queries", |object| query(object, calendar)) {
        builder = builder.query(name, query);
    }
    for funnel in funnels {
        builder = builder.funnel(funnel);
    }
    for factor in unread.list(object, "factors", |object| factor(object, calendar)) {
        builder = builder.factor(factor);
    }
    for (name, explain) in
        unread.list(object, "explanations", |object| explanation(object, calendar))
    {
        builder = builder.explanation(name, explain);
    }
    for target in unread.list(object, "targets", |object| target(object, calendar)) {
        builder = builder.target(target);
    }
    for plan in unread.list(object, "plans", |object| plan(object, calendar)) {
        builder = builder.plan(plan);
    }
    for cascade in unread.list(object, "cascades", |object| cascade(object, calendar, shown)) {
        builder = builder.cascade(cascade);
    }
    for agreement in unread.list(object, "agreements", agreement) {
        builder = builder.agreement(agreement);
    }
    for scorecard in unread.list(object, "scorecards", scorecard) {
        builder = builder.scorecard(scorecard);
    }
    let (model, problems) = builder.checked();
    Some((model, problems, unread))
}

fn baseline(object: &mut Object<'_>, calendar: Calendar) -> Option<(String, Period)> {
    description(object);
    let name = text(object.need("name"));
    let period = object.need("period").and_then(|field| period(&field, calendar));
    Some((name?, period?))
}

/// The currency, and the rate measure of each other one.
fn reporting(object: &mut Object<'_>) -> Option<(String, Vec<(String, String)>)> {
    let currency = text(object.need("currency"));
    let rates = object.need("rates").and_then(|field| {
        let entries = field.entries()?;
        let rate = |(from, field): &(&str, Field<'_>)| {
            field.text().map(|measure| ((*from).to_owned(), measure.to_owned()))
        };
        entries.iter().map(rate).collect::<Option<Vec<_>>>()
    });
    Some((currency?, rates?))
}
