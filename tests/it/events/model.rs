//! Event funnels by their definitions: every chain there is, one after another, and the best of those
//! that are allowed by sorting them. Slow, and for a few events only.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use yardstick::events::{Anchor, Counting, Effect, Entry, Order, Stopped};

use super::arranged::runs;
use super::settings::{Row, Settings};

/// What an entity, or a session of one, or each of its chains in turn, came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) entity: u64,
    pub(super) session: Option<u64>,
    pub(super) rows: Vec<usize>,
    /// The step of each row; in any order, the how manieth it is.
    pub(super) steps: Vec<usize>,
    /// The step that comes next among those that are required, or the number of steps.
    pub(super) next: usize,
    pub(super) dropped: bool,
    pub(super) stopped: Option<Stopped>,
}

impl Found {
    /// The row of a step.
    pub(super) fn row(&self, step: usize) -> Option<usize> {
        let place = self.steps.iter().position(|other| *other == step)?;
        Some(self.rows[place])
    }
}

/// Events one after another, without those of optional steps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Chain {
    /// The first step it has: 0, but for open entry.
    first: usize,
    places: Vec<usize>,
}

impl Chain {
    /// How far it comes.
    fn next(&self) -> usize {
        self.first + self.places.len()
    }
}

/// Limits that do not count, to find out what stopped a chain.
#[derive(Debug, Clone, Copy, Default)]
struct Lifted {
    key: bool,
    exclusions: bool,
    gaps: bool,
    window: bool,
}

/// Rows of one unit, in the order of their contents, and of the input where those are the same.
pub(super) fn units(settings: &Settings, rows: &[Row]) -> BTreeMap<(u64, Option<u64>), Vec<usize>> {
    let mut units: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        let session = (settings.counting == Counting::Sessions).then_some(row.session);
        units.entry((row.entity, session)).or_default().push(i);
    }
    for unit in units.values_mut() {
        unit.sort_by_key(|i| (settings.asked_for(&rows[*i]), *i));
    }
    units
}

/// The chains of all, by entity and session, and then by time.
pub(super) fn chains(settings: &Settings, rows: &[Row]) -> Vec<Found> {
    let units = units(settings, rows);
    units.iter().flat_map(|(who, unit)| of_unit(settings, *who, unit, rows)).collect()
}

/// The chains of one unit: one, or for totals one after another.
pub(super) fn of_unit(
    settings: &Settings,
    (entity, session): (u64, Option<u64>),
    rows_of_unit: &[usize],
    rows: &[Row],
) -> Vec<Found> {
    let unit = Unit::new(settings, rows_of_unit.iter().map(|i| rows[*i]).collect());
    let times = unit.entry_times();
    let mut chains = Vec::new();
    match (settings.counting, settings.entry) {
        (Counting::Totals, _) => {
            let mut start = times.first().copied();
            while let Some(time) = start {
                let chain = unit.best(Some(time)).unwrap();
                let end = unit.end(&chain);
                chains.push((Some(chain), start));
                start = times.iter().copied().find(|time| i128::from(*time) > end);
            }
            if chains.is_empty() {
                chains.push((None, None));
            }
        }
        (_, Entry::Best) => chains.push((unit.best(None), None)),
        (_, Entry::First) => {
            let start = times.first().copied();
            chains.push((start.and_then(|_| unit.best(start)), start));
        }
        (_, Entry::Latest) => {
            let start = times.last().copied();
            chains.push((start.and_then(|_| unit.best(start)), start));
        }
    }
    let found = |(chain, start): (Option<Chain>, Option<i64>)| {
        let dropped = chain.as_ref().is_some_and(|chain| unit.drops(chain));
        let stopped = match (&chain, settings.reasons && !dropped) {
            (_, false) => None,
            (None, true) => Some(Stopped::NeverEntered),
            (Some(chain), true) => unit.stopped(chain, start),
        };
        let all = chain.as_ref().map(|chain| unit.with_optional(chain)).unwrap_or_default();
        let next = chain.as_ref().map_or(0, Chain::next);
        Found {
            entity,
            session,
            rows: all.values().map(|place| rows_of_unit[*place]).collect(),
            steps: all.keys().copied().collect(),
            next: unit.required.get(next).copied().unwrap_or(settings.steps),
            dropped,
            stopped,
        }
    };
    chains.into_iter().map(found).collect()
}

/// The events of one entity, or session, or segment of one.
struct Unit<'a> {
    settings: &'a Settings,
    /// The steps that are not optional. Steps of chains are counted among these.
    required: Vec<usize>,
    events: Vec<Row>,
    /// Every run of events that follow one another in some order by time: of all, and of those of each
    /// key alone.
    runs: BTreeSet<Vec<usize>>,
    runs_of_keys: BTreeSet<Vec<usize>>,
    /// Every chain of distinct events that match the steps, by time, however long.
    all: BTreeSet<Chain>,
}

