//! Quotients in one step are what the same quotients of fractions are.

use proptest::prelude::*;
use yardstick::number::{quotient, quotient_of_products, ratio};
use yardstick::{Decimal, ErrorKind, Mode, Rational, Rounding};

fn decimal() -> impl Strategy<Value = Decimal> {
    (any::<i128>(), 0_u32..128, 0_u32..=28).prop_map(|(digits, shift, scale)| {
        let most = (1_i128 << 96) - 1;
        Decimal::try_from_i128_with_scale((digits >> shift).clamp(-most, most), scale).unwrap()
    })
}

fn rounding() -> impl Strategy<Value = Rounding> {
    let step = prop_oneof![3 => Just(None), 1 => (1_i128..1_000).prop_map(Some)];
    (0_u32..=30, prop::sample::select(&Mode::ALL[..]), step).prop_map(|(scale, mode, step)| {
        let rounding = Rounding::new(scale, mode);
        let step = step.filter(|_| scale <= 28);
        step.map_or(rounding, |step| {
            rounding.with_step(Rational::from_scaled(step, scale as u8)).unwrap()
        })
    })
}

/// Through fractions: digits with their scale, or the kind of the error.
fn exactly(
    dividends: &[Rational],
    divisors: &[Rational],
    rounding: Rounding,
) -> Result<(i128, u32), ErrorKind> {
    let product = |factors: &[Rational]| factors.iter().fold(Rational::ONE, |a, b| a * b);
    let quotient = product(dividends).checked_div(&product(divisors));
    parts(quotient.and_then(|quotient| quotient.round(rounding)))
}

fn parts(result: Result<Decimal, yardstick::Error>) -> Result<(i128, u32), ErrorKind> {
    match result {
        Ok(decimal) => {
            assert!(!(decimal.is_sign_negative() && decimal.mantissa() == 0));
            Ok((decimal.mantissa(), decimal.scale()))
        }
        Err(error) => Err(error.kind()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn of_two_decimals(a in decimal(), b in decimal(), rounding in rounding()) {
        let expected = exactly(&[a.into()], &[b.into()], rounding);
        prop_assert_eq!(parts(quotient(&a, &b, rounding)), expected);
    }

    #[test]
    fn of_two_counts(a: u64, b: u64, shifts in (0_u32..64, 0_u32..64), rounding in rounding()) {
        let (a, b) = (a >> shifts.0, b >> shifts.1);
        let expected = exactly(&[a.into()], &[b.into()], rounding);
        prop_assert_eq!(parts(ratio(a, b, rounding)), expected);
    }

    /// Halves of the last place, and a hair beside.
    #[test]
    fn of_two_counts_beside_ties(half in 0_u64..1_000_000, den in 1_u64..1_000, hair in -1_i8..=1, mode in prop::sample::select(&Mode::ALL[..])) {
        let num = (half * den).saturating_add_signed(hair.into());
        let rounding = Rounding::new(0, mode);
        let den = 2 * den;
        prop_assert_eq!(parts(ratio(num, den, rounding)), exactly(&[num.into()], &[den.into()], rounding));
    }

    #[test]
    fn of_products(
        a in prop::collection::vec(decimal(), 0..5), b in prop::collection::vec(decimal(), 0..5), rounding in rounding(),
    ) {
        let fractions = |factors: &[Decimal]| factors.iter().map(Rational::from).collect::<Vec<_>>();
        let expected = exactly(&fractions(&a), &fractions(&b), rounding);
        prop_assert_eq!(parts(quotient_of_products(&a, &b, rounding)), expected);
    }
}

#[test]
fn the_order_of_errors() {
    let [zero, one] = [0, 1].map(Decimal::from);
    let beyond = Rounding::half_even(29);
    let kind = |result: Result<Decimal, yardstick::Error>| result.unwrap_err().kind();
    assert_eq!(kind(ratio(1, 0, beyond)), ErrorKind::DivisionByZero);
    assert_eq!(kind(ratio(1, 3, beyond)), ErrorKind::Domain);
    assert_eq!(kind(ratio(1, 3, Rounding::exact(28))), ErrorKind::Inexact);
    assert_eq!(kind(ratio(u64::MAX, 3, Rounding::exact(28))), ErrorKind::Overflow);
    assert_eq!(kind(quotient(&zero, &zero, beyond)), ErrorKind::DivisionByZero);
    // As far beyond as a number can say, with a divisor that has decimals of its own.
    let farthest = Rounding::half_even(u32::MAX);
    let [zero_cents, cents] =
        [0, 12].map(|cents| Decimal::try_from_i128_with_scale(cents, 2).unwrap());
    assert_eq!(kind(quotient(&one, &cents, farthest)), ErrorKind::Domain);
    assert_eq!(kind(quotient(&one, &zero_cents, farthest)), ErrorKind::DivisionByZero);
    assert_eq!(kind(quotient_of_products(&[one], &[cents], farthest)), ErrorKind::Domain);
    assert_eq!(kind(quotient_of_products(&[], &[one, zero], beyond)), ErrorKind::DivisionByZero);
    assert_eq!(quotient_of_products(&[], &[], Rounding::exact(0)).unwrap(), one);
}
