/* perfeval_engine - rooms of the engine as a module of stock lua5.4, for tests of scripts and of their
 * reference page. */
#include "lua/blocks.h"
#include "lua/document.h"
#include "lua/lib_text.h"
#include "lua/objects.h"
#include "lua/sandbox.h"

#include <lauxlib.h>

int luaopen_perfeval_engine(lua_State *L);

static void set_text(lua_State *L, const char *key, const char *text) {
    if (!text) return;
    lua_pushstring(L, text);
    lua_setfield(L, -2, key);
}

static void push_field(lua_State *L, const ClassField *field) {
    lua_createtable(L, 0, 4);
    set_text(L, "name", field->name);
    set_text(L, "label", field->label);
    set_text(L, "type", field->type);
    set_text(L, "doc", field->doc);
}

/* classes(): class name -> list of { name, label, type, doc } */
static int classes(lua_State *L) {
    lua_newtable(L);
    for (const Class *const *class = objects_classes(); *class; class ++) {
        lua_newtable(L);
        for (lua_Integer i = 0; (*class)->fields[i].name; i++) {
            push_field(L, &(*class)->fields[i]);
            lua_rawseti(L, -2, i + 1);
        }
        lua_setfield(L, -2, (*class)->name);
    }
    return 1;
}

/* columns(): list of { name, label } of the vocabulary */
static int columns(lua_State *L) {
    lua_newtable(L);
    for (ColumnId id = 0; id < COLUMN_KNOWN; id++) {
        lua_createtable(L, 0, 2);
        set_text(L, "name", column_info(id)->name);
        set_text(L, "label", column_info(id)->label);
        lua_rawseti(L, -2, (lua_Integer)id + 1);
    }
    return 1;
}

/* sandbox_names(): list of { name, reason } */
static int names(lua_State *L) {
    lua_newtable(L);
    for (lua_Integer i = 0; sandbox_names()[i].name; i++) {
        lua_createtable(L, 0, 2);
        set_text(L, "name", sandbox_names()[i].name);
        set_text(L, "reason", sandbox_names()[i].reason);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static void push_faults(lua_State *L, const Diag *diag) {
    lua_newtable(L);
    for (size_t i = 0; i < diag_count(diag); i++) {
        const DiagItem *item = diag_item(diag, i);
        Buffer out = {0};
        message_fill(&out, "{1}: {2}", item->arguments, item->argument_count, LANGUAGE_EN);
        lua_pushstring(L, buffer_text(&out));
        buffer_release(&out);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static int free_arena(lua_State *L) {
    arena_release(lua_touserdata(L, 1));
    return 0;
}

/* Lives as long as the state: documents are read from it later. */
static Arena *push_arena(lua_State *L) {
    Arena *arena = lua_newuserdatauv(L, sizeof *arena, 0);
    *arena = (Arena){0};
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, free_arena);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    luaL_ref(L, LUA_REGISTRYINDEX);
    return arena;
}

/* document(t): the normalised document, or nil and a list of "path: what is wrong" */
static int document(lua_State *L) {
    Diag *diag = diag_new();
    const Document *read = document_read(L, 1, NULL, push_arena(L), diag);
    if (read)
        blocks_push(L, read);
    else
        lua_pushnil(L);
    push_faults(L, diag);
    diag_free(diag);
    return 2;
}

static const luaL_Reg functions[] = {
    {"classes", classes},   {"columns", columns}, {"sandbox_names", names},
    {"document", document}, {NULL, NULL},
};

int luaopen_perfeval_engine(lua_State *L) {
    luaL_newlib(L, functions);
    lib_text_push(L);
    lua_setfield(L, -2, "text");
    return 1;
}
