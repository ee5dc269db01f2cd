//! Funnels from counts: ordered stages with owners, and the hand-off between them.
//!
//! A [`Funnel`] holds one count a stage, on a declared [`Basis`]; it gives step and overall rates,
//! drop-off, value, the hand-off, the bottleneck, and a [`Comparison`] with another period or
//! segment. Counts come from a builder here, or from facts by
//! a [`FunnelDefinition`]. What becomes of single leads at the hand-off is a [`HandOff`], and what
//! both sides promised about it an [`Agreement`].

mod compare;
mod counts;
mod definition;
mod hand_off;

pub use self::compare::{Comparison, StepChange};
pub(crate) use self::counts::hand_off;
pub use self::counts::{Basis, Funnel, FunnelBuilder, Stage, Step};
pub(crate) use self::definition::StageDefinition;
pub use self::definition::{FunnelDefinition, Segment};
pub use self::hand_off::{
    Agreement, AgreementBuilder, AgreementOutcome, Durations, HandOff, HandedLeads, Histogram,
    Leads, Outcome, Promise, ReturnReason, ServiceLevel, Side, SideState, TimeUnit,
};
