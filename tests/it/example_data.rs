//! The two data sets of the example, against what is known of them.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use yardstick::target::State;
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
    let best = revenue.days().nth(3).unwrap().flow().unwrap().best_day.clone().unwrap();
    let (day, best) = (best.day, best.value);
    assert_eq!((day.to_string().as_str(), best), ("2010-12-01", "58635.56".parse().unwrap()));

    // Day by day, as it was known on each day: a report of that day says the same.
    for (i, day) in revenue.days().enumerate() {
        let then = shop(&day.as_of.to_string());
        assert_eq!(then.target("Season revenue").unwrap().current(), day, "day {i}");
    }
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
