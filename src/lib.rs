//! Funnels, KPIs and targets for marketing and sales, computed exactly.

pub mod calendar;
#[cfg(feature = "capi")]
pub mod capi;
mod error;
pub mod facts;
pub mod funnel;
pub mod kpi;
pub mod model;
mod named;
pub mod number;
mod owner;
pub mod target;
pub mod unit;

pub use self::calendar::{Bucket, Calendar, Date, Grain, Period};
pub use self::error::{Error, ErrorKind};
pub use self::facts::{
    Across, Column, Facts, FactsBuilder, Measure, MissingDay, OverTime, Row, Schema,
};
pub use self::funnel::{
    Basis, Comparison, Funnel, FunnelBuilder, FunnelDefinition, Segment, Stage, Step,
};
pub use self::kpi::{
    Bounds, Direction, Formula, Kpi, KpiSet, Query, Table, TableColumn, TableRow, ZeroBase,
};
pub use self::model::{
    Finding, FunnelReport, Model, ModelBuilder, QueryReport, Report, TargetReport,
};
pub use self::number::{Decimal, Mode, Rational, Reason, Rounding, Sense, Value};
pub use self::owner::Owner;
pub use self::target::{Assessment, Goal, Target};
pub use self::unit::{Display, Unit};
