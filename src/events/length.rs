//! Lengths of time, as windows and gaps are given.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, ErrorKind, quoted};
use crate::funnel::TimeUnit;

/// An exact length of time: so many of a unit.
///
/// Events may be counted in another unit: seven days are 604,800,000 milliseconds. A length that is
/// no whole number of theirs is refused where both come together.
///
/// ```
/// use yardstick::events::{Length, days};
/// use yardstick::funnel::TimeUnit;
///
/// assert_eq!(days(7).within(TimeUnit::Second)?, 604_800);
/// assert_eq!(Length::new(1_500, TimeUnit::Millisecond).within(TimeUnit::Microsecond)?, 1_500_000);
/// assert!(Length::new(1_500, TimeUnit::Millisecond).within(TimeUnit::Second).is_err());
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    amount: u64,
    unit: TimeUnit,
}

impl Length {
    /// So many of a unit.
    #[must_use]
    pub const fn new(amount: u64, unit: TimeUnit) -> Self {
        Self { amount, unit }
    }

    /// How many.
    #[must_use]
    pub const fn amount(self) -> u64 {
        self.amount
    }

    /// Of what.
    #[must_use]
    pub const fn unit(self) -> TimeUnit {
        self.unit
    }

    /// The same in another unit. Lengths beyond 64 bits are as good as without end: no two times lie
    /// so far apart, so they become `u64::MAX`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Inexact`] where it is no whole number of that unit.
    pub fn within(self, unit: TimeUnit) -> Result<u64, Error> {
        let nanoseconds = u128::from(self.amount) * u128::from(self.unit.nanoseconds());
        let one = u128::from(unit.nanoseconds());
        if nanoseconds % one != 0 {
            let message = format!(
                "{self} are no whole number of {unit}s, which the events count in; give a length that is"
            );
            return Err(Error::new(ErrorKind::Inexact, message));
        }
        Ok(u64::try_from(nanoseconds / one).unwrap_or(u64::MAX))
    }
}

impl fmt::Display for Length {
    /// As it is read: `7 days`, `1 hour`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.amount == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.amount, self.unit)
    }
}

impl FromStr for Length {
    type Err = Error;

    /// Reads a number, a space, and a unit of time or its plural.
    ///
    /// ```
    /// use yardstick::events::{Length, days};
    ///
    /// assert_eq!("7 days".parse::<Length>()?, days(7));
    /// assert_eq!(days(1).to_string(), "1 day");
    /// assert!("a week".parse::<Length>().is_err());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, Error> {
        let read = text.split_once(' ').and_then(|(amount, unit)| {
            let digits = amount.bytes().all(|byte| byte.is_ascii_digit());
            let canonical = digits && (amount == "0" || !amount.starts_with('0'));
            let amount = amount.parse().ok().filter(|_| canonical)?;
            let unit = unit.strip_suffix('s').unwrap_or(unit).parse().ok()?;
            Some(Self::new(amount, unit))
        });
        read.ok_or_else(|| {
            let message = format!(
                "{} is not a length of time; write it as 7 days or 90 seconds",
                quoted(text)
            );
            Error::new(ErrorKind::Syntax, message)
        })
    }
}

/// So many seconds.
#[must_use]
pub const fn seconds(amount: u64) -> Length {
    Length::new(amount, TimeUnit::Second)
}

/// So many minutes.
#[must_use]
pub const fn minutes(amount: u64) -> Length {
    Length::new(amount, TimeUnit::Minute)
}

/// So many hours of 60 minutes.
#[must_use]
pub const fn hours(amount: u64) -> Length {
    Length::new(amount, TimeUnit::Hour)
}

/// So many days of 24 hours.
#[must_use]
pub const fn days(amount: u64) -> Length {
    Length::new(amount, TimeUnit::Day)
}
