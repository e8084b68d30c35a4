#include "model/halving.h"

#include "model/flip_build.h"
#include "model/subset.h"

/* A value that was asked. */
typedef struct Probe {
    mpq_t value;
    const Outcome *outcome;
} Probe;

typedef struct Halving {
    const FlipSearch *search;
    FlipList *out;
    Diag *unheard; /* values at which the rules are wrong give no outcome */
} Halving;

static Outcome *ask(const Halving *halving, mpq_srcptr value) {
    Arena scratch = {0};
    Str text = number_text(&scratch, value);
    Outcome *outcome = text.size ? flip_ask(halving->search, text, halving->unheard) : NULL;
    arena_release(&scratch);
    return outcome;
}

/* What may cross a bound: the rate of a project, or of one of its rows. */
typedef struct Crossing {
    Level level;
    uint32_t unit;
    size_t band;
    enum { CROSS_LOW, CROSS_HIGH } side;
    bool improved; /* the bound is that of `improved` */
} Crossing;

static const Bound *bound_of(const Outcome *outcome, const Crossing *crossing) {
    const Band *band = &outcome->plan->verdicts[LEVEL_PROJECT].bands[crossing->band];
    const Range *range = crossing->level == LEVEL_INDICATOR ? &band->any
                         : crossing->improved               ? &band->if_improved
                                                            : &band->range;
    return crossing->side == CROSS_LOW ? &range->low : &range->high;
}

/* The exact distance of the rate from the bound. */
static bool distance(const Probe *probe, const Crossing *crossing, mpq_ptr out) {
    const Bound *bound = bound_of(probe->outcome, crossing);
    if (!bound->set) return false;
    mpq_t cut;
    mpq_init(cut);
    decimal_to_rational(&bound->value, cut);
    bool known =
        results_unit_exact(probe->outcome->results, crossing->level, crossing->unit, out) == MISSING_NONE;
    if (known) mpq_sub(out, out, cut);
    mpq_clear(cut);
    return known;
}

/* The zero of the straight line through both ends, when the distance changes its sign between them and the
 * middle lies on it. */
static bool find_zero(const Probe *low, const Probe *middle, const Probe *high, const Crossing *crossing,
                      mpq_ptr zero) {
    mpq_t a, b, m, part;
    mpq_inits(a, b, m, part, NULL);
    bool found = distance(low, crossing, a) && distance(high, crossing, b) && distance(middle, crossing, m) &&
                 mpq_sgn(a) != mpq_sgn(b);
    if (found) {
        /* m - a = (b - a) * (middle - low) / (high - low) */
        mpq_t width;
        mpq_init(width);
        mpq_sub(width, high->value, low->value);
        mpq_sub(b, b, a);
        mpq_sub(part, middle->value, low->value);
        mpq_mul(part, part, b);
        mpq_div(part, part, width);
        mpq_sub(m, m, a);
        found = mpq_equal(part, m);
        mpq_mul(zero, a, width);
        mpq_div(zero, zero, b);
        mpq_sub(zero, low->value, zero);
        mpq_clear(width);
    }
    mpq_clears(a, b, m, part, NULL);
    return found;
}

/* A value between `from` and `zero` that is near `zero`; false when they are the same. */
static bool near_zero(mpq_srcptr from, mpq_srcptr zero, mpq_ptr out) {
    mpq_t edge;
    mpq_init(edge);
    mpq_set_ui(edge, 1, 1000000000);
    bool above = mpq_cmp(from, zero) > 0;
    if (above)
        mpq_add(edge, zero, edge);
    else
        mpq_sub(edge, zero, edge);
    bool inside = above ? mpq_cmp(edge, from) < 0 : mpq_cmp(edge, from) > 0;
    if (!inside) mpq_set(edge, from);
    bool found = above ? number_between(zero, edge, out) : number_between(edge, zero, out);
    mpq_clear(edge);
    return found && !mpq_equal(from, zero);
}

/* Asks beside the zero: true when the verdict there is the end's. *text is the value asked, else the end's.
 */
