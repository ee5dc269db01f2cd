//! Steps that pass through events at one time.
//!
//! Equal times have no order, so steps i to m pass through the events at one time if each can have an
//! event of its own. That is a matching of steps with events, found by augmenting paths. A step with as
//! many candidates as there are steps can always be matched last, so no more are looked at, and the
//! work for each event has a limit that does not depend on how many tie.

use std::ops::Range;

use super::Timeline;

/// No step, or no event.
const NONE: usize = usize::MAX;

/// Events at one time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) time: i64,
    /// The place of the first, and the one after the last.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The steps that any of them matches.
    pub(super) bits: u64,
}

impl Group {
    /// No group begins or ends where this does.
    const NONE: Self = Self { time: 0, start: usize::MAX, end: usize::MAX, bits: 0 };

    pub(super) fn places(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Masks of events at one time.
struct Together {
    step_bits: u64,
    bits: u64,
    /// Whether none matches several steps.
    single: bool,
}

impl Together {
    fn new(step_bits: u64) -> Self {
        Self { step_bits, bits: 0, single: true }
    }

    #[inline]
    fn add(&mut self, mask: u64) {
        let own = mask & self.step_bits;
        self.bits |= own;
        self.single &= own & own.wrapping_sub(1) == 0;
    }
}

/// Finds which steps pass through events at one time. Room that is used again and again.
#[derive(Debug)]
pub(super) struct Ties {
    steps: usize,
    step_bits: u64,
    /// The steps that may come at the time of the one before.
    together: u64,
    /// The events at hand, and whether that is one.
    group: Group,
    alone: bool,
    /// Of several: for each step that one matches, the first from which on all up to it can pass.
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
            group: Group::NONE,
            alone: false,
            from: vec![0; steps],
            candidates: Vec::new(),
            step_of: Vec::new(),
            event_of: vec![NONE; steps],
            seen: Vec::new(),
            round: 0,
            fixed: Vec::new(),
        }
    }

    /// Begins with other events.
    pub(super) fn forget(&mut self) {
        self.group = Group::NONE;
    }

    /// The group that begins at a place, taken in hand; none at the end. What is in hand is not gone
    /// through again.
    #[inline]
    pub(super) fn group_at(&mut self, events: impl Timeline, start: usize) -> Option<Group> {
        if self.group.start == start {
            return Some(self.group);
        }
        if start >= events.len() {
            return None;
        }
        let (time, mut end) = (events.time(start), start + 1);
        let mut masks = Together::new(self.step_bits);
        masks.add(events.mask(start));
        while end < events.len() && events.time(end) == time {
            masks.add(events.mask(end));
            end += 1;
        }
        Some(self.hold(events, Group { time, start, end, bits: masks.bits }, masks.single))
    }

    /// The group that ends before a place, taken in hand; none at the beginning.
    #[inline]
    pub(super) fn group_before(&mut self, events: impl Timeline, end: usize) -> Option<Group> {
        if self.group.end == end {
            return Some(self.group);
        }
        let mut start = end.checked_sub(1)?;
        let time = events.time(start);
        let mut masks = Together::new(self.step_bits);
        masks.add(events.mask(start));
        while start > 0 && events.time(start - 1) == time {
            start -= 1;
            masks.add(events.mask(start));
        }
        Some(self.hold(events, Group { time, start, end, bits: masks.bits }, masks.single))
    }

    #[inline(always)]
    fn hold(&mut self, events: impl Timeline, group: Group, single: bool) -> Group {
        self.group = group;
        self.alone = group.end - group.start == 1;
        if !self.alone {
            self.look(events.part(group.places()), group.bits, single);
        }
        group
    }

    /// Finds which steps pass, of those that any of the events matches.
    fn look(&mut self, events: impl Timeline, bits: u64, single: bool) {
        if bits == 0 {
            return;
        }
        if single {
            // Events of different steps are different events.
            each_bit(bits, |step| {
                let follows = step > 0 && (bits >> (step - 1)) & (self.together >> step) & 1 == 1;
                self.from[step] = if follows { self.from[step - 1] } else { step };
            });
            return;
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
    }

    /// The first step from which on all up to this one, which some event at hand matches, can pass.
    #[inline]
    pub(super) fn passes_from(&self, step: usize) -> usize {
        if self.alone { step } else { self.from[step] }
    }

    /// An event for each of the steps, which can pass: step by step the first that leaves the rest
    /// possible. The places are counted from that of the first event.
    pub(super) fn choose(
        &mut self,
        events: impl Timeline,
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
    fn gather(&mut self, events: impl Timeline, bits: u64) {
        self.candidates.clear();
        let mut held = [0_u32; 64];
        let mut full = 0_u64;
        for (place, mask) in events.masks().enumerate() {
            let own = mask & bits;
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
