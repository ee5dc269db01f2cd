//! Which events a match consists of.

use super::machine::{Machine, Run, bits};
use crate::events::chain::Event;

/// The events of the first match and the place of each in the pattern, in order; empty where there is
/// none. The match that ends first; of these the one that begins first; and so on with each event.
pub(super) fn first_match(
    machine: &Machine,
    reversed: &Machine,
    events: &[Event],
) -> Vec<(usize, usize)> {
    let mut run = Run::new(machine);
    let ends = |event: &Event| run.take(event.mask, event.time, machine.first) & machine.last != 0;
    let Some(end) = events.iter().position(ends) else { return Vec::new() };
    let events = &events[..=end];
    let leading = leading(reversed, events);

    let Some(start) = leading.iter().position(|places| places & machine.first != 0) else {
        return Vec::new();
    };
    let mut chosen = vec![(start, leading[start] & machine.first)];
    let (mut at, mut taken) = chosen[0];
    for (i, places) in leading.iter().enumerate().skip(start + 1) {
        let on = places & reached(machine, events, (at, taken), i);
        if on != 0 {
            (at, taken) = (i, on);
            chosen.push((i, on));
        }
    }
    through(machine, events, &mut chosen);
    chosen.iter().map(|(event, places)| (*event, places.trailing_zeros() as usize)).collect()
}

/// The places that each event can take in a match that ends with the last of them.
fn leading(reversed: &Machine, events: &[Event]) -> Vec<u64> {
    let mut run = Run::new(reversed);
    let mut first = reversed.first;
    let mut leading: Vec<u64> = Vec::with_capacity(events.len());
    for event in events.iter().rev() {
        // `!time` runs backwards.
        leading.push(run.take(event.mask, !event.time, first));
        first = 0;
    }
    leading.reverse();
    leading
}

/// The places that an event is allowed to take after those of an earlier one.
fn reached(machine: &Machine, events: &[Event], from: (usize, u64), to: usize) -> u64 {
    let (at, taken) = from;
    let between = events[to].time.wrapping_sub(events[at].time) as u64;
    let mut reached = 0;
    for way in &machine.ways {
        let near = way.gap || to == at + 1;
        let open = near && way.least <= between && between <= way.most;
        reached |= u64::from(open && taken >> way.from & 1 == 1) << way.to;
    }
    reached
}

/// Leaves of the places of each event one: the first of those that lead on.
fn through(machine: &Machine, events: &[Event], chosen: &mut [(usize, u64)]) {
    for i in (1..chosen.len()).rev() {
        let (before, (next, wanted)) = (chosen[i - 1], chosen[i]);
        let leads =
            |place: &usize| reached(machine, events, (before.0, 1 << place), next) & wanted != 0;
        chosen[i - 1].1 = bits(before.1).filter(leads).fold(0, |places, place| places | 1 << place);
    }
    let mut allowed = u64::MAX;
    for i in 0..chosen.len() {
        let (at, places) = chosen[i];
        let all = places & allowed;
        let one = all & all.wrapping_neg();
        chosen[i].1 = one;
        if let Some((next, _)) = chosen.get(i + 1) {
            allowed = reached(machine, events, (at, one), *next);
        }
    }
}
