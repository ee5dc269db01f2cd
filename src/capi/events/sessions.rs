//! Sessions of events.

use std::ptr::{from_ref, null};

use super::super::argument::{ErrorSlot, Options, Out, Shared, free};
use super::super::error::ys_error;
use super::super::guard::guard;
use super::super::status::ys_status;
use super::super::time_unit::{time_unit, ys_time_unit};
use super::super::value::ys_value;
use super::columns::ys_event_columns;
use super::durations::ys_event_durations;
use super::read::read;
use crate::Value;
use crate::events::{Length, Sessions};

/// The session of each event, and how many and how long they are. It never changes.
///
/// ```c
/// ys_sessions_new(&events, 30, YS_TIME_MINUTE, &sessions, &error);
/// events.sessions = ys_sessions_numbers(sessions); // for funnels that count sessions
/// ...
/// ys_sessions_free(sessions);
/// ```
///
/// Since ABI 1.
pub struct ys_sessions {
    sessions: Sessions,
    durations: ys_event_durations,
    events_per_session: Value,
    per_entity: Value,
}

/// Cuts the events of each entity into sessions: an event begins a new one where the time since the
/// event before is greater than the gap.
///
/// `columns` is read during the call; masks play no part. `sessions`: the caller frees it with
/// ys_sessions_free. Exact. Errors: those of ys_event_columns; YS_INEXACT for a gap that is no whole
/// number of the events' unit; YS_INVALID_ARGUMENT for a unit that is none. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_sessions_new(
    columns: *const ys_event_columns,
    gap: u64,
    unit: ys_time_unit,
    sessions: *mut *mut ys_sessions,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes columns of their struct_size and places for the outputs, or NULL.
    let (columns, result, error) = unsafe {
        (Options::new("columns", columns), Out::new("sessions", sessions), ErrorSlot::new(error))
    };
    guard(error, || {
        let result = result.get()?;
        let columns: ys_event_columns = columns.get()?;
        let gap = Length::new(gap, time_unit("unit", unit)?);
        // SAFETY: the caller describes its memory by the fields, for the call.
        let sessions = crate::events::sessions(&unsafe { columns.events()? }, gap)?;
        result.give(ys_sessions {
            durations: ys_event_durations::new(sessions.durations().clone()),
            events_per_session: sessions.events_per_session(),
            per_entity: sessions.per_entity(),
            sessions,
        });
        Ok(())
    })
}

/// The number of each event's session, from 0 within its entity, in the order of the rows.
///
/// Returns as many as there are events, which belong to the sessions and live as long; NULL where
/// `sessions` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_sessions_numbers(sessions: *const ys_sessions) -> *const u64 {
    // SAFETY: the caller passes NULL or live sessions.
    let sessions = unsafe { Shared::new("sessions", sessions) };
    read(sessions, null(), |of| Some(of.sessions.numbers().as_ptr()))
}

/// How many sessions there are in all.
///
/// `sessions` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_sessions_count(sessions: *const ys_sessions) -> u64 {
    // SAFETY: the caller passes NULL or live sessions.
    let sessions = unsafe { Shared::new("sessions", sessions) };
    read(sessions, 0, |of| Some(of.sessions.count()))
}

/// How many entities have events.
///
/// `sessions` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_sessions_entities(sessions: *const ys_sessions) -> u64 {
    // SAFETY: the caller passes NULL or live sessions.
    let sessions = unsafe { Shared::new("sessions", sessions) };
    read(sessions, 0, |of| Some(of.sessions.entities()))
}

/// How many events each session has, in ascending order.
///
/// Returns as many as ys_sessions_count says, which belong to the sessions and live as long; NULL where
/// `sessions` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_sessions_sizes(sessions: *const ys_sessions) -> *const u64 {
    // SAFETY: the caller passes NULL or live sessions.
    let sessions = unsafe { Shared::new("sessions", sessions) };
    read(sessions, null(), |of| Some(of.sessions.sizes().as_ptr()))
}

/// How long each is, from its first event to its last.
///
/// Returns durations that belong to the sessions; NULL where `sessions` is NULL. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_sessions_durations(
    sessions: *const ys_sessions,
) -> *const ys_event_durations {
    // SAFETY: the caller passes NULL or live sessions.
    let sessions = unsafe { Shared::new("sessions", sessions) };
    read(sessions, null(), |of| Some(from_ref(&of.durations)))
}

/// Events over sessions; YS_REASON_NO_BASE for none.
///
/// Returns a value that belongs to the sessions; NULL where `sessions` is NULL. Exact. Threads: any.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_sessions_events_per_session(
    sessions: *const ys_sessions,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or live sessions.
    let sessions = unsafe { Shared::new("sessions", sessions) };
    read(sessions, null(), |of| Some(ys_value::of(&of.events_per_session)))
}

/// Sessions over entities; YS_REASON_NO_BASE for none.
///
/// Returns a value that belongs to the sessions; NULL where `sessions` is NULL. Exact. Threads: any.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_sessions_per_entity(sessions: *const ys_sessions) -> *const ys_value {
    // SAFETY: the caller passes NULL or live sessions.
    let sessions = unsafe { Shared::new("sessions", sessions) };
    read(sessions, null(), |of| Some(ys_value::of(&of.per_entity)))
}

/// Frees sessions, and the durations and values that belong to them.
///
/// `sessions` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_sessions_free(sessions: *mut ys_sessions) {
    // SAFETY: the caller passes NULL or sessions that are its own, once.
    unsafe { free(sessions) }
}
