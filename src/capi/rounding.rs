//! How C says where digits end.

use super::argument::Versioned;
use super::decimal::ys_decimal;
use super::error::ys_error;
use super::guard::Outcome;
use super::status::{YS_DOMAIN, YS_INVALID_ARGUMENT};
use crate::{Mode, Rational, Rounding};

/// Towards positive infinity.
pub const YS_MODE_CEIL: i32 = 1;
/// Towards negative infinity.
pub const YS_MODE_FLOOR: i32 = 2;
/// Away from zero.
pub const YS_MODE_EXPAND: i32 = 3;
/// Towards zero.
pub const YS_MODE_TRUNC: i32 = 4;
/// To the nearest; halves towards positive infinity.
pub const YS_MODE_HALF_CEIL: i32 = 5;
/// To the nearest; halves towards negative infinity.
pub const YS_MODE_HALF_FLOOR: i32 = 6;
/// To the nearest; halves away from zero: the commercial rounding.
pub const YS_MODE_HALF_EXPAND: i32 = 7;
/// To the nearest; halves towards zero.
pub const YS_MODE_HALF_TRUNC: i32 = 8;
/// To the nearest; halves to the even neighbour: the banker's rounding.
pub const YS_MODE_HALF_EVEN: i32 = 9;
/// Not at all: a value that does not fit is refused with YS_INEXACT.
pub const YS_MODE_EXACT: i32 = 10;

/// Where digits end and how they are cut. Begin it with YS_ROUNDING_INIT, which says neither a scale
/// nor a mode: there is no default, and a rounding without them is refused. Since ABI 1.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ys_rounding {
    /// sizeof(ys_rounding).
    pub struct_size: usize,
    /// The number of decimals of a result, 0 to 28.
    pub scale: i32,
    /// One of YS_MODE_CEIL to YS_MODE_EXACT.
    pub mode: i32,
    /// A result is a multiple of this, for example 0.05; zero for one unit of the last place.
    pub step: ys_decimal,
}

// SAFETY: `repr(C)`, begins with its size, and holds integers only.
unsafe impl Versioned for ys_rounding {
    const NAME: &'static str = "ys_rounding";
}

/// A mode by its number; `name` is the argument, for errors.
pub(super) fn mode_of(name: &str, mode: i32) -> Outcome<Mode> {
    Ok(match mode {
        YS_MODE_CEIL => Mode::Ceil,
        YS_MODE_FLOOR => Mode::Floor,
        YS_MODE_EXPAND => Mode::Expand,
        YS_MODE_TRUNC => Mode::Trunc,
        YS_MODE_HALF_CEIL => Mode::HalfCeil,
        YS_MODE_HALF_FLOOR => Mode::HalfFloor,
        YS_MODE_HALF_EXPAND => Mode::HalfExpand,
        YS_MODE_HALF_TRUNC => Mode::HalfTrunc,
        YS_MODE_HALF_EVEN => Mode::HalfEven,
        YS_MODE_EXACT => Mode::Exact,
        other => {
            let message = format!(
                "{name} is {other}; set it to one of YS_MODE_CEIL (1) to YS_MODE_EXACT (10)"
            );
            return Err(ys_error::refusal(YS_INVALID_ARGUMENT, message));
        }
    })
}

impl ys_rounding {
    pub(super) fn check(&self) -> Outcome<Rounding> {
        let mode = mode_of("rounding.mode", self.mode)?;
        let most = Rounding::MAX_SCALE;
        let scale = u32::try_from(self.scale).ok().filter(|scale| *scale <= most);
        let Some(scale) = scale else {
            let message = format!("rounding.scale is {}; set it from 0 to {most}", self.scale);
            return Err(ys_error::refusal(YS_DOMAIN, message));
        };
        let rounding = Rounding::new(scale, mode);
        let step = Rational::from(self.step.check("rounding.step")?);
        match step.is_zero() {
            true => Ok(rounding),
            false => Ok(rounding.with_step(step)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_numbered_in_their_order() {
        let zero = ys_decimal::zero();
        for (i, mode) in Mode::ALL.into_iter().enumerate() {
            let rounding = ys_rounding {
                struct_size: size_of::<ys_rounding>(),
                scale: 2,
                mode: i as i32 + 1,
                step: zero,
            };
            assert_eq!(rounding.check().ok(), Some(Rounding::new(2, mode)));
        }
    }
}
