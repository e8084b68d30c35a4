#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "faults.h"
#include "lua/describe.h"
#include "lua/lib_base.h"
#include "lua/readonly.h"
#include "lua/sandbox.h"
#include "lua/state.h"
#include "lua/value.h"

#include <lauxlib.h>

/* What running `source` as rules/t.lua gives: the returned value as text, or the messages. */
static char *run(const char *path, Str source) {
    lua_State *L = state_new(NULL);
    Diag *diag = diag_new();
    Buffer out = {0};
    Script script = {str_of(path), source};
    sandbox_push(L);
    lua_newtable(L);
    lua_pushinteger(L, 7);
    lua_setfield(L, -2, "seven");
    lua_newtable(L);
    lua_pushinteger(L, 8);
    lua_rawseti(L, -2, 1);
    lua_setfield(L, -2, "inner");
    readonly_push(L, "given");
    sandbox_add(L, 1, "given");
    if (state_load(L, &script, 1, diag) && state_call(L, 0, 1, diag)) describe_value(L, -1, &out);
    faults_add(&out, diag);
    assert_int_equal(lua_gettop(L), diag_has_errors(diag) ? 1 : 2);
    char *text = strdup(buffer_text(&out));
    buffer_release(&out);
    diag_free(diag);
    state_close(L);
    return text;
}

typedef struct Case {
    Str source;
    const char *result;
} Case;

static void check(const Case *cases, size_t count) {
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        char *got = run("rules/t.lua", cases[i].source);
        if (strcmp(got, cases[i].result) != 0) {
            print_error("%.*s\n  gives    %s\n  expected %s\n", STR_FMT(cases[i].source), got,
                        cases[i].result);
            wrong++;
        }
        free(got);
    }
    assert_int_equal(wrong, 0);
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

static const Case ordinary[] = {
    {TEXT("return 1 + 1"), "2"},
    {TEXT("return 0.1 + 0.2 == 0.3"), "false"},
    {TEXT("return 7 // 2 .. ' ' .. 7 / 2"), "3 3.5"},
    {TEXT("\xEF\xBB\xBFreturn 'mark'"), "mark"},
    {TEXT("local t = {} for i = 1, 100000 do t[i] = i end return #t"), "100000"},
    {TEXT("local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end return f(5000)"), "5000"},
    {TEXT("local s = '' for w in ('목표 실적'):gmatch('%S+') do s = s .. '<' .. w .. '>' end return s"),
     "<목표><실적>"},
    {TEXT("local add = function(n) return function(m) return n + m end end return add(2)(3)"), "5"},
    {TEXT("return ('x'):rep(3, ',') .. ('ab'):upper() .. #'abc'"), "x,x,xAB3"},
    {TEXT("return table.concat({1, 2, 'c'}, '-')"), "1-2-c"},
    {TEXT("local t = {3, 1, 2} table.sort(t) table.insert(t, 4) table.insert(t, 1, 0) table.remove(t) return "
          "table.concat(t, ' ')"),
     "0 1 2 3"},
    {TEXT(
         "local t = {5, 4, 3, 2, 1, 0} table.sort(t, function(a, b) return a < b end) return table.concat(t)"),
     "012345"},
    {TEXT(
         "local t = {} for i = 1, 300 do t[i] = {i % 3, i} end table.sort(t, function(a, b) return a[1] < b[1] end) "
         "local s = {} for i = 2, 300 do if t[i][1] == t[i-1][1] and t[i][2] < t[i-1][2] then return 'unstable' end end "
         "return 'stable'"),
     "stable"},
    {TEXT("return select('#', table.unpack({1, 2, 3}))"), "3"},
    {TEXT("return table.pack(1, nil, 3).n"), "3"},
    {TEXT("local a, b = table.unpack({1, 2, 3}, 2) return a .. b"), "23"},
    {TEXT("return math.floor(2.5) + math.max(1, 2) + math.tointeger(3.0)"), "7"},
    {TEXT("return utf8.len('목표') .. utf8.char(44032)"), "2가"},
    {TEXT("return text.width('목표')"), "4"},
    {TEXT("return string.format('%5.1f|%s|%d|%q|%%', 2.25, 'a', 3, 'q')"), "  2.2|a|3|\"q\"|%"},
    {TEXT("return string.format('%s %s %s', {}, print == nil and 1, string.rep)"),
     "1:1+68 script-error: print is not available to scripts: a report returns a document, a format returns its text\n"},
    {TEXT("return string.format('%s %s %-8s|', {}, string.rep, true)"), "table function true    |"},
    {TEXT("return tostring({}) .. tostring(string.rep) .. tostring(nil) .. tostring(1.5)"),
     "tablefunctionnil1.5"},
    {TEXT("return given.seven + given.inner[1] + #given.inner"), "16"},
    {TEXT("return given.inner == given.inner"), "true"},
    {TEXT("local s = '' for k, v in pairs(given) do s = s .. k .. ' ' end return s"), "inner seven "},
    {TEXT("local s = '' for i, v in ipairs(given.inner) do s = s .. i .. v end return s"), "18"},
    {TEXT("return table.concat(given.inner, ',') .. table.unpack(given.inner)"), "88"},
};

