//! What marketing and sales promised each other, and who keeps it.

use std::collections::HashMap;

use crate::error::{Error, ErrorKind};
use crate::named::named;
use crate::number::Value;
use crate::owner::Owner;

named! {
    /// Whether one side of an agreement keeps its promises.
    SideState "state of a side" {
        /// All are kept.
        Kept = "kept",
        /// At least one is not kept, whatever the others are.
        Broken = "broken",
        /// Of at least one it cannot be said, and none is known to be broken.
        Undefined = "undefined",
    }
}

named! {
    /// Who keeps an agreement. A side that breaks it is named even where the other cannot be judged.
    AgreementOutcome "outcome of an agreement" {
        /// Both sides keep all their promises.
        KeptByBoth = "kept_by_both",
        /// Marketing breaks it; sales keeps it, or cannot be judged.
        BrokenByMarketing = "broken_by_marketing",
        /// Sales breaks it; marketing keeps it, or cannot be judged.
        BrokenBySales = "broken_by_sales",
        /// Each breaks at least one of its promises.
        BrokenByBoth = "broken_by_both",
        /// Neither is known to break it, and at least one cannot be judged.
        Undefined = "undefined",
    }
}

/// One thing that was promised.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Promise {
    /// What it is called.
    pub name: String,
    /// Whether it is met; undefined where that cannot be said, for the reason why.
    pub met: Value<bool>,
}

/// The promises of one side, in the order in which they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Side {
    /// The promises; at least one.
    pub promises: Vec<Promise>,
}

impl Side {
    /// Whether the side keeps its promises.
    #[must_use]
    pub fn state(&self) -> SideState {
        let is = |met: Value<bool>| self.promises.iter().any(|promise| promise.met == met);
        match () {
            () if is(Value::Defined(false)) => SideState::Broken,
            () if self.promises.iter().any(|promise| promise.met.is_undefined()) => {
                SideState::Undefined
            }
            () => SideState::Kept,
        }
    }

    /// The first promise that is not kept, if one is not.
    #[must_use]
    pub fn first_broken(&self) -> Option<&Promise> {
        self.promises.iter().find(|promise| promise.met == Value::Defined(false))
    }
}

/// A two-sided agreement: what marketing and sales promised each other, and whether it is met.
///
/// ```
/// use yardstick::funnel::{Agreement, AgreementOutcome, SideState};
/// use yardstick::{Owner, Value};
///
/// let agreement = Agreement::builder("leads of the quarter")
///     .promise("400 qualified leads", Owner::Marketing, Value::Defined(true))
///     .promise("answered within a day", Owner::Sales, Value::Defined(true))
///     .promise("three of four accepted", Owner::Sales, Value::Defined(false))
///     .build()?;
/// assert_eq!(agreement.marketing().state(), SideState::Kept);
/// assert_eq!(agreement.outcome(), AgreementOutcome::BrokenBySales);
/// assert_eq!(agreement.sales().first_broken().unwrap().name, "three of four accepted");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    name: String,
    marketing: Side,
    sales: Side,
}

/// Collects the promises of an [`Agreement`].
#[derive(Debug, Clone)]
pub struct AgreementBuilder {
    name: String,
    promises: Vec<(String, Owner, Value<bool>)>,
}

impl Agreement {
    /// Begins an agreement.
    #[must_use]
    pub fn builder(name: impl Into<String>) -> AgreementBuilder {
        AgreementBuilder { name: name.into(), promises: Vec::new() }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What marketing promised.
    #[must_use]
    pub fn marketing(&self) -> &Side {
        &self.marketing
    }

    /// What sales promised.
    #[must_use]
    pub fn sales(&self) -> &Side {
        &self.sales
    }

    /// Who keeps it.
    #[must_use]
    pub fn outcome(&self) -> AgreementOutcome {
        use SideState::{Broken, Kept};
        match (self.marketing.state(), self.sales.state()) {
            (Broken, Broken) => AgreementOutcome::BrokenByBoth,
            (Broken, _) => AgreementOutcome::BrokenByMarketing,
            (_, Broken) => AgreementOutcome::BrokenBySales,
            (Kept, Kept) => AgreementOutcome::KeptByBoth,
            _ => AgreementOutcome::Undefined,
        }
    }
}

impl AgreementBuilder {
    /// One more promise, of marketing or of sales, and whether it is met.
    #[must_use]
    pub fn promise(mut self, name: impl Into<String>, owner: Owner, met: Value<bool>) -> Self {
        self.promises.push((name.into(), owner, met));
        self
    }

    /// The agreement.
    ///
    /// # Errors
    ///
    /// All problems at once: a side without a promise, or a promise without a name
    /// ([`ErrorKind::Missing`]); one of an owner other than marketing and sales
    /// ([`ErrorKind::Domain`]); one that is there twice, on whichever side
    /// ([`ErrorKind::Duplicate`]).
    pub fn build(self) -> Result<Agreement, Error> {
        let mut problems = Vec::new();
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (i, (name, owner, _)) in self.promises.iter().enumerate() {
            let mut refuse = |kind, message: String| {
                problems.push(Error::new(kind, message).at_path(format!("promises[{i}]")));
            };
            if name.trim().is_empty() {
                refuse(ErrorKind::Missing, "an empty name; give it one".to_owned());
            }
            let first = *seen.entry(name).or_insert(i);
            if first != i {
                let message =
                    format!("\"{name}\" is promised twice, first at promises[{first}]; keep one");
                refuse(ErrorKind::Duplicate, message);
            }
            if !matches!(owner, Owner::Marketing | Owner::Sales) {
                let message = format!(
                    "\"{name}\" is promised by {owner}; an agreement is between marketing and sales"
                );
                refuse(ErrorKind::Domain, message);
            }
        }
        for side in [Owner::Marketing, Owner::Sales] {
            if !self.promises.iter().any(|(_, owner, _)| *owner == side) {
                let message = format!(
                    "{side} promises nothing; an agreement has two sides, so add a promise"
                );
                problems.push(Error::new(ErrorKind::Missing, message));
            }
        }
        if let Some(error) = Error::all(&format!("agreement \"{}\"", self.name), problems) {
            return Err(error);
        }
        let (marketing, sales): (Vec<_>, Vec<_>) =
            self.promises.into_iter().partition(|(_, owner, _)| *owner == Owner::Marketing);
        let side = |promises: Vec<(String, Owner, Value<bool>)>| Side {
            promises: promises.into_iter().map(|(name, _, met)| Promise { name, met }).collect(),
        };
        Ok(Agreement { name: self.name, marketing: side(marketing), sales: side(sales) })
    }
}
