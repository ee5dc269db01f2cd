//! What went into some of the figures, added up from the raw rows and kept in the project, through
//! the same models. `tests/oracle/published.py` makes the files, and reckons the figures a second time.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Map, Value as Json};
use yardstick::{Column, Date, Facts, Grain, Model, Query, Rational};

use super::figure::{Figure, Verdict};
use super::{
    bank_marketing, cac_younger_eats, ecommerce_targets, funnel, kag_facebook, maven_crm, payments,
};

/// The models that a data set's figures can be of; the metrics have different names.
const MODELS: [(&str, &[&str]); 8] = [
    ("maven_crm", &[maven_crm::MODEL]),
    ("kag_facebook", &[kag_facebook::MODEL]),
    ("cac_younger_eats", &[cac_younger_eats::MODEL]),
    ("bank_marketing", &[bank_marketing::CALLS, bank_marketing::ECONOMY]),
    ("ecommerce_targets", &[ecommerce_targets::MODEL]),
    ("olist_funnel", &[funnel::LEADS]),
    ("olist_representatives", &[funnel::REPRESENTATIVES]),
    ("olist_payments", &[payments::MODEL]),
];

fn models(data_set: &str) -> Vec<Model> {
    let (_, models) = MODELS.iter().find(|(name, _)| *name == data_set).unwrap();
    models.iter().map(|text| Model::from_json(text).unwrap()).collect()
}

/// The model that has the metric and all measures of the inputs.
fn model<'a>(models: &'a [Model], figure: &Figure, months: &Map<String, Json>) -> &'a Model {
    let measures = months.values().flat_map(|month| month.as_object().unwrap().keys());
    let measures: BTreeSet<&str> = measures.map(String::as_str).collect();
    let mut fitting = models.iter().filter(|model| {
        let has = |name: &&str| model.schema().measure(name).is_some();
        model.kpis().unit(&figure.metric).is_ok() && measures.iter().all(has)
    });
    let model = fitting.next().unwrap_or_else(|| panic!("{}: no model for it", figure.id));
    assert!(fitting.next().is_none(), "{}: two models for it", figure.id);
    model
}

/// A row for each month, of one value in each dimension; what is not given is zero.
fn facts(model: &Model, months: &Map<String, Json>) -> Facts<'static> {
    let days: Vec<Date> =
        months.keys().map(|month| format!("{month}-01").parse().unwrap()).collect();
    let mut facts = Facts::builder(model.schema()).dates(&days);
    for dimension in model.schema().dimensions() {
        facts = facts.dimension(dimension, &vec!["all"; days.len()]);
    }
    for measure in model.schema().measures() {
        let cells = months.values().map(|month| month[measure.name()].as_str().unwrap_or("0"));
        facts = facts.measure(measure.name(), Column::text(&cells.collect::<Vec<_>>()));
    }
    facts.build().unwrap()
}

/// The metric in the last month.
fn value(model: &Model, figure: &Figure, months: &Map<String, Json>) -> Rational {
    let query = Query::of([&figure.metric]).grain(Grain::Month);
    let table = model.query(&query, &facts(model, months)).unwrap();
    table.columns[0].values.last().unwrap().clone().defined().unwrap()
}

/// How many figures of a file are reproduced and how many explained.
fn run(file: &str) -> Option<(usize, usize)> {
    let path = format!("{}/tests/oracle/{file}", env!("CARGO_MANIFEST_DIR"));
    let json: Json = serde_json::from_str(&fs::read_to_string(path).ok()?).unwrap();
    let (mut reproduced, mut explained) = (0, 0);
    for (data_set, figures) in json.as_object().unwrap().iter().filter(|(_, list)| list.is_array())
    {
        let models = models(data_set);
        for json in figures.as_array().unwrap() {
            let figure = Figure::own(json);
            let place = format!("{data_set} {}: {}, {}", figure.id, figure.metric, figure.filter);
            assert!(json["source"].is_string(), "{place}: no source");
            let months = json["inputs"].as_object().unwrap();
            let value = value(model(&models, &figure, months), &figure, months);
            match figure.judge(&value).unwrap_or_else(|error| panic!("{place}: {error}")) {
                Verdict::Reproduced => reproduced += 1,
                Verdict::Disagrees => {
                    let why = json["why"].as_str().unwrap_or_else(|| panic!("{place}: why?"));
                    println!("  {place}: {} for {value}: {why}", figure.printed);
                    explained += 1;
                }
            }
        }
    }
    println!("{file}: {reproduced} figures reproduced, {explained} explained");
    Some((reproduced, explained))
}

#[test]
fn figures_of_the_project() {
    assert_eq!(run("published.json"), Some((50, 3)));
}

#[test]
fn figures_of_the_marketplace_that_are_not_in_the_package() {
    match run("olist_figures.json") {
        Some(counts) => assert_eq!(counts, (15, 2)),
        None => println!("olist_figures.json: 0 figures ran; it is not part of the package"),
    }
}
