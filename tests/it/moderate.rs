//! Inputs of moderate size take moderate time: nothing grows with their square. The limits are far
//! above what it takes, and far below what the square would.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::time::{Duration, Instant};

use yardstick::explain::{Cause, Convention, Explain, RateMix, RatioSegment, Sums};
use yardstick::kpi::Aggregation;
use yardstick::{
    Calendar, Column, Date, Facts, Kpi, KpiSet, Measure, Period, Rational, Reason, Schema, Value,
};

fn within<T>(seconds: u64, what: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let result = what();
    let taken = started.elapsed();
    assert!(taken < Duration::from_secs(seconds), "{taken:?}");
    result
}

fn days() -> (Date, Date) {
    (Date::new(2011, 12, 5).unwrap(), Date::new(2011, 12, 6).unwrap())
}

fn known(value: &Value) -> Rational {
    value.clone().defined().unwrap()
}

#[test]
fn prices_of_many_products() {
    let count = 10_000;
    let flow = |name, unit: &str| Measure::flow(name, unit.parse().unwrap());
    let schema = Schema::new(["product"], [flow("revenue", "EUR"), flow("units", "unit")]).unwrap();
    let set = KpiSet::new(schema, []).unwrap();
    let (first, second) = days();
    let rows = || 0..2 * count;
    let dates: Vec<Date> = rows().map(|i| if i < count { first } else { second }).collect();
    let products: Vec<String> = rows().map(|i| format!("p{}", i % count)).collect();
    let revenue: Vec<i64> = rows().map(|i| 8 * (i % 7 + 1)).collect();
    let units: Vec<i64> = rows().map(|i| i % 3 + 1).collect();
    let facts = Facts::builder(set.schema())
        .dates(&dates)
        .dimension("product", &products)
        .measure("revenue", Column::integers(&revenue))
        .measure("units", Column::integers(&units))
        .build()
        .unwrap();
    let explain = Explain::of("revenue").quantity("units").by("product");
    let explain = explain.between(Period::day(first), Period::day(second));
    let explanation = within(8, || explain.run(&set, &facts, Calendar::default()).unwrap());
    let Cause::PriceVolumeMix(causes) = explanation.cause else { panic!() };
    assert_eq!(causes.products.len(), count as usize);
    let effects = known(&causes.price) + known(&causes.volume);
    assert_eq!(Value::Defined(effects), explanation.change.absolute());
}

fn unlike(count: i64) -> Vec<RatioSegment> {
    let sums = |numerator: i64, denominator: i64| Sums {
        numerator: Value::Defined(numerator.into()),
        denominator: Value::Defined(denominator.into()),
    };
    let segment = |i: i64| RatioSegment {
        key: vec![i.to_string()],
        before: sums(i % 97, 100_003 + 2 * i),
        after: sums(i % 89, 300_007 + 2 * i),
    };
    (0..count).map(segment).collect()
}

#[test]
fn rates_with_unlike_denominators() {
    let causes = RateMix::of(unlike(1_000), Convention::Symmetric).unwrap();
    let effects = known(&causes.rate) + known(&causes.mix);
    assert_eq!(Value::Defined(effects), causes.change.absolute());

    // So many that their sums have no common denominator of a length to go on with.
    let mut segments = unlike(100_000);
    let causes = within(60, || RateMix::of(segments.clone(), Convention::Symmetric).unwrap());
    assert_eq!(causes.rate, Value::Undefined(Reason::Capacity));
    assert_eq!(causes.mix, Value::Undefined(Reason::Capacity));
    assert_eq!(causes.new, Value::Defined(0.into()));
    assert!(!causes.change.absolute().is_undefined());
    assert!(causes.segments.iter().all(|segment| !segment.total.is_undefined()));
    segments.truncate(20_000);
    let there = RateMix::of(segments.clone(), Convention::NewWeights).unwrap();
    segments.reverse();
    let back = RateMix::of(segments, Convention::NewWeights).unwrap();
    assert_eq!((there.rate, there.mix), (back.rate, back.mix));
}

fn chain(count: usize) -> KpiSet {
    let measures = [
        Measure::flow("a", "x".parse().unwrap()),
        Measure::distinct("b", "x".parse().unwrap()),
        Measure::stock("c", "x".parse().unwrap()),
    ];
    let schema = Schema::new(Vec::<String>::new(), measures).unwrap();
    let formula = |i: usize| match i {
        0 => "a".to_owned(),
        _ => format!("k{} + a", i - 1),
    };
    let kpis = (0..count).map(|i| Kpi::new(format!("k{i}"), formula(i).parse().unwrap()));
    let own = [
        ("rate", "k9 / a * 100"),
        ("through", "rate"),
        ("distinct", "if_undefined(b, a)"),
        ("above", "k9 + distinct"),
        ("stock", "c"),
        ("per_stock", "a / c"),
        ("trailing", "trailing(a, 7 days)"),
    ];
    let own = own.map(|(name, formula)| Kpi::new(name, formula.parse().unwrap()));
    KpiSet::new(schema, kpis.chain(own)).unwrap()
}

#[test]
fn aggregation_is_that_of_what_is_below() {
    let set = chain(10);
    let due = [
        ("k9", Aggregation::Additive),
        ("rate", Aggregation::RatioOfSums),
        ("through", Aggregation::RatioOfSums),
        ("distinct", Aggregation::NotAdditive),
        ("above", Aggregation::NotAdditive),
        ("stock", Aggregation::Recomputed),
        ("per_stock", Aggregation::Recomputed),
        ("trailing", Aggregation::Recomputed),
        ("a", Aggregation::Additive),
        ("b", Aggregation::NotAdditive),
        ("c", Aggregation::Recomputed),
    ];
    for (metric, aggregation) in due {
        assert_eq!(set.aggregation(metric).unwrap(), aggregation, "{metric}");
    }
}

#[test]
fn a_report_of_many_kpis() {
    let day = days().0;
    let set = chain(4_000);
    let schema = set.schema().clone();
    let display = yardstick::Display::plain(yardstick::Rounding::exact(0));
    let builder = yardstick::Model::builder("many", schema, display);
    let model = set.kpis().iter().cloned().fold(builder, |builder, kpi| builder.kpi(kpi));
    let model = model.build().unwrap();
    let facts = Facts::builder(model.schema()).dates(&[day]);
    let facts = ["a", "b", "c"]
        .iter()
        .fold(facts, |facts, name| facts.measure(name, Column::integers(&[1])));
    let facts = facts.build().unwrap();
    let report = within(8, || model.evaluate(&facts, day).unwrap());
    assert_eq!(report.kpis().len(), set.kpis().len());
    for kpi in report.kpis().iter().rev().take(20) {
        assert_eq!(kpi.aggregation, set.aggregation(&kpi.name).unwrap(), "{}", kpi.name);
    }
}
