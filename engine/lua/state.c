#include "lua/state.h"

#include "base/memory.h"
#include "base/text.h"
#include "lua/clock.h"
#include "lua/describe.h"
#include "lua/shipped.h"
#include "lua/stray.h"
#include "lua/wording.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MEBIBYTE               ((size_t)1024 * 1024)
#define MEMORY_WITHOUT_CHANNEL (64 * MEBIBYTE)
/* Percent of the memory in use at which a collection begins; near the cap one does whatever this says. */
#define GC_PAUSE 1000
/* KiB that a script asks for before anything is collected: most end with less. */
#define GC_BEGIN 2048

/* Whether this request for memory is refused though there is room: never, but in a build that looks for
 * faults (tests/faults). */
#ifndef STATE_REFUSES
#define STATE_REFUSES() false
#endif

typedef struct Loaded {
    Str shown; /* as Lua's messages name it: cut in front when it is long */
    Script script;
    struct Loaded *before;
} Loaded;

/* The failure under way and where it happened: filled by the message handler, which still sees the stack. */
typedef struct Failure {
    enum { FAILURE_TEXT, FAILURE_LIMIT, FAILURE_DIAG } kind;
    Buffer text;
    Place place;
} Failure;

typedef struct State {
    WorkerChannel *channel;
    lua_State *L;
    size_t used, most; /* bytes */
    Place refused;     /* where memory last ran out; line 0: in no script */
    MemoryPool pool;
    Arena arena;
    Loaded *loaded;
    Diag *diag;
    Failure failure;
    size_t requires;
} State;

/* Its address is the error value of state_raise_diag. */
static const char diag_value = 0;

/* The error value of state_raise: a userdata with this metatable. No script can make one, so the byte between
 * the wordings comes from C only. */
#define RAISED "perfeval.raised"

typedef struct Raised {
    size_t size;
    char words[2 * DESCRIBE_LIMIT + 1];
} Raised;

static State *state_of(lua_State *L) { return *(State **)lua_getextraspace(L); }

/* ---- life */

static Place running_place(lua_State *L);
static Place place_for_clock(void *L) { return running_place(L); }

/* Lua asks once more after a collection; it has saved the place of the running instruction before each. */
static void *allocate(void *context, void *block, size_t old_size, size_t size) {
    State *state = context;
    size_t held = block ? old_size : 0; /* without a block Lua passes a type there */
    if (size > held && (STATE_REFUSES() || size - held > state->most - state->used)) {
        if (state->L) state->refused = running_place(state->L);
        return NULL;
    }
    state->used = state->used - held + size;
    return memory_pool_resize(&state->pool, block, held, size);
}

static int panic(lua_State *L) {
    bool memory = lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "not enough memory") == 0;
    _exit(memory ? MEMORY_EXIT_CODE : EXIT_INTERNAL);
}

static void release(State *state) {
    buffer_release(&state->failure.text);
    diag_free(state->diag);
    arena_release(&state->arena);
    memory_pool_release(&state->pool);
    memory_free(state);
}

lua_State *state_new(WorkerChannel *channel) {
    State *state = memory_new(1, sizeof *state);
    state->most = channel ? worker_channel_limits(channel)->memory_bytes : MEMORY_WITHOUT_CHANNEL;
    state->diag = diag_new();
    lua_State *L = lua_newstate(allocate, state);
    if (!L && channel) _exit(MEMORY_EXIT_CODE);
    if (!L) return release(state), NULL;
    *(State **)lua_getextraspace(L) = state;
    state->L = L;
    lua_atpanic(L, panic);
    lua_gc(L, LUA_GCINC, GC_PAUSE, 0, 0);
    lua_gc(L, LUA_GCSTEP, -GC_BEGIN); /* a step the other way: so much is owed to the script */
    if (channel) state_join(L, channel);
    return L;
}

void state_join(lua_State *L, WorkerChannel *channel) {
    State *state = state_of(L);
    state->channel = channel;
    state->most = worker_channel_limits(channel)->memory_bytes;
    if (state->most < state->used) state->most = state->used;
    worker_watch(channel, L, place_for_clock);
}

void state_close(lua_State *L) {
    State *state = state_of(L);
    lua_close(L);
    release(state);
}

WorkerChannel *state_channel(lua_State *L) { return state_of(L)->channel; }

Arena *state_arena(lua_State *L) { return &state_of(L)->arena; }

size_t state_requires(lua_State *L) { return state_of(L)->requires; }

