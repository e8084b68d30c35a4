#include "lua/readonly.h"

#include "base/text.h"
#include "lua/state.h"

#include <lauxlib.h>
#include <stdlib.h>

/* Keys of a view's metatable, by address. */
static const char target_key = 0, what_key = 0, inner_key = 0;

bool readonly_target(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TTABLE || !lua_getmetatable(L, index)) return false;
    if (lua_rawgetp(L, -1, &target_key) == LUA_TTABLE) {
        lua_remove(L, -2);
        return true;
    }
    lua_pop(L, 2);
    return false;
}

static int by_name(const void *a, const void *b) { return str_compare(*(const Str *)a, *(const Str *)b); }

static void push_what(lua_State *L) {
    lua_getmetatable(L, 1);
    lua_rawgetp(L, -1, &what_key);
}

static int refuse_write(lua_State *L) {
    push_what(L);
    return state_raise(L, TEXT_READ_ONLY, str_of(lua_tostring(L, -1)));
}

static int read_length(lua_State *L) {
    readonly_target(L, 1);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
    return 1;
}

/* Is the table at `table` one of functions or formulas, not of data? */
static bool offers_names(lua_State *L, int table) {
    for (lua_pushnil(L); lua_next(L, table);) {
        int type = lua_type(L, -1);
        lua_pop(L, 1);
        if (type != LUA_TFUNCTION && type != LUA_TUSERDATA) continue;
        lua_pop(L, 1);
        return true;
    }
    return false;
}

/* The name in the table at `table` that is nearest to `wanted`; the table keeps its memory. */
static Str nearest_name(lua_State *L, int table, Str wanted) {
    size_t count = 0, room = 0;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) room++;
    Str *names = lua_newuserdatauv(L, (room + 1) * sizeof *names, 0);
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING) continue;
        names[count].data = lua_tolstring(L, -2, &names[count].size);
        count++;
    }
    qsort(names, count, sizeof *names, by_name);
    return text_nearest(wanted, names, count);
}

/* A name that a script of functions or formulas lacks is nil, unless it looks like a slip. Stack: view, name,
 * table. */
static void check_slip(lua_State *L) {
    if (lua_type(L, 2) != LUA_TSTRING || !offers_names(L, 3)) return;
    Str wanted = {0};
    wanted.data = lua_tolstring(L, 2, &wanted.size);
    Str near = nearest_name(L, 3, wanted);
    if (near.size == 0) return;
    push_what(L);
    state_raise(L, TEXT_NO_FIELD_NEAR, str_of(lua_tostring(L, -1)), wanted, near);
}

static int read_field(lua_State *L) {
    readonly_target(L, 1);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_settop(L, 3);
        check_slip(L);
        lua_settop(L, 3);
        lua_pushnil(L);
    }
    readonly_inner(L, 1);
    return 1;
}

/* A fresh view of the table on top replaces it; its metatable stays on top of that: table -> view metatable.
 */
static void push_view(lua_State *L, const char *what) {
    lua_newtable(L);
    lua_createtable(L, 0, 7);
    lua_pushvalue(L, -3);
    lua_rawsetp(L, -2, &target_key);
    lua_pushstring(L, what);
    lua_rawsetp(L, -2, &what_key);
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, read_length);
    lua_setfield(L, -2, "__len");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_remove(L, -3);
}

void readonly_push(lua_State *L, const char *what) {
    if (readonly_target(L, -1)) {
        lua_pop(L, 1);
        return;
    }
    push_view(L, what);
    lua_pushcfunction(L, read_field);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
}

void readonly_push_flat(lua_State *L, const char *what) {
    lua_pushvalue(L, -1);
    push_view(L, what);
    lua_rotate(L, -3, -1); /* view, metatable, table */
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
}

static bool is_plain_table(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TTABLE) return false;
    if (!lua_getmetatable(L, index)) return true;
    lua_pop(L, 1);
    return false;
}

/* The metatable of the outer view remembers the views of tables inside, so that they compare equal. */
void readonly_inner(lua_State *L, int view) {
    if (!is_plain_table(L, -1)) return;
    lua_getmetatable(L, view);
    if (lua_rawgetp(L, -1, &inner_key) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, -3, &inner_key);
    }
    lua_pushvalue(L, -3);
    if (lua_rawget(L, -2) != LUA_TTABLE) { /* value, metatable, views, nil */
        lua_pop(L, 1);
        lua_pushvalue(L, -3);
        lua_rawgetp(L, -3, &what_key);
        const char *what = lua_tostring(L, -1);
        lua_insert(L, -2);
        readonly_push(L, what);
        lua_remove(L, -2);
        lua_pushvalue(L, -4);
        lua_pushvalue(L, -2);
        lua_rawset(L, -4);
    }
    lua_replace(L, -4); /* view, metatable, views */
    lua_pop(L, 2);
}
