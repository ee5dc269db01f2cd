//! The report: its text, how much is in it, and getters that walk it.

use std::ffi::{CString, c_char};
use std::sync::{Arc, OnceLock};

use super::argument::{Buffer, ErrorSlot, Out, Shared, free};
use super::error::ys_error;
use super::guard::{guard, shielded};
use super::status::ys_status;
use super::table::ys_table;
use super::walk::{maybe, shown};
use crate::{Error, Report};

mod assessment;
mod finding;
mod funnel;
mod query;
mod target;

pub use self::assessment::{
    YS_FIGURE_ACTUAL, YS_FIGURE_ATTAINMENT, YS_FIGURE_BASELINE, YS_FIGURE_BEST_RATE,
    YS_FIGURE_BEST_VALUE, YS_FIGURE_DENOMINATOR, YS_FIGURE_EXPECTED_HIGH, YS_FIGURE_EXPECTED_LOW,
    YS_FIGURE_EXPECTED_VOLUME, YS_FIGURE_FROM, YS_FIGURE_GAP, YS_FIGURE_HIGH, YS_FIGURE_LEFT,
    YS_FIGURE_LEFT_NEXT_DAY, YS_FIGURE_LEFT_PER_DAY, YS_FIGURE_LEFT_PER_WEIGHT, YS_FIGURE_LOW,
    YS_FIGURE_NUMERATOR, YS_FIGURE_OVER, YS_FIGURE_PACE_ATTAINMENT, YS_FIGURE_PACE_EXPECTED,
    YS_FIGURE_PACE_GAP, YS_FIGURE_PACE_SHARE, YS_FIGURE_PROJECTION, YS_FIGURE_REQUIRED,
    YS_FIGURE_REQUIRED_NEXT_DAY, YS_FIGURE_REQUIRED_PER_DAY, YS_FIGURE_REQUIRED_PER_WEIGHT,
    YS_FIGURE_UNDER, YS_PACE_BUDGET, YS_PACE_FLOW, YS_PACE_RATIO, YS_PACE_STOCK, YS_TARGET_AHEAD,
    YS_TARGET_BEHIND, YS_TARGET_MET, YS_TARGET_MISSED, YS_TARGET_NO_DATA, YS_TARGET_NOT_STARTED,
    YS_TARGET_ON_PACE, YS_TARGET_OVER, YS_TARGET_SECURED, YS_TARGET_UNDEFINED, YS_TARGET_UNDER,
    YS_TARGET_UNREACHABLE, ys_assessment, ys_assessment_band, ys_assessment_best_day,
    ys_assessment_beyond_best, ys_assessment_day, ys_assessment_elapsed_days, ys_assessment_figure,
    ys_assessment_met, ys_assessment_pace, ys_assessment_reached_on, ys_assessment_remaining_days,
    ys_assessment_state, ys_assessment_tier, ys_target_state,
};
pub use self::finding::{
    YS_FINDING_FACTS_END_EARLY, YS_FINDING_FACTS_GO_ON, YS_FINDING_OUT_OF_BOUNDS,
    YS_FINDING_STAGE_EXCEEDS, YS_FINDING_STATE_CHANGED, YS_FINDING_VALUE_NOT_IN_FACTS,
    ys_finding_kind, ys_report_finding_kind, ys_report_finding_message, ys_report_finding_place,
};
pub use self::funnel::{
    YS_FUNNEL_BOTTLENECK, YS_FUNNEL_HAND_OFF, YS_FUNNEL_OVERALL_POINTS, YS_FUNNEL_OVERALL_RATE,
    YS_FUNNEL_WORST_STEP, YS_STAGE_CHANGE, YS_STAGE_COUNT, YS_STAGE_VALUE,
    YS_STAGE_VALUE_PER_ENTITY, YS_STEP_DROP_OFF, YS_STEP_DROP_OFF_RATE, YS_STEP_OVERALL_RATE,
    YS_STEP_POINTS, YS_STEP_RATE, YS_STEP_RELATIVE, ys_funnel_report,
    ys_funnel_report_dimension_count, ys_funnel_report_dimension_name, ys_funnel_report_figure,
    ys_funnel_report_key, ys_funnel_report_name, ys_funnel_report_period,
    ys_funnel_report_segment_count, ys_funnel_report_stage_count, ys_funnel_report_stage_figure,
    ys_funnel_report_stage_name, ys_funnel_report_step, ys_funnel_report_step_figure,
    ys_report_funnel,
};
pub use self::query::{
    YS_KPI_AGGREGATION, YS_KPI_CATALOG, YS_KPI_DIRECTION, YS_KPI_FORMULA, YS_KPI_KIND, YS_KPI_NAME,
    YS_KPI_OWNER, YS_KPI_STAGE, YS_KPI_UNIT, ys_report_kpi_count, ys_report_kpi_text,
    ys_report_query_name, ys_report_query_table,
};
pub use self::target::{
    YS_MILESTONE_BEYOND_BEST, YS_MILESTONE_FIRST_MET, YS_MILESTONE_MET_SINCE, YS_MILESTONE_SECURED,
    YS_MILESTONE_UNREACHABLE, YS_TARGET_METRIC, YS_TARGET_NAME, YS_TARGET_OWNER, YS_TARGET_UNIT,
    ys_report_target, ys_target_report, ys_target_report_current, ys_target_report_day,
    ys_target_report_day_count, ys_target_report_milestone, ys_target_report_period,
    ys_target_report_text, ys_target_report_tier_count, ys_target_report_tier_limit,
    ys_target_report_tier_name,
};

