//! Funnels of PostHog: ordered, strict and in any order, with exclusions and breakdowns.
//!
//! In order, each number of steps remembers the last attempt that came so far: its start, its times,
//! and whether an excluded event fell into it. An event takes the attempt before it on within the
//! window, unless the same attempt has come so far already. Of events at one time that differ, those
//! that are excluded are not seen, and the others are taken by step. The longest attempt counts, the
//! first of them; one that an excluded event fell into gives way to a later one as long, and if none
//! comes, the actor is left out.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value as Json, json};

use super::cases::{Case, Named};

/// An event as the search sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen<'a> {
    time: i64,
    /// The steps it is, from 1.
    steps: Vec<usize>,
    /// The lengths of attempts that it excludes.
    excludes: Vec<usize>,
    value: Option<&'a str>,
    place: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Attempt {
    start: i64,
    excluded: bool,
    times: Vec<i64>,
    places: Vec<usize>,
}

impl Seen<'_> {
    /// The event as one of its steps alone.
    fn as_step(&self, step: usize) -> Self {
        Self { steps: vec![step], excludes: Vec::new(), ..self.clone() }
    }
}

/// What is asked of one value of a breakdown, or of all.
#[derive(Debug, Clone, Copy)]
struct Query<'a> {
    steps: usize,
    window: u64,
    order: &'a str,
    /// The step, from 1, whose event has to have the value.
    attributed: Option<(usize, Option<&'a str>)>,
}

impl Query<'_> {
    fn within(&self, from: i64, to: i64) -> bool {
        to.abs_diff(from) <= self.window
    }

    /// Whether an event may be this step.
    fn attributes(&self, step: usize, value: Option<&str>) -> bool {
        self.attributed.is_none_or(|(at, wanted)| at != step || wanted == value)
    }
}

fn groups<'a, 'b>(events: &'b [Seen<'a>]) -> impl Iterator<Item = &'b [Seen<'a>]> {
    events.chunk_by(|one, other| one.time == other.time)
}

struct Ordered<'a> {
    query: Query<'a>,
    /// By how many steps they have.
    attempts: Vec<Option<Attempt>>,
    longest: Attempt,
}

impl Ordered<'_> {
    fn take(&mut self, event: &Seen<'_>, tied: bool) {
        for length in event.excludes.iter().rev() {
            self.exclude(*length, event.time);
        }
        for step in event.steps.iter().rev() {
            self.advance(*step, event, tied);
        }
        if !tied && self.query.order == "strict" {
            for step in 1..=self.query.steps {
                if !event.steps.contains(&step) {
                    self.attempts[step] = None;
                }
            }
        }
    }

    /// The attempt with so many steps, where the same has not come further by this many.
    fn open(&self, length: usize, time: i64) -> Option<&Attempt> {
        let attempt = self.attempts[length].as_ref()?;
        let further = self.attempts.get(length + 1).and_then(Option::as_ref);
        let same = further.is_some_and(|further| further.start == attempt.start);
        (self.query.within(attempt.start, time) && !same).then_some(attempt)
    }

    fn exclude(&mut self, length: usize, time: i64) {
        if self.open(length, time).is_none_or(|attempt| attempt.excluded) {
            return;
        }
        self.attempts[length].as_mut().unwrap().excluded = true;
        let longest = &mut self.longest;
        if longest.times.len() == length && self.query.within(longest.start, time) {
            longest.excluded = true;
        }
    }

    fn advance(&mut self, step: usize, event: &Seen<'_>, tied: bool) {
        let Some(before) = self.open(step - 1, event.time) else {
            return;
        };
        let used = tied && before.places.contains(&event.place);
        if used || !self.query.attributes(step, event.value) {
            return;
        }
        let mut longer = before.clone();
        longer.times.push(event.time);
        longer.places.push(event.place);
        let length = self.longest.times.len();
        if step > length || step == length && self.longest.excluded {
            self.longest = longer.clone();
        }
        if !longer.excluded {
            self.attempts[step] = Some(longer);
        }
    }
}

