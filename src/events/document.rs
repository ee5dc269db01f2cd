//! A query over events as a document.
//!
//! JSON (feature `json`: [`EventFunnel::from_json`](super::EventFunnel::from_json) and
//! [`to_json`](super::EventFunnel::to_json)), or any format of serde that describes itself:
//! [`EventFunnel`](super::EventFunnel) implements `Deserialize` and `Serialize` (feature `serde`). All
//! problems of a document are reported at once, each with its path. Unknown fields are refused, and what
//! does not go together is refused as by the builder. Null counts as absent.
//!
//! | field | | meaning, as by the builder |
//! |---|---|---|
//! | `steps` | required | list of 1 to 64 *steps*; others name them by their place, from 0 |
//! | `window` | | a *length*: [`window`](super::EventFunnelBuilder::window) |
//! | `anchor` | | `start` (without it) or `previous`: [`Anchor`](super::Anchor) |
//! | `order` | | `ordered` (without it), `strict` or `any`: [`Order`](super::Order) |
//! | `strict_times` | | `true`: [`strict_times`](super::EventFunnelBuilder::strict_times) |
//! | `entry` | | `best` (without it), `first` or `latest`: [`Entry`](super::Entry) |
//! | `open_entry` | | `true`: [`open_entry`](super::EventFunnelBuilder::open_entry) |
//! | `counting` | | `uniques` (without it), `totals` or `sessions`: [`Counting`](super::Counting) |
//! | `exclusions` | | list of `{"from": STEP, "to": STEP, "bit": BIT}`: [`exclude`](super::EventFunnelBuilder::exclude) |
//! | `effect` | | `breaks` (without it) or `drops`: [`Effect`](super::Effect) |
//! | `held` | | `true`: [`held`](super::EventFunnelBuilder::held) |
//! | `by_segment` | | `first`, `last` or `all`, or `{"step": STEP}`: [`Attribution`](super::Attribution) |
//! | `trend` | | `day week month quarter year`: [`trend`](super::EventFunnelBuilder::trend) |
//! | `time_between` | | list of `{"from": STEP, "to": STEP}`: [`time_between`](super::EventFunnelBuilder::time_between) |
//! | `reasons` | | `true`: [`reasons`](super::EventFunnelBuilder::reasons) |
//! | `correlate` | | list of bits: [`correlate`](super::EventFunnelBuilder::correlate) |
//!
//! **A step**
//!
//! | field | | meaning |
//! |---|---|---|
//! | `name` | | its name; without it `step 1` and so on |
//! | `owner` | | `marketing`, `sales`, `both` (without it) or `customer` |
//! | `at_least_after` | | a *length*: [`at_least_after`](super::EventFunnelBuilder::at_least_after) |
//! | `at_most_after` | | a *length*: [`at_most_after`](super::EventFunnelBuilder::at_most_after) |
//! | `optional` | | `true`: [`optional`](super::EventFunnelBuilder::optional) |
//!
//! **A length** is text: a number and `nanosecond`, `microsecond`, `millisecond`, `second`, `minute`,
//! `hour` or `day`, or its plural: `"7 days"`.
//!
//! A query is written without what says no more than its absence, and reads back as the same query.
//!
//! ```
//! # #[cfg(feature = "json")] {
//! use yardstick::events::{EventFunnel, days};
//! use yardstick::Owner;
//!
//! let query = EventFunnel::from_json(r#"{
//!     "steps": [
//!         {"name": "visit", "owner": "marketing"},
//!         {"name": "cart"},
//!         {"name": "order", "owner": "sales", "at_most_after": "2 days"}
//!     ],
//!     "window": "7 days",
//!     "exclusions": [{"from": 0, "to": 2, "bit": 3}],
//!     "time_between": [{"from": 0, "to": 2}]
//! }"#)?;
//! let same = EventFunnel::builder(3)
//!     .name(0, "visit", Owner::Marketing)
//!     .name(1, "cart", Owner::Both)
//!     .name(2, "order", Owner::Sales)
//!     .at_most_after(2, days(2))
//!     .window(days(7))
//!     .exclude(0, 2, 3)
//!     .time_between(0, 2)
//!     .build()?;
//! assert_eq!(query, same);
//! assert_eq!(EventFunnel::from_json(&query.to_json()?)?, query);
//! # }
//! # Ok::<(), yardstick::Error>(())
//! ```

#[cfg(feature = "serde")]
mod write;
