#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/halving.h"
#include "model/margin.h"
#include "model/number.h"
#include "model/sweep.h"
#include "ruletext.h"

/* Rules and data held, with their own outcome. */
typedef struct Bench {
    Arena arena;
    Diag *diag;
    Held held;
    Dataset *dataset;
    Outcome *base;
} Bench;

static Bench bench_begin(const char *changes, Str csv) {
    Bench bench = {.diag = diag_new()};
    Table *table = csv_open(STR("x.csv"), csv);
    LoadOptions options = {0};
    bench.dataset = dataset_load(table, &options, bench.diag);
    table_close(table);
    bench.held = (Held){
        .file = STR("r.lua"), .rules = ruletext_rules(&bench.arena, changes), .dataset = bench.dataset};
    if (bench.dataset) bench.base = whatif_ask(&bench.held, NULL, 0, bench.diag);
    if (!bench.base) {
        Buffer faults = {0};
        faults_brief(&faults, bench.diag);
        fail_msg("rules <%s>\ndata <%.*s>\n%s", changes, STR_FMT(csv), buffer_text(&faults));
    }
    return bench;
}

static void bench_end(Bench *bench) {
    whatif_free(bench->base);
    dataset_free(bench->dataset);
    diag_free(bench->diag);
    arena_release(&bench->arena);
}

/* The verdict of a project with a value of a parameter, by a whole evaluation. */
static unsigned verdict_with(Bench *bench, Str name, Str value, size_t project) {
    Setting setting = {name, value};
    Outcome *outcome = whatif_ask(&bench->held, &setting, 1, bench->diag);
    if (!outcome) {
        fail_msg("no outcome with %.*s = %.*s", STR_FMT(name), STR_FMT(value));
        return RESULTS_NO_BAND;
    }
    unsigned verdict = outcome->verdicts[project];
    whatif_free(outcome);
    return verdict;
}

static Sweep *sweep_of(Bench *bench, const char *range) {
    SweepAxis axis;
    if (!sweep_read(&bench->arena, str_of(range), &axis, bench->diag)) fail_msg("<%s> is no range", range);
    Sweep *sweep = sweep_new(&bench->held, bench->base, &axis, 1, bench->diag);
    if (!sweep) fail_msg("<%s>: no sweep", range);
    return sweep;
}

/* ---- worked by hand */

#define ROWS(text) HEADER "\n" text

/* p: 75; q: (100 + 50) / 2 = 75, exactly; r: 2/3 of 100; s: none */
#define FOUR "b,d,p,i,u,100,75\nb,d,q,i,u,1,1\nb,d,q,j,u,2,1\nb,d,r,i,u,3,2\nb,d,s,i,u,100,\n"

/* range | step values:counts of the first band | flips "project from>to at[fraction] verdict there" */
static const struct {
    const char *changes, *rows, *range, *found;
} sweeps[] = {
    {"", FOUR, "cut=60..80:10", "60:0 70:1 80:3 | 2 1>0 66.666667=200/3 -, 0 1>0 75 0, 1 1>0 75 0, "},
    {"verdict = { { 'S', key = 's', below = param.cut }, { 'N', key = 'n' } }", FOUR, "cut=75..75:1",
     "75:1 | "},
    /* at the first value itself: just above it the verdict is another one */
    {"verdict = { { 'S', key = 's', below = param.cut }, { 'N', key = 'n' } }", FOUR, "cut=75..76:1",
     "75:1 76:3 | 0 1>0 75 1, 1 1>0 75 1, "},
    /* an indicator: q has one of 50 */
    {"verdict = { { 'S', key = 's', at_most = 20, any_indicator = { at_most = param.cut } }, { 'N', key = 'n' } }",
     FOUR, "cut=40..70:30", "40:0 70:2 | 1 1>0 50 0, 2 1>0 66.666667=200/3 -, "},
    /* 90 is a bound too: behind it the bands are inverted, and nothing is said of them */
    {"verdict = { { 'S', key = 's', at_most = param.cut }, { 'M', key = 'm', at_most = 90 }, { 'N', key = 'n' } }",
     "b,d,p,i,u,100,80\nb,d,q,i,u,100,95\n", "cut=70..100:10", "70:0 80:1 90:! 100:! | 0 1>0 80 0, "},
    /* in a formula: the rate is capped, the cap reaches the cut */
    {"params = { cap = 100 }, rate = min(field.actual / field.target * 100, param.cap),"
     "verdict = { { 'S', key = 's', at_most = 80 }, { 'N', key = 'n' } }",
     "b,d,p,i,u,100,200\nb,d,q,i,u,100,40\nb,d,q,j,u,100,200\n", "cap=70..130:30",
     "70:2 100:1 130:0 | 0 0>1 80 0, 1 0>1 120 0, "},
    /* 100 a / (t + x) = 80 at x = 25 for 100 of 100: no straight line, so narrowed down */
    {"params = { x = 0 }, rate = field.actual / (field.target + param.x) * 100,"
     "verdict = { { 'S', key = 's', below = 80 }, { 'N', key = 'n' } }",
     "b,d,p,i,u,100,100\n", "x=0..40:40", "0:0 40:1 | 0 1>0 (25..25.000001), "},
};

