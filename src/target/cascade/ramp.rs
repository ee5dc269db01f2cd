//! Capacity that grows: how much of a new hire counts when.

use crate::calendar::{Date, Period};
use crate::error::{Error, ErrorKind};
use crate::number::{Rational, shown};

/// The most steps of a ramp: one for each day of a year.
const MOST_STEPS: usize = 366;

/// Steps of a capacity that grows (or shrinks) from a start on.
///
/// Before the start and before the first step the share is zero, after the last step it stays.
///
/// ```
/// use yardstick::target::cascade::Ramp;
/// use yardstick::{Calendar, Rational};
///
/// // 25 % from the first day, 50 % from the 31st, then 100 % from the 61st.
/// let ramp = Ramp::new([
///     (0, Rational::new(1, 4)?),
///     (30, Rational::new(1, 2)?),
///     (60, Rational::ONE),
/// ])?;
/// let quarter = Calendar::default().period("2024-Q2")?; // 91 days
/// let mean = ramp.mean("2024-04-01".parse()?, quarter);
/// assert_eq!(mean, Rational::new(107, 182)?); // (30/4 + 30/2 + 31) / 91
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ramp {
    /// Days since the start, rising, and the share from then on.
    steps: Vec<(u32, Rational)>,
}

impl Ramp {
    /// A ramp of steps `(days since the start, share from then on)`; shares are zero or more, 1 is
    /// full capacity.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Missing`] for no step; [`ErrorKind::Domain`] for days that do not rise from step to
    /// step, and for a share below zero; [`ErrorKind::Capacity`] for more than 366 steps, and for a
    /// share of more than 128 bits above or below the line.
    pub fn new(steps: impl IntoIterator<Item = (u32, Rational)>) -> Result<Self, Error> {
        let steps: Vec<_> = steps.into_iter().collect();
        if steps.is_empty() {
            let message = "a ramp without steps; give at least the share from day 0 on";
            return Err(Error::new(ErrorKind::Missing, message));
        }
        if steps.len() > MOST_STEPS {
            let message =
                format!("{} steps of a ramp; the most is {MOST_STEPS}, so take fewer", steps.len());
            return Err(Error::new(ErrorKind::Capacity, message).at_path("steps"));
        }
        for (i, (after, share)) in steps.iter().enumerate() {
            let path = format!("steps[{i}]");
            if share.is_negative() {
                let message = format!("share {} is below zero; give zero or more", shown(share));
                return Err(Error::new(ErrorKind::Domain, message).at_path(path + ".share"));
            }
            if share.is_wide() {
                let message = "a share of more than 128 bits; give it fewer digits";
                return Err(Error::new(ErrorKind::Capacity, message).at_path(path + ".share"));
            }
            let before = i.checked_sub(1).map(|before| steps[before].0);
            if let Some(before) = before.filter(|before| before >= after) {
                let message = format!(
                    "{after} days after a step of {before} days; order steps by rising days"
                );
                return Err(Error::new(ErrorKind::Domain, message).at_path(path + ".after"));
            }
        }
        Ok(Self { steps })
    }

    /// The share on a day.
    #[must_use]
    pub fn on(&self, start: Date, day: Date) -> Rational {
        self.mean(start, Period::day(day))
    }

    /// The mean of the shares on the days of a period: `sum of shares / days`.
    #[must_use]
    pub fn mean(&self, start: Date, period: Period) -> Rational {
        let start = i64::from(start.number());
        let (first, end) =
            (i64::from(period.first().number()), i64::from(period.last().number()) + 1);
        let mut sum = Rational::ZERO;
        for (i, (after, share)) in self.steps.iter().enumerate() {
            let from = start + i64::from(*after);
            let until = self.steps.get(i + 1).map_or(end, |(next, _)| start + i64::from(*next));
            let days = until.min(end) - from.max(first);
            if days > 0 {
                sum += share * Rational::from(days);
            }
        }
        // A period has a day.
        sum.checked_div(&Rational::from(period.days())).unwrap_or_default()
    }
}
