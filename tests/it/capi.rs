//! The C interface: its header, its symbols, and C programs that use it.
//!
//! The programs are built by the system's C compiler (`CC`, else `cc`) with warnings as errors, and
//! linked to a static library that is built here. With `YARDSTICK_VALGRIND=1` they run under
//! valgrind, which may find nothing at all. With `YARDSTICK_UPDATE_HEADER=1` the header is written
//! instead of compared.

mod cffi;
mod languages;
mod symbols;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, OnceLock, PoisonError};

use yardstick::capi::{
    ys_allocation, ys_assessment, ys_error, ys_event_chains, ys_event_counts, ys_event_durations,
    ys_event_funnel, ys_event_result, ys_event_state, ys_facts, ys_facts_builder, ys_formula,
    ys_funnel_report, ys_kpi_set, ys_model, ys_moments, ys_next_counts, ys_open_event_state,
    ys_pattern, ys_pattern_counts, ys_pattern_found, ys_quantiles, ys_query, ys_real, ys_report,
    ys_retention, ys_retention_matrix, ys_retention_state, ys_sessions, ys_table, ys_target_report,
    ys_transitions, ys_weighted_mean,
};
use yardstick::{Model, Report, Value};

use crate::{csv, walk};

pub(crate) const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const GENERATED: &str = include_str!(concat!(env!("OUT_DIR"), "/yardstick.h"));
pub(crate) const WARNINGS: [&str; 4] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];
/// The programs of `tests/c`.
const PROGRAMS: &[&str] = &[
    "header",
    "decimal",
    "error",
    "facts",
    "threads",
    "number",
    "statistics",
    "conformance",
    "events",
    "retention",
    "funnel_cases",
    "sequences",
    "event_threads",
    "report",
    "walk",
    "query",
    "arrow",
];
/// Model and facts of the example, as of a day.
pub(crate) const REPORTS: [(&str, &str); 3] =
    [("shop", "2011-12-06"), ("shop", "2011-12-09"), ("olist", "2018-05-31")];

/// Says something even where the test passes.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "capi: {text}");
}

fn asked(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| value == "1")
}

pub(crate) fn text(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

pub(crate) fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{command:?}: {}\n{out}{err}", output.status);
    output
}

fn compiler() -> Command {
    Command::new(std::env::var_os("CC").unwrap_or_else(|| "cc".into()))
}

fn compile(standard: &str) -> Command {
    let mut command = compiler();
    command.arg(standard).args(WARNINGS).arg("-I").arg(format!("{ROOT}/include"));
    command
}

/// Builds the library in a target folder of its own, and keeps `file` of it under `name`, which the
/// next build would overwrite; all that it needs was fetched for this test. None where this system
/// names such a library otherwise.
fn build(name: &str, kind: &str, file: &str, more: &[&OsStr]) -> Option<PathBuf> {
    static ONE: Mutex<()> = Mutex::new(());
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("capi");
    let kept = target.join(name);
    fs::create_dir_all(&kept).unwrap();
    let _alone = ONE.lock().unwrap();
    run(Command::new(env!("CARGO"))
        .current_dir(ROOT)
        .args(["rustc", "--lib", "--crate-type", kind, "--features", "capi"])
        .args(["--locked", "--offline", "--target-dir"])
        .arg(&target)
        .arg("--")
        .args(more));
    let built = target.join("debug").join(file);
    built.exists().then(|| {
        let kept = kept.join(file);
        // Before it is read by who links with it: a file in use is replaced, not written to.
        let _ = fs::remove_file(&kept);
        fs::copy(built, &kept).unwrap();
        kept
    })
}

/// The code of the README in a language.
pub(crate) fn readme(language: &str) -> String {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let fence = format!("```{language}\n");
    let code = readme.split_once(&fence).unwrap_or_else(|| panic!("no {language} in the README")).1;
    code.split_once("```").unwrap().0.to_owned()
}

/// A static library, and what it is linked with.
pub(crate) struct Library {
    pub(crate) path: PathBuf,
    pub(crate) needs: Vec<String>,
}

