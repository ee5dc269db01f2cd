//! Numbers: laws as properties against an independent model, and the promises as pinned cases.

mod algebra;
mod allocate;
mod column;
mod contract;
mod float;
mod format;
mod irrational;
mod limits;
mod model;
mod quotient;
mod rounding;
#[cfg(feature = "serde")]
mod serde;
mod text;
mod value;
