//! Yardstick: funnels, KPIs and targets, computed exactly. The C interface.
//!
//! The header `yardstick.h` is generated from this module of the Rust library, so it is not changed
//! by hand. These rules hold for every function, and a function only says where it differs.
//!
//! Building. `cargo rustc --lib --release --features capi --crate-type staticlib` makes a library to
//! link statically, `cdylib` a shared one. On Linux a static one needs `-lpthread -ldl -lm` as well;
//! `-- --print native-static-libs` at the end of the command names what another system needs.
//!
//! Results. A function that can fail returns a status: YS_OK is 0, every other number has a name and
//! never gets another meaning. Outputs are the last arguments before `error`, and are written only
//! where the status is YS_OK. `error` may be NULL; otherwise it is written only where the status is
//! not YS_OK, with an error that the caller frees by ys_error_free. What it pointed to before is
//! overwritten, so let it point to NULL.
//!
//! Ownership. Who gets a handle frees it, once, with the function of its type; freeing NULL does
//! nothing. Handles do not depend on each other: a model may be freed before the facts that were
//! built for it. A `const char *` that a function returns is NUL-terminated UTF-8, belongs to the
//! handle it was asked of and lives as long; those without a handle live for ever.
//!
//! Pointers. NULL is refused with YS_NULL_ARGUMENT unless a function says otherwise. A pointer that
//! is given must be valid for what it is named for: no library can check that. Text goes in as
//! pointer and length in bytes, in UTF-8, without a NUL at its end, and NULL is fine where the
//! length is 0. It is read during the call and not kept. Columns are borrowed; each says for how
//! long.
//!
//! Text out goes into a buffer of the caller, with a NUL at its end. `needed` is the size it takes,
//! that NUL included. A NULL buffer of capacity 0 asks for that size only. A buffer that is too
//! small is left as it is: YS_BUFFER_TOO_SMALL, and `needed` is written all the same. `needed` may
//! be NULL where there is a buffer.
//!
//! Structs that begin with `struct_size` are begun with the macro of their name that ends in _INIT,
//! so that a later version can add fields. Sizes that no version had are refused.
//!
//! Threads. There is no state outside the handles, none that belongs to a thread, and no callback.
//! Any number of threads may use one handle at once where every call takes it as `const`. A call
//! that takes it without `const`, or frees it, must be alone. Every handle may move between threads.
//!
//! Exactness. Every result is exact, or rounded once as the caller asked, or an error. No double
//! goes in or comes out, and the same input gives the same bytes on every platform.
//!
//! A defect of the library itself ends as YS_PANIC and does not unwind into C. The handles of that
//! call may then only be freed.

// The rest of the crate has no unsafe code. Here each unsafe block says what the caller promised.
#![allow(unsafe_code, reason = "a C interface reads pointers")]
#![allow(non_camel_case_types, reason = "the names are those of C")]
#![allow(
    clippy::missing_safety_doc,
    reason = "the whole documentation of a function is its contract, and goes into the header"
)]
#![deny(clippy::undocumented_unsafe_blocks, unsafe_op_in_unsafe_fn)]

mod argument;
mod column;
mod date;
mod decimal;
mod error;
mod facts;
mod guard;
mod model;
mod report;
mod rounding;
mod status;
mod version;

pub use self::column::{ys_integer_column, ys_text_column, ys_wide_column};
pub use self::date::{YS_DATE_CAPACITY, ys_date_format, ys_date_parse};
pub use self::decimal::{
    YS_DECIMAL_CAPACITY, ys_decimal, ys_decimal_format, ys_decimal_parse, ys_decimal_round,
    ys_int128,
};
pub use self::error::{
    ys_error, ys_error_column, ys_error_detail, ys_error_free, ys_error_message, ys_error_path,
    ys_error_problem, ys_error_problem_count, ys_error_row, ys_error_span, ys_error_status,
};
pub use self::facts::{
    ys_facts, ys_facts_build, ys_facts_builder, ys_facts_builder_add_dimension,
    ys_facts_builder_add_dimension_codes, ys_facts_builder_add_integers, ys_facts_builder_add_text,
    ys_facts_builder_add_wide, ys_facts_builder_free, ys_facts_builder_new,
    ys_facts_builder_set_days, ys_facts_free, ys_facts_row_count,
};
pub use self::model::{
    ys_model, ys_model_dimension_count, ys_model_dimension_name, ys_model_evaluate, ys_model_free,
    ys_model_from_json, ys_model_measure_count, ys_model_measure_name,
};
pub use self::report::{
    ys_report, ys_report_finding_count, ys_report_free, ys_report_funnel_count, ys_report_json,
    ys_report_query_count, ys_report_target_count,
};
pub use self::rounding::{
    YS_MODE_CEIL, YS_MODE_EXACT, YS_MODE_EXPAND, YS_MODE_FLOOR, YS_MODE_HALF_CEIL,
    YS_MODE_HALF_EVEN, YS_MODE_HALF_EXPAND, YS_MODE_HALF_FLOOR, YS_MODE_HALF_TRUNC, YS_MODE_TRUNC,
    ys_rounding,
};
pub use self::status::{
    YS_BUFFER_TOO_SMALL, YS_CAPACITY, YS_CYCLE, YS_DATE, YS_DIVISION_BY_ZERO, YS_DOMAIN,
    YS_DUPLICATE, YS_INEXACT, YS_INVALID, YS_INVALID_ARGUMENT, YS_MISSING, YS_NULL_ARGUMENT, YS_OK,
    YS_OVERFLOW, YS_PANIC, YS_SHAPE, YS_SYNTAX, YS_TYPE, YS_UNIT, YS_UNKNOWN, ys_status,
    ys_status_name,
};
pub use self::version::{YS_ABI_VERSION, ys_abi_version, ys_version};
