//! The movements of many customers, added up.

use super::movement::Movement;
use crate::error::{Error, ErrorKind, quoted};
use crate::number::Rational;

/// An amount, and how many customers it is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Part {
    /// In the unit of the balances; not below zero.
    pub amount: Rational,
    /// An integer, not below zero.
    pub customers: Rational,
}

/// The movements of many customers between two balances, added up exactly.
///
/// The bridge closes, for amounts and for customers:
///
/// ```text
/// opening + new + reactivation + expansion - contraction - churn = closing
/// opening + new + reactivation - churn = closing    (customers)
/// ```
///
/// All parts are zero or more: contraction and churn are positive, and are subtracted. No customers
/// at all are a bridge of zeros. States of customers that do not overlap [`merge`](Movements::merge)
/// to the state of all of them, in any order.
///
/// ```
/// use yardstick::kpi::catalog;
/// use yardstick::subscription::{Movement, Movements};
/// use yardstick::{Formula, Rational, Value};
///
/// let mut movements = Movements::default();
/// movements.push(100, 120, false)?; // expansion of 20
/// movements.push(60, 45, false)?; //   contraction of 15
/// movements.push(40, 0, false)?; //    churn of 40
/// movements.push(0, 30, false)?; //    new, 30
/// assert_eq!(movements.opening().amount, 200.into());
/// assert_eq!(movements.of(Movement::Churn).amount, 40.into());
/// assert_eq!(movements.closing().amount, 195.into()); // 200 + 30 + 20 - 15 - 40
/// assert_eq!(movements.closing().customers, 3.into()); // 3 + 1 - 1
///
/// // The rates are the catalog's.
/// let rate = |id: &str| {
///     catalog::find(id)?.formula.parse::<Formula>()?.evaluate(movements.measures())
/// };
/// assert_eq!(rate("nrr")?, Rational::new(165, 200)?.into()); // (200 + 20 - 15 - 40) / 200
/// assert_eq!(rate("grr")?, Rational::new(145, 200)?.into()); // (200 - 15 - 40) / 200
/// assert_eq!(rate("logo_retention")?, Rational::new(2, 3)?.into());
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Movements {
    /// In the order of `Movement::ALL`.
    sums: [Sums; Movement::ALL.len()],
}

/// What the customers of one movement had and have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Sums {
    opening: Rational,
    closing: Rational,
    customers: Rational,
}

impl Movements {
    pub(super) const EMPTY: Self = Self {
        sums: [const {
            Sums { opening: Rational::ZERO, closing: Rational::ZERO, customers: Rational::ZERO }
        }; Movement::ALL.len()],
    };

    /// Adds a customer, and says which movement it was; `None` where both balances are zero, which
    /// adds nothing. `known_before` is as for [`Movement::between`].
    ///
    /// Each customer is added once: who they are is not kept, so it cannot be checked. A
    /// [`Bridge`](super::Bridge) checks it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for a balance below zero: a credit is no recurring revenue, and as an
    /// opening it has no churn that is positive. Nothing is added then.
    pub fn push(
        &mut self,
        opening: impl Into<Rational>,
        closing: impl Into<Rational>,
        known_before: bool,
    ) -> Result<Option<Movement>, Error> {
        let (opening, closing) = (opening.into(), closing.into());
        for (name, balance) in [("opening", &opening), ("closing", &closing)] {
            if balance.is_negative() {
                return Err(below_zero(&format!("the {name} balance"), balance));
            }
        }
        let movement = Movement::between(&opening, &closing, known_before);
        if let Some(movement) = movement {
            self.add(movement, &opening, &closing);
        }
        Ok(movement)
    }

    /// Adds a customer of which the movement is known.
    pub(super) fn add(&mut self, movement: Movement, opening: &Rational, closing: &Rational) {
        let sums = &mut self.sums[movement as usize];
        sums.opening += opening;
        sums.closing += closing;
        sums.customers += Rational::ONE;
    }

    /// Adds the movements of other customers.
    pub fn merge(&mut self, other: &Self) {
        for (sums, other) in self.sums.iter_mut().zip(&other.sums) {
            sums.opening += &other.opening;
            sums.closing += &other.closing;
            sums.customers += &other.customers;
        }
    }

    /// What customers had at the opening, and how many had something.
    #[must_use]
    pub fn opening(&self) -> Part {
        self.part_of(Movement::has_opening, |sums| sums.opening.clone())
    }

    /// What customers have at the closing, and how many have something.
    #[must_use]
    pub fn closing(&self) -> Part {
        self.part_of(|movement| movement != Movement::Churn, |sums| sums.closing.clone())
    }

