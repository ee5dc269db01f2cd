//! What a model gives over facts.
//!
//! A [`Report`] holds exact values. As JSON (`Report::to_json`, or any format of serde) it is one
//! object, described here field by field. Its order is that of the model, then time, then the values
//! of dimensions alphabetically; the same model and facts give the same bytes. Facts after its day
//! are not looked at, but for `facts` and the finding that there are some.
//!
//! **NUMBER** is `{"fraction": "43366801/100", "text": "433668.01"}`: the reduced fraction (`"5"` for
//! an integer), and the value rounded once as its display asks, with `%` or `‰` where it asks for
//! that. A fraction of more than 4,096 bits is `null`, with its size in `"bits"`. A text is `null`
//! where the rounded value does not fit 96 bits, or where the mode is `exact` and it does not fit
//! the scale. An undefined value is `{"undefined": REASON}`, with REASON one of `missing`,
//! `not_additive`, `inconsistent`, `unbounded_good`, `unbounded_bad`, `unbounded`, `no_base`,
//! `capacity` (see [`Reason`]). **DAY** is `YYYY-MM-DD`. **PERIOD** is
//! `{"first": DAY, "last": DAY}`, both included.
//!
//! | field | meaning |
//! |---|---|
//! | `yardstick_report` | version of the report: `1` |
//! | `model` | name of the model |
//! | `as_of` | the DAY |
//! | `facts` | `{"rows": 305, "first": DAY, "last": DAY}` |
//! | `kpis` | list of the KPIs of the model, as they were understood |
//! | `queries` | list of queries |
//! | `funnels` | list of funnels |
//! | `factors` | list of key success factors |
//! | `explanations` | list of explanations |
//! | `targets` | list of targets |
//! | `plans` | list of plans |
//! | `cascades` | list of cascades |
//! | `agreements` | list of agreements |
//! | `scorecards` | list of scorecards |
//! | `findings` | list of `{"kind", "place", "message"}`, see [`FindingKind`]; a place is `facts`, or a part and its name, such as `query "NAME"` |
//!
//! **A KPI**: `name`; `formula`, written in one way; `unit`; `kind`, see
//! [`MetricKind`]; `aggregation`, see [`Aggregation`];
//! `direction`; `owner`, `stage` and `catalog`, the id of the catalog's definition, each a name or
//! `null`.
//!
//! **A query**: `name`; `period`, the PERIOD up to `as_of`, or `null` where it has not begun;
//! `dimensions`, a list of names; `metrics`, a list of `{"name", "unit"}`; `undefined`, how many values
//! are undefined for each REASON that occurs, such as `{"no_base": 2}`; `rows`, a list of
//! `{"bucket", "period", "key", "values"}`: the bucket's name or `null`, its PERIOD, a value for each
//! dimension, a NUMBER for each metric.
//!
//! **A funnel**: `name`; `basis`; `period`, a PERIOD or `null`; `compared_with`, a PERIOD or `null`;
//! `dimensions`; `segments`, none where the period has not begun, else first the total with an empty
//! key:
//!
//! | field | meaning |
//! |---|---|
//! | `key` | a value for each dimension |
//! | `stages` | `{"name", "owner", "count": NUMBER, "value": NUMBER, "value_per_entity": NUMBER}`; the last two `null` where no value is measured |
//! | `steps` | `{"from", "to", "rate", "overall_rate", "drop_off", "drop_off_rate"}`: names and NUMBERs |
//! | `overall_rate` | NUMBER, from the first stage to the last |
//! | `hand_off` | the name of the stage from which marketing hands over, or `null` |
//! | `bottleneck` | the name of the stage from which the lowest step rate leads, or `null` |
//! | `comparison` | `null` without a comparison, else `{"counts": [NUMBER], "steps": [{"points": NUMBER, "relative": NUMBER}], "overall_points": NUMBER, "worst_step": name or null}` |
//!
//! Counts have the display of their measure, rates and changes of rates that of the funnel, the
//! value per entity that of the value.
//!
//! **A key success factor**: `name`; `strategy`, the dimension; `period`, a PERIOD or `null`; `metrics`,
//! a list of names; `total`, a STRATEGY; `strategies`, a list of them in order of contribution, none
//! where the period has not begun. A **STRATEGY** (see [`Factor::run`](crate::Factor::run)): `name`;
//! `gain`, `cost`, `occasions`, `contribution`, `return`, `share`, `cost_of_gain`,
//! `gain_per_occasion`, `cost_per_occasion`: NUMBERs, `cost` and `occasions` `null` where there are
//! none; `ranks`, `{"contribution", "return", "share"}`: integers from 1, or `null`; `values`, a
//! NUMBER for each metric. Gains and contributions have the display of the gain, costs that of the
//! cost, returns and shares are percentages, numbers for each gain or occasion have the display of
//! the model.
//!
//! **An explanation**: `name`, and `causes`, `null` where the later period has not begun, else:
//!
//! | field | meaning |
//! |---|---|
//! | `metric`, `unit`, `dimensions` | names |
//! | `before`, `after` | PERIODs |
//! | `kind` | `contributions`, `rate_mix`, `price_volume_mix` or `drivers`, see [`Cause`](crate::explain::Cause) |
//! | `convention` | with which weights effects are counted, or `null` |
//! | `change` | a CHANGE of the metric |
//! | `effects` | an object of NUMBERs by their names: those of all parts together. For `rate_mix` `rate mix new lost unrated`, which sum to the absolute change; for `price_volume_mix` `price cost volume new lost unpriced`, which do, and `quantity` and `mix`, which sum to the volume; for the others none |
//! | `reversal` | `true` where every segment moved against the total, `false`, or `null` where it is not asked |
//! | `parts` | the segments, products or drivers, the largest effect first: `key`, a list of names; `presence` (see [`Presence`](crate::explain::Presence)) or `null`; `change`, a CHANGE of its own number; `effect`, the NUMBER that it adds to the absolute change; `effects`, an object of NUMBERs of which that is made |
//!
//! **A CHANGE** is `{"before", "after", "absolute", "relative"}`: NUMBERs, the last as a percentage. For a
//! segment of a rate it is that of its own rate. Effects have the display of the metric, and so have
//! changes but for those of drivers, which have their own.
//!
//! **A target**: `name`; `metric`; `unit`; `owner`, or `null`; `period`, a PERIOD; `goal`, the one in
//! force now, `{"low": NUMBER, "high": NUMBER, "baseline": NUMBER}`, each `null` where the goal has none;
//! `tiers`, a list of `{"name", "limit": NUMBER}`; `milestones`,
//! `{"first_met", "met_since", "secured", "beyond_best", "unreachable"}`, each a DAY or `null` (see
//! [`Milestones`](crate::target::Milestones)); `smart`, `null` where it was not asked for, else
//! `{"specific", "measurable", "achievable", "relevant", "time_bound"}`, each
//! `{"holds": true or false, "found": text, "missing": [text]}`, and `"periods"` and `"days"`, each
//! `{"reached", "of"}`, two integers (see [`Smart`]); `current`, an ASSESSMENT; `days`, a list of them, one
//! for each day of the period up to `as_of`.
//!
//! **ASSESSMENT**
//!
//! | field | meaning |
//! |---|---|
//! | `as_of` | DAY |
//! | `state` | `not_started no_data undefined ahead behind on_pace over under secured unreachable met missed`, see [`State`](crate::target::State) |
//! | `band` | a name, or `null` |
//! | `tier` | the name of the hardest one reached, or `null` |
//! | `actual`, `gap` | NUMBER, in the display of the metric |
//! | `met` | `true`, `false`, or `null` where undefined or without data |
//! | `attainment` | NUMBER, as a percentage |
//! | `pace` | `null`, or one of the four below |
//!
//! All have `kind`, and all but that of a ratio `elapsed_days` and `remaining_days`, integers; `share`,
//! a NUMBER as a percentage; `attainment`, the same; `projection`, a NUMBER; `reached_on`, a DAY or
//! `null`. A BEST is `{"day": DAY, "value": NUMBER, "rate": NUMBER}` or `null`. Amounts have the display of
//! the metric.
//!
//! | kind | further fields |
//! |---|---|
//! | `flow`, see [`FlowPace`](crate::target::FlowPace) | `expected`, `gap`, `required_per_day`, `required_per_weight`, `required_next_day`: NUMBERs; `best_day`, a BEST; `beyond_best`, `true` or `false` |
//! | `stock`, see [`StockPace`](crate::target::StockPace) | `from`, `expected`, `gap`, `required_per_day`, `required_per_weight`, `required_next_day`: NUMBERs |
//! | `budget`, see [`BudgetPace`](crate::target::BudgetPace) | `expected_low`, `expected_high`, `over`, `under`, `left`, `left_per_day`, `left_per_weight`, `left_next_day`: NUMBERs |
//! | `ratio`, see [`RatioPace`](crate::target::RatioPace) | `numerator`, `denominator`, `expected_volume`: NUMBERs in the display of the model; `remaining`, `required`, `secured`, `unreachable`, `decided`, or `null` where undefined; `required`, a NUMBER, or `null` where nothing remains, as on the last day; `best_day`, a BEST; `beyond_best` |
//!
//! **A plan** (see [`Plan`](crate::Plan)). Counts have the display of the measure of their stage,
//! rates that of the funnel, money that the last stage is worth that of its value, and budgets,
//! weights and ratios that of the model. A stage stands for itself by its name, a step by the stage
//! that it leads to.
//!
//! | field | meaning |
//! |---|---|
//! | `name`, `funnel` | names |
//! | `period` | PERIOD of the goal, or `null` |
//! | `goal` | `{"stage": name, "count": NUMBER}` |
//! | `stages` | for each stage `{"name", "owner", "rate", "need", "reach", "due", "capacity", "exceeds", "yields"}`, see [`StageNeed`](crate::target::StageNeed): NUMBERs, but for `due`, a PERIOD, and `exceeds`, `true` or `false`; `rate` is `null` for the first stage, `need`, `due` and `yields` behind that of the goal, `due` without a period, `capacity` and `yields` without a capacity |
//! | `unreachable` | `null`, or why no number reaches the goal: `{"stage": name or null, "reason": REASON}`, see [`Unreachable`](crate::target::Unreachable) |
//! | `binding` | the name of the stage whose capacity binds, or `null` |
//! | `attainable` | NUMBER of the goal's stage that can be had |
//! | `owners` | `{"owner", "stage", "need": NUMBER}` for each owner: what the last of its stages needs |
//! | `hand_off` | the name of the stage from which marketing hands over, or `null` |
//! | `buckets` | `{"bucket", "period", "needs": [NUMBER]}`: what is due of each stage; none without a grain |
//! | `forecast` | `null`, or `{"stages": [{"name", "open", "arriving", "total", "more"}], "result", "value", "lacking"}`: NUMBERs, see [`Forecast`](crate::target::Forecast) and [`Shortfall`](crate::target::Shortfall); `more` is `null` behind the stage of the goal, `value` where no value is known |
//! | `segments` | `null`, or `{"needs": [NUMBER or null], "owners", "parts": [{"key", "weight": NUMBER, "goal": NUMBER, "needs": [NUMBER or null], "unreachable"}]}`: of all parts together for each stage and owner, and of each part |
//! | `levers` | `{"result": NUMBER, "factors": [{"kind", "stage", "owner", "now": NUMBER, "point", "percent", "quantum"}], "owners": [{"owner", "point", "percent", "quantum"}]}`, see [`Effects`](crate::target::Effects); `kind` is `volume`, `rate` or `value`; `point`, `percent` and `quantum` are `{"change": NUMBER, "exceeds": true or false}`, the first and the last `null` where there is none |
//! | `split` | `null`, or `{"levers": [{"stage", "owner", "spend", "before", "after", "next_ratio"}], "owners": [{"owner", "spend"}], "unspent", "before", "after", "gain", "stuck"}`: NUMBERs, see [`BudgetSplit`](crate::target::BudgetSplit); `stuck` is `null` or `{"stage": name, "reason"}`, with `no_lever`, `not_lifted` or `budget_too_small` |
//!
//! **A cascade**: `name`; `unit`, or `null`; `kind`, `amount` or `ratio`; `total`, the NUMBER that went
//! down; `quantum`, a NUMBER or `null`; `nodes`, all nodes in the order of the document, a node, then
//! what is below it, then its sibling. Each has `path`, the list of names from the root's down, and
//! `depth`, 0 for the root. Of an amount (see [`SplitNode`](crate::target::cascade::SplitNode)):
//! `amount`, `handed_down` and `share`, NUMBERs in the display of the cascade, and `bound`, `floor`,
//! `ceiling` or `null`. Of a ratio (see [`RatioNode`](crate::target::cascade::RatioNode)):
//! `numerator` and `denominator`, NUMBERs in the display of the model, and `ratio`, a NUMBER in that
//! of the cascade.
//!
//! **An agreement**: `name`; `outcome`, one of `kept_by_both broken_by_marketing broken_by_sales
//! broken_by_both undefined`, see [`AgreementOutcome`](crate::funnel::AgreementOutcome); `marketing`
//! and `sales`, each `{"state", "first_broken", "promises"}`: `state` is `kept`, `broken` or
//! `undefined`, see [`SideState`](crate::funnel::SideState), `first_broken` the name of a target or
//! `null`, and `promises` a list of `{"target", "met", "state"}`, the last two as they are of the
//! target's `current`.
//!
//! **A scorecard** (see [`Scorecard::compute`](crate::Scorecard::compute)): `name`; `undefined`,
//! `leave_out` or `strict`; `clamp`, `null` or `{"low": NUMBER, "high": NUMBER}`, each `null` where it has
//! none; `total`, a SCORE; `entries`, a list of the fields below; `groupings`, a list of
//! `{"by", "groups"}`: `owner`, `factor` or the name of a label, and a list of SCOREs with two fields in
//! front: `key`, a name, or `null` for the entries that have none, and `contribution`, a NUMBER. Weights
//! have the display of the model, all else is percentages.
//!
//! | field of an entry | meaning |
//! |---|---|
//! | `target` | its name |
//! | `owner`, `factor` | a name or `null` |
//! | `labels` | an object of texts |
//! | `weight`, `share` | NUMBERs: its weight, and its share of the weight of all |
//! | `attainment` | NUMBER, missing where the target has not started or has no data |
//! | `contribution` | NUMBER, what it adds to the index of the total |
//! | `state`, `band` | as in its ASSESSMENT |
//!
//! **SCORE**: `index`, a NUMBER; `clamped`, the index of clamped attainments, or `null` without a clamp;
//! `weight` and `covered`, NUMBERs: the weight of its entries, and the share of it that the index is
//! over; `before`, `covered_before` and `change`, NUMBERs: the index of the day before, the share that it
//! was over, and how much the index is above it; `states` and `bands`, each
//! `{"worst": name or null, "parts": [{"name", "count", "share": NUMBER}]}`, see
//! [`RollUp`](crate::scorecard::RollUp).

