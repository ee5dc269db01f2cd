//! A pattern as places, each of which one event takes, and the ways from one place to another.

use std::collections::VecDeque;

use super::parts::{Part, limits};
use crate::error::Error;
use crate::funnel::TimeUnit;

/// The numbers of the bits that are set.
pub(super) fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = set.checked_ilog2()?;
        set ^= 1 << bit;
        Some(bit as usize)
    })
}

/// A way from one place to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Whether other events may lie between.
    pub(super) gap: bool,
    /// The least and the most time from one to the other.
    pub(super) least: u64,
    pub(super) most: u64,
}

/// Places are numbered as the pattern has them, from 0, at most 64: a set of them is a mask.
#[derive(Debug, Clone)]
pub(super) struct Machine {
    /// The places that an event with each bit can take, and those that any can.
    by_bit: Vec<u64>,
    by_any: u64,
    /// The bits that the pattern asks for.
    pub(super) asked: u64,
    /// Which bit each place asks for.
    pub(super) bit_of: Vec<Option<u32>>,
    /// Where a match can begin and end.
    pub(super) first: u64,
    pub(super) last: u64,
    pub(super) ways: Vec<Way>,
    /// The places after each for the next event, and for any later one.
    next: Vec<u64>,
    later: Vec<u64>,
    timed: Vec<Way>,
}

/// How a place that may come next is reached, while the places are laid out.
#[derive(Clone, Copy)]
struct Open {
    /// None is the beginning.
    from: Option<usize>,
    gap: bool,
    /// None where no time is so.
    times: Option<(u64, u64)>,
}

impl Open {
    fn after(from: usize) -> Self {
        Self { from: Some(from), gap: false, times: Some((0, u64::MAX)) }
    }
}

impl Machine {
    pub(super) fn new(parts: &[Part], unit: TimeUnit) -> Result<Self, Error> {
        let mut bit_of: Vec<Option<u32>> = Vec::new();
        let (mut first, mut ways) = (0_u64, Vec::new());
        let mut open = vec![Open { from: None, gap: false, times: Some((0, u64::MAX)) }];
        for part in parts {
            let step = match part {
                Part::Step(step) => step,
                Part::Anything => {
                    open.iter_mut().for_each(|open| open.gap = true);
                    continue;
                }
                Part::Time(comparison, span) => {
                    let limits = limits(*comparison, *span, unit)?;
                    for open in &mut open {
                        open.gap = true;
                        let both = open.times.zip(limits);
                        open.times = both
                            .map(|(a, b)| (a.0.max(b.0), a.1.min(b.1)))
                            .filter(|(least, most)| least <= most);
                    }
                    continue;
                }
            };
            let mut after = if step.least == 0 { open.clone() } else { Vec::new() };
            for time in 1..=step.places() {
                let to = bit_of.len();
                bit_of.push(step.bit);
                for Open { from, gap, times } in open {
                    match (from, times) {
                        (None, _) => first |= 1 << to,
                        (Some(from), Some((least, most))) => {
                            ways.push(Way { from, to, gap, least, most });
                        }
                        (Some(_), None) => {}
                    }
                }
                open = vec![Open::after(to)];
                if time >= step.least {
                    after.push(Open::after(to));
                }
            }
            if step.most.is_none() {
                let end = bit_of.len() - 1;
                ways.push(Way { from: end, to: end, gap: false, least: 0, most: u64::MAX });
            }
            open = after;
        }
        let last = open.iter().filter_map(|open| open.from).fold(0, |last, from| last | 1 << from);
        Ok(Self::laid_out(bit_of, first, last, ways))
    }

