//! Funnels of events: every kind of query against every chain there is, and what changes nothing.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use yardstick::events::{Counting, EventFunnelResult, Stopped};

use super::cases::{Case, Columns, Declared, Kind, any_case};
use super::counted::Counted;
use super::model::{Found, chains};
use super::settings::{Row, Settings};

fn allowed() -> Vec<Kind> {
    let all = Kind::all().into_iter().filter(Kind::allowed);
    // Reasons are there wherever they can be.
    all.filter(|kind| kind.reasons || kind.counting == Counting::Totals).collect()
}

/// The same cases on every run, so many of each kind.
fn each_kind(cases: u32, law: impl Fn(Case) -> Result<(), TestCaseError>) {
    for (seed, kind) in (0_u8..=255).cycle().zip(allowed()) {
        let config = Config {
            cases,
            failure_persistence: None,
            max_shrink_iters: 5_000,
            ..Config::default()
        };
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
        let mut runner = TestRunner::new_with_rng(config, rng);
        if let Err(error) = runner.run(&any_case(vec![kind]), &law) {
            panic!("{kind:?}: {error}");
        }
    }
}

/// The chains that the library finds, which do not say what would come next.
fn found(settings: &Settings, rows: &[Row], declared: Declared) -> Vec<Found> {
    let query = settings.builder().build().unwrap();
    let columns = Columns::of(rows, settings);
    let chains = query.chains(&columns.events(declared)).unwrap();
    chains
        .into_iter()
        .map(|chain| {
            let times: Vec<i64> = chain.rows.iter().map(|row| rows[*row].time).collect();
            assert_eq!(chain.times, times);
            Found {
                entity: chain.entity,
                session: chain.session,
                rows: chain.rows,
                steps: chain.steps.iter().map(|step| *step as usize).collect(),
                next: 0,
                dropped: chain.dropped,
                stopped: chain.stopped,
            }
        })
        .collect()
}

#[test]
fn the_builder_takes_what_goes_together_and_nothing_else() {
    // Segments go with everything.
    let kinds: Vec<_> = Kind::all().into_iter().filter(|kind| kind.segments.is_none()).collect();
    let mut taken = 0;
    for kind in &kinds {
        let built = kind.example().builder().build();
        assert_eq!(built.is_ok(), kind.allowed(), "{kind:?} {built:?}");
        taken += u32::from(built.is_ok());
    }
    println!("{taken} of {} kinds of queries go together", kinds.len());
}

/// The chains that it should find.
fn by_model(settings: &Settings, rows: &[Row]) -> Vec<Found> {
    let chains = chains(settings, rows).into_iter();
    chains.map(|chain| Found { next: 0, ..chain }).collect()
}

/// All counts that the library finds.
fn computed(settings: &Settings, rows: &[Row], declared: Declared) -> EventFunnelResult {
    let query = settings.builder().build().unwrap();
    query.compute(&Columns::of(rows, settings).events(declared)).unwrap()
}

#[test]
fn chains_and_counts_are_those_of_the_model() {
    let (cases, ties) = (Cell::new(0_u32), Cell::new(0_u32));
    each_kind(3, |case| {
        cases.set(cases.get() + 1);
        ties.set(ties.get() + u32::from(case.ties()));
        let Case { settings, rows } = &case;
        prop_assert_eq!(found(settings, rows, Declared::Unsorted), by_model(settings, rows));
        let columns = Columns::of(rows, settings);
        let counted = Counted::by_library(settings, &columns.events(Declared::Unsorted), 4);
        prop_assert_eq!(counted, Counted::by_model(settings, rows));
        Ok(())
    });
    println!("{} kinds, {} cases, {} of them with ties", allowed().len(), cases.get(), ties.get());
    assert!(ties.get() * 2 >= cases.get());
}

/// Chains with what is in their rows in place of where they are, by entity, session and time.
fn contents(
    chains: Vec<Found>,
    rows: &[Row],
) -> Vec<(u64, Option<u64>, Vec<Row>, bool, Option<Stopped>)> {
    let contents = |chain: Found| {
        let events = chain.rows.iter().map(|row| rows[*row]).collect();
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
        let mut by_time = shuffled.clone();
        by_time.sort_by_key(|row| row.time);
        let mut sorted = shuffled.clone();
        sorted.sort_by_key(|row| (row.entity, row.time));
        let chains = contents(found(&settings, &rows, Declared::Unsorted), &rows);
        let counts = computed(&settings, &rows, Declared::Unsorted);
        for (rows, declared) in [
            (&shuffled, Declared::Unsorted),
            (&by_time, Declared::ByTime),
            (&sorted, Declared::Sorted),
            (&by_time, Declared::Unsorted),
            (&sorted, Declared::Unsorted),
        ] {
            prop_assert_eq!(&contents(found(&settings, rows, declared), rows), &chains);
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
        prop_assert_eq!(&query.compute(&columns.narrow(&settings)).unwrap(), &all);
    }
}
