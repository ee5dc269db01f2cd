//! The days on which something about a target was decided.

use super::assessment::State;
use super::result::TargetResult;
use crate::calendar::Date;
use crate::number::Value;

/// The first days at whose end something held, up to the day of an assessment; none where it never
/// did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Milestones {
    /// The goal was met. It may have been lost again: see `met_since`.
    pub first_met: Option<Date>,
    /// The goal has been met on every day from this one to the last that was looked at.
    pub met_since: Option<Date>,
    /// No value within the declared bounds could spoil it any more ([`State::Secured`]).
    pub secured: Option<Date>,
    /// More was required of what remained than any day so far had brought, in the baseline period or
    /// in this one (less, where lower is better): it was out of reach at any rate seen before.
    pub beyond_best: Option<Date>,
    /// No value within the declared bounds sufficed any more ([`State::Unreachable`]).
    pub unreachable: Option<Date>,
}

impl TargetResult {
    /// The days on which the target was met, secured, or out of reach, in one pass over its days.
    #[must_use]
    pub fn milestones(&self) -> Milestones {
        let mut found = Milestones::default();
        for day in self.days() {
            let as_of = day.as_of;
            let note = |place: &mut Option<Date>, holds: bool| {
                if holds {
                    place.get_or_insert(as_of);
                }
            };
            let met = day.met == Value::Defined(true);
            if !met {
                found.met_since = None;
            }
            note(&mut found.first_met, met);
            note(&mut found.met_since, met);
            note(&mut found.secured, day.state == State::Secured);
            note(&mut found.unreachable, day.state == State::Unreachable);
            note(&mut found.beyond_best, day.is_beyond_best());
        }
        found
    }
}
