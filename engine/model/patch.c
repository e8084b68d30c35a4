#include "model/patch.h"

#include "base/memory.h"
#include "base/text.h"
#include "model/dataset_build.h"

#include <stdlib.h>

/* ---- matching: two lists of keys, sorted; the first of equal keys goes with the first */

typedef struct Key {
    Str text;
    uint32_t number;
} Key;

static int compare_keys(const void *a, const void *b) {
    const Key *x = a, *y = b;
    int order = str_compare(x->text, y->text);
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

static void match(Key *left, size_t left_count, Key *right, size_t right_count, uint32_t *to,
                  uint32_t *from) {
    size_t i = 0, j = 0;
    if (left_count) qsort(left, left_count, sizeof *left, compare_keys);
    if (right_count) qsort(right, right_count, sizeof *right, compare_keys);
    while (i < left_count && j < right_count) {
        int order = str_compare(left[i].text, right[j].text);
        if (order == 0) {
            to[left[i].number] = right[j].number;
            from[right[j].number] = left[i].number;
        }
        i += order <= 0;
        j += order >= 0;
    }
}

/* As names are looked for by, with an end. */
static void add_folded(Buffer *out, Str text) {
    text_fold(out, text);
    buffer_add_char(out, '\0');
}

static Str cell(const Dataset *dataset, const char *name, size_t row) {
    size_t column;
    if (!dataset_find_column(dataset, str_of(name), &column)) return (Str){"", 0};
    return dataset_text(dataset, column, row);
}

static void project_key(const Dataset *dataset, size_t project, Buffer *out) {
    uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, project);
    uint32_t bureau = dataset_parent(dataset, LEVEL_DEPARTMENT, department);
    add_folded(out, dataset_level_name(dataset, LEVEL_BUREAU, bureau));
    add_folded(out, dataset_level_name(dataset, LEVEL_DEPARTMENT, department));
    add_folded(out, dataset_level_name(dataset, LEVEL_PROJECT, project));
}

static void row_key(const Dataset *dataset, size_t row, bool by_id, Buffer *out) {
    if (by_id) {
        buffer_add(out, cell(dataset, "id", row));
        return;
    }
    project_key(dataset, dataset_project(dataset, row), out);
    add_folded(out, cell(dataset, "indicator", row));
}

/* The rows without a partner: by id those that have one. */
static Key *row_keys(const Dataset *dataset, const uint32_t *partner, bool by_id, Arena *arena,
                     size_t *count) {
    size_t rows = dataset_rows(dataset);
    Key *keys = arena_new(arena, rows, sizeof *keys);
    Buffer text = {0};
    *count = 0;
    for (size_t row = 0; row < rows; row++) {
        if (partner[row] != PATCH_NONE || (by_id && !cell(dataset, "id", row).size)) continue;
        text.size = 0;
        row_key(dataset, row, by_id, &text);
        keys[(*count)++] = (Key){arena_copy(arena, buffer_view(&text)), (uint32_t)row};
    }
    buffer_release(&text);
    return keys;
}

static void match_rows(Patch *patch, bool by_id) {
    Arena scratch = {0};
    size_t left, right;
    Key *from = row_keys(patch->from, patch->row_to, by_id, &scratch, &left);
    Key *to = row_keys(patch->to, patch->row_from, by_id, &scratch, &right);
    match(from, left, to, right, patch->row_to, patch->row_from);
    arena_release(&scratch);
}

static Key *project_keys(const Dataset *dataset, Arena *arena) {
    size_t count = dataset_level_size(dataset, LEVEL_PROJECT);
    Key *keys = arena_new(arena, count, sizeof *keys);
    Buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        text.size = 0;
        project_key(dataset, i, &text);
        keys[i] = (Key){arena_copy(arena, buffer_view(&text)), (uint32_t)i};
    }
    buffer_release(&text);
    return keys;
}

