//! What a KPI says of itself.

use super::Formula;
use super::catalog::FunnelStage;
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::funnel::{Basis, FunnelDefinition};
use crate::named::named;
use crate::number::{Rational, Reason, Sense};
use crate::owner::Owner;
use crate::unit::{Display, Unit};

named! {
    /// Which way is better.
    #[non_exhaustive]
    Direction "direction" {
        /// More is better: conversion.
        Higher = "higher",
        /// Less is better: cost per lead.
        Lower = "lower",
        /// Neither: a share, a mix.
        Neutral = "neutral",
    }
}

named! {
    /// What a non-zero numerator over a zero denominator means. Zero over zero is always
    /// [`Reason::NoBase`].
    #[non_exhaustive]
    ZeroBase "meaning of a zero denominator" {
        /// Better than any finite value (worse, where the numerator is negative).
        Good = "unbounded_good",
        /// Worse than any finite value (better, where the numerator is negative).
        Bad = "unbounded_bad",
        /// The numerator cannot exist without the denominator: the data contradict themselves.
        Inconsistent = "inconsistent",
    }
}

/// The values that a KPI can have. A value outside is not refused: it is evaluated, and reported as
/// a finding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The lowest.
    pub low: Option<Rational>,
    /// The highest.
    pub high: Option<Rational>,
}

/// A named formula.
///
/// ```
/// use yardstick::{Direction, Kpi, Owner};
///
/// let cpl = Kpi::new("cost_per_lead", "spend / leads".parse()?)
///     .unit("EUR/lead".parse()?)
///     .direction(Direction::Lower)
///     .owner(Owner::Marketing);
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Kpi {
    pub(crate) name: String,
    pub(crate) formula: Formula,
    pub(crate) unit: Option<Unit>,
    pub(crate) display: Option<Display>,
    pub(crate) direction: Direction,
    pub(crate) owner: Option<Owner>,
    pub(crate) stage: Option<FunnelStage>,
    pub(crate) bounds: Bounds,
    pub(crate) zero_base: Option<ZeroBase>,
    pub(crate) catalog: Option<String>,
    pub(crate) is_conversion: bool,
}

impl Kpi {
    /// A KPI without direction, owner, bounds or declared unit.
    #[must_use]
    pub fn new(name: impl Into<String>, formula: Formula) -> Self {
        Self {
            name: name.into(),
            formula,
            unit: None,
            display: None,
            direction: Direction::Neutral,
            owner: None,
            stage: None,
            bounds: Bounds::default(),
            zero_base: None,
            catalog: None,
            is_conversion: false,
        }
    }

