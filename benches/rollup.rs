//! A year of daily facts rolled up by a query, against a plain loop over floats.
//!
//! The loop is the baseline: it knows the question in advance, takes group codes and columns of
//! floats as they lie in memory, and its sums depend on the order of rows. `--test` runs everything
//! once on few rows. After the measurements, ratios to the baseline are printed, from rounds in
//! which both take turns.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::unwrap_used,
    reason = "a bench, and its baseline is a loop over floats"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use yardstick::{Calendar, Column, Date, Facts, Grain, Kpi, KpiSet, Measure, Query, Schema, Table};

const COUNTRIES: u32 = 20;
const PRODUCTS: u32 = 137;
const MEASURES: [(&str, &str, u32, u64); 5] = [
    ("revenue", "EUR", 2, 5_000_000),
    ("cost", "EUR", 2, 1_000_000),
    ("discount", "EUR", 2, 90_000),
    ("orders", "order", 0, 400),
    ("visits", "visit", 0, 9_000),
];
const KPIS: [(&str, &str); 10] = [
    ("margin", "revenue - cost - discount"),
    ("margin_rate", "margin / revenue"),
    ("aov", "revenue / orders"),
    ("conversion", "orders / visits"),
    ("cost_ratio", "cost / revenue"),
    ("cost_per_order", "cost / orders"),
    ("cost_per_visit", "1000 * cost / visits"),
    ("discount_rate", "discount / (revenue + discount)"),
    ("revenue_per_visit", "revenue / visits"),
    ("roas", "(revenue - discount) / cost"),
];

/// Rows in order of days, then countries, then products.
struct Data {
    days: Vec<i32>,
    months: Vec<u32>,
    countries: Vec<u32>,
    products: Vec<u32>,
    columns: Vec<Vec<i64>>,
    floats: Vec<Vec<f64>>,
    names: [Vec<String>; 2],
}

impl Data {
    fn new(days: u32) -> Self {
        let mut state = 2011_u64;
        let mut random = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_041);
            (((state >> 33) * below) >> 31) as i64
        };
        let first = Date::new(2011, 1, 1).unwrap();
        let name = |what: &str, count: u32| (0..count).map(|i| format!("{what} {i:03}")).collect();
        let mut data = Self {
            days: Vec::new(),
            months: Vec::new(),
            countries: Vec::new(),
            products: Vec::new(),
            columns: vec![Vec::new(); MEASURES.len()],
            floats: Vec::new(),
            names: [name("country", COUNTRIES), name("product", PRODUCTS)],
        };
        for day in 0..days {
            let date = first.plus_days(day as i32).unwrap();
            for country in 0..COUNTRIES {
                for product in 0..PRODUCTS {
                    data.days.push(date.number());
                    data.months.push(date.month() - 1);
                    data.countries.push(country);
                    data.products.push(product);
                    for (column, (_, _, _, below)) in data.columns.iter_mut().zip(MEASURES) {
                        column.push(random(below));
                    }
                }
            }
        }
        for (column, (_, _, scale, _)) in data.columns.iter().zip(MEASURES) {
            let unit = 10_f64.powi(scale as i32);
            data.floats.push(column.iter().map(|value| *value as f64 / unit).collect());
        }
        data
    }

    fn facts<'a>(&'a self, set: &KpiSet) -> Facts<'a> {
        let mut builder = Facts::builder(set.schema())
            .day_numbers(&self.days)
            .dimension_codes("country", &self.countries, &self.names[0])
            .dimension_codes("product", &self.products, &self.names[1]);
        for (column, (name, _, scale, _)) in self.columns.iter().zip(MEASURES) {
            builder = builder.measure(name, Column::scaled(column, scale));
        }
        builder.build().unwrap()
    }

    fn facts_from_text(&self, set: &KpiSet, texts: &[Vec<&str>; 2]) -> usize {
        let mut builder = Facts::builder(set.schema())
            .day_numbers(&self.days)
            .dimension("country", &texts[0])
            .dimension("product", &texts[1]);
        for (column, (name, _, scale, _)) in self.columns.iter().zip(MEASURES) {
            builder = builder.measure(name, Column::scaled(column, scale));
        }
        builder.build().unwrap().rows()
    }

    /// The baseline: sums of the five columns in floats by group, then the ten ratios.
    fn floats(&self, groups: usize, group: impl Fn(usize) -> usize) -> Vec<[f64; 10]> {
        let [revenue, cost, discount, orders, visits] = &self.floats[..] else { return Vec::new() };
        let mut sums = vec![[0.0_f64; 5]; groups];
        for row in 0..self.days.len() {
            let sum = &mut sums[group(row)];
            sum[0] += revenue[row];
            sum[1] += cost[row];
            sum[2] += discount[row];
            sum[3] += orders[row];
            sum[4] += visits[row];
        }
        sums.iter()
            .map(|[revenue, cost, discount, orders, visits]| {
                let margin = revenue - cost - discount;
                [
                    margin,
                    margin / revenue,
                    revenue / orders,
                    orders / visits,
                    cost / revenue,
                    cost / orders,
                    1000.0 * cost / visits,
                    discount / (revenue + discount),
                    revenue / visits,
                    (revenue - discount) / cost,
                ]
            })
            .collect()
    }
}

