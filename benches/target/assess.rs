//! A target of each of 10,000 sellers, assessed at the end of each of 365 days.
//!
//! Revenue by day and seller, in no order within a day; working days weigh one and others nothing. Of
//! every day all is computed that an assessment has: what was expected, what is required and where it
//! leads, the best day so far, state and band. By hand over floats it is the same, written as one
//! would: a table of days and sellers is filled in one pass, and gone through seller by seller.

use std::hint::black_box;

use yardstick::target::{Band, BandBasis, Bands, DayWeights, Goal, Target, TargetResult};
use yardstick::{Calendar, Column, Date, Facts, KpiSet, Measure, Period, Rational, Schema};

use crate::harness::{Group, Numbers};

/// Facts and targets of sellers.
pub(crate) struct Sellers {
    period: Period,
    days: Vec<i32>,
    sellers: Vec<u32>,
    cents: Vec<i64>,
    amounts: Vec<f64>,
    names: Vec<String>,
    set: KpiSet,
    targets: Vec<Target>,
    limits: Vec<f64>,
}

impl Sellers {
    pub(crate) fn new(sellers: u32, days: i32) -> Self {
        let first = Date::new(2011, 1, 1).unwrap();
        let period = Period::inclusive(first, first.plus_days(days - 1).unwrap()).unwrap();
        let names: Vec<String> = (0..sellers).map(|i| format!("seller {i:05}")).collect();
        let mut numbers = Numbers(2011);
        let mut order: Vec<u32> = (0..sellers).collect();
        let (mut day_of, mut seller_of, mut cents) = (Vec::new(), Vec::new(), Vec::new());
        for day in period.iter() {
            for i in (1..order.len()).rev() {
                order.swap(i, numbers.below(i as u64 + 1) as usize);
            }
            for seller in &order {
                day_of.push(day.number());
                seller_of.push(*seller);
                cents.push(numbers.below(200_000) as i64);
            }
        }
        let schema =
            Schema::new(["seller"], [Measure::flow("revenue", "EUR".parse().unwrap())]).unwrap();
        let goals: Vec<i64> = names
            .iter()
            .map(|_| (900 + numbers.below(200) as i64) * 100 * i64::from(days))
            .collect();
        let band = |name: &str, from: Option<&str>| Band {
            name: name.into(),
            from: from.map(|from| from.parse().unwrap()),
        };
        let bands = Bands {
            on: BandBasis::Pace,
            list: vec![band("green", Some("1")), band("amber", Some("0.9")), band("red", None)],
        };
        let target = |(name, cents): (&String, &i64)| {
            let limit = Rational::from_scaled((*cents).into(), 2);
            Target::new(name, "revenue", period, Goal::AtLeast(limit.into()))
                .only("seller", [name])
                .weights(DayWeights::working_days([]))
                .bands(bands.clone())
        };
        Self {
            period,
            days: day_of,
            sellers: seller_of,
            amounts: cents.iter().map(|cents| *cents as f64 / 100.0).collect(),
            cents,
            targets: names.iter().zip(&goals).map(target).collect(),
            limits: goals.iter().map(|cents| *cents as f64 / 100.0).collect(),
            names,
            set: KpiSet::new(schema, []).unwrap(),
        }
    }

