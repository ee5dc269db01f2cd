//! Scorecards: many targets as one index, with weights, and their states rolled up.
//!
//! A [`Scorecard`] says which targets count how much, and by what they are grouped: the owner, the key
//! success factor, or labels such as a region. Over the [`Standing`] of each target it gives a
//! [`ScorecardResult`]: an index in total and for each group, what each entry contributes to it, how
//! much of the weight it covers, and how it changed against the day before. A [`RollUp`] tells the
//! worst state, and how many entries and how much weight each state has; for bands likewise. What is
//! undefined is not zero: [`OnUndefined`] says what becomes of it.
//!
//! [`weighting`] has examples of how much owners may count in a context; none is applied by itself.

mod definition;
mod result;
mod roll_up;
mod score;
mod standing;
mod validate;
pub mod weighting;

pub use self::definition::{Entry, OnUndefined, Scorecard};
pub use self::result::{EntryScore, Group, Grouping, Score, ScorecardResult};
pub use self::roll_up::{FROM_WORST, Part, RollUp};
pub use self::standing::Standing;
pub(crate) use self::standing::Standings;
pub(crate) use self::validate::Known;
pub use self::weighting::Weighting;
