//! Each case: equal to the library under a named setting, or a departure by a named rule.

use std::collections::BTreeMap;

use super::cases::{self, Case};
use super::counts::COUNTS;
use super::rules::Verdict;
use super::{funnels, returns, semantics, sequences, windows};

pub(super) fn verdict(case: &Case) -> Verdict {
    match case.kind() {
        "window_funnel" => windows::verdict(case),
        "funnel" => funnels::verdict(case),
        "funnel_semantics" => semantics::verdict(case),
        "funnel_correlation" => returns::correlation_verdict(case),
        "sequence_next_node" => sequences::next_verdict(case),
        "sequence_match" | "sequence_count" | "sequence_match_events" => {
            sequences::pattern_verdict(case)
        }
        "sessionize" => sequences::sessions_verdict(case),
        "transition_matrix" => sequences::transitions_verdict(case),
        _ => returns::retention_verdict(case),
    }
}

#[test]
fn every_case_is_equal_or_departs_by_a_rule() {
    let mut counts: BTreeMap<(&str, String, String), usize> = BTreeMap::new();
    let (mut equal, mut ran) = (0, 0);
    for case in cases::all() {
        let outcome = match verdict(&case) {
            Verdict::Equal(setting) => {
                equal += 1;
                format!("equal: {setting}")
            }
            Verdict::Departure(rule) => {
                println!("{} departs: {}", case.id(), rule.name());
                format!("departs: {}", rule.name())
            }
        };
        ran += 1;
        *counts.entry((case.file, case.system().to_owned(), outcome)).or_default() += 1;
    }
    println!("peers: {ran} cases ran, {equal} equal, {} depart, none unclassified", ran - equal);
    if ran == 0 {
        return;
    }
    for ((file, system, outcome), count) in &counts {
        println!("{file:<30} {system:<34} {count:>4} {outcome}");
    }
    let found: Vec<(&str, &str, &str, usize)> = counts
        .iter()
        .map(|((file, system, outcome), count)| (*file, system.as_str(), outcome.as_str(), *count))
        .collect();
    assert_eq!(found, COUNTS);
    assert_eq!((ran, equal), (610, 561));
}

/// The stored answers of these were made by a branch; what was shipped answers otherwise.
#[test]
fn disputed_answers_are_those_that_were_shipped() {
    let cases = cases::all();
    let disputed: Vec<&Case> = cases.iter().filter(|case| case.has("disputed")).collect();
    for case in &disputed {
        let stored = &case.field("disputed")["stored_reference_level"];
        let (shipped, ours) = (case.expect("level"), verdict(case));
        println!("{}: stored {stored}, shipped {shipped}, {ours:?}", case.id());
        assert_ne!(stored, shipped);
        assert_eq!(shipped, &case.field("live")["level"]);
    }
    println!("peers: {} disputed cases ran", disputed.len());
    assert!(cases.is_empty() || disputed.len() == 14);
}

#[test]
fn the_probes_that_depart_give_the_best_chain() {
    let mut probes = cases::all();
    probes.retain(|case| case.file == "clickhouse_probes");
    let departing = probes.iter().filter(|case| windows::probe_departs(case)).count();
    println!("peers: {} probes ran, {departing} of them depart", probes.len());
    assert!(probes.is_empty() || (probes.len(), departing) == (16, 6));
}
