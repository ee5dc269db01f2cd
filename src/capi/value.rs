//! Exact values, behind a pointer: of any size, or undefined with a reason.

use std::ffi::c_char;
use std::ptr;

use super::argument::{Buffer, ErrorSlot, Options, Out, Place, Shared, free};
use super::decimal::ys_decimal;
use super::error::ys_error;
use super::guard::{Outcome, guard, shielded};
use super::rounding::ys_rounding;
use super::status::{YS_DOMAIN, ys_status};
use crate::number::Sense;
use crate::{Rational, Reason, Value};

/// An exact number of any size, or undefined with a reason. It never changes.
///
/// One that a function creates is freed with ys_value_free. One that is asked of another handle, as
/// `const ys_value *`, belongs to that handle and is not freed. Since ABI 1.
///
/// ```c
/// ys_value *deals = NULL, *leads = NULL, *rate = NULL;
/// ys_value_from_int64(7, &deals, NULL);
/// ys_value_from_int64(20, &leads, NULL);
/// ys_value_quotient(deals, leads, &rate, NULL); // 7/20, and with 0 leads undefined
/// ys_rounding rounding = YS_ROUNDING_INIT;
/// rounding.scale = 2;
/// rounding.mode = YS_MODE_HALF_EVEN;
/// ys_decimal rounded;
/// if (ys_value_reason(rate) == YS_REASON_NONE)
///     ys_value_round(rate, &rounding, &rounded, NULL); // 0.35
/// ```
pub struct ys_value {
    /// Only the name in C of a [`Value`]; none of these is ever made.
    _never: std::convert::Infallible,
}

impl ys_value {
    /// As C sees a value that something else owns.
    pub(super) fn of(value: &Value) -> *const Self {
        ptr::from_ref(value).cast()
    }

    /// The value behind a pointer.
    ///
    /// # Safety
    ///
    /// As [`Shared::new`].
    pub(super) unsafe fn shared<'a>(name: &'static str, value: *const Self) -> Shared<'a, Value> {
        // SAFETY: promised to us; a `ys_value` is a `Value`.
        unsafe { Shared::new(name, value.cast()) }
    }

    /// Hands a new value over to the caller.
    pub(super) fn give(place: Place<*mut Self>, value: impl Into<Value>) {
        place.put(Box::into_raw(Box::new(value.into())).cast());
    }

    /// The number of a value, where it is one.
    pub(super) fn defined<'a>(name: &str, value: &'a Value) -> Outcome<&'a Rational> {
        match value {
            Value::Defined(number) => Ok(number),
            Value::Undefined(reason) => {
                let message =
                    format!("argument {name} is undefined ({reason}); ask for its reason first");
                Err(ys_error::refusal(YS_DOMAIN, message))
            }
        }
    }
}

/// Why a value is undefined, or YS_REASON_NONE for one that is defined.
pub type ys_reason = i32;

/// The value is defined.
pub const YS_REASON_NONE: ys_reason = 0;
/// Nothing was observed, and a day without an observation is unknown.
pub const YS_REASON_MISSING: ys_reason = 1;
/// A measure that does not add up, where it was not supplied.
pub const YS_REASON_NOT_ADDITIVE: ys_reason = 2;
/// The data contradict themselves: deals without leads.
pub const YS_REASON_INCONSISTENT: ys_reason = 3;
/// A number over zero: better than any finite one.
pub const YS_REASON_UNBOUNDED_GOOD: ys_reason = 4;
/// A number over zero: worse than any finite one.
pub const YS_REASON_UNBOUNDED_BAD: ys_reason = 5;
/// A number over zero, of no direction.
pub const YS_REASON_UNBOUNDED: ys_reason = 6;
/// Zero over zero.
pub const YS_REASON_NO_BASE: ys_reason = 7;
/// Beyond the internal limit on size.
pub const YS_REASON_CAPACITY: ys_reason = 8;

pub(super) fn code(reason: Reason) -> ys_reason {
    match reason {
        Reason::Missing => YS_REASON_MISSING,
        Reason::NotAdditive => YS_REASON_NOT_ADDITIVE,
        Reason::Inconsistent => YS_REASON_INCONSISTENT,
        Reason::Unbounded(Sense::Good) => YS_REASON_UNBOUNDED_GOOD,
        Reason::Unbounded(Sense::Bad) => YS_REASON_UNBOUNDED_BAD,
        Reason::Unbounded(Sense::Neutral) => YS_REASON_UNBOUNDED,
        Reason::NoBase => YS_REASON_NO_BASE,
        Reason::Capacity => YS_REASON_CAPACITY,
    }
}

/// Frees a value that a function created. NULL is fine. Threads: alone with the value. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_free(value: *mut ys_value) {
    // SAFETY: the caller passes a value of its own, once, or NULL; a `ys_value` is a `Value`.
    unsafe { free(value.cast::<Value>()) }
}

/// Why a value is undefined: one of YS_REASON, and YS_REASON_NONE where it is defined. For NULL
/// YS_REASON_MISSING. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_reason(value: *const ys_value) -> ys_reason {
    // SAFETY: the caller passes a live value, or NULL.
    let value = unsafe { ys_value::shared("value", value) };
    shielded(YS_REASON_MISSING, || {
        value.option().map_or(YS_REASON_MISSING, |value| value.reason().map_or(0, code))
    })
}

/// A value rounded once, as `rounding` says.
///
/// Errors: YS_DOMAIN for an undefined value, whose reason ys_value_reason has; YS_OVERFLOW for a
/// result beyond 96 bits; YS_INEXACT where YS_MODE_EXACT would lose digits; YS_INVALID_ARGUMENT for
/// what `rounding` must not be. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_round(
    value: *const ys_value,
    rounding: *const ys_rounding,
    result: *mut ys_decimal,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value, a rounding of its struct_size and places for the
    // outputs, or NULL.
    let (value, rounding, result, error) = unsafe {
        (
            ys_value::shared("value", value),
            Options::new("rounding", rounding),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (value, result) = (value.get()?, result.get()?);
        let rounding: ys_rounding = rounding.get()?;
        match value.round(rounding.check()?)? {
            Value::Defined(rounded) => result.put(ys_decimal::of(&rounded)),
            Value::Undefined(reason) => {
                let message =
                    format!("the value is undefined ({reason}); ask for its reason first");
                return Err(ys_error::refusal(YS_DOMAIN, message));
            }
        }
        Ok(())
    })
}

/// A value as exact text: `3`, `-7/20`, or where it is undefined its reason, such as `no_base`.
///
/// Errors: YS_BUFFER_TOO_SMALL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_text(
    value: *const ys_value,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value, `capacity` bytes and places for the outputs, or NULL.
    let (value, buffer, error) = unsafe {
        (
            ys_value::shared("value", value),
            Buffer::new(buffer, capacity, needed),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let text = match value.get()? {
            Value::Defined(value) => value.to_string(),
            Value::Undefined(reason) => reason.to_string(),
        };
        buffer.put(&text)
    })
}
