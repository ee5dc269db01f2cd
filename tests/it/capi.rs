//! The C interface: its header, its symbols, and C programs that use it.
//!
//! The programs are built by the system's C compiler (`CC`, else `cc`) with warnings as errors, and
//! linked to a static library that is built here. With `YARDSTICK_VALGRIND=1` they run under
//! valgrind, which may find nothing at all. With `YARDSTICK_UPDATE_HEADER=1` the header is written
//! instead of compared.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use yardstick::Model;
use yardstick::capi::{ys_error, ys_facts, ys_facts_builder, ys_model, ys_report};

use crate::csv;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const GENERATED: &str = include_str!(concat!(env!("OUT_DIR"), "/yardstick.h"));
const WARNINGS: [&str; 4] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];
/// The programs of `tests/c`.
const PROGRAMS: [&str; 5] = ["header", "decimal", "error", "facts", "threads"];
/// Model and facts of the example, as of a day.
const REPORTS: [(&str, &str); 3] =
    [("shop", "2011-12-06"), ("shop", "2011-12-09"), ("olist", "2018-05-31")];

/// Says something even where the test passes.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "capi: {text}");
}

fn asked(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| value == "1")
}

fn text(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

fn run(command: &mut Command) -> Output {
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

/// Builds the library in a target folder of its own; all that it needs was fetched for this test.
fn build(kind: &str, more: &[&OsStr]) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("capi");
    fs::create_dir_all(&target).unwrap();
    run(Command::new(env!("CARGO"))
        .current_dir(ROOT)
        .args(["rustc", "--lib", "--crate-type", kind, "--features", "capi"])
        .args(["--locked", "--offline", "--target-dir"])
        .arg(&target)
        .arg("--")
        .args(more));
    target
}

/// The code of the README in a language.
fn readme(language: &str) -> String {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let fence = format!("```{language}\n");
    let code = readme.split_once(&fence).unwrap_or_else(|| panic!("no {language} in the README")).1;
    code.split_once("```").unwrap().0.to_owned()
}

/// The static library, and what it is linked with.
struct Library {
    path: PathBuf,
    needs: Vec<String>,
}

fn library() -> &'static Library {
    static BUILT: OnceLock<Library> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("capi");
        let needs = folder.join("native-static-libs");
        let print = format!("native-static-libs={}", needs.display());
        let target = build("staticlib", &[OsStr::new("--print"), OsStr::new(&print)]);
        let needs = fs::read_to_string(needs).unwrap();
        Library {
            path: target.join("debug/libyardstick.a"),
            needs: needs.split_whitespace().map(str::to_owned).collect(),
        }
    })
}

/// Compiles a source file of this package into a program.
fn program(source: &str) -> PathBuf {
    let library = library();
    let name = Path::new(source).file_stem().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("capi/programs");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    run(compile("-std=c11")
        .arg("-g")
        .arg(Path::new(ROOT).join(source))
        .arg(&library.path)
        .args(&library.needs)
        .arg("-o")
        .arg(&path));
    path
}

/// The main job in C; one file, so compiled once for all tests.
fn example() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| program("examples/c/scorecard.c"))
}

/// A run of a program, under valgrind where that is asked for.
fn start(program: &Path) -> Command {
    if !asked("YARDSTICK_VALGRIND") {
        return Command::new(program);
    }
    let mut command = Command::new("valgrind");
    command
        .args(["--quiet", "--error-exitcode=99", "--leak-check=full"])
        .args(["--errors-for-leak-kinds=all", "--show-leak-kinds=all"])
        .arg(program);
    command
}

fn how() -> &'static str {
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
fn the_header_compiles_alone() {
    let source = Path::new(ROOT).join("tests/c/header.c");
    let mut languages = 0;
    for standard in ["-std=c99", "-std=c11"] {
        run(compile(standard).arg("-fsyntax-only").arg(&source));
        languages += 1;
    }
    let cpp = std::env::var_os("CXX").unwrap_or_else(|| "c++".into());
    let found = Command::new(&cpp).arg("--version").output().is_ok_and(|o| o.status.success());
    if found {
        run(Command::new(&cpp)
            .args(["-std=c++11", "-fsyntax-only"])
            .args(WARNINGS)
            .arg("-I")
            .arg(format!("{ROOT}/include"))
            .args(["-x", "c++"])
            .arg(&source));
        languages += 1;
        say(&format!("the header compiles in {languages} languages, 0 skipped"));
    } else {
        say(&format!("the header compiles in {languages} languages, 1 skipped: no C++ compiler"));
    }
}

/// The functions that a header declares.
fn declared(header: &str) -> BTreeSet<&str> {
    let code = header.lines().filter(|line| !line.starts_with("//") && !line.starts_with('#'));
    code.filter_map(|line| {
        let (before, _) = line.split_once('(')?;
        let name = before.rsplit([' ', '*']).next()?;
        name.starts_with("ys_").then_some(name)
    })
    .collect()
}

#[test]
fn every_symbol_is_declared() {
    let declared = declared(GENERATED);
    assert_eq!(declared.len(), 42, "{declared:?}");
    let nm = Command::new("nm").args(["-g", "--defined-only"]).arg(&library().path).output();
    let Ok(nm) = nm else {
        say("symbols: 1 skipped: no nm");
        return;
    };
    let symbols = text(&nm.stdout);
    let symbols: BTreeSet<&str> = symbols
        .lines()
        .filter_map(|line| line.split_whitespace().nth(2))
        .map(|name| name.strip_prefix('_').filter(|name| name.starts_with("ys_")).unwrap_or(name))
        .filter(|name| name.starts_with("ys_"))
        .collect();
    assert_eq!(symbols, declared);
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

/// What Rust writes for the same model, facts and day.
fn report(folder: &str, day: &str) -> String {
    let open = |name: &str| fs::read_to_string(format!("{folder}/{name}")).unwrap();
    let model = Model::from_json(&open("model.json")).unwrap();
    let facts = csv::read(&model, &open("facts.csv")).unwrap().facts;
    model.evaluate(&facts, day.parse().unwrap()).unwrap().to_json().unwrap()
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
    shared::<ys_error>();
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
    let library = build("cdylib", &[]).join("debug/libyardstick.so");
    if !library.exists() {
        say("the Python of the README did not run: no libyardstick.so on this system");
        return;
    }
    let code = readme("python");
    let path = "target/release/libyardstick.so";
    assert!(code.contains(path));
    let code = code.replace(path, library.to_str().unwrap());
    let output = run(Command::new("python3").arg("-c").arg(code));
    assert_eq!(text(&output.stdout), "{'fraction': '52049/100000', 'text': '52.05%'}\n");
    say("the Python of the README ran");
}
