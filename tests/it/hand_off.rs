//! The hand-off of leads, against a plain list of them looked at one by one.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use yardstick::funnel::{
    Agreement, AgreementOutcome, HandOff, HandedLeads, Leads, Outcome, SideState, TimeUnit,
};
use yardstick::kpi::catalog;
use yardstick::statistics::QuantileType;
use yardstick::{Column, Error, ErrorKind, Formula, Owner, Rational, Reason, Value};

use Outcome::{Accepted, Open, Returned};

/// A lead, in words.
#[derive(Debug, Clone)]
struct Row {
    handed_over: i64,
    responded: Option<i64>,
    outcome: Outcome,
    reason: &'static str,
    segment: &'static str,
}

const REASONS: [&str; 4] = ["", "no budget", "not reached", "wrong fit"];
const SEGMENTS: [&str; 3] = ["fair", "search", ""];

fn any_row() -> impl Strategy<Value = Row> {
    let any_wait = prop_oneof![Just(None), (0_i64..12).prop_map(Some)];
    let outcome = prop::sample::select(Outcome::ALL.to_vec());
    let reason = prop::sample::select(REASONS.to_vec());
    let segment = prop::sample::select(SEGMENTS.to_vec());
    (-8_i64..8, any_wait, outcome, reason, segment).prop_map(
        |(handed_over, wait, outcome, reason, segment)| Row {
            handed_over,
            responded: wait.map(|wait| handed_over + wait),
            outcome,
            reason: if outcome == Returned { reason } else { "" },
            segment,
        },
    )
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(any_row(), 0..40)
}

/// A bitmap of the rows that have a value.
fn bitmap(cells: &[Option<i64>]) -> Vec<u8> {
    let mut bits = vec![0_u8; cells.len().div_ceil(8)];
    for (row, _) in cells.iter().enumerate().filter(|(_, cell)| cell.is_some()) {
        bits[row / 8] |= 1 << (row % 8);
    }
    bits
}

fn hand_off_in(unit: TimeUnit, rows: &[Row], as_of: i64) -> Result<HandOff, Error> {
    let handed_over: Vec<i64> = rows.iter().map(|row| row.handed_over).collect();
    let responded: Vec<Option<i64>> = rows.iter().map(|row| row.responded).collect();
    let values: Vec<i64> = responded.iter().map(|cell| cell.unwrap_or(i64::MIN)).collect();
    let outcomes: Vec<Outcome> = rows.iter().map(|row| row.outcome).collect();
    let bits = bitmap(&responded);
    let leads = Leads::new(unit, Column::integers(&handed_over), &outcomes)
        .responded(Column::integers(&values).with_validity(&bits))
        .reasons(&rows.iter().map(|row| row.reason).collect::<Vec<_>>())
        .segments(&rows.iter().map(|row| row.segment).collect::<Vec<_>>());
    HandOff::of(&leads, as_of)
}

fn hand_off(rows: &[Row], as_of: i64) -> HandOff {
    hand_off_in(TimeUnit::Hour, rows, as_of).unwrap()
}

/// A value as a fraction of another library.
fn exact(value: &Value) -> Option<BigRational> {
    match value {
        Value::Defined(value) => Some(value.to_string().parse().unwrap()),
        Value::Undefined(reason) => {
            assert_eq!(*reason, Reason::NoBase);
            None
        }
    }
}

fn over(part: usize, whole: usize) -> Option<BigRational> {
    (whole > 0).then(|| BigRational::new(part.into(), whole.into()))
}

/// What is known of a lead as of a time, one by one.
fn as_known(row: &Row, as_of: i64) -> Option<(Outcome, Option<i64>, i64)> {
    if row.handed_over > as_of {
        return None;
    }
    let waited = as_of - row.handed_over;
    match row.responded {
        Some(time) if time > as_of => Some((Open, None, waited)),
        Some(time) => Some((row.outcome, Some(time - row.handed_over), waited)),
        None => Some((row.outcome, None, waited)),
    }
}

