//! A tree that was checked, ready to hand down amounts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::MOST_QUANTA;
use super::bounds::{Bounds, Conflict, UNBOUNDED, quanta_of};
use super::node::{Node, OverAssignment};
use super::shape::{Columns, Problems, Shape};
use super::split::{Split, distribute};
use crate::error::{Error, ErrorKind};
use crate::number::{CAPACITY_BITS, Rational, Weights, shown};

/// A tree and a quantum: what is needed to hand an amount down so that children sum to their parent
/// exactly.
///
/// Building it does all the work that does not depend on the amount, so one cascade splits many.
/// Clones share the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Cascade {
    pub(super) tree: Arc<Tree>,
}

#[derive(Debug, PartialEq)]
pub(super) struct Tree {
    pub(super) shape: Shape,
    /// Effective ones.
    pub(super) weights: Vec<Rational>,
    pub(super) groups: Vec<Option<Box<Weights>>>,
    pub(super) over: BTreeMap<usize, OverAssignment>,
    /// Floors and ceilings as they were declared.
    pub(super) declared: BTreeMap<usize, Declared>,
    /// None where none is declared.
    pub(super) bounds: Option<Bounds>,
    pub(super) quantum: Rational,
}

/// The bounds of a node itself, as amounts.
#[derive(Debug, PartialEq)]
pub(super) struct Declared {
    pub(super) floor: Option<Rational>,
    pub(super) ceiling: Option<Rational>,
}

