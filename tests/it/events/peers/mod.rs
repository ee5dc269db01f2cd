//! What other systems answer on their own cases, and where the library answers otherwise.
//!
//! For each system there is an interpreter of its rules, written from how they are documented and what
//! they answer. It reproduces every answer; each case is then one that the library answers in the same
//! way under a named setting, or a departure with a named rule.

mod answers;
mod best;
mod by_hand;
mod cases;
mod classify;
mod clickhouse_sequence;
mod clickhouse_window;
mod counts;
mod doris;
mod duckdb;
mod funnels;
mod library;
mod mixpanel;
mod next_node;
mod posthog;
mod retention;
mod retentioneering;
mod returns;
mod rules;
mod semantics;
mod sequences;
mod windows;
