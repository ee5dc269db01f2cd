//! The events of an entity, cut into groups of one time.

use std::ops::Range;

use super::Event;

/// Events at one time.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) time: i64,
    /// Their places.
    pub(super) events: Range<usize>,
}

/// The group that begins at a place; none at the end.
pub(super) fn group_at(events: &[Event], start: usize) -> Option<Group> {
    let time = events.get(start)?.time;
    let rest = &events[start..];
    let length = rest.iter().position(|event| event.time != time).unwrap_or(rest.len());
    Some(Group { time, events: start..start + length })
}

/// The group that ends before a place; none at the beginning.
pub(super) fn group_before(events: &[Event], end: usize) -> Option<Group> {
    let time = events.get(end.checked_sub(1)?)?.time;
    let start = events[..end].iter().rposition(|event| event.time != time).map_or(0, |i| i + 1);
    Some(Group { time, events: start..end })
}

/// How long after an earlier time.
pub(super) fn since(earlier: i64, later: i64) -> u64 {
    later.wrapping_sub(earlier) as u64
}
