//! Writes the C header into OUT_DIR, with feature `capi` only. A test compares it with
//! `include/yardstick.h`, which is what C programs include.

#[cfg(not(feature = "capi"))]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}

#[cfg(feature = "capi")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use std::path::PathBuf;

    /// The order of the header. Named one by one: nothing outside of this folder is C's. A `mod` brings
    /// the files of its folder that it names.
    const SOURCES: &[&str] = &[
        "version",
        "status",
        "error",
        "rounding",
        "decimal",
        "value",
        "number/create",
        "number/arithmetic",
        "number/parts",
        "number/real",
        "number/growth",
        "number/format",
        "number/quotient",
        "number/allocation",
        "date",
        "column",
        "statistics/sum",
        "statistics/moments",
        "statistics/quantiles",
        "statistics/weighted",
        "statistics/proportion",
        "model",
        "facts",
        "arrow/mod",
        "table",
        "formula",
        "query/mod",
        "report/mod",
        "time_unit",
        "events/columns",
        "events/query",
        "events/result",
        "events/counts",
        "events/durations",
        "events/chains",
        "events/state",
        "events/open_state",
        "events/retention",
        "events/matrix",
        "events/retention_state",
        "events/pattern",
        "events/sessions",
        "events/labels",
        "events/transitions",
        "events/next_event",
    ];

    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let folder = root.join("src/capi");
    let settings = root.join("cbindgen.toml");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", settings.display());
    println!("cargo::rerun-if-changed={}", folder.display());

    let mut config = cbindgen::Config::from_file(&settings)?;
    // The rules that hold for every function are written once, in the module's documentation.
    let rules = std::fs::read_to_string(folder.join("mod.rs"))?;
    let rules = rules.lines().map_while(|line| line.strip_prefix("//!"));
    config.header = Some(rules.map(|line| format!("//{line}\n")).collect::<String>());

    let mut builder = cbindgen::Builder::new().with_config(config);
    for source in SOURCES {
        builder = builder.with_src(folder.join(format!("{source}.rs")));
    }
    let header = builder.generate()?;
    header.write_to_file(PathBuf::from(std::env::var("OUT_DIR")?).join("yardstick.h"));
    Ok(())
}
