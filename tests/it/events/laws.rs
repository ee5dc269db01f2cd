//! Funnels of events: every kind of query against every chain there is.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use yardstick::events::{Attribution, Counting, EventFunnelResult};

use super::cases::{Case, Kind, any_case};
use super::columns::{Columns, Declared};
use super::counted::Counted;
use super::model::{Found, chains};
use super::settings::{Row, Settings};

pub(super) fn allowed() -> Vec<Kind> {
    let all = Kind::all().into_iter().filter(Kind::allowed);
    // Reasons are there wherever they can be.
    all.filter(|kind| kind.reasons || kind.counting == Counting::Totals).collect()
}

/// The same cases on every run, so many of each of the kinds.
fn each_kind(kinds: &[Kind], cases: u32, law: impl Fn(Case) -> Result<(), TestCaseError>) {
    for (seed, kind) in (0_u8..=255).cycle().zip(kinds) {
        let config = Config {
            cases,
            failure_persistence: None,
            max_shrink_iters: 5_000,
            ..Config::default()
        };
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
        let mut runner = TestRunner::new_with_rng(config, rng);
        if let Err(error) = runner.run(&any_case(vec![*kind]), &law) {
            panic!("{kind:?}: {error}");
        }
    }
}

/// The chains that the library finds, which do not say what would come next.
pub(super) fn found(settings: &Settings, rows: &[Row], declared: Declared) -> Vec<Found> {
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
pub(super) fn computed(settings: &Settings, rows: &[Row], declared: Declared) -> EventFunnelResult {
    let query = settings.builder().build().unwrap();
    query.compute(&Columns::of(rows, settings).events(declared)).unwrap()
}

#[test]
fn chains_and_counts_are_those_of_the_model() {
    let (cases, ties) = (Cell::new(0_u32), Cell::new(0_u32));
    let kinds = allowed();
    each_kind(&kinds, 2, |case| {
        cases.set(cases.get() + 1);
        ties.set(ties.get() + u32::from(case.ties()));
        let Case { settings, rows } = &case;
        prop_assert_eq!(found(settings, rows, Declared::Unsorted), by_model(settings, rows));
        let columns = Columns::of(rows, settings);
        let counted = Counted::by_library(settings, &columns.events(Declared::Unsorted), 4);
        prop_assert_eq!(counted, Counted::by_model(settings, rows));
        Ok(())
    });
    println!("{} kinds, {} cases, {} of them with ties", kinds.len(), cases.get(), ties.get());
    assert!(ties.get() * 2 >= cases.get());
}

/// The rows in an order that may be declared so.
pub(super) fn arranged(rows: &[Row], declared: Declared) -> Vec<Row> {
    let mut rows = rows.to_vec();
    match declared {
        Declared::Sorted => rows.sort_by_key(|row| (row.entity, row.time)),
        Declared::ByTime => rows.sort_by_key(|row| row.time),
        Declared::Unsorted => {}
    }
    rows
}

/// Counts alone have ways of their own, by the columns that carry the events.
#[test]
fn counts_alone_are_those_of_the_model() {
    let of_chain = [Some(Attribution::First), Some(Attribution::Last), Some(Attribution::Step)];
    let mut kinds = allowed();
    kinds.retain(|kind| !of_chain.contains(&kind.segments));
    each_kind(&kinds, 1, |case| {
        let Case { mut settings, rows } = case;
        settings.trend = false;
        settings.reasons = false;
        (settings.between, settings.correlated) = (Vec::new(), Vec::new());
        let rows: Vec<Row> = rows.iter().map(|row| Row { value: None, ..*row }).collect();
        let expected = Counted::by_model(&settings, &rows);
        for declared in [Declared::Sorted, Declared::ByTime, Declared::Unsorted] {
            let rows = arranged(&rows, declared);
            let columns = Columns::of(&rows, &settings);
            let widths = if declared == Declared::Unsorted { [8, 64] } else { [16, 32] };
            for bits in widths {
                let events = columns.asked_for(declared, bits, &settings);
                prop_assert_eq!(&Counted::by_library(&settings, &events, 4), &expected);
            }
        }
        Ok(())
    });
}
