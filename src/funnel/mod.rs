//! Funnels from counts: ordered stages with owners, and the hand-off between them.
//!
//! A [`Funnel`] holds one count a stage, on a declared [`Basis`]; it gives step and overall rates,
//! drop-off, value, the hand-off, the bottleneck, and a [`Comparison`] with another period or
//! segment. Counts come from a builder here, or from facts by
//! a [`FunnelDefinition`].

mod compare;
mod counts;
mod definition;

pub use self::compare::{Comparison, StepChange};
pub(crate) use self::counts::hand_off;
pub use self::counts::{Basis, Funnel, FunnelBuilder, Stage, Step};
pub(crate) use self::definition::StageDefinition;
pub use self::definition::{FunnelDefinition, Segment};
