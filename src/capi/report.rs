//! The report: its text, and how much is in it.

use std::ffi::c_char;
use std::sync::OnceLock;

use super::argument::{Buffer, ErrorSlot, Shared, free};
use super::error::ys_error;
use super::guard::{guard, shielded};
use super::status::ys_status;
use crate::{Error, Report};

/// What a model gives over facts, as of a day. It needs neither of them any more, and never changes.
/// Since ABI 1.
pub struct ys_report {
    report: Report,
    /// Written at the first call and kept, so that asking for the size costs nothing twice.
    json: OnceLock<Result<String, Error>>,
}

impl ys_report {
    pub(super) fn new(report: Report) -> Self {
        Self { report, json: OnceLock::new() }
    }
}

/// Writes the report as JSON: UTF-8, indented, with a line feed at its end. The fields are described
/// in the library's documentation of the module `model::report`; every number is there as exact
/// fraction and as text, rounded once as its display asks.
///
/// `buffer`, `capacity` and `needed` are as the head of this file says. The text is made once and
/// kept with the report. The same model and facts give the same bytes, which are those that the Rust
/// library writes. Errors: YS_BUFFER_TOO_SMALL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_json(
    report: *const ys_report,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live report, `capacity` bytes at `buffer` and places for the
    // outputs, or NULL.
    let (report, buffer, error) = unsafe {
        (
            Shared::new("report", report),
            Buffer::new(buffer, capacity, needed),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let report = report.get()?;
        match report.json.get_or_init(|| report.report.to_json()) {
            Ok(text) => buffer.put(text),
            Err(error) => Err(error.clone().into()),
        }
    })
}

fn count(report: Shared<'_, ys_report>, of: impl FnOnce(&Report) -> usize) -> usize {
    shielded(0, || report.option().map_or(0, |report| of(&report.report)))
}

/// How many queries the report has.
///
/// `report` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_query_count(report: *const ys_report) -> usize {
    // SAFETY: the caller passes NULL or a live report.
    let report = unsafe { Shared::new("report", report) };
    count(report, |report| report.queries().len())
}

/// How many funnels the report has.
///
/// `report` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_funnel_count(report: *const ys_report) -> usize {
    // SAFETY: the caller passes NULL or a live report.
    let report = unsafe { Shared::new("report", report) };
    count(report, |report| report.funnels().len())
}

/// How many targets the report has.
///
/// `report` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_target_count(report: *const ys_report) -> usize {
    // SAFETY: the caller passes NULL or a live report.
    let report = unsafe { Shared::new("report", report) };
    count(report, |report| report.targets().len())
}

/// How many findings the report has: things to look at, which are no errors.
///
/// `report` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_finding_count(report: *const ys_report) -> usize {
    // SAFETY: the caller passes NULL or a live report.
    let report = unsafe { Shared::new("report", report) };
    count(report, |report| report.findings().len())
}

/// Frees a report.
///
/// `report` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_free(report: *mut ys_report) {
    // SAFETY: the caller passes NULL or a report that is its own, once.
    unsafe { free(report) }
}
