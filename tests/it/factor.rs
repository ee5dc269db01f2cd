//! Key success factors: strategies against loops over rows, ranks, and the report.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::{Signed, Zero};
use proptest::prelude::*;
use yardstick::factor::{FactorResult, Strategy as Way};
use yardstick::{
    Calendar, Column, Date, ErrorKind, Factor, Facts, Kpi, KpiSet, Measure, Reason, Schema, Sense,
    Value,
};

fn set() -> KpiSet {
    let unit = |text: &str| text.parse().unwrap();
    let schema = Schema::new(
        ["event", "region"],
        [
            Measure::flow("business", unit("EUR")),
            Measure::flow("cost", unit("EUR")),
            Measure::flow("held", unit("event")),
            Measure::flow("customers", unit("customer")),
            Measure::stock("staff", unit("person")),
        ],
    );
    let cac = Kpi::new("cac", "cost / customers".parse().unwrap());
    KpiSet::new(schema.unwrap(), [cac]).unwrap()
}

/// Event, business, cost, held and customers.
type Row = (usize, i64, i64, i64, i64);

fn run(factor: &Factor, rows: &[Row], names: [&str; 4]) -> FactorResult {
    let set = set();
    let day: Date = "2024-03-01".parse().unwrap();
    let dates: Vec<Date> = (0..rows.len()).map(|i| day.plus_days(i as i32).unwrap()).collect();
    let events: Vec<&str> = rows.iter().map(|row| names[row.0]).collect();
    let column = |of: fn(&Row) -> i64| rows.iter().map(of).collect::<Vec<_>>();
    let (business, cost) = (column(|r| r.1), column(|r| r.2));
    let (held, customers) = (column(|r| r.3), column(|r| r.4));
    let facts = Facts::builder(set.schema())
        .dates(&dates)
        .dimension("event", &events)
        .dimension("region", &vec!["north"; rows.len()])
        .measure("business", Column::integers(&business))
        .measure("cost", Column::integers(&cost))
        .measure("held", Column::integers(&held))
        .measure("customers", Column::integers(&customers))
        .measure("staff", Column::integers(&held))
        .build()
        .unwrap();
    factor.run(&set, &facts, Calendar::default()).unwrap()
}

fn events() -> Factor {
    Factor::new("events", "event", "business").cost("cost").occasions("held").shows_in(["cac"])
}

fn big(value: &Value) -> Result<BigRational, Reason> {
    match value {
        Value::Defined(value) => Ok(value.to_string().parse().unwrap()),
        Value::Undefined(reason) => Err(*reason),
    }
}

/// A quotient where a positive number over zero is `good`.
fn over(n: &BigRational, d: &BigRational, good: bool) -> Result<BigRational, Reason> {
    let sense = |good| if good { Sense::Good } else { Sense::Bad };
    match (n.is_zero(), d.is_zero()) {
        (_, false) => Ok(n / d),
        (true, true) => Err(Reason::NoBase),
        (false, true) => Err(Reason::Unbounded(sense(n.is_positive() == good))),
    }
}

/// How many are better; none for what has no rank.
fn rank(value: &Value, all: &[&Value]) -> Option<usize> {
    let key = |value: &Value| match value {
        Value::Undefined(Reason::Unbounded(Sense::Good)) => Some((1, BigRational::zero())),
        Value::Undefined(Reason::Unbounded(Sense::Bad)) => Some((-1, BigRational::zero())),
        Value::Undefined(_) => None,
        value => Some((0, big(value).unwrap())),
    };
    let own = key(value)?;
    Some(1 + all.iter().filter(|other| key(other).is_some_and(|other| other > own)).count())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn strategies_agree_with_loops_over_rows(
        rows in prop::collection::vec((0..4_usize, -5..50_i64, 0..9_i64, 0..3_i64, 0..4_i64), 1..12),
    ) {
        let result = run(&events(), &rows, ["a", "b", "c", "d"]);
        let mut sums: BTreeMap<&str, [i64; 4]> = BTreeMap::new();
        for (event, business, cost, held, customers) in &rows {
            let sum = sums.entry(["a", "b", "c", "d"][*event]).or_default();
            for (sum, value) in sum.iter_mut().zip([business, cost, held, customers]) {
                *sum += value;
            }
        }
        let number = |value: i64| BigRational::from_integer(value.into());
        let all = number(sums.values().map(|sum| sum[0]).sum());
        prop_assert_eq!(result.strategies.len(), sums.len());
        for strategy in &result.strategies {
            let [business, cost, held, customers] = sums[strategy.name.as_str()].map(number);
            let net = &business - &cost;
            prop_assert_eq!(big(&strategy.contribution), Ok(net.clone()));
            prop_assert_eq!(big(&strategy.return_on_cost), over(&net, &cost, true));
            prop_assert_eq!(big(&strategy.share), over(&business, &all, true));
            prop_assert_eq!(big(&strategy.cost_of_gain), over(&cost, &business, false));
            prop_assert_eq!(big(&strategy.gain_per_occasion), over(&business, &held, true));
            prop_assert_eq!(big(&strategy.cost_per_occasion), over(&cost, &held, false));
            let cac = match over(&cost, &customers, false) {
                Err(Reason::Unbounded(_)) => Err(Reason::Unbounded(Sense::Neutral)),
                other => other,
            };
            prop_assert_eq!(big(&strategy.metrics[0]), cac);
        }
        let column = |of: fn(&Way) -> &Value| result.strategies.iter().map(of).collect::<Vec<_>>();
        let (contributions, returns) = (column(|s| &s.contribution), column(|s| &s.return_on_cost));
        let shares = column(|s| &s.share);
        for strategy in &result.strategies {
            prop_assert_eq!(strategy.ranks.contribution, rank(&strategy.contribution, &contributions));
            prop_assert_eq!(strategy.ranks.return_on_cost, rank(&strategy.return_on_cost, &returns));
            prop_assert_eq!(strategy.ranks.share, rank(&strategy.share, &shares));
        }
        let order: Vec<_> = result.strategies.iter().map(|s| (s.ranks.contribution, s.name.clone())).collect();
        prop_assert!(order.is_sorted());
        // Gains are what there is to share out.
        let total: BigRational = result.strategies.iter().map(|s| big(&s.gain).unwrap()).sum();
        prop_assert_eq!(big(&result.total.gain), Ok(total));

        // Other names permute the strategies and change nothing else.
        let renamed = run(&events(), &rows, ["d", "c", "b", "a"]);
        for strategy in &renamed.strategies {
            let name = ["a", "b", "c", "d"][3 - usize::from(strategy.name.as_bytes()[0] - b'a')];
            let same = result.strategies.iter().find(|s| s.name == name).unwrap();
            let mut same = same.clone();
            same.name.clone_from(&strategy.name);
            prop_assert_eq!(strategy, &same);
        }
    }
}

