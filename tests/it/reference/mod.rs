//! The test model: numbers, their text and formulas over big fractions, written differently from the
//! library. Properties and the targets of the fuzzer are held against it.

pub(crate) mod formula;
pub(crate) mod number;
pub(crate) mod real;
pub(crate) mod text;
