//! The funnels of a report.

use std::ffi::{CString, c_char};
use std::ptr;
use std::sync::Arc;

use super::ys_report;
use crate::capi::argument::{Out, Shared};
use crate::capi::value::ys_value;
use crate::capi::walk::{Texts, exact_text, maybe, number, period, pointer, shown, text};
use crate::funnel::{Comparison, Segment, Step};
use crate::model::FunnelReport;
use crate::{Report, Value};

/// The result of a funnel of a model: stages in order, of the total and of each segment. It belongs
/// to a report and lives as long.
///
/// Segment 0 is the total, with empty texts as its key. There are no segments where the period has
/// not begun. Step `i` leads from stage `i` to stage `i + 1`.
///
/// ```c
/// const ys_funnel_report *funnel = ys_report_funnel(report, 0);
/// const ys_value *rate = ys_funnel_report_step_figure(funnel, 0, 0, YS_STEP_RATE);
/// ```
///
/// Since ABI 1.
pub struct ys_funnel_report {
    report: Arc<Report>,
    index: usize,
    name: CString,
    dimensions: Vec<CString>,
    stages: Vec<CString>,
    keys: Texts,
    segments: Vec<Derived>,
}

/// What a segment has besides its counts.
struct Derived {
    steps: Vec<Step>,
    overall_rate: Value,
    per_entity: Vec<Option<Value>>,
    hand_off: Option<usize>,
    bottleneck: Option<usize>,
}

/// How many there are of a stage.
pub const YS_STAGE_COUNT: i32 = 1;
/// What they are worth together, where that is measured.
pub const YS_STAGE_VALUE: i32 = 2;
/// What one of them is worth, where that is measured.
pub const YS_STAGE_VALUE_PER_ENTITY: i32 = 3;
/// The count of a stage less that of the days compared with.
pub const YS_STAGE_CHANGE: i32 = 4;

/// The rate from one stage to the next.
pub const YS_STEP_RATE: i32 = 1;
/// The rate from the first stage to the next.
pub const YS_STEP_OVERALL_RATE: i32 = 2;
/// How many did not go on.
pub const YS_STEP_DROP_OFF: i32 = 3;
/// Their share.
pub const YS_STEP_DROP_OFF_RATE: i32 = 4;
/// The rate less that of the days compared with.
pub const YS_STEP_POINTS: i32 = 5;
/// The same, relative to the rate of the days compared with.
pub const YS_STEP_RELATIVE: i32 = 6;

/// The rate from the first stage to the last.
pub const YS_FUNNEL_OVERALL_RATE: i32 = 1;
/// The same less that of the days compared with.
pub const YS_FUNNEL_OVERALL_POINTS: i32 = 2;

/// The step at which marketing hands over.
pub const YS_FUNNEL_HAND_OFF: i32 = 1;
/// The step with the lowest rate.
pub const YS_FUNNEL_BOTTLENECK: i32 = 2;
/// The step whose rate fell most against the days compared with.
pub const YS_FUNNEL_WORST_STEP: i32 = 3;

impl ys_funnel_report {
    pub(super) fn all(report: &Arc<Report>) -> Vec<Self> {
        let funnels = report.funnels().iter().enumerate();
        funnels.map(|(index, funnel)| Self::new(report, index, funnel)).collect()
    }

    fn new(report: &Arc<Report>, index: usize, funnel: &FunnelReport) -> Self {
        let mut keys = Texts::default();
        for segment in &funnel.segments {
            let key = |place: usize| segment.key.get(place).map_or("", String::as_str);
            (0..funnel.dimensions.len()).for_each(|place| keys.push(key(place)));
        }
        let stages = funnel.segments.first().map_or(&[][..], |total| total.funnel.stages());
        let derived = |segment: &Segment| Derived {
            steps: segment.funnel.steps(),
            overall_rate: segment.funnel.overall_rate(),
            per_entity: segment.funnel.stages().iter().map(|s| s.value_per_entity()).collect(),
            hand_off: segment.funnel.hand_off(),
            bottleneck: segment.funnel.bottleneck(),
        };
        Self {
            report: Arc::clone(report),
            index,
            name: shown(&funnel.name),
            dimensions: funnel.dimensions.iter().map(|name| shown(name)).collect(),
            stages: stages.iter().map(|stage| shown(&stage.name)).collect(),
            keys,
            segments: funnel.segments.iter().map(derived).collect(),
        }
    }

