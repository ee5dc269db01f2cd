//! Who came back in rolling intervals, from rows by entity and time: no row takes a branch.
//!
//! Block by block, the rows that are starts or returns are noted first. What an entity has so far is
//! held while they pass, and written for each to the place of the entity, over what the row before wrote
//! there; the next entity takes the next place.

use std::num::NonZero;
use std::ops::Range;

use super::clock::AnyClock;
use super::query::Retention;
use super::tally::Tally;
use crate::events::columns::{Arrangement, Entities, Events, Masks};
use crate::number::BLOCK;
use crate::statistics::split::split_by;

/// How many intervals are told apart at most: a bit of 64 each, one for what is beyond, and one for
/// the start.
const MOST: u32 = 62;
/// The bit of who has started.
const STARTED: u32 = 63;

/// A cell of the column of entities.
trait Entity: Copy + Ord + Default + Send + Sync {}

impl<T: Copy + Ord + Default + Send + Sync> Entity for T {}

/// A cell of the column of masks.
trait Mask: Copy + Into<u64> + Send + Sync {}

impl<T: Copy + Into<u64> + Send + Sync> Mask for T {}

/// Tells the interval of a time since a start.
#[derive(Debug, Clone, Copy)]
struct Intervals {
    /// What is longer is as good as this.
    beyond: u64,
    /// The quotient is a product with this, without its lower 64 bits and those of the shift.
    reciprocal: u64,
    shift: u32,
}

impl Intervals {
    /// For lengths from 2 to 2^55, and so many intervals told apart, at most [`MOST`].
    fn new(length: NonZero<u64>, most: u32) -> Option<Self> {
        let by = length.get();
        if !(2..=1 << 55).contains(&by) || most > MOST {
            return None;
        }
        // With k so that 2^k <= by, the reciprocal is 2^(63+k) over it, rounded up, so at most 2^63.
        // For n up to 62 times `by`, what is rounded adds less than n / 2^(63+k) to the quotient: less
        // than 1 / by, which is too little to come to the next.
        let log = by.ilog2();
        let reciprocal = (1_u128 << (63 + log)).div_ceil(by.into()) as u64;
        Some(Self { beyond: by * u64::from(most), reciprocal, shift: log - 1 })
    }

    #[inline(always)]
    fn of(self, since: u64) -> u64 {
        let since = since.min(self.beyond);
        ((u128::from(since) * u128::from(self.reciprocal)) >> 64) as u64 >> self.shift
    }
}

/// A query, and events that are counted in this way.
pub(super) struct Flat<'e> {
    query: &'e Retention,
    events: &'e Events<'e>,
    intervals: Intervals,
}

impl<'e> Flat<'e> {
    pub(super) fn of(
        query: &'e Retention,
        events: &'e Events<'e>,
        clock: AnyClock,
    ) -> Option<Self> {
        let AnyClock::Even(clock) = clock else { return None };
        let counts = query.most <= MOST && !query.amounts && !query.segments;
        if !counts || events.arrangement != Arrangement::Sorted {
            return None;
        }
        let intervals = Intervals::new(clock.rolls()?, query.most)?;
        Some(Self { query, events, intervals })
    }

    /// Counts into a tally; where it can be on several threads, into copies of it first.
    pub(super) fn count(&self, tally: &mut Tally<'e>) {
        match self.events.entities {
            Entities::U32(entities) => self.count_of(entities, tally),
            Entities::U64(entities) => self.count_of(entities, tally),
        }
    }

    fn count_of<E: Entity>(&self, entities: &[E], tally: &mut Tally<'e>) {
        match self.events.masks {
            Masks::U8(masks) => self.split(entities, masks, tally),
            Masks::U16(masks) => self.split(entities, masks, tally),
            Masks::U32(masks) => self.split(entities, masks, tally),
            Masks::U64(masks) => self.split(entities, masks, tally),
        }
    }

