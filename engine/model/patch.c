#include "model/patch.h"

#include "base/memory.h"
#include "base/text.h"
#include "model/dataset_build.h"

#include <stdlib.h>

/* ---- names as 128 bits of hash, folded as they are looked for: names of two units, or of two rows, share
 * them as two dice of so many sides would */

typedef struct NameHash {
    uint64_t half[2];
} NameHash;

/* Of one side. */
typedef struct Names {
    const Dataset *dataset;
    const TextColumn *ids, *indicators; /* NULL: there are none */
    NameHash *words;                    /* of indicators */
    NameHash *units[LEVEL_COUNT];       /* with the names of the units above */
} Names;

static void hash_folded(Buffer *text, const NameHash *above, Str name, NameHash *out) {
    text->size = 0;
    if (above) buffer_add(text, (Str){(const char *)above->half, sizeof above->half});
    text_fold(text, name);
    str_hash_wide(buffer_view(text), 0, out->half);
}

static const TextColumn *words_of(const Dataset *dataset, const char *name) {
    size_t column;
    return dataset_find_column(dataset, str_of(name), &column) ? dataset_words(dataset, column) : NULL;
}

static Names read_names(const Dataset *dataset, Arena *arena) {
    Names names = {dataset, words_of(dataset, "id"), words_of(dataset, "indicator"), NULL, {NULL}};
    Buffer text = {0};
    for (Level level = LEVEL_BUREAU; level < LEVEL_COUNT; level++) {
        size_t count = dataset_level_size(dataset, level);
        const NameHash *above = level > LEVEL_BUREAU ? names.units[level - 1] : NULL;
        NameHash *own = names.units[level] = arena_new(arena, count, sizeof *own);
        for (size_t i = 0; i < count; i++)
            hash_folded(&text, above ? &above[dataset_parent(dataset, level, i)] : NULL,
                        dataset_level_name(dataset, level, i), &own[i]);
    }
    size_t words = names.indicators ? names.indicators->word_count : 0;
    names.words = arena_new(arena, words, sizeof *names.words);
    for (size_t i = 0; i < words; i++) hash_folded(&text, NULL, names.indicators->words[i], &names.words[i]);
    buffer_release(&text);
    return names;
}

static bool has_id(const Names *names, size_t row) { return names->ids && text_id(names->ids, row) != 0; }

static void hash_row(const Names *names, size_t row, bool by_id, NameHash *out) {
    if (by_id) {
        str_hash_wide(names->ids->words[text_id(names->ids, row)], 0, out->half);
        return;
    }
    NameHash both[2] = {names->units[LEVEL_PROJECT][dataset_project(names->dataset, row)], {{0}}};
    if (names->indicators) both[1] = names->words[text_id(names->indicators, row)];
    str_hash_wide((Str){(const char *)both, sizeof both}, 0, out->half);
}

/* ---- matching: two lists of keys, sorted; the first of equal keys goes with the first */

typedef struct Key {
    NameHash hash;
    uint32_t number;
} Key;

static int compare_hashes(const Key *x, const Key *y) {
    size_t at = x->hash.half[0] == y->hash.half[0];
    return (x->hash.half[at] > y->hash.half[at]) - (x->hash.half[at] < y->hash.half[at]);
}

static int compare_keys(const void *a, const void *b) {
    const Key *x = a, *y = b;
    int order = compare_hashes(x, y);
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

static void match(Key *left, size_t left_count, Key *right, size_t right_count, uint32_t *to,
                  uint32_t *from) {
    size_t i = 0, j = 0;
    if (left_count) qsort(left, left_count, sizeof *left, compare_keys);
    if (right_count) qsort(right, right_count, sizeof *right, compare_keys);
    while (i < left_count && j < right_count) {
        int order = compare_hashes(&left[i], &right[j]);
        if (order == 0) {
            to[left[i].number] = right[j].number;
            from[right[j].number] = left[i].number;
        }
        i += order <= 0;
        j += order >= 0;
    }
}

/* The rows without a partner: by id those that have one. */
static Key *row_keys(const Names *names, const uint32_t *partner, bool by_id, Arena *arena, size_t *count) {
    size_t rows = dataset_rows(names->dataset);
    Key *keys = arena_new(arena, rows, sizeof *keys);
    *count = 0;
    for (size_t row = 0; row < rows; row++) {
        if (partner[row] != PATCH_NONE || (by_id && !has_id(names, row))) continue;
        keys[*count].number = (uint32_t)row;
        hash_row(names, row, by_id, &keys[(*count)++].hash);
    }
    return keys;
}

static void match_rows(Patch *patch, const Names *from, const Names *to, bool by_id) {
    Arena scratch = {0};
    size_t left, right;
    Key *left_keys = row_keys(from, patch->row_to, by_id, &scratch, &left);
    Key *right_keys = row_keys(to, patch->row_from, by_id, &scratch, &right);
    match(left_keys, left, right_keys, right, patch->row_to, patch->row_from);
    arena_release(&scratch);
}

static Key *project_keys(const Names *names, Arena *arena, size_t *count) {
    *count = dataset_level_size(names->dataset, LEVEL_PROJECT);
    Key *keys = arena_new(arena, *count, sizeof *keys);
    for (size_t i = 0; i < *count; i++) keys[i] = (Key){names->units[LEVEL_PROJECT][i], (uint32_t)i};
    return keys;
}

static void match_projects(Patch *patch, const Names *from, const Names *to) {
    Arena scratch = {0};
    size_t left, right;
    Key *left_keys = project_keys(from, &scratch, &left), *right_keys = project_keys(to, &scratch, &right);
    match(left_keys, left, right_keys, right, patch->project_to, patch->project_from);
    for (size_t row = 0; row < dataset_rows(patch->from); row++) { /* renamed ones */
        if (patch->row_to[row] == PATCH_NONE) continue;
        uint32_t before = dataset_project(patch->from, row),
                 after = dataset_project(patch->to, patch->row_to[row]);
        if (patch->project_to[before] != PATCH_NONE || patch->project_from[after] != PATCH_NONE) continue;
        patch->project_to[before] = after;
        patch->project_from[after] = before;
    }
    arena_release(&scratch);
}

static void match_names(Patch *patch) {
    Arena scratch = {0};
    const Names from = read_names(patch->from, &scratch), to = read_names(patch->to, &scratch);
    match_rows(patch, &from, &to, true);
    match_rows(patch, &from, &to, false);
    match_projects(patch, &from, &to);
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
        match_names(patch);
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

static Str indicator_of(const Dataset *dataset, size_t row) {
    const TextColumn *column = words_of(dataset, "indicator");
    return column ? column->words[text_id(column, row)] : (Str){"", 0};
}

static void add_row_edit(const Patch *patch, EditKind kind, uint32_t row, EditList *out) {
    bool added = kind == EDIT_ROW_ADDED;
    const Dataset *dataset = added ? patch->to : patch->from;
    uint32_t project = dataset_project(dataset, row);
    Edit *edit = edits_add(out, kind);
    edit->name = arena_copy(&out->arena, indicator_of(dataset, row));
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
