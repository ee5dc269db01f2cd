//! Event funnels by their definitions: every chain there is, one after another, and the best of those
//! that are allowed by sorting them. Slow, and for a few events only.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use yardstick::Grain;
use yardstick::events::{
    Anchor, Attribution, Counting, Effect, Entry, EventFunnel, EventFunnelBuilder, Length, Order,
    Stopped,
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

impl Row {
    /// What decides among events that tie; no value comes before any.
    fn contents(&self) -> (i64, u64, u32, Option<i64>, u64) {
        (self.time, self.mask, self.segment, self.value, self.key)
    }
}

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
    pub(super) entry: Entry,
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
    pub(super) observed_until: Option<i64>,
}

/// What an entity, or a session of one, or each of its chains in turn, came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) entity: u64,
    pub(super) session: Option<u64>,
    pub(super) rows: Vec<usize>,
    pub(super) dropped: bool,
    pub(super) stopped: Option<Stopped>,
}

/// Limits that do not count, to find out what stopped a chain.
#[derive(Debug, Clone, Copy, Default)]
struct Lifted {
    key: bool,
    exclusions: bool,
    gaps: bool,
    window: bool,
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
            entry: Entry::Best,
            counting: Counting::Uniques,
            exclusions: Vec::new(),
            effect: Effect::Breaks,
            held: false,
            segments: None,
            segment_step: 0,
            between: Vec::new(),
            trend: false,
            reasons: false,
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
        }
        for (from, to, bit) in &self.exclusions {
            builder = builder.exclude(*from as u32, *to as u32, *bit);
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
        if self.trend {
            builder = builder.trend(Grain::Day);
        }
        if self.reasons {
            builder = builder.reasons();
        }
        builder
    }

    fn matches(&self, row: &Row, step: usize) -> bool {
        step < self.steps && row.mask >> step & 1 == 1
    }

    fn matches_any(&self, row: &Row) -> bool {
        (0..self.steps).any(|step| self.matches(row, step))
    }

    /// Whether an event that begins a chain is of the right kind.
    fn begins(&self, row: &Row) -> bool {
        match self.order {
            Order::Any => self.matches_any(row),
            Order::Ordered | Order::Strict => self.matches(row, 0),
        }
    }

    /// Rows of one unit, in the order of their contents, and of the input where those are the same.
    pub(super) fn units(&self, rows: &[Row]) -> BTreeMap<(u64, Option<u64>), Vec<usize>> {
        let mut units: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (i, row) in rows.iter().enumerate() {
            let session = (self.counting == Counting::Sessions).then_some(row.session);
            units.entry((row.entity, session)).or_default().push(i);
        }
        for unit in units.values_mut() {
            unit.sort_by_key(|i| (rows[*i].contents(), *i));
        }
        units
    }

    /// The chains of all, by entity and session, and then by time.
    pub(super) fn chains(&self, rows: &[Row]) -> Vec<Found> {
        let units = self.units(rows);
        units.iter().flat_map(|(who, unit)| self.of_unit(*who, unit, rows)).collect()
    }

    /// The chains of one unit: one, or for totals one after another.
    pub(super) fn of_unit(
        &self,
        (entity, session): (u64, Option<u64>),
        unit: &[usize],
        rows: &[Row],
    ) -> Vec<Found> {
        let events: Vec<Row> = unit.iter().map(|i| rows[*i]).collect();
        let unit_of = Unit::new(self, events);
        let mut chains = Vec::new();
        match self.counting {
            Counting::Totals => {
                let mut start = unit_of.entry_times().into_iter().next();
                while let Some(time) = start {
                    let chain = unit_of.best(Some(time));
                    let end = unit_of.end(&chain);
                    chains.push((chain, Some(time)));
                    start = unit_of.entry_times().into_iter().find(|time| i128::from(*time) > end);
                }
                if chains.is_empty() {
                    chains.push((Vec::new(), None));
                }
            }
            Counting::Uniques | Counting::Sessions => {
                let times = unit_of.entry_times();
                let start = match self.entry {
                    Entry::Best => None,
                    Entry::First => times.first().copied(),
                    Entry::Latest => times.last().copied(),
                };
                chains.push((unit_of.best(start), start));
            }
        }
        let found = |(chain, start): (Vec<usize>, Option<i64>)| {
            let dropped = unit_of.drops(&chain);
            let stopped = match self.reasons && !dropped {
                true => unit_of.stopped(&chain, start),
                false => None,
            };
            let rows = chain.iter().map(|place| unit[*place]).collect();
            Found { entity, session, rows, dropped, stopped }
        };
        chains.into_iter().map(found).collect()
    }
}

/// The events of one entity, or session, or segment of one.
struct Unit<'a> {
    settings: &'a Settings,
    events: Vec<Row>,
    /// Every run of events that follow one another in some order by time: of all, and of those of each
    /// key alone.
    runs: Option<BTreeSet<Vec<usize>>>,
    runs_of_keys: Option<BTreeSet<Vec<usize>>>,
    /// Every chain of distinct events that match the steps, in whatever order and however long.
    all: Vec<Vec<usize>>,
}

