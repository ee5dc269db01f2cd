//! Reading a model from its document.

use std::cell::RefCell;
use std::collections::HashSet;

use serde::de::{Deserialize, Deserializer, Error as _};

use super::definition::Model;
use super::node::Node;
use super::read::{Field, Object};
use super::unread::Unread;
use crate::calendar::{Calendar, Date, Period};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::explain::{Convention, Explain};
use crate::factor::Factor;
use crate::facts::{Measure, MissingDay, OverTime, Schema, Selection};
use crate::formula::Formula;
use crate::funnel::FunnelDefinition;
use crate::kpi::catalog::FunnelStage;
use crate::kpi::{Kpi, Query, catalog};
use crate::number::{Mode, Rounding};
use crate::owner::Owner;
use crate::target::{
    Attainment, Band, BandBasis, Bands, Change, ChangeMode, Goal, Limit, Target, Volume,
};
use crate::unit::{Display, Style, Unit};

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
    const ORDER: [&str; 14] = [
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
    let (model, problems) = builder.checked();
    Some((model, problems, unread))
}

fn text(field: Option<Field<'_>>) -> Option<String> {
    field?.text().map(str::to_owned)
}

/// Any text, for people; only its type is looked at.
fn description(object: &mut Object<'_>) {
    let _ = object.get("description").map(|field| field.text());
}

