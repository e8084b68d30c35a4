#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/lineage.h"
#include "ruletext.h"

/* Property: count shares, weights by name and `from`, at all levels, against a computation of its own that
 * knows nothing but fractions. */

enum { ROWS = 24, BUREAUS = 2, DEPARTMENTS = 2, PROJECTS = 3, WEIGHTS = 6, TRIALS = RANDOM_ROUNDS(3000) };
enum { LEAVE_OUT, ZERO, SPREADS };
static const char *const policies[] = {"leave_out", "zero", "missing"};
static const char *const bounds[] = {"at_least", "above", "at_most", "below"};

typedef struct Record {
    size_t bureau, department, project;
    int target, actual; /* actual -1: blank */
} Record;

/* A rate, or none. */
typedef struct Value {
    bool has;
    mpq_t rate;
} Value;

typedef struct Rules {
    size_t policy[LEVEL_COUNT], bound, cut;
    int weight[PROJECTS];        /* of projects by name; -1: none */
    int department[DEPARTMENTS]; /* of departments by name; -1: none */
    bool weighted, verdict,
        direct; /* the department is a weighted mean; the bureau counts verdicts, or projects */
} Rules;

typedef struct World {
    Record rows[ROWS];
    Rules rules;
    Value project[BUREAUS][DEPARTMENTS][PROJECTS], department[BUREAUS][DEPARTMENTS], bureau[BUREAUS];
    bool there[BUREAUS][DEPARTMENTS][PROJECTS];
} World;

/* ---- the other computation */

static bool in_range(const Rules *rules, mpq_srcptr rate) {
    int order = mpq_cmp_ui(rate, rules->cut, 1);
    if (rules->bound == 0) return order >= 0;
    if (rules->bound == 1) return order > 0;
    return rules->bound == 2 ? order <= 0 : order < 0;
}

/* A sum over children: parts, wholes, and whether one without a rate spoils it. */
typedef struct Sum {
    mpq_t part, whole;
    size_t children;
    bool spoilt;
} Sum;

static void sum_begin(Sum *sum) {
    mpq_inits(sum->part, sum->whole, NULL);
    sum->children = 0;
    sum->spoilt = false;
}

/* `part` NULL: the child has no rate. */
static void sum_add(Sum *sum, size_t policy, mpq_srcptr part, int weight) {
    if (!part && policy == SPREADS) sum->spoilt = true;
    if (!part && policy != ZERO) return;
    sum->children++;
    mpq_t term, factor;
    mpq_inits(term, factor, NULL);
    if (weight < 0)
        sum->spoilt = true;
    else
        mpq_set_si(factor, weight, 1);
    mpq_add(sum->whole, sum->whole, factor);
    if (part) mpq_mul(term, part, factor);
    mpq_add(sum->part, sum->part, term);
    mpq_clears(term, factor, NULL);
}

static void sum_end(Sum *sum, Value *out) {
    out->has = !sum->spoilt && sum->children && mpq_sgn(sum->whole) > 0;
    if (out->has) mpq_div(out->rate, sum->part, sum->whole);
    mpq_clears(sum->part, sum->whole, NULL);
}

/* A child that counts is 100, another 0: their mean is the share. */
static void sum_share(Sum *sum, size_t policy, bool has, bool counts) {
    mpq_t part;
    mpq_init(part);
    mpq_set_ui(part, counts ? 100 : 0, 1);
    sum_add(sum, policy, has ? part : NULL, 1);
    mpq_clear(part);
}

static void work_out_project(World *world, size_t b, size_t d, size_t p) {
    Sum sum;
    mpq_t rate;
    mpq_init(rate);
    sum_begin(&sum);
    for (size_t i = 0; i < ROWS; i++) {
        const Record *row = &world->rows[i];
        if (row->bureau != b || row->department != d || row->project != p) continue;
        bool has = row->actual >= 0;
        mpq_set_si(rate, has ? 100 * row->actual : 0, (unsigned long)row->target);
        mpq_canonicalize(rate);
        sum_share(&sum, world->rules.policy[LEVEL_PROJECT], has, has && in_range(&world->rules, rate));
        world->there[b][d][p] = true;
    }
    sum_end(&sum, &world->project[b][d][p]);
    mpq_clear(rate);
}

