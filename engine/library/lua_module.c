/* lua_module - `require "perfeval"` for a stock Lua 5.4: perfeval.h as a module.
 *
 *   local perfeval = require("perfeval")
 *   local office, messages = perfeval.evaluate("rules/2019.lua", { data = "x.csv", params = { limit = "85" }
 * })
 *
 * It is a guest of that Lua and knows no other room than the public header: the scripts of perfeval run in
 * the library's own Lua. engine/packaging/examples/perfeval.lua says what each function takes and answers.
 */
#include "library/perfeval.h"

#include <lauxlib.h>
#include <string.h>

#define CLASS "perfeval.Evaluation"

int luaopen_perfeval(lua_State *L);

typedef struct Evaluation {
    Perfeval *perfeval; /* NULL: closed */
} Evaluation;

static const char *const level_names[] = {"bureau", "department", "project", "indicator", NULL};

static Perfeval *check_open(lua_State *L) {
    Evaluation *evaluation = luaL_checkudata(L, 1, CLASS);
    luaL_argcheck(L, evaluation->perfeval, 1, "closed");
    return evaluation->perfeval;
}

/* ---- values */

static void set_text(lua_State *L, const char *key, const char *text) {
    if (!text) return;
    lua_pushstring(L, text);
    lua_setfield(L, -2, key);
}

/* 0 stands for none. */
static void set_whole(lua_State *L, const char *key, size_t number) {
    if (!number) return;
    lua_pushinteger(L, (lua_Integer)number);
    lua_setfield(L, -2, key);
}

static void push_message(lua_State *L, const PerfevalMessage *message) {
    static const char *const severities[] = {"error", "warning", "note"};
    lua_createtable(L, 0, 10);
    set_text(L, "code", message->code);
    set_text(L, "severity", severities[message->severity]);
    set_text(L, "file", message->file);
    set_whole(L, "line", message->line);
    set_whole(L, "column", message->column);
    set_text(L, "cell", message->cell);
    set_text(L, "text", message->text[PERFEVAL_EN]);
    set_text(L, "text_ko", message->text[PERFEVAL_KO]);
    set_text(L, "drawn", message->drawn[PERFEVAL_EN]);
    set_text(L, "drawn_ko", message->drawn[PERFEVAL_KO]);
}

