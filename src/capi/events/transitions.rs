//! Transitions: what follows what.

use super::super::argument::{ErrorSlot, Exclusive, Options, Out, Shared, free};
use super::super::error::ys_error;
use super::super::guard::guard;
use super::super::status::ys_status;
use super::super::value::ys_value;
use super::columns::{flag, invalid, ys_event_columns};
use super::labels::{code, label, labelled};
use super::read::{fill, read};
use super::state::different;
use crate::Value;
use crate::events::Transitions;

/// What a transition is weighed against.
pub type ys_transition_weight = i32;

/// All transitions.
pub const YS_TRANSITION_SHARE: ys_transition_weight = 1;
/// The paths.
pub const YS_TRANSITION_PER_PATH: ys_transition_weight = 2;
/// All that leave the first label.
pub const YS_TRANSITION_PROBABILITY_OUT: ys_transition_weight = 3;
/// All that reach the second label.
pub const YS_TRANSITION_PROBABILITY_IN: ys_transition_weight = 4;

/// How often one label comes right after another, in the paths of entities or of their sessions. Each
/// path goes from its start to its first label, from label to label, and from its last label to its
/// end; start and end are YS_LABEL_NONE.
///
/// ```c
/// ys_transitions_new(&events, pages, 3, 0, &transitions, &error);
/// ys_transitions_count(transitions, 0, 1); // from page 0 to page 1
/// ys_transitions_free(transitions);
/// ```
///
/// Since ABI 1.
pub struct ys_transitions {
    transitions: Transitions,
    /// Those that occur.
    pairs: Vec<(u32, u32, u64)>,
}

impl ys_transitions {
    fn new(transitions: Transitions) -> Self {
        let mut all = Self { transitions, pairs: Vec::new() };
        all.list();
        all
    }

    fn list(&mut self) {
        let pairs = self.transitions.iter();
        self.pairs = pairs.map(|((from, to), count)| (code(from), code(to), count)).collect();
    }
}

/// Counts the transitions of events.
///
/// `labels` has a code below `label_count` for each event. Both are read during the call; masks play no
/// part. With `by_session` 1 paths end with sessions, which the events then have; else it is 0.
/// `transitions`: the caller frees it with ys_transitions_free. Exact. Errors: those of
/// ys_event_columns; YS_DOMAIN for a label that is not below `label_count`, with its row; YS_MISSING
/// without sessions; YS_INVALID_ARGUMENT for another `by_session`. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_transitions_new(
    columns: *const ys_event_columns,
    labels: *const u32,
    label_count: u32,
    by_session: i32,
    transitions: *mut *mut ys_transitions,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes columns of their struct_size and places for the outputs, or NULL.
    let (columns, result, error) = unsafe {
        (
            Options::new("columns", columns),
            Out::new("transitions", transitions),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let result = result.get()?;
        let columns: ys_event_columns = columns.get()?;
        // SAFETY: the caller describes its memory by the fields, and gives a label for each event.
        let (events, labels) = unsafe { labelled(&columns, labels)? };
        result.give(ys_transitions::new(match flag("by_session", by_session)? {
            true => Transitions::of_sessions(&events, labels, label_count)?,
            false => Transitions::of(&events, labels, label_count)?,
        }));
        Ok(())
    })
}

/// Adds the transitions of other paths.
///
/// `other` is another handle, and stays as it is. Errors: YS_SHAPE for another number of labels;
/// YS_CAPACITY beyond 2^62 transitions; YS_INVALID_ARGUMENT for the same handle twice. On an error
/// nothing is added. Threads: alone with `transitions`. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_transitions_merge(
    transitions: *mut ys_transitions,
    other: *const ys_transitions,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes transitions of its own, live ones and a place for the error, or NULL.
    let (own, more, error) = unsafe {
        (
            Exclusive::new("transitions", transitions),
            Shared::new("other", other),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        different(transitions.cast_const(), other)?;
        let (own, more) = (own.get()?, more.get()?);
        own.transitions.merge(&more.transitions)?;
        own.list();
        Ok(())
    })
}

