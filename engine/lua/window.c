#include "lua/window.h"

#include "base/memory.h"
#include "model/dataset_build.h"
#include "model/kernels.h"

#include <math.h>
#include <string.h>

/* No cell is ever undefined. */
static void make_blank(Dataset *dataset, size_t column) {
    bool number = dataset_numbers(dataset, column) != NULL;
    for (size_t row = 0; row < WINDOW_ROWS; row++) {
        if (number) dataset_digits(dataset, column)[row] = MISSING_BLANK;
        if (number)
            dataset_scales(dataset, column)[row] = DATASET_SCALE_MISSING;
        else
            dataset_ids(dataset, column)[row] = 0;
    }
}

Window *window_new(const Dataset *sample) {
    Window *window = memory_new(1, sizeof *window);
    window->columns = dataset_columns(sample);
    window->there = memory_new(window->columns, sizeof *window->there);
    window->lacks = memory_new(window->columns, sizeof *window->lacks);
    window->doubles = memory_new(window->columns, sizeof *window->doubles);
    window->worked = memory_new(window->columns, sizeof *window->worked);
    window->dataset = dataset_new(dataset_file(sample));
    for (size_t i = 0; i < window->columns; i++)
        dataset_add_column(window->dataset, dataset_column_name(sample, i), dataset_column_id(sample, i),
                           dataset_numbers(sample, i) != NULL);
    dataset_add_rows(window->dataset, WINDOW_ROWS);
    for (size_t i = 0; i < window->columns; i++) make_blank(window->dataset, i);
    dataset_finish(window->dataset);
    return window;
}

void window_free(Window *window) {
    if (!window) return;
    dataset_free(window->dataset);
    for (size_t i = 0; i < window->columns; i++) memory_free(window->doubles[i]);
    memory_free(window->doubles);
    memory_free(window->worked);
    memory_free(window->errors);
    memory_free(window->there);
    memory_free(window->lacks);
    memory_free(window);
}

/* ---- in the parent */

/* Room for `size` bytes at the end. */
static char *add_room(Buffer *out, size_t size) {
    char *at = buffer_reserve(out, size);
    out->size += size;
    return at;
}

static void write_numbers(Buffer *out, const NumberColumn *numbers, const uint32_t *rows, size_t count) {
    char *digits = add_room(out, count * sizeof *numbers->digits);
    for (size_t k = 0; k < count; k++)
        memcpy(digits + k * sizeof *numbers->digits, &numbers->digits[rows[k]], sizeof *numbers->digits);
    char *scales = add_room(out, count);
    for (size_t k = 0; k < count; k++) scales[k] = (char)numbers->scale[rows[k]];
}

static void write_words(Buffer *out, const TextColumn *words, const uint32_t *rows, size_t count,
                        size_t *told) {
    size_t first = *told ? *told : 1; /* all know the blank one */
    *told = words->word_count > first ? words->word_count : first;
    wire_add_u32(out, (uint32_t)(*told - first));
    for (size_t word = first; word < *told; word++) wire_add_text(out, words->words[word]);
    char *ids = add_room(out, count * sizeof *words->ids);
    for (size_t k = 0; k < count; k++)
        memcpy(ids + k * sizeof *words->ids, &words->ids[rows[k]], sizeof *words->ids);
}

void window_write(Buffer *out, const Stretch *stretch, const uint32_t *rows, size_t count, const bool *there,
                  size_t *told) {
    uint32_t columns = 0;
    for (size_t i = 0; i < stretch->form->columns; i++) columns += there[i];
    wire_add_u32(out, columns);
    for (size_t i = 0; i < stretch->form->columns; i++) {
        if (!there[i]) continue;
        wire_add_u32(out, (uint32_t)i);
        if (stretch->form->roles[i] == CELL_NUMBER)
            write_numbers(out, &stretch->numbers[i], rows, count);
        else
            write_words(out, &stretch->words[i].words, rows, count, &told[i]);
    }
}

/* ---- in the child */

static bool read_numbers(Dataset *dataset, size_t column, WireReader *reader, size_t count) {
    Str digits = wire_bytes(reader, count * sizeof(int64_t)), scales = wire_bytes(reader, count);
    if (reader->bad) return false;
    memcpy(dataset_digits(dataset, column), digits.data, digits.size);
    memcpy(dataset_scales(dataset, column), scales.data, scales.size);
    return !memchr(scales.data, DATASET_SCALE_LONG, scales.size);
}

static bool read_words(Dataset *dataset, size_t column, WireReader *reader, size_t count) {
    const TextColumn *words = dataset_words(dataset, column);
    for (uint32_t fresh = wire_u32(reader); fresh > 0 && !reader->bad; fresh--) {
        size_t id = words->word_count;
        if (dataset_word(dataset, column, wire_text(reader)) != id) return false;
    }
    Str ids = wire_bytes(reader, count * sizeof(uint32_t));
    if (reader->bad) return false;
    memcpy(dataset_ids(dataset, column), ids.data, ids.size);
    for (size_t row = 0; row < count; row++)
        if (words->ids[row] >= words->word_count) return false;
    return true;
}

const double *window_doubles(Window *window, size_t column) {
    const NumberColumn *numbers = dataset_numbers(window->dataset, column);
    if (!window->errors) window->errors = memory_new(WINDOW_ROWS, sizeof *window->errors);
    if (!window->doubles[column]) window->doubles[column] = memory_new(WINDOW_ROWS, sizeof **window->doubles);
    double *doubles = window->doubles[column];
    if (window->worked[column]) return doubles;
    window->worked[column] = true;
    bool all = kernels_here()->load(numbers->digits, numbers->scale, window->count, doubles, window->errors);
    for (size_t row = 0; row < window->count && !all; row++)
        if (!isfinite(window->errors[row])) doubles[row] = (double)NAN;
    return doubles;
}

bool window_read(Window *window, WireReader *reader, size_t count) {
    memset(window->there, 0, window->columns * sizeof *window->there);
    memset(window->lacks, 0, window->columns * sizeof *window->lacks);
    memset(window->worked, 0, window->columns * sizeof *window->worked);
    window->beyond = window->missed = false;
    window->count = count;
    bool good = count <= WINDOW_ROWS;
    for (uint32_t left = wire_u32(reader); left > 0 && good; left--) {
        size_t column = wire_u32(reader);
        if (reader->bad || column >= window->columns) return false;
        window->there[column] = true;
        good = dataset_numbers(window->dataset, column) ? read_numbers(window->dataset, column, reader, count)
                                                        : read_words(window->dataset, column, reader, count);
    }
    return good && wire_done(reader);
}
