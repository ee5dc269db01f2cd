//! A range of days.

use std::fmt;

use super::Date;
use crate::error::{Error, ErrorKind};

/// A half-open range of at least one day.
///
/// ```
/// use yardstick::{Date, Period};
///
/// let season = Period::inclusive(Date::new(2011, 12, 1)?, Date::new(2011, 12, 9)?)?;
/// assert_eq!(season, Period::new(Date::new(2011, 12, 1)?, Date::new(2011, 12, 10)?)?);
/// assert_eq!(season.days(), 9);
/// assert_eq!(season.preceding()?.first(), Date::new(2011, 11, 22)?);
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    first: Date,
    last: Date,
}

impl Period {
    /// The days from `start` up to, and not including, `end`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Date`] where `end` is not after `start`.
    pub fn new(start: Date, end: Date) -> Result<Self, Error> {
        match end.plus_days(-1) {
            Ok(last) if last >= start => Ok(Self { first: start, last }),
            _ => Err(Error::new(
                ErrorKind::Date,
                format!("a period from {start} until before {end} has no day; let it end later"),
            )),
        }
    }

    /// The days from `first` to `last`, both included.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Date`] where `last` is before `first`.
    pub fn inclusive(first: Date, last: Date) -> Result<Self, Error> {
        if last < first {
            return Err(Error::new(
                ErrorKind::Date,
                format!("the last day {last} of a period is before its first day {first}"),
            ));
        }
        Ok(Self { first, last })
    }

    /// One day.
    #[must_use]
    pub const fn day(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// The first day.
    #[must_use]
    pub const fn first(self) -> Date {
        self.first
    }

    /// The last day, which belongs to the period.
    #[must_use]
    pub const fn last(self) -> Date {
        self.last
    }

    /// The number of days, at least 1.
    #[must_use]
    pub const fn days(self) -> u32 {
        self.last.number().abs_diff(self.first.number()) + 1
    }

    /// Whether the day belongs to the period.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// The days that both periods have, if any.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (first, last) = (self.first.max(other.first), self.last.min(other.last));
        (first <= last).then_some(Self { first, last })
    }

    /// The part up to `as_of`, that day included; `None` where the period begins later.
    #[must_use]
    pub fn until(self, as_of: Date) -> Option<Self> {
        (self.first <= as_of).then(|| Self { first: self.first, last: self.last.min(as_of) })
    }

    /// As much of this period from its first day on as `cut` is of `whole`: where `cut` lacks days
    /// at the end of `whole`, at most as many days as `cut` has; else all of it. So that a season
    /// that is six days old is compared with six days.
    #[must_use]
    pub(crate) fn as_far_as(self, cut: Self, whole: Self) -> Self {
        match cut.days() < whole.days() {
            true => Date::from_number(self.first.number() + (cut.days() - 1) as i32)
                .map_or(self, |last| Self { first: self.first, last: self.last.min(last) }),
            false => self,
        }
    }

    /// The period of as many days that ends right before this one begins.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Date`] where that would begin before year 1.
    pub fn preceding(self) -> Result<Self, Error> {
        let days = self.days() as i32;
        Ok(Self { first: self.first.plus_days(-days)?, last: self.first.plus_days(-1)? })
    }

    /// Every day, in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Date> + ExactSizeIterator {
        // Between two valid days there are only valid days.
        let first = self.first.number();
        (0..self.days()).map(move |i| Date::from_number(first + i as i32).unwrap_or(self.first))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.first, self.last)
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
