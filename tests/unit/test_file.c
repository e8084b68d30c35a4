#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "foldertest.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

static void test_read(void **state) {
    Fixture *fixture = *state;
    Str path = in_folder(fixture, "가 b.csv");
    create(path, "id\n1\n");
    File file;
    assert_true(file_read(path, &file, fixture->diag));
    assert_true(str_is(file.bytes, "id\n1\n"));
    assert_non_null(file.mapping);
    assert_true(str_equal(file.path, path));
    file_release(&file);
    file_release(&file);

    create(path, "");
    check_content(fixture, path, "");
    check_content(fixture, STR("/dev/null"), "");
    assert_true(
        file_read(STR("/proc/self/status"), &file, fixture->diag)); /* regular, and says it has no bytes */
    assert_true(file.bytes.size > 0);
    file_release(&file);
}

static void test_read_errors(void **state) {
    Fixture *fixture = *state;
    Str folder = str_of(fixture->folder);
    Str nul = {"/dev/null\0x", 11};
    const Str paths[] = {in_folder(fixture, "missing"), folder, STR(""), nul,
                         in_folder(fixture, "missing/x")};
    for (size_t i = 0; i < COUNT(paths); i++) {
        File file;
        Str text;
        if (file_read(paths[i], &file, fixture->diag)) fail_msg("'%s' was read", paths[i].data);
        check_message(fixture, MESSAGE_FILE_OPEN, paths[i]);
        file_release(&file);
        if (file_read_text(paths[i], 10, &fixture->arena, &text, fixture->diag))
            fail_msg("'%s'", paths[i].data);
        check_message(fixture, MESSAGE_FILE_OPEN, paths[i]);
    }
}

static void test_read_pipe(void **state) {
    Fixture *fixture = *state;
    int ends[2], standard = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < 50000; i++)
            if (write(ends[1], "0123456789", 10) != 10) _exit(1);
        _exit(0);
    }
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    File file;
    assert_true(file_read(STR("-"), &file, fixture->diag));
    assert_int_equal(file.bytes.size, 500000);
    assert_memory_equal(file.bytes.data + 499990, "0123456789", 10);
    assert_null(file.mapping);
    file_release(&file);
    dup2(standard, STDIN_FILENO);
    close(standard);
}

static void test_read_text(void **state) {
    Fixture *fixture = *state;
    Str path = in_folder(fixture, "a.lua"), text;
    create(path, "return 1");
    assert_true(file_read_text(path, 8, &fixture->arena, &text, fixture->diag));
    assert_string_equal(text.data, "return 1");
    assert_false(file_read_text(path, 7, &fixture->arena, &text, fixture->diag));
    const DiagItem *item = diag_item(fixture->diag, 0);
    assert_true(str_is(item->arguments[1], "8"));
    assert_true(str_is(item->arguments[2], "7"));
    check_message(fixture, MESSAGE_SOURCE_TOO_LARGE, path);
    assert_false(file_read_text(STR("/dev/zero"), 1000, &fixture->arena, &text, fixture->diag));
    check_message(fixture, MESSAGE_SOURCE_TOO_LARGE, STR("/dev/zero"));
}

static void test_kinds(void **state) {
    Fixture *fixture = *state;
    Str file = in_folder(fixture, "file"), folder = str_of(fixture->folder);
    assert_false(file_exists(file));
    create(file, "");
    assert_true(file_exists(file));
    assert_false(file_is_folder(file));
    assert_true(file_is_folder(folder));
    assert_true(file_is_small(file, 0));
    create(file, "abc");
    assert_true(file_is_small(file, 3));
    assert_false(file_is_small(file, 2));
    assert_false(file_is_small(folder, 1 << 20));
    assert_false(file_is_small(STR("/dev/null"), 3));
    assert_false(file_is_small(STR("-"), 3));
    assert_false(file_exists(STR("")));
    assert_false(file_exists((Str){"/tmp\0x", 6}));
}

