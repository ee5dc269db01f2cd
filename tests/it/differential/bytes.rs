//! Bytes as a source of choices: text, integers, fractions. Where they end, zeros follow.

use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Zero};
use yardstick::{Decimal, ErrorKind, Rational};

use crate::reference::number::{Fraction, most, ten_to};

pub(crate) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self(data)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    /// At most `count` bytes.
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }

    pub(crate) fn rest(&mut self) -> &'a [u8] {
        self.take(usize::MAX)
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        usize::from(self.byte()) % count
    }

    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    pub(crate) fn u64(&mut self) -> u64 {
        self.take(8).iter().fold(0, |word, byte| (word << 8) | u64::from(*byte))
    }

    pub(crate) fn i128(&mut self) -> i128 {
        self.take(16).iter().fold(0, |word, byte| (word << 8) | i128::from(*byte))
    }

    /// The rest as text: as it stands; of words that matter only; or with a piece repeated, at times
    /// until the text is about as long as numbers and formulas may be.
    pub(crate) fn text(&mut self, words: &[&str]) -> String {
        const MOST: usize = 4_096;
        let how = self.byte() % 8;
        let (start, length) = (self.below(8), 1 + self.below(3));
        let (often, exactly) = (usize::from(self.byte()) * 32, self.byte());
        let text = match how {
            0..=2 | 6 => String::from_utf8_lossy(self.rest()).into_owned(),
            _ => self.rest().iter().map(|byte| words[usize::from(*byte) % words.len()]).collect(),
        };
        if how < 6 {
            return text;
        }
        let chars: Vec<char> = text.chars().collect();
        let start = start.min(chars.len());
        let end = (start + length).min(chars.len());
        let count = match exactly {
            0..=127 => often,
            _ => (MOST + 4).saturating_sub(chars.len() + usize::from(exactly % 16)) / length,
        };
        let (before, piece, behind) = (&chars[..start], &chars[start..end], &chars[end..]);
        let repeated = std::iter::repeat_n(piece, count + 1).flatten();
        before.iter().chain(repeated).chain(behind).collect()
    }

    /// An integer of any width that has an edge of its own, up to 512 bits.
    pub(crate) fn integer(&mut self) -> BigInt {
        let kind = self.byte();
        let near = |bytes: &mut Self| BigInt::from(bytes.below(7)) - 3;
        let magnitude = match kind % 8 {
            0 | 1 => BigInt::from(self.byte()),
            2 => BigInt::from(self.u64()),
            3 => BigInt::from(self.i128().unsigned_abs()),
            4 => (BigInt::one() << (self.byte() % 200)) + near(self),
            5 => ten_to(u32::from(self.byte()) % 60) + near(self),
            6 => most() * (1 + self.below(3)) + near(self),
            _ => {
                let count = self.below(65);
                BigInt::from_bytes_be(Sign::Plus, self.take(count))
            }
        };
        if kind & 0x80 == 0 { magnitude } else { -magnitude }
    }

    /// A decimal of any scale, short more often than long.
    pub(crate) fn decimal(&mut self) -> Decimal {
        let (how, scale) = (self.byte(), u32::from(self.byte()) % 29);
        let magnitude = match how % 4 {
            0 => i128::from(self.byte()),
            1 => i128::from(self.u64() >> (self.byte() % 64)),
            2 => (1 << 96) - 1 - i128::from(self.byte()),
            _ => self.i128() & ((1 << 96) - 1),
        };
        let mantissa = if how & 0x80 == 0 { magnitude } else { -magnitude };
        Decimal::try_from_i128_with_scale(mantissa, scale).unwrap()
    }

    /// A fraction, with a factor that can be cancelled or a denominator as decimals have one at
    /// times, beside a tie at `scale` at others. Its denominator may be zero.
    fn fraction(&mut self, scale: u32) -> Fraction {
        match self.byte() % 6 {
            0 => Fraction { num: self.integer(), den: self.integer() },
            1 => {
                let factor = self.integer();
                Fraction { num: self.integer() * &factor, den: self.integer() * factor }
            }
            2 | 3 => Fraction { num: self.integer(), den: ten_to(u32::from(self.byte()) % 45) },
            _ => {
                let width = 1 + u32::from(self.byte()) % 200;
                let hair = BigInt::from(self.below(3)) - 1;
                Fraction {
                    num: (self.integer() << width) + hair,
                    den: (ten_to(scale) << width) * 2,
                }
            }
        }
    }

    /// A number of the library and the same one of the model: a fraction, or an operation on two,
    /// which leaves the library with forms that no constructor makes. `None` where a zero is
    /// divided by, which the library has been seen to say.
    pub(crate) fn number(&mut self, scale: u32) -> Option<(Rational, BigRational)> {
        let (x, exact) = both(&self.fraction(scale))?;
        let operation = self.byte() % 10;
        if operation < 5 {
            return Some((x, exact));
        }
        let (y, other) = both(&self.fraction(scale))?;
        match operation {
            5 => Some((x + y, exact + other)),
            6 => Some((x - y, exact - other)),
            7 => Some((x * y, exact * other)),
            8 => Some((-x, -exact)),
            _ => {
                let quotient = x.checked_div(&y);
                if other.is_zero() {
                    assert_eq!(quotient.unwrap_err().kind(), ErrorKind::DivisionByZero);
                    return None;
                }
                Some((quotient.unwrap(), exact / other))
            }
        }
    }
}

fn both(fraction: &Fraction) -> Option<(Rational, BigRational)> {
    let Fraction { num, den } = fraction;
    if den.is_zero() {
        let kind = match i128::try_from(num) {
            Ok(num) => Rational::new(num, 0).unwrap_err().kind(),
            Err(_) => format!("{num}/0").parse::<Rational>().unwrap_err().kind(),
        };
        assert_eq!(kind, ErrorKind::DivisionByZero, "{num}/0");
        return None;
    }
    Some((fraction.library(), fraction.model()))
}
