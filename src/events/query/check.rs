//! What does not go together, and what would do.

use super::{Anchor, Counting, Effect, Entry, EventFunnel, Exclusion, MOST_STEPS, Order};
use crate::error::ErrorKind;
use crate::events::Length;

impl EventFunnel {
    pub(super) fn check(&self, refuse: &mut impl FnMut(&str, ErrorKind, String)) {
        let steps = self.steps();
        for (i, step) in self.steps.iter().enumerate() {
            if let Some(same) = self.steps[..i].iter().find(|other| other.name == step.name) {
                let message = format!("step \"{}\" is there twice; rename one", same.name);
                refuse(&format!("steps[{i}].name"), ErrorKind::Duplicate, message);
            }
            let given = step.least.is_some() || step.most.is_some();
            if given && i == 0 {
                let message = "step 0 has none before it; set times of later steps".to_owned();
                refuse(&format!("steps[{i}]"), ErrorKind::Domain, message);
            }
            if given && self.order == Order::Any {
                let message = format!(
                    "step {i} has a time after the one before, but in any order there is none; set a window, or order the steps"
                );
                refuse(&format!("steps[{i}]"), ErrorKind::Domain, message);
            }
            let nanoseconds = |length: Option<Length>| {
                let length = length?;
                Some(u128::from(length.amount()) * u128::from(length.unit().nanoseconds()))
            };
            if let (Some(least), Some(most)) = (nanoseconds(step.least), nanoseconds(step.most)) {
                if least > most {
                    let message = format!(
                        "step {i} comes at least longer after the one before than at most; give at least no more than at most"
                    );
                    refuse(&format!("steps[{i}].at_least_after"), ErrorKind::Domain, message);
                }
            }
        }
        for (i, Exclusion { from, to, bit }) in self.exclusions.iter().enumerate() {
            if from >= to || *to >= steps {
                let message = format!(
                    "exclusion of bit {bit} between steps {from} and {to}; give two in order below {steps}"
                );
                refuse(&format!("exclusions[{i}]"), ErrorKind::Domain, message);
            }
            self.spare(&format!("exclusions[{i}].bit"), *bit, "exclusion", refuse);
        }
        for (i, bit) in self.correlated.iter().enumerate() {
            self.spare(&format!("correlate[{i}]"), *bit, "correlation", refuse);
        }
        for (i, (from, to)) in self.between.iter().enumerate() {
            if from >= to || *to >= steps {
                let message =
                    format!("time between steps {from} and {to}; give two in order below {steps}");
                refuse(&format!("time_between[{i}]"), ErrorKind::Domain, message);
            }
        }
        self.check_optional(refuse);
        let excludes = !self.exclusions.is_empty();
        if self.anchor == Anchor::Previous && self.window.is_none() {
            let message = "a window from the step before, and no window; give one".to_owned();
            refuse("anchor", ErrorKind::Missing, message);
        }
        match self.order {
            Order::Ordered => {}
            Order::Strict => {
                if excludes {
                    let message = "exclusions in strict order, where nothing lies between steps anyway; leave them out, or order the steps without it";
                    refuse("exclusions", ErrorKind::Domain, message.to_owned());
                }
            }
            Order::Any => {
                if self.anchor == Anchor::Previous {
                    let message = "a window from the step before, but in any order there is none; count it from the start";
                    refuse("anchor", ErrorKind::Domain, message.to_owned());
                }
                if self.strict_times {
                    let message = "strict times, but in any order no step follows another; leave them out, or order the steps";
                    refuse("strict_times", ErrorKind::Domain, message.to_owned());
                }
                if excludes {
                    let message = "exclusions between steps, but in any order none lies between; leave them out, or order the steps";
                    refuse("exclusions", ErrorKind::Domain, message.to_owned());
                }
                if self.entry == Entry::Latest {
                    let message = "entry at the latest event, but in any order every event can be the first; enter at the first, or by the best chain";
                    refuse("entry", ErrorKind::Domain, message.to_owned());
                }
            }
        }
        if self.counting == Counting::Totals {
            if self.entry != Entry::First {
                let message = "totals count one chain after another from each first event; set entry to first";
                refuse("entry", ErrorKind::Domain, message.to_owned());
            }
            if excludes && self.effect == Effect::Drops {
                let message = "totals count chains, and exclusions that drop leave out entities; let them break chains";
                refuse("effect", ErrorKind::Domain, message.to_owned());
            }
            if self.anchor == Anchor::Previous {
                let message = "totals count one chain after another, each until its window ends; count the window from the start";
                refuse("anchor", ErrorKind::Domain, message.to_owned());
            }
            if self.holds {
                let message = "totals count one chain after another, whatever its key; leave the held key out, or count uniques";
                refuse("held", ErrorKind::Domain, message.to_owned());
            }
            if self.reasons {
                let message = "reasons with totals, where who stopped can begin again; leave them out, or count uniques";
                refuse("reasons", ErrorKind::Domain, message.to_owned());
            }
            if self.order != Order::Ordered {
                let message =
                    "totals count chains of steps in order; leave the order out, or count uniques";
                refuse("order", ErrorKind::Domain, message.to_owned());
            }
        }
    }

