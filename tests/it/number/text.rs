//! Reading text strictly, and writing it.

use proptest::prelude::*;
use yardstick::number::{grouped, parse_decimal, plain};
use yardstick::{Decimal, ErrorKind, Rational};

use super::model::{self, rational, ten_to};
use crate::reference::text::{Read, layout, places, read};

/// Texts of the grammar, texts one edit away from it, and texts of the characters that occur there.
fn any_text() -> impl Strategy<Value = String> {
    let number = "[+-]?[0-9]{1,25}(\\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?";
    let valid =
        prop_oneof![3 => number, 1 => (number, number).prop_map(|(a, b)| format!("{a}/{b}"))];
    let odd = prop::sample::select(vec![
        "",
        "_",
        ",",
        " ",
        ".",
        "..",
        "+",
        "-",
        "e",
        "E",
        "/",
        "0x",
        "\u{0663}",
        "\u{ff11}",
        "\u{2212}",
        "\u{a0}",
        "\0",
        "\n",
        "é",
        "e99999",
        "e4096",
        "e4097",
        "99999999999999999999",
        "inf",
        "NaN",
    ]);
    let edited = (valid, any::<prop::sample::Index>(), odd, 0_usize..2).prop_map(
        |(mut text, at, odd, cut)| {
            let at = at.index(text.len() + 1);
            text.replace_range(at..(at + cut).min(text.len()), odd);
            text
        },
    );
    let soup = "[0-9+./eE _,xNa\u{0663}-]{0,8}";
    prop_oneof![4 => edited, 1 => soup]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn rationals_are_read_by_the_grammar_and_nothing_else(text in any_text()) {
        match (text.parse::<Rational>(), read(&text, true)) {
            (Ok(number), Read::Number(expected)) => {
                prop_assert_eq!(number.to_string(), expected.to_string());
            }
            (Err(error), Read::Wrong(span)) => {
                prop_assert_eq!(error.kind(), ErrorKind::Syntax);
                prop_assert_eq!(error.span(), Some(span));
            }
            (Err(error), Read::Exponent(span)) => {
                prop_assert_eq!(error.kind(), ErrorKind::Capacity);
                prop_assert_eq!(error.span(), Some(span));
            }
            (Err(error), Read::ZeroBelow) => {
                prop_assert_eq!(error.kind(), ErrorKind::DivisionByZero);
            }
            (result, expected) => prop_assert!(false, "{:?} but {:?}", result, expected),
        }
    }

    #[test]
    fn decimals_are_read_by_the_grammar_and_keep_their_scale(text in any_text()) {
        match (parse_decimal(&text), read(&text, false)) {
            (Ok(decimal), Read::Number(expected)) => {
                prop_assert_eq!(model::value_of(&decimal), expected);
                prop_assert_eq!(i64::from(decimal.scale()), places(&text));
            }
            (Err(error), Read::Number(expected)) => {
                let refused = match places(&text) {
                    29.. => ErrorKind::Inexact,
                    places => {
                        let mantissa = expected * ten_to(places as u32);
                        prop_assert!(mantissa.to_integer().magnitude() > model::most().magnitude());
                        ErrorKind::Overflow
                    }
                };
                prop_assert_eq!(error.kind(), refused);
            }
            (Err(error), Read::Wrong(span)) => {
                prop_assert_eq!(error.kind(), ErrorKind::Syntax);
                prop_assert_eq!(error.span(), Some(span));
            }
            (Err(error), Read::Exponent(span)) => {
                prop_assert_eq!(error.kind(), ErrorKind::Capacity);
                prop_assert_eq!(error.span(), Some(span));
            }
            (result, expected) => prop_assert!(false, "{:?} but {:?}", result, expected),
        }
    }
}

