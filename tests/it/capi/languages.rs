//! The header in every C and C++ that it is for, and the programs of `tests/c` as C++ and, with
//! `YARDSTICK_SANITIZE=1`, with the sanitizers of the C compiler on their side of the calls.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{PROGRAMS, ROOT, WARNINGS, asked, compile, library, run, say};

/// The C++ compiler (`CXX`, else `c++`), where there is one.
fn cpp() -> Option<Command> {
    let cpp = std::env::var_os("CXX").unwrap_or_else(|| "c++".into());
    let found = Command::new(&cpp).arg("--version").output().is_ok_and(|o| o.status.success());
    found.then(|| {
        let mut command = Command::new(cpp);
        command.arg("-I").arg(format!("{ROOT}/include"));
        command
    })
}

/// A program of `tests/c`, by another compiler or with other options.
fn program(name: &str, kind: &str, mut compile: Command) -> PathBuf {
    let library = library();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("capi").join(kind);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    run(compile
        .arg(Path::new(ROOT).join(format!("tests/c/{name}.c")))
        .args(["-x", "none"])
        .arg(&library.path)
        .args(&library.needs)
        .arg("-o")
        .arg(&path));
    path
}

#[test]
fn the_header_compiles_alone() {
    let source = Path::new(ROOT).join("tests/c/header.c");
    let mut languages = 0;
    for standard in ["-std=c99", "-std=c11", "-std=c17"] {
        run(compile(standard).args(["-Wstrict-prototypes", "-fsyntax-only"]).arg(&source));
        languages += 1;
    }
    let mut skipped = 0;
    for standard in ["-std=c++11", "-std=c++17", "-std=c++20"] {
        let Some(mut cpp) = cpp() else {
            skipped += 1;
            continue;
        };
        run(cpp.args([standard, "-fsyntax-only"]).args(WARNINGS).args(["-x", "c++"]).arg(&source));
        languages += 1;
    }
    say(&format!(
        "the header compiles in {languages} languages, {skipped} skipped: no C++ compiler"
    ));
}

/// C++ links the same functions. What it refuses in C itself, such as memory of no type, is let pass.
#[test]
fn programs_run_as_cpp() {
    for name in PROGRAMS {
        let Some(mut cpp) = cpp() else {
            say("no program of tests/c ran as C++: no C++ compiler");
            return;
        };
        cpp.args(["-std=gnu++20", "-fpermissive", "-w", "-x", "c++"]);
        run(&mut Command::new(program(name, "cpp", cpp)));
    }
    say(&format!("{} programs of tests/c ran as C++", PROGRAMS.len()));
}

#[test]
fn programs_run_with_sanitizers() {
    if !asked("YARDSTICK_SANITIZE") {
        say("no program of tests/c ran with sanitizers: YARDSTICK_SANITIZE is not 1");
        return;
    }
    for name in PROGRAMS {
        let mut c = compile("-std=c11");
        c.args(["-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]);
        run(Command::new(program(name, "sanitized", c)).env("ASAN_OPTIONS", "detect_leaks=1"));
    }
    say(&format!("{} programs of tests/c ran with sanitizers", PROGRAMS.len()));
}
