//! How far an entity came: for each step, until when the latest chain that reached it may go on.
//!
//! Of two chains that have come to the same step, whichever began later may go on for longer, and with
//! it whatever the other can do. So one time a step is all that there is to remember.

use super::Spec;
use super::group::Group;

/// A time, with one below all those of events.
pub(super) trait Moment: Copy + Ord {
    const NEVER: Self;

    fn of(time: i64) -> Self;

    /// So much later; the latest there is, where that is beyond it.
    fn after(self, window: u64) -> Self;
}

/// For events that are all after the first of all moments.
impl Moment for i64 {
    const NEVER: Self = Self::MIN;

    fn of(time: i64) -> Self {
        time
    }

    fn after(self, window: u64) -> Self {
        self.saturating_add_unsigned(window)
    }
}

impl Moment for i128 {
    const NEVER: Self = Self::MIN;

    fn of(time: i64) -> Self {
        Self::from(time)
    }

    fn after(self, window: u64) -> Self {
        self + Self::from(window)
    }
}

/// Events by time: those of one entity lie together.
pub(super) trait Run {
    fn time(&self, place: usize) -> i64;
    fn mask(&self, place: usize) -> u64;
    /// Whether there is an event at this place and it is of the entity too.
    fn goes_on(&self, place: usize) -> bool;
}

/// Places for a chain that begins now, 64 steps, and what matches none.
const MANY: usize = 66;

pub(super) struct Kernel {
    window: u64,
    strict: bool,
    /// Until when a chain may go on: at 0 one that begins now, at k one that has come to step k - 1.
    /// What does not match a step goes to the place after the last.
    reach: [i64; MANY],
    group: Group,
}

impl Kernel {
    pub(super) fn new(spec: &Spec) -> Self {
        let (window, strict) = (spec.window, spec.strict);
        Self { window, strict, reach: [i64::NEVER; MANY], group: Group::new() }
    }

    /// How many of the first `steps` steps, from 1 to 64, the best chain has of the entity whose events
    /// begin at `start`, and the place after its last event.
    #[inline]
    pub(super) fn depth(&mut self, steps: usize, run: &impl Run, start: usize) -> (usize, usize) {
        let (depth, mut end) = if run.time(start) == i64::MIN {
            self.depth_of_many(&mut [i128::NEVER; MANY], steps, run, start)
        } else {
            match steps {
                0..=3 => self.depth_of_few::<3>(steps, run, start),
                4..=5 => self.depth_of_few::<5>(steps, run, start),
                6..=8 => self.depth_of_few::<8>(steps, run, start),
                _ => {
                    let mut reach = std::mem::replace(&mut self.reach, [0; MANY]);
                    reach[..=steps].fill(i64::NEVER);
                    let found = self.depth_of_many(&mut reach, steps, run, start);
                    self.reach = reach;
                    found
                }
            }
        };
        while run.goes_on(end) {
            end += 1;
        }
        (depth, end)
    }

    /// Every event is tried for every step: with few, that takes no branch and no memory.
    #[inline]
    fn depth_of_few<const STEPS: usize>(
        &mut self,
        steps: usize,
        run: &impl Run,
        start: usize,
    ) -> (usize, usize) {
        let bits = u64::MAX >> (64 - steps);
        // Without the place of a chain that begins now.
        let mut reach = [i64::NEVER; STEPS];
        let (mut place, mut now) = (start, run.time(start));
        loop {
            let mask = run.mask(place) & bits;
            let begin = now.after(self.window);
            place += 1;
            if run.goes_on(place) && run.time(place) == now {
                let group = Tied::of(run, place - 1, bits);
                place = group.end;
                if group.several && !self.strict {
                    let mut with_begin = [begin; MANY];
                    with_begin[1..=STEPS].copy_from_slice(&reach);
                    self.group.pass(&mut with_begin, steps, now, group.masks(run, bits));
                    reach.copy_from_slice(&with_begin[1..=STEPS]);
                } else if self.strict {
                    step_back(&mut reach, now, begin, group.any);
                } else {
                    let mut until = begin;
                    for (step, reach) in reach.iter_mut().enumerate() {
                        let on = if now <= until { until } else { *reach };
                        *reach = if group.any >> step & 1 == 1 { on } else { *reach };
                        until = *reach;
                    }
                }
            } else {
                step_back(&mut reach, now, begin, mask);
            }
            if !run.goes_on(place) || reach[steps - 1] > i64::NEVER {
                break;
            }
            now = run.time(place);
        }
        (reach.iter().filter(|until| **until > i64::NEVER).count(), place)
    }

