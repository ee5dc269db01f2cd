//! What became of leads that were handed over.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::durations::Durations;
use super::leads::Outcome;
use super::service::ServiceLevel;
use super::time::TimeUnit;
use crate::number::{Rational, Value};

/// Leads that were handed over, and what became of them as of a time: all of a
/// [`HandOff`](super::HandOff), or those of a segment.
///
/// A rate of no leads is [`Reason::NoBase`](crate::Reason::NoBase), which is not the rate 0.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HandedLeads {
    accepted: u64,
    returned: u64,
    open: u64,
    untimed: u64,
    later: u64,
    /// Returned leads by their reason, where they have one.
    reasons: BTreeMap<String, u64>,
    response: Durations,
    waiting: Durations,
}

/// Why leads came back, and how many did.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ReturnReason {
    /// The reason; none for those that came back without one.
    pub reason: Option<String>,
    /// How many leads came back for it.
    pub count: u64,
    /// `count / returned`. The shares of all reasons sum to 1.
    pub share: Value,
}

/// A lead as of a time.
pub(super) struct Lead<'a> {
    pub(super) outcome: Outcome,
    pub(super) reason: Option<&'a str>,
    /// From the hand-over to the response.
    pub(super) response: Option<u64>,
    /// From the hand-over to the time.
    pub(super) waited: u64,
}

impl HandedLeads {
    pub(super) fn none(unit: TimeUnit) -> Self {
        Self {
            accepted: 0,
            returned: 0,
            open: 0,
            untimed: 0,
            later: 0,
            reasons: BTreeMap::new(),
            response: Durations::none(unit),
            waiting: Durations::none(unit),
        }
    }

    /// Adds a lead; [`finish`](Self::finish) has to follow the last. Those of a column have fewer
    /// than 2^64 rows.
    pub(super) fn push(&mut self, lead: &Lead<'_>) {
        match lead.outcome {
            Outcome::Open => self.open += 1,
            Outcome::Accepted => self.accepted += 1,
            Outcome::Returned => {
                self.returned += 1;
                if let Some(reason) = lead.reason {
                    match self.reasons.get_mut(reason) {
                        Some(count) => *count += 1,
                        None => _ = self.reasons.insert(reason.to_owned(), 1),
                    }
                }
            }
        }
        match (lead.response, lead.outcome) {
            (Some(response), _) => self.response.push(response),
            (None, Outcome::Open) => self.waiting.push(lead.waited),
            (None, _) => self.untimed += 1,
        }
    }

    /// Adds a lead that is handed over after the time.
    pub(super) fn push_later(&mut self) {
        self.later += 1;
    }

    pub(super) fn finish(&mut self) {
        self.response.sort();
        self.waiting.sort();
    }

    /// The leads that were given, those handed over later included; none where with others they are
    /// more than 2^64 - 1.
    pub(super) fn given_with(&self, other: &Self) -> Option<u64> {
        self.given().checked_add(other.given())
    }

    pub(super) fn given(&self) -> u64 {
        self.handed_over() + self.later
    }

    /// Adds others; together they have to be countable.
    pub(super) fn merge(&mut self, other: &Self) {
        self.accepted += other.accepted;
        self.returned += other.returned;
        self.open += other.open;
        self.untimed += other.untimed;
        self.later += other.later;
        for (reason, count) in &other.reasons {
            match self.reasons.get_mut(reason) {
                Some(own) => *own += count,
                None => _ = self.reasons.insert(reason.clone(), *count),
            }
        }
        self.response.merge(&other.response);
        self.waiting.merge(&other.waiting);
    }

    /// How many were handed over: accepted, returned and open.
    #[must_use]
    pub fn handed_over(&self) -> u64 {
        self.accepted + self.returned + self.open
    }

    /// How many sales agreed to work on.
    #[must_use]
    pub fn accepted(&self) -> u64 {
        self.accepted
    }

    /// How many sales gave back.
    #[must_use]
    pub fn returned(&self) -> u64 {
        self.returned
    }

    /// How many are neither accepted nor returned yet, responded to or not.
    #[must_use]
    pub fn open(&self) -> u64 {
        self.open
    }

    /// How many are decided: accepted or returned.
    #[must_use]
    pub fn decided(&self) -> u64 {
        self.accepted + self.returned
    }

    /// How many were accepted or returned at a time that is not known. They have no response time,
    /// and no part in the service level.
    #[must_use]
    pub fn untimed(&self) -> u64 {
        self.untimed
    }

    /// How many of the leads given are handed over after the time as of which they were added up.
    /// They have no part in anything else here.
    #[must_use]
    pub fn handed_over_later(&self) -> u64 {
        self.later
    }

