//! What follows a chain of labels, or precedes it.

use std::ptr::null;

use super::super::argument::{Array, ErrorSlot, Options, Out, Shared, Versioned, free};
use super::super::error::ys_error;
use super::super::guard::{Outcome, guard};
use super::super::status::ys_status;
use super::super::value::ys_value;
use super::columns::{invalid, ys_event_columns};
use super::labels::labelled;
use super::read::read;
use crate::Value;
use crate::events::{Base, Direction, NextCounts, NextEvent};

/// Which way events are read.
pub type ys_direction = i32;

/// By time: what comes after.
pub const YS_DIRECTION_NEXT: ys_direction = 1;
/// Against time: what came before.
pub const YS_DIRECTION_PREVIOUS: ys_direction = 2;

/// Which event of an entity a chain of labels begins with.
pub type ys_base = i32;

/// The first event of all, if the chain is there.
pub const YS_BASE_HEAD: ys_base = 1;
/// The last of all, if the chain is there.
pub const YS_BASE_TAIL: ys_base = 2;
/// The first, by time, with which the chain is there.
pub const YS_BASE_FIRST: ys_base = 3;
/// The last.
pub const YS_BASE_LAST: ys_base = 4;

/// What is asked: which event comes directly after a chain of labels, or before it. Begin it with
/// YS_NEXT_EVENT_SETTINGS_INIT, which asks for what comes after the first match, of any event. It is
/// read during the call and not kept. Since ABI 1.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ys_next_event_settings {
    /// sizeof(ys_next_event_settings).
    pub struct_size: usize,
    /// The labels of the chain, from its base on. NULL is fine where there are none.
    pub chain: *const u32,
    /// The number of these labels.
    pub chain_length: usize,
    /// One of YS_DIRECTION_NEXT and YS_DIRECTION_PREVIOUS.
    pub direction: ys_direction,
    /// One of YS_BASE_HEAD to YS_BASE_LAST.
    pub base: ys_base,
    /// Only an event with this bit of its mask is a base; -1 for any.
    pub condition: i32,
    /// 0.
    pub reserved: u32,
}

// SAFETY: `repr(C)`, begins with its size, and holds integers and raw pointers only.
unsafe impl Versioned for ys_next_event_settings {
    const NAME: &'static str = "ys_next_event_settings";
}

/// How many entities have which label next. It never changes.
///
/// ```c
/// const uint32_t chain[] = {0, 1};
/// ys_next_event_settings settings = YS_NEXT_EVENT_SETTINGS_INIT;
/// settings.chain = chain;
/// settings.chain_length = 2;
/// ys_next_event_compute(&settings, &events, pages, 3, &counts, &error);
/// ys_next_counts_labels(counts)[2]; // who goes on to page 2
/// ys_next_counts_free(counts);
/// ```
///
/// Since ABI 1.
pub struct ys_next_counts {
    counts: NextCounts,
}

impl ys_next_event_settings {
    /// # Safety
    ///
    /// `chain` is what its field says, and nothing changes behind it during the call.
    unsafe fn query(&self) -> Outcome<NextEvent> {
        if self.reserved != 0 {
            return Err(invalid(format!("settings.reserved is {} and must be 0", self.reserved)));
        }
        let direction = match self.direction {
            YS_DIRECTION_NEXT => Direction::Next,
            YS_DIRECTION_PREVIOUS => Direction::Previous,
            other => {
                return Err(invalid(format!(
                    "settings.direction is {other}; set it to YS_DIRECTION_NEXT (1) or YS_DIRECTION_PREVIOUS (2)"
                )));
            }
        };
        let base = match self.base {
            YS_BASE_HEAD => Base::Head,
            YS_BASE_TAIL => Base::Tail,
            YS_BASE_FIRST => Base::First,
            YS_BASE_LAST => Base::Last,
            other => {
                return Err(invalid(format!(
                    "settings.base is {other}; set it to one of YS_BASE_HEAD (1) to YS_BASE_LAST (4)"
                )));
            }
        };
        // SAFETY: promised to us.
        let chain = unsafe { Array::new("settings.chain", self.chain, self.chain_length) };
        let builder = NextEvent::builder(chain.get()?).direction(direction).base(base);
        let builder = match u32::try_from(self.condition) {
            Ok(bit) => builder.condition(bit),
            Err(_) if self.condition == -1 => builder,
            Err(_) => {
                return Err(invalid(format!(
                    "settings.condition is {}; set it to a bit, or to -1 for any event",
                    self.condition
                )));
            }
        };
        Ok(builder.build()?)
    }
}

/// Counts which label entities have next.
///
/// `labels` has a code below `label_count` for each event; all is read during the call. `counts`: the
/// caller frees it with ys_next_counts_free; it takes 8 bytes for each of `label_count`. Exact. Errors:
/// those of ys_event_columns; YS_DOMAIN for a label that is not below `label_count`, with its row, for a
/// condition that is no bit, and for what came before the head or comes after the tail; YS_CAPACITY
/// beyond 2^26 labels; YS_INVALID_ARGUMENT for a struct_size, an enumeration that is none, or a
/// reserved field. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_next_event_compute(
    settings: *const ys_next_event_settings,
    columns: *const ys_event_columns,
    labels: *const u32,
    label_count: u32,
    counts: *mut *mut ys_next_counts,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes settings and columns of their struct_size and places for the outputs,
    // or NULL.
    let (settings, columns, result, error) = unsafe {
        (
            Options::new("settings", settings),
            Options::new("columns", columns),
            Out::new("counts", counts),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let result = result.get()?;
        let (settings, columns): (ys_next_event_settings, ys_event_columns) =
            (settings.get()?, columns.get()?);
        // SAFETY: the caller describes its memory by the fields, and gives a label for each event.
        let (query, (events, labels)) = unsafe { (settings.query()?, labelled(&columns, labels)?) };
        result.give(ys_next_counts { counts: query.compute(&events, labels, label_count)? });
        Ok(())
    })
}

/// How many entities have each label next, by code.
///
/// Returns as many as there are labels, which belong to the counts and live as long; NULL where `counts`
/// is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_next_counts_labels(counts: *const ys_next_counts) -> *const u64 {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, null(), |of| Some(of.counts.labels().as_ptr()))
}

/// How many entities there are: those of each label, of none, and unmatched.
///
/// `counts` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_next_counts_entities(counts: *const ys_next_counts) -> u64 {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, 0, |of| Some(of.counts.entities()))
}

/// How many have the chain and nothing after it.
///
/// `counts` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_next_counts_none(counts: *const ys_next_counts) -> u64 {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, 0, |of| Some(of.counts.none()))
}

/// How many do not have the chain.
///
/// `counts` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_next_counts_unmatched(counts: *const ys_next_counts) -> u64 {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, 0, |of| Some(of.counts.unmatched()))
}

/// The share of a label among the entities that have the chain.
///
/// `value`: the caller frees it with ys_value_free; YS_REASON_NO_BASE where none has the chain. A code
/// that is not there has none of them. Exact. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_next_counts_share(
    counts: *const ys_next_counts,
    label: u32,
    value: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes live counts and places for the outputs, or NULL; a `ys_value` is a
    // `Value`.
    let (counts, value, error) = unsafe {
        (
            Shared::new("counts", counts),
            Out::new("value", value.cast::<*mut Value>()),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (of, value) = (counts.get()?, value.get()?);
        value.give(of.counts.share(label));
        Ok(())
    })
}

/// Frees counts.
///
/// `counts` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_next_counts_free(counts: *mut ys_next_counts) {
    // SAFETY: the caller passes NULL or counts that are its own, once.
    unsafe { free(counts) }
}
