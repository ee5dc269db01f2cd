//! The targets of a report.

use std::ffi::{CString, c_char};
use std::ptr;
use std::sync::{Arc, OnceLock};

use super::assessment::{Names, ys_assessment};
use super::ys_report;
use crate::Report;
use crate::capi::argument::{Out, Shared};
use crate::capi::value::ys_value;
use crate::capi::walk::{maybe, number, period, pointer, shown, text};
use crate::model::TargetReport;

/// The result of a target of a model. It belongs to a report and lives as long.
///
/// ```c
/// const ys_target_report *season = ys_report_target(report, 0);
/// const ys_assessment *now = ys_target_report_current(season);
/// const ys_value *attainment = ys_assessment_figure(now, YS_FIGURE_ATTAINMENT);
/// ```
///
/// Since ABI 1.
pub struct ys_target_report {
    report: Arc<Report>,
    index: usize,
    /// In the order of their numbers.
    texts: [Option<CString>; 4],
    tiers: Vec<CString>,
    current: ys_assessment,
    /// Made at the first call that asks for one.
    days: OnceLock<Vec<ys_assessment>>,
}

/// The name of a target.
pub const YS_TARGET_NAME: i32 = 1;
/// Its metric.
pub const YS_TARGET_METRIC: i32 = 2;
/// The unit of actual value, limits and gap.
pub const YS_TARGET_UNIT: i32 = 3;
/// Who owns it: marketing, sales, both or customer; NULL where nobody is named.
pub const YS_TARGET_OWNER: i32 = 4;

/// The first day at whose end the goal was met.
pub const YS_MILESTONE_FIRST_MET: i32 = 1;
/// The day since which it has been met without a break.
pub const YS_MILESTONE_MET_SINCE: i32 = 2;
/// The first day at whose end it was secured.
pub const YS_MILESTONE_SECURED: i32 = 3;
/// The first day at whose end more was required than the best day had brought.
pub const YS_MILESTONE_BEYOND_BEST: i32 = 4;
/// The first day at whose end it was unreachable.
pub const YS_MILESTONE_UNREACHABLE: i32 = 5;

impl ys_target_report {
    pub(super) fn all(report: &Arc<Report>) -> Vec<Self> {
        let targets = report.targets().iter().enumerate();
        targets.map(|(index, target)| Self::new(report, index, target)).collect()
    }

    fn new(report: &Arc<Report>, index: usize, target: &TargetReport) -> Self {
        let result = &target.result;
        Self {
            report: Arc::clone(report),
            index,
            texts: [
                Some(shown(&result.name)),
                Some(shown(&result.metric)),
                Some(shown(&result.unit.to_string())),
                result.owner.map(|owner| shown(owner.name())),
            ],
            tiers: result.tiers().iter().map(|(name, _)| shown(name)).collect(),
            current: ys_assessment::new(target.current(), &mut Names::default()),
            days: OnceLock::new(),
        }
    }

    fn target(&self) -> &TargetReport {
        &self.report.targets()[self.index]
    }

    fn days(&self) -> &[ys_assessment] {
        self.days.get_or_init(|| {
            let mut names = Names::default();
            let days = self.target().result.days();
            days.map(|assessment| ys_assessment::new(assessment, &mut names)).collect()
        })
    }
}

/// The result of a target, in the order of the model.
///
/// Returns what belongs to the report and lives as long: do not free it. NULL where there is no such
/// target, or `report` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_target(
    report: *const ys_report,
    index: usize,
) -> *const ys_target_report {
    // SAFETY: the caller passes NULL or a live report.
    let report = unsafe { Shared::new("report", report) };
    pointer(report, |report| report.targets().get(index).map(ptr::from_ref))
}

/// What a target says of itself: `which` is one of YS_TARGET_NAME to YS_TARGET_OWNER.
///
/// Returns text that lives as long as the report; NULL where the target does not say it, `which` is
/// not listed, or `target` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_target_report_text(
    target: *const ys_target_report,
    which: i32,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live target.
    let target = unsafe { Shared::new("target", target) };
    text(target, |target| {
        let place = usize::try_from(which).ok()?.checked_sub(1)?;
        target.texts.get(place)?.as_ref()
    })
}

