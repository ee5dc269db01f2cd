//! Retention: the matrix.

use std::ptr::null;
use std::sync::OnceLock;

use super::super::argument::{ErrorSlot, Options, Out, Shared, free};
use super::super::error::ys_error;
use super::super::guard::guard;
use super::super::status::ys_status;
use super::super::value::ys_value;
use super::columns::ys_event_columns;
use super::read::{fill, read};
use super::retention::ys_retention;
use crate::events::{Cohort, RetentionMatrix};
use crate::{Reason, Value};

/// Entities that started together, and who of them came back. Columns and cohorts count from 0. It never
/// changes. Since ABI 1.
pub struct ys_retention_matrix {
    matrix: RetentionMatrix,
    /// Of each cohort.
    rows: Vec<Row>,
    weighted_rate: Values,
    mean_rate: Values,
    weighted_amount: Values,
    mean_amount: Values,
}

#[derive(Default)]
struct Row {
    rate: Values,
    amount: Values,
    per_entity: Values,
}

/// Of each column, worked out together when the first is asked for.
#[derive(Default)]
struct Values(OnceLock<Box<[Value]>>);

impl Values {
    fn at(
        &self,
        width: usize,
        column: usize,
        of: impl FnMut(usize) -> Value,
    ) -> Option<*const ys_value> {
        let values = self.0.get_or_init(|| (0..width).map(of).collect());
        values.get(column).map(ys_value::of)
    }
}

impl ys_retention_matrix {
    pub(super) fn new(matrix: RetentionMatrix) -> Self {
        let rows = matrix.cohorts().iter().map(|_| Row::default()).collect();
        Self {
            matrix,
            rows,
            weighted_rate: Values::default(),
            mean_rate: Values::default(),
            weighted_amount: Values::default(),
            mean_amount: Values::default(),
        }
    }

    fn width(&self) -> usize {
        self.matrix.columns().len()
    }

    fn cohort(&self, index: usize) -> Option<&Cohort> {
        self.matrix.cohorts().get(index)
    }
}

/// The matrix of events.
///
/// `columns` is read during the call. `matrix`: the caller frees it with ys_retention_matrix_free. Exact,
/// and the same for any order of rows. Errors: those of ys_event_columns; YS_MISSING where the query
/// needs segments or values that are not there; YS_INEXACT for a length that is no whole number of the
/// events' unit; YS_DATE for an event outside the years 0001 to 9999 where something goes by the
/// calendar; YS_CAPACITY beyond 2^26 cells. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_compute(
    retention: *const ys_retention,
    columns: *const ys_event_columns,
    matrix: *mut *mut ys_retention_matrix,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live query, columns of their struct_size and places for the outputs,
    // or NULL.
    let (retention, columns, result, error) = unsafe {
        (
            Shared::new("retention", retention),
            Options::new("columns", columns),
            Out::new("matrix", matrix),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (retention, result) = (retention.get()?, result.get()?);
        let columns: ys_event_columns = columns.get()?;
        // SAFETY: the caller describes its memory by the fields, for the call.
        let events = unsafe { columns.events()? };
        result.give(ys_retention_matrix::new(retention.query.compute(&events)?));
        Ok(())
    })
}

/// How many columns the matrix has.
///
/// `matrix` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_column_count(
    matrix: *const ys_retention_matrix,
) -> usize {
    // SAFETY: the caller passes NULL or a live matrix.
    let matrix = unsafe { Shared::new("matrix", matrix) };
    read(matrix, 0, |matrix| Some(matrix.width()))
}

/// The first and the last interval of a column: the same, but for brackets.
///
/// Returns whether the column is there; only then `first` and `last` are written, which may be NULL.
/// `matrix` may be NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_column(
    matrix: *const ys_retention_matrix,
    column: usize,
    first: *mut u32,
    last: *mut u32,
) -> bool {
    // SAFETY: the caller passes NULL or a live matrix, and NULL or places for numbers.
    let (matrix, first, last) = unsafe {
        (Shared::new("matrix", matrix), Out::new("first", first), Out::new("last", last))
    };
    read(matrix, false, |matrix| {
        let span = matrix.matrix.columns().get(column)?;
        fill(first, *span.start());
        fill(last, *span.end());
        Some(true)
    })
}