void state_count_require(lua_State *L) { state_of(L)->requires ++; }

/* ---- places */

static Str line_of(Str source, uint32_t line) {
    size_t from = 0;
    for (; line > 1 && from < source.size; line--) from = str_find(source, '\n', from) + 1;
    if (from > source.size) from = source.size;
    Str text = str_slice(source, from, str_find(source, '\n', from));
    return str_ends(text, STR("\r")) ? str_slice(text, 0, text.size - 1) : text;
}

/* Lua tells lines only: what stands on the line is marked as a whole. */
static Place place_at(const Loaded *loaded, uint32_t line) {
    Str text = line_of(loaded->script.source, line), trimmed = str_trim(text);
    size_t indent = trimmed.size ? (size_t)(trimmed.data - text.data) : 0, span = text_length(trimmed);
    return (Place){.file = loaded->script.path,
                   .line = line,
                   .column = (uint32_t)indent + 1,
                   .span = span ? (uint32_t)span : 1,
                   .source = text};
}

/* Bytes of ":12: " behind the name in front of a message, 0 when that does not follow. */
static size_t read_line(Str text, uint32_t *line) {
    size_t at = 1;
    uint64_t number = 0;
    if (!str_starts(text, STR(":"))) return 0;
    for (; at < text.size && at < 10 && text.data[at] >= '0' && text.data[at] <= '9'; at++)
        number = number * 10 + (uint64_t)(text.data[at] - '0');
    if (at == 1 || at >= text.size || text.data[at] != ':') return 0;
    *line = (uint32_t)number;
    return at + 1 < text.size && text.data[at + 1] == ' ' ? at + 2 : at + 1;
}

Place state_place(lua_State *L, Str *message) {
    const Loaded *found = NULL;
    size_t used = 0;
    uint32_t line = 0, number = 0;
    for (const Loaded *loaded = state_of(L)->loaded; loaded; loaded = loaded->before) {
        if (!str_starts(*message, loaded->shown) || (found && found->shown.size >= loaded->shown.size))
            continue;
        size_t size = read_line(str_slice(*message, loaded->shown.size, message->size), &number);
        if (!size) continue;
        found = loaded;
        used = loaded->shown.size + size;
        line = number;
    }
    if (!found) return (Place){0};
    *message = str_slice(*message, used, message->size);
    return place_at(found, line);
}

static Place place_of(lua_State *L, const lua_Debug *record) {
    for (const Loaded *loaded = state_of(L)->loaded; loaded; loaded = loaded->before)
        if (str_is(loaded->shown, record->short_src)) return place_at(loaded, (uint32_t)record->currentline);
    return (Place){0};
}

/* Where the innermost running Lua function stands. */
static Place running_place(lua_State *L) {
    lua_Debug record;
    for (int level = 0; lua_getstack(L, level, &record); level++) {
        lua_getinfo(L, "Sl", &record);
        if (record.currentline > 0) return place_of(L, &record);
    }
    return (Place){0};
}

/* ---- errors */

/* Both wordings, each visible and not too long. */
static void add_words(Buffer *out, MessageId text, const Str *arguments, size_t count) {
    Buffer words = {0};
    message_fill_both(&words, text, arguments, count);
    describe_text(out, message_part(buffer_view(&words), LANGUAGE_EN));
    buffer_add(out, STR(MESSAGE_WORDS("", "")));
    describe_text(out, message_part(buffer_view(&words), LANGUAGE_KO));
    buffer_release(&words);
}

int state_raise_list(lua_State *L, MessageId text, const Str *arguments, size_t count) {
    Raised *raised = lua_newuserdatauv(L, sizeof *raised, 0);
    luaL_newmetatable(L, RAISED);
    lua_setmetatable(L, -2);
    Buffer words = {0}; /* released before lua_error, which does not come back */
    add_words(&words, text, arguments, count);
    raised->size = words.size;
    memcpy(raised->words, words.data, words.size);
    buffer_release(&words);
    return lua_error(L);
}

int state_raise_plain(lua_State *L, MessageId text) { return state_raise_list(L, text, NULL, 0); }

int state_refuse(lua_State *L, int argument, MessageId text) {
    lua_Debug record = {0};
    if (lua_getstack(L, 0, &record)) lua_getinfo(L, "n", &record);
    Str name = str_of(record.name ? record.name : "?");
    bool method = record.namewhat && strcmp(record.namewhat, "method") == 0;
    if (method && argument == 1) return state_raise(L, TEXT_LUA_BAD_SELF, name, message_words(text));
    Str number = state_push_count(L, (size_t)(argument - method));
    return state_raise(L, TEXT_LUA_BAD_ARGUMENT, number, name, message_words(text));
}

