//! A funnel of events: the query.

use std::ffi::c_char;
use std::sync::OnceLock;

use super::super::argument::{Buffer, ErrorSlot, Out, Shared, Text, free};
use super::super::error::ys_error;
use super::super::guard::guard;
use super::super::status::ys_status;
use super::read::read;
use crate::Error;
use crate::events::EventFunnel;

/// A funnel of events: a query that is checked, to be computed over any events. It never changes.
///
/// ```c
/// const uint32_t who[] = {1, 1, 2};
/// const int64_t when[] = {0, 60, 5};
/// const uint8_t what[] = {1, 2, 1};
/// ys_event_columns events = YS_EVENT_COLUMNS_INIT;
/// events.count = 3;
/// events.entities = who;
/// events.times = when;
/// events.masks = what;
/// events.mask_width = 1;
/// ys_event_funnel_from_json(text, strlen(text), &funnel, &error);
/// ys_event_funnel_compute(funnel, &events, &result, &error);
/// const ys_event_counts *total = ys_event_result_total(result);
/// ys_event_counts_count(total, 0); // 2 entered
/// ys_event_result_free(result);
/// ys_event_funnel_free(funnel);
/// ```
///
/// Since ABI 1.
pub struct ys_event_funnel {
    pub(super) query: EventFunnel,
    /// Written at the first call and kept.
    json: OnceLock<Result<String, Error>>,
}

/// Reads a funnel of events from a JSON document. The document is described in the library's
/// documentation of the module `events::document`.
///
/// `funnel`: the caller frees it with ys_event_funnel_free. Errors: YS_SYNTAX where the text is not
/// JSON, else YS_INVALID with everything that is wrong or does not go together as problems, each with
/// its path. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_funnel_from_json(
    text: *const c_char,
    length: usize,
    funnel: *mut *mut ys_event_funnel,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes `length` bytes at `text` and places for the outputs, or NULL.
    let (text, result, error) = unsafe {
        (Text::new("text", text, length), Out::new("funnel", funnel), ErrorSlot::new(error))
    };
    guard(error, || {
        let result = result.get()?;
        let query = EventFunnel::from_json(text.get()?)?;
        result.give(ys_event_funnel { query, json: OnceLock::new() });
        Ok(())
    })
}

/// Writes the funnel as JSON, from which ys_event_funnel_from_json reads the same funnel.
///
/// `buffer`, `capacity` and `needed` are as the head of this file says. The text is made once and kept
/// with the funnel. Errors: YS_BUFFER_TOO_SMALL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_funnel_json(
    funnel: *const ys_event_funnel,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live funnel, `capacity` bytes at `buffer` and places for the
    // outputs, or NULL.
    let (funnel, buffer, error) = unsafe {
        (
            Shared::new("funnel", funnel),
            Buffer::new(buffer, capacity, needed),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let funnel = funnel.get()?;
        match funnel.json.get_or_init(|| funnel.query.to_json()) {
            Ok(text) => buffer.put(text),
            Err(error) => Err(error.clone().into()),
        }
    })
}

/// How many steps the funnel has.
///
/// `funnel` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_funnel_step_count(funnel: *const ys_event_funnel) -> usize {
    // SAFETY: the caller passes NULL or a live funnel.
    let funnel = unsafe { Shared::new("funnel", funnel) };
    read(funnel, 0, |funnel| Some(funnel.query.steps() as usize))
}

/// Frees a funnel of events.
///
/// `funnel` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_funnel_free(funnel: *mut ys_event_funnel) {
    // SAFETY: the caller passes NULL or a funnel that is its own, once.
    unsafe { free(funnel) }
}
