#include "model/revisions.h"

#include "base/date.h"
#include "model/dataset_build.h"

const char *targets_name(TargetMode mode) {
    static const char *const names[] = {NULL, "original", "revised"};
    return names[mode];
}

static Str text_at(const Dataset *dataset, ColumnId id, size_t row) {
    size_t column;
    bool found = dataset_find_column(dataset, str_of(column_info(id)->name), &column);
    return found ? dataset_text(dataset, column, row) : STR("");
}

static const NumberColumn *revised_targets(const Dataset *dataset) {
    size_t column;
    bool found = dataset_find_column(dataset, str_of(column_info(COLUMN_REVISED_TARGET)->name), &column);
    return found ? dataset_numbers(dataset, column) : NULL;
}

bool revision_of(const Dataset *dataset, size_t row, Revision *out) {
    const NumberColumn *targets = revised_targets(dataset);
    if (!targets || dataset_number(targets, row, &out->target) != MISSING_NONE) return false;
    out->date = text_at(dataset, COLUMN_REVISED_ON, row);
    out->reason = text_at(dataset, COLUMN_REVISION_REASON, row);
    out->evidence = text_at(dataset, COLUMN_REVISION_EVIDENCE, row);
    return true;
}

bool revision_counts(const TargetRule *rule, const Revision *revision) {
    return rule->mode == TARGETS_REVISED && (!rule->by.size || str_compare(revision->date, rule->by) <= 0);
}

/* ---- checks */

static Place place_of(const Dataset *dataset, size_t row) {
    return (Place){.file = dataset_file(dataset), .line = dataset_line(dataset, row)};
}

/* A column as the file names it, or as the vocabulary does. */
static Str column_name(const Dataset *dataset, ColumnId id) {
    size_t column;
    Str name = str_of(column_info(id)->name);
    return dataset_find_column(dataset, name, &column) ? dataset_column_name(dataset, column) : name;
}

static bool check_row(const Dataset *dataset, size_t row, Diag *diag) {
    static const ColumnId grounds[] = {COLUMN_REVISED_ON, COLUMN_REVISION_REASON, COLUMN_REVISION_EVIDENCE};
    Revision revision;
    bool revised = revision_of(dataset, row, &revision), good = true;
    Str date = text_at(dataset, COLUMN_REVISED_ON, row);
    Place place = place_of(dataset, row);
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
        bool there = text_at(dataset, grounds[i], row).size > 0;
        if (there == revised) continue;
        diag_add(diag, MESSAGE_REVISION_INCOMPLETE, &place,
                 column_name(dataset, revised ? grounds[i] : COLUMN_REVISED_TARGET),
                 column_name(dataset, revised ? COLUMN_REVISED_TARGET : grounds[i]));
        good = false;
        if (!revised) break;
    }
    if (!date.size || date_is_valid(date)) return good;
    diag_add(diag, MESSAGE_REVISION_DATE, &place, column_name(dataset, COLUMN_REVISED_ON), date);
    return false;
}

bool revisions_check(const Dataset *dataset, Diag *diag) {
    static const ColumnId columns[] = {COLUMN_REVISED_TARGET, COLUMN_REVISED_ON, COLUMN_REVISION_REASON,
                                       COLUMN_REVISION_EVIDENCE};
    bool any = false, good = true;
    size_t column;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        any |= dataset_find_column(dataset, str_of(column_info(columns[i])->name), &column);
    for (size_t row = 0; any && row < dataset_all_rows(dataset); row++) good &= check_row(dataset, row, diag);
    return good;
}

/* ---- which one counts */

static size_t count_revisions(const Dataset *dataset, size_t *first) {
    size_t count = 0;
    Revision revision;
    for (size_t row = 0; revised_targets(dataset) && row < dataset_all_rows(dataset); row++) {
        if (!revision_of(dataset, row, &revision)) continue;
        if (count++ == 0) *first = row;
    }
    return count;
}

static void warn_undeclared(const Dataset *dataset, size_t count, size_t first, Diag *diag) {
    Arena texts = {0};
    Place place = place_of(dataset, first);
    diag_add(diag, MESSAGE_TARGETS_UNDECLARED, &place, arena_format(&texts, "%zu", count));
    arena_release(&texts);
}

static void exchange(const TargetRule *rule, Dataset *dataset, size_t target) {
    const ColumnInfo *original = column_info(COLUMN_ORIGINAL_TARGET);
    size_t revised = 0;
    dataset_find_column(dataset, str_of(column_info(COLUMN_REVISED_TARGET)->name), &revised);
    dataset_copy_numbers(dataset, target, str_of(original->name), COLUMN_ORIGINAL_TARGET);
    for (size_t row = 0; row < dataset_all_rows(dataset); row++) {
        Revision revision;
        if (revision_of(dataset, row, &revision) && revision_counts(rule, &revision))
            dataset_take_number(dataset, target, revised, row);
    }
}

void revisions_apply(const TargetRule *rule, Dataset *dataset, Diag *diag) {
    size_t first = 0, target = 0, count = count_revisions(dataset, &first);
    if (count && rule->mode == TARGETS_UNDECLARED) warn_undeclared(dataset, count, first, diag);
    if (!count || rule->mode != TARGETS_REVISED) return;
    dataset_find_column(dataset, str_of(column_info(COLUMN_TARGET)->name), &target);
    exchange(rule, dataset, target);
}

bool revisions_same(const TargetRule *a, const TargetRule *b) {
    return a->mode == b->mode && str_equal(a->by, b->by);
}
