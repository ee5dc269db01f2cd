//! What the events of a shop say: how many came how far, how long they took, why they stopped, and who
//! came back. The visitors are made up from a seed, so that every figure is known beforehand; it ends
//! with 1 where one is another.
//!
//! ```text
//! cargo run --release --example funnel_events
//! ```

mod known;
mod shop;
#[path = "../scorecard/table.rs"]
mod table;

use std::process::ExitCode;

use yardstick::events::{
    Attribution, EventCounts, EventFunnel, EventFunnelResult, Events, Retention, RetentionMatrix,
    Stopped, days,
};
use yardstick::funnel::Durations;
use yardstick::statistics::QuantileType;
use yardstick::{Column, Display, Error, Grain, Owner, Rational, Rounding, Value};

use self::shop::{CANCELS, CHANNELS, OPENS_APP, STEPS, SUBSCRIBES, WEEKS, WINDOW_DAYS};
use self::table::Table;

const VISITORS: u32 = 20_000;
const SEED: u64 = 2_024;
const HOUR: u64 = 3_600;

fn main() -> ExitCode {
    match run() {
        Ok((text, wrong)) => {
            print!("{text}");
            wrong.iter().for_each(|figure| eprintln!("not as it was set down: {figure}"));
            ExitCode::from(u8::from(!wrong.is_empty()))
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(String, Vec<String>), Error> {
    let (columns, known) = shop::shop(VISITORS, SEED);
    let events = Events::by_time(&columns.visitors, &columns.times, &columns.masks)?
        .segments(&columns.channels, CHANNELS.len() as u32)?
        .values(Column::scaled(&columns.cents, 2))?
        .observed_until(shop::last())?;

    let mut query = EventFunnel::builder(STEPS.len() as u32)
        .window(days(WINDOW_DAYS))
        .exclude(2, 3, CANCELS)
        .reasons()
        .time_between(0, 3)
        .correlate(SUBSCRIBES)
        .by_segment(Attribution::First);
    for (step, name) in (0..).zip(STEPS) {
        query = query.name(step, name, if step < 3 { Owner::Marketing } else { Owner::Sales });
    }
    let result = query.build()?.compute(&events)?;
    let retention = Retention::builder()
        .start(0)
        .returns(OPENS_APP)
        .by(Grain::Week)
        .intervals(WEEKS as u32)
        .cohorts_by(Grain::Week)
        .build()?
        .compute(&events)?;

    let total = result.total();
    let mut text =
        format!("{} events of {} visitors in {WEEKS} weeks\n", events.len(), total.entities());
    text += &format!("\nWithin {WINDOW_DAYS} days\n\n{}", funnel(total)?);
    text += &format!("\nFrom visit to order\n\n{}", times(total)?);
    text += &format!("\nWhy they came no further\n\n{}", reasons(total));
    text += &format!("\nBy channel of the visit\n\n{}", channels(&result)?);
    text += &format!("\nSubscribers\n\n{}", subscribers(total)?);
    text += &format!("\nOpened the app so many weeks after the visit\n\n{}", weeks(&retention)?);
    let (count, wrong) = known::compare(&known, &result, &retention);
    if wrong.is_empty() {
        text += &format!("\nAll {count} figures are those that were set down.\n");
    }
    Ok((text, wrong))
}

fn percent(value: &Value) -> Result<String, Error> {
    Display::percent(Rounding::half_even(1)).show_value(value)
}

fn plain(value: &Value, scale: u32) -> Result<String, Error> {
    Display::plain(Rounding::half_even(scale)).grouped().show_value(value)
}

/// The funnel that comes of it, as any other.
fn funnel(total: &EventCounts) -> Result<Table, Error> {
    let funnel = total.funnel()?;
    let mut table =
        Table::new(1, ["step", "visitors", "of the step before", "of all visits", "worth"]);
    let steps = funnel.steps();
    for (i, stage) in funnel.stages().iter().enumerate() {
        let (mut of_step, mut of_all) = (String::new(), String::new());
        if let Some(step) = i.checked_sub(1).map(|i| &steps[i]) {
            of_step = percent(&step.rate)?;
            of_all = percent(&step.overall_rate)?;
            if Some(step.from) == funnel.bottleneck() {
                of_step = format!("bottleneck  {of_step}");
            }
        }
        let worth = stage.value.as_ref().filter(|value| **value != Value::Defined(0.into()));
        let worth = worth.map_or(Ok(String::new()), |worth| plain(worth, 2))?;
        table.row(vec![stage.name.clone(), plain(&stage.count, 0)?, of_step, of_all, worth]);
    }
    Ok(table)
}

fn times(total: &EventCounts) -> Result<String, Error> {
    let Some(times) = total.time_between(0, 3) else { return Ok(String::new()) };
    let hours = |seconds: &Value| {
        let hour = Value::Defined(Rational::from(HOUR));
        plain(&seconds.quotient(&hour), 1)
    };
    let quantiles = times.quantiles();
    let quantile = |p: Rational| hours(&quantiles.quantile(&p, QuantileType::Linear)?);
    let mut table =
        Table::new(0, ["orders", "shortest", "quarter", "half", "mean", "90 %", "longest"]);
    table.row(vec![
        times.count().to_string(),
        hours(&times.min())?,
        quantile(Rational::new(1, 4)?)?,
        quantile(Rational::new(1, 2)?)?,
        hours(&times.mean())?,
        quantile(Rational::new(9, 10)?)?,
        hours(&times.max())?,
    ]);
    Ok(format!("{table}\n{}", histogram(times)?))
}

/// A bar for every twelve hours.
fn histogram(times: &Durations) -> Result<Table, Error> {
    const WIDTH: usize = 40;
    let histogram = times.histogram_by(12 * HOUR)?;
    let most = histogram.counts().iter().copied().max().unwrap_or(0).max(1);
    let mut table = Table::new(2, ["hours", "", "orders"]);
    for (edges, count) in histogram.edges().windows(2).zip(histogram.counts()) {
        let hours = format!("{:>2} to {}", edges[0] / HOUR, edges[1] / HOUR);
        let bar = "█".repeat((*count as usize * WIDTH).div_ceil(most as usize));
        table.row(vec![hours, bar, count.to_string()]);
    }
    Ok(table)
}

fn reasons(total: &EventCounts) -> Table {
    let seen = Stopped::ALL.into_iter().filter(|reason| total.stopped_because(*reason) > 0);
    let seen: Vec<Stopped> = seen.collect();
    let names = seen.iter().map(|reason| reason.name().replace('_', " "));
    let mut table = Table::new(1, ["did not come to".to_owned()].into_iter().chain(names));
    for (step, name) in (0..).zip(STEPS) {
        let count = |reason: &Stopped| match total.stopped(step, *reason) {
            0 => String::new(),
            count => count.to_string(),
        };
        table.row([name.to_owned()].into_iter().chain(seen.iter().map(count)).collect());
    }
    table
}

/// With bounds for z = 2, about 95 %.
fn channels(result: &EventFunnelResult) -> Result<Table, Error> {
    let mut table = Table::new(1, ["channel", "visitors", "orders", "rate", "from", "to"]);
    for (code, counts) in result.segments() {
        let (visits, orders) = (counts.counts()[0], counts.counts()[3]);
        let bounds = counts.interval(0, 3, &Rational::from(2))?;
        let bound = |bound: &yardstick::Real| {
            // As a share, with the two places that a percentage has more.
            let share = Rational::from(bound.round(Rounding::half_even(3))?);
            Display::percent(Rounding::exact(1)).show(&share)
        };
        table.row(vec![
            CHANNELS[code as usize].to_owned(),
            visits.to_string(),
            orders.to_string(),
            percent(&counts.conversion())?,
            bound(&bounds.lower)?,
            bound(&bounds.upper)?,
        ]);
    }
    Ok(table)
}

fn subscribers(total: &EventCounts) -> Result<Table, Error> {
    let mut table = Table::new(0, ["ordered", "did not", "rate", "rate of others", "odds ratio"]);
    if let Some(found) = total.correlation(SUBSCRIBES) {
        table.row(vec![
            found.successes_with().to_string(),
            found.failures_with().to_string(),
            percent(&found.rate_with())?,
            percent(&found.rate_without())?,
            plain(&found.odds_ratio(&Rational::ZERO)?, 2)?,
        ]);
    }
    Ok(table)
}

/// A cell that is not over yet is empty.
fn weeks(retention: &RetentionMatrix) -> Result<Table, Error> {
    let columns = 1..retention.columns().len();
    let header = columns.clone().map(|week| format!("week {week}"));
    let first = ["week of the visit".to_owned(), "visitors".to_owned()];
    let mut table = Table::new(1, first.into_iter().chain(header));
    let cell = |value: Value| match value {
        Value::Defined(_) => percent(&value),
        Value::Undefined(_) => Ok(String::new()),
    };
    for cohort in retention.cohorts() {
        let begin = cohort.period().map_or(String::new(), |week| week.first().to_string());
        let mut row = vec![begin, cohort.size().to_string()];
        for week in columns.clone() {
            row.push(cell(cohort.rate(week))?);
        }
        table.row(row);
    }
    let size: u64 = retention.cohorts().iter().map(|cohort| cohort.size()).sum();
    let mut row = vec!["all".to_owned(), size.to_string()];
    for week in columns {
        row.push(cell(retention.weighted_rate(week))?);
    }
    table.row(row);
    Ok(table)
}
