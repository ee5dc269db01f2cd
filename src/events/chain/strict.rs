//! Chains with nothing between their events.
//!
//! What tie has no order, so the other events at the time of the first can come before it, and those
//! at the time of the last after it; every time between consists of events of the chain alone. So only
//! chains that came to the time before can go on, and one pass suffices.

use super::ties::{Ties, each_bit};
use super::{Found, Rules, Starts, Timeline};

/// Room that is used again for each entity.
#[derive(Debug)]
pub(super) struct Strict {
    ties: Ties,
    /// For each step the latest start of a chain that came to it at the time before, and nothing else
    /// after it.
    open: Vec<Option<i64>>,
    next: Vec<Option<i64>>,
}

impl Strict {
    pub(super) fn new(rules: &Rules) -> Self {
        let none = vec![None; rules.steps];
        Self { ties: rules.ties(), open: none.clone(), next: none }
    }

    pub(super) fn find(
        &mut self,
        rules: &Rules,
        starts: Starts,
        events: impl Timeline,
    ) -> Option<Found> {
        self.ties.forget();
        self.open.fill(None);
        let mut best: Option<Found> = None;
        let (mut place, mut before) = (0, 0);
        while let Some(group) = self.ties.group_at(events, place) {
            place = group.end;
            let time = group.time;
            if starts.are_over(time, rules.limits.window) {
                break;
            }
            let all = group.end - group.start;
            let bits = group.bits;
            self.next.fill(None);
            each_bit(bits, |step| {
                let mut latest = None;
                for entered in self.ties.passes_from(step)..=step {
                    let start = match entered.checked_sub(1) {
                        None => starts.at(time).then_some(time),
                        Some(last) => self.open[last]
                            .filter(|start| rules.follows(entered, before, *start, time)),
                    };
                    latest = latest.max(start);
                    // What is first here leaves the others before it; what goes on takes them all.
                    if entered == 0 || step + 1 - entered == all {
                        self.next[step] = self.next[step].max(start);
                    }
                }
                let deeper = best.as_ref().is_none_or(|best| step >= best.next);
                if let (Some(start), true) = (latest, deeper) {
                    best = Some(Found { first: 0, next: step + 1, start, end: time });
                }
            });
            if best.as_ref().is_some_and(|best| best.next == rules.steps) {
                break;
            }
            std::mem::swap(&mut self.open, &mut self.next);
            before = time;
        }
        best
    }

    pub(super) fn trace(
        &mut self,
        rules: &Rules,
        found: &Found,
        events: impl Timeline,
        places: &mut Vec<usize>,
    ) {
        // Between the first time and the last, each takes as many steps as it has events: what the
        // first takes decides the rest, and most is best.
        for first in (0..found.next).rev() {
            places.clear();
            if self.lay(rules, found, events, first, places) {
                return;
            }
        }
        places.clear();
    }

    /// Lays the chain with the steps up to `first` at its first time; whether that is possible.
    fn lay(
        &mut self,
        rules: &Rules,
        found: &Found,
        events: impl Timeline,
        first: usize,
        places: &mut Vec<usize>,
    ) -> bool {
        let (mut next, mut before) = (0, found.start);
        let mut place = events.first(|time| time < found.start);
        while let Some(group) = self.ties.group_at(events, place) {
            place = group.end;
            let (time, range) = (group.time, group.places());
            let end = match (time == found.start, time == found.end) {
                (true, true) => found.next - 1,
                (true, false) => first,
                (false, true) => found.next - 1,
                (false, false) => next + range.len() - 1,
            };
            if end >= found.next || end < next || (time != found.end && end + 1 == found.next) {
                return false;
            }
            if next > 0 && !rules.follows(next, before, found.start, time) {
                return false;
            }
            let own = events.part(range.clone());
            let bits = group.bits;
            if (bits >> end) & 1 == 0 || self.ties.passes_from(end) > next {
                return false;
            }
            places.extend(self.ties.choose(own, next..=end).iter().map(|i| i + range.start));
            next = end + 1;
            if time == found.end {
                return true;
            }
            before = time;
        }
        false
    }
}
