// Sums, moments, quantiles, weighted means of columns, and bounds of proportions.

#include "check.h"

#define ROWS 5

static const int64_t SCORES[ROWS] = {2, 4, 4, 4, 5};
static const ys_int128 WIDE[ROWS] = {{2, 0}, {4, 0}, {4, 0}, {4, 0}, {5, 0}};
static const int32_t OFFSETS[ROWS + 1] = {0, 1, 2, 3, 4, 5};
static const uint8_t ALL_BUT_LAST[1] = {0x0f};

static ys_integer_column integers(void) {
    ys_integer_column column = YS_INTEGER_COLUMN_INIT;
    column.values = SCORES;
    column.count = ROWS;
    return column;
}

static ys_wide_column wide(void) {
    ys_wide_column column = YS_WIDE_COLUMN_INIT;
    column.values = WIDE;
    column.count = ROWS;
    return column;
}

static ys_text_column texts(const char *data) {
    ys_text_column column = YS_TEXT_COLUMN_INIT;
    column.data = data;
    column.data_length = ROWS;
    column.offsets = OFFSETS;
    column.count = ROWS;
    return column;
}

// Checks the text of a value, and frees it.
static void is(ys_value *found, const char *wanted) {
    char text[64];
    CHECK(ys_value_text(found, text, sizeof(text), NULL, NULL) == YS_OK);
    CHECK_TEXT(text, wanted);
    ys_value_free(found);
}

static void rounds(ys_real *real, int32_t scale, const char *wanted) {
    ys_rounding how = YS_ROUNDING_INIT;
    how.scale = scale;
    how.mode = YS_MODE_HALF_EVEN;
    ys_decimal rounded;
    char text[YS_DECIMAL_CAPACITY];
    CHECK(ys_real_round(real, &how, &rounded, NULL) == YS_OK);
    CHECK(ys_decimal_format(&rounded, text, sizeof(text), NULL, NULL) == YS_OK);
    CHECK_TEXT(text, wanted);
    ys_real_free(real);
}

