//! Retention: what is asked.

use super::super::argument::{Array, ErrorSlot, Options, Out, Versioned, free};
use super::super::error::ys_error;
use super::super::guard::{Outcome, guard};
use super::super::status::ys_status;
use super::super::time_unit::{grain, time_unit, ys_grain, ys_time_unit};
use super::columns::{flag, invalid};
use crate::Calendar;
use crate::events::{Length, Retention};

/// What a cell of retention counts.
pub type ys_retention_kind = i32;

/// Who came in the interval.
pub const YS_RETENTION_ON: ys_retention_kind = 1;
/// Who came in the interval or later.
pub const YS_RETENTION_ON_OR_AFTER: ys_retention_kind = 2;
/// Who came in each interval from 0 on.
pub const YS_RETENTION_STREAK: ys_retention_kind = 3;
/// Who came in any interval of a bracket.
pub const YS_RETENTION_BRACKETS: ys_retention_kind = 4;

/// What is asked of retention. Begin it with YS_RETENTION_SETTINGS_INIT, which says rolling days of 24
/// hours, returns on each, one cohort, bit 0 both as start and as return; the number of intervals must
/// then be set. It is read during the call and not kept. Since ABI 1.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ys_retention_settings {
    /// sizeof(ys_retention_settings).
    pub struct_size: usize,
    /// Intervals of the calendar, the one of the start being 0; YS_GRAIN_NONE for rolling ones.
    pub grain: ys_grain,
    /// The unit of `length`; only for rolling intervals.
    pub length_unit: ys_time_unit,
    /// The length of a rolling interval, which begins with the start of each entity.
    pub length: u64,
    /// One of YS_RETENTION_ON to YS_RETENTION_BRACKETS.
    pub kind: ys_retention_kind,
    /// How many intervals, from 0 on; 0 for brackets.
    pub intervals: u32,
    /// First and last interval of each bracket: two numbers each. Brackets may leave intervals out and
    /// may overlap. NULL is fine where `bracket_count` is 0.
    pub brackets: *const u32,
    /// The number of brackets; 0 for all other kinds.
    pub bracket_count: usize,
    /// The bit of events that start.
    pub start_bit: u32,
    /// The bit of events that are returns, which may be that of the start.
    pub return_bit: u32,
    /// A cohort for each period of the calendar in which starts fall; YS_GRAIN_NONE for none.
    pub cohort_grain: ys_grain,
    /// The unit of `cohort_length`; not read where that is 0.
    pub cohort_unit: ys_time_unit,
    /// A cohort for each period of this length, counted from time 0; 0 for none.
    pub cohort_length: u64,
    /// 1 for a cohort for each segment of the start, within each period where there are some; else 0.
    pub by_segment: i32,
    /// 1 to add up the values of returns too; else 0.
    pub amounts: i32,
    /// With which month years and quarters begin, 1 to 12.
    pub first_month: u32,
    /// How many minutes the clock is ahead of UTC where days begin, negative where behind.
    pub offset_minutes: i32,
}

// SAFETY: `repr(C)`, begins with its size, and holds integers and raw pointers only.
unsafe impl Versioned for ys_retention_settings {
    const NAME: &'static str = "ys_retention_settings";
}

/// A query for retention that is checked, to be computed over any events. It never changes.
///
/// ```c
/// ys_retention_settings settings = YS_RETENTION_SETTINGS_INIT;
/// settings.length = 7; // weeks, as days are the unit
/// settings.intervals = 3;
/// settings.return_bit = 1;
/// ys_retention_new(&settings, &retention, &error);
/// ys_retention_compute(retention, &events, &matrix, &error);
/// uint64_t came = 0;
/// if (ys_retention_matrix_count(matrix, 0, 1, &came)) { // else not mature
///     ...
/// }
/// ys_retention_matrix_free(matrix);
/// ys_retention_free(retention);
/// ```
///
/// Since ABI 1.
pub struct ys_retention {
    pub(super) query: Retention,
}

