//! Record batches by the Arrow C Data Interface, read where they lie.

use std::sync::Arc;

use super::argument::{ErrorSlot, Exclusive};
use super::error::ys_error;
use super::facts::ys_facts_builder;
use super::guard::guard;
use super::status::ys_status;

mod layout;
mod read;

pub use self::layout::{ArrowArray, ArrowSchema};

use self::layout::Taken;

/// A record batch that facts read, and what was made for it besides.
pub(super) struct Batch {
    /// Released when this is dropped.
    _array: Taken<ArrowArray>,
    /// Bitmaps that did not begin at a whole byte.
    _bitmaps: Vec<Arc<[u8]>>,
}

/// Adds all columns of an Arrow record batch: a struct array, of the format `+s`, as the Arrow C
/// Data Interface hands it over.
///
/// A column is matched by its name to a dimension or measure of the model. That of the days is the
/// one with dates or timestamps, whatever its name.
///
/// | column | formats |
/// |---|---|
/// | days | `tdD`; `tdm` and timestamps `tss: tsm: tsu: tsn:` without a time zone or in UTC, at the beginning of a day |
/// | dimension | `u`, `U`; the same in a dictionary, with any integer as the index |
/// | measure | `l`, `d:P,S` and `d:P,S,128`; `c C s S i I L`; `u` and `U` as decimal text |
///
/// Days of `tdD`, values of `l` and `d`, and the index `i` or `I` of a dictionary are read where they
/// lie, if they are aligned; all else is copied. Offsets of arrays are followed. An empty value of a
/// measure means what the measure says of a missing day; days and dimensions have none.
///
/// `schema` and `array` are taken over whatever the status: their `release` is NULL afterwards, and
/// the library calls what it was once. That of the schema is called before this returns. That of the
/// array is called when what reads it is freed: the facts, or the builder where it was not built; on
/// an error before this returns. It may be called by any thread. A table of several batches is
/// combined before.
///
/// ```c
/// struct ArrowSchema schema; // filled by an exporter
/// struct ArrowArray array;
/// ys_facts_builder_add_record_batch(builder, &schema, &array, &error);
/// ```
///
/// On an error the builder is as before. Exact. Errors: YS_INVALID_ARGUMENT for a struct that was
/// released, or a builder that was built; YS_TYPE for another format, floats among them; YS_DOMAIN
/// for a scale below 0; YS_MISSING for a day or dimension without a value; YS_SHAPE for lengths,
/// offsets, buffers or an index that do not fit; YS_SYNTAX for what is not UTF-8; YS_DATE for days
/// outside the years 0001 to 9999, and for timestamps within a day; each with its column, and its row
/// where it has one. A column that the model does not have, and what it has twice or not, are told
/// by ys_facts_build. Threads: alone with the builder. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_facts_builder_add_record_batch(
    builder: *mut ys_facts_builder,
    schema: *mut ArrowSchema,
    array: *mut ArrowArray,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a builder of its own, structs of the interface and a place for the
    // error, or NULL.
    let (builder, schema, array, error) = unsafe {
        (
            Exclusive::new("builder", builder),
            Exclusive::new("schema", schema),
            Exclusive::new("array", array),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        // Both first, so that each is released whatever is wrong with the other.
        // SAFETY: the caller passes what the interface asks for, as documented.
        let (schema, array) =
            unsafe { (Taken::take("schema", schema), Taken::take("array", array)) };
        let (schema, array) = (schema?, array?);
        let builder = builder.get()?;
        let mut bitmaps = Vec::new();
        // SAFETY: the buffers are what the interface says, and lie as long as the batch below lives,
        // which outlives what the builder makes of them.
        let columns = unsafe {
            read::columns(schema.get(), array.get(), builder.dimensions(), &mut bitmaps)?
        };
        builder.add_batch(columns, Batch { _array: array, _bitmaps: bitmaps })
    })
}

pub(super) use self::read::Named;
