//! Targets that are assessed together are as each is alone, whatever they share.

use proptest::prelude::*;
use yardstick::target::{
    Baseline, Change, ChangeMode, DayWeights, Goal, Limit, Target, TargetResult, Volume,
};
use yardstick::{
    Calendar, Column, Date, Facts, Kpi, KpiSet, Measure, MissingDay, Period, Rational, Schema,
};

fn day(number: i32) -> Date {
    Date::new(2024, 4, 1).unwrap().plus_days(number).unwrap()
}

fn days(first: i32, last: i32) -> Period {
    Period::inclusive(day(first), day(last)).unwrap()
}

const MEASURES: [&str; 4] = ["spend", "leads", "deals", "pipeline"];
const DIMENSIONS: [&str; 2] = ["country", "team"];
/// No row has the last one.
const VALUES: [&str; 4] = ["a", "b", "c", "nobody"];
const METRICS: [&str; 7] = ["spend", "leads", "net", "conversion", "pipeline", "growth", "product"];
const ADDS: usize = 4;
const LENGTHS: [i32; 3] = [0, 4, 9];

fn set() -> KpiSet {
    let flow = |name: &str, unit: &str| Measure::flow(name, unit.parse().unwrap());
    let schema = Schema::new(
        DIMENSIONS,
        [
            flow("spend", "EUR"),
            flow("leads", "lead"),
            flow("deals", "deal").missing(MissingDay::Unknown),
            Measure::stock("pipeline", "EUR".parse().unwrap()),
        ],
    );
    let kpis = [
        ("net", "spend - spend / 3"),
        ("conversion", "spend / leads"),
        ("growth", "leads / prior(leads) - 1"),
        ("product", "leads * deals"),
    ];
    let kpi = |(name, formula): (&str, &str)| Kpi::new(name, formula.parse().unwrap());
    KpiSet::new(schema.unwrap(), kpis.map(kpi)).unwrap()
}

/// The day, the places of its two values, and its measures.
type Row = (i32, [usize; 2], [i64; 4]);

fn facts(set: &KpiSet, rows: &[Row]) -> Facts<'static> {
    let dates: Vec<Date> = rows.iter().map(|(number, ..)| day(*number)).collect();
    let mut builder = Facts::builder(set.schema()).dates(&dates);
    for (i, name) in DIMENSIONS.iter().enumerate() {
        let values: Vec<&str> = rows.iter().map(|(_, values, _)| VALUES[values[i]]).collect();
        builder = builder.dimension(name, &values);
    }
    for (i, name) in MEASURES.iter().enumerate() {
        let cells: Vec<String> = rows.iter().map(|(.., row)| row[i].to_string()).collect();
        builder = builder.measure(name, Column::text(&cells));
    }
    builder.build().unwrap()
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let values = [0_usize..3, 0_usize..3];
    let numbers = [-9_i64..90, 0_i64..5, 0_i64..4, 0_i64..50];
    // A level stands once on a day for the same values.
    let rows = prop::collection::btree_map((-12_i32..12, values), numbers, 1..40);
    rows.prop_map(|rows| rows.into_iter().map(|((day, values), row)| (day, values, row)).collect())
}

/// Dimensions and their values, in any order; one dimension may be named twice.
fn any_only() -> impl Strategy<Value = Vec<(usize, Vec<usize>)>> {
    let values = prop_oneof![
        5 => (0_usize..4).prop_map(|value| vec![value]),
        1 => prop::collection::vec(0_usize..4, 0..3),
    ];
    prop::collection::vec((0_usize..2, values), 0..3)
}

fn texts(only: &[(usize, Vec<usize>)]) -> Vec<(String, Vec<String>)> {
    let text = |value: &usize| VALUES[*value].to_owned();
    let one = |(dimension, values): &(usize, Vec<usize>)| {
        (DIMENSIONS[*dimension].to_owned(), values.iter().map(text).collect())
    };
    only.iter().map(one).collect()
}

fn any_limit() -> impl Strategy<Value = Limit> {
    let period = prop::sample::select(vec![days(-9, -3), days(-12, -1), days(-1, -1)]);
    let change =
        (0_usize..3, period, any_only(), -5_i64..20).prop_map(|(kind, period, only, by)| {
            let baseline = match kind {
                0 => Baseline::Value(by.into()),
                1 => Baseline::Period(period),
                _ => Baseline::Segment { period, only: texts(&only) },
            };
            let mode = if by % 2 == 0 { ChangeMode::Relative } else { ChangeMode::Points };
            Limit::Change(Change { by: Rational::new(by, 4).unwrap(), mode, baseline })
        });
    prop_oneof![(-9_i64..60).prop_map(|limit| Limit::Fixed(limit.into())), change]
}

fn any_target() -> impl Strategy<Value = Target> {
    let goal = (any_limit(), any::<bool>());
    let later = prop::option::of(any_limit());
    let tier = prop::option::of(any_limit());
    (0..METRICS.len(), 0..LENGTHS.len(), any_only(), goal, later, tier, 0_usize..3).prop_map(
        |(metric, length, only, (limit, higher), later, tier, weights)| {
            let goal = |limit| if higher { Goal::AtLeast(limit) } else { Goal::AtMost(limit) };
            let last = LENGTHS[length];
            let volume = match &limit {
                Limit::Change(Change { baseline: Baseline::Period(_), .. }) => Volume::Baseline,
                _ => Volume::Projected,
            };
            let mut target = Target::new("t", METRICS[metric], days(0, last), goal(limit));
            for (dimension, values) in texts(&only) {
                target = target.only(dimension, values);
            }
            let weights = match weights {
                0 => DayWeights::Even,
                1 if metric < ADDS => DayWeights::Shape(days(-1 - last, -1)),
                _ => DayWeights::working_days([day(2)]),
            };
            target = target.weights(weights).volume(volume);
            if let Some(later) = later.filter(|_| last > 0) {
                target = target.revised(day(last / 2), goal(later));
            }
            tier.into_iter().fold(target, |target, tier| target.tier("more", tier))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn together_is_as_alone_in_any_order(
        rows in any_rows(),
        targets in prop::collection::vec(any_target(), 1..24),
        as_of in -14_i32..13,
    ) {
        let set = set();
        let facts = facts(&set, &rows);
        let calendar = Calendar::default();
        let alone: Vec<TargetResult> = targets
            .iter()
            .map(|target| target.assess(&set, &facts, calendar, day(as_of)).unwrap())
            .collect();
        let together = Target::assess_all(&targets, &set, &facts, calendar, day(as_of)).unwrap();
        prop_assert_eq!(&together, &alone);
        for (together, alone) in together.iter().zip(&alone) {
            prop_assert!(together.days().eq(alone.days()));
        }
        let turned: Vec<Target> = targets.into_iter().rev().collect();
        let turned = Target::assess_all(&turned, &set, &facts, calendar, day(as_of)).unwrap();
        prop_assert!(turned.iter().rev().eq(&alone));
    }
}
