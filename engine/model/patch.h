/* patch - what differs between two data files, cell by cell, and the data that have some of the edits only.
 *
 * Rows are matched by id where both have one, else by bureau, department, project and indicator, folded
 * as names are looked for (text_fold), and by their order among rows of the same names. Projects are the same
 * when their names are, else when they share a row. Columns are matched by what they mean, own ones by name.
 */
#ifndef PERFEVAL_MODEL_PATCH_H
#define PERFEVAL_MODEL_PATCH_H

#include "model/dataset.h"
#include "model/edits.h"

#define PATCH_NONE UINT32_MAX

typedef struct PatchColumn {
    Str name;
    ColumnId id; /* COLUMN_KNOWN: an own one */
    bool number;
    size_t from, to; /* its place in each; SIZE_MAX: none */
} PatchColumn;

typedef struct Patch {
    const Dataset *from, *to;
    uint32_t *row_to, *row_from;         /* the row of the other side, or PATCH_NONE */
    uint32_t *project_to, *project_from; /* the project of the other side, or PATCH_NONE */
    PatchColumn *columns;
    size_t column_count;
    Arena arena;
} Patch;

/** Matches; free with patch_free. */
Patch *patch_new(const Dataset *from, const Dataset *to);
void patch_free(Patch *patch);
/** Adds the edits, in order of the data, each with the project of the first data (of the second, for a
 * project that the first lacks: then it is left open). */
void patch_edits(const Patch *patch, EditList *out);
/** The first data with those edits `on` (numbers of the list) that are of data. rows[project of the first
 * data] becomes a row of it in the new data, or PATCH_NONE. Freed with dataset_free. */
Dataset *patch_apply(const Patch *patch, const EditList *edits, const bool *on, uint32_t *rows);

#endif
