//! Funnels and transition matrices of retentioneering.

use serde_json::{Value as Json, json};

use super::cases::{Case, Named, texts};

/// The first event of each step after that of the step before, as far as there are any.
fn reached(steps: &[Json], events: &[Named<'_>]) -> usize {
    let mut events = events.iter();
    steps.iter().take_while(|step| events.any(|event| event.is(step))).count()
}

/// Text of a share as the tests of the system write it: a quotient, or as many places as it shows.
fn shown(expected: &str, above: u64, below: u64) -> String {
    match expected.split_once('.') {
        Some((_, places)) => {
            let scale = 10_u64.pow(u32::try_from(places.len()).unwrap());
            let rounded = (2 * above * scale + below) / (2 * below);
            let places = places.len();
            format!("{}.{:0places$}", rounded / scale, rounded % scale)
        }
        None => {
            let (num, den) = expected.split_once(" / ").unwrap();
            let (num, den): (u64, u64) = (num.parse().unwrap(), den.parse().unwrap());
            assert_eq!(num * below, den * above, "a quotient");
            expected.to_owned()
        }
    }
}

/// How many came to each step, and what part that is of all actors and of the step before.
pub(super) fn funnel(case: &Case) -> Json {
    let steps = case.param("steps").as_array().unwrap();
    let actors = case.actors();
    let depths: Vec<usize> = actors.iter().map(|(_, events)| reached(steps, events)).collect();
    let count = |step: usize| depths.iter().filter(|depth| **depth > step).count() as u64;
    let mut answer = json!({ "counts": (0..steps.len()).map(count).collect::<Vec<_>>() });
    for rate in ["rate_of_all_actors", "rate_of_previous_step"] {
        let Some(expected) = case.expect(rate).as_object() else {
            continue;
        };
        for (step, text) in expected {
            let at: usize = step.parse().unwrap();
            let of_all = rate == "rate_of_all_actors" || at == 0;
            let below = if of_all { actors.len() as u64 } else { count(at - 1) };
            // Where nobody came to the step before, the share is shown as none.
            let above = count(at);
            answer[rate][step] = json!(shown(text.as_str().unwrap(), above, below.max(1)));
        }
    }
    answer
}

/// How often one label follows another, as a count or as a share.
pub(super) fn transitions(case: &Case) -> Json {
    let nodes = texts(case.param("nodes"));
    // A path is all that an actor did; sessions do not part it.
    let mut paths: Vec<Vec<&str>> = Vec::new();
    for (_, events) in case.field("actors").as_object().unwrap() {
        let labels = events.as_array().unwrap().iter().map(|event| event[1].as_str().unwrap());
        paths.push(["path_start"].into_iter().chain(labels).chain(["path_end"]).collect());
    }
    let count = |from: &str, to: &str| {
        paths.iter().flat_map(|path| path.windows(2)).filter(|pair| *pair == [from, to]).count()
    };
    let total = |from: Option<&str>, to: Option<&str>| -> usize {
        let of = |(one, other): (&&str, &&str)| {
            from.is_none_or(|from| from == *one) && to.is_none_or(|to| to == *other)
        };
        let pairs = nodes.iter().flat_map(|one| nodes.iter().map(move |other| (one, other)));
        pairs.filter(|pair| of(*pair)).map(|(one, other)| count(one, other)).sum()
    };
    let cell = |from: &str, to: &str| {
        let below = match case.param("weight").as_str().unwrap().split(' ').next().unwrap() {
            "count" => return json!(count(from, to)),
            "share_of_total" => total(None, None),
            "avg_per_path" => paths.len(),
            "proba_out" => total(Some(from), None),
            "proba_in" => total(None, Some(to)),
            other => panic!("no weight {other}"),
        };
        match below {
            0 => json!("0"),
            below => json!(format!("{}/{below}", count(from, to))),
        }
    };
    let row = |from: &&str| nodes.iter().map(|to| cell(from, to)).collect::<Vec<_>>();
    json!({ "matrix": nodes.iter().map(row).collect::<Vec<_>>() })
}
