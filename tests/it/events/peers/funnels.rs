//! Where funnels of named events answer otherwise than the library.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use yardstick::events::{Attribution, EntityChain, EventCounts, EventFunnel};
use yardstick::statistics::QuantileType;
use yardstick::{Rational, Rounding, Value};

use super::best::{Best, Spec, best};
use super::cases::{Case, Hit, Named};
use super::library::{self, Columns};
use super::rules::{Rule, Verdict};

/// The steps as the first bits, an exclusion each as those after.
fn hits(case: &Case, events: &[Named<'_>]) -> Vec<Hit> {
    let list = |name: &str| case.param(name).as_array().map_or(&[][..], Vec::as_slice);
    let wanted: Vec<&Json> = list("steps").iter().chain(list("exclusions")).collect();
    let hit = |event: &Named<'_>| {
        let met = wanted.iter().enumerate().filter(|(_, wanted)| event.is(wanted));
        Hit { time: event.time, mask: met.map(|(bit, _)| 1 << bit).sum() }
    };
    events.iter().map(hit).collect()
}

fn spec(case: &Case) -> Spec {
    let steps = case.param("steps").as_array().unwrap().len();
    let exclusions = case.param("exclusions").as_array().map_or(&[][..], Vec::as_slice);
    let exclusion = |(i, of): (usize, &Json)| {
        let at = |name: &str| usize::try_from(of[name].as_u64().unwrap()).unwrap();
        (at("from_step"), at("to_step"), steps + i)
    };
    Spec {
        steps,
        window: case.param("window_s").as_u64(),
        nothing_between: case.param("order") == "strict",
        any_order: case.param("order") == "unordered",
        exclusions: exclusions.iter().enumerate().map(exclusion).collect(),
        drops: !exclusions.is_empty(),
        ..Spec::default()
    }
}

fn name(case: &Case, spec: &Spec) -> &'static str {
    match (case.param("attribution").as_str(), case.param("order").as_str().unwrap()) {
        (Some("first_touch"), "strict") => "window, strict order, by first segment",
        (Some("first_touch"), _) => "window, by first segment",
        (Some("all_events"), "unordered") => "window, any order, each segment",
        (Some("all_events"), _) => "window, each segment",
        (Some(_), _) => "window, by segment at a step",
        (None, "strict") => "window, strict order",
        (None, "unordered") => "window, any order",
        (None, _) if spec.window.is_none() => "default",
        (None, _) if spec.drops => "window, exclusions drop",
        (None, _) => "window",
    }
}

/// All that a case expects, as the library answers it.
fn answer(case: &Case, spec: &Spec) -> Json {
    let actors = case.actors();
    let mut values: Vec<&str> = vec![""];
    let breakdown = case.param("breakdown").as_str();
    let value = |event: &Named<'_>| {
        breakdown.and_then(|name| event.property(name)).unwrap_or_default().to_owned()
    };
    let texts: Vec<String> =
        actors.iter().flat_map(|(_, events)| events.iter().map(value)).collect();
    values.extend(texts.iter().map(String::as_str));
    values.sort_unstable();
    values.dedup();
    let mut columns = Columns::default();
    for (actor, (_, events)) in (0..).zip(&actors) {
        for (event, hit) in events.iter().zip(hits(case, events)) {
            let code = values.binary_search(&value(event).as_str()).unwrap();
            columns.push(actor, hit, u32::try_from(code).unwrap());
        }
    }
    let mut builder = library::builder(spec);
    let steps = u32::try_from(spec.steps).unwrap();
    for to in 1..steps {
        builder = builder.time_between(to - 1, to);
    }
    builder = match case.param("attribution").as_str() {
        None => builder,
        Some("first_touch") => builder.by_segment(Attribution::First),
        Some("all_events") => builder.by_segment(Attribution::All),
        Some(step) => builder.by_segment_at(step.strip_prefix("step_").unwrap().parse().unwrap()),
    };
    let query = builder.build().unwrap();
    let result = library::compute(&query, &columns);
    let total = result.total();
    let each = |of: &dyn Fn(u32) -> Value| {
        let shown = |to: u32| match of(to) {
            Value::Defined(value) => number(&value),
            other => panic!("{}: {other:?}", case.id()),
        };
        Json::from_iter([Json::Null].into_iter().chain((1..steps).map(shown)))
    };
    let mut answer = json!({});
    for (name, expected) in case.field("expect").as_object().unwrap() {
        answer[name] = match name.as_str() {
            "counts" => json!(total.counts()),
            "reached" => json!(reached(&query, &columns, &actors)),
            "avg" => each(&|to| total.time_between(to - 1, to).unwrap().mean()),
            "median" => each(&|to| {
                let waits = total.time_between(to - 1, to).unwrap().quantiles();
                waits.quantile(&Rational::new(1, 2).unwrap(), QuantileType::Linear).unwrap()
            }),
            "histogram" | "histogram_avg" => histogram(case, name, total),
            "by_breakdown" => {
                let named = result.segments().filter(|(code, of)| *code > 0 && of.counts()[0] > 0);
                json!(
                    named
                        .map(|(code, of)| (values[code as usize], of.counts()))
                        .collect::<BTreeMap<_, _>>()
                )
            }
            rate => {
                let shown = |(step, text): (&String, &Json)| {
                    let at: u32 = step.parse().unwrap();
                    let value = if rate == "rate_of_all_actors" || at == 0 {
                        let count = total.counts()[at as usize];
                        Value::Defined(Rational::new(count, total.entities()).unwrap())
                    } else {
                        total.rate(at - 1, at)
                    };
                    (step.clone(), json!(share(&value, text.as_str().unwrap())))
                };
                json!(expected.as_object().unwrap().iter().map(shown).collect::<BTreeMap<_, _>>())
            }
        };
    }
    answer
}

