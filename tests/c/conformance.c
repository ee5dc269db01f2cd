// Answers cases of the number core, one a line, for the test that compares the answers with Rust's.
//
// A line is an operation, a scale, a mode as a number, a step or `-`, and arguments, with tabs between
// them. Its answer is a line with digits, or with `!` and the name of an error.

#include "check.h"

// The values of one case, which are freed together.
typedef struct node {
    ys_value *value;
    struct node *next;
} node;

static node *nodes = NULL;

static ys_value **slot(void) {
    node *fresh = malloc(sizeof(node));
    CHECK(fresh != NULL);
    fresh->value = NULL;
    fresh->next = nodes;
    nodes = fresh;
    return &fresh->value;
}

static void free_values(void) {
    while (nodes != NULL) {
        node *next = nodes->next;
        ys_value_free(nodes->value);
        free(nodes);
        nodes = next;
    }
}

typedef const ys_value *number;

#define TRY(call)                                                                                  \
    do {                                                                                           \
        const ys_status status = (call);                                                           \
        if (status != YS_OK) {                                                                     \
            return status;                                                                         \
        }                                                                                          \
    } while (0)

typedef ys_status binary(const ys_value *, const ys_value *, ys_value **, ys_error **);
typedef ys_status unary(const ys_value *, ys_value **, ys_error **);

static ys_status both(binary *operation, number a, number b, number *result) {
    ys_value **place = slot();
    TRY(operation(a, b, place, NULL));
    *result = *place;
    return YS_OK;
}

static ys_status one(unary *operation, number a, number *result) {
    ys_value **place = slot();
    TRY(operation(a, place, NULL));
    *result = *place;
    return YS_OK;
}

static ys_status integer(int64_t from, number *result) {
    ys_value **place = slot();
    TRY(ys_value_from_int64(from, place, NULL));
    *result = *place;
    return YS_OK;
}

static ys_status parse(const char *text, number *result) {
    ys_value **place = slot();
    TRY(ys_value_parse(text, strlen(text), place, NULL));
    *result = *place;
    return YS_OK;
}

// What is undefined for want of a base is divided by zero.
static ys_status defined(number value) {
    return ys_value_reason(value) == YS_REASON_NONE ? YS_OK : YS_DIVISION_BY_ZERO;
}

static ys_status divide(number a, number b, number *result) {
    TRY(both(ys_value_quotient, a, b, result));
    return defined(*result);
}

static ys_status truncate(number a, number *result) {
    number zero = NULL;
    int32_t order = 0;
    TRY(integer(0, &zero));
    TRY(ys_value_compare(a, zero, &order, NULL));
    return one(order < 0 ? ys_value_ceil : ys_value_floor, a, result);
}

// An argument that counts: a whole number from `least` to `most`, at most 63 bits below zero.
static ys_status whole(number a, int64_t least, uint64_t most, uint64_t *result) {
    ys_int128 above = {0, 0};
    ys_int128 below = {0, 0};
    if (ys_value_numerator(a, &above, NULL) != YS_OK ||
        ys_value_denominator(a, &below, NULL) != YS_OK || below.lo != 1 || below.hi != 0) {
        return YS_DOMAIN;
    }
    const int inside = above.hi == 0 ? above.lo <= most
                                     : above.hi == -1 && above.lo >= UINT64_C(1) << 63 &&
                                           (int64_t)above.lo >= least;
    *result = above.lo;
    return inside ? YS_OK : YS_DOMAIN;
}

static ys_status chain(char **args, size_t count, number *result) {
    TRY(parse(args[0], result));
    for (size_t i = 1; i + 1 < count; i += 2) {
        number next = NULL;
        TRY(parse(args[i + 1], &next));
        switch (args[i][0]) {
        case '+': TRY(both(ys_value_add, *result, next, result)); break;
        case '-': TRY(both(ys_value_subtract, *result, next, result)); break;
        case '*': TRY(both(ys_value_multiply, *result, next, result)); break;
        default: TRY(divide(*result, next, result)); break;
        }
    }
    return YS_OK;
}

// A column of one text.
static ys_text_column cell(const char *text, int32_t offsets[2]) {
    ys_text_column column = YS_TEXT_COLUMN_INIT;
    offsets[0] = 0;
    offsets[1] = (int32_t)strlen(text);
    column.data = text;
    column.data_length = strlen(text);
    column.offsets = offsets;
    column.count = 1;
    return column;
}

