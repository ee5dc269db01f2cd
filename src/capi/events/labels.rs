//! Labels of events: codes, one for each event.

use super::super::argument::Array;
use super::super::guard::Outcome;
use super::columns::ys_event_columns;
use crate::events::Events;

/// No label: the start or the end of a path.
pub const YS_LABEL_NONE: u32 = 0xFFFF_FFFF;

/// As the library has it.
pub(super) fn label(code: u32) -> Option<u32> {
    (code != YS_LABEL_NONE).then_some(code)
}

/// As C has it.
pub(super) fn code(label: Option<u32>) -> u32 {
    label.unwrap_or(YS_LABEL_NONE)
}

/// Events and their labels.
///
/// # Safety
///
/// As [`ys_event_columns::events`], and `labels` has a code for each of them.
pub(super) unsafe fn labelled<'a>(
    columns: &ys_event_columns,
    labels: *const u32,
) -> Outcome<(Events<'a>, &'a [u32])> {
    // SAFETY: promised to us.
    unsafe {
        let labels = Array::new("labels", labels, columns.count).get()?;
        Ok((columns.events()?, labels))
    }
}
