//! Funnels, against plain arithmetic on big fractions.

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use proptest::prelude::*;
use yardstick::{
    Basis, Column, Date, Display, ErrorKind, Facts, Funnel, FunnelDefinition, Measure, Model,
    Owner, Period, Rational, Reason, Rounding, Schema, Segment, Sense, Value,
};

type Exact = Result<BigRational, Reason>;

const OWNERS: [Owner; 4] = [Owner::Marketing, Owner::Sales, Owner::Both, Owner::Customer];

fn big(value: &Rational) -> BigRational {
    value.to_string().parse().unwrap()
}

fn exact(value: &Value) -> Exact {
    match value {
        Value::Defined(value) => Ok(big(value)),
        Value::Undefined(reason) => Err(*reason),
    }
}

fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

/// `part / whole`, where a part cannot exist without a whole.
fn rate(part: &BigRational, whole: &BigRational) -> Exact {
    match (part.is_zero(), whole.is_zero()) {
        (true, true) => Err(Reason::NoBase),
        (false, true) => Err(Reason::Inconsistent),
        _ => Ok(part / whole),
    }
}

/// Counts that are often zero, often equal, and sometimes fractions.
fn any_count() -> impl Strategy<Value = Rational> {
    prop_oneof![
        3 => (0_i64..5).prop_map(Rational::from),
        2 => any::<u64>().prop_map(Rational::from),
        1 => (0_i64..99, 1_i64..9).prop_map(|(n, d)| Rational::new(n, d).unwrap()),
    ]
}

fn any_stages(sizes: std::ops::Range<usize>) -> impl Strategy<Value = Vec<(Rational, Owner)>> {
    prop::collection::vec((any_count(), prop::sample::select(OWNERS.to_vec())), sizes)
}

fn name(i: usize) -> String {
    format!("stage {i}")
}

fn funnel(stages: &[(Rational, Owner)]) -> Funnel {
    let mut builder = Funnel::builder();
    for (i, (count, owner)) in stages.iter().enumerate() {
        builder = builder.stage(name(i), *owner, count.clone());
    }
    builder.build().unwrap()
}

fn counts(counts: &[i64]) -> Funnel {
    let stages: Vec<_> = counts.iter().map(|n| (Rational::from(*n), Owner::Marketing)).collect();
    funnel(&stages)
}

