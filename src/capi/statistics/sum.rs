//! Sums of columns.

use super::super::argument::{ErrorSlot, Options, Out, Versioned};
use super::super::column::{ys_integer_column, ys_text_column, ys_wide_column};
use super::super::error::ys_error;
use super::super::guard::{Outcome, guard};
use super::super::status::ys_status;
use super::super::value::ys_value;
use super::column::Described;
use crate::statistics::sum;

/// # Safety
///
/// As [`Described::with`].
unsafe fn put<C: Described + Versioned>(
    column: Options<C>,
    result: Out<*mut ys_value>,
) -> Outcome<()> {
    let (column, result) = (column.get()?, result.get()?);
    // SAFETY: promised to us.
    let sum = unsafe { column.with(|column| Ok(sum(column)?))? };
    ys_value::give(result, sum);
    Ok(())
}

/// The sum of a column of integers that share a scale. Empty cells are left out; the sum of none is 0.
///
/// `column` and what it points to are read during the call, in place where the values lie side by
/// side. `result`: the caller frees it with ys_value_free. Exact, and nothing overflows. Errors:
/// YS_INVALID_ARGUMENT for a struct_size, a stride or a reserved field; YS_DOMAIN for a scale outside
/// 0 to 38. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_sum_integers(
    column: *const ys_integer_column,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a column and places for the outputs, or NULL.
    let (column, result, error) = unsafe {
        (
            Options::<ys_integer_column>::new("column", column),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    // SAFETY: the caller describes its memory by the fields, for the call.
    guard(error, || unsafe { put(column, result) })
}

/// The sum of a column of 128-bit integers that share a scale: an Arrow decimal128 column.
///
/// Everything is as in ys_sum_integers. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_sum_wide(
    column: *const ys_wide_column,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a column and places for the outputs, or NULL.
    let (column, result, error) = unsafe {
        (
            Options::<ys_wide_column>::new("column", column),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    // SAFETY: the caller describes its memory by the fields, for the call.
    guard(error, || unsafe { put(column, result) })
}

/// The sum of a column of decimal text, read as strictly as ys_decimal_parse does, but up to 38
/// decimals and 128 bits. A text whose bit is not set is left out; an empty one whose bit is set is
/// refused.
///
/// Errors: YS_SYNTAX for text that is no number or not UTF-8, YS_OVERFLOW for one that does not fit,
/// YS_SHAPE for offsets that do not ascend or leave the data, each with its row; YS_INVALID_ARGUMENT
/// for a struct_size or for both kinds of offsets. Everything else is as in ys_sum_integers. Threads:
/// any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_sum_text(
    column: *const ys_text_column,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a column and places for the outputs, or NULL.
    let (column, result, error) = unsafe {
        (
            Options::<ys_text_column>::new("column", column),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    // SAFETY: the caller describes its memory by the fields, for the call.
    guard(error, || unsafe { put(column, result) })
}
