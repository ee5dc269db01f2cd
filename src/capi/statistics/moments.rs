//! Mean, variance and range of columns.

use std::ptr;

use super::super::argument::{ErrorSlot, Exclusive, Options, Out, Plain, Shared, Versioned, free};
use super::super::column::{ys_integer_column, ys_text_column, ys_wide_column};
use super::super::decimal::ys_decimal;
use super::super::error::ys_error;
use super::super::guard::{Outcome, guard};
use super::super::number::real::ys_real;
use super::super::status::{YS_INVALID_ARGUMENT, ys_status};
use super::super::value::ys_value;
use super::column::{Described, itself};
use crate::statistics::{Moments, Of};

/// A sample of something larger: divided by n - 1. Excel VAR.S, SQL VAR_SAMP.
pub const YS_OF_SAMPLE: i32 = 1;
/// The whole: divided by n. Excel VAR.P, SQL VAR_POP.
pub const YS_OF_POPULATION: i32 = 2;

fn kind(of: i32) -> Outcome<Of> {
    match of {
        YS_OF_SAMPLE => Ok(Of::Sample),
        YS_OF_POPULATION => Ok(Of::Population),
        other => {
            let message = format!("of is {other}; give YS_OF_SAMPLE (1) or YS_OF_POPULATION (2)");
            Err(ys_error::refusal(YS_INVALID_ARGUMENT, message))
        }
    }
}

/// Count, sum, sum of squares, least and greatest of numbers, exactly: what a mean, a variance and a
/// standard deviation are made of. One answer for any order and any parts. Since ABI 1.
///
/// ```c
/// ys_integer_column column = YS_INTEGER_COLUMN_INIT;
/// column.values = cents;
/// column.count = rows;
/// column.scale = 2;
/// ys_moments *moments = NULL;
/// ys_moments_new(&moments, NULL);
/// ys_moments_add_integers(moments, &column, NULL);
/// ys_real *deviation = NULL;
/// ys_moments_standard_deviation(moments, YS_OF_SAMPLE, &deviation, NULL);
/// ys_real_round(deviation, &rounding, &rounded, NULL);
/// ys_real_free(deviation);
/// ys_moments_free(moments);
/// ```
pub struct ys_moments {
    moments: Moments,
}

/// Begins with no value.
///
/// `moments`: the caller frees it with ys_moments_free. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_new(
    moments: *mut *mut ys_moments,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes places for the outputs, or NULL.
    let (result, error) = unsafe { (Out::new("moments", moments), ErrorSlot::new(error)) };
    guard(error, || {
        result.get()?.give(ys_moments { moments: Moments::default() });
        Ok(())
    })
}

/// Frees moments. NULL is fine. Threads: alone with them. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_free(moments: *mut ys_moments) {
    // SAFETY: the caller passes NULL or a state that is its own, once.
    unsafe { free(moments) }
}

/// # Safety
///
/// As [`Described::with`].
unsafe fn add<C: Described + Versioned>(
    moments: Exclusive<'_, ys_moments>,
    column: Options<C>,
) -> Outcome<()> {
    let (moments, column) = (moments.get()?, column.get()?);
    // SAFETY: promised to us.
    let more = unsafe { column.with(|column| Ok(Moments::of(column)?))? };
    moments.moments.merge(&more);
    Ok(())
}

/// Adds the values of a column of integers that share a scale. Empty cells are left out.
///
/// `column` and what it points to are read during the call. Exact, and nothing overflows. Errors: as
/// ys_sum_integers, and nothing is added then. Threads: alone with the moments. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_add_integers(
    moments: *mut ys_moments,
    column: *const ys_integer_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a state of its own, a column and a place for the error, or NULL.
    let (moments, column, error) = unsafe {
        (
            Exclusive::new("moments", moments),
            Options::<ys_integer_column>::new("column", column),
            ErrorSlot::new(error),
        )
    };
    // SAFETY: the caller describes its memory by the fields, for the call.
    guard(error, || unsafe { add(moments, column) })
}

/// The same of 128-bit integers: an Arrow decimal128 column.
///
/// Everything is as in ys_moments_add_integers. Threads: alone with the moments. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_add_wide(
    moments: *mut ys_moments,
    column: *const ys_wide_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a state of its own, a column and a place for the error, or NULL.
    let (moments, column, error) = unsafe {
        (
            Exclusive::new("moments", moments),
            Options::<ys_wide_column>::new("column", column),
            ErrorSlot::new(error),
        )
    };
    // SAFETY: the caller describes its memory by the fields, for the call.
    guard(error, || unsafe { add(moments, column) })
}

/// The same of decimal text, read as ys_sum_text does.
///
/// Errors: as ys_sum_text, and nothing is added then. Threads: alone with the moments. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_add_text(
    moments: *mut ys_moments,
    column: *const ys_text_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a state of its own, a column and a place for the error, or NULL.
    let (moments, column, error) = unsafe {
        (
            Exclusive::new("moments", moments),
            Options::<ys_text_column>::new("column", column),
            ErrorSlot::new(error),
        )
    };
    // SAFETY: the caller describes its memory by the fields, for the call.
    guard(error, || unsafe { add(moments, column) })
}

