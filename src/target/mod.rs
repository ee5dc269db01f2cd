//! Targets: a metric, a period, a goal, and where it stands at the end of each day.
//!
//! A [`Goal`] is met or not by comparing exact values. An [`Assessment`] is the state as of one day:
//! actual, gap, attainment, and the pace of what is still to come; its kind follows from the
//! metric's formula. A flow needs so much for each remaining day, a ratio so much of the remaining
//! volume. [`Bands`] name a state by thresholds. A [`Cascade`] hands an amount down a tree, see
//! [`cascade`].

mod assess;
mod assessment;
mod bands;
pub mod cascade;
mod definition;
mod goal;
mod pace;

pub use self::assessment::{Assessment, State, TargetResult};
pub use self::bands::{Band, BandBasis, Bands};
pub use self::cascade::Cascade;
pub use self::definition::Target;
pub use self::goal::{Attainment, Change, Goal, Limit, Resolved};
pub use self::pace::{FlowPace, Pace, RatioPace, Remaining, Volume};
pub use crate::explain::ChangeMode;
