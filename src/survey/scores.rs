//! Responses by score.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::nps::Nps;
use super::scale::Scale;
use super::share::{Ces, Csat};
use crate::error::{Error, ErrorKind};
use crate::number::{Column, Rational, Reason, Value, plain};
use crate::statistics::{Interval, wilson};

/// How many responses gave each score of a scale.
///
/// It has one answer for any order of responses and any partition of them into parts that are
/// [merged](Scores::merge). It holds a number for each score, however many the responses.
///
/// ```
/// use yardstick::survey::{Scale, Scores};
/// use yardstick::{Column, Rational};
///
/// let mut scores = Scores::from_counts(Scale::ONE_TO_FIVE, [(5, 40), (4, 35), (2, 20), (1, 4)])?;
/// scores.merge(&Scores::from_responses(Scale::ONE_TO_FIVE, &Column::integers(&[3]))?)?;
/// assert_eq!(scores.responses(), 100);
/// assert_eq!(scores.mean(), Rational::new(387, 100)?.into()); // (200 + 140 + 3 + 40 + 4) / 100
/// assert_eq!(scores.csat()?.share(), Rational::new(3, 4)?.into());
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scores {
    scale: Scale,
    /// Those above zero.
    counts: BTreeMap<i32, u64>,
    responses: u64,
}

impl Scores {
    /// No responses yet.
    #[must_use]
    pub fn new(scale: Scale) -> Self {
        Self { scale, counts: BTreeMap::new(), responses: 0 }
    }

    /// From scores and how many gave them. A score that is not named was given by nobody; counts of
    /// one that is named twice add up.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for a score outside the scale, the first with its place;
    /// [`ErrorKind::Overflow`] for more than 2^64 - 1 responses.
    ///
    /// ```
    /// use yardstick::survey::{Scale, Scores};
    ///
    /// let error = Scores::from_counts(Scale::ZERO_TO_TEN, [(9, 4), (11, 2)]).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "row 1: a score of 11 on a scale of 0 to 10; correct it, or declare another scale",
    /// );
    /// ```
    pub fn from_counts(
        scale: Scale,
        counts: impl IntoIterator<Item = (i32, u64)>,
    ) -> Result<Self, Error> {
        let mut scores = Self::new(scale);
        for (row, (score, count)) in counts.into_iter().enumerate() {
            if !scale.contains(score) {
                return Err(off_scale(&score.to_string(), scale).at_row(row));
            }
            scores.add(score, count).map_err(|error| error.at_row(row))?;
        }
        Ok(scores)
    }

    /// From a column with the score of each response. An empty cell is no response.
    ///
    /// # Errors
    ///
    /// As [`Column::check`]; [`ErrorKind::Domain`] for a score outside the scale or between two of
    /// its scores, the first with its row.
    pub fn from_responses(scale: Scale, responses: &Column<'_>) -> Result<Self, Error> {
        let stored = responses.checked()?;
        // A column has at most 38 decimals, and 10^38 fits.
        let one = 10_i128.pow(u32::from(stored.scale));
        let mut scores = Self::new(scale);
        for row in (0..responses.len()).filter(|row| stored.is_valid(*row)) {
            let value = stored.values.get(row);
            let score = match value % one {
                0 => i32::try_from(value / one).ok().filter(|score| scale.contains(*score)),
                _ => None,
            };
            let Some(score) = score else {
                let value = Rational::from_scaled(value, stored.scale);
                let text = value.to_decimal().map_or(value.to_string(), |value| plain(&value));
                return Err(off_scale(&text, scale).at_row(row));
            };
            scores.add(score, 1)?;
        }
        Ok(scores)
    }

