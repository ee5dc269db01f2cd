//! Roots, rounded once. Integers only: no floating point, not even for a first guess.
//!
//! The value `offset ± radicand^(1/k)`, at scale `s`, is decided by one integer root. With
//! `F = 2 * 10^s`, `offset = a/b` and `radicand = n/d`,
//!
//! ```text
//! F * value = (F a ± Y^(1/k)) / b        where Y = (F b)^k n / d
//! floor(F * value) = floor((F a + floor(Y^(1/k))) / b)        for +
//! floor(F * value) = floor((F a - ceil(Y^(1/k))) / b)         for -
//! ```
//!
//! because the numerator without its root is an integer, and the floor of an integer quotient does
//! not change when something below one is added above the line. The floor is the value itself where
//! `Y` is an integer and a k-th power and `b` divides; otherwise the value lies strictly between two
//! halves of the last place. That decides every mode: there is no error to bound.
//!
//! Width: `Y` has at most `k (96 + bits of b) + bits of n` bits.

use std::fmt;

use dashu_int::ops::{BitTest, DivRem, DivRemEuclid};
use dashu_int::{IBig, Sign, UBig};

use super::round::{self, POWERS};
use super::tier::{Tier, Trace};
use super::{Rational, Rounding};
use crate::error::Error;

/// `offset ± radicand^(1/degree)`, for a radicand that is not negative and a degree above zero.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Root {
    pub(super) offset: Rational,
    pub(super) negative: bool,
    pub(super) radicand: Rational,
    pub(super) degree: u32,
}

impl Root {
    pub(super) fn mantissa(
        &self,
        rounding: Rounding,
        trace: &mut impl Trace,
    ) -> Result<i128, Error> {
        rounding.check()?;
        let halves = 2 * POWERS[rounding.scale() as usize];
        let (floor, exact) = match self.narrow_square_root(halves) {
            Some((root, exact)) => {
                trace.decided_by(Tier::NarrowRoot);
                (IBig::from(root), exact)
            }
            None => {
                trace.decided_by(Tier::Root);
                self.floor(&UBig::from(halves))
            }
        };
        round::halves(&floor, exact, rounding)
    }

    /// `floor(halves * value)` where it is a plain square root and 128 bits suffice.
    fn narrow_square_root(&self, halves: u128) -> Option<(u128, bool)> {
        if self.degree != 2 || self.negative || !self.offset.is_zero() {
            return None;
        }
        let (num, den) = self.radicand.narrow_parts()?;
        let scaled = halves.checked_mul(halves)?.checked_mul(num.unsigned_abs())?;
        let (square, rest) = (scaled / den, scaled % den);
        let root = square.isqrt();
        Some((root, rest == 0 && root * root == square))
    }

    /// `floor(factor * value)`, and whether that is the value itself.
    fn floor(&self, factor: &UBig) -> (IBig, bool) {
        let degree = self.degree as usize;
        let (a, b) = self.offset.parts();
        let (num, den) = self.radicand.parts();
        let (_, num) = num.into_parts();
        let (power, rest) = ((factor * &b).pow(degree) * num).div_rem(den);
        let (root, perfect) = integer_root(&power, degree);
        let perfect = perfect && rest.is_zero();
        let sum = a * IBig::from(factor.clone());
        let sum = match (self.negative, perfect) {
            (false, _) => sum + IBig::from(root),
            (true, true) => sum - IBig::from(root),
            (true, false) => sum - IBig::from(root) - IBig::ONE,
        };
        let (quotient, rest) = sum.div_rem_euclid(IBig::from(b));
        (quotient, perfect && rest.is_zero())
    }
}

impl fmt::Display for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { offset, negative, radicand, degree } = self;
        match (offset.is_zero(), negative) {
            (true, false) => Ok(()),
            (true, true) => f.write_str("-"),
            (false, false) => write!(f, "{offset} + "),
            (false, true) => write!(f, "{offset} - "),
        }?;
        write!(f, "({radicand})^(1/{degree})")
    }
}

/// The exact root of a fraction, where it is rational; the degree is above zero.
pub(super) fn perfect_root(value: &Rational, degree: usize) -> Option<Rational> {
    let (num, den) = value.parts();
    let (sign, num) = num.into_parts();
    // Numerator and denominator have no common divisor, so that both have to be powers.
    let root = |x: &UBig| Some(integer_root(x, degree)).filter(|(_, perfect)| *perfect);
    let (den, _) = root(&den)?;
    let (num, _) = root(&num)?;
    match sign {
        Sign::Negative if degree % 2 == 0 => None,
        sign => Some(Rational::from_parts(IBig::from_parts(sign, num), den)),
    }
}

/// The integer part of the k-th root for `degree` k above zero, and whether it is the root itself.
///
/// Newton's iteration from above, which falls until it is there. It begins at the root of the upper
/// half of the digits, one too large, so that each step doubles the digits that are right.
pub(super) fn integer_root(value: &UBig, degree: usize) -> (UBig, bool) {
    if degree == 1 || value.is_zero() || value.is_one() {
        return (value.clone(), true);
    }
    let bits = value.bit_len();
    if bits <= degree {
        return (UBig::ONE, false);
    }
    let root = root_below(value, degree, bits.div_ceil(degree));
    let perfect = root.pow(degree) == *value;
    (root, perfect)
}

/// The same for a root of at most `bits` bits.
fn root_below(value: &UBig, degree: usize, bits: usize) -> UBig {
    /// As many bits of a root are found one by one.
    const FEW: usize = 4;
    if degree == 2 {
        if let Ok(value) = u128::try_from(value) {
            return UBig::from(value.isqrt());
        }
    }
    if bits <= FEW {
        return (0..bits).rev().fold(UBig::ZERO, |root, bit| {
            let next = root.clone() + (UBig::ONE << bit);
            if next.pow(degree) <= *value { next } else { root }
        });
    }
    let half = bits / 2;
    let upper = root_below(&(value >> (half * degree)), degree, bits - half);
    let mut root = (upper + UBig::ONE) << half;
    loop {
        let power = root.pow(degree - 1);
        let next = (&root * UBig::from(degree - 1) + value / power) / UBig::from(degree);
        if next >= root {
            return root;
        }
        root = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(value: &UBig, degree: usize) -> Result<(), TestCaseError> {
        let (root, perfect) = integer_root(value, degree);
        let power = root.pow(degree);
        prop_assert!(power <= *value && *value < (&root + UBig::ONE).pow(degree));
        prop_assert_eq!(perfect, power == *value);
        Ok(())
    }

    proptest! {
        #[test]
        fn an_integer_root_is_the_floor(
            words in prop::collection::vec(any::<u64>(), 0..40), degree in 1_usize..70,
        ) {
            let value = words.iter().fold(UBig::ZERO, |x, word| (x << 64) + UBig::from(*word));
            check(&value, degree)?;
        }

        #[test]
        fn powers_and_their_neighbours(root: u128, degree in 2_usize..40) {
            let power = UBig::from(root).pow(degree);
            check(&power, degree)?;
            check(&(&power + UBig::ONE), degree)?;
            if !power.is_zero() {
                check(&(power - UBig::ONE), degree)?;
            }
        }
    }

    #[test]
    fn small_roots_one_by_one() {
        for value in 0_u32..3_000 {
            for degree in 1..14 {
                check(&UBig::from(value), degree).unwrap();
            }
        }
    }
}
