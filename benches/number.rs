//! Exact numbers beside binary floats: sums and moments of long columns.
//!
//! Operands are money: cents below 10^9, the same on every run. `--test` runs everything once on few
//! rows. After the measurements, ratios within each group are printed, from rounds in which all of
//! the group take turns: these are what to read. Where a group has a read of the same memory, the
//! share of its speed is what the others reach of the bandwidth that one core has here and now.

#![allow(
    missing_docs,
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::unwrap_used,
    reason = "a bench, and what it compares with are loops over floats"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use yardstick::Column;
use yardstick::statistics::{self, Moments};

/// Something to measure, by its name.
type Work<'a> = (&'a str, Box<dyn FnMut() + 'a>);

/// What is compared with each other; the first is the baseline.
struct Group<'a> {
    name: &'a str,
    work: Vec<Work<'a>>,
}

impl<'a> Group<'a> {
    fn new(name: &'a str) -> Self {
        Self { name, work: Vec::new() }
    }

    fn with<T>(mut self, name: &'a str, mut run: impl FnMut() -> T + 'a) -> Self {
        let run = move || {
            black_box(run());
        };
        self.work.push((name, Box::new(run)));
        self
    }

    fn measure(&mut self, criterion: &mut Criterion) {
        let mut group = criterion.benchmark_group(self.name);
        for (name, run) in &mut self.work {
            group.bench_function(*name, |bencher| bencher.iter(&mut *run));
        }
        group.finish();
    }

    /// The median of `rounds` of each, taken in turns, as multiples of the baseline's.
    fn compare(&mut self, rounds: usize) {
        let mut times = vec![Vec::new(); self.work.len()];
        for _ in 0..rounds {
            for ((_, run), times) in self.work.iter_mut().zip(&mut times) {
                let start = Instant::now();
                run();
                times.push(start.elapsed());
            }
        }
        let medians: Vec<Duration> = times
            .iter_mut()
            .map(|times| {
                times.sort_unstable();
                times[times.len() / 2]
            })
            .collect();
        println!("{}", self.name);
        for ((name, _), median) in self.work.iter().zip(&medians) {
            println!("  {name}: {:.3}", median.as_secs_f64() / medians[0].as_secs_f64());
        }
    }
}

/// The same numbers on every run: a linear congruential generator with Knuth's constants, of which
/// the upper bits are used.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 32) * end) >> 32
    }
}

/// Long columns of money, in cents and in floats.
struct Money {
    cents: Vec<i64>,
    floats: Vec<f64>,
    /// Seven cells of eight.
    bits: Vec<u8>,
}

impl Money {
    fn new(rows: usize) -> Self {
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

fn main() {
    let quick = std::env::args().any(|argument| argument == "--test");
    let money = Money::new(if quick { 10_000 } else { 10_000_000 });
    let mut groups = [sums(&money), moments(&money)];

    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    groups.iter_mut().for_each(|group| group.measure(&mut criterion));
    criterion.final_summary();
    if quick || std::env::args().any(|argument| argument == "--list") {
        return;
    }
    println!("Times as multiples of the first of each group:");
    groups.iter_mut().for_each(|group| group.compare(31));
}
