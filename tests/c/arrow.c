// Record batches by the Arrow C Data Interface, made by hand: every format, offsets, and whatever is
// wrong with them. Each struct is released once, and its buffers are on the heap, freed by that.

#include "sample.h"

#define COLUMNS 4

static int live_schemas = 0;
static int live_arrays = 0;

// What a struct owns, freed by its release.
typedef struct owned {
    void *buffers[3];
} owned;

static void release_schema(struct ArrowSchema *schema) {
    CHECK(schema->release != NULL);
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i]->release != NULL) {
            schema->children[i]->release(schema->children[i]);
        }
        free(schema->children[i]);
    }
    free(schema->children);
    if (schema->dictionary != NULL) {
        schema->dictionary->release(schema->dictionary);
        free(schema->dictionary);
    }
    schema->release = NULL;
    live_schemas--;
}

static void release_array(struct ArrowArray *array) {
    CHECK(array->release != NULL);
    for (int64_t i = 0; i < array->n_children; i++) {
        if (array->children[i]->release != NULL) {
            array->children[i]->release(array->children[i]);
        }
        free(array->children[i]);
    }
    free(array->children);
    if (array->dictionary != NULL) {
        array->dictionary->release(array->dictionary);
        free(array->dictionary);
    }
    owned *mine = array->private_data;
    for (int i = 0; i < 3; i++) {
        free(mine->buffers[i]);
    }
    free(mine);
    free(array->buffers);
    array->release = NULL;
    live_arrays--;
}

static struct ArrowSchema schema_of(const char *format, const char *name) {
    struct ArrowSchema schema;
    memset(&schema, 0, sizeof(schema));
    schema.format = format;
    schema.name = name;
    schema.flags = ARROW_FLAG_NULLABLE;
    schema.release = release_schema;
    live_schemas++;
    return schema;
}

static struct ArrowArray array_of(int64_t length, int64_t buffers) {
    struct ArrowArray array;
    memset(&array, 0, sizeof(array));
    array.length = length;
    array.n_buffers = buffers;
    array.buffers = calloc(3, sizeof(void *));
    array.private_data = calloc(1, sizeof(owned));
    CHECK(array.buffers != NULL && array.private_data != NULL);
    array.release = release_array;
    live_arrays++;
    return array;
}

static void set_buffer(struct ArrowArray *array, int index, const void *bytes, size_t length) {
    owned *mine = array->private_data;
    free(mine->buffers[index]);
    mine->buffers[index] = bytes == NULL ? NULL : copy(bytes, length);
    array->buffers[index] = mine->buffers[index];
}

// A batch under construction: what goes in, and what the builder takes over.
typedef struct batch {
    struct ArrowSchema schema;
    struct ArrowArray array;
} batch;

static void add(batch *batch, struct ArrowSchema schema, struct ArrowArray array) {
    struct ArrowSchema *type = malloc(sizeof(*type));
    struct ArrowArray *values = malloc(sizeof(*values));
    CHECK(type != NULL && values != NULL);
    *type = schema;
    *values = array;
    batch->schema.children[batch->schema.n_children++] = type;
    batch->array.children[batch->array.n_children++] = values;
}

static struct ArrowArray values_of(const void *values, size_t size, size_t rows) {
    struct ArrowArray array = array_of((int64_t)rows, 2);
    set_buffer(&array, 1, values, size * rows);
    return array;
}

static struct ArrowArray texts_of(const char *data, const int32_t *offsets, size_t rows) {
    struct ArrowArray array = array_of((int64_t)rows, 3);
    set_buffer(&array, 1, offsets, (rows + 1) * sizeof(int32_t));
    set_buffer(&array, 2, data, (size_t)offsets[rows]);
    return array;
}

static batch begin(void) {
    batch made;
    made.schema = schema_of("+s", "");
    made.array = array_of(ROWS, 1);
    made.schema.children = calloc(COLUMNS, sizeof(void *));
    made.array.children = calloc(COLUMNS, sizeof(void *));
    CHECK(made.schema.children != NULL && made.array.children != NULL);
    return made;
}

