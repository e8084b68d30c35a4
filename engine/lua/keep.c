#include "lua/keep.h"

#include "lua/bytecode.h"
#include "lua/readonly.h"
#include "lua/sandbox.h"
#include "lua/state.h"

#include <lauxlib.h>

/* Depth of functions and tables that are looked through. */
#define DEPTH 16

/* Stack indexes of the table of upvalues (for each its function and its value) and of what was seen. */
typedef struct Search {
    Keep *keep;
    int watched, seen, depth;
} Search;

static void look_at(lua_State *L, Search *search);

/* True for a value that is new; it is on top of the stack. */
static bool note_seen(lua_State *L, const Search *search) {
    lua_pushvalue(L, -1);
    bool known = lua_rawget(L, search->seen) != LUA_TNIL;
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_pushboolean(L, 1);
    lua_rawset(L, search->seen);
    return !known;
}

/* Stack: the function, the value of upvalue `number`. */
static void watch_slot(lua_State *L, Search *search, int number) {
    Keep *keep = search->keep;
    if (keep->count == KEEP_SLOTS) {
        keep->free = true;
        return;
    }
    lua_Integer at = (lua_Integer)keep->count * 2 + 1;
    keep->number[keep->count++] = number;
    lua_pushvalue(L, -2);
    lua_rawseti(L, search->watched, at);
    lua_pushvalue(L, -1);
    lua_rawseti(L, search->watched, at + 1);
}

/* The function is on top of the stack. */
static bool sets_upvalues(lua_State *L) {
    Bytecode code;
    Arena arena = {0};
    bool sets = !bytecode_read(L, &arena, &code) || code.writes_upvalues;
    arena_release(&arena);
    return sets;
}

/* The function is on top of the stack. What a function in C keeps is not to be seen. */
static void look_at_function(lua_State *L, Search *search) {
    bool native = lua_iscfunction(L, -1);
    search->keep->sets = search->keep->sets || (!native && sets_upvalues(L));
    for (int number = 1; !search->keep->free && lua_getupvalue(L, -1, number); number++) {
        if (native) search->keep->free = true;
        watch_slot(L, search, number);
        look_at(L, search);
        lua_pop(L, 1);
    }
}

/* What stands behind a read-only table; it is on top of the stack. Its tables can be written by functions
 * that reach them otherwise, and are found there. */
static void look_through(lua_State *L, Search *search) {
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        if (lua_type(L, -1) == LUA_TFUNCTION)
            look_at(L, search);
        else if (lua_type(L, -1) == LUA_TTABLE && note_seen(L, search)) {
            if (++search->depth > DEPTH) search->keep->free = true;
            if (!search->keep->free) look_through(L, search);
            search->depth--;
        }
    }
}

static void look_at_table(lua_State *L, Search *search) {
    if (sandbox_is_environment(L, -1)) return;
    if (!readonly_target(L, -1)) {
        search->keep->free = true;
        return;
    }
    look_through(L, search);
    lua_pop(L, 1);
}

/* The value is on top of the stack. Objects of the engine cannot be written. */
static void look_at(lua_State *L, Search *search) {
    int type = lua_type(L, -1);
    if ((type != LUA_TFUNCTION && type != LUA_TTABLE) || search->keep->free || !note_seen(L, search)) return;
    luaL_checkstack(L, 10, NULL);
    if (++search->depth > DEPTH)
        search->keep->free = true;
    else if (type == LUA_TFUNCTION)
        look_at_function(L, search);
    else
        look_at_table(L, search);
    search->depth--;
}

void keep_watch(lua_State *L, int function, Keep *keep) {
    *keep = (Keep){.requires = state_requires(L)};
    lua_pushvalue(L, function);
    lua_newtable(L);
    lua_newtable(L);
    Search search = {keep, lua_gettop(L) - 1, lua_gettop(L), 0};
    lua_pushvalue(L, -3);
    look_at(L, &search);
    lua_pop(L, 2);
    lua_remove(L, -2);
}

bool keep_changed(lua_State *L, int watched, Keep *keep) {
    if (keep->free) return true;
    if (state_requires(L) != keep->requires) keep->free = true;
    for (int i = 0; i < keep->count && keep->sets && !keep->free; i++) {
        lua_rawgeti(L, watched, (lua_Integer)i * 2 + 1);
        lua_getupvalue(L, -1, keep->number[i]);
        lua_rawgeti(L, watched, (lua_Integer)i * 2 + 2);
        keep->free = !lua_rawequal(L, -1, -2);
        lua_pop(L, 3);
    }
    return keep->free;
}