fn set() -> KpiSet {
    let measures = MEASURES.map(|(name, unit, _, _)| Measure::flow(name, unit.parse().unwrap()));
    let schema = Schema::new(["country", "product"], measures).unwrap();
    KpiSet::new(schema, KPIS.map(|(name, text)| Kpi::new(name, text.parse().unwrap()))).unwrap()
}

/// The same flows where every day must be known, and as stocks of which the last day counts.
fn other_sets() -> [KpiSet; 2] {
    let measures = MEASURES.map(|(name, unit, _, _)| {
        let unit: yardstick::Unit = unit.parse().unwrap();
        let unknown = Measure::flow(name, unit.clone()).missing(yardstick::MissingDay::Unknown);
        [unknown, Measure::stock(name, unit)]
    });
    [0, 1].map(|i| {
        let measures = measures.clone().map(|both| both[i].clone());
        let schema = Schema::new(["country", "product"], measures).unwrap();
        let kpis = KPIS.map(|(name, text)| Kpi::new(name, text.parse().unwrap()));
        KpiSet::new(schema, kpis).unwrap()
    })
}

fn query() -> Query {
    Query::of(KPIS.map(|(name, _)| name)).by("country")
}

fn run(query: &Query, set: &KpiSet, facts: &Facts<'_>) -> Table {
    query.run(set, facts, Calendar::default()).unwrap()
}

/// Something to measure, by its name.
type Work<'a> = (&'a str, Box<dyn FnMut() + 'a>);

/// The median of `rounds` of each, taken in turns.
fn in_turns(rounds: usize, work: &mut [Work<'_>]) {
    let mut times = vec![Vec::new(); work.len()];
    for _ in 0..rounds {
        for ((_, run), times) in work.iter_mut().zip(&mut times) {
            let start = Instant::now();
            run();
            times.push(start.elapsed());
        }
    }
    let medians: Vec<Duration> = times
        .iter_mut()
        .map(|times| {
            times.sort_unstable();
            times[times.len() / 2]
        })
        .collect();
    for ((name, _), median) in work.iter().zip(&medians) {
        println!("{name}: {:.2}", median.as_secs_f64() / medians[0].as_secs_f64());
    }
}

fn main() {
    let quick = std::env::args().any(|argument| argument == "--test");
    let data = Data::new(if quick { 3 } else { 365 });
    let (set, [unknown, stock]) = (set(), other_sets());
    let facts = data.facts(&set);
    let (unknown_facts, stock_facts) = (data.facts(&unknown), data.facts(&stock));
    let texts = [(0, &data.countries), (1, &data.products)].map(|(i, codes)| {
        codes.iter().map(|code| data.names[i][*code as usize].as_str()).collect()
    });
    let months = COUNTRIES as usize * 12;
    let country = |row: usize| data.countries[row] as usize;
    let country_month = |row: usize| country(row) * 12 + data.months[row] as usize;
    let by_month = query().grain(Grain::Month);

    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    let mut group = criterion.benchmark_group("ten KPIs of a million rows");
    group.bench_function("baseline: floats by country", |b| {
        b.iter(|| data.floats(COUNTRIES as usize, country));
    });
    group.bench_function("by country", |b| b.iter(|| run(&query(), &set, &facts)));
    group.bench_function("baseline: floats by country and month", |b| {
        b.iter(|| data.floats(months, country_month));
    });
    group.bench_function("by country and month", |b| b.iter(|| run(&by_month, &set, &facts)));
    group.finish();
    let mut group = criterion.benchmark_group("building a million rows");
    group.bench_function("from codes", |b| b.iter(|| data.facts(&set).rows()));
    group.bench_function("from text", |b| b.iter(|| data.facts_from_text(&set, &texts)));
    group.bench_function("from codes, with series", |b| b.iter(|| data.facts(&stock).rows()));
    group.finish();
    criterion.final_summary();
    if quick || std::env::args().any(|argument| argument == "--list") {
        return;
    }

    println!("Times as multiples of the baseline, which is the first line:");
    let by_product = query().by("product");
    in_turns(
        25,
        &mut [
            (
                "floats by country",
                Box::new(|| {
                    black_box(data.floats(COUNTRIES as usize, country));
                }),
            ),
            (
                "by country",
                Box::new(|| {
                    black_box(run(&query(), &set, &facts));
                }),
            ),
            (
                "floats by country and month",
                Box::new(|| {
                    black_box(data.floats(months, country_month));
                }),
            ),
            (
                "by country and month",
                Box::new(|| {
                    black_box(run(&by_month, &set, &facts));
                }),
            ),
            (
                "by country and product",
                Box::new(|| {
                    black_box(run(&by_product, &set, &facts));
                }),
            ),
            (
                "by country, every day known",
                Box::new(|| {
                    black_box(run(&query(), &unknown, &unknown_facts));
                }),
            ),
            (
                "by country, stocks",
                Box::new(|| {
                    black_box(run(&query(), &stock, &stock_facts));
                }),
            ),
            (
                "by country and month, stocks",
                Box::new(|| {
                    black_box(run(&by_month, &stock, &stock_facts));
                }),
            ),
            (
                "building from codes",
                Box::new(|| {
                    black_box(data.facts(&set).rows());
                }),
            ),
            (
                "building from text",
                Box::new(|| {
                    black_box(data.facts_from_text(&set, &texts));
                }),
            ),
            (
                "building from codes, with series",
                Box::new(|| {
                    black_box(data.facts(&stock).rows());
                }),
            ),
        ],
    );
}
