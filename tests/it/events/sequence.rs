//! Patterns, against every match there is.

use std::collections::BTreeSet;
use std::time::Instant;

use proptest::prelude::*;
use serde_json::Value as Json;
use yardstick::events::{Events, Pattern, PatternBuilder, TimeComparison, minutes};
use yardstick::funnel::TimeUnit;
use yardstick::{ErrorKind, Rational, Reason, Value};

/// A part of a pattern, as the model has it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Item {
    Step(Option<u32>, u32, Option<u32>),
    Anything,
    Time(TimeComparison, u64),
}

fn written(items: &[Item]) -> String {
    let one = |item: &Item| match item {
        Item::Step(bit, least, most) => {
            let step = bit.map_or(".".to_owned(), |bit| format!("(?{})", bit + 1));
            match most {
                Some(most) => format!("{step}{{{least},{most}}}"),
                None => format!("{step}{{{least},}}"),
            }
        }
        Item::Anything => ".*".to_owned(),
        Item::Time(comparison, length) => format!("(?t{comparison}{length})"),
    };
    items.iter().map(one).collect()
}

fn built(items: &[Item]) -> PatternBuilder {
    items.iter().fold(Pattern::builder(), |builder, item| match *item {
        Item::Step(Some(bit), least, most) => builder.step(bit).times(least, most),
        Item::Step(None, least, most) => builder.any().times(least, most),
        Item::Anything => builder.anything(),
        Item::Time(comparison, length) => builder.time_units(comparison, length),
    })
}

fn holds(comparison: TimeComparison, length: u64, time: i128) -> bool {
    let length = i128::from(length);
    match comparison {
        TimeComparison::AtMost => time <= length,
        TimeComparison::Less => time < length,
        TimeComparison::AtLeast => time >= length,
        TimeComparison::More => time > length,
        TimeComparison::Equal => time == length,
    }
}

/// Tries everything: which event comes next for which part.
struct Backtracking<'m> {
    items: &'m [Item],
    /// Time and mask, in the order in which a pattern takes them.
    events: &'m [(i64, u64)],
    chosen: Vec<(usize, usize)>,
    /// The events of each match with the part of each.
    all: BTreeSet<Vec<(usize, usize)>>,
}

impl Backtracking<'_> {
    /// At a part of which so many events are taken, with what lies since the last event.
    fn go(&mut self, part: usize, taken: u32, gap: bool, times: &[(TimeComparison, u64)]) {
        match self.items.get(part) {
            None => {
                self.all.insert(self.chosen.clone());
            }
            Some(Item::Anything) => self.go(part + 1, 0, true, times),
            Some(Item::Time(comparison, length)) => {
                let mut times = times.to_vec();
                times.push((*comparison, *length));
                self.go(part + 1, 0, true, &times);
            }
            Some(Item::Step(bit, least, most)) => {
                if taken >= *least {
                    self.go(part + 1, 0, gap, times);
                }
                if most.is_some_and(|most| taken >= most) {
                    return;
                }
                let last = self.chosen.last().map(|(event, _)| *event);
                for event in last.map_or(0, |last| last + 1)..self.events.len() {
                    let near = gap || last.is_none_or(|last| event == last + 1);
                    let since = |last: usize| {
                        i128::from(self.events[event].0) - i128::from(self.events[last].0)
                    };
                    let in_time = times.iter().all(|(comparison, length)| {
                        last.is_none_or(|last| holds(*comparison, *length, since(last)))
                    });
                    let is = bit.is_none_or(|bit| self.events[event].1 >> bit & 1 == 1);
                    if near && in_time && is {
                        self.chosen.push((event, part));
                        self.go(part, taken + 1, false, &[]);
                        self.chosen.pop();
                    }
                }
            }
        }
    }
}

/// All matches of an entity, as events and their parts.
fn all_matches(items: &[Item], events: &[(i64, u64)]) -> BTreeSet<Vec<(usize, usize)>> {
    let mut search = Backtracking { items, events, chosen: Vec::new(), all: BTreeSet::new() };
    search.go(0, 0, false, &[]);
    search.all.remove(&Vec::new());
    search.all
}

fn span(found: &[(usize, usize)]) -> (usize, usize) {
    (found[0].0, found[found.len() - 1].0)
}