impl Cascade {
    /// A cascade over the tree of `root`, in multiples of `quantum`.
    ///
    /// Floors count for those above: a node needs at least the sum of what its children need, and can
    /// take at most what they can take, over-assignment reckoned in. So where the root can be given an
    /// amount, every node below can. A node of weight zero gets its floor and no more. A node that
    /// weighs nothing among its siblings may have children that all weigh nothing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with all problems, each with its path, such as `children[1].weight`:
    /// a quantum not above zero; empty names, and names that siblings share; weights, floors and
    /// ceilings below zero; children whose weights are all zero; a floor above its ceiling, or no
    /// multiple of the quantum between them; a node that must get more than it may, with both numbers;
    /// over-assignment with a factor not above zero, or of a leaf; a denominator, which belongs to a
    /// [`RatioCascade`](super::RatioCascade). As [`ErrorKind::Capacity`]: more than 64 levels,
    /// 1,048,576 nodes, or 96 bits of quanta, and weights as for [`allocate`](crate::number::allocate).
    /// After the first thousand problems no others are looked for.
    ///
    /// ```
    /// use yardstick::target::cascade::{Cascade, Node};
    ///
    /// let team = Node::new("team").ceiling(10);
    /// let team = team.child(Node::new("ann").floor(8)).child(Node::new("ben").floor(4));
    /// assert_eq!(Cascade::new(team, 1).unwrap_err().to_string(), "\
    /// 1 problem in the cascade
    ///   \"team\" must get at least 12 (the floors below it) and at most 10 (its ceiling); lower a floor or raise a ceiling");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn new(root: Node, quantum: impl Into<Rational>) -> Result<Self, Error> {
        let quantum = quantum.into();
        let (shape, Columns { weights, more }) = Shape::flatten(root).map_err(in_cascade)?;
        let mut problems = Problems(Vec::new());
        let whole = if quantum.is_positive() { quantum.clone() } else { Rational::ONE };
        if !quantum.is_positive() {
            let message = format!("quantum {} is not above zero; give one above", shown(&quantum));
            problems.0.push(Error::new(ErrorKind::Domain, message).at_path("quantum"));
        }
        shape.check(&weights, &mut problems);
        let groups = shape.groups(&weights, |_| false, &mut problems);
        let (mut over, mut declared) = (BTreeMap::new(), BTreeMap::new());
        let mut note = |id: usize, kind: ErrorKind, field: &str, message: String| {
            problems.note(&shape, id, (kind, field, message));
        };
        for (id, more) in more {
            let called = || shape.called(id);
            if more.denominator.is_some() {
                let message = format!(
                    "{} has a denominator, which an amount does not look at; remove it, or cascade a ratio",
                    called()
                );
                note(id, ErrorKind::Domain, "denominator", message);
            }
            if let Some(assignment) = more.over {
                let factor = &assignment.factor;
                if !factor.is_positive() {
                    let message = format!(
                        "factor {} of {} is not above zero; 1 hands down what the node got",
                        shown(factor),
                        called()
                    );
                    note(id, ErrorKind::Domain, "over_assignment.factor", message);
                } else if shape.is_leaf(id) {
                    let message = format!(
                        "{} has no children to hand down to; remove the over-assignment",
                        called()
                    );
                    note(id, ErrorKind::Domain, "over_assignment", message);
                } else {
                    over.insert(id, assignment);
                }
            }
            let mut right = more.floor.is_some() || more.ceiling.is_some();
            for (field, bound) in [("floor", &more.floor), ("ceiling", &more.ceiling)] {
                let Some(bound) = bound else { continue };
                let message = if bound.is_negative() {
                    format!(
                        "{field} {} of {} is below zero; give zero or more",
                        shown(bound),
                        called()
                    )
                } else {
                    continue;
                };
                right = false;
                note(id, ErrorKind::Domain, field, message);
            }
            if let (true, Some(floor), Some(ceiling)) = (right, &more.floor, &more.ceiling) {
                if floor > ceiling {
                    let (floor, ceiling) = (shown(floor), shown(ceiling));
                    let message = format!(
                        "floor {floor} of {} is above its ceiling {ceiling}; swap them or change one",
                        called()
                    );
                    right = false;
                    note(id, ErrorKind::Domain, "floor", message);
                }
            }
            if right {
                declared.insert(id, Declared { floor: more.floor, ceiling: more.ceiling });
            }
        }
        let mut bounds = None;
        if !declared.is_empty() {
            let mut own = Bounds { low: vec![0; shape.len()], high: vec![UNBOUNDED; shape.len()] };
            for (id, Declared { floor, ceiling }) in &declared {
                let Some(low) = floor.as_ref().map_or(Some(0), |floor| up(floor, &whole)) else {
                    let message = format!(
                        "floor of {} is beyond 96 bits of quanta; take a larger quantum",
                        shape.called(*id)
                    );
                    problems.note(&shape, *id, (ErrorKind::Capacity, "floor", message));
                    continue;
                };
                let high = ceiling.as_ref().map_or(UNBOUNDED, |ceiling| down(ceiling, &whole));
                if let (true, Some(floor), Some(ceiling)) = (low > high, floor, ceiling) {
                    let (floor, ceiling) = (shown(floor), shown(ceiling));
                    let message = format!(
                        "no multiple of the quantum {} lies between floor {floor} and ceiling {ceiling} of {}; widen them",
                        shown(&whole),
                        shape.called(*id)
                    );
                    problems.note(&shape, *id, (ErrorKind::Domain, "floor", message));
                    continue;
                }
                (own.low[*id], own.high[*id]) = (low, high);
            }
            let mut conflicts = Vec::new();
            let all = own.effective(&shape, &groups, &over, |conflict| conflicts.push(conflict));
            // What a problem noted before has left open could seem to conflict.
            if problems.0.is_empty() {
                for conflict in conflicts.into_iter().rev() {
                    let message = told(&shape, &whole, &conflict);
                    problems.note(&shape, conflict.id, (ErrorKind::Domain, "", message));
                }
            }
            bounds = Some(all);
        }
        problems.none()?;
        let tree = Tree { shape, weights, groups, over, declared, bounds, quantum };
        Ok(Self { tree: Arc::new(tree) })
    }

    /// What amounts are multiples of.
    #[must_use]
    pub fn quantum(&self) -> &Rational {
        &self.tree.quantum
    }

    /// How many nodes there are, the root among them.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.tree.shape.len()
    }

    /// The paths of the leaves, in the order in which they were declared: the order of
    /// [`roll_up`](Cascade::roll_up) and [`split_rest`](Cascade::split_rest).
    pub fn leaves(&self) -> impl Iterator<Item = Vec<&str>> {
        self.tree.shape.leaves().map(|id| self.tree.shape.path(id))
    }

    /// Hands `amount` down the tree.
    ///
    /// What a node hands down is its amount, or `amount * factor` rounded once where it over-assigns.
    /// That goes to its children by largest remainder on the exact shares
    /// `handed down * weight / sum of weights`, ties to the child declared first: children sum to what
    /// is handed down exactly, and each is less than one quantum away from its share. Where a floor or
    /// a ceiling binds, the node gets just that, and the siblings that are not bound share the rest by
    /// weight, until no other bound is broken: the one solution in which what each gets is its weight
    /// times one number, clamped to its bounds; each of them is less than one quantum away from its
    /// share of that rest. A negative amount is handed down as its magnitude, and negated; a rounding
    /// of over-assignment goes by the sign. An amount of zero gives zero everywhere.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for an amount that is no multiple of the quantum, for one below what
    /// floors need or above what ceilings take, and for a negative one where there are bounds, which
    /// are for amounts from zero on. [`ErrorKind::Capacity`] beyond 96 bits of quanta, and
    /// [`ErrorKind::Inexact`] where over-assignment with mode exact would round.
    ///
    /// ```
    /// use yardstick::target::cascade::{Bound, Cascade, Node};
    ///
    /// let team = Node::new("team")
    ///     .child(Node::new("ann").weight(5).ceiling(40))
    ///     .child(Node::new("ben").weight(3))
    ///     .child(Node::new("cem").weight(2));
    /// let split = Cascade::new(team, 1)?.split(101)?;
    /// // 50.5, 30.3 and 20.2: ann is bound by 40, and 61 are left: 36.6 and 24.4.
    /// let amounts: Vec<_> = split.leaves().map(|leaf| leaf.amount().to_string()).collect();
    /// assert_eq!(amounts, ["40", "37", "24"]);
    /// let ann = split.at(["team", "ann"])?;
    /// assert_eq!((ann.bound(), ann.share()), (Some(Bound::Ceiling), "50.5".parse()?));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn split(&self, amount: impl Into<Rational>) -> Result<Split, Error> {
        let (amount, tree) = (amount.into(), &self.tree);
        let (quanta, negative) = tree.quanta(&amount, || {
            format!(
                "total {} is no multiple of the quantum {}; round the total first",
                shown(&amount),
                shown(&tree.quantum)
            )
        })?;
        tree.check_sign(negative)?;
        if let Some(bounds) = &tree.bounds {
            let called = tree.shape.called(0);
            let amount_of = |quanta: u128| shown(&(Rational::from(quanta) * &tree.quantum));
            let message = match () {
                () if quanta < bounds.low[0] => format!(
                    "total {} is below {}, what the floors of {called} and below it need; raise the total or lower a floor",
                    shown(&amount),
                    amount_of(bounds.low[0])
                ),
                () if quanta > bounds.high[0] => format!(
                    "total {} is above {}, what the ceilings of {called} and below it take; lower the total or raise a ceiling",
                    shown(&amount),
                    amount_of(bounds.high[0])
                ),
                () => String::new(),
            };
            if !message.is_empty() {
                return Err(Error::new(ErrorKind::Domain, message));
            }
        }
        let given = distribute(tree, &tree.groups, tree.bounds.as_ref(), quanta, negative)?;
        Ok(Split { tree: Arc::clone(tree), total: amount, negative, given, rest: None })
    }

    /// Amounts of all nodes, from those of the leaves: each node is the sum of the leaves below it.
    /// `leaves` has one for each leaf in the order in which they were declared, and the result one for
    /// each node in the order of [`Split::nodes`].
    ///
    /// Of the leaves of a [`split`](Cascade::split) that is the split again; a node that over-assigns
    /// has what it handed down, and those above it accordingly more.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] where there are not as many amounts as leaves; [`ErrorKind::Capacity`] where
    /// they sum to more than 16,384 bits, as decimals do not.
    ///
    /// ```
    /// use yardstick::Rational;
    /// use yardstick::target::cascade::{Cascade, Node};
    ///
    /// let north = Node::new("north").child(Node::new("ann")).child(Node::new("ben"));
    /// let cascade = Cascade::new(Node::new("company").child(north).child(Node::new("south")), 1)?;
    /// let sums = cascade.roll_up(&[3.into(), 4.into(), 5.into()])?;
    /// assert_eq!(sums, [12, 7, 3, 4, 5].map(Rational::from)); // company, north, ann, ben, south
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn roll_up(&self, leaves: &[Rational]) -> Result<Vec<Rational>, Error> {
        let shape = &self.tree.shape;
        let sums = self.tree.sums(leaves.iter().cloned(), leaves.len())?;
        Ok(shape.order().map(|id| sums[id].clone()).collect())
    }
}