static bool confirm(const Halving *halving, const Probe *end, mpq_srcptr zero, uint32_t project, Str *text) {
    mpq_t value;
    mpq_init(value);
    bool good = true;
    bool beside = near_zero(end->value, zero, value);
    if (!beside) mpq_set(value, end->value);
    *text = number_text(halving->out->arena, value);
    if (beside) {
        Outcome *outcome = ask(halving, value);
        good = outcome && outcome->verdicts[project] == end->outcome->verdicts[project];
        whatif_free(outcome);
    }
    mpq_clear(value);
    return good;
}

static void begin_flip(const Halving *halving, Flip *flip, const Probe *low, const Probe *high,
                       uint32_t project) {
    flip->project = project;
    flip->from = low->outcome->verdicts[project];
    flip->to = high->outcome->verdicts[project];
    flip->other = halving->search->other;
}

static bool add_exact(const Halving *halving, const Probe *low, const Probe *high, mpq_srcptr zero,
                      uint32_t project) {
    Flip flip = {0};
    begin_flip(halving, &flip, low, high, project);
    if (!confirm(halving, low, zero, project, &flip.low) ||
        !confirm(halving, high, zero, project, &flip.high))
        return false;
    flip_set_value(&flip, zero, halving->out->arena);
    if (flip.reachable) {
        Outcome *outcome = ask(halving, zero);
        if (outcome) flip.verdict = outcome->verdicts[project];
        flip.reachable = outcome != NULL;
        whatif_free(outcome);
    }
    *flip_add(halving->out) = flip;
    return true;
}

/* The crossings that can decide between verdicts, one after the other; false behind the last. */
static bool next_crossing(const Probe *probe, uint32_t project, size_t number, Crossing *out) {
    const Verdicts *verdicts = &probe->outcome->plan->verdicts[LEVEL_PROJECT];
    size_t rows, bounds = 4 * verdicts->count;
    const uint32_t *row =
        dataset_children(results_dataset(probe->outcome->results), LEVEL_PROJECT, project, &rows);
    *out = (Crossing){.level = LEVEL_PROJECT, .unit = project, .side = number % 2 ? CROSS_HIGH : CROSS_LOW};
    if (number < bounds) {
        out->band = number / 4;
        out->improved = number % 4 >= 2;
        return true;
    }
    number -= bounds;
    if (number >= rows * 2 * verdicts->count) return false;
    out->level = LEVEL_INDICATOR;
    out->unit = row[number / (2 * verdicts->count)];
    out->band = number / 2 % verdicts->count;
    return true;
}

static bool find_exact(const Halving *halving, const Probe *low, const Probe *middle, const Probe *high,
                       uint32_t project) {
    uint8_t verdict = middle->outcome->verdicts[project];
    if (low->outcome->plan->verdicts[LEVEL_PROJECT].forced) return false;
    if (verdict != low->outcome->verdicts[project] && verdict != high->outcome->verdicts[project])
        return false;
    mpq_t zero;
    mpq_init(zero);
    bool found = false;
    Crossing crossing;
    for (size_t i = 0; !found && next_crossing(low, project, i, &crossing); i++)
        found = find_zero(low, middle, high, &crossing, zero) && add_exact(halving, low, high, zero, project);
    mpq_clear(zero);
    return found;
}

static void add_enclosed(const Halving *halving, const Probe *low, const Probe *high, uint32_t project) {
    Flip *flip = flip_add(halving->out);
    begin_flip(halving, flip, low, high, project);
    flip->low = number_text(halving->out->arena, low->value);
    flip->at = flip->high = number_text(halving->out->arena, high->value);
}

/* The middle, with so few places that both ends come to have FLIP_PLACES at most; false when there is none
 * between. */
static bool find_middle(const Probe *low, const Probe *high, mpq_ptr out) {
    mpq_add(out, low->value, high->value);
    mpq_div_2exp(out, out, 1);
    decimal_round_rational(out, FLIP_PLACES, ROUNDING_HALF_UP);
    return mpq_cmp(low->value, out) < 0 && mpq_cmp(out, high->value) < 0;
}

static void halve(const Halving *halving, const Probe *low, const Probe *high, const uint32_t *projects,
                  size_t count);

/* Those of the projects whose verdicts differ at two values, and were not found yet (UINT32_MAX). */
static void halve_half(const Halving *halving, const Probe *low, const Probe *high, const uint32_t *projects,
                       size_t count) {
    Arena arena = {0};
    uint32_t *some = arena_new(&arena, count, sizeof *some);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (projects[i] == UINT32_MAX) continue;
        if (low->outcome->verdicts[projects[i]] != high->outcome->verdicts[projects[i]])
            some[kept++] = projects[i];
    }
    if (kept) halve(halving, low, high, some, kept);
    arena_release(&arena);
}

