//! What a cascade of a model gives.

use crate::target::cascade::{CascadeDefinition, Handed};
use crate::unit::{Display, Unit};

/// An amount or a ratio that went down a tree of the model.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CascadeReport {
    /// The title.
    pub name: String,
    /// The unit, where one is given.
    pub unit: Option<Unit>,
    /// What each node gets.
    pub handed: Handed,
    /// How amounts, or ratios, are shown.
    pub display: Display,
    /// How numerators and denominators are shown.
    pub plain: Display,
}

impl CascadeReport {
    pub(in crate::model) fn new(
        definition: CascadeDefinition,
        handed: Handed,
        plain: Display,
    ) -> Self {
        let display = definition.display.unwrap_or(match &handed {
            Handed::Amount(_) => plain,
            Handed::Ratio(_) => Display::percent(plain.rounding()),
        });
        Self { name: definition.name, unit: definition.unit, handed, display, plain }
    }
}