#[test]
fn customers_are_a_gain_without_a_return() {
    let factor = Factor::new("reach", "event", "customers").cost("cost");
    let result = run(&factor, &[(0, 0, 90, 1, 3), (1, 0, 10, 1, 1)], ["fair", "talk", "", ""]);
    let fair = &result.strategies[0];
    assert_eq!(fair.contribution, Value::Defined(3.into()));
    assert_eq!(fair.return_on_cost, Value::Undefined(Reason::Missing));
    assert_eq!(fair.cost_of_gain, Value::Defined(30.into()));
    assert_eq!(fair.occasions, None);
    assert_eq!((fair.ranks.share, fair.ranks.return_on_cost), (Some(1), None));
}

#[test]
fn what_does_not_add_up_is_refused() {
    let set = set();
    let factor = Factor::new("f", "evnt", "staff").cost("cac").occasions("hold").shows_in(["cat"]);
    let facts = Facts::builder(set.schema())
        .dates(&["2024-03-01".parse().unwrap()])
        .dimension("event", &["a"])
        .dimension("region", &["b"])
        .measure("business", Column::integers(&[1]))
        .measure("cost", Column::integers(&[1]))
        .measure("held", Column::integers(&[1]))
        .measure("customers", Column::integers(&[1]))
        .measure("staff", Column::integers(&[1]))
        .build()
        .unwrap();
    let error = factor.only("regon", ["b"]).run(&set, &facts, Calendar::default()).unwrap_err();
    let seen: Vec<_> = error.problems().iter().map(|e| (e.path().unwrap(), e.kind())).collect();
    assert_eq!(
        seen,
        [
            ("gain", ErrorKind::Domain),
            ("cost", ErrorKind::Domain),
            ("occasions", ErrorKind::Unknown),
            ("metrics[0]", ErrorKind::Unknown),
            ("strategy", ErrorKind::Unknown),
            ("where", ErrorKind::Unknown),
        ]
    );
}

