//! Worked examples that others published, through model, facts and query, in the unit of the catalog.
//!
//! A case names a definition, its inputs, the exact value, and the figure as it was printed. Where
//! the print is wrong, truncated or made from rounded figures, the case says so and why, and the
//! exact value is pinned all the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use yardstick::kpi::catalog::{self, Entry, InputKind};
use yardstick::{
    Calendar, Column, Date, Facts, Formula, Kpi, KpiSet, Measure, Period, Query, Rational,
    Rounding, Schema, Unit, Value,
};

/// The files of cases; a file of none is a place that is kept.
const FILES: &[(&str, &str)] = &[
    ("acquisition", include_str!("../oracle/kpi/worked_acquisition.json")),
    ("retention", include_str!("../oracle/kpi/worked_retention.json")),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    kpi: String,
    /// In the period.
    inputs: BTreeMap<String, Given>,
    /// In the period before it.
    #[serde(default)]
    before: BTreeMap<String, Given>,
    /// The value in the unit of the KPI, as a fraction.
    exact: String,
    published: String,
    shown: Shown,
    /// What the print leaves out: 1000000 for a figure in millions.
    #[serde(default)]
    scale: Option<String>,
    decimals: u32,
    agrees: bool,
    #[serde(default)]
    note: String,
    source: String,
    url: String,
}

/// How a figure is printed.
#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Shown {
    Value,
    Percent,
    PerMille,
}

/// An input: a number, one for each row, or factors of one for each row.
#[derive(Deserialize)]
#[serde(untagged)]
enum Given {
    Number(String),
    Rows(Vec<String>),
    Products(Vec<Vec<String>>),
}

fn number(text: &str) -> Rational {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

impl Given {
    /// The number where it is a fraction, which facts cannot hold: they hold decimals.
    fn fraction(&self) -> Option<(&str, &str)> {
        match self {
            Self::Number(text) => text.split_once('/'),
            _ => None,
        }
    }

    /// Decimals, one for each row.
    fn rows(&self) -> Vec<String> {
        match self {
            Self::Number(text) => vec![text.clone()],
            Self::Rows(texts) => texts.clone(),
            Self::Products(rows) => rows
                .iter()
                .map(|factors| {
                    let product = factors.iter().fold(Rational::from(1), |a, b| a * number(b));
                    product.round(Rounding::exact(12)).unwrap().to_string()
                })
                .collect(),
        }
    }
}

/// What a case multiplies its value by to show it.
fn factor(shown: Shown, scale: Option<&str>) -> Rational {
    let shown = Rational::from(match shown {
        Shown::Value => 1,
        Shown::Percent => 100,
        Shown::PerMille => 1000,
    });
    shown.checked_div(&number(scale.unwrap_or("1"))).unwrap()
}

fn unit(entry: &Entry, name: &str) -> Unit {
    let input = entry.input(name).unwrap();
    match input.kind {
        InputKind::Money => Unit::currency("EUR").unwrap(),
        InputKind::Count => Unit::noun(input.same_as.unwrap_or(name)).unwrap(),
        InputKind::Duration => Unit::time("minute").unwrap(),
        _ => Unit::one(),
    }
}

impl Case {
    fn entry(&self) -> &'static Entry {
        catalog::find(&self.kpi).unwrap_or_else(|error| panic!("{}: {error}", self.id))
    }

    /// The value that a query over facts gives.
    fn value(&self) -> Value {
        let entry = self.entry();
        let given: BTreeSet<&str> =
            self.inputs.keys().chain(self.before.keys()).map(String::as_str).collect();
        let named: BTreeSet<&str> = entry.inputs.iter().map(|input| input.name).collect();
        assert_eq!(given, named, "{}: other inputs than the entry's", self.id);

        // A measure for each decimal; for a fraction a measure for each side and a KPI of the two.
        let (mut measures, mut kpis, mut mapped) = (Vec::new(), Vec::new(), Vec::new());
        let mut columns: BTreeMap<String, [Vec<String>; 2]> = BTreeMap::new();
        for name in given {
            let days = [self.before.get(name), self.inputs.get(name)];
            let unit = unit(entry, name);
            if days.iter().flatten().any(|given| given.fraction().is_some()) {
                let ratio = format!("{name}_ratio");
                let formula: Formula = format!("{name}_top / {name}_bottom").parse().unwrap();
                kpis.push(Kpi::new(&ratio, formula));
                mapped.push((name, ratio));
                let side = |last: bool| {
                    days.map(|day| match day {
                        None => Vec::new(),
                        Some(Given::Number(text)) => {
                            let (top, bottom) = text.split_once('/').unwrap_or((text, "1"));
                            vec![(if last { bottom } else { top }).to_owned()]
                        }
                        Some(_) => panic!("{}: {name}: a fraction beside rows", self.id),
                    })
                };
                columns.insert(format!("{name}_top"), side(false));
                columns.insert(format!("{name}_bottom"), side(true));
                measures.push(Measure::flow(format!("{name}_top"), unit));
                measures.push(Measure::flow(format!("{name}_bottom"), Unit::one()));
            } else {
                columns.insert(name.to_owned(), days.map(|day| day.map_or(vec![], Given::rows)));
                measures.push(Measure::flow(name, unit));
            }
        }

        let schema = Schema::new(["row"], measures).unwrap();
        let mapped: Vec<_> = mapped.iter().map(|(from, to)| (*from, to.as_str())).collect();
        kpis.push(entry.kpi("figure", &mapped).unwrap());
        let set = KpiSet::new(schema, kpis).unwrap();

        let days = [Date::new(2023, 12, 31).unwrap(), Date::new(2024, 1, 1).unwrap()];
        let rows = [0, 1].map(|day| columns.values().map(|c| c[day].len()).max().unwrap_or(0));
        let dates: Vec<Date> = [0, 1].iter().flat_map(|&d| vec![days[d]; rows[d]]).collect();
        let labels: Vec<String> =
            rows.iter().flat_map(|&count| (0..count).map(|row| row.to_string())).collect();
        let mut facts = Facts::builder(set.schema()).dates(&dates).dimension("row", &labels);
        for (name, column) in &columns {
            let filled = |day: usize| {
                let zeros = vec!["0".to_owned(); rows[day] - column[day].len()];
                column[day].iter().cloned().chain(zeros)
            };
            let cells: Vec<String> = filled(0).chain(filled(1)).collect();
            facts = facts.measure(name, Column::text(&cells));
        }
        let query = Query::of(["figure"]).within(Period::day(days[1]));
        let table = query.run(&set, &facts.build().unwrap(), Calendar::default()).unwrap();
        table.columns[0].values[0].clone()
    }

    /// The value as it would be printed.
    fn printed(&self, value: &Rational) -> String {
        let shown = value * factor(self.shown, self.scale.as_deref());
        shown.round(Rounding::half_expand(self.decimals)).unwrap().to_string()
    }
}

