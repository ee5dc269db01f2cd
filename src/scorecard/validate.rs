//! What is wrong with a scorecard.

use std::collections::{HashMap, HashSet};

use super::definition::{Scorecard, unknown_target};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::explain::sum_of;
use crate::number::{Rational, Value};
use crate::owner::Owner;
use crate::target::Target;

/// The most groupings of a scorecard: each is another pass over its entries.
const MOST_GROUPINGS: usize = 16;

/// The groupings that targets say themselves.
pub(super) const OWNER: &str = "owner";
pub(super) const FACTOR: &str = "factor";

/// What of a target its entries are grouped by.
#[derive(Clone, Copy)]
pub(super) struct Traits<'a> {
    pub(super) owner: Option<Owner>,
    pub(super) factor: Option<&'a str>,
}

/// The targets that there are.
pub(crate) struct Known<'a> {
    by_name: HashMap<&'a str, Traits<'a>>,
    names: Vec<&'a str>,
}

impl<'a> Known<'a> {
    pub(super) fn new(targets: impl Iterator<Item = (&'a str, Traits<'a>)>) -> Self {
        let mut known = Self { by_name: HashMap::new(), names: Vec::new() };
        for (name, traits) in targets {
            known.names.push(name);
            known.by_name.entry(name).or_insert(traits);
        }
        known
    }

    pub(crate) fn targets(targets: &'a [Target]) -> Self {
        Self::new(targets.iter().map(|target| {
            let factor = target.factor.as_deref();
            (target.name.as_str(), Traits { owner: target.owner, factor })
        }))
    }

    fn unknown(&self, name: &str) -> Error {
        let remedy = match self.names.is_empty() {
            true => "there is no target".to_owned(),
            false => did_you_mean(name, self.names.iter().copied()),
        };
        unknown_target(name, &remedy)
    }
}

impl Scorecard {
    /// What is wrong with it for these targets, each with its path.
    pub(crate) fn problems(&self, known: &Known<'_>) -> Vec<Error> {
        let mut problems = Vec::new();
        let mut refuse = |kind, path: String, message: String| {
            problems.push(Error::new(kind, message).at_path(path));
        };
        if self.entries.is_empty() {
            let message = "a scorecard without entries; name a target and its weight";
            refuse(ErrorKind::Missing, "entries".to_owned(), message.to_owned());
        }
        let mut traits = Vec::with_capacity(self.entries.len());
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (i, entry) in self.entries.iter().enumerate() {
            let name = entry.target.as_str();
            match known.by_name.get(name) {
                Some(of) => traits.push(*of),
                None => {
                    let error = known.unknown(name);
                    let path = format!("entries[{i}].target");
                    refuse(error.kind(), path, error.message().to_owned());
                }
            }
            let first = *places.entry(name).or_insert(i);
            if first != i {
                let message = format!(
                    "target \"{name}\" is there twice, first at entries[{first}]; keep one, with the weight of both"
                );
                refuse(ErrorKind::Duplicate, format!("entries[{i}].target"), message);
            }
            if !entry.weight.is_positive() {
                let message = format!(
                    "a weight of {} is not above zero; give one that is, or leave the target out",
                    entry.weight
                );
                refuse(ErrorKind::Domain, format!("entries[{i}].weight"), message);
            }
            let mut names = HashSet::new();
            for (label, _) in &entry.labels {
                let path = || format!("entries[{i}].labels.{label}");
                if label == OWNER || label == FACTOR {
                    let message = format!(
                        "a label cannot be called \"{label}\", which targets say themselves; rename it"
                    );
                    refuse(ErrorKind::Duplicate, path(), message);
                }
                if !names.insert(label.as_str()) {
                    let message = format!("label \"{label}\" is there twice; keep one");
                    refuse(ErrorKind::Duplicate, path(), message);
                }
            }
        }
        if self.weight().is_undefined() {
            let message = "weights that have no common denominator of a sensible size; write them as integers or decimals";
            refuse(ErrorKind::Capacity, "entries".to_owned(), message.to_owned());
        }
        if self.by.len() > MOST_GROUPINGS {
            let message = format!(
                "{} groupings; the most is {MOST_GROUPINGS}, so make another scorecard",
                self.by.len()
            );
            refuse(ErrorKind::Capacity, "by".to_owned(), message);
        }
        let labels = || self.entries.iter().flat_map(|entry| &entry.labels).map(|(name, _)| name);
        let known_labels: HashSet<&str> = labels().map(String::as_str).collect();
        let are_known = traits.len() == self.entries.len();
        let mut seen = HashSet::new();
        for (i, by) in self.by.iter().enumerate() {
            let path = || format!("by[{i}]");
            if !seen.insert(by) {
                let message = format!("\"{by}\" is there twice; keep one");
                refuse(ErrorKind::Duplicate, path(), message);
            }
            let (is_there, remedy) = match by.as_str() {
                OWNER => (
                    !are_known || traits.iter().any(|of| of.owner.is_some()),
                    "no target of an entry has an owner; give one to targets, or remove it"
                        .to_owned(),
                ),
                FACTOR => (
                    !are_known || traits.iter().any(|of| of.factor.is_some()),
                    "no target of an entry serves a factor; say so in targets, or remove it"
                        .to_owned(),
                ),
                label if known_labels.contains(label) => (true, String::new()),
                label => {
                    let mut names = vec![OWNER, FACTOR];
                    let mut listed = HashSet::new();
                    names.extend(labels().map(String::as_str).filter(|name| listed.insert(*name)));
                    let remedy = did_you_mean(label, names);
                    (false, format!("no entry has a label \"{label}\"; {remedy}"))
                }
            };
            if !is_there && !self.entries.is_empty() {
                refuse(ErrorKind::Unknown, path(), remedy);
            }
        }
        if let Some(clamp) = &self.clamp {
            match (&clamp.low, &clamp.high) {
                (None, None) => {
                    let message =
                        "a clamp with no end; give \"low\", \"high\" or both, or remove it";
                    refuse(ErrorKind::Missing, "clamp".to_owned(), message.to_owned());
                }
                (Some(low), Some(high)) if low > high => {
                    let message = format!("a clamp from {low} to {high}; swap them");
                    refuse(ErrorKind::Domain, "clamp".to_owned(), message);
                }
                _ => {}
            }
        }
        problems
    }

    /// The sum of all weights; undefined where they have no common denominator within the limit.
    pub(super) fn weight(&self) -> Value<Rational> {
        let weights: Vec<Value> =
            self.entries.iter().map(|entry| Value::Defined(entry.weight.clone())).collect();
        sum_of(&weights)
    }
}
