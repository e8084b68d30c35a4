#include "lua/rules.h"

#include "base/crew.h"
#include "base/file.h"
#include "base/memory.h"
#include "lua/askers.h"
#include "lua/doubles.h"
#include "lua/lexer.h"
#include "lua/row_calls.h"
#include "lua/slips.h"
#include "lua/worker.h"
#include "model/overlay.h"

#include <math.h>
#include <string.h>

/** Rows a message. */
#ifndef RULES_BATCH
#define RULES_BATCH 8192
#endif
/* The fewest calls that are worth a child. */
#ifndef RULES_SHARE
#define RULES_SHARE 10000
#endif
/* Most children. */
#define RULES_WORKERS 64

struct RuleFile {
    Script scripts[OVERLAY_CHAIN]; /* the file itself, its base, … */
    Source *sources[OVERLAY_CHAIN];
    Tree *trees[OVERLAY_CHAIN];
    size_t count;
    Tree *tree;  /* all of them merged */
    bool merged; /* without a fault */
    const Folders *folders;
    ScriptLimits limits;
    const Plan *plan;
    const Dataset *dataset;
    Worker *workers[RULES_WORKERS]; /* of the functions; the first is there while any is */
    unsigned threads;               /* as asked for; 0: as there are processors */
    bool alone;                     /* a function may keep something: one child makes all calls */
    Askers *askers;                 /* for rows that nobody keeps; NULL: none */
    Worker *loader;                 /* ran the files; it has ended, or is about to */
    bool watched;                   /* lines that run are noted */
    RuleLine *lines;
    size_t line_count, line_room;
    Arena arena;
};

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

/* Runs the file at `path`, the next of the chain. */
static bool run_file(RuleFile *rules, Worker *worker, Str path, Diag *diag) {
    Script *script = &rules->scripts[rules->count];
    if (!folder_read_rules(path, &rules->arena, script, diag)) return false;
    rules->sources[rules->count] = source_new(script->path, script->source);
    Buffer request = {0}, reply = {0};
    wire_add_text(&request, script->path);
    wire_add_text(&request, script->source);
    bool ok = worker_ask(worker, buffer_view(&request), &reply, diag) &&
              read_tree(rules, buffer_view(&reply), diag);
    buffer_release(&request);
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

static bool run_chain(RuleFile *rules, Worker *worker, Str path, Diag *diag) {
    if (!run_file(rules, worker, path, diag)) return false;
    for (const TreeItem *base; (base = base_of(rules));) {
        if (!find_base(rules, base, &path, diag) || !run_file(rules, worker, path, diag)) return false;
    }
    return true;
}

static bool run_files(RuleFile *rules, Str path, Diag *diag) {
    WorkerLimits limits = limits_of_rules(&rules->limits);
    Worker *worker = worker_start(row_calls_load, NULL, &limits, rules->folders, diag);
    bool ok = worker && run_chain(rules, worker, path, diag);
    worker_end(worker);
    rules->loader = worker;
    return ok;
}

static void merge_trees(RuleFile *rules, Diag *diag) {
    size_t number = rules->count - 1;
    rules->tree = rules->trees[number];
    rules->merged = true;
    while (number-- > 0)
        rules->tree = overlay_merge(&rules->arena, rules->tree, rules->trees[number], &rules->merged, diag);
}

RuleFile *rules_load(Str path, const Folders *folders, const ScriptLimits *limits, Diag *diag) {
    RuleFile *rules = memory_new(1, sizeof *rules);
    rules->folders = folders;
    rules->limits = *limits;
    if (run_files(rules, path, diag)) {
        merge_trees(rules, diag);
        return rules;
    }
    rules_free(rules);
    return NULL;
}

static void end_workers(RuleFile *rules) {
    for (size_t i = 0; i < RULES_WORKERS; i++) {
        worker_free(rules->workers[i]);
        rules->workers[i] = NULL;
    }
}

void rules_free(RuleFile *rules) {
    if (!rules) return;
    end_workers(rules);
    askers_free(rules->askers);
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
        sound &= source_check(rules->sources[i], diag);
        sound &= slips_check(rules->sources[i], rules->scripts[i].source, diag);
    }
    return sound;
}

