//! Statistics of columns, exact.
//!
//! [`sum`] adds a column up; [`Moments`] knows its mean, variance, standard deviation, minimum and
//! maximum; [`Quantiles`] its quantiles of every [type](QuantileType); [`WeightedMean`] the mean of
//! one column weighted by another. Each of these is a state that merges with others in any order: the
//! parts of a table give the same answer as the whole, to the last digit. Nothing is rounded before
//! the end: a variance is a [`Rational`](crate::Rational), its root a [`Real`](crate::Real).
//!
//! [`wilson`], [`wald`] and [`agresti_coull`] bound a proportion, given a z; [`Confidence`] has the z
//! of the usual levels. Empty cells are left out everywhere. What nothing was observed for is
//! undefined, [`Reason::NoBase`](crate::Reason::NoBase), and not zero.

mod moments;
mod normal;
mod proportion;
mod quantile;
pub(crate) mod split;
mod sum;
mod tally;
mod weighted;

pub use self::moments::{Moments, Of};
pub use self::normal::Confidence;
pub use self::proportion::{Interval, agresti_coull, wald, wilson};
pub use self::quantile::{QuantileType, Quantiles};
pub use self::sum::sum;
pub use self::weighted::WeightedMean;
