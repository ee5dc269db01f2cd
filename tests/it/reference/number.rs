//! Fractions of `num-rational`, and rounding by looking at both neighbours.
//!
//! It shares no idea with the library: the library truncates a magnitude and decides whether to
//! add one; here two candidates on the number line are compared by their distance.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use yardstick::{Decimal, ErrorKind, Mode, Rational, Rounding};

pub(crate) fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

/// 2^96 - 1, the largest mantissa of a decimal.
pub(crate) fn most() -> BigInt {
    (BigInt::one() << 96) - 1
}

pub(crate) fn ten_to(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

/// The mantissa that `x` has at `scale` in multiples of `step` units of the last place.
pub(crate) fn round(
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
pub(crate) fn rounded(x: &Rational, rounding: Rounding) -> Result<BigInt, ErrorKind> {
    let decimal = x.round(rounding).map_err(|error| error.kind())?;
    assert_eq!(decimal.scale(), rounding.scale());
    assert!(!(decimal.is_sign_negative() && decimal.mantissa() == 0));
    Ok(decimal.mantissa().into())
}

/// The value of a decimal, read from its parts.
pub(crate) fn value_of(decimal: &Decimal) -> BigRational {
    BigRational::new(decimal.mantissa().into(), ten_to(decimal.scale()))
}

/// A fraction as it was written, with a denominator above or below zero and common factors kept.
#[derive(Debug, Clone)]
pub(crate) struct Fraction {
    pub(crate) num: BigInt,
    pub(crate) den: BigInt,
}

impl Fraction {
    pub(crate) fn library(&self) -> Rational {
        match (i128::try_from(&self.num), i128::try_from(&self.den)) {
            (Ok(num), Ok(den)) => Rational::new(num, den).unwrap(),
            _ => rational(&format!("{}/{}", self.num, self.den)),
        }
    }

    pub(crate) fn model(&self) -> BigRational {
        BigRational::new(self.num.clone(), self.den.clone())
    }
}