fn static_library(name: &str, more: &[&str]) -> Library {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("capi");
    let needs = folder.join(format!("{name}-native-static-libs"));
    let print = format!("native-static-libs={}", needs.display());
    let more: Vec<_> = [&["--print", &print], more].concat().into_iter().map(OsStr::new).collect();
    let path = build(name, "staticlib", "libyardstick.a", &more).unwrap();
    let needs = fs::read_to_string(needs).unwrap();
    Library { path, needs: needs.split_whitespace().map(str::to_owned).collect() }
}

pub(crate) fn library() -> &'static Library {
    static BUILT: OnceLock<Library> = OnceLock::new();
    BUILT.get_or_init(|| static_library("static", &[]))
}

/// The shared library, where the system has such files.
pub(crate) fn shared_library() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    BUILT.get_or_init(|| build("shared", "cdylib", "libyardstick.so", &[])).as_deref()
}

/// Compiles a source file of this package into a program.
pub(crate) fn program(source: &str) -> PathBuf {
    linked(source, library())
}

fn linked(source: &str, library: &Library) -> PathBuf {
    let name = Path::new(source).file_stem().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("capi/programs");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    // Once, whichever test is the first that needs it.
    static BUILT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if !built.contains(&path) {
        run(compile("-std=c11")
            .arg("-g")
            .arg(Path::new(ROOT).join(source))
            .arg(&library.path)
            .args(&library.needs)
            .arg("-o")
            .arg(&path));
        built.insert(path.clone());
    }
    path
}

/// The main job in C; one file, so compiled once for all tests.
fn example() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| program("examples/c/scorecard.c"))
}

/// A run of a program, under valgrind where that is asked for.
pub(crate) fn start(program: &Path) -> Command {
    if !asked("YARDSTICK_VALGRIND") {
        return Command::new(program);
    }
    let mut command = Command::new("valgrind");
    command
        // What a backtrace is made of is kept, which valgrind would tell.
        .env("RUST_BACKTRACE", "0")
        .args(["--quiet", "--error-exitcode=99", "--leak-check=full"])
        .args(["--errors-for-leak-kinds=all", "--show-leak-kinds=all"])
        .arg(program);
    command
}

pub(crate) fn how() -> &'static str {
    if asked("YARDSTICK_VALGRIND") { "under valgrind" } else { "without valgrind" }
}

