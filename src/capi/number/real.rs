//! Reals: roots, exponentials and logarithms, which are only rounded.

use std::ffi::c_char;

use super::super::argument::{Buffer, ErrorSlot, Options, Out, Place, Shared, free};
use super::super::decimal::ys_decimal;
use super::super::error::ys_error;
use super::super::guard::{Outcome, guard, shielded};
use super::super::rounding::ys_rounding;
use super::super::status::{YS_DOMAIN, ys_status};
use super::super::value::{self, YS_REASON_MISSING, ys_reason, ys_value};
use crate::{Rational, Real, Value};

/// A real number that is no fraction: a root, a power, an exponential, a logarithm or a bound; or
/// undefined with a reason. It never changes, and there is nothing to be done with it but to round
/// it, which is correct in every mode. A function creates it, and the caller frees it with
/// ys_real_free. Since ABI 1.
pub struct ys_real {
    real: Value<Real>,
}

impl ys_real {
    /// Hands a new one over to the caller.
    pub(in crate::capi) fn give(place: Place<*mut Self>, real: impl Into<Value<Real>>) {
        place.give(Self { real: real.into() });
    }
}

/// Gives what a function makes of a number.
fn make(
    value: Shared<'_, Value>,
    result: Out<*mut ys_real>,
    of: impl FnOnce(&Rational) -> Result<Real, crate::Error>,
) -> Outcome<()> {
    let (value, result) = (value.get()?, result.get()?);
    ys_real::give(result, of(ys_value::defined("value", value)?)?);
    Ok(())
}

/// Frees a real. NULL is fine. Threads: alone with it. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_real_free(real: *mut ys_real) {
    // SAFETY: the caller passes NULL or a real that is its own, once.
    unsafe { free(real) }
}

/// Why a real is undefined: one of YS_REASON, and YS_REASON_NONE where it is defined. For NULL
/// YS_REASON_MISSING. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_real_reason(real: *const ys_real) -> ys_reason {
    // SAFETY: the caller passes a live real, or NULL.
    let real = unsafe { Shared::new("real", real) };
    shielded(YS_REASON_MISSING, || {
        real.option().map_or(YS_REASON_MISSING, |real| real.real.reason().map_or(0, value::code))
    })
}

/// A real rounded once, as `rounding` says.
///
/// Errors: as ys_value_round. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_real_round(
    real: *const ys_real,
    rounding: *const ys_rounding,
    result: *mut ys_decimal,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live real, a rounding of its struct_size and places for the
    // outputs, or NULL.
    let (real, rounding, result, error) = unsafe {
        (
            Shared::new("real", real),
            Options::new("rounding", rounding),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (real, result): (&ys_real, _) = (real.get()?, result.get()?);
        let rounding: ys_rounding = rounding.get()?;
        match real.real.round(rounding.check()?)? {
            Value::Defined(rounded) => result.put(ys_decimal::of(&rounded)),
            Value::Undefined(reason) => {
                let message = format!("the real is undefined ({reason}); ask for its reason first");
                return Err(ys_error::refusal(YS_DOMAIN, message));
            }
        }
        Ok(())
    })
}

/// What a real is, as text for people, such as `sqrt(2)`, or where it is undefined its reason. The
/// wording is no part of the interface.
///
/// Errors: YS_BUFFER_TOO_SMALL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_real_text(
    real: *const ys_real,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live real, `capacity` bytes and places for the outputs, or NULL.
    let (real, buffer, error) = unsafe {
        (Shared::new("real", real), Buffer::new(buffer, capacity, needed), ErrorSlot::new(error))
    };
    guard(error, || {
        let real: &ys_real = real.get()?;
        let text = match &real.real {
            Value::Defined(real) => real.to_string(),
            Value::Undefined(reason) => reason.to_string(),
        };
        buffer.put(&text)
    })
}

/// The square root of a value.
///
/// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors: YS_DOMAIN for
/// a value below zero or undefined. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_sqrt(
    value: *const ys_value,
    result: *mut *mut ys_real,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (value, result, error) = unsafe {
        (ys_value::shared("value", value), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || make(value, result, Rational::sqrt))
}

/// The root of a value, of any degree from 1.
///
/// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors: YS_DOMAIN for
/// a degree of 0, an even one of a value below zero, and an undefined value. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_root(
    value: *const ys_value,
    degree: u32,
    result: *mut *mut ys_real,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (value, result, error) = unsafe {
        (ys_value::shared("value", value), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || make(value, result, |value| value.root(degree)))
}

/// A value to the power of any value; anything to the power of 0 is 1. ys_value_pow is for integers.
///
/// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors: YS_DOMAIN for
/// a value below zero to a power that is no integer, and for what is undefined; YS_DIVISION_BY_ZERO
/// for zero to a power below zero. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_power(
    value: *const ys_value,
    exponent: *const ys_value,
    result: *mut *mut ys_real,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes live values and places for the outputs, or NULL.
    let (value, exponent, result, error) = unsafe {
        (
            ys_value::shared("value", value),
            ys_value::shared("exponent", exponent),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let exponent: &Value = exponent.get()?;
        let exponent = ys_value::defined("exponent", exponent)?;
        make(value, result, |value| value.power(exponent))
    })
}

/// e to the power of a value.
///
/// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors: YS_DOMAIN for
/// an undefined value. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_exp(
    value: *const ys_value,
    result: *mut *mut ys_real,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (value, result, error) = unsafe {
        (ys_value::shared("value", value), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || make(value, result, |value| Ok(value.exp())))
}

/// The natural logarithm of a value.
///
/// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors: YS_DOMAIN for
/// a value that is not above zero, or undefined. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_ln(
    value: *const ys_value,
    result: *mut *mut ys_real,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (value, result, error) = unsafe {
        (ys_value::shared("value", value), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || make(value, result, Rational::ln))
}

/// The logarithm of a value to base 10.
///
/// Everything is as in ys_value_ln. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_log10(
    value: *const ys_value,
    result: *mut *mut ys_real,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (value, result, error) = unsafe {
        (ys_value::shared("value", value), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || make(value, result, Rational::log10))
}
