//! Days as numbers and as text.

use std::ffi::c_char;

use super::argument::{Buffer, ErrorSlot, Out, Text};
use super::error::ys_error;
use super::guard::guard;
use super::status::ys_status;
use crate::Date;

/// A buffer of this many bytes holds every date as text, with its NUL.
pub const YS_DATE_CAPACITY: usize = 11;

/// Reads `YYYY-MM-DD` and nothing else into days since 1970-01-01, which is what an Arrow date32
/// column holds. Years are 0001 to 9999.
///
/// Errors: YS_SYNTAX for another form, YS_DATE for a day that does not exist. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_date_parse(
    text: *const c_char,
    length: usize,
    day: *mut i32,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes `length` bytes at `text` and places for the outputs, or NULL.
    let (text, day, error) =
        unsafe { (Text::new("text", text, length), Out::new("day", day), ErrorSlot::new(error)) };
    guard(error, || {
        let day = day.get()?;
        day.put(text.get()?.parse::<Date>()?.number());
        Ok(())
    })
}

/// Writes the day that is `day` days after 1970-01-01 as `YYYY-MM-DD`.
///
/// `buffer`, `capacity` and `needed` are as the head of this file says; YS_DATE_CAPACITY bytes
/// always suffice. Errors: YS_DATE outside the years 0001 to 9999; YS_BUFFER_TOO_SMALL. Threads:
/// any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_date_format(
    day: i32,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes `capacity` bytes at `buffer` and places for the outputs, or NULL.
    let (buffer, error) = unsafe { (Buffer::new(buffer, capacity, needed), ErrorSlot::new(error)) };
    guard(error, || buffer.put(&Date::from_number(day)?.to_string()))
}
