//! Counting in parts. That parts are merged to the whole is shown in `differential`; here is what is
//! refused, and what states hold.

use yardstick::events::{
    Anchor, Attribution, Counting, Effect, Entry, EventFunnel, EventFunnelBuilder, EventState,
    Events, OpenEventState, Order, days, hours, seconds,
};
use yardstick::funnel::TimeUnit;
use yardstick::{Column, Error, ErrorKind, Grain, Owner};

use crate::differential::state::frame;

fn builder() -> EventFunnelBuilder {
    let query = EventFunnel::builder(2).window(hours(24)).reasons().time_between(0, 1);
    query.by_segment(Attribution::First).trend(Grain::Day).correlate(2)
}

fn query() -> EventFunnel {
    builder().build().unwrap()
}

type Rows<'a> = (&'a [u32], &'a [i64], &'a [u8]);

fn events<'a>((entities, times, masks): Rows<'a>, codes: &'a [u32]) -> Events<'a> {
    Events::unsorted(
        Vec::leak(entities.to_vec()) as &[u32],
        times,
        Vec::leak(masks.to_vec()) as &[u8],
    )
    .unwrap()
    .segments(codes, 3)
    .unwrap()
}

const ROWS: Rows<'_> = (&[1, 1, 2, 3], &[0, 60, 90_000, -5], &[0b001, 0b110, 0b001, 0b100]);
const CODES: [u32; 4] = [2, 1, 0, 1];

fn closed() -> EventState {
    query().state(&events(ROWS, &CODES)).unwrap()
}

fn open() -> OpenEventState {
    query().open_state(&events(ROWS, &CODES)).unwrap()
}

#[test]
fn every_damaged_bit_and_every_end_is_found() {
    let kinds = |bytes: &[u8]| {
        let closed = EventState::from_bytes(&query(), bytes).map_err(|error| error.kind());
        let open = OpenEventState::from_bytes(&query(), bytes).map_err(|error| error.kind());
        (closed.err(), open.err())
    };
    let (closed, open) = (closed().to_bytes(), open().to_bytes());
    assert_eq!(kinds(&closed), (None, Some(ErrorKind::Type)));
    assert_eq!(kinds(&open), (Some(ErrorKind::Type), None));
    for bytes in [closed, open] {
        for end in 0..bytes.len() {
            assert_eq!(
                kinds(&bytes[..end]),
                (Some(ErrorKind::Syntax), Some(ErrorKind::Syntax)),
                "{end}"
            );
        }
        for bit in 0..bytes.len() * 8 {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            let kind = if bit / 8 == 4 { ErrorKind::Unknown } else { ErrorKind::Syntax };
            assert_eq!(kinds(&damaged), (Some(kind), Some(kind)), "{bit}");
        }
        let longer = [&bytes[..], &[0]].concat();
        assert_eq!(kinds(&longer), (Some(ErrorKind::Syntax), Some(ErrorKind::Syntax)));
        // Right but for what follows.
        let longer = frame(&bytes[..14], &[&bytes[14..bytes.len() - 4], &[0]].concat());
        assert!(matches!(kinds(&longer), (Some(_), Some(_))));
    }
}

#[test]
fn a_few_bytes_do_not_make_many() {
    // Counts of up to 2^127, and nothing behind them.
    for payload in [&[0xff; 18][..], &[3, 1, 0, 0xff, 0xff, 0xff, 0xff, 0x0f]] {
        for head in [&closed().to_bytes()[..14], &open().to_bytes()[..14]] {
            let bytes = frame(head, payload);
            assert!(EventState::from_bytes(&query(), &bytes).is_err());
            assert!(OpenEventState::from_bytes(&query(), &bytes).is_err());
        }
    }
}

