//! Retention: who came back, how many intervals after the first time.
//!
//! What counts is said of [`Retention`].

mod clock;
mod flat;
mod matrix;
mod query;
mod state;
mod tally;

pub use self::matrix::{Cohort, RetentionMatrix};
pub use self::query::{Retention, RetentionBuilder};
pub use self::state::RetentionState;
