//! How an event or a property goes with success.

use crate::error::{Error, ErrorKind};
use crate::number::{Rational, Value};

/// Who succeeded and who did not, and how many of each have something: an event, a property.
///
/// The counts say how it goes with success, and not that it leads to it.
///
/// ```
/// use yardstick::events::Correlation;
/// use yardstick::{Rational, Reason, Value};
///
/// // Of 20 that bought, 15 had watched the demo; of 80 that did not, 20 had.
/// let demo = Correlation::new(20, 80, 15, 20)?;
/// // (15 * 60) / (20 * 5)
/// assert_eq!(demo.odds_ratio(&Rational::ZERO)?, Value::Defined(Rational::from(9)));
/// assert_eq!(demo.rate_with(), Value::Defined(Rational::new(15, 35)?));
/// assert_eq!(demo.rate_without(), Value::Defined(Rational::new(5, 65)?));
///
/// // All that bought had watched it, and nobody else: (3 * 7) / (0 * 0).
/// let demo = Correlation::new(3, 7, 3, 0)?;
/// assert!(demo.odds_ratio(&Rational::ZERO)?.is_undefined());
/// // (3 + 1) * (7 + 1) / ((0 + 1) * (0 + 1))
/// assert_eq!(demo.odds_ratio(&Rational::ONE)?, Value::Defined(Rational::from(32)));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Correlation {
    successes: u64,
    failures: u64,
    successes_with: u64,
    failures_with: u64,
}

impl Correlation {
    /// So many successes and failures, and how many of each have it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] where more have it than there are.
    pub fn new(
        successes: u64,
        failures: u64,
        successes_with: u64,
        failures_with: u64,
    ) -> Result<Self, Error> {
        for (all, with, what) in
            [(successes, successes_with, "successes"), (failures, failures_with, "failures")]
        {
            if with > all {
                let message = format!(
                    "{with} {what} that have it, of {all}; give no more of them than there are {what}"
                );
                return Err(Error::new(ErrorKind::Domain, message));
            }
        }
        Ok(Self { successes, failures, successes_with, failures_with })
    }

    /// How many succeeded.
    #[must_use]
    pub fn successes(&self) -> u64 {
        self.successes
    }

    /// How many did not.
    #[must_use]
    pub fn failures(&self) -> u64 {
        self.failures
    }

    /// How many of those that succeeded have it.
    #[must_use]
    pub fn successes_with(&self) -> u64 {
        self.successes_with
    }

    /// How many of those that did not succeed have it.
    #[must_use]
    pub fn failures_with(&self) -> u64 {
        self.failures_with
    }

    /// How much higher the odds of success are for those that have it:
    /// `((s + p) * (F - f + p)) / ((f + p) * (S - s + p))`, where s of S successes and f of F failures
    /// have it. Exact; above 1 it goes with success, below 1 with failure.
    ///
    /// The prior p is counted to each of the four as if so many more had been seen. With 1 few
    /// observations weigh less, and the ratio always exists; with 0 it is that of the counts alone.
    /// Zero over zero is [`NoBase`](crate::Reason::NoBase), anything else over zero
    /// [`Unbounded`](crate::Reason::Unbounded).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for a prior below zero.
    pub fn odds_ratio(&self, prior: &Rational) -> Result<Value, Error> {
        if prior.is_negative() {
            let message = format!("a prior of {prior}; give 0, or more to be cautious");
            return Err(Error::new(ErrorKind::Domain, message));
        }
        let odds = |with: u64, all: u64| {
            let without = Rational::from(all - with);
            (&Rational::from(with) + prior, &without + prior)
        };
        let (won_with, won_without) = odds(self.successes_with, self.successes);
        let (lost_with, lost_without) = odds(self.failures_with, self.failures);
        let over = Value::Defined(&lost_with * &won_without);
        Ok(Value::Defined(&won_with * &lost_without).quotient(&over))
    }

    /// Of those that have it, how many succeeded: `s / (s + f)`.
    #[must_use]
    pub fn rate_with(&self) -> Value {
        rate(self.successes_with, self.failures_with)
    }

    /// Of those that do not have it, how many succeeded: `(S - s) / (S - s + F - f)`.
    #[must_use]
    pub fn rate_without(&self) -> Value {
        rate(self.successes - self.successes_with, self.failures - self.failures_with)
    }
}

/// Successes among successes and failures.
fn rate(successes: u64, failures: u64) -> Value {
    let successes = Rational::from(successes);
    let all = &successes + &Rational::from(failures);
    Value::Defined(successes).quotient(&Value::Defined(all))
}