// Days, countries, revenue in cents and orders, as the sample has them.
static batch sample_batch(void) {
    batch made = begin();
    add(&made, schema_of("tdD", "date"), values_of(DAYS, sizeof(int32_t), ROWS));
    add(&made, schema_of("u", "country"), texts_of(COUNTRIES, COUNTRY_OFFSETS, ROWS));
    ys_int128 wide[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        wide[i].lo = (uint64_t)CENTS[i];
        wide[i].hi = CENTS[i] < 0 ? -1 : 0;
    }
    add(&made, schema_of("d:38,2", "revenue"), values_of(wide, sizeof(ys_int128), ROWS));
    add(&made, schema_of("l", "orders"), values_of(ORDERS, sizeof(int64_t), ROWS));
    return made;
}

static void replace(batch *batch, int column, struct ArrowSchema schema, struct ArrowArray array) {
    batch->schema.children[column]->release(batch->schema.children[column]);
    batch->array.children[column]->release(batch->array.children[column]);
    *batch->schema.children[column] = schema;
    *batch->array.children[column] = array;
}

static ys_status give(ys_facts_builder *builder, batch *batch, ys_error **error) {
    const ys_status status =
        ys_facts_builder_add_record_batch(builder, &batch->schema, &batch->array, error);
    // Taken over whatever the status.
    CHECK(batch->schema.release == NULL && batch->array.release == NULL);
    CHECK(live_schemas == 0);
    return status;
}

// Checks that a batch gives the sample's report, and that its array lives as long as the facts.
static void is_the_sample(batch batch, const ys_model *model, const char *wanted) {
    ys_facts_builder *builder = sample_builder(model);
    ys_error *error = NULL;
    if (give(builder, &batch, &error) != YS_OK) {
        fprintf(stderr, "%s\n", ys_error_message(error));
        exit(EXIT_FAILURE);
    }
    CHECK(live_arrays > 0);
    ys_facts *facts = build(builder);
    CHECK(live_arrays > 0);
    char *text = evaluate(model, facts);
    CHECK_TEXT(text, wanted);
    free(text);
    ys_facts_free(facts);
    CHECK(live_arrays == 0);
}

// Checks that a batch is refused and released, and that the builder goes on.
static void refuses(batch batch, const ys_model *model, ys_status status, const char *column) {
    ys_facts_builder *builder = sample_builder(model);
    ys_error *error = NULL;
    const ys_status found = give(builder, &batch, &error);
    if (found != status || strstr(ys_error_message(error), column) == NULL) {
        fprintf(stderr, "%s where %s is due, of %s: %s\n", ys_status_name(found),
                ys_status_name(status), column, ys_error_message(error));
        exit(EXIT_FAILURE);
    }
    ys_error_free(error);
    CHECK(live_arrays == 0);
    batch = sample_batch();
    CHECK(give(builder, &batch, NULL) == YS_OK);
    ys_facts_free(build(builder));
    CHECK(live_arrays == 0);
}

static void every_format(const ys_model *model, const char *wanted) {
    is_the_sample(sample_batch(), model, wanted);

    // Orders as integers of each width.
    static const struct {
        const char *format;
        size_t size;
    } formats[] = {{"c", 1}, {"C", 1}, {"s", 2}, {"S", 2}, {"i", 4}, {"I", 4}, {"l", 8}, {"L", 8}};
    for (size_t f = 0; f < sizeof(formats) / sizeof(formats[0]); f++) {
        // Little-endian machines have the low bytes first.
        char narrow[ROWS * 8];
        for (size_t i = 0; i < ROWS; i++) {
            memcpy(narrow + i * formats[f].size, &ORDERS[i], formats[f].size);
        }
        batch made = sample_batch();
        replace(&made, 3, schema_of(formats[f].format, "orders"),
                values_of(narrow, formats[f].size, ROWS));
        is_the_sample(made, model, wanted);
    }

    // Revenue as text, and in wide text.
    batch made = sample_batch();
    static const int32_t offsets[] = {0, 5, 9, 13, 15};
    replace(&made, 2, schema_of("u", "revenue"), texts_of("19.995.0020.5-1", offsets, ROWS));
    is_the_sample(made, model, wanted);
    made = sample_batch();
    static const int64_t large[] = {0, 5, 9, 13, 15};
    struct ArrowArray texts = array_of(ROWS, 3);
    set_buffer(&texts, 1, large, sizeof(large));
    set_buffer(&texts, 2, "19.995.0020.5-1", 15);
    replace(&made, 2, schema_of("U", "revenue"), texts);
    is_the_sample(made, model, wanted);
    // A width that is said, and the days as times.
    made = sample_batch();
    made.schema.children[2]->format = "d:10,2,128";
    is_the_sample(made, model, wanted);
    static const char *const times[] = {"tss:", "tsm:UTC", "tsu:", "tsn:+00:00", "tdm"};
    static const int64_t units[] = {1, 1000, 1000000, 1000000000, 1000};
    for (size_t t = 0; t < 5; t++) {
        int64_t values[ROWS];
        for (size_t i = 0; i < ROWS; i++) {
            values[i] = DAYS[i] * 86400 * units[t];
        }
        made = sample_batch();
        replace(&made, 0, schema_of(times[t], "at"), values_of(values, sizeof(int64_t), ROWS));
        is_the_sample(made, model, wanted);
    }
}

