//! Mean, variance and range of a column, from one mergeable state.

use super::split::split;
use super::tally::Tally;
use crate::error::Error;
use crate::named::named;
use crate::number::{Column, Decimal, Rational, Real, Value};

named! {
    /// Of what the values are all that there are.
    Of "kind of variance" {
        /// A sample of something larger: divided by n - 1. Excel `VAR.S`, SQL `VAR_SAMP`.
        Sample = "sample",
        /// The whole: divided by n. Excel `VAR.P`, SQL `VAR_POP`.
        Population = "population",
    }
}

/// Count, sum, sum of squares, minimum and maximum of numbers, exactly: what mean, variance and
/// standard deviation are made of.
///
/// It has one answer for any order of the numbers and any partition of them into states that are
/// merged, and states of different scales merge as well. Equality goes by value. It holds five
/// numbers whatever it has seen, and none can overflow.
///
/// ```
/// use yardstick::statistics::{Moments, Of};
/// use yardstick::{Column, Rational, Rounding};
///
/// let mut scores = Moments::of(&Column::integers(&[2, 4, 4, 4, 5]))?;
/// scores.merge(&Moments::of(&Column::scaled(&[50, 70, 90], 1))?);
/// assert_eq!(scores.mean(), Rational::from(5).into());
/// assert_eq!(scores.variance(Of::Population), Rational::from(4).into());
/// assert_eq!(scores.variance(Of::Sample), Rational::new(32, 7)?.into());
/// let deviation = scores.standard_deviation(Of::Sample).round(Rounding::half_even(4))?;
/// assert_eq!(deviation.to_string(), "2.1381");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Moments {
    count: Rational,
    sum: Rational,
    squares: Rational,
    range: Option<(Rational, Rational)>,
}

impl Moments {
    /// Those of a column, in one pass. Empty cells are left out.
    ///
    /// # Errors
    ///
    /// As [`Column::check`].
    pub fn of(column: &Column<'_>) -> Result<Self, Error> {
        let stored = column.checked()?;
        let tally = split(0..column.len(), &|rows| Tally::of(&stored, rows), &Tally::merge);
        let value = |value| Rational::from_scaled(value, stored.scale);
        Ok(Self {
            count: Rational::from(tally.count),
            sum: tally.sum.at_scale(stored.scale),
            squares: tally.squares.at_scale(2 * stored.scale),
            range: (tally.count > 0).then(|| (value(tally.least), value(tally.most))),
        })
    }

    /// Adds one number. For many, [`of`](Moments::of) a column is faster.
    pub fn push(&mut self, value: Decimal) {
        let value = Rational::from(value);
        let squares = &value * &value;
        let range = Some((value.clone(), value.clone()));
        self.merge(&Self { count: Rational::ONE, sum: value, squares, range });
    }

    /// Adds what another state has seen.
    pub fn merge(&mut self, other: &Self) {
        self.count += &other.count;
        self.sum += &other.sum;
        self.squares += &other.squares;
        let Some((least, most)) = &other.range else { return };
        match &mut self.range {
            None => self.range.clone_from(&other.range),
            Some((own_least, own_most)) => {
                if least < own_least {
                    own_least.clone_from(least);
                }
                if most > own_most {
                    own_most.clone_from(most);
                }
            }
        }
    }

    /// How many numbers there are: an integer.
    #[must_use]
    pub fn count(&self) -> &Rational {
        &self.count
    }

    /// Their sum; 0 for none.
    #[must_use]
    pub fn sum(&self) -> &Rational {
        &self.sum
    }

    /// The sum of their squares; 0 for none.
    #[must_use]
    pub fn sum_of_squares(&self) -> &Rational {
        &self.squares
    }

    /// The least; undefined for none ([`Reason::NoBase`](crate::Reason::NoBase)).
    #[must_use]
    pub fn min(&self) -> Value {
        self.end(|(least, _)| least)
    }

    /// The greatest; undefined for none ([`Reason::NoBase`](crate::Reason::NoBase)).
    #[must_use]
    pub fn max(&self) -> Value {
        self.end(|(_, most)| most)
    }

    /// The arithmetic mean, `sum / count`; undefined for none
    /// ([`Reason::NoBase`](crate::Reason::NoBase)).
    #[must_use]
    pub fn mean(&self) -> Value {
        ratio(&self.sum, &self.count)
    }

    /// The variance, with n the count:
    ///
    /// ```text
    /// population: (n * sum of squares - sum^2) / n^2
    /// sample:     (n * sum of squares - sum^2) / (n (n - 1))
    /// ```
    ///
    /// which is the sum of squared distances from the mean over n or n - 1. Undefined
    /// ([`Reason::NoBase`](crate::Reason::NoBase)) for no number, and for a sample of one: it says
    /// nothing of how numbers differ.
    #[must_use]
    pub fn variance(&self, of: Of) -> Value {
        let n = &self.count;
        let distances = n * &self.squares - &self.sum * &self.sum;
        match of {
            Of::Population => ratio(&distances, &(n * n)),
            Of::Sample => ratio(&distances, &(n * (n - &Rational::ONE))),
        }
    }

    /// The standard deviation: the square root of the [`variance`](Moments::variance), undefined
    /// where that is.
    #[must_use]
    pub fn standard_deviation(&self, of: Of) -> Value<Real> {
        // A sum of squares is not below zero.
        self.variance(of).map(|variance| Real::from_root(Rational::ZERO, false, variance, 2))
    }

    fn end(&self, which: impl Fn(&(Rational, Rational)) -> &Rational) -> Value {
        match &self.range {
            Some(range) => Value::Defined(which(range).clone()),
            None => ratio(&Rational::ZERO, &Rational::ZERO),
        }
    }
}

fn ratio(a: &Rational, b: &Rational) -> Value {
    Value::Defined(a.clone()).quotient(&Value::Defined(b.clone()))
}