static void describe(const Sweep *sweep, Buffer *out) {
    for (size_t i = 0; i < sweep->step_count; i++) {
        const SweepStep *step = &sweep->steps[i];
        buffer_addf(out, "%.*s:", STR_FMT(step->values[0]));
        if (step->valid)
            buffer_addf(out, "%zu ", step->counts.band[0]);
        else
            buffer_add(out, STR("! "));
    }
    buffer_add(out, STR("| "));
    for (size_t i = 0; i < sweep->flips.count; i++) {
        const Flip *flip = &sweep->flips.items[i];
        buffer_addf(out, "%u %u>%u ", flip->project, flip->from, flip->to);
        if (!flip->exact) {
            buffer_addf(out, "(%.*s..%.*s), ", STR_FMT(flip->low), STR_FMT(flip->high));
            continue;
        }
        buffer_add(out, flip->at);
        if (flip->fraction.size) buffer_addf(out, "=%.*s", STR_FMT(flip->fraction));
        if (flip->reachable)
            buffer_addf(out, " %u, ", flip->verdict);
        else
            buffer_add(out, STR(" -, "));
    }
}

static void test_sweeps(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(sweeps); i++) {
        Buffer csv = {0}, found = {0};
        buffer_addf(&csv, ROWS("%s"), sweeps[i].rows);
        Bench bench = bench_begin(sweeps[i].changes, buffer_view(&csv));
        Sweep *sweep = sweep_of(&bench, sweeps[i].range);
        describe(sweep, &found);
        expect_text(sweeps[i].changes, &found, sweeps[i].found);
        sweep_free(sweep);
        buffer_release(&csv);
        bench_end(&bench);
    }
}

/* project:distance:direction and cut:verdict beyond, "@" where the cut itself has it */
static const struct {
    const char *changes, *rows, *found;
} margins[] = {
    {"", FOUR, "0:5:>80:1 1:5:>80:1 2:13.333333=40/3:>80:1 3:no_rate "},
    /* on the cut: no distance at all */
    {"", "b,d,p,i,u,2500,2000\nb,d,q,i,u,100,80.5\n", "0:0:>80:1 1:0.5:<80@:0 "},
    {"verdict = { { 'A', key = 'a', at_least = 90 }, { 'B', key = 'b', at_least = 70 }, { 'C', key = 'c' } }",
     "b,d,p,i,u,100,80\nb,d,q,i,u,100,90\nb,d,r,i,u,100,69\n", "1:0:<90:1 2:1:>70@:1 0:10:>90@:0 "},
    /* the bound of a band that an earlier one hides is no cut */
    {"verdict = { { 'A', key = 'a', at_least = 60 }, { 'B', key = 'b', above = 50 }, { 'C', key = 'c' } }",
     "b,d,p,i,u,100,100\nb,d,q,i,u,100,50\n", "1:0:>50:1 0:40:<60:1 "},
    /* an indicator at 10 makes it sluggish whatever the rate is */
    {"verdict = { { 'S', key = 's', at_most = 80, any_indicator = { at_most = 10 } }, { 'N', key = 'n' } }",
     "b,d,p,i,u,100,10\nb,d,p,j,u,100,200\n", "0:always "},
    {"special = { { when = { project = 'p' }, because = 'r', verdict = 'normal' } }", "b,d,p,i,u,100,10\n",
     "0:given "},
    {"verdict = { ties = 'better', { 'T', key = 't', share = 50 }, { 'L', key = 'l', share = 50 } }",
     "b,d,p,i,u,100,10\nb,d,q,i,u,100,20\n", "0:shares 1:shares "},
};

