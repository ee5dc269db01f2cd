//! The bodies of the fuzz targets, shared with the test-suite: each takes bytes and panics where the
//! library and the test model disagree.

#![allow(dead_code, reason = "the model has parts that only properties use")]

#[path = "../../it/differential/mod.rs"]
mod differential;
#[path = "../../it/reference/mod.rs"]
mod reference;

/// Text into numbers.
pub fn parse(data: &[u8]) {
    differential::parse::check(data);
}

/// Numbers into text.
pub fn format(data: &[u8]) {
    differential::format::check(data);
}

/// Fractions into digits.
pub fn round(data: &[u8]) {
    differential::round::check(data);
}

/// Roots, powers, exponentials and logarithms into digits.
pub fn irrational(data: &[u8]) {
    differential::irrational::check(data);
}

/// Formulas, on their own and as KPIs.
pub fn formula(data: &[u8]) {
    differential::formula::check(data);
}

/// Formulas read, written and read again.
pub fn print(data: &[u8]) {
    differential::print::check(data);
}

/// Event funnels in parts, and bytes as their states.
pub fn state(data: &[u8]) {
    differential::state::check(data);
}

/// Queries over events, written and read.
#[cfg(feature = "json")]
pub fn document(data: &[u8]) {
    differential::document::check(data);
}
