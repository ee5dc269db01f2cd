// A model and facts in, a report out: the main job in C.
//
//     cargo rustc --lib --release --features capi --crate-type staticlib
//     cc -I include examples/c/scorecard.c target/release/libyardstick.a -lpthread -ldl -lm
//     ./a.out MODEL.json FACTS.csv --as-of YYYY-MM-DD
//
// Without arguments it reads examples/data/shop, seen from the folder of the library's source. The
// facts have a header with `date` and the dimensions and measures of the model, in any order; cells
// have no quotes, and an empty cell of a measure is a missing value. Columns that the model does not
// have are left out.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yardstick.h"

// ---- Reading files -------------------------------------------------------------------------------

// Memory, or the end: an example has nothing to fall back on.
static void *space(size_t count, size_t size) {
    void *memory = calloc(count > 0 ? count : 1, size);
    if (memory == NULL) {
        fputs("out of memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    return memory;
}

// A whole file with a NUL after it; NULL where it cannot be read.
static char *read_file(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    size_t capacity = 1 << 16;
    char *text = space(capacity, 1);
    size_t used = 0;
    size_t got;
    while ((got = fread(text + used, 1, capacity - used - 1, file)) > 0) {
        used += got;
        if (used == capacity - 1) {
            char *larger = space(capacity * 2, 1);
            memcpy(larger, text, used);
            free(text);
            text = larger;
            capacity *= 2;
        }
    }
    const int failed = ferror(file);
    fclose(file);
    if (failed) {
        free(text);
        return NULL;
    }
    text[used] = '\0';
    *length = used;
    return text;
}

// A part of the text of the file.
typedef struct cell {
    const char *text;
    size_t length;
} cell;

typedef struct table {
    cell *header;
    size_t columns;
    cell *cells; // row by row
    size_t *lines; // the line in the file of each row
    size_t rows;
} table;

static size_t count_of(char what, const char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += text[i] == what;
    }
    return count;
}

// Splits one line into `columns` cells; says whether it has as many.
static bool split(const char *line, size_t length, cell *cells, size_t columns) {
    if (count_of(',', line, length) + 1 != columns) {
        return false;
    }
    size_t from = 0;
    for (size_t i = 0; i < columns; i++) {
        size_t to = from;
        while (to < length && line[to] != ',') {
            to++;
        }
        cells[i] = (cell){line + from, to - from};
        from = to + 1;
    }
    return true;
}

static bool read_table(const char *path, const char *text, size_t length, table *result) {
    const size_t most = count_of('\n', text, length) + 1;
    size_t line = 0;
    for (size_t at = 0; at < length;) {
        const char *end = memchr(text + at, '\n', length - at);
        const size_t next = end == NULL ? length : (size_t)(end - text) + 1;
        size_t width = (end == NULL ? length : next - 1) - at;
        width -= width > 0 && text[at + width - 1] == '\r';
        line++;
        if (result->header == NULL) {
            result->columns = count_of(',', text + at, width) + 1;
            result->header = space(result->columns, sizeof(cell));
            result->cells = space(most * result->columns, sizeof(cell));
            result->lines = space(most, sizeof(size_t));
            split(text + at, width, result->header, result->columns);
        } else if (width > 0) {
            cell *cells = result->cells + result->rows * result->columns;
            if (!split(text + at, width, cells, result->columns)) {
                fprintf(stderr, "%s: line %zu has not the %zu cells of the header\n", path, line,
                        result->columns);
                return false;
            }
            result->lines[result->rows] = line;
            result->rows++;
        }
        at = next;
    }
    return true;
}

static void free_table(table *table) {
    free(table->header);
    free(table->cells);
    free(table->lines);
}

static bool find_column(const table *table, const char *name, size_t *column) {
    for (*column = 0; *column < table->columns; ++*column) {
        const cell *header = &table->header[*column];
        if (header->length == strlen(name) && memcmp(header->text, name, header->length) == 0) {
            return true;
        }
    }
    return false;
}

// ---- Errors --------------------------------------------------------------------------------------

static void show_one(const char *path, const table *table, const ys_error *error) {
    size_t row = 0;
    if (table != NULL && ys_error_row(error, &row) && row < table->rows) {
        const char *column = ys_error_column(error);
        fprintf(stderr, "%s: line %zu", path, table->lines[row]);
        if (column != NULL) {
            fprintf(stderr, ", column \"%s\"", column);
        }
        fprintf(stderr, ": %s\n", ys_error_detail(error));
    } else {
        // Its place, in a document for example, stands in front.
        fprintf(stderr, "%s: %s\n", path, ys_error_message(error));
    }
}

// Shows an error, or each of its problems, and frees it.
static void show(const char *path, const table *table, ys_error *error) {
    const size_t problems = ys_error_problem_count(error);
    for (size_t i = 0; i < problems; i++) {
        show_one(path, table, ys_error_problem(error, i));
    }
    if (problems == 0) {
        show_one(path, table, error);
    }
    ys_error_free(error);
}

// ---- Columns -------------------------------------------------------------------------------------

// What the facts borrow, until they are freed.
typedef struct borrowed {
    int32_t *days;
    int64_t **values; // one for each measure; NULL where it went in as text
    uint8_t **validity;
    size_t measures;
} borrowed;

static void free_borrowed(borrowed *memory) {
    for (size_t i = 0; i < memory->measures; i++) {
        free(memory->values[i]);
        free(memory->validity[i]);
    }
    free(memory->values);
    free(memory->validity);
    free(memory->days);
}

static const cell *cell_at(const table *table, size_t row, size_t column) {
    return &table->cells[row * table->columns + column];
}

// The cells that are not empty, a bit each.
static uint8_t *validity_of(const table *table, size_t column) {
    uint8_t *bits = space(table->rows / 8 + 1, 1);
    for (size_t row = 0; row < table->rows; row++) {
        if (cell_at(table, row, column)->length > 0) {
            bits[row / 8] |= (uint8_t)(1 << (row % 8));
        }
    }
    return bits;
}

// A column as integers; NULL where some cell is none, or has more digits than surely fit.
static int64_t *integers_of(const table *table, size_t column) {
    int64_t *values = space(table->rows, sizeof(int64_t));
    for (size_t row = 0; row < table->rows; row++) {
        const cell *cell = cell_at(table, row, column);
        const bool negative = cell->length > 0 && cell->text[0] == '-';
        const size_t digits = cell->length - negative;
        bool good = cell->length == 0 || (digits > 0 && digits <= 18);
        for (size_t i = negative; good && i < cell->length; i++) {
            good = cell->text[i] >= '0' && cell->text[i] <= '9';
            values[row] = values[row] * 10 + (cell->text[i] - '0');
        }
        if (!good) {
            free(values);
            return NULL;
        }
        values[row] = negative ? -values[row] : values[row];
    }
    return values;
}

// A column as texts. The bytes of a column do not lie side by side in the file, so they are copied;
// the library reads them during the call, and they are freed after it.
typedef struct texts {
    char *data;
    int64_t *offsets;
} texts;

static texts texts_of(const table *table, size_t column, ys_text_column *result) {
    size_t length = 0;
    for (size_t row = 0; row < table->rows; row++) {
        length += cell_at(table, row, column)->length;
    }
    texts texts = {space(length, 1), space(table->rows + 1, sizeof(int64_t))};
    size_t used = 0;
    for (size_t row = 0; row < table->rows; row++) {
        const cell *cell = cell_at(table, row, column);
        memcpy(texts.data + used, cell->text, cell->length);
        used += cell->length;
        texts.offsets[row + 1] = (int64_t)used;
    }
    result->data = texts.data;
    result->data_length = length;
    result->large_offsets = texts.offsets;
    result->count = table->rows;
    return texts;
}

static void free_texts(texts *texts) {
    free(texts->data);
    free(texts->offsets);
}

static ys_status add_dimension(ys_facts_builder *builder, const char *name, const table *table,
                               size_t column, ys_error **error) {
    ys_text_column values = YS_TEXT_COLUMN_INIT;
    texts texts = texts_of(table, column, &values);
    const ys_status status =
        ys_facts_builder_add_dimension(builder, name, strlen(name), &values, error);
    free_texts(&texts);
    return status;
}

// Whole numbers go in as integers and are borrowed, all others as text.
static ys_status add_measure(ys_facts_builder *builder, const char *name, const table *table,
                             size_t column, borrowed *memory, size_t measure, ys_error **error) {
    uint8_t *validity = memory->validity[measure] = validity_of(table, column);
    int64_t *integers = memory->values[measure] = integers_of(table, column);
    if (integers != NULL) {
        ys_integer_column values = YS_INTEGER_COLUMN_INIT;
        values.values = integers;
        values.count = table->rows;
        values.validity = validity;
        return ys_facts_builder_add_integers(builder, name, strlen(name), &values, error);
    }
    ys_text_column values = YS_TEXT_COLUMN_INIT;
    texts texts = texts_of(table, column, &values);
    values.validity = validity;
    const ys_status status =
        ys_facts_builder_add_text(builder, name, strlen(name), &values, error);
    free_texts(&texts);
    return status;
}

static bool read_days(const char *path, const table *table, borrowed *memory) {
    size_t column;
    if (!find_column(table, "date", &column)) {
        fprintf(stderr, "%s: the header has no column \"date\"; add one of YYYY-MM-DD\n", path);
        return false;
    }
    memory->days = space(table->rows, sizeof(int32_t));
    for (size_t row = 0; row < table->rows; row++) {
        const cell *cell = cell_at(table, row, column);
        ys_error *error = NULL;
        if (ys_date_parse(cell->text, cell->length, &memory->days[row], &error) != YS_OK) {
            fprintf(stderr, "%s: line %zu, column \"date\": %s\n", path, table->lines[row],
                    ys_error_message(error));
            ys_error_free(error);
            return false;
        }
    }
    return true;
}

// ---- The job -------------------------------------------------------------------------------------

static ys_status add_columns(ys_facts_builder *builder, const ys_model *model, const table *table,
                             borrowed *memory, ys_error **error) {
    ys_status status = ys_facts_builder_set_days(builder, memory->days, table->rows, error);
    for (size_t i = 0; status == YS_OK && i < ys_model_dimension_count(model); i++) {
        const char *name = ys_model_dimension_name(model, i);
        size_t column;
        // A column that is absent is told by ys_facts_build, with all else.
        if (find_column(table, name, &column)) {
            status = add_dimension(builder, name, table, column, error);
        }
    }
    for (size_t i = 0; status == YS_OK && i < memory->measures; i++) {
        const char *name = ys_model_measure_name(model, i);
        size_t column;
        if (find_column(table, name, &column)) {
            status = add_measure(builder, name, table, column, memory, i, error);
        }
    }
    return status;
}

static ys_facts *build_facts(const char *path, const ys_model *model, const table *table,
                             borrowed *memory) {
    if (!read_days(path, table, memory)) {
        return NULL;
    }
    ys_error *error = NULL;
    ys_facts_builder *builder = NULL;
    ys_facts *facts = NULL;
    ys_status status = ys_facts_builder_new(model, &builder, &error);
    if (status == YS_OK) {
        status = add_columns(builder, model, table, memory, &error);
    }
    if (status == YS_OK) {
        status = ys_facts_build(builder, &facts, &error);
    }
    ys_facts_builder_free(builder);
    if (status != YS_OK) {
        show(path, table, error);
    }
    return facts;
}

static bool print_report(const ys_report *report) {
    size_t needed = 0;
    ys_report_json(report, NULL, 0, &needed, NULL);
    char *text = space(needed, 1);
    const bool good = ys_report_json(report, text, needed, NULL, NULL) == YS_OK &&
                      fputs(text, stdout) >= 0;
    free(text);
    return good;
}

static bool evaluate(const char *facts_path, const ys_model *model, const table *table,
                     int32_t day) {
    borrowed memory = {NULL, NULL, NULL, ys_model_measure_count(model)};
    memory.values = space(memory.measures, sizeof(int64_t *));
    memory.validity = space(memory.measures, sizeof(uint8_t *));
    ys_facts *facts = build_facts(facts_path, model, table, &memory);
    ys_report *report = NULL;
    ys_error *error = NULL;
    bool good = facts != NULL;
    if (good && ys_model_evaluate(model, facts, day, &report, &error) != YS_OK) {
        show("evaluation", NULL, error);
        good = false;
    }
    good = good && print_report(report);
    ys_report_free(report);
    ys_facts_free(facts);
    free_borrowed(&memory);
    return good;
}

static bool scorecard(const char *model_path, const char *facts_path, const char *as_of) {
    ys_error *error = NULL;
    int32_t day = 0;
    if (ys_date_parse(as_of, strlen(as_of), &day, &error) != YS_OK) {
        show("--as-of", NULL, error);
        return false;
    }
    size_t model_length = 0;
    size_t facts_length = 0;
    char *model_text = read_file(model_path, &model_length);
    char *facts_text = read_file(facts_path, &facts_length);
    table table = {NULL, 0, NULL, NULL, 0};
    ys_model *model = NULL;
    bool good = model_text != NULL && facts_text != NULL;
    if (!good) {
        fprintf(stderr, "%s: cannot be read\n", model_text == NULL ? model_path : facts_path);
    } else if (ys_model_from_json(model_text, model_length, &model, &error) != YS_OK) {
        show(model_path, NULL, error);
        good = false;
    }
    good = good && read_table(facts_path, facts_text, facts_length, &table);
    good = good && evaluate(facts_path, model, &table, day);
    ys_model_free(model);
    free_table(&table);
    free(facts_text);
    free(model_text);
    return good;
}

int main(int count, char **arguments) {
    if (ys_abi_version() != YS_ABI_VERSION) {
        fprintf(stderr, "yardstick.h has version %d of the interface, the library %u\n",
                YS_ABI_VERSION, (unsigned)ys_abi_version());
        return EXIT_FAILURE;
    }
    bool good = false;
    if (count == 1) {
        good = scorecard("examples/data/shop/model.json", "examples/data/shop/facts.csv",
                         "2011-12-09");
    } else if (count == 5 && strcmp(arguments[3], "--as-of") == 0) {
        good = scorecard(arguments[1], arguments[2], arguments[4]);
    } else {
        fputs("usage: scorecard [MODEL.json FACTS.csv --as-of YYYY-MM-DD]\n", stderr);
    }
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
