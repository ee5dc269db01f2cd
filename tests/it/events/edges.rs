//! Event funnels at the edges: of times, of windows, of masks, and columns that are refused.

use yardstick::events::{
    Anchor, Attribution, Counting, Effect, EntityChain, EventFunnel, Events, Length, Order,
    Stopped, days, hours, seconds,
};
use yardstick::funnel::TimeUnit;
use yardstick::statistics::QuantileType;
use yardstick::{Column, Error, ErrorKind, Grain, Rational};

/// The only chain of one entity.
fn chain(query: &EventFunnel, times: &[i64], masks: &[u64]) -> EntityChain {
    let entities = vec![u64::MAX; times.len()];
    let events = Events::unsorted(&entities, times, masks).unwrap();
    let chains = query.chains(&events).unwrap();
    assert_eq!(chains.len(), 1);
    let depth = query.compute(&events).unwrap();
    assert_eq!(depth.total().counts().iter().sum::<u64>(), chains[0].rows.len() as u64);
    chains.into_iter().next().unwrap()
}

fn within(steps: u32, window: Length) -> EventFunnel {
    EventFunnel::builder(steps).window(window).build().unwrap()
}

#[test]
fn times_at_the_edges_of_i64() {
    let (min, max) = (i64::MIN, i64::MAX);
    let free = EventFunnel::builder(2).time_between(0, 1).build().unwrap();
    assert_eq!(chain(&free, &[max, min], &[0b10, 0b01]).rows, [1, 0]);
    // The longest time there is, and the same less one.
    assert_eq!(chain(&within(2, seconds(u64::MAX)), &[min, max], &[0b01, 0b10]).rows, [0, 1]);
    let shorter = within(2, seconds(u64::MAX - 1));
    assert_eq!(chain(&shorter, &[min, max], &[0b01, 0b10]).rows, [0]);
    assert_eq!(chain(&shorter, &[min + 1, max], &[0b01, 0b10]).rows, [0, 1]);
    // A window that ends after the last moment there is.
    let half = within(2, seconds(i64::MAX as u64));
    assert_eq!(chain(&half, &[1, max], &[0b01, 0b10]).rows, [0, 1]);
    assert_eq!(chain(&half, &[0, max], &[0b01, 0b10]).rows, [0, 1]);
    assert_eq!(chain(&half, &[-1, max], &[0b01, 0b10]).rows, [0]);
    assert_eq!(chain(&half, &[min, -1], &[0b01, 0b10]).rows, [0, 1]);
    assert_eq!(chain(&half, &[min, 0], &[0b01, 0b10]).rows, [0]);
    // The second start is the one from which the end can be reached.
    assert_eq!(chain(&half, &[min, 5, max], &[0b01, 0b01, 0b10]).rows, [1, 2]);

    // In any order, and one after another with nothing between.
    for order in Order::ALL {
        let query =
            EventFunnel::builder(2).order(order).window(seconds(u64::MAX - 1)).build().unwrap();
        assert_eq!(chain(&query, &[min, max], &[0b01, 0b10]).rows, [0]);
        assert_eq!(chain(&query, &[min, max - 1], &[0b01, 0b10]).rows, [0, 1]);
    }
    // Gaps.
    let gap = |least, most| {
        let query = EventFunnel::builder(2);
        query.at_least_after(1, seconds(least)).at_most_after(1, seconds(most)).build().unwrap()
    };
    let long = u64::MAX;
    assert_eq!(chain(&gap(long, long), &[min, max], &[0b01, 0b10]).rows, [0, 1]);
    assert_eq!(chain(&gap(long, long), &[min, max - 1], &[0b01, 0b10]).rows, [0]);
    assert_eq!(chain(&gap(0, long - 1), &[min, max], &[0b01, 0b10]).rows, [0]);
}

