#include "lua/row_calls.h"

#include "lua/calls.h"
#include "lua/clock.h"
#include "lua/current.h"
#include "lua/expr.h"
#include "lua/harvest.h"
#include "lua/inward.h"
#include "lua/keep.h"
#include "lua/objects.h"
#include "lua/programs.h"
#include "lua/sandbox.h"
#include "lua/state.h"
#include "lua/watched.h"
#include "lua/wording.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

/* In the child; never freed: the child ends with _exit. */
typedef struct Session {
    const RowCalls *job;
    ExprFile kind;
    WorkerChannel *channel;
    lua_State *L;
    Diag *diag;
    Watched watched; /* where the job is */
    Arena arena;
    Arena scratch; /* of one request */
    Repeats repeats;
    Programs programs;
} Session;

/* Copied by bytes: nothing is known of where they lie. */
bool row_calls_read(WireReader *reader, Answer *answers, size_t count) {
    Str bytes = wire_bytes(reader, count * sizeof(AnswerRecord));
    bool good = !reader->bad;
    for (size_t i = 0; i < count && good; i++) {
        AnswerRecord record;
        memcpy(&record, bytes.data + i * sizeof record, sizeof record);
        answers[i] = (Answer){.kind = (AnswerKind)record.kind};
        if (record.kind == ANSWER_NUMBER)
            answers[i].number = record.number;
        else if (record.kind == ANSWER_WHOLE)
            answers[i].whole = record.whole;
        good = record.kind <= ANSWER_FAILED && (record.kind != ANSWER_NUMBER || isfinite(record.number));
    }
    return good;
}

/* ---- running the file */

static int open_language(lua_State *L) {
    expr_open(L);
    calls_open(L);
    return 0;
}

static int open_tests(lua_State *L) {
    expr_open_tests(L);
    return 0;
}

static int open_jobs(lua_State *L) {
    expr_open_jobs(L);
    return 0;
}

/* Pushes the environment of a rule file. */
static int push_environment(lua_State *L) {
    sandbox_push(L);
    return 1;
}

static bool open_session(Session *session, WorkerChannel *channel, const RowCalls *job) {
    *session = (Session){.job = job, .channel = channel, .L = state_new(channel), .diag = diag_new()};
    lua_pushcfunction(session->L, open_language);
    return state_call(session->L, 0, 0, session->diag);
}

static Tree *run_file(Session *session, const Script *script) {
    lua_State *L = session->L;
    lua_pushcfunction(L, push_environment);
    if (!state_call(L, 0, 1, session->diag)) return NULL;
    int environment = lua_gettop(L);
    if (!state_load(L, script, environment, session->diag)) return NULL;
    if (!state_call(L, 0, LUA_MULTRET, session->diag)) return NULL;
    /* Lua leaves no room above many results, and a second one is wrong already. */
    if (lua_gettop(L) > environment + 2) lua_settop(L, environment + 2);
    int results = lua_gettop(L) - environment;
    Tree *tree = harvest_tree(L, results, session->kind, script, &session->arena, session->diag);
    lua_settop(L, environment - 1);
    return tree;
}

/* Runs the file that a request holds; its table goes to `reply`. False when the session cannot go on. */
static bool load_file(Session *session, Str request, Buffer *reply) {
    WireReader reader = {.bytes = request};
    Script script = {.path = wire_text(&reader)};
    script.source = wire_text(&reader);
    if (!wire_done(&reader)) {
        diag_add(session->diag, MESSAGE_WORKER_PROTOCOL, NULL, message_words(TEXT_PROTOCOL_RULES));
        return false;
    }
    Tree *tree = run_file(session, &script);
    if (tree) wire_add_tree(reply, tree);
    return tree != NULL;
}

void row_calls_load(WorkerChannel *channel, void *context) {
    Session session;
    Buffer request = {0}, reply = {0};
    bool open = open_session(&session, channel, NULL);
    if (context) {
        bool jobs = strcmp(context, ROW_CALLS_JOBS) == 0;
        session.kind = jobs ? EXPR_JOBS : EXPR_TESTS;
        lua_pushcfunction(session.L, jobs ? open_jobs : open_tests);
        open = open && state_call(session.L, 0, 0, session.diag);
    }
    while (worker_receive(channel, &request)) {
        reply.size = 0;
        open = open && load_file(&session, buffer_view(&request), &reply);
        worker_reply(channel, buffer_view(&reply), session.diag);
    }
}

/* ---- calling functions */

/* Errors in a request behind which rows get objects of their own. */
#define ERRORS 16

/* Its address is the key in the registry of what keep_watch pushed. */
static const char keep_key = 0;

/* Places on the stack of call_rest. */
enum { FUNCTION = 2, KEPT = 3 };

/* The calls of one request: of `function`, a number of the rule file, for rows of the dataset or for units of
 * `level`. */
