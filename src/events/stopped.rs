//! Why an entity came no further.

use crate::named::named;

named! {
    /// Why an entity came no further than it did.
    ///
    /// The first two are looked for first. Then each limit in turn is lifted, on top of those above
    /// it, and the first that lets the entity come further is the reason.
    #[derive(PartialOrd, Ord)]
    Stopped "reason" {
        /// No event of the first step; in any order, of any step.
        NeverEntered = "never_entered",
        /// The window of the chain, and the time in which the next step may come, reach beyond the end
        /// of observation.
        EndOfObservation = "end_of_observation",
        /// No event at all of the next step. In any order: none that lets it come further, even without
        /// limits.
        Absent = "absent",
        /// With another held key it would have gone on.
        HeldKey = "held_key",
        /// An excluded event lay in the way.
        Exclusion = "exclusion",
        /// The next step came too soon after the one before, or too late, by the times that are set for
        /// single steps.
        Gap = "gap",
        /// The next step came after the window, wherever it counts from.
        Window = "window",
        /// The next step came before those that it should follow, at the same time, or with others
        /// between.
        Order = "order",
    }
}
