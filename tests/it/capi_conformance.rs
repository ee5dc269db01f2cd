//! The cases of the number core through the C interface: a C program answers them, and what it writes
//! is to the byte what Rust gives.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value as Json;
use yardstick::Mode;
use yardstick::number::parse_decimal;

use crate::capi::{program, run, say, start};
use crate::conformance::{Answer, Case, OWN, answer};
use crate::oracle::shared;

/// Lines for the program, what it has to say, and which operation each is of.
#[derive(Default)]
struct Sheet {
    lines: String,
    due: String,
    operations: Vec<String>,
    /// Cases that C cannot be asked, by the reason.
    left_out: BTreeMap<&'static str, usize>,
}

impl Sheet {
    fn case(&mut self, value: &Json) {
        let case = Case::from_json(value).unwrap();
        match &case.split {
            None => self.line(&case, &case.op, &case.args, case.step.as_deref()),
            Some(split) => {
                let quantum = match &case.step {
                    Some(step) => step.clone(),
                    None => format!("1e-{}", case.scale),
                };
                let mut args = vec![split.total.clone()];
                args.extend(split.weights.iter().cloned());
                args.push(quantum);
                let methods = ["largest_remainder", "cumulative_half_even"];
                let asked =
                    |method: &&str| split.method.as_deref().is_none_or(|one| one == *method);
                for method in methods.into_iter().filter(asked) {
                    let mut of_one = case.clone();
                    if let Some(split) = &mut of_one.split {
                        split.method = Some(method.to_owned());
                    }
                    self.line(&of_one, method, &args, None);
                }
            }
        }
    }

    fn line(&mut self, case: &Case, op: &str, args: &[String], step: Option<&str>) {
        let plain = |text: &String| !text.contains(['\t', '\n', '\0']);
        if !args.iter().all(plain) {
            return self.leave("text that a line cannot hold");
        }
        if step.is_some_and(|step| parse_decimal(step).is_err()) {
            return self.leave("a step that is no decimal");
        }
        let mode = Mode::ALL.into_iter().position(|mode| mode == case.mode).unwrap() + 1;
        let mut fields = vec![op.to_owned(), case.scale.to_string(), mode.to_string()];
        fields.push(step.unwrap_or("-").to_owned());
        fields.extend(args.iter().cloned());
        self.lines += &(fields.join("\t") + "\n");
        self.due += &(shown(&answer(case).unwrap()) + "\n");
        self.operations.push(op.to_owned());
    }

    fn leave(&mut self, why: &'static str) {
        *self.left_out.entry(why).or_default() += 1;
    }

    /// Lets the program answer, and compares.
    fn check(&self, what: &str) {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("capi/{what}.tsv"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &self.lines).unwrap();
        let program = program("tests/c/conformance.c");
        let output = run(start(&program).stdin(Stdio::from(File::open(&path).unwrap())));
        let found = String::from_utf8(output.stdout).unwrap();
        let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let answers = found.lines().zip(self.due.lines()).zip(self.lines.lines());
        for (((found, due), line), op) in answers.zip(&self.operations) {
            if found == "?" {
                *unknown.entry(op).or_default() += 1;
                continue;
            }
            assert_eq!(found, due, "{line}");
            *counts.entry(op).or_default() += 1;
        }
        say(&format!(
            "{what}: {} cases the same to the byte, of {} operations; operations without a C function: {unknown:?}; left out: {:?}",
            counts.values().sum::<usize>(),
            counts.len(),
            self.left_out
        ));
        assert!(unknown.is_empty() && found == self.due, "{what}: {unknown:?}");
    }
}

/// As the program writes it.
fn shown(answer: &Answer) -> String {
    match &answer.outcome {
        Ok(Json::String(text)) => text.clone(),
        Ok(Json::Array(parts)) => {
            let parts: Vec<&str> = parts.iter().filter_map(Json::as_str).collect();
            parts.join(" ")
        }
        Ok(other) => panic!("no answer of a line: {other}"),
        Err(kind) => format!("!{}", kind.name()),
    }
}

#[test]
fn own_cases_through_c() {
    let mut sheet = Sheet::default();
    for (_, lines) in OWN {
        for line in lines.lines() {
            sheet.case(&serde_json::from_str(line).unwrap());
        }
    }
    sheet.check("own cases in C");
}

#[test]
fn shared_cases_through_c() {
    let Some(folder) = shared("oracle/number") else { return };
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", folder.display());
    let mut sheet = Sheet::default();
    for path in &files {
        let document: Json = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        for case in document["cases"].as_array().unwrap() {
            sheet.case(case);
        }
    }
    sheet.check("shared cases in C");
}
