//! The chain of an entity that counts, and why it came no further.
//!
//! `ordered`, `strict` and `any` find the best chain under [`Rules`], each in one pass over the events
//! by time and with what ties taken as one group; a [`Judge`] asks them once for each held key, again
//! for each chain of totals, and once more for each limit that it lifts to find a reason.

mod any;
mod gaps;
mod keys;
mod optional;
mod ordered;
mod rules;
mod strict;
mod ties;
mod timeline;
mod times;

use std::cmp::Ordering;

use self::any::Any;
use self::keys::Keys;
use self::optional::Optional;
use self::ordered::Ordered;
use self::rules::{Found, Rules, Starts};
use self::strict::Strict;
pub(super) use self::timeline::{Event, Lane, Timeline};
use self::times::since;
use super::query::{Counting, Effect, Entry, EventFunnel, Order};
use super::stopped::Stopped;
use crate::error::Error;
use crate::funnel::TimeUnit;

/// A chain, or for who never entered the lack of one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Chain {
    /// The places of its events among those of the entity, step by step; in any order, by time.
    pub(super) places: Vec<usize>,
    /// The step of each; in any order, the how manieth it is.
    pub(super) steps: Vec<usize>,
    /// The step that it did not come to; how many there are, where it is complete.
    pub(super) next: usize,
    /// An excluded event lies in it, and it does not count.
    pub(super) dropped: bool,
    /// Why it came no further; none where it is complete, or where reasons are not asked for.
    pub(super) stopped: Option<Stopped>,
}

impl Chain {
    /// Where the event of a step is, if the chain has it.
    pub(super) fn place(&self, step: u32) -> Option<usize> {
        let step = self.steps.iter().position(|other| *other == step as usize)?;
        Some(self.places[step])
    }

    /// The steps of a chain whose places are known.
    fn name_steps(&mut self, found: Option<&Found>) {
        let (first, next) = found.map_or((0, 0), |found| (found.first, found.next));
        self.steps.clear();
        self.steps.extend(first..next);
        self.next = next;
    }
}

/// Finds the chains that count.
#[derive(Debug)]
pub(super) struct Judge {
    rules: Rules,
    entry: Entry,
    totals: bool,
    holds: bool,
    drops: bool,
    reasons: bool,
    observed_until: Option<i64>,
    finder: Finder,
    /// The rules with limits lifted, one more in each, and what each says of who then comes further.
    lifted: Vec<Lifted>,
    chain: Chain,
    keys: Keys,
    optional: Option<Optional>,
}

#[derive(Debug)]
struct Lifted {
    rules: Rules,
    holds: bool,
    finder: Finder,
    reason: Stopped,
}

/// The way to find the best chain, by the order of steps.
#[derive(Debug)]
enum Finder {
    Ordered(Box<Ordered>),
    Strict(Strict),
    Any(Any),
}

impl Finder {
    fn new(order: Order, rules: &Rules) -> Self {
        match order {
            Order::Ordered => Self::Ordered(Box::new(Ordered::new(rules))),
            Order::Strict => Self::Strict(Strict::new(rules)),
            Order::Any => Self::Any(Any::new(rules)),
        }
    }

    fn find(&mut self, rules: &Rules, starts: Starts, events: impl Timeline) -> Option<Found> {
        match self {
            Self::Ordered(ordered) => ordered.find(rules, starts, events),
            Self::Strict(strict) => strict.find(rules, starts, events),
            Self::Any(any) => any.find(rules, starts, events),
        }
    }

    fn trace(
        &mut self,
        rules: &Rules,
        found: &Found,
        events: impl Timeline,
        places: &mut Vec<usize>,
    ) {
        match self {
            Self::Ordered(ordered) => ordered.trace(rules, found, events, places),
            Self::Strict(strict) => strict.trace(rules, found, events, places),
            Self::Any(any) => any.trace(found, events, places),
        }
    }
}

