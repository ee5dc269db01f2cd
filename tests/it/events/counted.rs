//! What an event funnel counts: added up from the chains of the model, and read from the library.

use std::collections::BTreeMap;

use yardstick::events::{Attribution, EventCounts, EventFunnelResult, Events, Stopped};
use yardstick::{Rational, Value};

use super::model::{Found, of_unit, units};
use super::settings::{Row, Settings};

/// The counts of all, of a segment or of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) entities: u64,
    pub(super) never_entered: u64,
    pub(super) dropped: u64,
    pub(super) counts: Vec<u64>,
    pub(super) values: Vec<Rational>,
    /// By the step that is not reached, and why.
    pub(super) stopped: BTreeMap<(usize, Stopped), u64>,
    /// For each pair of steps that is asked for, from the shortest to the longest.
    pub(super) between: Vec<Vec<u64>>,
    /// For each bit: successes, failures, and how many of each have it.
    pub(super) correlated: Vec<[u64; 4]>,
}

/// All counts of a funnel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) total: Counts,
    pub(super) segments: BTreeMap<u32, Counts>,
    /// By the day on which chains begin, from 1970 on.
    pub(super) days: BTreeMap<i64, Counts>,
}

impl Counts {
    fn none(settings: &Settings) -> Self {
        Self {
            entities: 0,
            never_entered: 0,
            dropped: 0,
            counts: vec![0; settings.steps],
            values: vec![Rational::from(0); settings.steps],
            stopped: BTreeMap::new(),
            between: vec![Vec::new(); settings.between.len()],
            correlated: vec![[0; 4]; settings.correlated.len()],
        }
    }

    /// Adds chains of one entity, some or all.
    fn add(&mut self, settings: &Settings, rows: &[Row], unit: &[usize], chains: &[&Found]) {
        self.entities += 1;
        let has = |bit: &u32| unit.iter().any(|row| rows[*row].mask >> bit & 1 == 1);
        for chain in chains {
            if chain.dropped {
                self.dropped += 1;
                continue;
            }
            self.never_entered += u64::from(chain.rows.is_empty());
            let failed = usize::from(chain.next < settings.steps);
            for (of_bit, bit) in self.correlated.iter_mut().zip(&settings.correlated) {
                of_bit[failed] += 1;
                of_bit[2 + failed] += u64::from(has(bit));
            }
            for (step, row) in chain.steps.iter().zip(&chain.rows) {
                self.counts[*step] += 1;
                let value = rows[*row].value.unwrap_or(0);
                self.values[*step] = &self.values[*step] + &Rational::from(value);
            }
            for (times, (from, to)) in self.between.iter_mut().zip(&settings.between) {
                if let (Some(from), Some(to)) = (chain.row(*from), chain.row(*to)) {
                    let time = |row: usize| i128::from(rows[row].time);
                    times.push((time(to) - time(from)) as u64);
                    times.sort_unstable();
                }
            }
            if let Some(reason) = chain.stopped {
                *self.stopped.entry((chain.next, reason)).or_default() += 1;
            }
        }
    }

    /// As the library has them, of chains that take at most so long.
    fn read(counts: &EventCounts, settings: &Settings, longest: u64) -> Self {
        let steps = settings.steps;
        let reasons = (0..steps).flat_map(|step| Stopped::ALL.map(|reason| (step, reason)));
        let stopped = reasons
            .map(|(step, reason)| ((step, reason), counts.stopped(step as u32, reason)))
            .filter(|(_, count)| *count > 0);
        let between = settings.between.iter().map(|(from, to)| {
            let times = counts.time_between(*from as u32, *to as u32).unwrap();
            assert_eq!(times.unit(), settings.unit);
            let mut all = Vec::new();
            for length in 0..=longest {
                all.resize(times.count_within(length, settings.unit) as usize, length);
            }
            assert_eq!(times.count(), all.len() as u64);
            all
        });
        let correlated = settings.correlated.iter().map(|bit| {
            let of = counts.correlation(*bit).unwrap();
            [of.successes(), of.failures(), of.successes_with(), of.failures_with()]
        });
        let read = Self {
            entities: counts.entities(),
            never_entered: counts.never_entered(),
            dropped: counts.dropped(),
            counts: counts.counts().to_vec(),
            // Without values nothing is worth anything.
            values: counts.values().unwrap_or(&vec![Rational::from(0); steps]).to_vec(),
            stopped: stopped.collect(),
            between: between.collect(),
            correlated: correlated.collect(),
        };
        read.check(counts);
        read
    }

