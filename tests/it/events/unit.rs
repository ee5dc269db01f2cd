//! Every chain that there is among the events of one unit, and whether it is allowed.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use yardstick::events::{Anchor, Effect, Order};

use super::arranged::runs;
use super::settings::{Row, Settings};

/// Events one after another, without those of optional steps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Chain {
    /// The first step it has: 0, but for open entry.
    pub(super) first: usize,
    pub(super) places: Vec<usize>,
}

impl Chain {
    /// How far it comes.
    pub(super) fn next(&self) -> usize {
        self.first + self.places.len()
    }
}

/// Limits that do not count, to find out what stopped a chain.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lifted {
    pub(super) key: bool,
    pub(super) exclusions: bool,
    pub(super) gaps: bool,
    pub(super) window: bool,
}

/// The events of one entity, or session, or segment of one.
pub(super) struct Unit<'a> {
    pub(super) settings: &'a Settings,
    /// The steps that are not optional. Steps of chains are counted among these.
    pub(super) required: Vec<usize>,
    pub(super) events: Vec<Row>,
    /// Every run of events that follow one another in some order by time: of all, and of those of each
    /// key alone.
    runs: BTreeSet<Vec<usize>>,
    runs_of_keys: BTreeSet<Vec<usize>>,
    /// Every chain of distinct events that match the steps, by time, however long.
    pub(super) all: BTreeSet<Chain>,
}

impl<'a> Unit<'a> {
    pub(super) fn new(settings: &'a Settings, events: Vec<Row>) -> Self {
        let required = (0..settings.steps).filter(|step| !settings.optional[*step]).collect();
        let (runs_of_all, runs_of_keys, all) = <(_, _, _)>::default();
        let mut unit = Self { settings, required, events, runs: runs_of_all, runs_of_keys, all };
        if settings.order == Order::Strict {
            let most = settings.steps;
            let keys: BTreeSet<u64> = unit.events.iter().map(|event| event.key).collect();
            unit.runs = runs(&unit.events, |_| true, most);
            for key in keys {
                unit.runs_of_keys.extend(runs(&unit.events, |event| event.key == key, most));
            }
        }
        let mut all = BTreeSet::new();
        match settings.order {
            Order::Any => unit.sets(0, &mut Vec::new(), &mut all),
            Order::Ordered | Order::Strict => {
                let most_first = if settings.open { settings.steps } else { 1 };
                for first in 0..most_first {
                    unit.sequences(&mut Chain { first, places: Vec::new() }, &mut all);
                }
            }
        }
        unit.all = all;
        unit
    }

    pub(super) fn matches(&self, place: usize, step: usize) -> bool {
        self.required.get(step).is_some_and(|step| self.events[place].mask >> step & 1 == 1)
    }

    /// Whether an event matches no step at all.
    pub(super) fn is_pure(&self, event: &Row) -> bool {
        (0..self.settings.steps).all(|step| event.mask >> step & 1 == 0)
    }

    pub(super) fn time(&self, place: usize) -> i128 {
        self.events[place].time.into()
    }

    /// The times of the first event and the last.
    pub(super) fn ends(&self, chain: &Chain) -> (i128, i128) {
        let places = &chain.places;
        (self.time(places[0]), self.time(places[places.len() - 1]))
    }

    /// The times at which a chain can begin, in order; not for open entry.
    pub(super) fn entry_times(&self) -> BTreeSet<i64> {
        let begins = |event: &&Row| match self.settings.order {
            Order::Any => !self.is_pure(event),
            Order::Ordered | Order::Strict => event.mask & 1 == 1,
        };
        self.events.iter().filter(begins).map(|event| event.time).collect()
    }

    /// Every sequence of distinct events of which each matches the next step, by time.
    fn sequences(&self, chain: &mut Chain, all: &mut BTreeSet<Chain>) {
        for place in 0..self.events.len() {
            let last = chain.places.last();
            let before = last.is_some_and(|last| self.time(place) < self.time(*last));
            if !before && self.matches(place, chain.next()) && !chain.places.contains(&place) {
                chain.places.push(place);
                all.insert(chain.clone());
                self.sequences(chain, all);
                chain.places.pop();
            }
        }
    }

