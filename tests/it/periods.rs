//! Functions of periods in formulas: which days each looks at, in any order of composition.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use proptest::prelude::*;
use yardstick::{
    Calendar, Column, Date, ErrorKind, Facts, Grain, Kpi, KpiSet, Measure, MissingDay, OverTime,
    Period, Query, Rational, Reason, Schema, Span, Value,
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn schema() -> Schema {
    let unit = |text: &str| text.parse().unwrap();
    let known = Measure::flow("known", unit("visit")).missing(MissingDay::Unknown);
    let peak = Measure::flow("peak", unit("visit")).over_time(OverTime::Max);
    Schema::new(
        ["shop"],
        [
            Measure::flow("visits", unit("visit")),
            Measure::flow("orders", unit("order")),
            Measure::stock("staff", unit("person")),
            known,
            peak,
        ],
    )
    .unwrap()
}

/// One row a day, with numbers that tell days apart.
fn facts(set: &KpiSet, first: Date, days: i32) -> Facts<'static> {
    let dates: Vec<Date> = (0..days).map(|i| first.plus_days(i).unwrap()).collect();
    let of = |f: fn(i64) -> i64| -> Vec<i64> { (0..i64::from(days)).map(f).collect() };
    let mut builder =
        Facts::builder(set.schema()).dates(&dates).dimension("shop", &vec!["north"; dates.len()]);
    let columns =
        [of(|i| 1000 + i * i), of(|i| 7 * i + 3), of(|i| i % 5), of(|i| i), of(|i| (i * 37) % 11)];
    let cells = columns.map(|column| column.iter().map(i64::to_string).collect::<Vec<_>>());
    for (name, cells) in ["visits", "orders", "staff", "known", "peak"].iter().zip(&cells) {
        builder = builder.measure(name, Column::text(cells));
    }
    builder.build().unwrap()
}

/// The value of a formula over a period, without a grain.
fn over(formula: &str, period: &str) -> Value {
    let calendar = Calendar::default();
    let set = KpiSet::builder(schema())
        .kpi(Kpi::new("trailing_rate", "trailing(orders / visits, 7 days)".parse().unwrap()))
        .kpi(Kpi::new("it", formula.parse().unwrap()))
        .baseline("january", calendar.period("2023-01").unwrap())
        .build()
        .unwrap();
    let facts = facts(&set, day("2022-01-01"), 800);
    let query = Query::of(["it"]).within(calendar.period(period).unwrap());
    query.run(&set, &facts, calendar).unwrap().columns[0].values[0].clone()
}

/// The sum over days of what `facts` holds on each, where day 0 is 2022-01-01.
fn sum(first: &str, last: &str, of: fn(i64) -> i64) -> Rational {
    let start = day("2022-01-01").number();
    let range = day(first).number()..=day(last).number();
    range.map(|n| Rational::from(of(i64::from(n - start)))).fold(0.into(), |a, b| a + b)
}

fn visits(first: &str, last: &str) -> Rational {
    sum(first, last, |i| 1000 + i * i)
}

fn orders(first: &str, last: &str) -> Rational {
    sum(first, last, |i| 7 * i + 3)
}

fn defined(value: Rational) -> Value {
    Value::Defined(value)
}

