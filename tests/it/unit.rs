//! Units and how numbers are shown.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use num_rational::BigRational;
use num_traits::{One, Pow};
use proptest::prelude::*;
use yardstick::unit::Style;
use yardstick::{Display, ErrorKind, Rational, Reason, Rounding, Unit, Value};

fn unit(text: &str) -> Unit {
    text.parse().unwrap()
}

fn ratio(num: i64, den: i64) -> Rational {
    Rational::new(num, den).unwrap()
}

fn big(value: &Rational) -> BigRational {
    value.to_string().parse().unwrap()
}

/// A unit as the tests see it: names with exponents, and lengths of time from a table of their own.
type Names = BTreeMap<&'static str, i32>;

const SECOND: i64 = 1_000_000_000;
const FIXED: [(&str, i64); 8] = [
    ("nanosecond", 1),
    ("microsecond", 1_000),
    ("millisecond", 1_000_000),
    ("second", SECOND),
    ("minute", 60 * SECOND),
    ("hour", 60 * 60 * SECOND),
    ("day", 24 * 60 * 60 * SECOND),
    ("week", 7 * 24 * 60 * 60 * SECOND),
];
const OTHERS: [&str; 9] =
    ["EUR", "USD", "customer", "lead", "order", "a_1", "month", "quarter", "year"];

/// What one of the unit is in nanoseconds, and the names that are left when one name stands for all
/// fixed times.
fn in_seconds(names: &Names) -> (BigRational, Names) {
    let mut left = Names::new();
    let mut size = BigRational::one();
    for (name, exponent) in names {
        let name = match FIXED.iter().find(|(fixed, _)| fixed == name) {
            Some((_, seconds)) => {
                size *= Pow::pow(BigRational::from_integer((*seconds).into()), *exponent);
                "second"
            }
            None => name,
        };
        *left.entry(name).or_default() += exponent;
    }
    left.retain(|_, exponent| *exponent != 0);
    (size, left)
}

fn names_of(unit: &Unit) -> Names {
    let known = || FIXED.iter().map(|(name, _)| *name).chain(OTHERS);
    unit.bases()
        .map(|(name, exponent)| (known().find(|known| *known == name).unwrap(), exponent))
        .collect()
}

/// The names as a text, in the order in which they come.
fn written<'a>(names: impl IntoIterator<Item = (&'a &'static str, &'a i32)>) -> String {
    names
        .into_iter()
        .fold("1".to_owned(), |text, (name, exponent)| format!("{text} * {name}^{exponent}"))
}

fn any_names() -> impl Strategy<Value = Names> {
    let others = prop::collection::btree_map(prop::sample::select(&OTHERS[..]), -4..=4, 0..5);
    let fixed = prop::option::of((prop::sample::select(&FIXED[..]), -4..=4));
    (others, fixed).prop_map(|(mut names, fixed)| {
        if let Some(((name, _), exponent)) = fixed {
            names.insert(name, exponent);
        }
        names
    })
}

/// Units that often convert into each other: the same names, and a fixed time at the same exponent.
fn relatives() -> impl Strategy<Value = [Names; 3]> {
    let fixed = || prop::sample::select(&FIXED[..]);
    (any_names(), -4..=4, fixed(), fixed(), fixed()).prop_map(|(names, exponent, a, b, c)| {
        [a, b, c].map(|(name, _)| {
            let mut names = names.clone();
            names.retain(|name, _| !FIXED.iter().any(|(fixed, _)| fixed == name));
            names.insert(name, exponent);
            names
        })
    })
}

