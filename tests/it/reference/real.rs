//! Irrational numbers by comparison: the model never rounds.
//!
//! It only compares the true value with a fraction: a root by raising the fraction to its power,
//! everything else by logarithms to the base of 2, taken bit by bit through repeated squaring, which is
//! slow and shares no series with the library. Where the floor lies and on which side of the half the
//! value is, decides all ten modes.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Pow, Signed, Zero};
use yardstick::{ErrorKind, Mode, Rational, Real, Rounding};

use super::number::{most, round, ten_to};

/// The bits that a comparison begins with, and those at which it gives up.
const FIRST_BITS: u64 = 100;
const MOST_BITS: u64 = 2_000;

/// Checks every mode, given how the true value compares with a fraction; nothing where that cannot be
/// told. Whether it was told.
pub(crate) fn check(
    value: &Real,
    scale: u32,
    compare: impl Fn(&BigRational) -> Option<Ordering>,
) -> bool {
    checked(value, scale, compare).is_some()
}

fn checked(
    value: &Real,
    scale: u32,
    compare: impl Fn(&BigRational) -> Option<Ordering>,
) -> Option<()> {
    let unit = ten_to(scale);
    let at = |mantissa: &BigInt| BigRational::new(mantissa.clone(), unit.clone());
    let floor = match value.round(Rounding::floor(scale)) {
        Ok(floor) => BigInt::from(floor.mantissa()),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Overflow, "{value:?}");
            let beyond = compare(&at(&(most() + 1)))? != Ordering::Less
                || compare(&at(&-most()))? == Ordering::Less;
            assert!(beyond, "{value:?} does not overflow");
            return Some(());
        }
    };
    let with_floor = compare(&at(&floor))?;
    assert_ne!(with_floor, Ordering::Less, "{value:?} is below its floor {floor} at {scale}");
    let with_ceil = compare(&at(&(&floor + 1)))?;
    assert_eq!(with_ceil, Ordering::Less, "{value:?} is above its ceil {floor} + 1 at {scale}");
    // A stand-in with the same neighbours, on the same side of the half.
    let half = BigRational::new(BigInt::one(), BigInt::from(2));
    let quarter = &half / BigInt::from(2);
    let middle = BigRational::from(floor.clone()) + &half;
    let part = match compare(&(middle / &unit))? {
        _ if with_floor == Ordering::Equal => BigRational::zero(),
        Ordering::Less => quarter,
        Ordering::Equal => half,
        Ordering::Greater => half + quarter,
    };
    let stand_in = (BigRational::from(floor) + part) / &unit;
    // A step is a whole number of units, so that half of one is a whole number of halves.
    let steps = [(Mode::HalfEven, 50), (Mode::HalfFloor, 3)];
    for (mode, step) in Mode::ALL.map(|mode| (mode, 1)).into_iter().chain(steps) {
        let rounding = Rounding::new(scale, mode);
        let rounding = rounding.with_step(Rational::from_scaled(step, scale as u8)).unwrap();
        let rounded = value.round(rounding);
        if let Ok(decimal) = &rounded {
            assert_eq!(decimal.scale(), scale);
            assert!(!(decimal.is_sign_negative() && decimal.mantissa() == 0));
        }
        assert_eq!(
            rounded.map(|decimal| decimal.mantissa().into()).map_err(|error| error.kind()),
            round(&stand_in, scale, &step.into(), mode),
            "{value:?} in mode {mode} at scale {scale} in steps of {step} units"
        );
    }
    Some(())
}

/// How `offset + sign * radicand^(1/degree)` compares with a fraction.
pub(crate) fn compare_root(
    offset: &BigRational,
    negative: bool,
    radicand: &BigRational,
    degree: u32,
    with: &BigRational,
) -> Ordering {
    let rest = if negative { offset - with } else { with - offset };
    let root = match rest.is_negative() {
        true => Ordering::Greater,
        false => radicand.cmp(&Pow::pow(rest, degree)),
    };
    if negative { root.reverse() } else { root }
}

/// A lower bound of `log2(x)` in units of `2^-bits`, by squaring; the true one is above it by less than
/// two units.
fn log2(x: &BigRational, bits: u64) -> BigInt {
    let precision = 2 * bits + 64;
    let mut whole = x.numer().bits() as i64 - x.denom().bits() as i64 - 1;
    let shift = precision as i64 - whole;
    let mut m: BigInt = match shift >= 0 {
        true => (x.numer() << shift) / x.denom(),
        false => x.numer() / (x.denom() << -shift),
    };
    while m.bits() > precision + 1 {
        m >>= 1;
        whole += 1;
    }
    let mut log = BigInt::from(whole);
    for _ in 0..bits {
        m = (&m * &m) >> precision;
        log <<= 1;
        if m.bits() > precision + 1 {
            m >>= 1;
            log += 1;
        }
    }
    log
}

/// A fraction times `log2(x)`, as bounds.
fn logarithm(factor: &BigRational, x: &BigRational, bits: u64) -> (BigRational, BigRational) {
    let log = log2(x, bits);
    let ends = [factor * &log, factor * (log + 2)];
    let [low, high] = if factor.is_negative() { [1, 0] } else { [0, 1] };
    (ends[low].clone(), ends[high].clone())
}

/// Compares two numbers by bounds, with more and more bits until they part; `None` where they do not.
fn part(bounds: impl Fn(u64) -> [(BigRational, BigRational); 2]) -> Option<Ordering> {
    let mut bits = FIRST_BITS;
    while bits < MOST_BITS {
        let [left, right] = bounds(bits);
        if left.1 < right.0 {
            return Some(Ordering::Less);
        }
        if right.1 < left.0 {
            return Some(Ordering::Greater);
        }
        bits *= 2;
    }
    None
}

/// `a log2(x)` against `b log2(y)`, for fractions x and y above 0; `None` where the two are equal or too
/// near to tell.
pub(crate) fn compare_logarithms(
    (a, x): (&BigRational, &BigRational),
    (b, y): (&BigRational, &BigRational),
) -> Option<Ordering> {
    part(|bits| [logarithm(a, x, bits), logarithm(b, y, bits)])
}

/// `exp(x)` against a fraction, by `x ? log2(y) ln 2` and `ln 2 = sum of 1 / (k 2^k)`: what follows the
/// last term is below it, and each term is cut by less than one unit.
pub(crate) fn compare_exp(x: &BigRational, with: &BigRational) -> Option<Ordering> {
    if !with.is_positive() {
        return Some(Ordering::Greater);
    }
    if with.is_one() {
        return Some(x.cmp(&BigRational::zero()));
    }
    part(|bits| {
        let terms = bits + 20;
        let unit = BigInt::one() << (terms + 20);
        let sum: BigInt = (1..=terms).map(|k| (&unit >> k) / k).sum();
        let log = log2(with, bits);
        let scale = BigRational::from(unit << bits);
        let ends = [
            &log * &sum,
            &log * (&sum + terms + 1),
            (&log + 2) * &sum,
            (&log + 2) * (&sum + terms + 1),
        ];
        let end = |end: Option<&BigInt>| BigRational::from(end.unwrap().clone()) / &scale;
        [(x.clone(), x.clone()), (end(ends.iter().min()), end(ends.iter().max()))]
    })
}