impl<'a> Unit<'a> {
    fn new(settings: &'a Settings, events: Vec<Row>) -> Self {
        let strict = settings.order == Order::Strict;
        let everything: Vec<usize> = (0..events.len()).collect();
        let runs_of = |places: &[usize]| runs(&events, places, settings.steps);
        let keys: BTreeSet<u64> = events.iter().map(|event| event.key).collect();
        let of_key = |key: &u64| -> Vec<usize> {
            everything.iter().copied().filter(|place| events[*place].key == *key).collect()
        };
        let all_runs = strict.then(|| runs_of(&everything));
        let runs_of_keys = (strict && settings.held)
            .then(|| keys.iter().flat_map(|key| runs_of(&of_key(key))).collect());
        let mut all = BTreeSet::new();
        match settings.order {
            Order::Any => sets(settings, &events, 0, &mut Vec::new(), &mut all),
            Order::Ordered | Order::Strict => {
                sequences(settings, &events, &mut Vec::new(), &mut all);
            }
        }
        Self { settings, events, runs: all_runs, runs_of_keys, all: all.into_iter().collect() }
    }

    fn time(&self, place: usize) -> i128 {
        self.events[place].time.into()
    }

    /// The times at which a chain can begin, in order.
    fn entry_times(&self) -> BTreeSet<i64> {
        let begins = self.events.iter().filter(|event| self.settings.begins(event));
        begins.map(|event| event.time).collect()
    }

    /// Whether a chain, not empty, is allowed.
    fn valid(&self, chain: &[usize], lifted: Lifted) -> bool {
        let settings = self.settings;
        let (first, last) = (chain[0], chain[chain.len() - 1]);
        for (step, pair) in (1..).zip(chain.windows(2)) {
            let gap = self.time(pair[1]) - self.time(pair[0]);
            if gap < i128::from(settings.strict_times) {
                return false;
            }
            let least = settings.least[step].is_some_and(|least| gap < least.into());
            let most = settings.most[step].is_some_and(|most| gap > most.into());
            if settings.order != Order::Any && !lifted.gaps && (least || most) {
                return false;
            }
            let window = settings.window.filter(|_| settings.anchor == Anchor::Previous);
            if !lifted.window && window.is_some_and(|window| gap > window.into()) {
                return false;
            }
        }
        let window = settings.window.filter(|_| settings.anchor == Anchor::Start);
        let took = self.time(last) - self.time(first);
        if !lifted.window && window.is_some_and(|window| took > window.into()) {
            return false;
        }
        let key = self.events[first].key;
        let shared = chain.iter().all(|place| self.events[*place].key == key);
        if settings.held && !lifted.key && !shared {
            return false;
        }
        let breaks = settings.effect == Effect::Breaks && !lifted.exclusions;
        if breaks && settings.exclusions.iter().any(|one| self.lies_within(chain, *one, lifted)) {
            return false;
        }
        let apart = settings.held && !lifted.key;
        let runs = if apart { &self.runs_of_keys } else { &self.runs };
        runs.as_ref().is_none_or(|runs| runs.contains(chain))
    }

    /// The events that can lie in the way of a chain: where a key is held, those that share it.
    fn in_the_way(&self, chain: &[usize], lifted: Lifted) -> impl Iterator<Item = &Row> {
        let key = self.events[chain[0]].key;
        let apart = self.settings.held && !lifted.key;
        self.events.iter().filter(move |event| !apart || event.key == key)
    }

    /// Whether an excluded event lies between the two steps, or between the first of them and the last
    /// event of a chain that has come beyond it.
    fn lies_within(
        &self,
        chain: &[usize],
        (from, to, bit): (usize, usize, u32),
        lifted: Lifted,
    ) -> bool {
        if from + 1 >= chain.len() {
            return false;
        }
        let from = self.events[chain[from]].time;
        let to = self.events[chain[to.min(chain.len() - 1)]].time;
        self.in_the_way(chain, lifted).any(|event| {
            let inside = from < event.time && event.time < to;
            let at_one = event.time == from || event.time == to;
            event.mask >> bit & 1 == 1 && (inside || at_one && !self.settings.matches_any(event))
        })
    }

    /// The best of all chains, or of those that begin at this time; empty where there is none.
    fn best(&self, start: Option<i64>) -> Vec<usize> {
        let mut chains: Vec<_> = self.allowed(start, Lifted::default()).collect();
        chains.sort_by_key(|chain| {
            let times: Vec<i128> = chain.iter().map(|place| self.time(*place)).collect();
            let (start, completed) = (times[0], times[times.len() - 1]);
            let key = self.settings.held.then_some(self.events[chain[0]].key);
            (Reverse(chain.len()), completed, Reverse(start), times, key, chain.to_vec())
        });
        chains.first().map_or_else(Vec::new, |chain| chain.to_vec())
    }

    fn allowed(&self, start: Option<i64>, lifted: Lifted) -> impl Iterator<Item = &Vec<usize>> {
        let begins = move |chain: &&Vec<usize>| {
            start.is_none_or(|start| self.events[chain[0]].time == start)
        };
        self.all.iter().filter(begins).filter(move |chain| self.valid(chain, lifted))
    }

