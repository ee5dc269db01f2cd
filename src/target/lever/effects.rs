//! What a little more of each factor does to the result.

use crate::named::named;
use crate::number::{Rational, Value};
use crate::owner::Owner;
use crate::target::plan::whole::{bounded, times};

use super::levers::{Levers, product};

named! {
    /// What a lever changes.
    #[non_exhaustive]
    LeverKind "kind of lever" {
        /// The number of entities at the first stage.
        Volume = "volume",
        /// The rate of the step that leads to the stage.
        Rate = "rate",
        /// What one entity of the last stage is worth.
        Value = "value",
    }
}

/// A change of the result.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Effect {
    /// The result with the change less the result without it, exactly.
    pub change: Value,
    /// Whether a factor would be more than the most that it can be. The change is not cut because of
    /// it.
    pub exceeds: bool,
}

/// One factor of the result, and what more of it does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lever {
    /// What it changes.
    pub kind: LeverKind,
    /// Its stage, by its place: for a rate the stage that the step leads to, for the value the last.
    pub stage: usize,
    /// The owner of that stage.
    pub owner: Owner,
    /// The factor as it is.
    pub now: Value,
    /// A rate one percentage point higher, from 10 % to 11 %; none for a volume or value.
    pub point: Option<Effect>,
    /// One percent more, from 10 % to 10.1 %. For all factors it is a hundredth of the result.
    pub percent: Effect,
    /// One quantum more of budget, where the stage has a curve and a quantum was given.
    pub quantum: Option<Effect>,
}

/// All factors of an owner at once.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnerEffect {
    /// The owner.
    pub owner: Owner,
    /// Every rate one point higher; none where the owner has no rate.
    pub point: Option<Effect>,
    /// Every factor one percent more.
    pub percent: Effect,
    /// One quantum more of budget for the lever of the owner that yields most with it, the earlier of
    /// equals; none where no lever of the owner has a [quantum](Lever::quantum) whose change is
    /// defined.
    pub quantum: Option<Effect>,
}

/// What a little more of each factor does to the result.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Effects {
    /// The result as it is.
    pub result: Value,
    /// The volume, each rate, and the value of an entity where there is one.
    pub levers: Vec<Lever>,
    /// For each owner of a stage, in their order in the funnel.
    pub owners: Vec<OwnerEffect>,
}