impl Tree {
    /// Sums of leaves for all nodes, level by level.
    pub(super) fn sums(
        &self,
        leaves: impl Iterator<Item = Rational>,
        count: usize,
    ) -> Result<Vec<Rational>, Error> {
        let shape = &self.shape;
        let due = shape.leaves().count();
        if count != due {
            let message = format!("{count} amounts for {due} leaves; give one for each leaf");
            return Err(Error::new(ErrorKind::Shape, message));
        }
        let mut sums = vec![Rational::ZERO; shape.len()];
        for (id, amount) in shape.leaves().zip(leaves) {
            sums[id] = amount;
        }
        for id in (1..shape.len()).rev() {
            let (parent, below) = (shape.parent(id).unwrap_or(0), sums[id].clone());
            sums[parent] += below;
            if sums[parent].is_wide() && sums[parent].bits() > CAPACITY_BITS {
                let message = format!(
                    "the amounts below {} sum to more than {CAPACITY_BITS} bits; give them fewer different denominators",
                    shape.called(parent)
                );
                return Err(Error::new(ErrorKind::Capacity, message));
            }
        }
        Ok(sums)
    }

    /// The magnitude of an amount in quanta, and whether it is below zero.
    pub(super) fn quanta(
        &self,
        amount: &Rational,
        no_multiple: impl FnOnce() -> String,
    ) -> Result<(u128, bool), Error> {
        let quanta = amount.checked_div(&self.quantum)?;
        if !quanta.is_integer() {
            return Err(Error::new(ErrorKind::Domain, no_multiple()));
        }
        let magnitude = quanta_of(&quanta.abs()).ok_or_else(|| {
            let message =
                format!("{} quanta are beyond 96 bits; take a larger quantum", shown(&quanta));
            Error::new(ErrorKind::Capacity, message)
        })?;
        Ok((magnitude, quanta.is_negative()))
    }

    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for a negative amount where there are bounds.
    pub(super) fn check_sign(&self, negative: bool) -> Result<(), Error> {
        match negative && !self.declared.is_empty() {
            false => Ok(()),
            true => Err(Error::new(
                ErrorKind::Domain,
                "floors and ceilings are for amounts from zero on, and this one is below; remove them or split the magnitude",
            )),
        }
    }
}

