//! Which arithmetic decided a rounding: for those who check the library, not for results.

use crate::named::named;

named! {
    /// The arithmetic that decided a rounding, from the narrowest to the widest.
    ///
    /// A result does not depend on it: the tiers exist for speed, and their names so that a test can
    /// show that each of them was reached. See [`Real::round_traced`](super::Real::round_traced).
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    Tier "arithmetic tier" {
        /// One division of 64 bits by 64 bits.
        Word = "word",
        /// One division of 128 bits by 128 bits.
        Double = "double",
        /// 256 bits by 128 bits, in two steps.
        Quad = "quad",
        /// Integers of any length.
        Big = "big",
        /// One integer root of at most 128 bits.
        NarrowRoot = "narrow_root",
        /// One integer root of any length.
        Root = "root",
        /// An interval at the first working precision.
        Interval = "interval",
        /// An interval that was widened at least once.
        Widened = "widened",
    }
}

/// Hears which tier decides. The unit type hears nothing and costs nothing.
pub(super) trait Trace {
    fn decided_by(&mut self, tier: Tier);
}

impl Trace for () {
    #[inline]
    fn decided_by(&mut self, _: Tier) {}
}

impl Trace for Option<Tier> {
    fn decided_by(&mut self, tier: Tier) {
        *self = Some(tier);
    }
}