    pub(crate) fn facts(&self) -> Facts<'_> {
        Facts::builder(self.set.schema())
            .day_numbers(&self.days)
            .dimension_codes("seller", &self.sellers, &self.names)
            .measure("revenue", Column::scaled(&self.cents, 2))
            .build()
            .unwrap()
    }

    fn assess(&self, facts: &Facts<'_>) -> Vec<TargetResult> {
        let as_of = self.period.last();
        Target::assess_all(&self.targets, &self.set, facts, Calendar::default(), as_of).unwrap()
    }

    /// The same over floats; each assessment goes to `out`.
    fn by_hand(&self, mut out: impl FnMut(usize, &ByHand)) {
        let days = self.period.days() as usize;
        let first = self.period.first().number();
        let mut table = vec![0.0_f64; self.names.len() * days];
        let rows = black_box(&self.days).iter().zip(&self.sellers).zip(&self.amounts);
        for ((day, seller), amount) in rows {
            table[*seller as usize * days + (day - first) as usize] += amount;
        }
        let weights: Vec<f64> = self
            .period
            .iter()
            .map(|day| if (day.number() + 3).rem_euclid(7) < 5 { 1.0 } else { 0.0 })
            .collect();
        let mut elapsed = weights.clone();
        (1..days).for_each(|i| elapsed[i] += elapsed[i - 1]);
        let total = elapsed[days - 1];
        for (seller, limit) in self.limits.iter().enumerate() {
            let limit = *limit;
            let (mut actual, mut best) = (0.0, None::<(usize, f64, f64)>);
            for day in 0..days {
                let value = table[seller * days + day];
                actual += value;
                if weights[day] > 0.0 {
                    let rate = value / weights[day];
                    if best.is_none_or(|(_, _, held)| rate > held) {
                        best = Some((day, value, rate));
                    }
                }
                let remaining_days = days - day - 1;
                let (passed, left) = (elapsed[day], total - elapsed[day]);
                let remain = remaining_days > 0;
                let share = passed / total;
                let expected = limit * passed / total;
                let missing = limit - actual;
                let per_weight = (remain && left > 0.0).then(|| missing / left);
                let pace_attainment = (expected > 0.0).then(|| actual / expected);
                let met = actual >= limit;
                let needed = limit * passed / actual;
                let reached = if met {
                    Some(day)
                } else if actual > 0.0 && passed > 0.0 && needed <= total {
                    Some(elapsed.partition_point(|sum| *sum < needed).max(day))
                } else {
                    None
                };
                let state = match (remain, met, actual >= expected) {
                    (false, true, _) => "met",
                    (false, false, _) => "missed",
                    (true, _, true) => "ahead",
                    (true, _, false) => "behind",
                };
                let band = pace_attainment.map(|attainment| match attainment {
                    a if a >= 1.0 => "green",
                    a if a >= 0.9 => "amber",
                    _ => "red",
                });
                out(
                    seller,
                    &ByHand {
                        day,
                        actual,
                        met,
                        gap: actual - limit,
                        attainment: (limit > 0.0).then(|| actual / limit),
                        state,
                        band,
                        elapsed_days: day + 1,
                        remaining_days,
                        share,
                        expected,
                        pace_gap: actual - expected,
                        pace_attainment,
                        required_per_day: remain.then(|| missing / remaining_days as f64),
                        required_per_weight: per_weight,
                        required_next_day: per_weight.map(|per| per * weights[day + 1]),
                        projection: (passed > 0.0).then(|| actual * total / passed),
                        reached,
                        best,
                        beyond_best: per_weight
                            .zip(best)
                            .is_some_and(|(required, (_, _, rate))| required > rate),
                    },
                );
            }
        }
    }

    /// Floats and fractions say the same of every day, as far as floats can.
    pub(crate) fn agrees(&self) {
        let facts = self.facts();
        let results = self.assess(&facts);
        let mut exact = results.iter().flat_map(TargetResult::days);
        let near = |float: f64, exact: &Rational| {
            let away = (Rational::from_f64_exact(float).unwrap() - exact.clone()).abs();
            away <= exact.abs() * "1e-9".parse::<Rational>().unwrap()
                + "1e-6".parse::<Rational>().unwrap()
        };
        let mut differing = 0;
        self.by_hand(|_, hand| {
            let found = exact.next().unwrap();
            let flow = found.flow().unwrap();
            let actual = found.actual.as_ref().defined().unwrap();
            assert!(near(hand.actual, actual), "{hand:?} {found:?}");
            let expected = flow.expected.as_ref().defined().unwrap();
            assert!(near(hand.expected, expected), "{hand:?} {found:?}");
            let projection = flow.projection.as_ref().defined();
            assert_eq!(hand.projection.is_some(), projection.is_some());
            if let (Some(hand), Some(exact)) = (hand.projection, projection) {
                assert!(near(hand, exact), "{hand} {exact}");
            }
            let reached = flow.reached_on.map(|day| (day.number() - self.days[0]) as usize);
            let same = hand.state == found.state.name()
                && hand.band == found.band
                && hand.reached == reached
                && hand.beyond_best == flow.beyond_best
                && hand.met == found.is_met();
            differing += usize::from(!same);
        });
        // A few lie so near a limit that floats fall on the other side.
        let all = self.targets.len() * self.period.days() as usize;
        assert!(differing <= all / 1_000, "{differing} of {all} differ");
    }

    pub(crate) fn group<'a>(&'a self, facts: &'a Facts<'a>) -> Group<'a> {
        Group::new("target/assess")
            .with("by hand over floats", || self.by_hand(|_, day| _ = black_box(day)))
            .with("exact", || {
                for result in self.assess(facts) {
                    result.days().for_each(|day| _ = black_box(&day));
                }
            })
    }
}

/// What an assessment has, in floats.
#[derive(Debug)]
#[allow(dead_code, reason = "computed to be compared")]
struct ByHand {
    day: usize,
    actual: f64,
    met: bool,
    gap: f64,
    attainment: Option<f64>,
    state: &'static str,
    band: Option<&'static str>,
    elapsed_days: usize,
    remaining_days: usize,
    share: f64,
    expected: f64,
    pace_gap: f64,
    pace_attainment: Option<f64>,
    required_per_day: Option<f64>,
    required_per_weight: Option<f64>,
    required_next_day: Option<f64>,
    projection: Option<f64>,
    reached: Option<usize>,
    best: Option<(usize, f64, f64)>,
    beyond_best: bool,
}
