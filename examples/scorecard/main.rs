//! A model and facts in, a scorecard out.
//!
//! ```text
//! cargo run --release --example scorecard
//! cargo run --release --example scorecard -- MODEL.json FACTS.csv --as-of 2011-12-07 [--json]
//! ```
//!
//! Without arguments it shows two data sets kept in `examples/data`: an online shop's holiday season
//! against the one before, and a funnel from marketing's leads to sales' deals.

mod causes;
mod csv;
mod table;

use std::process::ExitCode;

use table::Table;
use yardstick::target::{BestDay, Pace, Remaining, State};
use yardstick::{
    Assessment, Date, Display, FunnelReport, Model, QueryReport, Rational, Report, TargetReport,
    Value,
};

const USAGE: &str = "usage: scorecard [MODEL.json FACTS.csv --as-of YYYY-MM-DD [--json]]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        [] => examples(),
        [model, facts, "--as-of", day] => files(model, facts, day, false),
        [model, facts, "--as-of", day, "--json"] => files(model, facts, day, true),
        _ => Err(USAGE.to_owned()),
    };
    match result {
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

/// The two data sets that come with the example.
fn examples() -> Result<String, String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data");
    let mut text = String::new();
    let (report, _) = evaluate(&format!("{folder}/shop"), "2011-12-06")?;
    text += &heading(&report);
    text += &scorecard(report.targets());
    text += &next_steps(report.targets());
    let (report, _) = evaluate(&format!("{folder}/shop"), "2011-12-09")?;
    text += &whole(&report);
    if std::path::Path::new(&format!("{folder}/olist")).is_dir() {
        let (report, _) = evaluate(&format!("{folder}/olist"), "2018-05-31")?;
        text += &whole(&report);
    }
    Ok(text)
}

fn evaluate(folder: &str, day: &str) -> Result<(Report, Vec<String>), String> {
    report(&format!("{folder}/model.json"), &format!("{folder}/facts.csv"), day)
}

fn files(model: &str, facts: &str, day: &str, json: bool) -> Result<String, String> {
    let (report, unused) = report(model, facts, day)?;
    if json {
        return report.to_json().map_err(|error| error.to_string());
    }
    let mut text = whole(&report);
    if !unused.is_empty() {
        text +=
            &format!("\nColumns of {facts} that the model does not have: {}\n", unused.join(", "));
    }
    Ok(text)
}

fn report(model: &str, facts: &str, day: &str) -> Result<(Report, Vec<String>), String> {
    let open =
        |path: &str| std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    let day: Date = day.parse().map_err(|error| format!("--as-of: {error}"))?;
    let parsed = Model::from_json(&open(model)?).map_err(|error| format!("{model}: {error}"))?;
    let read = csv::read(&parsed, &open(facts)?).map_err(|error| format!("{facts}: {error}"))?;
    let report = parsed.evaluate(&read.facts, day).map_err(|error| error.to_string())?;
    Ok((report, read.unused))
}

fn whole(report: &Report) -> String {
    let mut text = heading(report);
    text += &scorecard(report.targets());
    text += &next_steps(report.targets());
    report.targets().iter().for_each(|target| text += &daily(target));
    report.funnels().iter().for_each(|report| text += &funnel(report));
    report.queries().iter().for_each(|report| text += &query(report));
    report.explanations().iter().for_each(|report| text += &causes::explained(report));
    text += &causes::factors(report);
    if !report.findings().is_empty() {
        text += "\n  To look at\n";
        for finding in report.findings() {
            text += &format!("  - {}: {}\n", finding.place, finding.message);
        }
    }
    text
}

fn heading(report: &Report) -> String {
    let title = format!("{}, as of {}", report.model(), report.as_of());
    format!("\n{title}\n{}\n", "═".repeat(title.chars().count()))
}

/// A value as its display asks, or why there is none.
fn shown(value: &Value, display: Display) -> String {
    display.show_value(value).unwrap_or_else(|error| error.kind().name().to_owned())
}

fn exact(value: &Rational, display: Display) -> String {
    display.show(value).unwrap_or_else(|error| error.kind().name().to_owned())
}

