//! Laying out decimals: percent, groups and width, against a model that works on characters.

use proptest::prelude::*;
use yardstick::number::{Format, grouped, parse_decimal, plain};
use yardstick::{Decimal, Display, Rational, Rounding};

fn decimal(mantissa: i128, scale: u32) -> Decimal {
    Decimal::try_from_i128_with_scale(mantissa, scale).unwrap()
}

fn any_decimal() -> impl Strategy<Value = Decimal> {
    let mantissa = prop_oneof![-2000_i128..2000, -(1_i128 << 96) + 1..1 << 96];
    (mantissa, 0_u32..=28).prop_map(|(mantissa, scale)| decimal(mantissa, scale))
}

fn separator() -> impl Strategy<Value = Option<char>> {
    prop::option::of(prop::sample::select(vec![',', '.', '\u{202f}', '_']))
}

/// The point of a plain text moved by two, and no zero before the first digit but one.
fn in_hundredths(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let padded = format!("{fraction:0<2}");
    let (moved, rest) = padded.split_at(2);
    let integer = format!("{integer}{moved}");
    let integer = match integer.trim_start_matches('0') {
        "" => "0",
        integer => integer,
    };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{integer}{point}{rest}")
}

/// Separators put in from the right.
fn in_groups(text: &str, separator: Option<char>) -> String {
    let Some(separator) = separator else {
        return text.to_owned();
    };
    let integer = text.find('.').unwrap_or(text.len());
    let mut grouped = text[integer..].to_owned();
    for (i, digit) in text[..integer].chars().rev().enumerate() {
        if i > 0 && i % 3 == 0 && digit != '-' {
            grouped.insert(0, separator);
        }
        grouped.insert(0, digit);
    }
    grouped
}

fn format(separator: Option<char>, percent: bool, width: u16, zeros: bool) -> Format {
    let format = Format::plain().width(width);
    let format = separator.map_or(format, |separator| format.grouped(separator));
    let format = if percent { format.percent() } else { format };
    if zeros { format.zeros() } else { format }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn percent_groups_and_spaces_agree_with_the_model(
        value in any_decimal(), separator in separator(), percent: bool, width in 0_u16..60,
    ) {
        let text = plain(&value);
        let text = if percent { in_hundredths(&text) } else { text };
        let text = in_groups(&text, separator) + if percent { "%" } else { "" };
        let expected = format!("{text:>width$}", width = usize::from(width));
        let format = format(separator, percent, width, false);
        prop_assert_eq!(format.format(&value), expected);
    }

    /// Zeros as digits: one more at a time until the text is wide enough.
    #[test]
    fn zeros_fill_up_between_sign_and_digits(
        value in any_decimal(), separator in separator(), percent: bool, width in 0_u16..60,
    ) {
        let text = plain(&value);
        let text = if percent { in_hundredths(&text) } else { text };
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", &*text),
        };
        let percent_sign = if percent { "%" } else { "" };
        let mut zeros = String::new();
        let expected = loop {
            let digits = in_groups(&format!("{zeros}{digits}"), separator);
            let text = format!("{sign}{digits}{percent_sign}");
            if text.chars().count() >= usize::from(width) {
                break text;
            }
            zeros.push('0');
        };
        let format = format(separator, percent, width, true);
        prop_assert_eq!(format.format(&value), expected);
    }

    /// A percent has the value of the decimal, a hundred times: nothing is rounded.
    #[test]
    fn a_percent_is_the_exact_value(value in any_decimal()) {
        let text = Format::plain().percent().format(&value);
        let shown: Rational = text.strip_suffix('%').unwrap().parse().unwrap();
        prop_assert_eq!(shown, Rational::from(value) * Rational::from(100));
    }

    /// Rounding once to two places more is what showing as a percent with that rounding does.
    #[test]
    fn a_percent_is_what_display_shows(num in -1_000_000_i64..1_000_000, den in 1_i64..10_000) {
        let rate = Rational::new(num, den).unwrap();
        let rounded = rate.round(Rounding::half_even(4)).unwrap();
        let display = Display::percent(Rounding::half_even(2));
        prop_assert_eq!(Format::plain().percent().format(&rounded), display.show(&rate).unwrap());
        prop_assert_eq!(
            Format::plain().percent().grouped(',').format(&rounded),
            display.grouped().show(&rate).unwrap()
        );
    }
}

#[test]
fn by_hand() {
    let of = |format: Format, text: &str| format.format(&parse_decimal(text).unwrap());
    let percent = Format::plain().percent();
    for (text, shown) in [
        ("0", "0%"),
        ("0.0", "0%"),
        ("0.00", "0%"),
        ("0.000", "0.0%"),
        ("-0.001", "-0.1%"),
        ("0.5", "50%"),
        ("1", "100%"),
        ("-12", "-1200%"),
        ("0.1052", "10.52%"),
        ("0.99996", "99.996%"),
        ("79228162514264337593543950335", "7922816251426433759354395033500%"),
    ] {
        assert_eq!(of(percent, text), shown);
    }
    let plain = Format::plain();
    assert_eq!(plain, Format::default());
    assert_eq!(of(plain.width(8), "-1.50"), "   -1.50");
    assert_eq!(of(plain.width(8).zeros(), "-1.50"), "-0001.50");
    assert_eq!(of(plain.width(2).zeros(), "-1.50"), "-1.50");
    assert_eq!(of(plain.zeros(), "7"), "7");
    assert_eq!(of(plain.grouped(',').width(9).zeros(), "-1234"), "-0,001,234");
    assert_eq!(of(plain.grouped(',').width(10).zeros(), "-1234"), "-0,001,234");
    assert_eq!(of(plain.grouped(',').width(11).zeros(), "-1234"), "-00,001,234");
    assert_eq!(of(plain.grouped('\u{202f}').width(8), "1234.5"), " 1\u{202f}234.5");
    assert_eq!(of(plain.width(u16::MAX), "1").len(), 65_535);
    let mut zero = decimal(0, 2);
    zero.set_sign_negative(true);
    assert_eq!(plain.width(6).zeros().format(&zero), "000.00");
    let value = parse_decimal("-1234567.50").unwrap();
    assert_eq!(grouped(&value, ','), plain.grouped(',').format(&value));
}