    /// What follows from other counts.
    fn check(&self, counts: &EventCounts) {
        let last = self.counts.len() - 1;
        assert_eq!(counts.conversion(), counts.rate(0, last as u32));
        if self.counts[0] > 0 {
            let share = Rational::new(self.counts[last], self.counts[0]).unwrap();
            assert_eq!(counts.conversion(), Value::Defined(share));
        }
        for reason in Stopped::ALL {
            let of_steps = self.stopped.iter().filter(|((_, other), _)| *other == reason);
            let sum: u64 = of_steps.map(|(_, count)| count).sum();
            assert_eq!(counts.stopped_because(reason), sum);
        }
        if last > 0 {
            let funnel = counts.funnel().unwrap();
            let stages: Vec<_> = funnel.stages().iter().map(|stage| stage.count.clone()).collect();
            let own: Vec<_> =
                self.counts.iter().map(|count| Value::Defined(Rational::from(*count))).collect();
            assert_eq!(stages, own);
        }
    }
}

impl Counted {
    pub(super) fn by_model(settings: &Settings, rows: &[Row]) -> Self {
        let mut total = Counts::none(settings);
        let (mut segments, mut days) = (BTreeMap::new(), BTreeMap::new());
        for (who, unit) in units(settings, rows) {
            let chains = of_unit(settings, who, &unit, rows);
            let all: Vec<&Found> = chains.iter().collect();
            total.add(settings, rows, &unit, &all);

            let mut of_segments: BTreeMap<u32, Vec<&Found>> = BTreeMap::new();
            let mut of_days: BTreeMap<i64, Vec<&Found>> = BTreeMap::new();
            for chain in &chains {
                let row = match settings.segments {
                    Some(Attribution::First) => chain.rows.first().copied(),
                    Some(Attribution::Last) => chain.rows.last().copied(),
                    Some(Attribution::Step) => chain.row(settings.segment_step),
                    Some(Attribution::All) | None => None,
                };
                if let Some(row) = row {
                    of_segments.entry(rows[row].segment).or_default().push(chain);
                }
                if let Some(first) = chain.rows.first().filter(|_| settings.trend) {
                    of_days.entry(rows[*first].time).or_default().push(chain);
                }
            }
            let none = || Counts::none(settings);
            for (segment, chains) in of_segments {
                segments.entry(segment).or_insert_with(none).add(settings, rows, &unit, &chains);
            }
            for (day, chains) in of_days {
                days.entry(day).or_insert_with(none).add(settings, rows, &unit, &chains);
            }
            if settings.segments == Some(Attribution::All) {
                let mut parts: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
                for row in unit.iter().copied() {
                    parts.entry(rows[row].segment).or_default().push(row);
                }
                for (segment, part) in parts {
                    let chains = of_unit(settings, who, &part, rows);
                    let chains: Vec<&Found> = chains.iter().collect();
                    segments
                        .entry(segment)
                        .or_insert_with(none)
                        .add(settings, rows, &part, &chains);
                }
            }
        }
        Self { total, segments, days }
    }

    pub(super) fn by_library(settings: &Settings, events: &Events<'_>, longest: u64) -> Self {
        let result = settings.builder().build().unwrap().compute(events).unwrap();
        Self::read(&result, settings, longest)
    }

    fn read(result: &EventFunnelResult, settings: &Settings, longest: u64) -> Self {
        let read = |counts: &EventCounts| Counts::read(counts, settings, longest);
        let days = result.periods().map(|(period, counts)| {
            assert_eq!(period.days(), 1);
            (i64::from(period.first().number()), read(counts))
        });
        Self {
            total: read(result.total()),
            segments: result.segments().map(|(code, counts)| (code, read(counts))).collect(),
            days: days.collect(),
        }
    }
}