#[test]
fn durations_beyond_i64() {
    let (entities, times, masks) =
        ([1_u8; 4].map(u32::from), [i64::MIN, i64::MAX, 0, 0], [1_u8, 2, 0, 0]);
    let query = EventFunnel::builder(2).time_between(0, 1).build().unwrap();
    let result = query.compute(&Events::unsorted(&entities, &times, &masks).unwrap()).unwrap();
    let times = result.total().time_between(0, 1).unwrap();
    let longest = Rational::from(u64::MAX);
    assert_eq!((times.count(), times.max()), (1, longest.clone().into()));
    assert_eq!((times.total(), times.mean()), (longest.clone(), longest.clone().into()));
    let half = Rational::new(1, 2).unwrap();
    let median = times.quantiles().quantile(&half, QuantileType::Linear).unwrap();
    assert_eq!(median, longest.into());
}

#[test]
fn a_window_of_zero_is_one_moment() {
    let query = within(3, seconds(0));
    assert_eq!(chain(&query, &[-7, -7, -7], &[0b100, 0b010, 0b001]).rows, [2, 1, 0]);
    assert_eq!(chain(&query, &[-7, -7, -6], &[0b001, 0b010, 0b100]).rows, [0, 1]);
    let query =
        EventFunnel::builder(2).window(seconds(0)).anchor(Anchor::Previous).build().unwrap();
    assert_eq!(chain(&query, &[-1, 0], &[0b01, 0b10]).rows, [0]);
    assert_eq!(chain(&query, &[0, 0], &[0b01, 0b10]).rows, [0, 1]);
    // Strict times and no time: nothing follows.
    let query = EventFunnel::builder(2).window(seconds(0)).strict_times().build().unwrap();
    assert_eq!(chain(&query, &[0, 0, 1], &[0b01, 0b10, 0b10]).rows, [0]);
}

#[test]
fn masks_beyond_the_steps_and_duplicates() {
    // Bits of no step say nothing, whatever else they are.
    let query = EventFunnel::builder(2).build().unwrap();
    let other = u64::MAX << 2;
    assert_eq!(chain(&query, &[0, 1], &[other | 0b01, other | 0b10]).rows, [0, 1]);
    assert_eq!(chain(&query, &[0, 1], &[other, other | 0b10]).rows, [] as [usize; 0]);
    // Two of one kind at one time are two events.
    let query = EventFunnel::builder(3).build().unwrap();
    assert_eq!(chain(&query, &[0, 0], &[0b111, 0b111]).rows.len(), 2);
    assert_eq!(chain(&query, &[0, 0, 0, 0], &[0b111; 4]).rows, [0, 1, 2]);
    // And one is one.
    assert_eq!(chain(&query, &[0], &[0b111]).rows, [0]);
}

#[test]
fn one_step_and_64() {
    let one = EventFunnel::builder(1).build().unwrap();
    assert_eq!(chain(&one, &[3, 2, 2], &[1, 1, 3]).times, [2]);
    let all = EventFunnel::builder(64).reasons().build().unwrap();
    let times: Vec<i64> = (0..64).collect();
    let masks: Vec<u64> = (0..64).map(|step| 1 << step).collect();
    let found = chain(&all, &times, &masks);
    assert_eq!((found.rows.len(), found.stopped), (64, None));
    // All at one time, in the opposite order of rows, and all of everything.
    let opposite: Vec<u64> = masks.iter().rev().copied().collect();
    assert_eq!(chain(&all, &[9; 64], &opposite).rows, (0..64).rev().collect::<Vec<_>>());
    assert_eq!(chain(&all, &[9; 64], &[u64::MAX; 64]).rows.len(), 64);
    let found = chain(&all, &[9; 63], &[u64::MAX; 63]);
    assert_eq!((found.rows.len(), found.stopped), (63, Some(Stopped::Order)));
    let backwards: Vec<i64> = (0..64).rev().collect();
    let found = chain(&all, &backwards, &masks);
    assert_eq!((found.rows.len(), found.stopped), (1, Some(Stopped::Order)));
    let any = EventFunnel::builder(64).order(Order::Any).build().unwrap();
    assert_eq!(chain(&any, &backwards, &masks).rows, (0..64).rev().collect::<Vec<_>>());
}

