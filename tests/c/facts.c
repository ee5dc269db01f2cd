// Models, facts and reports: every kind of column gives the same report, and what is refused.

#include "sample.h"

// Checks that the facts give the report `wanted`, and frees them.
static void gives(ys_facts *facts, const ys_model *model, const char *wanted) {
    char *text = evaluate(model, facts);
    CHECK_TEXT(text, wanted);
    free(text);
    ys_facts_free(facts);
}

static ys_facts_builder *without_revenue(const ys_model *model) {
    ys_facts_builder *builder = sample_builder(model);
    add_days(builder);
    add_countries(builder);
    add_orders(builder);
    return builder;
}

static void a_model_says_what_it_needs(void) {
    ys_model *model = sample_model();
    CHECK(ys_model_dimension_count(model) == 1);
    CHECK_TEXT(ys_model_dimension_name(model, 0), "country");
    CHECK(ys_model_dimension_name(model, 1) == NULL);
    CHECK(ys_model_measure_count(model) == 2);
    CHECK_TEXT(ys_model_measure_name(model, 0), "revenue");
    CHECK_TEXT(ys_model_measure_name(model, 1), "orders");
    CHECK(ys_model_measure_name(model, 2) == NULL);
    ys_model_free(model);
}

static void reports(void) {
    ys_model *model = sample_model();
    ys_facts *facts = sample_facts(model);
    ys_report *report = NULL;
    CHECK(ys_model_evaluate(model, facts, AS_OF, &report, NULL) == YS_OK);
    // The report stands alone.
    ys_facts_free(facts);
    ys_model_free(model);
    CHECK(ys_report_query_count(report) == 1);
    CHECK(ys_report_funnel_count(report) == 0);
    CHECK(ys_report_target_count(report) == 0);
    CHECK(ys_report_finding_count(report) == 0);
    size_t needed = 0;
    CHECK(ys_report_json(report, NULL, 0, &needed, NULL) == YS_OK);
    char *text = malloc(needed);
    CHECK(text != NULL);
    text[0] = '?';
    size_t again = 0;
    CHECK_FAILS(ys_report_json(report, text, needed - 1, &again, &error), YS_BUFFER_TOO_SMALL);
    CHECK(again == needed && text[0] == '?');
    CHECK(ys_report_json(report, text, needed, &again, NULL) == YS_OK);
    CHECK(strlen(text) + 1 == needed);
    // 39.49 EUR over three orders, exactly and rounded once.
    CHECK(strstr(text, "\"3949/300\"") != NULL);
    CHECK(strstr(text, "\"13.16\"") != NULL);
    free(text);
    CHECK_FAILS(ys_report_json(NULL, NULL, 0, &needed, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_report_json(report, NULL, 1, &needed, &error), YS_NULL_ARGUMENT);
    ys_report_free(report);
}

static void columns_of_every_kind(void) {
    ys_model *model = sample_model();
    ys_facts *facts = sample_facts(model);
    char *wanted = evaluate(model, facts);
    ys_facts_free(facts);
    ys_facts_builder *builder;

    // Wide values on the heap: malloc aligns to 16 on the usual systems, and they are borrowed.
    ys_int128 wide[ROWS + 1];
    for (size_t i = 0; i < ROWS; i++) {
        wide[i].lo = (uint64_t)CENTS[i];
        wide[i].hi = CENTS[i] < 0 ? -1 : 0;
    }
    ys_int128 *values = copy(wide, ROWS * sizeof(ys_int128));
    ys_wide_column column = YS_WIDE_COLUMN_INIT;
    column.values = values;
    column.count = ROWS;
    column.scale = 2;
    builder = without_revenue(model);
    CHECK(ys_facts_builder_add_wide(builder, "revenue", 7, &column, NULL) == YS_OK);
    gives(build(builder), model, wanted);
    free(values);

    // Aligned to 8 but not 16, whichever of the two places that is; and one byte off, by a stride.
    char *room = malloc((ROWS + 1) * 24 + 8);
    CHECK(room != NULL);
    for (size_t shift = 0; shift <= 8; shift += 8) {
        memcpy(room + shift, wide, ROWS * sizeof(ys_int128));
        column.values = (const ys_int128 *)(const void *)(room + shift);
        builder = without_revenue(model);
        CHECK(ys_facts_builder_add_wide(builder, "revenue", 7, &column, NULL) == YS_OK);
        gives(build(builder), model, wanted);
    }
    for (size_t i = 0; i < ROWS; i++) {
        memcpy(room + 1 + i * 25, &wide[i], sizeof(ys_int128));
    }
    column.values = (const ys_int128 *)(const void *)(room + 1);
    column.stride = 25;
    builder = without_revenue(model);
    CHECK(ys_facts_builder_add_wide(builder, "revenue", 7, &column, NULL) == YS_OK);
    free(room); // A stride copies.
    gives(build(builder), model, wanted);

    // Integers that lie in rows.
    const struct {
        int64_t cents;
        int64_t orders;
        char more;
    } rows[ROWS] = {{1999, 1, 'a'}, {500, 1, 'b'}, {2050, 2, 'c'}, {-100, 0, 'd'}};
    ys_integer_column strided = integers(&rows[0].cents, 2);
    strided.stride = sizeof(rows[0]);
    builder = without_revenue(model);
    CHECK(ys_facts_builder_add_integers(builder, "revenue", 7, &strided, NULL) == YS_OK);
    gives(build(builder), model, wanted);

    // Text, with 32 and 64 bits, beginning inside of the data.
    static const char text[] = "??19.995.0020.5-1";
    static const int32_t offsets[] = {2, 7, 11, 15, 17};
    static const int64_t large[] = {2, 7, 11, 15, 17};
    ys_text_column texts = YS_TEXT_COLUMN_INIT;
    texts.data = text;
    texts.data_length = 17;
    texts.count = ROWS;
    texts.offsets = offsets;
    builder = without_revenue(model);
    CHECK(ys_facts_builder_add_text(builder, "revenue", 7, &texts, NULL) == YS_OK);
    gives(build(builder), model, wanted);
    texts.offsets = NULL;
    texts.large_offsets = large;
    builder = without_revenue(model);
    CHECK(ys_facts_builder_add_text(builder, "revenue", 7, &texts, NULL) == YS_OK);
    gives(build(builder), model, wanted);

    // Codes, and a dictionary that is gone after the call.
    const uint32_t codes[ROWS] = {1, 0, 1, 1};
    const int32_t bounds[] = {0, 2, 4};
    char *countries = copy("FRDE", 4);
    ys_text_column dictionary = YS_TEXT_COLUMN_INIT;
    dictionary.data = countries;
    dictionary.data_length = 4;
    dictionary.offsets = bounds;
    dictionary.count = 2;
    builder = sample_builder(model);
    add_days(builder);
    CHECK(ys_facts_builder_add_dimension_codes(builder, "country", 7, codes, ROWS, &dictionary,
                                               NULL) == YS_OK);
    free(countries);
    add_revenue(builder);
    add_orders(builder);
    facts = build(builder);
    // The model may go before the facts, and one of the same text will do.
    ys_model_free(model);
    model = sample_model();
    gives(facts, model, wanted);

    free(wanted);
    ys_model_free(model);
}

static void empty_cells(void) {
    ys_model *model = sample_model();
    // The third row has no orders, which the model calls unknown.
    const uint8_t validity[] = {0x0b};
    static const char text[] = "110";
    static const int32_t offsets[] = {0, 1, 2, 2, 3};
    static const int64_t garbage[] = {1, 1, 99, 0};
    char *reports[2];

    ys_facts_builder *builder = sample_builder(model);
    add_days(builder);
    add_countries(builder);
    add_revenue(builder);
    ys_integer_column column = integers(garbage, 0);
    column.validity = validity;
    CHECK(ys_facts_builder_add_integers(builder, "orders", 6, &column, NULL) == YS_OK);
    ys_facts *facts = build(builder);
    reports[0] = evaluate(model, facts);
    ys_facts_free(facts);

    builder = sample_builder(model);
    add_days(builder);
    add_countries(builder);
    add_revenue(builder);
    ys_text_column texts = YS_TEXT_COLUMN_INIT;
    texts.data = text;
    texts.data_length = 3;
    texts.offsets = offsets;
    texts.count = ROWS;
    texts.validity = validity;
    CHECK(ys_facts_builder_add_text(builder, "orders", 6, &texts, NULL) == YS_OK);
    facts = build(builder);
    reports[1] = evaluate(model, facts);
    ys_facts_free(facts);

    CHECK_TEXT(reports[0], reports[1]);
    CHECK(strstr(reports[0], "\"undefined\": \"missing\"") != NULL);
    free(reports[0]);
    free(reports[1]);
    ys_model_free(model);
}

// One problem of a build: its status, row (or -1) and column.
static void build_fails(ys_facts_builder *builder, ys_status status, long row, const char *column) {
    ys_facts *facts = NULL;
    ys_error *error = NULL;
    CHECK(ys_facts_build(builder, &facts, &error) == YS_INVALID);
    CHECK(facts == NULL);
    CHECK(ys_error_problem_count(error) == 1);
    const ys_error *problem = ys_error_problem(error, 0);
    if (ys_error_status(problem) != status) {
        fprintf(stderr, "%s\n", ys_error_message(problem));
    }
    CHECK(ys_error_status(problem) == status);
    size_t found = 0;
    CHECK(ys_error_row(problem, &found) == (row >= 0));
    CHECK(row < 0 || found == (size_t)row);
    if (column == NULL) {
        CHECK(ys_error_column(problem) == NULL);
    } else {
        CHECK_TEXT(ys_error_column(problem), column);
    }
    ys_error_free(error);
    // It is used up, and can still be freed.
    CHECK_FAILS(ys_facts_build(builder, &facts, &error), YS_INVALID_ARGUMENT);
    ys_facts_builder_free(builder);
}

static void tables_that_are_refused(void) {
    ys_model *model = sample_model();
    ys_facts_builder *builder;
    ys_integer_column column = integers(CENTS, 2);

    build_fails(without_revenue(model), YS_MISSING, -1, NULL);

    builder = without_revenue(model);
    CHECK(ys_facts_builder_add_integers(builder, "revenues", 8, &column, NULL) == YS_OK);
    add_revenue(builder);
    build_fails(builder, YS_UNKNOWN, -1, NULL);

    builder = without_revenue(model);
    add_revenue(builder);
    add_revenue(builder);
    build_fails(builder, YS_DUPLICATE, -1, NULL);

    builder = without_revenue(model);
    column.count = ROWS - 1;
    CHECK(ys_facts_builder_add_integers(builder, "revenue", 7, &column, NULL) == YS_OK);
    build_fails(builder, YS_SHAPE, -1, "revenue");

    builder = without_revenue(model);
    column = integers(CENTS, 39);
    CHECK(ys_facts_builder_add_integers(builder, "revenue", 7, &column, NULL) == YS_OK);
    build_fails(builder, YS_DOMAIN, -1, "revenue");

    static const char text[] = "1.01,53.04.0";
    static const int32_t offsets[] = {0, 3, 6, 9, 12};
    ys_text_column texts = YS_TEXT_COLUMN_INIT;
    texts.data = text;
    texts.data_length = 12;
    texts.offsets = offsets;
    texts.count = ROWS;
    builder = without_revenue(model);
    CHECK(ys_facts_builder_add_text(builder, "revenue", 7, &texts, NULL) == YS_OK);
    build_fails(builder, YS_SYNTAX, 1, "revenue");

    static const int32_t days[ROWS] = {15309, 15309, INT32_MAX, 15311};
    builder = without_revenue(model);
    add_revenue(builder);
    CHECK(ys_facts_builder_set_days(builder, days, ROWS, NULL) == YS_OK);
    build_fails(builder, YS_DATE, 2, "date");

    builder = without_revenue(model);
    add_revenue(builder);
    CHECK(ys_facts_builder_set_days(builder, NULL, 0, NULL) == YS_OK);
    build_fails(builder, YS_MISSING, -1, NULL);

    static const uint32_t codes[ROWS] = {0, 1, 2, 0};
    ys_text_column dictionary = countries();
    dictionary.count = 2;
    builder = sample_builder(model);
    add_days(builder);
    add_revenue(builder);
    add_orders(builder);
    CHECK(ys_facts_builder_add_dimension_codes(builder, "country", 7, codes, ROWS, &dictionary,
                                               NULL) == YS_OK);
    build_fails(builder, YS_SHAPE, 2, "country");

    dictionary.count = 3; // DE, FR, DE
    builder = sample_builder(model);
    add_days(builder);
    add_revenue(builder);
    add_orders(builder);
    CHECK(ys_facts_builder_add_dimension_codes(builder, "country", 7, codes, ROWS, &dictionary,
                                               NULL) == YS_OK);
    build_fails(builder, YS_DUPLICATE, -1, "country");

    // The same day and country twice.
    static const int32_t twice[ROWS] = {15309, 15309, 15310, 15310};
    builder = without_revenue(model);
    add_revenue(builder);
    CHECK(ys_facts_builder_set_days(builder, twice, ROWS, NULL) == YS_OK);
    ys_facts *facts = NULL;
    ys_error *error = NULL;
    CHECK(ys_facts_build(builder, &facts, &error) == YS_DUPLICATE);
    size_t row = 0;
    CHECK(facts == NULL && ys_error_row(error, &row) && row == 3);
    ys_error_free(error);
    ys_facts_builder_free(builder);
    ys_model_free(model);
}

static void add_text_fails(ys_facts_builder *builder, ys_text_column column, ys_status status,
                           long row) {
    ys_error *error = NULL;
    CHECK(ys_facts_builder_add_text(builder, "revenue", 7, &column, &error) == status);
    size_t found = 0;
    CHECK(ys_error_row(error, &found) == (row >= 0));
    CHECK(row < 0 || found == (size_t)row);
    CHECK(row < 0 || strcmp(ys_error_column(error), "revenue") == 0);
    ys_error_free(error);
}

static void columns_that_are_refused(void) {
    ys_model *model = sample_model();
    ys_facts *facts = sample_facts(model);
    char *wanted = evaluate(model, facts);
    ys_facts_free(facts);
    // One builder meets everything that is wrong, and is then built all the same.
    ys_facts_builder *builder = without_revenue(model);

    ys_text_column texts = countries();
    texts.struct_size = 0;
    add_text_fails(builder, texts, YS_INVALID_ARGUMENT, -1);
    texts = countries();
    const int64_t large[] = {0, 2, 4, 6, 8};
    texts.large_offsets = large;
    add_text_fails(builder, texts, YS_INVALID_ARGUMENT, -1);
    texts = countries();
    texts.offsets = NULL;
    add_text_fails(builder, texts, YS_NULL_ARGUMENT, -1);
    texts = countries();
    texts.data = NULL;
    add_text_fails(builder, texts, YS_NULL_ARGUMENT, -1);
    texts = countries();
    texts.count = (size_t)-1;
    add_text_fails(builder, texts, YS_INVALID_ARGUMENT, -1);
    texts = countries();
    texts.data_length = 7;
    add_text_fails(builder, texts, YS_SHAPE, 3);
    texts = countries();
    const int32_t down[] = {0, 2, 4, 3, 8};
    texts.offsets = down;
    add_text_fails(builder, texts, YS_SHAPE, 2);
    const int32_t negative[] = {-1, 2, 4, 6, 8};
    texts.offsets = negative;
    add_text_fails(builder, texts, YS_SHAPE, 0);
    texts.offsets = NULL;
    const int64_t far[] = {0, 2, INT64_MAX, 6, 8};
    texts.large_offsets = far;
    add_text_fails(builder, texts, YS_SHAPE, 1);
    texts = countries();
    texts.data = "DEF\xffgood";
    add_text_fails(builder, texts, YS_SYNTAX, 1);
    // A cell that is not there may have any bytes.
    texts = countries();
    const uint8_t holes[] = {0x0d};
    texts.validity = holes;
    CHECK_FAILS(ys_facts_builder_add_dimension(builder, "country", 7, &texts, &error), YS_MISSING);

    ys_integer_column column = integers(CENTS, 2);
    column.struct_size++;
    CHECK_FAILS(ys_facts_builder_add_integers(builder, "revenue", 7, &column, &error),
                YS_INVALID_ARGUMENT);
    column = integers(CENTS, -1);
    CHECK_FAILS(ys_facts_builder_add_integers(builder, "revenue", 7, &column, &error), YS_DOMAIN);
    column = integers(CENTS, 2);
    column.reserved = 1;
    CHECK_FAILS(ys_facts_builder_add_integers(builder, "revenue", 7, &column, &error),
                YS_INVALID_ARGUMENT);
    column = integers(CENTS, 2);
    column.stride = 7;
    CHECK_FAILS(ys_facts_builder_add_integers(builder, "revenue", 7, &column, &error),
                YS_INVALID_ARGUMENT);
    column.stride = (size_t)-1;
    CHECK_FAILS(ys_facts_builder_add_integers(builder, "revenue", 7, &column, &error),
                YS_INVALID_ARGUMENT);
    column = integers(NULL, 2);
    CHECK_FAILS(ys_facts_builder_add_integers(builder, "revenue", 7, &column, &error),
                YS_NULL_ARGUMENT);
    column.stride = 16;
    CHECK_FAILS(ys_facts_builder_add_integers(builder, "revenue", 7, &column, &error),
                YS_NULL_ARGUMENT);
    column = integers(CENTS, 2);
    column.values = (const int64_t *)(const void *)((const char *)CENTS + 1);
    CHECK_FAILS(ys_facts_builder_add_integers(builder, "revenue", 7, &column, &error),
                YS_INVALID_ARGUMENT);
    column = integers(CENTS, 2);
    column.count = (size_t)-1;
    CHECK_FAILS(ys_facts_builder_add_integers(builder, "revenue", 7, &column, &error),
                YS_INVALID_ARGUMENT);
    ys_wide_column wide = YS_WIDE_COLUMN_INIT;
    wide.count = 1;
    CHECK_FAILS(ys_facts_builder_add_wide(builder, "revenue", 7, &wide, &error), YS_NULL_ARGUMENT);
    wide.struct_size = 8;
    CHECK_FAILS(ys_facts_builder_add_wide(builder, "revenue", 7, &wide, &error),
                YS_INVALID_ARGUMENT);

    column = integers(CENTS, 2);
    texts = countries();
    CHECK_FAILS(ys_facts_builder_add_integers(NULL, "revenue", 7, &column, &error),
                YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_facts_builder_add_integers(builder, NULL, 7, &column, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_facts_builder_add_integers(builder, "\xff", 1, &column, &error), YS_SYNTAX);
    CHECK_FAILS(ys_facts_builder_add_integers(builder, "revenue", 7, NULL, &error),
                YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_facts_builder_add_wide(builder, "revenue", 7, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_facts_builder_add_text(builder, "revenue", 7, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_facts_builder_add_dimension(builder, "country", 7, NULL, &error),
                YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_facts_builder_add_dimension_codes(builder, "country", 7, NULL, 4, &texts, &error),
                YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_facts_builder_set_days(builder, NULL, 4, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_facts_builder_set_days(NULL, DAYS, 4, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_facts_build(builder, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_facts_build(NULL, &facts, &error), YS_NULL_ARGUMENT);
    ys_facts_builder *none = NULL;
    CHECK_FAILS(ys_facts_builder_new(NULL, &none, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_facts_builder_new(model, NULL, &error), YS_NULL_ARGUMENT);
    CHECK(none == NULL);

    add_revenue(builder);
    facts = NULL;
    CHECK(ys_facts_build(builder, &facts, NULL) == YS_OK);
    // Used up by success too.
    CHECK_FAILS(ys_facts_builder_add_integers(builder, "revenue", 7, &column, &error),
                YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_facts_builder_set_days(builder, DAYS, 4, &error), YS_INVALID_ARGUMENT);
    ys_facts_builder_free(builder);
    gives(facts, model, wanted);

    // A builder that is never built.
    ys_facts_builder_free(without_revenue(model));
    free(wanted);
    ys_model_free(model);
}

static void evaluations_that_are_refused(void) {
    static const char other[] =
        "{\"yardstick\": 1, \"name\": \"other\", \"display\": {\"scale\": 2, \"mode\": \"half_even\"},"
        " \"measures\": [{\"name\": \"leads\", \"unit\": \"lead\"}]}";
    ys_model *model = sample_model();
    ys_facts *facts = sample_facts(model);
    ys_model *stranger = NULL;
    CHECK(ys_model_from_json(other, strlen(other), &stranger, NULL) == YS_OK);
    ys_report *report = NULL;
    CHECK_FAILS(ys_model_evaluate(stranger, facts, AS_OF, &report, &error), YS_SHAPE);
    CHECK_FAILS(ys_model_evaluate(model, facts, INT32_MIN, &report, &error), YS_DATE);
    CHECK_FAILS(ys_model_evaluate(NULL, facts, AS_OF, &report, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_model_evaluate(model, NULL, AS_OF, &report, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_model_evaluate(model, facts, AS_OF, NULL, &error), YS_NULL_ARGUMENT);
    CHECK(report == NULL);
    ys_model_free(stranger);
    ys_facts_free(facts);
    ys_model_free(model);
}

int main(void) {
    a_model_says_what_it_needs();
    reports();
    columns_of_every_kind();
    empty_cells();
    tables_that_are_refused();
    columns_that_are_refused();
    evaluations_that_are_refused();
    return EXIT_SUCCESS;
}
