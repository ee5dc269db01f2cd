//! One test binary: a module for each capability.

mod calendar;
mod catalog;
mod number;
mod unit;
