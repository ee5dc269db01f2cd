//! A part of the entities: its events by entity, and each entity's by time.

use super::kernel::{Kernel, Run};
use super::scattered::Packed;
use super::{Spec, Tally};

/// How events are packed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// The first of all times.
    pub(super) first: i64,
    pub(super) steps: u32,
    pub(super) bits: u64,
}

/// Entities are numbered from 0 on within a part.
pub(super) struct Part<'s, P> {
    kernel: Kernel,
    shape: &'s Shape,
    /// How many bits of a key are an entity's own.
    own: u32,
    numbers: Option<Numbers>,
    /// The number of each event's entity, where it is not its key.
    who: Vec<u32>,
    /// By entity: the place after its last event so far, and all that its events match.
    next: Vec<(usize, u64)>,
    events: Vec<P>,
}

impl<'s, P: Packed> Part<'s, P> {
    pub(super) fn new(spec: &Spec, shape: &'s Shape, own: u32, dense: bool) -> Self {
        Self {
            kernel: Kernel::new(spec),
            shape,
            own,
            numbers: (!dense).then(|| Numbers::new(own)),
            who: Vec::new(),
            next: Vec::new(),
            events: Vec::new(),
        }
    }

    pub(super) fn tally<'p>(
        &mut self,
        pieces: impl Iterator<Item = &'p [(u64, P)]> + Clone,
        tally: &mut Tally,
    ) where
        P: 'p,
    {
        let own = !(u64::MAX.checked_shl(self.own).unwrap_or(0));
        let len: usize = pieces.clone().map(<[_]>::len).sum();
        self.next.clear();
        self.who.clear();
        match &mut self.numbers {
            None => {
                // Dense, so that there are few.
                self.who.extend(pieces.clone().flatten().map(|(key, _)| (key & own) as u32));
                self.next.resize(own as usize + 1, (0, 0));
            }
            Some(numbers) => {
                let found =
                    numbers.give(pieces.clone().flatten().map(|(key, _)| *key), &mut self.who);
                self.next.resize(found, (0, 0));
            }
        }
        for ((_, event), who) in pieces.clone().flatten().zip(&self.who) {
            let (count, any) = &mut self.next[*who as usize];
            *count += 1;
            *any |= event.mask(self.shape);
        }
        let mut sum = 0;
        for (next, _) in &mut self.next {
            let count = *next;
            *next = sum;
            sum += count;
        }
        self.events.clear();
        self.events.resize(len, P::default());
        for ((_, event), who) in pieces.flatten().zip(&self.who) {
            let (next, _) = &mut self.next[*who as usize];
            self.events[*next] = *event;
            *next += 1;
        }
        let mut start = 0;
        for (end, any) in &self.next {
            let end = *end;
            if start < end {
                // No chain comes beyond a step that nothing matches.
                let steps = any.trailing_ones() as usize;
                let events = &mut self.events[start..end];
                if steps > 0 {
                    events.sort_unstable();
                }
                tally.add(self.kernel.depth(steps, &Own { events, shape: self.shape }));
            }
            start = end;
        }
    }
}

struct Own<'p, P> {
    events: &'p [P],
    shape: &'p Shape,
}

impl<P: Packed> Run for Own<'_, P> {
    fn len(&self) -> usize {
        self.events.len()
    }

    fn time(&self, place: usize) -> i64 {
        self.events[place].time(self.shape)
    }

    fn mask(&self, place: usize) -> u64 {
        self.events[place].mask(self.shape)
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
