//! A part of the entities: its events by entity, and each entity's by time.

use super::kernel::{Kernel, Run};
use super::scattered::{Item, Packed};
use super::{Spec, Tally};

/// How events are packed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// The first of all times.
    pub(super) first: i64,
    /// The longest time that can be packed, and its bits.
    pub(super) longest: u64,
    pub(super) time_bits: u32,
    pub(super) steps: u32,
    pub(super) bits: u64,
    /// How many bits of a key are an entity's own within a part.
    pub(super) own: u32,
}

/// The events of one part after another.
pub(super) struct Part<'s, I: Item> {
    kernel: Kernel,
    shape: &'s Shape,
    numbers: Option<Numbers>,
    /// The number of each event's entity, where it is not its key.
    who: Vec<u32>,
    entities: Vec<Entity>,
    events: Vec<I::Event>,
    room: [I::Event; FEW],
}

/// So many events are put in order by counting for each those before it, which takes no branch.
const FEW: usize = 32;

/// An entity of a part.
#[derive(Debug, Clone, Copy, Default)]
struct Entity {
    /// How many events it has; then where the next of them goes.
    next: u32,
    /// Where they begin.
    start: u32,
    /// What they match together; then what of it can be of a chain.
    any: u64,
}

impl<'s, I: Item> Part<'s, I> {
    pub(super) fn new(spec: &Spec, shape: &'s Shape, dense: bool) -> Self {
        Self {
            kernel: Kernel::new(spec),
            shape,
            numbers: (!dense).then(|| Numbers::new(shape.own)),
            who: Vec::new(),
            entities: Vec::new(),
            events: Vec::new(),
            room: [I::Event::ZERO; FEW],
        }
    }

    pub(super) fn tally<'p>(
        &mut self,
        pieces: impl Iterator<Item = &'p [I]> + Clone,
        tally: &mut Tally,
    ) where
        I: 'p,
    {
        let shape = self.shape;
        let len = pieces.clone().map(<[_]>::len).sum();
        self.entities.clear();
        match &mut self.numbers {
            None => {
                let own = !u64::MAX.checked_shl(shape.own).unwrap_or(0);
                // Dense, so that there are few.
                self.entities.resize(own as usize + 1, Entity::default());
                self.by_entity(pieces, |_, item| (item.key(shape) & own) as usize);
            }
            Some(numbers) => {
                let mut who = std::mem::take(&mut self.who);
                who.clear();
                let keys = pieces.clone().flatten().map(|item| item.key(shape));
                let found = numbers.give(keys, &mut who);
                self.entities.resize(found, Entity::default());
                self.by_entity(pieces, |place, _| who[place] as usize);
                self.who = who;
            }
        }
        let ends = self.entities.iter().skip(1).map(|entity| entity.start as usize).chain([len]);
        for (entity, end) in self.entities.iter().zip(ends) {
            let Entity { next, start, any } = *entity;
            let (start, next) = (start as usize, next as usize);
            let steps = any.trailing_ones() as usize;
            if start < next && steps > 1 {
                let events = in_order(&mut self.events[start..next], &mut self.room);
                tally.add(self.kernel.depth(steps, &Own { events, shape }, 0).0);
            } else if start < end {
                // One step or none takes no order.
                tally.add(steps);
            }
        }
    }

    /// Puts the events by entity, of each those that a chain can have.
    fn by_entity<'p>(
        &mut self,
        pieces: impl Iterator<Item = &'p [I]> + Clone,
        number: impl Fn(usize, I) -> usize,
    ) where
        I: 'p,
    {
        let mut len = 0;
        for piece in pieces.clone() {
            for (place, item) in piece.iter().enumerate() {
                let entity = &mut self.entities[number(len + place, *item)];
                entity.next += 1;
                entity.any |= item.event().mask(self.shape);
            }
            len += piece.len();
        }
        let mut sum = 0;
        for entity in &mut self.entities {
            let count = entity.next;
            // No chain comes beyond a step that nothing matches: of the ones, those below all zeros.
            let any = entity.any & !entity.any.wrapping_add(1);
            *entity = Entity { next: sum, start: sum, any };
            sum += count;
        }
        if self.events.len() < len {
            self.events.resize(len, I::Event::ZERO);
        }
        len = 0;
        for piece in pieces {
            for (place, item) in piece.iter().enumerate() {
                let entity = &mut self.entities[number(len + place, *item)];
                let event = item.event();
                self.events[entity.next as usize] = event;
                entity.next += u32::from(event.mask(self.shape) & entity.any != 0);
            }
            len += piece.len();
        }
    }
}