static void halve(const Halving *halving, const Probe *low, const Probe *high, const uint32_t *projects,
                  size_t count) {
    Arena arena = {0};
    Probe middle;
    mpq_init(middle.value);
    Outcome *outcome = find_middle(low, high, middle.value) ? ask(halving, middle.value) : NULL;
    middle.outcome = outcome;
    uint32_t *left = arena_new(&arena, count, sizeof *left);
    for (size_t i = 0; i < count; i++) {
        left[i] = projects[i];
        if (!outcome)
            add_enclosed(halving, low, high, projects[i]);
        else if (find_exact(halving, low, &middle, high, projects[i]))
            left[i] = UINT32_MAX;
    }
    if (outcome) halve_half(halving, low, &middle, left, count);
    if (outcome) halve_half(halving, &middle, high, left, count);
    whatif_free(outcome);
    mpq_clear(middle.value);
    arena_release(&arena);
}

/* Halves for one project over its own rows; false when these do not say what the whole says. */
static bool halve_alone(const Halving *whole, const Probe *low, const Probe *high, uint32_t project) {
    Dataset *rows = subset_of_project(whole->search->held->dataset, project);
    Held held = *whole->search->held;
    held.dataset = rows;
    FlipSearch search = *whole->search;
    search.held = &held;
    Halving halving = {&search, whole->out, whole->unheard};
    Outcome *below = ask(&halving, low->value), *above = ask(&halving, high->value);
    bool same = below && above && below->verdicts[0] == low->outcome->verdicts[project] &&
                above->verdicts[0] == high->outcome->verdicts[project];
    size_t first = whole->out->count;
    if (same) {
        Probe ends[2] = {{.outcome = below}, {.outcome = above}};
        mpq_inits(ends[0].value, ends[1].value, NULL);
        mpq_set(ends[0].value, low->value);
        mpq_set(ends[1].value, high->value);
        halve(&halving, &ends[0], &ends[1], (const uint32_t[]){0}, 1);
        mpq_clears(ends[0].value, ends[1].value, NULL);
    }
    for (size_t i = first; i < whole->out->count; i++) whole->out->items[i].project = project;
    whatif_free(below);
    whatif_free(above);
    dataset_free(rows);
    return same;
}

static void halve_each(const Halving *halving, const Probe *low, const Probe *high, uint32_t *projects,
                       size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t project = projects[i];
        bool differs = low->outcome->verdicts[project] != high->outcome->verdicts[project];
        if (differs && halve_alone(halving, low, high, project)) projects[i] = UINT32_MAX;
    }
}

/* The projects whose verdicts differ. */
static uint32_t *find_changed(const Outcome *below, const Outcome *above, size_t projects, Arena *arena,
                              size_t *count) {
    size_t found = 0;
    for (size_t i = 0; i < projects; i++) found += below->verdicts[i] != above->verdicts[i];
    uint32_t *changed = arena_new(arena, found, sizeof *changed);
    *count = found;
    for (size_t i = 0, at = 0; at < found; i++)
        if (below->verdicts[i] != above->verdicts[i]) changed[at++] = (uint32_t)i;
    return changed;
}

void halving_flips(const FlipSearch *search, Str low, const Outcome *below, Str high, const Outcome *above,
                   FlipList *out) {
    Halving halving = {search, out, diag_new()};
    Probe ends[2] = {{.outcome = below}, {.outcome = above}};
    Arena arena = {0};
    size_t count;
    uint32_t *changed =
        find_changed(below, above, dataset_level_size(search->held->dataset, LEVEL_PROJECT), &arena, &count);
    mpq_inits(ends[0].value, ends[1].value, NULL);
    number_read(low, ends[0].value);
    number_read(high, ends[1].value);
    if (subset_suffices(below->plan) && subset_suffices(above->plan))
        halve_each(&halving, &ends[0], &ends[1], changed, count);
    halve_half(&halving, &ends[0], &ends[1], changed, count);
    mpq_clears(ends[0].value, ends[1].value, NULL);
    arena_release(&arena);
    diag_free(halving.unheard);
}