proptest! {
    #[test]
    fn text_reads_back_as_the_same_unit(names in any_names()) {
        let forwards = unit(&written(&names));
        let backwards = unit(&written(names.iter().rev()));
        prop_assert_eq!(&forwards, &backwards);
        prop_assert_eq!(forwards.to_string(), backwards.to_string());
        prop_assert_eq!(&unit(&forwards.to_string()), &forwards);
        let hash = |unit: &Unit| {
            let mut hasher = DefaultHasher::new();
            unit.hash(&mut hasher);
            hasher.finish()
        };
        prop_assert_eq!(hash(&forwards), hash(&backwards));
        for (name, exponent) in names {
            prop_assert_eq!(forwards.exponent_of(name), exponent);
        }
    }

    #[test]
    fn products_and_quotients_agree_with_seconds(a in any_names(), b in any_names()) {
        let (left, right) = (unit(&written(&a)), unit(&written(&b)));
        let ((size_a, left_a), (size_b, left_b)) = (in_seconds(&a), in_seconds(&b));
        for (sign, (result, factor)) in [
            (1, left.times(&right).unwrap()),
            (-1, left.over(&right).unwrap()),
        ] {
            let mut expected = left_a.clone();
            for (name, exponent) in &left_b {
                *expected.entry(name).or_default() += sign * exponent;
            }
            expected.retain(|_, exponent| *exponent != 0);
            let (size, left) = in_seconds(&names_of(&result));
            prop_assert_eq!(left, expected);
            prop_assert_eq!(big(&factor) * size, &size_a * Pow::pow(&size_b, sign));
        }
    }

    #[test]
    fn over_undoes_times(a in any_names(), b in any_names()) {
        let (a, b) = (unit(&written(&a)), unit(&written(&b)));
        let (product, there) = a.times(&b).unwrap();
        let (quotient, back) = product.over(&b).unwrap();
        // Where the times cancelled in the product, the one that is left may be that of `b`.
        let home = quotient.conversion_to(&a).unwrap();
        prop_assert_eq!(there * back * home, Rational::ONE);
    }

    #[test]
    fn times_commutes_up_to_a_conversion(a in any_names(), b in any_names()) {
        let (a, b) = (unit(&written(&a)), unit(&written(&b)));
        let (left, factor) = a.times(&b).unwrap();
        let (right, other) = b.times(&a).unwrap();
        prop_assert_eq!(factor * left.conversion_to(&right).unwrap(), other);
    }

    #[test]
    fn times_associates_up_to_a_conversion(a in any_names(), b in any_names(), c in any_names()) {
        let [a, b, c] = [a, b, c].map(|names| unit(&written(&names)));
        let (ab, f) = a.times(&b).unwrap();
        let (left, g) = ab.times(&c).unwrap();
        let (bc, h) = b.times(&c).unwrap();
        let (right, i) = a.times(&bc).unwrap();
        prop_assert_eq!(f * g * left.conversion_to(&right).unwrap(), h * i);
    }

    #[test]
    fn powers_are_repeated_products(a in any_names(), exponent in 0..=4) {
        let base = unit(&written(&a));
        let mut product = Unit::one();
        for _ in 0..exponent {
            let (next, factor) = product.times(&base).unwrap();
            prop_assert_eq!(factor, Rational::ONE);
            product = next;
        }
        prop_assert_eq!(&base.power(exponent).unwrap(), &product);
        let inverse = base.power(-exponent).unwrap();
        prop_assert_eq!(inverse.times(&product).unwrap(), (Unit::one(), Rational::ONE));
    }

    #[test]
    fn conversion_agrees_with_seconds(a in any_names(), b in any_names()) {
        let ((size_a, left_a), (size_b, left_b)) = (in_seconds(&a), in_seconds(&b));
        let factor = unit(&written(&a)).conversion_to(&unit(&written(&b)));
        let expected = (left_a == left_b).then(|| size_a / size_b);
        prop_assert_eq!(factor.map(|factor| big(&factor)), expected);
    }

    #[test]
    fn conversion_is_transitive(units in relatives()) {
        let sizes = units.each_ref().map(|names| in_seconds(names).0);
        let [a, b, c] = units.map(|names| unit(&written(&names)));
        let there = a.conversion_to(&b).unwrap();
        prop_assert_eq!(big(&there), &sizes[0] / &sizes[1]);
        prop_assert_eq!(&there * b.conversion_to(&c).unwrap(), a.conversion_to(&c).unwrap());
        prop_assert_eq!(there * b.conversion_to(&a).unwrap(), Rational::ONE);
    }

    #[test]
    fn no_text_panics(text in prop_oneof![
        "\\PC*",
        "([a-cA-C]{0,4}|day|hour|weeks|1|12|[*/^ ()%‰.é_-]|\\^-?[0-9]{1,3}){0,12}",
    ]) {
        for result in [text.parse(), Unit::currency(&text), Unit::noun(&text), Unit::time(&text)] {
            match result {
                Ok(unit) => prop_assert_eq!(&unit.to_string().parse::<Unit>().unwrap(), &unit),
                Err(error) => {
                    let span = error.span().unwrap();
                    prop_assert!(text.get(span).is_some());
                }
            }
        }
    }

    #[test]
    fn what_is_shown_is_the_exact_multiple_rounded_once(
        num in any::<i64>(),
        den in 1..=i64::MAX,
        scale in 0..=6_u32,
    ) {
        let (value, rounding) = (ratio(num, den), Rounding::half_even(scale));
        for (display, factor, sign) in [
            (Display::plain(rounding), 1, ""),
            (Display::percent(rounding), 100, "%"),
            (Display::per_mille(rounding), 1000, "‰"),
        ] {
            let exact = &value * Rational::from(factor);
            let digits = yardstick::number::plain(&exact.round(rounding).unwrap());
            prop_assert_eq!(display.text(&value).unwrap(), digits.clone());
            prop_assert_eq!(display.show(&value).unwrap(), digits.clone() + sign);
            prop_assert_eq!(display.grouped().text(&value).unwrap().replace(',', ""), digits);
        }
    }
}

