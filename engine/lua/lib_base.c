#include "lua/lib_base.h"

#include "base/str.h"
#include "lua/clock.h"
#include "lua/readonly.h"
#include "lua/state.h"
#include "lua/wording.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

/* A direct call, so that messages name the script's line and the function's name. */
static int go_on(lua_State *L) { return lua_tocfunction(L, lua_upvalueindex(1))(L); }

/* As go_on, for functions that one call may keep busy past a limit: Lua's hook waits until they return. */
static int go_on_named(lua_State *L, const char *name) {
    clock_inside(name);
    int results = go_on(L);
    clock_inside(NULL);
    return results;
}

/* ---- base */

typedef struct Key {
    int rank; /* numbers, texts, booleans */
    bool integer;
    lua_Integer whole;
    lua_Number number;
    Str text; /* borrowed from the list of keys */
    lua_Integer index;
} Key;

static int by_number(const Key *a, const Key *b) {
    /* wide enough for both kinds without loss */
    long double x = a->integer ? (long double)a->whole : (long double)a->number;
    long double y = b->integer ? (long double)b->whole : (long double)b->number;
    return (x > y) - (x < y);
}

static int by_key(const void *first, const void *second) {
    const Key *a = first, *b = second;
    if (a->rank != b->rank) return a->rank - b->rank;
    if (a->rank == 0) return by_number(a, b);
    return a->rank == 1 ? str_compare(a->text, b->text) : (a->whole > b->whole) - (a->whole < b->whole);
}

/* The key on top of the stack. */
static void read_key(lua_State *L, Key *key) {
    switch (lua_type(L, -1)) {
    case LUA_TNUMBER:
        key->integer = lua_isinteger(L, -1);
        if (key->integer)
            key->whole = lua_tointeger(L, -1);
        else
            key->number = lua_tonumber(L, -1);
        break;
    case LUA_TSTRING:
        key->rank = 1;
        key->text.data = lua_tolstring(L, -1, &key->text.size);
        break;
    case LUA_TBOOLEAN:
        key->rank = 2;
        key->whole = lua_toboolean(L, -1);
        break;
    default:
        state_raise(L, TEXT_PAIRS_KEY, wording_type(L, -1));
    }
}

/* Pushes the keys of the table at `table` as an unordered list; their number. */
static lua_Integer push_keys(lua_State *L, int table) {
    lua_Integer count = 0;
    lua_newtable(L);
    for (lua_pushnil(L); lua_next(L, table);) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, ++count);
    }
    return count;
}

/* Replaces the list of keys on top of the stack by an ordered one. */
static void order_keys(lua_State *L, lua_Integer count) {
    int list = lua_gettop(L);
    Key *keys = lua_newuserdatauv(L, (size_t)count * sizeof *keys + 1, 0);
    memset(keys, 0, (size_t)count * sizeof *keys);
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, list, i + 1);
        read_key(L, &keys[i]);
        keys[i].index = i + 1;
        lua_pop(L, 1);
    }
    qsort(keys, (size_t)count, sizeof *keys, by_key);
    lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, list, keys[i].index);
        lua_rawseti(L, -2, i + 1);
    }
    lua_replace(L, list);
    lua_settop(L, list);
}

/* Upvalues: what was walked, the table with the values, its keys, the place among them. */
static int next_pair(lua_State *L) {
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(4));
    for (;;) {
        at++;
        if (lua_rawgeti(L, lua_upvalueindex(3), at) == LUA_TNIL) return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL) break;
        lua_pop(L, 2); /* taken out on the way */
    }
    lua_pushinteger(L, at);
    lua_replace(L, lua_upvalueindex(4));
    if (!lua_rawequal(L, lua_upvalueindex(1), lua_upvalueindex(2))) readonly_inner(L, lua_upvalueindex(1));
    return 2;
}

static int sorted_pairs(lua_State *L) {
    luaL_checkany(L, 1);
    lua_settop(L, 1);
    bool view = readonly_target(L, 1);
    if (!view && luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    if (!view) {
        if (lua_getmetatable(L, 1)) return state_refuse(L, 1, TEXT_NOT_LISTED);
        lua_pushvalue(L, 1);
    }
    clock_inside("pairs");
    order_keys(L, push_keys(L, 2));
    clock_inside(NULL);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_pair, 4); /* value, table, keys, place */
    return 1;
}

