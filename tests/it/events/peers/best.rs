//! The best chain, by looking at all of them: what the library is to answer.

use super::cases::Hit;

/// What is asked; steps are the first bits of the masks.
#[derive(Debug, Clone, Default)]
pub(super) struct Spec {
    pub(super) steps: usize,
    pub(super) window: Option<u64>,
    pub(super) strict_times: bool,
    /// Nothing lies between the first event of the chain and the last.
    pub(super) nothing_between: bool,
    pub(super) any_order: bool,
    /// From which step, to which, and the bit.
    pub(super) exclusions: Vec<(usize, usize, usize)>,
    /// The entity is left out; without it, the chain does not count.
    pub(super) drops: bool,
    /// Only chains that begin when the first step first happens.
    pub(super) first_entry: bool,
}

/// A chain: its events by place, and whether the entity is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Best {
    pub(super) times: Vec<i64>,
    pub(super) dropped: bool,
}

impl Best {
    pub(super) fn depth(&self) -> usize {
        if self.dropped { 0 } else { self.times.len() }
    }
}

pub(super) fn best(hits: &[Hit], spec: &Spec) -> Best {
    let mut hits = hits.to_vec();
    hits.sort_by_key(|hit| hit.time);
    let mut search = Search {
        hits: &hits,
        spec,
        chain: Vec::new(),
        free: (1 << spec.steps) - 1,
        best: Vec::new(),
    };
    search.extend();
    let times = search.best;
    let dropped = spec.drops && spec.exclusions.iter().any(|of| falls_in(&hits, spec, &times, *of));
    Best { times, dropped }
}

struct Search<'a> {
    hits: &'a [Hit],
    spec: &'a Spec,
    chain: Vec<usize>,
    /// Steps that have no event yet.
    free: u64,
    best: Vec<i64>,
}

impl Search<'_> {
    fn extend(&mut self) {
        let times: Vec<i64> = self.chain.iter().map(|place| self.hits[*place].time).collect();
        if self.counts(&times) && better(&times, &self.best) {
            self.best = times.clone();
        }
        for place in 0..self.hits.len() {
            if self.chain.contains(&place) || !self.follows(&times, place) {
                continue;
            }
            for step in 0..self.spec.steps {
                let next = self.spec.any_order || step == self.chain.len();
                if next && self.free >> step & 1 == 1 && self.hits[place].is(step) {
                    self.chain.push(place);
                    self.free ^= 1 << step;
                    self.extend();
                    self.free ^= 1 << step;
                    self.chain.pop();
                }
            }
        }
    }

    fn follows(&self, times: &[i64], place: usize) -> bool {
        let time = self.hits[place].time;
        let (Some(first), Some(last)) = (times.first(), times.last()) else {
            let of_first = |hit: &&Hit| hit.is(0) || self.spec.any_order && hit.mask != 0;
            let entry = self.hits.iter().find(of_first).map(|hit| hit.time);
            return !self.spec.first_entry || entry == Some(time);
        };
        let apart = time > *last || time == *last && !self.spec.strict_times;
        apart && self.spec.window.is_none_or(|window| time.abs_diff(*first) <= window)
    }

    fn counts(&self, times: &[i64]) -> bool {
        let [first, .., last] = times else {
            return true;
        };
        let between = |(place, hit): (usize, &Hit)| {
            hit.time > *first && hit.time < *last && !self.chain.contains(&place)
        };
        let breaks = |of: &(usize, usize, usize)| {
            !self.spec.drops && lies_in(self.hits, self.spec, times, *of)
        };
        let alone = !self.hits.iter().enumerate().any(between);
        (alone || !self.spec.nothing_between) && !self.spec.exclusions.iter().any(breaks)
    }
}

/// Deeper; complete earlier; begun later; each step earlier.
fn better(times: &[i64], than: &[i64]) -> bool {
    let rank = |times: &[i64]| {
        let ends = (times.last().copied(), times.first().map(|first| std::cmp::Reverse(*first)));
        (std::cmp::Reverse(times.len()), ends, times.to_vec())
    };
    rank(times) < rank(than)
}

/// Whether the hit is excluded and matches no step.
fn pure(hit: &Hit, spec: &Spec) -> bool {
    (0..spec.steps).all(|step| !hit.is(step))
}

fn lies_in(
    hits: &[Hit],
    spec: &Spec,
    times: &[i64],
    (from, to, bit): (usize, usize, usize),
) -> bool {
    let last = times.len().saturating_sub(1);
    if from >= last {
        return false;
    }
    let (begin, end) = (times[from], times[to.min(last)]);
    let inside = |hit: &&Hit| {
        let inner = hit.time > begin && hit.time < end;
        inner || (hit.time == begin || hit.time == end) && pure(hit, spec)
    };
    hits.iter().filter(|hit| hit.is(bit)).any(|hit| inside(&hit))
}

/// The same, and where the second of the two steps has not come: as long as it still could.
fn falls_in(hits: &[Hit], spec: &Spec, times: &[i64], of: (usize, usize, usize)) -> bool {
    let (from, to, bit) = of;
    if times.len() > to || times.len() <= from {
        return lies_in(hits, spec, times, of);
    }
    let open = |hit: &&Hit| {
        let after = hit.time > times[from] || hit.time == times[from] && pure(hit, spec);
        after && spec.window.is_none_or(|window| hit.time.abs_diff(times[0]) <= window)
    };
    hits.iter().filter(|hit| hit.is(bit)).any(|hit| open(&hit))
}
