//! Calls of a bank to sell deposits, in the two forms in which the data were published: conversion,
//! contacts until conversion, length of calls, and means of what was noted with each call.

use yardstick::{Column, Facts, Model, Query, Value};

use super::figure::Figure;
use super::raw::{Raw, counts, folder};
use super::run::{Count, Explanation, defined, run, single_value};

const DATA_SET: &str = "bank_marketing";
const FULL: &str = "bank_marketing/bank-full.csv.gz";
const ADDITIONAL: &str = "bank_marketing/bank-additional-full.csv.gz";

/// The form with the length of each call.
pub(super) const CALLS: &str = r#"{
    "yardstick": 1,
    "name": "Calls",
    "display": {"scale": 2, "mode": "half_expand"},
    "dimensions": ["row", "subscribed"],
    "measures": [
        {"name": "contacts", "unit": "lead"},
        {"name": "subscribers", "unit": "subscriber"},
        {"name": "within_1", "unit": "subscriber"},
        {"name": "within_3", "unit": "subscriber"},
        {"name": "talk", "unit": "second"},
        {"name": "longest", "unit": "second", "over_time": "max", "across": "max", "missing": "zero"}
    ],
    "kpis": [
        {"name": "minutes_per_call", "formula": "talk / contacts", "unit": "minute/lead"},
        {"name": "longest_minutes", "formula": "longest", "unit": "minute"},
        {"name": "percent_within_1", "formula": "100 * within_1 / subscribers"},
        {"name": "percent_within_3", "formula": "100 * within_3 / subscribers"}
    ]
}"#;

/// The form with the state of the economy at each call.
pub(super) const ECONOMY: &str = r#"{
    "yardstick": 1,
    "name": "Calls and the economy",
    "display": {"scale": 2, "mode": "half_expand"},
    "dimensions": ["row"],
    "measures": [
        {"name": "contacts", "unit": "lead"},
        {"name": "subscribers", "unit": "subscriber"},
        {"name": "ages", "unit": "year"},
        {"name": "earlier_contacts", "unit": "contact"},
        {"name": "price_indices", "unit": "1"},
        {"name": "euribor", "unit": "1"},
        {"name": "employed", "unit": "1"}
    ],
    "kpis": [
        {"name": "conversion", "catalog": "conversion_rate", "inputs": {"conversions": "subscribers", "visitors": "contacts"}},
        {"name": "conversion_percent", "formula": "100 * conversion"},
        {"name": "mean_age", "formula": "ages / contacts"},
        {"name": "mean_earlier_contacts", "formula": "earlier_contacts / contacts"},
        {"name": "mean_price_index", "formula": "price_indices / contacts"},
        {"name": "mean_euribor", "formula": "euribor / contacts"},
        {"name": "mean_employed", "formula": "employed / contacts"}
    ]
}"#;

fn calls(model: &Model) -> Facts<'static> {
    let raw = Raw::read(DATA_SET, FULL, ';');
    let within = |most: u32| -> Column<'static> {
        let rows = raw.column("y").into_iter().zip(raw.column("campaign"));
        counts(rows.map(|(y, contacts)| y == "yes" && contacts.parse::<u32>().unwrap() <= most))
    };
    Facts::builder(model.schema())
        .dates(&raw.one_day())
        .dimension("row", &raw.numbers())
        .dimension("subscribed", &raw.column("y"))
        .measure("contacts", counts((0..raw.len()).map(|_| true)))
        .measure("subscribers", raw.count("y", |y| y == "yes"))
        .measure("within_1", within(1))
        .measure("within_3", within(3))
        .measure("talk", raw.decimals("duration"))
        .measure("longest", raw.decimals("duration"))
        .build()
        .unwrap()
}

fn economy(model: &Model) -> Facts<'static> {
    let raw = Raw::read(DATA_SET, ADDITIONAL, ';');
    Facts::builder(model.schema())
        .dates(&raw.one_day())
        .dimension("row", &raw.numbers())
        .measure("contacts", counts((0..raw.len()).map(|_| true)))
        .measure("subscribers", raw.count("y", |y| y == "yes"))
        .measure("ages", raw.decimals("age"))
        .measure("earlier_contacts", raw.decimals("previous"))
        .measure("price_indices", raw.decimals("cons.price.idx"))
        .measure("euribor", raw.decimals("euribor3m"))
        .measure("employed", raw.decimals("nr.employed"))
        .build()
        .unwrap()
}

fn query(figure: &Figure) -> Option<Query> {
    let metric = match figure.metric.as_str() {
        "subscriptions" => "subscribers",
        "leads" => "contacts",
        "conversion" => "conversion",
        "conversion %" => "conversion_percent",
        "mean age" => "mean_age",
        "mean previous" => "mean_earlier_contacts",
        "mean cons.price.idx" => "mean_price_index",
        "mean euribor3m" => "mean_euribor",
        "mean nr.employed" => "mean_employed",
        "% of subscribers converted within 1 contact" => "percent_within_1",
        "% of subscribers converted within 3 contacts" => "percent_within_3",
        "mean call duration, minutes" => "minutes_per_call",
        _ => return None,
    };
    match figure.filter.as_str() {
        "all" => Some(Query::of([metric])),
        "y = yes" => Some(Query::of([metric]).only("subscribed", ["yes"])),
        _ => None,
    }
}

#[test]
fn calls_of_a_bank() {
    if folder(DATA_SET).is_none() {
        return;
    }
    let (first, second) = (Model::from_json(CALLS).unwrap(), Model::from_json(ECONOMY).unwrap());
    let (calls, economy) = (calls(&first), economy(&second));
    let evaluate = |figure: &Figure| -> Option<Value> {
        let query = query(figure)?;
        match figure.files.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            [FULL] => Some(single_value(&first, &calls, &query)),
            [ADDITIONAL] => Some(single_value(&second, &economy, &query)),
            _ => None,
        }
    };
    let explain = |figure: &Figure| -> Option<Explanation> {
        if figure.metric != "mean call duration, minutes" {
            return None;
        }
        // The longest call of a subscriber, in the same sentence, is printed as 64 minutes.
        let query = Query::of(["longest_minutes"]).only("subscribed", ["yes"]);
        let longest = defined(single_value(&first, &calls, &query));
        let why = "the sentence cuts its figures off: the longest call in it is 64 minutes too, and was 64.68";
        Some(Explanation { why, follows: longest == "3881/60".parse().unwrap() })
    };
    let count = run(DATA_SET, evaluate, explain);
    assert_eq!(count, Some(Count { figures: 12, reproduced: 11, explained: 1 }));
}
