//! CSAT and CES: the share of the favourable scores, and the mean.

use super::scores::bounds;
use crate::error::Error;
use crate::number::{Rational, Value};
use crate::statistics::Interval;

/// Customer satisfaction: how many gave one of the highest scores, and the mean.
///
/// ```
/// use yardstick::Rational;
/// use yardstick::survey::{Scale, Scores};
///
/// let counts = [(5, 90), (4, 60), (3, 50), (2, 30), (1, 20)];
/// let csat = Scores::from_counts(Scale::ONE_TO_FIVE, counts)?.csat()?;
/// assert_eq!((csat.satisfied, csat.responses), (150, 250));
/// assert_eq!(csat.share(), Rational::new(3, 5)?.into());
/// assert_eq!(csat.mean(), Rational::new(92, 25)?.into()); // 920 / 250
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Csat {
    /// Responses with one of the highest scores.
    pub satisfied: u64,
    /// All responses.
    pub responses: u64,
    /// The sum of all scores.
    pub total_score: Rational,
}

/// Customer effort score: how many agree that it was easy, and the mean.
///
/// Scores rise with ease: 7 of 7 agrees most that it was easy. Where the question is how much effort
/// it took, a low mean is good, and agreement is no praise.
///
/// ```
/// use yardstick::Rational;
/// use yardstick::survey::{Scale, Scores};
///
/// let ces = Scores::from_counts(Scale::ONE_TO_SEVEN, [(4, 1), (5, 1), (6, 1), (7, 2)])?.ces()?;
/// assert_eq!(ces.share(), Rational::new(4, 5)?.into());
/// assert_eq!(ces.mean(), Rational::new(29, 5)?.into());
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Ces {
    /// Responses that agree.
    pub agree: u64,
    /// All responses.
    pub responses: u64,
    /// The sum of all scores.
    pub total_score: Rational,
}

impl Csat {
    pub(super) fn new(satisfied: u64, responses: u64, total_score: Rational) -> Self {
        Self { satisfied, responses, total_score }
    }

    /// The share of the satisfied, from 0 to 1; [`Reason::NoBase`](crate::Reason::NoBase) without
    /// responses.
    #[must_use]
    pub fn share(&self) -> Value {
        Value::share(self.satisfied, self.responses)
    }

    /// The mean score; [`Reason::NoBase`](crate::Reason::NoBase) without responses.
    #[must_use]
    pub fn mean(&self) -> Value {
        mean(&self.total_score, self.responses)
    }

    /// Wilson's bounds of the share, as [`Scores::bounds_within`](super::Scores::bounds_within).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`](crate::ErrorKind::Domain) for a z below zero.
    pub fn bounds(&self, z: &Rational) -> Result<Value<Interval>, Error> {
        bounds(self.satisfied, self.responses, z)
    }

    /// Under the names of the [catalog](crate::kpi::catalog)'s inputs: `satisfied`, `responses`,
    /// `total_score`.
    #[must_use]
    pub fn measures(&self) -> Vec<(&'static str, Rational)> {
        measures("satisfied_responses", self.satisfied, self.responses, &self.total_score)
    }
}

impl Ces {
    pub(super) fn new(agree: u64, responses: u64, total_score: Rational) -> Self {
        Self { agree, responses, total_score }
    }

    /// The share of those who agree, from 0 to 1; [`Reason::NoBase`](crate::Reason::NoBase) without
    /// responses.
    #[must_use]
    pub fn share(&self) -> Value {
        Value::share(self.agree, self.responses)
    }

    /// The mean score; [`Reason::NoBase`](crate::Reason::NoBase) without responses.
    #[must_use]
    pub fn mean(&self) -> Value {
        mean(&self.total_score, self.responses)
    }

    /// Wilson's bounds of the share, as [`Scores::bounds_within`](super::Scores::bounds_within).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`](crate::ErrorKind::Domain) for a z below zero.
    pub fn bounds(&self, z: &Rational) -> Result<Value<Interval>, Error> {
        bounds(self.agree, self.responses, z)
    }

    /// Under the names of the [catalog](crate::kpi::catalog)'s inputs: `agree`, `responses`,
    /// `total_score`.
    #[must_use]
    pub fn measures(&self) -> Vec<(&'static str, Rational)> {
        measures("agree_responses", self.agree, self.responses, &self.total_score)
    }
}

fn mean(total_score: &Rational, responses: u64) -> Value {
    Value::Defined(total_score.clone()).quotient(&Rational::from(responses).into())
}

fn measures(
    name: &'static str,
    count: u64,
    responses: u64,
    total_score: &Rational,
) -> Vec<(&'static str, Rational)> {
    vec![
        (name, count.into()),
        ("responses", responses.into()),
        ("total_score", total_score.clone()),
    ]
}