/// The largest number of matches without overlap.
fn most_matches(all: &BTreeSet<Vec<(usize, usize)>>, events: usize) -> u64 {
    let mut most = vec![0; events + 1];
    for end in 0..events {
        let ending = all.iter().map(|found| span(found)).filter(|(_, last)| *last == end);
        let with = ending.map(|(start, _)| most[start] + 1).max().unwrap_or(0);
        most[end + 1] = with.max(most[end]);
    }
    most[events]
}

fn asked(items: &[Item]) -> u64 {
    let bits = items.iter().filter_map(|item| match item {
        Item::Step(bit, ..) => *bit,
        _ => None,
    });
    bits.fold(0, |asked, bit| asked | 1 << bit)
}

/// Of each entity, how many matches, and rows and bits of the first.
type Computed = Vec<(u64, u64, Option<(Vec<usize>, Vec<Option<u32>>)>)>;

/// What a pattern has to say of rows of entity, time and mask.
fn expected(items: &[Item], rows: &[(u32, i64, u64)]) -> Computed {
    let entities: BTreeSet<u32> = rows.iter().map(|row| row.0).collect();
    let asked = asked(items);
    let of = |entity: u32| {
        let mut events: Vec<(i64, u64, u64, usize)> = Vec::new();
        for (row, (_, time, mask)) in rows.iter().enumerate().filter(|(_, row)| row.0 == entity) {
            events.push((*time, mask & asked, *mask, row));
        }
        events.sort();
        let seen: Vec<(i64, u64)> = events.iter().map(|event| (event.0, event.2)).collect();
        let all = all_matches(items, &seen);
        let count = most_matches(&all, seen.len());
        let first = all.iter().min_by_key(|found| {
            let events: Vec<usize> = found.iter().map(|(event, _)| *event).collect();
            let parts: Vec<usize> = found.iter().map(|(_, part)| *part).collect();
            (span(found).1, events, parts)
        });
        let first = first.map(|found| {
            let rows = found.iter().map(|(event, _)| events[*event].3).collect();
            let bit = |part: usize| match items[part] {
                Item::Step(bit, ..) => bit,
                _ => None,
            };
            (rows, found.iter().map(|(_, part)| bit(*part)).collect())
        });
        (u64::from(entity), count, first)
    };
    entities.into_iter().map(of).collect()
}

/// Rows as columns, and what a pattern says of them.
fn computed(
    rows: &[(u32, i64, u64)],
    compute: impl Fn(&[u32], &[i64], &[u64]) -> Computed,
) -> Computed {
    let entities: Vec<u32> = rows.iter().map(|row| row.0).collect();
    let times: Vec<i64> = rows.iter().map(|row| row.1).collect();
    let masks: Vec<u64> = rows.iter().map(|row| row.2).collect();
    compute(&entities, &times, &masks)
}

fn of_events(pattern: &Pattern, events: &Events<'_>) -> Computed {
    let counts = pattern.counts(events).unwrap();
    let found = pattern.locate(events).unwrap();
    let matches = pattern.matches(events).unwrap();
    assert_eq!(matches.entities, counts.len() as u64);
    assert_eq!(matches.matching, found.len() as u64);
    assert_eq!(pattern.count(events).unwrap(), counts.iter().map(|one| one.matches).sum::<u64>());
    let first = |entity: u64| {
        let found = found.iter().find(|found| found.entity == entity)?;
        Some((found.rows.clone(), found.bits.clone()))
    };
    counts.iter().map(|one| (one.entity, one.matches, first(one.entity))).collect()
}

fn any_items() -> impl Strategy<Value = Vec<Item>> {
    let any_bit = prop_oneof![4 => (0_u32..3).prop_map(Some), 1 => Just(None)];
    let any_times = prop_oneof![
        4 => Just((1, Some(1))),
        1 => (0_u32..3, 1_u32..4).prop_map(|(least, more)| (least.min(more), Some(more))),
        1 => (0_u32..3).prop_map(|least| (least, None)),
    ];
    let any_step = (any_bit, any_times).prop_map(|(bit, (least, most))| match (bit, least, most) {
        (None, 0, None) => Item::Step(None, 1, None),
        _ => Item::Step(bit, least, most),
    });
    let any_time = (prop::sample::select(TimeComparison::ALL.to_vec()), 0_u64..4)
        .prop_map(|(comparison, length)| Item::Time(comparison, length));
    let any_link = prop_oneof![
        3 => Just(Vec::new()),
        2 => Just(vec![Item::Anything]),
        3 => any_time.clone().prop_map(|time| vec![time]),
        1 => (any_time.clone(), any_time).prop_map(|(a, b)| vec![a, Item::Anything, b]),
    ];
    (any_step.clone(), prop::collection::vec((any_link, any_step), 0..4)).prop_map(
        |(first, more)| {
            let mut items = vec![first];
            for (link, step) in more {
                items.extend(link);
                items.push(step);
            }
            items
        },
    )
}

