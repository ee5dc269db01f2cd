//! Measures beyond plain columns: computed for each row, of some combinations only, distinct counts
//! at their own grains, and amounts in a reporting currency.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use proptest::prelude::*;
use yardstick::kpi::{Aggregation, MetricKind};
use yardstick::{
    Basis, Calendar, Column, Date, DistinctTable, Error, ErrorKind, Facts, FunnelDefinition, Grain,
    Kpi, KpiSet, Measure, MissingDay, Owner, Period, Query, Rational, Reason, Schema, Table, Value,
};

fn unit(text: &str) -> yardstick::Unit {
    text.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn period(text: &str) -> Period {
    Calendar::default().period(text).unwrap()
}

fn defined(text: &str) -> Value {
    Value::Defined(text.parse().unwrap())
}

fn computed(name: &str, unit_text: &str, formula: &str) -> Measure {
    Measure::flow(name, unit(unit_text)).computed(formula.parse().unwrap())
}

fn run(query: Query, set: &KpiSet, facts: &Facts<'_>) -> Table {
    query.run(set, facts, Calendar::default()).unwrap()
}

/// What is wrong with a schema of a value in EUR, a probability, hours and another measure.
fn refused(measure: Measure) -> (ErrorKind, String) {
    let schema = Schema::new(
        ["stage"],
        [
            Measure::flow("value", unit("EUR")),
            Measure::flow("probability", unit("1")),
            Measure::flow("hours", unit("hour")),
            Measure::flow("days", unit("day")),
            Measure::distinct("people", unit("person")),
            computed("twice", "EUR", "2 * value"),
            measure,
        ],
    );
    let error = schema.unwrap_err();
    (error.problems()[0].kind(), error.problems()[0].to_string())
}

#[test]
fn a_formula_for_rows_is_checked_when_the_schema_is() {
    let cases = [
        (
            computed("it", "EUR", "value * probabilty"),
            ErrorKind::Unknown,
            "unknown measure \"probabilty\" at 8..18",
        ),
        (
            computed("it", "EUR", "value + hours"),
            ErrorKind::Unit,
            "cannot add or compare EUR and hour",
        ),
        (computed("it", "hour", "hours + days"), ErrorKind::Unit, "bring both to one unit"),
        (
            computed("it", "USD", "value * probability"),
            ErrorKind::Unit,
            "declared unit USD, but \"value * probability\" gives EUR",
        ),
        (
            computed("it", "EUR", "value / 2"),
            ErrorKind::Domain,
            "divide rolled-up measures in a KPI",
        ),
        (computed("it", "EUR", "value ^ -1"), ErrorKind::Domain, "a quotient of single rows"),
        (computed("it", "EUR", "prior(value)"), ErrorKind::Domain, "prior of a single row"),
        (
            computed("it", "EUR", "reported(value)"),
            ErrorKind::Domain,
            "multiply by the rate measure",
        ),
        (computed("it", "EUR", "twice + value"), ErrorKind::Domain, "is computed itself"),
        (computed("it", "person", "people"), ErrorKind::Domain, "counts distinct things"),
        (
            Measure::flow("it", unit("EUR")).only("stag", ["won"]),
            ErrorKind::Unknown,
            "measures[6].where: unknown dimension \"stag\"",
        ),
        (
            Measure::distinct("it", unit("person")).only("stage", ["won"]),
            ErrorKind::Domain,
            "supply it at its grain",
        ),
    ];
    for (measure, kind, text) in cases {
        let (found, message) = refused(measure);
        assert_eq!(found, kind, "{message}");
        assert!(message.contains(text), "{message}");
    }
}

#[test]
fn filters_and_rows_before_roll_up() {
    let Err(error) = Schema::new(
        Vec::<String>::new(),
        [Measure::flow("value", unit("EUR")), computed("capped", "EUR", "min(value, 250)")],
    ) else {
        panic!("250 is a pure number")
    };
    assert!(error.to_string().contains("cannot add or compare EUR and 1"), "{error}");

    let schema = Schema::new(
        ["status", "region"],
        [
            Measure::flow("deals", unit("deal")),
            Measure::flow("value", unit("EUR")),
            Measure::flow("probability", unit("1")),
            computed("won", "deal", "deals").only("status", ["won"]),
            computed("lost", "deal", "deals").only("status", ["lost"]),
            computed("weighted", "EUR", "value * probability").only("status", ["open"]),
            computed("capped", "EUR", "min(value, 250 [EUR])"),
        ],
    );
    let kpis = [Kpi::new("win_rate", "won / (won + lost)".parse().unwrap())];
    let set = KpiSet::new(schema.unwrap(), kpis).unwrap();
    let today = day("2024-03-01");
    let facts = Facts::builder(set.schema())
        .dates(&[today; 5])
        .dimension("status", &["won", "won", "lost", "open", "open"])
        .dimension("region", &["north", "south", "north", "north", "south"])
        .measure("deals", Column::integers(&[3, 1, 4, 2, 2]))
        .measure("value", Column::scaled(&[10_000, 90_050, 1_000, 40_000, 8_000], 2))
        .measure(
            "probability",
            Column::optional_text(&[None, None, None, Some("0.25"), Some("0.5")]),
        )
        .build()
        .unwrap();
    let metrics = ["win_rate", "won", "weighted", "capped"];
    let total = run(Query::of(metrics), &set, &facts);
    let values: Vec<_> = total.columns.iter().map(|column| column.values[0].clone()).collect();
    assert_eq!(values, ["1/2", "4", "140", "690"].map(defined));
    let by = run(Query::of(metrics).by("region"), &set, &facts);
    assert_eq!(by.get("win_rate", None, &["north"]), Some(&defined("3/7")));
    assert_eq!(by.get("win_rate", None, &["south"]), Some(&defined("1")));
    // Within one status, the others count as if they were not there.
    let lost = run(Query::of(["won", "win_rate"]).only("status", ["lost"]), &set, &facts);
    assert_eq!(lost.columns[0].values[0], defined("0"));
    assert_eq!(lost.columns[1].values[0], defined("0"));
    let kinds = ["won", "win_rate"].map(|metric| set.aggregation(metric).unwrap());
    assert_eq!(kinds, [Aggregation::Additive, Aggregation::RatioOfSums]);
}

#[test]
fn a_filter_leaves_out_what_is_unknown_elsewhere() {
    let known = |name: &str| Measure::flow(name, unit("visit")).missing(MissingDay::Unknown);
    let stock = |name: &str| Measure::stock(name, unit("account"));
    let schema = Schema::new(
        ["shop"],
        [
            known("known"),
            stock("stock"),
            known("known_a").computed("known".parse().unwrap()).only("shop", ["a"]),
            stock("stock_a").computed("stock".parse().unwrap()).only("shop", ["a"]),
        ],
    );
    let set = KpiSet::new(schema.unwrap(), []).unwrap();
    let (first, second) = (day("2024-03-01"), day("2024-03-02"));
    let facts = Facts::builder(set.schema())
        .dates(&[first, second, first])
        .dimension("shop", &["a", "a", "b"])
        .measure("known", Column::integers(&[1, 2, 50]))
        .measure("stock", Column::integers(&[5, 6, 70]))
        .build()
        .unwrap();
    let table = run(Query::of(["known", "known_a", "stock", "stock_a"]), &set, &facts);
    let values: Vec<_> = table.columns.iter().map(|column| column.values[0].clone()).collect();
    let missing = Value::Undefined(Reason::Missing);
    assert_eq!(values, [missing, defined("3"), defined("76"), defined("6")]);
}

/// Cohort retention: customers by the month of their first order and their age in months.
#[test]
fn cohort_retention_by_age() {
    let aged = |name: &str, age: &str| {
        Measure::flow(name, unit("customer")).computed("active".parse().unwrap()).only("age", [age])
    };
    let schema = Schema::new(
        ["cohort", "age"],
        [
            Measure::flow("active", unit("customer")),
            aged("size", "0"),
            aged("month_1", "1"),
            aged("month_2", "2"),
        ],
    );
    let kpis = [
        Kpi::new("retention_1", "month_1 / size".parse().unwrap()),
        Kpi::new("retention_2", "month_2 / size".parse().unwrap()),
    ];
    let set = KpiSet::new(schema.unwrap(), kpis).unwrap();
    let dates = ["2024-01-31", "2024-02-29", "2024-03-31", "2024-02-29", "2024-03-31"].map(day);
    let facts = Facts::builder(set.schema())
        .dates(&dates)
        .dimension("cohort", &["2024-01", "2024-01", "2024-01", "2024-02", "2024-02"])
        .dimension("age", &["0", "1", "2", "0", "1"])
        .measure("active", Column::integers(&[100, 60, 45, 50, 40]))
        .build()
        .unwrap();
    let table = run(Query::of(["retention_1", "retention_2"]).by("cohort"), &set, &facts);
    assert_eq!(table.get("retention_1", None, &["2024-01"]), Some(&defined("3/5")));
    assert_eq!(table.get("retention_2", None, &["2024-01"]), Some(&defined("9/20")));
    assert_eq!(table.get("retention_1", None, &["2024-02"]), Some(&defined("4/5")));
    let total = run(Query::of(["retention_1"]), &set, &facts);
    assert_eq!(total.columns[0].values[0], defined("2/3"), "(60 + 40) / (100 + 50)");
}

#[test]
fn rows_that_do_not_fit_say_which() {
    let schema = Schema::new(
        Vec::<String>::new(),
        [Measure::flow("value", unit("EUR")), computed("cubed", "EUR^3", "value^3")],
    );
    let set = KpiSet::new(schema.unwrap(), []).unwrap();
    let facts = |value: i64| {
        Facts::builder(set.schema())
            .dates(&[day("2024-03-01"), day("2024-03-02")])
            .measure("value", Column::integers(&[1, value]))
            .build()
            .map(|facts| run(Query::of(["cubed"]), &set, &facts).columns[0].values[0].clone())
    };
    assert_eq!(facts(1_000_000).unwrap(), defined("1000000000000000001"));
    let error = facts(i64::MAX).unwrap_err();
    let problem = &error.problems()[0];
    assert_eq!((problem.kind(), problem.row()), (ErrorKind::Overflow, Some(1)));
    assert_eq!(problem.column(), Some("cubed"));
    let given = Facts::builder(set.schema())
        .dates(&[day("2024-03-01")])
        .measure("value", Column::integers(&[1]))
        .measure("cubed", Column::integers(&[1]))
        .build();
    let message = given.unwrap_err().problems()[0].message().to_owned();
    assert_eq!(message, "measure \"cubed\" is computed from others; give it no column");
}

fn visitors() -> KpiSet {
    let schema = Schema::new(
        ["country", "device"],
        [
            Measure::flow("impressions", unit("impression")),
            Measure::distinct("reach", unit("person")),
            Measure::distinct("known", unit("person")).missing(MissingDay::Unknown),
        ],
    );
    let frequency = Kpi::new("frequency", "impressions / reach".parse().unwrap());
    KpiSet::new(schema.unwrap(), [frequency]).unwrap()
}

fn visitor_facts<'a>(set: &KpiSet, tables: Vec<DistinctTable<'a>>) -> Result<Facts<'a>, Error> {
    let builder = Facts::builder(set.schema())
        .dates(&["2024-01-10", "2024-01-10", "2024-02-10"].map(day))
        .dimension("country", &["DE", "FR", "DE"])
        .dimension("device", &["phone", "phone", "desk"])
        .measure("impressions", Column::integers(&[100, 30, 50]));
    tables.into_iter().fold(builder, |builder, table| builder.distinct(table)).build()
}

