//! Funnels of Mixpanel, as its documentation tells them in worked examples.
//!
//! An attempt begins with an event of the first step, and takes each later step by its first event
//! within the window from there. By default an attempt swallows what of the first step comes while it
//! lasts; with optimized re-entry each such event before the second step begins another, and so does
//! the next one after an excluded event has ended it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::cases::{Case, Named};

/// An attempt: the places of its events, and when it ended, if it did.
#[derive(Debug, Clone)]
struct Attempt {
    places: Vec<usize>,
    excluded: bool,
}

struct Rules<'a> {
    steps: &'a [Json],
    exclusions: &'a [Json],
    window: u64,
    optimized: bool,
    /// So long before a step the next one may come, as devices' clocks differ.
    grace: u64,
}

impl<'a> Rules<'a> {
    fn of(case: &'a Case) -> Self {
        let list = |name: &str| case.param(name).as_array().map_or(&[][..], Vec::as_slice);
        Self {
            steps: list("steps"),
            exclusions: list("exclusions"),
            window: case.param("window_s").as_u64().unwrap(),
            optimized: case.param("reentry") == "optimized",
            grace: case.param("grace_s").as_u64().unwrap_or(0),
        }
    }

    /// The attempt from one event on, and the place of the first event that could begin another.
    fn attempt(&self, events: &[Named<'_>], start: usize) -> (Attempt, usize) {
        let mut attempt = Attempt { places: vec![start], excluded: false };
        let mut next = start + 1;
        while attempt.places.len() < self.steps.len() {
            let last = *attempt.places.last().unwrap();
            let comes = |place: &usize| {
                let (time, since) = (events[*place].time, events[last].time);
                let late = time.abs_diff(events[start].time) > self.window && time > since;
                let early = time.abs_diff(since) > self.grace && *place < last;
                !late && !early && !attempt.places.contains(place)
            };
            let wanted = &self.steps[attempt.places.len()];
            let found = (0..events.len()).filter(comes).find(|place| events[*place].is(wanted));
            let until = found.unwrap_or(events.len());
            let between = last + 1..until.max(last + 1);
            let lasts = |place: &usize| comes(place);
            let ended = between
                .clone()
                .filter(lasts)
                .find(|place| self.exclusions.iter().any(|exclusion| events[*place].is(exclusion)));
            if let Some(ended) = ended {
                attempt.excluded = true;
                return (attempt, ended + 1);
            }
            let again = between.filter(lasts).find(|place| events[*place].is(&self.steps[0]));
            if let (true, 1, Some(again)) = (self.optimized, attempt.places.len(), again) {
                return (attempt, again);
            }
            let Some(found) = found else {
                let after = |place: &usize| !comes(place);
                next = (last + 1..events.len()).find(after).unwrap_or(events.len());
                break;
            };
            attempt.places.push(found);
            next = next.max(found + 1);
        }
        (attempt, next)
    }

    /// All attempts, one after another.
    fn attempts(&self, events: &[Named<'_>]) -> Vec<Attempt> {
        let (mut attempts, mut from) = (Vec::new(), 0);
        while let Some(start) = (from..events.len()).find(|at| events[*at].is(&self.steps[0])) {
            let (attempt, next) = self.attempt(events, start);
            attempts.push(attempt);
            from = next;
        }
        attempts
    }
}

/// All that a case expects.
pub(super) fn answer(case: &Case) -> Json {
    let rules = Rules::of(case);
    let actors = case.actors();
    let [(_, events)] = actors.as_slice() else {
        panic!("{}: one actor", case.id());
    };
    let attempts = rules.attempts(events);
    let steps = rules.steps.len();
    let converts = |attempt: &&Attempt| attempt.places.len() == steps;
    // Of the attempts of a user, with optimized re-entry the first that converts, else the first.
    let best = attempts.iter().find(|attempt| rules.optimized && converts(attempt));
    let unique = best.or(attempts.first()).unwrap();
    let (entries, conversions) = (attempts.len(), attempts.iter().filter(converts).count());
    let time = |place: &usize| events[*place].time;
    let mut answer = json!({});
    for (name, _) in case.field("expect").as_object().unwrap() {
        answer[name] = match name.as_str() {
            "reached" => json!(unique.places.len()),
            "converted" => json!(converts(&unique)),
            "time_to_convert" => json!(time(&unique.places[steps - 1]) - time(&unique.places[0])),
            "entries" => json!(entries),
            "conversions" => json!(conversions),
            "rate" => json!(format!("{conversions}/{entries}")),
            "by_breakdown" => by_breakdown(case, events, &attempts, steps),
            "between_steps_count" => {
                let between = unique.places[0] + 1..unique.places[1];
                let first = rules.steps[0]["event"].as_str().unwrap();
                json!({ first: between.filter(|place| events[*place].name == first).count() })
            }
            other => panic!("no answer {other}"),
        };
    }
    answer
}

/// The user counts once under each value that an attempt of theirs began with.
fn by_breakdown(case: &Case, events: &[Named<'_>], attempts: &[Attempt], steps: usize) -> Json {
    assert_eq!(case.param("attribution"), "step_0");
    let name = case.param("breakdown").as_str().unwrap();
    let mut reached: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for attempt in attempts {
        let value = events[attempt.places[0]].property(name).unwrap();
        reached.entry(value).or_default().extend(0..attempt.places.len());
    }
    let counted = |(value, reached): (_, &BTreeSet<usize>)| {
        (value, (0..steps).map(|step| usize::from(reached.contains(&step))).collect::<Vec<_>>())
    };
    json!(reached.iter().map(counted).collect::<BTreeMap<_, _>>())
}
