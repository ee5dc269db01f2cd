//! Net promoter score.

use super::scores::check_z;
use crate::error::Error;
use crate::number::{Rational, Real, Value};
use crate::statistics::Interval;

/// Promoters, passives and detractors, and the net promoter score.
///
/// ```
/// use yardstick::survey::{Nps, Scale, Scores};
/// use yardstick::{Rational, Reason};
///
/// let scores = Scores::from_counts(Scale::ZERO_TO_TEN, [(10, 40), (9, 30), (8, 10), (0, 20)])?;
/// let nps = scores.nps()?;
/// assert_eq!(nps, Nps::new(70, 10, 20));
/// assert_eq!(nps.score(), Rational::from(50).into()); // 100 (70 - 20) / 100
/// assert_eq!(Nps::new(0, 0, 0).score().reason(), Some(Reason::NoBase));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Nps {
    /// Responses of 9 and 10.
    pub promoters: u64,
    /// Responses of 7 and 8.
    pub passives: u64,
    /// Responses of 0 to 6.
    pub detractors: u64,
}

impl Nps {
    /// From counts of the three groups.
    #[must_use]
    pub const fn new(promoters: u64, passives: u64, detractors: u64) -> Self {
        Self { promoters, passives, detractors }
    }

    /// All responses together: an integer.
    #[must_use]
    pub fn responses(&self) -> Rational {
        [self.promoters, self.passives, self.detractors].into_iter().map(Rational::from).sum()
    }

    /// The score, `100 (promoters - detractors) / responses`, from -100 to 100;
    /// [`Reason::NoBase`](crate::Reason::NoBase) without responses, which is not a score of 0.
    #[must_use]
    pub fn score(&self) -> Value {
        self.net().map(|net| net * Rational::from(100))
    }

    /// The share of promoters; [`Reason::NoBase`](crate::Reason::NoBase) without responses. The three shares sum to 1.
    #[must_use]
    pub fn promoter_share(&self) -> Value {
        self.share_of(self.promoters)
    }

    /// The share of passives; [`Reason::NoBase`](crate::Reason::NoBase) without responses.
    #[must_use]
    pub fn passive_share(&self) -> Value {
        self.share_of(self.passives)
    }

    /// The share of detractors; [`Reason::NoBase`](crate::Reason::NoBase) without responses.
    #[must_use]
    pub fn detractor_share(&self) -> Value {
        self.share_of(self.detractors)
    }

    /// The standard error of the score, where the responses are a sample of all who might answer:
    /// with p and d the shares of promoters and detractors and n the responses,
    ///
    /// ```text
    /// 100 sqrt((p + d - (p - d)^2) / n)
    /// ```
    ///
    /// It is that of the mean of numbers 1, 0 and -1, with the variance of a population.
    /// [`Reason::NoBase`](crate::Reason::NoBase) without responses. 0 where all are in one group, however few they are.
    ///
    /// ```
    /// use yardstick::Rounding;
    /// use yardstick::survey::Nps;
    ///
    /// let error = Nps::new(70, 10, 20).standard_error(); // 100 sqrt((0.9 - 0.25) / 100)
    /// assert_eq!(error.round(Rounding::half_even(4))?.to_string(), "8.0623");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn standard_error(&self) -> Value<Real> {
        self.squared_error().map(|square| Real::from_root(Rational::ZERO, false, square, 2))
    }

    /// The score, less and plus z standard errors; [`Reason::NoBase`](crate::Reason::NoBase) without responses. It is not
    /// clipped, so that it can reach beyond -100 and 100.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`](crate::ErrorKind::Domain) for a z below zero.
    ///
    /// ```
    /// use yardstick::survey::Nps;
    /// use yardstick::{Rational, Rounding};
    ///
    /// let bounds = Nps::new(70, 10, 20).bounds(&Rational::from(2))?.defined().unwrap();
    /// assert_eq!(bounds.lower.round(Rounding::half_even(2))?.to_string(), "33.88"); // 50 - 16.12
    /// assert_eq!(bounds.upper.round(Rounding::half_even(2))?.to_string(), "66.12");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn bounds(&self, z: &Rational) -> Result<Value<Interval>, Error> {
        check_z(z)?;
        Ok(self.score().zip(self.squared_error(), |score, square| {
            let square = square * (z * z);
            let bound = |below| Real::from_root(score.clone(), below, square.clone(), 2);
            Interval { lower: bound(true), upper: bound(false) }
        }))
    }

    /// The groups under the names of the [catalog](crate::kpi::catalog)'s inputs: `promoters`,
    /// `passives`, `detractors`.
    ///
    /// ```
    /// use yardstick::kpi::catalog;
    /// use yardstick::survey::Nps;
    /// use yardstick::{Formula, Rational};
    ///
    /// let formula: Formula = catalog::find("nps")?.formula.parse()?;
    /// let nps = Nps::new(73, 15, 12);
    /// assert_eq!(formula.evaluate(nps.measures())?, Rational::from(61).into());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn measures(&self) -> Vec<(&'static str, Rational)> {
        vec![
            ("promoters", self.promoters.into()),
            ("passives", self.passives.into()),
            ("detractors", self.detractors.into()),
        ]
    }

    fn share_of(&self, group: u64) -> Value {
        Value::Defined(Rational::from(group)).quotient(&self.responses().into())
    }

    /// `p - d`
    fn net(&self) -> Value {
        self.promoter_share().zip(self.detractor_share(), |p, d| p - d)
    }

    /// `100^2 (p + d - (p - d)^2) / n`
    fn squared_error(&self) -> Value {
        let either = self.promoter_share().zip(self.detractor_share(), |p, d| p + d);
        let variance = either.zip(self.net(), |either, net| either - &net * &net);
        variance
            .map(|variance| variance * Rational::from(10_000))
            .quotient(&self.responses().into())
    }
}
