// Reports, walked by getters: what is there, and what is said where nothing is.

#include "sample.h"

static const char MODEL[] =
    "{\"yardstick\": 1, \"name\": \"walk\","
    " \"display\": {\"scale\": 2, \"mode\": \"half_even\"},"
    " \"dimensions\": [\"country\"],"
    " \"measures\": [{\"name\": \"revenue\", \"unit\": \"EUR\"},"
    "               {\"name\": \"orders\", \"unit\": \"order\"}],"
    " \"kpis\": [{\"name\": \"aov\", \"formula\": \"revenue/orders\", \"owner\": \"sales\"}],"
    " \"queries\": [{\"name\": \"values\", \"metrics\": [\"revenue\", \"aov\"],"
    "              \"by\": [\"country\"], \"grain\": \"day\"}],"
    " \"funnels\": [{\"name\": \"sale\", \"basis\": \"period\", \"by\": [\"country\"],"
    "              \"stages\": [{\"name\": \"order\", \"owner\": \"marketing\","
    "                          \"count\": \"orders\"},"
    "                         {\"name\": \"again\", \"owner\": \"sales\","
    "                          \"count\": \"orders\"}]}],"
    " \"targets\": [{\"name\": \"month\", \"metric\": \"revenue\", \"owner\": \"both\","
    "              \"period\": {\"first\": \"2011-12-01\", \"last\": \"2011-12-10\"},"
    "              \"goal\": {\"at_least\": \"100\"}}]}";

static void is(const ys_value *value, const char *wanted) {
    char text[64];
    CHECK(ys_value_text(value, text, sizeof(text), NULL, NULL) == YS_OK);
    CHECK_TEXT(text, wanted);
}

static ys_report *sample_report(void) {
    ys_model *model = NULL;
    ys_error *error = NULL;
    if (ys_model_from_json(MODEL, strlen(MODEL), &model, &error) != YS_OK) {
        fprintf(stderr, "%s\n", ys_error_message(error));
        exit(EXIT_FAILURE);
    }
    ys_facts *facts = sample_facts(model);
    ys_report *report = NULL;
    CHECK(ys_model_evaluate(model, facts, AS_OF + 1, &report, NULL) == YS_OK);
    ys_facts_free(facts);
    ys_model_free(model);
    return report;
}

