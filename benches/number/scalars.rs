//! Single numbers: quotients, a lifetime value, a square root, compound growth.
//!
//! Money over counts: cents below 10^9, counts below 10^6.

use std::hint::black_box;

use rust_decimal::MathematicalOps;
use yardstick::number::{growth_rate, quotient, quotient_of_products, ratio};
use yardstick::{Decimal, Rational, Rounding};

use crate::harness::{Group, Numbers};

const COUNT: usize = 1_000;

/// A lifetime value: revenue, customers, margin, lost and opening customers.
struct Lifetime {
    revenue: Decimal,
    customers: Decimal,
    margin: Decimal,
    lost: Decimal,
    opening: Decimal,
}

pub(crate) struct Scalars {
    counts: Vec<(u64, u64)>,
    narrow: Vec<(Decimal, Decimal)>,
    wide: Vec<(Decimal, Decimal)>,
    lifetimes: Vec<Lifetime>,
    rounding: Rounding,
    places: u32,
}

fn decimal(mantissa: impl Into<i128>, scale: u32) -> Decimal {
    Decimal::try_from_i128_with_scale(mantissa.into(), scale).unwrap()
}

fn float(decimal: &Decimal) -> f64 {
    decimal.mantissa() as f64 / 10_f64.powi(decimal.scale() as i32)
}

impl Scalars {
    pub(crate) fn new() -> Self {
        let mut numbers = Numbers(2);
        let mut count = |end: u64| numbers.below(end - 1) + 1;
        let counts: Vec<(u64, u64)> =
            (0..COUNT).map(|_| (count(1_000_000_000), count(1_000_000))).collect();
        let narrow = counts.iter().map(|(a, b)| (decimal(*a, 2), decimal(*b, 0))).collect();
        // All 96 bits.
        let mut long = || {
            let low = i128::from(count(1 << 32)) | i128::from(count(1 << 32)) << 32;
            low | i128::from(count(1 << 31) | 1 << 31) << 64
        };
        let wide = (0..COUNT).map(|_| (decimal(long(), 10), decimal(long(), 14))).collect();
        let lifetimes = counts
            .iter()
            .map(|(cents, customers)| {
                let lost = count(10_000);
                Lifetime {
                    revenue: decimal(*cents, 2),
                    customers: decimal(*customers, 0),
                    margin: decimal(count(100), 2),
                    lost: decimal(lost, 0),
                    opening: decimal(lost + count(100_000), 0),
                }
            })
            .collect();
        let rounding = black_box(Rounding::half_even(4));
        Self { counts, narrow, wide, lifetimes, rounding, places: black_box(4) }
    }

    fn pairs<'a>(&'a self, name: &'a str, pairs: &'a [(Decimal, Decimal)]) -> Group<'a> {
        let floats: Vec<_> = pairs.iter().map(|(a, b)| (float(a), float(b))).collect();
        Group::new(name)
            .with("rust_decimal", each(pairs, |(a, b)| (a / b).round_dp(self.places)))
            .with("exact", each(pairs, |(a, b)| quotient(a, b, self.rounding).unwrap()))
            .with(
                "exact, through fractions",
                each(pairs, |(a, b)| {
                    Rational::from(a).checked_div(&b.into()).unwrap().round(self.rounding).unwrap()
                }),
            )
            .with("floats", move || {
                for (a, b) in black_box(&floats) {
                    black_box((a / b * 1e4).round() / 1e4);
                }
            })
    }

    fn counts(&self) -> Group<'_> {
        let floats: Vec<_> = self.counts.iter().map(|(a, b)| (*a as f64, *b as f64)).collect();
        Group::new("number/quotient of u64")
            .with("floats", move || {
                for (a, b) in black_box(&floats) {
                    black_box((a / b * 1e4).round() / 1e4);
                }
            })
            .with("exact", each(&self.counts, |(a, b)| ratio(*a, *b, self.rounding).unwrap()))
    }

    fn lifetime(&self) -> Group<'_> {
        let values = &self.lifetimes;
        Group::new("number/lifetime value")
            .with(
                "rust_decimal",
                each(values, |x| {
                    let value = x.revenue / x.customers * x.margin / (x.lost / x.opening);
                    value.round_dp(self.places)
                }),
            )
            .with(
                "exact",
                each(values, |x| {
                    let dividends = [x.revenue, x.margin, x.opening];
                    quotient_of_products(&dividends, &[x.customers, x.lost], self.rounding).unwrap()
                }),
            )
            .with(
                "exact, through fractions",
                each(values, |x| {
                    let each = Rational::from(x.revenue).checked_div(&x.customers.into()).unwrap();
                    let churn = Rational::from(x.lost).checked_div(&x.opening.into()).unwrap();
                    let value = (each * Rational::from(x.margin)).checked_div(&churn).unwrap();
                    value.round(self.rounding).unwrap()
                }),
            )
    }

    fn square_root(&self) -> Group<'_> {
        let pairs = &self.narrow;
        Group::new("number/square root")
            .with("rust_decimal", each(pairs, |(a, _)| a.sqrt().unwrap().round_dp(self.places)))
            .with(
                "exact",
                each(pairs, |(a, _)| {
                    Rational::from(a).sqrt().unwrap().round(self.rounding).unwrap()
                }),
            )
    }

    fn growth(&self) -> Group<'_> {
        let (pairs, periods) = (&self.narrow, Rational::from(5));
        let fifth = decimal(2, 1);
        Group::new("number/compound growth over 5 periods")
            .with(
                "rust_decimal",
                each(pairs, move |(a, b)| {
                    ((a / b).powd(fifth) - Decimal::ONE).round_dp(self.places)
                }),
            )
            .with(
                "exact",
                each(pairs, move |(a, b)| {
                    growth_rate(&b.into(), &a.into(), &periods)
                        .unwrap()
                        .round(self.rounding)
                        .unwrap()
                }),
            )
    }

    pub(crate) fn groups(&self) -> [Group<'_>; 6] {
        [
            self.pairs("number/quotient", &self.narrow),
            self.pairs("number/quotient of 96 bits", &self.wide),
            self.counts(),
            self.lifetime(),
            self.square_root(),
            self.growth(),
        ]
    }
}

/// One pass that computes `run` of each; an error is an outcome like another.
fn each<'a, T, U>(values: &'a [T], run: impl Fn(&T) -> U + 'a) -> impl FnMut() + 'a {
    move || {
        for value in black_box(values) {
            black_box(run(value));
        }
    }
}
