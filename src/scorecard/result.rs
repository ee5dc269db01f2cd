//! What a scorecard gives.

use super::roll_up::RollUp;
use crate::number::{Rational, Value};
use crate::owner::Owner;
use crate::target::State;

/// A scorecard over standings.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScorecardResult {
    /// The name of the scorecard.
    pub name: String,
    /// All entries together.
    pub total: Score,
    /// Each entry, in the order of the scorecard.
    pub entries: Vec<EntryScore>,
    /// The groupings, in the order of the scorecard.
    pub groupings: Vec<Grouping>,
}

/// Entries together, as [`Scorecard::compute`](super::Scorecard::compute) defines the numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Score {
    /// The weight of all of them, defined or not.
    pub weight: Rational,
    /// The share of the weight that the index is over: of those whose attainment is defined. 1 is all
    /// of it, and 0 none.
    pub covered: Rational,
    /// The index: their weighted mean attainment, a pure number; 1 is as agreed.
    pub index: Value,
    /// The index of attainments cut off at the ends of the scorecard's clamp, where it has one.
    pub clamped: Option<Value>,
    /// The index at the end of the day before.
    pub before: Value,
    /// The share of the weight that the index of the day before was over.
    pub covered_before: Rational,
    /// The index less that of the day before. Where other entries were covered then, it tells of them
    /// too.
    pub change: Value,
    /// Their states.
    pub states: RollUp<State>,
    /// Their bands, by name.
    pub bands: RollUp<String>,
}

/// An entry of a scorecard.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EntryScore {
    /// The name of the target.
    pub target: String,
    /// Who owns it.
    pub owner: Option<Owner>,
    /// The key success factor that it serves.
    pub factor: Option<String>,
    /// Names and values of its labels.
    pub labels: Vec<(String, String)>,
    /// Its weight.
    pub weight: Rational,
    /// Its share of the weight of all.
    pub share: Rational,
    /// The attainment as it counts: [`Missing`](crate::Reason::Missing) where the target has not started
    /// or has no data.
    pub attainment: Value,
    /// What it adds to the index of the total.
    pub contribution: Value,
    /// The state.
    pub state: State,
    /// The name of the band, where one holds.
    pub band: Option<String>,
}

/// The groups by one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Grouping {
    /// `owner`, `factor`, or the name of the label.
    pub by: String,
    /// The groups in the order in which they first appear; every entry is in one of them.
    pub groups: Vec<Group>,
}

/// Some entries of a scorecard.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group {
    /// The owner, factor or value of the label; none for the entries that have none.
    pub key: Option<String>,
    /// These entries together.
    pub score: Score,
    /// What they add to the index of the total.
    pub contribution: Value,
}
