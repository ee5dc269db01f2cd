//! What is wrong with a target.

use std::collections::HashMap;

use super::attainment::Attainment;
use super::bands::Bands;
use super::definition::Target;
use super::goal::{Baseline, Goal, Limit};
use super::pace::Volume;
use super::weights::DayWeights;
use crate::calendar::Period;
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::facts::Selection;
use crate::kpi::{KpiSet, Shape};
use crate::number::Rational;

/// The longest period of a target, in days: twenty years. Its state is computed for each day.
const MOST_DAYS: u32 = 7_305;

/// The most versions, the most tiers, and the most bands of a target.
const MOST_GOALS: usize = 1_024;

/// The targets that stand before one in the list, by name.
#[derive(Default)]
pub(crate) struct Earlier<'a> {
    by_name: HashMap<&'a str, &'a Target>,
    /// In the order of the list.
    names: Vec<&'a str>,
}

/// The most names among which the nearest is looked for, each time that one is not known.
const MOST_NAMES: usize = 256;

impl<'a> Earlier<'a> {
    pub(crate) fn add(&mut self, target: &'a Target) {
        self.by_name.entry(&target.name).or_insert_with(|| {
            self.names.push(&target.name);
            target
        });
    }

    fn find(&self, name: &str) -> Result<&'a Target, Error> {
        self.by_name.get(name).copied().ok_or_else(|| {
            let remedy = match self.names.len() {
                0 => "there is none before this one".to_owned(),
                1..=MOST_NAMES => did_you_mean(name, self.names.iter().copied()),
                _ => "name one that stands before this one in the list".to_owned(),
            };
            Error::new(ErrorKind::Unknown, format!("unknown earlier target \"{name}\"; {remedy}"))
        })
    }
}

/// Collects problems of a target, each with its path.
struct Check<'a> {
    target: &'a Target,
    set: &'a KpiSet,
    problems: Vec<Error>,
}

impl Target {
    /// What is wrong with the target, each with its path. Whether its metric fits is only asked of
    /// KPIs that are `sound`.
    pub(crate) fn problems(&self, set: &KpiSet, earlier: &Earlier<'_>, sound: bool) -> Vec<Error> {
        let mut check = Check { target: self, set, problems: Vec::new() };
        if let Err(error) = set.resolve(&self.metric) {
            check.told("metric", error);
        }
        check.length("period", self.period);
        for error in self.selection.problems(set.schema()) {
            check.told("where", error);
        }
        check.limits("goal", &self.goal, earlier);
        check.versions(earlier);
        check.tiers(earlier);
        check.attainment();
        check.tolerance();
        check.volume();
        for error in self.weights.problems(self.period) {
            check.told("weights", error);
        }
        if let DayWeights::Shape(past) = &self.weights {
            check.length("weights", *past);
        }
        check.days();
        if let Some(parent) = &self.parent {
            if let Err(error) = earlier.find(parent) {
                check.told("part_of", error);
            }
        }
        if sound {
            check.shape();
        }
        if let Some(bands) = &self.bands {
            check.bands(bands);
        }
        check.problems
    }
}