fn any_rows() -> impl Strategy<Value = Vec<(u32, i64, u64)>> {
    prop::collection::vec((0_u32..2, 0_i64..5, 0_u64..16), 0..12)
}

fn comes(items: &[Item]) -> bool {
    items.iter().any(|item| matches!(item, Item::Step(_, 1.., _)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6_000, ..ProptestConfig::default() })]

    #[test]
    fn patterns_are_every_match_there_is(
        items in any_items(),
        rows in any_rows(),
        shuffled in any::<prop::sample::Index>(),
    ) {
        let text = written(&items);
        let read = text.parse::<Pattern>();
        let from_parts = built(&items).build();
        prop_assert_eq!(read.is_ok(), from_parts.is_ok());
        let pattern = match read {
            Ok(pattern) => {
                prop_assert!(comes(&items));
                pattern
            }
            Err(error) if error.kind() == ErrorKind::Missing => {
                prop_assert!(!comes(&items), "{}", error);
                return Ok(());
            }
            Err(error) => {
                prop_assert!(error.to_string().contains("no time is so"), "{}", error);
                return Ok(());
            }
        };
        prop_assert_eq!(&pattern, &from_parts.unwrap());
        prop_assert_eq!(&pattern, &pattern.to_string().parse::<Pattern>().unwrap());

        let wanted = expected(&items, &rows);
        let unsorted = computed(&rows, |entities, times, masks| {
            of_events(&pattern, &Events::unsorted(entities, times, masks).unwrap())
        });
        prop_assert_eq!(&unsorted, &wanted, "{} of {:?}", pattern, rows);

        let mut rows = rows;
        let by = shuffled.index(rows.len().max(1));
        rows.rotate_left(by);
        rows.sort_by_key(|row| row.1);
        let by_time = computed(&rows, |entities, times, masks| {
            of_events(&pattern, &Events::by_time(entities, times, masks).unwrap())
        });
        prop_assert_eq!(by_time, expected(&items, &rows));
        rows.sort_by_key(|row| row.0);
        let sorted = computed(&rows, |entities, times, masks| {
            of_events(&pattern, &Events::sorted(entities, times, masks).unwrap())
        });
        let same = |one: &Computed| -> Vec<(u64, u64)> { one.iter().map(|one| (one.0, one.1)).collect() };
        prop_assert_eq!(same(&sorted), same(&unsorted));
        prop_assert_eq!(sorted, expected(&items, &rows));
    }
}

