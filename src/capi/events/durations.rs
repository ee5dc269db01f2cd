//! The times between two steps.

use super::super::argument::{ErrorSlot, Out, Shared};
use super::super::error::ys_error;
use super::super::guard::guard;
use super::super::status::ys_status;
use super::super::time_unit::{time_unit, ys_time_unit};
use super::super::value::ys_value;
use super::read::read;
use crate::Value;
use crate::funnel::Durations;

/// How long chains took from one step to another, in the unit of the events. It belongs to the result
/// that it was asked of, and is not freed. Since ABI 1.
pub struct ys_event_durations {
    durations: Durations,
    total: Value,
    mean: Value,
    min: Value,
    max: Value,
}

impl ys_event_durations {
    pub(super) fn new(durations: Durations) -> Self {
        let total = Value::Defined(durations.total());
        let (mean, min, max) = (durations.mean(), durations.min(), durations.max());
        Self { durations, total, mean, min, max }
    }
}

/// How many chains have both steps.
///
/// `durations` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_durations_count(durations: *const ys_event_durations) -> u64 {
    // SAFETY: the caller passes NULL or live durations.
    let durations = unsafe { Shared::new("durations", durations) };
    read(durations, 0, |of| Some(of.durations.count()))
}

/// How many took at most `limit` of `unit`, which may be another than that of the events. Exact.
///
/// Errors: YS_INVALID_ARGUMENT for a unit that is none. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_durations_count_within(
    durations: *const ys_event_durations,
    limit: u64,
    unit: ys_time_unit,
    count: *mut u64,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes live durations and places for the outputs, or NULL.
    let (durations, count, error) = unsafe {
        (Shared::new("durations", durations), Out::new("count", count), ErrorSlot::new(error))
    };
    guard(error, || {
        let (of, count) = (durations.get()?, count.get()?);
        count.put(of.durations.count_within(limit, time_unit("unit", unit)?));
        Ok(())
    })
}

fn value(
    durations: Shared<'_, ys_event_durations>,
    of: impl FnOnce(&ys_event_durations) -> &Value,
) -> *const ys_value {
    read(durations, std::ptr::null(), |durations| Some(ys_value::of(of(durations))))
}

/// Their sum; 0 for none.
///
/// Returns a value that belongs to the result; NULL for NULL. Exact. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_durations_total(
    durations: *const ys_event_durations,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or live durations.
    value(unsafe { Shared::new("durations", durations) }, |of| &of.total)
}

/// Their arithmetic mean; YS_REASON_NO_BASE for none.
///
/// Returns a value that belongs to the result; NULL for NULL. Exact. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_durations_mean(
    durations: *const ys_event_durations,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or live durations.
    value(unsafe { Shared::new("durations", durations) }, |of| &of.mean)
}

/// The shortest; YS_REASON_NO_BASE for none.
///
/// Returns a value that belongs to the result; NULL for NULL. Exact. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_durations_min(
    durations: *const ys_event_durations,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or live durations.
    value(unsafe { Shared::new("durations", durations) }, |of| &of.min)
}

/// The longest; YS_REASON_NO_BASE for none.
///
/// Returns a value that belongs to the result; NULL for NULL. Exact. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_durations_max(
    durations: *const ys_event_durations,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or live durations.
    value(unsafe { Shared::new("durations", durations) }, |of| &of.max)
}
