//! What is counted of some of the entities.

use std::ptr::null;

use super::super::argument::{ErrorSlot, Out, Shared};
use super::super::error::ys_error;
use super::super::guard::guard;
use super::super::status::ys_status;
use super::super::value::ys_value;
use super::durations::ys_event_durations;
use super::read::{fill, read};
use crate::Value;
use crate::events::{EventCounts, Stopped};

/// Why a chain came no further.
pub type ys_stopped = i32;

/// It is complete, was left out, or reasons were not asked for.
pub const YS_STOPPED_NONE: ys_stopped = 0;
/// No event could begin a chain.
pub const YS_STOPPED_NEVER_ENTERED: ys_stopped = 1;
/// What could still come lies beyond the end of observation.
pub const YS_STOPPED_END_OF_OBSERVATION: ys_stopped = 2;
/// No event at all of the next step.
pub const YS_STOPPED_ABSENT: ys_stopped = 3;
/// With another held key it would have gone on.
pub const YS_STOPPED_HELD_KEY: ys_stopped = 4;
/// An excluded event lay in the way.
pub const YS_STOPPED_EXCLUSION: ys_stopped = 5;
/// The next step came too soon after the one before, or too late.
pub const YS_STOPPED_GAP: ys_stopped = 6;
/// The next step came after the window.
pub const YS_STOPPED_WINDOW: ys_stopped = 7;
/// The next step came before those that it should follow, or with others between.
pub const YS_STOPPED_ORDER: ys_stopped = 8;

pub(super) fn code(reason: Option<Stopped>) -> ys_stopped {
    match reason {
        None => YS_STOPPED_NONE,
        Some(Stopped::NeverEntered) => YS_STOPPED_NEVER_ENTERED,
        Some(Stopped::EndOfObservation) => YS_STOPPED_END_OF_OBSERVATION,
        Some(Stopped::Absent) => YS_STOPPED_ABSENT,
        Some(Stopped::HeldKey) => YS_STOPPED_HELD_KEY,
        Some(Stopped::Exclusion) => YS_STOPPED_EXCLUSION,
        Some(Stopped::Gap) => YS_STOPPED_GAP,
        Some(Stopped::Window) => YS_STOPPED_WINDOW,
        Some(Stopped::Order) => YS_STOPPED_ORDER,
    }
}

fn reason(reason: ys_stopped) -> Option<Stopped> {
    Stopped::ALL.into_iter().find(|other| code(Some(*other)) == reason)
}

/// How many entities came to each step, what they carried, how long they took and why they stopped:
/// of all, of a segment, or of a period. Steps count from 0. It belongs to the result that it was
/// asked of, and is not freed. Since ABI 1.
pub struct ys_event_counts {
    counts: EventCounts,
    conversion: Value,
    values: Vec<Value>,
    between: Vec<((u32, u32), ys_event_durations)>,
}

impl ys_event_counts {
    pub(super) fn new(counts: &EventCounts) -> Self {
        let steps = counts.counts().len() as u32;
        let pairs = (0..steps).flat_map(|to| (0..to).map(move |from| (from, to)));
        let durations = |(from, to)| {
            let durations = counts.time_between(from, to)?.clone();
            Some(((from, to), ys_event_durations::new(durations)))
        };
        let values = counts.values().unwrap_or_default().iter().cloned();
        Self {
            conversion: counts.conversion(),
            values: values.map(Value::Defined).collect(),
            between: pairs.filter_map(durations).collect(),
            counts: counts.clone(),
        }
    }
}

/// How many entities (or sessions) there are, whether they entered or not.
///
/// `counts` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_counts_entities(counts: *const ys_event_counts) -> u64 {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, 0, |of| Some(of.counts.entities()))
}

/// How many steps the funnel has.
///
/// `counts` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_counts_step_count(counts: *const ys_event_counts) -> usize {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, 0, |of| Some(of.counts.counts().len()))
}

/// How many chains have a step.
///
/// Returns 0 for a step that is not there, or where `counts` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_counts_count(counts: *const ys_event_counts, step: usize) -> u64 {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, 0, |of| of.counts.counts().get(step).copied())
}

