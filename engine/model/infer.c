#include "model/infer.h"

#include "base/memory.h"
#include "model/evaluate.h"
#include "model/infer_rules.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define NO_GROUP     SIZE_MAX

/* A group of projects of which so many lie below the cut. */
typedef struct Group {
    size_t wanted, below;
    Str bureau;
    size_t unit;
} Group;

typedef struct Search {
    const Dataset *dataset;
    const Published *published;
    Inferred *out;
    Diag *diag;
    Group *groups;
    size_t group_count;
    size_t *own;   /* the group of each project, or NO_GROUP */
    size_t common; /* the group of all projects, or NO_GROUP */
} Search;

/* ---- evaluation of a candidate */

typedef struct Candidate {
    Arena arena;
    Plan *plan;
    Results *results;
} Candidate;

/* Units that do not add up and weights that are missing speak against an aggregation, not against the data.
 */
static bool fits_data(const Search *search, const Plan *plan, const Shape *shape) {
    if (shape->aggregate != AGGREGATE_POOLED && shape->aggregate != AGGREGATE_WEIGHTED_MEAN) return true;
    Diag *unheard = diag_new();
    Results *results = evaluate(plan, search->dataset, NULL, unheard);
    bool fits = results != NULL;
    results_free(results);
    diag_free(unheard);
    return fits;
}

static bool candidate_begin(const Search *search, const Shape *shape, Candidate *out) {
    *out = (Candidate){0};
    out->plan = infer_plan(&out->arena, shape, search->diag);
    if (out->plan && !fits_data(search, out->plan, shape)) return false;
    if (out->plan) out->results = evaluate(out->plan, search->dataset, NULL, search->diag);
    return out->results != NULL;
}

static void candidate_end(Candidate *candidate) {
    results_free(candidate->results);
    plan_free(candidate->plan);
    arena_release(&candidate->arena);
}

/* ---- rates */

static const NumberColumn *published_rates(const Dataset *dataset) {
    size_t column;
    return dataset_find_column(dataset, STR("published_rate"), &column) ? dataset_numbers(dataset, column)
                                                                        : NULL;
}

static bool printed_rate(const Search *search, size_t row, Decimal *out) {
    const NumberColumn *rates = published_rates(search->dataset);
    return rates && dataset_number(rates, row, out) == MISSING_NONE;
}

static unsigned most_places(const Search *search) {
    unsigned most = 0;
    for (size_t row = 0; row < dataset_rows(search->dataset); row++) {
        Decimal printed;
        if (printed_rate(search, row, &printed) && printed.scale > most && printed.scale <= DECIMAL_PLACES)
            most = printed.scale;
    }
    return most;
}

/* Whether a rounding of the row's rate is what is printed. */
static bool row_matches(const Search *search, const Results *results, size_t row, Rounding mode,
                        mpq_ptr exact, mpq_ptr wanted) {
    Decimal printed;
    if (!printed_rate(search, row, &printed)) return false;
    if (results_row_exact(results, row, exact) != MISSING_NONE) return false;
    decimal_to_rational(&printed, wanted);
    decimal_round_rational(exact, search->out->places, mode);
    return mpq_equal(exact, wanted);
}

static size_t count_matches(const Search *search, const Results *results, Rounding mode) {
    size_t count = 0;
    mpq_t exact, wanted;
    mpq_inits(exact, wanted, NULL);
    for (size_t row = 0; row < dataset_rows(search->dataset); row++)
        count += row_matches(search, results, row, mode, exact, wanted);
    mpq_clears(exact, wanted, NULL);
    return count;
}

static bool has_lower(const Dataset *dataset) {
    size_t column;
    if (!dataset_find_column(dataset, STR("polarity"), &column)) return false;
    for (size_t row = 0; row < dataset_rows(dataset); row++)
        if (str_is(dataset_text(dataset, column, row), "lower")) return true;
    return false;
}

