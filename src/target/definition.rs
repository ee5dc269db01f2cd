//! What a target says.

use super::attainment::Attainment;
use super::bands::Bands;
use super::goal::{Baseline, Goal, Limit};
use super::pace::Volume;
use super::weights::DayWeights;
use crate::calendar::{Date, Period};
use crate::facts::Selection;
use crate::kpi::Bounds;
use crate::number::Rational;
use crate::owner::Owner;

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
#[derive(Debug, Clone, PartialEq, Eq)]
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
    pub(crate) weights: DayWeights,
    pub(crate) daily: Option<Bounds>,
    /// The tolerance of a budget.
    pub(crate) budget: Option<Rational>,
    /// Later goals, and the day from which each holds.
    pub(crate) versions: Vec<(Date, Goal)>,
    pub(crate) tiers: Vec<Tier>,
    pub(crate) factor: Option<String>,
    pub(crate) parent: Option<String>,
    /// Whether a report holds it against the words of SMART.
    pub(crate) checked: bool,
}

/// A limit with a name, beside the goal: a stretch beyond it, or a commitment below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// Its name, for example `stretch`.
    pub name: String,
    /// What it takes, in the sense of the goal.
    pub limit: Limit,
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
            weights: DayWeights::default(),
            daily: None,
            budget: None,
            versions: Vec::new(),
            tiers: Vec::new(),
            factor: None,
            parent: None,
            checked: false,
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

    /// The same with days that do not weigh the same; see [`DayWeights`]. They spread the target over
    /// its period, and what a ratio's volume so far comes to in the end.
    #[must_use]
    pub fn weights(self, weights: DayWeights) -> Self {
        Self { weights, ..self }
    }

    /// The same with bounds on what one day can bring, for a metric that adds up over days: a
    /// capacity, or zero for what cannot be taken back. By them alone it is said that a target is
    /// secured or unreachable before its period is over. Without them those of the KPI, which hold for
    /// any period, count for a day as well.
    #[must_use]
    pub fn daily(self, bounds: Bounds) -> Self {
        Self { daily: Some(bounds), ..self }
    }

    /// The same as a budget: a goal of at most that is to be used up evenly, neither over nor under
    /// what its days weigh by more than this share of it (`0.05` is five percent). Only for a metric
    /// that adds up over days.
    #[must_use]
    pub fn budget(self, tolerance: Rational) -> Self {
        Self { budget: Some(tolerance), ..self }
    }

    /// The same with another goal from a day of its period on. Each day is held against the goal in
    /// force on it, and at the end it is the last one that counts. It has the form of the first: at
    /// least, at most, or a range. The period of a baseline whose days may be the best, whose volume is
    /// expected, or that `prior` means, is that of the first goal.
    #[must_use]
    pub fn revised(mut self, from: Date, goal: Goal) -> Self {
        self.versions.push((from, goal));
        self
    }

    /// The same with one more tier, each harder than the one before; not for a range. The hardest one
    /// that is reached is reported beside the goal, and decides nothing. That is the last one reached
    /// in the order given: where limits that are changes come out in another, the order given counts.
    #[must_use]
    pub fn tier(mut self, name: impl Into<String>, limit: impl Into<Limit>) -> Self {
        self.tiers.push(Tier { name: name.into(), limit: limit.into() });
        self
    }

    /// The same for a key success factor, by its name: what the target is relevant for.
    #[must_use]
    pub fn serves(self, factor: impl Into<String>) -> Self {
        Self { factor: Some(factor.into()), ..self }
    }

    /// The same as part of another target, by its name.
    #[must_use]
    pub fn part_of(self, parent: impl Into<String>) -> Self {
        Self { parent: Some(parent.into()), ..self }
    }

    /// The same, and the report of a model holds it against the words of SMART; see
    /// [`smart`](Self::smart).
    #[must_use]
    pub fn check_smart(self) -> Self {
        Self { checked: true, ..self }
    }

    /// The limit of its last goal, where that has one and it is a number.
    pub(crate) fn fixed_limit(&self) -> Option<&Rational> {
        match self.goals().last()? {
            Goal::AtLeast(Limit::Fixed(limit)) | Goal::AtMost(Limit::Fixed(limit)) => Some(limit),
            _ => None,
        }
    }

    /// The baselines of its goals and tiers.
    pub(super) fn baselines(&self) -> impl Iterator<Item = &Baseline> {
        let goals = self.goals().flat_map(|goal| {
            let (low, high) = goal.limits();
            low.into_iter().chain(high)
        });
        goals.chain(self.tiers.iter().map(|tier| &tier.limit)).filter_map(Limit::baseline)
    }

    /// Which rows the peers are that it starts from.
    pub(crate) fn peers(&self) -> impl Iterator<Item = &Vec<(String, Vec<String>)>> {
        self.baselines().filter_map(|baseline| match baseline {
            Baseline::Segment { only, .. } => Some(only),
            _ => None,
        })
    }

    /// Its goals, the first and its later versions.
    pub(super) fn goals(&self) -> impl Iterator<Item = &Goal> {
        std::iter::once(&self.goal).chain(self.versions.iter().map(|(_, goal)| goal))
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}
