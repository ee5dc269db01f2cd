//! Queries of event funnels and rows of events, as tests write them down.

use std::fmt;

use yardstick::Grain;
use yardstick::events::{
    Anchor, Attribution, Counting, Effect, Entry, EventFunnel, EventFunnelBuilder, Length, Order,
};
use yardstick::funnel::TimeUnit;

/// An event, as a row of the input.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) entity: u64,
    pub(super) time: i64,
    pub(super) mask: u64,
    pub(super) segment: u32,
    pub(super) value: Option<i64>,
    pub(super) key: u64,
    pub(super) session: u64,
}

/// What decides among events that tie, and their times: mask, segment, value, which none comes before
/// any of, and held key.
pub(super) type Contents = (i64, u64, Option<u32>, Option<i64>, Option<u64>);

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { entity, time, mask, segment, value, key, session } = self;
        write!(
            f,
            "{entity} at {time}: {mask:#b}, segment {segment}, value {value:?}, key {key}, session {session}"
        )
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) steps: usize,
    /// Of times and lengths.
    pub(super) unit: TimeUnit,
    pub(super) order: Order,
    pub(super) window: Option<u64>,
    pub(super) anchor: Anchor,
    pub(super) strict_times: bool,
    pub(super) least: Vec<Option<u64>>,
    pub(super) most: Vec<Option<u64>>,
    pub(super) optional: Vec<bool>,
    pub(super) entry: Entry,
    pub(super) open: bool,
    pub(super) counting: Counting,
    /// From, to, bit.
    pub(super) exclusions: Vec<(usize, usize, u32)>,
    pub(super) effect: Effect,
    pub(super) held: bool,
    pub(super) segments: Option<Attribution>,
    pub(super) segment_step: usize,
    pub(super) between: Vec<(usize, usize)>,
    /// By the day on which a chain begins, where times are days.
    pub(super) trend: bool,
    pub(super) reasons: bool,
    pub(super) correlated: Vec<u32>,
    pub(super) observed_until: Option<i64>,
}

impl Settings {
    /// So many steps in order, and nothing else.
    pub(super) fn plain(steps: usize) -> Self {
        Self {
            steps,
            unit: TimeUnit::Second,
            order: Order::Ordered,
            window: None,
            anchor: Anchor::Start,
            strict_times: false,
            least: vec![None; steps],
            most: vec![None; steps],
            optional: vec![false; steps],
            entry: Entry::Best,
            open: false,
            counting: Counting::Uniques,
            exclusions: Vec::new(),
            effect: Effect::Breaks,
            held: false,
            segments: None,
            segment_step: 0,
            between: Vec::new(),
            trend: false,
            reasons: false,
            correlated: Vec::new(),
            observed_until: None,
        }
    }

    pub(super) fn builder(&self) -> EventFunnelBuilder {
        let length = |amount| Length::new(amount, self.unit);
        let mut builder = EventFunnel::builder(self.steps as u32)
            .order(self.order)
            .anchor(self.anchor)
            .entry(self.entry)
            .counting(self.counting)
            .effect(self.effect);
        if let Some(window) = self.window {
            builder = builder.window(length(window));
        }
        if self.strict_times {
            builder = builder.strict_times();
        }
        for step in 0..self.steps {
            if let Some(least) = self.least[step] {
                builder = builder.at_least_after(step as u32, length(least));
            }
            if let Some(most) = self.most[step] {
                builder = builder.at_most_after(step as u32, length(most));
            }
            if self.optional[step] {
                builder = builder.optional(step as u32);
            }
        }
        for (from, to, bit) in &self.exclusions {
            builder = builder.exclude(*from as u32, *to as u32, *bit);
        }
        if self.open {
            builder = builder.open_entry();
        }
        if self.held {
            builder = builder.held();
        }
        builder = match self.segments {
            None => builder,
            Some(Attribution::Step) => builder.by_segment_at(self.segment_step as u32),
            Some(attribution) => builder.by_segment(attribution),
        };
        for (from, to) in &self.between {
            builder = builder.time_between(*from as u32, *to as u32);
        }
        for bit in &self.correlated {
            builder = builder.correlate(*bit);
        }
        if self.trend {
            builder = builder.trend(Grain::Day);
        }
        if self.reasons {
            builder = builder.reasons();
        }
        builder
    }

    /// What of a row the query asks for, besides its entity and session.
    pub(super) fn asked_for(&self, row: &Row) -> Contents {
        let segment = self.segments.map(|_| row.segment);
        let key = self.held.then_some(row.key);
        (row.time, row.mask, segment, row.value, key)
    }
}
