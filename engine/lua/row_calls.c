#include "lua/row_calls.h"

#include "lua/calls.h"
#include "lua/expr.h"
#include "lua/harvest.h"
#include "lua/objects.h"
#include "lua/sandbox.h"
#include "lua/state.h"
#include "lua/wording.h"

#include <lauxlib.h>

/* In the child; never freed: the child ends with _exit. */
typedef struct Session {
    const RowCalls *job;
    ExprFile kind;
    WorkerChannel *channel;
    lua_State *L;
    Diag *diag;
    Arena arena;
    Arena scratch; /* of one request */
} Session;

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
        session.kind = EXPR_TESTS;
        lua_pushcfunction(session.L, open_tests);
        open = open && state_call(session.L, 0, 0, session.diag);
    }
    while (worker_receive(channel, &request)) {
        reply.size = 0;
        open = open && load_file(&session, buffer_view(&request), &reply);
        worker_reply(channel, buffer_view(&reply), session.diag);
    }
}

/* ---- calling functions */

static void add_failure(Buffer *reply, Str message, const Place *place) {
    wire_add_u32(reply, ANSWER_FAILED);
    wire_add_text(reply, message);
    wire_add_text(reply, place->file);
    wire_add_u32(reply, place->line);
}

/* A row is `index` into the dataset, or a unit of `level`; `function` a number of the rule file. */
typedef struct RowCall {
    const Dataset *dataset;
    const Results *results;
    uint32_t function, level, index;
    Place place; /* where the function begins */
} RowCall;

/* Stack: the RowCall. Leaves what the function returned first. */
static int call_row(lua_State *L) {
    RowCall *call = lua_touserdata(L, 1);
    harvest_push_function(L, call->function);
    if (call->level == LEVEL_COUNT)
        objects_push_row(L, call->dataset, call->index);
    else
        objects_push_children(L, call->results, (Level)call->level, call->index);
    lua_call(L, 1, 1);
    return 1;
}

/* A call that ended without a result: false when it was by a limit, and then the error stays in the session's
 * list. */
static bool add_error(Session *session, Buffer *reply) {
    const DiagItem *item = diag_item(session->diag, 0);
    if (item->message != MESSAGE_LUA_ERROR) return false;
    add_failure(reply, item->arguments[0], &item->place);
    diag_clear(session->diag);
    return true;
}

static void add_wrong_result(Session *session, Buffer *reply, const RowCall *call) {
    lua_State *L = session->L;
    const char *op;
    size_t operands;
    bool formula = expr_test(L, -1, &op, &operands);
    Str message = formula ? message_words(TEXT_GAVE_FORMULA)
                          : message_both(&session->scratch, TEXT_GAVE_OTHER, wording_type(L, -1));
    add_failure(reply, message, &call->place);
}

static void add_number(Session *session, Buffer *reply, const RowCall *call) {
    Decimal number;
    Buffer text = {0};
    if (!state_number(session->L, -1, &number, &session->scratch)) {
        add_failure(reply, message_words(TEXT_GAVE_INFINITE), &call->place);
        return;
    }
    decimal_write(&text, &number);
    wire_add_u32(reply, ANSWER_NUMBER);
    wire_add_text(reply, buffer_view(&text));
    buffer_release(&text);
}

static void add_result(Session *session, Buffer *reply, const RowCall *call) {
    switch (lua_type(session->L, -1)) {
    case LUA_TNUMBER:
        add_number(session, reply, call);
        break;
    case LUA_TNIL:
        wire_add_u32(reply, ANSWER_NONE);
        break;
    case LUA_TBOOLEAN:
        wire_add_u32(reply, lua_toboolean(session->L, -1) ? ANSWER_YES : ANSWER_NO);
        break;
    default:
        add_wrong_result(session, reply, call);
        break;
    }
}

static bool answer_row(Session *session, RowCall *call, Buffer *reply) {
    lua_State *L = session->L;
    worker_begin_call(session->channel);
    lua_pushcfunction(L, call_row);
    lua_pushlightuserdata(L, call);
    if (!state_call(L, 1, 1, session->diag)) return add_error(session, reply);
    add_result(session, reply, call);
    lua_pop(L, 1);
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

/* False when the session cannot go on; the session's list then says why. */
static bool answer(Session *session, Str request, Buffer *reply) {
    WireReader reader = {.bytes = request};
    RowCall call = {.dataset = session->job->dataset, .results = session->job->results};
    call.function = wire_u32(&reader);
    call.level = wire_u32(&reader);
    uint32_t count = wire_u32(&reader);
    bool known = call.level == LEVEL_COUNT || (call.level < LEVEL_COUNT && call.results);
    if (reader.bad || !known || !find_function(session, call.function, &call.place))
        return bad_request(session);
    for (uint32_t i = 0; i < count; i++) {
        call.index = wire_u32(&reader);
        size_t most = call.level == LEVEL_COUNT ? dataset_rated_rows(call.dataset)
                                                : dataset_level_size(call.dataset, (Level)call.level);
        if (reader.bad || call.index >= most) return bad_request(session);
        if (!answer_row(session, &call, reply)) return false;
    }
    return true;
}

/* Stack: the plan. */
static int use_plan(lua_State *L) {
    expr_use_plan(L, lua_touserdata(L, 1));
    return 0;
}

static bool begin_calls(Session *session) {
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
