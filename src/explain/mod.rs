//! Why a number moved: changes, and what they are made of.
//!
//! A [`Change`] is the difference of two values, in points and relative to the base. Four ways lead
//! from it to its causes, and in each the parts sum to the change exactly:
//!
//! | the number is | its parts | |
//! |---|---|---|
//! | a sum over segments | contributions of the segments | [`Contributions`] |
//! | a quotient of sums over segments | rate and mix effect of each segment | [`RateMix`] |
//! | revenue, or contribution, of products | price, volume, mix | [`PriceVolumeMix`] |
//! | a formula of drivers, or a funnel | the Shapley value of each driver | [`DriverShares`] |
//!
//! They take numbers; an [`Explain`] takes them from facts and chooses the way by the metric's
//! formula. Whatever is there in one period only is a class of its own, see [`Presence`]. Where an
//! effect could be counted with old or with new weights, a [`Convention`] says which.

mod arithmetic;
mod change;
mod contribution;
mod convention;
mod drivers;
mod keys;
mod price_volume;
mod query;
mod rate_mix;
mod shapley;

pub(crate) use self::arithmetic::sum as sum_of;
pub use self::change::{Change, ChangeMode};
pub use self::contribution::{Amount, Contribution, Contributions, Share, Shares};
pub use self::convention::{Convention, Presence};
pub use self::drivers::{Driver, DriverShare, DriverShares};
pub use self::price_volume::{PriceVolumeMix, Product, ProductEffect, Sales};
pub use self::query::{Cause, Explain, Explanation};
pub use self::rate_mix::{RateMix, RatioSegment, SegmentEffect, Sums};
