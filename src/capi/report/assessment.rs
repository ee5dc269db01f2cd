//! Where a target stands at the end of a day.

use std::ffi::{CStr, CString, c_char};
use std::sync::Arc;

use crate::capi::argument::{Out, Shared};
use crate::capi::value::ys_value;
use crate::capi::walk::{maybe, number, pointer, shown};
use crate::target::{Assessment, Pace, Remaining, State};
use crate::{Rational, Value};

/// Where a target stands; 0 where there is none.
pub type ys_target_state = i32;

/// Its period has not begun.
pub const YS_TARGET_NOT_STARTED: ys_target_state = 1;
/// The facts have no row of its period so far.
pub const YS_TARGET_NO_DATA: ys_target_state = 2;
/// The actual value, the goal, or what was expected by now is undefined.
pub const YS_TARGET_UNDEFINED: ys_target_state = 3;
/// Days remain, and it is at or beyond what was expected by now.
pub const YS_TARGET_AHEAD: ys_target_state = 4;
/// Days remain, and it is short of what was expected by now.
pub const YS_TARGET_BEHIND: ys_target_state = 5;
/// Days remain, and a budget is used as planned.
pub const YS_TARGET_ON_PACE: ys_target_state = 6;
/// Days remain, and more of a budget is used than was planned by now.
pub const YS_TARGET_OVER: ys_target_state = 7;
/// Days remain, and less of a budget is used than was planned by now.
pub const YS_TARGET_UNDER: ys_target_state = 8;
/// Days remain, and nothing within the declared bounds can spoil it.
pub const YS_TARGET_SECURED: ys_target_state = 9;
/// Days remain, and nothing within the declared bounds suffices.
pub const YS_TARGET_UNREACHABLE: ys_target_state = 10;
/// The period is over and the goal was met.
pub const YS_TARGET_MET: ys_target_state = 11;
/// The period is over and the goal was not met.
pub const YS_TARGET_MISSED: ys_target_state = 12;

pub(super) const fn state(state: State) -> ys_target_state {
    match state {
        State::NotStarted => YS_TARGET_NOT_STARTED,
        State::NoData => YS_TARGET_NO_DATA,
        State::Undefined => YS_TARGET_UNDEFINED,
        State::Ahead => YS_TARGET_AHEAD,
        State::Behind => YS_TARGET_BEHIND,
        State::OnPace => YS_TARGET_ON_PACE,
        State::Over => YS_TARGET_OVER,
        State::Under => YS_TARGET_UNDER,
        State::Secured => YS_TARGET_SECURED,
        State::Unreachable => YS_TARGET_UNREACHABLE,
        State::Met => YS_TARGET_MET,
        State::Missed => YS_TARGET_MISSED,
    }
}

/// What is still to come of a target is that of a metric that adds up over days.
pub const YS_PACE_FLOW: i32 = 1;
/// That of a level at the end of each day.
pub const YS_PACE_STOCK: i32 = 2;
/// That of a quotient of two that add up over days.
pub const YS_PACE_RATIO: i32 = 3;
/// That of a range or a budget of what adds up over days.
pub const YS_PACE_BUDGET: i32 = 4;

