//! Rows in no order of entities: first into parts by entity, each small enough for the cache, then part
//! by part.

use std::ops::Range;

use super::part::{Part, Shape};
use super::{Cell, Spec, Tally, Typed};
use crate::number::BLOCK;
use crate::statistics::split::split_by;

/// About how many events a part has.
const PART: usize = 1 << 14;
/// More parts at a time are slower to write to than they save.
const MOST_PARTS_LOG: u32 = 11;
/// Numbers of entities are dense where they span no more than so many times the events.
const SPAN: u64 = 4;
/// 2^64 over the golden ratio, made odd: the upper bits of products with it spread evenly.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Who is there, and when.
#[derive(Debug, Clone, Copy)]
struct Span {
    entities: (u64, u64),
    times: (i64, i64),
}

impl Span {
    fn of<E: Cell, M>(columns: &Typed<'_, E, M>, rows: Range<usize>) -> Self {
        let entities = &columns.entities[rows.clone()];
        let (first, last) = ends(entities);
        Self { entities: (first.into(), last.into()), times: ends(&columns.times[rows]) }
    }

    fn merge(self, other: Self) -> Self {
        let ((first, last), (others_first, others_last)) = (self.entities, other.entities);
        let ((from, until), (others_from, others_until)) = (self.times, other.times);
        Self {
            entities: (first.min(others_first), last.max(others_last)),
            times: (from.min(others_from), until.max(others_until)),
        }
    }
}

/// The least and the largest; of none, whatever.
fn ends<T: Copy + Ord>(cells: &[T]) -> (T, T) {
    let first = cells[0];
    cells.iter().fold((first, first), |(least, most), cell| (least.min(*cell), most.max(*cell)))
}

/// An event of a known entity: when, and which steps. They sort by time.
pub(super) trait Packed: Copy + Ord + Send + Sync {
    const ZERO: Self;

    fn of(time: i64, mask: u64, shape: &Shape) -> Self;
    fn time(self, shape: &Shape) -> i64;
    fn mask(self, shape: &Shape) -> u64;

    /// 1 where it comes after another of the same entity, else 0.
    fn is_after(self, other: Self) -> u64;
}

/// Time since the first above the steps. What is above the time is the same for all of an entity.
impl Packed for u64 {
    const ZERO: Self = 0;

    fn of(time: i64, mask: u64, shape: &Shape) -> Self {
        (time.wrapping_sub(shape.first) as Self) << shape.steps | mask
    }

    fn time(self, shape: &Shape) -> i64 {
        (self >> shape.steps & shape.longest) as i64
    }

    fn mask(self, shape: &Shape) -> u64 {
        self & shape.bits
    }

    fn is_after(self, other: Self) -> u64 {
        // Those of one entity differ by less than 2^63.
        other.wrapping_sub(self) >> 63
    }
}

impl Packed for (i64, u64) {
    const ZERO: Self = (0, 0);

    fn of(time: i64, mask: u64, _shape: &Shape) -> Self {
        (time, mask)
    }

    fn time(self, _shape: &Shape) -> i64 {
        self.0
    }

    fn mask(self, _shape: &Shape) -> u64 {
        self.1
    }

    fn is_after(self, other: Self) -> u64 {
        u64::from(self > other)
    }
}

/// An event on its way to its part, with the key of its entity: at least what is its own of it.
pub(super) trait Item: Copy + Send + Sync {
    type Event: Packed;

    /// Written to new memory, page after page, since first writes here and there take longer. Not all
    /// zero, for which nothing would be written.
    const ANY: Self;

    fn of(key: u64, event: Self::Event, shape: &Shape) -> Self;
    fn key(self, shape: &Shape) -> u64;
    fn event(self) -> Self::Event;
}

impl<P: Packed> Item for (u64, P) {
    type Event = P;

    const ANY: Self = (1, P::ZERO);

    fn of(key: u64, event: P, _shape: &Shape) -> Self {
        (key, event)
    }

    fn key(self, _shape: &Shape) -> u64 {
        self.0
    }

    fn event(self) -> P {
        self.1
    }
}

/// All in one.
impl Item for u64 {
    type Event = Self;

    const ANY: Self = 1;

    fn of(key: u64, event: Self, shape: &Shape) -> Self {
        // By less than 64 each.
        key << shape.steps << shape.time_bits | event
    }

    fn key(self, shape: &Shape) -> u64 {
        self >> shape.steps >> shape.time_bits
    }

    fn event(self) -> Self {
        self
    }
}

pub(super) fn tally<E: Cell, M: Cell>(columns: &Typed<'_, E, M>, spec: &Spec) -> Tally {
    let len = columns.entities.len();
    if len == 0 {
        return Tally::new();
    }
    let span = split_by(0, 0..len, &|rows| Span::of(columns, rows), &Span::merge);
    let bits = u64::MAX >> (64 - spec.steps);
    let longest = span.times.1.wrapping_sub(span.times.0) as u64;
    let time_bits = bits_of(longest);
    let plan = Plan::of(span, len);
    let shape = Shape {
        first: span.times.0,
        longest: u64::MAX.checked_shr(64 - time_bits).unwrap_or(0),
        time_bits,
        steps: spec.steps as u32,
        bits,
        own: plan.own,
    };
    let event_bits = time_bits + shape.steps;
    // Below 64, so that no shift is by all bits: 64 steps at one time would be.
    let packs = event_bits < 64;
    if plan.least.is_some() && packs && plan.own + event_bits <= 64 {
        plan.tally::<_, _, u64>(columns, spec, &shape)
    } else if packs {
        plan.tally::<_, _, (u64, u64)>(columns, spec, &shape)
    } else {
        plan.tally::<_, _, (u64, (i64, u64))>(columns, spec, &shape)
    }
}

