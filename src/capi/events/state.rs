//! Closed states: sums over entities that lie in one part each.

use std::sync::OnceLock;

use super::super::argument::{Array, ErrorSlot, Exclusive, Options, Out, Shared, free};
use super::super::bytes::ByteBuffer;
use super::super::error::ys_error;
use super::super::guard::{Outcome, guard};
use super::super::status::ys_status;
use super::columns::{invalid, ys_event_columns};
use super::query::ys_event_funnel;
use super::result::ys_event_result;
use crate::events::EventState;

/// The counts of some of the entities, to be merged with those of others.
///
/// It is right where each entity has all its events in one part; otherwise take a ys_open_event_state.
/// States merged in any order give the same result as one pass over all. Since ABI 1.
pub struct ys_event_state {
    state: EventState,
    /// Written at the first call and kept until the state changes.
    bytes: OnceLock<Vec<u8>>,
}

/// Refuses to merge a state with itself: nothing may read what is changed.
pub(super) fn different<T>(own: *const T, other: *const T) -> Outcome<()> {
    if own.is_null() || own != other {
        return Ok(());
    }
    Err(invalid("a state cannot be merged with itself; give another".to_owned()))
}

/// Counts the events of some entities.
///
/// `columns` is read during the call, and the funnel is not needed any more after it. `state`: the
/// caller frees it with ys_event_state_free. Errors: as ys_event_funnel_compute. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_state_new(
    funnel: *const ys_event_funnel,
    columns: *const ys_event_columns,
    state: *mut *mut ys_event_state,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live funnel, columns of their struct_size and places for the
    // outputs, or NULL.
    let (funnel, columns, result, error) = unsafe {
        (
            Shared::new("funnel", funnel),
            Options::new("columns", columns),
            Out::new("state", state),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (funnel, result) = (funnel.get()?, result.get()?);
        let columns: ys_event_columns = columns.get()?;
        // SAFETY: the caller describes its memory by the fields, for the call.
        let events = unsafe { columns.events()? };
        let state = funnel.query.state(&events)?;
        result.give(ys_event_state { state, bytes: OnceLock::new() });
        Ok(())
    })
}

/// Adds the counts of other entities to a state.
///
/// `other` is another state, and stays as it is. Errors: YS_SHAPE for a state of another funnel, another
/// unit of time, another end of observation, or one of the two without values; YS_OVERFLOW for a count
/// beyond 64 bits; YS_INVALID_ARGUMENT for the same state twice. On an error the state is as before.
/// Threads: alone with `state`. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_state_merge(
    state: *mut ys_event_state,
    other: *const ys_event_state,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a state of its own, a live one and a place for the error, or NULL.
    let (own, more, error) = unsafe {
        (Exclusive::new("state", state), Shared::new("other", other), ErrorSlot::new(error))
    };
    guard(error, || {
        different(state.cast_const(), other)?;
        let (own, more) = (own.get()?, more.get()?);
        own.state.merge(&more.state)?;
        own.bytes.take();
        Ok(())
    })
}

/// Writes a state as bytes, for ys_event_state_from_bytes on any platform. The same state gives the same
/// bytes, in whatever order it was merged.
///
/// `buffer`, `capacity` and `needed` are as the head of this file says of text, without the NUL. The
/// bytes are made once and kept until the state changes. Errors: YS_BUFFER_TOO_SMALL. Threads: any.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_state_bytes(
    state: *const ys_event_state,
    buffer: *mut u8,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state, `capacity` bytes at `buffer` and places for the outputs,
    // or NULL.
    let (state, buffer, error) = unsafe {
        (
            Shared::new("state", state),
            ByteBuffer::new(buffer, capacity, needed),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let state = state.get()?;
        buffer.put(state.bytes.get_or_init(|| state.state.to_bytes()))
    })
}

/// The state that became these bytes, for the funnel that it was made with.
///
/// `bytes` is read during the call. `state`: the caller frees it with ys_event_state_free. Errors:
/// YS_SYNTAX for bytes that are no state, not all of one, or damaged; YS_UNKNOWN for another version;
/// YS_TYPE for an open state; YS_SHAPE for the state of another funnel. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_state_from_bytes(
    funnel: *const ys_event_funnel,
    bytes: *const u8,
    length: usize,
    state: *mut *mut ys_event_state,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live funnel, `length` bytes at `bytes` and places for the outputs, or
    // NULL.
    let (funnel, bytes, result, error) = unsafe {
        (
            Shared::new("funnel", funnel),
            Array::new("bytes", bytes, length),
            Out::new("state", state),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (funnel, bytes, result) = (funnel.get()?, bytes.get()?, result.get()?);
        let state = EventState::from_bytes(&funnel.query, bytes)?;
        result.give(ys_event_state { state, bytes: OnceLock::new() });
        Ok(())
    })
}

/// The result of all that was merged.
///
/// `result`: the caller frees it with ys_event_result_free; it does not need the state any more.
/// Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_state_result(
    state: *const ys_event_state,
    result: *mut *mut ys_event_result,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state and places for the outputs, or NULL.
    let (state, result, error) =
        unsafe { (Shared::new("state", state), Out::new("result", result), ErrorSlot::new(error)) };
    guard(error, || {
        let (state, result) = (state.get()?, result.get()?);
        result.give(ys_event_result::new(&state.state.finish()));
        Ok(())
    })
}

/// Frees a state.
///
/// `state` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_state_free(state: *mut ys_event_state) {
    // SAFETY: the caller passes NULL or a state that is its own, once.
    unsafe { free(state) }
}
