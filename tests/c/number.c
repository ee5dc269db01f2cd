// Values, reals, quotients of decimals, and totals that are split.

#include "check.h"

static ys_value *value(const char *text) {
    ys_value *result = NULL;
    CHECK(ys_value_parse(text, strlen(text), &result, NULL) == YS_OK);
    return result;
}

// Checks the text of a value, and frees it.
static void is(ys_value *found, const char *wanted) {
    char text[64];
    CHECK(ys_value_text(found, text, sizeof(text), NULL, NULL) == YS_OK);
    CHECK_TEXT(text, wanted);
    ys_value_free(found);
}

static ys_rounding rounding(int32_t scale) {
    ys_rounding result = YS_ROUNDING_INIT;
    result.scale = scale;
    result.mode = YS_MODE_HALF_EVEN;
    return result;
}

static void shows(ys_decimal decimal, const char *wanted) {
    char text[YS_DECIMAL_CAPACITY];
    CHECK(ys_decimal_format(&decimal, text, sizeof(text), NULL, NULL) == YS_OK);
    CHECK_TEXT(text, wanted);
}

// Checks a real at a scale, and frees it.
static void rounds(ys_real *real, int32_t scale, const char *wanted) {
    const ys_rounding how = rounding(scale);
    ys_decimal rounded;
    CHECK(ys_real_reason(real) == YS_REASON_NONE);
    CHECK(ys_real_round(real, &how, &rounded, NULL) == YS_OK);
    shows(rounded, wanted);
    ys_real_free(real);
}

// As the documentation of ys_value does it.
static void the_snippet(void) {
    ys_value *deals = NULL;
    ys_value *leads = NULL;
    ys_value *rate = NULL;
    CHECK(ys_value_from_int64(7, &deals, NULL) == YS_OK);
    CHECK(ys_value_from_int64(20, &leads, NULL) == YS_OK);
    CHECK(ys_value_quotient(deals, leads, &rate, NULL) == YS_OK);
    const ys_rounding how = rounding(2);
    ys_decimal rounded;
    CHECK(ys_value_reason(rate) == YS_REASON_NONE);
    CHECK(ys_value_round(rate, &how, &rounded, NULL) == YS_OK);
    shows(rounded, "0.35");
    ys_value_free(deals);
    ys_value_free(leads);
    is(rate, "7/20");
}

