//! A quotient rounded once to four places, beside the same in binary floats and in `rust_decimal`.
//!
//! All three go over the same pairs in the same run, so that their ratio is what to read.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    reason = "binary floats and rust_decimal's own arithmetic are what is compared with"
)]
#![allow(
    clippy::unwrap_used,
    reason = "the inputs are made here, and a bench that fails should stop"
)]
#![allow(missing_docs, reason = "the macro that makes `main` documents nothing")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use yardstick::{Decimal, Rational, Rounding};

const PAIRS: usize = 1_000;

/// The same numbers on every run: a linear congruential generator with Knuth's constants, of which
/// the upper half is used.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 32) as u32
    }

    fn below(&mut self, end: u32) -> u32 {
        self.next() % end
    }

    /// A mantissa that needs all 96 bits.
    fn wide(&mut self) -> i128 {
        let low = i128::from(self.next()) | i128::from(self.next()) << 32;
        low | i128::from(self.next() | 1 << 31) << 64
    }
}

fn decimal(mantissa: i128, scale: u32) -> Decimal {
    Decimal::try_from_i128_with_scale(mantissa, scale).unwrap()
}

/// Amounts of up to a million, in cents, over counts of up to fifty thousand.
fn amounts_over_counts() -> Vec<(Decimal, Decimal)> {
    let mut numbers = Numbers(1);
    (0..PAIRS)
        .map(|_| {
            let amount = decimal(numbers.below(100_000_000).into(), 2);
            (amount, decimal((numbers.below(50_000) + 1).into(), 0))
        })
        .collect()
}

fn wide_over_wide() -> Vec<(Decimal, Decimal)> {
    let mut numbers = Numbers(2);
    (0..PAIRS).map(|_| (decimal(numbers.wide(), 10), decimal(numbers.wide(), 14))).collect()
}

fn compare(c: &mut Criterion, name: &str, pairs: &[(Decimal, Decimal)]) {
    let float = |x: &Decimal| x.mantissa() as f64 / 10_f64.powi(x.scale() as i32);
    let floats: Vec<_> = pairs.iter().map(|(a, b)| (float(a), float(b))).collect();
    let mut group = c.benchmark_group(name);
    group.throughput(Throughput::Elements(pairs.len() as u64));

    group.bench_function("f64", |bencher| {
        bencher.iter(|| {
            for (a, b) in black_box(&floats) {
                black_box((a / b * 1e4).round() / 1e4);
            }
        });
    });
    group.bench_function("exact", |bencher| {
        let rounding = black_box(Rounding::half_even(4));
        bencher.iter(|| {
            for (a, b) in black_box(pairs) {
                let quotient = Rational::from(a).checked_div(&Rational::from(b)).unwrap();
                black_box(quotient.round(rounding).unwrap());
            }
        });
    });
    group.bench_function("rust_decimal", |bencher| {
        let places = black_box(4);
        bencher.iter(|| {
            for (a, b) in black_box(pairs) {
                black_box((a / b).round_dp(places));
            }
        });
    });
    group.finish();
}

fn quotient(c: &mut Criterion) {
    compare(c, "quotient/amounts_over_counts", &amounts_over_counts());
    compare(c, "quotient/wide_over_wide", &wide_over_wide());
}

criterion_group!(benches, quotient);
criterion_main!(benches);
