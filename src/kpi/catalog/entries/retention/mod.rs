//! Keeping an audience and keeping customers: by heads, by revenue, by value, by orders.

mod audience;
mod churn;
mod commerce;
mod inputs;
mod recurring;
mod revenue;
mod value;

pub(super) use self::audience::ENTRIES as AUDIENCE;
pub(super) use self::churn::ENTRIES as CHURN;
pub(super) use self::commerce::ENTRIES as COMMERCE;
pub(super) use self::recurring::ENTRIES as RECURRING;
pub(super) use self::revenue::ENTRIES as REVENUE;
pub(super) use self::value::ENTRIES as VALUE;
use super::{Direction, Entry, FunnelStage, Input, Owner, Style, ZeroBase};
