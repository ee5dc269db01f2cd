// Yardstick: funnels, KPIs and targets, computed exactly. The C interface.
//
// The header `yardstick.h` is generated from this module of the Rust library, so it is not changed
// by hand. These rules hold for every function, and a function only says where it differs.
//
// Building. `cargo rustc --lib --release --features capi --crate-type staticlib` makes a library to
// link statically, `cdylib` a shared one. On Linux a static one needs `-lpthread -ldl -lm` as well;
// `-- --print native-static-libs` at the end of the command names what another system needs.
//
// Results. A function that can fail returns a status: YS_OK is 0, every other number has a name and
// never gets another meaning. Outputs are the last arguments before `error`, and are written only
// where the status is YS_OK. `error` may be NULL; otherwise it is written only where the status is
// not YS_OK, with an error that the caller frees by ys_error_free. What it pointed to before is
// overwritten, so let it point to NULL.
//
// Ownership. Who gets a handle frees it, once, with the function of its type; freeing NULL does
// nothing. Handles do not depend on each other: a model may be freed before the facts that were
// built for it. A `const char *` that a function returns is NUL-terminated UTF-8, belongs to the
// handle it was asked of and lives as long; those without a handle live for ever.
//
// Pointers. NULL is refused with YS_NULL_ARGUMENT unless a function says otherwise. A pointer that
// is given must be valid for what it is named for: no library can check that. Text goes in as
// pointer and length in bytes, in UTF-8, without a NUL at its end, and NULL is fine where the
// length is 0. It is read during the call and not kept. Columns are borrowed; each says for how
// long.
//
// Text out goes into a buffer of the caller, with a NUL at its end. `needed` is the size it takes,
// that NUL included. A NULL buffer of capacity 0 asks for that size only. A buffer that is too
// small is left as it is: YS_BUFFER_TOO_SMALL, and `needed` is written all the same. `needed` may
// be NULL where there is a buffer.
//
// Structs that begin with `struct_size` are begun with the macro of their name that ends in _INIT,
// so that a later version can add fields. Sizes that no version had are refused.
//
// Threads. There is no state outside the handles, none that belongs to a thread, and no callback.
// Any number of threads may use one handle at once where every call takes it as `const`. A call
// that takes it without `const`, or frees it, must be alone. Every handle may move between threads.
//
// Exactness. Every result is exact, or rounded once as the caller asked, or an error. No double
// goes in or comes out, and the same input gives the same bytes on every platform.
//
// A defect of the library itself ends as YS_PANIC and does not unwind into C. The handles of that
// call may then only be freed.


#ifndef YARDSTICK_H
#define YARDSTICK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// To begin a ys_rounding with; its scale and mode must then be set.
#define YS_ROUNDING_INIT { sizeof(ys_rounding), -1, 0, { { 0, 0 }, 0, 0 } }
// To begin a ys_text_column with.
#define YS_TEXT_COLUMN_INIT { sizeof(ys_text_column), NULL, 0, NULL, NULL, 0, NULL }
// To begin a ys_integer_column with.
#define YS_INTEGER_COLUMN_INIT { sizeof(ys_integer_column), NULL, 0, 0, NULL, 0, 0 }
// To begin a ys_wide_column with.
#define YS_WIDE_COLUMN_INIT { sizeof(ys_wide_column), NULL, 0, 0, NULL, 0, 0 }

// The version of this interface as the header was written. Compare with ys_abi_version, which is
// that of the library in use: they must be equal.
#define YS_ABI_VERSION 1

// Towards positive infinity.
#define YS_MODE_CEIL 1

// Towards negative infinity.
#define YS_MODE_FLOOR 2

// Away from zero.
#define YS_MODE_EXPAND 3

// Towards zero.
#define YS_MODE_TRUNC 4

// To the nearest; halves towards positive infinity.
#define YS_MODE_HALF_CEIL 5

// To the nearest; halves towards negative infinity.
#define YS_MODE_HALF_FLOOR 6

// To the nearest; halves away from zero: the commercial rounding.
#define YS_MODE_HALF_EXPAND 7

// To the nearest; halves towards zero.
#define YS_MODE_HALF_TRUNC 8

// To the nearest; halves to the even neighbour: the banker's rounding.
#define YS_MODE_HALF_EVEN 9

// Not at all: a value that does not fit is refused with YS_INEXACT.
#define YS_MODE_EXACT 10

