//! What a node must get at least and may get at most, in quanta, with what is below it.

use std::collections::BTreeMap;

use super::MOST_QUANTA;
use super::node::OverAssignment;
use super::shape::Shape;
use crate::error::{Error, ErrorKind};
use crate::number::{Rational, Rounding, Weights};

/// No ceiling.
pub(super) const UNBOUNDED: u128 = u128::MAX;

/// Floors and ceilings of all nodes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bounds {
    pub(super) low: Vec<u128>,
    pub(super) high: Vec<u128>,
}

/// A node that must get more than it may.
pub(super) struct Conflict {
    pub(super) id: usize,
    pub(super) low: u128,
    pub(super) high: u128,
    /// Whether it is its own floor that is too high, not those below it.
    pub(super) own_floor: bool,
    /// Whether it is its own ceiling that is too low, not those below it.
    pub(super) own_ceiling: bool,
}

impl Bounds {
    /// From those that nodes have themselves, bottom-up: a node needs what its children need, and can
    /// take what its children can take. A child of weight zero takes no more than it needs. Where a
    /// node must get more than it may, what those below it need goes before its own ceiling, and what
    /// they can take before its own floor, and `conflict` is told.
    pub(super) fn effective(
        mut self,
        shape: &Shape,
        groups: &[Option<Box<Weights>>],
        over: &BTreeMap<usize, OverAssignment>,
        mut conflict: impl FnMut(Conflict),
    ) -> Self {
        for id in (0..shape.len()).rev() {
            let children = shape.children(id);
            if children.is_empty() {
                continue;
            }
            let (mut needed, mut room) = (0_u128, 0_u128);
            for (place, child) in children.enumerate() {
                let weighs = groups[id].as_ref().is_some_and(|group| !group.is_zero(place));
                if !weighs {
                    self.high[child] = self.low[child];
                }
                needed = needed.saturating_add(self.low[child]);
                room = room.saturating_add(self.high[child]);
            }
            if let Some(over) = over.get(&id) {
                needed = over.least(needed);
                // The most that hands down no more than there is room for.
                room = match room.checked_add(1) {
                    Some(beyond) => match over.least(beyond) {
                        UNBOUNDED => UNBOUNDED,
                        least => least.saturating_sub(1),
                    },
                    None => UNBOUNDED,
                };
            }
            let (low, high) = (self.low[id].max(needed), self.high[id].min(room));
            if low > high {
                let own_floor = self.low[id] >= needed;
                let own_ceiling = self.high[id] <= room;
                conflict(Conflict { id, low, high, own_floor, own_ceiling });
            }
            self.high[id] = high.max(needed);
            self.low[id] = low.min(self.high[id]);
        }
        self
    }
}

impl OverAssignment {
    /// What a node with so many quanta hands down.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Capacity`] beyond 96 bits, and [`ErrorKind::Inexact`] with mode exact where it
    /// is no multiple of the quantum.
    pub(super) fn hand_down(&self, quanta: u128, negative: bool) -> Result<u128, Error> {
        let amount = Rational::from(quanta) * &self.factor;
        let amount = if negative { -amount } else { amount };
        let rounded = amount.round(Rounding::new(0, self.mode));
        rounded.map(|rounded| rounded.mantissa().unsigned_abs()).map_err(|error| {
            let (kind, message) = match error.kind() {
                ErrorKind::Inexact => (
                    ErrorKind::Inexact,
                    "is no multiple of the quantum and the mode is exact; name a rounding mode",
                ),
                _ => (ErrorKind::Capacity, "is beyond 96 bits of quanta; take a larger quantum"),
            };
            Error::new(
                kind,
                format!("what is handed down, {} times the amount, {message}", self.factor),
            )
        })
    }

    /// The fewest quanta that hand down at least so many.
    fn least(&self, wanted: u128) -> u128 {
        if wanted == 0 {
            return 0;
        }
        let over =
            |wanted: u128| Rational::from(wanted).checked_div(&self.factor).unwrap_or_default();
        // Rounding adds less than one: so many are too few, and so many enough.
        let (few, enough) = (over(wanted - 1).floor(), over(wanted).ceil());
        let (Some(mut few), Some(mut enough)) = (quanta_of(&few), quanta_of(&enough)) else {
            return UNBOUNDED;
        };
        while enough - few > 1 {
            let middle = few + (enough - few) / 2;
            let reaches = match self.hand_down(middle, false) {
                Ok(handed) => handed >= wanted,
                Err(_) => Rational::from(middle) * &self.factor >= Rational::from(wanted),
            };
            match reaches {
                true => enough = middle,
                false => few = middle,
            }
        }
        enough
    }
}

/// A whole number of quanta, none below zero and not too many.
pub(super) fn quanta_of(value: &Rational) -> Option<u128> {
    let (num, den) = value.narrow_parts()?;
    let num = u128::try_from(num).ok()?;
    (num % den == 0).then(|| num / den).filter(|quanta| *quanta < MOST_QUANTA)
}
