#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "lua/repeats.h"
#include "lua/sandbox.h"
#include "lua/state.h"
#include "ruletext.h"

static const char rows[] = HEADER ",note\n"
                                  "b,d,p,i,down,100,80,x\n"
                                  "b,d,p,i,up,50,75.5,\n"
                                  "b,d,p,i,down,1,2,y\n"
                                  "b,d,p,i,,1,2,x\n";
#define ROWS 4

typedef struct Bench {
    Dataset *dataset;
    const char *source;
    Buffer out; /* for each row: the words of texts, "call" when they are new */
} Bench;

/* Stack: the Bench. Each row's answer is its number; what repeats has for it is printed. */
static int call_rows(lua_State *L) {
    Bench *bench = lua_touserdata(L, 1);
    Script script = {.path = STR("made"), .source = str_of(bench->source)};
    Diag *diag = diag_new();
    Repeats repeats = {0};
    sandbox_push(L);
    assert_true(state_load(L, &script, -1, diag));
    diag_free(diag);
    lua_call(L, 0, 1);
    int function = lua_gettop(L);
    Current *current = current_begin(L, bench->dataset, NULL, false);
    for (uint32_t row = 0; row < ROWS; row++) {
        const AnswerRecord *known = repeats_find(&repeats, 7, current, row);
        assert_null(repeats_find(&repeats, 8, current, row));
        if (known) {
            buffer_addf(&bench->out, " =%g", known->number);
            continue;
        }
        lua_pushvalue(L, function);
        current_push(L, current, row);
        lua_call(L, 1, 0);
        const AnswerRecord answer = {.kind = ANSWER_NUMBER, .number = row};
        repeats_keep(&repeats, 7, current, row, &answer);
        buffer_addf(&bench->out, " %u", row);
    }
    memory_free(repeats.entries);
    return 0;
}

/* Rows that are called for, and "=" with the row whose answer is given again. */
static const struct {
    const char *source, *wanted;
} functions[] = {
    {"return function(i) return i.unit end", " 0 1 =0 3"},
    {"return function(i) return i.bureau .. i.project end", " 0 =0 =0 =0"},
    {"return function() return 1 end", " 0 =0 =0 =0"},
    {"return function(i) return i.unit == 'down' and i.note end", " 0 1 2 3"},
    {"return function(i) return i.unit == 'up' and i.note end", " 0 1 2 3"}, /* from row 1 on, note counts */
    {"return function(i) return i.target end", " 0 1 2 3"},
    {"return function(i) return i.unit and i.row end", " 0 1 2 3"},
    {"return function(i) return i.unit and #i.siblings end", " 0 1 2 3"},
    {"return function(i) return i.bureau and i:raw('bureau') end", " 0 1 2 3"},
    {"return function(i) return i.bureau, i.department, i.project, i.indicator, i.unit end", " 0 1 2 3"},
};

static void test_repeats(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(functions); i++) {
        Diag *diag = diag_new();
        Table *table = csv_open(STR("x.csv"), str_of(rows));
        Bench bench = {dataset_load(table, &(LoadOptions){0}, diag), functions[i].source, {0}};
        assert_non_null(bench.dataset);
        table_close(table);
        lua_State *L = state_new(NULL);
        lua_pushcfunction(L, call_rows);
        lua_pushlightuserdata(L, &bench);
        assert_true(state_call(L, 1, 0, diag));
        if (!str_equal(buffer_view(&bench.out), str_of(functions[i].wanted)))
            fail_msg("%s\ngives%s\nnot  %s", bench.source, buffer_text(&bench.out), functions[i].wanted);
        state_close(L);
        buffer_release(&bench.out);
        dataset_free(bench.dataset);
        diag_free(diag);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_repeats)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
