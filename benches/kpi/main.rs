//! KPIs over columns: ten million rows into six ratios, 130 KPIs of 10,000 groups, and one's own.
//!
//! Facts are built once, outside of what is timed; rolling up and the KPIs are timed, in one
//! [`Query::run`](yardstick::Query::run). Baselines: a read of the same columns that does nothing
//! else, and the same arithmetic written by hand over floats. `--test` runs everything once on few
//! rows. After the measurements, ratios within each group are printed, from rounds in which all of
//! the group take turns: these are what to read. With feature `parallel` there are two threads as
//! well, and the tables of one and of two are compared.
//!
//! One's own: `YARDSTICK_BENCH_MODEL=model.json YARDSTICK_BENCH_CSV=facts.csv cargo bench --bench
//! kpi`, with a CSV as the example `scorecard` reads it.

#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::unwrap_used,
    reason = "a bench, and its baselines are loops over floats"
)]

mod groups;
#[path = "../number/harness.rs"]
mod harness;
mod memory;
#[cfg(feature = "json")]
mod own;
mod rows;

use criterion::Criterion;

use self::groups::Grouped;
use self::rows::Columns;

fn main() {
    let has = |wanted: &str| std::env::args().any(|argument| argument == wanted);
    let quick = has("--test");
    let columns = Columns::new(if quick { 3 } else { 365 }, if quick { 7 } else { 1_370 });
    columns.same_for_any_threads();
    let grouped = Grouped::new(if quick { 50 } else { 10_000 }, 1);
    let many_rows = Grouped::new(if quick { 50 } else { 10_000 }, 10);
    #[cfg(feature = "json")]
    let own = own::Own::from_environment();
    let mut groups = Vec::from([columns.group(), grouped.group()]);
    #[cfg(feature = "json")]
    groups.extend(own.iter().map(own::Own::group));

    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    groups.iter_mut().for_each(|group| group.measure(&mut criterion));
    criterion.final_summary();
    grouped.tell_memory(&many_rows);
    if quick || has("--list") {
        return;
    }
    println!("Times as multiples of the first of each group:");
    groups.iter_mut().for_each(|group| group.compare(31));
    #[cfg(feature = "json")]
    own.iter().for_each(own::Own::tell_speed);
}
