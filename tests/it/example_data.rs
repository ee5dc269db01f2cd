//! The two data sets of the example, against what is known of them.

use std::fs;
use std::path::Path;

use num_rational::BigRational;
use num_traits::Zero;
use serde_json::Value as Json;
use yardstick::target::{Milestones, State};
use yardstick::{Date, Grain, Model, Period, Query, Rational, Report, Rounding, Value};

use crate::csv;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data");

fn text(path: &str) -> Option<String> {
    fs::read_to_string(path).ok()
}

fn model(name: &str) -> Option<Model> {
    Some(Model::from_json(&text(&format!("{DATA}/{name}/model.json"))?).unwrap())
}

fn facts(model: &Model, name: &str) -> csv::Read {
    csv::read(model, &text(&format!("{DATA}/{name}/facts.csv")).unwrap()).unwrap()
}

fn shop(day: &str) -> Report {
    let model = model("shop").unwrap();
    let facts = facts(&model, "shop").facts;
    model.evaluate(&facts, day.parse().unwrap()).unwrap()
}

fn defined(text: &str) -> Value {
    Value::Defined(text.parse().unwrap())
}

#[test]
fn the_season_missed_its_revenue_and_met_its_order_value() {
    let report = shop("2011-12-09");
    let before = &report.query("The season before").unwrap().table;
    assert_eq!(before.columns[0].values[0], defined("377488.45"));
    assert_eq!(before.columns[1].values[0], defined("952"));
    let season = &report.query("Season against the season before").unwrap().table;
    assert_eq!(season.columns[0].values[0], defined("433668.01"));
    assert_eq!(season.columns[1].values[0], defined("869"));

    let revenue = report.target("Season revenue").unwrap();
    assert_eq!(revenue.result.goal().low, Some(defined("452986.14")));
    assert!(!revenue.is_met());
    assert_eq!(revenue.current().state, State::Missed);
    assert_eq!(revenue.current().gap, defined("-19318.13"));

    let value = report.target("Season average order value").unwrap();
    assert_eq!(value.result.goal().low, Some(defined("452986.14/952")));
    assert!(value.is_met());
    assert_eq!(value.current().actual, defined("433668.01/869"));
    assert_eq!(value.attainment().round(Rounding::half_even(4)).unwrap().to_string(), "1.0488");
}

#[test]
fn the_pace_asked_for_more_than_any_day_seen_from_the_fourth_to_the_sixth() {
    let report = shop("2011-12-09");
    let revenue = &report.target("Season revenue").unwrap().result;
    assert_eq!(revenue.first_beyond_best(), Some("2011-12-04".parse::<Date>().unwrap()));
    let beyond: Vec<u32> = revenue
        .days()
        .filter(|day| day.flow().unwrap().beyond_best)
        .map(|day| day.as_of.day())
        .collect();
    assert_eq!(beyond, [4, 5, 6]);
    let best = revenue.days().nth(3).unwrap().flow().unwrap().best_day.unwrap();
    let (day, best) = (best.day, best.value.clone());
    assert_eq!((day.to_string().as_str(), best), ("2010-12-01", "58635.56".parse().unwrap()));

    // Day by day, as it was known on each day: a report of that day says the same.
    for (i, day) in revenue.days().enumerate() {
        let then = shop(&day.as_of.to_string());
        assert_eq!(then.target("Season revenue").unwrap().current(), day, "day {i}");
    }
}

/// A target of at least, from the cells of a CSV file alone: each day from scratch, and no sum kept.
struct Plain {
    first: Date,
    /// Numerator and denominator of each day of the period; of a flow the latter is 1.
    days: Vec<(BigRational, BigRational)>,
    before: Vec<(BigRational, BigRational)>,
    goal: BigRational,
    volume: Option<BigRational>,
    is_flow: bool,
    /// Whether a day lies between 0 and 1.
    is_share: bool,
}

fn whole(number: i64) -> BigRational {
    BigRational::from_integer(number.into())
}

/// Decimal text over a power of ten.
fn decimal(text: &str) -> BigRational {
    let (integer, places) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{integer}{places}").parse().unwrap();
    BigRational::new(digits, num_bigint::BigInt::from(10).pow(places.len() as u32))
}

/// Sums of two columns for each day of a period; without a second one it is 1.
fn columns(
    file: &str,
    (first, last): (&str, &str),
    (n, d): (&str, Option<&str>),
    origin: Option<&str>,
) -> Vec<(BigRational, BigRational)> {
    let text = text(&format!("{DATA}/{file}/facts.csv")).unwrap();
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let at = |name: &str| header.iter().position(|known| *known == name).unwrap();
    let rows: Vec<Vec<&str>> =
        lines.filter(|row| origin.is_none_or(|origin| row[at("origin")] == origin)).collect();
    let period = Period::inclusive(first.parse().unwrap(), last.parse().unwrap()).unwrap();
    let sum = |day: &str, name: &str| {
        let of_day = rows.iter().filter(|row| row[at("date")] == day);
        of_day.map(|row| decimal(row[at(name)])).sum::<BigRational>()
    };
    let day = |day: Date| {
        let day = day.to_string();
        (sum(&day, n), d.map_or(whole(1), |d| sum(&day, d)))
    };
    period.iter().map(day).collect()
}

