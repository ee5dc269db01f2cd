//! What makes a chain.

use std::cmp::{Ordering, Reverse};

use super::Timeline;
use super::optional::Optional;
use super::ties::Ties;
use super::times::since;
use crate::error::Error;
use crate::events::query::{EventFunnel, Limits, Order};
use crate::funnel::TimeUnit;

/// What makes a chain, in the unit of the events.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    pub(super) steps: usize,
    pub(super) step_bits: u64,
    /// Those and the optional ones.
    pub(super) all_step_bits: u64,
    pub(super) any: bool,
    /// Whether a chain may begin at any step.
    pub(super) open: bool,
    pub(super) limits: Limits,
    /// Those that break chains.
    pub(super) exclusions: Vec<Excluded>,
    /// Those for which whole entities are left out.
    pub(super) dropping: Vec<Excluded>,
    pub(super) excluded_bits: u64,
}

/// A kind of event that must not lie between two steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Excluded {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) bit: u32,
}

/// A chain as far as one pass tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// Its first step.
    pub(super) first: usize,
    /// The one after its last.
    pub(super) next: usize,
    pub(super) start: i64,
    pub(super) end: i64,
}

impl Found {
    /// Less where the other is worse: further, then longer, then complete earlier, then begun later is
    /// better.
    pub(super) fn rank(&self, other: &Self) -> Ordering {
        let key =
            |found: &Self| (Reverse(found.next), found.first, found.end, Reverse(found.start));
        key(self).cmp(&key(other))
    }
}

/// When a chain may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Starts {
    Any,
    /// At this time alone.
    At(i64),
}

impl Starts {
    pub(super) fn at(self, time: i64) -> bool {
        match self {
            Self::Any => true,
            Self::At(start) => time == start,
        }
    }

    /// Whether no chain goes on any more at a time.
    pub(super) fn are_over(self, time: i64, window: u64) -> bool {
        match self {
            Self::Any => false,
            Self::At(start) => time > start && since(start, time) > window,
        }
    }
}

impl Rules {
    pub(super) fn new(query: &EventFunnel, unit: TimeUnit) -> Result<Self, Error> {
        let excluded = query.exclusions.iter();
        let rules = Self {
            steps: query.steps.len(),
            step_bits: query.step_bits(),
            all_step_bits: query.step_bits(),
            any: query.order == Order::Any,
            open: query.open,
            limits: query.limits(unit)?,
            excluded_bits: excluded.clone().fold(0, |bits, each| bits | 1 << each.bit),
            exclusions: excluded
                .map(|each| Excluded {
                    from: each.from as usize,
                    to: each.to as usize,
                    bit: each.bit,
                })
                .collect(),
            dropping: Vec::new(),
        };
        Ok(match Self::optional(query) {
            Some(optional) => rules.of_required(&optional),
            None => rules,
        })
    }

    /// The steps that may be skipped, where there are any; the rules are then for the others alone.
    pub(super) fn optional(query: &EventFunnel) -> Option<Optional> {
        let optional: Vec<bool> = query.steps.iter().map(|step| step.optional).collect();
        optional.contains(&true).then(|| Optional::new(&optional))
    }

    /// The same for the steps that are not optional, whose bits then stand first.
    fn of_required(mut self, optional: &Optional) -> Self {
        let required = optional.required();
        self.steps = required.len();
        self.step_bits = u64::MAX >> (64 - required.len());
        self.limits.gaps = required.iter().map(|step| self.limits.gaps[*step]).collect();
        for excluded in &mut self.exclusions {
            excluded.from = optional.place(excluded.from);
            excluded.to = optional.place(excluded.to);
        }
        self
    }

    pub(super) fn without_exclusions(self) -> Self {
        Self { exclusions: Vec::new(), ..self }
    }

    pub(super) fn ties(&self) -> Ties {
        let gaps = self.limits.gaps.iter().enumerate();
        let together = gaps
            .filter(|(step, (least, _))| *step > 0 && *least == 0)
            .fold(0, |bits, (step, _)| bits | 1 << step);
        Ties::new(self.steps, self.step_bits, together)
    }

    /// Whether a step can come at a time, in a chain whose last event was before.
    pub(super) fn follows(&self, step: usize, before: i64, start: i64, time: i64) -> bool {
        let (least, most) = self.limits.gaps[step];
        let gap = since(before, time);
        least <= gap && gap <= most && since(start, time) <= self.limits.window
    }

    /// Whether an excluded event lies in a chain that was chosen without regard to them.
    pub(super) fn drops(&self, found: &Found, events: impl Timeline, places: &[usize]) -> bool {
        let at = |step: usize| events.time(places[step]);
        self.dropping.iter().any(|excluded| {
            if places.len() <= excluded.from {
                return false;
            }
            let from = at(excluded.from);
            let to = (places.len() > excluded.to).then(|| at(excluded.to));
            let most = self.limits.gaps.get(found.next).map_or(u64::MAX, |(_, most)| *most);
            let key = events.event(places[0]).key;
            events.events().any(|event| {
                let time = event.time;
                if (event.mask >> excluded.bit) & 1 == 0 || time < from || event.key != key {
                    return false;
                }
                // What matches a step is only between steps where it is at neither of their times.
                let pure = event.mask & self.all_step_bits == 0;
                let until_then = match to {
                    Some(to) => time < to || (time == to && pure),
                    None => {
                        since(found.start, time) <= self.limits.window
                            && (time <= found.end || since(found.end, time) <= most)
                    }
                };
                until_then && (time > from || pure)
            })
        })
    }
}
