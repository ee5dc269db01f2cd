//! The events of a unit by time, wherever they stand: written out, or in columns.

use std::ops::Range;

/// An event of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::events) struct Event {
    pub(in crate::events) time: i64,
    pub(in crate::events) mask: u64,
    /// What a chain has in common, where the query holds a key.
    pub(in crate::events) key: u64,
    pub(in crate::events) row: usize,
}

/// Events of one unit, by time.
pub(in crate::events) trait Timeline: Copy {
    fn len(self) -> usize;
    fn time(self, place: usize) -> i64;
    fn mask(self, place: usize) -> u64;
    fn event(self, place: usize) -> Event;
    /// Those at these places.
    fn part(self, places: Range<usize>) -> Self;
    /// The place of the first whose time is not before what is looked for.
    fn first(self, before: impl Fn(i64) -> bool) -> usize;

    fn events(self) -> impl DoubleEndedIterator<Item = Event> + Clone {
        (0..self.len()).map(move |place| self.event(place))
    }

    fn masks(self) -> impl Iterator<Item = u64> {
        (0..self.len()).map(move |place| self.mask(place))
    }
}

impl Timeline for &[Event] {
    fn len(self) -> usize {
        self.len()
    }

    fn time(self, place: usize) -> i64 {
        self[place].time
    }

    fn mask(self, place: usize) -> u64 {
        self[place].mask
    }

    fn event(self, place: usize) -> Event {
        self[place]
    }

    fn part(self, places: Range<usize>) -> Self {
        &self[places]
    }

    fn first(self, before: impl Fn(i64) -> bool) -> usize {
        self.partition_point(|event| before(event.time))
    }
}

/// Events as their columns have them, from a row on, where nothing is asked for of those that tie but
/// their masks, and no key is held.
#[derive(Debug)]
pub(in crate::events) struct Lane<'e, M> {
    row: usize,
    times: &'e [i64],
    masks: &'e [M],
}

impl<'e, M> Lane<'e, M> {
    /// These rows of whole columns.
    pub(in crate::events) fn new(times: &'e [i64], masks: &'e [M], rows: Range<usize>) -> Self {
        Self { row: rows.start, times: &times[rows.clone()], masks: &masks[rows] }
    }
}

impl<M> Clone for Lane<'_, M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Lane<'_, M> {}

impl<M: Copy + Into<u64>> Timeline for Lane<'_, M> {
    fn len(self) -> usize {
        self.times.len()
    }

    fn time(self, place: usize) -> i64 {
        self.times[place]
    }

    fn mask(self, place: usize) -> u64 {
        self.masks[place].into()
    }

    fn event(self, place: usize) -> Event {
        let (time, mask) = (self.time(place), self.mask(place));
        Event { time, mask, key: 0, row: self.row + place }
    }

    fn part(self, places: Range<usize>) -> Self {
        Self {
            row: self.row + places.start,
            times: &self.times[places.clone()],
            masks: &self.masks[places],
        }
    }

    fn first(self, before: impl Fn(i64) -> bool) -> usize {
        self.times.partition_point(|time| before(*time))
    }
}
