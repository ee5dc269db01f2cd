//! How a number becomes digits: scale, step and mode, and the one decision behind all of them.

use super::{Rational, round};
use crate::error::{Error, ErrorKind, quoted};
use crate::named::named;

named! {
    /// Which neighbour a value between two representable ones becomes.
    ///
    /// The names are those that ECMA-402, Temporal, ICU and jiff share. There is no default.
    ///
    /// | mode | 2.5 | 3.5 | -2.5 | 2.1 | -2.1 | known as |
    /// |---|---|---|---|---|---|---|
    /// | `Ceil` | 3 | 4 | -2 | 3 | -2 | Excel `CEILING.MATH`, Java `CEILING` |
    /// | `Floor` | 2 | 3 | -3 | 2 | -3 | Excel `FLOOR.MATH`, Java `FLOOR` |
    /// | `Expand` | 3 | 4 | -3 | 3 | -3 | Excel `ROUNDUP`, Java `UP` |
    /// | `Trunc` | 2 | 3 | -2 | 2 | -2 | Excel `ROUNDDOWN` and `TRUNC`, Java `DOWN`, ClickHouse decimal division |
    /// | `HalfCeil` | 3 | 4 | -2 | 2 | -2 | JavaScript `Math.round` |
    /// | `HalfFloor` | 2 | 3 | -3 | 2 | -2 | |
    /// | `HalfExpand` | 3 | 4 | -3 | 2 | -2 | Excel `ROUND`, Postgres `round(numeric)`, Java `HALF_UP`; the commercial rounding |
    /// | `HalfTrunc` | 2 | 3 | -2 | 2 | -2 | Java `HALF_DOWN` |
    /// | `HalfEven` | 2 | 4 | -2 | 2 | -2 | IEEE 754's default, Java `HALF_EVEN`, Python `round`; the banker's rounding |
    /// | `Exact` | error | error | error | error | error | Java `UNNECESSARY` |
    #[derive(PartialOrd, Ord)]
    Mode "rounding mode" {
        /// Towards positive infinity.
        Ceil = "ceil",
        /// Towards negative infinity.
        Floor = "floor",
        /// Away from zero.
        Expand = "expand",
        /// Towards zero.
        Trunc = "trunc",
        /// To the nearest; halves towards positive infinity.
        HalfCeil = "half_ceil",
        /// To the nearest; halves towards negative infinity.
        HalfFloor = "half_floor",
        /// To the nearest; halves away from zero.
        HalfExpand = "half_expand",
        /// To the nearest; halves towards zero.
        HalfTrunc = "half_trunc",
        /// To the nearest; halves to the even neighbour.
        HalfEven = "half_even",
        /// Not at all: a value that does not fit is refused as [`ErrorKind::Inexact`].
        Exact = "exact",
    }
}

/// How the part that rounding drops compares with half a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    Zero,
    BelowHalf,
    Half,
    AboveHalf,
}

impl Rest {
    const ALL: [Self; 4] = [Self::Zero, Self::BelowHalf, Self::Half, Self::AboveHalf];

    /// The remainder of a division, beside what it lacks of another whole one; without a branch.
    #[inline]
    pub(crate) fn of<T: Copy + PartialOrd + Default>(rest: T, lacking: T) -> Self {
        let not_zero = u8::from(rest > T::default());
        match not_zero + u8::from(rest >= lacking) + u8::from(rest > lacking) {
            0 => Self::Zero,
            1 => Self::BelowHalf,
            2 => Self::Half,
            _ => Self::AboveHalf,
        }
    }
}

/// What becomes of a truncated magnitude.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    Keep,
    Increment,
    Refuse,
}

impl Mode {
    /// The one place where a rounding is decided: `odd` is the parity of the truncated magnitude
    /// counted in steps, `negative` the sign of the exact value.
    const fn goes_away(self, negative: bool, odd: bool, rest: Rest) -> bool {
        match (self, rest) {
            (_, Rest::Zero) | (Self::Exact | Self::Trunc, _) => false,
            (Self::Ceil, _) => !negative,
            (Self::Floor, _) => negative,
            (Self::Expand, _) => true,
            (_, Rest::BelowHalf) => false,
            (_, Rest::AboveHalf) => true,
            (Self::HalfCeil, Rest::Half) => !negative,
            (Self::HalfFloor, Rest::Half) => negative,
            (Self::HalfExpand, Rest::Half) => true,
            (Self::HalfTrunc, Rest::Half) => false,
            (Self::HalfEven, Rest::Half) => odd,
        }
    }

    #[inline]
    pub(crate) fn decide(self, negative: bool, odd: bool, rest: Rest) -> Decision {
        let decisions = DECISIONS[self as usize * 4 + usize::from(negative) * 2 + usize::from(odd)];
        if self == Self::Exact && rest != Rest::Zero {
            return Decision::Refuse;
        }
        if decisions >> rest as u8 & 1 == 1 { Decision::Increment } else { Decision::Keep }
    }
}

/// What [`Mode::goes_away`] says, a bit for each [`Rest`]: the rest of a quotient is as good as random,
/// and a branch on it would be guessed wrong every other time.
const DECISIONS: [u8; Mode::ALL.len() * 4] = {
    let mut decisions = [0; Mode::ALL.len() * 4];
    let mut i = 0;
    while i < decisions.len() {
        let (mode, negative, odd) = (Mode::ALL[i / 4], i / 2 % 2 == 1, i % 2 == 1);
        let mut rest = 0;
        while rest < Rest::ALL.len() {
            let away = mode.goes_away(negative, odd, Rest::ALL[rest]);
            decisions[i] |= (away as u8) << Rest::ALL[rest] as u8;
            rest += 1;
        }
        i += 1;
    }
    decisions
};

