// Funnels of events: columns, counts, segments, periods, durations, chains and states.

#include "events.h"

static const char PLAIN[] = "{\"steps\": [{\"name\": \"visit\"}, {\"name\": \"lead\"},"
                            " {\"name\": \"deal\"}], \"window\": \"7 days\", \"reasons\": true,"
                            " \"time_between\": [{\"from\": 0, \"to\": 1}], \"correlate\": [3]}";
static const char SEGMENTS[] = "{\"steps\": [{}, {}, {}], \"by_segment\": \"first\","
                               " \"trend\": \"day\"}";

static void a_funnel_is_read_and_written(void) {
    ys_event_funnel *funnel = funnel_of(PLAIN);
    CHECK(ys_event_funnel_step_count(funnel) == 3);
    CHECK(ys_event_funnel_step_count(NULL) == 0);
    size_t needed = 0;
    CHECK(ys_event_funnel_json(funnel, NULL, 0, &needed, NULL) == YS_OK);
    char *text = malloc(needed);
    CHECK(text != NULL);
    CHECK_FAILS(ys_event_funnel_json(funnel, text, needed - 1, NULL, &error), YS_BUFFER_TOO_SMALL);
    CHECK(ys_event_funnel_json(funnel, text, needed, NULL, NULL) == YS_OK);
    CHECK(strlen(text) + 1 == needed);
    ys_event_funnel *again = funnel_of(text);
    CHECK(ys_event_funnel_step_count(again) == 3);
    ys_event_funnel_free(again);
    free(text);
    CHECK_FAILS(ys_event_funnel_json(NULL, NULL, 0, &needed, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_funnel_json(funnel, NULL, 0, NULL, &error), YS_NULL_ARGUMENT);
    ys_event_funnel_free(funnel);
    ys_event_funnel_free(NULL);

    funnel = NULL;
    CHECK_FAILS(ys_event_funnel_from_json(NULL, 3, &funnel, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_funnel_from_json(PLAIN, 3, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_funnel_from_json(NULL, 0, &funnel, &error), YS_SYNTAX);
    CHECK_FAILS(ys_event_funnel_from_json("\xff\xfe", 2, &funnel, &error), YS_SYNTAX);
    ys_error *error = NULL;
    const char wrong[] = "{\"steps\": [], \"window\": \"a week\", \"what\": 1}";
    CHECK(ys_event_funnel_from_json(wrong, strlen(wrong), &funnel, &error) == YS_INVALID);
    CHECK(ys_error_problem_count(error) == 3);
    ys_error_free(error);
    CHECK(funnel == NULL);
}

static void counts(void) {
    ys_event_funnel *funnel = funnel_of(PLAIN);
    ys_event_columns columns = sample_events();
    ys_integer_column values = YS_INTEGER_COLUMN_INIT;
    values.values = CENTS;
    values.count = EVENTS;
    values.scale = 2;
    columns.values = &values;
    ys_event_result *result = compute(funnel, &columns);
    // The result stands alone.
    ys_event_funnel_free(funnel);
    const ys_event_counts *total = ys_event_result_total(result);
    CHECK(ys_event_counts_entities(total) == 4);
    CHECK(ys_event_counts_step_count(total) == 3);
    CHECK(ys_event_counts_count(total, 0) == 4);
    CHECK(ys_event_counts_count(total, 1) == 2);
    CHECK(ys_event_counts_count(total, 2) == 1);
    CHECK(ys_event_counts_count(total, 3) == 0);
    CHECK(ys_event_counts_never_entered(total) == 0);
    CHECK(ys_event_counts_dropped(total) == 0);
    CHECK_VALUE(ys_event_counts_conversion(total), "1/4");
    CHECK_VALUE(ys_event_counts_value(total, 2), "181/2");
    CHECK_VALUE(ys_event_counts_value(total, 1), "0");
    CHECK(ys_event_counts_value(total, 3) == NULL);
    ys_value *rate = NULL;
    CHECK(ys_event_counts_rate(total, 1, 2, &rate, NULL) == YS_OK);
    CHECK_VALUE(rate, "1/2");
    ys_value_free(rate);
    CHECK(ys_event_counts_rate(total, 1, 9, &rate, NULL) == YS_OK);
    CHECK(ys_value_reason(rate) == YS_REASON_MISSING);
    ys_value_free(rate);
    CHECK_FAILS(ys_event_counts_rate(NULL, 0, 1, &rate, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_counts_rate(total, 0, 1, NULL, &error), YS_NULL_ARGUMENT);

    CHECK(ys_event_counts_stopped(total, 2, YS_STOPPED_WINDOW) == 1);
    CHECK(ys_event_counts_stopped(total, 1, YS_STOPPED_ABSENT) == 2);
    CHECK(ys_event_counts_stopped(total, 9, YS_STOPPED_ABSENT) == 0);
    CHECK(ys_event_counts_stopped(total, 1, 77) == 0);
    CHECK(ys_event_counts_stopped_because(total, YS_STOPPED_ABSENT) == 2);
    CHECK(ys_event_counts_stopped_because(total, YS_STOPPED_NONE) == 0);

    const ys_event_durations *times = ys_event_counts_time_between(total, 0, 1);
    CHECK(ys_event_durations_count(times) == 2);
    CHECK_VALUE(ys_event_durations_total(times), "15");
    CHECK_VALUE(ys_event_durations_mean(times), "15/2");
    CHECK_VALUE(ys_event_durations_min(times), "5");
    CHECK_VALUE(ys_event_durations_max(times), "10");
    uint64_t within = 0;
    CHECK(ys_event_durations_count_within(times, 300, YS_TIME_MINUTE, &within, NULL) == YS_OK);
    CHECK(within == 1);
    CHECK_FAILS(ys_event_durations_count_within(times, 1, 0, &within, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_event_durations_count_within(NULL, 1, YS_TIME_DAY, &within, &error),
                YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_durations_count_within(times, 1, YS_TIME_DAY, NULL, &error),
                YS_NULL_ARGUMENT);
    CHECK(within == 1);
    CHECK(ys_event_counts_time_between(total, 0, 2) == NULL);

    uint64_t numbers[4] = {9, 9, 9, 9};
    CHECK(ys_event_counts_correlation(total, 3, &numbers[0], &numbers[1], &numbers[2], &numbers[3]));
    CHECK(numbers[0] == 1 && numbers[1] == 3 && numbers[2] == 0 && numbers[3] == 0);
    CHECK(ys_event_counts_correlation(total, 3, NULL, NULL, NULL, NULL));
    CHECK(!ys_event_counts_correlation(total, 4, &numbers[0], NULL, NULL, NULL));

    CHECK(ys_event_result_segment_count(result) == 0);
    CHECK(ys_event_result_period_count(result) == 0);
    ys_event_result_free(result);
}

static void segments_and_periods(void) {
    ys_event_funnel *funnel = funnel_of(SEGMENTS);
    ys_event_columns columns = sample_events();
    ys_event_result *none = NULL;
    CHECK_FAILS(ys_event_funnel_compute(funnel, &columns, &none, &error), YS_MISSING);
    columns.segments = WHERE;
    columns.segment_count = 3;
    ys_event_result *result = compute(funnel, &columns);
    CHECK(ys_event_result_segment_count(result) == 2);
    uint32_t code = 9;
    const ys_event_counts *of = ys_event_result_segment_at(result, 1, &code);
    CHECK(code == 2 && ys_event_counts_count(of, 0) == 2 && ys_event_counts_count(of, 2) == 1);
    CHECK(ys_event_result_segment(result, 2) == of);
    CHECK(ys_event_result_segment_at(result, 0, NULL) == ys_event_result_segment(result, 0));
    CHECK(ys_event_result_segment(result, 1) == NULL);
    CHECK(ys_event_result_segment_at(result, 2, &code) == NULL && code == 2);
    CHECK(ys_event_counts_value(of, 0) == NULL);

    CHECK(ys_event_result_period_count(result) == 2);
    int32_t first = 9, last = 9;
    of = ys_event_result_period_at(result, 1, &first, &last);
    CHECK(first == 1 && last == 1 && ys_event_counts_count(of, 0) == 2);
    CHECK(ys_event_result_period_at(result, 0, NULL, NULL) != NULL);
    CHECK(ys_event_result_period_at(result, 2, &first, &last) == NULL);
    ys_event_result_free(result);
    ys_event_funnel_free(funnel);
}

// Fails with a status, and in a cell where `column` is not NULL.
static void refuses(const ys_event_columns *columns, ys_status status, const char *column,
                    size_t row) {
    ys_event_funnel *funnel = funnel_of(PLAIN);
    ys_event_result *result = NULL;
    ys_error *error = NULL;
    const ys_status found = ys_event_funnel_compute(funnel, columns, &result, &error);
    if (found != status) {
        fprintf(stderr, "%d where %d is due: %s\n", found, status, ys_error_message(error));
        exit(EXIT_FAILURE);
    }
    CHECK(result == NULL);
    if (column != NULL) {
        size_t at = 0;
        CHECK_TEXT(ys_error_column(error), column);
        CHECK(ys_error_row(error, &at) && at == row);
    }
    ys_error_free(error);
    ys_event_funnel_free(funnel);
}

static void columns_are_checked(void) {
    const ys_event_columns good = sample_events();
    ys_event_columns bad = good;
    refuses(NULL, YS_NULL_ARGUMENT, NULL, 0);
    bad.struct_size = sizeof(bad) - 8;
    refuses(&bad, YS_INVALID_ARGUMENT, NULL, 0);
    bad.struct_size = sizeof(bad) + 1;
    refuses(&bad, YS_INVALID_ARGUMENT, NULL, 0);
    bad = good;
    bad.entities = NULL;
    refuses(&bad, YS_NULL_ARGUMENT, NULL, 0);
    bad = good;
    bad.wide_entities = (const uint64_t *)WHEN;
    refuses(&bad, YS_INVALID_ARGUMENT, NULL, 0);
    bad = good;
    bad.times = NULL;
    refuses(&bad, YS_NULL_ARGUMENT, NULL, 0);
    bad = good;
    bad.times = (const int64_t *)((const char *)WHEN + 1);
    refuses(&bad, YS_INVALID_ARGUMENT, NULL, 0);
    bad = good;
    bad.masks = NULL;
    refuses(&bad, YS_NULL_ARGUMENT, NULL, 0);
    bad = good;
    bad.mask_width = 3;
    refuses(&bad, YS_INVALID_ARGUMENT, NULL, 0);
    bad = good;
    bad.arrangement = 0;
    refuses(&bad, YS_INVALID_ARGUMENT, NULL, 0);
    bad = good;
    bad.unit = 8;
    refuses(&bad, YS_INVALID_ARGUMENT, NULL, 0);
    bad = good;
    bad.reserved = 1;
    refuses(&bad, YS_INVALID_ARGUMENT, NULL, 0);
    bad = good;
    bad.observed = 2;
    refuses(&bad, YS_INVALID_ARGUMENT, NULL, 0);
    bad = good;
    bad.segment_count = 2;
    refuses(&bad, YS_INVALID_ARGUMENT, NULL, 0);
    bad = good;
    bad.count = SIZE_MAX;
    refuses(&bad, YS_INVALID_ARGUMENT, NULL, 0);
    // What the library refuses names its cell.
    bad = good;
    bad.arrangement = YS_ARRANGEMENT_BY_TIME;
    refuses(&bad, YS_SHAPE, "time", 3);
    bad = good;
    bad.segments = WHERE;
    bad.segment_count = 2;
    refuses(&bad, YS_DOMAIN, "segment", 3);
    bad = good;
    bad.observed = 1;
    bad.observed_until = 299;
    refuses(&bad, YS_DOMAIN, "time", 5);
    bad = good;
    ys_integer_column values = YS_INTEGER_COLUMN_INIT;
    values.values = CENTS;
    values.count = EVENTS - 1;
    bad.values = &values;
    refuses(&bad, YS_SHAPE, NULL, 0);
    values.count = EVENTS;
    values.stride = 4;
    refuses(&bad, YS_INVALID_ARGUMENT, NULL, 0);
    values.stride = 0;
    values.struct_size = 8;
    refuses(&bad, YS_INVALID_ARGUMENT, NULL, 0);
    values.struct_size = sizeof(values);
    values.scale = -1;
    refuses(&bad, YS_DOMAIN, NULL, 0);
}

// Every width and order gives the same counts.
static void every_kind_of_columns(void) {
    ys_event_funnel *funnel = funnel_of(PLAIN);
    uint64_t who[EVENTS], what8[EVENTS], keys[EVENTS] = {0};
    uint16_t what2[EVENTS];
    uint32_t what4[EVENTS];
    for (size_t i = 0; i < EVENTS; i++) {
        who[i] = WHO[i];
        what2[i] = WHAT[i];
        what4[i] = WHAT[i];
        what8[i] = WHAT[i];
    }
    const void *const masks[] = {WHAT, what2, what4, what8};
    for (int i = 0; i < 4; i++) {
        for (int wide = 0; wide < 2; wide++) {
            ys_event_columns columns = sample_events();
            columns.masks = masks[i];
            columns.mask_width = 1 << i;
            columns.entities = wide ? NULL : WHO;
            columns.wide_entities = wide ? who : NULL;
            columns.arrangement = wide ? YS_ARRANGEMENT_UNSORTED : YS_ARRANGEMENT_SORTED;
            columns.held = keys;
            columns.sessions = keys;
            columns.observed = 1;
            columns.observed_until = 1000;
            ys_event_result *result = compute(funnel, &columns);
            const ys_event_counts *total = ys_event_result_total(result);
            CHECK(ys_event_counts_count(total, 0) == 4 && ys_event_counts_count(total, 2) == 1);
            ys_event_result_free(result);
        }
    }
    // No events at all.
    ys_event_columns none = YS_EVENT_COLUMNS_INIT;
    none.mask_width = 8;
    ys_event_result *result = compute(funnel, &none);
    CHECK(ys_event_counts_entities(ys_event_result_total(result)) == 0);
    CHECK(ys_value_reason(ys_event_counts_conversion(ys_event_result_total(result))) ==
          YS_REASON_NO_BASE);
    ys_event_result_free(result);
    ys_event_funnel_free(funnel);
}

static void chains(void) {
    ys_event_funnel *funnel = funnel_of(PLAIN);
    const ys_event_columns columns = sample_events();
    ys_event_chains *chains = NULL;
    CHECK(ys_event_funnel_chains(funnel, &columns, &chains, NULL) == YS_OK);
    CHECK(ys_event_chains_count(chains) == 4);
    CHECK(ys_event_chains_entity(chains, 1) == 2);
    CHECK(ys_event_chains_length(chains, 1) == 2);
    CHECK(ys_event_chains_rows(chains, 1)[1] == 4);
    CHECK(ys_event_chains_times(chains, 1)[0] == 10);
    CHECK(ys_event_chains_steps(chains, 1)[1] == 1);
    CHECK(ys_event_chains_stopped(chains, 1) == YS_STOPPED_WINDOW);
    CHECK(ys_event_chains_stopped(chains, 0) == YS_STOPPED_NONE);
    CHECK(!ys_event_chains_dropped(chains, 1));
    uint64_t session = 9;
    CHECK(!ys_event_chains_session(chains, 1, &session) && session == 9);
    CHECK(ys_event_chains_entity(chains, 4) == 0 && ys_event_chains_length(chains, 4) == 0);
    CHECK(ys_event_chains_rows(chains, 4) == NULL && ys_event_chains_times(chains, 4) == NULL);
    CHECK(ys_event_chains_steps(chains, 4) == NULL && !ys_event_chains_dropped(chains, 4));
    CHECK(ys_event_chains_stopped(chains, 4) == YS_STOPPED_NONE);
    ys_event_chains_free(chains);
    CHECK_FAILS(ys_event_funnel_chains(NULL, &columns, &chains, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_funnel_chains(funnel, NULL, &chains, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_funnel_chains(funnel, &columns, NULL, &error), YS_NULL_ARGUMENT);
    ys_event_funnel_free(funnel);

    // By session.
    funnel = funnel_of("{\"steps\": [{}], \"counting\": \"sessions\"}");
    const uint64_t sessions[EVENTS] = {7, 7, 8, 7, 7, 7, 7, 7};
    ys_event_columns cut = columns;
    cut.sessions = sessions;
    CHECK(ys_event_funnel_chains(funnel, &cut, &chains, NULL) == YS_OK);
    CHECK(ys_event_chains_count(chains) == 5);
    CHECK(ys_event_chains_session(chains, 1, &session) && session == 8);
    CHECK(ys_event_chains_session(chains, 1, NULL));
    ys_event_chains_free(chains);
    ys_event_chains_free(NULL);
    ys_event_funnel_free(funnel);
}

// Two parts: the first five events, and the others. Entity 2 is in both.
static ys_event_columns part(size_t from, size_t count) {
    ys_event_columns columns = sample_events();
    columns.count = count;
    columns.entities = WHO + from;
    columns.times = WHEN + from;
    columns.masks = WHAT + from;
    return columns;
}

static void closed_states(void) {
    ys_event_funnel *funnel = funnel_of(PLAIN);
    const ys_event_columns first = part(0, 3), second = part(3, 5);
    ys_event_state *state = NULL, *other = NULL, *read = NULL;
    CHECK(ys_event_state_new(funnel, &first, &state, NULL) == YS_OK);
    CHECK(ys_event_state_new(funnel, &second, &other, NULL) == YS_OK);
    size_t length = 0;
    CHECK(ys_event_state_bytes(other, NULL, 0, &length, NULL) == YS_OK);
    uint8_t *bytes = malloc(length);
    CHECK(bytes != NULL);
    CHECK_FAILS(ys_event_state_bytes(other, bytes, length - 1, NULL, &error), YS_BUFFER_TOO_SMALL);
    CHECK_FAILS(ys_event_state_bytes(other, NULL, 0, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_state_bytes(other, NULL, 9, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_state_bytes(NULL, bytes, length, NULL, &error), YS_NULL_ARGUMENT);
    CHECK(ys_event_state_bytes(other, bytes, length, NULL, NULL) == YS_OK);
    CHECK(ys_event_state_from_bytes(funnel, bytes, length, &read, NULL) == YS_OK);
    CHECK(ys_event_state_merge(state, read, NULL) == YS_OK);
    ys_event_result *result = NULL;
    CHECK(ys_event_state_result(state, &result, NULL) == YS_OK);
    CHECK(ys_event_counts_count(ys_event_result_total(result), 0) == 4);
    CHECK(ys_event_counts_count(ys_event_result_total(result), 2) == 1);
    ys_event_result_free(result);
    // Bytes follow the state.
    size_t merged = 0;
    CHECK(ys_event_state_bytes(state, NULL, 0, &merged, NULL) == YS_OK);
    CHECK(ys_event_state_merge(state, read, NULL) == YS_OK);
    CHECK(ys_event_state_result(state, &result, NULL) == YS_OK);
    CHECK(ys_event_counts_count(ys_event_result_total(result), 0) == 7);
    ys_event_result_free(result);
    ys_event_state_free(read);

    CHECK_FAILS(ys_event_state_merge(state, state, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_event_state_merge(NULL, other, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_state_merge(state, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_state_merge(NULL, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_state_result(NULL, &result, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_state_result(state, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_state_new(NULL, &first, &read, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_state_new(funnel, NULL, &read, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_state_new(funnel, &first, NULL, &error), YS_NULL_ARGUMENT);

    // Foreign, short, damaged, of another funnel, of another kind.
    ys_event_funnel *foreign = funnel_of(SEGMENTS);
    ys_open_event_state *open = NULL;
    read = NULL;
    CHECK_FAILS(ys_event_state_from_bytes(foreign, bytes, length, &read, &error), YS_SHAPE);
    CHECK_FAILS(ys_open_event_state_from_bytes(funnel, bytes, length, &open, &error), YS_TYPE);
    CHECK_FAILS(ys_event_state_from_bytes(funnel, bytes, length - 1, &read, &error), YS_SYNTAX);
    CHECK_FAILS(ys_event_state_from_bytes(funnel, bytes, 0, &read, &error), YS_SYNTAX);
    CHECK_FAILS(ys_event_state_from_bytes(funnel, NULL, 4, &read, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_state_from_bytes(NULL, bytes, length, &read, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_state_from_bytes(funnel, bytes, length, NULL, &error), YS_NULL_ARGUMENT);
    bytes[length - 6] ^= 1;
    CHECK_FAILS(ys_event_state_from_bytes(funnel, bytes, length, &read, &error), YS_SYNTAX);
    CHECK(read == NULL && open == NULL);
    free(bytes);
    ys_event_columns segments = part(3, 5);
    segments.segments = WHERE + 3;
    segments.segment_count = 3;
    CHECK(ys_event_state_new(foreign, &segments, &read, NULL) == YS_OK);
    CHECK_FAILS(ys_event_state_merge(state, read, &error), YS_SHAPE);
    ys_event_state_free(read);
    ys_event_funnel_free(foreign);
    ys_event_state_free(other);
    ys_event_state_free(state);
    ys_event_state_free(NULL);
    ys_event_funnel_free(funnel);
}

static void open_states(void) {
    ys_event_funnel *funnel = funnel_of(PLAIN);
    // The second part begins in the middle of entity 2.
    const ys_event_columns first = part(0, 5), second = part(5, 3);
    ys_open_event_state *state = NULL, *other = NULL, *read = NULL;
    CHECK(ys_open_event_state_new(funnel, &first, &state, NULL) == YS_OK);
    CHECK(ys_open_event_state_new(funnel, &second, &other, NULL) == YS_OK);
    CHECK(ys_open_event_state_length(other) == 3 && ys_open_event_state_length(NULL) == 0);
    size_t length = 0;
    CHECK(ys_open_event_state_bytes(other, NULL, 0, &length, NULL) == YS_OK);
    uint8_t *bytes = malloc(length);
    CHECK(bytes != NULL);
    CHECK(ys_open_event_state_bytes(other, bytes, length, NULL, NULL) == YS_OK);
    CHECK(ys_open_event_state_from_bytes(funnel, bytes, length, &read, NULL) == YS_OK);
    CHECK(ys_open_event_state_merge(state, read, NULL) == YS_OK);
    ys_event_result *result = NULL;
    CHECK(ys_open_event_state_result(state, &result, NULL) == YS_OK);
    const ys_event_counts *total = ys_event_result_total(result);
    CHECK(ys_event_counts_entities(total) == 4);
    CHECK(ys_event_counts_stopped(total, 2, YS_STOPPED_WINDOW) == 1);
    ys_event_result_free(result);

    ys_event_state *closed = NULL;
    ys_open_event_state *read_none = NULL;
    CHECK_FAILS(ys_event_state_from_bytes(funnel, bytes, length, &closed, &error), YS_TYPE);
    CHECK_FAILS(ys_open_event_state_from_bytes(funnel, bytes, 9, &read_none, &error), YS_SYNTAX);
    CHECK_FAILS(ys_open_event_state_from_bytes(NULL, bytes, 9, &read, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_open_event_state_from_bytes(funnel, NULL, 9, &read, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_open_event_state_from_bytes(funnel, bytes, 9, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_open_event_state_bytes(NULL, NULL, 0, &length, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_open_event_state_bytes(state, bytes, 1, NULL, &error), YS_BUFFER_TOO_SMALL);
    CHECK_FAILS(ys_open_event_state_merge(state, state, &error), YS_INVALID_ARGUMENT);
    CHECK_FAILS(ys_open_event_state_merge(NULL, other, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_open_event_state_merge(state, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_open_event_state_result(NULL, &result, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_open_event_state_result(state, NULL, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_open_event_state_new(NULL, &first, &read, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_open_event_state_new(funnel, NULL, &read, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_open_event_state_new(funnel, &first, NULL, &error), YS_NULL_ARGUMENT);
    free(bytes);
    ys_open_event_state_free(read);
    ys_open_event_state_free(other);
    ys_open_event_state_free(state);
    ys_open_event_state_free(NULL);
    ys_event_funnel_free(funnel);
}

static void null_is_nothing(void) {
    ys_event_funnel *funnel = funnel_of(PLAIN);
    const ys_event_columns columns = sample_events();
    ys_event_result *result = NULL;
    CHECK_FAILS(ys_event_funnel_compute(NULL, &columns, &result, &error), YS_NULL_ARGUMENT);
    CHECK_FAILS(ys_event_funnel_compute(funnel, &columns, NULL, &error), YS_NULL_ARGUMENT);
    ys_event_funnel_free(funnel);
    ys_event_result_free(NULL);
    CHECK(ys_event_result_total(NULL) == NULL);
    CHECK(ys_event_result_segment_count(NULL) == 0 && ys_event_result_period_count(NULL) == 0);
    CHECK(ys_event_result_segment_at(NULL, 0, NULL) == NULL);
    CHECK(ys_event_result_segment(NULL, 0) == NULL);
    CHECK(ys_event_result_period_at(NULL, 0, NULL, NULL) == NULL);
    CHECK(ys_event_counts_entities(NULL) == 0 && ys_event_counts_step_count(NULL) == 0);
    CHECK(ys_event_counts_count(NULL, 0) == 0 && ys_event_counts_never_entered(NULL) == 0);
    CHECK(ys_event_counts_dropped(NULL) == 0 && ys_event_counts_conversion(NULL) == NULL);
    CHECK(ys_event_counts_value(NULL, 0) == NULL);
    CHECK(ys_event_counts_stopped(NULL, 1, YS_STOPPED_GAP) == 0);
    CHECK(ys_event_counts_stopped_because(NULL, YS_STOPPED_GAP) == 0);
    CHECK(ys_event_counts_time_between(NULL, 0, 1) == NULL);
    CHECK(!ys_event_counts_correlation(NULL, 3, NULL, NULL, NULL, NULL));
    CHECK(ys_event_durations_count(NULL) == 0);
    CHECK(ys_event_durations_total(NULL) == NULL && ys_event_durations_mean(NULL) == NULL);
    CHECK(ys_event_durations_min(NULL) == NULL && ys_event_durations_max(NULL) == NULL);
    CHECK(ys_event_chains_count(NULL) == 0 && ys_event_chains_entity(NULL, 0) == 0);
    CHECK(!ys_event_chains_session(NULL, 0, NULL) && ys_event_chains_length(NULL, 0) == 0);
    CHECK(ys_event_chains_rows(NULL, 0) == NULL && ys_event_chains_times(NULL, 0) == NULL);
    CHECK(ys_event_chains_steps(NULL, 0) == NULL && !ys_event_chains_dropped(NULL, 0));
    CHECK(ys_event_chains_stopped(NULL, 0) == YS_STOPPED_NONE);
}

int main(void) {
    a_funnel_is_read_and_written();
    counts();
    segments_and_periods();
    columns_are_checked();
    every_kind_of_columns();
    chains();
    closed_states();
    open_states();
    null_is_nothing();
    return EXIT_SUCCESS;
}
