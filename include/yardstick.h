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
// so that a later version can add fields at their end. A field that is added means at 0 what was so
// without it, and its macro says 0. So a program that was compiled with an older header is taken to
// have said 0 for fields that it does not know, and one that was compiled with a newer header may use
// an older library as long as it leaves fields that the library does not know at 0; otherwise
// YS_INVALID_ARGUMENT says so. Sizes that no version had are refused.
//
// Threads. There is no state outside the handles, none that belongs to a thread, and no callback.
// Any number of threads may use one handle at once where every call takes it as `const`. A call
// that takes it without `const`, or frees it, must be alone. Every handle may move between threads.
//
// Exactness. Every result is exact, or rounded once as the caller asked, or an error. No double
// goes in or comes out, and the same input gives the same bytes on every platform.
//
// A defect of the library itself ends as YS_PANIC, after a line on standard error, and does not
// unwind into C. A handle that the call took as `const` is then as it was; any other may only be
// freed.


#ifndef YARDSTICK_H
#define YARDSTICK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// To begin a ys_rounding with; its scale and mode must then be set.
#define YS_ROUNDING_INIT { sizeof(ys_rounding), -1, 0, { { 0, 0 }, 0, 0 } }
// To begin a ys_format with.
#define YS_FORMAT_INIT { sizeof(ys_format), 0, 0, 0, 0 }
// To begin a ys_text_column with.
#define YS_TEXT_COLUMN_INIT { sizeof(ys_text_column), NULL, 0, NULL, NULL, 0, NULL }
// To begin a ys_integer_column with.
#define YS_INTEGER_COLUMN_INIT { sizeof(ys_integer_column), NULL, 0, 0, NULL, 0, 0 }
// To begin a ys_wide_column with.
#define YS_WIDE_COLUMN_INIT { sizeof(ys_wide_column), NULL, 0, 0, NULL, 0, 0 }
// To begin a ys_event_columns with: seconds, in any order.
#define YS_EVENT_COLUMNS_INIT { sizeof(ys_event_columns), 0, NULL, NULL, NULL, NULL, 0, 3, 4, 0, 0, NULL, NULL, NULL, NULL, 0, 0 }
// To begin a ys_retention_settings with; its intervals, or its kind and brackets, must then be set.
#define YS_RETENTION_SETTINGS_INIT { sizeof(ys_retention_settings), 0, 7, 1, 1, 0, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0 }
// To begin a ys_next_event_settings with: what comes after the first match, of any event.
#define YS_NEXT_EVENT_SETTINGS_INIT { sizeof(ys_next_event_settings), NULL, 0, 1, 3, -1, 0 }

// The Arrow C Data Interface, word for word, so that this header may stand beside Arrow's own.
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif

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

// A sample of something larger: divided by n - 1. Excel VAR.S, SQL VAR_SAMP.
#define YS_OF_SAMPLE 1

// The whole: divided by n. Excel VAR.P, SQL VAR_POP.
#define YS_OF_POPULATION 2

// The inverse of the empirical distribution function: always one of the numbers. SQL PERCENTILE_DISC.
#define YS_QUANTILE_INVERSE_CDF 1

// The same, but the middle of two where the function is level.
#define YS_QUANTILE_AVERAGED_INVERSE_CDF 2

// The number whose place is nearest, of two the one in an even place.
#define YS_QUANTILE_NEAREST_EVEN 3

// Straight lines through the empirical distribution function.
#define YS_QUANTILE_INTERPOLATED_INVERSE_CDF 4

// Straight lines through the middle of its steps.
#define YS_QUANTILE_HAZEN 5

// Each number stands at the mean of its rank's distribution. Excel PERCENTILE.EXC.
#define YS_QUANTILE_WEIBULL 6

// The numbers divide the range evenly. The default of R and NumPy, Excel PERCENTILE.INC, SQL
// PERCENTILE_CONT.
#define YS_QUANTILE_LINEAR 7

// Each number stands about at the median of its rank's distribution.
#define YS_QUANTILE_MEDIAN_UNBIASED 8

// About unbiased where the numbers are distributed normally.
#define YS_QUANTILE_NORMAL_UNBIASED 9

// 80 %: z = 1.2816.
#define YS_CONFIDENCE_80 1

// 90 %: z = 1.6449.
#define YS_CONFIDENCE_90 2

// 95 %: z = 1.9600.
#define YS_CONFIDENCE_95 3

// 98 %: z = 2.3263.
#define YS_CONFIDENCE_98 4

// 99 %: z = 2.5758.
#define YS_CONFIDENCE_99 5

// 99.5 %: z = 2.8070.
#define YS_CONFIDENCE_99_5 6

// 99.9 %: z = 3.2905.
#define YS_CONFIDENCE_99_9 7

// What is still to come of a target is that of a metric that adds up over days.
#define YS_PACE_FLOW 1

// That of a level at the end of each day.
#define YS_PACE_STOCK 2

// That of a quotient of two that add up over days.
#define YS_PACE_RATIO 3

// That of a range or a budget of what adds up over days.
#define YS_PACE_BUDGET 4

// The metric from the first day of the period to this one.
#define YS_FIGURE_ACTUAL 1

// How far beyond the goal; below zero is short by so much.
#define YS_FIGURE_GAP 2

// The attainment, not clamped.
#define YS_FIGURE_ATTAINMENT 3

// The lower limit of the goal in force, where it has one.
#define YS_FIGURE_LOW 4

// The upper limit of the goal in force, where it has one.
#define YS_FIGURE_HIGH 5

// The baseline of the goal in force, where it has one.
#define YS_FIGURE_BASELINE 6

// The share of the weights of days that has passed. Not of a ratio.
#define YS_FIGURE_PACE_SHARE 7

// What was expected by now. Of a flow or a stock.
#define YS_FIGURE_PACE_EXPECTED 8

// How far beyond that. Of a flow or a stock.
#define YS_FIGURE_PACE_GAP 9

// The attainment of what was expected by now. Not of a ratio.
#define YS_FIGURE_PACE_ATTAINMENT 10

// What each remaining day must bring. Of a flow or a stock.
#define YS_FIGURE_REQUIRED_PER_DAY 11

// What each unit of remaining weight must bring. Of a flow or a stock.
#define YS_FIGURE_REQUIRED_PER_WEIGHT 12

// What the next day must bring. Of a flow or a stock.
#define YS_FIGURE_REQUIRED_NEXT_DAY 13

// Where it ends if it goes on so. Not of a ratio.
#define YS_FIGURE_PROJECTION 14

// The level that a stock starts from.
#define YS_FIGURE_FROM 15

// The least of a budget that was planned by now.
#define YS_FIGURE_EXPECTED_LOW 16

// The most of a budget that was planned by now.
#define YS_FIGURE_EXPECTED_HIGH 17

// By how much a budget is above that.
#define YS_FIGURE_OVER 18

// By how much a budget is below that.
#define YS_FIGURE_UNDER 19

// What is left of a budget.
#define YS_FIGURE_LEFT 20

// The same for each remaining day.
#define YS_FIGURE_LEFT_PER_DAY 21

// The same for each unit of remaining weight.
#define YS_FIGURE_LEFT_PER_WEIGHT 22

// The same for the next day.
#define YS_FIGURE_LEFT_NEXT_DAY 23

// The numerator of a ratio so far.
#define YS_FIGURE_NUMERATOR 24

// The denominator of a ratio so far.
#define YS_FIGURE_DENOMINATOR 25

// The expected total of the denominator of a ratio.
#define YS_FIGURE_EXPECTED_VOLUME 26

// The ratio that the remaining volume must reach, where any remains.
#define YS_FIGURE_REQUIRED 27

// The value of the best day so far, where there is one. Of a flow or a ratio.
#define YS_FIGURE_BEST_VALUE 28

// Its rate, by which days are compared.
#define YS_FIGURE_BEST_RATE 29

// How many there are of a stage.
#define YS_STAGE_COUNT 1

// What they are worth together, where that is measured.
#define YS_STAGE_VALUE 2

// What one of them is worth, where that is measured.
#define YS_STAGE_VALUE_PER_ENTITY 3

// The count of a stage less that of the days compared with.
#define YS_STAGE_CHANGE 4

// The rate from one stage to the next.
#define YS_STEP_RATE 1

// The rate from the first stage to the next.
#define YS_STEP_OVERALL_RATE 2

// How many did not go on.
#define YS_STEP_DROP_OFF 3

// Their share.
#define YS_STEP_DROP_OFF_RATE 4

// The rate less that of the days compared with.
#define YS_STEP_POINTS 5

// The same, relative to the rate of the days compared with.
#define YS_STEP_RELATIVE 6

// The rate from the first stage to the last.
#define YS_FUNNEL_OVERALL_RATE 1

// The same less that of the days compared with.
#define YS_FUNNEL_OVERALL_POINTS 2

// The step at which marketing hands over.
#define YS_FUNNEL_HAND_OFF 1

// The step with the lowest rate.
#define YS_FUNNEL_BOTTLENECK 2

// The step whose rate fell most against the days compared with.
#define YS_FUNNEL_WORST_STEP 3

// The name of a KPI.
#define YS_KPI_NAME 1

// Its formula, written in one way.
#define YS_KPI_FORMULA 2

// The unit that the formula gives.
#define YS_KPI_UNIT 3

// What kind of metric it is: conversion, offset, cumulative, derived, ratio or simple.
#define YS_KPI_KIND 4

// How it adds up: additive, ratio_of_sums, recomputed or not_additive.
#define YS_KPI_AGGREGATION 5

// Which way is better: higher, lower or neutral.
#define YS_KPI_DIRECTION 6

// Who is responsible: marketing, sales, both or customer; NULL where nobody is named.
#define YS_KPI_OWNER 7

// Where in the funnel it looks; NULL where it is not said.
#define YS_KPI_STAGE 8

// The id of the catalog's definition; NULL where it is not from there.
#define YS_KPI_CATALOG 9

// The name of a target.
#define YS_TARGET_NAME 1

// Its metric.
#define YS_TARGET_METRIC 2

// The unit of actual value, limits and gap.
#define YS_TARGET_UNIT 3

// Who owns it: marketing, sales, both or customer; NULL where nobody is named.
#define YS_TARGET_OWNER 4

// The first day at whose end the goal was met.
#define YS_MILESTONE_FIRST_MET 1

// The day since which it has been met without a break.
#define YS_MILESTONE_MET_SINCE 2

// The first day at whose end it was secured.
#define YS_MILESTONE_SECURED 3

// The first day at whose end more was required than the best day had brought.
#define YS_MILESTONE_BEYOND_BEST 4

// The first day at whose end it was unreachable.
#define YS_MILESTONE_UNREACHABLE 5

// No label: the start or the end of a path.
#define YS_LABEL_NONE 4294967295

// The parts of a total that was split, in the order of their weights. A function creates it, and the
// caller frees it with ys_allocation_free. It never changes. Since ABI 1.
//
// ```c
// ys_value *total, *one, *cent; // 100, 1 and 1/100
// const ys_value *const weights[3] = {one, one, one};
// ys_allocation *parts = NULL;
// ys_allocate(total, weights, 3, cent, &parts, NULL);
// ys_allocation_part(parts, 0); // 33.34; the others are 33.33
// ```
typedef struct ys_allocation ys_allocation;

// Where a target stands at the end of a day. It belongs to a report and lives as long. Since ABI 1.
typedef struct ys_assessment ys_assessment;

// What went wrong, where, and what would be right. A call gives it to who asks, who frees it with
// ys_error_free. It never changes. Since ABI 1.
typedef struct ys_error ys_error;

// The chain of each entity, by entity; where sessions are counted of each session, and for totals the
// chains of each entity one after another. Who never entered has one without events. It never
// changes. Since ABI 1.
typedef struct ys_event_chains ys_event_chains;

// How many entities came to each step, what they carried, how long they took and why they stopped:
// of all, of a segment, or of a period. Steps count from 0. It belongs to the result that it was
// asked of, and is not freed. Since ABI 1.
typedef struct ys_event_counts ys_event_counts;

// How long chains took from one step to another, in the unit of the events. It belongs to the result
// that it was asked of, and is not freed. Since ABI 1.
typedef struct ys_event_durations ys_event_durations;

// A funnel of events: a query that is checked, to be computed over any events. It never changes.
//
// ```c
// const uint32_t who[] = {1, 1, 2};
// const int64_t when[] = {0, 60, 5};
// const uint8_t what[] = {1, 2, 1};
// ys_event_columns events = YS_EVENT_COLUMNS_INIT;
// events.count = 3;
// events.entities = who;
// events.times = when;
// events.masks = what;
// events.mask_width = 1;
// ys_event_funnel_from_json(text, strlen(text), &funnel, &error);
// ys_event_funnel_compute(funnel, &events, &result, &error);
// const ys_event_counts *total = ys_event_result_total(result);
// ys_event_counts_count(total, 0); // 2 entered
// ys_event_result_free(result);
// ys_event_funnel_free(funnel);
// ```
//
// Since ABI 1.
typedef struct ys_event_funnel ys_event_funnel;

// The counts of a funnel of events: of all entities, by segment, and by the period of entry. It never
// changes. Since ABI 1.
typedef struct ys_event_result ys_event_result;

// The counts of some of the entities, to be merged with those of others.
//
// It is right where each entity has all its events in one part; otherwise take a ys_open_event_state.
// States merged in any order give the same result as one pass over all. Since ABI 1.
typedef struct ys_event_state ys_event_state;

// Measures by day and dimensions, checked. It never changes, and reads the borrowed columns it was
// built from as long as it lives. Since ABI 1.
typedef struct ys_facts ys_facts;

// Collects the columns of a table of facts: the days, and one column for each dimension and measure
// of the model. ys_facts_build makes facts of them.
//
// What is borrowed must stay where it is, unchanged, until the builder is freed and, after
// ys_facts_build, until the facts are freed. Text is never borrowed. Since ABI 1.
typedef struct ys_facts_builder ys_facts_builder;

// A formula over names, read from text. It never changes.
//
// ```c
// ys_formula *formula = NULL;
// if (ys_formula_parse("revenue / orders", 16, &formula, &error) != YS_OK) {
//     size_t first, end; // where in the text
//     ys_error_span(error, &first, &end);
// }
// ```
//
// Since ABI 1.
typedef struct ys_formula ys_formula;

// The result of a funnel of a model: stages in order, of the total and of each segment. It belongs
// to a report and lives as long.
//
// Segment 0 is the total, with empty texts as its key. There are no segments where the period has
// not begun. Step `i` leads from stage `i` to stage `i + 1`.
//
// ```c
// const ys_funnel_report *funnel = ys_report_funnel(report, 0);
// const ys_value *rate = ys_funnel_report_step_figure(funnel, 0, 0, YS_STEP_RATE);
// ```
//
// Since ABI 1.
typedef struct ys_funnel_report ys_funnel_report;

// KPIs over the measures of a model: names, units and cycles are checked. It never changes.
// Since ABI 1.
typedef struct ys_kpi_set ys_kpi_set;

// Measures, KPIs, queries, funnels and targets, checked against each other. It never changes.
// Since ABI 1.
typedef struct ys_model ys_model;

// Count, sum, sum of squares, least and greatest of numbers, exactly: what a mean, a variance and a
// standard deviation are made of. One answer for any order and any parts. Since ABI 1.
//
// ```c
// ys_integer_column column = YS_INTEGER_COLUMN_INIT;
// column.values = cents;
// column.count = rows;
// column.scale = 2;
// ys_moments *moments = NULL;
// ys_moments_new(&moments, NULL);
// ys_moments_add_integers(moments, &column, NULL);
// ys_real *deviation = NULL;
// ys_moments_standard_deviation(moments, YS_OF_SAMPLE, &deviation, NULL);
// ys_real_round(deviation, &rounding, &rounded, NULL);
// ys_real_free(deviation);
// ys_moments_free(moments);
// ```
typedef struct ys_moments ys_moments;

