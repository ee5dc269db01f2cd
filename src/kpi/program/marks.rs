//! Which cells of a block are undefined, and why, in one byte each.

use crate::number::{Reason, Sense};

/// Every reason by its precedence; the mark of an undefined cell is its place here.
pub(super) const REASONS: [Reason; 8] = [
    Reason::Missing,
    Reason::NotAdditive,
    Reason::Inconsistent,
    Reason::Unbounded(Sense::Good),
    Reason::Unbounded(Sense::Bad),
    Reason::Unbounded(Sense::Neutral),
    Reason::NoBase,
    Reason::Capacity,
];
/// The mark of a defined cell, above all others: the mark of a result is the least of its operands.
pub(super) const DEFINED: u8 = u8::MAX;

pub(super) const fn mark(reason: Reason) -> u8 {
    match reason {
        Reason::Missing => 0,
        Reason::NotAdditive => 1,
        Reason::Inconsistent => 2,
        Reason::Unbounded(Sense::Good) => 3,
        Reason::Unbounded(Sense::Bad) => 4,
        Reason::Unbounded(Sense::Neutral) => 5,
        Reason::NoBase => 6,
        Reason::Capacity => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_by_precedence() {
        assert!(REASONS.is_sorted_by(|a, b| a < b));
        for (place, reason) in REASONS.into_iter().enumerate() {
            assert_eq!(usize::from(mark(reason)), place);
        }
    }
}
