//! Bounds of a proportion.

use super::super::argument::{ErrorSlot, Out, Shared};
use super::super::error::ys_error;
use super::super::guard::{Outcome, guard};
use super::super::number::real::ys_real;
use super::super::status::{YS_INVALID_ARGUMENT, ys_status};
use super::super::value::ys_value;
use crate::statistics::{Confidence, Interval, agresti_coull, wald, wilson};
use crate::{Error, Rational, Value};

/// 80 %: z = 1.2816.
pub const YS_CONFIDENCE_80: i32 = 1;
/// 90 %: z = 1.6449.
pub const YS_CONFIDENCE_90: i32 = 2;
/// 95 %: z = 1.9600.
pub const YS_CONFIDENCE_95: i32 = 3;
/// 98 %: z = 2.3263.
pub const YS_CONFIDENCE_98: i32 = 4;
/// 99 %: z = 2.5758.
pub const YS_CONFIDENCE_99: i32 = 5;
/// 99.5 %: z = 2.8070.
pub const YS_CONFIDENCE_99_5: i32 = 6;
/// 99.9 %: z = 3.2905.
pub const YS_CONFIDENCE_99_9: i32 = 7;

fn level(confidence: i32) -> Outcome<Confidence> {
    Ok(match confidence {
        YS_CONFIDENCE_80 => Confidence::Percent80,
        YS_CONFIDENCE_90 => Confidence::Percent90,
        YS_CONFIDENCE_95 => Confidence::Percent95,
        YS_CONFIDENCE_98 => Confidence::Percent98,
        YS_CONFIDENCE_99 => Confidence::Percent99,
        YS_CONFIDENCE_99_5 => Confidence::Percent99Point5,
        YS_CONFIDENCE_99_9 => Confidence::Percent99Point9,
        other => {
            let message = format!(
                "confidence is {other}; give one of YS_CONFIDENCE_80 (1) to YS_CONFIDENCE_99_9 (7)"
            );
            return Err(ys_error::refusal(YS_INVALID_ARGUMENT, message));
        }
    })
}

/// The level of confidence that one of YS_CONFIDENCE names, two-sided: 19/20 for YS_CONFIDENCE_95.
///
/// `result`: the caller frees it with ys_value_free. Exact. Errors: YS_INVALID_ARGUMENT for another
/// number. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_confidence_level(
    confidence: i32,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes places for the outputs, or NULL.
    let (result, error) = unsafe { (Out::new("result", result), ErrorSlot::new(error)) };
    guard(error, || {
        let (result, confidence) = (result.get()?, level(confidence)?);
        ys_value::give(result, confidence.level());
        Ok(())
    })
}

/// The z of a level of confidence, for ys_wilson and the like: the quantile of the standard normal
/// distribution at `(1 + level)/2`, rounded half even to 40 decimals.
///
/// Everything else is as in ys_confidence_level. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_confidence_z(
    confidence: i32,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes places for the outputs, or NULL.
    let (result, error) = unsafe { (Out::new("result", result), ErrorSlot::new(error)) };
    guard(error, || {
        let (result, confidence) = (result.get()?, level(confidence)?);
        ys_value::give(result, confidence.z());
        Ok(())
    })
}

/// Both bounds of a proportion.
fn bounds(
    z: Shared<'_, Value>,
    lower: Out<*mut ys_real>,
    upper: Out<*mut ys_real>,
    of: impl FnOnce(&Rational) -> Result<Interval, Error>,
) -> Outcome<()> {
    let (z, lower, upper) = (z.get()?, lower.get()?, upper.get()?);
    let interval = of(ys_value::defined("z", z)?)?;
    ys_real::give(lower, interval.lower);
    ys_real::give(upper, interval.upper);
    Ok(())
}

/// The bounds that Wilson gives for a proportion of `successes` in `trials`.
///
/// `lower` and `upper`: the caller frees them with ys_real_free. Exact until they are rounded, for
/// that `z`. Errors: YS_DIVISION_BY_ZERO without trials; YS_DOMAIN for more successes than trials, and
/// for a `z` below zero or undefined. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_wilson(
    successes: u64,
    trials: u64,
    z: *const ys_value,
    lower: *mut *mut ys_real,
    upper: *mut *mut ys_real,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (z, lower, upper, error) = unsafe {
        (
            ys_value::shared("z", z),
            Out::new("lower", lower),
            Out::new("upper", upper),
            ErrorSlot::new(error),
        )
    };
    guard(error, || bounds(z, lower, upper, |z| wilson(successes, trials, z)))
}

/// The bounds of Wald, `p ± z sqrt(p (1 - p)/n)`, which may lie outside 0 to 1.
///
/// Everything else is as in ys_wilson. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_wald(
    successes: u64,
    trials: u64,
    z: *const ys_value,
    lower: *mut *mut ys_real,
    upper: *mut *mut ys_real,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (z, lower, upper, error) = unsafe {
        (
            ys_value::shared("z", z),
            Out::new("lower", lower),
            Out::new("upper", upper),
            ErrorSlot::new(error),
        )
    };
    guard(error, || bounds(z, lower, upper, |z| wald(successes, trials, z)))
}

/// The bounds of Agresti and Coull: those of Wald after half of z squared was added to successes and
/// failures each.
///
/// Everything else is as in ys_wilson. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_agresti_coull(
    successes: u64,
    trials: u64,
    z: *const ys_value,
    lower: *mut *mut ys_real,
    upper: *mut *mut ys_real,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (z, lower, upper, error) = unsafe {
        (
            ys_value::shared("z", z),
            Out::new("lower", lower),
            Out::new("upper", upper),
            ErrorSlot::new(error),
        )
    };
    guard(error, || bounds(z, lower, upper, |z| agresti_coull(successes, trials, z)))
}
