//! Exponentials, logarithms and powers, correctly rounded.
//!
//! Where the value is a fraction it is known to be one beforehand: `exp(x)` only for `x = 0`, `ln(x)`
//! only for `x = 1`, `log10(x)` only for powers of ten, `b^(p/q)` only where `b` is a q-th power. So what
//! arrives here is no fraction, or the power of one with a denominator beyond those of all decimals,
//! and lies on no boundary of a rounding: neither on a decimal nor half-way between two. Or it is a
//! whole number, the power of one, so far above every decimal that [`FAR`] ends it.
//!
//! An [`Interval`] that holds the value is computed at `w` bits. Where `floor(2 * 10^s * value)` is the
//! same at both ends the rounding is decided, in every mode; otherwise `w` doubles (Ziv's strategy).
//! As the value is on no boundary, some `w` is enough, whichever it begins with.
//!
//! The bounds of the errors are derived in `series`. The first precision is that of half a unit of the
//! last place and [`SPARE`] bits more, so that money is decided within 128 bits and one case in a few
//! hundred goes round again, besides those made for it and those with many digits before the point.

mod interval;
mod series;

use std::fmt;

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};

use self::interval::{Interval, normalized};
use super::round::{self, POWERS};
use super::tier::{Tier, Trace};
use super::{Rational, Rounding};
use crate::error::Error;

/// Bits of the first working precision beyond half a unit of the last place.
const SPARE: usize = 12;

/// Beyond this magnitude of `y`, `exp(y)` is above every decimal, or nothing beside half of the last
/// place of one: `exp(68) > 2^98` and `2 * 10^28 exp(-68) < 1/10`.
const FAR: i32 = 68;

/// A function's value, with its sign turned round where `negative`, less one where `minus_one`. It is
/// not on any boundary of a rounding, unless it is beyond `2^99`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Elementary {
    pub(super) function: Function,
    pub(super) negative: bool,
    pub(super) minus_one: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Function {
    /// For an exponent other than 0.
    Exp(Rational),
    /// For a number above 0 other than 1.
    Ln(Rational),
    /// For a number above 0 that is no power of ten.
    Log10(Rational),
    /// For a base above 0 other than 1, and an exponent other than 0.
    Power { base: Rational, exponent: Rational },
}

/// What an interval says about `floor(2 * 10^s * value)`.
enum Decided {
    Floor(IBig),
    TooLarge,
    NotYet,
}

impl From<Function> for Elementary {
    fn from(function: Function) -> Self {
        Self { function, negative: false, minus_one: false }
    }
}

impl Elementary {
    pub(super) fn mantissa(
        &self,
        rounding: Rounding,
        trace: &mut impl Trace,
    ) -> Result<i128, Error> {
        self.mantissa_from(None, rounding, trace)
    }

    /// The same from a given first working precision.
    fn mantissa_from(
        &self,
        first: Option<usize>,
        rounding: Rounding,
        trace: &mut impl Trace,
    ) -> Result<i128, Error> {
        rounding.check()?;
        let halves = UBig::from(2 * POWERS[rounding.scale() as usize]);
        let first = first.unwrap_or(halves.bit_len() + SPARE);
        let mut w = first;
        loop {
            trace.decided_by(if w == first { Tier::Interval } else { Tier::Widened });
            match self.function.decide(&halves, w) {
                Decided::Floor(floor) => {
                    return round::halves(&self.shifted(floor, halves), false, rounding);
                }
                Decided::TooLarge => return Err(round::overflow(rounding)),
                Decided::NotYet => w *= 2,
            }
        }
    }

    /// From the floor of the function's value to that of the number.
    fn shifted(&self, floor: IBig, halves: UBig) -> IBig {
        let floor = if self.negative { -floor - IBig::ONE } else { floor };
        if self.minus_one { floor - IBig::from(halves) } else { floor }
    }
}

