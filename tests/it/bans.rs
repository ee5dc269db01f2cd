//! What may not be written in the library, shown to be refused.
//!
//! Two things stand guard. Clippy, by `clippy.toml` and the lints of `Cargo.toml`, refuses floats and
//! what can be named of `rust_decimal`. What cannot be named (a decimal's `Display`, `FromStr`, sums,
//! conversions, all implementations of traits) does not compile against `tests/bans/container.rs`, a
//! `rust_decimal` that has one function to build a decimal and two to read it; the library does.
//!
//! `tests/bans/lines.txt` has a line for each way around. Here every one of them is given to the
//! guards, where `YARDSTICK_BANS` is set: that takes a compiler, clippy and some tens of seconds, in
//! a folder of its own and without the network.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

type Names = BTreeSet<String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// A statement, and the names of what refuses it.
struct Line {
    text: String,
    refused: Names,
}

impl Line {
    fn is_for_container(&self) -> bool {
        self.refused.contains("container")
    }
}

fn lines() -> Vec<Line> {
    let parse = |line: &str| {
        let (text, names) = line.split_once("//~").unwrap_or((line, ""));
        let refused = names.split_whitespace().map(str::to_owned).collect();
        Line { text: text.trim().to_owned(), refused }
    };
    let text = read("tests/bans/lines.txt");
    let statements = text.lines().filter(|line| !line.is_empty() && !line.starts_with("// "));
    statements.map(parse).collect()
}

/// The sections of a manifest whose names pass.
fn sections(manifest: &str, pass: impl Fn(&str) -> bool) -> String {
    let mut passes = false;
    let mut kept = String::new();
    for line in manifest.lines() {
        if let Some(name) = line.strip_prefix('[') {
            passes = pass(name.trim_end_matches(']'));
        }
        if passes {
            kept += line;
            kept.push('\n');
        }
    }
    kept
}