#[test]
fn observation_until_the_last_moment_there_is() {
    let query = EventFunnel::builder(2).reasons().build().unwrap();
    let reason = |time: i64, until: i64| {
        let (times, until) = ([time], until);
        let events = Events::sorted(&[1_u32], &times, &[1_u8]).unwrap();
        let chains = query.chains(&events.observed_until(until).unwrap()).unwrap();
        chains[0].stopped
    };
    assert_eq!(reason(0, 5), Some(Stopped::EndOfObservation));
    assert_eq!(reason(i64::MIN, i64::MAX - 1), Some(Stopped::EndOfObservation));
    // Nothing can come after it, though there is no window.
    assert_eq!(reason(0, i64::MAX), Some(Stopped::Absent));
}

#[test]
fn nothing_comes_of_no_events() {
    let none: ([u32; 0], [i64; 0], [u8; 0]) = ([], [], []);
    let query = EventFunnel::builder(3)
        .by_segment(Attribution::All)
        .trend(Grain::Month)
        .time_between(0, 2)
        .reasons()
        .correlate(7)
        .build()
        .unwrap();
    for events in [
        Events::sorted(&none.0, &none.1, &none.2),
        Events::by_time(&none.0, &none.1, &none.2),
        Events::unsorted(&none.0, &none.1, &none.2),
    ] {
        let events = events.unwrap().segments(&[], 0).unwrap().observed_until(i64::MIN).unwrap();
        assert!(events.is_empty());
        assert_eq!(query.chains(&events).unwrap(), []);
        let result = query.compute(&events).unwrap();
        let total = result.total();
        assert_eq!((total.entities(), total.counts()), (0, &[0, 0, 0][..]));
        assert!(total.conversion().is_undefined());
        assert_eq!((total.values(), total.time_between(0, 2).unwrap().count()), (None, 0));
        assert_eq!((result.segments().count(), result.periods().count()), (0, 0));
    }
}

/// The kind, the row, the column and the message of an error.
fn parts<T>(result: Result<T, Error>) -> (ErrorKind, Option<usize>, Option<String>, String) {
    let Err(error) = result else { panic!("it was not refused") };
    (error.kind(), error.row(), error.column().map(str::to_owned), error.message().to_owned())
}

fn refused(
    kind: ErrorKind,
    row: Option<usize>,
    column: &str,
    message: &str,
) -> (ErrorKind, Option<usize>, Option<String>, String) {
    (kind, row, Some(column.to_owned()), message.to_owned())
}

#[test]
fn columns_out_of_order() {
    use ErrorKind::Shape;

    let masks = [1_u8; 4];
    assert_eq!(
        parts(Events::sorted(&[7_u32, 7, 9, 8], &[0, 1, 0, 5], &masks)),
        refused(
            Shape,
            Some(3),
            "entity",
            "8 comes after 9, out of order; sort the rows or declare them unsorted"
        )
    );
    assert_eq!(
        parts(Events::sorted(&[7_u64, 9, 9, 9], &[5, -3, -4, -9], &masks)),
        refused(
            Shape,
            Some(2),
            "time",
            "-4 of entity 9 comes after -3, out of order; sort the rows or declare them unsorted"
        )
    );
    assert_eq!(
        parts(Events::by_time(&[9_u32, 7, 8, 7], &[5, 5, 6, i64::MIN], &masks)),
        refused(
            Shape,
            Some(3),
            "time",
            "-9223372036854775808 comes after 6, out of order; sort the rows or declare them unsorted"
        )
    );
    // Far down, where it is looked for in blocks.
    let (mut entities, times, masks) = (vec![1_u32; 5_000], vec![0_i64; 5_000], vec![1_u16; 5_000]);
    entities[4_999] = 0;
    assert_eq!(parts(Events::sorted(&entities, &times, &masks)).1, Some(4_999));
    // Ties are in order.
    assert!(Events::sorted(&[0_u32, 0, 1, 1], &[2, 2, 0, 0], &[3_u32, 1, 2, 0]).is_ok());
}

