//! What the README says of others, where they can be asked here: the same inputs through chained
//! decimals and through binary floats, beside the exact result.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    reason = "the others are asked in their own way"
)]

use rust_decimal::MathematicalOps;
use rust_decimal::RoundingStrategy::{
    MidpointAwayFromZero, ToNegativeInfinity, ToPositiveInfinity,
};
use yardstick::number::{growth_rate, plain};
use yardstick::{Decimal, Formula, Rational, Rounding};

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn exact(formula: &str, rounding: Rounding) -> String {
    let formula: Formula = formula.parse().unwrap();
    let value = formula.evaluate(Vec::<(&str, Rational)>::new()).unwrap();
    plain(&value.round(rounding).unwrap().defined().unwrap())
}

#[test]
fn lifetime_value() {
    let chained =
        decimal("40654.60") / decimal("67") * decimal("0.45") / (decimal("18") / decimal("67"));
    let chained = chained.round_dp_with_strategy(2, MidpointAwayFromZero);
    assert_eq!(chained.to_string(), "1016.36");
    let float = 40654.60_f64 / 67.0 * 0.45 / (18.0 / 67.0);
    assert_eq!(format!("{float:.2}"), "1016.36");
    let formula = "40654.60 / 67 * 0.45 / (18 / 67)";
    assert_eq!(exact(formula, Rounding::half_expand(2)), "1016.37");
}

#[test]
fn proration() {
    let chained = (decimal("1") / decimal("30") * decimal("1.65"))
        .round_dp_with_strategy(2, MidpointAwayFromZero);
    assert_eq!(chained.to_string(), "0.05");
    assert_eq!(exact("1 / 30 * 1.65", Rounding::half_expand(2)), "0.06");
}

#[test]
fn funnel_rate() {
    let chained =
        (decimal("46") / decimal("48")) * (decimal("42") / decimal("46")) * decimal("100");
    let chained = chained.round_dp_with_strategy(1, ToNegativeInfinity);
    assert_eq!(chained.to_string(), "87.4");
    assert_eq!(exact("46 / 48 * (42 / 46) * 100", Rounding::floor(1)), "87.5");
}

/// From 1000 to 1331 in three periods is a tenth a period; a third is no decimal, and so neither is the
/// root of the chain.
#[test]
fn compound_growth() {
    let third = decimal("1") / decimal("3");
    let ratio = decimal("1331") / decimal("1000");
    let chained = (ratio.powd(third) - Decimal::ONE).round_dp_with_strategy(4, ToPositiveInfinity);
    assert_eq!(chained.to_string(), "0.1001");
    let float = (1.331_f64).powf(1.0 / 3.0) - 1.0;
    assert_eq!(format!("{:.4}", (float * 1e4).ceil() / 1e4), "0.1001");
    let [begin, end, periods] = [1000, 1331, 3].map(Rational::from);
    let rate = growth_rate(&begin, &end, &periods).unwrap();
    assert_eq!(plain(&rate.round(Rounding::ceil(4)).unwrap()), "0.1000");
}

#[test]
fn three_thirds() {
    let third = decimal("1") / decimal("3");
    assert!(third + third + third < Decimal::ONE);
    assert_eq!(exact("1/3 + 1/3 + 1/3", Rounding::exact(0)), "1");
}

#[test]
fn digits_that_are_shown() {
    assert_eq!(format!("{:.2}", decimal("1.015")), "1.01");
    assert_eq!(format!("{:.2}", decimal("-0.005")), "-0.00");
    assert_eq!(exact("1.015", Rounding::half_even(2)), "1.02");
    assert_eq!(exact("-0.005", Rounding::half_even(2)), "0.00");
}

#[test]
fn a_sum_that_does_not_fit() {
    let sum = Decimal::MAX.checked_add(decimal("0.4"));
    assert_eq!(sum, Some(Decimal::MAX));
    let exact = Rational::from(Decimal::MAX) + Rational::from(decimal("0.4"));
    assert!(exact.round(Rounding::exact(1)).is_err());
}

#[test]
fn a_tie_of_cents_over_a_budget() {
    // 57.23 / 200.00 is 0.28615.
    assert_eq!(format!("{:.4}", 57.23_f64 / 200.0), "0.2861");
    assert_eq!(exact("57.23 / 200.00", Rounding::half_even(4)), "0.2862");
}
