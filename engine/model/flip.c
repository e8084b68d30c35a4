#include "model/flip.h"

#include "base/memory.h"
#include "model/flip_build.h"
#include "model/results_build.h"

#include <stdlib.h>
#include <string.h>

Flip *flip_add(FlipList *list) {
    if ((list->count & (list->count - 1)) == 0) { /* room is 1, 2, 4, … */
        Flip *grown = arena_new(list->arena, list->count ? 2 * list->count : 1, sizeof *grown);
        if (list->count) memcpy(grown, list->items, list->count * sizeof *grown);
        list->items = grown;
    }
    Flip *flip = &list->items[list->count++];
    *flip = (Flip){0};
    return flip;
}

void flip_set_value(Flip *flip, mpq_srcptr value, Arena *arena) {
    flip->exact = true;
    flip->at = number_text(arena, value);
    flip->reachable = flip->at.size > 0;
    if (flip->reachable) return;
    flip->at = number_rounded(arena, value);
    flip->fraction = number_fraction(arena, value);
}

Outcome *flip_ask(const FlipSearch *search, Str value, Diag *diag) {
    Arena arena = {0};
    Setting *settings = arena_new(&arena, search->other_count + 1, sizeof *settings);
    if (search->other_count) memcpy(settings, search->others, search->other_count * sizeof *settings);
    settings[search->other_count] = (Setting){search->param, value};
    size_t count = search->other_count + 1;
    Outcome *outcome = search->rates ? whatif_judge(search->held, search->rates, settings, count, diag)
                                     : whatif_ask_verdicts(search->held, settings, count, diag);
    arena_release(&arena);
    return outcome;
}

/* ---- bands alone: each project by itself */

/* The bands of a plan with another value of the parameter. */
typedef struct Bands {
    Band *bands;
    size_t count;
    Str param;
    bool any; /* the parameter bounds a range of indicators */
    Arena arena;
} Bands;

static bool is_bound(const Bands *bands, const Bound *bound) {
    return bound->set && bound->param && str_equal(bound->param->name, bands->param);
}

static void set_range(const Bands *bands, Range *range, const Decimal *value) {
    if (is_bound(bands, &range->low)) range->low.value = *value;
    if (is_bound(bands, &range->high)) range->high.value = *value;
}

static void bands_begin(Bands *bands, const FlipSearch *search) {
    const Verdicts *verdicts = &search->rates->plan->verdicts[LEVEL_PROJECT];
    *bands = (Bands){.count = verdicts->count, .param = search->param};
    bands->bands = arena_new(&bands->arena, bands->count, sizeof *bands->bands);
    memcpy(bands->bands, verdicts->bands, bands->count * sizeof *bands->bands);
    for (size_t i = 0; i < bands->count; i++)
        bands->any |= is_bound(bands, &bands->bands[i].any.low) || is_bound(bands, &bands->bands[i].any.high);
}

/* False when no rule set could have these bands. */
static bool set_bands(Bands *bands, Str text, Arena *scratch) {
    Decimal value = decimal_of(0);
    decimal_parse(text, &value, scratch, NULL);
    bool good = true;
    for (size_t i = 0; i < bands->count; i++) {
        Band *band = &bands->bands[i];
        set_range(bands, &band->range, &value);
        set_range(bands, &band->any, &value);
        set_range(bands, &band->if_improved, &value);
        good &= !range_is_empty(&band->any) && !range_is_empty(&band->if_improved);
    }
    Diag *unheard = diag_new();
    good = bands_check(STR("verdict"), bands->bands, bands->count, unheard) && good;
    diag_free(unheard);
    return good;
}

/* The values that the parameter can meet, sorted, each once. */
typedef struct Meetings {
    mpq_t *values;
    size_t count;
} Meetings;

static int compare_values(const void *a, const void *b) {
    return mpq_cmp(*(const mpq_t *)a, *(const mpq_t *)b);
}

static void add_meeting(Meetings *meetings, Missing missing, mpq_srcptr low, mpq_srcptr high) {
    mpq_t *last = &meetings->values[meetings->count];
    bool inside = missing == MISSING_NONE && mpq_cmp(low, *last) <= 0 && mpq_cmp(*last, high) <= 0;
    meetings->count += inside;
}

static void meetings_find(Meetings *meetings, const FlipSearch *search, const Bands *bands, uint32_t project,
                          mpq_srcptr low, mpq_srcptr high) {
    const Results *results = search->rates->results;
    size_t rows = 0;
    const uint32_t *row =
        bands->any ? dataset_children(results_dataset(results), LEVEL_PROJECT, project, &rows) : NULL;
    size_t room = 1 + (bands->any ? rows : 0), kept = 0;
    *meetings = (Meetings){.values = memory_new(room, sizeof *meetings->values)};
    for (size_t i = 0; i < room; i++) mpq_init(meetings->values[i]);
    mpq_t *next = meetings->values;
    add_meeting(meetings, results_unit_exact(results, LEVEL_PROJECT, project, *next), low, high);
    for (size_t i = 0; bands->any && i < rows; i++) {
        next = &meetings->values[meetings->count];
        add_meeting(meetings, results_row_exact(results, row[i], *next), low, high);
    }
    qsort(meetings->values, meetings->count, sizeof *meetings->values, compare_values);
    for (size_t i = 0; i < meetings->count; i++) {
        if (kept > 0 && mpq_equal(meetings->values[kept - 1], meetings->values[i])) continue;
        mpq_swap(meetings->values[kept++], meetings->values[i]);
    }
    for (size_t i = meetings->count = kept; i < room; i++) mpq_clear(meetings->values[i]);
}

