//! Targets: on which day each was decided, what a plan needs, how a goal is handed down and scored.
//!
//! ```text
//! cargo run --release --example targets
//! ```
//!
//! The targets are those of the models in `examples/data`; plans, cascades and the scorecard stand in
//! two documents beside this file. All that is computed, the library computes.

mod cascades;
mod days;
mod milestones;
mod plans;
mod scores;

#[path = "../scorecard/csv.rs"]
#[allow(dead_code, reason = "columns that the model does not have are left alone here")]
mod csv;
#[path = "../scorecard/table.rs"]
mod table;

use std::fmt::Display as Text;
use std::path::Path;
use std::process::ExitCode;

use yardstick::{Date, Display, Model, Rational, Report, Value};

const SEASON: &str = include_str!("season.json");
const FUNNEL: &str = include_str!("funnel.json");

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
    let model = |folder: &str| read(&data.join(folder).join("model.json"));
    let shop = data.join("shop/facts.csv");
    let leads = data.join("olist/facts.csv");

    let season = report(&model("shop")?, &shop, "2011-12-09")?;
    let mut text = heading(&season);
    season.targets().iter().for_each(|target| text += &days::every(target));
    text += &milestones::table(season.targets());

    // These figures are for non-commercial use, and not part of the published package.
    if leads.is_file() {
        let year = report(&model("olist")?, &leads, "2018-05-31")?;
        text += &heading(&year);
        year.targets().iter().for_each(|target| text += &days::decisive(target));
        text += &milestones::table(year.targets());

        let plan = report(FUNNEL, &leads, "2018-05-31")?;
        text += &heading(&plan);
        plan.plans().iter().for_each(|plan| text += &plans::plan(plan));
    } else {
        text += "\nThe funnel from lead to deal: its figures are not in the package, so it is left out.\n";
    }

    let handed = report(SEASON, &shop, "2011-12-09")?;
    text += &heading(&handed);
    handed
        .cascades()
        .iter()
        .for_each(|cascade| text += &cascades::cascade(cascade, handed.targets()));
    handed.scorecards().iter().for_each(|scorecard| text += &scores::scorecard(scorecard));
    handed.targets().iter().for_each(|target| text += &scores::smart(target));
    Ok(text)
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn report(model: &str, facts: &Path, day: &str) -> Result<Report, String> {
    let model = Model::from_json(model).map_err(|error| error.to_string())?;
    let facts = csv::read(&model, &read(facts)?)?.facts;
    let day: Date = day.parse().map_err(|error: yardstick::Error| error.to_string())?;
    model.evaluate(&facts, day).map_err(|error| error.to_string())
}

fn heading(report: &Report) -> String {
    let title = format!("{}, as of {}", report.model(), report.as_of());
    format!("\n{title}\n{}\n", "═".repeat(title.chars().count()))
}

/// A value as it is shown, or why there is none.
fn shown(value: &Value, display: Display) -> String {
    display.show_value(value).unwrap_or_else(|error| error.to_string())
}

fn exact(value: &Rational, display: Display) -> String {
    display.show(value).unwrap_or_else(|error| error.to_string())
}

/// What is there, or nothing.
fn maybe<T: Text>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}
