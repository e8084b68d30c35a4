#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/causes.h"
#include "model/number.h"
#include "ruletext.h"

static Dataset *load(Str csv) {
    Diag *diag = diag_new();
    Table *table = csv_open(STR("x.csv"), csv);
    LoadOptions options = {0};
    Dataset *dataset = dataset_load(table, &options, diag);
    table_close(table);
    if (!dataset) fail_msg("data <%.*s>", STR_FMT(csv));
    diag_free(diag);
    return dataset;
}

/* Two sides, compared. */
typedef struct Pair {
    Arena arena;
    Diag *diag;
    Dataset *data[2];
    Held held[2];
    Comparison *comparison;
} Pair;

/* Empty data: those of the first. */
static void pair_begin(Pair *out, const char *from, const char *to, Str from_csv, Str to_csv) {
    *out = (Pair){.diag = diag_new()};
    out->data[0] = load(from_csv);
    if (to_csv.size) out->data[1] = load(to_csv);
    for (size_t i = 0; i < 2; i++)
        out->held[i] = (Held){.file = STR("r.lua"),
                              .rules = ruletext_rules(&out->arena, i ? to : from),
                              .dataset = out->data[i] ? out->data[i] : out->data[0]};
    out->comparison = compare_new(&out->held[0], &out->held[1], out->diag);
    if (!out->comparison) {
        Buffer faults = {0};
        faults_brief(&faults, out->diag);
        fail_msg("rules <%s> <%s>\n%s", from, to, buffer_text(&faults));
    }
    causes_find(out->comparison);
}

static void pair_end(Pair *pair) {
    compare_free(pair->comparison);
    dataset_free(pair->data[1]);
    dataset_free(pair->data[0]);
    diag_free(pair->diag);
    arena_release(&pair->arena);
}

/* ---- worked by hand: "project:from>to rate: kind name from>to points; … rest" */

#define ROWS(text)  HEADER "\n" text
#define RATED(rate) "params = { cut = 80 }, rate = { " rate " }"
#define PLAIN       "{ field.actual / field.target * 100 }"

static const struct {
    const char *from, *to, *rows, *other, *found;
} pairs[] = {
    {"", "params = { cut = 90 }", "b,d,p,i,u,100,85\nb,d,q,i,u,100,95\n", NULL,
     "0:1>0 85>85: param cut 80 %>90 0; rest 0 "},
    /* the cap does it; the cut, which falls, would not */
    {"params = { cut = 90, cap = 200 }, rate = min(field.actual / field.target * 100, param.cap)",
     "params = { cut = 80, cap = 50 }, rate = min(field.actual / field.target * 100, param.cap)",
     "b,d,p,i,u,100,95\n", NULL, "0:1>0 95>50: param cap 200>50 -45; rest 0 "},
    /* the points concern p, which stays sluggish */
    {"", "params = { cut = 85 }, special = { { when = { project = 'p' }, because = 'r', points = 5 } }",
     "b,d,p,i,u,100,84\nb,d,q,i,u,100,81\n", NULL, "1:1>0 81>81: param cut 80 %>85 0; rest 0 "},
    /* neither alone: 95 is above 90, and 85.5 above 80 */
    {"params = { cut = 80, k = 1 }, rate = field.actual / field.target * 100 * param.k",
     "params = { cut = 90, k = 0.9 }, rate = field.actual / field.target * 100 * param.k",
     "b,d,p,i,u,100,95\n", NULL, "0:1>0 95>85.5: param cut 80>90 0; param k 1>0.9 -9.5; rest 0 "},
    /* a new first case; the old one stays what it is */
    {RATED(PLAIN), RATED("{ when = { unit = 'u' }, 10 }, " PLAIN), "b,d,p,i,u,100,85\nb,d,q,i,v,100,85\n",
     NULL, "0:1>0 85>10: case rate[1] >+ -75; rest 0 "},
    /* a new band between the two */
    {"",
     "verdict = { { 'S', key = 'sluggish', at_most = param.cut }, { 'M', key = 'middle', at_most = 90 },"
     "{ 'N', key = 'normal' } }",
     "b,d,p,i,u,100,85\nb,d,q,i,u,100,95\n", NULL, "0:1>1 85>85: band verdict[2] >+ 0; rest 0 "},
    /* data: a cell; names with other blanks are the same; rows that come and go with their project */
    {"", "", "b,d,p,i,u,100,85\nb,d,q,i,u,100,85\nb,d,r,i,u,1,1\n",
     "b,D,q,i,u,100,75\nb,d,p,i,u,100,85.0\nb,d,s,i,u,1,1\n",
     "1:1>0 85>75: actual actual 85>75 -10; rest 0 2:1>? 100>: row_removed i > ; rest  ?:?>1 >100: row_added i > ; rest  "},
    /* two rows of one project: one would not do; a third edit is not needed */
    {"", "", "b,d,p,i,u,100,90\nb,d,p,j,u,100,90\nb,d,p,k,u,100,90\n",
     "b,d,p,i,u,100,75\nb,d,p,j,u,100,75\nb,d,p,k,u,100,89\n",
     "0:1>0 90>79.666667: actual actual 90>75 -5; actual actual 90>75 -5; rest -0.333333 "},
    /* a row more */
    {"", "", "b,d,p,i,u,100,90\n", "b,d,p,i,u,100,90\nb,d,p,j,u,100,10\n",
     "0:1>0 90>50: row_added j > -40; rest 0 "},
    /* data and rules together */
    {"", "params = { cut = 85 }", "b,d,p,i,u,100,90\n", "b,d,p,i,u,100,85\n",
     "0:1>0 90>85: param cut 80 %>85 0; actual actual 90>85 -5; rest 0 "},
    /* forced shares: q alone changes, so that p moves; no edit of its own did that */
    {"verdict = { ties = 'better', { 'T', key = 't', share = 50 }, { 'L', key = 'l', share = 50 } }",
     "verdict = { ties = 'better', { 'T', key = 't', share = 50 }, { 'L', key = 'l', share = 50 } }",
     "b,d,p,i,u,100,20\nb,d,q,i,u,100,10\n", "b,d,p,i,u,100,20\nb,d,q,i,u,100,30\n",
     "0:0>1 20>20:!rest 0 1:1>0 10>30: actual actual 10>30 20; rest 0 "},
};