fn number(value: &Rational) -> Json {
    json!(value.to_string().parse::<u64>().unwrap())
}

/// A share with as many places as are shown, or as a quotient; without a base it is shown as zero.
fn share(value: &Value, shown: &str) -> String {
    let value = match value {
        Value::Defined(value) => value.clone(),
        _ => Rational::ZERO,
    };
    match shown.split_once('.') {
        Some((_, places)) => {
            let rounding = Rounding::half_expand(u32::try_from(places.len()).unwrap());
            value.round(rounding).unwrap().to_string()
        }
        None => value.to_string().replace('/', " / "),
    }
}

fn reached<'a>(
    query: &EventFunnel,
    columns: &Columns,
    actors: &[(&'a str, Vec<Named<'_>>)],
) -> BTreeMap<&'a str, usize> {
    let chains = query.chains(&columns.events()).unwrap();
    let depth = |(chain, (actor, _)): (&EntityChain, &(&'a str, _))| {
        (*actor, if chain.dropped { 0 } else { chain.rows.len() })
    };
    chains.iter().zip(actors).map(depth).collect()
}

/// The rows of the histogram by the edges of the peer; the last is what lies beyond them.
fn histogram(case: &Case, name: &str, total: &EventCounts) -> Json {
    let of = case.param("histogram");
    let at = |name: &str| u32::try_from(of[name].as_u64().unwrap()).unwrap();
    let waits = total.time_between(at("from_step"), at("to_step")).unwrap();
    if name == "histogram_avg" {
        return match waits.mean() {
            Value::Defined(mean) => number(&mean),
            other => panic!("{}: {other:?}", case.id()),
        };
    }
    let rows = case.expect("histogram").as_array().unwrap();
    let edges: Vec<u64> = rows.iter().map(|row| row[0].as_u64().unwrap()).collect();
    let histogram = waits.histogram(&edges).unwrap();
    assert_eq!(histogram.below(), 0, "{}: none is shorter than the shortest", case.id());
    let counts = histogram.counts().iter().copied().chain([histogram.beyond()]);
    edges.iter().zip(counts).map(|(edge, count)| json!([edge, count])).collect()
}

pub(super) fn verdict(case: &Case) -> Verdict {
    let spec = spec(case);
    if spec.steps == 0 {
        let error = library::builder(&spec).build().unwrap_err();
        assert!(error.to_string().contains("0 steps; a funnel of events has 1 to 64"), "{error}");
        return Verdict::Departure(Rule::NoSteps);
    }
    if spec.any_order && !spec.exclusions.is_empty() {
        let error = library::builder(&spec).build().unwrap_err();
        assert!(error.to_string().contains("in any order none lies between"), "{error}");
        return Verdict::Departure(Rule::ExclusionsInAnyOrder);
    }
    let ours = answer(case, &spec);
    let of_actor = |(_, events): &(&str, Vec<Named<'_>>)| {
        let hits = hits(case, events);
        let best = best(&hits, &spec);
        (hits, best)
    };
    let chains: Vec<(Vec<Hit>, Best)> = case.actors().iter().map(of_actor).collect();
    let depth = |step: usize| chains.iter().filter(|(_, best)| best.depth() > step).count();
    let counts: Vec<usize> = (0..spec.steps).map(depth).collect();
    if ours.get("counts").is_some() {
        assert_eq!(ours["counts"], json!(counts), "{}: the best of all chains", case.id());
    }
    if ours == *case.field("expect") {
        return Verdict::Equal(name(case, &spec));
    }
    let rule = departure(case, &spec, &chains, &ours);
    Verdict::Departure(rule.unwrap_or_else(|| panic!("{}: {ours}", case.id())))
}

fn departure(case: &Case, spec: &Spec, chains: &[(Vec<Hit>, Best)], ours: &Json) -> Option<Rule> {
    if case.param("attribution").as_str().is_some_and(|attribution| attribution.starts_with("step"))
    {
        // Each actor is in one of the values that it is in for the peer.
        let first = |of: &Json| {
            of.as_object().unwrap().values().map(|row| row[0].as_u64().unwrap()).sum::<u64>()
        };
        let (ours, theirs) = (&ours["by_breakdown"], case.expect("by_breakdown"));
        let contained = ours.as_object().unwrap().iter().all(|(value, row)| theirs[value] == *row);
        return (contained && first(ours) < first(theirs)).then_some(Rule::SeveralValues);
    }
    let (dropped, _) = chains.iter().find(|(_, best)| best.dropped)?;
    // Without the excluded events that tie with others, nobody is left out.
    let among_ties = |hit: &Hit| {
        let tied = dropped.iter().filter(|other| other.time == hit.time && other.mask != hit.mask);
        hit.mask >> spec.steps != 0 && tied.count() > 0
    };
    let seen: Vec<Hit> = dropped.iter().filter(|hit| !among_ties(hit)).copied().collect();
    if seen.len() < dropped.len() && !best(&seen, spec).dropped {
        return Some(Rule::TiedExclusions);
    }
    // The attempts from a later start on are as long, and clean.
    let later = (1..dropped.len()).map(|from| best(&dropped[from..], spec));
    let (length, clean) = (best(dropped, spec).times.len(), |best: Best| best.depth());
    later.map(clean).any(|depth| depth == length).then_some(Rule::LaterAttemptClears)
}