#[test]
fn distinct_counts_answer_where_they_were_supplied() {
    let set = visitors();
    let (january, february) = (period("2024-01"), period("2024-02"));
    let monthly = DistinctTable::over(&[january, february, january])
        .dimension("country", &["DE", "DE", "FR"])
        .measure("reach", Column::integers(&[40, 25, 10]))
        .measure("known", Column::integers(&[4, 2, 1]));
    let total = DistinctTable::over(&[january]).measure("reach", Column::integers(&[45]));
    let facts = visitor_facts(&set, vec![monthly, total]).unwrap();
    let months = Query::of(["reach", "known", "frequency"]).grain(Grain::Month);
    let months = months.within(period("2024-Q1"));
    let by_country = run(months.clone().by("country"), &set, &facts);
    let at = |metric: &str, month: &str, key: &[&str]| {
        by_country.get(metric, Some(month), key).unwrap().clone()
    };
    assert_eq!(at("reach", "2024-01", &["DE"]), defined("40"));
    assert_eq!(at("frequency", "2024-01", &["FR"]), defined("3"));
    // The table knows February, and has no row for FR.
    assert_eq!(at("reach", "2024-02", &["FR"]), defined("0"));
    assert_eq!(at("known", "2024-02", &["FR"]), Value::Undefined(Reason::Missing));
    // It does not know March.
    assert_eq!(at("reach", "2024-03", &["DE"]), Value::Undefined(Reason::NotAdditive));

    let not_additive = Value::Undefined(Reason::NotAdditive);
    let in_total = run(months.clone(), &set, &facts);
    assert_eq!(in_total.get("reach", Some("2024-01"), &[]), Some(&defined("45")));
    assert_eq!(in_total.get("known", Some("2024-01"), &[]), Some(&not_additive));
    assert_eq!(in_total.get("reach", Some("2024-02"), &[]), Some(&not_additive));
    // One country fixed by a filter is the same question as that row; two are another one.
    let only = run(months.clone().only("country", ["DE"]), &set, &facts);
    assert_eq!(only.get("reach", Some("2024-01"), &[]), Some(&defined("40")));
    let both = run(months.clone().only("country", ["DE", "FR"]), &set, &facts);
    assert_eq!(both.get("reach", Some("2024-01"), &[]), Some(&not_additive));
    let narrowed = months.clone().only("country", ["DE", "FR"]).only("country", ["FR", "IT"]);
    assert_eq!(
        run(narrowed, &set, &facts).get("reach", Some("2024-01"), &[]),
        Some(&defined("10"))
    );
    let finer = run(months.by("country").by("device"), &set, &facts);
    assert_eq!(finer.get("reach", Some("2024-01"), &["DE", "phone"]), Some(&not_additive));
    // A part of the month is another period.
    let part = Query::of(["reach"]).by("country");
    let part = part.within(Period::inclusive(day("2024-01-01"), day("2024-01-30")).unwrap());
    assert!(run(part, &set, &facts).columns[0].values.iter().all(|value| *value == not_additive));
    assert_eq!(set.aggregation("frequency").unwrap(), Aggregation::NotAdditive);
}

