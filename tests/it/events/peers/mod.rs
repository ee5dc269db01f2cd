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

#[cfg(feature = "capi")]
pub(crate) use self::library::Asked;

/// A case of another system, and the funnels that the library is asked for to answer it.
#[cfg(feature = "capi")]
pub(crate) struct Answered {
    pub(crate) id: String,
    /// Whether the other system answers the same.
    pub(crate) equal: bool,
    /// None where the query is refused.
    pub(crate) asked: Vec<Asked>,
}

/// All cases that are about funnels.
#[cfg(feature = "capi")]
pub(crate) fn funnels_asked() -> Vec<Answered> {
    let mut answered = Vec::new();
    for case in cases::all() {
        if !case.kind().contains("funnel") {
            continue;
        }
        let (verdict, asked) = library::listen(|| classify::verdict(&case));
        let equal = matches!(verdict, rules::Verdict::Equal(_));
        answered.push(Answered { id: case.id().to_owned(), equal, asked });
    }
    answered
}
