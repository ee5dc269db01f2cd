//! A whole model over facts: reading the CSV, evaluating, writing the report.
//!
//! By default the shop of the examples. One's own: `YARDSTICK_MODEL=model.json
//! YARDSTICK_FACTS=facts.csv YARDSTICK_AS_OF=2011-12-09 cargo bench --bench model`. The figure to
//! look at is the ratio to reading the same file.

#![allow(clippy::expect_used, missing_docs, reason = "a bench stops by panicking")]

#[path = "../examples/scorecard/csv.rs"]
#[allow(dead_code, reason = "the example prints the columns that were not used")]
mod csv;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use yardstick::{Date, Model};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/shop");

fn model(criterion: &mut Criterion) {
    let setting = |name: &str, default: String| std::env::var(name).unwrap_or(default);
    let read = |path: String| std::fs::read_to_string(path).expect("a readable file");
    let document = read(setting("YARDSTICK_MODEL", format!("{DATA}/model.json")));
    let rows = read(setting("YARDSTICK_FACTS", format!("{DATA}/facts.csv")));
    let day = setting("YARDSTICK_AS_OF", "2011-12-09".to_owned());
    let day: Date = day.parse().expect("YARDSTICK_AS_OF as YYYY-MM-DD");
    let model = Model::from_json(&document).expect("a right model");
    let facts = csv::read(&model, &rows).expect("right facts").facts;
    let report = model.evaluate(&facts, day).expect("a report");

    let mut group = criterion.benchmark_group("model");
    group.bench_function("read the CSV (what to compare with)", |bencher| {
        bencher.iter(|| csv::read(&model, black_box(&rows)).expect("right facts"));
    });
    group.bench_function("read the model", |bencher| {
        bencher.iter(|| Model::from_json(black_box(&document)).expect("a right model"));
    });
    group.bench_function("evaluate", |bencher| {
        bencher.iter(|| model.evaluate(black_box(&facts), day).expect("a report"));
    });
    group.bench_function("write the report as JSON", |bencher| {
        bencher.iter(|| black_box(&report).to_json().expect("JSON"));
    });
    group.finish();
}

criterion_group!(benches, model);
criterion_main!(benches);