static ys_status finish_moments(const ys_moments *moments, const char *op, number *value,
                                ys_real **real) {
    ys_value **place = slot();
    if (strcmp(op, "mean") == 0) {
        TRY(ys_moments_mean(moments, place, NULL));
    } else {
        const int32_t of = strstr(op, "_sample") != NULL ? YS_OF_SAMPLE : YS_OF_POPULATION;
        if (strncmp(op, "stddev", 6) == 0) {
            TRY(ys_moments_standard_deviation(moments, of, real, NULL));
            return ys_real_reason(*real) == YS_REASON_NONE ? YS_OK : YS_DIVISION_BY_ZERO;
        }
        TRY(ys_moments_variance(moments, of, place, NULL));
    }
    *value = *place;
    return defined(*value);
}

// Each number as a column of its own: they need not have a scale in common.
static ys_status moments_of(const char *op, char **args, size_t count, number *value,
                            ys_real **real) {
    ys_moments *moments = NULL;
    TRY(ys_moments_new(&moments, NULL));
    ys_status status = YS_OK;
    for (size_t i = 0; i < count && status == YS_OK; i++) {
        int32_t offsets[2];
        const ys_text_column column = cell(args[i], offsets);
        status = ys_moments_add_text(moments, &column, NULL);
    }
    if (status == YS_OK) {
        status = finish_moments(moments, op, value, real);
    }
    ys_moments_free(moments);
    return status;
}

static ys_status weighted_of(char **args, size_t count, number *value) {
    ys_weighted_mean *mean = NULL;
    TRY(ys_weighted_mean_new(&mean, NULL));
    ys_status status = YS_OK;
    for (size_t i = 0; i + 1 < count && status == YS_OK; i += 2) {
        int32_t offsets[2];
        int32_t more[2];
        const ys_text_column column = cell(args[i], offsets);
        const ys_text_column weights = cell(args[i + 1], more);
        status = ys_weighted_mean_add_text(mean, &column, &weights, NULL);
    }
    ys_value **place = slot();
    if (status == YS_OK) {
        status = ys_weighted_mean_value(mean, place, NULL);
    }
    ys_weighted_mean_free(mean);
    *value = *place;
    return status == YS_OK ? defined(*value) : status;
}

static ys_status quantile_of(number kind, number p, char **args, size_t count, number *value) {
    ys_quantiles *quantiles = NULL;
    TRY(ys_quantiles_new(&quantiles, NULL));
    ys_status status = YS_OK;
    for (size_t i = 0; i < count && status == YS_OK; i++) {
        int32_t offsets[2];
        const ys_text_column column = cell(args[i], offsets);
        status = ys_quantiles_add_text(quantiles, &column, NULL);
    }
    uint64_t type = 0;
    ys_value **place = slot();
    if (status == YS_OK) {
        status = whole(kind, 0, 9, &type);
    }
    if (status == YS_OK) {
        status = type < 1 ? YS_DOMAIN
                          : ys_quantiles_quantile(quantiles, p, (int32_t)type, place, NULL);
    }
    ys_quantiles_free(quantiles);
    *value = *place;
    return status == YS_OK ? defined(*value) : status;
}

static ys_status bound_of(const char *op, const number *n, ys_real **real) {
    uint64_t successes = 0;
    uint64_t trials = 0;
    TRY(whole(n[0], 0, UINT64_MAX, &successes));
    TRY(whole(n[1], 0, UINT64_MAX, &trials));
    ys_real *lower = NULL;
    ys_real *upper = NULL;
    if (strncmp(op, "wilson", 6) == 0) {
        TRY(ys_wilson(successes, trials, n[2], &lower, &upper, NULL));
    } else if (strncmp(op, "wald", 4) == 0) {
        TRY(ys_wald(successes, trials, n[2], &lower, &upper, NULL));
    } else {
        TRY(ys_agresti_coull(successes, trials, n[2], &lower, &upper, NULL));
    }
    const int low = strstr(op, "_lo") != NULL;
    *real = low ? lower : upper;
    ys_real_free(low ? upper : lower);
    return YS_OK;
}

#define UNKNOWN (-1)

