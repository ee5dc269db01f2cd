//! What each segment contributes to a sum, and to its change.

use super::arithmetic::sum;
use super::change::Change;
use super::keys;
use crate::error::Error;
use crate::number::{Rational, Value};

/// The shares of segments in a sum.
///
/// ```
/// use yardstick::explain::Shares;
/// use yardstick::Value;
///
/// let shares = Shares::of([(["paid"], 30), (["search"], 90)])?;
/// assert_eq!(shares.total, Value::Defined(120.into()));
/// assert_eq!(shares.ranked()[0].key, ["search"]);
/// assert_eq!(shares.ranked()[0].share, Value::Defined("0.75".parse()?));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shares {
    /// The sum.
    pub total: Value,
    /// The segments in the order given.
    pub parts: Vec<Share>,
}

/// The share of a segment in a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Share {
    /// A value for each dimension.
    pub key: Vec<String>,
    /// The segment's own number.
    pub value: Value,
    /// `value / total`, a pure number; all sum to one. A total of zero is
    /// [`NoBase`](crate::Reason::NoBase) for a value of zero, else
    /// [`Unbounded`](crate::Reason::Unbounded). With negative values it may be below zero or above
    /// one.
    pub share: Value,
}

impl Shares {
    /// The shares of these segments.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Duplicate`](crate::ErrorKind::Duplicate) for a key that is there twice.
    pub fn of<K, S, R>(parts: impl IntoIterator<Item = (K, R)>) -> Result<Self, Error>
    where
        K: IntoIterator<Item = S>,
        S: Into<String>,
        R: Into<Rational>,
    {
        let parts = parts.into_iter();
        Self::of_values(parts.map(|(key, value)| (keys::of(key), Value::Defined(value.into()))))
    }

    /// The same of values that may be undefined. Where one is, so are the total and every share.
    ///
    /// # Errors
    ///
    /// As [`of`](Shares::of).
    pub fn of_values(parts: impl IntoIterator<Item = (Vec<String>, Value)>) -> Result<Self, Error> {
        let parts: Vec<_> = parts.into_iter().collect();
        keys::check(parts.iter().map(|(key, _)| key.as_slice()))?;
        let total = sum(parts.iter().map(|(_, value)| value));
        let share = |(key, value): (Vec<String>, Value)| {
            let share = value.quotient(&total);
            Share { key, value, share }
        };
        Ok(Self { parts: parts.into_iter().map(share).collect(), total })
    }

    /// The segments by value, the largest first, what is undefined last; equals by key.
    #[must_use]
    pub fn ranked(&self) -> Vec<&Share> {
        let mut ranked: Vec<_> = self.parts.iter().collect();
        ranked.sort_by(|a, b| keys::descending(&a.value, &b.value).then_with(|| a.key.cmp(&b.key)));
        ranked
    }
}

/// A segment of a sum, before and after. One that is not there in a period has zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// A value for each dimension.
    pub key: Vec<String>,
    /// Its number before.
    pub before: Value,
    /// Its number after.
    pub after: Value,
}

impl Amount {
    /// Under this key: one name, or a value for each dimension.
    #[must_use]
    pub fn new<S: Into<String>>(
        key: impl IntoIterator<Item = S>,
        before: impl Into<Rational>,
        after: impl Into<Rational>,
    ) -> Self {
        Self {
            key: keys::of(key),
            before: Value::Defined(before.into()),
            after: Value::Defined(after.into()),
        }
    }
}

/// What segments contribute to a sum and to its change. The changes of the segments sum to that of
/// the whole exactly, and so do shares to one and points of growth to the growth.
///
/// ```
/// use yardstick::explain::{Amount, Contributions};
/// use yardstick::Value;
///
/// let revenue = Contributions::of([
///     Amount::new(["DE"], 60, 75),
///     Amount::new(["FR"], 40, 35),
/// ])?;
/// assert_eq!(revenue.change.relative(), Value::Defined("0.10".parse()?));
/// let germany = revenue.ranked()[0];
/// assert_eq!(germany.change.absolute(), Value::Defined(15.into()));
/// assert_eq!(germany.growth, Value::Defined("0.15".parse()?)); // 15 of the 10 points
/// assert_eq!(germany.share_of_change, Value::Defined("1.5".parse()?));
/// assert_eq!(germany.share.before, Value::Defined("0.6".parse()?));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contributions {
    /// Of the sum.
    pub change: Change,
    /// The segments in the order given.
    pub parts: Vec<Contribution>,
}

/// What a segment contributes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contribution {
    /// A value for each dimension.
    pub key: Vec<String>,
    /// Its own change; the absolute one is what it contributes to that of the sum.
    pub change: Change,
    /// Its share of the sum, before and after; undefined as [`Share::share`] is.
    pub share: Change,
    /// Points of growth: `(after - before) / total before`, a pure number. All sum to the relative
    /// change of the total.
    pub growth: Value,
    /// `(after - before) / (total after - total before)`, a pure number; undefined where the total
    /// stood still.
    pub share_of_change: Value,
}

impl Contributions {
    /// The contributions of these segments. Where a number is undefined, so are the total of its
    /// period and whatever is counted by that.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Duplicate`](crate::ErrorKind::Duplicate) for a key that is there twice.
    pub fn of(parts: impl IntoIterator<Item = Amount>) -> Result<Self, Error> {
        let parts: Vec<_> = parts.into_iter().collect();
        keys::check(parts.iter().map(|part| part.key.as_slice()))?;
        let before = sum(parts.iter().map(|part| &part.before));
        let after = sum(parts.iter().map(|part| &part.after));
        let change = Change::between(&before, &after);
        let whole = change.absolute();
        let contribution = |part: Amount| {
            let own = Change::between(&part.before, &part.after);
            Contribution {
                key: part.key,
                share: Change::between(
                    &part.before.quotient(&before),
                    &part.after.quotient(&after),
                ),
                growth: own.absolute().quotient(&before),
                share_of_change: own.absolute().quotient(&whole),
                change: own,
            }
        };
        Ok(Self { parts: parts.into_iter().map(contribution).collect(), change })
    }

    /// The segments by their change, the largest of either sign first, what is undefined last;
    /// equals by key.
    #[must_use]
    pub fn ranked(&self) -> Vec<&Contribution> {
        keys::ranked(&self.parts, |part| part.change.absolute(), |part| &part.key)
    }

    /// The segments by their number after, the largest first, what is undefined last; equals by key.
    #[must_use]
    pub fn ranked_by_level(&self) -> Vec<&Contribution> {
        let mut ranked: Vec<_> = self.parts.iter().collect();
        ranked.sort_by(|a, b| {
            keys::descending(&a.change.after, &b.change.after).then_with(|| a.key.cmp(&b.key))
        });
        ranked
    }
}
