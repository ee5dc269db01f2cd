//! From one list of balances to the next.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use super::balances::{Balances, Customers};
use super::ledger::Ledger;
use super::movement::Movement;
use super::movements::Movements;
use crate::calendar::Date;
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::first::First;
use crate::number::Rational;

/// How opening balances became closing balances, in total and by segment.
///
/// ```
/// use yardstick::Column;
/// use yardstick::subscription::{Balances, Bridge, Customers, Movement};
///
/// let opening = Balances::of(&["ann", "bob", "eve"], Column::integers(&[100, 50, 20]));
/// let closing = Balances::of(&["cy", "dan", "ann", "bob"], Column::integers(&[30, 10, 120, 50]));
/// let customers = Customers::new()
///     .known_before(&["cy"])
///     .segments(&["ann", "bob", "cy", "dan", "eve"], &["b2b", "shop", "shop", "shop", "shop"])
///     .listed();
/// let bridge = Bridge::between(&opening, &closing, &customers)?;
///
/// let total = bridge.total();
/// assert_eq!(total.of(Movement::New).amount, 10.into()); // dan
/// assert_eq!(total.of(Movement::Reactivation).amount, 30.into()); // cy
/// assert_eq!(total.of(Movement::Churn).amount, 20.into()); // eve
/// assert_eq!(total.closing().amount, 210.into()); // 170 + 10 + 30 + 20 - 20
/// assert_eq!(bridge.segment("b2b")?.of(Movement::Expansion).amount, 20.into()); // ann
///
/// let bob = &bridge.customers().unwrap()[1];
/// assert_eq!((bob.customer, bob.movement), ("bob", Movement::Unchanged));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bridge<K> {
    /// The names of segments in order.
    names: Option<Arc<[String]>>,
    pub(super) total: Movements,
    /// By the place of the name; only those with a balance.
    pub(super) parts: BTreeMap<usize, Movements>,
    pub(super) customers: Option<Vec<CustomerMovement<K>>>,
}

/// What one customer did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CustomerMovement<K> {
    /// The key.
    pub customer: K,
    /// What it was.
    pub movement: Movement,
    /// The opening balance.
    pub opening: Rational,
    /// The closing balance.
    pub closing: Rational,
}

impl<K> CustomerMovement<K> {
    /// By how much the balance changed, as a number not below zero; it is subtracted where the
    /// movement [is a loss](Movement::is_loss).
    #[must_use]
    pub fn amount(&self) -> Rational {
        (&self.closing - &self.opening).abs()
    }
}

/// One step of a series of balances.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step<K> {
    /// The day of the opening balances.
    pub opening: Date,
    /// The day of the closing balances.
    pub closing: Date,
    /// What happened in between.
    pub bridge: Bridge<K>,
}

impl<K: Ord + Display + Clone> Bridge<K> {
    /// The bridge from opening to closing balances. A customer who is in one list only has zero in
    /// the other; two empty lists are a bridge of zeros.
    ///
    /// Bridges of parts of the customers add up to that of all of them: see
    /// [`Movements::merge`]. The time is that of sorting the rows.
    ///
    /// # Errors
    ///
    /// All problems at once, as [`Error::problems`], of each kind the first row and how many there
    /// are: a number of amounts that is not that of customers ([`ErrorKind::Shape`]), an amount that
    /// cannot be read, a balance below zero ([`ErrorKind::Domain`]), a customer who is in a list
    /// twice or in two segments ([`ErrorKind::Duplicate`]), one who has a balance and no segment
    /// where there are segments ([`ErrorKind::Missing`]).
    ///
    /// ```
    /// use yardstick::Column;
    /// use yardstick::subscription::{Balances, Bridge, Customers};
    ///
    /// let opening = Balances::of(&["ann", "bob", "ann"], Column::integers(&[100, 50, 20]));
    /// let closing = Balances::of(&["bob"], Column::integers(&[-5]));
    /// let error = Bridge::between(&opening, &closing, &Customers::new()).unwrap_err();
    /// assert_eq!(
    ///     error.problems()[1].to_string(),
    ///     "row 2, column \"opening\": customer \"ann\" has a balance in row 0 already; \
    ///      give each customer one row, with the sum",
    /// );
    /// ```
    pub fn between(
        opening: &Balances<'_, K>,
        closing: &Balances<'_, K>,
        customers: &Customers<'_, K>,
    ) -> Result<Self, Error> {
        let names = ["opening", "closing"];
        let mut ledger = Ledger::new();
        for (moment, balances) in [opening, closing].into_iter().enumerate() {
            ledger.enter(names[moment], balances, |_| Some(moment));
        }
        let mut bridges =
            ledger.bridges(customers, 2, |moment| (names[moment], "balance".to_owned()))?;
        // Two moments have one bridge between them.
        Ok(bridges.pop().unwrap_or_else(|| Self::empty(None, false)))
    }