static void test_path_parts(void **state) {
    Fixture *fixture = *state;
    static const struct {
        const char *path, *folder, *name;
    } cases[] = {
        {"a/b.lua", "a", "b.lua"}, {"b.lua", ".", "b.lua"}, {"/b", "/", "b"}, {"/a/b", "/a", "b"},
        {"a//b", "a", "b"},        {"a/", "a", ""},         {"", ".", ""},    {"//b", "/", "b"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str path = str_of(cases[i].path);
        if (!str_is(path_folder(&fixture->arena, path), cases[i].folder))
            fail_msg("folder of '%s'", cases[i].path);
        if (!str_is(path_name(path), cases[i].name)) fail_msg("name of '%s'", cases[i].path);
    }
}

static void test_path_join(void **state) {
    Fixture *fixture = *state;
    static const char *const cases[][3] = {
        {"rules", "../data/x.csv", "data/x.csv"},
        {"rules", "a.lua", "rules/a.lua"},
        {".", "a.lua", "a.lua"},
        {"", "a.lua", "a.lua"},
        {"rules", "/etc/x", "/etc/x"},
        {"a/b", "../../../x", "../x"},
        {"a", "..", "."},
        {"..", "..", "../.."},
        {"../a", "../b", "../b"},
        {"/", "../x", "/x"},
        {"/a/b", "../../../x", "/x"},
        {"/a", "./b//c/.", "/a/b/c"},
        {"/a", "..", "/"},
        {"./a/./b", "c", "a/b/c"},
        {"a", "", "a"},
        {".", ".", "."},
        {"a/../..", "b", "../b"},
        {"..a", "b..", "..a/b.."},
        {"/a/", "b", "/a/b"},
        {"a", "..b", "a/..b"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str joined = path_join(&fixture->arena, str_of(cases[i][0]), str_of(cases[i][1]));
        if (!str_is(joined, cases[i][2]))
            fail_msg("'%s' + '%s': '%s'", cases[i][0], cases[i][1], joined.data);
    }
}

static void test_path_inside(void **state) {
    Fixture *fixture = *state;
    mkdir(in_folder(fixture, "in").data, 0777);
    mkdir(in_folder(fixture, "in/sub").data, 0777);
    mkdir(in_folder(fixture, "inside").data, 0777);
    create(in_folder(fixture, "in/file"), "");
    create(in_folder(fixture, "out"), "");
    assert_int_equal(symlink("../out", in_folder(fixture, "in/escape").data), 0);
    assert_int_equal(symlink("../inside", in_folder(fixture, "in/away").data), 0);
    assert_int_equal(symlink("../nowhere", in_folder(fixture, "in/loose").data), 0);
    assert_int_equal(symlink("sub", in_folder(fixture, "in/home").data), 0);
    assert_int_equal(symlink("in", in_folder(fixture, "alias").data), 0);
    static const struct {
        const char *path;
        bool inside;
    } cases[] = {
        {"in", true},
        {"in/", true},
        {"in/file", true},
        {"in/sub/../file", true},
        {"in/new", true},
        {"in/new/new", true},
        {"in/sub/new", true},
        {"in/home/new", true},
        {"alias/file", true},
        {"alias/new", true},
        {"out", false},
        {"inside", false},
        {"inside/new", false},
        {"in/../out", false},
        {"in/../new", false},
        {"in/escape", false},
        {"in/away", false},
        {"in/away/new", false},
        {"in/loose", false},
        {"in/loose/", false},
        {"in/new/../../out", false},
        {"in/new/../x", false},
        {"in/file/x", false},
        {".", false},
        {"new", false},
    };
    Str folder = in_folder(fixture, "in");
    for (size_t i = 0; i < COUNT(cases); i++)
        if (path_inside(folder, in_folder(fixture, cases[i].path)) != cases[i].inside)
            fail_msg("'%s' is%s inside", cases[i].path, cases[i].inside ? " not" : "");
    assert_true(path_inside(in_folder(fixture, "alias"), in_folder(fixture, "in/file")));
    assert_true(path_inside(STR("/"), in_folder(fixture, "in/file")));
    assert_true(path_inside(STR("."), STR("no-such-file")));
    assert_false(path_inside(STR("."), STR("../no-such-file")));
    assert_false(path_inside(STR(""), STR("x")));
    assert_false(path_inside(STR("."), STR("")));
    assert_false(path_inside(in_folder(fixture, "missing"), in_folder(fixture, "missing/x")));
    Str nul = {"in\0/../../out", 13};
    assert_false(path_inside(STR("."), nul));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_read),      IN_FOLDER(test_read_errors), IN_FOLDER(test_read_pipe),
        IN_FOLDER(test_read_text), IN_FOLDER(test_kinds),       IN_FOLDER(test_path_parts),
        IN_FOLDER(test_path_join), IN_FOLDER(test_path_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
