//! The library, asked through its public calls.

#[cfg(feature = "capi")]
use std::cell::RefCell;

use yardstick::events::{
    EntityChain, EventFunnel, EventFunnelBuilder, EventFunnelResult, Events, Masks, seconds,
};

use super::best::Spec;
use super::cases::Hit;

/// Events as columns.
#[derive(Debug, Default, Clone)]
pub(crate) struct Columns {
    pub(crate) entities: Vec<u32>,
    pub(crate) times: Vec<i64>,
    pub(crate) masks: Vec<u64>,
    pub(crate) segments: Vec<u32>,
}

/// A funnel that the library was asked for.
#[cfg(feature = "capi")]
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) query: EventFunnel,
    pub(crate) columns: Columns,
}

#[cfg(feature = "capi")]
thread_local! {
    /// What was asked since somebody began to listen.
    static ASKED: RefCell<Option<Vec<Asked>>> = const { RefCell::new(None) };
}

/// What is asked meanwhile.
#[cfg(feature = "capi")]
pub(super) fn listen<T>(work: impl FnOnce() -> T) -> (T, Vec<Asked>) {
    ASKED.set(Some(Vec::new()));
    let result = work();
    (result, ASKED.take().unwrap_or_default())
}

/// Counts the events, and tells who listens.
pub(super) fn compute(query: &EventFunnel, columns: &Columns) -> EventFunnelResult {
    #[cfg(feature = "capi")]
    ASKED.with_borrow_mut(|asked| {
        if let Some(asked) = asked {
            asked.push(Asked { query: query.clone(), columns: columns.clone() });
        }
    });
    query.compute(&columns.events()).unwrap()
}

impl Columns {
    pub(super) fn of_one(hits: &[Hit]) -> Self {
        let mut columns = Self::default();
        hits.iter().for_each(|hit| columns.push(0, *hit, 0));
        columns
    }

    pub(super) fn push(&mut self, entity: u32, hit: Hit, segment: u32) {
        self.entities.push(entity);
        self.times.push(hit.time);
        self.masks.push(hit.mask);
        self.segments.push(segment);
    }

    pub(crate) fn is_sorted(&self) -> bool {
        let by = |row: usize| (self.entities[row], self.times[row]);
        (1..self.times.len()).all(|row| by(row - 1) <= by(row))
    }

    /// How many segments there are, whether an event is in them or not.
    pub(crate) fn segment_count(&self) -> u32 {
        self.segments.iter().max().map_or(0, |most| most + 1)
    }

    /// In the order in which they came in, and said to be sorted where they are.
    pub(crate) fn events(&self) -> Events<'_> {
        let (times, masks) = (&self.times, Masks::from(&self.masks));
        let events = match self.is_sorted() {
            true => Events::sorted(&self.entities, times, masks),
            false => Events::unsorted(&self.entities, times, masks),
        };
        events.unwrap().segments(&self.segments, self.segment_count()).unwrap()
    }
}

/// The query for what a specification asks; the times of cases are counted as seconds, whatever their
/// unit is.
pub(super) fn builder(spec: &Spec) -> EventFunnelBuilder {
    use yardstick::events::{Effect, Entry, Order};

    let step = |step: usize| u32::try_from(step).unwrap();
    let mut builder = EventFunnel::builder(step(spec.steps));
    if let Some(window) = spec.window {
        builder = builder.window(seconds(window));
    }
    if spec.strict_times {
        builder = builder.strict_times();
    }
    if spec.nothing_between {
        builder = builder.order(Order::Strict);
    }
    if spec.any_order {
        builder = builder.order(Order::Any);
    }
    if spec.first_entry {
        builder = builder.entry(Entry::First);
    }
    for (from, to, bit) in &spec.exclusions {
        builder = builder.exclude(step(*from), step(*to), step(*bit));
    }
    if spec.drops {
        builder = builder.effect(Effect::Drops);
    }
    builder
}

/// The one chain of one entity; the counts have to say the same.
pub(super) fn chain(hits: &[Hit], spec: &Spec) -> EntityChain {
    let columns = Columns::of_one(hits);
    let query = builder(spec).build().unwrap();
    let mut chains = query.chains(&columns.events()).unwrap();
    let chain = chains.pop().unwrap();
    assert!(chains.is_empty(), "one chain");
    let result = compute(&query, &columns);
    let depth = if chain.dropped { 0 } else { chain.rows.len() };
    let counts: Vec<u64> = (0..spec.steps).map(|step| u64::from(step < depth)).collect();
    assert_eq!(result.total().counts(), counts);
    chain
}
