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
//! so that a later version can add fields at their end. A field that is added means at 0 what was so
//! without it, and its macro says 0. So a program that was compiled with an older header is taken to
//! have said 0 for fields that it does not know, and one that was compiled with a newer header may use
//! an older library as long as it leaves fields that the library does not know at 0; otherwise
//! YS_INVALID_ARGUMENT says so. Sizes that no version had are refused.
//!
//! Threads. There is no state outside the handles, none that belongs to a thread, and no callback.
//! Any number of threads may use one handle at once where every call takes it as `const`. A call
//! that takes it without `const`, or frees it, must be alone. Every handle may move between threads.
//!
//! Exactness. Every result is exact, or rounded once as the caller asked, or an error. No double
//! goes in or comes out, and the same input gives the same bytes on every platform.
//!
//! A defect of the library itself ends as YS_PANIC, after a line on standard error, and does not
//! unwind into C. A handle that the call took as `const` is then as it was; any other may only be
//! freed.

// The rest of the crate has no unsafe code. Here each unsafe block says what the caller promised.
#![allow(unsafe_code, reason = "a C interface reads pointers")]
#![allow(non_camel_case_types, reason = "the names are those of C")]
#![allow(
    clippy::missing_safety_doc,
    reason = "the whole documentation of a function is its contract, and goes into the header"
)]
#![deny(clippy::undocumented_unsafe_blocks, unsafe_op_in_unsafe_fn)]

mod argument;
mod arrow;
mod bytes;
mod column;
mod date;
mod decimal;
mod error;
mod events;
mod facts;
mod formula;
mod guard;
mod model;
mod number;
mod options;
mod query;
mod report;
mod rounding;
mod statistics;
mod status;
mod table;
#[cfg(yardstick_test_panic)]
mod test_panic;
mod time_unit;
mod value;
mod version;
mod walk;

