//! Running all figures of a data set, and counting them.

use std::fs;

use serde_json::Value as Json;
use yardstick::{Facts, Model, Query, Rational, Value};

use super::figure::{Figure, Verdict};
use super::raw::folder;

/// Why a print is not the exact value.
pub(super) struct Explanation {
    /// In a sentence.
    pub(super) why: &'static str,
    /// Whether the print follows from it, where that can be computed.
    pub(super) follows: bool,
}

/// How many figures of a data set there are.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) figures: usize,
    pub(super) reproduced: usize,
    pub(super) explained: usize,
}

/// Holds every figure of the data set against the value that `evaluate` finds for it; none where
/// there is no shared folder.
pub(super) fn run(
    data_set: &str,
    evaluate: impl Fn(&Figure) -> Option<Value>,
    explain: impl Fn(&Figure) -> Option<Explanation>,
) -> Option<Count> {
    let text = fs::read_to_string(folder(data_set)?.join("published_figures.json")).unwrap();
    let json: Json = serde_json::from_str(&text).unwrap();
    let all = json["figures"].as_array().unwrap().iter();
    let figures: Vec<Figure> =
        all.filter(|figure| figure["dataset"] == data_set).map(Figure::from_json).collect();
    let mut count = Count { figures: figures.len(), reproduced: 0, explained: 0 };
    let mut wrong = Vec::new();
    for figure in &figures {
        match outcome(figure, evaluate(figure), explain(figure)) {
            Ok(None) => count.reproduced += 1,
            Ok(Some(why)) => {
                let Figure { id, metric, filter, printed, exact, .. } = figure;
                println!("  {id}: {metric}, {filter}: {printed} for {exact}: {why}");
                count.explained += 1;
            }
            Err(error) => {
                wrong.push(format!("{} ({}, {}): {error}", figure.id, figure.metric, figure.filter))
            }
        }
    }
    let Count { figures, reproduced, explained } = count;
    println!(
        "{data_set}: {figures} published figures, {reproduced} reproduced, {explained} explained, 0 left out"
    );
    assert!(wrong.is_empty(), "{data_set}: {} wrong:\n{}", wrong.len(), wrong.join("\n"));
    Some(count)
}

/// Nothing for a figure that is reproduced, the reason of one that is explained.
fn outcome(
    figure: &Figure,
    value: Option<Value>,
    explanation: Option<Explanation>,
) -> Result<Option<&'static str>, String> {
    let value = value.ok_or("not known to the interpreter")?;
    let value = value.defined().ok_or("undefined")?;
    match (figure.judge(&value)?, explanation) {
        (Verdict::Reproduced, None) => Ok(None),
        (Verdict::Reproduced, Some(_)) => Err("explained, but it agrees".to_owned()),
        (Verdict::Disagrees, None) => Err(format!("{value} is not explained")),
        (Verdict::Disagrees, Some(Explanation { follows: false, .. })) => {
            Err("the print does not follow from the explanation".to_owned())
        }
        (Verdict::Disagrees, Some(Explanation { why, .. })) => Ok(Some(why)),
    }
}

/// The one value of a query of one metric.
pub(super) fn single_value(model: &Model, facts: &Facts<'_>, query: &Query) -> Value {
    let table = model.query(query, facts).unwrap();
    assert_eq!((table.rows.len(), table.columns.len()), (1, 1), "{query:?}");
    table.columns[0].values[0].clone()
}

/// The value, which must be defined.
pub(super) fn defined(value: Value) -> Rational {
    value.defined().unwrap()
}
