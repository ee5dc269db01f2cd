//! What is asked of events: which steps, how they follow one another, and what is counted.

use super::length::Length;
use crate::calendar::Grain;
use crate::error::{Error, ErrorKind};
use crate::funnel::TimeUnit;
use crate::named::named;
use crate::owner::Owner;

/// The most steps and exclusions together: the bits of a mask.
pub(crate) const MOST_STEPS: u32 = 64;

named! {
    /// How the steps follow one another.
    #[derive(PartialOrd, Ord)]
    Order "order" {
        /// One after another; whatever else happens between them does not matter.
        Ordered = "ordered",
        /// One after another with nothing between: the events of the entity from the first of the
        /// chain to its last can be put in an order by time in which those of the chain follow one
        /// another without any other. Events that match no step are there too, so give them.
        Strict = "strict",
        /// In any order.
        Any = "any",
    }
}

named! {
    /// Which chain of an entity counts.
    #[derive(PartialOrd, Ord)]
    Entry "entry" {
        /// The best of all.
        Best = "best",
        /// The best of those that begin at the first time of an event of the first step.
        First = "first",
        /// The best of those that begin at the last time of an event of the first step.
        Latest = "latest",
    }
}

named! {
    /// What is counted.
    #[derive(PartialOrd, Ord)]
    Counting "counting" {
        /// Entities, each by one chain.
        Uniques = "uniques",
        /// Chains, one after another: each is the one that begins at the first time of an event of the
        /// first step after the end of the one before. A chain that is complete ends with its last
        /// event; any other when its window does, so that what falls into it begins no other.
        Totals = "totals",
        /// Sessions of entities, each by one chain within it.
        Sessions = "sessions",
    }
}

named! {
    /// From when the window counts.
    #[derive(PartialOrd, Ord)]
    Anchor "window anchor" {
        /// From the first event of the chain: it ends at most a window later.
        Start = "start",
        /// From the step before: each step comes at most a window after it.
        Previous = "previous",
    }
}

named! {
    /// What an excluded event does.
    #[derive(PartialOrd, Ord)]
    Effect "effect" {
        /// Chains that it lies in do not count, but others of the entity do.
        Breaks = "breaks",
        /// The chain is chosen as if there were none. If one lies in it, the entity is left out.
        Drops = "drops",
    }
}

named! {
    /// By which event's segment an entity is counted.
    #[derive(PartialOrd, Ord)]
    Attribution "attribution" {
        /// By the segment of the chain's first event.
        First = "first",
        /// By that of its last.
        Last = "last",
        /// Each segment for itself: only its events make its chains, so that one entity can count in
        /// several.
        All = "all",
        /// By that of the step [`at`](EventFunnelBuilder::by_segment_at); who has not come so far is
        /// not counted.
        Step = "step",
    }
}

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

