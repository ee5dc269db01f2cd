//! One test binary: a module for each capability.

mod calendar;
mod number;
mod unit;
