//! Which of the earlier events a step can follow, as time goes on.

use std::collections::VecDeque;

use super::times::since;

/// The latest start among chains whose last event lies so long ago as the gap to the next step asks.
///
/// Each chain enters once and leaves once, so the time is linear in them, however long the gap is.
#[derive(Debug, Clone)]
pub(super) struct Reached {
    least: u64,
    most: u64,
    /// Last event and start of chains that ended too short a time ago, from the oldest.
    young: VecDeque<(i64, i64)>,
    /// The same of those old enough: starts fall from the front on, so the first is the latest.
    ripe: VecDeque<(i64, i64)>,
}

impl Reached {
    pub(super) fn new((least, most): (u64, u64)) -> Self {
        Self { least, most, young: VecDeque::new(), ripe: VecDeque::new() }
    }

    pub(super) fn clear(&mut self) {
        self.young.clear();
        self.ripe.clear();
    }

    /// A chain from `start` that ends at a time, no earlier than those before.
    pub(super) fn push(&mut self, time: i64, start: i64) {
        match self.least {
            0 => self.ripen(time, start),
            _ => self.young.push_back((time, start)),
        }
    }

    fn ripen(&mut self, time: i64, start: i64) {
        while self.ripe.back().is_some_and(|(_, other)| *other <= start) {
            self.ripe.pop_back();
        }
        // One without end needs only the latest start; the others can never come first again.
        if self.most < u64::MAX || self.ripe.is_empty() {
            self.ripe.push_back((time, start));
        }
    }

    /// The latest start of those that the next step can follow at a time.
    pub(super) fn latest(&mut self, time: i64) -> Option<i64> {
        while let Some((last, start)) = self.young.front().copied() {
            if since(last, time) < self.least {
                break;
            }
            self.young.pop_front();
            self.ripen(last, start);
        }
        while self.ripe.front().is_some_and(|(last, _)| since(*last, time) > self.most) {
            self.ripe.pop_front();
        }
        self.ripe.front().map(|(_, start)| *start)
    }
}

/// The times at which a step can be on the way to the end, looked at backwards.
#[derive(Debug, Clone)]
pub(super) struct Ahead {
    least: u64,
    most: u64,
    /// From the latest on; the last are nearest.
    times: VecDeque<i64>,
}

impl Ahead {
    pub(super) fn new((least, most): (u64, u64)) -> Self {
        Self { least, most, times: VecDeque::new() }
    }

    pub(super) fn clear(&mut self) {
        self.times.clear();
    }

    pub(super) fn push(&mut self, time: i64) {
        self.times.push_back(time);
    }

    /// Whether one of them comes after this time as the gap asks. Times fall from call to call.
    pub(super) fn follows(&mut self, time: i64) -> bool {
        // What is too far ahead now stays so. Of those near enough the farthest is the first to be old
        // enough.
        while self.times.front().is_some_and(|next| since(time, *next) > self.most) {
            self.times.pop_front();
        }
        self.times.front().is_some_and(|next| since(time, *next) >= self.least)
    }
}