/// The version of `rust_decimal` that the project is built with.
fn locked_version() -> String {
    let lock = read("Cargo.lock");
    let package =
        lock.split("[[package]]").find(|p| p.contains("name = \"rust_decimal\"")).unwrap();
    package.split("version = \"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Where crates are made and built.
struct Workshop {
    folder: PathBuf,
}

impl Workshop {
    fn new(name: &str) -> Self {
        let workshop =
            Self { folder: Path::new(env!("CARGO_TARGET_TMPDIR")).join("bans").join(name) };
        let manifest = format!(
            "[package]\nname = \"rust_decimal\"\nversion = \"{}\"\nedition = \"2024\"\n\
             [features]\nmaths = []\n",
            locked_version()
        );
        workshop.put("container/Cargo.toml", &manifest);
        workshop.put("container/src/lib.rs", &read("tests/bans/container.rs"));
        workshop
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What a manifest needs in order to be built against the container.
    fn patch(&self) -> String {
        let container = self.folder.join("container");
        format!("\n[patch.crates-io]\nrust_decimal = {{ path = {container:?} }}\n")
    }

    /// Runs cargo in a crate; whether it was content, and the errors, by line and name.
    fn cargo(&self, name: &str, arguments: &[&str]) -> (bool, BTreeMap<usize, Names>, Vec<String>) {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--quiet", "--message-format=json"])
            .current_dir(self.folder.join(name))
            .env("CARGO_TARGET_DIR", self.folder.with_file_name("target"))
            .env("CLIPPY_CONF_DIR", root())
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap();
        let mut found = BTreeMap::<usize, Names>::new();
        let mut texts = Vec::new();
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            let json: Json = serde_json::from_str(line).unwrap();
            let message = &json["message"];
            let text = message["message"].as_str().unwrap_or_default();
            if message["level"] != "error" || text.starts_with("aborting due to") {
                continue;
            }
            let code = message["code"]["code"].as_str();
            let Some(code) = code else { panic!("{}", message["rendered"]) };
            let mut spans = message["spans"].as_array().unwrap().iter();
            let place = spans.find(|span| span["is_primary"] == true).unwrap();
            let place = usize::try_from(place["line_start"].as_u64().unwrap()).unwrap();
            let name = code.strip_prefix("clippy::").unwrap_or(code);
            found.entry(place).or_default().insert(name.to_owned());
            texts.push(message["rendered"].as_str().unwrap().to_owned());
        }
        let content = output.status.success();
        if !content && found.is_empty() {
            panic!("{name}: {}", String::from_utf8_lossy(&output.stderr));
        }
        (content, found, texts)
    }

    /// Makes a crate of these statements, each a function on a line of its own, and runs cargo in it;
    /// the errors by the statement that has them.
    fn try_lines(
        &self,
        name: &str,
        arguments: &[&str],
        patch: &str,
        lines: &[&Line],
    ) -> (BTreeMap<usize, Names>, Vec<String>) {
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
             [workspace]\n\
             [dependencies]\n\
             num-traits = {{ version = \"0.2\", default-features = false }}\n\
             rust_decimal = {{ version = \"1\", default-features = false, features = [\"maths\"] }}\n\
             {}{patch}",
            sections(&read("Cargo.toml"), |name| name.starts_with("lints")),
        );
        self.put(&format!("{name}/Cargo.toml"), &manifest);
        self.put(&format!("{name}/Cargo.lock"), &read("Cargo.lock"));
        let mut source =
            "#![allow(unused, missing_docs)] use rust_decimal::Decimal as D;\n".to_owned();
        for (i, line) in lines.iter().enumerate() {
            source += &format!("fn line_{i}(a: D, b: D, n: i64) {{ {} }}\n", line.text);
        }
        self.put(&format!("{name}/src/lib.rs"), &source);
        let (content, found, texts) = self.cargo(name, arguments);
        assert_eq!(content, found.is_empty());
        // The first statement stands on the second line.
        (found.into_iter().map(|(line, names)| (line - 2, names)).collect(), texts)
    }
}

/// Fails with what was expected of each statement and not found, or found and not expected.
fn compare(lines: &[&Line], found: &BTreeMap<usize, Names>, expected: impl Fn(&Line) -> Names) {
    let mut wrong = String::new();
    for (i, line) in lines.iter().enumerate() {
        let found = found.get(&i).cloned().unwrap_or_default();
        if found != expected(line) {
            wrong +=
                &format!("\n{}\n    refused by {found:?}, not {:?}", line.text, expected(line));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The paths of a list of `clippy.toml`.
fn banned(list: &str) -> Vec<String> {
    let text = read("clippy.toml");
    let list = text.split(&format!("\n{list} = [")).nth(1).unwrap().split("\n]").next().unwrap();
    let paths = list.split("path = \"").skip(1).map(|rest| rest.split('"').next().unwrap());
    paths.map(str::to_owned).collect()
}

#[test]
fn each_way_around_is_refused() {
    if std::env::var_os("YARDSTICK_BANS").is_none() {
        println!("YARDSTICK_BANS is not set: 0 bans were shown");
        return;
    }
    let workshop = Workshop::new("lines");
    let lines = lines();
    let all: Vec<&Line> = lines.iter().collect();
    let fine: Vec<&Line> = lines.iter().filter(|line| line.refused.is_empty()).collect();
    assert!(!fine.is_empty());

    // Clippy refuses each of its lines, and no other; without them it is content.
    let clippy = ["clippy"];
    let (found, texts) = workshop.try_lines("lines", &clippy, "", &all);
    compare(&all, &found, |line| match line.is_for_container() {
        true => Names::new(),
        false => line.refused.clone(),
    });
    let (found, _) = workshop.try_lines("lines", &clippy, "", &fine);
    assert_eq!(found, BTreeMap::new());
    // No ban is without a line.
    let bans: Vec<_> =
        ["disallowed-types", "disallowed-methods"].into_iter().flat_map(banned).collect();
    let is_shown = |path: &&String| texts.iter().any(|text| text.contains(&format!("`{path}`")));
    let silent: Vec<_> = bans.iter().filter(|path| !is_shown(path)).collect();
    assert!(silent.is_empty(), "no line shows {silent:?}");

    // The container refuses its lines, and no other.
    let (check, patch) = (["check"], workshop.patch());
    let its: Vec<&Line> =
        lines.iter().filter(|line| line.is_for_container() || line.refused.is_empty()).collect();
    let (found, _) = workshop.try_lines("contained", &check, &patch, &its);
    let found = found.into_keys().map(|i| (i, Names::from(["container".to_owned()]))).collect();
    compare(&its, &found, |line| line.refused.clone());
    let (found, _) = workshop.try_lines("contained", &check, &patch, &fine);
    assert_eq!(found, BTreeMap::new());

    let by_container = its.len() - fine.len();
    println!(
        "{} bans shown by {} lines that clippy refuses; {by_container} lines more that the container \
         refuses; {} lines that pass both",
        bans.len(),
        all.len() - its.len(),
        fine.len()
    );
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let name = entry.unwrap().file_name();
        copy(&from.join(&name), &to.join(&name));
    }
}

/// The library, with all features, is built against the container.
#[test]
fn the_library_needs_no_more_than_a_container() {
    if std::env::var_os("YARDSTICK_BANS").is_none() {
        println!("YARDSTICK_BANS is not set: the library was not built against the container");
        return;
    }
    let workshop = Workshop::new("library");
    let kept = |name: &str| {
        ["package", "features", "dependencies", "build-dependencies"].contains(&name)
            || name.starts_with("lints")
    };
    let manifest = sections(&read("Cargo.toml"), kept) + "\n[workspace]\n" + &workshop.patch();
    let _ = fs::remove_dir_all(workshop.folder.join("crate"));
    workshop.put("crate/Cargo.toml", &manifest);
    for path in ["Cargo.lock", "build.rs", "cbindgen.toml", "src"] {
        copy(&root().join(path), &workshop.folder.join("crate").join(path));
    }
    let (content, _, texts) = workshop.cargo("crate", &["check", "--lib", "--all-features"]);
    assert!(content, "{}", texts.concat());
    println!("the library was built against the container");
}

/// Where the library allows itself what is denied: to take a float apart, and to refuse one.
#[test]
fn what_is_allowed_is_allowed_at_known_places() {
    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => sources(&path, found),
                false => found.push(path),
            }
        }
    }
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let lints = ["disallowed_", "float_arithmetic", "arithmetic_side_effects"];
    let allows = |text: &str| {
        let attributes = text.split("#").skip(1).filter_map(|rest| rest.split(']').next());
        let is_allow = |rest: &&str| rest.contains("allow(") || rest.contains("expect(");
        let is_ours =
            |rest: &str| lints.iter().any(|lint| rest.contains(&format!("clippy::{lint}")));
        attributes.filter(is_allow).filter(|rest| is_ours(rest)).count()
    };
    let mut places = BTreeMap::new();
    for path in &files {
        let count = allows(&fs::read_to_string(path).unwrap());
        if count > 0 {
            let path = path.strip_prefix(root().join("src")).unwrap();
            places.insert(path.to_string_lossy().replace('\\', "/"), count);
        }
    }
    let known = [("model/node.rs", 1), ("number/float.rs", 1), ("number/serde.rs", 1)];
    assert_eq!(places, known.map(|(path, count)| (path.to_owned(), count)).into());
}
