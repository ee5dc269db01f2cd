//! Fractions into digits, in every mode, at any scale, in steps; and which error comes first.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use yardstick::{
    Decimal, Error, ErrorKind, Mode, Rational, Reason, Rounding, Sense, Value, number,
};

use super::Bytes;
use crate::reference::number::{most, round, rounded, ten_to, value_of};

pub(crate) fn check(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let (scale, mode) = (u32::from(bytes.byte()) % 41, bytes.pick(&Mode::ALL));
    if bytes.byte() % 4 == 0 {
        return quotients(&mut bytes, Rounding::new(scale, mode));
    }
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

/// Quotients of decimals, of products of decimals and of counts, without a fraction in between.
fn quotients(bytes: &mut Bytes<'_>, rounding: Rounding) {
    let units = u64::from(bytes.byte()).max(1);
    let step = Rational::from_scaled(units.into(), rounding.scale() as u8);
    let stepped = if units % 4 == 0 { rounding.with_step(step).ok() } else { None };
    let (rounding, units) = stepped.map_or((rounding, 1), |rounding| (rounding, units));
    let judge = |found: Result<Decimal, Error>, above: BigRational, below: BigRational| {
        let due = match below.is_zero() {
            true => Err(ErrorKind::DivisionByZero),
            false => expected(&(above / below), rounding.scale(), &units.into(), rounding.mode()),
        };
        let found = found.map(|decimal| {
            assert_eq!(decimal.scale(), rounding.scale());
            assert!(!(decimal.is_sign_negative() && decimal.mantissa() == 0));
            decimal.mantissa().into()
        });
        assert_eq!(found.map_err(|error| error.kind()), due, "{rounding:?}");
    };
    let (a, b) = (bytes.decimal(), bytes.decimal());
    judge(number::quotient(&a, &b, rounding), value_of(&a), value_of(&b));
    let (above, below) = (bytes.below(5), bytes.below(5));
    let mut factors = |count: usize, first| {
        let others = (1..count).map(|_| bytes.decimal());
        others.chain((count > 0).then_some(first)).collect::<Vec<_>>()
    };
    let (above, below) = (factors(above, a), factors(below, b));
    let found = number::quotient_of_products(&above, &below, rounding);
    judge(found, above.iter().map(value_of).product(), below.iter().map(value_of).product());
    let (a, b) = (bytes.u64() >> (bytes.byte() % 64), bytes.u64() >> (bytes.byte() % 64));
    judge(
        number::ratio(a, b, rounding),
        BigRational::from_integer(a.into()),
        BigRational::from_integer(b.into()),
    );
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