    /// The rate from one stage of a funnel to another: the count of `to` over that of `from`. Higher
    /// is better, the owner is that of `to`, and a count over zero is
    /// [`Inconsistent`](Reason::Inconsistent) on the basis of a cohort, which also bounds the rate by
    /// 0 and 1.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`] for a stage that the funnel does not have, [`ErrorKind::Domain`] where
    /// `to` does not come after `from`.
    ///
    /// ```
    /// use yardstick::{Basis, FunnelDefinition, Kpi, Owner};
    ///
    /// let funnel = FunnelDefinition::new("sales", Basis::Cohort)
    ///     .stage("lead", Owner::Marketing, "leads")
    ///     .stage("deal", Owner::Sales, "deals");
    /// let kpi = Kpi::conversion("lead_to_deal", &funnel, "lead", "deal")?;
    /// assert_eq!(kpi.formula().text(), "deals / leads");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn conversion(
        name: impl Into<String>,
        funnel: &FunnelDefinition,
        from: &str,
        to: &str,
    ) -> Result<Self, Error> {
        let place = |stage: &str| {
            let names = || funnel.stages.iter().map(|known| known.name.as_str());
            names().position(|known| known == stage).ok_or_else(|| {
                let remedy = did_you_mean(stage, names());
                let message =
                    format!("unknown stage \"{stage}\" of funnel \"{}\"; {remedy}", funnel.name);
                Error::new(ErrorKind::Unknown, message)
            })
        };
        let (first, last) = (place(from)?, place(to)?);
        if last <= first {
            let message = format!(
                "stage \"{to}\" does not come after \"{from}\" in funnel \"{}\"; swap them",
                funnel.name
            );
            return Err(Error::new(ErrorKind::Domain, message));
        }
        let (first, last) = (&funnel.stages[first], &funnel.stages[last]);
        let formula = format!("{} / {}", last.count, first.count).parse()?;
        let kpi = Self::new(name, formula).direction(Direction::Higher).owner(last.owner);
        let kpi = match funnel.basis {
            Basis::Cohort => kpi
                .bounds(Some(Rational::ZERO), Some(Rational::ONE))
                .zero_base(ZeroBase::Inconsistent),
            Basis::Period => kpi,
        };
        Ok(Self { is_conversion: true, ..kpi })
    }

    /// The same with a declared unit. A formula that gives another unit is refused; one in another
    /// time unit (hours for days) is converted exactly.
    #[must_use]
    pub fn unit(self, unit: Unit) -> Self {
        Self { unit: Some(unit), ..self }
    }

    /// The same with a way to show it.
    #[must_use]
    pub fn display(self, display: Display) -> Self {
        Self { display: Some(display), ..self }
    }

    /// The same with a direction.
    #[must_use]
    pub fn direction(self, direction: Direction) -> Self {
        Self { direction, ..self }
    }

    /// The same with an owner.
    #[must_use]
    pub fn owner(self, owner: Owner) -> Self {
        Self { owner: Some(owner), ..self }
    }

    /// The same with a stage of the funnel at which it looks.
    #[must_use]
    pub fn stage(self, stage: FunnelStage) -> Self {
        Self { stage: Some(stage), ..self }
    }

    /// The same with bounds.
    #[must_use]
    pub fn bounds(self, low: Option<Rational>, high: Option<Rational>) -> Self {
        Self { bounds: Bounds { low, high }, ..self }
    }

    /// The same with a meaning for a zero denominator. Without one it follows the direction: a
    /// positive numerator over zero is good where higher is better, bad where lower is.
    #[must_use]
    pub fn zero_base(self, meaning: ZeroBase) -> Self {
        Self { zero_base: Some(meaning), ..self }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The formula.
    #[must_use]
    pub fn formula(&self) -> &Formula {
        &self.formula
    }

    /// Which way is better.
    #[must_use]
    pub fn better(&self) -> Direction {
        self.direction
    }

    /// Who is responsible, where it says so.
    #[must_use]
    pub fn owned_by(&self) -> Option<Owner> {
        self.owner
    }

    /// The stage of the funnel at which it looks, where it says so.
    #[must_use]
    pub fn at_stage(&self) -> Option<FunnelStage> {
        self.stage
    }

    /// The values that it can have.
    #[must_use]
    pub fn bounded_by(&self) -> &Bounds {
        &self.bounds
    }

    /// The id of the catalog's definition that it was made of, with which variants are told apart.
    #[must_use]
    pub fn catalog_id(&self) -> Option<&str> {
        self.catalog.as_deref()
    }

    pub(crate) fn on_zero(&self) -> OnZero {
        match (self.zero_base, self.direction) {
            (Some(ZeroBase::Inconsistent), _) => OnZero::Inconsistent,
            (Some(ZeroBase::Good), _) | (None, Direction::Higher) => OnZero::Sense(Sense::Good),
            (Some(ZeroBase::Bad), _) | (None, Direction::Lower) => OnZero::Sense(Sense::Bad),
            (None, Direction::Neutral) => OnZero::Sense(Sense::Neutral),
        }
    }
}

/// What a positive number over zero is in a formula; a negative one is the opposite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnZero {
    Inconsistent,
    Sense(Sense),
}

impl OnZero {
    pub(crate) fn reason(self, negative: bool) -> Reason {
        match (self, negative) {
            (Self::Inconsistent, _) => Reason::Inconsistent,
            (Self::Sense(Sense::Good), true) => Reason::Unbounded(Sense::Bad),
            (Self::Sense(Sense::Bad), true) => Reason::Unbounded(Sense::Good),
            (Self::Sense(sense), _) => Reason::Unbounded(sense),
        }
    }
}