static void kpis_and_tables(const ys_report *report) {
    int32_t day = 0;
    CHECK(ys_report_day(report, &day) && day == AS_OF + 1);
    CHECK(ys_report_day(report, NULL));
    CHECK(!ys_report_day(NULL, &day));
    CHECK(ys_report_kpi_count(report) == 1);
    CHECK_TEXT(ys_report_kpi_text(report, 0, YS_KPI_NAME), "aov");
    CHECK_TEXT(ys_report_kpi_text(report, 0, YS_KPI_FORMULA), "revenue / orders");
    CHECK_TEXT(ys_report_kpi_text(report, 0, YS_KPI_UNIT), "EUR/order");
    CHECK_TEXT(ys_report_kpi_text(report, 0, YS_KPI_KIND), "ratio");
    CHECK_TEXT(ys_report_kpi_text(report, 0, YS_KPI_AGGREGATION), "ratio_of_sums");
    CHECK_TEXT(ys_report_kpi_text(report, 0, YS_KPI_DIRECTION), "neutral");
    CHECK_TEXT(ys_report_kpi_text(report, 0, YS_KPI_OWNER), "sales");
    CHECK(ys_report_kpi_text(report, 0, YS_KPI_STAGE) == NULL);
    CHECK(ys_report_kpi_text(report, 0, YS_KPI_CATALOG) == NULL);
    CHECK(ys_report_kpi_text(report, 0, 0) == NULL);
    CHECK(ys_report_kpi_text(report, 0, 10) == NULL);
    CHECK(ys_report_kpi_text(report, 0, INT32_MIN) == NULL);
    CHECK(ys_report_kpi_text(report, 1, YS_KPI_NAME) == NULL);
    CHECK(ys_report_kpi_text(NULL, 0, YS_KPI_NAME) == NULL);
    CHECK(ys_report_kpi_count(NULL) == 0);

    CHECK_TEXT(ys_report_query_name(report, 0), "values");
    CHECK(ys_report_query_name(report, 1) == NULL);
    CHECK(ys_report_query_name(NULL, 0) == NULL);
    const ys_table *table = ys_report_query_table(report, 0);
    CHECK(table != NULL && table == ys_report_query_table(report, 0));
    CHECK(ys_report_query_table(report, 1) == NULL);
    CHECK(ys_report_query_table(NULL, 0) == NULL);
    // Four days, the last without facts, of two countries.
    CHECK(ys_table_row_count(table) == 6 || ys_table_row_count(table) == 8);
    CHECK(ys_table_column_count(table) == 2);
    CHECK(ys_table_dimension_count(table) == 1);
    CHECK_TEXT(ys_table_dimension_name(table, 0), "country");
    CHECK(ys_table_dimension_name(table, 1) == NULL);
    CHECK_TEXT(ys_table_column_name(table, 1), "aov");
    CHECK_TEXT(ys_table_column_unit(table, 1), "EUR/order");
    CHECK(ys_table_column_name(table, 2) == NULL);
    CHECK(ys_table_column_unit(table, 2) == NULL);
    size_t place = 7;
    CHECK(ys_table_find_column(table, "aov", 3, &place) && place == 1);
    CHECK(ys_table_find_column(table, "aov", 3, NULL));
    CHECK(!ys_table_find_column(table, "ao", 2, &place) && place == 1);
    CHECK(!ys_table_find_column(table, "\xff", 1, &place));
    CHECK(!ys_table_find_column(table, NULL, 3, &place));
    CHECK(!ys_table_find_column(NULL, "aov", 3, &place));
    CHECK_TEXT(ys_table_key(table, 0, 0, &place), "DE");
    CHECK(place == 2);
    CHECK_TEXT(ys_table_key(table, 1, 0, NULL), "FR");
    CHECK(ys_table_key(table, 0, 1, &place) == NULL && place == 2);
    CHECK(ys_table_key(table, 99, 0, NULL) == NULL);
    CHECK(ys_table_key(table, SIZE_MAX, SIZE_MAX, NULL) == NULL);
    CHECK_TEXT(ys_table_bucket(table, 0), "2011-12-01");
    CHECK(ys_table_bucket(table, 99) == NULL);
    int32_t first = 0;
    int32_t last = 0;
    CHECK(ys_table_period(table, 2, &first, &last) && first == DAYS[2] && last == DAYS[2]);
    CHECK(ys_table_period(table, 2, NULL, NULL));
    CHECK(!ys_table_period(table, 99, &first, &last));
    is(ys_table_value(table, 0, 0), "1999/100");
    is(ys_table_value(table, 2, 1), "41/4");
    CHECK(ys_table_value(table, 99, 0) == NULL);
    CHECK(ys_table_value(table, 0, 2) == NULL);

    CHECK(ys_table_row_count(NULL) == 0 && ys_table_column_count(NULL) == 0);
    CHECK(ys_table_dimension_count(NULL) == 0 && ys_table_dimension_name(NULL, 0) == NULL);
    CHECK(ys_table_column_name(NULL, 0) == NULL && ys_table_column_unit(NULL, 0) == NULL);
    CHECK(ys_table_key(NULL, 0, 0, NULL) == NULL && ys_table_bucket(NULL, 0) == NULL);
    CHECK(!ys_table_period(NULL, 0, NULL, NULL) && ys_table_value(NULL, 0, 0) == NULL);
    ys_table_free(NULL);
}

