//! Questions over facts, against the same numbers given by hand.

use proptest::prelude::*;
use yardstick::explain::{
    Amount, Cause, Contributions, Convention, DriverShares, Explain, Explanation, Presence,
    PriceVolumeMix, Product, RateMix, RatioSegment, Sales, Sums,
};
use yardstick::{
    Calendar, Column, Date, Decimal, Direction, Error, ErrorKind, Facts, Kpi, KpiSet, Measure,
    Period, Reason, Schema, Sense, Unit, Value,
};

use super::{any_convention, defined, known, total};

fn unit(text: &str) -> Unit {
    text.parse().unwrap()
}

fn day(number: i32) -> Date {
    Date::new(2024, 3, 1).unwrap().plus_days(number).unwrap()
}

fn set() -> KpiSet {
    let schema = Schema::new(
        ["channel", "device"],
        [
            Measure::flow("revenue", unit("EUR")),
            Measure::flow("cost", unit("EUR")),
            Measure::flow("orders", unit("order")),
            Measure::flow("visits", unit("visit")),
            Measure::stock("customers", unit("customer")),
            Measure::distinct("visitors", unit("visitor")),
            Measure::flow("talk", unit("hour")),
        ],
    )
    .unwrap();
    let kpi = |name: &str, formula: &str| Kpi::new(name, formula.parse().unwrap());
    KpiSet::new(
        schema,
        [
            kpi("conversion", "orders / visits").direction(Direction::Higher),
            kpi("aov", "revenue / orders"),
            kpi("rpm", "1000 [visit] * revenue / visits"),
            kpi("arpu", "revenue / customers"),
            kpi("profit", "revenue - cost"),
            kpi("sales", "visits * kpi.conversion * aov"),
            kpi("growth", "revenue / prior(revenue)"),
            kpi("share", "orders / visits * 1 [visit/order] + revenue / cost"),
            kpi("talk_per_order", "(talk + 30 [minute]) / (orders * 1 [day])")
                .unit(unit("1/order")),
        ],
    )
    .unwrap()
}

/// Rows of channel, device and day (0 is before, 1 after), with orders, visits and revenue.
type Row = (usize, usize, i32, [i64; 3]);

const CHANNELS: [&str; 3] = ["mail", "paid", "search"];
const DEVICES: [&str; 2] = ["desk", "hand"];

fn facts(set: &KpiSet, rows: &[Row]) -> Facts<'static> {
    let dates: Vec<_> = rows.iter().map(|row| day(row.2)).collect();
    let dimensions: Vec<[&str; 2]> =
        rows.iter().map(|row| [CHANNELS[row.0], DEVICES[row.1]]).collect();
    let measures: Vec<[Option<Decimal>; 7]> = rows
        .iter()
        .map(|(_, _, _, [orders, visits, revenue])| {
            let cell = |value: i64| Some(Decimal::from(value));
            [cell(*revenue), cell(1), cell(*orders), cell(*visits), cell(0), None, cell(2)]
        })
        .collect();
    let rows = dates.iter().zip(dimensions.iter().zip(&measures)).map(|(date, (keys, values))| {
        yardstick::Row { date: *date, dimensions: keys, measures: values }
    });
    Facts::from_rows(set.schema(), rows).unwrap()
}

fn ask(explain: Explain, set: &KpiSet, facts: &Facts<'_>) -> Result<Explanation, Error> {
    let asked = explain.between(Period::day(day(0)), Period::day(day(1)));
    asked.run(set, facts, Calendar::default())
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0_usize..3, 0_usize..2, 0_i32..2, [0_i64..5, 0_i64..9, -5_i64..50]);
    prop::collection::vec(row, 1..12).prop_map(|rows| {
        let mut seen = std::collections::BTreeSet::new();
        rows.into_iter().filter(|row| seen.insert((row.0, row.1, row.2))).collect()
    })
}