/// What a model gives over facts, as of a day. It needs neither of them any more, and never changes.
///
/// What getters hand out belongs to the report: values, texts, and the handles of its parts. It is
/// made at the first call that asks for it and kept, so that walking costs no allocation for each
/// value. Since ABI 1.
pub struct ys_report {
    report: Arc<Report>,
    /// Written at the first call and kept, so that asking for the size costs nothing twice.
    json: OnceLock<Result<String, Error>>,
    kpis: OnceLock<Vec<query::Texts>>,
    tables: OnceLock<Vec<(CString, ys_table)>>,
    funnels: OnceLock<Vec<ys_funnel_report>>,
    targets: OnceLock<Vec<ys_target_report>>,
    said: OnceLock<Vec<finding::Said>>,
}

impl ys_report {
    pub(super) fn new(report: Report) -> Self {
        Self {
            report: Arc::new(report),
            json: OnceLock::new(),
            kpis: OnceLock::new(),
            tables: OnceLock::new(),
            funnels: OnceLock::new(),
            targets: OnceLock::new(),
            said: OnceLock::new(),
        }
    }

    fn kpis(&self) -> &[query::Texts] {
        self.kpis.get_or_init(|| query::kpis(&self.report))
    }

    fn tables(&self) -> &[(CString, ys_table)] {
        self.tables.get_or_init(|| {
            let queries = self.report.queries().iter().enumerate();
            queries.map(|(i, query)| (shown(&query.name), ys_table::of(&self.report, i))).collect()
        })
    }

    fn funnels(&self) -> &[ys_funnel_report] {
        self.funnels.get_or_init(|| ys_funnel_report::all(&self.report))
    }

    fn targets(&self) -> &[ys_target_report] {
        self.targets.get_or_init(|| ys_target_report::all(&self.report))
    }

    fn said(&self) -> &[finding::Said] {
        self.said.get_or_init(|| finding::all(&self.report))
    }
}

/// The day of the report, as days since 1970-01-01.
///
/// Returns false and writes nothing where `report` is NULL. `day` may be NULL. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_day(report: *const ys_report, day: *mut i32) -> bool {
    // SAFETY: the caller passes NULL or a live report, and NULL or a place for a number.
    let (report, day) = unsafe { (Shared::new("report", report), Out::new("day", day)) };
    maybe(report, day, |report| Some(report.report.as_of().number()))
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
