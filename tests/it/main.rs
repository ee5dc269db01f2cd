//! One test binary: a module for each capability.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]
#![allow(
    clippy::disallowed_methods,
    clippy::type_complexity,
    reason = "tests build decimals in short, and tables of whatever they compare"
)]

mod api;
mod bans;
mod calendar;
#[cfg(feature = "capi")]
mod capi;
mod catalog;
#[path = "../../examples/conformance/protocol/mod.rs"]
mod conformance;
#[cfg(feature = "json")]
#[path = "../../examples/scorecard/csv.rs"]
#[allow(dead_code, reason = "the example prints the columns that were not used")]
mod csv;
mod differential;
#[cfg(feature = "json")]
mod example_data;
mod facts;
mod funnel;
mod kpi;
#[cfg(feature = "json")]
mod model;
mod number;
mod oracle;
mod peers;
mod periods;
mod reference;
#[cfg(feature = "json")]
mod report;
mod statistics;
mod target;
#[cfg(feature = "parallel")]
mod threads;
mod unit;
