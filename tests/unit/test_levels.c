#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/lineage.h"
#include "ruletext.h"

/* Property: count shares, weights by name and `from`, at all levels, against a computation of its own that
 * knows nothing but fractions. */

enum { ROWS = 24, BUREAUS = 2, DEPARTMENTS = 2, PROJECTS = 3, WEIGHTS = 6, TRIALS = 3000 };
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

/* ---- findings and faults */

#define DATA                                                                                                 \
    HEADER ",weight\n"                                                                                       \
           "b,d,p,i,u,100,60,40\nb,d,p,j,u,100,90,60\nb,d,q,i,u,100,,\nb,e,r,i,u,100,81,100\n"

static const struct {
    const char *changes, *faults;
} findings[] = {
    {"project = { rate = mean }",
     "1 missing-undeclared: project | 1 | indicators <declare missing = \"leave_out\", \"zero\" or \"missing\">\n"},
    {"project = { rate = mean, missing = 'zero' }, department = { rate = max }", ""},
    {"project = { rate = mean, missing = 'missing' }, department = { rate = max },\nbureau = { rate = min }",
     "1 missing-undeclared: department | 1 | projects <declare missing = \"leave_out\", \"zero\" or \"missing\">\n"},
    {"project = { rate = mean, missing = 'leave_out' }, bureau = { rate = count_share({ verdict = 'normal' }), from = 'projects' }",
     "1 missing-undeclared: bureau | 1 | projects <declare missing = \"leave_out\", \"zero\" or \"missing\">\n"},
    /* what a special case takes out is no surprise */
    {"project = { rate = mean }, special = { { when = { project = 'q' }, because = 'r', exclude = true } }",
     ""},
    {"department = { rate = weighted_mean({ p = 1, projekt = 2 }), weights = 'normalised', missing = 'zero' }",
     "1 weight-name: department | projekt\n"},
    {"project = { rate = weighted_mean({ i = 1, j = 1, indicatr = 2 }), weights = 'normalised', missing = 'zero' }",
     "1 weight-name: project | indicatr\n"},
    {"department = { rate = weighted_mean({ p = 40, q = 60 }), weights = 100, missing = 'zero' }",
     "5 weight-sum: e | 0 | 100\n"},
    {"department = { rate = weighted_mean({ p = 40, q = 60, r = 100 }), weights = 100, missing = 'zero' }",
     ""},
    {"project = { rate = weighted_mean({ i = -1 }), weights = 'normalised' }",
     "1 bad-choice: project.rate.i | -1 | 0 <= weight\n"},
    {"project = { rate = weighted_mean({ i = param.cut, j = 'x' }), weights = 'normalised' }",
     "1 wrong-type: project.rate.j | a number or a formula | text\n"},
    {"project = { rate = weighted_mean({ 1 }), weights = 'normalised' }", "1 unknown-key: project.rate[1]\n"},
    {"project = { rate = weighted_mean({ i = 1 }) }", "1 missing-key: project.weights\n"},
    {"project = { rate = weighted_mean('weight'), weights = 'normalised', missing = 'zero' },"
     "rate = field.weight - 40",
     ""},
    {"department = { rate = weighted_mean('weight'), weights = 'normalised', from = 'indicators', missing = 'leave_out' }",
     ""},
    {"department = { rate = pooled, from = 'indicators', missing = 'leave_out' }", ""},
    {"department = { rate = pooled, from = 'projects' }",
     "1 bad-choice: department.rate | pooled | mean, min, max, median, weighted_mean(\"column\"), weighted_mean { … }, "
     "pooled, trimmed(share), count_share { … }, function(children)\n"},
    {"department = { rate = mean, from = 'departments' }",
     "1 bad-choice: department.from | departments | projects, indicators\n"},
    {"bureau = { rate = mean, from = 'bureaus' }",
     "1 bad-choice: bureau.from | bureaus | departments, projects, indicators\n"},
    {"project = { rate = mean, from = 'indicators' }",
     "1 unknown-key: project.from <known here: rate, missing, weights>\n"},
    {"bureau = { rate = mean }", "1 missing-key: department <from = \"projects\" makes it of projects>\n"},
    {"project = { rate = count_share({}) }", "1 count-share: project.rate\n"},
    {"department = { rate = count_share({ at_least = 1, verdict = 'normal' }) }",
     "1 count-share: department.rate\n"},
    {"department = { rate = count_share({ verdict = {} }) }", "1 count-share: department.rate\n"},
    {"project = { rate = count_share({ verdict = 'met' }), missing = 'zero' },"
     "indicator = { verdict = { { 'm', key = 'met', at_least = 85 }, { 'u', key = 'unmet' } } }",
     ""},
    {"project = { rate = count_share({ verdict = 'normal' }) }", "1 missing-key: indicator.verdict\n"},
    {"department = { rate = count_share({ verdict = 'norml' }) }",
     "1 bad-choice: department.rate.verdict | norml | sluggish, normal\n"},
    {"department = { rate = mean, missing = 'zero' }, bureau = { rate = count_share({ verdict = 'normal' }) }",
     "1 missing-key: department.verdict\n"},
    {"project = { rate = count_share({ at_least = 5, below = 5 }) }", "1 band-inverted: project.rate\n"},
    {"project = { rate = fn1, missing = 'zero' }", "1 key-without-use: project.missing\n"},
};