impl Levers {
    /// What one point more, one percent more, and one quantum more of budget does, factor by factor
    /// and for all factors of an owner at once; of a quantum an owner's best lever counts.
    ///
    /// A change is `result with it - result`, exactly; with f the factor and P the product of the
    /// others, a point gives `P / 100`, a percent `f P / 100`. A factor belongs to the owner of its
    /// stage: the step from lead to deal, which leads to the deal, to sales, as follow-up and closing
    /// are theirs, and the value of an entity to the owner of the last stage. An owner `both` stands
    /// for itself.
    ///
    /// Undefined where a factor that counts is, and [`Capacity`](crate::Reason::Capacity) beyond
    /// 16,384 bits. A rate of zero has a change by a point, and none by a percent.
    ///
    /// ```
    /// use yardstick::target::{Levers, Plan};
    /// use yardstick::{Owner, Rational, Value};
    ///
    /// let plan = Plan::builder()
    ///     .stage("visit", Owner::Marketing)
    ///     .stage("lead", Owner::Marketing)
    ///     .stage("deal", Owner::Sales)
    ///     .rate("lead", Rational::new(1, 20)?)
    ///     .rate("deal", Rational::new(1, 4)?)
    ///     .build()?;
    /// let effects = Levers::builder(&plan, Rational::from(8_000)).build()?.effects();
    /// assert_eq!(effects.result, Value::Defined(100.into()));
    /// let point = |owner: usize| effects.owners[owner].point.as_ref().unwrap().change.clone();
    /// assert_eq!(point(0), Value::Defined(20.into())); // marketing: 6 % in place of 5 %
    /// assert_eq!(point(1), Value::Defined(4.into())); // sales: 26 % in place of 25 %
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn effects(&self) -> Effects {
        let result = self.result();
        let hundredth = Value::Defined(Rational::from_scaled(1, 2));
        let last = self.stages.len() - 1;
        let factors: Vec<&Value> =
            self.stages.iter().map(|factor| &factor.now).chain(&self.value).collect();
        let others = products_of_others(&factors);
        let lever = |(i, (now, others)): (usize, (&&Value, &Value))| {
            let stage = i.min(last);
            let factor = &self.stages[stage];
            let kind = match i {
                0 => LeverKind::Volume,
                i if i > last => LeverKind::Value,
                _ => LeverKind::Rate,
            };
            let at_most = factor.at_most.as_ref().filter(|_| kind != LeverKind::Value);
            let effect = |more: Value| Effect {
                exceeds: match (now.as_ref().zip(more.as_ref(), |now, more| now + more), at_most) {
                    (Value::Defined(then), Some(most)) => then > *most,
                    _ => false,
                },
                change: times(&more, others),
            };
            let curve = self.curves.iter().find(|(at, _)| *at == i).map(|(_, curve)| curve);
            let quantum = self.quantum.as_ref().zip(curve).map(|(quantum, curve)| {
                effect(Value::Defined(curve.at(quantum) - curve.at(&Rational::ZERO)))
            });
            Lever {
                kind,
                stage,
                owner: factor.owner,
                now: (*now).clone(),
                point: (kind == LeverKind::Rate).then(|| effect(hundredth.clone())),
                percent: effect(times(now, &hundredth)),
                quantum,
            }
        };
        let levers: Vec<Lever> = factors.iter().zip(&others).enumerate().map(lever).collect();
        let mut owners: Vec<Owner> = Vec::new();
        for factor in &self.stages {
            if !owners.contains(&factor.owner) {
                owners.push(factor.owner);
            }
        }
        let owners = owners.into_iter().map(|owner| {
            let together = |more: &dyn Fn(&Lever) -> Option<(Value, bool)>| {
                let mut exceeds = false;
                let then: Vec<Value> = levers
                    .iter()
                    .map(|lever| match more(lever).filter(|_| lever.owner == owner) {
                        Some((then, beyond)) => {
                            exceeds |= beyond;
                            then
                        }
                        None => lever.now.clone(),
                    })
                    .collect();
                let change = product(&then).zip(result.clone(), |then, now| then - now);
                Effect { change: bounded(change), exceeds }
            };
            let percent = Value::Defined(Rational::from_scaled(101, 2));
            let point = |lever: &Lever| {
                let then = lever.now.as_ref().zip(hundredth.as_ref(), |now, more| now + more);
                Some((bounded(then), lever.point.as_ref()?.exceeds))
            };
            let has_rate = |lever: &Lever| lever.owner == owner && lever.kind == LeverKind::Rate;
            let quanta = levers.iter().filter(|lever| lever.owner == owner);
            let quanta = quanta.filter_map(|lever| {
                let quantum = lever.quantum.as_ref()?;
                Some((quantum.change.as_ref().defined()?, quantum))
            });
            let most = quanta.reduce(|most, next| if next.0 > most.0 { next } else { most });
            OwnerEffect {
                owner,
                quantum: most.map(|(_, quantum)| quantum.clone()),
                point: levers.iter().any(has_rate).then(|| together(&point)),
                percent: together(&|lever| {
                    Some((times(&lever.now, &percent), lever.percent.exceeds))
                }),
            }
        });
        let owners = owners.collect();
        Effects { result, levers, owners }
    }
}

/// For each factor the product of the others.
fn products_of_others(factors: &[&Value]) -> Vec<Value> {
    let one = Value::Defined(Rational::ONE);
    let mut behind = vec![one.clone()];
    for factor in factors.iter().skip(1).rev() {
        let product = behind.last().map_or_else(|| one.clone(), |behind| times(factor, behind));
        behind.push(product);
    }
    let mut before = one;
    let mut others = Vec::new();
    for (factor, behind) in factors.iter().zip(behind.iter().rev()) {
        others.push(times(&before, behind));
        before = times(&before, factor);
    }
    others
}
