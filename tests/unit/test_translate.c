#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cpu.h"
#include "lua/probes.h"
#include "lua/sandbox.h"
#include "lua/state.h"
#include "lua/translate.h"
#include "model/results_build.h"
#include "ruletext.h"

static const char rows[] = HEADER ",note\n"
                                  "b,d,p,i,down,100,80,x\n" /* 0 */
                                  "b,d,p,i,up,50,75.5,\n"   /* 1 */
                                  "b,d,p,i,,0,3,up\n"       /* 2 */
                                  "b,d,p,i,up,,3,up\n"      /* 3 */
                                  "b,d,p,i,down,-4,0.5,down\n";
#define ROWS 5

/* Projects of 1, 2, 9 and 3 rows; the actual of each is its number, the rate ten times that, but for two. */
static const char unit_rows[] =
    HEADER ",note\n"
           "b,d,p,i,down,1,0,x\n"
           "b,d,q,i,up,1,1,\nb,d,q,i,up,1,2,\n"
           "b,d,r,i,up,1,3,\nb,d,r,i,up,1,4,\nb,d,r,i,up,1,5,\nb,d,r,i,up,1,6,\nb,d,r,i,up,1,7,\n"
           "b,d,r,i,up,1,8,\nb,d,r,i,up,1,9,\nb,d,r,i,up,1,10,\nb,d,r,i,up,1,11,\n"
           "b,d,s,i,up,1,12,\nb,d,s,i,up,1,13,\nb,d,s,i,up,1,14,\n";
static const bool rateless[15] = {[1] = true, [13] = true};
#define UNITS 4

typedef struct Bench {
    Diag *diag;
    Dataset *dataset;
    Plan *plan;
    Results results; /* of units; all zero: of rows */
    lua_State *L;
    Arena arena;
    Program made;
    bool translated;
} Bench;

typedef struct Loading {
    Bench *bench;
    const char *source;
} Loading;

/* Stack: the Loading. */
static int load_and_translate(lua_State *L) {
    Loading *loading = lua_touserdata(L, 1);
    Bench *bench = loading->bench;
    Script script = {.path = STR("made"), .source = str_of(loading->source)};
    sandbox_push(L);
    assert_true(state_load(L, &script, -1, bench->diag));
    lua_call(L, 0, 1);
    bool units = bench->plan != NULL;
    const View *view = units ? view_of_results(L, &bench->results, NULL) : view_of_dataset(L, bench->dataset);
    bench->translated =
        translate_scripts_keep_still(L) && translate(L, view, NULL, units, &bench->arena, &bench->made);
    return 0;
}

static void make_rates(Bench *bench) {
    size_t count = dataset_rows(bench->dataset);
    bench->plan = arena_new(&bench->arena, 1, sizeof *bench->plan);
    bench->plan->rollups[LEVEL_PROJECT].children = LEVEL_COUNT;
    Results *results = &bench->results;
    results->plan = bench->plan;
    results->dataset = bench->dataset;
    results->rate = arena_new(&bench->arena, count, sizeof *results->rate);
    results->missing = arena_new(&bench->arena, count, sizeof *results->missing);
    results->children[LEVEL_PROJECT] = lineage_of(bench->dataset, LEVEL_PROJECT, LEVEL_COUNT, &bench->arena);
    for (size_t row = 0; row < count; row++) {
        results->rate[row] = 10 * (double)row;
        results->missing[row] = rateless[row] ? MISSING_BLANK : MISSING_NONE;
    }
}

static Bench begin_data(const char *source, const char *data, bool units) {
    Bench bench = {.diag = diag_new()};
    Table *table = csv_open(STR("x.csv"), str_of(data));
    bench.dataset = dataset_load(table, &(LoadOptions){0}, bench.diag);
    assert_non_null(bench.dataset);
    table_close(table);
    if (units) make_rates(&bench);
    bench.L = state_new(NULL);
    Loading loading = {&bench, source};
    lua_pushcfunction(bench.L, load_and_translate);
    lua_pushlightuserdata(bench.L, &loading);
    if (!state_call(bench.L, 1, 0, bench.diag)) {
        Buffer faults = {0};
        faults_brief(&faults, bench.diag);
        fail_msg("<%s>\n%s", source, buffer_text(&faults));
    }
    return bench;
}