/// Collects the settings of an [`EventFunnel`].
#[derive(Debug, Clone)]
#[must_use]
pub struct EventFunnelBuilder {
    query: EventFunnel,
    /// Settings that name a step which is not there.
    missing: Vec<(&'static str, u32)>,
    too_many: Option<u32>,
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
        EventFunnelBuilder { query, missing: Vec::new(), too_many }
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

impl EventFunnelBuilder {
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

impl EventFunnel {
    fn check(&self, refuse: &mut impl FnMut(&str, ErrorKind, String)) {
        let steps = self.steps();
        for (i, step) in self.steps.iter().enumerate() {
            if let Some(same) = self.steps[..i].iter().find(|other| other.name == step.name) {
                let message = format!("step \"{}\" is there twice; rename one", same.name);
                refuse(&format!("steps[{i}].name"), ErrorKind::Duplicate, message);
            }
            let given = step.least.is_some() || step.most.is_some();
            if given && i == 0 {
                let message = "step 0 has none before it; set times of later steps".to_owned();
                refuse(&format!("steps[{i}]"), ErrorKind::Domain, message);
            }
            if given && self.order == Order::Any {
                let message = format!(
                    "step {i} has a time after the one before, but in any order there is none; set a window, or order the steps"
                );
                refuse(&format!("steps[{i}]"), ErrorKind::Domain, message);
            }
            let nanoseconds = |length: Option<Length>| {
                let length = length?;
                Some(u128::from(length.amount()) * u128::from(length.unit().nanoseconds()))
            };
            if let (Some(least), Some(most)) = (nanoseconds(step.least), nanoseconds(step.most)) {
                if least > most {
                    let message = format!(
                        "step {i} comes at least longer after the one before than at most; give at least no more than at most"
                    );
                    refuse(&format!("steps[{i}].at_least_after"), ErrorKind::Domain, message);
                }
            }
        }
        for (i, Exclusion { from, to, bit }) in self.exclusions.iter().enumerate() {
            if from >= to || *to >= steps {
                let message = format!(
                    "exclusion of bit {bit} between steps {from} and {to}; give two in order below {steps}"
                );
                refuse(&format!("exclusions[{i}]"), ErrorKind::Domain, message);
            }
            self.spare(&format!("exclusions[{i}].bit"), *bit, "exclusion", refuse);
        }
        for (i, bit) in self.correlated.iter().enumerate() {
            self.spare(&format!("correlate[{i}]"), *bit, "correlation", refuse);
        }
        for (i, (from, to)) in self.between.iter().enumerate() {
            if from >= to || *to >= steps {
                let message =
                    format!("time between steps {from} and {to}; give two in order below {steps}");
                refuse(&format!("time_between[{i}]"), ErrorKind::Domain, message);
            }
        }
        self.check_optional(refuse);
        let excludes = !self.exclusions.is_empty();
        if self.anchor == Anchor::Previous && self.window.is_none() {
            let message = "a window from the step before, and no window; give one".to_owned();
            refuse("anchor", ErrorKind::Missing, message);
        }
        match self.order {
            Order::Ordered => {}
            Order::Strict => {
                if excludes {
                    let message = "exclusions in strict order, where nothing lies between steps anyway; leave them out, or order the steps without it";
                    refuse("exclusions", ErrorKind::Domain, message.to_owned());
                }
            }
            Order::Any => {
                if self.anchor == Anchor::Previous {
                    let message = "a window from the step before, but in any order there is none; count it from the start";
                    refuse("anchor", ErrorKind::Domain, message.to_owned());
                }
                if self.strict_times {
                    let message = "strict times, but in any order no step follows another; leave them out, or order the steps";
                    refuse("strict_times", ErrorKind::Domain, message.to_owned());
                }
                if excludes {
                    let message = "exclusions between steps, but in any order none lies between; leave them out, or order the steps";
                    refuse("exclusions", ErrorKind::Domain, message.to_owned());
                }
                if self.entry == Entry::Latest {
                    let message = "entry at the latest event, but in any order every event can be the first; enter at the first, or by the best chain";
                    refuse("entry", ErrorKind::Domain, message.to_owned());
                }
            }
        }
        if self.counting == Counting::Totals {
            if self.entry != Entry::First {
                let message = "totals count one chain after another from each first event; set entry to first";
                refuse("entry", ErrorKind::Domain, message.to_owned());
            }
            if excludes && self.effect == Effect::Drops {
                let message = "totals count chains, and exclusions that drop leave out entities; let them break chains";
                refuse("effect", ErrorKind::Domain, message.to_owned());
            }
            if self.anchor == Anchor::Previous {
                let message = "totals count one chain after another, each until its window ends; count the window from the start";
                refuse("anchor", ErrorKind::Domain, message.to_owned());
            }
            if self.holds {
                let message = "totals count one chain after another, whatever its key; leave the held key out, or count uniques";
                refuse("held", ErrorKind::Domain, message.to_owned());
            }
            if self.reasons {
                let message = "reasons with totals, where who stopped can begin again; leave them out, or count uniques";
                refuse("reasons", ErrorKind::Domain, message.to_owned());
            }
            if self.order != Order::Ordered {
                let message =
                    "totals count chains of steps in order; leave the order out, or count uniques";
                refuse("order", ErrorKind::Domain, message.to_owned());
            }
        }
    }

    fn check_optional(&self, refuse: &mut impl FnMut(&str, ErrorKind, String)) {
        let last = self.steps.len().saturating_sub(1);
        for (i, step) in self.steps.iter().enumerate().filter(|(_, step)| step.optional) {
            if i == 0 || i == last {
                let message = format!(
                    "step {i} is optional, but the first and the last are what a funnel is about; require it"
                );
                refuse(&format!("steps[{i}].optional"), ErrorKind::Domain, message);
            }
            if step.least.is_some() || step.most.is_some() {
                let message = format!(
                    "step {i} is optional and has a time after the one before; set a window, or require it"
                );
                refuse(&format!("steps[{i}].optional"), ErrorKind::Domain, message);
            }
            let place = i as u32;
            if self.exclusions.iter().any(|each| each.from == place || each.to == place) {
                let message = format!(
                    "step {i} is optional, and an exclusion begins or ends there; let it be between required steps"
                );
                refuse(&format!("steps[{i}].optional"), ErrorKind::Domain, message);
            }
        }
        let optional = self.steps.iter().any(|step| step.optional);
        if optional && self.order != Order::Ordered {
            let message =
                "optional steps go with steps in order; leave the order out, or require all";
            refuse("order", ErrorKind::Domain, message.to_owned());
        }
        if self.open && optional {
            let message = "optional steps with open entry, where each can be the first; choose one";
            refuse("open_entry", ErrorKind::Domain, message.to_owned());
        }
        if self.open && self.order != Order::Ordered {
            let message = "open entry goes with steps in order; leave one of them out";
            refuse("open_entry", ErrorKind::Domain, message.to_owned());
        }
        if self.open && (self.entry != Entry::Best || self.counting == Counting::Totals) {
            let message =
                "open entry counts the best chain from any step; leave entry and totals out";
            refuse("open_entry", ErrorKind::Domain, message.to_owned());
        }
        if self.open && !self.exclusions.is_empty() {
            let message = "exclusions with open entry, where a chain need not have the step that they begin at; leave one of them out";
            refuse("exclusions", ErrorKind::Domain, message.to_owned());
        }
    }

    fn spare(
        &self,
        path: &str,
        bit: u32,
        what: &str,
        refuse: &mut impl FnMut(&str, ErrorKind, String),
    ) {
        let steps = self.steps();
        if bit < steps || bit >= MOST_STEPS {
            let message = format!(
                "{what} by bit {bit}, which is {}; give one from {steps} to {}",
                if bit < steps { "that of a step" } else { "none of a mask" },
                MOST_STEPS - 1
            );
            refuse(path, ErrorKind::Domain, message);
        }
    }

    /// The lengths of a query in the unit of the events.
    pub(super) fn limits(&self, unit: TimeUnit) -> Result<Limits, Error> {
        let window = self.window.map(|window| window.within(unit)).transpose()?;
        let (window, previous) = match self.anchor {
            Anchor::Start => (window.unwrap_or(u64::MAX), u64::MAX),
            Anchor::Previous => (u64::MAX, window.unwrap_or(u64::MAX)),
        };
        let mut gaps = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let least = step.least.map_or(Ok(0), |least| least.within(unit))?;
            let most = step.most.map_or(Ok(u64::MAX), |most| most.within(unit))?;
            let least = least.max(u64::from(self.strict_times));
            gaps.push((least, most.min(previous)));
        }
        Ok(Limits { window, previous, gaps })
    }
}

/// The lengths of a query in the unit of the events; `u64::MAX` is without end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limits {
    /// From the start of a chain to its end.
    pub(super) window: u64,
    /// From each step to the next, where the window counts from there; already in the gaps.
    pub(super) previous: u64,
    /// The least and the most from the step before to each.
    pub(super) gaps: Vec<(u64, u64)>,
}

impl Limits {
    /// The gaps without those of single steps.
    pub(super) fn without_gaps(&self, strict_times: bool) -> Vec<(u64, u64)> {
        vec![(u64::from(strict_times), self.previous); self.gaps.len()]
    }

    /// The same without a window, once the gaps of single steps are lifted.
    pub(super) fn without_window(&self, strict_times: bool) -> Self {
        let free = Self { window: u64::MAX, previous: u64::MAX, gaps: self.gaps.clone() };
        Self { gaps: free.without_gaps(strict_times), ..free }
    }
}