impl Function {
    fn decide(&self, halves: &UBig, w: usize) -> Decided {
        match self {
            Self::Exp(x) => {
                let (num, den) = x.parts();
                exp(&Interval::from_fraction(&num, &den, w), x.is_positive(), halves, w)
            }
            Self::Power { base, exponent } => {
                let (num, den) = exponent.parts();
                // An exponent of many digits needs as many more of the logarithm, unless the power is
                // so large or small that few of them say so.
                let rough = ln(base, w).times_fraction(&num, &den);
                let extra = (bits(&num) + 1).saturating_sub(den.bit_len());
                let product = match far(&rough, w) {
                    Some(decided) => return decided,
                    None if extra == 0 => rough,
                    None => ln(base, w + extra).times_fraction(&num, &den).coarser(extra),
                };
                exp(&product, (*base > Rational::ONE) == exponent.is_positive(), halves, w)
            }
            Self::Ln(x) => {
                let (low, high) = ln(x, w).floors(halves, w);
                between(low, high, &IBig::ZERO, *x > Rational::ONE)
            }
            Self::Log10(x) => {
                let (low, high) = log10(x, w).floors(halves, w);
                between(low, high, &IBig::ZERO, *x > Rational::ONE)
            }
        }
    }
}

fn bits(num: &IBig) -> usize {
    num.clone().into_parts().1.bit_len()
}

/// Decided where both floors are the same, once they are brought to the side of the boundary `at` on
/// which the value is known to lie.
fn between(low: IBig, high: IBig, at: &IBig, above: bool) -> Decided {
    let (low, high) = match above {
        true => (low.max(at.clone()), high),
        false => (low, high.min(at - IBig::ONE)),
    };
    if low == high { Decided::Floor(low) } else { Decided::NotYet }
}

/// `ln(x)` for `x` above zero: with `x = m 2^e`, it is `ln(m) + e ln(2)`.
fn ln(x: &Rational, w: usize) -> Interval {
    let (_, exponent) = normalized(x, 1);
    let guard = exponent.unsigned_abs().bit_len() + 2;
    let mantissa = |w| normalized(x, w).0;
    let powers = series::ln_2(w + guard).times(&IBig::from(exponent));
    series::ln(mantissa, w + guard).plus(&powers).coarser(guard)
}

/// `ln(x) / ln(10)`. With `a` low by at most `d` over `b` low by at most `c`,
///
/// ```text
/// a / (b + c) <= true quotient <= (a + d) / b        for a >= 0, and with c on the other side below
/// ```
fn log10(x: &Rational, w: usize) -> Interval {
    let (above, below) = (ln(x, w), series::ln_10(w));
    let (_, least) = below.low.clone().into_parts();
    let (_, most) = below.high().into_parts();
    let high = above.high();
    let low_den = if above.low < IBig::ZERO { &least } else { &most };
    let high_den = if high < IBig::ZERO { &most } else { &least };
    let low = interval::floor_div(above.low << w, low_den);
    let high = interval::floor_div(high << w, high_den) + IBig::ONE;
    let (_, width) = (high - &low).into_parts();
    Interval { low, width }
}

/// What is known of `exp(y)` where all of the interval is beyond [`FAR`].
fn far(y: &Interval, w: usize) -> Option<Decided> {
    if &y.low >> w >= IBig::from(FAR) {
        return Some(Decided::TooLarge);
    }
    (y.high() >> w < IBig::from(-FAR)).then_some(Decided::Floor(IBig::ZERO))
}

/// `exp(y)` for a `y` within the interval that is known to be above zero or below.
fn exp(y: &Interval, positive: bool, halves: &UBig, w: usize) -> Decided {
    if let Some(decided) = far(y, w) {
        return decided;
    }
    let Some((value, exponent)) = exp_within(y, w) else {
        return Decided::NotYet;
    };
    // value 2^exponent / 2^w
    let places = w as i64 - exponent;
    let (low, high) = match usize::try_from(places) {
        Ok(places) => value.floors(halves, places),
        Err(_) => value.floors(&(halves << places.unsigned_abs() as usize), 0),
    };
    // exp(y) is above 1 exactly where y is above 0.
    between(low, high, &IBig::from(halves.clone()), positive)
}

