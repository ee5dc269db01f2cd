//! Values that may be undefined: which reason wins, and what a quotient becomes.

use proptest::prelude::*;
use yardstick::{ErrorKind, Rational, Reason, Rounding, Sense, Value};

use super::model::{fraction, rational};

/// The reasons in the order of precedence, with the words that reports print.
const REASONS: [(Reason, &str); 8] = [
    (Reason::Missing, "missing"),
    (Reason::NotAdditive, "not_additive"),
    (Reason::Inconsistent, "inconsistent"),
    (Reason::Unbounded(Sense::Good), "unbounded_good"),
    (Reason::Unbounded(Sense::Bad), "unbounded_bad"),
    (Reason::Unbounded(Sense::Neutral), "unbounded"),
    (Reason::NoBase, "no_base"),
    (Reason::Capacity, "capacity"),
];

#[test]
fn of_two_reasons_the_earlier_one_wins_from_either_side() {
    for (i, (a, _)) in REASONS.into_iter().enumerate() {
        for (j, (b, _)) in REASONS.into_iter().enumerate() {
            let (left, right) = (Value::<Rational>::Undefined(a), Value::<Rational>::Undefined(b));
            let expected = Value::Undefined(REASONS[i.min(j)].0);
            assert_eq!(left.as_ref().zip(right.as_ref(), |x, y| x + y), expected);
            assert_eq!(left.quotient(&right), expected);
        }
        let (undefined, two) = (Value::Undefined(a), Value::from(Rational::from(2)));
        assert_eq!(
            undefined.as_ref().zip(two.as_ref(), |x: &Rational, y| x * y),
            Value::Undefined(a)
        );
        assert_eq!(two.as_ref().zip(undefined.as_ref(), |x, y| x * y), Value::Undefined(a));
        assert_eq!(two.quotient(&undefined), Value::Undefined(a));
        assert_eq!(undefined.quotient(&Value::Defined(Rational::ZERO)), Value::Undefined(a));
    }
}

#[test]
fn reasons_have_names_and_values_show_them() {
    for (reason, name) in REASONS {
        assert_eq!((reason.name(), reason.to_string().as_str()), (name, name));
        let value = Value::<Rational>::Undefined(reason);
        assert_eq!(value.to_string(), format!("undefined ({name})"));
        assert_eq!(value.reason(), Some(reason));
        assert!(value.is_undefined());
        assert_eq!(value.clone().map(|x| x + Rational::ONE), value);
        assert_eq!(value.round(Rounding::exact(0)).unwrap(), Value::Undefined(reason));
        // The scale of a rounding is judged where something is rounded.
        assert!(value.round(Rounding::exact(29)).is_ok());
        assert_eq!(value.defined(), None);
    }
    let value = Value::from(rational("1/3"));
    assert_eq!(value.to_string(), "1/3");
    assert_eq!((value.reason(), value.is_undefined()), (None, false));
    assert_eq!(value.round(Rounding::exact(2)).unwrap_err().kind(), ErrorKind::Inexact);
    assert_eq!(
        value.round(Rounding::floor(2)).unwrap().map(|x| x.to_string()),
        Value::from("0.33".to_owned())
    );
    assert_eq!(value.defined(), Some(rational("1/3")));
}

proptest! {
    #[test]
    fn a_quotient_is_exact_or_has_its_reason(a in fraction(), b in fraction()) {
        let (a, b) = (a.library(), b.library());
        let quotient = Value::from(a.clone()).quotient(&Value::from(b.clone()));
        prop_assert_eq!(quotient, match (a.is_zero(), b.is_zero()) {
            (true, true) => Value::Undefined(Reason::NoBase),
            (false, true) => Value::Undefined(Reason::Unbounded(Sense::Neutral)),
            (_, false) => Value::Defined(a.checked_div(&b).unwrap()),
        });
        prop_assert_eq!(
            Value::from(a.clone()).zip(Value::from(b.clone()), |x, y| x - y),
            Value::Defined(a - b)
        );
    }
}
