//! Facts, from columns that stay where they are.

use std::ffi::c_char;

use super::argument::{Array, ErrorSlot, Exclusive, Options, Out, Shared, Text, free};
use super::arrow::{Batch, Named};
use super::column::{ys_integer_column, ys_text_column, ys_wide_column};
use super::error::ys_error;
use super::guard::{Outcome, guard, shielded};
use super::model::ys_model;
use super::status::{YS_INVALID_ARGUMENT, ys_status};
use crate::{Column, Facts, FactsBuilder};

/// Collects the columns of a table of facts: the days, and one column for each dimension and measure
/// of the model. ys_facts_build makes facts of them.
///
/// What is borrowed must stay where it is, unchanged, until the builder is freed and, after
/// ys_facts_build, until the facts are freed. Text is never borrowed. Since ABI 1.
pub struct ys_facts_builder {
    /// None once it was built.
    builder: Option<FactsBuilder<'static>>,
    /// The names by which a column of a record batch is known as a dimension.
    dimensions: Vec<String>,
    /// What the columns lie in, where that was handed over; freed after them.
    batches: Vec<Batch>,
}

/// Measures by day and dimensions, checked. It never changes, and reads the borrowed columns it was
/// built from as long as it lives. Since ABI 1.
pub struct ys_facts {
    // The borrowed columns outlive this by the promise of who built it, not by a lifetime.
    pub(super) facts: Facts<'static>,
    /// Freed after the facts, which read it.
    _batches: Vec<Batch>,
}

impl ys_facts_builder {
    fn take(&mut self) -> Outcome<FactsBuilder<'static>> {
        self.builder.take().ok_or_else(|| {
            let message = "the builder was built already; make a new one".to_owned();
            ys_error::refusal(YS_INVALID_ARGUMENT, message)
        })
    }

    /// One more column. Only a column that could be read gets here, so a failure before changes
    /// nothing.
    fn add(
        &mut self,
        step: impl FnOnce(FactsBuilder<'static>) -> FactsBuilder<'static>,
    ) -> Outcome<()> {
        self.builder = Some(step(self.take()?));
        Ok(())
    }

    pub(super) fn dimensions(&self) -> &[String] {
        &self.dimensions
    }

    /// All columns of a record batch, which is kept as long as what reads it.
    pub(super) fn add_batch(&mut self, columns: Vec<Named>, batch: Batch) -> Outcome<()> {
        self.add(|facts| columns.into_iter().fold(facts, |facts, column| column.add(facts)))?;
        self.batches.push(batch);
        Ok(())
    }
}

/// Begins facts for a model.
///
/// `model` is read during the call only. `builder`: the caller frees it with ys_facts_builder_free,
/// also after ys_facts_build. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_facts_builder_new(
    model: *const ys_model,
    builder: *mut *mut ys_facts_builder,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live model and places for the outputs, or NULL.
    let (model, result, error) = unsafe {
        (Shared::new("model", model), Out::new("builder", builder), ErrorSlot::new(error))
    };
    guard(error, || {
        let result = result.get()?;
        let schema = model.get()?.model.schema();
        let builder = Some(Facts::builder(schema));
        let dimensions = schema.dimensions().to_vec();
        result.give(ys_facts_builder { builder, dimensions, batches: Vec::new() });
        Ok(())
    })
}

/// The day of each row, as days since 1970-01-01: the values of an Arrow date32 column. Rows may
/// come in any order; each day occurs once for each combination of dimension values.
///
/// `days` is borrowed, see ys_facts_builder; NULL is fine where `count` is 0. Set again, the last
/// one counts. Errors: YS_INVALID_ARGUMENT for a builder that was built; days outside the years 0001
/// to 9999 are told by ys_facts_build. Threads: alone with the builder. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_facts_builder_set_days(
    builder: *mut ys_facts_builder,
    days: *const i32,
    count: usize,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a builder of its own, `count` days that outlive what is built from
    // them, and a place for the error, or NULL.
    let (builder, days, error) = unsafe {
        (
            Exclusive::new("builder", builder),
            Array::<'static, i32>::new("days", days, count),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (builder, days) = (builder.get()?, days.get()?);
        builder.add(|facts| facts.day_numbers(days))
    })
}