fn total(days: &[(BigRational, BigRational)]) -> (BigRational, BigRational) {
    (days.iter().map(|day| &day.0).sum(), days.iter().map(|day| &day.1).sum())
}

impl Plain {
    fn is_met(&self, day: usize) -> bool {
        let (n, d) = total(&self.days[..=day]);
        if self.is_flow { n >= self.goal } else { !d.is_zero() && n / d >= self.goal }
    }

    /// What each of what is left must bring.
    fn needed(&self, day: usize) -> Option<BigRational> {
        let (n, d) = total(&self.days[..=day]);
        let (so_far, all) = (whole(day as i64 + 1), whole(self.days.len() as i64));
        let (aim, left) = match self.is_flow {
            true => (self.goal.clone(), &all - so_far),
            false => {
                let volume = self.volume.clone().unwrap_or(&d * &all / so_far);
                (&self.goal * &volume, volume - d)
            }
        };
        let open = day + 1 < self.days.len() && left > whole(0);
        open.then(|| (aim - n) / left)
    }

    fn best(&self, day: usize) -> BigRational {
        let seen = self.before.iter().chain(&self.days[..=day]);
        seen.filter(|day| !day.1.is_zero()).map(|day| &day.0 / &day.1).max().unwrap()
    }

    fn first(&self, holds: impl Fn(usize) -> bool) -> Option<Date> {
        let day = (0..self.days.len()).find(|day| holds(*day))?;
        Some(self.first.plus_days(day as i32).unwrap())
    }

    /// Met first, met since, secured, beyond the best day, unreachable.
    fn milestones(&self) -> [Option<Date>; 5] {
        let needs = |day, holds: &dyn Fn(BigRational) -> bool| self.needed(day).is_some_and(holds);
        [
            self.first(|day| self.is_met(day)),
            self.first(|day| (day..self.days.len()).all(|day| self.is_met(day))),
            self.first(|day| self.is_share && needs(day, &|rest| rest <= whole(0))),
            self.first(|day| needs(day, &|rest| rest > self.best(day))),
            self.first(|day| self.is_share && needs(day, &|rest| rest > whole(1))),
        ]
    }
}

fn dates(found: Milestones) -> [Option<Date>; 5] {
    [found.first_met, found.met_since, found.secured, found.beyond_best, found.unreachable]
}

/// The same days from the report, from the plain computation, and as they are known.
fn same_milestones(report: &Report, name: &str, plain: &Plain, known: [Option<&str>; 5]) {
    let known = known.map(|day| day.map(|day| day.parse::<Date>().unwrap()));
    assert_eq!(plain.milestones(), known, "{name}, computed plainly");
    let result = &report.target(name).unwrap().result;
    assert_eq!(dates(result.milestones()), known, "{name}");
}

#[test]
fn the_season_was_decided_on_these_days() {
    let report = shop("2011-12-09");
    let (season, last) = (("2011-12-01", "2011-12-09"), ("2010-12-01", "2010-12-09"));
    let revenue = ("net_revenue", None);
    let before = columns("shop", last, revenue, None);
    let plain = Plain {
        first: season.0.parse().unwrap(),
        days: columns("shop", season, revenue, None),
        goal: total(&before).0 * decimal("1.2"),
        before,
        volume: None,
        is_flow: true,
        is_share: false,
    };
    assert_eq!(plain.goal, decimal("452986.14"));
    let known = [None, None, None, Some("2011-12-04"), None];
    same_milestones(&report, "Season revenue", &plain, known);

    let value = ("net_revenue", Some("invoices"));
    let before = columns("shop", last, value, None);
    let (n, d) = total(&before);
    let plain = Plain {
        first: season.0.parse().unwrap(),
        days: columns("shop", season, value, None),
        goal: n / &d * decimal("1.2"),
        before,
        volume: Some(d),
        is_flow: false,
        is_share: false,
    };
    let known = [Some("2011-12-08"), Some("2011-12-08"), None, Some("2011-12-02"), None];
    same_milestones(&report, "Season average order value", &plain, known);
}

