//! One test binary: a module for each capability.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod calendar;
mod catalog;
mod facts;
mod kpi;
mod number;
mod unit;
