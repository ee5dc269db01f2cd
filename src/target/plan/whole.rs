//! The one rule of whole entities: backwards up, forwards down.

use crate::error::{Error, ErrorKind};
use crate::number::{CAPACITY_BITS, Rational, Reason, Sense, Value, shown};

/// A value within the limit on size.
pub(in crate::target) fn bounded(value: Value) -> Value {
    match value {
        Value::Defined(value) if value.bits() > CAPACITY_BITS => Value::Undefined(Reason::Capacity),
        other => other,
    }
}

/// The product, within the limit on size.
pub(in crate::target) fn times(a: &Value, b: &Value) -> Value {
    bounded(a.as_ref().zip(b.as_ref(), |a, b| a * b))
}

/// How many there have to be before a step for `need` behind it: `ceil(need / rate)`. Nothing needs
/// nothing, whatever the rate.
pub(super) fn needed(need: &Value, rate: &Value) -> Value {
    match need {
        Value::Defined(need) if !need.is_positive() => Value::Defined(Rational::ZERO),
        need => bounded(unreachable_at_zero(need.quotient(rate)).map(|exact| exact.ceil())),
    }
}

/// How many come out behind a step of `count` before it: `floor(count * rate)`. Of nothing comes
/// nothing, whatever the rate.
pub(super) fn reached(count: &Value, rate: &Value) -> Value {
    match count {
        Value::Defined(count) if !count.is_positive() => Value::Defined(Rational::ZERO),
        count => bounded(count.as_ref().zip(rate.as_ref(), |count, rate| (count * rate).floor())),
    }
}

/// A quotient by zero says that no number suffices.
pub(super) fn unreachable_at_zero(value: Value) -> Value {
    match value {
        Value::Undefined(Reason::Unbounded(_)) => Value::Undefined(Reason::Unbounded(Sense::Bad)),
        other => other,
    }
}

/// What is wrong with a number that has to be zero or more.
pub(in crate::target) fn check_amount(what: &str, number: &Rational) -> Option<Error> {
    if number.bits() > CAPACITY_BITS {
        let message =
            format!("{what} of {} bits; the most is {CAPACITY_BITS}, so round it", number.bits());
        return Some(Error::new(ErrorKind::Capacity, message));
    }
    number.is_negative().then(|| {
        let message = format!("{what} of {} is below zero; give zero or more", shown(number));
        Error::new(ErrorKind::Domain, message)
    })
}