fn bits_of(most: u64) -> u32 {
    64 - most.leading_zeros()
}

/// Which part an entity is in.
#[derive(Debug, Clone, Copy)]
struct Plan {
    /// The least entity, where they are dense.
    least: Option<u64>,
    /// How many bits of an entity's key are its own within a part.
    own: u32,
    parts: usize,
}

/// Rows in parts: those of part i from `starts[i]` on.
struct Parts<I> {
    items: Vec<I>,
    starts: Vec<usize>,
}

impl Plan {
    fn of(span: Span, len: usize) -> Self {
        let (least, last) = span.entities;
        let wanted = bits_of((len / PART) as u64).min(MOST_PARTS_LOG);
        let range = last - least;
        if range / SPAN <= len as u64 {
            let own = bits_of(range).saturating_sub(wanted);
            return Self { least: Some(least), own, parts: (range >> own) as usize + 1 };
        }
        // With one part, all bits are its own.
        Self { least: None, own: 64 - wanted, parts: 1 << wanted }
    }

    /// Dense entities by their distance from the least, others by their upper bits after spreading,
    /// which keeps different ones different.
    fn key(&self, entity: u64) -> u64 {
        match self.least {
            Some(least) => entity - least,
            None => entity.wrapping_mul(SPREAD),
        }
    }

    fn part(&self, key: u64) -> usize {
        key.checked_shr(self.own).unwrap_or(0) as usize
    }

    fn tally<E: Cell, M: Cell, I: Item>(
        &self,
        columns: &Typed<'_, E, M>,
        spec: &Spec,
        shape: &Shape,
    ) -> Tally {
        let one = |rows| vec![self.scatter::<E, M, I>(columns, shape, rows)];
        let both = |mut left: Vec<Parts<I>>, right| {
            left.extend(right);
            left
        };
        let len = columns.entities.len();
        // By halves: at least one for each thread, and less than two.
        let pieces = split_by(len / (2 * threads()) + BLOCK, 0..len, &one, &both);
        let parts = |parts: Range<usize>| {
            let (mut part, mut tally) =
                (Part::<I>::new(spec, shape, self.least.is_some()), Tally::new());
            for place in parts {
                let pieces = pieces.iter().map(|piece| piece.part(place));
                part.tally(pieces, &mut tally);
            }
            tally
        };
        halves(0..self.parts, &parts, &Tally::merge)
    }

    fn scatter<E: Cell, M: Cell, I: Item>(
        &self,
        columns: &Typed<'_, E, M>,
        shape: &Shape,
        rows: Range<usize>,
    ) -> Parts<I> {
        let entities = &columns.entities[rows.clone()];
        let (times, masks) = (&columns.times[rows.clone()], &columns.masks[rows]);
        let mut starts = vec![0; self.parts + 1];
        for entity in entities {
            starts[self.part(self.key((*entity).into())) + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut items = vec![I::ANY; entities.len()];
        for ((entity, time), mask) in entities.iter().zip(times).zip(masks) {
            let key = self.key((*entity).into());
            let place = &mut next[self.part(key)];
            let event = I::Event::of(*time, (*mask).into() & shape.bits, shape);
            items[*place] = I::of(key, event, shape);
            *place += 1;
        }
        Parts { items, starts }
    }
}

impl<I> Parts<I> {
    fn part(&self, place: usize) -> &[I] {
        &self.items[self.starts[place]..self.starts[place + 1]]
    }
}

/// `of` all parts, or `merge` of what it is of their halves.
#[cfg(feature = "parallel")]
fn halves<T: Send>(
    parts: Range<usize>,
    of: &(impl Fn(Range<usize>) -> T + Sync),
    merge: &(impl Fn(T, T) -> T + Sync),
) -> T {
    if parts.len() < 4 || rayon::current_thread_index().is_none() {
        return of(parts);
    }
    let middle = parts.start + parts.len() / 2;
    let (left, right) = (parts.start..middle, middle..parts.end);
    let (left, right) = rayon::join(|| halves(left, of, merge), || halves(right, of, merge));
    merge(left, right)
}

/// `of` all parts.
#[cfg(not(feature = "parallel"))]
fn halves<T: Send>(
    parts: Range<usize>,
    of: &(impl Fn(Range<usize>) -> T + Sync),
    _merge: &(impl Fn(T, T) -> T + Sync),
) -> T {
    of(parts)
}

fn threads() -> usize {
    #[cfg(feature = "parallel")]
    if rayon::current_thread_index().is_some() {
        return rayon::current_num_threads();
    }
    1
}
