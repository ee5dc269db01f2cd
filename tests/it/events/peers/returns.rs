//! Where retention and correlation come out otherwise than in the library.

use serde_json::json;
use yardstick::events::{EventFunnel, Retention, RetentionMatrix, seconds};
use yardstick::{Rational, Value};

use super::cases::{Case, Hit, numbers};
use super::library::{self, Columns};
use super::rules::{Rule, Verdict};

/// Who started with bit 0, and returned with another, by intervals of a second.
fn matrix(columns: &Columns, returns: u32, intervals: u32, later: bool) -> RetentionMatrix {
    let query = Retention::builder().every(seconds(1)).returns(returns).intervals(intervals);
    let query = if later { query.on_or_after() } else { query.on() };
    query.build().unwrap().compute(&columns.events()).unwrap()
}

fn count(matrix: &RetentionMatrix, column: usize) -> u64 {
    matrix.cohorts().first().map_or(0, |cohort| cohort.count(column).unwrap())
}

pub(super) fn retention_verdict(case: &Case) -> Verdict {
    let mut columns = Columns::default();
    let (ours, name) = match case.kind() {
        // Rows are taken to come one after another; a condition is a return on any later row.
        "retention" => {
            let rows = case.field("rows").as_array().unwrap();
            for (time, row) in (0..).zip(rows) {
                let bits = numbers(row).into_iter().enumerate();
                let mask = bits.map(|(bit, met)| met << bit).sum();
                columns.push(0, Hit { time, mask }, 0);
            }
            let conditions = case.param("num_conditions").as_u64().unwrap() as u32;
            let met = |bit: u32| count(&matrix(&columns, bit, 1, true), 0) == 1;
            // Without a row there is nobody to answer for.
            let bits = (0..conditions).filter(|_| !rows.is_empty()).map(met);
            (json!({ "bits": bits.collect::<Vec<_>>() }), "retention on or after interval 0")
        }
        "retention_counts" => {
            let active = case.field("active").as_object().unwrap();
            let first = active.keys().next().unwrap();
            let day = |date: &str| date.rsplit('-').next().unwrap().parse::<i64>().unwrap();
            let days: Vec<i64> = active.keys().map(|date| day(date) - day(first)).collect();
            for (time, actors) in days.iter().zip(active.values()) {
                for actor in 0..actors.as_u64().unwrap() as u32 {
                    let mask = 0b10 | u64::from(*time == 0);
                    columns.push(actor, Hit { time: *time, mask }, 0);
                }
            }
            let matrix = matrix(&columns, 1, 7, false);
            let counts = days.iter().map(|day| count(&matrix, *day as usize));
            (json!({ "counts": counts.collect::<Vec<_>>() }), "retention on")
        }
        "retention_curve" => {
            for (actor, days) in (0..).zip(case.field("return_days").as_object().unwrap().values())
            {
                columns.push(actor, Hit { time: 0, mask: 1 }, 0);
                for day in numbers(days) {
                    columns.push(actor, Hit { time: day as i64, mask: 0b10 }, 0);
                }
            }
            let later = case.param("criteria") == "on_or_after";
            let periods = case.param("periods").as_u64().unwrap() as u32;
            let matrix = matrix(&columns, 1, periods, later);
            // Its first column is who started.
            let started = matrix.cohorts()[0].size();
            let counts = (0..periods as usize).map(|day| match day {
                0 => started,
                day => count(&matrix, day),
            });
            let name = if later { "retention on or after" } else { "retention on" };
            (json!({ "counts": counts.collect::<Vec<_>>() }), name)
        }
        "retention_weighted_average" => {
            let cohorts = case.field("cohorts").as_array().unwrap();
            let mut actor = 0;
            for (segment, cohort) in (0..).zip(cohorts) {
                let returned = numbers(&cohort["values"])[0];
                for one in 0..cohort["size"].as_u64().unwrap() {
                    columns.push(actor, Hit { time: 0, mask: 1 }, segment);
                    if one < returned {
                        columns.push(actor, Hit { time: 1, mask: 1 }, segment);
                    }
                    actor += 1;
                }
            }
            let query = Retention::builder().every(seconds(1)).intervals(2).by_segment();
            let matrix = query.build().unwrap().compute(&columns.events()).unwrap();
            let expected = |name: &str| {
                Value::Defined(case.expect(name).as_str().unwrap().parse::<Rational>().unwrap())
            };
            let equal = matrix.mean_rate(1) == expected("simple_mean")
                && matrix.weighted_rate(1) == expected("weighted_mean");
            assert!(equal, "{}: {:?}", case.id(), matrix.mean_rate(1));
            return Verdict::Equal("retention on, by segment: mean and weighted rate");
        }
        other => panic!("no kind {other}"),
    };
    if ours == *case.field("expect") {
        return Verdict::Equal(name);
    }
    // With what starts first, all that is met comes back.
    assert_eq!(case.kind(), "retention", "{}: {ours}", case.id());
    let mut first = Columns::default();
    let mut rows: Vec<u64> = columns.masks.clone();
    rows.sort_by_key(|mask| mask & 1 == 0);
    (0..).zip(rows).for_each(|(time, mask)| first.push(0, Hit { time, mask }, 0));
    let bits = case.expect("bits").as_array().unwrap();
    for (bit, expected) in (0..).zip(bits) {
        let met = count(&matrix(&first, bit, 1, true), 0) == 1;
        assert_eq!(json!(met), *expected, "{}: condition {bit}", case.id());
    }
    Verdict::Departure(Rule::ReturnsBeforeStart)
}

/// As many actors as there are, through a funnel of two steps and the event as a bit of its own.
pub(super) fn correlation_verdict(case: &Case) -> Verdict {
    let input = |name: &str| case.field("input")[name].as_u64().unwrap() as u32;
    let mut columns = Columns::default();
    for actor in 0..input("S") + input("F") {
        let (won, place) = match actor.checked_sub(input("S")) {
            None => (true, actor),
            Some(place) => (false, place),
        };
        let with = place < if won { input("s") } else { input("f") };
        let masks = [(true, 0b001), (with, 0b100), (won, 0b010)];
        for (time, (_, mask)) in (0..).zip(masks.into_iter().filter(|(happens, _)| *happens)) {
            columns.push(actor, Hit { time, mask }, 0);
        }
    }
    let query = EventFunnel::builder(2).correlate(2).build().unwrap();
    let result = library::compute(&query, &columns);
    let correlation = result.total().correlation(2).unwrap();
    let prior = Rational::from(case.param("prior").as_u64().unwrap());
    let expected: Rational = case.expect("odds_ratio").as_str().unwrap().parse().unwrap();
    assert_eq!(expected > Rational::ONE, case.expect("type") == "success", "{}", case.id());
    assert_eq!(correlation.odds_ratio(&prior).unwrap(), Value::Defined(expected), "{}", case.id());
    Verdict::Equal("correlation, prior 1")
}
