// Retention: settings, the matrix, and states.

#include "events.h"

// Sign-ups (bit 0) and purchases (bit 1) by days from Monday, 1970-01-05, on.
#define PURCHASES 6
static const uint32_t BUYER[PURCHASES] = {1, 1, 1, 2, 2, 3};
static const int64_t DAY[PURCHASES] = {4, 12, 19, 6, 7, 14};
static const uint8_t BOUGHT[PURCHASES] = {1, 2, 2, 1, 2, 1};
static const uint32_t PLAN[PURCHASES] = {0, 0, 0, 1, 1, 0};
static const int64_t PRICE[PURCHASES] = {0, 250, 100, 0, 300, 0};

static ys_event_columns purchases(void) {
    ys_event_columns columns = YS_EVENT_COLUMNS_INIT;
    columns.count = PURCHASES;
    columns.entities = BUYER;
    columns.times = DAY;
    columns.masks = BOUGHT;
    columns.mask_width = 1;
    columns.arrangement = YS_ARRANGEMENT_SORTED;
    columns.unit = YS_TIME_DAY;
    columns.observed = 1;
    columns.observed_until = 19;
    return columns;
}

// Rolling weeks, in cohorts by week.
static ys_retention_settings weeks(void) {
    ys_retention_settings settings = YS_RETENTION_SETTINGS_INIT;
    settings.length = 7;
    settings.intervals = 3;
    settings.return_bit = 1;
    settings.cohort_grain = YS_GRAIN_WEEK;
    return settings;
}

static ys_retention *retention_of(const ys_retention_settings *settings) {
    ys_retention *retention = NULL;
    ys_error *error = NULL;
    if (ys_retention_new(settings, &retention, &error) != YS_OK) {
        fprintf(stderr, "%s\n", ys_error_message(error));
        exit(EXIT_FAILURE);
    }
    return retention;
}

static ys_retention_matrix *matrix_of(const ys_retention_settings *settings,
                                      const ys_event_columns *columns) {
    ys_retention *retention = retention_of(settings);
    ys_retention_matrix *matrix = NULL;
    ys_error *error = NULL;
    if (ys_retention_compute(retention, columns, &matrix, &error) != YS_OK) {
        fprintf(stderr, "%s\n", ys_error_message(error));
        exit(EXIT_FAILURE);
    }
    // The matrix stands alone.
    ys_retention_free(retention);
    return matrix;
}

static uint64_t count(const ys_retention_matrix *matrix, size_t cohort, size_t column) {
    uint64_t count = 0;
    CHECK(ys_retention_matrix_count(matrix, cohort, column, &count));
    return count;
}

// The example of the library's documentation.
static void weeks_by_week(void) {
    const ys_retention_settings settings = weeks();
    const ys_event_columns columns = purchases();
    ys_retention_matrix *matrix = matrix_of(&settings, &columns);
    CHECK(ys_retention_matrix_column_count(matrix) == 3);
    uint32_t first = 9, last = 9;
    CHECK(ys_retention_matrix_column(matrix, 2, &first, &last) && first == 2 && last == 2);
    CHECK(ys_retention_matrix_column(matrix, 2, NULL, NULL));
    CHECK(!ys_retention_matrix_column(matrix, 3, &first, &last) && first == 2);
    CHECK(ys_retention_matrix_never_started(matrix) == 0);
    CHECK(ys_retention_matrix_cohort_count(matrix) == 2);
    CHECK(ys_retention_matrix_size(matrix, 0) == 2 && ys_retention_matrix_size(matrix, 1) == 1);
    CHECK(ys_retention_matrix_size(matrix, 2) == 0);
    int32_t from = 0, to = 0;
    CHECK(ys_retention_matrix_period(matrix, 0, &from, &to) && from == 4 && to == 10);
    CHECK(ys_retention_matrix_period(matrix, 1, NULL, NULL));
    CHECK(!ys_retention_matrix_period(matrix, 2, &from, &to) && from == 4);
    int64_t number = 9;
    uint32_t segment = 9;
    CHECK(!ys_retention_matrix_number(matrix, 0, &number) && number == 9);
    CHECK(!ys_retention_matrix_segment(matrix, 0, &segment) && segment == 9);
    CHECK(count(matrix, 0, 0) == 1 && count(matrix, 0, 1) == 1);
    // Not observed to its end: none, and not zero.
    uint64_t unknown = 9;
    CHECK(!ys_retention_matrix_count(matrix, 0, 2, &unknown) && unknown == 9);
    CHECK(!ys_retention_matrix_count(matrix, 1, 0, &unknown) && unknown == 9);
    CHECK(!ys_retention_matrix_count(matrix, 0, 3, NULL));
    CHECK_VALUE(ys_retention_matrix_rate(matrix, 0, 1), "1/2");
    CHECK(ys_retention_matrix_rate(matrix, 0, 1) == ys_retention_matrix_rate(matrix, 0, 1));
    CHECK(ys_value_reason(ys_retention_matrix_rate(matrix, 1, 0)) == YS_REASON_MISSING);
    CHECK(ys_retention_matrix_rate(matrix, 0, 3) == NULL);
    CHECK(ys_retention_matrix_rate(matrix, 2, 0) == NULL);
    CHECK(ys_value_reason(ys_retention_matrix_amount(matrix, 0, 0)) == YS_REASON_MISSING);
    CHECK_VALUE(ys_retention_matrix_weighted_rate(matrix, 0), "1/2");
    CHECK_VALUE(ys_retention_matrix_mean_rate(matrix, 0), "1/2");
    CHECK(ys_value_reason(ys_retention_matrix_mean_rate(matrix, 2)) == YS_REASON_MISSING);
    CHECK(ys_retention_matrix_weighted_rate(matrix, 3) == NULL);
    ys_retention_matrix_free(matrix);
}

