//! The funnels of the cases of other systems, answered by a C program: byte for byte as by Rust.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use yardstick::Value;
use yardstick::events::EventCounts;

use crate::capi::{how, program, run, say, start, text};
use crate::events::peers::{Asked, funnels_asked};

/// A case as `tests/c/funnel_cases.c` reads it.
fn question(asked: &Asked) -> String {
    let query: serde_json::Value = serde_json::from_str(&asked.query.to_json().unwrap()).unwrap();
    let columns = &asked.columns;
    let (count, sorted) = (columns.times.len(), u8::from(columns.is_sorted()));
    let mut text = format!("{query}\n{count} {} {sorted}\n", columns.segment_count());
    for row in 0..count {
        let (entity, time) = (columns.entities[row], columns.times[row]);
        let (mask, segment) = (columns.masks[row], columns.segments[row]);
        writeln!(text, "{entity} {time} {mask} {segment}").unwrap();
    }
    text
}

fn counts(name: &str, of: &EventCounts) -> String {
    let counts: String = of.counts().iter().map(|count| format!(" {count}")).collect();
    let conversion = match of.conversion() {
        Value::Defined(value) => value.to_string(),
        Value::Undefined(reason) => reason.to_string(),
    };
    let (entities, dropped, never) = (of.entities(), of.dropped(), of.never_entered());
    let mut text = format!("{name} {entities} {dropped} {never}:{counts} = {conversion}\n");
    let steps = of.counts().len() as u32;
    for (from, to) in (0..steps).flat_map(|to| (0..to).map(move |from| (from, to))) {
        if let Some(times) = of.time_between(from, to) {
            writeln!(text, "time {from} {to}: {} {}", times.count(), times.total()).unwrap();
        }
    }
    for bit in 0..64 {
        if let Some(with) = of.correlation(bit) {
            let all = (with.successes(), with.failures());
            let having = (with.successes_with(), with.failures_with());
            writeln!(text, "bit {bit}: {} {} {} {}", all.0, all.1, having.0, having.1).unwrap();
        }
    }
    text
}

/// What the program has to print.
fn answer(asked: &Asked) -> String {
    let events = asked.columns.events();
    let result = asked.query.compute(&events).unwrap();
    let mut text = counts("all", result.total());
    for (code, of) in result.segments() {
        text += &counts(&code.to_string(), of);
    }
    for chain in asked.query.chains(&events).unwrap() {
        write!(text, "chain {} {}:", chain.entity, u8::from(chain.dropped)).unwrap();
        for (row, time) in chain.rows.iter().zip(&chain.times) {
            write!(text, " {row} at {time}").unwrap();
        }
        text.push('\n');
    }
    text
}

#[test]
fn funnels_of_other_systems_have_one_answer_in_c_and_in_rust() {
    let answered = funnels_asked();
    if answered.is_empty() {
        say("0 funnel cases ran: YARDSTICK_SHARED names no folder");
        return;
    }
    let asked = || answered.iter().flat_map(|case| &case.asked);
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("funnel_cases.txt");
    fs::write(&path, asked().map(question).collect::<String>()).unwrap();
    let output = run(start(&program("tests/c/funnel_cases.c")).arg(&path));
    assert!(text(&output.stdout) == asked().map(answer).collect::<String>(), "answers differ");

    let ran = answered.iter().filter(|case| !case.asked.is_empty());
    let (equal, departing): (Vec<_>, Vec<_>) = ran.partition(|case| case.equal);
    let refused: Vec<_> = answered.iter().filter(|case| case.asked.is_empty()).collect();
    for case in &refused {
        say(&format!("{} asks for no funnel that the library builds", case.id));
    }
    say(&format!(
        "{} funnel cases ran in C {}, {} equal to the other system and {} departing; {} funnels in all; {} did not run",
        equal.len() + departing.len(),
        how(),
        equal.len(),
        departing.len(),
        asked().count(),
        refused.len(),
    ));
}
