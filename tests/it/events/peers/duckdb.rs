//! `window_funnel` and `sessionize` of the extension `behavioral` for DuckDB.
//!
//! Events of no step are not seen. From each event of the first step on, every later event within the
//! window takes the search on by as many steps as it meets one after another, but the first only by
//! one; the best search counts.

use super::cases::Hit;

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Modes {
    /// `strict`: the step reached, coming again, ends the search.
    pub(super) strict: bool,
    /// `strict_order`: any step reached, coming again, ends the search.
    pub(super) order: bool,
    /// `strict_deduplication`: an event at the time of the last step does not take the next.
    pub(super) deduplication: bool,
    pub(super) increase: bool,
    pub(super) once: bool,
    /// `allow_reentry`: an event of the first step after the second takes the search back to one.
    pub(super) reentry: bool,
}

impl Modes {
    /// By the names of the cases, which call `strict` what ClickHouse calls so.
    pub(super) fn named(names: &[&str]) -> Self {
        let mut modes = Self::default();
        for name in names {
            match *name {
                "strict_deduplication" => modes.strict = true,
                "strict_order" => modes.order = true,
                "timestamp_dedup" => modes.deduplication = true,
                "strict_increase" => modes.increase = true,
                "strict_once" => modes.once = true,
                "allow_reentry" => modes.reentry = true,
                other => panic!("no mode {other}"),
            }
        }
        modes
    }
}

pub(super) fn level(hits: &[Hit], steps: usize, window: u64, modes: Modes) -> usize {
    let mut hits: Vec<Hit> = hits.iter().filter(|hit| hit.mask != 0).copied().collect();
    hits.sort_by_key(|hit| hit.time);
    let starts = (0..hits.len()).filter(|place| hits[*place].is(0));
    starts.map(|start| from(&hits[start..], steps, window, modes)).max().unwrap_or(0)
}

fn from(hits: &[Hit], steps: usize, window: u64, modes: Modes) -> usize {
    let (start, mut last, mut reached) = (hits[0].time, hits[0].time, 1);
    for hit in &hits[1..] {
        if hit.time.abs_diff(start) > window || reached == steps {
            break;
        }
        if modes.reentry && reached > 1 && hit.is(0) {
            (reached, last) = (1, hit.time);
            continue;
        }
        let again = hit.is(reached - 1) && !hit.is(reached);
        if modes.strict && again || modes.order && (0..reached).any(|step| hit.is(step)) {
            break;
        }
        if (modes.deduplication || modes.increase) && hit.time == last {
            continue;
        }
        while reached < steps && hit.is(reached) {
            (reached, last) = (reached + 1, hit.time);
            if modes.once {
                break;
            }
        }
    }
    reached
}

/// A session begins with each event that is more than a gap after the one before; what has no time
/// has none.
pub(super) fn sessions(times: &[Option<i64>], gap: u64) -> Vec<Option<u64>> {
    let (mut session, mut last) = (0, None);
    let number = |time: &Option<i64>| {
        let time = (*time)?;
        if last.is_none_or(|last| time.abs_diff(last) > gap) {
            session += 1;
        }
        last = Some(time);
        Some(session)
    };
    times.iter().map(number).collect()
}
