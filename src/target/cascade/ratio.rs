//! A ratio handed down a tree, by its denominators.

use std::sync::Arc;

use super::node::Node;
use super::shape::{Columns, Problems, Shape};
use crate::error::{Error, ErrorKind};
use crate::number::{CAPACITY_BITS, Rational, Value, Weights, shown};
use crate::target::cascade::bounds::quanta_of;

/// A tree whose leaves have expected denominators, to hand a ratio down: a conversion rate over teams
/// with their leads, a margin over products with their revenue.
///
/// A ratio is not split: its numerator is. A node with the expected denominator D (for a leaf as given,
/// else the sum of those below it) gets a numerator n, and its ratio is n/D. The root's numerator is
/// `ratio * D`; at each node it goes to the children in proportion to `weight * D` of each. So with
/// equal weights all have the same ratio, and a child of weight 2 has twice the ratio of a sibling of
/// weight 1; at every level numerators over denominators give the ratio of the whole exactly. A node
/// without a denominator gets a numerator of zero, and its ratio is undefined for want of a base.
#[derive(Debug, Clone, PartialEq)]
pub struct RatioCascade {
    pub(super) tree: Arc<RatioTree>,
}

#[derive(Debug, PartialEq)]
pub(super) struct RatioTree {
    pub(super) shape: Shape,
    groups: Vec<Option<Box<Weights>>>,
    denominators: Vec<Rational>,
}

/// A ratio handed down a tree: numerator, denominator and ratio of each node.
#[derive(Debug, Clone, PartialEq)]
pub struct RatioSplit {
    tree: Arc<RatioTree>,
    total: Rational,
    quantum: Option<Rational>,
    numerators: Vec<Rational>,
}

/// A node of a [`RatioSplit`].
#[derive(Debug, Clone, Copy)]
pub struct RatioNode<'a> {
    split: &'a RatioSplit,
    id: usize,
}

impl RatioCascade {
    /// A cascade over the tree of `root`; all leaves have a [`denominator`](Node::denominator), zero or
    /// more.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with all problems, each with its path: as [`Cascade::new`](super::Cascade::new)
    /// for names, weights and size; a leaf without a denominator, another node with one, one below
    /// zero; floors, ceilings and over-assignment, which amounts have.
    pub fn new(root: Node) -> Result<Self, Error> {
        let (shape, Columns { weights, more }) = Shape::flatten(root)
            .map_err(|error| Error::all("cascade", vec![error.clone()]).unwrap_or(error))?;
        let mut problems = Problems(Vec::new());
        shape.check(&weights, &mut problems);
        let mut denominators = vec![Rational::ZERO; shape.len()];
        let mut given = vec![false; shape.len()];
        for (id, more) in more {
            let called = shape.called(id);
            for (field, there) in [
                ("floor", more.floor.is_some()),
                ("ceiling", more.ceiling.is_some()),
                ("over_assignment", more.over.is_some()),
            ] {
                if there {
                    let message = format!(
                        "{field} of {called}: a ratio takes none; remove it or cascade an amount"
                    );
                    problems.note(&shape, id, (ErrorKind::Domain, field, message));
                }
            }
            let Some(denominator) = more.denominator else { continue };
            given[id] = true;
            let message = if !shape.is_leaf(id) {
                format!(
                    "{called} has a denominator and children; it is the sum of theirs, so remove it"
                )
            } else if denominator.is_negative() {
                let denominator = shown(&denominator);
                format!("denominator {denominator} of {called} is below zero; give zero or more")
            } else {
                denominators[id] = denominator;
                continue;
            };
            problems.note(&shape, id, (ErrorKind::Domain, "denominator", message));
        }
        for id in shape.leaves() {
            if !given[id] {
                let called = shape.called(id);
                let message = format!("{called} has no denominator; give what is expected of it");
                problems.note(&shape, id, (ErrorKind::Missing, "denominator", message));
            }
        }
        for id in (1..shape.len()).rev() {
            let (parent, below) = (shape.parent(id).unwrap_or(0), denominators[id].clone());
            denominators[parent] += below;
            if denominators[parent].is_wide() && denominators[parent].bits() > CAPACITY_BITS {
                let message = format!(
                    "the denominators below {} sum to more than {CAPACITY_BITS} bits; give them fewer digits",
                    shape.called(parent)
                );
                problems.note(&shape, parent, (ErrorKind::Capacity, "children", message));
                break;
            }
        }
        let products: Vec<Rational> =
            weights.iter().zip(&denominators).map(|(weight, den)| weight * den).collect();
        let groups = shape.groups(&products, |id| denominators[id].is_zero(), &mut problems);
        problems.none()?;
        Ok(Self { tree: Arc::new(RatioTree { shape, groups, denominators }) })
    }

