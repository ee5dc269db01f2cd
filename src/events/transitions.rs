//! Transitions: what follows what.

use std::collections::BTreeMap;

use super::columns::{Arrangement, Events};
use crate::error::{Error, ErrorKind};
use crate::number::Value;

/// The most pairs that are counted in a table; more in a map of those that occur.
const MOST_DENSE: usize = 1 << 20;

/// The most events of transitions that were merged, so that no count overflows.
const MOST: u64 = u64::MAX >> 2;

/// How often one label comes right after another.
///
/// A path is the events of an entity, or of an entity's session, by time; those at one time by label,
/// the lowest code first, so that the order of rows plays no part. Each path goes from its start to its
/// first label, from label to label, and from its last label to its end: a path of n events has n + 1
/// transitions.
///
/// Start and end have no code: a transition from `None` is one from the start of a path, one to `None`
/// to its end. Labels that do not occur, or are no labels, have no transitions.
///
/// ```
/// use yardstick::events::{Events, Transitions};
/// use yardstick::{Rational, Reason, Value};
///
/// // Paths 0 -> 1 -> 0 and 1.
/// let events = Events::sorted(&[7_u32, 7, 7, 9], &[0, 5, 6, 2], &[0_u8; 4])?;
/// let found = Transitions::of(&events, &[0, 1, 0, 1], 3)?;
/// assert_eq!(found.count(Some(0), Some(1)), 1);
/// assert_eq!(found.count(None, Some(1)), 1);
/// assert_eq!((found.paths(), found.total()), (2, 6));
/// assert_eq!(found.share(Some(0), Some(1)), Value::Defined(Rational::new(1, 6)?));
/// assert_eq!(found.per_path(Some(0), Some(1)), Value::Defined(Rational::new(1, 2)?));
/// // Of two that leave 0 one goes to 1; of two that reach 1 one comes from 0.
/// assert_eq!(found.probability_out(Some(0), Some(1)), Value::Defined(Rational::new(1, 2)?));
/// assert_eq!(found.probability_in(Some(0), Some(1)), Value::Defined(Rational::new(1, 2)?));
/// assert_eq!(found.probability_out(Some(2), Some(1)), Value::Undefined(Reason::NoBase));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transitions {
    labels: u32,
    paths: u64,
    total: u64,
    /// Those that occur.
    counts: BTreeMap<(Option<u32>, Option<u32>), u64>,
    out: BTreeMap<Option<u32>, u64>,
    into: BTreeMap<Option<u32>, u64>,
}

impl Transitions {
    /// The transitions of the paths of entities. A label for each event, as codes below `count`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] for another number of labels than of events, [`ErrorKind::Domain`] for the
    /// first code that is not below `count`.
    pub fn of(events: &Events<'_>, labels: &[u32], count: u32) -> Result<Self, Error> {
        Self::by(events, None, labels, count)
    }

    /// The transitions of the paths of entities within each of their sessions, which the events give.
    ///
    /// # Errors
    ///
    /// As [`of`](Self::of), and [`ErrorKind::Missing`] where the events have no sessions.
    pub fn of_sessions(events: &Events<'_>, labels: &[u32], count: u32) -> Result<Self, Error> {
        let Some(sessions) = events.sessions else {
            let message = "paths within sessions, and events without; give them a column";
            return Err(Error::new(ErrorKind::Missing, message).at_column("session"));
        };
        Self::by(events, Some(sessions), labels, count)
    }

    fn by(
        events: &Events<'_>,
        sessions: Option<&[u64]>,
        labels: &[u32],
        count: u32,
    ) -> Result<Self, Error> {
        events.same_length("label", labels.len())?;
        if let Some(row) = labels.iter().position(|label| *label >= count) {
            let message = format!(
                "label {} is not below {count}, the number of labels; give a code from 0 on",
                labels[row]
            );
            return Err(Error::new(ErrorKind::Domain, message).at_row(row).at_column("label"));
        }
        let path =
            |row: usize| (events.entities.at(row), sessions.map_or(0, |sessions| sessions[row]));
        let mut rows: Vec<usize> = (0..events.len()).collect();
        match (events.arrangement, sessions) {
            (Arrangement::Sorted, None) => {
                let tied = |a: &usize, b: &usize| {
                    path(*a) == path(*b) && events.times[*a] == events.times[*b]
                };
                rows.chunk_by_mut(tied)
                    .for_each(|tie| tie.sort_unstable_by_key(|row| labels[*row]));
            }
            _ => rows.sort_unstable_by_key(|row| (path(*row), events.times[*row], labels[*row])),
        }
        let mut tally = Tally::new(count);
        let mut paths = 0;
        for run in rows.chunk_by(|a, b| path(*a) == path(*b)) {
            paths += 1;
            let mut from = None;
            for row in run {
                let to = Some(labels[*row]);
                tally.add(from, to);
                from = to;
            }
            tally.add(from, None);
        }
        let mut found = Self {
            labels: count,
            paths,
            total: 0,
            counts: BTreeMap::new(),
            out: BTreeMap::new(),
            into: BTreeMap::new(),
        };
        tally.each(|pair, times| found.add(pair, times));
        Ok(found)
    }