static void test_margins(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(margins); i++) {
        Buffer csv = {0}, found = {0};
        buffer_addf(&csv, ROWS("%s"), margins[i].rows);
        Bench bench = bench_begin(margins[i].changes, buffer_view(&csv));
        const Margin *list = margin_all(bench.base->results, &bench.arena);
        for (size_t k = 0; k < dataset_level_size(bench.dataset, LEVEL_PROJECT); k++) {
            buffer_addf(&found, "%u:", list[k].project);
            if (list[k].kind != MARGIN_KNOWN) {
                buffer_addf(&found, "%s ", margin_kind_name(list[k].kind));
                continue;
            }
            buffer_add(&found, list[k].distance);
            if (list[k].exact.size) buffer_addf(&found, "=%.*s", STR_FMT(list[k].exact));
            buffer_addf(&found, ":%s%.*s%s:%u ", list[k].up ? ">" : "<", STR_FMT(list[k].cut),
                        list[k].at ? "@" : "", list[k].beyond);
        }
        expect_text(margins[i].changes, &found, margins[i].found);
        buffer_release(&csv);
        bench_end(&bench);
    }
}

/* ---- over random data */

#define PROJECTS 12

static void add_random_rows(Buffer *csv, uint64_t *state) {
    buffer_add(csv, STR(HEADER "\n"));
    for (size_t project = 0; project < PROJECTS; project++) {
        size_t rows = 1 + random_below(state, 3);
        for (size_t row = 0; row < rows; row++)
            buffer_addf(csv, "b,d,p%zu,i%zu,u,%zu,%zu\n", project, row, 1 + random_below(state, 30),
                        random_below(state, 40));
    }
}

/* A decimal next to `value`, on the side of `sign`. */
static Str beside(Arena *arena, mpq_srcptr value, int sign) {
    mpq_t edge, found;
    mpq_inits(edge, found, NULL);
    mpq_set_si(edge, sign, 1);
    mpq_set_ui(found, 1, 1000000000000);
    mpq_mul(edge, edge, found);
    mpq_add(edge, edge, value);
    assert_true(sign < 0 ? number_between(edge, value, found) : number_between(value, edge, found));
    Str text = number_text(arena, found);
    mpq_clears(edge, found, NULL);
    return text;
}

/* Every flip is verified by evaluating just below it, just above it and, where it can be, on it. */
static void verify_flip(Bench *bench, const Sweep *sweep, const Flip *flip) {
    const SweepAxis *axis = &sweep->axes[0];
    assert_int_equal(verdict_with(bench, axis->name, flip->low, flip->project), flip->from);
    assert_int_equal(verdict_with(bench, axis->name, flip->high, flip->project), flip->to);
    if (!flip->exact) return;
    mpq_t value, low, high;
    mpq_inits(value, low, high, NULL);
    if (flip->fraction.size)
        assert_int_equal(mpq_set_str(value, flip->fraction.data, 10), 0);
    else
        number_read(flip->at, value);
    number_read(axis->values[0], low);
    number_read(axis->values[axis->count - 1], high);
    if (mpq_cmp(value, low) > 0)
        assert_int_equal(verdict_with(bench, axis->name, beside(&bench->arena, value, -1), flip->project),
                         flip->from);
    if (mpq_cmp(value, high) < 0)
        assert_int_equal(verdict_with(bench, axis->name, beside(&bench->arena, value, 1), flip->project),
                         flip->to);
    if (flip->reachable)
        assert_int_equal(verdict_with(bench, axis->name, flip->at, flip->project), flip->verdict);
    mpq_clears(value, low, high, NULL);
}

/* Where none can be passed over, flips lead from the verdict at the first value to that at the last. */
static void verify_chain(Bench *bench, const Sweep *sweep) {
    const SweepAxis *axis = &sweep->axes[0];
    for (uint32_t project = 0; project < PROJECTS; project++) {
        unsigned verdict = verdict_with(bench, axis->name, axis->values[0], project);
        for (size_t i = 0; i < sweep->flips.count; i++) {
            const Flip *flip = &sweep->flips.items[i];
            if (flip->project != project) continue;
            assert_int_equal(verdict, flip->from);
            verdict = flip->to;
        }
        assert_int_equal(verdict, verdict_with(bench, axis->name, axis->values[axis->count - 1], project));
    }
}

