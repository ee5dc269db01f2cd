//! Events: funnels against every chain there is, retention, sequences, and what others answer.

mod arranged;
mod by_hand;
mod cases;
mod changes;
mod columns;
mod correlation;
mod counted;
#[cfg(feature = "json")]
mod document;
mod edges;
mod laws;
mod model;
mod next_event;
pub(crate) mod peers;
mod query;
mod result;
mod retention;
mod retention_blocks;
mod rows;
mod sequence;
mod sessions;
mod settings;
mod state;
mod transitions;
mod unit;
