//! The C++ wrapper: a program for every item of it, and the main job in C++.
//!
//! They are built by the system's C++ compiler (`CXX`, else `c++`) in two versions of the language,
//! with warnings as errors, and run as the C programs do. Where there is no compiler, that is said.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::capi::{REPORTS, ROOT, WARNINGS, how, library, readme, report, run, say, start, text};

const STANDARDS: [&str; 2] = ["c++17", "c++20"];
/// A header that programs include must bear what they ask of their own code.
const MORE_WARNINGS: [&str; 4] =
    ["-Wshadow", "-Wconversion", "-Wsign-conversion", "-Wold-style-cast"];

/// A C++ compiler with what all programs need; none where there is none.
fn compiler(what: &str, standard: &str) -> Option<Command> {
    let compiler = std::env::var_os("CXX").unwrap_or_else(|| "c++".into());
    if !Command::new(&compiler).arg("--version").output().is_ok_and(|o| o.status.success()) {
        say(&format!("skipped: {what}: no C++ compiler"));
        return None;
    }
    let mut command = Command::new(compiler);
    command.arg(format!("-std={standard}")).arg("-g").args(WARNINGS);
    command.arg("-I").arg(format!("{ROOT}/include"));
    Some(command)
}

/// Compiles a source file into a program.
fn program(source: &Path, standard: &str) -> Option<PathBuf> {
    let name = source.file_stem().unwrap().to_str().unwrap();
    let mut compiler = compiler(name, standard)?;
    let library = library();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("capi/programs");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}-{standard}"));
    run(compiler.arg(source).arg(&library.path).args(&library.needs).arg("-o").arg(&path));
    Some(path)
}

/// The main job in C++, compiled once for all tests.
fn example() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    let source = Path::new(ROOT).join("examples/cpp/scorecard.cpp");
    BUILT.get_or_init(|| program(&source, STANDARDS[0])).as_deref()
}

#[test]
fn the_wrapper_runs() {
    let source = Path::new(ROOT).join("tests/c/wrapper.cpp");
    for standard in STANDARDS {
        let Some(program) = program(&source, standard) else { return };
        run(&mut start(&program));
    }
    say(&format!("the C++ wrapper ran in {} {}", STANDARDS.join(" and "), how()));
}

/// What is in the wrapper is in the header, and what is not yet is counted.
#[test]
fn the_wrapper_wraps_what_there_is() {
    let open = |name: &str| std::fs::read_to_string(format!("{ROOT}/include/{name}")).unwrap();
    let (header, wrapper) = (open("yardstick.h"), open("yardstick.hpp"));
    let words = |code: &str| -> BTreeSet<String> {
        code.lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
            .filter(|word| word.starts_with("ys_"))
            .map(str::to_owned)
            .collect()
    };
    let known = words(&header);
    let used = words(&wrapper);
    assert!(used.is_subset(&known), "{:?}", used.difference(&known));
    say(&format!("the C++ wrapper uses {} of the {} names of the header", used.len(), known.len()));
}

#[test]
fn the_wrapper_compiles_alone() {
    let source = Path::new(env!("CARGO_TARGET_TMPDIR")).join("alone.cpp");
    let code = r#"#include "yardstick.hpp"
        template class ys::result<int>;
        int main() {
            auto model = ys::model::try_from_json("{}");
            if (!model) { return static_cast<int>(model.error().problems().size()); }
            auto builder = ys::facts_builder::try_begin(*model);
            return builder->try_dimension("x", ys::texts{"a"}) && builder->try_days({}) ? 0 : 1;
        }"#;
    std::fs::write(&source, code).unwrap();
    for standard in STANDARDS {
        for exceptions in ["-fexceptions", "-fno-exceptions"] {
            let Some(mut compiler) = compiler("the header alone", standard) else { return };
            run(compiler.args(MORE_WARNINGS).args([exceptions, "-fsyntax-only"]).arg(&source));
        }
    }
}

#[test]
fn the_example_in_cpp_writes_the_same_report() {
    let Some(program) = example() else { return };
    let mut ran = 0;
    for (name, day) in REPORTS {
        let folder = format!("{ROOT}/examples/data/{name}");
        if !Path::new(&folder).is_dir() {
            say(&format!("skipped: examples/data/{name} is not here"));
            continue;
        }
        let output = run(start(program)
            .arg(format!("{folder}/model.json"))
            .arg(format!("{folder}/facts.csv"))
            .args(["--as-of", day]));
        assert!(text(&output.stdout) == report(&folder, day), "{name} as of {day} differs");
        ran += 1;
    }
    let output = run(start(program).current_dir(ROOT));
    assert!(text(&output.stdout) == report(&format!("{ROOT}/examples/data/shop"), "2011-12-09"));
    say(&format!("the example in C++ wrote {} reports {}", ran + 1, how()));
}

#[test]
fn the_example_in_cpp_names_the_place_of_an_error() {
    let Some(program) = example() else { return };
    let model = format!("{ROOT}/examples/data/shop/model.json");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("capi/input");
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, rows: &str| {
        let path = folder.join(name);
        let head = "units,date,net_revenue,invoices,active_customers,cancellations";
        std::fs::write(&path, format!("{head}\n{rows}")).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let cell = write("cpp.csv", "1,2011-12-01,1.5,1,1,1\n\n2,2011-12-02,1e,1,1,1\r\n");
    let date = write("cpp_date.csv", "1,2011-02-30,1.5,1,1,1");
    let width = write("cpp_width.csv", "1,2011-12-01\n");
    let nowhere = "/nowhere".to_owned();
    for (model, facts, option, day, wanted) in [
        (
            &model,
            &cell,
            "--as-of",
            "2011-12-02",
            format!("{cell}: line 4, column \"net_revenue\": "),
        ),
        (&model, &date, "--as-of", "2011-12-02", format!("{date}: line 2, column \"date\": ")),
        (&model, &width, "--as-of", "2011-12-02", format!("{width}: line 2 has not the 6 cells")),
        (&model, &cell, "--as-of", "today", "--as-of: ".to_owned()),
        (&cell, &cell, "--as-of", "2011-12-02", format!("{cell}: ")),
        (&nowhere, &cell, "--as-of", "2011-12-02", "/nowhere: cannot be read".to_owned()),
        (&model, &cell, "--on", "2011-12-02", "usage: ".to_owned()),
    ] {
        let output = start(program).args([model, facts, option, day]).output().unwrap();
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.starts_with(&wanted), "{said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn the_cpp_of_the_readme_runs() {
    let source = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme.cpp");
    std::fs::write(&source, readme("cpp")).unwrap();
    let Some(program) = program(&source, STANDARDS[0]) else { return };
    let output = run(&mut start(&program));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["targets"][0]["current"]["attainment"]["text"], "52.05%");
}
