#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/export.h"
#include "model/export_level.h"
#include "model/judge.h"
#include "model/results_build.h"
#include "model/spell.h"
#include "model/trace_json.h"
#include "model/trace_lines.h"
#include "model/trace_text.h"
#include "ruletext.h"

/* ---- random rules and data */

#define COLUMNS 7
#define ROWS    24

typedef struct Sheet {
    Str cells[ROWS][COLUMNS];
    size_t rows;
    Arena arena;
} Sheet;

/* Numbers that often come to a cut of 80 exactly, or to none: 0 to 3 digits, up to 2 places, some negative.
 */
static Str random_number(Sheet *sheet, uint64_t *state) {
    static const char *const usual[] = {"100", "80", "0", "", "12.5", "40", "64", "3", "-5", "200"};
    if (random_below(state, 3)) return str_of(usual[random_below(state, COUNT(usual))]);
    unsigned whole = (unsigned)random_below(state, 150), places = (unsigned)random_below(state, 3);
    if (places == 0) return arena_format(&sheet->arena, "%u", whole);
    return arena_format(&sheet->arena, "%u.%0*u", whole, (int)places,
                        (unsigned)random_below(state, places == 1 ? 10 : 100));
}

static void fill_sheet(Sheet *sheet, uint64_t *state) {
    static const char *const projects[] = {"p", "q", "r", "s", "t"};
    static const char *const units[] = {"u", "v"};
    sheet->rows = 3 + random_below(state, ROWS - 3);
    for (size_t row = 0; row < sheet->rows; row++) {
        Str *cells = sheet->cells[row];
        cells[0] = STR("b");
        cells[1] = STR("d");
        cells[2] = str_of(projects[random_below(state, COUNT(projects))]);
        cells[3] = arena_format(&sheet->arena, "i%zu", row);
        cells[4] = str_of(units[random_below(state, COUNT(units))]);
        cells[5] = random_number(sheet, state);
        cells[6] = random_number(sheet, state);
    }
}

static void write_sheet(const Sheet *sheet, Buffer *csv) {
    csv->size = 0;
    buffer_add(csv, STR(HEADER "\n"));
    for (size_t row = 0; row < sheet->rows; row++) {
        for (size_t i = 0; i < COLUMNS; i++)
            buffer_addf(csv, "%s%.*s", i > 0 ? "," : "", STR_FMT(sheet->cells[row][i]));
        buffer_add_char(csv, '\n');
    }
}

/* The second %s of those that have one is a number of a band. */
static const struct {
    const char *changes, *number;
} rules[] = {
    {"title = 't'", NULL},
    {"verdict = { { 'G', key = 'g', at_least = %s }, { 'A', key = 'a', above = param.cut }, { 'R', key = 'r' } }",
     "95"},
    {"verdict = { { 'R', key = 'r', at_most = param.cut, any_indicator = { below = 50 } }, { 'G', key = 'g' } },"
     "project = { rate = min, missing = 'leave_out' }",
     NULL},
    {"rate = { { when = { unit = 'v' }, max(0, 100 - abs(field.actual - field.target)) },"
     "{ min(field.actual / field.target * 100, 120) } }, project = { rate = mean, missing = 'zero' }",
     NULL},
    {"special = { { when = { unit = 'v', project = 'p' }, because = 'x', points = -2.5 },"
     "{ when = { project = 'q' }, because = 'y', verdict = 'normal' }, { when = { project = 'r', unit = 'u' }, because = 'z',"
     "exclude = true } }, project = { rate = median, missing = 'missing' }",
     NULL},
    {"verdict = { ties = 'better', { 'G', key = 'g', share = 50 }, { 'R', key = 'r', share = 50 } }, params = nil",
     NULL},
};

static char *rules_text(size_t number, const char *bound, Arena *arena) {
    if (!rules[number].number) return (char *)(uintptr_t)rules[number].changes;
    const char *at = strstr(rules[number].changes, "%s");
    Str text = arena_format(arena, "%.*s%s%s", (int)(at - rules[number].changes), rules[number].changes,
                            bound, at + 2);
    return (char *)(uintptr_t)text.data;
}

