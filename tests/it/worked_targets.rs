//! Worked examples of targets that others published: attainment, pace, what is required, splits.
//!
//! Each runs the way that its `how` says, through a target over facts, an allocation or a formula. The
//! exact value is pinned, and the figure as it was printed. Where the print is wrong, cut off, made
//! from rounded figures, or means nothing, the case says so and why, and the library is to give
//! another.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value as Json;
use yardstick::number::allocate;
use yardstick::target::{Attainment, Change, ChangeMode, Limit, TargetResult};
use yardstick::{
    Calendar, Column, Date, Facts, Formula, Goal, KpiSet, Measure, Period, Rational, Reason,
    Rounding, Schema, Target, Value,
};

const FILE: &str = include_str!("../oracle/kpi/worked_target.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cases: Vec<Case>,
    allocations: Vec<Allocation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    what: String,
    how: How,
    /// For a formula.
    #[serde(default)]
    formula: String,
    inputs: BTreeMap<String, Json>,
    /// A fraction, or `undefined` and the reason.
    exact: String,
    published: String,
    shown: Shown,
    /// What the print leaves out: 1000 for a figure in thousands.
    #[serde(default)]
    scale: Option<String>,
    decimals: u32,
    agrees: bool,
    #[serde(default)]
    note: String,
    source: String,
    url: String,
}

/// Which part of the library answers.
#[derive(Deserialize, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
enum How {
    /// Attainment of a target of at least.
    Ratio,
    /// Attainment of a target that is a change from a baseline.
    Progress,
    /// Attainment of a target of at most.
    LowerLinear,
    /// How far beyond the limit.
    Gap,
    /// Of a flow, what is expected by now.
    Expected,
    /// Of a flow, the actual value over what is expected by now.
    Pace,
    /// Of a flow, the actual value less what is expected by now.
    PaceGap,
    /// Of a flow, what each remaining day has to bring.
    Required,
    /// A part of a total.
    Allocate,
    /// A part of a part of a total.
    AllocateTwice,
    Formula,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Shown {
    Value,
    Percent,
}

/// A total and the parts that were printed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Allocation {
    id: String,
    total: String,
    weights: Vec<String>,
    quantum: String,
    published: Vec<String>,
    #[serde(default)]
    #[allow(dead_code, reason = "for people")]
    note: String,
    source: String,
    url: String,
}

fn file() -> File {
    serde_json::from_str(FILE).unwrap()
}

