//! What comes after a chain of labels, against all places where it could be.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value as Json;
use yardstick::events::{Base, Direction, Events, NextEvent, NextEventBuilder};
use yardstick::{ErrorKind, Rational, Reason, Value};

use Base::{First, Head, Last, Tail};
use Direction::{Next, Previous};

/// An event: entity, time, label, and whether it has the bit of the condition.
type Row = (u32, i64, u32, bool);

/// The same query, in words.
#[derive(Debug, Clone)]
struct Asked {
    labels: Vec<u32>,
    direction: Direction,
    base: Base,
    condition: bool,
}

impl Asked {
    fn built(&self) -> NextEventBuilder {
        let builder = NextEvent::builder(self.labels.clone());
        let builder = builder.direction(self.direction).base(self.base);
        if self.condition { builder.condition(5) } else { builder }
    }

    /// Labels next, none and unmatched, from every window of the events as they are read.
    fn expected(&self, rows: &[Row], count: u32) -> (Vec<u64>, u64, u64) {
        let mut by_entity: BTreeMap<u32, Vec<(i64, u32, bool)>> = BTreeMap::new();
        for (entity, time, label, has) in rows {
            by_entity.entry(*entity).or_default().push((*time, *label, self.condition && *has));
        }
        let (mut labels, mut none, mut unmatched) = (vec![0; count as usize], 0, 0);
        for events in by_entity.values_mut() {
            events.sort();
            if self.direction == Previous {
                events.reverse();
            }
            let of_labels: Vec<u32> = events.iter().map(|event| event.1).collect();
            let bases: Vec<usize> = (0..events.len())
                .filter(|base| of_labels[*base..].starts_with(&self.labels))
                .filter(|base| !self.condition || events[*base].2)
                .collect();
            let end = events.len() - 1;
            let (earliest, latest) = (bases.first().copied(), bases.last().copied());
            let base = match (self.base, self.direction) {
                (Head, Next) | (Tail, Previous) => earliest.filter(|base| *base == 0),
                (Head, Previous) | (Tail, Next) => latest.filter(|base| *base == end),
                (First, Next) | (Last, Previous) => earliest,
                (Last, Next) | (First, Previous) => latest,
            };
            match base.map(|base| of_labels.get(base + self.labels.len())) {
                None => unmatched += 1,
                Some(None) => none += 1,
                Some(Some(label)) => labels[*label as usize] += 1,
            }
        }
        (labels, none, unmatched)
    }
}

/// Columns of rows, with bits that are not asked for.
fn columns(rows: &[Row]) -> (Vec<u32>, Vec<i64>, Vec<u32>, Vec<u8>) {
    let mask = |row: &Row| (u8::from(row.3) << 5) | (u8::from(!row.3) << 7) | (row.2 % 2) as u8;
    (
        rows.iter().map(|row| row.0).collect(),
        rows.iter().map(|row| row.1).collect(),
        rows.iter().map(|row| row.2).collect(),
        rows.iter().map(mask).collect(),
    )
}

fn any_asked() -> impl Strategy<Value = Asked> {
    let directed = prop::sample::select(vec![
        (Next, Head),
        (Next, First),
        (Next, Last),
        (Previous, Tail),
        (Previous, First),
        (Previous, Last),
    ]);
    (prop::collection::vec(0_u32..3, 0..4), directed, any::<bool>()).prop_map(
        |(labels, (direction, base), condition)| Asked { labels, direction, base, condition },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn it_is_one_of_all_places(
        asked in any_asked(),
        rows in prop::collection::vec((0_u32..3, 0_i64..5, 0_u32..3, any::<bool>()), 0..16),
        by in any::<prop::sample::Index>(),
    ) {
        let query = asked.built().build().unwrap();
        let (labels, none, unmatched) = asked.expected(&rows, 3);
        let mut rows = rows;
        for _ in 0..2 {
            let (entities, times, codes, masks) = columns(&rows);
            let events = Events::unsorted(&entities, &times, &masks).unwrap();
            let counts = query.compute(&events, &codes, 3).unwrap();
            prop_assert_eq!(counts.labels(), labels.as_slice(), "{:?} of {:?}", asked, rows);
            prop_assert_eq!((counts.none(), counts.unmatched()), (none, unmatched));
            let all = labels.iter().sum::<u64>() + none + unmatched;
            prop_assert_eq!(counts.entities(), all);
            let share = counts.share(1);
            match all - unmatched {
                0 => prop_assert_eq!(share, Value::Undefined(Reason::NoBase)),
                matched => {
                    let wanted = Rational::new(labels[1], matched).unwrap();
                    prop_assert_eq!(share, Value::Defined(wanted));
                }
            }
            let by = by.index(rows.len().max(1));
            rows.rotate_left(by);
        }
    }
}

#[test]
fn what_cannot_be_is_refused() {
    for (builder, message) in [
        (
            NextEvent::builder([1]).condition(64),
            "a condition by bit 64, which is none of a mask; give one below 64",
        ),
        (
            NextEvent::builder([1]).direction(Previous).base(Head),
            "what came before the head, which is the first event; ask for the next, or begin at the tail",
        ),
        (
            NextEvent::builder([1]).base(Tail),
            "what comes after the tail, which is the last event; ask for the previous, or begin at the head",
        ),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Domain, message));
    }
    let query = NextEvent::builder([1]).build().unwrap();
    let events = Events::sorted(&[7_u32, 7], &[0, 1], &[0_u8, 0]).unwrap();
    let error = query.compute(&events, &[0], 2).unwrap_err();
    assert_eq!((error.kind(), error.column()), (ErrorKind::Shape, Some("label")));
    let error = query.compute(&events, &[0, 2], 2).unwrap_err();
    assert_eq!((error.kind(), error.row()), (ErrorKind::Domain, Some(1)));
    assert_eq!(
        error.to_string(),
        "row 1, column \"label\": label 2 is not below 2, the number of labels; give a code from 0 on"
    );
    let error = query.compute(&events, &[0, 1], u32::MAX).unwrap_err();
    assert_eq!((error.kind(), error.column()), (ErrorKind::Capacity, Some("label")));
}

