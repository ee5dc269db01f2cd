//! Transitions against a model that writes each path down.

use std::collections::{BTreeMap, BTreeSet};

use num_rational::BigRational;
use proptest::prelude::*;
use serde_json::Value as Json;
use yardstick::events::{Events, Transitions};
use yardstick::{ErrorKind, Reason, Value};

/// Who, in which session, when, what.
type Row = (u64, u64, i64, u32);

fn with_events<T>(rows: &[Row], f: impl Fn(&Events<'_>, &[u32]) -> T) -> Vec<T> {
    let entities: Vec<u64> = rows.iter().map(|row| row.0).collect();
    let sessions: Vec<u64> = rows.iter().map(|row| row.1).collect();
    let times: Vec<i64> = rows.iter().map(|row| row.2).collect();
    let labels: Vec<u32> = rows.iter().map(|row| row.3).collect();
    let masks = vec![0_u8; rows.len()];
    let arranged = [Events::unsorted, Events::sorted, Events::by_time]
        .map(|declared| declared(&entities, &times, &masks));
    let usable = arranged.into_iter().flatten();
    usable.map(|events| f(&events.sessions(&sessions).unwrap(), &labels)).collect()
}

/// Of all arrangements that the rows have, the one answer.
fn found(rows: &[Row], count: u32, by_session: bool) -> Transitions {
    let mut all = with_events(rows, |events, labels| match by_session {
        true => Transitions::of_sessions(events, labels, count).unwrap(),
        false => Transitions::of(events, labels, count).unwrap(),
    });
    let one = all.pop().unwrap();
    assert!(all.iter().all(|other| *other == one));
    one
}

fn fraction(part: usize, whole: usize) -> Option<BigRational> {
    (whole > 0).then(|| BigRational::new(part.into(), whole.into()))
}

fn exact(value: &Value) -> Option<BigRational> {
    match value {
        Value::Defined(value) => Some(value.to_string().parse().unwrap()),
        Value::Undefined(reason) => {
            assert_eq!(*reason, Reason::NoBase);
            None
        }
    }
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((0_u64..3, 0_u64..2, -2_i64..3, 0_u32..4), 0..20)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn every_number_is_that_of_the_model(
        mut rows in any_rows(),
        by_session in any::<bool>(),
        sorted in 0_u8..3,
    ) {
        match sorted {
            0 => rows.sort_by_key(|row| (row.0, row.2)),
            1 => rows.sort_by_key(|row| row.2),
            _ => {}
        }
        let found = found(&rows, 5, by_session);
        // Paths as texts of labels between a start and an end.
        let mut paths: BTreeMap<(u64, u64), Vec<(i64, u32)>> = BTreeMap::new();
        for (entity, session, time, label) in &rows {
            let session = if by_session { *session } else { 0 };
            paths.entry((*entity, session)).or_default().push((*time, *label));
        }
        let mut pairs = Vec::new();
        for path in paths.values_mut() {
            path.sort_unstable();
            let labels = path.iter().map(|(_, label)| Some(*label));
            let whole: Vec<_> = [None].into_iter().chain(labels).chain([None]).collect();
            pairs.extend(whole.windows(2).map(|pair| (pair[0], pair[1])));
        }
        prop_assert_eq!(found.total(), pairs.len() as u64);
        prop_assert_eq!(found.paths(), paths.len() as u64);
        prop_assert_eq!(found.labels(), 5);
        let nodes = || [None, Some(0), Some(1), Some(2), Some(3), Some(4), Some(9)].into_iter();
        for (from, to) in nodes().flat_map(|from| nodes().map(move |to| (from, to))) {
            let many = |is: &dyn Fn(&(Option<u32>, Option<u32>)) -> bool| {
                pairs.iter().filter(|pair| is(pair)).count()
            };
            let count = many(&|pair| *pair == (from, to));
            prop_assert_eq!(found.count(from, to), count as u64);
            let share = fraction(count, pairs.len());
            prop_assert_eq!(exact(&found.share(from, to)), share);
            prop_assert_eq!(exact(&found.per_path(from, to)), fraction(count, paths.len()));
            let out = fraction(count, many(&|pair| pair.0 == from));
            prop_assert_eq!(exact(&found.probability_out(from, to)), out);
            let into = fraction(count, many(&|pair| pair.1 == to));
            prop_assert_eq!(exact(&found.probability_in(from, to)), into);
        }
        let distinct: BTreeSet<_> = pairs.iter().copied().collect();
        let listed: Vec<_> = found.iter().map(|(pair, _)| pair).collect();
        prop_assert_eq!(listed, distinct.into_iter().collect::<Vec<_>>());
        prop_assert_eq!(found.iter().map(|(_, count)| count).sum::<u64>(), found.total());
    }

    #[test]
    fn neither_order_nor_parts_nor_shifts_nor_a_wide_table_count(
        rows in any_rows(),
        by_session in any::<bool>(),
        swaps in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..20),
        parts in prop::collection::vec(any::<bool>(), 3),
        to_end in any::<bool>(),
    ) {
        let whole = found(&rows, 4, by_session);
        let mut other = rows.clone();
        if !rows.is_empty() {
            swaps.iter().for_each(|(a, b)| other.swap(a.index(rows.len()), b.index(rows.len())));
        }
        prop_assert_eq!(&found(&other, 4, by_session), &whole);
        let part = |part: bool| {
            let rows = other.iter().filter(|row| parts[row.0 as usize] == part);
            found(&rows.copied().collect::<Vec<_>>(), 4, by_session)
        };
        let (mut forth, mut back) = (part(true), part(false));
        forth.merge(&part(false)).unwrap();
        back.merge(&part(true)).unwrap();
        prop_assert_eq!(&forth, &whole);
        prop_assert_eq!(&back, &whole);
        for row in &mut other {
            row.0 = u64::MAX - row.0;
            row.2 = if to_end { row.2 + (i64::MAX - 2) } else { row.2 + (i64::MIN + 2) };
        }
        prop_assert_eq!(&found(&other, 4, by_session), &whole);
        // Beyond what a table holds: the same pairs.
        let wide = found(&other, 5_000, by_session);
        prop_assert!(wide.iter().eq(whole.iter()));
        // Others at its upper end.
        other.iter_mut().for_each(|row| row.3 = u32::MAX - 1 - row.3);
        prop_assert_eq!(found(&other, u32::MAX, by_session).total(), whole.total());
    }
}

