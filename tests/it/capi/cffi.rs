//! The header as Python's cffi reads it, by `tests/c/cffi/read.py`: with `YARDSTICK_PYTHON`, else
//! `python3`, where that has cffi.

use std::process::Command;

use super::{ROOT, run, say, shared_library, text};

#[test]
fn cffi_reads_the_header() {
    let python = std::env::var_os("YARDSTICK_PYTHON").unwrap_or_else(|| "python3".into());
    let has = Command::new(&python).args(["-c", "import cffi"]).output();
    if !has.is_ok_and(|output| output.status.success()) {
        say("cffi: 1 skipped: no Python with cffi");
        return;
    }
    let Some(library) = shared_library() else {
        say("cffi: 1 skipped: no libyardstick.so on this system");
        return;
    };
    let output = run(Command::new(python)
        .arg(format!("{ROOT}/tests/c/cffi/read.py"))
        .arg(format!("{ROOT}/include/yardstick.h"))
        .arg(library)
        .arg(std::env::var_os("CC").unwrap_or_else(|| "cc".into())));
    say(&format!("cffi read and found {}", text(&output.stdout).trim()));
}