proptest! {
    #[test]
    fn plain_and_grouped_lay_out_the_mantissa(
        mantissa in prop_oneof![-2000_i128..2000, -(1_i128 << 96) + 1..1 << 96],
        scale in 0_u32..=28,
    ) {
        let decimal = Decimal::try_from_i128_with_scale(mantissa, scale).unwrap();
        let text = plain(&decimal);
        prop_assert_eq!(&text, &layout(&mantissa.into(), scale, None));
        let in_groups = layout(&mantissa.into(), scale, Some('\u{202f}'));
        prop_assert_eq!(grouped(&decimal, '\u{202f}'), in_groups);
        let back = parse_decimal(&text).unwrap();
        prop_assert_eq!((back.mantissa(), back.scale()), (mantissa, scale));
    }
}

#[test]
fn what_is_read() {
    for (text, expected) in [
        ("0", "0"),
        ("-0", "0"),
        ("+5", "5"),
        ("007", "7"),
        ("-1234.50", "-2469/2"),
        ("1.5e-3", "3/2000"),
        ("15E+2", "1500"),
        ("1/3", "1/3"),
        ("-0.5/-0.25", "2"),
        ("+1e-30", "1/1000000000000000000000000000000"),
        ("0e-4096", "0"),
        ("0/5", "0"),
    ] {
        assert_eq!(rational(text).to_string(), expected, "{text}");
    }
}

/// Each with the bytes that are to blame.
#[test]
fn what_is_refused_and_where() {
    for (text, span) in [
        ("", 0..0),
        ("+", 1..1),
        ("-", 1..1),
        ("--1", 1..2),
        ("1_000", 1..2),
        ("5_", 1..2),
        (".5", 0..1),
        ("-.5", 1..2),
        ("5.", 2..2),
        ("5.e1", 2..3),
        ("1.2.3", 3..4),
        (" 1", 0..1),
        ("1 ", 1..2),
        ("1\n", 1..2),
        ("NaN", 0..1),
        ("inf", 0..1),
        ("-Infinity", 1..2),
        ("1e", 2..2),
        ("1e+", 3..3),
        ("1e1.5", 3..4),
        ("0x10", 1..2),
        ("1,234", 1..2),
        ("1.234,50", 5..6),
        ("\u{0661}\u{0662}", 0..2),
        ("1\u{0662}", 1..3),
        ("\u{ff11}", 0..3),
        ("\u{2212}1", 0..3),
        ("50%", 2..3),
        ("$5", 0..1),
        ("\0", 0..1),
    ] {
        for error in [text.parse::<Rational>().unwrap_err(), parse_decimal(text).unwrap_err()] {
            assert_eq!(error.kind(), ErrorKind::Syntax, "{text:?}");
            assert_eq!(error.span(), Some(span.clone()), "{text:?}");
        }
    }
    for (text, span) in [
        ("/", 0..1),
        ("1/", 2..2),
        ("/2", 0..1),
        ("1e/2", 2..3),
        ("1./2", 2..3),
        ("1/2/3", 3..4),
        ("1/ 3", 2..3),
        ("1 /3", 1..2),
        ("1/x", 2..3),
    ] {
        let error = text.parse::<Rational>().unwrap_err();
        assert_eq!((error.kind(), error.span()), (ErrorKind::Syntax, Some(span)), "{text:?}");
    }
    assert_eq!(parse_decimal("1/2").unwrap_err().span(), Some(1..2));
}

#[test]
fn digits_and_exponents_have_a_limit() {
    let digits = |count| "1".repeat(count);
    assert!(digits(4096).parse::<Rational>().is_ok());
    assert!(format!("{}/{}", digits(4096), digits(4095)).parse::<Rational>().is_ok());
    assert!(format!("{}.{}", digits(4000), digits(96)).parse::<Rational>().is_ok());
    for text in [
        digits(4097),
        "0".repeat(4097),
        format!("{}.{}", digits(4000), digits(97)),
        format!("1/{}", digits(4097)),
        "1e4097".to_owned(),
        "0e-4097".to_owned(),
        "1e99999999999999999999999999".to_owned(),
    ] {
        assert_eq!(text.parse::<Rational>().unwrap_err().kind(), ErrorKind::Capacity);
        if !text.contains('/') {
            assert_eq!(parse_decimal(&text).unwrap_err().kind(), ErrorKind::Capacity);
        }
    }
    assert_eq!(rational("1e4096") * rational("1e-4096"), Rational::ONE);
    let error = "1e5000".parse::<Rational>().unwrap_err();
    assert_eq!(error.to_string(), "\"1e5000\" has an exponent beyond 4096");
    assert_eq!(error.span(), Some(2..6));
    let error = digits(5000).parse::<Rational>().unwrap_err();
    assert_eq!(error.to_string(), "a number of 5000 digits; the most is 4096");
}

