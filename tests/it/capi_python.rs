//! The Python module over the C interface: its own tests, and its examples.
//!
//! They run where there is a `python3` and the system's shared libraries end in `.so`; where not,
//! that is said.

use std::path::Path;
use std::process::Command;

use crate::capi::{REPORTS, ROOT, report, run, say, shared_library, text};

/// A Python that loads the library of this test; none where there is none.
fn python(what: &str) -> Option<Command> {
    let mut command = Command::new("python3");
    if Command::new("python3").arg("--version").output().is_err() {
        say(&format!("skipped: {what}: no python3 here"));
        return None;
    }
    let Some(library) = shared_library() else {
        say(&format!("skipped: {what}: no libyardstick.so on this system"));
        return None;
    };
    command.env("YARDSTICK_LIBRARY", library).env("PYTHONDONTWRITEBYTECODE", "1");
    command.current_dir(format!("{ROOT}/examples/python"));
    Some(command)
}

#[test]
fn the_module_passes_its_tests() {
    let Some(mut python) = python("the tests of the Python module") else { return };
    let output = run(python.args(["-m", "unittest", "-v", "test_yardstick"]));
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    for line in out.lines() {
        say(line);
    }
    // Says how many ran, and what was skipped for want of a package.
    for line in err.lines().filter(|line| line.starts_with("Ran ") || line.contains("skipped '")) {
        say(&format!("python: {line}"));
    }
}

#[test]
fn the_example_in_python_writes_the_same_report() {
    let mut ran = 0;
    for (name, day) in REPORTS {
        let folder = format!("{ROOT}/examples/data/{name}");
        let Some(mut python) = python("the example in Python") else { return };
        if !Path::new(&folder).is_dir() {
            say(&format!("skipped: examples/data/{name} is not here"));
            continue;
        }
        let output = run(python
            .args(["scorecard.py", &format!("{folder}/model.json"), &format!("{folder}/facts.csv")])
            .args(["--as-of", day]));
        assert!(text(&output.stdout) == report(&folder, day), "{name} as of {day} differs");
        ran += 1;
    }
    let Some(mut python) = python("the example in Python") else { return };
    let output = run(python.arg("scorecard.py"));
    assert!(text(&output.stdout) == report(&format!("{ROOT}/examples/data/shop"), "2011-12-09"));
    say(&format!("the example in Python wrote {} reports", ran + 1));
}

#[test]
fn the_example_in_python_names_the_place_of_an_error() {
    let shop = format!("{ROOT}/examples/data/shop");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("capi/input");
    std::fs::create_dir_all(&folder).unwrap();
    let facts = folder.join("python.csv");
    let head = "units,date,net_revenue,invoices,active_customers,cancellations";
    let rows = "1,2011-12-01,1.5,1,1,1\n\n2,2011-12-02,1e,1,1,1\r\n";
    std::fs::write(&facts, format!("{head}\n{rows}")).unwrap();
    let facts = facts.to_str().unwrap();
    let model = format!("{shop}/model.json");
    for (arguments, wanted) in [
        (
            ["scorecard.py", &model, facts, "--as-of", "2011-12-02"],
            format!("{facts}: line 4, column \"net_revenue\": "),
        ),
        (["scorecard.py", &model, facts, "--as-of", "today"], "--as-of: ".to_owned()),
        (["scorecard.py", facts, facts, "--as-of", "2011-12-02"], format!("{facts}: ")),
        (
            ["scorecard.py", "/nowhere", facts, "--as-of", "2011-12-02"],
            "/nowhere: cannot be read".to_owned(),
        ),
        (["scorecard.py", &model, facts, "--on", "2011-12-02"], "usage: ".to_owned()),
    ] {
        let Some(mut python) = python("the errors of the example in Python") else { return };
        let output = python.args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let said = text(&output.stderr);
        assert!(said.starts_with(&wanted), "{said}");
        assert!(output.stdout.is_empty());
    }
}

/// What stands beside a line of the tutorial is what it prints.
#[test]
fn the_tutorial_in_python_prints_what_it_says() {
    let Some(mut python) = python("the tutorial in Python") else { return };
    let printed = text(&run(python.arg("tutorial.py")).stdout);
    for wanted in [
        "1.01 by floats",
        "1.02 here",
        "0.35 in steps of 0.05",
        "refused: 0.30000000000000004 is no exact number",
        "['country'] ['revenue', 'orders']",
        "3 rows",
        "DE 520.49 19.00 27.39",
        "FR 99.50 3.00 33.17",
        "52049/1900 exactly; 52049/100 is",
        "attained: 62.00%",
        "unknown at kpis[0]",
        "syntax in row 1 of revenue",
    ] {
        assert!(printed.contains(wanted), "no {wanted} in\n{printed}");
    }
}
