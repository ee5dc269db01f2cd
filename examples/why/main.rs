//! Why a number moved, and which KPIs there are.
//!
//! ```text
//! cargo run --release --example why
//! ```
//!
//! With real figures from `examples/data`: what moved the revenue of an online shop's season, its
//! sales over other periods, how channels changed the rate from lead to deal, and which channel
//! brought most. Last, what the catalog of KPIs knows of them.

#[path = "../scorecard/causes.rs"]
mod causes;
#[path = "../scorecard/csv.rs"]
#[allow(dead_code, reason = "columns that the model does not have are left alone here")]
mod csv;
#[path = "../scorecard/table.rs"]
mod table;

use std::path::Path;
use std::process::ExitCode;

use causes::{explained, factors, shown};
use table::Table;
use yardstick::kpi::catalog;
use yardstick::{Date, Model, Report};

const SHOP: &str = r#"{
    "yardstick": 1, "name": "What moved the season",
    "display": {"scale": 2, "mode": "half_expand", "grouped": true},
    "measures": [
        {"name": "net_revenue", "unit": "GBP"},
        {"name": "invoices", "unit": "invoice", "display": {"scale": 0, "grouped": true}},
        {"name": "units", "unit": "item"},
        {"name": "cancellations", "unit": "invoice"}
    ],
    "baselines": [{"name": "last_season", "period": {"first": "2010-12-01", "last": "2010-12-09"}}],
    "kpis": [
        {"name": "items_per_invoice", "formula": "units / invoices"},
        {"name": "price_of_an_item", "formula": "net_revenue / units"},
        {"name": "revenue", "formula": "invoices * items_per_invoice * price_of_an_item"},
        {"name": "month_to_date", "formula": "to_date(net_revenue, month)"},
        {"name": "trailing_week", "formula": "trailing(net_revenue, 7 days)"},
        {"name": "week_before", "formula": "ago(trailing(net_revenue, 7 days), 1 week)"},
        {"name": "week_on_week", "formula": "trailing_week / week_before - 1", "display": {"as": "percent"}},
        {"name": "of_last_season", "formula": "month_to_date / baseline(net_revenue, last_season)", "display": {"as": "percent"}}
    ],
    "queries": [{
        "name": "The same definition over other periods", "grain": "day",
        "metrics": ["month_to_date", "trailing_week", "week_before", "week_on_week", "of_last_season"],
        "period": {"first": "2011-12-05", "last": "2011-12-09"}
    }],
    "explanations": [{
        "name": "Season revenue by what it is made of", "metric": "revenue",
        "before": {"first": "2010-12-01", "last": "2010-12-09"},
        "after": {"first": "2011-12-01", "last": "2011-12-09"}
    }]
}"#;

const LEADS: &str = r#"{
    "yardstick": 1, "name": "What moved the rate from lead to deal",
    "display": {"scale": 2, "mode": "half_expand", "grouped": true},
    "dimensions": ["origin"],
    "measures": [
        {"name": "leads", "unit": "lead", "display": {"scale": 0, "grouped": true}},
        {"name": "deals", "unit": "deal", "display": {"scale": 0, "grouped": true}},
        {"name": "declared_monthly_revenue", "unit": "BRL"},
        {"name": "days_to_won", "unit": "day"}
    ],
    "funnels": [{"name": "sales", "basis": "cohort", "stages": [
        {"name": "lead", "owner": "marketing", "count": "leads"},
        {"name": "deal", "owner": "sales", "count": "deals"}
    ]}],
    "kpis": [{"name": "close_rate", "conversion": {"funnel": "sales", "from": "lead", "to": "deal"}}],
    "factors": [{
        "name": "Being found", "strategy": "origin", "gain": "deals", "metrics": ["close_rate"],
        "period": {"first": "2018-01-01", "last": "2018-05-31"}
    }],
    "explanations": [{
        "name": "Close rate by channel", "metric": "close_rate", "by": ["origin"],
        "before": {"first": "2017-06-01", "last": "2017-12-31"},
        "after": {"first": "2018-01-01", "last": "2018-05-31"}
    }]
}"#;

fn main() -> ExitCode {
    match run() {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, String> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
    let mut text = report(SHOP, &data.join("shop/facts.csv"), "2011-12-09")?;
    // These figures are for non-commercial use, and not part of the published package.
    let leads = data.join("olist/facts.csv");
    if leads.is_file() {
        text += &report(LEADS, &leads, "2018-05-31")?;
    }
    text += &known();
    Ok(text)
}

fn report(model: &str, facts: &Path, day: &str) -> Result<String, String> {
    let rows = std::fs::read_to_string(facts).map_err(|e| format!("{}: {e}", facts.display()))?;
    let model = Model::from_json(model).map_err(|error| error.to_string())?;
    let facts = csv::read(&model, &rows)?.facts;
    let day: Date = day.parse().map_err(|error: yardstick::Error| error.to_string())?;
    let report = model.evaluate(&facts, day).map_err(|error| error.to_string())?;
    let title = format!("{}, as of {}", report.model(), report.as_of());
    let mut text = format!("\n{title}\n{}\n", "═".repeat(title.chars().count()));
    report.explanations().iter().for_each(|report| text += &explained(report));
    text += &factors(&report);
    text += &queries(&report);
    Ok(text)
}

fn queries(report: &Report) -> String {
    let mut text = String::new();
    for query in report.queries() {
        text += &format!("\n  {}\n\n", query.name);
        let columns = &query.table.columns;
        let header = ["day".to_owned()].into_iter();
        let mut table = Table::new(1, header.chain(columns.iter().map(|c| c.metric.clone())));
        for (i, row) in query.table.rows.iter().enumerate() {
            let mut cells = vec![row.bucket.clone().unwrap_or_default()];
            let values = columns.iter().zip(&query.displays);
            cells.extend(values.map(|(column, display)| shown(&column.values[i], *display)));
            table.row(cells);
        }
        text += &table.to_string();
        for (reason, count) in query.undefined() {
            text += &format!("  {count} undefined: {reason}\n");
        }
    }
    text
}

/// What the catalog has for two measures that most shops have.
fn known() -> String {
    let count = catalog::entries().count();
    let mut text = format!("\nOf {count} definitions in the catalog, those that read orders\n\n");
    let mut table = Table::new(4, ["id", "formula", "owner", "better"]);
    for entry in catalog::using("orders") {
        table.row(vec![
            entry.id.to_owned(),
            entry.formula.to_owned(),
            entry.owner.to_string(),
            entry.direction.to_string(),
        ]);
    }
    text += &table.to_string();
    text
}
