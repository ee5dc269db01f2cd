//! Balances in the order of customers and moments, and one walk over them.
//!
//! Rows are sorted once, by customer, moment and row. All that follows is one pass, in which the
//! lists of segments and of earlier customers, sorted too, keep step: linear in rows, whatever the
//! number of months between them.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use super::balances::{Balances, Customers};
use super::bridge::{Bridge, CustomerMovement};
use super::movement::Movement;
use super::movements::{Movements, below_zero};
use crate::error::{Error, ErrorKind, quoted};
use crate::first::First;
use crate::number::Rational;

/// Balances as they were given.
pub(super) struct Ledger<'a, K> {
    entries: Vec<Entry<'a, K>>,
    problems: Vec<Error>,
}

/// What a customer pays at a moment.
struct Entry<'a, K> {
    customer: &'a K,
    moment: usize,
    row: usize,
    amount: Rational,
}

impl<'a, K: Ord + Display + Clone> Ledger<'a, K> {
    pub(super) fn new() -> Self {
        Self { entries: Vec::new(), problems: Vec::new() }
    }

    /// Notes a problem that was found before, if any.
    pub(super) fn refuse(&mut self, problem: Option<Error>) {
        self.problems.extend(problem);
    }

    /// Enters balances under the name of their column. `moment` is that of a row, as a number; rows
    /// without one are left out, since their problem was noted.
    pub(super) fn enter(
        &mut self,
        name: &str,
        balances: &'a Balances<'_, K>,
        moment: impl Fn(usize) -> Option<usize>,
    ) {
        let (rows, count) = (balances.customers.len(), balances.amounts.len());
        let cells = match balances.amounts.cells() {
            Ok(_) if rows != count => Err(Error::new(
                ErrorKind::Shape,
                format!("{count} amounts for {rows} customers; give one for each"),
            )),
            cells => cells,
        };
        let cells = match cells {
            Ok(cells) => cells,
            Err(error) => return self.problems.push(error.at_column(name)),
        };
        let mut negative = First::default();
        for (row, (customer, amount)) in balances.customers.iter().zip(cells).enumerate() {
            let (Some(amount), Some(moment)) = (amount, moment(row)) else { continue };
            if amount.is_negative() {
                negative.note(|| {
                    let customer = quoted(&customer.to_string());
                    let what = format!("the balance of customer {customer}");
                    below_zero(&what, &amount).at_row(row).at_column(name)
                });
            }
            self.entries.push(Entry { customer, moment, row, amount });
        }
        self.problems.extend(negative.into_problem());
    }