/// The group against its rows.
fn check(group: &HandedLeads, rows: &[&Row], as_of: i64, limit: i64) -> Result<(), TestCaseError> {
    let known: Vec<_> = rows.iter().filter_map(|row| as_known(row, as_of)).collect();
    let many = |outcome: Outcome| known.iter().filter(|(other, ..)| *other == outcome).count();
    let (all, accepted, returned) = (known.len(), many(Accepted), many(Returned));
    prop_assert_eq!(group.handed_over(), all as u64);
    prop_assert_eq!(group.accepted(), accepted as u64);
    prop_assert_eq!(group.returned(), returned as u64);
    prop_assert_eq!(group.open(), many(Open) as u64);
    prop_assert_eq!(group.handed_over_later(), (rows.len() - all) as u64);
    prop_assert_eq!(group.decided(), (accepted + returned) as u64);
    prop_assert_eq!(exact(&group.acceptance_rate()), over(accepted, all));
    prop_assert_eq!(
        exact(&group.acceptance_rate_of_decided()),
        over(accepted, accepted + returned)
    );
    prop_assert_eq!(exact(&group.return_rate()), over(returned, all));
    prop_assert_eq!(exact(&group.return_rate_of_decided()), over(returned, accepted + returned));

    // Reasons: most first, then by name, without one last.
    let mut counts: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    for row in rows {
        if as_known(row, as_of).is_some_and(|(outcome, ..)| outcome == Returned) {
            *counts.entry((row.reason.is_empty(), row.reason)).or_default() += 1;
        }
    }
    let mut due: Vec<_> = counts.into_iter().map(|(key, count)| (count, key)).collect();
    due.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let found = group.returned_by_reason();
    prop_assert_eq!(found.len(), due.len());
    for (found, (count, (unnamed, name))) in found.iter().zip(due) {
        prop_assert_eq!(found.reason.as_deref(), (!unnamed).then_some(name));
        prop_assert_eq!(found.count, count as u64);
        prop_assert_eq!(exact(&found.share), over(count, returned));
    }

    // Durations, by sorting a list.
    let mut response: Vec<i64> = known.iter().filter_map(|(_, time, _)| *time).collect();
    response.sort_unstable();
    let times = group.response_times();
    prop_assert_eq!(times.count(), response.len() as u64);
    prop_assert_eq!(
        exact(&times.mean()),
        over(response.iter().sum::<i64>() as usize, response.len())
    );
    let end = |value: Option<&i64>| value.map(|value| BigRational::from(BigInt::from(*value)));
    prop_assert_eq!(exact(&times.min()), end(response.first()));
    prop_assert_eq!(exact(&times.max()), end(response.last()));
    let quantiles = times.quantiles();
    for (percent, place) in [(25, 1), (50, 2), (75, 3)] {
        let p = Rational::new(percent, 100).unwrap();
        let linear = quantiles.quantile(&p, QuantileType::Linear).unwrap();
        let due = (!response.is_empty()).then(|| {
            // In quarters of a step, from the first to the last.
            let at = (response.len() - 1) * place;
            let (low, high) = (response[at / 4], response[(at / 4 + 1).min(response.len() - 1)]);
            BigRational::new(BigInt::from(4 * low + (at % 4) as i64 * (high - low)), 4.into())
        });
        prop_assert_eq!(exact(&linear), due);
        let discrete = quantiles.quantile(&p, QuantileType::InverseCdf).unwrap();
        let due = (!response.is_empty()).then(|| {
            BigRational::from(BigInt::from(response[(response.len() * place).div_ceil(4) - 1]))
        });
        prop_assert_eq!(exact(&discrete), due);
    }
    let is_waiting =
        |(outcome, time, _): &&(Outcome, Option<i64>, i64)| *outcome == Open && time.is_none();
    let waiting: Vec<i64> = known.iter().filter(is_waiting).map(|(.., waited)| *waited).collect();
    prop_assert_eq!(exact(&group.waiting().max()), end(waiting.iter().max()));

    // The service level, lead by lead.
    let level = group.service_level(limit.unsigned_abs(), TimeUnit::Hour);
    let (mut within, mut late, mut overdue, mut not_due, mut untimed) = (0, 0, 0, 0, 0);
    for (outcome, response, waited) in &known {
        *match (response, outcome) {
            (Some(time), _) if *time <= limit => &mut within,
            (Some(_), _) => &mut late,
            (None, Open) if *waited > limit => &mut overdue,
            (None, Open) => &mut not_due,
            (None, _) => &mut untimed,
        } += 1;
    }
    prop_assert_eq!(
        (level.within, level.late, level.overdue, level.not_due, level.untimed),
        (within, late, overdue, not_due, untimed)
    );
    prop_assert_eq!(level.untimed, group.untimed());
    prop_assert_eq!(level.handed_over(), all as u64);
    let due = (within + late + overdue) as usize;
    prop_assert_eq!(exact(&level.level()), over(within as usize, due));
    prop_assert_eq!(exact(&level.level_of_all()), over(within as usize, all));
    // The same limit in another unit.
    let minutes = group.service_level(60 * limit.unsigned_abs(), TimeUnit::Minute);
    prop_assert_eq!(minutes.level(), level.level());
    let just_less = group.service_level((60 * limit - 1).max(0).unsigned_abs(), TimeUnit::Minute);
    let before = group.service_level((limit - 1).max(0).unsigned_abs(), TimeUnit::Hour);
    if limit > 0 {
        prop_assert_eq!(just_less.within, before.within);
    }

    // The catalog's formulas say the same.
    let evaluate = |id: &str, measures: Vec<(&'static str, Rational)>| -> Value {
        let formula: Formula = catalog::find(id).unwrap().formula.parse().unwrap();
        formula.evaluate(measures).unwrap()
    };
    prop_assert_eq!(evaluate("handoff_acceptance_rate", group.measures()), group.acceptance_rate());
    prop_assert_eq!(evaluate("handoff_sla_compliance", level.measures()), level.level_of_all());
    prop_assert_eq!(evaluate("lead_response_time", group.measures()), times.mean());
    if level.not_due + level.untimed == 0 {
        prop_assert_eq!(level.level(), level.level_of_all());
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_hand_off_counts_leads_one_by_one(rows in any_rows(), as_of in -9_i64..20, limit in 0_i64..10) {
        let hand_off = hand_off(&rows, as_of);
        check(hand_off.total(), &rows.iter().collect::<Vec<_>>(), as_of, limit)?;
        let mut names: Vec<&str> = rows.iter().map(|row| row.segment).collect();
        names.sort_unstable();
        names.dedup();
        prop_assert_eq!(hand_off.segments().map(|(name, _)| name).collect::<Vec<_>>(), names);
        for (name, part) in hand_off.segments() {
            let own: Vec<&Row> = rows.iter().filter(|row| row.segment == name).collect();
            check(part, &own, as_of, limit)?;
            prop_assert_eq!(hand_off.segment(name).unwrap(), part);
        }
    }

    #[test]
    fn any_order_and_partition_gives_the_same_bits(
        (rows, order, parts) in any_rows().prop_flat_map(|rows| {
            let places: Vec<usize> = (0..rows.len()).collect();
            let parts = prop::collection::vec(0_usize..4, rows.len());
            (Just(rows), Just(places).prop_shuffle(), parts)
        }),
        as_of in -9_i64..20,
        backwards in any::<bool>(),
    ) {
        let whole = hand_off(&rows, as_of);
        let shuffled: Vec<Row> = order.iter().map(|row| rows[*row].clone()).collect();
        prop_assert_eq!(&hand_off(&shuffled, as_of), &whole);

        let part = |which: usize| -> Vec<Row> {
            let own = rows.iter().zip(&parts).filter(|(_, part)| **part == which);
            own.map(|(row, _)| row.clone()).collect()
        };
        let mut states: Vec<HandOff> = (0..4).map(|which| hand_off(&part(which), as_of)).collect();
        if backwards {
            states.reverse();
        }
        let mut merged = HandOff::new(TimeUnit::Hour, as_of);
        states.iter().for_each(|state| merged.merge(state).unwrap());
        prop_assert_eq!(&merged, &whole);
        // As a tree, too.
        let (right, left) = (states.split_off(2), states);
        let fold = |states: Vec<HandOff>| {
            states.into_iter().reduce(|mut a, b| { a.merge(&b).unwrap(); a }).unwrap()
        };
        let (mut left, right) = (fold(left), fold(right));
        left.merge(&right).unwrap();
        prop_assert_eq!(&left, &whole);
        left.merge(&HandOff::new(TimeUnit::Hour, as_of)).unwrap();
        prop_assert_eq!(&left, &whole);
    }

    #[test]
    fn texts_and_codes_are_the_same(rows in any_rows(), as_of in -9_i64..20) {
        let code = |list: &[&str], text: &str| list.iter().position(|known| *known == text).unwrap() as u32;
        let handed_over: Vec<i64> = rows.iter().map(|row| row.handed_over).collect();
        let outcomes: Vec<Outcome> = rows.iter().map(|row| row.outcome).collect();
        let responded: Vec<Option<String>> =
            rows.iter().map(|row| row.responded.map(|time| format!("{time}.0"))).collect();
        let reasons: Vec<u32> = rows.iter().map(|row| code(&REASONS, row.reason)).collect();
        let segments: Vec<u32> = rows.iter().map(|row| code(&SEGMENTS, row.segment)).collect();
        let leads = Leads::new(TimeUnit::Hour, Column::integers(&handed_over), &outcomes)
            .responded(Column::optional_text(&responded))
            .reason_codes(&reasons, &REASONS)
            .segment_codes(&segments, &SEGMENTS);
        prop_assert_eq!(HandOff::of(&leads, as_of).unwrap(), hand_off(&rows, as_of));
    }
}

fn row(handed_over: i64, responded: Option<i64>, outcome: Outcome) -> Row {
    Row { handed_over, responded, outcome, reason: "", segment: "all" }
}

#[test]
fn no_leads_have_no_rates() {
    for hand_off in [hand_off(&[], 0), HandOff::new(TimeUnit::Hour, 0)] {
        let total = hand_off.total();
        let level = total.service_level(0, TimeUnit::Second);
        for value in [
            total.acceptance_rate(),
            total.acceptance_rate_of_decided(),
            total.return_rate(),
            total.return_rate_of_decided(),
            total.response_times().mean(),
            total.response_times().min(),
            total.response_times().max(),
            total.waiting().max(),
            level.level(),
            level.level_of_all(),
        ] {
            assert_eq!(value, Value::Undefined(Reason::NoBase));
        }
        assert_eq!(total.returned_by_reason(), []);
        assert_eq!(total.response_times().total(), Rational::ZERO);
        assert_eq!(hand_off.segments().count(), 0);
        let median = total.response_times().quantiles();
        let half = Rational::new(1, 2).unwrap();
        for kind in QuantileType::ALL {
            assert_eq!(median.quantile(&half, kind).unwrap(), Value::Undefined(Reason::NoBase));
        }
    }
}

#[test]
fn the_limit_belongs_to_those_within() {
    let rows = [
        row(0, Some(4), Accepted),
        row(0, Some(5), Accepted),
        row(6, None, Open),
        row(5, None, Open),
        row(0, None, Accepted),
    ];
    let level = hand_off(&rows, 10).total().service_level(4, TimeUnit::Hour);
    assert_eq!((level.within, level.late), (1, 1));
    assert_eq!((level.not_due, level.overdue), (1, 1));
    assert_eq!((level.untimed, level.due(), level.handed_over()), (1, 3, 5));
    assert_eq!((level.limit, level.unit), (4, TimeUnit::Hour));
    assert_eq!(level.level(), Rational::new(1, 3).unwrap().into());
    assert_eq!(level.level_of_all(), Rational::new(1, 5).unwrap().into());
}

#[test]
fn quantiles_say_what_a_mean_hides() {
    // Nine answers within the hour, one after four days: the mean is above eight hours.
    let mut rows: Vec<Row> = (0..9).map(|_| row(0, Some(30), Accepted)).collect();
    rows.push(row(0, Some(5_760), Accepted));
    let hand_off = hand_off_in(TimeUnit::Minute, &rows, 6_000).unwrap();
    let times = hand_off.total().response_times();
    assert_eq!(times.mean(), Rational::from(603).into());
    let quantile = |num, den| {
        let p = Rational::new(num, den).unwrap();
        times.quantiles().quantile(&p, QuantileType::InverseCdf).unwrap()
    };
    assert_eq!(quantile(1, 2), Rational::from(30).into());
    assert_eq!(quantile(9, 10), Rational::from(30).into());
    assert_eq!(quantile(99, 100), Rational::from(5_760).into());
    assert_eq!(times.unit().unit().to_string(), "minute");
    assert_eq!(
        hand_off.total().service_level(1, TimeUnit::Hour).level(),
        "0.9".parse::<Rational>().unwrap().into()
    );
}

#[test]
fn times_reach_both_ends_of_64_bits() {
    let (least, most) = (i64::MIN, i64::MAX);
    let rows =
        [row(least, Some(most), Accepted), row(least, None, Open), row(most, Some(most), Accepted)];
    for unit in TimeUnit::ALL {
        let hand_off = hand_off_in(unit, &rows, most).unwrap();
        let total = hand_off.total();
        let longest = Rational::from(u64::MAX);
        assert_eq!(total.response_times().max(), longest.clone().into());
        assert_eq!(total.waiting().max(), longest.clone().into());
        let half = Rational::new(1, 2).unwrap();
        let median = total.response_times().quantiles().quantile(&half, QuantileType::Linear);
        assert_eq!(median.unwrap(), (&longest * &half).into());
        assert_eq!(total.response_times().mean(), (longest * half).into());
        for (limit, unit, within) in
            [(u64::MAX, unit, 2), (u64::MAX - 1, unit, 1), (u64::MAX, TimeUnit::Day, 2)]
        {
            assert_eq!(total.service_level(limit, unit).within, within);
        }
        // As of the first moment, one was handed over just now.
        let first = hand_off_in(unit, &rows, least).unwrap();
        assert_eq!(first.total().waiting().max(), Rational::ZERO.into());
        assert_eq!((first.total().handed_over(), first.total().handed_over_later()), (2, 1));
    }
    // A limit of seconds on leads in days: 86,400 is one day, less is none.
    let day = hand_off_in(TimeUnit::Day, &[row(0, Some(1), Accepted)], 1).unwrap();
    assert_eq!(day.total().service_level(86_400, TimeUnit::Second).within, 1);
    assert_eq!(day.total().service_level(86_399, TimeUnit::Second).within, 0);
}

#[test]
fn a_response_after_the_time_had_not_happened() {
    let rows = [
        Row { reason: "no budget", ..row(0, Some(9), Returned) },
        Row { reason: "no budget", ..row(0, Some(3), Returned) },
        row(7, Some(8), Accepted),
    ];
    let then = hand_off(&rows, 5);
    let total = then.total();
    assert_eq!((total.handed_over(), total.handed_over_later()), (2, 1));
    assert_eq!((total.returned(), total.open()), (1, 1));
    assert_eq!(total.returned_by_reason()[0].count, 1);
    assert_eq!(total.waiting().max(), Rational::from(5).into());
    // On the hour of the response it had.
    assert_eq!(hand_off(&rows, 9).total().returned(), 2);
}

fn refused(leads: &Leads<'_>) -> String {
    let error = HandOff::of(leads, 100).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    format!("{error:#}")
}

#[test]
fn every_problem_of_leads_is_told_at_once() {
    let outcomes = [Open, Accepted, Returned, Accepted];
    let handed_over = Column::optional_text(&[Some("3"), None, Some("4"), Some("9")]);
    let leads = Leads::new(TimeUnit::Day, handed_over, &outcomes)
        .responded(Column::integers(&[2, 5, 1, 9]))
        .reasons(&["late", "", "no budget", "price"])
        .segments(&["a", "b"]);
    assert_eq!(
        refused(&leads),
        "4 problems in the hand-off\n  \
         column \"segments\": 2 for 4 leads; give one for each\n  \
         row 1, column \"handed_over\": a lead without a time of hand-over; give it, or leave it out\n  \
         row 0, column \"responded\": here and in 1 row more: responded to at 2, before the hand-over at 3 (in days); correct one, or leave the response empty\n  \
         row 0, column \"reasons\": here and in 1 row more: reason \"late\" of a lead that is open; only returned leads have one, so correct one of the two"
    );
}

#[test]
fn times_are_whole_and_of_64_bits() {
    let leads = |handed_over| Leads::new(TimeUnit::Hour, handed_over, &[Open, Open, Open]);
    assert_eq!(
        refused(&leads(Column::text(&["1.0", "1.5", "2.25"]))),
        "1 problem in the hand-off\n  row 1, column \"handed_over\": here and in 1 row more: a time of 1.5 hours, which is not whole; give times in a smaller unit"
    );
    assert_eq!(
        refused(&leads(Column::text(&["1", "9223372036854775808", "-9223372036854775808"]))),
        "1 problem in the hand-off\n  row 1, column \"handed_over\": a time of 9223372036854775808 hours, which is beyond 64 bits; count from a later moment"
    );
    // 39 digits are more than a decimal holds.
    let wide = [i128::MIN, 0, 0];
    let text = refused(&leads(Column::wide(&wide, 0)));
    assert!(text.contains("a time of -170141183460469231731687303715884105728 hours"), "{text}");
}

#[test]
fn lengths_and_codes_are_checked() {
    let times = [1, 2];
    let leads = Leads::new(TimeUnit::Hour, Column::integers(&times), &[Open])
        .responded(Column::integers(&[1]))
        .reason_codes(&[0, 2], &["", "price"])
        .segment_codes(&[0, 0], &["a", "a"]);
    assert_eq!(
        refused(&leads),
        "4 problems in the hand-off\n  \
         column \"responded\": 1 for 2 leads; give one for each\n  \
         row 1, column \"reasons\": code 2 is beyond the 2 values of the dictionary; codes count from 0\n  \
         column \"segments\": \"a\" is in the dictionary twice, at 0 and 1; give each value one code\n  \
         column \"outcomes\": 1 for 2 leads; give one for each"
    );
    let text = Leads::new(TimeUnit::Hour, Column::text(&["noon"]), &[Open]);
    assert!(refused(&text).contains("column \"handed_over\": "));
}

#[test]
fn states_that_do_not_go_together_are_not_merged() {
    let mut own = hand_off(&[row(0, Some(1), Accepted)], 5);
    let before = own.clone();
    let plain = Leads::new(TimeUnit::Hour, Column::integers(&[0]), &[Open]);
    let refusals = [
        (
            HandOff::new(TimeUnit::Second, 5),
            "leads in hours merged with leads in seconds; bring their times to one unit",
        ),
        (
            HandOff::new(TimeUnit::Hour, 6),
            "leads as of 5 merged with leads as of 6; add both up as of one time",
        ),
        (
            HandOff::of(&plain, 5).unwrap(),
            "leads with segments merged with leads without; give both segments, or neither",
        ),
    ];
    for (other, text) in refusals {
        let error = own.merge(&other).unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Shape, text));
        assert_eq!(own, before);
    }
    let error = own.segment("al").unwrap_err();
    assert_eq!(error.to_string(), "unknown segment \"al\"; did you mean \"all\"?");
    let error = HandOff::of(&plain, 5).unwrap().segment("all").unwrap_err();
    assert_eq!(error.to_string(), "unknown segment \"all\"; nothing is defined there");
}