#[test]
fn what_is_refused() {
    let rows = [(1, 0, 0, 0), (1, 0, 1, 1)];
    let refused = |count, f: &dyn Fn(&Events<'_>, u32) -> Result<Transitions, yardstick::Error>| {
        let errors = with_events(&rows, |events, _| f(events, count).unwrap_err());
        let error = errors.into_iter().next().unwrap();
        (error.kind(), error.row(), error.column().map(str::to_owned))
    };
    let label = Some("label".to_owned());
    let too_few = refused(2, &|events, count| Transitions::of(events, &[0], count));
    assert_eq!(too_few, (ErrorKind::Shape, None, label.clone()));
    let beyond = refused(1, &|events, count| Transitions::of(events, &[0, 1], count));
    assert_eq!(beyond, (ErrorKind::Domain, Some(1), label));
    let events = Events::sorted(&[1_u32], &[0], &[0_u8]).unwrap();
    let error = Transitions::of_sessions(&events, &[0], 1).unwrap_err();
    assert_eq!((error.kind(), error.column()), (ErrorKind::Missing, Some("session")));

    let mut state = found(&rows, 2, false);
    let before = state.clone();
    let error = state.merge(&found(&rows, 3, false)).unwrap_err();
    assert_eq!((error.kind(), &state), (ErrorKind::Shape, &before));
    for _ in 0..60 {
        state.merge(&state.clone()).unwrap();
    }
    let before = state.clone();
    let error = state.merge(&state.clone()).unwrap_err();
    assert_eq!((error.kind(), state), (ErrorKind::Capacity, before));
}

/// Their paths have one time only, and the order of rows: here each row has a time of its own.
#[test]
fn cases_of_other_systems() {
    let Ok(shared) = std::env::var("YARDSTICK_SHARED") else { return };
    let path = format!("{shared}/oracle/funnel/retentioneering.json");
    let document: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = document["cases"].as_array().unwrap().iter();
    let mut ran = 0;
    for case in cases.filter(|case| case["kind"] == "transition_matrix") {
        let id = &case["id"];
        let nodes: Vec<&str> = case["params"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node.as_str().unwrap())
            .collect();
        let labels = &nodes[1..nodes.len() - 1];
        let mut rows: Vec<Row> = Vec::new();
        for (entity, path) in case["actors"].as_object().unwrap().values().enumerate() {
            for (time, event) in path.as_array().unwrap().iter().enumerate() {
                let label = labels.iter().position(|label| event[1] == **label).unwrap();
                rows.push((entity as u64, 0, time as i64, label as u32));
            }
        }
        let found = found(&rows, labels.len() as u32, false);
        let node = |place: usize| labels.get(place.wrapping_sub(1)).map(|_| place as u32 - 1);
        for (i, row) in case["expect"]["matrix"].as_array().unwrap().iter().enumerate() {
            for (j, cell) in row.as_array().unwrap().iter().enumerate() {
                // Nothing comes before a start or after an end.
                if i == nodes.len() - 1 || j == 0 {
                    let zero = cell == 0 || cell.as_str().is_some_and(|text| text.starts_with('0'));
                    assert!(zero, "{id}");
                    continue;
                }
                let pair = (node(i), node(j));
                let value = match case["params"]["weight"].as_str().unwrap() {
                    "count" => Value::Defined(found.count(pair.0, pair.1).into()),
                    "share_of_total (num/den)" => found.share(pair.0, pair.1),
                    "avg_per_path (num/den)" => found.per_path(pair.0, pair.1),
                    "proba_out (num/den)" => found.probability_out(pair.0, pair.1),
                    "proba_in (num/den)" => found.probability_in(pair.0, pair.1),
                    other => panic!("{id}: {other}"),
                };
                let text = cell.as_str().map_or_else(|| cell.to_string(), str::to_owned);
                assert_eq!(exact(&value), Some(text.parse().unwrap()), "{id} {pair:?}");
            }
        }
        ran += 1;
    }
    println!("transitions: {ran} cases of other systems");
    assert_eq!(ran, 5);
}