#[test]
fn a_label_that_nobody_has_is_no_error() {
    let events = Events::sorted(&[7_u32, 7], &[0, 1], &[0_u8, 0]).unwrap();
    let query = NextEvent::builder([9]).build().unwrap();
    let counts = query.compute(&events, &[0, 1], 2).unwrap();
    assert_eq!((counts.unmatched(), counts.share(5)), (1, Value::Undefined(Reason::NoBase)));
    let query = NextEvent::builder([]).build().unwrap();
    let counts = query.compute(&events, &[0, 1], 2).unwrap();
    assert_eq!((counts.labels(), counts.none()), ([1, 0].as_slice(), 0));
    assert_eq!(counts.share(5), Value::Defined(Rational::ZERO));
    let none = Events::sorted(&[0_u32; 0], &[], &[0_u8; 0]).unwrap();
    assert_eq!(query.compute(&none, &[], 0).unwrap().entities(), 0);
}

/// What ClickHouse does from the first match on: the base is the first event with the first label, and
/// where the chain does not go on from there, it is nowhere.
fn theirs(chain: &[u32], direction: Direction, events: &[(u32, bool)]) -> Option<u32> {
    let base = events.iter().position(|(label, is)| *is && Some(label) == chain.first())?;
    let mut read: Vec<u32> = match direction {
        Next => events[base..].iter().map(|event| event.0).collect(),
        Previous => events[..=base].iter().rev().map(|event| event.0).collect(),
    };
    read.starts_with(chain).then(|| read.drain(..).nth(chain.len())).flatten()
}

#[test]
fn cases_of_click_house() {
    let Some(shared) = std::env::var_os("YARDSTICK_SHARED") else {
        println!("YARDSTICK_SHARED is not set: 0 cases of the next event ran");
        return;
    };
    let path =
        std::path::Path::new(&shared).join("oracle/funnel/clickhouse_sequence_next_node.json");
    let cases: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let (mut equal, mut departs) = (0, Vec::new());
    for case in cases["cases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        let params = &case["params"];
        let code = |label: &Json| u32::from(label.as_str().unwrap().as_bytes()[0] - b'A');
        let chain: Vec<u32> = params["chain"].as_array().unwrap().iter().map(code).collect();
        let direction = if params["direction"] == "forward" { Next } else { Previous };
        let base = match params["base"].as_str().unwrap() {
            "head" => Head,
            "tail" => Tail,
            _ => First,
        };
        let condition = params["base_condition"]["attr"].as_str();
        // Rows without a label are not there.
        let events = case["events"].as_array().unwrap().iter().filter(|event| !event[1].is_null());
        let events: Vec<(i64, u32, bool)> = events
            .map(|event| {
                let is = condition.is_none_or(|wanted| event[2].as_str() == Some(wanted));
                (event[0].as_i64().unwrap(), code(&event[1]), is)
            })
            .collect();
        let rows: Vec<Row> = events.iter().map(|event| (1, event.0, event.1, event.2)).collect();
        let asked = Asked { labels: chain.clone(), direction, base, condition: true };
        let (entities, times, codes, masks) = columns(&rows);
        let columns = Events::unsorted(&entities, &times, &masks).unwrap();
        let counts = asked.built().build().unwrap().compute(&columns, &codes, 5).unwrap();
        let next = counts.labels().iter().position(|count| *count == 1).map(|code| code as u32);
        let wanted = &case["expect"]["next"];
        let wanted = (!wanted.is_null()).then(|| code(wanted));
        if next == wanted {
            equal += 1;
            continue;
        }
        assert_eq!(base, First, "{id}: {next:?}, not {wanted:?}");
        let events: Vec<(u32, bool)> = events.iter().map(|event| (event.1, event.2)).collect();
        assert_eq!(theirs(&chain, direction, &events), wanted, "{id}");
        departs.push(id);
    }
    println!("cases of the next event: {equal} equal; by the first label alone: {departs:?}");
    assert_eq!(equal + departs.len(), 228);
}
