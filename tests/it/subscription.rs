//! Subscription movements, against a model that looks at every customer and every month.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use num_rational::BigRational;
use num_traits::{Signed, Zero};
use proptest::prelude::*;
use serde_json::Value as Json;
use yardstick::kpi::catalog;
use yardstick::subscription::{Part, Step};
use yardstick::{
    Balances, Bridge, Column, Customers, Date, Error, ErrorKind, Formula, Movement, Movements,
    Owner, Rational, Reason, Rounding, Value,
};

/// A customer, a month from 0, and an amount in cents.
type Row = (u32, usize, i64);

/// Rows, with those who are known from before and the segment of each customer.
#[derive(Debug, Clone)]
struct Case {
    months: usize,
    rows: Vec<Row>,
    before: Vec<u32>,
    segments: Vec<&'static str>,
}

const CUSTOMERS: u32 = 9;
const NAMES: [&str; 4] = ["b2b", "shop", "", "zoo"];

fn any_case(months: std::ops::Range<usize>) -> impl Strategy<Value = Case> {
    let amount = prop_oneof![
        2 => Just(0_i64),
        4 => 1_i64..4,
        1 => 0..=i64::MAX,
    ];
    months.prop_flat_map(move |months| {
        let cells = months * CUSTOMERS as usize;
        let rows = prop::collection::vec(prop::option::weighted(0.7, amount.clone()), cells)
            .prop_map(move |cells| {
                let filled = cells.into_iter().enumerate();
                filled
                    .filter_map(|(i, cell)| Some(((i / months) as u32, i % months, cell?)))
                    .collect::<Vec<Row>>()
            })
            .prop_shuffle();
        let before = prop::collection::vec(0..CUSTOMERS + 3, 0..6);
        let segments =
            prop::collection::vec(prop::sample::select(NAMES.to_vec()), CUSTOMERS as usize);
        (rows, before, segments).prop_map(move |(rows, before, segments)| Case {
            months,
            rows,
            before,
            segments,
        })
    })
}

fn big(value: &Rational) -> BigRational {
    value.to_string().parse().unwrap()
}

fn cents(value: i64) -> BigRational {
    BigRational::new(value.into(), 100.into())
}

/// The last days of so many months.
fn month_ends(months: usize) -> Vec<Date> {
    let first: Date = "2023-01-01".parse().unwrap();
    (0..months).map(|i| first.plus_days(30 * i32::try_from(i).unwrap() + 29).unwrap()).collect()
}

const KEYS: [u32; CUSTOMERS as usize] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

impl Case {
    fn customers(&self) -> Customers<'_, u32> {
        Customers::new().known_before(&self.before).segments(&KEYS, &self.segments).listed()
    }

    fn steps(&self) -> Vec<Step<u32>> {
        let moments = month_ends(self.months);
        let keys: Vec<u32> = self.rows.iter().map(|row| row.0).collect();
        let days: Vec<Date> = self.rows.iter().map(|row| moments[row.1]).collect();
        let amounts: Vec<i64> = self.rows.iter().map(|row| row.2).collect();
        let balances = Balances::of(&keys, Column::scaled(&amounts, 2));
        Bridge::series(&moments, &days, &balances, &self.customers()).unwrap()
    }

    /// Keys and amounts of a month.
    fn month(&self, month: usize) -> (Vec<u32>, Vec<i64>) {
        self.rows.iter().filter(|row| row.1 == month).map(|row| (row.0, row.2)).unzip()
    }

    /// The bridge from one month to the next, with those known from the months before.
    fn between(&self, opening: usize) -> Bridge<u32> {
        let earlier = self.rows.iter().filter(|row| row.1 < opening && row.2 > 0).map(|row| row.0);
        let before: Vec<u32> = earlier.chain(self.before.iter().copied()).collect();
        let ((from, had), (to, have)) = (self.month(opening), self.month(opening + 1));
        let customers =
            Customers::new().known_before(&before).segments(&KEYS, &self.segments).listed();
        Bridge::between(
            &Balances::of(&from, Column::scaled(&had, 2)),
            &Balances::of(&to, Column::scaled(&have, 2)),
            &customers,
        )
        .unwrap()
    }

    /// The same for some customers only.
    fn only(&self, keep: impl Fn(u32) -> bool) -> Self {
        let rows = self.rows.iter().copied().filter(|row| keep(row.0)).collect();
        Self { rows, ..self.clone() }
    }

    fn balance(&self, customer: u32, month: usize) -> i64 {
        let row = self.rows.iter().find(|row| row.0 == customer && row.1 == month);
        row.map_or(0, |row| row.2)
    }
}