/* Tables, functions and objects without their addresses, which differ from run to run. */
static void push_text(lua_State *L, int index) {
    int type = lua_type(L, index);
    bool plain = type == LUA_TNIL || type == LUA_TBOOLEAN || type == LUA_TNUMBER || type == LUA_TSTRING;
    if (plain || luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
        if (!plain) lua_pop(L, 1);
        luaL_tolstring(L, index, NULL);
    } else if (luaL_getmetafield(L, index, "__name") != LUA_TSTRING)
        lua_pushstring(L, luaL_typename(L, index));
}

static int to_text(lua_State *L) {
    luaL_checkany(L, 1);
    push_text(L, 1);
    return 1;
}

/* ---- string */

static int repeat(lua_State *L) {
    size_t size, between;
    luaL_checklstring(L, 1, &size);
    lua_Integer count = luaL_checkinteger(L, 2);
    luaL_optlstring(L, 3, "", &between);
    size += between;
    if (count <= 0 || size == 0) { /* stock Lua would count to the end even for an empty text */
        lua_pushliteral(L, "");
        return 1;
    }
    if (size > LIB_BASE_REP_LIMIT || (size_t)count > LIB_BASE_REP_LIMIT / size)
        return state_raise(L, TEXT_REP_LARGE, state_push_count(L, LIB_BASE_REP_LIMIT >> 20));
    return go_on(L);
}

/* A conversion of a format begins behind its '%' at `text`; the place of its letter. */
static const char *conversion(const char *text) { return text + strspn(text, "-+ #0123456789."); }

static int format(lua_State *L) {
    size_t size;
    const char *at = luaL_checklstring(L, 1, &size), *end = at + size;
    for (int argument = 1; (at = memchr(at, '%', (size_t)(end - at))); at++) {
        at = conversion(at + 1);
        if (*at == '%') continue;
        argument++;
        if (*at == 'p') return state_refuse(L, 1, TEXT_ADDRESS);
        if (at == end) break;
        if (*at != 's' || lua_isnone(L, argument)) continue;
        push_text(L, argument);
        lua_replace(L, argument);
    }
    return go_on(L);
}

static int search(lua_State *L, const char *name) {
    size_t size;
    luaL_checklstring(L, 1, &size);
    if (size > LIB_BASE_SUBJECT_LIMIT)
        return state_raise(L, TEXT_SEARCH_LARGE, str_of(name),
                           state_push_count(L, LIB_BASE_SUBJECT_LIMIT >> 10),
                           state_push_count(L, size >> 10));
    return go_on_named(L, name);
}

static int find(lua_State *L) { return search(L, "string.find"); }
static int match(lua_State *L) { return search(L, "string.match"); }

/* Upvalue: stock Lua's iterator. */
static int next_match(lua_State *L) {
    lua_settop(L, 0);
    lua_pushvalue(L, lua_upvalueindex(1));
    clock_inside("string.gmatch");
    lua_call(L, 0, LUA_MULTRET);
    clock_inside(NULL);
    return lua_gettop(L);
}

static int gmatch(lua_State *L) {
    search(L, "string.gmatch");
    lua_pushcclosure(L, next_match, 1);
    return 1;
}

static int gsub(lua_State *L) { return search(L, "string.gsub"); }

/* ---- table */

static void check_position(lua_State *L, int argument) {
    if (lua_isnoneornil(L, argument)) return;
    lua_Integer position = luaL_checkinteger(L, argument);
    if (position < -LIB_BASE_POSITION_LIMIT || position > LIB_BASE_POSITION_LIMIT)
        state_refuse(L, argument, TEXT_POSITION);
}

static void check_length(lua_State *L) {
    if (lua_rawlen(L, 1) > LIB_BASE_POSITION_LIMIT)
        state_raise(L, TEXT_LIST_LONG, state_push_count(L, LIB_BASE_POSITION_LIMIT));
}

static void check_list(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    if (lua_getmetatable(L, 1)) state_raise_plain(L, TEXT_LIST_READ_ONLY);
    check_length(L);
}