/// A state without leads says nothing of segments, whichever side it stands on.
#[test]
fn no_leads_take_no_part_in_a_merge() {
    let plain = Leads::new(TimeUnit::Hour, Column::integers(&[0]), &[Open]);
    let (plain, with) = (HandOff::of(&plain, 5).unwrap(), hand_off(&[row(0, None, Open)], 5));
    let (none, none_with) = (HandOff::new(TimeUnit::Hour, 5), hand_off(&[], 5));
    let merged = |a: &HandOff, b: &HandOff| {
        let mut merged = a.clone();
        merged.merge(b).unwrap();
        merged
    };
    for leads in [&plain, &with] {
        for empty in [&none, &none_with] {
            assert_eq!(&merged(leads, empty), leads);
            assert_eq!(&merged(empty, leads), leads);
        }
    }
    assert_eq!(merged(&none, &none_with), merged(&none_with, &none));
}

#[test]
fn more_leads_than_can_be_counted_are_refused() {
    // Without a time they take no memory, so that counts can be doubled to the end.
    let leads = Leads::new(TimeUnit::Hour, Column::integers(&[0]), &[Accepted]);
    let mut hand_off = HandOff::of(&leads, 0).unwrap();
    for _ in 0..63 {
        let other = hand_off.clone();
        hand_off.merge(&other).unwrap();
    }
    let before = hand_off.clone();
    let error = hand_off.merge(&before).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Overflow);
    assert_eq!(error.to_string(), "more than 18446744073709551615 leads; keep such counts apart");
    assert_eq!(hand_off, before);
    assert_eq!(hand_off.total().acceptance_rate(), Rational::ONE.into());
}