static void work_out_department(World *world, size_t b, size_t d) {
    const Rules *rules = &world->rules;
    Sum sum;
    sum_begin(&sum);
    for (size_t p = 0; p < PROJECTS; p++) {
        const Value *child = &world->project[b][d][p];
        if (!world->there[b][d][p]) continue;
        if (rules->weighted)
            sum_add(&sum, rules->policy[LEVEL_DEPARTMENT], child->has ? child->rate : NULL, rules->weight[p]);
        else /* low is at most 50 */
            sum_share(&sum, rules->policy[LEVEL_DEPARTMENT], child->has,
                      child->has && mpq_cmp_ui(child->rate, 50, 1) <= 0);
    }
    sum_end(&sum, &world->department[b][d]);
}

static void add_child(const World *world, Sum *sum, const Value *child, int weight) {
    size_t policy = world->rules.policy[LEVEL_BUREAU];
    if (world->rules.verdict) /* fair and good are above 50 */
        sum_share(sum, policy, child->has, child->has && mpq_cmp_ui(child->rate, 50, 1) > 0);
    else
        sum_add(sum, policy, child->has ? child->rate : NULL, weight);
}

static void work_out_bureau(World *world, size_t b) {
    Sum sum;
    sum_begin(&sum);
    for (size_t d = 0; d < DEPARTMENTS; d++) {
        bool there = false;
        for (size_t p = 0; p < PROJECTS; p++) {
            there |= world->there[b][d][p];
            if (world->rules.direct && world->there[b][d][p])
                add_child(world, &sum, &world->project[b][d][p], 1);
        }
        if (there && !world->rules.direct)
            add_child(world, &sum, &world->department[b][d], world->rules.department[d]);
    }
    sum_end(&sum, &world->bureau[b]);
}

static void work_out(World *world) {
    memset(world->there, 0, sizeof world->there);
    for (size_t b = 0; b < BUREAUS; b++) {
        for (size_t d = 0; d < DEPARTMENTS; d++) {
            for (size_t p = 0; p < PROJECTS; p++) work_out_project(world, b, d, p);
            work_out_department(world, b, d);
        }
        work_out_bureau(world, b);
    }
}

/* ---- rules and data as texts */

static void set_random(World *world, uint64_t *random) {
    Rules *rules = &world->rules;
    for (size_t i = 0; i < ROWS; i++)
        world->rows[i] = (Record){random_below(random, BUREAUS), random_below(random, DEPARTMENTS),
                                  random_below(random, PROJECTS), 1 + (int)random_below(random, 6),
                                  (int)random_below(random, 8) - 1};
    for (size_t i = 0; i < LEVEL_COUNT; i++) rules->policy[i] = random_below(random, COUNT(policies));
    rules->bound = random_below(random, COUNT(bounds));
    rules->cut = 50 * random_below(random, 4);
    for (size_t p = 0; p < PROJECTS; p++) rules->weight[p] = (int)random_below(random, WEIGHTS) - 1;
    for (size_t d = 0; d < DEPARTMENTS; d++) rules->department[d] = (int)random_below(random, WEIGHTS) - 1;
    rules->weighted = random_below(random, 2);
    rules->direct = random_below(random, 2);
    rules->verdict = random_below(random, 2);
}

static void add_weights(Buffer *out, char kind, const int *weights, size_t count) {
    buffer_add(out, STR("weighted_mean({"));
    for (size_t i = 0; i < count; i++)
        if (weights[i] >= 0) buffer_addf(out, "['%c%zu'] = %d,", kind, i, weights[i]);
    buffer_add(out, STR("}), weights = 'normalised'"));
}

static void add_rules(Buffer *out, const Rules *rules) {
    buffer_addf(out, "project = { rate = count_share({ %s = %zu }), missing = '%s' },", bounds[rules->bound],
                rules->cut, policies[rules->policy[LEVEL_PROJECT]]);
    buffer_add(out, STR("department = { rate = "));
    if (rules->weighted)
        add_weights(out, 'p', rules->weight, PROJECTS);
    else
        buffer_add(out, STR("count_share({ verdict = 'low' })"));
    buffer_addf(out, ", missing = '%s', verdict = { { 'g', key = 'good', above = 75 },",
                policies[rules->policy[LEVEL_DEPARTMENT]]);
    buffer_add(out, STR("{ 'f', key = 'fair', above = 50 }, { 'p', key = 'poor' } } }, bureau = { rate = "));
    if (rules->verdict)
        buffer_add(out, rules->direct
                            ? STR("count_share({ verdict = { 'fine', 'good' } }), from = 'projects'")
                            : STR("count_share({ verdict = { 'good', 'fair' } })"));
    else if (rules->direct)
        buffer_add(out, STR("mean, from = 'projects'"));
    else
        add_weights(out, 'd', rules->department, DEPARTMENTS);
    buffer_addf(out, ", missing = '%s' },", policies[rules->policy[LEVEL_BUREAU]]);
    buffer_add(out,
               STR("rate = field.actual / field.target * 100, verdict = { { 'l', key = 'low', at_most = 50 },"
                   "{ 's', key = 'fine', at_most = 75 }, { 'n', key = 'good' } }"));
}