mod agreement;
mod cascade;
mod plan;
mod scorecard;

use std::collections::BTreeMap;

pub use self::agreement::AgreementReport;
pub use self::plan::PlanReport;
pub use self::scorecard::ScorecardReport;
use crate::calendar::{Date, Period};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::explain::Explanation;
use crate::factor::FactorResult;
use crate::funnel::{Basis, Comparison, Segment};
use crate::kpi::catalog::FunnelStage;
use crate::kpi::{Aggregation, Direction, MetricKind, Table};
use crate::named::named;
use crate::number::{Reason, Value};
use crate::owner::Owner;
use crate::target::{Assessment, Smart, TargetResult};
use crate::unit::{Display, Unit};

pub use self::cascade::CascadeReport;

/// The results of a model over facts, as of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub(super) model: String,
    pub(super) as_of: Date,
    pub(super) rows: usize,
    pub(super) days: Period,
    pub(super) kpis: Vec<KpiReport>,
    pub(super) queries: Vec<QueryReport>,
    pub(super) funnels: Vec<FunnelReport>,
    pub(super) factors: Vec<FactorReport>,
    pub(super) explanations: Vec<ExplainReport>,
    pub(super) targets: Vec<TargetReport>,
    pub(super) plans: Vec<PlanReport>,
    pub(super) cascades: Vec<CascadeReport>,
    pub(super) agreements: Vec<AgreementReport>,
    pub(super) scorecards: Vec<ScorecardReport>,
    pub(super) findings: Vec<Finding>,
}

