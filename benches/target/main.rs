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
mod cascade;
#[path = "../number/harness.rs"]
mod harness;

use criterion::Criterion;

use self::assess::Sellers;
use self::cascade::Tree;

fn main() {
    let has = |wanted: &str| std::env::args().any(|argument| argument == wanted);
    let quick = has("--test");
    let flat = Tree::new(
        ["target/cascade flat", "target/cascade flat, tree built too"],
        &[if quick { 100 } else { 100_000 }],
    );
    let deep = Tree::new(
        ["target/cascade deep", "target/cascade deep, tree built too"],
        if quick { &[2, 3, 4] } else { &[10, 10, 10, 100] },
    );
    [&flat, &deep].into_iter().for_each(Tree::agrees);
    let sellers = Sellers::new(if quick { 20 } else { 10_000 }, if quick { 30 } else { 365 });
    sellers.agrees();
    let facts = sellers.facts();
    let mut groups = [
        sellers.group(&facts),
        flat.group(),
        flat.group_from_scratch(),
        deep.group(),
        deep.group_from_scratch(),
    ];

    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    groups.iter_mut().for_each(|group| group.measure(&mut criterion));
    criterion.final_summary();
    if quick || has("--list") {
        return;
    }
    println!("Times as multiples of the first of each group:");
    groups.iter_mut().for_each(|group| group.compare(31));
}
