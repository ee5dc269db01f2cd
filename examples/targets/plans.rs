//! A funnel backwards from a goal, forwards from what stands open, and what more of each stage is worth.

use yardstick::PlanReport;
use yardstick::target::{BudgetSplit, Effect, Forecast, Shortfall};

use crate::table::Table;
use crate::{exact, maybe, shown};

pub(crate) fn plan(report: &PlanReport) -> String {
    // A budget is the subject of a plan of its own here.
    let mut text = match &report.split {
        None => needs(report),
        Some(_) => format!("\n  {}, over two curves invented for this example\n", report.name),
    };
    if let Some((forecast, shortfall)) = &report.forecast {
        text += &forwards(report, forecast, shortfall);
    }
    text += &levers(report);
    if let Some(split) = &report.split {
        text += &budget(report, split);
    }
    text
}

fn needs(report: &PlanReport) -> String {
    let mut text = format!(
        "\n  {}, backwards at the rates of \"{}\"; the capacity is invented for this example\n\n",
        report.name, report.funnel
    );
    let header = ["stage", "owner", "rate", "needs", "reaches", "capacity", "which yields"];
    let mut table = Table::new(2, header);
    for (i, (stage, need)) in report.plan.stages().iter().zip(&report.needs.stages).enumerate() {
        let count = |value| shown(value, report.counts[i]);
        let goal = report.counts.last().copied().unwrap_or(report.plain);
        table.row(vec![
            stage.name.clone(),
            stage.owner.to_string(),
            maybe(stage.rate.as_ref().map(|rate| shown(rate, report.rates))),
            maybe(need.need.as_ref().map(count)),
            count(&need.reach),
            maybe(need.capacity.as_ref().map(|most| exact(most, report.counts[i]))),
            maybe(need.yields.as_ref().map(|yields| shown(yields, goal))),
        ]);
    }
    text += &table.to_string();
    if let Some(stage) = report.needs.binding.and_then(|place| report.plan.stages().get(place)) {
        text += &format!("  What binds is the capacity at {}.\n", stage.name);
    }
    text
}

fn forwards(report: &PlanReport, forecast: &Forecast, shortfall: &Shortfall) -> String {
    let mut text =
        "\n  Forwards from what stands open, or is still to come; both invented\n\n".to_owned();
    let header = ["stage", "open", "arriving", "together", "or else more here"];
    let mut table = Table::new(1, header);
    let stages = report.plan.stages().iter().zip(&forecast.stages).zip(&shortfall.more);
    for (((stage, has), more), display) in stages.zip(&report.counts) {
        let count = |value| shown(value, *display);
        table.row(vec![
            stage.name.clone(),
            count(&has.open),
            count(&has.arriving),
            count(&has.total),
            maybe(more.as_ref().map(count)),
        ]);
    }
    text += &table.to_string();
    let goal = report.counts[shortfall.goal_stage];
    text += &format!(
        "  Of {} there will be {}, so {} are lacking.\n",
        shown(&shortfall.goal, goal),
        shown(forecast.result(), goal),
        shown(&shortfall.lacking, goal)
    );
    text
}

/// Effects are exact: parts of an entity are shown, and not rounded to whole ones.
fn levers(report: &PlanReport) -> String {
    let effects = &report.effects;
    let mut text =
        format!("\n  What more of each is worth, of {}\n\n", shown(&effects.result, report.plain));
    let change = |effect: &Effect| {
        let mark = if effect.exceeds { " (beyond its most)" } else { "" };
        shown(&effect.change, report.plain) + mark
    };
    let header = ["lever", "owner", "now", "a point more", "a percent more", "a quantum more"];
    let mut table = Table::new(2, header);
    for lever in &effects.levers {
        let stage = report.plan.stages().get(lever.stage).map(|stage| &stage.name);
        let now = if lever.point.is_some() { report.rates } else { report.counts[lever.stage] };
        table.row(vec![
            format!("{} of {}", lever.kind, maybe(stage)),
            lever.owner.to_string(),
            shown(&lever.now, now),
            maybe(lever.point.as_ref().map(change)),
            change(&lever.percent),
            maybe(lever.quantum.as_ref().map(change)),
        ]);
    }
    for owner in &effects.owners {
        table.row(vec![
            "all together".to_owned(),
            owner.owner.to_string(),
            String::new(),
            maybe(owner.point.as_ref().map(change)),
            change(&owner.percent),
            maybe(owner.quantum.as_ref().map(change)),
        ]);
    }
    text += &table.to_string();
    text
}

fn budget(report: &PlanReport, split: &BudgetSplit) -> String {
    let mut text = "\n  The budget where it does most\n\n".to_owned();
    let mut table = Table::new(2, ["stage", "owner", "spend", "before", "after"]);
    for lever in &split.levers {
        let Some(stage) = report.plan.stages().get(lever.stage) else { continue };
        let display = if stage.rate.is_some() { report.rates } else { report.counts[lever.stage] };
        table.row(vec![
            stage.name.clone(),
            lever.owner.to_string(),
            exact(&lever.spend, report.plain),
            exact(&lever.before, display),
            exact(&lever.after, display),
        ]);
    }
    text += &table.to_string();
    text += &format!(
        "  From {} to {}, {} more; {} is left unspent.\n",
        shown(&split.before, report.plain),
        shown(&split.after, report.plain),
        shown(&split.gain, report.plain),
        exact(&split.unspent, report.plain)
    );
    text
}
