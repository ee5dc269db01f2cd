//! Grains, and the calendar that cuts periods by them.

use jiff::civil::{ISOWeekDate, Weekday};

use super::{Date, Period};
use crate::error::{Error, ErrorKind, quoted};
use crate::named::named;

named! {
    /// The size of the buckets into which a period is cut.
    #[derive(PartialOrd, Ord)]
    Grain "grain" {
        /// One day.
        Day = "day",
        /// Monday to Sunday, numbered as in ISO 8601.
        Week = "week",
        /// A calendar month.
        Month = "month",
        /// Three months, from the month with which the year begins.
        Quarter = "quarter",
        /// Twelve months, from the month with which the year begins.
        Year = "year",
    }
}

/// One bucket of a period.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Bucket {
    /// Its name: `2011-12-07`, `2011-W49`, `2011-12`, `2011-Q4`, `2011`; in a fiscal year
    /// `FY2012-Q1` and `FY2012`.
    pub label: String,
    /// Its days that lie in the period that was cut.
    pub period: Period,
    /// All its days.
    pub whole: Period,
}

/// With which month the year, and so its quarters, begin.
///
/// A fiscal year that does not begin in January has the number of the calendar year in which it
/// ends, and is written `FY2012`.
///
/// ```
/// use yardstick::{Calendar, Date, Grain};
///
/// let fiscal = Calendar::fiscal(10)?;
/// let day = Date::new(2011, 12, 7)?;
/// assert_eq!(fiscal.label(day, Grain::Quarter), "FY2012-Q1");
/// assert_eq!(Calendar::default().label(day, Grain::Week), "2011-W49");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Calendar {
    /// 1 to 12.
    first_month: u32,
}

impl Default for Calendar {
    /// The year begins in January.
    fn default() -> Self {
        Self { first_month: 1 }
    }
}

impl Calendar {
    /// A calendar whose year begins with month `first_month`, 1 to 12.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Date`] for any other number.
    pub fn fiscal(first_month: u32) -> Result<Self, Error> {
        if (1..=12).contains(&first_month) {
            return Ok(Self { first_month });
        }
        Err(Error::new(
            ErrorKind::Date,
            format!("a year cannot begin with month {first_month}; months go from 1 to 12"),
        ))
    }

    /// The month with which the year begins, 1 to 12.
    #[must_use]
    pub const fn first_month(self) -> u32 {
        self.first_month
    }

    /// Year and month (from 0) of the day, counted in this calendar.
    fn year_and_month(self, day: Date) -> (i32, u32) {
        let (year, month) = (day.year(), day.month());
        let offset = (month + 12 - self.first_month) % 12;
        let ends_later = self.first_month > 1 && month >= self.first_month;
        (year + i32::from(ends_later), offset)
    }

    /// The period of `months` months that begins with month `offset` of `year` in this calendar;
    /// clipped to the days that exist.
    fn months(self, year: i32, offset: u32, months: u32) -> Period {
        let first_year = if self.first_month > 1 { year - 1 } else { year };
        let start = |offset: u32| {
            let month = self.first_month - 1 + offset;
            let (year, month) = (first_year + (month / 12) as i32, month % 12 + 1);
            Date::new(year, month, 1)
        };
        let first = start(offset).unwrap_or(Date::MIN);
        let last = start(offset + months).and_then(|end| end.plus_days(-1)).unwrap_or(Date::MAX);
        Period::inclusive(first, last).unwrap_or(Period::day(first))
    }

    /// The bucket of this grain that contains the day; at the ends of time, its days that exist.
    #[must_use]
    pub fn bucket(self, day: Date, grain: Grain) -> Period {
        let (year, offset) = self.year_and_month(day);
        match grain {
            Grain::Day => Period::day(day),
            Grain::Week => {
                let monday = i32::from(day.civil().weekday().to_monday_zero_offset());
                let first = day.plus_days(-monday).unwrap_or(Date::MIN);
                let last = day.plus_days(6 - monday).unwrap_or(Date::MAX);
                Period::inclusive(first, last).unwrap_or(Period::day(day))
            }
            Grain::Month => self.months(year, offset, 1),
            Grain::Quarter => self.months(year, offset / 3 * 3, 3),
            Grain::Year => self.months(year, 0, 12),
        }
    }

