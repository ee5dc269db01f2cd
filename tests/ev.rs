//! Events alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#[path = "it/events/mod.rs"]
mod events;
