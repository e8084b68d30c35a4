#include "lua/value.h"

#include "lua/state.h"

#include <lauxlib.h>

void value_push_number(lua_State *L, const Decimal *number) {
    if (number->text.size == 0 && number->scale == 0)
        lua_pushinteger(L, (lua_Integer)number->digits);
    else
        lua_pushnumber(L, decimal_to_double(number, NULL));
}

void value_push_text(lua_State *L, Str text) {
    if (text.size == 0)
        lua_pushnil(L);
    else
        lua_pushlstring(L, text.data, text.size);
}

static void push_table(lua_State *L, const Tree *tree) {
    int positional = tree->positional < 1u << 20 ? (int)tree->positional : 0;
    size_t named = tree->count - tree->positional;
    luaL_checkstack(L, 4, NULL);
    lua_createtable(L, positional, named < 1u << 20 ? (int)named : 0);
    for (size_t i = 0; i < tree->count; i++) {
        const TreeItem *item = &tree->items[i];
        if (i >= tree->positional) lua_pushlstring(L, item->name.data, item->name.size);
        value_push_tree(L, item->value);
        if (i < tree->positional)
            lua_rawseti(L, -2, (lua_Integer)i + 1);
        else
            lua_rawset(L, -3);
    }
}

void value_push_tree(lua_State *L, const Tree *tree) {
    if (tree->kind == TREE_TABLE)
        push_table(L, tree);
    else if (tree->kind == TREE_TEXT)
        lua_pushlstring(L, tree->text.size ? tree->text.data : "", tree->text.size);
    else if (tree->kind == TREE_NUMBER)
        value_push_number(L, &tree->number);
    else if (tree->kind == TREE_BOOL)
        lua_pushboolean(L, tree->flag);
    else
        lua_pushnil(L);
}

static void push_wire(lua_State *L, WireReader *reader, Arena *arena, int depth);

static void push_items(lua_State *L, WireReader *reader, Arena *arena, const WireValue *table, int depth) {
    size_t named = table->count - table->positional;
    luaL_checkstack(L, 4, NULL);
    lua_createtable(L, (int)table->positional, (int)named);
    for (size_t i = 0; i < table->count; i++) {
        Str name = wire_name(reader);
        if (i >= table->positional) lua_pushlstring(L, name.data, name.size);
        push_wire(L, reader, arena, depth + 1);
        if (i < table->positional)
            lua_rawseti(L, -2, (lua_Integer)i + 1);
        else
            lua_rawset(L, -3);
    }
}

static void push_wire(lua_State *L, WireReader *reader, Arena *arena, int depth) {
    WireValue value;
    if (depth > TREE_DEPTH || !wire_value(reader, arena, &value)) {
        state_raise_plain(L, TEXT_PROTOCOL_KIND);
    } else if (value.kind == TREE_TABLE) {
        push_items(L, reader, arena, &value, depth);
    } else if (value.kind == TREE_TEXT) {
        lua_pushlstring(L, value.text.data, value.text.size);
    } else if (value.kind == TREE_NUMBER) {
        value_push_number(L, &value.number);
    } else if (value.kind == TREE_BOOL) {
        lua_pushboolean(L, value.flag);
    } else {
        lua_pushnil(L);
    }
}

void value_push_wire(lua_State *L, WireReader *reader, Arena *arena) { push_wire(L, reader, arena, 1); }

bool value_number(lua_State *L, int index, Decimal *out, Arena *arena) {
    if (lua_type(L, index) != LUA_TNUMBER) return false;
    if (!lua_isinteger(L, index)) return decimal_from_double(lua_tonumber(L, index), out, arena);
    *out = decimal_of(lua_tointeger(L, index));
    return true;
}

/* Its address is the buffer's key in the registry. */
static const char SCRATCH = 0;

static int free_scratch(lua_State *L) {
    buffer_release(lua_touserdata(L, 1));
    return 0;
}

static Buffer *new_scratch(lua_State *L) {
    Buffer *buffer = lua_newuserdatauv(L, sizeof *buffer, 0);
    *buffer = (Buffer){0};
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, free_scratch);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &SCRATCH);
    return buffer;
}

Buffer *value_scratch(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &SCRATCH);
    Buffer *buffer = lua_touserdata(L, -1);
    lua_pop(L, 1);
    if (!buffer) buffer = new_scratch(L);
    buffer->size = 0;
    return buffer;
}