    fn laid_out(bit_of: Vec<Option<u32>>, first: u64, last: u64, ways: Vec<Way>) -> Self {
        let (mut by_bit, mut by_any, mut asked) = (vec![0; 64], 0, 0);
        for (place, bit) in bit_of.iter().enumerate() {
            match bit {
                Some(bit) => {
                    by_bit[*bit as usize] |= 1 << place;
                    asked |= 1 << bit;
                }
                None => by_any |= 1 << place,
            }
        }
        let (mut next, mut later) = (vec![0; bit_of.len()], vec![0; bit_of.len()]);
        let mut timed = Vec::new();
        for way in &ways {
            match way {
                Way { gap: false, .. } => next[way.from] |= 1 << way.to,
                Way { least: 0, most: u64::MAX, .. } => later[way.from] |= 1 << way.to,
                way => timed.push(*way),
            }
        }
        Self { by_bit, by_any, asked, bit_of, first, last, ways, next, later, timed }
    }

    /// The same from its end to its beginning.
    pub(super) fn reversed(&self) -> Self {
        let turned = |way: &Way| Way { from: way.to, to: way.from, ..*way };
        let ways = self.ways.iter().map(turned).collect();
        Self::laid_out(self.bit_of.clone(), self.last, self.first, ways)
    }

    /// The places that an event can take.
    fn places(&self, mask: u64) -> u64 {
        bits(mask & self.asked).fold(self.by_any, |places, bit| places | self.by_bit[bit])
    }
}

/// Where a pattern can be after the events so far.
#[derive(Debug)]
pub(super) struct Run<'m> {
    machine: &'m Machine,
    /// The places that the last event took.
    taken: u64,
    /// Those that any event from now on can take, whatever its time.
    later: u64,
    /// What each way with times has seen.
    seen: Vec<Seen>,
}

/// The times at which the place was taken that a way comes from.
#[derive(Debug, Default)]
struct Seen {
    /// The latest that is long enough ago. An earlier one would do only where this does.
    latest: Option<i64>,
    /// Those that are not yet, in order.
    recent: VecDeque<i64>,
}

impl Seen {
    /// Whether the way leads to an event at this time.
    fn reaches(&mut self, time: i64, way: &Way) -> bool {
        self.pass(time, way);
        self.latest.is_some_and(|latest| since(latest, time) <= way.most)
    }

    /// The way begins at an event at this time.
    fn take(&mut self, time: i64, way: &Way) {
        if way.least == 0 {
            self.latest = Some(time);
        } else if self.recent.back() != Some(&time) {
            self.recent.push_back(time);
            self.pass(time, way);
        }
    }

    fn pass(&mut self, now: i64, way: &Way) {
        while let Some(time) = self.recent.front().filter(|time| since(**time, now) >= way.least) {
            self.latest = Some(*time);
            self.recent.pop_front();
        }
    }
}

fn since(earlier: i64, later: i64) -> u64 {
    later.wrapping_sub(earlier) as u64
}

impl<'m> Run<'m> {
    pub(super) fn new(machine: &'m Machine) -> Self {
        let seen = machine.timed.iter().map(|_| Seen::default()).collect();
        Self { machine, taken: 0, later: 0, seen }
    }

    /// Forgets the events so far.
    pub(super) fn clear(&mut self) {
        (self.taken, self.later) = (0, 0);
        for seen in &mut self.seen {
            seen.latest = None;
            seen.recent.clear();
        }
    }

    /// The places that an event takes, none of which is earlier than those before; a match can begin
    /// with it at `first`.
    pub(super) fn take(&mut self, mask: u64, time: i64, first: u64) -> u64 {
        let machine = self.machine;
        let places = machine.places(mask);
        let mut reached = first | self.later;
        for place in bits(self.taken) {
            reached |= machine.next[place];
        }
        for (way, seen) in machine.timed.iter().zip(&mut self.seen) {
            let to = 1 << way.to;
            if places & to != 0 && reached & to == 0 && seen.reaches(time, way) {
                reached |= to;
            }
        }
        self.taken = places & reached;
        for place in bits(self.taken) {
            self.later |= machine.later[place];
        }
        if self.taken != 0 {
            for (way, seen) in machine.timed.iter().zip(&mut self.seen) {
                if self.taken >> way.from & 1 == 1 {
                    seen.take(time, way);
                }
            }
        }
        self.taken
    }
}
