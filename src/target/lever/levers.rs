//! The factors of a funnel.

use std::collections::HashSet;

use crate::error::{Error, ErrorKind};
use crate::number::{Rational, Value};
use crate::owner::Owner;
use crate::target::plan::whole::{check_amount, times};
use crate::target::plan::{Plan, place};

use super::curve::Curve;

/// The factors whose product is the result of a funnel.
///
/// `result = volume * rate * … * rate * value of an entity`, exactly and not in whole entities: a
/// tenth of a deal counts. Without a value of an entity the result is the number at the last stage.
///
/// ```
/// use yardstick::target::{Levers, Plan};
/// use yardstick::{Owner, Rational, Value};
///
/// let plan = Plan::builder()
///     .stage("lead", Owner::Marketing)
///     .stage("deal", Owner::Sales)
///     .rate("deal", Rational::new(1, 10)?)
///     .value(Rational::from(500))
///     .build()?;
/// let levers = Levers::builder(&plan, Rational::from(2_000)).build()?;
/// assert_eq!(levers.result(), Value::Defined(100_000.into()));
/// let effects = levers.effects();
/// // 11 % in place of 10 %, or 2020 leads in place of 2000.
/// assert_eq!(effects.levers[1].point.as_ref().unwrap().change, Value::Defined(10_000.into()));
/// assert_eq!(effects.levers[0].percent.change, Value::Defined(1_000.into()));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levers {
    pub(super) stages: Vec<Factor>,
    /// What one entity of the last stage is worth.
    pub(super) value: Option<Value>,
    /// The stages on which money can be spent, in the order in which they were declared.
    pub(super) curves: Vec<(usize, Curve)>,
    pub(super) quantum: Option<Rational>,
}

/// The factor of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Factor {
    pub(super) owner: Owner,
    /// The volume, for the first stage, or the rate of the step that leads to it.
    pub(super) now: Value,
    /// The most that it can be.
    pub(super) at_most: Option<Rational>,
}

/// Collects what is known of [`Levers`].
#[derive(Debug, Clone)]
pub struct LeversBuilder {
    plan: Plan,
    volume: Value,
    at_most: Vec<(String, Rational)>,
    curves: Vec<(String, Curve)>,
    quantum: Option<Rational>,
}

impl LeversBuilder {
    /// The most that the factor of a stage can be, such as 1 for the rate of a step that no entity
    /// passes twice. An effect beyond it is computed all the same, and marked.
    #[must_use]
    pub fn at_most(mut self, stage: impl Into<String>, most: impl Into<Rational>) -> Self {
        self.at_most.push((stage.into(), most.into()));
        self
    }

    /// What spending does to the factor of a stage. What the curve gives for a budget of 0 takes the
    /// place of the plan's rate, or of the volume.
    #[must_use]
    pub fn curve(mut self, stage: impl Into<String>, curve: Curve) -> Self {
        self.curves.push((stage.into(), curve));
        self
    }

    /// The quantum of budget whose effect is told for each stage with a curve.
    #[must_use]
    pub fn quantum(self, quantum: impl Into<Rational>) -> Self {
        Self { quantum: Some(quantum.into()), ..self }
    }

    fn place(&self, stage: &str) -> Result<usize, Error> {
        place(self.plan.stages().iter().map(|stage| stage.name.as_str()), stage)
    }

    fn problems(&self) -> Vec<Error> {
        let mut problems = Vec::new();
        let volume = self.volume.as_ref().defined();
        let wrong = volume.and_then(|volume| check_amount("a volume", volume));
        problems.extend(wrong.map(|error| error.at_path("volume")));
        for (stage, most) in &self.at_most {
            let wrong = self.place(stage).err().or_else(|| check_amount("a bound", most));
            problems.extend(wrong.map(|error| error.at_path(format!("at_most.{stage}"))));
        }
        let mut seen: HashSet<&str> = HashSet::new();
        for (i, (stage, _)) in self.curves.iter().enumerate() {
            let path = format!("curves[{i}]");
            if let Err(error) = self.place(stage) {
                problems.push(error.at_path(path));
            } else if !seen.insert(stage) {
                let message = format!("stage \"{stage}\" has two curves; keep one");
                problems.push(Error::new(ErrorKind::Duplicate, message).at_path(path));
            }
        }
        let wrong = self.quantum.as_ref().and_then(quantum_problem);
        problems.extend(wrong.map(|error| error.at_path("quantum")));
        problems
    }

    /// The levers.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with everything that is wrong: a volume or bound below zero, a name that
    /// is no stage, two curves for one stage, a quantum that is not above zero, a number beyond 16,384
    /// bits.
    pub fn build(self) -> Result<Levers, Error> {
        if let Some(error) = Error::all("levers", self.problems()) {
            return Err(error);
        }
        let curves: Vec<(usize, Curve)> = self
            .curves
            .iter()
            .filter_map(|(stage, curve)| Some((self.place(stage).ok()?, curve.clone())))
            .collect();
        let stages = self.plan.stages().iter().enumerate().map(|(i, stage)| {
            let curve = curves.iter().find(|(at, _)| *at == i).map(|(_, curve)| curve);
            let rate = stage.rate.as_ref().unwrap_or(&self.volume);
            let bound = self.at_most.iter().rev().find(|(name, _)| *name == stage.name);
            Factor {
                owner: stage.owner,
                now: match curve {
                    Some(curve) => Value::Defined(curve.at(&Rational::ZERO)),
                    None => rate.clone(),
                },
                at_most: bound.map(|(_, most)| most.clone()),
            }
        });
        Ok(Levers {
            stages: stages.collect(),
            value: self.plan.value().cloned(),
            curves,
            quantum: self.quantum,
        })
    }
}

/// What is wrong with a quantum.
pub(in crate::target) fn quantum_problem(quantum: &Rational) -> Option<Error> {
    check_amount("a quantum", quantum).or_else(|| {
        let message = "a quantum of 0 is not above zero; give the step in which money is spent";
        quantum.is_zero().then(|| Error::new(ErrorKind::Domain, message))
    })
}

/// The product in order, each step within the limit on size.
pub(super) fn product<'a>(factors: impl IntoIterator<Item = &'a Value>) -> Value {
    factors.into_iter().fold(Value::Defined(Rational::ONE), |product, next| times(&product, next))
}

impl Levers {
    /// Begins the levers of a plan, with the volume at its first stage.
    #[must_use]
    pub fn builder(plan: &Plan, volume: impl Into<Value>) -> LeversBuilder {
        LeversBuilder {
            plan: plan.clone(),
            volume: volume.into(),
            at_most: Vec::new(),
            curves: Vec::new(),
            quantum: None,
        }
    }

    /// The product of all factors, in money where the plan says what an entity is worth, else in
    /// entities of the last stage. Undefined where a factor is, and
    /// [`Capacity`](crate::Reason::Capacity) where a product from the first stage on exceeds 16,384
    /// bits.
    #[must_use]
    pub fn result(&self) -> Value {
        product(self.stages.iter().map(|factor| &factor.now).chain(&self.value))
    }
}
