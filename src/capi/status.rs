//! What a call says first: a number.

use std::ffi::{CStr, c_char};

use super::guard::shielded;
use crate::ErrorKind;

/// The outcome of a call: YS_OK or one of the numbers below. A number never gets another meaning;
/// later versions may add numbers.
pub type ys_status = i32;

/// The call did what it says.
pub const YS_OK: ys_status = 0;
/// A division by an exact zero.
pub const YS_DIVISION_BY_ZERO: ys_status = 1;
/// A value outside the domain of the operation.
pub const YS_DOMAIN: ys_status = 2;
/// A number that does not fit: a result beyond 96 bits, or an input beyond its column.
pub const YS_OVERFLOW: ys_status = 3;
/// Digits would be lost where none may be.
pub const YS_INEXACT: ys_status = 4;
/// An internal limit on size.
pub const YS_CAPACITY: ys_status = 5;
/// Text that is not what it should be: a number, a date, a document, or not even UTF-8.
pub const YS_SYNTAX: ys_status = 6;
/// A value of the wrong kind, for example a float where a decimal is due.
pub const YS_TYPE: ys_status = 7;
/// A name that nothing defines.
pub const YS_UNKNOWN: ys_status = 8;
/// A name or row that is there twice.
pub const YS_DUPLICATE: ys_status = 9;
/// A definition that depends on itself.
pub const YS_CYCLE: ys_status = 10;
/// Units that do not go together.
pub const YS_UNIT: ys_status = 11;
/// A date or period outside what it may be.
pub const YS_DATE: ys_status = 12;
/// Something required that is absent.
pub const YS_MISSING: ys_status = 13;
/// Lengths or shapes that do not agree.
pub const YS_SHAPE: ys_status = 14;
/// Several problems at once; see ys_error_problem.
pub const YS_INVALID: ys_status = 15;
/// A defect of the library. The handles of the call may only be freed.
pub const YS_PANIC: ys_status = 100;
/// An argument is NULL that must not be.
pub const YS_NULL_ARGUMENT: ys_status = 101;
/// An argument is not what the call takes: a struct_size, a mode, a reserved field, a state.
pub const YS_INVALID_ARGUMENT: ys_status = 102;
/// The text does not fit the buffer.
pub const YS_BUFFER_TOO_SMALL: ys_status = 103;

/// The status of each kind of error. A new kind does not compile until it has a number.
pub(super) const fn of(kind: ErrorKind) -> ys_status {
    match kind {
        ErrorKind::DivisionByZero => YS_DIVISION_BY_ZERO,
        ErrorKind::Domain => YS_DOMAIN,
        ErrorKind::Overflow => YS_OVERFLOW,
        ErrorKind::Inexact => YS_INEXACT,
        ErrorKind::Capacity => YS_CAPACITY,
        ErrorKind::Syntax => YS_SYNTAX,
        ErrorKind::Type => YS_TYPE,
        ErrorKind::Unknown => YS_UNKNOWN,
        ErrorKind::Duplicate => YS_DUPLICATE,
        ErrorKind::Cycle => YS_CYCLE,
        ErrorKind::Unit => YS_UNIT,
        ErrorKind::Date => YS_DATE,
        ErrorKind::Missing => YS_MISSING,
        ErrorKind::Shape => YS_SHAPE,
        ErrorKind::Invalid => YS_INVALID,
    }
}

const fn name(status: ys_status) -> Option<&'static CStr> {
    Some(match status {
        YS_OK => c"ok",
        YS_DIVISION_BY_ZERO => c"division_by_zero",
        YS_DOMAIN => c"domain",
        YS_OVERFLOW => c"overflow",
        YS_INEXACT => c"inexact",
        YS_CAPACITY => c"capacity",
        YS_SYNTAX => c"syntax",
        YS_TYPE => c"type",
        YS_UNKNOWN => c"unknown",
        YS_DUPLICATE => c"duplicate",
        YS_CYCLE => c"cycle",
        YS_UNIT => c"unit",
        YS_DATE => c"date",
        YS_MISSING => c"missing",
        YS_SHAPE => c"shape",
        YS_INVALID => c"invalid",
        YS_PANIC => c"panic",
        YS_NULL_ARGUMENT => c"null_argument",
        YS_INVALID_ARGUMENT => c"invalid_argument",
        YS_BUFFER_TOO_SMALL => c"buffer_too_small",
        _ => return None,
    })
}

/// The name of a status as one lower-case word, for example `division_by_zero`.
///
/// Returns text that lives for ever; `unlisted` for a number that this version does not have. Never
/// NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub extern "C" fn ys_status_name(status: ys_status) -> *const c_char {
    let unlisted = c"unlisted";
    shielded(unlisted.as_ptr(), || name(status).unwrap_or(unlisted).as_ptr())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_their_own_name_in_c() {
        let kinds = [
            ErrorKind::DivisionByZero,
            ErrorKind::Domain,
            ErrorKind::Overflow,
            ErrorKind::Inexact,
            ErrorKind::Capacity,
            ErrorKind::Syntax,
            ErrorKind::Type,
            ErrorKind::Unknown,
            ErrorKind::Duplicate,
            ErrorKind::Cycle,
            ErrorKind::Unit,
            ErrorKind::Date,
            ErrorKind::Missing,
            ErrorKind::Shape,
            ErrorKind::Invalid,
        ];
        for (i, kind) in kinds.into_iter().enumerate() {
            assert_eq!(of(kind), i as i32 + 1, "{kind:?}");
            assert_eq!(name(of(kind)).unwrap().to_str(), Ok(kind.name()));
        }
    }
}