/// A channel's sum of a column in a period.
fn of(rows: &[Row], channel: usize, day: i32, column: usize) -> i64 {
    rows.iter().filter(|row| row.0 == channel && row.2 == day).map(|row| row.3[column]).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn facts_give_what_numbers_by_hand_give(rows in any_rows(), convention in any_convention()) {
        let set = set();
        let mut turned = rows.clone();
        turned.reverse();
        let channels: Vec<usize> = (0..3).filter(|c| rows.iter().any(|row| row.0 == *c)).collect();
        let sums = |c: usize, day| Sums::new(of(&rows, c, day, 0), of(&rows, c, day, 1));
        let segments = channels.iter().map(|c| RatioSegment::new([CHANNELS[*c]], sums(*c, 0), sums(*c, 1)));
        let due = RateMix::of(segments, convention).unwrap();
        let facts = [facts(&set, &rows), facts(&set, &turned)];
        let question = || Explain::of("conversion").by("channel").convention(convention);
        let explanation = ask(question(), &set, &facts[0]).unwrap();
        prop_assert_eq!(&explanation, &ask(question(), &set, &facts[1]).unwrap());
        let Cause::RateMix(causes) = &explanation.cause else { panic!("{explanation:?}") };
        if !due.change.absolute().is_undefined() {
            prop_assert_eq!(&**causes, &due);
        } else {
            prop_assert_eq!(causes.rate.is_undefined(), !channels.is_empty());
            prop_assert!(explanation.change.absolute().is_undefined());
        }

        let explanation = ask(Explain::of("revenue").by("channel"), &set, &facts[0]).unwrap();
        let parts = channels.iter().map(|c| {
            Amount::new([CHANNELS[*c]], of(&rows, *c, 0, 2), of(&rows, *c, 1, 2))
        });
        prop_assert_eq!(explanation.cause, Cause::Contributions(Contributions::of(parts).unwrap()));

        let question = Explain::of("revenue").by("channel").quantity("orders").convention(convention);
        let explanation = ask(question, &set, &facts[0]).unwrap();
        let sales = |c: usize, day| Sales::new(of(&rows, c, day, 0), of(&rows, c, day, 2));
        let products = channels.iter().map(|c| Product::new([CHANNELS[*c]], sales(*c, 0), sales(*c, 1)));
        let due = PriceVolumeMix::of(products, convention).unwrap();
        prop_assert_eq!(explanation.cause, Cause::PriceVolumeMix(Box::new(due)));
    }

    #[test]
    fn drivers_sum_to_the_change(rows in any_rows()) {
        let set = set();
        let facts = facts(&set, &rows);
        for metric in ["sales", "conversion", "profit", "talk_per_order", "share"] {
            let explanation = ask(Explain::of(metric), &set, &facts).unwrap();
            let Cause::Drivers(causes) = explanation.cause else { panic!() };
            let query = |number| {
                let query = yardstick::Query::of([metric]).within(Period::day(day(number)));
                query.run(&set, &facts, Calendar::default()).unwrap().columns[0].values[0].clone()
            };
            prop_assert_eq!(&causes.change.before, &query(0));
            prop_assert_eq!(&causes.change.after, &query(1));
            if causes.drivers.iter().all(|driver| !driver.effect.is_undefined()) {
                let all = total(causes.drivers.iter().map(|driver| known(&driver.effect)));
                prop_assert_eq!(all, known(&causes.change.absolute()));
            }
        }
    }
}

const ROWS: [Row; 4] = [
    (1, 0, 0, [2, 100, 40]),
    (2, 0, 0, [30, 300, 600]),
    (1, 0, 1, [9, 300, 180]),
    (2, 1, 1, [11, 100, 330]),
];

#[test]
fn the_formula_says_what_a_number_is_made_of() {
    let set = set();
    let facts = facts(&set, &ROWS);
    let name = |explain| ask(explain, &set, &facts).unwrap().cause.name();
    assert_eq!(name(Explain::of("profit").by("channel")), "contributions");
    assert_eq!(name(Explain::of("customers").by("channel")), "contributions");
    assert_eq!(name(Explain::of("rpm").by("channel")), "rate_mix");
    assert_eq!(name(Explain::of("arpu").by("channel")), "rate_mix");
    assert_eq!(name(Explain::of("arpu")), "drivers");
    let sold = Explain::of("revenue").by("channel").quantity("orders").cost("cost");
    assert_eq!(name(sold), "price_volume_mix");

    let explanation = ask(Explain::of("sales"), &set, &facts).unwrap();
    assert_eq!(explanation.unit, unit("EUR"));
    let Cause::Drivers(DriverShares { drivers, .. }) = explanation.cause else { panic!() };
    let names: Vec<_> = drivers.iter().map(|driver| driver.name.as_str()).collect();
    assert_eq!(names, ["visits", "kpi.conversion", "aov"]);
    assert_eq!(drivers[0].effect, defined("0"));

    let explanation =
        ask(Explain::of("conversion").by("device").only("channel", ["search"]), &set, &facts)
            .unwrap();
    let Cause::RateMix(causes) = explanation.cause else { panic!() };
    let presences: Vec<_> = causes.segments.iter().map(|segment| segment.presence).collect();
    assert_eq!(presences, [Presence::Lost, Presence::New]);
    assert_eq!(causes.change.absolute(), defined("0.01"));
}