static void test_ordinary(void **context) {
    (void)context;
    CHECK(ordinary);
}

static const Case sorted[] = {
    {TEXT(
         "local s = '' for k in pairs({b = 1, a = 1, [2] = 1, [1] = 1, [1.5] = 1, [-3] = 1, [true] = 1, [false] = 1, B = 1, "
         "['가'] = 1, [''] = 1}) do s = s .. tostring(k) .. ' ' end return s"),
     "-3 1 1.5 2  B a b 가 false true "},
    {TEXT(
         "local s = '' for k in pairs({[math.maxinteger] = 1, [2^63] = 1, [math.maxinteger - 1] = 1, [-math.huge] = 1}) do "
         "s = s .. tostring(k) .. ' ' end return s"),
     "-inf 9223372036854775806 9223372036854775807 9.2233720368548e+18 "},
    {TEXT(
         "local t, n = {a = 1, b = 2, c = 3}, 0 for k in pairs(t) do t.b = nil t['z' .. k] = 1 n = n + 1 end return n"),
     "2"},
    {TEXT("local t = {} for i = 1, 5000 do t['k' .. i] = i end local n, last = 0, '' for k in pairs(t) do "
          "if k <= last then return 'disorder' end last = k n = n + 1 end return n"),
     "5000"},
    {TEXT("for k in pairs({[{}] = 1}) do end"),
     "1:1+33 script-error: pairs goes through keys that are numbers, texts or true/false; this table has a table as a key\n"},
    {TEXT("for k in pairs(1) do end"),
     "1:1+24 script-error: bad argument #1 to 'pairs' (table expected, got number)\n"},
    {TEXT("for k in pairs(_ENV) do end"),
     "1:1+27 script-error: bad argument #1 to 'pairs' (these names cannot be listed)\n"},
    {TEXT("local n = 0 for k in pairs(math) do n = n + 1 end return n > 20"), "true"},
};

static void test_pairs(void **context) {
    (void)context;
    CHECK(sorted);
}

