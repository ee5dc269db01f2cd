// Decimals and dates: read, written, rounded once, and everything that is refused.

#include "check.h"

static ys_decimal decimal(const char *text) {
    ys_decimal value = {{7, 7}, 7, 7};
    ys_error *error = NULL;
    const size_t length = strlen(text);
    // Without the NUL: the length is all there is.
    char *bytes = copy(text, length);
    if (ys_decimal_parse(bytes, length, &value, &error) != YS_OK) {
        fprintf(stderr, "%s\n", ys_error_message(error));
        exit(EXIT_FAILURE);
    }
    free(bytes);
    CHECK(error == NULL);
    return value;
}

static void shows(ys_decimal value, const char *wanted) {
    char buffer[YS_DECIMAL_CAPACITY];
    size_t needed = 0;
    CHECK(ys_decimal_format(&value, buffer, sizeof(buffer), &needed, NULL) == YS_OK);
    CHECK_TEXT(buffer, wanted);
    CHECK(needed == strlen(wanted) + 1);
}

static ys_rounding rounding(int32_t scale, int32_t mode) {
    ys_rounding result = YS_ROUNDING_INIT;
    result.scale = scale;
    result.mode = mode;
    return result;
}

static void rounds(const char *text, int32_t scale, int32_t mode, const char *wanted) {
    const ys_rounding how = rounding(scale, mode);
    const ys_decimal value = decimal(text);
    ys_decimal result;
    CHECK(ys_decimal_round(&value, &how, &result, NULL) == YS_OK);
    shows(result, wanted);
}

static void reading_and_writing(void) {
    const ys_decimal value = decimal("1.50");
    CHECK(value.mantissa.lo == 150 && value.mantissa.hi == 0);
    CHECK(value.scale == 2 && value.reserved == 0);
    const ys_decimal minus = decimal("-1");
    CHECK(minus.mantissa.lo == UINT64_MAX && minus.mantissa.hi == -1);
    const ys_decimal zero = {{0, 0}, 0, 0};
    shows(zero, "0");
    shows(decimal("-0.00"), "0.00");
    shows(decimal("15e2"), "1500");
    shows(decimal("1.5e-3"), "0.0015");
    shows(decimal("-79228162514264337593543950335"), "-79228162514264337593543950335");
    shows(decimal("-7.9228162514264337593543950335"), "-7.9228162514264337593543950335");
    shows(decimal("0.0000000000000000000000000001"), "0.0000000000000000000000000001");
}