/// A KPI of the model, as it was understood.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct KpiReport {
    /// Its name.
    pub name: String,
    /// Its formula, [normalized](crate::Formula::normalized).
    pub formula: String,
    /// The unit that the formula gives.
    pub unit: Unit,
    /// What kind of metric the formula makes.
    pub kind: MetricKind,
    /// How it adds up.
    pub aggregation: Aggregation,
    /// Which way is better.
    pub direction: Direction,
    /// Who is responsible.
    pub owner: Option<Owner>,
    /// Where in the funnel it looks.
    pub stage: Option<FunnelStage>,
    /// The id of the catalog's definition, which tells its variants apart.
    pub catalog: Option<String>,
}

/// The result of a query of the model.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct QueryReport {
    /// Its name.
    pub name: String,
    /// The days looked at; none where its period has not begun.
    pub period: Option<Period>,
    /// The values.
    pub table: Table,
    /// How each metric is shown.
    pub displays: Vec<Display>,
}

impl QueryReport {
    /// How many values are undefined, for each reason that occurs, in the order of reasons.
    #[must_use]
    pub fn undefined(&self) -> Vec<(Reason, usize)> {
        let mut counts: BTreeMap<Reason, usize> = BTreeMap::new();
        for reason in self.table.columns.iter().flat_map(|c| &c.values).filter_map(Value::reason) {
            *counts.entry(reason).or_default() += 1;
        }
        counts.into_iter().collect()
    }
}

