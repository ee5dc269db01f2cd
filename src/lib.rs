//! Funnels, KPIs and targets for marketing and sales, computed exactly.
//!
//! One definition and one engine: a [`Model`] and [`Facts`] in, a [`Report`] out. Every figure is the
//! exact value of its documented formula, or that value rounded once as asked, or undefined with its
//! reason, or an error. The same input gives the same bits on every platform, for any order of rows
//! and any set of features. The library computes only: no input or output, no clock, no locale, no
//! thread, no float.
//!
//! # From the top
//!
//! ```
//! # #[cfg(feature = "json")] {
//! use yardstick::{Column, Date, Facts, Model, Rounding};
//!
//! // What is measured, and what is to be reached.
//! let model = Model::from_json(r#"{
//!     "yardstick": 1,
//!     "name": "Holiday season",
//!     "display": {"scale": 2, "mode": "half_expand"},
//!     "measures": [{"name": "revenue", "unit": "GBP"}, {"name": "orders", "unit": "order"}],
//!     "kpis": [{"name": "aov", "formula": "revenue / orders", "direction": "higher"}],
//!     "targets": [{
//!         "name": "season revenue", "metric": "revenue",
//!         "period": {"first": "2011-12-01", "last": "2011-12-09"},
//!         "goal": {"at_least": "1000.00"}
//!     }]
//! }"#)?;
//!
//! // What was observed.
//! let days: Vec<Date> = vec!["2011-12-01".parse()?, "2011-12-02".parse()?];
//! let facts = Facts::builder(model.schema())
//!     .dates(&days)
//!     .measure("revenue", Column::scaled(&[199_99, 320_50], 2))
//!     .measure("orders", Column::integers(&[7, 12]))
//!     .build()?;
//!
//! // Where it stands at the end of a day.
//! let report = model.evaluate(&facts, days[1])?;
//! let season = report.target("season revenue")?;
//! assert!(!season.is_met());
//! assert_eq!(season.attainment().round(Rounding::half_even(4))?.to_string(), "0.5205");
//! let now = season.current();
//! let pace = now.flow().unwrap();
//! assert_eq!(pace.required_per_day.to_string(), "47951/700"); // for each of the 7 days left
//! # }
//! # Ok::<(), yardstick::Error>(())
//! ```
//!
//! # Where to look
//!
//! | for | look at |
//! |---|---|
//! | exact numbers, rounding, text | [`number`]: [`Rational`], [`Rounding`], [`Value`], [`Column`] |
//! | sums, means, deviations, quantiles, bounds of a proportion | [`statistics`]: [`Moments`](statistics::Moments), [`Quantiles`](statistics::Quantiles), [`wilson`](statistics::wilson) |
//! | what a number counts, and how it is shown | [`unit`](mod@unit): [`Unit`], [`Display`] |
//! | days, periods, weeks, fiscal years | [`calendar`]: [`Date`], [`Period`], [`Grain`], [`Calendar`] |
//! | observed measures and how they add up | [`facts`]: [`Measure`], [`Schema`], [`Facts`] |
//! | formulas, KPIs, queries, ready definitions | [`kpi`]: [`Formula`], [`Kpi`], [`KpiSet`], [`Query`], [`kpi::catalog`] |
//! | stages, rates, bottleneck | [`funnel`]: [`Funnel`], [`FunnelDefinition`] |
//! | leads handed over, response times, service level, agreements | [`funnel`]: [`HandOff`], [`Leads`], [`Agreement`] |
//! | events: funnels of them, states, retention, patterns, sessions, transitions | [`events`]: [`Events`](events::Events), [`EventFunnel`](events::EventFunnel), [`Retention`](events::Retention), [`Pattern`](events::Pattern) |
//! | key success factors and the strategies behind them | [`factor`]: [`Factor`] |
//! | new, expansion, contraction, churn between two balances | [`subscription`]: [`Balances`], [`Bridge`], [`Movements`] |
//! | scores of surveys: NPS, CSAT, CES | [`survey`]: [`Scores`], [`Nps`], [`Csat`], [`Ces`] |
//! | why a number moved | [`explain`]: [`Explain`], [`RateMix`], [`PriceVolumeMix`], [`DriverShares`] |
//! | goals, attainment, weights of days, pace, bands, SMART | [`target`]: [`Target`], [`Goal`], [`Assessment`], [`DayWeights`](target::DayWeights), [`Milestones`](target::Milestones) |
//! | what each stage needs for a goal, and where more does most | [`target`]: [`Plan`], [`Levers`] |
//! | an amount or a ratio down a tree, exactly | [`target::cascade`]: [`Cascade`], [`Node`](target::cascade::Node), [`RatioCascade`](target::cascade::RatioCascade) |
//! | weighted targets, index and contributions, roll-up of status | [`scorecard`]: [`Scorecard`], [`Standing`](scorecard::Standing) |
//! | the document and the report | [`model::document`], [`model::report`] |
//! | what went wrong | [`Error`], [`ErrorKind`] |
//!
//! # Three outcomes
//!
//! Text, integers, decimals and fixed-scale columns enter without loss or are refused. Whatever is
//! computed from them is exact, however wide it grows. Only `round` rounds, and it takes a
//! [`Rounding`]; there is no default. Whether a target is met is decided on exact values: 99.996 % is
//! not met, though it shows as 100.00 %. A quotient with no base is [`Value::Undefined`] with its
//! [`Reason`], beside the values that are defined.
//!
//! # Features
//!
//! | feature | | |
//! |---|---|---|
//! | `json` | default | `Model::from_json`, `Report::to_json` |
//! | `serde` | with `json` | `Deserialize` for [`Model`]; `Serialize` for [`Report`], its parts, [`Date`] and [`Period`]; both for [`Rational`] and [`Unit`] |
//! | `capi` | | the C ABI, with a generated header |
//! | `parallel` | | roll-ups of measures, [`statistics::sum`] and states of columns use the threads of the rayon pool that they are called in |
//!
//! Results do not depend on features, nor on those that another crate turns on in `rust_decimal` or
//! `serde_json`. The oldest Rust is 1.85.