// How many entities have which label next. It never changes.
//
// ```c
// const uint32_t chain[] = {0, 1};
// ys_next_event_settings settings = YS_NEXT_EVENT_SETTINGS_INIT;
// settings.chain = chain;
// settings.chain_length = 2;
// ys_next_event_compute(&settings, &events, pages, 3, &counts, &error);
// ys_next_counts_labels(counts)[2]; // who goes on to page 2
// ys_next_counts_free(counts);
// ```
//
// Since ABI 1.
typedef struct ys_next_counts ys_next_counts;

// The counts of some of the entities, to be merged with those of others.
//
// It is right where each entity has all its events in one part; otherwise take a ys_open_event_state.
// States merged in any order give the same result as one pass over all. Since ABI 1.
typedef struct ys_open_event_state ys_open_event_state;

// A pattern of events, to be looked for among those of each entity. It never changes.
//
// ```c
// // Two visits within an hour, and later a purchase.
// const char text[] = "(?1)(?t<=1 hour)(?1).*(?2)";
// ys_pattern_from_text(text, strlen(text), &pattern, &error);
// ys_pattern_matches(pattern, &events, &entities, &matching, &error);
// ys_pattern_free(pattern);
// ```
//
// Since ABI 1.
typedef struct ys_pattern ys_pattern;

// How often each entity has a pattern, ascending by entity, with those that do not have it. It never
// changes. Since ABI 1.
typedef struct ys_pattern_counts ys_pattern_counts;

// The first match of each entity that has one, ascending by entity. It never changes. Since ABI 1.
typedef struct ys_pattern_found ys_pattern_found;

// Numbers in their order, for their quantiles. One answer for any order and any parts. Since ABI 1.
typedef struct ys_quantiles ys_quantiles;

// Which metrics, by which dimensions, at which grain, within which period, where what.
//
// ```c
// ys_query *query = NULL;
// ys_query_new(&query, NULL);
// ys_query_add_metric(query, "aov", 3, NULL);
// ys_query_by(query, "country", 7, NULL);
// ys_table *table = NULL;
// ys_query_run(query, set, facts, &table, &error);
// ```
//
// What is wrong with it is told by ys_query_run, all at once. Since ABI 1.
typedef struct ys_query ys_query;

// A real number that is no fraction: a root, a power, an exponential, a logarithm or a bound; or
// undefined with a reason. It never changes, and there is nothing to be done with it but to round
// it, which is correct in every mode. A function creates it, and the caller frees it with
// ys_real_free. Since ABI 1.
typedef struct ys_real ys_real;

// What a model gives over facts, as of a day. It needs neither of them any more, and never changes.
//
// What getters hand out belongs to the report: values, texts, and the handles of its parts. It is
// made at the first call that asks for it and kept, so that walking costs no allocation for each
// value. Since ABI 1.
typedef struct ys_report ys_report;

// A query for retention that is checked, to be computed over any events. It never changes.
//
// ```c
// ys_retention_settings settings = YS_RETENTION_SETTINGS_INIT;
// settings.length = 7; // weeks, as days are the unit
// settings.intervals = 3;
// settings.return_bit = 1;
// ys_retention_new(&settings, &retention, &error);
// ys_retention_compute(retention, &events, &matrix, &error);
// uint64_t came = 0;
// if (ys_retention_matrix_count(matrix, 0, 1, &came)) { // else not mature
//     ...
// }
// ys_retention_matrix_free(matrix);
// ys_retention_free(retention);
// ```
//
// Since ABI 1.
typedef struct ys_retention ys_retention;

// Entities that started together, and who of them came back. Columns and cohorts count from 0. It never
// changes. Since ABI 1.
typedef struct ys_retention_matrix ys_retention_matrix;

// What is known of retention from some entities; with that from others it adds up. All events of an
// entity go into one state. States merged in any order give the matrix of all events together. Since
// ABI 1.
typedef struct ys_retention_state ys_retention_state;

// The session of each event, and how many and how long they are. It never changes.
//
// ```c
// ys_sessions_new(&events, 30, YS_TIME_MINUTE, &sessions, &error);
// events.sessions = ys_sessions_numbers(sessions); // for funnels that count sessions
// ...
// ys_sessions_free(sessions);
// ```
//
// Since ABI 1.
typedef struct ys_sessions ys_sessions;

// What a query gives: rows of keys, and a column of values for each metric. It never changes.
//
// One that a function creates is freed with ys_table_free. One that is asked of a report, as
// `const ys_table *`, belongs to the report and is not freed. Rows are in order of time, then of
// their keys alphabetically.
//
// ```c
// for (size_t row = 0; row < ys_table_row_count(table); row++) {
//     const char *country = ys_table_key(table, row, 0, NULL);
//     const ys_value *value = ys_table_value(table, row, 0);
//     ys_decimal shown;
//     if (ys_value_round(value, &rounding, &shown, NULL) == YS_OK) { ... }
// }
// ```
//
// Since ABI 1.
typedef struct ys_table ys_table;

// The result of a target of a model. It belongs to a report and lives as long.
//
// ```c
// const ys_target_report *season = ys_report_target(report, 0);
// const ys_assessment *now = ys_target_report_current(season);
// const ys_value *attainment = ys_assessment_figure(now, YS_FIGURE_ATTAINMENT);
// ```
//
// Since ABI 1.
typedef struct ys_target_report ys_target_report;

// How often one label comes right after another, in the paths of entities or of their sessions. Each
// path goes from its start to its first label, from label to label, and from its last label to its
// end; start and end are YS_LABEL_NONE.
//
// ```c
// ys_transitions_new(&events, pages, 3, 0, &transitions, &error);
// ys_transitions_count(transitions, 0, 1); // from page 0 to page 1
// ys_transitions_free(transitions);
// ```
//
// Since ABI 1.
typedef struct ys_transitions ys_transitions;

// An exact number of any size, or undefined with a reason. It never changes.
//
// One that a function creates is freed with ys_value_free. One that is asked of another handle, as
// `const ys_value *`, belongs to that handle and is not freed. Since ABI 1.
//
// ```c
// ys_value *deals = NULL, *leads = NULL, *rate = NULL;
// ys_value_from_int64(7, &deals, NULL);
// ys_value_from_int64(20, &leads, NULL);
// ys_value_quotient(deals, leads, &rate, NULL); // 7/20, and with 0 leads undefined
// ys_rounding rounding = YS_ROUNDING_INIT;
// rounding.scale = 2;
// rounding.mode = YS_MODE_HALF_EVEN;
// ys_decimal rounded;
// if (ys_value_reason(rate) == YS_REASON_NONE)
//     ys_value_round(rate, &rounding, &rounded, NULL); // 0.35
// ```
typedef struct ys_value ys_value;

// A weighted mean, `sum of w x / sum of w`: scores weighted by votes, rates by volume. One answer for
// any order and any parts. Since ABI 1.
typedef struct ys_weighted_mean ys_weighted_mean;

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

// Why a value is undefined, or YS_REASON_NONE for one that is defined.
typedef int32_t ys_reason;

// How a decimal is laid out. Begin it with YS_FORMAT_INIT, which stands for plain digits. Since
// ABI 1.
typedef struct ys_format {
    // sizeof(ys_format).
    size_t struct_size;
    // What stands between groups of three integer digits, as a Unicode scalar value such as `','`;
    // 0 for no groups.
    uint32_t separator;
    // 1 for hundredths with a percent sign, `12.5%` for 0.125; else 0.
    int32_t percent;
    // At least so many characters, filled up in front; at most 65535.
    uint32_t width;
    // 1 to fill up with zeros after the sign, 0 to fill up with spaces before it.
    int32_t zeros;
} ys_format;

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

// A length of the calendar.
typedef int32_t ys_grain;

// Where a target stands; 0 where there is none.
typedef int32_t ys_target_state;

// What a finding is about; 0 where there is none.
typedef int32_t ys_finding_kind;

// How rows of events are arranged.
typedef int32_t ys_arrangement;

// What times are counted in.
typedef int32_t ys_time_unit;

// Events as columns of one length: who, when, and which steps each event matches. Begin it with
// YS_EVENT_COLUMNS_INIT, which says seconds and rows in any order.
//
// All of it is borrowed for the call it is given to, read in place, and not kept. A call that takes
// it refuses, besides what it says itself: rows that are not arranged as told, and columns of
// another length (YS_SHAPE); a segment that is not below `segment_count`, and an event after
// `observed_until` (YS_DOMAIN); a struct_size, an enumeration, a width or a flag that is none, both
// kinds of entities, or a reserved field (YS_INVALID_ARGUMENT). Errors in a cell have row and
// column. Since ABI 1.
typedef struct ys_event_columns {
    // sizeof(ys_event_columns).
    size_t struct_size;
    // The number of events, and of values at each pointer below.
    size_t count;
    // Who each event is of. NULL where the other is given, or without events.
    const uint32_t *entities;
    // The same in 64 bits. NULL where the other is given, or without events.
    const uint64_t *wide_entities;
    // When each event was, in `unit`; NULL is fine without events.
    const int64_t *times;
    // Which steps each event matches, as unsigned integers of `mask_width` bytes: bit i is step i,
    // from 0. NULL is fine without events.
    const void *masks;
    // The bytes of a mask: 1, 2, 4 or 8.
    int32_t mask_width;
    // One of YS_ARRANGEMENT_SORTED to YS_ARRANGEMENT_UNSORTED.
    ys_arrangement arrangement;
    // One of YS_TIME_NANOSECOND to YS_TIME_DAY. For calendars, time 0 is the beginning of 1970.
    ys_time_unit unit;
    // 1 where `observed_until` counts, else 0.
    int32_t observed;
    // The last moment that was observed, after which nothing is known.
    int64_t observed_until;
    // The segment of each event, below `segment_count`; NULL for none.
    const uint32_t *segments;
    // What all events of a chain have in common, for queries that hold a key; NULL for none.
    const uint64_t *held;
    // The session of each event, for queries that count sessions; NULL for none.
    const uint64_t *sessions;
    // What each event is worth, an empty cell nothing; NULL for none.
    const struct ys_integer_column *values;
    // The number of segments; 0 where `segments` is NULL.
    uint32_t segment_count;
    // 0.
    uint32_t reserved;
} ys_event_columns;

// Why a chain came no further.
typedef int32_t ys_stopped;

// What a cell of retention counts.
typedef int32_t ys_retention_kind;

// What is asked of retention. Begin it with YS_RETENTION_SETTINGS_INIT, which says rolling days of 24
// hours, returns on each, one cohort, bit 0 both as start and as return; the number of intervals must
// then be set. It is read during the call and not kept. Since ABI 1.
typedef struct ys_retention_settings {
    // sizeof(ys_retention_settings).
    size_t struct_size;
    // Intervals of the calendar, the one of the start being 0; YS_GRAIN_NONE for rolling ones.
    ys_grain grain;
    // The unit of `length`; only for rolling intervals.
    ys_time_unit length_unit;
    // The length of a rolling interval, which begins with the start of each entity.
    uint64_t length;
    // One of YS_RETENTION_ON to YS_RETENTION_BRACKETS.
    ys_retention_kind kind;
    // How many intervals, from 0 on; 0 for brackets.
    uint32_t intervals;
    // First and last interval of each bracket: two numbers each. Brackets may leave intervals out and
    // may overlap. NULL is fine where `bracket_count` is 0.
    const uint32_t *brackets;
    // The number of brackets; 0 for all other kinds.
    size_t bracket_count;
    // The bit of events that start.
    uint32_t start_bit;
    // The bit of events that are returns, which may be that of the start.
    uint32_t return_bit;
    // A cohort for each period of the calendar in which starts fall; YS_GRAIN_NONE for none.
    ys_grain cohort_grain;
    // The unit of `cohort_length`; not read where that is 0.
    ys_time_unit cohort_unit;
    // A cohort for each period of this length, counted from time 0; 0 for none.
    uint64_t cohort_length;
    // 1 for a cohort for each segment of the start, within each period where there are some; else 0.
    int32_t by_segment;
    // 1 to add up the values of returns too; else 0.
    int32_t amounts;
    // With which month years and quarters begin, 1 to 12.
    uint32_t first_month;
    // How many minutes the clock is ahead of UTC where days begin, negative where behind.
    int32_t offset_minutes;
} ys_retention_settings;

// What a transition is weighed against.
typedef int32_t ys_transition_weight;

// Which way events are read.
typedef int32_t ys_direction;

// Which event of an entity a chain of labels begins with.
typedef int32_t ys_base;

// What is asked: which event comes directly after a chain of labels, or before it. Begin it with
// YS_NEXT_EVENT_SETTINGS_INIT, which asks for what comes after the first match, of any event. It is
// read during the call and not kept. Since ABI 1.
typedef struct ys_next_event_settings {
    // sizeof(ys_next_event_settings).
    size_t struct_size;
    // The labels of the chain, from its base on. NULL is fine where there are none.
    const uint32_t *chain;
    // The number of these labels.
    size_t chain_length;
    // One of YS_DIRECTION_NEXT and YS_DIRECTION_PREVIOUS.
    ys_direction direction;
    // One of YS_BASE_HEAD to YS_BASE_LAST.
    ys_base base;
    // Only an event with this bit of its mask is a base; -1 for any.
    int32_t condition;
    // 0.
    uint32_t reserved;
} ys_next_event_settings;

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

// The value is defined.
#define YS_REASON_NONE 0

// Nothing was observed, and a day without an observation is unknown.
#define YS_REASON_MISSING 1

// A measure that does not add up, where it was not supplied.
#define YS_REASON_NOT_ADDITIVE 2

// The data contradict themselves: deals without leads.
#define YS_REASON_INCONSISTENT 3

// A number over zero: better than any finite one.
#define YS_REASON_UNBOUNDED_GOOD 4

// A number over zero: worse than any finite one.
#define YS_REASON_UNBOUNDED_BAD 5

// A number over zero, of no direction.
#define YS_REASON_UNBOUNDED 6

// Zero over zero.
#define YS_REASON_NO_BASE 7

// Beyond the internal limit on size.
#define YS_REASON_CAPACITY 8

// Its period has not begun.
#define YS_TARGET_NOT_STARTED 1

// The facts have no row of its period so far.
#define YS_TARGET_NO_DATA 2

// The actual value, the goal, or what was expected by now is undefined.
#define YS_TARGET_UNDEFINED 3

// Days remain, and it is at or beyond what was expected by now.
#define YS_TARGET_AHEAD 4

// Days remain, and it is short of what was expected by now.
#define YS_TARGET_BEHIND 5

// Days remain, and a budget is used as planned.
#define YS_TARGET_ON_PACE 6

// Days remain, and more of a budget is used than was planned by now.
#define YS_TARGET_OVER 7

// Days remain, and less of a budget is used than was planned by now.
#define YS_TARGET_UNDER 8

// Days remain, and nothing within the declared bounds can spoil it.
#define YS_TARGET_SECURED 9

// Days remain, and nothing within the declared bounds suffices.
#define YS_TARGET_UNREACHABLE 10

// The period is over and the goal was met.
#define YS_TARGET_MET 11

// The period is over and the goal was not met.
#define YS_TARGET_MISSED 12

// The facts end before the day of the report.
#define YS_FINDING_FACTS_END_EARLY 1

// The facts go on after the day of the report.
#define YS_FINDING_FACTS_GO_ON 2