static void test_findings(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(findings); i++) {
        Trial trial = trial_of(findings[i].changes, STR(DATA), NULL);
        Buffer faults = {0};
        faults_brief(&faults, trial.diag);
        expect_text(findings[i].changes, &faults, findings[i].faults);
        trial_end(&trial);
    }
}

static void test_negative_weights(void **state) {
    (void)state;
    Trial trial =
        trial_of("project = { rate = weighted_mean('weight'), weights = 'normalised' }",
                 STR(HEADER ",weight\nb,d,p,i,u,1,1,0\nb,d,p,j,u,1,1,-0.5\nb,d,q,i,u,1,1,-3\n"), NULL);
    Buffer faults = {0};
    faults_brief(&faults, trial.diag);
    expect_text("negative", &faults, "3 negative-weight: weight | -0.5\n4 negative-weight: weight | -3\n");
    assert_null(trial.results);
    assert_int_equal(diag_exit_code(trial.diag), EXIT_DATA);
    trial_end(&trial);
}

/* Last year has no verdicts: a rate made of them, and what is made of it, compare with nothing. */
static void test_last_year(void **state) {
    (void)state;
    Trial trial = trial_good(
        "last_year = { rate = field.weight }, department = { rate = count_share({ verdict = 'normal' }), "
        "missing = 'zero' }, bureau = { rate = mean, missing = 'zero' }",
        STR(DATA), NULL);
    const Results *last = results_last_year(trial.results);
    assert_int_equal(results_unit_missing(last, LEVEL_PROJECT, 0), MISSING_NONE);
    assert_true(results_unit_rate(last, LEVEL_PROJECT, 0) == 50); /* (40 + 60)/2 */
    assert_int_equal(results_unit_missing(last, LEVEL_DEPARTMENT, 0), MISSING_NO_VALUES);
    assert_int_equal(results_unit_missing(last, LEVEL_BUREAU, 0), MISSING_NO_VALUES);
    assert_int_equal(results_trend(trial.results, LEVEL_BUREAU, 0), TREND_NONE);
    assert_true(results_unit_rate(trial.results, LEVEL_BUREAU, 0) == 50); /* departments: 0 of 2, 1 of 1 */
    trial_end(&trial);
}

/* ---- functions: answers of a script, one a unit */

typedef struct Script {
    const char
        *answers; /* of the units of each level, in order of asking: n number, - nil, y true, x failed */
    size_t asked;
} Script;

static bool call_units(void *context, uint32_t function, const Results *results, Level level, Answer *answers,
                       Arena *arena, Diag *diag) {
    Script *script = context;
    (void)diag;
    for (size_t unit = 0; unit < dataset_level_size(results_dataset(results), level); unit++) {
        char answer = script->answers[script->asked++];
        if (answer == '!') return false;
        Complaint *complaint = arena_new(arena, 1, sizeof *complaint);
        complaint->message = arena_format(arena, "f%u", function);
        answers[unit] = (Answer){.kind = ANSWER_NUMBER, .number = 10.0 * (answer - '0')};
        if (answer == '-') answers[unit].kind = ANSWER_NONE;
        if (answer == 'y') answers[unit].kind = ANSWER_YES;
        if (answer == 'x') answers[unit] = (Answer){.kind = ANSWER_FAILED, .complaint = complaint};
    }
    return true;
}

