//! From opportunity to deal: deals, the pipeline, the plan.

mod deals;
mod pipeline;
mod plan;

pub(super) use self::deals::ENTRIES as DEALS;
pub(super) use self::pipeline::ENTRIES as PIPELINE;
pub(super) use self::plan::ENTRIES as PLAN;
use super::{Direction, Entry, FunnelStage, Input, Owner, Style, ZeroBase};
