//! Steps that may be skipped.
//!
//! The chain is that of the other steps, so their bits stand first while it is looked for. Then each
//! optional step takes the earliest event that is left for it between its neighbours.

use super::rules::{Found, Rules};
use super::times::since;
use super::{Chain, Event, Timeline};

/// In which order the bits of steps stand while the chain is looked for.
#[derive(Debug)]
pub(super) struct Optional {
    /// The steps that are not optional, then those that are.
    order: Vec<usize>,
    required: usize,
    /// The events with their bits in that order.
    events: Vec<Event>,
    /// Which events of the chain are taken.
    taken: Vec<usize>,
}

impl Optional {
    pub(super) fn new(optional: &[bool]) -> Self {
        let steps = |wanted: bool| {
            let steps = optional.iter().enumerate();
            steps.filter(move |(_, is)| **is == wanted).map(|(step, _)| step)
        };
        Self {
            order: steps(false).chain(steps(true)).collect(),
            required: steps(false).count(),
            events: Vec::new(),
            taken: Vec::new(),
        }
    }

    /// The place of a step that is not optional among those that are not.
    pub(super) fn place(&self, step: usize) -> usize {
        self.order.iter().position(|other| *other == step).unwrap_or(step)
    }

    pub(super) fn required(&self) -> &[usize] {
        &self.order[..self.required]
    }

    /// The events with the bits of steps in another order; to be given back.
    pub(super) fn arrange(&mut self, events: impl Timeline) -> Vec<Event> {
        let order = &self.order;
        let mut arranged = std::mem::take(&mut self.events);
        let steps = u64::MAX >> (64 - order.len());
        arranged.clear();
        arranged.extend(events.events().map(|event| {
            let bits = order.iter().enumerate();
            let own = bits.fold(0, |own, (to, from)| own | ((event.mask >> from) & 1) << to);
            Event { mask: (event.mask & !steps) | own, ..event }
        }));
        arranged
    }

    pub(super) fn give_back(&mut self, arranged: Vec<Event>) {
        self.events = arranged;
    }

    /// Names the steps of a chain, and adds the optional ones that it comes through.
    pub(super) fn complete(
        &mut self,
        rules: &Rules,
        found: &Found,
        events: impl Timeline,
        chain: &mut Chain,
    ) {
        let steps = self.order.len();
        let mut of_step = vec![None; steps];
        for (step, place) in self.order.iter().zip(&chain.places) {
            of_step[*step] = Some(*place);
        }
        chain.next = self.required().get(found.next).copied().unwrap_or(steps);
        self.taken.clone_from(&chain.places);
        let key = chain.places.first().map_or(0, |place| events.event(*place).key);
        // From the last event of the chain before, on to the next; for what follows the last, as long
        // as the window lasts.
        let mut from = found.start;
        for step in 0..chain.next {
            if let Some(place) = of_step[step] {
                from = events.time(place);
                continue;
            }
            let until = of_step[step..].iter().flatten().next().map(|place| events.time(*place));
            let begin = events.first(|time| time < from);
            let mut ahead =
                events.part(begin..events.len()).events().enumerate().take_while(|(_, event)| {
                    match until {
                        Some(until) => event.time <= until,
                        None => {
                            since(found.start, event.time) <= rules.limits.window
                                && since(from, event.time) <= rules.limits.previous
                        }
                    }
                });
            let free = ahead.find(|(place, event)| {
                let matches = (event.mask >> step) & 1 == 1 && event.key == key;
                matches && !self.taken.contains(&(begin + place))
            });
            if let Some((place, _)) = free {
                let place = begin + place;
                self.taken.push(place);
                of_step[step] = Some(place);
                from = events.time(place);
            }
        }
        chain.steps.clear();
        chain.places.clear();
        for (step, place) in of_step.into_iter().enumerate() {
            if let Some(place) = place {
                chain.steps.push(step);
                chain.places.push(place);
            }
        }
    }
}
