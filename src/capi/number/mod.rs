//! Numbers in C: values made and combined, reals, quotients of decimals, and totals that are split.

pub(super) mod allocation;
pub(super) mod arithmetic;
pub(super) mod create;
pub(super) mod format;
pub(super) mod growth;
pub(super) mod parts;
pub(super) mod quotient;
pub(super) mod real;
