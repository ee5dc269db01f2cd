//! A fraction of 128-bit integers, not necessarily reduced: where ordinary figures stay.

use std::cmp::Ordering;
use std::num::NonZero;

use crate::number::wide;

#[derive(Clone, Copy)]
pub(super) struct Small {
    pub(super) num: i128,
    pub(super) den: NonZero<u128>,
}

const ONE: NonZero<u128> = NonZero::<u128>::MIN;

impl Small {
    pub(super) const fn integer(num: i128) -> Self {
        Self { num, den: ONE }
    }

    pub(super) fn reduced(self) -> Self {
        let divisor = wide::gcd(self.num.unsigned_abs(), self.den.get());
        if divisor == 1 {
            return self;
        }
        Self::from_parts(self.num < 0, self.num.unsigned_abs() / divisor, self.den.get() / divisor)
            .unwrap_or(self)
    }

    pub(super) fn from_parts(negative: bool, num: u128, den: u128) -> Option<Self> {
        let den = NonZero::new(den)?;
        let num =
            if negative { 0_i128.checked_sub_unsigned(num)? } else { i128::try_from(num).ok()? };
        Some(Self { num, den })
    }

    #[inline]
    pub(super) fn add(self, other: Self) -> Option<Self> {
        if self.den == other.den {
            return Some(Self { num: self.num.checked_add(other.num)?, den: self.den });
        }
        let (a, b) = without_common(self.den.get(), other.den.get());
        let left = mul_signed(self.num, b)?;
        let right = mul_signed(other.num, a)?;
        let den = NonZero::new(wide::checked_mul(self.den.get(), b)?)?;
        Some(Self { num: left.checked_add(right)?, den })
    }

    pub(super) fn mul(self, other: Self) -> Option<Self> {
        Some(Self { num: self.num.checked_mul(other.num)?, den: self.den.checked_mul(other.den)? })
    }

    /// `self / other` for a non-zero `other`.
    #[inline]
    pub(super) fn div(self, other: Self) -> Option<Self> {
        self.div_over(other, self.den.get(), other.den.get()).or_else(|| {
            let (a, b) = without_common(self.den.get(), other.den.get());
            self.div_over(other, a, b)
        })
    }

    /// The quotient, given denominators in the ratio of those that the two have.
    #[inline]
    fn div_over(self, other: Self, a: u128, b: u128) -> Option<Self> {
        let num = mul_signed(self.num, b)?;
        let den = wide::checked_mul(a, other.num.unsigned_abs())?;
        let num = if other.num < 0 { num.checked_neg()? } else { num };
        Some(Self { num, den: NonZero::new(den)? })
    }

    /// `self * times / over`, where that fits as it stands.
    #[inline]
    pub(super) fn scaled(self, times: u32, over: NonZero<u32>) -> Option<Self> {
        let num = mul_signed(self.num, times.into())?;
        let den = match u64::try_from(self.den.get()) {
            Ok(den) => u128::from(den) * u128::from(over.get()),
            Err(_) => self.den.get().checked_mul(over.get().into())?,
        };
        Some(Self { num, den: NonZero::new(den)? })
    }

    pub(super) fn neg(self) -> Option<Self> {
        Some(Self { num: self.num.checked_neg()?, den: self.den })
    }

    pub(super) fn cmp(self, other: Self) -> Ordering {
        match (self.num < 0, other.num < 0) {
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            _ if self.den == other.den => return self.num.cmp(&other.num),
            _ => {}
        }
        // Most fit 64 bits, and then their products fit 128.
        let narrow = |a: u128, b: u128| {
            Some(u128::from(u64::try_from(a).ok()?) * u128::from(u64::try_from(b).ok()?))
        };
        let left = narrow(self.num.unsigned_abs(), other.den.get());
        let right = narrow(other.num.unsigned_abs(), self.den.get());
        if let (Some(left), Some(right)) = (left, right) {
            return if self.num < 0 { right.cmp(&left) } else { left.cmp(&right) };
        }
        let left = wide::mul(self.num.unsigned_abs(), other.den.get());
        let right = wide::mul(other.num.unsigned_abs(), self.den.get());
        if self.num < 0 { right.cmp(&left) } else { left.cmp(&right) }
    }
}

/// The same ratio without the smaller one, where that divides the larger, as it does for powers of
/// ten: one division, where the greatest common divisor takes many steps.
#[inline]
fn without_common(a: u128, b: u128) -> (u128, u128) {
    let divide = |large: u128, small: u128| match (u64::try_from(large), u64::try_from(small)) {
        (Ok(large), Ok(small)) => (large % small == 0).then(|| u128::from(large / small)),
        _ => (large % small == 0).then(|| large / small),
    };
    match a >= b {
        true => divide(a, b).map_or((a, b), |a| (a, 1)),
        false => divide(b, a).map_or((a, b), |b| (1, b)),
    }
}

/// `a * b` where it fits. Most factors fit 64 bits, and then one instruction does it.
#[inline]
fn mul_signed(a: i128, b: u128) -> Option<i128> {
    if let (Ok(a), Ok(b)) = (i64::try_from(a), i64::try_from(b)) {
        return Some(i128::from(a) * i128::from(b));
    }
    match i128::try_from(b) {
        Ok(b) => a.checked_mul(b),
        Err(_) if a == 0 => Some(0),
        Err(_) => None,
    }
}