/// The metric from the first day of the period to this one.
pub const YS_FIGURE_ACTUAL: i32 = 1;
/// How far beyond the goal; below zero is short by so much.
pub const YS_FIGURE_GAP: i32 = 2;
/// The attainment, not clamped.
pub const YS_FIGURE_ATTAINMENT: i32 = 3;
/// The lower limit of the goal in force, where it has one.
pub const YS_FIGURE_LOW: i32 = 4;
/// The upper limit of the goal in force, where it has one.
pub const YS_FIGURE_HIGH: i32 = 5;
/// The baseline of the goal in force, where it has one.
pub const YS_FIGURE_BASELINE: i32 = 6;
/// The share of the weights of days that has passed. Not of a ratio.
pub const YS_FIGURE_PACE_SHARE: i32 = 7;
/// What was expected by now. Of a flow or a stock.
pub const YS_FIGURE_PACE_EXPECTED: i32 = 8;
/// How far beyond that. Of a flow or a stock.
pub const YS_FIGURE_PACE_GAP: i32 = 9;
/// The attainment of what was expected by now. Not of a ratio.
pub const YS_FIGURE_PACE_ATTAINMENT: i32 = 10;
/// What each remaining day must bring. Of a flow or a stock.
pub const YS_FIGURE_REQUIRED_PER_DAY: i32 = 11;
/// What each unit of remaining weight must bring. Of a flow or a stock.
pub const YS_FIGURE_REQUIRED_PER_WEIGHT: i32 = 12;
/// What the next day must bring. Of a flow or a stock.
pub const YS_FIGURE_REQUIRED_NEXT_DAY: i32 = 13;
/// Where it ends if it goes on so. Not of a ratio.
pub const YS_FIGURE_PROJECTION: i32 = 14;
/// The level that a stock starts from.
pub const YS_FIGURE_FROM: i32 = 15;
/// The least of a budget that was planned by now.
pub const YS_FIGURE_EXPECTED_LOW: i32 = 16;
/// The most of a budget that was planned by now.
pub const YS_FIGURE_EXPECTED_HIGH: i32 = 17;
/// By how much a budget is above that.
pub const YS_FIGURE_OVER: i32 = 18;
/// By how much a budget is below that.
pub const YS_FIGURE_UNDER: i32 = 19;
/// What is left of a budget.
pub const YS_FIGURE_LEFT: i32 = 20;
/// The same for each remaining day.
pub const YS_FIGURE_LEFT_PER_DAY: i32 = 21;
/// The same for each unit of remaining weight.
pub const YS_FIGURE_LEFT_PER_WEIGHT: i32 = 22;
/// The same for the next day.
pub const YS_FIGURE_LEFT_NEXT_DAY: i32 = 23;
/// The numerator of a ratio so far.
pub const YS_FIGURE_NUMERATOR: i32 = 24;
/// The denominator of a ratio so far.
pub const YS_FIGURE_DENOMINATOR: i32 = 25;
/// The expected total of the denominator of a ratio.
pub const YS_FIGURE_EXPECTED_VOLUME: i32 = 26;
/// The ratio that the remaining volume must reach, where any remains.
pub const YS_FIGURE_REQUIRED: i32 = 27;
/// The value of the best day so far, where there is one. Of a flow or a ratio.
pub const YS_FIGURE_BEST_VALUE: i32 = 28;
/// Its rate, by which days are compared.
pub const YS_FIGURE_BEST_RATE: i32 = 29;

/// Where a target stands at the end of a day. It belongs to a report and lives as long. Since ABI 1.
pub struct ys_assessment {
    day: i32,
    state: ys_target_state,
    met: Option<bool>,
    band: Option<Arc<CStr>>,
    tier: Option<Arc<CStr>>,
    pace: i32,
    days: Option<(u32, u32)>,
    reached_on: Option<i32>,
    best_day: Option<i32>,
    beyond_best: bool,
    /// In the order of their numbers.
    figures: Vec<(i32, Value)>,
}

/// Names that many days have in common.
#[derive(Default)]
pub(super) struct Names(Vec<(String, Arc<CStr>)>);

impl Names {
    fn get(&mut self, name: &str) -> Arc<CStr> {
        if let Some((_, text)) = self.0.iter().find(|(known, _)| known == name) {
            return Arc::clone(text);
        }
        let text: Arc<CStr> = CString::into(shown(name));
        self.0.push((name.to_owned(), Arc::clone(&text)));
        text
    }
}