#[test]
fn columns_that_do_not_fit() {
    use ErrorKind::{Domain, Shape};

    assert_eq!(
        parts(Events::unsorted(&[1_u32, 2], &[0], &[1_u8, 1])),
        refused(Shape, None, "time", "1 rows of time, and 2 of entity; give one for each event")
    );
    assert_eq!(
        parts(Events::sorted(&[1_u32], &[0], &[1_u8, 1])),
        refused(Shape, None, "mask", "2 rows of mask, and 1 of entity; give one for each event")
    );
    let times = [4, 9, 2];
    let events = Events::unsorted(&[1_u32, 2, 1], &times, &[1_u64; 3]).unwrap();
    assert_eq!(
        parts(events.clone().segments(&[0, 1], 2)),
        refused(
            Shape,
            None,
            "segment",
            "2 rows of segment, and 3 of entity; give one for each event"
        )
    );
    assert_eq!(
        parts(events.clone().segments(&[0, 2, 3], 2)),
        refused(
            Domain,
            Some(1),
            "segment",
            "segment 2 is not below 2, the number of segments; give a code from 0 on"
        )
    );
    assert!(events.clone().segments(&[0, 1, u32::MAX - 1], u32::MAX).is_ok());
    assert_eq!(
        parts(events.clone().values(Column::integers(&[1]))),
        refused(Shape, None, "value", "1 rows of value, and 3 of entity; give one for each event")
    );
    assert_eq!(
        parts(events.clone().held(&[1])),
        refused(
            Shape,
            None,
            "held key",
            "1 rows of held key, and 3 of entity; give one for each event"
        )
    );
    assert_eq!(
        parts(events.clone().sessions(&[])),
        refused(
            Shape,
            None,
            "session",
            "0 rows of session, and 3 of entity; give one for each event"
        )
    );
    assert_eq!(
        parts(events.clone().observed_until(8)),
        refused(
            Domain,
            Some(1),
            "time",
            "an event at 9 is after 8, until when is observed; leave it out or observe longer"
        )
    );
    assert!(events.observed_until(9).is_ok());
}

#[test]
fn columns_that_a_query_needs() {
    let events = Events::sorted(&[1_u32], &[0], &[1_u8]).unwrap();
    let builder = || EventFunnel::builder(1);
    for (query, column, message) in [
        (
            builder().held(),
            "held key",
            "no column of held key, and the query holds one; give one with the events",
        ),
        (
            builder().counting(Counting::Sessions),
            "session",
            "no column of session, and the query counts them; give one with the events",
        ),
        (
            builder().by_segment_at(0),
            "segment",
            "no column of segment, and the query counts by it; give one with the events",
        ),
    ] {
        let query = query.build().unwrap();
        let expected = refused(ErrorKind::Missing, None, column, message);
        assert_eq!(parts(query.compute(&events)), expected);
        assert_eq!(parts(query.chains(&events)), expected);
    }
}

#[test]
fn lengths_that_are_no_whole_number_of_the_events() {
    let events = Events::sorted(&[1_u32], &[0], &[1_u8]).unwrap().unit(TimeUnit::Day);
    let builder = || EventFunnel::builder(2);
    for query in [
        builder().window(hours(36)),
        builder().window(hours(36)).anchor(Anchor::Previous),
        builder().at_least_after(1, hours(36)),
        builder().at_most_after(1, hours(36)).reasons(),
    ] {
        let error = query.build().unwrap().compute(&events).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Inexact);
        let message = "36 hours are no whole number of days, which the events count in; give a length that is";
        assert_eq!(error.message(), message);
    }
    assert!(builder().window(hours(48)).build().unwrap().compute(&events).is_ok());
    // Beyond 64 bits is for ever.
    let nanoseconds = Events::sorted(&[1_u32, 1], &[i64::MIN, i64::MAX], &[1_u8, 2]).unwrap();
    let query = builder().window(days(u64::MAX)).build().unwrap();
    let result = query.compute(&nanoseconds.unit(TimeUnit::Nanosecond)).unwrap();
    assert_eq!(result.total().counts(), [1, 1]);
}