static void with_dictionary(batch *batch, const char *index, const void *codes, size_t size) {
    struct ArrowSchema schema = schema_of(index, "country");
    struct ArrowArray array = values_of(codes, size, ROWS);
    schema.dictionary = malloc(sizeof(*schema.dictionary));
    array.dictionary = malloc(sizeof(*array.dictionary));
    CHECK(schema.dictionary != NULL && array.dictionary != NULL);
    static const int32_t offsets[] = {0, 2, 4};
    *schema.dictionary = schema_of("u", "");
    *array.dictionary = texts_of("FRDE", offsets, 2);
    replace(batch, 1, schema, array);
}

static void dictionaries(const ys_model *model, const char *wanted) {
    static const int32_t wide[ROWS] = {1, 0, 1, 1};
    static const int8_t narrow[ROWS] = {1, 0, 1, 1};
    batch made = sample_batch();
    with_dictionary(&made, "i", wide, sizeof(int32_t));
    is_the_sample(made, model, wanted);
    made = sample_batch();
    with_dictionary(&made, "c", narrow, 1);
    is_the_sample(made, model, wanted);

    static const int32_t beyond[ROWS] = {1, 0, 2, 1};
    static const int32_t below[ROWS] = {1, 0, -1, 1};
    static const int8_t narrow_below[ROWS] = {1, 0, -1, 1};
    made = sample_batch();
    with_dictionary(&made, "i", beyond, sizeof(int32_t));
    refuses(made, model, YS_SHAPE, "row 2, column \"country\"");
    made = sample_batch();
    with_dictionary(&made, "i", below, sizeof(int32_t));
    refuses(made, model, YS_SHAPE, "index is -1");
    made = sample_batch();
    with_dictionary(&made, "c", narrow_below, 1);
    refuses(made, model, YS_SHAPE, "index is -1");
    made = sample_batch();
    with_dictionary(&made, "f", wide, sizeof(int32_t));
    refuses(made, model, YS_TYPE, "country");
    made = sample_batch();
    with_dictionary(&made, "i", wide, sizeof(int32_t));
    made.schema.children[1]->dictionary->format = "l";
    refuses(made, model, YS_TYPE, "country");
    made = sample_batch();
    with_dictionary(&made, "i", wide, sizeof(int32_t));
    made.schema.children[1]->name = "orders";
    refuses(made, model, YS_TYPE, "orders");
}

static void offsets_and_bitmaps(const ys_model *model) {
    // What a builder of columns gives where orders of row 2 are empty.
    const uint8_t three = 0x0b;
    ys_facts_builder *builder = sample_builder(model);
    add_days(builder);
    add_countries(builder);
    add_revenue(builder);
    ys_integer_column orders = integers(ORDERS, 0);
    orders.validity = &three;
    CHECK(ys_facts_builder_add_integers(builder, "orders", 6, &orders, NULL) == YS_OK);
    ys_facts *facts = build(builder);
    char *wanted = evaluate(model, facts);
    ys_facts_free(facts);

    // The same rows behind some others, in the batch and in each column: 1 and 2, so that the bitmap
    // begins at bit 3; then 4 and 4, a whole byte.
    for (int64_t outer = 1; outer <= 4; outer += 3) {
        const int64_t own = outer == 1 ? 2 : 4;
        const size_t before = (size_t)(outer + own);
        const size_t all = before + ROWS;
        int32_t days[16] = {0};
        int64_t counts[16] = {0};
        int64_t cents[32] = {0};
        int32_t ends[17] = {0};
        uint8_t bits[2] = {0, 0};
        for (size_t i = 0; i < ROWS; i++) {
            days[before + i] = DAYS[i];
            counts[before + i] = ORDERS[i];
            cents[2 * (before + i)] = CENTS[i];
            cents[2 * (before + i) + 1] = CENTS[i] < 0 ? -1 : 0;
            ends[before + i + 1] = COUNTRY_OFFSETS[i + 1];
            if (i != 2) {
                bits[(before + i) / 8] |= (uint8_t)(1u << ((before + i) % 8));
            }
        }
        batch made = begin();
        made.array.offset = outer;
        add(&made, schema_of("tdD", "date"), values_of(days, sizeof(int32_t), all));
        add(&made, schema_of("u", "country"), texts_of(COUNTRIES, ends, all));
        add(&made, schema_of("d:38,2", "revenue"), values_of(cents, 16, all));
        add(&made, schema_of("l", "orders"), values_of(counts, sizeof(int64_t), all));
        set_buffer(made.array.children[3], 0, bits, (all + 7) / 8);
        made.array.children[3]->null_count = -1;
        for (int c = 0; c < COLUMNS; c++) {
            made.array.children[c]->offset = own;
            made.array.children[c]->length = (int64_t)all - own;
        }
        is_the_sample(made, model, wanted);
    }
    free(wanted);
}

