//! Roots, powers, growth, exponentials and logarithms, by comparison with what they are.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Pow, Signed, Zero};
use yardstick::number::{annual_growth_rate, decay, growth_rate};
use yardstick::{Error, ErrorKind, Rational, Real};

use super::Bytes;
use crate::reference::number::ten_to;
use crate::reference::real::{check as check_real, compare_exp, compare_logarithms, compare_root};

/// The largest power that the model multiplies out, in bits.
const MOST_BITS: u64 = 1 << 15;

pub(crate) fn check(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let (how, scale) = (bytes.byte() % 9, u32::from(bytes.byte()) % 29);
    let Some((x, exact)) = bytes.number(scale) else {
        return;
    };
    let zero = BigRational::zero();
    match how {
        0 => {
            let domain = exact.is_negative().then_some(ErrorKind::Domain);
            judge(x.sqrt(), domain, scale, |with| {
                Some(compare_root(&zero, false, &exact, 2, with))
            });
        }
        1 => {
            let degree = u32::from(bytes.byte()) % 14;
            let negative = exact.is_negative();
            let domain = degree == 0 || (negative && degree % 2 == 0);
            let magnitude = exact.abs();
            judge(x.root(degree), domain.then_some(ErrorKind::Domain), scale, |with| {
                Some(compare_root(&zero, negative, &magnitude, degree, with))
            });
        }
        2 => {
            let domain = (!exact.is_positive()).then_some(ErrorKind::Domain);
            judge(x.ln(), domain, scale, |with| compare_exp(with, &exact).map(Ordering::reverse));
        }
        3 => {
            let domain = (!exact.is_positive()).then_some(ErrorKind::Domain);
            let (one, ten) = (BigRational::one(), BigRational::from(BigInt::from(10)));
            judge(x.log10(), domain, scale, |with| {
                compare_logarithms((&one, &exact), (with, &ten)).or_else(|| equal(&exact, with))
            });
        }
        4 => {
            judge(Ok(x.exp()), None, scale, |with| compare_exp(&exact, with));
        }
        5 | 6 => {
            let (exponent, exact_exponent) = exponent(&mut bytes, scale);
            let (fault, power) = Power::of(&exact, &exact_exponent);
            judge(x.power(&exponent), fault, scale, |with| power.compare(with));
        }
        7 => {
            // Of amounts that wide, only the same again would be near enough.
            let (begin, exact_begin) = exponent(&mut bytes, scale);
            let (x, exact) = (x * begin, exact * exact_begin);
            let (more, exact_more) = exponent(&mut bytes, scale);
            let (end, exact_end) = (&x * more, &exact * exact_more);
            let (length, exact_length) = exponent(&mut bytes, scale);
            let years = bytes.byte() % 2 == 1;
            let unit = BigRational::from_integer(if years { 365 } else { 1 }.into());
            let rate = match years {
                true => annual_growth_rate(&x, &end, &length),
                false => growth_rate(&x, &end, &length),
            };
            if exact.is_zero() || exact_length.is_zero() {
                return judge(rate, Some(ErrorKind::DivisionByZero), scale, |_| None);
            }
            let ratio = exact_end / exact;
            let negative = ratio.is_negative().then_some(ErrorKind::Domain);
            let (fault, power) = Power::of(&ratio, &(unit / exact_length));
            judge(rate, negative.or(fault), scale, |with| {
                power.compare(&(with + BigRational::one()))
            });
        }
        _ => {
            let (half_life, exact_half_life) = exponent(&mut bytes, scale);
            let left = decay(&x, &half_life);
            if exact_half_life.is_zero() {
                return judge(left, Some(ErrorKind::DivisionByZero), scale, |_| None);
            }
            let two = BigRational::from(BigInt::from(2));
            let (fault, power) = Power::of(&two, &-(exact / exact_half_life));
            judge(left, fault, scale, |with| power.compare(with));
        }
    }
}