void rules_note(const RuleFile *rules, const Plan *plan, Diag *diag) {
    for (size_t i = 0; i < rules->count; i++)
        doubles_note(rules->sources[i], rules->scripts[i].source, plan, diag);
}

/* ---- the functions */

/* `results`: those that the functions of levels see; NULL for functions of rows. */
static bool start_worker(RuleFile *rules, size_t number, const Results *results, Diag *diag) {
    if (rules->workers[number]) return true;
    RowCalls job = {rules->scripts, rules->count, rules->plan, rules->dataset, results, rules->watched, NULL};
    WorkerLimits limits = limits_of_functions(&rules->limits);
    rules->workers[number] = worker_start(row_calls_serve, &job, &limits, rules->folders, diag);
    return rules->workers[number] != NULL;
}

static Place failed_place(const RuleFile *rules, Str file, uint32_t line, Arena *arena);

/* Lua counts lines that only end a block; no test needs to reach those by themselves. */
static bool holds_code(Str line) {
    Lexer lexer = {.text = line, .line = 1, .column = 1};
    for (Token token = lexer_next(&lexer); token.kind != TOKEN_END; token = lexer_next(&lexer)) {
        bool closes = token.kind == TOKEN_CLOSE || token.kind == TOKEN_SIGN || str_is(token.text, "else");
        if (!closes) return true;
    }
    return false;
}

static void note_line(RuleFile *rules, const Place *place, bool hit) {
    for (size_t i = 0; i < rules->line_count; i++) {
        RuleLine *known = &rules->lines[i];
        if (known->place.line != place->line || !str_equal(known->place.file, place->file)) continue;
        known->hit |= hit;
        return;
    }
    if (rules->line_count == rules->line_room) {
        rules->line_room = memory_growth(rules->line_room, rules->line_count + 1);
        rules->lines = memory_resize(rules->lines, rules->line_room, sizeof *rules->lines);
    }
    rules->lines[rules->line_count++] = (RuleLine){*place, hit};
}

/* Asks the child, which is there, for the lines. */
static void collect_lines(RuleFile *rules, Diag *diag) {
    Buffer request = {0}, reply = {0};
    wire_add_u32(&request, 0);
    if (worker_ask(rules->workers[0], buffer_view(&request), &reply, diag)) {
        WireReader reader = {.bytes = buffer_view(&reply)};
        while (!reader.bad && reader.at < reader.bytes.size) {
            Str file = wire_text(&reader);
            uint32_t line = wire_u32(&reader), hit = wire_u32(&reader);
            Place place = failed_place(rules, file, line, &rules->arena);
            if (!reader.bad && holds_code(place.source)) note_line(rules, &place, hit != 0);
        }
    }
    buffer_release(&request);
    buffer_release(&reply);
}

static void end_functions(RuleFile *rules) {
    if (rules->watched && rules->workers[0]) {
        Diag *unheard = diag_new(); /* what cannot be had is not counted */
        collect_lines(rules, unheard);
        diag_free(unheard);
    }
    end_workers(rules);
}

static Place failed_place(const RuleFile *rules, Str file, uint32_t line, Arena *arena) {
    for (size_t i = 0; i < rules->count; i++) {
        if (str_equal(file, rules->scripts[i].path)) return source_line(rules->sources[i], line);
    }
    return (Place){.file = arena_copy(arena, file), .line = line};
}

static const Complaint *read_complaint(const RuleFile *rules, WireReader *reader, Arena *arena) {
    Complaint *complaint = arena_new(arena, 1, sizeof *complaint);
    complaint->message = arena_copy(arena, wire_text(reader));
    Str file = wire_text(reader);
    complaint->place = failed_place(rules, file, wire_u32(reader), arena);
    return complaint;
}