static void funnels(const ys_report *report) {
    CHECK(ys_report_funnel(report, 1) == NULL && ys_report_funnel(NULL, 0) == NULL);
    const ys_funnel_report *funnel = ys_report_funnel(report, 0);
    CHECK_TEXT(ys_funnel_report_name(funnel), "sale");
    int32_t first = 0;
    int32_t last = 0;
    CHECK(ys_funnel_report_period(funnel, &first, &last) && first == DAYS[0] && last >= AS_OF);
    CHECK(ys_funnel_report_dimension_count(funnel) == 1);
    CHECK_TEXT(ys_funnel_report_dimension_name(funnel, 0), "country");
    CHECK(ys_funnel_report_dimension_name(funnel, 1) == NULL);
    CHECK(ys_funnel_report_stage_count(funnel) == 2);
    CHECK_TEXT(ys_funnel_report_stage_name(funnel, 1), "again");
    CHECK(ys_funnel_report_stage_name(funnel, 2) == NULL);
    CHECK(ys_funnel_report_segment_count(funnel) == 3);
    size_t length = 9;
    CHECK_TEXT(ys_funnel_report_key(funnel, 0, 0, &length), "");
    CHECK(length == 0);
    CHECK_TEXT(ys_funnel_report_key(funnel, 2, 0, NULL), "FR");
    CHECK(ys_funnel_report_key(funnel, 3, 0, NULL) == NULL);
    CHECK(ys_funnel_report_key(funnel, 0, 1, NULL) == NULL);
    is(ys_funnel_report_stage_figure(funnel, 0, 0, YS_STAGE_COUNT), "4");
    is(ys_funnel_report_stage_figure(funnel, 2, 1, YS_STAGE_COUNT), "1");
    CHECK(ys_funnel_report_stage_figure(funnel, 0, 0, YS_STAGE_VALUE) == NULL);
    CHECK(ys_funnel_report_stage_figure(funnel, 0, 0, YS_STAGE_VALUE_PER_ENTITY) == NULL);
    CHECK(ys_funnel_report_stage_figure(funnel, 0, 0, YS_STAGE_CHANGE) == NULL);
    CHECK(ys_funnel_report_stage_figure(funnel, 0, 0, 0) == NULL);
    CHECK(ys_funnel_report_stage_figure(funnel, 0, 2, YS_STAGE_COUNT) == NULL);
    CHECK(ys_funnel_report_stage_figure(funnel, 3, 0, YS_STAGE_COUNT) == NULL);
    is(ys_funnel_report_step_figure(funnel, 0, 0, YS_STEP_RATE), "1");
    is(ys_funnel_report_step_figure(funnel, 0, 0, YS_STEP_OVERALL_RATE), "1");
    is(ys_funnel_report_step_figure(funnel, 0, 0, YS_STEP_DROP_OFF), "0");
    is(ys_funnel_report_step_figure(funnel, 0, 0, YS_STEP_DROP_OFF_RATE), "0");
    CHECK(ys_funnel_report_step_figure(funnel, 0, 0, YS_STEP_POINTS) == NULL);
    CHECK(ys_funnel_report_step_figure(funnel, 0, 0, YS_STEP_RELATIVE) == NULL);
    CHECK(ys_funnel_report_step_figure(funnel, 0, 0, 7) == NULL);
    CHECK(ys_funnel_report_step_figure(funnel, 0, 1, YS_STEP_RATE) == NULL);
    is(ys_funnel_report_figure(funnel, 0, YS_FUNNEL_OVERALL_RATE), "1");
    CHECK(ys_funnel_report_figure(funnel, 0, YS_FUNNEL_OVERALL_POINTS) == NULL);
    CHECK(ys_funnel_report_figure(funnel, 0, 3) == NULL);
    CHECK(ys_funnel_report_figure(funnel, 9, YS_FUNNEL_OVERALL_RATE) == NULL);
    size_t step = 9;
    CHECK(ys_funnel_report_step(funnel, 0, YS_FUNNEL_HAND_OFF, &step) && step == 0);
    CHECK(ys_funnel_report_step(funnel, 0, YS_FUNNEL_BOTTLENECK, NULL));
    CHECK(!ys_funnel_report_step(funnel, 0, YS_FUNNEL_WORST_STEP, &step));
    CHECK(!ys_funnel_report_step(funnel, 0, 4, &step));
    CHECK(!ys_funnel_report_step(funnel, 3, YS_FUNNEL_HAND_OFF, &step));

    CHECK(ys_funnel_report_name(NULL) == NULL && ys_funnel_report_stage_count(NULL) == 0);
    CHECK(!ys_funnel_report_period(NULL, NULL, NULL));
    CHECK(ys_funnel_report_dimension_count(NULL) == 0);
    CHECK(ys_funnel_report_dimension_name(NULL, 0) == NULL);
    CHECK(ys_funnel_report_stage_name(NULL, 0) == NULL);
    CHECK(ys_funnel_report_segment_count(NULL) == 0);
    CHECK(ys_funnel_report_key(NULL, 0, 0, NULL) == NULL);
    CHECK(ys_funnel_report_stage_figure(NULL, 0, 0, YS_STAGE_COUNT) == NULL);
    CHECK(ys_funnel_report_step_figure(NULL, 0, 0, YS_STEP_RATE) == NULL);
    CHECK(ys_funnel_report_figure(NULL, 0, YS_FUNNEL_OVERALL_RATE) == NULL);
    CHECK(!ys_funnel_report_step(NULL, 0, YS_FUNNEL_HAND_OFF, &step));
}

