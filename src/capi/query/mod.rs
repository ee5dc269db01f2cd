//! Queries: metrics by dimensions and buckets of time, over facts.

use std::ffi::c_char;

use super::argument::{ErrorSlot, Exclusive, Options, Out, Shared, Text, free};
use super::column::ys_text_column;
use super::error::ys_error;
use super::facts::ys_facts;
use super::guard::{Outcome, guard};
use super::status::ys_status;
use super::table::ys_table;
use super::time_unit::{self, ys_grain};
use crate::{Date, Grain, Period, Query};

mod kpi_set;

pub use self::kpi_set::{
    ys_kpi_set, ys_kpi_set_count, ys_kpi_set_free, ys_kpi_set_name, ys_kpi_set_new,
    ys_kpi_set_of_model, ys_kpi_set_unit,
};

/// Which metrics, by which dimensions, at which grain, within which period, where what.
///
/// ```c
/// ys_query *query = NULL;
/// ys_query_new(&query, NULL);
/// ys_query_add_metric(query, "aov", 3, NULL);
/// ys_query_by(query, "country", 7, NULL);
/// ys_table *table = NULL;
/// ys_query_run(query, set, facts, &table, &error);
/// ```
///
/// What is wrong with it is told by ys_query_run, all at once. Since ABI 1.
#[derive(Default)]
pub struct ys_query {
    metrics: Vec<String>,
    by: Vec<String>,
    only: Vec<(String, Vec<String>)>,
    grain: Option<Grain>,
    period: Option<Period>,
    compare: Option<Period>,
    reported: bool,
}

impl ys_query {
    fn build(&self) -> Query {
        let mut query = Query::of(self.metrics.iter().cloned());
        for dimension in &self.by {
            query = query.by(dimension);
        }
        for (dimension, values) in &self.only {
            query = query.only(dimension, values.iter().cloned());
        }
        if let Some(grain) = self.grain {
            query = query.grain(grain);
        }
        if let Some(period) = self.period {
            query = query.within(period);
        }
        if let Some(period) = self.compare {
            query = query.compare(period);
        }
        if self.reported { query.reported() } else { query }
    }
}

/// Begins a query: no metrics yet, in total, over all days that the facts have.
///
/// `query`: the caller frees it with ys_query_free. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_query_new(
    query: *mut *mut ys_query,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes places for the outputs, or NULL.
    let (result, error) = unsafe { (Out::new("query", query), ErrorSlot::new(error)) };
    guard(error, || {
        result.get()?.give(ys_query::default());
        Ok(())
    })
}

/// One more metric: a KPI or a measure by its name. Where both have the name it is the measure, and
/// `kpi.name` the KPI. Errors: YS_SYNTAX for what is not UTF-8. Threads: alone with the query. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_query_add_metric(
    query: *mut ys_query,
    name: *const c_char,
    name_length: usize,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a query of its own, `name_length` bytes at `name` and a place for
    // the error, or NULL.
    let (query, name, error) = unsafe {
        (
            Exclusive::new("query", query),
            Text::new("name", name, name_length),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (query, name) = (query.get()?, name.get()?);
        query.metrics.push(name.to_owned());
        Ok(())
    })
}

/// One row for each value of this dimension; may be called for several. Errors: YS_SYNTAX for what
/// is not UTF-8. Threads: alone with the query. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_query_by(
    query: *mut ys_query,
    dimension: *const c_char,
    dimension_length: usize,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a query of its own, `dimension_length` bytes at `dimension` and a
    // place for the error, or NULL.
    let (query, dimension, error) = unsafe {
        (
            Exclusive::new("query", query),
            Text::new("dimension", dimension, dimension_length),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (query, dimension) = (query.get()?, dimension.get()?);
        query.by.push(dimension.to_owned());
        Ok(())
    })
}