static void match_projects(Patch *patch) {
    Arena scratch = {0};
    size_t left = dataset_level_size(patch->from, LEVEL_PROJECT);
    size_t right = dataset_level_size(patch->to, LEVEL_PROJECT);
    match(project_keys(patch->from, &scratch), left, project_keys(patch->to, &scratch), right,
          patch->project_to, patch->project_from);
    for (size_t row = 0; row < dataset_rows(patch->from); row++) { /* renamed ones */
        if (patch->row_to[row] == PATCH_NONE) continue;
        uint32_t from = dataset_project(patch->from, row),
                 to = dataset_project(patch->to, patch->row_to[row]);
        if (patch->project_to[from] != PATCH_NONE || patch->project_from[to] != PATCH_NONE) continue;
        patch->project_to[from] = to;
        patch->project_from[to] = from;
    }
    arena_release(&scratch);
}

/* ---- the usual case: both have the same rows of the same names, which need not be folded */

static bool same_units(const Dataset *from, const Dataset *to, Level level) {
    size_t count = dataset_level_size(from, level);
    bool same = count == dataset_level_size(to, level);
    for (size_t i = 0; same && i < count; i++)
        same = str_equal(dataset_level_name(from, level, i), dataset_level_name(to, level, i)) &&
               (level == LEVEL_BUREAU || dataset_parent(from, level, i) == dataset_parent(to, level, i));
    return same;
}

static bool same_cells(const Dataset *from, const Dataset *to, const char *name) {
    size_t left, right;
    bool own = dataset_find_column(from, str_of(name), &left);
    if (own != dataset_find_column(to, str_of(name), &right)) return false;
    bool same = true;
    for (size_t row = 0; own && same && row < dataset_rows(from); row++)
        same = str_equal(dataset_text(from, left, row), dataset_text(to, right, row));
    return same;
}

static bool same_names(const Dataset *from, const Dataset *to) {
    bool same = dataset_rows(from) == dataset_rows(to);
    for (Level level = LEVEL_BUREAU; same && level <= LEVEL_PROJECT; level++)
        same = same_units(from, to, level);
    for (size_t row = 0; same && row < dataset_rows(from); row++)
        same = dataset_project(from, row) == dataset_project(to, row);
    return same && same_cells(from, to, "indicator") && same_cells(from, to, "id");
}

static void match_in_order(uint32_t *to, uint32_t *from, size_t count) {
    for (size_t i = 0; i < count; i++) to[i] = from[i] = (uint32_t)i;
}

/* ---- columns */

static size_t find_column(const Dataset *dataset, Str name, ColumnId id) {
    for (size_t i = 0; i < dataset_columns(dataset); i++) {
        if (dataset_column_id(dataset, i) != id) continue;
        if (id != COLUMN_KNOWN || str_equal(dataset_column_name(dataset, i), name)) return i;
    }
    return SIZE_MAX;
}

static void match_columns(Patch *patch) {
    size_t left = dataset_columns(patch->from), right = dataset_columns(patch->to);
    patch->columns = arena_new(&patch->arena, left + right, sizeof *patch->columns);
    for (size_t i = 0; i < left; i++) {
        Str name = dataset_column_name(patch->from, i);
        ColumnId id = dataset_column_id(patch->from, i);
        patch->columns[patch->column_count++] = (PatchColumn){
            name, id, dataset_numbers(patch->from, i) != NULL, i, find_column(patch->to, name, id)};
    }
    for (size_t i = 0; i < right; i++) {
        Str name = dataset_column_name(patch->to, i);
        ColumnId id = dataset_column_id(patch->to, i);
        if (find_column(patch->from, name, id) != SIZE_MAX) continue;
        patch->columns[patch->column_count++] =
            (PatchColumn){name, id, dataset_numbers(patch->to, i) != NULL, SIZE_MAX, i};
    }
}

static uint32_t *no_partners(Arena *arena, size_t count) {
    uint32_t *list = arena_new(arena, count, sizeof *list);
    for (size_t i = 0; i < count; i++) list[i] = PATCH_NONE;
    return list;
}