// A value of a filter or a segment of a plan does not occur in the facts.
#define YS_FINDING_VALUE_NOT_IN_FACTS 3

// A value of a query lies outside the bounds of its KPI.
#define YS_FINDING_OUT_OF_BOUNDS 4

// A target is in another state, band or tier than on the day before.
#define YS_FINDING_STATE_CHANGED 5

// A stage of a funnel is larger than the one before it.
#define YS_FINDING_STAGE_EXCEEDS 6

// A thousandth of a microsecond.
#define YS_TIME_NANOSECOND 1

// A thousandth of a millisecond.
#define YS_TIME_MICROSECOND 2

// A thousandth of a second.
#define YS_TIME_MILLISECOND 3

// Seconds.
#define YS_TIME_SECOND 4

// 60 seconds.
#define YS_TIME_MINUTE 5

// 3,600 seconds.
#define YS_TIME_HOUR 6

// 86,400 seconds.
#define YS_TIME_DAY 7

// No length of the calendar.
#define YS_GRAIN_NONE 0

// Days.
#define YS_GRAIN_DAY 1

// Weeks, from Monday to Sunday.
#define YS_GRAIN_WEEK 2

// Months.
#define YS_GRAIN_MONTH 3

// Quarters.
#define YS_GRAIN_QUARTER 4

// Years.
#define YS_GRAIN_YEAR 5

// By entity (ascending), and within each by time (ascending). The fastest.
#define YS_ARRANGEMENT_SORTED 1

// By time (ascending), whoever they are of, as in a log.
#define YS_ARRANGEMENT_BY_TIME 2

// In any order. Gives what the others give.
#define YS_ARRANGEMENT_UNSORTED 3

// It is complete, was left out, or reasons were not asked for.
#define YS_STOPPED_NONE 0

// No event could begin a chain.
#define YS_STOPPED_NEVER_ENTERED 1

// What could still come lies beyond the end of observation.
#define YS_STOPPED_END_OF_OBSERVATION 2

// No event at all of the next step.
#define YS_STOPPED_ABSENT 3

// With another held key it would have gone on.
#define YS_STOPPED_HELD_KEY 4

// An excluded event lay in the way.
#define YS_STOPPED_EXCLUSION 5

// The next step came too soon after the one before, or too late.
#define YS_STOPPED_GAP 6

// The next step came after the window.
#define YS_STOPPED_WINDOW 7

// The next step came before those that it should follow, or with others between.
#define YS_STOPPED_ORDER 8

// Who came in the interval.
#define YS_RETENTION_ON 1

// Who came in the interval or later.
#define YS_RETENTION_ON_OR_AFTER 2

// Who came in each interval from 0 on.
#define YS_RETENTION_STREAK 3

// Who came in any interval of a bracket.
#define YS_RETENTION_BRACKETS 4

// All transitions.
#define YS_TRANSITION_SHARE 1

// The paths.
#define YS_TRANSITION_PER_PATH 2

// All that leave the first label.
#define YS_TRANSITION_PROBABILITY_OUT 3

// All that reach the second label.
#define YS_TRANSITION_PROBABILITY_IN 4

// By time: what comes after.
#define YS_DIRECTION_NEXT 1

// Against time: what came before.
#define YS_DIRECTION_PREVIOUS 2

// The first event of all, if the chain is there.
#define YS_BASE_HEAD 1

// The last of all, if the chain is there.
#define YS_BASE_TAIL 2

// The first, by time, with which the chain is there.
#define YS_BASE_FIRST 3

// The last.
#define YS_BASE_LAST 4

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

// Frees a value that a function created. NULL is fine. Threads: alone with the value. Since ABI 1.
void ys_value_free(struct ys_value *value);

// Why a value is undefined: one of YS_REASON, and YS_REASON_NONE where it is defined. For NULL
// YS_REASON_MISSING. Threads: any. Since ABI 1.
ys_reason ys_value_reason(const struct ys_value *value);

// A value rounded once, as `rounding` says.
//
// Errors: YS_DOMAIN for an undefined value, whose reason ys_value_reason has; YS_OVERFLOW for a
// result beyond 96 bits; YS_INEXACT where YS_MODE_EXACT would lose digits; YS_INVALID_ARGUMENT for
// what `rounding` must not be. Threads: any. Since ABI 1.
ys_status ys_value_round(const struct ys_value *value,
                         const struct ys_rounding *rounding,
                         struct ys_decimal *result,
                         struct ys_error **error);

// A value as exact text: `3`, `-7/20`, or where it is undefined its reason, such as `no_base`.
//
// Errors: YS_BUFFER_TOO_SMALL. Threads: any. Since ABI 1.
ys_status ys_value_text(const struct ys_value *value,
                        char *buffer,
                        size_t capacity,
                        size_t *needed,
                        struct ys_error **error);

// A value from an integer.
//
// `result`: the caller frees it with ys_value_free. Exact. Threads: any. Since ABI 1.
ys_status ys_value_from_int64(int64_t number, struct ys_value **result, struct ys_error **error);

// A value from a decimal.
//
// `result`: the caller frees it with ys_value_free. Exact. Errors: a `number` that is no decimal as
// in ys_decimal_format. Threads: any. Since ABI 1.
ys_status ys_value_from_decimal(const struct ys_decimal *number,
                                struct ys_value **result,
                                struct ys_error **error);

// A value from a fraction of two integers, which need not be reduced.
//
// `result`: the caller frees it with ys_value_free. Exact. Errors: YS_DIVISION_BY_ZERO for a
// denominator of zero; ys_value_quotient has a value that is undefined instead. Threads: any. Since
// ABI 1.
ys_status ys_value_from_fraction(const struct ys_int128 *numerator,
                                 const struct ys_int128 *denominator,
                                 struct ys_value **result,
                                 struct ys_error **error);

// A value from `mantissa / 10^scale`: one value of a ys_wide_column.
//
// `scale` is 0 to 255. `result`: the caller frees it with ys_value_free. Exact. Threads: any. Since
// ABI 1.
ys_status ys_value_from_scaled(const struct ys_int128 *mantissa,
                               uint8_t scale,
                               struct ys_value **result,
                               struct ys_error **error);

// Reads a value: decimal text as strict as that of ys_decimal_parse, or a fraction of two, `-7/20`.
//
// Any number of digits and decimals up to 4096, and exponents as far. `result`: the caller frees it
// with ys_value_free. Exact. Errors: YS_SYNTAX with the span of what does not belong;
// YS_DIVISION_BY_ZERO for a denominator of zero; YS_CAPACITY beyond 4096 digits. Threads: any. Since
// ABI 1.
ys_status ys_value_parse(const char *text,
                         size_t length,
                         struct ys_value **result,
                         struct ys_error **error);

// A copy of a value, for one that has to outlive the handle it belongs to. Undefined ones too.
//
// `result`: the caller frees it with ys_value_free. Threads: any. Since ABI 1.
ys_status ys_value_copy(const struct ys_value *value,
                        struct ys_value **result,
                        struct ys_error **error);

// `a + b`. Where one is undefined the result is, and where both are it has the reason that comes
// first: YS_REASON_MISSING, YS_REASON_NOT_ADDITIVE, YS_REASON_INCONSISTENT, one of the unbounded,
// YS_REASON_NO_BASE, YS_REASON_CAPACITY.
//
// `result`: the caller frees it with ys_value_free. Exact, of any size. Threads: any. Since ABI 1.
ys_status ys_value_add(const struct ys_value *a,
                       const struct ys_value *b,
                       struct ys_value **result,
                       struct ys_error **error);

// `a - b`.
//
// Everything is as in ys_value_add. Threads: any. Since ABI 1.
ys_status ys_value_subtract(const struct ys_value *a,
                            const struct ys_value *b,
                            struct ys_value **result,
                            struct ys_error **error);

// `a b`.
//
// Everything is as in ys_value_add. Threads: any. Since ABI 1.
ys_status ys_value_multiply(const struct ys_value *a,
                            const struct ys_value *b,
                            struct ys_value **result,
                            struct ys_error **error);

// `a / b`. Over zero it is undefined, which is no error: zero over zero YS_REASON_NO_BASE, anything
// else YS_REASON_UNBOUNDED.
//
// Everything else is as in ys_value_add. Threads: any. Since ABI 1.
ys_status ys_value_quotient(const struct ys_value *a,
                            const struct ys_value *b,
                            struct ys_value **result,
                            struct ys_error **error);

// `-value`; undefined where the value is.
//
// `result`: the caller frees it with ys_value_free. Exact. Threads: any. Since ABI 1.
ys_status ys_value_negate(const struct ys_value *value,
                          struct ys_value **result,
                          struct ys_error **error);

// The magnitude of a value; undefined where the value is.
//
// Everything is as in ys_value_negate. Threads: any. Since ABI 1.
ys_status ys_value_abs(const struct ys_value *value,
                       struct ys_value **result,
                       struct ys_error **error);

// The greatest integer not above a value: -2 for -3/2.
//
// Everything is as in ys_value_negate. Threads: any. Since ABI 1.
ys_status ys_value_floor(const struct ys_value *value,
                         struct ys_value **result,
                         struct ys_error **error);

// The least integer not below a value: -1 for -3/2.
//
// Everything is as in ys_value_negate. Threads: any. Since ABI 1.
ys_status ys_value_ceil(const struct ys_value *value,
                        struct ys_value **result,
                        struct ys_error **error);

// A value to an integer power; anything to the power of 0 is 1, and what is undefined stays so.
//
// `result`: the caller frees it with ys_value_free. Exact. Errors: YS_DIVISION_BY_ZERO for zero to a
// negative power; YS_CAPACITY where the result would exceed 16384 bits above or below the line.
// Threads: any. Since ABI 1.
ys_status ys_value_pow(const struct ys_value *value,
                       int32_t exponent,
                       struct ys_value **result,
                       struct ys_error **error);

// How two values compare: -1 where `a` is less than `b`, 0 where they are equal, 1 where it is more.
//
// Exact: 1/3 is more than 0.3333. Errors: YS_DOMAIN where one is undefined. Threads: any. Since
// ABI 1.
ys_status ys_value_compare(const struct ys_value *a,
                           const struct ys_value *b,
                           int32_t *result,
                           struct ys_error **error);

// A value as a decimal with as few decimals as it takes.
//
// Exact. Errors: YS_INEXACT where it has no decimal expansion of at most 28 decimals; YS_OVERFLOW
// beyond 96 bits; YS_DOMAIN for an undefined value. Threads: any. Since ABI 1.
ys_status ys_value_decimal(const struct ys_value *value,
                           struct ys_decimal *result,
                           struct ys_error **error);

// The integer above the line of a value's reduced fraction: -7 for -7/20, 3 for 3.
//
// Exact. Errors: YS_OVERFLOW where it does not fit; YS_DOMAIN for an undefined value. Threads: any.
// Since ABI 1.
ys_status ys_value_numerator(const struct ys_value *value,
                             struct ys_int128 *result,
                             struct ys_error **error);

// The integer below the line of a value's reduced fraction, above zero: 20 for -7/20, 1 for 3.
//
// Everything is as in ys_value_numerator. Threads: any. Since ABI 1.
ys_status ys_value_denominator(const struct ys_value *value,
                               struct ys_int128 *result,
                               struct ys_error **error);

// Frees a real. NULL is fine. Threads: alone with it. Since ABI 1.
void ys_real_free(struct ys_real *real);

// Why a real is undefined: one of YS_REASON, and YS_REASON_NONE where it is defined. For NULL
// YS_REASON_MISSING. Threads: any. Since ABI 1.
ys_reason ys_real_reason(const struct ys_real *real);

// A real rounded once, as `rounding` says.
//
// Errors: as ys_value_round. Threads: any. Since ABI 1.
ys_status ys_real_round(const struct ys_real *real,
                        const struct ys_rounding *rounding,
                        struct ys_decimal *result,
                        struct ys_error **error);

// What a real is, as text for people, such as `sqrt(2)`, or where it is undefined its reason. The
// wording is no part of the interface.
//
// Errors: YS_BUFFER_TOO_SMALL. Threads: any. Since ABI 1.
ys_status ys_real_text(const struct ys_real *real,
                       char *buffer,
                       size_t capacity,
                       size_t *needed,
                       struct ys_error **error);

// The square root of a value.
//
// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors: YS_DOMAIN for
// a value below zero or undefined. Threads: any. Since ABI 1.
ys_status ys_value_sqrt(const struct ys_value *value,
                        struct ys_real **result,
                        struct ys_error **error);

// The root of a value, of any degree from 1.
//
// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors: YS_DOMAIN for
// a degree of 0, an even one of a value below zero, and an undefined value. Threads: any. Since
// ABI 1.
ys_status ys_value_root(const struct ys_value *value,
                        uint32_t degree,
                        struct ys_real **result,
                        struct ys_error **error);

// A value to the power of any value; anything to the power of 0 is 1. ys_value_pow is for integers.
//
// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors: YS_DOMAIN for
// a value below zero to a power that is no integer, and for what is undefined; YS_DIVISION_BY_ZERO
// for zero to a power below zero. Threads: any. Since ABI 1.
ys_status ys_value_power(const struct ys_value *value,
                         const struct ys_value *exponent,
                         struct ys_real **result,
                         struct ys_error **error);

// e to the power of a value.
//
// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors: YS_DOMAIN for
// an undefined value. Threads: any. Since ABI 1.
ys_status ys_value_exp(const struct ys_value *value,
                       struct ys_real **result,
                       struct ys_error **error);

// The natural logarithm of a value.
//
// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors: YS_DOMAIN for
// a value that is not above zero, or undefined. Threads: any. Since ABI 1.
ys_status ys_value_ln(const struct ys_value *value,
                      struct ys_real **result,
                      struct ys_error **error);

// The logarithm of a value to base 10.
//
// Everything is as in ys_value_ln. Threads: any. Since ABI 1.
ys_status ys_value_log10(const struct ys_value *value,
                         struct ys_real **result,
                         struct ys_error **error);

// The compound growth rate by period, `(end / begin)^(1 / periods) - 1`: 0.1 from 1000 to 1331 over 3
// periods.
//
// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors:
// YS_DIVISION_BY_ZERO where `begin` or `periods` is zero, or `end` is and `periods` is below zero;
// YS_DOMAIN where `begin` and `end` have unlike signs, or one is undefined. Threads: any. Since
// ABI 1.
ys_status ys_growth_rate(const struct ys_value *begin,
                         const struct ys_value *end,
                         const struct ys_value *periods,
                         struct ys_real **result,
                         struct ys_error **error);

// The compound growth rate by year of 365 days, `(end / begin)^(365 / days) - 1`.
//
// Everything is as in ys_growth_rate. Threads: any. Since ABI 1.
ys_status ys_annual_growth_rate(const struct ys_value *begin,
                                const struct ys_value *end,
                                const struct ys_value *days,
                                struct ys_real **result,
                                struct ys_error **error);

// What is left of one after some time with a half-life, `2^(-elapsed / half_life)`, both in the same
// unit of time.
//
// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors:
// YS_DIVISION_BY_ZERO where the half-life is zero; YS_DOMAIN where one is undefined. Threads: any.
// Since ABI 1.
ys_status ys_decay(const struct ys_value *elapsed,
                   const struct ys_value *half_life,
                   struct ys_real **result,
                   struct ys_error **error);

