//! What is still to come, and what it must bring.
//!
//! A flow is to bring so much of its limit by each day, a stock to come so far from where it stood, a
//! ratio has a volume left to make up with, and a budget is to be spent neither faster nor slower than
//! planned. How much a day is of the period, the weights of its days say.

mod best;
mod budget;
mod flow;
mod ratio;
mod stock;
mod time;

pub use self::best::BestDay;
pub(super) use self::best::{Record, Records};
pub use self::budget::BudgetPace;
pub use self::flow::FlowPace;
pub use self::ratio::{RatioPace, Remaining, Volume};
pub use self::stock::StockPace;
pub(super) use self::time::Time;

/// The pace of a target; its kind follows from the metric's formula and the goal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pace<'a> {
    /// For a metric that adds up over days.
    Flow(FlowPace<'a>),
    /// For one that stands at a level at the end of each day.
    Stock(StockPace),
    /// For a quotient of two that add up over days.
    Ratio(RatioPace<'a>),
    /// For one that adds up over days, and has a range or a budget for a goal.
    Budget(BudgetPace),
}
