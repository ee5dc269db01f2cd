//! The catalog as a table for readers: made from the data, and checked to be current.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::fmt::Write;

use yardstick::kpi::ZeroBase;
use yardstick::kpi::catalog::{self, Entry, FunnelStage};
use yardstick::unit::Style;
use yardstick::{Direction, Owner};

/// Where the table is kept; the documentation of `catalog::table` is this file.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/kpi/catalog/CATALOG.md");

/// What makes the table anew.
const UPDATE: &str = "YARDSTICK_UPDATE_CATALOG";

const COLUMNS: [&str; 10] = [
    "Id",
    "What it says",
    "Formula",
    "Unit",
    "Owner",
    "Better",
    "Over zero",
    "Other readings",
    "Pitfall",
    "Source",
];

const READING: &str = "\
<!-- Made from the entries of the catalog. A change made here by hand is lost. -->

Definitions by stage of the funnel, some of them another reading of one that goes by the same name.

How to read the table:

- **Id** is what a model refers to; below it stand other names for the same.
- **Formula** is over inputs. A model says which of its measures each input is, or has measures of
  these names. `prior(x)` is x in the comparison period.
- **Unit** has the name of an input for the unit of that input: `spend/leads` is euros a lead where
  spend is in euros and leads are counted in leads. `1` is a pure number. It is shown as a percentage
  where that is said; the value itself is the fraction.
- **Better** says which way is better.
- **Over zero** is what something over zero means. Zero over zero is always undefined: there was
  nothing to measure. *Good* and *bad* are beyond any finite value, on that side. *Inconsistent* means
  that the data contradict themselves, as with clicks and no impressions.
- **Other readings** are definitions that go by the same name elsewhere. They have ids of their own,
  so that a report can say which one it used.

To add a KPI: add an entry to the file of its stage in `src/kpi/catalog/entries/`, next to one like it.
It needs an id that is new, one sentence for what it says, the formula, one sentence for each input,
and the source. Where an input is there already, take its name and its sentence over as they are. Add
a row with figures that can be checked by hand to `FIGURES` in `tests/it/catalog.rs`. Then make this
table anew:

```text
YARDSTICK_UPDATE_CATALOG=1 cargo test --test it catalog
```

The same command without the first word checks the entries, and that this table is current.
";

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn codes<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(code).collect::<Vec<_>>().join(", ")
}

fn heading(stage: FunnelStage) -> String {
    let name = stage.name().replace('_', "-");
    name[..1].to_uppercase() + &name[1..]
}

fn cells(entry: &Entry) -> [String; COLUMNS.len()] {
    let mut id = code(entry.id);
    if !entry.aliases.is_empty() {
        write!(id, "<br>{}", codes(entry.aliases.iter().copied())).unwrap();
    }
    let shown = match entry.shown_as {
        Style::Plain => "",
        Style::Percent => ", in percent",
        Style::PerMille => ", per mille",
    };
    let owner = match entry.owner {
        Owner::Both => "marketing and sales",
        other => other.name(),
    };
    let better = match entry.direction {
        Direction::Higher => "higher",
        Direction::Lower => "lower",
        _ => "neither",
    };
    let zero = match entry.zero_base {
        Some(ZeroBase::Good) => "good",
        Some(ZeroBase::Bad) => "bad",
        Some(ZeroBase::Inconsistent) => "inconsistent",
        None => "no division",
        Some(other) => other.name(),
    };
    let readings = match entry.variant_of {
        Some(main) => format!("of {}", code(main)),
        None => codes(entry.variants().map(|variant| variant.id)),
    };
    let source = match entry.source_url {
        Some(url) => format!("[{}]({url})", entry.source),
        None => entry.source.to_owned(),
    };
    [
        id,
        format!("**{}.** {}", entry.name, entry.meaning),
        code(entry.formula),
        code(entry.unit) + shown,
        owner.to_owned(),
        better.to_owned(),
        zero.to_owned(),
        readings,
        entry.pitfall.unwrap_or_default().to_owned(),
        source,
    ]
}

fn row(cells: &[impl AsRef<str>]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| cell.as_ref().replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// The whole file, and its number of rows.
fn table() -> (String, usize) {
    let (mut text, mut rows) = (READING.to_owned(), 0);
    for stage in FunnelStage::ALL {
        write!(text, "\n## {}\n\n{}\n\n", heading(stage), stage.meaning()).unwrap();
        text += &row(&COLUMNS);
        text += &row(&["---"; COLUMNS.len()]);
        for entry in catalog::at_stage(stage) {
            text += &row(&cells(entry));
            rows += 1;
        }
    }
    let variants = catalog::entries().filter(|entry| entry.variant_of.is_some()).count();
    let count =
        format!("{rows} definitions by stage of the funnel, {variants} of them another reading");
    (
        text.replacen(
            "Definitions by stage of the funnel, some of them another reading",
            &count,
            1,
        ),
        rows,
    )
}

#[test]
fn the_catalog_table_is_current() {
    let (made, rows) = table();
    if std::env::var_os(UPDATE).is_some_and(|value| value == "1") {
        std::fs::write(FILE, &made).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap().replace("\r\n", "\n");
    let differs = kept.lines().zip(made.lines()).position(|(kept, made)| kept != made);
    println!("the catalog as a table: {rows} rows");
    assert!(
        kept == made,
        "the table of the catalog is not current from line {:?} on; run the tests once with {UPDATE}=1",
        differs.map(|line| line + 1)
    );
    assert_eq!(rows, catalog::entries().count());
}

#[test]
fn a_row_has_what_its_entry_says() {
    let [id, what, formula, unit, owner, better, zero, readings, pitfall, source] =
        cells(catalog::find("win_rate").unwrap());
    assert_eq!(id, "`win_rate`<br>`win_rate_closed`");
    let name = "**Win rate of closed opportunities.**";
    assert_eq!(what, format!("{name} How many decided opportunities are won."));
    assert_eq!(formula, "`deals_won / (deals_won + deals_lost)`");
    assert_eq!((unit.as_str(), owner.as_str()), ("`1`, in percent", "sales"));
    assert_eq!((better.as_str(), zero.as_str()), ("higher", "inconsistent"));
    assert_eq!(readings, "`win_rate_all`, `win_rate_value`");
    assert_eq!(pitfall, "Opportunities that are never closed as lost flatter it.");
    assert_eq!(source, "[Win rate, KPI Tree](https://kpitree.co/integrations/hubspot/win-rate)");
    assert_eq!(row(&["a|b", "c"]), "| a\\|b | c |\n");
    let other = cells(catalog::find("win_rate_all").unwrap());
    assert_eq!(other[7], "of `win_rate`");
}

#[test]
fn no_cell_breaks_the_table() {
    for entry in catalog::entries() {
        for cell in cells(entry) {
            assert!(!cell.contains('\n'), "{cell}");
        }
    }
    for line in table().0.lines().filter(|line| line.starts_with('|')) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert_eq!(bars, COLUMNS.len() + 1, "{line}");
    }
}
