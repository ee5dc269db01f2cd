//! What all values of a block are multiplied by.

use crate::number::Rational;

/// A positive fraction, reduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Factor {
    pub(super) num: u64,
    pub(super) den: u64,
}

impl Factor {
    pub(super) const ONE: Self = Self { num: 1, den: 1 };

    /// The fraction, where it is positive and fits.
    pub(super) fn new(num: u128, den: u128) -> Option<Self> {
        let divisor = gcd(num, den);
        let part = |part: u128| u64::try_from(part.checked_div(divisor)?).ok();
        let (num, den) = (part(num)?, part(den)?);
        (num > 0 && den > 0).then_some(Self { num, den })
    }

    /// One over ten to the power of the scale.
    pub(super) fn of_scale(scale: u8) -> Option<Self> {
        Some(Self { num: 1, den: 10_u64.checked_pow(u32::from(scale))? })
    }

    /// A number that is not zero: whether it is negative, and its magnitude.
    pub(super) fn of_number(number: &Rational) -> Option<(bool, Self)> {
        let (num, den) = number.narrow_parts()?;
        Some((num < 0, Self::new(num.unsigned_abs(), den)?))
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        if other == Self::ONE {
            return Some(self);
        }
        let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
        Self::new(product(self.num, other.num), product(self.den, other.den))
    }

    pub(super) fn over(self, other: Self) -> Option<Self> {
        self.times(Self { num: other.den, den: other.num })
    }

    /// A factor for both, and what the one and the other have left beside it, in integers.
    pub(super) fn common(self, other: Self) -> Option<(Self, i64, i64)> {
        if self == other {
            return Some((self, 1, 1));
        }
        let gcd = |a: u64, b: u64| gcd(a.into(), b.into()) as u64;
        let num = gcd(self.num, other.num);
        let den = (self.den / gcd(self.den, other.den)).checked_mul(other.den)?;
        let left = |own: Self| i64::try_from((own.num / num).checked_mul(den / own.den)?).ok();
        Some((Self { num, den }, left(self)?, left(other)?))
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    match (u64::try_from(a), u64::try_from(b)) {
        (Ok(mut a), Ok(mut b)) => {
            while b > 0 {
                (a, b) = (b, a % b);
            }
            a.into()
        }
        _ if b == 0 => a,
        _ => gcd(b, a % b),
    }
}
