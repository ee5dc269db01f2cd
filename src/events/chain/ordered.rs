//! Chains of steps in order.
//!
//! One pass keeps, for each step, the latest start of a chain that has come to it: a later start leaves
//! more of the window, so no other could do better. The first time at which the deepest step is reached
//! is the completion, and the latest start then is the chain's. A pass backwards from there marks the
//! steps on the way, and one forwards takes each as early as can be. Each pass is linear in events.

use std::ops::Range;

use super::gaps::{Ahead, Reached};
use super::ties::{Ties, each_bit};
use super::times::since;
use super::{Found, Rules, Starts, Timeline};

/// Room that is used again for each entity.
#[derive(Debug)]
pub(super) struct Ordered {
    ties: Ties,
    reached: Vec<Reached>,
    ahead: Vec<Ahead>,
    /// The starts of the chains that come to each step at one time, and of those that can go on.
    starts: Vec<Option<i64>>,
    /// For each group on the way, from the last: where it begins, the steps at which the way can enter
    /// it, and those at which it can leave it.
    way: Vec<(usize, u64, u64)>,
}

/// What exclusions do to a group of one time.
#[derive(Debug, Clone, Copy)]
struct Broken {
    /// Steps that chains from before can no longer come to, here or later.
    before: u64,
    /// Those that they can no longer come to after this.
    after: u64,
    /// Steps that no chain can leave from here.
    leaving: u64,
    /// For what is left here at a step: it must have come to this step or an earlier one only here.
    within: [u8; 64],
    /// Steps at which a passage must begin for it to come to a later one.
    apart: u64,
}

impl Ordered {
    pub(super) fn new(rules: &Rules) -> Self {
        let gaps = &rules.limits.gaps;
        Self {
            ties: rules.ties(),
            reached: gaps.iter().map(|gap| Reached::new(*gap)).collect(),
            ahead: gaps.iter().map(|gap| Ahead::new(*gap)).collect(),
            starts: vec![None; gaps.len()],
            way: Vec::new(),
        }
    }

    /// How far the best chain comes, when it begins and when it is complete.
    pub(super) fn find(
        &mut self,
        rules: &Rules,
        starts: Starts,
        events: impl Timeline,
    ) -> Option<Found> {
        if !rules.open {
            return self.pass(rules, 0..rules.steps, starts, events);
        }
        // Every event is a chain, so the furthest step is the last that has one. Of the chains to
        // there, one that begins earlier among the steps is better.
        let bits = events.masks().fold(0, |bits, mask| bits | mask) & rules.step_bits;
        let next = 64 - bits.leading_zeros() as usize;
        (0..next).find_map(|first| {
            let found = self.pass(rules, first..next, starts, events);
            found.filter(|found| found.next == next)
        })
    }

    /// The same of those that begin at the first of these steps, and no further than the last.
    fn pass(
        &mut self,
        rules: &Rules,
        steps: Range<usize>,
        starts: Starts,
        events: impl Timeline,
    ) -> Option<Found> {
        self.ties.forget();
        self.reached.iter_mut().for_each(Reached::clear);
        let Range { start: begin, end: until } = steps;
        let among = !((1_u64 << begin) - 1);
        let mut best: Option<Found> = None;
        let mut place = 0;
        while let Some(group) = self.ties.group_at(events, place) {
            place = group.end;
            let time = group.time;
            if starts.are_over(time, rules.limits.window) {
                break;
            }
            let own = events.part(group.places());
            let broken = rules.broken(own);
            if let Some(broken) = &broken {
                each_bit(broken.before, |step| self.reached[step].clear());
            }
            let bits = group.bits & among;
            if bits == 0 && broken.is_none() {
                continue;
            }
            let begins = starts.at(time).then_some(begin);
            each_bit(bits, |step| {
                let first = self.passes_from(step, broken.as_ref()).max(begin);
                let mut latest = None;
                for entered in first..=step {
                    latest = latest.max(self.enter(rules, entered, time, begins));
                }
                self.starts[step] = latest;
                let deeper = best.as_ref().is_none_or(|best| step >= best.next);
                if let (Some(start), true) = (latest, deeper) {
                    best = Some(Found { first: begin, next: step + 1, start, end: time });
                }
            });
            if best.as_ref().is_some_and(|best| best.next == until) {
                break;
            }
            // What can go on, in an order in which no step feeds the next at the same time.
            if let Some(broken) = &broken {
                each_bit(bits, |step| {
                    let until = usize::from(broken.within[step]);
                    if (broken.leaving >> step) & 1 == 1 {
                        self.starts[step] = None;
                    } else if until < step {
                        let first = self.passes_from(step, Some(broken)).max(begin);
                        let mut latest = None;
                        for entered in first..=until.min(step) {
                            latest = latest.max(self.enter(rules, entered, time, begins));
                        }
                        self.starts[step] = latest;
                    }
                });
                each_bit(broken.after, |step| self.reached[step].clear());
            }
            each_bit(bits, |step| {
                if let (Some(start), true) = (self.starts[step], step + 1 < until) {
                    self.reached[step + 1].push(time, start);
                }
            });
        }
        best
    }

    /// The latest start of a chain that can enter a group at a step; `begins` is the one at which a
    /// chain can begin now.
    fn enter(
        &mut self,
        rules: &Rules,
        step: usize,
        time: i64,
        begins: Option<usize>,
    ) -> Option<i64> {
        if begins == Some(step) {
            return Some(time);
        }
        let start = self.reached[step].latest(time);
        start.filter(|start| since(*start, time) <= rules.limits.window)
    }

