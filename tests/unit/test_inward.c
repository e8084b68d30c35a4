#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lua/inward.h"

#include <lauxlib.h>
#include <lualib.h>

/* What is asked of the function that the text is. */
static bool is_inward(const char *text) {
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    assert_int_equal(luaL_loadstring(L, text), LUA_OK);
    lua_call(L, 0, 1);
    bool only = inward_only(L, -1);
    assert_int_equal(lua_gettop(L), 1);
    lua_close(L);
    return only;
}

static void reading_fields_keeps_the_row_inside(void **state) {
    (void)state;
    const char *const texts[] = {
        "return function(i) return i.target end",
        "return function(i) return i['실적'] / i.target * 100 end",
        "return function(i) local n = 'target' return i[n] end",
        "return function(i) return i[1] end",
        "return function(i) if i.a == nil or not i.b then return end return -i.a .. '%' end",
        "return function(i) return math.max(i.a, 0), #i.unit, i.unit:sub(1, 2), ~i.a, i.a | 1, 1 << i.a end",
        "return function(i) local s = 0 for k = 1, 3 do s = s + i['m' .. k] end return s end",
        "return function(i) for _, v in ipairs({i.a, i.b}) do if v > 3 then return true end end end",
        "local f = math.abs return function(i, more) more = i.a goto on ::on:: return f(more) end",
        "return function(i) local t = {} t.x = i.a t[1] = i.b t[i.c] = 1 return t.x end",
        "local kept return function(i) kept = i.a return kept end",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!is_inward(texts[i])) print_error("%s\n", texts[i]);
        assert_true(is_inward(texts[i]));
    }
}

static void whoever_gets_hold_of_the_row_is_found(void **state) {
    (void)state;
    const char *const texts[] = {
        "return function(i) return i end",
        "return function(i) return 1, i end",
        "return function(i) return type(i) end",
        "return function(i) return (type(i)) end",
        "return function(i) local j = i return j.target end",
        "return function(i) return i:raw('target') end",
        "return function(i) return i == 1 end",
        "return function(i) return 1 == i end",
        "return function(i) return i < i.a end",
        "return function(i) return i.a <= i end",
        "return function(i) return i == nil end",
        "return function(i) return i == 'text' end",
        "return function(i) if i then return 1 end end",
        "return function(i) return i and i.a end",
        "return function(i) return i.a and i end",
        "return function(i) return not i end",
        "return function(i) return #i end",
        "return function(i) return -i end",
        "return function(i) return ~i end",
        "return function(i) return i + 1 end",
        "return function(i) return 1 + i end",
        "return function(i) return i.a + i end",
        "return function(i) return i.a * 2 .. i end",
        "return function(i) return i // 2 end",
        "return function(i) return i & 2 end",
        "return function(i) return 2 >> i end",
        "return function(i) return i(1) end",
        "return function(i) i.target = 5 end",
        "return function(i) i[1] = 5 end",
        "return function(i) i[i.a] = 5 end",
        "return function(i) local t = {} t.row = i end",
        "return function(i) local t = {} t[1] = i end",
        "return function(i) local t = {} t[i] = 1 end",
        "return function(i) local t = {} t[t] = i end",
        "return function(i) return {i} end",
        "return function(i) return i[i] end",
        "return function(i) local t = {} return t[i] end",
        "return function(i) row = i end",
        "local row return function(i) row = i end",
        "return function(i) i = {a = 1} return i.a end",
        "return function(i) i = i.a return i end",
        "return function(i) return (function() return i.a end)() end",
        "return function(i) for k, v in pairs(i) do return v end end",
        "return function(i) for k = 1, i do return k end end",
        "return function(i, ...) return i.a end",
        "return function(...) return (...).a end",
        "return function() return 1 end",
        "return math.abs",
        "return 5",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (is_inward(texts[i])) print_error("%s\n", texts[i]);
        assert_false(is_inward(texts[i]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_fields_keeps_the_row_inside),
        cmocka_unit_test(whoever_gets_hold_of_the_row_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
