//! The model: read, asked what it needs, evaluated.

use std::ffi::{CString, c_char};
use std::ptr::null;

use super::argument::{ErrorSlot, Out, Shared, Text, free};
use super::error::ys_error;
use super::facts::ys_facts;
use super::guard::{guard, shielded};
use super::report::ys_report;
use super::status::ys_status;
use crate::{Date, Model};

/// Measures, KPIs, queries, funnels and targets, checked against each other. It never changes.
/// Since ABI 1.
pub struct ys_model {
    pub(super) model: Model,
    dimensions: Vec<CString>,
    measures: Vec<CString>,
}

/// Reads a model from a JSON document. The document is described in the library's documentation of
/// the module `model::document`.
///
/// `model`: the caller frees it with ys_model_free. Exact: numbers in the document are integers or
/// text, and a float is refused. Errors: YS_SYNTAX where the text is not JSON, else YS_INVALID with
/// everything that is wrong as problems, each with its path. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_model_from_json(
    text: *const c_char,
    length: usize,
    model: *mut *mut ys_model,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes `length` bytes at `text` and places for the outputs, or NULL.
    let (text, result, error) = unsafe {
        (Text::new("text", text, length), Out::new("model", model), ErrorSlot::new(error))
    };
    guard(error, || {
        let result = result.get()?;
        let model = Model::from_json(text.get()?)?;
        // Names are letters, digits and _: none has a NUL.
        let name = |name: &str| CString::new(name).unwrap_or_default();
        let schema = model.schema();
        let dimensions = schema.dimensions().iter().map(|dimension| name(dimension)).collect();
        let given = schema.measures().iter().filter(|measure| measure.formula().is_none());
        let measures = given.map(|measure| name(measure.name())).collect();
        result.give(ys_model { model, dimensions, measures });
        Ok(())
    })
}

/// How many dimensions facts for this model have.
///
/// `model` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_model_dimension_count(model: *const ys_model) -> usize {
    // SAFETY: the caller passes NULL or a live model.
    let model = unsafe { Shared::new("model", model) };
    shielded(0, || model.option().map_or(0, |model| model.dimensions.len()))
}

/// The name of a dimension, in the order of the document.
///
/// Returns text that lives as long as the model; NULL where `index` is not below
/// ys_model_dimension_count, or `model` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_model_dimension_name(
    model: *const ys_model,
    index: usize,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live model.
    let model = unsafe { Shared::new("model", model) };
    shielded(null(), || name_at(model.option().map(|model| model.dimensions.as_slice()), index))
}

/// How many measures facts for this model have. One that is computed for each row from others is
/// not given, and not counted.
///
/// `model` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_model_measure_count(model: *const ys_model) -> usize {
    // SAFETY: the caller passes NULL or a live model.
    let model = unsafe { Shared::new("model", model) };
    shielded(0, || model.option().map_or(0, |model| model.measures.len()))
}

/// The name of a measure, in the order of the document.
///
/// Returns text that lives as long as the model; NULL where `index` is not below
/// ys_model_measure_count, or `model` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_model_measure_name(
    model: *const ys_model,
    index: usize,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live model.
    let model = unsafe { Shared::new("model", model) };
    shielded(null(), || name_at(model.option().map(|model| model.measures.as_slice()), index))
}

fn name_at(names: Option<&[CString]>, index: usize) -> *const c_char {
    names.and_then(|names| names.get(index)).map_or(null(), |name| name.as_ptr())
}

/// Evaluates everything in the model over facts, as of the end of a day. Facts of later days are not
/// looked at.
///
/// `as_of`: days since 1970-01-01; ys_date_parse makes them from text. `report`: the caller frees it
/// with ys_report_free; it needs neither the model nor the facts. The columns of `facts` are read.
/// Exact: nothing is rounded before the report is written. Errors: YS_SHAPE for facts of another
/// model; YS_DATE for a day outside the years 0001 to 9999; what an evaluation refuses, with its
/// path. Threads: any, several at once over the same model and facts. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_model_evaluate(
    model: *const ys_model,
    facts: *const ys_facts,
    as_of: i32,
    report: *mut *mut ys_report,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes live handles and places for the outputs, or NULL.
    let (model, facts, report, error) = unsafe {
        (
            Shared::new("model", model),
            Shared::new("facts", facts),
            Out::new("report", report),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let report = report.get()?;
        let as_of = Date::from_number(as_of)?;
        let result = model.get()?.model.evaluate(&facts.get()?.facts, as_of)?;
        report.give(ys_report::new(result));
        Ok(())
    })
}

/// Frees a model.
///
/// `model` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_model_free(model: *mut ys_model) {
    // SAFETY: the caller passes NULL or a model that is its own, once.
    unsafe { free(model) }
}
