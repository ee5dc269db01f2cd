//! What `tests/c/walk.c` prints of a report, by the Rust library.

use std::fmt::{Display, Write};

use yardstick::model::{FindingKind, FunnelReport, TargetReport};
use yardstick::target::{Assessment, Pace, Remaining, State};
use yardstick::{Date, Period, Report, Table, Value};

fn put(out: &mut String, item: Option<impl Display>) {
    match item {
        Some(item) => write!(out, " {item}").unwrap(),
        None => out.push_str(" -"),
    }
}

fn exact(value: &Value) -> String {
    match value {
        Value::Defined(value) => value.to_string(),
        Value::Undefined(reason) => reason.to_string(),
    }
}

fn days(period: Period) -> String {
    format!("{}..{}", period.first().number(), period.last().number())
}

fn day(day: Option<Date>) -> Option<i32> {
    day.map(Date::number)
}

fn table(out: &mut String, table: &Table) {
    out.push_str("columns");
    table.dimensions.iter().for_each(|name| put(out, Some(name)));
    for column in &table.columns {
        put(out, Some(&column.metric));
        put(out, Some(&column.unit));
    }
    out.push('\n');
    for (i, row) in table.rows.iter().enumerate() {
        out.push_str("row");
        put(out, row.bucket.as_ref());
        put(out, Some(days(row.period)));
        row.key.iter().for_each(|value| put(out, Some(value)));
        table.columns.iter().for_each(|column| put(out, Some(exact(&column.values[i]))));
        out.push('\n');
    }
}

fn funnel(out: &mut String, report: &FunnelReport) {
    out.push_str("funnel");
    put(out, Some(&report.name));
    put(out, report.period.map(days));
    out.push('\n');
    for (segment, change) in report.segments.iter().zip(&report.comparisons) {
        let (funnel, change) = (&segment.funnel, change.as_ref());
        out.push_str("segment");
        for (i, dimension) in report.dimensions.iter().enumerate() {
            put(out, Some(dimension));
            put(out, Some(segment.key.get(i).map_or("", String::as_str)));
        }
        put(out, Some(exact(&funnel.overall_rate())));
        put(out, change.map(|change| exact(&change.overall_points)));
        put(out, funnel.hand_off());
        put(out, funnel.bottleneck());
        put(out, change.and_then(|change| change.worst_step));
        out.push('\n');
        let steps = funnel.steps();
        for (i, stage) in funnel.stages().iter().enumerate() {
            out.push_str("stage");
            put(out, Some(&stage.name));
            put(out, Some(exact(&stage.count)));
            put(out, stage.value.as_ref().map(exact));
            put(out, stage.value_per_entity().as_ref().map(exact));
            put(out, change.map(|change| exact(&change.counts[i])));
            if let Some(step) = steps.get(i) {
                for value in [&step.rate, &step.overall_rate, &step.drop_off, &step.drop_off_rate] {
                    put(out, Some(exact(value)));
                }
                put(out, change.map(|change| exact(&change.steps[i].points)));
                put(out, change.map(|change| exact(&change.steps[i].relative)));
            }
            out.push('\n');
        }
    }
}

/// The number of a state: its place in their order, from 1.
fn number(state: State) -> usize {
    State::ALL.iter().position(|known| *known == state).unwrap() + 1
}