#[test]
fn what_is_wrong_is_said() {
    let refused = |bytes: &[u8]| EventState::from_bytes(&query(), bytes).unwrap_err().to_string();
    assert_eq!(
        refused(b"PAR1"),
        "these bytes are no state of an event funnel; give what to_bytes gave"
    );
    assert_eq!(refused(b"YSEF\x01\x00"), "a state that ends after 6 bytes; give it whole");
    assert_eq!(
        refused(b"YSEF\x02"),
        "a state of version 2, and 1 is the one that is known; build it again"
    );
    assert_eq!(
        refused(&open().to_bytes()),
        "an open state where a closed state is due; keep them apart"
    );
}

#[test]
fn a_state_of_any_other_query_is_refused() {
    let others: Vec<EventFunnel> = [
        EventFunnel::builder(3).window(hours(24)),
        builder().name(0, "visit", Owner::Both),
        builder().name(0, "step 1", Owner::Sales),
        builder().window(days(1)),
        builder().anchor(Anchor::Previous),
        builder().at_least_after(1, seconds(1)),
        builder().at_most_after(1, seconds(1)),
        builder().strict_times(),
        builder().order(Order::Strict),
        builder().entry(Entry::First),
        EventFunnel::builder(2).entry(Entry::First),
        EventFunnel::builder(2).entry(Entry::First).counting(Counting::Totals),
        builder().exclude(0, 1, 3),
        builder().exclude(0, 1, 4),
        builder().exclude(0, 1, 4).effect(Effect::Drops),
        builder().held(),
        builder().by_segment(Attribution::Last),
        builder().by_segment_at(0),
        builder().by_segment_at(1),
        builder().trend(Grain::Week),
        builder().correlate(3),
        builder().open_entry(),
        EventFunnel::builder(3),
        EventFunnel::builder(3).optional(1),
        EventFunnel::builder(2),
        EventFunnel::builder(2).reasons(),
        EventFunnel::builder(2).time_between(0, 1),
    ]
    .into_iter()
    .map(|builder| builder.build().unwrap())
    .chain([query()])
    .collect();
    let (rows, codes) = (ROWS, CODES);
    let events = events(rows, &codes).held(&[0; 4]).unwrap();
    for (i, one) in others.iter().enumerate() {
        let bytes = one.state(&events).unwrap().to_bytes();
        let open = one.open_state(&events).unwrap().to_bytes();
        for (k, other) in others.iter().enumerate() {
            let kinds = (
                EventState::from_bytes(other, &bytes).err().map(|error| error.kind()),
                OpenEventState::from_bytes(other, &open).err().map(|error| error.kind()),
            );
            let expected = (i != k).then_some(ErrorKind::Shape);
            assert_eq!(kinds, (expected, expected), "{i} {k}");
        }
    }
}

#[test]
fn states_of_unlike_parts_are_not_merged() {
    let (rows, codes) = (ROWS, CODES);
    let plain = || events(rows, &codes);
    let query = query();
    let kind = |result: Result<(), Error>| result.map_err(|error| error.kind());
    let shape = Err(ErrorKind::Shape);
    let refused = |one: Events<'_>, other: Events<'_>, closed, open| {
        let mut state = query.state(&one).unwrap();
        let before = state.clone();
        assert_eq!(kind(state.merge(&query.state(&other).unwrap())), closed);
        assert!(closed.is_ok() || state == before);
        let mut state = query.open_state(&one).unwrap();
        let before = state.clone();
        assert_eq!(kind(state.merge(&query.open_state(&other).unwrap())), open);
        assert!(open.is_ok() || state == before);
    };
    refused(plain(), plain(), Ok(()), Ok(()));
    refused(plain(), plain().unit(TimeUnit::Minute), shape, shape);
    let cents = [1, 2, 3, 4];
    let valued = |scale| plain().values(Column::scaled(&cents, scale)).unwrap();
    refused(plain(), valued(2), shape, shape);
    refused(valued(0), valued(2), Ok(()), Ok(()));
    refused(plain(), plain().observed_until(90_000).unwrap(), shape, shape);
    let until = |last| plain().observed_until(last).unwrap();
    refused(until(90_000), until(90_001), shape, Ok(()));
    refused(plain(), plain().held(&[0; 4]).unwrap(), Ok(()), shape);
    refused(plain(), plain().sessions(&[0; 4]).unwrap(), Ok(()), shape);
    let wide = [i128::MAX; 4];
    let beyond = plain().values(Column::wide(&wide, 0)).unwrap();
    refused(valued(1), beyond, Ok(()), Err(ErrorKind::Overflow));
    let mut state = query.state(&plain()).unwrap();
    let other = EventFunnel::builder(2).build().unwrap().state(&plain()).unwrap();
    assert_eq!(kind(state.merge(&other)), shape);
}