/* For functions that only read; true when it was a view, whose table then stands in its place. */
static bool check_readable(lua_State *L) {
    if (!readonly_target(L, 1)) {
        check_list(L);
        return false;
    }
    lua_replace(L, 1);
    check_length(L);
    return true;
}

static int insert(lua_State *L) {
    check_list(L);
    if (lua_gettop(L) > 2) check_position(L, 2);
    return go_on(L);
}

static int take_out(lua_State *L) {
    check_list(L);
    check_position(L, 2);
    return go_on(L);
}

static int concat(lua_State *L) {
    check_readable(L);
    check_position(L, 3);
    check_position(L, 4);
    return go_on_named(L, "table.concat");
}

static int unpack(lua_State *L) {
    enum { GIVEN = 4 };
    lua_settop(L, GIVEN - 1);
    check_position(L, 2);
    check_position(L, 3);
    lua_pushvalue(L, 1);
    bool view = check_readable(L);
    lua_Integer from = luaL_optinteger(L, 2, 1);
    lua_Integer to = luaL_optinteger(L, 3, (lua_Integer)lua_rawlen(L, 1));
    if (from > to) return 0;
    if (!lua_checkstack(L, (int)(to - from) + 8)) return state_raise_plain(L, TEXT_UNPACK_MANY);
    for (lua_Integer i = from; i <= to; i++) {
        lua_rawgeti(L, 1, i);
        if (view) readonly_inner(L, GIVEN);
    }
    return (int)(to - from) + 1;
}

/* Is the value at `a` before that at `b`? The comparison function, if any, is argument 2. */
static bool before(lua_State *L, int a, int b) {
    if (lua_isnil(L, 2)) return lua_compare(L, a, b, LUA_OPLT);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, a);
    lua_pushvalue(L, b);
    lua_call(L, 2, 1);
    bool answer = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return answer;
}

/* Merges the ordered runs [from, middle) and [middle, end) of the list at `source` into that at `target`. */
static void merge(lua_State *L, int source, int target, lua_Integer from, lua_Integer middle,
                  lua_Integer end) {
    lua_Integer left = from, right = middle;
    for (lua_Integer to = from; to < end; to++) {
        bool take_right = left >= middle;
        if (!take_right && right < end) {
            lua_rawgeti(L, source, left);
            lua_rawgeti(L, source, right);
            take_right = before(L, lua_gettop(L), lua_gettop(L) - 1);
            lua_pop(L, 2);
        }
        lua_rawgeti(L, source, take_right ? right++ : left++);
        lua_rawseti(L, target, to);
    }
}

static lua_Integer least(lua_Integer a, lua_Integer b) { return a < b ? a : b; }

/* Stable, and so the same on every run: stock Lua's quicksort is neither, its pivot comes from the clock. */
static int sort(lua_State *L) {
    check_list(L);
    if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
    lua_createtable(L, (int)count, 0);
    int source = 1, target = 3;
    clock_inside("table.sort");
    for (lua_Integer width = 1; width < count; width *= 2) {
        for (lua_Integer from = 1; from <= count; from += 2 * width)
            merge(L, source, target, from, least(from + width, count + 1),
                  least(from + 2 * width, count + 1));
        source = 4 - source;
        target = 4 - target;
    }
    for (lua_Integer i = 1; source != 1 && i <= count; i++) {
        lua_rawgeti(L, source, i);
        lua_rawseti(L, 1, i);
    }
    clock_inside(NULL);
    return 0;
}

static const luaL_Reg replacements[] = {
    {"pairs", sorted_pairs},    {"tostring", to_text},    {"string.rep", repeat},
    {"string.format", format},  {"string.find", find},    {"string.match", match},
    {"string.gmatch", gmatch},  {"string.gsub", gsub},    {"table.insert", insert},
    {"table.remove", take_out}, {"table.concat", concat}, {"table.unpack", unpack},
    {"table.sort", sort},
};

lua_CFunction lib_base_find(const char *name) {
    for (size_t i = 0; i < sizeof replacements / sizeof *replacements; i++)
        if (*replacements[i].name == *name && strcmp(replacements[i].name, name) == 0)
            return replacements[i].func;
    return NULL;
}
