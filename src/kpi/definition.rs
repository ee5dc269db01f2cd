//! What a KPI says of itself.

use super::Formula;
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
    pub(crate) bounds: Bounds,
    pub(crate) zero_base: Option<ZeroBase>,
    pub(crate) catalog: Option<String>,
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
            bounds: Bounds::default(),
            zero_base: None,
            catalog: None,
        }
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
