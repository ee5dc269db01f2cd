//! With which weights an effect is counted, and what is there in one period only.

use super::arithmetic::{is_zero, midpoint};
use crate::named::named;
use crate::number::Value;

named! {
    /// With which weights the effect of a rate (a price) is counted; the effect of the weights (the
    /// quantities) then takes the rates of the other side, so that the two sum to the change.
    ///
    /// From weight `w` and rate `r` to `w'` and `r'`:
    ///
    /// | | effect of the rate | effect of the weight |
    /// |---|---|---|
    /// | symmetric | `(w + w') / 2 * (r' - r)` | `(w' - w) * (r + r') / 2` |
    /// | old weights | `w * (r' - r)` | `(w' - w) * r'` |
    /// | new weights | `w' * (r' - r)` | `(w' - w) * r` |
    ///
    /// Symmetric is the mean of the other two, and the only one in which the way back has the same
    /// effects with the opposite sign. Management accounting reckons with new weights: the price
    /// variance at the actual quantity, the volume variance at the budgeted price.
    #[derive(Default)]
    #[non_exhaustive]
    Convention "convention" {
        /// The mean of before and after, on both sides.
        #[default]
        Symmetric = "symmetric",
        /// Rates at the weights before, weights at the rates after.
        OldWeights = "old_weights",
        /// Rates at the weights after, weights at the rates before.
        NewWeights = "new_weights",
    }
}

impl Convention {
    /// The weight for the effect of a rate.
    pub(super) fn weight(self, before: &Value, after: &Value) -> Value {
        match self {
            Self::Symmetric => midpoint(before, after),
            Self::OldWeights => before.clone(),
            Self::NewWeights => after.clone(),
        }
    }

    /// The rate for the effect of a weight.
    pub(super) fn rate(self, before: &Value, after: &Value) -> Value {
        match self {
            Self::Symmetric => midpoint(before, after),
            Self::OldWeights => after.clone(),
            Self::NewWeights => before.clone(),
        }
    }
}

named! {
    /// In which periods a segment, or a product, is there. It is there where one of its numbers is
    /// not zero.
    #[non_exhaustive]
    Presence "presence" {
        /// In both, with a rate (a price) in both: its effect can be split.
        Both = "both",
        /// Only after.
        New = "new",
        /// Only before.
        Lost = "lost",
        /// In one of them it has a numerator (revenue) over a denominator (a quantity) of zero, and
        /// so no rate (price) there to compare.
        Unrated = "unrated",
        /// In neither.
        Absent = "absent",
    }
}

impl Presence {
    /// By numerators and denominator of both periods.
    pub(super) fn of(before: (&[&Value], &Value), after: (&[&Value], &Value)) -> Self {
        let absent = |(numerators, denominator): (&[&Value], &Value)| {
            is_zero(denominator) && numerators.iter().all(|numerator| is_zero(numerator))
        };
        let unrated = |period: (&[&Value], &Value)| {
            (is_zero(period.1) || period.1.is_undefined()) && !absent(period)
        };
        match (absent(before), absent(after)) {
            _ if unrated(before) || unrated(after) => Self::Unrated,
            (false, false) => Self::Both,
            (true, false) => Self::New,
            (false, true) => Self::Lost,
            (true, true) => Self::Absent,
        }
    }
}
