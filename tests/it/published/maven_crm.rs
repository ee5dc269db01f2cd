//! Sales opportunities of a company that sells hardware (fictitious, by Maven Analytics): revenue,
//! open pipeline and win rates by manager, agent, product and quarter.

use std::collections::HashMap;

use yardstick::{Facts, Model, Value};

use super::figure::Figure;
use super::raw::{Raw, folder};
use super::run::{Count, run};

const DATA_SET: &str = "maven_crm";

/// An opportunity counts on its last day that the file knows: that of its close, or of its first
/// engagement while it is open.
pub(super) const MODEL: &str = r#"{
    "yardstick": 1,
    "name": "Opportunities",
    "display": {"scale": 2, "mode": "half_expand"},
    "dimensions": ["opportunity", "agent", "manager", "product"],
    "measures": [
        {"name": "revenue", "unit": "USD"},
        {"name": "won", "unit": "deal"},
        {"name": "lost", "unit": "deal"},
        {"name": "engaging", "unit": "deal"}
    ],
    "kpis": [
        {"name": "closed", "formula": "won + lost", "unit": "deal"},
        {"name": "closed_value", "formula": "revenue / closed", "unit": "USD/deal"},
        {"name": "win_rate", "catalog": "win_rate", "inputs": {"deals_won": "won", "deals_lost": "lost"}}
    ],
    "queries": [
        {"name": "all", "metrics": ["revenue", "engaging", "closed_value"]},
        {"name": "manager", "metrics": ["revenue", "engaging"], "by": ["manager"]},
        {"name": "agent", "metrics": ["revenue", "closed", "closed_value"], "by": ["agent"]},
        {"name": "product", "metrics": ["won", "lost", "win_rate"], "by": ["product"]},
        {"name": "quarter", "metrics": ["revenue"], "by": ["manager"], "grain": "quarter"}
    ]
}"#;

fn facts<'a>(model: &Model, deals: &'a Raw) -> Facts<'a> {
    let teams = Raw::read(DATA_SET, "maven_crm_sales/sales_teams.csv", ',');
    let managers: HashMap<&str, &str> =
        teams.column("sales_agent").into_iter().zip(teams.column("manager")).collect();
    let closed = deals.column("close_date");
    let days = closed.iter().zip(deals.column("engage_date"));
    let days: Vec<&str> =
        days.map(|(close, engage)| if close.is_empty() { engage } else { *close }).collect();
    // Opportunities without any day were not engaged yet: no figure looks at them.
    let stage = deals.column("deal_stage");
    let kept: Vec<usize> = (0..deals.len()).filter(|row| !days[*row].is_empty()).collect();
    assert!(
        stage.iter().zip(&days).all(|(stage, day)| (*stage == "Prospecting") == day.is_empty())
    );
    let keep = |column: &[&'a str]| kept.iter().map(|row| column[*row]).collect::<Vec<&str>>();
    let is = |name: &str| super::raw::counts(kept.iter().map(|row| stage[*row] == name));
    let dates: Vec<_> = keep(&days).iter().map(|day| day.parse().unwrap()).collect();
    let agents = keep(&deals.column("sales_agent"));
    let manager: Vec<&str> = agents.iter().map(|agent| managers[agent]).collect();
    let value: Vec<_> = keep(&deals.column("close_value"));
    let value: Vec<_> = value.iter().map(|text| (!text.is_empty()).then_some(text)).collect();
    Facts::builder(model.schema())
        .dates(&dates)
        .dimension("opportunity", &keep(&deals.column("opportunity_id")))
        .dimension("agent", &agents)
        .dimension("manager", &manager)
        .dimension("product", &keep(&deals.column("product")))
        .measure("revenue", yardstick::Column::optional_text(&value))
        .measure("won", is("Won"))
        .measure("lost", is("Lost"))
        .measure("engaging", is("Engaging"))
        .build()
        .unwrap()
}

/// The query, the bucket and the row that a filter means, `("agent", None, ["Zane Levy"])`.
fn place(filter: &str) -> Option<(&'static str, Option<String>, Vec<&str>)> {
    if matches!(filter, "all" | "manager = Grand Total") {
        return Some(("all", None, vec![]));
    }
    let (before, value) = filter.split_once(" = ")?;
    match before {
        "manager" => Some(("manager", None, vec![value])),
        "agent" => Some(("agent", None, vec![value])),
        // The file writes this one in one word.
        "product" if value == "GTX Pro" => Some(("product", None, vec!["GTXPro"])),
        "product" => Some(("product", None, vec![value])),
        _ => {
            // "Q1 2017, manager"
            let (quarter, year) = before.strip_suffix(", manager")?.split_once(' ')?;
            Some(("quarter", Some(format!("{year}-{quarter}")), vec![value]))
        }
    }
}

fn metric(figure: &Figure) -> Option<&'static str> {
    Some(match figure.metric.as_str() {
        "sum close_value" => "revenue",
        "open Engaging opportunities" => "engaging",
        "closed deals (won+lost)" => "closed",
        "mean close_value over closed deals" => "closed_value",
        "mean close_value over closed (won+lost) deals" => "closed_value",
        "won" => "won",
        "lost" => "lost",
        "won/(won+lost)" => "win_rate",
        _ => return None,
    })
}

#[test]
fn opportunities_by_manager_agent_product_and_quarter() {
    if folder(DATA_SET).is_none() {
        return;
    }
    let model = Model::from_json(MODEL).unwrap();
    let deals = Raw::read(DATA_SET, "maven_crm_sales/sales_pipeline.csv", ',');
    let facts = facts(&model, &deals);
    let report = model.evaluate(&facts, facts.period().last()).unwrap();
    let evaluate = |figure: &Figure| -> Option<Value> {
        let (query, bucket, key) = place(&figure.filter)?;
        let table = &report.query(query).unwrap().table;
        table.get(metric(figure)?, bucket.as_deref(), &key).cloned()
    };
    let count = run(DATA_SET, evaluate, |_| None);
    assert_eq!(count, Some(Count { figures: 110, reproduced: 110, explained: 0 }));
}
