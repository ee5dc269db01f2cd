//! Bounds of a proportion: how far `k` successes in `n` trials speak for a rate.
//!
//! Each bound has the form `a ± sqrt(b)` with fractions a and b, so that it is exact until it is
//! rounded. The z says how sure the bounds are, and is given: see
//! [`Confidence`](super::Confidence). In all of them a larger z gives wider bounds, and z = 0 the
//! middle alone.

use crate::error::{Error, ErrorKind, quoted};
use crate::number::{Rational, Real};

/// A lower and an upper bound.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The lower bound.
    pub lower: Real,
    /// The upper bound.
    pub upper: Real,
}

impl Interval {
    /// `middle ± sqrt(square)`
    fn around(middle: &Rational, square: &Rational) -> Self {
        let bound = |below| Real::from_root(middle.clone(), below, square.clone(), 2);
        Self { lower: bound(true), upper: bound(false) }
    }
}

/// Wilson's score interval:
///
/// ```text
/// ((k + z^2/2) ± z sqrt(k (n - k)/n + z^2/4)) / (n + z^2)
/// ```
///
/// The rates from which `k` of `n` lies at most z standard errors away. It stays within 0 and 1,
/// and reaches them exactly where none or all succeeded.
///
/// # Errors
///
/// [`ErrorKind::DivisionByZero`] without a trial; [`ErrorKind::Domain`] for more successes than
/// trials, or a z below zero.
///
/// ```
/// use yardstick::statistics::wilson;
/// use yardstick::{Rational, Rounding};
///
/// let rate = wilson(9, 10, &Rational::from(2))?; // (11 ± 2 sqrt(1.9)) / 14
/// assert_eq!(rate.lower.round(Rounding::half_even(4))?.to_string(), "0.5888");
/// assert_eq!(rate.upper.round(Rounding::half_even(4))?.to_string(), "0.9826");
/// let all = wilson(30, 30, &Rational::from(2))?;
/// assert_eq!(all.upper.round(Rounding::trunc(6))?.to_string(), "1.000000");
/// # Ok::<(), yardstick::Error>(())
/// ```
pub fn wilson(successes: u64, trials: u64, z: &Rational) -> Result<Interval, Error> {
    check(successes, trials, z)?;
    let (n, square) = (Rational::from(trials), z * z);
    let middle = Rational::from(successes) + &square * Rational::new(1, 2)?;
    let both = Rational::from(successes) * Rational::from(trials - successes);
    let spread = both.checked_div(&n)? + &square * Rational::new(1, 4)?;
    let total = n + &square;
    let middle = middle.checked_div(&total)?;
    let spread = (square * spread).checked_div(&(&total * &total))?;
    Ok(Interval::around(&middle, &spread))
}

/// Wald's interval, with p the share of successes `k/n`:
///
/// ```text
/// p ± z sqrt(p (1 - p)/n)
/// ```
///
/// The one of most textbooks. It is not clipped, so that it can reach beyond 0 and 1; and it has no
/// width where none or all succeeded, however few the trials. [`wilson`] has neither flaw.
///
/// # Errors
///
/// As [`wilson`].
///
/// ```
/// use yardstick::statistics::wald;
/// use yardstick::{Rational, Rounding};
///
/// let rate = wald(9, 10, &Rational::from(2))?; // 0.9 ± 2 sqrt(0.009)
/// assert_eq!(rate.lower.round(Rounding::half_even(4))?.to_string(), "0.7103");
/// assert_eq!(rate.upper.round(Rounding::half_even(4))?.to_string(), "1.0897");
/// # Ok::<(), yardstick::Error>(())
/// ```
pub fn wald(successes: u64, trials: u64, z: &Rational) -> Result<Interval, Error> {
    check(successes, trials, z)?;
    normal(&Rational::from(successes), &Rational::from(trials), z)
}

/// The interval of Agresti and Coull, with `n' = n + z^2` and `p' = (k + z^2/2)/n'`:
///
/// ```text
/// p' ± z sqrt(p' (1 - p')/n')
/// ```
///
/// Wald's, after `z^2/2` successes and as many failures were added. It has the middle of [`wilson`]'s
/// and is never narrower. It is not clipped, so that it can reach beyond 0 and 1.
///
/// # Errors
///
/// As [`wilson`].
///
/// ```
/// use yardstick::statistics::agresti_coull;
/// use yardstick::{Rational, Rounding};
///
/// let rate = agresti_coull(9, 10, &Rational::from(2))?; // 11/14 ± 2 sqrt(33/2744)
/// assert_eq!(rate.lower.round(Rounding::half_even(4))?.to_string(), "0.5664");
/// assert_eq!(rate.upper.round(Rounding::half_even(4))?.to_string(), "1.0050");
/// # Ok::<(), yardstick::Error>(())
/// ```
pub fn agresti_coull(successes: u64, trials: u64, z: &Rational) -> Result<Interval, Error> {
    check(successes, trials, z)?;
    let square = z * z;
    let successes = Rational::from(successes) + &square * Rational::new(1, 2)?;
    normal(&successes, &(Rational::from(trials) + square), z)
}

/// `p ± z sqrt(p (1 - p)/n)`, where p is `successes / trials` and n is `trials`.
fn normal(successes: &Rational, trials: &Rational, z: &Rational) -> Result<Interval, Error> {
    let p = successes.checked_div(trials)?;
    let variance = (&p * (Rational::ONE - &p)).checked_div(trials)?;
    Ok(Interval::around(&p, &(z * z * variance)))
}

fn check(successes: u64, trials: u64, z: &Rational) -> Result<(), Error> {
    if trials == 0 {
        return Err(Error::new(
            ErrorKind::DivisionByZero,
            "a proportion of 0 trials; give at least one",
        ));
    }
    if successes > trials {
        return Err(Error::new(
            ErrorKind::Domain,
            format!("{successes} successes in {trials} trials; there cannot be more than trials"),
        ));
    }
    if z.is_negative() {
        let z = quoted(&z.to_string());
        return Err(Error::new(
            ErrorKind::Domain,
            format!("a z of {z}, which is below zero; give its magnitude"),
        ));
    }
    Ok(())
}