    /// Hands `ratio` down exactly; numerators are any exact numbers.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Capacity`] where a numerator would exceed 16,384 bits above or below the line.
    ///
    /// ```
    /// use yardstick::Value;
    /// use yardstick::target::cascade::{Node, RatioCascade};
    ///
    /// // 5 % of 2,000 leads are 100 deals; ann is to convert half as much again as ben.
    /// let team = Node::new("team")
    ///     .child(Node::new("ann").weight("1.5".parse::<yardstick::Rational>()?).denominator(800))
    ///     .child(Node::new("ben").denominator(1200));
    /// let split = RatioCascade::new(team)?.split("0.05".parse::<yardstick::Rational>()?)?;
    /// let ann = split.at(["team", "ann"])?;
    /// assert_eq!(ann.numerator(), &50.into()); // 100 * 1200/2400
    /// assert_eq!(ann.ratio(), Value::Defined("0.0625".parse()?));
    /// assert_eq!(split.at(["team", "ben"])?.ratio(), Value::Defined("1/24".parse()?));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn split(&self, ratio: impl Into<Rational>) -> Result<RatioSplit, Error> {
        let (tree, ratio) = (&self.tree, ratio.into());
        let mut numerators = vec![Rational::ZERO; tree.shape.len()];
        numerators[0] = &ratio * &tree.denominators[0];
        for id in 0..tree.shape.len() {
            let Some(group) = &tree.groups[id] else { continue };
            for (place, child) in tree.shape.children(id).enumerate() {
                let share = &numerators[id] * group.fraction(place);
                if share.is_wide() && share.bits() > CAPACITY_BITS {
                    let message = format!(
                        "the numerator of {} exceeds {CAPACITY_BITS} bits; give weights and denominators fewer digits, or a quantum",
                        tree.shape.called(child)
                    );
                    return Err(Error::new(ErrorKind::Capacity, message));
                }
                numerators[child] = share;
            }
        }
        Ok(RatioSplit { tree: Arc::clone(tree), total: ratio, quantum: None, numerators })
    }

    /// Hands `ratio` down with numerators that are multiples of `quantum`, 1 for whole deals, by
    /// largest remainder at each node.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for a quantum that is not above zero, and where the numerator of the
    /// whole, `ratio * D`, is no multiple of it; [`ErrorKind::Capacity`] beyond 96 bits of quanta.
    ///
    /// ```
    /// use yardstick::Value;
    /// use yardstick::target::cascade::{Node, RatioCascade};
    ///
    /// let leads = [("ann", 70), ("ben", 65), ("cem", 65)];
    /// let team = Node::new("team")
    ///     .children(leads.map(|(name, leads)| Node::new(name).denominator(leads)));
    /// let split = RatioCascade::new(team)?.split_whole("0.05".parse::<yardstick::Rational>()?, 1)?;
    /// // 3.5, 3.25 and 3.25 of 10 deals.
    /// assert_eq!(split.at(["team", "ann"])?.ratio(), Value::Defined("4/70".parse()?));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn split_whole(
        &self,
        ratio: impl Into<Rational>,
        quantum: impl Into<Rational>,
    ) -> Result<RatioSplit, Error> {
        let (tree, ratio, quantum) = (&self.tree, ratio.into(), quantum.into());
        let refuse = |message: String| Err(Error::new(ErrorKind::Domain, message));
        if !quantum.is_positive() {
            let message = format!("quantum {} is not above zero; give one above", shown(&quantum));
            return refuse(message);
        }
        let numerator = &ratio * &tree.denominators[0];
        let quanta = numerator.checked_div(&quantum)?;
        if !quanta.is_integer() {
            return refuse(format!(
                "ratio {} of {} is {}, no multiple of the quantum {}; round that and give it over the denominator as the ratio",
                shown(&ratio),
                shown(&tree.denominators[0]),
                shown(&numerator),
                shown(&quantum)
            ));
        }
        let Some(total) = quanta_of(&quanta.abs()) else {
            let message =
                format!("{} quanta are beyond 96 bits; take a larger quantum", shown(&quanta));
            return Err(Error::new(ErrorKind::Capacity, message));
        };
        let mut counts = vec![0; tree.shape.len()];
        counts[0] = total;
        let mut ranks = Vec::new();
        for id in 0..tree.shape.len() {
            let Some(group) = &tree.groups[id] else { continue };
            let down = counts[id];
            group.split(down, &mut counts[tree.shape.children(id)], &mut ranks);
        }
        let unit = if quanta.is_negative() { -&quantum } else { quantum.clone() };
        let numerators = counts.into_iter().map(|count| Rational::from(count) * &unit).collect();
        let (tree, quantum) = (Arc::clone(tree), Some(quantum));
        Ok(RatioSplit { tree, total: ratio, quantum, numerators })
    }
}

