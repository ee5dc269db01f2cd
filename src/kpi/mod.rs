//! KPIs: named formulas with a unit, checked before they run.
//!
//! A [`Formula`] is text that was read; a [`Kpi`] gives it a name, a unit, a direction, an owner; a
//! [`KpiSet`] resolves all names against a [`Schema`](crate::Schema), refuses cycles and units that
//! do not go together, and is then evaluated by a [`Query`] for any groups and grain. Measures roll
//! up first and the formula runs last, so a ratio is never averaged. The [`catalog`] holds ready
//! definitions as data.

pub mod catalog;
mod compile;
mod context;
mod definition;
mod frames;
mod kind;
mod program;
mod query;
mod set;
mod shape;
mod substitute;

pub use self::context::KpiSetBuilder;
pub(crate) use self::context::{Context, Reporting};
pub(crate) use self::definition::OnZero;
pub use self::definition::{Bounds, Direction, Kpi, ZeroBase};
pub(crate) use self::frames::{Frames, Surroundings};
pub use self::kind::{Aggregation, MetricKind};
pub(crate) use self::program::Program;
pub(crate) use self::query::{MOST_CELLS, check_schema};
pub use self::query::{Query, Table, TableColumn, TableRow};
pub use self::set::KpiSet;
pub(crate) use self::shape::Shape;
pub use crate::formula::Formula;