fn pattern(text: &str) -> Pattern {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

/// Of one entity, how many matches, and the times of the first.
fn of_one(text: &str, times: &[i64], masks: &[u64]) -> (u64, Option<Vec<i64>>) {
    let entities = vec![7_u32; times.len()];
    let events = Events::unsorted(&entities, times, masks).unwrap();
    let first = pattern(text).locate(&events).unwrap().pop();
    (pattern(text).count(&events).unwrap(), first.map(|found| found.times))
}

#[test]
fn times_of_one_moment_go_by_mask() {
    // Masks of steps 1, 2, and both; and one that is not asked for.
    let (one, two, both, other) = (1, 2, 3, 4);
    assert_eq!(of_one("(?1)(?2)", &[5, 5], &[two, one]), (1, Some(vec![5, 5])));
    assert_eq!(of_one("(?2)(?1)", &[5, 5], &[two, one]), (0, None));
    assert_eq!(of_one("(?1)(?2)", &[5, 5], &[both, one]), (1, Some(vec![5, 5])));
    // 2 comes before both, so there is no step 2 after a step 1.
    assert_eq!(of_one("(?1)(?2)", &[5, 5], &[both, two]), (0, None));
    // A bit that the pattern does not have changes nothing.
    assert_eq!(of_one("(?1)(?2)", &[5, 5], &[two, one | other]), (1, Some(vec![5, 5])));
    // An event that matches no step comes first.
    assert_eq!(of_one("(?1)(?2)", &[5, 5, 6], &[one, other, two]), (1, Some(vec![5, 6])));
    assert_eq!(of_one("(?1)(?2)", &[5, 6, 6], &[one, other, two]), (0, None));
}

#[test]
fn a_match_ends_as_soon_as_it_can() {
    let (times, masks) = ([0, 1, 2, 3, 9], [1, 1, 2, 2, 2]);
    assert_eq!(of_one("(?1).*(?2)", &times, &masks), (1, Some(vec![0, 2])));
    assert_eq!(of_one("(?1)+(?2)+", &times, &masks), (1, Some(vec![0, 1, 2])));
    assert_eq!(of_one("(?1)(?2)*", &times, &masks), (2, Some(vec![0])));
    assert_eq!(of_one("(?1)(?t>=8)(?2)", &times, &masks), (1, Some(vec![0, 9])));
    assert_eq!(of_one("(?2)", &times, &masks), (3, Some(vec![2])));
}

#[test]
fn the_first_to_end_comes_before_the_first_to_begin() {
    // 1 at 0 and 3 at 8, around 1 at 2 and 3 at 5.
    let (times, masks) = ([0, 2, 3, 5, 6, 8], [1, 1, 2, 4, 2, 4]);
    let text = "(?1)(?t>=1)(?2)(?t<=2)(?3)";
    assert_eq!(of_one(text, &times, &masks), (1, Some(vec![0, 3, 5])));
    let text = "(?1)(?t==1)(?2)(?t==2)(?3)";
    assert_eq!(of_one(text, &times, &masks), (1, Some(vec![2, 3, 5])));
    let text = "(?1)(?t==6)(?2)(?t==2)(?3)";
    assert_eq!(of_one(text, &times, &masks), (1, Some(vec![0, 6, 8])));
}

#[test]
fn times_between_are_those_of_the_events_on_both_sides() {
    let (times, masks) = ([0, 4, 9], [1, 4, 2]);
    for (text, matches) in [
        ("(?1)(?t<=9)(?2)", 1),
        ("(?1)(?t<9)(?2)", 0),
        ("(?1).*(?t<=9).*(?2)", 1),
        ("(?1).*(?t<9).*(?2)", 0),
        // From the other event on.
        ("(?1).(?t<=5)(?2)", 1),
        ("(?1).(?t<5)(?2)", 0),
        ("(?1)(?t<=4).(?2)", 1),
        ("(?1)(?t<4).(?2)", 0),
        // Without a step 4 both times are between 1 and 2, else one on each side of it.
        ("(?1)(?t>=1)(?4)?(?t<=9)(?2)", 1),
        ("(?1)(?t>=1)(?4)?(?t<9)(?2)", 0),
        ("(?1)(?t<=4)(?3)?(?t<=5)(?2)", 1),
        ("(?1)(?t<=4)(?3)?(?t<5)(?2)", 0),
        // Nothing before: the time says nothing.
        ("(?4)?(?t>99)(?2)", 1),
        ("(?1)(?t==9)(?2)", 1),
        ("(?1)(?t>8)(?t<10)(?2)", 1),
    ] {
        assert_eq!(of_one(text, &times, &masks).0, matches, "{text}");
    }
}

#[test]
fn units_go_by_that_of_the_events() {
    let (entities, times, masks) = ([7_u32; 2], [0, 599_999], [1_u8, 2]);
    let events = Events::sorted(&entities, &times, &masks).unwrap().unit(TimeUnit::Millisecond);
    for (text, matches) in [
        ("(?1)(?t<10 minutes)(?2)", 1),
        ("(?1)(?t<=599 seconds)(?2)", 0),
        ("(?1)(?t >= 1 minute)(?2)", 1),
        ("(?1) (?t<=599999) (?2)", 1),
        ("(?1)(?t<599999)(?2)", 0),
        // Beyond 64 bits of milliseconds.
        ("(?1)(?t<=18446744073709551615 days)(?2)", 1),
        ("(?1)(?t>18446744073709551615 days)(?2)", 0),
    ] {
        assert_eq!(pattern(text).count(&events).unwrap(), matches, "{text}");
    }
    let events = events.unit(TimeUnit::Hour);
    let error = pattern("(?1)(?t<=90 minutes)(?2)").matches(&events).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Inexact);
    let at_most = TimeComparison::AtMost;
    let built = Pattern::builder().step(0).time(at_most, minutes(90)).step(1).build().unwrap();
    assert_eq!(built.count(&events).unwrap_err().kind(), ErrorKind::Inexact);
    assert_eq!(built.locate(&events).unwrap_err().kind(), ErrorKind::Inexact);
}

