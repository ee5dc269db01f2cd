//! Numbers: laws as properties against an independent model, and the promises as pinned cases.

mod algebra;
mod column;
mod contract;
mod model;
mod rounding;
mod text;
mod value;