#[test]
fn the_funnel_was_decided_on_these_days() {
    let Some(model) = model("olist") else {
        println!("Olist: 0 milestones ran; its data are not part of the package");
        return;
    };
    let facts = facts(&model, "olist").facts;
    let report = model.evaluate(&facts, "2018-05-31".parse().unwrap()).unwrap();
    let (year, before) = (("2018-01-01", "2018-05-31"), ("2017-06-01", "2017-12-31"));
    let first: Date = year.0.parse().unwrap();

    // Two leads short on the last day, and two in thirty days are less than the best day brought.
    let plain = Plain {
        first,
        days: columns("olist", year, ("leads", None), None),
        before: Vec::new(),
        goal: whole(6_000),
        volume: None,
        is_flow: true,
        is_share: false,
    };
    assert_eq!(total(&plain.days).0, whole(5_998));
    same_milestones(&report, "Leads of the year so far", &plain, [None; 5]);

    let rate = ("deals", Some("leads"));
    let plain = Plain {
        first,
        days: columns("olist", year, rate, None),
        before: Vec::new(),
        goal: decimal("0.12"),
        volume: Some(whole(6_000)),
        is_flow: false,
        is_share: true,
    };
    let known = [Some("2018-01-01"), Some("2018-01-01"), Some("2018-05-01"), None, None];
    same_milestones(&report, "Conversion of the year so far", &plain, known);

    let search = Some("paid_search");
    let before = columns("olist", before, rate, search);
    let (n, d) = total(&before);
    let plain = Plain {
        first,
        days: columns("olist", year, rate, search),
        before,
        goal: n / d + decimal("0.02"),
        volume: None,
        is_flow: false,
        is_share: true,
    };
    let known = [Some("2018-01-01"), Some("2018-01-01"), Some("2018-03-08"), None, None];
    same_milestones(&report, "Conversion of paid search", &plain, known);
}

#[test]
fn daily_customers_do_not_add_up() {
    let model = model("shop").unwrap();
    let facts = facts(&model, "shop").facts;
    let season =
        Period::inclusive("2011-12-01".parse().unwrap(), "2011-12-09".parse().unwrap()).unwrap();
    let query = Query::of(["active_customers"]).within(season);
    let whole = model.query(&query, &facts).unwrap();
    assert_eq!(whole.columns[0].values[0].to_string(), "undefined (not_additive)");
    let daily = model.query(&query.grain(Grain::Day), &facts).unwrap();
    assert_eq!(daily.columns[0].values[0], defined("149"));
}

/// Published figures of the Olist funnel that origin and month can give.
#[test]
fn olist_agrees_with_what_others_published() {
    let vectors = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/olist_published.json");
    let (Some(model), Some(vectors)) = (model("olist"), text(vectors)) else {
        println!("Olist: 0 figures ran; its data are not part of the package");
        return;
    };
    let facts = facts(&model, "olist").facts;
    let vectors: Json = serde_json::from_str(&vectors).unwrap();
    let list = |name: &str| vectors[name].as_array().unwrap().clone();
    for figure in list("figures") {
        let mut query = Query::of(["leads", "deals", "lead_conversion", "days_to_win"]);
        let filter = &figure["filter"];
        if let Some(origins) = filter["origin"].as_array() {
            query = query.only("origin", origins.iter().map(|origin| origin.as_str().unwrap()));
        }
        if let Some(month) = filter["month"].as_str() {
            query = query.within(model.calendar().period(month).unwrap());
        }
        let table = model.query(&query, &facts).unwrap();
        let (metric, factor) = match figure["kind"].as_str().unwrap() {
            "leads" => ("leads", 1),
            "deals" => ("deals", 1),
            "conversion_rate" => ("lead_conversion", 1),
            "conversion_percent" => ("lead_conversion", 100),
            "mean_days" => ("days_to_win", 1),
            other => panic!("unknown kind {other}"),
        };
        let value =
            table.get(metric, None, &[]).unwrap().clone().map(|v| v * Rational::from(factor));
        let published = figure["published"].as_str().unwrap();
        let places = figure["places"].as_u64().unwrap() as u32;
        let rounded = value.round(Rounding::half_expand(places)).unwrap();
        let shown = rounded.map(|value| yardstick::number::plain(&value));
        let printed: Rational = published.parse().unwrap();
        let same = shown.clone().map(|shown| shown.parse::<Rational>().unwrap() == printed);
        assert_eq!(
            same,
            Value::Defined(true),
            "{}: {shown} but {published} was printed",
            figure["id"]
        );
    }
    let (ran, excluded) = (list("figures").len(), list("excluded"));
    println!("Olist: {ran} published figures ran, {} excluded:", excluded.len());
    for figure in &excluded {
        println!("  {} ({}): {}", figure["id"], figure["published"], figure["reason"]);
    }
    assert_eq!((ran, excluded.len()), (114, 17));
    check_against_shared(&list("figures"), &excluded);
}

/// The vectors name every figure of the shared folder, with its printed value.
fn check_against_shared(figures: &[Json], excluded: &[Json]) {
    let Some(shared) = std::env::var_os("YARDSTICK_SHARED") else {
        println!("Olist: not held against the shared folder; YARDSTICK_SHARED is not set");
        return;
    };
    let path = Path::new(&shared).join("data/published_figures.json");
    let published: Json = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut count = 0;
    for figure in published["figures"].as_array().unwrap() {
        if figure["dataset"] != "olist_funnel" {
            continue;
        }
        let same = |other: &&Json| other["id"] == figure["id"];
        let ours = figures.iter().find(same).or_else(|| excluded.iter().find(same));
        let ours = ours.unwrap_or_else(|| panic!("figure {} is not listed", figure["id"]));
        assert_eq!(ours["published"], figure["published_as_printed"], "{}", figure["id"]);
        count += 1;
    }
    println!("Olist: {count} figures of the shared folder are listed");
    assert_eq!(count, 131);
}