#define TWO(range) "verdict = { { 'S', key = 's', " range " }, { 'N', key = 'n' } }"
static const struct {
    const char *changes, *range;
    bool whole, exact;
} random_sweeps[] = {
    {"", "cut=10..190:20", true, true},
    {TWO("at_most = 5, any_indicator = { below = param.cut }"), "cut=10..190:60", true, true},
    {"verdict = { { 'S', key = 's', below = param.cut, any_indicator = { at_least = param.cut, at_most = 200 } },"
     "{ 'M', key = 'm', at_most = 195 }, { 'N', key = 'n' } }",
     "cut=10.5..190:33.3", true, true},
    {"params = { cap = 100 }, rate = min(field.actual / field.target * 100, param.cap)," TWO("at_most = 80"),
     "cap=20..320:37", false, true},
    {"params = { k = 1 }, rate = field.actual / field.target * 100 * param.k," TWO("below = 80"),
     "k=0..4:0.5", false, true},
    {"params = { x = 1 }, rate = field.actual / (field.target + param.x) * 100," TWO("below = 80"),
     "x=0..40:8", false, false},
};

static void test_random_flips(void **unused) {
    (void)unused;
    uint64_t state = 20191213;
    size_t seen = 0;
    for (size_t i = 0; i < COUNT(random_sweeps); i++) {
        for (size_t round = 0; round < 6; round++) {
            Buffer csv = {0};
            add_random_rows(&csv, &state);
            Bench bench = bench_begin(random_sweeps[i].changes, buffer_view(&csv));
            Sweep *sweep = sweep_of(&bench, random_sweeps[i].range);
            assert_int_equal(sweep->whole, random_sweeps[i].whole);
            for (size_t k = 0; k < sweep->flips.count; k++) {
                verify_flip(&bench, sweep, &sweep->flips.items[k]);
                if (random_sweeps[i].exact) assert_true(sweep->flips.items[k].exact);
            }
            verify_chain(&bench, sweep);
            seen += sweep->flips.count;
            sweep_free(sweep);
            buffer_release(&csv);
            bench_end(&bench);
        }
    }
    assert_true(seen > 200);
}

/* Projects of one, two or four indicators with target 100: the mean of the actuals is the rate, a decimal,
 * and moves by d when the first actual moves by n x d. */
typedef struct Random {
    size_t rows[PROJECTS];
    int actual[PROJECTS][4];
} Random;

static void write_random(const Random *random, size_t moved, Str actual, Buffer *csv) {
    buffer_add(csv, STR(HEADER "\n"));
    for (size_t project = 0; project < PROJECTS; project++) {
        for (size_t row = 0; row < random->rows[project]; row++) {
            buffer_addf(csv, "b,d,p%zu,i%zu,u,100,", project, row);
            if (project == moved && row == 0)
                buffer_add(csv, actual);
            else
                buffer_addf(csv, "%d", random->actual[project][row]);
            buffer_add_char(csv, '\n');
        }
    }
}

/* The verdict of a project when its rate moves by `distance`. */
static unsigned verdict_moved(const char *changes, const Random *random, size_t project,
                              mpq_srcptr distance) {
    mpq_t actual, first;
    mpq_inits(actual, first, NULL);
    mpq_set_si(first, (long)random->rows[project], 1);
    mpq_mul(actual, distance, first);
    mpq_set_si(first, random->actual[project][0], 1);
    mpq_add(actual, actual, first);
    Arena arena = {0};
    Buffer csv = {0};
    write_random(random, project, number_text(&arena, actual), &csv);
    Bench bench = bench_begin(changes, buffer_view(&csv));
    unsigned verdict = bench.base->verdicts[project];
    bench_end(&bench);
    buffer_release(&csv);
    arena_release(&arena);
    mpq_clears(actual, first, NULL);
    return verdict;
}