fn cases() -> Vec<Case> {
    let read = |(name, text): &(&str, &str)| -> Vec<Case> {
        let file: File =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        file.cases
    };
    FILES.iter().flat_map(read).collect()
}

#[test]
fn worked_examples_come_out_as_published() {
    let cases = cases();
    let ids: BTreeSet<_> = cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids.len(), cases.len(), "an id is there twice");
    let (mut usable, mut pinned, mut kpis) = (0, 0, BTreeSet::new());
    for case in &cases {
        let id = &case.id;
        let exact = number(&case.exact);
        assert_eq!(case.value(), Value::Defined(exact.clone()), "{id}");
        let printed = case.printed(&exact);
        if case.agrees {
            usable += 1;
            assert_eq!(printed, case.published, "{id}");
        } else {
            pinned += 1;
            assert_ne!(printed, case.published, "{id}: agrees after all");
            assert!(case.note.len() > 20, "{id}: no note of why the print is another");
        }
        assert!(!case.source.is_empty() && case.url.starts_with("http"), "{id}");
        kpis.insert(case.entry().id);
    }
    println!(
        "worked examples: {} ran of {} definitions: {usable} as published, {pinned} pinned beside a print that is off",
        cases.len(),
        kpis.len()
    );
    assert!(usable >= 69 && pinned >= 3);
}