// A buffer of this many bytes holds every decimal as text, with its NUL.
#define YS_DECIMAL_CAPACITY 32

// A buffer of this many bytes holds every date as text, with its NUL.
#define YS_DATE_CAPACITY 11

// What went wrong, where, and what would be right. A call gives it to who asks, who frees it with
// ys_error_free. It never changes. Since ABI 1.
typedef struct ys_error ys_error;

// Measures by day and dimensions, checked. It never changes, and reads the borrowed columns it was
// built from as long as it lives. Since ABI 1.
typedef struct ys_facts ys_facts;

// Collects the columns of a table of facts: the days, and one column for each dimension and measure
// of the model. ys_facts_build makes facts of them.
//
// What is borrowed must stay where it is, unchanged, until the builder is freed and, after
// ys_facts_build, until the facts are freed. Text is never borrowed. Since ABI 1.
typedef struct ys_facts_builder ys_facts_builder;

// Measures, KPIs, queries, funnels and targets, checked against each other. It never changes.
// Since ABI 1.
typedef struct ys_model ys_model;

// What a model gives over facts, as of a day. It needs neither of them any more, and never changes.
// Since ABI 1.
typedef struct ys_report ys_report;

// The outcome of a call: YS_OK or one of the numbers below. A number never gets another meaning;
// later versions may add numbers.
typedef int32_t ys_status;

// A signed integer of 128 bits, `hi * 2^64 + lo`, in two's complement: on a little-endian machine
// one element of an Arrow decimal128 column. Since ABI 1.
typedef struct ys_int128 {
    // The low half.
    uint64_t lo;
    // The high half, with the sign.
    int64_t hi;
} ys_int128;

// A number with decimal digits: `mantissa / 10^scale`. 1.50 is the mantissa 150 at scale 2. All
// zeros is 0. Since ABI 1.
typedef struct ys_decimal {
    // The digits; at most 96 bits beside the sign.
    struct ys_int128 mantissa;
    // The number of decimals, 0 to 28.
    int32_t scale;
    // 0.
    uint32_t reserved;
} ys_decimal;

// Where digits end and how they are cut. Begin it with YS_ROUNDING_INIT, which says neither a scale
// nor a mode: there is no default, and a rounding without them is refused. Since ABI 1.
typedef struct ys_rounding {
    // sizeof(ys_rounding).
    size_t struct_size;
    // The number of decimals of a result, 0 to 28.
    int32_t scale;
    // One of YS_MODE_CEIL to YS_MODE_EXACT.
    int32_t mode;
    // A result is a multiple of this, for example 0.05; zero for one unit of the last place.
    struct ys_decimal step;
} ys_rounding;

// Texts, one for each row, as Arrow lays out utf8 and large_utf8: text `i` is the bytes of `data`
// from `offsets[i]` up to but without `offsets[i + 1]`. Begin it with YS_TEXT_COLUMN_INIT.
//
// It is read during the call and not kept. Since ABI 1.
typedef struct ys_text_column {
    // sizeof(ys_text_column).
    size_t struct_size;
    // UTF-8; NULL is fine where `data_length` is 0.
    const char *data;
    // The bytes in `data`; no offset may be beyond it.
    size_t data_length;
    // `count + 1` offsets, ascending, of 32 bits. NULL where the other is given, or without rows.
    const int32_t *offsets;
    // `count + 1` offsets, ascending, of 64 bits. NULL where the other is given, or without rows.
    const int64_t *large_offsets;
    // The number of texts.
    size_t count;
    // NULL where every text is there. Else text `i` is there where bit `i % 8` of byte `i / 8` is
    // set, the lowest bit being the first, as in Arrow.
    const uint8_t *validity;
} ys_text_column;

// Integers that share a scale, one for each row: value `i` is `values[i] / 10^scale`. Begin it with
// YS_INTEGER_COLUMN_INIT.
//
// The struct is read during the call; `values` and `validity` are borrowed as the function says.
// Since ABI 1.
typedef struct ys_integer_column {
    // sizeof(ys_integer_column).
    size_t struct_size;
    // The first value; NULL is fine where `count` is 0.
    const int64_t *values;
    // The number of values.
    size_t count;
    // The bytes from one value to the next, at least 8; 0 for values that lie side by side. Values
    // with a stride are copied, and need no alignment.
    size_t stride;
    // NULL where every value is there; else a bitmap as in ys_text_column.
    const uint8_t *validity;
    // The number of decimals, 0 to 38: 2 for cents.
    int32_t scale;
    // 0.
    uint32_t reserved;
} ys_integer_column;