pub use self::arrow::{ArrowArray, ArrowSchema, ys_facts_builder_add_record_batch};
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
pub use self::events::*;
pub use self::facts::{
    ys_facts, ys_facts_build, ys_facts_builder, ys_facts_builder_add_dimension,
    ys_facts_builder_add_dimension_codes, ys_facts_builder_add_integers, ys_facts_builder_add_text,
    ys_facts_builder_add_wide, ys_facts_builder_free, ys_facts_builder_new,
    ys_facts_builder_set_days, ys_facts_free, ys_facts_row_count,
};
pub use self::formula::{
    ys_formula, ys_formula_evaluate, ys_formula_free, ys_formula_name, ys_formula_name_count,
    ys_formula_parse, ys_formula_text,
};
pub use self::model::{
    ys_model, ys_model_dimension_count, ys_model_dimension_name, ys_model_evaluate, ys_model_free,
    ys_model_from_json, ys_model_measure_count, ys_model_measure_name,
};
pub use self::number::allocation::{
    ys_allocate, ys_allocate_cumulative, ys_allocation, ys_allocation_count, ys_allocation_free,
    ys_allocation_part,
};
pub use self::number::arithmetic::{
    ys_value_abs, ys_value_add, ys_value_ceil, ys_value_floor, ys_value_multiply, ys_value_negate,
    ys_value_pow, ys_value_quotient, ys_value_subtract,
};
pub use self::number::create::{
    ys_value_copy, ys_value_from_decimal, ys_value_from_fraction, ys_value_from_int64,
    ys_value_from_scaled, ys_value_parse,
};
pub use self::number::format::{ys_decimal_format_as, ys_format};
pub use self::number::growth::{ys_annual_growth_rate, ys_decay, ys_growth_rate};
pub use self::number::parts::{
    ys_value_compare, ys_value_decimal, ys_value_denominator, ys_value_numerator,
};
pub use self::number::quotient::{ys_decimal_quotient, ys_decimal_quotient_of_products, ys_ratio};
pub use self::number::real::{
    ys_real, ys_real_free, ys_real_reason, ys_real_round, ys_real_text, ys_value_exp, ys_value_ln,
    ys_value_log10, ys_value_power, ys_value_root, ys_value_sqrt,
};
pub use self::query::{
    ys_kpi_set, ys_kpi_set_count, ys_kpi_set_free, ys_kpi_set_name, ys_kpi_set_new,
    ys_kpi_set_of_model, ys_kpi_set_unit, ys_query, ys_query_add_metric, ys_query_by,
    ys_query_free, ys_query_new, ys_query_only, ys_query_run, ys_query_set_compare,
    ys_query_set_grain, ys_query_set_period, ys_query_set_reported,
};
pub use self::report::{
    YS_FIGURE_ACTUAL, YS_FIGURE_ATTAINMENT, YS_FIGURE_BASELINE, YS_FIGURE_BEST_RATE,
    YS_FIGURE_BEST_VALUE, YS_FIGURE_DENOMINATOR, YS_FIGURE_EXPECTED_HIGH, YS_FIGURE_EXPECTED_LOW,
    YS_FIGURE_EXPECTED_VOLUME, YS_FIGURE_FROM, YS_FIGURE_GAP, YS_FIGURE_HIGH, YS_FIGURE_LEFT,
    YS_FIGURE_LEFT_NEXT_DAY, YS_FIGURE_LEFT_PER_DAY, YS_FIGURE_LEFT_PER_WEIGHT, YS_FIGURE_LOW,
    YS_FIGURE_NUMERATOR, YS_FIGURE_OVER, YS_FIGURE_PACE_ATTAINMENT, YS_FIGURE_PACE_EXPECTED,
    YS_FIGURE_PACE_GAP, YS_FIGURE_PACE_SHARE, YS_FIGURE_PROJECTION, YS_FIGURE_REQUIRED,
    YS_FIGURE_REQUIRED_NEXT_DAY, YS_FIGURE_REQUIRED_PER_DAY, YS_FIGURE_REQUIRED_PER_WEIGHT,
    YS_FIGURE_UNDER, YS_FINDING_FACTS_END_EARLY, YS_FINDING_FACTS_GO_ON, YS_FINDING_OUT_OF_BOUNDS,
    YS_FINDING_STAGE_EXCEEDS, YS_FINDING_STATE_CHANGED, YS_FINDING_VALUE_NOT_IN_FACTS,
    YS_FUNNEL_BOTTLENECK, YS_FUNNEL_HAND_OFF, YS_FUNNEL_OVERALL_POINTS, YS_FUNNEL_OVERALL_RATE,
    YS_FUNNEL_WORST_STEP, YS_KPI_AGGREGATION, YS_KPI_CATALOG, YS_KPI_DIRECTION, YS_KPI_FORMULA,
    YS_KPI_KIND, YS_KPI_NAME, YS_KPI_OWNER, YS_KPI_STAGE, YS_KPI_UNIT, YS_MILESTONE_BEYOND_BEST,
    YS_MILESTONE_FIRST_MET, YS_MILESTONE_MET_SINCE, YS_MILESTONE_SECURED, YS_MILESTONE_UNREACHABLE,
    YS_PACE_BUDGET, YS_PACE_FLOW, YS_PACE_RATIO, YS_PACE_STOCK, YS_STAGE_CHANGE, YS_STAGE_COUNT,
    YS_STAGE_VALUE, YS_STAGE_VALUE_PER_ENTITY, YS_STEP_DROP_OFF, YS_STEP_DROP_OFF_RATE,
    YS_STEP_OVERALL_RATE, YS_STEP_POINTS, YS_STEP_RATE, YS_STEP_RELATIVE, YS_TARGET_AHEAD,
    YS_TARGET_BEHIND, YS_TARGET_MET, YS_TARGET_METRIC, YS_TARGET_MISSED, YS_TARGET_NAME,
    YS_TARGET_NO_DATA, YS_TARGET_NOT_STARTED, YS_TARGET_ON_PACE, YS_TARGET_OVER, YS_TARGET_OWNER,
    YS_TARGET_SECURED, YS_TARGET_UNDEFINED, YS_TARGET_UNDER, YS_TARGET_UNIT, YS_TARGET_UNREACHABLE,
    ys_assessment, ys_assessment_band, ys_assessment_best_day, ys_assessment_beyond_best,
    ys_assessment_day, ys_assessment_elapsed_days, ys_assessment_figure, ys_assessment_met,
    ys_assessment_pace, ys_assessment_reached_on, ys_assessment_remaining_days,
    ys_assessment_state, ys_assessment_tier, ys_finding_kind, ys_funnel_report,
    ys_funnel_report_dimension_count, ys_funnel_report_dimension_name, ys_funnel_report_figure,
    ys_funnel_report_key, ys_funnel_report_name, ys_funnel_report_period,
    ys_funnel_report_segment_count, ys_funnel_report_stage_count, ys_funnel_report_stage_figure,
    ys_funnel_report_stage_name, ys_funnel_report_step, ys_funnel_report_step_figure, ys_report,
    ys_report_day, ys_report_finding_count, ys_report_finding_kind, ys_report_finding_message,
    ys_report_finding_place, ys_report_free, ys_report_funnel, ys_report_funnel_count,
    ys_report_json, ys_report_kpi_count, ys_report_kpi_text, ys_report_query_count,
    ys_report_query_name, ys_report_query_table, ys_report_target, ys_report_target_count,
    ys_target_report, ys_target_report_current, ys_target_report_day, ys_target_report_day_count,
    ys_target_report_milestone, ys_target_report_period, ys_target_report_text,
    ys_target_report_tier_count, ys_target_report_tier_limit, ys_target_report_tier_name,
    ys_target_state,
};
pub use self::rounding::{
    YS_MODE_CEIL, YS_MODE_EXACT, YS_MODE_EXPAND, YS_MODE_FLOOR, YS_MODE_HALF_CEIL,
    YS_MODE_HALF_EVEN, YS_MODE_HALF_EXPAND, YS_MODE_HALF_FLOOR, YS_MODE_HALF_TRUNC, YS_MODE_TRUNC,
    ys_rounding,
};
pub use self::statistics::moments::{
    YS_OF_POPULATION, YS_OF_SAMPLE, ys_moments, ys_moments_add_integers, ys_moments_add_text,
    ys_moments_add_wide, ys_moments_count, ys_moments_free, ys_moments_max, ys_moments_mean,
    ys_moments_merge, ys_moments_min, ys_moments_new, ys_moments_push,
    ys_moments_standard_deviation, ys_moments_sum, ys_moments_sum_of_squares, ys_moments_variance,
};
pub use self::statistics::proportion::{
    YS_CONFIDENCE_80, YS_CONFIDENCE_90, YS_CONFIDENCE_95, YS_CONFIDENCE_98, YS_CONFIDENCE_99,
    YS_CONFIDENCE_99_5, YS_CONFIDENCE_99_9, ys_agresti_coull, ys_confidence_level, ys_confidence_z,
    ys_wald, ys_wilson,
};
pub use self::statistics::quantiles::{
    YS_QUANTILE_AVERAGED_INVERSE_CDF, YS_QUANTILE_HAZEN, YS_QUANTILE_INTERPOLATED_INVERSE_CDF,
    YS_QUANTILE_INVERSE_CDF, YS_QUANTILE_LINEAR, YS_QUANTILE_MEDIAN_UNBIASED,
    YS_QUANTILE_NEAREST_EVEN, YS_QUANTILE_NORMAL_UNBIASED, YS_QUANTILE_WEIBULL, ys_quantiles,
    ys_quantiles_add_integers, ys_quantiles_add_text, ys_quantiles_add_wide, ys_quantiles_count,
    ys_quantiles_free, ys_quantiles_merge, ys_quantiles_new, ys_quantiles_quantile,
};
pub use self::statistics::sum::{ys_sum_integers, ys_sum_text, ys_sum_wide};
pub use self::statistics::weighted::{
    ys_weighted_mean, ys_weighted_mean_add_integers, ys_weighted_mean_add_text,
    ys_weighted_mean_add_wide, ys_weighted_mean_free, ys_weighted_mean_merge, ys_weighted_mean_new,
    ys_weighted_mean_push, ys_weighted_mean_sum, ys_weighted_mean_value, ys_weighted_mean_weight,
};
pub use self::status::{
    YS_BUFFER_TOO_SMALL, YS_CAPACITY, YS_CYCLE, YS_DATE, YS_DIVISION_BY_ZERO, YS_DOMAIN,
    YS_DUPLICATE, YS_INEXACT, YS_INVALID, YS_INVALID_ARGUMENT, YS_MISSING, YS_NULL_ARGUMENT, YS_OK,
    YS_OVERFLOW, YS_PANIC, YS_SHAPE, YS_SYNTAX, YS_TYPE, YS_UNIT, YS_UNKNOWN, ys_status,
    ys_status_name,
};
pub use self::table::{
    ys_table, ys_table_bucket, ys_table_column_count, ys_table_column_name, ys_table_column_unit,
    ys_table_dimension_count, ys_table_dimension_name, ys_table_find_column, ys_table_free,
    ys_table_key, ys_table_period, ys_table_row_count, ys_table_value,
};
#[cfg(yardstick_test_panic)]
pub use self::test_panic::ys_test_panic;
pub use self::time_unit::{
    YS_GRAIN_DAY, YS_GRAIN_MONTH, YS_GRAIN_NONE, YS_GRAIN_QUARTER, YS_GRAIN_WEEK, YS_GRAIN_YEAR,
    YS_TIME_DAY, YS_TIME_HOUR, YS_TIME_MICROSECOND, YS_TIME_MILLISECOND, YS_TIME_MINUTE,
    YS_TIME_NANOSECOND, YS_TIME_SECOND, ys_grain, ys_time_unit,
};
pub use self::value::{
    YS_REASON_CAPACITY, YS_REASON_INCONSISTENT, YS_REASON_MISSING, YS_REASON_NO_BASE,
    YS_REASON_NONE, YS_REASON_NOT_ADDITIVE, YS_REASON_UNBOUNDED, YS_REASON_UNBOUNDED_BAD,
    YS_REASON_UNBOUNDED_GOOD, ys_reason, ys_value, ys_value_free, ys_value_reason, ys_value_round,
    ys_value_text,
};
pub use self::version::{YS_ABI_VERSION, ys_abi_version, ys_version};
