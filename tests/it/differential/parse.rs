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
    let text = Bytes::new(data).text(&WORDS);
    rational(&text);
    decimal(&text);
}

fn rational(text: &str) {
    let found = text.parse::<Rational>();
    match (found, read(text, true)) {
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

fn decimal(text: &str) {
    match (parse_decimal(text), read(text, false)) {
        (Ok(decimal), Read::Number(expected)) => {
            assert_eq!(value_of(&decimal), expected, "{text:?}");
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
fn refused(text: &str, error: &Error, expected: Read) {
    let due = match expected {
        Read::Wrong(span) => (ErrorKind::Syntax, Some(span)),
        Read::Digits => (ErrorKind::Capacity, None),
        Read::Exponent(span) => (ErrorKind::Capacity, Some(span)),
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
