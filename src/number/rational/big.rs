//! A reduced fraction of integers of any length.

use std::cmp::Ordering;

use dashu_int::ops::Gcd;
use dashu_int::{IBig, UBig};

use super::Rational;
use super::small::Small;

#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Big {
    pub(super) num: IBig,
    pub(super) den: UBig,
}

impl From<Small> for Big {
    fn from(small: Small) -> Self {
        Self { num: IBig::from(small.num), den: UBig::from(small.den.get()) }
    }
}

/// Sums and products of reduced fractions whose only divisors are those that the operands show:
/// the greatest common divisor is taken of numbers half as long, and of none where it is 1.
/// (Knuth, The Art of Computer Programming, 4.5.1.)
impl Big {
    pub(super) fn add(&self, other: &Self) -> Rational {
        let common = (&self.den).gcd(&other.den);
        if common.is_one() {
            let num = &self.num * &other.den + &other.num * &self.den;
            return Rational::canonical(num, &self.den * &other.den);
        }
        let (a, b) = (&self.den / &common, &other.den / &common);
        let num = &self.num * b + &other.num * &a;
        let rest = (&num).gcd(common);
        Rational::canonical(num / &rest, a * (&other.den / rest))
    }

    pub(super) fn mul(&self, other: &Self) -> Rational {
        let first = (&self.num).gcd(&other.den);
        let second = (&other.num).gcd(&self.den);
        Rational::canonical(
            (&self.num / &first) * (&other.num / &second),
            (&self.den / second) * (&other.den / first),
        )
    }

    /// `self / other` for a non-zero `other`.
    pub(super) fn div(&self, other: &Self) -> Rational {
        let (sign, magnitude) = other.num.clone().into_parts();
        self.mul(&Self { num: IBig::from_parts(sign, other.den.clone()), den: magnitude })
    }

    pub(super) fn cmp(&self, other: &Self) -> Ordering {
        (&self.num * IBig::from(other.den.clone()))
            .cmp(&(&other.num * IBig::from(self.den.clone())))
    }
}
