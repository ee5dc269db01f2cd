//! What times of leads are counted in.

use crate::named::named;
use crate::unit::Unit;

named! {
    /// What times are counted in, from whatever moment their count begins. A day is 24 hours of
    /// 3,600 seconds.
    #[derive(PartialOrd, Ord)]
    TimeUnit "unit of time" {
        /// A thousandth of a microsecond.
        Nanosecond = "nanosecond",
        /// A thousandth of a millisecond.
        Microsecond = "microsecond",
        /// A thousandth of a second.
        Millisecond = "millisecond",
        /// Seconds.
        Second = "second",
        /// 60 seconds.
        Minute = "minute",
        /// 3,600 seconds.
        Hour = "hour",
        /// 86,400 seconds.
        Day = "day",
    }
}

impl TimeUnit {
    /// Its length in nanoseconds.
    ///
    /// ```
    /// use yardstick::funnel::TimeUnit;
    ///
    /// assert_eq!(TimeUnit::Second.nanoseconds(), 1_000_000_000);
    /// ```
    #[must_use]
    pub const fn nanoseconds(self) -> u64 {
        match self {
            Self::Nanosecond => 1,
            Self::Microsecond => 1_000,
            Self::Millisecond => 1_000_000,
            Self::Second => 1_000_000_000,
            Self::Minute => 60_000_000_000,
            Self::Hour => 3_600_000_000_000,
            Self::Day => 86_400_000_000_000,
        }
    }

    /// The same as a [`Unit`], the one of durations and of measures made from them.
    ///
    /// ```
    /// use yardstick::Unit;
    /// use yardstick::funnel::TimeUnit;
    ///
    /// assert_eq!(TimeUnit::Minute.unit(), Unit::time("minute")?);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn unit(self) -> Unit {
        // Each name is that of a unit of time.
        Unit::time(self.name()).unwrap_or_else(|_| Unit::one())
    }
}
