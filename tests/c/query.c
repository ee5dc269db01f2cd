// Formulas, sets of KPIs and queries: what they give, and what is refused.

#include "sample.h"

static void is(const ys_value *value, const char *wanted) {
    char text[64];
    CHECK(ys_value_text(value, text, sizeof(text), NULL, NULL) == YS_OK);
    CHECK_TEXT(text, wanted);
}

// Texts of one byte more than the largest of these is never read.
static ys_text_column texts(const char *data, const int32_t *offsets, size_t count) {
    ys_text_column column = YS_TEXT_COLUMN_INIT;
    column.data = data;
    column.data_length = strlen(data);
    column.offsets = offsets;
    column.count = count;
    return column;
}

static ys_table *run(const ys_query *query, const ys_kpi_set *set, const ys_facts *facts) {
    ys_table *table = NULL;
    ys_error *error = NULL;
    if (ys_query_run(query, set, facts, &table, &error) != YS_OK) {
        fprintf(stderr, "%s\n", ys_error_message(error));
        exit(EXIT_FAILURE);
    }
    return table;
}

static void formulas(void) {
    ys_formula *formula = NULL;
    CHECK(ys_formula_parse("(a)/(b - 2)", 11, &formula, NULL) == YS_OK);
    CHECK_TEXT(ys_formula_text(formula), "a / (b - 2)");
    CHECK(ys_formula_name_count(formula) == 2);
    CHECK_TEXT(ys_formula_name(formula, 0), "a");
    CHECK_TEXT(ys_formula_name(formula, 1), "b");
    CHECK(ys_formula_name(formula, 2) == NULL && ys_formula_name(NULL, 0) == NULL);
    CHECK(ys_formula_text(NULL) == NULL && ys_formula_name_count(NULL) == 0);

    // What stands behind its names: values of a table.
    ys_model *model = sample_model();
    ys_facts *facts = sample_facts(model);
    ys_kpi_set *set = NULL;
    ys_query *query = NULL;
    CHECK(ys_kpi_set_of_model(model, &set, NULL) == YS_OK);
    CHECK(ys_query_new(&query, NULL) == YS_OK);
    CHECK(ys_query_add_metric(query, "revenue", 7, NULL) == YS_OK);
    CHECK(ys_query_add_metric(query, "orders", 6, NULL) == YS_OK);
    CHECK(ys_query_by(query, "country", 7, NULL) == YS_OK);
    ys_table *table = run(query, set, facts);
    const ys_value *values[2] = {ys_table_value(table, 0, 0), ys_table_value(table, 0, 1)};
    static const int32_t offsets[] = {0, 1, 2};
    ys_text_column names = texts("ab", offsets, 2);
    ys_value *value = NULL;
    CHECK(ys_formula_evaluate(formula, &names, values, 2, &value, NULL) == YS_OK);
    // 39.49 / (3 - 2)
    is(value, "3949/100");
    ys_value_free(value);
    value = NULL;
    CHECK_FAILS(ys_formula_evaluate(formula, &names, values, 1, &value, &error), YS_SHAPE);
    CHECK_FAILS(ys_formula_evaluate(formula, &names, NULL, 2, &value, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_formula_evaluate(formula, NULL, values, 2, &value, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_formula_evaluate(NULL, &names, values, 2, &value, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_formula_evaluate(formula, &names, values, 2, NULL, &error), YS_NULL_ARGUMENT);
    const ys_value *half[2] = {values[0], NULL};
    CHECK_FAILS(ys_formula_evaluate(formula, &names, half, 2, &value, &error), YS_NULL_ARGUMENT);
    ys_text_column none = YS_TEXT_COLUMN_INIT;
    CHECK_FAILS(ys_formula_evaluate(formula, &none, NULL, 0, &value, &error), YS_UNKNOWN);
    names.struct_size--;
    CHECK_FAILS(ys_formula_evaluate(formula, &names, values, 2, &value, &error),
                YS_INVALID_ARGUMENT);
    CHECK(value == NULL);
    ys_formula_free(formula);
    ys_formula_free(NULL);

    // An error says where.
    ys_error *error = NULL;
    formula = NULL;
    CHECK(ys_formula_parse("a / / b", 7, &formula, &error) == YS_SYNTAX);
    size_t first = 0;
    size_t end = 0;
    CHECK(ys_error_span(error, &first, &end) && first == 4 && end == 5);
    ys_error_free(error);
    CHECK_FAILS(ys_formula_parse("mean(a)", 7, &formula, &error), YS_UNKNOWN);
    CHECK_FAILS(ys_formula_parse("a\xff", 2, &formula, &error), YS_SYNTAX);
    CHECK_FAILS(ys_formula_parse(NULL, 0, &formula, &error), YS_SYNTAX);
    CHECK_FAILS(ys_formula_parse(NULL, 1, &formula, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_formula_parse("a", 1, NULL, &error), YS_NULL_ARGUMENT);
    CHECK(formula == NULL);
    ys_table_free(table);
    ys_query_free(query);
    ys_kpi_set_free(set);
    ys_facts_free(facts);
    ys_model_free(model);
}

static void sets(const ys_model *model) {
    ys_kpi_set *set = NULL;
    CHECK(ys_kpi_set_of_model(model, &set, NULL) == YS_OK);
    CHECK(ys_kpi_set_count(set) == 1);
    CHECK_TEXT(ys_kpi_set_name(set, 0), "aov");
    CHECK_TEXT(ys_kpi_set_unit(set, 0), "EUR/order");
    CHECK(ys_kpi_set_name(set, 1) == NULL && ys_kpi_set_unit(set, 1) == NULL);
    CHECK(ys_kpi_set_count(NULL) == 0);
    CHECK(ys_kpi_set_name(NULL, 0) == NULL && ys_kpi_set_unit(NULL, 0) == NULL);
    ys_kpi_set_free(set);
    ys_kpi_set_free(NULL);
    set = NULL;
    CHECK_FAILS(ys_kpi_set_of_model(NULL, &set, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_kpi_set_of_model(model, NULL, &error), YS_NULL_ARGUMENT);

    static const int32_t one[] = {0, 1, 2};
    static const int32_t formula[] = {0, 16, 17};
    const ys_text_column names = texts("xy", one, 2);
    ys_text_column formulas = texts("revenue / ordersx", formula, 2);
    CHECK(ys_kpi_set_new(model, &names, &formulas, &set, NULL) == YS_OK);
    CHECK(ys_kpi_set_count(set) == 2);
    CHECK_TEXT(ys_kpi_set_unit(set, 1), "EUR/order");
    ys_kpi_set_free(set);
    set = NULL;
    CHECK_FAILS(ys_kpi_set_new(NULL, &names, &formulas, &set, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_kpi_set_new(model, NULL, &formulas, &set, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_kpi_set_new(model, &names, NULL, &set, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_kpi_set_new(model, &names, &formulas, NULL, &error), YS_NULL_ARGUMENT);
    // A KPI that reads itself.
    const ys_text_column cycle = texts("revenue / ordersy", formula, 2);
    CHECK_FAILS(ys_kpi_set_new(model, &names, &cycle, &set, &error), YS_INVALID);
    const ys_text_column syntax = texts("revenue / orders+", formula, 2);
    CHECK_FAILS(ys_kpi_set_new(model, &names, &syntax, &set, &error), YS_SYNTAX);
    formulas.count = 1;
    CHECK_FAILS(ys_kpi_set_new(model, &names, &formulas, &set, &error), YS_SHAPE);
    formulas.struct_size = 0;
    CHECK_FAILS(ys_kpi_set_new(model, &names, &formulas, &set, &error), YS_INVALID_ARGUMENT);
    const ys_text_column none = YS_TEXT_COLUMN_INIT;
    CHECK(ys_kpi_set_new(model, &none, &none, &set, NULL) == YS_OK);
    CHECK(ys_kpi_set_count(set) == 0);
    ys_kpi_set_free(set);
}

static void queries(const ys_model *model, const ys_facts *facts) {
    ys_kpi_set *set = NULL;
    ys_query *query = NULL;
    CHECK(ys_kpi_set_of_model(model, &set, NULL) == YS_OK);
    CHECK(ys_query_new(&query, NULL) == YS_OK);
    ys_table *table = NULL;
    // No metric yet, and the table is left as it is.
    CHECK_FAILS(ys_query_run(query, set, facts, &table, &error), YS_INVALID);
    CHECK(table == NULL);
    CHECK(ys_query_add_metric(query, "aov", 3, NULL) == YS_OK);
    CHECK(ys_query_by(query, "country", 7, NULL) == YS_OK);
    table = run(query, set, facts);
    CHECK(ys_table_row_count(table) == 2 && ys_table_column_count(table) == 1);
    CHECK_TEXT(ys_table_key(table, 0, 0, NULL), "DE");
    CHECK(ys_table_bucket(table, 0) == NULL);
    // (19.99 + 20.50 - 1.00) / 3; the orders of France are unknown on two days.
    is(ys_table_value(table, 0, 0), "3949/300");
    is(ys_table_value(table, 1, 0), "missing");
    ys_table_free(table);

    CHECK(ys_query_set_grain(query, YS_GRAIN_DAY, NULL) == YS_OK);
    CHECK(ys_query_set_period(query, DAYS[0], DAYS[2], NULL) == YS_OK);
    static const int32_t two[] = {0, 2};
    const ys_text_column germany = texts("DE", two, 1);
    CHECK(ys_query_only(query, "country", 7, &germany, NULL) == YS_OK);
    CHECK(ys_query_set_reported(query, false, NULL) == YS_OK);
    table = run(query, set, facts);
    CHECK(ys_table_row_count(table) == 2);
    CHECK_TEXT(ys_table_bucket(table, 1), "2011-12-02");
    is(ys_table_value(table, 1, 0), "41/4");
    ys_table_free(table);
    table = NULL;

    // A comparison goes with no grain.
    CHECK(ys_query_set_compare(query, DAYS[0], DAYS[0], NULL) == YS_OK);
    CHECK_FAILS(ys_query_run(query, set, facts, &table, &error), YS_INVALID);
    CHECK(ys_query_set_grain(query, YS_GRAIN_NONE, NULL) == YS_OK);
    table = run(query, set, facts);
    ys_table_free(table);
    table = NULL;

    CHECK_FAILS(ys_query_set_grain(query, 6, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_query_set_grain(query, -1, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_query_set_grain(NULL, YS_GRAIN_DAY, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_set_period(query, 2, 1, &error), YS_DATE);
    CHECK_FAILS(ys_query_set_period(query, INT32_MIN, 1, &error), YS_DATE);
    CHECK_FAILS(ys_query_set_period(NULL, 1, 2, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_set_compare(query, 1, INT32_MAX, &error), YS_DATE);
    CHECK_FAILS(ys_query_set_compare(NULL, 1, 2, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_set_reported(NULL, true, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_new(NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_add_metric(NULL, "aov", 3, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_add_metric(query, NULL, 3, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_add_metric(query, "\xff", 1, &error), YS_SYNTAX);
    CHECK_FAILS(ys_query_by(NULL, "country", 7, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_by(query, NULL, 7, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_by(query, "\xff", 1, &error), YS_SYNTAX);
    CHECK_FAILS(ys_query_only(NULL, "country", 7, &germany, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_only(query, NULL, 7, &germany, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_only(query, "country", 7, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_run(NULL, set, facts, &table, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_run(query, NULL, facts, &table, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_run(query, set, NULL, &table, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_query_run(query, set, facts, NULL, &error), YS_NULL_ARGUMENT);
    CHECK(ys_query_add_metric(query, "aow", 3, NULL) == YS_OK);
    CHECK_FAILS(ys_query_run(query, set, facts, &table, &error), YS_INVALID);
    CHECK(table == NULL);
    ys_query_free(query);
    ys_query_free(NULL);
    ys_kpi_set_free(set);
}

int main(void) {
    formulas();
    ys_model *model = sample_model();
    ys_facts *facts = sample_facts(model);
    sets(model);
    queries(model, facts);
    ys_facts_free(facts);
    ys_model_free(model);
    return EXIT_SUCCESS;
}