/// A document with everything that this version of it can say of KPIs, and its report.
#[cfg(feature = "json")]
#[test]
fn the_document_and_the_report_have_them() {
    let model = yardstick::Model::from_json(
        r#"{
        "yardstick": 1, "name": "Events", "display": {"scale": 2, "mode": "half_expand"},
        "dimensions": ["event"],
        "measures": [
            {"name": "leads", "unit": "lead"},
            {"name": "deals", "unit": "deal"},
            {"name": "value", "unit": "EUR"},
            {"name": "probability", "unit": "1"},
            {"name": "weighted", "unit": "EUR", "formula": "value * probability"},
            {"name": "fair_value", "unit": "EUR", "formula": "value", "where": {"event": ["fair"]}},
            {"name": "cost", "unit": "EUR"},
            {"name": "usd_per_eur", "unit": "USD/EUR", "kind": "stock", "across": "max"}
        ],
        "baselines": [{"name": "opening_days", "period": {"first": "2024-03-01", "last": "2024-03-02"}}],
        "reporting": {"currency": "USD", "rates": {"EUR": "usd_per_eur"}},
        "funnels": [{"name": "sales", "basis": "cohort", "stages": [
            {"name": "lead", "owner": "marketing", "count": "leads"},
            {"name": "deal", "owner": "sales", "count": "deals"}
        ]}],
        "kpis": [
            {"name": "close_rate", "conversion": {"funnel": "sales", "from": "lead", "to": "deal"}, "stage": "closing"},
            {"name": "lift", "formula": "value/baseline(value,opening_days)-1"},
            {"name": "cpl", "catalog": "cost_per_lead", "inputs": {"spend": "cost"}}
        ],
        "queries": [{"name": "global", "metrics": ["weighted", "cpl", "close_rate", "lift", "fair_value"], "by": ["event"], "reported": true}],
        "factors": [{"name": "events", "strategy": "event", "gain": "value", "cost": "cost", "metrics": ["close_rate"]}]
    }"#,
    )
    .unwrap();
    let days: Vec<Date> =
        ["2024-03-01", "2024-03-02", "2024-03-03"].map(|d| d.parse().unwrap()).into();
    let facts = Facts::builder(model.schema())
        .dates(&days)
        .dimension("event", &["fair", "talk", "fair"])
        .measure("leads", Column::integers(&[10, 0, 10]))
        .measure("deals", Column::integers(&[4, 0, 1]))
        .measure("value", Column::integers(&[400, 0, 100]))
        .measure("probability", Column::scaled(&[50, 0, 25], 2))
        .measure("cost", Column::integers(&[100, 20, 0]))
        .measure("usd_per_eur", Column::scaled(&[11, 11, 12], 1))
        .build()
        .unwrap();
    let report = model.evaluate(&facts, days[2]).unwrap();
    let text = report.to_json().unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        json["kpis"][0],
        serde_json::json!({
            "name": "close_rate", "formula": "deals / leads", "unit": "deal/lead", "kind": "conversion",
            "aggregation": "ratio_of_sums", "direction": "higher", "owner": "sales",
            "stage": "closing", "catalog": null,
        })
    );
    assert_eq!(json["kpis"][1]["formula"], "value / baseline(value, opening_days) - 1");
    assert_eq!(json["kpis"][1]["kind"], "offset");
    assert_eq!(json["kpis"][2]["catalog"], "cost_per_lead");
    let query = &json["queries"][0];
    assert_eq!(query["metrics"][1]["unit"], "USD/lead");
    // The talk: a cost without a lead, no leads for a rate, nothing on the opening days to lift.
    assert_eq!(query["undefined"], serde_json::json!({"unbounded_bad": 1, "no_base": 2}));
    // 200 + 25 EUR at 1.2.
    assert_eq!(query["rows"][0]["values"][0]["fraction"], "270");
    assert_eq!(query["rows"][0]["values"][4]["fraction"], "600");
    assert_eq!(query["rows"][1]["values"][4]["fraction"], "0");
    let factor = &json["factors"][0];
    assert_eq!(factor["strategies"][0]["name"], "fair");
    assert_eq!(
        factor["strategies"][0]["return"],
        serde_json::json!({"fraction": "4", "text": "400.00%"})
    );
    assert_eq!(factor["strategies"][1]["contribution"]["fraction"], "-20");
    assert_eq!(
        factor["strategies"][1]["ranks"],
        serde_json::json!({"contribution": 2, "return": 2, "share": 2})
    );
    assert_eq!(factor["total"]["share"]["fraction"], "1");
    assert_eq!(report.factor("events").unwrap().result.strategies.len(), 2);
}

/// Days after that of the report are not looked at, in total as little as by strategy.
#[cfg(feature = "json")]
#[test]
fn a_factor_that_has_not_begun_says_nothing() {
    let document = r#"{
        "yardstick": 1, "name": "Events", "display": {"scale": 2, "mode": "half_expand"},
        "dimensions": ["event"],
        "measures": [{"name": "value", "unit": "EUR"}, {"name": "cost", "unit": "EUR"}],
        "kpis": [{"name": "roi", "formula": "value / cost"}],
        "factors": [{"name": "events", "strategy": "event", "gain": "value", "cost": "cost",
            "metrics": ["roi"], "period": "2024-04"}]
    }"#;
    let model = yardstick::Model::from_json(document).unwrap();
    let days: Vec<Date> = ["2024-03-31", "2024-04-01"].map(|d| d.parse().unwrap()).into();
    let facts = Facts::builder(model.schema())
        .dates(&days)
        .dimension("event", &["fair", "fair"])
        .measure("value", Column::integers(&[400, 900]))
        .measure("cost", Column::integers(&[100, 100]))
        .build()
        .unwrap();
    let report = model.evaluate(&facts, days[0]).unwrap();
    let factor = &report.factors()[0];
    let missing = Value::Undefined(Reason::Missing);
    assert_eq!((factor.period, factor.result.strategies.len()), (None, 0));
    assert_eq!(factor.result.total.gain, missing);
    assert_eq!(factor.result.total.cost, Some(missing.clone()));
    assert_eq!(factor.result.total.share, missing);
    assert_eq!(factor.result.total.metrics, [missing]);
    let begun = model.evaluate(&facts, days[1]).unwrap();
    assert_eq!(begun.factors()[0].result.total.gain, Value::Defined(900.into()));
}
