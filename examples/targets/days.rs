//! Where a target stood at the end of each day.

use yardstick::target::{Pace, Remaining};
use yardstick::{Assessment, TargetReport};

use crate::table::Table;
use crate::{exact, maybe, shown};

/// Every day.
pub(crate) fn every(target: &TargetReport) -> String {
    daily(target, "every day", |_, _| true)
}

/// The days that changed the state, or that are a milestone, and the last one.
pub(crate) fn decisive(target: &TargetReport) -> String {
    let found = target.result.milestones();
    let milestones =
        [found.first_met, found.met_since, found.secured, found.beyond_best, found.unreachable];
    let last = target.current().as_of;
    daily(target, "the days that changed something", |before, day| {
        let changed = before.is_none_or(|before| {
            before.state != day.state || before.is_beyond_best() != day.is_beyond_best()
        });
        changed || milestones.contains(&Some(day.as_of)) || day.as_of == last
    })
}

fn daily(
    target: &TargetReport,
    which: &str,
    wanted: impl Fn(Option<&Assessment<'_>>, &Assessment<'_>) -> bool,
) -> String {
    let show = |value| shown(value, target.display);
    let goal = target.result.goal();
    let mut text = format!("\n  {}", target.result.name);
    for (sign, limit) in [("at least", &goal.low), ("at most", &goal.high)] {
        if let Some(limit) = limit {
            text += &format!(", {sign} {} {}", show(limit), target.result.unit);
        }
    }
    text += &format!(": {which}\n\n");

    let days: Vec<Assessment<'_>> = target.result.days().collect();
    let header = match days.first().and_then(Assessment::ratio) {
        Some(_) => ["rest must come to", "expected volume", "at this rate", "best day so far"],
        None => ["expected", "required a day", "at this rate", "best day so far"],
    };
    let first = ["day", "state", "actual", "beyond goal"];
    let mut table = Table::new(2, first.into_iter().chain(header));
    for (i, day) in days.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| days.get(i));
        if !wanted(before, day) {
            continue;
        }
        let state = day.state.name().replace('_', " ");
        let mut row = vec![day.as_of.to_string(), state, show(&day.actual), show(&day.gap)];
        let best = match &day.pace {
            Some(Pace::Flow(flow)) => {
                row.push(show(&flow.expected));
                // Of what is whole a day can need a part.
                let required = || shown(&flow.required_per_day, target.plain);
                row.push(maybe((flow.remaining_days > 0).then(required)));
                row.push(show(&flow.projection));
                &flow.best_day
            }
            Some(Pace::Ratio(ratio)) => {
                row.push(match ratio.remaining.as_ref().defined() {
                    Some(Remaining::Secured(_)) => "anything".to_owned(),
                    Some(Remaining::Unreachable(_)) => "more than it can".to_owned(),
                    rest => {
                        let required = rest.and_then(Remaining::ratio);
                        maybe(required.map(|required| exact(required, target.display)))
                    }
                });
                row.push(shown(&ratio.expected_volume, target.plain));
                // A ratio that goes on as so far ends where it is.
                row.push(show(&day.actual));
                &ratio.best_day
            }
            _ => &None,
        };
        let mark = if day.is_beyond_best() { "less: " } else { "" };
        let value = best.as_ref().map(|best| exact(&best.value, target.display));
        row.push(maybe(value.map(|value| format!("{mark}{value}"))));
        table.row(row);
    }
    text + &table.to_string()
}