Patch *patch_new(const Dataset *from, const Dataset *to) {
    Patch *patch = memory_new(1, sizeof *patch);
    patch->from = from;
    patch->to = to;
    patch->row_to = no_partners(&patch->arena, dataset_rows(from));
    patch->row_from = no_partners(&patch->arena, dataset_rows(to));
    patch->project_to = no_partners(&patch->arena, dataset_level_size(from, LEVEL_PROJECT));
    patch->project_from = no_partners(&patch->arena, dataset_level_size(to, LEVEL_PROJECT));
    if (same_names(from, to)) {
        match_in_order(patch->row_to, patch->row_from, dataset_rows(from));
        match_in_order(patch->project_to, patch->project_from, dataset_level_size(from, LEVEL_PROJECT));
    } else {
        match_rows(patch, true);
        match_rows(patch, false);
        match_projects(patch);
    }
    match_columns(patch);
    return patch;
}

void patch_free(Patch *patch) {
    if (!patch) return;
    arena_release(&patch->arena);
    memory_free(patch);
}

/* ---- cells */

static Missing number_of(const Dataset *dataset, size_t column, size_t row, Decimal *out) {
    if (column == SIZE_MAX) return MISSING_BLANK;
    return dataset_number(dataset_numbers(dataset, column), row, out);
}

static Str text_of(const Dataset *dataset, size_t column, size_t row) {
    return column == SIZE_MAX ? (Str){"", 0} : dataset_text(dataset, column, row);
}

static bool same_cell(const Patch *patch, const PatchColumn *column, size_t from, size_t to) {
    if (!column->number)
        return str_equal(text_of(patch->from, column->from, from), text_of(patch->to, column->to, to));
    Decimal left, right;
    Missing before = number_of(patch->from, column->from, from, &left);
    Missing after = number_of(patch->to, column->to, to, &right);
    return before == after && (before != MISSING_NONE || decimal_compare(&left, &right) == 0);
}

static Str shown(const Dataset *dataset, const PatchColumn *column, size_t at, size_t row, Arena *arena) {
    if (at == SIZE_MAX) return (Str){"", 0};
    if (!column->number) return arena_copy(arena, dataset_text(dataset, at, row));
    Decimal number;
    Missing reason = number_of(dataset, at, row, &number);
    if (reason != MISSING_NONE) return arena_copy(arena, str_of(missing_name(reason)));
    Buffer text = {0};
    decimal_write_canonical(&text, &number);
    Str kept = arena_copy(arena, buffer_view(&text));
    buffer_release(&text);
    return kept;
}

static EditKind kind_of(const PatchColumn *column) {
    if (column->id == COLUMN_TARGET) return EDIT_TARGET;
    return column->id == COLUMN_ACTUAL ? EDIT_ACTUAL : EDIT_CELL;
}

static void compare_rows(const Patch *patch, uint32_t from, uint32_t to, EditList *out) {
    for (size_t i = 0; i < patch->column_count; i++) {
        const PatchColumn *column = &patch->columns[i];
        if (column->id == COLUMN_ID || same_cell(patch, column, from, to)) continue;
        Edit *edit = edits_add(out, kind_of(column));
        edit->name = column->id == COLUMN_KNOWN ? arena_copy(&out->arena, column->name)
                                                : str_of(column_info(column->id)->name);
        edit->from = shown(patch->from, column, column->from, from, &out->arena);
        edit->to = shown(patch->to, column, column->to, to, &out->arena);
        edit->place = (Place){.file = dataset_file(patch->to), .line = dataset_line(patch->to, to)};
        edit->project = dataset_project(patch->from, from);
        edit->row = from;
        edit->other_row = to;
        edit->column = i;
    }
}

