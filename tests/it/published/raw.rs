//! Raw files as columns of text.

use std::fs;
use std::io::Read;
use std::path::PathBuf;

use yardstick::{Column, Date};

/// The shared folder's data; says that there is none.
pub(super) fn folder(data_set: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("YARDSTICK_SHARED");
    if shared.is_none() {
        println!("{data_set}: 0 published figures ran; YARDSTICK_SHARED is not set");
    }
    Some(PathBuf::from(shared?).join("data"))
}

/// A table with a header, all as text.
pub(super) struct Raw {
    header: Vec<String>,
    rows: Vec<::csv::StringRecord>,
}

impl Raw {
    /// Reads a file of the shared folder, packed or not.
    pub(super) fn read(data_set: &str, file: &str, delimiter: char) -> Self {
        let path = folder(data_set).unwrap().join(file);
        let mut bytes = fs::read(&path).unwrap();
        if file.ends_with(".gz") {
            let packed = std::mem::take(&mut bytes);
            flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut bytes).unwrap();
        }
        // A byte order mark is no part of the first name.
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let mut reader = ::csv::ReaderBuilder::new().delimiter(delimiter as u8).from_reader(text);
        let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
        Self { header, rows: reader.into_records().collect::<Result<_, _>>().unwrap() }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The cells of a column, by the name in the header.
    pub(super) fn column(&self, name: &str) -> Vec<&str> {
        let index = self.header.iter().position(|known| known == name);
        let index = index.unwrap_or_else(|| panic!("no column {name} in {:?}", self.header));
        self.rows.iter().map(|row| &row[index]).collect()
    }

    /// The same as decimals, read exactly.
    pub(super) fn decimals(&self, name: &str) -> Column<'static> {
        Column::text(&self.column(name))
    }

    /// One for each row whose cell passes, else zero.
    pub(super) fn count(&self, name: &str, passes: impl Fn(&str) -> bool) -> Column<'static> {
        counts(self.column(name).into_iter().map(passes))
    }

    /// A number for each row, so that each is its own fact.
    pub(super) fn numbers(&self) -> Vec<String> {
        (0..self.len()).map(|row| row.to_string()).collect()
    }

    /// A day for tables that have none.
    pub(super) fn one_day(&self) -> Vec<Date> {
        vec![Date::new(2000, 1, 1).unwrap(); self.len()]
    }
}

/// One for each row that counts, else zero.
pub(super) fn counts(rows: impl Iterator<Item = bool>) -> Column<'static> {
    Column::owned(rows.map(i128::from).collect(), 0)
}