static void meetings_release(Meetings *meetings) {
    for (size_t i = 0; i < meetings->count; i++) mpq_clear(meetings->values[i]);
    memory_free(meetings->values);
}

/* A value of the parameter, and the verdict it gives the project; no text: there is none. */
typedef struct Side {
    Str text;
    bool good;
    unsigned verdict;
} Side;

static Side look(const FlipSearch *search, Bands *bands, uint32_t project, Str text, Arena *arena) {
    Side side = {.text = text, .good = text.size && set_bands(bands, text, arena)};
    if (side.good) side.verdict = judge_again(search->rates->results, project, bands->bands);
    return side;
}

static Side look_between(const FlipSearch *search, Bands *bands, uint32_t project, mpq_srcptr low,
                         mpq_srcptr high, Arena *arena) {
    mpq_t middle;
    mpq_init(middle);
    bool found = mpq_cmp(low, high) < 0 && number_between(low, high, middle);
    Side side = look(search, bands, project, found ? number_text(arena, middle) : (Str){"", 0}, arena);
    mpq_clear(middle);
    return side;
}

static void add_meeting_flip(const FlipSearch *search, uint32_t project, mpq_srcptr value, const Side *below,
                             const Side *here, const Side *above, FlipList *out) {
    const Side *low = below->good ? below : here, *high = above->good ? above : here;
    bool changes = (here->good && (low->verdict != here->verdict || high->verdict != here->verdict)) ||
                   low->verdict != high->verdict;
    if (!low->good || !high->good || !changes) return;
    Flip *flip = flip_add(out);
    flip->project = project;
    flip->from = (uint8_t)low->verdict;
    flip->to = (uint8_t)high->verdict;
    flip->verdict = (uint8_t)here->verdict;
    flip->low = arena_copy(out->arena, low->text);
    flip->high = arena_copy(out->arena, high->text);
    flip->other = search->other;
    flip_set_value(flip, value, out->arena);
}

static void flip_project(const FlipSearch *search, Bands *bands, uint32_t project, mpq_srcptr low,
                         mpq_srcptr high, FlipList *out) {
    Meetings meetings;
    Arena scratch = {0};
    meetings_find(&meetings, search, bands, project, low, high);
    for (size_t i = 0; i < meetings.count; i++) {
        mpq_srcptr here = meetings.values[i];
        mpq_srcptr before = i > 0 ? meetings.values[i - 1] : low;
        mpq_srcptr behind = i + 1 < meetings.count ? meetings.values[i + 1] : high;
        Side below = look_between(search, bands, project, before, here, &scratch);
        Side above = look_between(search, bands, project, here, behind, &scratch);
        Side at = look(search, bands, project, number_text(&scratch, here), &scratch);
        add_meeting_flip(search, project, here, &below, &at, &above, out);
    }
    meetings_release(&meetings);
    arena_release(&scratch);
}

/* Whether the rate of a project may lie between the ends: few do, and only those are worked out exactly. */
static bool may_meet(const FlipSearch *search, size_t project, const RangeCuts *between) {
    const Results *results = search->rates->results;
    Guess rate = results_guess(results, LEVEL_PROJECT, project);
    return rate.missing == MISSING_NONE && range_near(between, rate.value, rate.error) != RANGE_NO;
}

void flip_in_bands(const FlipSearch *search, Str from, Str to, FlipList *out) {
    Bands bands;
    mpq_t low, high;
    mpq_inits(low, high, NULL);
    number_read(from, low);
    number_read(to, high);
    bands_begin(&bands, search);
    size_t projects = dataset_level_size(search->held->dataset, LEVEL_PROJECT);
    Decimal ends[2] = {decimal_of(0), decimal_of(0)};
    decimal_parse(from, &ends[0], out->arena, NULL);
    decimal_parse(to, &ends[1], out->arena, NULL);
    const Range between = {.low = {.set = true, .value = ends[0]}, .high = {.set = true, .value = ends[1]}};
    const RangeCuts cuts = range_cuts(&between);
    for (size_t i = 0; i < projects; i++)
        if (bands.any || may_meet(search, i, &cuts))
            flip_project(search, &bands, (uint32_t)i, low, high, out);
    arena_release(&bands.arena);
    mpq_clears(low, high, NULL);
}

/* ---- order */

static int compare_flips(const void *a, const void *b) {
    const Flip *x = a, *y = b;
    mpq_t left, right;
    mpq_inits(left, right, NULL);
    int order = 0;
    if (x->other.size) {
        number_read(x->other, left);
        number_read(y->other, right);
        order = mpq_cmp(left, right);
    }
    if (order == 0) {
        number_read(x->at, left);
        number_read(y->at, right);
        order = mpq_cmp(left, right);
    }
    mpq_clears(left, right, NULL);
    if (order == 0) order = (x->project > y->project) - (x->project < y->project);
    return order;
}

void flip_sort(FlipList *list) {
    if (list->count) qsort(list->items, list->count, sizeof *list->items, compare_flips);
}