#[test]
fn each_function_looks_at_its_days() {
    let cases = [
        ("ago(visits, 1 year)", "2023-02", ("2022-02-01", "2022-02-28")),
        ("ago(visits, 1 month)", "2023-03", ("2023-02-01", "2023-02-28")),
        ("ago(visits, 2 quarters)", "2023-Q3", ("2023-01-01", "2023-03-31")),
        ("ago(visits, 1 month)", "2023-03-30", ("2023-02-28", "2023-02-28")),
        ("ago(visits, 2 weeks)", "2023-W10", ("2023-02-20", "2023-02-26")),
        ("trailing(visits, 7 days)", "2023-02", ("2023-02-22", "2023-02-28")),
        ("trailing(visits, 3 months)", "2023-02", ("2022-12-01", "2023-02-28")),
        ("trailing(visits, 1 month)", "2023-03-15", ("2023-02-16", "2023-03-15")),
        ("to_date(visits, month)", "2023-03-15", ("2023-03-01", "2023-03-15")),
        ("to_date(visits, quarter)", "2023-02", ("2023-01-01", "2023-02-28")),
        ("to_date(visits, week)", "2023-03-15", ("2023-03-13", "2023-03-15")),
        ("since_start(visits)", "2022-01-03", ("2022-01-01", "2022-01-03")),
        ("baseline(visits, january)", "2023-03-15", ("2023-01-01", "2023-01-31")),
        ("prior(visits)", "2023-03", ("2023-01-29", "2023-02-28")),
        // From the outside inwards: a year before, and there the week that ends.
        ("ago(trailing(visits, 7 days), 1 year)", "2023-03-15", ("2022-03-09", "2022-03-15")),
        // The trailing month, and that a year before.
        ("trailing(ago(visits, 1 year), 1 month)", "2023-02-28", ("2022-02-01", "2022-02-28")),
        ("to_date(ago(visits, 1 year), month)", "2023-03-15", ("2022-03-01", "2022-03-15")),
        ("prior(trailing(visits, 2 days))", "2023-03-15", ("2023-03-13", "2023-03-14")),
        ("trailing(prior(visits), 2 days)", "2023-03-15", ("2023-03-12", "2023-03-13")),
    ];
    for (formula, period, (first, last)) in cases {
        assert_eq!(over(formula, period), defined(visits(first, last)), "{formula} in {period}");
    }
}

#[test]
fn what_a_period_holds_is_a_ratio_of_sums() {
    let days = ("2022-03-09", "2022-03-15");
    let rate = orders(days.0, days.1).checked_div(&visits(days.0, days.1)).unwrap();
    for formula in [
        "ago(trailing(orders / visits, 7 days), 1 year)",
        "ago(trailing(orders, 7 days) / trailing(visits, 7 days), 1 year)",
        "ago(trailing_rate, 1 year)",
    ] {
        assert_eq!(over(formula, "2023-03-15"), defined(rate.clone()), "{formula}");
    }
    // Stocks and extremes by their own rules: 2023-03-15 is day 438.
    assert_eq!(over("staff", "2023-03-15"), defined(3.into()));
    assert_eq!(over("trailing(staff, 3 days)", "2023-03-15"), defined(3.into()));
    let peak = (436..=438).map(|i| (i * 37) % 11).max().unwrap();
    assert_eq!(over("trailing(peak, 3 days)", "2023-03-15"), defined(Rational::from(peak)));
}

#[test]
fn before_the_facts_each_measure_says_what_a_day_means() {
    assert_eq!(over("ago(visits, 10 years)", "2023-03"), defined(0.into()));
    assert_eq!(over("ago(known, 10 years)", "2023-03"), Value::Undefined(Reason::Missing));
    assert_eq!(over("trailing(known, 3 days)", "2022-01-02"), Value::Undefined(Reason::Missing));
    assert_eq!(over("trailing(known, 2 days)", "2022-01-02"), defined(1.into()));
    // Before the first year there are no days, so nothing is known of them.
    assert_eq!(over("ago(visits, 2500 years)", "2023-03"), Value::Undefined(Reason::Missing));
    assert_eq!(over("since_start(visits)", "2021-12"), Value::Undefined(Reason::Missing));
}

