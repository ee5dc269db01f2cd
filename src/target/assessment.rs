//! Where a target stands at the end of a day.

use super::goal::Resolved;
use super::pace::{FlowPace, Pace, RatioPace};
use crate::calendar::{Date, Period};
use crate::named::named;
use crate::number::Value;
use crate::owner::Owner;
use crate::unit::Unit;

named! {
    /// Where a target stands.
    #[non_exhaustive]
    State "state" {
        /// Its period has not begun.
        NotStarted = "not_started",
        /// The facts have no row, for whatever dimension values, of its period so far. Its numbers
        /// are those of no facts, zero for flows.
        NoData = "no_data",
        /// The actual value or the goal is undefined.
        Undefined = "undefined",
        /// Days remain, and it is at or beyond what was expected by now: for a flow its share of the
        /// limit, for all else the goal itself.
        Ahead = "ahead",
        /// Days remain, and it is short of what was expected by now.
        Behind = "behind",
        /// Days remain, and no ratio within the metric's bounds can spoil it, at the expected
        /// volume.
        Secured = "secured",
        /// Days remain, and no ratio within the metric's bounds suffices, at the expected volume.
        Unreachable = "unreachable",
        /// The period is over and the goal was met.
        Met = "met",
        /// The period is over and the goal was not met.
        Missed = "missed",
    }
}

/// Where a target stands at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assessment {
    /// The day, included.
    pub as_of: Date,
    /// The metric from the first day of the period to this one, in its unit.
    pub actual: Value,
    /// Whether the actual value meets the goal now, compared exactly. A flow below an upper limit
    /// meets it until it no longer does; the state says whether the period is over.
    pub met: Value<bool>,
    /// How far beyond the goal; below zero is short by so much. See [`Resolved::gap`].
    pub gap: Value,
    /// In the target's mode; not clamped.
    pub attainment: Value,
    /// The state.
    pub state: State,
    /// The name of the band, where bands were given and one holds; none in the states `NotStarted`,
    /// `NoData` and `Undefined`.
    pub band: Option<String>,
    /// What is still to come; none for ranges and for metrics that neither add up nor are a
    /// quotient of such.
    pub pace: Option<Pace>,
}

impl Assessment {
    /// The pace of a flow, if that is what it is.
    #[must_use]
    pub fn flow(&self) -> Option<&FlowPace> {
        match &self.pace {
            Some(Pace::Flow(flow)) => Some(flow),
            _ => None,
        }
    }

    /// The pace of a ratio, if that is what it is.
    #[must_use]
    pub fn ratio(&self) -> Option<&RatioPace> {
        match &self.pace {
            Some(Pace::Ratio(ratio)) => Some(ratio),
            _ => None,
        }
    }

    /// Whether the goal is met now; no where that is undefined.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.met == Value::Defined(true)
    }
}

/// A target over facts: the goal in numbers and the state at the end of each day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TargetResult {
    /// The target's name.
    pub name: String,
    /// Its metric.
    pub metric: String,
    /// The unit of actual value, limits and gap.
    pub unit: Unit,
    /// Who owns it.
    pub owner: Option<Owner>,
    /// Its period.
    pub period: Period,
    /// The goal in numbers.
    pub goal: Resolved,
    /// One for each day of the period up to the day asked for; empty before it begins.
    pub days: Vec<Assessment>,
    pub(super) not_started: Assessment,
}

impl TargetResult {
    /// The state as of the day asked for, or the last day of the period where that came first. Before
    /// the period begins it is [`State::NotStarted`], and all its values are missing.
    #[must_use]
    pub fn current(&self) -> &Assessment {
        self.days.last().unwrap_or(&self.not_started)
    }

    /// The first day at whose end more was required of each remaining day than any day so far had
    /// brought (less, where lower is better), if there was one; see [`FlowPace::beyond_best`].
    #[must_use]
    pub fn first_beyond_best(&self) -> Option<Date> {
        let beyond = |day: &&Assessment| day.flow().is_some_and(|flow| flow.beyond_best);
        self.days.iter().find(beyond).map(|day| day.as_of)
    }
}
