//! Cascades: one amount handed down a tree, so that children sum to their parent exactly.
//!
//! A tree is made of [`Node`]s: company, region, team, person; or year, quarter, month, week, day
//! ([`Node::over_time`]). A [`Cascade`] is a tree that was checked, with the quantum that amounts are
//! multiples of. [`Cascade::split`] hands an amount down; [`Cascade::split_rest`] does so again when
//! part of it is done; [`Cascade::roll_up`] adds amounts up. A ratio goes down by its denominators
//! ([`RatioCascade`]). A [`Ramp`] says how much of a full capacity counts when.
//!
//! At every node what is handed down goes to the children by largest remainder (see
//! [`allocate`](crate::number::allocate)) on their exact shares of it; ties go to the child declared
//! first. So every child is less than one quantum away from its share of *what its parent hands
//! down*, unless a floor or a ceiling binds; what a leaf gets is not its share of the whole, rounded.

mod bounds;
mod definition;
mod fill;
mod node;
mod ramp;
mod ratio;
mod rest;
mod shape;
mod split;
mod time;
mod tree;

pub use self::definition::{CascadeDefinition, Handed};
pub use self::node::{Node, OverAssignment};
pub use self::ramp::Ramp;
pub use self::ratio::{RatioCascade, RatioNode, RatioSplit};
pub use self::split::{Bound, Split, SplitNode};
pub use self::tree::Cascade;

/// The most levels of a tree, the root's included.
pub(crate) const MOST_LEVELS: usize = 64;
/// The most nodes of a tree.
pub(crate) const MOST_NODES: usize = 1 << 20;
/// Amounts have fewer quanta than this: 96 bits, as a decimal has.
const MOST_QUANTA: u128 = 1 << 96;
