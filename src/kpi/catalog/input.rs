//! What an entry reads.

use crate::named::named;
use crate::unit::Unit;

named! {
    /// What an input counts, whatever its name in a model.
    #[non_exhaustive]
    InputKind "kind of input" {
        /// One currency.
        Money = "money",
        /// One noun.
        Count = "count",
        /// One unit of time.
        Duration = "duration",
        /// No unit: a share, a margin.
        Number = "number",
    }
}

impl InputKind {
    /// Whether a unit is of this kind: exactly one base to the power of 1, or none for a number.
    ///
    /// ```
    /// use yardstick::kpi::catalog::InputKind;
    ///
    /// assert!(InputKind::Money.admits(&"EUR".parse()?));
    /// assert!(!InputKind::Money.admits(&"EUR/order".parse()?));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn admits(self, unit: &Unit) -> bool {
        match self {
            Self::Money => unit.is_money(),
            Self::Count => unit.is_count(),
            Self::Duration => unit.is_duration(),
            Self::Number => unit.is_one(),
        }
    }

    /// In words, with an example of a unit.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Money => "an amount of money, in a unit such as EUR",
            Self::Count => "a count of one thing, in a unit such as lead",
            Self::Duration => "a length of time, in a unit such as day",
            Self::Number => "a pure number, of unit 1",
        }
    }
}

/// A quantity that an entry's formula reads, under the entry's name for it.
///
/// In a model it is a measure, or another KPI, of the kind.
///
/// ```
/// use yardstick::kpi::catalog::{self, InputKind};
///
/// let spend = catalog::find("cost_per_lead")?.input("spend")?;
/// assert_eq!(spend.kind, InputKind::Money);
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Input {
    /// The name in the formula.
    pub name: &'static str,
    /// What it counts.
    pub kind: InputKind,
    /// What it is, in a sentence.
    pub meaning: &'static str,
    /// The input of the same entry whose unit this one must share.
    pub same_as: Option<&'static str>,
}

impl Input {
    const fn new(name: &'static str, kind: InputKind, meaning: &'static str) -> Self {
        Self { name, kind, meaning, same_as: None }
    }

    pub(super) const fn money(name: &'static str, meaning: &'static str) -> Self {
        Self::new(name, InputKind::Money, meaning)
    }

    pub(super) const fn count(name: &'static str, meaning: &'static str) -> Self {
        Self::new(name, InputKind::Count, meaning)
    }

    pub(super) const fn duration(name: &'static str, meaning: &'static str) -> Self {
        Self::new(name, InputKind::Duration, meaning)
    }

    pub(super) const fn number(name: &'static str, meaning: &'static str) -> Self {
        Self::new(name, InputKind::Number, meaning)
    }

    /// The same, in the unit of another input of the entry.
    pub(super) const fn like(self, other: &'static str) -> Self {
        Self { same_as: Some(other), ..self }
    }
}
