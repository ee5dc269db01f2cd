// A small model, and its facts by the shortest way.

#ifndef SAMPLE_H
#define SAMPLE_H

#include "check.h"

static const char SAMPLE[] =
    "{\"yardstick\": 1, \"name\": \"sample\","
    " \"display\": {\"scale\": 2, \"mode\": \"half_even\"},"
    " \"dimensions\": [\"country\"],"
    " \"measures\": [{\"name\": \"revenue\", \"unit\": \"EUR\"},"
    "               {\"name\": \"orders\", \"unit\": \"order\", \"missing\": \"unknown\"}],"
    " \"kpis\": [{\"name\": \"aov\", \"formula\": \"revenue / orders\"}],"
    " \"queries\": [{\"name\": \"values\", \"metrics\": [\"revenue\", \"orders\", \"aov\"],"
    "              \"by\": [\"country\"]}]}";

#define ROWS 4

// 2011-12-01, twice, and the two days after it.
static const int32_t DAYS[ROWS] = {15309, 15309, 15310, 15311};
// DE, FR, DE, DE.
static const char COUNTRIES[] = "DEFRDEDE";
static const int32_t COUNTRY_OFFSETS[ROWS + 1] = {0, 2, 4, 6, 8};
static const int64_t CENTS[ROWS] = {1999, 500, 2050, -100};
static const int64_t ORDERS[ROWS] = {1, 1, 2, 0};
// The last day is after this one.
#define AS_OF 15311

static inline ys_model *sample_model(void) {
    ys_model *model = NULL;
    ys_error *error = NULL;
    // Just the bytes, without their NUL.
    char *text = copy(SAMPLE, strlen(SAMPLE));
    if (ys_model_from_json(text, strlen(SAMPLE), &model, &error) != YS_OK) {
        fprintf(stderr, "%s\n", ys_error_message(error));
        exit(EXIT_FAILURE);
    }
    free(text);
    CHECK(error == NULL);
    return model;
}

static inline ys_facts_builder *sample_builder(const ys_model *model) {
    ys_facts_builder *builder = NULL;
    CHECK(ys_facts_builder_new(model, &builder, NULL) == YS_OK);
    return builder;
}

static inline void add_days(ys_facts_builder *builder) {
    CHECK(ys_facts_builder_set_days(builder, DAYS, ROWS, NULL) == YS_OK);
}

static inline ys_text_column countries(void) {
    ys_text_column column = YS_TEXT_COLUMN_INIT;
    column.data = COUNTRIES;
    column.data_length = strlen(COUNTRIES);
    column.offsets = COUNTRY_OFFSETS;
    column.count = ROWS;
    return column;
}

static inline void add_countries(ys_facts_builder *builder) {
    const ys_text_column column = countries();
    CHECK(ys_facts_builder_add_dimension(builder, "country", 7, &column, NULL) == YS_OK);
}

static inline ys_integer_column integers(const int64_t *values, int32_t scale) {
    ys_integer_column column = YS_INTEGER_COLUMN_INIT;
    column.values = values;
    column.count = ROWS;
    column.scale = scale;
    return column;
}

static inline void add_revenue(ys_facts_builder *builder) {
    const ys_integer_column column = integers(CENTS, 2);
    CHECK(ys_facts_builder_add_integers(builder, "revenue", 7, &column, NULL) == YS_OK);
}

static inline void add_orders(ys_facts_builder *builder) {
    const ys_integer_column column = integers(ORDERS, 0);
    CHECK(ys_facts_builder_add_integers(builder, "orders", 6, &column, NULL) == YS_OK);
}

// Builds and frees the builder.
static inline ys_facts *build(ys_facts_builder *builder) {
    ys_facts *facts = NULL;
    ys_error *error = NULL;
    if (ys_facts_build(builder, &facts, &error) != YS_OK) {
        fprintf(stderr, "%s\n", ys_error_message(error));
        exit(EXIT_FAILURE);
    }
    ys_facts_builder_free(builder);
    CHECK(ys_facts_row_count(facts) == ROWS);
    return facts;
}

static inline ys_facts *sample_facts(const ys_model *model) {
    ys_facts_builder *builder = sample_builder(model);
    add_days(builder);
    add_countries(builder);
    add_revenue(builder);
    add_orders(builder);
    return build(builder);
}

// The report's text; the caller frees it.
static inline char *json_of(const ys_report *report) {
    size_t needed = 0;
    CHECK(ys_report_json(report, NULL, 0, &needed, NULL) == YS_OK);
    char *text = malloc(needed);
    CHECK(text != NULL);
    CHECK(ys_report_json(report, text, needed, NULL, NULL) == YS_OK);
    CHECK(strlen(text) + 1 == needed);
    return text;
}

static inline char *evaluate(const ys_model *model, const ys_facts *facts) {
    ys_report *report = NULL;
    ys_error *error = NULL;
    if (ys_model_evaluate(model, facts, AS_OF, &report, &error) != YS_OK) {
        fprintf(stderr, "%s\n", ys_error_message(error));
        exit(EXIT_FAILURE);
    }
    char *text = json_of(report);
    ys_report_free(report);
    return text;
}

#endif