static const struct {
    const char *changes, *answers, *faults, *rates;
} functions[] = {
    {"project = { rate = fn1 }", "875", "", "80:sluggish 70:sluggish 50:sluggish"},
    {"project = { rate = fn1 }, special = { { when = { project = 'p' }, because = 'r', points = 0.5 } }",
     "875", "", "80.5:normal 70:sluggish 50:sluggish"},
    {"project = { rate = fn7 }", "-x9", "0 unit-failed: project | q | 3 | f7\n",
     "declared function_failed 90:normal"},
    {"project = { rate = fn7 }", "y85",
     "0 unit-failed: project | p | 1 | the `rate` function gave true or false; it should give a number or nil\n",
     "function_failed 80:sluggish 50:sluggish"},
    /* department d: 70 and none */
    {"project = { rate = fn1 }, department = { rate = mean, missing = 'zero' }, bureau = { rate = fn2 }",
     "7x94", "0 unit-failed: project | q | 3 | f1\n", "70:sluggish function_failed 90:normal / 35 90 / 40"},
    {"project = { rate = fn1 }", "!", "", NULL},
};

static void add_level(Buffer *out, const Results *results, Level level) {
    for (size_t unit = 0; unit < dataset_level_size(results_dataset(results), level); unit++) {
        if (unit) buffer_add_char(out, ' ');
        const Band *band = results_band(results, level, unit);
        results_write_unit(results, level, unit, out);
        Missing missing = results_unit_missing(results, level, unit);
        if (missing != MISSING_NONE) buffer_add(out, str_of(missing_name(missing)));
        if (band) buffer_addf(out, ":%.*s", STR_FMT(band->key));
    }
}

static void test_functions(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(functions); i++) {
        Script script = {functions[i].answers, 0};
        RowFunctions rows = {&script, NULL, call_units};
        Trial trial = trial_of(functions[i].changes, STR(DATA), &rows);
        Buffer faults = {0}, found = {0};
        faults_brief(&faults, trial.diag);
        expect_text(functions[i].changes, &faults, functions[i].faults);
        if (!trial.results != !functions[i].rates) fail_msg("<%s> results", functions[i].changes);
        if (trial.results) {
            add_level(&found, trial.results, LEVEL_PROJECT);
            for (int level = LEVEL_DEPARTMENT; level >= 0; level--) {
                if (!results_has_rate(trial.results, (Level)level)) continue;
                buffer_add(&found, STR(" / "));
                add_level(&found, trial.results, (Level)level);
            }
            expect_text(functions[i].changes, &found, functions[i].rates);
            assert_int_equal(diag_exit_code(trial.diag), *functions[i].faults ? EXIT_FINDINGS : EXIT_DONE);
        }
        trial_end(&trial);
    }
}

/* Failures of a level are shown for the first three and then counted. */
static void test_many_failures(void **state) {
    (void)state;
    Buffer csv = {0};
    buffer_add(&csv, STR(HEADER "\n"));
    for (int i = 0; i < 5; i++) buffer_addf(&csv, "b,d,p%d,i,u,1,1\n", i);
    Script script = {"xx1xx", 0};
    RowFunctions rows = {&script, NULL, call_units};
    Trial trial = trial_good("project = { rate = fn1 }", buffer_view(&csv), &rows);
    Buffer faults = {0};
    faults_brief(&faults, trial.diag);
    expect_text("many", &faults,
                "0 unit-failed: project | p0 | 1 | f1\n0 unit-failed: project | p1 | 2 | f1\n"
                "0 unit-failed: project | p3 | 4 | f1\n0 units-failed: project | 4\n");
    trial_end(&trial);
    buffer_release(&csv);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),        cmocka_unit_test(test_findings),
        cmocka_unit_test(test_functions),     cmocka_unit_test(test_negative_weights),
        cmocka_unit_test(test_many_failures), cmocka_unit_test(test_last_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
