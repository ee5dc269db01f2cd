//! A budget over levers.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::error::{Error, ErrorKind};
use crate::named::named;
use crate::number::{Rational, Reason, Sense, Value, shown};
use crate::owner::Owner;
use crate::target::plan::whole::{bounded, check_amount};

use super::levers::{Levers, product, quantum_problem};

/// The most quanta that are given out one by one, for numbers of at most 128 bits.
const MOST_QUANTA: u64 = 1 << 20;

named! {
    /// Why the result is zero, whatever is spent.
    #[non_exhaustive]
    StuckReason "reason" {
        /// The factor of the stage is zero, and money cannot be spent on it.
        NoLever = "no_lever",
        /// The factor of the stage is zero, and stays so however much is spent on it.
        NotLifted = "not_lifted",
        /// More stages are at zero than there are quanta.
        BudgetTooSmall = "budget_too_small",
    }
}

/// What keeps a result at zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stuck {
    /// The stage, by its place: the first that is at fault; for a budget that is too small the first
    /// lever, as they were declared, for which no quantum is left.
    pub stage: usize,
    /// Why.
    pub reason: StuckReason,
}

/// What a lever gets.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeverSpend {
    /// Its stage, by its place.
    pub stage: usize,
    /// The owner of the stage.
    pub owner: Owner,
    /// What is spent on it, a multiple of the quantum.
    pub spend: Rational,
    /// The factor without spending.
    pub before: Rational,
    /// The factor with it.
    pub after: Rational,
    /// By what one more quantum would multiply the factor, and so the result; 1 where it raises
    /// nothing. From zero it is [`Unbounded`](Reason::Unbounded), good, or
    /// [`NoBase`](Reason::NoBase) where zero stays zero.
    pub next_ratio: Value,
}

/// What the levers of an owner get together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnerSpend {
    /// The owner.
    pub owner: Owner,
    /// What is spent, a multiple of the quantum.
    pub spend: Rational,
}

/// A budget over levers, and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BudgetSplit {
    /// Each lever, in the order in which they were declared.
    pub levers: Vec<LeverSpend>,
    /// For each owner of a lever what is spent, in the order in which their levers were declared.
    pub owners: Vec<OwnerSpend>,
    /// What is left of the budget, a multiple of the quantum: no lever raises its factor with it, or
    /// nothing helps at all.
    pub unspent: Rational,
    /// The result without spending, see [`Levers::result`].
    pub before: Value,
    /// The result with it.
    pub after: Value,
    /// `after - before`. What is spent is not taken off.
    pub gain: Value,
    /// What keeps the number at the last stage at zero whatever is spent, if anything does; then
    /// nothing is.
    pub stuck: Option<Stuck>,
}

/// What a quantum more does to a lever: a larger ratio is better, and to lift a zero is better than
/// any.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Worth {
    Ratio(Rational),
    Lift,
}

impl Levers {
    /// The split of a budget over the levers, in multiples of a quantum, that yields most: the largest
    /// product of all factors, and among such splits one that spends nothing in vain.
    ///
    /// Quantum by quantum, the lever gets it for which `factor after / factor before` is largest,
    /// compared exactly; of equals the one declared first. That is optimal: each factor is concave in
    /// what is spent, so the ratios of a lever never rise, and quanta that are worth more are taken
    /// before those that are worth less. A quantum that raises nothing is left unspent.
    ///
    /// While one factor is zero the product is, so **a quantum that lifts a zero comes before any
    /// other**, in the order declared; as a curve is concave, the first quantum lifts it or none
    /// does. Where a zero cannot be lifted, has no curve, or there are more zeros than quanta, the
    /// result is zero whatever is spent: then nothing is, and [`stuck`](BudgetSplit::stuck) says why.
    ///
    /// What an entity is worth plays no part in the choice, and neither do bounds or factors that are
    /// undefined; results that hang on them are.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for a quantum that is not above zero, a budget below zero, and one that is
    /// no multiple of the quantum; [`ErrorKind::Capacity`] for more than 1,048,576 quanta, or
    /// 1,048,576 / w² where the curves, the quantum or the budget have numbers of up to w times 128
    /// bits.
    ///
    /// ```
    /// use yardstick::target::{Curve, Levers, Plan};
    /// use yardstick::{Owner, Rational, Value};
    ///
    /// let plan = Plan::builder()
    ///     .stage("lead", Owner::Marketing)
    ///     .stage("deal", Owner::Sales)
    ///     .rate("deal", Rational::new(1, 10)?)
    ///     .build()?;
    /// let line = |points: [(i64, &str); 2]| {
    ///     let point = |(budget, factor): (i64, &str)| Ok((budget.into(), factor.parse()?));
    ///     Curve::new(points.into_iter().map(point).collect::<Result<Vec<_>, _>>()?)
    /// };
    /// let levers = Levers::builder(&plan, Rational::from(1_000))
    ///     .curve("lead", line([(0, "1000"), (500, "1500")])?)
    ///     .curve("deal", line([(0, "0.10"), (300, "0.16")])?)
    ///     .build()?;
    /// let split = levers.split(400, 100)?;
    /// // From 10 % to 12, 14 and 16 %: by 1.2, 1.167, 1.143; one more lead in ten: by 1.1.
    /// assert_eq!(split.levers[1].spend, 300.into());
    /// assert_eq!(split.levers[0].spend, 100.into());
    /// assert_eq!(split.after, Value::Defined(176.into())); // 1100 * 16 %
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn split(
        &self,
        budget: impl Into<Rational>,
        quantum: impl Into<Rational>,
    ) -> Result<BudgetSplit, Error> {
        let (budget, quantum) = (budget.into(), quantum.into());
        let quanta = self.quanta(&budget, &quantum)?;
        let mut given = vec![0_u64; self.curves.len()];
        let stuck = self.stuck(quanta, &quantum);
        let mut left = quanta;
        if stuck.is_none() {
            let ahead = |lever: usize, given: u64| {
                let worth = self.worth(lever, given, &quantum);
                worth.map(|worth| (worth, Reverse(lever)))
            };
            let mut heap: BinaryHeap<(Worth, Reverse<usize>)> =
                (0..given.len()).filter_map(|lever| ahead(lever, 0)).collect();
            while left > 0 {
                let Some((_, Reverse(lever))) = heap.pop() else { break };
                left -= 1;
                given[lever] += 1;
                heap.extend(ahead(lever, given[lever]));
            }
        }
        let mut after: Vec<Value> = self.stages.iter().map(|factor| factor.now.clone()).collect();
        let levers = self.curves.iter().zip(&given).map(|((stage, curve), given)| {
            let spend = &quantum * Rational::from(*given);
            let (now, next) = (curve.at(&spend), curve.at(&(&spend + &quantum)));
            after[*stage] = Value::Defined(now.clone());
            let next_ratio = match Value::Defined(next).quotient(&Value::Defined(now.clone())) {
                Value::Undefined(Reason::Unbounded(_)) => {
                    Value::Undefined(Reason::Unbounded(Sense::Good))
                }
                other => bounded(other),
            };
            LeverSpend {
                stage: *stage,
                owner: self.stages[*stage].owner,
                before: curve.at(&Rational::ZERO),
                after: now,
                spend,
                next_ratio,
            }
        });
        let levers: Vec<LeverSpend> = levers.collect();
        let mut owners: Vec<OwnerSpend> = Vec::new();
        for LeverSpend { owner, spend, .. } in &levers {
            match owners.iter_mut().find(|known| known.owner == *owner) {
                Some(known) => known.spend += spend,
                None => owners.push(OwnerSpend { owner: *owner, spend: spend.clone() }),
            }
        }
        let before = self.result();
        let after = product(after.iter().chain(&self.value));
        let gain = bounded(after.as_ref().zip(before.as_ref(), |after, before| after - before));
        let unspent = quantum * Rational::from(left);
        Ok(BudgetSplit { levers, owners, unspent, before, after, gain, stuck })
    }