/// The values of a dimension as text, one for each row.
///
/// `name` and `values` are read during the call. Errors: YS_SHAPE for offsets that do not ascend or
/// leave the data, YS_SYNTAX for what is not UTF-8, YS_MISSING for a row without a value, each with
/// row and column; YS_INVALID_ARGUMENT for a struct_size, for both kinds of offsets, or for a
/// builder that was built. On an error the builder is as before. An unknown name and a wrong number
/// of rows are told by ys_facts_build. Threads: alone with the builder. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_facts_builder_add_dimension(
    builder: *mut ys_facts_builder,
    name: *const c_char,
    name_length: usize,
    values: *const ys_text_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a builder of its own, `name_length` bytes at `name`, a column and a
    // place for the error, or NULL.
    let (builder, name, values, error) = unsafe {
        (
            Exclusive::new("builder", builder),
            Text::new("name", name, name_length),
            Options::new("values", values),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (builder, name) = (builder.get()?, name.get()?);
        let values: ys_text_column = values.get()?;
        // SAFETY: the caller describes its memory by the fields, for the call.
        let values = unsafe { values.all_texts(name)? };
        builder.add(|facts| facts.dimension(name, &values))
    })
}

/// The values of a dimension as codes into a dictionary: row `i` has text `codes[i]` of it.
///
/// `codes` is borrowed, see ys_facts_builder; NULL is fine where `count` is 0. `name` and
/// `dictionary` are read during the call. Errors: as ys_facts_builder_add_dimension, the rows being
/// those of the dictionary. A code beyond the dictionary, and a text that it has twice, are told by
/// ys_facts_build. Threads: alone with the builder. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_facts_builder_add_dimension_codes(
    builder: *mut ys_facts_builder,
    name: *const c_char,
    name_length: usize,
    codes: *const u32,
    count: usize,
    dictionary: *const ys_text_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a builder of its own, `name_length` bytes at `name`, `count` codes
    // that outlive what is built from them, a column and a place for the error, or NULL.
    let (builder, name, codes, dictionary, error) = unsafe {
        (
            Exclusive::new("builder", builder),
            Text::new("name", name, name_length),
            Array::<'static, u32>::new("codes", codes, count),
            Options::new("dictionary", dictionary),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (builder, name, codes) = (builder.get()?, name.get()?, codes.get()?);
        let dictionary: ys_text_column = dictionary.get()?;
        // SAFETY: the caller describes its memory by the fields, for the call.
        let dictionary = unsafe { dictionary.all_texts(name)? };
        builder.add(|facts| facts.dimension_codes(name, codes, &dictionary))
    })
}

/// The values of a measure as 64-bit integers that share a scale.
///
/// `name` is read during the call. `values->values` and `values->validity` are borrowed, see
/// ys_facts_builder. A value whose bit is not set is empty, which means what the measure says of a
/// missing day. Exact. Errors: YS_INVALID_ARGUMENT for a struct_size, a stride, a reserved field, or
/// a builder that was built; YS_DOMAIN for a negative scale. On an error the builder is as before.
/// An unknown name, a wrong number of rows and a scale above 38 are told by ys_facts_build. Threads:
/// alone with the builder. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_facts_builder_add_integers(
    builder: *mut ys_facts_builder,
    name: *const c_char,
    name_length: usize,
    values: *const ys_integer_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a builder of its own, `name_length` bytes at `name`, a column and a
    // place for the error, or NULL.
    let (builder, name, values, error) = unsafe {
        (
            Exclusive::new("builder", builder),
            Text::new("name", name, name_length),
            Options::new("values", values),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (builder, name) = (builder.get()?, name.get()?);
        let values: ys_integer_column = values.get()?;
        // SAFETY: the caller describes memory by the fields that outlives what is built from it.
        let column: Column<'static> = unsafe { values.column()? };
        builder.add(|facts| facts.measure(name, column))
    })
}