#[test]
fn text_has_one_order() {
    for (written, printed) in [
        ("1", "1"),
        ("EUR", "EUR"),
        ("order/EUR", "order/EUR"),
        ("1/EUR*order", "order/EUR"),
        ("month/customer^2*EUR", "EUR*month/customer^2"),
        ("year/quarter/month/week^2", "year/week^2/month/quarter"),
        ("week*visit*click*USD*EUR*month", "EUR*USD*click*visit*week*month"),
        ("1/day", "1/day"),
        ("day^-1", "1/day"),
        ("1/order^-1", "order"),
        ("EUR / order ^ 2 * day", "EUR*day/order^2"),
        ("order*order", "order^2"),
        ("order/order", "1"),
        ("order^0", "1"),
        ("1*EUR", "EUR"),
        ("day*hour/hour", "day"),
        ("order^64/lead^64", "order^64/lead^64"),
        ("deal/lead_2", "deal/lead_2"),
    ] {
        assert_eq!(unit(written).to_string(), printed, "{written}");
        assert_eq!(unit(printed), unit(written), "{written}");
    }
    assert_eq!(format!("{:?}", unit("EUR/order")), "EUR/order");
    assert_eq!(Unit::default(), Unit::one());
}

#[test]
fn refused_texts_say_what_would_be_right() {
    const NAMES: &str = "write a currency (EUR), a counted thing (order) or a unit of time (day)";
    const IDENTIFIER: &str =
        "a name starts with a letter and has only a to z, 0 to 9 and _; write it like new_customer";
    const CASE: &str = "a currency is three capitals, a counted thing lower case";
    for (text, message, span) in [
        ("", "unit \"\": it is empty; write 1 for a pure number".to_owned(), 0..0),
        ("Eur", format!("unit \"Eur\": {CASE}; write EUR or eur"), 0..3),
        ("EURO", format!("unit \"EURO\": {CASE}; write euro"), 0..4),
        ("EUR/Order", format!("unit \"EUR/Order\": \"Order\" at 4..9: {CASE}; write order"), 4..9),
        ("EUR/Days", format!("unit \"EUR/Days\": \"Days\" at 4..8: {CASE}; write day"), 4..8),
        (
            "EUR/days",
            "unit \"EUR/days\": \"days\" at 4..8: a unit of time is singular; write day".to_owned(),
            4..8,
        ),
        (
            "12*month",
            "unit \"12*month\": \"12\" at 0..2: a unit has no number, except a 1 in front; leave it out".to_owned(),
            0..2,
        ),
        (
            "EUR*1",
            "unit \"EUR*1\": \"1\" at 4..5: a unit has no number, except a 1 in front; leave it out".to_owned(),
            4..5,
        ),
        ("2nd", format!("unit \"2nd\": {IDENTIFIER}"), 0..3),
        ("_x", format!("unit \"_x\": {IDENTIFIER}"), 0..2),
        ("EUR/größe", format!("unit \"EUR/größe\": \"größe\" at 4..11: {IDENTIFIER}"), 4..11),
        ("EUR/", format!("unit \"EUR/\": it ends where a name is due; {NAMES}"), 4..4),
        ("/day", format!("unit \"/day\": unexpected '/' at 0 where a name is due; {NAMES}"), 0..1),
        ("EUR//day", format!("unit \"EUR//day\": unexpected '/' at 4 where a name is due; {NAMES}"), 4..5),
        ("€", format!("unit \"€\": unexpected '€' at 0 where a name is due; {NAMES}"), 0..3),
        ("EUR order", "unit \"EUR order\": unexpected 'o' at 4; join names with * or /".to_owned(), 4..5),
        ("new-lead", "unit \"new-lead\": unexpected '-' at 3; join names with * or /".to_owned(), 3..4),
        ("1^2", "unit \"1^2\": unexpected '^' at 1; join names with * or /".to_owned(), 1..2),
        (" EUR", "unit \" EUR\": unexpected ' ' at 0 where a name is due; leave it out".to_owned(), 0..1),
        ("EUR ", "unit \"EUR \": unexpected ' ' at 3; leave it out".to_owned(), 3..4),
        (
            "EUR/(a*b)",
            "unit \"EUR/(a*b)\": unexpected '(' at 4 where a name is due; there are no parentheses, divide by each name, like EUR/customer/month".to_owned(),
            4..5,
        ),
        (
            "%",
            "unit \"%\": unexpected '%' at 0 where a name is due; percent is how a number is shown, not what it counts, write 1".to_owned(),
            0..1,
        ),
        (
            "order^",
            "unit \"order^\": it ends where an integer exponent is due; write it like order^2".to_owned(),
            6..6,
        ),
        (
            "order^x",
            "unit \"order^x\": unexpected 'x' at 6 where an integer exponent is due; write it like order^2".to_owned(),
            6..7,
        ),
        (
            "order^1.5",
            "unit \"order^1.5\": unexpected '.' at 7 where an integer exponent is due; write it like order^2".to_owned(),
            7..8,
        ),
    ] {
        let error = text.parse::<Unit>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Syntax, "{text}");
        assert_eq!(error.to_string(), message);
        assert_eq!(error.span(), Some(span), "{text}");
    }
}

