// Errors: what they say, whose they are, and what the functions do without one.

#include "check.h"

static void a_single_error(void) {
    ys_error *error = NULL;
    ys_decimal value;
    CHECK(ys_decimal_parse("1,234.50", 8, &value, &error) == YS_SYNTAX);
    CHECK(ys_error_status(error) == YS_SYNTAX);
    CHECK_TEXT(ys_status_name(ys_error_status(error)), "syntax");
    CHECK(strstr(ys_error_message(error), "unexpected ','") != NULL);
    CHECK_TEXT(ys_error_detail(error), ys_error_message(error));
    CHECK(ys_error_path(error) == NULL);
    CHECK(ys_error_column(error) == NULL);
    size_t row = 7;
    CHECK(!ys_error_row(error, &row) && row == 7);
    size_t first = 0;
    size_t end = 0;
    CHECK(ys_error_span(error, &first, &end) && first == 1 && end == 2);
    CHECK(ys_error_span(error, NULL, NULL));
    CHECK(ys_error_problem_count(error) == 0);
    CHECK(ys_error_problem(error, 0) == NULL);
    ys_error_free(error);
}

static void text_that_cannot_be_shown(void) {
    ys_error *error = NULL;
    ys_decimal value;
    // A NUL inside does not cut the message.
    CHECK(ys_decimal_parse("1\0002", 3, &value, &error) == YS_SYNTAX);
    CHECK(strstr(ys_error_message(error), "\"1\\u{0}2\" is not a number") != NULL);
    ys_error_free(error);
    error = NULL;
    CHECK(ys_decimal_parse("12\xc3", 3, &value, &error) == YS_SYNTAX);
    CHECK(strstr(ys_error_message(error), "not UTF-8 at byte 2") != NULL);
    size_t first = 0;
    CHECK(ys_error_span(error, &first, NULL) && first == 2);
    ys_error_free(error);
}

static void many_problems(void) {
    static const char text[] =
        "{\"yardstick\": 1, \"name\": \"x\", \"display\": {\"scale\": 2, \"mode\": \"half_even\"},"
        " \"measures\": [{\"name\": \"orders\", \"unit\": \"order\"}, {\"name\": \"revenue\", \"unit\": \"EUR\"}],"
        " \"kpis\": [{\"name\": \"aov\", \"formula\": \"revenues / orders\"},"
        " {\"name\": \"odd\", \"formula\": \"revenue + orders\"}]}";
    ys_error *error = NULL;
    ys_model *model = NULL;
    CHECK(ys_model_from_json(text, strlen(text), &model, &error) == YS_INVALID);
    CHECK(model == NULL);
    CHECK(ys_error_problem_count(error) == 2);
    CHECK(ys_error_problem(error, 2) == NULL);
    CHECK(ys_error_problem(error, (size_t)-1) == NULL);
    const ys_error *unknown = ys_error_problem(error, 0);
    CHECK(ys_error_status(unknown) == YS_UNKNOWN);
    CHECK(strncmp(ys_error_path(unknown), "kpis[0]", 7) == 0);
    CHECK(strstr(ys_error_detail(unknown), "did you mean \"revenue\"?") != NULL);
    CHECK(strstr(ys_error_detail(unknown), "kpis[0]") == NULL);
    CHECK(strstr(ys_error_message(unknown), "kpis[0]") != NULL);
    CHECK(ys_error_status(ys_error_problem(error, 1)) == YS_UNIT);
    // The whole message has them all.
    CHECK(strstr(ys_error_message(error), ys_error_message(unknown)) != NULL);
    ys_error_free(error);

    CHECK_FAILS(ys_model_from_json("{", 1, &model, &error), YS_SYNTAX);
    CHECK_FAILS(ys_model_from_json(NULL, 0, &model, &error), YS_SYNTAX);
    CHECK_FAILS(ys_model_from_json("\xff\xfe", 2, &model, &error), YS_SYNTAX);
    CHECK_FAILS(ys_model_from_json(NULL, 5, &model, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_model_from_json(text, strlen(text), NULL, &error), YS_NULL_ARGUMENT);
    CHECK(ys_model_from_json(text, strlen(text), &model, NULL) == YS_INVALID);
    CHECK(model == NULL);
}

static void statuses(void) {
    static const struct {
        ys_status status;
        const char *name;
    } all[] = {
        {0, "ok"},          {1, "division_by_zero"}, {2, "domain"},
        {3, "overflow"},    {4, "inexact"},          {5, "capacity"},
        {6, "syntax"},      {7, "type"},             {8, "unknown"},
        {9, "duplicate"},   {10, "cycle"},           {11, "unit"},
        {12, "date"},       {13, "missing"},         {14, "shape"},
        {15, "invalid"},    {100, "panic"},          {101, "null_argument"},
        {102, "invalid_argument"}, {103, "buffer_too_small"},
        {16, "unlisted"},   {-1, "unlisted"},        {INT32_MAX, "unlisted"},
    };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        CHECK_TEXT(ys_status_name(all[i].status), all[i].name);
    }
}

static void nothing_at_all(void) {
    size_t number = 7;
    CHECK(ys_error_status(NULL) == YS_OK);
    CHECK_TEXT(ys_error_message(NULL), "");
    CHECK_TEXT(ys_error_detail(NULL), "");
    CHECK(ys_error_path(NULL) == NULL);
    CHECK(ys_error_column(NULL) == NULL);
    CHECK(!ys_error_row(NULL, &number));
    CHECK(!ys_error_span(NULL, &number, &number));
    CHECK(number == 7);
    CHECK(ys_error_problem_count(NULL) == 0);
    CHECK(ys_error_problem(NULL, 0) == NULL);
    CHECK(ys_model_dimension_count(NULL) == 0);
    CHECK(ys_model_dimension_name(NULL, 0) == NULL);
    CHECK(ys_model_measure_count(NULL) == 0);
    CHECK(ys_model_measure_name(NULL, 0) == NULL);
    CHECK(ys_facts_row_count(NULL) == 0);
    CHECK(ys_report_query_count(NULL) == 0);
    CHECK(ys_report_funnel_count(NULL) == 0);
    CHECK(ys_report_target_count(NULL) == 0);
    CHECK(ys_report_finding_count(NULL) == 0);
    ys_error_free(NULL);
    ys_model_free(NULL);
    ys_facts_builder_free(NULL);
    ys_facts_free(NULL);
    ys_report_free(NULL);
}

int main(void) {
    a_single_error();
    text_that_cannot_be_shown();
    many_problems();
    statuses();
    nothing_at_all();
    return EXIT_SUCCESS;
}
