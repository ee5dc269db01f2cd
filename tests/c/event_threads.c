// One funnel, one result, one state, one pattern and one matrix, used by eight threads at once.

#include <pthread.h>

#include "events.h"

#define THREADS 8
#define TIMES 25

typedef struct shared {
    const ys_event_funnel *funnel;
    const ys_event_result *result;
    const ys_event_state *state;
    const ys_pattern *pattern;
    const ys_retention *retention;
    const ys_retention_matrix *matrix;
} shared;

static void *work(void *argument) {
    const shared *all = argument;
    const ys_event_columns columns = sample_events();
    for (int i = 0; i < TIMES; i++) {
        // The first call of all makes what every thread reads.
        char text[512];
        CHECK(ys_event_funnel_json(all->funnel, text, sizeof(text), NULL, NULL) == YS_OK);
        CHECK_VALUE(ys_retention_matrix_rate(all->matrix, 0, 0), "1");
        CHECK_VALUE(ys_retention_matrix_weighted_rate(all->matrix, 0), "1");
        uint8_t bytes[512];
        size_t length = 0;
        CHECK(ys_event_state_bytes(all->state, bytes, sizeof(bytes), &length, NULL) == YS_OK);
        ys_event_state *read = NULL;
        CHECK(ys_event_state_from_bytes(all->funnel, bytes, length, &read, NULL) == YS_OK);
        CHECK(ys_event_state_merge(read, all->state, NULL) == YS_OK);
        ys_event_result *twice = NULL;
        CHECK(ys_event_state_result(read, &twice, NULL) == YS_OK);
        CHECK(ys_event_counts_count(ys_event_result_total(twice), 0) == 8);
        ys_event_result_free(twice);
        ys_event_state_free(read);
        CHECK_VALUE(ys_event_counts_conversion(ys_event_result_total(all->result)), "1/2");
        ys_event_result *result = compute(all->funnel, &columns);
        CHECK(ys_event_counts_count(ys_event_result_total(result), 2) == 2);
        ys_event_result_free(result);
        uint64_t entities = 0, matching = 0;
        CHECK(ys_pattern_matches(all->pattern, &columns, &entities, &matching, NULL) == YS_OK);
        CHECK(entities == 4 && matching == 2);
        ys_retention_matrix *matrix = NULL;
        CHECK(ys_retention_compute(all->retention, &columns, &matrix, NULL) == YS_OK);
        CHECK(ys_retention_matrix_size(matrix, 0) == 4);
        ys_retention_matrix_free(matrix);
    }
    return NULL;
}

int main(void) {
    const ys_event_columns columns = sample_events();
    ys_event_funnel *funnel = funnel_of("{\"steps\": [{}, {}, {}]}");
    ys_event_result *result = compute(funnel, &columns);
    ys_event_state *state = NULL;
    CHECK(ys_event_state_new(funnel, &columns, &state, NULL) == YS_OK);
    ys_pattern *pattern = NULL;
    CHECK(ys_pattern_from_text("(?1)(?2)", 8, &pattern, NULL) == YS_OK);
    ys_retention_settings settings = YS_RETENTION_SETTINGS_INIT;
    settings.intervals = 2;
    ys_retention *retention = NULL;
    CHECK(ys_retention_new(&settings, &retention, NULL) == YS_OK);
    ys_retention_matrix *matrix = NULL;
    CHECK(ys_retention_compute(retention, &columns, &matrix, NULL) == YS_OK);
    shared all = {funnel, result, state, pattern, retention, matrix};
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, work, &all) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    ys_retention_matrix_free(matrix);
    ys_retention_free(retention);
    ys_pattern_free(pattern);
    ys_event_state_free(state);
    ys_event_result_free(result);
    ys_event_funnel_free(funnel);
    return EXIT_SUCCESS;
}