static void sums(void) {
    ys_integer_column column = integers();
    ys_wide_column big = wide();
    ys_text_column text = texts("24445");
    ys_value *sum = NULL;
    CHECK(ys_sum_integers(&column, &sum, NULL) == YS_OK);
    is(sum, "19");
    CHECK(ys_sum_wide(&big, &sum, NULL) == YS_OK);
    is(sum, "19");
    CHECK(ys_sum_text(&text, &sum, NULL) == YS_OK);
    is(sum, "19");
    column.validity = ALL_BUT_LAST;
    column.scale = 2;
    CHECK(ys_sum_integers(&column, &sum, NULL) == YS_OK);
    is(sum, "7/50");
    text.validity = ALL_BUT_LAST;
    CHECK(ys_sum_text(&text, &sum, NULL) == YS_OK);
    is(sum, "14");
    const struct {
        int64_t score;
        int64_t other;
    } rows[2] = {{7, 1}, {8, 1}};
    ys_integer_column strided = YS_INTEGER_COLUMN_INIT;
    strided.values = &rows[0].score;
    strided.count = 2;
    strided.stride = sizeof(rows[0]);
    CHECK(ys_sum_integers(&strided, &sum, NULL) == YS_OK);
    is(sum, "15");
    const ys_integer_column nothing = YS_INTEGER_COLUMN_INIT;
    CHECK(ys_sum_integers(&nothing, &sum, NULL) == YS_OK);
    is(sum, "0");
    sum = NULL;

    CHECK_FAILS(ys_sum_integers(NULL, &sum, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_sum_integers(&column, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_sum_wide(NULL, &sum, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_sum_wide(&big, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_sum_text(NULL, &sum, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_sum_text(&text, NULL, &error), YS_NULL_ARGUMENT);
    column.struct_size++;
    CHECK_FAILS(ys_sum_integers(&column, &sum, &error), YS_INVALID_ARGUMENT);
    column = integers();
    column.stride = 7;
    CHECK_FAILS(ys_sum_integers(&column, &sum, &error), YS_INVALID_ARGUMENT);
    column = integers();
    column.values = NULL;
    CHECK_FAILS(ys_sum_integers(&column, &sum, &error), YS_NULL_ARGUMENT);
    column = integers();
    column.scale = 39;
    CHECK_FAILS(ys_sum_integers(&column, &sum, &error), YS_DOMAIN);
    big.reserved = 1;
    CHECK_FAILS(ys_sum_wide(&big, &sum, &error), YS_INVALID_ARGUMENT);
    text = texts("24x45");
    CHECK_FAILS(ys_sum_text(&text, &sum, &error), YS_SYNTAX);
    text = texts("24\xff" "45");
    CHECK_FAILS(ys_sum_text(&text, &sum, &error), YS_SYNTAX);
    text = texts("24445");
    text.data_length = 4;
    CHECK_FAILS(ys_sum_text(&text, &sum, &error), YS_SHAPE);
    CHECK(sum == NULL);
}

typedef ys_status moment(const ys_moments *, ys_value **, ys_error **);

static void moments(void) {
    ys_integer_column column = integers();
    ys_wide_column big = wide();
    ys_text_column text = texts("24445");
    ys_moments *all = NULL;
    ys_moments *more = NULL;
    CHECK(ys_moments_new(&all, NULL) == YS_OK);
    CHECK(ys_moments_new(&more, NULL) == YS_OK);
    CHECK_FAILS(ys_moments_new(NULL, &error), YS_NULL_ARGUMENT);
    ys_value *value = NULL;
    ys_real *real = NULL;
    CHECK(ys_moments_mean(all, &value, NULL) == YS_OK);
    is(value, "no_base");
    CHECK(ys_moments_standard_deviation(all, YS_OF_SAMPLE, &real, NULL) == YS_OK);
    CHECK(ys_real_reason(real) == YS_REASON_NO_BASE);
    ys_real_free(real);

    // The worked example of the documentation: 2, 4, 4, 4, 5, 5, 7, 9.
    CHECK(ys_moments_add_integers(all, &column, NULL) == YS_OK);
    const ys_decimal pushed[] = {{{50, 0}, 1, 0}, {{7, 0}, 0, 0}, {{900, 0}, 2, 0}};
    for (size_t i = 0; i < 3; i++) {
        CHECK(ys_moments_push(more, &pushed[i], NULL) == YS_OK);
    }
    CHECK(ys_moments_merge(all, more, NULL) == YS_OK);
    static const struct {
        moment *of;
        const char *wanted;
    } due[] = {{ys_moments_count, "8"},           {ys_moments_sum, "40"}, {ys_moments_min, "2"},
               {ys_moments_sum_of_squares, "232"}, {ys_moments_max, "9"},  {ys_moments_mean, "5"}};
    for (size_t i = 0; i < sizeof(due) / sizeof(due[0]); i++) {
        CHECK(due[i].of(all, &value, NULL) == YS_OK);
        is(value, due[i].wanted);
        value = NULL;
        CHECK_FAILS(due[i].of(NULL, &value, &error), YS_NULL_ARGUMENT);
        CHECK_FAILS(due[i].of(all, NULL, &error), YS_NULL_ARGUMENT);
    }
    CHECK(ys_moments_variance(all, YS_OF_POPULATION, &value, NULL) == YS_OK);
    is(value, "4");
    CHECK(ys_moments_variance(all, YS_OF_SAMPLE, &value, NULL) == YS_OK);
    is(value, "32/7");
    CHECK(ys_moments_standard_deviation(all, YS_OF_SAMPLE, &real, NULL) == YS_OK);
    rounds(real, 4, "2.1381");

    CHECK_FAILS(ys_moments_variance(all, 0, &value, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_moments_variance(NULL, 1, &value, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_moments_variance(all, 1, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_moments_standard_deviation(all, 3, &real, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_moments_standard_deviation(NULL, 1, &real, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_moments_standard_deviation(all, 1, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_moments_merge(all, all, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_moments_merge(NULL, all, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_moments_merge(all, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_moments_push(NULL, &pushed[0], &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_moments_push(all, NULL, &error), YS_NULL_ARGUMENT);
    const ys_decimal bad = {{1, 0}, -1, 0};
    CHECK_FAILS(ys_moments_push(all, &bad, &error), YS_DOMAIN);
    CHECK_FAILS(ys_moments_add_integers(NULL, &column, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_moments_add_integers(all, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_moments_add_wide(NULL, &big, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_moments_add_wide(all, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_moments_add_text(NULL, &text, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_moments_add_text(all, NULL, &error), YS_NULL_ARGUMENT);
    text = texts("24-45");
    CHECK_FAILS(ys_moments_add_text(all, &text, &error), YS_SYNTAX);
    column.struct_size = 8;
    CHECK_FAILS(ys_moments_add_integers(all, &column, &error), YS_INVALID_ARGUMENT);
    // Nothing was added by what failed.
    CHECK(ys_moments_count(all, &value, NULL) == YS_OK);
    is(value, "8");
    text = texts("24445");
    CHECK(ys_moments_add_wide(all, &big, NULL) == YS_OK);
    CHECK(ys_moments_add_text(all, &text, NULL) == YS_OK);
    CHECK(ys_moments_sum(all, &value, NULL) == YS_OK);
    is(value, "78");
    ys_moments_free(all);
    ys_moments_free(more);
    ys_moments_free(NULL);
}

static void quantiles(void) {
    const ys_integer_column column = integers();
    const ys_wide_column big = wide();
    const ys_text_column text = texts("10000");
    ys_quantiles *all = NULL;
    ys_quantiles *more = NULL;
    ys_value *half = NULL;
    ys_value *two = NULL;
    ys_value *value = NULL;
    CHECK(ys_quantiles_new(&all, NULL) == YS_OK);
    CHECK(ys_quantiles_new(&more, NULL) == YS_OK);
    CHECK(ys_value_parse("1/2", 3, &half, NULL) == YS_OK);
    CHECK(ys_value_from_int64(2, &two, NULL) == YS_OK);
    CHECK(ys_quantiles_quantile(all, half, YS_QUANTILE_LINEAR, &value, NULL) == YS_OK);
    is(value, "no_base");
    CHECK(ys_quantiles_add_integers(all, &column, NULL) == YS_OK);
    CHECK(ys_quantiles_add_wide(all, &big, NULL) == YS_OK);
    CHECK(ys_quantiles_add_text(more, &text, NULL) == YS_OK);
    CHECK(ys_quantiles_merge(all, more, NULL) == YS_OK);
    CHECK(ys_quantiles_count(all) == 15 && ys_quantiles_count(NULL) == 0);
    // 0 0 0 0 1 2 2 4 4 4 4 4 4 5 5
    CHECK(ys_quantiles_quantile(all, half, YS_QUANTILE_LINEAR, &value, NULL) == YS_OK);
    is(value, "4");
    CHECK(ys_quantiles_quantile(more, half, YS_QUANTILE_INVERSE_CDF, &value, NULL) == YS_OK);
    is(value, "0");
    for (int32_t kind = YS_QUANTILE_INVERSE_CDF; kind <= YS_QUANTILE_NORMAL_UNBIASED; kind++) {
        CHECK(ys_quantiles_quantile(all, half, kind, &value, NULL) == YS_OK);
        ys_value_free(value);
    }
    value = NULL;
    CHECK_FAILS(ys_quantiles_quantile(all, half, 10, &value, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_quantiles_quantile(all, two, 7, &value, &error), YS_DOMAIN);
    CHECK_FAILS(ys_quantiles_quantile(NULL, half, 7, &value, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_quantiles_quantile(all, NULL, 7, &value, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_quantiles_quantile(all, half, 7, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_quantiles_new(NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_quantiles_merge(all, all, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_quantiles_merge(NULL, more, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_quantiles_merge(all, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_quantiles_add_integers(NULL, &column, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_quantiles_add_integers(all, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_quantiles_add_wide(NULL, &big, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_quantiles_add_wide(all, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_quantiles_add_text(NULL, &text, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_quantiles_add_text(all, NULL, &error), YS_NULL_ARGUMENT);
    ys_value_free(half);
    ys_value_free(two);
    ys_quantiles_free(all);
    ys_quantiles_free(more);
    ys_quantiles_free(NULL);
}

typedef ys_status part(const ys_weighted_mean *, ys_value **, ys_error **);

static void weighted_means(void) {
    const int64_t scores[] = {45, 30};
    const int64_t votes[] = {1, 3};
    ys_integer_column values = YS_INTEGER_COLUMN_INIT;
    values.values = scores;
    values.count = 2;
    values.scale = 1;
    ys_integer_column weights = YS_INTEGER_COLUMN_INIT;
    weights.values = votes;
    weights.count = 2;
    const ys_wide_column big = wide();
    const ys_text_column text = texts("24445");
    ys_weighted_mean *mean = NULL;
    ys_weighted_mean *more = NULL;
    ys_value *value = NULL;
    CHECK(ys_weighted_mean_new(&mean, NULL) == YS_OK);
    CHECK(ys_weighted_mean_new(&more, NULL) == YS_OK);
    CHECK(ys_weighted_mean_value(mean, &value, NULL) == YS_OK);
    is(value, "no_base");
    CHECK(ys_weighted_mean_add_integers(mean, &values, &weights, NULL) == YS_OK);
    static const struct {
        part *of;
        const char *wanted;
    } due[] = {{ys_weighted_mean_value, "27/8"},
               {ys_weighted_mean_sum, "27/2"},
               {ys_weighted_mean_weight, "4"}};
    for (size_t i = 0; i < sizeof(due) / sizeof(due[0]); i++) {
        CHECK(due[i].of(mean, &value, NULL) == YS_OK);
        is(value, due[i].wanted);
        value = NULL;
        CHECK_FAILS(due[i].of(NULL, &value, &error), YS_NULL_ARGUMENT);
        CHECK_FAILS(due[i].of(mean, NULL, &error), YS_NULL_ARGUMENT);
    }
    weights.count = 1;
    CHECK_FAILS(ys_weighted_mean_add_integers(mean, &values, &weights, &error), YS_SHAPE);
    const ys_decimal one = {{1, 0}, 0, 0};
    const ys_decimal bad = {{1, 0}, 0, 1};
    CHECK(ys_weighted_mean_push(more, &one, &one, NULL) == YS_OK);
    CHECK(ys_weighted_mean_add_wide(more, &big, &big, NULL) == YS_OK);
    CHECK(ys_weighted_mean_add_text(more, &text, &text, NULL) == YS_OK);
    CHECK(ys_weighted_mean_merge(mean, more, NULL) == YS_OK);
    CHECK(ys_weighted_mean_weight(mean, &value, NULL) == YS_OK);
    is(value, "43");
    CHECK_FAILS(ys_weighted_mean_push(NULL, &one, &one, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_push(mean, NULL, &one, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_push(mean, &one, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_push(mean, &one, &bad, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_new(NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_merge(mean, mean, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_merge(NULL, more, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_merge(mean, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_add_integers(NULL, &values, &values, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_add_integers(mean, NULL, &values, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_add_integers(mean, &values, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_add_wide(NULL, &big, &big, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_add_wide(mean, NULL, &big, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_add_wide(mean, &big, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_add_text(NULL, &text, &text, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_add_text(mean, NULL, &text, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_weighted_mean_add_text(mean, &text, NULL, &error), YS_NULL_ARGUMENT);
    ys_weighted_mean_free(mean);
    ys_weighted_mean_free(more);
    ys_weighted_mean_free(NULL);
}

typedef ys_status bound(uint64_t, uint64_t, const ys_value *, ys_real **, ys_real **, ys_error **);

static void proportions(void) {
    static const struct {
        bound *of;
        const char *lower;
        const char *upper;
    } due[] = {{ys_wilson, "0.5888", "0.9826"},
               {ys_wald, "0.7103", "1.0897"},
               {ys_agresti_coull, "0.5664", "1.0050"}};
    ys_value *two = NULL;
    ys_value *minus = NULL;
    ys_value *value = NULL;
    ys_real *lower = NULL;
    ys_real *upper = NULL;
    CHECK(ys_value_from_int64(2, &two, NULL) == YS_OK);
    CHECK(ys_value_from_int64(-2, &minus, NULL) == YS_OK);
    for (size_t i = 0; i < sizeof(due) / sizeof(due[0]); i++) {
        CHECK(due[i].of(9, 10, two, &lower, &upper, NULL) == YS_OK);
        rounds(lower, 4, due[i].lower);
        rounds(upper, 4, due[i].upper);
        lower = NULL;
        upper = NULL;
        CHECK_FAILS(due[i].of(0, 0, two, &lower, &upper, &error), YS_DIVISION_BY_ZERO);
        CHECK_FAILS(due[i].of(11, 10, two, &lower, &upper, &error), YS_DOMAIN);
        CHECK_FAILS(due[i].of(9, 10, minus, &lower, &upper, &error), YS_DOMAIN);
        CHECK_FAILS(due[i].of(9, 10, NULL, &lower, &upper, &error), YS_NULL_ARGUMENT);
        CHECK_FAILS(due[i].of(9, 10, two, NULL, &upper, &error), YS_NULL_ARGUMENT);
        CHECK_FAILS(due[i].of(9, 10, two, &lower, NULL, &error), YS_NULL_ARGUMENT);
        CHECK(lower == NULL && upper == NULL);
    }
    static const char *const levels[] = {"4/5", "9/10", "19/20", "49/50", "99/100", "199/200",
                                         "999/1000"};
    for (int32_t i = YS_CONFIDENCE_80; i <= YS_CONFIDENCE_99_9; i++) {
        CHECK(ys_confidence_level(i, &value, NULL) == YS_OK);
        is(value, levels[i - 1]);
    }
    CHECK(ys_confidence_z(YS_CONFIDENCE_95, &value, NULL) == YS_OK);
    ys_rounding how = YS_ROUNDING_INIT;
    how.scale = 4;
    how.mode = YS_MODE_HALF_EVEN;
    ys_decimal z;
    CHECK(ys_value_round(value, &how, &z, NULL) == YS_OK && z.mantissa.lo == 19600);
    ys_value_free(value);
    value = NULL;
    CHECK_FAILS(ys_confidence_z(0, &value, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_confidence_z(1, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_confidence_level(8, &value, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_confidence_level(1, NULL, &error), YS_NULL_ARGUMENT);
    ys_value_free(two);
    ys_value_free(minus);
}

int main(void) {
    sums();
    moments();
    quantiles();
    weighted_means();
    proportions();
    return EXIT_SUCCESS;
}
