#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "workerask.h"

/* ---- scripts that ask for scripts */

typedef struct Project {
    Arena arena;
    Str root;
    Folders folders;
} Project;

static void write_text(Str path, const char *text) {
    FILE *file = fopen(path.data, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static Str add_folder(Project *project, const char *name) {
    Str path = arena_format(&project->arena, "%s/%s", project->root.data, name);
    assert_int_equal(mkdir(path.data, 0700), 0);
    return path;
}

static Str add_file(Project *project, const char *name, const char *text) {
    Str path = arena_format(&project->arena, "%s/%s", project->root.data, name);
    write_text(path, text);
    return path;
}

static Project *make_project(void) {
    static const char *const folders[] = {
        "p", "p/rules", "p/rules/more", "p/scripts", "p/scripts/reports", "share", "share/scripts"};
    const char *temporary = getenv("TMPDIR");
    Project *project = calloc(1, sizeof *project);
    project->root = arena_format(&project->arena, "%s/perfeval-XXXXXX", temporary ? temporary : "/tmp");
    assert_non_null(mkdtemp((char *)(uintptr_t)project->root.data));
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) add_folder(project, folders[i]);
    Str rules = add_file(project, "p/rules/r.lua", "return 1");
    project->folders = folder_for_rules(&project->arena, rules,
                                        arena_format(&project->arena, "%s/share", project->root.data));
    return project;
}

static void drop_project(Project *project) {
    Buffer command = {0};
    buffer_addf(&command, "rm -r '%s'", project->root.data);
    assert_int_equal(system(buffer_text(&command)), 0);
    buffer_release(&command);
    arena_release(&project->arena);
    free(project);
}

/* Time is no matter here, however slow the machine is: a runaway has little of it. */
static WorkerLimits limits_with(double seconds) {
    ScriptLimits limits = LIMITS_DEFAULT;
    limits.load_seconds = seconds;
    return limits_of_rules(&limits);
}

#define PATIENCE 600

/* Without the temporary folder's name. */
static void check_within(Project *project, const char *source, double seconds, const char *expected) {
    WorkerLimits limits = limits_with(seconds);
    char *got = ask(run_scripts, NULL, &limits, &project->folders, str_of(source)), *name;
    while ((name = strstr(got, project->root.data)))
        memmove(name, name + project->root.size, strlen(name + project->root.size) + 1);
    if (strcmp(got, expected) != 0) fail_msg("%s\ngives    %s\nexpected %s", source, got, expected);
    free(got);
}

static void check_script(Project *project, const char *source, const char *expected) {
    check_within(project, source, PATIENCE, expected);
}

static void test_require(void **context) {
    (void)context;
    Project *project = make_project();
    add_file(project, "p/scripts/a.lua", "local b = require 'b'\nreturn { n = b.n + 1, inner = { 1 } }");
    add_file(project, "p/scripts/b.lua", "return { n = 1 }");
    add_file(project, "share/scripts/b.lua", "return { n = 100 }");
    add_file(project, "share/scripts/c.lua", "return { n = 5 }");
    add_file(project, "p/scripts/목표.lua", "return { n = 6 }");
    add_file(project, "p/scripts/x.lua", "return require 'y'");
    add_file(project, "p/scripts/y.lua", "return require 'x'");
    add_file(project, "p/scripts/bad.lua", "return {\n 1 2 }");
    add_file(project, "p/scripts/fails.lua", "\nerror('no')");
    add_file(project, "p/scripts/number.lua", "return 5");
    add_file(project, "p/scripts/global.lua", "x = 1 return {}");
    add_file(project, "p/scripts/loops.lua", "\nwhile true do end");
    Buffer big = {0};
    buffer_add_repeat(&big, ' ', FOLDER_SOURCE_LIMIT + 1);
    add_file(project, "p/scripts/big.lua", buffer_text(&big));
    buffer_release(&big);
    for (int i = 1; i <= 9; i++)
        write_text(
            arena_format(&project->arena, "%s/p/scripts/d%d.lua", project->root.data, i),
            arena_format(&project->arena, "%s'd%d'", i < 9 ? "return require " : "return {} --", i + 1).data);
    check_script(project, "return require('a').n", "2");
    check_script(project, "return require('a') == require('a')", "true");
    check_script(project, "return require 'c'.n + require('목표').n", "11");
    check_script(project, "\nrequire('a').n = 3", "2:1+18 script-error: /p/scripts/a.lua is read-only\n");
    check_script(project, "require('a').inner[1] = 3",
                 "1:1+25 script-error: /p/scripts/a.lua is read-only\n");
    check_script(project, "\n require('gone')",
                 "2:2+15 script-not-found: gone | /p/scripts, /share/scripts\n");
    check_script(
        project, "require 'x'",
        "1:1+18 script-error: scripts require each other in a circle: /p/scripts/x.lua is still being read\n");
    check_script(project, "require 'd2' return 'eight'", "eight");
    check_script(project, "require 'd1'", "1:1+19 require-depth: 8\n");
    check_script(project, "require 'bad'",
                 "2:2+5 lua-syntax: '}' expected (to close '{' at line 1) near '2'\n");
    check_script(project, "require 'fails'", "2:1+11 script-error: no\n");
    check_script(project, "require 'number'",
                 "1:1+16 script-result: /p/scripts/number.lua | a table | number\n");
    check_script(project, "require 'global'",
                 "1:1+15 script-error: assignment to the global 'x': add `local` before it\n");
    check_within(project, "require 'loops'", 1, "2:1+17 cpu-limit: 1 |  | --load-limit\n");
    check_script(project, "require 'big'", "1:1+13 source-too-large: /p/scripts/big.lua | 65537 | 65536\n");
    check_script(project, "require {}",
                 "1:1+10 script-error: bad argument #1 to 'require' (string expected, got table)\n");
    check_script(project, "for i = 1, 100 do local n = require('a').n end return 'once'", "once");
    static const char *const tricks[] = {"../x",   "a/b",  ".x",  "",     "/etc/passwd", "a.lua",
                                         "x\\\\y", "x\\0", "x y", "a\\n", "\\xff",       "a\\u{202e}"};
    for (size_t i = 0; i < sizeof tricks / sizeof *tricks; i++) {
        Str source = arena_format(&project->arena, "require '%s'", tricks[i]);
        WorkerLimits limits = limits_with(PATIENCE);
        char *got = ask(run_scripts, NULL, &limits, &project->folders, source);
        if (!strstr(got, " script-name: ")) fail_msg("%s: %s", source.data, got);
        free(got);
    }
    drop_project(project);
}

static void test_too_many_scripts(void **context) {
    (void)context;
    Project *project = make_project();
    for (int i = 1; i <= 70; i++)
        write_text(arena_format(&project->arena, "%s/p/scripts/s%d.lua", project->root.data, i), "return {}");
    check_script(project, "for i = 1, 64 do require('s' .. i) end return 'all'", "all");
    check_script(project, "for i = 1, 65 do require('s' .. i) end",
                 "0:0+0 worker-protocol: too many scripts | \n");
    Buffer big = {0};
    buffer_add_repeat(&big, ' ', 60000);
    buffer_add(&big, STR("return {}"));
    for (int i = 1; i <= 20; i++)
        write_text(arena_format(&project->arena, "%s/p/scripts/s%d.lua", project->root.data, i),
                   buffer_text(&big));
    buffer_release(&big);
    check_script(project, "for i = 1, 20 do require('s' .. i) end",
                 "1:1+38 source-too-large: scripts/ | 1080162 | 1048576\n");
    drop_project(project);
}

/* A report script and its kinds, asked for by C code in the child. */
static void ask_for_script(WorkerChannel *channel, void *context) {
    Buffer request = {0};
    Arena arena = {0};
    Script script = {0};
    Diag *diag = diag_new();
    while (worker_receive(channel, &request)) {
        diag_clear(diag);
        bool found = worker_script(channel, context, buffer_view(&request), &arena, &script, diag);
        worker_reply(channel, found ? script.source : STR("none"), diag);
    }
}

static void test_kinds(void **context) {
    (void)context;
    Project *project = make_project();
    add_file(project, "p/scripts/reports/status.lua", "return 7");
    WorkerLimits limits = limits_of_report(&LIMITS_DEFAULT);
    char reports[] = "reports", formats[] = "formats", other[] = "reports/..";
    char *got = ask(ask_for_script, reports, &limits, &project->folders, STR("status"));
    assert_string_equal(got, "return 7");
    free(got);
    got = ask(ask_for_script, formats, &limits, &project->folders, STR("status"));
    assert_non_null(strstr(got, "script-not-found: status"));
    free(got);
    got = ask(ask_for_script, other, &limits, &project->folders, STR("status"));
    assert_string_equal(got, "0:0+0 worker-protocol: script | \n");
    free(got);
    drop_project(project);
}

/* ---- folders */

static void test_folders(void **context) {
    (void)context;
    Project *project = make_project();
    Arena *arena = &project->arena;
    Str root = arena_format(arena, "%s/p", project->root.data);
    assert_true(str_equal(project->folders.project, root));
    Folders folders = folder_for_rules(arena, arena_format(arena, "%s/rules/more/m.lua", root.data), STR(""));
    assert_true(str_equal(folders.project, root));
    folders = folder_for_rules(arena, arena_format(arena, "%s/scripts/alone.lua", root.data), STR(""));
    assert_true(str_equal(folders.project, root));
    folders = folder_for_rules(arena, arena_format(arena, "%s/share/alone.lua", project->root.data), STR(""));
    assert_true(str_equal(folders.project, arena_format(arena, "%s/share", project->root.data)));

    char before[4096];
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(root.data), 0);
    folders = folder_for_rules(arena, STR("rules/r.lua"), STR(""));
    assert_true(str_is(folders.project, "."));
    assert_int_equal(chdir("rules"), 0);
    folders = folder_for_rules(arena, STR("r.lua"), STR(""));
    assert_true(str_is(folders.project, ".."));
    assert_int_equal(chdir(before), 0);
    drop_project(project);
}

