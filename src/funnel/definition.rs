//! A funnel over facts: which measure counts which stage.

use super::counts::{Basis, Funnel, Stage, too_short};
use crate::calendar::{Date, Period};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::facts::{Facts, Measure, Schema, Selection};
use crate::number::Value;
use crate::owner::Owner;
use crate::unit::Display;

/// Which measures count the stages of a funnel, by which dimensions, within which period.
///
/// ```
/// use yardstick::{Basis, FunnelDefinition, Owner};
///
/// let funnel = FunnelDefinition::new("lead to deal", Basis::Cohort)
///     .stage("lead", Owner::Marketing, "leads")
///     .stage("deal", Owner::Sales, "deals")
///     .worth("declared_revenue")
///     .by("origin");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunnelDefinition {
    pub(crate) name: String,
    pub(crate) basis: Basis,
    pub(crate) stages: Vec<StageDefinition>,
    pub(crate) selection: Selection,
    pub(crate) period: Option<Period>,
    pub(crate) compare: Option<Period>,
    pub(crate) display: Option<Display>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StageDefinition {
    pub(crate) name: String,
    pub(crate) owner: Owner,
    /// The measures for count and value.
    pub(crate) count: String,
    pub(crate) value: Option<String>,
}

/// The funnel of one segment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Segment {
    /// A value for each dimension; empty for the total.
    pub key: Vec<String>,
    /// The funnel.
    pub funnel: Funnel,
}

impl FunnelDefinition {
    /// A funnel without stages yet.
    #[must_use]
    pub fn new(name: impl Into<String>, basis: Basis) -> Self {
        Self {
            name: name.into(),
            basis,
            stages: Vec::new(),
            selection: Selection::default(),
            period: None,
            compare: None,
            display: None,
        }
    }

    /// One more stage, counted by a measure.
    #[must_use]
    pub fn stage(
        mut self,
        name: impl Into<String>,
        owner: Owner,
        count: impl Into<String>,
    ) -> Self {
        let (name, count) = (name.into(), count.into());
        self.stages.push(StageDefinition { name, owner, count, value: None });
        self
    }

    /// What the entities of the last stage given are worth together, by a measure. Without effect
    /// before the first stage.
    #[must_use]
    pub fn worth(mut self, measure: impl Into<String>) -> Self {
        if let Some(stage) = self.stages.last_mut() {
            stage.value = Some(measure.into());
        }
        self
    }

    /// One segment for each value of this dimension, beside the total; called for several, one for
    /// each combination that occurs in the facts.
    #[must_use]
    pub fn by(mut self, dimension: impl Into<String>) -> Self {
        self.selection.by.push(dimension.into());
        self
    }

    /// Only rows whose `dimension` has one of these values; several calls must all hold.
    #[must_use]
    pub fn only<S: Into<String>>(
        mut self,
        dimension: impl Into<String>,
        values: impl IntoIterator<Item = S>,
    ) -> Self {
        self.selection.only(dimension, values);
        self
    }

    /// The days that the report of a model looks at, up to the day of the report; without it, all
    /// days that the facts have. [`over`](FunnelDefinition::over) takes its days as an argument.
    #[must_use]
    pub fn within(self, period: Period) -> Self {
        Self { period: Some(period), ..self }
    }

    /// The period with which the report of a model compares, half way through only as many of its
    /// days; [`over`](FunnelDefinition::over) does not look at it.
    #[must_use]
    pub fn compare(self, period: Period) -> Self {
        Self { compare: Some(period), ..self }
    }

