//! Writing why a metric moved.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Each, Shown};
use crate::explain::{
    Cause, Change, Contribution, Convention, DriverShare, Explanation, Presence, ProductEffect,
    SegmentEffect,
};
use crate::model::report::ExplainReport;
use crate::number::Value;
use crate::unit::Display;

impl Serialize for ExplainReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let causes = self.explanation.as_ref().map(|explanation| Shown(explanation, self));
        object!(serializer, { "name": self.name, "causes": causes, })
    }
}

impl Serialize for Shown<'_, Explanation, &ExplainReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(explanation, report) = self;
        let cause = &explanation.cause;
        let (convention, reversal) = match cause {
            Cause::RateMix(causes) => (Some(causes.convention), Some(causes.reversal)),
            Cause::PriceVolumeMix(causes) => (Some(causes.convention), None),
            _ => (None, None),
        };
        let change = |change| Shown(change, (report.display, report.rates));
        object!(serializer, {
            "metric": explanation.metric,
            "unit": explanation.unit.to_string(),
            "dimensions": explanation.dimensions,
            "before": explanation.before,
            "after": explanation.after,
            "kind": cause.name(),
            "convention": convention.map(Convention::name),
            "change": change(&explanation.change),
            "effects": Shown(effects(cause).as_slice(), report.display),
            "reversal": reversal,
            "parts": Each(|| parts(cause, report).into_iter()),
        })
    }
}

/// The effects of all parts together.
fn effects(cause: &Cause) -> Vec<(&'static str, &Value)> {
    match cause {
        Cause::RateMix(causes) => vec![
            ("rate", &causes.rate),
            ("mix", &causes.mix),
            ("new", &causes.new),
            ("lost", &causes.lost),
            ("unrated", &causes.unrated),
        ],
        Cause::PriceVolumeMix(causes) => vec![
            ("price", &causes.price),
            ("cost", &causes.cost),
            ("volume", &causes.volume),
            ("new", &causes.new),
            ("lost", &causes.lost),
            ("unpriced", &causes.unpriced),
            ("quantity", &causes.quantity),
            ("mix", &causes.mix),
        ],
        _ => Vec::new(),
    }
}

/// A segment, product or driver.
struct Part<'a> {
    key: Vec<&'a str>,
    presence: Option<Presence>,
    change: &'a Change,
    effect: Value,
    effects: Vec<(&'static str, &'a Value)>,
    /// How its change and its effects are shown.
    displays: (Display, Display),
    rates: Display,
}

/// The parts, the largest effect first.
fn parts<'a>(cause: &'a Cause, report: &ExplainReport) -> Vec<Part<'a>> {
    let texts = |key: &'a [String]| key.iter().map(String::as_str).collect::<Vec<_>>();
    let displays = (report.display, report.display);
    let rates = report.rates;
    match cause {
        Cause::Contributions(causes) => {
            let part = |part: &'a Contribution| Part {
                key: texts(&part.key),
                presence: None,
                change: &part.change,
                effect: part.change.absolute(),
                effects: Vec::new(),
                displays,
                rates,
            };
            causes.ranked().into_iter().map(part).collect()
        }
        Cause::RateMix(causes) => {
            let part = |part: &'a SegmentEffect| Part {
                key: texts(&part.key),
                presence: Some(part.presence),
                change: &part.own_rate,
                effect: part.total.clone(),
                effects: vec![("rate", &part.rate), ("mix", &part.mix), ("unsplit", &part.unsplit)],
                displays,
                rates,
            };
            causes.ranked().into_iter().map(part).collect()
        }
        Cause::PriceVolumeMix(causes) => {
            let part = |part: &'a ProductEffect| Part {
                key: texts(&part.key),
                presence: Some(part.presence),
                change: &part.change,
                effect: part.change.absolute(),
                effects: vec![
                    ("price", &part.price),
                    ("cost", &part.cost),
                    ("volume", &part.volume),
                    ("unsplit", &part.unsplit),
                    ("quantity", &part.quantity),
                    ("mix", &part.mix),
                ],
                displays,
                rates,
            };
            causes.ranked().into_iter().map(part).collect()
        }
        Cause::Drivers(causes) => {
            let place = |name: &str| causes.drivers.iter().position(|driver| driver.name == name);
            let own = |name: &str| place(name).and_then(|place| report.drivers.get(place));
            let part = |part: &'a DriverShare| Part {
                key: vec![part.name.as_str()],
                presence: None,
                change: &part.change,
                effect: part.effect.clone(),
                effects: Vec::new(),
                displays: (own(&part.name).copied().unwrap_or(report.display), report.display),
                rates,
            };
            causes.ranked().into_iter().map(part).collect()
        }
    }
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (own, effect) = self.displays;
        object!(serializer, {
            "key": self.key,
            "presence": self.presence.map(Presence::name),
            "change": Shown(self.change, (own, self.rates)),
            "effect": Shown(&self.effect, effect),
            "effects": Shown(self.effects.as_slice(), effect),
        })
    }
}

impl Serialize for Shown<'_, Change, (Display, Display)> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(change, (own, rates)) = self;
        object!(serializer, {
            "before": Shown(&change.before, *own),
            "after": Shown(&change.after, *own),
            "absolute": Shown(&change.absolute(), *own),
            "relative": Shown(&change.relative(), *rates),
        })
    }
}

/// Numbers by their names.
impl Serialize for Shown<'_, [(&str, &Value)]> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(values, display) = self;
        serializer.collect_map(values.iter().map(|(name, value)| (name, Shown(*value, *display))))
    }
}
