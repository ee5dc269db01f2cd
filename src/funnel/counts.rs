//! Stages with their counts, and the steps between them.

use crate::error::{Error, ErrorKind, did_you_mean};
use crate::named::named;
use crate::number::{Rational, Reason, Value};
use crate::owner::Owner;

named! {
    /// Which entities a stage counts.
    #[non_exhaustive]
    Basis "basis" {
        /// What happened in the period, whenever the entity entered the funnel.
        Period = "period",
        /// Those who entered in the period, wherever they are now.
        Cohort = "cohort",
    }
}

/// A stage with its count.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stage {
    /// Its name.
    pub name: String,
    /// Who owns it.
    pub owner: Owner,
    /// How many there are, zero or more; undefined where the measure behind it is.
    pub count: Value,
    /// What they are worth together, where that is measured.
    pub value: Option<Value>,
}

impl Stage {
    pub(crate) fn new(name: String, owner: Owner, count: Value, value: Option<Value>) -> Self {
        Self { name, owner, count, value }
    }

    /// Value for each entity: `value / count`, in the unit of the value for one entity; `None` where
    /// no value is measured. Zero over zero is [`Reason::NoBase`], a value of nothing
    /// [`Reason::Inconsistent`].
    #[must_use]
    pub fn value_per_entity(&self) -> Option<Value> {
        self.value.as_ref().map(|value| over(value, &self.count))
    }
}

pub(super) fn too_short(stages: usize) -> Error {
    let count = match stages {
        0 => "no stages",
        _ => "1 stage",
    };
    Error::new(ErrorKind::Shape, format!("a funnel of {count}; it needs at least 2"))
}

/// A quotient of which the upper part cannot exist without the lower one.
fn over(upper: &Value, lower: &Value) -> Value {
    match upper.quotient(lower) {
        Value::Undefined(Reason::Unbounded(_)) => Value::Undefined(Reason::Inconsistent),
        other => other,
    }
}

/// The first place of an owner at which marketing alone is followed by someone else.
pub(crate) fn hand_off(owners: impl Iterator<Item = Owner> + Clone) -> Option<usize> {
    let next = owners.clone().skip(1);
    owners.zip(next).position(|(here, next)| here == Owner::Marketing && next != Owner::Marketing)
}

/// From one stage to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The stage it leaves, by its place in the funnel; it leads to the one behind it.
    pub from: usize,
    /// `to / from`, a pure number; above 1 where the later stage is larger. [`Reason::NoBase`] for
    /// 0/0 and [`Reason::Inconsistent`] for n/0.
    pub rate: Value,
    /// `to / first stage`, undefined in the same way.
    pub overall_rate: Value,
    /// How many did not go on: `from - to`; below zero where the later stage is larger. Those of all
    /// steps sum to the first stage less the last.
    pub drop_off: Value,
    /// `1 - rate`, undefined where the rate is.
    pub drop_off_rate: Value,
    /// Whether this is where marketing hands over; see [`Funnel::hand_off`].
    pub is_hand_off: bool,
}

/// Ordered stages with one count each.
///
/// ```
/// use yardstick::{Funnel, Owner, Rational, Value};
///
/// let funnel = Funnel::builder()
///     .stage("lead", Owner::Marketing, 2_000)
///     .stage("deal", Owner::Sales, 210)
///     .build()?;
/// assert_eq!(funnel.rate("lead", "deal")?, Value::Defined("21/200".parse()?));
/// assert_eq!(funnel.steps()[0].drop_off, Value::Defined(1_790.into()));
/// assert_eq!(funnel.hand_off(), Some(0));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funnel {
    basis: Basis,
    stages: Vec<Stage>,
}

/// Collects the stages of a [`Funnel`] in order.
#[derive(Debug, Clone)]
pub struct FunnelBuilder {
    basis: Basis,
    stages: Vec<Stage>,
}

impl FunnelBuilder {
    /// The same on another basis; without it, [`Basis::Period`].
    #[must_use]
    pub fn basis(self, basis: Basis) -> Self {
        Self { basis, ..self }
    }

    /// One more stage.
    #[must_use]
    pub fn stage(
        mut self,
        name: impl Into<String>,
        owner: Owner,
        count: impl Into<Rational>,
    ) -> Self {
        self.stages.push(Stage::new(name.into(), owner, Value::Defined(count.into()), None));
        self
    }

    /// What the entities of the last stage given are worth together. Without effect before the first
    /// stage.
    #[must_use]
    pub fn worth(mut self, value: impl Into<Rational>) -> Self {
        if let Some(stage) = self.stages.last_mut() {
            stage.value = Some(Value::Defined(value.into()));
        }
        self
    }

