//! A step of one cell, with rationals of any size.

use super::Step;
use crate::formula::{binary, bounded, call, power};
use crate::number::Value;

impl Step {
    /// The value of a step, and the work that went into it where numbers are beyond 128 bits. An input
    /// is asked for by its own number, not by that of a step.
    pub(in crate::kpi) fn value(&self, operand: impl Fn(usize) -> Value) -> (Value, u64) {
        match self {
            Self::Number(number) => (bounded(number.clone()), 0),
            Self::Input(index) => (operand(*index), 0),
            Self::Negate(a) => (operand(*a).map(|value| -value), 0),
            Self::Binary(operator, a, b, on_zero) => {
                let (a, b) = (operand(*a), operand(*b));
                let work = words(&a) * words(&b);
                (binary(*operator, &a, &b, |negative| on_zero.reason(negative)), work)
            }
            Self::Power(a, exponent, on_zero) => {
                let power = power(&operand(*a), *exponent, |negative| on_zero.reason(negative));
                let work = words(&power) * words(&power);
                (power, work)
            }
            Self::Call(function, arguments) => {
                (call(*function, arguments.iter().map(|a| operand(*a)).collect()), 0)
            }
        }
    }
}

/// The size of a number in 64-bit words, where it is one beyond 128 bits; else 0, for it costs next
/// to nothing.
fn words(value: &Value) -> u64 {
    match value {
        Value::Defined(value) if value.is_wide() => value.bits().div_ceil(64) as u64,
        _ => 0,
    }
}
