//! Compound growth and decay.

use super::super::argument::{ErrorSlot, Out};
use super::super::error::ys_error;
use super::super::guard::guard;
use super::super::status::ys_status;
use super::super::value::ys_value;
use super::real::ys_real;
use crate::Value;
use crate::number::{annual_growth_rate, decay, growth_rate};

/// The compound growth rate by period, `(end / begin)^(1 / periods) - 1`: 0.1 from 1000 to 1331 over 3
/// periods.
///
/// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors:
/// YS_DIVISION_BY_ZERO where `begin` or `periods` is zero, or `end` is and `periods` is below zero;
/// YS_DOMAIN where `begin` and `end` have unlike signs, or one is undefined. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_growth_rate(
    begin: *const ys_value,
    end: *const ys_value,
    periods: *const ys_value,
    result: *mut *mut ys_real,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes live values and places for the outputs, or NULL.
    let (begin, end, periods, result, error) = unsafe {
        (
            ys_value::shared("begin", begin),
            ys_value::shared("end", end),
            ys_value::shared("periods", periods),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let result = result.get()?;
        let begin: &Value = begin.get()?;
        let end: &Value = end.get()?;
        let periods: &Value = periods.get()?;
        ys_real::give(
            result,
            growth_rate(
                ys_value::defined("begin", begin)?,
                ys_value::defined("end", end)?,
                ys_value::defined("periods", periods)?,
            )?,
        );
        Ok(())
    })
}

/// The compound growth rate by year of 365 days, `(end / begin)^(365 / days) - 1`.
///
/// Everything is as in ys_growth_rate. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_annual_growth_rate(
    begin: *const ys_value,
    end: *const ys_value,
    days: *const ys_value,
    result: *mut *mut ys_real,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes live values and places for the outputs, or NULL.
    let (begin, end, days, result, error) = unsafe {
        (
            ys_value::shared("begin", begin),
            ys_value::shared("end", end),
            ys_value::shared("days", days),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let result = result.get()?;
        let begin: &Value = begin.get()?;
        let end: &Value = end.get()?;
        let days: &Value = days.get()?;
        ys_real::give(
            result,
            annual_growth_rate(
                ys_value::defined("begin", begin)?,
                ys_value::defined("end", end)?,
                ys_value::defined("days", days)?,
            )?,
        );
        Ok(())
    })
}

/// What is left of one after some time with a half-life, `2^(-elapsed / half_life)`, both in the same
/// unit of time.
///
/// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors:
/// YS_DIVISION_BY_ZERO where the half-life is zero; YS_DOMAIN where one is undefined. Threads: any.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_decay(
    elapsed: *const ys_value,
    half_life: *const ys_value,
    result: *mut *mut ys_real,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes live values and places for the outputs, or NULL.
    let (elapsed, half_life, result, error) = unsafe {
        (
            ys_value::shared("elapsed", elapsed),
            ys_value::shared("half_life", half_life),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let result = result.get()?;
        let elapsed: &Value = elapsed.get()?;
        let half_life: &Value = half_life.get()?;
        ys_real::give(
            result,
            decay(
                ys_value::defined("elapsed", elapsed)?,
                ys_value::defined("half_life", half_life)?,
            )?,
        );
        Ok(())
    })
}
