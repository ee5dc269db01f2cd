//! `window_funnel` of Apache Doris.
//!
//! From each event of the first step on, every step takes the next event that is its own, until one is
//! after the window; the best such search counts.

use super::cases::Hit;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Default,
    /// An event of an earlier step between two that are taken ends the search.
    Deduplication,
    /// Each step is the very next event.
    Fixed,
    /// Each step is the very next event that is of any step.
    FixedAmongSteps,
    /// A step at the time of the one before ends the search.
    Increase,
}

impl Mode {
    pub(super) fn named(names: &[&str]) -> Self {
        match names {
            [] => Self::Default,
            ["doris_deduplication"] => Self::Deduplication,
            ["doris_fixed"] => Self::Fixed,
            ["doris_fixed_v2"] => Self::FixedAmongSteps,
            ["doris_increase"] => Self::Increase,
            other => panic!("no mode {other:?}"),
        }
    }
}

pub(super) fn level(hits: &[Hit], steps: usize, window: u64, mode: Mode) -> usize {
    let mut hits = hits.to_vec();
    hits.sort_by_key(|hit| hit.time);
    if mode == Mode::FixedAmongSteps {
        hits.retain(|hit| hit.mask != 0);
    }
    let starts = (0..hits.len()).filter(|place| hits[*place].is(0));
    starts.map(|start| from(&hits, start, steps, window, mode)).max().unwrap_or(0)
}

fn from(hits: &[Hit], start: usize, steps: usize, window: u64, mode: Mode) -> usize {
    let mut last = start;
    for step in 1..steps {
        let next = match mode {
            Mode::Fixed | Mode::FixedAmongSteps => {
                hits.get(last + 1).filter(|hit| hit.is(step)).map(|_| last + 1)
            }
            _ => (last + 1..hits.len()).find(|place| hits[*place].is(step)),
        };
        let Some(next) = next else {
            return step;
        };
        let earlier = hits[last + 1..next].iter().any(|hit| (0..step).any(|i| hit.is(i)));
        let ends = hits[next].time.abs_diff(hits[start].time) > window
            || mode == Mode::Increase && hits[next].time == hits[last].time
            || mode == Mode::Deduplication && earlier;
        if ends {
            return step;
        }
        last = next;
    }
    steps
}
