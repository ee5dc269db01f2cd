//! What the query of an event funnel refuses, and how it says so; lengths of time.

use yardstick::events::{
    Anchor, Counting, Effect, Entry, EventFunnel, EventFunnelBuilder, Length, Order, days, hours,
    minutes, seconds,
};
use yardstick::funnel::TimeUnit;
use yardstick::{Error, ErrorKind, Owner};

/// A change of a query of three steps.
type Change = fn(EventFunnelBuilder) -> EventFunnelBuilder;

fn refused(builder: EventFunnelBuilder) -> Error {
    let error = builder.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    error
}

/// Each alone, and what it says.
const REFUSED: &[(Change, ErrorKind, &str)] = &[
    (
        |query| query.name(3, "late", Owner::Sales),
        ErrorKind::Unknown,
        "name: there is no step 3; the last of them is 2",
    ),
    (
        |query| query.at_least_after(3, hours(1)),
        ErrorKind::Unknown,
        "at least after: there is no step 3; the last of them is 2",
    ),
    (
        |query| query.at_most_after(64, hours(1)),
        ErrorKind::Unknown,
        "at most after: there is no step 64; the last of them is 2",
    ),
    (
        |query| query.by_segment_at(3),
        ErrorKind::Unknown,
        "by segment at: there is no step 3; the last of them is 2",
    ),
    (
        |query| query.optional(9),
        ErrorKind::Unknown,
        "optional: there is no step 9; the last of them is 2",
    ),
    (
        |query| query.name(0, "step 3", Owner::Both),
        ErrorKind::Duplicate,
        "step \"step 3\" is there twice; rename one",
    ),
    (
        |query| query.at_least_after(0, hours(1)),
        ErrorKind::Domain,
        "step 0 has none before it; set times of later steps",
    ),
    (
        |query| query.at_least_after(1, minutes(61)).at_most_after(1, hours(1)),
        ErrorKind::Domain,
        "step 1 comes at least longer after the one before than at most; give at least no more than at most",
    ),
    (
        |query| query.order(Order::Any).at_most_after(2, hours(1)),
        ErrorKind::Domain,
        "step 2 has a time after the one before, but in any order there is none; set a window, or order the steps",
    ),
    (
        |query| query.exclude(1, 1, 3),
        ErrorKind::Domain,
        "exclusion of bit 3 between steps 1 and 1; give two in order below 3",
    ),
    (
        |query| query.exclude(0, 3, 3),
        ErrorKind::Domain,
        "exclusion of bit 3 between steps 0 and 3; give two in order below 3",
    ),
    (
        |query| query.exclude(0, 1, 2),
        ErrorKind::Domain,
        "exclusion by bit 2, which is that of a step; give one from 3 to 63",
    ),
    (
        |query| query.exclude(0, 1, 64),
        ErrorKind::Domain,
        "exclusion by bit 64, which is none of a mask; give one from 3 to 63",
    ),
    (
        |query| query.correlate(0),
        ErrorKind::Domain,
        "correlation by bit 0, which is that of a step; give one from 3 to 63",
    ),
    (
        |query| query.time_between(2, 1),
        ErrorKind::Domain,
        "time between steps 2 and 1; give two in order below 3",
    ),
    (
        |query| query.anchor(Anchor::Previous),
        ErrorKind::Missing,
        "a window from the step before, and no window; give one",
    ),
    (
        |query| query.order(Order::Strict).exclude(0, 1, 3),
        ErrorKind::Domain,
        "exclusions in strict order, where nothing lies between steps anyway; leave them out, or order the steps without it",
    ),
    (
        |query| query.order(Order::Any).window(days(1)).anchor(Anchor::Previous),
        ErrorKind::Domain,
        "a window from the step before, but in any order there is none; count it from the start",
    ),
    (
        |query| query.order(Order::Any).strict_times(),
        ErrorKind::Domain,
        "strict times, but in any order no step follows another; leave them out, or order the steps",
    ),
    (
        |query| query.order(Order::Any).exclude(0, 1, 3),
        ErrorKind::Domain,
        "exclusions between steps, but in any order none lies between; leave them out, or order the steps",
    ),
    (
        |query| query.order(Order::Any).entry(Entry::Latest),
        ErrorKind::Domain,
        "entry at the latest event, but in any order every event can be the first; enter at the first, or by the best chain",
    ),
    (
        |query| query.counting(Counting::Totals),
        ErrorKind::Domain,
        "totals count one chain after another from each first event; set entry to first",
    ),
    (
        |query| totals(query).exclude(0, 1, 3).effect(Effect::Drops),
        ErrorKind::Domain,
        "totals count chains, and exclusions that drop leave out entities; let them break chains",
    ),
    (
        |query| totals(query).window(days(1)).anchor(Anchor::Previous),
        ErrorKind::Domain,
        "totals count one chain after another, each until its window ends; count the window from the start",
    ),
    (
        |query| totals(query).held(),
        ErrorKind::Domain,
        "totals count one chain after another, whatever its key; leave the held key out, or count uniques",
    ),
    (
        |query| totals(query).reasons(),
        ErrorKind::Domain,
        "reasons with totals, where who stopped can begin again; leave them out, or count uniques",
    ),
    (
        |query| totals(query).order(Order::Strict),
        ErrorKind::Domain,
        "totals count chains of steps in order; leave the order out, or count uniques",
    ),
    (
        |query| query.optional(0),
        ErrorKind::Domain,
        "step 0 is optional, but the first and the last are what a funnel is about; require it",
    ),
    (
        |query| query.optional(2),
        ErrorKind::Domain,
        "step 2 is optional, but the first and the last are what a funnel is about; require it",
    ),
    (
        |query| query.optional(1).at_most_after(1, hours(1)),
        ErrorKind::Domain,
        "step 1 is optional and has a time after the one before; set a window, or require it",
    ),
    (
        |query| query.optional(1).exclude(0, 1, 3),
        ErrorKind::Domain,
        "step 1 is optional, and an exclusion begins or ends there; let it be between required steps",
    ),
    (
        |query| query.optional(1).order(Order::Strict),
        ErrorKind::Domain,
        "optional steps go with steps in order; leave the order out, or require all",
    ),
    (
        |query| query.optional(1).open_entry(),
        ErrorKind::Domain,
        "optional steps with open entry, where each can be the first; choose one",
    ),
    (
        |query| query.open_entry().order(Order::Strict),
        ErrorKind::Domain,
        "open entry goes with steps in order; leave one of them out",
    ),
    (
        |query| query.open_entry().entry(Entry::First),
        ErrorKind::Domain,
        "open entry counts the best chain from any step; leave entry and totals out",
    ),
    (
        |query| query.open_entry().exclude(0, 1, 3),
        ErrorKind::Domain,
        "exclusions with open entry, where a chain need not have the step that they begin at; leave one of them out",
    ),
];