    /// Adds other responses.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] where they are on another scale, [`ErrorKind::Overflow`] for more than
    /// 2^64 - 1 responses together. Nothing is added then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.scale != other.scale {
            let message = format!(
                "scores of {} merged with scores of {}; bring both to one scale",
                self.scale, other.scale
            );
            return Err(Error::new(ErrorKind::Shape, message));
        }
        if self.responses.checked_add(other.responses).is_none() {
            return Err(too_many());
        }
        other.counts.iter().try_for_each(|(score, count)| self.add(*score, *count))
    }

    fn add(&mut self, score: i32, count: u64) -> Result<(), Error> {
        self.responses = self.responses.checked_add(count).ok_or_else(too_many)?;
        if count > 0 {
            // At most as many as responses.
            *self.counts.entry(score).or_default() += count;
        }
        Ok(())
    }

    /// The scale.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// How many responses there are.
    #[must_use]
    pub fn responses(&self) -> u64 {
        self.responses
    }

    /// How many gave this score; 0 where it is not on the scale.
    #[must_use]
    pub fn count(&self, score: i32) -> u64 {
        self.counts.get(&score).copied().unwrap_or_default()
    }

    /// The scores that somebody gave, in ascending order, and how many did.
    pub fn counts(&self) -> impl Iterator<Item = (i32, u64)> {
        self.counts.iter().map(|(score, count)| (*score, *count))
    }

    /// How many gave one of these scores. What lies outside the scale was given by nobody.
    #[must_use]
    pub fn count_within(&self, scores: RangeInclusive<i32>) -> u64 {
        self.counts().filter(|(score, _)| scores.contains(score)).map(|(_, count)| count).sum()
    }

    /// The sum of all scores; 0 for no responses.
    #[must_use]
    pub fn total_score(&self) -> Rational {
        self.counts().map(|(score, count)| Rational::from(score) * Rational::from(count)).sum()
    }

    /// The mean score, `total score / responses`; [`Reason::NoBase`] without responses.
    #[must_use]
    pub fn mean(&self) -> Value {
        Value::Defined(self.total_score()).quotient(&Rational::from(self.responses).into())
    }

    /// The share of responses with one of these scores; [`Reason::NoBase`] without responses.
    #[must_use]
    pub fn share_within(&self, scores: RangeInclusive<i32>) -> Value {
        Value::share(self.count_within(scores), self.responses)
    }

    /// Wilson's bounds of the share of responses with one of these scores, as
    /// [`wilson`] has them; [`Reason::NoBase`] without responses. They take the responses for a
    /// sample of all who might answer.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for a z below zero.
    ///
    /// ```
    /// use yardstick::survey::{Scale, Scores};
    /// use yardstick::{Rational, Rounding};
    ///
    /// let scores = Scores::from_counts(Scale::ONE_TO_FIVE, [(5, 9), (1, 1)])?;
    /// let bounds = scores.bounds_within(4..=5, &Rational::from(2))?.defined().unwrap();
    /// assert_eq!(bounds.lower.round(Rounding::half_even(4))?.to_string(), "0.5888");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn bounds_within(
        &self,
        scores: RangeInclusive<i32>,
        z: &Rational,
    ) -> Result<Value<Interval>, Error> {
        bounds(self.count_within(scores), self.responses, z)
    }

    /// How many of those who were asked have answered: `responses / invitations`. Without
    /// invitations it is [`Reason::NoBase`], or [`Reason::Inconsistent`] where there are responses. Above
    /// 1 where more answered than were asked: some invitations are not counted.
    ///
    /// ```
    /// use yardstick::Rational;
    /// use yardstick::survey::{Scale, Scores};
    ///
    /// let scores = Scores::from_counts(Scale::ONE_TO_FIVE, [(5, 9), (1, 1)])?;
    /// assert_eq!(scores.response_rate(40), Rational::new(1, 4)?.into());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn response_rate(&self, invitations: u64) -> Value {
        match Value::share(self.responses, invitations) {
            Value::Undefined(Reason::Unbounded(_)) => Value::Undefined(Reason::Inconsistent),
            other => other,
        }
    }

    /// Promoters (9 and 10), passives (7 and 8) and detractors (0 to 6).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] on another scale than [0 to 10](Scale::ZERO_TO_TEN).
    pub fn nps(&self) -> Result<Nps, Error> {
        if self.scale != Scale::ZERO_TO_TEN {
            let scale = self.scale;
            let message = format!(
                "NPS of scores of {scale}; it is asked on {}, and others have no promoters",
                Scale::ZERO_TO_TEN
            );
            return Err(Error::new(ErrorKind::Domain, message));
        }
        let count = |scores| self.count_within(scores);
        Ok(Nps::new(count(9..=10), count(7..=8), count(0..=6)))
    }

    /// Satisfied with the two highest scores: 4 and 5 of 1 to 5. As [`csat_top`](Scores::csat_top)
    /// of 2.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] on a scale of two scores, of which one would be left.
    pub fn csat(&self) -> Result<Csat, Error> {
        self.csat_top(2)
    }

    /// Satisfied with one of the so many highest scores.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for none of the scores or all of them.
    pub fn csat_top(&self, boxes: u32) -> Result<Csat, Error> {
        let satisfied = self.count_within(self.scale.top(boxes)?);
        Ok(Csat::new(satisfied, self.responses, self.total_score()))
    }

    /// Agreed with a score of 5 to 7 on [1 to 7](Scale::ONE_TO_SEVEN). As
    /// [`ces_from`](Scores::ces_from) of 5.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] on another scale.
    pub fn ces(&self) -> Result<Ces, Error> {
        if self.scale != Scale::ONE_TO_SEVEN {
            let scale = self.scale;
            let message = format!(
                "CES of scores of {scale}, without the score at which agreement begins; give it to ces_from"
            );
            return Err(Error::new(ErrorKind::Domain, message));
        }
        self.ces_from(5)
    }

    /// Agreed with this score or a higher one.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for a score outside the scale.
    pub fn ces_from(&self, score: i32) -> Result<Ces, Error> {
        if !self.scale.contains(score) {
            return Err(off_scale(&score.to_string(), self.scale));
        }
        let agree = self.count_within(score..=self.scale.highest());
        Ok(Ces::new(agree, self.responses, self.total_score()))
    }
}

/// Wilson's bounds of `part / whole`.
pub(super) fn bounds(part: u64, whole: u64, z: &Rational) -> Result<Value<Interval>, Error> {
    match whole {
        0 => check_z(z).map(|()| Value::Undefined(Reason::NoBase)),
        _ => wilson(part, whole, z).map(Value::Defined),
    }
}

/// Refuses a z below zero, as bounds of any one response do.
pub(super) fn check_z(z: &Rational) -> Result<(), Error> {
    wilson(0, 1, z).map(|_| ())
}

fn off_scale(score: &str, scale: Scale) -> Error {
    let message =
        format!("a score of {score} on a scale of {scale}; correct it, or declare another scale");
    Error::new(ErrorKind::Domain, message)
}

fn too_many() -> Error {
    let most = u64::MAX;
    Error::new(ErrorKind::Overflow, format!("more than {most} responses; keep such counts apart"))
}
