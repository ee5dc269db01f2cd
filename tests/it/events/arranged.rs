//! Strict order by its definition: events put in every order by time.

use std::collections::BTreeSet;

use super::settings::Row;

/// Every run of at most so many of some events in every order of them by time.
pub(super) fn runs(
    events: &[Row],
    some: impl Fn(&Row) -> bool,
    most: usize,
) -> BTreeSet<Vec<usize>> {
    let places: Vec<usize> = (0..events.len()).filter(|place| some(&events[*place])).collect();
    let mut runs = BTreeSet::new();
    arrange(events, &places, &mut Vec::new(), &mut |arranged| {
        for from in 0..arranged.len() {
            for to in from + 1..=arranged.len().min(from + most) {
                if !runs.contains(&arranged[from..to]) {
                    runs.insert(arranged[from..to].to_vec());
                }
            }
        }
    });
    runs
}

/// Every order of some events in which none comes before an earlier one.
fn arrange(
    events: &[Row],
    places: &[usize],
    so_far: &mut Vec<usize>,
    each: &mut impl FnMut(&[usize]),
) {
    let left = || places.iter().copied().filter(|place| !so_far.contains(place));
    let Some(time) = left().map(|place| events[place].time).min() else {
        return each(so_far);
    };
    let next: Vec<usize> = left().filter(|place| events[*place].time == time).collect();
    for place in next {
        so_far.push(place);
        arrange(events, places, so_far, each);
        so_far.pop();
    }
}
