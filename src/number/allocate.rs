//! A total split into parts that sum to it: by largest remainder, or by rounding running totals.

use dashu_int::ops::{BitTest, DivRem, UnsignedAbs};
use dashu_int::{IBig, UBig};

use super::rounding::{Decision, Mode, Rest};
use super::shares::{Weights, shown};
use super::{CAPACITY_BITS, Rational, round, shares};
use crate::error::{Error, ErrorKind};

/// Splits `total` in proportion to `weights`, in multiples of `quantum`, by the method of the
/// largest remainder (Hamilton, Hare and Niemeyer).
///
/// The exact share of part i is `total * weight i / sum of weights`. Every part first gets its share
/// rounded down to a multiple of the quantum; what is left of the total then goes, one quantum each,
/// to the parts from which rounding took most. Ties go to the part that stands first.
///
/// The parts sum to the total, and each is less than one quantum away from its exact share. A part
/// whose share is a multiple of the quantum gets just that, so a weight of zero gets zero. A larger
/// weight never gets less, and of equal weights the first never gets less. Weights that are all
/// multiplied by the same number give the same parts. A negative total is split as its magnitude is,
/// and negated. Weights that are none above zero count as their magnitudes.
///
/// # Errors
///
/// [`ErrorKind::Domain`] for a quantum that is not above zero, a total that is no multiple of it, no
/// weights, weights that are all zero, and weights of both signs. [`ErrorKind::Capacity`] where the
/// total in quanta, the quantum, or the sum of the weights as integers without a common divisor is
/// beyond 16,384 bits: for some thousand fractions with unlike denominators, not for decimals.
///
/// ```
/// use yardstick::Rational;
/// use yardstick::number::allocate;
///
/// let cent = Rational::new(1, 100)?;
/// // 428.571…, 428.571… and 142.857…: two floors sum to 999.98, and the third lost most.
/// let parts = allocate(1000, [3, 3, 1], &cent)?;
/// assert_eq!(parts, ["428.57".parse()?, "428.57".parse()?, "142.86".parse::<Rational>()?]);
/// // Thirds tie, and the first gets the cent.
/// assert_eq!(allocate(100, [1, 1, 1], &cent)?[0], "33.34".parse()?);
/// # Ok::<(), yardstick::Error>(())
/// ```
pub fn allocate<W: Into<Rational>>(
    total: impl Into<Rational>,
    weights: impl IntoIterator<Item = W>,
    quantum: impl Into<Rational>,
) -> Result<Vec<Rational>, Error> {
    let split = Split::new(total.into(), weights, quantum.into())?;
    let magnitude = (&split.quanta).unsigned_abs();
    let negative = split.quanta < IBig::ZERO;
    let Ok(quanta) = u128::try_from(&magnitude) else {
        let parts = split.weights.split_wide(&magnitude).into_iter();
        return Ok(split.parts(parts.map(|part| match negative {
            true => -IBig::from(part),
            false => IBig::from(part),
        })));
    };
    let mut parts = vec![0; split.weights.len()];
    split.weights.split(quanta, &mut parts, &mut Vec::new());
    let quantum = if negative { -&split.quantum } else { split.quantum };
    Ok(parts.into_iter().map(|part| Rational::from(part) * &quantum).collect())
}