    fn funnel(&self) -> &FunnelReport {
        &self.report.funnels()[self.index]
    }

    fn comparison(&self, segment: usize) -> Option<&Comparison> {
        self.funnel().comparisons.get(segment)?.as_ref()
    }

    fn stage_figure(&self, segment: usize, stage: usize, figure: i32) -> Option<&Value> {
        let found = self.funnel().segments.get(segment)?.funnel.stages().get(stage)?;
        match figure {
            YS_STAGE_COUNT => Some(&found.count),
            YS_STAGE_VALUE => found.value.as_ref(),
            YS_STAGE_VALUE_PER_ENTITY => {
                self.segments.get(segment)?.per_entity.get(stage)?.as_ref()
            }
            YS_STAGE_CHANGE => self.comparison(segment)?.counts.get(stage),
            _ => None,
        }
    }

    fn step_figure(&self, segment: usize, step: usize, figure: i32) -> Option<&Value> {
        let found = self.segments.get(segment)?.steps.get(step)?;
        let change = || self.comparison(segment)?.steps.get(step);
        match figure {
            YS_STEP_RATE => Some(&found.rate),
            YS_STEP_OVERALL_RATE => Some(&found.overall_rate),
            YS_STEP_DROP_OFF => Some(&found.drop_off),
            YS_STEP_DROP_OFF_RATE => Some(&found.drop_off_rate),
            YS_STEP_POINTS => change().map(|change| &change.points),
            YS_STEP_RELATIVE => change().map(|change| &change.relative),
            _ => None,
        }
    }
}

/// The result of a funnel, in the order of the model.
///
/// Returns what belongs to the report and lives as long: do not free it. NULL where there is no such
/// funnel, or `report` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_report_funnel(
    report: *const ys_report,
    index: usize,
) -> *const ys_funnel_report {
    // SAFETY: the caller passes NULL or a live report.
    let report = unsafe { Shared::new("report", report) };
    pointer(report, |report| report.funnels().get(index).map(ptr::from_ref))
}

/// The name of a funnel.
///
/// Returns text that lives as long as the report; NULL where `funnel` is NULL. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_funnel_report_name(funnel: *const ys_funnel_report) -> *const c_char {
    // SAFETY: the caller passes NULL or a live funnel.
    let funnel = unsafe { Shared::new("funnel", funnel) };
    text(funnel, |funnel| Some(&funnel.name))
}

/// The days looked at, both included, as days since 1970-01-01.
///
/// Returns whether the period has begun; only then `first` and `last` are written. Both may be NULL.
/// `funnel` may be NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_funnel_report_period(
    funnel: *const ys_funnel_report,
    first: *mut i32,
    last: *mut i32,
) -> bool {
    // SAFETY: the caller passes NULL or a live funnel, and NULL or places for numbers.
    let (funnel, first, last) = unsafe {
        (Shared::new("funnel", funnel), Out::new("first", first), Out::new("last", last))
    };
    period(funnel, first, last, |funnel| funnel.funnel().period)
}

/// How many stages the funnel has; none without segments.
///
/// `funnel` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_funnel_report_stage_count(funnel: *const ys_funnel_report) -> usize {
    // SAFETY: the caller passes NULL or a live funnel.
    let funnel = unsafe { Shared::new("funnel", funnel) };
    number(funnel, 0, |funnel| Some(funnel.stages.len()))
}

/// The name of a stage.
///
/// Returns text that lives as long as the report; NULL where there is no such stage, or `funnel` is
/// NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_funnel_report_stage_name(
    funnel: *const ys_funnel_report,
    stage: usize,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live funnel.
    let funnel = unsafe { Shared::new("funnel", funnel) };
    text(funnel, |funnel| funnel.stages.get(stage))
}

/// How many dimensions the keys of segments have. `funnel` may be NULL: 0. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_funnel_report_dimension_count(
    funnel: *const ys_funnel_report,
) -> usize {
    // SAFETY: the caller passes NULL or a live funnel.
    let funnel = unsafe { Shared::new("funnel", funnel) };
    number(funnel, 0, |funnel| Some(funnel.dimensions.len()))
}