// Writes a decimal with every digit that it has, laid out as `format` says: `-1,234,567.00`,
// `10.52%`. No digit is rounded, and there is no negative zero.
//
// Exact. Errors: YS_INVALID_ARGUMENT for a struct_size or a flag that is neither 0 nor 1; YS_DOMAIN
// for a width or a separator that cannot be; a `value` that is no decimal as in ys_decimal_format;
// YS_BUFFER_TOO_SMALL. Threads: any. Since ABI 1.
ys_status ys_decimal_format_as(const struct ys_decimal *value,
                               const struct ys_format *format,
                               char *buffer,
                               size_t capacity,
                               size_t *needed,
                               struct ys_error **error);

// `dividend / divisor`, rounded once.
//
// `result` may be one of the two. Errors: YS_DIVISION_BY_ZERO; YS_OVERFLOW and YS_INEXACT as in
// ys_decimal_round, and what is no decimal or no rounding as there. Threads: any. Since ABI 1.
ys_status ys_decimal_quotient(const struct ys_decimal *dividend,
                              const struct ys_decimal *divisor,
                              const struct ys_rounding *rounding,
                              struct ys_decimal *result,
                              struct ys_error **error);

// The product of the dividends over that of the divisors, rounded once: `cost * 1000 / impressions`.
// A product of none is 1.
//
// NULL is fine where a count is 0. Errors: as ys_decimal_quotient. Threads: any. Since ABI 1.
ys_status ys_decimal_quotient_of_products(const struct ys_decimal *dividends,
                                          size_t dividend_count,
                                          const struct ys_decimal *divisors,
                                          size_t divisor_count,
                                          const struct ys_rounding *rounding,
                                          struct ys_decimal *result,
                                          struct ys_error **error);

// `numerator / denominator` of counts, rounded once.
//
// Errors: as ys_decimal_quotient. Threads: any. Since ABI 1.
ys_status ys_ratio(uint64_t numerator,
                   uint64_t denominator,
                   const struct ys_rounding *rounding,
                   struct ys_decimal *result,
                   struct ys_error **error);

// Splits a total in proportion to weights, in multiples of a quantum, by largest remainder.
//
// Every part first gets its exact share rounded down to a multiple of the quantum; what is left goes,
// one quantum each, to the parts from which rounding took most, of equal ones to the first. The parts
// sum to the total. `weights` is `count` pointers; one value may stand in it several times. `result`:
// the caller frees it with ys_allocation_free. Exact. Errors: YS_DOMAIN for a quantum that is not
// above zero, a total that is no multiple of it, no weights, weights that are all zero or of both
// signs, and what is undefined; YS_CAPACITY for integers beyond 16384 bits. Threads: any. Since
// ABI 1.
ys_status ys_allocate(const struct ys_value *total,
                      const struct ys_value *const *weights,
                      size_t count,
                      const struct ys_value *quantum,
                      struct ys_allocation **result,
                      struct ys_error **error);

// Splits a total in proportion to weights, in multiples of a quantum, by rounding running totals.
//
// Each part depends on those before it only: for a total that is spread over time. `mode` is one of
// YS_MODE_CEIL to YS_MODE_EXACT. Errors: as ys_allocate; YS_INVALID_ARGUMENT for another mode;
// YS_INEXACT where YS_MODE_EXACT would have to round. Everything else is as in ys_allocate. Threads:
// any. Since ABI 1.
ys_status ys_allocate_cumulative(const struct ys_value *total,
                                 const struct ys_value *const *weights,
                                 size_t count,
                                 const struct ys_value *quantum,
                                 int32_t mode,
                                 struct ys_allocation **result,
                                 struct ys_error **error);

// How many parts there are.
//
// `allocation` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_allocation_count(const struct ys_allocation *allocation);

// A part, counted from 0.
//
// Returns a value that belongs to the allocation, or NULL beyond the last. `allocation` may be NULL:
// NULL. Threads: any. Since ABI 1.
const struct ys_value *ys_allocation_part(const struct ys_allocation *allocation,
                                          size_t index);

// Frees an allocation and its parts. NULL is fine. Threads: alone with it. Since ABI 1.
void ys_allocation_free(struct ys_allocation *allocation);

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

// The sum of a column of integers that share a scale. Empty cells are left out; the sum of none is 0.
//
// `column` and what it points to are read during the call, in place where the values lie side by
// side. `result`: the caller frees it with ys_value_free. Exact, and nothing overflows. Errors:
// YS_INVALID_ARGUMENT for a struct_size, a stride or a reserved field; YS_DOMAIN for a scale outside
// 0 to 38. Threads: any. Since ABI 1.
ys_status ys_sum_integers(const struct ys_integer_column *column,
                          struct ys_value **result,
                          struct ys_error **error);

// The sum of a column of 128-bit integers that share a scale: an Arrow decimal128 column.
//
// Everything is as in ys_sum_integers. Threads: any. Since ABI 1.
ys_status ys_sum_wide(const struct ys_wide_column *column,
                      struct ys_value **result,
                      struct ys_error **error);

// The sum of a column of decimal text, read as strictly as ys_decimal_parse does, but up to 38
// decimals and 128 bits. A text whose bit is not set is left out; an empty one whose bit is set is
// refused.
//
// Errors: YS_SYNTAX for text that is no number or not UTF-8, YS_OVERFLOW for one that does not fit,
// YS_SHAPE for offsets that do not ascend or leave the data, each with its row; YS_INVALID_ARGUMENT
// for a struct_size or for both kinds of offsets. Everything else is as in ys_sum_integers. Threads:
// any. Since ABI 1.
ys_status ys_sum_text(const struct ys_text_column *column,
                      struct ys_value **result,
                      struct ys_error **error);

// Begins with no value.
//
// `moments`: the caller frees it with ys_moments_free. Threads: any. Since ABI 1.
ys_status ys_moments_new(struct ys_moments **moments, struct ys_error **error);

// Frees moments. NULL is fine. Threads: alone with them. Since ABI 1.
void ys_moments_free(struct ys_moments *moments);

// Adds the values of a column of integers that share a scale. Empty cells are left out.
//
// `column` and what it points to are read during the call. Exact, and nothing overflows. Errors: as
// ys_sum_integers, and nothing is added then. Threads: alone with the moments. Since ABI 1.
ys_status ys_moments_add_integers(struct ys_moments *moments,
                                  const struct ys_integer_column *column,
                                  struct ys_error **error);

// The same of 128-bit integers: an Arrow decimal128 column.
//
// Everything is as in ys_moments_add_integers. Threads: alone with the moments. Since ABI 1.
ys_status ys_moments_add_wide(struct ys_moments *moments,
                              const struct ys_wide_column *column,
                              struct ys_error **error);

// The same of decimal text, read as ys_sum_text does.
//
// Errors: as ys_sum_text, and nothing is added then. Threads: alone with the moments. Since ABI 1.
ys_status ys_moments_add_text(struct ys_moments *moments,
                              const struct ys_text_column *column,
                              struct ys_error **error);

// Adds what another state has seen, in whatever order that is done.
//
// Exact. Errors: YS_INVALID_ARGUMENT where both are one. Threads: alone with the first, and any may
// read the other. Since ABI 1.
ys_status ys_moments_merge(struct ys_moments *moments,
                           const struct ys_moments *other,
                           struct ys_error **error);

// Adds one value.
//
// Errors: a `value` that is no decimal as in ys_decimal_format. Threads: alone with the moments.
// Since ABI 1.
ys_status ys_moments_push(struct ys_moments *moments,
                          const struct ys_decimal *value,
                          struct ys_error **error);

// How many values there were, empty cells not counted.
//
// `result`: the caller frees it with ys_value_free. Exact. Threads: any. Since ABI 1.
ys_status ys_moments_count(const struct ys_moments *moments,
                           struct ys_value **result,
                           struct ys_error **error);

// The sum of the values; 0 of none.
//
// Everything is as in ys_moments_count. Threads: any. Since ABI 1.
ys_status ys_moments_sum(const struct ys_moments *moments,
                         struct ys_value **result,
                         struct ys_error **error);

// The sum of their squares; 0 of none.
//
// Everything is as in ys_moments_count. Threads: any. Since ABI 1.
ys_status ys_moments_sum_of_squares(const struct ys_moments *moments,
                                    struct ys_value **result,
                                    struct ys_error **error);

// The least value; undefined of none, YS_REASON_NO_BASE.
//
// Everything is as in ys_moments_count. Threads: any. Since ABI 1.
ys_status ys_moments_min(const struct ys_moments *moments,
                         struct ys_value **result,
                         struct ys_error **error);

// The greatest value; undefined of none, YS_REASON_NO_BASE.
//
// Everything is as in ys_moments_count. Threads: any. Since ABI 1.
ys_status ys_moments_max(const struct ys_moments *moments,
                         struct ys_value **result,
                         struct ys_error **error);

// The mean, which is a fraction; undefined of none, YS_REASON_NO_BASE.
//
// Everything is as in ys_moments_count. Threads: any. Since ABI 1.
ys_status ys_moments_mean(const struct ys_moments *moments,
                          struct ys_value **result,
                          struct ys_error **error);

// The variance, which is a fraction. `of` is YS_OF_SAMPLE, undefined of less than two values, or
// YS_OF_POPULATION, undefined of none; YS_REASON_NO_BASE.
//
// Errors: YS_INVALID_ARGUMENT for another `of`. Everything else is as in ys_moments_count. Threads:
// any. Since ABI 1.
ys_status ys_moments_variance(const struct ys_moments *moments,
                              int32_t of,
                              struct ys_value **result,
                              struct ys_error **error);

// The standard deviation, the root of the variance; undefined where that is.
//
// `result`: the caller frees it with ys_real_free. Exact until it is rounded. Errors: as
// ys_moments_variance. Threads: any. Since ABI 1.
ys_status ys_moments_standard_deviation(const struct ys_moments *moments,
                                        int32_t of,
                                        struct ys_real **result,
                                        struct ys_error **error);

// Begins with no number.
//
// `quantiles`: the caller frees it with ys_quantiles_free. Threads: any. Since ABI 1.
ys_status ys_quantiles_new(struct ys_quantiles **quantiles, struct ys_error **error);

// Frees quantiles. NULL is fine. Threads: alone with them. Since ABI 1.
void ys_quantiles_free(struct ys_quantiles *quantiles);

// Adds the values of a column of integers that share a scale. Empty cells are left out.
//
// `column` and what it points to are read during the call. Copies the values, and sorts them. Errors: as
// ys_sum_integers, and nothing is added then. Threads: alone with the quantiles. Since ABI 1.
ys_status ys_quantiles_add_integers(struct ys_quantiles *quantiles,
                                    const struct ys_integer_column *column,
                                    struct ys_error **error);

// The same of 128-bit integers: an Arrow decimal128 column.
//
// Everything is as in ys_quantiles_add_integers. Threads: alone with the quantiles. Since ABI 1.
ys_status ys_quantiles_add_wide(struct ys_quantiles *quantiles,
                                const struct ys_wide_column *column,
                                struct ys_error **error);

// The same of decimal text, read as ys_sum_text does.
//
// Errors: as ys_sum_text, and nothing is added then. Threads: alone with the quantiles. Since ABI 1.
ys_status ys_quantiles_add_text(struct ys_quantiles *quantiles,
                                const struct ys_text_column *column,
                                struct ys_error **error);

// Adds what another state has seen, in whatever order that is done.
//
// Exact. Errors: YS_INVALID_ARGUMENT where both are one. Threads: alone with the first, and any may
// read the other. Since ABI 1.
ys_status ys_quantiles_merge(struct ys_quantiles *quantiles,
                             const struct ys_quantiles *other,
                             struct ys_error **error);

// How many numbers there are. For NULL 0. Threads: any. Since ABI 1.
size_t ys_quantiles_count(const struct ys_quantiles *quantiles);

// The quantile at `p`: 1/2 for the median, 1/4 for the first quartile. `kind` is one of YS_QUANTILE,
// the types of Hyndman and Fan by their numbers 1 to 9. Of no numbers it is undefined,
// YS_REASON_NO_BASE.
//
// `result`: the caller frees it with ys_value_free. Exact. Errors: YS_DOMAIN where `p` is not between
// 0 and 1, or undefined; YS_INVALID_ARGUMENT for another kind. Threads: any. Since ABI 1.
ys_status ys_quantiles_quantile(const struct ys_quantiles *quantiles,
                                const struct ys_value *p,
                                int32_t kind,
                                struct ys_value **result,
                                struct ys_error **error);

// Begins with no value.
//
// `mean`: the caller frees it with ys_weighted_mean_free. Threads: any. Since ABI 1.
ys_status ys_weighted_mean_new(struct ys_weighted_mean **mean, struct ys_error **error);

// Frees a weighted mean. NULL is fine. Threads: alone with it. Since ABI 1.
void ys_weighted_mean_free(struct ys_weighted_mean *mean);

// Adds a column of integers weighted by another; each may have its own scale. Rows where either is
// empty are left out.
//
// The columns and what they point to are read during the call. Exact, and nothing overflows. Errors:
// as ys_sum_integers, and YS_SHAPE where the two have not as many rows; nothing is added then.
// Threads: alone with the mean. Since ABI 1.
ys_status ys_weighted_mean_add_integers(struct ys_weighted_mean *mean,
                                        const struct ys_integer_column *values,
                                        const struct ys_integer_column *weights,
                                        struct ys_error **error);

// The same of 128-bit integers: Arrow decimal128 columns.
//
// Everything is as in ys_weighted_mean_add_integers. Threads: alone with the mean. Since ABI 1.
ys_status ys_weighted_mean_add_wide(struct ys_weighted_mean *mean,
                                    const struct ys_wide_column *values,
                                    const struct ys_wide_column *weights,
                                    struct ys_error **error);

// The same of decimal text, read as ys_sum_text does.
//
// Errors: as ys_sum_text, and YS_SHAPE where the two have not as many rows; nothing is added then.
// Threads: alone with the mean. Since ABI 1.
ys_status ys_weighted_mean_add_text(struct ys_weighted_mean *mean,
                                    const struct ys_text_column *values,
                                    const struct ys_text_column *weights,
                                    struct ys_error **error);

// Adds one value with its weight.
//
// Errors: what is no decimal as in ys_decimal_format. Threads: alone with the mean. Since ABI 1.
ys_status ys_weighted_mean_push(struct ys_weighted_mean *mean,
                                const struct ys_decimal *value,
                                const struct ys_decimal *weight,
                                struct ys_error **error);

// Adds what another state has seen, in whatever order that is done.
//
// Exact. Errors: YS_INVALID_ARGUMENT where both are one. Threads: alone with the first, and any may
// read the other. Since ABI 1.
ys_status ys_weighted_mean_merge(struct ys_weighted_mean *mean,
                                 const struct ys_weighted_mean *other,
                                 struct ys_error **error);

// The sum of the values, each times its weight; 0 of none.
//
// `result`: the caller frees it with ys_value_free. Exact. Threads: any. Since ABI 1.
ys_status ys_weighted_mean_sum(const struct ys_weighted_mean *mean,
                               struct ys_value **result,
                               struct ys_error **error);

// The sum of the weights; 0 of none.
//
// Everything is as in ys_weighted_mean_sum. Threads: any. Since ABI 1.
ys_status ys_weighted_mean_weight(const struct ys_weighted_mean *mean,
                                  struct ys_value **result,
                                  struct ys_error **error);

// The weighted mean. Where the weights sum to zero it is undefined, as ys_value_quotient says.
//
// Everything is as in ys_weighted_mean_sum. Threads: any. Since ABI 1.
ys_status ys_weighted_mean_value(const struct ys_weighted_mean *mean,
                                 struct ys_value **result,
                                 struct ys_error **error);

// The level of confidence that one of YS_CONFIDENCE names, two-sided: 19/20 for YS_CONFIDENCE_95.
//
// `result`: the caller frees it with ys_value_free. Exact. Errors: YS_INVALID_ARGUMENT for another
// number. Threads: any. Since ABI 1.
ys_status ys_confidence_level(int32_t confidence,
                              struct ys_value **result,
                              struct ys_error **error);

