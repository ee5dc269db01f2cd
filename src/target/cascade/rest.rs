//! A cascade again, when part of it has passed.

use std::sync::Arc;

use super::bounds::{Bounds, UNBOUNDED};
use super::shape::Problems;
use super::split::{Split, distribute};
use super::tree::{Cascade, down, up};
use crate::error::{Error, ErrorKind};
use crate::number::{CAPACITY_BITS, Rational, Weights, shown};

/// What has passed, and how the rest is weighed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rest {
    /// Below each node.
    pub(super) passed: Vec<Rational>,
    pub(super) groups: Vec<Option<Box<Weights>>>,
    pub(super) surplus: Rational,
}

impl Cascade {
    /// Hands down what is left of `total` when some leaves are done: those keep what they reached, and
    /// the rest goes to the others.
    ///
    /// `actuals` has an entry for each leaf in the order in which they were declared: what it reached,
    /// or none where it is still to come. A tree of time has its days in order, so the first k have
    /// passed. What reached leaves may be any exact numbers, below zero too, and is kept as it is; only
    /// `total - sum of actuals` has to be a multiple of the quantum.
    ///
    /// That rest is handed down as [`split`](Cascade::split) does. A leaf that has passed weighs
    /// nothing, and a node weighs as much of its weight as is left below it: of a month of 30 equal
    /// days, ten of which are left, a third. So each leaf's exact share of the rest is in the ratio of
    /// what its share of the whole was. A floor or ceiling of a node counts for all of it, what has
    /// passed included. Where it can no longer be kept, it is kept as nearly as can be: those below a
    /// node go first.
    ///
    /// Where what has passed and the floors of what is left are together more than the total, what is
    /// left gets its floors, zero without one, and [`Split::surplus`] is by how much that exceeds the
    /// total. Where the leaves that are left can take no more (they weigh nothing, stand at their
    /// ceilings, or there are none), they get what they can take, and the surplus is below zero: what
    /// nobody has. A negative total is the mirror image.
    ///
    /// # Errors
    ///
    /// As [`split`](Cascade::split) and [`roll_up`](Cascade::roll_up), but that bounds do not make it
    /// fail, and as weights for [`allocate`](crate::number::allocate); [`ErrorKind::Shape`] where
    /// there are not as many actuals as leaves; [`ErrorKind::Domain`] where the rest is no multiple of
    /// the quantum, and for a tree that over-assigns, since its leaves are to reach more than the total.
    ///
    /// ```
    /// use yardstick::Rational;
    /// use yardstick::target::cascade::{Cascade, Node};
    ///
    /// let year = Node::new("year").children(["Q1", "Q2", "Q3", "Q4"].map(Node::new));
    /// let cascade = Cascade::new(year, 1)?;
    /// let actuals = [Some(Rational::from(13)), None, None, None];
    /// let split = cascade.split_rest(100, &actuals)?; // 87 are left for three quarters
    /// assert_eq!(split.root().amount(), 100.into());
    /// assert_eq!(split.at(["year", "Q1"])?.amount(), 13.into());
    /// assert_eq!(split.at(["year", "Q2"])?.amount(), 29.into());
    ///
    /// let actuals = [Some(Rational::from(120)), None, None, None];
    /// assert_eq!(cascade.split_rest(100, &actuals)?.surplus(), 20.into());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn split_rest(
        &self,
        total: impl Into<Rational>,
        actuals: &[Option<Rational>],
    ) -> Result<Split, Error> {
        let (total, tree) = (total.into(), &self.tree);
        let shape = &tree.shape;
        if let Some((id, _)) = tree.over.first_key_value() {
            let message = format!(
                "{} over-assigns, so what its leaves reach does not count towards the total; split the rest of a tree that does not",
                shape.called(*id)
            );
            return Err(Error::new(ErrorKind::Domain, message));
        }
        tree.check_sign(total.is_negative())?;
        let known = actuals.iter().map(|actual| actual.clone().unwrap_or_default());
        let passed = tree.sums(known, actuals.len())?;
        let left = &total - &passed[0];
        let (quanta, below) = tree.quanta(&left, || {
            format!(
                "what is left of {} after {}, {}, is no multiple of the quantum {}; round what has passed or take a finer quantum",
                shown(&total),
                shown(&passed[0]),
                shown(&left),
                shown(&tree.quantum)
            )
        })?;
        let negative = total.is_negative();
        // Seen from the side of the total.
        let exceeded = quanta > 0 && below != negative;

        let mut is_open = vec![false; shape.len()];
        for (id, actual) in shape.leaves().zip(actuals) {
            is_open[id] = actual.is_none();
        }
        // How much of each node is left.
        let mut open = vec![Rational::ZERO; shape.len()];
        let mut weights = vec![Rational::ZERO; shape.len()];
        for id in (0..shape.len()).rev() {
            open[id] = match &tree.groups[id] {
                _ if shape.is_leaf(id) && is_open[id] => Rational::ONE,
                Some(group) => (shape.children(id).enumerate())
                    .map(|(place, child)| group.fraction(place) * &open[child])
                    .sum(),
                None => Rational::ZERO,
            };
            weights[id] = &tree.weights[id] * &open[id];
            if open[id].is_wide() && open[id].bits() > CAPACITY_BITS {
                let message = format!(
                    "the weights of what is left below {} exceed {CAPACITY_BITS} bits; give them fewer different denominators",
                    shape.called(id)
                );
                return Err(Error::new(ErrorKind::Capacity, message));
            }
        }
        let mut problems = Problems(Vec::new());
        let groups = shape.groups(&weights, |_| true, &mut problems);
        problems.none()?;

        let mut own = Bounds { low: vec![0; shape.len()], high: vec![UNBOUNDED; shape.len()] };
        for (id, declared) in &tree.declared {
            let left = |bound: &Rational| bound - &passed[*id];
            let left_at_least = declared.floor.as_ref().map(left).filter(Rational::is_positive);
            // Floors within 96 bits stay there, but for what actuals below zero add.
            own.low[*id] = match left_at_least {
                Some(floor) => up(&floor, &tree.quantum).ok_or_else(|| {
                    let message = format!(
                        "what is left to the floor of {} is beyond 96 bits of quanta; take a larger quantum",
                        shape.called(*id)
                    );
                    Error::new(ErrorKind::Capacity, message)
                })?,
                None => 0,
            };
            own.high[*id] = match declared.ceiling.as_ref().map(left) {
                Some(ceiling) if ceiling.is_positive() => down(&ceiling, &tree.quantum),
                Some(_) => 0,
                None => UNBOUNDED,
            };
        }
        for id in shape.leaves() {
            match is_open[id] {
                // Without a multiple of the quantum between them it is the floor that is kept.
                true => own.high[id] = own.high[id].max(own.low[id]),
                false => (own.low[id], own.high[id]) = (0, 0),
            }
        }
        let bounds = own.effective(shape, &groups, &tree.over, |_| ());
        let wanted = if exceeded { 0 } else { quanta };
        let given = wanted.clamp(bounds.low[0], bounds.high[0]);
        // Without bounds of one's own the quick way, which ends the same.
        let binding = (!tree.declared.is_empty()).then_some(&bounds);
        let handed = distribute(tree, &groups, binding, given, negative)?;
        let magnitude = Rational::from(given) * &tree.quantum;
        let surplus = &passed[0] + if negative { -magnitude } else { magnitude } - &total;
        Ok(Split {
            tree: Arc::clone(tree),
            total,
            negative,
            given: handed,
            rest: Some(Rest { passed, groups, surplus }),
        })
    }
}
