//! A total split into parts that sum to it.

use std::ptr::null;

use super::super::argument::{Array, ErrorSlot, Out, Shared, free};
use super::super::error::ys_error;
use super::super::guard::{Outcome, guard, shielded};
use super::super::rounding::mode_of;
use super::super::status::ys_status;
use super::super::value::ys_value;
use crate::number::{allocate, allocate_cumulative};
use crate::{Rational, Value};

/// The parts of a total that was split, in the order of their weights. A function creates it, and the
/// caller frees it with ys_allocation_free. It never changes. Since ABI 1.
///
/// ```c
/// ys_value *total, *one, *cent; // 100, 1 and 1/100
/// const ys_value *const weights[3] = {one, one, one};
/// ys_allocation *parts = NULL;
/// ys_allocate(total, weights, 3, cent, &parts, NULL);
/// ys_allocation_part(parts, 0); // 33.34; the others are 33.33
/// ```
pub struct ys_allocation {
    parts: Vec<Value>,
}

impl ys_allocation {
    fn of(parts: Vec<Rational>) -> Self {
        Self { parts: parts.into_iter().map(Value::Defined).collect() }
    }
}

/// What is split.
struct Task<'a> {
    total: Shared<'a, Value>,
    weights: Array<'a, *const ys_value>,
    quantum: Shared<'a, Value>,
}

impl<'a> Task<'a> {
    /// # Safety
    ///
    /// The pointers are NULL or live values, `count` of them at `weights`, that nothing changes
    /// during `'a`.
    unsafe fn new(
        total: *const ys_value,
        weights: *const *const ys_value,
        count: usize,
        quantum: *const ys_value,
    ) -> Self {
        // SAFETY: promised to us.
        unsafe {
            Self {
                total: ys_value::shared("total", total),
                weights: Array::new("weights", weights, count),
                quantum: ys_value::shared("quantum", quantum),
            }
        }
    }

    /// # Safety
    ///
    /// As was promised to [`new`](Self::new): the weights are NULL or live.
    unsafe fn get(self) -> Outcome<(&'a Rational, Vec<&'a Rational>, &'a Rational)> {
        let number = |name, value: Shared<'a, Value>| ys_value::defined(name, value.get()?);
        let (total, quantum) = (number("total", self.total)?, number("quantum", self.quantum)?);
        let weights = self.weights.get()?.iter().map(|weight| {
            // SAFETY: promised to us.
            number("weights[i]", unsafe { ys_value::shared("weights[i]", *weight) })
        });
        Ok((total, weights.collect::<Outcome<_>>()?, quantum))
    }
}

/// Splits a total in proportion to weights, in multiples of a quantum, by largest remainder.
///
/// Every part first gets its exact share rounded down to a multiple of the quantum; what is left goes,
/// one quantum each, to the parts from which rounding took most, of equal ones to the first. The parts
/// sum to the total. `weights` is `count` pointers; one value may stand in it several times. `result`:
/// the caller frees it with ys_allocation_free. Exact. Errors: YS_DOMAIN for a quantum that is not
/// above zero, a total that is no multiple of it, no weights, weights that are all zero or of both
/// signs, and what is undefined; YS_CAPACITY for integers beyond 16384 bits. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_allocate(
    total: *const ys_value,
    weights: *const *const ys_value,
    count: usize,
    quantum: *const ys_value,
    result: *mut *mut ys_allocation,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes live values, `count` pointers to such and places for the outputs, or
    // NULL.
    let (task, result, error) = unsafe {
        (
            Task::new(total, weights, count, quantum),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let result = result.get()?;
        // SAFETY: the caller passes live values, or NULL.
        let (total, weights, quantum) = unsafe { task.get()? };
        result.give(ys_allocation::of(allocate(total, weights, quantum)?));
        Ok(())
    })
}

/// Splits a total in proportion to weights, in multiples of a quantum, by rounding running totals.
///
/// Each part depends on those before it only: for a total that is spread over time. `mode` is one of
/// YS_MODE_CEIL to YS_MODE_EXACT. Errors: as ys_allocate; YS_INVALID_ARGUMENT for another mode;
/// YS_INEXACT where YS_MODE_EXACT would have to round. Everything else is as in ys_allocate. Threads:
/// any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_allocate_cumulative(
    total: *const ys_value,
    weights: *const *const ys_value,
    count: usize,
    quantum: *const ys_value,
    mode: i32,
    result: *mut *mut ys_allocation,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes live values, `count` pointers to such and places for the outputs, or
    // NULL.
    let (task, result, error) = unsafe {
        (
            Task::new(total, weights, count, quantum),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (result, mode) = (result.get()?, mode_of("mode", mode)?);
        // SAFETY: the caller passes live values, or NULL.
        let (total, weights, quantum) = unsafe { task.get()? };
        result.give(ys_allocation::of(allocate_cumulative(total, weights, quantum, mode)?));
        Ok(())
    })
}

/// How many parts there are.
///
/// `allocation` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_allocation_count(allocation: *const ys_allocation) -> usize {
    // SAFETY: the caller passes NULL or a live allocation.
    let allocation = unsafe { Shared::new("allocation", allocation) };
    shielded(0, || allocation.option().map_or(0, |allocation| allocation.parts.len()))
}

/// A part, counted from 0.
///
/// Returns a value that belongs to the allocation, or NULL beyond the last. `allocation` may be NULL:
/// NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_allocation_part(
    allocation: *const ys_allocation,
    index: usize,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or a live allocation.
    let allocation = unsafe { Shared::new("allocation", allocation) };
    shielded(null(), || {
        let part = allocation.option().and_then(|allocation| allocation.parts.get(index));
        part.map_or(null(), ys_value::of)
    })
}

/// Frees an allocation and its parts. NULL is fine. Threads: alone with it. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_allocation_free(allocation: *mut ys_allocation) {
    // SAFETY: the caller passes NULL or an allocation that is its own, once.
    unsafe { free(allocation) }
}
