//! Input that is far too long, or far too large: refused where it comes in.

use yardstick::number::parse_decimal;
use yardstick::{ErrorKind, Rational};

const MILLION: usize = 1_000_000;

fn digits(count: usize) -> String {
    "9".repeat(count)
}

/// The digits are counted before any of them is kept, so that the refusal costs one look at each.
#[test]
fn a_million_digits_are_refused_with_their_place() {
    let long = digits(MILLION);
    for (text, span) in [
        (long.clone(), 0..MILLION),
        (format!("-{long}"), 1..MILLION + 1),
        ("0".repeat(MILLION), 0..MILLION),
        (format!("0.{long}"), 0..MILLION + 2),
        (format!("{long}.{long}"), 0..2 * MILLION + 1),
        (format!("{long}e-4096"), 0..MILLION),
        (format!("1e{long}"), 2..MILLION + 2),
        (format!("1e-{long}"), 3..MILLION + 3),
    ] {
        for error in [text.parse::<Rational>().unwrap_err(), parse_decimal(&text).unwrap_err()] {
            assert_eq!((error.kind(), error.span()), (ErrorKind::Capacity, Some(span.clone())));
            assert!(error.to_string().len() < 200, "{}", error.to_string().len());
        }
    }
    for (text, span) in [
        (format!("{long}/{long}"), 0..MILLION),
        (format!("1/{long}"), 2..MILLION + 2),
        (format!("1/-0.{long}"), 3..MILLION + 5),
        (format!("1/1e{long}"), 4..MILLION + 4),
    ] {
        let error = text.parse::<Rational>().unwrap_err();
        assert_eq!((error.kind(), error.span()), (ErrorKind::Capacity, Some(span)));
        assert!(error.to_string().len() < 200);
    }
    // Digits that do not count: those of an exponent that is small all the same.
    let zeros = format!("1e{}2", "0".repeat(MILLION));
    assert_eq!(zeros.parse::<Rational>().unwrap(), Rational::from(100));
}

#[test]
fn a_million_other_characters_are_refused_at_the_first() {
    for (text, at) in [
        (" ".repeat(MILLION), 0),
        (format!("1{}", ",000".repeat(MILLION)), 1),
        (format!("1{}", ".0".repeat(MILLION)), 3),
        (format!("1{}", "e1".repeat(MILLION)), 3),
        ("-".repeat(MILLION), 1),
        (format!("12{}", "é".repeat(MILLION)), 2),
    ] {
        for error in [text.parse::<Rational>().unwrap_err(), parse_decimal(&text).unwrap_err()] {
            assert_eq!(error.kind(), ErrorKind::Syntax);
            assert_eq!(error.span().unwrap().start, at);
            assert!(error.to_string().len() < 300);
        }
    }
    let error = format!("1{}", "/1".repeat(MILLION)).parse::<Rational>().unwrap_err();
    assert_eq!((error.kind(), error.span()), (ErrorKind::Syntax, Some(3..4)));
}

/// One wrong character at every place of a number is told with that place.
#[test]
fn the_offset_is_that_of_the_first_character_that_does_not_belong() {
    let number = "-1234.5678e-12";
    for at in 0..=number.len() {
        for wrong in ["x", "é", "\u{2212}", " ", "\u{0}"] {
            let mut text = number.to_owned();
            text.insert_str(at, wrong);
            let span = Some(at..at + wrong.len());
            assert_eq!(parse_decimal(&text).unwrap_err().span(), span, "{text:?}");
            assert_eq!(text.parse::<Rational>().unwrap_err().span(), span, "{text:?}");
            let below = format!("7/{text}");
            let span = Some(at + 2..at + 2 + wrong.len());
            assert_eq!(below.parse::<Rational>().unwrap_err().span(), span, "{below:?}");
        }
    }
}

/// The largest that is read is at most 4,096 digits moved by 4,096 places, above and below the line.
#[test]
fn the_extremes_that_are_read() {
    let most = digits(4096);
    let large: Rational = format!("{most}e4096").parse().unwrap();
    let small: Rational = format!("1/{most}e4096").parse().unwrap();
    assert_eq!(&large * &small, Rational::ONE);
    let fraction: Rational = format!("0.{}1e-4096", "0".repeat(4094)).parse().unwrap();
    let power = |exponent| Rational::from(10).checked_pow(exponent).unwrap();
    assert_eq!(fraction, power(-4095) * power(-4096));
    for text in [format!("{most}e4096"), format!("{most}e-4096")] {
        let kind = parse_decimal(&text).unwrap_err().kind();
        assert!(matches!(kind, ErrorKind::Overflow | ErrorKind::Inexact));
    }
}