static void shapes(const ys_model *model) {
    batch made;
#define REFUSES(change, status, column)                                                            \
    made = sample_batch();                                                                         \
    change;                                                                                        \
    refuses(made, model, status, column)
    REFUSES(made.schema.format = "l", YS_TYPE, "+s");
    REFUSES(made.schema.format = NULL, YS_NULL_ARGUMENT, "format");
    REFUSES(made.schema.format = "\xff", YS_SYNTAX, "format");
    REFUSES(made.array.length = -1, YS_SHAPE, "length");
    REFUSES(made.array.offset = -1, YS_SHAPE, "offset");
    REFUSES(made.array.length = ROWS + 1, YS_SHAPE, "date");
    REFUSES(made.array.offset = INT64_MAX, YS_SHAPE, "date");
    REFUSES(made.array.null_count = 1, YS_MISSING, "rows");
    REFUSES(made.array.children[0]->length = ROWS - 1, YS_SHAPE, "date");
    REFUSES(made.array.children[0]->length = -1, YS_SHAPE, "length");
    REFUSES(made.array.children[0]->offset = -1, YS_SHAPE, "offset");
    REFUSES(made.array.children[0]->n_buffers = 1, YS_SHAPE, "date");
    REFUSES(made.array.children[0]->n_buffers = -1, YS_SHAPE, "n_buffers");
    REFUSES(made.array.children[0]->buffers[1] = NULL, YS_SHAPE, "date");
    REFUSES(made.array.children[1]->n_buffers = 2, YS_SHAPE, "country");
    REFUSES(made.array.children[1]->buffers[1] = NULL, YS_NULL_ARGUMENT, "offsets");
    REFUSES(made.array.children[1]->buffers[2] = NULL, YS_NULL_ARGUMENT, "data");
    REFUSES(made.array.children[2]->buffers[1] = NULL, YS_SHAPE, "revenue");
    REFUSES(made.array.children[3]->null_count = 1, YS_SHAPE, "orders");
    REFUSES(made.schema.children[0]->format = "tdx", YS_TYPE, "date");
    REFUSES(made.schema.children[0]->name = NULL, YS_NULL_ARGUMENT, "name");
    REFUSES(made.schema.children[0]->name = "\xff", YS_SYNTAX, "name");
    REFUSES(made.schema.children[1]->format = "i", YS_TYPE, "country");
    REFUSES(made.schema.children[1]->format = NULL, YS_NULL_ARGUMENT, "format");
    REFUSES(made.schema.children[2]->format = "d:38", YS_TYPE, "revenue");
    REFUSES(made.schema.children[2]->format = "d:39,2", YS_TYPE, "revenue");
    REFUSES(made.schema.children[2]->format = "d:38,2,256", YS_TYPE, "revenue");
    REFUSES(made.schema.children[2]->format = "d:38,-2", YS_DOMAIN, "revenue");
    REFUSES(made.schema.children[3]->format = "g", YS_TYPE, "orders");

    // Empty days and dimensions, text that is not UTF-8, and times within a day.
    const uint8_t two = 0x0d;
    REFUSES((set_buffer(made.array.children[0], 0, &two, 1), made.array.children[0]->null_count = 1),
            YS_MISSING, "row 1, column \"date\"");
    REFUSES((set_buffer(made.array.children[1], 0, &two, 1), made.array.children[1]->null_count = 1),
            YS_MISSING, "row 1, column \"country\"");
    REFUSES(set_buffer(made.array.children[1], 2, "DE\xff\xff" "DEDE", 8), YS_SYNTAX,
            "row 1, column \"country\"");
    static const int32_t descending[ROWS + 1] = {0, 4, 2, 6, 8};
    REFUSES(set_buffer(made.array.children[1], 1, descending, sizeof(descending)), YS_SHAPE,
            "row 1, column \"country\"");
    static const int64_t within[ROWS] = {0, 1, 86400, 86400};
    REFUSES(replace(&made, 0, schema_of("tss:", "at"), values_of(within, 8, ROWS)), YS_DATE,
            "row 1, column \"at\"");
    REFUSES(replace(&made, 0, schema_of("tss:Europe/Berlin", "at"), values_of(within, 8, ROWS)),
            YS_TYPE, "Europe/Berlin");
#undef REFUSES
}

