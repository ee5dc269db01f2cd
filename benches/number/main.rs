//! Exact numbers beside `rust_decimal` and binary floats: single ones, and sums and moments of long
//! columns.
//!
//! Operands are the same on every run. `--test` runs everything once on few rows. After the
//! measurements, ratios within each group are printed, from rounds in which all of the group take
//! turns: these are what to read. Where a group has a read of the same memory, the share of its speed
//! is what the others reach of the bandwidth that one core has here and now.

#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::unwrap_used,
    reason = "a bench, and what it compares with are loops over floats and rust_decimal's arithmetic"
)]

mod columns;
mod harness;
mod scalars;

use criterion::Criterion;

use self::columns::Money;
use self::scalars::Scalars;

fn main() {
    let quick = std::env::args().any(|argument| argument == "--test");
    let money = Money::new(if quick { 10_000 } else { 10_000_000 });
    let scalars = Scalars::new();
    let mut groups: Vec<_> = scalars.groups().into_iter().chain(money.groups()).collect();

    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    groups.iter_mut().for_each(|group| group.measure(&mut criterion));
    criterion.final_summary();
    if quick || std::env::args().any(|argument| argument == "--list") {
        return;
    }
    println!("Times as multiples of the first of each group:");
    groups.iter_mut().for_each(|group| group.compare(31));
}