// The same in 128 bits: the values of an Arrow decimal128 column. Begin it with
// YS_WIDE_COLUMN_INIT.
//
// The struct is read during the call; `values` and `validity` are borrowed as the function says.
// Since ABI 1.
typedef struct ys_wide_column {
    // sizeof(ys_wide_column).
    size_t struct_size;
    // The first value; NULL is fine where `count` is 0. Values that are not aligned to 16 bytes are
    // copied.
    const struct ys_int128 *values;
    // The number of values.
    size_t count;
    // The bytes from one value to the next, at least 16; 0 for values that lie side by side. Values
    // with a stride are copied, and need no alignment.
    size_t stride;
    // NULL where every value is there; else a bitmap as in ys_text_column.
    const uint8_t *validity;
    // The number of decimals, 0 to 38.
    int32_t scale;
    // 0.
    uint32_t reserved;
} ys_wide_column;

// The call did what it says.
#define YS_OK 0

// A division by an exact zero.
#define YS_DIVISION_BY_ZERO 1

// A value outside the domain of the operation.
#define YS_DOMAIN 2

// A number that does not fit: a result beyond 96 bits, or an input beyond its column.
#define YS_OVERFLOW 3

// Digits would be lost where none may be.
#define YS_INEXACT 4

// An internal limit on size.
#define YS_CAPACITY 5

// Text that is not what it should be: a number, a date, a document, or not even UTF-8.
#define YS_SYNTAX 6

// A value of the wrong kind, for example a float where a decimal is due.
#define YS_TYPE 7

// A name that nothing defines.
#define YS_UNKNOWN 8

// A name or row that is there twice.
#define YS_DUPLICATE 9

// A definition that depends on itself.
#define YS_CYCLE 10

// Units that do not go together.
#define YS_UNIT 11

// A date or period outside what it may be.
#define YS_DATE 12

// Something required that is absent.
#define YS_MISSING 13

// Lengths or shapes that do not agree.
#define YS_SHAPE 14

// Several problems at once; see ys_error_problem.
#define YS_INVALID 15

// A defect of the library. The handles of the call may only be freed.
#define YS_PANIC 100

// An argument is NULL that must not be.
#define YS_NULL_ARGUMENT 101

// An argument is not what the call takes: a struct_size, a mode, a reserved field, a state.
#define YS_INVALID_ARGUMENT 102

// The text does not fit the buffer.
#define YS_BUFFER_TOO_SMALL 103

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The version of the interface that the library in use has; see YS_ABI_VERSION.
//
// Threads: any. Since ABI 1.
uint32_t ys_abi_version(void);

// The version of the library in use as text, for example `0.1.0`.
//
// Returns text that lives for ever. Threads: any. Since ABI 1.
const char *ys_version(void);

// The name of a status as one lower-case word, for example `division_by_zero`.
//
// Returns text that lives for ever; `unlisted` for a number that this version does not have. Never
// NULL. Threads: any. Since ABI 1.
const char *ys_status_name(ys_status status);

// What kind of error it is: the status that the call returned, or for a problem its own.
//
// `error` may be NULL: YS_OK. Threads: any. Since ABI 1.
ys_status ys_error_status(const struct ys_error *error);

// What went wrong, with its place in front and all problems of ys_error_problem, one a line: what
// to show to a person. The wording is no part of the interface.
//
// Returns text that lives as long as the error. A NUL in it, brought along by some input, is
// written as a backslash and a zero. `error` may be NULL: an empty text. Threads: any. Since ABI 1.
const char *ys_error_message(const struct ys_error *error);

// The same without its place and without the problems, for those who show the place themselves.
//
// Returns text that lives as long as the error. `error` may be NULL: an empty text. Threads: any.
// Since ABI 1.
const char *ys_error_detail(const struct ys_error *error);

// Where in a model document, for example `kpis[2].formula`.
//
// Returns text that lives as long as the error, or NULL where no document is concerned. `error` may
// be NULL: NULL. Threads: any. Since ABI 1.
const char *ys_error_path(const struct ys_error *error);

