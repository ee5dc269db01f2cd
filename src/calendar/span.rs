//! Lengths of time in days, weeks, months, quarters or years.

use std::fmt;
use std::str::FromStr;

use super::{Date, Grain, Period};
use crate::error::{Error, ErrorKind, quoted};

/// A number of days, weeks, months, quarters or years: `1 year`, `7 days`.
///
/// ```
/// use yardstick::{Calendar, Span};
///
/// let year: Span = "1 year".parse()?;
/// let february = Calendar::default().period("2012-02")?;
/// assert_eq!(february.back(year)?.to_string(), "2011-02-01 to 2011-02-28");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    count: u16,
    unit: Grain,
}

impl Span {
    /// So many of a unit.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for none, or for more than 9,999.
    pub fn new(count: u32, unit: Grain) -> Result<Self, Error> {
        match u16::try_from(count) {
            Ok(count @ 1..=9_999) => Ok(Self { count, unit }),
            _ => Err(Error::new(
                ErrorKind::Domain,
                format!("a span of {count} {unit}s; it has from 1 to 9999 of them"),
            )),
        }
    }

    /// How many.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.count as u32
    }

    /// Of what.
    #[must_use]
    pub const fn unit(self) -> Grain {
        self.unit
    }

    /// Its length in whole days, or else in whole months.
    fn length(self) -> Length {
        let count = self.count();
        match self.unit {
            Grain::Day => Length::Days(count),
            Grain::Week => Length::Days(count * 7),
            Grain::Month => Length::Months(count),
            Grain::Quarter => Length::Months(count * 3),
            Grain::Year => Length::Months(count * 12),
        }
    }
}

enum Length {
    Days(u32),
    Months(u32),
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.count, self.unit)
    }
}

impl FromStr for Span {
    type Err = Error;

    /// Reads a number, a space, and `day`, `week`, `month`, `quarter`, `year` or its plural.
    fn from_str(text: &str) -> Result<Self, Error> {
        let read = text.split_once(' ').and_then(|(count, unit)| {
            let digits = count.bytes().all(|b| b.is_ascii_digit());
            let count = count.parse().ok().filter(|_| digits && !count.starts_with('0'))?;
            Some((count, unit_named(unit)?))
        });
        match read {
            Some((count, unit)) => Self::new(count, unit),
            None => Err(Error::new(
                ErrorKind::Syntax,
                format!("{} is not a span of time; write it as 7 days or 1 year", quoted(text)),
            )),
        }
    }
}

/// `day` or `days`, and so on.
pub(crate) fn unit_named(text: &str) -> Option<Grain> {
    text.strip_suffix('s').unwrap_or(text).parse().ok()
}

impl Date {
    /// The same day of the month so many months before; the last one of a month that lacks it.
    fn months_back(self, months: u32) -> Result<Self, Error> {
        let month = self.year() * 12 + self.month() as i32 - 1 - months as i32;
        let first = Self::new(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1)?;
        first.plus_days(self.day().min(first.days_in_month()) as i32 - 1)
    }

    fn days_in_month(self) -> u32 {
        u32::from(self.civil().days_in_month().unsigned_abs())
    }

    fn ends_month(self) -> bool {
        self.day() == self.days_in_month()
    }
}

impl Period {
    /// The period that lies a span earlier.
    ///
    /// In days or weeks it is that many days earlier. In months, quarters or years each end keeps
    /// its day of the month, or takes the last one of a month that lacks it; and a period of whole
    /// months becomes one of whole months. So February 2012 goes to February 2011.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Date`] where that would begin before year 1.
    ///
    /// ```
    /// use yardstick::{Date, Period};
    ///
    /// let days = Period::inclusive(Date::new(2023, 3, 29)?, Date::new(2023, 3, 31)?)?;
    /// assert_eq!(days.back("1 month".parse()?)?.to_string(), "2023-02-28 to 2023-02-28");
    /// assert_eq!(days.back("1 week".parse()?)?.to_string(), "2023-03-22 to 2023-03-24");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn back(self, span: Span) -> Result<Self, Error> {
        match span.length() {
            Length::Days(days) => {
                let days = -(days as i32);
                Self::inclusive(self.first().plus_days(days)?, self.last().plus_days(days)?)
            }
            Length::Months(months) => {
                let first = self.first().months_back(months)?;
                let mut last = self.last().months_back(months)?;
                if self.first().day() == 1 && self.last().ends_month() {
                    last = last.plus_days(last.days_in_month() as i32 - last.day() as i32)?;
                }
                Self::inclusive(first, last)
            }
        }
    }

    /// The span of time that ends with the last day of this period. In months, quarters or years it
    /// begins the day after the one that many months before.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Date`] where that would begin before year 1.
    ///
    /// ```
    /// use yardstick::{Date, Period};
    ///
    /// let day = Period::day(Date::new(2023, 3, 31)?);
    /// assert_eq!(day.trailing("7 days".parse()?)?.to_string(), "2023-03-25 to 2023-03-31");
    /// assert_eq!(day.trailing("1 month".parse()?)?.to_string(), "2023-03-01 to 2023-03-31");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn trailing(self, span: Span) -> Result<Self, Error> {
        let last = self.last();
        let first = match span.length() {
            Length::Days(days) => last.plus_days(1 - days as i32)?,
            Length::Months(months) => match last.ends_month() {
                // Whole months: from the first day of the one that is months - 1 before.
                true => {
                    let begin = last.months_back(months - 1)?;
                    begin.plus_days(1 - begin.day() as i32)?
                }
                false => last.months_back(months)?.plus_days(1)?,
            },
        };
        Self::inclusive(first, last)
    }
}