/// The name of a dimension of the segments.
///
/// Returns text that lives as long as the report; NULL where there is no such dimension, or `funnel`
/// is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_funnel_report_dimension_name(
    funnel: *const ys_funnel_report,
    dimension: usize,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live funnel.
    let funnel = unsafe { Shared::new("funnel", funnel) };
    text(funnel, |funnel| funnel.dimensions.get(dimension))
}

/// How many segments there are, the total included. `funnel` may be NULL: 0. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_funnel_report_segment_count(funnel: *const ys_funnel_report) -> usize {
    // SAFETY: the caller passes NULL or a live funnel.
    let funnel = unsafe { Shared::new("funnel", funnel) };
    number(funnel, 0, |funnel| Some(funnel.segments.len()))
}

/// The value of a dimension in the key of a segment.
///
/// Returns text that lives as long as the report; NULL where there is no such segment or dimension,
/// or `funnel` is NULL. `length` may be NULL; it gets the bytes without the NUL at the end. Threads:
/// any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_funnel_report_key(
    funnel: *const ys_funnel_report,
    segment: usize,
    dimension: usize,
    length: *mut usize,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live funnel, and NULL or a place for a number.
    let (funnel, length) = unsafe { (Shared::new("funnel", funnel), Out::new("length", length)) };
    exact_text(funnel, length, |funnel: &ys_funnel_report| {
        let width = funnel.dimensions.len();
        let is_there = segment < funnel.segments.len() && dimension < width;
        is_there.then(|| funnel.keys.get(segment * width + dimension)).flatten()
    })
}

/// A number of a stage of a segment: `figure` is one of YS_STAGE. Exact.
///
/// Returns a value that belongs to the report and lives as long: do not free it. NULL where there is
/// no such number, segment or stage, `figure` is not listed, or `funnel` is NULL. Threads: any.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_funnel_report_stage_figure(
    funnel: *const ys_funnel_report,
    segment: usize,
    stage: usize,
    figure: i32,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or a live funnel.
    let funnel = unsafe { Shared::new("funnel", funnel) };
    pointer(funnel, |funnel| funnel.stage_figure(segment, stage, figure).map(ys_value::of))
}

/// A number of a step of a segment: `figure` is one of YS_STEP. Exact. Everything is as in
/// ys_funnel_report_stage_figure. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_funnel_report_step_figure(
    funnel: *const ys_funnel_report,
    segment: usize,
    step: usize,
    figure: i32,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or a live funnel.
    let funnel = unsafe { Shared::new("funnel", funnel) };
    pointer(funnel, |funnel| funnel.step_figure(segment, step, figure).map(ys_value::of))
}

/// A number of a segment as a whole: `figure` is YS_FUNNEL_OVERALL_RATE or YS_FUNNEL_OVERALL_POINTS.
/// Exact. Everything is as in ys_funnel_report_stage_figure. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_funnel_report_figure(
    funnel: *const ys_funnel_report,
    segment: usize,
    figure: i32,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or a live funnel.
    let funnel = unsafe { Shared::new("funnel", funnel) };
    pointer(funnel, |funnel: &ys_funnel_report| {
        let value = match figure {
            YS_FUNNEL_OVERALL_RATE => &funnel.segments.get(segment)?.overall_rate,
            YS_FUNNEL_OVERALL_POINTS => &funnel.comparison(segment)?.overall_points,
            _ => return None,
        };
        Some(ys_value::of(value))
    })
}

/// A step of a segment that stands out: `which` is YS_FUNNEL_HAND_OFF, YS_FUNNEL_BOTTLENECK or
/// YS_FUNNEL_WORST_STEP.
///
/// Returns whether there is one; only then `step` is written. `step` may be NULL. False where
/// `which` is not listed, there is no such segment, or `funnel` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_funnel_report_step(
    funnel: *const ys_funnel_report,
    segment: usize,
    which: i32,
    step: *mut usize,
) -> bool {
    // SAFETY: the caller passes NULL or a live funnel, and NULL or a place for a number.
    let (funnel, step) = unsafe { (Shared::new("funnel", funnel), Out::new("step", step)) };
    maybe(funnel, step, |funnel: &ys_funnel_report| match which {
        YS_FUNNEL_HAND_OFF => funnel.segments.get(segment)?.hand_off,
        YS_FUNNEL_BOTTLENECK => funnel.segments.get(segment)?.bottleneck,
        YS_FUNNEL_WORST_STEP => funnel.comparison(segment)?.worst_step,
        _ => None,
    })
}
