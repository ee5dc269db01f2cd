//! Events at one time, some of which match several steps: a chain passes through as many steps as can
//! be matched to events of their own.

use super::kernel::Moment;

const STEPS: usize = 64;
/// A step needs no more candidates than there are steps: one of them is always free.
const CANDIDATES: usize = 64;
const FREE: u8 = u8::MAX;

pub(super) struct Group {
    /// By step, events that match it.
    candidates: Vec<[u16; CANDIDATES]>,
    found: [usize; STEPS],
    /// The step that an event is taken for.
    taken: Vec<u8>,
    /// The event that a step has.
    has: [u16; STEPS],
    /// Events that were looked at in vain.
    seen: Vec<bool>,
}

impl Group {
    pub(super) fn new() -> Self {
        Self {
            candidates: Vec::new(),
            found: [0; STEPS],
            taken: Vec::new(),
            has: [0; STEPS],
            seen: Vec::new(),
        }
    }

    /// Lets chains go on by the events of a group. For each step that a chain may come from, those that
    /// it comes through are from there to one that is no earlier than for the step before: so both ends
    /// of what is matched go forward only.
    #[inline(never)]
    pub(super) fn pass<T: Moment>(
        &mut self,
        reach: &mut [T],
        steps: usize,
        now: T,
        masks: impl Iterator<Item = u64>,
    ) {
        self.fill(steps, masks);
        let mut before = [T::NEVER; STEPS];
        before[..steps].copy_from_slice(&reach[..steps]);
        let mut end = 0;
        for (start, until) in before.iter().enumerate().take(steps) {
            // Whoever has come further has begun no later.
            if now > *until {
                break;
            }
            end = end.max(start);
            while end < steps && self.extend(end) {
                reach[end + 1] = *until;
                end += 1;
            }
            if end == steps {
                break;
            }
            if start < end {
                self.taken[usize::from(self.has[start])] = FREE;
            }
        }
    }

    fn fill(&mut self, steps: usize, masks: impl Iterator<Item = u64>) {
        self.candidates.resize(STEPS, [0; CANDIDATES]);
        self.found[..steps].fill(0);
        self.taken.clear();
        let mut open = u64::MAX;
        for mask in masks {
            let mut left = mask & open;
            if left == 0 {
                continue;
            }
            // At most 64 for each of 64 steps.
            let event = self.taken.len() as u16;
            self.taken.push(FREE);
            while left != 0 {
                let step = left.trailing_zeros() as usize;
                left &= left - 1;
                self.candidates[step][self.found[step]] = event;
                self.found[step] += 1;
                if self.found[step] == steps {
                    open &= !(1 << step);
                }
            }
        }
    }

    /// Matches one more step, if it can be.
    fn extend(&mut self, step: usize) -> bool {
        self.seen.clear();
        self.seen.resize(self.taken.len(), false);
        self.find(step)
    }

    fn find(&mut self, step: usize) -> bool {
        let found = self.found[step];
        let free = |event: &&u16| self.taken[usize::from(**event)] == FREE;
        if let Some(event) = self.candidates[step][..found].iter().find(free) {
            self.take(*event, step);
            return true;
        }
        for candidate in 0..found {
            let event = self.candidates[step][candidate];
            let place = usize::from(event);
            if !self.seen[place] {
                self.seen[place] = true;
                if self.find(usize::from(self.taken[place])) {
                    self.take(event, step);
                    return true;
                }
            }
        }
        false
    }

    fn take(&mut self, event: u16, step: usize) {
        self.taken[usize::from(event)] = step as u8;
        self.has[step] = event;
    }
}
