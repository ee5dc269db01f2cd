// Patterns, sessions, transitions, and what comes next.

#include "events.h"

// Pages of three people by seconds: 0 home, 1 list, 2 cart.
#define VIEWS 7
static const uint32_t VIEWER[VIEWS] = {7, 7, 7, 7, 8, 8, 9};
static const int64_t AT[VIEWS] = {0, 10, 20, 2000, 0, 10, 0};
static const uint8_t SEEN[VIEWS] = {1, 1, 2, 4, 1, 2, 4};
static const uint32_t PAGE[VIEWS] = {0, 0, 1, 2, 0, 1, 2};

static ys_event_columns views(void) {
    ys_event_columns columns = YS_EVENT_COLUMNS_INIT;
    columns.count = VIEWS;
    columns.entities = VIEWER;
    columns.times = AT;
    columns.masks = SEEN;
    columns.mask_width = 1;
    columns.arrangement = YS_ARRANGEMENT_SORTED;
    return columns;
}

static ys_pattern *pattern_of(const char *text) {
    ys_pattern *pattern = NULL;
    CHECK(ys_pattern_from_text(text, strlen(text), &pattern, NULL) == YS_OK);
    return pattern;
}

static void patterns(void) {
    const ys_event_columns columns = views();
    ys_pattern *pattern = pattern_of("(?1)(?t<=10)(?2)");
    char text[64];
    CHECK(ys_pattern_text(pattern, text, sizeof(text), NULL, NULL) == YS_OK);
    CHECK_TEXT(text, "(?1)(?t<=10)(?2)");
    uint64_t entities = 0, matching = 0;
    CHECK(ys_pattern_matches(pattern, &columns, &entities, &matching, NULL) == YS_OK);
    CHECK(entities == 3 && matching == 2);

    ys_pattern_counts *counts = NULL;
    CHECK(ys_pattern_count(pattern, &columns, &counts, NULL) == YS_OK);
    CHECK(ys_pattern_counts_count(counts) == 3);
    uint64_t entity = 0, matches = 9;
    CHECK(ys_pattern_counts_at(counts, 2, &entity, &matches) && entity == 9 && matches == 0);
    CHECK(ys_pattern_counts_at(counts, 0, NULL, &matches) && matches == 1);
    CHECK(!ys_pattern_counts_at(counts, 3, &entity, &matches) && entity == 9);

    ys_pattern_found *located = NULL;
    CHECK(ys_pattern_locate(pattern, &columns, &located, NULL) == YS_OK);
    CHECK(ys_pattern_found_count(located) == 2);
    size_t length = 0;
    CHECK(ys_pattern_found_at(located, 0, &entity, &length) && entity == 7 && length == 2);
    CHECK(ys_pattern_found_rows(located, 0)[0] == 1 && ys_pattern_found_rows(located, 0)[1] == 2);
    CHECK(ys_pattern_found_times(located, 1)[1] == 10);
    CHECK(ys_pattern_found_bits(located, 0)[1] == 1);
    CHECK(!ys_pattern_found_at(located, 2, &entity, &length) && entity == 7);
    CHECK(ys_pattern_found_rows(located, 2) == NULL && ys_pattern_found_times(located, 2) == NULL);
    CHECK(ys_pattern_found_bits(located, 2) == NULL);

    CHECK_FAILS(ys_pattern_text(NULL, text, sizeof(text), NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_pattern_text(pattern, text, 3, NULL, &error), YS_BUFFER_TOO_SMALL);
    CHECK_FAILS(ys_pattern_matches(NULL, &columns, &entities, &matching, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_pattern_matches(pattern, NULL, &entities, &matching, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_pattern_matches(pattern, &columns, NULL, &matching, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_pattern_matches(pattern, &columns, &entities, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_pattern_count(NULL, &columns, &counts, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_pattern_count(pattern, NULL, &counts, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_pattern_count(pattern, &columns, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_pattern_locate(NULL, &columns, &located, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_pattern_locate(pattern, NULL, &located, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_pattern_locate(pattern, &columns, NULL, &error), YS_NULL_ARGUMENT);
    ys_pattern_found_free(located);
    ys_pattern_counts_free(counts);
    ys_pattern_free(pattern);

    // An error shows the place.
    ys_error *error = NULL;
    size_t first = 0, end = 0;
    pattern = NULL;
    CHECK(ys_pattern_from_text("(?1)(?t<=10 minuts)(?2)", 23, &pattern, &error) == YS_UNKNOWN);
    CHECK(ys_error_span(error, &first, &end) && first == 12 && end == 18);
    ys_error_free(error);
    CHECK_FAILS(ys_pattern_from_text(NULL, 4, &pattern, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_pattern_from_text("(?1)", 4, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_pattern_from_text("\xff", 1, &pattern, &error), YS_SYNTAX);
    CHECK_FAILS(ys_pattern_from_text(NULL, 0, &pattern, &error), YS_MISSING);
    CHECK(pattern == NULL);
    pattern = pattern_of("(?1).(?t<=1500 milliseconds)(?2)");
    CHECK_FAILS(ys_pattern_matches(pattern, &columns, &entities, &matching, &error), YS_INEXACT);
    ys_pattern_free(pattern);
    // Any event has no bit.
    pattern = pattern_of("(?1).(?2)");
    CHECK(ys_pattern_locate(pattern, &columns, &located, NULL) == YS_OK);
    CHECK(ys_pattern_found_bits(located, 0)[1] == -1);
    ys_pattern_found_free(located);
    ys_pattern_free(pattern);
}

static void sessions(void) {
    ys_event_columns columns = views();
    ys_sessions *sessions = NULL;
    CHECK(ys_sessions_new(&columns, 30, YS_TIME_MINUTE, &sessions, NULL) == YS_OK);
    CHECK(ys_sessions_count(sessions) == 4 && ys_sessions_entities(sessions) == 3);
    CHECK(ys_sessions_numbers(sessions)[2] == 0 && ys_sessions_numbers(sessions)[3] == 1);
    CHECK(ys_sessions_sizes(sessions)[0] == 1 && ys_sessions_sizes(sessions)[3] == 3);
    CHECK_VALUE(ys_event_durations_total(ys_sessions_durations(sessions)), "30");
    CHECK_VALUE(ys_sessions_events_per_session(sessions), "7/4");
    CHECK_VALUE(ys_sessions_per_entity(sessions), "4/3");
    // As what funnels and transitions count by.
    columns.sessions = ys_sessions_numbers(sessions);
    ys_transitions *transitions = NULL;
    CHECK(ys_transitions_new(&columns, PAGE, 3, 1, &transitions, NULL) == YS_OK);
    CHECK(ys_transitions_paths(transitions) == 4 && ys_transitions_count(transitions, 1, 2) == 0);
    ys_transitions_free(transitions);
    ys_sessions_free(sessions);
    CHECK_FAILS(ys_sessions_new(NULL, 1, YS_TIME_DAY, &sessions, &error), YS_NULL_ARGUMENT);
    columns.sessions = NULL;
    CHECK_FAILS(ys_sessions_new(&columns, 1, YS_TIME_DAY, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_sessions_new(&columns, 1, 9, &sessions, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_sessions_new(&columns, 1, YS_TIME_MILLISECOND, &sessions, &error), YS_INEXACT);
}

static void check_weight(const ys_transitions *transitions, ys_transition_weight weight,
                         const char *wanted) {
    ys_value *value = NULL;
    CHECK(ys_transitions_weigh(transitions, 0, 1, weight, &value, NULL) == YS_OK);
    CHECK_VALUE(value, wanted);
    ys_value_free(value);
}

static void transitions(void) {
    const ys_event_columns columns = views();
    ys_transitions *all = NULL, *other = NULL, *fewer = NULL;
    CHECK(ys_transitions_new(&columns, PAGE, 3, 0, &all, NULL) == YS_OK);
    CHECK(ys_transitions_paths(all) == 3 && ys_transitions_total(all) == 10);
    CHECK(ys_transitions_count(all, 0, 1) == 2 && ys_transitions_count(all, 0, 7) == 0);
    CHECK(ys_transitions_count(all, YS_LABEL_NONE, 0) == 2);
    CHECK(ys_transitions_count(all, 2, YS_LABEL_NONE) == 2);
    check_weight(all, YS_TRANSITION_SHARE, "1/5");
    check_weight(all, YS_TRANSITION_PER_PATH, "2/3");
    check_weight(all, YS_TRANSITION_PROBABILITY_OUT, "2/3");
    check_weight(all, YS_TRANSITION_PROBABILITY_IN, "1");
    CHECK(ys_transitions_pair_count(all) == 7);
    uint32_t from = 9, to = 9;
    uint64_t count = 0;
    CHECK(ys_transitions_pair(all, 0, &from, &to, &count));
    CHECK(from == YS_LABEL_NONE && to == 0 && count == 2);
    CHECK(ys_transitions_pair(all, 6, NULL, NULL, NULL));
    CHECK(!ys_transitions_pair(all, 7, &from, &to, &count) && to == 0);

    CHECK(ys_transitions_new(&columns, PAGE, 3, 0, &other, NULL) == YS_OK);
    CHECK(ys_transitions_merge(all, other, NULL) == YS_OK);
    CHECK(ys_transitions_total(all) == 20);
    CHECK(ys_transitions_pair(all, 0, NULL, NULL, &count) && count == 4);
    CHECK(ys_transitions_new(&columns, PAGE, 4, 0, &fewer, NULL) == YS_OK);
    CHECK_FAILS(ys_transitions_merge(all, fewer, &error), YS_SHAPE);
    CHECK_FAILS(ys_transitions_merge(all, all, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_transitions_merge(NULL, other, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_transitions_merge(all, NULL, &error), YS_NULL_ARGUMENT);
    ys_value *value = NULL;
    CHECK_FAILS(ys_transitions_weigh(all, 0, 1, 5, &value, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_transitions_weigh(NULL, 0, 1, 1, &value, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_transitions_weigh(all, 0, 1, 1, NULL, &error), YS_NULL_ARGUMENT);
    CHECK(value == NULL);
    ys_transitions_free(fewer);
    ys_transitions_free(other);
    ys_transitions_free(all);

    CHECK_FAILS(ys_transitions_new(NULL, PAGE, 3, 0, &all, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_transitions_new(&columns, NULL, 3, 0, &all, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_transitions_new(&columns, PAGE, 3, 0, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_transitions_new(&columns, PAGE, 3, 2, &all, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_transitions_new(&columns, PAGE, 3, 1, &all, &error), YS_MISSING);
    ys_error *error = NULL;
    size_t row = 0;
    CHECK(ys_transitions_new(&columns, PAGE, 2, 0, &all, &error) == YS_DOMAIN);
    CHECK(ys_error_row(error, &row) && row == 3);
    CHECK_TEXT(ys_error_column(error), "label");
    ys_error_free(error);
}

static void next_events(void) {
    const ys_event_columns columns = views();
    const uint32_t chain[] = {0, 1};
    ys_next_event_settings settings = YS_NEXT_EVENT_SETTINGS_INIT;
    settings.chain = chain;
    settings.chain_length = 2;
    ys_next_counts *counts = NULL;
    CHECK(ys_next_event_compute(&settings, &columns, PAGE, 3, &counts, NULL) == YS_OK);
    CHECK(ys_next_counts_entities(counts) == 3 && ys_next_counts_none(counts) == 1);
    CHECK(ys_next_counts_unmatched(counts) == 1);
    CHECK(ys_next_counts_labels(counts)[2] == 1 && ys_next_counts_labels(counts)[0] == 0);
    ys_value *share = NULL;
    CHECK(ys_next_counts_share(counts, 2, &share, NULL) == YS_OK);
    CHECK_VALUE(share, "1/2");
    ys_value_free(share);
    CHECK_FAILS(ys_next_counts_share(NULL, 2, &share, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_next_counts_share(counts, 2, NULL, &error), YS_NULL_ARGUMENT);
    ys_next_counts_free(counts);

    // What came before the last cart.
    const uint32_t cart = 2;
    settings.chain = &cart;
    settings.chain_length = 1;
    settings.direction = YS_DIRECTION_PREVIOUS;
    settings.base = YS_BASE_LAST;
    settings.condition = 2;
    CHECK(ys_next_event_compute(&settings, &columns, PAGE, 3, &counts, NULL) == YS_OK);
    CHECK(ys_next_counts_labels(counts)[1] == 1 && ys_next_counts_none(counts) == 1);
    ys_next_counts_free(counts);

    ys_next_event_settings bad = settings;
    bad.base = YS_BASE_HEAD;
    CHECK_FAILS(ys_next_event_compute(&bad, &columns, PAGE, 3, &counts, &error), YS_DOMAIN);
    bad.base = 5;
    CHECK_FAILS(ys_next_event_compute(&bad, &columns, PAGE, 3, &counts, &error),
                YS_INVALID_ARGUMENT);
    bad = settings;
    bad.direction = 0;
    CHECK_FAILS(ys_next_event_compute(&bad, &columns, PAGE, 3, &counts, &error),
                YS_INVALID_ARGUMENT);
    bad = settings;
    bad.condition = 64;
    CHECK_FAILS(ys_next_event_compute(&bad, &columns, PAGE, 3, &counts, &error), YS_DOMAIN);
    bad.condition = -2;
    CHECK_FAILS(ys_next_event_compute(&bad, &columns, PAGE, 3, &counts, &error),
                YS_INVALID_ARGUMENT);
    bad = settings;
    bad.reserved = 1;
    CHECK_FAILS(ys_next_event_compute(&bad, &columns, PAGE, 3, &counts, &error),
                YS_INVALID_ARGUMENT);
    bad = settings;
    bad.struct_size -= 4;
    CHECK_FAILS(ys_next_event_compute(&bad, &columns, PAGE, 3, &counts, &error),
                YS_INVALID_ARGUMENT);
    bad.struct_size += 5; // one more than it has
    CHECK_FAILS(ys_next_event_compute(&bad, &columns, PAGE, 3, &counts, &error),
                YS_INVALID_ARGUMENT);
    bad = settings;
    bad.chain = NULL;
    CHECK_FAILS(ys_next_event_compute(&bad, &columns, PAGE, 3, &counts, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_next_event_compute(NULL, &columns, PAGE, 3, &counts, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_next_event_compute(&settings, NULL, PAGE, 3, &counts, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_next_event_compute(&settings, &columns, NULL, 3, &counts, &error),
                YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_next_event_compute(&settings, &columns, PAGE, 3, NULL, &error),
                YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_next_event_compute(&settings, &columns, PAGE, 2, &counts, &error), YS_DOMAIN);
}

static void null_is_nothing(void) {
    ys_pattern_free(NULL);
    ys_pattern_counts_free(NULL);
    ys_pattern_found_free(NULL);
    ys_sessions_free(NULL);
    ys_transitions_free(NULL);
    ys_next_counts_free(NULL);
    CHECK(ys_pattern_counts_count(NULL) == 0 && !ys_pattern_counts_at(NULL, 0, NULL, NULL));
    CHECK(ys_pattern_found_count(NULL) == 0 && !ys_pattern_found_at(NULL, 0, NULL, NULL));
    CHECK(ys_pattern_found_rows(NULL, 0) == NULL && ys_pattern_found_times(NULL, 0) == NULL);
    CHECK(ys_pattern_found_bits(NULL, 0) == NULL);
    CHECK(ys_sessions_numbers(NULL) == NULL && ys_sessions_sizes(NULL) == NULL);
    CHECK(ys_sessions_count(NULL) == 0 && ys_sessions_entities(NULL) == 0);
    CHECK(ys_sessions_durations(NULL) == NULL && ys_sessions_per_entity(NULL) == NULL);
    CHECK(ys_sessions_events_per_session(NULL) == NULL);
    CHECK(ys_transitions_paths(NULL) == 0 && ys_transitions_total(NULL) == 0);
    CHECK(ys_transitions_count(NULL, 0, 0) == 0 && ys_transitions_pair_count(NULL) == 0);
    CHECK(!ys_transitions_pair(NULL, 0, NULL, NULL, NULL));
    CHECK(ys_next_counts_labels(NULL) == NULL && ys_next_counts_entities(NULL) == 0);
    CHECK(ys_next_counts_none(NULL) == 0 && ys_next_counts_unmatched(NULL) == 0);
}

int main(void) {
    patterns();
    sessions();
    transitions();
    next_events();
    null_is_nothing();
    return EXIT_SUCCESS;
}