    fn check_optional(&self, refuse: &mut impl FnMut(&str, ErrorKind, String)) {
        let last = self.steps.len().saturating_sub(1);
        for (i, step) in self.steps.iter().enumerate().filter(|(_, step)| step.optional) {
            if i == 0 || i == last {
                let message = format!(
                    "step {i} is optional, but the first and the last are what a funnel is about; require it"
                );
                refuse(&format!("steps[{i}].optional"), ErrorKind::Domain, message);
            }
            if step.least.is_some() || step.most.is_some() {
                let message = format!(
                    "step {i} is optional and has a time after the one before; set a window, or require it"
                );
                refuse(&format!("steps[{i}].optional"), ErrorKind::Domain, message);
            }
            let place = i as u32;
            if self.exclusions.iter().any(|each| each.from == place || each.to == place) {
                let message = format!(
                    "step {i} is optional, and an exclusion begins or ends there; let it be between required steps"
                );
                refuse(&format!("steps[{i}].optional"), ErrorKind::Domain, message);
            }
        }
        let optional = self.steps.iter().any(|step| step.optional);
        if optional && self.order != Order::Ordered {
            let message =
                "optional steps go with steps in order; leave the order out, or require all";
            refuse("order", ErrorKind::Domain, message.to_owned());
        }
        if self.open && optional {
            let message = "optional steps with open entry, where each can be the first; choose one";
            refuse("open_entry", ErrorKind::Domain, message.to_owned());
        }
        if self.open && self.order != Order::Ordered {
            let message = "open entry goes with steps in order; leave one of them out";
            refuse("open_entry", ErrorKind::Domain, message.to_owned());
        }
        if self.open && (self.entry != Entry::Best || self.counting == Counting::Totals) {
            let message =
                "open entry counts the best chain from any step; leave entry and totals out";
            refuse("open_entry", ErrorKind::Domain, message.to_owned());
        }
        if self.open && !self.exclusions.is_empty() {
            let message = "exclusions with open entry, where a chain need not have the step that they begin at; leave one of them out";
            refuse("exclusions", ErrorKind::Domain, message.to_owned());
        }
    }

    fn spare(
        &self,
        path: &str,
        bit: u32,
        what: &str,
        refuse: &mut impl FnMut(&str, ErrorKind, String),
    ) {
        let steps = self.steps();
        if bit < steps || bit >= MOST_STEPS {
            let message = format!(
                "{what} by bit {bit}, which is {}; give one from {steps} to {}",
                if bit < steps { "that of a step" } else { "none of a mask" },
                MOST_STEPS - 1
            );
            refuse(path, ErrorKind::Domain, message);
        }
    }
}
