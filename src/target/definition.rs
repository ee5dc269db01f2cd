//! What a target says.

use super::bands::Bands;
use super::goal::{Attainment, Goal};
use super::pace::Volume;
use crate::calendar::Period;
use crate::error::{Error, ErrorKind};
use crate::facts::Selection;
use crate::kpi::KpiSet;
use crate::number::Rational;
use crate::owner::Owner;

/// The longest period of a target, in days: twenty years. Its state is computed for each day.
const MOST_DAYS: u32 = 7_305;

/// What is to be reached by a metric in a period.
///
/// ```
/// use yardstick::target::{Goal, Limit, State, Target};
/// use yardstick::{Calendar, Column, Date, Facts, KpiSet, Measure, Period, Rational, Schema, Value};
///
/// let schema = Schema::new(Vec::<String>::new(), [Measure::flow("revenue", "EUR".parse()?)])?;
/// let set = KpiSet::new(schema, [])?;
/// let week = Period::inclusive(Date::new(2011, 12, 5)?, Date::new(2011, 12, 9)?)?;
/// let days: Vec<_> = week.iter().take(2).collect();
/// let facts = Facts::builder(set.schema())
///     .dates(&days)
///     .measure("revenue", Column::integers(&[30, 10]))
///     .build()?;
///
/// let goal = Goal::AtLeast(Limit::Fixed(Rational::from(100)));
/// let target = Target::new("week", "revenue", week, goal);
/// let result = target.assess(&set, &facts, Calendar::default(), days[1])?;
/// let now = result.current();
/// assert_eq!(now.actual, Value::Defined(40.into()));
/// assert_eq!(now.gap, Value::Defined((-60).into()));
/// assert_eq!(now.state, State::Ahead); // 40 were expected by now
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub(crate) name: String,
    pub(crate) metric: String,
    pub(crate) owner: Option<Owner>,
    pub(crate) period: Period,
    pub(crate) selection: Selection,
    pub(crate) goal: Goal,
    pub(crate) attainment: Attainment,
    pub(crate) tolerance: Option<Rational>,
    pub(crate) volume: Volume,
    pub(crate) bands: Option<Bands>,
}

