//! Each case: equal to the library under a named setting, or a departure by a named rule.

use std::collections::BTreeMap;

use super::cases::{self, Case};
use super::rules::{Rule, Verdict};
use super::{funnels, semantics, windows};

fn verdict(case: &Case) -> Option<Verdict> {
    Some(match case.kind() {
        "window_funnel" => windows::verdict(case),
        "funnel" => funnels::verdict(case),
        "funnel_semantics" => semantics::verdict(case),
        _ => return None,
    })
}

#[test]
fn every_case_is_classified() {
    let mut counts: BTreeMap<(&str, String, String), usize> = BTreeMap::new();
    let mut ran = 0;
    for case in cases::all() {
        ran += 1;
        let outcome = match verdict(&case) {
            Some(Verdict::Equal(setting)) => format!("equal: {setting}"),
            Some(Verdict::Departure(rule)) => format!("departs: {}", rule.name()),
            None => "unclassified".to_owned(),
        };
        *counts.entry((case.file, case.system().to_owned(), outcome)).or_default() += 1;
    }
    println!("peers: {ran} cases ran");
    for ((file, system, outcome), count) in &counts {
        println!("{file:<30} {system:<34} {count:>4} {outcome}");
    }
    let _ = Rule::ALL;
}

#[test]
fn the_probes_that_depart_give_the_best_chain() {
    let probes = cases::of(&["window_funnel"], &["own probe"]);
    let departing = probes.iter().filter(|case| windows::probe_departs(case)).count();
    println!("probes: {} cases ran, {departing} of them depart", probes.len());
    assert!(probes.is_empty() || departing == 6);
}