static const Case refused[] = {
    {TEXT("return pairz"), "1:8+5 script-error: unknown name 'pairz' (did you mean pairs?)\n"},
    {TEXT("return math.squrt(2)"),
     "1:1+20 script-error: unknown name 'math.squrt' (did you mean math.sqrt?)\n"},
    {TEXT("return quite_unlike_all"), "1:8+16 script-error: unknown name 'quite_unlike_all'\n"},
    {TEXT("\n  x = 1"), "2:3+5 script-error: assignment to the global 'x': add `local` before it\n"},
    {TEXT("pairs = 1"), "1:1+9 script-error: assignment to the global 'pairs': add `local` before it\n"},
    {TEXT("_ENV.pairs = 1"),
     "1:1+14 script-error: assignment to the global 'pairs': add `local` before it\n"},
    {TEXT("given = 1"), "1:1+9 script-error: assignment to the global 'given': add `local` before it\n"},
    {TEXT("math.pi = 3"), "1:1+11 script-error: math is read-only\n"},
    {TEXT("string.x = 3"), "1:1+12 script-error: string is read-only\n"},
    {TEXT("given.seven = 3"), "1:1+15 script-error: given is read-only\n"},
    {TEXT("given.inner[1] = 3"), "1:1+18 script-error: given is read-only\n"},
    {TEXT("table.insert(given.inner, 3)"),
     "1:1+28 script-error: table functions change plain tables only; this one is read-only\n"},
    {TEXT("table.sort(given.inner)"),
     "1:1+23 script-error: table functions change plain tables only; this one is read-only\n"},
    {TEXT("local a = table.unpack({given}).inner a[1] = 2"), "1:1+46 script-error: given is read-only\n"},
    {TEXT("local a for k, v in pairs(given) do a = a or v end a[1] = 2"),
     "1:1+59 script-error: given is read-only\n"},
    {TEXT("local s = ('').x"), "1:1+16 script-error: unknown name 'string.x'\n"},
    {TEXT("return '10' + 1"), "1:1+15 script-error: a text is no number: write tonumber(…) around it\n"},
    {TEXT("return -'10'"), "1:1+12 script-error: a text is no number: write tonumber(…) around it\n"},
    {TEXT("return string.format('%p', {})"),
     "1:1+30 script-error: bad argument #1 to 'format' ('%p' would show an address)\n"},
    {TEXT("return string.format('\\0%-5p', {})"),
     "1:1+34 script-error: bad argument #1 to 'format' ('%p' would show an address)\n"},
    {TEXT("return string.format('%100d', 1)"),
     "1:1+32 script-error: invalid conversion specification: '%100d'\n"},
    {TEXT("return string.format('%', 1)"), "1:1+28 script-error: invalid conversion '%' to 'format'\n"},
    {TEXT("return string.format('%*d', 1)"), "1:1+30 script-error: invalid conversion '%*' to 'format'\n"},
    {TEXT("return #string.rep('', 1 << 62)"), "0"},
    {TEXT("return #string.rep('x', 1 << 62)"),
     "1:1+32 script-error: string.rep would make a text of more than 16 MiB\n"},
    {TEXT("return #string.rep('', 1 << 62, 'x')"),
     "1:1+36 script-error: string.rep would make a text of more than 16 MiB\n"},
    {TEXT("return #string.rep('x', 1 << 24)"), "16777216"},
    {TEXT("return string.rep('x', (1 << 20) + 1024):find('y')"),
     "1:1+50 script-error: string.find looks through texts of at most 1024 KiB, not 1025\n"},
    {TEXT("return table.concat({}, 'x', 1, 1 << 60)"),
     "1:1+40 script-error: bad argument #4 to 'concat' (no list has so many positions)\n"},
    {TEXT("return table.unpack({}, 1, 1 << 60)"),
     "1:1+35 script-error: bad argument #3 to 'unpack' (no list has so many positions)\n"},
    {TEXT("return table.sort({3, 1, 'x'})"), "1:1+30 script-error: attempt to compare string with number\n"},
    {TEXT("return require('x')"), "1:1+19 script-error: there are no other scripts here\n"},
};

static void test_refused(void **context) {
    (void)context;
    CHECK(refused);
}

static const char *const absent[] = {
    "collectgarbage",
    "coroutine",
    "debug",
    "dofile",
    "getmetatable",
    "io",
    "load",
    "loadfile",
    "loadstring",
    "next",
    "os",
    "package",
    "pcall",
    "print",
    "rawequal",
    "rawget",
    "rawlen",
    "rawset",
    "setmetatable",
    "warn",
    "xpcall",
    "math.random",
    "math.randomseed",
    "string.dump",
    "string.pack",
    "string.unpack",
    "table.move",
    "utf8.codes",
    "_G",
    "_VERSION",
};

static void test_absent(void **context) {
    (void)context;
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        char source[100];
        snprintf(source, sizeof source, "return %s", absent[i]);
        char *got = run("t.lua", str_of(source));
        bool known = absent[i][0] != '_';
        char expected[100];
        snprintf(expected, sizeof expected,
                 known ? "script-error: %s is not available to scripts: " : "unknown name '%s'", absent[i]);
        if (!strstr(got, expected)) fail_msg("%s: %s", absent[i], got);
        free(got);
    }
}

