//! Levers: what a little more at each stage of a funnel is worth, and where a budget does most.
//!
//! The result of a funnel is a product: the volume at the top, the rate of each step, and what an
//! entity at the end is worth. So each stage has one factor, the first its volume and any other the
//! rate of the step that leads to it, and a factor belongs to the owner of its stage. The product is
//! exact; entities are not rounded to whole ones here.
//!
//! [`Levers::effects`] changes one factor at a time, and all of an owner's at once.
//! [`Levers::split`] gives a budget to the stages for which a [`Curve`] says what spending does.

mod curve;
mod effects;
mod levers;
mod split;

pub use self::curve::Curve;
pub use self::effects::{Effect, Effects, Lever, LeverKind, OwnerEffect};
pub(in crate::target) use self::levers::quantum_problem;
pub use self::levers::{Levers, LeversBuilder};
pub use self::split::{BudgetSplit, LeverSpend, OwnerSpend, Stuck, StuckReason};
