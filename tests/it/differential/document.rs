//! Queries over events as documents: written and read, and texts that nobody wrote.

use yardstick::events::EventFunnel;

use super::Bytes;
use super::events::query;

const WORDS: [&str; 48] = [
    "{\"steps\":[{},{},{}],",
    "\"window\":",
    "\"7 days\"",
    "\"1 hour\"",
    "\"90 seconds\"",
    "\"anchor\":",
    "\"previous\"",
    "\"order\":",
    "\"any\"",
    "\"strict\"",
    "\"strict_times\":",
    "true",
    "false",
    "null",
    "\"entry\":",
    "\"first\"",
    "\"latest\"",
    "\"open_entry\":",
    "\"counting\":",
    "\"totals\"",
    "\"sessions\"",
    "\"exclusions\":",
    "{\"from\":0,\"to\":1,\"bit\":5}",
    "{\"from\":0,\"to\":2}",
    "\"effect\":",
    "\"drops\"",
    "\"held\":",
    "\"by_segment\":",
    "{\"step\":1}",
    "\"all\"",
    "\"trend\":",
    "\"week\"",
    "\"time_between\":",
    "\"reasons\":",
    "\"correlate\":",
    "[",
    "]",
    "{",
    "}",
    ",",
    "5",
    "63",
    "-1",
    "0.5",
    "\"steps\":",
    "{\"name\":\"visit\",\"owner\":\"sales\"}",
    "{\"at_least_after\":\"1 day\",\"at_most_after\":\"0 days\"}",
    "{\"optional\":true}",
];

/// A query is read as it was written; a text is refused, or is a query that is.
pub(crate) fn check(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    if bytes.byte() & 1 == 0 {
        if let Some(query) = query(&mut bytes) {
            again(&query);
        }
        return;
    }
    let mut text = bytes.text(&WORDS);
    // Many begin well and end too early.
    if text.starts_with("{\"steps\"") && !text.ends_with('}') {
        text = format!("{}}}", text.trim_end_matches(','));
    }
    match EventFunnel::from_json(&text) {
        Ok(query) => again(&query),
        Err(error) => {
            let long = error.to_string().len();
            assert!(long < 600 + 8 * text.len() + 200 * error.problems().len(), "{error}");
        }
    }
}

fn again(query: &EventFunnel) {
    let text = query.to_json().unwrap();
    let read = EventFunnel::from_json(&text).unwrap();
    assert_eq!(read, *query, "{text}");
    assert_eq!(read.to_json().unwrap(), text);
}
