#include "lua/gather.h"

#include "base/text.h"

#include <lauxlib.h>
#include <stdlib.h>

static int compare_names(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static void gather_list(Reader *r, Tree *tree) {
    size_t count = 0;
    if (!reader_list_length(r, GATHER_VALUES, &count)) return;
    int list = lua_gettop(r->L);
    for (size_t i = 1; i <= count && !r->faults; i++) {
        reader_enter_at(r, list, i);
        Tree *value = gather_tree(r);
        if (value) tree_add(r->arena, tree, (Str){"", 0}, value);
        reader_leave(r);
    }
}

/* The names of the table on top, sorted: lua_next has no order that may be shown. */
static size_t find_names(Reader *r, Str *names, size_t room) {
    size_t count = 0;
    int table = lua_gettop(r->L);
    for (lua_pushnil(r->L); lua_next(r->L, table); lua_pop(r->L, 1)) {
        if (lua_type(r->L, -2) != LUA_TSTRING) continue;
        Str name = {0};
        name.data = lua_tolstring(r->L, -2, &name.size);
        if (name.size && count < room) names[count] = name;
        count += name.size > 0;
    }
    return count;
}

static void gather_names(Reader *r, Tree *tree) {
    int table = lua_gettop(r->L);
    size_t count = find_names(r, NULL, 0);
    Str *names = arena_new(r->arena, count, sizeof *names);
    find_names(r, names, count);
    qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; i < count && !r->faults; i++) {
        Str name = arena_copy(r->arena, names[i]);
        if (text_invalid(name) != name.size || strlen(name.data) != name.size) {
            reader_fault_plain(r, TEXT_DOCUMENT_NAMELESS);
            return;
        }
        reader_enter(r, table, name.data);
        Tree *value = gather_tree(r);
        if (value) tree_add(r->arena, tree, name, value);
        reader_leave(r);
    }
}

/* A table is a list when it has an entry 1 or none at all. */
static Tree *gather_table(Reader *r) {
    Tree *tree = tree_new(r->arena, TREE_TABLE);
    lua_rawgeti(r->L, -1, 1);
    bool list = !lua_isnil(r->L, -1);
    lua_pop(r->L, 1);
    if (list)
        gather_list(r, tree);
    else
        gather_names(r, tree);
    return tree;
}

static Tree *gather_number(Reader *r) {
    Decimal number = {0};
    if (lua_isinteger(r->L, -1)) return tree_number(r->arena, decimal_of((int64_t)lua_tointeger(r->L, -1)));
    if (decimal_from_double((double)lua_tonumber(r->L, -1), &number, r->arena))
        return tree_number(r->arena, number);
    reader_wrong_type(r, TEXT_SHAPE_NUMBER);
    return NULL;
}

Tree *gather_tree(Reader *r) {
    int type = lua_type(r->L, -1);
    luaL_checkstack(r->L, 10, NULL);
    if (++r->values > GATHER_VALUES || r->depth + 1 >= READER_DEPTH) {
        reader_fault(r, TEXT_DOCUMENT_MANY, reader_count(r, r->values), reader_count(r, GATHER_VALUES));
        return NULL;
    }
    if (type == LUA_TTABLE) return gather_table(r);
    if (type == LUA_TNUMBER) return gather_number(r);
    if (type == LUA_TSTRING) {
        Str text = reader_text(r);
        return text.data ? tree_text(r->arena, text) : NULL;
    }
    if (type == LUA_TBOOLEAN) {
        Tree *tree = tree_new(r->arena, TREE_BOOL);
        tree->flag = lua_toboolean(r->L, -1);
        return tree;
    }
    reader_wrong_type(r, TEXT_SHAPE_TABLE);
    return NULL;
}