impl ys_assessment {
    pub(super) fn new(assessment: Assessment<'_>, names: &mut Names) -> Self {
        let defined = |value: &Rational| Value::Defined(value.clone());
        let goal = assessment.goal;
        let mut figures = vec![
            (YS_FIGURE_ACTUAL, assessment.actual),
            (YS_FIGURE_GAP, assessment.gap),
            (YS_FIGURE_ATTAINMENT, assessment.attainment),
        ];
        let limits = [
            (YS_FIGURE_LOW, &goal.low),
            (YS_FIGURE_HIGH, &goal.high),
            (YS_FIGURE_BASELINE, &goal.baseline),
        ];
        for (which, limit) in limits {
            figures.extend(limit.clone().map(|limit| (which, limit)));
        }
        let (mut days, mut reached_on, mut best, mut beyond_best) = (None, None, None, false);
        let pace = match assessment.pace {
            None => 0,
            Some(Pace::Flow(flow)) => {
                days = Some((flow.elapsed_days, flow.remaining_days));
                (reached_on, best, beyond_best) =
                    (flow.reached_on, flow.best_day, flow.beyond_best);
                figures.extend([
                    (YS_FIGURE_PACE_SHARE, flow.share),
                    (YS_FIGURE_PACE_EXPECTED, flow.expected),
                    (YS_FIGURE_PACE_GAP, flow.gap),
                    (YS_FIGURE_PACE_ATTAINMENT, flow.attainment),
                    (YS_FIGURE_REQUIRED_PER_DAY, flow.required_per_day),
                    (YS_FIGURE_REQUIRED_PER_WEIGHT, flow.required_per_weight),
                    (YS_FIGURE_REQUIRED_NEXT_DAY, flow.required_next_day),
                    (YS_FIGURE_PROJECTION, flow.projection),
                ]);
                YS_PACE_FLOW
            }
            Some(Pace::Stock(stock)) => {
                days = Some((stock.elapsed_days, stock.remaining_days));
                reached_on = stock.reached_on;
                figures.extend([
                    (YS_FIGURE_PACE_SHARE, stock.share),
                    (YS_FIGURE_PACE_EXPECTED, stock.expected),
                    (YS_FIGURE_PACE_GAP, stock.gap),
                    (YS_FIGURE_PACE_ATTAINMENT, stock.attainment),
                    (YS_FIGURE_REQUIRED_PER_DAY, stock.required_per_day),
                    (YS_FIGURE_REQUIRED_PER_WEIGHT, stock.required_per_weight),
                    (YS_FIGURE_REQUIRED_NEXT_DAY, stock.required_next_day),
                    (YS_FIGURE_PROJECTION, stock.projection),
                    (YS_FIGURE_FROM, stock.from),
                ]);
                YS_PACE_STOCK
            }
            Some(Pace::Budget(budget)) => {
                days = Some((budget.elapsed_days, budget.remaining_days));
                reached_on = budget.reached_on;
                figures.extend([
                    (YS_FIGURE_PACE_SHARE, budget.share),
                    (YS_FIGURE_PACE_ATTAINMENT, budget.attainment),
                    (YS_FIGURE_PROJECTION, budget.projection),
                    (YS_FIGURE_EXPECTED_LOW, budget.expected_low),
                    (YS_FIGURE_EXPECTED_HIGH, budget.expected_high),
                    (YS_FIGURE_OVER, budget.over),
                    (YS_FIGURE_UNDER, budget.under),
                    (YS_FIGURE_LEFT, budget.left),
                    (YS_FIGURE_LEFT_PER_DAY, budget.left_per_day),
                    (YS_FIGURE_LEFT_PER_WEIGHT, budget.left_per_weight),
                    (YS_FIGURE_LEFT_NEXT_DAY, budget.left_next_day),
                ]);
                YS_PACE_BUDGET
            }
            Some(Pace::Ratio(ratio)) => {
                (best, beyond_best) = (ratio.best_day, ratio.beyond_best);
                figures.extend([
                    (YS_FIGURE_NUMERATOR, ratio.numerator),
                    (YS_FIGURE_DENOMINATOR, ratio.denominator),
                    (YS_FIGURE_EXPECTED_VOLUME, ratio.expected_volume),
                ]);
                let required = match &ratio.remaining {
                    Value::Defined(Remaining::Decided) => None,
                    Value::Defined(remaining) => remaining.ratio().map(defined),
                    Value::Undefined(reason) => Some(Value::Undefined(*reason)),
                };
                figures.extend(required.map(|required| (YS_FIGURE_REQUIRED, required)));
                YS_PACE_RATIO
            }
        };
        if let Some(best) = best {
            figures.push((YS_FIGURE_BEST_VALUE, defined(&best.value)));
            figures.push((YS_FIGURE_BEST_RATE, defined(&best.rate)));
        }
        Self {
            day: assessment.as_of.number(),
            state: state(assessment.state),
            met: assessment.met.defined(),
            band: assessment.band.map(|name| names.get(name)),
            tier: assessment.tier.map(|name| names.get(name)),
            pace,
            days,
            reached_on: reached_on.map(|day| day.number()),
            best_day: best.map(|best| best.day.number()),
            beyond_best,
            figures,
        }
    }
}

/// The day, included, as days since 1970-01-01. `assessment` may be NULL: 0. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_assessment_day(assessment: *const ys_assessment) -> i32 {
    // SAFETY: the caller passes NULL or a live assessment.
    let assessment = unsafe { Shared::new("assessment", assessment) };
    number(assessment, 0, |assessment| Some(assessment.day))
}

/// Where it stands: one of YS_TARGET. `assessment` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_assessment_state(assessment: *const ys_assessment) -> ys_target_state {
    // SAFETY: the caller passes NULL or a live assessment.
    let assessment = unsafe { Shared::new("assessment", assessment) };
    number(assessment, 0, |assessment| Some(assessment.state))
}

/// Whether the actual value meets the goal now, compared exactly.
///
/// Returns whether that is defined; only then `met` is written. `met` may be NULL. `assessment` may
/// be NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_assessment_met(
    assessment: *const ys_assessment,
    met: *mut bool,
) -> bool {
    // SAFETY: the caller passes NULL or a live assessment, and NULL or a place for a flag.
    let (assessment, met) =
        unsafe { (Shared::new("assessment", assessment), Out::new("met", met)) };
    maybe(assessment, met, |assessment| assessment.met)
}