proptest! {
    #[test]
    fn rates_are_quotients_of_counts(stages in any_stages(2..7)) {
        let funnel = funnel(&stages);
        let counts: Vec<_> = stages.iter().map(|(count, _)| big(count)).collect();
        let steps = funnel.steps();
        prop_assert_eq!(steps.len(), counts.len() - 1);
        for (i, step) in steps.iter().enumerate() {
            prop_assert_eq!(step.from, i);
            let one_step = rate(&counts[i + 1], &counts[i]);
            prop_assert_eq!(exact(&step.rate), one_step.clone());
            prop_assert_eq!(exact(&step.drop_off_rate), one_step.map(|r| BigRational::one() - r));
            prop_assert_eq!(exact(&step.overall_rate), rate(&counts[i + 1], &counts[0]));
            prop_assert_eq!(exact(&step.drop_off), Ok(&counts[i] - &counts[i + 1]));
        }
        for from in 0..counts.len() {
            for to in 0..counts.len() {
                let expected = match rate(&counts[to], &counts[from]) {
                    // Leads without deals contradict nothing.
                    Err(Reason::Inconsistent) if to < from => Err(Reason::Unbounded(Sense::Neutral)),
                    other => other,
                };
                prop_assert_eq!(exact(&funnel.rate(&name(from), &name(to)).unwrap()), expected);
            }
        }
    }

    #[test]
    fn step_rates_chain_to_the_overall_rate(stages in any_stages(2..9)) {
        let funnel = funnel(&stages);
        let before_last = &stages[..stages.len() - 1];
        prop_assume!(before_last.iter().all(|(count, _)| !count.is_zero()));
        let mut product = BigRational::one();
        for step in funnel.steps() {
            product *= exact(&step.rate).unwrap();
        }
        prop_assert_eq!(exact(&funnel.overall_rate()), Ok(product));
    }

    #[test]
    fn drop_offs_sum_to_the_first_stage_less_the_last(stages in any_stages(2..9)) {
        let funnel = funnel(&stages);
        let lost: BigRational = funnel.steps().iter().map(|s| exact(&s.drop_off).unwrap()).sum();
        let (first, last) = (&stages[0].0, &stages[stages.len() - 1].0);
        prop_assert_eq!(lost, big(first) - big(last));
    }

    #[test]
    fn marketing_hands_over_once_at_most(stages in any_stages(2..9)) {
        let funnel = funnel(&stages);
        let mut expected = None;
        for i in (0..stages.len() - 1).rev() {
            if stages[i].1 == Owner::Marketing && stages[i + 1].1 != Owner::Marketing {
                expected = Some(i);
            }
        }
        prop_assert_eq!(funnel.hand_off(), expected);
        let flagged: Vec<_> =
            funnel.steps().iter().filter(|step| step.is_hand_off).map(|step| step.from).collect();
        prop_assert_eq!(flagged, expected.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn the_bottleneck_is_the_first_of_the_lowest_rates(stages in any_stages(2..9)) {
        let funnel = funnel(&stages);
        let counts: Vec<_> = stages.iter().map(|(count, _)| big(count)).collect();
        let mut rates: Vec<(BigRational, usize)> = (0..counts.len() - 1)
            .filter_map(|i| Some((rate(&counts[i + 1], &counts[i]).ok()?, i)))
            .collect();
        rates.sort();
        prop_assert_eq!(funnel.bottleneck(), rates.first().map(|(_, i)| *i));
    }

    #[test]
    fn a_stage_larger_than_the_one_before_is_a_finding(stages in any_stages(2..9)) {
        let expected: Vec<_> = (1..stages.len())
            .filter(|i| big(&stages[*i].0) > big(&stages[i - 1].0))
            .collect();
        prop_assert_eq!(funnel(&stages).exceeding(), expected);
    }

    #[test]
    fn a_comparison_subtracts_rates(
        (now, before) in (2_usize..7).prop_flat_map(|n| (any_stages(n..n + 1), any_stages(n..n + 1))),
    ) {
        let comparison = funnel(&now).compare(&funnel(&before)).unwrap();
        let now: Vec<_> = now.iter().map(|(count, _)| big(count)).collect();
        let before: Vec<_> = before.iter().map(|(count, _)| big(count)).collect();
        let difference = |a: &Exact, b: &Exact| match (a, b) {
            (Ok(a), Ok(b)) => Ok(a - b),
            (Err(a), Err(b)) => Err(*a.min(b)),
            (Err(reason), _) | (_, Err(reason)) => Err(*reason),
        };
        for (i, change) in comparison.counts.iter().enumerate() {
            prop_assert_eq!(exact(change), Ok(&now[i] - &before[i]));
        }
        let mut worst: Option<(BigRational, usize)> = None;
        for (i, change) in comparison.steps.iter().enumerate() {
            let (here, there) = (rate(&now[i + 1], &now[i]), rate(&before[i + 1], &before[i]));
            let points = difference(&here, &there);
            prop_assert_eq!(exact(&change.points), points.clone());
            let relative = match (&points, &there) {
                (Ok(points), Ok(there)) if there.is_zero() => Err(match points.is_zero() {
                    true => Reason::NoBase,
                    false => Reason::Unbounded(Sense::Neutral),
                }),
                (Ok(_), Ok(there)) => Ok(here.unwrap() / there - BigRational::one()),
                _ => points.clone(),
            };
            prop_assert_eq!(exact(&change.relative), relative);
            if let Ok(points) = points {
                if points.is_negative() && worst.as_ref().is_none_or(|(least, _)| points < *least) {
                    worst = Some((points, i));
                }
            }
        }
        prop_assert_eq!(comparison.worst_step, worst.map(|(_, i)| i));
        let overall = |counts: &[BigRational]| rate(&counts[counts.len() - 1], &counts[0]);
        prop_assert_eq!(
            exact(&comparison.overall_points),
            difference(&overall(&now), &overall(&before))
        );
    }
}

#[test]
fn an_exact_tie_keeps_the_earlier_step() {
    // 1/3, 1/2, 1/3.
    let funnel = counts(&[18, 6, 3, 1]);
    assert_eq!(funnel.bottleneck(), Some(0));
    // Alike in fifteen digits: the later one is lower.
    let close = Funnel::builder()
        .stage("a", Owner::Marketing, 3_000_000_000_000_001_i64 * 3)
        .stage("b", Owner::Marketing, 3_000_000_000_000_001_i64)
        .stage("c", Owner::Sales, 1_000_000_000_000_000_i64)
        .build()
        .unwrap();
    assert_eq!(close.bottleneck(), Some(1));
    // Both steps lose half a point.
    let change = counts(&[200, 100, 50]).compare(&counts(&[1_000, 505, 255])).unwrap();
    assert_eq!(change.steps[0].points, Value::Defined(rational("-0.005")));
    assert_eq!(change.worst_step, Some(0));
    assert_eq!(counts(&[0, 0, 0]).bottleneck(), None);
}

#[test]
fn zero_stages_leave_rates_undefined_with_their_reason() {
    let funnel = counts(&[5, 0, 0, 2]);
    let reasons: Vec<_> = funnel.steps().iter().map(|step| step.rate.reason()).collect();
    assert_eq!(reasons, [None, Some(Reason::NoBase), Some(Reason::Inconsistent)]);
    assert_eq!(funnel.exceeding(), [3]);
    assert_eq!(funnel.bottleneck(), Some(0));
    assert_eq!(funnel.overall_rate(), Value::Defined(rational("2/5")));
    assert_eq!(funnel.steps()[2].drop_off, Value::Defined((-2).into()));
}

#[test]
fn value_is_for_the_stage_given_last() {
    let funnel = Funnel::builder()
        .worth(1)
        .stage("lead", Owner::Marketing, 8)
        .stage("deal", Owner::Sales, 3)
        .worth(rational("100"))
        .stage("renewal", Owner::Customer, 0)
        .worth(5)
        .build()
        .unwrap();
    let value: Vec<_> = funnel.stages().iter().map(|stage| stage.value_per_entity()).collect();
    assert_eq!(
        value,
        [
            None,
            Some(Value::Defined(rational("100/3"))),
            Some(Value::Undefined(Reason::Inconsistent))
        ]
    );
    assert_eq!(funnel.basis(), Basis::Period);
}

#[test]
fn errors_say_what_would_be_right() {
    let build = |stages: &[(&str, i64)]| {
        let mut builder = Funnel::builder();
        for (name, count) in stages {
            builder = builder.stage(*name, Owner::Both, *count);
        }
        builder.build()
    };
    let error = build(&[]).unwrap_err();
    assert_eq!(error.to_string(), "a funnel of no stages; it needs at least 2");
    let error = build(&[("lead", 1)]).unwrap_err();
    assert_eq!(error.to_string(), "a funnel of 1 stage; it needs at least 2");
    assert_eq!(error.kind(), ErrorKind::Shape);
    let error = build(&[("lead", 1), ("deal", 1), ("lead", 1)]).unwrap_err();
    assert_eq!(error.to_string(), r#"stage "lead" is there twice; rename or remove one"#);
    assert_eq!(error.kind(), ErrorKind::Duplicate);
    let error = build(&[("lead", 1), ("deal", -1)]).unwrap_err();
    assert_eq!(error.to_string(), r#"stage "deal" counts -1; a count is not below zero"#);
    assert_eq!(error.kind(), ErrorKind::Domain);

    let funnel = build(&[("lead", 9), ("deal", 3)]).unwrap();
    let error = funnel.rate("lead", "deals").unwrap_err();
    assert_eq!(error.to_string(), r#"unknown stage "deals"; did you mean "deal"?"#);
    assert_eq!(error.kind(), ErrorKind::Unknown);
    let error = funnel.rate("impression", "deal").unwrap_err();
    assert_eq!(error.to_string(), r#"unknown stage "impression"; known are lead, deal"#);

    let other = build(&[("lead", 9), ("sale", 3)]).unwrap();
    let error = funnel.compare(&other).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a funnel of lead, deal (period basis) compared with one of lead, sale (period basis); compare like with like"
    );
    assert_eq!(error.kind(), ErrorKind::Shape);
    let cohort = Funnel::builder()
        .basis(Basis::Cohort)
        .stage("lead", Owner::Both, 9)
        .stage("deal", Owner::Both, 3)
        .build()
        .unwrap();
    assert!(funnel.compare(&cohort).is_err());
}

/// Rows of leads, deals and revenue in cents, by day, country and channel.
type Rows = BTreeMap<(i32, usize, usize), (i64, i64, i64)>;

const COUNTRIES: [&str; 3] = ["FR", "DE", "IT"];
const CHANNELS: [&str; 2] = ["social", "email"];

fn day(number: i32) -> Date {
    Date::new(2018, 1, 1).unwrap().plus_days(number).unwrap()
}

fn days(first: i32, last: i32) -> Period {
    Period::inclusive(day(first), day(last)).unwrap()
}

fn schema() -> Schema {
    Schema::new(
        ["country", "channel"],
        [
            Measure::flow("leads", "lead".parse().unwrap()),
            Measure::flow("deals", "deal".parse().unwrap()),
            Measure::flow("revenue", "EUR".parse().unwrap()),
            Measure::distinct("visitors", "visitor".parse().unwrap()),
        ],
    )
    .unwrap()
}

fn facts(rows: &Rows) -> Facts<'static> {
    let dates: Vec<_> = rows.keys().map(|(number, ..)| day(*number)).collect();
    let countries: Vec<_> = rows.keys().map(|key| COUNTRIES[key.1]).collect();
    let channels: Vec<_> = rows.keys().map(|key| CHANNELS[key.2]).collect();
    let text = |cell: fn(&(i64, i64, i64)) -> String| -> Column<'static> {
        Column::text(&rows.values().map(cell).collect::<Vec<_>>())
    };
    Facts::builder(&schema())
        .dates(&dates)
        .dimension("country", &countries)
        .dimension("channel", &channels)
        .measure("leads", text(|row| row.0.to_string()))
        .measure("deals", text(|row| row.1.to_string()))
        .measure("revenue", text(|row| format!("{}e-2", row.2)))
        .measure("visitors", text(|row| row.0.to_string()))
        .build()
        .unwrap()
}

fn definition() -> FunnelDefinition {
    FunnelDefinition::new("lead to deal", Basis::Cohort)
        .stage("lead", Owner::Marketing, "leads")
        .stage("deal", Owner::Sales, "deals")
        .worth("revenue")
}

/// The same funnel by the builder, on sums that a loop makes.
fn by_hand(rows: &Rows, period: Period, keeps: impl Fn(usize, usize) -> bool) -> Funnel {
    let (mut leads, mut deals, mut cents) = (0_i128, 0_i128, 0_i128);
    for ((number, country, channel), row) in rows {
        if period.contains(day(*number)) && keeps(*country, *channel) {
            leads += i128::from(row.0);
            deals += i128::from(row.1);
            cents += i128::from(row.2);
        }
    }
    Funnel::builder()
        .basis(Basis::Cohort)
        .stage("lead", Owner::Marketing, leads)
        .stage("deal", Owner::Sales, deals)
        .worth(Rational::new(cents, 100).unwrap())
        .build()
        .unwrap()
}

fn any_rows() -> impl Strategy<Value = Rows> {
    let key = (0_i32..12, 0_usize..3, 0_usize..2);
    let row = (0_i64..9, 0_i64..4, -500_i64..5_000);
    prop::collection::btree_map(key, row, 1..30)
}

proptest! {
    #[test]
    fn a_definition_over_facts_is_a_builder_on_sums(
        rows in any_rows(), first in -3_i32..14, length in 0_i32..15,
        allowed in prop::option::of(prop::collection::vec(0_usize..3, 0..3)), by in 0_usize..4,
    ) {
        let period = days(first, first + length);
        let mut definition = definition();
        if let Some(allowed) = &allowed {
            definition = definition.only("country", allowed.iter().map(|i| COUNTRIES[*i]));
        }
        let passes = |country: usize| allowed.as_ref().is_none_or(|list| list.contains(&country));
        let dimensions: &[&str] = [&[][..], &["country"], &["channel"], &["channel", "country"]][by];
        for dimension in dimensions {
            definition = definition.by(*dimension);
        }
        let found = definition.over(&facts(&rows), period).unwrap();

        // Segments are of all days, whatever the period.
        let mut keys: BTreeMap<Vec<String>, (Option<usize>, Option<usize>)> = BTreeMap::new();
        for (_, country, channel) in rows.keys().filter(|key| passes(key.1)) {
            let text = |dimension: &&str| match *dimension {
                "country" => COUNTRIES[*country].to_owned(),
                _ => CHANNELS[*channel].to_owned(),
            };
            let key = dimensions.iter().map(text).collect();
            let held = |name| dimensions.contains(&name);
            let values = (held("country").then_some(*country), held("channel").then_some(*channel));
            keys.insert(key, values);
        }
        keys.remove(&Vec::new());
        let total = by_hand(&rows, period, |country, _| passes(country));
        let mut expected = vec![(Vec::new(), total)];
        for (key, (own_country, own_channel)) in keys {
            let funnel = by_hand(&rows, period, |country, channel| {
                passes(country)
                    && own_country.is_none_or(|own| own == country)
                    && own_channel.is_none_or(|own| own == channel)
            });
            expected.push((key, funnel));
        }
        let found: Vec<_> = found.into_iter().map(|Segment { key, funnel, .. }| (key, funnel)).collect();
        prop_assert_eq!(found, expected);
    }
}

fn small_rows() -> Rows {
    [((0, 0, 0), (10, 1, 500)), ((0, 1, 1), (40, 8, 2_000)), ((2, 1, 1), (2, 0, 0))].into()
}

#[test]
fn a_count_that_does_not_add_up_is_undefined_in_the_total() {
    let rows: Rows = [((0, 0, 0), (10, 1, 500)), ((0, 1, 0), (40, 8, 2_000))].into();
    let funnel = FunnelDefinition::new("visits", Basis::Period)
        .stage("visit", Owner::Marketing, "visitors")
        .stage("deal", Owner::Sales, "deals")
        .by("country");
    let segments = funnel.over(&facts(&rows), days(0, 0)).unwrap();
    assert_eq!(segments[0].funnel.overall_rate(), Value::Undefined(Reason::NotAdditive));
    assert_eq!(segments[0].funnel.steps()[0].drop_off, Value::Undefined(Reason::NotAdditive));
    assert_eq!(segments[0].funnel.bottleneck(), None);
    assert!(segments[0].funnel.exceeding().is_empty());
    assert_eq!(segments[1].key, ["DE"]);
    assert_eq!(segments[1].funnel.overall_rate(), Value::Defined(rational("1/5")));
}

#[test]
fn a_filter_that_nothing_passes_leaves_an_empty_total() {
    let definition = definition().by("country").only("country", ["XX"]);
    let segments = definition.over(&facts(&small_rows()), days(0, 2)).unwrap();
    assert_eq!(segments.len(), 1);
    assert_eq!(segments[0].funnel.overall_rate(), Value::Undefined(Reason::NoBase));
}

#[test]
fn all_problems_of_a_definition_are_told_at_once() {
    let definition = FunnelDefinition::new("odd", Basis::Period)
        .stage("lead", Owner::Marketing, "lead")
        .stage("deal", Owner::Sales, "deals")
        .worth("income")
        .stage("deal", Owner::Sales, "deals")
        .by("country")
        .by("county")
        .by("country")
        .only("chanel", ["social"]);
    let error = definition.over(&facts(&small_rows()), days(0, 2)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert_eq!(
        error.to_string(),
        r#"6 problems in the funnel "odd"
  stages[0].count: unknown measure "lead"; did you mean "leads"?
  stages[1].value: unknown measure "income"; known are leads, deals, revenue, visitors
  stages[2].name: stage "deal" is there twice, first at stages[1]; rename or remove one
  by[1]: unknown dimension "county"; did you mean "country"?
  by[2]: dimension "country" is named twice; name it once
  where: unknown dimension "chanel"; did you mean "channel"?"#
    );
    let error = FunnelDefinition::new("short", Basis::Period)
        .stage("lead", Owner::Marketing, "leads")
        .over(&facts(&small_rows()), days(0, 2))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "1 problem in the funnel \"short\"\n  stages: a funnel of 1 stage; it needs at least 2"
    );
}

#[test]
fn a_count_below_zero_is_refused_with_its_segment() {
    let rows: Rows = [((0, 0, 0), (10, 1, 0)), ((0, 1, 1), (40, -1, 0))].into();
    let definition = definition().by("country").by("channel");
    let error = definition.over(&facts(&rows), days(0, 2)).unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"funnel "lead to deal": country "DE", channel "email": stage "deal" counts -1; a count is not below zero"#
    );
    assert_eq!(error.kind(), ErrorKind::Domain);
    let rows: Rows = [((0, 0, 0), (-10, 1, 0))].into();
    let error = definition.over(&facts(&rows), days(0, 2)).unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"funnel "lead to deal": stage "lead" counts -10; a count is not below zero"#
    );
}

#[test]
fn a_report_looks_at_no_day_after_its_own() {
    let display = Display::plain(Rounding::half_even(2));
    let report = |as_of: i32| {
        let funnel = definition().within(days(0, 9)).compare(days(-1, 8));
        let model = Model::builder("m", schema(), display).funnel(funnel).build().unwrap();
        let report = model.evaluate(&facts(&small_rows()), day(as_of)).unwrap();
        report.funnel("lead to deal").unwrap().clone()
    };
    let on_the_second = report(1);
    assert_eq!(on_the_second.period, Some(days(0, 1)));
    assert_eq!(on_the_second.segments[0].funnel, by_hand(&small_rows(), days(0, 1), |_, _| true));
    assert_eq!(on_the_second.compared_with, Some(days(-1, 0)));
    let change = on_the_second.comparisons[0].as_ref().unwrap();
    assert_eq!(change.overall_points, Value::Defined(0.into()));
    assert_eq!(report(20).period, Some(days(0, 9)));
    assert_eq!(report(20).segments[0].funnel, by_hand(&small_rows(), days(0, 9), |_, _| true));
    assert_eq!((report(-1).period, report(-1).segments.len()), (None, 0));
}