static void targets(const ys_report *report) {
    CHECK(ys_report_target(report, 1) == NULL && ys_report_target(NULL, 0) == NULL);
    const ys_target_report *target = ys_report_target(report, 0);
    CHECK_TEXT(ys_target_report_text(target, YS_TARGET_NAME), "month");
    CHECK_TEXT(ys_target_report_text(target, YS_TARGET_METRIC), "revenue");
    CHECK_TEXT(ys_target_report_text(target, YS_TARGET_UNIT), "EUR");
    CHECK_TEXT(ys_target_report_text(target, YS_TARGET_OWNER), "both");
    CHECK(ys_target_report_text(target, 0) == NULL && ys_target_report_text(target, 5) == NULL);
    int32_t first = 0;
    int32_t last = 0;
    CHECK(ys_target_report_period(target, &first, &last));
    CHECK(first == DAYS[0] && last == DAYS[0] + 9);
    CHECK(ys_target_report_day_count(target) == 4);
    const ys_assessment *now = ys_target_report_current(target);
    CHECK(ys_assessment_day(now) == AS_OF + 1);
    CHECK(ys_assessment_state(now) == YS_TARGET_AHEAD);
    bool met = true;
    CHECK(ys_assessment_met(now, &met) && !met);
    is(ys_assessment_figure(now, YS_FIGURE_ACTUAL), "4449/100");
    is(ys_assessment_figure(now, YS_FIGURE_LOW), "100");
    is(ys_assessment_figure(now, YS_FIGURE_ATTAINMENT), "4449/10000");
    is(ys_assessment_figure(now, YS_FIGURE_PACE_EXPECTED), "40");
    CHECK(ys_assessment_figure(now, YS_FIGURE_HIGH) == NULL);
    CHECK(ys_assessment_figure(now, YS_FIGURE_NUMERATOR) == NULL);
    CHECK(ys_assessment_figure(now, 0) == NULL && ys_assessment_figure(now, 30) == NULL);
    CHECK(ys_assessment_band(now) == NULL && ys_assessment_tier(now) == NULL);
    CHECK(ys_assessment_pace(now) == YS_PACE_FLOW);
    uint32_t days = 0;
    CHECK(ys_assessment_elapsed_days(now, &days) && days == 4);
    CHECK(ys_assessment_remaining_days(now, &days) && days == 6);
    int32_t day = 0;
    CHECK(!ys_assessment_reached_on(now, &day) || day > AS_OF);
    CHECK(ys_assessment_best_day(now, &day) && day == DAYS[0]);
    is(ys_assessment_figure(now, YS_FIGURE_BEST_VALUE), "2499/100");
    CHECK(!ys_assessment_beyond_best(now));
    const ys_assessment *yesterday = ys_target_report_day(target, 2);
    CHECK(ys_assessment_day(yesterday) == AS_OF);
    CHECK(yesterday == ys_target_report_day(target, 2));
    CHECK(ys_target_report_day(target, 4) == NULL);
    CHECK(!ys_target_report_milestone(target, YS_MILESTONE_FIRST_MET, &day));
    CHECK(!ys_target_report_milestone(target, 6, &day));
    CHECK(ys_target_report_tier_count(target) == 0);
    CHECK(ys_target_report_tier_name(target, 0) == NULL);
    CHECK(ys_target_report_tier_limit(target, 0) == NULL);

    CHECK(ys_target_report_text(NULL, YS_TARGET_NAME) == NULL);
    CHECK(!ys_target_report_period(NULL, NULL, NULL));
    CHECK(ys_target_report_current(NULL) == NULL && ys_target_report_day(NULL, 0) == NULL);
    CHECK(ys_target_report_day_count(NULL) == 0 && ys_target_report_tier_count(NULL) == 0);
    CHECK(ys_target_report_tier_name(NULL, 0) == NULL);
    CHECK(ys_target_report_tier_limit(NULL, 0) == NULL);
    CHECK(!ys_target_report_milestone(NULL, YS_MILESTONE_FIRST_MET, NULL));
    CHECK(ys_assessment_day(NULL) == 0 && ys_assessment_state(NULL) == 0);
    CHECK(!ys_assessment_met(NULL, &met) && ys_assessment_pace(NULL) == 0);
    CHECK(ys_assessment_figure(NULL, YS_FIGURE_ACTUAL) == NULL);
    CHECK(ys_assessment_band(NULL) == NULL && ys_assessment_tier(NULL) == NULL);
    CHECK(!ys_assessment_elapsed_days(NULL, &days) && !ys_assessment_remaining_days(NULL, &days));
    CHECK(!ys_assessment_reached_on(NULL, &day) && !ys_assessment_best_day(NULL, &day));
    CHECK(!ys_assessment_beyond_best(NULL));
}

static void findings(const ys_report *report) {
    // The facts end a day before the report.
    CHECK(ys_report_finding_count(report) >= 1);
    CHECK(ys_report_finding_kind(report, 0) == YS_FINDING_FACTS_END_EARLY);
    CHECK_TEXT(ys_report_finding_place(report, 0), "facts");
    CHECK(strlen(ys_report_finding_message(report, 0)) > 0);
    const size_t end = ys_report_finding_count(report);
    CHECK(ys_report_finding_kind(report, end) == 0);
    CHECK(ys_report_finding_place(report, end) == NULL);
    CHECK(ys_report_finding_message(report, end) == NULL);
    CHECK(ys_report_finding_kind(NULL, 0) == 0 && ys_report_finding_place(NULL, 0) == NULL);
    CHECK(ys_report_finding_message(NULL, 0) == NULL);
}

int main(void) {
    ys_report *report = sample_report();
    kpis_and_tables(report);
    funnels(report);
    targets(report);
    findings(report);
    ys_report_free(report);
    return EXIT_SUCCESS;
}
