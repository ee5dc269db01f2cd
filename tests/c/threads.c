// One model, one table of facts and one report, used by many threads at once.

#include <pthread.h>

#include "sample.h"

#define THREADS 8
#define TIMES 12

typedef struct shared {
    const ys_model *model;
    const ys_facts *facts;
    const ys_report *report;
    const char *wanted;
} shared;

static void *work(void *argument) {
    const shared *all = argument;
    for (int i = 0; i < TIMES; i++) {
        // The first call of all writes the text that every thread reads.
        char *text = json_of(all->report);
        CHECK_TEXT(text, all->wanted);
        free(text);
        text = evaluate(all->model, all->facts);
        CHECK_TEXT(text, all->wanted);
        free(text);
        CHECK_TEXT(ys_model_measure_name(all->model, 1), "orders");
        // An error belongs to who asked, whatever the others do.
        ys_error *error = NULL;
        ys_decimal value;
        CHECK(ys_decimal_parse("1,5", 3, &value, &error) == YS_SYNTAX);
        CHECK(strstr(ys_error_message(error), "1,5") != NULL);
        ys_error_free(error);
    }
    return NULL;
}

int main(void) {
    ys_model *model = sample_model();
    ys_facts *facts = sample_facts(model);
    ys_report *report = NULL;
    CHECK(ys_model_evaluate(model, facts, AS_OF, &report, NULL) == YS_OK);
    char *wanted = evaluate(model, facts);
    shared all = {model, facts, report, wanted};
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, work, &all) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    free(wanted);
    ys_report_free(report);
    ys_facts_free(facts);
    ys_model_free(model);
    return EXIT_SUCCESS;
}
