//! The KPIs and queries of a report.

use std::ffi::{CString, c_char};
use std::ptr;

use super::ys_report;
use crate::capi::argument::Shared;
use crate::capi::table::ys_table;
use crate::capi::walk::{number, pointer, shown, text};
use crate::{KpiReport, Report};

/// The name of a KPI.
pub const YS_KPI_NAME: i32 = 1;
/// Its formula, written in one way.
pub const YS_KPI_FORMULA: i32 = 2;
/// The unit that the formula gives.
pub const YS_KPI_UNIT: i32 = 3;
/// What kind of metric it is: conversion, offset, cumulative, derived, ratio or simple.
pub const YS_KPI_KIND: i32 = 4;
/// How it adds up: additive, ratio_of_sums, recomputed or not_additive.
pub const YS_KPI_AGGREGATION: i32 = 5;
/// Which way is better: higher, lower or neutral.
pub const YS_KPI_DIRECTION: i32 = 6;
/// Who is responsible: marketing, sales, both or customer; NULL where nobody is named.
pub const YS_KPI_OWNER: i32 = 7;
/// Where in the funnel it looks; NULL where it is not said.
pub const YS_KPI_STAGE: i32 = 8;
/// The id of the catalog's definition; NULL where it is not from there.
pub const YS_KPI_CATALOG: i32 = 9;

/// The texts of a KPI, in the order of their numbers.
pub(super) type Texts = [Option<CString>; 9];

fn texts(kpi: &KpiReport) -> Texts {
    [
        Some(shown(&kpi.name)),
        Some(shown(&kpi.formula)),
        Some(shown(&kpi.unit.to_string())),
        Some(shown(kpi.kind.name())),
        Some(shown(kpi.aggregation.name())),
        Some(shown(kpi.direction.name())),
        kpi.owner.map(|owner| shown(owner.name())),
        kpi.stage.map(|stage| shown(stage.name())),
        kpi.catalog.as_deref().map(shown),
    ]
}

pub(super) fn kpis(report: &Report) -> Vec<Texts> {
    report.kpis().iter().map(texts).collect()
}

/// How many KPIs the report has: those of the model, as they were understood.
///
/// `report` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_kpi_count(report: *const ys_report) -> usize {
    // SAFETY: the caller passes NULL or a live report.
    let report = unsafe { Shared::new("report", report) };
    number(report, 0, |report| Some(report.report.kpis().len()))
}

/// What a KPI says of itself: `which` is one of YS_KPI. Words are those of the report as JSON.
///
/// Returns text that lives as long as the report; NULL where the KPI does not say it, there is no
/// such KPI, `which` is not listed, or `report` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_kpi_text(
    report: *const ys_report,
    index: usize,
    which: i32,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live report.
    let report = unsafe { Shared::new("report", report) };
    text(report, |report| {
        let place = usize::try_from(which).ok()?.checked_sub(1)?;
        report.kpis().get(index)?.get(place)?.as_ref()
    })
}

/// The name of a query.
///
/// Returns text that lives as long as the report; NULL where there is no such query, or `report` is
/// NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_query_name(
    report: *const ys_report,
    index: usize,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live report.
    let report = unsafe { Shared::new("report", report) };
    text(report, |report| report.tables().get(index).map(|(name, _)| name))
}

/// The table of a query. It has no rows where its period has not begun.
///
/// Returns a table that belongs to the report and lives as long: do not free it. NULL where there is
/// no such query, or `report` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_query_table(
    report: *const ys_report,
    index: usize,
) -> *const ys_table {
    // SAFETY: the caller passes NULL or a live report.
    let report = unsafe { Shared::new("report", report) };
    pointer(report, |report| report.tables().get(index).map(|(_, table)| ptr::from_ref(table)))
}