    /// The name of the bucket of this grain that contains the day.
    #[must_use]
    pub fn label(self, day: Date, grain: Grain) -> String {
        let (year, offset) = self.year_and_month(day);
        let fiscal = if self.first_month > 1 { "FY" } else { "" };
        match grain {
            Grain::Day => day.to_string(),
            Grain::Week => {
                let week = day.civil().iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Grain::Month => format!("{:04}-{:02}", day.year(), day.month()),
            Grain::Quarter => format!("{fiscal}{year:04}-Q{}", offset / 3 + 1),
            Grain::Year => format!("{fiscal}{year:04}"),
        }
    }

    /// Cuts a period into the buckets of a grain, in order. The first and the last may be partial.
    pub fn cut(self, period: Period, grain: Grain) -> impl Iterator<Item = Bucket> {
        let mut next = Some(period.first());
        std::iter::from_fn(move || {
            let day = next?;
            let whole = self.bucket(day, grain);
            let inside = whole.intersection(period)?;
            next = inside.last().plus_days(1).ok().filter(|day| period.contains(*day));
            Some(Bucket { label: self.label(day, grain), period: inside, whole })
        })
    }

    /// Reads a period by the name of a bucket: `2011-12-07`, `2011-W49`, `2011-12`, `2011-Q4`,
    /// `2011`; in a fiscal year `FY2012-Q1` and `FY2012`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Syntax`] for other text, [`ErrorKind::Date`] for a day, week or month that does
    /// not exist.
    ///
    /// ```
    /// use yardstick::Calendar;
    ///
    /// let calendar = Calendar::default();
    /// assert_eq!(calendar.period("2011-Q4")?.to_string(), "2011-10-01 to 2011-12-31");
    /// assert_eq!(calendar.period("2011-W49")?.to_string(), "2011-12-05 to 2011-12-11");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn period(self, text: &str) -> Result<Period, Error> {
        let number = |text: &str| -> Option<i32> {
            let digits =
                !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| text.parse().ok()).flatten()
        };
        let year_of = |text: &str| match text.len() {
            4 => number(text),
            _ => None,
        };
        let refuse = || {
            let (year, quarter) = match self.first_month {
                1 => ("2011", "2011-Q4"),
                _ => ("FY2012", "FY2012-Q1"),
            };
            Error::new(
                ErrorKind::Syntax,
                format!(
                    "{quote} is not a period; write a day 2011-12-07, a week 2011-W49, a month 2011-12, a quarter {quarter} or a year {year}",
                    quote = quoted(text)
                ),
            )
        };
        if text.len() == 10 {
            return text.parse().map(Period::day);
        }
        let fiscal = text.strip_prefix("FY");
        if fiscal.is_some() && self.first_month == 1 {
            return Err(refuse());
        }
        let (year, part) = match fiscal.unwrap_or(text).split_once('-') {
            Some((year, part)) => (year_of(year), Some(part)),
            None => (year_of(fiscal.unwrap_or(text)), None),
        };
        let year = year.ok_or_else(refuse)?;
        let named_as_year = fiscal.is_some() || self.first_month == 1;
        if year == 0 {
            return Err(Error::new(
                ErrorKind::Date,
                format!("{quote}: years go from 0001 to 9999", quote = quoted(text)),
            ));
        }
        // A fiscal year 1 begins in the year before, of which no day exists.
        let months = |offset: u32, months: u32| {
            if year == 1 && self.first_month > 1 && self.first_month - 1 + offset + months <= 12 {
                return Err(Error::new(
                    ErrorKind::Date,
                    format!(
                        "{quote} is over before {}, the first day there is; take a later period",
                        Date::MIN,
                        quote = quoted(text)
                    ),
                ));
            }
            Ok(self.months(year, offset, months))
        };
        match part {
            None if named_as_year => months(0, 12),
            Some(part) if part.starts_with('Q') && named_as_year => match number(&part[1..]) {
                Some(quarter @ 1..=4) if part.len() == 2 => months((quarter as u32 - 1) * 3, 3),
                _ => Err(refuse()),
            },
            Some(part) if part.starts_with('W') && fiscal.is_none() && part.len() == 3 => {
                let week = number(&part[1..])
                    .and_then(|week| i8::try_from(week).ok())
                    .ok_or_else(refuse)?;
                let monday = i16::try_from(year)
                    .ok()
                    .and_then(|year| ISOWeekDate::new(year, week, Weekday::Monday).ok())
                    .ok_or_else(|| {
                        Error::new(
                            ErrorKind::Date,
                            format!("there is no week {quote}", quote = quoted(text)),
                        )
                    })?
                    .date();
                let day = Date::new(
                    i32::from(monday.year()),
                    u32::from(monday.month().unsigned_abs()),
                    u32::from(monday.day().unsigned_abs()),
                );
                Ok(self.bucket(day.unwrap_or(Date::MIN), Grain::Week))
            }
            Some(part) if part.len() == 2 && fiscal.is_none() => {
                let month = number(part).ok_or_else(refuse)?;
                let first = Date::new(year, month as u32, 1).map_err(|_| {
                    Error::new(
                        ErrorKind::Date,
                        format!(
                            "there is no month {quote}: months go from 01 to 12",
                            quote = quoted(text)
                        ),
                    )
                })?;
                Ok(self.bucket(first, Grain::Month))
            }
            _ => Err(refuse()),
        }
    }
}