typedef struct Asker {
    const char *changes;
    Arena *arena;
} Asker;

static Plan *plan_with(void *context, Str param, const Decimal *value) {
    Asker *asker = context;
    Buffer text = {0};
    decimal_write(&text, value);
    Setting setting = {param, buffer_view(&text)};
    Diag *diag = diag_new();
    Plan *plan = plan_compile(STR("r.lua"), ruletext_rules(asker->arena, asker->changes), &setting, 1, diag);
    diag_free(diag);
    buffer_release(&text);
    return plan;
}

/* What evaluation says of a project once a change is made in the files themselves: its key, and its rate. */
static void judge_files(const char *changes, const Sheet *sheet, const Change *change, const Decimal *to,
                        size_t project, Buffer *out) {
    Arena arena = {0};
    Buffer csv = {0}, number = {0};
    Sheet changed = *sheet;
    decimal_write(&number, to);
    Diag *diag = diag_new();
    Setting setting = {.name = {"", 0}};
    if (change->kind == CHANGE_CELL) changed.cells[change->row][change->column] = buffer_view(&number);
    if (change->kind == CHANGE_PARAM) setting = (Setting){change->param->name, buffer_view(&number)};
    write_sheet(&changed, &csv);
    Plan *plan =
        plan_compile(STR("r.lua"), ruletext_rules(&arena, changes), &setting, setting.name.size > 0, diag);
    Table *table = csv_open(STR("x.csv"), buffer_view(&csv));
    Dataset *dataset = dataset_load(table, NULL, diag);
    table_close(table);
    Results *results = plan ? evaluate(plan, dataset, NULL, diag) : NULL;
    const Band *band = results ? results_band(results, LEVEL_PROJECT, project) : NULL;
    out->size = 0;
    buffer_addf(out, "%.*s ", STR_FMT(band ? band->key : STR("-")));
    if (results) results_write_unit(results, LEVEL_PROJECT, project, out);
    results_free(results);
    dataset_free(dataset);
    plan_free(plan);
    diag_free(diag);
    buffer_release(&csv);
    buffer_release(&number);
    arena_release(&arena);
}

static size_t verified;

/* The claim holds when the number stands in the file, and one step less does not do. */
static void verify_change(size_t number, const Sheet *sheet, const Trial *trial, const Change *change,
                          size_t project, unsigned wanted) {
    Arena arena = {0};
    Buffer found = {0}, claimed = {0}, literal = {0}, nearer = {0}, csv = {0};
    const Band *bands = trial->plan->verdicts[LEVEL_PROJECT].bands;
    const Band *now = results_band(trial->results, LEVEL_PROJECT, project);
    Decimal less = change->to;
    int64_t scale = 1;
    for (uint32_t i = change->from.scale; i < less.scale; i++) scale *= 10;
    less.digits += less.digits > change->from.digits * scale ? -1 : 1;
    decimal_write(&literal, &change->to);
    decimal_write(&nearer, &less);
    bool bound = change->kind == CHANGE_BOUND;
    const char *as_is = rules_text(number, rules[number].number, &arena);
    judge_files(bound ? rules_text(number, buffer_text(&literal), &arena) : as_is, sheet, change, &change->to,
                project, &found);
    buffer_addf(&claimed, "%.*s %.*s", STR_FMT(bands[change->verdict].key), STR_FMT(change->rate));
    write_sheet(sheet, &csv);
    if (!str_equal(buffer_view(&found), buffer_view(&claimed)))
        fail_msg("rules %zu, project %zu, kind %d to %s: <%s> was claimed, it is <%s>\n%s", number, project,
                 (int)change->kind, buffer_text(&literal), buffer_text(&claimed), buffer_text(&found),
                 buffer_text(&csv));
    if (wanted == REACH_ANY ? &bands[change->verdict] == now : change->verdict != wanted)
        fail_msg("rules %zu: a change that gives another verdict than was sought", number);
    judge_files(bound ? rules_text(number, buffer_text(&nearer), &arena) : as_is, sheet, change, &less,
                project, &found);
    Str key = str_slice(buffer_view(&found), 0, str_find(buffer_view(&found), ' ', 0));
    bool reached = wanted == REACH_ANY ? !str_equal(key, now->key) : str_equal(key, bands[wanted].key);
    if (reached && !str_is(key, "-"))
        fail_msg("rules %zu, project %zu: one step before %s does it too\n%s", number, project,
                 buffer_text(&literal), buffer_text(&csv));
    verified++;
    buffer_release(&found);
    buffer_release(&claimed);
    buffer_release(&literal);
    buffer_release(&nearer);
    buffer_release(&csv);
    arena_release(&arena);
}