/// How many entities have events, but none that starts. They are in no cohort.
///
/// `matrix` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_never_started(
    matrix: *const ys_retention_matrix,
) -> u64 {
    // SAFETY: the caller passes NULL or a live matrix.
    let matrix = unsafe { Shared::new("matrix", matrix) };
    read(matrix, 0, |matrix| Some(matrix.matrix.never_started()))
}

/// How many cohorts there are: by period, and within each by segment.
///
/// `matrix` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_cohort_count(
    matrix: *const ys_retention_matrix,
) -> usize {
    // SAFETY: the caller passes NULL or a live matrix.
    let matrix = unsafe { Shared::new("matrix", matrix) };
    read(matrix, 0, |matrix| Some(matrix.matrix.cohorts().len()))
}

/// How many entities a cohort has.
///
/// Returns 0 where `cohort` is not below ys_retention_matrix_cohort_count, or `matrix` is NULL. Threads:
/// any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_size(
    matrix: *const ys_retention_matrix,
    cohort: usize,
) -> u64 {
    // SAFETY: the caller passes NULL or a live matrix.
    let matrix = unsafe { Shared::new("matrix", matrix) };
    read(matrix, 0, |matrix| Some(matrix.cohort(cohort)?.size()))
}

/// The first and the last day in which the starts of a cohort lie, as days since 1970-01-01.
///
/// Returns whether it is there and cohorts go by the calendar; only then `first` and `last` are written,
/// which may be NULL. `matrix` may be NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_period(
    matrix: *const ys_retention_matrix,
    cohort: usize,
    first: *mut i32,
    last: *mut i32,
) -> bool {
    // SAFETY: the caller passes NULL or a live matrix, and NULL or places for numbers.
    let (matrix, first, last) = unsafe {
        (Shared::new("matrix", matrix), Out::new("first", first), Out::new("last", last))
    };
    read(matrix, false, |matrix| {
        let period = matrix.cohort(cohort)?.period()?;
        fill(first, period.first().number());
        fill(last, period.last().number());
        Some(true)
    })
}

/// The number n of the period of a cohort: from n times the length on, to before n + 1 times.
///
/// Returns whether it is there and cohorts go by a length; only then `number` is written, which may be
/// NULL. `matrix` may be NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_number(
    matrix: *const ys_retention_matrix,
    cohort: usize,
    number: *mut i64,
) -> bool {
    // SAFETY: the caller passes NULL or a live matrix, and NULL or a place for a number.
    let (matrix, number) = unsafe { (Shared::new("matrix", matrix), Out::new("number", number)) };
    read(matrix, false, |matrix| {
        fill(number, matrix.cohort(cohort)?.number()?);
        Some(true)
    })
}

/// The segment of a cohort.
///
/// Returns whether it is there and cohorts go by segments; only then `segment` is written, which may be
/// NULL. `matrix` may be NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_segment(
    matrix: *const ys_retention_matrix,
    cohort: usize,
    segment: *mut u32,
) -> bool {
    // SAFETY: the caller passes NULL or a live matrix, and NULL or a place for a number.
    let (matrix, segment) =
        unsafe { (Shared::new("matrix", matrix), Out::new("segment", segment)) };
    read(matrix, false, |matrix| {
        fill(segment, matrix.cohort(cohort)?.segment()?);
        Some(true)
    })
}

/// How many entities of a cohort came back.
///
/// Returns whether the cell is there and mature, which is to say that what it counts can change no more;
/// only then `count` is written, which may be NULL. `matrix` may be NULL: false. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_count(
    matrix: *const ys_retention_matrix,
    cohort: usize,
    column: usize,
    count: *mut u64,
) -> bool {
    // SAFETY: the caller passes NULL or a live matrix, and NULL or a place for a number.
    let (matrix, count) = unsafe { (Shared::new("matrix", matrix), Out::new("count", count)) };
    read(matrix, false, |matrix| {
        fill(count, matrix.cohort(cohort)?.count(column)?);
        Some(true)
    })
}

/// A value of a cell.
fn cell(
    matrix: Shared<'_, ys_retention_matrix>,
    (cohort, column): (usize, usize),
    values: impl FnOnce(&Row) -> &Values,
    of: impl Fn(&Cohort, usize) -> Value,
) -> *const ys_value {
    read(matrix, null(), |matrix| {
        let (row, cohort) = (matrix.rows.get(cohort)?, matrix.cohort(cohort)?);
        values(row).at(matrix.width(), column, |column| of(cohort, column))
    })
}

