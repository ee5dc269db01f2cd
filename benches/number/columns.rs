//! Long columns: sums and moments. Money: cents below 10^9.

use std::hint::black_box;

use yardstick::Column;
use yardstick::statistics::{self, Moments};

use crate::harness::{Group, Numbers};

/// Long columns of money, in cents and in floats.
pub(crate) struct Money {
    cents: Vec<i64>,
    floats: Vec<f64>,
    /// Seven cells of eight.
    bits: Vec<u8>,
}

impl Money {
    pub(crate) fn new(rows: usize) -> Self {
        let mut numbers = Numbers(1);
        let cents: Vec<i64> = (0..rows).map(|_| numbers.below(1_000_000_000) as i64).collect();
        let floats = cents.iter().map(|cents| *cents as f64 / 100.0).collect();
        let mut hole = || !(1 << numbers.below(8)) as u8;
        let bits = (0..rows.div_ceil(8)).map(|_| hole()).collect();
        Self { cents, floats, bits }
    }

    fn column(&self) -> Column<'_> {
        Column::scaled(black_box(&self.cents), 2)
    }

    fn column_with_holes(&self) -> Column<'_> {
        self.column().with_validity(&self.bits)
    }

    /// A pass that does no more than read.
    fn read(&self) -> i64 {
        black_box(&self.cents).iter().fold(0, |bits, value| bits ^ value)
    }

    fn sum_of_floats(&self) -> f64 {
        let mut sum = 0.0;
        for value in black_box(&self.floats) {
            sum += value;
        }
        sum
    }

    /// Mean, sample variance, minimum and maximum in one pass.
    fn welford(&self) -> [f64; 4] {
        let (mut count, mut mean, mut distances) = (0.0, 0.0, 0.0);
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in black_box(&self.floats) {
            count += 1.0;
            let away = value - mean;
            mean += away / count;
            distances += away * (value - mean);
            least = value.min(least);
            most = value.max(most);
        }
        [mean, distances / (count - 1.0), least, most]
    }
}

fn sums(money: &Money) -> Group<'_> {
    Group::new("number/sum")
        .with("floats", || money.sum_of_floats())
        .with("read only", || money.read())
        .with("exact", || statistics::sum(&money.column()).unwrap())
        .with("exact, with empty cells", || statistics::sum(&money.column_with_holes()).unwrap())
}

fn moments(money: &Money) -> Group<'_> {
    Group::new("number/moments")
        .with("floats by Welford", || money.welford())
        .with("read only", || money.read())
        .with("exact", || Moments::of(&money.column()).unwrap())
        .with("exact, with empty cells", || Moments::of(&money.column_with_holes()).unwrap())
}

impl Money {
    pub(crate) fn groups(&self) -> [Group<'_>; 2] {
        [sums(self), moments(self)]
    }
}
