//! The mean of a column weighted by another.

use std::ptr;

use super::super::argument::{ErrorSlot, Exclusive, Options, Out, Plain, Shared, Versioned, free};
use super::super::column::{ys_integer_column, ys_text_column, ys_wide_column};
use super::super::decimal::ys_decimal;
use super::super::error::ys_error;
use super::super::guard::{Outcome, guard};
use super::super::status::ys_status;
use super::super::value::ys_value;
use super::column::{Described, itself};
use crate::statistics::WeightedMean;

/// A weighted mean, `sum of w x / sum of w`: scores weighted by votes, rates by volume. One answer for
/// any order and any parts. Since ABI 1.
pub struct ys_weighted_mean {
    mean: WeightedMean,
}

/// Begins with no value.
///
/// `mean`: the caller frees it with ys_weighted_mean_free. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_weighted_mean_new(
    mean: *mut *mut ys_weighted_mean,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes places for the outputs, or NULL.
    let (result, error) = unsafe { (Out::new("mean", mean), ErrorSlot::new(error)) };
    guard(error, || {
        result.get()?.give(ys_weighted_mean { mean: WeightedMean::default() });
        Ok(())
    })
}

/// Frees a weighted mean. NULL is fine. Threads: alone with it. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_weighted_mean_free(mean: *mut ys_weighted_mean) {
    // SAFETY: the caller passes NULL or a state that is its own, once.
    unsafe { free(mean) }
}

/// # Safety
///
/// As [`Described::with`], for both.
unsafe fn add<C: Described + Versioned>(
    mean: Exclusive<'_, ys_weighted_mean>,
    values: Options<C>,
    weights: Options<C>,
) -> Outcome<()> {
    let (mean, values, weights) = (mean.get()?, values.get()?, weights.get()?);
    // SAFETY: promised to us.
    let more = unsafe {
        values.with(|values| weights.with(|weights| Ok(WeightedMean::of(values, weights)?)))?
    };
    mean.mean.merge(&more);
    Ok(())
}

/// Adds a column of integers weighted by another; each may have its own scale. Rows where either is
/// empty are left out.
///
/// The columns and what they point to are read during the call. Exact, and nothing overflows. Errors:
/// as ys_sum_integers, and YS_SHAPE where the two have not as many rows; nothing is added then.
/// Threads: alone with the mean. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_weighted_mean_add_integers(
    mean: *mut ys_weighted_mean,
    values: *const ys_integer_column,
    weights: *const ys_integer_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a state of its own, two columns and a place for the error, or NULL.
    let (mean, values, weights, error) = unsafe {
        (
            Exclusive::new("mean", mean),
            Options::<ys_integer_column>::new("values", values),
            Options::<ys_integer_column>::new("weights", weights),
            ErrorSlot::new(error),
        )
    };
    // SAFETY: the caller describes its memory by the fields, for the call.
    guard(error, || unsafe { add(mean, values, weights) })
}

/// The same of 128-bit integers: Arrow decimal128 columns.
///
/// Everything is as in ys_weighted_mean_add_integers. Threads: alone with the mean. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_weighted_mean_add_wide(
    mean: *mut ys_weighted_mean,
    values: *const ys_wide_column,
    weights: *const ys_wide_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a state of its own, two columns and a place for the error, or NULL.
    let (mean, values, weights, error) = unsafe {
        (
            Exclusive::new("mean", mean),
            Options::<ys_wide_column>::new("values", values),
            Options::<ys_wide_column>::new("weights", weights),
            ErrorSlot::new(error),
        )
    };
    // SAFETY: the caller describes its memory by the fields, for the call.
    guard(error, || unsafe { add(mean, values, weights) })
}

