//! What times are counted in, and the lengths of the calendar.

use super::error::ys_error;
use super::guard::Outcome;
use super::status::YS_INVALID_ARGUMENT;
use crate::Grain;
use crate::funnel::TimeUnit;

/// What times are counted in.
pub type ys_time_unit = i32;

/// A thousandth of a microsecond.
pub const YS_TIME_NANOSECOND: ys_time_unit = 1;
/// A thousandth of a millisecond.
pub const YS_TIME_MICROSECOND: ys_time_unit = 2;
/// A thousandth of a second.
pub const YS_TIME_MILLISECOND: ys_time_unit = 3;
/// Seconds.
pub const YS_TIME_SECOND: ys_time_unit = 4;
/// 60 seconds.
pub const YS_TIME_MINUTE: ys_time_unit = 5;
/// 3,600 seconds.
pub const YS_TIME_HOUR: ys_time_unit = 6;
/// 86,400 seconds.
pub const YS_TIME_DAY: ys_time_unit = 7;

/// A length of the calendar.
pub type ys_grain = i32;

/// No length of the calendar.
pub const YS_GRAIN_NONE: ys_grain = 0;
/// Days.
pub const YS_GRAIN_DAY: ys_grain = 1;
/// Weeks, from Monday to Sunday.
pub const YS_GRAIN_WEEK: ys_grain = 2;
/// Months.
pub const YS_GRAIN_MONTH: ys_grain = 3;
/// Quarters.
pub const YS_GRAIN_QUARTER: ys_grain = 4;
/// Years.
pub const YS_GRAIN_YEAR: ys_grain = 5;

/// The unit of a number; `name` is where it stands, for the error.
pub(super) fn time_unit(name: &str, code: ys_time_unit) -> Outcome<TimeUnit> {
    match code {
        YS_TIME_NANOSECOND => Ok(TimeUnit::Nanosecond),
        YS_TIME_MICROSECOND => Ok(TimeUnit::Microsecond),
        YS_TIME_MILLISECOND => Ok(TimeUnit::Millisecond),
        YS_TIME_SECOND => Ok(TimeUnit::Second),
        YS_TIME_MINUTE => Ok(TimeUnit::Minute),
        YS_TIME_HOUR => Ok(TimeUnit::Hour),
        YS_TIME_DAY => Ok(TimeUnit::Day),
        other => {
            let message = format!(
                "{name} is {other}; set it to one of YS_TIME_NANOSECOND (1) to YS_TIME_DAY (7)"
            );
            Err(ys_error::refusal(YS_INVALID_ARGUMENT, message))
        }
    }
}

/// The length of a number, or none; `name` is where it stands, for the error.
pub(super) fn grain(name: &str, code: ys_grain) -> Outcome<Option<Grain>> {
    match code {
        YS_GRAIN_NONE => Ok(None),
        YS_GRAIN_DAY => Ok(Some(Grain::Day)),
        YS_GRAIN_WEEK => Ok(Some(Grain::Week)),
        YS_GRAIN_MONTH => Ok(Some(Grain::Month)),
        YS_GRAIN_QUARTER => Ok(Some(Grain::Quarter)),
        YS_GRAIN_YEAR => Ok(Some(Grain::Year)),
        other => {
            let message = format!(
                "{name} is {other}; set it to one of YS_GRAIN_NONE (0) to YS_GRAIN_YEAR (5)"
            );
            Err(ys_error::refusal(YS_INVALID_ARGUMENT, message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_grains_are_numbered_in_their_order() {
        for (code, unit) in (1..).zip(TimeUnit::ALL) {
            assert_eq!(time_unit("x", code).ok(), Some(unit));
        }
        for (code, of) in (1..).zip(Grain::ALL) {
            assert_eq!(grain("x", code).ok(), Some(Some(of)));
        }
        assert!(time_unit("x", 0).is_err() && time_unit("x", 8).is_err());
        assert!(grain("x", -1).is_err() && grain("x", 6).is_err());
    }
}
