#include "model/reach.h"

#include "model/judge.h"

/* A rate at which the verdict may change. */
typedef struct Cut {
    mpq_t rate;
    const Bound *bound; /* NULL: last year's rate */
} Cut;

#define MOST_CUTS (4 * PLAN_BANDS + 1)

/* What is sought for one project. */
typedef struct Search {
    const Results *results;
    size_t project;
    unsigned own, wanted; /* verdicts */
    mpq_t rate;
    Cut cuts[MOST_CUTS];
    size_t count;
} Search;

static void add_bound(Search *search, const Bound *bound) {
    if (!bound->set) return;
    Cut *cut = &search->cuts[search->count++];
    cut->bound = bound;
    mpq_init(cut->rate);
    decimal_to_rational(&bound->value, cut->rate);
}

static void add_last_year(Search *search) {
    const Results *last = results_last_year(search->results);
    Cut *cut = &search->cuts[search->count];
    cut->bound = NULL;
    mpq_init(cut->rate);
    if (last && results_unit_exact(last, LEVEL_PROJECT, search->project, cut->rate) == MISSING_NONE)
        search->count++;
    else
        mpq_clear(cut->rate);
}

static void find_cuts(Search *search) {
    const Verdicts *verdicts = &results_plan(search->results)->verdicts[LEVEL_PROJECT];
    for (size_t i = 0; i < verdicts->count; i++) {
        add_bound(search, &verdicts->bands[i].range.low);
        add_bound(search, &verdicts->bands[i].range.high);
        add_bound(search, &verdicts->bands[i].if_improved.low);
        add_bound(search, &verdicts->bands[i].if_improved.high);
    }
    add_last_year(search);
}

/* The nearest cut above (side 1) or below (side -1) `from`; one at `from` itself only where `here`. NULL when
 * there is none. Of equal ones the first. */
static const Cut *next_cut(const Search *search, mpq_srcptr from, bool here, int side) {
    const Cut *next = NULL;
    for (size_t i = 0; i < search->count; i++) {
        const Cut *cut = &search->cuts[i];
        int order = mpq_cmp(cut->rate, from) * side;
        if (order < 0 || (order == 0 && !here)) continue;
        if (!next || mpq_cmp(cut->rate, next->rate) * side < 0) next = cut;
    }
    return next;
}

static unsigned verdict_at(const Search *search, mpq_srcptr rate) {
    return judge_rate(search->results, search->project, rate);
}

/* The verdict just behind a cut: at any rate before the next one. */
static unsigned verdict_behind(const Search *search, mpq_srcptr cut, int side) {
    const Cut *next = next_cut(search, cut, false, side);
    mpq_t middle;
    mpq_init(middle);
    if (next) {
        mpq_add(middle, cut, next->rate);
        mpq_div_2exp(middle, middle, 1);
    } else {
        mpq_set_si(middle, side, 1);
        mpq_add(middle, middle, cut);
    }
    unsigned verdict = verdict_at(search, middle);
    mpq_clear(middle);
    return verdict;
}

static bool is_sought(const Search *search, unsigned verdict) {
    return search->wanted == REACH_ANY ? verdict != search->own : verdict == search->wanted;
}

/* Walks from cut to cut until the verdict is one that is sought. */
static void walk(const Search *search, int side, Reach *out) {
    bool here = true; /* the rate may stand on a cut */
    mpq_srcptr from = search->rate;
    const Cut *cut;
    while (!out->known && (cut = next_cut(search, from, here, side))) {
        unsigned at = verdict_at(search, cut->rate), behind = verdict_behind(search, cut->rate, side);
        out->at = is_sought(search, at);
        out->known = out->at || is_sought(search, behind);
        out->verdict = out->at ? at : behind;
        out->bound = cut->bound;
        mpq_set(out->cut, cut->rate);
        from = cut->rate;
        here = false;
    }
    out->above = side > 0;
    mpq_sub(out->distance, out->cut, search->rate);
    mpq_abs(out->distance, out->distance);
}

static bool is_nearer(const Reach *up, const Reach *down) {
    if (!up->known || !down->known) return up->known;
    int order = mpq_cmp(up->distance, down->distance);
    return order < 0 || (order == 0 && (up->at || !down->at));
}

static void search_both(Search *search, Reach *out) {
    Reach down = {.known = false};
    mpq_inits(down.cut, down.distance, NULL);
    find_cuts(search);
    walk(search, 1, out);
    walk(search, -1, &down);
    if (is_nearer(out, &down)) {
        reach_release(&down);
    } else {
        reach_release(out);
        *out = down;
    }
    for (size_t i = 0; i < search->count; i++) mpq_clear(search->cuts[i].rate);
}

bool reach_is_given(const Results *results, size_t project) {
    bool given = false;
    for (size_t i = 0; i < results_adjustments(results, project); i++)
        given |= results_adjustment(results, project, i)->adjust == ADJUST_VERDICT;
    return given;
}

void reach_find(const Results *results, size_t project, unsigned wanted, Reach *out) {
    *out = (Reach){.known = false};
    mpq_inits(out->cut, out->distance, NULL);
    Search search = {.results = results, .project = project, .wanted = wanted};
    search.own = results_verdict(results, project);
    if (results_plan(results)->verdicts[LEVEL_PROJECT].forced || reach_is_given(results, project)) return;
    if (search.own == wanted && wanted != REACH_ANY) return;
    mpq_init(search.rate);
    if (results_unit_exact(results, LEVEL_PROJECT, project, search.rate) == MISSING_NONE)
        search_both(&search, out);
    mpq_clear(search.rate);
}

void reach_release(Reach *reach) { mpq_clears(reach->cut, reach->distance, NULL); }
