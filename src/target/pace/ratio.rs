//! The pace of a quotient of two metrics that add up over days.

use super::best::BestDay;
use super::time::Time;
use crate::kpi::Bounds;
use crate::number::{Rational, Value};

/// Which total volume (denominator) the whole period is expected to have, in the unit of the
/// denominator as it stands in the formula.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Volume {
    /// The volume so far, carried on by the weights of the days: `d / share`, for even ones
    /// `d * days / elapsed`. Zero where there was none so far; as long as no weight has passed
    /// [`NoBase`](crate::Reason::NoBase), or with some volume
    /// [`Unbounded`](crate::Reason::Unbounded).
    #[default]
    Projected,
    /// The volume of the baseline period.
    Baseline,
    /// This volume, above zero.
    Expected(Rational),
}

/// The pace of a ratio `n / d`, at an expected total volume `D`. The numerator holds all constant
/// factors, so that `n / d` is the metric in its unit: for `1000 * spend / impressions` it is a
/// thousand times the spend.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RatioPace<'a> {
    /// `n` so far.
    pub numerator: Value,
    /// `d` so far.
    pub denominator: Value,
    /// `D`.
    pub expected_volume: Value,
    /// What the remaining volume must reach; undefined where the limit, `n`, `d` or `D` is.
    pub remaining: Value<Remaining>,
    /// The day of the baseline period and of this one so far whose own ratio was best. Days without a
    /// denominator have none.
    pub best_day: Option<&'a BestDay>,
    /// Whether what remains must reach more than the ratio of that day (less, where lower is better).
    pub beyond_best: bool,
}

/// What the remaining volume must reach for the whole to come out at the limit: a ratio in the
/// metric's unit. Where higher is better it is the least that will do, where lower is better the
/// most.
///
/// Whether that is secured or unreachable is said only against bounds that the KPI declares. Secured
/// is a requirement at or below the lower bound, unreachable one above the upper; where lower is
/// better, one at or above the upper bound, and one below the lower.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remaining {
    /// This ratio: `(t D - n) / (D - d)`.
    Required(Rational),
    /// Any ratio within the metric's bounds will do.
    Secured(Rational),
    /// No ratio within the metric's bounds suffices.
    Unreachable(Rational),
    /// No volume remains, because the period is over or `D <= d`: `n / d` decides.
    Decided,
}

impl Remaining {
    /// The ratio `(t D - n) / (D - d)`, where volume remains.
    #[must_use]
    pub fn ratio(&self) -> Option<&Rational> {
        match self {
            Self::Required(r) | Self::Secured(r) | Self::Unreachable(r) => Some(r),
            Self::Decided => None,
        }
    }

    /// `required`, `secured`, `unreachable` or `decided`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Required(_) => "required",
            Self::Secured(_) => "secured",
            Self::Unreachable(_) => "unreachable",
            Self::Decided => "decided",
        }
    }
}

impl<'a> RatioPace<'a> {
    pub(in crate::target) fn new(
        limit: &Value,
        (numerator, denominator): (&Value, &Value),
        expected_volume: Value,
        higher: bool,
        bounds: &Bounds,
        time: &Time<'_>,
        best_day: Option<&'a BestDay>,
    ) -> Self {
        let parts = numerator
            .as_ref()
            .zip(denominator.as_ref(), |n, d| (n, d))
            .zip(expected_volume.as_ref(), |(n, d), volume| (n, d, volume))
            .zip(limit.as_ref(), |(n, d, volume), t| (n, d, volume, t));
        let remaining = parts.map(|(n, d, volume, t)| {
            if !time.remain() || volume <= d {
                return Remaining::Decided;
            }
            let missing = t * volume - n;
            let Ok(required) = missing.checked_div(&(volume - d)) else {
                return Remaining::Decided;
            };
            let above =
                |bound: &Option<Rational>| bound.as_ref().is_some_and(|high| required > *high);
            let at_or_above =
                |bound: &Option<Rational>| bound.as_ref().is_some_and(|high| required >= *high);
            let below =
                |bound: &Option<Rational>| bound.as_ref().is_some_and(|low| required < *low);
            let at_or_below =
                |bound: &Option<Rational>| bound.as_ref().is_some_and(|low| required <= *low);
            let (secured, unreachable) = match higher {
                true => (at_or_below(&bounds.low), above(&bounds.high)),
                false => (at_or_above(&bounds.high), below(&bounds.low)),
            };
            match (secured, unreachable) {
                (true, _) => Remaining::Secured(required),
                (_, true) => Remaining::Unreachable(required),
                _ => Remaining::Required(required),
            }
        });
        let beyond = |best: &BestDay| match &remaining {
            Value::Defined(remaining) => {
                remaining.ratio().is_some_and(|required| best.is_beaten_by(required, higher))
            }
            Value::Undefined(_) => false,
        };
        Self {
            numerator: numerator.clone(),
            denominator: denominator.clone(),
            beyond_best: best_day.is_some_and(beyond),
            best_day,
            expected_volume,
            remaining,
        }
    }
}