/* Every name stands in the data, as the tables may name it. */
static void add_csv(Buffer *out, const World *world) {
    buffer_add(out, STR(HEADER "\n"));
    for (size_t i = 0; i < ROWS; i++) {
        const Record *row = &world->rows[i];
        buffer_addf(out, "b%zu,d%zu,p%zu,i,u,%d,", row->bureau, row->department, row->project, row->target);
        if (row->actual >= 0) buffer_addf(out, "%d", row->actual);
        buffer_add_char(out, '\n');
    }
}

static bool all_names(const World *world) {
    bool department[DEPARTMENTS] = {false}, project[PROJECTS] = {false};
    for (size_t i = 0; i < ROWS; i++)
        department[world->rows[i].department] = project[world->rows[i].project] = true;
    for (size_t d = 0; d < DEPARTMENTS; d++)
        if (!department[d]) return false;
    for (size_t p = 0; p < PROJECTS; p++)
        if (!project[p]) return false;
    return true;
}

static const Value *wanted_of(const World *world, Level level, const Record *row) {
    if (level == LEVEL_BUREAU) return &world->bureau[row->bureau];
    if (level == LEVEL_DEPARTMENT) return &world->department[row->bureau][row->department];
    return &world->project[row->bureau][row->department][row->project];
}

/* The exact rate, and what is printed of it. */
static bool agrees(const Results *results, Level level, size_t unit, const Value *wanted) {
    mpq_t exact;
    mpq_init(exact);
    Missing reason = results_unit_exact(results, level, unit, exact);
    bool good = (reason == MISSING_NONE) == wanted->has &&
                reason == results_unit_missing(results, level, unit) &&
                (!wanted->has || mpq_equal(exact, wanted->rate));
    Buffer printed = {0}, rounded = {0};
    results_print_unit(results, level, unit, &printed);
    if (wanted->has) decimal_round(&rounded, wanted->rate, 0, ROUNDING_HALF_UP);
    good &= str_equal(buffer_view(&printed), buffer_view(&rounded));
    buffer_release(&printed);
    buffer_release(&rounded);
    mpq_clear(exact);
    return good;
}

static void check_world(const World *world) {
    Buffer rules = {0}, csv = {0};
    add_rules(&rules, &world->rules);
    add_csv(&csv, world);
    Trial trial = trial_good(buffer_text(&rules), buffer_view(&csv), NULL);
    for (int level = 0; level < LEVEL_COUNT; level++) {
        for (size_t unit = 0; unit < dataset_level_size(trial.dataset, (Level)level); unit++) {
            const Record *row = &world->rows[lineage_row(trial.dataset, (Level)level, unit)];
            if (!agrees(trial.results, (Level)level, unit, wanted_of(world, (Level)level, row)))
                fail_msg("level %d unit %zu of %s\n%s", level, unit, buffer_text(&rules), buffer_text(&csv));
        }
    }
    assert_int_equal(diag_total(trial.diag, SEVERITY_WARNING), 0); /* all is declared */
    trial_end(&trial);
    buffer_release(&rules);
    buffer_release(&csv);
}

static void each_value(World *world, void (*work)(mpq_ptr)) {
    for (size_t b = 0; b < BUREAUS; b++) {
        work(world->bureau[b].rate);
        for (size_t d = 0; d < DEPARTMENTS; d++) {
            work(world->department[b][d].rate);
            for (size_t p = 0; p < PROJECTS; p++) work(world->project[b][d][p].rate);
        }
    }
}

static void test_random(void **state) {
    (void)state;
    uint64_t random = 40;
    World world = {0};
    each_value(&world, mpq_init);
    size_t checked = 0;
    for (size_t i = 0; i < TRIALS; i++) {
        set_random(&world, &random);
        if (!all_names(&world)) continue;
        work_out(&world);
        check_world(&world);
        checked++;
    }
    each_value(&world, mpq_clear);
    assert_true(checked > TRIALS / 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