#[test]
fn refused_names_say_what_would_be_right() {
    let messages = |read: fn(&str) -> Result<Unit, yardstick::Error>, pairs: &[(&str, &str)]| {
        for (name, message) in pairs {
            assert_eq!(read(name).unwrap_err().to_string(), *message);
        }
    };
    messages(
        Unit::currency,
        &[
            ("eur", "unit \"eur\": a currency is three capitals; write EUR"),
            ("Euro", "unit \"Euro\": a currency is three capitals; write it like EUR"),
        ],
    );
    messages(
        Unit::noun,
        &[
            ("Order", "unit \"Order\": a counted thing is lower case; write order"),
            (
                "new lead",
                "unit \"new lead\": a counted thing starts with a letter and has only a to z, 0 to 9 and _; write it like new_customer",
            ),
            (
                "days",
                "unit \"days\": that is a unit of time, not a counted thing; use Unit::time(\"day\")",
            ),
        ],
    );
    messages(
        Unit::time,
        &[
            ("days", "unknown unit of time \"days\"; did you mean \"day\"?"),
            (
                "fortnight",
                "unknown unit of time \"fortnight\"; known are nanosecond, microsecond, millisecond, second, minute, hour, day, week, month, quarter, year",
            ),
        ],
    );
}

#[test]
fn times_that_convert_stand_alone_in_a_text() {
    let error = "EUR*hour/day".parse::<Unit>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unit);
    assert_eq!(
        error.to_string(),
        "unit \"EUR*hour/day\": hour and day convert into each other; write it with one of them"
    );
    assert_eq!(unit("day/month/quarter/year").to_string(), "day/month/quarter/year");
}

#[test]
fn limits_are_capacity() {
    let refused = |result: Result<Unit, yardstick::Error>, message: &str| {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Capacity);
        assert_eq!(error.to_string(), message);
    };
    refused(
        "EUR/order^65".parse(),
        "unit \"EUR/order^65\": the exponent of order at 10 is beyond 64, the most that a unit holds",
    );
    refused(
        "a^-99999999999999999999".parse(),
        "unit \"a^-99999999999999999999\": the exponent of a at 2 is beyond 64, the most that a unit holds",
    );
    refused(
        "a^40*a^40".parse(),
        "unit \"a^40*a^40\": the exponent 80 of a is beyond 64, the most that a unit holds",
    );
    assert_eq!(unit("a^40*a^40/a^40"), unit("a^40/a^40*a^40"));
    let forty = unit("a^40");
    refused(
        forty.times(&forty).map(|(unit, _)| unit),
        "unit \"a^40\" times \"a^40\": the exponent 80 of a is beyond 64, the most that a unit holds",
    );
    refused(
        forty.over(&forty.power(-1).unwrap()).map(|(unit, _)| unit),
        "unit \"a^40\" over \"1/a^40\": the exponent 80 of a is beyond 64, the most that a unit holds",
    );
    for exponent in [2, -2, i32::MAX, i32::MIN] {
        let product = i64::from(exponent) * 40;
        refused(
            forty.power(exponent),
            &format!(
                "unit \"a^40\" to the power {exponent}: the exponent {product} of a is beyond 64, the most that a unit holds"
            ),
        );
    }
    assert!(forty.power(0).unwrap().is_one());
    assert_eq!(Unit::one().power(i32::MIN).unwrap(), Unit::one());

    refused("a".repeat(65).parse(), "a name of 65 bytes in a unit; the most is 64");
    refused(
        format!("EUR/{}", "a".repeat(65)).parse(),
        "a name of 65 bytes at 4 in a unit; the most is 64",
    );
    refused(" ".repeat(4_097).parse(), "a unit of 4097 bytes; the most is 4096");
    refused("a".repeat(4_097).parse(), "a unit of 4097 bytes; the most is 4096");

    // The largest unit still reads back.
    let names: Vec<_> = (10..42).map(|i| format!("a{i}{}", "b".repeat(61))).collect();
    let largest = unit(&format!("1/{}^64", names.join("^64/")));
    assert_eq!(largest.bases().count(), 32);
    assert_eq!(unit(&largest.to_string()), largest);
    let error = largest.times(&unit("one_more")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Capacity);
    assert_eq!(
        format!("{}*one_more", names.join("*"))
            .parse::<Unit>()
            .unwrap_err()
            .message()
            .rsplit(": ")
            .next(),
        Some("33 bases; the most that a unit holds is 32")
    );
}

