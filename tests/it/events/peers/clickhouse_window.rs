//! `windowFunnel` of ClickHouse, as it answers.
//!
//! An event counts once for each condition that it meets, in the order of time and then of
//! conditions. Each step remembers the last chain that came so far: when it began, and its last time.
//! A later event of the next step extends that chain within the window; one of the first step always
//! begins anew.

use super::cases::Hit;

/// The options of the function.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Modes {
    /// `strict_deduplication`: a step that comes again ends the search, but for the first step.
    pub(super) deduplication: bool,
    /// `strict_order`: once begun, an event of no step ends the search, and so does one of a step
    /// whose predecessor has not been reached.
    pub(super) order: bool,
    /// `strict_increase`: a step is later than the one before.
    pub(super) increase: bool,
    /// `strict_once`: no event serves two steps of one chain; every chain is remembered, not the last.
    pub(super) once: bool,
    /// `allow_reentry`: a step whose predecessor has not been reached is passed over.
    pub(super) reentry: bool,
}

impl Modes {
    pub(super) fn named(names: &[&str]) -> Self {
        let mut modes = Self::default();
        for name in names {
            match *name {
                "strict_deduplication" => modes.deduplication = true,
                "strict_order" => modes.order = true,
                "strict_increase" => modes.increase = true,
                "strict_once" => modes.once = true,
                "allow_reentry" => modes.reentry = true,
                other => panic!("no mode {other}"),
            }
        }
        modes
    }
}

/// A chain that has come so far.
#[derive(Debug, Clone)]
struct Path {
    start: i64,
    last: i64,
    rows: Vec<usize>,
}

/// How many steps were reached.
pub(super) fn level(hits: &[Hit], steps: usize, window: u64, modes: Modes) -> usize {
    let mut order: Vec<(i64, Option<usize>, usize)> = Vec::new();
    for (row, hit) in hits.iter().enumerate() {
        order.extend((0..steps).filter(|i| hit.is(*i)).map(|i| (hit.time, Some(i), row)));
        if hit.mask == 0 && modes.order {
            order.push((hit.time, None, row));
        }
    }
    order.sort_unstable();
    let mut reached: Vec<Vec<Path>> = vec![Vec::new(); steps];
    for (time, step, row) in order {
        let begun = !reached[0].is_empty();
        let Some(step) = step else {
            if begun {
                break;
            }
            continue;
        };
        let extended = if step == 0 {
            vec![Path { start: time, last: time, rows: vec![row] }]
        } else {
            if modes.deduplication && !reached[step].is_empty() {
                break;
            }
            if modes.order && begun && reached[step - 1].is_empty() {
                if modes.reentry {
                    continue;
                }
                let unreached = reached.iter().position(Vec::is_empty);
                return unreached.unwrap();
            }
            let goes_on = |path: &&Path| {
                time.abs_diff(path.start) <= window
                    && !(modes.increase && path.last == time)
                    && !(modes.once && path.rows.contains(&row))
            };
            let extend = |path: &Path| {
                let rows = path.rows.iter().copied().chain([row]).collect();
                Path { start: path.start, last: time, rows }
            };
            reached[step - 1].iter().filter(goes_on).map(extend).collect()
        };
        if extended.is_empty() {
            continue;
        }
        if !modes.once {
            reached[step].clear();
        }
        reached[step].extend(extended);
        if step + 1 == steps {
            break;
        }
    }
    reached.iter().rposition(|paths| !paths.is_empty()).map_or(0, |last| last + 1)
}
