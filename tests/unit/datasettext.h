/* datasettext - all that a dataset holds as a text, for tests that compare two ways of making one. */
#ifndef PERFEVAL_TESTS_DATASETTEXT_H
#define PERFEVAL_TESTS_DATASETTEXT_H

#include "io/csv.h"
#include "model/dataset_build.h"
#include "model/load.h"

static inline void add_words(Buffer *out, const TextColumn *column) {
    for (size_t word = 0; word < column->word_count; word++)
        buffer_addf(out, "|%.*s", STR_FMT(column->words[word]));
}

static inline void add_column(Buffer *out, const Dataset *dataset, size_t column) {
    const NumberColumn *numbers = dataset_numbers(dataset, column);
    Str name = dataset_column_name(dataset, column);
    buffer_addf(out, "\n%.*s %d", STR_FMT(name), (int)dataset_column_id(dataset, column));
    if (!numbers) add_words(out, dataset_words(dataset, column));
    if (numbers) buffer_addf(out, " long %zu written %zu", numbers->long_count, numbers->written_count);
    for (size_t i = 0; numbers && i < numbers->written_count; i++)
        buffer_addf(out, " %u:<%.*s>", numbers->written_rows[i], STR_FMT(numbers->written[i]));
    for (size_t row = 0; row < dataset_rows(dataset); row++) {
        if (numbers)
            buffer_addf(out, " %lldE%u", (long long)number_digits(numbers, row), numbers->scale[row]);
        else
            buffer_addf(out, " %u", text_id(dataset_words(dataset, column), row));
    }
    buffer_add(out, STR("\nas written"));
    for (size_t row = 0; row < dataset_rows(dataset); row++) {
        buffer_add_char(out, '|');
        dataset_add_written(dataset, column, row, out);
    }
}

static inline void add_level(Buffer *out, const Dataset *dataset, Level level) {
    buffer_addf(out, "\nlevel %d", (int)level);
    for (size_t unit = 0; unit < dataset_level_size(dataset, level); unit++) {
        size_t count;
        const uint32_t *children = dataset_children(dataset, level, unit, &count);
        buffer_addf(out, "|%.*s of %u:", STR_FMT(dataset_level_name(dataset, level, unit)),
                    level == LEVEL_BUREAU ? 0 : dataset_parent(dataset, level, unit));
        for (size_t i = 0; i < count; i++) buffer_addf(out, " %u", children[i]);
    }
}

/** Adds all that can be asked of a dataset: two that give the same text are the same. */
static inline void add_dataset(Buffer *out, const Dataset *dataset) {
    size_t rows = dataset_rows(dataset);
    buffer_addf(out, "%.*s rows %zu %zu %zu", STR_FMT(dataset_file(dataset)), rows,
                dataset_rated_rows(dataset), dataset_all_rows(dataset));
    for (size_t column = 0; column < dataset_columns(dataset); column++) add_column(out, dataset, column);
    buffer_add(out, STR("\nlines"));
    for (size_t row = 0; row < rows; row++) buffer_addf(out, " %u", dataset_line(dataset, row));
    for (Level level = 0; level < LEVEL_COUNT; level++) add_level(out, dataset, level);
    buffer_add(out, STR("\nprojects"));
    for (size_t row = 0; row < rows; row++) buffer_addf(out, " %u", dataset_project(dataset, row));
    buffer_add_char(out, '\n');
}

/** Whether the data can be loaded, and the rows of each of their units stand together. */
static inline bool units_are_whole(const LoadOptions *options, Str csv) {
    Diag *diag = diag_new();
    Table *table = csv_open(STR("x.csv"), csv);
    Dataset *dataset = dataset_load(table, options, diag);
    bool whole = dataset != NULL;
    for (size_t row = 1; whole && row < dataset_rows(dataset); row++)
        whole = dataset_project(dataset, row) >= dataset_project(dataset, row - 1);
    for (Level level = LEVEL_DEPARTMENT; whole && level <= LEVEL_PROJECT; level++)
        for (size_t i = 1; i < dataset_level_size(dataset, level); i++)
            whole &= dataset_parent(dataset, level, i) >= dataset_parent(dataset, level, i - 1);
    dataset_free(dataset);
    table_close(table);
    diag_free(diag);
    return whole;
}

#endif