static void add_verdict(Buffer *out, uint32_t project, unsigned verdict) {
    if (project == PATCH_NONE || verdict == RESULTS_NO_BAND)
        buffer_add_char(out, '?');
    else
        buffer_addf(out, "%u", verdict);
}

static void describe(const Comparison *comparison, Buffer *out) {
    for (size_t i = 0; i < comparison->change_count; i++) {
        const Change *change = &comparison->changes[i];
        if (change->from == PATCH_NONE)
            buffer_add_char(out, '?');
        else
            buffer_addf(out, "%u", change->from);
        buffer_add_char(out, ':');
        add_verdict(out, change->from, change->from_verdict);
        buffer_add_char(out, '>');
        add_verdict(out, change->to, change->to_verdict);
        buffer_addf(out, " %.*s>%.*s:%s", STR_FMT(change->from_rate), STR_FMT(change->to_rate),
                    change->minimal ? " " : "!");
        for (size_t k = 0; k < change->cause_count; k++) {
            const Edit *edit = &comparison->edits.items[change->causes[k].edit];
            Str to = edit->to.size > 8 ? STR("+") : edit->to; /* a whole entry */
            buffer_addf(out, "%s %.*s %.*s>%.*s %.*s; ", edit_kind_name(edit->kind), STR_FMT(edit->name),
                        STR_FMT(edit->from), STR_FMT(to), STR_FMT(change->causes[k].points));
        }
        buffer_addf(out, "rest %.*s ", STR_FMT(change->rest));
    }
}

static void test_pairs(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        Buffer csv = {0}, other = {0}, found = {0};
        buffer_addf(&csv, ROWS("%s"), pairs[i].rows);
        if (pairs[i].other) buffer_addf(&other, ROWS("%s"), pairs[i].other);
        Pair pair;
        pair_begin(&pair, pairs[i].from, pairs[i].to, buffer_view(&csv), buffer_view(&other));
        describe(pair.comparison, &found);
        expect_text(pairs[i].to, &found, pairs[i].found);
        buffer_release(&csv);
        buffer_release(&other);
        pair_end(&pair);
    }
}

/* ---- over random data and parameters */

#define PROJECTS 8
#define ROWS_OF  3

/* Rows of target and actual; a target of 0 stands for a row that is not there. */
typedef struct Side {
    int cells[PROJECTS][ROWS_OF][2];
    int cut, factor; /* factor: hundredths */
} Side;

static void write_side(const Side *side, Buffer *csv) {
    buffer_add(csv, STR(HEADER ",id\n"));
    for (int p = 0; p < PROJECTS; p++) {
        for (int r = 0; r < ROWS_OF; r++) {
            const int *cell = side->cells[p][r];
            if (cell[0]) buffer_addf(csv, "b,d,p%d,i%d,u,%d,%d,%d\n", p, r, cell[0], cell[1], 10 * p + r);
        }
    }
}

static Str rules_of(const Side *side, Arena *arena) {
    return arena_format(
        arena,
        "params = { cut = %d, k = %d.%02d }, rate = field.actual / field.target * 100 * param.k,"
        "verdict = { { 'S', key = 's', at_most = param.cut }, { 'M', key = 'm', below = 120 }, { 'N', key = 'n' } }",
        side->cut, side->factor / 100, side->factor % 100);
}

static void change_side(Side *side, uint64_t *state) {
    for (size_t i = 0; i < PROJECTS; i++) {
        int *cell = side->cells[i][random_below(state, ROWS_OF)];
        size_t what = random_below(state, 6);
        if (what < 2) cell[1] = (int)random_below(state, 150);
        if (what == 3) cell[0] = 100;
        if (what == 4 && cell != side->cells[i][0]) cell[0] = 0;
        if (what == 5 && cell[0]) cell[0] += (int)random_below(state, 60);
    }
    if (random_below(state, 3) == 0) side->cut += (int)random_below(state, 12);
    if (random_below(state, 3) == 0) side->factor += (int)random_below(state, 20);
}

