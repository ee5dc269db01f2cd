//! Surveys: what customers say, as scores.
//!
//! [`Scores`] count the responses by score on a declared [`Scale`], and merge. From them come the
//! three usual figures: [`Nps`], promoters ahead of detractors, on 0 to 10; [`Csat`], the share in
//! the top boxes of the scale; and [`Ces`], the share who agree that it was easy, on 1 to 7. All are
//! exact, and without responses undefined, [`Reason::NoBase`](crate::Reason::NoBase), which is not
//! the score 0. Their `measures` go into the formulas of the [catalog](crate::kpi::catalog).

mod nps;
mod scale;
mod scores;
mod share;

pub use self::nps::Nps;
pub use self::scale::Scale;
pub use self::scores::Scores;
pub use self::share::{Ces, Csat};
