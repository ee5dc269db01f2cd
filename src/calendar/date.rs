//! A civil date.

use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;
use jiff::civil;

use crate::error::{Error, ErrorKind, quoted};

const EPOCH: civil::Date = civil::Date::constant(1970, 1, 1);

/// A day of the Gregorian calendar, 0001-01-01 to 9999-12-31.
///
/// Held as the number of days since 1970-01-01, which is also what an Arrow `date32` column holds.
///
/// ```
/// use yardstick::Date;
///
/// let day: Date = "2011-12-07".parse()?;
/// assert_eq!(day, Date::new(2011, 12, 7)?);
/// assert_eq!(day.number(), 15_315);
/// assert_eq!(day.plus_days(25)?.to_string(), "2012-01-01");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

impl Date {
    /// The first day there is, 0001-01-01.
    pub const MIN: Self = Self(-719_162);
    /// The last day there is, 9999-12-31.
    pub const MAX: Self = Self(2_932_896);

    /// The day with this year, month and day of the month.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Date`] where there is no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, Error> {
        let civil = i16::try_from(year)
            .ok()
            .zip(i8::try_from(month).ok())
            .zip(i8::try_from(day).ok())
            .and_then(|((year, month), day)| civil::Date::new(year, month, day).ok());
        match civil {
            Some(date) if year >= 1 => Ok(Self::from_civil(date)),
            _ => Err(no_such_day(&format!("{year:04}-{month:02}-{day:02}"), year, month)),
        }
    }

    /// The day that is `number` days after 1970-01-01.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Date`] outside the years 1 to 9999.
    pub fn from_number(number: i32) -> Result<Self, Error> {
        if (Self::MIN.0..=Self::MAX.0).contains(&number) {
            return Ok(Self(number));
        }
        Err(Error::new(
            ErrorKind::Date,
            format!("day {number} since 1970-01-01 is outside {} to {}", Self::MIN, Self::MAX),
        ))
    }

    fn from_civil(date: civil::Date) -> Self {
        // A civil date is at most a few million days from the epoch.
        Self((date.duration_since(EPOCH).as_hours() / 24) as i32)
    }

    pub(super) fn civil(self) -> civil::Date {
        EPOCH.saturating_add(SignedDuration::from_hours(i64::from(self.0) * 24))
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        i32::from(self.civil().year())
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        u32::from(self.civil().month().unsigned_abs())
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        u32::from(self.civil().day().unsigned_abs())
    }

    /// The day `days` later, or earlier where negative.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Date`] outside the years 1 to 9999.
    pub fn plus_days(self, days: i32) -> Result<Self, Error> {
        Self::from_number(self.0.saturating_add(days))
            .map_err(|error| error.within(format_args!("{self} plus {days} days")))
    }
}

fn no_such_day(text: &str, year: i32, month: u32) -> Error {
    let why = match () {
        () if !(1..=9999).contains(&year) => "years go from 0001 to 9999".to_owned(),
        () if !(1..=12).contains(&month) => "months go from 01 to 12".to_owned(),
        () => {
            let last =
                civil::Date::new(year as i16, month as i8, 1).map(civil::Date::days_in_month);
            format!("{year:04}-{month:02} has days 01 to {:02}", last.unwrap_or(31))
        }
    };
    Error::new(ErrorKind::Date, format!("there is no day {quote}: {why}", quote = quoted(text)))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.civil();
        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = Error;

    /// Reads `YYYY-MM-DD` and nothing else.
    fn from_str(text: &str) -> Result<Self, Error> {
        let part = |from: usize, to: usize| -> Option<u32> {
            let part = text.as_bytes().get(from..to)?;
            let digits = part.iter().all(u8::is_ascii_digit);
            digits.then(|| part.iter().fold(0, |n, digit| n * 10 + u32::from(digit - b'0')))
        };
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
        match (shape, part(0, 4), part(5, 7), part(8, 10)) {
            (true, Some(year), Some(month), Some(day)) => Self::new(year as i32, month, day),
            _ => Err(Error::new(
                ErrorKind::Syntax,
                format!(
                    "{quote} is not a date; write it as YYYY-MM-DD, like 2011-12-07",
                    quote = quoted(text)
                ),
            )),
        }
    }
}