#[test]
fn units_of_time_are_converted_in_every_coalition() {
    let set = set();
    let rows = [(0, 0, 0, [1, 1, 1]), (0, 0, 1, [5, 1, 1]), (1, 0, 1, [0, 1, 1])];
    let facts = facts(&set, &rows);
    let explanation = ask(Explain::of("talk_per_order"), &set, &facts).unwrap();
    let Cause::Drivers(causes) = explanation.cause else { panic!() };
    // 2.5 hours of a day an order, then 4.5 of 5 orders.
    assert_eq!(causes.change.before, defined("5/48"));
    assert_eq!(causes.change.after, defined("3/80"));
    // Talk: 2 hours more over 1 or 5 orders, half each.
    assert_eq!(causes.drivers[0].effect, defined("1/20"));
}

#[test]
fn a_stock_that_begins_later_is_new() {
    let schema = Schema::new(["plan"], [Measure::stock("customers", unit("customer"))]).unwrap();
    let set = KpiSet::new(schema, []).unwrap();
    let facts = Facts::builder(set.schema())
        .dates(&[day(0), day(1)])
        .dimension("plan", &["old", "young"])
        .measure("customers", Column::integers(&[5, 3]))
        .build()
        .unwrap();
    let explanation = ask(Explain::of("customers").by("plan"), &set, &facts).unwrap();
    let Cause::Contributions(causes) = explanation.cause else { panic!() };
    assert_eq!(explanation.change.absolute(), defined("3"));
    let parts: Vec<_> = causes.parts.iter().map(|part| part.change.absolute()).collect();
    assert_eq!(parts, [defined("0"), defined("3")]);
}

#[test]
fn a_rate_without_a_base_says_what_that_means() {
    let set = set();
    let facts = facts(&set, &[(0, 0, 0, [1, 0, 0]), (0, 0, 1, [1, 2, 0])]);
    let explanation = ask(Explain::of("conversion").by("channel"), &set, &facts).unwrap();
    let unbounded = Value::Undefined(Reason::Unbounded(Sense::Good));
    assert_eq!(explanation.change.absolute(), unbounded);
    let Cause::RateMix(causes) = explanation.cause else { panic!() };
    assert_eq!([&causes.rate, &causes.segments[0].total], [&unbounded; 2]);
}

#[test]
fn misuse_is_told_at_once() {
    let set = set();
    let facts = facts(&set, &ROWS);
    let problems = |explain: Explain| -> Vec<(String, ErrorKind)> {
        let error = ask(explain, &set, &facts).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        let place = |error: &Error| (error.path().unwrap().to_owned(), error.kind());
        error.problems().iter().map(place).collect()
    };
    let one = |path: &str, kind| vec![(path.to_owned(), kind)];
    assert_eq!(problems(Explain::of("conversions")), one("metric", ErrorKind::Unknown));
    assert_eq!(problems(Explain::of("orders")), one("metric", ErrorKind::Domain));
    assert_eq!(problems(Explain::of("growth")), one("metric", ErrorKind::Domain));
    for metric in ["growth", "share", "visitors"] {
        assert_eq!(problems(Explain::of(metric).by("channel")), one("metric", ErrorKind::Domain));
    }
    let sold = |metric: &str| Explain::of(metric).by("channel").quantity("orders");
    assert_eq!(problems(sold("aov")), one("metric", ErrorKind::Domain));
    assert_eq!(problems(sold("revenue").cost("visits")), one("cost", ErrorKind::Unit));
    let lone = Explain::of("revenue").by("channel").cost("cost");
    assert_eq!(problems(lone), one("quantity", ErrorKind::Missing));
    let lone = Explain::of("sales").quantity("orders");
    assert_eq!(problems(lone), one("by", ErrorKind::Missing));
    let several = Explain::of("revenues").by("chanel").by("channel").by("channel");
    assert_eq!(
        problems(several),
        [
            ("by[0]".to_owned(), ErrorKind::Unknown),
            ("by[2]".to_owned(), ErrorKind::Duplicate),
            ("metric".to_owned(), ErrorKind::Unknown),
        ]
    );
    let error = Explain::of("revenue").by("channel").run(&set, &facts, Calendar::default());
    assert_eq!(
        error.unwrap_err().problems()[0].to_string(),
        "between: no periods between which revenue moved; give two"
    );
    let convention: Convention = "old_weights".parse().unwrap();
    assert_eq!(convention, Convention::OldWeights);
}
