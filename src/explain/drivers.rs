//! The share of each driver of a formula, or of a funnel, in a change.

use std::collections::HashSet;

use super::change::Change;
use super::keys;
use super::shapley;
use crate::error::{Error, ErrorKind, quoted};
use crate::funnel::Funnel;
use crate::kpi::Formula;
use crate::number::{Rational, Value};

/// The most drivers: 4,096 evaluations.
const MOST_DRIVERS: usize = 12;

/// Refuses more drivers than there may be.
pub(super) fn check_count(drivers: usize) -> Result<(), Error> {
    if drivers > MOST_DRIVERS {
        let message = format!(
            "{drivers} drivers; the most is {MOST_DRIVERS}, so take some of them together as one"
        );
        return Err(Error::new(ErrorKind::Capacity, message));
    }
    Ok(())
}

/// A named number that a formula uses, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Driver {
    /// Its name in the formula.
    pub name: String,
    /// Its value before.
    pub before: Rational,
    /// Its value after.
    pub after: Rational,
}

impl Driver {
    /// Under this name.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        before: impl Into<Rational>,
        after: impl Into<Rational>,
    ) -> Self {
        Self { name: name.into(), before: before.into(), after: after.into() }
    }
}

/// What each driver did to a number that is made of them: its Shapley value.
///
/// Drivers change one after the other, and what the number gains when it is a driver's turn is that
/// driver's effect. It depends on the order; the Shapley value is its mean over all orders, exactly:
///
/// `sum over sets S without the driver: |S|! (n - |S| - 1)! / n! * (v(S and it) - v(S))`
///
/// where `v(S)` is the number with the drivers in `S` after and the others before. **The effects sum
/// to the change exactly**; drivers that play the same part have the same effect; one that did not
/// change, or that nothing depends on, has zero.
///
/// Every `v(S)` must be defined, not only before and after: where a number with some drivers changed
/// is undefined (a quotient whose numerator rose before its denominator did), no split is right, and
/// all effects are undefined for the reason that comes first. So they are where the drivers' numbers
/// have no common denominator within 16,384 bits ([`Reason::Capacity`](crate::Reason::Capacity)).
///
/// ```
/// use yardstick::explain::{Driver, DriverShares};
/// use yardstick::Value;
///
/// let causes = DriverShares::of(
///     &"visits * conversion * aov".parse()?,
///     [
///         Driver::new("visits", 1_000, 1_200),
///         Driver::new("conversion", "0.02".parse::<yardstick::Rational>()?, "0.025".parse::<yardstick::Rational>()?),
///         Driver::new("aov", 50, 50),
///     ],
/// )?;
/// assert_eq!(causes.change.absolute(), Value::Defined(500.into())); // from 1,000 to 1,500
/// // 200 more visits bring 200 at the old conversion and 250 at the new one.
/// assert_eq!(causes.drivers[0].effect, Value::Defined(225.into()));
/// assert_eq!(causes.drivers[1].effect, Value::Defined(275.into()));
/// assert_eq!(causes.drivers[2].effect, Value::Defined(0.into()));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DriverShares {
    /// Of the number.
    pub change: Change,
    /// The drivers in the order given.
    pub drivers: Vec<DriverShare>,
}

/// What a driver did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DriverShare {
    /// Its name.
    pub name: String,
    /// Of the driver itself.
    pub change: Change,
    /// Its Shapley value, in the unit of the number.
    pub effect: Value,
}

impl DriverShares {
    /// The drivers of a formula, without units, as [`Formula::evaluate`] takes them. A driver that
    /// the formula does not name has no effect.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`] for a name in the formula that is no driver, [`ErrorKind::Duplicate`]
    /// for a driver that is there twice, [`ErrorKind::Capacity`] for more than 12 drivers,
    /// [`ErrorKind::Domain`] for a formula that needs periods.
    pub fn of(formula: &Formula, drivers: impl IntoIterator<Item = Driver>) -> Result<Self, Error> {
        let drivers: Vec<_> = drivers
            .into_iter()
            .map(|driver| {
                let (before, after) = (driver.before, driver.after);
                (driver.name, Change { before: before.into(), after: after.into() })
            })
            .collect();
        let names: Vec<String> = drivers.iter().map(|(name, _)| name.clone()).collect();
        Self::with(drivers, |values| {
            let defined = names.iter().zip(values);
            formula.evaluate(
                defined
                    .filter_map(|(name, value)| Some((name.as_str(), (*value).clone().defined()?))),
            )
        })
    }

