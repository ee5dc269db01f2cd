//! Key success factors: what makes the difference, and which strategies bring it about.
//!
//! A [`Factor`] names the KPIs in which it shows and the dimension by which strategies are tracked:
//! campaign, source, trade event. Over facts it gives a [`FactorResult`]: for each strategy what it
//! gained and cost, its contribution, return and share, and its rank in each; per event too, where
//! events are counted.

mod definition;
mod result;

pub use self::definition::Factor;
pub use self::result::{FactorResult, Ranks, Strategy};