impl Target {
    /// A target of a metric (a KPI or a measure) in a period. Attainment is counted as a ratio for
    /// at least, `lower_linear` for at most, and needs a tolerance for a range.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        metric: impl Into<String>,
        period: Period,
        goal: Goal,
    ) -> Self {
        let attainment = match goal {
            Goal::AtLeast(_) => Attainment::Ratio,
            Goal::AtMost(_) => Attainment::LowerLinear,
            Goal::Range { .. } => Attainment::Range,
        };
        Self {
            name: name.into(),
            metric: metric.into(),
            owner: None,
            period,
            selection: Selection::default(),
            goal,
            attainment,
            tolerance: None,
            volume: Volume::default(),
            bands: None,
        }
    }

    /// The same with an owner.
    #[must_use]
    pub fn owner(self, owner: Owner) -> Self {
        Self { owner: Some(owner), ..self }
    }

    /// The same for those rows only whose `dimension` has one of these values; several calls must all
    /// hold. The baseline is that of the same rows.
    #[must_use]
    pub fn only<S: Into<String>>(
        mut self,
        dimension: impl Into<String>,
        values: impl IntoIterator<Item = S>,
    ) -> Self {
        self.selection.only(dimension, values);
        self
    }

    /// The same with attainment counted in another mode. At least takes `ratio` and `progress`, at
    /// most all but `range`, and a range only `range`; see [`assess`](Target::assess).
    #[must_use]
    pub fn attainment(self, attainment: Attainment) -> Self {
        Self { attainment, ..self }
    }

    /// The same with a tolerance, for a range: the distance at which attainment is 0, above zero.
    #[must_use]
    pub fn tolerance(self, tolerance: Rational) -> Self {
        Self { tolerance: Some(tolerance), ..self }
    }

    /// The same with another expected volume, for a ratio. Other metrics do not look at it.
    #[must_use]
    pub fn volume(self, volume: Volume) -> Self {
        Self { volume, ..self }
    }

    /// The same with bands.
    #[must_use]
    pub fn bands(self, bands: Bands) -> Self {
        Self { bands: Some(bands), ..self }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is wrong with the target by itself, each with its path; beside names, which need a set.
    pub(crate) fn problems(&self, set: &KpiSet) -> Vec<Error> {
        let mut problems = Vec::new();
        let mut refuse = |kind, path: &str, message: String| {
            problems.push(Error::new(kind, message).at_path(path));
        };
        if let Err(error) = set.resolve(&self.metric) {
            refuse(error.kind(), "metric", error.message().to_owned());
        }
        for (path, period) in [("period", Some(self.period)), ("goal", self.goal.baseline())] {
            let days = period.map_or(0, Period::days);
            if days > MOST_DAYS {
                let message = format!(
                    "a period of {days} days; the most is {MOST_DAYS}, so set a target for each year"
                );
                refuse(ErrorKind::Capacity, path, message);
            }
        }
        for error in self.selection.problems(set.schema()) {
            refuse(error.kind(), "where", error.message().to_owned());
        }
        if let Goal::Range { low, high } = &self.goal {
            if low > high {
                let message = format!("the low end {low} is above the high end {high}; swap them");
                refuse(ErrorKind::Domain, "goal.range", message);
            }
        }
        if let Some(baseline) = self.goal.baseline() {
            if baseline.last() >= self.period.first() {
                let first = self.period.first();
                let message = format!(
                    "the baseline {baseline} is not over before the target begins on {first}; take an earlier period"
                );
                refuse(ErrorKind::Date, "goal", message);
            }
        }
        let is_range = matches!(self.goal, Goal::Range { .. });
        let fits = match (&self.goal, self.attainment) {
            (Goal::Range { .. }, attainment) => attainment == Attainment::Range,
            (Goal::AtLeast(_), attainment) => {
                matches!(attainment, Attainment::Ratio | Attainment::Progress)
            }
            (Goal::AtMost(_), attainment) => attainment != Attainment::Range,
        };
        if !fits {
            let takes = match &self.goal {
                Goal::Range { .. } => "a range takes \"range\"",
                Goal::AtLeast(_) => "at least takes \"ratio\" or \"progress\"",
                Goal::AtMost(_) => {
                    "at most takes \"lower_linear\", \"lower_inverse\", \"ratio\" or \"progress\""
                }
            };
            let message =
                format!("attainment \"{}\" does not go with this goal; {takes}", self.attainment);
            refuse(ErrorKind::Domain, "attainment", message);
        } else if self.attainment == Attainment::Progress && self.goal.baseline().is_none() {
            let message = "attainment \"progress\" needs a goal with a baseline; make it a change, or take another mode";
            refuse(ErrorKind::Domain, "attainment", message.to_owned());
        }
        match &self.tolerance {
            None if is_range => {
                let message = "a range needs a tolerance, the distance at which attainment is 0";
                refuse(ErrorKind::Missing, "tolerance", message.to_owned());
            }
            Some(tolerance) if is_range && !tolerance.is_positive() => {
                let message = format!(
                    "tolerance {tolerance} is not above zero; give the distance at which attainment is 0"
                );
                refuse(ErrorKind::Domain, "tolerance", message);
            }
            Some(_) if !is_range => {
                let message = "a tolerance goes with a range only; remove it".to_owned();
                refuse(ErrorKind::Domain, "tolerance", message);
            }
            _ => {}
        }
        if self.volume == Volume::Baseline && self.goal.baseline().is_none() {
            let message = "the volume of the baseline needs a goal with a baseline; make it a change, or give the volume that is expected".to_owned();
            refuse(ErrorKind::Domain, "volume", message);
        }
        if let Volume::Expected(volume) = &self.volume {
            if !volume.is_positive() {
                let message = format!(
                    "an expected volume of {volume} is not above zero; give the total of the denominator"
                );
                refuse(ErrorKind::Domain, "volume", message);
            }
        }
        if let Some(bands) = &self.bands {
            let mut above: Option<&Rational> = None;
            for (i, band) in bands.list.iter().enumerate() {
                let last = i + 1 == bands.list.len();
                let name = &band.name;
                match (&band.from, above) {
                    (None, _) if !last => {
                        let message = format!(
                            "band \"{name}\" takes everything, so the bands behind it never hold; give it a threshold or put it last"
                        );
                        refuse(ErrorKind::Domain, &format!("bands.list[{i}]"), message);
                    }
                    (Some(from), Some(above)) if from >= above => {
                        let message = format!(
                            "the threshold {from} of band \"{name}\" is not below {above}, the one before it; order bands from the highest"
                        );
                        refuse(ErrorKind::Domain, &format!("bands.list[{i}].from"), message);
                    }
                    _ => {}
                }
                above = band.from.as_ref().or(above);
            }
        }
        problems
    }
}