static void test_resolve(void **context) {
    (void)context;
    Project *project = make_project();
    Arena *arena = &project->arena;
    Str rules = arena_format(arena, "%s/p/rules/r.lua", project->root.data);
    assert_int_equal(symlink("/etc", arena_format(arena, "%s/p/link", project->root.data).data), 0);
    assert_int_equal(
        symlink("/etc/passwd", arena_format(arena, "%s/p/scripts/link.lua", project->root.data).data), 0);
    static const struct {
        Str path;
        bool inside;
    } cases[] = {
        {TEXT("../data.csv"), true},
        {TEXT("x.csv"), true},
        {TEXT("../data/no/such.csv"), true},
        {TEXT("../../x.csv"), false},
        {TEXT("/etc/passwd"), false},
        {TEXT("../link/passwd"), false},
        {TEXT(""), false},
        {TEXT("x\0y"), false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Diag *diag = diag_new();
        Place place = {.file = rules, .line = 3};
        Str out;
        bool fine = folder_resolve(&project->folders, rules, cases[i].path, &place, arena, &out, diag);
        if (fine != cases[i].inside) fail_msg("%.*s", STR_FMT(cases[i].path));
        if (!fine) assert_int_equal(diag_item(diag, 0)->message, MESSAGE_FILE_OUTSIDE);
        diag_free(diag);
    }
    Diag *diag = diag_new();
    Script script;
    assert_false(folder_read_script(&project->folders, "", STR("link"), arena, &script, diag));
    assert_int_equal(diag_item(diag, 0)->message, MESSAGE_FILE_OUTSIDE);
    assert_true(folder_read_rules(rules, arena, &script, diag));
    assert_true(str_is(script.source, "return 1"));
    assert_true(str_equal(script.path, rules));
    diag_free(diag);
    drop_project(project);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_require), cmocka_unit_test(test_too_many_scripts), cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_folders), cmocka_unit_test(test_resolve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
