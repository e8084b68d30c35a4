#include "lua/report.h"

#include "base/memory.h"
#include "base/text.h"
#include "io/json.h"
#include "lua/blocks.h"
#include "lua/document.h"
#include "lua/early.h"
#include "lua/finish.h"
#include "lua/gather.h"
#include "lua/objects.h"
#include "lua/parts.h"
#include "lua/readonly.h"
#include "lua/sheets.h"
#include "lua/state.h"
#include "lua/value.h"
#include "lua/wants.h"
#include "lua/wording.h"

#include <lauxlib.h>
#include <stddef.h>
#include <unistd.h>

/* Bytes that most answers take: room for them is made while the child is at work. */
#define ANSWER_ROOM ((size_t)224 * 1024)

/* What the child asks its parent for, next to what ReportJob.supply makes. */
#define PICTURES "pictures"

/* What the child finds in memory. */
typedef struct Task {
    const ReportJob *job;
    ReportScripts scripts;
    Early *early; /* NULL: nothing was made early, or for other scripts */
} Task;

/* In the child. */
typedef struct Job {
    const Task *task;
    WorkerChannel *channel;
    lua_State *L;
    Wants wants; /* of the format */
    Narrative narrative;
    Str *pieces; /* of the answer, where the format gave lines: texts of the list on top of the stack */
    size_t piece_count;
    Arena arena;
    Diag *diag;
} Job;

typedef struct ScriptKind {
    const char *folder; /* of scripts/ */
    const char *entry;  /* the function that the script's table holds */
    MessageId wanted;
} ScriptKind;

static const ScriptKind reports = {"reports", "build", TEXT_RESULT_REPORT};
static const ScriptKind formats = {"formats", "draw", TEXT_RESULT_FORMAT};
static const ScriptKind notices = {"notices", "draw", TEXT_RESULT_FORMAT};

/* The request is what the parent has read meanwhile: the narrative; empty where there is none, or where it
 * was in memory before. */
static void take_narrative(Narrative *narrative) {
    Job *job = (Job *)(void *)((char *)narrative - offsetof(Job, narrative));
    Buffer request = {0};
    if (!worker_receive(job->channel, &request)) _exit(0); /* nobody asks any more */
    *narrative = (Narrative){NULL, job->task->job->narrative, buffer_view(&request)};
}

static bool bad_result(Job *job, Str script, MessageId wanted, Str got) {
    Place place = {.file = script};
    diag_add(job->diag, MESSAGE_SCRIPT_RESULT, &place, script, message_words(wanted), got);
    return false;
}

/* Stack: the script's table, a ScriptKind. Pushes the function that it asks for. */
static int take_entry(lua_State *L) {
    const ScriptKind *kind = lua_touserdata(L, 2);
    if (readonly_target(L, 1)) lua_replace(L, 1);
    lua_pushstring(L, kind->entry);
    lua_rawget(L, 1);
    return 1;
}

typedef struct WantsCall {
    Job *job;
    Place place;
} WantsCall;

/* Stack: the call, the format's table. */
static int read_wants(lua_State *L) {
    WantsCall *call = lua_touserdata(L, 1);
    Wants *wants = &call->job->wants;
    *wants = wants_read(L, 2, &call->place, &call->job->arena, call->job->diag);
    if (wants->sketch && call->job->task->job->terminal) wants->charts[CHART_STACKED] = true;
    return 0;
}

/* The table on top is the format's. */
static bool find_wants(Job *job, Str script) {
    WantsCall call = {job, {.file = script}};
    lua_pushcfunction(job->L, read_wants);
    lua_pushlightuserdata(job->L, &call);
    lua_pushvalue(job->L, -3);
    return state_call(job->L, 2, 0, job->diag) && !diag_has_errors(job->diag);
}

static bool find_entry(Job *job, Str script, const ScriptKind *kind) {
    lua_State *L = job->L;
    if (lua_type(L, -1) != LUA_TTABLE) return bad_result(job, script, kind->wanted, wording_type(L, -1));
    if (kind == &formats && !find_wants(job, script)) return false;
    lua_pushcfunction(L, take_entry);
    lua_insert(L, -2);
    lua_pushlightuserdata(L, (void *)(uintptr_t)kind);
    if (!state_call(L, 2, 1, job->diag)) return false;
    if (lua_type(L, -1) == LUA_TFUNCTION) return true;
    Str found = message_both(&job->arena, TEXT_RESULT_WITHOUT, str_of(kind->entry));
    return bad_result(job, script, kind->wanted, found);
}

/* Pushes the main function of a script. The stack of a state that was made early begins with those of both.
 */
