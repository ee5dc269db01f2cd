//! Tables of values, walked without a copy.

use std::ffi::{CString, c_char};
use std::sync::{Arc, OnceLock};

use super::argument::{Out, Shared, Text, free};
use super::value::ys_value;
use super::walk::{Texts, exact_text, maybe, number, period, pointer, shown, text};
use crate::{Report, Table};

/// What a query gives: rows of keys, and a column of values for each metric. It never changes.
///
/// One that a function creates is freed with ys_table_free. One that is asked of a report, as
/// `const ys_table *`, belongs to the report and is not freed. Rows are in order of time, then of
/// their keys alphabetically.
///
/// ```c
/// for (size_t row = 0; row < ys_table_row_count(table); row++) {
///     const char *country = ys_table_key(table, row, 0, NULL);
///     const ys_value *value = ys_table_value(table, row, 0);
///     ys_decimal shown;
///     if (ys_value_round(value, &rounding, &shown, NULL) == YS_OK) { ... }
/// }
/// ```
///
/// Since ABI 1.
pub struct ys_table {
    source: Source,
    dimensions: Vec<CString>,
    columns: Vec<(CString, CString)>,
    /// Made at the first call that asks for a key or a bucket.
    keys: OnceLock<Keys>,
}

enum Source {
    Own(Table),
    /// That of a query of a report.
    Of(Arc<Report>, usize),
}

#[derive(Default)]
struct Keys {
    /// For each row a value for each dimension.
    keys: Texts,
    /// For each row, where there are any.
    buckets: Texts,
}

impl ys_table {
    pub(super) fn new(table: Table) -> Self {
        Self::with(Source::Own(table))
    }

    /// The table of a query of a report that has it.
    pub(super) fn of(report: &Arc<Report>, query: usize) -> Self {
        Self::with(Source::Of(Arc::clone(report), query))
    }

    fn with(source: Source) -> Self {
        let table = source.table();
        let dimensions = table.dimensions.iter().map(|name| shown(name)).collect();
        let columns = table.columns.iter();
        let columns = columns.map(|c| (shown(&c.metric), shown(&c.unit.to_string()))).collect();
        Self { dimensions, columns, keys: OnceLock::new(), source }
    }

    fn table(&self) -> &Table {
        self.source.table()
    }

    fn keys(&self) -> &Keys {
        self.keys.get_or_init(|| {
            let mut keys = Keys::default();
            for row in &self.table().rows {
                row.key.iter().for_each(|value| keys.keys.push(value));
                row.bucket.iter().for_each(|bucket| keys.buckets.push(bucket));
            }
            keys
        })
    }
}

impl Source {
    fn table(&self) -> &Table {
        match self {
            Self::Own(table) => table,
            Self::Of(report, query) => &report.queries()[*query].table,
        }
    }
}

/// How many rows a table has.
///
/// `table` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_table_row_count(table: *const ys_table) -> usize {
    // SAFETY: the caller passes NULL or a live table.
    let table = unsafe { Shared::new("table", table) };
    number(table, 0, |table| Some(table.table().rows.len()))
}

/// How many columns of values a table has: one for each metric, in the order asked for.
///
/// `table` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_table_column_count(table: *const ys_table) -> usize {
    // SAFETY: the caller passes NULL or a live table.
    let table = unsafe { Shared::new("table", table) };
    number(table, 0, |table| Some(table.columns.len()))
}

/// How many dimensions the keys of a table have.
///
/// `table` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_table_dimension_count(table: *const ys_table) -> usize {
    // SAFETY: the caller passes NULL or a live table.
    let table = unsafe { Shared::new("table", table) };
    number(table, 0, |table| Some(table.dimensions.len()))
}

/// The name of a dimension of the keys.
///
/// Returns text that lives as long as the table; NULL where there is no such dimension, or `table`
/// is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_table_dimension_name(
    table: *const ys_table,
    dimension: usize,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live table.
    let table = unsafe { Shared::new("table", table) };
    text(table, |table| table.dimensions.get(dimension))
}