/// Amounts and customers, by name: told apart customer by customer, month by month.
#[derive(Debug, Default, PartialEq)]
struct Told(BTreeMap<&'static str, (BigRational, u64)>);

impl Told {
    fn note(&mut self, name: &'static str, amount: BigRational) {
        let part = self.0.entry(name).or_insert((BigRational::zero(), 0));
        part.0 += amount;
        part.1 += 1;
    }

    fn of(case: &Case, opening: usize, segment: Option<&str>) -> Self {
        let mut told = Self::default();
        for customer in 0..CUSTOMERS {
            if segment.is_some_and(|name| case.segments[customer as usize] != name) {
                continue;
            }
            let (from, to) = (case.balance(customer, opening), case.balance(customer, opening + 1));
            let ever = case.before.contains(&customer)
                || (0..opening).any(|month| case.balance(customer, month) > 0);
            if from > 0 {
                told.note("opening", cents(from));
                if to > 0 {
                    told.note("retained", cents(from.min(to)));
                    told.note("cohort", cents(to));
                }
            }
            if to > 0 {
                told.note("closing", cents(to));
            }
            if from == 0 && to > 0 {
                told.note(if ever { "reactivation" } else { "new" }, cents(to));
            } else if from > 0 && to == 0 {
                told.note("churn", cents(from));
            } else if to > from {
                told.note("expansion", cents(to) - cents(from));
            } else if to < from {
                told.note("contraction", cents(from) - cents(to));
            } else if to > 0 {
                told.note("unchanged", cents(0));
            }
        }
        told
    }

    fn seen(movements: &Movements) -> Self {
        let mut parts = vec![
            ("opening", movements.opening()),
            ("closing", movements.closing()),
            ("retained", movements.retained()),
            ("cohort", movements.closing_of_opening_customers()),
        ];
        parts.extend(movements.parts().map(|(movement, part)| (movement.name(), part)));
        let told = parts.into_iter().map(|(name, Part { amount, customers, .. })| {
            (name, (big(&amount), customers.to_string().parse().unwrap()))
        });
        // What nobody did has no entry in the model.
        Self(told.filter(|(_, (_, customers))| *customers > 0).collect())
    }
}

fn closes(movements: &Movements) {
    let gains: Rational = movements
        .parts()
        .filter(|(movement, _)| !movement.is_loss())
        .map(|(_, part)| part.amount)
        .sum();
    let losses: Rational =
        movements.parts().filter(|(movement, _)| movement.is_loss()).map(|(_, p)| p.amount).sum();
    let (opening, closing) = (movements.opening(), movements.closing());
    assert_eq!(opening.amount + gains - losses, closing.amount);
    let count = |movement| movements.of(movement).customers;
    let came = count(Movement::New) + count(Movement::Reactivation);
    assert_eq!(opening.customers.clone() + came - count(Movement::Churn), closing.customers);
    let stayed =
        count(Movement::Expansion) + count(Movement::Unchanged) + count(Movement::Contraction);
    assert_eq!(movements.retained().customers, stayed);
    assert!(movements.parts().all(|(_, part)| !part.amount.is_negative()));
}

fn rate(id: &str, movements: &Movements) -> Value {
    let formula: Formula = catalog::find(id).unwrap().formula.parse().unwrap();
    formula.evaluate(movements.measures()).unwrap()
}

proptest! {
    #[test]
    fn each_step_is_what_a_look_at_every_customer_tells(case in any_case(2..6)) {
        let steps = case.steps();
        prop_assert_eq!(steps.len(), case.months - 1);
        for (i, step) in steps.iter().enumerate() {
            let total = step.bridge.total();
            prop_assert_eq!(Told::seen(total), Told::of(&case, i, None));
            let mut names = Vec::new();
            for (name, movements) in step.bridge.segments() {
                prop_assert_eq!(Told::seen(movements), Told::of(&case, i, Some(name)));
                prop_assert_eq!(step.bridge.segment(name).unwrap(), movements);
                names.push(name);
            }
            let known: BTreeSet<&str> = case.segments.iter().copied().collect();
            prop_assert_eq!(names, known.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_bridge_closes_and_one_month_opens_where_the_last_closed(case in any_case(2..6)) {
        let steps = case.steps();
        for step in &steps {
            closes(step.bridge.total());
            step.bridge.segments().for_each(|(_, movements)| closes(movements));
        }
        for pair in steps.windows(2) {
            prop_assert_eq!(pair[0].closing, pair[1].opening);
            prop_assert_eq!(pair[0].bridge.total().closing(), pair[1].bridge.total().opening());
        }
    }

    #[test]
    fn a_series_is_its_pairs(case in any_case(2..6)) {
        for (i, step) in case.steps().into_iter().enumerate() {
            prop_assert_eq!(step.bridge, case.between(i));
        }
    }

    #[test]
    fn parts_of_the_customers_merge_to_the_whole(case in any_case(2..5), mask: u16) {
        let whole = case.steps();
        let parts = [
            case.only(|customer| mask >> customer & 1 == 0).steps(),
            case.only(|customer| mask >> customer & 1 == 1).steps(),
        ];
        for (i, step) in whole.iter().enumerate() {
            // In either order.
            for order in [[0, 1], [1, 0]] {
                let mut merged = Movements::default();
                order.iter().for_each(|part| merged.merge(parts[*part][i].bridge.total()));
                prop_assert_eq!(&merged, step.bridge.total());
            }
            let mut by_segment = Movements::default();
            step.bridge.segments().for_each(|(_, movements)| by_segment.merge(movements));
            prop_assert_eq!(&by_segment, step.bridge.total());
        }
    }

    #[test]
    fn the_order_of_rows_plays_no_part(
        (case, rows) in any_case(2..5).prop_flat_map(|case| {
            let rows = Just(case.rows.clone()).prop_shuffle();
            (Just(case), rows)
        })
    ) {
        let other = Case { rows, before: case.before.iter().rev().copied().collect(), ..case.clone() };
        prop_assert_eq!(case.steps(), other.steps());
    }

    #[test]
    fn renaming_customers_changes_nothing_else(
        case in any_case(2..4),
        names in prop::collection::btree_set("[a-zé ]{0,3}", 12).prop_map(Vec::from_iter).prop_shuffle(),
    ) {
        let name = |customer: &u32| names[*customer as usize].clone();
        let moments = month_ends(case.months);
        let keys: Vec<String> = case.rows.iter().map(|row| name(&row.0)).collect();
        let days: Vec<Date> = case.rows.iter().map(|row| moments[row.1]).collect();
        let amounts: Vec<i64> = case.rows.iter().map(|row| row.2).collect();
        let (before, all): (Vec<_>, Vec<_>) =
            (case.before.iter().map(name).collect(), KEYS.iter().map(name).collect());
        let customers =
            Customers::new().known_before(&before).segments(&all, &case.segments).listed();
        let balances = Balances::of(&keys, Column::scaled(&amounts, 2));
        let renamed = Bridge::series(&moments, &days, &balances, &customers).unwrap();
        for (step, renamed) in case.steps().iter().zip(&renamed) {
            prop_assert_eq!(step.bridge.total(), renamed.bridge.total());
            prop_assert!(step.bridge.segments().eq(renamed.bridge.segments()));
            let mut expected: Vec<_> = step.bridge.customers().unwrap().iter()
                .map(|one| (name(&one.customer), one.movement, one.amount())).collect();
            expected.sort_by(|a, b| a.0.cmp(&b.0));
            let listed: Vec<_> = renamed.bridge.customers().unwrap().iter()
                .map(|one| (one.customer.clone(), one.movement, one.amount())).collect();
            prop_assert_eq!(listed, expected);
        }
    }

    #[test]
    fn customers_one_by_one_add_up_to_the_bridge(case in any_case(2..4)) {
        for (i, step) in case.steps().iter().enumerate() {
            let listed = step.bridge.customers().unwrap();
            let (mut pushed, mut count) = (Movements::default(), 0);
            for customer in 0..CUSTOMERS {
                let (from, to) = (case.balance(customer, i), case.balance(customer, i + 1));
                let ever = case.before.contains(&customer)
                    || (0..i).any(|month| case.balance(customer, month) > 0);
                let scaled = |amount: i64| Rational::from_scaled(amount.into(), 2);
                let movement = pushed.push(scaled(from), scaled(to), ever).unwrap();
                let own = listed.iter().find(|one| one.customer == customer);
                prop_assert_eq!(own.map(|one| one.movement), movement);
                if let Some(own) = own {
                    prop_assert_eq!((&own.opening, &own.closing), (&scaled(from), &scaled(to)));
                    prop_assert_eq!(own.amount(), (scaled(to) - scaled(from)).abs());
                    count += 1;
                }
            }
            prop_assert_eq!(listed.len(), count);
            prop_assert_eq!(&pushed, step.bridge.total());
        }
    }

    #[test]
    fn scales_of_the_columns_play_no_part(case in any_case(2..3), power in 0_u32..10) {
        let ((from, had), (to, have)) = (case.month(0), case.month(1));
        let raised: Vec<i128> =
            have.iter().map(|amount| i128::from(*amount) * 10_i128.pow(power)).collect();
        let (opening, closing) = (
            Balances::of(&from, Column::scaled(&had, 2)),
            Balances::of(&to, Column::wide(&raised, 2 + power)),
        );
        let bridge = Bridge::between(&opening, &closing, &case.customers()).unwrap();
        prop_assert_eq!(bridge, case.between(0));
    }

    #[test]
    fn the_catalog_rates_are_those_of_the_cohort(case in any_case(2..3)) {
        let bridge = case.between(0);
        let movements = bridge.total();
        let over_opening = |part: Part| Value::Defined(part.amount).quotient(&movements.opening().amount.into());
        prop_assert_eq!(rate("grr", movements), over_opening(movements.retained()));
        prop_assert_eq!(rate("nrr", movements), over_opening(movements.closing_of_opening_customers()));
        let logo = rate("logo_retention", movements);
        let churn = rate("customer_churn_rate", movements);
        prop_assert_eq!(logo.clone().zip(churn, |stay, leave| stay + leave), logo.map(|_| Rational::ONE));
        if let Value::Defined(grr) = rate("grr", movements) {
            prop_assert!(!big(&grr).is_negative() && grr <= Rational::ONE);
        }
    }
}

#[test]
fn nobody_is_a_bridge_of_zeros() {
    let none = || Balances::<&str>::of(&[], Column::integers(&[]));
    let bridge = Bridge::between(&none(), &none(), &Customers::new()).unwrap();
    assert_eq!(bridge.total(), &Movements::default());
    closes(bridge.total());
    assert!(bridge.total().measures().iter().all(|(_, value)| value.is_zero()));
    assert_eq!((bridge.segments().len(), bridge.customers()), (0, None));
    for id in ["nrr", "grr", "logo_retention"] {
        assert_eq!(rate(id, bridge.total()), Value::Undefined(Reason::NoBase), "{id}");
    }
    // So are months without a row, and customers who pay nothing.
    let moments = month_ends(3);
    let idle = Balances::of(&["ann"], Column::integers(&[0]));
    let steps = Bridge::series(&moments, &moments[1..2], &idle, &Customers::new().listed());
    for step in steps.unwrap() {
        assert_eq!(step.bridge.total(), &Movements::default());
        assert_eq!(step.bridge.customers(), Some(&[][..]));
    }
}

#[test]
fn an_empty_cell_is_no_row() {
    let names = ["ann", "bob", "ann"];
    let opening = Balances::of(&names, Column::integers(&[5, 7, 9]).with_validity(&[0b011]));
    let closing = Balances::of(&names[..2], Column::optional_text(&[None, Some("7.00")]));
    let bridge = Bridge::between(&opening, &closing, &Customers::new()).unwrap();
    assert_eq!(bridge.total().of(Movement::Churn).amount, 5.into());
    assert_eq!(bridge.total().of(Movement::Unchanged).customers, 1.into());
}

#[test]
fn reactivation_needs_a_balance_before_the_opening() {
    let moments = month_ends(5);
    let days = |months: &[usize]| months.iter().map(|i| moments[*i]).collect::<Vec<_>>();
    // ann: 0 4 0 0 6. A zero row in the second month is no balance: bob is new in the third.
    let names = ["ann", "ann", "bob", "bob"];
    let balances = Balances::of(&names, Column::integers(&[4, 6, 0, 3]));
    let days = days(&[1, 4, 1, 2]);
    let movements = |customers: &Customers<'static, &'static str>| {
        let steps = Bridge::series(&moments, &days, &balances, customers).unwrap();
        let listed = steps.into_iter().enumerate().flat_map(|(i, step)| {
            let own = step.bridge.customers().unwrap().to_vec();
            own.into_iter().map(move |one| (i, one.customer, one.movement.name()))
        });
        listed.collect::<Vec<_>>()
    };
    let rest =
        [(1, "ann", "churn"), (1, "bob", "new"), (2, "bob", "churn"), (3, "ann", "reactivation")];
    let expected: Vec<_> = [(0, "ann", "new")].into_iter().chain(rest).collect();
    assert_eq!(movements(&Customers::new().listed()), expected);
    let expected: Vec<_> = [(0, "ann", "reactivation")].into_iter().chain(rest).collect();
    assert_eq!(
        movements(&Customers::new().known_before(&["ann", "zoe", "ann"]).listed()),
        expected
    );
}

#[test]
fn balances_far_beyond_64_bits_add_up() {
    let keys: Vec<u32> = (0..100).collect();
    let amounts = vec![i128::MAX; 100];
    let none = Balances::of(&[], Column::integers(&[]));
    let all = Balances::of(&keys, Column::wide(&amounts, 38));
    let bridge = Bridge::between(&none, &all, &Customers::new()).unwrap();
    let sum = big(&bridge.total().of(Movement::New).amount);
    let ten: BigRational = BigRational::from_integer(10.into());
    let one = BigRational::from_integer(i128::MAX.into()) / num_traits::pow(ten, 38);
    assert_eq!(sum, one * BigRational::from_integer(100.into()));
}

#[test]
fn each_movement_has_an_owner() {
    let owned = |owner| Movement::ALL.into_iter().filter(move |m| m.owner() == owner);
    let names = |owner| owned(owner).map(Movement::name).collect::<Vec<_>>();
    assert_eq!(names(Owner::Sales), ["expansion", "unchanged"]);
    assert_eq!(names(Owner::Marketing), ["reactivation"]);
    assert_eq!(names(Owner::Both), ["new", "contraction", "churn"]);
    assert_eq!("churn".parse::<Movement>().unwrap(), Movement::Churn);
}

#[test]
fn the_measures_have_the_names_of_the_catalog() {
    let names: Vec<_> = Movements::default().measures().into_iter().map(|(name, _)| name).collect();
    let distinct: BTreeSet<_> = names.iter().collect();
    assert_eq!(distinct.len(), names.len());
    for id in ["nrr", "grr", "logo_retention", "customer_churn_rate"] {
        for input in catalog::find(id).unwrap().inputs {
            assert!(names.contains(&input.name), "{} of {id}", input.name);
        }
    }
}

/// The table of ten customers by which the SaaS Metrics Standards Board shows the cohort method:
/// <https://www.saasmetricsboard.com/net-revenue-retention> prints 102 % for it, and
/// <https://www.saasmetricsboard.com/gross-revenue-retention> 76 %.
#[test]
fn ten_customers_of_the_standards_board() {
    let keys: Vec<u8> = (1..=10).collect();
    let opening = [100, 200, 500, 200, 1000, 300, 500, 1200, 400, 600];
    let closing = [200, 200, 0, 300, 1500, 200, 900, 1200, 600, 0];
    let bridge = Bridge::between(
        &Balances::of(&keys, Column::integers(&opening)),
        &Balances::of(&keys, Column::integers(&closing)),
        &Customers::new(),
    );
    let bridge = bridge.unwrap();
    let total = bridge.total();
    assert_eq!(rate("nrr", total), Rational::new(51, 50).unwrap().into());
    assert_eq!(rate("grr", total), Rational::new(19, 25).unwrap().into());
    assert_eq!(rate("logo_retention", total), Rational::new(4, 5).unwrap().into());
    let parts: Vec<String> = total
        .parts()
        .map(|(movement, part)| format!("{movement} {} of {}", part.amount, part.customers))
        .collect();
    let expected = [
        "new 0 of 0",
        "reactivation 0 of 0",
        "expansion 1300 of 5",
        "unchanged 0 of 2",
        "contraction 100 of 1",
        "churn 1100 of 2",
    ];
    assert_eq!(parts, expected);
    let (kept, cohort) = (total.retained(), total.closing_of_opening_customers());
    assert_eq!((kept.amount, kept.customers), (3_800.into(), 8.into()));
    assert_eq!((cohort.amount, cohort.customers), (5_100.into(), 8.into()));
}

/// The examples of the shared folder that have a balance for each customer.
#[test]
fn shared_examples_of_cohorts() {
    let Some(shared) = std::env::var_os("YARDSTICK_SHARED") else {
        println!("YARDSTICK_SHARED is not set: 0 examples of cohorts ran");
        return;
    };
    let path = Path::new(&shared).join("oracle/kpi/worked_examples.json");
    let examples: Json = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut ran = 0;
    for example in examples["examples"].as_array().unwrap() {
        let id = match example["kpi"].as_str().unwrap() {
            "nrr_cohort" => "nrr",
            "grr_cohort" => "grr",
            _ => continue,
        };
        let texts = |name: &str| -> Vec<String> {
            let list = example["inputs"][name].as_array().unwrap().iter();
            list.map(|text| text.as_str().unwrap().to_owned()).collect()
        };
        let (begin, end) = (texts("begin"), texts("end"));
        let keys: Vec<usize> = (0..begin.len()).collect();
        let bridge = Bridge::between(
            &Balances::of(&keys, Column::text(&begin)),
            &Balances::of(&keys, Column::text(&end)),
            &Customers::new(),
        );
        let value = rate(id, bridge.unwrap().total()).defined().unwrap();
        let exact = &example["exact"];
        let exact =
            format!("{}/{}", exact["num"].as_str().unwrap(), exact["den"].as_str().unwrap());
        assert_eq!(value, exact.parse().unwrap(), "{}", example["id"]);
        let percent = value * Rational::from(100);
        let places = u32::try_from(example["published_decimals"].as_u64().unwrap()).unwrap();
        let shown = percent.round(Rounding::half_expand(places)).unwrap().to_string();
        assert_eq!(shown, example["published"].as_str().unwrap(), "{}", example["id"]);
        ran += 1;
    }
    println!("{ran} examples of cohorts ran");
    assert_eq!(ran, 2);
}

fn refused(
    opening: &Balances<'_, &str>,
    closing: &Balances<'_, &str>,
    of: &Customers<'_, &str>,
) -> Error {
    let error = Bridge::between(opening, closing, of).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    error
}

fn told(error: &Error) -> Vec<String> {
    error.problems().iter().map(ToString::to_string).collect()
}

#[test]
fn all_problems_are_told_at_once() {
    let names = ["ann", "bob", "ann", "cy", "bob", "ann"];
    let opening = Balances::of(&names, Column::scaled(&[100, -250, 3, -1, 5, 6], 2));
    let closing = Balances::of(&names[..2], Column::integers(&[1]));
    let customers = Customers::new().segments(&["ann", "ann"], &["b2b", "shop"]);
    let error = refused(&opening, &closing, &customers);
    let expected = [
        "row 1, column \"opening\": here and in 1 row more: the balance of customer \"bob\" is \
         \"-5/2\", which is below zero; leave credits out, or give 0 where nothing is paid",
        "column \"closing\": 1 amounts for 2 customers; give one for each",
        "row 2, column \"opening\": here and in 2 rows more: customer \"ann\" has a balance in row 0 \
         already; give each customer one row, with the sum",
        "row 1, column \"segments\": customer \"ann\" is in segment \"shop\", and in row 0 in \
         \"b2b\"; give each customer one",
    ];
    assert_eq!(told(&error), expected);
    let kinds: Vec<_> = error.problems().iter().map(Error::kind).collect();
    use ErrorKind::{Domain, Duplicate, Shape};
    assert_eq!(kinds, [Domain, Shape, Duplicate, Duplicate]);
}

#[test]
fn segments_are_whole() {
    let names = ["ann", "bob", "cy", "dan"];
    let balances = Balances::of(&names, Column::integers(&[1, 2, 0, 4]));
    let none = Balances::of(&[], Column::integers(&[]));
    // Who pays nothing needs no segment; who has none otherwise is named.
    let customers = Customers::new().segments(&["eve", "ann"], &["b2b", "b2b"]);
    let expected = "column \"segments\": here and in 1 row more: customer \"bob\" has a balance and \
                    no segment; give one to each";
    assert_eq!(told(&refused(&balances, &none, &customers)), [expected]);
    let customers = Customers::new().segments(&names, &["b2b"]);
    let expected = "column \"segments\": 1 segments for 4 customers; give one for each";
    assert_eq!(told(&refused(&balances, &none, &customers)), [expected]);
    // The same twice is no harm, and an unknown one has a nearest.
    let customers =
        Customers::new().segments(&["ann", "bob", "dan", "ann"], &["b2b", "shop", "shop", "b2b"]);
    let bridge = Bridge::between(&balances, &none, &customers).unwrap();
    assert_eq!(bridge.segment("shop").unwrap().of(Movement::Churn).amount, 6.into());
    let error = bridge.segment("shoop").unwrap_err();
    assert_eq!(error.to_string(), "unknown segment \"shoop\"; did you mean \"shop\"?");
    assert_eq!(error.kind(), ErrorKind::Unknown);
}

#[test]
fn a_series_needs_ascending_moments_and_their_days() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let (first, second) = (day("2024-01-31"), day("2024-02-29"));
    let names = ["ann", "bob", "ann"];
    let balances = Balances::of(&names, Column::integers(&[1, 2, 3]));
    let problems = |moments: &[Date], days: &[Date]| {
        told(&Bridge::series(moments, days, &balances, &Customers::new()).unwrap_err())
    };
    assert_eq!(
        problems(&[first], &[first, first, first]),
        ["column \"moments\": a series of 1 moments; give at least 2"]
    );
    assert_eq!(
        problems(&[second, first], &[first, first, second]),
        [
            "row 1, column \"moments\": moment 2024-01-31 follows 2024-02-29; give them in ascending \
             order, each once"
        ]
    );
    assert_eq!(
        problems(&[first, second], &[first]),
        ["column \"days\": 1 days for 3 customers; give one for each"]
    );
    assert_eq!(
        problems(&[first, second], &[first, day("2024-02-01"), day("2024-03-31")]),
        ["row 1, column \"days\": here and in 1 row more: 2024-02-01 is none of the moments; add \
             it to them, or leave its rows out"]
    );
    assert_eq!(
        problems(&[first, second], &[first, first, first]),
        ["row 2, column \"balances\": customer \"ann\" has a balance on 2024-01-31 in row 0 \
             already; give each customer one row, with the sum"]
    );
}

#[test]
fn a_balance_below_zero_is_not_pushed() {
    let mut movements = Movements::default();
    let error = movements.push(5, -1, false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Domain);
    assert_eq!(
        error.to_string(),
        "the closing balance is \"-1\", which is below zero; leave credits out, or give 0 where \
         nothing is paid"
    );
    assert_eq!(movements, Movements::default());
}

/// Two rows of a customer far apart cost no more than two next to each other.
#[test]
fn the_months_between_rows_cost_nothing_for_each_customer() {
    let moments: Vec<Date> = (0..2_000).map(|i| Date::from_number(i).unwrap()).collect();
    let keys: Vec<u32> = (0..2_000).flat_map(|customer| [customer, customer]).collect();
    let days: Vec<Date> = (0..2_000).flat_map(|_| [moments[0], moments[1_999]]).collect();
    let amounts = vec![1; keys.len()];
    let balances = Balances::of(&keys, Column::integers(&amounts));
    let steps = Bridge::series(&moments, &days, &balances, &Customers::new().listed()).unwrap();
    let listed: usize = steps.iter().map(|step| step.bridge.customers().unwrap().len()).sum();
    assert_eq!(listed, 4_000);
    let last = steps.last().unwrap().bridge.total();
    assert_eq!(last.of(Movement::Reactivation).customers, 2_000.into());
}

/// What movements and surveys measure goes into the catalog's formulas as it is.
#[test]
fn measures_have_the_names_of_the_catalog() {
    let movements = yardstick::Movements::default().measures();
    let given: Vec<&str> = movements.iter().map(|(name, _)| *name).collect();
    let read: Vec<&str> = given
        .iter()
        .copied()
        .filter(|name| yardstick::kpi::catalog::using(name).next().is_some())
        .collect();
    for name in ["opening_mrr", "expansion_mrr", "contraction_mrr", "churned_mrr", "new_mrr"]
        .into_iter()
        .chain(["retained_mrr", "cohort_mrr", "opening_customers", "churned_customers"])
        .chain(["retained_customers", "new_customers"])
    {
        assert!(given.contains(&name), "{name} is not given");
        assert!(read.contains(&name), "no KPI reads {name}");
    }
    for id in ["nrr", "nrr_cohort", "grr", "grr_cohort", "logo_retention", "customer_churn_rate"] {
        let entry = yardstick::kpi::catalog::find(id).unwrap();
        for input in entry.inputs {
            assert!(given.contains(&input.name), "{id} reads {}", input.name);
        }
    }
}