/* Tries each rounding on one formula; keeps what is best so far. */
static void try_roundings(Search *search, const Results *results, Lower lower) {
    Inferred *out = search->out;
    for (int mode = 0; mode < ROUNDING_COUNT; mode++) {
        size_t count = count_matches(search, results, (Rounding)mode);
        if (count < out->reproduced || count == 0) continue;
        if (count > out->reproduced) {
            memset(out->rounding, 0, sizeof out->rounding);
            memset(out->lower_open, 0, sizeof out->lower_open);
            out->reproduced = count;
            out->lower = lower;
        }
        if (out->lower == lower) out->rounding[mode] = true;
        out->lower_open[lower] = true;
    }
}

static Rounding first_rounding(const Inferred *inferred) {
    int mode = 0;
    while (mode + 1 < ROUNDING_COUNT && !inferred->rounding[mode]) mode++;
    return inferred->rounding[mode] ? (Rounding)mode : ROUNDING_HALF_UP;
}

static void list_rows(Search *search, const Results *results) {
    Inferred *out = search->out;
    mpq_t exact, wanted;
    mpq_inits(exact, wanted, NULL);
    out->rows = arena_new(&out->arena, dataset_rows(search->dataset), sizeof *out->rows);
    for (size_t row = 0; row < dataset_rows(search->dataset); row++) {
        Decimal printed;
        if (printed_rate(search, row, &printed) &&
            !row_matches(search, results, row, first_rounding(out), exact, wanted))
            out->rows[out->row_count++] = row;
    }
    mpq_clears(exact, wanted, NULL);
}

static bool find_rates(Search *search) {
    Inferred *out = search->out;
    out->has_lower = has_lower(search->dataset);
    out->places = most_places(search);
    for (size_t row = 0; row < dataset_rows(search->dataset); row++) {
        Decimal printed;
        out->printed += printed_rate(search, row, &printed);
    }
    bool good = true;
    out->lower = out->has_lower ? LOWER_MIRROR : LOWER_NONE;
    for (int lower = 0; lower < LOWER_COUNT && good && out->printed; lower++) {
        if (lower != LOWER_NONE && !out->has_lower) continue;
        Candidate candidate;
        Shape shape = {.lower = (Lower)lower, .aggregate = AGGREGATE_MEAN};
        good = candidate_begin(search, &shape, &candidate);
        if (good) try_roundings(search, candidate.results, (Lower)lower);
        candidate_end(&candidate);
    }
    if (!good || !out->printed) return good;
    Candidate best;
    Shape shape = {.lower = out->lower, .aggregate = AGGREGATE_MEAN};
    good = candidate_begin(search, &shape, &best);
    if (good) list_rows(search, best.results);
    candidate_end(&best);
    return good;
}

/* ---- what was published of verdicts */

static bool verdict_column(const Dataset *dataset, size_t *column) {
    static const char *const names[] = {"published_verdict", "공표판정", "verdict", "판정"};
    for (size_t i = 0; i < COUNT(names); i++) {
        if (!dataset_find_column(dataset, str_of(names[i]), column)) continue;
        if (dataset_words(dataset, *column)) return true;
    }
    return false;
}

static Str verdict_of(const Search *search, size_t column, size_t project) {
    size_t count;
    const uint32_t *rows = dataset_children(search->dataset, LEVEL_PROJECT, project, &count);
    Str word = {"", 0};
    for (size_t i = 0; i < count && !word.size; i++) word = dataset_text(search->dataset, column, rows[i]);
    return word;
}

/* The verdict that says so, else the one with the lowest mean of projects' rates, by doubles: only an order
 * is asked for. */