    fn depth_of_many<T: Moment>(
        &mut self,
        reach: &mut [T; MANY],
        steps: usize,
        run: &impl Run,
        start: usize,
    ) -> (usize, usize) {
        let bits = u64::MAX >> (64 - steps);
        // Below the bit of the place after the last; with 64 steps, no bit is.
        let none = !bits & bits.wrapping_shl(1);
        let mut place = start;
        loop {
            let time = run.time(place);
            let now = T::of(time);
            let mask = run.mask(place) & bits;
            reach[0] = now.after(self.window);
            place += 1;
            if run.goes_on(place) && run.time(place) == time {
                let group = Tied::of(run, place - 1, bits);
                place = group.end;
                match group.several && !self.strict {
                    true => self.group.pass(reach, steps, now, group.masks(run, bits)),
                    false => pass(reach, now, group.any, self.strict),
                }
            } else if has_several(mask) {
                pass(reach, now, mask, true);
            } else {
                let step = (mask | none).trailing_zeros() as usize;
                let until = reach[step];
                reach[step + 1] = if now <= until { until } else { reach[step + 1] };
            }
            if !run.goes_on(place) || reach[steps] > T::NEVER {
                break;
            }
        }
        (reach[1..].iter().take(steps).filter(|until| **until > T::NEVER).count(), place)
    }
}

/// Events at one time.
struct Tied {
    start: usize,
    end: usize,
    /// What they match together.
    any: u64,
    /// Whether one of them matches several steps.
    several: bool,
}

impl Tied {
    fn of(run: &impl Run, start: usize, bits: u64) -> Self {
        let time = run.time(start);
        let mut tied = Self { start, end: start, any: 0, several: false };
        while run.goes_on(tied.end) && run.time(tied.end) == time {
            let mask = run.mask(tied.end) & bits;
            tied.several |= has_several(mask);
            tied.any |= mask;
            tied.end += 1;
        }
        tied
    }

    fn masks(&self, run: &impl Run, bits: u64) -> impl Iterator<Item = u64> {
        (self.start..self.end).map(move |place| run.mask(place) & bits)
    }
}

fn has_several(mask: u64) -> bool {
    mask & mask.wrapping_sub(1) != 0
}

/// Lets chains go on by one step, the last step first.
#[inline]
fn step_back<const STEPS: usize>(reach: &mut [i64; STEPS], now: i64, begin: i64, mask: u64) {
    for step in (1..STEPS).rev() {
        let on = if now <= reach[step - 1] { reach[step - 1] } else { reach[step] };
        reach[step] = if mask >> step & 1 == 1 { on } else { reach[step] };
    }
    reach[0] = if mask & 1 == 1 { begin } else { reach[0] };
}

/// Lets chains go on by one step, or by as many as follow one another.
fn pass<T: Moment>(reach: &mut [T], now: T, mask: u64, by_one: bool) {
    let mut left = mask;
    while left != 0 {
        let step = match by_one {
            true => 63 - left.leading_zeros(),
            false => left.trailing_zeros(),
        };
        left ^= 1 << step;
        let step = step as usize;
        if now <= reach[step] {
            reach[step + 1] = reach[step];
        }
    }
}
