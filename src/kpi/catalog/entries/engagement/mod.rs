//! Being looked at more closely.

mod email;
mod reactions;
mod site;

pub(super) use self::email::ENTRIES as EMAIL;
pub(super) use self::reactions::ENTRIES as REACTIONS;
pub(super) use self::site::ENTRIES as SITE;
use super::{Direction, Entry, FunnelStage, Input, Owner, Style, ZeroBase};
