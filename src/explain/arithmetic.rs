//! Sums, differences and products of values that may be undefined.

use crate::number::{Rational, Reason, Value};

pub(super) fn plus(a: &Value, b: &Value) -> Value {
    a.plus(b)
}

pub(super) fn minus(a: &Value, b: &Value) -> Value {
    a.minus(b)
}

pub(super) fn times(a: &Value, b: &Value) -> Value {
    a.times(b)
}

/// The longest common denominator of a sum, in bits. Past it a sum of very many unlike quotients
/// would take too long.
const MOST_BITS: usize = 1 << 18;

/// Their sum; undefined for the reason that comes first, where one is, or where they have no common
/// denominator within the limit.
///
/// The denominator is found first, so that sums are of integers: it only grows, whatever the order.
pub(crate) fn sum<'a>(values: impl IntoIterator<Item = &'a Value>) -> Value {
    let (mut defined, mut reason) = (Vec::new(), None::<Reason>);
    for value in values {
        match value {
            Value::Defined(value) => defined.push(value),
            Value::Undefined(found) => {
                reason = Some(reason.map_or(*found, |reason| reason.min(*found)));
            }
        }
    }
    if let Some(reason) = reason {
        return Value::Undefined(reason);
    }
    let mut common = Rational::ONE;
    for value in &defined {
        common *= (*value * &common).denominator();
        if common.bits() > MOST_BITS {
            return Value::Undefined(Reason::Capacity);
        }
    }
    let sum: Rational = defined.into_iter().map(|value| value * &common).sum();
    Value::Defined(sum).quotient(&Value::Defined(common))
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