#[test]
fn buckets_keep_their_prior() {
    let calendar = Calendar::default();
    let kpis = [
        ("a", "prior(visits)"),
        ("b", "ago(prior(visits), 1 year)"),
        ("c", "trailing(visits, 3 months)"),
        ("d", "prior(to_date(visits, year))"),
    ];
    let kpis = kpis.map(|(name, formula)| Kpi::new(name, formula.parse().unwrap()));
    let set = KpiSet::new(schema(), kpis).unwrap();
    let facts = facts(&set, day("2022-01-01"), 800);
    let query = Query::of(["a", "b", "c", "d"])
        .grain(Grain::Month)
        .within(Period::inclusive(day("2023-02-10"), day("2023-04-30")).unwrap());
    let table = query.run(&set, &facts, calendar).unwrap();
    let expected = [
        [("2023-01-01", "2023-01-31"), ("2023-02-01", "2023-02-28"), ("2023-03-01", "2023-03-31")],
        // The first bucket begins on the 10th, and that a year before is no whole month.
        [("2022-01-22", "2022-02-09"), ("2022-02-01", "2022-02-28"), ("2022-03-01", "2022-03-31")],
        [("2022-12-01", "2023-02-28"), ("2023-01-01", "2023-03-31"), ("2023-02-01", "2023-04-30")],
        [("2023-01-01", "2023-01-31"), ("2023-01-01", "2023-02-28"), ("2023-01-01", "2023-03-31")],
    ];
    for (column, expected) in table.columns.iter().zip(expected) {
        let expected = expected.map(|(first, last)| defined(visits(first, last)));
        assert_eq!(column.values, expected, "{}", column.metric);
    }
}

#[test]
fn unknown_baselines_and_currencies_are_refused() {
    let refused = |formula: &str| {
        let kpi = Kpi::new("it", formula.parse().unwrap());
        let set = KpiSet::builder(schema())
            .kpi(kpi)
            .baseline("last_season", Calendar::default().period("2022").unwrap())
            .build();
        let error = set.unwrap_err();
        (error.problems()[0].kind(), error.problems()[0].message().to_owned())
    };
    assert_eq!(
        refused("baseline(visits, last_saeson)"),
        (
            ErrorKind::Unknown,
            "kpi \"it\": unknown baseline \"last_saeson\" at 0..29 in \"baseline(visits, last_saeson)\"; did you mean \"last_season\"?".to_owned()
        )
    );
    assert_eq!(
        refused("1 + reported(visits)"),
        (
            ErrorKind::Missing,
            "kpi \"it\": no reporting currency at 4..20 in \"1 + reported(visits)\"; declare one, with its rates".to_owned()
        )
    );
}

#[test]
fn a_kpi_looks_at_a_limited_number_of_periods() {
    let sum = |count: usize| {
        let parts: Vec<_> = (1..=count).map(|i| format!("ago(visits, {i} days)")).collect();
        KpiSet::new(schema(), [Kpi::new("it", parts.join(" + ").parse().unwrap())])
    };
    assert!(sum(64).is_ok());
    let error = sum(65).unwrap_err();
    assert_eq!(error.problems()[0].kind(), ErrorKind::Capacity);
}