static void segments_and_amounts(void) {
    ys_retention_settings settings = weeks();
    settings.cohort_grain = YS_GRAIN_NONE;
    settings.by_segment = 1;
    settings.amounts = 1;
    ys_event_columns columns = purchases();
    ys_retention *retention = retention_of(&settings);
    ys_retention_matrix *matrix = NULL;
    CHECK_FAILS(ys_retention_compute(retention, &columns, &matrix, &error), YS_MISSING);
    ys_retention_free(retention);
    columns.segments = PLAN;
    columns.segment_count = 2;
    columns.observed = 0;
    ys_integer_column values = YS_INTEGER_COLUMN_INIT;
    values.values = PRICE;
    values.count = PURCHASES;
    values.scale = 2;
    columns.values = &values;
    matrix = matrix_of(&settings, &columns);
    uint32_t segment = 9;
    CHECK(ys_retention_matrix_segment(matrix, 1, &segment) && segment == 1);
    CHECK(ys_retention_matrix_segment(matrix, 0, NULL));
    CHECK(!ys_retention_matrix_period(matrix, 0, NULL, NULL));
    CHECK(ys_retention_matrix_size(matrix, 0) == 2);
    CHECK_VALUE(ys_retention_matrix_amount(matrix, 0, 1), "5/2");
    CHECK_VALUE(ys_retention_matrix_amount_per_entity(matrix, 0, 1), "5/4");
    CHECK_VALUE(ys_retention_matrix_weighted_amount(matrix, 0), "1");
    CHECK_VALUE(ys_retention_matrix_mean_amount(matrix, 0), "3/2");
    CHECK(ys_retention_matrix_amount(matrix, 0, 3) == NULL);
    CHECK(ys_retention_matrix_amount_per_entity(matrix, 2, 0) == NULL);
    CHECK(ys_retention_matrix_weighted_amount(matrix, 3) == NULL);
    CHECK(ys_retention_matrix_mean_amount(matrix, 3) == NULL);
    ys_retention_matrix_free(matrix);
}