/// The result of a funnel of the model.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FunnelReport {
    /// Its name.
    pub name: String,
    /// Which entities its stages count.
    pub basis: Basis,
    /// The dimensions of its segments.
    pub dimensions: Vec<String>,
    /// The days looked at; none where its period has not begun.
    pub period: Option<Period>,
    /// The days compared with.
    pub compared_with: Option<Period>,
    /// The total, then the segments.
    pub segments: Vec<Segment>,
    /// What changed against the days compared with, for each segment.
    pub comparisons: Vec<Option<Comparison>>,
    /// How the count of each stage is shown.
    pub counts: Vec<Display>,
    /// How the value of each stage is shown.
    pub values: Vec<Display>,
    /// How rates are shown.
    pub rates: Display,
}

/// The result of a key success factor of the model.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FactorReport {
    /// The days looked at; none where its period has not begun.
    pub period: Option<Period>,
    /// What the strategies brought about; none, and a total that is missing, where its period has
    /// not begun.
    pub result: FactorResult,
    /// How gains are shown.
    pub gain: Display,
    /// How costs are shown.
    pub cost: Display,
    /// How counts of occasions are shown.
    pub occasions: Display,
    /// The metrics, and how each is shown.
    pub metrics: Vec<(String, Display)>,
    /// How shares and returns are shown.
    pub rates: Display,
    /// How numbers for each gain or occasion are shown.
    pub plain: Display,
}

