//! Depths against all chains of few events, most of which tie, and against the general way.

use proptest::prelude::*;

use super::quick;
use crate::events::chain::Judge;
use crate::events::units::for_each_unit;
use crate::events::{EventFunnel, Events, Length};
use crate::funnel::TimeUnit;

type Row = (u64, i64, u8);

/// How far the longest chain goes that `events` can be put to: each used once.
fn longest(chain: &[i64], used: u32, events: &[(i64, u8)], spec: (u32, u64, bool)) -> usize {
    let (steps, window, strict) = spec;
    if chain.len() == steps as usize {
        return chain.len();
    }
    let fits = |place: usize| {
        let (time, mask) = events[place];
        let free = used >> place & 1 == 0 && mask >> chain.len() & 1 == 1;
        let later =
            chain.last().is_none_or(|last| if strict { *last < time } else { *last <= time });
        let within = chain
            .first()
            .is_none_or(|first| i128::from(time) - i128::from(*first) <= i128::from(window));
        free && later && within
    };
    let further = (0..events.len()).filter(|place| fits(*place)).map(|place| {
        let chain = [chain, &[events[place].0]].concat();
        longest(&chain, used | 1 << place, events, spec)
    });
    further.max().unwrap_or(0).max(chain.len())
}

fn expected(rows: &[Row], spec: (u32, u64, bool)) -> Vec<u64> {
    let mut entities: Vec<u64> = rows.iter().map(|row| row.0).collect();
    entities.sort_unstable();
    entities.dedup();
    let depths: Vec<usize> = entities
        .iter()
        .map(|entity| {
            let own = rows.iter().filter(|row| row.0 == *entity);
            let events: Vec<(i64, u8)> = own.map(|row| (row.1, row.2)).collect();
            longest(&[], 0, &events, spec)
        })
        .collect();
    let came = |steps| depths.iter().filter(|depth| **depth == steps as usize).count() as u64;
    (0..=spec.0).map(came).collect()
}

fn query((steps, window, strict): (u32, u64, bool)) -> EventFunnel {
    let query = EventFunnel::builder(steps).window(Length::new(window, TimeUnit::Second));
    if strict { query.strict_times() } else { query }.build().unwrap()
}

/// In each arrangement, with entities as they are, far apart, and in 32 bits; masks in 8 bits and 64.
fn check(rows: &[Row], spec: (u32, u64, bool)) {
    let expected = expected(rows, spec);
    let query = query(spec);
    let get = |events: Result<Events<'_>, crate::Error>| {
        quick(&events.unwrap(), &query).unwrap().unwrap()
    };
    let mut rows = rows.to_vec();
    for arrangement in 0..3 {
        match arrangement {
            0 => {}
            1 => rows.sort_by_key(|row| row.1),
            _ => rows.sort_by_key(|row| (row.0, row.1)),
        }
        let time: Vec<i64> = rows.iter().map(|row| row.1).collect();
        let masks: Vec<u8> = rows.iter().map(|row| row.2).collect();
        let wide_masks: Vec<u64> = masks.iter().map(|mask| u64::from(*mask)).collect();
        let far: Vec<u64> = rows.iter().map(|row| row.0 << 59 | row.0).collect();
        let near: Vec<u32> = rows.iter().map(|row| row.0 as u32 + 7).collect();
        let (first, second) = match arrangement {
            0 => {
                (Events::unsorted(&far, &time, &masks), Events::unsorted(&near, &time, &wide_masks))
            }
            1 => (Events::by_time(&far, &time, &masks), Events::by_time(&near, &time, &wide_masks)),
            _ => (Events::sorted(&far, &time, &masks), Events::sorted(&near, &time, &wide_masks)),
        };
        assert_eq!(get(first), expected, "far, arrangement {arrangement}");
        assert_eq!(get(second), expected, "near, arrangement {arrangement}");
    }
    let mut judge = Judge::new(&query, TimeUnit::Second, None).unwrap();
    let mut general = vec![0; expected.len()];
    let far: Vec<u64> = rows.iter().map(|row| row.0 << 59 | row.0).collect();
    let times: Vec<i64> = rows.iter().map(|row| row.1).collect();
    let masks: Vec<u8> = rows.iter().map(|row| row.2).collect();
    let events = Events::unsorted(&far, &times, &masks).unwrap();
    for_each_unit(&events, &query, |unit| {
        general[judge.depth(unit.events)] += 1;
        Ok(())
    })
    .unwrap();
    assert_eq!(general, expected, "the general way");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn depths_are_of_the_longest_chains(
        rows in prop::collection::vec((0..3_u64, 0..5_i64, 0..32_u8), 0..14),
        steps in 1..5_u32,
        window in 0..6_u64,
        strict: bool,
        edge in 0..4,
    ) {
        // At the edges of what a time can be too.
        let moved = |time: i64| match edge {
            0 => time,
            1 => i64::MIN + time,
            2 => i64::MAX - time,
            _ => if time < 2 { i64::MIN + time } else { i64::MAX - time },
        };
        let rows: Vec<Row> = rows.iter().map(|row| (row.0, moved(row.1), row.2)).collect();
        check(&rows, (steps, window, strict));
        check(&rows, (steps, u64::MAX - window, strict));
    }

    #[test]
    fn one_group_of_events_that_match_several_steps(
        rows in prop::collection::vec((Just(1_u64), 3..5_i64, 0..128_u8), 0..8),
        window in 0..2_u64,
    ) {
        check(&rows, (7, window, false));
    }
}

