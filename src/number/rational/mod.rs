//! Exact rational numbers: 128 bits first, big integers where those do not suffice.

mod big;
mod operators;
mod parts;
mod small;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::num::NonZero;
use std::str::FromStr;

use dashu_int::ops::{BitTest, DivRem, Gcd};
use dashu_int::{IBig, Sign, UBig};
use rust_decimal::Decimal;

use self::big::Big;
use self::small::Small;
use super::tier::Trace;
use super::{Rounding, round, text};
use crate::error::{Error, ErrorKind};

/// An exact rational number.
///
/// Numerator and denominator are held in 128 bits and pass to big integers and back by themselves,
/// so `+`, `-` and `*` never fail and never round. Division can meet a zero and is
/// [`checked_div`](Rational::checked_div). [`round`](Rational::round) is the only way to digits.
///
/// Equality, order and hash go by value, and `Display` prints the reduced fraction, `p` or `p/q`.
///
/// **Size.** Nothing here bounds a number that a program grows by itself. The doors are bounded:
/// text to 4,096 digits, exponents to ±4,096, [`checked_pow`](Rational::checked_pow),
/// [`allocate`](super::allocate) and the formulas of KPIs to 16,384 bits in numerator and denominator,
/// judged on the reduced value.
///
/// ```
/// use yardstick::{Rational, Rounding};
///
/// let third: Rational = "1/3".parse()?;
/// assert!(&third + &third + &third == Rational::from(1));
/// let price: Rational = "1.65".parse()?;
/// let days = Rational::from(30);
/// let prorated = price.checked_div(&days)?;
/// assert_eq!(prorated.to_string(), "11/200");
/// assert_eq!(prorated.round(Rounding::half_expand(2))?.to_string(), "0.06");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Clone)]
pub struct Rational(Repr);

#[derive(Clone)]
enum Repr {
    /// Not necessarily reduced.
    Small(Small),
    /// Reduced, and beyond what `Small` holds.
    Big(Box<Big>),
}

/// The largest size in bits of a reduced numerator or denominator behind the bounded doors.
pub(crate) const CAPACITY_BITS: usize = 16_384;

impl Rational {
    /// Zero.
    pub const ZERO: Self = Self(Repr::Small(Small::integer(0)));

    /// One.
    pub const ONE: Self = Self(Repr::Small(Small::integer(1)));

