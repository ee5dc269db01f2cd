//! Documents: what they say, and what is said of wrong ones.

use serde_json::json;
use yardstick::{Column, Date, ErrorKind, Facts, Model, Report};

use crate::csv;

/// A document that is right, to be spoilt in one place.
const RIGHT: &str = r#"{
    "yardstick": 1,
    "name": "A shop",
    "display": {"scale": 2, "mode": "half_even"},
    "dimensions": ["country"],
    "measures": [
        {"name": "revenue", "unit": "EUR"},
        {"name": "us_revenue", "unit": "USD"},
        {"name": "marketing_cost", "unit": "EUR"},
        {"name": "orders", "unit": "order"},
        {"name": "visits", "unit": "visit"}
    ],
    "kpis": [
        {"name": "aov", "formula": "revenue / orders", "direction": "higher"},
        {"name": "conversion", "formula": "orders / visits", "bounds": {"low": 0, "high": 1}}
    ],
    "queries": [{"name": "by country", "metrics": ["aov"], "by": ["country"]}],
    "funnels": [{
        "name": "visit to order", "basis": "period",
        "stages": [
            {"name": "visit", "owner": "marketing", "count": "visits"},
            {"name": "order", "owner": "sales", "count": "orders"}
        ]
    }],
    "targets": [{
        "name": "revenue", "metric": "revenue", "period": "2011-12",
        "goal": {"at_least": "100.50"}
    }]
}"#;

/// The text of the error, one line a problem, for a document with `from` replaced by `to`.
fn spoilt(from: &str, to: &str) -> String {
    let document = RIGHT.replacen(from, to, 1);
    assert_ne!(document, RIGHT, "{from} is not in the document");
    let error = Model::from_json(&document).unwrap_err();
    let text = format!("{error:#}");
    match error.problems() {
        [one] => {
            assert_eq!(text, format!("1 problem in the model\n  {one:#}"));
            format!("{one:#}")
        }
        _ => text,
    }
}

#[test]
fn the_right_document_is_read() {
    let model = Model::from_json(RIGHT).unwrap();
    assert_eq!(model.name(), "A shop");
    assert_eq!(model.kpis().unit("aov").unwrap().to_string(), "EUR/order");
}

