//! Formulas on their own: read, checked, evaluated.

use std::ffi::{CString, c_char};

use super::argument::{Array, ErrorSlot, Options, Out, Shared, Text, free};
use super::column::ys_text_column;
use super::error::ys_error;
use super::guard::guard;
use super::status::{YS_DOMAIN, YS_SHAPE, ys_status};
use super::value::ys_value;
use super::walk::{number, shown, text};
use crate::{Formula, Value};

/// A formula over names, read from text. It never changes.
///
/// ```c
/// ys_formula *formula = NULL;
/// if (ys_formula_parse("revenue / orders", 16, &formula, &error) != YS_OK) {
///     size_t first, end; // where in the text
///     ys_error_span(error, &first, &end);
/// }
/// ```
///
/// Since ABI 1.
pub struct ys_formula {
    formula: Formula,
    normalized: CString,
    names: Vec<CString>,
}

/// Reads a formula. The language is described in the library's documentation of `Formula`: numbers,
/// names, `+ - * / ^`, parentheses and functions such as `min` and `prior`.
///
/// `formula`: the caller frees it with ys_formula_free. Errors: YS_SYNTAX; YS_UNKNOWN for a function
/// that is not there; YS_CAPACITY for more than 4,096 bytes, 256 operations or a nesting of 64; with
/// the place in the text, see ys_error_span. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_formula_parse(
    text: *const c_char,
    length: usize,
    formula: *mut *mut ys_formula,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes `length` bytes at `text` and places for the outputs, or NULL.
    let (text, result, error) = unsafe {
        (Text::new("text", text, length), Out::new("formula", formula), ErrorSlot::new(error))
    };
    guard(error, || {
        let result = result.get()?;
        let formula: Formula = text.get()?.parse()?;
        let normalized = shown(&formula.normalized());
        let names = formula.names().iter().map(|name| shown(name)).collect();
        result.give(ys_formula { formula, normalized, names });
        Ok(())
    })
}

/// The formula in one way of writing, which reads back as the same formula.
///
/// Returns text that lives as long as the formula; NULL where `formula` is NULL. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_formula_text(formula: *const ys_formula) -> *const c_char {
    // SAFETY: the caller passes NULL or a live formula.
    let formula = unsafe { Shared::new("formula", formula) };
    text(formula, |formula| Some(&formula.normalized))
}

/// How many names the formula uses. `formula` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_formula_name_count(formula: *const ys_formula) -> usize {
    // SAFETY: the caller passes NULL or a live formula.
    let formula = unsafe { Shared::new("formula", formula) };
    number(formula, 0, |formula| Some(formula.names.len()))
}

/// A name that the formula uses, in order of their first use.
///
/// Returns text that lives as long as the formula; NULL where `index` is not below
/// ys_formula_name_count, or `formula` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_formula_name(
    formula: *const ys_formula,
    index: usize,
) -> *const c_char {
    // SAFETY: the caller passes NULL or a live formula.
    let formula = unsafe { Shared::new("formula", formula) };
    text(formula, |formula| formula.names.get(index))
}

/// The value of the formula where `values[i]` stands for name `i` of `names`.
///
/// Units play no part. `names` and `values` are read during the call; `values` has as many pointers
/// as `names` has texts, and may be NULL where that is 0. `result`: the caller frees it with
/// ys_value_free; undefined with its reason where the formula divides by zero. Exact. Errors:
/// YS_SHAPE where `count` is not that of the names; YS_DOMAIN for an undefined value, and for
/// functions that need periods or rates; YS_UNKNOWN for a name that has no value, with its place;
/// those of ys_facts_builder_add_dimension for the texts. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_formula_evaluate(
    formula: *const ys_formula,
    names: *const ys_text_column,
    values: *const *const ys_value,
    count: usize,
    result: *mut *mut ys_value,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live formula, a column, `count` pointers to live values and places
    // for the outputs, or NULL.
    let (formula, names, values, result, error) = unsafe {
        (
            Shared::new("formula", formula),
            Options::new("names", names),
            Array::new("values", values, count),
            Out::new("result", result.cast::<*mut Value>()),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (formula, values, result) = (formula.get()?, values.get()?, result.get()?);
        let names: ys_text_column = names.get()?;
        if names.count != values.len() {
            let message = format!("{} names and {} values; give each name one", names.count, count);
            return Err(ys_error::refusal(YS_SHAPE, message));
        }
        // SAFETY: the caller describes its memory by the fields, for the call.
        let names = unsafe { names.all_texts("names")? };
        let mut pairs = Vec::with_capacity(values.len());
        for (name, value) in names.into_iter().zip(values) {
            // SAFETY: the caller passes live values, or NULL.
            match unsafe { ys_value::shared("values[i]", *value) }.get()? {
                Value::Defined(value) => pairs.push((name, value.clone())),
                Value::Undefined(reason) => {
                    let message = format!("the value of \"{name}\" is undefined ({reason})");
                    return Err(ys_error::refusal(YS_DOMAIN, message));
                }
            }
        }
        result.give(formula.formula.evaluate(pairs)?);
        Ok(())
    })
}

/// Frees a formula. `formula` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_formula_free(formula: *mut ys_formula) {
    // SAFETY: the caller passes NULL or a formula that is its own, once.
    unsafe { free(formula) }
}
