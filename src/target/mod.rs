//! Targets: a metric, a period, a goal, and where it stands at the end of each day.
//!
//! A [`Goal`] is met or not by comparing exact values. An [`Assessment`] is the state as of one day:
//! actual, gap, attainment, and the pace of what is still to come; its kind follows from the
//! metric's formula. A flow needs so much for each remaining day, a ratio so much of the remaining
//! volume. [`Bands`] name a state by thresholds.
//!
//! A [`Plan`] goes through a funnel backwards, from a goal to what each stage needs, and forwards.
//! [`Levers`] tell what a little more at each stage is worth, and where a budget does most.

mod assess;
mod assessment;
mod bands;
mod definition;
mod goal;
mod lever;
mod pace;
mod plan;

pub use self::assessment::{Assessment, State, TargetResult};
pub use self::bands::{Band, BandBasis, Bands};
pub use self::definition::Target;
pub use self::goal::{Attainment, Change, Goal, Limit, Resolved};
pub use self::lever::{
    BudgetSplit, Curve, Effect, Effects, Lever, LeverKind, LeverSpend, Levers, LeversBuilder,
    OwnerEffect, OwnerSpend, Stuck, StuckReason,
};
pub use self::pace::{FlowPace, Pace, RatioPace, Remaining, Volume};
pub use self::plan::{
    Forecast, Needs, OwnerNeed, Plan, PlanBucket, PlanBuilder, PlanDefinition, PlanGoal,
    PlanSegment, PlanStage, Schedule, SegmentNeed, SegmentNeeds, Shortfall, StageForecast,
    StageNeed, Unreachable,
};
pub(crate) use self::plan::{PlanOpen, PlanRate, PlanWeights};
pub use crate::explain::ChangeMode;
