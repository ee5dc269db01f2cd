//! The whole of it: a model, facts, and a report.
//!
//! A [`Model`] says what is measured, which KPIs, queries, funnels and targets there are; it is
//! built in Rust or read from one document ([`document`] describes it field by field). Evaluated
//! over facts as of a day it gives a [`Report`], whose numbers are exact and which prints and
//! serializes them as fraction and as text ([`report`] describes that).

mod agreement;
#[cfg(feature = "serde")]
mod decode;
mod definition;
pub mod document;
#[cfg(feature = "serde")]
mod encode;
mod evaluate;
#[cfg(feature = "serde")]
mod node;
#[cfg(feature = "serde")]
mod read;
pub mod report;
#[cfg(feature = "serde")]
mod unread;

pub use self::agreement::AgreementDefinition;
pub use self::definition::{Model, ModelBuilder};
pub use self::report::{
    AgreementReport, CascadeReport, ExplainReport, FactorReport, Finding, FindingKind,
    FunnelReport, KpiReport, PlanReport, QueryReport, Report, ScorecardReport, TargetReport,
};
