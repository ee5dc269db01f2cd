//! Which interval a time is in.

use std::num::NonZero;

use super::query::Interval;
use crate::calendar::{Date, Grain};
use crate::error::Error;
use crate::events::Length;
use crate::funnel::TimeUnit;

/// Divides by one number many times, without an instruction that divides.
#[derive(Debug, Clone, Copy)]
struct Divisor {
    by: u64,
    /// floor((2^64 - 1) / by), which is more than 2^64 / by - 1 - 1 / by.
    reciprocal: u64,
}

impl Divisor {
    fn new(by: NonZero<u64>) -> Self {
        Self { by: by.get(), reciprocal: u64::MAX / by }
    }

    /// Quotient and rest.
    #[inline(always)]
    fn divide(self, n: u64) -> (u64, u64) {
        // At most one too low, since n times what the reciprocal lacks is at most 2^64.
        let low = ((u128::from(n) * u128::from(self.reciprocal)) >> 64) as u64;
        let rest = n - low * self.by;
        let more = rest >= self.by;
        (low + u64::from(more), rest - if more { self.by } else { 0 })
    }
}

/// Tells in which interval of a start a time is.
pub(super) trait Clock: Copy {
    /// What is kept of a start.
    type Start: Copy;

    fn start(self, time: i64) -> Self::Start;

    /// The interval of a time that is not before the start.
    fn between(self, start: Self::Start, time: i64) -> u64;
}

/// Intervals of one length: from each start, or days and weeks of the calendar.
#[derive(Debug, Clone, Copy)]
pub(super) struct Even {
    length: Divisor,
    calendar: Option<Calendar>,
}

impl Even {
    pub(super) fn rolling(length: NonZero<u64>) -> Self {
        Self { length: Divisor::new(length), calendar: None }
    }

    /// The length of intervals that begin with each start.
    pub(super) fn rolls(self) -> Option<NonZero<u64>> {
        if self.calendar.is_some() { None } else { NonZero::new(self.length.by) }
    }

    /// How many intervals from a start are over at the end of the last moment that was observed,
    /// which is not before the start.
    fn over(self, start: i64, last: i64) -> u64 {
        if let Some(calendar) = self.calendar {
            return calendar.over(start, last);
        }
        // The last moment counts to its end: one of a length of 1 is over after the moment it begins.
        let (over, rest) = self.length.divide(last.wrapping_sub(start) as u64);
        over.saturating_add(u64::from(rest == self.length.by - 1))
    }
}

impl Clock for Even {
    /// The start, and how long before it interval 0 began.
    type Start = (i64, u64);

    #[inline]
    fn start(self, time: i64) -> (i64, u64) {
        (time, self.calendar.map_or(0, |calendar| calendar.since_begin(time)))
    }

    #[inline(always)]
    fn between(self, (start, before): (i64, u64), time: i64) -> u64 {
        // Beyond 64 bits no interval is told apart.
        self.length.divide((time.wrapping_sub(start) as u64).saturating_add(before)).0
    }
}

/// Intervals of the calendar at an offset from UTC.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    grain: Grain,
    /// The month with which the year begins, from 0.
    first_month: i64,
    day: Divisor,
    /// The day of a time t is `base + floor((t + 2^63 + shift) / day)`, with a shift below a day.
    base: i64,
    shift: u64,
    first: i64,
    last: i64,
}

impl Calendar {
    pub(super) fn new(
        grain: Grain,
        calendar: crate::calendar::Calendar,
        offset_minutes: i32,
        unit: TimeUnit,
    ) -> Self {
        let one = i128::from(unit.nanoseconds());
        let day = TimeUnit::Day.nanoseconds() / unit.nanoseconds();
        let minutes = i128::from(offset_minutes) * i128::from(TimeUnit::Minute.nanoseconds());
        // A time is a whole number: rounding the offset down moves none over the end of a day.
        let offset = minutes.div_euclid(one);
        let from_least = offset + i128::from(i64::MIN);
        let length = i128::from(day);
        let within = |time: i128| time.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
        let begin = |date: i32| i128::from(date) * length - offset;
        Self {
            grain,
            first_month: i64::from(calendar.first_month()) - 1,
            day: Divisor::new(NonZero::new(day).unwrap_or(NonZero::<u64>::MIN)),
            // Cut to 64 bits: days that exist lie within, and others are not asked for.
            base: from_least.div_euclid(length) as i64,
            shift: from_least.rem_euclid(length) as u64,
            first: within(begin(Date::MIN.number())),
            last: within(begin(Date::MAX.number() + 1) - 1),
        }
    }

    /// The first and the last time that lie in a day there is.
    pub(super) fn bounds(&self) -> (i64, i64) {
        (self.first, self.last)
    }

    /// The day of a time, from 1970-01-01, and how long before it the day began.
    #[inline(always)]
    fn day(self, time: i64) -> (i64, u64) {
        let (days, rest) = self.day.divide((time as u64) ^ (1 << 63));
        // Both are below a day.
        let rest = rest + self.shift;
        let next = rest >= self.day.by;
        let day = self.base.wrapping_add(days as i64).wrapping_add(i64::from(next));
        (day, rest - if next { self.day.by } else { 0 })
    }

    /// How long before a time its day or week began.
    fn since_begin(self, time: i64) -> u64 {
        let (day, rest) = self.day(time);
        match self.grain {
            Grain::Week => week_and_day(day).1 * self.day.by + rest,
            Grain::Day | Grain::Month | Grain::Quarter | Grain::Year => rest,
        }
    }

