#include "model/stream_results.h"

#include "base/memory.h"
#include "model/dataset_build.h"
#include "model/results_build.h"

#include <string.h>

static void count_row(Counts *counts, const TallyRow *row, size_t verdicts) {
    for (size_t verdict = 0; verdict < verdicts; verdict++) counts->band[verdict] += row->projects[verdict];
    counts->none += row->projects[verdicts];
    for (size_t verdict = 0; verdict <= verdicts; verdict++) counts->total += row->projects[verdict];
}

/* A dataset with one row for each row of the tally, for its names. */
static Dataset *name_units(const Tally *tally, Str file) {
    Dataset *dataset = dataset_new(file);
    for (ColumnId id = COLUMN_BUREAU; id <= COLUMN_PROJECT; id++)
        dataset_add_column(dataset, str_of(column_info(id)->name), id, false);
    for (size_t i = 0; i < tally->count; i++) {
        const Str *names = tally->rows[i].names;
        dataset_add_row(dataset, 0);
        dataset_set_text(dataset, COLUMN_BUREAU, names[LEVEL_BUREAU]);
        dataset_set_text(dataset, COLUMN_DEPARTMENT,
                         names[tally->names > 1 ? LEVEL_DEPARTMENT : LEVEL_BUREAU]);
        dataset_set_text(dataset, COLUMN_PROJECT, names[LEVEL_BUREAU]);
    }
    dataset_finish(dataset);
    return dataset;
}

static void count_units(Results *results, const Tally *tally, const Dataset *dataset) {
    results->bureaus =
        arena_new(&results->arena, dataset_level_size(dataset, LEVEL_BUREAU), sizeof *results->bureaus);
    results->departments = arena_new(&results->arena, dataset_level_size(dataset, LEVEL_DEPARTMENT),
                                     sizeof *results->departments);
    for (size_t i = 0; i < tally->count; i++) {
        uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, dataset_project(dataset, i));
        uint32_t bureau = dataset_parent(dataset, LEVEL_DEPARTMENT, department);
        count_row(&results->departments[department], &tally->rows[i], tally->verdicts);
        count_row(&results->bureaus[bureau], &tally->rows[i], tally->verdicts);
    }
}

/* All but the counts by unit. */
static Results *make_results(const Pass *pass, const Tally *tally, const Dataset *dataset) {
    const Plan *plan = pass->bound->plan;
    Results *results = memory_new(1, sizeof *results);
    results->plan = plan;
    results->dataset = dataset;
    results->beyond = arena_new(&results->arena, 1, sizeof *results->beyond);
    atomic_init(results->beyond, UINT64_MAX);
    for (size_t i = 0; i < tally->count; i++) count_row(&results->total, &tally->rows[i], tally->verdicts);
    results->special_rows = arena_new(&results->arena, plan->special_count, sizeof *results->special_rows);
    results->special_projects =
        arena_new(&results->arena, plan->special_count, sizeof *results->special_projects);
    memcpy(results->missing_rows, pass->missing_rows, sizeof results->missing_rows);
    results->exact_checks = pass->exact_checks;
    results->function_calls = pass->function_calls;
    results->row_count = pass->row_count;
    return results;
}

Results *stream_results(const Pass *pass, const Tally *tally, bool units, Str file, Dataset **dataset) {
    const Tally none = {0};
    *dataset = name_units(units ? tally : &none, file);
    Results *results = make_results(pass, tally, *dataset);
    if (units) count_units(results, tally, *dataset);
    return results;
}
