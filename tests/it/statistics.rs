//! Statistics of columns against an independent model, and the published cases.

mod model;
mod moments;
mod normal;
#[cfg(feature = "parallel")]
mod parallel;
mod proportion;
mod quantile;
mod weighted;
