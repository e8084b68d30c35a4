#include "lua/sandbox.h"

#include "base/text.h"
#include "lua/lib_base.h"
#include "lua/lib_text.h"
#include "lua/readonly.h"
#include "lua/state.h"
#include "lua/wording.h"
#include "model/rollup.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

#ifndef REQUIRE_DEPTH
#define REQUIRE_DEPTH 8
#endif

/* Keys of the registry, by address. */
static const char names_key = 0, required_key = 0;

/* ---- the list */

#define PURE     "computes from its arguments alone"
#define READS    "reads what it is given"
#define CONSTANT "a constant"

static const SandboxName allowed[] = {
    {"assert", "stops the script with a message"},
    {"error", "stops the script with a message"},
    {"ipairs", READS},
    {"pairs", "reads a table in the order of its keys; stock order differs from run to run"},
    {"require", "runs scripts/NAME.lua, which the program reads, and gives what it returned, read-only"},
    {"select", PURE},
    {"tonumber", PURE},
    {"tostring", "without the addresses that stock Lua shows"},
    {"type", PURE},
    {"math.abs", PURE},
    {"math.acos", PURE},
    {"math.asin", PURE},
    {"math.atan", PURE},
    {"math.ceil", PURE},
    {"math.cos", PURE},
    {"math.deg", PURE},
    {"math.exp", PURE},
    {"math.floor", PURE},
    {"math.fmod", PURE},
    {"math.huge", CONSTANT},
    {"math.log", PURE},
    {"math.max", PURE},
    {"math.maxinteger", CONSTANT},
    {"math.min", PURE},
    {"math.mininteger", CONSTANT},
    {"math.modf", PURE},
    {"math.pi", CONSTANT},
    {"math.rad", PURE},
    {"math.sin", PURE},
    {"math.sqrt", PURE},
    {"math.tan", PURE},
    {"math.tointeger", PURE},
    {"math.type", PURE},
    {"math.ult", PURE},
    {"string.byte", PURE},
    {"string.char", PURE},
    {"string.find", "looks through texts of bounded size; time limits do the rest"},
    {"string.format", "without %p, and without the addresses of tables for %s"},
    {"string.gmatch", "looks through texts of bounded size; time limits do the rest"},
    {"string.gsub", "looks through texts of bounded size; time limits do the rest"},
    {"string.len", PURE},
    {"string.lower", "ASCII letters: the program sets no locale"},
    {"string.match", "looks through texts of bounded size; time limits do the rest"},
    {"string.rep", "makes texts of bounded size"},
    {"string.reverse", PURE},
    {"string.sub", PURE},
    {"string.upper", "ASCII letters: the program sets no locale"},
    {"table.concat", "lists of bounded size"},
    {"table.insert", "plain lists of bounded size"},
    {"table.pack", PURE},
    {"table.remove", "plain lists of bounded size"},
    {"table.sort", "stable; stock order of equal entries differs from run to run"},
    {"table.unpack", "lists of bounded size"},
    {"text.block", PURE},
    {"text.grouped", PURE},
    {"text.letters", PURE},
    {"text.markup", PURE},
    {"text.numbers", PURE},
    {"text.pad", PURE},
    {"text.sha256", PURE},
    {"text.tables", PURE},
    {"text.visible", PURE},
    {"text.width", PURE},
    {"text.wrap", PURE},
    {"utf8.char", PURE},
    {"utf8.charpattern", CONSTANT},
    {"utf8.codepoint", PURE},
    {"utf8.len", PURE},
    {"utf8.offset", PURE},
    {NULL, NULL},
};

const SandboxName *sandbox_names(void) { return allowed; }