/// Why a metric of the model moved.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ExplainReport {
    /// The title.
    pub name: String,
    /// The causes; none where the later period has not begun.
    pub explanation: Option<Explanation>,
    /// How the metric and the effects are shown.
    pub display: Display,
    /// How each driver is shown, where it is drivers that explain the metric.
    pub drivers: Vec<Display>,
    /// How shares and relative changes are shown.
    pub rates: Display,
}

/// The result of a target of the model.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TargetReport {
    /// The goal and the state at the end of each day.
    pub result: TargetResult,
    /// The target held against the words of SMART, where it was asked for.
    pub smart: Option<Smart>,
    /// How values in the metric's unit are shown.
    pub display: Display,
    /// How attainment is shown.
    pub rates: Display,
    /// How numerator, denominator and volume of a ratio are shown.
    pub plain: Display,
}

impl TargetReport {
    /// The state as of the day of the report.
    #[must_use]
    pub fn current(&self) -> Assessment<'_> {
        self.result.current()
    }

    /// Whether the goal is met now, compared exactly; no where that is undefined.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.current().is_met()
    }

    /// The attainment now.
    #[must_use]
    pub fn attainment(&self) -> Value {
        self.current().attainment
    }
}

named! {
    /// What a finding is about.
    #[non_exhaustive]
    FindingKind "kind of finding" {
        /// The facts end before the day of the report.
        FactsEndEarly = "facts_end_early",
        /// The facts go on after the day of the report.
        FactsGoOn = "facts_go_on",
        /// A value of a `where`, or a segment that is given a part of a plan's goal, does not occur
        /// in the facts, so it takes no rows: perhaps it is misspelt.
        ValueNotInFacts = "value_not_in_facts",
        /// A value of a query lies outside the bounds of its KPI; one finding for each, metric by
        /// metric.
        OutOfBounds = "out_of_bounds",
        /// A target is in another state, band or tier than on the day before; only within its period.
        StateChanged = "state_changed",
        /// A stage of a funnel is larger than the one before it; one finding for each, segment by
        /// segment.
        StageExceeds = "stage_exceeds",
    }
}

