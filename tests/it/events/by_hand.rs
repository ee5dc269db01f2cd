//! What the model finds in cases that are worked out by hand.

use yardstick::events::{Anchor, Attribution, Counting, Effect, Entry, Order, Stopped};

use super::model::{Found, chains};
use super::settings::{Row, Settings};

const A: u64 = 0b001;
const B: u64 = 0b010;
const C: u64 = 0b100;
/// An event that is excluded in funnels of two or three steps.
const X: u64 = 0b1000;

/// Events of one entity as times and masks; a key and segment of 0.
fn events(events: &[(i64, u64)]) -> Vec<Row> {
    let row = |(time, mask): &(i64, u64)| Row {
        entity: 1,
        time: *time,
        mask: *mask,
        segment: 0,
        value: None,
        key: 0,
        session: 0,
    };
    events.iter().map(row).collect()
}

fn one(settings: &Settings, rows: &[Row]) -> Found {
    let mut chains = chains(settings, rows);
    assert_eq!(chains.len(), 1);
    chains.remove(0)
}

fn depth(settings: &Settings, rows: &[(i64, u64)]) -> usize {
    one(settings, &events(rows)).rows.len()
}

fn chain(settings: &Settings, rows: &[(i64, u64)]) -> Vec<usize> {
    one(settings, &events(rows)).rows
}

fn reason(settings: &Settings, rows: &[(i64, u64)]) -> Option<Stopped> {
    let settings = Settings { reasons: true, ..settings.clone() };
    one(&settings, &events(rows)).stopped
}

fn within(steps: usize, window: u64) -> Settings {
    Settings { window: Some(window), ..Settings::plain(steps) }
}

/// Probes of ClickHouse, and in six of them another answer than its own.
#[test]
fn the_best_chain_of_the_probes() {
    let ten = within(3, 10);
    assert_eq!(depth(&ten, &[(1, A | B | C)]), 1);
    assert_eq!(depth(&ten, &[(0, A | B), (1, C)]), 1);
    assert_eq!(depth(&within(2, 10), &[(1, B), (1, A)]), 2);
    let strict = Settings { strict_times: true, ..ten.clone() };
    assert_eq!(chain(&strict, &[(0, A), (1, B), (2, B), (2, C)]), [0, 1, 3]);
    let strict = Settings { strict_times: true, ..within(2, 10) };
    assert_eq!(chain(&strict, &[(0, A), (1, A), (1, B)]), [0, 2]);
    assert_eq!(depth(&within(2, 10), &[(0, A), (10, B)]), 2);
    assert_eq!(depth(&within(2, 10), &[(0, A), (11, B)]), 1);
    assert_eq!(depth(&within(2, 0), &[(5, A), (5, B)]), 2);
    assert_eq!(depth(&ten, &[(0, A), (8, B), (12, C)]), 2);
    assert_eq!(chain(&ten, &[(0, A), (5, A), (8, B), (12, C)]), [1, 2, 3]);
    let strict = Settings { order: Order::Strict, ..within(3, 100) };
    assert_eq!(chain(&strict, &[(0, A), (1, 0), (2, A), (3, B), (4, C)]), [2, 3, 4]);
    assert_eq!(depth(&strict, &[(0, A), (1, B), (2, A), (3, C)]), 2);
    let strict = Settings { order: Order::Strict, ..within(2, 10) };
    assert_eq!(chain(&strict, &[(0, 0), (1, A), (2, B)]), [1, 2]);
    assert_eq!(chain(&within(3, 100), &[(0, A), (1, B), (2, B), (3, C)]), [0, 1, 3]);
}

