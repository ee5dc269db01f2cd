//! Where windows of other systems answer otherwise than the library.

use super::best::{Spec, best};
use super::cases::{Case, Hit};
use super::clickhouse_window::Modes;
use super::rules::{Rule, Verdict};
use super::{answers, clickhouse_window, doris, duckdb, library};

use Rule::{
    EarlierStepEnds, FirstAttemptOnly, LastReplaces, OneEventServesSeveral, OwnEarlyStep,
    RepeatEnds, RepeatsBetween,
};

/// The events that the setting is given, what it asks, and its name.
fn setting(case: &Case) -> (Vec<Hit>, Spec, &'static str) {
    let modes = case.modes();
    let has = |name: &str| modes.contains(&name);
    let mut hits = case.hits();
    let mut spec = Spec { steps: case.steps(), window: Some(case.window()), ..Spec::default() };
    let only_steps =
        case.system() == "duckdb-behavioral" && has("strict_order") || has("doris_fixed_v2");
    if only_steps {
        hits.retain(|hit| hit.mask != 0);
    }
    let increase = has("strict_increase") || has("doris_increase") || has("timestamp_dedup");
    let strict = has("strict_order") || has("doris_fixed") || has("doris_fixed_v2");
    spec.strict_times = increase;
    // What ClickHouse calls re-entry lets every step come at any time: only others are in the way.
    if case.system() != "duckdb-behavioral" && has("allow_reentry") {
        let other = spec.steps;
        for hit in hits.iter_mut().filter(|hit| hit.mask == 0) {
            hit.mask = 1 << other;
        }
        spec.exclusions = (1..spec.steps).map(|step| (step - 1, step, other)).collect();
        return (hits, spec, "window, others excluded between steps");
    }
    spec.nothing_between = strict;
    let name = match (strict, increase, only_steps) {
        (false, false, _) => "window",
        (false, true, _) => "window, strict times",
        (true, false, false) => "window, strict order",
        (true, true, false) => "window, strict order, strict times",
        (true, false, true) => "window, strict order, events of steps only",
        (true, true, true) => "window, strict order, strict times, events of steps only",
    };
    (hits, spec, name)
}

pub(super) fn verdict(case: &Case) -> Verdict {
    let (hits, spec, name) = setting(case);
    let chain = library::chain(&hits, &spec);
    assert_eq!(chain.times, best(&hits, &spec).times, "{}: the best of all chains", case.id());
    let (ours, theirs) = (chain.times.len(), answers::level(case));
    if case.file == "clickhouse_probes" && case.modes().is_empty() {
        let expected = case.field("best_chain_distinct_events").as_u64();
        assert_eq!(Some(ours as u64), expected, "{}", case.id());
    }
    if ours == theirs {
        return Verdict::Equal(name);
    }
    let departs = |rule: &Rule| holds(*rule, case, ours, theirs);
    let rule = Rule::ALL.iter().find(|rule| departs(rule));
    Verdict::Departure(*rule.unwrap_or_else(|| panic!("{}: {ours}, not {theirs}", case.id())))
}

/// Whether a rule is what makes the difference: without it the peer would answer as the library.
fn holds(rule: Rule, case: &Case, ours: usize, theirs: usize) -> bool {
    let hits = case.hits();
    let (steps, window) = (case.steps(), case.window());
    if case.file == "doris_window_funnel" {
        // Its default search takes the same events, but for what ends it.
        let freely = doris::level(&hits, steps, window, doris::Mode::Default);
        return rule == EarlierStepEnds
            && case.modes() == ["doris_deduplication"]
            && freely == ours;
    }
    if case.system() == "duckdb-behavioral" {
        let modes = duckdb::Modes::named(&case.modes());
        let freely = duckdb::Modes { strict: false, ..modes };
        let freely = duckdb::level(&hits, steps, window, freely);
        return rule == RepeatEnds && ours > theirs && modes.strict && freely == ours;
    }
    let modes = Modes::named(&case.modes());
    let level = |hits: &[Hit], modes| clickhouse_window::level(hits, steps, window, modes);
    match rule {
        OneEventServesSeveral => {
            ours < theirs && !modes.once && level(&hits, Modes { once: true, ..modes }) == ours
        }
        LastReplaces => {
            ours > theirs && modes.increase && level(&hits, Modes { once: true, ..modes }) == ours
        }
        RepeatEnds => {
            let freely = Modes { deduplication: false, ..modes };
            ours > theirs && modes.deduplication && level(&hits, freely) == ours
        }
        FirstAttemptOnly => {
            let from = (0..hits.len()).map(|from| level(&hits[from..], modes));
            ours > theirs && modes.order && from.max() == Some(ours)
        }
        OwnEarlyStep => {
            let several = hits.iter().any(|hit| hit.mask.count_ones() > 1);
            let passed_over = Modes { reentry: true, ..modes };
            // Then repeats may lie between, and it comes no less far.
            ours > theirs && modes.order && several && level(&hits, passed_over) >= ours
        }
        RepeatsBetween => {
            let stands_in_the_way = |at: usize| {
                let before = &hits[..at];
                let seen =
                    (0..steps).all(|i| !hits[at].is(i) || before.iter().any(|hit| hit.is(i)));
                !(seen && hits[at].mask != 0)
            };
            // Without the events that repeat a step, strict order finds as many steps.
            let fresh: Vec<Hit> =
                (0..hits.len()).filter(|at| stands_in_the_way(*at)).map(|at| hits[at]).collect();
            let spec =
                Spec { nothing_between: true, steps, window: Some(window), ..Spec::default() };
            ours < theirs && modes.order && best(&fresh, &spec).depth() == theirs
        }
        _ => false,
    }
}

/// The probes in which ClickHouse departs from the best chain: the default gives it.
pub(super) fn probe_departs(case: &Case) -> bool {
    let expected = case.field("best_chain_distinct_events").as_u64().unwrap();
    let theirs = case.expect("level").as_u64().unwrap();
    if expected == theirs {
        return false;
    }
    let spec = Spec { steps: case.steps(), window: Some(case.window()), ..Spec::default() };
    assert_eq!(library::chain(&case.hits(), &spec).times.len() as u64, expected, "{}", case.id());
    true
}