#[test]
fn a_fraction_as_an_input_is_exact() {
    let given = |text: &str| Given::Number(text.to_owned());
    let case = Case {
        id: "thirds".to_owned(),
        kpi: "rule_of_40".to_owned(),
        inputs: [("growth_rate", "1/3"), ("profit_margin", "2/3")]
            .map(|(name, text)| (name.to_owned(), given(text)))
            .into(),
        before: BTreeMap::new(),
        exact: String::new(),
        published: String::new(),
        shown: Shown::PerMille,
        scale: Some("10".to_owned()),
        decimals: 1,
        agrees: true,
        note: String::new(),
        source: String::new(),
        url: String::new(),
    };
    assert_eq!(case.value(), Value::Defined(1.into()));
    assert_eq!(case.printed(&1.into()), "100.0");
}

/// A file of the shared folder.
fn shared(path: &str) -> Option<serde_json::Value> {
    let Some(shared) = std::env::var_os("YARDSTICK_SHARED") else {
        println!("YARDSTICK_SHARED is not set: not held against {path}");
        return None;
    };
    let path = std::path::Path::new(&shared).join(path);
    Some(serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
}

/// The ids of the shared catalog.
fn shared_ids(document: &serde_json::Value) -> BTreeSet<String> {
    let kpis = document["kpis"].as_array().unwrap();
    kpis.iter().map(|kpi| kpi["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_definition_of_the_shared_catalog_is_there() {
    let Some(document) = shared("oracle/kpi/kpi_catalog.json") else { return };
    let ids = shared_ids(&document);
    let (mut found, mut missing) = (0, Vec::new());
    for kpi in document["kpis"].as_array().unwrap() {
        let id = kpi["id"].as_str().unwrap();
        match catalog::find(id) {
            Ok(entry) => {
                found += 1;
                assert_eq!(entry.owner.name(), kpi["owner"].as_str().unwrap(), "{id}");
                assert_eq!(entry.stage.name(), kpi["stage"].as_str().unwrap(), "{id}");
            }
            Err(_) => missing.push(id),
        }
    }
    println!(
        "{found} of {} shared definitions among {} entries; missing: {missing:?}",
        ids.len(),
        catalog::entries().count()
    );
    assert!(missing.is_empty(), "missing: {missing:?}");
}

#[test]
fn every_shared_example_of_the_catalog_has_a_case() {
    let Some(catalog) = shared("oracle/kpi/kpi_catalog.json") else { return };
    let Some(document) = shared("oracle/kpi/worked_examples.json") else { return };
    let ids = shared_ids(&catalog);
    let cases = cases();
    let mut missing = Vec::new();
    let mut held: BTreeMap<(bool, String), usize> = BTreeMap::new();
    let mut others = 0;
    for example in document["examples"].as_array().unwrap() {
        let text = |key: &str| example[key].as_str().unwrap();
        if !ids.contains(text("kpi")) {
            others += 1;
            continue;
        }
        let id = text("id");
        let Some(case) = cases.iter().find(|case| case.id == id) else {
            missing.push(id);
            continue;
        };
        // An example by another method is a definition of its own, of the same stage.
        let entry = case.entry();
        let named = catalog::find(text("kpi")).unwrap();
        assert_eq!(entry.stage, named.stage, "{id}");

        let usable = example["usable_as_test"].as_bool().unwrap();
        let decimals = example["published_decimals"].as_u64().unwrap();
        assert_eq!(case.agrees, usable, "{id}");
        assert_eq!(case.published, text("published"), "{id}");
        assert_eq!(u64::from(case.decimals), decimals, "{id}");
        // Equal as shown: one side may count in percent what the other counts as a fraction.
        let exact = &example["exact"];
        let fraction =
            format!("{}/{}", exact["num"].as_str().unwrap(), exact["den"].as_str().unwrap());
        let shown = match text("published_display") {
            "percent" => Shown::Percent,
            "value" => Shown::Value,
            other => panic!("{id}: shown as {other}"),
        };
        let theirs = number(&fraction) * factor(shown, Some(text("published_scale")));
        let ours = number(&case.exact) * factor(case.shown, case.scale.as_deref());
        assert_eq!(ours, theirs, "{id}");
        *held.entry((usable, text("status").to_owned())).or_default() += 1;
    }
    let total: usize = held.values().sum();
    let usable: usize = held.iter().filter(|((usable, _), _)| *usable).map(|(_, n)| n).sum();
    println!("{total} shared examples held: {usable} usable, {} not; {held:?}", total - usable);
    println!("{} missing: {missing:?}; {others} are of no catalog KPI", missing.len());
    assert!(missing.is_empty());
}
