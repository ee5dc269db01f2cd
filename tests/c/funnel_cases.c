// Answers funnels of events that a file asks, as text, so that they can be compared with Rust's.
//
// A case is its query as JSON on one line; a line of the number of events, the number of segments and
// whether rows are sorted; and a line for each event: entity, time, mask, segment. The answer is a line
// for all and one for each segment: entities, those dropped, those that never entered, the counts of
// the steps, the conversion, with lines for times and correlations that are asked for; then a line for each chain: entity, whether it is dropped, rows, times.
// Without an argument there is nothing to answer.

#include <inttypes.h>

#include "check.h"

// The longest line.
#define LINE 65536

static void print_times(const ys_event_counts *counts) {
    const uint32_t steps = (uint32_t)ys_event_counts_step_count(counts);
    for (uint32_t to = 0; to < steps; to++) {
        for (uint32_t from = 0; from < to; from++) {
            const ys_event_durations *times = ys_event_counts_time_between(counts, from, to);
            if (times != NULL) {
                char total[128];
                CHECK(ys_value_text(ys_event_durations_total(times), total, sizeof(total), NULL,
                                    NULL) == YS_OK);
                printf("time %" PRIu32 " %" PRIu32 ": %" PRIu64 " %s\n", from, to,
                       ys_event_durations_count(times), total);
            }
        }
    }
}

static void print_counts(const char *name, const ys_event_counts *counts) {
    printf("%s %" PRIu64 " %" PRIu64 " %" PRIu64 ":", name, ys_event_counts_entities(counts),
           ys_event_counts_dropped(counts), ys_event_counts_never_entered(counts));
    for (size_t step = 0; step < ys_event_counts_step_count(counts); step++) {
        printf(" %" PRIu64, ys_event_counts_count(counts, step));
    }
    char conversion[128];
    CHECK(ys_value_text(ys_event_counts_conversion(counts), conversion, sizeof(conversion), NULL,
                        NULL) == YS_OK);
    printf(" = %s\n", conversion);
    print_times(counts);
    for (uint32_t bit = 0; bit < 64; bit++) {
        uint64_t all[2], having[2];
        if (ys_event_counts_correlation(counts, bit, &all[0], &all[1], &having[0], &having[1])) {
            printf("bit %" PRIu32 ": %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", bit, all[0],
                   all[1], having[0], having[1]);
        }
    }
}

static void print_result(const ys_event_result *result) {
    print_counts("all", ys_event_result_total(result));
    for (size_t i = 0; i < ys_event_result_segment_count(result); i++) {
        uint32_t code = 0;
        const ys_event_counts *counts = ys_event_result_segment_at(result, i, &code);
        char name[16];
        snprintf(name, sizeof(name), "%" PRIu32, code);
        print_counts(name, counts);
    }
}

static void print_chains(const ys_event_chains *chains) {
    for (size_t i = 0; i < ys_event_chains_count(chains); i++) {
        printf("chain %" PRIu64 " %d:", ys_event_chains_entity(chains, i),
               (int)ys_event_chains_dropped(chains, i));
        for (size_t at = 0; at < ys_event_chains_length(chains, i); at++) {
            printf(" %zu at %" PRId64, ys_event_chains_rows(chains, i)[at],
                   ys_event_chains_times(chains, i)[at]);
        }
        printf("\n");
    }
}

static void *memory(size_t count, size_t size) {
    void *memory = calloc(count > 0 ? count : 1, size);
    CHECK(memory != NULL);
    return memory;
}

// Reads the events below a query and answers it.
static void answer(FILE *file, const char *query) {
    size_t count = 0;
    uint32_t segment_count = 0;
    int sorted = 0;
    CHECK(fscanf(file, "%zu %" SCNu32 " %d\n", &count, &segment_count, &sorted) == 3);
    uint32_t *entities = memory(count, sizeof(*entities));
    int64_t *times = memory(count, sizeof(*times));
    uint64_t *masks = memory(count, sizeof(*masks));
    uint32_t *segments = memory(count, sizeof(*segments));
    for (size_t i = 0; i < count; i++) {
        CHECK(fscanf(file, "%" SCNu32 " %" SCNd64 " %" SCNu64 " %" SCNu32 "\n", &entities[i],
                     &times[i], &masks[i], &segments[i]) == 4);
    }
    ys_event_columns columns = YS_EVENT_COLUMNS_INIT;
    columns.count = count;
    columns.entities = entities;
    columns.times = times;
    columns.masks = masks;
    columns.mask_width = 8;
    columns.segments = segments;
    columns.segment_count = segment_count;
    columns.arrangement = sorted ? YS_ARRANGEMENT_SORTED : YS_ARRANGEMENT_UNSORTED;
    ys_event_funnel *funnel = NULL;
    ys_event_result *result = NULL;
    ys_event_chains *chains = NULL;
    ys_error *error = NULL;
    if (ys_event_funnel_from_json(query, strlen(query), &funnel, &error) != YS_OK ||
        ys_event_funnel_compute(funnel, &columns, &result, &error) != YS_OK ||
        ys_event_funnel_chains(funnel, &columns, &chains, &error) != YS_OK) {
        fprintf(stderr, "%s: %s\n", query, ys_error_message(error));
        exit(EXIT_FAILURE);
    }
    print_result(result);
    print_chains(chains);
    ys_event_chains_free(chains);
    ys_event_result_free(result);
    ys_event_funnel_free(funnel);
    free(entities);
    free(times);
    free(masks);
    free(segments);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        return EXIT_SUCCESS;
    }
    FILE *file = fopen(argv[1], "r");
    CHECK(file != NULL);
    char *line = memory(LINE, 1);
    while (fgets(line, LINE, file) != NULL) {
        const size_t end = strcspn(line, "\n");
        CHECK(line[end] == '\n');
        line[end] = '\0';
        answer(file, line);
    }
    free(line);
    fclose(file);
    return EXIT_SUCCESS;
}
