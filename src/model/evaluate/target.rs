//! The targets of a model over facts.

use crate::calendar::Date;
use crate::error::Error;
use crate::facts::Facts;
use crate::model::Model;
use crate::model::report::{Finding, FindingKind, TargetReport};
use crate::target::{Assessment, Target, TargetResult};

impl Model {
    pub(super) fn target_reports(
        &self,
        facts: &Facts<'_>,
        as_of: Date,
        findings: &mut Vec<Finding>,
    ) -> Result<Vec<TargetReport>, Error> {
        let results = Target::assess_all(&self.targets, &self.kpis, facts, self.calendar, as_of)?;
        let report = |(i, (target, result)): (usize, (&Target, TargetResult))| {
            let smart = || target.smart(&result, &self.kpis, facts, self.calendar);
            let smart = target.checked.then(smart).transpose();
            let smart = smart.map_err(|error| error.at_path(format!("targets[{i}]")))?;
            if as_of <= target.period.last() {
                findings.extend(change_of_state(&result));
            }
            Ok(TargetReport {
                display: self.display(&target.metric),
                rates: self.rate_display(),
                plain: self.display,
                smart,
                result,
            })
        };
        self.targets.iter().zip(results).enumerate().map(report).collect()
    }
}

/// What changed against the day before: state, band or tier.
fn change_of_state(result: &TargetResult) -> Option<Finding> {
    let mut days = result.days().rev();
    let (now, before) = (days.next()?, days.next()?);
    fn named(name: Option<&str>) -> String {
        name.map_or_else(|| "none".to_owned(), |name| format!("\"{name}\""))
    }
    let differs = |what: &str, of: fn(&Assessment<'_>) -> String| {
        let (before, now) = (of(&before), of(&now));
        (before != now).then(|| format!("{what} from {before} to {now}"))
    };
    let changes = [
        differs("state", |day| day.state.to_string()),
        differs("band", |day| named(day.band)),
        differs("tier", |day| named(day.tier)),
    ];
    let changes: Vec<String> = changes.into_iter().flatten().collect();
    if changes.is_empty() {
        return None;
    }
    let message = format!("changed on {}: {}", now.as_of, changes.join(", "));
    let place = format!("target \"{}\"", result.name);
    Some(Finding::new(FindingKind::StateChanged, place, message))
}
