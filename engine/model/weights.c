#include "model/weights.h"

#include "model/schema.h"

#include <stdlib.h>

static int compare_named(const void *a, const void *b) {
    return str_compare(((const NamedWeight *)a)->name, ((const NamedWeight *)b)->name);
}

/* The table's entry of that name; NULL when it has none. */
static const NamedWeight *find_named(const Rollup *rollup, Str name) {
    NamedWeight wanted = {.name = name};
    return bsearch(&wanted, rollup->named, rollup->named_count, sizeof wanted, compare_named);
}

static const NumberColumn *spread_table(const Rollup *rollup, const Dataset *dataset, Arena *arena) {
    size_t count = dataset_level_size(dataset, rollup->children);
    NumberColumn *column = arena_new(arena, 1, sizeof *column);
    column->digits = arena_new(arena, count, sizeof *column->digits);
    column->scale = arena_new(arena, count, sizeof *column->scale);
    column->long_numbers = arena_new(arena, rollup->named_count, sizeof *column->long_numbers);
    column->long_count = rollup->named_count;
    for (size_t i = 0; i < rollup->named_count; i++) column->long_numbers[i] = rollup->named[i].weight;
    for (size_t child = 0; child < count; child++) {
        const NamedWeight *found = find_named(rollup, lineage_name(dataset, rollup->children, child));
        column->digits[child] = found ? found - rollup->named : MISSING_WEIGHT;
        column->scale[child] = found ? DATASET_SCALE_LONG : DATASET_SCALE_MISSING;
    }
    return column;
}

const NumberColumn *weights_of(const Rollup *rollup, const Dataset *dataset, Arena *arena) {
    size_t column;
    if (rollup->aggregate != AGGREGATE_WEIGHTED_MEAN) return NULL;
    if (!rollup->weight.size) return spread_table(rollup, dataset, arena);
    return dataset_find_column(dataset, rollup->weight, &column) ? dataset_numbers(dataset, column) : NULL;
}

/* ---- checks */

static bool check_column(const Rollup *rollup, const NumberColumn *weights, const Dataset *dataset,
                         Diag *diag) {
    bool good = true;
    const Decimal zero = decimal_of(0);
    for (size_t row = 0; weights && row < dataset_rows(dataset); row++) {
        Decimal number;
        if (dataset_number(weights, row, &number) != MISSING_NONE || decimal_compare(&number, &zero) >= 0)
            continue;
        Buffer text = {0};
        decimal_write(&text, &number);
        Place place = {.file = dataset_file(dataset), .line = dataset_line(dataset, row)};
        diag_add(diag, MESSAGE_NEGATIVE_WEIGHT, &place, rollup->weight, buffer_view(&text));
        buffer_release(&text);
        good = false;
    }
    return good;
}

static void add_stranger(const Rollup *rollup, Str name, const Dataset *dataset, Arena *arena, Diag *diag) {
    size_t count = dataset_level_size(dataset, rollup->children);
    Str *names = arena_new(arena, count, sizeof *names);
    for (size_t i = 0; i < count; i++) names[i] = lineage_name(dataset, rollup->children, i);
    diag_add(diag, MESSAGE_WEIGHT_NAME, &rollup->place, rollup->path, name);
    schema_suggest(diag, name, names, count);
}

/* A name that nothing has is a name misspelt. */
static bool check_names(const Rollup *rollup, const NumberColumn *weights, const Dataset *dataset,
                        Arena *arena, Diag *diag) {
    bool good = true, *used = arena_new(arena, rollup->named_count, sizeof *used);
    for (size_t child = 0; child < dataset_level_size(dataset, rollup->children); child++) {
        if (weights->scale[child] != DATASET_SCALE_MISSING) used[weights->digits[child]] = true;
    }
    for (size_t i = 0; i < rollup->named_count; i++) {
        if (!used[i]) add_stranger(rollup, rollup->named[i].name, dataset, arena, diag);
        good &= used[i];
    }
    return good;
}

static void add_sum(const Plan *plan, Level level, const Dataset *dataset, size_t unit, mpq_srcptr sum,
                    Diag *diag) {
    const Rollup *rollup = &plan->rollups[level];
    Buffer found = {0}, asked = {0};
    decimal_round(&found, sum, 6, ROUNDING_HALF_UP);
    decimal_trim(&found, 0);
    decimal_write_canonical(&asked, &rollup->sum);
    Place place = {.file = dataset_file(dataset),
                   .line = dataset_line(dataset, lineage_row(dataset, level, unit))};
    diag_add(diag, MESSAGE_WEIGHT_SUM, &place, lineage_name(dataset, level, unit), buffer_view(&found),
             buffer_view(&asked));
    buffer_release(&found);
    buffer_release(&asked);
}

/* Weights that must have a certain sum, unit by unit. */
static bool check_sums(const Plan *plan, Level level, const NumberColumn *weights, const Dataset *dataset,
                       Arena *arena, Diag *diag) {
    const Rollup *rollup = &plan->rollups[level];
    const Lineage lineage = lineage_of(dataset, level, rollup->children, arena);
    bool good = true;
    mpq_t sum, weight, wanted;
    mpq_inits(sum, weight, wanted, NULL);
    decimal_to_rational(&rollup->sum, wanted);
    for (size_t unit = 0; unit < dataset_level_size(dataset, level); unit++) {
        size_t count;
        const uint32_t *children = lineage_children(&lineage, unit, &count);
        mpq_set_ui(sum, 0, 1);
        for (size_t i = 0; i < count; i++) {
            Decimal number;
            if (!weights || dataset_number(weights, children[i], &number) != MISSING_NONE) continue;
            decimal_to_rational(&number, weight);
            mpq_add(sum, sum, weight);
        }
        if (mpq_equal(sum, wanted)) continue;
        add_sum(plan, level, dataset, unit, sum, diag);
        good = false;
    }
    mpq_clears(sum, weight, wanted, NULL);
    return good;
}

bool weights_check(const Plan *plan, Level level, const Dataset *dataset, Diag *diag) {
    const Rollup *rollup = &plan->rollups[level];
    if (!rollup->set || rollup->aggregate != AGGREGATE_WEIGHTED_MEAN) return true;
    Arena arena = {0};
    const NumberColumn *weights = weights_of(rollup, dataset, &arena);
    bool good = rollup->weight.size ? check_column(rollup, weights, dataset, diag)
                                    : check_names(rollup, weights, dataset, &arena, diag);
    if (rollup->sum_set) good &= check_sums(plan, level, weights, dataset, &arena, diag);
    arena_release(&arena);
    return good;
}
