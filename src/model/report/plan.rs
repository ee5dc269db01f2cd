//! The plans of a report.

use crate::calendar::Period;
use crate::target::{
    BudgetSplit, Effects, Forecast, Needs, Plan, PlanBucket, SegmentNeeds, Shortfall,
};
use crate::unit::Display;

/// The result of a plan of the model.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PlanReport {
    /// Its name.
    pub name: String,
    /// The name of its funnel.
    pub funnel: String,
    /// The stages, with the rates that were assumed.
    pub plan: Plan,
    /// What each stage needs.
    pub needs: Needs,
    /// The period of the goal, where one was given.
    pub period: Option<Period>,
    /// For each stage the days on which the need is due, where there is a period.
    pub due: Vec<Option<Period>>,
    /// What is due in each bucket; none without a grain.
    pub buckets: Vec<PlanBucket>,
    /// What stands open yields and what is lacking, where that was asked.
    pub forecast: Option<(Forecast, Shortfall)>,
    /// What segments need, where that was asked and one of them has a part in the goal. A segment
    /// without a part is left out.
    pub segments: Option<SegmentNeeds>,
    /// What more of each factor does to the result of the funnel.
    pub effects: Effects,
    /// The split of the budget, where there is one.
    pub split: Option<BudgetSplit>,
    /// How the count of each stage is shown.
    pub counts: Vec<Display>,
    /// How rates are shown.
    pub rates: Display,
    /// How money is shown that the last stage is worth.
    pub value: Display,
    /// How budgets, weights and ratios are shown.
    pub plain: Display,
}

impl PlanReport {
    /// How the result of levers is shown: as money where an entity has a value, else as the count of
    /// the last stage.
    #[must_use]
    pub fn result(&self) -> Display {
        match self.plan.value() {
            Some(_) => self.value,
            None => self.counts.last().copied().unwrap_or(self.plain),
        }
    }
}