#[test]
fn decimals_keep_the_scale_they_are_written_with() {
    for (text, mantissa, scale) in [
        ("1.50", 150, 2),
        ("-0.00", 0, 2),
        ("15e2", 1500, 0),
        ("1.50e1", 150, 1),
        ("1.5e3", 1500, 0),
        ("1.5e-3", 15, 4),
        ("+007.0", 70, 1),
        ("0e30", 0, 0),
        ("1e-28", 1, 28),
        ("-79228162514264337593543950335", -79_228_162_514_264_337_593_543_950_335, 0),
    ] {
        let decimal = parse_decimal(text).unwrap();
        assert_eq!((decimal.mantissa(), decimal.scale()), (mantissa, scale), "{text}");
        assert!(mantissa != 0 || !decimal.is_sign_negative());
    }
    for (text, kind) in [
        ("1e-29", ErrorKind::Inexact),
        ("0.00000000000000000000000000000", ErrorKind::Inexact),
        ("1e29", ErrorKind::Overflow),
        ("79228162514264337593543950336", ErrorKind::Overflow),
        ("7.9228162514264337593543950336", ErrorKind::Overflow),
    ] {
        assert_eq!(parse_decimal(text).unwrap_err().kind(), kind, "{text}");
    }
}

#[test]
fn groups_of_three_with_any_separator() {
    let of = |text: &str, separator| grouped(&parse_decimal(text).unwrap(), separator);
    assert_eq!(of("0", ','), "0");
    assert_eq!(of("-999.50", ','), "-999.50");
    assert_eq!(of("1000", ','), "1,000");
    assert_eq!(of("-100000.0001", '.'), "-100.000.0001");
    assert_eq!(of("1234567.5", '\u{a0}'), "1\u{a0}234\u{a0}567.5");
    assert_eq!(of("79228162514264337593543950335", '_'), "79_228_162_514_264_337_593_543_950_335");
}

/// A decimal that came from elsewhere with a negative zero is written as zero.
#[test]
fn negative_zero_is_never_written() {
    let mut zero = Decimal::try_from_i128_with_scale(0, 2).unwrap();
    zero.set_sign_negative(true);
    assert_eq!((plain(&zero).as_str(), grouped(&zero, ',').as_str()), ("0.00", "0.00"));
    assert_eq!(Rational::from(zero), Rational::ZERO);
}

#[test]
fn texts_of_the_errors() {
    let of = |text: &str| text.parse::<Rational>().unwrap_err().to_string();
    assert_eq!(
        of("NaN"),
        "\"NaN\" is not a number: unexpected 'N' at 0; write digits with at most one point, like -1234.50"
    );
    assert_eq!(
        of("1,234.50"),
        "\"1,234.50\" is not a number: unexpected ',' at 1; write digits with at most one point, like -1234.50"
    );
    assert_eq!(
        of("12."),
        "\"12.\" is not a number: it ends where a digit is due; write digits with at most one point, like -1234.50"
    );
    assert_eq!(
        of("1e/2"),
        "\"1e/2\" is not a number: unexpected '/' at 2; write digits with at most one point, like -1234.50"
    );
    assert_eq!(of("5/0.00"), "\"5/0.00\" divides by zero");
    let of = |text: &str| parse_decimal(text).unwrap_err().to_string();
    assert_eq!(
        of("79228162514264337593543950336"),
        "\"79228162514264337593543950336\" does not fit 96 bits at scale 0; the most is \
         79228162514264337593543950335 units of the last place"
    );
    assert_eq!(of("1e-30"), "\"1e-30\" has 30 decimals and a decimal holds 28; round it first");
}