// The exact value of an operation: one of the two results.
static ys_status evaluate(const char *op, char **args, const number *n, size_t count,
                          number *value, ys_real **real) {
#define IS(name, arguments) (strcmp(op, name) == 0 && count == (arguments))
    number x = NULL;
    uint64_t times = 0;
    if (IS("value", 1) || IS("apply", 1) || IS("plus", 1) || IS("round", 1) ||
        IS("round_step", 2)) {
        *value = n[0];
        return YS_OK;
    }
    if (IS("minus", 1)) return one(ys_value_negate, n[0], value);
    if (IS("abs", 1)) return one(ys_value_abs, n[0], value);
    if (IS("add", 2)) return both(ys_value_add, n[0], n[1], value);
    if (IS("subtract", 2) || IS("difference", 2)) return both(ys_value_subtract, n[0], n[1], value);
    if (IS("multiply", 2)) return both(ys_value_multiply, n[0], n[1], value);
    if (IS("fma", 3)) {
        TRY(both(ys_value_multiply, n[0], n[1], &x));
        return both(ys_value_add, x, n[2], value);
    }
    if (IS("divide", 2) || IS("ratio", 2) || IS("quotient", 2)) return divide(n[0], n[1], value);
    if (IS("divideint", 2)) {
        TRY(divide(n[0], n[1], &x));
        return truncate(x, value);
    }
    if (IS("remainder", 2)) {
        TRY(divide(n[0], n[1], &x));
        TRY(truncate(x, &x));
        TRY(both(ys_value_multiply, n[1], x, &x));
        return both(ys_value_subtract, n[0], x, value);
    }
    if (IS("compare", 2)) {
        int32_t order = 0;
        TRY(ys_value_compare(n[0], n[1], &order, NULL));
        return integer(order, value);
    }
    if (IS("powi", 2)) {
        TRY(whole(n[1], INT32_MIN, INT32_MAX, &times));
        ys_value **place = slot();
        TRY(ys_value_pow(n[0], (int32_t)(int64_t)times, place, NULL));
        *value = *place;
        return YS_OK;
    }
    if (strcmp(op, "sum") == 0 || strcmp(op, "product") == 0) {
        const int sum = op[0] == 's';
        TRY(integer(sum ? 0 : 1, value));
        for (size_t i = 0; i < count; i++) {
            TRY(both(sum ? ys_value_add : ys_value_multiply, *value, n[i], value));
        }
        return YS_OK;
    }
    if (IS("ltv", 5)) {
        number y = NULL;
        TRY(divide(n[0], n[1], &x));
        TRY(both(ys_value_multiply, x, n[2], &x));
        TRY(divide(n[3], n[4], &y));
        return divide(x, y, value);
    }
    if (IS("prorate", 3)) {
        TRY(divide(n[0], n[1], &x));
        return both(ys_value_multiply, x, n[2], value);
    }
    if (strcmp(op, "funnel_overall_pct") == 0) {
        TRY(integer(100, value));
        for (size_t i = 1; i < count; i++) {
            TRY(divide(n[i], n[i - 1], &x));
            TRY(both(ys_value_multiply, *value, x, value));
        }
        return YS_OK;
    }
    if (IS("sqrt", 1)) return ys_value_sqrt(n[0], real, NULL);
    if (IS("root", 2)) {
        TRY(whole(n[1], 0, UINT32_MAX, &times));
        return ys_value_root(n[0], (uint32_t)times, real, NULL);
    }
    if (IS("exp", 1)) return ys_value_exp(n[0], real, NULL);
    if (IS("ln", 1)) return ys_value_ln(n[0], real, NULL);
    if (IS("log10", 1)) return ys_value_log10(n[0], real, NULL);
    if (IS("power", 2)) return ys_value_power(n[0], n[1], real, NULL);
    if (IS("cagr_n", 3)) return ys_growth_rate(n[0], n[1], n[2], real, NULL);
    if (IS("cagr_days", 3)) return ys_annual_growth_rate(n[0], n[1], n[2], real, NULL);
    if (IS("decay2", 2)) return ys_decay(n[0], n[1], real, NULL);
    if (strcmp(op, "mean") == 0 || strncmp(op, "var_", 4) == 0 || strncmp(op, "stddev_", 7) == 0) {
        return moments_of(op, args, count, value, real);
    }
    if (strcmp(op, "weighted_mean") == 0) return weighted_of(args, count, value);
    if (strcmp(op, "quantile") == 0 && count >= 2) {
        return quantile_of(n[0], n[1], args + 2, count - 2, value);
    }
    if (IS("wilson_lo", 3) || IS("wilson_hi", 3) || IS("wald_lo", 3) || IS("wald_hi", 3) ||
        IS("agresti_coull_lo", 3) || IS("agresti_coull_hi", 3)) {
        return bound_of(op, n, real);
    }
    return UNKNOWN;
}