static bool push_script(Job *job, const ScriptKind *kind, const Script *script) {
    int early = kind == &formats ? 1 : 2;
    if (!job->task->early || lua_isnil(job->L, early)) return early_load(job->L, script, job->diag);
    lua_pushvalue(job->L, early);
    return true;
}

/* Runs a script in an environment of its own and pushes the function that it offers. */
static bool open_script(Job *job, const ScriptKind *kind, const Script *script) {
    return push_script(job, kind, script) && state_call(job->L, 0, 1, job->diag) &&
           find_entry(job, script->path, kind);
}

/* Stack: the job. Pushes Results. */
static int push_results(lua_State *L) {
    Job *job = lua_touserdata(L, 1);
    objects_push_results(L, job->task->job->results, &job->narrative);
    return 1;
}

/* Stack: the wants. */
static int push_wants(lua_State *L) {
    wants_push(L, lua_touserdata(L, 1));
    return 1;
}

typedef struct DocumentCall {
    Job *job;
    Place place;
    Document *document;
} DocumentCall;

/* Stack: the call, what the report returned. */
static int read_document(lua_State *L) {
    DocumentCall *call = lua_touserdata(L, 1);
    call->document = document_read(L, 2, &call->place, &call->job->arena, call->job->diag);
    return 0;
}

/* Stack: a document. */
static int push_document(lua_State *L) {
    blocks_push(L, lua_touserdata(L, 1));
    return 1;
}

/* Stack: a tree. */
static int push_notice(lua_State *L) {
    value_push_tree(L, lua_touserdata(L, 1));
    return 1;
}

static bool push_with(Job *job, lua_CFunction function, const void *argument) {
    lua_pushcfunction(job->L, function);
    lua_pushlightuserdata(job->L, (void *)(uintptr_t)argument);
    return state_call(job->L, 1, 1, job->diag);
}

/* The checked document that the report builds; NULL after errors. */
static Document *build_document(Job *job) {
    lua_State *L = job->L;
    const Script *script = &job->task->scripts.report;
    if (!open_script(job, &reports, script)) return NULL;
    if (!push_with(job, push_results, job) || !push_with(job, push_wants, &job->wants) ||
        !state_call(L, 2, 1, job->diag))
        return NULL;
    DocumentCall call = {.job = job, .place = {.file = script->path}};
    lua_pushcfunction(L, read_document);
    lua_insert(L, -2);
    lua_pushlightuserdata(L, &call);
    lua_insert(L, -2);
    if (!state_call(L, 2, 0, job->diag) || !call.document) return NULL;
    wants_trim(&job->wants, call.document);
    return call.document;
}

/* Stack: a tree, the document, a name. The document gets the tree under that name. */
static int add_tree(lua_State *L) {
    value_push_tree(L, lua_touserdata(L, 1));
    lua_setfield(L, 2, lua_tostring(L, 3));
    return 0;
}

/* Gives the document on top of the stack what the parent makes on demand. */
static bool add_supply(Job *job, const char *what, const char *name) {
    lua_State *L = job->L;
    Buffer json = {0};
    bool good = worker_demand(job->channel, what, &json, job->diag);
    const Tree *tree = good ? json_parse(str_of(what), buffer_view(&json), &job->arena, job->diag) : NULL;
    if (!tree) return false;
    lua_pushcfunction(L, add_tree);
    lua_pushlightuserdata(L, (void *)(uintptr_t)tree);
    lua_pushvalue(L, -3);
    lua_pushstring(L, name);
    return state_call(L, 3, 0, job->diag);
}

static bool add_supplies(Job *job) {
    if (!job->task->job->supply) return true;
    if (job->wants.whatif && !add_supply(job, "whatif", "whatif")) return false;
    return !job->wants.explain || add_supply(job, "explain", "explanations");
}

/* Whether a document of so many bytes may be. */
static bool may_be(Job *job, size_t bytes) {
    return limits_take_output(job->task->job->limits, bytes, job->diag);
}

/* The text on top of the stack, which has room in the output behind so many bytes. */
static bool take_text(Job *job, Str script, size_t before, Str *text) {
    lua_State *L = job->L;
    if (lua_type(L, -1) != LUA_TSTRING) return bad_result(job, script, TEXT_RESULT_TEXT, wording_type(L, -1));
    text->data = lua_tolstring(L, -1, &text->size);
    if (text_invalid(*text) != text->size)
        return bad_result(job, script, TEXT_RESULT_UTF8, message_words(TEXT_RESULT_BYTES));
    return may_be(job, before + text->size);
}

/* Adds the text on top of the stack to the output. */
static bool add_text(Job *job, Str script, Buffer *out) {
    Str text;
    if (!take_text(job, script, out->size, &text)) return false;
    buffer_add(out, text);
    return true;
}