/// The metric of a column, as it was asked for.
///
/// Returns text that lives as long as the table; NULL where there is no such column, or `table` is
/// NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_table_column_name(
    table: *const ys_table,
    column: usize,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live table.
    let table = unsafe { Shared::new("table", table) };
    text(table, |table| table.columns.get(column).map(|(name, _)| name))
}

/// The unit of a column, such as `EUR/order`; `1` for pure numbers.
///
/// Returns text that lives as long as the table; NULL where there is no such column, or `table` is
/// NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_table_column_unit(
    table: *const ys_table,
    column: usize,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live table.
    let table = unsafe { Shared::new("table", table) };
    text(table, |table| table.columns.get(column).map(|(_, unit)| unit))
}

/// Which column has a metric.
///
/// Returns whether there is one; only then `column` is written. `column` may be NULL. False where
/// the name is not UTF-8, or `table` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_table_find_column(
    table: *const ys_table,
    name: *const c_char,
    name_length: usize,
    column: *mut usize,
) -> bool {
    // SAFETY: the caller passes NULL or a live table, `name_length` bytes at `name`, and NULL or a
    // place for a number.
    let (table, name, column) = unsafe {
        (
            Shared::new("table", table),
            Text::new("name", name, name_length),
            Out::new("column", column),
        )
    };
    maybe(table, column, |table: &ys_table| {
        let name = name.get().ok()?;
        table.table().columns.iter().position(|column| column.metric == name)
    })
}

/// The value of a dimension in the key of a row, as the facts have it.
///
/// Returns text that lives as long as the table; NULL where there is no such row or dimension, or
/// `table` is NULL. `length` may be NULL; it gets the bytes without the NUL at the end, for keys
/// with a NUL inside. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_table_key(
    table: *const ys_table,
    row: usize,
    dimension: usize,
    length: *mut usize,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live table, and NULL or a place for a number.
    let (table, length) = unsafe { (Shared::new("table", table), Out::new("length", length)) };
    exact_text(table, length, |table: &ys_table| {
        let width = table.dimensions.len();
        let is_there = row < table.table().rows.len() && dimension < width;
        is_there.then(|| table.keys().keys.get(row * width + dimension)).flatten()
    })
}

/// The name of the bucket of time of a row, such as `2011-W49`.
///
/// Returns text that lives as long as the table; NULL where no grain was asked for, there is no such
/// row, or `table` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_table_bucket(table: *const ys_table, row: usize) -> *const c_char {
    // SAFETY: the caller passes NULL or a live table.
    let table = unsafe { Shared::new("table", table) };
    pointer(table, |table: &ys_table| table.keys().buckets.get(row).map(|(text, _)| text))
}

/// The days of a row, both included, as days since 1970-01-01.
///
/// Returns whether there is such a row; only then `first` and `last` are written. Both may be NULL.
/// `table` may be NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_table_period(
    table: *const ys_table,
    row: usize,
    first: *mut i32,
    last: *mut i32,
) -> bool {
    // SAFETY: the caller passes NULL or a live table, and NULL or places for numbers.
    let (table, first, last) =
        unsafe { (Shared::new("table", table), Out::new("first", first), Out::new("last", last)) };
    period(table, first, last, |table| table.table().rows.get(row).map(|row| row.period))
}

/// The value of a column in a row. Exact.
///
/// Returns a value that belongs to the table and lives as long: do not free it. NULL where there is
/// no such row or column, or `table` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_table_value(
    table: *const ys_table,
    row: usize,
    column: usize,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or a live table.
    let table = unsafe { Shared::new("table", table) };
    pointer(table, |table| table.table().columns.get(column)?.values.get(row).map(ys_value::of))
}

/// Frees a table that a function created.
///
/// `table` may be NULL; it must not come from a report. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_table_free(table: *mut ys_table) {
    // SAFETY: the caller passes NULL or a table that is its own, once.
    unsafe { free(table) }
}
