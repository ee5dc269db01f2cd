//! Orders of a shop in India, and its targets by category and month from April 2018 to March 2019.
//!
//! Every figure that was published about them, and every one of the 36 targets as a target of the
//! model, held against integers that are added up here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use num_rational::BigRational;
use serde_json::{Value as Json, json};
use yardstick::target::State;
use yardstick::{Column, Date, Facts, Model, Query, Rational, Report, Rounding, Value};

use super::figure::Figure;
use super::raw::{Raw, folder};
use super::run::{Count, Explanation, defined, run, single_value};

const DATA_SET: &str = "ecommerce_targets";

/// A line of an order counts on the day of its order, which counts with its first line. A target
/// counts on the first day of its month.
pub(super) const MODEL: &str = r#"{
    "yardstick": 1,
    "name": "Targets of a shop",
    "display": {"scale": 2, "mode": "half_expand"},
    "dimensions": ["line", "order", "category"],
    "measures": [
        {"name": "sales", "unit": "INR"},
        {"name": "profit", "unit": "INR"},
        {"name": "quantity", "unit": "item"},
        {"name": "orders", "unit": "order"},
        {"name": "lines", "unit": "line"},
        {"name": "target", "unit": "INR"}
    ],
    "kpis": [
        {"name": "profit_margin", "formula": "profit / sales", "direction": "higher"},
        {"name": "profit_thousands", "formula": "profit / 1000", "direction": "higher"}
    ],
    "queries": [
        {"name": "all", "metrics": ["target", "profit_thousands", "profit_margin", "quantity", "orders"]},
        {"name": "category", "metrics": ["target", "sales"], "by": ["category"]},
        {"name": "month", "metrics": ["target", "sales"], "grain": "month"}
    ]
}"#;

/// `DD-MM-YYYY`
fn day(text: &str) -> Date {
    let parts: Vec<&str> = text.split('-').collect();
    format!("{}-{}-{}", parts[2], parts[1], parts[0]).parse().unwrap()
}

/// `Apr-18` as `2018-04`
fn month(text: &str) -> String {
    const NAMES: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let (name, year) = text.split_once('-').unwrap();
    format!("20{year}-{:02}", NAMES.find(name).unwrap() / 3 + 1)
}

/// Whole rupees; the files have no paise but zeros.
fn rupees(text: &str) -> i64 {
    let (whole, paise) = text.split_once('.').unwrap_or((text, "0"));
    assert_eq!(paise.trim_matches('0'), "", "{text}");
    whole.parse().unwrap()
}

/// The three files.
struct Shop {
    orders: Raw,
    lines: Raw,
    targets: Raw,
}

impl Shop {
    fn read() -> Self {
        let file =
            |name: &str| Raw::read(DATA_SET, &format!("ecommerce_sales_targets/{name}.csv"), ',');
        Self {
            orders: file("List_of_Orders"),
            lines: file("Order_Details"),
            targets: file("Sales_target"),
        }
    }

    /// The day of each order; the list ends in empty rows.
    fn days(&self) -> HashMap<&str, Date> {
        let ids = self.orders.column("OrderID").into_iter();
        let rows = ids.zip(self.orders.column("OrderDate")).filter(|(id, _)| !id.is_empty());
        rows.map(|(id, text)| (id, day(text))).collect()
    }

