//! Subscriptions: who came, grew, shrank, left and came back between two balances.
//!
//! [`Balances`] list what each customer pays at one moment. A [`Bridge`] leads from one list to the
//! next: it puts each customer into one [`Movement`], adds them up as [`Movements`], in total and by
//! segment, and closes exactly. [`Bridge::series`] does it for each pair of neighbouring months, and
//! finds by itself who was there before.
//!
//! Retention has two sides. Renewal and upsell are the work of sales, continued engagement that of
//! marketing; [`Movement::owner`] says whose a movement is. [`Movements::measures`] gives the sums
//! under the names that the [catalog](crate::kpi::catalog) uses, for its retention rates.

mod balances;
mod bridge;
mod ledger;
mod movement;
mod movements;

pub use self::balances::{Balances, Customers};
pub use self::bridge::{Bridge, CustomerMovement, Step};
pub use self::movement::Movement;
pub use self::movements::{Movements, Part};