fn in_order<'p, P: Packed>(events: &'p mut [P], room: &'p mut [P; FEW]) -> &'p [P] {
    let len = events.len();
    if len > FEW {
        events.sort_unstable();
        return events;
    }
    let mut before = [0_u64; FEW];
    for (place, event) in events.iter().enumerate() {
        let mut own = place as u64;
        for (other, before) in events[..place].iter().zip(&mut before) {
            let after = other.is_after(*event);
            *before += after;
            own -= after;
        }
        before[place] = own;
    }
    for (event, before) in events.iter().zip(before) {
        room[before as usize % FEW] = *event;
    }
    &room[..len]
}

struct Own<'p, P> {
    events: &'p [P],
    shape: &'p Shape,
}

impl<P: Packed> Run for Own<'_, P> {
    fn time(&self, place: usize) -> i64 {
        self.events[place].time(self.shape)
    }

    fn mask(&self, place: usize) -> u64 {
        self.events[place].mask(self.shape)
    }

    fn goes_on(&self, place: usize) -> bool {
        place < self.events.len()
    }
}

/// Numbers keys in the order in which they come.
struct Numbers {
    /// By the upper bits of what is a key's own: the key, and its number from 1 on. Zero is free.
    places: Vec<(u64, u32)>,
    own: u32,
}

/// A key is looked for in so many places. With more, the table is no good for these keys.
const MOST_PLACES: usize = 64;

impl Numbers {
    fn new(own: u32) -> Self {
        Self { places: Vec::new(), own }
    }

    /// How many there are; the number of each goes to `who`.
    fn give(&mut self, keys: impl Iterator<Item = u64> + Clone, who: &mut Vec<u32>) -> usize {
        let log = self.places.len().checked_ilog2().unwrap_or(10);
        self.clear(log);
        let mut found = 0;
        for key in keys.clone() {
            if 2 * found as usize >= self.places.len() && !self.grow() {
                return by_sorting(keys, who);
            }
            match self.place(key) {
                Some(place) => {
                    let (kept, number) = &mut self.places[place];
                    if *number == 0 {
                        found += 1;
                        (*kept, *number) = (key, found);
                    }
                    who.push(*number - 1);
                }
                None => return by_sorting(keys, who),
            }
        }
        found as usize
    }

    fn clear(&mut self, log: u32) {
        self.places.clear();
        self.places.resize(1 << log, (0, 0));
    }

    /// Where a key is, or could be.
    fn place(&self, key: u64) -> Option<usize> {
        let last = self.places.len() - 1;
        // The bits above what is its own are the same for all of a part.
        let first = (key << (64 - self.own)) >> (64 - self.places.len().ilog2());
        (0..MOST_PLACES).map(|further| (first as usize + further) & last).find(
            |place| matches!(self.places[*place], (kept, number) if number == 0 || kept == key),
        )
    }

    fn grow(&mut self) -> bool {
        let old = std::mem::take(&mut self.places);
        self.clear(old.len().ilog2() + 1);
        for (key, number) in old.into_iter().filter(|(_, number)| *number != 0) {
            match self.place(key) {
                Some(place) => self.places[place] = (key, number),
                None => return false,
            }
        }
        true
    }
}

/// The same for keys that the table is no good for.
fn by_sorting(keys: impl Iterator<Item = u64> + Clone, who: &mut Vec<u32>) -> usize {
    let mut sorted: Vec<u64> = keys.clone().collect();
    sorted.sort_unstable();
    sorted.dedup();
    who.clear();
    who.extend(keys.map(|key| sorted.partition_point(|other| *other < key) as u32));
    sorted.len()
}