// Which column of facts, by name.
//
// Returns text that lives as long as the error, or NULL where no column is concerned. `error` may
// be NULL: NULL. Threads: any. Since ABI 1.
const char *ys_error_column(const struct ys_error *error);

// Which row of facts, counted from 0.
//
// Returns whether a row is concerned; only then `row` is written. `row` may be NULL. `error` may be
// NULL: false. Threads: any. Since ABI 1.
bool ys_error_row(const struct ys_error *error, size_t *row);

// Which bytes of the text that was read: from `first` up to but without `end`.
//
// Returns whether they are known; only then `first` and `end` are written. Both may be NULL.
// `error` may be NULL: false. Threads: any. Since ABI 1.
bool ys_error_span(const struct ys_error *error, size_t *first, size_t *end);

// How many problems a validation found; 0 where the error is a single one.
//
// `error` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_error_problem_count(const struct ys_error *error);

// One of the problems, in the order of the document: an error with its own status and place.
//
// Returns an error that belongs to `error` and lives as long: do not free it. NULL where `index` is
// not below ys_error_problem_count, or `error` is NULL. Threads: any. Since ABI 1.
const struct ys_error *ys_error_problem(const struct ys_error *error, size_t index);

// Frees an error that a call gave.
//
// `error` may be NULL; it must not come from ys_error_problem. Since ABI 1.
void ys_error_free(struct ys_error *error);

// Reads a decimal and keeps its digits: `1.50` has scale 2. The form is strict: an optional sign,
// digits with at most one point between them, an optional exponent; no spaces, no separators.
//
// Exact: nothing is rounded. Errors: YS_SYNTAX with the span of what does not belong; YS_INEXACT
// beyond 28 decimals, trailing zeros included; YS_OVERFLOW beyond 96 bits; YS_CAPACITY beyond 4096
// digits. Threads: any. Since ABI 1.
ys_status ys_decimal_parse(const char *text,
                           size_t length,
                           struct ys_decimal *result,
                           struct ys_error **error);

// Writes a decimal as plain digits with exactly its scale, for example `-1234.50`; never a negative
// zero, no exponent, no separators.
//
// `buffer`, `capacity` and `needed` are as the head of this file says; YS_DECIMAL_CAPACITY bytes
// always suffice. Exact. Errors: a `value` that is no decimal is refused with YS_INVALID_ARGUMENT
// (reserved), YS_DOMAIN (scale) or YS_OVERFLOW (mantissa); YS_BUFFER_TOO_SMALL. Threads: any.
// Since ABI 1.
ys_status ys_decimal_format(const struct ys_decimal *value,
                            char *buffer,
                            size_t capacity,
                            size_t *needed,
                            struct ys_error **error);

// Rounds a decimal once, to exactly `rounding->scale` decimals.
//
// `result` may be `value`. Errors: YS_OVERFLOW where the rounded value does not fit 96 bits at that
// scale; YS_INEXACT where the mode is YS_MODE_EXACT and digits would be lost; a `rounding` that
// says nothing or too much with YS_INVALID_ARGUMENT (struct_size, mode) or YS_DOMAIN (scale, a step
// below zero or with more decimals than the scale); a `value` or step that is no decimal as in
// ys_decimal_format. Threads: any. Since ABI 1.
ys_status ys_decimal_round(const struct ys_decimal *value,
                           const struct ys_rounding *rounding,
                           struct ys_decimal *result,
                           struct ys_error **error);

// Reads `YYYY-MM-DD` and nothing else into days since 1970-01-01, which is what an Arrow date32
// column holds. Years are 0001 to 9999.
//
// Errors: YS_SYNTAX for another form, YS_DATE for a day that does not exist. Threads: any. Since
// ABI 1.
ys_status ys_date_parse(const char *text, size_t length, int32_t *day, struct ys_error **error);

// Writes the day that is `day` days after 1970-01-01 as `YYYY-MM-DD`.
//
// `buffer`, `capacity` and `needed` are as the head of this file says; YS_DATE_CAPACITY bytes
// always suffice. Errors: YS_DATE outside the years 0001 to 9999; YS_BUFFER_TOO_SMALL. Threads:
// any. Since ABI 1.
ys_status ys_date_format(int32_t day,
                         char *buffer,
                         size_t capacity,
                         size_t *needed,
                         struct ys_error **error);