static void ownership(const ys_model *model) {
    // A NULL of one is no reason to keep the other.
    ys_facts_builder *builder = sample_builder(model);
    batch made = sample_batch();
    CHECK_FAILS(ys_facts_builder_add_record_batch(builder, NULL, &made.array, &error),
                YS_NULL_ARGUMENT);
    CHECK(made.array.release == NULL && live_arrays == 0);
    CHECK_FAILS(ys_facts_builder_add_record_batch(builder, &made.schema, NULL, &error),
                YS_NULL_ARGUMENT);
    CHECK(made.schema.release == NULL && live_schemas == 0);
    // Both are released by now.
    CHECK_FAILS(ys_facts_builder_add_record_batch(builder, &made.schema, &made.array, &error),
                YS_INVALID_ARGUMENT);
    made = sample_batch();
    CHECK_FAILS(ys_facts_builder_add_record_batch(NULL, &made.schema, &made.array, &error),
                YS_NULL_ARGUMENT);
    CHECK(live_arrays == 0 && live_schemas == 0);
    // A builder that is freed without facts.
    made = sample_batch();
    CHECK(give(builder, &made, NULL) == YS_OK);
    CHECK(live_arrays == COLUMNS + 1);
    ys_facts_builder_free(builder);
    CHECK(live_arrays == 0);
    // One whose build fails: a column that the model does not have.
    builder = sample_builder(model);
    made = sample_batch();
    made.schema.children[3]->name = "order";
    CHECK(give(builder, &made, NULL) == YS_OK);
    ys_facts *facts = NULL;
    CHECK_FAILS(ys_facts_build(builder, &facts, &error), YS_INVALID);
    ys_facts_builder_free(builder);
    CHECK(live_arrays == 0 && facts == NULL);
    // One that was built.
    builder = sample_builder(model);
    made = sample_batch();
    CHECK(give(builder, &made, NULL) == YS_OK);
    CHECK(ys_facts_build(builder, &facts, NULL) == YS_OK);
    made = sample_batch();
    CHECK_FAILS(give(builder, &made, &error), YS_INVALID_ARGUMENT);
    CHECK(live_arrays == COLUMNS + 1);
    ys_facts_builder_free(builder);
    CHECK(live_arrays == COLUMNS + 1);
    ys_facts_free(facts);
    CHECK(live_arrays == 0);
    // No rows: the buffers may be NULL, and it is the facts that have none.
    builder = sample_builder(model);
    made = sample_batch();
    made.array.length = 0;
    for (int c = 0; c < COLUMNS; c++) {
        made.array.children[c]->length = 0;
        made.array.children[c]->buffers[1] = NULL;
    }
    made.array.children[1]->buffers[2] = NULL;
    CHECK(give(builder, &made, NULL) == YS_OK);
    facts = NULL;
    CHECK_FAILS(ys_facts_build(builder, &facts, &error), YS_INVALID);
    ys_facts_builder_free(builder);
    CHECK(live_arrays == 0 && live_schemas == 0);
}

int main(void) {
    ys_model *model = sample_model();
    ys_facts *facts = sample_facts(model);
    char *wanted = evaluate(model, facts);
    ys_facts_free(facts);
    every_format(model, wanted);
    dictionaries(model, wanted);
    offsets_and_bitmaps(model);
    shapes(model);
    ownership(model);
    free(wanted);
    ys_model_free(model);
    return EXIT_SUCCESS;
}
