//! Numbers into text: plain, grouped, as a fraction, and as they are shown.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use yardstick::number::{Format, grouped, parse_decimal, plain};
use yardstick::{Decimal, Display, ErrorKind, Mode, Rational, Rounding};

use super::Bytes;
use crate::reference::number::{most, round, ten_to};
use crate::reference::text::layout;

pub(crate) fn check(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    decimal(&mut bytes);
    let scale = u32::from(bytes.byte()) % 29;
    if let Some((x, exact)) = bytes.number(scale) {
        fraction(&x, &exact);
        shortest(&x, &exact);
        shown(&mut bytes, &x, &exact, scale);
    }
}

fn decimal(bytes: &mut Bytes<'_>) {
    let shift = u32::from(bytes.byte()) % 96;
    let negative = bytes.byte() % 2 == 1;
    let magnitude = (bytes.i128() & ((1 << 96) - 1)) >> shift;
    let mantissa = if negative { -magnitude } else { magnitude };
    let scale = u32::from(bytes.byte()) % 29;
    let separator = char::from_u32(bytes.u64() as u32 & 0x1f_ffff).unwrap_or(',');
    let mut decimal = Decimal::try_from_i128_with_scale(mantissa, scale).unwrap();
    if mantissa == 0 {
        // As it may come from elsewhere.
        decimal.set_sign_negative(negative);
    }
    let text = plain(&decimal);
    assert_eq!(text, layout(&mantissa.into(), scale, None));
    assert_eq!(grouped(&decimal, separator), layout(&mantissa.into(), scale, Some(separator)));
    formatted(bytes, &decimal, mantissa, scale, separator);
    let back = parse_decimal(&text).unwrap();
    assert_eq!((back.mantissa(), back.scale()), (mantissa, scale), "{text}");
}

fn formatted(
    bytes: &mut Bytes<'_>,
    decimal: &Decimal,
    mantissa: i128,
    scale: u32,
    separator: char,
) {
    let how = bytes.byte();
    let [grouped, percent, zeros] = [how & 1, how & 2, how & 4].map(|bit| bit != 0);
    let width = match how & 8 {
        0 => 0,
        _ => usize::from(bytes.byte()),
    };
    let mut format = Format::plain().width(width as u16);
    format = if grouped { format.grouped(separator) } else { format };
    format = if percent { format.percent() } else { format };
    format = if zeros { format.zeros() } else { format };

    let (mantissa, scale) = match (percent, scale) {
        (false, scale) => (BigInt::from(mantissa), scale),
        (true, 0 | 1) => (BigInt::from(mantissa) * ten_to(2 - scale), 0),
        (true, scale) => (BigInt::from(mantissa), scale - 2),
    };
    let digits = layout(&mantissa.abs(), scale, None);
    let (integer, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut integer: Vec<char> = integer.chars().collect();
    // One zero more at a time, until it is wide enough.
    let text = loop {
        let mut text = String::from(if mantissa.is_negative() { "-" } else { "" });
        let groups: Vec<String> = match grouped {
            true => integer.rchunks(3).rev().map(|group| group.iter().collect()).collect(),
            false => vec![integer.iter().collect()],
        };
        text += &groups.join(separator.encode_utf8(&mut [0; 4]));
        text += fraction;
        text += if percent { "%" } else { "" };
        if !zeros || text.chars().count() >= width {
            break text;
        }
        integer.insert(0, '0');
    };
    let spaces = " ".repeat(width.saturating_sub(text.chars().count()));
    assert_eq!(format.format(decimal), spaces + &text, "{format:?}");
}

fn fraction(x: &Rational, exact: &BigRational) {
    let text = x.to_string();
    assert_eq!(text, exact.to_string());
    assert_eq!(format!("{x:?}"), text);
    assert_eq!(&text.parse::<Rational>().unwrap(), x);
}

/// The decimal with the fewest places: as many as the denominator has twos or fives, and nothing else.
fn shortest(x: &Rational, exact: &BigRational) {
    let mut rest = exact.denom().clone();
    let mut count = |factor: u32| {
        let mut count = 0;
        while (&rest % factor).is_zero() {
            rest /= factor;
            count += 1;
        }
        count
    };
    let places: u32 = count(2).max(count(5));
    let places = (rest.is_one() && places <= 28).then_some(places);
    let expected = match places {
        _ if exact.floor().to_integer().abs() > most() => Err(ErrorKind::Overflow),
        None => Err(ErrorKind::Inexact),
        Some(scale) => match (exact * ten_to(scale)).to_integer() {
            mantissa if mantissa.abs() > most() => Err(ErrorKind::Overflow),
            mantissa => Ok(layout(&mantissa, scale, None)),
        },
    };
    let found = x.to_decimal().map(|decimal| plain(&decimal)).map_err(|error| error.kind());
    assert_eq!(found, expected, "{x}");
}

fn shown(bytes: &mut Bytes<'_>, x: &Rational, exact: &BigRational, scale: u32) {
    let mode = bytes.pick(&Mode::ALL);
    let rounding = Rounding::new(scale, mode);
    let (display, factor, sign) = match bytes.byte() % 3 {
        0 => (Display::plain(rounding), 1, ""),
        1 => (Display::percent(rounding), 100, "%"),
        _ => (Display::per_mille(rounding), 1_000, "‰"),
    };
    let (display, separator) = match bytes.byte() % 2 {
        0 => (display, None),
        _ => (display.grouped(), Some(',')),
    };
    let factor = BigRational::from_integer(factor.into());
    let expected = round(&(exact * factor), scale, &1.into(), mode);
    let text = expected.map(|mantissa| layout(&mantissa, scale, separator) + sign);
    assert_eq!(display.show(x).map_err(|error| error.kind()), text, "{x} {display:?}");
    if exact.is_zero() {
        assert!(!display.show(x).unwrap().contains('-'));
    }
}
