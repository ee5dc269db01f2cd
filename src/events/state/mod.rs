//! Counting in parts: states that are built apart, sent as bytes, and merged in any order.
//!
//! | state | parts | size | merging |
//! |---|---|---|---|
//! | [`EventState`] | each entity in one of them | by steps, segments and periods | sums |
//! | [`OpenEventState`] | any | by events | puts events together |
//!
//! Bytes are the same on every platform: magic, a version, the kind of state, a fingerprint of the query,
//! integers of as few bytes as they need, and a checksum (CRC-32) that finds damage, not forgery.

mod bytes;
mod closed;
mod common;
mod fingerprint;
mod kept;
mod open;

pub use self::closed::EventState;
pub use self::open::OpenEventState;
