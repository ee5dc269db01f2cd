//! Weights as integers, and whole quanta shared out by them: by largest remainder.
//!
//! Shares are compared as integers. The weights are brought to integers w1, w2, … with the sum W, and
//! the total counts N quanta. The exact share of part i is then N wi / W quanta, and what its floor
//! leaves out is the remainder of that division, a number below W that is compared exactly. Who gets
//! one more is selected, not sorted. Where weights and their sum fit 64 bits and the products 128, as
//! amounts of money and counts do, no big integer is touched; the parts are the same either way.

use std::cmp::Reverse;
use std::num::NonZero;

use dashu_int::ops::{BitTest, DivRem, Gcd, UnsignedAbs};
use dashu_int::{IBig, UBig};

use super::{CAPACITY_BITS, Rational, wide};
use crate::error::{Error, ErrorKind};

/// Weights of one sign, not all zero, as integers in their ratio; none below zero.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Weights(Repr);

#[derive(Debug, Clone, PartialEq)]
enum Repr {
    Narrow {
        list: Vec<u64>,
        largest: u64,
        sum: NonZero<u64>,
    },
    /// Without a common divisor.
    Wide {
        list: Vec<UBig>,
        sum: UBig,
    },
}

impl Weights {
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for none, all zero, and both signs; [`ErrorKind::Capacity`] where their
    /// sum as integers without a common divisor is beyond 16,384 bits.
    pub(crate) fn new(weights: &[Rational]) -> Result<Self, Error> {
        let base = base(weights)?;
        if let Some(narrow) = narrow(weights) {
            return Ok(narrow);
        }
        let (list, sum) = integers(weights, base)?;
        let narrow = list.iter().map(|weight| u64::try_from(weight).ok()).collect();
        Ok(Option::and_then(narrow, Self::narrow).unwrap_or(Self(Repr::Wide { list, sum })))
    }

    fn narrow(list: Vec<u64>) -> Option<Self> {
        let sum = list.iter().try_fold(0_u64, |sum, weight| sum.checked_add(*weight))?;
        let largest = list.iter().copied().max()?;
        Some(Self(Repr::Narrow { sum: NonZero::new(sum)?, largest, list }))
    }

    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            Repr::Narrow { list, .. } => list.len(),
            Repr::Wide { list, .. } => list.len(),
        }
    }

    /// The weight of a part as an integer, in the ratio of the others.
    pub(crate) fn weight(&self, part: usize) -> Rational {
        match &self.0 {
            Repr::Narrow { list, .. } => Rational::from(list[part]),
            Repr::Wide { list, .. } => Rational::from_integer(list[part].clone().into()),
        }
    }

    pub(crate) fn is_zero(&self, part: usize) -> bool {
        match &self.0 {
            Repr::Narrow { list, .. } => list[part] == 0,
            Repr::Wide { list, .. } => list[part].is_zero(),
        }
    }

    /// What part of the whole is that of a part.
    pub(crate) fn fraction(&self, part: usize) -> Rational {
        match &self.0 {
            Repr::Narrow { list, sum, .. } => {
                Rational::unreduced(i128::from(list[part]), NonZero::<u128>::from(*sum))
            }
            Repr::Wide { list, sum } => {
                Rational::from_parts(list[part].clone().into(), sum.clone())
            }
        }
    }

    /// The same for some parts only; none where they weigh nothing together.
    pub(crate) fn of(&self, parts: &[usize]) -> Option<Self> {
        match &self.0 {
            Repr::Narrow { list, .. } => {
                Self::narrow(parts.iter().map(|part| list[*part]).collect())
            }
            Repr::Wide { list, .. } => {
                let list: Vec<UBig> = parts.iter().map(|part| list[*part].clone()).collect();
                let sum: UBig = list.iter().fold(UBig::ZERO, |sum, weight| sum + weight);
                (!sum.is_zero()).then_some(Self(Repr::Wide { list, sum }))
            }
        }
    }

    /// As many quanta for each part as largest remainder gives it; ties go to the part that stands
    /// first. `parts` is as long as there are weights; `ranks` is room that several calls share.
    pub(crate) fn split(&self, quanta: u128, parts: &mut [u128], ranks: &mut Vec<u128>) {
        if let Repr::Narrow { list, largest, sum } = &self.0 {
            let room = u64::try_from(quanta).ok().and_then(|quanta| quanta.checked_mul(*largest));
            if let (Some(_), Ok(quanta)) = (room, u64::try_from(quanta)) {
                let divide = |weight| {
                    let product = quanta * weight;
                    (u128::from(product / *sum), product % *sum)
                };
                return largest_remainders(u128::from(quanta), list, divide, parts, ranks);
            }
            if quanta.checked_mul(u128::from(*largest)).is_some() {
                let divisor = NonZero::<u128>::from(*sum);
                let divide = |weight| {
                    let product = quanta * u128::from(weight);
                    // The remainder is below a sum of 64 bits.
                    (product / divisor, (product % divisor) as u64)
                };
                return largest_remainders(quanta, list, divide, parts, ranks);
            }
        }
        for (part, quanta) in parts.iter_mut().zip(self.split_wide(&UBig::from(quanta))) {
            // No part is more than the whole.
            *part = u128::try_from(&quanta).unwrap_or(u128::MAX);
        }
    }

    /// The same for as many quanta as there may be.
    pub(super) fn split_wide(&self, quanta: &UBig) -> Vec<UBig> {
        let (list, sum) = self.wide();
        let mut parts = Vec::with_capacity(list.len());
        let mut rests = Vec::with_capacity(list.len());
        let mut left = quanta.clone();
        for weight in &list {
            let (part, rest) = (quanta * weight).div_rem(&sum);
            left -= &part;
            parts.push(part);
            rests.push(rest);
        }
        // Fewer than there are parts, since each part lost less than one.
        let left = usize::try_from(&left).unwrap_or(usize::MAX);
        let mut order: Vec<usize> = (0..rests.len()).collect();
        if let Some(last) = left.checked_sub(1).filter(|last| *last < order.len()) {
            order.select_nth_unstable_by_key(last, |part| (Reverse(&rests[*part]), *part));
        }
        for part in order.into_iter().take(left) {
            parts[part] += UBig::ONE;
        }
        parts
    }

    /// The integers and their sum.
    pub(super) fn wide(&self) -> (Vec<UBig>, UBig) {
        match &self.0 {
            Repr::Narrow { list, sum, .. } => {
                (list.iter().map(|weight| UBig::from(*weight)).collect(), UBig::from(sum.get()))
            }
            Repr::Wide { list, sum } => (list.clone(), sum.clone()),
        }
    }
}

