//! What the interpreter of its system answers to each case.

use serde_json::{Value as Json, json};

use super::cases::{self, Case};
use super::{
    clickhouse_sequence, clickhouse_window, doris, duckdb, mixpanel, next_node, posthog, retention,
    retentioneering,
};

/// All that a case expects, by the interpreter of its system.
pub(super) fn of(case: &Case) -> Json {
    match case.kind() {
        "window_funnel" => json!({ "level": level(case) }),
        "sequence_match" => json!({
            "result": clickhouse_sequence::matches(&case.hits(), pattern(case), second(case))
        }),
        "sequence_count" => json!({
            "result": clickhouse_sequence::count(&case.hits(), pattern(case), second(case))
        }),
        "sequence_match_events" => json!({
            "result": clickhouse_sequence::located(&case.hits(), pattern(case), second(case))
        }),
        "sequence_next_node" => {
            json!({ "next": next_node::next(case, &next_node::nodes(case)) })
        }
        "funnel" if case.system() == "retentioneering" => retentioneering::funnel(case),
        "funnel" => posthog::funnel(case),
        "funnel_semantics" => mixpanel::answer(case),
        "funnel_correlation" => {
            let (above, below) = posthog::correlation(case);
            let ratio = yardstick::Rational::new(above, below).unwrap();
            let kind = if above > below { "success" } else { "failure" };
            json!({ "odds_ratio": ratio.to_string(), "type": kind })
        }
        "sessionize" => {
            let times = case.field("timestamps").as_array().unwrap();
            let times: Vec<Option<i64>> = times.iter().map(Json::as_i64).collect();
            json!({ "session_ids": duckdb::sessions(&times, case.param("gap").as_u64().unwrap()) })
        }
        "transition_matrix" => retentioneering::transitions(case),
        _ => retention::answer(case),
    }
}

pub(super) fn level(case: &Case) -> usize {
    let (hits, steps, window, modes) = (case.hits(), case.steps(), case.window(), case.modes());
    match case.file {
        "doris_window_funnel" => doris::level(&hits, steps, window, doris::Mode::named(&modes)),
        "duckdb_behavioral" => duckdb::level(&hits, steps, window, duckdb::Modes::named(&modes)),
        _ => {
            let modes = clickhouse_window::Modes::named(&modes);
            clickhouse_window::level(&hits, steps, window, modes)
        }
    }
}

pub(super) fn pattern(case: &Case) -> &str {
    case.param("pattern").as_str().unwrap()
}

/// How many units of the times make a second.
pub(super) fn second(case: &Case) -> i64 {
    if case.param("time_unit").as_str().unwrap().starts_with("us") { 1_000_000 } else { 1 }
}

/// What ClickHouse itself answered, where it was asked and has the mode.
fn live(case: &Case) -> Option<Json> {
    let asked = ["live", "clickhouse"].into_iter().find(|name| case.has(name))?;
    let live = case.field(asked);
    if live.get("why").is_some() {
        return None;
    }
    let answer = ["level", "result"].iter().find_map(|name| live.get(name));
    Some(answer.unwrap_or(live).clone())
}

/// By the interpreter of ClickHouse, which writes truth as numbers or as words.
fn by_clickhouse(case: &Case) -> Json {
    if case.kind() == "window_funnel" {
        let modes = clickhouse_window::Modes::named(&case.modes());
        return json!(clickhouse_window::level(&case.hits(), case.steps(), case.window(), modes));
    }
    let answer = of(case);
    answer.as_object().unwrap().values().next().unwrap().clone()
}

#[test]
fn each_interpreter_answers_as_its_system_does() {
    let (mut ran, mut live_too, mut wrong) = (0, 0, Vec::new());
    for case in cases::all() {
        let answer = of(&case);
        if answer != *case.field("expect") {
            wrong.push(format!("{}: {answer}, not {}", case.id(), case.field("expect")));
        }
        ran += 1;
        let Some(expected) = live(&case) else {
            continue;
        };
        let answer = by_clickhouse(&case);
        if answer != expected && answer != json!(expected == json!(1)) {
            wrong.push(format!("{}: {answer}, not {expected} as ClickHouse", case.id()));
        }
        live_too += 1;
    }
    println!("interpreters: {ran} cases ran, {live_too} of them as ClickHouse answered itself");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
