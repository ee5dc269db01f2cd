//! Events: funnels against every chain there is, retention, sequences, and what others answer.

mod by_hand;
mod cases;
mod counted;
mod laws;
mod model;
mod peers;
mod result;
mod state;