static Bench begin(const char *source) { return begin_data(source, rows, false); }

static void end(Bench *bench) {
    state_close(bench->L);
    dataset_free(bench->dataset);
    diag_free(bench->diag);
    arena_release(&bench->arena);
}

/* "80 75.5 nil true left": the answers for rows 0 to 4, or for the units. */
static void add_answers(Bench *bench, const Program *program, Buffer *out) {
    static const char *const words[] = {
        [ANSWER_NONE] = "nil", [ANSWER_YES] = "true", [ANSWER_NO] = "false", [ANSWER_FAILED] = "?"};
    const uint32_t asked[] = {0, 1, 2, 3, 4};
    ProgramRun run;
    ProgramCells cells[PROGRAM_COLUMNS];
    Answer answers[ROWS];
    uint32_t left[ROWS];
    for (size_t i = 0; i < program->column_count; i++)
        cells[i] = program->columns[i] < dataset_columns(bench->dataset)
                       ? (ProgramCells){dataset_numbers(bench->dataset, program->columns[i]),
                                        dataset_words(bench->dataset, program->columns[i])}
                       : (ProgramCells){NULL, NULL};
    const ProgramUnits units = {bench->dataset, &bench->results, LEVEL_PROJECT};
    size_t all = bench->plan ? UNITS : ROWS;
    program_begin(&run, program, bench->plan ? &units : NULL);
    size_t count = program_run(&run, cells, asked, all, answers, left), next = 0;
    program_end(&run);
    for (size_t k = 0; k < all; k++) {
        bool here = next < count && left[next] == k;
        next += here;
        if (k) buffer_add_char(out, ' ');
        if (here)
            buffer_add(out, STR("left"));
        else if (answers[k].kind == ANSWER_NUMBER)
            buffer_addf(out, "%.17g", answers[k].number);
        else
            buffer_add(out, str_of(words[answers[k].kind]));
    }
}

typedef struct Function {
    const char *source, *answers; /* NULL: not translated */
} Function;

static const Function functions[] = {
    {"return function(i) return i.actual end", "80 75.5 3 3 0.5"},
    {"return function(i) return i.target and i.actual / i.target * 100 end", "80 151 left nil -12.5"},
    {"return function(i) if i.unit == 'down' then return 2 - i.actual end return i.note end",
     "-78 nil left left 1.5"},
    {"return function(i) return i.note == i.unit, 7 end", "left false false left left"},
    {"return function(i) return not i.unit end", "false false true false false"},
    {"return function(i) return (i.target or 9) > i.actual end", "true false false true false"},
    {"return function(i) return i.actual // 2 * 10 + i.actual % 2 end", "400 371.5 11 11 0.5"},
    {"return function(i) return i.target % 3 end", "1 2 0 left 2"},
    {"return function(i) return math.min(math.max(i.actual, 1), 70, 100) end", "70 70 3 3 1"},
    {"local floor = math.floor return function(i) return floor(i.actual) ^ 2 end", "6400 5625 9 9 0"},
    {"local cut = 80 return function(i) return i.actual >= cut and 100 or cut - 1 end", "100 79 79 79 79"},
    {"return function(i) return i.weight or i['실적'] end", "80 75.5 3 3 0.5"}, /* the data lack weights */
    /* what Lua alone can tell, row by row */
    {"return function(i) if i.actual < 1 then error('small') end return 1 end", "1 1 1 1 left"},
    {"return function(i) if i.actual > 70 then return #i.unit end return 2 end", "left left 2 2 2"},
    {"return function(i) local n = 0 if i.actual > 70 then return 5 end for _ = 1, 3 do n = n + 1 end "
     "return n end",
     "5 5 left left left"},
    {"return function(i) return -(i.actual - 3) end", "-77 -72.5 left left 2.5"}, /* -0, or 0 of an integer */
    {"return function(i) return i.actual * 1e300 * 1e300 end", NULL},
    {"return function(i) return i.actual + 9007199254740990 end", "left left left left 9007199254740990"},
    {"return function(i) return i.nothing end", NULL},
    {"return function(i) return i.row end", NULL},
    {"return function(...) return 1 end", NULL},
    /* what could remember */
    {"local calls = 0 return function(i) calls = calls + 1 return i.actual end", NULL},
    {"local calls = 0 local function add() calls = calls + 1 end add() return function(i) return i.actual "
     "end",
     NULL},
    {"local seen = {} return function(i) if seen[1] then return 1 end return i.actual end", NULL},
};

