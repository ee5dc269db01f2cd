//! What went wrong, as a handle.

use std::ffi::{CString, c_char};
use std::ops::Range;
use std::ptr::null;

use super::argument::{Out, Shared, free};
use super::guard::shielded;
use super::status;
use super::status::{YS_OK, ys_status};
use crate::Error;

/// What went wrong, where, and what would be right. A call gives it to who asks, who frees it with
/// ys_error_free. It never changes. Since ABI 1.
pub struct ys_error {
    status: ys_status,
    message: CString,
    detail: CString,
    path: Option<CString>,
    row: Option<usize>,
    column: Option<CString>,
    span: Option<Range<usize>>,
    problems: Vec<ys_error>,
}

/// Text for C. A NUL inside, which some input brought along, is shown and not an early end.
fn text(text: &str) -> CString {
    CString::new(text.replace('\0', "\\0")).unwrap_or_default()
}

impl ys_error {
    /// An error of this interface itself.
    pub(super) fn refusal(status: ys_status, message: String) -> Box<Self> {
        let message = text(&message);
        Box::new(Self {
            status,
            detail: message.clone(),
            message,
            path: None,
            row: None,
            column: None,
            span: None,
            problems: Vec::new(),
        })
    }

    pub(super) fn at_span(mut self: Box<Self>, span: Range<usize>) -> Box<Self> {
        self.span = Some(span);
        self
    }

    /// An error of this interface itself in a cell of facts; it reads as those of the library do.
    pub(super) fn in_cell(status: ys_status, row: usize, column: &str, detail: &str) -> Box<Self> {
        let message = format!("row {row}, column \"{column}\": {detail}");
        let error = Self::refusal(status, message);
        Box::new(Self {
            detail: text(detail),
            row: Some(row),
            column: Some(text(column)),
            ..*error
        })
    }

    pub(super) fn status(&self) -> ys_status {
        self.status
    }

    fn of(error: &Error) -> Self {
        Self {
            status: status::of(error.kind()),
            // As documented: problems one a line, so without what is drawn below them.
            message: text(&format!("{error:#}")),
            detail: text(error.message()),
            path: error.path().map(text),
            row: error.row(),
            column: error.column().map(text),
            span: error.span(),
            problems: error.problems().iter().map(Self::of).collect(),
        }
    }
}

impl From<Error> for Box<ys_error> {
    fn from(error: Error) -> Self {
        Box::new(ys_error::of(&error))
    }
}

/// What kind of error it is: the status that the call returned, or for a problem its own.
///
/// `error` may be NULL: YS_OK. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_error_status(error: *const ys_error) -> ys_status {
    // SAFETY: the caller passes NULL or a live error.
    let error = unsafe { Shared::new("error", error) };
    shielded(YS_OK, || error.option().map_or(YS_OK, |error| error.status))
}

/// What went wrong, with its place in front and all problems of ys_error_problem, one a line: what
/// to show to a person. The wording is no part of the interface.
///
/// Returns text that lives as long as the error. A NUL in it, brought along by some input, is
/// written as a backslash and a zero. `error` may be NULL: an empty text. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_error_message(error: *const ys_error) -> *const c_char {
    // SAFETY: the caller passes NULL or a live error.
    let error = unsafe { Shared::new("error", error) };
    let none = c"".as_ptr();
    shielded(none, || error.option().map_or(none, |error| error.message.as_ptr()))
}

/// The same without its place and without the problems, for those who show the place themselves.
///
/// Returns text that lives as long as the error. `error` may be NULL: an empty text. Threads: any.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_error_detail(error: *const ys_error) -> *const c_char {
    // SAFETY: the caller passes NULL or a live error.
    let error = unsafe { Shared::new("error", error) };
    let none = c"".as_ptr();
    shielded(none, || error.option().map_or(none, |error| error.detail.as_ptr()))
}

