//! Statistics of columns in C: states that are built from columns and merged in any order.

mod column;
pub(super) mod moments;
pub(super) mod proportion;
pub(super) mod quantiles;
pub(super) mod sum;
pub(super) mod weighted;
