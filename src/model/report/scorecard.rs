//! What a scorecard of the model gives.

use crate::number::Value;
use crate::scorecard::{OnUndefined, ScorecardResult};
use crate::target::Clamp;
use crate::unit::Display;

/// The result of a scorecard of the model.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ScorecardReport {
    /// Index, contributions, groups and states.
    pub result: ScorecardResult,
    /// What became of undefined entries.
    pub on_undefined: OnUndefined,
    /// Where the clamped index is cut off, if there is one.
    pub clamp: Option<Clamp>,
    /// How indices, attainments and shares are shown.
    pub rates: Display,
    /// How weights are shown.
    pub plain: Display,
}

impl ScorecardReport {
    /// The index of all entries.
    #[must_use]
    pub fn index(&self) -> &Value {
        &self.result.total.index
    }
}
