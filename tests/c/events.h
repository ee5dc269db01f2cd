// Eight events of four people, and what every test of events begins with.

#ifndef EVENTS_H
#define EVENTS_H

#include "check.h"

#define EVENTS 8

// Visit (bit 0), lead (bit 1), deal (bit 2) by hours. 1 goes all the way, 2 is too late for the deal,
// and 3 and 4 only visit.
static const uint32_t WHO[EVENTS] = {1, 1, 1, 2, 2, 2, 3, 4};
static const int64_t WHEN[EVENTS] = {0, 5, 90, 10, 20, 300, 30, 40};
static const uint8_t WHAT[EVENTS] = {1, 2, 4, 1, 2, 4, 1, 1};
static const uint32_t WHERE[EVENTS] = {0, 0, 0, 2, 2, 2, 2, 0};
static const int64_t CENTS[EVENTS] = {0, 0, 9050, 0, 0, 700, 0, 0};

static inline ys_event_columns sample_events(void) {
    ys_event_columns columns = YS_EVENT_COLUMNS_INIT;
    columns.count = EVENTS;
    columns.entities = WHO;
    columns.times = WHEN;
    columns.masks = WHAT;
    columns.mask_width = 1;
    columns.arrangement = YS_ARRANGEMENT_SORTED;
    columns.unit = YS_TIME_HOUR;
    return columns;
}

static inline ys_event_funnel *funnel_of(const char *text) {
    ys_event_funnel *funnel = NULL;
    ys_error *error = NULL;
    // Just the bytes, without their NUL.
    char *bytes = copy(text, strlen(text));
    if (ys_event_funnel_from_json(bytes, strlen(text), &funnel, &error) != YS_OK) {
        fprintf(stderr, "%s\n", ys_error_message(error));
        exit(EXIT_FAILURE);
    }
    free(bytes);
    return funnel;
}

static inline ys_event_result *compute(const ys_event_funnel *funnel,
                                       const ys_event_columns *columns) {
    ys_event_result *result = NULL;
    ys_error *error = NULL;
    if (ys_event_funnel_compute(funnel, columns, &result, &error) != YS_OK) {
        fprintf(stderr, "%s\n", ys_error_message(error));
        exit(EXIT_FAILURE);
    }
    return result;
}

#define CHECK_VALUE(value, wanted) check_value((value), (wanted), __FILE__, __LINE__)

static inline void check_value(const ys_value *value, const char *wanted, const char *file,
                               int line) {
    char text[64] = "";
    check(ys_value_text(value, text, sizeof(text), NULL, NULL) == YS_OK, "text", file, line);
    check_text(text, wanted, file, line);
}

#endif
