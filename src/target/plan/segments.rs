//! A goal split over segments, each with rates of its own.

use crate::error::{Error, ErrorKind};
use crate::number::{Rational, Value, allocate};

use super::needs::{Needs, OwnerNeed, PlanGoal};
use super::stages::Plan;
use super::whole::{bounded, check_amount};

/// A segment of a plan: its part of the goal, and rates of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSegment {
    key: Vec<String>,
    weight: Rational,
    plan: Plan,
}

impl PlanSegment {
    /// A segment with its key (a value for each dimension), its weight in the goal, zero or more, and
    /// its plan.
    #[must_use]
    pub fn new<S: Into<String>>(
        key: impl IntoIterator<Item = S>,
        weight: impl Into<Rational>,
        plan: Plan,
    ) -> Self {
        Self { key: key.into_iter().map(Into::into).collect(), weight: weight.into(), plan }
    }
}

/// What a segment needs for its part of a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SegmentNeed {
    /// A value for each dimension.
    pub key: Vec<String>,
    /// Its weight.
    pub weight: Rational,
    /// What it needs; its goal is its part of the whole.
    pub needs: Needs,
}

/// What segments need, and all of them together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SegmentNeeds {
    /// The stage of the goal, by its place.
    pub goal_stage: usize,
    /// How many of it together.
    pub goal: Value,
    /// Each segment, in the order given.
    pub segments: Vec<SegmentNeed>,
    /// For each stage the needs of all segments together; none behind the stage of the goal, and
    /// undefined where that of one is.
    pub stages: Vec<Option<Value>>,
    /// For each owner the needs of all segments together, at the last of its stages.
    pub owners: Vec<OwnerNeed>,
}

impl Plan {
    /// A goal split over segments, and what each needs with its own rates.
    ///
    /// The number of entities of the goal's stage follows from this plan (a revenue from its value of
    /// an entity) and is split in proportion to weights, in whole entities, by largest remainder
    /// ([`allocate`]). Then each segment goes backwards as [`needs`](Plan::needs) does. As each rounds
    /// up for itself, together they may need more than one plan for all would.
    ///
    /// # Errors
    ///
    /// As [`needs`](Plan::needs); [`ErrorKind::Shape`] for a segment whose stages or owners are not
    /// those of this plan; [`ErrorKind::Domain`] for a weight below zero, no segments, and weights
    /// that are all zero.
    ///
    /// ```
    /// use yardstick::target::{Plan, PlanGoal, PlanSegment};
    /// use yardstick::{Owner, Rational, Value};
    ///
    /// let plan = |rate: Rational| {
    ///     Plan::builder()
    ///         .stage("lead", Owner::Marketing)
    ///         .stage("deal", Owner::Sales)
    ///         .rate("deal", rate)
    ///         .build()
    /// };
    /// let segments = [
    ///     PlanSegment::new(["email"], 2, plan(Rational::new(1, 5)?)?),
    ///     PlanSegment::new(["social"], 1, plan(Rational::new(1, 20)?)?),
    /// ];
    /// let whole = plan(Rational::new(1, 10)?)?;
    /// let needs = whole.needs_by_segment(&PlanGoal::Wins(10.into()), &segments)?;
    /// assert_eq!(needs.segments[0].needs.goal, Value::Defined(7.into()));
    /// assert_eq!(needs.segments[1].needs.goal, Value::Defined(3.into()));
    /// assert_eq!(needs.stages[0], Some(Value::Defined((35 + 60).into())));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn needs_by_segment(
        &self,
        goal: &PlanGoal,
        segments: &[PlanSegment],
    ) -> Result<SegmentNeeds, Error> {
        let (goal_stage, goal) = self.goal(goal)?;
        let stages_of = |plan: &Self| -> Vec<_> {
            plan.stages().iter().map(|stage| (stage.name.clone(), stage.owner)).collect()
        };
        let stages = stages_of(self);
        for (i, segment) in segments.iter().enumerate() {
            let place = |error: Error| error.at_path(format!("segments[{i}]"));
            if let Some(error) = check_amount("a weight", &segment.weight) {
                return Err(place(error));
            }
            if stages_of(&segment.plan) != stages {
                let message =
                    "a segment with other stages or owners than the plan; give it the same";
                return Err(place(Error::new(ErrorKind::Shape, message)));
            }
        }
        let weights = segments.iter().map(|segment| &segment.weight);
        // Also where the goal is undefined, weights have to be right.
        let whole = goal.as_ref().defined().cloned().unwrap_or_default();
        let parts = allocate(whole, weights, 1)?;
        let needs = segments.iter().zip(parts).map(|(segment, part)| SegmentNeed {
            key: segment.key.clone(),
            weight: segment.weight.clone(),
            needs: segment.plan.needs_for(goal_stage, goal.as_ref().map(|_| part)),
        });
        let needs: Vec<SegmentNeed> = needs.collect();
        let sum = |stage: usize| {
            let needs =
                needs.iter().filter_map(|segment| segment.needs.stages[stage].need.as_ref());
            let none = Value::Defined(Rational::ZERO);
            needs.fold(none, |sum, need| bounded(sum.zip(need.as_ref(), |sum, need| sum + need)))
        };
        let stages: Vec<Option<Value>> =
            (0..stages.len()).map(|stage| (stage <= goal_stage).then(|| sum(stage))).collect();
        let owners = needs.first().map(|first| first.needs.owners.clone()).unwrap_or_default();
        let owners = owners.into_iter().map(|owner| {
            let need = stages[owner.stage].clone().unwrap_or(owner.need);
            OwnerNeed { need, ..owner }
        });
        Ok(SegmentNeeds { goal_stage, goal, owners: owners.collect(), segments: needs, stages })
    }
}
