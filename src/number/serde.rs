//! A rational in documents of any serde format.
//!
//! Written as text, the reduced fraction; read from such text or from an integer. What a number of a
//! document is must not depend on the features that some crate of the build turns on in `serde_json`:
//! without any it hands over integers of 64 bits as such and every other number as a float, and with
//! `arbitrary_precision` as text, or as 128 bits. So one rule stands here for all: a number is an
//! integer of 64 bits, or it is refused. (`-0` is refused too, being a float without that feature;
//! only by way of a `serde_json::Value` it is 0 with the feature, where nothing tells it from 0.)

use std::fmt;

use ::serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Unexpected, Visitor};
use ::serde::ser::{Error as _, Serialize, Serializer};

use super::Rational;
use super::text::MOST_DIGITS;

/// The key under which `serde_json` hands a number over when some crate of the build turns on its
/// feature `arbitrary_precision`.
pub(crate) const JSON_NUMBER: &str = "$serde_json::private::Number";

/// More bits than this many decimal digits can have: 10^3 is below 2^10.
const MOST_BITS: usize = MOST_DIGITS / 3 * 10 + 10;

/// The integer that a number with this text is, where it is one of 64 bits.
pub(crate) fn integer(number: &str) -> Option<i128> {
    let unsigned = || number.parse::<u64>().ok().map(i128::from);
    let signed = || number.parse::<i64>().ok().map(i128::from);
    if number == "-0" { None } else { unsigned().or_else(signed) }
}

/// What is said to any other number.
pub(crate) fn refused_float(number: &str) -> String {
    format!("{number} is a float where an exact number is due; write it as text, \"{number}\"")
}

fn from_number<E: ::serde::de::Error>(number: &str) -> Result<Rational, E> {
    integer(number).map(Rational::from).ok_or_else(|| E::custom(refused_float(number)))
}

impl Serialize for Rational {
    /// As text, the reduced fraction: `"1/3"`, or `"-12"` for an integer. It reads back as the same
    /// number.
    ///
    /// An error where there are more than 4,096 digits above or below the line, which would not be
    /// read.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let refuse = || {
            S::Error::custom(format!(
                "a number of more than {MOST_DIGITS} digits would not be read; round it first"
            ))
        };
        if self.bits() > MOST_BITS {
            return Err(refuse());
        }
        let text = self.to_string();
        let digits = |part: &str| part.trim_start_matches('-').len();
        match text.split('/').all(|part| digits(part) <= MOST_DIGITS) {
            true => serializer.serialize_str(&text),
            false => Err(refuse()),
        }
    }
}

impl<'de> Deserialize<'de> for Rational {
    /// From text, as [`FromStr`](std::str::FromStr) reads it, or from an integer of 64 bits. Any other
    /// number is refused: write it as text. Formats that are not for humans hold it as text only, as
    /// it is written.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.is_human_readable() {
            true => deserializer.deserialize_any(RationalVisitor),
            false => deserializer.deserialize_str(RationalVisitor),
        }
    }
}

struct RationalVisitor;

impl<'de> Visitor<'de> for RationalVisitor {
    type Value = Rational;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer or a number as text")
    }

    fn visit_i64<E>(self, number: i64) -> Result<Rational, E> {
        Ok(Rational::from(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Rational, E> {
        Ok(Rational::from(number))
    }

    fn visit_i128<E: ::serde::de::Error>(self, number: i128) -> Result<Rational, E> {
        from_number(&number.to_string())
    }

    fn visit_u128<E: ::serde::de::Error>(self, number: u128) -> Result<Rational, E> {
        from_number(&number.to_string())
    }

    // Only to be refused: nothing is computed with it.
    #[allow(clippy::disallowed_types, reason = "serde's signature; refused with its text")]
    fn visit_f64<E: ::serde::de::Error>(self, number: f64) -> Result<Rational, E> {
        Err(E::custom(refused_float(&number.to_string())))
    }

    fn visit_str<E: ::serde::de::Error>(self, text: &str) -> Result<Rational, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rational, A::Error> {
        match map.next_key::<String>()? {
            Some(key) if key == JSON_NUMBER => from_number(&map.next_value::<String>()?),
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}
