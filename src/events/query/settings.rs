//! The settings of a query that have names.

use crate::named::named;

named! {
    /// How the steps follow one another.
    #[derive(PartialOrd, Ord)]
    Order "order" {
        /// One after another; whatever else happens between them does not matter.
        Ordered = "ordered",
        /// One after another with nothing between: the events of the entity from the first of the
        /// chain to its last can be put in an order by time in which those of the chain follow one
        /// another without any other. Events that match no step are there too, so give them.
        Strict = "strict",
        /// In any order.
        Any = "any",
    }
}

named! {
    /// Which chain of an entity counts.
    #[derive(PartialOrd, Ord)]
    Entry "entry" {
        /// The best of all.
        Best = "best",
        /// The best of those that begin at the first time of an event of the first step.
        First = "first",
        /// The best of those that begin at the last time of an event of the first step.
        Latest = "latest",
    }
}

named! {
    /// What is counted.
    #[derive(PartialOrd, Ord)]
    Counting "counting" {
        /// Entities, each by one chain.
        Uniques = "uniques",
        /// Chains, one after another: each is the one that begins at the first time of an event of the
        /// first step after the end of the one before. A chain that is complete ends with its last
        /// event; any other when its window does, so that what falls into it begins no other.
        Totals = "totals",
        /// Sessions of entities, each by one chain within it.
        Sessions = "sessions",
    }
}

named! {
    /// From when the window counts.
    #[derive(PartialOrd, Ord)]
    Anchor "window anchor" {
        /// From the first event of the chain: it ends at most a window later.
        Start = "start",
        /// From the step before: each step comes at most a window after it.
        Previous = "previous",
    }
}

named! {
    /// What an excluded event does.
    #[derive(PartialOrd, Ord)]
    Effect "effect" {
        /// Chains that it lies in do not count, but others of the entity do.
        Breaks = "breaks",
        /// The chain is chosen as if there were none. If one lies in it, the entity is left out.
        Drops = "drops",
    }
}

named! {
    /// By which event's segment an entity is counted.
    #[derive(PartialOrd, Ord)]
    Attribution "attribution" {
        /// By the segment of the chain's first event.
        First = "first",
        /// By that of its last.
        Last = "last",
        /// Each segment for itself: only its events make its chains, so that one entity can count in
        /// several.
        All = "all",
        /// By that of the step [`at`](crate::events::EventFunnelBuilder::by_segment_at); who has not come so far is
        /// not counted.
        Step = "step",
    }
}
