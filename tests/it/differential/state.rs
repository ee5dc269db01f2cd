//! States of event funnels: parts against the whole, and bytes that nobody wrote.

use yardstick::events::{EventFunnel, EventState, OpenEventState};

use super::Bytes;
use super::events::{Rows, query};

/// The head of a state: magic, version, kind, fingerprint.
const HEAD: usize = 14;

/// A query and events in parts, merged in an order of the bytes; then the bytes as a state.
pub(crate) fn check(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let Some(query) = query(&mut bytes) else { return };
    let (order, cut) = (bytes.u64(), bytes.byte());
    let hostile = bytes.byte() & 1 == 1;
    if hostile {
        return any_bytes(&query, bytes.rest());
    }
    let rows = Rows::read(&mut bytes);
    parts(&query, &rows, order, cut);
    // A payload of which one byte is another one.
    let states = [
        rows.events(|events| query.state(events)).unwrap().to_bytes(),
        rows.events(|events| query.open_state(events)).unwrap().to_bytes(),
    ];
    for state in states {
        let mut payload = state[HEAD..state.len() - 4].to_vec();
        let place = (order % payload.len() as u64) as usize;
        payload[place] = payload[place].wrapping_add(cut);
        any_bytes(&query, &payload);
    }
}

/// In parts by entity and by row, against all at once.
fn parts(query: &EventFunnel, rows: &Rows, order: u64, cut: u8) {
    let whole = rows.events(|events| query.compute(events)).unwrap();
    // Three parts; which one an entity, or a row, is in and in which order they come, by bits.
    let place = |i: usize| (order >> (2 * (i % 24)) & 3).min(2) as usize;
    let turn = usize::from(cut) % 3;
    let of_parts = |part: &dyn Fn(usize) -> usize| {
        let rows_of = |which| rows.part((0..rows.len()).filter(|row| part(*row) == which));
        [0, 1, 2].map(|which| rows_of((which + turn) % 3))
    };

    let closed = of_parts(&|row| place(rows.entities[row] as usize));
    let closed = closed.map(|part| part.events(|events| query.state(events)).unwrap());
    let [mut merged, second, third] = closed.clone();
    merged.merge(&second).unwrap();
    merged.merge(&third).unwrap();
    assert_eq!(merged.finish(), whole, "closed, {query:?}, {rows:?}");
    let [first, mut other, third] = closed;
    other.merge(&EventState::from_bytes(query, &third.to_bytes()).unwrap()).unwrap();
    other.merge(&first).unwrap();
    assert_eq!(other, merged);
    assert_eq!(other.to_bytes(), merged.to_bytes());
    assert_eq!(EventState::from_bytes(query, &merged.to_bytes()).unwrap(), merged);

    let open = of_parts(&|row| place(row + usize::from(cut)));
    let open = open.map(|part| part.events(|events| query.open_state(events)).unwrap());
    let [mut merged, second, third] = open.clone();
    merged.merge(&second).unwrap();
    merged.merge(&third).unwrap();
    assert_eq!(merged.finish().unwrap(), whole, "open, {query:?}, {rows:?}");
    let [first, mut other, third] = open;
    other.merge(&OpenEventState::from_bytes(query, &third.to_bytes()).unwrap()).unwrap();
    other.merge(&first).unwrap();
    assert_eq!(other, merged);
    assert_eq!(other.to_bytes(), merged.to_bytes());
    let again = OpenEventState::from_bytes(query, &merged.to_bytes()).unwrap();
    assert_eq!(again, merged);
    assert_eq!(again.finish().unwrap(), whole);
    let all = rows.events(|events| query.open_state(events)).unwrap();
    assert_eq!(all, merged);
}

/// Bytes as they are, and behind a head and before a checksum that are right. What is taken for a state
/// is one: it is written as it was read, and ends.
fn any_bytes(query: &EventFunnel, data: &[u8]) {
    assert!(EventState::from_bytes(query, data).is_err());
    assert!(OpenEventState::from_bytes(query, data).is_err());
    let none = Rows::default();
    let closed = none.events(|events| query.state(events)).unwrap().to_bytes();
    let framed = frame(&closed[..HEAD], data);
    assert!(OpenEventState::from_bytes(query, &framed).is_err());
    if let Ok(mut state) = EventState::from_bytes(query, &framed) {
        assert_eq!(state.to_bytes(), framed);
        let once = state.clone();
        // Counts of a state that was made up can be too large.
        let _ = state.merge(&once);
        let _ = state.finish().total().funnel();
    }
    let open = none.events(|events| query.open_state(events)).unwrap().to_bytes();
    let framed = frame(&open[..HEAD], data);
    assert!(EventState::from_bytes(query, &framed).is_err());
    if let Ok(mut state) = OpenEventState::from_bytes(query, &framed) {
        assert_eq!(state.to_bytes(), framed);
        let once = state.clone();
        state.merge(&once).unwrap();
        // A trend has no days that far.
        let _ = state.finish();
    }
}

/// A state with this payload.
pub(crate) fn frame(head: &[u8], payload: &[u8]) -> Vec<u8> {
    let framed = [head, payload].concat();
    let checksum = crc32(&framed).to_le_bytes();
    [&framed[..], &checksum].concat()
}

/// Bit after bit.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}