impl Judge {
    pub(super) fn new(
        query: &EventFunnel,
        unit: TimeUnit,
        observed_until: Option<i64>,
    ) -> Result<Self, Error> {
        let all = Rules::new(query, unit)?;
        let drops = query.effect == Effect::Drops && !query.exclusions.is_empty();
        let rules = if drops { all.clone().without_exclusions() } else { all.clone() };
        let finder = |rules: &Rules| Finder::new(query.order, rules);
        let mut judge = Self {
            finder: finder(&rules),
            rules,
            entry: query.entry,
            totals: query.counting == Counting::Totals,
            holds: query.holds,
            drops,
            reasons: query.reasons,
            observed_until,
            lifted: Vec::new(),
            chain: Chain::default(),
            keys: Keys::default(),
            optional: Rules::optional(query),
        };
        if drops {
            judge.rules.dropping = all.exclusions;
        }
        if query.reasons {
            let mut rules = judge.rules.clone();
            let mut holds = query.holds;
            let mut lift = |rules: &Rules, holds: bool, reason: Stopped| {
                let (rules, finder) = (rules.clone(), finder(rules));
                judge.lifted.push(Lifted { rules, holds, finder, reason });
            };
            if holds {
                holds = false;
                lift(&rules, holds, Stopped::HeldKey);
            }
            if !rules.exclusions.is_empty() {
                rules = rules.without_exclusions();
                lift(&rules, holds, Stopped::Exclusion);
            }
            if query.steps.iter().any(|step| step.least.is_some() || step.most.is_some()) {
                rules.limits.gaps = rules.limits.without_gaps(query.strict_times);
                lift(&rules, holds, Stopped::Gap);
            }
            if query.window.is_some() {
                rules.limits = rules.limits.without_window(query.strict_times);
                lift(&rules, holds, Stopped::Window);
            }
        }
        Ok(judge)
    }

    /// Each chain that counts: one, or for totals one after another. An entity without any gives an
    /// empty one. The events are those of one entity (or session), by time; those that tie, in an order
    /// that depends on nothing but what they hold.
    pub(super) fn chains(&mut self, events: impl Timeline, mut each: impl FnMut(&Chain)) {
        let Some(mut optional) = self.optional.take() else {
            return self.required(events, |chain, _, _| each(chain));
        };
        let arranged = optional.arrange(events);
        self.required(&arranged[..], |chain, found, rules| {
            if let Some(found) = found {
                optional.complete(rules, found, events, chain);
            }
            each(chain);
        });
        optional.give_back(arranged);
        self.optional = Some(optional);
    }

    /// The same for steps that are all required.
    fn required(
        &mut self,
        events: impl Timeline,
        mut each: impl FnMut(&mut Chain, Option<&Found>, &Rules),
    ) {
        if self.totals {
            return self.totals(events, each);
        }
        self.chain.stopped = None;
        self.chain.dropped = false;
        let starts = self.starts(events);
        let found = match starts {
            Some(starts) => self.best(starts, events),
            None => None,
        };
        match (&found, starts) {
            (Some(found), Some(starts)) => {
                self.chain.dropped =
                    self.drops && self.rules.drops(found, events, &self.chain.places);
                if self.reasons && !self.chain.dropped {
                    self.chain.stopped = self.reason(found, starts, events);
                }
            }
            _ => {
                self.chain.places.clear();
                self.chain.stopped = self.reasons.then_some(Stopped::NeverEntered);
            }
        }
        self.chain.name_steps(found.as_ref());
        each(&mut self.chain, found.as_ref(), &self.rules);
    }

    /// How many steps the one chain has that counts; where neither chains nor reasons are asked for.
    pub(super) fn depth(&mut self, events: impl Timeline) -> usize {
        if self.totals || self.drops || self.holds || self.optional.is_some() || self.rules.open {
            let mut depth = 0;
            self.chains(events, |chain| depth = if chain.dropped { 0 } else { chain.places.len() });
            return depth;
        }
        let found =
            self.starts(events).and_then(|starts| self.finder.find(&self.rules, starts, events));
        found.map_or(0, |found| found.next)
    }

    /// Where a chain may begin; none where nothing can begin one.
    fn starts(&self, events: impl Timeline) -> Option<Starts> {
        let bits = match self.rules.any {
            true => self.rules.step_bits,
            false => 1,
        };
        let mut entering = (0..events.len()).filter(|place| events.mask(*place) & bits != 0);
        match self.entry {
            Entry::Best => Some(Starts::Any),
            Entry::First => Some(Starts::At(events.time(entering.next()?))),
            Entry::Latest => Some(Starts::At(events.time(entering.next_back()?))),
        }
    }