/// Where in a model document, for example `kpis[2].formula`.
///
/// Returns text that lives as long as the error, or NULL where no document is concerned. `error` may
/// be NULL: NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_error_path(error: *const ys_error) -> *const c_char {
    // SAFETY: the caller passes NULL or a live error.
    let error = unsafe { Shared::new("error", error) };
    shielded(null(), || {
        error.option().and_then(|error| error.path.as_ref()).map_or(null(), |path| path.as_ptr())
    })
}

/// Which column of facts, by name.
///
/// Returns text that lives as long as the error, or NULL where no column is concerned. `error` may
/// be NULL: NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_error_column(error: *const ys_error) -> *const c_char {
    // SAFETY: the caller passes NULL or a live error.
    let error = unsafe { Shared::new("error", error) };
    shielded(null(), || {
        error.option().and_then(|error| error.column.as_ref()).map_or(null(), |name| name.as_ptr())
    })
}

/// Which row of facts, counted from 0.
///
/// Returns whether a row is concerned; only then `row` is written. `row` may be NULL. `error` may be
/// NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_error_row(error: *const ys_error, row: *mut usize) -> bool {
    // SAFETY: the caller passes NULL or a live error, and NULL or a place for a number.
    let (error, place) = unsafe { (Shared::new("error", error), Out::new("row", row)) };
    shielded(false, || match error.option().and_then(|error| error.row) {
        Some(row) => {
            fill(place, row);
            true
        }
        None => false,
    })
}

/// Which bytes of the text that was read: from `first` up to but without `end`.
///
/// Returns whether they are known; only then `first` and `end` are written. Both may be NULL.
/// `error` may be NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_error_span(
    error: *const ys_error,
    first: *mut usize,
    end: *mut usize,
) -> bool {
    // SAFETY: the caller passes NULL or a live error, and NULL or places for numbers.
    let (error, first, end) =
        unsafe { (Shared::new("error", error), Out::new("first", first), Out::new("end", end)) };
    shielded(false, || match error.option().and_then(|error| error.span.clone()) {
        Some(span) => {
            fill(first, span.start);
            fill(end, span.end);
            true
        }
        None => false,
    })
}

fn fill(out: Out<usize>, value: usize) {
    if let Ok(Some(place)) = out.option() {
        place.put(value);
    }
}

/// How many problems a validation found; 0 where the error is a single one.
///
/// `error` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_error_problem_count(error: *const ys_error) -> usize {
    // SAFETY: the caller passes NULL or a live error.
    let error = unsafe { Shared::new("error", error) };
    shielded(0, || error.option().map_or(0, |error| error.problems.len()))
}

/// One of the problems, in the order of the document: an error with its own status and place.
///
/// Returns an error that belongs to `error` and lives as long: do not free it. NULL where `index` is
/// not below ys_error_problem_count, or `error` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_error_problem(error: *const ys_error, index: usize) -> *const ys_error {
    // SAFETY: the caller passes NULL or a live error.
    let error = unsafe { Shared::new("error", error) };
    shielded(null(), || {
        error.option().and_then(|error| error.problems.get(index)).map_or(null(), |p| p as *const _)
    })
}

/// Frees an error that a call gave.
///
/// `error` may be NULL; it must not come from ys_error_problem. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_error_free(error: *mut ys_error) {
    // SAFETY: the caller passes NULL or an error that is its own, once.
    unsafe { free(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_does_not_end_a_text() {
        assert_eq!(text("a\0b").as_c_str(), c"a\\0b");
        assert_eq!(text("").as_c_str(), c"");
    }

    #[test]
    fn a_cell_reads_as_the_library_says_it() {
        let error = ys_error::in_cell(super::status::YS_SHAPE, 3, "revenue", "too long");
        assert_eq!(error.message.as_c_str(), c"row 3, column \"revenue\": too long");
        assert_eq!(error.detail.as_c_str(), c"too long");
        assert_eq!((error.row, error.column.as_deref()), (Some(3), Some(c"revenue")));
    }
}