/// The error that is due, or the value that a comparison tells.
fn judge(
    found: Result<Real, Error>,
    fault: Option<ErrorKind>,
    scale: u32,
    compare: impl Fn(&BigRational) -> Option<Ordering>,
) {
    match (found, fault) {
        (Ok(value), None) => {
            check_real(&value, scale, compare);
        }
        (found, fault) => assert_eq!(found.map_err(|error| error.kind()).err(), fault),
    }
}

/// Numbers that are small more often than not.
fn exponent(bytes: &mut Bytes<'_>, scale: u32) -> (Rational, BigRational) {
    if bytes.byte() % 8 == 0 {
        return bytes.number(scale).unwrap_or_default();
    }
    let (num, den) = (bytes.byte() as i8, 1 + bytes.byte() % 100);
    (Rational::new(num, den).unwrap(), BigRational::new(num.into(), den.into()))
}

/// Equality of `x` and `10^with`, where a comparison by logarithms cannot tell.
fn equal(x: &BigRational, with: &BigRational) -> Option<Ordering> {
    let exponent = i16::try_from(with.to_integer()).ok().filter(|_| with.is_integer())?;
    let power = BigRational::from(ten_to(exponent.unsigned_abs().into()));
    let power = if exponent < 0 { power.recip() } else { power };
    (power == *x).then_some(Ordering::Equal)
}

/// A power to compare with.
enum Power {
    Fraction(BigRational),
    /// Of a base above 0, by logarithms; negative where a negative base had an odd exponent.
    Logarithm {
        base: BigRational,
        exponent: BigRational,
        negative: bool,
    },
}

impl Power {
    /// The error that it is, or the power.
    fn of(base: &BigRational, exponent: &BigRational) -> (Option<ErrorKind>, Self) {
        let fraction = Self::Fraction;
        if exponent.is_zero() {
            return (None, fraction(BigRational::one()));
        }
        if base.is_zero() {
            let fault = exponent.is_negative().then_some(ErrorKind::DivisionByZero);
            return (fault, fraction(BigRational::zero()));
        }
        if base.is_negative() && !exponent.is_integer() {
            return (Some(ErrorKind::Domain), fraction(BigRational::zero()));
        }
        let odd = exponent.is_integer() && exponent.numer().bit(0);
        let (negative, magnitude) = (base.is_negative() && odd, base.abs());
        let power = match rational_power(&magnitude, exponent) {
            Some(power) => fraction(if negative { -power } else { power }),
            None => Self::Logarithm { base: magnitude, exponent: exponent.clone(), negative },
        };
        (None, power)
    }

    fn compare(&self, with: &BigRational) -> Option<Ordering> {
        match self {
            Self::Fraction(value) => Some(value.cmp(with)),
            Self::Logarithm { base, exponent, negative } => {
                let with = if *negative { -with } else { with.clone() };
                let found = match with.is_positive() {
                    true => compare_logarithms((exponent, base), (&BigRational::one(), &with))?,
                    false => Ordering::Greater,
                };
                Some(if *negative { found.reverse() } else { found })
            }
        }
    }
}

/// `base^(n/k)` where it is a fraction of a size that can be multiplied out: a reduced fraction has a
/// rational root where its numerator and its denominator have integer ones.
fn rational_power(base: &BigRational, exponent: &BigRational) -> Option<BigRational> {
    if base.is_one() {
        return Some(BigRational::one());
    }
    let degree = u32::try_from(exponent.denom()).ok()?;
    let root = |of: &BigInt| {
        let root = of.nth_root(degree);
        (Pow::pow(&root, degree) == *of).then_some(root)
    };
    let root = BigRational::new(root(base.numer())?, root(base.denom())?);
    let times = i32::try_from(exponent.numer()).ok()?;
    let bits = root.numer().bits().max(root.denom().bits());
    let fits = bits.saturating_mul(times.unsigned_abs().into()) <= MOST_BITS;
    fits.then(|| Pow::pow(root, times))
}