/* Stock names that are absent, for those who look for them. */
static const struct {
    const char *name;
    MessageId reason;
} absent[] = {
    {"collectgarbage", TEXT_ABSENT_OUTSIDE},
    {"coroutine", TEXT_ABSENT_COROUTINE},
    {"debug", TEXT_ABSENT_OUTSIDE},
    {"dofile", TEXT_ABSENT_CODE},
    {"getmetatable", TEXT_ABSENT_METATABLE},
    {"io", TEXT_ABSENT_OUTSIDE},
    {"load", TEXT_ABSENT_CODE},
    {"loadfile", TEXT_ABSENT_CODE},
    {"loadstring", TEXT_ABSENT_CODE},
    {"next", TEXT_ABSENT_NEXT},
    {"os", TEXT_ABSENT_OUTSIDE},
    {"package", TEXT_ABSENT_OUTSIDE},
    {"pcall", TEXT_ABSENT_CATCHING},
    {"print", TEXT_ABSENT_PRINT},
    {"rawequal", TEXT_ABSENT_RAW},
    {"rawget", TEXT_ABSENT_RAW},
    {"rawlen", TEXT_ABSENT_RAW},
    {"rawset", TEXT_ABSENT_RAW},
    {"setmetatable", TEXT_ABSENT_METATABLE},
    {"unpack", TEXT_ABSENT_UNPACK},
    {"warn", TEXT_ABSENT_WARN},
    {"xpcall", TEXT_ABSENT_CATCHING},
    {"math.pow", TEXT_ABSENT_POW},
    {"math.random", TEXT_ABSENT_CHANCE},
    {"math.randomseed", TEXT_ABSENT_CHANCE},
    {"string.dump", TEXT_ABSENT_CODE},
    {"string.pack", TEXT_ABSENT_BINARY},
    {"string.packsize", TEXT_ABSENT_BINARY},
    {"string.unpack", TEXT_ABSENT_BINARY},
    {"table.getn", TEXT_ABSENT_LENGTH},
    {"table.maxn", TEXT_ABSENT_LENGTH},
    {"table.move", TEXT_ABSENT_MOVE},
    {"utf8.codes", TEXT_ABSENT_CODES},
};

/* In both wordings; empty for a name that stock Lua has not either. */
static Str why_absent(const char *name) {
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        if (strcmp(absent[i].name, name) == 0) return message_words(absent[i].reason);
    return (Str){0};
}

/* ---- names that are not there */

/* The name in the table at `table` nearest to that at `name`; its memory is the table's. */
static Str nearest_name(lua_State *L, int table, int name) {
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) count++;
    Str *words = lua_newuserdatauv(L, (count + 1) * sizeof *words, 0), wanted;
    count = 0;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING) {
            words[count].data = lua_tolstring(L, -2, &words[count].size);
            count++;
        }
    wanted.data = lua_tolstring(L, name, &wanted.size);
    return text_nearest(wanted, words, count);
}

/* A name that stands for a choice in the rules, where a text belongs: mode = half_up. */
static bool is_choice(Str name) {
    Rounding mode;
    MissingChild policy;
    return rounding_find(name, &mode) || missing_child_find(name, &policy) || str_is(name, "normalised");
}

/* __index of a table of names. Upvalue: "" for the environment, "math." for the library. */
static int unknown_name(lua_State *L) {
    const char *library = lua_tostring(L, lua_upvalueindex(1));
    if (lua_type(L, 2) != LUA_TSTRING)
        return state_raise(L, TEXT_NAMED_ONLY, str_of(*library ? library : "_ENV"));
    const char *name = lua_pushfstring(L, "%s%s", library, lua_tostring(L, 2));
    Str reason = why_absent(name), near = nearest_name(L, 1, 2);
    if (reason.size) return state_raise(L, TEXT_UNAVAILABLE, str_of(name), reason);
    if (!*library && is_choice(str_of(name))) return state_raise(L, TEXT_NAME_IS_TEXT, str_of(name));
    if (near.size == 0) return state_raise(L, TEXT_UNKNOWN_NAME, str_of(name));
    near = str_of(lua_pushfstring(L, "%s%s", library, near.data));
    return state_raise(L, TEXT_UNKNOWN_NAME_NEAR, str_of(name), near);
}

