#include "model/coverage.h"

#include "base/memory.h"

#include <string.h>

/* ---- the entries of a plan, in a fixed order: what is done with each is told to a visitor */

typedef struct Walk {
    Coverage *coverage;
    const Trial *trial; /* NULL: the entries are added */
    size_t next;
} Walk;

static Place copy_place(Arena *arena, Place place) {
    place.file = arena_copy(arena, place.file);
    place.source = arena_copy(arena, place.source);
    return place;
}

static void add_item(Coverage *coverage, CoverageKind kind, Str path, const Place *place) {
    if (coverage->count == coverage->room) {
        size_t room = 2 * coverage->room + 16;
        CoverageItem *more = arena_new(&coverage->arena, room, sizeof *more);
        if (coverage->count) memcpy(more, coverage->items, coverage->count * sizeof *more);
        coverage->items = more;
        coverage->room = room;
    }
    coverage->items[coverage->count++] =
        (CoverageItem){kind, arena_copy(&coverage->arena, path), copy_place(&coverage->arena, *place), 0};
}

/* The next entry: made, or reached `hits` times more. */
static void visit(Walk *walk, CoverageKind kind, Str path, const Place *place, size_t hits) {
    if (!walk->trial)
        add_item(walk->coverage, kind, path, place);
    else
        walk->coverage->items[walk->next++].hits += hits;
}

/* ---- cases */

static size_t case_hits(const Results *results, const Case *wanted) {
    size_t hits = 0;
    for (size_t row = 0; results && row < results_rows(results); row++)
        hits += results_row_case(results, row) == wanted;
    return hits;
}

/* A special case that changes projects, or gives indicators a verdict. */
static size_t adjusted_hits(const Results *results, const Case *wanted) {
    const Dataset *dataset = results_dataset(results);
    size_t hits = 0;
    for (size_t row = 0; row < dataset_rows(dataset); row++)
        hits += results_row_given(results, row) == wanted;
    for (size_t unit = 0; unit < dataset_level_size(dataset, LEVEL_PROJECT); unit++) {
        size_t count = results_adjustments(results, unit);
        for (size_t i = 0; i < count; i++) hits += results_adjustment(results, unit, i) == wanted;
    }
    return hits;
}

static void visit_cases(Walk *walk, CoverageKind kind, const Case *cases, size_t count,
                        const Results *results) {
    for (size_t i = 0; i < count; i++) {
        size_t hits = results ? case_hits(results, &cases[i]) : 0;
        if (results && kind == COVERAGE_SPECIALS) hits += adjusted_hits(results, &cases[i]);
        visit(walk, kind, cases[i].path, &cases[i].place, hits);
    }
}

/* ---- bands */

static const char *const lists[LEVEL_ALL] = {[LEVEL_BUREAU] = "bureau.verdict",
                                             [LEVEL_DEPARTMENT] = "department.verdict",
                                             [LEVEL_PROJECT] = "verdict",
                                             [LEVEL_INDICATOR] = "indicator.verdict"};

static size_t band_hits(const Results *results, Level level, const Band *band) {
    size_t hits = 0;
    for (size_t unit = 0; unit < dataset_level_size(results_dataset(results), level); unit++)
        hits += results_band(results, level, unit) == band;
    return hits;
}

/* Units whose exact rate is the cut's number. */
static size_t cut_hits(const Results *results, Level level, const Bound *bound) {
    size_t hits = 0;
    mpq_t value, cut;
    mpq_inits(value, cut, NULL);
    decimal_to_rational(&bound->value, cut);
    for (size_t unit = 0; unit < dataset_level_size(results_dataset(results), level); unit++)
        hits += results_unit_exact(results, level, unit, value) == MISSING_NONE && mpq_equal(value, cut);
    mpq_clears(value, cut, NULL);
    return hits;
}

