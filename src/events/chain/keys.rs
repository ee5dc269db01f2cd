//! Events parted by their held keys.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};

use super::{Event, Timeline};

/// Events parted by their held keys.
#[derive(Debug, Default)]
pub(super) struct Keys {
    of: HashMap<u64, usize, BuildHasherDefault<DefaultHasher>>,
    /// How many of each key at first, then where its part ends.
    ends: Vec<usize>,
    order: Vec<usize>,
    events: Vec<Event>,
    origin: Vec<usize>,
}

impl Keys {
    /// Parts events, each part in the order in which they stand.
    pub(super) fn part(&mut self, events: impl Timeline) {
        self.of.clear();
        self.ends.clear();
        for event in events.events() {
            let new = self.ends.len();
            let part = *self.of.entry(event.key).or_insert(new);
            match self.ends.get_mut(part) {
                Some(count) => *count += 1,
                None => self.ends.push(1),
            }
        }
        // By the smallest key first.
        let mut keys: Vec<(u64, usize)> = self.of.iter().map(|(key, part)| (*key, *part)).collect();
        keys.sort_unstable();
        self.order = keys.into_iter().map(|(_, part)| part).collect();
        let mut begin = 0;
        for count in &mut self.ends {
            (begin, *count) = (begin + *count, begin);
        }
        self.events.clear();
        self.events.extend(events.events());
        self.origin.clear();
        self.origin.resize(events.len(), 0);
        for (place, event) in events.events().enumerate() {
            let end = &mut self.ends[self.of[&event.key]];
            self.events[*end] = event;
            self.origin[*end] = place;
            *end += 1;
        }
    }

    /// The events of each key, and where each stood, by key.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&[Event], &[usize])> {
        self.order.iter().map(|part| {
            let begin = part.checked_sub(1).map_or(0, |before| self.ends[before]);
            let range = begin..self.ends[*part];
            (&self.events[range.clone()], &self.origin[range])
        })
    }
}
