//! Many states as a few numbers.

use std::collections::HashMap;

use super::standing::Standing;
use crate::number::Rational;
use crate::target::State;

/// States from the worst to the best, as [`RollUp::worst`] compares them.
///
/// What is lost comes first: missed, or out of reach. Then what is off plan: money that is spent cannot
/// be taken back, what is behind can be caught up, what is not yet spent can be. Then what is fine.
/// [`Undefined`](State::Undefined), [`NoData`](State::NoData) and
/// [`NotStarted`](State::NotStarted) are apart: they tell nothing good or bad, so each stands behind
/// all others, and is the worst only where there is nothing else. The order is the judgement of this
/// library.
pub const FROM_WORST: [State; State::ALL.len()] = [
    State::Missed,
    State::Unreachable,
    State::Over,
    State::Behind,
    State::Under,
    State::OnPace,
    State::Ahead,
    State::Secured,
    State::Met,
    State::Undefined,
    State::NoData,
    State::NotStarted,
];

/// How many entries, and how much of their weight, have each state or band.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RollUp<T> {
    /// The worst that occurs. Of states by the order of [`FROM_WORST`], and always there. Of bands the
    /// one with the lowest threshold, where all targets with bands have the same names in the same
    /// order; else there is no order between them, and it is none.
    pub worst: Option<T>,
    /// Those that occur: states from the worst, bands in the order in which they first appear in the
    /// targets of the entries.
    pub parts: Vec<Part<T>>,
}

/// The entries in one state or band.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part<T> {
    /// The state, or the name of the band.
    pub of: T,
    /// How many entries, from 1.
    pub count: usize,
    /// Their share of the weight of all entries, defined or not. The shares of states sum to 1; those of
    /// bands to the share of entries that have one.
    pub share: Rational,
}

impl<T> RollUp<T> {
    /// Parts from weights by their places in an order, in that order.
    fn new<'a>(
        places: impl Iterator<Item = (usize, &'a Rational)>,
        weight: &Rational,
        name: impl Fn(usize) -> Option<T>,
    ) -> Self {
        let mut sums: HashMap<usize, (usize, Rational)> = HashMap::new();
        for (place, weight) in places {
            let (count, sum) = sums.entry(place).or_default();
            *count += 1;
            *sum += weight;
        }
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_unstable_by_key(|(place, _)| *place);
        let part = |(place, (count, sum)): (usize, (usize, Rational))| {
            let share = sum.checked_div(weight).ok()?;
            Some(Part { of: name(place)?, count, share })
        };
        Self { worst: None, parts: sums.into_iter().filter_map(part).collect() }
    }
}

impl RollUp<State> {
    pub(super) fn of_states<'a>(
        states: impl Iterator<Item = (State, &'a Rational)>,
        weight: &Rational,
    ) -> Self {
        let place = |state: State| FROM_WORST.iter().position(|other| *other == state);
        let places = states.filter_map(|(state, weight)| Some((place(state)?, weight)));
        let roll_up = Self::new(places, weight, |place| FROM_WORST.get(place).copied());
        Self { worst: roll_up.parts.first().map(|part| part.of), ..roll_up }
    }
}

/// The bands of the targets of a scorecard.
pub(super) struct BandNames<'a> {
    /// Names in the order in which they first appear.
    names: Vec<&'a str>,
}

/// Where an entry stands among bands.
#[derive(Debug, Clone, Copy)]
pub(super) struct BandPlace {
    /// Targets with the same names in the same order have the same number.
    list: usize,
    /// The band that holds, if one does.
    holds: Option<Holds>,
}

#[derive(Debug, Clone, Copy)]
struct Holds {
    /// In the names of all.
    name: usize,
    /// In the target's own list, from the highest threshold.
    rank: usize,
}

impl<'a> BandNames<'a> {
    /// The names, and the place of each standing that has bands.
    pub(super) fn new(standings: &[&Standing<'a>]) -> (Self, Vec<Option<BandPlace>>) {
        let mut names: Vec<&'a str> = Vec::new();
        let mut known: HashMap<&'a str, usize> = HashMap::new();
        let mut lists: HashMap<Vec<usize>, usize> = HashMap::new();
        let mut place = |standing: &&Standing<'a>| {
            let bands = standing.bands?;
            let list: Vec<usize> = bands
                .list
                .iter()
                .map(|band| {
                    *known.entry(band.name.as_str()).or_insert_with(|| {
                        names.push(band.name.as_str());
                        names.len() - 1
                    })
                })
                .collect();
            let holds = standing.band.and_then(|band| {
                let rank = bands.list.iter().position(|other| other.name == band)?;
                Some(Holds { name: *list.get(rank)?, rank })
            });
            let next = lists.len();
            Some(BandPlace { list: *lists.entry(list).or_insert(next), holds })
        };
        let places = standings.iter().map(&mut place).collect();
        (Self { names }, places)
    }

    pub(super) fn roll_up<'b>(
        &self,
        places: impl Iterator<Item = (Option<BandPlace>, &'b Rational)> + Clone,
        weight: &Rational,
    ) -> RollUp<String> {
        let held = places.clone().filter_map(|(place, weight)| Some((place?.holds?.name, weight)));
        let name = |place: usize| self.names.get(place).map(|name| (*name).to_owned());
        let roll_up = RollUp::new(held, weight, name);
        let mut banded = places.filter_map(|(place, _)| place);
        let Some(first) = banded.next() else { return roll_up };
        let mut worst = first.holds;
        for place in banded {
            if place.list != first.list {
                return roll_up;
            }
            // The same rank is the same name, as the lists are the same.
            worst = worst.into_iter().chain(place.holds).max_by_key(|holds| holds.rank);
        }
        RollUp { worst: worst.and_then(|holds| name(holds.name)), ..roll_up }
    }
}
