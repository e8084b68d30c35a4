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
#include "ruletext.h"

static const char rows[] = HEADER ",note\n"
                                  "b,d,p,i,down,100,80,x\n" /* 0 */
                                  "b,d,p,i,up,50,75.5,\n"   /* 1 */
                                  "b,d,p,i,,0,3,up\n"       /* 2 */
                                  "b,d,p,i,up,,3,up\n"      /* 3 */
                                  "b,d,p,i,down,-4,0.5,down\n";
#define ROWS 5

typedef struct Bench {
    Diag *diag;
    Dataset *dataset;
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
    bench->translated = translate_scripts_keep_still(L) &&
                        translate(L, view_of_dataset(L, bench->dataset), NULL, &bench->arena, &bench->made);
    return 0;
}

static Bench begin(const char *source) {
    Bench bench = {.diag = diag_new()};
    Table *table = csv_open(STR("x.csv"), str_of(rows));
    bench.dataset = dataset_load(table, &(LoadOptions){0}, bench.diag);
    assert_non_null(bench.dataset);
    table_close(table);
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

static void end(Bench *bench) {
    state_close(bench->L);
    dataset_free(bench->dataset);
    diag_free(bench->diag);
    arena_release(&bench->arena);
}

/* "80 75.5 nil true left": the answers for rows 0 to 4. */
static void add_answers(Bench *bench, const Program *program, Buffer *out) {
    static const char *const words[] = {
        [ANSWER_NONE] = "nil", [ANSWER_YES] = "true", [ANSWER_NO] = "false", [ANSWER_FAILED] = "?"};
    const uint32_t asked[] = {0, 1, 2, 3, 4};
    ProgramRun run;
    ProgramCells cells[PROGRAM_COLUMNS];
    Answer answers[ROWS];
    uint32_t left[ROWS];
    for (size_t i = 0; i < program->column_count; i++)
        cells[i] = (ProgramCells){dataset_numbers(bench->dataset, program->columns[i]),
                                  dataset_words(bench->dataset, program->columns[i])};
    program_begin(&run, program);
    size_t count = program_run(&run, cells, asked, ROWS, answers, left), next = 0;
    program_end(&run);
    for (size_t k = 0; k < ROWS; k++) {
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

static const struct {
    const char *source, *answers; /* NULL: not translated */
} functions[] = {
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

static void test_functions(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(functions) * 2; i++) {
        const char *source = functions[i / 2].source, *wanted = functions[i / 2].answers;
        cpu_limit(i % 2 ? CPU_AVX512 : CPU_PLAIN);
        Bench bench = begin(source);
        Buffer answers = {0};
        if (bench.translated) add_answers(&bench, &bench.made, &answers);
        if (!wanted && str_is(buffer_view(&answers), "left left left left left")) answers.size = 0;
        if (!str_equal(buffer_view(&answers), str_of(wanted)))
            fail_msg("%s\ngives %s\nnot   %s", source, buffer_text(&answers), wanted ? wanted : "(nothing)");
        buffer_release(&answers);
        end(&bench);
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
static void harm_nothing(Program *program) { (void)program; }

static void test_reading(void **state) {
    (void)state;
    static const Harm harms[] = {harm_nothing, harm_column,   harm_operand, harm_target,   harm_op,
                                 harm_kind,    harm_constant, harm_jump,    harm_far_jump, harm_count};
    for (size_t i = 0; i < COUNT(harms); i++) {
        Bench bench = begin("return function(i) return i.actual * 2 end");
        assert_true(bench.translated);
        assert_int_equal(bench.made.step_count, 2);
        harms[i](&bench.made);
        Buffer bytes = {0};
        program_write(&bytes, &bench.made);
        WireReader reader = {.bytes = buffer_view(&bytes)};
        const Program *program = program_read(&reader, 8, &bench.arena);
        if ((program != NULL) != (harms[i] == harm_nothing)) fail_msg("harm %zu", i);
        buffer_release(&bytes);
        end(&bench);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_functions),
        cmocka_unit_test(test_probes),
        cmocka_unit_test(test_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