/// In numbers enough for several parts, in any order, against the sorted pass.
#[test]
fn many_parts_are_as_one_pass() {
    let mut state = 1_u64;
    let mut below = |end: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        ((state >> 32) * end) >> 32
    };
    for spread in [1, 3, 1 << 20, 0x1234_5678_9abc_def1] {
        for unit in [1, 1 << 40] {
            let mut rows: Vec<(u64, i64, u8)> = (0..300_000)
                .map(|_| {
                    let entity = below(30_000).wrapping_mul(spread);
                    (entity, below(1_000) as i64 * unit, 1 << below(6) | (below(20) == 0) as u8)
                })
                .collect();
            let spec = (5, 300 * unit as u64, false);
            let columns = |rows: &[Row]| {
                let entities: Vec<u64> = rows.iter().map(|row| row.0).collect();
                let times: Vec<i64> = rows.iter().map(|row| row.1).collect();
                let masks: Vec<u8> = rows.iter().map(|row| row.2).collect();
                (entities, times, masks)
            };
            let (entities, times, masks) = columns(&rows);
            let events = Events::unsorted(&entities, &times, &masks).unwrap();
            let unsorted = quick(&events, &query(spec)).unwrap();
            rows.sort_unstable();
            let (entities, times, masks) = columns(&rows);
            let events = Events::sorted(&entities, &times, &masks).unwrap();
            let sorted = quick(&events, &query(spec)).unwrap();
            assert_eq!(unsorted, sorted);
            assert!(sorted.unwrap().iter().all(|count| *count > 0));
        }
    }
}

/// Keys that fall into one place of the table: numbered by sorting instead.
#[test]
fn entities_made_to_collide() {
    // The inverse of the spread, by Newton's steps.
    let spread = 0x9e37_79b9_7f4a_7c15_u64;
    let inverse =
        (0..6).fold(spread, |x, _| x.wrapping_mul(2_u64.wrapping_sub(spread.wrapping_mul(x))));
    assert_eq!(spread.wrapping_mul(inverse), 1);
    let entities: Vec<u64> = (0..100_000).map(|i: u64| (i / 2).wrapping_mul(inverse)).collect();
    let times: Vec<i64> = (0..100_000).collect();
    let masks: Vec<u8> = (0..100_000).map(|i| 1 << (i % 2)).collect();
    let events = Events::unsorted(&entities, &times, &masks).unwrap();
    let depths = quick(&events, &query((2, 1, false))).unwrap().unwrap();
    assert_eq!(depths, [0, 0, 50_000]);
}
