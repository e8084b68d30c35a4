#include "app/testset.h"

#include "base/file.h"
#include "io/csv.h"
#include "model/suite_table.h"

#include <errno.h>

/* How deep folders are looked through, and how many parents are asked for rules/. */
#define FOLDER_DEPTH 8
#define LUA_TESTS    STR(".test.lua")
#define CSV_TESTS    STR(".test.csv")

/* ---- finding */

typedef struct Found {
    Arena *arena;
    Str *paths;
    size_t count, room;
} Found;

static void add_path(Found *found, Str path) {
    if (found->count == found->room) {
        Str *more = arena_new(found->arena, 2 * found->room + 8, sizeof *more);
        for (size_t i = 0; i < found->count; i++) more[i] = found->paths[i];
        found->paths = more;
        found->room = 2 * found->room + 8;
    }
    found->paths[found->count++] = path;
}

static bool is_test(Str path) { return str_ends(path, LUA_TESTS) || str_ends(path, CSV_TESTS); }

static void look_below(Found *found, Str folder, size_t depth) {
    size_t count;
    Str *names = file_list(found->arena, folder, STR(""), &count);
    for (size_t i = 0; i < count; i++) {
        if (names[i].data[0] == '.') continue;
        Str path = path_join(found->arena, folder, names[i]);
        if (is_test(path))
            add_path(found, path);
        else if (depth < FOLDER_DEPTH && file_is_folder(path))
            look_below(found, path, depth + 1);
    }
}

/* RULES.lua has its tests in RULES.test.lua and RULES.test.csv. */
static void look_beside(Found *found, Str rules) {
    Str stem = str_slice(rules, 0, rules.size - 4);
    const Str ends[] = {CSV_TESTS, LUA_TESTS};
    for (size_t i = 0; i < 2; i++) {
        Str path = arena_format(found->arena, "%.*s%.*s", STR_FMT(stem), STR_FMT(ends[i]));
        /* one that is there and cannot be looked at: reading it will tell */
        if (file_exists(path) || (errno != ENOENT && errno != ENOTDIR)) add_path(found, path);
    }
}

/* The folder rules/ of the nearest parent that has one. */
static Str rules_folder(Arena *arena) {
    Str folder = STR("rules");
    for (size_t i = 0; i < FOLDER_DEPTH && !file_is_folder(folder); i++)
        folder = arena_format(arena, "../%.*s", STR_FMT(folder));
    return folder;
}

Str *testset_find(Arena *arena, Str path, size_t *count, Diag *diag) {
    Found found = {.arena = arena};
    if (!path.size) path = rules_folder(arena);
    if (file_is_folder(path))
        look_below(&found, path, 0);
    else if (is_test(path) || !str_ends(path, STR(".lua")))
        add_path(&found, path);
    else
        look_beside(&found, path);
    if (!found.count) diag_add(diag, MESSAGE_NO_TESTS, NULL, path);
    *count = found.count;
    return found.paths;
}

/* ---- loading */

static bool read_suite(TestSet *set, Str path, const Options *options, Diag *diag) {
    if (str_ends(path, STR(".lua"))) {
        Folders folders = folder_for_rules(&set->arena, path, pipeline_share(&set->arena));
        folders.outside = options->outside;
        set->lua = testfile_load(path, &folders, &options->limits, diag);
        return set->lua && suite_of_tree(&set->arena, path, testfile_tree(set->lua), &set->suite, diag);
    }
    File file;
    if (!file_read(path, &file, diag)) return false;
    Table *table = csv_open(path, file.bytes);
    bool good = suite_of_table(&set->arena, table, &set->suite, diag);
    table_close(table);
    file_release(&file);
    return good;
}

/* The rule file that the tests name, else the one of the same name. */
static bool find_rules(TestSet *set, Str path, const Options *options, Str *out, Diag *diag) {
    if (set->suite.rules.size) {
        Folders folders = folder_for_rules(&set->arena, path, pipeline_share(&set->arena));
        folders.outside = options->outside;
        return folder_resolve(&folders, path, set->suite.rules, &set->suite.rules_place, &set->arena, out,
                              diag);
    }
    Str stem = str_slice(path, 0, path.size - 9);
    *out = is_test(path) ? arena_format(&set->arena, "%.*s.lua", STR_FMT(stem)) : path;
    return true;
}

static RowFunctions functions_of(void *context, const Plan *plan, const Dataset *dataset) {
    TestSet *set = context;
    return rules_functions(set->pipeline.rules, plan, dataset);
}

bool testset_load(TestSet *set, Str path, const Options *options, Diag *diag) {
    *set = (TestSet){0};
    Str rules;
    if (!read_suite(set, path, options, diag) || !find_rules(set, path, options, &rules, diag) ||
        !pipeline_rules(&set->pipeline, rules, options, diag) ||
        !absence_read(&set->arena, rules_tree(set->pipeline.rules), &set->absence, diag))
        return false;
    set->trial = (TrialRules){rules, rules_tree(set->pipeline.rules), &set->absence, functions_of, set};
    return suite_check(&set->suite, set->pipeline.plan, diag);
}

void testset_release(TestSet *set) {
    pipeline_release(&set->pipeline);
    testfile_free(set->lua);
    arena_release(&set->arena);
    *set = (TestSet){0};
}
