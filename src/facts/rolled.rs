//! A measure rolled up: integers at one scale where all are such, which is what formulas are
//! fastest over, else values one by one.

use crate::number::{Rational, Value, WideSum};

/// Sums of one source by cell.
pub(super) enum Totals {
    Narrow(Vec<i64>),
    Wide(Vec<WideSum>),
}

impl Totals {
    pub(super) fn wide(self) -> Vec<WideSum> {
        match self {
            Self::Narrow(sums) => sums.into_iter().map(|sum| i128::from(sum).into()).collect(),
            Self::Wide(sums) => sums,
        }
    }

    pub(super) fn get(&self, cell: usize) -> WideSum {
        match self {
            Self::Narrow(sums) => i128::from(sums[cell]).into(),
            Self::Wide(sums) => sums[cell],
        }
    }

    /// The sums of two parts of the rows together.
    pub(super) fn plus(self, other: Self) -> Self {
        if let (Self::Narrow(a), Self::Narrow(b)) = (&self, &other) {
            let sums = a.iter().zip(b).map(|(a, b)| a.checked_add(*b));
            if let Some(sums) = sums.collect() {
                return Self::Narrow(sums);
            }
        }
        let both = self.wide().into_iter().zip(other.wide());
        Self::Wide(both.map(|(a, b)| a.plus(b)).collect())
    }

    pub(super) fn at_scale(self, scale: u8) -> Rolled {
        match self {
            Self::Narrow(sums) => Rolled::Scaled(sums, scale),
            Self::Wide(sums) => {
                let values = sums.into_iter().map(|sum| Value::Defined(sum.at_scale(scale)));
                Rolled::Values(values.collect())
            }
        }
    }
}

/// A measure by period and group, at `period * groups + group`.
#[derive(Debug, Clone)]
pub(crate) enum Rolled {
    /// Each over ten to the power of the scale.
    Scaled(Vec<i64>, u8),
    Values(Vec<Value>),
}

impl Rolled {
    pub(crate) fn into_values(self) -> Vec<Value> {
        match self {
            Self::Scaled(values, scale) => {
                let value = |value| Rational::from_scaled(i128::from(value), scale);
                values.into_iter().map(|number| Value::Defined(value(number))).collect()
            }
            Self::Values(values) => values,
        }
    }
}
