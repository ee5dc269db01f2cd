//! Numbers as text: an automaton, one character at a time; the library measures runs of digits.

use std::ops::Range;

use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Zero};

use super::number::ten_to;

/// The most digits of a number, and the largest magnitude of its exponent.
const MOST: usize = 4_096;

/// What a text means by the grammar, or where it leaves it.
#[derive(Debug, PartialEq)]
pub(crate) enum Read {
    Number(BigRational),
    /// The bytes of the first character that does not belong, none of them at the end of the text.
    Wrong(Range<usize>),
    /// A number, without its sign and its exponent, that has too many digits.
    Digits(Range<usize>),
    /// The digits of an exponent that is too large.
    Exponent(Range<usize>),
    ZeroBelow,
}

/// Where the automaton of a number stands. Only `Whole`, `Fraction` and `Power` may end one.
#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Start,
    Signed,
    Whole,
    Point,
    Fraction,
    E,
    PowerSigned,
    Power,
}

/// A number so far.
#[derive(Default)]
struct Number {
    negative: bool,
    digits: String,
    /// Where the first digit stands.
    start: usize,
    places: usize,
    power_negative: bool,
    power: usize,
    power_start: usize,
}

impl Number {
    fn value(&self) -> BigRational {
        let mantissa: BigInt = self.digits.parse().unwrap();
        let mantissa = if self.negative { -mantissa } else { mantissa };
        let (up, down) = match self.power_negative {
            true => (0, self.places + self.power),
            false => (self.power, self.places),
        };
        if up >= down || mantissa.is_zero() {
            return BigRational::from(mantissa * ten_to(up.saturating_sub(down) as u32));
        }
        // Reduced by hand: a power of ten has no factors but these.
        let (mut rest, mut fives) = (mantissa, down - up);
        let twos = rest.trailing_zeros().unwrap_or(0).min(fives as u64);
        rest >>= twos;
        let below = BigInt::one() << (fives as u64 - twos);
        while fives > 0 && (&rest % 5_u8).is_zero() {
            rest /= 5_u8;
            fives -= 1;
        }
        BigRational::new_raw(rest, below * BigInt::from(5).pow(fives as u32))
    }
}

/// Reads a decimal, or a fraction of two where those are welcome.
pub(crate) fn read(text: &str, fractions: bool) -> Read {
    let mut state = State::Start;
    let mut numbers = Vec::new();
    let mut number = Number::default();
    for (at, found) in text.char_indices().chain([(text.len(), '\0')]) {
        let next = match (state, found) {
            (State::Start, '+' | '-') => State::Signed,
            (State::Start | State::Signed | State::Whole, '0'..='9') => State::Whole,
            (State::Whole, '.') => State::Point,
            (State::Point | State::Fraction, '0'..='9') => State::Fraction,
            (State::E, '+' | '-') => State::PowerSigned,
            (State::E | State::PowerSigned | State::Power, '0'..='9') => State::Power,
            // What is too long is told when its run is over, whatever comes next.
            (State::Whole | State::Fraction, _) if number.digits.len() > MOST => {
                return Read::Digits(number.start..at);
            }
            (State::Power, _) if number.power > MOST => {
                return Read::Exponent(number.power_start..at);
            }
            (State::Whole | State::Fraction, 'e' | 'E') => State::E,
            (State::Whole | State::Fraction | State::Power, '/')
                if fractions && numbers.is_empty() =>
            {
                numbers.push(std::mem::take(&mut number).value());
                State::Start
            }
            (State::Whole | State::Fraction | State::Power, _) if at == text.len() => {
                numbers.push(std::mem::take(&mut number).value());
                State::Start
            }
            _ if at == text.len() => return Read::Wrong(at..at),
            _ => return Read::Wrong(at..at + found.len_utf8()),
        };
        match (next, found.to_digit(10)) {
            (State::Whole | State::Fraction, Some(_)) => {
                if number.digits.is_empty() {
                    number.start = at;
                }
                number.digits.extend((number.digits.len() <= MOST).then_some(found));
                number.places += usize::from(next == State::Fraction);
            }
            (State::Power, Some(digit)) => {
                if state != State::Power {
                    number.power_start = at;
                }
                number.power = (number.power * 10 + digit as usize).min(MOST + 1);
            }
            (State::Signed, _) => number.negative = found == '-',
            (State::PowerSigned, _) => number.power_negative = found == '-',
            _ => {}
        }
        state = next;
    }
    match numbers.as_slice() {
        [_, below] if below.is_zero() => Read::ZeroBelow,
        [above, below] => Read::Number(above / below),
        [number] => Read::Number(number.clone()),
        _ => panic!("a text is one number or two"),
    }
}

/// The decimals of a well-formed text: those written, moved by the exponent, and at least none.
pub(crate) fn places(text: &str) -> i64 {
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let written = number.split_once('.').map_or(0, |(_, fraction)| fraction.len() as i64);
    (written - exponent.parse::<i64>().unwrap()).max(0)
}

/// A mantissa as digits with a point before the last `scale`, from the last digit to the first, until
/// the digits and the zero before a point are out.
pub(crate) fn layout(mantissa: &BigInt, scale: u32, separator: Option<char>) -> String {
    let mut backwards = Vec::new();
    let mut rest = mantissa.magnitude().clone();
    for place in 0.. {
        if place > scale && rest.is_zero() {
            break;
        }
        if place == scale && scale > 0 {
            backwards.push('.');
        }
        if place > scale && (place - scale) % 3 == 0 {
            backwards.extend(separator);
        }
        let digit = (&rest % 10_u8).iter_u32_digits().next().unwrap_or(0);
        backwards.extend(char::from_digit(digit, 10));
        rest /= 10_u8;
    }
    if mantissa.sign() == Sign::Minus {
        backwards.push('-');
    }
    backwards.into_iter().rev().collect()
}
