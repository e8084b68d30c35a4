#include "lua/testfile.h"

#include "base/memory.h"
#include "lua/row_calls.h"
#include "lua/source.h"

struct TestFile {
    Script script;
    Source *source;
    Tree *tree;
    Arena arena;
};

static bool read_tree(TestFile *file, Str reply, Diag *diag) {
    WireReader reader = {.bytes = reply};
    file->tree = wire_tree(&reader, &file->arena);
    if (!file->tree || !wire_done(&reader) || file->tree->kind != TREE_TABLE) {
        diag_add(diag, MESSAGE_WORKER_PROTOCOL, NULL, message_words(TEXT_PROTOCOL_RULES));
        return false;
    }
    source_annotate(file->source, file->tree);
    return source_check(file->source, diag);
}

static bool run(TestFile *file, const char *kind, const Folders *folders, const ScriptLimits *limits,
                Diag *diag) {
    WorkerLimits loading = limits_of_rules(limits);
    Worker *worker = worker_start(row_calls_load, (void *)(uintptr_t)kind, &loading, folders, diag);
    Buffer request = {0}, reply = {0};
    wire_add_text(&request, file->script.path);
    wire_add_text(&request, file->script.source);
    bool good = worker && worker_ask(worker, buffer_view(&request), &reply, diag) &&
                read_tree(file, buffer_view(&reply), diag);
    buffer_release(&request);
    buffer_release(&reply);
    worker_free(worker);
    return good;
}

static TestFile *load(Str path, const char *kind, const Folders *folders, const ScriptLimits *limits,
                      Diag *diag) {
    TestFile *file = memory_new(1, sizeof *file);
    bool good = folder_read_rules(path, &file->arena, &file->script, diag);
    if (good) file->source = source_new(file->script.path, file->script.source);
    if (good && run(file, kind, folders, limits, diag)) return file;
    testfile_free(file);
    return NULL;
}

TestFile *testfile_load(Str path, const Folders *folders, const ScriptLimits *limits, Diag *diag) {
    return load(path, ROW_CALLS_TESTS, folders, limits, diag);
}

TestFile *testfile_load_jobs(Str path, const Folders *folders, const ScriptLimits *limits, Diag *diag) {
    return load(path, ROW_CALLS_JOBS, folders, limits, diag);
}

void testfile_free(TestFile *file) {
    if (!file) return;
    source_free(file->source);
    arena_release(&file->arena);
    memory_free(file);
}

const Tree *testfile_tree(const TestFile *file) { return file->tree; }
