#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "faults.h"
#include "lua/sandbox.h"
#include "lua/state.h"

typedef struct Case {
    Str source;
    const char *result;
} Case;

/* Errors in Korean: the argument of the message, its Korean part. Lua's own words stay behind, so the table
 * of texts must fit the Lua at hand. */
static const Case korean[] = {
    {TEXT("return nil + 1"),
     "숫자가 아니어서 계산할 수 없음, 지금은 빈 값 (attempt to perform arithmetic on a nil value)"},
    {TEXT("local t = {} return t.a * 2"),
     "항목 a: 숫자가 아니어서 계산할 수 없음, 지금은 빈 값 (attempt to perform arithmetic on a nil value (field "
     "'a'))"},
    {TEXT("local t = {} return t.a.b"),
     "항목 a: 표가 아니어서 항목을 읽거나 쓸 수 없음, 지금은 빈 값 (attempt to index a nil value (field 'a'))"},
    {TEXT("local f = 'x' f()"),
     "변수 f: 함수가 아니어서 부를 수 없음, 지금은 글자 (attempt to call a string value (local 'f'))"},
    {TEXT("local t return 'a' .. t"),
     "변수 t: 글자나 숫자가 아니어서 이어 붙일 수 없음, 지금은 빈 값 (attempt to concatenate a nil value (local "
     "'t'))"},
    {TEXT("local n = 1 return #n"),
     "변수 n: 길이를 셀 수 없음, 지금은 숫자 (attempt to get length of a number value (local 'n'))"},
    {TEXT("return {} < {}"), "크기를 비교할 수 없는 값임: 둘 다 표 (attempt to compare two table values)"},
    {TEXT("return nil < 1"), "크기를 비교할 수 없는 값임: 빈 값, 숫자 (attempt to compare nil with number)"},
    {TEXT("return math.floor('x')"),
     "floor 함수의 1번째 값이 잘못됨: 숫자 필요, 지금은 글자 (bad argument #1 to 'floor' (number expected, got "
     "string))"},
    {TEXT("return text.pad('x')"),
     "pad 함수의 2번째 값이 잘못됨: 숫자 필요, 지금은 없음 (bad argument #2 to 'pad' (number expected, got no "
     "value))"},
    {TEXT("assert(false)"), "assert 로 확인한 조건이 맞지 않음 (assertion failed!)"},
    {TEXT("local t = {} t[nil] = 1"), "표의 키가 빈 값임 (table index is nil)"},
    {TEXT("return 1 +"), "여기에 올 수 없는 표시 파일 끝 (unexpected symbol near <eof>)"},
    {TEXT("local t = { a = 1 b = 2 }"), "'b' 앞에 '}' 필요 ('}' expected near 'b')"},
    {TEXT("if true then"), "파일 끝 앞에 'end' 필요 ('end' expected near <eof>)"},
    {TEXT("if true then\n\n"),
     "파일 끝 앞에 'end' 필요: 1행의 'if' 표시를 닫아야 함 ('end' expected (to close 'if' at line 1) near <eof>)"},
    {TEXT("return 1 end"),
     "'end' 앞에서 스크립트가 끝나야 함: `end` 나 괄호가 남는지 확인하세요 (<eof> expected near 'end')"},
    {TEXT("return 'a"), "따옴표가 닫히지 않음, 파일 끝 근처 (unfinished string near <eof>)"},
    {TEXT("return 3kg"), "숫자의 모양이 잘못됨: '3k' (malformed number near '3k')"},
    /* ours: no original behind them */
    {TEXT("return text.pad('x', -1)"), "pad 함수의 2번째 값이 잘못됨: 너비가 허용 범위를 벗어남"},
    {TEXT("return ('%p'):format({})"), "format 함수의 대상이 잘못됨: '%p' 표시는 쓸 수 없음"},
    {TEXT("return pairz"), "알 수 없는 이름 'pairz'. 혹시 pairs인가요?"},
    {TEXT("return os"), "os: 스크립트에서 쓸 수 없음. 스크립트는 평가 내용만 볼 수 있습니다"},
    {TEXT("error({})"), "오류로 넘긴 값: table"},
    /* what a script says stays, and it cannot say two things */
    {TEXT("error('값이 이상함', 0)"), "값이 이상함"},
    {TEXT("error('a\\31b', 0)"), "a\\x1fb"},
    {TEXT("error('attempt to compare a\\31 with b', 0)"),
     "크기를 비교할 수 없는 값임: a\\x1f, b (attempt to compare a\\x1f with b)"},
};

static void test_korean(void **context) {
    (void)context;
    for (size_t i = 0; i < sizeof korean / sizeof *korean; i++) {
        lua_State *L = state_new(NULL);
        Diag *diag = diag_new();
        Script script = {STR("t.lua"), korean[i].source};
        sandbox_push(L);
        assert_false(state_load(L, &script, 1, diag) && state_call(L, 0, 1, diag));
        Str said = message_part(diag_item(diag, 0)->arguments[0], LANGUAGE_KO);
        if (!str_is(said, korean[i].result))
            fail_msg("%.*s\n  says     %.*s\n  expected %s", STR_FMT(korean[i].source), STR_FMT(said),
                     korean[i].result);
        diag_free(diag);
        state_close(L);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_korean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
