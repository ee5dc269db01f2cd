//! Trees of time.

use yardstick::target::cascade::{Cascade, Node};
use yardstick::{Calendar, Date, ErrorKind, Grain, Period, Rational};

use super::{cascade, rational, text_of};

fn tree(period: &str, grains: &[Grain], weight: impl FnMut(Date) -> Rational) -> Node {
    let period = Calendar::default().period(period).unwrap();
    Node::over_time("all", period, grains, Calendar::default(), weight).unwrap()
}

fn even(_: Date) -> Rational {
    Rational::ONE
}

/// Monday to Friday.
fn working(day: Date) -> Rational {
    // 2024-01-01 was a Monday.
    let monday: Date = "2024-01-01".parse().unwrap();
    Rational::from(i32::from((day.number() - monday.number()).rem_euclid(7) < 5))
}

#[test]
fn buckets_weigh_the_sum_of_their_days() {
    let split = cascade(tree("2024", &[Grain::Quarter, Grain::Month, Grain::Day], even));
    let split = split.split(366_000).unwrap();
    assert_eq!(split.nodes().len(), 1 + 4 + 12 + 366);
    assert_eq!(split.at(["all", "2024-Q1"]).unwrap().amount(), 91_000.into());
    assert_eq!(split.at(["all", "2024-Q1", "2024-02"]).unwrap().amount(), 29_000.into());
    for leaf in split.leaves() {
        assert_eq!(leaf.amount(), 1_000.into());
    }
    // 21 working days in January, of the 23 + 21 + 21 of the quarter.
    let split = cascade(tree("2024-Q1", &[Grain::Month, Grain::Day], working));
    let split = split.split(65_000).unwrap();
    assert_eq!(split.at(["all", "2024-01"]).unwrap().amount(), 23_000.into());
    assert_eq!(split.at(["all", "2024-03", "2024-03-02"]).unwrap().amount(), Rational::ZERO);
}

/// Weeks do not nest in months: each month has its part of a week.
#[test]
fn a_week_is_cut_by_its_month() {
    let split = cascade(tree("2024-Q2", &[Grain::Month, Grain::Week, Grain::Day], even));
    let split = split.split(9_100).unwrap();
    assert_eq!(split.at(["all", "2024-04", "2024-W18"]).unwrap().amount(), 200.into());
    assert_eq!(split.at(["all", "2024-05", "2024-W18"]).unwrap().amount(), 500.into());
    assert_eq!(split.at(["all", "2024-04", "2024-W18"]).unwrap().children().len(), 2);
    // June begins with a weekend, a part of a week without a working day: nothing gets there.
    let split = cascade(tree("2024-Q2", &[Grain::Month, Grain::Week, Grain::Day], working));
    let split = split.split(6_500).unwrap();
    assert!(split.at(["all", "2024-06", "2024-W22"]).unwrap().amount().is_zero());
    assert_eq!(split.at(["all", "2024-06"]).unwrap().amount(), 2_000.into());
    assert_eq!(split.leaves().count(), 91);
}

#[test]
fn a_fiscal_year_and_days_alone() {
    let fiscal = Calendar::fiscal(10).unwrap();
    let period = fiscal.period("FY2024-Q1").unwrap();
    let grains = [Grain::Quarter, Grain::Month];
    let tree = Node::over_time("all", period, &grains, fiscal, even).unwrap();
    let split = cascade(tree).split(92).unwrap();
    assert_eq!(split.at(["all", "FY2024-Q1", "2023-11"]).unwrap().amount(), 30.into());
    let day = Period::day("2024-02-29".parse().unwrap());
    let weights = [rational("0.5")];
    let tree = Node::over_days("all", day, &[Grain::Day], fiscal, &weights).unwrap();
    assert_eq!(cascade(tree).split(3).unwrap().leaves().count(), 1);
}

#[test]
fn what_is_no_tree_of_time() {
    let calendar = Calendar::default();
    let month = calendar.period("2024-02").unwrap();
    let over = |grains: &[Grain]| text_of(Node::over_time("all", month, grains, calendar, even));
    assert_eq!(
        over(&[]),
        "grains: a tree of time without grains; give at least one, such as \"month\""
    );
    assert_eq!(
        over(&[Grain::Month, Grain::Week, Grain::Quarter]),
        "grains[2]: quarter is not finer than week before it; order grains from coarse to fine, each once"
    );
    assert_eq!(
        over(&[Grain::Day, Grain::Day]),
        "grains[1]: day is not finer than day before it; order grains from coarse to fine, each once"
    );
    let days = |weights: &[Rational]| {
        text_of(Node::over_days("all", month, &[Grain::Day], calendar, weights))
    };
    assert_eq!(
        days(&[Rational::ONE]),
        "weights: 1 weights for the 29 days of 2024-02-01 to 2024-02-29; give one for each day"
    );
    let mut weights = vec![Rational::ONE; 29];
    weights[4] = rational("-0.5");
    assert_eq!(
        days(&weights),
        "weights[4]: weight -1/2 of 2024-02-05 is below zero; give zero or more"
    );
    let none = Node::over_time("all", month, &[Grain::Day], calendar, |_| Rational::ZERO).unwrap();
    assert_eq!(
        text_of(Cascade::new(none, 1)),
        "1 problem in the cascade\n  children: the weights of the children of \"all\" are all zero; give one above zero"
    );
    let ever = Period::inclusive(Date::MIN, Date::MAX).unwrap();
    let error = Node::over_time("all", ever, &[Grain::Year], calendar, even).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Capacity);
    assert_eq!(
        error.to_string(),
        "period: a period of 3652059 days; the most is 1048576, so take a shorter one"
    );
}
