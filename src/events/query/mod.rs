//! What is asked of events: which steps, how they follow one another, and what is counted.

mod builder;
mod check;
mod limits;
mod settings;

pub use self::builder::EventFunnelBuilder;
pub(super) use self::limits::Limits;
pub use self::settings::{Anchor, Attribution, Counting, Effect, Entry, Order};
use super::length::Length;
use crate::calendar::Grain;
use crate::owner::Owner;

/// The most steps and exclusions together: the bits of a mask.
pub(crate) const MOST_STEPS: u32 = 64;

/// A kind of event that must not happen between two steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Exclusion {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) bit: u32,
}

/// A step of the funnel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct QueryStep {
    pub(super) name: String,
    pub(super) owner: Owner,
    /// The shortest and the longest time since the step before.
    pub(super) least: Option<Length>,
    pub(super) most: Option<Length>,
    pub(super) optional: bool,
}

/// A funnel of events: a query that is checked, to be computed over any [`Events`](super::Events).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EventFunnel {
    pub(super) steps: Vec<QueryStep>,
    pub(super) window: Option<Length>,
    pub(super) anchor: Anchor,
    pub(super) order: Order,
    pub(super) strict_times: bool,
    pub(super) entry: Entry,
    pub(super) open: bool,
    pub(super) counting: Counting,
    pub(super) exclusions: Vec<Exclusion>,
    pub(super) effect: Effect,
    pub(super) holds: bool,
    pub(super) segments: Option<(Attribution, u32)>,
    pub(super) trend: Option<Grain>,
    pub(super) between: Vec<(u32, u32)>,
    pub(super) reasons: bool,
    pub(super) correlated: Vec<u32>,
}

impl EventFunnel {
    /// Begins a query over so many steps, from 1 to 64: bit i of a mask is step i, from 0. Without
    /// further settings an entity counts by its best chain of distinct events in order, without a
    /// window.
    pub fn builder(steps: u32) -> EventFunnelBuilder {
        let step = |i| QueryStep {
            name: format!("step {}", i + 1),
            owner: Owner::Both,
            least: None,
            most: None,
            optional: false,
        };
        let query = Self {
            steps: (0..steps.min(MOST_STEPS)).map(step).collect(),
            window: None,
            anchor: Anchor::Start,
            order: Order::Ordered,
            strict_times: false,
            entry: Entry::Best,
            open: false,
            counting: Counting::Uniques,
            exclusions: Vec::new(),
            effect: Effect::Breaks,
            holds: false,
            segments: None,
            trend: None,
            between: Vec::new(),
            reasons: false,
            correlated: Vec::new(),
        };
        let too_many = (steps == 0 || steps > MOST_STEPS).then_some(steps);
        EventFunnelBuilder::new(query, too_many)
    }

    /// How many steps.
    #[must_use]
    pub fn steps(&self) -> u32 {
        self.steps.len() as u32
    }

    /// The bits of the steps.
    pub(super) fn step_bits(&self) -> u64 {
        u64::MAX >> (MOST_STEPS - self.steps())
    }
}
