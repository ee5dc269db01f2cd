//! The values of a block as steps and results read them.

use std::num::NonZero;

use super::factor::Factor;
use super::kernel::{Parts, Room, Word};
use super::marks::{DEFINED, REASONS};
use crate::number::{Rational, Value};

/// The values of a step for a block of cells, to look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) numbers: Numbers<'a>,
    pub(super) marks: &'a [u8],
    pub(super) factor: Factor,
    /// A number of its own for what is looked at.
    pub(super) own: usize,
    pub(super) denominators: usize,
    pub(super) is_factor: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Numbers<'a> {
    Narrow(Parts<'a, i64>),
    Wide(Parts<'a, i128>),
    Values(&'a [Value]),
}

/// No denominators.
pub(super) const NONE: usize = 0;

impl<'a> View<'a> {
    /// Integers at a scale.
    pub(super) fn scaled(values: &'a [i64], factor: Factor, own: usize) -> Self {
        Self {
            numbers: Numbers::Narrow(Parts { n: values, d: &[] }),
            marks: &[],
            factor,
            own,
            denominators: NONE,
            is_factor: false,
        }
    }

    pub(super) fn len(&self) -> usize {
        match self.numbers {
            Numbers::Narrow(parts) => parts.n.len(),
            Numbers::Wide(parts) => parts.n.len(),
            Numbers::Values(values) => values.len(),
        }
    }

    /// In 128 bits.
    pub(super) fn widened<'b>(&self, room: &'b mut Room<i128>) -> Option<Parts<'b, i128>>
    where
        'a: 'b,
    {
        match self.numbers {
            Numbers::Values(_) => None,
            Numbers::Wide(parts) => Some(parts),
            Numbers::Narrow(parts) => {
                for (room, part) in [(&mut room.n, parts.n), (&mut room.d, parts.d)] {
                    room.clear();
                    room.extend(part.iter().map(|value| i128::from(*value)));
                }
                Some(Parts { n: &room.n, d: &room.d })
            }
        }
    }

    /// Below, at or above zero.
    pub(super) fn sign(&self, cell: usize) -> i128 {
        match self.numbers {
            Numbers::Narrow(parts) => parts.n[cell].signum().into(),
            Numbers::Wide(parts) => parts.n[cell].signum(),
            Numbers::Values(_) => 0,
        }
    }

    /// The value of a cell.
    pub(super) fn value(&self, cell: usize) -> Value {
        if let Numbers::Values(values) = self.numbers {
            return values[cell].clone();
        }
        if let Some(mark) = self.marks.get(cell).filter(|mark| **mark != DEFINED) {
            return Value::Undefined(REASONS[usize::from(*mark)]);
        }
        Value::Defined(match self.numbers {
            Numbers::Narrow(parts) => self.narrow(parts.n[cell], at(parts.d, cell)),
            Numbers::Wide(parts) => self.wide(parts.n[cell], at(parts.d, cell)),
            Numbers::Values(_) => Rational::ZERO,
        })
    }

    #[inline]
    fn narrow(&self, n: i64, d: i64) -> Rational {
        let num = i128::from(n) * i128::from(self.factor.num);
        let den = u128::from(d.unsigned_abs()) * u128::from(self.factor.den);
        // Neither factor of it is zero.
        Rational::unreduced(num, NonZero::new(den).unwrap_or(NonZero::<u128>::MIN))
    }

    fn wide(&self, n: i128, d: i128) -> Rational {
        let num = n.checked_mul(self.factor.num.into());
        let den = d.unsigned_abs().checked_mul(self.factor.den.into()).and_then(NonZero::new);
        match (num, den) {
            (Some(num), Some(den)) => Rational::unreduced(num, den),
            _ => {
                let den = NonZero::new(d.unsigned_abs()).unwrap_or(NonZero::<u128>::MIN);
                let (p, q) = (self.factor.num.into(), NonZero::new(self.factor.den.into()));
                let factor = Rational::unreduced(p, q.unwrap_or(NonZero::<u128>::MIN));
                Rational::unreduced(n, den) * factor
            }
        }
    }

    pub(super) fn append_to(&self, output: &mut Vec<Value>) {
        match self.numbers {
            Numbers::Narrow(Parts { n, d: [] }) if self.marks.is_empty() => {
                output.extend(n.iter().map(|n| Value::Defined(self.narrow(*n, 1))));
            }
            Numbers::Narrow(Parts { n, d }) if self.marks.is_empty() => {
                let both = n.iter().zip(d);
                output.extend(both.map(|(n, d)| Value::Defined(self.narrow(*n, *d))));
            }
            _ => output.extend((0..self.len()).map(|cell| self.value(cell))),
        }
    }
}

fn at<W: Word>(d: &[W], cell: usize) -> W {
    d.get(cell).copied().unwrap_or(W::ONE)
}
