//! Exact Shapley values of a function of sets of players.

use crate::error::Error;
use crate::number::{CAPACITY_BITS, Rational, Reason, Value};

/// The Shapley value of each of `players`, where `worth` says what a set of them is worth, a bit for
/// each; undefined for the reason that comes first, where any set's worth is.
///
/// A common denominator of all worths is taken first, so that sums are of integers: it only grows,
/// whatever the order, and past the limit on size the values are [`Reason::Capacity`].
pub(super) fn values(
    players: usize,
    mut worth: impl FnMut(usize) -> Result<Value, Error>,
) -> Result<Value<Vec<Rational>>, Error> {
    let sets = 1_usize << players;
    let (mut worths, mut reason) = (Vec::with_capacity(sets), None::<Reason>);
    for set in 0..sets {
        match worth(set)? {
            Value::Defined(worth) => worths.push(worth),
            Value::Undefined(found) => {
                reason = Some(reason.map_or(found, |reason| reason.min(found)));
            }
        }
    }
    if let Some(reason) = reason {
        return Ok(Value::Undefined(reason));
    }
    let mut common = Rational::ONE;
    for worth in &worths {
        common *= (worth * &common).denominator();
        if common.bits() > CAPACITY_BITS {
            return Ok(Value::Undefined(Reason::Capacity));
        }
    }
    worths.iter_mut().for_each(|worth| *worth *= &common);
    let weights = weights(players)?;
    let value = |player: usize| {
        let own = 1_usize << player;
        // What the player adds to all sets of one size together.
        let mut added = vec![Rational::ZERO; players];
        for set in (0..sets).filter(|set| set & own == 0) {
            added[set.count_ones() as usize] += &worths[set | own] - &worths[set];
        }
        let sum: Rational = added.iter().zip(&weights).map(|(added, weight)| added * weight).sum();
        sum.checked_div(&common)
    };
    (0..players).map(value).collect::<Result<_, _>>().map(Value::Defined)
}

/// For each size of a set without the player, the share of orders in which just that set comes
/// before: `s! (n - s - 1)! / n!`.
fn weights(players: usize) -> Result<Vec<Rational>, Error> {
    let mut weights = Vec::with_capacity(players);
    let mut sets = Rational::from(players as u64);
    for size in 0..players {
        // One over n times the number of sets of that size out of the n - 1 others.
        weights.push(Rational::ONE.checked_div(&sets)?);
        let (others, next) = ((players - 1 - size) as u64, size as u64 + 1);
        sets = (sets * Rational::from(others)).checked_div(&Rational::from(next))?;
    }
    Ok(weights)
}
