/* load - a table to a Dataset; every rejection with its position, all faults of a file at once. */
#ifndef PERFEVAL_MODEL_LOAD_H
#define PERFEVAL_MODEL_LOAD_H

#include "base/crew.h"
#include "io/input_limits.h"
#include "io/table.h"
#include "model/absence.h"

typedef struct LoadOptions {
    const Str *number_columns; /* own columns that formulas use: read as numbers */
    size_t number_column_count;
    const Absence *absence; /* words that say why there is no number; NULL: the usual ones */
    bool keep_written; /* dataset_add_written is asked for: cells that are no plain numbers keep their text */
    const CrewWatch *watch;    /* told how far the loading is; NULL: nobody */
    const InputLimits *limits; /* NULL: the defaults */
} LoadOptions;

/** Reads all rows of `table`. The first row names the columns (names of the vocabulary in English or Korean,
 * any order, blanks around names ignored). Every text is copied, so the table may be closed afterwards. NULL
 * after errors: missing or duplicate columns, rows with too few or too many cells, cells that are no numbers,
 * blank names (bureau, department, project, indicator), a duplicate id. A number in an unusual form that has
 * one plausible reading (1,234 · △5) is read with a warning that shows both. */
Dataset *dataset_load(Table *table, const LoadOptions *options, Diag *diag);
/** The last of dataset_load, for datasets that were filled another way: the levels, and what only all rows
 * together can show. Takes the dataset; NULL after errors. */
Dataset *load_finish(Dataset *dataset, Diag *diag);

#endif