#[test]
fn a_wrong_table_of_distinct_counts_is_refused() {
    let set = visitors();
    let january = period("2024-01");
    let known = DistinctTable::over(&[january]).measure("known", Column::integers(&[1]));
    let refused = |table: DistinctTable<'static>| {
        let error = visitor_facts(&set, vec![known.clone(), table]).unwrap_err();
        error.problems()[0].to_string()
    };
    let one = || DistinctTable::over(&[january]);
    let reach = || Column::integers(&[1]);
    let cases = [
        (
            one().measure("reech", reach()),
            "unknown distinct measure \"reech\"; did you mean \"reach\"?",
        ),
        (one().measure("impressions", reach()), "unknown distinct measure \"impressions\""),
        (one().measure("reach", Column::integers(&[1, 2])), "2 values for 1 dates"),
        (one().dimension("shop", &["a"]).measure("reach", reach()), "unknown dimension \"shop\""),
        (
            DistinctTable::over(&[january, january]).measure("reach", Column::integers(&[1, 2])),
            "2024-01-01 to 2024-01-31 is already in row 0",
        ),
    ];
    for (table, text) in cases {
        let found = refused(table);
        assert!(found.starts_with("distinct[1]: ") && found.contains(text), "{found}");
    }
    let error = visitor_facts(&set, vec![known]).unwrap_err();
    assert!(error.to_string().contains("measure \"reach\" has no column"), "{error}");
}