/* The texts of the plain list on top of the stack, each with a line end, are the answer; they stay where they
 * are. */
static bool take_lines(Job *job, Str script) {
    lua_State *L = job->L;
    size_t count = lua_rawlen(L, -1), size = 0;
    if (lua_getmetatable(L, -1)) return bad_result(job, script, TEXT_RESULT_TEXT, wording_type(L, -1));
    job->pieces = arena_new(&job->arena, 2 * count + 1, sizeof *job->pieces);
    for (size_t i = 1; i <= count; i++) {
        Str *text = &job->pieces[job->piece_count];
        lua_rawgeti(L, -1, (lua_Integer)i);
        if (!take_text(job, script, size, text)) return false;
        size += text->size + 1;
        text[1] = STR("\n");
        job->piece_count += 2;
        lua_pop(L, 1);
    }
    return true;
}

typedef struct AnswerCall {
    Job *job;
    Place place;
    Buffer *out;
} AnswerCall;

/* Stack: the call, what the format returned. */
static int add_parts(lua_State *L) {
    const AnswerCall *call = lua_touserdata(L, 1);
    size_t size = parts_add(L, 2, &call->place, call->out, call->job->diag);
    may_be(call->job, size);
    return 0;
}

/* Stack: the call, what the format returned. */
static int add_description(lua_State *L) {
    static const char *const keys[] = {"pdf", NULL};
    const AnswerCall *call = lua_touserdata(L, 1);
    Reader reader = reader_of(L, DOCUMENT_TEXT, &call->place, &call->job->arena, call->job->diag);
    reader_check_keys(&reader, keys);
    reader_enter(&reader, 2, "pdf");
    const Tree *tree = gather_tree(&reader);
    reader_leave(&reader);
    if (!reader.faults && tree) wire_add_tree(call->out, tree);
    may_be(call->job, call->out->size);
    return 0;
}

/* Stack: the call, what the format returned. */
static int add_sheets(lua_State *L) {
    const AnswerCall *call = lua_touserdata(L, 1);
    sheets_add(L, 2, &call->place, call->out, call->job->diag);
    may_be(call->job, call->out->size);
    return 0;
}

/* Adds what a function of this state makes of the table on top of the stack. */
static bool add_table(Job *job, lua_CFunction function, Str script, Buffer *out) {
    AnswerCall call = {job, {.file = script}, out};
    lua_pushcfunction(job->L, function);
    lua_pushlightuserdata(job->L, &call);
    lua_pushvalue(job->L, -3);
    return state_call(job->L, 2, 0, job->diag) && !diag_has_errors(job->diag);
}

/* Whether the table on top has an entry of that name. */
static bool has_entry(lua_State *L, const char *name) {
    lua_pushstring(L, name);
    bool has = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 1);
    return has;
}

/* What the value on top of the stack is. */
static char find_kind(const Job *job) {
    if (lua_type(job->L, -1) != LUA_TTABLE) return ANSWER_TEXT;
    if (sheets_are(job->L, -1)) return ANSWER_WORKBOOK;
    if (parts_are(job->L, -1)) return ANSWER_PARTS;
    return has_entry(job->L, "pdf") ? ANSWER_PAGES : ANSWER_TEXT;
}

/* Adds what the format returned, and what it is. */
static bool add_answer(Job *job, Str script, Buffer *out) {
    char kind = find_kind(job);
    bool good = false;
    if (kind == ANSWER_WORKBOOK)
        good = add_table(job, add_sheets, script, out);
    else if (kind == ANSWER_PARTS)
        good = add_table(job, add_parts, script, out);
    else if (kind == ANSWER_PAGES)
        good = add_table(job, add_description, script, out);
    else if (lua_type(job->L, -1) == LUA_TTABLE)
        good = take_lines(job, script);
    else
        good = add_text(job, script, out);
    buffer_add_char(out, kind);
    return good;
}

/* Below the argument on top of the stack lies the format's function. */
static bool draw(Job *job, Buffer *out) {
    return state_call(job->L, 1, 1, job->diag) && add_answer(job, job->task->scripts.format.path, out);
}

/* Where the format takes charts as pictures and none can be drawn, there are no charts; the parent says why.
 */
static bool find_pictures(Job *job) {
    Buffer ready = {0};
    bool asked = job->wants.pictures && wants_charts(&job->wants);
    if (asked && !worker_demand(job->channel, PICTURES, &ready, job->diag)) return false;
    if (asked && !ready.size) memset(job->wants.charts, 0, sizeof job->wants.charts);
    return true;
}