fn totals(query: EventFunnelBuilder) -> EventFunnelBuilder {
    query.counting(Counting::Totals).entry(Entry::First)
}

#[test]
fn what_does_not_go_together_is_refused_with_what_would() {
    for (change, kind, message) in REFUSED {
        let error = refused(change(EventFunnel::builder(3)));
        let [problem] = error.problems() else { panic!("{message}: {error}") };
        assert_eq!((problem.kind(), problem.message()), (*kind, *message));
        assert_eq!(error.to_string(), format!("1 problem in the funnel of events\n  {message}"));
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let everything =
        REFUSED.iter().fold(EventFunnel::builder(3), |query, (change, ..)| change(query));
    let error = refused(everything);
    let problems = error.problems().len();
    assert!(problems > 20, "{error}");
    assert!(
        error.to_string().starts_with(&format!("{problems} problems in the funnel of events\n"))
    );

    let query =
        EventFunnel::builder(2).anchor(Anchor::Previous).exclude(1, 0, 1).name(7, "x", Owner::Both);
    let messages: Vec<_> =
        refused(query).problems().iter().map(|problem| problem.message().to_owned()).collect();
    assert_eq!(
        messages,
        [
            "name: there is no step 7; the last of them is 1",
            "exclusion of bit 1 between steps 1 and 0; give two in order below 2",
            "exclusion by bit 1, which is that of a step; give one from 2 to 63",
            "a window from the step before, and no window; give one",
        ]
    );
}

#[test]
fn a_funnel_has_1_to_64_steps() {
    for (steps, text) in [(0, "0 steps"), (65, "65 steps"), (u32::MAX, "4294967295 steps")] {
        let error = refused(EventFunnel::builder(steps));
        let message = format!("{text}; a funnel of events has 1 to 64");
        let [problem] = error.problems() else { panic!("{error}") };
        assert_eq!((problem.kind(), problem.message()), (ErrorKind::Shape, message.as_str()));
    }
    assert_eq!(EventFunnel::builder(1).build().unwrap().steps(), 1);
    assert_eq!(EventFunnel::builder(64).build().unwrap().steps(), 64);
    // All bits are those of steps, and none is left to exclude.
    let error = refused(EventFunnel::builder(64).exclude(0, 1, 63));
    assert_eq!(error.problems()[0].kind(), ErrorKind::Domain);
}

#[test]
fn lengths_in_other_units() {
    assert_eq!(days(7).within(TimeUnit::Millisecond), Ok(604_800_000));
    assert_eq!(hours(48).within(TimeUnit::Day), Ok(2));
    assert_eq!(minutes(90).within(TimeUnit::Second), Ok(5_400));
    assert_eq!(seconds(0).within(TimeUnit::Day), Ok(0));
    let length = Length::new(1_500, TimeUnit::Nanosecond);
    assert_eq!((length.amount(), length.unit()), (1_500, TimeUnit::Nanosecond));
    for amount in [0, 1, 59, 1_000, u64::MAX] {
        for unit in TimeUnit::ALL {
            assert_eq!(Length::new(amount, unit).within(unit), Ok(amount));
        }
    }
    // As good as for ever.
    assert_eq!(days(u64::MAX).within(TimeUnit::Nanosecond), Ok(u64::MAX));
    let error = hours(36).within(TimeUnit::Day).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Inexact);
    assert_eq!(
        error.message(),
        "36 hours are no whole number of days, which the events count in; give a length that is"
    );
}