/// Only rows whose `dimension` has one of these values; several calls must all hold.
///
/// `values` is read during the call. Errors: those of ys_facts_builder_add_dimension for the texts.
/// Threads: alone with the query. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_query_only(
    query: *mut ys_query,
    dimension: *const c_char,
    dimension_length: usize,
    values: *const ys_text_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a query of its own, `dimension_length` bytes at `dimension`, a
    // column and a place for the error, or NULL.
    let (query, dimension, values, error) = unsafe {
        (
            Exclusive::new("query", query),
            Text::new("dimension", dimension, dimension_length),
            Options::new("values", values),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (query, dimension) = (query.get()?, dimension.get()?);
        let values: ys_text_column = values.get()?;
        // SAFETY: the caller describes its memory by the fields, for the call.
        let values = unsafe { values.all_texts(dimension)? };
        let values = values.into_iter().map(str::to_owned).collect();
        query.only.push((dimension.to_owned(), values));
        Ok(())
    })
}

/// One row for each bucket of time: `grain` is one of YS_GRAIN. Set again, the last one counts.
/// Errors: YS_INVALID_ARGUMENT for one that is not listed. Threads: alone with the query. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_query_set_grain(
    query: *mut ys_query,
    grain: ys_grain,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a query of its own and a place for the error, or NULL.
    let (query, error) = unsafe { (Exclusive::new("query", query), ErrorSlot::new(error)) };
    guard(error, || {
        query.get()?.grain = time_unit::grain("grain", grain)?;
        Ok(())
    })
}

fn period(first: i32, last: i32) -> Outcome<Period> {
    Ok(Period::inclusive(Date::from_number(first)?, Date::from_number(last)?)?)
}

/// Only the days from `first` to `last`, both included, as days since 1970-01-01. Set again, the
/// last ones count. Errors: YS_DATE for days outside the years 0001 to 9999, or in the wrong order.
/// Threads: alone with the query. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_query_set_period(
    query: *mut ys_query,
    first: i32,
    last: i32,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a query of its own and a place for the error, or NULL.
    let (query, error) = unsafe { (Exclusive::new("query", query), ErrorSlot::new(error)) };
    guard(error, || {
        query.get()?.period = Some(period(first, last)?);
        Ok(())
    })
}

/// The days that `prior` means in formulas. Without them, and with a grain, it means the bucket
/// before; without a grain, as many days right before. Everything is as in ys_query_set_period. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_query_set_compare(
    query: *mut ys_query,
    first: i32,
    last: i32,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a query of its own and a place for the error, or NULL.
    let (query, error) = unsafe { (Exclusive::new("query", query), ErrorSlot::new(error)) };
    guard(error, || {
        query.get()?.compare = Some(period(first, last)?);
        Ok(())
    })
}

/// Whether all metrics are in the reporting currency of the KPIs. Threads: alone with the query.
/// Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_query_set_reported(
    query: *mut ys_query,
    reported: bool,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a query of its own and a place for the error, or NULL.
    let (query, error) = unsafe { (Exclusive::new("query", query), ErrorSlot::new(error)) };
    guard(error, || {
        query.get()?.reported = reported;
        Ok(())
    })
}

/// Evaluates a query over facts.
///
/// `table`: the caller frees it with ys_table_free; it needs none of the others. The columns of
/// `facts` are read. Exact: measures roll up first and formulas run last, so a ratio is never
/// averaged. Errors: YS_INVALID with everything that is wrong with the query: a metric or dimension
/// that is not there, or no metric at all; YS_SHAPE for facts of another model; YS_CAPACITY for more
/// than 16,777,216 cells, or what would take too long. Threads: any, several at once over the same
/// handles. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_query_run(
    query: *const ys_query,
    set: *const ys_kpi_set,
    facts: *const ys_facts,
    table: *mut *mut ys_table,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes live handles and places for the outputs, or NULL.
    let (query, set, facts, result, error) = unsafe {
        (
            Shared::new("query", query),
            Shared::new("set", set),
            Shared::new("facts", facts),
            Out::new("table", table),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let result = result.get()?;
        let (query, set, facts) = (query.get()?, set.get()?, facts.get()?);
        let table = query.build().run(&set.set, &facts.facts, set.calendar)?;
        result.give(ys_table::new(table));
        Ok(())
    })
}

/// Frees a query. `query` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_query_free(query: *mut ys_query) {
    // SAFETY: the caller passes NULL or a query that is its own, once.
    unsafe { free(query) }
}
