//! What can be asked of a value.

use super::super::argument::{ErrorSlot, Out, Shared};
use super::super::decimal::{ys_decimal, ys_int128};
use super::super::error::ys_error;
use super::super::guard::{Outcome, guard};
use super::super::status::{YS_OVERFLOW, ys_status};
use super::super::value::ys_value;
use crate::{Rational, Value};

/// How two values compare: -1 where `a` is less than `b`, 0 where they are equal, 1 where it is more.
///
/// Exact: 1/3 is more than 0.3333. Errors: YS_DOMAIN where one is undefined. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_compare(
    a: *const ys_value,
    b: *const ys_value,
    result: *mut i32,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes live values and places for the outputs, or NULL.
    let (a, b, result, error) = unsafe {
        (
            ys_value::shared("a", a),
            ys_value::shared("b", b),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (a, b, result): (&Value, &Value, _) = (a.get()?, b.get()?, result.get()?);
        let (a, b) = (ys_value::defined("a", a)?, ys_value::defined("b", b)?);
        result.put(a.cmp(b) as i32);
        Ok(())
    })
}

/// A value as a decimal with as few decimals as it takes.
///
/// Exact. Errors: YS_INEXACT where it has no decimal expansion of at most 28 decimals; YS_OVERFLOW
/// beyond 96 bits; YS_DOMAIN for an undefined value. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_decimal(
    value: *const ys_value,
    result: *mut ys_decimal,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (value, result, error) = unsafe {
        (ys_value::shared("value", value), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let (value, result): (&Value, _) = (value.get()?, result.get()?);
        let decimal = ys_value::defined("value", value)?.to_decimal()?;
        result.put(ys_decimal::of(&decimal));
        Ok(())
    })
}

/// The two integers of the reduced fraction, as text has them.
fn put(
    value: Shared<'_, Value>,
    result: Out<ys_int128>,
    which: &str,
    of: impl FnOnce(&str) -> &str,
) -> Outcome<()> {
    let (value, result) = (value.get()?, result.get()?);
    let number: &Rational = ys_value::defined("value", value)?;
    let text = number.to_string();
    let Ok(integer) = of(&text).parse::<i128>() else {
        let message =
            format!("the {which} of the value does not fit 128 bits; ask for its text instead");
        return Err(ys_error::refusal(YS_OVERFLOW, message));
    };
    result.put(ys_int128::of(integer));
    Ok(())
}

/// The integer above the line of a value's reduced fraction: -7 for -7/20, 3 for 3.
///
/// Exact. Errors: YS_OVERFLOW where it does not fit; YS_DOMAIN for an undefined value. Threads: any.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_numerator(
    value: *const ys_value,
    result: *mut ys_int128,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (value, result, error) = unsafe {
        (ys_value::shared("value", value), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        put(value, result, "numerator", |text| text.split_once('/').map_or(text, |parts| parts.0))
    })
}

/// The integer below the line of a value's reduced fraction, above zero: 20 for -7/20, 1 for 3.
///
/// Everything is as in ys_value_numerator. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_denominator(
    value: *const ys_value,
    result: *mut ys_int128,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (value, result, error) = unsafe {
        (ys_value::shared("value", value), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        put(value, result, "denominator", |text| text.split_once('/').map_or("1", |parts| parts.1))
    })
}