#[test]
fn times_at_the_edges_do_not_overflow() {
    let (times, masks) = ([i64::MIN, i64::MAX], [1, 2]);
    for (text, matches) in [
        ("(?1).*(?2)", 1),
        ("(?1)(?t<=18446744073709551615)(?2)", 1),
        ("(?1)(?t<18446744073709551615)(?2)", 0),
        ("(?1)(?t>=18446744073709551615)(?2)", 1),
        ("(?1)(?t==18446744073709551615)(?2)", 1),
        ("(?1)(?t>18446744073709551614)(?2)", 1),
        ("(?1)(?t>18446744073709551615)(?2)", 0),
        ("(?1)(?t<1)(?2)", 0),
    ] {
        assert_eq!(of_one(text, &times, &masks).0, matches, "{text}");
        let first = of_one(text, &times, &masks).1;
        assert_eq!(first, (matches == 1).then(|| times.to_vec()), "{text}");
    }
    let none = Events::sorted(&[0_u32; 0], &[], &[0_u8; 0]).unwrap();
    let matches = pattern("(?1)").matches(&none).unwrap();
    assert_eq!((matches.entities, matches.matching), (0, 0));
    assert_eq!(matches.rate(), Value::Undefined(Reason::NoBase));
    assert!(pattern("(?1)").counts(&none).unwrap().is_empty());
    assert!(pattern("(?64)").locate(&none).unwrap().is_empty());
    assert_eq!(of_one("(?64)", &[3], &[1 << 63]), (1, Some(vec![3])));
}

#[test]
fn the_rate_is_of_all_entities() {
    let events = Events::sorted(&[1_u32, 2, 3], &[0, 0, 0], &[1_u8, 0, 1]).unwrap();
    let matches = pattern("(?1)").matches(&events).unwrap();
    assert_eq!(matches.rate(), Value::Defined(Rational::new(2, 3).unwrap()));
}

#[test]
fn text_that_is_no_pattern_is_refused_with_its_place() {
    use ErrorKind::{Capacity, Domain, Missing, Overflow, Syntax, Unknown};
    for (text, kind, span, message) in [
        ("", Missing, 0..0, "\"\" would match without any event; give a step that has to be there"),
        (".*", Missing, 0..2, "would match without any event"),
        ("(?1)*(?2)?", Missing, 0..10, "would match without any event"),
        ("(?1)(?t<=5)", Domain, 4..11, "a time is between two steps; put one on each side"),
        (".*(?t<=5)(?1)", Domain, 2..9, "a time is between two steps"),
        ("(?0)", Domain, 2..3, "there is no step 0; steps are 1 to 64"),
        ("(?65)", Domain, 2..4, "there is no step 65; steps are 1 to 64"),
        ("(?1){3,2}", Domain, 0..9, "a step from 3 to 2 times; give at least 1 as the most"),
        ("(?1){0}", Domain, 0..7, "a step from 0 to 0 times"),
        ("(?1){65}", Capacity, 0..8, "more than 64 events"),
        ("(?1){40}(?2){25,}", Capacity, 8..17, "more than 64 events"),
        ("(?1)(?t<0)(?2)", Domain, 4..10, "no time is so"),
        ("(?1)(?t<5)(?t>=5)(?2)", Domain, 10..17, "no time is so"),
        ("(?1)(?t<=1 minute)(?t>60 seconds)(?2)", Domain, 18..33, "no time is so"),
        ("(?1)(?t<=10 weks)(?2)", Unknown, 12..16, "unknown unit \"weks\"; "),
        ("(?1)(?t!=10)(?2)", Syntax, 7..9, "no comparison \"!=\"; give <=, <, >=, > or =="),
        ("(?1)(?t=10)(?2)", Syntax, 7..8, "no comparison \"=\""),
        ("(?1)(?t10)(?2)", Syntax, 7..8, "unexpected \"1\" at 7"),
        ("(?1)(?t<=)(?2)", Syntax, 9..10, "where a length of time is due"),
        ("(?1)(?t<=99999999999999999999)(?2)", Overflow, 9..29, "too large a number"),
        ("(1)", Syntax, 1..2, "unexpected \"1\" at 1"),
        ("(?1", Syntax, 3..3, "ends where \")\" after the step is due"),
        ("(?x)", Syntax, 2..3, "where the number of a step, from 1, or t for a time is due"),
        ("(?1)**", Syntax, 5..6, "unexpected \"*\" at 5"),
        ("(?1){2", Syntax, 6..6, "ends where \"}\" after how often"),
        ("(?1){,2}", Syntax, 5..6, "where how often, as in {3}, {2,5} or {2,} is due"),
        ("(?1)é", Syntax, 4..6, "unexpected \"é\" at 4"),
        ("a", Syntax, 0..1, "where a step such as (?1), any event (.) or a time"),
    ] {
        let error = text.parse::<Pattern>().unwrap_err();
        assert_eq!((error.kind(), error.span()), (kind, Some(span)), "{text}: {error}");
        assert!(format!("{error:#}").contains(message), "{text}: {error:#}");
        assert_eq!(error.text(), Some(text));
    }
}

