//! Roots, powers, exp and logarithms against their definitions.
//!
//! The model never rounds: it only compares, in [`reference::real`](crate::reference::real).

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Pow, Signed, Zero};
use proptest::prelude::*;
use yardstick::number::{annual_growth_rate, decay, growth_rate};
use yardstick::{Decimal, Rational, Real, Rounding};

use super::model::{rational, ten_to, value_of};
use crate::reference::real::{self, compare_root};

/// Checks every mode, given how the true value compares with a fraction.
fn check(
    value: &Real,
    scale: u32,
    compare: impl Fn(&BigRational) -> Ordering,
) -> Result<(), TestCaseError> {
    prop_assert!(real::check(value, scale, |with| Some(compare(with))));
    Ok(())
}

fn compare_logarithms(
    left: (&BigRational, &BigRational),
    right: (&BigRational, &BigRational),
) -> Ordering {
    real::compare_logarithms(left, right).expect("the two differ")
}

fn compare_exp(x: &BigRational, with: &BigRational) -> Ordering {
    real::compare_exp(x, with).expect("the two differ")
}

/// Library and model.
fn both(text: &str) -> (Rational, BigRational) {
    let value = rational(text);
    let parts = value.to_string();
    let (num, den) = parts.split_once('/').unwrap_or((&parts, "1"));
    (value, BigRational::new(num.parse().unwrap(), den.parse().unwrap()))
}

fn decimal_text() -> impl Strategy<Value = String> {
    (any::<u64>(), 0_u32..64, 0_u8..20)
        .prop_map(|(digits, shift, scale)| format!("{}e-{scale}", digits >> shift))
}

fn positive_text() -> impl Strategy<Value = String> {
    decimal_text().prop_filter("above zero", |text| !rational(text).is_zero())
}