    /// The number of a time: that of its day, week, month, quarter or year. Any, but no panic, outside
    /// the bounds.
    #[inline(always)]
    pub(super) fn number(self, time: i64) -> i64 {
        let (day, _) = self.day(time);
        match self.grain {
            Grain::Day => day,
            Grain::Week => week_and_day(day).0,
            Grain::Month => month(day),
            Grain::Quarter => (month(day) - self.first_month).div_euclid(3),
            Grain::Year => (month(day) - self.first_month).div_euclid(12),
        }
    }

    fn over(self, start: i64, last: i64) -> u64 {
        let next = match last < self.last {
            true => self.number(last + 1),
            // No event can come after the last day that there is.
            false => self.number(self.last) + 1,
        };
        next.wrapping_sub(self.number(start)) as u64
    }

    /// The day of a time within the bounds.
    pub(super) fn date(self, time: i64) -> Date {
        let day = i32::try_from(self.day(time).0).ok();
        day.and_then(|day| Date::from_number(day).ok()).unwrap_or(Date::MAX)
    }
}

/// The month of a day, from January of year 0.
#[inline(always)]
fn month(day: i64) -> i64 {
    // Years from March on, so that the day that some lack is their last; 400 of them repeat.
    const DAYS: i64 = 146_097;
    let day = day.wrapping_add(719_468);
    let (cycle, day) = (day.div_euclid(DAYS), day.rem_euclid(DAYS));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    (cycle * 400 + year) * 12 + (5 * day + 2) / 153 + 2
}

/// The week of a day, and which day of it that is, from Monday.
#[inline(always)]
fn week_and_day(day: i64) -> (i64, u64) {
    // 1970-01-01 was a Thursday.
    let day = day.wrapping_add(3);
    (day.div_euclid(7), day.rem_euclid(7) as u64)
}

impl Clock for Calendar {
    type Start = i64;

    #[inline(always)]
    fn start(self, time: i64) -> i64 {
        self.number(time)
    }

    #[inline(always)]
    fn between(self, start: i64, time: i64) -> u64 {
        self.number(time).wrapping_sub(start) as u64
    }
}

/// Intervals of one length, or months and longer.
#[derive(Debug, Clone, Copy)]
pub(super) enum AnyClock {
    Even(Even),
    Calendar(Calendar),
}

impl AnyClock {
    pub(super) fn new(
        interval: Interval,
        calendar: crate::calendar::Calendar,
        offset_minutes: i32,
        unit: TimeUnit,
    ) -> Result<Self, Error> {
        let grain = match interval {
            Interval::Every(length) => return Ok(Self::Even(Even::rolling(whole(length, unit)?))),
            Interval::By(grain) => grain,
        };
        let calendar = Calendar::new(grain, calendar, offset_minutes, unit);
        let days = match grain {
            Grain::Day => 1,
            Grain::Week => 7,
            Grain::Month | Grain::Quarter | Grain::Year => return Ok(Self::Calendar(calendar)),
        };
        let length = NonZero::new(calendar.day.by * days).unwrap_or(NonZero::<u64>::MIN);
        Ok(Self::Even(Even { length: Divisor::new(length), calendar: Some(calendar) }))
    }

    pub(super) fn bounds(&self) -> Option<(i64, i64)> {
        match self {
            Self::Even(even) => even.calendar.map(|calendar| calendar.bounds()),
            Self::Calendar(calendar) => Some(calendar.bounds()),
        }
    }

    pub(super) fn over(self, start: i64, last: i64) -> u64 {
        match self {
            Self::Even(clock) => clock.over(start, last),
            Self::Calendar(clock) => clock.over(start, last),
        }
    }
}

/// A length that is not zero, in the unit of the events.
pub(super) fn whole(length: Length, unit: TimeUnit) -> Result<NonZero<u64>, Error> {
    // Only a length of zero is zero, and none is asked for.
    Ok(NonZero::new(length.within(unit)?).unwrap_or(NonZero::<u64>::MIN))
}

/// The period of a cohort that a start falls into.
#[derive(Debug, Clone, Copy)]
pub(super) enum Periods {
    All,
    Every(NonZero<u64>),
    By(Calendar),
}

impl Periods {
    pub(super) fn new(
        cohorts: Option<Interval>,
        calendar: crate::calendar::Calendar,
        offset_minutes: i32,
        unit: TimeUnit,
    ) -> Result<Self, Error> {
        Ok(match cohorts {
            None => Self::All,
            Some(Interval::Every(length)) => Self::Every(whole(length, unit)?),
            Some(Interval::By(grain)) => {
                Self::By(Calendar::new(grain, calendar, offset_minutes, unit))
            }
        })
    }

    pub(super) fn bounds(&self) -> Option<(i64, i64)> {
        match self {
            Self::By(calendar) => Some(calendar.bounds()),
            Self::All | Self::Every(_) => None,
        }
    }

    #[inline]
    pub(super) fn number(&self, start: i64) -> i64 {
        match self {
            Self::All => 0,
            Self::Every(length) => match i64::try_from(length.get()) {
                Ok(length) => start.div_euclid(length),
                Err(_) => -i64::from(start < 0),
            },
            Self::By(calendar) => calendar.number(start),
        }
    }

    /// The first day of the bucket's days, told by any time in it.
    pub(super) fn date(&self, start: i64) -> Option<Date> {
        match self {
            Self::By(calendar) => Some(calendar.date(start)),
            Self::All | Self::Every(_) => None,
        }
    }
}