/// Something to look at: not an error, and nothing was changed because of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// Where, for example `funnel "lead to deal"`.
    pub place: String,
    /// What was found, and what to look at.
    pub message: String,
}

impl Finding {
    pub(super) fn new(kind: FindingKind, place: impl Into<String>, message: String) -> Self {
        Self { kind, place: place.into(), message }
    }
}

fn find<'a, T>(
    what: &str,
    name: &str,
    list: &'a [T],
    of: impl Fn(&T) -> &str,
) -> Result<&'a T, Error> {
    list.iter().find(|item| of(item) == name).ok_or_else(|| {
        let names: Vec<&str> = list.iter().map(&of).collect();
        let remedy = did_you_mean(name, names);
        Error::new(ErrorKind::Unknown, format!("unknown {what} \"{name}\"; {remedy}"))
    })
}

impl Report {
    /// The name of the model.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The day.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// The KPIs, in the order of the model.
    #[must_use]
    pub fn kpis(&self) -> &[KpiReport] {
        &self.kpis
    }

    /// The queries, in the order of the model.
    #[must_use]
    pub fn queries(&self) -> &[QueryReport] {
        &self.queries
    }

    /// The funnels, in the order of the model.
    #[must_use]
    pub fn funnels(&self) -> &[FunnelReport] {
        &self.funnels
    }

    /// The key success factors, in the order of the model.
    #[must_use]
    pub fn factors(&self) -> &[FactorReport] {
        &self.factors
    }

    /// Why metrics moved, in the order of the model.
    #[must_use]
    pub fn explanations(&self) -> &[ExplainReport] {
        &self.explanations
    }

    /// The targets, in the order of the model.
    #[must_use]
    pub fn targets(&self) -> &[TargetReport] {
        &self.targets
    }

    /// The plans, in the order of the model.
    #[must_use]
    pub fn plans(&self) -> &[PlanReport] {
        &self.plans
    }

    /// The cascades, in the order of the model.
    #[must_use]
    pub fn cascades(&self) -> &[CascadeReport] {
        &self.cascades
    }

    /// The agreements, in the order of the model.
    #[must_use]
    pub fn agreements(&self) -> &[AgreementReport] {
        &self.agreements
    }

    /// The scorecards, in the order of the model.
    #[must_use]
    pub fn scorecards(&self) -> &[ScorecardReport] {
        &self.scorecards
    }

    /// What was found on the way, in order.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The query of this name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`] with the nearest name; so for those below.
    pub fn query(&self, name: &str) -> Result<&QueryReport, Error> {
        find("query", name, &self.queries, |query| &query.name)
    }

    /// The funnel of this name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`].
    pub fn funnel(&self, name: &str) -> Result<&FunnelReport, Error> {
        find("funnel", name, &self.funnels, |funnel| &funnel.name)
    }

    /// The key success factor of this name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`].
    pub fn factor(&self, name: &str) -> Result<&FactorReport, Error> {
        find("factor", name, &self.factors, |factor| &factor.result.name)
    }

    /// The explanation of this name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`].
    pub fn explanation(&self, name: &str) -> Result<&ExplainReport, Error> {
        find("explanation", name, &self.explanations, |explanation| &explanation.name)
    }

    /// The cascade of this name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`].
    pub fn cascade(&self, name: &str) -> Result<&CascadeReport, Error> {
        find("cascade", name, &self.cascades, |cascade| &cascade.name)
    }

    /// The target of this name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`].
    pub fn target(&self, name: &str) -> Result<&TargetReport, Error> {
        find("target", name, &self.targets, |target| &target.result.name)
    }

    /// The scorecard of this name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`].
    pub fn scorecard(&self, name: &str) -> Result<&ScorecardReport, Error> {
        find("scorecard", name, &self.scorecards, |scorecard| &scorecard.result.name)
    }

    /// The agreement of this name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`].
    pub fn agreement(&self, name: &str) -> Result<&AgreementReport, Error> {
        find("agreement", name, &self.agreements, |report| report.agreement.name())
    }

    /// The plan of this name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`].
    pub fn plan(&self, name: &str) -> Result<&PlanReport, Error> {
        find("plan", name, &self.plans, |plan| &plan.name)
    }
}
