//! Times of events.

use super::Timeline;

/// The place after the last event that has the time of the one at `start`.
pub(super) fn end_of_group(events: impl Timeline, start: usize) -> usize {
    let time = events.time(start);
    (start + 1..events.len()).find(|place| events.time(*place) != time).unwrap_or(events.len())
}

/// How long after an earlier time.
pub(super) fn since(earlier: i64, later: i64) -> u64 {
    later.wrapping_sub(earlier) as u64
}