/// The times of the attempt that counts.
fn in_order(query: Query<'_>, events: &[Seen<'_>]) -> Vec<i64> {
    let attempts = vec![None; query.steps + 1];
    let mut search = Ordered { query, attempts, longest: Attempt::default() };
    for group in groups(events) {
        let time = group[0].time;
        search.attempts[0] = Some(Attempt { start: time, ..Attempt::default() });
        let what = |event: &Seen<'_>| (event.steps.clone(), event.excludes.clone());
        if group.iter().all(|event| what(event) == what(&group[0])) {
            group.iter().for_each(|event| search.take(event, false));
        } else {
            let mut singles: Vec<(usize, Seen<'_>)> = Vec::new();
            for event in group {
                singles.extend(event.steps.iter().map(|step| (*step, event.as_step(*step))));
            }
            singles.sort_by_key(|(step, _)| *step);
            singles.iter().for_each(|(_, event)| search.take(event, true));
        }
        if search.attempts[query.steps].is_some() {
            break;
        }
    }
    match search.longest.excluded {
        true => Vec::new(),
        false => search.longest.times,
    }
}

/// In any order: each step keeps its events within the window of the newest; the first time that most
/// steps have one counts. An excluded event throws all of them away.
fn in_any_order(query: Query<'_>, events: &[Seen<'_>]) -> Vec<i64> {
    let mut kept: Vec<VecDeque<i64>> = vec![VecDeque::new(); query.steps];
    let mut best: Vec<i64> = Vec::new();
    let first_of_each = |kept: &[VecDeque<i64>]| {
        let mut times: Vec<i64> = kept.iter().filter_map(|times| times.front()).copied().collect();
        times.sort_unstable();
        times
    };
    let remember = |best: &mut Vec<i64>, kept: &[VecDeque<i64>]| {
        let times = first_of_each(kept);
        if times.len() > best.len() {
            *best = times;
        }
    };
    for event in events {
        while let Some(oldest) = first_of_each(&kept).first().copied() {
            let complete = kept.iter().all(|times| !times.is_empty());
            if !complete && query.within(oldest, event.time) {
                break;
            }
            remember(&mut best, &kept);
            let step = kept.iter().position(|times| times.front() == Some(&oldest)).unwrap();
            kept[step].pop_front();
        }
        if event.steps.is_empty() {
            kept.iter_mut().for_each(VecDeque::clear);
        } else {
            let least = |step: &&usize| kept[**step - 1].back().copied().unwrap_or(i64::MIN);
            let step = *event.steps.iter().min_by_key(least).unwrap();
            let reached = kept.iter().filter(|times| !times.is_empty()).count();
            if query.attributes(reached + 1, event.value) {
                kept[step - 1].push_back(event.time);
            }
        }
        if best.len() == query.steps {
            break;
        }
    }
    remember(&mut best, &kept);
    best
}

fn seen<'a>(case: &Case, events: &[Named<'a>]) -> Vec<Seen<'a>> {
    let steps = case.param("steps").as_array().unwrap();
    let exclusions = case.param("exclusions").as_array().map_or(&[][..], Vec::as_slice);
    let breakdown = case.param("breakdown").as_str();
    let strict = case.param("order") == "strict";
    let see = |(place, event): (usize, &Named<'a>)| {
        let is = (1..=steps.len()).filter(|step| event.is(&steps[*step - 1])).collect();
        let mut excludes: Vec<usize> = Vec::new();
        for exclusion in exclusions.iter().filter(|exclusion| event.is(exclusion)) {
            let at = |name: &str| usize::try_from(exclusion[name].as_u64().unwrap()).unwrap();
            excludes.extend(at("from_step") + 1..=at("to_step"));
        }
        let value = breakdown.and_then(|name| event.property(name));
        Seen { time: event.time, steps: is, excludes, value, place }
    };
    let mut seen: Vec<Seen<'a>> = events.iter().enumerate().map(see).collect();
    seen.retain(|event| strict || !event.steps.is_empty() || !event.excludes.is_empty());
    seen
}

/// The times of an actor, by each value of the breakdown that it counts in, or by none.
fn attempts<'a>(case: &'a Case, events: &[Named<'a>]) -> Vec<(Option<&'a str>, Vec<i64>)> {
    let events = seen(case, events);
    let steps = case.param("steps").as_array().unwrap().len();
    let order = case.param("order").as_str().unwrap();
    let window = case.param("window_s").as_u64().unwrap();
    let query = Query { steps, window, order, attributed: None };
    let search = |query: Query<'_>, events: &[Seen<'_>]| match order {
        "unordered" => in_any_order(query, events),
        _ => in_order(query, events),
    };
    let mut values: Vec<Option<&str>> = events.iter().map(|event| event.value).collect();
    let first = values.first().copied().flatten();
    values.sort_unstable();
    values.dedup();
    values.retain(Option::is_some);
    match case.param("attribution").as_str() {
        None => vec![(None, search(query, &events))],
        Some("first_touch") => vec![(first, search(query, &events))],
        Some("all_events") => {
            let of = |value: Option<&'a str>| {
                let mut events = events.clone();
                events.retain(|event| event.value == value);
                (value, search(query, &events))
            };
            values.into_iter().map(of).collect()
        }
        Some(step) => {
            let step = step.strip_prefix("step_").unwrap().parse::<usize>().unwrap() + 1;
            let has = |value: &Option<&str>| {
                events.iter().any(|event| event.value == *value && event.steps.contains(&step))
            };
            values.retain(has);
            let of = |value: Option<&'a str>| {
                let attributed = Some((step, value));
                (value, search(Query { attributed, ..query }, &events))
            };
            values.into_iter().map(of).collect()
        }
    }
}