fn assessment(out: &mut String, it: &Assessment<'_>) {
    let met = it.met.defined().map_or(2, u8::from);
    let pace = match &it.pace {
        None => 0,
        Some(Pace::Flow(_)) => 1,
        Some(Pace::Stock(_)) => 2,
        Some(Pace::Ratio(_)) => 3,
        Some(Pace::Budget(_)) => 4,
        Some(other) => panic!("{other:?} has no number yet"),
    };
    write!(out, "at {} {} {met} {pace}", it.as_of.number(), number(it.state)).unwrap();
    put(out, it.band);
    put(out, it.tier);
    let (flow, stock, ratio, budget) = (it.flow(), it.stock(), it.ratio(), it.budget());
    let of_days = flow.map(|p| (p.elapsed_days, p.remaining_days, p.reached_on));
    let of_days = of_days
        .or(stock.map(|p| (p.elapsed_days, p.remaining_days, p.reached_on)))
        .or(budget.map(|p| (p.elapsed_days, p.remaining_days, p.reached_on)));
    put(out, of_days.map(|(elapsed, ..)| elapsed));
    put(out, of_days.map(|(_, remaining, _)| remaining));
    put(out, day(of_days.and_then(|(.., reached)| reached)));
    let best = flow.and_then(|p| p.best_day).or(ratio.and_then(|p| p.best_day));
    put(out, best.map(|best| best.day.number()));
    put(out, Some(u8::from(it.is_beyond_best())));
    let required = ratio.and_then(|p| match &p.remaining {
        Value::Defined(Remaining::Decided) => None,
        Value::Defined(remaining) => remaining.ratio().map(ToString::to_string),
        Value::Undefined(reason) => Some(reason.to_string()),
    });
    macro_rules! of {
        ($($pace:ident . $field:ident)|+) => {
            None$(.or($pace.map(|pace| &pace.$field)))+.map(exact)
        };
    }
    let figures = [
        Some(exact(&it.actual)),
        Some(exact(&it.gap)),
        Some(exact(&it.attainment)),
        it.goal.low.as_ref().map(exact),
        it.goal.high.as_ref().map(exact),
        it.goal.baseline.as_ref().map(exact),
        of!(flow.share | stock.share | budget.share),
        of!(flow.expected | stock.expected),
        of!(flow.gap | stock.gap),
        of!(flow.attainment | stock.attainment | budget.attainment),
        of!(flow.required_per_day | stock.required_per_day),
        of!(flow.required_per_weight | stock.required_per_weight),
        of!(flow.required_next_day | stock.required_next_day),
        of!(flow.projection | stock.projection | budget.projection),
        of!(stock.from),
        of!(budget.expected_low),
        of!(budget.expected_high),
        of!(budget.over),
        of!(budget.under),
        of!(budget.left),
        of!(budget.left_per_day),
        of!(budget.left_per_weight),
        of!(budget.left_next_day),
        of!(ratio.numerator),
        of!(ratio.denominator),
        of!(ratio.expected_volume),
        required,
        best.map(|best| best.value.to_string()),
        best.map(|best| best.rate.to_string()),
    ];
    figures.into_iter().for_each(|figure| put(out, figure));
    out.push('\n');
}

fn target(out: &mut String, report: &TargetReport) {
    let result = &report.result;
    out.push_str("target");
    put(out, Some(&result.name));
    put(out, Some(&result.metric));
    put(out, Some(&result.unit));
    put(out, result.owner);
    put(out, Some(days(result.period)));
    let at = result.milestones();
    for found in [at.first_met, at.met_since, at.secured, at.beyond_best, at.unreachable] {
        put(out, day(found));
    }
    for (name, limit) in result.tiers() {
        put(out, Some(name));
        put(out, Some(exact(limit)));
    }
    out.push('\n');
    assessment(out, &report.current());
    result.days().for_each(|it| assessment(out, &it));
}

pub(crate) fn walk(report: &Report) -> String {
    let mut out = format!("report {}\n", report.as_of().number());
    for kpi in report.kpis() {
        out.push_str("kpi");
        put(&mut out, Some(&kpi.name));
        put(&mut out, Some(&kpi.formula));
        put(&mut out, Some(&kpi.unit));
        put(&mut out, Some(kpi.kind));
        put(&mut out, Some(kpi.aggregation));
        put(&mut out, Some(kpi.direction));
        put(&mut out, kpi.owner);
        put(&mut out, kpi.stage);
        put(&mut out, kpi.catalog.as_ref());
        out.push('\n');
    }
    for query in report.queries() {
        writeln!(out, "query {}", query.name).unwrap();
        table(&mut out, &query.table);
    }
    report.funnels().iter().for_each(|it| funnel(&mut out, it));
    report.targets().iter().for_each(|it| target(&mut out, it));
    for finding in report.findings() {
        let kind = FindingKind::ALL.iter().position(|kind| *kind == finding.kind).unwrap() + 1;
        writeln!(out, "finding {kind} {} {}", finding.place, finding.message).unwrap();
    }
    out
}