Str state_push_count(lua_State *L, size_t count) {
    Str text;
    lua_pushfstring(L, "%I", (LUAI_UACINT)count);
    text.data = lua_tolstring(L, -1, &text.size);
    return text;
}

Diag *state_diag(lua_State *L) {
    State *state = state_of(L);
    diag_clear(state->diag);
    return state->diag;
}

int state_raise_diag(lua_State *L) {
    lua_pushlightuserdata(L, (void *)&diag_value);
    return lua_error(L);
}

static bool is_diag_value(lua_State *L, int index) {
    return lua_islightuserdata(L, index) && lua_touserdata(L, index) == (const void *)&diag_value;
}

/* An error value that is no text. */
static void note_value(lua_State *L, Failure *failure) {
    const Raised *raised = luaL_testudata(L, 1, RAISED);
    if (raised) {
        buffer_add(&failure->text, (Str){raised->words, raised->size});
        return;
    }
    Buffer shown = {0};
    describe_value(L, 1, &shown);
    if (lua_type(L, 1) == LUA_TNUMBER)
        buffer_add(&failure->text, buffer_view(&shown));
    else
        add_words(&failure->text, TEXT_ERROR_VALUE, (const Str[]){buffer_view(&shown)}, 1);
    buffer_release(&shown);
}

/* Lua's own message, or what a script gave to `error`. */
static void add_message(Buffer *out, Str message) {
    Buffer shown = {0};
    describe_text(&shown, message);
    wording_add(out, buffer_view(&shown));
    buffer_release(&shown);
}

static void note_text(lua_State *L, Failure *failure) {
    Str text = {0};
    text.data = lua_tolstring(L, 1, &text.size);
    Place place = state_place(L, &text);
    if (place.line) failure->place = place;
    add_message(&failure->text, text);
}

/* Runs where the error was raised, with the limits still on. The text goes to a buffer of C's: no memory of a
 * state that may have none. */
static int note_failure(lua_State *L) {
    Failure *failure = &state_of(L)->failure;
    failure->text.size = 0;
    failure->place = running_place(L);
    failure->kind = FAILURE_TEXT;
    if (clock_raised(L, 1))
        failure->kind = FAILURE_LIMIT;
    else if (is_diag_value(L, 1))
        failure->kind = FAILURE_DIAG;
    else if (lua_type(L, 1) == LUA_TSTRING)
        note_text(L, failure);
    else
        note_value(L, failure);
    return 1;
}

static void report_diag(State *state, Diag *diag) {
    for (size_t i = 0; i < diag_count(state->diag); i++) {
        const DiagItem *item = diag_item(state->diag, i);
        const Place *place = item->place.file.size ? &item->place : &state->failure.place;
        diag_add_list(diag, item->message, place, item->arguments, item->argument_count);
        diag_hint_copy(diag, item->hint);
    }
}

static void report_limit(State *state, Diag *diag) {
    bool whole = clock_stopped() != CLOCK_CALL;
    limits_add_cpu(diag, worker_channel_limits(state->channel), whole, &state->failure.place, STR(""));
}

/* Lua calls no handler when memory runs out: what the allocator saw last is where it happened. Outside a
 * running script the function called is all that is known; it is on top of the stack. */
static void report_memory(lua_State *L, Diag *diag) {
    State *state = state_of(L);
    WorkerLimits limits = {.memory_bytes = state->most};
    char where[LUA_IDSIZE + 40] = "";
    lua_Debug record = {0};
    if (!state->refused.line && lua_type(L, -1) == LUA_TFUNCTION) {
        lua_pushvalue(L, -1);
        lua_getinfo(L, ">S", &record);
        if (record.linedefined >= 0) snprintf(where, sizeof where, " (%s)", record.short_src);
    }
    limits_add_memory(diag, &limits, &state->refused, str_of(where));
}

/* An error in the handler itself, for example at the end of the C stack; the value is on top of the stack. */
static void report_handler(lua_State *L, Diag *diag) {
    Buffer *text = &state_of(L)->failure.text;
    text->size = 0;
    describe_value(L, -1, text);
    diag_add(diag, MESSAGE_LUA_ERROR, NULL, buffer_view(text));
}