    /// The bridges between neighbours of so many moments. `at` is the column of a moment, and its
    /// name in a message.
    ///
    /// # Errors
    ///
    /// All problems at once.
    pub(super) fn bridges(
        mut self,
        customers: &Customers<'_, K>,
        moments: usize,
        at: impl Fn(usize) -> (&'static str, String),
    ) -> Result<Vec<Bridge<K>>, Error> {
        self.entries.sort_unstable_by(|a, b| {
            a.customer.cmp(b.customer).then(a.moment.cmp(&b.moment)).then(a.row.cmp(&b.row))
        });
        self.refuse_duplicates(at);
        let mut before: Vec<&K> = customers.before.iter().collect();
        before.sort_unstable();
        let (names, segments) = match segments(customers) {
            Ok(segments) => segments,
            Err(problem) => {
                self.problems.push(problem);
                (Vec::new(), Vec::new())
            }
        };
        let names: Option<Arc<[String]>> =
            customers.segments.as_ref().map(|_| names.into_iter().map(str::to_owned).collect());

        let pairs = moments.saturating_sub(1);
        let mut bridges: Vec<_> =
            (0..pairs).map(|_| Bridge::empty(names.clone(), customers.listed)).collect();
        let (mut before, mut segments) =
            (before.into_iter().peekable(), segments.into_iter().peekable());
        let mut without_segment = First::default();
        self.entries.retain(|entry| !entry.amount.is_zero());
        for own in self.entries.chunk_by(|a, b| a.customer == b.customer) {
            let customer = own[0].customer;
            while before.next_if(|key| *key < customer).is_some() {}
            let known = before.peek().is_some_and(|key| *key == customer);
            while segments.next_if(|(key, _)| *key < customer).is_some() {}
            let segment = segments.peek().filter(|(key, _)| *key == customer).map(|(_, i)| *i);
            if names.is_some() && segment.is_none() {
                without_segment.note(|| no_segment(customer));
            }
            walk(own, known, pairs, |pair, movement, opening, closing| {
                bridges[pair].add(customer, segment, movement, opening, closing);
            });
        }
        // Where segments could not be read, that is what is wrong.
        if !self.problems.iter().any(|problem| problem.column() == Some(SEGMENTS)) {
            self.problems.extend(without_segment.into_problem());
        }
        match Error::all("balances", self.problems) {
            Some(error) => Err(error),
            None => Ok(bridges),
        }
    }

    fn refuse_duplicates(&mut self, at: impl Fn(usize) -> (&'static str, String)) {
        let pairs = self.entries.windows(2).filter(|pair| {
            pair[0].customer == pair[1].customer && pair[0].moment == pair[1].moment
        });
        // The first in the order of rows; of three rows of a customer, the first two.
        let mut twice: Option<(&Entry<'_, K>, &Entry<'_, K>)> = None;
        let mut more = 0_usize;
        for pair in pairs {
            let (first, second) = (&pair[0], &pair[1]);
            more += 1;
            if twice
                .is_none_or(|(_, other)| (second.moment, second.row) < (other.moment, other.row))
            {
                twice = Some((first, second));
            }
        }
        let Some((first, second)) = twice else { return };
        let (column, name) = at(second.moment);
        let (customer, row) = (quoted(&second.customer.to_string()), first.row);
        let message = format!(
            "customer {customer} has a {name} in row {row} already; give each customer one row, with the sum"
        );
        let error = Error::new(ErrorKind::Duplicate, message).at_row(second.row).at_column(column);
        let first = First::and_more(error, more - 1);
        self.problems.extend(first.into_problem());
    }
}

/// The movements of one customer: what is paid at each moment where something is, in order.
fn walk<K>(
    own: &[Entry<'_, K>],
    known: bool,
    pairs: usize,
    mut each: impl FnMut(usize, Movement, &Rational, &Rational),
) {
    let mut add = |pair: usize, opening: &Rational, closing: &Rational, known: bool| {
        if let Some(movement) = Movement::between(opening, closing, known) {
            each(pair, movement, opening, closing);
        }
    };
    for (i, entry) in own.iter().enumerate() {
        // From nothing, unless the row before has led here.
        let before = &own[..i];
        let led_here = before.last().is_some_and(|last| last.moment + 1 == entry.moment);
        if entry.moment > 0 && !led_here {
            let known = known || !before.is_empty();
            add(entry.moment - 1, &Rational::ZERO, &entry.amount, known);
        }
        if entry.moment < pairs {
            let next = own.get(i + 1).filter(|next| next.moment == entry.moment + 1);
            add(
                entry.moment,
                &entry.amount,
                next.map_or(&Rational::ZERO, |next| &next.amount),
                true,
            );
        }
    }
}

/// The column that the problems of segments are told of.
const SEGMENTS: &str = "segments";

fn no_segment<K: Display>(customer: &K) -> Error {
    let customer = quoted(&customer.to_string());
    let message = format!("customer {customer} has a balance and no segment; give one to each");
    Error::new(ErrorKind::Missing, message).at_column(SEGMENTS)
}

/// The names of all segments in order, and that of each customer by its place, in the order of
/// customers.
#[allow(clippy::type_complexity, reason = "names, and places of names")]
fn segments<'a, K: Ord + Display>(
    customers: &'a Customers<'_, K>,
) -> Result<(Vec<&'a str>, Vec<(&'a K, usize)>), Error> {
    let Some((keys, segments)) = &customers.segments else { return Ok(Default::default()) };
    if keys.len() != segments.len() {
        let (count, rows) = (segments.len(), keys.len());
        let message = format!("{count} segments for {rows} customers; give one for each");
        return Err(Error::new(ErrorKind::Shape, message).at_column(SEGMENTS));
    }
    let mut places: BTreeMap<&str, usize> = segments.iter().map(|name| (*name, 0)).collect();
    for (i, place) in places.values_mut().enumerate() {
        *place = i;
    }
    let mut rows: Vec<(&K, usize)> = keys.iter().enumerate().map(|(row, key)| (key, row)).collect();
    rows.sort_unstable();
    let mut differing = rows
        .windows(2)
        .filter(|pair| pair[0].0 == pair[1].0 && segments[pair[0].1] != segments[pair[1].1])
        .map(|pair| (pair[1].1, pair[0].1));
    if let Some(least) = differing.next() {
        let (second, first) = differing.fold(least, Ord::min);
        let customer = quoted(&keys[second].to_string());
        let (here, there) = (quoted(segments[second]), quoted(segments[first]));
        let message = format!(
            "customer {customer} is in segment {here}, and in row {first} in {there}; give each customer one"
        );
        let error = Error::new(ErrorKind::Duplicate, message);
        return Err(error.at_row(second).at_column(SEGMENTS));
    }
    let place = |row: usize| places.get(segments[row]).copied().unwrap_or_default();
    let of_customers = rows.into_iter().map(|(key, row)| (key, place(row))).collect();
    Ok((places.into_keys().collect(), of_customers))
}

impl<K: Clone> Bridge<K> {
    fn add(
        &mut self,
        customer: &K,
        segment: Option<usize>,
        movement: Movement,
        opening: &Rational,
        closing: &Rational,
    ) {
        self.total.add(movement, opening, closing);
        if let Some(segment) = segment {
            let part = self.parts.entry(segment).or_insert(Movements::EMPTY);
            part.add(movement, opening, closing);
        }
        if let Some(customers) = &mut self.customers {
            let (customer, opening, closing) = (customer.clone(), opening.clone(), closing.clone());
            customers.push(CustomerMovement { customer, movement, opening, closing });
        }
    }
}