static const Function unit_functions[] = {
    {"return function(c) local s, n = 0, 0 for _, i in ipairs(c) do "
     "if i.rate then s = s + i.rate n = n + 1 end end return n > 0 and s / n or nil end",
     "0 20 left 130"},
    {"return function(c) return #c end", "1 2 9 3"},
    {"return function(c) return c[1].actual end", "0 1 3 12"},
    {"return function(c) local last for k, i in ipairs(c) do last = i.actual if k == 2 then break end end "
     "return last end",
     "0 2 4 13"},
    {"return function(c) local s = 0 for k = 1, #c do s = s + c[k].actual * k end return s end",
     "0 5 left 80"},
    {"return function(c) for _, i in ipairs(c) do if i.rate == nil then return false end end return true end",
     "true false left false"},
    {"return function(c) local n = 0 for _ in ipairs(c) do n = n + 1 end return n end", "1 2 left 3"},
    {"return function(c) local a, b = 0, 1 for _ in ipairs(c) do a, b = b, a + b end return a end",
     "1 1 left 2"},
    {"local pairs_of = ipairs return function(c) local best = c[1].actual for _, i in pairs_of(c) do "
     "if i.unit ~= 'up' then goto next end best = math.max(best, i['실적']) ::next:: end return best end",
     "0 2 left 14"},
    {"return function(c) local s = 0 for _, i in ipairs(c) do s = s + i.target end "
     "for k = 1, #c do s = s + c[k].actual end return s end",
     "1 5 left 42"},
    {"return function(c) if #c > 2 then return c[2].actual end return 7 end", "7 7 left left"},
    {"return function(c) if #c < 2 then return 5 end return c[1] end", "5 left left left"},
    {"return function(c) local s = 0 for k = 1, #c - 1 do s = s + k end return s end", NULL},
    {"return function(c) local s = 0 for k = #c, 1, -1 do s = s + k end return s end", NULL},
    {"return function(c) local s = 0 for k = 2, #c do s = s + k end return s end", NULL},
    {"return function(c) local s = 0 for _ in ipairs(c) do for _ in ipairs(c) do s = s + 1 end end return s "
     "end",
     NULL},
    {"return function(c) local f for _, i in ipairs(c) do f = function() return i end end return 1 end",
     NULL},
    {"return function(c) return c[1].missing end", NULL},
    {"return function(c) return c.rate end", NULL},
    {"return function(c) local s = 0 for _, i in next, c do s = s + 1 end return s end", NULL},
};

static void check_functions(const Function *function, const char *data, bool units, const char *all_left) {
    Bench bench = begin_data(function->source, data, units);
    Buffer answers = {0};
    if (bench.translated) add_answers(&bench, &bench.made, &answers);
    if (!function->answers && str_is(buffer_view(&answers), all_left)) answers.size = 0;
    if (!str_equal(buffer_view(&answers), str_of(function->answers)))
        fail_msg("%s\ngives %s\nnot   %s", function->source, buffer_text(&answers),
                 function->answers ? function->answers : "(nothing)");
    buffer_release(&answers);
    end(&bench);
}

static void test_functions(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(functions) * 2; i++) {
        cpu_limit(i % 2 ? CPU_AVX512 : CPU_PLAIN);
        check_functions(&functions[i / 2], rows, false, "left left left left left");
    }
}

