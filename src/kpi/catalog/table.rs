//! The catalog as a table, to read and to search.
//!
#![doc = include_str!("CATALOG.md")]
