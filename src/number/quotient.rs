//! Quotients rounded at once, without a fraction in between.

use rust_decimal::Decimal;

use super::{Rational, Rounding, round, wide};
use crate::error::Error;

/// `dividend / divisor`, rounded once: the same as the quotient of the two as [`Rational`]s, rounded,
/// and several times as fast where both fit 64 bits, as amounts of money do.
///
/// # Errors
///
/// [`ErrorKind::DivisionByZero`](crate::ErrorKind::DivisionByZero); then as [`Rational::round`].
///
/// ```
/// use yardstick::Rounding;
/// use yardstick::number::{parse_decimal, quotient};
///
/// let (spend, budget) = (parse_decimal("57.23")?, parse_decimal("200.00")?);
/// assert_eq!(quotient(&spend, &budget, Rounding::half_even(4))?.to_string(), "0.2862");
/// assert!(quotient(&spend, &parse_decimal("0.00")?, Rounding::half_even(4)).is_err());
/// # Ok::<(), yardstick::Error>(())
/// ```
#[inline]
pub fn quotient(
    dividend: &Decimal,
    divisor: &Decimal,
    rounding: Rounding,
) -> Result<Decimal, Error> {
    let (a, b) = (dividend.mantissa(), divisor.mantissa());
    let negative = (a < 0) != (b < 0);
    let narrow = || {
        let (a, b) = (u64::try_from(a.unsigned_abs()).ok()?, u64::try_from(b.unsigned_abs()).ok()?);
        // A scale that no decimal has is refused further on.
        let (more, less) = (rounding.scale().checked_add(divisor.scale())?, dividend.scale());
        match more >= less {
            true => round::narrow(negative, a, b, more - less, rounding),
            false => round::narrow(negative, a, round::scaled_up(b, less - more)?, 0, rounding),
        }
    };
    match narrow() {
        Some(magnitude) => {
            let magnitude = i128::from(magnitude);
            round::decimal(if negative { -magnitude } else { magnitude }, rounding)
        }
        None => wide(dividend.into(), divisor.into(), rounding),
    }
}

/// The product of the dividends over the product of the divisors, rounded once: lifetime value,
/// proration, cost per mille, a rate across all stages of a funnel. The product of no factors is 1.
///
/// # Errors
///
/// [`ErrorKind::DivisionByZero`](crate::ErrorKind::DivisionByZero) where a divisor is zero; then as
/// [`Rational::round`].
///
/// ```
/// use yardstick::Rounding;
/// use yardstick::number::{parse_decimal, quotient_of_products};
///
/// // Revenue per customer, times the margin, over the share of customers that is lost.
/// let [revenue, customers] = [parse_decimal("40654.60")?, parse_decimal("67")?];
/// let [margin, lost, opening] = [parse_decimal("0.45")?, parse_decimal("18")?, parse_decimal("67")?];
/// let ltv =
///     quotient_of_products(&[revenue, margin, opening], &[customers, lost], Rounding::half_expand(2))?;
/// assert_eq!(ltv.to_string(), "1016.37"); // 1016.365 exactly
/// # Ok::<(), yardstick::Error>(())
/// ```
pub fn quotient_of_products(
    dividends: &[Decimal],
    divisors: &[Decimal],
    rounding: Rounding,
) -> Result<Decimal, Error> {
    let mantissa = match (Product::of(dividends), Product::of(divisors)) {
        (Some(a), Some(b)) if b.magnitude != 0 => a.over(b, rounding),
        _ => None,
    };
    let mantissa = mantissa.unwrap_or_else(|| {
        let product = |factors: &[Decimal]| {
            factors.iter().fold(Rational::ONE, |product, factor| product * Rational::from(factor))
        };
        through_rational(&product(dividends), &product(divisors), rounding)
    })?;
    round::decimal(mantissa, rounding)
}

/// A product of decimals: `magnitude / 10^scale`.
struct Product {
    negative: bool,
    magnitude: u128,
    scale: u32,
}

impl Product {
    /// `None` where 128 bits do not suffice.
    #[inline]
    fn of(factors: &[Decimal]) -> Option<Self> {
        let one = Self { negative: false, magnitude: 1, scale: 0 };
        factors.iter().try_fold(one, |product, factor| {
            let mantissa = factor.mantissa();
            Some(Self {
                negative: product.negative != (mantissa < 0),
                magnitude: wide::checked_mul(product.magnitude, mantissa.unsigned_abs())?,
                scale: product.scale.checked_add(factor.scale())?,
            })
        })
    }

    /// The mantissa of the rounded quotient; `None` where 128 bits do not suffice.
    #[inline]
    fn over(self, divisor: Self, rounding: Rounding) -> Option<Result<i128, Error>> {
        let scaled = |magnitude, power: u32| {
            wide::checked_mul(magnitude, *round::POWERS.get(power as usize)?)
        };
        let (more, less) = (divisor.scale, self.scale);
        let (num, den) = match more >= less {
            true => (scaled(self.magnitude, more - less)?, divisor.magnitude),
            false => (self.magnitude, scaled(divisor.magnitude, less - more)?),
        };
        Some(round::small(self.negative != divisor.negative, num, den, rounding, &mut ()))
    }
}

/// `numerator / denominator` of two counts, rounded once: leads over visits.
///
/// # Errors
///
/// [`ErrorKind::DivisionByZero`](crate::ErrorKind::DivisionByZero); then as [`Rational::round`].
///
/// ```
/// use yardstick::Rounding;
/// use yardstick::number::ratio;
///
/// assert_eq!(ratio(869, 46_112, Rounding::half_even(4))?.to_string(), "0.0188");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[inline]
pub fn ratio(numerator: u64, denominator: u64, rounding: Rounding) -> Result<Decimal, Error> {
    match round::narrow(false, numerator, denominator, rounding.scale(), rounding) {
        Some(magnitude) => round::decimal(magnitude.into(), rounding),
        None => wide(numerator.into(), denominator.into(), rounding),
    }
}

#[inline(always)]
fn wide(dividend: Rational, divisor: Rational, rounding: Rounding) -> Result<Decimal, Error> {
    round::decimal(through_rational(&dividend, &divisor, rounding)?, rounding)
}

#[cold]
fn through_rational(
    dividend: &Rational,
    divisor: &Rational,
    rounding: Rounding,
) -> Result<i128, Error> {
    dividend.checked_div(divisor)?.mantissa(rounding, &mut ())
}