/* Gives the table on top of the stack the __index above. */
static void guard_names(lua_State *L, const char *library) {
    lua_createtable(L, 0, 2);
    lua_pushstring(L, library);
    lua_pushcclosure(L, unknown_name, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
}

static int refuse_global(lua_State *L) {
    if (lua_type(L, 2) != LUA_TSTRING) return state_raise_plain(L, TEXT_GLOBAL_ENTRY);
    return state_raise(L, TEXT_GLOBAL, str_of(lua_tostring(L, 2)));
}

/* ---- require */

/* How many calls of `require` are running; true in *loading when the main chunk of the script named at
 * `chunk` is among what runs: it requires itself. */
static int count_requires(lua_State *L, lua_CFunction require, const char *chunk, bool *loading) {
    lua_Debug record;
    int depth = 0;
    for (int level = 0; lua_getstack(L, level, &record); level++) {
        lua_getinfo(L, "Sf", &record);
        depth += lua_tocfunction(L, -1) == require;
        lua_pop(L, 1);
        if (strcmp(record.what, "main") == 0 && strcmp(record.source, chunk) == 0) *loading = true;
    }
    return depth;
}

static void refuse_result(lua_State *L, const Script *script) {
    diag_add(state_diag(L), MESSAGE_SCRIPT_RESULT, NULL, script->path, message_words(TEXT_RESULT_TABLE),
             wording_type(L, -1));
    state_raise_diag(L);
}

static void refuse_depth(lua_State *L) {
    diag_add(state_diag(L), MESSAGE_REQUIRE_DEPTH, NULL, state_push_count(L, REQUIRE_DEPTH));
    state_raise_diag(L);
}

/* Asks the program for the script and pushes what it returned. */
static void run_required(lua_State *L, Str name, lua_CFunction require) {
    Script script;
    if (!worker_script(state_channel(L), "", name, state_arena(L), &script, state_diag(L)))
        state_raise_diag(L);
    const char *chunk = lua_pushfstring(L, "@%s", script.path.data);
    bool loading = false;
    int depth = count_requires(L, require, chunk, &loading);
    if (loading) state_raise(L, TEXT_REQUIRE_CIRCLE, script.path);
    if (depth > REQUIRE_DEPTH) refuse_depth(L);
    sandbox_push(L);
    if (!state_load(L, &script, -1, state_diag(L))) state_raise_diag(L);
    lua_call(L, 0, 1);
    if (lua_type(L, -1) != LUA_TTABLE) refuse_result(L, &script);
    readonly_push(L, script.path.data);
}

static int require_script(lua_State *L) {
    Str name;
    luaL_checktype(L, 1, LUA_TSTRING);
    name.data = lua_tolstring(L, 1, &name.size);
    if (state_channel(L)) state_count_require(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &required_key);
    lua_pushvalue(L, 1);
    if (lua_rawget(L, -2) != LUA_TNIL) return 1;
    if (!state_channel(L)) return state_raise_plain(L, TEXT_REQUIRE_NONE);
    run_required(L, name, require_script);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -2);
    lua_rawset(L, 2);
    return 1;
}

/* ---- building */

/* Without these, Lua would read "10" + 1 as a number. */
static int refuse_arithmetic(lua_State *L) { return state_raise_plain(L, TEXT_TEXT_ARITHMETIC); }

static const char *const arithmetic[] = {"__add", "__sub", "__mul", "__div",
                                         "__mod", "__pow", "__unm", "__idiv"};

