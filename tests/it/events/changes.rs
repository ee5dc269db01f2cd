//! Funnels of events: what changes nothing.

use proptest::prelude::*;
use proptest::test_runner::Config;
use yardstick::events::{EventState, OpenEventState, Stopped};

use super::cases::{Case, any_case};
use super::columns::{Columns, Declared};
use super::laws::{allowed, arranged, computed, found};
use super::model::Found;
use super::settings::{Contents, Row, Settings};

/// Chains with what their rows hold in place of where they are, by entity, session and time.
fn contents(
    settings: &Settings,
    chains: Vec<Found>,
    rows: &[Row],
) -> Vec<(u64, Option<u64>, Vec<Contents>, bool, Option<Stopped>)> {
    let contents = |chain: Found| {
        let events = chain.rows.iter().map(|row| settings.asked_for(&rows[*row])).collect();
        (chain.entity, chain.session, events, chain.dropped, chain.stopped)
    };
    chains.into_iter().map(contents).collect()
}

proptest! {
    #![proptest_config(Config { cases: 600, failure_persistence: None, ..Config::default() })]

    #[test]
    fn the_order_of_rows_and_what_is_declared_change_nothing(
        case in any_case(allowed()),
        places in Just((0..21_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let Case { settings, rows } = case;
        let shuffled: Vec<Row> = places.iter().filter_map(|place| rows.get(*place).copied()).collect();
        prop_assert_eq!(shuffled.len(), rows.len());
        let sorted = arranged(&shuffled, Declared::Sorted);
        let by_time = arranged(&shuffled, Declared::ByTime);
        let chains = contents(&settings, found(&settings, &rows, Declared::Unsorted), &rows);
        let counts = computed(&settings, &rows, Declared::Unsorted);
        for (rows, declared) in [
            (&shuffled, Declared::Unsorted),
            (&by_time, Declared::ByTime),
            (&sorted, Declared::Sorted),
            (&by_time, Declared::Unsorted),
            (&sorted, Declared::Unsorted),
        ] {
            prop_assert_eq!(&contents(&settings, found(&settings, rows, declared), rows), &chains);
            prop_assert_eq!(&computed(&settings, rows, declared), &counts);
        }
    }

    #[test]
    fn moving_all_times_changes_nothing(case in any_case(allowed()), by in -1_000_000_i64..1_000_000) {
        let Case { settings, rows } = case;
        let settings = Settings { trend: false, ..settings };
        let counts = computed(&settings, &rows, Declared::Unsorted);
        let chains = found(&settings, &rows, Declared::Unsorted);
        // With observation, room for the longest window and gap, so that there is a time after it.
        let (first, last) = (rows.iter().map(|row| row.time).min(), rows.iter().map(|row| row.time).max());
        let last = settings.observed_until.map(|last| last + 8).or(last);
        let edges = [
            first.map(|first| i64::MIN.wrapping_sub(first)),
            last.map(|last| i64::MAX - last),
        ];
        for by in edges.into_iter().flatten().chain([by]) {
            let moved = |time: i64| time.wrapping_add(by);
            let rows: Vec<Row> = rows.iter().map(|row| Row { time: moved(row.time), ..*row }).collect();
            let settings =
                Settings { observed_until: settings.observed_until.map(moved), ..settings.clone() };
            prop_assert_eq!(&computed(&settings, &rows, Declared::Unsorted), &counts);
            prop_assert_eq!(&found(&settings, &rows, Declared::Unsorted), &chains);
        }
    }

    #[test]
    fn other_names_of_entities_change_nothing(
        case in any_case(allowed()),
        names in prop::collection::hash_set(prop_oneof![any::<u64>(), 0_u64..5], 3),
    ) {
        let Case { settings, rows } = case;
        let names: Vec<u64> = names.into_iter().collect();
        let old = |name: u64| 1 + names.iter().position(|other| *other == name).unwrap() as u64;
        let renamed: Vec<Row> =
            rows.iter().map(|row| Row { entity: names[row.entity as usize - 1], ..*row }).collect();
        let mut chains = found(&settings, &renamed, Declared::Unsorted);
        prop_assert!(chains.is_sorted_by_key(|chain| (chain.entity, chain.session)));
        chains.iter_mut().for_each(|chain| chain.entity = old(chain.entity));
        chains.sort_by_key(|chain| (chain.entity, chain.session));
        prop_assert_eq!(chains, found(&settings, &rows, Declared::Unsorted));
        let counts = computed(&settings, &rows, Declared::Unsorted);
        prop_assert_eq!(computed(&settings, &renamed, Declared::Unsorted), counts);
    }

    /// Columns that are not asked for, and narrower ones.
    #[test]
    fn the_columns_that_carry_it_change_nothing(case in any_case(allowed())) {
        let Case { settings, rows } = case;
        let query = settings.builder().build().unwrap();
        let columns = Columns::of(&rows, &settings);
        let all = query.compute(&columns.events(Declared::Unsorted)).unwrap();
        for bits in [8, 64] {
            let events = columns.asked_for(Declared::Unsorted, bits, &settings);
            prop_assert_eq!(&query.compute(&columns.with_values(events)).unwrap(), &all);
        }
    }

    /// Parts that cut through entities, and parts by entity.
    #[test]
    fn parts_change_nothing(
        case in any_case(allowed()),
        part_of in prop::collection::vec(0..4_usize, 21),
        order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let Case { settings, rows } = case;
        let query = settings.builder().build().unwrap();
        let expected = computed(&settings, &rows, Declared::Unsorted);
        let part = |which: usize, by_entity: bool| -> Vec<Row> {
            let own = |(i, row): &(usize, &Row)| match by_entity {
                true => part_of[row.entity as usize] == which,
                false => part_of[*i] == which,
            };
            rows.iter().enumerate().filter(own).map(|(_, row)| *row).collect()
        };
        let mut open: Option<OpenEventState> = None;
        let mut closed: Option<EventState> = None;
        for which in order {
            let columns = Columns::of(&part(which, false), &settings);
            let more = query.open_state(&columns.events(Declared::Unsorted)).unwrap();
            let more = OpenEventState::from_bytes(&query, &more.to_bytes()).unwrap();
            match &mut open {
                Some(open) => open.merge(&more).unwrap(),
                None => open = Some(more),
            }
            let columns = Columns::of(&part(which, true), &settings);
            let more = query.state(&columns.events(Declared::Unsorted)).unwrap();
            let more = EventState::from_bytes(&query, &more.to_bytes()).unwrap();
            match &mut closed {
                Some(closed) => closed.merge(&more).unwrap(),
                None => closed = Some(more),
            }
        }
        prop_assert_eq!(&open.unwrap().finish().unwrap(), &expected);
        prop_assert_eq!(&closed.unwrap().finish(), &expected);
    }
}