#[test]
fn the_worst_powers_convert_exactly() {
    let factor = unit("week^64").conversion_to(&unit("second^64")).unwrap();
    assert_eq!(factor, Rational::from(604_800).checked_pow(64).unwrap());
    let (merged, factor) = unit("1/second^32").over(&unit("week^32")).unwrap();
    assert_eq!(merged, unit("1/second^64"));
    assert_eq!(factor, Rational::from(604_800).checked_pow(-32).unwrap());
}

#[test]
fn times_merge_into_the_left_one() {
    for (left, right, product, factor) in [
        ("EUR/day", "hour", "EUR", ratio(1, 24)),
        ("hour", "EUR/day", "EUR", ratio(24, 1).checked_pow(-1).unwrap()),
        ("day", "hour", "day^2", ratio(1, 24)),
        ("hour", "day", "hour^2", ratio(24, 1)),
        ("1/day", "1/week", "1/day^2", ratio(1, 7)),
        ("EUR/month", "day", "EUR*day/month", Rational::ONE),
        ("EUR/year", "month", "EUR*month/year", Rational::ONE),
        ("EUR/order", "order", "EUR", Rational::ONE),
    ] {
        assert_eq!(
            unit(left).times(&unit(right)).unwrap(),
            (unit(product), factor),
            "{left} times {right}"
        );
    }
    assert_eq!(unit("day").over(&unit("hour")).unwrap(), (Unit::one(), Rational::from(24)));
    assert_eq!(unit("EUR/hour").over(&unit("1/day")).unwrap(), (unit("EUR"), Rational::from(24)));
}

#[test]
fn only_fixed_times_convert() {
    for (from, to, factor) in [
        ("hour", "day", Some(ratio(1, 24))),
        ("week", "day", Some(ratio(7, 1))),
        ("day", "second", Some(ratio(86_400, 1))),
        ("minute", "hour", Some(ratio(1, 60))),
        ("EUR/hour", "EUR/day", Some(ratio(24, 1))),
        ("day^2", "hour^2", Some(ratio(576, 1))),
        ("EUR", "EUR", Some(Rational::ONE)),
        ("1", "1", Some(Rational::ONE)),
        ("EUR", "USD", None),
        ("EUR/USD", "USD/EUR", None),
        ("day", "lead", None),
        ("day", "day^2", None),
        ("day", "1/day", None),
        ("order", "orders", None),
        ("month", "day", None),
        ("quarter", "month", None),
        ("year", "month", None),
        ("year", "day", None),
        ("order^64", "1/order^64", None),
    ] {
        assert_eq!(unit(from).conversion_to(&unit(to)), factor, "{from} to {to}");
    }
}

#[test]
fn what_a_unit_is() {
    let kinds = |text| {
        let unit = unit(text);
        (unit.is_one(), unit.is_money(), unit.is_count(), unit.is_duration())
    };
    assert_eq!(kinds("1"), (true, false, false, false));
    assert_eq!(kinds("EUR"), (false, true, false, false));
    assert_eq!(kinds("lead"), (false, false, true, false));
    assert_eq!(kinds("quarter"), (false, false, false, true));
    for mixed in ["EUR^2", "1/EUR", "EUR/lead", "EUR*day", "lead^-1", "1/day"] {
        assert_eq!(kinds(mixed), (false, false, false, false), "{mixed}");
    }
}

