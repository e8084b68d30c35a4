#include "model/margin.h"

#include "base/memory.h"
#include "model/number.h"
#include "model/reach.h"

#include <stdlib.h>

const char *margin_kind_name(MarginKind kind) {
    static const char *const names[] = {NULL, "no_rate", "given", "shares", "always"};
    return names[kind];
}

static MarginKind kind_of(const Results *results, size_t project) {
    if (reach_is_given(results, project)) return MARGIN_GIVEN;
    if (results_unit_missing(results, LEVEL_PROJECT, project) != MISSING_NONE) return MARGIN_NO_RATE;
    return results_plan(results)->verdicts[LEVEL_PROJECT].forced ? MARGIN_SHARES : MARGIN_ALWAYS;
}

static void describe(const Reach *reach, Margin *margin, Arena *arena) {
    margin->kind = MARGIN_KNOWN;
    margin->up = reach->above;
    margin->at = reach->at;
    margin->beyond = reach->verdict;
    margin->bound = reach->bound;
    margin->cut = number_shown(arena, reach->cut);
    margin->distance = number_text(arena, reach->distance);
    if (margin->distance.size) return;
    margin->distance = number_rounded(arena, reach->distance);
    margin->exact = number_fraction(arena, reach->distance);
}

/* A margin while they are sorted. */
typedef struct Sorted {
    Margin margin;
    Reach reach;
} Sorted;

static int compare_margins(const void *a, const void *b) {
    const Sorted *x = a, *y = b;
    bool known = x->margin.kind == MARGIN_KNOWN, other = y->margin.kind == MARGIN_KNOWN;
    if (known != other) return known ? -1 : 1;
    int order = known ? mpq_cmp(x->reach.distance, y->reach.distance) : 0;
    if (order) return order;
    return (x->margin.project > y->margin.project) - (x->margin.project < y->margin.project);
}

Margin *margin_all(const Results *results, Arena *arena) {
    size_t count = dataset_level_size(results_dataset(results), LEVEL_PROJECT);
    Sorted *sorted = memory_new(count, sizeof *sorted);
    Margin *margins = arena_new(arena, count, sizeof *margins);
    for (size_t i = 0; i < count; i++) {
        Margin *margin = &sorted[i].margin;
        *margin = (Margin){.project = (uint32_t)i, .kind = kind_of(results, i)};
        reach_find(results, i, REACH_ANY, &sorted[i].reach);
        if (sorted[i].reach.known) describe(&sorted[i].reach, margin, arena);
    }
    if (count) qsort(sorted, count, sizeof *sorted, compare_margins);
    for (size_t i = 0; i < count; i++) {
        margins[i] = sorted[i].margin;
        reach_release(&sorted[i].reach);
    }
    memory_free(sorted);
    return margins;
}

void margin_distance(const Margin *margin, mpq_ptr out) {
    if (margin->exact.size)
        mpq_set_str(out, margin->exact.data, 10);
    else
        number_read(margin->distance, out);
}