impl Check<'_> {
    fn refuse(&mut self, kind: ErrorKind, path: &str, message: impl Into<String>) {
        self.problems.push(Error::new(kind, message).at_path(path));
    }

    fn told(&mut self, path: &str, error: Error) {
        self.refuse(error.kind(), path, error.message());
    }

    fn length(&mut self, path: &str, period: Period) {
        let days = period.days();
        if days > MOST_DAYS {
            let message = format!(
                "a period of {days} days; the most is {MOST_DAYS}, so set a target for each year"
            );
            self.refuse(ErrorKind::Capacity, path, message);
        }
    }

    fn limits(&mut self, path: &str, goal: &Goal, earlier: &Earlier<'_>) {
        if let Goal::Range { low: Limit::Fixed(low), high: Limit::Fixed(high) } = goal {
            if low > high {
                let message = format!("the low end {low} is above the high end {high}; swap them");
                self.refuse(ErrorKind::Domain, &format!("{path}.range"), message);
            }
        }
        let (low, high) = goal.limits();
        for limit in low.into_iter().chain(high) {
            self.baseline(path, limit, earlier);
        }
    }

    fn baseline(&mut self, path: &str, limit: &Limit, earlier: &Earlier<'_>) {
        let Some(baseline) = limit.baseline() else { return };
        if let Some(period) = baseline.period() {
            self.length(path, period);
            let first = self.target.period.first();
            if period.last() >= first {
                let message = format!(
                    "the baseline {period} is not over before the target begins on {first}; take an earlier period"
                );
                self.refuse(ErrorKind::Date, path, message);
            }
        }
        match baseline {
            Baseline::Segment { only, .. } => {
                let selection = Selection { by: Vec::new(), only: only.clone() };
                for error in selection.problems(self.set.schema()) {
                    self.told(path, error);
                }
            }
            Baseline::Target(name) => match earlier.find(name) {
                Err(error) => self.told(path, error),
                Ok(other) => self.limit_of(path, other),
            },
            Baseline::Period(_) | Baseline::Value(_) => {}
        }
    }

    /// Another target's limit as a baseline.
    fn limit_of(&mut self, path: &str, other: &Target) {
        let name = &other.name;
        if matches!(other.goal, Goal::Range { .. }) {
            let message = format!(
                "target \"{name}\" is a range, which has no one limit; name a target of at least or at most"
            );
            self.refuse(ErrorKind::Domain, path, message);
        }
        let units = (self.set.unit(&self.target.metric), self.set.unit(&other.metric));
        if let (Ok(own), Ok(unit)) = units {
            if own != unit {
                let message = format!(
                    "target \"{name}\" is in {unit} and this one in {own}; name one in the same unit"
                );
                self.refuse(ErrorKind::Unit, path, message);
            }
        }
    }

    fn versions(&mut self, earlier: &Earlier<'_>) {
        let target = self.target;
        self.count("versions", target.versions.len());
        let mut last = target.period.first();
        for (i, (from, goal)) in target.versions.iter().enumerate() {
            let path = format!("versions[{i}]");
            if !target.period.contains(*from) || *from <= last {
                let message = format!(
                    "a version from {from} on, where one after {last} and within {} is due; order versions by their days",
                    target.period
                );
                self.refuse(ErrorKind::Date, &format!("{path}.from"), message);
            }
            last = last.max(*from);
            if !goal.is_like(&target.goal) {
                let message = "a version of another form than the first goal; at least, at most or range, all alike";
                self.refuse(ErrorKind::Domain, &format!("{path}.goal"), message);
            }
            self.limits(&format!("{path}.goal"), goal, earlier);
        }
    }

    fn count(&mut self, path: &str, count: usize) {
        if count > MOST_GOALS {
            let message = format!("{count} {path}; the most is {MOST_GOALS}, so leave some out");
            self.refuse(ErrorKind::Capacity, path, message);
        }
    }

    fn tiers(&mut self, earlier: &Earlier<'_>) {
        let target = self.target;
        let tiers = &target.tiers;
        self.count("tiers", tiers.len());
        if let (Goal::Range { .. }, false) = (&target.goal, tiers.is_empty()) {
            let message = "tiers go with at least and at most; a range has no further and nearer";
            self.refuse(ErrorKind::Domain, "tiers", message);
        }
        let mut before: Option<&Rational> = None;
        let mut names: HashMap<&str, usize> = HashMap::new();
        for (i, tier) in tiers.iter().enumerate() {
            let (path, name) = (format!("tiers[{i}]"), &tier.name);
            let first = *names.entry(name).or_insert(i);
            if first != i {
                let message = format!("tier \"{name}\" is there twice; rename or remove one");
                self.refuse(ErrorKind::Duplicate, &format!("{path}.name"), message);
            }
            self.baseline(&format!("{path}.limit"), &tier.limit, earlier);
            let Limit::Fixed(limit) = &tier.limit else { continue };
            let is_harder = |before: &Rational| match target.goal {
                Goal::AtMost(_) => limit < before,
                _ => limit > before,
            };
            if let Some(easier) = before.filter(|before| !is_harder(before)) {
                let message = format!(
                    "tier \"{name}\" at {limit} is no harder than the one before it at {easier}; order tiers from the easiest"
                );
                self.refuse(ErrorKind::Domain, &format!("{path}.limit"), message);
            }
            before = Some(limit);
        }
    }

    fn attainment(&mut self) {
        let target = self.target;
        let fits = match (&target.goal, target.attainment) {
            (Goal::Range { .. }, attainment) => attainment == Attainment::Range,
            (Goal::AtLeast(_), attainment) => {
                matches!(attainment, Attainment::Ratio | Attainment::Progress)
            }
            (Goal::AtMost(_), attainment) => attainment != Attainment::Range,
        };
        if !fits {
            let takes = match &target.goal {
                Goal::Range { .. } => "a range takes \"range\"",
                Goal::AtLeast(_) => "at least takes \"ratio\" or \"progress\"",
                Goal::AtMost(_) => {
                    "at most takes \"lower_linear\", \"lower_inverse\", \"ratio\" or \"progress\""
                }
            };
            let message =
                format!("attainment \"{}\" does not go with this goal; {takes}", target.attainment);
            self.refuse(ErrorKind::Domain, "attainment", message);
        } else if target.attainment == Attainment::Progress
            && target.goals().any(|goal| goal.baseline().is_none())
        {
            let message = "attainment \"progress\" needs a goal with a baseline; make it a change, or take another mode";
            self.refuse(ErrorKind::Domain, "attainment", message);
        }
    }

    fn tolerance(&mut self) {
        let is_range = matches!(self.target.goal, Goal::Range { .. });
        match &self.target.tolerance {
            None if is_range => {
                let message = "a range needs a tolerance, the distance at which attainment is 0";
                self.refuse(ErrorKind::Missing, "tolerance", message);
            }
            Some(tolerance) if is_range && !tolerance.is_positive() => {
                let message = format!(
                    "tolerance {tolerance} is not above zero; give the distance at which attainment is 0"
                );
                self.refuse(ErrorKind::Domain, "tolerance", message);
            }
            Some(_) if !is_range => {
                let message = "a tolerance goes with a range only; remove it";
                self.refuse(ErrorKind::Domain, "tolerance", message);
            }
            _ => {}
        }
    }

    fn volume(&mut self) {
        let target = self.target;
        match &target.volume {
            Volume::Baseline if target.goal.own_baseline().is_none() => {
                let message = "the volume of the baseline needs a goal with a period as its baseline; make it a change from one, or give the volume that is expected";
                self.refuse(ErrorKind::Domain, "volume", message);
            }
            Volume::Expected(volume) if !volume.is_positive() => {
                let message = format!(
                    "an expected volume of {volume} is not above zero; give the total of the denominator"
                );
                self.refuse(ErrorKind::Domain, "volume", message);
            }
            _ => {}
        }
    }

    /// What is said of single days: their bounds, and the tolerance of a budget.
    fn days(&mut self) {
        let target = self.target;
        if let Some(bounds) = &target.daily {
            if let (Some(low), Some(high)) = (&bounds.low, &bounds.high) {
                if low > high {
                    let message = format!("bounds of a day from {low} to {high}; swap them");
                    self.refuse(ErrorKind::Domain, "daily", message);
                }
            }
        }
        let Some(tolerance) = &target.budget else { return };
        if !matches!(target.goal, Goal::AtMost(_)) {
            let message = "a budget is a goal of at most; a range over what adds up has the pace of a budget by itself";
            self.refuse(ErrorKind::Domain, "budget", message);
        }
        if tolerance.is_negative() {
            let message = format!(
                "a budget that may be off by {tolerance}, below zero; give a share such as 0.05, or 0"
            );
            self.refuse(ErrorKind::Domain, "budget", message);
        }
    }

    /// What only some kinds of metrics take.
    fn shape(&mut self) {
        let target = self.target;
        let Ok(metric) = self.set.resolve(&target.metric) else { return };
        let shape = self.set.shape(metric);
        let name = &target.metric;
        let mut needs_flow = |is_there: bool, path: &str, what: &str| {
            if is_there && shape != Shape::Flow {
                let message = format!(
                    "{what} for {name}, which does not add up over days; remove it, or take a metric that does"
                );
                self.refuse(ErrorKind::Domain, path, message);
            }
        };
        needs_flow(target.budget.is_some(), "budget", "a budget");
        needs_flow(target.daily.is_some(), "daily", "bounds of a day");
        let is_shape = matches!(target.weights, DayWeights::Shape(_));
        if is_shape && !matches!(shape, Shape::Flow | Shape::Ratio(..)) {
            let message = format!(
                "the shape of a past period for {name}, which neither adds up over days nor is a quotient of such; take other weights"
            );
            self.refuse(ErrorKind::Domain, "weights", message);
        }
    }

    fn bands(&mut self, bands: &Bands) {
        self.count("bands", bands.list.len());
        let mut above: Option<&Rational> = None;
        for (i, band) in bands.list.iter().enumerate() {
            let last = i + 1 == bands.list.len();
            let name = &band.name;
            match (&band.from, above) {
                (None, _) if !last => {
                    let message = format!(
                        "band \"{name}\" takes everything, so the bands behind it never hold; give it a threshold or put it last"
                    );
                    self.refuse(ErrorKind::Domain, &format!("bands.list[{i}]"), message);
                }
                (Some(from), Some(above)) if from >= above => {
                    let message = format!(
                        "the threshold {from} of band \"{name}\" is not below {above}, the one before it; order bands from the highest"
                    );
                    self.refuse(ErrorKind::Domain, &format!("bands.list[{i}].from"), message);
                }
                _ => {}
            }
            above = band.from.as_ref().or(above);
        }
    }
}