    /// The lines joined to their orders by `OrderID`, then the targets.
    fn facts(&self, model: &Model) -> Facts<'static> {
        let days = self.days();
        let ids = self.lines.column("OrderID");
        let (lines, targets) = (ids.len(), self.targets.len());
        let mut seen = BTreeSet::new();
        let first: Vec<bool> = ids.iter().map(|id| seen.insert(*id)).collect();
        let begins = self.targets.column("MonthofOrderDate");
        let begins = begins.iter().map(|text| format!("{}-01", month(text)).parse().unwrap());
        let dates: Vec<Date> = ids.iter().map(|id| days[id]).chain(begins).collect();
        let numbers: Vec<String> = (0..lines + targets).map(|row| row.to_string()).collect();
        let mut orders = ids.clone();
        orders.extend(vec![""; targets]);
        let mut categories = self.lines.column("Category");
        categories.extend(self.targets.column("Category"));
        let of_lines = |column: Vec<i64>| -> Column<'static> {
            Column::owned(column.into_iter().chain(vec![0; targets]).map(i128::from).collect(), 0)
        };
        let cells = |name: &str| {
            of_lines(self.lines.column(name).iter().map(|text| rupees(text)).collect())
        };
        let goals = self.targets.column("Target").into_iter().map(|text| i128::from(rupees(text)));
        Facts::builder(model.schema())
            .dates(&dates)
            .dimension("line", &numbers)
            .dimension("order", &orders)
            .dimension("category", &categories)
            .measure("sales", cells("Amount"))
            .measure("profit", cells("Profit"))
            .measure("quantity", cells("Quantity"))
            .measure("orders", of_lines(first.into_iter().map(i64::from).collect()))
            .measure("lines", of_lines(vec![1; lines]))
            .measure("target", Column::owned(vec![0; lines].into_iter().chain(goals).collect(), 0))
            .build()
            .unwrap()
    }

    /// What each category is to sell in each month, and what it sold, in whole rupees: by plain
    /// loops over the texts.
    fn months(&self) -> Vec<Month> {
        let days = self.days();
        let mut sold: BTreeMap<(String, String), i64> = BTreeMap::new();
        let lines = self.lines.column("OrderID").into_iter().zip(self.lines.column("Category"));
        for ((id, category), amount) in lines.zip(self.lines.column("Amount")) {
            let month = days[id].to_string()[..7].to_owned();
            *sold.entry((category.to_owned(), month)).or_default() += rupees(amount);
        }
        let rows = self
            .targets
            .column("Category")
            .into_iter()
            .zip(self.targets.column("MonthofOrderDate"));
        rows.zip(self.targets.column("Target"))
            .map(|((category, text), target)| {
                let (category, month) = (category.to_owned(), month(text));
                let sales = sold[&(category.clone(), month.clone())];
                Month { category, month, target: rupees(target), sales }
            })
            .collect()
    }
}

/// A category in a month, in whole rupees.
#[derive(Debug, PartialEq, Eq)]
struct Month {
    category: String,
    month: String,
    target: i64,
    sales: i64,
}

impl Month {
    fn name(&self) -> String {
        format!("{} {}", self.category, self.month)
    }
}

/// The months that are kept in the project.
fn own_months() -> Vec<Month> {
    let json: Json = serde_json::from_str(include_str!("../../oracle/month_targets.json")).unwrap();
    let text = |month: &Json, name: &str| month[name].as_str().unwrap().to_owned();
    let month = |json: &Json| Month {
        category: text(json, "category"),
        month: text(json, "month"),
        target: rupees(&text(json, "target")),
        sales: rupees(&text(json, "sales")),
    };
    json["months"].as_array().unwrap().iter().map(month).collect()
}

/// The model with a target for each category and month.
fn model_with(months: &[Month]) -> Model {
    let mut document: Json = serde_json::from_str(MODEL).unwrap();
    let target = |month: &Month| {
        json!({
            "name": month.name(), "metric": "sales", "period": month.month, "owner": "sales",
            "where": {"category": [month.category]}, "goal": {"at_least": format!("{}.00", month.target)},
        })
    };
    document["targets"] = months.iter().map(target).collect();
    Model::from_json(&document.to_string()).unwrap()
}

/// The months as facts of their first days.
fn facts_of(model: &Model, months: &[Month]) -> Facts<'static> {
    let dates: Vec<Date> =
        months.iter().map(|month| format!("{}-01", month.month).parse().unwrap()).collect();
    let zeros = || Column::owned(vec![0; months.len()], 0);
    let column = |value: fn(&Month) -> i64| {
        Column::owned(months.iter().map(|month| i128::from(value(month))).collect(), 0)
    };
    let categories: Vec<&str> = months.iter().map(|month| month.category.as_str()).collect();
    let names: Vec<String> = months.iter().map(Month::name).collect();
    Facts::builder(model.schema())
        .dates(&dates)
        .dimension("line", &names)
        .dimension("order", &vec![""; months.len()])
        .dimension("category", &categories)
        .measure("sales", column(|month| month.sales))
        .measure("target", column(|month| month.target))
        .measure("profit", zeros())
        .measure("quantity", zeros())
        .measure("orders", zeros())
        .measure("lines", zeros())
        .build()
        .unwrap()
}

