//! Quantiles of a column, of all nine types.
//!
//! The types are those of Hyndman and Fan, Sample Quantiles in Statistical Packages, The American
//! Statistician 50 (1996), which R and NumPy number and name alike. Of n numbers in order, `x_1` to
//! `x_n`, a quantile lies at the place `h = n p + m`, in which m depends on the type. With
//! `j = floor(h)` and `g = h - j` it is
//!
//! ```text
//! x_j + c (x_(j+1) - x_j)
//! ```
//!
//! where c is g, or in the first three types 0, 1/2 or 1. Below the first number and above the last
//! there are no others: they stand for theirs.

use std::borrow::Cow;
use std::fmt;

use super::split::blocks;
use crate::error::{Error, ErrorKind, quoted};
use crate::named::named;
use crate::number::{Column, Present, Rational, Reason, Room, Rounding, Value};

named! {
    /// How a quantile between two numbers is taken.
    ///
    /// | type | m | c | known as | median of 1, 2, 3, 4 | first quartile |
    /// |---|---|---|---|---|---|
    /// | `InverseCdf` | 0 | 0 if g = 0, else 1 | type 1, SAS 3, SQL `PERCENTILE_DISC` | 2 | 1 |
    /// | `AveragedInverseCdf` | 0 | 1/2 if g = 0, else 1 | type 2, SAS 5 and its default | 5/2 | 3/2 |
    /// | `NearestEven` | -1/2 | 0 if g = 0 and j is even, else 1 | type 3, SAS 2 | 2 | 1 |
    /// | `InterpolatedInverseCdf` | 0 | g | type 4, SAS 1 | 2 | 1 |
    /// | `Hazen` | 1/2 | g | type 5 | 5/2 | 3/2 |
    /// | `Weibull` | p | g | type 6, Excel `PERCENTILE.EXC`, SPSS, Minitab | 5/2 | 5/4 |
    /// | `Linear` | 1 - p | g | type 7, the default of R and NumPy, Excel `PERCENTILE.INC`, SQL `PERCENTILE_CONT` | 5/2 | 7/4 |
    /// | `MedianUnbiased` | (p + 1)/3 | g | type 8, which Hyndman and Fan recommend | 5/2 | 17/12 |
    /// | `NormalUnbiased` | p/4 + 3/8 | g | type 9 | 5/2 | 23/16 |
    ///
    /// Where `Weibull` would lie outside the numbers, Excel gives an error instead of the first or
    /// the last.
    #[derive(PartialOrd, Ord)]
    QuantileType "type of quantile" {
        /// The inverse of the empirical distribution function: always one of the numbers.
        InverseCdf = "inverse_cdf",
        /// The same, but the middle of two where the function is level.
        AveragedInverseCdf = "averaged_inverse_cdf",
        /// The number whose place is nearest, of two the one in an even place.
        NearestEven = "nearest_even",
        /// Straight lines through the empirical distribution function.
        InterpolatedInverseCdf = "interpolated_inverse_cdf",
        /// Straight lines through the middle of its steps.
        Hazen = "hazen",
        /// Each number stands at the mean of its rank's distribution, `k / (n + 1)`.
        Weibull = "weibull",
        /// The numbers divide the range of p evenly, `(k - 1) / (n - 1)`.
        Linear = "linear",
        /// Each number stands about at the median of its rank's distribution, whatever that of the
        /// numbers is.
        MedianUnbiased = "median_unbiased",
        /// About unbiased where the numbers are distributed normally.
        NormalUnbiased = "normal_unbiased",
    }
}

impl QuantileType {
    /// The m that is added to `n p`.
    fn shift(self, p: &Rational) -> Result<Rational, Error> {
        Ok(match self {
            Self::InverseCdf | Self::AveragedInverseCdf | Self::InterpolatedInverseCdf => {
                Rational::ZERO
            }
            Self::NearestEven => Rational::new(-1, 2)?,
            Self::Hazen => Rational::new(1, 2)?,
            Self::Weibull => p.clone(),
            Self::Linear => Rational::ONE - p,
            Self::MedianUnbiased => (p + Rational::ONE) * Rational::new(1, 3)?,
            Self::NormalUnbiased => p * Rational::new(1, 4)? + Rational::new(3, 8)?,
        })
    }

    /// The c by which the distance to the next number is multiplied.
    fn share(self, place: i128, rest: Rational) -> Result<Rational, Error> {
        let level = rest.is_zero();
        Ok(match self {
            Self::InverseCdf if level => Rational::ZERO,
            Self::AveragedInverseCdf if level => Rational::new(1, 2)?,
            Self::NearestEven if level && place % 2 == 0 => Rational::ZERO,
            Self::InverseCdf | Self::AveragedInverseCdf | Self::NearestEven => Rational::ONE,
            _ => rest,
        })
    }
}

/// The numbers of a column in order: a state that merges, from which every quantile is read.
///
/// It has one answer for any order of the numbers and any partition of them into states that are
/// merged, and states of different scales merge as well. Equality goes by value. It holds all the
/// numbers, in 64 bits each where they fit at one scale.
///
/// ```
/// use yardstick::statistics::{QuantileType, Quantiles};
/// use yardstick::{Column, Rational};
///
/// let mut days = Quantiles::of(&Column::integers(&[4, 1]))?;
/// days.merge(&Quantiles::of(&Column::integers(&[3, 2]))?);
/// let quartile = Rational::new(1, 4)?;
/// assert_eq!(days.quantile(&quartile, QuantileType::Linear)?, Rational::new(7, 4)?.into());
/// assert_eq!(days.quantile(&quartile, QuantileType::InverseCdf)?, Rational::ONE.into());
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Clone)]
pub struct Quantiles(Sorted);