    /// The bridge from each moment to the next: a step fewer than moments.
    ///
    /// A row is the balance of a customer on a day, and each day has to be one of the moments: ends
    /// of months, as a rule. A moment without a row is one at which nobody pays. Whoever pays at a
    /// closing but not at its opening is a reactivation where there was a balance at any earlier
    /// moment, or the customer is known from before the first; else new.
    ///
    /// The time is that of sorting the rows, and does not grow with the moments between them.
    ///
    /// # Errors
    ///
    /// As [`between`](Bridge::between), and among the problems: fewer than two moments, or a number
    /// of days that is not that of customers ([`ErrorKind::Shape`]); moments that do not ascend, or a
    /// day that is none of them ([`ErrorKind::Date`]).
    ///
    /// ```
    /// use yardstick::subscription::{Balances, Bridge, Customers, Movement};
    /// use yardstick::{Column, Date};
    ///
    /// let months: Vec<Date> =
    ///     ["2024-01-31", "2024-02-29", "2024-03-31"].map(|day| day.parse().unwrap()).to_vec();
    /// let days = [months[0], months[1], months[2], months[2]];
    /// let balances = Balances::of(&["ann", "bob", "ann", "bob"], Column::integers(&[9, 5, 7, 5]));
    /// let steps = Bridge::series(&months, &days, &balances, &Customers::new())?;
    ///
    /// let february = steps[0].bridge.total();
    /// assert_eq!(february.of(Movement::Churn).amount, 9.into()); // ann
    /// assert_eq!(february.of(Movement::New).amount, 5.into()); // bob
    /// let march = steps[1].bridge.total();
    /// assert_eq!(march.of(Movement::Reactivation).amount, 7.into()); // ann
    /// assert_eq!(march.closing().amount, 12.into());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn series(
        moments: &[Date],
        days: &[Date],
        balances: &Balances<'_, K>,
        customers: &Customers<'_, K>,
    ) -> Result<Vec<Step<K>>, Error> {
        let mut ledger = Ledger::new();
        let bad_moments = bad_moments(moments);
        let are_good = bad_moments.is_none();
        let bad_days = || bad_days(moments, days, balances.customers.len());
        ledger.refuse(bad_moments.or_else(bad_days));
        let moment = |row: usize| match are_good {
            true => moments.binary_search(days.get(row)?).ok(),
            false => None,
        };
        ledger.enter("balances", balances, moment);
        let name = |moment: usize| ("balances", format!("balance on {}", moments[moment]));
        let bridges = ledger.bridges(customers, moments.len(), name)?;
        Ok(moments
            .windows(2)
            .zip(bridges)
            .map(|(pair, bridge)| Step { opening: pair[0], closing: pair[1], bridge })
            .collect())
    }
}

impl<K> Bridge<K> {
    pub(super) fn empty(names: Option<Arc<[String]>>, listed: bool) -> Self {
        let customers = listed.then(Vec::new);
        Self { names, total: Movements::EMPTY, parts: BTreeMap::new(), customers }
    }

    /// The movements of all customers.
    #[must_use]
    pub fn total(&self) -> &Movements {
        &self.total
    }

    /// The movements by segment, in the order of names; they add up to the total. Segments in which
    /// nobody has a balance are zero. None where no segments were given.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = (&str, &Movements)> {
        let names = self.names.as_deref().unwrap_or_default();
        names.iter().enumerate().map(|(i, name)| (name.as_str(), self.part(i)))
    }

    /// The movements of one segment.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`] for one that no customer is in, with the nearest.
    pub fn segment(&self, name: &str) -> Result<&Movements, Error> {
        let names = self.names.as_deref().unwrap_or_default();
        match names.binary_search_by(|known| known.as_str().cmp(name)) {
            Ok(i) => Ok(self.part(i)),
            Err(_) => {
                let remedy = did_you_mean(name, names.iter().map(String::as_str));
                Err(Error::new(ErrorKind::Unknown, format!("unknown segment \"{name}\"; {remedy}")))
            }
        }
    }

    /// What each customer with an opening or a closing balance did, in the order of their keys; none
    /// unless [asked for](Customers::listed).
    #[must_use]
    pub fn customers(&self) -> Option<&[CustomerMovement<K>]> {
        self.customers.as_deref()
    }

    fn part(&self, segment: usize) -> &Movements {
        static EMPTY: Movements = Movements::EMPTY;
        self.parts.get(&segment).unwrap_or(&EMPTY)
    }
}

fn bad_moments(moments: &[Date]) -> Option<Error> {
    if moments.len() < 2 {
        let count = moments.len();
        let message = format!("a series of {count} moments; give at least 2");
        return Some(Error::new(ErrorKind::Shape, message).at_column("moments"));
    }
    let i = moments.windows(2).position(|pair| pair[0] >= pair[1])?;
    let (first, second) = (moments[i], moments[i + 1]);
    let message =
        format!("moment {second} follows {first}; give them in ascending order, each once");
    Some(Error::new(ErrorKind::Date, message).at_row(i + 1).at_column("moments"))
}

fn bad_days(moments: &[Date], days: &[Date], rows: usize) -> Option<Error> {
    if days.len() != rows {
        let count = days.len();
        let message = format!("{count} days for {rows} customers; give one for each");
        return Some(Error::new(ErrorKind::Shape, message).at_column("days"));
    }
    let mut strange = First::default();
    for (row, day) in days.iter().enumerate() {
        if moments.binary_search(day).is_err() {
            strange.note(|| {
                let message =
                    format!("{day} is none of the moments; add it to them, or leave its rows out");
                Error::new(ErrorKind::Date, message).at_row(row).at_column("days")
            });
        }
    }
    strange.into_problem()
}