    /// The best chain, its events in `self.chain`.
    fn best(&mut self, starts: Starts, events: impl Timeline) -> Option<Found> {
        let (rules, places) = (&self.rules, &mut self.chain.places);
        if !self.holds {
            let found = self.finder.find(rules, starts, events)?;
            self.finder.trace(rules, &found, events, places);
            return Some(found);
        }
        self.keys.part(events);
        let mut best: Option<(Found, Vec<usize>)> = None;
        for (own, origin) in self.keys.parts() {
            let Some(found) = self.finder.find(rules, starts, own) else { continue };
            let worse =
                best.as_ref().is_some_and(|(other, _)| other.rank(&found) == Ordering::Less);
            if worse {
                continue;
            }
            self.finder.trace(rules, &found, own, places);
            // Of those that are alike otherwise, the one with the earliest steps.
            let better = best.as_ref().is_none_or(|(other, held)| {
                other.rank(&found) == Ordering::Greater || times(places, own) < times(held, events)
            });
            if better {
                best = Some((found, places.iter().map(|place| origin[*place]).collect()));
            }
        }
        let (found, held) = best?;
        *places = held;
        Some(found)
    }

    fn totals(
        &mut self,
        events: impl Timeline,
        mut each: impl FnMut(&mut Chain, Option<&Found>, &Rules),
    ) {
        self.chain.stopped = None;
        self.chain.dropped = false;
        let window = self.rules.limits.window;
        let mut begin = 0;
        while let Some(starts) = self.starts(events.part(begin..events.len())) {
            let rest = events.part(begin..events.len());
            let Some(found) = self.finder.find(&self.rules, starts, rest) else { break };
            self.finder.trace(&self.rules, &found, rest, &mut self.chain.places);
            self.chain.places.iter_mut().for_each(|place| *place += begin);
            self.chain.name_steps(Some(&found));
            each(&mut self.chain, Some(&found), &self.rules);
            let complete = found.next == self.rules.steps;
            let over = |time: i64| match complete {
                true => time > found.end,
                false => time > found.start && since(found.start, time) > window,
            };
            // Not by halving: what is passed over here is not looked at again.
            begin += (0..rest.len()).find(|place| over(rest.time(*place))).unwrap_or(rest.len());
        }
        if begin == 0 {
            self.chain.places.clear();
            self.chain.stopped = self.reasons.then_some(Stopped::NeverEntered);
            self.chain.name_steps(None);
            each(&mut self.chain, None, &self.rules);
        }
    }

    /// Why a chain came no further.
    fn reason(&mut self, found: &Found, starts: Starts, events: impl Timeline) -> Option<Stopped> {
        let Rules { steps, any, limits, .. } = &self.rules;
        if found.next == *steps {
            return None;
        }
        if let Some(until) = self.observed_until {
            let end = |from: i64, length: u64| i128::from(from) + i128::from(length);
            let most = if *any { u64::MAX } else { limits.gaps[found.next].1 };
            let last = end(found.start, limits.window).min(end(found.end, most));
            if i128::from(until) < last.min(i128::from(i64::MAX)) {
                return Some(Stopped::EndOfObservation);
            }
        }
        let next = 1_u64 << found.next;
        if !any && events.masks().all(|mask| mask & next == 0) {
            return Some(Stopped::Absent);
        }
        let any = *any;
        for lifted in &mut self.lifted {
            let Lifted { rules, holds, finder, reason } = lifted;
            let further = match *holds {
                true => {
                    self.keys.part(events);
                    self.keys.parts().any(|(own, _)| {
                        finder.find(rules, starts, own).is_some_and(|other| other.next > found.next)
                    })
                }
                false => {
                    finder.find(rules, starts, events).is_some_and(|other| other.next > found.next)
                }
            };
            if further {
                return Some(*reason);
            }
        }
        Some(if any { Stopped::Absent } else { Stopped::Order })
    }
}

fn times(places: &[usize], events: impl Timeline) -> Vec<i64> {
    places.iter().map(|place| events.time(*place)).collect()
}