#[test]
fn which_of_the_deepest_chains() {
    // The earliest completion, then the latest start, then each step as early as can be.
    let plain = Settings::plain(3);
    let found = chain(&plain, &[(0, A), (1, A), (2, B), (3, B), (4, C), (5, C)]);
    assert_eq!(found, [1, 2, 4]);
    // A shorter chain that is complete sooner does not count against a deeper one.
    assert_eq!(chain(&within(3, 3), &[(0, A), (1, B), (2, A), (4, B), (5, C)]), [2, 3, 4]);
    // At one time, the lower mask first: here the segment of the second is lower, but its mask is not.
    let mut rows = events(&[(0, A | B), (0, A), (1, B)]);
    rows[1].segment = 9;
    let by_segment = Settings { segments: Some(Attribution::First), ..Settings::plain(2) };
    assert_eq!(one(&by_segment, &rows).rows, [1, 0]);
    // The same masks: the lower segment, whichever row it is in.
    let mut rows = events(&[(0, A), (0, A)]);
    rows[0].segment = 1;
    let by_segment = Settings { segments: Some(Attribution::First), ..plain.clone() };
    assert_eq!(one(&by_segment, &rows).rows, [1]);
    assert_eq!(one(&plain, &rows).rows, [0]);
    // The lower one is needed for the second step.
    assert_eq!(chain(&Settings::plain(2), &[(0, A | B | X), (0, A | B)]), [1, 0]);
    assert_eq!(chain(&Settings::plain(2), &[(0, A | B), (0, A | X)]), [1, 0]);
}

#[test]
fn ties_in_strict_order() {
    let strict = Settings { order: Order::Strict, ..Settings::plain(3) };
    // The other event of each end lies outside.
    assert_eq!(chain(&strict, &[(0, 0), (0, A), (1, B), (1, B)]), [1, 2]);
    // It lies in the way where the chain goes on beyond it.
    assert_eq!(depth(&strict, &[(0, A), (1, B), (1, B), (2, C)]), 2);
    // At one time all can be moved aside.
    assert_eq!(depth(&strict, &[(0, A), (0, 0), (0, B), (0, A), (0, C)]), 3);
    assert_eq!(depth(&strict, &[(0, A), (0, B), (0, A), (0, 0), (1, C)]), 3);
    assert_eq!(depth(&strict, &[(0, A), (0, C), (1, B), (2, C)]), 3);
}

#[test]
fn entries_anchors_and_gaps() {
    let rows = [(0, A), (3, A), (4, B), (6, A), (9, A)];
    let from = |entry| Settings { entry, ..within(2, 3) };
    assert_eq!(chain(&from(Entry::Best), &rows), [1, 2]);
    assert_eq!(chain(&from(Entry::First), &rows), [0]);
    assert_eq!(chain(&from(Entry::Latest), &rows), [4]);
    let previous = Settings { anchor: Anchor::Previous, ..within(3, 3) };
    assert_eq!(depth(&previous, &[(0, A), (3, B), (6, C)]), 3);
    assert_eq!(depth(&previous, &[(0, A), (3, B), (7, C)]), 2);
    let mut gaps = Settings::plain(3);
    gaps.least[2] = Some(2);
    gaps.most[2] = Some(3);
    assert_eq!(chain(&gaps, &[(0, A), (1, B), (2, B), (2, C), (5, C)]), [0, 2, 4]);
    assert_eq!(depth(&gaps, &[(0, A), (1, B), (2, C), (5, C)]), 2);
}

#[test]
fn any_order() {
    let any = Settings { order: Order::Any, ..within(3, 2) };
    assert_eq!(chain(&any, &[(0, C), (1, A), (2, B), (3, C)]), [0, 1, 2]);
    // One event has one step, though it matches two.
    assert_eq!(chain(&any, &[(0, A | B), (5, C), (6, A), (7, A)]), [1, 2]);
    assert_eq!(chain(&any, &[(0, A | B), (1, A), (2, A)]), [0, 1]);
    let first = Settings { entry: Entry::First, ..any };
    assert_eq!(chain(&first, &[(0, A | B), (5, C), (6, A), (7, A)]), [0]);
}

