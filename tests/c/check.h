// What the C tests share: a check that names its place, and memory that valgrind can watch.

#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yardstick.h"

#define CHECK(condition) check((condition) != 0, #condition, __FILE__, __LINE__)
#define CHECK_TEXT(found, wanted) check_text((found), (wanted), __FILE__, __LINE__)
// A failing call: its status, and that it left an error of that status; gives the message to see.
#define CHECK_FAILS(call, wanted)                                                                  \
    do {                                                                                           \
        ys_error *error = NULL;                                                                    \
        const ys_status found = (call);                                                            \
        if (found != (wanted)) {                                                                   \
            fprintf(stderr, "%s:%d: %s is %s: %s\n", __FILE__, __LINE__, #call,                    \
                    ys_status_name(found), ys_error_message(error));                               \
            exit(EXIT_FAILURE);                                                                    \
        }                                                                                          \
        CHECK(ys_error_status(error) == (wanted));                                                 \
        CHECK(strlen(ys_error_message(error)) > 0);                                                \
        ys_error_free(error);                                                                      \
    } while (0)

static inline void check(int good, const char *what, const char *file, int line) {
    if (!good) {
        fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
        exit(EXIT_FAILURE);
    }
}

static inline void check_text(const char *found, const char *wanted, const char *file, int line) {
    if (found == NULL || strcmp(found, wanted) != 0) {
        fprintf(stderr, "%s:%d: \"%s\" where \"%s\" is due\n", file, line,
                found == NULL ? "NULL" : found, wanted);
        exit(EXIT_FAILURE);
    }
}

// A copy on the heap of just these bytes, so that a read beyond them is seen.
static inline void *copy(const void *bytes, size_t length) {
    void *memory = malloc(length > 0 ? length : 1);
    check(memory != NULL, "memory", __FILE__, __LINE__);
    memcpy(memory, bytes, length);
    return memory;
}

#endif
