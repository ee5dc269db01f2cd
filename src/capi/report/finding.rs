//! The findings of a report.

use std::ffi::{CString, c_char};

use super::ys_report;
use crate::Report;
use crate::capi::argument::Shared;
use crate::capi::walk::{number, shown, text};
use crate::model::FindingKind;

/// What a finding is about; 0 where there is none.
pub type ys_finding_kind = i32;

/// The facts end before the day of the report.
pub const YS_FINDING_FACTS_END_EARLY: ys_finding_kind = 1;
/// The facts go on after the day of the report.
pub const YS_FINDING_FACTS_GO_ON: ys_finding_kind = 2;
/// A value of a filter or a segment of a plan does not occur in the facts.
pub const YS_FINDING_VALUE_NOT_IN_FACTS: ys_finding_kind = 3;
/// A value of a query lies outside the bounds of its KPI.
pub const YS_FINDING_OUT_OF_BOUNDS: ys_finding_kind = 4;
/// A target is in another state, band or tier than on the day before.
pub const YS_FINDING_STATE_CHANGED: ys_finding_kind = 5;
/// A stage of a funnel is larger than the one before it.
pub const YS_FINDING_STAGE_EXCEEDS: ys_finding_kind = 6;

const fn code(kind: FindingKind) -> ys_finding_kind {
    match kind {
        FindingKind::FactsEndEarly => YS_FINDING_FACTS_END_EARLY,
        FindingKind::FactsGoOn => YS_FINDING_FACTS_GO_ON,
        FindingKind::ValueNotInFacts => YS_FINDING_VALUE_NOT_IN_FACTS,
        FindingKind::OutOfBounds => YS_FINDING_OUT_OF_BOUNDS,
        FindingKind::StateChanged => YS_FINDING_STATE_CHANGED,
        FindingKind::StageExceeds => YS_FINDING_STAGE_EXCEEDS,
    }
}

/// The texts of a finding.
pub(super) struct Said {
    place: CString,
    message: CString,
}

pub(super) fn all(report: &Report) -> Vec<Said> {
    let said = |finding: &crate::Finding| Said {
        place: shown(&finding.place),
        message: shown(&finding.message),
    };
    report.findings().iter().map(said).collect()
}

/// What a finding is about: one of YS_FINDING, and 0 where there is no such finding, or `report` is
/// NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_finding_kind(
    report: *const ys_report,
    index: usize,
) -> ys_finding_kind {
    // SAFETY: the caller passes NULL or a live report.
    let report = unsafe { Shared::new("report", report) };
    number(report, 0, |report| report.report.findings().get(index).map(|found| code(found.kind)))
}

/// Where a finding is, for example `funnel "lead to deal"`.
///
/// Returns text that lives as long as the report; NULL where there is no such finding, or `report`
/// is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_finding_place(
    report: *const ys_report,
    index: usize,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live report.
    let report = unsafe { Shared::new("report", report) };
    text(report, |report| report.said().get(index).map(|said| &said.place))
}

/// What was found, and what to look at. The wording is no part of the interface.
///
/// Returns text that lives as long as the report; NULL where there is no such finding, or `report`
/// is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_finding_message(
    report: *const ys_report,
    index: usize,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live report.
    let report = unsafe { Shared::new("report", report) };
    text(report, |report| report.said().get(index).map(|said| &said.message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_numbered_in_their_order() {
        for (i, kind) in FindingKind::ALL.into_iter().enumerate() {
            assert_eq!(code(kind), i as i32 + 1, "{kind}");
        }
    }
}