impl ys_retention_settings {
    /// # Safety
    ///
    /// `brackets` is what its field says, and nothing changes behind it during the call.
    unsafe fn query(&self) -> Outcome<Retention> {
        let mut builder = Retention::builder().start(self.start_bit).returns(self.return_bit);
        builder = match grain("settings.grain", self.grain)? {
            Some(grain) => builder.by(grain),
            None => {
                let unit = time_unit("settings.length_unit", self.length_unit)?;
                builder.every(Length::new(self.length, unit))
            }
        };
        let brackets = self.bracket_count.saturating_mul(2);
        // SAFETY: promised to us.
        let brackets = unsafe { Array::new("settings.brackets", self.brackets, brackets) }.get()?;
        builder = match self.kind {
            YS_RETENTION_ON => builder.on(),
            YS_RETENTION_ON_OR_AFTER => builder.on_or_after(),
            YS_RETENTION_STREAK => builder.streak(),
            YS_RETENTION_BRACKETS => {
                builder.brackets(brackets.chunks_exact(2).map(|pair| pair[0]..=pair[1]))
            }
            other => {
                return Err(invalid(format!(
                    "settings.kind is {other}; set it to one of YS_RETENTION_ON (1) to YS_RETENTION_BRACKETS (4)"
                )));
            }
        };
        if self.kind != YS_RETENTION_BRACKETS && !brackets.is_empty() {
            return Err(invalid(format!(
                "settings.bracket_count is {} and settings.kind another; set it to YS_RETENTION_BRACKETS (4)",
                self.bracket_count
            )));
        }
        if self.intervals != 0 {
            builder = builder.intervals(self.intervals);
        }
        let cohorts = grain("settings.cohort_grain", self.cohort_grain)?;
        builder = match (cohorts, self.cohort_length) {
            (None, 0) => builder,
            (Some(grain), 0) => builder.cohorts_by(grain),
            (None, length) => {
                let unit = time_unit("settings.cohort_unit", self.cohort_unit)?;
                builder.cohorts_every(Length::new(length, unit))
            }
            (Some(_), length) => {
                return Err(invalid(format!(
                    "settings.cohort_length is {length} beside settings.cohort_grain; set one"
                )));
            }
        };
        if flag("settings.by_segment", self.by_segment)? {
            builder = builder.by_segment();
        }
        if flag("settings.amounts", self.amounts)? {
            builder = builder.amounts();
        }
        builder = builder.calendar(match self.first_month {
            1 => Calendar::default(),
            month => Calendar::fiscal(month)?,
        });
        Ok(builder.offset_minutes(self.offset_minutes).build()?)
    }
}

/// Checks what is asked of retention.
///
/// `settings` is read during the call. `retention`: the caller frees it with ys_retention_free. Errors:
/// YS_INVALID with everything that is wrong or does not go together as problems: no number of intervals
/// or brackets (YS_MISSING), a number of intervals beside brackets or above 65,536, a bracket that ends
/// before it begins, a length of zero, a bit above 63, an offset of a day or more, or one without a
/// calendar (YS_DOMAIN). YS_DATE for a month that is none. YS_INVALID_ARGUMENT for a struct_size, an
/// enumeration or a flag that is none, brackets of another kind, or both kinds of cohorts. Threads: any.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_new(
    settings: *const ys_retention_settings,
    retention: *mut *mut ys_retention,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes settings of their struct_size and places for the outputs, or NULL.
    let (settings, result, error) = unsafe {
        (
            Options::new("settings", settings),
            Out::new("retention", retention),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let result = result.get()?;
        let settings: ys_retention_settings = settings.get()?;
        // SAFETY: the caller describes its memory by the fields, for the call.
        let query = unsafe { settings.query()? };
        result.give(ys_retention { query });
        Ok(())
    })
}

/// Frees a query for retention.
///
/// `retention` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_free(retention: *mut ys_retention) {
    // SAFETY: the caller passes NULL or a query that is its own, once.
    unsafe { free(retention) }
}