/// Every target of the report against its month; how many are met and missed.
fn check(report: &Report, months: &[Month]) -> (usize, usize) {
    assert_eq!(report.targets().len(), months.len());
    let mut counts = (0, 0);
    for month in months {
        let name = month.name();
        let target = report.target(&name).unwrap();
        let met = month.sales >= month.target;
        assert_eq!(defined(target.current().actual.clone()), month.sales.into(), "{name}");
        assert_eq!(target.current().met, Value::Defined(met), "{name}");
        assert_eq!(target.is_met(), met, "{name}");
        assert_eq!(target.current().state, if met { State::Met } else { State::Missed }, "{name}");
        let gap = defined(target.current().gap.clone());
        assert_eq!(gap, (month.sales - month.target).into(), "{name}");
        let attainment = defined(target.attainment().clone()).to_string();
        let attainment: BigRational = attainment.parse().unwrap();
        assert_eq!(attainment, BigRational::new(month.sales.into(), month.target.into()), "{name}");
        match met {
            true => counts.0 += 1,
            false => counts.1 += 1,
        }
    }
    counts
}

fn last_day() -> Date {
    "2019-03-31".parse().unwrap()
}

/// Sums by category, by month and in all, which is what was published of them.
fn check_sums(months: &[Month]) {
    let sum = |passes: &dyn Fn(&&Month) -> bool| -> (i64, i64) {
        let kept: Vec<&Month> = months.iter().filter(|month| passes(month)).collect();
        (kept.iter().map(|month| month.target).sum(), kept.iter().map(|month| month.sales).sum())
    };
    assert_eq!(sum(&|_| true), (435_900, 431_502));
    assert_eq!(sum(&|month| month.category == "Clothing"), (174_000, 139_054));
    assert_eq!(sum(&|month| month.category == "Electronics").1, 165_267);
    assert_eq!(sum(&|month| month.month == "2018-04"), (31_400, 32_726));
    assert_eq!(sum(&|month| month.month == "2019-03").0, 43_800);
}

#[test]
fn targets_by_category_and_month_without_the_raw_files() {
    let months = own_months();
    assert_eq!(months.len(), 36);
    check_sums(&months);
    let model = model_with(&months);
    let facts = facts_of(&model, &months);
    let report = model.evaluate(&facts, last_day()).unwrap();
    let (met, missed) = check(&report, &months);
    println!("{DATA_SET}: {met} of 36 month targets met, {missed} missed");
    assert_eq!((met, missed), (16, 20));
}

