//! A rational into integers of any length, and back.

use std::num::NonZero;

use dashu_int::{IBig, UBig};

use super::small::Small;
use super::{Rational, Repr};

impl Rational {
    /// Numerator and denominator, reduced.
    pub(in crate::number) fn parts(&self) -> (IBig, UBig) {
        let big = self.as_big().into_owned();
        (big.num, big.den)
    }

    /// The denominator of the reduced fraction.
    pub(crate) fn denominator(&self) -> Self {
        Self::from_integer(self.parts().1.into())
    }

    /// The fraction as it stands, not reduced.
    #[inline]
    pub(crate) fn unreduced(num: i128, den: NonZero<u128>) -> Self {
        Self(Repr::Small(Small { num, den }))
    }

    /// Numerator and denominator where both fit 128 bits; not necessarily reduced.
    #[inline]
    pub(crate) fn narrow_parts(&self) -> Option<(i128, u128)> {
        match &self.0 {
            Repr::Small(small) => Some((small.num, small.den.get())),
            Repr::Big(_) => None,
        }
    }

    /// The least integer not below the value, where it is one of 32 bits.
    #[inline]
    pub(crate) fn ceil_to_u32(&self) -> Option<u32> {
        let Some((num, den)) = self.narrow_parts() else {
            return u32::try_from(self.ceil().narrow_parts()?.0).ok();
        };
        let num = u128::try_from(num).ok()?;
        let ceil = match (u64::try_from(num), u64::try_from(den)) {
            (Ok(num), Ok(den)) => num.div_ceil(den).into(),
            _ => num.div_ceil(den),
        };
        u32::try_from(ceil).ok()
    }

    /// `num / den` for a positive `den`.
    pub(in crate::number) fn from_parts(num: IBig, den: UBig) -> Self {
        Self::reduce(num, den)
    }

    /// The integer as a rational.
    pub(in crate::number) fn from_integer(integer: IBig) -> Self {
        Self::canonical(integer, UBig::ONE)
    }
}

impl From<&Rational> for Rational {
    fn from(value: &Rational) -> Self {
        value.clone()
    }
}