    /// How rates are shown in a report; without it as percentages with the model's rounding.
    #[must_use]
    pub fn display(self, display: Display) -> Self {
        Self { display: Some(display), ..self }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is wrong with the definition, each with its path.
    pub(crate) fn problems(&self, schema: &Schema) -> Vec<Error> {
        let mut problems = Vec::new();
        if self.stages.len() < 2 {
            problems.push(too_short(self.stages.len()).at_path("stages"));
        }
        let mut measure = |name: &str, path: String| {
            if schema.measure(name).is_none() {
                let known = schema.measures().iter().map(Measure::name);
                let message = format!("unknown measure \"{name}\"; {}", did_you_mean(name, known));
                problems.push(Error::new(ErrorKind::Unknown, message).at_path(path));
            }
        };
        for (i, stage) in self.stages.iter().enumerate() {
            measure(&stage.count, format!("stages[{i}].count"));
            if let Some(value) = &stage.value {
                measure(value, format!("stages[{i}].value"));
            }
        }
        for (i, stage) in self.stages.iter().enumerate() {
            let first = self.stages[..i].iter().position(|other| other.name == stage.name);
            if let Some(first) = first {
                let name = &stage.name;
                let message = format!(
                    "stage \"{name}\" is there twice, first at stages[{first}]; rename or remove one"
                );
                let error = Error::new(ErrorKind::Duplicate, message);
                problems.push(error.at_path(format!("stages[{i}].name")));
            }
        }
        problems.extend(self.selection.problems(schema));
        problems
    }

    /// The total and then the segments, in alphabetical order, over the days of `period`.
    ///
    /// A segment is a combination of values that occurs in the facts, on any day, and passes the
    /// filters. The total is that of all rows that pass, and of none where no row does. Each count
    /// adds up as its measure says.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with everything that is wrong with the definition for these facts
    /// (fewer than two stages, a stage or dimension there twice, an unknown measure or dimension),
    /// and [`ErrorKind::Domain`] for a count below zero, in the total or any segment.
    ///
    /// ```
    /// use yardstick::{Basis, Column, Date, Facts, FunnelDefinition, Measure, Owner, Schema, Value};
    ///
    /// let schema = Schema::new(
    ///     ["origin"],
    ///     [Measure::flow("leads", "lead".parse()?), Measure::flow("deals", "deal".parse()?)],
    /// )?;
    /// let day = Date::new(2018, 1, 1)?;
    /// let facts = Facts::builder(&schema)
    ///     .dates(&[day, day])
    ///     .dimension("origin", &["social", "email"])
    ///     .measure("leads", Column::integers(&[10, 40]))
    ///     .measure("deals", Column::integers(&[1, 8]))
    ///     .build()?;
    /// let funnel = FunnelDefinition::new("lead to deal", Basis::Cohort)
    ///     .stage("lead", Owner::Marketing, "leads")
    ///     .stage("deal", Owner::Sales, "deals")
    ///     .by("origin");
    /// let segments = funnel.over(&facts, facts.period())?;
    /// assert_eq!(segments[0].funnel.overall_rate(), Value::Defined("9/50".parse()?));
    /// assert_eq!(segments[1].key, ["email"]);
    /// assert_eq!(segments[1].funnel.overall_rate(), Value::Defined("1/5".parse()?));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn over(&self, facts: &Facts<'_>, period: Period) -> Result<Vec<Segment>, Error> {
        self.over_until(facts, period, None)
    }

    /// The same for combinations that occur until a day.
    pub(crate) fn over_until(
        &self,
        facts: &Facts<'_>,
        period: Period,
        until: Option<Date>,
    ) -> Result<Vec<Segment>, Error> {
        let schema = facts.schema();
        let what = format!("funnel \"{}\"", self.name);
        if let Some(error) = Error::all(&what, self.problems(schema)) {
            return Err(error);
        }
        let mut measures: Vec<usize> = Vec::new();
        let mut place = |name: &String| {
            let index = schema.measure_index(name)?;
            let known = measures.iter().position(|measure| *measure == index);
            known.or_else(|| {
                measures.push(index);
                Some(measures.len() - 1)
            })
        };
        let stages: Vec<_> = self
            .stages
            .iter()
            .map(|stage| (stage, place(&stage.count), stage.value.as_ref().and_then(&mut place)))
            .collect();
        let mut segments = Vec::new();
        let by = Some(&self.selection).filter(|selection| !selection.by.is_empty());
        for selection in [&self.selection.in_total()].into_iter().chain(by) {
            let groups = facts.groups(selection, until)?;
            let values = facts.roll_up(&measures, &groups, &[Some(period)]);
            let cell = |place: Option<usize>, group: usize| -> Option<Value> {
                values.get(place?)?.get(group).cloned()
            };
            for (group, key) in groups.keys.iter().enumerate() {
                let stages = stages.iter().filter_map(|(stage, count, value)| {
                    let (count, value) = (cell(*count, group)?, cell(*value, group));
                    Some(Stage::new(stage.name.clone(), stage.owner, count, value))
                });
                let funnel = Funnel::new(self.basis, stages.collect()).map_err(|error| {
                    let of = self
                        .selection
                        .by
                        .iter()
                        .zip(key)
                        .map(|(by, value)| format!("{by} \"{value}\""));
                    match key.is_empty() {
                        true => error.within(&what),
                        false => error.within(of.collect::<Vec<_>>().join(", ")).within(&what),
                    }
                })?;
                segments.push(Segment { key: key.clone(), funnel });
            }
        }
        Ok(segments)
    }
}
