//! One's own model and rows.

use std::hint::black_box;
use std::time::Instant;

use yardstick::{Facts, Model};

use crate::harness::Group;

#[path = "../../examples/scorecard/csv.rs"]
#[allow(dead_code, reason = "the example prints the columns that were not used")]
mod csv;

/// A model without targets and funnels, and facts.
pub(crate) struct Own {
    model: Model,
    facts: Facts<'static>,
    /// As much memory as the dimensions, and as the days and measures, take.
    codes: Vec<u32>,
    values: Vec<i64>,
}

impl Own {
    /// None, with a line that says how, where there are no settings for it.
    pub(crate) fn from_environment() -> Option<Self> {
        let [model, rows] = ["YARDSTICK_BENCH_MODEL", "YARDSTICK_BENCH_CSV"].map(std::env::var);
        let (Ok(model), Ok(rows)) = (model, rows) else {
            println!(
                "no model of one's own; set YARDSTICK_BENCH_MODEL to a JSON document and YARDSTICK_BENCH_CSV to a CSV with a column date and one for each of its dimensions and measures"
            );
            return None;
        };
        let read = |path: &str| std::fs::read_to_string(path).expect("a readable file");
        let mut document: serde_json::Value =
            serde_json::from_str(&read(&model)).expect("a JSON document");
        // Only the queries are measured.
        for part in ["targets", "funnels", "factors", "explanations"] {
            document.as_object_mut().expect("an object").remove(part);
        }
        let model = Model::from_json(&document.to_string()).expect("a right model");
        let facts = csv::read(&model, &read(&rows)).expect("right facts").facts;
        let (dimensions, measures) = (model.schema().dimensions(), model.schema().measures());
        let codes = vec![1; facts.rows() * (dimensions.len() + 1)];
        let values = vec![1; facts.rows() * measures.len()];
        Some(Self { model, facts, codes, values })
    }

    /// A pass that does no more than read as many codes, days and values.
    fn read(&self) -> (u32, i64) {
        let codes = black_box(&self.codes).iter().fold(0, |bits, code| bits ^ code);
        (codes, black_box(&self.values).iter().fold(0, |bits, value| bits ^ value))
    }

    fn queries(&self) -> usize {
        let report = self.model.evaluate(&self.facts, self.facts.period().last());
        report.expect("a report").queries().len()
    }

    pub(crate) fn group(&self) -> Group<'_> {
        Group::new("kpi/one's own")
            .with("read only", || self.read())
            .with("every query of the model", || self.queries())
    }

    pub(crate) fn tell_speed(&self) {
        let start = Instant::now();
        let queries = self.queries();
        let rows = self.facts.rows();
        let speed = rows as f64 * queries as f64 / start.elapsed().as_secs_f64();
        println!("  {rows} rows, {queries} queries: {speed:.3e} rows a second and query");
    }
}