/* Every name of the list is there, and nothing else is. */
static void test_names(void **context) {
    (void)context;
    for (const SandboxName *name = sandbox_names(); name->name; name++) {
        char source[100];
        snprintf(source, sizeof source, "return %s ~= nil", name->name);
        char *got = run("t.lua", str_of(source));
        if (strcmp(got, "true") != 0) fail_msg("%s: %s", name->name, got);
        free(got);
        assert_true(strlen(name->reason) > 5);
    }
    static const char *const libraries[] = {"math", "string", "table", "text", "utf8"};
    for (size_t i = 0; i < 5; i++) {
        char source[200];
        snprintf(source, sizeof source,
                 "local s = '' for k in pairs(%s) do s = s .. '%s.' .. k .. ' ' end return s", libraries[i],
                 libraries[i]);
        char *got = run("t.lua", str_of(source)), *rest = NULL;
        for (char *name = strtok_r(got, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
            const SandboxName *entry = sandbox_names();
            while (entry->name && strcmp(entry->name, name) != 0) entry++;
            if (!entry->name) fail_msg("%s is not in the list", name);
        }
        free(got);
    }
}

static const Case errors[] = {
    {TEXT("error('plain')"), "1:1+14 script-error: plain\n"},
    {TEXT("\nerror('no place', 0)"), "2:1+20 script-error: no place\n"},
    {TEXT("\n\nerror({1})"), "3:1+10 script-error: the error value is table\n"},
    {TEXT("error()"), "1:1+7 script-error: the error value is nil\n"},
    {TEXT("error(12)"), "1:1+9 script-error: 12\n"},
    {TEXT("error(true)"), "1:1+11 script-error: the error value is true\n"},
    {TEXT("assert(false, 'why')"), "1:1+20 script-error: why\n"},
    {TEXT("local function f()\n  error('deep')\nend\nlocal function g() f() end\ng()"),
     "2:3+13 script-error: deep\n"},
    {TEXT("local function f()\n  error('caller', 2)\nend\nf()"), "4:1+3 script-error: caller\n"},
    {TEXT("local x\r\nx.y = 1\r\n"), "2:1+7 script-error: attempt to index a nil value (local 'x')\n"},
    {TEXT("error('rules/t.lua:99: forged', 0)"), "99:1+1 script-error: forged\n"},
    {TEXT("error('other.lua:1: forged', 0)"), "1:1+31 script-error: other.lua:1: forged\n"},
    {TEXT("error('a\\nb\\27[31m', 0)"), "1:1+23 script-error: a␊b\\x1b[31m\n"},
    {TEXT("local function f(n) local a, b, c = n, n, n return f(n) + a + b + c end f(1)"),
     "1:1+76 script-error: stack overflow\n"},
    {TEXT("local t = {} for i = 1, 200 do t[i] = '(' end local s = ('x'):rep(300):match(('(x'):rep(40))"),
     "1:1+92 script-error: too many captures\n"},
    {TEXT("local t = {} while true do t[#t + 1] = ('x'):rep(100000) .. #t end"),
     "1:1+66 script-memory: 64 |  | --memory-limit\n"},
    {TEXT("local function hog()\n local s = 'x' while true do s = s .. s end end\nhog()"),
     "2:2+46 script-memory: 64 |  | --memory-limit\n"},
    {TEXT("if x then"), "1:1+9 lua-syntax: 'end' expected near <eof>\n"},
    {TEXT("#!/bin/lua\nreturn 1"), "1:1+10 lua-syntax: unexpected symbol near '#'\n"},
    {TEXT("\x1bLua"), "0:0+0 lua-syntax: attempt to load a binary chunk (mode is 't')\n"},
    {TEXT("goto x"), "1:1+6 lua-syntax: no visible label 'x' for <goto> at line 1\n"},
};

static void test_errors(void **context) {
    (void)context;
    CHECK(errors);
}

static void test_long_chains(void **context) {
    (void)context;
    Buffer source = {0};
    buffer_add(&source, STR("local a = {} a.b = a return a"));
    while (source.size + 2 < 64 * 1024 - 8) buffer_add(&source, STR(".b"));
    buffer_add(&source, STR(".c.d"));
    char *got = run("t.lua", buffer_view(&source));
    assert_non_null(strstr(got, "attempt to index a nil value (field 'c')"));
    free(got);
    source.size = 0;
    buffer_add(&source, STR("return "));
    buffer_add_repeat(&source, '(', 60000);
    got = run("t.lua", buffer_view(&source));
    assert_non_null(strstr(got, "lua-syntax"));
    free(got);
    buffer_release(&source);
}

/* A table of which Lua believes that it has 2^62 entries. */
static void test_lying_length(void **context) {
    (void)context;
    static const char *const calls[] = {"insert(t, 1, 1)", "remove(t, 1)", "concat(t)", "unpack(t)",
                                        "sort(t)"};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        Buffer source = {0};
        buffer_add(&source, STR("local t = {"));
        for (int bit = 0; bit < 63; bit++) buffer_addf(&source, "[%lld] = '', ", 1LL << bit);
        buffer_addf(&source, "} assert(#t > 1 << 61) return table.%s", calls[i]);
        char *got = run("t.lua", buffer_view(&source));
        if (!strstr(got, "a list may have 1000000 entries")) fail_msg("%s: %s", calls[i], got);
        free(got);
        buffer_release(&source);
    }
}