static void visit_bound(Walk *walk, Str path, const char *inner, const char *name, Level level,
                        const Bound *bound) {
    if (!bound->set) return;
    size_t hits = walk->trial ? cut_hits(walk->trial->results, level, bound) : 0;
    Arena texts = {0};
    visit(walk, COVERAGE_CUTS, arena_format(&texts, "%.*s%s.%s", STR_FMT(path), inner, name), &bound->place,
          hits);
    arena_release(&texts);
}

static void visit_range(Walk *walk, Str path, const char *inner, Level level, const Range *range) {
    visit_bound(walk, path, inner, range->low.closed ? "at_least" : "above", level, &range->low);
    visit_bound(walk, path, inner, range->high.closed ? "at_most" : "below", level, &range->high);
}

static void visit_bands(Walk *walk, const Plan *plan, Level level) {
    for (size_t i = 0; i < plan->verdicts[level].count; i++) {
        const Band *band = &plan->verdicts[level].bands[i];
        Arena texts = {0};
        Str path = arena_format(&texts, "%s[%zu]", lists[level], i + 1);
        size_t hits = walk->trial ? band_hits(walk->trial->results, level, band) : 0;
        visit(walk, COVERAGE_BANDS, path, &band->place, hits);
        visit_range(walk, path, "", level, &band->range);
        visit_range(walk, path, ".any_indicator", LEVEL_INDICATOR, &band->any);
        visit_range(walk, path, ".improved", level, &band->if_improved);
        arena_release(&texts);
    }
}

/* ---- the whole */

static void walk_plan(Walk *walk, const Plan *plan) {
    const Results *results = walk->trial ? walk->trial->results : NULL;
    visit_cases(walk, COVERAGE_CASES, plan->cases, plan->case_count, results);
    if (plan->last_year)
        visit_cases(walk, COVERAGE_CASES, plan->last_year->cases, plan->last_year->case_count,
                    results ? results_last_year(results) : NULL);
    visit_cases(walk, COVERAGE_SPECIALS, plan->specials, plan->special_count, results);
    visit_bands(walk, plan, LEVEL_PROJECT);
    visit_bands(walk, plan, LEVEL_INDICATOR);
    visit_bands(walk, plan, LEVEL_DEPARTMENT);
    visit_bands(walk, plan, LEVEL_BUREAU);
}

Coverage *coverage_new(const Plan *plan) {
    Coverage *coverage = memory_new(1, sizeof *coverage);
    coverage->file = arena_copy(&coverage->arena, plan->file);
    Walk walk = {coverage, NULL, 0};
    walk_plan(&walk, plan);
    return coverage;
}

void coverage_free(Coverage *coverage) {
    if (!coverage) return;
    arena_release(&coverage->arena);
    memory_free(coverage);
}

void coverage_add(Coverage *coverage, const Trial *trial) {
    Walk walk = {coverage, trial, 0};
    walk_plan(&walk, trial->plan);
}

void coverage_add_line(Coverage *coverage, const Place *place, bool hit) {
    for (size_t i = 0; i < coverage->count; i++) {
        CoverageItem *item = &coverage->items[i];
        if (item->kind != COVERAGE_LINES || item->place.line != place->line ||
            !str_equal(item->place.file, place->file))
            continue;
        item->hits += hit;
        return;
    }
    add_item(coverage, COVERAGE_LINES, (Str){"", 0}, place);
    coverage->items[coverage->count - 1].hits = hit;
}

size_t coverage_count(const Coverage *coverage, CoverageKind kind, size_t *reached) {
    size_t count = 0;
    *reached = 0;
    for (size_t i = 0; i < coverage->count; i++) {
        if (coverage->items[i].kind != kind) continue;
        count++;
        *reached += coverage->items[i].hits > 0;
    }
    return count;
}

unsigned coverage_percent(const Coverage *coverage) {
    size_t all = 0, reached = 0;
    for (CoverageKind kind = 0; kind < COVERAGE_CUTS; kind++) {
        size_t hit;
        all += coverage_count(coverage, kind, &hit);
        reached += hit;
    }
    return all ? (unsigned)(100 * reached / all) : 100;
}
