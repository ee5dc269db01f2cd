//! Explanations asked by a document, and how the report writes them.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use serde_json::{Value as Json, json};
use yardstick::explain::Cause;
use yardstick::{Column, Date, Facts, Model};

const MODEL: &str = r#"{
    "yardstick": 1, "name": "Channels", "display": {"scale": 2, "mode": "half_expand"},
    "dimensions": ["channel"],
    "measures": [
        {"name": "visits", "unit": "visit"},
        {"name": "orders", "unit": "order"},
        {"name": "revenue", "unit": "EUR"}
    ],
    "kpis": [
        {"name": "conversion", "formula": "orders / visits", "display": {"as": "percent"}},
        {"name": "aov", "formula": "revenue / orders"},
        {"name": "sales", "formula": "visits * conversion * aov"}
    ],
    "explanations": [
        {"name": "conversion", "metric": "conversion", "by": ["channel"], "before": "2024-03-01", "after": "2024-03-02"},
        {"name": "revenue", "metric": "revenue", "by": ["channel"], "before": "2024-03-01", "after": "2024-03-02"},
        {"name": "prices", "metric": "revenue", "quantity": "orders", "by": ["channel"], "convention": "new_weights",
         "before": "2024-03-01", "after": "2024-03-02"},
        {"name": "drivers", "metric": "sales", "before": "2024-03-01", "after": "2024-03-02"},
        {"name": "later", "metric": "sales", "before": "2024-03", "after": "2024-04"}
    ]
}"#;

fn report() -> (Json, yardstick::Report) {
    let model = Model::from_json(MODEL).unwrap();
    let (first, second) = ("2024-03-01".parse().unwrap(), "2024-03-02".parse().unwrap());
    let facts = Facts::builder(model.schema())
        .dates(&[first, first, second, second])
        .dimension("channel", &["paid", "search", "paid", "search"])
        .measure("visits", Column::integers(&[100, 300, 300, 100]))
        .measure("orders", Column::integers(&[2, 30, 9, 11]))
        .measure("revenue", Column::integers(&[40, 600, 180, 330]))
        .build()
        .unwrap();
    let report = model.evaluate(&facts, second).unwrap();
    let text = report.to_json().unwrap();
    (serde_json::from_str::<Json>(&text).unwrap()["explanations"].clone(), report)
}

fn number(fraction: &str, text: &str) -> Json {
    json!({"fraction": fraction, "text": text})
}

#[test]
fn the_report_says_why() {
    let (json, report) = report();
    let conversion = &json[0]["causes"];
    assert_eq!(conversion["kind"], "rate_mix");
    assert_eq!(conversion["convention"], "symmetric");
    assert_eq!(conversion["reversal"], true);
    assert_eq!(conversion["change"]["absolute"], number("-3/100", "-3.00%"));
    assert_eq!(conversion["change"]["relative"], number("-3/8", "-37.50%"));
    assert_eq!(conversion["effects"]["rate"], number("1/100", "1.00%"));
    assert_eq!(conversion["effects"]["mix"], number("-1/25", "-4.00%"));
    let parts = conversion["parts"].as_array().unwrap();
    assert_eq!(parts.len(), 2);
    assert_eq!(parts[0]["presence"], "both");

    let revenue = &json[1]["causes"];
    assert_eq!((&revenue["kind"], &revenue["convention"]), (&json!("contributions"), &Json::Null));
    assert_eq!(revenue["parts"][0]["key"], json!(["search"]));
    assert_eq!(revenue["parts"][0]["effect"], number("-270", "-270.00"));
    assert_eq!(revenue["change"]["absolute"], number("-130", "-130.00"));

    // 20 a piece for both, and then 30 for search.
    let prices = &json[2]["causes"];
    assert_eq!(prices["effects"]["price"], number("110", "110.00"));
    assert_eq!(prices["effects"]["volume"], number("-240", "-240.00"));
    assert_eq!(prices["parts"][0]["effects"]["price"]["fraction"], "110");

    let drivers = &json[3]["causes"];
    assert_eq!(drivers["kind"], "drivers");
    assert_eq!(drivers["parts"].as_array().unwrap().len(), 3);
    assert_eq!(json[4], json!({"name": "later", "causes": null}));

    let explained = report.explanation("drivers").unwrap().explanation.as_ref().unwrap();
    let Cause::Drivers(shares) = &explained.cause else { panic!("{explained:?}") };
    assert_eq!(shares.drivers.len(), 3);
    assert!(report.explanation("driver").is_err());
}

#[test]
fn a_later_period_cut_short_is_compared_like_for_like() {
    let model = Model::from_json(MODEL).unwrap();
    let days: Vec<Date> =
        ["2024-03-01", "2024-03-02", "2024-04-01"].map(|d| d.parse().unwrap()).into();
    let facts = Facts::builder(model.schema())
        .dates(&days)
        .dimension("channel", &["paid"; 3])
        .measure("visits", Column::integers(&[100, 300, 100]))
        .measure("orders", Column::integers(&[2, 30, 4]))
        .measure("revenue", Column::integers(&[40, 600, 90]))
        .build()
        .unwrap();
    let report = model.evaluate(&facts, days[2]).unwrap();
    let later = report.explanation("later").unwrap().explanation.as_ref().unwrap();
    assert_eq!(later.before.to_string(), "2024-03-01 to 2024-03-01");
    assert_eq!(later.change.absolute().to_string(), "50");
}

#[test]
fn wrong_questions_are_told_with_their_place() {
    let wrong = MODEL
        .replace(
            r#""name": "revenue", "metric": "revenue", "by": ["channel"]"#,
            r#""name": "revenue", "metric": "revnue", "by": ["chanel"]"#,
        )
        .replace(r#""convention": "new_weights""#, r#""convention": "new_weight""#);
    let error = Model::from_json(&wrong).unwrap_err();
    let paths: Vec<_> = error.problems().iter().filter_map(|problem| problem.path()).collect();
    assert_eq!(
        paths,
        ["explanations[1].by[0]", "explanations[1].metric", "explanations[2].convention"],
        "{error}"
    );
}