static void test_long_path(void **context) {
    (void)context;
    char path[300];
    memset(path, 'd', sizeof path);
    strcpy(path + 280, "/x.lua");
    char *got = run(path, STR("\nreturn nil + 1"));
    assert_string_equal(got, "2:1+14 script-error: attempt to perform arithmetic on a nil value\n");
    free(got);
}

static void test_hint(void **context) {
    (void)context;
    static const char *const sources[] = {"local i = {}\nreturn i.목표", "local 목표 = 1", "return \x80"};
    for (size_t i = 0; i < 3; i++) {
        lua_State *L = state_new(NULL);
        Diag *diag = diag_new();
        Script script = {STR("t.lua"), str_of(sources[i])};
        sandbox_push(L);
        assert_false(state_load(L, &script, 1, diag));
        assert_int_equal(diag_item(diag, 0)->message, MESSAGE_LUA_SYNTAX);
        assert_true(diag_item(diag, 0)->hint[LANGUAGE_EN].size > 0);
        assert_int_equal(diag_item(diag, 0)->place.line, i == 0 ? 2 : 1);
        diag_free(diag);
        state_close(L);
    }
}

static int call_fails(lua_State *L) {
    Diag *diag = state_diag(L);
    diag_add(diag, MESSAGE_UNKNOWN_KEY, NULL, STR("one"), STR(""));
    diag_add(diag, MESSAGE_UNKNOWN_KEY, (&(Place){.file = STR("x.lua"), .line = 9}), STR("two"), STR(""));
    diag_hint_copy(diag, (const Str[]){STR("en"), STR("ko")});
    return state_raise_diag(L);
}

static int call_raise(lua_State *L) {
    Str name;
    name.data = lua_tolstring(L, 1, &name.size);
    return state_raise(L, TEXT_NO_PARAM, name);
}

static void test_calls_of_c(void **context) {
    (void)context;
    static const char *const names[] = {"fails", "raise"};
    static const lua_CFunction functions[] = {call_fails, call_raise};
    for (size_t i = 0; i < 2; i++) {
        lua_State *L = state_new(NULL);
        Diag *diag = diag_new();
        Buffer out = {0};
        Script script = {STR("t.lua"), i ? STR("\nraise(('7'):rep(5000))") : STR("\nfails()")};
        sandbox_push(L);
        lua_pushcfunction(L, functions[i]);
        sandbox_add(L, 1, names[i]);
        assert_true(state_load(L, &script, 1, diag));
        assert_false(state_call(L, 0, 0, diag));
        faults_add(&out, diag);
        if (i == 0) {
            assert_string_equal(buffer_text(&out), "2:1+7 unknown-key: one | \n9:0+0 unknown-key: two | \n");
            assert_true(str_is(diag_item(diag, 1)->hint[LANGUAGE_KO], "ko"));
        } else
            assert_true(out.size > 1900 && out.size < 2100);
        buffer_release(&out);
        diag_free(diag);
        state_close(L);
    }
}

static void test_numbers(void **context) {
    (void)context;
    static const struct {
        const char *source, *text;
    } cases[] = {
        {"return 77.6", "77.6"},
        {"return 3", "3"},
        {"return -0.0", "0"},
        {"return 1e300 * 1e300", NULL},
        {"return 0/0", NULL},
        {"return '5'", NULL},
        {"return 0.1 + 0.2", "0.30000000000000004"},
        {"return math.mininteger", "-9223372036854775808"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lua_State *L = state_new(NULL);
        Diag *diag = diag_new();
        Arena arena = {0};
        Buffer out = {0};
        Decimal number;
        Script script = {STR("t.lua"), str_of(cases[i].source)};
        sandbox_push(L);
        assert_true(state_load(L, &script, 1, diag) && state_call(L, 0, 1, diag));
        assert_int_equal(value_number(L, -1, &number, &arena), cases[i].text != NULL);
        if (cases[i].text) {
            decimal_write_canonical(&out, &number);
            assert_string_equal(buffer_text(&out), cases[i].text);
        }
        buffer_release(&out);
        arena_release(&arena);
        diag_free(diag);
        state_close(L);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ordinary),    cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_refused),     cmocka_unit_test(test_absent),
        cmocka_unit_test(test_names),       cmocka_unit_test(test_errors),
        cmocka_unit_test(test_long_chains), cmocka_unit_test(test_lying_length),
        cmocka_unit_test(test_long_path),   cmocka_unit_test(test_hint),
        cmocka_unit_test(test_calls_of_c),  cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
