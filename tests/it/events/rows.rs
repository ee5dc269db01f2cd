//! Rows and predicates as columns.

use yardstick::events::{Attribution, EventFunnel, EventRows, seconds};
use yardstick::{Decimal, ErrorKind, Rational};

#[derive(Clone)]
struct Row {
    who: &'static str,
    when: i64,
    what: &'static str,
    country: &'static str,
    cents: Option<i64>,
}

fn rows() -> Vec<Row> {
    let row = |who, when, what, country, cents| Row { who, when, what, country, cents };
    vec![
        row("zoe", 5, "visit", "fr", None),
        row("abe", 3, "visit", "de", None),
        row("zoe", 9, "buy", "fr", Some(1_250)),
        row("abe", 4, "refund", "de", Some(-5)),
        row("abe", 6, "buy", "at", Some(700)),
        row("eve", 1, "other", "de", None),
    ]
}

fn taken<'f>() -> EventRows<'f, Row> {
    EventRows::new()
        .step(|row: &Row| row.what == "visit")
        .step(|row| row.what == "buy")
        .bit(5, |row| row.what == "refund")
        .entity_text(|row| row.who)
        .time(|row| row.when)
        .segment(|row| row.country)
        .value(|row| Some(Decimal::try_from_i128_with_scale(row.cents?.into(), 2).unwrap()))
}

#[test]
fn texts_are_codes_in_the_order_first_seen() {
    let columns = taken().columns(rows()).unwrap();
    let names = |code| columns.entity_name(code);
    assert_eq!([0, 1, 2, 3].map(names), [Some("zoe"), Some("abe"), Some("eve"), None]);
    let segments = [0, 1, 2, 3].map(|code| columns.segment_name(code));
    assert_eq!(segments, [Some("fr"), Some("de"), Some("at"), None]);
    assert_eq!((columns.len(), columns.is_empty()), (6, false));
}

#[test]
fn all_columns_count() {
    let rows = rows();
    let columns = taken().columns(&rows).unwrap();
    let events = columns.events().unwrap();
    let query = EventFunnel::builder(2).window(seconds(10)).by_segment(Attribution::Last);
    let result = query.clone().build().unwrap().compute(&events).unwrap();
    let total = result.total();
    assert_eq!((total.entities(), total.counts()), (3, &[2, 2][..]));
    let bought = Rational::from(1950).checked_div(&Rational::from(100)).unwrap();
    assert_eq!(total.values().unwrap()[1], bought);
    assert_eq!(result.segment(0).unwrap().counts(), [1, 1]);
    assert_eq!(result.segment(2).unwrap().counts(), [1, 1]);
    // Abe's refund lies between.
    let query = query.exclude(0, 1, 5).build().unwrap();
    assert_eq!(query.compute(&events).unwrap().total().counts(), [2, 1]);
}

#[test]
fn rows_in_any_order_give_the_same() {
    let query = EventFunnel::builder(2).build().unwrap();
    let mut rows = rows();
    let counts = |rows: &[Row]| {
        let columns = taken().columns(rows).unwrap();
        query.compute(&columns.events().unwrap()).unwrap().total().clone()
    };
    let first = counts(&rows);
    rows.sort_by_key(|row| row.when);
    assert_eq!(counts(&rows), first);
    rows.sort_by_key(|row| (row.who, row.when));
    assert_eq!(counts(&rows), first);
}

#[test]
fn entities_keys_and_sessions_as_numbers() {
    let rows = [(u64::MAX, 0, 1), (u64::MAX, 1, 2), (7, 2, 1), (7, 3, 1)];
    let columns = EventRows::new()
        .step(|row: &(u64, i64, u64)| row.1 % 2 == 0)
        .step(|row| row.1 % 2 == 1)
        .entity(|row| row.0)
        .time(|row| row.1)
        .held(|row| row.2)
        .session(|row| row.2)
        .columns(rows)
        .unwrap();
    let query = EventFunnel::builder(2).held().build().unwrap();
    let events = columns.events().unwrap();
    assert_eq!(query.compute(&events).unwrap().total().counts(), [2, 1]);
    assert_eq!(query.chains(&events).unwrap()[1].entity, u64::MAX);
    assert_eq!(columns.entity_name(7), None);
}

#[test]
fn what_is_wrong_is_told_at_once() {
    let rows: [i64; 0] = [];
    let error = EventRows::new()
        .step(|_: &i64| true)
        .bit(0, |_| true)
        .bit(64, |_| true)
        .columns(rows)
        .unwrap_err();
    let kinds: Vec<ErrorKind> = error.problems().iter().map(|problem| problem.kind()).collect();
    let expected = [ErrorKind::Domain, ErrorKind::Domain, ErrorKind::Missing, ErrorKind::Missing];
    assert_eq!(kinds, expected, "{error}");
    let many = (0..65).fold(EventRows::new(), |rows, _| rows.step(|_: &i64| true));
    let error = many.entity(|_| 0).time(|row| *row).columns(rows).unwrap_err();
    assert!(error.to_string().contains("65 steps"), "{error}");
}

#[test]
fn sixty_four_steps_fit() {
    let all = (0..64).fold(EventRows::new(), |rows, step| rows.step(move |row: &i64| *row == step));
    let columns = all.entity(|_| 0).time(|row| *row).columns(0..64_i64).unwrap();
    let query = EventFunnel::builder(64).build().unwrap();
    let result = query.compute(&columns.events().unwrap()).unwrap();
    assert_eq!(result.total().counts(), [1; 64]);
}