/// The share of entities of a cohort that came back; YS_REASON_MISSING where the cell is not mature.
///
/// Returns a value that belongs to the matrix; NULL where cohort or column are not there, or `matrix` is
/// NULL. Exact. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_rate(
    matrix: *const ys_retention_matrix,
    cohort: usize,
    column: usize,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or a live matrix.
    let matrix = unsafe { Shared::new("matrix", matrix) };
    cell(matrix, (cohort, column), |row| &row.rate, Cohort::rate)
}

/// The sum of the values of the returns of a cohort; YS_REASON_MISSING where the cell is not mature, or
/// the query does not ask for amounts. Everything else is as in ys_retention_matrix_rate. Threads: any.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_amount(
    matrix: *const ys_retention_matrix,
    cohort: usize,
    column: usize,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or a live matrix.
    let matrix = unsafe { Shared::new("matrix", matrix) };
    let amount = |cohort: &Cohort, column| match cohort.amount(column) {
        Some(amount) => Value::Defined(amount.clone()),
        None => Value::Undefined(Reason::Missing),
    };
    cell(matrix, (cohort, column), |row| &row.amount, amount)
}

/// That amount for each entity of the cohort. Everything else is as in ys_retention_matrix_amount.
/// Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_amount_per_entity(
    matrix: *const ys_retention_matrix,
    cohort: usize,
    column: usize,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or a live matrix.
    let matrix = unsafe { Shared::new("matrix", matrix) };
    cell(matrix, (cohort, column), |row| &row.per_entity, Cohort::amount_per_entity)
}

/// A value of a column.
fn column_value(
    matrix: Shared<'_, ys_retention_matrix>,
    column: usize,
    values: impl FnOnce(&ys_retention_matrix) -> &Values,
    of: impl Fn(&RetentionMatrix, usize) -> Value,
) -> *const ys_value {
    read(matrix, null(), |matrix| {
        values(matrix).at(matrix.width(), column, |column| of(&matrix.matrix, column))
    })
}

/// The rate of all entities whose cell in a column is mature: the sum of their counts over the sum of
/// their sizes; YS_REASON_MISSING where no cell is.
///
/// Returns a value that belongs to the matrix; NULL where the column is not there, or `matrix` is NULL.
/// Exact. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_weighted_rate(
    matrix: *const ys_retention_matrix,
    column: usize,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or a live matrix.
    let matrix = unsafe { Shared::new("matrix", matrix) };
    column_value(matrix, column, |of| &of.weighted_rate, RetentionMatrix::weighted_rate)
}

/// The mean of the rates of the cohorts whose cell is mature, each of the same weight. Everything else is
/// as in ys_retention_matrix_weighted_rate. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_mean_rate(
    matrix: *const ys_retention_matrix,
    column: usize,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or a live matrix.
    let matrix = unsafe { Shared::new("matrix", matrix) };
    column_value(matrix, column, |of| &of.mean_rate, RetentionMatrix::mean_rate)
}

/// The amount for each entity of all whose cell is mature. Everything else is as in
/// ys_retention_matrix_weighted_rate. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_weighted_amount(
    matrix: *const ys_retention_matrix,
    column: usize,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or a live matrix.
    let matrix = unsafe { Shared::new("matrix", matrix) };
    column_value(matrix, column, |of| &of.weighted_amount, RetentionMatrix::weighted_amount)
}

/// The mean of the amounts for each entity of the cohorts whose cell is mature. Everything else is as in
/// ys_retention_matrix_weighted_rate. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_mean_amount(
    matrix: *const ys_retention_matrix,
    column: usize,
) -> *const ys_value {
    // SAFETY: the caller passes NULL or a live matrix.
    let matrix = unsafe { Shared::new("matrix", matrix) };
    column_value(matrix, column, |of| &of.mean_amount, RetentionMatrix::mean_amount)
}

/// Frees a matrix, and all values that belong to it.
///
/// `matrix` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_retention_matrix_free(matrix: *mut ys_retention_matrix) {
    // SAFETY: the caller passes NULL or a matrix that is its own, once.
    unsafe { free(matrix) }
}
