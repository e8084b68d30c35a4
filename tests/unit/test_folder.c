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

static void count_script(void *context, const Script *script) {
    assert_true(str_ends(script->path, STR("scripts/words.lua")));
    ++*(size_t *)context;
}

/* Who hears of scripts hears of those that are asked for, not of what is read ahead. */
static void test_who_is_told(void **state) {
    (void)state;
    Arena arena = {0};
    size_t heard = 0;
    const ScriptWatch watch = {&heard, count_script};
    Folders folders = folder_for_rules(&arena, STR("rules/2019.lua"), STR(""));
    folders.watch = &watch;
    Ahead ahead = {0};
    folder_read_ahead(&ahead, &folders, STR("if false then require(\"words\") end"), &arena);
    assert_int_equal(ahead.count, 2);
    assert_int_equal(heard, 0);
    folder_tell(&folders, folder_find_ahead(&ahead, STR("words")));
    assert_int_equal(heard, 1);
    Script script;
    Diag *diag = diag_new();
    assert_true(folder_read_script(&folders, "", STR("words"), &arena, &script, diag));
    assert_int_equal(heard, 2);
    assert_false(folder_read_script(&folders, "", STR("absent"), &arena, &script, diag));
    assert_int_equal(heard, 2);
    diag_free(diag);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_required_scripts),
        cmocka_unit_test(test_who_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
