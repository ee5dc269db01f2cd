// The example's job, with the report walked by getters before it is written as JSON. A test in Rust
// compares both with what Rust says.

#include "check.h"

static void print_value(const ys_value *value) {
    if (value == NULL) {
        printf(" -");
        return;
    }
    char text[4096];
    CHECK(ys_value_text(value, text, sizeof(text), NULL, NULL) == YS_OK);
    printf(" %s", text);
}

static void print_text(const char *text) { printf(" %s", text == NULL ? "-" : text); }

// By pointers: the call that writes the numbers is an argument beside them.
static void print_period(bool known, const int32_t *first, const int32_t *last) {
    if (known) {
        printf(" %d..%d", *first, *last);
    } else {
        printf(" -");
    }
}

static void print_day(bool known, const int32_t *day) {
    if (known) {
        printf(" %d", *day);
    } else {
        printf(" -");
    }
}

static void walk_table(const ys_table *table) {
    const size_t columns = ys_table_column_count(table);
    const size_t dimensions = ys_table_dimension_count(table);
    printf("columns");
    for (size_t d = 0; d < dimensions; d++) {
        print_text(ys_table_dimension_name(table, d));
    }
    for (size_t c = 0; c < columns; c++) {
        print_text(ys_table_column_name(table, c));
        print_text(ys_table_column_unit(table, c));
    }
    printf("\n");
    for (size_t row = 0; row < ys_table_row_count(table); row++) {
        int32_t first = 0;
        int32_t last = 0;
        printf("row");
        print_text(ys_table_bucket(table, row));
        print_period(ys_table_period(table, row, &first, &last), &first, &last);
        for (size_t d = 0; d < dimensions; d++) {
            print_text(ys_table_key(table, row, d, NULL));
        }
        for (size_t c = 0; c < columns; c++) {
            print_value(ys_table_value(table, row, c));
        }
        printf("\n");
    }
}

static void walk_funnel(const ys_funnel_report *funnel) {
    int32_t first = 0;
    int32_t last = 0;
    printf("funnel");
    print_text(ys_funnel_report_name(funnel));
    print_period(ys_funnel_report_period(funnel, &first, &last), &first, &last);
    printf("\n");
    const size_t stages = ys_funnel_report_stage_count(funnel);
    for (size_t segment = 0; segment < ys_funnel_report_segment_count(funnel); segment++) {
        printf("segment");
        for (size_t d = 0; d < ys_funnel_report_dimension_count(funnel); d++) {
            print_text(ys_funnel_report_dimension_name(funnel, d));
            print_text(ys_funnel_report_key(funnel, segment, d, NULL));
        }
        print_value(ys_funnel_report_figure(funnel, segment, YS_FUNNEL_OVERALL_RATE));
        print_value(ys_funnel_report_figure(funnel, segment, YS_FUNNEL_OVERALL_POINTS));
        for (int32_t which = YS_FUNNEL_HAND_OFF; which <= YS_FUNNEL_WORST_STEP; which++) {
            size_t step = 0;
            const bool known = ys_funnel_report_step(funnel, segment, which, &step);
            const int32_t place = (int32_t)step;
            print_day(known, &place);
        }
        printf("\n");
        for (size_t i = 0; i < stages; i++) {
            printf("stage");
            print_text(ys_funnel_report_stage_name(funnel, i));
            for (int32_t figure = YS_STAGE_COUNT; figure <= YS_STAGE_CHANGE; figure++) {
                print_value(ys_funnel_report_stage_figure(funnel, segment, i, figure));
            }
            if (i + 1 < stages) {
                for (int32_t figure = YS_STEP_RATE; figure <= YS_STEP_RELATIVE; figure++) {
                    print_value(ys_funnel_report_step_figure(funnel, segment, i, figure));
                }
            }
            printf("\n");
        }
    }
}

static void walk_assessment(const ys_assessment *assessment) {
    bool met = false;
    const bool known = ys_assessment_met(assessment, &met);
    printf("at %d %d %d %d", ys_assessment_day(assessment), ys_assessment_state(assessment),
           known ? met : 2, ys_assessment_pace(assessment));
    print_text(ys_assessment_band(assessment));
    print_text(ys_assessment_tier(assessment));
    uint32_t days = 0;
    bool counted = ys_assessment_elapsed_days(assessment, &days);
    int32_t day = (int32_t)days;
    print_day(counted, &day);
    counted = ys_assessment_remaining_days(assessment, &days);
    day = (int32_t)days;
    print_day(counted, &day);
    print_day(ys_assessment_reached_on(assessment, &day), &day);
    print_day(ys_assessment_best_day(assessment, &day), &day);
    printf(" %d", ys_assessment_beyond_best(assessment));
    for (int32_t figure = YS_FIGURE_ACTUAL; figure <= YS_FIGURE_BEST_RATE; figure++) {
        print_value(ys_assessment_figure(assessment, figure));
    }
    printf("\n");
}

static void walk_target(const ys_target_report *target) {
    int32_t first = 0;
    int32_t last = 0;
    printf("target");
    for (int32_t which = YS_TARGET_NAME; which <= YS_TARGET_OWNER; which++) {
        print_text(ys_target_report_text(target, which));
    }
    print_period(ys_target_report_period(target, &first, &last), &first, &last);
    for (int32_t which = YS_MILESTONE_FIRST_MET; which <= YS_MILESTONE_UNREACHABLE; which++) {
        int32_t day = 0;
        print_day(ys_target_report_milestone(target, which, &day), &day);
    }
    for (size_t tier = 0; tier < ys_target_report_tier_count(target); tier++) {
        print_text(ys_target_report_tier_name(target, tier));
        print_value(ys_target_report_tier_limit(target, tier));
    }
    printf("\n");
    walk_assessment(ys_target_report_current(target));
    for (size_t day = 0; day < ys_target_report_day_count(target); day++) {
        walk_assessment(ys_target_report_day(target, day));
    }
}

static void walk(const ys_report *report) {
    int32_t day = 0;
    CHECK(ys_report_day(report, &day));
    printf("report %d\n", day);
    for (size_t i = 0; i < ys_report_kpi_count(report); i++) {
        printf("kpi");
        for (int32_t which = YS_KPI_NAME; which <= YS_KPI_CATALOG; which++) {
            print_text(ys_report_kpi_text(report, i, which));
        }
        printf("\n");
    }
    for (size_t i = 0; i < ys_report_query_count(report); i++) {
        printf("query %s\n", ys_report_query_name(report, i));
        walk_table(ys_report_query_table(report, i));
    }
    for (size_t i = 0; i < ys_report_funnel_count(report); i++) {
        walk_funnel(ys_report_funnel(report, i));
    }
    for (size_t i = 0; i < ys_report_target_count(report); i++) {
        walk_target(ys_report_target(report, i));
    }
    for (size_t i = 0; i < ys_report_finding_count(report); i++) {
        printf("finding %d %s %s\n", ys_report_finding_kind(report, i),
               ys_report_finding_place(report, i), ys_report_finding_message(report, i));
    }
}

static ys_status evaluate_and_walk(const ys_model *model, const ys_facts *facts, int32_t as_of,
                                   ys_report **report, ys_error **error) {
    const ys_status status = ys_model_evaluate(model, facts, as_of, report, error);
    if (status == YS_OK) {
        walk(*report);
    }
    return status;
}

#define ys_model_evaluate evaluate_and_walk
#include "../../examples/c/scorecard.c"