/// Adds what another state has seen, in whatever order that is done.
///
/// Exact. Errors: YS_INVALID_ARGUMENT where both are one. Threads: alone with the first, and any may
/// read the other. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_merge(
    moments: *mut ys_moments,
    other: *const ys_moments,
    error: *mut *mut ys_error,
) -> ys_status {
    let same = !other.is_null() && ptr::eq(moments, other);
    // SAFETY: the caller passes two live states, the first of its own, and a place for the error, or
    // NULL; one for both is refused before it is looked at.
    let (moments, other, error) = unsafe {
        (Exclusive::new("moments", moments), Shared::new("other", other), ErrorSlot::new(error))
    };
    guard(error, || {
        if same {
            return Err(itself());
        }
        let (moments, other): (&mut ys_moments, &ys_moments) = (moments.get()?, other.get()?);
        moments.moments.merge(&other.moments);
        Ok(())
    })
}

/// Adds one value.
///
/// Errors: a `value` that is no decimal as in ys_decimal_format. Threads: alone with the moments.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_push(
    moments: *mut ys_moments,
    value: *const ys_decimal,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a state of its own, a decimal and a place for the error, or NULL.
    let (moments, value, error) = unsafe {
        (Exclusive::new("moments", moments), Plain::new("value", value), ErrorSlot::new(error))
    };
    guard(error, || {
        let (moments, value): (&mut ys_moments, ys_decimal) = (moments.get()?, value.get()?);
        moments.moments.push(value.check("value")?);
        Ok(())
    })
}

/// How many values there were, empty cells not counted.
///
/// `result`: the caller frees it with ys_value_free. Exact. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_count(
    moments: *const ys_moments,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state and places for the outputs, or NULL.
    let (moments, result, error) = unsafe {
        (Shared::new("moments", moments), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let (moments, result): (&ys_moments, _) = (moments.get()?, result.get()?);
        ys_value::give(result, moments.moments.count().clone());
        Ok(())
    })
}

/// The sum of the values; 0 of none.
///
/// Everything is as in ys_moments_count. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_sum(
    moments: *const ys_moments,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state and places for the outputs, or NULL.
    let (moments, result, error) = unsafe {
        (Shared::new("moments", moments), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let (moments, result): (&ys_moments, _) = (moments.get()?, result.get()?);
        ys_value::give(result, moments.moments.sum().clone());
        Ok(())
    })
}

/// The sum of their squares; 0 of none.
///
/// Everything is as in ys_moments_count. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_sum_of_squares(
    moments: *const ys_moments,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state and places for the outputs, or NULL.
    let (moments, result, error) = unsafe {
        (Shared::new("moments", moments), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let (moments, result): (&ys_moments, _) = (moments.get()?, result.get()?);
        ys_value::give(result, moments.moments.sum_of_squares().clone());
        Ok(())
    })
}

/// The least value; undefined of none, YS_REASON_NO_BASE.
///
/// Everything is as in ys_moments_count. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_min(
    moments: *const ys_moments,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state and places for the outputs, or NULL.
    let (moments, result, error) = unsafe {
        (Shared::new("moments", moments), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let (moments, result): (&ys_moments, _) = (moments.get()?, result.get()?);
        ys_value::give(result, moments.moments.min());
        Ok(())
    })
}

/// The greatest value; undefined of none, YS_REASON_NO_BASE.
///
/// Everything is as in ys_moments_count. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_max(
    moments: *const ys_moments,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state and places for the outputs, or NULL.
    let (moments, result, error) = unsafe {
        (Shared::new("moments", moments), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let (moments, result): (&ys_moments, _) = (moments.get()?, result.get()?);
        ys_value::give(result, moments.moments.max());
        Ok(())
    })
}

/// The mean, which is a fraction; undefined of none, YS_REASON_NO_BASE.
///
/// Everything is as in ys_moments_count. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_mean(
    moments: *const ys_moments,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state and places for the outputs, or NULL.
    let (moments, result, error) = unsafe {
        (Shared::new("moments", moments), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let (moments, result): (&ys_moments, _) = (moments.get()?, result.get()?);
        ys_value::give(result, moments.moments.mean());
        Ok(())
    })
}

/// The variance, which is a fraction. `of` is YS_OF_SAMPLE, undefined of less than two values, or
/// YS_OF_POPULATION, undefined of none; YS_REASON_NO_BASE.
///
/// Errors: YS_INVALID_ARGUMENT for another `of`. Everything else is as in ys_moments_count. Threads:
/// any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_variance(
    moments: *const ys_moments,
    of: i32,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state and places for the outputs, or NULL.
    let (moments, result, error) = unsafe {
        (Shared::new("moments", moments), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let (moments, result): (&ys_moments, _) = (moments.get()?, result.get()?);
        let of = kind(of)?;
        ys_value::give(result, moments.moments.variance(of));
        Ok(())
    })
}

/// The standard deviation, the root of the variance; undefined where that is.
///
/// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors: as
/// ys_moments_variance. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_moments_standard_deviation(
    moments: *const ys_moments,
    of: i32,
    result: *mut *mut ys_real,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state and places for the outputs, or NULL.
    let (moments, result, error) = unsafe {
        (Shared::new("moments", moments), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let (moments, result): (&ys_moments, _) = (moments.get()?, result.get()?);
        let of = kind(of)?;
        ys_real::give(result, moments.moments.standard_deviation(of));
        Ok(())
    })
}
