// A defect of the library: every thread gets its own YS_PANIC, and what was `const` goes on working.
// Linked to a library that was built with --cfg yardstick_test_panic.

#include <pthread.h>

#include "../sample.h"

#define THREADS 8
#define TIMES 5

// In no header.
ys_status ys_test_panic(const ys_model *model, ys_error **error);

typedef struct shared {
    const ys_model *model;
    const ys_facts *facts;
    const char *wanted;
} shared;

static void *work(void *argument) {
    const shared *all = argument;
    for (int i = 0; i < TIMES; i++) {
        ys_error *error = NULL;
        CHECK(ys_test_panic(all->model, &error) == YS_PANIC);
        CHECK(ys_error_status(error) == YS_PANIC);
        CHECK_TEXT(ys_error_message(error), "a defect of the library: asked for, with 2 measures; "
                                            "please report it");
        CHECK(ys_error_problem_count(error) == 0);
        ys_error_free(error);
        CHECK(ys_test_panic(all->model, NULL) == YS_PANIC);
        // The same handle, and the facts that were built for it.
        CHECK_TEXT(ys_model_measure_name(all->model, 1), "orders");
        char *text = evaluate(all->model, all->facts);
        CHECK_TEXT(text, all->wanted);
        free(text);
        CHECK_FAILS(ys_test_panic(NULL, &error), YS_NULL_ARGUMENT);
    }
    return NULL;
}

int main(void) {
    ys_model *model = sample_model();
    ys_facts *facts = sample_facts(model);
    char *wanted = evaluate(model, facts);
    shared all = {model, facts, wanted};
    work(&all);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, work, &all) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    free(wanted);
    ys_facts_free(facts);
    // And a new model after all of them.
    ys_model_free(model);
    model = sample_model();
    CHECK(ys_model_measure_count(model) == 2);
    ys_model_free(model);
    return EXIT_SUCCESS;
}
