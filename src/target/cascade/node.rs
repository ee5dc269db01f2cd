//! The nodes of which a tree is made.

use super::{MOST_LEVELS, MOST_NODES};
use crate::calendar::{Date, Period};
use crate::number::{Mode, Rational};
use crate::target::cascade::Ramp;

/// One place in a tree that an amount is handed down: a name, a weight among its siblings, and those
/// below it.
///
/// Names are unique among siblings; the order in which children are given is the order in which ties
/// are decided. A node alone says nothing that could be wrong: [`Cascade::new`](super::Cascade::new)
/// checks the whole tree.
///
/// ```
/// use yardstick::target::cascade::{Cascade, Node};
///
/// let north = Node::new("north").weight(3).child(Node::new("ann")).child(Node::new("ben"));
/// let cascade = Cascade::new(Node::new("company").child(north).child(Node::new("south")), 1)?;
/// let split = cascade.split(101)?; // 75.75 and 25.25
/// assert_eq!(split.at(["company", "north"])?.amount(), 76.into());
/// assert_eq!(split.at(["company", "north", "ben"])?.amount(), 38.into());
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub(super) name: String,
    pub(super) weight: Rational,
    /// What few nodes have.
    pub(super) more: Option<Box<More>>,
    pub(super) children: Vec<Node>,
    /// Levels from here down, this one included; never more than there may be.
    levels: usize,
    /// Whether children were left out, since they went deeper than a tree may.
    pub(super) too_deep: bool,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct More {
    pub(super) floor: Option<Rational>,
    pub(super) ceiling: Option<Rational>,
    pub(super) over: Option<OverAssignment>,
    pub(super) capacity: Option<Rational>,
    pub(super) denominator: Option<Rational>,
}

/// How much more (or less) than it got a node hands down.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OverAssignment {
    /// Above zero; 11/10 hands down a tenth more.
    pub factor: Rational,
    /// How `amount * factor` becomes a multiple of the quantum, by its own sign.
    pub mode: Mode,
}

impl Node {
    /// A node of weight 1 without children.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            weight: Rational::ONE,
            more: None,
            children: Vec::new(),
            levels: 1,
            too_deep: false,
        }
    }

    fn more(mut self, set: impl FnOnce(&mut More)) -> Self {
        set(self.more.get_or_insert_default());
        self
    }

    /// The same with another weight: zero or more, in any unit that its siblings share. That of the
    /// root is not looked at.
    #[must_use]
    pub fn weight(self, weight: impl Into<Rational>) -> Self {
        Self { weight: weight.into(), ..self }
    }

    /// The same with a weight that counts by as much as is there of it: the mean share of `ramp`,
    /// begun on `start`, over `period`. The weight that siblings are compared by is
    /// `weight * mean share`.
    ///
    /// ```
    /// use yardstick::target::cascade::{Cascade, Node, Ramp};
    /// use yardstick::{Calendar, Rational};
    ///
    /// // A quarter of full capacity in the first 30 days, then all of it.
    /// let ramp = Ramp::new([(0, Rational::new(1, 4)?), (30, Rational::ONE)])?;
    /// let june = Calendar::default().period("2024-06")?;
    /// let new = Node::new("ben").ramp(&ramp, june.first(), june);
    /// let split = Cascade::new(Node::new("team").child(Node::new("ann")).child(new), 1)?.split(100)?;
    /// assert_eq!(split.at(["team", "ben"])?.amount(), 20.into()); // 1/4 of 5/4
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn ramp(self, ramp: &Ramp, start: Date, period: Period) -> Self {
        let capacity = ramp.mean(start, period);
        self.more(|more| more.capacity = Some(capacity))
    }

    /// The same with the least that it must get, zero or more. Between multiples of the quantum it is
    /// the next one up.
    #[must_use]
    pub fn floor(self, floor: impl Into<Rational>) -> Self {
        let floor = floor.into();
        self.more(|more| more.floor = Some(floor))
    }

    /// The same with the most that it may get, zero or more. Between multiples of the quantum it is the
    /// next one down.
    #[must_use]
    pub fn ceiling(self, ceiling: impl Into<Rational>) -> Self {
        let ceiling = ceiling.into();
        self.more(|more| more.ceiling = Some(ceiling))
    }

    /// The same, handing down `amount * factor`, rounded once to a multiple of the quantum with
    /// `mode`. A factor above 1 asks more of those below than of the node itself.
    ///
    /// ```
    /// use yardstick::target::cascade::{Cascade, Node};
    /// use yardstick::{Mode, Rational};
    ///
    /// let team = Node::new("team").child(Node::new("ann")).child(Node::new("ben"));
    /// let team = team.over_assign(Rational::new(11, 10)?, Mode::Ceil);
    /// let split = Cascade::new(team, 1)?.split(75)?;
    /// let team = split.root();
    /// assert_eq!((team.amount(), team.handed_down()), (75.into(), 83.into())); // 82.5
    /// assert_eq!(split.at(["team", "ann"])?.amount(), 42.into());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn over_assign(self, factor: impl Into<Rational>, mode: Mode) -> Self {
        let over = OverAssignment { factor: factor.into(), mode };
        self.more(|more| more.over = Some(over))
    }

    /// The same with the denominator that is expected of it, for a [`RatioCascade`](super::RatioCascade).
    /// Only leaves have one; that of another node is the sum of those below it.
    #[must_use]
    pub fn denominator(self, denominator: impl Into<Rational>) -> Self {
        let denominator = denominator.into();
        self.more(|more| more.denominator = Some(denominator))
    }

    /// The same with one more child, behind those it has.
    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        // What would be too deep is left out here, so that no walk of a tree can exhaust the stack.
        self.too_deep |= child.too_deep;
        match child.levels < MOST_LEVELS {
            true => {
                self.levels = self.levels.max(child.levels + 1);
                // One more than there may be is enough to tell.
                if self.children.len() <= MOST_NODES {
                    self.children.push(child);
                }
            }
            false => self.too_deep = true,
        }
        self
    }

    /// The same with more children, behind those it has.
    #[must_use]
    pub fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().take(MOST_NODES + 1).fold(self, Self::child)
    }

    /// What siblings are compared by.
    pub(super) fn effective_weight(&self) -> Rational {
        match self.more.as_ref().and_then(|more| more.capacity.as_ref()) {
            Some(capacity) => &self.weight * capacity,
            None => self.weight.clone(),
        }
    }
}
