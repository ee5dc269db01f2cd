//! Retention: states that add up.

use super::super::argument::{ErrorSlot, Exclusive, Options, Out, Shared, free};
use super::super::error::ys_error;
use super::super::guard::guard;
use super::super::status::ys_status;
use super::columns::ys_event_columns;
use super::matrix::ys_retention_matrix;
use super::retention::ys_retention;
use super::state::different;
use crate::events::RetentionState;

/// What is known of retention from some entities; with that from others it adds up. All events of an
/// entity go into one state. States merged in any order give the matrix of all events together. Since
/// ABI 1.
pub struct ys_retention_state {
    state: RetentionState,
}

/// Counts the events of some entities.
///
/// `columns` is read during the call, and the query is not needed any more after it. `state`: the caller
/// frees it with ys_retention_state_free. Errors: as ys_retention_compute. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_state_new(
    retention: *const ys_retention,
    columns: *const ys_event_columns,
    state: *mut *mut ys_retention_state,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live query, columns of their struct_size and places for the outputs,
    // or NULL.
    let (retention, columns, result, error) = unsafe {
        (
            Shared::new("retention", retention),
            Options::new("columns", columns),
            Out::new("state", state),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (retention, result) = (retention.get()?, result.get()?);
        let columns: ys_event_columns = columns.get()?;
        // SAFETY: the caller describes its memory by the fields, for the call.
        let events = unsafe { columns.events()? };
        result.give(ys_retention_state { state: retention.query.state(&events)? });
        Ok(())
    })
}

/// Adds what is known of other entities to a state.
///
/// `other` is another state, and stays as it is. Errors: YS_SHAPE for a state of another query, of times
/// in another unit or observed until another time; YS_CAPACITY beyond 2^26 cells or 2^63 events;
/// YS_INVALID_ARGUMENT for the same state twice. On an error the state is as before. Threads: alone with
/// `state`. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_state_merge(
    state: *mut ys_retention_state,
    other: *const ys_retention_state,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a state of its own, a live one and a place for the error, or NULL.
    let (own, more, error) = unsafe {
        (Exclusive::new("state", state), Shared::new("other", other), ErrorSlot::new(error))
    };
    guard(error, || {
        different(state.cast_const(), other)?;
        let (own, more) = (own.get()?, more.get()?);
        Ok(own.state.merge(&more.state)?)
    })
}

/// The matrix of all that was merged.
///
/// `matrix`: the caller frees it with ys_retention_matrix_free; it does not need the state any more.
/// Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_state_matrix(
    state: *const ys_retention_state,
    matrix: *mut *mut ys_retention_matrix,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live state and places for the outputs, or NULL.
    let (state, matrix, error) =
        unsafe { (Shared::new("state", state), Out::new("matrix", matrix), ErrorSlot::new(error)) };
    guard(error, || {
        let (state, matrix) = (state.get()?, matrix.get()?);
        matrix.give(ys_retention_matrix::new(state.state.finish()));
        Ok(())
    })
}

/// Frees a state.
///
/// `state` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_state_free(state: *mut ys_retention_state) {
    // SAFETY: the caller passes NULL or a state that is its own, once.
    unsafe { free(state) }
}
