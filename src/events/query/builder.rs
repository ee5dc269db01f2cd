//! Collects what is asked.

use super::{
    Anchor, Attribution, Counting, Effect, Entry, EventFunnel, Exclusion, MOST_STEPS, Order,
    QueryStep,
};
use crate::calendar::Grain;
use crate::error::{Error, ErrorKind};
use crate::events::Length;
use crate::owner::Owner;

/// Collects the settings of an [`EventFunnel`].
#[derive(Debug, Clone)]
#[must_use]
pub struct EventFunnelBuilder {
    query: EventFunnel,
    /// Settings that name a step which is not there.
    missing: Vec<(&'static str, u32)>,
    too_many: Option<u32>,
}

impl EventFunnelBuilder {
    pub(super) fn new(query: EventFunnel, too_many: Option<u32>) -> Self {
        Self { query, missing: Vec::new(), too_many }
    }

    fn step(&mut self, what: &'static str, step: u32) -> Option<&mut QueryStep> {
        let found = self.query.steps.get_mut(step as usize);
        if found.is_none() {
            self.missing.push((what, step));
        }
        found
    }

    /// Names a step and its owner, for the [`Funnel`](crate::Funnel) that comes of it. Without it,
    /// `step 1` and so on, of both.
    pub fn name(mut self, step: u32, name: impl Into<String>, owner: Owner) -> Self {
        if let Some(step) = self.step("name", step) {
            (step.name, step.owner) = (name.into(), owner);
        }
        self
    }

    /// How long a chain may take, the end included. Without it, for ever.
    pub fn window(mut self, window: Length) -> Self {
        self.query.window = Some(window);
        self
    }

    /// From when the window counts; without it, from the chain's start.
    pub fn anchor(mut self, anchor: Anchor) -> Self {
        self.query.anchor = anchor;
        self
    }

    /// A step comes at least so long after the one before.
    pub fn at_least_after(mut self, step: u32, least: Length) -> Self {
        if let Some(step) = self.step("at least after", step) {
            step.least = Some(least);
        }
        self
    }

    /// A step comes at most so long after the one before.
    pub fn at_most_after(mut self, step: u32, most: Length) -> Self {
        if let Some(step) = self.step("at most after", step) {
            step.most = Some(most);
        }
        self
    }

    /// How the steps follow one another; without it, in order.
    pub fn order(mut self, order: Order) -> Self {
        self.query.order = order;
        self
    }

    /// Each required step comes later than the one before; without it, steps at one time may follow one
    /// another.
    pub fn strict_times(mut self) -> Self {
        self.query.strict_times = true;
        self
    }

    /// Which chain of an entity counts; without it, the best.
    pub fn entry(mut self, entry: Entry) -> Self {
        self.query.entry = entry;
        self
    }

    /// A chain may begin at any step and goes on from there without leaving one out. It is the one that
    /// comes furthest; then the longest; then as for others. A step counts the chains that have it.
    pub fn open_entry(mut self) -> Self {
        self.query.open = true;
        self
    }

    /// A step that may be skipped, neither the first nor the last. The chain is chosen as if there were
    /// no such step. Then, step by step, it takes the earliest event that the chain does not have, from
    /// the time of the step before that it has to that of the next one; beyond its last required step
    /// and up to the next such step, to the end of the window.
    pub fn optional(mut self, step: u32) -> Self {
        if let Some(step) = self.step("optional", step) {
            step.optional = true;
        }
        self
    }

    /// What is counted; without it, entities.
    pub fn counting(mut self, counting: Counting) -> Self {
        self.query.counting = counting;
        self
    }

    /// No event with this bit lies between two steps: neither strictly between their times, nor, if it
    /// matches no step at all, at one of them; for a chain that has come beyond the first of the two
    /// but not to the second, between the first and its last event. The bit is none of a step.
    pub fn exclude(mut self, from: u32, to: u32, bit: u32) -> Self {
        self.query.exclusions.push(Exclusion { from, to, bit });
        self
    }

    /// What an excluded event does; without it, it breaks chains.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.query.effect = effect;
        self
    }

    /// All events of a chain have the held key of the events in common. Events with another key are as
    /// good as those of another entity: they are no excluded ones, and lie nowhere between.
    pub fn held(mut self) -> Self {
        self.query.holds = true;
        self
    }

    /// Counts by segment too, each entity by this one of its events.
    pub fn by_segment(mut self, attribution: Attribution) -> Self {
        self.query.segments = Some((attribution, 0));
        self
    }

    /// Counts by segment too, each entity by its event of this step; who has not come so far is not
    /// counted.
    pub fn by_segment_at(mut self, step: u32) -> Self {
        let _ = self.step("by segment at", step);
        self.query.segments = Some((Attribution::Step, step));
        self
    }

    /// Counts by the day, week or longer in which the chain begins too, in UTC from 1970 on.
    pub fn trend(mut self, grain: Grain) -> Self {
        self.query.trend = Some(grain);
        self
    }

    /// Keeps the time from one step to another of each chain that has both.
    pub fn time_between(mut self, from: u32, to: u32) -> Self {
        self.query.between.push((from, to));
        self
    }

    /// Finds for each that stopped the reason why.
    pub fn reasons(mut self) -> Self {
        self.query.reasons = true;
        self
    }

    /// Counts those that have an event with this bit, among who completed the funnel and who did not.
    pub fn correlate(mut self, bit: u32) -> Self {
        self.query.correlated.push(bit);
        self
    }

    /// The query.
    ///
    /// # Errors
    ///
    /// Everything that is wrong or does not go together at once, each with what would do.
    pub fn build(self) -> Result<EventFunnel, Error> {
        let (query, problems) = self.checked();
        // Places in a document say nothing to who calls.
        let problems = problems.into_iter().map(|error| error.with_path(String::new())).collect();
        match Error::all("funnel of events", problems) {
            Some(error) => Err(error),
            None => Ok(query),
        }
    }

    /// The query, and all that is wrong with it, each with its place in a document.
    pub(crate) fn checked(self) -> (EventFunnel, Vec<Error>) {
        let mut problems = Vec::new();
        let mut refuse = |path: &str, kind, message: String| {
            problems.push(Error::new(kind, message).at_path(path));
        };
        let query = self.query;
        if let Some(steps) = self.too_many {
            let message = format!("{steps} steps; a funnel of events has 1 to {MOST_STEPS}");
            refuse("steps", ErrorKind::Shape, message);
        }
        let last = query.steps().saturating_sub(1);
        for (what, step) in self.missing {
            let message = format!("{what}: there is no step {step}; the last of them is {last}");
            refuse("steps", ErrorKind::Unknown, message);
        }
        query.check(&mut refuse);
        (query, problems)
    }
}