/* The metatable that all texts share; the library is on top of the stack. */
static void set_text_metatable(lua_State *L) {
    lua_pushliteral(L, "");
    lua_newtable(L);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    for (size_t i = 0; i < sizeof arithmetic / sizeof *arithmetic; i++) {
        lua_pushcfunction(L, refuse_arithmetic);
        lua_setfield(L, -2, arithmetic[i]);
    }
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

static int push_text_library(lua_State *L) {
    lib_text_push(L);
    return 1;
}

static int push_base(lua_State *L) {
    luaopen_base(L);
    lua_pushcfunction(L, require_script);
    lua_setfield(L, -2, "require");
    return 1;
}

static const luaL_Reg libraries[] = {
    {"", push_base},           {"math.", luaopen_math},      {"string.", luaopen_string},
    {"table.", luaopen_table}, {"text.", push_text_library}, {"utf8.", luaopen_utf8},
};

/* From the table at `stock` into the one on top of the stack. */
static void take_over(lua_State *L, int stock, const char *full_name, const char *name) {
    lua_CFunction replacement = lib_base_find(full_name);
    lua_getfield(L, stock, name);
    if (replacement) lua_pushcclosure(L, replacement, 1);
    lua_setfield(L, -2, name);
}

static bool is_of(const SandboxName *entry, const char *library, size_t prefix) {
    return prefix ? strncmp(entry->name, library, prefix) == 0 : !strchr(entry->name, '.');
}

/* Pushes a table with the allowed names of one library. */
static void push_allowed(lua_State *L, const luaL_Reg *library) {
    size_t prefix = strlen(library->name);
    const SandboxName *first = allowed, *end; /* the names of a library stand together */
    while (!is_of(first, library->name, prefix)) first++;
    for (end = first; end->name && is_of(end, library->name, prefix);) end++;
    lua_pushcfunction(L, library->func);
    lua_call(L, 0, 1);
    int stock = lua_gettop(L);
    lua_createtable(L, 0, (int)(end - first));
    for (const SandboxName *entry = first; entry < end; entry++)
        take_over(L, stock, entry->name, entry->name + prefix);
    lua_remove(L, stock);
}

/* Adds a library to the table of names below it. */
static void add_library(lua_State *L, const luaL_Reg *library) {
    push_allowed(L, library);
    guard_names(L, library->name);
    if (library->func == luaopen_string) set_text_metatable(L);
    const char *name = lua_pushlstring(L, library->name, strlen(library->name) - 1);
    lua_insert(L, -2);
    readonly_push_flat(L, name);
    lua_rawset(L, -3);
}

void sandbox_open(lua_State *L) {
    push_allowed(L, &libraries[0]);
    for (size_t i = 1; i < sizeof libraries / sizeof *libraries; i++) add_library(L, &libraries[i]);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &names_key);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &required_key);
    lua_newtable(L); /* what luaopen_base filled */
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

/* Pushes the table of the state's names. */
static void push_shared(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &names_key) == LUA_TTABLE) return;
    lua_pop(L, 1);
    sandbox_open(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &names_key);
}

/* Pushes a copy of the state's names. */
static void push_names(lua_State *L) {
    push_shared(L);
    lua_createtable(L, 0, 32);
    for (lua_pushnil(L); lua_next(L, -3);) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -4);
    }
    lua_remove(L, -2);
}

/* An empty table, so that every write meets __newindex; the names are behind it. */
void sandbox_push(lua_State *L) {
    luaL_checkstack(L, 10, NULL);
    lua_newtable(L);
    lua_createtable(L, 0, 3);
    push_names(L);
    guard_names(L, "");
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_global);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

bool sandbox_is_environment(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TTABLE || !lua_getmetatable(L, index)) return false;
    lua_getfield(L, -1, "__newindex");
    bool environment = lua_tocfunction(L, -1) == refuse_global;
    lua_pop(L, 2);
    return environment;
}

void sandbox_add(lua_State *L, int environment, const char *name) {
    lua_getmetatable(L, environment);
    lua_getfield(L, -1, "__index");
    lua_pushstring(L, name);
    lua_pushvalue(L, -4);
    lua_rawset(L, -3);
    lua_pop(L, 3);
}

void sandbox_share(lua_State *L, const char *name) {
    push_shared(L);
    lua_pushstring(L, name);
    lua_pushvalue(L, -3);
    lua_rawset(L, -3);
    lua_pop(L, 2);
}