// Reads a model from a JSON document. The document is described in the library's documentation of
// the module `model::document`.
//
// `model`: the caller frees it with ys_model_free. Exact: numbers in the document are integers or
// text, and a float is refused. Errors: YS_SYNTAX where the text is not JSON, else YS_INVALID with
// everything that is wrong as problems, each with its path. Threads: any. Since ABI 1.
ys_status ys_model_from_json(const char *text,
                             size_t length,
                             struct ys_model **model,
                             struct ys_error **error);

// How many dimensions facts for this model have.
//
// `model` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_model_dimension_count(const struct ys_model *model);

// The name of a dimension, in the order of the document.
//
// Returns text that lives as long as the model; NULL where `index` is not below
// ys_model_dimension_count, or `model` is NULL. Threads: any. Since ABI 1.
const char *ys_model_dimension_name(const struct ys_model *model, size_t index);

// How many measures facts for this model have. One that is computed for each row from others is
// not given, and not counted.
//
// `model` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_model_measure_count(const struct ys_model *model);

// The name of a measure, in the order of the document.
//
// Returns text that lives as long as the model; NULL where `index` is not below
// ys_model_measure_count, or `model` is NULL. Threads: any. Since ABI 1.
const char *ys_model_measure_name(const struct ys_model *model, size_t index);

// Evaluates everything in the model over facts, as of the end of a day. Facts of later days are not
// looked at.
//
// `as_of`: days since 1970-01-01; ys_date_parse makes them from text. `report`: the caller frees it
// with ys_report_free; it needs neither the model nor the facts. The columns of `facts` are read.
// Exact: nothing is rounded before the report is written. Errors: YS_SHAPE for facts of another
// model; YS_DATE for a day outside the years 0001 to 9999; what an evaluation refuses, with its
// path. Threads: any, several at once over the same model and facts. Since ABI 1.
ys_status ys_model_evaluate(const struct ys_model *model,
                            const struct ys_facts *facts,
                            int32_t as_of,
                            struct ys_report **report,
                            struct ys_error **error);

// Frees a model.
//
// `model` may be NULL. Since ABI 1.
void ys_model_free(struct ys_model *model);

// Begins facts for a model.
//
// `model` is read during the call only. `builder`: the caller frees it with ys_facts_builder_free,
// also after ys_facts_build. Threads: any. Since ABI 1.
ys_status ys_facts_builder_new(const struct ys_model *model,
                               struct ys_facts_builder **builder,
                               struct ys_error **error);

// The day of each row, as days since 1970-01-01: the values of an Arrow date32 column. Rows may
// come in any order; each day occurs once for each combination of dimension values.
//
// `days` is borrowed, see ys_facts_builder; NULL is fine where `count` is 0. Set again, the last
// one counts. Errors: YS_INVALID_ARGUMENT for a builder that was built; days outside the years 0001
// to 9999 are told by ys_facts_build. Threads: alone with the builder. Since ABI 1.
ys_status ys_facts_builder_set_days(struct ys_facts_builder *builder,
                                    const int32_t *days,
                                    size_t count,
                                    struct ys_error **error);

// The values of a dimension as text, one for each row.
//
// `name` and `values` are read during the call. Errors: YS_SHAPE for offsets that do not ascend or
// leave the data, YS_SYNTAX for what is not UTF-8, YS_MISSING for a row without a value, each with
// row and column; YS_INVALID_ARGUMENT for a struct_size, for both kinds of offsets, or for a
// builder that was built. On an error the builder is as before. An unknown name and a wrong number
// of rows are told by ys_facts_build. Threads: alone with the builder. Since ABI 1.
ys_status ys_facts_builder_add_dimension(struct ys_facts_builder *builder,
                                         const char *name,
                                         size_t name_length,
                                         const struct ys_text_column *values,
                                         struct ys_error **error);

// The values of a dimension as codes into a dictionary: row `i` has text `codes[i]` of it.
//
// `codes` is borrowed, see ys_facts_builder; NULL is fine where `count` is 0. `name` and
// `dictionary` are read during the call. Errors: as ys_facts_builder_add_dimension, the rows being
// those of the dictionary. A code beyond the dictionary, and a text that it has twice, are told by
// ys_facts_build. Threads: alone with the builder. Since ABI 1.
ys_status ys_facts_builder_add_dimension_codes(struct ys_facts_builder *builder,
                                               const char *name,
                                               size_t name_length,
                                               const uint32_t *codes,
                                               size_t count,
                                               const struct ys_text_column *dictionary,
                                               struct ys_error **error);

