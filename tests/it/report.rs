//! The report against one that was computed without the library, from its documentation alone; see
//! `tests/oracle/README.md`.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use yardstick::{Date, Model};

use crate::csv;

/// JSON with the keys of objects in their order. A float is not among it.
#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Null,
    Flag(bool),
    Number(i128),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Tree;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON without floats")
            }
            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Null)
            }
            fn visit_bool<E>(self, flag: bool) -> Result<Tree, E> {
                Ok(Tree::Flag(flag))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
                Ok(Tree::Number(number.into()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
                Ok(Tree::Number(number.into()))
            }
            fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
                Ok(Tree::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element()? {
                    items.push(item);
                }
                Ok(Tree::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Tree::Object(fields))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl Tree {
    fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap()
    }

    fn get(&self, name: &str) -> &Self {
        let Self::Object(fields) = self else { panic!("{self:?} is no object") };
        let field = fields.iter().find(|(key, _)| key == name);
        &field.unwrap_or_else(|| panic!("no {name}")).1
    }

    fn text(&self) -> &str {
        let Self::Text(text) = self else { panic!("{self:?} is no text") };
        text
    }

    fn list(&self) -> &[Self] {
        let Self::List(items) = self else { panic!("{self:?} is no list") };
        items
    }

    /// The report without what is prose, the messages of findings, and without what repeats the
    /// model, its KPIs as they were understood.
    fn without_messages(mut self) -> Self {
        let Self::Object(fields) = &mut self else { panic!("{self:?} is no object") };
        fields.retain(|(key, _)| key != "kpis");
        let (key, findings) = fields.last_mut().unwrap();
        assert_eq!(key, "findings");
        let Self::List(findings) = findings else { panic!("{findings:?} is no list") };
        for finding in findings {
            let Self::Object(fields) = finding else { panic!("{finding:?} is no object") };
            let (key, message) = fields.pop().unwrap();
            assert_eq!(key, "message");
            assert!(!message.text().is_empty());
        }
        self
    }
}

/// How many values were compared, and how many of them are numbers of the report: a fraction with
/// its text, or a reason.
#[derive(Default)]
struct Count {
    values: usize,
    numbers: usize,
}

/// Compares value by value, keys and their order included; the first difference with its path.
fn compare(path: &str, due: &Tree, found: &Tree, count: &mut Count) -> Result<(), String> {
    match (due, found) {
        (Tree::Object(due), Tree::Object(found)) => {
            let keys = |fields: &[(String, Tree)]| -> Vec<String> {
                fields.iter().map(|(key, _)| key.clone()).collect()
            };
            if keys(due) != keys(found) {
                return Err(format!("{path}: fields {:?}, not {:?}", keys(found), keys(due)));
            }
            let first = due.first().map(|(key, _)| key.as_str());
            count.numbers += usize::from(matches!(first, Some("fraction" | "undefined")));
            for ((key, due), (_, found)) in due.iter().zip(found) {
                compare(&format!("{path}.{key}"), due, found, count)?;
            }
            Ok(())
        }
        (Tree::List(due), Tree::List(found)) => {
            if due.len() != found.len() {
                return Err(format!("{path}: {} items, not {}", found.len(), due.len()));
            }
            for (i, (due, found)) in due.iter().zip(found).enumerate() {
                compare(&format!("{path}[{i}]"), due, found, count)?;
            }
            Ok(())
        }
        _ if due == found => {
            count.values += 1;
            Ok(())
        }
        _ => Err(format!("{path}: {found:?}, not {due:?}")),
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn file(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A line of `vectors.json` with what it names.
struct Case {
    vector: String,
    model: Model,
    facts: String,
    as_of: Date,
}

impl Case {
    fn report(&self, facts: &str) -> String {
        let read = csv::read(&self.model, facts);
        let read = read.unwrap_or_else(|error| panic!("{}: {error}", self.vector));
        let report = self.model.evaluate(&read.facts, self.as_of);
        report.unwrap_or_else(|error| panic!("{}: {error}", self.vector)).to_json().unwrap()
    }
}

/// All cases whose data are here: those of a published package are fewer.
fn cases() -> Vec<Case> {
    let lines = Tree::read(&file("tests/oracle/report/vectors.json"));
    let mut cases = Vec::new();
    for line in lines.list() {
        let (model, vector) = (line.get("model").text(), line.get("vector").text());
        if !root().join(model).exists() {
            println!("{vector} skipped: {model} is not here");
            continue;
        }
        let read = Model::from_json(&file(model));
        cases.push(Case {
            vector: vector.to_owned(),
            model: read.unwrap_or_else(|error| panic!("{model}: {error}")),
            facts: file(line.get("facts").text()),
            as_of: line.get("as_of").text().parse().unwrap(),
        });
    }
    cases
}

/// The header, and the rows.
fn rows(facts: &str) -> (&str, Vec<&str>) {
    let mut lines = facts.lines();
    (lines.next().unwrap(), lines.collect())
}

fn table(header: &str, rows: &[&str]) -> String {
    let mut text = header.to_owned();
    for row in rows {
        text += "\n";
        text += row;
    }
    text + "\n"
}

#[test]
fn reports_are_those_computed_from_the_documentation() {
    let (mut count, mut vectors) = (Count::default(), 0);
    for case in cases() {
        let vector = Tree::read(&file(&format!("tests/oracle/report/{}", case.vector)));
        let found = Tree::read(&case.report(&case.facts)).without_messages();
        let compared = compare(&case.vector, &vector, &found, &mut count);
        compared.unwrap_or_else(|difference| panic!("{difference}"));
        vectors += 1;
    }
    let Count { values, numbers } = count;
    println!("{vectors} vectors: {values} values compared, in them {numbers} numbers");
    assert!(vectors >= 24 && numbers > 25_000, "{vectors} vectors, {numbers} numbers");
}

#[test]
fn a_report_has_the_same_bytes_again_and_for_any_order_of_rows() {
    for case in cases() {
        let once = case.report(&case.facts);
        assert_eq!(case.report(&case.facts), once, "{}", case.vector);
        let (header, rows) = rows(&case.facts);
        let mut backwards = rows.clone();
        backwards.reverse();
        // Steps of a size that has no factor in common with the number of rows.
        let step = [7, 5, 3, 2, 1].into_iter().find(|step| rows.len() % step != 0).unwrap_or(1);
        let strides: Vec<_> = (0..rows.len()).map(|i| rows[i * step % rows.len()]).collect();
        for order in [backwards, strides] {
            assert_eq!(case.report(&table(header, &order)), once, "{}", case.vector);
        }
    }
}

#[test]
fn later_facts_change_only_what_is_said_of_the_facts() {
    let mut shorter = 0;
    for case in cases() {
        let (header, mut rows) = rows(&case.facts);
        let all = rows.len();
        let date = header.split(',').position(|name| name == "date").unwrap();
        let is_known =
            |row: &&str| row.split(',').nth(date).unwrap().parse::<Date>().unwrap() <= case.as_of;
        rows.retain(is_known);
        if rows.is_empty() || rows.len() == all {
            continue;
        }
        shorter += 1;
        let then = Tree::read(&case.report(&table(header, &rows)));
        let now = Tree::read(&case.report(&case.facts));
        for part in ["queries", "funnels", "targets"] {
            let path = format!("{}.{part}", case.vector);
            let compared = compare(&path, then.get(part), now.get(part), &mut Count::default());
            compared.unwrap_or_else(|difference| panic!("{difference}"));
        }
    }
    assert!(shorter >= 11, "{shorter} cases have later facts");
}
