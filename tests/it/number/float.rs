//! The doors for floats, against big integers and against reading the text back.

#![allow(clippy::disallowed_types, reason = "the doors are for floats")]

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;
use proptest::prelude::*;
use yardstick::{ErrorKind, Rational};

use super::model::rational;

/// The value by the definition of the format, from its three fields.
fn value(bits: u64) -> BigRational {
    let (sign, exponent, fraction) = (bits >> 63, bits >> 52 & 0x7ff, bits & ((1 << 52) - 1));
    let two_to = |power: u64| BigInt::one() << power;
    // In units of 2^-1074, of which each subnormal float is a multiple.
    let units = match exponent {
        0 => BigInt::from(fraction),
        _ => (two_to(52) + fraction) * two_to(exponent - 1),
    };
    let signed = if sign == 1 { -units } else { units };
    BigRational::new(signed, two_to(1074))
}

/// Any bits of a finite float, with as many subnormal and extreme ones.
fn finite() -> impl Strategy<Value = u64> {
    let exponent =
        prop_oneof![2 => 0_u64..=2046, 1 => Just(0), 1 => Just(2046), 1 => 1000_u64..=1100];
    let fraction = prop_oneof![2 => 0_u64..1 << 52, 1 => 0_u64..4, 1 => (1_u64 << 52) - 4..1 << 52];
    (any::<bool>(), exponent, fraction)
        .prop_map(|(sign, exponent, fraction)| u64::from(sign) << 63 | exponent << 52 | fraction)
}

fn exact(bits: u64) -> Rational {
    Rational::from_f64_exact(f64::from_bits(bits)).unwrap()
}

fn shortest(bits: u64) -> Rational {
    Rational::from_f64_shortest(f64::from_bits(bits)).unwrap()
}

/// The decimal of so many significant digits that reads back as the float, if any does: the nearest
/// ones above and below are tried.
fn reads_back_with(bits: u64, digits: usize) -> bool {
    let text = format!("{:.*e}", digits - 1, f64::from_bits(bits));
    let (mantissa, exponent) = text.split_once('e').unwrap();
    let mantissa: i64 = mantissa.replace('.', "").parse().unwrap();
    let exponent = exponent.parse::<i64>().unwrap() - (digits as i64 - 1);
    (mantissa - 1..=mantissa + 1).any(|mantissa| {
        format!("{mantissa}e{exponent}").parse::<f64>().is_ok_and(|back| back.to_bits() == bits)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_exact_value_is_that_of_the_bits(bits in finite()) {
        prop_assert_eq!(exact(bits).to_string(), value(bits).to_string());
    }

    /// It reads back, no decimal with fewer digits does, and it is nearer than half of what separates
    /// the float from its neighbours.
    #[test]
    fn the_shortest_decimal_reads_back_and_none_is_shorter(bits in finite()) {
        let text = format!("{:e}", f64::from_bits(bits));
        let number = shortest(bits);
        // The language's own, or one on the other side and as near.
        let written = rational(&text);
        prop_assert!(number == written || &number + &written == exact(bits) + exact(bits));
        if bits << 1 == 0 {
            prop_assert!(number.is_zero());
            return Ok(());
        }
        prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), bits);
        let digits = text.split('e').next().unwrap().chars().filter(char::is_ascii_digit).count();
        prop_assert!(digits <= 17);
        prop_assert!(digits == 1 || !reads_back_with(bits, digits - 1), "{}", text);
        prop_assert_eq!(number.is_negative(), bits >> 63 == 1);
        let step = exact(bits & !(1 << 63) | 1) - exact(bits & !(1 << 63) & !1);
        prop_assert!((number - exact(bits)).abs() * Rational::from(2) <= step);
    }

    /// What was a decimal of at most 15 digits comes back as it was.
    #[test]
    fn a_short_decimal_survives_being_a_float(
        mantissa in -999_999_999_999_999_i64..=999_999_999_999_999,
        places in 0_u32..=20,
    ) {
        let text = format!("{mantissa}e-{places}");
        let float: f64 = text.parse().unwrap();
        prop_assert_eq!(Rational::from_f64_shortest(float).unwrap(), rational(&text));
    }

    #[test]
    fn integers_are_themselves(integer in -(1_i64 << 53)..=1 << 53) {
        let float: f64 = integer.to_string().parse().unwrap();
        prop_assert_eq!(Rational::from_f64_exact(float).unwrap(), Rational::from(integer));
        prop_assert_eq!(Rational::from_f64_shortest(float).unwrap(), Rational::from(integer));
    }
}

#[test]
fn known_floats() {
    let power = |exponent| Rational::from(2).checked_pow(exponent).unwrap();
    for (float, value, text) in [
        (0.0, "0".to_owned(), "0"),
        (-0.0, "0".to_owned(), "0"),
        (1.0, "1".to_owned(), "1"),
        (-2.5, "-5/2".to_owned(), "-2.5"),
        (0.1, "3602879701896397/36028797018963968".to_owned(), "0.1"),
        (0.3, "5404319552844595/18014398509481984".to_owned(), "0.3"),
        // 2^53 + 1 is no float; the one before it is.
        (9_007_199_254_740_992.0, "9007199254740992".to_owned(), "9007199254740992"),
        (1e23, "99999999999999991611392".to_owned(), "1e23"),
        (5e-324, power(-1074).to_string(), "5e-324"),
        (f64::MIN_POSITIVE, power(-1022).to_string(), "2.2250738585072014e-308"),
        (f64::MAX, (power(1024) - power(971)).to_string(), "1.7976931348623157e308"),
        (f64::MIN, (power(971) - power(1024)).to_string(), "-1.7976931348623157e308"),
    ] {
        assert_eq!(Rational::from_f64_exact(float).unwrap().to_string(), value);
        assert_eq!(Rational::from_f64_shortest(float).unwrap(), rational(text));
    }
}

/// Binary values half-way between two decimals of 17 digits; what Python and JavaScript print.
#[test]
fn of_two_that_are_equally_near_the_even_one() {
    for (half_way, text) in [
        ("2053906729448832.25", "2053906729448832.2"),
        ("-2053906729448832.25", "-2053906729448832.2"),
        ("2053906729448832.75", "2053906729448832.8"),
        ("1234567890123456.25", "1234567890123456.2"),
    ] {
        let float: f64 = half_way.parse().unwrap();
        assert_eq!(exact(float.to_bits()), rational(half_way));
        assert_eq!(shortest(float.to_bits()), rational(text));
    }
}

#[test]
fn what_is_no_number_is_refused() {
    let quiet = f64::NAN.to_bits();
    for bits in [quiet, quiet | 1 << 63, (0x7ff << 52) | 1, u64::MAX] {
        let float = f64::from_bits(bits);
        for result in [Rational::from_f64_exact(float), Rational::from_f64_shortest(float)] {
            let error = result.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Domain);
            let text = "the float NaN is no number; leave the value out where there is none";
            assert_eq!(error.to_string(), text);
        }
    }
    for (float, name) in [(f64::INFINITY, "inf"), (f64::NEG_INFINITY, "-inf")] {
        for result in [Rational::from_f64_exact(float), Rational::from_f64_shortest(float)] {
            let text =
                format!("the float {name} is no number; leave the value out where there is none");
            assert_eq!(result.unwrap_err().to_string(), text);
        }
    }
}
