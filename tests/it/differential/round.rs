//! Fractions into digits, in every mode, at any scale, in steps; and which error comes first.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use yardstick::{ErrorKind, Mode, Rational, Reason, Rounding, Sense, Value};

use super::Bytes;
use crate::reference::number::{most, round, rounded, ten_to};

pub(crate) fn check(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let (scale, mode) = (u32::from(bytes.byte()) % 41, bytes.pick(&Mode::ALL));
    let Some((x, exact)) = bytes.number(scale) else {
        return;
    };
    let step = match bytes.byte() % 4 {
        0 | 1 => None,
        2 => {
            let units = bytes.integer();
            let step = BigRational::new(units.clone(), ten_to(scale));
            Some((format!("{units}e-{scale}").parse().unwrap(), step))
        }
        _ => bytes.number(scale),
    };
    let rounding = Rounding::new(scale, mode);
    assert_eq!(
        rounded(&x, rounding),
        expected(&exact, scale, &BigInt::one(), mode),
        "{x} in mode {mode} at scale {scale}"
    );
    assert_eq!(x.floor().to_string(), exact.floor().to_string());
    assert_eq!(x.ceil().to_string(), exact.ceil().to_string());
    let Some((step, exact_step)) = &step else {
        return;
    };
    let units = units(exact_step, scale);
    let stepped = rounding.with_step(step.clone()).map_err(|error| error.kind());
    let found = stepped.map(|rounding| rounding.step_units().into());
    assert_eq!(found, units, "steps of {step} at scale {scale}");
    if let (Ok(rounding), Ok(units)) = (stepped, units) {
        assert_eq!(
            rounded(&x, rounding),
            expected(&exact, scale, &units, mode),
            "{x} in mode {mode} at scale {scale} in steps of {step}"
        );
    }
    quotient(&x, &exact, step, exact_step);
}

fn expected(
    exact: &BigRational,
    scale: u32,
    step: &BigInt,
    mode: Mode,
) -> Result<BigInt, ErrorKind> {
    match scale > 28 {
        true => Err(ErrorKind::Domain),
        false => round(exact, scale, step, mode),
    }
}

/// A step in units of the last place. What lies outside the domain is told before what overflows.
fn units(step: &BigRational, scale: u32) -> Result<BigInt, ErrorKind> {
    let units = step * ten_to(scale);
    if scale > 28 || !step.is_positive() || !units.is_integer() {
        return Err(ErrorKind::Domain);
    }
    match units.to_integer() {
        units if units > most() => Err(ErrorKind::Overflow),
        units => Ok(units),
    }
}

fn quotient(x: &Rational, exact: &BigRational, y: &Rational, divisor: &BigRational) {
    let found = Value::Defined(x.clone()).quotient(&Value::Defined(y.clone()));
    match (exact.is_zero(), divisor.is_zero()) {
        (_, false) => {
            let expected = exact / divisor;
            assert_eq!(found.to_string(), expected.to_string(), "{x} over {y}");
        }
        (true, true) => assert_eq!(found, Value::Undefined(Reason::NoBase)),
        (false, true) => assert_eq!(found, Value::Undefined(Reason::Unbounded(Sense::Neutral))),
    }
}
