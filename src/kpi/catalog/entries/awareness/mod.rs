//! Being seen.

mod ads;
mod market;
mod reach;

pub(super) use self::ads::ENTRIES as ADS;
pub(super) use self::market::ENTRIES as MARKET;
pub(super) use self::reach::ENTRIES as REACH;
use super::{Direction, Entry, FunnelStage, Input, Owner, Style, ZeroBase};
