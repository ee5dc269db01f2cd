//! Decimals as text for people.

use std::ffi::c_char;

use super::super::argument::{Buffer, ErrorSlot, Options, Plain, Versioned};
use super::super::decimal::ys_decimal;
use super::super::error::ys_error;
use super::super::guard::{Outcome, guard};
use super::super::status::{YS_DOMAIN, YS_INVALID_ARGUMENT, ys_status};
use crate::number::Format;

/// How a decimal is laid out. Begin it with YS_FORMAT_INIT, which stands for plain digits. Since
/// ABI 1.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ys_format {
    /// sizeof(ys_format).
    pub struct_size: usize,
    /// What stands between groups of three integer digits, as a Unicode scalar value such as `','`;
    /// 0 for no groups.
    pub separator: u32,
    /// 1 for hundredths with a percent sign, `12.5%` for 0.125; else 0.
    pub percent: i32,
    /// At least so many characters, filled up in front; at most 65535.
    pub width: u32,
    /// 1 to fill up with zeros after the sign, 0 to fill up with spaces before it.
    pub zeros: i32,
}

// SAFETY: `repr(C)`, begins with its size, and holds integers only.
unsafe impl Versioned for ys_format {
    const NAME: &'static str = "ys_format";
}

/// A field that says yes or no.
fn flag(name: &str, value: i32) -> Outcome<bool> {
    match value {
        0 => Ok(false),
        1 => Ok(true),
        other => {
            let message = format!("format.{name} is {other}; set it to 0 or 1");
            Err(ys_error::refusal(YS_INVALID_ARGUMENT, message))
        }
    }
}

impl ys_format {
    fn check(&self) -> Outcome<Format> {
        let Self { separator, width, .. } = *self;
        let width = u16::try_from(width).map_err(|_| {
            let message = format!("format.width is {width}; the most is {}", u16::MAX);
            ys_error::refusal(YS_DOMAIN, message)
        })?;
        let mut format = Format::plain().width(width);
        if separator != 0 {
            let separator = char::from_u32(separator).ok_or_else(|| {
                let message = format!("format.separator is {separator}, which is no character");
                ys_error::refusal(YS_DOMAIN, message)
            })?;
            format = format.grouped(separator);
        }
        if flag("percent", self.percent)? {
            format = format.percent();
        }
        if flag("zeros", self.zeros)? {
            format = format.zeros();
        }
        Ok(format)
    }
}

/// Writes a decimal with every digit that it has, laid out as `format` says: `-1,234,567.00`,
/// `10.52%`. No digit is rounded, and there is no negative zero.
///
/// Exact. Errors: YS_INVALID_ARGUMENT for a struct_size or a flag that is neither 0 nor 1; YS_DOMAIN
/// for a width or a separator that cannot be; a `value` that is no decimal as in ys_decimal_format;
/// YS_BUFFER_TOO_SMALL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_decimal_format_as(
    value: *const ys_decimal,
    format: *const ys_format,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a decimal, a format of its struct_size, `capacity` bytes at `buffer`
    // and places for the outputs, or NULL.
    let (value, format, buffer, error) = unsafe {
        (
            Plain::new("value", value),
            Options::new("format", format),
            Buffer::new(buffer, capacity, needed),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let value = value.get()?.check("value")?;
        let format: ys_format = format.get()?;
        buffer.put(&format.check()?.format(&value))
    })
}
