//! The model: lists of rationals of `num-rational`, and the formulas as textbooks have them.
//!
//! The library adds integers and their squares; the model subtracts the mean from every number.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;
use yardstick::{Column, Value};

/// A column as it is given: values, a bitmap perhaps, and a scale.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    pub(super) values: Vec<i128>,
    pub(super) bits: Option<Vec<u8>>,
    pub(super) scale: u32,
}

impl Cells {
    /// As narrow as it can be where `narrow`, else of 128 bits.
    pub(super) fn with_column<T>(&self, narrow: bool, f: impl FnOnce(Column<'_>) -> T) -> T {
        let values: Option<Vec<i64>> =
            self.values.iter().map(|value| i64::try_from(*value).ok()).collect();
        let column = match &values {
            Some(values) if narrow => Column::scaled(values, self.scale),
            _ => Column::wide(&self.values, self.scale),
        };
        match &self.bits {
            Some(bits) => f(column.with_validity(bits)),
            None => f(column),
        }
    }

    /// Each cell, `None` where it is empty.
    pub(super) fn cells(&self) -> Vec<Option<BigRational>> {
        let unit = BigInt::from(10).pow(self.scale);
        let cell = |(i, value): (usize, &i128)| {
            let there = self.bits.as_ref().is_none_or(|bits| bits[i / 8] & (1 << (i % 8)) != 0);
            there.then(|| BigRational::new((*value).into(), unit.clone()))
        };
        self.values.iter().enumerate().map(cell).collect()
    }

    pub(super) fn numbers(&self) -> Vec<BigRational> {
        self.cells().into_iter().flatten().collect()
    }

    /// The rows before `at` and those from there on.
    pub(super) fn split(&self, at: usize) -> [Self; 2] {
        let part = |rows: std::ops::Range<usize>| {
            let mut bits = vec![0; rows.len().div_ceil(8)];
            let set =
                |i: usize| self.bits.as_ref().is_none_or(|bits| bits[i / 8] & (1 << (i % 8)) != 0);
            for (to, _) in rows.clone().enumerate().filter(|(_, from)| set(*from)) {
                bits[to / 8] |= 1 << (to % 8);
            }
            Self { values: self.values[rows].to_vec(), bits: Some(bits), scale: self.scale }
        };
        [part(0..at), part(at..self.values.len())]
    }
}

/// Values of every width that has an edge of its own: about 2^31, 2^52, 2^63 and 2^127.
fn value() -> impl Strategy<Value = i128> + Clone {
    let near = |edge: i128| (-2_i128..=2).prop_map(move |k| edge.saturating_add(k));
    prop_oneof![
        8 => -1_000_i128..1_000,
        4 => 0_i128..1_000_000_000,
        1 => near(1 << 31), 1 => near(-(1 << 31)),
        1 => near(1 << 32), 1 => near(1 << 52), 1 => near(-(1 << 52)),
    ]
}

fn large() -> impl Strategy<Value = i128> + Clone {
    prop_oneof![
        1 => any::<i64>().prop_map(i128::from),
        1 => Just(i64::MIN.into()), 1 => Just(i64::MAX.into()),
    ]
}

fn huge() -> impl Strategy<Value = i128> + Clone {
    prop_oneof![2 => any::<i128>(), 1 => Just(i128::MIN), 1 => Just(i128::MAX)]
}

/// Columns of up to a few blocks, in which some blocks have values larger than the others.
pub(super) fn cells() -> impl Strategy<Value = Cells> {
    fn many<S: Strategy<Value = i128> + Clone>(value: S) -> impl Strategy<Value = Vec<i128>> {
        let length = prop_oneof![4 => 0_usize..20, 1 => 1_000_usize..2_200];
        length.prop_flat_map(move |n| prop::collection::vec(value.clone(), n))
    }
    let values = prop_oneof![
        3 => many(value()),
        1 => many(prop_oneof![200 => value(), 1 => large()]),
        1 => many(large()),
        1 => many(prop_oneof![200 => value(), 1 => huge()]),
        1 => many(huge()),
    ];
    (values, 0_u8..4, any::<u64>(), 0_u32..=38).prop_map(|(values, kind, seed, scale)| {
        let bytes = values.len().div_ceil(8);
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 56) as u8
        };
        let bits = match kind {
            0 => None,
            // Mostly there, mostly not, and as it comes.
            1 => Some((0..bytes).map(|_| if next() < 250 { u8::MAX } else { next() }).collect()),
            2 => Some((0..bytes).map(|_| if next() < 250 { 0 } else { next() }).collect()),
            _ => Some((0..bytes).map(|_| next()).collect()),
        };
        Cells { values, bits, scale }
    })
}

pub(super) fn sum(numbers: &[BigRational]) -> BigRational {
    numbers.iter().fold(BigRational::zero(), |sum, x| sum + x)
}

pub(super) fn count(n: usize) -> BigRational {
    BigRational::from(BigInt::from(n))
}

/// The sum of squared distances from the mean; `None` without a number.
pub(super) fn distances(numbers: &[BigRational]) -> Option<BigRational> {
    (!numbers.is_empty()).then(|| {
        let mean = sum(numbers) / count(numbers.len());
        numbers.iter().fold(BigRational::zero(), |sum, x| sum + (x - &mean) * (x - &mean))
    })
}

/// The text of a value of the library, to be compared with that of the model.
pub(super) fn text(value: Value) -> Option<String> {
    value.defined().map(|value| value.to_string())
}
