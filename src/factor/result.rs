//! What strategies brought about, and how they rank.

use std::cmp::Ordering;

use super::definition::unbounded;
use crate::number::{Reason, Sense, Value};

/// A factor over facts.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FactorResult {
    /// The name of the factor.
    pub name: String,
    /// The dimension of the strategies.
    pub dimension: String,
    /// All strategies together; without ranks.
    pub total: Strategy,
    /// Each strategy, in order of contribution.
    pub strategies: Vec<Strategy>,
}

/// One strategy, as [`Factor::run`](super::Factor::run) defines its numbers.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Strategy {
    /// The value of the dimension; empty for the total.
    pub name: String,
    /// What it gained.
    pub gain: Value,
    /// What it cost, where the factor has a cost.
    pub cost: Option<Value>,
    /// How often it was used, where the factor counts occasions.
    pub occasions: Option<Value>,
    /// Its gain less its cost; the gain where there is no cost in its unit.
    pub contribution: Value,
    /// Its contribution over its cost; [`Missing`](Reason::Missing) where there is no cost in the
    /// unit of the gain.
    pub return_on_cost: Value,
    /// Its part of the gain of all.
    pub share: Value,
    /// What one of its gains cost; [`Missing`](Reason::Missing) without a cost.
    pub cost_of_gain: Value,
    /// What it gained each time; [`Missing`](Reason::Missing) without occasions.
    pub gain_per_occasion: Value,
    /// What it cost each time; [`Missing`](Reason::Missing) without cost or occasions.
    pub cost_per_occasion: Value,
    /// The KPIs in which the factor shows.
    pub metrics: Vec<Value>,
    /// Its place among all.
    pub ranks: Ranks,
}

/// Places from 1, the highest; none for what is undefined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ranks {
    /// By contribution.
    pub contribution: Option<usize>,
    /// By return.
    pub return_on_cost: Option<usize>,
    /// By share.
    pub share: Option<usize>,
}

impl Strategy {
    pub(super) fn new(
        name: String,
        gain: Value,
        cost: Option<Value>,
        occasions: Option<Value>,
        comparable: bool,
        gained: &Value,
        metrics: Vec<Value>,
    ) -> Self {
        let missing = || Value::Undefined(Reason::Missing);
        let over = |n: &Value, d: Option<&Value>, negated: bool| {
            let Some(d) = d else { return missing() };
            match (n, d) {
                (Value::Defined(n), Value::Defined(zero)) if zero.is_zero() && !n.is_zero() => {
                    Value::Undefined(unbounded(n.is_negative() != negated))
                }
                _ => n.quotient(d),
            }
        };
        let comparable_cost = cost.as_ref().filter(|_| comparable);
        let contribution = match comparable_cost {
            Some(cost) => gain.as_ref().zip(cost.as_ref(), |gain, cost| gain - cost),
            None => gain.clone(),
        };
        let return_on_cost = over(&contribution, comparable_cost, false);
        let share = over(&gain, Some(gained), false);
        let cost_of_gain = cost.as_ref().map_or_else(missing, |cost| over(cost, Some(&gain), true));
        let gain_per_occasion = over(&gain, occasions.as_ref(), false);
        let cost_per_occasion =
            cost.as_ref().map_or_else(missing, |cost| over(cost, occasions.as_ref(), true));
        Self {
            name,
            gain,
            cost,
            occasions,
            contribution,
            return_on_cost,
            share,
            cost_of_gain,
            gain_per_occasion,
            cost_per_occasion,
            metrics,
            ranks: Ranks::default(),
        }
    }
}

impl FactorResult {
    /// The same of days of which nothing is known: without strategies, and all missing in total.
    pub(crate) fn forget(&mut self) {
        let missing = || Value::Undefined(Reason::Missing);
        let total = &self.total;
        let (cost, occasions) = (total.cost.as_ref(), total.occasions.as_ref());
        let metrics = total.metrics.iter().map(|_| missing()).collect();
        self.total = Strategy::new(
            String::new(),
            missing(),
            cost.map(|_| missing()),
            occasions.map(|_| missing()),
            false,
            &missing(),
            metrics,
        );
        self.strategies.clear();
    }
}

/// Gives strategies their ranks, and puts them in order of contribution, then of names.
pub(super) fn rank(strategies: &mut [Strategy]) {
    type Read = fn(&Strategy) -> &Value;
    type Place = fn(&mut Ranks) -> &mut Option<usize>;
    let by: [(Read, Place); 3] = [
        (|strategy| &strategy.share, |ranks| &mut ranks.share),
        (|strategy| &strategy.return_on_cost, |ranks| &mut ranks.return_on_cost),
        (|strategy| &strategy.contribution, |ranks| &mut ranks.contribution),
    ];
    strategies.sort_by(|a, b| a.name.cmp(&b.name));
    for (value, place) in by {
        // Stable, so that equal ones stay in the order of their names.
        strategies.sort_by(|a, b| compare(value(a), value(b)));
        let mut first = 0;
        for i in 0..strategies.len() {
            if compare(value(&strategies[first]), value(&strategies[i])) != Ordering::Equal {
                first = i;
            }
            let ranked = standing(value(&strategies[i])) != Standing::Unknown;
            *place(&mut strategies[i].ranks) = ranked.then_some(first + 1);
        }
        strategies.sort_by(|a, b| a.name.cmp(&b.name));
    }
    strategies.sort_by(|a, b| compare(&a.contribution, &b.contribution));
}

/// Where a value stands among others, whatever they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Above,
    Known,
    Below,
    Unknown,
}

fn standing(value: &Value) -> Standing {
    match value {
        Value::Defined(_) => Standing::Known,
        Value::Undefined(Reason::Unbounded(Sense::Good)) => Standing::Above,
        Value::Undefined(Reason::Unbounded(Sense::Bad)) => Standing::Below,
        Value::Undefined(_) => Standing::Unknown,
    }
}

/// The best first.
fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Defined(a), Value::Defined(b)) => b.cmp(a),
        _ => standing(a).cmp(&standing(b)),
    }
}