static void report_text(State *state, Diag *diag) {
    Place place = state->failure.place;
    Stray cause;
    bool known = stray_name(buffer_view(&state->failure.text), &place, &cause);
    diag_add(diag, MESSAGE_LUA_ERROR, &place, buffer_view(&state->failure.text));
    if (known) diag_hint_list(diag, cause.hint, cause.arguments, cause.count);
}

static void report_raised(State *state, Diag *diag) {
    switch (state->failure.kind) {
    case FAILURE_LIMIT:
        report_limit(state, diag);
        break;
    case FAILURE_DIAG:
        report_diag(state, diag);
        break;
    case FAILURE_TEXT:
        report_text(state, diag);
        break;
    }
}

/* ---- scripts */

static Str without_mark(Str source) {
    Str mark = STR("\xEF\xBB\xBF");
    return str_starts(source, mark) ? str_slice(source, mark.size, source.size) : source;
}

bool state_source(lua_State *L, size_t number, Str *source) {
    const Loaded *loaded = state_of(L)->loaded;
    for (; loaded && number > 0; number--) loaded = loaded->before;
    if (loaded) *source = without_mark(loaded->script.source);
    return loaded != NULL;
}

static void keep_source(lua_State *L, const Script *script) {
    State *state = state_of(L);
    lua_Debug record;
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">S", &record);
    Loaded *loaded = arena_new(&state->arena, 1, sizeof *loaded);
    loaded->shown = arena_copy(&state->arena, str_of(record.short_src));
    loaded->script.path = arena_copy(&state->arena, script->path);
    loaded->script.source = arena_copy(&state->arena, script->source);
    loaded->before = state->loaded;
    state->loaded = loaded;
}

/* An empty chunk under the script's name: what Lua makes of a long name is asked, not imitated. */
static bool keep_name(lua_State *L, const char *name, const Script *script) {
    if (luaL_loadbufferx(L, "", 0, name, "t") != LUA_OK) return false;
    keep_source(L, script);
    lua_pop(L, 1);
    return true;
}

static void report_syntax(lua_State *L, Str source, Diag *diag) {
    Str message = {0};
    message.data = lua_tolstring(L, -1, &message.size);
    Place place = state_place(L, &message);
    Buffer *text = &state_of(L)->failure.text;
    Stray cause;
    bool known = stray_find(&state_of(L)->arena, source, message, &place, &cause);
    text->size = 0;
    add_message(text, stray_shown(&state_of(L)->arena, message, &place));
    diag_add(diag, MESSAGE_LUA_SYNTAX, &place, buffer_view(text));
    if (known) diag_hint_list(diag, cause.hint, cause.arguments, cause.count);
}

/* As Lua wants the name of a file. */
static const char *chunk_name(Arena *arena, Str path) {
    Buffer name = {0};
    buffer_add_char(&name, '@');
    buffer_add(&name, path);
    Str kept = arena_copy(arena, buffer_view(&name));
    buffer_release(&name);
    return kept.data;
}

bool state_load(lua_State *L, const Script *script, int environment, Diag *diag) {
    State *state = state_of(L);
    int globals = lua_absindex(L, environment);
    const char *name = chunk_name(&state->arena, script->path);
    Str source = without_mark(script->source);
    int status = keep_name(L, name, script) ? shipped_load(L, source, name) : LUA_ERRMEM;
    if (status == LUA_OK) {
        lua_pushvalue(L, globals);
        lua_setupvalue(L, -2, 1); /* a main chunk's first upvalue is _ENV */
        return true;
    }
    if (status == LUA_ERRMEM)
        report_memory(L, diag);
    else
        report_syntax(L, source, diag);
    lua_pop(L, 1);
    return false;
}

bool state_call(lua_State *L, int arguments, int results, Diag *diag) {
    int base = lua_gettop(L) - arguments;
    clock_inside(NULL);
    lua_pushcfunction(L, note_failure);
    lua_insert(L, base);
    lua_pushvalue(L, base + 1); /* the function once more, for report_memory */
    lua_insert(L, base + 1);
    int status = lua_pcall(L, arguments, results, base);
    if (status == LUA_OK) {
        lua_remove(L, base);
        lua_remove(L, base);
        return true;
    }
    if (status == LUA_ERRMEM) {
        lua_settop(L, base + 1);
        report_memory(L, diag);
    } else if (status == LUA_ERRRUN)
        report_raised(state_of(L), diag);
    else
        report_handler(L, diag);
    lua_settop(L, base - 1);
    return false;
}