static void reading_refuses(void) {
    static const struct {
        const char *text;
        size_t length;
        ys_status status;
    } cases[] = {
        {"", 0, YS_SYNTAX},
        {"1,234", 5, YS_SYNTAX},
        {" 1", 2, YS_SYNTAX},
        {"1.", 2, YS_SYNTAX},
        {"nan", 3, YS_SYNTAX},
        {"1\0", 2, YS_SYNTAX},
        {"1\xff", 2, YS_SYNTAX},
        {"1e-30", 5, YS_INEXACT},
        {"79228162514264337593543950336", 29, YS_OVERFLOW},
        {"1e5000", 6, YS_CAPACITY},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        ys_decimal value = {{1, 2}, 3, 4};
        CHECK_FAILS(ys_decimal_parse(cases[i].text, cases[i].length, &value, &error),
                    cases[i].status);
        // Nothing is written without success.
        CHECK(value.mantissa.lo == 1 && value.mantissa.hi == 2);
        CHECK(value.scale == 3 && value.reserved == 4);
    }
    ys_decimal value;
    CHECK_FAILS(ys_decimal_parse(NULL, 1, &value, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decimal_parse("1", 1, NULL, &error), YS_NULL_ARGUMENT);
    // NULL without length is empty text.
    CHECK_FAILS(ys_decimal_parse(NULL, 0, &value, &error), YS_SYNTAX);
    CHECK_FAILS(ys_decimal_parse("1", (size_t)-1, &value, &error), YS_INVALID_ARGUMENT);
    // Nobody has to ask for the error.
    CHECK(ys_decimal_parse("x", 1, &value, NULL) == YS_SYNTAX);
}

static void rounding_once(void) {
    static const char *const texts[] = {"2.5", "3.5", "-2.5", "2.1", "-2.1"};
    static const char *const wanted[][5] = {
        {"3", "4", "-2", "3", "-2"}, // ceil
        {"2", "3", "-3", "2", "-3"}, // floor
        {"3", "4", "-3", "3", "-3"}, // expand
        {"2", "3", "-2", "2", "-2"}, // trunc
        {"3", "4", "-2", "2", "-2"}, // half ceil
        {"2", "3", "-3", "2", "-2"}, // half floor
        {"3", "4", "-3", "2", "-2"}, // half expand
        {"2", "3", "-2", "2", "-2"}, // half trunc
        {"2", "4", "-2", "2", "-2"}, // half even
    };
    static const int32_t modes[] = {
        YS_MODE_CEIL,       YS_MODE_FLOOR,       YS_MODE_EXPAND,     YS_MODE_TRUNC,     YS_MODE_HALF_CEIL,
        YS_MODE_HALF_FLOOR, YS_MODE_HALF_EXPAND, YS_MODE_HALF_TRUNC, YS_MODE_HALF_EVEN,
    };
    for (size_t mode = 0; mode < 9; mode++) {
        for (size_t i = 0; i < 5; i++) {
            rounds(texts[i], 0, modes[mode], wanted[mode][i]);
        }
    }
    rounds("1016.365", 2, YS_MODE_HALF_EXPAND, "1016.37");
    rounds("1016.365", 2, YS_MODE_HALF_EVEN, "1016.36");
    rounds("-0.004", 2, YS_MODE_HALF_EVEN, "0.00");
    rounds("1.5", 4, YS_MODE_EXACT, "1.5000");

    // In steps, and into itself.
    ys_decimal value = decimal("0.37");
    ys_rounding nickel = rounding(2, YS_MODE_HALF_EVEN);
    nickel.step = decimal("0.05");
    CHECK(ys_decimal_round(&value, &nickel, &value, NULL) == YS_OK);
    shows(value, "0.35");
}

static void rounding_refuses(void) {
    const ys_decimal value = decimal("2.55");
    ys_decimal result = {{1, 2}, 3, 4};
    const ys_rounding good = rounding(1, YS_MODE_HALF_EVEN);
    ys_rounding bad;

    bad = rounding(1, YS_MODE_EXACT);
    CHECK_FAILS(ys_decimal_round(&value, &bad, &result, &error), YS_INEXACT);
    bad = rounding(28, YS_MODE_HALF_EVEN);
    const ys_decimal large = decimal("79228162514264337593543950335");
    CHECK_FAILS(ys_decimal_round(&large, &bad, &result, &error), YS_OVERFLOW);

    // What was not said is not guessed.
    const ys_rounding empty = YS_ROUNDING_INIT;
    CHECK_FAILS(ys_decimal_round(&value, &empty, &result, &error), YS_INVALID_ARGUMENT);
    bad = rounding(-1, YS_MODE_CEIL);
    CHECK_FAILS(ys_decimal_round(&value, &bad, &result, &error), YS_DOMAIN);
    bad = rounding(29, YS_MODE_CEIL);
    CHECK_FAILS(ys_decimal_round(&value, &bad, &result, &error), YS_DOMAIN);
    static const int32_t modes[] = {0, 11, -1, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        bad = rounding(1, modes[i]);
        CHECK_FAILS(ys_decimal_round(&value, &bad, &result, &error), YS_INVALID_ARGUMENT);
    }
    static const size_t sizes[] = {0, 1, sizeof(ys_rounding) - 1, sizeof(ys_rounding) + 1, (size_t)-1};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        bad = good;
        bad.struct_size = sizes[i];
        CHECK_FAILS(ys_decimal_round(&value, &bad, &result, &error), YS_INVALID_ARGUMENT);
    }
    // Of a struct that says to be short, no more is read.
    const size_t short_size = sizeof(size_t);
    ys_rounding *only_size = copy(&short_size, short_size);
    CHECK_FAILS(ys_decimal_round(&value, only_size, &result, &error), YS_INVALID_ARGUMENT);
    free(only_size);
    // One that was begun with a newer header is taken, unless it says what is not known here.
    struct {
        ys_rounding known;
        uint64_t later[2];
    } newer = {good, {0, 0}};
    newer.known.struct_size = sizeof(newer);
    ys_decimal rounded;
    ys_rounding *taken = copy(&newer, sizeof(newer));
    CHECK(ys_decimal_round(&value, taken, &rounded, NULL) == YS_OK);
    free(taken);
    newer.later[1] = 1;
    ys_rounding *unknown = copy(&newer, sizeof(newer));
    CHECK_FAILS(ys_decimal_round(&value, unknown, &result, &error), YS_INVALID_ARGUMENT);
    free(unknown);

    bad = good;
    bad.step = decimal("-0.1");
    CHECK_FAILS(ys_decimal_round(&value, &bad, &result, &error), YS_DOMAIN);
    bad.step = decimal("0.05");
    CHECK_FAILS(ys_decimal_round(&value, &bad, &result, &error), YS_DOMAIN);
    bad.step = decimal("0.1");
    bad.step.reserved = 1;
    CHECK_FAILS(ys_decimal_round(&value, &bad, &result, &error), YS_INVALID_ARGUMENT);

    CHECK_FAILS(ys_decimal_round(NULL, &good, &result, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decimal_round(&value, NULL, &result, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decimal_round(&value, &good, NULL, &error), YS_NULL_ARGUMENT);
    CHECK(result.mantissa.lo == 1 && result.scale == 3 && result.reserved == 4);
}

static void refuses_value(ys_decimal value, ys_status status) {
    char buffer[YS_DECIMAL_CAPACITY] = "as it was";
    size_t needed = 77;
    const ys_rounding how = rounding(0, YS_MODE_CEIL);
    ys_decimal result;
    CHECK_FAILS(ys_decimal_format(&value, buffer, sizeof(buffer), &needed, &error), status);
    CHECK_FAILS(ys_decimal_round(&value, &how, &result, &error), status);
    CHECK_TEXT(buffer, "as it was");
    CHECK(needed == 77);
}

static void values_are_checked(void) {
    const ys_decimal good = decimal("1.5");
    ys_decimal bad = good;
    bad.reserved = 1;
    refuses_value(bad, YS_INVALID_ARGUMENT);
    bad = good;
    bad.scale = 29;
    refuses_value(bad, YS_DOMAIN);
    bad.scale = -1;
    refuses_value(bad, YS_DOMAIN);
    bad = good;
    bad.mantissa.hi = (int64_t)1 << 32; // 2^96
    bad.mantissa.lo = 0;
    refuses_value(bad, YS_OVERFLOW);
    bad.mantissa.hi = INT64_MIN;
    refuses_value(bad, YS_OVERFLOW);
    bad.mantissa.hi = -((int64_t)1 << 32); // -2^96
    refuses_value(bad, YS_OVERFLOW);
}

static void buffers(void) {
    const ys_decimal value = decimal("-1234.50");
    size_t needed = 0;
    CHECK(ys_decimal_format(&value, NULL, 0, &needed, NULL) == YS_OK);
    CHECK(needed == 9);

    // One byte short leaves the buffer as it is and says the size; then just enough.
    char *buffer = malloc(needed);
    CHECK(buffer != NULL);
    memset(buffer, '?', needed);
    size_t again = 0;
    CHECK_FAILS(ys_decimal_format(&value, buffer, needed - 1, &again, &error), YS_BUFFER_TOO_SMALL);
    CHECK(again == needed && buffer[0] == '?');
    CHECK_FAILS(ys_decimal_format(&value, buffer, 0, NULL, &error), YS_BUFFER_TOO_SMALL);
    CHECK(ys_decimal_format(&value, buffer, needed, NULL, NULL) == YS_OK);
    CHECK_TEXT(buffer, "-1234.50");
    free(buffer);

    CHECK_FAILS(ys_decimal_format(&value, NULL, 0, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decimal_format(&value, NULL, 9, &needed, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_decimal_format(NULL, NULL, 0, &needed, &error), YS_NULL_ARGUMENT);
}

static void dates(void) {
    int32_t day = 0;
    CHECK(ys_date_parse("2011-12-07", 10, &day, NULL) == YS_OK);
    CHECK(day == 15315);
    char buffer[YS_DATE_CAPACITY];
    CHECK(ys_date_format(day, buffer, sizeof(buffer), NULL, NULL) == YS_OK);
    CHECK_TEXT(buffer, "2011-12-07");
    CHECK(ys_date_format(0, buffer, sizeof(buffer), NULL, NULL) == YS_OK);
    CHECK_TEXT(buffer, "1970-01-01");
    CHECK_FAILS(ys_date_parse("2011-12-7", 9, &day, &error), YS_SYNTAX);
    CHECK_FAILS(ys_date_parse("2011-02-29", 10, &day, &error), YS_DATE);
    CHECK_FAILS(ys_date_parse("2011-12-07", 10, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_date_format(INT32_MAX, buffer, sizeof(buffer), NULL, &error), YS_DATE);
    CHECK_FAILS(ys_date_format(0, buffer, 10, NULL, &error), YS_BUFFER_TOO_SMALL);
    CHECK(day == 15315);
}

int main(void) {
    reading_and_writing();
    reading_refuses();
    rounding_once();
    rounding_refuses();
    values_are_checked();
    buffers();
    dates();
    return EXIT_SUCCESS;
}
