//! One case, read from JSON.

use serde_json::{Map, Value as Json};
use yardstick::Mode;

/// A case as it was written; its numbers are still text.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) id: Json,
    pub(crate) op: String,
    pub(crate) args: Vec<String>,
    pub(crate) scale: u32,
    pub(crate) mode: Mode,
    pub(crate) step: Option<String>,
    /// For `allocate`, which has these instead of arguments.
    pub(crate) split: Option<Split>,
    /// What it should come to, where the case says so: a result or the name of an error.
    pub(crate) expected: Option<Result<Json, String>>,
    /// Whether digits are lost, where the case says so.
    pub(crate) inexact: Option<bool>,
}

/// A total and the weights over which it is split.
#[derive(Debug, Clone)]
pub(crate) struct Split {
    pub(crate) total: String,
    pub(crate) weights: Vec<String>,
    /// One of the two; both where there is none.
    pub(crate) method: Option<String>,
}

impl Case {
    /// Reads one line.
    pub(crate) fn from_line(line: &[u8]) -> Result<Self, String> {
        let value: Json = serde_json::from_slice(line).map_err(|error| error.to_string())?;
        Self::from_json(&value)
    }

    /// Reads one object. What is missing or of the wrong kind is said.
    pub(crate) fn from_json(value: &Json) -> Result<Self, String> {
        let Some(object) = value.as_object() else {
            return Err("a case is an object".to_owned());
        };
        let id = object.get("id").cloned().ok_or("\"id\" is missing")?;
        let op = text(object, "op")?.ok_or("\"op\" is missing")?;
        let scale = object.get("scale").ok_or("\"scale\" is missing")?;
        let scale = scale
            .as_u64()
            .and_then(|scale| u32::try_from(scale).ok())
            .ok_or_else(|| format!("\"scale\" is no whole number from 0: {scale}"))?;
        let split = match op.as_str() {
            "allocate" => Some(Split {
                total: text(object, "total")?.ok_or("\"total\" is missing")?,
                weights: texts(object, "weights")?,
                method: text(object, "method")?,
            }),
            _ => None,
        };
        let (args, mode) = match split {
            Some(_) => (Vec::new(), Mode::Exact),
            None => {
                let mode = text(object, "mode")?.ok_or("\"mode\" is missing")?;
                let mode = mode.parse().map_err(|error: yardstick::Error| error.to_string())?;
                (texts(object, "args")?, mode)
            }
        };
        let step = match op.as_str() {
            "round_step" => args.get(1).cloned(),
            _ => text(object, "step")?,
        };
        let expected = expected(object, split.as_ref());
        // In decimal arithmetic to-integral never says that digits were lost, and a power whose
        // exponent is no integer always does.
        let silent = |id: &str| id.contains("/tointegral.") || id.contains("/powersqrt.");
        let says = !id.as_str().is_some_and(silent);
        let inexact = object.get("inexact").and_then(Json::as_bool).filter(|_| says);
        Ok(Self { id, op, args, scale, mode, step, split, expected, inexact })
    }
}

fn text(object: &Map<String, Json>, key: &str) -> Result<Option<String>, String> {
    match object.get(key) {
        None => Ok(None),
        Some(Json::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(format!("\"{key}\" is no text: {other}")),
    }
}

fn texts(object: &Map<String, Json>, key: &str) -> Result<Vec<String>, String> {
    let items = object.get(key).and_then(Json::as_array);
    let items = items.ok_or_else(|| format!("\"{key}\" is no list of texts"))?;
    let item = |item: &Json| item.as_str().map(str::to_owned);
    items.iter().map(item).collect::<Option<_>>().ok_or(format!("\"{key}\" is no list of texts"))
}

/// The two forms of `expect`: a result, or for a split without a method one under the name of each.
fn expected(object: &Map<String, Json>, split: Option<&Split>) -> Option<Result<Json, String>> {
    if let Some(name) = object.get("error").and_then(Json::as_str) {
        return Some(Err(name.to_owned()));
    }
    if let Some(result) = object.get("expect") {
        return Some(Ok(unsigned_zero(result)));
    }
    split.filter(|split| split.method.is_none())?;
    let both = super::operations::METHODS.map(|method| Some((method, object.get(method)?)));
    let both: Option<Map<String, Json>> = both
        .into_iter()
        .map(|of| of.map(|(name, parts)| (name.to_owned(), parts.clone())))
        .collect();
    both.map(|both| Ok(both.into()))
}

/// A sign before a zero means nothing.
fn unsigned_zero(result: &Json) -> Json {
    let magnitude = result.as_str().and_then(|text| text.strip_prefix('-'));
    match magnitude {
        Some(zero) if zero.chars().all(|digit| "0.".contains(digit)) => zero.into(),
        _ => result.clone(),
    }
}
