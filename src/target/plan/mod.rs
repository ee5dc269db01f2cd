//! Plans: a funnel backwards from a goal to what each stage needs, and forwards from what there is.
//!
//! A [`Plan`] is the stages of a funnel with the rate of each step. A step is named by the stage that
//! it leads to. Entities are whole: backwards each stage is rounded up, forwards each stage is
//! rounded down, and nothing else is rounded. So what is needed suffices, and one less at any stage
//! does not.
//!
//! [`Plan::needs`] goes backwards and tells which capacity binds, [`Plan::needs_by_segment`] splits a
//! goal over segments, [`Plan::schedule`] puts needs on days by lead times, [`Plan::forecast`] goes
//! forwards and [`Plan::shortfall`] tells what is lacking. A [`PlanDefinition`] is a plan of a model.

mod definition;
mod forecast;
mod needs;
mod schedule;
mod segments;
mod stages;
pub(in crate::target) mod whole;

pub use self::definition::PlanDefinition;
pub(crate) use self::definition::{PlanOpen, PlanRate, PlanWeights};
pub use self::forecast::{Forecast, Shortfall, StageForecast};
pub use self::needs::{Needs, OwnerNeed, PlanGoal, StageNeed, Unreachable};
pub use self::schedule::{PlanBucket, Schedule};
pub use self::segments::{PlanSegment, SegmentNeed, SegmentNeeds};
pub(in crate::target) use self::stages::place;
pub use self::stages::{Plan, PlanBuilder, PlanStage};
