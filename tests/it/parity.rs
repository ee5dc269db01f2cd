//! How C reaches every public item of the library: `tests/c/parity.txt`.
//!
//! The items are found in the source: what is public by its path, by the place where it is named
//! first, with the number of its parts (public methods, constants, fields and variants). A new item
//! or part fails here until its line says how C has it. With `YARDSTICK_UPDATE_PARITY=1` the list is
//! written with what is there, and what has no place yet gets a `?`.

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use source::Items;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const LIST: &str = "tests/c/parity.txt";
const HEADER: &str = include_str!("../../include/yardstick.h");

const FIELDS: [(&str, &str); 2] = [
    ("document", include_str!("../../src/model/document.rs")),
    ("report", include_str!("../../src/model/report/mod.rs")),
];

/// A line of the list: the number of parts, and the way to it.
type Lines<'a> = BTreeMap<&'a str, (usize, &'a str)>;

/// The head, and the lines by their item.
fn listed(list: &str) -> (String, Lines<'_>) {
    let head = list.lines().take_while(|line| line.starts_with('#'));
    let head = head.map(|line| format!("{line}\n")).collect();
    let lines = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let lines = lines.map(|line| {
        let broken = || panic!("{LIST}: {line}: not `item parts: way`");
        let (item, way) = line.split_once(": ").unwrap_or_else(broken);
        let (item, parts) = item.split_once(' ').unwrap_or_else(broken);
        (item, (parts.parse().unwrap_or_else(|_| panic!("{LIST}: {line}")), way))
    });
    (head, lines.collect())
}

/// What is wrong with a way.
fn complaint(way: &str, words: &BTreeSet<&str>) -> Option<String> {
    if let Some(reason) = way.strip_prefix("- ") {
        return (reason.len() < 4).then(|| "no reason".to_owned());
    }
    for way in way.split("; ") {
        let fields = way.split_once(' ').and_then(|(first, field)| {
            let of = FIELDS.into_iter().find(|(name, _)| *name == first);
            of.map(|(_, fields)| (fields, field))
        });
        if let Some((fields, field)) = fields {
            // As the tables of their documentation have it.
            if !fields.contains(&format!("//! | `{field}` |")) {
                return Some(format!("no such field: {way}"));
            }
            continue;
        }
        for name in way.split(' ') {
            if !name.starts_with("ys_") && !name.starts_with("YS_") {
                return Some(format!("{name} is neither a name of C nor document, report or -"));
            }
            let found = match name.strip_suffix('*') {
                Some(start) => words.iter().any(|word| word.starts_with(start)),
                None => words.contains(name),
            };
            if !found {
                return Some(format!("the header has no {name}"));
            }
        }
    }
    None
}

#[test]
fn every_public_item_has_its_way_from_c() {
    let items = Items::of(&Path::new(ROOT).join("src"));
    let path = Path::new(ROOT).join(LIST);
    let mut list = fs::read_to_string(&path).unwrap();
    if update() {
        let (head, lines) = listed(&list);
        let mut new = head;
        for (item, parts) in &items.0 {
            let way = lines.get(item.as_str()).map_or("?", |(_, way)| way);
            new.push_str(&format!("{item} {parts}: {way}\n"));
        }
        fs::write(&path, &new).unwrap();
        list = new;
    }
    let (_, lines) = listed(&list);
    let code = HEADER.lines().filter(|line| !line.trim_start().starts_with("//"));
    let words: BTreeSet<&str> =
        code.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_')).collect();

    let mut wrong = Vec::new();
    for (item, parts) in &items.0 {
        match lines.get(item.as_str()) {
            None => wrong.push(format!("{item} is public and not in the list")),
            Some((listed, _)) if listed != parts => {
                wrong.push(format!("{item} has {parts} parts where the list has {listed}"));
            }
            Some((_, way)) => {
                wrong.extend(complaint(way, &words).map(|said| format!("{item}: {said}")));
            }
        }
    }
    let gone = lines.keys().filter(|item| !items.0.contains_key(**item));
    wrong.extend(gone.map(|item| format!("{item} is in the list and not public")));
    assert!(
        wrong.is_empty(),
        "{}\n{LIST} says how C reaches each item: by names of C, by document or report, or `- ` and \
         why not. YARDSTICK_UPDATE_PARITY=1 counts the parts anew",
        wrong.join("\n")
    );
    let without = lines.values().filter(|(_, way)| way.starts_with("- ")).count();
    eprintln!("parity: {} public items, {without} of them not for C", lines.len());
}

fn update() -> bool {
    std::env::var_os("YARDSTICK_UPDATE_PARITY").is_some_and(|value| value == "1")
}
