//! Which scores can be given.

use std::fmt;
use std::ops::RangeInclusive;

use crate::error::{Error, ErrorKind};

/// The whole numbers that can be given as a score, from the lowest to the highest.
///
/// ```
/// use yardstick::survey::Scale;
///
/// let stars = Scale::new(1, 5)?;
/// assert_eq!(stars, Scale::ONE_TO_FIVE);
/// assert_eq!(stars.to_string(), "1 to 5");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scale {
    lowest: i32,
    highest: i32,
}

impl Scale {
    /// 0 to 10, on which NPS is asked.
    pub const ZERO_TO_TEN: Self = Self { lowest: 0, highest: 10 };
    /// 1 to 5: stars, and most questions of satisfaction.
    pub const ONE_TO_FIVE: Self = Self { lowest: 1, highest: 5 };
    /// 1 to 7, from strong disagreement to strong agreement.
    pub const ONE_TO_SEVEN: Self = Self { lowest: 1, highest: 7 };

    /// A scale with these ends, both included.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] where the highest score is not above the lowest.
    pub fn new(lowest: i32, highest: i32) -> Result<Self, Error> {
        if highest > lowest {
            return Ok(Self { lowest, highest });
        }
        let message =
            format!("a scale from {lowest} to {highest}; the highest score is above the lowest");
        Err(Error::new(ErrorKind::Domain, message))
    }

    /// The lowest score.
    #[must_use]
    pub const fn lowest(self) -> i32 {
        self.lowest
    }

    /// The highest score.
    #[must_use]
    pub const fn highest(self) -> i32 {
        self.highest
    }

    /// Whether a score is on the scale.
    #[must_use]
    pub fn contains(self, score: i32) -> bool {
        (self.lowest..=self.highest).contains(&score)
    }

    /// The highest so many scores, fewer than there are.
    pub(super) fn top(self, boxes: u32) -> Result<RangeInclusive<i32>, Error> {
        let others = self.highest.abs_diff(self.lowest);
        match self.highest.checked_sub_unsigned(boxes) {
            Some(below) if (1..=others).contains(&boxes) => {
                Ok(below.saturating_add(1)..=self.highest)
            }
            _ => {
                let message = format!(
                    "the top {boxes} of a scale of {self}; take at least 1 and at most {others}"
                );
                Err(Error::new(ErrorKind::Domain, message))
            }
        }
    }
}

impl fmt::Display for Scale {
    /// `1 to 5`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.lowest, self.highest)
    }
}