static bool read_answers(RuleFile *rules, Str reply, Answer *answers, size_t count, Arena *arena,
                         Diag *diag) {
    WireReader reader = {.bytes = reply};
    if (wire_u32(&reader) != 0) rules->alone = true;
    for (size_t i = 0; i < count; i++)
        if (!row_calls_read(&reader, &answers[i])) return bad_message(TEXT_PROTOCOL_ANSWERS, diag);
    for (size_t i = 0; i < count && !reader.bad; i++)
        if (answers[i].kind == ANSWER_FAILED) answers[i].complaint = read_complaint(rules, &reader, arena);
    return wire_done(&reader) || bad_message(TEXT_PROTOCOL_ANSWERS, diag);
}

/* What is asked: a function, for rows or for units of a level. */
typedef struct Question {
    uint32_t function;
    Level level;          /* LEVEL_COUNT: rows */
    const uint32_t *rows; /* NULL: all units from 0 */
    size_t count;
} Question;

static void write_request(Buffer *request, const Question *question, size_t first, size_t count) {
    request->size = 0;
    wire_add_u32(request, question->function);
    wire_add_u32(request, question->level);
    wire_add_u32(request, (uint32_t)count);
    for (size_t i = first; i < first + count; i++)
        wire_add_u32(request, question->rows ? question->rows[i] : (uint32_t)i);
}

/* Batch by batch; the child is there. After a false it is gone. */
static bool ask(RuleFile *rules, const Question *question, Answer *answers, Arena *arena, Diag *diag) {
    Buffer request = {0}, reply = {0};
    bool ok = true;
    for (size_t done = 0; ok && done < question->count;) {
        size_t left = question->count - done, batch = left < RULES_BATCH ? left : RULES_BATCH;
        write_request(&request, question, done, batch);
        ok = worker_ask(rules->workers[0], buffer_view(&request), &reply, diag) &&
             read_answers(rules, buffer_view(&reply), answers + done, batch, arena, diag);
        done += batch;
    }
    buffer_release(&request);
    buffer_release(&reply);
    if (!ok) end_workers(rules);
    return ok;
}

/* What one of several children is asked. */
typedef struct Share {
    Worker *worker;
    size_t next, end; /* of the question's rows, those not asked for yet */
    size_t asked;     /* rows of the request under way, before next */
} Share;

static bool send_batch(Share *share, const Question *question, Buffer *request, Diag *diag) {
    size_t left = share->end - share->next;
    share->asked = left < RULES_BATCH ? left : RULES_BATCH;
    if (share->asked == 0) return true;
    write_request(request, question, share->next, share->asked);
    share->next += share->asked;
    return worker_send(share->worker, buffer_view(request), diag);
}

/* While one reply is read the other children are at work. */
static bool ask_shares(RuleFile *rules, Share *shares, size_t count, const Question *question,
                       Answer *answers, Arena *arena, Diag *diag) {
    Buffer request = {0}, reply = {0};
    bool good = true, busy = true;
    for (size_t i = 0; good && i < count; i++) good = send_batch(&shares[i], question, &request, diag);
    while (good && busy) {
        busy = false;
        for (size_t i = 0; good && i < count; i++) {
            Share *share = &shares[i];
            Answer *into = answers + share->next - share->asked;
            if (share->asked == 0) continue;
            good = worker_take(share->worker, &reply, diag) &&
                   read_answers(rules, buffer_view(&reply), into, share->asked, arena, diag) &&
                   !rules->alone && send_batch(share, question, &request, diag);
            busy = true;
        }
    }
    buffer_release(&request);
    buffer_release(&reply);
    return good;
}

static void pass_on(const Diag *from, Diag *to) {
    for (size_t i = 0; i < diag_count(from); i++) {
        const DiagItem *item = diag_item(from, i);
        diag_add_list(to, item->message, &item->place, item->arguments, item->argument_count);
    }
}

/* Rows are shared out in stretches, one a child. What goes wrong is not told: one child will be asked again,
 * and its messages do not depend on how many there were. Only a limit is: it would take as long to meet it
 * again. */