#[test]
fn counts_beyond_64_bits_are_not_merged() {
    let query = EventFunnel::builder(1).build().unwrap();
    let one = query.state(&Events::sorted(&[1_u32], &[0], &[1_u8]).unwrap()).unwrap();
    let mut state = one.clone();
    for _ in 0..63 {
        let same = state.clone();
        state.merge(&same).unwrap();
    }
    assert_eq!(state.finish().total().counts(), [1 << 63]);
    let same = state.clone();
    assert_eq!(state.merge(&same).unwrap_err().kind(), ErrorKind::Overflow);
    assert_eq!(state, same);
    assert_eq!(EventState::from_bytes(&query, &state.to_bytes()).unwrap(), same);
}

#[test]
fn open_states_keep_what_can_matter() {
    // Entity 1 visits, does what nobody asks for, and buys; 2 does only what nobody asks for, often.
    let (entity, time) = ([1_u32, 1, 1, 2, 2, 2], [0, 5, 9, 1, 2, 3]);
    let mask = [0b001_u8, 0b100, 0b010, 0b100, 0b1000, 0];
    let events = Events::sorted(&entity, &time, &mask).unwrap();
    let query = EventFunnel::builder(2).build().unwrap();
    let state = query.open_state(&events).unwrap();
    assert_eq!((state.len(), state.is_empty()), (3, false));
    let total = state.finish().unwrap().total().clone();
    assert_eq!((total.entities(), total.counts()), (2, &[1, 1][..]));
    let strict = EventFunnel::builder(2).order(Order::Strict).build().unwrap();
    let state = strict.open_state(&events).unwrap();
    assert_eq!((state.len(), state.finish().unwrap().total().counts()), (6, &[1, 0][..]));
    let none = query.open_state(&Events::sorted(&[0_u32; 0], &[], &[0_u8; 0]).unwrap()).unwrap();
    assert_eq!((none.len(), none.is_empty()), (0, true));
}

#[test]
fn bytes_of_a_state_stay_as_they_are() {
    // Who reads states of an earlier build relies on them.
    let hex = |bytes: Vec<u8>| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(
        hex(closed().to_bytes()),
        concat!(
            "595345460100e5837bffda0a4b94030000030300020201010101000000000000",
            "000000010000000000013c020001010001010000000000000000000000000001",
            "0000000000000201010001010101000000000000000000000000000000000001",
            "3c0200010100010101010000000000000000000000000000000000013c020101",
            "0001010000000000000000000000000001000000000000a6f28d08",
        )
    );
    assert_eq!(
        hex(open().to_bytes()),
        concat!(
            "595345460101e5837bffda0a4b94030000040103000000010001010078a8fd0a",
            "a9fe0a01060104020100019d5041a8",
        )
    );
}

#[test]
fn states_are_as_large_as_said() {
    let count = 10_000_u32;
    let entities: Vec<u32> = (0..count).flat_map(|entity| [entity, entity]).collect();
    let times: Vec<i64> = (0..2 * i64::from(count)).map(|row| 1_700_000_000 + row * 30).collect();
    let masks: Vec<u8> = (0..2 * count).map(|row| 1 << (row % 2)).collect();
    let events = Events::sorted(&entities, &times, &masks).unwrap();
    let query = EventFunnel::builder(2).window(days(7)).build().unwrap();
    assert!(query.state(&events).unwrap().to_bytes().len() < 40);
    let open = query.open_state(&events).unwrap().to_bytes().len();
    assert!((3 * 20_000..4 * 20_000).contains(&open), "{open}");
}