fn number(text: &str) -> Rational {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn numbers(texts: &[String]) -> Vec<Rational> {
    texts.iter().map(|text| number(text)).collect()
}

impl Case {
    fn input(&self, name: &str) -> &str {
        self.inputs[name].as_str().unwrap()
    }

    fn list(&self, name: &str) -> Vec<Rational> {
        let list = self.inputs[name].as_array().unwrap().iter();
        list.map(|text| number(text.as_str().unwrap())).collect()
    }

    fn days(&self, name: &str) -> u32 {
        self.inputs.get(name).map_or(1, |days| days.as_str().unwrap().parse().unwrap())
    }

    /// The target of so many days at the end of those that have passed. The actual value is that of
    /// its first day, and a start that of the day before it.
    fn assessed(&self) -> TargetResult {
        let schema =
            Schema::new(Vec::<String>::new(), [Measure::flow("a", "EUR".parse().unwrap())]);
        let set = KpiSet::new(schema.unwrap(), []).unwrap();
        let (eve, first): (Date, Date) =
            ("2023-12-31".parse().unwrap(), "2024-01-01".parse().unwrap());
        let after = |days: u32| -> Date { format!("2024-01-{days:02}").parse().unwrap() };
        let period = Period::inclusive(first, after(self.days("days"))).unwrap();
        let limit = number(self.input("target"));
        let start = self.inputs.get("start").map_or("0", |start| start.as_str().unwrap());
        let (goal, mode) = match self.how {
            How::LowerLinear => (Goal::AtMost(limit.into()), Attainment::LowerLinear),
            How::Progress => {
                let by = limit - number(start);
                let change =
                    Change { by, mode: ChangeMode::Points, baseline: Period::day(eve).into() };
                (Goal::AtLeast(Limit::Change(change)), Attainment::Progress)
            }
            _ => (Goal::AtLeast(limit.into()), Attainment::Ratio),
        };
        let facts = Facts::builder(set.schema())
            .dates(&[eve, first])
            .measure("a", Column::text(&[start, self.input("actual")]))
            .build()
            .unwrap();
        let target = Target::new("t", "a", period, goal).attainment(mode);
        let as_of = after(self.days("elapsed"));
        target.assess(&set, &facts, Calendar::default(), as_of).unwrap()
    }

    /// The part of a total that the inputs name.
    fn part(&self, total: Rational, weights: &str) -> Rational {
        let place: usize = self.input("part").parse().unwrap();
        let parts =
            allocate(total.clone(), self.list(weights), number(self.input("quantum"))).unwrap();
        assert_eq!(parts.iter().sum::<Rational>(), total, "{}", self.id);
        parts[place].clone()
    }

    fn value(&self) -> Value {
        match self.how {
            How::Ratio | How::Progress | How::LowerLinear => self.assessed().current().attainment,
            How::Gap => self.assessed().current().gap,
            How::Expected => self.assessed().current().flow().unwrap().expected.clone(),
            How::Pace => self.assessed().current().flow().unwrap().attainment.clone(),
            How::PaceGap => self.assessed().current().flow().unwrap().gap.clone(),
            How::Required => self.assessed().current().flow().unwrap().required_per_day.clone(),
            How::Allocate => self.part(number(self.input("total")), "weights").into(),
            How::AllocateTwice => {
                self.part(self.part(number(self.input("total")), "weights"), "then").into()
            }
            How::Formula => {
                let formula: Formula = self.formula.parse().unwrap();
                let inputs =
                    self.inputs.keys().map(|name| (name.as_str(), number(self.input(name))));
                formula.evaluate(inputs.collect::<Vec<_>>()).unwrap()
            }
        }
    }

    fn exact(&self) -> Value {
        match self.exact.as_str() {
            "undefined no_base" => Value::Undefined(Reason::NoBase),
            exact => Value::Defined(number(exact)),
        }
    }

    /// As it would be printed.
    fn printed(&self) -> Option<String> {
        let factor = Rational::from(if self.shown == Shown::Percent { 100 } else { 1 });
        let shown = self.exact().defined()? * factor;
        let shown = shown.checked_div(&number(self.scale.as_deref().unwrap_or("1"))).unwrap();
        Some(shown.round(Rounding::half_expand(self.decimals)).unwrap().to_string())
    }
}

#[test]
fn worked_examples_of_targets_come_out_as_published() {
    let file = file();
    let ids: BTreeSet<_> = file.cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids.len(), file.cases.len(), "an id is there twice");
    let (mut as_published, mut pinned) = (0, Vec::new());
    let mut ways: BTreeMap<How, usize> = BTreeMap::new();
    for case in &file.cases {
        let id = &case.id;
        assert_eq!(case.value(), case.exact(), "{id}: {}", case.what);
        *ways.entry(case.how).or_default() += 1;
        if case.agrees {
            as_published += 1;
            assert_eq!(case.printed().as_ref(), Some(&case.published), "{id}");
        } else {
            assert_ne!(case.printed().as_ref(), Some(&case.published), "{id}: agrees after all");
            assert!(case.note.len() > 20, "{id}: no note of why the print is another");
            pinned.push(format!(
                "{id} prints {}, exactly {}",
                case.published,
                case.printed().unwrap_or(case.exact.clone())
            ));
        }
        assert!(!case.source.is_empty() && case.url.starts_with("http"), "{id}");
    }
    println!(
        "worked examples of targets: {} ran, {as_published} as published, {} pinned beside a print that is off; {ways:?}",
        file.cases.len(),
        pinned.len()
    );
    pinned.iter().for_each(|line| println!("  {line}"));
    assert_eq!((as_published, pinned.len()), (34, 8));
}

#[test]
fn worked_examples_of_allocations_come_out_as_published() {
    let file = file();
    for case in &file.allocations {
        let total = number(&case.total);
        let parts = allocate(total.clone(), numbers(&case.weights), number(&case.quantum)).unwrap();
        assert_eq!(parts, numbers(&case.published), "{}", case.id);
        assert_eq!(parts.iter().sum::<Rational>(), total, "{}", case.id);
        assert!(!case.source.is_empty() && case.url.starts_with("http"), "{}", case.id);
    }
    println!("worked examples of allocations: {} ran, all as published", file.allocations.len());
    assert_eq!(file.allocations.len(), 6);
}

