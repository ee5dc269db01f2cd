//! What comes of a funnel of events.

use std::ptr::{from_ref, null};

use super::super::argument::{ErrorSlot, Options, Out, Shared, free};
use super::super::error::ys_error;
use super::super::guard::guard;
use super::super::status::ys_status;
use super::columns::ys_event_columns;
use super::counts::ys_event_counts;
use super::query::ys_event_funnel;
use super::read::{fill, read};
use crate::Period;
use crate::events::EventFunnelResult;

/// The counts of a funnel of events: of all entities, by segment, and by the period of entry. It never
/// changes. Since ABI 1.
pub struct ys_event_result {
    total: ys_event_counts,
    /// By code.
    segments: Vec<(u32, ys_event_counts)>,
    periods: Vec<(Period, ys_event_counts)>,
}

impl ys_event_result {
    pub(super) fn new(result: &EventFunnelResult) -> Self {
        let segments = result.segments().map(|(code, of)| (code, ys_event_counts::new(of)));
        let periods = result.periods().map(|(period, of)| (period, ys_event_counts::new(of)));
        Self {
            total: ys_event_counts::new(result.total()),
            segments: segments.collect(),
            periods: periods.collect(),
        }
    }
}

/// Counts events.
///
/// `columns` is read during the call. `result`: the caller frees it with ys_event_result_free. Exact,
/// and the same for any order of rows. Errors: those of ys_event_columns; YS_MISSING where the funnel
/// needs a column that is not there; YS_INEXACT for a length of time that is no whole number of the
/// events' unit; YS_DATE for a trend and a chain that begins outside the years 0001 to 9999. Threads:
/// any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_funnel_compute(
    funnel: *const ys_event_funnel,
    columns: *const ys_event_columns,
    result: *mut *mut ys_event_result,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live funnel, columns of their struct_size and places for the
    // outputs, or NULL.
    let (funnel, columns, result, error) = unsafe {
        (
            Shared::new("funnel", funnel),
            Options::new("columns", columns),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (funnel, result) = (funnel.get()?, result.get()?);
        let columns: ys_event_columns = columns.get()?;
        // SAFETY: the caller describes its memory by the fields, for the call.
        let events = unsafe { columns.events()? };
        result.give(ys_event_result::new(&funnel.query.compute(&events)?));
        Ok(())
    })
}

/// The counts of all entities.
///
/// Returns counts that belong to the result; NULL where `result` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_result_total(
    result: *const ys_event_result,
) -> *const ys_event_counts {
    // SAFETY: the caller passes NULL or a live result.
    let result = unsafe { Shared::new("result", result) };
    read(result, null(), |result| Some(from_ref(&result.total)))
}

/// How many segments some entity counts in; 0 where the funnel does not count by segment.
///
/// `result` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_result_segment_count(result: *const ys_event_result) -> usize {
    // SAFETY: the caller passes NULL or a live result.
    let result = unsafe { Shared::new("result", result) };
    read(result, 0, |result| Some(result.segments.len()))
}

/// The counts of one of these segments, in the order of their codes, and its code.
///
/// Returns counts that belong to the result; NULL where `index` is not below
/// ys_event_result_segment_count, or `result` is NULL. `code` is written where they are not NULL, and
/// may be NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_result_segment_at(
    result: *const ys_event_result,
    index: usize,
    code: *mut u32,
) -> *const ys_event_counts {
    // SAFETY: the caller passes NULL or a live result, and NULL or a place for a number.
    let (result, place) = unsafe { (Shared::new("result", result), Out::new("code", code)) };
    read(result, null(), |result| {
        let (code, counts) = result.segments.get(index)?;
        fill(place, *code);
        Some(from_ref(counts))
    })
}

/// The counts of the segment with a code.
///
/// Returns counts that belong to the result; NULL where no entity counts there, or `result` is NULL.
/// Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_result_segment(
    result: *const ys_event_result,
    code: u32,
) -> *const ys_event_counts {
    // SAFETY: the caller passes NULL or a live result.
    let result = unsafe { Shared::new("result", result) };
    read(result, null(), |result| {
        let place = result.segments.binary_search_by_key(&code, |(code, _)| *code).ok()?;
        result.segments.get(place).map(|(_, counts)| from_ref(counts))
    })
}

/// How many periods of the trend some chain begins in; 0 where the funnel has no trend.
///
/// `result` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_result_period_count(result: *const ys_event_result) -> usize {
    // SAFETY: the caller passes NULL or a live result.
    let result = unsafe { Shared::new("result", result) };
    read(result, 0, |result| Some(result.periods.len()))
}

/// The counts of one of these periods, in order, and its first and last day, as days since 1970-01-01.
///
/// Returns counts that belong to the result; NULL where `index` is not below
/// ys_event_result_period_count, or `result` is NULL. `first` and `last` are written where they are not
/// NULL, and may be NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_result_period_at(
    result: *const ys_event_result,
    index: usize,
    first: *mut i32,
    last: *mut i32,
) -> *const ys_event_counts {
    // SAFETY: the caller passes NULL or a live result, and NULL or places for numbers.
    let (result, first, last) = unsafe {
        (Shared::new("result", result), Out::new("first", first), Out::new("last", last))
    };
    read(result, null(), |result| {
        let (period, counts) = result.periods.get(index)?;
        fill(first, period.first().number());
        fill(last, period.last().number());
        Some(from_ref(counts))
    })
}

/// Frees a result, and all counts and values that belong to it.
///
/// `result` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_result_free(result: *mut ys_event_result) {
    // SAFETY: the caller passes NULL or a result that is its own, once.
    unsafe { free(result) }
}