static void push_messages(lua_State *L, const Perfeval *perfeval) {
    size_t count = perfeval_message_count(perfeval);
    lua_newtable(L);
    for (size_t i = 0; i < count; i++) {
        push_message(L, perfeval_message(perfeval, i));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* nil, the messages, the exit code of the program */
static int refuse(lua_State *L, const Perfeval *perfeval) {
    luaL_pushfail(L);
    push_messages(L, perfeval);
    lua_pushinteger(L, perfeval_exit_code(perfeval));
    return 3;
}

static void push_unit(lua_State *L, const PerfevalUnit *unit) {
    lua_createtable(L, 0, 11);
    set_text(L, "name", unit->name);
    if (unit->parent != PERFEVAL_NONE) set_whole(L, "parent", unit->parent + 1);
    if (unit->rate_text) {
        lua_pushnumber(L, unit->rate);
        lua_setfield(L, -2, "rate");
    }
    set_text(L, "rate_text", unit->rate_text);
    set_text(L, "exact", unit->exact);
    set_text(L, "printed", unit->printed);
    set_text(L, "missing", unit->missing);
    set_text(L, "verdict", unit->verdict);
    set_text(L, "verdict_name", unit->verdict_name);
    set_whole(L, "row", unit->row);
    set_whole(L, "line", unit->line);
}

/* ---- methods */

static int title(lua_State *L) {
    lua_pushstring(L, perfeval_title(check_open(L)));
    return 1;
}

static int messages(lua_State *L) {
    push_messages(L, check_open(L));
    return 1;
}

static int verdicts(lua_State *L) {
    const Perfeval *perfeval = check_open(L);
    lua_newtable(L);
    for (size_t i = 0; i < perfeval_verdict_count(perfeval); i++) {
        const PerfevalVerdict *verdict = perfeval_verdict(perfeval, i);
        lua_createtable(L, 0, 3);
        set_text(L, "key", verdict->key);
        set_text(L, "name", verdict->name);
        lua_pushinteger(L, (lua_Integer)verdict->projects);
        lua_setfield(L, -2, "projects");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static PerfevalLevel check_level(lua_State *L, int index) {
    return (PerfevalLevel)luaL_checkoption(L, index, NULL, level_names);
}

static int units(lua_State *L) {
    Perfeval *perfeval = check_open(L);
    PerfevalLevel level = check_level(L, 2);
    size_t count = perfeval_count(perfeval, level);
    lua_newtable(L);
    for (size_t i = 0; i < count; i++) {
        const PerfevalUnit *unit = perfeval_unit(perfeval, level, i);
        if (!unit) return refuse(L, perfeval);
        push_unit(L, unit);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int cell(lua_State *L) {
    Perfeval *perfeval = check_open(L);
    lua_Integer number = luaL_checkinteger(L, 2);
    const char *column = luaL_checkstring(L, 3);
    const PerfevalCell *found = number > 0 ? perfeval_cell(perfeval, (size_t)number - 1, column) : NULL;
    if (!found) return luaL_pushfail(L), 1;
    lua_createtable(L, 0, 5);
    set_text(L, "file", found->file);
    set_whole(L, "line", found->line);
    set_whole(L, "column", found->column);
    set_text(L, "cell", found->cell);
    set_text(L, "text", found->text);
    return 1;
}

static int render(lua_State *L) {
    Perfeval *perfeval = check_open(L);
    const char *format = luaL_checkstring(L, 2), *report = luaL_optstring(L, 3, NULL);
    size_t size;
    const char *bytes = perfeval_render(perfeval, format, report, &size);
    if (!bytes) return refuse(L, perfeval);
    lua_pushlstring(L, bytes, size);
    return 1;
}

static int level_table(lua_State *L) {
    Perfeval *perfeval = check_open(L);
    PerfevalLevel level = check_level(L, 2);
    const char *format = luaL_checkstring(L, 3);
    size_t size;
    const char *bytes = perfeval_table(perfeval, level, format, &size);
    if (!bytes) return refuse(L, perfeval);
    lua_pushlstring(L, bytes, size);
    return 1;
}

static int close(lua_State *L) {
    Evaluation *evaluation = luaL_checkudata(L, 1, CLASS);
    perfeval_free(evaluation->perfeval);
    evaluation->perfeval = NULL;
    return 0;
}

/* ---- evaluate(rules [, settings]) */

/* False when one is refused. */
static bool set_params(lua_State *L, Perfeval *perfeval, int table) {
    bool good = true;
    for (lua_pushnil(L); good && lua_next(L, table); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING || !lua_isstring(L, -1))
            return luaL_typeerror(L, 2, "table of params");
        lua_pushvalue(L, -1); /* lua_tostring changes a number where it stands */
        good = perfeval_set_param(perfeval, lua_tostring(L, -3), lua_tostring(L, -1));
        lua_pop(L, 1);
    }
    return good;
}

/* load_limit stands for load-limit, so that names need no brackets. */
static const char *push_flag(lua_State *L, int index) {
    return luaL_gsub(L, lua_tostring(L, index), "_", "-");
}

static bool set_one(lua_State *L, Perfeval *perfeval) {
    int value = lua_gettop(L);
    const char *name = lua_tostring(L, value - 1);
    if (strcmp(name, "params") == 0) {
        if (!lua_istable(L, value)) return luaL_typeerror(L, 2, "table of params");
        return set_params(L, perfeval, value);
    }
    if (lua_isboolean(L, value))
        return !lua_toboolean(L, value) || perfeval_set(perfeval, push_flag(L, value - 1), NULL);
    if (!lua_isstring(L, value)) return luaL_typeerror(L, 2, "table of settings");
    lua_pushvalue(L, value);
    const char *text = lua_tostring(L, -1);
    return perfeval_set(perfeval, push_flag(L, value - 1), text);
}

static bool set_all(lua_State *L, Perfeval *perfeval) {
    bool good = true;
    if (lua_isnoneornil(L, 2)) return true;
    luaL_checktype(L, 2, LUA_TTABLE);
    for (lua_pushnil(L); good && lua_next(L, 2);) {
        int top = lua_gettop(L);
        if (lua_type(L, -2) != LUA_TSTRING) return luaL_typeerror(L, 2, "table of settings");
        good = set_one(L, perfeval);
        lua_settop(L, top - 1);
    }
    return good;
}

static int evaluate(lua_State *L) {
    const char *rules = luaL_checkstring(L, 1);
    lua_settop(L, 2);
    Evaluation *evaluation = lua_newuserdatauv(L, sizeof *evaluation, 0);
    evaluation->perfeval = NULL;
    luaL_setmetatable(L, CLASS);
    int own = lua_gettop(L);
    evaluation->perfeval = perfeval_new();
    if (!evaluation->perfeval) return luaL_error(L, "out-of-memory");
    if (!set_all(L, evaluation->perfeval) || !perfeval_evaluate(evaluation->perfeval, rules))
        return refuse(L, evaluation->perfeval);
    lua_pushvalue(L, own);
    push_messages(L, evaluation->perfeval);
    return 2;
}

static const luaL_Reg methods[] = {
    {"title", title},   {"messages", messages}, {"verdicts", verdicts}, {"units", units}, {"cell", cell},
    {"render", render}, {"table", level_table}, {"close", close},       {NULL, NULL},
};

static const luaL_Reg metamethods[] = {
    {"__gc", close},
    {"__close", close},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"evaluate", evaluate},
    {NULL, NULL},
};

int luaopen_perfeval(lua_State *L) {
    luaL_newmetatable(L, CLASS);
    luaL_setfuncs(L, metamethods, 0);
    luaL_newlib(L, methods);
    lua_setfield(L, -2, "__index");
    luaL_newlib(L, functions);
    set_text(L, "version", perfeval_version());
    return 1;
}
