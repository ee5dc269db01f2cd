//! Bytes as a query over events, and as events for it.

use yardstick::events::{
    Anchor, Attribution, Counting, Effect, Entry, EventFunnel, Events, Order, seconds,
};
use yardstick::funnel::TimeUnit;
use yardstick::{Column, Error, Grain, Owner};

use super::Bytes;

/// A query, if the settings go together.
pub(crate) fn query(bytes: &mut Bytes<'_>) -> Option<EventFunnel> {
    let steps = 1 + bytes.below(4) as u32;
    let step = |bytes: &mut Bytes<'_>| bytes.below(steps as usize) as u32;
    let (what, how) = (bytes.byte(), bytes.byte());
    let mut query = EventFunnel::builder(steps);
    if what & 1 == 1 {
        query = query.window(seconds(bytes.below(4) as u64));
    }
    if what & 2 == 2 {
        query = query.order(bytes.pick(&[Order::Ordered, Order::Strict, Order::Any]));
    }
    if what & 4 == 4 {
        query = query.entry(bytes.pick(&Entry::ALL));
    }
    if what & 8 == 8 {
        query = query.counting(bytes.pick(&Counting::ALL)).entry(Entry::First);
    }
    if what & 16 == 16 && steps > 1 {
        query = query.exclude(0, 1 + bytes.below(steps as usize - 1) as u32, 4);
        query = query.effect(bytes.pick(&Effect::ALL));
    }
    if what & 32 == 32 {
        query = query.held();
    }
    if what & 64 == 64 {
        query = query.by_segment(bytes.pick(&Attribution::ALL));
    }
    if what & 128 == 128 {
        query = query.reasons();
    }
    if how & 1 == 1 {
        query = query.trend(bytes.pick(&Grain::ALL));
    }
    if how & 2 == 2 {
        query = query.time_between(step(bytes), step(bytes));
    }
    if how & 4 == 4 {
        query = query.correlate(5);
    }
    if how & 8 == 8 {
        query = query.anchor(bytes.pick(&Anchor::ALL));
    }
    if how & 16 == 16 {
        query = query.strict_times();
    }
    if how & 32 == 32 {
        let limit = seconds(bytes.below(3) as u64);
        query = match bytes.below(2) {
            0 => query.at_least_after(step(bytes), limit),
            _ => query.at_most_after(step(bytes), limit),
        };
    }
    if how & 64 == 64 {
        query = query.name(step(bytes), "lead", Owner::Marketing);
    }
    if how & 128 == 128 {
        query = match bytes.below(2) {
            0 => query.open_entry(),
            _ => query.optional(step(bytes)),
        };
    }
    query.build().ok()
}

/// Columns of events.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    pub(crate) entities: Vec<u32>,
    pub(crate) times: Vec<i64>,
    pub(crate) masks: Vec<u8>,
    pub(crate) segments: Vec<u32>,
    pub(crate) cents: Vec<i64>,
    /// A bit for each that has a value.
    pub(crate) valued: Vec<u8>,
    pub(crate) held: Vec<u64>,
    pub(crate) sessions: Vec<u64>,
    /// When observation ended.
    pub(crate) last: Option<i64>,
    pub(crate) has_values: bool,
}

impl Rows {
    /// A row takes three bytes. Most times tie.
    pub(crate) fn read(bytes: &mut Bytes<'_>) -> Self {
        let about = bytes.byte();
        let base = [0, -3, 86_398, i64::from(about)][usize::from(about & 3)];
        let last = (about & 4 == 4).then_some(base + 5);
        let mut rows = Self { last, has_values: about & 8 == 8, ..Self::default() };
        while !bytes.is_empty() {
            let (who, mask, what) = (bytes.byte(), bytes.byte(), bytes.byte());
            rows.entities.push(u32::from(who & 3));
            rows.times.push(base + i64::from((who >> 2) % 5));
            // Many without a step, and few without any bit.
            rows.masks.push(if what & 0x80 == 0 { mask & 0x3f } else { mask & 0x18 });
            rows.segments.push(u32::from(what & 3));
            rows.cents.push(i64::from(what >> 2 & 7) - 3);
            rows.valued.push(u8::from(what & 0x20 == 0));
            rows.held.push(u64::from(mask >> 6 & 1));
            rows.sessions.push(u64::from(mask >> 7));
        }
        rows
    }

    pub(crate) fn len(&self) -> usize {
        self.times.len()
    }

    /// Those at these places.
    pub(crate) fn part(&self, places: impl IntoIterator<Item = usize>) -> Self {
        let mut part = Self { last: self.last, has_values: self.has_values, ..Self::default() };
        for i in places {
            part.entities.push(self.entities[i]);
            part.times.push(self.times[i]);
            part.masks.push(self.masks[i]);
            part.segments.push(self.segments[i]);
            part.cents.push(self.cents[i]);
            part.valued.push(self.valued[i]);
            part.held.push(self.held[i]);
            part.sessions.push(self.sessions[i]);
        }
        part
    }

    /// What `look` sees in them as events.
    pub(crate) fn events<T>(
        &self,
        look: impl FnOnce(&Events<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut bits = vec![0_u8; self.len().div_ceil(8)];
        for (row, _) in self.valued.iter().enumerate().filter(|(_, valued)| **valued == 1) {
            bits[row / 8] |= 1 << (row % 8);
        }
        let mut events = Events::unsorted(&self.entities, &self.times, &self.masks)?
            .unit(TimeUnit::Second)
            .segments(&self.segments, 4)?
            .held(&self.held)?
            .sessions(&self.sessions)?;
        if self.has_values {
            events = events.values(Column::scaled(&self.cents, 2).with_validity(&bits))?;
        }
        if let Some(last) = self.last {
            events = events.observed_until(last)?;
        }
        look(&events)
    }
}
