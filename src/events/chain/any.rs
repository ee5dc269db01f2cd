//! Chains of steps in any order.
//!
//! Events that can be matched with steps of their own are the independent sets of a matroid. So the
//! matched events that are latest, each as late as can be, are found by exchange: a new one takes a step
//! that is free, or that of the oldest event that can make room. Of them, those within a window are the
//! most that any window ending there holds. The other way round, from the start of the chain on, the
//! first that can be matched are the chain. Each event costs at most as much as there are steps.

use super::ties::each_bit;
use super::times::{end_of_group, since};
use super::{Found, Rules, Starts, Timeline};

const NONE: usize = usize::MAX;

/// Room that is used again for each entity.
#[derive(Debug)]
pub(super) struct Any {
    step_bits: u64,
    /// The event of each step that is matched: when it was, and its steps.
    matched: Vec<(i64, u64)>,
    taken: u64,
    /// The step whose event leads to each, on the way of an exchange.
    parent: Vec<usize>,
    times: Vec<i64>,
}

impl Any {
    pub(super) fn new(rules: &Rules) -> Self {
        Self {
            step_bits: rules.step_bits,
            matched: vec![(0, 0); rules.steps],
            taken: 0,
            parent: vec![NONE; rules.steps],
            times: Vec::with_capacity(rules.steps),
        }
    }

    pub(super) fn find(
        &mut self,
        rules: &Rules,
        starts: Starts,
        events: impl Timeline,
    ) -> Option<Found> {
        self.taken = 0;
        let window = rules.limits.window;
        let mut best: Option<Found> = None;
        let mut place = 0;
        while place < events.len() {
            let (time, group) = (events.time(place), place..end_of_group(events, place));
            place = group.end;
            if starts.are_over(time, window) {
                break;
            }
            let before = self.taken;
            let mut changed = false;
            for place in group {
                changed |= self.add(time, events.mask(place) & self.step_bits, true);
            }
            if !changed && before == self.taken {
                continue;
            }
            if before == 0 && !starts.at(time) {
                return None;
            }
            self.times.clear();
            each_bit(self.taken, |step| {
                let at = self.matched[step].0;
                if since(at, time) <= window {
                    self.times.push(at);
                }
            });
            let depth = self.times.len();
            if best.as_ref().is_none_or(|best| depth > best.next) {
                // What is entered first is the start, whatever could come later.
                let start = match starts {
                    Starts::At(first) => Some(first),
                    Starts::Any => self.times.iter().copied().min(),
                };
                best = start.map(|start| Found { first: 0, next: depth, start, end: time });
            }
            if depth == rules.steps {
                break;
            }
        }
        best
    }

    pub(super) fn trace(&mut self, found: &Found, events: impl Timeline, places: &mut Vec<usize>) {
        places.clear();
        self.taken = 0;
        let begin = events.first(|time| time < found.start);
        for place in begin..events.len() {
            if places.len() == found.next {
                break;
            }
            if self.add(events.time(place), events.mask(place) & self.step_bits, false) {
                places.push(place);
            }
        }
    }

    /// Adds an event, no earlier than those before, if a step is free for it; or, with `exchange`, for
    /// the oldest that can make room. Whether it did.
    fn add(&mut self, time: i64, mask: u64, exchange: bool) -> bool {
        if mask == 0 {
            return false;
        }
        let free = mask & !self.taken;
        if free != 0 {
            let step = free.trailing_zeros() as usize;
            self.matched[step] = (time, mask);
            self.taken |= 1 << step;
            return true;
        }
        // All its steps are taken: go on through the events that have them.
        let (mut seen, mut left) = (mask, mask);
        each_bit(mask, |step| self.parent[step] = NONE);
        let mut oldest: Option<(i64, usize)> = None;
        while left != 0 {
            let step = left.trailing_zeros() as usize;
            left &= left - 1;
            let (at, steps) = self.matched[step];
            if oldest.is_none_or(|(time, _)| at < time) {
                oldest = Some((at, step));
            }
            let new = steps & !seen;
            each_bit(new, |next| self.parent[next] = step);
            let free = new & !self.taken;
            if free != 0 {
                let step = free.trailing_zeros() as usize;
                self.taken |= 1 << step;
                self.shift(step, (time, mask));
                return true;
            }
            seen |= new;
            left |= new;
        }
        match oldest {
            Some((at, step)) if exchange && at < time => {
                self.shift(step, (time, mask));
                true
            }
            _ => false,
        }
    }

    /// Gives a step the event that led to it, and so on back to the new one.
    fn shift(&mut self, mut step: usize, new: (i64, u64)) {
        while self.parent[step] != NONE {
            let before = self.parent[step];
            self.matched[step] = self.matched[before];
            step = before;
        }
        self.matched[step] = new;
    }
}
