//! Many targets as one index, and one held against the words of SMART.

use yardstick::scorecard::Score;
use yardstick::{ScorecardReport, TargetReport, Value};

use crate::table::Table;
use crate::{exact, maybe, shown};

pub(crate) fn scorecard(report: &ScorecardReport) -> String {
    let rate = |value: &Value| shown(value, report.rates);
    let result = &report.result;
    let mut text = format!("\n  Scorecard: {}\n\n", result.name);
    let header = ["target", "owner", "state", "weight", "share", "attainment", "contributes"];
    let mut table = Table::new(3, header);
    for entry in &result.entries {
        table.row(vec![
            entry.target.clone(),
            maybe(entry.owner),
            entry.state.name().replace('_', " "),
            exact(&entry.weight, report.plain),
            exact(&entry.share, report.rates),
            rate(&entry.attainment),
            rate(&entry.contribution),
        ]);
    }
    text += &table.to_string();

    let header =
        ["", "states from the worst", "weight", "covered", "index", "cut off", "against yesterday"];
    let mut table = Table::new(2, header);
    let mut row = |name: String, score: &Score| {
        let states = score.states.parts.iter();
        let states: Vec<String> = states
            .map(|part| format!("{} {}", part.count, part.of.name().replace('_', " ")))
            .collect();
        table.row(vec![
            name,
            states.join(", "),
            exact(&score.weight, report.plain),
            exact(&score.covered, report.rates),
            rate(&score.index),
            maybe(score.clamped.as_ref().map(rate)),
            rate(&score.change),
        ]);
    };
    row("all".to_owned(), &result.total);
    for grouping in &result.groupings {
        for group in &grouping.groups {
            row(format!("{} {}", grouping.by, maybe(group.key.as_ref())), &group.score);
        }
    }
    format!("{text}\n{table}")
}

/// The findings of a target that asks for them.
pub(crate) fn smart(target: &TargetReport) -> String {
    let Some(smart) = &target.smart else { return String::new() };
    let mut table = Table::new(2, ["word", "what there is, or is missing"]);
    let findings = [
        ("specific", &smart.specific),
        ("measurable", &smart.measurable),
        ("achievable", &smart.achievable),
        ("relevant", &smart.relevant),
        ("time-bound", &smart.time_bound),
    ];
    for (word, finding) in findings {
        if !finding.found.is_empty() {
            table.row(vec![word.to_owned(), finding.found.clone()]);
        }
        for missing in &finding.missing {
            table.row(vec![word.to_owned(), format!("missing: {missing}")]);
        }
    }
    format!("\n  Is \"{}\" SMART?\n\n{table}", target.result.name)
}