/// The same of decimal text, read as ys_sum_text does.
///
/// Errors: as ys_sum_text, and YS_SHAPE where the two have not as many rows; nothing is added then.
/// Threads: alone with the mean. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_weighted_mean_add_text(
    mean: *mut ys_weighted_mean,
    values: *const ys_text_column,
    weights: *const ys_text_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a state of its own, two columns and a place for the error, or NULL.
    let (mean, values, weights, error) = unsafe {
        (
            Exclusive::new("mean", mean),
            Options::<ys_text_column>::new("values", values),
            Options::<ys_text_column>::new("weights", weights),
            ErrorSlot::new(error),
        )
    };
    // SAFETY: the caller describes its memory by the fields, for the call.
    guard(error, || unsafe { add(mean, values, weights) })
}

/// Adds one value with its weight.
///
/// Errors: what is no decimal as in ys_decimal_format. Threads: alone with the mean. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_weighted_mean_push(
    mean: *mut ys_weighted_mean,
    value: *const ys_decimal,
    weight: *const ys_decimal,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a state of its own, two decimals and a place for the error, or NULL.
    let (mean, value, weight, error) = unsafe {
        (
            Exclusive::new("mean", mean),
            Plain::new("value", value),
            Plain::new("weight", weight),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let mean: &mut ys_weighted_mean = mean.get()?;
        let (value, weight): (ys_decimal, ys_decimal) = (value.get()?, weight.get()?);
        mean.mean.push(value.check("value")?, weight.check("weight")?);
        Ok(())
    })
}

/// Adds what another state has seen, in whatever order that is done.
///
/// Exact. Errors: YS_INVALID_ARGUMENT where both are one. Threads: alone with the first, and any may
/// read the other. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_weighted_mean_merge(
    mean: *mut ys_weighted_mean,
    other: *const ys_weighted_mean,
    error: *mut *mut ys_error,
) -> ys_status {
    let same = !other.is_null() && ptr::eq(mean, other);
    // SAFETY: the caller passes two live states, the first of its own, and a place for the error, or
    // NULL; one for both is refused before it is looked at.
    let (mean, other, error) = unsafe {
        (Exclusive::new("mean", mean), Shared::new("other", other), ErrorSlot::new(error))
    };
    guard(error, || {
        if same {
            return Err(itself());
        }
        let (mean, other): (&mut ys_weighted_mean, &ys_weighted_mean) = (mean.get()?, other.get()?);
        mean.mean.merge(&other.mean);
        Ok(())
    })
}

/// The sum of the values, each times its weight; 0 of none.
///
/// `result`: the caller frees it with ys_value_free. Exact. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_weighted_mean_sum(
    mean: *const ys_weighted_mean,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state and places for the outputs, or NULL.
    let (mean, result, error) =
        unsafe { (Shared::new("mean", mean), Out::new("result", result), ErrorSlot::new(error)) };
    guard(error, || {
        let (mean, result): (&ys_weighted_mean, _) = (mean.get()?, result.get()?);
        ys_value::give(result, mean.mean.sum().clone());
        Ok(())
    })
}

/// The sum of the weights; 0 of none.
///
/// Everything is as in ys_weighted_mean_sum. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_weighted_mean_weight(
    mean: *const ys_weighted_mean,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state and places for the outputs, or NULL.
    let (mean, result, error) =
        unsafe { (Shared::new("mean", mean), Out::new("result", result), ErrorSlot::new(error)) };
    guard(error, || {
        let (mean, result): (&ys_weighted_mean, _) = (mean.get()?, result.get()?);
        ys_value::give(result, mean.mean.weight().clone());
        Ok(())
    })
}

/// The weighted mean. Where the weights sum to zero it is undefined, as ys_value_quotient says.
///
/// Everything is as in ys_weighted_mean_sum. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_weighted_mean_value(
    mean: *const ys_weighted_mean,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state and places for the outputs, or NULL.
    let (mean, result, error) =
        unsafe { (Shared::new("mean", mean), Out::new("result", result), ErrorSlot::new(error)) };
    guard(error, || {
        let (mean, result): (&ys_weighted_mean, _) = (mean.get()?, result.get()?);
        ys_value::give(result, mean.mean.mean());
        Ok(())
    })
}
