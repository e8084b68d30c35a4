#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lua/shipped.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"@a.lua", "@scripts/reports/status.lua", "@사업/scripts/words.lua"};

static int add_code(lua_State *L, const void *bytes, size_t size, void *context) {
    (void)L;
    buffer_add(context, (Str){bytes, size});
    return 0;
}

/* What the function on top is compiled to, with names and lines; it is popped. */
static Buffer dump(lua_State *L) {
    Buffer code = {0};
    assert_int_equal(lua_dump(L, add_code, &code, 0), 0);
    lua_pop(L, 1);
    return code;
}

/* The same as what Lua compiles here and now, to the last byte. */
static void check_load(lua_State *L, Str source, const char *name) {
    assert_int_equal(shipped_load(L, source, name), LUA_OK);
    lua_Debug record;
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">S", &record);
    assert_string_equal(record.source, name);
    Buffer found = dump(L);
    assert_int_equal(luaL_loadbufferx(L, source.data, source.size, name, "t"), LUA_OK);
    Buffer expected = dump(L);
    assert_int_equal(found.size, expected.size);
    assert_memory_equal(found.data, expected.data, expected.size);
    buffer_release(&found);
    buffer_release(&expected);
}

static void test_every_script(void **state) {
    (void)state;
    lua_State *L = luaL_newstate();
    size_t count = 0;
    for (; shipped_scripts[count].text.data; count++)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            check_load(L, shipped_scripts[count].text, names[i]);
    assert_true(count > 20);
    char long_name[300] = "@";
    memset(long_name + 1, 'n', sizeof long_name - 2);
    long_name[sizeof long_name - 1] = '\0';
    check_load(L, shipped_scripts[0].text, long_name);
    lua_close(L);
}

/* A script with another byte, or one more or fewer, is the text that it is. */
static void test_changed_scripts(void **state) {
    (void)state;
    lua_State *L = luaL_newstate();
    for (const Shipped *script = shipped_scripts; script->text.data; script++) {
        char *copy = malloc(script->text.size + 1);
        memcpy(copy, script->text.data, script->text.size);
        copy[script->text.size] = '\n';
        check_load(L, (Str){copy, script->text.size + 1}, names[0]);
        check_load(L, (Str){copy, script->text.size - 1}, names[0]);
        copy[script->text.size / 2] = '\x01';
        const char *name = names[0];
        int changed = shipped_load(L, (Str){copy, script->text.size}, name);
        const char *error = changed == LUA_OK ? NULL : strdup(lua_tostring(L, -1));
        lua_pop(L, 1);
        assert_int_equal(luaL_loadbufferx(L, copy, script->text.size, name, "t"), changed);
        if (error) assert_string_equal(lua_tostring(L, -1), error);
        lua_pop(L, 1);
        free((char *)(uintptr_t)error);
        free(copy);
    }
    lua_close(L);
}

/* What is no text is refused, a compiled script too. */
static void test_no_code(void **state) {
    (void)state;
    lua_State *L = luaL_newstate();
    assert_int_equal(shipped_load(L, shipped_scripts[0].code, "@a.lua"), LUA_ERRSYNTAX);
    assert_non_null(strstr(lua_tostring(L, -1), "attempt to load a binary chunk"));
    lua_close(L);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_script),
        cmocka_unit_test(test_changed_scripts),
        cmocka_unit_test(test_no_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