/* Between the rate and the cut the verdict stays; at the cut or just behind it is the one that was found. */
static void verify_reach(const Trial *trial, size_t project, uint64_t *state) {
    Reach reach;
    reach_find(trial->results, project, REACH_ANY, &reach);
    unsigned now = results_verdict(trial->results, project);
    mpq_t rate, at, step;
    mpq_inits(rate, at, step, NULL);
    bool judged = results_unit_exact(trial->results, LEVEL_PROJECT, project, rate) == MISSING_NONE;
    for (size_t i = 0; i < results_adjustments(trial->results, project); i++)
        judged &= results_adjustment(trial->results, project, i)->adjust != ADJUST_VERDICT;
    if (trial->plan->verdicts[LEVEL_PROJECT].forced || !judged) {
        assert_false(reach.known);
    } else {
        assert_int_equal(judge_rate(trial->results, project, rate), now);
        mpq_set_si(step, reach.above ? 1 : -1, 1000000007);
        mpq_set(at, reach.cut);
        if (!reach.at) mpq_add(at, at, step);
        if (reach.known) assert_int_equal(judge_rate(trial->results, project, at), reach.verdict);
        for (size_t i = 0; reach.known && i < 8; i++) { /* both ways, nearer than the cut */
            mpq_set_si(step, (long)random_below(state, 2001) - 1000, 1001);
            mpq_canonicalize(step);
            mpq_mul(step, step, reach.distance);
            mpq_add(at, rate, step);
            assert_int_equal(judge_rate(trial->results, project, at), now);
        }
    }
    mpq_clears(rate, at, step, NULL);
    reach_release(&reach);
}

static void verify_lines(const Trace *trace) {
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        Buffer text = {0};
        trace_text(&text, trace, (Language)language);
        size_t lines = 0;
        for (size_t i = 0; i < text.size; i++) lines += text.data[i] == '\n';
        if (lines > 25 + 4 * (trace->row_count - 1)) fail_msg("%zu lines:\n%s", lines, buffer_text(&text));
        buffer_release(&text);
    }
}

static void verify_trial(size_t number, uint64_t *state) {
    Sheet sheet = {.rows = 0};
    Arena arena = {0};
    Buffer csv = {0};
    fill_sheet(&sheet, state);
    write_sheet(&sheet, &csv);
    Asker asker = {rules_text(number, rules[number].number, &arena), &arena};
    Trial trial = trial_good(asker.changes, buffer_view(&csv), NULL);
    Again again = {trial.results, plan_with, NULL, &asker};
    size_t verdicts = trial.plan->verdicts[LEVEL_PROJECT].count;
    for (size_t project = 0; project < dataset_level_size(trial.dataset, LEVEL_PROJECT); project++) {
        unsigned wanted = random_below(state, 2) ? REACH_ANY : (unsigned)random_below(state, verdicts);
        Trace *trace = trace_project(&again, NULL, (uint32_t)project, wanted);
        for (size_t i = 0; i < trace->changes.count; i++)
            verify_change(number, &sheet, &trial, &trace->changes.items[i], project, wanted);
        verify_lines(trace);
        trace_free(trace);
        verify_reach(&trial, project, state);
    }
    trial_end(&trial);
    buffer_release(&csv);
    arena_release(&arena);
    arena_release(&sheet.arena);
}