#[test]
fn a_reporting_currency_is_a_view_of_the_same_kpi() {
    let schema = Schema::new(
        Vec::<String>::new(),
        [
            Measure::flow("sales_eu", unit("EUR")),
            Measure::flow("sales_us", unit("USD")),
            Measure::flow("orders", unit("order")),
            Measure::stock("usd_per_eur", unit("USD/EUR")),
        ],
    );
    let kpis = [
        Kpi::new("aov", "sales_eu / orders".parse().unwrap()),
        Kpi::new("orders_per_euro", "orders / sales_eu".parse().unwrap()),
        Kpi::new("sales", "reported(sales_eu) + reported(sales_us)".parse().unwrap()),
    ];
    let set = KpiSet::builder(schema.unwrap())
        .kpis(kpis)
        .reporting("USD", [("EUR", "usd_per_eur")])
        .build()
        .unwrap();
    let facts = Facts::builder(set.schema())
        .dates(&[day("2024-03-01"), day("2024-03-02")])
        .measure("sales_eu", Column::integers(&[100, 300]))
        .measure("sales_us", Column::integers(&[50, 50]))
        .measure("orders", Column::integers(&[2, 3]))
        .measure("usd_per_eur", Column::scaled(&[110, 125], 2))
        .build()
        .unwrap();
    let metrics = ["aov", "orders_per_euro", "sales", "orders"];
    let local = run(Query::of(metrics), &set, &facts);
    let global = run(Query::of(metrics).reported(), &set, &facts);
    let seen = |table: &Table| -> Vec<(String, Value)> {
        let columns = table.columns.iter();
        columns.map(|column| (column.unit.to_string(), column.values[0].clone())).collect()
    };
    let due = |values: [(&str, &str); 4]| values.map(|(u, v)| (u.to_owned(), defined(v))).to_vec();
    let sales = ("USD", "600"); // 400 EUR at the closing rate of 1.25, and 100 USD
    let orders = ("order", "5");
    assert_eq!(seen(&local), due([("EUR/order", "80"), ("order/EUR", "1/80"), sales, orders]));
    assert_eq!(seen(&global), due([("USD/order", "100"), ("order/USD", "1/100"), sales, orders]));

    // Money of two currencies never adds up by itself.
    let mixed = Kpi::new("mixed", "sales_eu + sales_us".parse().unwrap());
    let error = KpiSet::new(set.schema().clone(), [mixed]).unwrap_err();
    assert!(error.to_string().contains("multiply one by a rate measure"), "{error}");
    // A rate must be one.
    let wrong = KpiSet::builder(set.schema().clone())
        .reporting("USD", [("EUR", "orders"), ("GBP", "usd_per_eur"), ("JPY", "nothing")])
        .build()
        .unwrap_err();
    let texts: Vec<_> = wrong.problems().iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "reporting.rates.EUR: measure \"orders\" is in order; a rate from EUR is in USD/EUR",
            "reporting.rates.GBP: measure \"usd_per_eur\" is in USD/EUR; a rate from GBP is in USD/GBP",
            "reporting.rates.JPY: unknown measure \"nothing\"; known are sales_eu, sales_us, orders, usd_per_eur",
        ]
    );
    let other = KpiSet::builder(set.schema().clone()).reporting("CHF", [("EUR", "x")]).build();
    assert!(other.is_err());
    let error = Query::of(["sales_us"]).reported().run(
        &KpiSet::new(set.schema().clone(), []).unwrap(),
        &facts,
        Calendar::default(),
    );
    assert!(error.unwrap_err().to_string().contains("metrics[0]: no reporting currency"));
}