/// A window as the test knows it: plain loops over days.
#[derive(Debug, Clone)]
enum Step {
    Back(i32),
    Trailing(i32),
    ToWeek,
    SinceStart,
    Prior,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (1..40).prop_map(Step::Back),
        (1..40).prop_map(Step::Trailing),
        Just(Step::ToWeek),
        Just(Step::SinceStart),
        Just(Step::Prior),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any composition, for many periods at once, against a walk over the days of each.
    #[test]
    fn any_composition_agrees_with_a_walk(
        steps in prop::collection::vec(step(), 0..5),
        begin in 200..300_i32,
        lengths in prop::collection::vec(1..9_i32, 1..6),
        values in prop::collection::vec(-50..50_i64, 320),
    ) {
        let mut formula = "visits".to_owned();
        for step in steps.iter().rev() {
            formula = match step {
                Step::Back(days) => format!("ago({formula}, {days} days)"),
                Step::Trailing(days) => format!("trailing({formula}, {days} days)"),
                Step::ToWeek => format!("to_date({formula}, week)"),
                Step::SinceStart => format!("since_start({formula})"),
                Step::Prior => format!("prior({formula})"),
            };
        }
        let schema = Schema::new(
            Vec::<String>::new(),
            [Measure::flow("visits", "visit".parse().unwrap())],
        ).unwrap();
        let set = KpiSet::new(schema, [Kpi::new("it", formula.parse().unwrap())]).unwrap();
        // Day 0 is a Monday.
        let start = day("2022-01-03");
        let dates: Vec<Date> = (0..320).map(|i| start.plus_days(i).unwrap()).collect();
        let facts = Facts::builder(set.schema())
            .dates(&dates)
            .measure("visits", Column::integers(&values))
            .build()
            .unwrap();
        let mut at = begin;
        for length in lengths {
            let (mut first, mut last) = (at, at + length - 1);
            at += 3;
            let asked = Period::inclusive(start.plus_days(first).unwrap(), start.plus_days(last).unwrap());
            let query = Query::of(["it"]).within(asked.unwrap());
            let table = query.run(&set, &facts, Calendar::default()).unwrap();
            let mut missing = false;
            for step in &steps {
                (first, last) = match step {
                    Step::Back(days) => (first - days, last - days),
                    Step::Trailing(days) => (last - days + 1, last),
                    Step::ToWeek => (last - last.rem_euclid(7), last),
                    Step::SinceStart => (0, last),
                    Step::Prior => (first - (last - first + 1), first - 1),
                };
                if last < first {
                    missing = true;
                    break;
                }
            }
            let days = (first.max(0)..=last.min(319)).map(|i| values[i as usize]);
            let expected = match missing {
                true => Value::Undefined(Reason::Missing),
                false => Value::Defined(Rational::from(days.sum::<i64>())),
            };
            prop_assert_eq!(&table.columns[0].values[0], &expected, "{} of {}..={}", formula, first, last);
        }
    }
}

proptest! {
    /// Days that overlap in one query are those of queries of their own.
    #[test]
    fn a_daily_trailing_sum_is_that_of_each_day(span in 1..30_u32, from in 0..200_i32, days in 1..60_i32) {
        let calendar = Calendar::default();
        let span = Span::new(span, Grain::Day).unwrap();
        let formulas = [
            ("rate", format!("trailing(orders / visits, {span})")),
            ("stock", format!("trailing(staff, {span})")),
            ("certain", format!("trailing(known, {span})")),
        ];
        let kpis = formulas.map(|(name, text)| Kpi::new(name, text.parse().unwrap()));
        let set = KpiSet::new(schema(), kpis).unwrap();
        let facts = facts(&set, day("2022-01-01"), 260);
        let first = day("2022-01-01").plus_days(from).unwrap();
        let within = Period::inclusive(first, first.plus_days(days - 1).unwrap()).unwrap();
        let query = Query::of(["rate", "stock", "certain"]);
        let table = query.clone().grain(Grain::Day).within(within).run(&set, &facts, calendar).unwrap();
        for (i, day) in within.iter().enumerate() {
            let alone = query.clone().within(Period::day(day)).run(&set, &facts, calendar).unwrap();
            for (column, alone) in table.columns.iter().zip(&alone.columns) {
                prop_assert_eq!(&column.values[i], &alone.values[0]);
            }
        }
    }
}

/// What a plain loop over days and rows says, of rows `(day, shop, kind, value)`.
mod loops {
    pub(super) type Row = (i32, usize, usize, i64);

    fn leaves(rows: &[Row], takes: &dyn Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
        let mut leaves: Vec<_> = rows.iter().map(|r| (r.1, r.2)).collect();
        leaves.sort_unstable();
        leaves.dedup();
        leaves.retain(|leaf| takes(leaf.0, leaf.1));
        leaves
    }

    fn at(rows: &[Row], leaf: (usize, usize), day: i32) -> Option<i64> {
        rows.iter().find(|r| r.0 == day && (r.1, r.2) == leaf).map(|r| r.3)
    }