/// The values of a measure as 128-bit integers that share a scale: an Arrow decimal128 column.
///
/// Everything is as in ys_facts_builder_add_integers. Threads: alone with the builder. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_facts_builder_add_wide(
    builder: *mut ys_facts_builder,
    name: *const c_char,
    name_length: usize,
    values: *const ys_wide_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a builder of its own, `name_length` bytes at `name`, a column and a
    // place for the error, or NULL.
    let (builder, name, values, error) = unsafe {
        (
            Exclusive::new("builder", builder),
            Text::new("name", name, name_length),
            Options::new("values", values),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (builder, name) = (builder.get()?, name.get()?);
        let values: ys_wide_column = values.get()?;
        // SAFETY: the caller describes memory by the fields that outlives what is built from it.
        let column: Column<'static> = unsafe { values.column()? };
        builder.add(|facts| facts.measure(name, column))
    })
}

/// The values of a measure as decimal text, read as strictly as ys_decimal_parse does, but up to 38
/// decimals and 128 bits.
///
/// `name` and `values` are read during the call. A text whose bit is not set is empty, which means
/// what the measure says of a missing day; an empty text whose bit is set is refused. Exact. Errors:
/// as ys_facts_builder_add_dimension, but for YS_MISSING. Text that is no number is told by
/// ys_facts_build. Threads: alone with the builder. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_facts_builder_add_text(
    builder: *mut ys_facts_builder,
    name: *const c_char,
    name_length: usize,
    values: *const ys_text_column,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a builder of its own, `name_length` bytes at `name`, a column and a
    // place for the error, or NULL.
    let (builder, name, values, error) = unsafe {
        (
            Exclusive::new("builder", builder),
            Text::new("name", name, name_length),
            Options::new("values", values),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (builder, name) = (builder.get()?, name.get()?);
        let values: ys_text_column = values.get()?;
        // SAFETY: the caller describes its memory by the fields, for the call.
        let values = unsafe { values.texts(name)? };
        let column = Column::optional_text(&values);
        builder.add(|facts| facts.measure(name, column))
    })
}

/// Checks all columns and builds the facts.
///
/// `facts`: the caller frees it with ys_facts_free. The builder is used up, whether this succeeds or
/// not (a NULL argument does not count), and can then only be freed; it may be freed before the
/// facts. Errors: YS_INVALID with all problems at once, each with row and column where it has one: a
/// column that the model does not have (YS_UNKNOWN), one that is absent (YS_MISSING) or there twice
/// (YS_DUPLICATE), lengths that differ (YS_SHAPE), text that is no number, a number or day that does
/// not fit, no rows at all. Two rows for the same day and dimension values are YS_DUPLICATE with the
/// row of the second. YS_INVALID_ARGUMENT for a builder that was built. Threads: alone with the
/// builder. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_facts_build(
    builder: *mut ys_facts_builder,
    facts: *mut *mut ys_facts,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a builder of its own and places for the outputs, or NULL.
    let (builder, result, error) = unsafe {
        (Exclusive::new("builder", builder), Out::new("facts", facts), ErrorSlot::new(error))
    };
    guard(error, || {
        let result = result.get()?;
        let builder = builder.get()?;
        let facts = builder.take()?.build()?;
        result.give(ys_facts { facts, _batches: std::mem::take(&mut builder.batches) });
        Ok(())
    })
}

/// Frees a builder, and what it was given but not built.
///
/// `builder` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_facts_builder_free(builder: *mut ys_facts_builder) {
    // SAFETY: the caller passes NULL or a builder that is its own, once.
    unsafe { free(builder) }
}

/// How many rows the facts have.
///
/// `facts` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_facts_row_count(facts: *const ys_facts) -> usize {
    // SAFETY: the caller passes NULL or live facts.
    let facts = unsafe { Shared::new("facts", facts) };
    shielded(0, || facts.option().map_or(0, |facts| facts.facts.rows()))
}

/// Frees facts. From then on the library does not look at the borrowed columns.
///
/// `facts` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_facts_free(facts: *mut ys_facts) {
    // SAFETY: the caller passes NULL or facts that are its own, once.
    unsafe { free(facts) }
}