static void creating(void) {
    is(value("3"), "3");
    is(value("-1.5"), "-3/2");
    is(value("-7/20"), "-7/20");
    ys_value *made = NULL;
    CHECK(ys_value_from_int64(INT64_MIN, &made, NULL) == YS_OK);
    is(made, "-9223372036854775808");
    const ys_decimal cents = {{150, 0}, 2, 0};
    CHECK(ys_value_from_decimal(&cents, &made, NULL) == YS_OK);
    is(made, "3/2");
    const ys_int128 six = {6, 0};
    const ys_int128 minus_four = {(uint64_t)-4, -1};
    const ys_int128 zero = {0, 0};
    const ys_int128 most = {0, INT64_MIN};
    CHECK(ys_value_from_fraction(&six, &minus_four, &made, NULL) == YS_OK);
    is(made, "-3/2");
    CHECK(ys_value_from_scaled(&minus_four, 3, &made, NULL) == YS_OK);
    is(made, "-1/250");
    CHECK(ys_value_from_scaled(&most, 255, &made, NULL) == YS_OK);
    ys_value_free(made);
    made = NULL;
    CHECK_FAILS(ys_value_from_fraction(&six, &zero, &made, &error), YS_DIVISION_BY_ZERO);
    CHECK_FAILS(ys_value_from_fraction(NULL, &six, &made, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_from_fraction(&six, NULL, &made, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_from_fraction(&six, &six, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_from_scaled(NULL, 0, &made, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_from_scaled(&six, 0, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_from_int64(1, NULL, &error), YS_NULL_ARGUMENT);
    const ys_decimal bad = {{1, 0}, 29, 0};
    CHECK_FAILS(ys_value_from_decimal(&bad, &made, &error), YS_DOMAIN);
    CHECK_FAILS(ys_value_from_decimal(NULL, &made, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_from_decimal(&cents, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_parse("1,5", 3, &made, &error), YS_SYNTAX);
    CHECK_FAILS(ys_value_parse("1\xff", 2, &made, &error), YS_SYNTAX);
    CHECK_FAILS(ys_value_parse(NULL, 0, &made, &error), YS_SYNTAX);
    CHECK_FAILS(ys_value_parse(NULL, 1, &made, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_parse("1/0", 3, &made, &error), YS_DIVISION_BY_ZERO);
    CHECK_FAILS(ys_value_parse("1e9999", 6, &made, &error), YS_CAPACITY);
    CHECK_FAILS(ys_value_parse("1", 1, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_copy(NULL, &made, &error), YS_NULL_ARGUMENT);
    CHECK(made == NULL);
    ys_value *original = value("1/3");
    CHECK_FAILS(ys_value_copy(original, NULL, &error), YS_NULL_ARGUMENT);
    CHECK(ys_value_copy(original, &made, NULL) == YS_OK);
    ys_value_free(original);
    is(made, "1/3");
}

typedef ys_status binary(const ys_value *, const ys_value *, ys_value **, ys_error **);
typedef ys_status unary(const ys_value *, ys_value **, ys_error **);
typedef ys_status to_real(const ys_value *, ys_real **, ys_error **);

static void arithmetic(void) {
    static const struct {
        binary *operation;
        const char *wanted;
        const char *of_undefined;
    } binaries[] = {{ys_value_add, "7/12", "no_base"},
                    {ys_value_subtract, "1/12", "no_base"},
                    {ys_value_multiply, "1/12", "no_base"},
                    {ys_value_quotient, "4/3", "no_base"}};
    ys_value *a = value("1/3");
    ys_value *b = value("1/4");
    ys_value *zero = value("0");
    ys_value *none = NULL;
    ys_value *result = NULL;
    CHECK(ys_value_quotient(zero, zero, &none, NULL) == YS_OK);
    CHECK(ys_value_reason(none) == YS_REASON_NO_BASE);
    CHECK(ys_value_quotient(a, zero, &result, NULL) == YS_OK);
    CHECK(ys_value_reason(result) == YS_REASON_UNBOUNDED);
    is(result, "unbounded");
    result = NULL;
    for (size_t i = 0; i < sizeof(binaries) / sizeof(binaries[0]); i++) {
        CHECK(binaries[i].operation(a, b, &result, NULL) == YS_OK);
        is(result, binaries[i].wanted);
        CHECK(binaries[i].operation(a, none, &result, NULL) == YS_OK);
        is(result, binaries[i].of_undefined);
        CHECK(binaries[i].operation(a, a, &result, NULL) == YS_OK);
        ys_value_free(result);
        result = NULL;
        CHECK_FAILS(binaries[i].operation(NULL, b, &result, &error), YS_NULL_ARGUMENT);
        CHECK_FAILS(binaries[i].operation(a, NULL, &result, &error), YS_NULL_ARGUMENT);
        CHECK_FAILS(binaries[i].operation(a, b, NULL, &error), YS_NULL_ARGUMENT);
        CHECK(result == NULL);
    }
    static const struct {
        unary *operation;
        const char *wanted;
    } unaries[] = {{ys_value_negate, "3/2"},
                   {ys_value_abs, "3/2"},
                   {ys_value_floor, "-2"},
                   {ys_value_ceil, "-1"}};
    ys_value *minus = value("-1.5");
    for (size_t i = 0; i < sizeof(unaries) / sizeof(unaries[0]); i++) {
        CHECK(unaries[i].operation(minus, &result, NULL) == YS_OK);
        is(result, unaries[i].wanted);
        CHECK(unaries[i].operation(none, &result, NULL) == YS_OK);
        is(result, "no_base");
        result = NULL;
        CHECK_FAILS(unaries[i].operation(NULL, &result, &error), YS_NULL_ARGUMENT);
        CHECK_FAILS(unaries[i].operation(a, NULL, &error), YS_NULL_ARGUMENT);
    }
    CHECK(ys_value_pow(minus, -3, &result, NULL) == YS_OK);
    is(result, "-8/27");
    CHECK(ys_value_pow(none, 2, &result, NULL) == YS_OK);
    is(result, "no_base");
    CHECK_FAILS(ys_value_pow(zero, -1, &result, &error), YS_DIVISION_BY_ZERO);
    CHECK_FAILS(ys_value_pow(a, INT32_MIN, &result, &error), YS_CAPACITY);
    CHECK_FAILS(ys_value_pow(NULL, 1, &result, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_pow(a, 1, NULL, &error), YS_NULL_ARGUMENT);

    int32_t order = 7;
    CHECK(ys_value_compare(a, b, &order, NULL) == YS_OK && order == 1);
    CHECK(ys_value_compare(b, a, &order, NULL) == YS_OK && order == -1);
    CHECK(ys_value_compare(a, a, &order, NULL) == YS_OK && order == 0);
    CHECK_FAILS(ys_value_compare(a, none, &order, &error), YS_DOMAIN);
    CHECK_FAILS(ys_value_compare(NULL, a, &order, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_compare(a, NULL, &order, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_compare(a, a, NULL, &error), YS_NULL_ARGUMENT);
    ys_int128 part;
    CHECK(ys_value_numerator(minus, &part, NULL) == YS_OK);
    CHECK(part.lo == (uint64_t)-3 && part.hi == -1);
    CHECK(ys_value_denominator(minus, &part, NULL) == YS_OK);
    CHECK(part.lo == 2 && part.hi == 0);
    CHECK(ys_value_denominator(zero, &part, NULL) == YS_OK && part.lo == 1);
    ys_value *large = value("1e40/7");
    ys_value *small = value("1e-40");
    CHECK_FAILS(ys_value_numerator(large, &part, &error), YS_OVERFLOW);
    CHECK_FAILS(ys_value_denominator(small, &part, &error), YS_OVERFLOW);
    CHECK_FAILS(ys_value_numerator(none, &part, &error), YS_DOMAIN);
    CHECK_FAILS(ys_value_numerator(NULL, &part, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_numerator(a, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_denominator(NULL, &part, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_denominator(a, NULL, &error), YS_NULL_ARGUMENT);
    ys_decimal decimal;
    CHECK(ys_value_decimal(minus, &decimal, NULL) == YS_OK);
    shows(decimal, "-1.5");
    CHECK_FAILS(ys_value_decimal(a, &decimal, &error), YS_INEXACT);
    CHECK_FAILS(ys_value_decimal(large, &decimal, &error), YS_OVERFLOW);
    CHECK_FAILS(ys_value_decimal(none, &decimal, &error), YS_DOMAIN);
    CHECK_FAILS(ys_value_decimal(NULL, &decimal, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_decimal(a, NULL, &error), YS_NULL_ARGUMENT);
    ys_value *all[] = {a, b, zero, none, minus, large, small};
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        ys_value_free(all[i]);
    }
}

static void reals(void) {
    ys_value *two = value("2");
    ys_value *minus = value("-8");
    ys_value *zero = value("0");
    ys_value *none = NULL;
    ys_real *real = NULL;
    CHECK(ys_value_quotient(zero, zero, &none, NULL) == YS_OK);
    static const struct {
        to_real *operation;
        const char *wanted;
    } all[] = {{ys_value_sqrt, "1.4142"},
               {ys_value_exp, "7.3891"},
               {ys_value_ln, "0.6931"},
               {ys_value_log10, "0.3010"}};
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        CHECK(all[i].operation(two, &real, NULL) == YS_OK);
        rounds(real, 4, all[i].wanted);
        real = NULL;
        CHECK_FAILS(all[i].operation(none, &real, &error), YS_DOMAIN);
        CHECK_FAILS(all[i].operation(NULL, &real, &error), YS_NULL_ARGUMENT);
        CHECK_FAILS(all[i].operation(two, NULL, &error), YS_NULL_ARGUMENT);
    }
    CHECK_FAILS(ys_value_sqrt(minus, &real, &error), YS_DOMAIN);
    CHECK_FAILS(ys_value_ln(zero, &real, &error), YS_DOMAIN);
    CHECK(ys_value_root(minus, 3, &real, NULL) == YS_OK);
    rounds(real, 0, "-2");
    CHECK_FAILS(ys_value_root(minus, 2, &real, &error), YS_DOMAIN);
    CHECK_FAILS(ys_value_root(two, 0, &real, &error), YS_DOMAIN);
    CHECK_FAILS(ys_value_root(NULL, 2, &real, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_root(two, 2, NULL, &error), YS_NULL_ARGUMENT);
    CHECK(ys_value_power(two, minus, &real, NULL) == YS_OK);
    rounds(real, 8, "0.00390625");
    CHECK_FAILS(ys_value_power(two, none, &real, &error), YS_DOMAIN);
    CHECK_FAILS(ys_value_power(zero, minus, &real, &error), YS_DIVISION_BY_ZERO);
    CHECK_FAILS(ys_value_power(NULL, two, &real, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_power(two, NULL, &real, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_value_power(two, two, NULL, &error), YS_NULL_ARGUMENT);

    ys_value *begin = value("1000");
    ys_value *end = value("1331");
    ys_value *three = value("3");
    ys_value *year = value("365");
    CHECK(ys_growth_rate(begin, end, three, &real, NULL) == YS_OK);
    rounds(real, 4, "0.1000");
    CHECK(ys_annual_growth_rate(begin, end, year, &real, NULL) == YS_OK);
    rounds(real, 4, "0.3310");
    CHECK(ys_decay(three, three, &real, NULL) == YS_OK);
    rounds(real, 2, "0.50");
    CHECK_FAILS(ys_growth_rate(zero, end, three, &real, &error), YS_DIVISION_BY_ZERO);
    CHECK_FAILS(ys_growth_rate(begin, minus, three, &real, &error), YS_DOMAIN);
    CHECK_FAILS(ys_growth_rate(begin, none, three, &real, &error), YS_DOMAIN);
    CHECK_FAILS(ys_growth_rate(NULL, end, three, &real, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_growth_rate(begin, NULL, three, &real, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_growth_rate(begin, end, NULL, &real, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_growth_rate(begin, end, three, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_annual_growth_rate(NULL, end, year, &real, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_annual_growth_rate(begin, NULL, year, &real, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_annual_growth_rate(begin, end, NULL, &real, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_annual_growth_rate(begin, end, year, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decay(three, zero, &real, &error), YS_DIVISION_BY_ZERO);
    CHECK_FAILS(ys_decay(NULL, three, &real, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decay(three, NULL, &real, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decay(three, three, NULL, &error), YS_NULL_ARGUMENT);

    real = NULL;
    CHECK(ys_value_sqrt(two, &real, NULL) == YS_OK);
    ys_rounding how = rounding(2);
    ys_decimal rounded;
    char text[64];
    CHECK(ys_real_text(real, text, sizeof(text), NULL, NULL) == YS_OK && strlen(text) > 0);
    CHECK_FAILS(ys_real_text(real, text, 1, NULL, &error), YS_BUFFER_TOO_SMALL);
    CHECK_FAILS(ys_real_text(NULL, text, sizeof(text), NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_real_round(NULL, &how, &rounded, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_real_round(real, NULL, &rounded, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_real_round(real, &how, NULL, &error), YS_NULL_ARGUMENT);
    how.mode = YS_MODE_EXACT;
    CHECK_FAILS(ys_real_round(real, &how, &rounded, &error), YS_INEXACT);
    how.struct_size--;
    CHECK_FAILS(ys_real_round(real, &how, &rounded, &error), YS_INVALID_ARGUMENT);
    ys_real_free(real);
    ys_real_free(NULL);
    CHECK(ys_real_reason(NULL) == YS_REASON_MISSING);
    ys_value *values[] = {two, minus, zero, none, begin, end, three, year};
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        ys_value_free(values[i]);
    }
}

static void quotients(void) {
    const ys_decimal spend = {{5723, 0}, 2, 0};
    const ys_decimal budget = {{20000, 0}, 2, 0};
    const ys_decimal zero = {{0, 0}, 2, 0};
    const ys_decimal bad = {{1, 0}, 0, 1};
    const ys_rounding how = rounding(4);
    ys_rounding no_mode = how;
    no_mode.mode = 0;
    ys_decimal result;
    CHECK(ys_decimal_quotient(&spend, &budget, &how, &result, NULL) == YS_OK);
    shows(result, "0.2862");
    CHECK_FAILS(ys_decimal_quotient(&spend, &zero, &how, &result, &error), YS_DIVISION_BY_ZERO);
    CHECK_FAILS(ys_decimal_quotient(&bad, &spend, &how, &result, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_decimal_quotient(&spend, &spend, &no_mode, &result, &error),
                YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_decimal_quotient(NULL, &spend, &how, &result, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decimal_quotient(&spend, NULL, &how, &result, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decimal_quotient(&spend, &spend, NULL, &result, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decimal_quotient(&spend, &spend, &how, NULL, &error), YS_NULL_ARGUMENT);

    const ys_decimal factors[] = {{{5, 0}, 1, 0}, {{3, 0}, 0, 0}};
    CHECK(ys_decimal_quotient_of_products(factors, 2, &budget, 1, &how, &result, NULL) == YS_OK);
    shows(result, "0.0075");
    CHECK(ys_decimal_quotient_of_products(NULL, 0, NULL, 0, &how, &result, NULL) == YS_OK);
    shows(result, "1.0000");
    CHECK_FAILS(ys_decimal_quotient_of_products(NULL, 1, NULL, 0, &how, &result, &error),
                YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decimal_quotient_of_products(NULL, 0, NULL, 1, &how, &result, &error),
                YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decimal_quotient_of_products(&bad, 1, NULL, 0, &how, &result, &error),
                YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_decimal_quotient_of_products(factors, (size_t)-1, NULL, 0, &how, &result,
                                                &error),
                YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_decimal_quotient_of_products(factors, 2, NULL, 0, NULL, &result, &error),
                YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decimal_quotient_of_products(factors, 2, NULL, 0, &how, NULL, &error),
                YS_NULL_ARGUMENT);

    CHECK(ys_ratio(869, 46112, &how, &result, NULL) == YS_OK);
    shows(result, "0.0188");
    CHECK_FAILS(ys_ratio(1, 0, &how, &result, &error), YS_DIVISION_BY_ZERO);
    CHECK_FAILS(ys_ratio(1, 1, NULL, &result, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_ratio(1, 1, &how, NULL, &error), YS_NULL_ARGUMENT);
}

static void formats(void) {
    const ys_decimal loss = {{(uint64_t)-123456700, -1}, 2, 0};
    const ys_decimal rate = {{1052, 0}, 4, 0};
    ys_format format = YS_FORMAT_INIT;
    char text[64];
    size_t needed = 0;
    CHECK(ys_decimal_format_as(&loss, &format, text, sizeof(text), NULL, NULL) == YS_OK);
    CHECK_TEXT(text, "-1234567.00");
    format.separator = ',';
    CHECK(ys_decimal_format_as(&loss, &format, NULL, 0, &needed, NULL) == YS_OK && needed == 14);
    CHECK(ys_decimal_format_as(&loss, &format, text, sizeof(text), NULL, NULL) == YS_OK);
    CHECK_TEXT(text, "-1,234,567.00");
    format.percent = 1;
    format.width = 9;
    CHECK(ys_decimal_format_as(&rate, &format, text, sizeof(text), NULL, NULL) == YS_OK);
    CHECK_TEXT(text, "   10.52%");
    format.zeros = 1;
    format.separator = 0;
    CHECK(ys_decimal_format_as(&rate, &format, text, sizeof(text), NULL, NULL) == YS_OK);
    CHECK_TEXT(text, "00010.52%");
    CHECK_FAILS(ys_decimal_format_as(&rate, &format, text, 9, NULL, &error), YS_BUFFER_TOO_SMALL);
    CHECK_FAILS(ys_decimal_format_as(NULL, &format, text, sizeof(text), NULL, &error),
                YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decimal_format_as(&rate, NULL, text, sizeof(text), NULL, &error),
                YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decimal_format_as(&rate, &format, NULL, 9, NULL, &error), YS_NULL_ARGUMENT);
    static const struct {
        ys_format format;
        ys_status status;
    } bad[] = {{{sizeof(ys_format) - 1, 0, 0, 0, 0}, YS_INVALID_ARGUMENT},
               {{sizeof(ys_format) + 1, 0, 0, 0, 0}, YS_INVALID_ARGUMENT},
               {{sizeof(ys_format), 0xd800, 0, 0, 0}, YS_DOMAIN},
               {{sizeof(ys_format), 0, 2, 0, 0}, YS_INVALID_ARGUMENT},
               {{sizeof(ys_format), 0, 0, 65536, 0}, YS_DOMAIN},
               {{sizeof(ys_format), 0, 0, 0, -1}, YS_INVALID_ARGUMENT}};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK_FAILS(ys_decimal_format_as(&rate, &bad[i].format, text, sizeof(text), NULL, &error),
                    bad[i].status);
    }
}

static void part(const ys_allocation *allocation, size_t index, const char *wanted) {
    char text[64];
    const ys_value *found = ys_allocation_part(allocation, index);
    CHECK(ys_value_text(found, text, sizeof(text), NULL, NULL) == YS_OK);
    CHECK_TEXT(text, wanted);
}

static void allocations(void) {
    ys_value *total = value("100");
    ys_value *one = value("1");
    ys_value *cent = value("1/100");
    ys_value *zero = value("0");
    ys_value *odd = value("0.001");
    const ys_value *const weights[] = {one, one, one};
    const ys_value *const nothing[] = {one, NULL};
    ys_allocation *parts = NULL;
    CHECK(ys_allocate(total, weights, 3, cent, &parts, NULL) == YS_OK);
    CHECK(ys_allocation_count(parts) == 3);
    part(parts, 0, "1667/50");
    part(parts, 1, "3333/100");
    part(parts, 2, "3333/100");
    CHECK(ys_allocation_part(parts, 3) == NULL);
    ys_allocation_free(parts);
    CHECK(ys_allocate_cumulative(total, weights, 3, one, YS_MODE_HALF_EVEN, &parts, NULL) == YS_OK);
    part(parts, 0, "33");
    part(parts, 1, "34");
    part(parts, 2, "33");
    ys_allocation_free(parts);
    parts = NULL;
    CHECK_FAILS(ys_allocate(total, weights, 3, zero, &parts, &error), YS_DOMAIN);
    CHECK_FAILS(ys_allocate(odd, weights, 3, cent, &parts, &error), YS_DOMAIN);
    CHECK_FAILS(ys_allocate(total, NULL, 0, cent, &parts, &error), YS_DOMAIN);
    CHECK_FAILS(ys_allocate(total, NULL, 1, cent, &parts, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_allocate(total, nothing, 2, cent, &parts, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_allocate(NULL, weights, 3, cent, &parts, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_allocate(total, weights, 3, NULL, &parts, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_allocate(total, weights, 3, cent, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_allocate_cumulative(total, weights, 3, one, YS_MODE_EXACT, &parts, &error),
                YS_INEXACT);
    CHECK_FAILS(ys_allocate_cumulative(total, weights, 3, one, 11, &parts, &error),
                YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_allocate_cumulative(NULL, weights, 3, one, 1, &parts, &error),
                YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_allocate_cumulative(total, NULL, 3, one, 1, &parts, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_allocate_cumulative(total, weights, 3, NULL, 1, &parts, &error),
                YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_allocate_cumulative(total, weights, 3, one, 1, NULL, &error), YS_NULL_ARGUMENT);
    CHECK(parts == NULL && ys_allocation_count(NULL) == 0 && ys_allocation_part(NULL, 0) == NULL);
    ys_allocation_free(NULL);
    ys_value *values[] = {total, one, cent, zero, odd};
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        ys_value_free(values[i]);
    }
}

int main(void) {
    the_snippet();
    creating();
    arithmetic();
    reals();
    quotients();
    formats();
    allocations();
    return EXIT_SUCCESS;
}