typedef struct Calls {
    Session *session;
    uint32_t function, level, count, done;
    const char *units;   /* count numbers, in order of bytes as they came; NULL: 0, 1, 2, … */
    Place place;         /* where the function begins */
    AnswerRecord record; /* of the call under way */
    Buffer *reply;       /* the records */
    Keep keep;           /* once watching: what the function keeps */
    bool keeping;
    size_t errors;
    bool unseen; /* the last call raised an error: what it kept is yet to be looked for */
    Buffer complaints;
} Calls;

static uint32_t unit_of(const Calls *calls, uint32_t number) {
    uint32_t unit;
    if (!calls->units) return number;
    memcpy(&unit, calls->units + number * sizeof unit, sizeof unit);
    return unit;
}

static void complain(Calls *calls, Str message, const Place *place) {
    calls->record = (AnswerRecord){.kind = ANSWER_FAILED};
    wire_add_text(&calls->complaints, message);
    wire_add_text(&calls->complaints, place->file);
    wire_add_u32(&calls->complaints, place->line);
}

/* There is room for all. */
static void end_call(Calls *calls) {
    char *to = calls->reply->data + calls->reply->size;
    /* as it was written a moment ago: the processor has each half at hand */
    memcpy(to, &calls->record, sizeof(uint64_t));
    memcpy(to + sizeof(uint64_t), &calls->record.bits, sizeof(uint64_t));
    calls->reply->size += sizeof calls->record;
    calls->done++;
}

/* A whole number beyond 2^53 goes as it is: not all are doubles. */
static void take_number(lua_State *L, Calls *calls) {
    const lua_Integer most = (lua_Integer)1 << 53;
    double number = lua_tonumber(L, -1);
    lua_Integer whole = fabs(number) >= 0x1p53 && lua_isinteger(L, -1) ? lua_tointeger(L, -1) : 0;
    if (whole > most || whole < -most)
        calls->record = (AnswerRecord){.kind = ANSWER_WHOLE, .whole = whole};
    else if (isfinite(number))
        calls->record = (AnswerRecord){.kind = ANSWER_NUMBER, .number = number};
    else
        complain(calls, message_words(TEXT_GAVE_INFINITE), &calls->place);
}

static void refuse_value(lua_State *L, Calls *calls) {
    const char *op;
    size_t operands;
    bool formula = expr_test(L, -1, &op, &operands);
    Str message = formula ? message_words(TEXT_GAVE_FORMULA)
                          : message_both(&calls->session->scratch, TEXT_GAVE_OTHER, wording_type(L, -1));
    complain(calls, message, &calls->place);
}

/* What the function returned is on top of the stack. */
static void take_value(lua_State *L, Calls *calls) {
    switch (lua_type(L, -1)) {
    case LUA_TNUMBER:
        take_number(L, calls);
        break;
    case LUA_TNIL:
        calls->record = (AnswerRecord){.kind = ANSWER_NONE};
        break;
    case LUA_TBOOLEAN:
        calls->record = (AnswerRecord){.kind = lua_toboolean(L, -1) ? ANSWER_YES : ANSWER_NO};
        break;
    default:
        refuse_value(L, calls);
        break;
    }
}

static void push_unit(lua_State *L, const Calls *calls) {
    const RowCalls *job = calls->session->job;
    uint32_t unit = unit_of(calls, calls->done);
    if (calls->level == LEVEL_COUNT)
        objects_push_row(L, job->dataset, unit);
    else
        objects_push_children(L, job->results, (Level)calls->level, unit);
}

/* Pushes what keep_changed needs; watching begins with the request. */
static void push_keep(lua_State *L, Calls *calls) {
    if (!calls->keeping) {
        keep_watch(L, FUNCTION, &calls->keep);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &keep_key);
        calls->keeping = true;
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &keep_key);
}

/* One object for all rows, where the function cannot keep it; errors leave it, so that after some each row
 * gets its own. NULL: it may not be. */
static Current *begin_rows(lua_State *L, Calls *calls) {
    bool rows = calls->level == LEVEL_COUNT;
    bool free = keep_changed(L, KEPT, &calls->keep);
    calls->unseen = false;
    const RowCalls *job = calls->session->job;
    if (!rows || free || calls->errors >= ERRORS) return NULL;
    return current_begin(L, job->dataset, job->window, inward_only(L, FUNCTION));
}

/* What the function said of a row like this one, it says again. */
static bool repeat_answer(Calls *calls, const Current *current) {
    const AnswerRecord *answer =
        repeats_find(&calls->session->repeats, calls->function, current, unit_of(calls, calls->done));
    if (!answer) return false;
    calls->record = *answer;
    end_call(calls);
    return true;
}

