//! Compound growth and decay.

use super::{Rational, Real};
use crate::error::{Error, ErrorKind};

/// The days that a rate by the year counts in a year.
const DAYS_OF_A_YEAR: i32 = 365;

/// The compound growth rate by period: `(end / begin)^(1 / periods) - 1`. From 1000 to 1331 over 3
/// periods it is 0.1 exactly.
///
/// A rate is a fraction of the beginning, so that 0.1 is 10 %. Both may be below zero: from -100 to
/// -121 is growth too, of the loss. To an end of zero it is -1. The number of periods may be a
/// fraction, and below zero it goes back in time.
///
/// # Errors
///
/// [`ErrorKind::DivisionByZero`] where `begin` or `periods` is zero, or `end` is and `periods` is below
/// zero; [`ErrorKind::Domain`] where `begin` and `end` have unlike signs.
///
/// ```
/// use yardstick::number::growth_rate;
/// use yardstick::{Rational, Rounding};
///
/// let rate = growth_rate(&Rational::from(1_000), &Rational::from(1_331), &Rational::from(3))?;
/// assert_eq!(rate.round(Rounding::ceil(4))?.to_string(), "0.1000");
/// # Ok::<(), yardstick::Error>(())
/// ```
pub fn growth_rate(begin: &Rational, end: &Rational, periods: &Rational) -> Result<Real, Error> {
    compound(begin, end, &Rational::ONE, periods)
}

/// The compound growth rate by year of 365 days: `(end / begin)^(365 / days) - 1`.
///
/// # Errors
///
/// As [`growth_rate`].
///
/// ```
/// use yardstick::number::annual_growth_rate;
/// use yardstick::{Rational, Rounding};
///
/// let rate = annual_growth_rate(&Rational::from(100), &Rational::from(121), &Rational::from(730))?;
/// assert_eq!(rate.round(Rounding::exact(2))?.to_string(), "0.10");
/// # Ok::<(), yardstick::Error>(())
/// ```
pub fn annual_growth_rate(
    begin: &Rational,
    end: &Rational,
    days: &Rational,
) -> Result<Real, Error> {
    compound(begin, end, &Rational::from(DAYS_OF_A_YEAR), days)
}

/// `(end / begin)^(unit / length) - 1`
fn compound(
    begin: &Rational,
    end: &Rational,
    unit: &Rational,
    length: &Rational,
) -> Result<Real, Error> {
    let refuse = |kind, why: &str| Err(Error::new(kind, format!("growth {why}")));
    if begin.is_zero() {
        return refuse(ErrorKind::DivisionByZero, "from 0; there is no rate from nothing");
    }
    if length.is_zero() {
        return refuse(ErrorKind::DivisionByZero, "over a length of 0; give a time that passes");
    }
    let ratio = end.checked_div(begin)?;
    if ratio.is_negative() {
        return refuse(ErrorKind::Domain, "across zero; begin and end need the same sign");
    }
    Ok(ratio.power(&unit.checked_div(length)?)?.minus_one())
}

/// What is left of one after some time with a half-life: `2^(-elapsed / half_life)`. It is 1 at the
/// beginning and 1/2 after one half-life. Both are in the same unit of time. Before the beginning, at
/// an elapsed time below zero, it is above 1. A half-life below zero is a time of doubling.
///
/// # Errors
///
/// [`ErrorKind::DivisionByZero`] where the half-life is zero.
///
/// ```
/// use yardstick::number::decay;
/// use yardstick::{Rational, Rounding};
///
/// let after = |days: i32| decay(&Rational::from(days), &Rational::from(7));
/// assert_eq!(after(14)?.round(Rounding::exact(2))?.to_string(), "0.25");
/// assert_eq!(after(1)?.round(Rounding::half_even(4))?.to_string(), "0.9057");
/// # Ok::<(), yardstick::Error>(())
/// ```
pub fn decay(elapsed: &Rational, half_life: &Rational) -> Result<Real, Error> {
    if half_life.is_zero() {
        return Err(Error::new(
            ErrorKind::DivisionByZero,
            "decay with a half-life of 0; give a time above zero",
        ));
    }
    Rational::from(2).power(&-&elapsed.checked_div(half_life)?)
}