/// How many came to each step at least.
fn counts<'a>(attempts: impl Iterator<Item = &'a Vec<i64>> + Clone, steps: usize) -> Vec<usize> {
    (0..steps).map(|step| attempts.clone().filter(|times| times.len() > step).count()).collect()
}

/// The seconds from one step to a later one, in order of length.
fn waits(attempts: &[(&str, Vec<i64>)], from: usize, to: usize) -> Vec<i64> {
    let wait = |(_, times): &(&str, Vec<i64>)| Some(times.get(to)? - times[from]);
    let mut waits: Vec<i64> = attempts.iter().filter_map(wait).collect();
    waits.sort_unstable();
    waits
}

/// All that a case expects of a funnel.
pub(super) fn funnel(case: &Case) -> Json {
    let steps = case.param("steps").as_array().unwrap().len();
    if !case.param("breakdown").is_null() {
        return by_breakdown(case, steps);
    }
    let actors = case.actors();
    let of_actors: Vec<(&str, Vec<i64>)> = actors
        .iter()
        .map(|(actor, events)| (*actor, attempts(case, events).swap_remove(0).1))
        .collect();
    let mut answer = json!({});
    for (name, _) in case.field("expect").as_object().unwrap() {
        let average = |waits: &[i64]| {
            let (sum, count) = (waits.iter().sum::<i64>(), i64::try_from(waits.len()).unwrap());
            assert_eq!(sum % count, 0, "an average in whole seconds");
            json!(sum / count)
        };
        let median = |waits: &[i64]| {
            let (low, high) = (waits[(waits.len() - 1) / 2], waits[waits.len() / 2]);
            assert_eq!((low + high) % 2, 0, "a median in whole seconds");
            json!((low + high) / 2)
        };
        let each = |of: &dyn Fn(&[i64]) -> Json| {
            let step = |step: usize| of(&waits(&of_actors, step - 1, step));
            Json::from_iter([Json::Null].into_iter().chain((1..steps).map(step)))
        };
        answer[name] = match name.as_str() {
            "counts" => json!(counts(of_actors.iter().map(|(_, times)| times), steps)),
            "reached" => {
                let reached = of_actors.iter().map(|(actor, times)| (*actor, times.len()));
                json!(reached.collect::<BTreeMap<_, _>>())
            }
            "avg" => each(&average),
            "median" => each(&median),
            "histogram" => histogram(case, &histogram_waits(case, &of_actors)),
            "histogram_avg" => average(&histogram_waits(case, &of_actors)),
            other => panic!("no answer {other}"),
        };
    }
    answer
}

fn by_breakdown(case: &Case, steps: usize) -> Json {
    let mut by_value: BTreeMap<&str, Vec<Vec<i64>>> = BTreeMap::new();
    let actors = case.actors();
    for (value, times) in actors.iter().flat_map(|(_, events)| attempts(case, events)) {
        if !times.is_empty() {
            by_value.entry(value.unwrap()).or_default().push(times);
        }
    }
    let counted = |(value, attempts): (_, &Vec<Vec<i64>>)| (value, counts(attempts.iter(), steps));
    json!({ "by_breakdown": by_value.iter().map(counted).collect::<BTreeMap<_, _>>() })
}

fn histogram_waits(case: &Case, attempts: &[(&str, Vec<i64>)]) -> Vec<i64> {
    let of = case.param("histogram");
    let at = |name: &str| usize::try_from(of[name].as_u64().unwrap()).unwrap();
    waits(attempts, at("from_step"), at("to_step"))
}

/// The bins that are asked for, or as many as the cube root of how many there are, rounded up; all of
/// one width in whole seconds, rounded up; and one more where the last ends.
fn histogram(case: &Case, waits: &[i64]) -> Json {
    let bins = case.param("histogram")["bins"].as_i64().unwrap_or_else(|| {
        let count = i64::try_from(waits.len()).unwrap();
        (1..60).find(|root| root * root * root >= count).unwrap_or(60)
    });
    let (least, most) = (waits[0], waits[waits.len() - 1]);
    let width = (most - least + bins - 1) / bins;
    let row = |bin: i64| {
        let from = least + bin * width;
        let within = waits.iter().filter(|wait| (from..from + width).contains(wait)).count();
        json!([from, within])
    };
    (0..=bins).map(row).collect()
}

/// The odds of those who had the event against the others', each count taken one higher.
pub(super) fn correlation(case: &Case) -> (u64, u64) {
    let input = |name: &str| case.field("input")[name].as_u64().unwrap();
    let (won, lost) = (input("S"), input("F"));
    let (won_with, lost_with) = (input("s"), input("f"));
    let above = (won_with + 1) * (lost - lost_with + 1);
    (above, (lost_with + 1) * (won - won_with + 1))
}
