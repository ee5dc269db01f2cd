//! What callers rely on without calling it.

use std::mem::size_of;

use yardstick::target::cascade::Split;
use yardstick::{
    Cascade, Date, Error, Facts, Formula, Funnel, HandOff, KpiSet, Levers, Model, Period, Plan,
    Query, Rational, Report, Rounding, Scorecard, Target, Unit, Value,
};

fn shared_and_sent<T: Send + Sync + Clone + std::fmt::Debug>() {}

#[test]
fn everything_can_be_sent_shared_and_cloned() {
    shared_and_sent::<Rational>();
    shared_and_sent::<Value>();
    shared_and_sent::<Rounding>();
    shared_and_sent::<Unit>();
    shared_and_sent::<Period>();
    shared_and_sent::<Facts<'static>>();
    shared_and_sent::<Formula>();
    shared_and_sent::<KpiSet>();
    shared_and_sent::<Query>();
    shared_and_sent::<Funnel>();
    shared_and_sent::<HandOff>();
    shared_and_sent::<Target>();
    shared_and_sent::<Plan>();
    shared_and_sent::<Levers>();
    shared_and_sent::<Cascade>();
    shared_and_sent::<Split>();
    shared_and_sent::<Scorecard>();
    shared_and_sent::<Model>();
    shared_and_sent::<Report>();
    shared_and_sent::<Error>();
}

#[test]
fn sizes_are_what_tables_of_values_count_on() {
    assert_eq!(size_of::<Rational>(), 32);
    assert_eq!(size_of::<Option<Rational>>(), size_of::<Value>());
    assert_eq!(size_of::<Value>(), 48);
    assert_eq!(size_of::<Error>(), 8);
    assert_eq!(size_of::<Date>(), 4);
    assert_eq!(size_of::<Period>(), 8);
}

#[test]
fn an_error_is_an_error() {
    let error: Box<dyn std::error::Error + Send + Sync> =
        Box::new("x".parse::<Rational>().unwrap_err());
    assert!(error.downcast_ref::<Error>().is_some());
}