#[test]
fn exclusions_that_break_and_that_drop() {
    let rows = [(0, A), (1, X), (2, A), (3, B)];
    let breaks = Settings { exclusions: vec![(0, 1, 3)], ..within(2, 10) };
    assert_eq!(chain(&breaks, &rows), [2, 3]);
    assert_eq!(depth(&breaks, &[(0, A), (1, X), (3, B)]), 1);
    // At the time of a step, an event of no step lies between; one of a step does not.
    assert_eq!(depth(&breaks, &[(0, A), (0, X), (3, B)]), 1);
    assert_eq!(depth(&breaks, &[(0, A), (3, X), (3, B)]), 1);
    assert_eq!(depth(&breaks, &[(0, A), (3, B | X)]), 2);
    assert_eq!(depth(&breaks, &[(0, A), (1, B | X), (3, B)]), 2);
    // Between the first step and the last, the second is not yet the end.
    let wide = Settings { exclusions: vec![(0, 2, 3)], ..within(3, 10) };
    assert_eq!(depth(&wide, &[(0, A), (1, B), (2, X), (3, C)]), 2);
    assert_eq!(depth(&wide, &[(0, A), (1, X), (2, B)]), 1);

    // PostHog: gone altogether, also without the second step, but not by what is after the window.
    let drops = Settings { effect: Effect::Drops, ..breaks };
    let dropped = |rows: &[(i64, u64)]| one(&drops, &events(rows)).dropped;
    assert!(!dropped(&[(0, A), (3, B)]));
    assert!(dropped(&[(0, A), (1, X), (2, B)]));
    assert!(dropped(&[(0, A), (1, X)]));
    assert!(dropped(&[(0, A), (10, X)]));
    assert!(!dropped(&[(0, A), (11, X)]));
    assert!(!dropped(&[(0, A), (31, A), (32, X)]));
    assert!(dropped(&[(0, A), (1, A), (2, X)]));
    assert!(!dropped(&[(0, A), (2, B), (3, X)]));
    assert!(!dropped(&rows));
    assert!(!dropped(&[(1, X), (1, B)]));
}

#[test]
fn a_key_that_is_held() {
    let held = Settings { held: true, ..Settings::plain(2) };
    let mut rows = events(&[(0, A), (1, A), (2, B), (3, B)]);
    (rows[0].key, rows[3].key) = (7, 7);
    rows[1].key = 5;
    let found = one(&Settings { reasons: true, ..held.clone() }, &rows);
    assert_eq!((found.rows, found.stopped), (vec![0, 3], None));
    rows[3].key = 8;
    let found = one(&Settings { reasons: true, ..held }, &rows);
    assert_eq!((found.rows, found.stopped), (vec![0], Some(Stopped::HeldKey)));
}

#[test]
fn totals_and_sessions() {
    let totals = Settings { counting: Counting::Totals, entry: Entry::First, ..within(2, 3) };
    let depths = |rows: &[(i64, u64)]| -> Vec<Vec<usize>> {
        chains(&totals, &events(rows)).into_iter().map(|chain| chain.rows).collect()
    };
    // Complete at 1, again at 3; the one of 4 has its window until 7, so that 5 begins no other.
    let rows = [(0, A), (1, B), (2, A), (3, B), (4, A), (5, A), (8, A), (9, B)];
    assert_eq!(depths(&rows), [vec![0, 1], vec![2, 3], vec![4], vec![6, 7]]);
    // What ties with the end of a chain begins no other.
    assert_eq!(depths(&[(0, A), (1, B), (1, A), (2, B)]), [vec![0, 1]]);
    assert_eq!(depths(&[(0, B)]), [Vec::<usize>::new()]);
    let sessions = Settings { counting: Counting::Sessions, ..Settings::plain(2) };
    let mut rows = events(&[(0, A), (1, B), (2, B)]);
    rows[1].session = 1;
    let found: Vec<_> =
        chains(&sessions, &rows).into_iter().map(|chain| (chain.session, chain.rows)).collect();
    assert_eq!(found, [(Some(0), vec![0, 2]), (Some(1), vec![])]);
}