/// One line for each target.
fn scorecard(targets: &[TargetReport]) -> String {
    if targets.is_empty() {
        return String::new();
    }
    let header =
        ["Target", "Owner", "State", "Band", "Unit", "Actual", "Goal", "Beyond goal", "Attainment"];
    let mut table = Table::new(5, header);
    for target in targets {
        let (result, now) = (&target.result, target.current());
        let side = |value: &Option<Value>, sign: &str| {
            value.as_ref().map(|value| format!("{sign} {}", shown(value, target.display)))
        };
        let goal: Vec<String> = side(&result.goal().low, "≥")
            .into_iter()
            .chain(side(&result.goal().high, "≤"))
            .collect();
        table.row(vec![
            result.name.clone(),
            result.owner.map_or("", |owner| owner.name()).to_owned(),
            now.state.name().to_owned(),
            now.band.unwrap_or_default().to_owned(),
            result.unit.to_string(),
            shown(&now.actual, target.display),
            goal.join(", "),
            shown(&now.gap, target.display),
            shown(&now.attainment, target.rates),
        ]);
    }
    format!("\n{table}")
}

/// What is left to do, for each target that is not decided.
fn next_steps(targets: &[TargetReport]) -> String {
    let mut text = String::new();
    for target in targets {
        let (name, now) = (&target.result.name, target.current());
        let step = match (now.state, &now.pace) {
            (State::Undefined, _) => format!("{}.", shown(&now.gap, target.display)),
            (State::Met, _) => "met. Nothing left to do.".to_owned(),
            (State::Missed, _) => {
                let gap = shown(&now.gap.clone().map(|gap| gap.abs()), target.display);
                format!("missed by {gap}.")
            }
            (_, Some(Pace::Flow(flow))) => {
                let required = shown(&flow.required_per_day, target.display);
                let remain = match flow.remaining_days {
                    1 => "one day that remains".to_owned(),
                    days => format!("{days} days that remain"),
                };
                let mut step = format!("{required} a day for the {remain}");
                if let Some(BestDay { day, value: best, .. }) = &flow.best_day {
                    let best = exact(best, target.display);
                    step += &format!("; the best day so far brought {best} on {day}");
                }
                step + &format!(
                    ". At this rate it ends at {}.",
                    shown(&flow.projection, target.display)
                )
            }
            (_, Some(Pace::Ratio(ratio))) => {
                let volume = shown(&ratio.expected_volume, target.plain);
                match ratio.remaining.as_ref().defined() {
                    Some(Remaining::Decided) => "no volume remains; it is decided.".to_owned(),
                    Some(Remaining::Secured(_)) => {
                        format!("secured, whatever remains, at an expected volume of {volume}.")
                    }
                    Some(remaining) => {
                        let required = remaining.ratio().map(|r| exact(r, target.display));
                        let required = required.unwrap_or_default();
                        format!(
                            "what remains must come to {required}, at an expected volume of {volume}."
                        )
                    }
                    None => "undefined.".to_owned(),
                }
            }
            (state, _) => format!("{}.", state.name().replace('_', " ")),
        };
        text += &format!("  {name}: {step}\n");
    }
    match text.is_empty() {
        true => text,
        false => format!("\n{text}"),
    }
}

/// The state at the end of each day; in a long period, of the days on which something changed.
fn daily(target: &TargetReport) -> String {
    const SHORT: usize = 14;
    let days: Vec<Assessment<'_>> = target.result.days().collect();
    let Some(first) = days.first() else { return String::new() };
    let mut header = vec!["Day", "State", "Actual"];
    match (first.flow(), first.ratio()) {
        (Some(_), _) => header.extend(["Expected", "Ahead by", "Needed a day", "At this rate"]),
        (_, Some(_)) => header.extend(["Needed of the rest", "Rest"]),
        _ => header.push("Beyond goal"),
    }
    let mut table = Table::new(2, header);
    for (i, day) in days.iter().enumerate() {
        let changed = i == 0 || i + 1 == days.len() || day.actual != days[i - 1].actual;
        if changed || days.len() <= SHORT {
            table.row(daily_row(target, day));
        }
    }
    let which = if days.len() <= SHORT { "day by day" } else { "on the days that changed it" };
    let mut text = format!("\n  {}, {which}\n{table}", target.result.name);
    let beyond = |day: &&Assessment| day.flow().is_some_and(|flow| flow.beyond_best);
    if let Some(first) = days.iter().position(|day| beyond(&day)) {
        let run = days[first..].iter().take_while(beyond);
        if let (Some(last), Some(first)) = (run.last(), target.result.first_beyond_best()) {
            let best = last.flow().and_then(|flow| flow.best_day);
            let best = best
                .map(|best| format!(" ({} on {})", exact(&best.value, target.display), best.day));
            text += &format!(
                "  From {first} to {} more was needed a day than any day of the period or its baseline had brought by then{}.\n",
                last.as_of,
                best.unwrap_or_default()
            );
        }
    }
    text
}

