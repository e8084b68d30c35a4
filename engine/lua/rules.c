#include "lua/rules.h"

#include "base/memory.h"
#include "lua/row_calls.h"
#include "lua/slips.h"
#include "lua/worker.h"

/** Rows a message. */
#ifndef RULES_BATCH
#define RULES_BATCH 1024
#endif

struct RuleFile {
    Script script;
    Source *source;
    Tree *tree;
    const Folders *folders;
    const Plan *plan;
    const Dataset *dataset;
    Worker *worker; /* of the functions; NULL while none runs */
    Arena arena;
};

/* ---- the table */

static bool bad_message(MessageId detail, Diag *diag) {
    diag_add(diag, MESSAGE_WORKER_PROTOCOL, NULL, message_words(detail));
    return false;
}

static bool read_tree(RuleFile *rules, Str reply, Diag *diag) {
    WireReader reader = {.bytes = reply};
    rules->tree = wire_tree(&reader, &rules->arena);
    if (!rules->tree || !wire_done(&reader) || rules->tree->kind != TREE_TABLE)
        return bad_message(TEXT_PROTOCOL_RULES, diag);
    source_annotate(rules->source, rules->tree);
    return true;
}

static bool run_file(RuleFile *rules, Diag *diag) {
    RowCalls job = {.script = rules->script};
    WorkerLimits limits = worker_limits_rules();
    Worker *worker = worker_start(row_calls_load, &job, &limits, rules->folders, diag);
    if (!worker) return false;
    Buffer reply = {0};
    bool ok = worker_ask(worker, STR("load"), &reply, diag) && read_tree(rules, buffer_view(&reply), diag);
    buffer_release(&reply);
    worker_free(worker);
    return ok;
}

RuleFile *rules_load(Str path, const Folders *folders, Diag *diag) {
    RuleFile *rules = memory_new(1, sizeof *rules);
    rules->folders = folders;
    if (folder_read_rules(path, &rules->arena, &rules->script, diag)) {
        rules->source = source_new(rules->script.path, rules->script.source);
        if (run_file(rules, diag)) return rules;
    }
    rules_free(rules);
    return NULL;
}

void rules_free(RuleFile *rules) {
    if (!rules) return;
    worker_free(rules->worker);
    source_free(rules->source);
    arena_release(&rules->arena);
    memory_free(rules);
}

const Tree *rules_tree(const RuleFile *rules) { return rules->tree; }

bool rules_check(const RuleFile *rules, Diag *diag) {
    bool sound = source_check(rules->source, diag);
    return slips_check(rules->source, rules->script.source, diag) && sound;
}

/* ---- the functions */

static bool start_functions(RuleFile *rules, Diag *diag) {
    if (rules->worker) return true;
    RowCalls job = {rules->script, rules->plan, rules->dataset};
    WorkerLimits limits = worker_limits_functions();
    rules->worker = worker_start(row_calls_serve, &job, &limits, rules->folders, diag);
    return rules->worker != NULL;
}

static Place failed_place(const RuleFile *rules, Str file, uint32_t line, Arena *arena) {
    if (str_equal(file, rules->script.path)) return source_line(rules->source, line);
    return (Place){.file = arena_copy(arena, file), .line = line};
}

static void read_answer(const RuleFile *rules, WireReader *reader, Answer *answer, Arena *arena) {
    *answer = (Answer){.kind = (AnswerKind)wire_u32(reader)};
    if (answer->kind > ANSWER_FAILED) reader->bad = true;
    if (answer->kind == ANSWER_NUMBER && !decimal_parse_literal(wire_text(reader), &answer->number, arena))
        reader->bad = true;
    if (answer->kind != ANSWER_FAILED) return;
    answer->message = arena_copy(arena, wire_text(reader));
    Str file = wire_text(reader);
    answer->place = failed_place(rules, file, wire_u32(reader), arena);
}

static bool read_answers(const RuleFile *rules, Str reply, Answer *answers, size_t count, Arena *arena,
                         Diag *diag) {
    WireReader reader = {.bytes = reply};
    for (size_t i = 0; i < count && !reader.bad; i++) read_answer(rules, &reader, &answers[i], arena);
    return wire_done(&reader) || bad_message(TEXT_PROTOCOL_ANSWERS, diag);
}

static void write_request(Buffer *request, uint32_t function, const uint32_t *rows, size_t count) {
    request->size = 0;
    wire_add_u32(request, function);
    wire_add_u32(request, (uint32_t)count);
    for (size_t i = 0; i < count; i++) wire_add_u32(request, rows[i]);
}

static bool call_functions(void *context, uint32_t function, const uint32_t *rows, size_t count,
                           Answer *answers, Arena *arena, Diag *diag) {
    RuleFile *rules = context;
    Buffer request = {0}, reply = {0};
    bool ok = start_functions(rules, diag);
    for (size_t done = 0; ok && done < count;) {
        size_t batch = count - done < RULES_BATCH ? count - done : RULES_BATCH;
        write_request(&request, function, rows + done, batch);
        ok = worker_ask(rules->worker, buffer_view(&request), &reply, diag) &&
             read_answers(rules, buffer_view(&reply), answers + done, batch, arena, diag);
        done += batch;
    }
    buffer_release(&request);
    buffer_release(&reply);
    if (ok) return true;
    worker_free(rules->worker);
    rules->worker = NULL;
    return false;
}

RowFunctions rules_functions(RuleFile *rules, const Plan *plan, const Dataset *dataset) {
    worker_free(rules->worker);
    rules->worker = NULL;
    rules->plan = plan;
    rules->dataset = dataset;
    return (RowFunctions){.context = rules, .call = call_functions};
}
