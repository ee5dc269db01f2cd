//! Quotients of decimals and counts, rounded at once and without a handle in between.

use super::super::argument::{Array, ErrorSlot, Options, Out, Plain};
use super::super::decimal::ys_decimal;
use super::super::error::ys_error;
use super::super::guard::{Outcome, guard};
use super::super::rounding::ys_rounding;
use super::super::status::ys_status;
use crate::Decimal;
use crate::number::{quotient, quotient_of_products, ratio};

/// `dividend / divisor`, rounded once.
///
/// `result` may be one of the two. Errors: YS_DIVISION_BY_ZERO; YS_OVERFLOW and YS_INEXACT as in
/// ys_decimal_round, and what is no decimal or no rounding as there. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_decimal_quotient(
    dividend: *const ys_decimal,
    divisor: *const ys_decimal,
    rounding: *const ys_rounding,
    result: *mut ys_decimal,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes two decimals, a rounding and places for the outputs, or NULL.
    let (dividend, divisor, rounding, result, error) = unsafe {
        (
            Plain::new("dividend", dividend),
            Plain::new("divisor", divisor),
            Options::new("rounding", rounding),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let result = result.get()?;
        let dividend: ys_decimal = dividend.get()?;
        let divisor: ys_decimal = divisor.get()?;
        let rounding: ys_rounding = rounding.get()?;
        let (dividend, divisor) = (dividend.check("dividend")?, divisor.check("divisor")?);
        result.put(ys_decimal::of(&quotient(&dividend, &divisor, rounding.check()?)?));
        Ok(())
    })
}

/// Each of them as a decimal.
fn factors(name: &str, decimals: &[ys_decimal]) -> Outcome<Vec<Decimal>> {
    let decimal =
        |(place, decimal): (usize, &ys_decimal)| decimal.check(&format!("{name}[{place}]"));
    decimals.iter().enumerate().map(decimal).collect()
}

/// The product of the dividends over that of the divisors, rounded once: `cost * 1000 / impressions`.
/// A product of none is 1.
///
/// NULL is fine where a count is 0. Errors: as ys_decimal_quotient. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_decimal_quotient_of_products(
    dividends: *const ys_decimal,
    dividend_count: usize,
    divisors: *const ys_decimal,
    divisor_count: usize,
    rounding: *const ys_rounding,
    result: *mut ys_decimal,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes as many decimals as it says, a rounding and places for the outputs,
    // or NULL.
    let (dividends, divisors, rounding, result, error) = unsafe {
        (
            Array::new("dividends", dividends, dividend_count),
            Array::new("divisors", divisors, divisor_count),
            Options::new("rounding", rounding),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let result = result.get()?;
        let dividends = factors("dividends", dividends.get()?)?;
        let divisors = factors("divisors", divisors.get()?)?;
        let rounding: ys_rounding = rounding.get()?;
        let quotient = quotient_of_products(&dividends, &divisors, rounding.check()?)?;
        result.put(ys_decimal::of(&quotient));
        Ok(())
    })
}

/// `numerator / denominator` of counts, rounded once.
///
/// Errors: as ys_decimal_quotient. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_ratio(
    numerator: u64,
    denominator: u64,
    rounding: *const ys_rounding,
    result: *mut ys_decimal,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a rounding and places for the outputs, or NULL.
    let (rounding, result, error) = unsafe {
        (Options::new("rounding", rounding), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let result = result.get()?;
        let rounding: ys_rounding = rounding.get()?;
        result.put(ys_decimal::of(&ratio(numerator, denominator, rounding.check()?)?));
        Ok(())
    })
}
