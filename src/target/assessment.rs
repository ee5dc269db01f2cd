//! Where a target stands at the end of a day.

use super::goal::Resolved;
use super::pace::{BudgetPace, FlowPace, Pace, RatioPace, StockPace};
use crate::calendar::Date;
use crate::named::named;
use crate::number::Value;

named! {
    /// Where a target stands.
    #[non_exhaustive]
    State "state" {
        /// Its period has not begun.
        NotStarted = "not_started",
        /// The facts have no row, for whatever dimension values, of its period so far. Its numbers
        /// are those of no facts, zero for flows.
        NoData = "no_data",
        /// The actual value or the goal is undefined; or days remain, nothing is secured or
        /// unreachable, and what was expected by now is undefined, as where no day has a weight or a
        /// stock has no level to start from.
        Undefined = "undefined",
        /// Days remain, and it is at or beyond what was expected by now: for a flow its share of the
        /// limit, for a stock that much of the way to it, for all else the goal itself.
        Ahead = "ahead",
        /// Days remain, and it is short of what was expected by now.
        Behind = "behind",
        /// Days remain, and a budget is used as planned.
        OnPace = "on_pace",
        /// Days remain, and more of a budget is used than was planned by now.
        Over = "over",
        /// Days remain, and less of a budget is used than was planned by now.
        Under = "under",
        /// Days remain, and nothing within the declared bounds can spoil it: for a ratio those of the
        /// metric, at the expected volume, for a flow those of a day.
        Secured = "secured",
        /// Days remain, and nothing within the declared bounds suffices.
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
pub struct Assessment<'a> {
    /// The day, included.
    pub as_of: Date,
    /// The goal in numbers that is in force on that day; before the period begins, the first one.
    pub goal: &'a Resolved,
    /// The metric from the first day of the period to this one, in its unit.
    pub actual: Value,
    /// Whether the actual value meets the goal now, compared exactly. A flow below an upper limit
    /// meets it until it no longer does; the state says whether the period is over. Without data
    /// ([`State::NoData`]) it is [`Missing`](crate::Reason::Missing).
    pub met: Value<bool>,
    /// How far beyond the goal; below zero is short by so much. See [`Resolved::gap`].
    pub gap: Value,
    /// In the target's mode; not clamped.
    pub attainment: Value,
    /// The state.
    pub state: State,
    /// The name of the band, where bands were given and one holds; none in the states `NotStarted`,
    /// `NoData` and `Undefined`.
    pub band: Option<&'a str>,
    /// The name of the hardest tier whose limit the actual value meets, where there is one; none
    /// without data.
    pub tier: Option<&'a str>,
    /// What is still to come; none for ranges of what does not add up over days, and for metrics that
    /// are neither a flow nor a stock nor a quotient of flows.
    pub pace: Option<Pace<'a>>,
}

impl<'a> Assessment<'a> {
    /// The pace of a flow, if that is what it is.
    #[must_use]
    pub fn flow(&self) -> Option<&FlowPace<'a>> {
        match &self.pace {
            Some(Pace::Flow(flow)) => Some(flow),
            _ => None,
        }
    }

    /// The pace of a stock, if that is what it is.
    #[must_use]
    pub fn stock(&self) -> Option<&StockPace> {
        match &self.pace {
            Some(Pace::Stock(stock)) => Some(stock),
            _ => None,
        }
    }

    /// The pace of a ratio, if that is what it is.
    #[must_use]
    pub fn ratio(&self) -> Option<&RatioPace<'a>> {
        match &self.pace {
            Some(Pace::Ratio(ratio)) => Some(ratio),
            _ => None,
        }
    }

    /// The pace of a budget, if that is what it is.
    #[must_use]
    pub fn budget(&self) -> Option<&BudgetPace> {
        match &self.pace {
            Some(Pace::Budget(budget)) => Some(budget),
            _ => None,
        }
    }

    /// Whether the goal is met now; no where that is undefined.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.met == Value::Defined(true)
    }

    /// Whether more is required of what remains than the best day so far brought (less, where lower is
    /// better); see [`FlowPace::beyond_best`] and [`RatioPace::beyond_best`].
    #[must_use]
    pub fn is_beyond_best(&self) -> bool {
        match &self.pace {
            Some(Pace::Flow(flow)) => flow.beyond_best,
            Some(Pace::Ratio(ratio)) => ratio.beyond_best,
            _ => false,
        }
    }
}
