//! The worked examples of the exactness promise whose result is rational, each by hand.

use yardstick::number::{parse_decimal, plain};
use yardstick::{Decimal, ErrorKind, Rational, Rounding};

use super::model::rational;

fn over(a: &Rational, b: &Rational) -> Rational {
    a.checked_div(b).unwrap()
}

/// (40654.60 / 67) x 0.45 / (18 / 67) is 1016.365, a tie that any rounding on the way loses.
#[test]
fn lifetime_value_is_rounded_once() {
    let revenue = over(&rational("40654.60"), &67.into());
    let churn = over(&18.into(), &67.into());
    let ltv = over(&(revenue * rational("0.45")), &churn);
    assert_eq!(ltv.to_string(), "203273/200");
    assert_eq!(plain(&ltv.round(Rounding::half_expand(2)).unwrap()), "1016.37");
    assert_eq!(plain(&ltv.round(Rounding::half_even(2)).unwrap()), "1016.36");
    assert_eq!(plain(&ltv.round(Rounding::exact(3)).unwrap()), "1016.365");
}

/// One day of thirty at 1.65 is 0.055.
#[test]
fn proration_keeps_its_tie() {
    let share = over(&1.into(), &30.into()) * rational("1.65");
    assert_eq!(plain(&share.round(Rounding::half_expand(2)).unwrap()), "0.06");
    assert_eq!(plain(&share.round(Rounding::exact(3)).unwrap()), "0.055");
}

/// (46 / 48) x (42 / 46) x 100 is 42 / 48 in hundredths: 87.5, also downwards.
#[test]
fn a_funnel_does_not_lose_its_last_digit() {
    let overall = over(&46.into(), &48.into()) * over(&42.into(), &46.into()) * Rational::from(100);
    assert_eq!(plain(&overall.round(Rounding::floor(1)).unwrap()), "87.5");
    assert_eq!(plain(&overall.round(Rounding::exact(1)).unwrap()), "87.5");
}

#[test]
fn three_thirds_are_one() {
    let third = over(&1.into(), &3.into());
    let sum = &third + &third + &third;
    assert!(sum >= Rational::ONE);
    assert_eq!(sum, Rational::ONE);
    assert_eq!(plain(&sum.round(Rounding::floor(28)).unwrap()), "1.0000000000000000000000000000");
}

/// The sum is exact; as a decimal it does not fit, and only a named rounding makes it fit.
#[test]
fn the_largest_decimal_and_a_fraction_do_not_fit() {
    let sum = Rational::from(Decimal::MAX) + rational("0.4");
    assert_eq!(sum, rational("79228162514264337593543950335.4"));
    assert_eq!(sum.to_decimal().unwrap_err().kind(), ErrorKind::Overflow);
    assert_eq!(sum.round(Rounding::exact(1)).unwrap_err().kind(), ErrorKind::Overflow);
    assert_eq!(sum.round(Rounding::exact(0)).unwrap_err().kind(), ErrorKind::Inexact);
    assert_eq!(sum.round(Rounding::half_even(0)).unwrap(), Decimal::MAX);
}

#[test]
fn a_tiny_product_is_not_zero() {
    let product = rational("1e-14") * rational("1e-15");
    assert_eq!(product, rational("1e-29"));
    assert!(product.is_positive());
    assert_eq!(product.round(Rounding::exact(28)).unwrap_err().kind(), ErrorKind::Inexact);
    assert_eq!(product.to_decimal().unwrap_err().kind(), ErrorKind::Inexact);
    assert_eq!(product.round(Rounding::expand(28)).unwrap().mantissa(), 1);
    assert_eq!(product.round(Rounding::half_even(28)).unwrap().mantissa(), 0);
}

#[test]
fn formatting_rounds_as_it_is_told() {
    let shown = |x: &str, rounding| plain(&rational(x).round(rounding).unwrap());
    assert_eq!(shown("1.015", Rounding::half_expand(2)), "1.02");
    assert_eq!(shown("1.015", Rounding::half_even(2)), "1.02");
    assert_eq!(shown("1.015", Rounding::trunc(2)), "1.01");
    assert_eq!(shown("-0.005", Rounding::half_expand(2)), "-0.01");
    assert_eq!(shown("-0.005", Rounding::half_even(2)), "0.00");
    assert_eq!(shown("-0.005", Rounding::trunc(2)), "0.00");
}

#[test]
fn small_and_long_texts_are_exact_or_refused() {
    assert_eq!(parse_decimal("1e-30").unwrap_err().kind(), ErrorKind::Inexact);
    assert_eq!(rational("1e-30"), over(&1.into(), &rational("1e30")));
    let long = "12345678901234567890.12345678901234567890";
    assert_eq!(parse_decimal(long).unwrap_err().kind(), ErrorKind::Overflow);
    assert_eq!(
        rational(long) * rational("1e20"),
        rational("1234567890123456789012345678901234567890")
    );
    assert_eq!(plain(&parse_decimal("12345678901234567890").unwrap()), "12345678901234567890");
}

/// 57.23 / 200.00 is 0.28615, and 99.996 % is not 100 % though it shows as 100.00.
#[test]
fn quotients_of_amounts() {
    let ratio = over(&rational("57.23"), &rational("200.00"));
    assert_eq!(plain(&ratio.round(Rounding::half_even(4)).unwrap()), "0.2862");
    assert_eq!(plain(&ratio.round(Rounding::half_expand(4)).unwrap()), "0.2862");
    let attained = over(&24_999.into(), &25_000.into()) * Rational::from(100);
    assert!(attained < Rational::from(100));
    assert_eq!(plain(&attained.round(Rounding::half_even(2)).unwrap()), "100.00");
}