static Str lowest_word(const Search *search, size_t column, const Results *results, size_t *kinds) {
    const TextColumn *words = dataset_words(search->dataset, column);
    double *sums = memory_new(words->word_count, sizeof *sums);
    size_t *counts = memory_new(words->word_count, sizeof *counts);
    for (size_t project = 0; project < dataset_level_size(search->dataset, LEVEL_PROJECT); project++) {
        Str word = verdict_of(search, column, project);
        if (results_unit_missing(results, LEVEL_PROJECT, project) != MISSING_NONE) continue;
        for (size_t i = 1; i < words->word_count; i++) {
            if (!str_equal(words->words[i], word)) continue;
            sums[i] += results_unit_rate(results, LEVEL_PROJECT, project);
            counts[i]++;
        }
    }
    size_t lowest = 0;
    *kinds = 0;
    for (size_t i = 1; i < words->word_count; i++) {
        if (!counts[i]) continue;
        ++*kinds;
        bool lower = !lowest || sums[i] / (double)counts[i] < sums[lowest] / (double)counts[lowest];
        if (lower) lowest = i;
    }
    for (size_t i = 1; i < words->word_count; i++)
        if (counts[i] && (str_is(words->words[i], "sluggish") || str_is(words->words[i], "부진"))) lowest = i;
    Str word = words->words[lowest];
    memory_free(sums);
    memory_free(counts);
    return word;
}

static void groups_of_column(Search *search, size_t column, const Results *results) {
    Inferred *out = search->out;
    size_t projects = dataset_level_size(search->dataset, LEVEL_PROJECT), kinds;
    out->source = INFER_COLUMN;
    out->key = lowest_word(search, column, results, &kinds);
    out->several = kinds > 2;
    search->groups = memory_new(projects, sizeof *search->groups);
    for (size_t project = 0; project < projects; project++) {
        Str word = verdict_of(search, column, project);
        if (!word.size) continue;
        search->own[project] = search->group_count;
        search->groups[search->group_count++] = (Group){.wanted = str_equal(word, out->key), .unit = project};
    }
}

/* The lowest verdict of the counts: "sluggish", else the one that is written last. */
static Str lowest_key(const Published *published, size_t *kinds) {
    Str key = {"", 0}, first = {"", 0};
    *kinds = 0;
    for (size_t i = 0; i < published->count; i++) {
        const PublishedFigure *figure = &published->figures[i];
        if (figure->percent || str_is(figure->key, "projects")) continue;
        if (!first.size) first = figure->bureau;
        if (!str_equal(figure->bureau, published->figures[0].bureau)) break;
        ++*kinds;
        if (!str_is(key, "sluggish")) key = figure->key;
    }
    return key;
}

static void groups_of_counts(Search *search) {
    Inferred *out = search->out;
    const Dataset *dataset = search->dataset;
    size_t kinds;
    out->source = INFER_COUNTS;
    out->key = lowest_key(search->published, &kinds);
    out->several = kinds > 2;
    search->groups = memory_new(search->published->count, sizeof *search->groups);
    for (size_t i = 0; i < search->published->count; i++) {
        const PublishedFigure *figure = &search->published->figures[i];
        if (figure->percent || !str_equal(figure->key, out->key)) continue;
        if (figure->number.text.size || figure->number.scale || figure->number.digits < 0) continue;
        size_t bureau = figure->bureau.size ? published_bureau(dataset, figure->bureau) : SIZE_MAX;
        Group group = {(size_t)figure->number.digits, 0, figure->bureau, bureau};
        if (!figure->bureau.size) search->common = search->group_count;
        for (size_t p = 0; p < dataset_level_size(dataset, LEVEL_PROJECT) && bureau != SIZE_MAX; p++) {
            uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, p);
            if (dataset_parent(dataset, LEVEL_DEPARTMENT, department) == bureau)
                search->own[p] = search->group_count;
        }
        search->groups[search->group_count++] = group;
    }
}

/* ---- the threshold of a candidate */

typedef struct Ranked {
    mpq_t rate;
    size_t project;
} Ranked;

static int compare_ranked(const void *a, const void *b) {
    return mpq_cmp(((const Ranked *)a)->rate, ((const Ranked *)b)->rate);
}

