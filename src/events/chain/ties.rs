//! Steps that pass through events at one time.
//!
//! Equal times have no order, so steps i to m pass through the events at one time if each can have an
//! event of its own. That is a matching of steps with events, found by augmenting paths. A step with as
//! many candidates as there are steps can always be matched last, so no more are looked at, and the
//! work for each event has a limit that does not depend on how many tie.

use super::Event;

/// No step, or no event.
const NONE: usize = usize::MAX;

/// Finds which steps pass through events at one time. Room that is used again and again.
#[derive(Debug)]
pub(super) struct Ties {
    steps: usize,
    step_bits: u64,
    /// The steps that may come at the time of the one before.
    together: u64,
    /// For each step that an event at hand matches, the first from which on all up to it can pass.
    from: Vec<usize>,
    /// The events that are looked at, as places, and which step each is matched with.
    candidates: Vec<(usize, u64)>,
    step_of: Vec<usize>,
    event_of: Vec<usize>,
    seen: Vec<u32>,
    round: u32,
    /// Candidates that are chosen for good, while a matching is brought in order.
    fixed: Vec<bool>,
}

impl Ties {
    pub(super) fn new(steps: usize, step_bits: u64, together: u64) -> Self {
        Self {
            steps,
            step_bits,
            together,
            from: vec![0; steps],
            candidates: Vec::new(),
            step_of: Vec::new(),
            event_of: vec![NONE; steps],
            seen: Vec::new(),
            round: 0,
            fixed: Vec::new(),
        }
    }

    /// Looks at the events at one time; the steps that any of them matches.
    pub(super) fn look(&mut self, events: &[Event]) -> u64 {
        let mut bits = 0;
        // Bits that stand in more than one event or beside another.
        let mut single = true;
        for event in events {
            let own = event.mask & self.step_bits;
            bits |= own;
            single &= own & own.wrapping_sub(1) == 0;
        }
        if bits == 0 {
            return 0;
        }
        if events.len() == 1 {
            each_bit(bits, |step| self.from[step] = step);
            return bits;
        }
        if single {
            // Events of different steps are different events.
            each_bit(bits, |step| {
                let follows = step > 0 && (bits >> (step - 1)) & (self.together >> step) & 1 == 1;
                self.from[step] = if follows { self.from[step - 1] } else { step };
            });
            return bits;
        }
        self.gather(events, bits);
        self.event_of.fill(NONE);
        let mut first = 0;
        let mut before = NONE;
        each_bit(bits, |step| {
            let follows = before.wrapping_add(1) == step && (self.together >> step) & 1 == 1;
            if !follows {
                (first..step).for_each(|step| self.free(step));
                first = step;
            }
            while !self.augment(step) {
                self.free(first);
                first += 1;
            }
            self.from[step] = first;
            before = step;
        });
        bits
    }

    /// The first step from which on all up to this one, which some event at hand matches, can pass.
    pub(super) fn passes_from(&self, step: usize) -> usize {
        self.from[step]
    }

    /// An event for each of the steps, which can pass: step by step the first that leaves the rest
    /// possible. The places are counted from that of the first event.
    pub(super) fn choose(
        &mut self,
        events: &[Event],
        steps: std::ops::RangeInclusive<usize>,
    ) -> &[usize] {
        let (first, last) = (*steps.start(), *steps.end());
        let bits = (first..=last).fold(0, |bits, step| bits | 1_u64 << step);
        self.gather(events, bits);
        self.event_of.fill(NONE);
        for step in first..=last {
            let _ = self.augment(step);
        }
        self.fixed.clear();
        self.fixed.resize(self.candidates.len(), false);
        for step in first..=last {
            for event in 0..self.candidates.len() {
                if self.fixed[event] || (self.candidates[event].1 >> step) & 1 == 0 {
                    continue;
                }
                if self.event_of[step] == event || self.take(step, event) {
                    self.fixed[event] = true;
                    break;
                }
            }
        }
        for step in first..=last {
            let event = self.event_of[step];
            self.event_of[step] = self.candidates.get(event).map_or(NONE, |(place, _)| *place);
        }
        &self.event_of[first..=last]
    }

    /// Keeps as many events as could matter.
    fn gather(&mut self, events: &[Event], bits: u64) {
        self.candidates.clear();
        let mut held = [0_u32; 64];
        let mut full = 0_u64;
        for (place, event) in events.iter().enumerate() {
            let own = event.mask & bits;
            if own & !full == 0 {
                continue;
            }
            self.candidates.push((place, own));
            each_bit(own, |step| {
                held[step] += 1;
                full |= u64::from(held[step] as usize >= self.steps) << step;
            });
            if full == bits {
                break;
            }
        }
        self.step_of.clear();
        self.step_of.resize(self.candidates.len(), NONE);
        self.seen.clear();
        self.seen.resize(self.candidates.len(), 0);
        self.round = 0;
        self.fixed.clear();
        self.fixed.resize(self.candidates.len(), false);
    }

    fn free(&mut self, step: usize) {
        if let Some(owner) = self.step_of.get_mut(self.event_of[step]) {
            *owner = NONE;
        }
        self.event_of[step] = NONE;
    }

    fn augment(&mut self, step: usize) -> bool {
        self.round += 1;
        self.find(step)
    }

    /// An event for the step, which others may have to make room for. At most as deep as steps are.
    fn find(&mut self, step: usize) -> bool {
        let round = self.round;
        let usable = |ties: &Self, event: usize| {
            (ties.candidates[event].1 >> step) & 1 == 1
                && !ties.fixed[event]
                && ties.seen[event] != round
        };
        // First one that is free.
        for event in 0..self.candidates.len() {
            if self.step_of[event] == NONE && usable(self, event) {
                self.assign(step, event);
                return true;
            }
        }
        for event in 0..self.candidates.len() {
            if usable(self, event) {
                self.seen[event] = round;
                let other = self.step_of[event];
                if self.find(other) {
                    self.assign(step, event);
                    return true;
                }
            }
        }
        false
    }

    fn assign(&mut self, step: usize, event: usize) {
        self.step_of[event] = step;
        self.event_of[step] = event;
    }

    /// Gives an event to a step if whoever has it finds another.
    fn take(&mut self, step: usize, event: usize) -> bool {
        let (own, other) = (self.event_of[step], self.step_of[event]);
        if let Some(owner) = self.step_of.get_mut(own) {
            *owner = NONE;
        }
        self.fixed[event] = true;
        if other == NONE || self.augment(other) {
            self.assign(step, event);
            return true;
        }
        self.fixed[event] = false;
        if own != NONE {
            self.assign(step, own);
        }
        false
    }
}

/// Each place of a bit that is set, from the lowest.
pub(super) fn each_bit(mut bits: u64, mut f: impl FnMut(usize)) {
    while bits != 0 {
        f(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}