/* The format goes first: it says what it can draw. */
static bool draw_report(Job *job, Buffer *out) {
    if (!open_script(job, &formats, &job->task->scripts.format) || !find_pictures(job)) return false;
    const Document *document = build_document(job);
    return document && push_with(job, push_document, document) && add_supplies(job) && draw(job, out);
}

static bool draw_notice(Job *job, Buffer *out) {
    return open_script(job, &notices, &job->task->scripts.format) &&
           push_with(job, push_notice, job->task->job->notice) && draw(job, out);
}

static void answer(Job *job) {
    Buffer out = {0};
    worker_begin_call(job->channel);
    const ReportJob *asked = job->task->job;
    if (asked->notice) {
        draw_notice(job, &out);
    } else {
        draw_report(job, &out);
        results_refuse(asked->results, job->diag); /* printed figures may have asked for exact values */
    }
    if (job->narrative.take) job->narrative.take(&job->narrative); /* before the parent is to listen */
    if (job->pieces && !diag_has_errors(job->diag)) {
        job->pieces[job->piece_count++] = buffer_view(&out); /* what it is */
        worker_reply_pieces(job->channel, job->pieces, job->piece_count, job->diag);
    } else {
        worker_reply(job->channel, buffer_view(&out), job->diag);
    }
    buffer_release(&out);
}

/* The child's whole life: one report. Nothing is freed, it ends with its process. */
static void run(WorkerChannel *channel, void *context) {
    Job job = {.task = context, .channel = channel, .narrative = {.take = take_narrative}};
    job.L = early_take(job.task->early, channel); /* begins the store: that is all the process is for */
    if (!job.L) job.L = state_new(channel);
    job.diag = diag_new();
    worker_know(channel, &job.task->scripts.ahead);
    answer(&job);
}

/* Before the fork: what the child need not ask for. */
static bool read_scripts(Task *task, Arena *arena, Diag *diag) {
    const ReportJob *job = task->job;
    const Folders *folders = job->folders;
    ReportScripts *scripts = &task->scripts;
    if (job->notice)
        return folder_read_script(folders, notices.folder, job->format, arena, &scripts->format, diag);
    const ReportScripts *known = early_scripts(job->early, job->report, job->format);
    if (!known) return early_read(folders, job->report, job->format, arena, scripts, diag);
    *scripts = *known;
    task->early = job->early;
    return true;
}

static ApartUse use_of(const ReportJob *job) { return (ApartUse){job->format, job->limits->draw_seconds}; }

/* What the child may ask for: whether pictures can be drawn (a byte: they can), and what the job supplies. */
static bool supply(void *context, Str what, Buffer *out, Diag *diag) {
    const ReportJob *job = context;
    if (str_is(what, PICTURES)) {
        if (pictures_ready(use_of(job), diag)) buffer_add_char(out, 1);
        return true;
    }
    if (job->supply) return job->supply(job->context, what, out, diag);
    diag_add(diag, MESSAGE_WORKER_PROTOCOL, NULL, message_words(TEXT_PROTOCOL_KIND));
    return false;
}

/* The request of the child, made while it starts. */
static bool send_narrative(const ReportJob *job, Worker *worker, Diag *diag) {
    const Tree *narrative = NULL;
    Buffer request = {0};
    if (job->read_narrative && !job->read_narrative(job->context, &narrative, diag)) return false;
    if (narrative) wire_add_values(&request, narrative);
    bool sent = worker_send(worker, buffer_view(&request), diag);
    buffer_release(&request);
    if (job->early) worker_expect(worker, ANSWER_ROOM);
    return sent;
}

static bool ask_child(Task *task, Buffer *answered, Diag *diag) {
    const ReportJob *job = task->job;
    WorkerLimits limits = limits_of_report(job->limits);
    Worker *worker = worker_start(run, task, &limits, job->folders, diag);
    early_leave(task->early);
    if (!worker) return false;
    worker_supply_from(worker, supply, (void *)(uintptr_t)job);
    worker_knows(worker, &task->scripts.ahead);
    bool done = send_narrative(job, worker, diag) && worker_take(worker, answered, diag);
    if (done && job->early)
        early_keep(job->early, worker);
    else
        worker_free(worker);
    return done;
}

Early *report_begin(const Folders *folders, Str report, Str format) {
    return early_begin(folders, report, format);
}

void report_end(Early *early) { early_free(early); }

bool report_render(const ReportJob *job, Buffer *out, Diag *diag) {
    Arena arena = {0};
    Task task = {.job = job};
    bool done = read_scripts(&task, &arena, diag) && ask_child(&task, out, diag);
    FinishJob finish = {task.scripts.format.path, job->format, use_of(job)};
    done =
        done && finish_answer(&finish, out, &arena, diag) && limits_take_output(job->limits, out->size, diag);
    arena_release(&arena);
    return done;
}