static bool ask_several(RuleFile *rules, size_t count, const Question *question, Answer *answers,
                        Arena *arena, bool *limited, Diag *diag) {
    Share shares[RULES_WORKERS];
    Diag *unheard = diag_new();
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        good = start_worker(rules, i, NULL, unheard);
        shares[i] =
            (Share){rules->workers[i], question->count * i / count, question->count * (i + 1) / count, 0};
    }
    good = good && ask_shares(rules, shares, count, question, answers, arena, unheard);
    *limited = !good && diag_exit_code(unheard) == EXIT_LIMIT;
    if (*limited) pass_on(unheard, diag);
    diag_free(unheard);
    if (!good) end_workers(rules);
    return good;
}

/* How many children a question is worth. */
static size_t worker_count(const RuleFile *rules, size_t calls) {
    size_t count = rules->alone || rules->watched || calls / 2 < RULES_SHARE
                       ? 1
                       : crew_size(rules->threads, calls / RULES_SHARE);
    return count < RULES_WORKERS ? count : RULES_WORKERS;
}

static bool call_functions(void *context, uint32_t function, const uint32_t *rows, size_t count,
                           Answer *answers, Arena *arena, Diag *diag) {
    RuleFile *rules = context;
    Question question = {function, LEVEL_COUNT, rows, count};
    size_t workers = worker_count(rules, count);
    bool limited = false;
    if (workers > 1 && ask_several(rules, workers, &question, answers, arena, &limited, diag)) return true;
    return !limited && start_worker(rules, 0, NULL, diag) && ask(rules, &question, answers, arena, diag);
}

/* A child sees what was in memory when it was forked: each level needs a new one. */
static bool call_units(void *context, uint32_t function, const Results *results, Level level, Answer *answers,
                       Arena *arena, Diag *diag) {
    RuleFile *rules = context;
    Question question = {function, level, NULL, dataset_level_size(rules->dataset, level)};
    end_functions(rules);
    bool ok = start_worker(rules, 0, results, diag) && ask(rules, &question, answers, arena, diag);
    end_functions(rules);
    return ok;
}

void rules_set_threads(RuleFile *rules, unsigned threads) { rules->threads = threads; }

RowFunctions rules_functions(RuleFile *rules, const Plan *plan, const Dataset *dataset) {
    end_workers(rules);
    rules->alone = false;
    rules->line_count = 0;
    rules->plan = plan;
    rules->dataset = dataset;
    return (RowFunctions){.context = rules, .call = call_functions, .call_units = call_units};
}

/* ---- for rows that nobody keeps */

static void end_askers(void *context) {
    RuleFile *rules = context;
    askers_free(rules->askers);
    rules->askers = NULL;
}

static bool begin_askers(void *context, const Plan *plan, const Dataset *sample, size_t count) {
    RuleFile *rules = context;
    const RowCalls job = {.scripts = rules->scripts, .script_count = rules->count, .plan = plan};
    if (rules->watched) return false;
    const WorkerLimits limits = limits_of_functions(&rules->limits);
    rules->askers = askers_new(&job, sample, &limits, rules->folders, count);
    return rules->askers != NULL;
}

static AskedHow ask_rows(void *context, size_t asker, uint32_t function, const struct Stretch *stretch,
                         const uint32_t *rows, size_t count, Answer *answers, bool *lacks) {
    const RuleFile *rules = context;
    return askers_ask(rules->askers, asker, function, stretch, rows, count, answers, lacks);
}

RowAskers rules_askers(RuleFile *rules) {
    return (RowAskers){.context = rules, .begin = begin_askers, .ask = ask_rows, .end = end_askers};
}

void rules_watch_lines(RuleFile *rules) { rules->watched = true; }

RuleLine *rules_lines(RuleFile *rules, Arena *arena, size_t *count, Diag *diag) {
    *count = 0;
    if (!rules->watched || !start_worker(rules, 0, NULL, diag)) return NULL;
    end_functions(rules);
    RuleLine *lines = arena_new(arena, rules->line_count, sizeof *lines);
    for (size_t i = 0; i < rules->line_count; i++) lines[i] = rules->lines[i];
    *count = rules->line_count;
    return lines;
}
