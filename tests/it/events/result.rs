//! What is counted of chains, against the chains themselves counted one by one.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use yardstick::events::{
    Attribution, Counting, EntityChain, EventCounts, EventFunnel, Events, Stopped, days, hours,
};
use yardstick::funnel::{Basis, HandOff, Leads, Outcome, TimeUnit};
use yardstick::target::{Plan, PlanGoal};
use yardstick::{
    Calendar, Column, Date, ErrorKind, Grain, Owner, Rational, Reason, Rounding, Sense, Value,
};

use crate::differential::Bytes;
use crate::differential::events::{Rows, query};

/// Counted one chain after another.
#[derive(Debug, Default)]
struct Plain {
    entities: BTreeSet<(u64, Option<u64>)>,
    counts: BTreeMap<u32, u64>,
    dropped: u64,
    cents: BTreeMap<u32, i64>,
    stopped: BTreeMap<Stopped, u64>,
    stopped_at: BTreeMap<(u32, Stopped), u64>,
    between: BTreeMap<(u32, u32), Vec<u64>>,
    successes_with: u64,
    failures_with: u64,
    never: u64,
    chains: u64,
    /// Which steps can be skipped.
    optional: Vec<bool>,
}

const BIT: u32 = 5;

impl Plain {
    fn add(&mut self, chain: &EntityChain, rows: &Rows, steps: u32) {
        self.entities.insert((chain.entity, chain.session));
        if chain.dropped {
            self.dropped += 1;
            return;
        }
        self.chains += 1;
        self.never += u64::from(chain.rows.is_empty());
        for (i, (step, row)) in chain.steps.iter().zip(&chain.rows).enumerate() {
            *self.counts.entry(*step).or_default() += 1;
            *self.cents.entry(*step).or_default() +=
                rows.cents[*row] * i64::from(rows.valued[*row]);
            for (later, to) in chain.steps.iter().enumerate().skip(i + 1) {
                let time = (chain.times[later] - chain.times[i]) as u64;
                self.between.entry((*step, *to)).or_default().push(time);
            }
        }
        if let Some(reason) = chain.stopped {
            *self.stopped.entry(reason).or_default() += 1;
            let mut next = chain.steps.last().map_or(0, |step| step + 1);
            while self.optional[next as usize] {
                next += 1;
            }
            *self.stopped_at.entry((next, reason)).or_default() += 1;
        }
        let has = (0..rows.len()).any(|row| {
            let session = chain.session.is_none_or(|session| session == rows.sessions[row]);
            let of_unit = u64::from(rows.entities[row]) == chain.entity && session;
            of_unit && rows.masks[row] >> BIT & 1 == 1
        });
        match chain.steps.contains(&(steps - 1)) {
            true => self.successes_with += u64::from(has),
            false => self.failures_with += u64::from(has),
        }
    }

    fn is(&mut self, counts: &EventCounts, rows: &Rows, steps: u32) {
        assert_eq!(counts.entities(), self.entities.len() as u64);
        let reached: Vec<u64> =
            (0..steps).map(|step| self.counts.get(&step).copied().unwrap_or(0)).collect();
        assert_eq!(counts.counts(), reached);
        assert_eq!((counts.dropped(), counts.never_entered()), (self.dropped, self.never));
        let cents = |step: u32| self.cents.get(&step).copied().unwrap_or(0);
        let worth = (0..steps).map(|step| Rational::new(cents(step), 100).unwrap());
        let worth: Vec<Rational> = worth.collect();
        assert_eq!(counts.values(), rows.has_values.then_some(&worth[..]));
        for reason in Stopped::ALL {
            for step in 0..steps {
                let expected = self.stopped_at.get(&(step, reason)).copied().unwrap_or(0);
                assert_eq!(counts.stopped(step, reason), expected, "{step} {reason}");
            }
            let expected = self.stopped.get(&reason).copied().unwrap_or(0);
            assert_eq!(counts.stopped_because(reason), expected);
        }
        let complete = reached[steps as usize - 1];
        for (from, to) in (0..steps).flat_map(|from| (0..steps).map(move |to| (from, to))) {
            let Some(durations) = counts.time_between(from, to) else { continue };
            let expected = self.between.entry((from, to)).or_default();
            assert_eq!(durations.count(), expected.len() as u64);
            assert_eq!(durations.total(), Rational::from(expected.iter().sum::<u64>()));
            let longest = expected.iter().max().map(|time| Value::Defined((*time).into()));
            assert_eq!(durations.max(), longest.unwrap_or(Value::Undefined(Reason::NoBase)));
        }
        if let Some(correlation) = counts.correlation(BIT) {
            let with = (correlation.successes_with(), correlation.failures_with());
            assert_eq!(with, (self.successes_with, self.failures_with));
            let all = (correlation.successes(), correlation.failures());
            assert_eq!(all, (complete, self.chains - complete));
        }
    }
}