    /// `accepted / handed over`: open leads stay in the denominator, so that it can still rise.
    #[must_use]
    pub fn acceptance_rate(&self) -> Value {
        Value::share(self.accepted, self.handed_over())
    }

    /// `accepted / decided`: open leads play no part.
    #[must_use]
    pub fn acceptance_rate_of_decided(&self) -> Value {
        Value::share(self.accepted, self.decided())
    }

    /// `returned / handed over`.
    #[must_use]
    pub fn return_rate(&self) -> Value {
        Value::share(self.returned, self.handed_over())
    }

    /// `returned / decided`; with [`acceptance_rate_of_decided`](Self::acceptance_rate_of_decided)
    /// it makes 1.
    #[must_use]
    pub fn return_rate_of_decided(&self) -> Value {
        Value::share(self.returned, self.decided())
    }

    /// Why leads came back, most first, of equal counts alphabetically. Those without a reason are
    /// one entry, behind others of the same count: what is missing is told. Nothing where none came
    /// back.
    ///
    /// ```
    /// use yardstick::funnel::{HandOff, Leads, Outcome, TimeUnit};
    /// use yardstick::{Column, Rational};
    ///
    /// let leads = Leads::new(TimeUnit::Day, Column::integers(&[0; 4]), &[Outcome::Returned; 4])
    ///     .reasons(&["no budget", "not reached", "no budget", ""]);
    /// let reasons = HandOff::of(&leads, 9)?.total().returned_by_reason();
    /// let names: Vec<_> = reasons.iter().map(|reason| reason.reason.as_deref()).collect();
    /// assert_eq!(names, [Some("no budget"), Some("not reached"), None]);
    /// assert_eq!(reasons[0].share, Rational::new(1, 2)?.into());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn returned_by_reason(&self) -> Vec<ReturnReason> {
        let told: u64 = self.reasons.values().sum();
        let untold = (None, self.returned - told);
        let counts = self.reasons.iter().map(|(reason, count)| (Some(reason.clone()), *count));
        let mut reasons: Vec<_> = counts
            .chain([untold])
            .filter(|(_, count)| *count > 0)
            .map(|(reason, count)| ReturnReason {
                reason,
                count,
                share: Value::share(count, self.returned),
            })
            .collect();
        // In alphabetical order until now, with no reason last; the sort is stable.
        reasons.sort_by_key(|reason| Reverse(reason.count));
        reasons
    }

    /// From the hand-over to the first response, of all leads that had one; open ones too.
    #[must_use]
    pub fn response_times(&self) -> &Durations {
        &self.response
    }

    /// How long open leads without a response have waited; the longest is its
    /// [`max`](Durations::max).
    #[must_use]
    pub fn waiting(&self) -> &Durations {
        &self.waiting
    }

    /// Which leads were answered within a limit, that may be in another unit than the leads. Time by
    /// the logarithm of their count.
    #[must_use]
    pub fn service_level(&self, limit: u64, unit: TimeUnit) -> ServiceLevel {
        let within = self.response.count_within(limit, unit);
        let not_due = self.waiting.count_within(limit, unit);
        ServiceLevel {
            limit,
            unit,
            within,
            late: self.response.count() - within,
            overdue: self.waiting.count() - not_due,
            not_due,
            untimed: self.untimed,
        }
    }

    /// The counts under the names of the [catalog](crate::kpi::catalog)'s inputs, to evaluate its
    /// formulas with: `accepted` and `handed_over` (for `handoff_acceptance_rate`), `response_time`,
    /// in the unit of the leads, and `responded_leads` (for `lead_response_time`). For the service
    /// level see [`ServiceLevel::measures`].
    ///
    /// ```
    /// use yardstick::funnel::{HandOff, Leads, Outcome, TimeUnit};
    /// use yardstick::kpi::catalog;
    /// use yardstick::{Column, Formula, Rational};
    ///
    /// use Outcome::{Accepted, Open, Returned};
    /// let outcomes = [Accepted, Accepted, Accepted, Returned, Open];
    /// let leads = Leads::new(TimeUnit::Day, Column::integers(&[0; 5]), &outcomes);
    /// let hand_off = HandOff::of(&leads, 9)?;
    /// let formula: Formula = catalog::find("handoff_acceptance_rate")?.formula.parse()?;
    /// let rate = formula.evaluate(hand_off.total().measures())?;
    /// assert_eq!(rate, Rational::new(3, 5)?.into());
    /// assert_eq!(rate, hand_off.total().acceptance_rate());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn measures(&self) -> Vec<(&'static str, Rational)> {
        vec![
            ("accepted", self.accepted.into()),
            ("handed_over", self.handed_over().into()),
            ("response_time", self.response.total()),
            ("responded_leads", self.response.count().into()),
        ]
    }
}
