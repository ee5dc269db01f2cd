//! A rational into integers of any length, and back.

use dashu_int::{IBig, UBig};

use super::Rational;

impl Rational {
    /// Numerator and denominator, reduced.
    pub(in crate::number) fn parts(&self) -> (IBig, UBig) {
        let big = self.as_big().into_owned();
        (big.num, big.den)
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