/* Of the call that has ended. */
static void keep_answer(const Calls *calls, const Current *current) {
    if (calls->record.kind != ANSWER_FAILED)
        repeats_keep(&calls->session->repeats, calls->function, current, unit_of(calls, calls->done - 1),
                     &calls->record);
}

/* The function and its argument are on top of the stack. */
static void call_function(lua_State *L, Calls *calls, int top) {
    lua_call(L, 1, 1);
    take_value(L, calls);
    end_call(calls);
    lua_settop(L, top);
}

/* With a window nobody waits for the other answers once one is of no use. */
static bool goes_on(const Calls *calls) {
    const Window *window = calls->session->job->window;
    return calls->done < calls->count &&
           (!window || (calls->record.kind != ANSWER_FAILED && !window->missed));
}

/* Each row is that object, for as long as nothing may have been kept. */
static void call_rows(lua_State *L, Calls *calls, Current *current) {
    int top = lua_gettop(L);
    while (goes_on(calls)) {
        bool texts = current_is_texts(current);
        if (texts && repeat_answer(calls, current)) continue;
        clock_begin_call();
        lua_pushvalue(L, FUNCTION);
        current_push(L, current, unit_of(calls, calls->done));
        call_function(L, calls, top);
        if (keep_changed(L, KEPT, &calls->keep)) return;
        if (texts) keep_answer(calls, current);
    }
}

/* Stack: the Calls. Goes on until all are done, or one raises an error. */
static int call_rest(lua_State *L) {
    Calls *calls = lua_touserdata(L, 1);
    harvest_push_function(L, calls->function);
    push_keep(L, calls);
    Current *current = begin_rows(L, calls);
    if (current) call_rows(L, calls, current);
    bool own = !calls->session->job->window;
    for (int top = lua_gettop(L); own && goes_on(calls);) {
        clock_begin_call();
        lua_pushvalue(L, FUNCTION);
        push_unit(L, calls);
        call_function(L, calls, top);
    }
    return 0;
}

/* A call that ended with an error: false when it was by a limit, and then the error stays in the session's
 * list. */
static bool take_error(Calls *calls) {
    const DiagItem *item = diag_item(calls->session->diag, 0);
    if (item->message != MESSAGE_LUA_ERROR) return false;
    complain(calls, item->arguments[0], &item->place);
    end_call(calls);
    calls->errors++;
    calls->unseen = true;
    diag_clear(calls->session->diag);
    return true;
}

/* A word to be written later, and room for all records. */
static void begin_reply(const Calls *calls) {
    wire_add_u32(calls->reply, 0);
    buffer_reserve(calls->reply, calls->count * sizeof calls->record);
}

/* One protected call does for many rows; behind an error the next one begins. */
static bool answer_units(Calls *calls) {
    lua_State *L = calls->session->L;
    bool going = true;
    begin_reply(calls);
    while (going && (calls->done < calls->count || calls->unseen)) {
        lua_pushcfunction(L, call_rest);
        lua_pushlightuserdata(L, calls);
        going = state_call(L, 1, 0, calls->session->diag) || take_error(calls);
    }
    uint32_t kept = calls->keep.free;
    memcpy(calls->reply->data, &kept, sizeof kept);
    buffer_add(calls->reply, buffer_view(&calls->complaints));
    buffer_release(&calls->complaints);
    return going;
}

static void add_lacks(const Window *window, Buffer *reply) {
    uint32_t count = 0;
    for (size_t i = 0; i < window->columns; i++) count += window->lacks[i];
    wire_add_u32(reply, count);
    for (uint32_t i = 0; i < window->columns; i++)
        if (window->lacks[i]) wire_add_u32(reply, i);
}

/* As answer_units, but behind an error nothing is asked any more: it is only looked for what was kept. What
 * a call without all its cells did is void, errors too, unless it was to keep something. */
static bool answer_window(Calls *calls) {
    lua_State *L = calls->session->L;
    const Window *window = calls->session->job->window;
    bool going = true;
    begin_reply(calls);
    do {
        if (calls->unseen) calls->count = calls->done;
        lua_pushcfunction(L, call_rest);
        lua_pushlightuserdata(L, calls);
        going = state_call(L, 1, 0, calls->session->diag) || take_error(calls);
    } while (going && calls->unseen);
    if (!going) return false;
    bool failed = calls->record.kind == ANSWER_FAILED && !window->missed;
    bool unusual = failed || calls->keep.free || window->beyond;
    uint32_t state = unusual ? CALLS_UNUSUAL : window->missed ? CALLS_LACK : CALLS_ANSWERED;
    if (state != CALLS_ANSWERED) calls->reply->size = sizeof state;
    memcpy(calls->reply->data, &state, sizeof state);
    if (state == CALLS_LACK) add_lacks(window, calls->reply);
    buffer_release(&calls->complaints);
    return true;
}

