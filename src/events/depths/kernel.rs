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

/// Until when a chain may go on: at 0 one that begins now, at k one that has come to step k - 1. What
/// does not match a step goes to the place after the last.
pub(super) type Reach<T> = [T; 66];

/// The events of an entity, by time.
pub(super) trait Run {
    fn len(&self) -> usize;
    fn time(&self, place: usize) -> i64;
    fn mask(&self, place: usize) -> u64;
}

pub(super) struct Kernel {
    reach: Reach<i64>,
    chains: Chains,
}

struct Chains {
    window: u64,
    strict: bool,
    group: Group,
}

impl Kernel {
    pub(super) fn new(spec: &Spec) -> Self {
        let (window, strict) = (spec.window, spec.strict);
        let chains = Chains { window, strict, group: Group::new() };
        Self { reach: [i64::NEVER; 66], chains }
    }

    /// How many of the first `steps` steps the best chain has; at most 64.
    #[inline]
    pub(super) fn depth(&mut self, steps: usize, run: &impl Run) -> usize {
        if steps == 0 || run.len() == 0 {
            return 0;
        }
        if run.time(0) == i64::MIN {
            return self.chains.depth(&mut [i128::NEVER; 66], steps, run);
        }
        self.reach[..=steps].fill(i64::NEVER);
        self.chains.depth(&mut self.reach, steps, run)
    }
}

impl Chains {
    #[inline]
    fn depth<T: Moment>(&mut self, reach: &mut Reach<T>, steps: usize, run: &impl Run) -> usize {
        let bits = u64::MAX >> (64 - steps);
        // Below the bit of the place after the last; with 64 steps, no bit is.
        let none = !bits & bits.wrapping_shl(1);
        let len = run.len();
        let mut place = 0;
        while place < len {
            let time = run.time(place);
            let now = T::of(time);
            let mask = run.mask(place) & bits;
            reach[0] = now.after(self.window);
            place += 1;
            if place < len && run.time(place) == time {
                let first = place - 1;
                let (mut any, mut several) = (mask, has_several(mask));
                while place < len && run.time(place) == time {
                    let mask = run.mask(place) & bits;
                    several |= has_several(mask);
                    any |= mask;
                    place += 1;
                }
                match several && !self.strict {
                    true => {
                        let masks = (first..place).map(|place| run.mask(place) & bits);
                        self.group.pass(reach, steps, now, masks);
                    }
                    false => pass(reach, now, any, self.strict),
                }
            } else if has_several(mask) {
                pass(reach, now, mask, true);
            } else {
                let step = (mask | none).trailing_zeros() as usize;
                let until = reach[step];
                reach[step + 1] = if now <= until { until } else { reach[step + 1] };
            }
            if reach[steps] > T::NEVER {
                return steps;
            }
        }
        reach[1..=steps].iter().take_while(|until| **until > T::NEVER).count()
    }
}

fn has_several(mask: u64) -> bool {
    mask & mask.wrapping_sub(1) != 0
}

/// Lets chains go on by one step, or by as many as follow one another.
fn pass<T: Moment>(reach: &mut Reach<T>, now: T, mask: u64, by_one: bool) {
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
