//! What every node of a cascade gets.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bounds::Bounds;
use super::fill::fill;
use super::rest::Rest;
use super::tree::Tree;
use crate::error::Error;
use crate::named::named;
use crate::number::{Rational, Weights};

named! {
    /// Which bound decides what a node gets, in place of its weight.
    #[derive(PartialOrd, Ord)]
    Bound "bound" {
        /// By weight it would get less.
        Floor = "floor",
        /// By weight it would get more.
        Ceiling = "ceiling",
    }
}

/// An amount handed down a tree: what each node gets.
///
/// Amounts are held as whole quanta, and what is asked for is computed from them.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    pub(super) tree: Arc<Tree>,
    pub(super) total: Rational,
    pub(super) negative: bool,
    pub(super) given: Given,
    pub(super) rest: Option<Rest>,
}

/// The magnitudes that nodes get, in quanta.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Given {
    quanta: Vec<u128>,
    /// Of those that over-assign.
    handed: BTreeMap<usize, u128>,
    /// None where there are no bounds.
    bound: Vec<Option<Bound>>,
}

/// Hands a magnitude down, level by level.
pub(super) fn distribute(
    tree: &Tree,
    groups: &[Option<Box<Weights>>],
    bounds: Option<&Bounds>,
    total: u128,
    negative: bool,
) -> Result<Given, Error> {
    let shape = &tree.shape;
    let mut quanta = vec![0; shape.len()];
    let mut bound = if bounds.is_some() { vec![None; shape.len()] } else { Vec::new() };
    let mut handed = BTreeMap::new();
    let mut ranks = Vec::new();
    quanta[0] = total;
    for id in 0..shape.len() {
        let children = shape.children(id);
        if children.is_empty() {
            continue;
        }
        let mut down = quanta[id];
        if let Some(over) = tree.over.get(&id) {
            down =
                over.hand_down(down, negative).map_err(|error| error.within(shape.called(id)))?;
            handed.insert(id, down);
        }
        let parts = &mut quanta[children.clone()];
        match (&groups[id], bounds) {
            (Some(weights), None) => weights.split(down, parts, &mut ranks),
            (Some(weights), Some(Bounds { low, high })) => fill(
                weights,
                down,
                (&low[children.clone()], &high[children.clone()]),
                (parts, &mut bound[children]),
                &mut ranks,
            ),
            // Children that weigh nothing get what they need.
            (None, Some(Bounds { low, .. })) => {
                parts.copy_from_slice(&low[children.clone()]);
                for child in children {
                    bound[child] = (low[child] > 0).then_some(Bound::Floor);
                }
            }
            (None, None) => {}
        }
    }
    Ok(Given { quanta, handed, bound })
}

/// A node of a [`Split`], and what it gets.
#[derive(Debug, Clone, Copy)]
pub struct SplitNode<'a> {
    split: &'a Split,
    id: usize,
}

impl Split {
    fn node(&self, id: usize) -> SplitNode<'_> {
        SplitNode { split: self, id }
    }

    /// The amount that was asked for.
    #[must_use]
    pub fn total(&self) -> &Rational {
        &self.total
    }

    /// What amounts are multiples of, but for what has passed.
    #[must_use]
    pub fn quantum(&self) -> &Rational {
        &self.tree.quantum
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> SplitNode<'_> {
        self.node(0)
    }

    /// The node with these names, from the root's down.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`](crate::ErrorKind::Unknown) with the nearest name.
    pub fn at<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> Result<SplitNode<'_>, Error> {
        self.tree.shape.find(path).map(|id| self.node(id))
    }

    /// All nodes in the order in which they were declared: a node, then what is below it, then its
    /// sibling.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = SplitNode<'_>> + ExactSizeIterator {
        self.tree.shape.order().map(|id| self.node(id))
    }

    /// All leaves in the order in which they were declared.
    pub fn leaves(&self) -> impl Iterator<Item = SplitNode<'_>> {
        self.tree.shape.leaves().map(|id| self.node(id))
    }

    /// Amounts of all nodes in the order of [`nodes`](Split::nodes), added up from the leaves; see
    /// [`Cascade::roll_up`](super::Cascade::roll_up).
    #[must_use]
    pub fn roll_up(&self) -> Vec<Rational> {
        let amounts: Vec<Rational> = self.leaves().map(|leaf| leaf.amount()).collect();
        let count = amounts.len();
        // As many as there are leaves.
        let sums = self.tree.sums(amounts.into_iter(), count).unwrap_or_default();
        self.tree.shape.order().map(|id| sums[id].clone()).collect()
    }

    /// By how much what all leaves get is more than the total: zero, but where
    /// [`split_rest`](super::Cascade::split_rest) says otherwise.
    #[must_use]
    pub fn surplus(&self) -> Rational {
        self.rest.as_ref().map_or(Rational::ZERO, |rest| rest.surplus.clone())
    }

    /// Signed quanta as an amount.
    fn amount_of(&self, quanta: u128) -> Rational {
        let amount = Rational::from(quanta) * &self.tree.quantum;
        if self.negative { -amount } else { amount }
    }
}

impl<'a> SplitNode<'a> {
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

    /// The node above it; none for the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.split.tree.shape.parent(self.id).map(|id| Self { id, ..*self })
    }

    /// Those right below it, in the order in which they were declared.
    pub fn children(&self) -> impl ExactSizeIterator<Item = Self> + use<'a> {
        let split = self.split;
        split.tree.shape.children(self.id).map(move |id| Self { split, id })
    }

    /// What it gets.
    #[must_use]
    pub fn amount(&self) -> Rational {
        let amount = self.split.amount_of(self.split.given.quanta[self.id]);
        match &self.split.rest {
            Some(rest) => amount + &rest.passed[self.id],
            None => amount,
        }
    }

    /// What its children sum to: its amount, but where it over-assigns. That of a leaf is its amount.
    #[must_use]
    pub fn handed_down(&self) -> Rational {
        match self.split.given.handed.get(&self.id) {
            Some(quanta) => self.split.amount_of(*quanta),
            None => self.amount(),
        }
    }

    /// Its exact share by weight alone, without bounds and rounding: what its parent hands down times
    /// its weight over that of all siblings. That of the root is the total. Where part has passed, it is
    /// what has passed below it and its share of what the parent hands down of the rest.
    #[must_use]
    pub fn share(&self) -> Rational {
        let Self { split, id } = self;
        let Some(parent) = split.tree.shape.parent(*id) else { return split.total.clone() };
        let handed = match split.given.handed.get(&parent) {
            Some(handed) => *handed,
            None => split.given.quanta[parent],
        };
        let place = id - split.tree.shape.children(parent).start;
        let groups = split.rest.as_ref().map_or(&split.tree.groups, |rest| &rest.groups);
        let fraction = groups[parent].as_ref().map(|group| group.fraction(place));
        let share = split.amount_of(handed) * fraction.unwrap_or_default();
        match &split.rest {
            Some(rest) => share + &rest.passed[*id],
            None => share,
        }
    }

    /// The bound that decided its amount, in place of its weight; none where none did, and for the
    /// root, whose amount is given.
    #[must_use]
    pub fn bound(&self) -> Option<Bound> {
        self.split.given.bound.get(self.id).copied().flatten()
    }
}
