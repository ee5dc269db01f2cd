//! Roots and powers of rational numbers.

use dashu_int::ops::BitTest;

use super::elementary::Function;
use super::root::perfect_root;
use super::{CAPACITY_BITS, Rational, Real};
use crate::error::{Error, ErrorKind, quoted};

/// An irrational power is taken as the root of an integer of at most so many bits, and else by
/// exp and ln.
const ROOT_BITS: usize = 2_048;

/// A power of a fraction with an exponent beyond this is on no boundary of a rounding, as its
/// denominator is at least `2^97` and those of boundaries divide `2 * 10^28`, which is less. Where the
/// base is a whole number, or one over a whole number to an exponent below zero, the power is one too;
/// beyond [`CAPACITY_BITS`] it is above every decimal.
const MOST_ON_A_BOUNDARY: u128 = 96;

impl Rational {
    /// The square root: the number, not below zero, whose square this is.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for a number below zero.
    ///
    /// ```
    /// use yardstick::{Rational, Rounding};
    ///
    /// let variance: Rational = "2.25".parse()?;
    /// assert_eq!(variance.sqrt()?.round(Rounding::exact(1))?.to_string(), "1.5");
    /// assert_eq!(Rational::from(2).sqrt()?.round(Rounding::half_even(10))?.to_string(), "1.4142135624");
    /// assert!(Rational::from(-1).sqrt().is_err());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn sqrt(&self) -> Result<Real, Error> {
        match self.is_negative() {
            true => Err(self.no_root(2)),
            // No need to know whether it is rational: its rounding finds out.
            false => Ok(Real::from_root(Self::ZERO, false, self.clone(), 2)),
        }
    }

    /// The root of a degree: the number whose `degree`-th power this is. Odd roots of numbers below
    /// zero are below zero; the root of zero is zero.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for a degree of zero, and for an even root of a number below zero.
    ///
    /// ```
    /// use yardstick::{Rational, Rounding};
    ///
    /// assert_eq!(Rational::from(-27).root(3)?.round(Rounding::exact(0))?.to_string(), "-3");
    /// assert_eq!(Rational::from(10).root(3)?.round(Rounding::half_even(6))?.to_string(), "2.154435");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn root(&self, degree: u32) -> Result<Real, Error> {
        if degree == 0 || (degree % 2 == 0 && self.is_negative()) {
            return Err(self.no_root(degree));
        }
        let root = self.abs().power(&Self::ONE.checked_div(&Self::from(degree))?)?;
        Ok(if self.is_negative() { root.negated() } else { root })
    }

    #[cold]
    fn no_root(&self, degree: u32) -> Error {
        let number = quoted(&self.to_string());
        let message = match degree {
            0 => "a root of degree 0; the degree is at least 1".to_owned(),
            2 => format!("the square root of {number}, which is below zero"),
            _ => format!("the root of even degree {degree} of {number}, which is below zero"),
        };
        Error::new(ErrorKind::Domain, message)
    }

    /// `self` to a rational power, for a base above zero, or any base and an integer exponent.
    /// Anything to the power of 0 is 1.
    ///
    /// Other than [`checked_pow`](Rational::checked_pow), which gives a fraction, this takes exponents
    /// of any size: only what it is rounded to has to fit.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::DivisionByZero`] for zero to a power below zero; [`ErrorKind::Domain`] for a base
    /// below zero with an exponent that is not an integer (see [`root`](Rational::root)).
    ///
    /// ```
    /// use yardstick::{Rational, Rounding};
    ///
    /// let four_ninths = Rational::new(8, 27)?.power(&"2/3".parse()?)?;
    /// assert_eq!(four_ninths.round(Rounding::half_even(4))?.to_string(), "0.4444");
    /// let daily: Rational = "1.0005".parse()?;
    /// assert_eq!(daily.power(&Rational::from(365))?.round(Rounding::half_even(6))?.to_string(), "1.200159");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn power(&self, exponent: &Self) -> Result<Real, Error> {
        if exponent.is_zero() {
            return Ok(Self::ONE.into());
        }
        if self.is_zero() {
            return match exponent.is_negative() {
                true => Err(Error::new(
                    ErrorKind::DivisionByZero,
                    format!(
                        "0 to the power of {exponent}",
                        exponent = quoted(&exponent.to_string())
                    ),
                )),
                false => Ok(Self::ZERO.into()),
            };
        }
        let integer = exponent.is_integer();
        if self.is_negative() {
            if !integer {
                let (base, exponent) = (quoted(&self.to_string()), quoted(&exponent.to_string()));
                return Err(Error::new(
                    ErrorKind::Domain,
                    format!(
                        "{base} to the power of {exponent}: a base below zero needs an integer exponent"
                    ),
                ));
            }
            let magnitude = self.abs().integer_power(exponent)?;
            let odd = exponent.parts().0.bit(0);
            return Ok(if odd { magnitude.negated() } else { magnitude });
        }
        if integer {
            return self.integer_power(exponent);
        }
        self.fractional_power(exponent)
    }

    /// For a base above zero.
    fn integer_power(&self, exponent: &Self) -> Result<Real, Error> {
        if *self == Self::ONE {
            return Ok(Self::ONE.into());
        }
        let times = i32::try_from(&exponent.parts().0).unwrap_or(i32::MAX);
        let size = (times.unsigned_abs() as usize).saturating_mul(self.reduced_bits());
        if u128::from(times.unsigned_abs()) <= MOST_ON_A_BOUNDARY || size <= CAPACITY_BITS {
            return Ok(self.pow(times)?.into());
        }
        Ok(Function::Power { base: self.clone(), exponent: exponent.clone() }.into())
    }

    /// For a base above zero and an exponent that is not an integer.
    fn fractional_power(&self, exponent: &Self) -> Result<Real, Error> {
        let (num, den) = exponent.parts();
        let degree = usize::try_from(&den).unwrap_or(usize::MAX);
        if let Some(root) = perfect_root(self, degree) {
            return root.integer_power(&Self::from_integer(num));
        }
        if let (Ok(times), Ok(degree)) = (i32::try_from(&num), u32::try_from(&den)) {
            let power = (times.unsigned_abs() as usize).saturating_mul(self.reduced_bits());
            if power.saturating_add((degree as usize).saturating_mul(97)) <= ROOT_BITS {
                return Ok(Real::from_root(Self::ZERO, false, self.pow(times)?, degree));
            }
        }
        Ok(Function::Power { base: self.clone(), exponent: exponent.clone() }.into())
    }
}