/// How many never entered: no event of theirs could begin a chain.
///
/// `counts` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_counts_never_entered(counts: *const ys_event_counts) -> u64 {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, 0, |of| Some(of.counts.never_entered()))
}

/// How many entities were left out because an excluded event lies in their chain.
///
/// `counts` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_counts_dropped(counts: *const ys_event_counts) -> u64 {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, 0, |of| Some(of.counts.dropped()))
}

/// The rate from the first step to the last; YS_REASON_NO_BASE where none entered.
///
/// Returns a value that belongs to the result; NULL where `counts` is NULL. Exact. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_counts_conversion(
    counts: *const ys_event_counts,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, null(), |of| Some(ys_value::of(&of.conversion)))
}

/// The rate from a step to another, count over count.
///
/// `value`: the caller frees it with ys_value_free. Zero over zero is YS_REASON_NO_BASE, anything else
/// over zero YS_REASON_UNBOUNDED, and a step that is not there YS_REASON_MISSING. Exact. Threads: any.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_counts_rate(
    counts: *const ys_event_counts,
    from: u32,
    to: u32,
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
        value.give(of.counts.rate(from, to));
        Ok(())
    })
}

/// What the events of a step are worth together, each chain by its event there.
///
/// Returns a value that belongs to the result; NULL where events have no values, for a step that is
/// not there, or where `counts` is NULL. Exact. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_counts_value(
    counts: *const ys_event_counts,
    step: usize,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, null(), |of| of.values.get(step).map(ys_value::of))
}

/// How many chains came as far as the step before this one, but not to it, for a reason.
///
/// Returns 0 where reasons were not asked for, for a reason or step that is none, or where `counts` is
/// NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_counts_stopped(
    counts: *const ys_event_counts,
    step: u32,
    stopped: ys_stopped,
) -> u64 {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, 0, |of| Some(of.counts.stopped(step, reason(stopped)?)))
}

/// The same before whichever step.
///
/// Returns 0 where reasons were not asked for, for a reason that is none, or where `counts` is NULL.
/// Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_counts_stopped_because(
    counts: *const ys_event_counts,
    stopped: ys_stopped,
) -> u64 {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, 0, |of| Some(of.counts.stopped_because(reason(stopped)?)))
}

/// The times from one step to another, of each chain that has both.
///
/// Returns durations that belong to the result; NULL where the funnel does not ask for them
/// (`time_between`), or `counts` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_counts_time_between(
    counts: *const ys_event_counts,
    from: u32,
    to: u32,
) -> *const ys_event_durations {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, null(), |of| {
        let found = of.between.iter().find(|(pair, _)| *pair == (from, to));
        found.map(|(_, durations)| std::ptr::from_ref(durations))
    })
}

/// How having an event with a bit, anywhere among those of the entity, goes along with a complete
/// chain: how many have it among those that completed the funnel, and among the others.
///
/// Returns whether the funnel asks for it (`correlate`); only then the outputs are written, each of
/// which may be NULL. `counts` may be NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_event_counts_correlation(
    counts: *const ys_event_counts,
    bit: u32,
    successes: *mut u64,
    failures: *mut u64,
    successes_with: *mut u64,
    failures_with: *mut u64,
) -> bool {
    // SAFETY: the caller passes NULL or live counts, and NULL or places for numbers.
    let (counts, outputs) = unsafe {
        let outputs = [
            Out::new("successes", successes),
            Out::new("failures", failures),
            Out::new("successes_with", successes_with),
            Out::new("failures_with", failures_with),
        ];
        (Shared::new("counts", counts), outputs)
    };
    read(counts, false, |of| {
        let of = of.counts.correlation(bit)?;
        let numbers = [of.successes(), of.failures(), of.successes_with(), of.failures_with()];
        outputs.into_iter().zip(numbers).for_each(|(out, number)| fill(out, number));
        Some(true)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_numbered_in_their_order() {
        for (number, stopped) in (1..).zip(Stopped::ALL) {
            assert_eq!((code(Some(stopped)), reason(number)), (number, Some(stopped)));
        }
        assert!(reason(0).is_none() && reason(9).is_none());
    }
}
