//! Names for where a target stands, by thresholds.

use crate::named::named;
use crate::number::{Rational, Value};

named! {
    /// What bands look at.
    #[non_exhaustive]
    BandBasis "basis of bands" {
        /// The attainment of the whole goal.
        Attainment = "attainment",
        /// The attainment of what was expected to date: that of the pace of a flow, a stock or a
        /// budget ([`BudgetPace::attainment`] is how much of the plan is used, whatever the mode of
        /// the target). For a ratio, and without a pace, that of the whole goal.
        ///
        /// [`BudgetPace::attainment`]: super::BudgetPace::attainment
        Pace = "pace",
        /// The actual value, in its unit.
        Actual = "actual",
    }
}

/// A name for all values from a threshold on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Its name, for example `on track`.
    pub name: String,
    /// The lowest value that has it, in the unit of the basis; `None` for all that no earlier band
    /// took.
    pub from: Option<Rational>,
}

/// Ordered bands; the first whose threshold is at or below the exact value wins, so each holds from
/// its threshold to the one before it, that one not included. An undefined value has no band, and
/// neither has one below all thresholds.
///
/// ```
/// use yardstick::target::{Band, BandBasis, Bands};
/// use yardstick::{Rational, Value};
///
/// let bands = Bands {
///     on: BandBasis::Attainment,
///     list: vec![
///         Band { name: "green".into(), from: Some(Rational::ONE) },
///         Band { name: "amber".into(), from: Some("0.9".parse()?) },
///         Band { name: "red".into(), from: None },
///     ],
/// };
/// // 99.996 % shows as 100.00 %, and is not green.
/// assert_eq!(bands.name(&Value::Defined("0.99996".parse()?)), Some("amber"));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    /// What the thresholds are compared with.
    pub on: BandBasis,
    /// From the highest threshold to the lowest.
    pub list: Vec<Band>,
}

impl Bands {
    /// The name of the band of a value, compared exactly; `None` where none holds.
    #[must_use]
    pub fn name(&self, value: &Value) -> Option<&str> {
        let value = value.as_ref().defined()?;
        let holds = |band: &&Band| band.from.as_ref().is_none_or(|from| value >= from);
        self.list.iter().find(holds).map(|band| band.name.as_str())
    }
}