/// The same numbers may stand in either form.
#[derive(Clone)]
enum Sorted {
    Narrow { values: Vec<i64>, scale: u8 },
    Wide(Vec<Rational>),
}

impl Quantiles {
    /// Those of a column. Empty cells are left out.
    ///
    /// # Errors
    ///
    /// As [`Column::check`].
    pub fn of(column: &Column<'_>) -> Result<Self, Error> {
        let stored = column.checked()?;
        let (mut narrow, mut wide) = (Vec::new(), Vec::new());
        let mut room = Room::new();
        for block in blocks(0..column.len()) {
            match stored.present(block, &mut room) {
                Present::Narrow(values) => narrow.extend_from_slice(values),
                Present::Wide(values) => {
                    wide.extend(values.iter().map(|x| Rational::from_scaled(*x, stored.scale)));
                }
            }
        }
        narrow.sort_unstable();
        wide.sort_unstable();
        let mut quantiles = Self(Sorted::Narrow { values: narrow, scale: stored.scale });
        if !wide.is_empty() {
            quantiles.merge(&Self(Sorted::Wide(wide)));
        }
        Ok(quantiles)
    }

    /// Adds the numbers of another state.
    pub fn merge(&mut self, other: &Self) {
        if other.is_empty() {
            return;
        }
        if self.is_empty() {
            self.0.clone_from(&other.0);
            return;
        }
        if let (Sorted::Narrow { values, scale }, Sorted::Narrow { values: more, scale: other }) =
            (&self.0, &other.0)
        {
            let common = *scale.max(other);
            let raised = raise(values, common - scale).zip(raise(more, common - other));
            if let Some((a, b)) = raised {
                self.0 = Sorted::Narrow { values: merged(&a, &b), scale: common };
                return;
            }
        }
        self.0 = Sorted::Wide(merged(&self.0.to_wide(), &other.0.to_wide()));
    }

    /// How many numbers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Sorted::Narrow { values, .. } => values.len(),
            Sorted::Wide(values) => values.len(),
        }
    }

    /// Whether there is no number.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The quantile at `p`: 1/2 for the median, 1/4 for the first quartile, 99/100 for a percentile.
    /// Exact: two neighbours and a fraction between them. Of no numbers it is undefined
    /// ([`Reason::NoBase`]).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] where `p` is not between 0 and 1.
    pub fn quantile(&self, p: &Rational, kind: QuantileType) -> Result<Value, Error> {
        if p.is_negative() || *p > Rational::ONE {
            let p = quoted(&p.to_string());
            return Err(Error::new(
                ErrorKind::Domain,
                format!(
                    "the quantile at {p}; give a number from 0 to 1, for a percent its hundredth"
                ),
            ));
        }
        if self.is_empty() {
            return Ok(Value::Undefined(Reason::NoBase));
        }
        let place = Rational::from(self.len() as u64) * p + kind.shift(p)?;
        // Between -1 and n + 1.
        let below = place.round(Rounding::floor(0))?.mantissa();
        let share = kind.share(below, place - Rational::from(below))?;
        let (lower, upper) = (self.number(below), self.number(below + 1));
        Ok(Value::Defined(&lower + share * (upper - &lower)))
    }

    /// The number in a place counted from 1, or the nearest one.
    fn number(&self, place: i128) -> Rational {
        let last = self.len().saturating_sub(1);
        self.0.get(usize::try_from(place - 1).unwrap_or(0).min(last))
    }
}

impl Sorted {
    fn get(&self, index: usize) -> Rational {
        match self {
            Self::Narrow { values, scale } => Rational::from_scaled(values[index].into(), *scale),
            Self::Wide(values) => values[index].clone(),
        }
    }

    fn to_wide(&self) -> Vec<Rational> {
        match self {
            Self::Narrow { values, scale } => {
                values.iter().map(|x| Rational::from_scaled((*x).into(), *scale)).collect()
            }
            Self::Wide(values) => values.clone(),
        }
    }
}

/// The same in units of so many more decimals, where 64 bits suffice. The values are in order, so
/// the first and the last tell.
fn raise(values: &[i64], decimals: u8) -> Option<Cow<'_, [i64]>> {
    if decimals == 0 {
        return Some(Cow::Borrowed(values));
    }
    let power = 10_i64.checked_pow(decimals.into())?;
    for end in [values.first()?, values.last()?] {
        end.checked_mul(power)?;
    }
    Some(values.iter().map(|value| value * power).collect())
}

/// Two sequences in order as one.
fn merged<T: Ord + Clone>(a: &[T], b: &[T]) -> Vec<T> {
    let mut merged = Vec::with_capacity(a.len() + b.len());
    let mut b = b.iter().peekable();
    for value in a {
        while let Some(smaller) = b.next_if(|other| *other < value) {
            merged.push(smaller.clone());
        }
        merged.push(value.clone());
    }
    merged.extend(b.cloned());
    merged
}

impl Default for Quantiles {
    /// Of no numbers.
    fn default() -> Self {
        Self(Sorted::Narrow { values: Vec::new(), scale: 0 })
    }
}

impl PartialEq for Quantiles {
    fn eq(&self, other: &Self) -> bool {
        let mut places = 0..self.len();
        self.len() == other.len() && places.all(|i| self.0.get(i) == other.0.get(i))
    }
}

impl Eq for Quantiles {}

impl fmt::Debug for Quantiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Quantiles of {count} numbers", count = self.len())
    }
}
