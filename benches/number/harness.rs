//! Groups of what is compared, measured one by one and in turns.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;

/// Something to measure, by its name.
type Work<'a> = (&'a str, Box<dyn FnMut() + 'a>);

/// What is compared with each other; the first is the baseline.
pub(crate) struct Group<'a> {
    name: &'a str,
    work: Vec<Work<'a>>,
}

impl<'a> Group<'a> {
    pub(crate) fn new(name: &'a str) -> Self {
        Self { name, work: Vec::new() }
    }

    pub(crate) fn with<T>(mut self, name: &'a str, mut run: impl FnMut() -> T + 'a) -> Self {
        let run = move || {
            black_box(run());
        };
        self.work.push((name, Box::new(run)));
        self
    }

    pub(crate) fn measure(&mut self, criterion: &mut Criterion) {
        let mut group = criterion.benchmark_group(self.name);
        for (name, run) in &mut self.work {
            group.bench_function(*name, |bencher| bencher.iter(&mut *run));
        }
        group.finish();
    }

    /// The median of `rounds` of each, taken in turns, as multiples of the baseline's. A turn lasts at
    /// least about a millisecond, so that the clock does not count.
    pub(crate) fn compare(&mut self, rounds: usize) {
        let turn = |run: &mut dyn FnMut(), times: u32| {
            let start = Instant::now();
            (0..times).for_each(|_| run());
            start.elapsed() / times
        };
        let repeats: Vec<u32> = self
            .work
            .iter_mut()
            .map(|(_, run)| {
                let nanoseconds = turn(run, 3).as_nanos().max(1);
                u32::try_from(1_000_000 / nanoseconds).unwrap_or(1_000).clamp(1, 1_000)
            })
            .collect();
        let mut times = vec![Vec::new(); self.work.len()];
        for _ in 0..rounds {
            for (((_, run), repeats), times) in self.work.iter_mut().zip(&repeats).zip(&mut times) {
                times.push(turn(run, *repeats));
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
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 32) * end) >> 32
    }
}
