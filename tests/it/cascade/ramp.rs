//! Capacity that grows.

use proptest::prelude::*;
use yardstick::target::cascade::{Node, Ramp};
use yardstick::{Date, ErrorKind, Period, Rational};

use super::{cascade, leaves, rational, team, text_of};

fn hire() -> Ramp {
    let steps = [(0, "0.25"), (30, "0.5"), (60, "0.75"), (90, "1")];
    Ramp::new(steps.map(|(after, share)| (after, rational(share)))).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn by_hand() {
    let start = day("2024-01-11");
    for (on, share) in [
        ("2024-01-10", "0"),
        ("2024-01-11", "1/4"),
        ("2024-02-09", "1/4"),
        ("2024-02-10", "1/2"),
        ("2024-04-09", "3/4"),
        ("2024-04-10", "1"),
        ("2034-01-01", "1"),
    ] {
        assert_eq!(hire().on(start, day(on)), rational(share), "{on}");
    }
    // 10 days before the start, then 21 at a quarter.
    let january = Period::inclusive(day("2024-01-01"), day("2024-01-31")).unwrap();
    assert_eq!(hire().mean(start, january), rational("21/124"));
    // Half of ann's weight of 2 in the second step.
    let march = Period::inclusive(day("2024-02-10"), day("2024-03-10")).unwrap();
    let ann = Node::new("ann").weight(2).ramp(&hire(), start, march);
    assert_eq!(leaves(&cascade(team([ann, Node::new("ben")])).split(11).unwrap()), ["6", "5"]);
    // Later steps of a ramp that does not begin at once.
    let late = Ramp::new([(5, Rational::ONE)]).unwrap();
    assert_eq!(late.on(start, day("2024-01-15")), Rational::ZERO);
    assert_eq!(late.on(start, day("2024-01-16")), Rational::ONE);
}

#[test]
fn what_is_no_ramp() {
    assert_eq!(
        text_of(Ramp::new([])),
        "a ramp without steps; give at least the share from day 0 on"
    );
    let error = Ramp::new([(0, Rational::ONE), (30, -Rational::ONE)]).unwrap_err();
    assert_eq!(error.to_string(), "steps[1].share: share -1 is below zero; give zero or more");
    let error = Ramp::new([(30, Rational::ONE), (30, Rational::ONE)]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Domain);
    assert_eq!(
        error.to_string(),
        "steps[1].after: 30 days after a step of 30 days; order steps by rising days"
    );
    let error = Ramp::new((0..367).map(|after| (after, Rational::ONE))).unwrap_err();
    assert_eq!(error.to_string(), "steps: 367 steps of a ramp; the most is 366, so take fewer");
    let wide = Rational::from(3).checked_pow(-100).unwrap();
    let error = Ramp::new([(0, wide)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "steps[0].share: a share of more than 128 bits; give it fewer digits"
    );
    assert_eq!(error.kind(), ErrorKind::Capacity);
}

proptest! {
    /// The mean is that of the days one by one.
    #[test]
    fn a_mean_is_that_of_its_days(first in -60_i32..200, days in 1_u32..150) {
        let start = day("2024-03-01");
        let first = start.plus_days(first).unwrap();
        let period = Period::inclusive(first, first.plus_days(days as i32 - 1).unwrap()).unwrap();
        let share = |day: Date| match day.number() - start.number() {
            ..0 => "0",
            0..30 => "0.25",
            30..60 => "0.5",
            60..90 => "0.75",
            _ => "1",
        };
        let sum: Rational = period.iter().map(|day| rational(share(day))).sum();
        prop_assert_eq!(hire().mean(start, period) * Rational::from(days), sum);
    }
}
