#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "faults.h"
#include "lua/doubles.h"

#define IN(body) "local f = 1.2\nreturn function(i)\n" body "\nend"
#define AT(line, column, span, sign, loss)                                                                   \
    line ":" column "+" span " binary-comparison: " sign " | " loss "\n"

/* Parameters: whole = 80, half = 0.5, part = 77.6. */
static const struct {
    const char *text, *notes;
} cases[] = {
    /* divisions and powers */
    {IN("return i.actual / i.target * 100 <= 77.6"), AT("3", "34", "2", "<=", "/")},
    {IN("return i.actual / i.target * 100 <= 80"), AT("3", "34", "2", "<=", "/")},
    {IN("return 80 > i.actual / i.target * 100"), AT("3", "11", "1", ">", "/")},
    {IN("return i.actual ^ 2 == i.target"), AT("3", "21", "2", "==", "^")},
    {IN("return (i.actual / i.target) >= param.whole"), AT("3", "30", "2", ">=", "/")},
    {IN("return math.floor(i.actual / i.target * 100) >= 80"), AT("3", "46", "2", ">=", "/")},
    {IN("return math.min(i.actual / i.target, 2) ~= 2"), AT("3", "41", "2", "~=", "/")},
    {IN("if i.a / i.b < 2 then return 1 elseif i.a / i.b < 3 then return 2 end"),
     AT("3", "14", "1", "<", "/") AT("3", "49", "1", "<", "/")},
    {IN("while i.a / i.b < 2 do end repeat local x = 1 until i.a / 3 > x"),
     AT("3", "17", "1", "<", "/") AT("3", "61", "1", ">", "/")},
    {IN("return i.kind == 'a' and (i.a / i.b <= 2 or i.a < 3)"), AT("3", "37", "2", "<=", "/")},
    {IN("return '목표', i.a / i.b < 2"), AT("3", "24", "1", "<", "/")}, /* columns count characters */
    {IN("return { i.a / i.b < 2, x = i.a / i.b > 2 }"),
     AT("3", "20", "1", "<", "/") AT("3", "39", "1", ">", "/")},
    {IN("return i.a / i.b < 2, function() return i.a / i.b > 2 end"),
     AT("3", "18", "1", "<", "/") AT("3", "51", "1", ">", "/")},
    /* calculation with a number that no double is */
    {IN("return i.actual >= i.target * 1.2"), AT("3", "17", "2", ">=", "1.2")},
    {IN("return i.actual + 0.1 < i.target"), AT("3", "23", "1", "<", "0.1")},
    {IN("return i.actual >= i.target * param.part"), AT("3", "17", "2", ">=", "part")},
    {IN("return i.actual >= i.target * f"), AT("3", "17", "2", ">=", "1.2")},
    {IN("return i.actual - i.target <= 0.1"), AT("3", "28", "2", "<=", "-")},
    {IN("return i.actual - i.target == param.part"), AT("3", "28", "2", "==", "-")},
    {IN("return 2 - i.a / i.b > 0"), AT("3", "22", "1", ">", "/")},
    /* locals */
    {IN("local rate = i.actual / i.target * 100\nif rate >= 80 then return rate end"),
     AT("4", "9", "2", ">=", "/")},
    {IN("local x, rate = 1, i.a / i.b\nreturn x < 3 and rate < 3"), AT("4", "23", "1", "<", "/")},
    {IN("local rate\nrate = i.a / i.b\nreturn rate < 3"), AT("5", "13", "1", "<", "/")},
    {IN("local rate = i.a / i.b local other = rate + 1 return other < 3"), AT("3", "60", "1", "<", "/")},
    {IN("local r = i.b > 1 and i.a / i.b or 0\nreturn r < 3"), AT("4", "10", "1", "<", "/")},
    {IN("local rate <const> = i.a / i.b\nreturn rate < 3"), AT("4", "13", "1", "<", "/")},
    /* nothing is lost */
    {IN("return i.actual <= 77.6"), ""},
    {IN("return i.actual <= param.part and i.actual >= f"), ""},
    {IN("return i.actual == i.target or i['실적'] > i['목표']"), ""},
    {IN("return i.actual * 1000 <= i.target * 776"), ""},
    {IN("return i.actual - i.target >= 10"), ""},
    {IN("return i.actual * 0.5 >= i.target * param.half"), ""},
    {IN("return i.actual * 100 >= i.target * param.whole"), ""},
    {IN("return i.actual // 10 >= 3 and i.row % 2 == 0"), ""},
    {IN("return i.actual / i.target > 0 and 0 < i.a * 1.2"), ""},
    {IN("return i.actual / i.target >= 1"), ""},
    {IN("return i.unit == 'km/h' or #i.siblings > 3 and -i.a < -1.5"), ""},
    {IN("return grade(i.actual / i.target) == 'A'"), ""},
    {IN("return i.actual >= i.target and 100 or i.actual / i.target * 100"), ""},
    {IN("local rate = i.a / i.b\nrate = i.a\nreturn rate < 3"), ""},
    {IN("do local rate = i.a / i.b end\nlocal rate = i.a return rate < 3"), ""},
    {IN("for k = 1, i.a / 2 do if k > 3 then return k end end -- i.a / i.b < 3"), ""},
    {"local r = a / b return r < 3", ""}, /* no function */
    {"return { function(i) return 1 end, a / b < 3 }", ""},
    {"return function(i) return ) ] } end end < 3", ""},
};

static void test_cases(void **state) {
    (void)state;
    Param params[] = {{.name = STR("whole"), .value = {.digits = 80}},
                      {.name = STR("half"), .value = {.digits = 5, .scale = 1}},
                      {.name = STR("part"), .value = {.digits = 776, .scale = 1}}};
    Plan plan = {.params = params, .param_count = 3};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str text = str_of(cases[i].text);
        Source *source = source_new(STR("t.lua"), text);
        Diag *diag = diag_new();
        Buffer found = {0};
        doubles_note(source, text, &plan, diag);
        faults_add(&found, diag);
        if (!str_is(buffer_view(&found), cases[i].notes))
            fail_msg("<%s>\nfound:\n%s\nexpected:\n%s", cases[i].text, buffer_text(&found), cases[i].notes);
        buffer_release(&found);
        diag_free(diag);
        source_free(source);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