#[test]
fn the_header_is_current() {
    let path = Path::new(ROOT).join("include/yardstick.h");
    if asked("YARDSTICK_UPDATE_HEADER") {
        fs::write(&path, GENERATED).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap();
    assert!(
        committed == GENERATED,
        "include/yardstick.h is not what src/capi says; run the tests with YARDSTICK_UPDATE_HEADER=1"
    );
}

#[test]
fn programs_run() {
    for name in PROGRAMS {
        run(&mut start(&program(&format!("tests/c/{name}.c"))));
    }
    let sources = fs::read_dir(format!("{ROOT}/tests/c")).unwrap();
    let sources = sources.filter(|entry| {
        let path = entry.as_ref().unwrap().path();
        path.extension() == Some(OsStr::new("c"))
    });
    assert_eq!(sources.count(), PROGRAMS.len(), "a program of tests/c that is not run");
    say(&format!("{} programs of tests/c ran {}", PROGRAMS.len(), how()));
}

/// A panic is asked for in a library that is built with a function for it, which the others lack: see
/// `symbols`.
#[test]
fn a_panic_ends_in_its_call() {
    let library = static_library("panics", &["--cfg", "yardstick_test_panic"]);
    run(&mut start(&linked("tests/c/panic/panic.c", &library)));
    say(&format!("a panic ended in its call, from 8 threads, {}", how()));
}

/// What Rust gives for a model, facts and day.
fn evaluated(folder: &str, day: &str) -> Report {
    let open = |name: &str| fs::read_to_string(format!("{folder}/{name}")).unwrap();
    let model = Model::from_json(&open("model.json")).unwrap();
    let facts = csv::read(&model, &open("facts.csv")).unwrap().facts;
    model.evaluate(&facts, day.parse().unwrap()).unwrap()
}

/// What Rust writes for the same model, facts and day.
pub(crate) fn report(folder: &str, day: &str) -> String {
    evaluated(folder, day).to_json().unwrap()
}

#[test]
fn the_example_in_c_writes_the_same_report() {
    let program = example();
    let (mut ran, mut skipped) = (0, 0);
    for (name, day) in REPORTS {
        let folder = format!("{ROOT}/examples/data/{name}");
        if !Path::new(&folder).is_dir() {
            say(&format!("skipped: examples/data/{name} is not here"));
            skipped += 1;
            continue;
        }
        let output = run(start(program)
            .arg(format!("{folder}/model.json"))
            .arg(format!("{folder}/facts.csv"))
            .args(["--as-of", day]));
        assert!(text(&output.stderr).is_empty(), "{}", text(&output.stderr));
        assert!(text(&output.stdout) == report(&folder, day), "{name} as of {day} differs");
        ran += 1;
    }
    let output = run(start(program).current_dir(ROOT));
    assert!(text(&output.stdout) == report(&format!("{ROOT}/examples/data/shop"), "2011-12-09"));
    ran += 1;
    say(&format!("the example in C wrote {ran} reports {}, {skipped} skipped", how()));
}

/// The same reports, value by value through getters, and then as JSON.
#[test]
fn reports_are_walked_as_rust_does() {
    let program = program("tests/c/walk.c");
    let mut ran = 0;
    for (name, day) in REPORTS {
        let folder = format!("{ROOT}/examples/data/{name}");
        if !Path::new(&folder).is_dir() {
            say(&format!("skipped: examples/data/{name} is not here"));
            continue;
        }
        let output = run(start(&program)
            .arg(format!("{folder}/model.json"))
            .arg(format!("{folder}/facts.csv"))
            .args(["--as-of", day]));
        let wanted = evaluated(&folder, day);
        let (walked, json) = (walk::walk(&wanted), wanted.to_json().unwrap());
        let found = text(&output.stdout);
        let lines = found.lines().zip(walked.lines());
        for (line, (found, wanted)) in lines.enumerate() {
            assert_eq!(found, wanted, "{name} as of {day}, line {line}");
        }
        assert!(found == walked + &json, "{name} as of {day} differs");
        ran += 1;
    }
    say(&format!("{ran} reports were walked {}", how()));
}

/// What the example says of bad input, on its error stream.
fn complaint(program: &Path, arguments: &[&str]) -> String {
    let output = start(program).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(output.stdout.is_empty());
    text(&output.stderr)
}

#[test]
fn the_example_in_c_names_the_place_of_an_error() {
    let program = example();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("capi/input");
    fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let head = r#""yardstick": 1, "name": "x", "display": {"scale": 2, "mode": "half_even"},
        "measures": [{"name": "revenue", "unit": "EUR"}, {"name": "orders", "unit": "order"}]"#;
    let good = write("good.json", &format!("{{{head}}}"));
    let bad = write(
        "bad.json",
        &format!(
            r#"{{{head}, "kpis": [{{"name": "a", "formula": "revenu / orders"}},
                {{"name": "b", "formula": "orders + revenue"}}]}}"#
        ),
    );
    let facts = write("facts.csv", "date,revenue,orders\n2011-12-01,1.50,1\n\n2011-12-02,,2\r\n");
    let day = ["--as-of", "2011-12-02"];

    let said = complaint(program, &[&bad, &facts, day[0], day[1]]);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(lines[0].starts_with(&format!("{bad}: kpis[0]")), "{said}");
    assert!(lines[1].starts_with(&format!("{bad}: kpis[1]")), "{said}");

    let wrong = write(
        "wrong.csv",
        "orders,date,revenue\n1,2011-12-01,1.5\n\n1e,2011-12-02,1.5\n2,2011-12-03,\"7\"\n",
    );
    let said = complaint(program, &[&good, &wrong, day[0], day[1]]);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(lines[0].starts_with(&format!("{wrong}: line 5, column \"revenue\": ")), "{said}");
    assert!(lines[1].starts_with(&format!("{wrong}: line 4, column \"orders\": ")), "{said}");

    let wrong = write("dates.csv", "orders,date,revenue\n1,2011-02-30,1.5\n");
    let said = complaint(program, &[&good, &wrong, day[0], day[1]]);
    assert!(said.starts_with(&format!("{wrong}: line 2, column \"date\": ")), "{said}");
    let wrong = write("width.csv", "orders,date,revenue\n1,2011-02-30\n");
    let said = complaint(program, &[&good, &wrong, day[0], day[1]]);
    assert!(said.contains("line 2 has not the 3 cells"), "{said}");
    let wrong = write("short.csv", "orders,date\n1,2011-02-20\n");
    let said = complaint(program, &[&good, &wrong, day[0], day[1]]);
    assert!(said.contains("measure \"revenue\" has no column"), "{said}");
    let wrong = write("empty.csv", "");
    let said = complaint(program, &[&good, &wrong, day[0], day[1]]);
    assert!(said.contains("no column \"date\""), "{said}");

    let said = complaint(program, &[&good, &facts, "--as-of", "yesterday"]);
    assert!(said.starts_with("--as-of: "), "{said}");
    let said = complaint(program, &[&good, "/nowhere", day[0], day[1]]);
    assert_eq!(said, "/nowhere: cannot be read\n");
    assert!(complaint(program, &["--help"]).starts_with("usage: "));

    let output = run(start(program).args([&good, &facts]).args(day));
    assert!(text(&output.stdout).starts_with("{\n  \"yardstick_report\": 1,"));
    say(&format!("the example in C ran 10 times on other input {}", how()));
}

