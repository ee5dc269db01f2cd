//! Quantiles of columns.

use std::ptr;

use super::super::argument::{ErrorSlot, Exclusive, Options, Out, Shared, Versioned, free};
use super::super::column::{ys_integer_column, ys_text_column, ys_wide_column};
use super::super::error::ys_error;
use super::super::guard::{Outcome, guard, shielded};
use super::super::status::{YS_INVALID_ARGUMENT, ys_status};
use super::super::value::ys_value;
use super::column::{Described, itself};
use crate::Value;
use crate::statistics::{QuantileType, Quantiles};

/// The inverse of the empirical distribution function: always one of the numbers. SQL PERCENTILE_DISC.
pub const YS_QUANTILE_INVERSE_CDF: i32 = 1;
/// The same, but the middle of two where the function is level.
pub const YS_QUANTILE_AVERAGED_INVERSE_CDF: i32 = 2;
/// The number whose place is nearest, of two the one in an even place.
pub const YS_QUANTILE_NEAREST_EVEN: i32 = 3;
/// Straight lines through the empirical distribution function.
pub const YS_QUANTILE_INTERPOLATED_INVERSE_CDF: i32 = 4;
/// Straight lines through the middle of its steps.
pub const YS_QUANTILE_HAZEN: i32 = 5;
/// Each number stands at the mean of its rank's distribution. Excel PERCENTILE.EXC.
pub const YS_QUANTILE_WEIBULL: i32 = 6;
/// The numbers divide the range evenly. The default of R and NumPy, Excel PERCENTILE.INC, SQL
/// PERCENTILE_CONT.
pub const YS_QUANTILE_LINEAR: i32 = 7;
/// Each number stands about at the median of its rank's distribution.
pub const YS_QUANTILE_MEDIAN_UNBIASED: i32 = 8;
/// About unbiased where the numbers are distributed normally.
pub const YS_QUANTILE_NORMAL_UNBIASED: i32 = 9;

fn type_of(kind: i32) -> Outcome<QuantileType> {
    Ok(match kind {
        YS_QUANTILE_INVERSE_CDF => QuantileType::InverseCdf,
        YS_QUANTILE_AVERAGED_INVERSE_CDF => QuantileType::AveragedInverseCdf,
        YS_QUANTILE_NEAREST_EVEN => QuantileType::NearestEven,
        YS_QUANTILE_INTERPOLATED_INVERSE_CDF => QuantileType::InterpolatedInverseCdf,
        YS_QUANTILE_HAZEN => QuantileType::Hazen,
        YS_QUANTILE_WEIBULL => QuantileType::Weibull,
        YS_QUANTILE_LINEAR => QuantileType::Linear,
        YS_QUANTILE_MEDIAN_UNBIASED => QuantileType::MedianUnbiased,
        YS_QUANTILE_NORMAL_UNBIASED => QuantileType::NormalUnbiased,
        other => {
            let message = format!(
                "kind is {other}; give one of YS_QUANTILE_INVERSE_CDF (1) to YS_QUANTILE_NORMAL_UNBIASED (9)"
            );
            return Err(ys_error::refusal(YS_INVALID_ARGUMENT, message));
        }
    })
}

/// Numbers in their order, for their quantiles. One answer for any order and any parts. Since ABI 1.
pub struct ys_quantiles {
    quantiles: Quantiles,
}

/// Begins with no number.
///
/// `quantiles`: the caller frees it with ys_quantiles_free. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_quantiles_new(
    quantiles: *mut *mut ys_quantiles,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes places for the outputs, or NULL.
    let (result, error) = unsafe { (Out::new("quantiles", quantiles), ErrorSlot::new(error)) };
    guard(error, || {
        result.get()?.give(ys_quantiles { quantiles: Quantiles::default() });
        Ok(())
    })
}

/// Frees quantiles. NULL is fine. Threads: alone with them. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_quantiles_free(quantiles: *mut ys_quantiles) {
    // SAFETY: the caller passes NULL or a state that is its own, once.
    unsafe { free(quantiles) }
}

/// # Safety
///
/// As [`Described::with`].
unsafe fn add<C: Described + Versioned>(
    quantiles: Exclusive<'_, ys_quantiles>,
    column: Options<C>,
) -> Outcome<()> {
    let (quantiles, column) = (quantiles.get()?, column.get()?);
    // SAFETY: promised to us.
    let more = unsafe { column.with(|column| Ok(Quantiles::of(column)?))? };
    quantiles.quantiles.merge(&more);
    Ok(())
}