/// A floor in quanta: the next multiple up.
pub(super) fn up(floor: &Rational, quantum: &Rational) -> Option<u128> {
    quanta_of(&floor.checked_div(quantum).ok()?.ceil())
}

/// A ceiling in quanta: the next multiple down; none where it is more than there may be.
pub(super) fn down(ceiling: &Rational, quantum: &Rational) -> u128 {
    let quanta = ceiling.checked_div(quantum).ok().map(|quanta| quanta.floor());
    quanta.and_then(|quanta| quanta_of(&quanta)).unwrap_or(UNBOUNDED)
}

fn told(shape: &Shape, quantum: &Rational, conflict: &Conflict) -> String {
    let amount = |quanta: u128| match quanta < MOST_QUANTA {
        true => shown(&(Rational::from(quanta) * quantum)),
        false => "more than 96 bits of quanta".to_owned(),
    };
    let floor = if conflict.own_floor { "its floor" } else { "the floors below it" };
    let ceiling = if conflict.own_ceiling { "its ceiling" } else { "the ceilings below it" };
    format!(
        "{} must get at least {} ({floor}) and at most {} ({ceiling}); lower a floor or raise a ceiling",
        shape.called(conflict.id),
        amount(conflict.low),
        amount(conflict.high)
    )
}

fn in_cascade(error: Error) -> Error {
    Error::all("cascade", vec![error.clone()]).unwrap_or(error)
}