impl<'a> Unit<'a> {
    fn new(settings: &'a Settings, events: Vec<Row>) -> Self {
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

    fn matches(&self, place: usize, step: usize) -> bool {
        self.required.get(step).is_some_and(|step| self.events[place].mask >> step & 1 == 1)
    }

    /// Whether an event matches no step at all.
    fn is_pure(&self, event: &Row) -> bool {
        (0..self.settings.steps).all(|step| event.mask >> step & 1 == 0)
    }

    fn time(&self, place: usize) -> i128 {
        self.events[place].time.into()
    }

    /// The times of the first event and the last.
    fn ends(&self, chain: &Chain) -> (i128, i128) {
        let places = &chain.places;
        (self.time(places[0]), self.time(places[places.len() - 1]))
    }

    /// The times at which a chain can begin, in order; not for open entry.
    fn entry_times(&self) -> BTreeSet<i64> {
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
    fn key(&self, chain: &Chain) -> u64 {
        self.events[chain.places[0]].key
    }

    /// The events that can lie in the way of a chain: where a key is held, those that share it.
    fn in_the_way(&self, chain: &Chain, lifted: Lifted) -> impl Iterator<Item = &Row> {
        let key = self.key(chain);
        let apart = self.settings.held && !lifted.key;
        self.events.iter().filter(move |event| !apart || event.key == key)
    }

    /// The place of a step in chains.
    fn place_of(&self, step: usize) -> usize {
        self.required.iter().position(|other| *other == step).unwrap()
    }

    /// Whether an excluded event lies between the two steps, or between the first of them and the last
    /// event of a chain that has come beyond it.
    fn lies_within(
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
    fn best(&self, start: Option<i64>) -> Option<Chain> {
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

    fn allowed(&self, start: Option<i64>, lifted: Lifted) -> impl Iterator<Item = &Chain> {
        let begins = move |chain: &&Chain| {
            start.is_none_or(|start| self.events[chain.places[0]].time == start)
        };
        self.all.iter().filter(begins).filter(move |chain| self.valid(chain, lifted))
    }

    /// When a chain of totals ends.
    fn end(&self, chain: &Chain) -> i128 {
        let (start, completed) = self.ends(chain);
        match self.settings.window {
            _ if chain.next() == self.required.len() => completed,
            Some(window) => start + i128::from(window),
            None => i128::MAX,
        }
    }

    /// The steps of a chain and their events, with those of optional steps.
    fn with_optional(&self, chain: &Chain) -> BTreeMap<usize, usize> {
        let settings = self.settings;
        let steps: Vec<usize> = match settings.order {
            Order::Any => (0..settings.steps).collect(),
            Order::Ordered | Order::Strict => self.required[chain.first..].to_vec(),
        };
        let mut all: BTreeMap<usize, usize> =
            steps.into_iter().zip(chain.places.iter().copied()).collect();
        let (start, _) = self.ends(chain);
        // Up to the next step that is required.
        let end = self.required.get(chain.next()).copied().unwrap_or(settings.steps);
        for step in (0..end).filter(|step| settings.optional[*step]) {
            let (_, before) = all.range(..step).next_back().unwrap();
            let from = self.time(*before);
            let until = match (all.range(step..).next(), settings.window, settings.anchor) {
                (Some((_, next)), ..) => self.time(*next),
                (None, None, _) => i128::MAX,
                (None, Some(window), Anchor::Start) => start + i128::from(window),
                (None, Some(window), Anchor::Previous) => from + i128::from(window),
            };
            let taken = (0..self.events.len()).find(|place| {
                let event = &self.events[*place];
                event.mask >> step & 1 == 1
                    && (from..=until).contains(&self.time(*place))
                    && !all.values().any(|other| other == place)
                    && (!settings.held || event.key == self.key(chain))
            });
            if let Some(place) = taken {
                all.insert(step, place);
            }
        }
        all
    }

    /// Whether an excluded event leaves all of it out.
    fn drops(&self, chain: &Chain) -> bool {
        let lies = |exclusion: &(usize, usize, u32)| {
            let (from, to, bit) = *exclusion;
            if self.place_of(to) < chain.next() {
                return self.lies_within(chain, *exclusion, Lifted::default());
            }
            let Some(from) = chain.places.get(self.place_of(from)) else { return false };
            let (from, until) = (self.time(*from), self.goes_on_until(chain));
            self.in_the_way(chain, Lifted::default()).any(|event| {
                let time = i128::from(event.time);
                event.mask >> bit & 1 == 1
                    && (time > from || time == from && self.is_pure(event))
                    && time <= until
            })
        };
        self.settings.effect == Effect::Drops && self.settings.exclusions.iter().any(lies)
    }

    /// Until when the next step of a chain that is not complete is allowed to come.
    fn goes_on_until(&self, chain: &Chain) -> i128 {
        let settings = self.settings;
        let (start, last) = self.ends(chain);
        let most = settings.most[self.required[chain.next()]];
        let until = most.map_or(i128::MAX, |most| last + i128::from(most));
        let window = settings.window.map(|window| match settings.anchor {
            Anchor::Start => start + i128::from(window),
            Anchor::Previous => last + i128::from(window),
        });
        window.map_or(until, |window| window.min(until))
    }

    /// Why a chain came no further.
    fn stopped(&self, chain: &Chain, start: Option<i64>) -> Option<Stopped> {
        let next = chain.next();
        if next == self.required.len() {
            return None;
        }
        // There is no moment after the last of i64.
        let until = self.goes_on_until(chain).min(i64::MAX.into());
        if self.settings.observed_until.is_some_and(|observed| until > observed.into()) {
            return Some(Stopped::EndOfObservation);
        }
        let absent = match self.settings.order {
            Order::Any => self.all.iter().all(|other| other.next() <= next),
            Order::Ordered | Order::Strict => {
                (0..self.events.len()).all(|place| !self.matches(place, next))
            }
        };
        if absent {
            return Some(Stopped::Absent);
        }
        let further = |lifted| self.allowed(start, lifted).any(|other| other.next() > next);
        let mut lifted = Lifted { key: true, ..Lifted::default() };
        if further(lifted) {
            return Some(Stopped::HeldKey);
        }
        lifted.exclusions = true;
        if further(lifted) {
            return Some(Stopped::Exclusion);
        }
        lifted.gaps = true;
        if further(lifted) {
            return Some(Stopped::Gap);
        }
        lifted.window = true;
        if further(lifted) {
            return Some(Stopped::Window);
        }
        Some(Stopped::Order)
    }
}