    /// One movement: by how much the balances changed, as a number not below zero, and how many
    /// customers did it.
    #[must_use]
    pub fn of(&self, movement: Movement) -> Part {
        self.part_of(
            |other| other == movement,
            |sums| match movement.is_loss() {
                true => &sums.opening - &sums.closing,
                false => &sums.closing - &sums.opening,
            },
        )
    }

    /// All movements, in the order of [`Movement::ALL`]; those that nobody did are zero.
    pub fn parts(&self) -> impl Iterator<Item = (Movement, Part)> {
        Movement::ALL.into_iter().map(|movement| (movement, self.of(movement)))
    }

    /// Of the opening customers, what they have kept: of each the smaller of opening and closing,
    /// so that growth counts for nothing. Over the opening amount it is the gross revenue retention
    /// of the cohort. It equals `opening - contraction - churn`.
    #[must_use]
    pub fn retained(&self) -> Part {
        let smaller = |sums: &Sums| (&sums.opening).min(&sums.closing).clone();
        self.part_of(Movement::has_opening, smaller).without(&self.of(Movement::Churn))
    }

    /// Of the opening customers, what they have at the closing. Over the opening amount it is the
    /// net revenue retention of the cohort. It equals `opening + expansion - contraction - churn`.
    #[must_use]
    pub fn closing_of_opening_customers(&self) -> Part {
        self.part_of(Movement::has_opening, |sums| sums.closing.clone())
            .without(&self.of(Movement::Churn))
    }

    /// The sums under the names of the [catalog](crate::kpi::catalog)'s inputs, to evaluate its
    /// formulas with.
    ///
    /// Amounts: `opening_mrr`, `new_mrr`, `reactivation_mrr`, `expansion_mrr`, `contraction_mrr`,
    /// `churned_mrr`, `closing_mrr`, `retained_mrr` ([`retained`](Movements::retained)) and
    /// `cohort_mrr`
    /// ([`closing_of_opening_customers`](Movements::closing_of_opening_customers)). Customers:
    /// `opening_customers`, `new_customers`, `reactivated_customers`, `expanded_customers`,
    /// `unchanged_customers`, `contracted_customers`, `churned_customers`, `closing_customers` and
    /// `retained_customers`. The names say monthly recurring revenue, since the catalog's do; the
    /// amounts are whatever the balances are.
    #[must_use]
    pub fn measures(&self) -> Vec<(&'static str, Rational)> {
        let pairs =
            |part: Part, amount, customers| [(amount, part.amount), (customers, part.customers)];
        let moved = |movement, amount, customers| pairs(self.of(movement), amount, customers);
        let of_cohort = self.closing_of_opening_customers().amount;
        [
            pairs(self.opening(), "opening_mrr", "opening_customers"),
            moved(Movement::New, "new_mrr", "new_customers"),
            moved(Movement::Reactivation, "reactivation_mrr", "reactivated_customers"),
            moved(Movement::Expansion, "expansion_mrr", "expanded_customers"),
            moved(Movement::Contraction, "contraction_mrr", "contracted_customers"),
            moved(Movement::Churn, "churned_mrr", "churned_customers"),
            pairs(self.closing(), "closing_mrr", "closing_customers"),
            pairs(self.retained(), "retained_mrr", "retained_customers"),
            [
                ("cohort_mrr", of_cohort),
                ("unchanged_customers", self.of(Movement::Unchanged).customers),
            ],
        ]
        .concat()
    }

    /// The movements that pass, added up.
    fn part_of(
        &self,
        passes: impl Fn(Movement) -> bool,
        amount: impl Fn(&Sums) -> Rational,
    ) -> Part {
        let sums = || {
            let all = Movement::ALL.into_iter().zip(&self.sums);
            all.filter(|(movement, _)| passes(*movement)).map(|(_, sums)| sums)
        };
        Part {
            amount: sums().map(amount).sum(),
            customers: sums().map(|sums| &sums.customers).sum(),
        }
    }
}

impl Part {
    /// The same amount of fewer customers: of those who left, nothing is left.
    fn without(self, left: &Self) -> Self {
        Self { customers: self.customers - &left.customers, ..self }
    }
}

impl Default for Movements {
    /// Of no customers.
    fn default() -> Self {
        Self::EMPTY
    }
}

pub(super) fn below_zero(what: &str, balance: &Rational) -> Error {
    let balance = quoted(&balance.to_string());
    let message = format!(
        "{what} is {balance}, which is below zero; leave credits out, or give 0 where nothing is paid"
    );
    Error::new(ErrorKind::Domain, message)
}
