//! An example of each rule by which others depart, to be checked by hand.

use serde_json::{Value as Json, json};

use super::cases::Case;
use super::rules::{Rule, Verdict};
use super::{answers, classify};

use Rule::*;

/// Events as `time:conditions`.
fn events(text: &str) -> Json {
    let event = |event: &str| {
        let (time, met) = event.split_once(':').unwrap();
        let bits: Vec<u32> = met.chars().map(|bit| bit.to_digit(2).unwrap()).collect();
        json!([time.parse::<i64>().unwrap(), bits])
    };
    text.split(' ').map(event).collect()
}

/// A window of ten over three steps.
fn window(mode: &[&str], text: &str, level: usize) -> Case {
    let doris = mode.iter().any(|mode| mode.starts_with("doris"));
    let file = if doris { "doris_window_funnel" } else { "clickhouse_window_funnel" };
    let case = json!({
        "kind": "window_funnel", "events": events(text), "expect": { "level": level },
        "params": { "window": 10, "modes": mode, "num_steps": text.split(' ').next().unwrap().len() - 2 },
    });
    Case::by_hand(file, "by hand", case)
}

fn pattern(kind: &str, pattern: &str, text: &str, result: Json) -> Case {
    let case = json!({
        "kind": kind, "events": events(text), "expect": { "result": result },
        "params": { "pattern": pattern, "time_unit": "s" },
    });
    Case::by_hand("clickhouse_sequence", "ClickHouse", case)
}

/// Named events as `time name value`, of one actor, through A and B within ten seconds.
fn funnel(kind: &str, text: &str, mut params: Json, expect: Json) -> Case {
    let event = |event: &str| {
        let [time, name, value] = event.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{event}: a time, a name and a value");
        };
        json!({ "t": time.parse::<i64>().unwrap(), "e": name, "p": { "value": value } })
    };
    let listed: Vec<Json> = text.split(", ").map(event).collect();
    if params["steps"].is_null() {
        params["steps"] = json!([{ "event": "A" }, { "event": "B" }]);
    }
    params["window_s"] = json!(10);
    let json =
        json!({ "kind": kind, "params": params, "actors": { "u": listed }, "expect": expect });
    let (file, system) = match kind {
        "funnel" => ("posthog_funnels", "PostHog"),
        _ => ("mixpanel_documented_examples", "Mixpanel docs"),
    };
    Case::by_hand(file, system, json)
}

fn ordered(text: &str, excludes: bool, counts: [u64; 2]) -> Case {
    let exclusions = json!([{ "event": "x", "from_step": 0, "to_step": 1 }]);
    let exclusions = if excludes { exclusions } else { json!([]) };
    let params = json!({ "order": "ordered", "exclusions": exclusions });
    funnel("funnel", text, params, json!({ "counts": counts }))
}

fn any_order(text: &str, counts: [u64; 2]) -> Case {
    let exclusions = json!([{ "event": "x", "from_step": 0, "to_step": 1 }]);
    let params = json!({ "order": "unordered", "exclusions": exclusions });
    funnel("funnel", text, params, json!({ "counts": counts }))
}

fn example(rule: Rule) -> Case {
    let totals = |reentry: &str| json!({ "counting": "totals", "reentry": reentry });
    match rule {
        OneEventServesSeveral => window(&[], "0:11", 2),
        RepeatEnds => window(&["strict_deduplication"], "0:100 1:010 2:010 3:001", 2),
        EarlierStepEnds => window(&["doris_deduplication"], "0:100 1:010 2:100 3:001", 2),
        RepeatsBetween => window(&["strict_order"], "0:100 1:010 2:100 3:001", 3),
        FirstAttemptOnly => window(&["strict_order"], "0:100 1:000 2:100 3:010", 1),
        OwnEarlyStep => window(&["strict_order"], "0:101 1:010", 1),
        LastReplaces => window(&["strict_increase"], "0:10 1:10 1:01", 1),
        LaterAttemptClears => ordered("0 A -, 1 x -, 30 A -", true, [1, 0]),
        TiedExclusions => ordered("1 A -, 5 x -, 5 B -", true, [1, 1]),
        ExclusionsInAnyOrder => any_order("1 B -, 2 A -, 3 x -", [1, 1]),
        SeveralValues => {
            let params =
                json!({ "order": "ordered", "breakdown": "value", "attribution": "step_1" });
            let expect = json!({ "by_breakdown": { "red": [1, 1], "blue": [1, 1] } });
            let mut params = params;
            params["steps"] = json!([{ "event": "A" }, { "event": "B" }]);
            funnel("funnel", "1 A red, 2 B blue, 2 B red", params, expect)
        }
        NoSteps => {
            let params = json!({ "steps": [], "order": "ordered" });
            let mut case =
                json!({ "kind": "funnel", "params": params, "expect": { "counts": [] } });
            case["actors"] = json!({ "u": [{ "t": 0, "e": "A" }] });
            Case::by_hand("retentioneering", "retentioneering", case)
        }
        ReentriesAreEntries => {
            let expect = json!({ "entries": 2, "conversions": 1, "rate": "1/2" });
            funnel("funnel_semantics", "0 A -, 5 A -, 12 B -", totals("optimized"), expect)
        }
        ExclusionBeginsAnew => {
            let mut params = totals("first");
            params["exclusions"] = json!([{ "event": "A", "from_step": 0, "to_step": 1 }]);
            let expect = json!({ "entries": 2, "conversions": 1 });
            funnel("funnel_semantics", "0 A -, 1 A -, 2 A -, 3 B -", params, expect)
        }
        GraceOfSeconds => {
            let params = json!({ "counting": "uniques", "grace_s": 2 });
            funnel("funnel_semantics", "0 B -, 1 A -", params, json!({ "converted": true }))
        }
        NothingNamed => pattern("sequence_count", "", "0:10 1:01", json!(2)),
        FirstLabelIsBase => {
            let params = json!({
                "direction": "forward", "base": "first_match", "chain": ["A", "B"],
                "base_condition": "always",
            });
            let case = json!({
                "kind": "sequence_next_node", "params": params, "expect": { "next": null },
                "events": [[0, "A"], [1, "A"], [2, "B"], [3, "C"]],
            });
            Case::by_hand("clickhouse_sequence_next_node", "ClickHouse", case)
        }
        TimeAfterRest => {
            let text = "0:100 8:001 9:010";
            pattern("sequence_match", "(?1).*(?t<=5)(?2)", text, json!(true))
        }
        ReturnsBeforeStart => {
            let case = json!({
                "kind": "retention", "params": { "num_conditions": 2 }, "rows": [[0, 1], [1, 0]],
                "expect": { "bits": [true, true] },
            });
            Case::by_hand("retention", "ClickHouse", case)
        }
        PartFound => pattern("sequence_match_events", "(?1)(?2)", "0:10 1:10", json!([0])),
    }
}

#[test]
fn every_rule_has_an_example_by_hand() {
    for rule in Rule::ALL.iter().copied() {
        println!("{}: {}", rule.name(), rule.sentence());
        let case = example(rule);
        assert_eq!(answers::of(&case), *case.field("expect"), "{}", rule.name());
        assert_eq!(classify::verdict(&case), Verdict::Departure(rule), "{}", rule.name());
    }
}
