//! Targets: an amount over a hundred thousand leaves, flat and deep.
//!
//! Baselines do the same over floats, written by hand as one would. `--test` runs everything once on
//! few leaves. After the measurements, ratios within each group are printed, from rounds in which all
//! of the group take turns: these are what to read.

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

mod assess;
#[path = "../number/harness.rs"]
mod harness;

use criterion::Criterion;

use self::assess::Sellers;

fn main() {
    let has = |wanted: &str| std::env::args().any(|argument| argument == wanted);
    let quick = has("--test");
    let sellers = Sellers::new(if quick { 20 } else { 10_000 }, if quick { 30 } else { 365 });
    sellers.agrees();
    let facts = sellers.facts();
    let mut groups = [sellers.group(&facts)];

    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    groups.iter_mut().for_each(|group| group.measure(&mut criterion));
    criterion.final_summary();
    if quick || has("--list") {
        return;
    }
    println!("Times as multiples of the first of each group:");
    groups.iter_mut().for_each(|group| group.compare(31));
}
