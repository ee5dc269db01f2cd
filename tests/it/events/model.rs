//! Event funnels by their definitions: every chain there is, one after another, and the best of those
//! that are allowed by sorting them. Slow, and for a few events only.

use std::collections::BTreeMap;

use yardstick::events::{Anchor, Counting, Effect, Entry, Order, Stopped};

use super::settings::{Row, Settings};
use super::unit::{Chain, Lifted, Unit};

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

impl Unit<'_> {
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