/// Floors first, then one quantum each for the largest remainders. `divide` gives floor and remainder
/// of a weight.
#[inline]
fn largest_remainders(
    quanta: u128,
    list: &[u64],
    divide: impl Fn(u64) -> (u128, u64),
    parts: &mut [u128],
    ranks: &mut Vec<u128>,
) {
    let mut left = quanta;
    ranks.clear();
    for (place, (part, weight)) in (0_u64..).zip(parts.iter_mut().zip(list)) {
        let (floor, rest) = divide(*weight);
        *part = floor;
        left -= floor;
        // Larger with the remainder, then for what stands first.
        ranks.push(u128::from(rest) << 64 | u128::from(u64::MAX - place));
    }
    // Fewer than there are parts, since each part lost less than one.
    let left = usize::try_from(left).unwrap_or(usize::MAX);
    let Some(last) = left.checked_sub(1).filter(|last| *last < ranks.len()) else { return };
    ranks.select_nth_unstable_by_key(last, |rank| Reverse(*rank));
    for rank in &ranks[..left] {
        parts[(u64::MAX - *rank as u64) as usize] += 1;
    }
}

/// The first weight that is not zero, where there is one and no other has the opposite sign.
pub(super) fn base(weights: &[Rational]) -> Result<&Rational, Error> {
    let refuse = |message: String| Err(Error::new(ErrorKind::Domain, message));
    let Some(first) = weights.iter().position(|weight| !weight.is_zero()) else {
        return refuse(match weights.len() {
            0 => "a total cannot be split without weights; give at least one".to_owned(),
            _ => "a total cannot be split by weights that are all zero".to_owned(),
        });
    };
    let base = &weights[first];
    let opposite =
        |weight: &Rational| !weight.is_zero() && weight.is_negative() != base.is_negative();
    match weights.iter().position(opposite) {
        Some(other) => refuse(format!(
            "weights {first} and {other} (counted from 0) are {} and {}, of opposite sign",
            shown(base),
            shown(&weights[other])
        )),
        None => Ok(base),
    }
}

/// The weights over their least common denominator, where all of it fits 64 bits.
fn narrow(weights: &[Rational]) -> Option<Weights> {
    let mut common = 1_u64;
    for weight in weights {
        let (_, den) = weight.narrow_parts()?;
        let den = u64::try_from(den).ok()?;
        if common % den != 0 {
            let shared = wide::gcd(common.into(), den.into()) as u64;
            common = (common / shared).checked_mul(den)?;
        }
    }
    let over_common = |weight: &Rational| {
        let (num, den) = weight.narrow_parts()?;
        let times = u128::from(common).checked_div(den)?;
        u64::try_from(num.unsigned_abs().checked_mul(times)?).ok()
    };
    Weights::narrow(weights.iter().map(over_common).collect::<Option<_>>()?)
}

/// The weights as integers without a common divisor, and their sum.
///
/// As multiples of `base` the weights are fractions, and `base` itself is 1. Their least common
/// denominator, and so each integer that it makes of them, is that of the one vector of integers
/// without a common divisor that has these ratios. So neither the order nor the scale of the weights
/// decides whether they are within the limit, and work ends as soon as they are not.
fn integers(weights: &[Rational], base: &Rational) -> Result<(Vec<UBig>, UBig), Error> {
    let mut fractions: Vec<(UBig, UBig)> = Vec::with_capacity(weights.len());
    let mut common = UBig::ONE;
    for weight in weights {
        let (num, den): (IBig, UBig) = weight.checked_div(base)?.parts();
        if !(&common % &den).is_zero() {
            common = &common / (&common).gcd(&den) * &den;
        }
        within_capacity(&common)?;
        fractions.push((num.unsigned_abs(), den));
    }
    let mut sum = UBig::ZERO;
    let mut integers = Vec::with_capacity(weights.len());
    for (num, den) in fractions {
        let integer = num * (&common / den);
        sum += &integer;
        within_capacity(&sum)?;
        integers.push(integer);
    }
    Ok((integers, sum))
}

fn within_capacity(weights: &UBig) -> Result<(), Error> {
    match weights.bit_len() <= CAPACITY_BITS {
        true => Ok(()),
        false => Err(Error::new(
            ErrorKind::Capacity,
            format!(
                "weights that exceed {CAPACITY_BITS} bits as integers without a common divisor; \
                 give them fewer different denominators"
            ),
        )),
    }
}

/// A number for a message, where it is short enough to be read.
pub(crate) fn shown(value: &Rational) -> String {
    const LONGEST: usize = 256;
    match value.bits() <= LONGEST {
        true => value.to_string(),
        false => format!("of {} bits", value.bits()),
    }
}