    /// The first step from which on all to this one can pass through the group at hand.
    fn passes_from(&self, step: usize, broken: Option<&Broken>) -> usize {
        let first = self.ties.passes_from(step);
        match broken {
            // Beyond the beginning of an exclusion that has an event here, only what comes to it here
            // from further on.
            Some(broken) => {
                let below = broken.apart & ((1 << step) - 1);
                match below {
                    0 => first,
                    below => first.max(64 - below.leading_zeros() as usize),
                }
            }
            None => first,
        }
    }

    /// The events of the chain that was found, step by step.
    pub(super) fn trace(
        &mut self,
        rules: &Rules,
        found: &Found,
        events: impl Timeline,
        places: &mut Vec<usize>,
    ) {
        places.clear();
        self.mark(rules, found, events);
        // Forwards: from the first group on, as many steps in each as can be.
        let mut next = found.first;
        let mut last = found.start;
        while let Some((begin, enter, leave)) = self.way.pop() {
            if next >= found.next {
                break;
            }
            let Some(group) = self.ties.group_at(events, begin) else { break };
            let (least, most) = rules.limits.gaps[next];
            let gap = since(last, group.time);
            let follows = next == found.first || (least <= gap && gap <= most);
            if (enter >> next) & 1 == 0 || !follows {
                continue;
            }
            let own = events.part(group.places());
            let broken = rules.broken(own);
            let bits = group.bits;
            let mut end = next;
            each_bit(bits & leave, |step| {
                if step >= next && self.leaves(next, step, found, group.time, broken.as_ref()) {
                    end = step;
                }
            });
            let chosen = self.ties.choose(own, next..=end);
            places.extend(chosen.iter().map(|place| place + group.start));
            next = end + 1;
            last = group.time;
        }
    }

    /// Whether a chain that enters the group at hand at a step can leave it at another.
    fn leaves(
        &self,
        enter: usize,
        leave: usize,
        found: &Found,
        time: i64,
        broken: Option<&Broken>,
    ) -> bool {
        let ends = leave + 1 == found.next;
        self.passes_from(leave, broken) <= enter
            && (!ends || time == found.end)
            && (ends || broken.is_none_or(|b| enter <= usize::from(b.within[leave]).min(leave)))
    }

    /// Marks backwards, for each group of the chain's time, where the way to its end can enter and
    /// leave.
    fn mark(&mut self, rules: &Rules, found: &Found, events: impl Timeline) {
        self.way.clear();
        self.ahead.iter_mut().for_each(Ahead::clear);
        let mut place = events.first(|time| time <= found.end);
        while let Some(group) = self.ties.group_before(events, place) {
            place = group.start;
            let time = group.time;
            if time < found.start {
                break;
            }
            let own = events.part(group.places());
            let broken = rules.broken(own);
            let bits = group.bits & !((1 << found.first) - 1);
            if let Some(broken) = &broken {
                // What lies beyond is out of reach for who passes through these steps here.
                each_bit(broken.leaving, |step| {
                    if step + 1 < rules.steps {
                        self.ahead[step + 1].clear();
                    }
                });
            }
            let mut leave = 0;
            each_bit(bits, |step| {
                let ends = step + 1 == found.next && time == found.end;
                if ends || (step + 1 < found.next && self.ahead[step + 1].follows(time)) {
                    leave |= 1 << step;
                }
            });
            let mut enter = 0;
            each_bit(leave, |step| {
                let first = self.passes_from(step, broken.as_ref()).max(found.first);
                for entered in first..=step {
                    if self.leaves(entered, step, found, time, broken.as_ref()) {
                        enter |= 1 << entered;
                    }
                }
            });
            // Only the start begins, and it does so at one time.
            if time != found.start {
                enter &= !(1 << found.first);
            }
            if let Some(broken) = &broken {
                enter &= !broken.before;
                each_bit(broken.before | broken.after, |step| self.ahead[step].clear());
            }
            each_bit(enter, |step| self.ahead[step].push(time));
            self.way.push((group.start, enter, leave));
        }
    }
}

impl Rules {
    /// What the exclusions do at one time; none where no event is excluded.
    #[inline]
    fn broken(&self, events: impl Timeline) -> Option<Broken> {
        if self.exclusions.is_empty() { None } else { self.broken_by(events) }
    }

    fn broken_by(&self, events: impl Timeline) -> Option<Broken> {
        let (mut inside, mut ends) = (0, 0);
        for mask in events.masks() {
            let bits = mask & self.excluded_bits;
            inside |= bits;
            if mask & self.all_step_bits == 0 {
                ends |= bits;
            }
        }
        if inside == 0 {
            return None;
        }
        let mut broken =
            Broken { before: 0, after: 0, leaving: 0, within: [u8::MAX; 64], apart: 0 };
        for exclusion in &self.exclusions {
            let bit = 1_u64 << exclusion.bit;
            let (from, to) = (exclusion.from, exclusion.to);
            // The steps after `from` up to `to`, and those from `from` up to the one before `to`.
            let later: u64 = ((1_u64 << (to - from)) - 1) << (from + 1);
            let sooner = later >> 1;
            if ends & bit != 0 {
                broken.before |= later;
                broken.leaving |= sooner;
                broken.apart |= 1 << from;
            } else if inside & bit != 0 {
                broken.after |= later;
                each_bit(sooner, |step| {
                    broken.within[step] = broken.within[step].min(from as u8);
                });
            }
        }
        Some(broken)
    }
}