static void test_unit_functions(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(unit_functions) * 2; i++) {
        cpu_limit(i % 2 ? CPU_AVX512 : CPU_PLAIN);
        check_functions(&unit_functions[i / 2], unit_rows, true, "left left left left");
    }
}

/* A number of Lua's that is no double leaves; one without places is the integer. */
static void test_probes(void **state) {
    (void)state;
    lua_State *L = state_new(NULL);
    Dataset *probed = probes_rows();
    assert_true(probes_agree(L, probed));
    cpu_limit(CPU_PLAIN);
    assert_true(probes_agree(L, probed));
    cpu_limit(CPU_AVX512);
    state_close(L);
    dataset_free(probed);
}

/* ---- programs that no child should send */

typedef void (*Harm)(Program *program);

static void harm_column(Program *program) { program->columns[0] = 8; }
static void harm_operand(Program *program) { program->steps[0].a = 900; }
static void harm_target(Program *program) { program->steps[0].to = 0; }
static void harm_op(Program *program) { program->steps[0].op = LANES_OPS; }
static void harm_kind(Program *program) { program->steps[0].kind = STEP_KINDS; }
static void harm_constant(Program *program) { program->constants[0] = UINT64_MAX; }
static void harm_jump(Program *program) { program->steps[0] = (ProgramStep){.kind = STEP_JUMP, .target = 0}; }
static void harm_far_jump(Program *program) {
    program->steps[0] = (ProgramStep){.kind = STEP_JUMP, .target = (uint32_t)program->step_count + 1};
}
static void harm_count(Program *program) { program->variable_count = PROGRAM_VARIABLES + 1; }
static void harm_child(Program *program) { program->children[0] = 1; }
static void harm_rate(Program *program) { program->columns[0] = PROGRAM_RATE; }
static void harm_nothing(Program *program) { (void)program; }

static void test_reading(void **state) {
    (void)state;
    static const Harm harms[] = {harm_nothing,  harm_column, harm_operand,  harm_target,
                                 harm_op,       harm_kind,   harm_constant, harm_jump,
                                 harm_far_jump, harm_count,  harm_child,    harm_rate};
    for (size_t i = 0; i < COUNT(harms); i++) {
        Bench bench = begin("return function(i) return i.actual * 2 end");
        assert_true(bench.translated);
        assert_int_equal(bench.made.step_count, 2);
        harms[i](&bench.made);
        Buffer bytes = {0};
        program_write(&bytes, &bench.made);
        WireReader reader = {.bytes = buffer_view(&bytes)};
        const Program *program = program_read(&reader, 8, false, &bench.arena);
        if ((program != NULL) != (harms[i] == harm_nothing)) fail_msg("harm %zu", i);
        buffer_release(&bytes);
        end(&bench);
    }
}

static void harm_no_child(Program *program) { program->children[0] = 0; }
static void harm_far_child(Program *program) { program->children[0] = PROGRAM_CHILDREN + 1; }
static void harm_count_of_child(Program *program) { program->columns[0] = PROGRAM_COUNT; }

static void test_reading_units(void **state) {
    (void)state;
    static const Harm harms[] = {harm_nothing,  harm_rate,      harm_column,
                                 harm_no_child, harm_far_child, harm_count_of_child};
    for (size_t i = 0; i < COUNT(harms); i++) {
        Bench bench = begin_data("return function(c) return c[1].actual * 2 end", unit_rows, true);
        assert_true(bench.translated);
        harms[i](&bench.made);
        Buffer bytes = {0};
        program_write(&bytes, &bench.made);
        WireReader reader = {.bytes = buffer_view(&bytes)};
        const Program *program = program_read(&reader, 8, true, &bench.arena);
        if ((program != NULL) != (i < 2)) fail_msg("harm %zu", i);
        buffer_release(&bytes);
        end(&bench);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_functions),     cmocka_unit_test(test_unit_functions),
        cmocka_unit_test(test_probes),        cmocka_unit_test(test_reading),
        cmocka_unit_test(test_reading_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