#[test]
fn reasons_in_turn() {
    let two = within(2, 3);
    assert_eq!(reason(&two, &[(0, A), (3, B)]), None);
    assert_eq!(reason(&two, &[(0, B)]), Some(Stopped::NeverEntered));
    assert_eq!(reason(&two, &[(0, A)]), Some(Stopped::Absent));
    assert_eq!(reason(&two, &[(0, A), (4, B)]), Some(Stopped::Window));
    assert_eq!(reason(&two, &[(0, B), (1, A)]), Some(Stopped::Order));
    assert_eq!(reason(&two, &[(0, A | B)]), Some(Stopped::Order));
    let observed = |last| Settings { observed_until: Some(last), ..two.clone() };
    assert_eq!(reason(&observed(2), &[(0, A)]), Some(Stopped::EndOfObservation));
    assert_eq!(reason(&observed(3), &[(0, A)]), Some(Stopped::Absent));
    let excluded = Settings { exclusions: vec![(0, 1, 3)], ..two.clone() };
    assert_eq!(reason(&excluded, &[(0, A), (1, X), (2, B)]), Some(Stopped::Exclusion));
    // Without the excluded event it would have come after the window all the same.
    assert_eq!(reason(&excluded, &[(0, A), (1, X), (5, B)]), Some(Stopped::Window));
    let mut gap = two.clone();
    gap.least[1] = Some(2);
    assert_eq!(reason(&gap, &[(0, A), (1, B)]), Some(Stopped::Gap));
    assert_eq!(reason(&gap, &[(0, A), (1, B), (5, B)]), Some(Stopped::Gap));
    let previous = Settings { anchor: Anchor::Previous, ..two.clone() };
    assert_eq!(reason(&previous, &[(0, A), (4, B)]), Some(Stopped::Window));
    let later = Settings { strict_times: true, ..two.clone() };
    assert_eq!(reason(&later, &[(0, A), (0, B)]), Some(Stopped::Order));
    let strict = Settings { order: Order::Strict, ..two.clone() };
    assert_eq!(reason(&strict, &[(0, A), (1, 0), (2, B)]), Some(Stopped::Order));
    assert_eq!(reason(&strict, &[(0, A), (1, 0), (5, B)]), Some(Stopped::Order));
    let any = Settings { order: Order::Any, ..two.clone() };
    assert_eq!(reason(&any, &[(0, B), (4, A)]), Some(Stopped::Window));
    assert_eq!(reason(&any, &[(0, A | B), (1, 0)]), Some(Stopped::Absent));
    assert_eq!(reason(&any, &[(0, 0)]), Some(Stopped::NeverEntered));
}

#[test]
fn open_entry_and_optional_steps() {
    let open = Settings { open: true, ..within(3, 3) };
    let found = one(&open, &events(&[(0, A), (1, B), (5, B), (6, C)]));
    assert_eq!((found.rows, found.steps, found.next), (vec![2, 3], vec![1, 2], 3));
    // As far, and longer.
    let found = one(&open, &events(&[(0, B), (1, C), (2, A), (4, B), (5, C)]));
    assert_eq!((found.rows, found.steps), (vec![2, 3, 4], vec![0, 1, 2]));
    assert_eq!(reason(&open, &[(0, B)]), Some(Stopped::Absent));
    assert_eq!(reason(&open, &[(0, X)]), Some(Stopped::NeverEntered));

    let mut optional = within(3, 3);
    optional.optional[1] = true;
    let found = one(&optional, &events(&[(0, B), (1, A), (2, B), (3, B), (4, C)]));
    assert_eq!((found.rows, found.steps, found.next), (vec![1, 2, 4], vec![0, 1, 2], 3));
    let found = one(&optional, &events(&[(0, A), (1, C), (2, B)]));
    assert_eq!((found.rows, found.steps, found.next), (vec![0, 1], vec![0, 2], 3));
    // Without the last step, until the end of the window.
    let found = one(&optional, &events(&[(0, A), (3, B)]));
    assert_eq!((found.rows, found.steps, found.next), (vec![0, 1], vec![0, 1], 2));
    assert_eq!(one(&optional, &events(&[(0, A), (4, B)])).rows, [0]);
    // Its event is not one that the chain has: the only one of the last step is taken.
    let found = one(&optional, &events(&[(0, A), (1, B | C)]));
    assert_eq!((found.rows, found.steps), (vec![0, 1], vec![0, 2]));
}
