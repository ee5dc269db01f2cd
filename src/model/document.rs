//! The model as one document.
//!
//! JSON first (feature `json`), or any format of serde: [`Model`](super::Model) implements
//! `Deserialize`. All problems of a document are reported at once, each with its path. Unknown
//! fields are refused. Numbers are integers of 64 bits or text (`"0.2"`); any other is refused. In
//! lists the order is kept, and is that of the report. Null counts as absent.
//!
//! # The document
//!
//! | field | | meaning |
//! |---|---|---|
//! | `yardstick` | required | version of the document: `1` |
//! | `name` | required | title of the model |
//! | `display` | required | how numbers are shown that say nothing else: a *display* with `scale` and `mode` |
//! | `calendar` | | `{"year_begins": 10}`: the month with which the year begins, 1 to 12; without it January |
//! | `dimensions` | | list of names |
//! | `measures` | | list of *measures* |
//! | `baselines` | | list of `{"name", "period"}`: *periods* for `baseline(x, name)` in formulas |
//! | `reporting` | | `{"currency": "USD", "rates": {"EUR": "usd_per_eur"}}`: the currency of `reported(x)`, and the measure that is the rate of each other currency, in `USD/EUR` |
//! | `kpis` | | list of *KPIs* |
//! | `queries` | | list of *queries* |
//! | `funnels` | | list of *funnels* |
//! | `factors` | | list of *key success factors* |
//! | `explanations` | | list of *explanations* |
//! | `targets` | | list of *targets* |
//! | `plans` | | list of *plans* |
//! | `cascades` | | list of *cascades* |
//! | `agreements` | | list of *agreements* |
//! | `scorecards` | | list of *scorecards* |
//!
//! Names of dimensions, measures and KPIs are a letter or `_`, then letters, digits and `_`. Names
//! of queries, funnels, factors, explanations, targets, plans, cascades, agreements and scorecards
//! are any text that is not empty, once each in their list.
//!
//! **A display**
//!
//! | field | | meaning |
//! |---|---|---|
//! | `as` | | `plain` (without it), `percent` or `per_mille` |
//! | `scale` | | decimals, 0 to 28; without it those of the model |
//! | `mode` | | rounding mode: `ceil floor expand trunc half_ceil half_floor half_expand half_trunc half_even exact`; without it that of the model |
//! | `step` | | a multiple to round to, such as `"0.05"` |
//! | `grouped` | | `true` for `1,234.50` |
//!
//! What has no display is shown as the model's says, style, step and groups included. Rates and
//! attainment are percentages with the model's scale, mode and step, without groups.
//!
//! **A period** is the name of a bucket (`"2011-12-07"`, `"2011-W49"`, `"2011-12"`, `"2011-Q4"`,
//! `"2011"`; with a fiscal year `"FY2012-Q1"`, `"FY2012"`) or `{"first": DAY, "last": DAY}`, both days
//! included.
//!
//! **`where`** is an object: for each dimension named, the list of values to take. Values are compared
//! letter by letter, and one that the facts do not hold takes no rows: it is no error, since facts of
//! another day may hold it.
//!
//! **A measure**
//!
//! | field | | meaning |
//! |---|---|---|
//! | `name` | required | its name in formulas |
//! | `unit` | required | what it counts, see [`Unit`](crate::Unit): `EUR`, `order`, `day` |
//! | `kind` | | `flow` (without it): sum, sum, zero; `stock`: last, sum, carry; `distinct`: never adds up, zero |
//! | `over_time` | | `sum first last min max`, instead of the kind's; without a `kind`, any but `sum` needs `missing` |
//! | `across` | | `sum min max none`, instead of the kind's |
//! | `missing` | | `zero carry unknown`: what a missing day means, instead of the kind's |
//! | `formula` | | computes the measure for each row from others, before anything adds up; see [`Measure::computed`](crate::Measure::computed) |
//! | `where` | | only these combinations of dimension values count |
//! | `display` | | a *display* |
//! | `description` | | for people |
//!
//! **A KPI**: either `formula`, or `catalog` with `inputs`, or `conversion`.
//!
//! | field | | meaning |
//! |---|---|---|
//! | `name` | required | its name in formulas |
//! | `formula` | | see [`Formula`](crate::Formula) |
//! | `catalog` | | id or alias in the [catalog](crate::kpi::catalog), which gives formula, direction, owner, bounds, the meaning of a zero denominator and the style; what the KPI says itself goes before it |
//! | `inputs` | | `{"spend": "ad_cost"}`: which measure each input of the catalog's formula is; without it those of the same name |
//! | `conversion` | | `{"funnel", "from", "to"}`: the rate from one stage of a funnel to another; see [`Kpi::conversion`](crate::Kpi::conversion) |
//! | `unit` | | the unit that the formula must give |
//! | `direction` | | `higher`, `lower`, `neutral` |
//! | `owner` | | `marketing`, `sales`, `both`, `customer` |
//! | `stage` | | `awareness engagement conversion handoff follow_up closing retention feedback` |
//! | `bounds` | | `{"low": "0", "high": "1"}`, either may be absent; a value outside is a finding |
//! | `zero_denominator` | | what a non-zero number over zero means: `unbounded_good`, `unbounded_bad`, `inconsistent`; without it the direction says |
//! | `display` | | a *display* |
//! | `description` | | for people |
//!
//! **A query**
//!
//! | field | | meaning |
//! |---|---|---|
//! | `name` | required | title |
//! | `metrics` | required | names of measures and KPIs (`kpi.name` where both exist) |
//! | `by` | | dimensions: one row for each combination of values |
//! | `grain` | | `day week month quarter year`: one row for each bucket |
//! | `period` | | a *period*; without it from the first day of the facts to the last. A report looks at both up to its day |
//! | `where` | | which rows |
//! | `compare` | | the *period* that `prior` means; not together with a grain. Where the day of a report cuts the period short, only as many days of this one are taken, from its first. Days after that of the report are not taken either; where none are left, `prior` is missing |
//! | `reported` | | `true` for the values in the reporting currency |
//! | `description` | | for people |
//!
//! **A funnel**
//!
//! | field | | meaning |
//! |---|---|---|
//! | `name` | required | title |
//! | `basis` | required | `period` or `cohort` |
//! | `stages` | required | at least two `{"name", "owner", "count", "value"}`: `count` is the measure that counts the stage, `value` one for what it is worth |
//! | `by` | | dimensions: one segment for each combination, beside the total |
//! | `period` | | a *period*, as for queries |
//! | `compare` | | a *period* to compare with, cut short as for queries |
//! | `where` | | which rows |
//! | `display` | | how rates are shown; without it as percentages with the model's rounding |
//! | `description` | | for people |
//!
//! **A key success factor**
//!
//! | field | | meaning |
//! |---|---|---|
//! | `name` | required | title |
//! | `strategy` | required | the dimension by which strategies are tracked: campaign, source, event |
//! | `gain` | required | what strategies bring: a metric that adds up, new business or new customers |
//! | `cost` | | what they cost: a metric that adds up |
//! | `occasions` | | how often each was used: a metric that adds up |
//! | `metrics` | | the metrics in which the factor shows |
//! | `period` | | a *period*, as for queries |
//! | `where` | | which rows |
//! | `description` | | for people |
//!
//! **An explanation** of why a metric moved; see [`Explain`](crate::Explain)
//!
//! | field | | meaning |
//! |---|---|---|
//! | `name` | required | title |
//! | `metric` | required | a measure or KPI |
//! | `before`, `after` | required | *periods*. Where the day of a report cuts the later one short, only as many days of the earlier one are taken, from its first |
//! | `by` | | dimensions: the segments, or the products. Without them a KPI is explained by the metrics that its formula names |
//! | `convention` | | `symmetric` (without it), `old_weights`, `new_weights`, see [`Convention`](crate::Convention) |
//! | `quantity` | | the quantity sold: for price, volume and mix of a revenue |
//! | `cost` | | with a quantity, the variable cost |
//! | `where` | | which rows |
//! | `description` | | for people |
//!
//! **A target**
//!
//! | field | | meaning |
//! |---|---|---|
//! | `name` | required | title |
//! | `metric` | required | a measure or KPI. For `prior` in its formula see [`Target::assess`](crate::Target::assess) |
//! | `period` | required | a *period* |
//! | `goal` | required | one of `{"at_least": LIMIT}`, `{"at_most": LIMIT}`, `{"range": {"low": LIMIT, "high": LIMIT}}`. A range of what adds up over days is a budget with two ends |
//! | `owner` | | as for KPIs |
//! | `where` | | which rows |
//! | `attainment` | | `ratio lower_linear lower_inverse progress range`, see [`Attainment`](crate::target::Attainment); without it `ratio` for at least, `lower_linear` for at most, `range` for a range |
//! | `tolerance` | | for a range: the distance at which attainment is 0 |
//! | `volume` | | for a ratio, the total of its denominator that is expected: `"projected"` (without it), `"baseline"`, or `{"expected": "952"}` |
//! | `weights` | | how much each day counts, see [`DayWeights`](crate::target::DayWeights): `"even"` (without it), `"working_days"`, `{"holidays": [DAY]}` (working days but for these), `{"weekdays": {"monday": 1, "saturday": "0.5"}, "holidays": [DAY]}` (days that are not named weigh nothing), `{"shape": PERIOD}`, or `{"days": [1, 0, "0.5"]}` |
//! | `daily` | | `{"low": "0", "high": "5000"}`, either may be absent: what one day can bring, for what adds up over days. By it alone a flow is `secured` or `unreachable`; without it by the bounds of the KPI |
//! | `budget` | | `{"tolerance": "0.05"}`: for at most, a budget that is to be used up as its days weigh, off by no more than this share |
//! | `versions` | | `[{"from": DAY, "goal": …}]`: later goals, of the same form, and the day from which each holds; see [`Target::revised`](crate::Target::revised) |
//! | `tiers` | | `[{"name", "limit": LIMIT}]`, from the easiest: the hardest one reached is reported |
//! | `factor` | | the key success factor that it serves |
//! | `part_of` | | an earlier target that it is part of |
//! | `smart` | | `true` to hold it against the words of SMART, see [`Target::smart`](crate::Target::smart) |
//! | `bands` | | `{"on": "attainment" \| "pace" \| "actual", "list": [{"name", "from"}, …]}` from the highest threshold down; the last may have no `from` |
//! | `description` | | for people |
//!
//! A LIMIT is a number, or `{"change": "0.2", "mode": "relative", "baseline": BASELINE}` with mode
//! `relative`, `points` or `magnitude`, see [`ChangeMode`](crate::target::ChangeMode). A BASELINE is a
//! *period*, in which the metric's own value counts; `{"period": PERIOD, "where": {…}}`, for its value
//! in other rows; `{"target": NAME}`, for the limit of an earlier target; or `{"value": "0.031"}`, for
//! a benchmark. A period is looked at up to the day of the report; one that has not begun is missing.
//!
//! **A plan** of what each stage of a funnel needs for a goal; see [`Plan`](crate::Plan). A step is
//! named by the stage that it leads to
//!
//! | field | | meaning |
//! |---|---|---|
//! | `name` | required | title |
//! | `funnel` | required | a funnel of the model. The rates of its steps and the value of an entity of its last stage, over its period up to the day of the report, are those of the plan; where it has not begun they are missing |
//! | `goal` | required | one of `{"wins": 40}`, so many of the last stage; `{"revenue": "9500", "value": "950"}`, without `value` with that of the funnel; `{"stage": "lead", "count": 100}`. Zero or more, and rounded up to whole entities |
//! | `rates` | | `{"deal": "0.12"}` or `{"deal": {"target": NAME}}`: another rate for the step that leads to a stage, given, or the limit of a target, which is missing where the target does not have one limit |
//! | `lead_days` | | `{"deal": 60}`: whole days between the stage before and this one |
//! | `capacity` | | `{"lead": 5000}`: the most that a stage can handle for the goal, a whole number; of all segments together |
//! | `period` | | the *period* of the goal. Needs are due so many days before it as there are lead days |
//! | `grain` | | with a period, what is due in each `day week month quarter year` |
//! | `open` | | `{"lead": 120, "deal": {"measure": "deals_won"}}`: how many stand open at a stage, or are there already, for the last; a number, or a measure over the days of the facts up to that of the report in the rows of the funnel: of a stock the last |
//! | `entries` | | how many are still to come at the first stage |
//! | `segments` | | the goal split over the segments of the funnel, each with its own rates: `"counts"`, by how many of the goal's stage each had, or a list of `{"key": ["email"], "weight": 2}`. A segment of weight zero, or that is not named, is left out, and so is one that no row is in, which is a finding |
//! | `levers` | | list of `{"stage", "at_most", "curve"}`: the most that the factor of a stage (the volume of the first, the rate of the step that leads to any other) can be, and what spending does to it, a list of `[budget, factor]` from budget 0 on, see [`Curve`](crate::target::Curve); both may be absent. The factor of budget 0 takes the place of the funnel's, for the levers |
//! | `budget` | | the money to split over the levers that have a curve, see [`Levers::split`](crate::Levers::split); it needs a `quantum` and is a multiple of it |
//! | `quantum` | | the step in which money is spent; without a budget only its effect at each curve is told |
//! | `description` | | for people |
//!
//! **A cascade** of an amount or a ratio down a tree; see [`cascade`](crate::target::cascade)
//!
//! | field | | meaning |
//! |---|---|---|
//! | `name` | required | title |
//! | `amount` | | what goes down: a number, or `{"target": NAME}` for the limit of a target that is a number. Either this or `ratio` |
//! | `ratio` | | what goes down, by denominators: as an amount |
//! | `quantum` | required for an amount | what amounts are multiples of; for a ratio what numerators are, without it they are exact |
//! | `tree` | | the root, a *node*. Either this or `grains` |
//! | `grains` | | for an amount: the buckets into which `period` is cut, from coarse to fine, such as `["month", "day"]`; see [`Node::over_time`](crate::target::cascade::Node::over_time). The root has the name of the cascade |
//! | `period` | with `grains` or a `ramp` | a *period* |
//! | `weights` | | with `grains`: how much each day counts, as for targets, but for a shape; without it all days weigh the same |
//! | `unit` | | of the amount or the ratio, for people |
//! | `display` | | how amounts are shown, without it as the model says; or ratios, without it as percentages |
//! | `description` | | for people |
//!
//! **A node** of a cascade; see [`Node`](crate::target::cascade::Node)
//!
//! | field | | meaning |
//! |---|---|---|
//! | `name` | required | once among its siblings |
//! | `weight` | | zero or more; without it 1. That of the root is not looked at |
//! | `floor`, `ceiling` | | for an amount: the least and the most that it gets |
//! | `over_assignment` | | for an amount: `{"factor": "1.1", "mode": MODE}`, it hands down that times what it got |
//! | `ramp` | | `{"start": DAY, "steps": [{"after": days, "share": "0.25"}, …]}`: its weight counts by the mean share over the period of the cascade; see [`Ramp`](crate::target::cascade::Ramp) |
//! | `denominator` | for leaves of a ratio | what is expected of it |
//! | `children` | | list of *nodes*, in the order in which ties are decided |
//! | `description` | | for people |
//!
//! **An agreement** between marketing and sales; see [`Agreement`](crate::funnel::Agreement)
//!
//! | field | | meaning |
//! |---|---|---|
//! | `name` | required | title |
//! | `marketing`, `sales` | required | the targets that each side promises to meet, at least one: a list of names. A target is promised once, and not by the side that does not own it |
//! | `description` | | for people |
//!
//! A promise is kept where its target is met on the day of the report. Before its period is over, a
//! target of at least is not met until the actual value has reached it; the report has its state
//! beside it, which says whether it is on its way.
//!
//! **A scorecard**; see [`Scorecard`](crate::Scorecard)
//!
//! | field | | meaning |
//! |---|---|---|
//! | `name` | required | title |
//! | `entries` | required | at least one `{"target", "weight", "labels": {"region": "north"}}`: the name of a target, once each, how much it counts (above zero; only proportions matter), and what to group it by. The weights are yours: no [context](crate::scorecard::weighting) changes them |
//! | `by` | | groupings, at most 16: `"owner"`, `"factor"`, or the name of a label |
//! | `undefined` | | `leave_out` (without it): the index is over the entries that are defined, and `covered` says how much of the weight they have; `strict`: one that is undefined makes the index so |
//! | `clamp` | | `{"low": "0", "high": "1.5"}`, either may be absent: an index of attainments cut off there, beside the index |
//! | `description` | | for people |
//!
//! # An example
//!
//! ```
//! # #[cfg(feature = "json")] {
//! use yardstick::{Column, Date, Facts, Model};
//!
//! let model = Model::from_json(r#"{
//!     "yardstick": 1,
//!     "name": "Week 49",
//!     "display": {"scale": 2, "mode": "half_expand"},
//!     "measures": [
//!         {"name": "revenue", "unit": "GBP"},
//!         {"name": "invoices", "unit": "invoice", "display": {"scale": 0}}
//!     ],
//!     "kpis": [{"name": "aov", "formula": "revenue / invoices", "direction": "higher"}],
//!     "targets": [{
//!         "name": "revenue of the week", "metric": "revenue", "owner": "sales",
//!         "period": "2011-W49", "goal": {"at_least": "1000.00"}
//!     }]
//! }"#)?;
//! let day: Date = "2011-12-06".parse()?;
//! let facts = Facts::builder(model.schema())
//!     .dates(&["2011-12-05".parse()?, day])
//!     .measure("revenue", Column::text(&["100.00", "150.50"]))
//!     .measure("invoices", Column::integers(&[3, 4]))
//!     .build()?;
//! let report = model.evaluate(&facts, day)?;
//! let target = report.target("revenue of the week")?;
//! assert!(!target.is_met());
//! assert_eq!(target.attainment().to_string(), "501/2000");
//!
//! let error = Model::from_json(r#"{"yardstick": 1, "name": "x", "display": {"scale": 2}, "kpi": []}"#);
//! assert_eq!(error.unwrap_err().to_string(), "\
//! 2 problems in the model
//!   display: \"mode\" is missing; add it
//!   unknown field \"kpi\"; did you mean \"kpis\"?");
//! # }
//! # Ok::<(), yardstick::Error>(())
//! ```