impl RatioSplit {
    fn node(&self, id: usize) -> RatioNode<'_> {
        RatioNode { split: self, id }
    }

    /// The ratio that was asked for.
    #[must_use]
    pub fn total(&self) -> &Rational {
        &self.total
    }

    /// What numerators are multiples of; none where they are exact.
    #[must_use]
    pub fn quantum(&self) -> Option<&Rational> {
        self.quantum.as_ref()
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> RatioNode<'_> {
        self.node(0)
    }

    /// The node with these names, from the root's down.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`] with the nearest name.
    pub fn at<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> Result<RatioNode<'_>, Error> {
        self.tree.shape.find(path).map(|id| self.node(id))
    }

    /// All nodes in the order in which they were declared: a node, then what is below it, then its
    /// sibling.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = RatioNode<'_>> + ExactSizeIterator {
        self.tree.shape.order().map(|id| self.node(id))
    }

    /// All leaves in the order in which they were declared.
    pub fn leaves(&self) -> impl Iterator<Item = RatioNode<'_>> {
        self.tree.shape.leaves().map(|id| self.node(id))
    }
}

impl<'a> RatioNode<'a> {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.split.tree.shape.name(self.id)
    }

    /// The names from the root's down to its own.
    #[must_use]
    pub fn path(&self) -> Vec<&'a str> {
        self.split.tree.shape.path(self.id)
    }

    /// How many nodes stand above it; 0 for the root.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.split.tree.shape.depth(self.id)
    }

    /// Whether nothing stands below it.
    #[must_use]
    pub fn is_leaf(&self) -> bool {
        self.split.tree.shape.is_leaf(self.id)
    }

    /// What it is to reach.
    #[must_use]
    pub fn numerator(&self) -> &'a Rational {
        &self.split.numerators[self.id]
    }

    /// Of how many: as given, or the sum of those below it.
    #[must_use]
    pub fn denominator(&self) -> &'a Rational {
        &self.split.tree.denominators[self.id]
    }

    /// The numerator over the denominator; undefined for want of a base where that is zero.
    #[must_use]
    pub fn ratio(&self) -> Value {
        let numerator = Value::Defined(self.numerator().clone());
        numerator.quotient(&Value::Defined(self.denominator().clone()))
    }
}
