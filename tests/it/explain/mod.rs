//! Why a number moved: published examples, the laws of a split, and questions over facts.

mod drivers;
mod facts;
mod segments;
mod worked;

use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;
use yardstick::explain::Convention;
use yardstick::{Rational, Reason, Value};

pub(super) type Exact = Result<BigRational, Reason>;

fn big(value: &Rational) -> BigRational {
    value.to_string().parse().unwrap()
}

fn exact(value: &Value) -> Exact {
    match value {
        Value::Defined(value) => Ok(big(value)),
        Value::Undefined(reason) => Err(*reason),
    }
}

fn known(value: &Value) -> BigRational {
    exact(value).unwrap_or_else(|reason| panic!("undefined: {reason}"))
}

fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

fn defined(text: &str) -> Value {
    Value::Defined(rational(text))
}

fn total(values: impl IntoIterator<Item = BigRational>) -> BigRational {
    values.into_iter().fold(BigRational::zero(), |sum, value| sum + value)
}

/// Often zero, sometimes negative, sometimes a fraction.
fn any_number() -> impl Strategy<Value = Rational> {
    prop_oneof![
        3 => Just(Rational::ZERO),
        4 => (1_i64..9).prop_map(Rational::from),
        2 => (-9_i64..0).prop_map(Rational::from),
        2 => (-99_i64..99, 1_i64..9).prop_map(|(n, d)| Rational::new(n, d).unwrap()),
        1 => any::<i64>().prop_map(Rational::from),
    ]
}

fn any_convention() -> impl Strategy<Value = Convention> {
    prop::sample::select(Convention::ALL.to_vec())
}
