//! Events: funnels against every chain there is, retention, sequences, and what others answer.

mod arranged;
mod by_hand;
mod cases;
mod correlation;
mod counted;
mod edges;
mod laws;
mod model;
mod next_event;
mod peers;
mod query;
mod result;
mod retention;
mod sequence;
mod sessions;
mod settings;
mod state;
mod transitions;
