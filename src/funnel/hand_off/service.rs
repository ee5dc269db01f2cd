//! Whether leads were answered in the time agreed.

use super::time::TimeUnit;
use crate::number::{Rational, Value};

/// The service level: which of the leads that were due were answered within a limit.
///
/// Every lead is in one of five counts, which add up to those handed over. A lead answered exactly at
/// the limit was answered within it, and one that has waited exactly as long is not due yet: it can
/// still be answered in time.
///
/// ```
/// use yardstick::funnel::{HandOff, Leads, Outcome, TimeUnit};
/// use yardstick::{Column, Rational};
///
/// use Outcome::{Accepted, Open};
/// let at = [0, 0, 0, 6]; // in hours; answered after 4 and 5, two not
/// let answers = Column::optional_text(&[Some("4"), Some("5"), None, None]);
/// let leads = Leads::new(TimeUnit::Hour, Column::integers(&at), &[Accepted, Accepted, Open, Open])
///     .responded(answers);
/// let level = HandOff::of(&leads, 8)?.total().service_level(4, TimeUnit::Hour);
/// assert_eq!((level.within, level.late, level.overdue, level.not_due), (1, 1, 1, 1));
/// assert_eq!(level.level(), Rational::new(1, 3)?.into()); // the last lead has waited for 2 hours
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ServiceLevel {
    /// The limit.
    pub limit: u64,
    /// What the limit is counted in.
    pub unit: TimeUnit,
    /// Leads answered within the limit.
    pub within: u64,
    /// Leads answered, but after the limit.
    pub late: u64,
    /// Open leads without an answer that have waited for longer than the limit.
    pub overdue: u64,
    /// Open leads without an answer that have not: whether they will be answered in time is not
    /// known yet.
    pub not_due: u64,
    /// Leads accepted or returned at a time that is not known: whether that was in time is not known
    /// either.
    pub untimed: u64,
}

impl ServiceLevel {
    /// The leads of which it is known whether they were answered in time: within, late and overdue.
    #[must_use]
    pub fn due(&self) -> u64 {
        // Parts of the leads handed over, of which there are fewer than 2^64; so below.
        self.within + self.late + self.overdue
    }

    /// All leads handed over, due or not.
    #[must_use]
    pub fn handed_over(&self) -> u64 {
        self.due() + self.not_due + self.untimed
    }

    /// The service level, `within / due`, from 0 to 1; [`Reason::NoBase`](crate::Reason::NoBase)
    /// where no lead is due.
    #[must_use]
    pub fn level(&self) -> Value {
        Value::share(self.within, self.due())
    }

    /// `within / handed over`: as if all that are not due or not timed had been answered too late.
    /// It is never above the [`level`](Self::level), and equal where every lead is due.
    /// [`Reason::NoBase`](crate::Reason::NoBase) without leads.
    #[must_use]
    pub fn level_of_all(&self) -> Value {
        Value::share(self.within, self.handed_over())
    }

    /// The counts under the names of the [catalog](crate::kpi::catalog)'s inputs, `within_sla` and
    /// `handed_over`, for its `handoff_sla_compliance`, which is
    /// [`level_of_all`](Self::level_of_all).
    #[must_use]
    pub fn measures(&self) -> Vec<(&'static str, Rational)> {
        vec![("within_sla", self.within.into()), ("handed_over", self.handed_over().into())]
    }
}
