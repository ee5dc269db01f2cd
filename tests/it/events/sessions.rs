//! Sessions against a model that asks of two events whether they belong together.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value as Json;
use yardstick::events::{Events, Length, Sessions, minutes, seconds, sessions};
use yardstick::funnel::TimeUnit;
use yardstick::{ErrorKind, Rational, Reason, Value};

fn cut(rows: &[(u64, i64)], gap: u64) -> Sessions {
    let entities: Vec<u64> = rows.iter().map(|(entity, _)| *entity).collect();
    let times: Vec<i64> = rows.iter().map(|(_, time)| *time).collect();
    let masks = vec![0_u8; rows.len()];
    let unsorted = Events::unsorted(&entities, &times, &masks).unwrap();
    let found = sessions(&unsorted, seconds(gap)).unwrap();
    // Declared as what they are, if they are.
    for declared in [Events::sorted, Events::by_time] {
        if let Ok(events) = declared(&entities, &times, &masks) {
            assert_eq!(sessions(&events, seconds(gap)).unwrap(), found);
        }
    }
    found
}

/// How many other times of the entity, up to an event's own, come more than a gap after the one before.
fn number(rows: &[(u64, i64)], (entity, time): (u64, i64), gap: u64) -> u64 {
    let own = rows.iter().filter(|(other, _)| *other == entity).map(|(_, time)| *time);
    let times: BTreeSet<i64> = own.filter(|other| *other <= time).collect();
    let away = |later: &i64| {
        let before = times.range(..*later).next_back();
        before.is_some_and(|before| i128::from(*later) - i128::from(*before) > gap.into())
    };
    times.iter().filter(|time| away(time)).count() as u64
}

fn any_rows() -> impl Strategy<Value = Vec<(u64, i64)>> {
    prop_oneof![
        prop::collection::vec((0_u64..4, -10_i64..10), 0..20),
        prop::collection::vec(
            (0_u64..2, prop::sample::select(vec![i64::MIN, -1, 0, i64::MAX])),
            0..9
        ),
    ]
}

fn any_gap() -> impl Strategy<Value = u64> {
    prop_oneof![0_u64..8, Just(1 << 63), Just(u64::MAX - 1), Just(u64::MAX)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn every_number_is_that_of_the_model(
        mut rows in any_rows(),
        gap in any_gap(),
        sorted in 0_u8..3,
    ) {
        match sorted {
            0 => rows.sort_unstable(),
            1 => rows.sort_by_key(|(_, time)| *time),
            _ => {}
        }
        let found = cut(&rows, gap);
        let expected: Vec<u64> = rows.iter().map(|row| number(&rows, *row, gap)).collect();
        prop_assert_eq!(found.numbers(), &expected);
        let mut each: Vec<(u64, u64)> =
            rows.iter().zip(&expected).map(|((entity, _), number)| (*entity, *number)).collect();
        each.sort_unstable();
        let distinct: BTreeSet<(u64, u64)> = each.iter().copied().collect();
        let entities: BTreeSet<u64> = rows.iter().map(|(entity, _)| *entity).collect();
        prop_assert_eq!(found.count(), distinct.len() as u64);
        prop_assert_eq!(found.entities(), entities.len() as u64);
        let size = |of: &(u64, u64)| each.iter().filter(|other| *other == of).count() as u64;
        let mut sizes: Vec<u64> = distinct.iter().map(size).collect();
        sizes.sort_unstable();
        prop_assert_eq!(found.sizes(), &sizes);
        let mut total = 0_i128;
        for of in &distinct {
            let own = rows.iter().zip(&expected).filter(|((entity, _), number)| (*entity, **number) == *of);
            let times: Vec<i128> = own.map(|((_, time), _)| i128::from(*time)).collect();
            total += times.iter().max().unwrap() - times.iter().min().unwrap();
        }
        prop_assert_eq!(found.durations().total(), Rational::from(total));
        prop_assert_eq!(found.durations().count(), found.count());
        if found.count() > 0 {
            let mean = Rational::new(rows.len() as i128, distinct.len() as i128).unwrap();
            prop_assert_eq!(found.events_per_session(), Value::Defined(mean));
            let mean = Rational::new(distinct.len() as i128, entities.len() as i128).unwrap();
            prop_assert_eq!(found.per_entity(), Value::Defined(mean));
        }
    }

    #[test]
    fn order_does_not_count(
        rows in any_rows(),
        gap in any_gap(),
        swaps in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..20),
    ) {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        if !rows.is_empty() {
            swaps.iter().for_each(|(a, b)| order.swap(a.index(rows.len()), b.index(rows.len())));
        }
        let (own, found) = (cut(&rows, gap), cut(&order.iter().map(|row| rows[*row]).collect::<Vec<_>>(), gap));
        let numbers: Vec<u64> = order.iter().map(|row| own.numbers()[*row]).collect();
        prop_assert_eq!(found.numbers(), &numbers);
        prop_assert_eq!(found.sizes(), own.sizes());
        prop_assert_eq!(found.durations(), own.durations());
    }
}

#[test]
fn no_events_and_no_whole_gap() {
    let none = cut(&[], 5);
    assert_eq!((none.count(), none.entities(), none.numbers().len()), (0, 0, 0));
    assert_eq!(none.events_per_session(), Value::Undefined(Reason::NoBase));
    assert_eq!(none.per_entity(), Value::Undefined(Reason::NoBase));
    let events = Events::sorted(&[1_u32], &[0], &[0_u8]).unwrap().unit(TimeUnit::Hour);
    assert_eq!(sessions(&events, minutes(30)).unwrap_err().kind(), ErrorKind::Inexact);
    assert!(sessions(&events, minutes(120)).is_ok());
    assert_eq!(
        sessions(&events, Length::new(2, TimeUnit::Hour)).unwrap().durations().unit(),
        TimeUnit::Hour
    );
}

#[test]
fn cases_of_other_systems() {
    let Ok(shared) = std::env::var("YARDSTICK_SHARED") else { return };
    let path = format!("{shared}/oracle/funnel/duckdb_behavioral.json");
    let document: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = document["cases"].as_array().unwrap().iter();
    let mut ran = 0;
    for case in cases.filter(|case| case["kind"] == "sessionize") {
        // An event without a time is none here.
        let expected = case["expect"]["session_ids"].as_array().unwrap();
        let stamps = case["timestamps"].as_array().unwrap().iter().zip(expected);
        let (rows, expected): (Vec<(u64, i64)>, Vec<u64>) = stamps
            .filter_map(|(time, id)| Some(((1, time.as_i64()?), id.as_u64().unwrap())))
            .unzip();
        let found = cut(&rows, case["params"]["gap"].as_u64().unwrap());
        let numbers: Vec<u64> = found.numbers().iter().map(|number| number + 1).collect();
        assert_eq!(numbers, expected, "{}", case["id"]);
        ran += 1;
    }
    println!("sessions: {ran} cases of other systems");
    assert_eq!(ran, 3);
}
