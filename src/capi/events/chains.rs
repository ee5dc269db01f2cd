//! The chain of each entity.

use std::ptr::null;

use super::super::argument::{ErrorSlot, Options, Out, Shared, free};
use super::super::error::ys_error;
use super::super::guard::guard;
use super::super::status::ys_status;
use super::columns::ys_event_columns;
use super::counts::{YS_STOPPED_NONE, code, ys_stopped};
use super::query::ys_event_funnel;
use super::read::{fill, read};
use crate::events::EntityChain;

/// The chain of each entity, by entity; where sessions are counted of each session, and for totals the
/// chains of each entity one after another. Who never entered has one without events. It never
/// changes. Since ABI 1.
pub struct ys_event_chains {
    chains: Vec<EntityChain>,
}

/// Finds the chain of each entity.
///
/// `columns` is read during the call. `chains`: the caller frees it with ys_event_chains_free. It takes
/// memory by the number of entities. Errors: as ys_event_funnel_compute, but that any time will do.
/// Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_funnel_chains(
    funnel: *const ys_event_funnel,
    columns: *const ys_event_columns,
    chains: *mut *mut ys_event_chains,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live funnel, columns of their struct_size and places for the
    // outputs, or NULL.
    let (funnel, columns, result, error) = unsafe {
        (
            Shared::new("funnel", funnel),
            Options::new("columns", columns),
            Out::new("chains", chains),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (funnel, result) = (funnel.get()?, result.get()?);
        let columns: ys_event_columns = columns.get()?;
        // SAFETY: the caller describes its memory by the fields, for the call.
        let events = unsafe { columns.events()? };
        result.give(ys_event_chains { chains: funnel.query.chains(&events)? });
        Ok(())
    })
}

/// How many chains there are.
///
/// `chains` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_chains_count(chains: *const ys_event_chains) -> usize {
    // SAFETY: the caller passes NULL or live chains.
    let chains = unsafe { Shared::new("chains", chains) };
    read(chains, 0, |chains| Some(chains.chains.len()))
}

/// Whose a chain is.
///
/// Returns 0 where `index` is not below ys_event_chains_count, or `chains` is NULL. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_chains_entity(
    chains: *const ys_event_chains,
    index: usize,
) -> u64 {
    // SAFETY: the caller passes NULL or live chains.
    let chains = unsafe { Shared::new("chains", chains) };
    read(chains, 0, |chains| Some(chains.chains.get(index)?.entity))
}

/// Which session a chain is in.
///
/// Returns whether sessions are counted; only then `session` is written, which may be NULL. `chains` may
/// be NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_chains_session(
    chains: *const ys_event_chains,
    index: usize,
    session: *mut u64,
) -> bool {
    // SAFETY: the caller passes NULL or live chains, and NULL or a place for a number.
    let (chains, session) =
        unsafe { (Shared::new("chains", chains), Out::new("session", session)) };
    read(chains, false, |chains| {
        fill(session, chains.chains.get(index)?.session?);
        Some(true)
    })
}

/// How many events a chain has.
///
/// Returns 0 where `index` is not below ys_event_chains_count, or `chains` is NULL. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_chains_length(
    chains: *const ys_event_chains,
    index: usize,
) -> usize {
    // SAFETY: the caller passes NULL or live chains.
    let chains = unsafe { Shared::new("chains", chains) };
    read(chains, 0, |chains| Some(chains.chains.get(index)?.rows.len()))
}

/// The rows of the events of a chain, step by step; in any order, by time.
///
/// Returns as many as ys_event_chains_length says, which belong to the chains and live as long; NULL
/// where `index` is not below ys_event_chains_count, or `chains` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_chains_rows(
    chains: *const ys_event_chains,
    index: usize,
) -> *const usize {
    // SAFETY: the caller passes NULL or live chains.
    let chains = unsafe { Shared::new("chains", chains) };
    read(chains, null(), |chains| Some(chains.chains.get(index)?.rows.as_ptr()))
}

/// The times of the events of a chain; everything is as in ys_event_chains_rows. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_chains_times(
    chains: *const ys_event_chains,
    index: usize,
) -> *const i64 {
    // SAFETY: the caller passes NULL or live chains.
    let chains = unsafe { Shared::new("chains", chains) };
    read(chains, null(), |chains| Some(chains.chains.get(index)?.times.as_ptr()))
}

/// The steps of the events of a chain: all up to the last, but for optional ones and open entry; in any
/// order, the place of each. Everything is as in ys_event_chains_rows. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_chains_steps(
    chains: *const ys_event_chains,
    index: usize,
) -> *const u32 {
    // SAFETY: the caller passes NULL or live chains.
    let chains = unsafe { Shared::new("chains", chains) };
    read(chains, null(), |chains| Some(chains.chains.get(index)?.steps.as_ptr()))
}

/// Whether an excluded event lies in a chain, so that its entity is left out.
///
/// Returns false where `index` is not below ys_event_chains_count, or `chains` is NULL. Threads: any.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_chains_dropped(
    chains: *const ys_event_chains,
    index: usize,
) -> bool {
    // SAFETY: the caller passes NULL or live chains.
    let chains = unsafe { Shared::new("chains", chains) };
    read(chains, false, |chains| Some(chains.chains.get(index)?.dropped))
}

/// Why a chain came no further, as one of YS_STOPPED.
///
/// Returns YS_STOPPED_NONE where it is complete, where its entity is left out, where reasons were not
/// asked for, where `index` is not below ys_event_chains_count, or where `chains` is NULL. Threads: any.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_chains_stopped(
    chains: *const ys_event_chains,
    index: usize,
) -> ys_stopped {
    // SAFETY: the caller passes NULL or live chains.
    let chains = unsafe { Shared::new("chains", chains) };
    read(chains, YS_STOPPED_NONE, |chains| Some(code(chains.chains.get(index)?.stopped)))
}

/// Frees chains.
///
/// `chains` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_chains_free(chains: *mut ys_event_chains) {
    // SAFETY: the caller passes NULL or chains that are its own, once.
    unsafe { free(chains) }
}