static void every_kind(void) {
    ys_event_columns columns = purchases();
    columns.observed = 0;
    ys_retention_settings settings = weeks();
    settings.cohort_grain = YS_GRAIN_NONE;
    settings.kind = YS_RETENTION_ON_OR_AFTER;
    ys_retention_matrix *matrix = matrix_of(&settings, &columns);
    CHECK(count(matrix, 0, 0) == 2 && count(matrix, 0, 1) == 1 && count(matrix, 0, 2) == 1);
    ys_retention_matrix_free(matrix);

    settings.kind = YS_RETENTION_STREAK;
    matrix = matrix_of(&settings, &columns);
    CHECK(count(matrix, 0, 0) == 1 && count(matrix, 0, 1) == 0);
    ys_retention_matrix_free(matrix);

    const uint32_t brackets[] = {0, 0, 1, 2};
    settings.kind = YS_RETENTION_BRACKETS;
    settings.brackets = brackets;
    settings.bracket_count = 2;
    settings.intervals = 0;
    matrix = matrix_of(&settings, &columns);
    uint32_t first = 0, last = 0;
    CHECK(ys_retention_matrix_column(matrix, 1, &first, &last) && first == 1 && last == 2);
    CHECK(count(matrix, 0, 0) == 1 && count(matrix, 0, 1) == 1);
    ys_retention_matrix_free(matrix);

    // Calendar months of a year that begins in October, and cohorts of ten days.
    settings = weeks();
    settings.grain = YS_GRAIN_MONTH;
    settings.first_month = 10;
    settings.offset_minutes = 60;
    settings.cohort_grain = YS_GRAIN_NONE;
    settings.cohort_length = 10;
    settings.cohort_unit = YS_TIME_HOUR;
    ys_retention *retention = retention_of(&settings);
    // Ten hours are no whole number of days.
    CHECK_FAILS(ys_retention_compute(retention, &columns, &matrix, &error), YS_INEXACT);
    ys_retention_free(retention);
    settings.cohort_unit = YS_TIME_DAY;
    matrix = matrix_of(&settings, &columns);
    CHECK(ys_retention_matrix_cohort_count(matrix) == 2);
    int64_t number = 0;
    CHECK(ys_retention_matrix_number(matrix, 1, &number) && number == 1);
    CHECK(ys_retention_matrix_number(matrix, 1, NULL));
    CHECK(count(matrix, 0, 0) == 2);
    ys_retention_matrix_free(matrix);
}

static void refused(const ys_retention_settings *settings, ys_status status) {
    ys_retention *retention = NULL;
    CHECK_FAILS(ys_retention_new(settings, &retention, &error), status);
    CHECK(retention == NULL);
}

static void settings_are_checked(void) {
    const ys_retention_settings none = YS_RETENTION_SETTINGS_INIT;
    refused(&none, YS_INVALID);
    refused(NULL, YS_NULL_ARGUMENT);
    ys_retention_settings bad = weeks();
    CHECK_FAILS(ys_retention_new(&bad, NULL, &error), YS_NULL_ARGUMENT);
    bad.struct_size -= 8;
    refused(&bad, YS_INVALID_ARGUMENT);
    bad.struct_size += 9; // one more than it has
    refused(&bad, YS_INVALID_ARGUMENT);
    bad = weeks();
    bad.grain = 6;
    refused(&bad, YS_INVALID_ARGUMENT);
    bad = weeks();
    bad.length_unit = 0;
    refused(&bad, YS_INVALID_ARGUMENT);
    bad = weeks();
    bad.length = 0;
    refused(&bad, YS_INVALID);
    bad = weeks();
    bad.kind = 5;
    refused(&bad, YS_INVALID_ARGUMENT);
    bad = weeks();
    bad.intervals = 70000;
    refused(&bad, YS_INVALID);
    bad = weeks();
    bad.start_bit = 64;
    refused(&bad, YS_INVALID);
    bad.return_bit = 64;
    ys_error *error = NULL;
    ys_retention *retention = NULL;
    CHECK(ys_retention_new(&bad, &retention, &error) == YS_INVALID && retention == NULL);
    CHECK(ys_error_problem_count(error) == 2);
    CHECK(ys_error_status(ys_error_problem(error, 1)) == YS_DOMAIN);
    ys_error_free(error);
    bad = weeks();
    bad.cohort_grain = -1;
    refused(&bad, YS_INVALID_ARGUMENT);
    bad = weeks();
    bad.cohort_length = 3;
    refused(&bad, YS_INVALID_ARGUMENT);
    bad.cohort_grain = YS_GRAIN_NONE;
    refused(&bad, YS_INVALID_ARGUMENT);
    bad = weeks();
    bad.by_segment = 2;
    refused(&bad, YS_INVALID_ARGUMENT);
    bad = weeks();
    bad.amounts = -1;
    refused(&bad, YS_INVALID_ARGUMENT);
    bad = weeks();
    bad.first_month = 13;
    refused(&bad, YS_DATE);
    bad = weeks();
    bad.offset_minutes = 1440;
    refused(&bad, YS_INVALID);
    const uint32_t brackets[] = {2, 1};
    bad = weeks();
    bad.bracket_count = 1;
    refused(&bad, YS_NULL_ARGUMENT);
    bad.brackets = brackets;
    refused(&bad, YS_INVALID_ARGUMENT);
    bad.kind = YS_RETENTION_BRACKETS;
    bad.intervals = 0;
    refused(&bad, YS_INVALID);
    bad.bracket_count = SIZE_MAX;
    refused(&bad, YS_INVALID_ARGUMENT);
    bad.bracket_count = 0;
    refused(&bad, YS_INVALID);
}