    /// The fraction `numerator / denominator`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::DivisionByZero`] where the denominator is zero.
    ///
    /// ```
    /// use yardstick::Rational;
    ///
    /// assert_eq!(Rational::new(6, -4)?, Rational::new(-3, 2)?);
    /// assert!(Rational::new(1, 0).is_err());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn new(numerator: impl Into<i128>, denominator: impl Into<i128>) -> Result<Self, Error> {
        Self::from(numerator.into()).checked_div(&Self::from(denominator.into()))
    }

    /// `mantissa / 10^scale`: one element of a fixed-scale column. Exact for every scale, up to 255.
    ///
    /// ```
    /// use yardstick::Rational;
    ///
    /// assert_eq!(Rational::from_scaled(1_999, 2).to_string(), "1999/100");
    /// ```
    #[must_use]
    #[inline]
    pub fn from_scaled(mantissa: i128, scale: u8) -> Self {
        let power = round::POWERS.get(usize::from(scale));
        match power.and_then(|power| NonZero::new(*power)) {
            Some(den) => Self(Repr::Small(Small { num: mantissa, den })),
            None => Self::reduce(IBig::from(mantissa), UBig::from(10_u8).pow(usize::from(scale))),
        }
    }

    /// `high * 2^64 + low`: as an integer where 128 bits suffice, else as a rational.
    pub(crate) fn from_halves(high: i128, low: u128) -> Result<i128, Self> {
        let sum = high.checked_mul(1 << 64).and_then(|high| high.checked_add_unsigned(low));
        sum.ok_or_else(|| Self::canonical((IBig::from(high) << 64) + IBig::from(low), UBig::ONE))
    }

    /// `digits * 10^exponent`, for digits that were already checked.
    pub(super) fn from_digits(negative: bool, digits: &str, exponent: i64) -> Option<Self> {
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Some(Self::ZERO);
        }
        let power = u32::try_from(exponent.unsigned_abs()).ok()?;
        let small = || {
            let magnitude: i128 = digits.parse().ok()?;
            let mantissa = if negative { -magnitude } else { magnitude };
            match exponent < 0 {
                true => {
                    let den = NonZero::new(10_u128.checked_pow(power)?)?;
                    Some(Self(Repr::Small(Small { num: mantissa, den })))
                }
                false => Some(Self::from(mantissa.checked_mul(10_i128.checked_pow(power)?)?)),
            }
        };
        small().or_else(|| {
            let sign = if negative { Sign::Negative } else { Sign::Positive };
            let num = IBig::from_parts(sign, UBig::from_str_radix(digits, 10).ok()?);
            let scale = UBig::from(10_u8).pow(power as usize);
            Some(match exponent < 0 {
                true => Self::reduce(num, scale),
                false => Self::canonical(num * scale, UBig::ONE),
            })
        })
    }

    /// `num / den` reduced, for a positive `den`.
    fn reduce(num: IBig, den: UBig) -> Self {
        let divisor = (&num).gcd(&den);
        match divisor.is_one() {
            true => Self::canonical(num, den),
            false => Self::canonical(num / &divisor, den / divisor),
        }
    }

    /// A reduced fraction, small where it fits.
    fn canonical(num: IBig, den: UBig) -> Self {
        let small = || {
            let den = NonZero::new(u128::try_from(&den).ok()?)?;
            Some(Small { num: i128::try_from(&num).ok()?, den })
        };
        match small() {
            Some(small) => Self(Repr::Small(small)),
            None => Self(Repr::Big(Box::new(Big { num, den }))),
        }
    }

    fn to_big(&self) -> Big {
        match &self.0 {
            Repr::Small(small) => Big::from(*small),
            Repr::Big(big) => (**big).clone(),
        }
    }

    /// Reduced, as `Big` always is and its arithmetic expects.
    fn as_big(&self) -> Cow<'_, Big> {
        match &self.0 {
            Repr::Small(small) => Cow::Owned(Big::from(small.reduced())),
            Repr::Big(big) => Cow::Borrowed(big),
        }
    }

    /// Tries `small` as they stand, then reduced, and falls back to `big`.
    #[inline]
    fn combine(
        &self,
        other: &Self,
        small: impl Fn(Small, Small) -> Option<Small>,
        big: impl FnOnce(&Big, &Big) -> Self,
    ) -> Self {
        if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0) {
            if let Some(result) = small(*a, *b) {
                return Self(Repr::Small(result));
            }
        }
        self.combine_slowly(other, small, big)
    }

    #[cold]
    fn combine_slowly(
        &self,
        other: &Self,
        small: impl Fn(Small, Small) -> Option<Small>,
        big: impl FnOnce(&Big, &Big) -> Self,
    ) -> Self {
        if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0) {
            let (a, b) = (a.reduced(), b.reduced());
            return match small(a, b) {
                Some(result) => Self(Repr::Small(result)),
                None => big(&a.into(), &b.into()),
            };
        }
        big(&self.as_big(), &other.as_big())
    }

    /// `self / divisor`, exactly.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::DivisionByZero`] where the divisor is zero. For a quotient that is undefined
    /// with a reason instead, see [`Value::quotient`](super::Value::quotient).
    #[inline]
    pub fn checked_div(&self, divisor: &Self) -> Result<Self, Error> {
        self.quotient(divisor).ok_or_else(|| self.divided_by_zero())
    }

    /// The same; none for a divisor of zero.
    #[inline]
    pub(in crate::number) fn quotient(&self, divisor: &Self) -> Option<Self> {
        (!divisor.is_zero()).then(|| self.combine(divisor, Small::div, Big::div))
    }

    /// `self * times / over`, exactly.
    #[inline]
    pub(crate) fn scaled(&self, times: u32, over: NonZero<u32>) -> Self {
        if let Repr::Small(small) = &self.0 {
            if let Some(small) = small.scaled(times, over) {
                return Self(Repr::Small(small));
            }
        }
        let factor = Small { num: i128::from(times), den: over.into() };
        self * Self(Repr::Small(factor))
    }

    #[cold]
    fn divided_by_zero(&self) -> Error {
        Error::new(ErrorKind::DivisionByZero, format!("{self} divided by zero"))
    }

    /// `self` to an integer power, exactly; anything to the power of 0 is 1.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::DivisionByZero`] for zero to a negative power, and [`ErrorKind::Capacity`]
    /// where the reduced result would exceed 16,384 bits above or below the line.
    ///
    /// ```
    /// use yardstick::Rational;
    ///
    /// let growth: Rational = "1.1".parse()?;
    /// assert_eq!(growth.checked_pow(3)?, "1.331".parse()?);
    /// assert_eq!(growth.checked_pow(-1)?, Rational::new(10, 11)?);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn checked_pow(&self, exponent: i32) -> Result<Self, Error> {
        // A number of b bits to the power of n has more than (b - 1) n bits: past this, no need to
        // compute it to know that it is too large.
        let times = exponent.unsigned_abs() as usize;
        let least = self.reduced_bits().saturating_sub(1).saturating_mul(times);
        let power = match least > CAPACITY_BITS {
            true => None,
            false => Some(self.pow(exponent)?).filter(|power| power.bits() <= CAPACITY_BITS),
        };
        power.ok_or_else(|| {
            let bits = CAPACITY_BITS;
            Error::new(
                ErrorKind::Capacity,
                format!("a power with exponent {exponent} exceeds {bits} bits"),
            )
        })
    }

    /// `self` to an integer power of any size.
    pub(in crate::number) fn pow(&self, exponent: i32) -> Result<Self, Error> {
        if exponent == 0 {
            return Ok(Self::ONE);
        }
        let base = if exponent < 0 { Self::ONE.checked_div(self)? } else { self.clone() };
        let (num, den) = base.parts();
        let times = exponent.unsigned_abs() as usize;
        // Powers of coprime numbers are coprime.
        Ok(Self::canonical(num.pow(times), den.pow(times)))
    }

    /// The power of ten that the value is, where it is one.
    pub(in crate::number) fn power_of_ten(&self) -> Option<i64> {
        let (num, den) = self.parts();
        let (_, num) = num.into_parts();
        // One of the two is 1 and the other ends in as many zeros as it has twos.
        let (sign, power) = if den.is_one() { (1, num) } else { (-1, den) };
        let zeros = power.trailing_zeros()?;
        let is_power = self.is_positive()
            && (sign > 0 || self.parts().0.is_one())
            && power == UBig::from(10_u8).pow(zeros);
        is_power.then(|| sign * zeros as i64)
    }

    /// The value rounded once, with exactly `rounding.scale()` decimals.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Overflow`] where the rounded value does not fit 96 bits at the scale;
    /// [`ErrorKind::Inexact`] with [`Mode::Exact`](super::Mode::Exact) where digits would be lost;
    /// [`ErrorKind::Domain`] for a scale above 28.
    ///
    /// ```
    /// use yardstick::{Rational, Rounding};
    ///
    /// let ltv: Rational = "1016.365".parse()?;
    /// assert_eq!(ltv.round(Rounding::half_expand(2))?.to_string(), "1016.37");
    /// assert_eq!(ltv.round(Rounding::half_even(2))?.to_string(), "1016.36");
    /// assert!(ltv.round(Rounding::exact(2)).is_err());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[inline]
    pub fn round(&self, rounding: Rounding) -> Result<Decimal, Error> {
        round::decimal(self.mantissa(rounding, &mut ())?, rounding)
    }

    /// The mantissa of the rounded value.
    #[inline]
    pub(in crate::number) fn mantissa(
        &self,
        rounding: Rounding,
        trace: &mut impl Trace,
    ) -> Result<i128, Error> {
        match &self.0 {
            Repr::Small(small) => {
                let magnitude = small.num.unsigned_abs();
                round::small(small.num < 0, magnitude, small.den.get(), rounding, trace)
            }
            Repr::Big(big) => {
                let (sign, magnitude) = big.num.clone().into_parts();
                round::big(sign == Sign::Negative, &magnitude, &big.den, rounding, trace)
            }
        }
    }

    /// The value as a decimal, where it is one.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Inexact`] where it has no finite decimal expansion of at most 28 places;
    /// [`ErrorKind::Overflow`] where it does not fit 96 bits.
    ///
    /// ```
    /// use yardstick::Rational;
    ///
    /// assert_eq!(Rational::new(1, 8)?.to_decimal()?.to_string(), "0.125");
    /// assert!(Rational::new(1, 3)?.to_decimal().is_err());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn to_decimal(&self) -> Result<Decimal, Error> {
        let reduced = self.reduced();
        let den = match &reduced.0 {
            Repr::Small(small) => Some(small.den.get()),
            Repr::Big(big) => u128::try_from(&big.den).ok(),
        };
        // A reduced p/q has `scale` decimals where q divides 10^scale.
        let powers = &round::POWERS[..=Rounding::MAX_SCALE as usize];
        let scale = den.and_then(|den| powers.iter().position(|power| power % den == 0));
        match scale {
            Some(scale) => reduced.round(Rounding::exact(scale as u32)),
            // Overflow comes first, and no scale has more room than 0.
            None => reduced.round(Rounding::floor(0)).and_then(|_| {
                Err(Error::new(
                    ErrorKind::Inexact,
                    "the value has no decimal expansion of at most 28 places; round it",
                ))
            }),
        }
    }

    /// The same value with numerator and denominator reduced.
    fn reduced(&self) -> Self {
        match &self.0 {
            Repr::Small(small) => Self(Repr::Small(small.reduced())),
            Repr::Big(_) => self.clone(),
        }
    }

    /// Whether the value is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(&self.0, Repr::Small(small) if small.num == 0)
    }

    /// Whether the value is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small(small) => small.num < 0,
            Repr::Big(big) => big.num < IBig::ZERO,
        }
    }

    /// Whether the value is above zero.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        !self.is_zero() && !self.is_negative()
    }

    /// Whether the value is an integer.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Small(small) => small.num.unsigned_abs() % small.den == 0,
            Repr::Big(big) => big.den.is_one(),
        }
    }

    /// The magnitude.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// Whether the value needs more than 128 bits above or below the line.
    pub(crate) fn is_wide(&self) -> bool {
        matches!(self.0, Repr::Big(_))
    }

    /// The size in bits of the larger of numerator and denominator, reduced.
    pub(crate) fn bits(&self) -> usize {
        match &self.0 {
            // Below the limit whatever it is, so not worth a reduction.
            Repr::Small(_) => 128,
            Repr::Big(big) => bits_of(&big.num).max(big.den.bit_len()),
        }
    }

    /// The size in bits of the larger of numerator and denominator, once they are reduced.
    pub(in crate::number) fn reduced_bits(&self) -> usize {
        let (num, den) = self.parts();
        bits_of(&num).max(den.bit_len())
    }

    /// The least integer not below the value: -1 for -3/2.
    #[must_use]
    pub fn ceil(&self) -> Self {
        -&(-self).floor()
    }

    /// The greatest integer not above the value: -2 for -3/2.
    #[must_use]
    pub fn floor(&self) -> Self {
        let Big { num, den } = &*self.as_big();
        let (quotient, rest) = num.div_rem(den);
        let down = if rest < IBig::ZERO { IBig::ONE } else { IBig::ZERO };
        Self::canonical(quotient - down, UBig::ONE)
    }
}

