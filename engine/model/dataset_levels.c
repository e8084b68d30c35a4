#include "base/memory.h"
#include "model/dataset_build.h"

#include <assert.h>

/* The columns that name the units of each level. */
typedef struct Names {
    const TextColumn *words[LEVEL_COUNT];
} Names;

static size_t find_column(const Dataset *dataset, ColumnId id) {
    size_t column = 0;
    while (column < dataset->column_count && dataset->columns[column].id != id) column++;
    assert(column < dataset->column_count);
    return column;
}

static Names find_names(Dataset *dataset) {
    static const ColumnId ids[LEVEL_COUNT] = {COLUMN_BUREAU, COLUMN_DEPARTMENT, COLUMN_PROJECT};
    Names names;
    for (Level level = 0; level < LEVEL_COUNT; level++) {
        dataset->name_columns[level] = find_column(dataset, ids[level]);
        names.words[level] = &dataset->columns[dataset->name_columns[level]].words;
    }
    return names;
}

/* Neighbours are often of one unit. */
static bool is_like_before(const Names *names, Level lowest, size_t row) {
    bool same = row > 0;
    for (Level level = lowest + 1; level-- > 0 && same;)
        same = text_id(names->words[level], row) == text_id(names->words[level], row - 1);
    return same;
}

/* ---- rows in any order */

static void find_units(Dataset *dataset, const Names *names) {
    dataset->projects = memory_resize(dataset->projects, dataset->rows, sizeof *dataset->projects);
    for (size_t row = 0; row < dataset->rows; row++) {
        uint32_t unit = 0;
        if (is_like_before(names, LEVEL_PROJECT, row)) {
            dataset->projects[row] = dataset->projects[row - 1];
            continue;
        }
        for (Level level = 0; level < LEVEL_COUNT; level++)
            unit = hierarchy_unit(&dataset->levels[level], unit, text_id(names->words[level], row));
        dataset->projects[row] = unit;
    }
    hierarchy_set_children(&dataset->levels[LEVEL_PROJECT], dataset->projects, dataset->rows);
}

/* ---- rows that stand together */

/* A department that stands in one run, and in it its projects: what is new needs no search. */
typedef struct Runs {
    Dataset *dataset;
    Names names;
    uint32_t department;
    uint32_t *seen; /* by word: the department that had a project of this name last, plus 1 */
} Runs;

/* False when the department was there before. */
static bool enter_department(Runs *runs, size_t row) {
    Units *levels = runs->dataset->levels;
    if (is_like_before(&runs->names, LEVEL_DEPARTMENT, row)) return true;
    size_t known = levels[LEVEL_DEPARTMENT].count;
    uint32_t bureau = hierarchy_unit(&levels[LEVEL_BUREAU], 0, text_id(runs->names.words[LEVEL_BUREAU], row));
    runs->department =
        hierarchy_unit(&levels[LEVEL_DEPARTMENT], bureau, text_id(runs->names.words[LEVEL_DEPARTMENT], row));
    return runs->department == known;
}

/* False when the project was there before. */
static bool enter_project(Runs *runs, size_t row) {
    if (!enter_department(runs, row)) return false;
    uint32_t word = text_id(runs->names.words[LEVEL_PROJECT], row);
    if (runs->seen[word] == runs->department + 1) return false;
    runs->seen[word] = runs->department + 1;
    hierarchy_add(&runs->dataset->levels[LEVEL_PROJECT], runs->department, word);
    runmap_add(&runs->dataset->runs, row);
    return true;
}

static void set_rows(Dataset *dataset) {
    Units *projects = &dataset->levels[LEVEL_PROJECT];
    size_t project = 0;
    runmap_finish(&dataset->runs, dataset->rows);
    hierarchy_finish(projects);
    hierarchy_begin_runs(projects);
    for (size_t row = 0; row < dataset->rows; row++)
        if (runmap_begins(&dataset->runs, row)) projects->starts[project++] = (uint32_t)row;
    projects->starts[project] = (uint32_t)dataset->rows;
}

/* False when rows of a project, or of a department, stand apart: nothing is left of it then. */
static bool find_runs(Dataset *dataset, const Names *names) {
    Runs runs = {.dataset = dataset, .names = *names};
    runs.seen = memory_new(names->words[LEVEL_PROJECT]->word_count, sizeof *runs.seen);
    runmap_begin(&dataset->runs, dataset->rows);
    bool grouped = true;
    for (size_t row = 0; row < dataset->rows && grouped; row++)
        grouped = is_like_before(names, LEVEL_PROJECT, row) || enter_project(&runs, row);
    memory_free(runs.seen);
    if (grouped)
        set_rows(dataset);
    else
        dataset_release_levels(dataset);
    return grouped;
}

/* ---- names */

uint32_t dataset_unit_word(const Dataset *dataset, Level level, size_t row) {
    uint32_t unit = runmap_find(&dataset->runs, row);
    for (Level at = LEVEL_PROJECT; at > level; at--) unit = dataset->levels[at].parents[unit];
    return dataset->levels[level].words[unit];
}

static void drop_names(Dataset *dataset) {
    for (Level level = 0; level < LEVEL_COUNT; level++) {
        TextColumn *words = &dataset->columns[dataset->name_columns[level]].words;
        memory_free(words->ids);
        memory_free(words->short_ids);
        memory_free(words->byte_ids);
        words->ids = NULL;
        words->short_ids = NULL;
        words->byte_ids = NULL;
        words->grouped = dataset;
        words->level = level;
    }
}

static void restore_names(Dataset *dataset) {
    for (Level level = 0; level < LEVEL_COUNT; level++) {
        TextColumn *words = &dataset->columns[dataset->name_columns[level]].words;
        if (!words->grouped) continue;
        uint32_t *ids = memory_resize(NULL, dataset->all, sizeof *ids);
        for (size_t row = 0; row < dataset->all; row++) ids[row] = dataset_unit_word(dataset, level, row);
        words->ids = ids;
        words->grouped = NULL;
    }
}

/* ---- the levels */

void dataset_release_levels(Dataset *dataset) {
    restore_names(dataset);
    for (Level level = 0; level < LEVEL_COUNT; level++) hierarchy_release(&dataset->levels[level]);
    runmap_release(&dataset->runs);
    memory_free(dataset->projects);
    dataset->projects = NULL;
}

void dataset_build_levels(Dataset *dataset) {
    Names names = find_names(dataset);
    Units *levels = dataset->levels;
    bool grouped = find_runs(dataset, &names);
    if (!grouped) find_units(dataset, &names);
    for (Level level = LEVEL_BUREAU; level < LEVEL_PROJECT; level++)
        hierarchy_set_children(&levels[level], levels[level + 1].parents, levels[level + 1].count);
    for (Level level = 0; level < LEVEL_COUNT; level++) hierarchy_finish(&levels[level]);
    if (grouped && dataset->packed && !dataset->period_rows) drop_names(dataset);
}