proptest! {
    #[test]
    fn roots_are_where_their_powers_say(
        text in decimal_text(), den in prop_oneof![Just(1), 1_u32..], degree in 1_u32..12, scale in 0_u32..=28, negative: bool,
    ) {
        let (x, exact) = both(&format!("{text}/{den}"));
        let negative = negative && degree % 2 == 1;
        let (x, zero) = (if negative { -x } else { x }, BigRational::zero());
        let compare = |with: &BigRational| compare_root(&zero, negative, &exact, degree, with);
        check(&x.root(degree).unwrap(), scale, compare)?;
        if degree == 2 {
            check(&x.sqrt().unwrap(), scale, |with| compare_root(&zero, false, &exact, 2, with))?;
        }
    }

    /// A decimal, half-way to the next or a hair beside, to its power: what a random number never is.
    #[test]
    fn roots_beside_boundaries(
        halves in any::<u64>(), shift in 0_u32..64, places in 0_u32..12, degree in 2_u32..9, hair in -1_i8..=1,
        digits in 1_u32..40,
    ) {
        let root = BigRational::new(BigInt::from(halves >> shift), BigInt::from(2) * ten_to(places));
        let hair = BigRational::new(BigInt::from(hair), ten_to(digits * 20));
        let exact = Pow::pow(root, degree) + hair;
        prop_assume!(!exact.is_negative());
        let x = rational(&format!("{}/{}", exact.numer(), exact.denom()));
        let compare = |with: &BigRational| compare_root(&BigRational::zero(), false, &exact, degree, with);
        check(&x.root(degree).unwrap(), places, compare)?;
        if degree == 2 {
            check(&x.sqrt().unwrap(), places, compare)?;
        }
    }

    #[test]
    fn growth_by_period(
        begin in positive_text(), end in decimal_text(), periods in 1_u32..14, scale in 0_u32..=20, negative: bool,
    ) {
        let ((begin, b), (end, e)) = (both(&begin), both(&end));
        let (begin, end) = if negative { (-begin, -end) } else { (begin, end) };
        let rate = growth_rate(&begin, &end, &Rational::from(periods)).unwrap();
        let ratio = e / b;
        check(&rate, scale, |with| compare_root(&-BigRational::one(), false, &ratio, periods, with))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn powers_are_where_their_logarithms_say(
        base in positive_text(), num in -60_i32..60, den in 1_u32..400, scale in 0_u32..=28,
    ) {
        let ((base, b), exponent) = (both(&base), BigRational::new(num.into(), den.into()));
        // Rational powers are for the next test.
        prop_assume!(*exponent.denom() > BigInt::from(64) && !b.is_one());
        let power = base.power(&Rational::new(num, den).unwrap()).unwrap();
        check(&power, scale, |with| match with.is_positive() {
            true => compare_logarithms((&exponent, &b), (&BigRational::one(), with)),
            false => Ordering::Greater,
        })?;
    }

    #[test]
    fn perfect_powers_are_exact(
        num in 1_u32..100, den in 1_u32..100, degree in 1_u32..40, times in -5_i32..=5, scale in 0_u32..=28,
    ) {
        let root = BigRational::new(num.into(), den.into());
        let base = Pow::pow(&root, degree);
        let base = rational(&format!("{}/{}", base.numer(), base.denom()));
        let power = base.power(&Rational::new(times, degree).unwrap()).unwrap();
        let exact = Pow::pow(root, times);
        check(&power, scale, |with| exact.cmp(with))?;
    }

    #[test]
    fn exp_is_where_its_logarithm_says(digits in any::<i32>(), places in 8_u32..14, scale in 0_u32..=28) {
        prop_assume!(digits != 0);
        let (x, exact) = both(&format!("{digits}e-{places}"));
        check(&x.exp(), scale, |with| compare_exp(&exact, with))?;
    }

    #[test]
    fn ln_is_where_exp_says(text in positive_text(), scale in 0_u32..=24) {
        let (x, exact) = both(&text);
        prop_assume!(!exact.is_one());
        check(&x.ln().unwrap(), scale, |with| compare_exp(with, &exact).reverse())?;
    }

    #[test]
    fn log10_is_where_powers_of_ten_say(text in positive_text(), scale in 0_u32..=24) {
        let (x, exact) = both(&text);
        let log = x.log10().unwrap();
        let (one, ten) = (BigRational::one(), BigRational::from(BigInt::from(10)));
        match log.round(Rounding::exact(0)) {
            Ok(power) => prop_assert_eq!(exact, Pow::pow(ten, i32::try_from(power.mantissa()).unwrap())),
            Err(_) => check(&log, scale, |with| compare_logarithms((&one, &exact), (with, &ten)))?,
        }
    }
}

/// The two decimals of 24 places between which a number lies.
fn neighbours(value: &Real) -> [Decimal; 2] {
    [Rounding::floor(24), Rounding::ceil(24)].map(|rounding| value.round(rounding).unwrap())
}

fn half_way(halves: i64, places: u32) -> Rational {
    Rational::from_scaled(i128::from(halves) * 5, places as u8 + 1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Arguments whose exp is within some 10^-20 of a number half-way between two of a few places: the next
    /// decimal below and above its logarithm.
    #[test]
    fn exp_beside_boundaries(halves in 1_i64..2_000_000, places in 0_u32..7) {
        let middle = half_way(halves, places);
        prop_assume!(middle != Rational::ONE);
        for x in neighbours(&middle.ln().unwrap()) {
            let (value, exact) = (Rational::from(x), value_of(&x));
            prop_assume!(!value.is_zero());
            check(&value.exp(), places, |with| compare_exp(&exact, with))?;
        }
    }

    #[test]
    fn ln_beside_boundaries(halves in -10_000_i64..20_000, places in 3_u32..6) {
        for x in neighbours(&half_way(halves, places).exp()) {
            let (value, exact) = (Rational::from(x), value_of(&x));
            prop_assume!(value != Rational::ONE && !value.is_zero());
            check(&value.ln().unwrap(), places, |with| compare_exp(with, &exact).reverse())?;
        }
    }

    #[test]
    fn log10_beside_boundaries(halves in -2_000_i64..2_000, places in 3_u32..6) {
        let (one, ten) = (BigRational::one(), BigRational::from(BigInt::from(10)));
        let middle = half_way(2 * halves + 1, places);
        for x in neighbours(&Rational::from(10).power(&middle).unwrap()) {
            let (value, exact) = (Rational::from(x), value_of(&x));
            let log = value.log10().unwrap();
            check(&log, places, |with| compare_logarithms((&one, &exact), (with, &ten)))?;
        }
    }

    #[test]
    fn powers_beside_boundaries(
        halves in 1_i64..200_000, places in 0_u32..5, num in 1_i32..400, den in 25_i32..400, inverse: bool,
    ) {
        let exponent = Rational::new(if inverse { -num } else { num }, den).unwrap();
        let (_, e) = both(&exponent.to_string());
        // The root of such a degree of a decimal of 24 places is none; that of 2.25 = 1.5^2 would be.
        prop_assume!(*e.denom() > BigInt::from(24));
        let middle = half_way(2 * halves + 1, places);
        let backwards = Rational::ONE.checked_div(&exponent).unwrap();
        let base = middle.power(&backwards).unwrap();
        prop_assume!(base.round(Rounding::ceil(24)).is_ok());
        for base in neighbours(&base) {
            let (value, b) = (Rational::from(base), value_of(&base));
            prop_assume!(!value.is_zero() && value != Rational::ONE);
            let power = value.power(&exponent).unwrap();
            check(&power, places, |with| match with.is_positive() {
                true => compare_logarithms((&e, &b), (&BigRational::one(), with)),
                false => Ordering::Greater,
            })?;
        }
    }

    #[test]
    fn growth_by_year_and_decay(
        begin in 1_u32.., end in 1_u32.., days in 1_u32..4_000, scale in 0_u32..=16,
    ) {
        prop_assume!(begin != end);
        let text = Rational::from;
        let ratio = BigRational::new(end.into(), begin.into());
        let minus_one = |with: &BigRational| with + BigRational::one();
        let exponent = BigRational::new(365.into(), days.into());
        let rate = annual_growth_rate(&text(begin), &text(end), &text(days)).unwrap();
        let one = BigRational::one();
        if !exponent.is_integer() {
            check(&rate, scale, |with| match minus_one(with).is_positive() {
                true => compare_logarithms((&exponent, &ratio), (&one, &minus_one(with))),
                false => Ordering::Greater,
            })?;
        }
        let (elapsed, half_life) = (begin % 100_000, days);
        prop_assume!(elapsed % half_life != 0);
        let left = decay(&text(elapsed), &text(half_life)).unwrap();
        let (two, exponent) = (
            BigRational::from(BigInt::from(2)),
            -BigRational::new(elapsed.into(), half_life.into()),
        );
        check(&left, scale, |with| match with.is_positive() {
            true => compare_logarithms((&exponent, &two), (&one, with)),
            false => Ordering::Greater,
        })?;
    }
}

fn text_of(value: Result<Real, yardstick::Error>, rounding: Rounding) -> String {
    match value.and_then(|value| value.round(rounding)) {
        Ok(decimal) => yardstick::number::plain(&decimal),
        Err(error) => error.kind().name().to_owned(),
    }
}

#[test]
fn errors_and_their_order() {
    let [zero, one, two, minus] = ["0", "1", "2", "-1"].map(rational);
    let places = Rounding::half_even(2);
    for (value, expected) in [
        (minus.sqrt(), "domain"),
        (minus.root(4), "domain"),
        (minus.root(3), "-1.00"),
        (two.root(0), "domain"),
        (zero.root(7), "0.00"),
        (zero.ln(), "domain"),
        (minus.log10(), "domain"),
        (zero.power(&zero), "1.00"),
        (zero.power(&minus), "division_by_zero"),
        (zero.power(&rational("1/3")), "0.00"),
        (minus.power(&rational("1/3")), "domain"),
        (minus.power(&rational("4097")), "-1.00"),
        (rational("-1.0000001").power(&rational("20000001")), "-7.39"),
        (rational("-1.0000001").power(&rational("20000000")), "7.39"),
        (growth_rate(&zero, &zero, &zero), "division_by_zero"),
        (growth_rate(&one, &zero, &two), "-1.00"),
        (growth_rate(&one, &zero, &minus), "division_by_zero"),
        (growth_rate(&one, &minus, &two), "domain"),
        (growth_rate(&minus, &minus, &two), "0.00"),
        (growth_rate(&one, &two, &zero), "division_by_zero"),
        (decay(&one, &zero), "division_by_zero"),
        (Ok(rational("1000000").exp()), "overflow"),
    ] {
        let shown = value.as_ref().map(ToString::to_string);
        assert_eq!(text_of(value.clone(), places), expected, "{shown:?}");
    }
    assert_eq!(text_of(two.sqrt(), Rounding::exact(28)), "inexact");
    assert_eq!(text_of(Ok(rational("1000000").exp()), Rounding::exact(0)), "overflow");
    assert_eq!(text_of(two.sqrt(), Rounding::exact(29)), "domain");
    for (value, expected) in [
        (two.sqrt(), "(2)^(1/2)"),
        (rational("-2").root(3), "-(2)^(1/3)"),
        (growth_rate(&one, &two, &rational("3")), "-1 + (2)^(1/3)"),
        (rational("-2").power(&rational("99999")), "-(2)^(99999)"),
    ] {
        assert_eq!(value.unwrap().to_string(), expected);
    }
    let message = minus.sqrt().unwrap_err();
    assert_eq!(message.to_string(), "the square root of \"-1\", which is below zero");
}

#[test]
fn at_once_however_long_or_far() {
    let long = format!("1.{}", "7".repeat(4_000));
    let places = Rounding::half_even(6);
    let far = rational("1e4096");
    // Numbers that no text gives: their first bits are enough to know what a power of them is.
    let farther = (0..7).fold(far.clone(), |number, _| &number * &number);
    let kept = rational("0.9").power(&farther);
    for (value, rounding, expected) in [
        (Ok(far.exp()), places, "overflow"),
        (Ok((-&far).exp()), places, "0.000000"),
        (Ok((-&far).exp()), Rounding::ceil(6), "0.000001"),
        (far.ln(), places, "9431.388541"),
        (far.log10(), Rounding::exact(0), "4096"),
        (far.power(&far), places, "overflow"),
        (far.power(&-&far), Rounding::expand(1), "0.1"),
        (farther.power(&farther), places, "overflow"),
        (rational("1.1").power(&farther), places, "overflow"),
        (kept.clone(), places, "0.000000"),
        (kept, Rounding::ceil(6), "0.000001"),
        (decay(&farther, &rational("7")), Rounding::expand(1), "0.1"),
        (far.power(&rational("1e-4096")), places, "1.000000"),
        (far.power(&rational("1e-4096")), Rounding::ceil(6), "1.000001"),
        (Ok(rational("1e-4096").exp()), Rounding::ceil(28), "1.0000000000000000000000000001"),
        (Ok(rational("-1e-4096").exp()), Rounding::floor(28), "0.9999999999999999999999999999"),
        (Ok(rational(&long).exp()), places, "5.916694"),
        (rational(&long).ln(), places, "0.575364"),
        (rational(&long).root(u32::MAX), places, "1.000000"),
        (rational(&long).power(&rational(&long)), places, "2.781164"),
        (rational("2").power(&rational("1e-4096")), Rounding::floor(10), "1.0000000000"),
    ] {
        assert_eq!(text_of(value.clone(), rounding), expected, "{rounding:?}");
    }
}