/// A display, with what it does not say taken from `base`.
fn display(
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

fn own_display(object: &mut Object<'_>, base: Display) -> Option<Display> {
    object.get("display")?.object(|object| {
        let (scale, mode) = (object.get("scale"), object.get("mode"));
        display(object, scale, mode, Some(base))
    })
}

fn measure(object: &mut Object<'_>, base: Display) -> Option<Measure> {
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

fn kpi(
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

fn period(field: &Field<'_>, calendar: Calendar) -> Option<Period> {
    if field.is_text() {
        return field.checked(calendar.period(field.text()?));
    }
    field.object(|object| {
        let mut day = |name| object.need(name).and_then(|field| field.parsed::<Date>());
        let (first, last) = (day("first"), day("last"));
        field.checked(Period::inclusive(first?, last?))
    })
}

fn filters(object: &mut Object<'_>) -> Option<Vec<(String, Vec<String>)>> {
    let Some(field) = object.get("where") else {
        return Some(Vec::new());
    };
    let entries = field.entries()?;
    entries.iter().map(|(name, field)| Some(((*name).to_owned(), field.texts()?))).collect()
}

/// A field that may be absent, and must be right where it is there.
fn optional<T>(
    field: Option<Field<'_>>,
    read: impl FnOnce(Field<'_>) -> Option<T>,
) -> Option<Option<T>> {
    match field {
        Some(field) => read(field).map(Some),
        None => Some(None),
    }
}

fn query(object: &mut Object<'_>, calendar: Calendar) -> Option<(String, Query)> {
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

fn funnel(object: &mut Object<'_>, calendar: Calendar, base: Display) -> Option<FunnelDefinition> {
    description(object);
    let name = text(object.need("name"));
    let basis = object.need("basis").and_then(|field| field.parsed());
    let rates = Display::percent(base.rounding());
    let display = own_display(object, rates);
    let stages = object.need("stages").and_then(|field| field.list());
    // Each is read, so that each problem is told.
    let stages: Option<Vec<_>> = stages.map(|stages| stages.iter().map(stage).collect());
    let by = optional(object.get("by"), |field| field.texts());
    let within = optional(object.get("period"), |field| period(&field, calendar));
    let compare = optional(object.get("compare"), |field| period(&field, calendar));
    let filters = filters(object);
    let mut funnel = FunnelDefinition::new(name?, basis?);
    for stage in stages? {
        let (name, owner, count, value) = stage?;
        funnel = funnel.stage(name, owner, count);
        if let Some(value) = value {
            funnel = funnel.worth(value);
        }
    }
    funnel.selection = Selection { by: by?.unwrap_or_default(), only: filters? };
    funnel.period = within?;
    funnel.compare = compare?;
    funnel.display = display;
    Some(funnel)
}

fn factor(object: &mut Object<'_>, calendar: Calendar) -> Option<Factor> {
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

fn explanation(object: &mut Object<'_>, calendar: Calendar) -> Option<(String, Explain)> {
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

/// Name, owner, and the measures for count and value.
fn stage(field: &Field<'_>) -> Option<(String, Owner, String, Option<String>)> {
    field.object(|object| {
        let name = text(object.need("name"));
        let owner = object.need("owner").and_then(|field| field.parsed());
        let count = text(object.need("count"));
        let value = optional(object.get("value"), |field| text(Some(field)));
        Some((name?, owner?, count?, value?))
    })
}

fn limit(field: &Field<'_>, calendar: Calendar) -> Option<Limit> {
    if !field.is_object() {
        return field.number().map(Limit::Fixed);
    }
    field.object(|object| {
        let by = object.need("change").and_then(|field| field.number());
        let mode = object.need("mode").and_then(|field| field.parsed::<ChangeMode>());
        let baseline = object.need("baseline").and_then(|field| period(&field, calendar));
        Some(Limit::Change(Change { by: by?, mode: mode?, baseline: baseline? }))
    })
}

fn goal(object: &mut Object<'_>, calendar: Calendar) -> Option<Goal> {
    let at_least = object.get("at_least");
    let at_most = object.get("at_most");
    let range = object.get("range");
    match (at_least, at_most, range) {
        (Some(field), None, None) => limit(&field, calendar).map(Goal::AtLeast),
        (None, Some(field), None) => limit(&field, calendar).map(Goal::AtMost),
        (None, None, Some(field)) => field.object(|object| {
            let mut end = |name| object.need(name).and_then(|field| field.number());
            let (low, high) = (end("low"), end("high"));
            Some(Goal::Range { low: low?, high: high? })
        }),
        _ => {
            let message =
                "a goal is one of \"at_least\", \"at_most\" and \"range\"; give exactly one";
            object.refuse(Error::new(ErrorKind::Shape, message));
            None
        }
    }
}

fn volume(field: &Field<'_>) -> Option<Volume> {
    if field.is_object() {
        return field.object(|object| object.need("expected")?.number().map(Volume::Expected));
    }
    field.one_of("volume", [("projected", Volume::Projected), ("baseline", Volume::Baseline)])
}

fn bands(object: &mut Object<'_>) -> Option<Bands> {
    let on = object.need("on").and_then(|field| field.parsed::<BandBasis>());
    let list = object.need("list").and_then(|field| field.list())?;
    let band = |field: &Field<'_>| {
        field.object(|object| {
            let name = text(object.need("name"));
            let from = optional(object.get("from"), |field| field.number());
            Some(Band { name: name?, from: from? })
        })
    };
    let read: Vec<_> = list.iter().map(band).collect();
    Some(Bands { on: on?, list: read.into_iter().collect::<Option<_>>()? })
}

fn target(object: &mut Object<'_>, calendar: Calendar) -> Option<Target> {
    description(object);
    let name = text(object.need("name"));
    let metric = text(object.need("metric"));
    let within = object.need("period").and_then(|field| period(&field, calendar));
    let goal = object.need("goal").and_then(|field| field.object(|object| goal(object, calendar)));
    let owner = optional(object.get("owner"), |field| field.parsed::<Owner>());
    let filters = filters(object);
    let attainment = optional(object.get("attainment"), |field| field.parsed::<Attainment>());
    let tolerance = optional(object.get("tolerance"), |field| field.number());
    let volume = optional(object.get("volume"), |field| volume(&field));
    let bands = optional(object.get("bands"), |field| field.object(bands));
    let mut target = Target::new(name?, metric?, within?, goal?);
    target.selection.only = filters?;
    target.owner = owner?;
    target.attainment = attainment?.unwrap_or(target.attainment);
    target.tolerance = tolerance?;
    target.volume = volume?.unwrap_or_default();
    target.bands = bands?;
    Some(target)
}