    /// Every set of events each of which has a step of its own, by place.
    fn sets(&self, step: usize, places: &mut Vec<usize>, all: &mut BTreeSet<Chain>) {
        if step == self.settings.steps {
            let mut places = places.clone();
            places.sort_unstable();
            if !places.is_empty() {
                all.insert(Chain { first: 0, places });
            }
            return;
        }
        self.sets(step + 1, places, all);
        for place in 0..self.events.len() {
            if self.matches(place, step) && !places.contains(&place) {
                places.push(place);
                self.sets(step + 1, places, all);
                places.pop();
            }
        }
    }

    /// Whether a chain is allowed.
    fn valid(&self, chain: &Chain, lifted: Lifted) -> bool {
        let settings = self.settings;
        for (i, pair) in (1..).zip(chain.places.windows(2)) {
            let step = self.required[chain.first + i];
            let gap = self.time(pair[1]) - self.time(pair[0]);
            let least = settings.least[step].is_some_and(|least| gap < least.into());
            let most = settings.most[step].is_some_and(|most| gap > most.into());
            if settings.order != Order::Any && !lifted.gaps && (least || most) {
                return false;
            }
            let window = settings.window.filter(|_| settings.anchor == Anchor::Previous);
            if !lifted.window && window.is_some_and(|window| gap > window.into()) {
                return false;
            }
            if settings.strict_times && gap == 0 {
                return false;
            }
        }
        let (start, completed) = self.ends(chain);
        let window = settings.window.filter(|_| settings.anchor == Anchor::Start);
        if !lifted.window && window.is_some_and(|window| completed - start > window.into()) {
            return false;
        }
        let apart = settings.held && !lifted.key;
        let key = self.key(chain);
        if apart && chain.places.iter().any(|place| self.events[*place].key != key) {
            return false;
        }
        let breaks = settings.effect == Effect::Breaks && !lifted.exclusions;
        if breaks && settings.exclusions.iter().any(|one| self.lies_within(chain, *one, lifted)) {
            return false;
        }
        let runs = if apart { &self.runs_of_keys } else { &self.runs };
        settings.order != Order::Strict || runs.contains(&chain.places)
    }

    /// The held key of a chain.
    pub(super) fn key(&self, chain: &Chain) -> u64 {
        self.events[chain.places[0]].key
    }

    /// The events that can lie in the way of a chain: where a key is held, those that share it.
    pub(super) fn in_the_way(&self, chain: &Chain, lifted: Lifted) -> impl Iterator<Item = &Row> {
        let key = self.key(chain);
        let apart = self.settings.held && !lifted.key;
        self.events.iter().filter(move |event| !apart || event.key == key)
    }

    /// The place of a step in chains.
    pub(super) fn place_of(&self, step: usize) -> usize {
        self.required.iter().position(|other| *other == step).unwrap()
    }

    /// Whether an excluded event lies between the two steps, or between the first of them and the last
    /// event of a chain that has come beyond it.
    pub(super) fn lies_within(
        &self,
        chain: &Chain,
        (from, to, bit): (usize, usize, u32),
        lifted: Lifted,
    ) -> bool {
        let (from, to, places) = (self.place_of(from), self.place_of(to), &chain.places);
        if from + 1 >= places.len() {
            return false;
        }
        let from = self.events[places[from]].time;
        let to = self.events[places[to.min(places.len() - 1)]].time;
        self.in_the_way(chain, lifted).any(|event| {
            let inside = from < event.time && event.time < to;
            let at_one = event.time == from || event.time == to;
            event.mask >> bit & 1 == 1 && (inside || at_one && self.is_pure(event))
        })
    }

    /// The best of all chains, or of those that begin at this time.
    pub(super) fn best(&self, start: Option<i64>) -> Option<Chain> {
        self.allowed(start, Lifted::default())
            .min_by_key(|chain| {
                let times: Vec<i128> = chain.places.iter().map(|i| self.time(*i)).collect();
                let (start, completed) = self.ends(chain);
                let key = self.settings.held.then(|| self.key(chain));
                let length = chain.places.len();
                let depth = (Reverse(chain.next()), Reverse(length));
                (depth, completed, Reverse(start), times, key, chain.places.clone())
            })
            .cloned()
    }

    pub(super) fn allowed(
        &self,
        start: Option<i64>,
        lifted: Lifted,
    ) -> impl Iterator<Item = &Chain> {
        let begins = move |chain: &&Chain| {
            start.is_none_or(|start| self.events[chain.places[0]].time == start)
        };
        self.all.iter().filter(begins).filter(move |chain| self.valid(chain, lifted))
    }
}
