//! A fraction into the mantissa of a decimal, rounded once. Narrow integers first, wide ones only
//! where needed.

use dashu_int::ops::{DivRem, UnsignedAbs};
use dashu_int::{IBig, UBig};
use rust_decimal::Decimal;

use super::rounding::{Decision, Mode, Rest, Rounding};
use super::tier::{Tier, Trace};
use super::wide;
use crate::error::{Error, ErrorKind};

/// The largest mantissa of a decimal: 2^96 - 1.
const MOST: u128 = (1 << 96) - 1;

/// 10^0 to 10^38, all that fit.
pub(super) const POWERS: [u128; 39] = {
    let mut powers = [1; 39];
    let mut i = 1;
    while i < powers.len() {
        powers[i] = powers[i - 1] * 10;
        i += 1;
    }
    powers
};

/// 10^0 to 10^19, all that fit.
const NARROW_POWERS: [u64; 20] = {
    let mut powers = [1; 20];
    let mut i = 1;
    while i < powers.len() {
        powers[i] = powers[i - 1] * 10;
        i += 1;
    }
    powers
};

/// `value * 10^power` where that fits 64 bits.
#[inline]
pub(super) fn scaled_up(value: u64, power: u32) -> Option<u64> {
    value.checked_mul(*NARROW_POWERS.get(power as usize)?)
}

/// Rounds `num * 10^power / den` to an integer where 64 bits suffice for all of it; `None` where they do
/// not, and for whatever is an error.
#[inline]
pub(super) fn narrow(
    negative: bool,
    num: u64,
    den: u64,
    power: u32,
    rounding: Rounding,
) -> Option<u64> {
    if rounding.step_units() != 1 || rounding.scale() > Rounding::MAX_SCALE || den == 0 {
        return None;
    }
    let num = scaled_up(num, power)?;
    let (quotient, rest) = (num / den, num % den);
    let rest = Rest::of(rest, den - rest);
    let decision = rounding.mode().decide(negative, quotient & 1 == 1, rest);
    if decision == Decision::Refuse {
        return None;
    }
    quotient.checked_add(u64::from(decision == Decision::Increment))
}

/// The decimal with a mantissa at the scale of the rounding. The functions of this module give the
/// mantissa alone, which stays in registers, and this makes the decimal at the very end.
#[inline]
pub(super) fn decimal(mantissa: i128, rounding: Rounding) -> Result<Decimal, Error> {
    Decimal::try_from_i128_with_scale(mantissa, rounding.scale()).map_err(|_| overflow(rounding))
}

/// Rounds `num / den`, for a positive `den`.
#[inline]
pub(super) fn small(
    negative: bool,
    num: u128,
    den: u128,
    rounding: Rounding,
    trace: &mut impl Trace,
) -> Result<i128, Error> {
    rounding.check()?;
    let power = POWERS[rounding.scale() as usize];
    let Some(divisor) = wide::checked_mul(den, rounding.step_units()) else {
        return big(negative, &UBig::from(num), &UBig::from(den), rounding, trace);
    };
    let (high, low) = match wide::checked_mul(num, power) {
        Some(low) => (0, low),
        None => wide::mul(num, power),
    };
    if high >= divisor {
        trace.decided_by(Tier::Quad);
        return Err(overflow(rounding));
    }
    let (quotient, rest) = match (high, u64::try_from(low), u64::try_from(divisor)) {
        (0, Ok(low), Ok(divisor)) => {
            trace.decided_by(Tier::Word);
            (u128::from(low / divisor), u128::from(low % divisor))
        }
        (0, _, _) => {
            trace.decided_by(Tier::Double);
            (low / divisor, low % divisor)
        }
        _ => {
            trace.decided_by(Tier::Quad);
            wide::div(high, low, divisor)
        }
    };
    let rest = Rest::of(rest, divisor - rest);
    finish(negative, quotient, rest, rounding)
}

/// The same for any width.
pub(super) fn big(
    negative: bool,
    num: &UBig,
    den: &UBig,
    rounding: Rounding,
    trace: &mut impl Trace,
) -> Result<i128, Error> {
    rounding.check()?;
    trace.decided_by(Tier::Big);
    let divisor = den * UBig::from(rounding.step_units());
    let (quotient, rest) = (num * UBig::from(POWERS[rounding.scale() as usize])).div_rem(&divisor);
    let Ok(quotient) = u128::try_from(&quotient) else {
        return Err(overflow(rounding));
    };
    let rest = match rest.is_zero() {
        true => Rest::Zero,
        false => compare((&rest + &rest).cmp(&divisor)),
    };
    finish(negative, quotient, rest, rounding)
}

/// Rounds what is known in halves of the last place: `floor(2 * 10^scale * value)`, and whether that
/// floor is the value itself. Where it is not, the value lies strictly between two halves.
pub(super) fn halves(floor: &IBig, exact: bool, rounding: Rounding) -> Result<i128, Error> {
    let negative = *floor < IBig::ZERO;
    // Below zero, the magnitude of a value between two halves begins at the upper one.
    let magnitude = match negative && !exact {
        true => (floor + IBig::ONE).unsigned_abs(),
        false => floor.unsigned_abs(),
    };
    let step = UBig::from(rounding.step_units());
    let (quotient, rest) = magnitude.div_rem(&step << 1);
    let Ok(quotient) = u128::try_from(&quotient) else {
        return Err(overflow(rounding));
    };
    let rest = match (exact, rest.cmp(&step)) {
        (true, _) if rest.is_zero() => Rest::Zero,
        (true, with_half) => compare(with_half),
        (false, std::cmp::Ordering::Less) => Rest::BelowHalf,
        (false, _) => Rest::AboveHalf,
    };
    finish(negative, quotient, rest, rounding)
}

/// The error for what is above every decimal.
#[cold]
pub(super) fn overflow(rounding: Rounding) -> Error {
    let scale = rounding.scale();
    Error::new(
        ErrorKind::Overflow,
        format!("the rounded value does not fit 96 bits at scale {scale}; ask for a smaller scale"),
    )
}

#[inline]
pub(super) fn compare(with_half: std::cmp::Ordering) -> Rest {
    match with_half {
        std::cmp::Ordering::Less => Rest::BelowHalf,
        std::cmp::Ordering::Equal => Rest::Half,
        std::cmp::Ordering::Greater => Rest::AboveHalf,
    }
}

#[inline]
fn finish(negative: bool, quotient: u128, rest: Rest, rounding: Rounding) -> Result<i128, Error> {
    let decision = rounding.mode().decide(negative, quotient & 1 == 1, rest);
    // A refusal is judged for overflow at its floor, so that overflow comes first.
    let up = decision == Decision::Increment || (decision == Decision::Refuse && negative);
    let magnitude = quotient
        .checked_add(u128::from(up))
        .and_then(|steps| wide::checked_mul(steps, rounding.step_units()))
        .filter(|magnitude| *magnitude <= MOST)
        .ok_or_else(|| overflow(rounding))?;
    if decision == Decision::Refuse {
        return Err(inexact(rounding));
    }
    let magnitude = magnitude as i128;
    Ok(if negative { -magnitude } else { magnitude })
}

#[cold]
fn inexact(rounding: Rounding) -> Error {
    let (scale, mode) = (rounding.scale(), Mode::Exact);
    let steps = match rounding.step_units() {
        1 => String::new(),
        step => format!(" in steps of {step} units of the last place"),
    };
    Error::new(
        ErrorKind::Inexact,
        format!(
            "the value does not fit scale {scale}{steps} and the mode is {mode}; name a rounding mode or raise the scale"
        ),
    )
}
