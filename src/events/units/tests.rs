//! Units of the same events, however they are arranged.

use proptest::prelude::*;

use super::for_each_unit;
use crate::events::{Attribution, Counting, EventFunnel, Events, Order};

/// Entity, time, mask, segment, held key, session.
type Row = (u64, i64, u8, u32, u64, u64);
/// The unit, and of its events time, mask, key and segment.
type Seen = ((u64, Option<u64>, Option<u32>), Vec<(i64, u64, u64, u32)>);

fn units(rows: &[Row], arrangement: u8, query: &EventFunnel) -> Vec<Seen> {
    let entities: Vec<u64> = rows.iter().map(|row| row.0).collect();
    let narrow: Vec<u32> = rows.iter().map(|row| row.0 as u32).collect();
    let times: Vec<i64> = rows.iter().map(|row| row.1).collect();
    let masks: Vec<u8> = rows.iter().map(|row| row.2).collect();
    let segments: Vec<u32> = rows.iter().map(|row| row.3).collect();
    let held: Vec<u64> = rows.iter().map(|row| row.4).collect();
    let sessions: Vec<u64> = rows.iter().map(|row| row.5).collect();
    let events = match arrangement {
        0 => Events::unsorted(&entities, &times, &masks),
        1 => Events::by_time(&narrow, &times, &masks),
        _ => Events::sorted(&entities, &times, &masks),
    };
    let events = events.unwrap().segments(&segments, 3).unwrap();
    let events = events.held(&held).unwrap().sessions(&sessions).unwrap();
    let mut seen = Vec::new();
    for_each_unit(&events, query, |unit| {
        let of_events = unit.events.iter().map(|event| {
            assert_eq!((times[event.row], u64::from(masks[event.row])), (event.time, event.mask));
            (event.time, event.mask, event.key, segments[event.row])
        });
        seen.push(((unit.entity, unit.session, unit.segment), of_events.collect()));
        Ok(())
    })
    .unwrap();
    seen
}

/// The same from a plain sort of all rows.
fn expected(rows: &[Row], sessions: bool, segments: bool, strict: bool) -> Vec<Seen> {
    let mut seen = std::collections::BTreeMap::new();
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| (row.1, row.2, row.3, row.4));
    for (entity, time, mask, segment, key, session) in rows {
        let session = sessions.then_some(session);
        for segment_of_unit in [Some(None), segments.then_some(Some(segment))].into_iter().flatten()
        {
            let events: &mut Vec<_> = seen.entry((entity, session, segment_of_unit)).or_default();
            // Steps 0 and 1, excluded 3, correlated 4.
            if strict || mask & 0b11011 != 0 {
                events.push((time, u64::from(mask), key, segment));
            }
        }
    }
    seen.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_arrangement_does_not_show(
        rows in prop::collection::vec((0..4_u64, -2..3_i64, 0..64_u8, 0..3_u32, 0..3_u64, 0..3_u64), 0..40),
        by_session: bool,
        by_segment: bool,
        strict: bool,
    ) {
        let mut query = EventFunnel::builder(2).held().correlate(4);
        query = if strict { query.order(Order::Strict) } else { query.exclude(0, 1, 3) };
        if by_session {
            query = query.counting(Counting::Sessions);
        }
        query = query.by_segment(if by_segment { Attribution::All } else { Attribution::First });
        let query = query.build().unwrap();
        let expected = expected(&rows, by_session, by_segment, strict);
        let mut rows = rows;
        prop_assert_eq!(units(&rows, 0, &query), &expected[..]);
        rows.sort_by_key(|row| row.1);
        prop_assert_eq!(units(&rows, 1, &query), &expected[..]);
        rows.sort_by_key(|row| (row.0, row.1));
        prop_assert_eq!(units(&rows, 2, &query), &expected[..]);
    }
}

/// Enough for several parts.
#[test]
fn many_rows_in_parts() {
    let rows: Vec<Row> = (0..100_000_u64)
        .map(|i| {
            let x = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            (x >> 47, (x >> 20) as i64 % 100, (i % 4) as u8, 0, 0, 0)
        })
        .collect();
    let query = EventFunnel::builder(2).held().by_segment(Attribution::First).build().unwrap();
    let units = units(&rows, 0, &query);
    let only: Vec<Seen> = expected(&rows, false, false, false);
    let kept = |seen: &Seen| seen.1.iter().filter(|event| event.1 & 0b11 != 0).count();
    assert_eq!(units.iter().map(kept).sum::<usize>(), 75_000);
    assert!(units == only);
}
