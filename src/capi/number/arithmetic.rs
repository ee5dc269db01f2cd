//! Arithmetic of values. It never rounds, and what is undefined stays so.

use super::super::argument::{ErrorSlot, Out, Shared};
use super::super::error::ys_error;
use super::super::guard::{Outcome, guard};
use super::super::status::ys_status;
use super::super::value::ys_value;
use crate::{Rational, Value};

/// Two values and what becomes of them.
fn combine(
    a: Shared<'_, Value>,
    b: Shared<'_, Value>,
    result: Out<*mut ys_value>,
    of: impl FnOnce(&Value, &Value) -> Value,
) -> Outcome<()> {
    let (a, b, result) = (a.get()?, b.get()?, result.get()?);
    ys_value::give(result, of(a, b));
    Ok(())
}

/// The same of two numbers; of what is undefined, the reason that comes first.
fn of_numbers(a: &Value, b: &Value, of: impl FnOnce(&Rational, &Rational) -> Rational) -> Value {
    a.as_ref().zip(b.as_ref(), of)
}

/// One value and what becomes of it.
fn change(
    value: Shared<'_, Value>,
    result: Out<*mut ys_value>,
    of: impl FnOnce(&Rational) -> Rational,
) -> Outcome<()> {
    let (value, result) = (value.get()?, result.get()?);
    ys_value::give(result, value.as_ref().map(of));
    Ok(())
}

/// `a + b`. Where one is undefined the result is, and where both are it has the reason that comes
/// first: YS_REASON_MISSING, YS_REASON_NOT_ADDITIVE, YS_REASON_INCONSISTENT, one of the unbounded,
/// YS_REASON_NO_BASE, YS_REASON_CAPACITY.
///
/// `result`: the caller frees it with ys_value_free. Exact, of any size. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_add(
    a: *const ys_value,
    b: *const ys_value,
    result: *mut *mut ys_value,
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
    guard(error, || combine(a, b, result, |a, b| of_numbers(a, b, |a, b| a + b)))
}

/// `a - b`.
///
/// Everything is as in ys_value_add. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_subtract(
    a: *const ys_value,
    b: *const ys_value,
    result: *mut *mut ys_value,
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
    guard(error, || combine(a, b, result, |a, b| of_numbers(a, b, |a, b| a - b)))
}

/// `a b`.
///
/// Everything is as in ys_value_add. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_multiply(
    a: *const ys_value,
    b: *const ys_value,
    result: *mut *mut ys_value,
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
    guard(error, || combine(a, b, result, |a, b| of_numbers(a, b, |a, b| a * b)))
}

/// `a / b`. Over zero it is undefined, which is no error: zero over zero YS_REASON_NO_BASE, anything
/// else YS_REASON_UNBOUNDED.
///
/// Everything else is as in ys_value_add. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_quotient(
    a: *const ys_value,
    b: *const ys_value,
    result: *mut *mut ys_value,
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
    guard(error, || combine(a, b, result, Value::quotient))
}

/// `-value`; undefined where the value is.
///
/// `result`: the caller frees it with ys_value_free. Exact. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_negate(
    value: *const ys_value,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (value, result, error) = unsafe {
        (ys_value::shared("value", value), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || change(value, result, |value| -value))
}

/// The magnitude of a value; undefined where the value is.
///
/// Everything is as in ys_value_negate. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_abs(
    value: *const ys_value,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (value, result, error) = unsafe {
        (ys_value::shared("value", value), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || change(value, result, Rational::abs))
}

/// The greatest integer not above a value: -2 for -3/2.
///
/// Everything is as in ys_value_negate. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_floor(
    value: *const ys_value,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (value, result, error) = unsafe {
        (ys_value::shared("value", value), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || change(value, result, Rational::floor))
}

/// The least integer not below a value: -1 for -3/2.
///
/// Everything is as in ys_value_negate. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_ceil(
    value: *const ys_value,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (value, result, error) = unsafe {
        (ys_value::shared("value", value), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || change(value, result, Rational::ceil))
}

/// A value to an integer power; anything to the power of 0 is 1, and what is undefined stays so.
///
/// `result`: the caller frees it with ys_value_free. Exact. Errors: YS_DIVISION_BY_ZERO for zero to a
/// negative power; YS_CAPACITY where the result would exceed 16384 bits above or below the line.
/// Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_pow(
    value: *const ys_value,
    exponent: i32,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (value, result, error) = unsafe {
        (ys_value::shared("value", value), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let (value, result): (&Value, _) = (value.get()?, result.get()?);
        let power = match value {
            Value::Defined(value) => Value::Defined(value.checked_pow(exponent)?),
            Value::Undefined(reason) => Value::Undefined(*reason),
        };
        ys_value::give(result, power);
        Ok(())
    })
}
