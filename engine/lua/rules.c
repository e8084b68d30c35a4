#include "lua/rules_build.h"

#include "base/file.h"
#include "base/memory.h"
#include "lua/doubles.h"
#include "lua/row_calls.h"
#include "lua/slips.h"

/* ---- the table */

static bool bad_message(MessageId detail, Diag *diag) {
    diag_add(diag, MESSAGE_WORKER_PROTOCOL, NULL, message_words(detail));
    return false;
}

static bool read_tree(RuleFile *rules, Str reply, Diag *diag) {
    WireReader reader = {.bytes = reply};
    Tree *tree = wire_tree(&reader, &rules->arena);
    if (!tree || !wire_done(&reader) || tree->kind != TREE_TABLE)
        return bad_message(TEXT_PROTOCOL_RULES, diag);
    source_annotate(rules->sources[rules->count], tree);
    rules->trees[rules->count++] = tree;
    return true;
}

static bool check_text(const RuleFile *rules, size_t number, Diag *diag) {
    bool sound = source_check(rules->sources[number], diag);
    return slips_check(rules->sources[number], rules->scripts[number].source, diag) && sound;
}

/* Reads the text of the next file of the chain: while the child runs it, or it would take time of its own. */
static void read_text(RuleFile *rules) {
    const Script *script = &rules->scripts[rules->count];
    rules->sources[rules->count] = source_new(script->path, script->source);
    Diag *unseen = diag_new();
    check_text(rules, rules->count, unseen);
    rules->faultless[rules->count] = diag_count(unseen) == 0;
    diag_free(unseen);
}

/* Has the child run the file at `path`, the next of the chain; take_file must follow. */
static bool send_file(RuleFile *rules, Str path, Diag *diag) {
    Script *script = &rules->scripts[rules->count];
    if (!folder_read_rules(path, &rules->arena, script, diag)) {
        if (rules->count == 0) folder_hint_file(path, diag);
        return false;
    }
    Buffer request = {0};
    wire_add_text(&request, script->path);
    wire_add_text(&request, script->source);
    bool ok = worker_send(rules->loader, buffer_view(&request), diag);
    read_text(rules);
    buffer_release(&request);
    return ok;
}

static bool take_file(RuleFile *rules, Diag *diag) {
    Buffer reply = {0};
    bool first = rules->count == 0;
    bool ok = worker_take(rules->loader, &reply, diag) && read_tree(rules, buffer_view(&reply), diag);
    if (!ok && first) folder_hint_data(rules->scripts[0].path, diag);
    buffer_release(&reply);
    return ok;
}

static const TreeItem *base_of(const RuleFile *rules) {
    const TreeItem *base = tree_item(rules->trees[rules->count - 1], "base");
    return base && base->value->kind == TREE_TEXT ? base : NULL; /* a wrong kind is reported with all keys */
}

static bool bad_base(MessageId message, const TreeItem *base, Str detail, Diag *diag) {
    diag_add(diag, message, &base->value->place, detail);
    return false;
}

/* The path of the next file, seen from the one that names it. */
static bool find_base(RuleFile *rules, const TreeItem *base, Str *path, Diag *diag) {
    const Script *from = &rules->scripts[rules->count - 1];
    const Place *place = &base->value->place;
    if (rules->count == OVERLAY_CHAIN)
        return bad_base(MESSAGE_BASE_CHAIN, base, arena_format(&rules->arena, "%d", OVERLAY_CHAIN), diag);
    if (!folder_resolve(rules->folders, from->path, base->value->text, place, &rules->arena, path, diag))
        return false;
    if (!file_exists(*path)) {
        diag_add(diag, MESSAGE_FILE_OPEN, place, *path, message_words(TEXT_CAUSE_NO_FILE));
        diag_hint_plain(diag, TEXT_HINT_BASE_PATH);
        return false;
    }
    for (size_t i = 0; i < rules->count; i++) {
        if (path_inside(rules->scripts[i].path, *path))
            return bad_base(MESSAGE_BASE_CYCLE, base, *path, diag);
    }
    return true;
}

/* The first file has been sent. */
static bool run_chain(RuleFile *rules, Diag *diag) {
    if (!take_file(rules, diag)) return false;
    for (const TreeItem *base; (base = base_of(rules));) {
        Str path;
        if (!find_base(rules, base, &path, diag) || !send_file(rules, path, diag) || !take_file(rules, diag))
            return false;
    }
    return true;
}

static void merge_trees(RuleFile *rules, Diag *diag) {
    size_t number = rules->count - 1;
    rules->tree = rules->trees[number];
    rules->merged = true;
    while (number-- > 0)
        rules->tree = overlay_merge(&rules->arena, rules->tree, rules->trees[number], &rules->merged, diag);
}

RuleFile *rules_begin(Str path, const Folders *folders, const ScriptLimits *limits, Diag *diag) {
    RuleFile *rules = memory_new(1, sizeof *rules);
    WorkerLimits of_worker = limits_of_rules(limits);
    rules->folders = folders;
    rules->limits = *limits;
    rules->loader = worker_start(row_calls_load, NULL, &of_worker, folders, diag);
    if (rules->loader && send_file(rules, path, diag)) return rules;
    rules_free(rules);
    return NULL;
}

Str rules_foresee(const RuleFile *rules, const char *key, Arena *arena) {
    return source_text(rules->sources[0], str_of(key), arena);
}

RuleFile *rules_finish(RuleFile *rules, Diag *diag) {
    if (!rules) return NULL;
    bool ok = run_chain(rules, diag);
    worker_end(rules->loader);
    if (ok) {
        merge_trees(rules, diag);
        return rules;
    }
    rules_free(rules);
    return NULL;
}

RuleFile *rules_load(Str path, const Folders *folders, const ScriptLimits *limits, Diag *diag) {
    return rules_finish(rules_begin(path, folders, limits, diag), diag);
}

void rules_free(RuleFile *rules) {
    if (!rules) return;
    rules_end_workers(rules);
    askers_free(rules->askers);
    translated_end(&rules->translated);
    worker_free(rules->loader);
    memory_free(rules->lines);
    for (size_t i = 0; i < OVERLAY_CHAIN; i++) source_free(rules->sources[i]);
    arena_release(&rules->arena);
    memory_free(rules);
}

const Tree *rules_tree(const RuleFile *rules) { return rules->tree; }

Str rules_file(const RuleFile *rules, size_t number) {
    return number < rules->count ? rules->scripts[number].path : (Str){"", 0};
}

Str rules_text(const RuleFile *rules, size_t number) {
    return number < rules->count ? rules->scripts[number].source : (Str){"", 0};
}

bool rules_check(const RuleFile *rules, Diag *diag) {
    bool sound = rules->merged;
    for (size_t i = 0; i < rules->count; i++) {
        if (!rules->faultless[i]) sound &= check_text(rules, i, diag);
    }
    return sound;
}

void rules_note(const RuleFile *rules, const Plan *plan, Diag *diag) {
    for (size_t i = 0; i < rules->count; i++)
        doubles_note(rules->sources[i], rules->scripts[i].source, plan, diag);
}
