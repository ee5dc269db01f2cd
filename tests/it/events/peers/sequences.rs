//! Where patterns, next events and transitions come out otherwise than in the library.

use serde_json::{Value as Json, json};
use yardstick::events::{
    Base, Direction, Events, Masks, NextEvent, Pattern, Transitions, seconds, sessions,
};
use yardstick::funnel::TimeUnit;
use yardstick::{Rational, Reason, Value};

use super::cases::{Case, Hit, texts};
use super::library::Columns;
use super::rules::{Rule, Verdict};
use super::{answers, clickhouse_sequence, next_node};

/// Patterns see every event; the peers only those that meet a condition, so give no others.
fn seen(case: &Case) -> Vec<Hit> {
    case.hits().into_iter().filter(|hit| hit.mask != 0).collect()
}

pub(super) fn pattern_verdict(case: &Case) -> Verdict {
    let columns = Columns::of_one(&seen(case));
    // The thresholds of the cases are seconds, whatever their times are counted in.
    let (text, unit) = match answers::second(case) {
        1 => (answers::pattern(case).to_owned(), TimeUnit::Second),
        _ => (in_seconds(answers::pattern(case)), TimeUnit::Microsecond),
    };
    let pattern: Pattern = match text.parse() {
        Ok(pattern) => pattern,
        Err(error) => {
            assert!(["", ".*"].contains(&text.as_str()), "{}: {error}", case.id());
            return Verdict::Departure(Rule::NothingNamed);
        }
    };
    let events = columns.events().unit(unit);
    let located = || -> Vec<i64> {
        let found = pattern.locate(&events).unwrap();
        let named = |found: &yardstick::events::FoundPattern| {
            let named = found.times.iter().zip(&found.bits).filter(|(_, bit)| bit.is_some());
            named.map(|(time, _)| *time).collect::<Vec<_>>()
        };
        found.first().map(named).unwrap_or_default()
    };
    let ours = match case.kind() {
        "sequence_match" => json!(pattern.matches(&events).unwrap().matching == 1),
        "sequence_count" => json!(pattern.count(&events).unwrap()),
        _ => json!(located()),
    };
    if ours == *case.expect("result") {
        return Verdict::Equal("pattern, events of conditions only");
    }
    let direct = answers::pattern(case).replace(".*(?t", "(?t");
    if direct != answers::pattern(case) {
        let theirs = clickhouse_sequence::matches(&case.hits(), &direct, answers::second(case));
        assert_eq!((case.kind(), ours), ("sequence_match", json!(theirs)), "{}", case.id());
        return Verdict::Departure(Rule::TimeAfterRest);
    }
    // There is no match, and the beginning of one.
    assert_eq!((case.kind(), &ours), ("sequence_match_events", &json!([])), "{}", case.id());
    assert_eq!(pattern.matches(&events).unwrap().matching, 0, "{}", case.id());
    Verdict::Departure(Rule::PartFound)
}

/// `(?t<=2)` as `(?t<=2 seconds)`.
fn in_seconds(pattern: &str) -> String {
    let mut parts = pattern.split("(?t");
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        text += &format!("(?t{}", part.replacen(')', " seconds)", 1));
    }
    text
}

pub(super) fn next_verdict(case: &Case) -> Verdict {
    let nodes = next_node::nodes(case);
    let chain = texts(case.param("chain"));
    let mut labels: Vec<&str> = nodes.iter().map(|node| node.label).chain(chain.clone()).collect();
    labels.sort_unstable();
    labels.dedup();
    let code = |label: &str| u32::try_from(labels.binary_search(&label).unwrap()).unwrap();
    let times: Vec<i64> = nodes.iter().map(|node| node.time).collect();
    let masks: Vec<u64> = nodes.iter().map(|node| u64::from(node.can_be_base)).collect();
    let codes: Vec<u32> = nodes.iter().map(|node| code(node.label)).collect();
    let entities = vec![0_u32; nodes.len()];
    let events = Events::unsorted(&entities, &times, Masks::from(&masks)).unwrap();
    let (base, direction) = (case.param("base").as_str(), case.param("direction").as_str());
    let base = match base.unwrap() {
        "head" => Base::Head,
        "tail" => Base::Tail,
        "first_match" => Base::First,
        _ => Base::Last,
    };
    let direction = match direction.unwrap() {
        "forward" => Direction::Next,
        _ => Direction::Previous,
    };
    let chain: Vec<u32> = chain.into_iter().map(code).collect();
    let query = NextEvent::builder(chain).base(base).direction(direction).condition(0);
    let counts = query.build().unwrap().compute(&events, &codes, labels.len() as u32).unwrap();
    let found = counts.labels().iter().position(|count| *count == 1);
    let ours = json!(found.map(|code| labels[code]));
    if ours == *case.expect("next") {
        return Verdict::Equal(match base {
            Base::Head => "next event, base head",
            Base::Tail => "next event, base tail",
            Base::First => "next event, base first",
            Base::Last => "next event, base last",
        });
    }
    // The first event that could be the base has the first label alone; a later one has the chain.
    assert_eq!((base, case.expect("next")), (Base::First, &Json::Null), "{}: {ours}", case.id());
    let later = (1..nodes.len()).map(|from| next_node::next(case, &nodes[from..]));
    assert!(later.into_iter().any(|next| json!(next) == ours), "{}: {ours}", case.id());
    Verdict::Departure(Rule::FirstLabelIsBase)
}