#[test]
fn targets_by_category_and_month_from_the_raw_files() {
    if folder(DATA_SET).is_none() {
        return;
    }
    let shop = Shop::read();
    let months = shop.months();
    assert_eq!(months, own_months());
    let model = model_with(&months);
    let facts = shop.facts(&model);
    let report = model.evaluate(&facts, last_day()).unwrap();
    let counts = check(&report, &months);
    let shown = Rounding::half_expand(2);
    let hundred = Rational::from(100);
    for name in ["Furniture 2018-07", "Electronics 2019-01"] {
        let attainment = defined(report.target(name).unwrap().attainment().clone());
        println!("  {name}: {} %", (attainment * &hundred).round(shown).unwrap());
    }
    println!(
        "{DATA_SET}: {counts:?} of 36 month targets met and missed, from {} lines",
        shop.lines.len()
    );

    // Half way through each month, where the days of that month stand.
    let days = shop.days();
    let lines: Vec<(Date, &str, i64)> = (shop.lines.column("OrderID").into_iter())
        .zip(shop.lines.column("Category"))
        .zip(shop.lines.column("Amount"))
        .map(|((id, category), amount)| (days[id], category, rupees(amount)))
        .collect();
    let (mut ahead, mut behind) = (0, 0);
    for half in months.iter().map(|month| month.month.as_str()).collect::<BTreeSet<_>>() {
        let (first, as_of): (Date, Date) =
            (format!("{half}-01").parse().unwrap(), format!("{half}-15").parse().unwrap());
        let report = model.evaluate(&facts, as_of).unwrap();
        for month in months.iter().filter(|month| month.month == half) {
            let own = lines.iter().filter(|(day, category, _)| {
                (first..=as_of).contains(day) && *category == month.category
            });
            let actual: i64 = own.map(|(.., amount)| amount).sum();
            let target = report.target(&month.name()).unwrap();
            let of_month = i64::from(target.result.period.days());
            let current = target.current();
            assert_eq!(defined(current.actual.clone()), actual.into());
            assert_eq!(current.is_met(), actual >= month.target);
            let pace = current.flow().unwrap();
            let expected =
                (Rational::from(month.target * 15)).checked_div(&of_month.into()).unwrap();
            assert_eq!(defined(pace.expected.clone()), expected);
            let is_ahead = actual * of_month >= month.target * 15;
            assert_eq!(current.state, if is_ahead { State::Ahead } else { State::Behind });
            match is_ahead {
                true => ahead += 1,
                false => behind += 1,
            }
        }
    }
    println!("{DATA_SET}: on the 15th of their month {ahead} targets were ahead, {behind} behind");
    assert_eq!(ahead + behind, 36);
}

/// The query, the bucket and the row that a filter means.
fn place(filter: &str) -> (&'static str, Option<String>, Vec<&str>) {
    match filter.split_once(" = ") {
        Some((_, category)) => ("category", None, vec![category]),
        None if filter == "all" => ("all", None, vec![]),
        None => ("month", Some(month(filter)), vec![]),
    }
}

#[test]
fn figures_of_the_shop() {
    if folder(DATA_SET).is_none() {
        return;
    }
    let model = Model::from_json(MODEL).unwrap();
    let shop = Shop::read();
    let facts = shop.facts(&model);
    let report = model.evaluate(&facts, facts.period().last()).unwrap();
    let evaluate = |figure: &Figure| -> Option<Value> {
        let metric = match figure.metric.as_str() {
            "sum of targets" => "target",
            "sum of sales" | "monthly sales" => "sales",
            "total profit, thousands" => "profit_thousands",
            "profit margin" => "profit_margin",
            "quantity" => "quantity",
            "\"Total Orders\"" => "orders",
            _ => return None,
        };
        let (query, bucket, key) = place(&figure.filter);
        let table = &report.query(query).unwrap().table;
        table.get(metric, bucket.as_deref(), &key).cloned()
    };
    let explain = |figure: &Figure| {
        let printed: Rational = figure.printed.parse().unwrap();
        match figure.metric.as_str() {
            "\"Total Orders\"" => Some(Explanation {
                why: "the lines of orders were counted, and not the orders",
                follows: defined(single_value(&model, &facts, &Query::of(["lines"]))) == printed,
            }),
            "monthly sales" => {
                // They end with the lines of an order in the middle of a day.
                let ids = shop.orders.column("OrderID");
                let (first, all) = (
                    &ids[..30],
                    shop.days()
                        .values()
                        .filter(|day| day.to_string().starts_with("2018-04"))
                        .count(),
                );
                let sales = Query::of(["sales"]).only("order", first.to_vec());
                assert_eq!((all, first[29], ids[30]), (44, "B-25630", "B-25631"));
                Some(Explanation {
                    why: "the amounts of the first 30 orders of the list only, of the 44 of that month",
                    follows: defined(single_value(&model, &facts, &sales)) == printed,
                })
            }
            _ => None,
        }
    };
    let count = run(DATA_SET, evaluate, explain);
    assert_eq!(count, Some(Count { figures: 18, reproduced: 16, explained: 2 }));
}