#[test]
fn parts_that_make_no_pattern_are_refused() {
    let step = || Pattern::builder().step(0);
    let at_most = TimeComparison::AtMost;
    for (builder, kind, message) in [
        (Pattern::builder(), ErrorKind::Missing, "a pattern that would match without any event"),
        (
            Pattern::builder().times(1, 2),
            ErrorKind::Domain,
            "a pattern: a number of times at part 0",
        ),
        (
            step().anything().times(1, 2),
            ErrorKind::Domain,
            "a pattern: a number of times at part 2",
        ),
        (step().step(64), ErrorKind::Domain, "part 1 of a pattern: a step by bit 64"),
        (step().times(3, 2), ErrorKind::Domain, "part 0 of a pattern: a step from 3 to 2 times"),
        (step().times(u32::MAX, None), ErrorKind::Capacity, "part 0 of a pattern: more than 64"),
        (step().times(1, u32::MAX).step(1), ErrorKind::Capacity, "part 0 of a pattern: more than"),
        (step().time_units(at_most, 5), ErrorKind::Domain, "part 1 of a pattern: a time is"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().starts_with(message), "{error}");
    }
}

#[test]
fn what_says_nothing_is_left_out() {
    for (text, plain) in [
        (".*(?1).*.*(?2).*", "(?1).*(?2)"),
        (" (?1) .* (?t <= 10 minute) .* .{2, 5} ", "(?1)(?t<=10 minutes).{2,5}"),
        ("(?1){1}(?2){0,1}(?3){0,}(?4){1,}.{3,3}", "(?1)(?2)?(?3)*(?4)+.{3}"),
        ("(?1).{0,}(?2){2,}", "(?1).*(?2){2,}"),
        ("(?1)(?t==1 second)(?t>0)(?2)", "(?1)(?t==1 second)(?t>0)(?2)"),
    ] {
        assert_eq!(pattern(text).to_string(), plain, "{text}");
        assert_eq!(pattern(plain), pattern(text));
    }
}

/// Two hundred thousand events of one entity that nearly match from each of them on.
#[test]
fn time_is_linear_where_every_event_could_begin_a_match() {
    let events = 200_000;
    let times: Vec<i64> = (0..events).collect();
    let entities = vec![7_u32; times.len()];
    let masks = vec![1_u8; times.len()];
    let events = Events::sorted(&entities, &times, &masks).unwrap();
    for text in [
        "(?1).*(?1).*(?1).*(?2)",
        "(?1)(?t>=100000)(?1)(?t>=120000)(?1)",
        "(?1)(?t==80000)(?1)(?t==140000)(?1)",
        "(?1)+(?1)+(?1)+(?1)+(?2)",
        "(?1){0,20}(?1){0,20}(?1){20}(?2)",
    ] {
        let start = Instant::now();
        assert_eq!(pattern(text).count(&events).unwrap(), 0, "{text}");
        assert!(pattern(text).locate(&events).unwrap().is_empty());
        println!("{text}: {:?}", start.elapsed());
    }
    let start = Instant::now();
    let all = pattern("(?1)(?t>=180000)(?1)+(?t==19999)(?1)").locate(&events).unwrap();
    assert_eq!(all[0].times, [0, 180_000, 199_999]);
    println!("located: {:?}", start.elapsed());
}

