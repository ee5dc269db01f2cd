//! Values from what C has: integers, decimals, text.

use std::ffi::c_char;

use super::super::argument::{ErrorSlot, Out, Plain, Text};
use super::super::decimal::{ys_decimal, ys_int128};
use super::super::error::ys_error;
use super::super::guard::guard;
use super::super::status::ys_status;
use super::super::value::ys_value;
use crate::{Rational, Value};

/// A value from an integer.
///
/// `result`: the caller frees it with ys_value_free. Exact. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_from_int64(
    number: i64,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes places for the outputs, or NULL.
    let (result, error) = unsafe { (Out::new("result", result), ErrorSlot::new(error)) };
    guard(error, || {
        ys_value::give(result.get()?, Rational::from(number));
        Ok(())
    })
}

/// A value from a decimal.
///
/// `result`: the caller frees it with ys_value_free. Exact. Errors: a `number` that is no decimal as
/// in ys_decimal_format. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_from_decimal(
    number: *const ys_decimal,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a decimal and places for the outputs, or NULL.
    let (number, result, error) = unsafe {
        (Plain::new("number", number), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let result = result.get()?;
        let number = number.get()?.check("number")?;
        ys_value::give(result, Rational::from(number));
        Ok(())
    })
}

/// A value from a fraction of two integers, which need not be reduced.
///
/// `result`: the caller frees it with ys_value_free. Exact. Errors: YS_DIVISION_BY_ZERO for a
/// denominator of zero; ys_value_quotient has a value that is undefined instead. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_from_fraction(
    numerator: *const ys_int128,
    denominator: *const ys_int128,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes two integers and places for the outputs, or NULL.
    let (numerator, denominator, result, error) = unsafe {
        (
            Plain::new("numerator", numerator),
            Plain::new("denominator", denominator),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let result = result.get()?;
        let (numerator, denominator) = (numerator.get()?.value(), denominator.get()?.value());
        ys_value::give(result, Rational::new(numerator, denominator)?);
        Ok(())
    })
}

/// A value from `mantissa / 10^scale`: one value of a ys_wide_column.
///
/// `scale` is 0 to 255. `result`: the caller frees it with ys_value_free. Exact. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_from_scaled(
    mantissa: *const ys_int128,
    scale: u8,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes an integer and places for the outputs, or NULL.
    let (mantissa, result, error) = unsafe {
        (Plain::new("mantissa", mantissa), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let result = result.get()?;
        ys_value::give(result, Rational::from_scaled(mantissa.get()?.value(), scale));
        Ok(())
    })
}

/// Reads a value: decimal text as strict as that of ys_decimal_parse, or a fraction of two, `-7/20`.
///
/// Any number of digits and decimals up to 4096, and exponents as far. `result`: the caller frees it
/// with ys_value_free. Exact. Errors: YS_SYNTAX with the span of what does not belong;
/// YS_DIVISION_BY_ZERO for a denominator of zero; YS_CAPACITY beyond 4096 digits. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_parse(
    text: *const c_char,
    length: usize,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes `length` bytes at `text` and places for the outputs, or NULL.
    let (text, result, error) = unsafe {
        (Text::new("text", text, length), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let result = result.get()?;
        ys_value::give(result, text.get()?.parse::<Rational>()?);
        Ok(())
    })
}

/// A copy of a value, for one that has to outlive the handle it belongs to. Undefined ones too.
///
/// `result`: the caller frees it with ys_value_free. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_value_copy(
    value: *const ys_value,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live value and places for the outputs, or NULL.
    let (value, result, error) = unsafe {
        (ys_value::shared("value", value), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let (value, result): (&Value, _) = (value.get()?, result.get()?);
        ys_value::give(result, value.clone());
        Ok(())
    })
}
