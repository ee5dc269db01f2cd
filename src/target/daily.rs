//! What metrics brought day by day, for many targets at once.
//!
//! Targets of one metric and one period that each look at one value of the same dimensions (one for
//! each seller, say) share one pass over the facts. Whatever is shared, the numbers are the same.

use std::collections::HashMap;

use crate::calendar::{Date, Period};
use crate::error::Error;
use crate::facts::{Facts, Groups, Rolled, Selection};
use crate::kpi::{Frames, Program};

/// The most numbers that are rolled up in one pass.
const MOST_AT_ONCE: usize = 1 << 22;

/// For each dimension that is named, the values to take.
pub(super) type Only = [(String, Vec<String>)];

/// What is to be computed for each day of a period.
pub(super) struct Request<'a> {
    /// Requests with the same number have the same program.
    pub(super) metric: usize,
    pub(super) program: &'a Program,
    pub(super) only: &'a Only,
    pub(super) period: Period,
}

/// For each result of the program, a value for each day.
pub(super) type Daily = Vec<Rolled>;

/// Requests that one pass may answer, by their values of the dimensions.
struct Bundle<'a> {
    dimensions: Vec<&'a str>,
    members: Vec<(usize, Vec<&'a str>)>,
}

/// Answers each request as if it were alone.
///
/// # Errors
///
/// Those of [`Program::run`] and of roll-ups, and the place of the request.
pub(super) fn daily(
    requests: &[Request<'_>],
    facts: &Facts<'_>,
    as_of: Date,
) -> Result<Vec<Daily>, (usize, Error)> {
    let mut answers: Vec<Option<Daily>> = requests.iter().map(|_| None).collect();
    for bundle in bundles(requests) {
        let days = requests[bundle.members[0].0].period.days() as usize;
        let most = (MOST_AT_ONCE / days.max(1)).max(1);
        for members in bundle.members.chunks(most) {
            // What is too much for all of them together may do for each.
            together(requests, &bundle.dimensions, members, facts, as_of, &mut answers)
                .unwrap_or_default();
        }
    }
    let alone = |(place, answer): (usize, Option<Daily>)| match answer {
        Some(answer) => Ok(answer),
        None => single(&requests[place], facts, as_of).map_err(|error| (place, error)),
    };
    answers.into_iter().enumerate().map(alone).collect()
}

/// Requests that differ only in one value each of the same dimensions, two at least.
fn bundles<'a>(requests: &[Request<'a>]) -> Vec<Bundle<'a>> {
    let mut bundles: Vec<Bundle<'a>> = Vec::new();
    let mut places: HashMap<(usize, Period, Vec<&str>), usize> = HashMap::new();
    for (place, request) in requests.iter().enumerate() {
        let one = |(dimension, values): &'a (String, Vec<String>)| match values.as_slice() {
            [value] => Some((dimension.as_str(), value.as_str())),
            _ => None,
        };
        let Some(mut only) = request.only.iter().map(one).collect::<Option<Vec<_>>>() else {
            continue;
        };
        only.sort_unstable();
        let dimensions: Vec<&str> = only.iter().map(|(dimension, _)| *dimension).collect();
        if dimensions.is_empty() || dimensions.windows(2).any(|pair| pair[0] == pair[1]) {
            continue;
        }
        let key = (request.metric, request.period, dimensions.clone());
        let bundle = *places.entry(key).or_insert_with(|| {
            bundles.push(Bundle { dimensions, members: Vec::new() });
            bundles.len() - 1
        });
        let values = only.into_iter().map(|(_, value)| value).collect();
        bundles[bundle].members.push((place, values));
    }
    bundles.retain(|bundle| bundle.members.len() > 1);
    bundles
}

/// One pass for some members of a bundle. Those that have no row are left to be answered alone.
fn together(
    requests: &[Request<'_>],
    dimensions: &[&str],
    members: &[(usize, Vec<&str>)],
    facts: &Facts<'_>,
    as_of: Date,
    answers: &mut [Option<Daily>],
) -> Result<(), Error> {
    let Some((first, _)) = members.first() else { return Ok(()) };
    let request = &requests[*first];
    let mut selection = Selection::default();
    for (i, dimension) in dimensions.iter().enumerate() {
        let mut values: Vec<&str> = members.iter().map(|(_, values)| values[i]).collect();
        values.sort_unstable();
        values.dedup();
        selection.by.push((*dimension).to_owned());
        selection.only(*dimension, values);
    }
    let groups = facts.groups(&selection, Some(as_of))?;
    // Of several dimensions far more combinations may occur than were asked for.
    if groups.keys.len() > 4 * members.len() {
        return Ok(());
    }
    let values = run(request, &groups, facts)?;
    let days = request.period.days() as usize;
    let mut asked: Vec<Vec<usize>> = vec![Vec::new(); groups.keys.len()];
    for (place, key) in members {
        let found = groups
            .keys
            .binary_search_by(|group| group.iter().map(String::as_str).cmp(key.iter().copied()));
        if let Ok(group) = found {
            asked[group].push(*place);
            let empty = |rolled: &Rolled| match rolled {
                Rolled::Scaled(_, scale) => Rolled::Scaled(Vec::with_capacity(days), *scale),
                Rolled::Values(_) => Rolled::Values(Vec::with_capacity(days)),
            };
            answers[*place] = Some(values.iter().map(empty).collect());
        }
    }
    for (output, rolled) in values.iter().enumerate() {
        for (group, places) in asked.iter().enumerate() {
            for place in places {
                let Some(daily) = &mut answers[*place] else { continue };
                let count = asked.len();
                match (&mut daily[output], rolled) {
                    (Rolled::Scaled(daily, _), Rolled::Scaled(values, _)) => {
                        daily.extend(values.iter().skip(group).step_by(count));
                    }
                    (Rolled::Values(daily), Rolled::Values(values)) => {
                        daily.extend(values.iter().skip(group).step_by(count).cloned());
                    }
                    _ => {}
                }
            }
        }
    }
    Ok(())
}

fn single(request: &Request<'_>, facts: &Facts<'_>, as_of: Date) -> Result<Daily, Error> {
    let selection = Selection { by: Vec::new(), only: request.only.to_vec() };
    let groups = facts.groups(&selection, Some(as_of))?;
    run(request, &groups, facts)
}

/// The results for each day and group.
fn run(request: &Request<'_>, groups: &Groups, facts: &Facts<'_>) -> Result<Daily, Error> {
    let measures = request.program.inputs.iter().map(|(measure, _)| *measure);
    facts.check_cost(measures, groups, request.period.days() as usize)?;
    let days = Frames::plain(request.period.iter().map(Period::day));
    request.program.run_columns(facts, groups, &days)
}
