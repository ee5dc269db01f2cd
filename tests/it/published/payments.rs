//! Payments for the orders of a marketplace (Brazilian E-Commerce by Olist): revenue, order value, and
//! the mix of ways to pay.

use std::collections::HashSet;

use yardstick::{Column, Facts, Model, Query, Rational};

use super::figure::{Figure, float, single};
use super::raw::{Raw, counts, folder};
use super::run::{Count, Explanation, defined, run, single_value};

const DATA_SET: &str = "olist_payments";

/// An order can have several payments; it is counted with the first that the file has.
pub(super) const MODEL: &str = r#"{
    "yardstick": 1,
    "name": "Payments",
    "display": {"scale": 2, "mode": "half_expand"},
    "dimensions": ["payment", "type"],
    "measures": [
        {"name": "payments", "unit": "payment"},
        {"name": "boleto", "unit": "payment"},
        {"name": "voucher", "unit": "payment"},
        {"name": "debit_card", "unit": "payment"},
        {"name": "orders", "unit": "order"},
        {"name": "paid", "unit": "BRL"},
        {"name": "paid_in_singles", "unit": "BRL", "description": "The nearest float of single precision to each"},
        {"name": "installments", "unit": "installment"},
        {"name": "largest", "unit": "BRL", "over_time": "max", "across": "max", "missing": "zero"}
    ],
    "kpis": [
        {"name": "order_value", "catalog": "aov", "inputs": {"revenue": "paid"}},
        {"name": "boleto_percent", "formula": "100 * boleto / payments"},
        {"name": "voucher_percent", "formula": "100 * voucher / payments"},
        {"name": "debit_card_percent", "formula": "100 * debit_card / payments"},
        {"name": "mean_payment", "formula": "paid / payments"},
        {"name": "mean_installments", "formula": "installments / payments"}
    ]
}"#;

/// A single below 2^24 and not below 2^-7 is a multiple of 2^-30, and so of 10^-30.
const PLACES: u32 = 30;

fn singles(amounts: &[&str]) -> Column<'static> {
    let units = Rational::from(10).checked_pow(PLACES as i32).unwrap();
    let whole = |text: &&str| (single(text) * units.clone()).to_string().parse().unwrap();
    Column::owned(amounts.iter().map(whole).collect(), PLACES)
}

fn facts(model: &Model) -> Facts<'static> {
    let raw = Raw::read(DATA_SET, "olist/olist_order_payments_dataset.csv.gz", ',');
    let mut seen = HashSet::new();
    let first = raw.column("order_id").into_iter().map(|order| seen.insert(order));
    let of_type = |name: &str| raw.count("payment_type", |own| own == name);
    Facts::builder(model.schema())
        .dates(&raw.one_day())
        .dimension("payment", &raw.numbers())
        .dimension("type", &raw.column("payment_type"))
        .measure("payments", counts((0..raw.len()).map(|_| true)))
        .measure("boleto", of_type("boleto"))
        .measure("voucher", of_type("voucher"))
        .measure("debit_card", of_type("debit_card"))
        .measure("orders", counts(first))
        .measure("paid", raw.decimals("payment_value"))
        .measure("paid_in_singles", singles(&raw.column("payment_value")))
        .measure("installments", raw.decimals("payment_installments"))
        .measure("largest", raw.decimals("payment_value"))
        .build()
        .unwrap()
}

fn query(figure: &Figure) -> Option<Query> {
    let kind = figure.filter.strip_prefix("type = ");
    let metric = match (figure.metric.as_str(), kind) {
        ("payments", Some(kind)) => return Some(Query::of(["payments"]).only("type", [kind])),
        // A share of the whole, so without a filter.
        ("share of payments %", Some(kind)) => &format!("{kind}_percent"),
        ("SUM(payment_value)" | "SUM(payment_value) as MySQL double", None) => "paid",
        ("revenue / distinct orders", None) => "order_value",
        ("mean payment", None) => "mean_payment",
        ("max payment", None) => "largest",
        ("mean installments", None) => "mean_installments",
        _ => return None,
    };
    (kind.is_some() || figure.filter == "all").then(|| Query::of([metric]))
}

#[test]
fn payments_of_a_marketplace() {
    if folder(DATA_SET).is_none() {
        return;
    }
    let model = Model::from_json(MODEL).unwrap();
    let facts = facts(&model);
    let value = |query: Query| single_value(&model, &facts, &query);
    let evaluate = |figure: &Figure| Some(value(query(figure)?));
    let explain = |figure: &Figure| {
        let in_singles = || defined(value(Query::of(["paid_in_singles"])));
        (figure.metric == "SUM(payment_value) as MySQL double").then(|| Explanation {
            why: "each amount was stored in a column of single precision: the print is the sum of the nearest singles, to the last digit",
            follows: float(&figure.printed) == in_singles(),
        })
    };
    let count = run(DATA_SET, evaluate, explain);
    assert_eq!(count, Some(Count { figures: 11, reproduced: 10, explained: 1 }));
}