/* Where the function's text begins, for results that are wrong; Lua knows the line. */
static bool find_function(Session *session, uint32_t function, Place *place) {
    lua_Debug about = {0};
    if (!harvest_push_function(session->L, function)) return false;
    lua_getinfo(session->L, ">S", &about);
    *place = (Place){.file = session->job->scripts[0].path};
    if (about.linedefined <= 0) return true;
    place->line = (uint32_t)about.linedefined;
    if (*about.source == '@') place->file = str_of(about.source + 1); /* perhaps another script's */
    return true;
}

static bool bad_request(Session *session) {
    diag_add(session->diag, MESSAGE_WORKER_PROTOCOL, NULL, message_words(TEXT_PROTOCOL_REQUEST));
    return false;
}

static bool units_exist(const Calls *calls) {
    const RowCalls *job = calls->session->job;
    if (calls->level != LEVEL_COUNT && (calls->level > LEVEL_COUNT || !job->results)) return false;
    size_t most = calls->level == LEVEL_COUNT ? dataset_rated_rows(job->dataset)
                                              : dataset_level_size(job->dataset, (Level)calls->level);
    for (uint32_t i = 0; i < calls->count; i++)
        if (unit_of(calls, i) >= most) return false;
    return true;
}

static bool answer_lines(Session *session, Buffer *reply) {
    if (!session->job->watched) return bad_request(session);
    lua_pushcfunction(session->L, watched_add_lines);
    lua_pushlightuserdata(session->L, &session->watched);
    lua_pushlightuserdata(session->L, reply);
    return state_call(session->L, 2, 0, session->diag);
}

static bool answer_rows(Session *session, Str request, Buffer *reply) {
    WireReader reader = {.bytes = request};
    Calls calls = {.session = session, .reply = reply, .level = LEVEL_COUNT};
    calls.function = wire_u32(&reader);
    calls.count = wire_u32(&reader);
    if (!window_read(session->job->window, &reader, calls.count) ||
        !find_function(session, calls.function, &calls.place))
        return bad_request(session);
    return answer_window(&calls);
}

/* False when the session cannot go on; the session's list then says why. */
static bool answer(Session *session, Str request, Buffer *reply) {
    WireReader reader = {.bytes = request};
    if (wire_u32(&reader) == ROW_CALLS_TRANSLATE) {
        uint32_t function = wire_u32(&reader);
        bool units = wire_u32(&reader) != 0;
        const RowCalls *job = session->job;
        if (!wire_done(&reader) || (units && !job->results)) return bad_request(session);
        programs_add(&session->programs, session->L, job->dataset, units ? job->results : NULL, job->plan,
                     function, reply);
        return true;
    }
    if (session->job->window) return answer_rows(session, request, reply);
    reader = (WireReader){.bytes = request};
    Calls calls = {.session = session, .reply = reply};
    calls.function = wire_u32(&reader);
    if (!reader.bad && calls.function == 0) return answer_lines(session, reply);
    calls.level = wire_u32(&reader);
    calls.count = wire_u32(&reader);
    calls.units = request.data + reader.at;
    bool whole = !reader.bad && request.size - reader.at == calls.count * sizeof(uint32_t);
    if (!whole || !units_exist(&calls) || !find_function(session, calls.function, &calls.place))
        return bad_request(session);
    return answer_units(&calls);
}

/* Stack: the plan. */
static int use_plan(lua_State *L) {
    expr_use_plan(L, lua_touserdata(L, 1));
    return 0;
}

static bool start_watching(Session *session) {
    session->watched = (Watched){.scripts = session->job->scripts, .count = session->job->script_count};
    lua_pushcfunction(session->L, watched_start);
    lua_pushlightuserdata(session->L, &session->watched);
    return state_call(session->L, 1, 0, session->diag);
}

static bool begin_calls(Session *session) {
    if (session->job->watched && !start_watching(session)) return false;
    lua_pushcfunction(session->L, use_plan);
    lua_pushlightuserdata(session->L, (void *)(uintptr_t)session->job->plan);
    return state_call(session->L, 1, 0, session->diag);
}

static bool run_files(Session *session) {
    for (size_t i = 0; i < session->job->script_count; i++) {
        if (!run_file(session, &session->job->scripts[i])) return false;
    }
    return true;
}

void row_calls_serve(WorkerChannel *channel, void *context) {
    Session session;
    Buffer request = {0}, reply = {0};
    bool open = open_session(&session, channel, context), begun = false;
    while (worker_receive(channel, &request)) {
        reply.size = 0;
        /* Not before there is a request: a file may need scripts, and only then is the parent there to read
         * them. */
        if (open && !begun) open = begun = run_files(&session) && begin_calls(&session);
        open = open && answer(&session, buffer_view(&request), &reply);
        worker_reply(channel, buffer_view(&reply), session.diag);
        arena_release(&session.scratch);
    }
}