/// A number of it: `figure` is one of YS_FIGURE. Exact.
///
/// Returns a value that belongs to the report and lives as long: do not free it. NULL where the
/// target has no such number, `figure` is not listed, or `assessment` is NULL. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_assessment_figure(
    assessment: *const ys_assessment,
    figure: i32,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or a live assessment.
    let assessment = unsafe { Shared::new("assessment", assessment) };
    pointer(assessment, |assessment| {
        let found = assessment.figures.iter().find(|(which, _)| *which == figure);
        found.map(|(_, value)| ys_value::of(value))
    })
}

/// The name of the band that holds.
///
/// Returns text that lives as long as the report; NULL where none does, or `assessment` is NULL.
/// Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_assessment_band(assessment: *const ys_assessment) -> *const c_char {
    // SAFETY: the caller passes NULL or a live assessment.
    let assessment = unsafe { Shared::new("assessment", assessment) };
    pointer(assessment, |assessment| assessment.band.as_ref().map(|name| name.as_ptr()))
}

/// The name of the hardest tier that is reached.
///
/// Returns text that lives as long as the report; NULL where none is, or `assessment` is NULL.
/// Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_assessment_tier(assessment: *const ys_assessment) -> *const c_char {
    // SAFETY: the caller passes NULL or a live assessment.
    let assessment = unsafe { Shared::new("assessment", assessment) };
    pointer(assessment, |assessment| assessment.tier.as_ref().map(|name| name.as_ptr()))
}

/// What kind of pace it has: one of YS_PACE, and 0 where it has none, or `assessment` is NULL.
/// Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_assessment_pace(assessment: *const ys_assessment) -> i32 {
    // SAFETY: the caller passes NULL or a live assessment.
    let assessment = unsafe { Shared::new("assessment", assessment) };
    number(assessment, 0, |assessment| Some(assessment.pace))
}

/// How many days of the period have passed.
///
/// Returns whether that is known; only then `days` is written. `days` may be NULL. False where there
/// is no pace, for that of a ratio, and where `assessment` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_assessment_elapsed_days(
    assessment: *const ys_assessment,
    days: *mut u32,
) -> bool {
    // SAFETY: the caller passes NULL or a live assessment, and NULL or a place for a number.
    let (assessment, days) =
        unsafe { (Shared::new("assessment", assessment), Out::new("days", days)) };
    maybe(assessment, days, |assessment| assessment.days.map(|(elapsed, _)| elapsed))
}

/// How many days of the period remain. Everything is as in ys_assessment_elapsed_days. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_assessment_remaining_days(
    assessment: *const ys_assessment,
    days: *mut u32,
) -> bool {
    // SAFETY: the caller passes NULL or a live assessment, and NULL or a place for a number.
    let (assessment, days) =
        unsafe { (Shared::new("assessment", assessment), Out::new("days", days)) };
    maybe(assessment, days, |assessment| assessment.days.map(|(_, remaining)| remaining))
}

/// The day on which the goal is reached if it goes on so, as days since 1970-01-01.
///
/// Returns whether there is one; only then `day` is written. `day` may be NULL. `assessment` may be
/// NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_assessment_reached_on(
    assessment: *const ys_assessment,
    day: *mut i32,
) -> bool {
    // SAFETY: the caller passes NULL or a live assessment, and NULL or a place for a number.
    let (assessment, day) =
        unsafe { (Shared::new("assessment", assessment), Out::new("day", day)) };
    maybe(assessment, day, |assessment| assessment.reached_on)
}

/// The best day so far, as days since 1970-01-01; its numbers are YS_FIGURE_BEST_VALUE and
/// YS_FIGURE_BEST_RATE. Everything is as in ys_assessment_reached_on. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_assessment_best_day(
    assessment: *const ys_assessment,
    day: *mut i32,
) -> bool {
    // SAFETY: the caller passes NULL or a live assessment, and NULL or a place for a number.
    let (assessment, day) =
        unsafe { (Shared::new("assessment", assessment), Out::new("day", day)) };
    maybe(assessment, day, |assessment| assessment.best_day)
}

/// Whether more is required of what remains than the best day so far brought; less, where lower is
/// better. `assessment` may be NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_assessment_beyond_best(assessment: *const ys_assessment) -> bool {
    // SAFETY: the caller passes NULL or a live assessment.
    let assessment = unsafe { Shared::new("assessment", assessment) };
    number(assessment, false, |assessment| Some(assessment.beyond_best))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_numbered_in_their_order() {
        for (i, known) in State::ALL.into_iter().enumerate() {
            assert_eq!(state(known), i as i32 + 1, "{known}");
        }
    }
}
