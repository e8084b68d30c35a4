#include "model/subset.h"

#include "model/dataset_build.h"

bool subset_suffices(const Plan *plan) {
    return !plan->has_functions && !plan->verdicts[LEVEL_PROJECT].forced &&
           !plan->verdicts[LEVEL_INDICATOR].forced && plan->period.mode <= PERIOD_EVERY;
}

static void copy_cell(Dataset *out, const Dataset *dataset, size_t column, size_t row) {
    const NumberColumn *numbers = dataset_numbers(dataset, column);
    if (!numbers) {
        dataset_set_text(out, column, dataset_text(dataset, column, row));
        return;
    }
    Decimal number;
    Missing reason = dataset_number(numbers, row, &number);
    if (reason == MISSING_NONE)
        dataset_set_number(out, column, number);
    else
        dataset_set_missing(out, column, reason);
}

Dataset *subset_of_rows(const Dataset *dataset, const uint32_t *rows, size_t count) {
    Dataset *out = dataset_new(dataset_file(dataset));
    size_t columns = dataset_columns(dataset);
    for (size_t i = 0; i < columns; i++)
        dataset_add_column(out, dataset_column_name(dataset, i), dataset_column_id(dataset, i),
                           dataset_numbers(dataset, i) != NULL);
    for (size_t k = 0; k < count; k++) {
        dataset_add_row(out, dataset_line(dataset, rows[k]));
        for (size_t i = 0; i < columns; i++) copy_cell(out, dataset, i, rows[k]);
    }
    dataset_finish(out);
    return out;
}

Dataset *subset_of_project(const Dataset *dataset, size_t project) {
    const uint32_t *runs = dataset_runs(dataset, LEVEL_PROJECT);
    size_t count = dataset_child_count(dataset, LEVEL_PROJECT, project);
    if (!runs)
        return subset_of_rows(dataset, dataset_children(dataset, LEVEL_PROJECT, project, &count), count);
    Arena arena = {0};
    uint32_t *rows = arena_new(&arena, count, sizeof *rows);
    for (size_t i = 0; i < count; i++) rows[i] = runs[project] + (uint32_t)i;
    Dataset *subset = subset_of_rows(dataset, rows, count);
    arena_release(&arena);
    return subset;
}
