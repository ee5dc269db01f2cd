//! Where Mixpanel's worked examples come out otherwise than in the library.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use yardstick::events::{Attribution, Counting, EntityChain, EventFunnel};

use super::best::{Spec, best};
use super::cases::{Case, Hit, Named};
use super::library::{self, Columns};
use super::rules::{Rule, Verdict};

/// The steps as the first bits, an exclusion as the one after.
fn hits(case: &Case, events: &[Named<'_>]) -> Vec<Hit> {
    let list = |name: &str| case.param(name).as_array().map_or(&[][..], Vec::as_slice);
    let wanted: Vec<&Json> = list("steps").iter().chain(list("exclusions")).collect();
    let hit = |event: &Named<'_>| {
        let met = wanted.iter().enumerate().filter(|(_, wanted)| event.is(wanted));
        Hit { time: event.time, mask: met.map(|(bit, _)| 1 << bit).sum() }
    };
    events.iter().map(hit).collect()
}

/// Uniques by the first entry, or with optimized re-entry by the best chain; totals from each first
/// entry on.
fn spec(case: &Case) -> (Spec, bool, &'static str) {
    let totals = case.param("counting") == "totals";
    let optimized = case.param("reentry") == "optimized";
    let steps = case.param("steps").as_array().unwrap().len();
    let exclusions = case.param("exclusions").as_array().map_or(0, Vec::len);
    let spec = Spec {
        steps,
        window: case.param("window_s").as_u64(),
        first_entry: totals || !optimized,
        exclusions: (0..exclusions).map(|i| (0, steps - 1, steps + i)).collect(),
        ..Spec::default()
    };
    let name = match (totals, optimized) {
        (true, _) => "window, entry first, totals",
        (false, true) => "window",
        (false, false) => "window, entry first",
    };
    (spec, totals, name)
}

pub(super) fn verdict(case: &Case) -> Verdict {
    let (spec, totals, name) = spec(case);
    let actors = case.actors();
    let events = &actors[0].1;
    let (hits, mut columns) = (hits(case, events), Columns::default());
    let mut values: Vec<&str> = Vec::new();
    for (event, hit) in events.iter().zip(&hits) {
        let value = event.property(case.param("breakdown").as_str().unwrap_or("")).unwrap_or("");
        let code = values.iter().position(|known| *known == value).unwrap_or_else(|| {
            values.push(value);
            values.len() - 1
        });
        columns.push(0, *hit, u32::try_from(code).unwrap());
    }
    let mut builder = library::builder(&spec).by_segment(Attribution::First);
    if totals {
        builder = builder.counting(Counting::Totals);
    }
    let query = builder.build().unwrap();
    let chains = query.chains(&columns.events()).unwrap();
    let ours = answer(case, events, &spec, &chains, by_value(&query, &columns, &values));
    if !totals {
        let expected = best(&hits, &spec).times;
        assert_eq!(chains[0].times, expected, "{}: the best of all chains", case.id());
    }
    if ours == *case.field("expect") {
        return Verdict::Equal(name);
    }
    Verdict::Departure(departure(case, &ours).unwrap_or_else(|| panic!("{}: {ours}", case.id())))
}

fn by_value(query: &EventFunnel, columns: &Columns, values: &[&str]) -> Json {
    let result = library::compute(query, columns);
    let counts = result.segments().map(|(code, of)| (values[code as usize], of.counts()));
    json!(counts.collect::<BTreeMap<_, _>>())
}

/// All that a case expects, as the library answers it.
fn answer(
    case: &Case,
    events: &[Named<'_>],
    spec: &Spec,
    chains: &[EntityChain],
    by_value: Json,
) -> Json {
    let complete = |chain: &&EntityChain| chain.rows.len() == spec.steps;
    let conversions = chains.iter().filter(complete).count();
    let chain = &chains[0];
    let mut answer = json!({});
    for (name, _) in case.field("expect").as_object().unwrap() {
        answer[name] = match name.as_str() {
            "reached" => json!(chain.rows.len()),
            "converted" => json!(complete(&chain)),
            "time_to_convert" => json!(chain.times[spec.steps - 1] - chain.times[0]),
            "entries" => json!(chains.len()),
            "conversions" => json!(conversions),
            "rate" => json!(format!("{conversions}/{}", chains.len())),
            "by_breakdown" => by_value.clone(),
            // Between the rows of the chain, as many events of the first step.
            "between_steps_count" => {
                let first = case.param("steps")[0]["event"].as_str().unwrap();
                let between = &events[chain.rows[0] + 1..chain.rows[1]];
                json!({ first: between.iter().filter(|event| event.name == first).count() })
            }
            other => panic!("no answer {other}"),
        };
    }
    answer
}

/// By what is asked for; the library's own answer is worked out by hand.
fn departure(case: &Case, ours: &Json) -> Option<Rule> {
    let asks = |name: &str| !case.param(name).is_null();
    let (rule, expected) = if asks("grace_s") {
        (Rule::GraceOfSeconds, json!({ "converted": false }))
    } else if asks("exclusions") {
        (Rule::ExclusionBeginsAnew, json!({ "entries": 1, "conversions": 0 }))
    } else if asks("breakdown") {
        (Rule::SeveralValues, json!({ "by_breakdown": { "shirt": [1, 1] } }))
    } else {
        let expected = json!({ "entries": 1, "conversions": 0, "rate": "0/1" });
        (Rule::ReentriesAreEntries, expected)
    };
    (*ours == expected).then_some(rule)
}