// The z of a level of confidence, for ys_wilson and the like: the quantile of the standard normal
// distribution at `(1 + level)/2`, rounded half even to 40 decimals.
//
// Everything else is as in ys_confidence_level. Threads: any. Since ABI 1.
ys_status ys_confidence_z(int32_t confidence, struct ys_value **result, struct ys_error **error);

// The bounds that Wilson gives for a proportion of `successes` in `trials`.
//
// `lower` and `upper`: the caller frees them with ys_real_free. Exact until they are rounded, for
// that `z`. Errors: YS_DIVISION_BY_ZERO without trials; YS_DOMAIN for more successes than trials, and
// for a `z` below zero or undefined. Threads: any. Since ABI 1.
ys_status ys_wilson(uint64_t successes,
                    uint64_t trials,
                    const struct ys_value *z,
                    struct ys_real **lower,
                    struct ys_real **upper,
                    struct ys_error **error);

// The bounds of Wald, `p ± z sqrt(p (1 - p)/n)`, which may lie outside 0 to 1.
//
// Everything else is as in ys_wilson. Threads: any. Since ABI 1.
ys_status ys_wald(uint64_t successes,
                  uint64_t trials,
                  const struct ys_value *z,
                  struct ys_real **lower,
                  struct ys_real **upper,
                  struct ys_error **error);

