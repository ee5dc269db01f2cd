//! What the children of one node get where floors or ceilings may bind.

use super::bounds::UNBOUNDED;
use super::split::Bound;
use crate::number::{Rational, Weights};

/// Splits `total` by weights, each part from `low` to `high`, and tells what binds.
///
/// The exact shares are those of water that is poured into vessels: there is one level for which
/// `sum of clamp(level * weight, low, high)` is the total. Parts whose `level * weight` is outside of
/// their bounds get the bound; the others share what is left by weight, by largest remainder. Since
/// bounds are whole, rounding leaves none. The level is found by sorting the levels at which a part
/// leaves its floor or reaches its ceiling.
///
/// The sum of `low` is at most the total, and the sum of `high`, in which a weight of zero counts with
/// its low, at least.
pub(super) fn fill(
    weights: &Weights,
    total: u128,
    (low, high): (&[u128], &[u128]),
    (parts, bound): (&mut [u128], &mut [Option<Bound>]),
    ranks: &mut Vec<u128>,
) {
    let is_free = |part: usize| low[part] == 0 && high[part] == UNBOUNDED;
    if (0..low.len()).all(is_free) {
        weights.split(total, parts, ranks);
        return;
    }
    // Of whatever weighs something: when it leaves its floor, when it reaches its ceiling.
    let mut events: Vec<(Rational, Bound, usize)> = Vec::new();
    // What bound parts have, and what the others weigh; at first the floors.
    let (mut fixed, mut active) = (0_u128, Rational::ZERO);
    let mut state: Vec<Option<Bound>> = vec![None; low.len()];
    for part in 0..low.len() {
        fixed += low[part];
        if weights.is_zero(part) {
            state[part] = Some(Bound::Floor);
            continue;
        }
        let weight = weights.weight(part);
        let level = |quanta: u128| Rational::from(quanta).checked_div(&weight).unwrap_or_default();
        match low[part] {
            0 => active += &weight,
            floor => {
                state[part] = Some(Bound::Floor);
                events.push((level(floor), Bound::Floor, part));
            }
        }
        if high[part] != UNBOUNDED {
            events.push((level(high[part]), Bound::Ceiling, part));
        }
    }
    events.sort_unstable();
    for (level, what, part) in events {
        if Rational::from(fixed) + level * &active >= Rational::from(total) {
            break;
        }
        let weight = weights.weight(part);
        match what {
            Bound::Floor => {
                fixed -= low[part];
                active += weight;
                state[part] = None;
            }
            Bound::Ceiling => {
                fixed += high[part];
                active -= weight;
                state[part] = Some(Bound::Ceiling);
            }
        }
    }
    // None where all parts stand at a bound.
    let level = Rational::from(total.saturating_sub(fixed)).checked_div(&active).ok();
    let mut open = Vec::new();
    for part in 0..low.len() {
        let share = level.as_ref().map(|level| level * weights.weight(part));
        let binds = |quanta: u128, below: bool| match &share {
            Some(share) if below => *share < Rational::from(quanta),
            Some(share) => *share > Rational::from(quanta),
            None => true,
        };
        match state[part] {
            None => open.push(part),
            Some(Bound::Floor) => {
                parts[part] = low[part];
                bound[part] = (low[part] > 0 && binds(low[part], true)).then_some(Bound::Floor);
            }
            Some(Bound::Ceiling) => {
                parts[part] = high[part];
                bound[part] = binds(high[part], false).then_some(Bound::Ceiling);
            }
        }
    }
    let Some(weights) = weights.of(&open) else { return };
    let mut rest = vec![0; open.len()];
    weights.split(total.saturating_sub(fixed), &mut rest, ranks);
    for (part, quanta) in open.into_iter().zip(rest) {
        parts[part] = quanta;
    }
}