pub mod calendar;
#[cfg(feature = "capi")]
pub mod capi;
mod error;
pub mod events;
mod excerpt;
pub mod explain;
pub mod factor;
pub mod facts;
mod first;
mod formula;
pub mod funnel;
pub mod kpi;
pub mod model;
mod named;
pub mod number;
mod owner;
pub mod scorecard;
pub mod statistics;
pub mod subscription;
pub mod survey;
pub mod target;
pub mod unit;

pub use self::calendar::{Bucket, Calendar, Date, Grain, Period, Span};
pub use self::error::{Error, ErrorKind};
pub use self::explain::{
    Change, Contributions, Convention, DriverShares, Explain, Explanation, PriceVolumeMix, RateMix,
};
pub use self::factor::Factor;
pub use self::facts::{
    Across, DistinctTable, Facts, FactsBuilder, Measure, MissingDay, OverTime, Row, Schema,
};
pub use self::formula::Formula;
pub use self::funnel::{
    Agreement, Basis, Comparison, Funnel, FunnelBuilder, FunnelDefinition, HandOff, Leads, Segment,
    Stage, Step,
};
pub use self::kpi::{
    Bounds, Direction, Kpi, KpiSet, Query, Table, TableColumn, TableRow, ZeroBase,
};
pub use self::model::{
    AgreementReport, CascadeReport, ExplainReport, FactorReport, Finding, FindingKind,
    FunnelReport, KpiReport, Model, ModelBuilder, PlanReport, QueryReport, Report, ScorecardReport,
    TargetReport,
};
pub use self::number::{Column, Decimal, Mode, Rational, Real, Reason, Rounding, Sense, Value};
pub use self::owner::Owner;
pub use self::scorecard::Scorecard;
pub use self::subscription::{Balances, Bridge, Customers, Movement, Movements};
pub use self::survey::{Ces, Csat, Nps, Scores};
pub use self::target::{Assessment, Cascade, Goal, Levers, Plan, Target};
pub use self::unit::{Display, Unit};

#[cfg(all(doctest, feature = "json"))]
#[doc = include_str!("../README.md")]
struct Readme;