/// Splits `total` in proportion to `weights`, in multiples of `quantum`, by rounding running totals.
///
/// The running total of part i is `total * (weight 1 + … + weight i) / sum of weights`. Each is
/// rounded to a multiple of the quantum as `mode` says, by its own sign, and part i is the difference
/// between its rounded running total and the one before. So every part depends on those before it
/// only, and what has been given out up to any point is as near to its exact sum as rounding allows:
/// the method for a total that is spread over time.
///
/// The parts sum to the total, none has the opposite sign, and each is at most one quantum away from
/// its exact share; a weight of zero gets zero. A larger weight may get one quantum less than a
/// smaller one, which [`allocate`] never does. With [`Mode::Exact`] the split is refused unless all
/// parts are multiples of the quantum as they are.
///
/// # Errors
///
/// As [`allocate`]; and [`ErrorKind::Inexact`] with [`Mode::Exact`] where a running total is no
/// multiple of the quantum.
///
/// ```
/// use yardstick::number::allocate_cumulative;
/// use yardstick::{Mode, Rational};
///
/// // Running totals 3.33…, 6.66… and 10.
/// let parts = allocate_cumulative(10, [1, 1, 1], 1, Mode::HalfEven)?;
/// assert_eq!(parts, [Rational::from(3), Rational::from(4), Rational::from(3)]);
/// let parts = allocate_cumulative(10, [1, 1, 1], 1, Mode::Ceil)?;
/// assert_eq!(parts, [Rational::from(4), Rational::from(3), Rational::from(3)]);
/// assert!(allocate_cumulative(10, [1, 1, 1], 1, Mode::Exact).is_err());
/// # Ok::<(), yardstick::Error>(())
/// ```
pub fn allocate_cumulative<W: Into<Rational>>(
    total: impl Into<Rational>,
    weights: impl IntoIterator<Item = W>,
    quantum: impl Into<Rational>,
    mode: Mode,
) -> Result<Vec<Rational>, Error> {
    let split = Split::new(total.into(), weights, quantum.into())?;
    let negative = split.quanta < IBig::ZERO;
    let magnitude = (&split.quanta).unsigned_abs();
    let (weights, sum) = split.weights.wide();
    let mut parts = Vec::with_capacity(weights.len());
    let (mut running, mut given) = (UBig::ZERO, UBig::ZERO);
    for (part, weight) in weights.iter().enumerate() {
        running += weight;
        let (mut rounded, rest) = (&magnitude * &running).div_rem(&sum);
        let rest = match rest.is_zero() {
            true => Rest::Zero,
            false => round::compare((&rest + &rest).cmp(&sum)),
        };
        match mode.decide(negative, rounded.bit(0), rest) {
            Decision::Keep => {}
            Decision::Increment => rounded += UBig::ONE,
            Decision::Refuse => return Err(inexact(part)),
        }
        // Rounding keeps the order of running totals.
        let share = IBig::from(&rounded - &given);
        parts.push(if negative { -share } else { share });
        given = rounded;
    }
    Ok(split.parts(parts.into_iter()))
}

/// What is split, in integers.
struct Split {
    /// The total, counted in quanta.
    quanta: IBig,
    quantum: Rational,
    weights: Weights,
}

impl Split {
    fn new<W: Into<Rational>>(
        total: Rational,
        weights: impl IntoIterator<Item = W>,
        quantum: Rational,
    ) -> Result<Self, Error> {
        if !quantum.is_positive() {
            let message = format!("quantum {} is not above zero", shown(&quantum));
            return Err(Error::new(ErrorKind::Domain, message));
        }
        let weights: Vec<Rational> = weights.into_iter().map(Into::into).collect();
        shares::base(&weights)?;
        let quanta = total.checked_div(&quantum)?;
        if !quanta.is_integer() {
            let (total, quantum) = (shown(&total), shown(&quantum));
            let message = format!(
                "total {total} is no multiple of the quantum {quantum}; round the total first"
            );
            return Err(Error::new(ErrorKind::Domain, message));
        }
        if quanta.bits() > CAPACITY_BITS || quantum.bits() > CAPACITY_BITS {
            let message = format!("a total in quanta, or a quantum, beyond {CAPACITY_BITS} bits");
            return Err(Error::new(ErrorKind::Capacity, message));
        }
        Ok(Self { quanta: quanta.parts().0, quantum, weights: Weights::new(&weights)? })
    }

    /// The parts, from their numbers of quanta.
    fn parts(&self, quanta: impl Iterator<Item = IBig>) -> Vec<Rational> {
        quanta.map(|quanta| Rational::from_integer(quanta) * &self.quantum).collect()
    }
}

fn inexact(part: usize) -> Error {
    Error::new(
        ErrorKind::Inexact,
        format!(
            "the running total of part {part} (counted from 0) is no multiple of the quantum and the \
             mode is {mode}; name a rounding mode",
            mode = Mode::Exact
        ),
    )
}
