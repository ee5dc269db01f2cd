//! Text into numbers, by the grammar and nothing else.

use num_traits::Signed;
use yardstick::number::parse_decimal;
use yardstick::{Error, ErrorKind, Rational};

use super::Bytes;
use crate::reference::number::{most, ten_to, value_of};
use crate::reference::text::{Read, places, read};

/// What the grammar is made of, and what looks like it.
const WORDS: [&str; 40] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "1", "9", "99", "000", "+", "-", "-",
    ".", ".", ".", "/", "/", "e", "E", "e-", "e+", "e4096", "e-4096", "e4097", "e-28", "e-29", "_",
    ",", " ", "\0", "%", "x", "\u{0663}", "\u{2212}",
];

pub(crate) fn check(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let text = match bytes.byte() % 4 {
        0 => well_formed(&mut bytes),
        1 => well_formed(&mut bytes) + "/" + &well_formed(&mut bytes),
        _ => bytes.text(&WORDS),
    };
    let expected = read(&text, true);
    rational(&text, &expected);
    match text.contains('/') {
        true => decimal(&text, &read(&text, false)),
        false => decimal(&text, &expected),
    }
}

/// A number as the grammar has it, up to its limits and a little past them.
fn well_formed(bytes: &mut Bytes<'_>) -> String {
    let sign = bytes.pick(&["", "-", "+"]);
    let whole = digits(bytes, 1);
    let point = bytes.pick(&["", "", "."]);
    let places = if point.is_empty() { String::new() } else { digits(bytes, whole.len()) };
    let exponent = match bytes.byte() % 8 {
        0..=3 => String::new(),
        4 | 5 => format!("e{}", bytes.byte() as i8),
        6 => format!("E{}{}", bytes.pick(&["+", "-", ""]), 4_090 + bytes.below(10)),
        _ => format!("e{}{}", bytes.pick(&["+", "-", "", "0", "-000"]), bytes.u64()),
    };
    format!("{sign}{whole}{point}{places}{exponent}")
}

/// At least one digit; at times so many that there are about as many as there may be, with those that
/// are there.
fn digits(bytes: &mut Bytes<'_>, there: usize) -> String {
    let count = match bytes.byte() {
        250.. => (4_090 + bytes.below(10)).saturating_sub(there) + 1,
        few => 1 + usize::from(few % 32),
    };
    let (first, other) = (bytes.byte(), bytes.byte());
    let digit = |at: usize| match at % 8 {
        0 => first,
        place => other.rotate_left(place as u32),
    };
    (0..count).map(|at| char::from(b'0' + digit(at) % 10)).collect()
}

fn rational(text: &str, expected: &Read) {
    match (text.parse::<Rational>(), expected) {
        (Ok(number), Read::Number(expected)) => {
            let printed = number.to_string();
            assert_eq!(printed, expected.to_string(), "{text:?}");
            assert_eq!(number.is_negative(), expected.is_negative(), "{text:?}");
            // What is printed reads back, where it is not too long for the door.
            if printed.len() <= 4_096 {
                assert_eq!(printed.parse::<Rational>(), Ok(number), "{text:?}");
            }
        }
        (Err(error), expected) => refused(text, &error, expected),
        (Ok(number), expected) => panic!("{text:?} is {number} but {expected:?}"),
    }
}

fn decimal(text: &str, expected: &Read) {
    match (parse_decimal(text), expected) {
        (Ok(decimal), Read::Number(expected)) => {
            assert_eq!(value_of(&decimal), *expected, "{text:?}");
            assert_eq!(i64::from(decimal.scale()), places(text), "{text:?}");
            assert!(!(decimal.mantissa() == 0 && decimal.is_sign_negative()), "{text:?}");
            assert_eq!(text.parse::<Rational>(), Ok(Rational::from(decimal)), "{text:?}");
        }
        (Err(error), Read::Number(expected)) => {
            brief(&error);
            let kind = match places(text) {
                29.. => ErrorKind::Inexact,
                places => {
                    let mantissa = expected * ten_to(places as u32);
                    assert!(mantissa.abs().to_integer() > most(), "{text:?}: {error}");
                    ErrorKind::Overflow
                }
            };
            assert_eq!(error.kind(), kind, "{text:?}");
        }
        (Err(error), expected) => refused(text, &error, expected),
        (Ok(number), expected) => panic!("{text:?} is {number} but {expected:?}"),
    }
}

/// The error is the one that the grammar gives, at its place.
fn refused(text: &str, error: &Error, expected: &Read) {
    let due = match expected {
        Read::Wrong(span) => (ErrorKind::Syntax, Some(span.clone())),
        Read::Digits(span) | Read::Exponent(span) => (ErrorKind::Capacity, Some(span.clone())),
        Read::ZeroBelow => (ErrorKind::DivisionByZero, None),
        Read::Number(number) => panic!("{text:?} is {number} but {error}"),
    };
    assert_eq!((error.kind(), error.span()), due, "{text:?}");
    brief(error);
}

/// An error stays short, however long the text is.
fn brief(error: &Error) {
    let text = error.to_string();
    assert!(text.len() < 1_000 && !text.is_empty(), "{text}");
}