static void verify_margin(const char *changes, const Random *random, const Bench *bench,
                          const Margin *margin) {
    if (margin->kind != MARGIN_KNOWN) return;
    unsigned before = bench->base->verdicts[margin->project];
    mpq_t distance, step;
    mpq_inits(distance, step, NULL);
    margin_distance(margin, distance);
    mpq_set_ui(step, 1, 1000000);
    if (!margin->up) mpq_neg(distance, distance);
    if (!margin->up) mpq_neg(step, step);
    unsigned at = verdict_moved(changes, random, margin->project, distance);
    assert_int_equal(at, margin->at ? margin->beyond : before);
    mpq_add(distance, distance, step);
    if (!margin->at)
        assert_int_equal(verdict_moved(changes, random, margin->project, distance), margin->beyond);
    mpq_sub(distance, distance, step);
    mpq_sub(distance, distance, step);
    if (mpq_sgn(distance) * mpq_sgn(step) >= 0)
        assert_int_equal(verdict_moved(changes, random, margin->project, distance), before);
    mpq_clears(distance, step, NULL);
}

static void test_random_margins(void **unused) {
    (void)unused;
    static const size_t sizes[] = {1, 2, 4};
    static const char *const rules[] = {
        "",
        ("verdict = { { 'S', key = 's', at_least = 95 }, { 'A', key = 'a', above = 90 },"
         "{ 'B', key = 'b', at_least = 85 }, { 'C', key = 'c' } }"),
        "verdict = { { 'M', key = 'm', at_least = 80, below = 90 }, { 'H', key = 'h', above = 85, at_most = 100 }, { 'N', key = 'n' } }",
    };
    uint64_t state = 154;
    for (size_t i = 0; i < COUNT(rules); i++) {
        for (size_t round = 0; round < 5; round++) {
            Random random = {0};
            for (size_t project = 0; project < PROJECTS; project++) {
                random.rows[project] = sizes[random_below(&state, 3)];
                for (size_t row = 0; row < 4; row++)
                    random.actual[project][row] = 70 + (int)random_below(&state, 40);
            }
            Buffer csv = {0};
            write_random(&random, PROJECTS, STR(""), &csv);
            Bench bench = bench_begin(rules[i], buffer_view(&csv));
            const Margin *list = margin_all(bench.base->results, &bench.arena);
            for (size_t k = 0; k < PROJECTS; k++) verify_margin(rules[i], &random, &bench, &list[k]);
            buffer_release(&csv);
            bench_end(&bench);
        }
    }
}

/* ---- what --param can be */

static const struct {
    const char *text, *found;
} ranges[] = {
    {"cut=70..72:1", "cut 3: 70 71 72"},
    {" cut = 0.1 .. 0.5 : 0.2 ", "cut 3: 0.1 0.3 0.5"},
    {"cut=-1..1:0.75", "cut 3: -1 -0.25 0.5"},
    {"cut=5..5:1", "cut 1: 5"},
    {"cut=0..9999:1", "cut 10000: 0 1 2"},
    {"cut=0..10000:1", "sweep-steps"},
    {"cut=70..100", "sweep-syntax"},
    {"cut=70-100:1", "sweep-syntax"},
    {"cut=70..100:0", "sweep-syntax"},
    {"cut=70..100:-1", "sweep-syntax"},
    {"cut=100..70:1", "sweep-syntax"},
    {"cut=a..b:1", "sweep-syntax"},
    {"=70..100:1", "sweep-syntax"},
    {"70..100:1", "sweep-syntax"},
    {"cut=1:2..3", "sweep-syntax"},
};

static void test_ranges(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(ranges); i++) {
        Arena arena = {0};
        Diag *diag = diag_new();
        SweepAxis axis;
        Buffer found = {0};
        if (sweep_read(&arena, str_of(ranges[i].text), &axis, diag)) {
            buffer_addf(&found, "%.*s %zu:", STR_FMT(axis.name), axis.count);
            for (size_t k = 0; k < axis.count && k < 3; k++)
                buffer_addf(&found, " %.*s", STR_FMT(axis.values[k]));
        } else {
            buffer_addf(&found, "%s", message_get(diag_item(diag, 0)->message).code);
        }
        expect_text(ranges[i].text, &found, ranges[i].found);
        diag_free(diag);
        arena_release(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sweeps),       cmocka_unit_test(test_margins),
        cmocka_unit_test(test_random_flips), cmocka_unit_test(test_random_margins),
        cmocka_unit_test(test_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
