//! Numbers: laws as properties against an independent model, and the promises as pinned cases.

mod algebra;
mod contract;
mod irrational;
mod model;
mod rounding;
mod text;
mod value;
