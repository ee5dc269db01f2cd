//! Where a target stands, as far as a scorecard looks at it.

use std::collections::HashMap;

use super::definition::unknown_target;
use super::validate::{Known, Traits};
use crate::calendar::Date;
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::number::{Reason, Value};
use crate::owner::Owner;
use crate::target::{Assessment, Bands, State, Target, TargetResult};

/// Where one target stands: what a [`Scorecard`](super::Scorecard) looks at.
///
/// [`Standing::of`] takes it from the result of a target; [`Standing::new`] is for standings that come
/// from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing<'a> {
    /// The name of the target.
    pub target: &'a str,
    /// Who owns it.
    pub owner: Option<Owner>,
    /// The key success factor that it serves.
    pub factor: Option<&'a str>,
    /// The state.
    pub state: State,
    /// The attainment, a pure number. In the states `NotStarted` and `NoData` nothing is attained or
    /// missed, so there it counts as [`Missing`](Reason::Missing), whatever is given.
    pub attainment: Value,
    /// The attainment at the end of the day before; [`Missing`](Reason::Missing) where there is none.
    pub before: Value,
    /// The name of the band, where one holds.
    pub band: Option<&'a str>,
    /// The bands that it is one of, where the target has bands.
    pub bands: Option<&'a Bands>,
}

impl<'a> Standing<'a> {
    /// A target of this name in a state, with its attainment; without owner, factor, band, and day
    /// before.
    #[must_use]
    pub fn new(target: &'a str, state: State, attainment: Value) -> Self {
        Self {
            target,
            owner: None,
            factor: None,
            state,
            attainment,
            before: Value::Undefined(Reason::Missing),
            band: None,
            bands: None,
        }
    }

    /// Where a target stands at the end of a day, and at the end of the day before. Before its period it
    /// has not started; after it, or after the last day that was assessed, it stands where it stood on
    /// that.
    #[must_use]
    pub fn of(target: &'a Target, result: &'a TargetResult, as_of: Date) -> Self {
        let before = as_of.plus_days(-1).ok().and_then(|day| at(result, day));
        let before = before
            .map_or(Value::Undefined(Reason::Missing), |day| counted(day.state, day.attainment));
        let now = at(result, as_of);
        let (state, attainment, band) = match now {
            Some(day) => (day.state, day.attainment, day.band),
            None => (State::NotStarted, Value::Undefined(Reason::Missing), None),
        };
        Self {
            target: &target.name,
            owner: target.owner,
            factor: target.factor.as_deref(),
            state,
            attainment,
            before,
            band,
            bands: target.bands.as_ref(),
        }
    }

    /// The same with an owner.
    #[must_use]
    pub fn owner(self, owner: Owner) -> Self {
        Self { owner: Some(owner), ..self }
    }

    /// The same for a key success factor.
    #[must_use]
    pub fn serves(self, factor: &'a str) -> Self {
        Self { factor: Some(factor), ..self }
    }

    /// The same with the attainment at the end of the day before.
    #[must_use]
    pub fn before(self, attainment: Value) -> Self {
        Self { before: attainment, ..self }
    }

    /// The same with bands, and the name of the one that holds, if any does.
    #[must_use]
    pub fn banded(self, bands: &'a Bands, band: Option<&'a str>) -> Self {
        Self { bands: Some(bands), band, ..self }
    }

    /// The attainment as it counts.
    pub(super) fn counted(&self) -> Value {
        counted(self.state, self.attainment.clone())
    }
}

/// The assessment of a day; none before the period begins.
fn at(result: &TargetResult, day: Date) -> Option<Assessment<'_>> {
    let has_begun = day >= result.period.first();
    has_begun.then(|| result.on(day).unwrap_or_else(|| result.current()))
}

/// An attainment as it counts. The numbers of no data are zeros for flows, and no miss.
fn counted(state: State, attainment: Value) -> Value {
    match state {
        State::NotStarted | State::NoData => Value::Undefined(Reason::Missing),
        _ => attainment,
    }
}

/// Standings by the names of their targets.
pub(crate) struct Standings<'a> {
    by_name: HashMap<&'a str, &'a Standing<'a>>,
    names: Vec<&'a str>,
}

impl<'a> Standings<'a> {
    /// # Errors
    ///
    /// [`ErrorKind::Duplicate`] for two of one target.
    pub(crate) fn new(standings: &'a [Standing<'a>]) -> Result<Self, Error> {
        let mut by_name = HashMap::with_capacity(standings.len());
        for standing in standings {
            let name = standing.target;
            if by_name.insert(name, standing).is_some() {
                let message = format!("two standings of target \"{name}\"; give one of each");
                return Err(Error::new(ErrorKind::Duplicate, message));
            }
        }
        let names = standings.iter().map(|standing| standing.target).collect();
        Ok(Self { by_name, names })
    }

    pub(super) fn find(&self, name: &str) -> Result<&'a Standing<'a>, Error> {
        self.by_name
            .get(name)
            .copied()
            .ok_or_else(|| unknown_target(name, &did_you_mean(name, self.names.iter().copied())))
    }

    pub(super) fn owner_of(&self, name: &str) -> Result<Owner, Error> {
        self.find(name)?.owner.ok_or_else(|| {
            let message = format!("target \"{name}\" has no owner to weigh it by; give it one");
            Error::new(ErrorKind::Missing, message)
        })
    }

    /// What a scorecard is checked against.
    pub(super) fn known(&self) -> Known<'a> {
        Known::new(self.names.iter().filter_map(|name| {
            let standing = self.by_name.get(name)?;
            Some((*name, Traits { owner: standing.owner, factor: standing.factor }))
        }))
    }
}
