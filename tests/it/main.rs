//! One test binary: a module for each capability.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

mod calendar;
mod number;
mod oracle;
mod unit;
