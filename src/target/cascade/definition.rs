//! A cascade as a model has it.

use super::node::Node;
use super::ratio::{RatioCascade, RatioSplit};
use super::split::Split;
use super::tree::Cascade;
use crate::error::{Error, ErrorKind};
use crate::number::Rational;
use crate::unit::{Display, Unit};

/// The most bytes that the paths of all nodes may have together: a report writes them out.
const MOST_TEXT: usize = 1 << 26;

/// An amount or a ratio, and the tree that it goes down, with a title.
///
/// ```
/// use yardstick::target::cascade::{CascadeDefinition, Handed, Node};
///
/// let team = Node::new("team").child(Node::new("ann").weight(2)).child(Node::new("ben"));
/// let definition = CascadeDefinition::of_amount("quota", 100, 1, team);
/// let Handed::Amount(split) = definition.run()? else { unreachable!() };
/// assert_eq!(split.at(["team", "ann"])?.amount(), 67.into());
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CascadeDefinition {
    pub(crate) name: String,
    pub(crate) unit: Option<Unit>,
    pub(crate) display: Option<Display>,
    what: What,
    /// The target whose limit goes down, where it is not a number.
    pub(crate) target: Option<String>,
    root: Node,
    /// Where a document says what the tree is made of, if not in a tree.
    pub(crate) made_of: Option<&'static str>,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Amount { amount: Rational, quantum: Rational },
    Ratio { ratio: Rational, quantum: Option<Rational> },
}

/// What went down a tree.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Handed {
    /// An amount.
    Amount(Split),
    /// A ratio.
    Ratio(RatioSplit),
}

impl CascadeDefinition {
    fn new(name: String, what: What, root: Node) -> Self {
        Self { name, unit: None, display: None, what, target: None, root, made_of: None }
    }

    /// An amount down a tree, in multiples of `quantum`; see [`Cascade::split`].
    #[must_use]
    pub fn of_amount(
        name: impl Into<String>,
        amount: impl Into<Rational>,
        quantum: impl Into<Rational>,
        root: Node,
    ) -> Self {
        let what = What::Amount { amount: amount.into(), quantum: quantum.into() };
        Self::new(name.into(), what, root)
    }

    /// A ratio down a tree of denominators: exactly, or with numerators that are multiples of a
    /// quantum; see [`RatioCascade`].
    #[must_use]
    pub fn of_ratio(
        name: impl Into<String>,
        ratio: impl Into<Rational>,
        quantum: Option<Rational>,
        root: Node,
    ) -> Self {
        Self::new(name.into(), What::Ratio { ratio: ratio.into(), quantum }, root)
    }

    /// The same, handing down the limit of a target of the model instead of the number: of its last
    /// version, since that counts at its end. It has to be a number; a change from a baseline is known
    /// only with facts.
    #[must_use]
    pub fn of_target(self, target: impl Into<String>) -> Self {
        Self { target: Some(target.into()), ..self }
    }

    /// The same with another number to hand down.
    pub(crate) fn with_total(mut self, total: Rational) -> Self {
        match &mut self.what {
            What::Amount { amount, .. } => *amount = total,
            What::Ratio { ratio, .. } => *ratio = total,
        }
        self
    }

    /// The field of a document that says what goes down.
    pub(crate) fn total_field(&self) -> &'static str {
        match self.what {
            What::Amount { .. } => "amount",
            What::Ratio { .. } => "ratio",
        }
    }

    /// The same with the unit of the amount or the ratio, for those who read the report.
    #[must_use]
    pub fn unit(self, unit: Unit) -> Self {
        Self { unit: Some(unit), ..self }
    }

    /// The same with a display for amounts, or for ratios.
    #[must_use]
    pub fn display(self, display: Display) -> Self {
        Self { display: Some(display), ..self }
    }

    /// The title.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Checks the tree and hands down.
    ///
    /// # Errors
    ///
    /// As [`Cascade::new`] and [`Cascade::split`], or [`RatioCascade::new`] and
    /// [`RatioCascade::split`], with the field of the document in the path; [`ErrorKind::Capacity`]
    /// where the paths of all nodes have more than 67,108,864 bytes together.
    pub fn run(&self) -> Result<Handed, Error> {
        let root = self.root.clone();
        let (handed, bytes) = match &self.what {
            What::Amount { amount, quantum } => {
                let cascade = Cascade::new(root, quantum).map_err(|error| self.in_tree(error))?;
                let bytes = cascade.tree.shape.path_bytes();
                let split = cascade.split(amount).map_err(|error| error.at_path("amount"))?;
                (Handed::Amount(split), bytes)
            }
            What::Ratio { ratio, quantum } => {
                let cascade = RatioCascade::new(root).map_err(|error| self.in_tree(error))?;
                let split = match quantum {
                    Some(quantum) => cascade.split_whole(ratio, quantum),
                    None => cascade.split(ratio),
                };
                let split = split.map_err(|error| error.at_path("ratio"))?;
                let bytes = cascade.tree.shape.path_bytes();
                (Handed::Ratio(split), bytes)
            }
        };
        if bytes > MOST_TEXT {
            let message = format!(
                "the paths of all nodes have {bytes} bytes together; the most is {MOST_TEXT}, so shorten names or take fewer nodes"
            );
            return Err(Error::new(ErrorKind::Capacity, message).at_path("tree"));
        }
        Ok(handed)
    }

    /// Problems of a tree, at their place in a document.
    fn in_tree(&self, error: Error) -> Error {
        let place = |problem: &Error| match (problem.path(), self.made_of) {
            (Some("quantum"), _) => problem.clone(),
            (_, Some(field)) => Error::new(problem.kind(), problem.message()).at_path(field),
            (_, None) => problem.clone().at_path("tree"),
        };
        let problems = error.problems().iter().map(place).collect();
        Error::all("cascade", problems).unwrap_or(error)
    }
}