// The values of a measure as 64-bit integers that share a scale.
//
// `name` is read during the call. `values->values` and `values->validity` are borrowed, see
// ys_facts_builder. A value whose bit is not set is empty, which means what the measure says of a
// missing day. Exact. Errors: YS_INVALID_ARGUMENT for a struct_size, a stride, a reserved field, or
// a builder that was built; YS_DOMAIN for a negative scale. On an error the builder is as before.
// An unknown name, a wrong number of rows and a scale above 38 are told by ys_facts_build. Threads:
// alone with the builder. Since ABI 1.
ys_status ys_facts_builder_add_integers(struct ys_facts_builder *builder,
                                        const char *name,
                                        size_t name_length,
                                        const struct ys_integer_column *values,
                                        struct ys_error **error);

// The values of a measure as 128-bit integers that share a scale: an Arrow decimal128 column.
//
// Everything is as in ys_facts_builder_add_integers. Threads: alone with the builder. Since ABI 1.
ys_status ys_facts_builder_add_wide(struct ys_facts_builder *builder,
                                    const char *name,
                                    size_t name_length,
                                    const struct ys_wide_column *values,
                                    struct ys_error **error);

// The values of a measure as decimal text, read as strictly as ys_decimal_parse does, but up to 38
// decimals and 128 bits.
//
// `name` and `values` are read during the call. A text whose bit is not set is empty, which means
// what the measure says of a missing day; an empty text whose bit is set is refused. Exact. Errors:
// as ys_facts_builder_add_dimension, but for YS_MISSING. Text that is no number is told by
// ys_facts_build. Threads: alone with the builder. Since ABI 1.
ys_status ys_facts_builder_add_text(struct ys_facts_builder *builder,
                                    const char *name,
                                    size_t name_length,
                                    const struct ys_text_column *values,
                                    struct ys_error **error);

// Checks all columns and builds the facts.
//
// `facts`: the caller frees it with ys_facts_free. The builder is used up, whether this succeeds or
// not (a NULL argument does not count), and can then only be freed; it may be freed before the
// facts. Errors: YS_INVALID with all problems at once, each with row and column where it has one: a
// column that the model does not have (YS_UNKNOWN), one that is absent (YS_MISSING) or there twice
// (YS_DUPLICATE), lengths that differ (YS_SHAPE), text that is no number, a number or day that does
// not fit, no rows at all. Two rows for the same day and dimension values are YS_DUPLICATE with the
// row of the second. YS_INVALID_ARGUMENT for a builder that was built. Threads: alone with the
// builder. Since ABI 1.
ys_status ys_facts_build(struct ys_facts_builder *builder,
                         struct ys_facts **facts,
                         struct ys_error **error);

// Frees a builder, and what it was given but not built.
//
// `builder` may be NULL. Since ABI 1.
void ys_facts_builder_free(struct ys_facts_builder *builder);

// How many rows the facts have.
//
// `facts` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_facts_row_count(const struct ys_facts *facts);

// Frees facts. From then on the library does not look at the borrowed columns.
//
// `facts` may be NULL. Since ABI 1.
void ys_facts_free(struct ys_facts *facts);

// Writes the report as JSON: UTF-8, indented, with a line feed at its end. The fields are described
// in the library's documentation of the module `model::report`; every number is there as exact
// fraction and as text, rounded once as its display asks.
//
// `buffer`, `capacity` and `needed` are as the head of this file says. The text is made once and
// kept with the report. The same model and facts give the same bytes, which are those that the Rust
// library writes. Errors: YS_BUFFER_TOO_SMALL. Threads: any. Since ABI 1.
ys_status ys_report_json(const struct ys_report *report,
                         char *buffer,
                         size_t capacity,
                         size_t *needed,
                         struct ys_error **error);

// How many queries the report has.
//
// `report` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_report_query_count(const struct ys_report *report);

// How many funnels the report has.
//
// `report` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_report_funnel_count(const struct ys_report *report);

// How many targets the report has.
//
// `report` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_report_target_count(const struct ys_report *report);

// How many findings the report has: things to look at, which are no errors.
//
// `report` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_report_finding_count(const struct ys_report *report);

// Frees a report.
//
// `report` may be NULL. Since ABI 1.
void ys_report_free(struct ys_report *report);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* YARDSTICK_H */
