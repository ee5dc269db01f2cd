//! Events: who went how far, how fast, and why no further; who came back; what follows what.
//!
//! [`Events`] are columns of who, when and which steps. An [`EventFunnel`] is a query over them; what
//! comes of it is a [`Funnel`](crate::Funnel) and what a funnel from counts cannot say. [`Retention`]
//! counts who came back, a [`Pattern`] finds what follows what, [`sessions`], [`Transitions`] and
//! [`NextEvent`] cut and count paths.
//!
//! ```
//! use yardstick::events::{EventFunnel, Events, Stopped, days};
//! use yardstick::funnel::TimeUnit;
//! use yardstick::{Owner, Rational};
//!
//! // Visit, lead, deal of three people, by hours.
//! let entity = [1_u32, 1, 1, 2, 2, 3];
//! let hour = [0, 5, 90, 10, 300, 20];
//! let mask = [0b001_u8, 0b010, 0b100, 0b001, 0b010, 0b001];
//! let events = Events::sorted(&entity, &hour, &mask)?.unit(TimeUnit::Hour);
//! let query = EventFunnel::builder(3)
//!     .name(0, "visit", Owner::Marketing)
//!     .name(1, "lead", Owner::Marketing)
//!     .name(2, "deal", Owner::Sales)
//!     .window(days(7))
//!     .time_between(0, 1)
//!     .reasons()
//!     .build()?;
//! let result = query.compute(&events)?;
//! let total = result.total();
//! assert_eq!(total.counts(), [3, 1, 1]);
//! assert_eq!(total.stopped_because(Stopped::Window), 1); // 290 hours are more than 7 days
//! assert_eq!(total.time_between(0, 1).unwrap().mean(), Rational::from(5).into());
//! assert_eq!(total.funnel()?.rate("visit", "deal")?, Rational::new(1, 3)?.into());
//! # Ok::<(), yardstick::Error>(())
//! ```
//!
//! # Which chain counts
//!
//! A chain is a choice of different events, one for each step from the first on, that keeps to the
//! query: an event matches its step, comes no earlier than the one before and by the gaps and the
//! window no later. Events at one time have no order, so steps pass through them where each can have
//! one of its own. Of all chains of an entity the best one counts: the deepest; of those the one that is
//! complete first; of those the one that begins last; and of those the one with each step as early as
//! can be, from the second on. Where events tie that differ in what the query asks for, they are taken
//! by mask, segment, value and held key, each from the least. So the order of rows never counts.
//!
//! # What goes together
//!
//! | order | window | gaps | strict times | entry | exclusions | held key | counting | found by |
//! |---|---|---|---|---|---|---|---|---|
//! | ordered | from the start, or the step before | yes | yes | best, first, latest | breaks, drops | yes | uniques, sessions | the latest start at each step, in queues by the gap to the next; then backwards what leads to the end, and forwards each step at the earliest |
//! | the same | from the start | yes | yes | first | breaks | no | totals | the same, from each first event after the end of the chain before |
//! | the same, optional steps | as above | of required steps | between required steps | as above | between required steps | yes | as above | the chain of the others, then the earliest event left for each |
//! | the same, open entry | as above | yes | yes | best | no | yes | uniques, sessions | the same from each step on, until one comes as far as any event does |
//! | strict | as above | yes | yes | best, first, latest | no: nothing lies between | yes | uniques, sessions | the latest start at each step of chains that came to the time before |
//! | any | from the start | no | no | best, first | no: nothing lies between | yes | uniques, sessions | matched events that are the latest, by exchange; then the earliest from the start on |
//!
//! Everything goes with segments, trends, times between steps, values and correlation; reasons with all
//! but totals. The builder refuses the rest and says what would do.
//!
//! Each way takes one to three passes over the events of an entity, by time, and the work for an event
//! has a limit that depends on the number of steps alone, whatever ties and however many events one
//! entity has; an event that matches one step is looked at for that step only. Reasons take one more
//! pass for each limit that is lifted, of those that stopped. A held key takes a table of the keys of one
//! entity. Events that are not sorted are put in order first.
//!
#![doc = include_str!("PEERS.md")]

mod arranged;
mod chain;
mod columns;
mod compute;
mod correlation;
mod depths;
pub mod document;
mod event_counts;
mod length;
mod preset;
mod query;
mod result;
mod retention;
mod rows;
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
pub use self::preset::Preset;
#[cfg(feature = "serde")]
pub(crate) use self::query::MOST_STEPS;
pub use self::query::{
    Anchor, Attribution, Counting, Effect, Entry, EventFunnel, EventFunnelBuilder, Order,
};
pub use self::result::{EntityChain, EventFunnelResult};
pub use self::retention::{Cohort, Retention, RetentionBuilder, RetentionMatrix, RetentionState};
pub use self::rows::{EventColumns, EventRows};
pub use self::sequence::{
    Base, Direction, EntityMatches, FoundPattern, NextCounts, NextEvent, NextEventBuilder, Pattern,
    PatternBuilder, PatternMatches, TimeComparison,
};
pub use self::sessions::{Sessions, sessions};
pub use self::state::{EventState, OpenEventState};
pub use self::stopped::Stopped;
pub use self::transitions::Transitions;