#[test]
fn kinds_are_what_the_formula_says() {
    let schema = Schema::new(
        Vec::<String>::new(),
        [
            Measure::flow("leads", unit("lead")),
            Measure::flow("deals", unit("deal")),
            Measure::stock("staff", unit("person")),
        ],
    );
    let funnel = FunnelDefinition::new("sales", Basis::Cohort)
        .stage("lead", Owner::Marketing, "leads")
        .stage("deal", Owner::Sales, "deals");
    let formula = |name: &str, text: &str| Kpi::new(name, text.parse().unwrap());
    let kpis = [
        Kpi::conversion("close_rate", &funnel, "lead", "deal").unwrap(),
        formula("growth", "deals / prior(deals) - 1"),
        formula(
            "trailing_growth",
            "trailing(deals, 7 days) / ago(trailing(deals, 7 days), 1 year)",
        ),
        formula("year_to_date", "to_date(deals, year)"),
        formula("twice", "2 * close_rate"),
        formula("rate", "deals / leads"),
        formula("inverse", "leads^-1"),
        formula("half", "deals / 2"),
        formula("per_head", "deals / staff"),
    ];
    let set = KpiSet::new(schema.unwrap(), kpis).unwrap();
    let seen = |name: &str| (set.kind(name).unwrap(), set.aggregation(name).unwrap());
    use Aggregation::{Additive, RatioOfSums, Recomputed};
    use MetricKind::{Conversion, Cumulative, Derived, Offset, Ratio, Simple};
    for (name, kind, aggregation) in [
        ("close_rate", Conversion, RatioOfSums),
        ("growth", Offset, Recomputed),
        ("trailing_growth", Offset, Recomputed),
        ("year_to_date", Cumulative, Recomputed),
        ("twice", Derived, RatioOfSums),
        ("rate", Ratio, RatioOfSums),
        ("inverse", Ratio, Recomputed),
        ("half", Simple, Additive),
        ("per_head", Ratio, Recomputed),
        ("leads", Simple, Additive),
        ("staff", Simple, Recomputed),
    ] {
        assert_eq!(seen(name), (kind, aggregation), "{name}");
    }
    let close = &set.kpis()[0];
    assert_eq!(close.owned_by(), Some(Owner::Sales));
    assert_eq!(close.bounded_by().high, Some(1.into()));
    let backwards = Kpi::conversion("x", &funnel, "deal", "lead").unwrap_err();
    assert_eq!(backwards.kind(), ErrorKind::Domain);
    let unknown = Kpi::conversion("x", &funnel, "lead", "deel").unwrap_err();
    assert!(unknown.message().ends_with("did you mean \"deal\"?"), "{unknown}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What is computed for rows and filtered, against loops over the rows; and a KPI over any
    /// partition of the rows, rolled up again, against the whole.
    #[test]
    fn rows_and_partitions(
        rows in prop::collection::vec((0..3_usize, 0..4_usize, -99..99_i64, -99..99_i64), 1..40),
        parts in 1..5_usize,
    ) {
        let schema = Schema::new(
            ["status", "row"],
            [
                Measure::flow("a", unit("EUR")),
                Measure::flow("b", unit("1")),
                computed("ab", "EUR", "a * b - 0.5 * a").only("status", ["0", "2"]),
            ],
        ).unwrap();
        let set = KpiSet::new(schema, [Kpi::new("rate", "ab / a".parse().unwrap())]).unwrap();
        let start = day("2024-01-01");
        let build = |rows: &[(usize, (usize, usize, i64, i64))]| {
            let dates: Vec<_> = rows.iter().map(|(_, row)| start.plus_days(row.1 as i32).unwrap()).collect();
            let statuses: Vec<_> = rows.iter().map(|(_, row)| row.0.to_string()).collect();
            let names: Vec<_> = rows.iter().map(|(i, _)| i.to_string()).collect();
            let a: Vec<_> = rows.iter().map(|(_, row)| row.2).collect();
            let b: Vec<_> = rows.iter().map(|(_, row)| row.3).collect();
            let facts = Facts::builder(set.schema())
                .dates(&dates)
                .dimension("status", &statuses)
                .dimension("row", &names)
                .measure("a", Column::integers(&a))
                .measure("b", Column::integers(&b))
                .build()
                .unwrap();
            let table = run(Query::of(["a", "ab", "rate"]), &set, &facts);
            table.columns.iter().map(|column| column.values[0].clone()).collect::<Vec<_>>()
        };
        let numbered: Vec<_> = rows.iter().copied().enumerate().collect();
        let whole = build(&numbered);
        let a: i64 = rows.iter().map(|row| row.2).sum();
        let doubled: i64 = rows.iter().filter(|row| row.0 != 1).map(|row| row.2 * (2 * row.3 - 1)).sum();
        let ab = Rational::new(doubled, 2).unwrap();
        prop_assert_eq!(&whole[0], &Value::Defined(a.into()));
        prop_assert_eq!(&whole[1], &Value::Defined(ab.clone()));
        prop_assert_eq!(whole[2].clone().defined(), ab.checked_div(&a.into()).ok());
        // Sums of parts are the whole, and so is the rate of the sums.
        let mut sums = [Rational::ZERO, Rational::ZERO];
        for part in 0..parts {
            let rows: Vec<_> = numbered.iter().copied().filter(|(i, _)| i % parts == part).collect();
            if rows.is_empty() {
                continue;
            }
            for (sum, value) in sums.iter_mut().zip(build(&rows)) {
                *sum = &*sum + &value.defined().unwrap();
            }
        }
        prop_assert_eq!(&whole[..2], &sums.map(Value::Defined)[..]);
    }
}
