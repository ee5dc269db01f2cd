//! Agreements between marketing and sales whose promises are targets of the model.

use std::collections::HashMap;

use crate::error::{Error, ErrorKind, did_you_mean};
use crate::owner::Owner;
use crate::target::Target;

/// An agreement of which each side promises targets of the model.
///
/// ```
/// use yardstick::model::AgreementDefinition;
///
/// let agreement = AgreementDefinition::new("service level")
///     .marketing(["qualified leads"])
///     .sales(["answered in time", "accepted leads"]);
/// assert_eq!(agreement.name(), "service level");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementDefinition {
    pub(super) name: String,
    pub(super) marketing: Vec<String>,
    pub(super) sales: Vec<String>,
}

impl AgreementDefinition {
    /// An agreement without promises yet.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), marketing: Vec::new(), sales: Vec::new() }
    }

    /// Targets that marketing promises to meet, beside those named before.
    #[must_use]
    pub fn marketing<S: Into<String>>(mut self, targets: impl IntoIterator<Item = S>) -> Self {
        self.marketing.extend(targets.into_iter().map(Into::into));
        self
    }

    /// Targets that sales promises to meet, beside those named before.
    #[must_use]
    pub fn sales<S: Into<String>>(mut self, targets: impl IntoIterator<Item = S>) -> Self {
        self.sales.extend(targets.into_iter().map(Into::into));
        self
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The two sides, each with its owner and the other's.
    pub(super) fn sides(&self) -> [(Owner, Owner, &[String]); 2] {
        [
            (Owner::Marketing, Owner::Sales, &self.marketing),
            (Owner::Sales, Owner::Marketing, &self.sales),
        ]
    }

    /// What is wrong with it, each with its path; `known` are all targets by name.
    pub(super) fn problems(
        &self,
        targets: &[Target],
        known: &HashMap<&str, &Target>,
    ) -> Vec<Error> {
        let mut problems = Vec::new();
        let mut named: HashMap<&str, String> = HashMap::new();
        for (side, other, names) in self.sides() {
            if names.is_empty() {
                let message = format!(
                    "{side} promises nothing; an agreement has two sides, so name a target"
                );
                problems.push(Error::new(ErrorKind::Missing, message).at_path(side.name()));
            }
            for (i, name) in names.iter().enumerate() {
                let path = format!("{side}[{i}]");
                let mut refuse = |kind, message: String| {
                    problems.push(Error::new(kind, message).at_path(&path));
                };
                match known.get(name.as_str()) {
                    None => {
                        let names = targets.iter().map(|target| target.name.as_str());
                        let remedy = did_you_mean(name, names);
                        refuse(ErrorKind::Unknown, format!("unknown target \"{name}\"; {remedy}"));
                    }
                    Some(target) if target.owner == Some(other) => {
                        let message = format!(
                            "target \"{name}\" is owned by {other}, and {side} cannot promise it; name it under {other}, or change its owner"
                        );
                        refuse(ErrorKind::Domain, message);
                    }
                    Some(_) => {}
                }
                match named.get(name.as_str()) {
                    Some(first) => {
                        let message =
                            format!("target \"{name}\" is promised at {first} already; keep one");
                        refuse(ErrorKind::Duplicate, message);
                    }
                    None => _ = named.insert(name, path),
                }
            }
        }
        problems
    }
}
