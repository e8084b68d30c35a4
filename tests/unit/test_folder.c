#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lua/folder.h"

/* Of the shipped scripts: words requires numbers. What is not there, and what is no name, is left out. */
static void test_required_scripts(void **state) {
    (void)state;
    Arena arena = {0};
    Folders folders = folder_for_rules(&arena, STR("rules/2019.lua"), STR(""));
    Ahead ahead = {0};
    folder_read_ahead(&ahead, &folders, STR("local w = require(\"words\")\nlocal a = require(\"absent\")"),
                      &arena);
    folder_read_ahead(&ahead, &folders, STR("require(\"../rules/2019\") require(name) require(\"words\")"),
                      &arena);
    folder_read_ahead(&ahead, &folders, STR("require(\""), &arena);
    assert_int_equal(ahead.count, 2);
    assert_true(str_is(ahead.names[0], "words"));
    assert_true(str_is(ahead.names[1], "numbers"));
    const Script *script = folder_find_ahead(&ahead, STR("numbers"));
    assert_non_null(script);
    assert_true(str_is(script->path, "scripts/numbers.lua"));
    assert_true(str_ends(script->source, STR("return numbers\n")));
    assert_null(folder_find_ahead(&ahead, STR("absent")));
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_required_scripts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