/* A project goes below the cut: a group gains it. */
static void pass(Search *search, size_t group, size_t *matched) {
    if (group == NO_GROUP) return;
    Group *passed = &search->groups[group];
    *matched -= passed->below == passed->wanted;
    *matched += ++passed->below == passed->wanted;
}

static size_t start(Search *search) {
    size_t matched = 0;
    for (size_t i = 0; i < search->group_count; i++) {
        search->groups[i].below = 0;
        matched += search->groups[i].wanted == 0;
    }
    return matched;
}

static Ranked *rank(const Search *search, const Results *results, size_t *count) {
    size_t projects = dataset_level_size(search->dataset, LEVEL_PROJECT);
    Ranked *ranked = memory_new(projects, sizeof *ranked);
    *count = 0;
    for (size_t project = 0; project < projects; project++) {
        mpq_init(ranked[*count].rate);
        ranked[*count].project = project;
        if (results_unit_exact(results, LEVEL_PROJECT, project, ranked[*count].rate) == MISSING_NONE)
            ++*count;
        else
            mpq_clear(ranked[*count].rate);
    }
    qsort(ranked, *count, sizeof *ranked, compare_ranked);
    return ranked;
}

/* The cut between the first `below` and the others. */
static void set_cut(Cut *cut, const Ranked *ranked, size_t below, size_t count) {
    cut->low_set = below > 0;
    cut->high_set = below < count;
    if (cut->low_set) mpq_set(cut->low, ranked[below - 1].rate);
    if (cut->high_set) mpq_set(cut->high, ranked[below].rate);
}

/* Moves the cut up from rate to rate; where most groups have what they want, that is the best. */
static void find_cut(Search *search, const Ranked *ranked, size_t count, InferTrial *out) {
    size_t matched = start(search);
    out->of = search->group_count;
    out->matched = matched;
    set_cut(&out->cut, ranked, 0, count);
    for (size_t at = 0; at < count;) {
        size_t from = at;
        for (; at < count && mpq_equal(ranked[at].rate, ranked[from].rate); at++) {
            pass(search, search->own[ranked[at].project], &matched);
            pass(search, search->common, &matched);
        }
        bool wider = matched == out->matched && out->matched == out->of;
        if (matched > out->matched) set_cut(&out->cut, ranked, at, count);
        if (wider) { /* projects that nothing is said of lie between */
            out->cut.high_set = at < count;
            if (at < count) mpq_set(out->cut.high, ranked[at].rate);
        }
        if (matched > out->matched) out->matched = matched;
    }
    out->good = out->matched == out->of;
}

/* Whether a rate lies below the cut that a trial found. */
static bool lies_below(const Cut *cut, mpq_srcptr rate) {
    return cut->low_set && mpq_cmp(rate, cut->low) <= 0;
}

static void list_unexplained(Search *search, const Ranked *ranked, size_t count, const InferTrial *trial) {
    Inferred *out = search->out;
    size_t matched = start(search);
    for (size_t i = 0; i < count && lies_below(&trial->cut, ranked[i].rate); i++) {
        pass(search, search->own[ranked[i].project], &matched);
        pass(search, search->common, &matched);
    }
    out->unexplained = arena_new(&out->arena, search->group_count, sizeof *out->unexplained);
    for (size_t i = 0; i < search->group_count; i++) {
        const Group *group = &search->groups[i];
        if (group->below != group->wanted)
            out->unexplained[out->unexplained_count++] =
                (Unexplained){group->unit, group->bureau, group->wanted, group->below};
    }
}