// The bounds of Agresti and Coull: those of Wald after half of z squared was added to successes and
// failures each.
//
// Everything else is as in ys_wilson. Threads: any. Since ABI 1.
ys_status ys_agresti_coull(uint64_t successes,
                           uint64_t trials,
                           const struct ys_value *z,
                           struct ys_real **lower,
                           struct ys_real **upper,
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

// Adds all columns of an Arrow record batch: a struct array, of the format `+s`, as the Arrow C
// Data Interface hands it over.
//
// A column is matched by its name to a dimension or measure of the model. That of the days is the
// one with dates or timestamps, whatever its name.
//
// | column | formats |
// |---|---|
// | days | `tdD`; `tdm` and timestamps `tss: tsm: tsu: tsn:` without a time zone or in UTC, at the beginning of a day |
// | dimension | `u`, `U`; the same in a dictionary, with any integer as the index |
// | measure | `l`, `d:P,S` and `d:P,S,128`; `c C s S i I L`; `u` and `U` as decimal text |
//
// Days of `tdD`, values of `l` and `d`, and the index `i` or `I` of a dictionary are read where they
// lie, if they are aligned; all else is copied. Offsets of arrays are followed. An empty value of a
// measure means what the measure says of a missing day; days and dimensions have none.
//
// `schema` and `array` are taken over whatever the status: their `release` is NULL afterwards, and
// the library calls what it was once. That of the schema is called before this returns. That of the
// array is called when what reads it is freed: the facts, or the builder where it was not built; on
// an error before this returns. It may be called by any thread. A table of several batches is
// combined before.
//
// ```c
// struct ArrowSchema schema; // filled by an exporter
// struct ArrowArray array;
// ys_facts_builder_add_record_batch(builder, &schema, &array, &error);
// ```
//
// On an error the builder is as before. Exact. Errors: YS_INVALID_ARGUMENT for a struct that was
// released, or a builder that was built; YS_TYPE for another format, floats among them; YS_DOMAIN
// for a scale below 0; YS_MISSING for a day or dimension without a value; YS_SHAPE for lengths,
// offsets, buffers or an index that do not fit; YS_SYNTAX for what is not UTF-8; YS_DATE for days
// outside the years 0001 to 9999, and for timestamps within a day; each with its column, and its row
// where it has one. A column that the model does not have, and what it has twice or not, are told
// by ys_facts_build. Threads: alone with the builder. Since ABI 1.
ys_status ys_facts_builder_add_record_batch(struct ys_facts_builder *builder,
                                            struct ArrowSchema *schema,
                                            struct ArrowArray *array,
                                            struct ys_error **error);

// How many rows a table has.
//
// `table` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_table_row_count(const struct ys_table *table);

// How many columns of values a table has: one for each metric, in the order asked for.
//
// `table` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_table_column_count(const struct ys_table *table);

// How many dimensions the keys of a table have.
//
// `table` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_table_dimension_count(const struct ys_table *table);

// The name of a dimension of the keys.
//
// Returns text that lives as long as the table; NULL where there is no such dimension, or `table`
// is NULL. Threads: any. Since ABI 1.
const char *ys_table_dimension_name(const struct ys_table *table, size_t dimension);

// The metric of a column, as it was asked for.
//
// Returns text that lives as long as the table; NULL where there is no such column, or `table` is
// NULL. Threads: any. Since ABI 1.
const char *ys_table_column_name(const struct ys_table *table, size_t column);

// The unit of a column, such as `EUR/order`; `1` for pure numbers.
//
// Returns text that lives as long as the table; NULL where there is no such column, or `table` is
// NULL. Threads: any. Since ABI 1.
const char *ys_table_column_unit(const struct ys_table *table, size_t column);

// Which column has a metric.
//
// Returns whether there is one; only then `column` is written. `column` may be NULL. False where
// the name is not UTF-8, or `table` is NULL. Threads: any. Since ABI 1.
bool ys_table_find_column(const struct ys_table *table,
                          const char *name,
                          size_t name_length,
                          size_t *column);

// The value of a dimension in the key of a row, as the facts have it.
//
// Returns text that lives as long as the table; NULL where there is no such row or dimension, or
// `table` is NULL. `length` may be NULL; it gets the bytes without the NUL at the end, for keys
// with a NUL inside. Threads: any. Since ABI 1.
const char *ys_table_key(const struct ys_table *table,
                         size_t row,
                         size_t dimension,
                         size_t *length);

// The name of the bucket of time of a row, such as `2011-W49`.
//
// Returns text that lives as long as the table; NULL where no grain was asked for, there is no such
// row, or `table` is NULL. Threads: any. Since ABI 1.
const char *ys_table_bucket(const struct ys_table *table, size_t row);

// The days of a row, both included, as days since 1970-01-01.
//
// Returns whether there is such a row; only then `first` and `last` are written. Both may be NULL.
// `table` may be NULL: false. Threads: any. Since ABI 1.
bool ys_table_period(const struct ys_table *table, size_t row, int32_t *first, int32_t *last);

// The value of a column in a row. Exact.
//
// Returns a value that belongs to the table and lives as long: do not free it. NULL where there is
// no such row or column, or `table` is NULL. Threads: any. Since ABI 1.
const struct ys_value *ys_table_value(const struct ys_table *table, size_t row, size_t column);

// Frees a table that a function created.
//
// `table` may be NULL; it must not come from a report. Since ABI 1.
void ys_table_free(struct ys_table *table);

// Reads a formula. The language is described in the library's documentation of `Formula`: numbers,
// names, `+ - * / ^`, parentheses and functions such as `min` and `prior`.
//
// `formula`: the caller frees it with ys_formula_free. Errors: YS_SYNTAX; YS_UNKNOWN for a function
// that is not there; YS_CAPACITY for more than 4,096 bytes, 256 operations or a nesting of 64; with
// the place in the text, see ys_error_span. Threads: any. Since ABI 1.
ys_status ys_formula_parse(const char *text,
                           size_t length,
                           struct ys_formula **formula,
                           struct ys_error **error);

// The formula in one way of writing, which reads back as the same formula.
//
// Returns text that lives as long as the formula; NULL where `formula` is NULL. Threads: any. Since
// ABI 1.
const char *ys_formula_text(const struct ys_formula *formula);

// How many names the formula uses. `formula` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_formula_name_count(const struct ys_formula *formula);

// A name that the formula uses, in order of their first use.
//
// Returns text that lives as long as the formula; NULL where `index` is not below
// ys_formula_name_count, or `formula` is NULL. Threads: any. Since ABI 1.
const char *ys_formula_name(const struct ys_formula *formula, size_t index);

// The value of the formula where `values[i]` stands for name `i` of `names`.
//
// Units play no part. `names` and `values` are read during the call; `values` has as many pointers
// as `names` has texts, and may be NULL where that is 0. `result`: the caller frees it with
// ys_value_free; undefined with its reason where the formula divides by zero. Exact. Errors:
// YS_SHAPE where `count` is not that of the names; YS_DOMAIN for an undefined value, and for
// functions that need periods or rates; YS_UNKNOWN for a name that has no value, with its place;
// those of ys_facts_builder_add_dimension for the texts. Threads: any. Since ABI 1.
ys_status ys_formula_evaluate(const struct ys_formula *formula,
                              const struct ys_text_column *names,
                              const struct ys_value *const *values,
                              size_t count,
                              struct ys_value **result,
                              struct ys_error **error);

// Frees a formula. `formula` may be NULL. Since ABI 1.
void ys_formula_free(struct ys_formula *formula);

// Begins a query: no metrics yet, in total, over all days that the facts have.
//
// `query`: the caller frees it with ys_query_free. Threads: any. Since ABI 1.
ys_status ys_query_new(struct ys_query **query, struct ys_error **error);

// One more metric: a KPI or a measure by its name. Where both have the name it is the measure, and
// `kpi.name` the KPI. Errors: YS_SYNTAX for what is not UTF-8. Threads: alone with the query. Since
// ABI 1.
ys_status ys_query_add_metric(struct ys_query *query,
                              const char *name,
                              size_t name_length,
                              struct ys_error **error);

// One row for each value of this dimension; may be called for several. Errors: YS_SYNTAX for what
// is not UTF-8. Threads: alone with the query. Since ABI 1.
ys_status ys_query_by(struct ys_query *query,
                      const char *dimension,
                      size_t dimension_length,
                      struct ys_error **error);

// Only rows whose `dimension` has one of these values; several calls must all hold.
//
// `values` is read during the call. Errors: those of ys_facts_builder_add_dimension for the texts.
// Threads: alone with the query. Since ABI 1.
ys_status ys_query_only(struct ys_query *query,
                        const char *dimension,
                        size_t dimension_length,
                        const struct ys_text_column *values,
                        struct ys_error **error);

// One row for each bucket of time: `grain` is one of YS_GRAIN. Set again, the last one counts.
// Errors: YS_INVALID_ARGUMENT for one that is not listed. Threads: alone with the query. Since
// ABI 1.
ys_status ys_query_set_grain(struct ys_query *query, ys_grain grain, struct ys_error **error);

// Only the days from `first` to `last`, both included, as days since 1970-01-01. Set again, the
// last ones count. Errors: YS_DATE for days outside the years 0001 to 9999, or in the wrong order.
// Threads: alone with the query. Since ABI 1.
ys_status ys_query_set_period(struct ys_query *query,
                              int32_t first,
                              int32_t last,
                              struct ys_error **error);

// The days that `prior` means in formulas. Without them, and with a grain, it means the bucket
// before; without a grain, as many days right before. Everything is as in ys_query_set_period. Since
// ABI 1.
ys_status ys_query_set_compare(struct ys_query *query,
                               int32_t first,
                               int32_t last,
                               struct ys_error **error);

// Whether all metrics are in the reporting currency of the KPIs. Threads: alone with the query.
// Since ABI 1.
ys_status ys_query_set_reported(struct ys_query *query, bool reported, struct ys_error **error);

// Evaluates a query over facts.
//
// `table`: the caller frees it with ys_table_free; it needs none of the others. The columns of
// `facts` are read. Exact: measures roll up first and formulas run last, so a ratio is never
// averaged. Errors: YS_INVALID with everything that is wrong with the query: a metric or dimension
// that is not there, or no metric at all; YS_SHAPE for facts of another model; YS_CAPACITY for more
// than 16,777,216 cells, or what would take too long. Threads: any, several at once over the same
// handles. Since ABI 1.
ys_status ys_query_run(const struct ys_query *query,
                       const struct ys_kpi_set *set,
                       const struct ys_facts *facts,
                       struct ys_table **table,
                       struct ys_error **error);

// Frees a query. `query` may be NULL. Since ABI 1.
void ys_query_free(struct ys_query *query);

// The KPIs of a model, with its calendar.
//
// `model` is read during the call only. `set`: the caller frees it with ys_kpi_set_free. Threads:
// any. Since ABI 1.
ys_status ys_kpi_set_of_model(const struct ys_model *model,
                              struct ys_kpi_set **set,
                              struct ys_error **error);

// KPIs by name and formula, over the dimensions and measures of a model and with its calendar. The
// KPIs of the model are not among them.
//
// `model` is read during the call only, and so are `names` and `formulas`, which have one text for
// each KPI; none is fine. `set`: the caller frees it with ys_kpi_set_free. Errors: YS_SHAPE where
// there are not as many formulas as names; those of ys_formula_parse; YS_INVALID with everything
// that is wrong: a name that nothing defines, a cycle, units that do not go together; those of
// ys_facts_builder_add_dimension for the texts. Threads: any. Since ABI 1.
ys_status ys_kpi_set_new(const struct ys_model *model,
                         const struct ys_text_column *names,
                         const struct ys_text_column *formulas,
                         struct ys_kpi_set **set,
                         struct ys_error **error);

// How many KPIs a set has. `set` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_kpi_set_count(const struct ys_kpi_set *set);

// The name of a KPI, in the order given.
//
// Returns text that lives as long as the set; NULL where `index` is not below ys_kpi_set_count, or
// `set` is NULL. Threads: any. Since ABI 1.
const char *ys_kpi_set_name(const struct ys_kpi_set *set, size_t index);

// The unit of a KPI, such as `EUR/order`. Everything is as in ys_kpi_set_name. Since ABI 1.
const char *ys_kpi_set_unit(const struct ys_kpi_set *set, size_t index);

// Frees a set of KPIs. `set` may be NULL. Since ABI 1.
void ys_kpi_set_free(struct ys_kpi_set *set);

// The day of the report, as days since 1970-01-01.
//
// Returns false and writes nothing where `report` is NULL. `day` may be NULL. Threads: any. Since
// ABI 1.
bool ys_report_day(const struct ys_report *report, int32_t *day);

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

// The day, included, as days since 1970-01-01. `assessment` may be NULL: 0. Threads: any. Since
// ABI 1.
int32_t ys_assessment_day(const struct ys_assessment *assessment);

// Where it stands: one of YS_TARGET. `assessment` may be NULL: 0. Threads: any. Since ABI 1.
ys_target_state ys_assessment_state(const struct ys_assessment *assessment);

// Whether the actual value meets the goal now, compared exactly.
//
// Returns whether that is defined; only then `met` is written. `met` may be NULL. `assessment` may
// be NULL: false. Threads: any. Since ABI 1.
bool ys_assessment_met(const struct ys_assessment *assessment, bool *met);

// A number of it: `figure` is one of YS_FIGURE. Exact.
//
// Returns a value that belongs to the report and lives as long: do not free it. NULL where the
// target has no such number, `figure` is not listed, or `assessment` is NULL. Threads: any. Since
// ABI 1.
const struct ys_value *ys_assessment_figure(const struct ys_assessment *assessment, int32_t figure);

// The name of the band that holds.
//
// Returns text that lives as long as the report; NULL where none does, or `assessment` is NULL.
// Threads: any. Since ABI 1.
const char *ys_assessment_band(const struct ys_assessment *assessment);

// The name of the hardest tier that is reached.
//
// Returns text that lives as long as the report; NULL where none is, or `assessment` is NULL.
// Threads: any. Since ABI 1.
const char *ys_assessment_tier(const struct ys_assessment *assessment);

// What kind of pace it has: one of YS_PACE, and 0 where it has none, or `assessment` is NULL.
// Threads: any. Since ABI 1.
int32_t ys_assessment_pace(const struct ys_assessment *assessment);

// How many days of the period have passed.
//
// Returns whether that is known; only then `days` is written. `days` may be NULL. False where there
// is no pace, for that of a ratio, and where `assessment` is NULL. Threads: any. Since ABI 1.
bool ys_assessment_elapsed_days(const struct ys_assessment *assessment, uint32_t *days);

// How many days of the period remain. Everything is as in ys_assessment_elapsed_days. Since ABI 1.
bool ys_assessment_remaining_days(const struct ys_assessment *assessment, uint32_t *days);

// The day on which the goal is reached if it goes on so, as days since 1970-01-01.
//
// Returns whether there is one; only then `day` is written. `day` may be NULL. `assessment` may be
// NULL: false. Threads: any. Since ABI 1.
bool ys_assessment_reached_on(const struct ys_assessment *assessment, int32_t *day);

// The best day so far, as days since 1970-01-01; its numbers are YS_FIGURE_BEST_VALUE and
// YS_FIGURE_BEST_RATE. Everything is as in ys_assessment_reached_on. Since ABI 1.
bool ys_assessment_best_day(const struct ys_assessment *assessment, int32_t *day);

// Whether more is required of what remains than the best day so far brought; less, where lower is
// better. `assessment` may be NULL: false. Threads: any. Since ABI 1.
bool ys_assessment_beyond_best(const struct ys_assessment *assessment);

// What a finding is about: one of YS_FINDING, and 0 where there is no such finding, or `report` is
// NULL. Threads: any. Since ABI 1.
ys_finding_kind ys_report_finding_kind(const struct ys_report *report, size_t index);

// Where a finding is, for example `funnel "lead to deal"`.
//
// Returns text that lives as long as the report; NULL where there is no such finding, or `report`
// is NULL. Threads: any. Since ABI 1.
const char *ys_report_finding_place(const struct ys_report *report, size_t index);

// What was found, and what to look at. The wording is no part of the interface.
//
// Returns text that lives as long as the report; NULL where there is no such finding, or `report`
// is NULL. Threads: any. Since ABI 1.
const char *ys_report_finding_message(const struct ys_report *report, size_t index);

// The result of a funnel, in the order of the model.
//
// Returns what belongs to the report and lives as long: do not free it. NULL where there is no such
// funnel, or `report` is NULL. Threads: any. Since ABI 1.
const struct ys_funnel_report *ys_report_funnel(const struct ys_report *report, size_t index);

// The name of a funnel.
//
// Returns text that lives as long as the report; NULL where `funnel` is NULL. Threads: any. Since
// ABI 1.
const char *ys_funnel_report_name(const struct ys_funnel_report *funnel);

// The days looked at, both included, as days since 1970-01-01.
//
// Returns whether the period has begun; only then `first` and `last` are written. Both may be NULL.
// `funnel` may be NULL: false. Threads: any. Since ABI 1.
bool ys_funnel_report_period(const struct ys_funnel_report *funnel, int32_t *first, int32_t *last);

// How many stages the funnel has; none without segments.
//
// `funnel` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_funnel_report_stage_count(const struct ys_funnel_report *funnel);

// The name of a stage.
//
// Returns text that lives as long as the report; NULL where there is no such stage, or `funnel` is
// NULL. Threads: any. Since ABI 1.
const char *ys_funnel_report_stage_name(const struct ys_funnel_report *funnel, size_t stage);

// How many dimensions the keys of segments have. `funnel` may be NULL: 0. Threads: any. Since
// ABI 1.
size_t ys_funnel_report_dimension_count(const struct ys_funnel_report *funnel);

// The name of a dimension of the segments.
//
// Returns text that lives as long as the report; NULL where there is no such dimension, or `funnel`
// is NULL. Threads: any. Since ABI 1.
const char *ys_funnel_report_dimension_name(const struct ys_funnel_report *funnel,
                                            size_t dimension);

// How many segments there are, the total included. `funnel` may be NULL: 0. Threads: any. Since
// ABI 1.
size_t ys_funnel_report_segment_count(const struct ys_funnel_report *funnel);

// The value of a dimension in the key of a segment.
//
// Returns text that lives as long as the report; NULL where there is no such segment or dimension,
// or `funnel` is NULL. `length` may be NULL; it gets the bytes without the NUL at the end. Threads:
// any. Since ABI 1.
const char *ys_funnel_report_key(const struct ys_funnel_report *funnel,
                                 size_t segment,
                                 size_t dimension,
                                 size_t *length);

// A number of a stage of a segment: `figure` is one of YS_STAGE. Exact.
//
// Returns a value that belongs to the report and lives as long: do not free it. NULL where there is
// no such number, segment or stage, `figure` is not listed, or `funnel` is NULL. Threads: any.
// Since ABI 1.
const struct ys_value *ys_funnel_report_stage_figure(const struct ys_funnel_report *funnel,
                                                     size_t segment,
                                                     size_t stage,
                                                     int32_t figure);

// A number of a step of a segment: `figure` is one of YS_STEP. Exact. Everything is as in
// ys_funnel_report_stage_figure. Since ABI 1.
const struct ys_value *ys_funnel_report_step_figure(const struct ys_funnel_report *funnel,
                                                    size_t segment,
                                                    size_t step,
                                                    int32_t figure);

// A number of a segment as a whole: `figure` is YS_FUNNEL_OVERALL_RATE or YS_FUNNEL_OVERALL_POINTS.
// Exact. Everything is as in ys_funnel_report_stage_figure. Since ABI 1.
const struct ys_value *ys_funnel_report_figure(const struct ys_funnel_report *funnel,
                                               size_t segment,
                                               int32_t figure);

// A step of a segment that stands out: `which` is YS_FUNNEL_HAND_OFF, YS_FUNNEL_BOTTLENECK or
// YS_FUNNEL_WORST_STEP.
//
// Returns whether there is one; only then `step` is written. `step` may be NULL. False where
// `which` is not listed, there is no such segment, or `funnel` is NULL. Threads: any. Since ABI 1.
bool ys_funnel_report_step(const struct ys_funnel_report *funnel,
                           size_t segment,
                           int32_t which,
                           size_t *step);

// How many KPIs the report has: those of the model, as they were understood.
//
// `report` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_report_kpi_count(const struct ys_report *report);

// What a KPI says of itself: `which` is one of YS_KPI. Words are those of the report as JSON.
//
// Returns text that lives as long as the report; NULL where the KPI does not say it, there is no
// such KPI, `which` is not listed, or `report` is NULL. Threads: any. Since ABI 1.
const char *ys_report_kpi_text(const struct ys_report *report, size_t index, int32_t which);

// The name of a query.
//
// Returns text that lives as long as the report; NULL where there is no such query, or `report` is
// NULL. Threads: any. Since ABI 1.
const char *ys_report_query_name(const struct ys_report *report, size_t index);

// The table of a query. It has no rows where its period has not begun.
//
// Returns a table that belongs to the report and lives as long: do not free it. NULL where there is
// no such query, or `report` is NULL. Threads: any. Since ABI 1.
const struct ys_table *ys_report_query_table(const struct ys_report *report, size_t index);

// The result of a target, in the order of the model.
//
// Returns what belongs to the report and lives as long: do not free it. NULL where there is no such
// target, or `report` is NULL. Threads: any. Since ABI 1.
const struct ys_target_report *ys_report_target(const struct ys_report *report, size_t index);

// What a target says of itself: `which` is one of YS_TARGET_NAME to YS_TARGET_OWNER.
//
// Returns text that lives as long as the report; NULL where the target does not say it, `which` is
// not listed, or `target` is NULL. Threads: any. Since ABI 1.
const char *ys_target_report_text(const struct ys_target_report *target, int32_t which);

// The days of a target, both included, as days since 1970-01-01.
//
// Returns false and writes nothing where `target` is NULL. `first` and `last` may be NULL. Threads:
// any. Since ABI 1.
bool ys_target_report_period(const struct ys_target_report *target, int32_t *first, int32_t *last);

// Where the target stands as of the day of the report.
//
// Returns what belongs to the report and lives as long: do not free it. NULL where `target` is
// NULL. Threads: any. Since ABI 1.
const struct ys_assessment *ys_target_report_current(const struct ys_target_report *target);

// How many days were assessed: those of the period up to the day of the report; none before it
// begins.
//
// `target` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_target_report_day_count(const struct ys_target_report *target);

// Where the target stood at the end of a day, counted from the first of the period. All days are
// computed at the first call, and kept with the report.
//
// Returns what belongs to the report and lives as long: do not free it. NULL where `index` is not
// below ys_target_report_day_count, or `target` is NULL. Threads: any. Since ABI 1.
const struct ys_assessment *ys_target_report_day(const struct ys_target_report *target,
                                                 size_t index);

// A day on which something was first so: `which` is one of YS_MILESTONE.
//
// Returns whether there is one; only then `day` is written, as days since 1970-01-01. `day` may be
// NULL. False where `which` is not listed, or `target` is NULL. Threads: any. Since ABI 1.
bool ys_target_report_milestone(const struct ys_target_report *target, int32_t which, int32_t *day);

// How many tiers the target has. `target` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_target_report_tier_count(const struct ys_target_report *target);

// The name of a tier, from the easiest.
//
// Returns text that lives as long as the report; NULL where there is no such tier, or `target` is
// NULL. Threads: any. Since ABI 1.
const char *ys_target_report_tier_name(const struct ys_target_report *target, size_t tier);

// The limit of a tier. Exact.
//
// Returns a value that belongs to the report and lives as long: do not free it. NULL where there is
// no such tier, or `target` is NULL. Threads: any. Since ABI 1.
const struct ys_value *ys_target_report_tier_limit(const struct ys_target_report *target,
                                                   size_t tier);

// Reads a funnel of events from a JSON document. The document is described in the library's
// documentation of the module `events::document`.
//
// `funnel`: the caller frees it with ys_event_funnel_free. Errors: YS_SYNTAX where the text is not
// JSON, else YS_INVALID with everything that is wrong or does not go together as problems, each with
// its path. Threads: any. Since ABI 1.
ys_status ys_event_funnel_from_json(const char *text,
                                    size_t length,
                                    struct ys_event_funnel **funnel,
                                    struct ys_error **error);

// Writes the funnel as JSON, from which ys_event_funnel_from_json reads the same funnel.
//
// `buffer`, `capacity` and `needed` are as the head of this file says. The text is made once and kept
// with the funnel. Errors: YS_BUFFER_TOO_SMALL. Threads: any. Since ABI 1.
ys_status ys_event_funnel_json(const struct ys_event_funnel *funnel,
                               char *buffer,
                               size_t capacity,
                               size_t *needed,
                               struct ys_error **error);

// How many steps the funnel has.
//
// `funnel` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_event_funnel_step_count(const struct ys_event_funnel *funnel);

// Frees a funnel of events.
//
// `funnel` may be NULL. Since ABI 1.
void ys_event_funnel_free(struct ys_event_funnel *funnel);

// Counts events.
//
// `columns` is read during the call. `result`: the caller frees it with ys_event_result_free. Exact,
// and the same for any order of rows. Errors: those of ys_event_columns; YS_MISSING where the funnel
// needs a column that is not there; YS_INEXACT for a length of time that is no whole number of the
// events' unit; YS_DATE for a trend and a chain that begins outside the years 0001 to 9999. Threads:
// any. Since ABI 1.
ys_status ys_event_funnel_compute(const struct ys_event_funnel *funnel,
                                  const struct ys_event_columns *columns,
                                  struct ys_event_result **result,
                                  struct ys_error **error);

// The counts of all entities.
//
// Returns counts that belong to the result; NULL where `result` is NULL. Threads: any. Since ABI 1.
const struct ys_event_counts *ys_event_result_total(const struct ys_event_result *result);

// How many segments some entity counts in; 0 where the funnel does not count by segment.
//
// `result` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_event_result_segment_count(const struct ys_event_result *result);

// The counts of one of these segments, in the order of their codes, and its code.
//
// Returns counts that belong to the result; NULL where `index` is not below
// ys_event_result_segment_count, or `result` is NULL. `code` is written where they are not NULL, and
// may be NULL. Threads: any. Since ABI 1.
const struct ys_event_counts *ys_event_result_segment_at(const struct ys_event_result *result,
                                                         size_t index,
                                                         uint32_t *code);

// The counts of the segment with a code.
//
// Returns counts that belong to the result; NULL where no entity counts there, or `result` is NULL.
// Threads: any. Since ABI 1.
const struct ys_event_counts *ys_event_result_segment(const struct ys_event_result *result,
                                                      uint32_t code);

// How many periods of the trend some chain begins in; 0 where the funnel has no trend.
//
// `result` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_event_result_period_count(const struct ys_event_result *result);

// The counts of one of these periods, in order, and its first and last day, as days since 1970-01-01.
//
// Returns counts that belong to the result; NULL where `index` is not below
// ys_event_result_period_count, or `result` is NULL. `first` and `last` are written where they are not
// NULL, and may be NULL. Threads: any. Since ABI 1.
const struct ys_event_counts *ys_event_result_period_at(const struct ys_event_result *result,
                                                        size_t index,
                                                        int32_t *first,
                                                        int32_t *last);

// Frees a result, and all counts and values that belong to it.
//
// `result` may be NULL. Since ABI 1.
void ys_event_result_free(struct ys_event_result *result);

// How many entities (or sessions) there are, whether they entered or not.
//
// `counts` may be NULL: 0. Threads: any. Since ABI 1.
uint64_t ys_event_counts_entities(const struct ys_event_counts *counts);

// How many steps the funnel has.
//
// `counts` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_event_counts_step_count(const struct ys_event_counts *counts);

// How many chains have a step.
//
// Returns 0 for a step that is not there, or where `counts` is NULL. Threads: any. Since ABI 1.
uint64_t ys_event_counts_count(const struct ys_event_counts *counts, size_t step);

// How many never entered: no event of theirs could begin a chain.
//
// `counts` may be NULL: 0. Threads: any. Since ABI 1.
uint64_t ys_event_counts_never_entered(const struct ys_event_counts *counts);

// How many entities were left out because an excluded event lies in their chain.
//
// `counts` may be NULL: 0. Threads: any. Since ABI 1.
uint64_t ys_event_counts_dropped(const struct ys_event_counts *counts);

// The rate from the first step to the last; YS_REASON_NO_BASE where none entered.
//
// Returns a value that belongs to the result; NULL where `counts` is NULL. Exact. Threads: any. Since
// ABI 1.
const struct ys_value *ys_event_counts_conversion(const struct ys_event_counts *counts);

// The rate from a step to another, count over count.
//
// `value`: the caller frees it with ys_value_free. Zero over zero is YS_REASON_NO_BASE, anything else
// over zero YS_REASON_UNBOUNDED, and a step that is not there YS_REASON_MISSING. Exact. Threads: any.
// Since ABI 1.
ys_status ys_event_counts_rate(const struct ys_event_counts *counts,
                               uint32_t from,
                               uint32_t to,
                               struct ys_value **value,
                               struct ys_error **error);

// What the events of a step are worth together, each chain by its event there.
//
// Returns a value that belongs to the result; NULL where events have no values, for a step that is
// not there, or where `counts` is NULL. Exact. Threads: any. Since ABI 1.
const struct ys_value *ys_event_counts_value(const struct ys_event_counts *counts, size_t step);

// How many chains came as far as the step before this one, but not to it, for a reason.
//
// Returns 0 where reasons were not asked for, for a reason or step that is none, or where `counts` is
// NULL. Threads: any. Since ABI 1.
uint64_t ys_event_counts_stopped(const struct ys_event_counts *counts,
                                 uint32_t step,
                                 ys_stopped stopped);

// The same before whichever step.
//
// Returns 0 where reasons were not asked for, for a reason that is none, or where `counts` is NULL.
// Threads: any. Since ABI 1.
uint64_t ys_event_counts_stopped_because(const struct ys_event_counts *counts, ys_stopped stopped);

// The times from one step to another, of each chain that has both.
//
// Returns durations that belong to the result; NULL where the funnel does not ask for them
// (`time_between`), or `counts` is NULL. Threads: any. Since ABI 1.
const struct ys_event_durations *ys_event_counts_time_between(const struct ys_event_counts *counts,
                                                              uint32_t from,
                                                              uint32_t to);

// How having an event with a bit, anywhere among those of the entity, goes along with a complete
// chain: how many have it among those that completed the funnel, and among the others.
//
// Returns whether the funnel asks for it (`correlate`); only then the outputs are written, each of
// which may be NULL. `counts` may be NULL: false. Threads: any. Since ABI 1.
bool ys_event_counts_correlation(const struct ys_event_counts *counts,
                                 uint32_t bit,
                                 uint64_t *successes,
                                 uint64_t *failures,
                                 uint64_t *successes_with,
                                 uint64_t *failures_with);

// How many chains have both steps.
//
// `durations` may be NULL: 0. Threads: any. Since ABI 1.
uint64_t ys_event_durations_count(const struct ys_event_durations *durations);

// How many took at most `limit` of `unit`, which may be another than that of the events. Exact.
//
// Errors: YS_INVALID_ARGUMENT for a unit that is none. Threads: any. Since ABI 1.
ys_status ys_event_durations_count_within(const struct ys_event_durations *durations,
                                          uint64_t limit,
                                          ys_time_unit unit,
                                          uint64_t *count,
                                          struct ys_error **error);

// Their sum; 0 for none.
//
// Returns a value that belongs to the result; NULL for NULL. Exact. Threads: any. Since ABI 1.
const struct ys_value *ys_event_durations_total(const struct ys_event_durations *durations);

// Their arithmetic mean; YS_REASON_NO_BASE for none.
//
// Returns a value that belongs to the result; NULL for NULL. Exact. Threads: any. Since ABI 1.
const struct ys_value *ys_event_durations_mean(const struct ys_event_durations *durations);

// The shortest; YS_REASON_NO_BASE for none.
//
// Returns a value that belongs to the result; NULL for NULL. Exact. Threads: any. Since ABI 1.
const struct ys_value *ys_event_durations_min(const struct ys_event_durations *durations);

// The longest; YS_REASON_NO_BASE for none.
//
// Returns a value that belongs to the result; NULL for NULL. Exact. Threads: any. Since ABI 1.
const struct ys_value *ys_event_durations_max(const struct ys_event_durations *durations);

// Finds the chain of each entity.
//
// `columns` is read during the call. `chains`: the caller frees it with ys_event_chains_free. It takes
// memory by the number of entities. Errors: as ys_event_funnel_compute, but that any time will do.
// Threads: any. Since ABI 1.
ys_status ys_event_funnel_chains(const struct ys_event_funnel *funnel,
                                 const struct ys_event_columns *columns,
                                 struct ys_event_chains **chains,
                                 struct ys_error **error);

// How many chains there are.
//
// `chains` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_event_chains_count(const struct ys_event_chains *chains);

// Whose a chain is.
//
// Returns 0 where `index` is not below ys_event_chains_count, or `chains` is NULL. Threads: any. Since
// ABI 1.
uint64_t ys_event_chains_entity(const struct ys_event_chains *chains,
                                size_t index);

// Which session a chain is in.
//
// Returns whether sessions are counted; only then `session` is written, which may be NULL. `chains` may
// be NULL: false. Threads: any. Since ABI 1.
bool ys_event_chains_session(const struct ys_event_chains *chains,
                             size_t index,
                             uint64_t *session);

// How many events a chain has.
//
// Returns 0 where `index` is not below ys_event_chains_count, or `chains` is NULL. Threads: any. Since
// ABI 1.
size_t ys_event_chains_length(const struct ys_event_chains *chains,
                              size_t index);

// The rows of the events of a chain, step by step; in any order, by time.
//
// Returns as many as ys_event_chains_length says, which belong to the chains and live as long; NULL
// where `index` is not below ys_event_chains_count, or `chains` is NULL. Threads: any. Since ABI 1.
const size_t *ys_event_chains_rows(const struct ys_event_chains *chains, size_t index);

// The times of the events of a chain; everything is as in ys_event_chains_rows. Threads: any. Since
// ABI 1.
const int64_t *ys_event_chains_times(const struct ys_event_chains *chains, size_t index);

// The steps of the events of a chain: all up to the last, but for optional ones and open entry; in any
// order, the place of each. Everything is as in ys_event_chains_rows. Threads: any. Since ABI 1.
const uint32_t *ys_event_chains_steps(const struct ys_event_chains *chains,
                                      size_t index);

// Whether an excluded event lies in a chain, so that its entity is left out.
//
// Returns false where `index` is not below ys_event_chains_count, or `chains` is NULL. Threads: any.
// Since ABI 1.
bool ys_event_chains_dropped(const struct ys_event_chains *chains,
                             size_t index);

// Why a chain came no further, as one of YS_STOPPED.
//
// Returns YS_STOPPED_NONE where it is complete, where its entity is left out, where reasons were not
// asked for, where `index` is not below ys_event_chains_count, or where `chains` is NULL. Threads: any.
// Since ABI 1.
ys_stopped ys_event_chains_stopped(const struct ys_event_chains *chains,
                                   size_t index);

// Frees chains.
//
// `chains` may be NULL. Since ABI 1.
void ys_event_chains_free(struct ys_event_chains *chains);

// Counts the events of some entities.
//
// `columns` is read during the call, and the funnel is not needed any more after it. `state`: the
// caller frees it with ys_event_state_free. Errors: as ys_event_funnel_compute. Threads: any. Since
// ABI 1.
ys_status ys_event_state_new(const struct ys_event_funnel *funnel,
                             const struct ys_event_columns *columns,
                             struct ys_event_state **state,
                             struct ys_error **error);

// Adds the counts of other entities to a state.
//
// `other` is another state, and stays as it is. Errors: YS_SHAPE for a state of another funnel, another
// unit of time, another end of observation, or one of the two without values; YS_OVERFLOW for a count
// beyond 64 bits; YS_INVALID_ARGUMENT for the same state twice. On an error the state is as before.
// Threads: alone with `state`. Since ABI 1.
ys_status ys_event_state_merge(struct ys_event_state *state,
                               const struct ys_event_state *other,
                               struct ys_error **error);

// Writes a state as bytes, for ys_event_state_from_bytes on any platform. The same state gives the same
// bytes, in whatever order it was merged.
//
// `buffer`, `capacity` and `needed` are as the head of this file says of text, without the NUL. The
// bytes are made once and kept until the state changes. Errors: YS_BUFFER_TOO_SMALL. Threads: any.
// Since ABI 1.
ys_status ys_event_state_bytes(const struct ys_event_state *state,
                               uint8_t *buffer,
                               size_t capacity,
                               size_t *needed,
                               struct ys_error **error);

// The state that became these bytes, for the funnel that it was made with.
//
// `bytes` is read during the call. `state`: the caller frees it with ys_event_state_free. Errors:
// YS_SYNTAX for bytes that are no state, not all of one, or damaged; YS_UNKNOWN for another version;
// YS_TYPE for an open state; YS_SHAPE for the state of another funnel. Threads: any. Since ABI 1.
ys_status ys_event_state_from_bytes(const struct ys_event_funnel *funnel,
                                    const uint8_t *bytes,
                                    size_t length,
                                    struct ys_event_state **state,
                                    struct ys_error **error);

// The result of all that was merged.
//
// `result`: the caller frees it with ys_event_result_free; it does not need the state any more.
// Threads: any. Since ABI 1.
ys_status ys_event_state_result(const struct ys_event_state *state,
                                struct ys_event_result **result,
                                struct ys_error **error);

// Frees a state.
//
// `state` may be NULL. Since ABI 1.
void ys_event_state_free(struct ys_event_state *state);

// Keeps the events of a part.
//
// `columns` is read during the call, and the funnel is not needed any more after it. `state`: the
// caller frees it with ys_open_event_state_free. Errors: as ys_event_funnel_compute, but for YS_DATE.
// Threads: any. Since ABI 1.
ys_status ys_open_event_state_new(const struct ys_event_funnel *funnel,
                                  const struct ys_event_columns *columns,
                                  struct ys_open_event_state **state,
                                  struct ys_error **error);

// Adds the events of another part to a state. Observation ends with the later of both ends.
//
// `other` is another state, and stays as it is. Errors: YS_SHAPE for a state of another funnel, another
// unit of time, without a column that the other has, or without an end of observation where the other
// has one; YS_OVERFLOW where values do not fit 128 bits at a common scale; YS_INVALID_ARGUMENT for the
// same state twice. On an error the state is as before. Threads: alone with `state`. Since ABI 1.
ys_status ys_open_event_state_merge(struct ys_open_event_state *state,
                                    const struct ys_open_event_state *other,
                                    struct ys_error **error);

// Writes a state as bytes, for ys_open_event_state_from_bytes on any platform. The same state gives the same
// bytes, in whatever order it was merged.
//
// `buffer`, `capacity` and `needed` are as the head of this file says of text, without the NUL. The
// bytes are made once and kept until the state changes. Errors: YS_BUFFER_TOO_SMALL. Threads: any.
// Since ABI 1.
ys_status ys_open_event_state_bytes(const struct ys_open_event_state *state,
                                    uint8_t *buffer,
                                    size_t capacity,
                                    size_t *needed,
                                    struct ys_error **error);

// The state that became these bytes, for the funnel that it was made with.
//
// `bytes` is read during the call. `state`: the caller frees it with ys_open_event_state_free. Errors:
// YS_SYNTAX for bytes that are no state, not all of one, or damaged; YS_UNKNOWN for another version;
// YS_TYPE for a closed state; YS_SHAPE for the state of another funnel. Threads: any. Since ABI 1.
ys_status ys_open_event_state_from_bytes(const struct ys_event_funnel *funnel,
                                         const uint8_t *bytes,
                                         size_t length,
                                         struct ys_open_event_state **state,
                                         struct ys_error **error);

// The result of all that was merged.
//
// `result`: the caller frees it with ys_event_result_free; it does not need the state any
// more. Errors: as ys_event_funnel_compute. Threads: any. Since ABI 1.
ys_status ys_open_event_state_result(const struct ys_open_event_state *state,
                                     struct ys_event_result **result,
                                     struct ys_error **error);

// How many events a state keeps. It takes time by their number after a merge.
//
// `state` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_open_event_state_length(const struct ys_open_event_state *state);

// Frees a state.
//
// `state` may be NULL. Since ABI 1.
void ys_open_event_state_free(struct ys_open_event_state *state);

// Checks what is asked of retention.
//
// `settings` is read during the call. `retention`: the caller frees it with ys_retention_free. Errors:
// YS_INVALID with everything that is wrong or does not go together as problems: no number of intervals
// or brackets (YS_MISSING), a number of intervals beside brackets or above 65,536, a bracket that ends
// before it begins, a length of zero, a bit above 63, an offset of a day or more, or one without a
// calendar (YS_DOMAIN). YS_DATE for a month that is none. YS_INVALID_ARGUMENT for a struct_size, an
// enumeration or a flag that is none, brackets of another kind, or both kinds of cohorts. Threads: any.
// Since ABI 1.
ys_status ys_retention_new(const struct ys_retention_settings *settings,
                           struct ys_retention **retention,
                           struct ys_error **error);

// Frees a query for retention.
//
// `retention` may be NULL. Since ABI 1.
void ys_retention_free(struct ys_retention *retention);

// The matrix of events.
//
// `columns` is read during the call. `matrix`: the caller frees it with ys_retention_matrix_free. Exact,
// and the same for any order of rows. Errors: those of ys_event_columns; YS_MISSING where the query
// needs segments or values that are not there; YS_INEXACT for a length that is no whole number of the
// events' unit; YS_DATE for an event outside the years 0001 to 9999 where something goes by the
// calendar; YS_CAPACITY beyond 2^26 cells. Threads: any. Since ABI 1.
ys_status ys_retention_compute(const struct ys_retention *retention,
                               const struct ys_event_columns *columns,
                               struct ys_retention_matrix **matrix,
                               struct ys_error **error);

// How many columns the matrix has.
//
// `matrix` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_retention_matrix_column_count(const struct ys_retention_matrix *matrix);

// The first and the last interval of a column: the same, but for brackets.
//
// Returns whether the column is there; only then `first` and `last` are written, which may be NULL.
// `matrix` may be NULL: false. Threads: any. Since ABI 1.
bool ys_retention_matrix_column(const struct ys_retention_matrix *matrix,
                                size_t column,
                                uint32_t *first,
                                uint32_t *last);

// How many entities have events, but none that starts. They are in no cohort.
//
// `matrix` may be NULL: 0. Threads: any. Since ABI 1.
uint64_t ys_retention_matrix_never_started(const struct ys_retention_matrix *matrix);

// How many cohorts there are: by period, and within each by segment.
//
// `matrix` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_retention_matrix_cohort_count(const struct ys_retention_matrix *matrix);

// How many entities a cohort has.
//
// Returns 0 where `cohort` is not below ys_retention_matrix_cohort_count, or `matrix` is NULL. Threads:
// any. Since ABI 1.
uint64_t ys_retention_matrix_size(const struct ys_retention_matrix *matrix,
                                  size_t cohort);

// The first and the last day in which the starts of a cohort lie, as days since 1970-01-01.
//
// Returns whether it is there and cohorts go by the calendar; only then `first` and `last` are written,
// which may be NULL. `matrix` may be NULL: false. Threads: any. Since ABI 1.
bool ys_retention_matrix_period(const struct ys_retention_matrix *matrix,
                                size_t cohort,
                                int32_t *first,
                                int32_t *last);

// The number n of the period of a cohort: from n times the length on, to before n + 1 times.
//
// Returns whether it is there and cohorts go by a length; only then `number` is written, which may be
// NULL. `matrix` may be NULL: false. Threads: any. Since ABI 1.
bool ys_retention_matrix_number(const struct ys_retention_matrix *matrix,
                                size_t cohort,
                                int64_t *number);

// The segment of a cohort.
//
// Returns whether it is there and cohorts go by segments; only then `segment` is written, which may be
// NULL. `matrix` may be NULL: false. Threads: any. Since ABI 1.
bool ys_retention_matrix_segment(const struct ys_retention_matrix *matrix,
                                 size_t cohort,
                                 uint32_t *segment);

// How many entities of a cohort came back.
//
// Returns whether the cell is there and mature, which is to say that what it counts can change no more;
// only then `count` is written, which may be NULL. `matrix` may be NULL: false. Threads: any. Since
// ABI 1.
bool ys_retention_matrix_count(const struct ys_retention_matrix *matrix,
                               size_t cohort,
                               size_t column,
                               uint64_t *count);

// The share of entities of a cohort that came back; YS_REASON_MISSING where the cell is not mature.
//
// Returns a value that belongs to the matrix; NULL where cohort or column are not there, or `matrix` is
// NULL. Exact. Threads: any. Since ABI 1.
const struct ys_value *ys_retention_matrix_rate(const struct ys_retention_matrix *matrix,
                                                size_t cohort,
                                                size_t column);

// The sum of the values of the returns of a cohort; YS_REASON_MISSING where the cell is not mature, or
// the query does not ask for amounts. Everything else is as in ys_retention_matrix_rate. Threads: any.
// Since ABI 1.
const struct ys_value *ys_retention_matrix_amount(const struct ys_retention_matrix *matrix,
                                                  size_t cohort,
                                                  size_t column);

// That amount for each entity of the cohort. Everything else is as in ys_retention_matrix_amount.
// Threads: any. Since ABI 1.
const struct ys_value *ys_retention_matrix_amount_per_entity(const struct ys_retention_matrix *matrix,
                                                             size_t cohort,
                                                             size_t column);

// The rate of all entities whose cell in a column is mature: the sum of their counts over the sum of
// their sizes; YS_REASON_MISSING where no cell is.
//
// Returns a value that belongs to the matrix; NULL where the column is not there, or `matrix` is NULL.
// Exact. Threads: any. Since ABI 1.
const struct ys_value *ys_retention_matrix_weighted_rate(const struct ys_retention_matrix *matrix,
                                                         size_t column);

// The mean of the rates of the cohorts whose cell is mature, each of the same weight. Everything else is
// as in ys_retention_matrix_weighted_rate. Threads: any. Since ABI 1.
const struct ys_value *ys_retention_matrix_mean_rate(const struct ys_retention_matrix *matrix,
                                                     size_t column);

// The amount for each entity of all whose cell is mature. Everything else is as in
// ys_retention_matrix_weighted_rate. Threads: any. Since ABI 1.
const struct ys_value *ys_retention_matrix_weighted_amount(const struct ys_retention_matrix *matrix,
                                                           size_t column);

// The mean of the amounts for each entity of the cohorts whose cell is mature. Everything else is as in
// ys_retention_matrix_weighted_rate. Threads: any. Since ABI 1.
const struct ys_value *ys_retention_matrix_mean_amount(const struct ys_retention_matrix *matrix,
                                                       size_t column);

// Frees a matrix, and all values that belong to it.
//
// `matrix` may be NULL. Since ABI 1.
void ys_retention_matrix_free(struct ys_retention_matrix *matrix);

// Counts the events of some entities.
//
// `columns` is read during the call, and the query is not needed any more after it. `state`: the caller
// frees it with ys_retention_state_free. Errors: as ys_retention_compute. Threads: any. Since ABI 1.
ys_status ys_retention_state_new(const struct ys_retention *retention,
                                 const struct ys_event_columns *columns,
                                 struct ys_retention_state **state,
                                 struct ys_error **error);

// Adds what is known of other entities to a state.
//
// `other` is another state, and stays as it is. Errors: YS_SHAPE for a state of another query, of times
// in another unit or observed until another time; YS_CAPACITY beyond 2^26 cells or 2^63 events;
// YS_INVALID_ARGUMENT for the same state twice. On an error the state is as before. Threads: alone with
// `state`. Since ABI 1.
ys_status ys_retention_state_merge(struct ys_retention_state *state,
                                   const struct ys_retention_state *other,
                                   struct ys_error **error);

// The matrix of all that was merged.
//
// `matrix`: the caller frees it with ys_retention_matrix_free; it does not need the state any more.
// Threads: any. Since ABI 1.
ys_status ys_retention_state_matrix(const struct ys_retention_state *state,
                                    struct ys_retention_matrix **matrix,
                                    struct ys_error **error);

// Frees a state.
//
// `state` may be NULL. Since ABI 1.
void ys_retention_state_free(struct ys_retention_state *state);

// Reads a pattern from text: `(?1)` is an event with bit 0 of its mask, `.` any event, `.*` any number
// of them, `(?t<=10 minutes)` a time between two; all of it is in the library's documentation of
// `events::Pattern`.
//
// `pattern`: the caller frees it with ys_pattern_free. Errors: YS_SYNTAX, YS_UNKNOWN, YS_DOMAIN,
// YS_CAPACITY for more than 64 events, YS_MISSING where no step has to be there, each with its span.
// Threads: any. Since ABI 1.
ys_status ys_pattern_from_text(const char *text,
                               size_t length,
                               struct ys_pattern **pattern,
                               struct ys_error **error);

// Writes a pattern as text, from which ys_pattern_from_text reads the same.
//
// `buffer`, `capacity` and `needed` are as the head of this file says. Errors: YS_BUFFER_TOO_SMALL.
// Threads: any. Since ABI 1.
ys_status ys_pattern_text(const struct ys_pattern *pattern,
                          char *buffer,
                          size_t capacity,
                          size_t *needed,
                          struct ys_error **error);

// How many entities there are, and how many of them have the pattern at least once.
//
// `columns` is read during the call. Exact. Errors: those of ys_event_columns; YS_INEXACT where a time
// of the pattern is no whole number of the events' unit. Threads: any. Since ABI 1.
ys_status ys_pattern_matches(const struct ys_pattern *pattern,
                             const struct ys_event_columns *columns,
                             uint64_t *entities,
                             uint64_t *matching,
                             struct ys_error **error);

// How often each entity has the pattern, one match after another.
//
// `columns` is read during the call. `counts`: the caller frees it with ys_pattern_counts_free. Exact.
// Errors: as ys_pattern_matches. Threads: any. Since ABI 1.
ys_status ys_pattern_count(const struct ys_pattern *pattern,
                           const struct ys_event_columns *columns,
                           struct ys_pattern_counts **counts,
                           struct ys_error **error);

// Finds the first match of each entity: the one that ends first; of these the one that begins first,
// and so on with each event.
//
// `columns` is read during the call. `found`: the caller frees it with ys_pattern_found_free. Errors:
// as ys_pattern_matches. Threads: any. Since ABI 1.
ys_status ys_pattern_locate(const struct ys_pattern *pattern,
                            const struct ys_event_columns *columns,
                            struct ys_pattern_found **found,
                            struct ys_error **error);

// How many entities were counted.
//
// `counts` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_pattern_counts_count(const struct ys_pattern_counts *counts);

// An entity, and how often it has the pattern.
//
// Returns whether `index` is below ys_pattern_counts_count; only then `entity` and `matches` are
// written, which may be NULL. `counts` may be NULL: false. Threads: any. Since ABI 1.
bool ys_pattern_counts_at(const struct ys_pattern_counts *counts,
                          size_t index,
                          uint64_t *entity,
                          uint64_t *matches);

// How many entities have a match.
//
// `found` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_pattern_found_count(const struct ys_pattern_found *found);

// Whose a match is, and how many events it has.
//
// Returns whether `index` is below ys_pattern_found_count; only then `entity` and `length` are written,
// which may be NULL. `found` may be NULL: false. Threads: any. Since ABI 1.
bool ys_pattern_found_at(const struct ys_pattern_found *found,
                         size_t index,
                         uint64_t *entity,
                         size_t *length);

// The rows of the events of a match, one after another.
//
// Returns as many as ys_pattern_found_at says, which belong to the matches and live as long; NULL where
// `index` is not below ys_pattern_found_count, or `found` is NULL. Threads: any. Since ABI 1.
const size_t *ys_pattern_found_rows(const struct ys_pattern_found *found,
                                    size_t index);

// The times of the events of a match; everything is as in ys_pattern_found_rows. Threads: any. Since
// ABI 1.
const int64_t *ys_pattern_found_times(const struct ys_pattern_found *found,
                                      size_t index);

// The bit by which each event of a match is matched, -1 where any event does; everything is as in
// ys_pattern_found_rows. Threads: any. Since ABI 1.
const int32_t *ys_pattern_found_bits(const struct ys_pattern_found *found, size_t index);

// Frees matches.
//
// `found` may be NULL. Since ABI 1.
void ys_pattern_found_free(struct ys_pattern_found *found);

// Frees counts.
//
// `counts` may be NULL. Since ABI 1.
void ys_pattern_counts_free(struct ys_pattern_counts *counts);

// Frees a pattern.
//
// `pattern` may be NULL. Since ABI 1.
void ys_pattern_free(struct ys_pattern *pattern);

// Cuts the events of each entity into sessions: an event begins a new one where the time since the
// event before is greater than the gap.
//
// `columns` is read during the call; masks play no part. `sessions`: the caller frees it with
// ys_sessions_free. Exact. Errors: those of ys_event_columns; YS_INEXACT for a gap that is no whole
// number of the events' unit; YS_INVALID_ARGUMENT for a unit that is none. Threads: any. Since ABI 1.
ys_status ys_sessions_new(const struct ys_event_columns *columns,
                          uint64_t gap,
                          ys_time_unit unit,
                          struct ys_sessions **sessions,
                          struct ys_error **error);

// The number of each event's session, from 0 within its entity, in the order of the rows.
//
// Returns as many as there are events, which belong to the sessions and live as long; NULL where
// `sessions` is NULL. Threads: any. Since ABI 1.
const uint64_t *ys_sessions_numbers(const struct ys_sessions *sessions);

// How many sessions there are in all.
//
// `sessions` may be NULL: 0. Threads: any. Since ABI 1.
uint64_t ys_sessions_count(const struct ys_sessions *sessions);

// How many entities have events.
//
// `sessions` may be NULL: 0. Threads: any. Since ABI 1.
uint64_t ys_sessions_entities(const struct ys_sessions *sessions);

// How many events each session has, in ascending order.
//
// Returns as many as ys_sessions_count says, which belong to the sessions and live as long; NULL where
// `sessions` is NULL. Threads: any. Since ABI 1.
const uint64_t *ys_sessions_sizes(const struct ys_sessions *sessions);

// How long each is, from its first event to its last.
//
// Returns durations that belong to the sessions; NULL where `sessions` is NULL. Threads: any. Since
// ABI 1.
const struct ys_event_durations *ys_sessions_durations(const struct ys_sessions *sessions);

// Events over sessions; YS_REASON_NO_BASE for none.
//
// Returns a value that belongs to the sessions; NULL where `sessions` is NULL. Exact. Threads: any.
// Since ABI 1.
const struct ys_value *ys_sessions_events_per_session(const struct ys_sessions *sessions);

// Sessions over entities; YS_REASON_NO_BASE for none.
//
// Returns a value that belongs to the sessions; NULL where `sessions` is NULL. Exact. Threads: any.
// Since ABI 1.
const struct ys_value *ys_sessions_per_entity(const struct ys_sessions *sessions);

// Frees sessions, and the durations and values that belong to them.
//
// `sessions` may be NULL. Since ABI 1.
void ys_sessions_free(struct ys_sessions *sessions);

// Counts the transitions of events.
//
// `labels` has a code below `label_count` for each event. Both are read during the call; masks play no
// part. With `by_session` 1 paths end with sessions, which the events then have; else it is 0.
// `transitions`: the caller frees it with ys_transitions_free. Exact. Errors: those of
// ys_event_columns; YS_DOMAIN for a label that is not below `label_count`, with its row; YS_MISSING
// without sessions; YS_INVALID_ARGUMENT for another `by_session`. Threads: any. Since ABI 1.
ys_status ys_transitions_new(const struct ys_event_columns *columns,
                             const uint32_t *labels,
                             uint32_t label_count,
                             int32_t by_session,
                             struct ys_transitions **transitions,
                             struct ys_error **error);

// Adds the transitions of other paths.
//
// `other` is another handle, and stays as it is. Errors: YS_SHAPE for another number of labels;
// YS_CAPACITY beyond 2^62 transitions; YS_INVALID_ARGUMENT for the same handle twice. On an error
// nothing is added. Threads: alone with `transitions`. Since ABI 1.
ys_status ys_transitions_merge(struct ys_transitions *transitions,
                               const struct ys_transitions *other,
                               struct ys_error **error);

// How many paths there are.
//
// `transitions` may be NULL: 0. Threads: any. Since ABI 1.
uint64_t ys_transitions_paths(const struct ys_transitions *transitions);

// How many transitions there are, those from starts and to ends included.
//
// `transitions` may be NULL: 0. Threads: any. Since ABI 1.
uint64_t ys_transitions_total(const struct ys_transitions *transitions);

// How many transitions go from a label to another; YS_LABEL_NONE is the start and the end.
//
// `transitions` may be NULL: 0. Threads: any. Since ABI 1.
uint64_t ys_transitions_count(const struct ys_transitions *transitions, uint32_t from, uint32_t to);

// That count over what `weight` says, one of YS_TRANSITION_SHARE to YS_TRANSITION_PROBABILITY_IN.
//
// `value`: the caller frees it with ys_value_free; YS_REASON_NO_BASE where there is nothing to weigh
// against. Exact. Errors: YS_INVALID_ARGUMENT for another weight. Threads: any. Since ABI 1.
ys_status ys_transitions_weigh(const struct ys_transitions *transitions,
                               uint32_t from,
                               uint32_t to,
                               ys_transition_weight weight,
                               struct ys_value **value,
                               struct ys_error **error);

// How many pairs of labels occur.
//
// `transitions` may be NULL: 0. Threads: any. Since ABI 1.
size_t ys_transitions_pair_count(const struct ys_transitions *transitions);

// One of these pairs, by its labels, start and end first, and how often it occurs.
//
// Returns whether `index` is below ys_transitions_pair_count; only then the outputs are written, each
// of which may be NULL. `transitions` may be NULL: false. Threads: any. Since ABI 1.
bool ys_transitions_pair(const struct ys_transitions *transitions,
                         size_t index,
                         uint32_t *from,
                         uint32_t *to,
                         uint64_t *count);

// Frees transitions.
//
// `transitions` may be NULL. Since ABI 1.
void ys_transitions_free(struct ys_transitions *transitions);

// Counts which label entities have next.
//
// `labels` has a code below `label_count` for each event; all is read during the call. `counts`: the
// caller frees it with ys_next_counts_free; it takes 8 bytes for each of `label_count`. Exact. Errors:
// those of ys_event_columns; YS_DOMAIN for a label that is not below `label_count`, with its row, for a
// condition that is no bit, and for what came before the head or comes after the tail; YS_CAPACITY
// beyond 2^26 labels; YS_INVALID_ARGUMENT for a struct_size, an enumeration that is none, or a
// reserved field. Threads: any. Since ABI 1.
ys_status ys_next_event_compute(const struct ys_next_event_settings *settings,
                                const struct ys_event_columns *columns,
                                const uint32_t *labels,
                                uint32_t label_count,
                                struct ys_next_counts **counts,
                                struct ys_error **error);

// How many entities have each label next, by code.
//
// Returns as many as there are labels, which belong to the counts and live as long; NULL where `counts`
// is NULL. Threads: any. Since ABI 1.
const uint64_t *ys_next_counts_labels(const struct ys_next_counts *counts);

// How many entities there are: those of each label, of none, and unmatched.
//
// `counts` may be NULL: 0. Threads: any. Since ABI 1.
uint64_t ys_next_counts_entities(const struct ys_next_counts *counts);

// How many have the chain and nothing after it.
//
// `counts` may be NULL: 0. Threads: any. Since ABI 1.
uint64_t ys_next_counts_none(const struct ys_next_counts *counts);

// How many do not have the chain.
//
// `counts` may be NULL: 0. Threads: any. Since ABI 1.
uint64_t ys_next_counts_unmatched(const struct ys_next_counts *counts);

// The share of a label among the entities that have the chain.
//
// `value`: the caller frees it with ys_value_free; YS_REASON_NO_BASE where none has the chain. A code
// that is not there has none of them. Exact. Threads: any. Since ABI 1.
ys_status ys_next_counts_share(const struct ys_next_counts *counts,
                               uint32_t label,
                               struct ys_value **value,
                               struct ys_error **error);

// Frees counts.
//
// `counts` may be NULL. Since ABI 1.
void ys_next_counts_free(struct ys_next_counts *counts);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* YARDSTICK_H */
