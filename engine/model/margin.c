#include "model/margin.h"

#include "base/memory.h"
#include "model/judge.h"
#include "model/number.h"

#include <stdlib.h>
#include <string.h>

const char *margin_kind_name(MarginKind kind) {
    static const char *const names[] = {NULL, "no_rate", "given", "shares", "always"};
    return names[kind];
}

/* A value at which the verdict may change. */
typedef struct Cut {
    mpq_t value;
    const Bound *bound;
} Cut;

#define MOST_CUTS (4 * PLAN_BANDS + 1)
typedef struct Cuts {
    Cut list[MOST_CUTS];
    size_t count;
} Cuts;

static void add_bound(Cuts *cuts, const Bound *bound) {
    if (!bound->set) return;
    Cut *cut = &cuts->list[cuts->count++];
    cut->bound = bound;
    mpq_init(cut->value);
    decimal_to_rational(&bound->value, cut->value);
}

static int compare_cuts(const void *a, const void *b) {
    return mpq_cmp(((const Cut *)a)->value, ((const Cut *)b)->value);
}

/* The bounds of all bands; equal ones follow each other. */
static void cuts_begin(Cuts *cuts, const Verdicts *verdicts) {
    cuts->count = 0;
    for (size_t i = 0; i < verdicts->count; i++) {
        add_bound(cuts, &verdicts->bands[i].range.low);
        add_bound(cuts, &verdicts->bands[i].range.high);
        add_bound(cuts, &verdicts->bands[i].if_improved.low);
        add_bound(cuts, &verdicts->bands[i].if_improved.high);
    }
    qsort(cuts->list, cuts->count, sizeof *cuts->list, compare_cuts);
}

static void cuts_release(Cuts *cuts) {
    for (size_t i = 0; i < cuts->count; i++) mpq_clear(cuts->list[i].value);
}

/* What is sought for one project. */
typedef struct Search {
    Results *results;
    const Cuts *cuts;
    size_t project;
    const Band *bands;
    unsigned verdict;
    mpq_t rate, before; /* before: last year's */
    bool has_before;
} Search;

static unsigned verdict_at(const Search *search, mpq_srcptr rate) {
    return judge_again(search->results, search->project, search->bands, rate);
}

/* The nearest cut above (side 1) or below (side -1) `from`, at or behind it; false when there is none. */
static bool next_cut(const Search *search, mpq_srcptr from, bool here, int side, mpq_ptr out,
                     const Bound **bound) {
    bool found = false;
    *bound = NULL;
    for (size_t i = 0; i <= search->cuts->count; i++) {
        bool last_year = i == search->cuts->count;
        if (last_year && !search->has_before) break;
        mpq_srcptr value = last_year ? search->before : search->cuts->list[i].value;
        int order = mpq_cmp(value, from) * side;
        if (order < 0 || (order == 0 && !here)) continue;
        if (found && mpq_cmp(value, out) * side >= 0) continue;
        mpq_set(out, value);
        *bound = last_year ? NULL : search->cuts->list[i].bound;
        found = true;
    }
    return found;
}

/* The verdict just behind a cut: at any rate before the next one. */
static unsigned verdict_behind(const Search *search, mpq_srcptr cut, int side) {
    const Bound *bound;
    mpq_t next, middle;
    mpq_inits(next, middle, NULL);
    if (next_cut(search, cut, false, side, next, &bound)) {
        mpq_add(middle, cut, next);
        mpq_div_2exp(middle, middle, 1);
    } else {
        mpq_set_si(middle, side, 1);
        mpq_add(middle, middle, cut);
    }
    unsigned verdict = verdict_at(search, middle);
    mpq_clears(next, middle, NULL);
    return verdict;
}

typedef struct Found {
    bool found, at;
    mpq_t cut;
    const Bound *bound;
    unsigned beyond;
} Found;

/* Walks from cut to cut until the verdict is another one. */
static void walk(const Search *search, int side, Found *found) {
    mpq_t from, cut;
    mpq_inits(from, cut, NULL);
    mpq_set(from, search->rate);
    bool here = true; /* the rate may stand on a cut */
    const Bound *bound;
    while (!found->found && next_cut(search, from, here, side, cut, &bound)) {
        unsigned at = verdict_at(search, cut), behind = verdict_behind(search, cut, side);
        found->at = at != search->verdict;
        found->found = found->at || behind != search->verdict;
        found->beyond = found->at ? at : behind;
        found->bound = bound;
        mpq_set(found->cut, cut);
        mpq_set(from, cut);
        here = false;
    }
    mpq_clears(from, cut, NULL);
}