/// `exp(y)` as an interval times a power of two, for a `y` not beyond `FAR`; `None` where the interval
/// is too wide to tell. A few more bits make it narrow enough: `y` is a few units wide at any `w`, and
/// `k ln(2)` at most some hundred times as wide as `ln(2)`, which is a few units too.
///
/// `y = r + k ln(2)` with `r` at least 0 and at most 1: `k` is the quotient by the upper end of `ln(2)`,
/// which leaves an `r` below `ln(2)` and what the widths add; below zero it may leave too little, and
/// `k` goes down until it does not. From `exp` at the lower end of `r`, the upper end follows by
/// `exp(r + d) <= exp(r) (1 + 2 d)`, which holds for `d` of at most 1.
fn exp_within(y: &Interval, w: usize) -> Option<(Interval, i64)> {
    let one = IBig::ONE << w;
    if IBig::from(y.width.clone()) > one {
        return None;
    }
    let ln_2 = series::ln_2(w);
    let (_, divisor) = ln_2.high().into_parts();
    let mut times = interval::floor_div(y.low.clone(), &divisor);
    let mut rest = y.plus(&ln_2.times(&-&times));
    while rest.low < IBig::ZERO {
        times -= IBig::ONE;
        rest = y.plus(&ln_2.times(&-&times));
    }
    if rest.high() > one {
        return None;
    }
    let (_, low) = rest.low.into_parts();
    let value = series::exp(&low, w);
    let (_, high) = value.high().into_parts();
    let more = ((high * rest.width) >> w << 1) + UBig::from(2_u8);
    let times = i64::try_from(&times).ok()?;
    Some((Interval { low: value.low, width: value.width + more }, times))
}

impl fmt::Display for Elementary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negative {
            f.write_str("-")?;
        }
        match &self.function {
            Function::Exp(x) => write!(f, "exp({x})"),
            Function::Ln(x) => write!(f, "ln({x})"),
            Function::Log10(x) => write!(f, "log10({x})"),
            Function::Power { base, exponent } => write!(f, "({base})^({exponent})"),
        }?;
        f.write_str(if self.minus_one { " - 1" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Mode;
    use proptest::prelude::*;

    fn number() -> impl Strategy<Value = Rational> {
        (1_u64.., 1_u64.., 0_u32..64, 0_u32..64).prop_map(|(num, den, a, b)| {
            Rational::new((num >> a).max(1), (den >> b).max(1)).unwrap()
        })
    }

    fn exponent() -> impl Strategy<Value = Rational> {
        (any::<i32>(), 1_i32..1_000_000, 0_u32..31)
            .prop_map(|(num, den, shift)| Rational::new((num >> shift) | 1, den).unwrap())
    }

    fn function() -> impl Strategy<Value = Function> {
        let one = |x: &Rational| *x != Rational::ONE;
        prop_oneof![
            exponent().prop_map(Function::Exp),
            number().prop_filter("not 1", one).prop_map(Function::Ln),
            number()
                .prop_filter("no power of ten", |x| x.power_of_ten().is_none())
                .prop_map(Function::Log10),
            (number().prop_filter("not 1", one), exponent())
                .prop_map(|(base, exponent)| Function::Power { base, exponent }),
        ]
    }

    proptest! {
        /// Where it begins makes no difference to what comes out.
        #[test]
        fn the_first_precision_does_not_matter(
            function in function(), negative: bool, minus_one: bool, first in 1_usize..200,
            scale in 0_u32..=28, mode in prop::sample::select(&Mode::ALL[..]),
        ) {
            let number = Elementary { function, negative, minus_one };
            let rounding = Rounding::new(scale, mode);
            let tiny = number.mantissa_from(Some(first), rounding, &mut ());
            prop_assert_eq!(tiny, number.mantissa(rounding, &mut ()));
        }
    }
}