    fn split<E: Entity, M: Mask>(&self, entities: &[E], masks: &[M], tally: &mut Tally<'e>) {
        // The first row of an entity, from a row on.
        let first = |row: usize| match row.checked_sub(1).map(|before| entities[before]) {
            Some(last) => row + entities[row..].partition_point(|entity| *entity <= last),
            None => 0,
        };
        let empty = tally.clone();
        let of = |rows: Range<usize>| {
            let rows = first(rows.start)..first(rows.end);
            let times = &self.events.times[rows.clone()];
            let mut part = empty.clone();
            let (entities, masks) = (&entities[rows.clone()], &masks[rows]);
            match self.query.start == self.query.returns {
                true => self.rows::<E, M, true>(entities, times, masks, &mut part),
                false => self.rows::<E, M, false>(entities, times, masks, &mut part),
            }
            part
        };
        let merge = |mut one: Tally<'e>, other| {
            one.merge(other);
            one
        };
        *tally = split_by(0, 0..entities.len(), &of, &merge);
    }

    /// With starts and returns the same, or not.
    fn rows<E: Entity, M: Mask, const SAME: bool>(
        &self,
        entities: &[E],
        times: &[i64],
        masks: &[M],
        tally: &mut Tally<'_>,
    ) {
        let Some(first) = entities.first().copied() else { return };
        let asked = 1 << self.query.start | 1 << self.query.returns;
        let mut room = Box::new([0; BLOCK]);
        let mut seen = Box::new(Seen { starts: [0; BLOCK + 1], came: [0; BLOCK + 1] });
        let mut state = State { entity: first, ..State::default() };
        let mut many = 1;
        let mut last = first;
        let blocks = entities.chunks(BLOCK).zip(times.chunks(BLOCK)).zip(masks.chunks(BLOCK));
        for ((entities, times), masks) in blocks {
            many += changes(last, entities);
            last = entities.last().copied().unwrap_or(last);
            let kept = keep(masks, asked, &mut room);
            let block = Block { entities, times, masks };
            let over = self.pass::<E, M, SAME>(&block, kept, &mut state, &mut seen);
            for (start, came) in seen.starts.iter().zip(&seen.came).take(over) {
                many -= give(*start, *came, tally);
            }
        }
        many -= give(state.start, state.came(), tally);
        tally.never += many;
    }

    /// Rows that are kept go through the state; how many entities are over, of which `seen` tells.
    #[inline(never)]
    fn pass<E: Entity, M: Mask, const SAME: bool>(
        &self,
        block: &Block<'_, E, M>,
        kept: &[u16],
        state: &mut State<E>,
        seen: &mut Seen,
    ) -> usize {
        let Self { query, intervals, .. } = *self;
        let State { mut entity, mut start, mut came, mut started, mut tied } = *state;
        // No row may follow of the one whose rows are passing.
        (seen.starts[0], seen.came[0]) = (start, state.came());
        let mut place = 0;
        let rows = block.entities.len();
        // Of one length.
        let (times, masks) = (&block.times[..rows], &block.masks[..rows]);
        for row in kept {
            let row = usize::from(*row);
            let (who, time) = (block.entities[row], times[row]);
            let new = who != entity;
            entity = who;
            // Until the entity is over, the next row writes over it.
            place += usize::from(new);
            came = if new { 0 } else { came };
            if SAME {
                start = if new | (started == 0) { time } else { start };
                started = 1;
                came |= 1 << intervals.of(time.wrapping_sub(start) as u64);
            } else {
                let mask: u64 = masks[row].into();
                let (starts, returned) = (mask >> query.start & 1, mask >> query.returns & 1);
                started = if new { 0 } else { started };
                // Returns at the time of the row; they may come before a start that they tie with.
                tied = returned | if !new & (time == start) { tied } else { 0 };
                came |= tied & starts & !started;
                // Until there is a start, the row.
                start = if started == 0 { time } else { start };
                came |= (returned & started) << intervals.of(time.wrapping_sub(start) as u64);
                started |= starts;
            }
            // No more than rows.
            let place = place.min(BLOCK);
            seen.starts[place] = start;
            seen.came[place] = came | started << STARTED;
        }
        *state = State { entity, start, came, started, tied };
        place
    }
}

/// Of an entity whose rows have all passed: 1 where it has started, else 0.
#[inline(always)]
fn give(start: i64, came: u64, tally: &mut Tally<'_>) -> u64 {
    let started = came >> STARTED;
    if started == 1 {
        tally.add(start, 0, came & !(1 << STARTED));
    }
    started
}

/// How many are unlike the one before.
#[inline(never)]
fn changes<E: Entity>(before: E, entities: &[E]) -> u64 {
    let first = entities.first().map_or(0, |first| u64::from(*first != before));
    // A block has no more.
    let within: u32 = entities.windows(2).map(|pair| u32::from(pair[0] != pair[1])).sum();
    first + u64::from(within)
}

/// The rows that have something that is asked for. Each is written to the next place, and the place is
/// taken if it is kept.
#[inline(never)]
fn keep<'k, M: Mask>(masks: &[M], asked: u64, kept: &'k mut [u16; BLOCK]) -> &'k [u16] {
    let mut next = 0;
    for (row, mask) in (0..).zip(masks) {
        let mask: u64 = (*mask).into();
        // No more than rows.
        kept[next % BLOCK] = row;
        next += usize::from(mask & asked != 0);
    }
    &kept[..next]
}

/// Columns of a block of rows.
struct Block<'e, E, M> {
    entities: &'e [E],
    times: &'e [i64],
    masks: &'e [M],
}

/// The entity whose rows are passing.
#[derive(Debug, Clone, Copy, Default)]
struct State<E> {
    entity: E,
    /// Where it starts; where it has not, the last row.
    start: i64,
    /// A bit for each interval in which it came, and the next one for those beyond.
    came: u64,
    started: u64,
    /// Whether anything returned at the time of the last row.
    tied: u64,
}

impl<E> State<E> {
    fn came(&self) -> u64 {
        self.came | self.started << STARTED
    }
}

/// Entities one after another: their starts, and in which intervals they came, with [`STARTED`].
struct Seen {
    starts: [i64; BLOCK + 1],
    came: [u64; BLOCK + 1],
}
