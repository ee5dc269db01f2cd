//! The exponential function and logarithms of rational numbers.

use super::elementary::Function;
use super::{Rational, Real};
use crate::error::{Error, ErrorKind, quoted};

impl Rational {
    /// The exponential function: e, 2.71828..., to the power of `self`; 1 for zero. It takes every
    /// number: only what it is rounded to has to fit.
    ///
    /// ```
    /// use yardstick::{Rational, Rounding};
    ///
    /// assert_eq!(Rational::from(1).exp().round(Rounding::half_even(8))?.to_string(), "2.71828183");
    /// assert_eq!(Rational::from(0).exp().round(Rounding::exact(0))?.to_string(), "1");
    /// // However small, it is above zero, and `Ceil` says so.
    /// let tiny = Rational::from(-1_000_000).exp();
    /// assert_eq!(tiny.round(Rounding::ceil(2))?.to_string(), "0.01");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn exp(&self) -> Real {
        match self.is_zero() {
            true => Self::ONE.into(),
            false => Function::Exp(self.clone()).into(),
        }
    }

    /// The natural logarithm: the number whose [`exp`](Rational::exp) this is.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for zero and below.
    ///
    /// ```
    /// use yardstick::{Rational, Rounding};
    ///
    /// assert_eq!(Rational::from(2).ln()?.round(Rounding::half_even(6))?.to_string(), "0.693147");
    /// assert_eq!(Rational::from(1).ln()?.round(Rounding::exact(0))?.to_string(), "0");
    /// assert!(Rational::from(0).ln().is_err());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn ln(&self) -> Result<Real, Error> {
        if !self.is_positive() {
            return Err(self.no_logarithm());
        }
        Ok(match *self == Self::ONE {
            true => Self::ZERO.into(),
            false => Function::Ln(self.clone()).into(),
        })
    }

    /// The decimal logarithm: the power of ten that this is.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for zero and below.
    ///
    /// ```
    /// use yardstick::{Rational, Rounding};
    ///
    /// assert_eq!("0.001".parse::<Rational>()?.log10()?.round(Rounding::exact(0))?.to_string(), "-3");
    /// assert_eq!(Rational::from(2).log10()?.round(Rounding::half_even(6))?.to_string(), "0.301030");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn log10(&self) -> Result<Real, Error> {
        if !self.is_positive() {
            return Err(self.no_logarithm());
        }
        Ok(match self.power_of_ten() {
            Some(power) => Self::from(power).into(),
            None => Function::Log10(self.clone()).into(),
        })
    }

    #[cold]
    fn no_logarithm(&self) -> Error {
        let number = quoted(&self.to_string());
        Error::new(ErrorKind::Domain, format!("the logarithm of {number}, which is not above zero"))
    }
}