#[test]
fn names_of_outcomes_and_units_are_read() {
    for outcome in Outcome::ALL {
        assert_eq!(outcome.name().parse::<Outcome>().unwrap(), outcome);
    }
    let error = "acepted".parse::<Outcome>().unwrap_err();
    assert_eq!(error.to_string(), "unknown outcome \"acepted\"; did you mean \"accepted\"?");
    let error = "hours".parse::<TimeUnit>().unwrap_err();
    assert_eq!(error.to_string(), "unknown unit of time \"hours\"; did you mean \"hour\"?");
    for unit in TimeUnit::ALL {
        let second = TimeUnit::Second.unit();
        assert_eq!(
            unit.unit().conversion_to(&second),
            Rational::new(i64::try_from(unit.nanoseconds()).unwrap(), 1_000_000_000).ok()
        );
    }
}

const ANSWERS: [Value<bool>; 4] = [
    Value::Defined(true),
    Value::Defined(false),
    Value::Undefined(Reason::Missing),
    Value::Undefined(Reason::NoBase),
];

proptest! {
    #[test]
    fn an_agreement_is_kept_where_every_promise_is(
        marketing in prop::collection::vec(prop::sample::select(ANSWERS.to_vec()), 1..5),
        sales in prop::collection::vec(prop::sample::select(ANSWERS.to_vec()), 1..5),
        interleaved in any::<bool>(),
    ) {
        let promise = |side: Owner| move |(i, met): (usize, &Value<bool>)| (format!("{side} {i}"), side, *met);
        let mut promises: Vec<_> = marketing.iter().enumerate().map(promise(Owner::Marketing)).collect();
        promises.extend(sales.iter().enumerate().map(promise(Owner::Sales)));
        if interleaved {
            // By place, so that the sides alternate and each keeps its order.
            promises.sort_by_key(|(name, ..)| name.rsplit(' ').next().unwrap().to_owned());
        }
        let builder = promises.iter().fold(Agreement::builder("all"), |builder, (name, owner, met)| {
            builder.promise(name.clone(), *owner, *met)
        });
        let agreement = builder.build().unwrap();
        // Kleene's "and", 2 for kept, 0 for broken, and 1 for what cannot be said.
        let least = |side: &[Value<bool>]| {
            side.iter().map(|met| match met { Value::Defined(true) => 2, Value::Defined(false) => 0, _ => 1 }).min().unwrap()
        };
        let state = |least| [SideState::Broken, SideState::Undefined, SideState::Kept][least];
        for (side, answers, name) in [(agreement.marketing(), &marketing, "marketing"), (agreement.sales(), &sales, "sales")] {
            prop_assert_eq!(side.state(), state(least(answers)));
            let first = answers.iter().position(|met| *met == Value::Defined(false));
            prop_assert_eq!(side.first_broken().map(|promise| promise.name.clone()), first.map(|i| format!("{name} {i}")));
            let met: Vec<_> = side.promises.iter().map(|promise| promise.met).collect();
            prop_assert_eq!(&met, answers);
        }
        let outcome = match (least(&marketing), least(&sales)) {
            (0, 0) => AgreementOutcome::BrokenByBoth,
            (0, _) => AgreementOutcome::BrokenByMarketing,
            (_, 0) => AgreementOutcome::BrokenBySales,
            (2, 2) => AgreementOutcome::KeptByBoth,
            _ => AgreementOutcome::Undefined,
        };
        prop_assert_eq!(agreement.outcome(), outcome);
    }
}

