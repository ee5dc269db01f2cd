//! The functions that the library exports, against `tests/c/symbols.txt`.
//!
//! The list is under version control, so that nothing is added to the interface, renamed or dropped
//! by accident. With `YARDSTICK_UPDATE_SYMBOLS=1` it is written instead of compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::{GENERATED, ROOT, asked, library, say, shared_library, text};

const LIST: &str = "tests/c/symbols.txt";
/// Its first lines.
const HEAD: &str = "\
# The functions of the C interface, each with the ABI that it is there since. The list is changed on
# purpose only: YARDSTICK_UPDATE_SYMBOLS=1 cargo test --all-features --test it capi::symbols
";

/// What each function of a header says to be there since.
fn declared(header: &str) -> BTreeMap<&str, u32> {
    let (mut functions, mut comment) = (BTreeMap::new(), String::new());
    for line in header.lines() {
        if let Some(more) = line.strip_prefix("//") {
            comment.push_str(more);
            continue;
        }
        let since = std::mem::take(&mut comment);
        let name = line.split_once('(').and_then(|(before, _)| before.rsplit([' ', '*']).next());
        let Some(name) = name.filter(|name| name.starts_with("ys_") && !line.starts_with('#'))
        else {
            continue;
        };
        let since = since.rsplit_once("Since ABI ").and_then(|(_, since)| since.strip_suffix('.'));
        let since = since.unwrap_or_else(|| panic!("{name} does not end with \"Since ABI N.\""));
        let before = functions.insert(name, since.parse().unwrap());
        assert_eq!(before, None, "{name} is declared twice: a source of the header is named twice");
    }
    functions
}

/// The list as it is committed.
fn listed(list: &str) -> BTreeMap<&str, u32> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, since) = line.split_once(' ').unwrap_or_else(|| panic!("{LIST}: {line}"));
            (name, since.parse().unwrap_or_else(|_| panic!("{LIST}: {line}")))
        })
        .collect()
}

/// The symbols that `nm` finds, as C names them; none where there is no `nm`.
fn exported(arguments: &[&str], library: &Path) -> Option<BTreeSet<String>> {
    let nm = Command::new("nm").args(arguments).arg(library).output().ok()?;
    assert!(nm.status.success(), "{}", text(&nm.stderr));
    let found = text(&nm.stdout);
    let names = found.lines().filter_map(|line| line.split_whitespace().nth(2));
    // Where C names get an underscore before them.
    let plain =
        |name: &str| name.strip_prefix('_').filter(|n| n.starts_with("ys_")).map(str::to_owned);
    Some(names.map(|name| plain(name).unwrap_or_else(|| name.to_owned())).collect())
}

/// Says what one has and the other has not.
fn same(what: &str, found: &BTreeSet<String>, list: &BTreeSet<String>) {
    let extra: Vec<_> = found.difference(list).collect();
    let gone: Vec<_> = list.difference(found).collect();
    assert!(
        extra.is_empty() && gone.is_empty(),
        "{what} is not what {LIST} says: not in the list {extra:?}, only in the list {gone:?}. \
         If that is meant, change {LIST} (YARDSTICK_UPDATE_SYMBOLS=1 writes it) and say so in \
         CHANGELOG.md; what a released version had stays"
    );
}

fn names<'a>(functions: impl IntoIterator<Item = &'a &'a str>) -> BTreeSet<String> {
    functions.into_iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn the_list_is_what_is_declared_and_exported() {
    let path = Path::new(ROOT).join(LIST);
    let declared = declared(GENERATED);
    if asked("YARDSTICK_UPDATE_SYMBOLS") {
        let mut list = HEAD.to_owned();
        for (name, since) in &declared {
            writeln!(list, "{name} {since}").unwrap();
        }
        fs::write(&path, list).unwrap();
    }
    let list = fs::read_to_string(&path).unwrap();
    assert!(list.starts_with(HEAD), "the head of {LIST}");
    let list = listed(&list);
    let wanted = names(list.keys());
    same("the header", &names(declared.keys()), &wanted);
    assert_eq!(declared, list, "{LIST} and the header differ in \"Since ABI\"");

    let Some(all) = exported(&["-g", "--defined-only"], &library().path) else {
        say("symbols: 2 libraries skipped: no nm");
        return;
    };
    // A static library has the names of Rust too, which no C program can say.
    let ours = all.into_iter().filter(|name| name.starts_with("ys_")).collect();
    same("the static library", &ours, &wanted);
    let Some(shared) = shared_library() else {
        say("symbols: 1 library skipped: no libyardstick.so on this system");
        return;
    };
    let shared = exported(&["-D", "--defined-only"], shared).unwrap();
    same("the shared library", &shared, &wanted);
    say(&format!("{} symbols in the list, the header and 2 libraries", wanted.len()));
}