/// What a case of ClickHouse comes to.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Outcome {
    Equal,
    /// It matches everywhere, without an event: refused here.
    NoStep,
    /// Where nothing matches, it gives how far it came; here nothing is located.
    Partial,
}

#[test]
fn cases_of_click_house() {
    let Some(shared) = std::env::var_os("YARDSTICK_SHARED") else {
        println!("YARDSTICK_SHARED is not set: 0 cases of sequences ran");
        return;
    };
    let path = std::path::Path::new(&shared).join("oracle/funnel/clickhouse_sequence.json");
    let cases: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut outcomes = std::collections::BTreeMap::new();
    for case in cases["cases"].as_array().unwrap() {
        let outcome = case_of_click_house(case);
        *outcomes.entry(outcome).or_insert(0) += 1;
    }
    println!("cases of sequences: {outcomes:?}");
    assert_eq!(outcomes.values().sum::<i32>(), 74);
}

fn case_of_click_house(case: &Json) -> Outcome {
    let id = case["id"].as_str().unwrap();
    let (times, masks) = match case["events"].as_array() {
        Some(events) => {
            let mask = |event: &Json| {
                let bits = event[1].as_array().unwrap().iter().enumerate();
                bits.fold(0, |mask, (i, bit)| mask | bit.as_u64().unwrap() << i)
            };
            let times = events.iter().map(|event| event[0].as_i64().unwrap()).collect();
            (times, events.iter().map(mask).collect::<Vec<u64>>())
        }
        None => generated(&case["params"]["condition_labels"]),
    };
    let entities = vec![1_u32; times.len()];
    let events = Events::unsorted(&entities, &times, &masks).unwrap();
    let result = &case["expect"]["result"];
    let text = case["params"]["pattern"].as_str().unwrap();
    let pattern = match text.parse::<Pattern>() {
        Ok(pattern) => pattern,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Missing, "{id}");
            let theirs = match case["kind"].as_str().unwrap() {
                "sequence_match" => Json::from(true),
                "sequence_count" => Json::from(times.len()),
                _ => Json::from(Vec::<i64>::new()),
            };
            assert_eq!(result, &theirs, "{id}");
            return Outcome::NoStep;
        }
    };
    let start = Instant::now();
    match case["kind"].as_str().unwrap() {
        "sequence_match" => {
            let matching = pattern.matches(&events).unwrap().matching;
            assert_eq!(result, &Json::from(matching == 1), "{id}");
        }
        "sequence_count" => {
            assert_eq!(result, &Json::from(pattern.count(&events).unwrap()), "{id}");
        }
        "sequence_match_events" => {
            let Some(found) = pattern.locate(&events).unwrap().pop() else {
                assert_eq!(pattern.count(&events).unwrap(), 0);
                return if result == &Json::from(Vec::<i64>::new()) {
                    Outcome::Equal
                } else {
                    Outcome::Partial
                };
            };
            let by_step = found.times.iter().zip(&found.bits).filter(|(_, bit)| bit.is_some());
            let times: Vec<i64> = by_step.map(|(time, _)| *time).collect();
            assert_eq!(result, &Json::from(times), "{id}");
        }
        kind => panic!("{id}: {kind}"),
    }
    if times.len() > 1_000 {
        println!("{id}: {} events in {:?}", times.len(), start.elapsed());
    }
    Outcome::Equal
}

/// An A, then Bs, and a C at last.
fn generated(labels: &Json) -> (Vec<i64>, Vec<u64>) {
    let last = 1_000_000;
    let label = |time: i64| match time {
        0 => "A",
        time if time < last => "B",
        _ => "C",
    };
    let mask = |time: i64| {
        let labels = labels.as_array().unwrap().iter().enumerate();
        labels.fold(0, |mask, (i, other)| mask | u64::from(other == label(time)) << i)
    };
    ((0..=last).collect(), (0..=last).map(mask).collect())
}
