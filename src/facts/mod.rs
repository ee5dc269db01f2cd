//! Observed measures by date and dimensions, and how they add up.
//!
//! A [`Schema`] declares dimensions and [`Measure`]s; [`Facts`] hold one row for each day and
//! combination of dimension values, as columns. A roll-up works in one order: each combination (a
//! leaf) is made dense by the measure's rule for a missing day, then reduced over time, then across
//! leaves. Ratios are not measures: they are formed from rolled-up measures, never averaged.

mod builder;
mod coded;
mod computed;
mod distinct;
mod groups;
mod measure;
mod overlap;
mod rolled;
mod rollup;
mod rows;
mod sums;
mod table;

pub use self::builder::FactsBuilder;
pub(crate) use self::coded::Coded;
pub use self::distinct::DistinctTable;
pub(crate) use self::groups::{Groups, Selection};
pub use self::measure::{Across, Measure, MissingDay, OverTime, Schema};
pub(crate) use self::measure::{check_names, is_name};
pub(crate) use self::rolled::Rolled;
pub use self::rows::Row;
pub use self::table::Facts;
pub use crate::number::Column;