static void states(void) {
    const ys_retention_settings settings = weeks();
    ys_retention *retention = retention_of(&settings);
    ys_event_columns first = purchases(), second = purchases();
    first.count = 3;
    second.count = 3;
    second.entities += 3;
    second.times += 3;
    second.masks = BOUGHT + 3;
    ys_retention_state *state = NULL, *other = NULL;
    CHECK(ys_retention_state_new(retention, &first, &state, NULL) == YS_OK);
    CHECK(ys_retention_state_new(retention, &second, &other, NULL) == YS_OK);
    CHECK(ys_retention_state_merge(state, other, NULL) == YS_OK);
    ys_retention_matrix *matrix = NULL;
    CHECK(ys_retention_state_matrix(state, &matrix, NULL) == YS_OK);
    CHECK(ys_retention_matrix_size(matrix, 0) == 2 && count(matrix, 0, 1) == 1);
    ys_retention_matrix_free(matrix);
    ys_retention_state_free(other);
    second.observed_until = 30;
    CHECK(ys_retention_state_new(retention, &second, &other, NULL) == YS_OK);
    CHECK_FAILS(ys_retention_state_merge(state, other, &error), YS_SHAPE);
    CHECK_FAILS(ys_retention_state_merge(state, state, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_retention_state_merge(NULL, other, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_retention_state_merge(state, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_retention_state_matrix(NULL, &matrix, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_retention_state_matrix(state, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_retention_state_new(NULL, &first, &other, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_retention_state_new(retention, NULL, &other, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_retention_state_new(retention, &first, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_retention_compute(NULL, &first, &matrix, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_retention_compute(retention, NULL, &matrix, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_retention_compute(retention, &first, NULL, &error), YS_NULL_ARGUMENT);
    ys_retention_state_free(other);
    ys_retention_state_free(state);
    ys_retention_state_free(NULL);
    ys_retention_free(retention);
    ys_retention_free(NULL);
}

static void null_is_nothing(void) {
    ys_retention_matrix_free(NULL);
    CHECK(ys_retention_matrix_column_count(NULL) == 0);
    CHECK(!ys_retention_matrix_column(NULL, 0, NULL, NULL));
    CHECK(ys_retention_matrix_never_started(NULL) == 0);
    CHECK(ys_retention_matrix_cohort_count(NULL) == 0 && ys_retention_matrix_size(NULL, 0) == 0);
    CHECK(!ys_retention_matrix_period(NULL, 0, NULL, NULL));
    CHECK(!ys_retention_matrix_number(NULL, 0, NULL));
    CHECK(!ys_retention_matrix_segment(NULL, 0, NULL));
    CHECK(!ys_retention_matrix_count(NULL, 0, 0, NULL));
    CHECK(ys_retention_matrix_rate(NULL, 0, 0) == NULL);
    CHECK(ys_retention_matrix_amount(NULL, 0, 0) == NULL);
    CHECK(ys_retention_matrix_amount_per_entity(NULL, 0, 0) == NULL);
    CHECK(ys_retention_matrix_weighted_rate(NULL, 0) == NULL);
    CHECK(ys_retention_matrix_mean_rate(NULL, 0) == NULL);
    CHECK(ys_retention_matrix_weighted_amount(NULL, 0) == NULL);
    CHECK(ys_retention_matrix_mean_amount(NULL, 0) == NULL);
}

int main(void) {
    weeks_by_week();
    segments_and_amounts();
    every_kind();
    settings_are_checked();
    states();
    null_is_nothing();
    return EXIT_SUCCESS;
}