/// `const` means that threads may share a handle, and every handle may move between them.
#[test]
fn handles_are_for_any_thread() {
    fn shared<T: Send + Sync>() {}
    fn moved<T: Send>() {}
    shared::<ys_model>();
    shared::<ys_facts>();
    shared::<ys_report>();
    shared::<ys_table>();
    shared::<ys_formula>();
    shared::<ys_kpi_set>();
    shared::<ys_query>();
    shared::<ys_funnel_report>();
    shared::<ys_target_report>();
    shared::<ys_assessment>();
    shared::<ys_error>();
    shared::<ys_event_funnel>();
    shared::<ys_event_result>();
    shared::<ys_event_counts>();
    shared::<ys_event_durations>();
    shared::<ys_event_chains>();
    shared::<ys_event_state>();
    shared::<ys_open_event_state>();
    shared::<ys_retention>();
    shared::<ys_retention_matrix>();
    shared::<ys_retention_state>();
    shared::<ys_pattern>();
    shared::<ys_pattern_counts>();
    shared::<ys_pattern_found>();
    shared::<ys_sessions>();
    shared::<ys_transitions>();
    shared::<ys_next_counts>();
    shared::<Value>(); // What a ys_value is.
    shared::<ys_real>();
    shared::<ys_allocation>();
    shared::<ys_moments>();
    shared::<ys_quantiles>();
    shared::<ys_weighted_mean>();
    moved::<ys_facts_builder>();
}

#[test]
fn the_c_of_the_readme_runs() {
    let source = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme.c");
    fs::write(&source, readme("c")).unwrap();
    let output = run(&mut start(&program(source.to_str().unwrap())));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["targets"][0]["current"]["attainment"]["text"], "52.05%");
}

#[test]
fn the_python_of_the_readme_runs() {
    if Command::new("python3").arg("--version").output().is_err() {
        say("the Python of the README did not run: no python3 here");
        return;
    }
    let Some(library) = shared_library() else {
        say("the Python of the README did not run: no libyardstick.so on this system");
        return;
    };
    let code = readme("python");
    let path = "target/release/libyardstick.so";
    assert!(code.contains(path));
    let code = code.replace(path, library.to_str().unwrap());
    let output = run(Command::new("python3").arg("-c").arg(code));
    assert_eq!(text(&output.stdout), "{'fraction': '52049/100000', 'text': '52.05%'}\n");
    say("the Python of the README ran");
}