// The parts of a total: total, weights, quantum.
static ys_status split(const char *op, const number *n, size_t count, const ys_rounding *rounding) {
    ys_allocation *parts = NULL;
    if (strcmp(op, "largest_remainder") == 0) {
        TRY(ys_allocate(n[0], n + 1, count - 2, n[count - 1], &parts, NULL));
    } else {
        TRY(ys_allocate_cumulative(n[0], n + 1, count - 2, n[count - 1], YS_MODE_HALF_EVEN, &parts,
                                   NULL));
    }
    const size_t length = ys_allocation_count(parts);
    ys_status status = YS_OK;
    ys_decimal *decimals = malloc((length + 1) * sizeof(ys_decimal));
    CHECK(decimals != NULL);
    for (size_t i = 0; i < length && status == YS_OK; i++) {
        status = ys_value_round(ys_allocation_part(parts, i), rounding, &decimals[i], NULL);
    }
    for (size_t i = 0; i < length && status == YS_OK; i++) {
        char text[YS_DECIMAL_CAPACITY];
        CHECK(ys_decimal_format(&decimals[i], text, sizeof(text), NULL, NULL) == YS_OK);
        printf(i == 0 ? "%s" : " %s", text);
    }
    free(decimals);
    ys_allocation_free(parts);
    if (status == YS_OK) {
        putchar('\n');
    }
    return status;
}

// One case whose fields are `fields`; prints the answer, or gives the status.
static ys_status answer(char **fields, size_t count) {
    const char *op = fields[0];
    char **args = fields + 4;
    const size_t given = count - 4;
    ys_rounding rounding = YS_ROUNDING_INIT;
    rounding.scale = (int32_t)strtol(fields[1], NULL, 10);
    rounding.mode = (int32_t)strtol(fields[2], NULL, 10);
    number value = NULL;
    ys_real *real = NULL;
    const number *n = NULL;
    number *numbers = malloc((given + 1) * sizeof(number));
    CHECK(numbers != NULL);
    ys_status status = YS_OK;
    const int is_chain = strcmp(op, "chain") == 0;
    for (size_t i = 0; i < given && status == YS_OK && !is_chain; i++) {
        status = parse(args[i], &numbers[i]);
    }
    n = numbers;
    if (status == YS_OK &&
        (strcmp(op, "largest_remainder") == 0 || strcmp(op, "cumulative_half_even") == 0)) {
        status = split(op, n, given, &rounding);
        free(numbers);
        return status;
    }
    if (status == YS_OK) {
        status = is_chain ? chain(args, given, &value) : evaluate(op, args, n, given, &value, &real);
    }
    if (status == YS_OK && strcmp(fields[3], "-") != 0) {
        status = ys_decimal_parse(fields[3], strlen(fields[3]), &rounding.step, NULL);
        // A step of zero is none in C and refused in Rust.
        if (status == YS_OK && rounding.step.mantissa.lo == 0 && rounding.step.mantissa.hi == 0) {
            status = YS_DOMAIN;
        }
    }
    ys_decimal rounded;
    if (status == YS_OK) {
        status = real != NULL ? ys_real_round(real, &rounding, &rounded, NULL)
                              : ys_value_round(value, &rounding, &rounded, NULL);
    }
    if (status == YS_OK) {
        char text[YS_DECIMAL_CAPACITY];
        CHECK(ys_decimal_format(&rounded, text, sizeof(text), NULL, NULL) == YS_OK);
        puts(text);
    }
    ys_real_free(real);
    free(numbers);
    return status;
}

int main(void) {
    size_t capacity = 1 << 20;
    char *line = malloc(capacity);
    char **fields = malloc(capacity * sizeof(char *));
    CHECK(line != NULL && fields != NULL);
    while (fgets(line, (int)capacity, stdin) != NULL) {
        size_t count = 0;
        char *rest = line;
        rest[strcspn(rest, "\n")] = '\0';
        for (char *tab = rest; tab != NULL; rest = tab + 1) {
            fields[count++] = rest;
            tab = strchr(rest, '\t');
            if (tab == NULL) {
                break;
            }
            *tab = '\0';
        }
        CHECK(count >= 4);
        const ys_status status = answer(fields, count);
        if (status == UNKNOWN) {
            puts("?");
        } else if (status != YS_OK) {
            printf("!%s\n", ys_status_name(status));
        }
        free_values();
    }
    free(fields);
    free(line);
    return EXIT_SUCCESS;
}