/// How many paths there are.
///
/// `transitions` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_transitions_paths(transitions: *const ys_transitions) -> u64 {
    // SAFETY: the caller passes NULL or live transitions.
    let transitions = unsafe { Shared::new("transitions", transitions) };
    read(transitions, 0, |of| Some(of.transitions.paths()))
}

/// How many transitions there are, those from starts and to ends included.
///
/// `transitions` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_transitions_total(transitions: *const ys_transitions) -> u64 {
    // SAFETY: the caller passes NULL or live transitions.
    let transitions = unsafe { Shared::new("transitions", transitions) };
    read(transitions, 0, |of| Some(of.transitions.total()))
}

/// How many transitions go from a label to another; YS_LABEL_NONE is the start and the end.
///
/// `transitions` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_transitions_count(
    transitions: *const ys_transitions,
    from: u32,
    to: u32,
) -> u64 {
    // SAFETY: the caller passes NULL or live transitions.
    let transitions = unsafe { Shared::new("transitions", transitions) };
    read(transitions, 0, |of| Some(of.transitions.count(label(from), label(to))))
}

/// That count over what `weight` says, one of YS_TRANSITION_SHARE to YS_TRANSITION_PROBABILITY_IN.
///
/// `value`: the caller frees it with ys_value_free; YS_REASON_NO_BASE where there is nothing to weigh
/// against. Exact. Errors: YS_INVALID_ARGUMENT for another weight. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_transitions_weigh(
    transitions: *const ys_transitions,
    from: u32,
    to: u32,
    weight: ys_transition_weight,
    value: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes live transitions and places for the outputs, or NULL; a `ys_value` is a
    // `Value`.
    let (transitions, value, error) = unsafe {
        (
            Shared::new("transitions", transitions),
            Out::new("value", value.cast::<*mut Value>()),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (of, value) = (&transitions.get()?.transitions, value.get()?);
        let (from, to) = (label(from), label(to));
        value.give(match weight {
            YS_TRANSITION_SHARE => of.share(from, to),
            YS_TRANSITION_PER_PATH => of.per_path(from, to),
            YS_TRANSITION_PROBABILITY_OUT => of.probability_out(from, to),
            YS_TRANSITION_PROBABILITY_IN => of.probability_in(from, to),
            other => {
                return Err(invalid(format!(
                    "weight is {other}; set it to one of YS_TRANSITION_SHARE (1) to YS_TRANSITION_PROBABILITY_IN (4)"
                )));
            }
        });
        Ok(())
    })
}

/// How many pairs of labels occur.
///
/// `transitions` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_transitions_pair_count(transitions: *const ys_transitions) -> usize {
    // SAFETY: the caller passes NULL or live transitions.
    let transitions = unsafe { Shared::new("transitions", transitions) };
    read(transitions, 0, |of| Some(of.pairs.len()))
}

/// One of these pairs, by its labels, start and end first, and how often it occurs.
///
/// Returns whether `index` is below ys_transitions_pair_count; only then the outputs are written, each
/// of which may be NULL. `transitions` may be NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_transitions_pair(
    transitions: *const ys_transitions,
    index: usize,
    from: *mut u32,
    to: *mut u32,
    count: *mut u64,
) -> bool {
    // SAFETY: the caller passes NULL or live transitions, and NULL or places for numbers.
    let (transitions, labels, times) = unsafe {
        (
            Shared::new("transitions", transitions),
            (Out::new("from", from), Out::new("to", to)),
            Out::new("count", count),
        )
    };
    read(transitions, false, |of| {
        let (from, to, count) = of.pairs.get(index)?;
        fill(labels.0, *from);
        fill(labels.1, *to);
        fill(times, *count);
        Some(true)
    })
}

/// Frees transitions.
///
/// `transitions` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_transitions_free(transitions: *mut ys_transitions) {
    // SAFETY: the caller passes NULL or transitions that are its own, once.
    unsafe { free(transitions) }
}
