//! What one customer did between two balances.

use crate::named::named;
use crate::number::Rational;
use crate::owner::Owner;

named! {
    /// What a customer did between an opening and a closing balance.
    ///
    /// | movement | opening | closing | amount | owner |
    /// |---|---|---|---|---|
    /// | new | 0, as ever before | above 0 | closing | both |
    /// | reactivation | 0, but not ever before | above 0 | closing | marketing |
    /// | expansion | above 0 | above the opening | closing - opening | sales |
    /// | unchanged | above 0 | the same | 0 | sales |
    /// | contraction | above 0 | below the opening, above 0 | opening - closing | both |
    /// | churn | above 0 | 0 | opening | both |
    ///
    /// An amount is never below zero: contraction and churn are positive, and are subtracted.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    Movement "movement" {
        /// Pays for the first time.
        New = "new",
        /// Pays again, after a time without.
        Reactivation = "reactivation",
        /// Pays more.
        Expansion = "expansion",
        /// Pays the same.
        Unchanged = "unchanged",
        /// Pays less.
        Contraction = "contraction",
        /// Pays no more.
        Churn = "churn",
    }
}

impl Movement {
    /// The movement between two balances, neither below zero; `None` where both are zero.
    /// `known_before` says whether there was a balance at any time before the opening; it tells a
    /// reactivation from a new customer, and plays no part for others.
    ///
    /// ```
    /// use yardstick::Rational;
    /// use yardstick::subscription::Movement;
    ///
    /// let between = |opening: i32, closing: i32, known_before| {
    ///     Movement::between(&Rational::from(opening), &Rational::from(closing), known_before)
    /// };
    /// assert_eq!(between(0, 30, true), Some(Movement::Reactivation));
    /// assert_eq!(between(50, 30, true), Some(Movement::Contraction));
    /// assert_eq!(between(0, 0, true), None);
    /// ```
    #[must_use]
    pub fn between(opening: &Rational, closing: &Rational, known_before: bool) -> Option<Self> {
        Some(match (opening.is_zero(), closing.is_zero()) {
            (true, true) => return None,
            (true, false) if known_before => Self::Reactivation,
            (true, false) => Self::New,
            (false, true) => Self::Churn,
            (false, false) if closing > opening => Self::Expansion,
            (false, false) if closing < opening => Self::Contraction,
            (false, false) => Self::Unchanged,
        })
    }

    /// Who is responsible for it.
    ///
    /// A new customer has come through the whole funnel, which marketing and sales own together. Who
    /// comes back was kept in touch with: continued engagement, marketing's side of retention.
    /// Expansion is upsell and an unchanged balance is renewal, both sales'. Contraction and churn
    /// are lost by whichever side was weak, which a balance does not tell, so that both own them.
    /// A team that divides them in another way has its own table.
    ///
    /// ```
    /// use yardstick::Owner;
    /// use yardstick::subscription::Movement;
    ///
    /// assert_eq!(Movement::Expansion.owner(), Owner::Sales);
    /// assert_eq!(Movement::Reactivation.owner(), Owner::Marketing);
    /// assert_eq!(Movement::Churn.owner(), Owner::Both);
    /// ```
    #[must_use]
    pub const fn owner(self) -> Owner {
        match self {
            Self::Reactivation => Owner::Marketing,
            Self::Expansion | Self::Unchanged => Owner::Sales,
            Self::New | Self::Contraction | Self::Churn => Owner::Both,
        }
    }

    /// Whether its amount is subtracted in the bridge.
    #[must_use]
    pub const fn is_loss(self) -> bool {
        matches!(self, Self::Contraction | Self::Churn)
    }

    /// Whether the customer has an opening balance.
    pub(super) const fn has_opening(self) -> bool {
        !matches!(self, Self::New | Self::Reactivation)
    }
}