static bool try_shape(Search *search, Shape shape, bool list, InferTrial *out) {
    Candidate candidate;
    *out = (InferTrial){.shape = shape};
    mpq_inits(out->cut.low, out->cut.high, NULL);
    bool good = candidate_begin(search, &shape, &candidate);
    if (good) {
        size_t count;
        Ranked *ranked = rank(search, candidate.results, &count);
        find_cut(search, ranked, count, out);
        if (list) list_unexplained(search, ranked, count, out);
        for (size_t i = 0; i < count; i++) mpq_clear(ranked[i].rate);
        memory_free(ranked);
    }
    out->refused = !good && !diag_has_errors(search->diag);
    out->of = search->group_count;
    candidate_end(&candidate);
    return good || out->refused;
}

static bool try_aggregates(Search *search) {
    static const Aggregate all[] = {AGGREGATE_MEAN, AGGREGATE_WEIGHTED_MEAN, AGGREGATE_MEDIAN,
                                    AGGREGATE_MIN,  AGGREGATE_MAX,           AGGREGATE_POOLED};
    Inferred *out = search->out;
    size_t weights;
    bool weighted = dataset_find_column(search->dataset, STR("weight"), &weights), good = true;
    out->trials = arena_new(&out->arena, COUNT(all), sizeof *out->trials);
    for (size_t i = 0; i < COUNT(all) && good; i++) {
        if (all[i] == AGGREGATE_WEIGHTED_MEAN && !weighted) continue;
        InferTrial *trial = &out->trials[out->trial_count++];
        good = try_shape(search, (Shape){.lower = out->lower, .aggregate = all[i]}, false, trial);
        if (trial->matched > out->trials[out->best].matched) out->best = out->trial_count - 1;
    }
    return good;
}

static bool try_variants(Search *search) {
    static const unsigned caps[] = {100, 110, 120, 125, 130, 150, 200, 0};
    Inferred *out = search->out;
    Shape best = out->trials[out->best].shape;
    out->variants = arena_new(&out->arena, COUNT(caps), sizeof *out->variants);
    bool good = true;
    for (size_t i = 0; i < COUNT(caps) && good; i++) {
        Shape shape = best;
        shape.cap = caps[i];
        shape.floored = !caps[i];
        good = try_shape(search, shape, false, &out->variants[out->variant_count++]);
    }
    return good;
}

static bool find_verdicts(Search *search) {
    Inferred *out = search->out;
    size_t column;
    bool good = true;
    if (verdict_column(search->dataset, &column)) {
        Candidate mean;
        Shape shape = {.lower = out->lower, .aggregate = AGGREGATE_MEAN};
        good = candidate_begin(search, &shape, &mean);
        if (good) groups_of_column(search, column, mean.results);
        candidate_end(&mean);
    } else if (search->published) {
        groups_of_counts(search);
    }
    if (!good) return false;
    if (!search->group_count) {
        out->source = INFER_NOTHING;
        return true;
    }
    if (!try_aggregates(search) || !try_variants(search)) return false;
    InferTrial again = {0};
    good = try_shape(search, out->trials[out->best].shape, true, &again);
    mpq_clears(again.cut.low, again.cut.high, NULL);
    return good;
}

bool infer_find(const Dataset *dataset, const Published *published, Inferred *out, Diag *diag) {
    *out = (Inferred){0};
    size_t projects = dataset_level_size(dataset, LEVEL_PROJECT);
    Search search = {
        .dataset = dataset, .published = published, .out = out, .diag = diag, .common = NO_GROUP};
    search.own = memory_new(projects, sizeof *search.own);
    for (size_t i = 0; i < projects; i++) search.own[i] = NO_GROUP;
    bool good = find_rates(&search) && find_verdicts(&search);
    memory_free(search.own);
    memory_free(search.groups);
    return good;
}

void infer_release(Inferred *inferred) {
    for (size_t i = 0; i < inferred->trial_count; i++)
        mpq_clears(inferred->trials[i].cut.low, inferred->trials[i].cut.high, NULL);
    for (size_t i = 0; i < inferred->variant_count; i++)
        mpq_clears(inferred->variants[i].cut.low, inferred->variants[i].cut.high, NULL);
    arena_release(&inferred->arena);
}
