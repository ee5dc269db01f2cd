//! A CSV file of facts into the library's columns.
//!
//! The header names a column `date` of YYYY-MM-DD, and one for each dimension and measure of the
//! model, in any order. An empty cell of a measure is a missing value. Columns that the model does not have are
//! left out and listed.

use yardstick::{Column, Date, ErrorKind, Facts, Measure, Model};

/// Facts, and the columns that were not used.
pub(crate) struct Read {
    pub(crate) facts: Facts<'static>,
    pub(crate) unused: Vec<String>,
}

/// Reads the text of a CSV file for a model.
///
/// # Errors
///
/// A sentence for each problem, with line and column.
pub(crate) fn read(model: &Model, text: &str) -> Result<Read, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| sentence(&error))?.clone();
    let mut records = Vec::new();
    for record in reader.records() {
        records.push(record.map_err(|error| sentence(&error))?);
    }

    let column = |name: &str| header.iter().position(|known| known == name);
    let cells = |index: usize| records.iter().map(move |record| record.get(index).unwrap_or(""));
    let line = |row: usize| records[row].position().map_or(row as u64 + 2, |place| place.line());

    if header.is_empty() {
        return Err("the file is empty; begin with a header of column names".to_owned());
    }
    let schema = model.schema();
    // What tells rows apart, and all that must be there.
    let keys = || std::iter::once("date").chain(schema.dimensions().iter().map(String::as_str));
    // What is computed for each row needs no column.
    let measures = || schema.measures().iter().filter(|measure| measure.formula().is_none());
    let due: Vec<&str> = keys().chain(measures().map(Measure::name)).collect();
    let missing = due.iter().filter(|name| column(name).is_none());
    let missing: Vec<String> = missing.map(|name| format!("\"{name}\"")).collect();
    if !missing.is_empty() {
        let header: Vec<&str> = header.iter().collect();
        return Err(format!(
            "line 1: no column {}; the header has {}, and names are compared letter by letter",
            missing.join(", "),
            header.join(", ")
        ));
    }
    let count = |name: &str| header.iter().filter(|known| *known == name).count();
    if let Some(twice) = due.iter().find(|name| count(name) > 1) {
        return Err(format!("line 1: column \"{twice}\" is there twice; keep one"));
    }

    let mut dates: Vec<Date> = Vec::new();
    for (row, cell) in column("date").into_iter().flat_map(cells).enumerate() {
        let date = cell.parse();
        dates.push(date.map_err(|error| format!("line {}, column \"date\": {error}", line(row)))?);
    }
    let mut facts = Facts::builder(schema).dates(&dates);
    for name in schema.dimensions() {
        if let Some(index) = column(name) {
            let values: Vec<&str> = cells(index).collect();
            facts = facts.dimension(name, &values);
        }
    }
    for measure in measures() {
        if let Some(index) = column(measure.name()) {
            let values: Vec<Option<&str>> =
                cells(index).map(|cell| (!cell.is_empty()).then_some(cell)).collect();
            facts = facts.measure(measure.name(), Column::optional_text(&values));
        }
    }
    let facts = facts.build().map_err(|error| {
        let problems = match error.problems() {
            [] => std::slice::from_ref(&error),
            problems => problems,
        };
        let sentences = problems.iter().map(|problem| match (problem.row(), problem.column()) {
            (Some(row), Some(column)) => {
                format!("line {}, column \"{column}\": {}", line(row), problem.message())
            }
            (Some(row), None) if problem.kind() == ErrorKind::Duplicate => {
                let key = |row: usize| -> Vec<_> {
                    keys().map(|name| column(name).and_then(|index| records[row].get(index))).collect()
                };
                let first = (0..row).find(|first| key(*first) == key(row)).unwrap_or(row);
                format!(
                    "line {}: {} is in line {} already; add such rows up, or add the dimension that tells them apart",
                    line(row),
                    key(row).into_iter().flatten().collect::<Vec<_>>().join(", "),
                    line(first)
                )
            }
            (Some(row), None) => format!("line {}: {}", line(row), problem.message()),
            _ => problem.to_string(),
        });
        sentences.collect::<Vec<_>>().join("\n")
    })?;
    let unused = header.iter().filter(|name| !due.contains(name)).map(str::to_owned).collect();
    Ok(Read { facts, unused })
}

/// What the CSV reader found wrong, with the line.
fn sentence(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!(
                "line {line}: {len} fields where the header has {expected_len}; give one for each column"
            )
        }
        _ => error.to_string(),
    }
}
