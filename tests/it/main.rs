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

#[cfg(feature = "json")]
mod agreements;
mod api;
mod bans;
mod calendar;
#[cfg(feature = "capi")]
mod capi;
#[cfg(feature = "capi")]
mod capi_conformance;
#[cfg(feature = "capi")]
mod capi_cpp;
#[cfg(feature = "capi")]
mod capi_events;
#[cfg(feature = "capi")]
mod capi_python;
mod cascade;
mod catalog;
mod catalog_table;
#[path = "../../examples/conformance/protocol/mod.rs"]
mod conformance;
#[cfg(feature = "json")]
#[path = "../../examples/scorecard/csv.rs"]
#[allow(dead_code, reason = "the example prints the columns that were not used")]
mod csv;
mod differential;
mod events;
#[cfg(feature = "json")]
mod example_data;
mod explain;
#[cfg(feature = "json")]
mod explained;
mod factor;
mod facts;
mod formula;
mod funnel;
mod hand_off;
mod kpi;
mod lever;
mod measures;
#[cfg(feature = "json")]
mod model;
mod moderate;
mod number;
mod oracle;
#[cfg(feature = "capi")]
mod parity;
mod peers;
mod periods;
mod plan;
#[cfg(feature = "json")]
mod planned;
#[cfg(feature = "json")]
mod published;
mod reference;
#[cfg(feature = "json")]
mod report;
mod scorecard;
mod smart;
mod statistics;
mod subscription;
mod survey;
mod target;
mod target_edges;
#[cfg(feature = "parallel")]
mod threads;
mod together;
mod unit;
mod units_scale;
#[cfg(feature = "capi")]
mod walk;
#[cfg(feature = "json")]
mod worked;
#[cfg(feature = "json")]
mod worked_targets;
