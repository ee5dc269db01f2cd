//! The mean of one column weighted by another.

use std::ops::Range;

use super::split::split;
use crate::error::{Error, ErrorKind};
use crate::number::{Column, Decimal, ProductSum, Rational, Stored, Value, WideSum};

/// A weighted mean, `sum of w x / sum of w`, exactly: scores weighted by votes, rates by volume.
///
/// It has one answer for any order of the rows and any partition of them into states that are merged.
/// A weight below zero takes its value away again, as a refund does; the mean may then lie outside the
/// values. It holds two numbers whatever it has seen, and none can overflow.
///
/// ```
/// use yardstick::statistics::WeightedMean;
/// use yardstick::{Column, Rational};
///
/// let (scores, votes) = (Column::scaled(&[45, 30], 1), Column::integers(&[1, 3]));
/// let score = WeightedMean::of(&scores, &votes)?;
/// assert_eq!(score.mean(), Rational::new(27, 8)?.into()); // (4.5 + 3 * 3.0) / 4
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct WeightedMean {
    products: Rational,
    weights: Rational,
}

impl WeightedMean {
    /// That of a column weighted by another. Rows where either is empty are left out.
    ///
    /// # Errors
    ///
    /// As [`Column::check`], and [`ErrorKind::Shape`] where the two have not as many rows.
    pub fn of(values: &Column<'_>, weights: &Column<'_>) -> Result<Self, Error> {
        let stored = values.checked().map_err(|error| error.within("the values"))?;
        let by = weights.checked().map_err(|error| error.within("the weights"))?;
        if values.len() != weights.len() {
            let (rows, count) = (values.len(), weights.len());
            return Err(Error::new(
                ErrorKind::Shape,
                format!("{count} weights for {rows} values; give one for each row"),
            ));
        }
        let sums = split(0..values.len(), &|rows| Sums::of(&stored, &by, rows), &Sums::merge);
        Ok(sums.at_scales(stored.scale, by.scale))
    }

    /// Adds one value with its weight.
    pub fn push(&mut self, value: Decimal, weight: Decimal) {
        let weight = Rational::from(weight);
        self.products += Rational::from(value) * &weight;
        self.weights += weight;
    }

    /// Adds what another state has seen.
    pub fn merge(&mut self, other: &Self) {
        self.products += &other.products;
        self.weights += &other.weights;
    }

    /// The sum of the values, each times its weight; 0 for none.
    #[must_use]
    pub fn sum(&self) -> &Rational {
        &self.products
    }

    /// The sum of the weights; 0 for none.
    #[must_use]
    pub fn weight(&self) -> &Rational {
        &self.weights
    }

    /// `sum of w x / sum of w`. Where the weights sum to zero it is undefined, as
    /// [`Value::quotient`] says: [`Reason::NoBase`](crate::Reason::NoBase) where nothing was weighed,
    /// [`Reason::Unbounded`](crate::Reason::Unbounded) where weights below zero cancel the others but
    /// not what they weigh.
    #[must_use]
    pub fn mean(&self) -> Value {
        Value::Defined(self.products.clone()).quotient(&Value::Defined(self.weights.clone()))
    }
}

/// The sums of one pass, in integers.
struct Sums {
    weights: WideSum,
    /// Products of two numbers of 64 bits, and the magnitudes of the others by their sign.
    products: WideSum,
    above: ProductSum,
    below: ProductSum,
}

impl Sums {
    fn of(values: &Stored<'_>, weights: &Stored<'_>, rows: Range<usize>) -> Self {
        let mut sums = Self {
            weights: WideSum::default(),
            products: WideSum::default(),
            above: ProductSum::default(),
            below: ProductSum::default(),
        };
        for row in rows.filter(|row| values.is_valid(*row) && weights.is_valid(*row)) {
            sums.add(values.values.get(row), weights.values.get(row));
        }
        sums
    }

    fn add(&mut self, value: i128, weight: i128) {
        self.weights.add(weight);
        if let (Ok(value), Ok(weight)) = (i64::try_from(value), i64::try_from(weight)) {
            return self.products.add(i128::from(value) * i128::from(weight));
        }
        let side = match (value < 0) == (weight < 0) {
            true => &mut self.above,
            false => &mut self.below,
        };
        side.add(value.unsigned_abs(), weight.unsigned_abs());
    }

    fn merge(self, other: Self) -> Self {
        Self {
            weights: self.weights.plus(other.weights),
            products: self.products.plus(other.products),
            above: self.above.plus(other.above),
            below: self.below.plus(other.below),
        }
    }

    fn at_scales(self, values: u8, weights: u8) -> WeightedMean {
        let scale = values + weights;
        let large = self.above.at_scale(scale) - self.below.at_scale(scale);
        WeightedMean {
            products: self.products.at_scale(scale) + large,
            weights: self.weights.at_scale(weights),
        }
    }
}
