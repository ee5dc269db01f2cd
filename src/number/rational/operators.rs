//! `+`, `-`, `*`, by value and by reference, and sums.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use super::Rational;
use super::big::Big;
use super::small::Small;

macro_rules! operator {
    ($trait:ident $method:ident $assign:ident $assign_method:ident: $small:path, $big:path) => {
        impl $trait<&Rational> for &Rational {
            type Output = Rational;
            #[inline]
            fn $method(self, other: &Rational) -> Rational {
                self.combine(other, $small, $big)
            }
        }
        impl $trait for Rational {
            type Output = Rational;
            #[inline]
            fn $method(self, other: Rational) -> Rational {
                $trait::$method(&self, &other)
            }
        }
        impl $trait<&Rational> for Rational {
            type Output = Rational;
            #[inline]
            fn $method(self, other: &Rational) -> Rational {
                $trait::$method(&self, other)
            }
        }
        impl $trait<Rational> for &Rational {
            type Output = Rational;
            #[inline]
            fn $method(self, other: Rational) -> Rational {
                $trait::$method(self, &other)
            }
        }
        impl $assign for Rational {
            #[inline]
            fn $assign_method(&mut self, other: Rational) {
                *self = $trait::$method(&*self, &other);
            }
        }
        impl $assign<&Rational> for Rational {
            #[inline]
            fn $assign_method(&mut self, other: &Rational) {
                *self = $trait::$method(&*self, other);
            }
        }
    };
}

operator!(Add add AddAssign add_assign: Small::add, Big::add);
operator!(Sub sub SubAssign sub_assign: sub_small, sub_big);
operator!(Mul mul MulAssign mul_assign: Small::mul, Big::mul);

fn sub_small(a: Small, b: Small) -> Option<Small> {
    a.add(b.neg()?)
}

fn sub_big(a: &Big, b: &Big) -> Rational {
    a.add(&Big { num: -b.num.clone(), den: b.den.clone() })
}

impl Neg for &Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        self.combine(
            &Rational::ZERO,
            |a, _| a.neg(),
            |a, _| Rational::canonical(-a.num.clone(), a.den.clone()),
        )
    }
}

impl Neg for Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        -&self
    }
}

impl Sum for Rational {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, |sum, value| sum + value)
    }
}

impl<'a> Sum<&'a Rational> for Rational {
    fn sum<I: Iterator<Item = &'a Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, |sum, value| sum + value)
    }
}
