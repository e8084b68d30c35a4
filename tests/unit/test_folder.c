#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "lua/folder.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* rules/ above a rule file makes a project, but not in a folder where anybody could have made it. */
static void test_common_folder(void **state) {
    (void)state;
    Arena arena = {0};
    char above[] = "/tmp/perfeval-test-XXXXXX";
    assert_non_null(mkdtemp(above));
    Str rules = arena_format(&arena, "%s/rules", above), own = arena_format(&arena, "%s/own", above);
    Str file = arena_format(&arena, "%s/r.lua", own.data);
    assert_int_equal(mkdir(rules.data, 0755), 0);
    assert_int_equal(mkdir(own.data, 0755), 0);
    assert_string_equal(folder_for_rules(&arena, file, STR("")).project.data, above);
    assert_int_equal(chmod(above, 0777), 0); /* as folders of other systems look */
    assert_string_equal(folder_for_rules(&arena, file, STR("")).project.data, above);
    assert_int_equal(chmod(above, 01777), 0);
    assert_true(file_is_common_folder(str_of(above)));
    assert_false(file_is_common_folder(own));
    assert_string_equal(folder_for_rules(&arena, file, STR("")).project.data, own.data);
    assert_int_equal(rmdir(own.data) | rmdir(rules.data) | rmdir(above), 0);
    arena_release(&arena);
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
        cmocka_unit_test(test_common_folder),
        cmocka_unit_test(test_who_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