/// Where digits end and how they are cut: a scale, a step at that scale, and a [`Mode`].
///
/// A result has exactly `scale` decimals and is a multiple of the step. Made by one constructor for
/// each mode, and refined by [`with_step`](Rounding::with_step).
///
/// ```
/// use yardstick::{Rational, Rounding};
///
/// let third = Rational::from(1).checked_div(&Rational::from(3))?;
/// assert_eq!(third.round(Rounding::half_even(4))?.to_string(), "0.3333");
/// assert_eq!(third.round(Rounding::ceil(4))?.to_string(), "0.3334");
/// let nickel = Rounding::half_even(2).with_step("0.05".parse::<Rational>()?)?;
/// assert_eq!(third.round(nickel)?.to_string(), "0.35");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rounding {
    scale: u32,
    mode: Mode,
    /// In units of the last place; at least 1.
    step: u128,
}

impl Rounding {
    /// The largest scale that a decimal can have.
    pub const MAX_SCALE: u32 = 28;

    /// A rounding to `scale` decimals. Scales above [`MAX_SCALE`](Rounding::MAX_SCALE) are refused
    /// where the rounding is used, as [`ErrorKind::Domain`].
    #[must_use]
    pub const fn new(scale: u32, mode: Mode) -> Self {
        Self { scale, mode, step: 1 }
    }

    /// Towards positive infinity.
    #[must_use]
    pub const fn ceil(scale: u32) -> Self {
        Self::new(scale, Mode::Ceil)
    }

    /// Towards negative infinity.
    #[must_use]
    pub const fn floor(scale: u32) -> Self {
        Self::new(scale, Mode::Floor)
    }

    /// Away from zero.
    #[must_use]
    pub const fn expand(scale: u32) -> Self {
        Self::new(scale, Mode::Expand)
    }

    /// Towards zero.
    #[must_use]
    pub const fn trunc(scale: u32) -> Self {
        Self::new(scale, Mode::Trunc)
    }

    /// To the nearest; halves towards positive infinity.
    #[must_use]
    pub const fn half_ceil(scale: u32) -> Self {
        Self::new(scale, Mode::HalfCeil)
    }

    /// To the nearest; halves towards negative infinity.
    #[must_use]
    pub const fn half_floor(scale: u32) -> Self {
        Self::new(scale, Mode::HalfFloor)
    }

    /// To the nearest; halves away from zero.
    #[must_use]
    pub const fn half_expand(scale: u32) -> Self {
        Self::new(scale, Mode::HalfExpand)
    }

    /// To the nearest; halves towards zero.
    #[must_use]
    pub const fn half_trunc(scale: u32) -> Self {
        Self::new(scale, Mode::HalfTrunc)
    }

    /// To the nearest; halves to the even neighbour.
    #[must_use]
    pub const fn half_even(scale: u32) -> Self {
        Self::new(scale, Mode::HalfEven)
    }

    /// Not at all: refuses what does not fit.
    #[must_use]
    pub const fn exact(scale: u32) -> Self {
        Self::new(scale, Mode::Exact)
    }

    /// The same rounding to multiples of `step`, for example 0.05 or 25.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] where the scale is above 28, or the step is not above zero or has more
    /// decimals than the scale;
    /// [`ErrorKind::Overflow`] where it does not fit 96 bits at the scale.
    pub fn with_step(self, step: impl Into<Rational>) -> Result<Self, Error> {
        self.check()?;
        let step = step.into();
        let refuse = |kind, why: &str| {
            let step = quoted(&step.to_string());
            Err(Error::new(kind, format!("rounding step {step} {why}")))
        };
        if !step.is_positive() {
            return refuse(ErrorKind::Domain, "is not above zero");
        }
        let units = &step * Rational::from(round::POWERS[self.scale as usize]);
        if !units.is_integer() {
            let places = self.scale;
            return refuse(
                ErrorKind::Domain,
                &format!("has more decimals than the scale {places}; raise the scale"),
            );
        }
        match units.round(Self::exact(0)) {
            Ok(units) => Ok(Self { step: units.mantissa().unsigned_abs(), ..self }),
            Err(_) => refuse(ErrorKind::Overflow, "does not fit 96 bits at the scale"),
        }
    }

    /// The number of decimals of a result.
    #[must_use]
    pub const fn scale(&self) -> u32 {
        self.scale
    }

    /// The mode.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// The step in units of the last place: 5 for 0.05 at scale 2, and 1 where none was set.
    #[must_use]
    pub const fn step_units(&self) -> u128 {
        self.step
    }

    #[inline]
    pub(crate) fn check(&self) -> Result<(), Error> {
        match self.scale <= Self::MAX_SCALE {
            true => Ok(()),
            false => Err(self.refuse_scale()),
        }
    }

    #[cold]
    fn refuse_scale(&self) -> Error {
        let (scale, most) = (self.scale, Self::MAX_SCALE);
        Error::new(
            ErrorKind::Domain,
            format!(
                "scale {scale} of a rounding is above {most}, the most that a decimal can have"
            ),
        )
    }
}