static void test_every_flip_is_verified(void **state) {
    (void)state;
    uint64_t random = 20190080;
    verified = 0;
    for (size_t i = 0; i < RANDOM_ROUNDS(60); i++) verify_trial(i % COUNT(rules), &random);
    assert_true(verified > RANDOM_ROUNDS(300));
}

/* ---- explaining changes nothing */

static bool take_lines(void *context, Str bytes, size_t done, size_t all) {
    assert_true(done <= all);
    buffer_add(context, bytes);
    return true;
}

static void write_lines(const Results *results, Buffer *out) {
    Diag *diag = diag_new();
    assert_true(trace_lines(&(LinesJob){.results = results, .context = out, .take = take_lines}, diag));
    diag_free(diag);
}

static void snapshot(const Results *results, Buffer *out) {
    size_t rows = dataset_rows(results->dataset),
           projects = dataset_level_size(results->dataset, LEVEL_PROJECT);
    buffer_add(out, (Str){(const char *)results->rate, rows * sizeof *results->rate});
    buffer_add(out, (Str){(const char *)results->error, rows * sizeof *results->error});
    buffer_add(out, (Str){(const char *)results->missing, rows});
    buffer_add(out, (Str){(const char *)results->decided, rows * sizeof *results->decided});
    for (size_t i = 0; i < projects; i++) { /* field by field: a struct has bytes between them */
        Guess rate = results_guess(results, LEVEL_PROJECT, i);
        buffer_add(out, (Str){(const char *)&rate.value, sizeof rate.value});
        buffer_add(out, (Str){(const char *)&rate.error, sizeof rate.error});
        buffer_addf(out, "%d", (int)rate.missing);
    }
    buffer_add(out, (Str){(const char *)results->verdicts[LEVEL_PROJECT], projects});
    buffer_addf(out, "%zu %zu", results->exact_checks, results->function_calls);
    export_json(results, out);
}

static void test_traced_and_untraced_agree(void **state) {
    (void)state;
    uint64_t random = 7;
    for (size_t i = 0; i < 2 * COUNT(rules); i++) {
        Sheet sheet = {.rows = 0};
        Arena arena = {0};
        Buffer csv = {0}, before = {0}, after = {0}, untraced = {0}, written = {0};
        fill_sheet(&sheet, &random);
        write_sheet(&sheet, &csv);
        Asker asker = {rules_text(i % COUNT(rules), rules[i % COUNT(rules)].number, &arena), &arena};
        Trial trial = trial_good(asker.changes, buffer_view(&csv), NULL);
        Trial other = trial_good(asker.changes, buffer_view(&csv), NULL);
        Again again = {trial.results, plan_with, NULL, &asker};
        snapshot(trial.results, &before);
        for (uint32_t project = 0; project < dataset_level_size(trial.dataset, LEVEL_PROJECT); project++) {
            Trace *trace = trace_project(&again, NULL, project, REACH_ANY);
            trace_json(&written, trace);
            trace_free(trace);
        }
        write_lines(trial.results, &written);
        snapshot(trial.results, &after);
        snapshot(other.results, &untraced);
        assert_int_equal(before.size, after.size);
        assert_memory_equal(before.data, after.data, after.size);
        assert_int_equal(untraced.size, after.size);
        assert_memory_equal(untraced.data, after.data, after.size);
        trial_end(&trial);
        trial_end(&other);
        Buffer *all[] = {&csv, &before, &after, &untraced, &written};
        for (size_t k = 0; k < COUNT(all); k++) buffer_release(all[k]);
        arena_release(&arena);
        arena_release(&sheet.arena);
    }
}

/* ---- lines: every figure is that of the run */