#[test]
fn units_and_displays_cross_threads() {
    fn check<T: Send + Sync + Unpin + std::panic::UnwindSafe + 'static>() {}
    check::<Unit>();
    check::<Display>();
}

#[test]
fn percent_is_rounded_once() {
    let percent = Display::percent(Rounding::half_even(2));
    assert_eq!(percent.show(&ratio(1, 3)).unwrap(), "33.33%");
    assert_eq!(percent.show(&ratio(99_996, 100_000)).unwrap(), "100.00%");
    assert_eq!(percent.show(&ratio(-1, 100_000)).unwrap(), "0.00%");
    assert_eq!(percent.show(&ratio(-1, 8)).unwrap(), "-12.50%");
    // Rounded to two places first and to one after, this would be 12.4.
    let tenths = Display::percent(Rounding::half_expand(1));
    assert_eq!(tenths.show(&"0.12345".parse().unwrap()).unwrap(), "12.3%");
    // A step is one of the digits shown.
    let halves =
        Rounding::half_even(1).with_step(yardstick::number::parse_decimal("0.5").unwrap()).unwrap();
    assert_eq!(Display::percent(halves).show(&ratio(1, 3)).unwrap(), "33.5%");
}

#[test]
fn styles_have_their_sign_and_groups() {
    let rounding = Rounding::half_even(2);
    let value = ratio(1_234_567, 100);
    for (display, shown, digits) in [
        (Display::plain(rounding), "12345.67", "12345.67"),
        (Display::plain(rounding).grouped(), "12,345.67", "12,345.67"),
        (Display::percent(rounding), "1234567.00%", "1234567.00"),
        (Display::percent(rounding).grouped(), "1,234,567.00%", "1,234,567.00"),
        (Display::per_mille(rounding).grouped(), "12,345,670.00‰", "12,345,670.00"),
    ] {
        assert_eq!(display.show(&value).unwrap(), shown);
        assert_eq!(display.text(&value).unwrap(), digits);
    }
    let display = Display::per_mille(rounding).grouped();
    assert_eq!(display.style(), Style::PerMille);
    assert_eq!(display.rounding(), rounding);
    assert!(display.is_grouped() && !Display::plain(rounding).is_grouped());
    let rate = ratio(123, 100_000);
    assert_eq!(display.show(&rate).unwrap(), "1.23‰");
}

#[test]
fn undefined_is_shown_with_its_reason() {
    let percent = Display::percent(Rounding::half_even(2));
    assert_eq!(
        percent.show_value(&Value::Undefined(Reason::NoBase)).unwrap(),
        "undefined (no_base)"
    );
    assert_eq!(percent.show_value(&Value::Defined(ratio(1, 3))).unwrap(), "33.33%");
}

#[test]
fn what_cannot_be_shown_is_an_error() {
    let third = ratio(1, 3);
    let kind = |display: Display, value: &Rational| display.show(value).unwrap_err().kind();
    assert_eq!(kind(Display::percent(Rounding::exact(2)), &third), ErrorKind::Inexact);
    assert_eq!(kind(Display::percent(Rounding::half_even(29)), &third), ErrorKind::Domain);
    // The largest mantissa fits as it is, and not times a hundred.
    let most = Rational::from((1_i128 << 96) - 1);
    let whole = Rounding::half_even(0);
    assert!(Display::plain(whole).show(&most).is_ok());
    assert_eq!(kind(Display::percent(whole), &most), ErrorKind::Overflow);
    let value = Value::Defined(most);
    assert!(Display::percent(whole).show_value(&value).is_err());
}

#[cfg(feature = "json")]
#[test]
fn a_unit_is_its_text_in_documents() {
    let rate: Unit = serde_json::from_str("\"order / EUR\"").unwrap();
    assert_eq!(rate, unit("order/EUR"));
    assert_eq!(serde_json::to_string(&rate).unwrap(), "\"order/EUR\"");
    let read = |text| serde_json::from_str::<Unit>(text).unwrap_err().to_string();
    let refused = read("\"Eur\"");
    assert!(
        refused.starts_with(
            "unit \"Eur\": a currency is three capitals, a counted thing lower case; write EUR or eur"
        ),
        "{refused}"
    );
    let refused = read("1");
    assert!(refused.contains("expected a unit as text, like \"EUR/order\""), "{refused}");
}
