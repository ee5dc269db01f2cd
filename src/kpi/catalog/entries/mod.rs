//! The entries, a file or a folder for each stage of the funnel.

mod awareness;
mod closing;
mod conversion;
mod engagement;
mod feedback;
mod follow_up;
mod handoff;
mod retention;

use super::{Entry, FunnelStage, Input};
use crate::kpi::{Direction, ZeroBase};
use crate::owner::Owner;
use crate::unit::Style;

/// In the order of the funnel.
pub(super) const STAGES: &[&[Entry]] = &[
    awareness::REACH,
    awareness::ADS,
    awareness::MARKET,
    engagement::REACTIONS,
    engagement::SITE,
    engagement::EMAIL,
    conversion::RATES,
    conversion::COST,
    conversion::RETURNS,
    conversion::EFFICIENCY,
    handoff::ENTRIES,
    follow_up::ENTRIES,
    closing::DEALS,
    closing::PIPELINE,
    closing::PLAN,
    retention::AUDIENCE,
    retention::CHURN,
    retention::RECURRING,
    retention::REVENUE,
    retention::VALUE,
    retention::COMMERCE,
    feedback::ENTRIES,
];