#[test]
fn trends_have_days() {
    let query = EventFunnel::builder(1).trend(Grain::Day).build().unwrap();
    let result = |times: &[i64; 3], unit| {
        let events = Events::unsorted(&[3_u32, 5, 9], times, &[1_u8, 0, 1]).unwrap().unit(unit);
        query.compute(&events)
    };
    // The last second of 1969; who never entered is on no day.
    let periods = result(&[-1, i64::MAX, 0], TimeUnit::Second).unwrap();
    let days: Vec<_> =
        periods.periods().map(|(day, of)| (day.to_string(), of.entities())).collect();
    assert_eq!(
        days,
        [("1969-12-31 to 1969-12-31".to_owned(), 1), ("1970-01-01 to 1970-01-01".to_owned(), 1)]
    );
    assert_eq!(
        parts(result(&[0, 0, i64::MIN], TimeUnit::Day)),
        refused(
            ErrorKind::Date,
            Some(2),
            "time",
            "the chain of entity 9 begins at -9223372036854775808 days since 1970, outside 0001-01-01 to 9999-12-31; give the unit of the times, or leave out the trend"
        )
    );
}

#[test]
fn excluded_at_the_edges() {
    let query = |effect| EventFunnel::builder(2).exclude(0, 1, 63).effect(effect).build().unwrap();
    let (times, masks) = ([i64::MIN, 0, i64::MAX], [0b01, 1 << 63, 0b10]);
    assert_eq!(chain(&query(Effect::Breaks), &times, &masks).rows, [0]);
    let entities = [1_u32; 3];
    let events = Events::sorted(&entities, &times, &masks).unwrap();
    let result = query(Effect::Drops).compute(&events).unwrap();
    assert_eq!((result.total().dropped(), result.total().counts()), (1, &[0, 0][..]));
    // As late as the window reaches.
    let drops = |window, times: [i64; 2]| {
        let query = EventFunnel::builder(2).exclude(0, 1, 63).effect(Effect::Drops);
        let query = query.window(seconds(window)).build().unwrap();
        let events = Events::sorted(&[1_u32; 2], &times, &[0b01_u64, 1 << 63]).unwrap();
        query.chains(&events).unwrap()[0].dropped
    };
    assert!(drops(u64::MAX, [i64::MIN, i64::MAX]));
    assert!(!drops(u64::MAX - 1, [i64::MIN, i64::MAX]));
    assert!(drops(10, [i64::MAX - 10, i64::MAX]));
    assert!(!drops(9, [i64::MAX - 10, i64::MAX]));
}

#[test]
fn sixty_four_steps_at_one_time_in_no_order() {
    // Two have an event for each of the first two steps, one has a single event for all.
    let entity = [3_u64, 1, 2, 1, 2];
    let mask = [u64::MAX, 0b01, 0b10, 0b10, 0b01];
    for spread in [1, 0x9e37_79b9_7f4a_7c15] {
        let entity = entity.map(|entity: u64| entity.wrapping_mul(spread));
        for time in [i64::MIN, 5, i64::MAX] {
            let time = [time; 5];
            let events = Events::unsorted(&entity, &time, &mask).unwrap();
            let result = EventFunnel::builder(64).build().unwrap().compute(&events).unwrap();
            assert_eq!(result.total().counts()[..3], [3, 2, 0]);
        }
    }
}