/// Adds the values of a column of integers that share a scale. Empty cells are left out.
///
/// `column` and what it points to are read during the call. Copies the values, and sorts them. Errors: as
/// ys_sum_integers, and nothing is added then. Threads: alone with the quantiles. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_quantiles_add_integers(
    quantiles: *mut ys_quantiles,
    column: *const ys_integer_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a state of its own, a column and a place for the error, or NULL.
    let (quantiles, column, error) = unsafe {
        (
            Exclusive::new("quantiles", quantiles),
            Options::<ys_integer_column>::new("column", column),
            ErrorSlot::new(error),
        )
    };
    // SAFETY: the caller describes its memory by the fields, for the call.
    guard(error, || unsafe { add(quantiles, column) })
}

/// The same of 128-bit integers: an Arrow decimal128 column.
///
/// Everything is as in ys_quantiles_add_integers. Threads: alone with the quantiles. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_quantiles_add_wide(
    quantiles: *mut ys_quantiles,
    column: *const ys_wide_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a state of its own, a column and a place for the error, or NULL.
    let (quantiles, column, error) = unsafe {
        (
            Exclusive::new("quantiles", quantiles),
            Options::<ys_wide_column>::new("column", column),
            ErrorSlot::new(error),
        )
    };
    // SAFETY: the caller describes its memory by the fields, for the call.
    guard(error, || unsafe { add(quantiles, column) })
}

/// The same of decimal text, read as ys_sum_text does.
///
/// Errors: as ys_sum_text, and nothing is added then. Threads: alone with the quantiles. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_quantiles_add_text(
    quantiles: *mut ys_quantiles,
    column: *const ys_text_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a state of its own, a column and a place for the error, or NULL.
    let (quantiles, column, error) = unsafe {
        (
            Exclusive::new("quantiles", quantiles),
            Options::<ys_text_column>::new("column", column),
            ErrorSlot::new(error),
        )
    };
    // SAFETY: the caller describes its memory by the fields, for the call.
    guard(error, || unsafe { add(quantiles, column) })
}

/// Adds what another state has seen, in whatever order that is done.
///
/// Exact. Errors: YS_INVALID_ARGUMENT where both are one. Threads: alone with the first, and any may
/// read the other. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_quantiles_merge(
    quantiles: *mut ys_quantiles,
    other: *const ys_quantiles,
    error: *mut *mut ys_error,
) -> ys_status {
    let same = !other.is_null() && ptr::eq(quantiles, other);
    // SAFETY: the caller passes two live states, the first of its own, and a place for the error, or
    // NULL; one for both is refused before it is looked at.
    let (quantiles, other, error) = unsafe {
        (Exclusive::new("quantiles", quantiles), Shared::new("other", other), ErrorSlot::new(error))
    };
    guard(error, || {
        if same {
            return Err(itself());
        }
        let (quantiles, other): (&mut ys_quantiles, &ys_quantiles) =
            (quantiles.get()?, other.get()?);
        quantiles.quantiles.merge(&other.quantiles);
        Ok(())
    })
}

/// How many numbers there are. For NULL 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_quantiles_count(quantiles: *const ys_quantiles) -> usize {
    // SAFETY: the caller passes NULL or a live state.
    let quantiles = unsafe { Shared::new("quantiles", quantiles) };
    shielded(0, || quantiles.option().map_or(0, |quantiles| quantiles.quantiles.len()))
}

/// The quantile at `p`: 1/2 for the median, 1/4 for the first quartile. `kind` is one of YS_QUANTILE,
/// the types of Hyndman and Fan by their numbers 1 to 9. Of no numbers it is undefined,
/// YS_REASON_NO_BASE.
///
/// `result`: the caller frees it with ys_value_free. Exact. Errors: YS_DOMAIN where `p` is not between
/// 0 and 1, or undefined; YS_INVALID_ARGUMENT for another kind. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_quantiles_quantile(
    quantiles: *const ys_quantiles,
    p: *const ys_value,
    kind: i32,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state, a live value and places for the outputs, or NULL.
    let (quantiles, p, result, error) = unsafe {
        (
            Shared::new("quantiles", quantiles),
            ys_value::shared("p", p),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (quantiles, p): (&ys_quantiles, &Value) = (quantiles.get()?, p.get()?);
        let (result, kind) = (result.get()?, type_of(kind)?);
        let p = ys_value::defined("p", p)?;
        ys_value::give(result, quantiles.quantiles.quantile(p, kind)?);
        Ok(())
    })
}