static Str value_of(Str line, const char *key) {
    Arena arena = {0};
    Str name = arena_format(&arena, "\"%s\":", key);
    const char *at = memmem(line.data, line.size, name.data, name.size);
    size_t from = at ? (size_t)(at - line.data) + name.size : line.size;
    size_t to = from;
    while (to < line.size && line.data[to] != ',' && line.data[to] != '}') to++;
    arena_release(&arena);
    return str_slice(line, from, to);
}

static void test_lines(void **state) {
    (void)state;
    static const char *const keys[] = {"target", "actual", "rate", "project_rate", "verdict", "missing"};
    uint64_t random = 99;
    for (size_t i = 0; i < 4 * COUNT(rules); i++) {
        Sheet sheet = {.rows = 0};
        Arena arena = {0};
        Buffer csv = {0}, run = {0}, lines = {0};
        fill_sheet(&sheet, &random);
        write_sheet(&sheet, &csv);
        Trial trial = trial_good(rules_text(i % COUNT(rules), rules[i % COUNT(rules)].number, &arena),
                                 buffer_view(&csv), NULL);
        export_level(trial.results, EXPORT_INDICATOR, EXPORT_JSONL, &run);
        write_lines(trial.results, &lines);
        Again again = {trial.results, NULL, NULL, NULL};
        for (size_t row = 0, a = 0, b = 0; row < sheet.rows; row++) {
            size_t end_a = str_find(buffer_view(&run), '\n', a),
                   end_b = str_find(buffer_view(&lines), '\n', b);
            Str plain = str_slice(buffer_view(&run), a, end_a),
                traced = str_slice(buffer_view(&lines), b, end_b);
            for (size_t k = 0; k < COUNT(keys); k++) {
                Str x = value_of(plain, keys[k]), y = value_of(traced, keys[k]);
                if (str_is(x, "null") && !y.size) y = x;
                if (!str_equal(x, y)) fail_msg("%s: %.*s\n%.*s", keys[k], STR_FMT(plain), STR_FMT(traced));
            }
            Trace *trace = trace_project(&again, NULL, dataset_project(trial.dataset, row), REACH_ANY);
            for (size_t k = 0; k < trace->row_count; k++) {
                if (trace->rows[k].row != row || !trace->rows[k].filled.size) continue;
                Str filled = arena_format(&arena, "\"filled\":\"%.*s\"", STR_FMT(trace->rows[k].filled));
                if (!memmem(traced.data, traced.size, filled.data, filled.size))
                    fail_msg("%.*s is not in %.*s", STR_FMT(filled), STR_FMT(traced));
            }
            trace_free(trace);
            a = end_a + 1;
            b = end_b + 1;
        }
        trial_end(&trial);
        Buffer *all[] = {&csv, &run, &lines};
        for (size_t k = 0; k < COUNT(all); k++) buffer_release(all[k]);
        arena_release(&arena);
        arena_release(&sheet.arena);
    }
}

/* Two bands with a cut at 80: rates 79.9999999 (margin 0.0000001 -> 0), 80, 82.5, none. */
static void test_line_margins(void **state) {
    (void)state;
    Buffer lines = {0}, found = {0};
    Trial trial = trial_good(
        "title = 't'",
        STR(HEADER "\nb,d,p,i,u,100,79.9999999\nb,d,q,i,u,3,2.4\nb,d,r,i,u,200,165\nb,d,s,i,u,0,1\n"
                   "b,d,t,i,u,1,0.8000005\n"),
        NULL);
    write_lines(trial.results, &lines);
    for (size_t at = 0; at < lines.size;) {
        size_t end = str_find(buffer_view(&lines), '\n', at);
        buffer_addf(&found, "%.*s ", STR_FMT(value_of(str_slice(buffer_view(&lines), at, end), "margin")));
        at = end + 1;
    }
    expect_text("margins", &found, "0 0 2.5 null 0.00005 ");
    buffer_release(&lines);
    trial_end(&trial);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_flip_is_verified),
        cmocka_unit_test(test_traced_and_untraced_agree),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_line_margins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