    /// When a chain of totals ends.
    fn end(&self, chain: &[usize]) -> i128 {
        let (first, last) = (self.time(chain[0]), self.time(chain[chain.len() - 1]));
        if chain.len() == self.settings.steps {
            return last;
        }
        first + self.settings.window.map_or(i128::MAX / 2, i128::from)
    }

    /// Whether an excluded event leaves all of it out.
    fn drops(&self, chain: &[usize]) -> bool {
        let settings = self.settings;
        let lies = |exclusion: &(usize, usize, u32)| {
            let (from, to, bit) = *exclusion;
            let depth = chain.len();
            if to < depth {
                return self.lies_within(chain, *exclusion, Lifted::default());
            }
            if from >= depth {
                return false;
            }
            let until = self.goes_on_until(chain);
            let from = self.time(chain[from]);
            self.in_the_way(chain, Lifted::default()).any(|event| {
                let time = i128::from(event.time);
                event.mask >> bit & 1 == 1
                    && (time > from || time == from && !settings.matches_any(event))
                    && time <= until
            })
        };
        settings.effect == Effect::Drops && settings.exclusions.iter().any(lies)
    }

    /// Until when the next step of a chain that is not complete is allowed to come.
    fn goes_on_until(&self, chain: &[usize]) -> i128 {
        let settings = self.settings;
        let (first, last) = (self.time(chain[0]), self.time(chain[chain.len() - 1]));
        let most = settings.most[chain.len()].filter(|_| settings.order != Order::Any);
        let mut until = most.map_or(i128::MAX, |most| last + i128::from(most));
        if let Some(window) = settings.window {
            let from = match settings.anchor {
                Anchor::Start => first,
                Anchor::Previous => last,
            };
            until = until.min(from + i128::from(window));
        }
        until
    }

    /// Why a chain came no further.
    fn stopped(&self, chain: &[usize], start: Option<i64>) -> Option<Stopped> {
        let settings = self.settings;
        let depth = chain.len();
        if depth == settings.steps {
            return None;
        }
        if depth == 0 {
            return Some(Stopped::NeverEntered);
        }
        // There is no moment after the last of i64.
        let until = self.goes_on_until(chain).min(i64::MAX.into());
        if settings.observed_until.is_some_and(|observed| until > observed.into()) {
            return Some(Stopped::EndOfObservation);
        }
        let further = |lifted| self.allowed(start, lifted).any(|other| other.len() > depth);
        let absent = match settings.order {
            Order::Any => !self.all.iter().any(|other| other.len() > depth),
            Order::Ordered | Order::Strict => {
                !self.events.iter().any(|event| settings.matches(event, depth))
            }
        };
        if absent {
            return Some(Stopped::Absent);
        }
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

/// Every sequence of distinct events of which the first matches the first step, and so on, by time.
fn sequences(
    settings: &Settings,
    events: &[Row],
    chain: &mut Vec<usize>,
    all: &mut BTreeSet<Vec<usize>>,
) {
    for (place, event) in events.iter().enumerate() {
        let before = chain.last().is_some_and(|last| event.time < events[*last].time);
        if !settings.matches(event, chain.len()) || chain.contains(&place) || before {
            continue;
        }
        chain.push(place);
        all.insert(chain.clone());
        sequences(settings, events, chain, all);
        chain.pop();
    }
}

/// Every set of events each of which has a step of its own, by place.
fn sets(
    settings: &Settings,
    events: &[Row],
    step: usize,
    chain: &mut Vec<usize>,
    all: &mut BTreeSet<Vec<usize>>,
) {
    if step == settings.steps {
        let mut set = chain.clone();
        set.sort_unstable();
        if !set.is_empty() {
            all.insert(set);
        }
        return;
    }
    sets(settings, events, step + 1, chain, all);
    for (place, event) in events.iter().enumerate() {
        if settings.matches(event, step) && !chain.contains(&place) {
            chain.push(place);
            sets(settings, events, step + 1, chain, all);
            chain.pop();
        }
    }
}

/// Every run of at most so many of some events in every order of them by time.
fn runs(events: &[Row], places: &[usize], most: usize) -> BTreeSet<Vec<usize>> {
    let mut runs = BTreeSet::new();
    arrange(events, places, &mut Vec::new(), &mut |arranged| {
        for from in 0..arranged.len() {
            for to in from + 1..=arranged.len().min(from + most) {
                if !runs.contains(&arranged[from..to]) {
                    runs.insert(arranged[from..to].to_vec());
                }
            }
        }
    });
    runs
}

/// Every order of some events in which none comes before an earlier one.
fn arrange(
    events: &[Row],
    places: &[usize],
    so_far: &mut Vec<usize>,
    each: &mut impl FnMut(&[usize]),
) {
    let left = || places.iter().copied().filter(|place| !so_far.contains(place));
    let Some(time) = left().map(|place| events[place].time).min() else {
        return each(so_far);
    };
    let next: Vec<usize> = left().filter(|place| events[*place].time == time).collect();
    for place in next {
        so_far.push(place);
        arrange(events, places, so_far, each);
        so_far.pop();
    }
}