/// The segment of a chain.
fn segment(chain: &EntityChain, rows: &Rows, by: Attribution) -> Option<u32> {
    let row = match by {
        Attribution::First => chain.rows.first(),
        Attribution::Last => chain.rows.last(),
        Attribution::Step => {
            let place = chain.steps.iter().position(|step| *step == 0);
            place.map(|place| &chain.rows[place])
        }
        Attribution::All => None,
    };
    row.map(|row| rows.segments[*row])
}

fn check(query: &EventFunnel, rows: &Rows) {
    let steps = query.steps();
    let result = rows.events(|events| query.compute(events)).unwrap();
    let chains = rows.events(|events| query.chains(events)).unwrap();
    // Queries have no getters; what is set is read from the text.
    let text = format!("{query:?}");
    let optional = text.split("optional: ").skip(1).map(|flag| flag.starts_with("true"));
    let optional: Vec<bool> = optional.collect();
    let new = || Plain { optional: optional.clone(), ..Plain::default() };
    let mut all = new();
    chains.iter().for_each(|chain| all.add(chain, rows, steps));
    all.is(result.total(), rows, steps);

    let by =
        Attribution::ALL.into_iter().find(|by| text.contains(&format!("segments: Some(({by:?}")));
    let mut segments: BTreeMap<u32, Plain> = BTreeMap::new();
    match by {
        Some(Attribution::All) => {
            for code in 0..4 {
                // Only its own events, of the same observation.
                let own = rows.part((0..rows.len()).filter(|row| rows.segments[*row] == code));
                let chains = own.events(|events| query.chains(events)).unwrap();
                let mut part = new();
                chains.iter().for_each(|chain| part.add(chain, &own, steps));
                match result.segment(code) {
                    Some(counts) => part.is(counts, &own, steps),
                    None => assert_eq!(own.len(), 0),
                }
            }
        }
        Some(by) => {
            for chain in &chains {
                if let Some(code) = segment(chain, rows, by) {
                    segments.entry(code).or_insert_with(new).add(chain, rows, steps);
                }
            }
            let codes: Vec<u32> = result.segments().map(|(code, _)| code).collect();
            assert_eq!(codes, segments.keys().copied().collect::<Vec<_>>());
            for (code, counts) in result.segments() {
                segments.get_mut(&code).unwrap().is(counts, rows, steps);
            }
        }
        None => assert_eq!(result.segments().count(), 0),
    }

    let grain =
        Grain::ALL.into_iter().find(|grain| text.contains(&format!("trend: Some({grain:?}")));
    let mut periods: BTreeMap<_, Plain> = BTreeMap::new();
    for (chain, first) in chains.iter().filter_map(|chain| Some((chain, chain.times.first()?))) {
        if let Some(grain) = grain {
            let day = Date::from_number(first.div_euclid(86_400) as i32).unwrap();
            let period = Calendar::default().bucket(day, grain);
            periods.entry(period).or_insert_with(new).add(chain, rows, steps);
        }
    }
    let found: Vec<_> = result.periods().map(|(period, _)| period).collect();
    assert_eq!(found, periods.keys().copied().collect::<Vec<_>>());
    for (period, counts) in result.periods() {
        periods.get_mut(&period).unwrap().is(counts, rows, steps);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn counts_are_those_of_the_chains(data in prop::collection::vec(any::<u8>(), 20..120)) {
        let mut bytes = Bytes::new(&data);
        if let Some(query) = query(&mut bytes) {
            check(&query, &Rows::read(&mut bytes));
        }
    }
}

const SHOP: ([u32; 9], [i64; 9], [u8; 9], [i64; 9]) = (
    [1, 1, 1, 2, 2, 3, 4, 5, 5],
    // Hours since 1970.
    [0, 24, 30, 0, 200, 50, 60, 745, 748],
    [0b001, 0b010, 0b100, 0b001, 0b010, 0b001, 0b010, 0b001, 0b010],
    [0, 20_00, 19_99, 0, 5_50, 0, 1_00, 0, 7_00],
);

/// 1 buys, 2 puts into the cart after the window, 3 visits, 4 has no visit, 5 puts into the cart in
/// February.
fn shop(query: &EventFunnel) -> yardstick::events::EventFunnelResult {
    let (entities, hours, masks, cents) = SHOP;
    let events = Events::sorted(&entities, &hours, &masks).unwrap();
    let events = events.unit(TimeUnit::Hour).values(Column::scaled(&cents, 2)).unwrap();
    query.compute(&events).unwrap()
}

fn shop_query() -> EventFunnel {
    EventFunnel::builder(3)
        .name(0, "visit", Owner::Marketing)
        .name(1, "cart", Owner::Both)
        .name(2, "order", Owner::Sales)
        .window(days(7))
        .reasons()
        .time_between(0, 1)
        .trend(Grain::Month)
        .build()
        .unwrap()
}

#[test]
fn a_shop_by_hand() {
    let result = shop(&shop_query());
    let total = result.total();
    assert_eq!((total.entities(), total.counts()), (5, &[4, 2, 1][..]));
    assert_eq!((total.never_entered(), total.dropped()), (1, 0));
    let cents = |cents: i64| Rational::new(cents, 100).unwrap();
    assert_eq!(total.values().unwrap(), [cents(0), cents(27_00), cents(19_99)]);
    assert_eq!(total.stopped(0, Stopped::NeverEntered), 1);
    assert_eq!(total.stopped(1, Stopped::Window), 1);
    assert_eq!(total.stopped(1, Stopped::Absent), 1);
    assert_eq!(total.stopped(2, Stopped::Absent), 1);
    assert_eq!(total.stopped_because(Stopped::Absent), 2);
    let times = total.time_between(0, 1).unwrap();
    assert_eq!((times.count(), times.mean()), (2, Value::Defined(Rational::new(27, 2).unwrap())));
    assert_eq!(times.unit(), TimeUnit::Hour);
    assert!(total.time_between(0, 2).is_none());
    assert!(total.correlation(5).is_none());
    let months: Vec<_> = result
        .periods()
        .map(|(month, of)| (month.first().to_string(), of.counts().to_vec()))
        .collect();
    let january = ("1970-01-01".to_owned(), vec![3, 1, 1]);
    assert_eq!(months, [january, ("1970-02-01".to_owned(), vec![1, 1, 0])]);
    assert_eq!(total.rate(0, 1), Value::Defined(Rational::new(1, 2).unwrap()));
    assert_eq!(total.rate(1, 0), Value::Defined(2.into()));
    assert_eq!(total.rate(0, 3), Value::Undefined(Reason::Missing));
    assert_eq!(total.conversion(), Value::Defined(Rational::new(1, 4).unwrap()));
}

#[test]
fn a_result_is_a_funnel_to_plan_with() {
    let funnel = shop(&shop_query()).total().funnel().unwrap();
    assert_eq!(funnel.basis(), Basis::Cohort);
    assert_eq!(
        funnel.rate("visit", "order").unwrap(),
        Value::Defined(Rational::new(1, 4).unwrap())
    );
    assert_eq!((funnel.hand_off(), funnel.bottleneck()), (Some(0), Some(0)));
    assert!(funnel.exceeding().is_empty());
    let worth = funnel.stages()[2].value_per_entity();
    assert_eq!(worth, Some(Value::Defined(Rational::new(19_99, 100).unwrap())));
    // One of four visits becomes an order.
    let needs =
        Plan::from_funnel(&funnel).build().unwrap().needs(&PlanGoal::Wins(10.into())).unwrap();
    assert_eq!(needs.stages[0].need, Some(Value::Defined(40.into())));
}

#[test]
fn without_anyone_nothing_is_defined() {
    let query = shop_query();
    let none: [u32; 0] = [];
    let events = Events::sorted(&none, &[], &[0_u8; 0]).unwrap().unit(TimeUnit::Hour);
    let result = query.compute(&events).unwrap();
    let total = result.total();
    assert_eq!((total.entities(), total.counts(), total.values()), (0, &[0, 0, 0][..], None));
    assert_eq!(total.conversion(), Value::Undefined(Reason::NoBase));
    let error = total.interval(0, 2, &Rational::from(2)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DivisionByZero);
    assert_eq!(total.interval(1, 0, &Rational::from(2)).unwrap_err().kind(), ErrorKind::Domain);
    assert_eq!(total.interval(0, 3, &Rational::from(2)).unwrap_err().kind(), ErrorKind::Domain);
    assert_eq!(total.time_between(0, 1).unwrap().mean(), Value::Undefined(Reason::NoBase));
    assert_eq!((result.segments().count(), result.periods().count()), (0, 0));
    let single = EventFunnel::builder(1).build().unwrap().compute(&events).unwrap();
    assert_eq!(single.total().funnel().unwrap_err().kind(), ErrorKind::Shape);
    // Up the funnel.
    let (entity, mask) = ([1_u32], [0b01_u8]);
    let events = Events::sorted(&entity, &[0], &mask).unwrap();
    let one = EventFunnel::builder(2).build().unwrap().compute(&events).unwrap();
    assert_eq!(one.total().rate(1, 0), Value::Undefined(Reason::Unbounded(Sense::Neutral)));
}

#[test]
fn totals_count_chains_and_entities_once() {
    let (entity, time, mask) = ([1_u32; 4], [0, 1, 2, 3], [0b01_u8, 0b10, 0b01, 0b10]);
    let events = Events::sorted(&entity, &time, &mask).unwrap();
    let query = EventFunnel::builder(2)
        .entry(yardstick::events::Entry::First)
        .counting(Counting::Totals)
        .build()
        .unwrap();
    let result = query.compute(&events).unwrap();
    assert_eq!((result.total().entities(), result.total().counts()), (1, &[2, 2][..]));
}

#[test]
fn missing_columns_and_days_that_do_not_exist_are_refused() {
    let (entity, time, mask) = ([1_u32, 1], [0, i64::MAX], [0b10_u8, 0b01]);
    let events = Events::sorted(&entity, &time, &mask).unwrap();
    let trend = EventFunnel::builder(2).trend(Grain::Day).build().unwrap();
    let error = trend.compute(&events).unwrap_err();
    assert_eq!(
        (error.kind(), error.row(), error.column()),
        (ErrorKind::Date, Some(1), Some("time"))
    );
    let error = trend.open_state(&events).unwrap().finish().unwrap_err();
    assert_eq!((error.kind(), error.row(), error.column()), (ErrorKind::Date, None, Some("time")));
    let builders = [
        EventFunnel::builder(2).held(),
        EventFunnel::builder(2).by_segment(Attribution::Last),
        EventFunnel::builder(2).counting(Counting::Sessions),
    ];
    for (builder, column) in builders.into_iter().zip(["held key", "segment", "session"]) {
        let query = builder.build().unwrap();
        for error in [
            query.compute(&events).unwrap_err(),
            query.state(&events).unwrap_err(),
            query.open_state(&events).unwrap_err(),
        ] {
            assert_eq!((error.kind(), error.column()), (ErrorKind::Missing, Some(column)));
        }
    }
    let query = EventFunnel::builder(2).window(hours(1)).build().unwrap();
    let days = events.unit(TimeUnit::Day);
    assert_eq!(query.compute(&days).unwrap_err().kind(), ErrorKind::Inexact);
    assert_eq!(query.open_state(&days).unwrap_err().kind(), ErrorKind::Inexact);
}

#[test]
fn times_between_the_ends_of_time_do_not_overflow() {
    let (entity, time, mask) = ([1_u32, 1], [i64::MIN, i64::MAX], [0b01_u8, 0b10]);
    let events = Events::sorted(&entity, &time, &mask).unwrap();
    let query = EventFunnel::builder(2).time_between(0, 1).build().unwrap();
    let result = query.compute(&events).unwrap();
    let longest = result.total().time_between(0, 1).unwrap();
    assert_eq!(longest.max(), Value::Defined(Rational::from(u64::MAX)));
    // A bin that would end beyond 64 bits.
    assert_eq!(longest.histogram_by(1 << 50).unwrap_err().kind(), ErrorKind::Overflow);
    assert_eq!(longest.histogram(&[0, u64::MAX]).unwrap().beyond(), 1);
}

fn times(durations: &[i64]) -> yardstick::funnel::Durations {
    let begin = vec![0; durations.len()];
    let outcomes = vec![Outcome::Accepted; durations.len()];
    let leads = Leads::new(TimeUnit::Second, Column::integers(&begin), &outcomes)
        .responded(Column::integers(durations));
    HandOff::of(&leads, i64::MAX).unwrap().total().response_times().clone()
}

#[test]
fn histograms_have_half_open_bins() {
    let edges = times(&[0, 9, 10, 19, 20, 30]).histogram(&[10, 20, 30]).unwrap();
    assert_eq!((edges.below(), edges.counts(), edges.beyond()), (2, &[2, 1][..], 1));
    let wide = times(&[12, 19, 20, 45]).histogram_by(10).unwrap();
    assert_eq!((wide.edges(), wide.counts()), (&[10, 20, 30, 40, 50][..], &[2, 1, 0, 1][..]));
    assert_eq!((wide.below(), wide.beyond(), wide.unit()), (0, 0, TimeUnit::Second));
    let none = times(&[]).histogram_by(10).unwrap();
    assert_eq!((none.edges(), none.counts()), (&[0, 10][..], &[0][..]));
    let kinds = |error: yardstick::Error| error.kind();
    assert_eq!(times(&[1]).histogram(&[1]).map_err(kinds), Err(ErrorKind::Shape));
    assert_eq!(times(&[1]).histogram(&[1, 1]).map_err(kinds), Err(ErrorKind::Domain));
    assert_eq!(times(&[1]).histogram_by(0).map_err(kinds), Err(ErrorKind::Domain));
    assert_eq!(times(&[0, 65_536]).histogram_by(1).map_err(kinds), Err(ErrorKind::Capacity));
    assert_eq!(times(&[0, 65_535]).histogram_by(1).unwrap().counts().len(), 65_536);
}

proptest! {
    #[test]
    fn histograms_count_all(
        durations in prop::collection::vec(0_i64..60, 0..30),
        mut edges in prop::collection::btree_set(0_u64..70, 2..9),
        width in 1_u64..20,
    ) {
        let all = times(&durations);
        let given: Vec<u64> = std::mem::take(&mut edges).into_iter().collect();
        for histogram in [all.histogram(&given).unwrap(), all.histogram_by(width).unwrap()] {
            let within = |from: u64, to: u64| {
                durations.iter().filter(|time| (from..to).contains(&(**time as u64))).count() as u64
            };
            let edges = histogram.edges();
            let counts: Vec<u64> = edges.windows(2).map(|pair| within(pair[0], pair[1])).collect();
            prop_assert_eq!(histogram.counts(), counts);
            prop_assert_eq!(histogram.below(), within(0, edges[0]));
            prop_assert_eq!(histogram.beyond(), within(edges[edges.len() - 1], u64::MAX));
        }
        let bins = all.histogram_by(width).unwrap();
        prop_assert_eq!((bins.below(), bins.beyond()), (0, 0));
    }
}

#[test]
fn a_rate_has_its_bounds() {
    let total = shop(&shop_query()).total().clone();
    // 2 of 4: (2 + 2 ± 2 sqrt(1 + 1)) / 8.
    let rate = total.interval(0, 1, &Rational::from(2)).unwrap();
    assert_eq!(rate.lower.round(Rounding::half_even(6)).unwrap().to_string(), "0.146447");
    assert_eq!(rate.upper.round(Rounding::half_even(6)).unwrap().to_string(), "0.853553");
}
