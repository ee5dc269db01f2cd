//! The model: rationals of `num-rational`, and rounding by looking at both neighbours.
//!
//! It shares no idea with the library: the library truncates a magnitude and decides whether to
//! add one; the model has two candidates on the number line and chooses by their distance.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use proptest::prelude::*;
use yardstick::{Decimal, ErrorKind, Mode, Rational, Rounding};

pub(super) fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

/// 2^96 - 1, the largest mantissa of a decimal.
pub(super) fn most() -> BigInt {
    (BigInt::one() << 96) - 1
}

pub(super) fn ten_to(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

/// The mantissa that `x` has at `scale` in multiples of `step` units of the last place.
pub(super) fn round(
    x: &BigRational,
    scale: u32,
    step: &BigInt,
    mode: Mode,
) -> Result<BigInt, ErrorKind> {
    let exact = x * BigRational::from(ten_to(scale));
    let steps = &exact / BigRational::from(step.clone());
    let below = steps.floor().to_integer() * step;
    let above = steps.ceil().to_integer() * step;
    let fits = |mantissa: BigInt| match mantissa.abs() <= most() {
        true => Ok(mantissa),
        false => Err(ErrorKind::Overflow),
    };
    if below == above {
        return fits(below);
    }
    let (inner, outer) = match below.abs() < above.abs() {
        true => (&below, &above),
        false => (&above, &below),
    };
    let to_below = &exact - BigRational::from(below.clone());
    let to_above = BigRational::from(above.clone()) - &exact;
    let nearest = |tie: &BigInt| match to_below.cmp(&to_above) {
        std::cmp::Ordering::Less => below.clone(),
        std::cmp::Ordering::Greater => above.clone(),
        std::cmp::Ordering::Equal => tie.clone(),
    };
    fits(match mode {
        Mode::Ceil => above.clone(),
        Mode::Floor => below.clone(),
        Mode::Expand => outer.clone(),
        Mode::Trunc => inner.clone(),
        Mode::HalfCeil => nearest(&above),
        Mode::HalfFloor => nearest(&below),
        Mode::HalfExpand => nearest(outer),
        Mode::HalfTrunc => nearest(inner),
        Mode::HalfEven => match ((&below / step) % 2_u8).is_zero() {
            true => nearest(&below),
            false => nearest(&above),
        },
        Mode::Exact => return fits(below.clone()).and(Err(ErrorKind::Inexact)),
    })
}

/// Rounds with the library, checks the canonical form, and gives the mantissa.
pub(super) fn rounded(x: &Rational, rounding: Rounding) -> Result<BigInt, ErrorKind> {
    let decimal = x.round(rounding).map_err(|error| error.kind())?;
    assert_eq!(decimal.scale(), rounding.scale());
    assert!(!(decimal.is_sign_negative() && decimal.mantissa() == 0));
    Ok(decimal.mantissa().into())
}

/// The value of a decimal, read from its parts.
pub(super) fn value_of(decimal: &Decimal) -> BigRational {
    BigRational::new(decimal.mantissa().into(), ten_to(decimal.scale()))
}

/// A fraction as it was written, with a denominator above or below zero and common factors kept.
#[derive(Debug, Clone)]
pub(super) struct Fraction {
    pub(super) num: BigInt,
    pub(super) den: BigInt,
}

impl Fraction {
    pub(super) fn library(&self) -> Rational {
        match (i128::try_from(&self.num), i128::try_from(&self.den)) {
            (Ok(num), Ok(den)) => Rational::new(num, den).unwrap(),
            _ => rational(&format!("{}/{}", self.num, self.den)),
        }
    }

    pub(super) fn model(&self) -> BigRational {
        BigRational::new(self.num.clone(), self.den.clone())
    }
}

/// Integers of every width that has an edge of its own: small ones, those next to a power of two
/// or ten, those next to the ends of i128 and of a decimal, and several hundred bits.
pub(super) fn integer() -> impl Strategy<Value = BigInt> {
    let near = || (-3_i32..=3).prop_map(BigInt::from);
    let magnitude = prop_oneof![
        4 => (0_i32..=1000).prop_map(BigInt::from),
        2 => any::<i64>().prop_map(BigInt::from),
        1 => any::<i128>().prop_map(BigInt::from),
        1 => near().prop_map(|k| BigInt::from(i128::MAX) + k),
        1 => near().prop_map(|k| most() + k),
        1 => (0_u32..140, near()).prop_map(|(bits, k)| (BigInt::one() << bits) + k),
        1 => (0_u32..45, near()).prop_map(|(power, k)| ten_to(power) + k),
        1 => prop::collection::vec(any::<u32>(), 3..16)
            .prop_map(|digits| BigInt::from_slice(num_bigint::Sign::Plus, &digits)),
    ];
    (magnitude, any::<bool>()).prop_map(|(x, negative)| if negative { -x } else { x })
}

/// Fractions over such integers, some with a factor that can be cancelled, and some over a power of
/// ten as decimals are.
pub(super) fn fraction() -> impl Strategy<Value = Fraction> {
    let any = integer().prop_map(|x| if x.is_zero() { BigInt::one() } else { x });
    let den = prop_oneof![2 => any, 1 => (0_u32..=40).prop_map(ten_to)];
    let factor = prop_oneof![3 => Just(BigInt::one()), 1 => (2_u64..).prop_map(BigInt::from)];
    (integer(), den, factor)
        .prop_map(|(num, den, factor)| Fraction { num: num * &factor, den: den * factor })
}

/// Values that lie on a representable number, half way between two, or a hair beside either, for a
/// scale up to 28 and some up to the largest mantissa.
pub(super) fn near_tie() -> impl Strategy<Value = Fraction> {
    let halves = prop_oneof![
        3 => (0_i64..2000).prop_map(BigInt::from),
        1 => any::<u64>().prop_map(BigInt::from),
        2 => (-6_i32..=6).prop_map(|k| most() * 2 + k),
    ];
    let hair = prop_oneof![Just(BigInt::zero()), Just(BigInt::one()), Just(-BigInt::one()),];
    let width = prop_oneof![2_u32..60, 60_u32..200];
    (halves, hair, width, 0_u32..=28, any::<bool>()).prop_map(
        |(halves, hair, width, scale, negative)| {
            let num = (halves << width) + hair;
            Fraction { num: if negative { -num } else { num }, den: (ten_to(scale) << width) * 2 }
        },
    )
}
