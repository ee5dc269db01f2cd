//! Events: who went how far, how fast, and why no further; who came back; what follows what.
//!
//! [`Events`] are columns of who, when and which steps. An [`EventFunnel`] is a query over them; what
//! comes of it is a [`Funnel`](crate::Funnel) and what a funnel from counts cannot say.

mod arranged;
mod chain;
mod columns;
mod compute;
mod correlation;
mod depths;
pub mod document;
mod event_counts;
mod length;
mod query;
mod result;
mod retention;
mod sequence;
mod sessions;
mod state;
mod stopped;
mod tally;
mod transitions;
mod units;

pub use self::columns::{Entities, Events, Masks};
pub use self::correlation::Correlation;
pub use self::event_counts::EventCounts;
pub use self::length::{Length, days, hours, minutes, seconds};
pub use self::query::{
    Anchor, Attribution, Counting, Effect, Entry, EventFunnel, EventFunnelBuilder, Order,
};
pub use self::result::{EntityChain, EventFunnelResult};
pub use self::retention::{Cohort, Retention, RetentionBuilder, RetentionMatrix, RetentionState};
pub use self::sequence::{
    Base, Direction, EntityMatches, FoundPattern, NextCounts, NextEvent, NextEventBuilder, Pattern,
    PatternBuilder, PatternMatches, TimeComparison,
};
pub use self::sessions::{Sessions, sessions};
pub use self::state::{EventState, OpenEventState};
pub use self::stopped::Stopped;
pub use self::transitions::Transitions;
