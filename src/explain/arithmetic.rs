//! Sums, differences and products of values that may be undefined.

use crate::number::{Rational, Value};

pub(super) fn plus(a: &Value, b: &Value) -> Value {
    a.as_ref().zip(b.as_ref(), |a, b| a + b)
}

pub(super) fn minus(a: &Value, b: &Value) -> Value {
    a.as_ref().zip(b.as_ref(), |a, b| a - b)
}

pub(super) fn times(a: &Value, b: &Value) -> Value {
    a.as_ref().zip(b.as_ref(), |a, b| a * b)
}

/// Their sum; undefined for the reason that comes first, where one is.
pub(super) fn sum<'a>(values: impl IntoIterator<Item = &'a Value>) -> Value {
    values.into_iter().fold(zero(), |sum, value| plus(&sum, value))
}

pub(super) fn midpoint(a: &Value, b: &Value) -> Value {
    plus(a, b).map(|sum| sum * Rational::from_scaled(5, 1))
}

pub(super) fn zero() -> Value {
    Value::Defined(Rational::ZERO)
}

pub(super) fn is_zero(value: &Value) -> bool {
    matches!(value, Value::Defined(value) if value.is_zero())
}

/// A part of a whole: undefined for the reason of the whole, where that is undefined.
pub(super) fn within(whole: &Value, part: impl FnOnce() -> Value) -> Value {
    match whole {
        Value::Defined(_) => part(),
        Value::Undefined(reason) => Value::Undefined(*reason),
    }
}
