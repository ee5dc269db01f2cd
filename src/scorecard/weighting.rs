//! Examples of how much owners may count in a context.
//!
//! Consumer goods, B2B services, start-ups and established companies weigh marketing and sales
//! differently. How they do is a decision of those who are measured. The four weightings here are
//! **examples in this library's own judgement, without a source**: numbers to copy and to edit. Nothing
//! applies one by itself, nothing in the library reads them, and a document cannot name them: there the
//! weight of each entry is written out. In Rust
//! [`Scorecard::weighted_by`](super::Scorecard::weighted_by) multiplies the weights of entries by those
//! of their owners.

use crate::error::{Error, ErrorKind};
use crate::owner::Owner;

/// How much each owner counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighting<'a> {
    /// Its name.
    pub name: &'a str,
    /// When it may fit, for people.
    pub meaning: &'a str,
    /// A weight above zero for each owner, whose proportions matter only.
    pub weights: &'a [(Owner, u32)],
}

impl Weighting<'_> {
    /// The weight of an owner.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Missing`] where it has none, [`ErrorKind::Domain`] where it is zero.
    ///
    /// ```
    /// use yardstick::Owner;
    /// use yardstick::scorecard::weighting::B2B_SERVICES;
    ///
    /// assert_eq!(B2B_SERVICES.of(Owner::Sales)?, 40);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn of(&self, owner: Owner) -> Result<u32, Error> {
        let name = self.name;
        match self.weights.iter().find(|(other, _)| *other == owner) {
            Some((_, 0)) => {
                let message = format!(
                    "weighting \"{name}\" gives owner {owner} a weight of 0; give one above zero, or leave their targets out"
                );
                Err(Error::new(ErrorKind::Domain, message))
            }
            Some((_, weight)) => Ok(*weight),
            None => {
                let message =
                    format!("weighting \"{name}\" has no weight for owner {owner}; add one");
                Err(Error::new(ErrorKind::Missing, message))
            }
        }
    }
}

/// An example: many buyers who decide alone, and are won by brand and reach.
pub const CONSUMER_GOODS: Weighting<'static> = Weighting {
    name: "consumer goods",
    meaning: "Many buyers who decide alone: brand and reach count most.",
    weights: &[
        (Owner::Marketing, 60),
        (Owner::Sales, 20),
        (Owner::Both, 10),
        (Owner::Customer, 10),
    ],
};

/// An example: few buyers who decide together, and are won by people.
pub const B2B_SERVICES: Weighting<'static> = Weighting {
    name: "B2B services",
    meaning: "Few buyers who decide together: sales and a good hand-off count most.",
    weights: &[
        (Owner::Marketing, 25),
        (Owner::Sales, 40),
        (Owner::Both, 20),
        (Owner::Customer, 15),
    ],
};

/// An example: unknown yet, and few customers to keep.
pub const START_UP: Weighting<'static> = Weighting {
    name: "start-up",
    meaning: "Unknown yet, with few customers to keep: to be found and to close count most.",
    weights: &[
        (Owner::Marketing, 40),
        (Owner::Sales, 40),
        (Owner::Both, 10),
        (Owner::Customer, 10),
    ],
};

/// An example: known, with many customers to keep.
pub const ESTABLISHED: Weighting<'static> = Weighting {
    name: "established",
    meaning: "Known, with many customers: to keep them counts most.",
    weights: &[
        (Owner::Marketing, 25),
        (Owner::Sales, 25),
        (Owner::Both, 15),
        (Owner::Customer, 35),
    ],
};