static void add_row_edit(const Patch *patch, EditKind kind, uint32_t row, EditList *out) {
    bool added = kind == EDIT_ROW_ADDED;
    const Dataset *dataset = added ? patch->to : patch->from;
    uint32_t project = dataset_project(dataset, row);
    Edit *edit = edits_add(out, kind);
    edit->name = arena_copy(&out->arena, cell(dataset, "indicator", row));
    edit->place = (Place){.file = dataset_file(dataset), .line = dataset_line(dataset, row)};
    edit->project = added ? patch->project_from[project] : project;
    if (added)
        edit->other_row = row;
    else
        edit->row = row;
}

void patch_edits(const Patch *patch, EditList *out) {
    for (uint32_t row = 0; row < dataset_rows(patch->from); row++) {
        if (patch->row_to[row] == PATCH_NONE)
            add_row_edit(patch, EDIT_ROW_REMOVED, row, out);
        else
            compare_rows(patch, row, patch->row_to[row], out);
    }
    for (uint32_t row = 0; row < dataset_rows(patch->to); row++)
        if (patch->row_from[row] == PATCH_NONE) add_row_edit(patch, EDIT_ROW_ADDED, row, out);
}

/* ---- mixtures */

static void copy_cell(Dataset *out, size_t at, const PatchColumn *column, const Dataset *dataset, size_t from,
                      size_t row) {
    if (!column->number) {
        dataset_set_text(out, at, text_of(dataset, from, row));
        return;
    }
    Decimal number;
    Missing reason = number_of(dataset, from, row, &number);
    if (reason == MISSING_NONE)
        dataset_set_number(out, at, number);
    else
        dataset_set_missing(out, at, reason);
}

/* The edits of a row of the first data follow each other in the list. */
static void copy_row(const Patch *patch, const EditList *edits, const bool *on, size_t first, size_t end,
                     uint32_t row, Dataset *out) {
    dataset_add_row(out, dataset_line(patch->from, row));
    for (size_t i = 0, edit = first; i < patch->column_count; i++) {
        const PatchColumn *column = &patch->columns[i];
        bool edited = edit < end && edits->items[edit].column == i;
        if (edited && on[edit])
            copy_cell(out, i, column, patch->to, column->to, edits->items[edit].other_row);
        else
            copy_cell(out, i, column, patch->from, column->from, row);
        edit += edited;
    }
}

Dataset *patch_apply(const Patch *patch, const EditList *edits, const bool *on, uint32_t *rows) {
    Dataset *out = dataset_new(dataset_file(patch->from));
    uint32_t count = 0;
    for (size_t i = 0; i < patch->column_count; i++)
        dataset_add_column(out, patch->columns[i].name, patch->columns[i].id, patch->columns[i].number);
    for (size_t i = 0; i < dataset_level_size(patch->from, LEVEL_PROJECT); i++) rows[i] = PATCH_NONE;
    size_t edit = 0;
    while (edit < edits->count && edits->items[edit].kind < EDIT_TARGET) edit++;
    for (uint32_t row = 0; row < dataset_rows(patch->from); row++) {
        size_t first = edit;
        while (edit < edits->count && edits->items[edit].row == row) edit++;
        if (edit > first && edits->items[first].kind == EDIT_ROW_REMOVED && on[first]) continue;
        bool removable = edit > first && edits->items[first].kind == EDIT_ROW_REMOVED;
        copy_row(patch, edits, on, first, removable ? first : edit, row, out);
        uint32_t *kept = &rows[dataset_project(patch->from, row)];
        if (*kept == PATCH_NONE) *kept = count;
        count++;
    }
    for (; edit < edits->count; edit++) {
        uint32_t row = edits->items[edit].other_row, project = edits->items[edit].project;
        if (!on[edit]) continue;
        dataset_add_row(out, dataset_line(patch->to, row));
        for (size_t i = 0; i < patch->column_count; i++)
            copy_cell(out, i, &patch->columns[i], patch->to, patch->columns[i].to, row);
        if (project != UINT32_MAX && rows[project] == PATCH_NONE) rows[project] = count;
        count++;
    }
    dataset_finish(out);
    return out;
}