/* The edit, done to the numbers. */
static void do_edit(const Comparison *comparison, const Edit *edit, Side *mixed, const Side *to) {
    bool added = edit->kind == EDIT_ROW_ADDED;
    const Dataset *data = added ? comparison->to_held->dataset : comparison->from_held->dataset;
    if (edit->kind == EDIT_PARAM) {
        if (str_is(edit->name, "cut"))
            mixed->cut = to->cut;
        else
            mixed->factor = to->factor;
        return;
    }
    size_t column;
    assert_true(dataset_find_column(data, STR("id"), &column));
    Str id = dataset_text(data, column, added ? edit->other_row : edit->row);
    int number = atoi(id.data), *cell = mixed->cells[number / 10][number % 10];
    const int *other = to->cells[number / 10][number % 10];
    if (edit->kind != EDIT_ACTUAL) cell[0] = other[0];
    if (edit->kind != EDIT_TARGET) cell[1] = other[1];
}

/* The verdict of a project by its name, by rules and data written anew. */
static unsigned verdict_of(const Side *side, Str name) {
    Arena arena = {0};
    Buffer csv = {0};
    write_side(side, &csv);
    Trial trial = trial_good(rules_of(side, &arena).data, buffer_view(&csv), NULL);
    unsigned verdict = RESULTS_NO_BAND;
    for (size_t i = 0; i < dataset_level_size(trial.dataset, LEVEL_PROJECT); i++)
        if (str_equal(dataset_level_name(trial.dataset, LEVEL_PROJECT, i), name))
            verdict = results_verdict(trial.results, i);
    trial_end(&trial);
    buffer_release(&csv);
    arena_release(&arena);
    return verdict;
}

/* The causes alone give the verdict, none of one or two can be left out, and the parts add up. */
static void verify_change(const Comparison *comparison, const Change *change, const Side *from,
                          const Side *to) {
    assert_true(change->minimal);
    assert_true(change->cause_count > 0);
    Str name = dataset_level_name(comparison->from_held->dataset, LEVEL_PROJECT, change->from);
    mpq_t sum, part;
    mpq_inits(sum, part, NULL);
    number_read(change->from_rate, sum);
    for (size_t left_out = 0; left_out <= change->cause_count; left_out++) {
        Side mixed = *from;
        for (size_t k = 0; k < change->cause_count; k++) {
            if (k != left_out)
                do_edit(comparison, &comparison->edits.items[change->causes[k].edit], &mixed, to);
        }
        if (left_out == change->cause_count)
            assert_int_equal(verdict_of(&mixed, name), change->to_verdict);
        else if (change->cause_count <= 2)
            assert_int_not_equal(verdict_of(&mixed, name), change->to_verdict);
    }
    for (size_t k = 0; k < change->cause_count; k++) {
        number_read(change->causes[k].points, part);
        mpq_add(sum, sum, part);
    }
    number_read(change->rest, part);
    mpq_add(sum, sum, part);
    number_read(change->to_rate, part);
    assert_true(mpq_equal(sum, part));
    mpq_clears(sum, part, NULL);
}

static void verify_counts(const Comparison *comparison) {
    size_t sum = 0;
    for (unsigned from = 0; from < 3; from++)
        for (unsigned to = 0; to < 3; to++) sum += compare_count(comparison, from, to);
    assert_int_equal(sum, PROJECTS);
    assert_int_equal(comparison->bureaus[0].from.total, PROJECTS);
    for (size_t band = 0; band < 3; band++)
        assert_int_equal(comparison->bureaus[0].to.band[band], comparison->to->counts.band[band]);
}

static void test_random(void **unused) {
    (void)unused;
    uint64_t state = 2019;
    size_t seen = 0, several = 0;
    for (size_t round = 0; round < 60; round++) {
        Side from = {.cut = 80, .factor = 100};
        for (size_t p = 0; p < PROJECTS; p++)
            for (size_t r = 0; r < ROWS_OF; r++) {
                from.cells[p][r][0] =
                    r && random_below(&state, 4) == 0 ? 0 : 60 + (int)random_below(&state, 60);
                from.cells[p][r][1] = (int)random_below(&state, 150);
            }
        Side to = from;
        for (size_t i = 0; i < 3; i++) change_side(&to, &state);
        Arena arena = {0};
        Buffer csv = {0}, other = {0};
        write_side(&from, &csv);
        write_side(&to, &other);
        Pair pair;
        pair_begin(&pair, rules_of(&from, &arena).data, rules_of(&to, &arena).data, buffer_view(&csv),
                   buffer_view(&other));
        verify_counts(pair.comparison);
        for (size_t i = 0; i < pair.comparison->change_count; i++) {
            verify_change(pair.comparison, &pair.comparison->changes[i], &from, &to);
            several += pair.comparison->changes[i].cause_count > 1;
        }
        seen += pair.comparison->change_count;
        pair_end(&pair);
        buffer_release(&csv);
        buffer_release(&other);
        arena_release(&arena);
    }
    assert_true(seen > 100);
    assert_true(several > 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pairs), cmocka_unit_test(test_random)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
