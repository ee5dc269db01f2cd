//! Decimals: in, out, and rounded once.

use std::ffi::c_char;

use super::argument::{Buffer, ErrorSlot, Options, Out, Plain, Text};
use super::error::ys_error;
use super::guard::{Outcome, guard};
use super::rounding::ys_rounding;
use super::status::{YS_DOMAIN, YS_INVALID_ARGUMENT, YS_OVERFLOW, ys_status};
use crate::number::{parse_decimal, plain};
use crate::{Decimal, Rational, Rounding};

/// A signed integer of 128 bits, `hi * 2^64 + lo`, in two's complement: on a little-endian machine
/// one element of an Arrow decimal128 column. Since ABI 1.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ys_int128 {
    /// The low half.
    pub lo: u64,
    /// The high half, with the sign.
    pub hi: i64,
}

impl ys_int128 {
    pub(super) fn value(self) -> i128 {
        (i128::from(self.hi) << 64) | i128::from(self.lo)
    }

    pub(super) fn of(value: i128) -> Self {
        Self { lo: value as u64, hi: (value >> 64) as i64 }
    }
}

/// A number with decimal digits: `mantissa / 10^scale`. 1.50 is the mantissa 150 at scale 2. All
/// zeros is 0. Since ABI 1.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ys_decimal {
    /// The digits; at most 96 bits beside the sign.
    pub mantissa: ys_int128,
    /// The number of decimals, 0 to 28.
    pub scale: i32,
    /// 0.
    pub reserved: u32,
}

/// A buffer of this many bytes holds every decimal as text, with its NUL.
pub const YS_DECIMAL_CAPACITY: usize = 32;

impl ys_decimal {
    /// The value, where it is one.
    pub(super) fn check(&self, name: &str) -> Outcome<Decimal> {
        let Self { mantissa, scale, reserved } = *self;
        if reserved != 0 {
            let message = format!("{name}.reserved is {reserved} and must be 0");
            return Err(ys_error::refusal(YS_INVALID_ARGUMENT, message));
        }
        let most = Rounding::MAX_SCALE;
        let Some(scale) = u32::try_from(scale).ok().filter(|scale| *scale <= most) else {
            let message = format!("{name}.scale is {scale}; a decimal has 0 to {most} decimals");
            return Err(ys_error::refusal(YS_DOMAIN, message));
        };
        Decimal::try_from_i128_with_scale(mantissa.value(), scale).map_err(|_| {
            let mantissa = mantissa.value();
            let message = format!("{name}.mantissa is {mantissa}, which does not fit 96 bits");
            ys_error::refusal(YS_OVERFLOW, message)
        })
    }

    pub(super) fn of(value: &Decimal) -> Self {
        // The scale of a decimal is at most 28.
        let scale = value.scale() as i32;
        Self { mantissa: ys_int128::of(value.mantissa()), scale, reserved: 0 }
    }

    #[cfg(test)]
    pub(super) fn zero() -> Self {
        Self { mantissa: ys_int128::of(0), scale: 0, reserved: 0 }
    }
}

/// Reads a decimal and keeps its digits: `1.50` has scale 2. The form is strict: an optional sign,
/// digits with at most one point between them, an optional exponent; no spaces, no separators.
///
/// Exact: nothing is rounded. Errors: YS_SYNTAX with the span of what does not belong; YS_INEXACT
/// beyond 28 decimals, trailing zeros included; YS_OVERFLOW beyond 96 bits; YS_CAPACITY beyond 4096
/// digits. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_decimal_parse(
    text: *const c_char,
    length: usize,
    result: *mut ys_decimal,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes `length` bytes at `text` and places for the outputs, or NULL.
    let (text, result, error) = unsafe {
        (Text::new("text", text, length), Out::new("result", result), ErrorSlot::new(error))
    };
    guard(error, || {
        let result = result.get()?;
        result.put(ys_decimal::of(&parse_decimal(text.get()?)?));
        Ok(())
    })
}

/// Writes a decimal as plain digits with exactly its scale, for example `-1234.50`; never a negative
/// zero, no exponent, no separators.
///
/// `buffer`, `capacity` and `needed` are as the head of this file says; YS_DECIMAL_CAPACITY bytes
/// always suffice. Exact. Errors: a `value` that is no decimal is refused with YS_INVALID_ARGUMENT
/// (reserved), YS_DOMAIN (scale) or YS_OVERFLOW (mantissa); YS_BUFFER_TOO_SMALL. Threads: any.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_decimal_format(
    value: *const ys_decimal,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a decimal, `capacity` bytes at `buffer` and places for the outputs,
    // or NULL.
    let (value, buffer, error) = unsafe {
        (Plain::new("value", value), Buffer::new(buffer, capacity, needed), ErrorSlot::new(error))
    };
    guard(error, || buffer.put(&plain(&value.get()?.check("value")?)))
}

/// Rounds a decimal once, to exactly `rounding->scale` decimals.
///
/// `result` may be `value`. Errors: YS_OVERFLOW where the rounded value does not fit 96 bits at that
/// scale; YS_INEXACT where the mode is YS_MODE_EXACT and digits would be lost; a `rounding` that
/// says nothing or too much with YS_INVALID_ARGUMENT (struct_size, mode) or YS_DOMAIN (scale, a step
/// below zero or with more decimals than the scale); a `value` or step that is no decimal as in
/// ys_decimal_format. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_decimal_round(
    value: *const ys_decimal,
    rounding: *const ys_rounding,
    result: *mut ys_decimal,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a decimal, a rounding and places for the outputs, or NULL.
    let (value, rounding, result, error) = unsafe {
        (
            Plain::new("value", value),
            Options::new("rounding", rounding),
            Out::new("result", result),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let result = result.get()?;
        let value = value.get()?.check("value")?;
        let rounding: ys_rounding = rounding.get()?;
        let rounded = Rational::from(value).round(rounding.check()?)?;
        result.put(ys_decimal::of(&rounded));
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_make_the_whole() {
        for value in [0, 1, -1, i128::MAX, i128::MIN, 1 << 64, -(1 << 64), (1 << 96) - 1] {
            assert_eq!(ys_int128::of(value).value(), value);
        }
        assert_eq!(ys_int128::of(-1), ys_int128 { lo: u64::MAX, hi: -1 });
    }

    #[test]
    fn the_layout_is_that_of_the_header() {
        assert_eq!((size_of::<ys_int128>(), align_of::<ys_int128>()), (16, align_of::<u64>()));
        assert_eq!(size_of::<ys_decimal>(), 24);
        #[cfg(target_endian = "little")]
        assert_eq!(
            (-5_i128).to_le_bytes().as_slice(),
            [ys_int128::of(-5).lo.to_le_bytes(), ys_int128::of(-5).hi.to_le_bytes()].concat()
        );
    }

    #[test]
    fn every_decimal_fits_the_capacity() {
        let most = (1_i128 << 96) - 1;
        for scale in 0..=Rounding::MAX_SCALE {
            let value = Decimal::try_from_i128_with_scale(-most, scale).unwrap();
            assert!(plain(&value).len() < YS_DECIMAL_CAPACITY);
        }
    }
}