#[test]
fn an_unknown_name_is_told_with_the_nearest() {
    assert_eq!(
        spoilt("revenue / orders", "(marketing_costs + revenue) / orders"),
        "kpis[0].formula: kpi \"aov\": unknown name \"marketing_costs\" at 1..16 in \
         \"(marketing_costs + revenue) / orders\"; did you mean \"marketing_cost\"?"
    );
    assert_eq!(
        spoilt(r#""metrics": ["aov"]"#, r#""metrics": ["aow"]"#),
        "queries[0].metrics[0]: unknown metric \"aow\"; did you mean \"aov\"?"
    );
    assert_eq!(
        spoilt(r#""by": ["country"]"#, r#""by": ["county"]"#),
        "queries[0].by[0]: unknown dimension \"county\"; did you mean \"country\"?"
    );
    assert_eq!(
        spoilt(r#""count": "orders""#, r#""count": "order""#),
        "funnels[0].stages[1].count: unknown measure \"order\"; did you mean \"orders\"?"
    );
    assert_eq!(
        spoilt(r#""metric": "revenue""#, r#""metric": "revenu""#),
        "targets[0].metric: unknown metric \"revenu\"; did you mean \"revenue\"?"
    );
}

#[test]
fn a_cycle_is_told_once() {
    assert_eq!(
        spoilt(
            r#"{"name": "aov", "formula": "revenue / orders", "direction": "higher"}"#,
            r#"{"name": "a", "formula": "b + 1"}, {"name": "b", "formula": "a - 1"}, {"name": "aov", "formula": "a"}"#
        ),
        "kpis[0].formula: kpi \"a\": depends on itself, a -> b -> a; define one of them without the others"
    );
}

#[test]
fn currencies_do_not_mix() {
    assert_eq!(
        spoilt("revenue / orders", "(revenue + us_revenue) / orders"),
        "kpis[0].formula: kpi \"aov\": cannot add EUR and USD at 0..22 in \
         \"(revenue + us_revenue) / orders\"; multiply one by a rate measure in EUR/USD"
    );
}

#[test]
fn fields_and_types_are_told_with_their_place() {
    assert_eq!(
        spoilt(r#""direction""#, r#""directon""#),
        "kpis[0]: unknown field \"directon\"; did you mean \"direction\"?"
    );
    assert_eq!(
        spoilt(r#""100.50""#, "100.5"),
        "targets[0].goal.at_least: 100.5 is a float where an exact number is due; write it as text, \"100.5\""
    );
    // Beyond 64 bits it is a float to some builds of the reader of JSON, so it is one here.
    for number in ["18446744073709551616", "-9223372036854775809", "-0"] {
        let error = spoilt(r#""100.50""#, number);
        assert!(error.contains(" is a float where an exact number is due; write it as text"));
    }
    assert_eq!(
        spoilt(r#""100.50""#, r#""NaN""#),
        "targets[0].goal.at_least: \"NaN\" is not a number: unexpected 'N' at 0; write digits with \
         at most one point, like -1234.50"
    );
    assert_eq!(
        spoilt(r#""2011-12""#, r#"{"first": "2011-12-01", "last": "2011-12-32"}"#),
        "targets[0].period.last: there is no day \"2011-12-32\": 2011-12 has days 01 to 31"
    );
    assert_eq!(
        spoilt(r#""name": "A shop""#, r#""name": ["A shop"]"#),
        "name: a list where text is due"
    );
    assert_eq!(
        spoilt(r#""yardstick": 1"#, r#""yardstick": 2"#),
        "yardstick: version 2 of the document; this library reads 1"
    );
    assert_eq!(
        spoilt(r#""mode": "half_even""#, r#""mode": "half_eben""#),
        "display.mode: unknown rounding mode \"half_eben\"; did you mean \"half_even\"?"
    );
    assert_eq!(
        spoilt(r#""unit": "USD""#, r#""unit": "Usd""#),
        "measures[1].unit: unit \"Usd\": a currency is three capitals, a counted thing lower case; \
         write USD or usd"
    );
    assert_eq!(
        spoilt(r#""name": "us_revenue""#, r#""name": "revenue""#),
        "measures[1].name: \"revenue\" is there twice, first at measures[0]; rename or remove one"
    );
    assert_eq!(
        spoilt(r#""direction": "higher""#, r#""display": {"as": "percent"}"#),
        "kpis[0].display.as: kpi \"aov\" is in EUR/order, which is not shown as a percentage; show it plain"
    );
}

#[test]
fn every_problem_is_told_at_once() {
    let document = RIGHT
        .replacen("revenue / orders", "revenue / order", 1)
        .replacen("orders / visits", "orders / ", 1)
        .replacen(r#""basis": "period","#, "", 1)
        .replacen(r#""100.50""#, "true", 1);
    assert_eq!(
        Model::from_json(&document).unwrap_err().to_string(),
        "4 problems in the model\n  \
         kpis[0].formula: kpi \"aov\": unknown name \"order\" at 10..15; did you mean \"orders\"?\n      \
             revenue / order\n                \
                       ^^^^^\n  \
         kpis[1].formula: kpi \"conversion\": the text ends where a number or a name is due\n      \
             orders / \n               \
                      ^\n  \
         funnels[0]: \"basis\" is missing; add it\n  \
         targets[0].goal.at_least: true where an integer or a number as text is due"
    );
}

#[test]
fn what_cannot_be_read_is_told_once_and_the_rest_at_its_place() {
    let document = RIGHT.replacen("revenue / orders", "revenue / ", 1);
    let more = r#""kpis": [
        {"name": "double", "formula": "2 * kpi.aov + bad - aov + prior(visits2)"},
        {"name": "bad", "formula": "ago(visits, 1 yaer)"},
        {"name": "worse", "formula": "visits / order", "unit": "Eur"},
        {"name": "last", "formula": "worse + ordres"},"#;
    let document = document.replacen(r#""kpis": ["#, more, 1);
    let document =
        document.replacen(r#""metrics": ["aov"]"#, r#""metrics": ["aov", "worse", "revenu"]"#, 1);
    let error = Model::from_json(&document).unwrap_err();
    let found: Vec<_> = error.problems().iter().map(|one| format!("{one:#}")).collect();
    assert_eq!(
        found,
        [
            "kpis[0].formula: kpi \"double\": unknown name \"visits2\" at 32..39 in \
             \"2 * kpi.aov + bad - aov + prior(visits2)\"; did you mean \"visits\"?",
            "kpis[1].formula: kpi \"bad\": unexpected \"yaer\" at 14 in \"ago(visits, 1 yaer)\", \
             where day, week, month, quarter or year is due; did you mean \"year\"?",
            "kpis[2].unit: unit \"Eur\": a currency is three capitals, a counted thing lower case; \
             write EUR or eur",
            "kpis[3].formula: kpi \"last\": unknown name \"ordres\" at 8..14 in \"worse + ordres\"; \
             did you mean \"orders\"?",
            "kpis[4].formula: kpi \"aov\": \"revenue / \" ends where a number or a name is due",
            "queries[0].metrics[2]: unknown metric \"revenu\"; did you mean \"revenue\"?",
        ]
    );
}

#[test]
fn text_that_is_not_json_is_told_with_its_place() {
    let error = Model::from_json("{\"yardstick\": 1,}").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Syntax);
    assert_eq!(error.to_string(), "the document is not JSON: trailing comma at line 1 column 17");
    let deep = "[".repeat(100_000);
    assert!(Model::from_json(&deep).is_err());
}

#[test]
fn a_model_is_read_by_any_serde_format() {
    let value: serde_json::Value = serde_json::from_str(RIGHT).unwrap();
    let model: Model = serde_json::from_value(value).unwrap();
    assert_eq!(model.name(), "A shop");
}

fn read(text: &str) -> Result<Facts<'static>, String> {
    csv::read(&Model::from_json(RIGHT).unwrap(), text).map(|read| read.facts)
}

const HEADER: &str = "date,country,revenue,us_revenue,marketing_cost,orders,visits\n";

fn report(rows: &str, day: &str) -> Report {
    let facts = read(&format!("{HEADER}{rows}")).unwrap();
    Model::from_json(RIGHT).unwrap().evaluate(&facts, day.parse().unwrap()).unwrap()
}

#[test]
fn facts_as_csv_are_refused_with_line_and_column() {
    let refused = |rows: &str| read(&format!("{HEADER}{rows}")).unwrap_err();
    assert_eq!(
        refused("2011-12-01,DE,1,0,0,1,5\n2011-12-02,DE,1,0,0,1\n"),
        "line 3: 6 fields where the header has 7; give one for each column"
    );
    assert_eq!(
        refused("2011-12-01,DE,1,0,0,1,5\n2011-12-01,FR,1,0,0,1,5\n2011-12-01,DE,2,0,0,1,5\n"),
        "line 4: 2011-12-01, DE is in line 2 already; add such rows up, or add the dimension that \
         tells them apart"
    );
    assert_eq!(
        refused("2011-12-01,DE,NaN,0,0,1,5\n"),
        "line 2, column \"revenue\": \"NaN\" is not a number: unexpected 'N' at 0; write digits \
         with at most one point, like -1234.50"
    );
    assert_eq!(
        refused("2011-12-01,DE,1,0,0,170141183460469231731687303715884105728,5\n"),
        "line 2, column \"orders\": \"170141183460469231731687303715884105728\" does not fit 128 \
         bits; give it fewer digits"
    );
    assert_eq!(
        refused("2011-02-29,DE,1,0,0,1,5\n"),
        "line 2, column \"date\": there is no day \"2011-02-29\": 2011-02 has days 01 to 28"
    );
    assert_eq!(refused(""), "the table has no rows; give at least one day of facts");
    assert_eq!(
        read("date,country,revenue\n2011-12-01,DE,1\n").unwrap_err(),
        "line 1: no column \"us_revenue\", \"marketing_cost\", \"orders\", \"visits\"; the header has \
         date, country, revenue, and names are compared letter by letter"
    );
    assert_eq!(
        read(&HEADER.replacen("date,", "date,date,", 1)).unwrap_err(),
        "line 1: column \"date\" is there twice; keep one"
    );
}

#[test]
fn findings_are_told_and_nothing_is_refused() {
    let report = report("2011-12-01,DE,10,0,0,7,5\n2011-12-02,FR,5,0,0,1,4\n", "2011-12-05");
    let told: Vec<String> = report
        .findings()
        .iter()
        .map(|f| format!("{} {}: {}", f.kind, f.place, f.message))
        .collect();
    assert_eq!(
        told,
        [
            "facts_end_early facts: the facts end on 2011-12-02, before 2011-12-05; days after it \
             count as each measure says of a missing day",
            "state_changed target \"revenue\": changed on 2011-12-05: state from ahead to behind",
        ]
    );
    let report = self::report("2011-12-01,DE,10,0,0,7,5\n", "2011-12-01");
    let told: Vec<&str> = report.findings().iter().map(|f| f.message.as_str()).collect();
    assert_eq!(
        told,
        ["stage \"order\" has 7 and \"visit\" before it 5, for the total: they may stem from \
          earlier periods; a cohort basis would tell"]
    );
    // The rate is there all the same.
    let funnel = &report.funnel("visit to order").unwrap().segments[0].funnel;
    assert_eq!(funnel.overall_rate().to_string(), "7/5");
    assert_eq!(
        report.funnel("visits").unwrap_err().to_string(),
        "unknown funnel \"visits\"; known are visit to order"
    );
}

#[test]
fn a_value_out_of_bounds_is_a_finding() {
    let document = RIGHT.replacen(r#"["aov"]"#, r#"["conversion"]"#, 1);
    let model = Model::from_json(&document).unwrap();
    let text = format!("{HEADER}2011-12-01,DE,10,0,0,7,5\n2011-12-01,FR,1,0,0,1,5\n");
    let facts = csv::read(&model, &text).unwrap().facts;
    let report = model.evaluate(&facts, "2011-12-01".parse().unwrap()).unwrap();
    let told: Vec<String> =
        report.findings().iter().map(|f| format!("{}: {}", f.place, f.message)).collect();
    assert_eq!(
        told,
        [
            "query \"by country\": conversion is 7/5 for DE, above 1; look at measures orders and visits"
        ]
    );
}

#[test]
fn facts_after_the_day_are_not_looked_at() {
    let before = report("2011-12-01,DE,10,0,0,1,5\n", "2011-12-01");
    let after = report("2011-12-01,DE,10,0,0,1,5\n2011-12-02,DE,99,0,0,9,50\n", "2011-12-01");
    assert_eq!(before.targets(), after.targets());
    assert_eq!(before.queries(), after.queries());
    assert_eq!(after.findings()[0].kind.name(), "facts_go_on");
}

#[test]
fn a_report_does_not_depend_on_the_order_of_rows_or_the_form_of_columns() {
    let rows = [
        "2011-12-01,DE,10.5,0,0,1,5\n",
        "2011-12-02,DE,3.25,0,0,2,9\n",
        "2011-12-01,FR,7,0,1,1,1\n",
    ];
    let json = |order: [usize; 3]| {
        let text: String = order.iter().map(|i| rows[*i]).collect();
        report(&text, "2011-12-02").to_json().unwrap()
    };
    let first = json([0, 1, 2]);
    assert_eq!(first, json([2, 0, 1]));
    assert_eq!(first, json([1, 2, 0]));

    let model = Model::from_json(RIGHT).unwrap();
    let day = |text: &str| text.parse::<Date>().unwrap();
    let zero = [0_i64; 3];
    let facts = Facts::builder(model.schema())
        .dates(&[day("2011-12-01"), day("2011-12-02"), day("2011-12-01")])
        .dimension_codes("country", &[1, 1, 0], &["FR", "DE"])
        .measure("revenue", Column::wide(&[10_500, 3_250, 7_000], 3))
        .measure("us_revenue", Column::integers(&zero))
        .measure("marketing_cost", Column::scaled(&[0, 0, 10], 1))
        .measure("orders", Column::integers(&[1, 2, 1]))
        .measure("visits", Column::integers(&[5, 9, 1]))
        .build()
        .unwrap();
    let report = model.evaluate(&facts, day("2011-12-02")).unwrap();
    assert_eq!(report.to_json().unwrap(), first);
}

#[test]
fn catalog_definitions_are_used_and_checked() {
    let kpi = |text: &str| {
        RIGHT.replacen(
            r#"{"name": "aov", "formula": "revenue / orders", "direction": "higher"}"#,
            text,
            1,
        )
    };
    let model = Model::from_json(&kpi(r#"{"name": "aov", "catalog": "aov"}"#)).unwrap();
    assert_eq!(model.kpis().unit("aov").unwrap().to_string(), "EUR/order");
    let refused = |text: &str| {
        let error = Model::from_json(&kpi(text)).unwrap_err();
        error.problems()[0].to_string()
    };
    assert_eq!(
        refused(r#"{"name": "aov", "catalog": "aoc"}"#),
        "kpis[0].catalog: unknown catalog KPI \"aoc\"; did you mean \"aov\"?"
    );
    assert_eq!(
        refused(
            r#"{"name": "aov", "catalog": "aov", "inputs": {"revenue": "orders", "orders": "visits"}}"#
        ),
        "kpis[0].inputs: kpi \"aov\": input \"revenue\" of \"aov\" is an amount of money, in a unit \
         such as EUR; it cannot be in order"
    );
    assert_eq!(
        refused(r#"{"name": "aov", "catalog": "aov", "formula": "1"}"#),
        "kpis[0]: both \"formula\" and \"catalog\"; keep one"
    );
    assert!(
        refused(
            r#"{"name": "aov", "conversion": {"funnel": "f", "from": "a", "to": "b"}, "inputs": {"revenue": "orders"}}"#
        )
        .starts_with("kpis[0].inputs: \"inputs\" goes with \"catalog\"")
    );
}

#[test]
fn a_season_that_is_two_days_old_is_compared_with_two_days() {
    let document = RIGHT.replacen(
        r#"{"name": "by country", "metrics": ["aov"], "by": ["country"]}"#,
        r#"{"name": "growth", "metrics": ["growth"],
            "period": {"first": "2011-12-01", "last": "2011-12-09"},
            "compare": {"first": "2010-12-01", "last": "2010-12-09"}}"#,
        1,
    );
    let document = document.replacen(
        r#"{"name": "aov","#,
        r#"{"name": "growth", "formula": "revenue / prior(revenue) - 1"}, {"name": "aov","#,
        1,
    );
    let model = Model::from_json(&document).unwrap();
    let rows = "2010-12-01,DE,10,0,0,1,1\n2010-12-02,DE,10,0,0,1,1\n2010-12-03,DE,500,0,0,1,1\n\
                2011-12-01,DE,11,0,0,1,1\n2011-12-02,DE,14,0,0,1,1\n2011-12-03,DE,8,0,0,1,1\n";
    let facts = csv::read(&model, &format!("{HEADER}{rows}")).unwrap().facts;
    let growth = |day: &str| {
        let report = model.evaluate(&facts, day.parse().unwrap()).unwrap();
        report.query("growth").unwrap().table.columns[0].values[0].to_string()
    };
    assert_eq!(growth("2011-12-02"), "1/4");
    assert_eq!(growth("2011-12-03"), "-487/520");
}

/// A list of documents' objects, one for each number.
fn each(count: usize, object: impl Fn(usize) -> String) -> String {
    (0..count).map(object).collect::<Vec<_>>().join(",")
}

#[test]
fn many_long_names_and_many_mistakes_are_told_in_good_time() {
    const COUNT: usize = 300;
    let name = "a".repeat(50);
    let measures = each(COUNT, |i| format!(r#"{{"name": "{name}{i:06}", "unit": "EUR"}}"#));
    let queries = each(COUNT, |i| format!(r#"{{"name": "{i}", "metrics": ["{name}b{i:05}"]}}"#));
    let text = format!(
        r#"{{"yardstick": 1, "name": "x", "display": {{"scale": 2, "mode": "half_even"}},
            "measures": [{measures}], "queries": [{queries}]}}"#
    );
    let error = Model::from_json(&text).unwrap_err();
    assert_eq!(error.problems().len(), COUNT);
    let last = error.problems()[COUNT - 1].to_string();
    assert_eq!(
        last,
        format!(
            r#"queries[299].metrics[0]: unknown metric "{name}b00299"; did you mean "{name}000299"?"#
        )
    );
}

#[test]
fn a_long_name_is_not_repeated_with_every_mistake() {
    let measure = format!(r#"{{"name": "{}", "unit": "EUR"}}"#, "a".repeat(100_000));
    let queries = each(1_000, |i| format!(r#"{{"name": "{i}", "metrics": ["b"]}}"#));
    let text = format!(
        r#"{{"yardstick": 1, "name": "x", "display": {{"scale": 2, "mode": "half_even"}},
            "measures": [{measure}], "queries": [{queries}]}}"#
    );
    let told = Model::from_json(&text).unwrap_err().to_string();
    assert!(told.len() < text.len() + 200_000, "{} bytes", told.len());
}

#[test]
fn many_segments_are_compared_and_many_values_filtered() {
    const COUNT: usize = 10_000;
    let values: Vec<String> = (0..COUNT).map(|i| i.to_string()).collect();
    let list = each(COUNT, |i| format!(r#""{}""#, COUNT + 1 - i));
    let text = format!(
        r#"{{"yardstick": 1, "name": "x", "display": {{"scale": 2, "mode": "half_even"}},
            "dimensions": ["d"], "measures": [{{"name": "m", "unit": "lead"}}],
            "queries": [{{"name": "q", "metrics": ["m"], "where": {{"d": [{list}]}}}}],
            "funnels": [{{"name": "f", "basis": "period", "by": ["d"], "period": "2011", "compare": "2010",
                "stages": [{{"name": "a", "owner": "marketing", "count": "m"}},
                           {{"name": "b", "owner": "sales", "count": "m"}}]}}]}}"#
    );
    let model = Model::from_json(&text).unwrap();
    let days: Vec<Date> = vec!["2011-12-07".parse().unwrap(); COUNT];
    let facts = Facts::builder(model.schema())
        .dates(&days)
        .dimension("d", &values)
        .measure("m", Column::integers(&[1; COUNT]))
        .build()
        .unwrap();
    let report = model.evaluate(&facts, days[0]).unwrap();
    let table = &report.query("q").unwrap().table;
    // All but "0" and "1".
    assert_eq!(table.columns[0].values[0].to_string(), (COUNT - 2).to_string());
    let funnel = &report.funnels()[0];
    assert_eq!(funnel.comparisons.len(), COUNT + 1);
    assert!(funnel.comparisons.iter().all(Option::is_some));
}

#[test]
fn a_value_that_no_row_has_is_a_finding() {
    let document = RIGHT.replacen(
        r#""by": ["country"]"#,
        r#""by": ["country"], "where": {"country": ["DE", "RF"]}, "description": "Two countries""#,
        1,
    );
    let model = Model::from_json(&document).unwrap();
    let text = format!("{HEADER}2011-12-01,DE,10,0,0,1,5\n2011-12-01,FR,1,0,0,1,5\n");
    let facts = csv::read(&model, &text).unwrap().facts;
    let report = model.evaluate(&facts, "2011-12-01".parse().unwrap()).unwrap();
    let told: Vec<String> = report
        .findings()
        .iter()
        .map(|f| format!("{} {}: {}", f.kind, f.place, f.message))
        .collect();
    assert_eq!(
        told,
        [
            "value_not_in_facts query \"by country\": no row has country \"RF\"; did you mean \"FR\"?"
        ]
    );
}

#[test]
fn a_baseline_is_one_thing() {
    let document = json!({
        "yardstick": 1, "name": "b", "display": {"scale": 0, "mode": "half_even"},
        "measures": [{"name": "m", "unit": "lead"}],
        "targets": [
            {"name": "a", "metric": "m", "period": "2011", "goal": {"at_least": 5}},
            {"name": "b", "metric": "m", "period": "2011", "goal": {"at_least": {
                "change": "0.1", "mode": "relative", "baseline": {"target": "a", "value": 7}
            }}}
        ]
    });
    let error = Model::from_json(&document.to_string()).unwrap_err();
    let told: Vec<String> = error.problems().iter().map(|error| error.to_string()).collect();
    assert_eq!(
        told,
        [
            r#"targets[1].goal.at_least.baseline: a baseline is "target" or "value", and here are both; give one"#
        ]
    );
}