#[test]
fn every_problem_of_an_agreement_is_told_at_once() {
    let error = Agreement::builder("season")
        .promise("leads", Owner::Both, ANSWERS[0])
        .promise(" ", Owner::Marketing, ANSWERS[0])
        .promise("leads", Owner::Marketing, ANSWERS[1])
        .build()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "4 problems in the agreement \"season\"\n  \
         promises[0]: \"leads\" is promised by both; an agreement is between marketing and sales\n  \
         promises[1]: an empty name; give it one\n  \
         promises[2]: \"leads\" is promised twice, first at promises[0]; keep one\n  \
         sales promises nothing; an agreement has two sides, so add a promise"
    );
    assert_eq!(Agreement::builder("none").build().unwrap_err().problems().len(), 2);
}

#[test]
fn the_service_level_can_be_a_promise() {
    let hand_off = hand_off(&[row(0, Some(1), Accepted), row(0, Some(30), Accepted)], 40);
    let level = hand_off.total().service_level(24, TimeUnit::Hour).level();
    let half: Rational = "0.5".parse().unwrap();
    let agreement = Agreement::builder("first quarter")
        .promise(
            "100 leads",
            Owner::Marketing,
            Value::Defined(hand_off.total().handed_over() >= 100),
        )
        .promise("half within a day", Owner::Sales, level.map(|level| level >= half))
        .build()
        .unwrap();
    assert_eq!(agreement.name(), "first quarter");
    assert_eq!(agreement.outcome(), AgreementOutcome::BrokenByMarketing);
}