pub(super) fn sessions_verdict(case: &Case) -> Verdict {
    let rows = case.field("timestamps").as_array().unwrap();
    // What has no time is no event.
    let times: Vec<i64> = rows.iter().filter_map(Json::as_i64).collect();
    let (entities, masks) = (vec![0_u32; times.len()], vec![0_u8; times.len()]);
    let events = Events::unsorted(&entities, &times, &masks).unwrap();
    let found = sessions(&events, seconds(case.param("gap").as_u64().unwrap())).unwrap();
    let mut numbers = found.numbers().iter().map(|number| number + 1);
    let of_row = |row: &Json| row.as_i64().map(|_| numbers.next().unwrap());
    let ours: Vec<Option<u64>> = rows.iter().map(of_row).collect();
    assert_eq!(json!(ours), *case.expect("session_ids"), "{}", case.id());
    Verdict::Equal("sessions")
}

pub(super) fn transitions_verdict(case: &Case) -> Verdict {
    let nodes = texts(case.param("nodes"));
    let labels = &nodes[1..nodes.len() - 1];
    let (mut columns, mut codes) = (Columns::default(), Vec::new());
    // All times are one: the cases give the order only, so that a place is the time.
    for (actor, (_, events)) in (0..).zip(case.field("actors").as_object().unwrap()) {
        for (time, event) in (0..).zip(events.as_array().unwrap()) {
            let code = labels.iter().position(|label| event[1] == **label).unwrap();
            codes.push(u32::try_from(code).unwrap());
            columns.push(actor, Hit { time, mask: 0 }, 0);
        }
    }
    let found = Transitions::of(&columns.events(), &codes, labels.len() as u32).unwrap();
    let place = |node: &str| labels.iter().position(|label| *label == node).map(|at| at as u32);
    let weight = case.param("weight").as_str().unwrap().split(' ').next().unwrap();
    let (mut name, mut cells) = ("", 0);
    for (from, row) in nodes.iter().zip(case.expect("matrix").as_array().unwrap()) {
        for (to, expected) in nodes.iter().zip(row.as_array().unwrap()) {
            // Nothing follows the end of a path, and nothing precedes its start.
            let outside = *from == "path_end" || *to == "path_start";
            let pair = (place(from), place(to));
            let count = if outside { 0 } else { found.count(pair.0, pair.1) };
            let of = |share: fn(&Transitions, Option<u32>, Option<u32>) -> Value| match outside {
                true => Value::Undefined(Reason::NoBase),
                false => share(&found, pair.0, pair.1),
            };
            let ours;
            (name, ours) = match weight {
                "count" => ("transitions, counts", Value::Defined(count.into())),
                "share_of_total" => ("transitions, share", of(Transitions::share)),
                "avg_per_path" => ("transitions, per path", of(Transitions::per_path)),
                "proba_out" => ("transitions, probability out", of(Transitions::probability_out)),
                _ => ("transitions, probability in", of(Transitions::probability_in)),
            };
            // What cannot be is undefined here, and zero there.
            let theirs: Rational = match expected {
                Json::String(text) => text.parse().unwrap(),
                number => number.as_u64().unwrap().into(),
            };
            let ours = match ours {
                Value::Defined(value) => value,
                _ => Rational::ZERO,
            };
            assert_eq!(ours, theirs, "{}: from {from} to {to}", case.id());
            cells += 1;
        }
    }
    assert_eq!(cells, nodes.len() * nodes.len());
    Verdict::Equal(name)
}
