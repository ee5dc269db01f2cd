//! What times of leads are counted in.

use crate::named::named;
use crate::unit::Unit;

named! {
    /// What times are counted in, from whatever moment their count begins. A day is 24 hours of
    /// 3,600 seconds.
    #[derive(PartialOrd, Ord)]
    TimeUnit "unit of time" {
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
    /// Its length in seconds.
    ///
    /// ```
    /// use yardstick::funnel::TimeUnit;
    ///
    /// assert_eq!(TimeUnit::Hour.seconds(), 3_600);
    /// ```
    #[must_use]
    pub const fn seconds(self) -> u32 {
        match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3_600,
            Self::Day => 86_400,
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