static void describe(const Search *search, const Found *found, bool up, mpq_ptr distance, Margin *margin,
                     Arena *arena) {
    mpq_sub(distance, found->cut, search->rate);
    mpq_abs(distance, distance);
    margin->kind = MARGIN_KNOWN;
    margin->up = up;
    margin->at = found->at;
    margin->beyond = found->beyond;
    margin->bound = found->bound;
    margin->cut = number_shown(arena, found->cut);
    margin->distance = number_text(arena, distance);
    if (margin->distance.size) return;
    margin->distance = number_rounded(arena, distance);
    margin->exact = number_fraction(arena, distance);
}

/* Of two ways of the same length the one that changes at the cut itself goes first, then the one up. */
static bool is_nearer(const Search *search, const Found *up, const Found *down) {
    if (!up->found || !down->found) return up->found;
    mpq_t above, below;
    mpq_inits(above, below, NULL);
    mpq_sub(above, up->cut, search->rate);
    mpq_sub(below, search->rate, down->cut);
    int order = mpq_cmp(above, below);
    mpq_clears(above, below, NULL);
    return order < 0 || (order == 0 && (up->at || !down->at));
}

static void find_margin(const Search *search, Margin *margin, mpq_ptr distance, Arena *arena) {
    Found up = {0}, down = {0};
    mpq_inits(up.cut, down.cut, NULL);
    walk(search, 1, &up);
    walk(search, -1, &down);
    bool is_up = is_nearer(search, &up, &down);
    if (up.found || down.found)
        describe(search, is_up ? &up : &down, is_up, distance, margin, arena);
    else
        margin->kind = MARGIN_ALWAYS;
    mpq_clears(up.cut, down.cut, NULL);
}

static bool is_given(const Results *results, size_t project) {
    bool given = false;
    for (size_t i = 0; i < results_adjustments(results, project); i++)
        given |= results_adjustment(results, project, i)->adjust == ADJUST_VERDICT;
    return given;
}

static void find_kind(Search *search, Margin *margin, mpq_ptr distance, Arena *arena) {
    const Results *results = search->results, *last = results_last_year(results);
    search->verdict = results_verdict(results, search->project);
    if (is_given(results, search->project))
        margin->kind = MARGIN_GIVEN;
    else if (results_unit_exact(results, LEVEL_PROJECT, search->project, search->rate) != MISSING_NONE)
        margin->kind = MARGIN_NO_RATE;
    else if (results_plan(results)->verdicts[LEVEL_PROJECT].forced)
        margin->kind = MARGIN_SHARES;
    else {
        search->has_before =
            last && results_unit_exact(last, LEVEL_PROJECT, search->project, search->before) == MISSING_NONE;
        find_margin(search, margin, distance, arena);
    }
}

/* A margin while they are sorted. */
typedef struct Sorted {
    Margin margin;
    mpq_t distance;
} Sorted;

static int compare_margins(const void *a, const void *b) {
    const Sorted *x = a, *y = b;
    bool known = x->margin.kind == MARGIN_KNOWN, other = y->margin.kind == MARGIN_KNOWN;
    if (known != other) return known ? -1 : 1;
    int order = known ? mpq_cmp(x->distance, y->distance) : 0;
    if (order) return order;
    return (x->margin.project > y->margin.project) - (x->margin.project < y->margin.project);
}

Margin *margin_all(Results *results, Arena *arena) {
    const Verdicts *verdicts = &results_plan(results)->verdicts[LEVEL_PROJECT];
    size_t count = dataset_level_size(results_dataset(results), LEVEL_PROJECT);
    Cuts cuts;
    cuts_begin(&cuts, verdicts);
    Search search = {.results = results, .cuts = &cuts, .bands = verdicts->bands};
    mpq_inits(search.rate, search.before, NULL);
    Sorted *sorted = memory_new(count, sizeof *sorted);
    Margin *margins = arena_new(arena, count, sizeof *margins);
    for (size_t i = 0; i < count; i++) {
        search.project = i;
        sorted[i].margin.project = (uint32_t)i;
        mpq_init(sorted[i].distance);
        find_kind(&search, &sorted[i].margin, sorted[i].distance, arena);
    }
    if (count) qsort(sorted, count, sizeof *sorted, compare_margins);
    for (size_t i = 0; i < count; i++) {
        margins[i] = sorted[i].margin;
        mpq_clear(sorted[i].distance);
    }
    memory_free(sorted);
    mpq_clears(search.rate, search.before, NULL);
    cuts_release(&cuts);
    return margins;
}

void margin_distance(const Margin *margin, mpq_ptr out) {
    if (margin->exact.size)
        mpq_set_str(out, margin->exact.data, 10);
    else
        number_read(margin->distance, out);
}