fn bits_of(num: &IBig) -> usize {
    num.clone().into_parts().1.bit_len()
}

impl Default for Rational {
    fn default() -> Self {
        Self::ZERO
    }
}

impl PartialEq for Rational {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Repr::Small(a), Repr::Small(b)) => a.cmp(*b) == Ordering::Equal,
            (Repr::Big(a), Repr::Big(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Rational {}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(a), Repr::Small(b)) => a.cmp(*b),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl Hash for Rational {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Repr::Small(small) => {
                let small = small.reduced();
                (small.num, small.den).hash(state);
            }
            Repr::Big(big) => big.hash(state),
        }
    }
}

macro_rules! from_integer {
    ($($type:ty)*) => {$(
        impl From<$type> for Rational {
            #[inline]
            fn from(value: $type) -> Self {
                Self(Repr::Small(Small::integer(i128::from(value))))
            }
        }
    )*};
}

from_integer!(i8 u8 i16 u16 i32 u32 i64 u64 i128);

impl From<u128> for Rational {
    fn from(value: u128) -> Self {
        match i128::try_from(value) {
            Ok(value) => Self::from(value),
            Err(_) => Self::canonical(IBig::from(value), UBig::ONE),
        }
    }
}

impl From<Decimal> for Rational {
    fn from(value: Decimal) -> Self {
        // A decimal's scale is at most 28.
        Self::from_scaled(value.mantissa(), value.scale() as u8)
    }
}

impl From<&Decimal> for Rational {
    fn from(value: &Decimal) -> Self {
        Self::from(*value)
    }
}

impl FromStr for Rational {
    type Err = Error;

    /// Reads a decimal (`-1234.50`, `1.5e-3`) or a fraction of two of them (`1/3`), strictly: an
    /// optional sign, digits with at most one point and digits on both sides of it, an optional
    /// exponent. No spaces, no separators, no infinities.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Syntax`] with the offset of the first character that does not belong;
    /// [`ErrorKind::Capacity`] beyond 4,096 digits or an exponent beyond ±4,096;
    /// [`ErrorKind::DivisionByZero`] for a denominator of zero.
    fn from_str(text: &str) -> Result<Self, Error> {
        text::rational(text)
    }
}

impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Big { num, den } = &*self.as_big();
        match den.is_one() {
            true => write!(f, "{num}"),
            false => write!(f, "{num}/{den}"),
        }
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
