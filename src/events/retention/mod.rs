//! Retention: who came back, how many intervals after the first time.
//!
//! Each entity has one **start**: its earliest event with the start bit. Its **returns** are the
//! events with the return bit at the time of the start or later; the event of the start is one itself
//! where it has both bits. They fall into intervals that are counted from the start, from 0.
//!
//! - **Rolling** intervals have one length L: a return at t after a start at s is in interval
//!   floor((t - s) / L). Seven days after the start, to the second, begins day 7.
//! - **Calendar** intervals are days, weeks from Monday, months, quarters or years at a fixed offset
//!   from UTC: a return in the same one as the start is in interval 0, one in the next in interval 1.
//!
//! Entities form **cohorts**, by the period or the segment of their start or both, or one of all. For
//! each cohort and interval a cell counts the entities
//!
//! | kind | with a return in |
//! |---|---|
//! | on | interval k |
//! | on or after | interval k or any later one, however late |
//! | streak | each of the intervals 0 to k |
//! | brackets | any interval of the bracket |
//!
//! and its amount is the sum of the values of the returns of these entities in interval k; on or
//! after, in interval k or later; in a bracket, in its intervals.
//!
//! A cell is **mature** when observation has lasted until the last interval that the cell names was
//! over for every entity of the cohort. Others are none, never zero: what will still come is not known.
//! That is judged by time alone, not by who has come, since cells shown early because all had come
//! would raise the averages. A count that cannot change is mature from the start: interval 0 where
//! each start is a return. Without [`observed_until`](super::Events::observed_until) every cell is
//! mature. What is on or after an interval can still grow after that; compare cohorts of one age.

mod clock;
mod matrix;
mod query;
mod state;
mod tally;

pub use self::matrix::{Cohort, RetentionMatrix};
pub use self::query::{Retention, RetentionBuilder};
pub use self::state::RetentionState;
