//! Numbers in documents. What is read must be the same with and without `arbitrary_precision` of
//! `serde_json`, so nothing here asks which it is.

use ::serde::de::{Deserialize, Error as _, Visitor};
use proptest::prelude::*;
use serde_json::json;
use yardstick::{Rational, Rounding};

use super::model::{self, rational};

fn read(json: &str) -> Result<Rational, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

proptest! {
    #[test]
    fn what_is_written_reads_back(fraction in model::fraction()) {
        let number = fraction.library();
        let json = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(&json, &format!("\"{number}\""));
        prop_assert_eq!(read(&json).unwrap(), number.clone());
        let value = serde_json::to_value(&number).unwrap();
        prop_assert_eq!(serde_json::from_value::<Rational>(value).unwrap(), number);
    }

    #[test]
    fn integers_of_64_bits_are_read(number in prop_oneof![
        any::<i64>().prop_map(i128::from),
        any::<u64>().prop_map(i128::from),
        Just(i128::from(i64::MIN)),
        Just(i128::from(u64::MAX)),
    ]) {
        prop_assert_eq!(read(&number.to_string()).unwrap(), Rational::from(number));
    }

    /// A number with a point or an exponent is refused, even where its value is an integer.
    #[test]
    fn floats_are_refused(
        text in "-?(0|[1-9][0-9]{0,15})(\\.[0-9]{1,10}|[eE][+-]?[0-9]{1,2}|\\.[0-9]{1,5}[eE][+-]?[0-9]{1,2})",
    ) {
        let error = read(&text).unwrap_err();
        prop_assert!(error.contains(" is a float where an exact number is due; write it as text"));
        // As text the same digits are read.
        prop_assert_eq!(read(&format!("\"{text}\"")).unwrap(), rational(&text));
    }

    /// So is what is beyond 64 bits, which without features of `serde_json` is a float.
    #[test]
    fn long_integers_are_refused(text in "-?[1-9][0-9]{20,60}") {
        prop_assert!(read(&text).unwrap_err().contains(" is a float where an exact number is due"));
        prop_assert_eq!(read(&format!("\"{text}\"")).unwrap(), rational(&text));
        let through_a_value = serde_json::from_str::<serde_json::Value>(&text)
            .and_then(serde_json::from_value::<Rational>);
        prop_assert!(through_a_value.is_err());
    }
}

#[test]
fn what_is_read_and_what_is_not() {
    for (json, number) in [
        ("0", "0"),
        ("-7", "-7"),
        ("18446744073709551615", "18446744073709551615"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("\"-1234.50\"", "-2469/2"),
        ("\"1/3\"", "1/3"),
        ("\"1e-30\"", "1/1000000000000000000000000000000"),
        ("\"-0\"", "0"),
    ] {
        assert_eq!(read(json).unwrap().to_string(), number, "{json}");
    }
    for json in ["1.5", "1.0", "-0", "-0.0", "1e2", "18446744073709551616", "-9223372036854775809"]
    {
        let error = read(json).unwrap_err();
        assert!(error.contains(" is a float where an exact number is due"), "{json}: {error}");
        assert!(error.contains("; write it as text, \""), "{json}: {error}");
    }
    // The same without a feature and with one: this float is its own shortest text.
    assert_eq!(
        read("0.2").unwrap_err().split(" at line").next(),
        Some("0.2 is a float where an exact number is due; write it as text, \"0.2\"")
    );
    for json in ["null", "true", "[1]", "{}", "{\"a\": 1}", "[\"1\"]"] {
        let error = read(json).unwrap_err();
        assert!(error.contains("expected an integer or a number as text"), "{json}: {error}");
    }
    assert_eq!(
        read("\"1,5\"").unwrap_err().split(" at line").next(),
        Some(
            "\"1,5\" is not a number: unexpected ',' at 1; write digits with at most one point, \
             like -1234.50"
        )
    );
    assert!(read("\"1/0\"").unwrap_err().contains("divides by zero"));
    assert!(read("1e400").is_err());
    assert!(read("\"1e5000\"").unwrap_err().contains("has an exponent beyond 4096"));
}

/// Numbers in lists, in options and as the values of maps; a key is text.
#[test]
fn numbers_inside_other_things() {
    let list: Vec<Option<Rational>> = serde_json::from_str("[1, null, \"2/4\"]").unwrap();
    assert_eq!(list, [Some(rational("1")), None, Some(rational("1/2"))]);
    assert_eq!(serde_json::to_value(&list).unwrap(), json!(["1", null, "1/2"]));
    let read = serde_json::from_value::<Rational>;
    assert_eq!(read(json!(-5)).unwrap(), rational("-5"));
    assert!(read(json!(0.5)).is_err());
}

/// What could not be read back is not written: beyond 4,096 digits on either side of the line.
#[test]
fn what_would_not_be_read_is_not_written() {
    let digits = |count: i32| Rational::from(10).checked_pow(count).unwrap() - Rational::ONE;
    let most = digits(4096);
    let inverse = Rational::ONE.checked_div(&most).unwrap();
    for number in [&most, &-most.clone(), &inverse] {
        let json = serde_json::to_string(number).unwrap();
        assert_eq!(&read(&json).unwrap(), number);
    }
    let more = digits(4097);
    let grown = &more * &more;
    for number in [&more, &-more.clone(), &Rational::ONE.checked_div(&more).unwrap(), &grown] {
        let error = serde_json::to_string(number).unwrap_err().to_string();
        assert_eq!(error, "a number of more than 4096 digits would not be read; round it first");
    }
    assert!(grown.round(Rounding::half_even(0)).is_err());
}

#[test]
fn a_million_digits_are_refused_in_documents_too() {
    let long = "9".repeat(1_000_000);
    for json in [format!("\"{long}\""), format!("\"1/{long}\""), format!("\"1e{long}\"")] {
        let error = read(&json).unwrap_err();
        assert!(error.len() < 300, "{}", error.len());
    }
    assert!(read(&long).is_err());
    assert!(read(&format!("1e{long}")).is_err());
}

/// A format that says nothing of what comes next, and is asked for text.
struct Opaque(&'static str);

impl<'de> ::serde::Deserializer<'de> for Opaque {
    type Error = ::serde::de::value::Error;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(Self::Error::custom("not known"))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_str(self.0)
    }

    ::serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[test]
fn formats_that_do_not_describe_themselves_hold_text() {
    assert_eq!(Rational::deserialize(Opaque("-1/3")).unwrap(), rational("-1/3"));
    assert!(Rational::deserialize(Opaque("1,5")).is_err());
}