    /// The funnel.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] for fewer than two stages, [`ErrorKind::Duplicate`] for a name that is
    /// there twice, [`ErrorKind::Domain`] for a count below zero.
    pub fn build(self) -> Result<Funnel, Error> {
        Funnel::new(self.basis, self.stages)
    }
}

impl Funnel {
    /// Begins a funnel.
    #[must_use]
    pub fn builder() -> FunnelBuilder {
        FunnelBuilder { basis: Basis::Period, stages: Vec::new() }
    }

    pub(crate) fn new(basis: Basis, stages: Vec<Stage>) -> Result<Self, Error> {
        if stages.len() < 2 {
            return Err(too_short(stages.len()));
        }
        for (i, stage) in stages.iter().enumerate() {
            let name = &stage.name;
            if stages[..i].iter().any(|other| other.name == *name) {
                let message = format!("stage \"{name}\" is there twice; rename or remove one");
                return Err(Error::new(ErrorKind::Duplicate, message));
            }
            if let Value::Defined(count) = &stage.count {
                if count.is_negative() {
                    let message =
                        format!("stage \"{name}\" counts {count}; a count is not below zero");
                    return Err(Error::new(ErrorKind::Domain, message));
                }
            }
        }
        Ok(Self { basis, stages })
    }

    /// Which entities the stages count.
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// The stages in order, at least two.
    #[must_use]
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    fn index(&self, name: &str) -> Result<usize, Error> {
        self.stages.iter().position(|stage| stage.name == name).ok_or_else(|| {
            let remedy = did_you_mean(name, self.stages.iter().map(|stage| stage.name.as_str()));
            Error::new(ErrorKind::Unknown, format!("unknown stage \"{name}\"; {remedy}"))
        })
    }

    fn rate_between(&self, from: usize, to: usize) -> Value {
        over(&self.stages[to].count, &self.stages[from].count)
    }

    /// `count(to) / count(from)` between any two stages, a pure number. Zero over zero is
    /// [`Reason::NoBase`]. A count over zero is [`Reason::Inconsistent`] down the funnel, where the
    /// later stage cannot exist without the earlier one, and [`Reason::Unbounded`] up the funnel:
    /// leads without deals are no contradiction.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`] for a stage that is not there.
    pub fn rate(&self, from: &str, to: &str) -> Result<Value, Error> {
        let (from, to) = (self.index(from)?, self.index(to)?);
        Ok(match from > to {
            true => self.stages[to].count.quotient(&self.stages[from].count),
            false => self.rate_between(from, to),
        })
    }

    /// `last / first`, a pure number, undefined as [`Step::rate`] is. It equals the product of the
    /// step rates wherever no stage but the last is zero.
    #[must_use]
    pub fn overall_rate(&self) -> Value {
        self.rate_between(0, self.stages.len() - 1)
    }

    /// The steps, one fewer than stages.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let hand_off = self.hand_off();
        (0..self.stages.len() - 1)
            .map(|from| {
                let rate = self.rate_between(from, from + 1);
                let (here, next) = (&self.stages[from].count, &self.stages[from + 1].count);
                Step {
                    from,
                    overall_rate: self.rate_between(0, from + 1),
                    drop_off: here.as_ref().zip(next.as_ref(), |here, next| here - next),
                    drop_off_rate: rate.as_ref().map(|rate| Rational::ONE - rate),
                    rate,
                    is_hand_off: hand_off == Some(from),
                }
            })
            .collect()
    }

    /// The step at which marketing hands over: the first from a stage that marketing owns alone to
    /// one that it does not own alone. `None` where there is no such step.
    #[must_use]
    pub fn hand_off(&self) -> Option<usize> {
        hand_off(self.stages.iter().map(|stage| stage.owner))
    }

    /// The step with the lowest defined rate, the earlier one of equals; `None` where no rate is
    /// defined. The measure of a bottleneck is the rate, not the number lost, which is as a rule
    /// largest at the top.
    #[must_use]
    pub fn bottleneck(&self) -> Option<usize> {
        let rates = (0..self.stages.len() - 1)
            .filter_map(|from| Some((from, self.rate_between(from, from + 1).defined()?)));
        rates
            .reduce(|least, next| if next.1 < least.1 { next } else { least })
            .map(|(from, _)| from)
    }

    /// The stages that are larger than the one before them, by their place. On a cohort basis the
    /// data contradict themselves; on a period basis entities of earlier periods may have arrived.
    /// It is a finding, not an error: their rates are above 1.
    #[must_use]
    pub fn exceeding(&self) -> Vec<usize> {
        (1..self.stages.len())
            .filter(|i| {
                let counts = (self.stages[i - 1].count.as_ref(), self.stages[*i].count.as_ref());
                matches!(counts.0.zip(counts.1, |before, here| here > before), Value::Defined(true))
            })
            .collect()
    }
}