fn daily_row(target: &TargetReport, day: &Assessment) -> Vec<String> {
    let mut row = vec![
        day.as_of.to_string(),
        day.state.name().to_owned(),
        shown(&day.actual, target.display),
    ];
    match &day.pace {
        Some(Pace::Flow(flow)) => row.extend([
            shown(&flow.expected, target.display),
            shown(&flow.gap, target.display),
            match flow.remaining_days {
                0 => String::new(),
                _ => shown(&flow.required_per_day, target.display),
            },
            shown(&flow.projection, target.display),
        ]),
        Some(Pace::Ratio(ratio)) => {
            let remaining = ratio.remaining.as_ref().defined();
            row.extend([
                match remaining {
                    // Beyond any value that the ratio can have.
                    None | Some(Remaining::Secured(_)) => String::new(),
                    Some(remaining) => {
                        remaining.ratio().map_or(String::new(), |r| exact(r, target.display))
                    }
                },
                remaining.map_or("", Remaining::name).to_owned(),
            ]);
        }
        _ => row.push(shown(&day.gap, target.display)),
    }
    row
}

fn funnel(report: &FunnelReport) -> String {
    let mut text = format!("\n  {} ({} basis", report.name, report.basis);
    if let Some(period) = report.period {
        text += &format!(", {period}");
    }
    text += ")\n";
    let Some(total) = report.segments.first() else { return text };
    let mut header = report.dimensions.clone();
    if header.is_empty() {
        header.push(String::new());
    }
    let left = header.len();
    let stages = total.funnel.stages();
    header.extend(stages.iter().map(|stage| stage.name.clone()));
    let steps = total.funnel.steps();
    for step in &steps {
        let hand_off = if step.is_hand_off { " (hand-off)" } else { "" };
        header.push(format!("to {}{hand_off}", stages[step.from + 1].name));
    }
    let has_value: Vec<usize> = (0..stages.len()).filter(|i| stages[*i].value.is_some()).collect();
    header.extend(has_value.iter().map(|i| format!("value of {}", stages[*i].name)));
    if report.compared_with.is_some() {
        header.push("change in points".to_owned());
    }
    let mut table = Table::new(left, header);
    for (segment, comparison) in report.segments.iter().zip(&report.comparisons) {
        let mut row = segment.key.clone();
        if row.is_empty() {
            row.push("total".to_owned());
            row.resize(left, String::new());
        }
        let stages = segment.funnel.stages();
        row.extend(stages.iter().zip(&report.counts).map(|(stage, d)| shown(&stage.count, *d)));
        row.extend(segment.funnel.steps().iter().map(|step| shown(&step.rate, report.rates)));
        for i in &has_value {
            let value = stages[*i].value.as_ref();
            row.push(value.map_or(String::new(), |value| shown(value, report.values[*i])));
        }
        if let Some(comparison) = comparison {
            row.push(shown(&comparison.overall_points, report.rates));
        }
        table.row(row);
    }
    text += &table.to_string();
    if let Some(period) = report.compared_with {
        text += &format!("  Changes are against {period}.\n");
    }
    if steps.len() > 1 {
        if let Some(step) = total.funnel.bottleneck() {
            text += &format!("  The bottleneck is the step from {}.\n", stages[step].name);
        }
    }
    text
}

fn query(report: &QueryReport) -> String {
    let table = &report.table;
    let buckets = table.rows.iter().any(|row| row.bucket.is_some());
    let mut header: Vec<String> = Vec::new();
    if buckets || table.dimensions.is_empty() {
        header.push("Period".to_owned());
    }
    header.extend(table.dimensions.iter().cloned());
    let left = header.len();
    header.extend(table.columns.iter().map(|column| column.metric.clone()));
    let mut rows = Table::new(left, header);
    for (i, row) in table.rows.iter().enumerate() {
        let mut cells: Vec<String> = Vec::new();
        match &row.bucket {
            Some(bucket) => cells.push(bucket.clone()),
            None if table.dimensions.is_empty() => cells.push(row.period.to_string()),
            None => {}
        }
        cells.extend(row.key.iter().cloned());
        let columns = table.columns.iter().zip(&report.displays);
        cells.extend(columns.map(|(column, display)| shown(&column.values[i], *display)));
        rows.row(cells);
    }
    format!("\n  {}\n{rows}", report.name)
}