    fn add(&mut self, (from, to): (Option<u32>, Option<u32>), times: u64) {
        *self.counts.entry((from, to)).or_insert(0) += times;
        *self.out.entry(from).or_insert(0) += times;
        *self.into.entry(to).or_insert(0) += times;
        self.total += times;
    }

    /// Adds the transitions of other paths. Where it is refused, nothing is added.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] for another number of labels, [`ErrorKind::Capacity`] beyond 2^62
    /// transitions.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let (own, others) = (self.labels, other.labels);
        if own != others {
            let message =
                format!("transitions of {own} labels and of {others}; give both the same labels");
            return Err(Error::new(ErrorKind::Shape, message));
        }
        if self.total.checked_add(other.total).is_none_or(|total| total > MOST) {
            let message = format!("more than {MOST} transitions in all; merge fewer");
            return Err(Error::new(ErrorKind::Capacity, message));
        }
        self.paths += other.paths;
        other.counts.iter().for_each(|(pair, times)| self.add(*pair, *times));
        Ok(())
    }

    /// How many labels there may be.
    #[must_use]
    pub fn labels(&self) -> u32 {
        self.labels
    }

    /// How many paths there are.
    #[must_use]
    pub fn paths(&self) -> u64 {
        self.paths
    }

    /// How many transitions, those from starts and to ends included.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many of one label to the next.
    #[must_use]
    pub fn count(&self, from: Option<u32>, to: Option<u32>) -> u64 {
        self.counts.get(&(from, to)).copied().unwrap_or(0)
    }

    /// Those that occur, by their labels, start and end first.
    pub fn iter(&self) -> impl Iterator<Item = ((Option<u32>, Option<u32>), u64)> + '_ {
        self.counts.iter().map(|(pair, count)| (*pair, *count))
    }

    /// Their share of all transitions; [`Reason::NoBase`](crate::Reason::NoBase) without events.
    #[must_use]
    pub fn share(&self, from: Option<u32>, to: Option<u32>) -> Value {
        Value::share(self.count(from, to), self.total)
    }

    /// How many a path has on average; [`Reason::NoBase`](crate::Reason::NoBase) without events.
    #[must_use]
    pub fn per_path(&self, from: Option<u32>, to: Option<u32>) -> Value {
        Value::share(self.count(from, to), self.paths)
    }

    /// Their share of all that leave the first label, so that those of a label sum to 1;
    /// [`Reason::NoBase`](crate::Reason::NoBase) where it does not occur.
    #[must_use]
    pub fn probability_out(&self, from: Option<u32>, to: Option<u32>) -> Value {
        Value::share(self.count(from, to), self.out.get(&from).copied().unwrap_or(0))
    }

    /// Their share of all that reach the second label, so that those of a label sum to 1;
    /// [`Reason::NoBase`](crate::Reason::NoBase) where it does not occur.
    #[must_use]
    pub fn probability_in(&self, from: Option<u32>, to: Option<u32>) -> Value {
        Value::share(self.count(from, to), self.into.get(&to).copied().unwrap_or(0))
    }
}

/// Counts of pairs: in a table where it is small, else in a map.
enum Tally {
    /// By rows; what is no label comes last.
    Dense(usize, Vec<u64>),
    Sparse(BTreeMap<(Option<u32>, Option<u32>), u64>),
}

impl Tally {
    fn new(labels: u32) -> Self {
        let width = (labels as usize).saturating_add(1);
        match width.checked_mul(width) {
            Some(cells) if cells <= MOST_DENSE => Self::Dense(width, vec![0; cells]),
            _ => Self::Sparse(BTreeMap::new()),
        }
    }

    fn add(&mut self, from: Option<u32>, to: Option<u32>) {
        match self {
            Self::Dense(width, counts) => {
                let place = |label: Option<u32>| label.map_or(*width - 1, |label| label as usize);
                counts[place(from) * *width + place(to)] += 1;
            }
            Self::Sparse(counts) => *counts.entry((from, to)).or_insert(0) += 1,
        }
    }

    /// Calls back with each pair that occurs.
    fn each(self, mut each: impl FnMut((Option<u32>, Option<u32>), u64)) {
        match self {
            Self::Dense(width, counts) => {
                let label = |place: usize| (place + 1 < width).then_some(place as u32);
                let occurring = counts.into_iter().enumerate().filter(|(_, count)| *count > 0);
                occurring.for_each(|(i, count)| each((label(i / width), label(i % width)), count));
            }
            Self::Sparse(counts) => counts.into_iter().for_each(|(pair, count)| each(pair, count)),
        }
    }
}
