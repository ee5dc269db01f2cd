//! From anonymous to known, or to a first purchase.

mod cost;
mod efficiency;
mod rates;
mod returns;

pub(super) use self::cost::ENTRIES as COST;
pub(super) use self::efficiency::ENTRIES as EFFICIENCY;
pub(super) use self::rates::ENTRIES as RATES;
pub(super) use self::returns::ENTRIES as RETURNS;
use super::{Direction, Entry, FunnelStage, Input, Owner, Style, ZeroBase};