    /// The drivers of what a funnel brings at its end: the count of its first stage and the rate of
    /// each step, named `from -> to`. Their product is the count of the last stage, wherever no other
    /// stage is zero; where one is, rates and effects are undefined.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] where the stages or the basis differ, [`ErrorKind::Capacity`] for more
    /// than 12 stages.
    ///
    /// ```
    /// use yardstick::explain::DriverShares;
    /// use yardstick::{Funnel, Owner, Value};
    ///
    /// let funnel = |leads: i64, deals: i64| {
    ///     Funnel::builder()
    ///         .stage("lead", Owner::Marketing, leads)
    ///         .stage("deal", Owner::Sales, deals)
    ///         .build()
    /// };
    /// let causes = DriverShares::of_funnels(&funnel(100, 10)?, &funnel(200, 30)?)?;
    /// assert_eq!(causes.drivers[0].name, "lead");
    /// assert_eq!(causes.drivers[0].effect, Value::Defined("12.5".parse()?)); // 100 more at 10 or 15 %
    /// assert_eq!(causes.drivers[1].name, "lead -> deal");
    /// assert_eq!(causes.drivers[1].effect, Value::Defined("7.5".parse()?)); // 5 points of 100 or 200
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn of_funnels(before: &Funnel, after: &Funnel) -> Result<Self, Error> {
        // Refuses what is not alike.
        after.compare(before)?;
        let entrants = |funnel: &Funnel| -> Option<Value> {
            funnel.stages().first().map(|stage| stage.count.clone())
        };
        let name = |stage: usize| -> String {
            before.stages().get(stage).map(|stage| stage.name.clone()).unwrap_or_default()
        };
        let first = entrants(before).zip(entrants(after)).map(|(before, after)| {
            let change = Change { before, after };
            (name(0), change)
        });
        let steps = before.steps().into_iter().zip(after.steps()).map(|(before, after)| {
            let name = format!("{} -> {}", name(before.from), name(before.from + 1));
            (name, Change { before: before.rate, after: after.rate })
        });
        let drivers: Vec<_> = first.into_iter().chain(steps).collect();
        let last = |funnel: &Funnel| -> Option<Value> {
            funnel.stages().last().map(|stage| stage.count.clone())
        };
        let mut shares = Self::with(drivers, |values| {
            let one = Value::Defined(Rational::ONE);
            let product = values.iter().fold(one, |product, value| {
                product.zip(value.as_ref(), |product, value| product * value)
            });
            Ok(product)
        })?;
        // The counts themselves are there where the rates are not.
        if let Some((before, after)) = last(before).zip(last(after)) {
            shares.change = Change { before, after };
        }
        Ok(shares)
    }

    /// The drivers of a number that `number` makes of them.
    pub(super) fn with(
        drivers: Vec<(String, Change)>,
        number: impl Fn(&[&Value]) -> Result<Value, Error>,
    ) -> Result<Self, Error> {
        let mut seen = HashSet::new();
        if let Some((name, _)) = drivers.iter().find(|(name, _)| !seen.insert(name)) {
            let message = format!("driver {} is there twice; rename or remove one", quoted(name));
            return Err(Error::new(ErrorKind::Duplicate, message));
        }
        check_count(drivers.len())?;
        // Those that stood still have no effect, and no set differs by them.
        let moved: Vec<usize> = (0..drivers.len())
            .filter(|driver| drivers[*driver].1.before != drivers[*driver].1.after)
            .collect();
        let worth = |set: usize| {
            let mut values: Vec<&Value> =
                drivers.iter().map(|(_, change)| &change.before).collect();
            for (_, driver) in moved.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1) {
                values[*driver] = &drivers[*driver].1.after;
            }
            number(&values)
        };
        let change = Change { before: worth(0)?, after: worth((1 << moved.len()) - 1)? };
        let values = shapley::values(moved.len(), worth)?;
        let effect = |driver: usize| {
            values.as_ref().map(|values| {
                let place = moved.iter().position(|moved| *moved == driver);
                place.map_or(Rational::ZERO, |place| values[place].clone())
            })
        };
        let effects: Vec<Value> = (0..drivers.len()).map(effect).collect();
        let drivers = drivers
            .into_iter()
            .zip(effects)
            .map(|((name, change), effect)| DriverShare { name, change, effect })
            .collect();
        Ok(Self { change, drivers })
    }

    /// The drivers by effect, the largest of either sign first; equals by name.
    #[must_use]
    pub fn ranked(&self) -> Vec<&DriverShare> {
        keys::ranked(&self.drivers, |driver| driver.effect.clone(), |driver| driver.name.as_str())
    }
}