/// The days of a target, both included, as days since 1970-01-01.
///
/// Returns false and writes nothing where `target` is NULL. `first` and `last` may be NULL. Threads:
/// any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_target_report_period(
    target: *const ys_target_report,
    first: *mut i32,
    last: *mut i32,
) -> bool {
    // SAFETY: the caller passes NULL or a live target, and NULL or places for numbers.
    let (target, first, last) = unsafe {
        (Shared::new("target", target), Out::new("first", first), Out::new("last", last))
    };
    period(target, first, last, |target| Some(target.target().result.period))
}

/// Where the target stands as of the day of the report.
///
/// Returns what belongs to the report and lives as long: do not free it. NULL where `target` is
/// NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_target_report_current(
    target: *const ys_target_report,
) -> *const ys_assessment {
    // SAFETY: the caller passes NULL or a live target.
    let target = unsafe { Shared::new("target", target) };
    pointer(target, |target| Some(ptr::from_ref(&target.current)))
}

/// How many days were assessed: those of the period up to the day of the report; none before it
/// begins.
///
/// `target` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_target_report_day_count(target: *const ys_target_report) -> usize {
    // SAFETY: the caller passes NULL or a live target.
    let target = unsafe { Shared::new("target", target) };
    number(target, 0, |target| Some(target.target().result.days().len()))
}

/// Where the target stood at the end of a day, counted from the first of the period. All days are
/// computed at the first call, and kept with the report.
///
/// Returns what belongs to the report and lives as long: do not free it. NULL where `index` is not
/// below ys_target_report_day_count, or `target` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_target_report_day(
    target: *const ys_target_report,
    index: usize,
) -> *const ys_assessment {
    // SAFETY: the caller passes NULL or a live target.
    let target = unsafe { Shared::new("target", target) };
    pointer(target, |target| target.days().get(index).map(ptr::from_ref))
}

/// A day on which something was first so: `which` is one of YS_MILESTONE.
///
/// Returns whether there is one; only then `day` is written, as days since 1970-01-01. `day` may be
/// NULL. False where `which` is not listed, or `target` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_target_report_milestone(
    target: *const ys_target_report,
    which: i32,
    day: *mut i32,
) -> bool {
    // SAFETY: the caller passes NULL or a live target, and NULL or a place for a number.
    let (target, day) = unsafe { (Shared::new("target", target), Out::new("day", day)) };
    maybe(target, day, |target: &ys_target_report| {
        let milestones = target.target().result.milestones();
        let day = match which {
            YS_MILESTONE_FIRST_MET => milestones.first_met,
            YS_MILESTONE_MET_SINCE => milestones.met_since,
            YS_MILESTONE_SECURED => milestones.secured,
            YS_MILESTONE_BEYOND_BEST => milestones.beyond_best,
            YS_MILESTONE_UNREACHABLE => milestones.unreachable,
            _ => None,
        };
        day.map(|day| day.number())
    })
}

/// How many tiers the target has. `target` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_target_report_tier_count(target: *const ys_target_report) -> usize {
    // SAFETY: the caller passes NULL or a live target.
    let target = unsafe { Shared::new("target", target) };
    number(target, 0, |target| Some(target.tiers.len()))
}

/// The name of a tier, from the easiest.
///
/// Returns text that lives as long as the report; NULL where there is no such tier, or `target` is
/// NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_target_report_tier_name(
    target: *const ys_target_report,
    tier: usize,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live target.
    let target = unsafe { Shared::new("target", target) };
    text(target, |target| target.tiers.get(tier))
}

/// The limit of a tier. Exact.
///
/// Returns a value that belongs to the report and lives as long: do not free it. NULL where there is
/// no such tier, or `target` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_target_report_tier_limit(
    target: *const ys_target_report,
    tier: usize,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or a live target.
    let target = unsafe { Shared::new("target", target) };
    pointer(target, |target| {
        target.target().result.tiers().get(tier).map(|(_, limit)| ys_value::of(limit))
    })
}