    pub(super) fn value(
        rows: &[Row],
        rule: usize,
        period: Option<(i32, i32)>,
        takes: &dyn Fn(usize, usize) -> bool,
    ) -> Option<i64> {
        let (first, last) = period?;
        let leaves = leaves(rows, takes);
        match rule {
            // A flow.
            0 => Some(
                leaves
                    .iter()
                    .flat_map(|leaf| (first..=last).filter_map(|day| at(rows, *leaf, day)))
                    .sum(),
            ),
            // A flow that has to be known every day.
            1 => {
                let days =
                    leaves.iter().flat_map(|leaf| (first..=last).map(|day| at(rows, *leaf, day)));
                let all: Option<Vec<i64>> = days.collect();
                all.filter(|all| !all.is_empty()).map(|all| all.iter().sum())
            }
            // A stock: what was seen last, of those that were there.
            _ => {
                let seen = |leaf: &(usize, usize)| {
                    rows.iter()
                        .filter(|r| (r.1, r.2) == *leaf && r.0 <= last)
                        .max_by_key(|r| r.0)
                        .map(|r| r.3)
                };
                let seen: Vec<i64> = leaves.iter().filter_map(seen).collect();
                (!seen.is_empty()).then(|| seen.iter().sum())
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// Overlapping windows of each kind of measure, with a filter of the measure and one of the
    /// query, cut buckets, days before the first, groups.
    #[test]
    fn overlapping_windows_with_filters_are_loops_over_days(
        cells in prop::collection::btree_map((0..40_i32, 0..2_usize, 0..3_usize), -9..99_i64, 1..60),
        (from, days) in (0..45_i32, 1..45_i32),
        (own, asked) in (0..8_usize, 0..5_usize),
        (back, length) in (1..30_u32, 1..30_u32),
        grain in prop::sample::select(vec![None, Some(Grain::Day), Some(Grain::Week), Some(Grain::Month)]),
    ) {
        const SHOPS: [&str; 2] = ["north", "south"];
        const KINDS: [&str; 3] = ["a", "b", "c"];
        let rows: Vec<loops::Row> =
            cells.into_iter().map(|((day, shop, kind), value)| (day, shop, kind, value)).collect();
        // Which kinds the measures take: any set of the three, the empty one too; 7 is all.
        let kinds = (0..3).filter(|kind| own >> kind & 1 == 1).map(|kind| KINDS[kind]);
        let unit = || "visit".parse().unwrap();
        let measures = [
            Measure::flow("flow", unit()),
            Measure::flow("known", unit()).missing(MissingDay::Unknown),
            Measure::stock("stock", unit()),
        ].map(|measure| measure.only("kind", kinds.clone()));
        let names = ["flow", "known", "stock"];
        let schema = Schema::new(["shop", "kind"], measures).unwrap();
        let windows = [
            "trailing(X, L days)", "ago(trailing(X, L days), B days)", "to_date(X, month)",
            "since_start(X)", "trailing(prior(X), L days)", "ago(X, 1 month)",
        ];
        let mut kpis = Vec::new();
        for name in names {
            for (i, window) in windows.iter().enumerate() {
                let text = window.replace('X', name).replace('L', &length.to_string()).replace('B', &back.to_string());
                kpis.push(Kpi::new(format!("{name}_{i}"), text.parse().unwrap()));
            }
        }
        let set = KpiSet::new(schema, kpis).unwrap();
        let start = day("2024-01-15");
        let at = |i: i32| start.plus_days(i).unwrap();
        let dates: Vec<Date> = rows.iter().map(|r| at(r.0)).collect();
        let shops: Vec<&str> = rows.iter().map(|r| SHOPS[r.1]).collect();
        let of: Vec<&str> = rows.iter().map(|r| KINDS[r.2]).collect();
        let values: Vec<i64> = rows.iter().map(|r| r.3).collect();
        let mut builder =
            Facts::builder(set.schema()).dates(&dates).dimension("shop", &shops).dimension("kind", &of);
        for name in names {
            builder = builder.measure(name, Column::integers(&values));
        }
        let facts = builder.build().unwrap();
        let calendar = Calendar::default();
        let period = Period::inclusive(at(from), at(from + days - 1)).unwrap();
        let mut query = Query::of(set.kpis().iter().map(|kpi| kpi.name().to_owned())).within(period).by("shop");
        if let Some(grain) = grain {
            query = query.grain(grain);
        }
        let asked_kinds: Vec<&str> = match asked {
            0 => Vec::new(),
            4 => KINDS.to_vec(),
            i => vec![KINDS[i - 1]],
        };
        query = query.only("kind", asked_kinds.clone());
        let table = query.run(&set, &facts, calendar).unwrap();
        let first = rows.iter().map(|r| r.0).min().unwrap();
        let number = |date: Date| date.number() - start.number();
        for (r, row) in table.rows.iter().enumerate() {
            let l = number(row.period.last());
            let takes = |shop: usize, kind: usize| {
                SHOPS[shop] == row.key[0] && own >> kind & 1 == 1 && asked_kinds.contains(&KINDS[kind])
            };
            let (b, n) = (back as i32, length as i32);
            let month = |last: i32| {
                let date = at(last);
                last - date.day() as i32 + 1
            };
            let before = {
                let (f, l) = (l - n + 1, l);
                let whole = grain.is_some_and(|grain| {
                    calendar.bucket(at(f), grain) == Period::inclusive(at(f), at(l)).unwrap()
                });
                match (whole, grain) {
                    (true, Some(grain)) => {
                        let bucket = calendar.bucket(at(f - 1), grain);
                        (number(bucket.first()), number(bucket.last()))
                    }
                    _ => (f - n, f - 1),
                }
            };
            let ago = row.period.back("1 month".parse().unwrap()).unwrap();
            let due = [
                Some((l - n + 1, l)),
                Some((l - b - n + 1, l - b)),
                Some((month(l), l)),
                (first <= l).then_some((first, l)),
                Some(before),
                Some((number(ago.first()), number(ago.last()))),
            ];
            for (m, name) in names.iter().enumerate() {
                for (i, period) in due.iter().enumerate() {
                    let column = &table.columns[m * windows.len() + i];
                    let expected = loops::value(&rows, m, *period, &takes);
                    let expected = expected.map_or(Value::Undefined(Reason::Missing), |v| Value::Defined(v.into()));
                    prop_assert_eq!(&column.values[r], &expected, "{} {:?} {:?}", name, windows[i], row.period);
                }
            }
        }
    }
}

/// Ten years of days, each over ten years, sixty times over.
#[test]
fn windows_that_would_read_too_much_are_refused() {
    let peak = Measure::flow("peak", "visit".parse().unwrap()).over_time(OverTime::Max);
    let schema = Schema::new(["shop"], [peak]).unwrap();
    let windows: Vec<String> =
        (3_600..3_660).map(|i| format!("trailing(peak, {i} days)")).collect();
    let set = KpiSet::new(
        schema,
        [
            Kpi::new("many", windows.join(" + ").parse().unwrap()),
            Kpi::new("one", "trailing(peak, 7 days)".parse().unwrap()),
        ],
    )
    .unwrap();
    let (days, shops) = (3_650, 10);
    let start = day("2012-01-01");
    let row = |i: i32| (start.plus_days(i / shops).unwrap(), (i % shops).to_string());
    let (dates, names): (Vec<Date>, Vec<String>) = (0..days * shops).map(row).unzip();
    let values = vec![1; dates.len()];
    let facts = Facts::builder(set.schema())
        .dates(&dates)
        .dimension("shop", &names)
        .measure("peak", Column::integers(&values))
        .build()
        .unwrap();
    let run = |name: &str| {
        Query::of([name])
            .grain(Grain::Day)
            .run(&set, &facts, Calendar::default())
            .map(|t| t.rows.len())
    };
    assert_eq!(run("one"), Ok(3_650));
    let error = run("many").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Capacity);
    assert!(error.message().contains("take shorter windows or a coarser grain"), "{error}");
}