/// Beyond a target below zero is met, though its ratio says nothing.
#[test]
fn a_target_below_zero_is_met_without_a_ratio() {
    let file = file();
    let case = |id: &str| file.cases.iter().find(|case| case.id == id).unwrap().assessed();
    let ratio = case("sap-neg-1");
    let ratio = ratio.current();
    assert_eq!(ratio.attainment, Value::Undefined(Reason::NoBase));
    assert_eq!((ratio.met, ratio.gap), (Value::Defined(true), Value::Defined(5.into())));
    let progress = case("sap-neg-base");
    let progress = progress.current();
    assert_eq!(progress.attainment, Value::Defined(number("8/3")));
    assert_eq!(progress.met, Value::Defined(true));
}

/// A month of 30.4 days is a rounded constant: twelve caps are not the year.
#[test]
fn twelve_caps_are_not_a_year_of_daily_budgets() {
    let formula = |text: &str| {
        let formula: Formula = text.parse().unwrap();
        formula.evaluate([("daily", Rational::from(5))]).unwrap().defined().unwrap()
    };
    assert_eq!(formula("12 * (daily * 30.4)"), 1_824.into());
    assert_eq!(formula("365 * daily") - formula("12 * (daily * 30.4)"), 1.into());
    assert_eq!(formula("12 * (daily * (365 / 12))"), 1_825.into());
}

#[test]
fn every_shared_example_of_a_target_has_a_case() {
    let Some(shared) = std::env::var_os("YARDSTICK_SHARED") else {
        println!("YARDSTICK_SHARED is not set: not held against the shared examples");
        return;
    };
    let path = std::path::Path::new(&shared).join("oracle/kpi/worked_examples.json");
    let document: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let file = file();
    let (mut targets, mut others) = (BTreeMap::<&str, usize>::new(), 0);
    for example in document["examples"].as_array().unwrap() {
        let text = |key: &str| example[key].as_str().unwrap();
        let id = text("id");
        let is_target = text("kpi").starts_with("target");
        let Some(case) = file.cases.iter().find(|case| case.id == id) else {
            assert!(!is_target, "{id}: no case");
            continue;
        };
        match is_target {
            true => *targets.entry(text("status")).or_default() += 1,
            false => others += 1,
        }
        // One figure that can be reproduced means nothing, and one that nobody printed is right.
        let agrees = match id {
            "sap-neg-1" => false,
            "sap-neg-base" => true,
            _ => example["usable_as_test"].as_bool().unwrap(),
        };
        assert_eq!(case.agrees, agrees, "{id}");
        let decimals = example["published_decimals"].as_u64().unwrap();
        assert_eq!(u64::from(case.decimals), decimals, "{id}");
        assert_eq!(case.scale.as_deref().unwrap_or("1"), text("published_scale"), "{id}");
        let display = if case.shown == Shown::Percent { "percent" } else { "value" };
        assert_eq!(display, text("published_display"), "{id}");
        // A gap is signed here, and its size is printed there.
        let size = |text: &str| text.trim_start_matches('-').to_owned();
        let side = |name: &str| example["exact"][name].as_str().unwrap();
        let fraction = format!("{}/{}", side("num"), side("den"));
        match case.how {
            How::Gap => {
                assert_eq!(size(&case.published), text("published"), "{id}");
                assert_eq!(number(&size(&case.exact)), number(&fraction), "{id}");
            }
            _ => {
                assert_eq!(case.published, text("published"), "{id}");
                if let Value::Defined(exact) = case.exact() {
                    assert_eq!(exact, number(&fraction), "{id}");
                }
            }
        }
    }
    for example in document["allocation_examples"].as_array().unwrap() {
        let id = example["id"].as_str().unwrap();
        let case = file.allocations.iter().find(|case| case.id == id);
        let case = case.unwrap_or_else(|| panic!("{id}: no case"));
        let published = example["published"].as_array().unwrap().iter();
        let published: Vec<_> = published.map(|part| part.as_str().unwrap()).collect();
        assert_eq!(case.published, published, "{id}");
    }
    println!(
        "{} shared examples of targets: {targets:?}, and {others} others",
        targets.values().sum::<usize>()
    );
    assert_eq!(targets.values().sum::<usize>(), 34);
}
