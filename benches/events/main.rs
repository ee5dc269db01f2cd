//! Event funnels: ten million events of a million entities, and what the worst of events cost.
//!
//! Baselines are a plain read of the same columns. `--test` runs everything once on few events. After
//! the measurements, ratios within each group are printed, from rounds in which all of the group take
//! turns: these are what to read. With feature `parallel` there are two threads as well. Then come the
//! memory that counts take, and the cost of an event as they become more.

#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::unwrap_used,
    reason = "a bench, and ratios of times are floats"
)]

#[path = "../number/harness.rs"]
mod harness;
mod linear;
#[path = "../kpi/memory.rs"]
mod memory;
mod shop;

use criterion::Criterion;

use self::shop::Log;

fn main() {
    let has = |wanted: &str| std::env::args().any(|argument| argument == wanted);
    let quick = has("--test");
    let entities = if quick { 100 } else { 1_000_000 };
    let log = Log::new(entities);
    let sorted = log.columns("events/sorted", u32::try_from);
    let shuffled = log.shuffled();
    let dense = shuffled.columns("events/shuffled, dense ids", u32::try_from);
    let sparse = shuffled.columns("events/shuffled, random 64-bit ids", shop::spread);
    let by_time = log.by_time().columns("events/by time, dense ids", u32::try_from);
    assert_eq!(sorted.sorted(), dense.unsorted());
    assert_eq!(sorted.sorted(), sparse.unsorted());
    assert_eq!(sorted.sorted(), by_time.by_time());
    let mut groups = [
        sorted.group_sorted(),
        dense.group_unsorted(),
        sparse.group_unsorted(),
        by_time.group_by_time(),
    ];

    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    groups.iter_mut().for_each(|group| group.measure(&mut criterion));
    criterion.final_summary();
    if has("--list") {
        return;
    }
    let bytes = memory::peak(|| sorted.sorted());
    println!("Counts on sorted columns hold {bytes} bytes for {entities} entities.");
    if quick {
        linear::run(1_000);
        return;
    }
    println!("Times as multiples of the first of each group:");
    groups.iter_mut().for_each(|group| group.compare(11));
    drop(groups);
    linear::table();
}
