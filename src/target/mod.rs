//! Targets: a metric, a period, a goal, and where it stands at the end of each day.
//!
//! A [`Goal`] is met or not by comparing exact values. An [`Assessment`] is the state as of one day:
//! actual, gap, attainment, and the [`Pace`] of what is still to come; its kind follows from the
//! metric's formula. A flow needs so much for each remaining day, a stock has so far to go, a ratio
//! needs so much of the remaining volume, a budget is to be used as planned. [`DayWeights`] say how much
//! a day counts, [`Bands`] name a state by thresholds, [`Milestones`] tell the days on which something
//! was decided.
//!
//! A [`Plan`] goes through a funnel backwards, from a goal to what each stage needs, and forwards.
//! [`Levers`] tell what a little more at each stage is worth, and where a budget does most.
//! A [`Cascade`] hands an amount down a tree, see [`cascade`].

mod assess;
mod assessment;
mod attainment;
mod bands;
pub mod cascade;
mod daily;
mod definition;
mod goal;
mod lever;
mod milestones;
mod pace;
mod plan;
mod result;
mod validate;
mod weights;

pub use self::assessment::{Assessment, State};
pub use self::attainment::{Attainment, Clamp};
pub use self::bands::{Band, BandBasis, Bands};
pub use self::cascade::Cascade;
pub use self::definition::{Target, Tier};
pub use self::goal::{Baseline, Change, Goal, Limit, Resolved};
pub use self::lever::{
    BudgetSplit, Curve, Effect, Effects, Lever, LeverKind, LeverSpend, Levers, LeversBuilder,
    OwnerEffect, OwnerSpend, Stuck, StuckReason,
};
pub use self::milestones::Milestones;
pub use self::pace::{
    BestDay, BudgetPace, FlowPace, Pace, RatioPace, Remaining, StockPace, Volume,
};
pub use self::plan::{
    Forecast, Needs, OwnerNeed, Plan, PlanBucket, PlanBuilder, PlanDefinition, PlanGoal,
    PlanSegment, PlanStage, Schedule, SegmentNeed, SegmentNeeds, Shortfall, StageForecast,
    StageNeed, Unreachable,
};
pub(crate) use self::plan::{PlanOpen, PlanRate, PlanWeights};
pub use self::result::TargetResult;
pub(crate) use self::validate::Earlier;
pub use self::weights::DayWeights;
pub use crate::explain::ChangeMode;