    /// The budget in quanta, which are few enough to be given out one by one.
    pub(in crate::target) fn quanta(
        &self,
        budget: &Rational,
        quantum: &Rational,
    ) -> Result<u64, Error> {
        let wrong = check_amount("a budget", budget).or_else(|| quantum_problem(quantum));
        if let Some(error) = wrong {
            return Err(error);
        }
        let quanta = budget.checked_div(quantum)?;
        if !quanta.is_integer() {
            let message = format!(
                "a budget of {} is no multiple of the quantum {}; round the budget first",
                shown(budget),
                shown(quantum)
            );
            return Err(Error::new(ErrorKind::Domain, message));
        }
        let widest = self.curves.iter().map(|(_, curve)| curve.bits()).max().unwrap_or(0);
        let words = widest.max(quantum.bits()).max(budget.bits()).div_ceil(128) as u64;
        let most = MOST_QUANTA / words.max(1).saturating_mul(words.max(1));
        // Not reduced, but an integer.
        let narrow = quanta.narrow_parts().and_then(|(num, den)| {
            num.checked_div(i128::try_from(den).ok()?).and_then(|quanta| u64::try_from(quanta).ok())
        });
        match narrow.filter(|quanta| *quanta <= most) {
            Some(quanta) => Ok(quanta),
            None => Err(Error::new(
                ErrorKind::Capacity,
                format!("a budget of more than {most} quanta; take a larger quantum"),
            )),
        }
    }

    /// What one more quantum does to a lever that has so many; none where it raises nothing.
    fn worth(&self, lever: usize, given: u64, quantum: &Rational) -> Option<Worth> {
        let (_, curve) = self.curves.get(lever)?;
        let spent = quantum * Rational::from(given);
        let (before, after) = (curve.at(&spent), curve.at(&(&spent + quantum)));
        match before.is_zero() {
            true => after.is_positive().then_some(Worth::Lift),
            false => {
                let ratio = after.checked_div(&before).ok()?;
                (after > before).then_some(Worth::Ratio(ratio))
            }
        }
    }

    /// What keeps the number at the last stage at zero.
    fn stuck(&self, quanta: u64, quantum: &Rational) -> Option<Stuck> {
        let zero = |stage: usize| self.stages[stage].now == Value::Defined(Rational::ZERO);
        let lever_of = |stage: usize| self.curves.iter().position(|(at, _)| *at == stage);
        let reason = |stage: usize| match lever_of(stage) {
            None => Some(StuckReason::NoLever),
            Some(lever) if self.worth(lever, 0, quantum).is_none() => Some(StuckReason::NotLifted),
            Some(_) => None,
        };
        let zeros = (0..self.stages.len()).filter(|stage| zero(*stage));
        let first = zeros.filter_map(|stage| Some(Stuck { stage, reason: reason(stage)? })).next();
        first.or_else(|| {
            let mut zeros = self.curves.iter().map(|(stage, _)| *stage).filter(|s| zero(*s));
            let stage = zeros.nth(usize::try_from(quanta).unwrap_or(usize::MAX))?;
            Some(Stuck { stage, reason: StuckReason::BudgetTooSmall })
        })
    }
}
