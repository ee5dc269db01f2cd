//! Answers cases of exact arithmetic, so that this library and any other program can be held to the
//! same ones.
//!
//! ```text
//! cargo run --release --example conformance < CASES.jsonl
//! cargo run --release --example conformance -- --check FILE...
//! cargo run --release --example conformance -- --own
//! ```
//!
//! The first reads cases, one JSON object a line, and writes one line for each, in their order:
//!
//! ```text
//! {"id": 1, "op": "divide", "args": ["57.23", "200.00"], "scale": 4, "mode": "half_even"}
//! {"id": 2, "op": "ln", "args": ["-1"], "scale": 2, "mode": "ceil"}
//! {"id": 3, "op": "allocate", "total": "1.00", "weights": ["1", "1", "1"], "scale": 2, "method": "largest_remainder"}
//! ```
//!
//! ```text
//! {"id":1,"result":"0.2862"}
//! {"id":2,"error":"domain"}
//! {"id":3,"result":["0.34","0.33","0.33"]}
//! ```
//!
//! What each operation means, its arguments and its errors stand in `tests/oracle/README.md`. Besides
//! the errors there, a text that is no number is `syntax`, and one beyond the limits of the library
//! `capacity`. A line that holds no case is answered as `{"line":7,"error":"unreadable","message":…}`,
//! counted from 1, and the exit code is 1. Empty lines are passed over. Answers are written out
//! whenever the input has to be waited for. At the end, standard error says how many results each
//! arithmetic tier decided and how many cases were refused.
//!
//! The second reads files, JSON Lines or `{"schema": 1, "cases": [...]}`, and compares the answers
//! with their `expect` or `error`; the exit code is 1 where one differs or is missing.
//!
//! The third checks the project's own cases, and prints a digest of the answers. So does the program
//! without an argument where standard input is a terminal.

mod protocol;

use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use protocol::{Case, Digest, OWN, Tally, answer, loses_as_said};
use serde_json::Value as Json;

const USAGE: &str =
    "usage: conformance < CASES.jsonl | conformance --check FILE... | conformance --own";

/// A longer line is no case.
const LONGEST_LINE: u64 = 16 << 20;

/// How many cases that fail are shown.
const MOST_SHOWN: usize = 20;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.split_first() {
        None if io::stdin().is_terminal() => check_own(),
        None => answer_input(),
        Some((option, [])) if option == "--own" => check_own(),
        Some((option, files)) if option == "--check" && !files.is_empty() => check_files(files),
        Some(_) => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Says on a terminal how far it is, where that takes seconds.
struct Progress {
    cases: usize,
    said: Instant,
}

impl Progress {
    fn new() -> Self {
        Self { cases: 0, said: Instant::now() }
    }

    fn step(&mut self) {
        self.cases += 1;
        if self.said.elapsed() > Duration::from_secs(2) && io::stderr().is_terminal() {
            eprintln!("{} cases", self.cases);
            self.said = Instant::now();
        }
    }
}

/// Cases from standard input, answers to standard output. Whether all lines could be read.
fn answer_input() -> Result<bool, String> {
    let mut input = BufReader::new(io::stdin().lock());
    let mut output = BufWriter::new(io::stdout().lock());
    let (mut tally, mut progress) = (Tally::default(), Progress::new());
    let (mut number, mut unreadable) = (0_usize, 0_usize);
    loop {
        if input.buffer().is_empty() {
            output.flush().map_err(|error| format!("standard output: {error}"))?;
        }
        let Some(line) = next_line(&mut input).map_err(|e| format!("standard input: {e}"))? else {
            break;
        };
        number += 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        progress.step();
        let text = match answered(&line, &mut tally) {
            Ok(text) => text,
            Err(why) => {
                unreadable += 1;
                let message = Json::from(why);
                format!("{{\"line\":{number},\"error\":\"unreadable\",\"message\":{message}}}")
            }
        };
        writeln!(output, "{text}").map_err(|error| format!("standard output: {error}"))?;
    }
    output.flush().map_err(|error| format!("standard output: {error}"))?;
    eprint!("{} cases answered\n{}", tally.total().cases, tally.tiers());
    if unreadable > 0 {
        eprintln!("{unreadable} lines hold no case; see \"unreadable\" among the answers");
    }
    Ok(unreadable == 0)
}

fn answered(line: &[u8], tally: &mut Tally) -> Result<String, String> {
    if line.len() as u64 >= LONGEST_LINE {
        return Err(format!("a line of more than {LONGEST_LINE} bytes"));
    }
    let case = Case::from_line(line)?;
    let answer = answer(&case)?;
    tally.count(&case, &answer);
    Ok(answer.line(&case))
}

/// A line without its end, cut where it is too long; `None` at the end of the input.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() as u64 == LONGEST_LINE {
        input.skip_until(b'\n')?;
    }
    Ok(Some(line))
}

