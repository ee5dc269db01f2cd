//! Numbers from text, strictly.

use rust_decimal::Decimal;

use super::{Rational, Rounding};
use crate::error::{Error, ErrorKind, quoted};

/// The most digits that a number in a text may have.
pub(super) const MOST_DIGITS: usize = 4_096;
/// The largest magnitude of a decimal exponent in a text.
const MOST_EXPONENT: i64 = 4_096;

/// A number as it stands in a text, checked but not yet evaluated.
struct Literal {
    negative: bool,
    digits: String,
    /// `digits * 10^exponent`.
    exponent: i64,
}

/// Reads a decimal or a fraction of two decimals.
pub(super) fn rational(text: &str) -> Result<Rational, Error> {
    let Some(slash) = text.find('/') else {
        return literal(text, text, 0).and_then(|number| exact(&number, text));
    };
    let numerator = exact(&literal(&text[..slash], text, 0)?, text)?;
    let denominator = exact(&literal(&text[slash + 1..], text, slash + 1)?, text)?;
    numerator.checked_div(&denominator).map_err(|_| {
        Error::new(
            ErrorKind::DivisionByZero,
            format!("{quote} divides by zero", quote = quoted(text)),
        )
    })
}

/// Reads a decimal and keeps its digits: `1.50` has scale 2, and nothing is rounded.
///
/// The same strict form as for [`Rational`], without the fraction. An exponent moves the point:
/// `1.5e-3` is 0.0015 and `15e2` is 1500.
///
/// # Errors
///
/// [`ErrorKind::Syntax`] with the offset of the first character that does not belong;
/// [`ErrorKind::Inexact`] where it has more than 28 decimals, trailing zeros included;
/// [`ErrorKind::Overflow`] where its digits do not fit 96 bits; [`ErrorKind::Capacity`] beyond
/// 4,096 digits.
///
/// ```
/// use yardstick::number::parse_decimal;
///
/// assert_eq!(parse_decimal("-1234.50")?.scale(), 2);
/// assert!(parse_decimal("1e-30").is_err());
/// assert!(parse_decimal("1,234").is_err());
/// # Ok::<(), yardstick::Error>(())
/// ```
pub fn parse_decimal(text: &str) -> Result<Decimal, Error> {
    let number = literal(text, text, 0)?;
    let value = exact(&number, text)?;
    let places = u32::try_from(number.exponent.min(0).unsigned_abs()).unwrap_or(u32::MAX);
    if places > Rounding::MAX_SCALE {
        let most = Rounding::MAX_SCALE;
        return Err(Error::new(
            ErrorKind::Inexact,
            format!(
                "{quote} has {places} decimals and a decimal holds {most}; round it first",
                quote = quoted(text)
            ),
        ));
    }
    value.round(Rounding::exact(places)).map_err(|_| {
        Error::new(
            ErrorKind::Overflow,
            format!("{quote} does not fit 96 bits at scale {places}; the most is 79228162514264337593543950335 units of the last place", quote = quoted(text)),
        )
    })
}

/// Reads a decimal as `mantissa / 10^scale` for a column of 128-bit integers.
pub(crate) fn parse_scaled(text: &str) -> Result<(i128, u32), Error> {
    let number = literal(text, text, 0)?;
    let too_large = || {
        Error::new(
            ErrorKind::Overflow,
            format!("{quote} does not fit 128 bits; give it fewer digits", quote = quoted(text)),
        )
    };
    let scale = u32::try_from(number.exponent.min(0).unsigned_abs()).map_err(|_| too_large())?;
    let zeros = u32::try_from(number.exponent.max(0)).map_err(|_| too_large())?;
    let digits = number.digits.trim_start_matches('0');
    if digits.is_empty() {
        return Ok((0, scale.min(Rounding::MAX_SCALE)));
    }
    let magnitude: u128 = digits.parse().map_err(|_| too_large())?;
    let magnitude = 10_u128
        .checked_pow(zeros)
        .and_then(|power| magnitude.checked_mul(power))
        .ok_or_else(too_large)?;
    let mantissa = match number.negative {
        true => 0_i128.checked_sub_unsigned(magnitude),
        false => i128::try_from(magnitude).ok(),
    };
    Ok((mantissa.ok_or_else(too_large)?, scale))
}

fn exact(number: &Literal, text: &str) -> Result<Rational, Error> {
    Rational::from_digits(number.negative, &number.digits, number.exponent)
        .ok_or_else(|| syntax(text, 0))
}

/// Reads `[+-] digits [. digits] [e [+-] digits]`; `whole` and `offset` are for the message.
fn literal(text: &str, whole: &str, offset: usize) -> Result<Literal, Error> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let negative = match bytes.first() {
        Some(b'-') => {
            at = 1;
            true
        }
        Some(b'+') => {
            at = 1;
            false
        }
        _ => false,
    };
    let run = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let refuse = |at: usize| Err(syntax(whole, offset + at));

    let integer = run(at);
    if integer == 0 {
        return refuse(at);
    }
    let first = at;
    at += integer;
    let fraction = match bytes.get(at) {
        Some(b'.') => match run(at + 1) {
            0 => return refuse(at + 1),
            fraction => fraction,
        },
        _ => 0,
    };
    if fraction > 0 {
        at += 1 + fraction;
    }
    let count = integer + fraction;
    if count > MOST_DIGITS {
        return Err(Error::new(
            ErrorKind::Capacity,
            format!("a number of {count} digits; the most is {MOST_DIGITS}"),
        )
        .at_span(offset + first..offset + at));
    }
    let mut digits = String::with_capacity(count);
    digits.push_str(&text[first..first + integer]);
    digits.push_str(&text[at - fraction..at]);
    let mut exponent = -(fraction as i64);
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1;
        let minus = bytes.get(at) == Some(&b'-');
        if minus || bytes.get(at) == Some(&b'+') {
            at += 1;
        }
        let length = run(at);
        if length == 0 {
            return refuse(at);
        }
        let magnitude = text[at..at + length].parse().unwrap_or(i64::MAX);
        if magnitude > MOST_EXPONENT {
            return Err(Error::new(
                ErrorKind::Capacity,
                format!("{quote} has an exponent beyond {MOST_EXPONENT}", quote = quoted(whole)),
            )
            .at_span(offset + at..offset + at + length));
        }
        exponent += if minus { -magnitude } else { magnitude };
        at += length;
    }
    if at < bytes.len() {
        return refuse(at);
    }
    Ok(Literal { negative, digits, exponent })
}

/// What stands at `place` is wrong, where anything stands there.
fn syntax(text: &str, place: usize) -> Error {
    let found = text.get(place..).and_then(|rest| rest.chars().next());
    let remedy = match found {
        Some('%') => "write a percentage as a plain number, like 0.2 for 20%",
        _ => "write digits with at most one point, like -1234.50",
    };
    let message = match found {
        Some(found) => {
            format!(
                "{quote} is not a number: unexpected {found:?} at {place}; {remedy}",
                quote = quoted(text)
            )
        }
        None => format!(
            "{quote} is not a number: it ends where a digit is due; {remedy}",
            quote = quoted(text)
        ),
    };
    let width = found.map_or(0, char::len_utf8);
    Error::new(ErrorKind::Syntax, message).at_span(place..place + width)
}
