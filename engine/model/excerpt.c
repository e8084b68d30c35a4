#include "model/excerpt.h"

#include "model/dataset_build.h"

static void copy_number(const Dataset *from, size_t column, uint32_t row, Dataset *to) {
    Decimal number;
    Missing reason = dataset_number(dataset_numbers(from, column), row, &number);
    if (reason == MISSING_NONE)
        dataset_set_number(to, column, number);
    else
        dataset_set_missing(to, column, reason);
    Buffer was = {0}, is = {0};
    dataset_add_written(from, column, row, &was);
    dataset_add_written(to, column, dataset_rows(to) - 1, &is);
    if (!str_equal(buffer_view(&was), buffer_view(&is))) dataset_set_written(to, column, buffer_view(&was));
    buffer_release(&was);
    buffer_release(&is);
}

static void copy_row(const Dataset *from, uint32_t row, const CellChange *change, Dataset *to) {
    dataset_add_row(to, dataset_line(from, row));
    for (size_t column = 0; column < dataset_columns(from); column++) {
        bool changed = change && change->row == row && change->column == column;
        if (changed)
            dataset_set_number(to, column, change->number);
        else if (dataset_numbers(from, column))
            copy_number(from, column, row, to);
        else
            dataset_set_text(to, column, dataset_text(from, column, row));
    }
}

/* Every row, in order of the file. */
static uint32_t *all_rows(const Dataset *dataset, size_t *count, Arena *arena) {
    *count = dataset_all_rows(dataset);
    uint32_t *rows = arena_new(arena, *count, sizeof *rows);
    for (size_t row = 0; row < *count; row++) rows[dataset_record(dataset, row)] = (uint32_t)row;
    return rows;
}

Dataset *excerpt_of(const Dataset *dataset, const uint32_t *rows, size_t count, const CellChange *change) {
    Dataset *excerpt = dataset_new(dataset_file(dataset));
    for (size_t column = 0; column < dataset_columns(dataset); column++)
        dataset_add_column(excerpt, dataset_column_name(dataset, column), dataset_column_id(dataset, column),
                           dataset_numbers(dataset, column) != NULL);
    Arena arena = {0};
    if (!rows) rows = all_rows(dataset, &count, &arena);
    for (size_t i = 0; i < count; i++) copy_row(dataset, rows[i], change, excerpt);
    arena_release(&arena);
    dataset_finish(excerpt);
    return excerpt;
}