/// What a check has found so far.
#[derive(Default)]
struct Check {
    tally: Tally,
    wrong: usize,
}

impl Check {
    /// Compares one answer with what is expected, and shows it where they differ.
    fn case(&mut self, case: Result<Case, String>, place: &str) -> Option<String> {
        let answered = case.and_then(|case| answer(&case).map(|answer| (case, answer)));
        let (case, answer) = match answered {
            Ok(answered) => answered,
            Err(why) => {
                self.fail(&format!("{place}: {why}"));
                return None;
            }
        };
        let line = answer.line(&case);
        match self.tally.count(&case, &answer) {
            Some(true) if loses_as_said(&case, &answer) => {}
            Some(true) => {
                self.fail(&format!("{place}: {line} loses digits or not, and not as said"))
            }
            Some(false) => {
                let due = match &case.expected {
                    Some(Err(error)) => error.clone(),
                    Some(Ok(result)) => result.to_string(),
                    None => String::new(),
                };
                self.fail(&format!("{place}: {line} where {due} is due"));
            }
            None => self.fail(&format!("{place}: the case expects nothing")),
        }
        Some(line)
    }

    fn fail(&mut self, message: &str) {
        self.wrong += 1;
        match self.wrong {
            1..=MOST_SHOWN => eprintln!("{message}"),
            next if next == MOST_SHOWN + 1 => eprintln!("and more"),
            _ => {}
        }
    }

    /// Shows the result, and says whether all is well.
    fn finish(&self) -> bool {
        print!("{}", self.tally);
        eprint!("{}", self.tally.tiers());
        self.wrong == 0
    }
}

/// The project's own cases.
fn check_own() -> Result<bool, String> {
    println!("The project's own cases; {USAGE}\n");
    let (mut check, mut progress) = (Check::default(), Progress::new());
    let mut digest = Digest::EMPTY;
    for (name, lines) in OWN {
        for (number, line) in lines.lines().enumerate() {
            progress.step();
            let place = format!("{name}, line {}", number + 1);
            let text = check.case(Case::from_line(line.as_bytes()), &place);
            digest = digest.with(&text.unwrap_or_default());
        }
    }
    let well = check.finish();
    println!("digest of the answers: {digest}");
    Ok(well)
}

/// Files of cases in either form.
fn check_files(files: &[String]) -> Result<bool, String> {
    let (mut check, mut progress) = (Check::default(), Progress::new());
    for file in files {
        let bytes = std::fs::read(file).map_err(|error| format!("{file}: {error}"))?;
        let document = serde_json::from_slice::<Json>(&bytes).ok();
        if let Some(cases) = document.as_ref().and_then(|whole| whole.get("cases")?.as_array()) {
            for (number, case) in cases.iter().enumerate() {
                progress.step();
                check.case(Case::from_json(case), &format!("{file}, case {}", number + 1));
            }
            continue;
        }
        for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            if !line.trim_ascii().is_empty() {
                progress.step();
                check.case(Case::from_line(line), &format!("{file}, line {}", number + 1));
            }
        }
    }
    let total = check.tally.total();
    let well = check.finish();
    println!("{} passed, {} failed", total.passed, check.wrong);
    Ok(well)
}
