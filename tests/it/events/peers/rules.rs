//! The rules by which peers depart from the library.

/// What is said of a case: the library answers the same under this setting, or otherwise by a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Equal(&'static str),
    Departure(Rule),
}

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident $name:literal $sentence:literal,)*) => {
        /// A rule of a peer that the library does not have.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Rule {
            $($variant,)*
        }

        impl Rule {
            pub(super) const ALL: &[Self] = &[$(Self::$variant,)*];

            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Where the library departs, and why.
            pub(super) fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence,)* }
            }
        }
    };
}

rules! {
    OneEventServesSeveral "one event serves several steps"
        "an event that meets several conditions takes a chain on by all of them; here each step has an event of its own, so that nobody converts by looking once",
    RepeatEnds "a step that comes again ends the search"
        "what has been reached cannot grow once a later step is repeated; here a repeated event is one more that may be taken or left",
    EarlierStepEnds "an earlier step between two ends the search"
        "going back to a step ends the attempt; here whatever happens between two steps does not matter, unless strict order is asked for",
    RepeatsBetween "steps reached may come again between"
        "only events of no step and steps that come too early are in the way; here strict order lets nothing lie between",
    FirstAttemptOnly "only the first attempt counts"
        "what ends the first attempt ends the search, whatever comes later; here the best attempt counts",
    OwnEarlyStep "an event is its own step too early"
        "each step of an event is looked at alone, so that its later step comes before its turn; here an event of a chain is one step, and what else it is does not matter",
    LastReplaces "the last event of a step replaces those before"
        "an event of a step at the very time of the next one hides an earlier event that the next could follow; here every chain counts",
    LaterAttemptClears "a later attempt as long clears one that was excluded"
        "of attempts equally long a clean one is looked for; here the chain is chosen first, and an excluded event in it leaves out the entity",
    TiedExclusions "excluded events at the time of others are not seen"
        "among different events at one time those excluded are passed over; here an excluded event at the time of a step lies in the chain if it is no step itself",
    ExclusionsInAnyOrder "exclusions in any order"
        "an excluded event throws away what has been collected; here in any order nothing lies between two steps, and the query is refused",
    SeveralValues "one actor counts under several values"
        "an actor counts under each value with which a chain can be found; here each counts once, by the value of the chain's own event",
    NoSteps "no steps"
        "a funnel without steps has no counts; here it is refused",
    ReentriesAreEntries "each entry before the second step counts"
        "for totals with optimized re-entry each event of the first step is an entry; here an attempt swallows those within its window",
    ExclusionBeginsAnew "an excluded event ends the attempt, and the next begins"
        "for totals the attempt is over at the excluded event; here it lasts for its window, and what falls into it begins no other",
    GraceOfSeconds "a grace of seconds"
        "a step may come two seconds before the one that it should follow; here time is what it says, and equal times follow one another",
    NothingNamed "a pattern that asks for no event"
        "it matches everywhere; here it is refused",
    FirstLabelIsBase "the first event with the first label is the base"
        "whether the rest of the chain follows is looked at only there; here the base is the first event with which the whole chain is there",
    TimeAfterRest "what passes between is where a time begins"
        "after `.*` a time counts from the event that `.*` ends at; here from the event that is matched before it",
    ReturnsBeforeStart "who came before counts as coming back"
        "conditions are met at whatever time; here a return is at the start or later",
    PartFound "the part that was found"
        "where the pattern is not there, the longest beginning of it is located; here nothing is",
}
